"""Numbers below each other by their decimal points.

A paragraph in a cell that has a decimal tab stop, stands to the left and begins with no tab stands with its number at
that stop; both Word and LibreOffice (7.4) do so. What follows the digits, such as a per cent sign, stands behind
the stop even in a number without a point.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ipreport.document import Align, Citation, Document, Footnote, PageBreak, Table, Text
from ipreport.writers.docx.grid import column_widths, places
from ipreport.writers.docx.markup import twips
from ipreport.writers.docx.names import Name
from ipreport.writers.docx.sheet import Sheet
from ipreport.writers.docx.table_styles import CELL_SIDE
from ipreport.writers.docx.widths import width

_NUMBER = re.compile(r"[+\-−–±<>≥≤≈~]?\s?\d[\d,]*(?P<rest>(?:\.\d+)?\D*)")


def is_number(text: Text) -> bool:
    """Whether `text`, apart from marks of notes, is one number and what belongs to it."""
    return _NUMBER.fullmatch(_bare(text)) is not None


def _bare(text: Text) -> str:
    marks = (Citation, Footnote)
    return Text(text.language, tuple(inline for inline in text.inlines if not isinstance(inline, marks))).plain()


def _behind(text: Text) -> str:
    """What stands behind the decimal point, with the marks of notes."""
    found = _NUMBER.fullmatch(_bare(text))
    return "" if found is None else found["rest"] + text.plain().removeprefix(_bare(text))


def decimal_tabs(sheet: Sheet, table: Table, widths: Sequence[int]) -> dict[int, int]:
    """Where the decimal points of each column of numbers stand, from the left edge of the text of its cells.

    `widths` are those of the columns; all lengths in twentieths of a point. The widest of what stands behind a
    point reaches to the right edge, where words stand too.
    """
    return {column: _tab(widths[column], rooms) for column, rooms in _rooms(sheet, table).items()}


def _tab(wide: int, rooms: Sequence[float]) -> int:
    """In whole points, so that columns of one width have one stop although their widths are rounded."""
    return (wide - twips(2 * CELL_SIDE + max(rooms))) // 20 * 20


def _rooms(sheet: Sheet, table: Table) -> dict[int, list[float]]:
    """How much room what stands behind the decimal points of each column takes up, number by number, in points."""
    found: dict[int, list[float]] = {}
    aligned = {column.align for column in table.columns} | {cell.align for row in table.body for cell in row.cells}
    if Align.DECIMAL not in aligned:
        return found
    for place in (place for row in places(table, table.body) for place in row if not place.continues):
        if (place.cell.align or table.columns[place.column].align) is Align.DECIMAL:
            for text in filter(is_number, place.cell.texts):
                look = sheet.text_style(Name.TABLE_NUMBER, text.language)
                found.setdefault(place.column, []).append(width(_behind(text), look.size, look.font))
    return found


def number_tabs(document: Document, sheet: Sheet) -> tuple[int, ...]:
    """Where decimal points stand in the tables of the document, in twentieths of a point, of most numbers first."""
    found: Counter[int] = Counter()
    page = sheet.style.page
    for block in document.blocks:
        if isinstance(block, PageBreak):
            page = sheet.style.page.turned if block.landscape else sheet.style.page
        elif isinstance(block, Table):
            widths = column_widths(block, page.text_width)
            for column, rooms in _rooms(sheet, block).items():
                found[_tab(widths[column], rooms)] += len(rooms)
    return tuple(sorted(found, key=lambda tab: (-found[tab], tab)))
