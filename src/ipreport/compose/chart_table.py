"""The data of a chart as a table below it, on request."""

from __future__ import annotations

from ipreport.compose.common import Languages, keyed_texts, said
from ipreport.compose.content import Content
from ipreport.document import Align, Cell, ChartTable, Column, Figure, Row, ShownValue, Table
from ipreport.language import EN, ZH, Localized
from ipreport.wording import MISSING_IN_TABLE

_NAME_WIDTH, _VALUE_WIDTH = 3.2, 2.0


def chart_table(data: ChartTable, figure: Figure, content: Content, languages: Languages) -> Table:
    """The table of a figure; it is part of the figure, so that it has no number of its own."""
    values = len(data.heads) - 1
    return Table(
        label=f"{figure.label}-data",
        caption=None,
        columns=(Column(_NAME_WIDTH), *(Column(_VALUE_WIDTH, Align.RIGHT) for _ in range(values))),
        head=(Row(tuple(Cell(said(head, languages)) for head in data.heads)),),
        body=tuple(
            Row((Cell(said(name, languages)), *(_cell(value, content, languages) for value in cells)))
            for name, cells in data.rows
        ),
        notes=(),
        description=said(_description(figure), languages),
    )


def _cell(value: ShownValue | None, content: Content, languages: Languages) -> Cell:
    if value is None:
        return Cell(said(MISSING_IN_TABLE, languages))
    return Cell(keyed_texts(content, value.words, value.key, languages))


def _description(figure: Figure) -> Localized:
    """Whose data they are; the number of the figure is that of its caption."""
    return Localized(f"{figure.caption.prefix(ZH)}的数据。", f"Data of {figure.caption.prefix(EN)}.")
