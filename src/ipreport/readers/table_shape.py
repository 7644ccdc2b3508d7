"""What the keys of a table in briefing.yaml mean together."""

from __future__ import annotations

from collections.abc import Iterator

from ipreport.outline import MOST_COLUMNS, USUAL_PERIODS, TableColumn
from ipreport.readers.schema_briefing import TableShape

_SORT = "add 'sort:' with one of the metrics under 'rows:'"
_FEWER = f"at most {MOST_COLUMNS} columns fit on a page; make two tables"


def refusals(shape: TableShape) -> Iterator[tuple[str, str, str]]:
    """What cannot be in a table: the key, what is wrong with it, and a hint."""
    yield from _by_region(shape) if shape.by is not None else _by_metric(shape)


def _by_metric(shape: TableShape) -> Iterator[tuple[str, str, str]]:
    columns = len(dict.fromkeys(shape.columns))
    if columns > MOST_COLUMNS:
        yield "columns", f"the table '{shape.id}' has {columns} columns", _FEWER
    for key in ("sort", "rank"):
        if key in shape.model_fields_set:
            yield key, f"'{key}' is for tables by region", "add 'by: region'"
    for key in ("trend", "every"):
        if key in shape.model_fields_set and TableColumn.TREND not in shape.columns:
            yield key, f"'{key}' is for a column of trend lines", "add 'trend' to 'columns:', or leave it out"


def _by_region(shape: TableShape) -> Iterator[tuple[str, str, str]]:
    for key in ("groups", "columns"):
        if key in shape.model_fields_set:
            yield key, f"a table by region has no '{key}'", "its columns are the metrics under 'rows:'"
    columns = 1 + len(shape.rows) + shape.rank + (shape.trend is not None)
    if columns > MOST_COLUMNS:
        yield "rows", f"the table '{shape.id}' has {columns} columns, region, rank and trend included", _FEWER
    repeated = sorted({key for key in shape.rows if shape.rows.count(key) > 1})
    for key in repeated:
        yield "rows", f"the metric '{key}' stands twice in the table", "name each column once"
    if shape.sort is not None and shape.sort not in shape.rows:
        yield "sort", f"the table does not show '{shape.sort}'", "sort by one of the metrics under 'rows:'"
    if shape.rank and shape.sort is None:
        yield "rank", "a rank needs the metric it is taken by", _SORT
    if shape.trend is not None and shape.sort is None:
        yield "trend", "trend lines need the metric they are of", _SORT
    if shape.every is not None and shape.trend is None:
        yield "every", "'every' is the step of trend lines", f"add 'trend: {USUAL_PERIODS}', or leave it out"
