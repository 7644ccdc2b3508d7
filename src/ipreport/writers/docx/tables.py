"""Tables (ECMA-376 17.4), each built as one string: a cell at a time through python-docx is 600 times slower."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from math import fsum

from ipreport.document import Align, Cell, Row, RowRole, Table
from ipreport.style import StyleName
from ipreport.writers.docx.blocks import BLOCK_GAP, caption, notes
from ipreport.writers.docx.context import Context, plain_texts
from ipreport.writers.docx.flow import Gap, Grid, Item
from ipreport.writers.docx.markup import eighths, escape, flag, hexadecimal, twips
from ipreport.writers.docx.pictures import picture_run
from ipreport.writers.docx.sheet import CELL_STYLES, Name
from ipreport.writers.docx.styles import CELL_SIDE, HEAD_RULE, TABLE_STYLE
from ipreport.writers.docx.theme import shading


def table(context: Context, block: Table) -> Iterator[Item]:
    """Caption, grid and notes."""
    yield Gap(BLOCK_GAP)
    if block.caption is not None:
        yield caption(context, block.label, block.caption, Name.TABLE_CAPTION, keep=True)
    yield _grid(context, block)
    yield from notes(context, block.notes, Name.TABLE_NOTE)
    yield Gap(BLOCK_GAP)


def shares(weights: Sequence[float], total: int) -> list[int]:
    """`total` divided in proportion to `weights`, in whole units that add up exactly."""
    whole = fsum(weights)
    edges = [0, *(round(total * edge / whole) for edge in accumulate(weights))]
    return [right - left for left, right in pairwise(edges)]


def table_start(style_id: str, widths: Sequence[int], title: str, description: str, look: str) -> str:
    """The opening of a `w:tbl` with its properties (17.4.60) and grid."""
    names = f'<w:tblCaption w:val="{escape(title)}"/>' if title else ""
    names += f'<w:tblDescription w:val="{escape(description)}"/>' if description else ""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style_id}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/>{look}{names}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    )


def table_look(*, has_head: bool) -> str:
    """Which parts of the table style apply (17.4.55): its first row, or none."""
    return (
        f'<w:tblLook w:val="{0x620 if has_head else 0x600:04X}" w:firstRow="{int(has_head)}" w:lastRow="0"'
        ' w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
    )


def _grid(context: Context, block: Table) -> Grid:
    title = "" if block.caption is None else plain_texts(block.caption.texts, " ")
    widths = shares([column.width for column in block.columns], twips(context.sheet.style.page.text_width))
    filler = _Filler(context, block, widths)
    rows = [filler.row(row, is_head=True) for row in block.head]
    rows += [filler.row(row, keep=keep) for row, keep in zip(block.body, _kept(block), strict=True)]
    look = table_look(has_head=bool(block.head))
    start = table_start(TABLE_STYLE, widths, title, plain_texts(block.description), look)
    return Grid(f"{start}{''.join(rows)}</w:tbl>")


_LEAST_ROWS, _KEPT_ROWS = 3, 8


def _kept(block: Table) -> list[bool]:
    """Which body rows stay with what follows: short tables as a whole, of long ones three rows at either end of a page.

    The notes stay with the last row.
    """
    last = len(block.body) - 1
    short = last < _KEPT_ROWS
    ends = range(_LEAST_ROWS - 1), range(last - _LEAST_ROWS + 1, last)
    return [
        bool(block.notes) if index == last else short or any(index in end for end in ends) for index in range(last + 1)
    ]


@dataclass(frozen=True, slots=True)
class _Form:
    """What the cells of a row share; `labels` are the bookmarks its first cell takes."""

    properties: str
    keep: bool | None
    labels: tuple[str, ...]


class _Filler:
    """Fills the rows of one table, from the top."""

    def __init__(self, context: Context, block: Table, widths: Sequence[int]) -> None:
        self._context = context
        self._block = block
        self._widths = widths
        # Without a caption the table's own bookmark has no other place than its first cell.
        self._waiting = (block.label,) if block.caption is None else ()

    def row(self, row: Row, *, is_head: bool = False, keep: bool = False) -> str:
        covered = sum(cell.span for cell in row.cells)
        if covered != len(self._widths):
            raise ValueError(f"a row of table {self._block.label!r} covers {covered} of {len(self._widths)} columns")
        properties = self._head_properties(row) if is_head else self._body_properties(row)
        form = _Form(properties, keep or None, (*self._waiting, *(() if row.label is None else (row.label,))))
        self._waiting = ()
        cells = []
        column = 0
        for cell in row.cells:
            end = column + cell.span
            name = _cell_style(row, cell.align or self._block.columns[column].align, is_head=is_head)
            cells.append(self._cell(cell, name, sum(self._widths[column:end]), form))
            column, form = end, replace(form, labels=()) if form.labels else form
        return f"<w:tr><w:trPr><w:cantSplit/>{flag('tblHeader', is_head or None)}</w:trPr>{''.join(cells)}</w:tr>"

    def _head_properties(self, row: Row) -> str:
        """The style rules off a first row; below a head of several rows that is said here."""
        if len(self._block.head) > 1 and row is self._block.head[-1]:
            ink = hexadecimal(self._context.sheet.style.colours.ink)
            rule = f'<w:bottom w:val="single" w:sz="{eighths(HEAD_RULE)}" w:space="0" w:color="{ink}"/>'
            return f"<w:tcBorders>{rule}</w:tcBorders>"
        return ""

    def _body_properties(self, row: Row) -> str:
        colours = self._context.sheet.style.colours
        return shading(colours, colours.panel) if row.role is RowRole.GROUP else ""

    def _cell(self, cell: Cell, name: Name, width: int, form: _Form) -> str:
        context = self._context
        paragraphs = [context.para(name, text, keep_with_next=form.keep) for text in cell.texts]
        if cell.picture is not None:
            room = width / 20 - 2 * CELL_SIDE
            content = picture_run(context, cell.picture.picture, cell.picture.alt, room)
            paragraphs.append(
                context.styled(Name.TABLE_TREND, context.sheet.primary, content, keep_with_next=form.keep)
            )
        if not paragraphs:
            # A cell ends with a paragraph even when it says nothing (17.4.65).
            paragraphs = [context.styled(name, context.sheet.primary, "", keep_with_next=form.keep)]
        for label in form.labels:
            marked = context.anchors.mark(context.anchors.name(label), paragraphs[0].content)
            paragraphs[0] = replace(paragraphs[0], content=marked)
        span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
        content = "".join(paragraph.xml() for paragraph in paragraphs)
        return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{form.properties}</w:tcPr>{content}</w:tc>'


def _cell_style(row: Row, align: Align, *, is_head: bool) -> Name:
    if is_head:
        return CELL_STYLES[StyleName.TABLE_HEAD, align]
    return Name.TABLE_GROUP if row.role is RowRole.GROUP else CELL_STYLES[StyleName.TABLE_TEXT, align]
