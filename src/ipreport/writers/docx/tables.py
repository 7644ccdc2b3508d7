"""Tables (ECMA-376 17.4), each built as one string: a cell at a time through python-docx is 600 times slower."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from ipreport.document import Align, Cell, Row, RowRole, Table
from ipreport.style import StyleName

from .blocks import BLOCK_GAP, caption, notes
from .context import Context, plain_texts
from .flow import Gap, Grid, Item
from .markup import escape, flag, twips
from .sheet import CELL_STYLES, Name
from .styles import TABLE_STYLE
from .theme import shading


def table(context: Context, block: Table) -> Iterator[Item]:
    """Caption, grid and notes."""
    yield Gap(BLOCK_GAP)
    if block.caption is not None:
        yield from caption(context, block.label, block.caption, Name.TABLE_CAPTION, keep=True)
    yield _grid(context, block)
    yield from notes(context, block.notes, Name.TABLE_NOTE)
    yield Gap(BLOCK_GAP)


def shares(weights: Sequence[float], total: int) -> list[int]:
    """`total` divided in proportion to `weights`, in whole units that add up exactly."""
    whole = sum(weights)
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


_LOOK = (
    '<w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
    ' w:noHBand="1" w:noVBand="1"/>'
)


def _grid(context: Context, block: Table) -> Grid:
    title = "" if block.caption is None else plain_texts(block.caption.texts, " ")
    widths = shares([column.width for column in block.columns], twips(context.sheet.style.page.text_width))
    filler = _Filler(context, block, widths)
    rows = [filler.row(row, is_head=True) for row in block.head] + [filler.row(row) for row in block.body]
    start = table_start(TABLE_STYLE, widths, title, plain_texts(block.description), _LOOK)
    return Grid(f"{start}{''.join(rows)}</w:tbl>")


class _Filler:
    """Fills the rows of one table, from the top."""

    def __init__(self, context: Context, block: Table, widths: Sequence[int]) -> None:
        self._context = context
        self._block = block
        self._widths = widths
        # Without a caption the table's own bookmark has no other place than its first cell.
        self._waiting = [block.label] if block.caption is None else []

    def row(self, row: Row, *, is_head: bool = False) -> str:
        covered = sum(cell.span for cell in row.cells)
        if covered != len(self._widths):
            raise ValueError(f"a row of table {self._block.label!r} covers {covered} of {len(self._widths)} columns")
        labels = [*self._waiting, *([] if row.label is None else [row.label])]
        self._waiting = []
        cells = []
        column = 0
        for cell in row.cells:
            end = column + cell.span
            name = _cell_style(row, cell.align or self._block.columns[column].align, is_head=is_head)
            cells.append(self._cell(cell, name, sum(self._widths[column:end]), labels))
            column, labels = end, []
        return f"<w:tr><w:trPr><w:cantSplit/>{flag('tblHeader', is_head or None)}</w:trPr>{''.join(cells)}</w:tr>"

    def _cell(self, cell: Cell, name: Name, width: int, labels: Sequence[str]) -> str:
        context, colours = self._context, self._context.sheet.style.colours
        # A cell ends with a paragraph even when it says nothing (17.4.65).
        paragraphs = [context.para(name, text) for text in cell.texts] or [
            context.styled(name, context.sheet.primary, "")
        ]
        for label in labels:
            marked = context.anchors.mark(context.anchors.name(label), paragraphs[0].content)
            paragraphs[0] = replace(paragraphs[0], content=marked)
        span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
        fill = shading(colours, colours.panel) if name is Name.TABLE_GROUP else ""
        content = "".join(paragraph.xml() for paragraph in paragraphs)
        return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{fill}</w:tcPr>{content}</w:tc>'


def _cell_style(row: Row, align: Align, *, is_head: bool) -> Name:
    if is_head:
        return CELL_STYLES[StyleName.TABLE_HEAD, align]
    return Name.TABLE_GROUP if row.role is RowRole.GROUP else CELL_STYLES[StyleName.TABLE_TEXT, align]
