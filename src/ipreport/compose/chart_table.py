"""The data of a chart as a table below it, on request."""

from __future__ import annotations

from ipreport.compose.alignment import Units, aligned, one_unit
from ipreport.compose.common import Languages, keyed_texts, said
from ipreport.compose.content import Content
from ipreport.document import Align, Cell, ChartTable, Column, Figure, Row, ShownValue, Table
from ipreport.language import EN, ZH, Localized
from ipreport.metrics import Unit
from ipreport.wording import MISSING_IN_TABLE

_NAME_WIDTH, _VALUE_WIDTH = 3.2, 2.0


def chart_table(data: ChartTable, figure: Figure, content: Content, languages: Languages) -> Table:
    """The table of a figure; it is part of the figure, so that it has no number of its own."""
    columns = [Column(_NAME_WIDTH), *(Column(_VALUE_WIDTH, Align.RIGHT) for _ in data.heads[1:])]
    body = tuple(
        Row((Cell(said(name, languages)), *(_cell(value, content, languages) for value in cells)))
        for name, cells in data.rows
    )
    return Table(
        label=f"{figure.label}-data",
        caption=None,
        columns=aligned(columns, body, _units(data, content)),
        head=(Row(tuple(Cell(said(head, languages)) for head in data.heads)),),
        body=body,
        notes=(),
        description=said(_description(figure), languages),
    )


def _units(data: ChartTable, content: Content) -> Units:
    """The columns whose recorded values are of one unit, and those of values that are worked out."""
    found: dict[int, list[Unit]] = {index: [] for index in range(1, len(data.heads))}
    for _, cells in data.rows:
        for index, value in enumerate(cells, start=1):
            if value is not None and value.key in content.metrics:
                found[index].append(content.metrics[value.key].unit)
    shared = {index: one_unit(units) for index, units in found.items()}
    return {index: unit for index, unit in shared.items() if unit is not None or not found[index]}


def _cell(value: ShownValue | None, content: Content, languages: Languages) -> Cell:
    if value is None:
        return Cell(said(MISSING_IN_TABLE, languages))
    return Cell(keyed_texts(content, value.words, value.key, languages))


def _description(figure: Figure) -> Localized:
    """Whose data they are; the number of the figure is that of its caption."""
    return Localized(f"{figure.caption.prefix(ZH)}的数据。", f"Data of {figure.caption.prefix(EN)}.")
