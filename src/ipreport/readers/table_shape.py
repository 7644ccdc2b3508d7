"""What the keys of a table in briefing.yaml mean together."""

from __future__ import annotations

from collections.abc import Iterator

from ipreport.outline import MOST_COLUMNS, MOST_COLUMNS_ACROSS, USUAL_PERIODS, TableColumn, TableWidth
from ipreport.readers.schema_briefing import TableShape

_SORT = "add 'sort:' with one of the metrics under 'rows:' or 'groups:'"
_FEWER = {
    TableWidth.FULL: (
        f"at most {MOST_COLUMNS} columns fit on a page; make two tables, "
        f"or write 'width: landscape' for up to {MOST_COLUMNS_ACROSS}"
    ),
    TableWidth.LANDSCAPE: f"at most {MOST_COLUMNS_ACROSS} columns fit on a page turned on its side; make two tables",
}
_MOST = {TableWidth.FULL: MOST_COLUMNS, TableWidth.LANDSCAPE: MOST_COLUMNS_ACROSS}


def refusals(shape: TableShape) -> Iterator[tuple[str, str, str]]:
    """What cannot be in a table: the key, what is wrong with it, and a hint."""
    if any(not group.metrics for group in shape.groups):
        yield "groups", "a group of the table has no metrics", "list them under 'metrics:', or delete the group"
    yield from _by_region(shape) if shape.by is not None else _by_metric(shape)


def _by_metric(shape: TableShape) -> Iterator[tuple[str, str, str]]:
    columns = len(dict.fromkeys(shape.columns))
    if columns > _MOST[shape.width]:
        yield "columns", f"the table '{shape.id}' has {columns} columns", _FEWER[shape.width]
    for key in ("sort", "rank"):
        if key in shape.model_fields_set:
            yield key, f"'{key}' is for tables by region", "add 'by: region'"
    for key in ("trend", "every"):
        if key in shape.model_fields_set and TableColumn.TREND not in shape.columns:
            yield key, f"'{key}' is for a column of trend lines", "add 'trend' to 'columns:', or leave it out"


def _by_region(shape: TableShape) -> Iterator[tuple[str, str, str]]:
    if "columns" in shape.model_fields_set:
        yield "columns", "a table by region has no 'columns'", "its columns are the metrics under 'rows:' or 'groups:'"
    named = [*shape.rows, *(key for group in shape.groups for key in group.metrics)]
    under = "groups" if shape.groups else "rows"
    columns = 1 + len(named) + shape.rank + (shape.trend is not None)
    if columns > _MOST[shape.width]:
        message = f"the table '{shape.id}' has {columns} columns, region, rank and trend included"
        yield under, message, _FEWER[shape.width]
    repeated = sorted({key for key in named if named.count(key) > 1})
    for key in repeated:
        yield under, f"the metric '{key}' stands twice in the table", "name each column once"
    if shape.sort is not None and shape.sort not in named:
        yield "sort", f"the table does not show '{shape.sort}'", f"sort by one of the metrics under '{under}:'"
    if shape.rank and shape.sort is None:
        yield "rank", "a rank needs the metric it is taken by", _SORT
    if shape.trend is not None and shape.sort is None:
        yield "trend", "trend lines need the metric they are of", _SORT
    if shape.every is not None and shape.trend is None:
        yield "every", "'every' is the step of trend lines", f"add 'trend: {USUAL_PERIODS}', or leave it out"
