"""Tables (ECMA-376 17.4), each built as one string: a cell at a time through python-docx is 600 times slower."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ipreport.document import Align, Row, RowRole, Table, Text
from ipreport.style import StyleName
from ipreport.writers.docx.blocks import caption, notes
from ipreport.writers.docx.catalogue import BLOCK_GAP, CELL_STYLES
from ipreport.writers.docx.context import Context, plain_texts
from ipreport.writers.docx.flow import Gap, Grid, Item, Para
from ipreport.writers.docx.grid import Place, column_widths, places
from ipreport.writers.docx.markup import escape
from ipreport.writers.docx.names import Name
from ipreport.writers.docx.numbers import decimal_tabs, is_number
from ipreport.writers.docx.palette import border, shading
from ipreport.writers.docx.pictures import picture_run
from ipreport.writers.docx.table_styles import CELL_SIDE, HEAD_RULE, TABLE_STYLE, table_look


def table(context: Context, block: Table) -> Iterator[Item]:
    """Caption, grid and notes."""
    yield Gap(BLOCK_GAP)
    if block.caption is not None:
        yield caption(context, block.label, block.caption, Name.TABLE_CAPTION, keep=None)
    yield _grid(context, block)
    yield from notes(context, block.notes, Name.TABLE_NOTE)
    yield Gap(BLOCK_GAP)


def table_start(style_id: str, widths: Sequence[int], title: str, description: str, look: str) -> str:
    """The opening of a `w:tbl` with its properties (17.4.60) and grid."""
    names = f'<w:tblCaption w:val="{escape(title)}"/>' if title else ""
    names += f'<w:tblDescription w:val="{escape(description)}"/>' if description else ""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style_id}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/>{look}{names}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    )


def _grid(context: Context, block: Table) -> Grid:
    if not block.head and not block.body:
        raise ValueError(f"table {block.label!r} has no row")  # Word takes such a file for damaged
    title = "" if block.caption is None else plain_texts(block.caption.texts, " ")
    widths = column_widths(block, context.text_width)
    filler = _Filler(context, block, widths)
    rows = [filler.head(row, placed) for row, placed in zip(block.head, places(block, block.head), strict=True)]
    body = list(places(block, block.body))
    kept = _kept(block, body)
    rows += [filler.body(row, placed, keep=keep) for row, placed, keep in zip(block.body, body, kept, strict=True)]
    look = table_look(first_row=bool(block.head))
    start = table_start(TABLE_STYLE, widths, title, plain_texts(block.description), look)
    return Grid(f"{start}{''.join(rows)}</w:tbl>")


_LEAST_ROWS, _KEPT_ROWS = 3, 8


def _kept(block: Table, body: Sequence[list[Place]]) -> list[bool]:
    """Which body rows stay with what follows: short tables as a whole, of long ones three rows at either end of a page.

    The notes stay with the last row, and the rows that a cell covers with each other.
    """
    last = len(body) - 1
    short = last < _KEPT_ROWS
    ends = range(_LEAST_ROWS - 1), range(last - _LEAST_ROWS + 1, last)
    return [
        bool(block.notes)
        if index == last
        else short or any(index in end for end in ends) or not all(place.ends for place in row)
        for index, row in enumerate(body)
    ]


class _Filler:
    """Fills the rows of one table, from the top."""

    def __init__(self, context: Context, block: Table, widths: Sequence[int]) -> None:
        self._context = context
        self._block = block
        self._widths = widths
        self._tabs = decimal_tabs(context.sheet, block, widths)
        # Without a caption the table's own bookmark has no other place than its first cell.
        self._waiting = (block.label,) if block.caption is None else ()

    def head(self, row: Row, placed: list[Place]) -> str:
        cells = [
            self._cell(place, CELL_STYLES[StyleName.TABLE_HEAD, self._align(place)], self._head_rule(row, place))
            for place in placed
        ]
        return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{self._joined(cells, row)}</w:tr>"

    def body(self, row: Row, placed: list[Place], *, keep: bool) -> str:
        colours = self._context.sheet.style.colours
        if row.role is RowRole.GROUP:
            # A table style knows the first and the last row, not those that head others.
            kind, look = StyleName.TABLE_GROUP, shading(colours, colours.panel)
        else:
            kind, look = StyleName.TABLE_TEXT, ""
        styles = (CELL_STYLES[kind, self._align(place)] for place in placed)
        cells = [self._cell(place, style, look, keep=keep or None) for place, style in zip(placed, styles, strict=True)]
        return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{self._joined(cells, row)}</w:tr>"

    def _align(self, place: Place) -> Align:
        return place.cell.align or self._block.columns[place.column].align

    def _head_rule(self, row: Row, place: Place) -> str:
        """What a head of several rows needs beside the table style, which rules off its first row.

        Word rules off every row of a head by it, LibreOffice the first one alone. There is a rule below the
        head, and one below each cell that spans columns.
        """
        first, last = row is self._block.head[0], row is self._block.head[-1]
        if not (last or place.ends) or (first and (last or place.cell.span > 1)):
            return ""
        if not last and place.cell.span == 1:
            return '<w:tcBorders><w:bottom w:val="nil"/></w:tcBorders>'
        colours = self._context.sheet.style.colours
        return f"<w:tcBorders>{border(colours, 'bottom', HEAD_RULE, colours.ink)}</w:tcBorders>"

    def _joined(self, cells: list[tuple[str, list[Para]]], row: Row) -> str:
        """The cells of `row`, of which the first takes the bookmarks of row and table."""
        labels = (*self._waiting, *(() if row.label is None else (row.label,)))
        self._waiting = ()
        anchors = self._context.anchors
        for label in labels:
            paragraphs = cells[0][1]
            paragraphs[0] = replace(paragraphs[0], content=anchors.mark(anchors.name(label), paragraphs[0].content))
        return "".join(f"<w:tc>{start}{''.join(each.xml() for each in content)}</w:tc>" for start, content in cells)

    def _cell(self, place: Place, name: Name, look: str, *, keep: bool | None = None) -> tuple[str, list[Para]]:
        """The properties of a cell and its paragraphs; the part of one that `continues` has an empty one."""
        cell, merge = place.cell, ""
        if cell.rows > 1:
            merge = "<w:vMerge/>" if place.continues else '<w:vMerge w:val="restart"/>'
        width = sum(self._widths[place.column : place.column + cell.span])
        spanned = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
        properties = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}{merge}{look}</w:tcPr>'
        paragraphs = [] if place.continues else list(self._paragraphs(place, name, width, keep=keep))
        if not paragraphs:
            # A cell ends with a paragraph even when it says nothing (17.4.65).
            paragraphs = [self._context.styled(name, self._context.sheet.primary, "", keep_with_next=keep)]
        return properties, paragraphs

    def _paragraphs(self, place: Place, name: Name, width: int, *, keep: bool | None) -> Iterator[Para]:
        context, picture = self._context, place.cell.picture
        for text in place.cell.texts:
            if name is Name.TABLE_NUMBER:
                yield self._number(place, text, keep=keep)
            else:
                yield context.para(name, text, keep_with_next=keep)
        if picture is not None:
            content = picture_run(context, picture.picture, picture.alt, width / 20 - 2 * CELL_SIDE)
            yield context.styled(Name.TABLE_TREND, context.sheet.primary, content, keep_with_next=keep)

    def _number(self, place: Place, text: Text, *, keep: bool | None) -> Para:
        """A number stands by its decimal point, words at the right edge of the numbers."""
        if not is_number(text):
            return self._context.para(Name.TABLE_TEXT_RIGHT, text, keep_with_next=keep)
        paragraph = self._context.para(Name.TABLE_NUMBER, text, keep_with_next=keep)
        style_id = self._context.sheet.number_style_id(self._tabs[place.column], text.language)
        return replace(paragraph, style_id=style_id)
