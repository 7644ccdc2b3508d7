"""Rows of a table: cells over columns and rows, how high they are, and how they are cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import fsum

from ipreport.document import Align, Row, RowRole, Table
from ipreport.style import JUSTIFY_OF_ALIGN, StyleName
from ipreport.writers.pdf.boxes import Box, Stack
from ipreport.writers.pdf.canvas import Canvas
from ipreport.writers.pdf.decimals import aligned
from ipreport.writers.pdf.figure import small_picture
from ipreport.writers.pdf.paragraph import TextBox
from ipreport.writers.pdf.setter import Setter
from ipreport.writers.pdf.structure import Element, Value

PADDING_X, PADDING_Y = 5.0, 4.0
"""Space between the edges of a cell and its words."""


@dataclass(slots=True)
class CellBox:
    """A cell: what stands in it, its first column, how many columns and rows it covers, and their height."""

    box: Stack
    start: int
    span: int
    rows: int = 1
    room: float = 0.0

    def ends(self, row: int) -> int:
        """The row below it, if it begins in `row`."""
        return row + self.rows


class RowBox:
    """One row, laid out: cells over columns, all as high as the highest."""

    def __init__(self, row: Row, cells: list[CellBox], element: Element, height: float = 0.0) -> None:
        self.row, self.cells, self.element, self.height = row, cells, element, height

    def layout(self, edges: Sequence[float]) -> None:
        """Fit the cells between the `edges` of the columns; those over several rows do not make this one higher."""
        heights = [cell.box.layout(self._width(cell, edges)) for cell in self.cells]
        own = (height for cell, height in zip(self.cells, heights, strict=True) if cell.rows == 1)
        self.height = max(own, default=0.0) + 2 * PADDING_Y

    def least_width(self, column: int) -> float:
        """The narrowest width of a column in which no cell of its own has to split a word."""
        return max((box.least_width + 2 * PADDING_X for box in self._own(column)), default=0.0)

    def natural_width(self, column: int) -> float:
        """The width of a column in which no cell of its own breaks a line."""
        return max((box.natural_width + 2 * PADDING_X for box in self._own(column)), default=0.0)

    def _own(self, column: int) -> list[Stack]:
        return [cell.box for cell in self.cells if cell.start == column and cell.span == 1]

    @staticmethod
    def _width(cell: CellBox, edges: Sequence[float]) -> float:
        return edges[cell.start + cell.span] - edges[cell.start] - 2 * PADDING_X

    def cut(self, height: float) -> tuple[RowBox, RowBox] | None:
        """The row as one of `height` and the rest; None when a cell cannot be cut there."""
        upper, lower = (RowBox(row, [], self.element) for row in (self.row, replace(self.row, label=None)))
        for cell in self.cells:
            parts = cell_parts(cell, height)
            if parts is None:
                return None
            upper.cells.append(replace(parts[0], rows=1))
            lower.cells.append(parts[1])
        for row in (upper, lower):
            row.height = max(cell.box.height for cell in row.cells) + 2 * PADDING_Y
        settle((upper,))
        return upper, lower

    def draw(self, canvas: Canvas, x: float, top: float, edges: Sequence[float], *, head: bool) -> None:
        """Paint the cells; heads stand on their rule, others in the middle of their rows."""
        element = self.element if self.row.cells else None  # a row all of whose cells begin above is none
        if element is not None:
            canvas.place(element)
        with canvas.inside(element):
            for cell in self.cells:
                if cell.box.element is not None:
                    canvas.place(cell.box.element)  # a table has all its cells, in their order
            for cell in self.cells:
                free = cell.room - 2 * PADDING_Y - cell.box.height
                lower = free if head else free / 2
                cell.box.draw(canvas, x + edges[cell.start] + PADDING_X, top - PADDING_Y - lower)


def cell_parts(cell: CellBox, height: float) -> tuple[CellBox, CellBox] | None:
    """The cell as one of at most `height` and the rest, which may be empty; None when it cannot be cut there."""
    inner = height - 2 * PADDING_Y
    parts = cell.box.split(inner, force=True) if cell.box.height > inner else (cell.box, Stack(()))
    if parts is None:
        return None
    first, second = (Stack((part,), cell.box.element) for part in parts)
    first.height, second.height = (part.height for part in parts)
    return replace(cell, box=first), replace(cell, box=second)


def cuttable(rows: Sequence[RowBox], edge: int) -> bool:
    """Whether something of every cell that lies across `edge` can stand above it."""
    for index, row in enumerate(rows[:edge]):
        for cell in row.cells:
            if cell.ends(index) > edge and cell.box.height:
                parts = cell_parts(cell, fsum(each.height for each in rows[index:edge]))
                if parts is None or not parts[0].box.height:
                    return False
    return True


def settle(rows: Sequence[RowBox]) -> None:
    """Make the last of the rows that a cell covers high enough for it, and tell every cell its height."""
    for index, row in enumerate(rows):
        for cell in row.cells:
            if cell.rows > 1:
                covered = rows[index : cell.ends(index)]
                missing = cell.box.height + 2 * PADDING_Y - fsum(each.height for each in covered)
                covered[-1].height += max(0.0, missing)
    for index, row in enumerate(rows):
        for cell in row.cells:
            cell.room = fsum(each.height for each in rows[index : cell.ends(index)]) if cell.rows > 1 else row.height


def crossings(rows: Sequence[RowBox]) -> list[set[int]]:
    """For every edge between rows, the upper edge of the first included, the columns of cells that lie across it."""
    found: list[set[int]] = [set() for _ in range(len(rows) + 1)]
    for index, row in enumerate(rows):
        for cell in row.cells:
            for edge in range(index + 1, cell.ends(index)):
                found[edge].update(range(cell.start, cell.start + cell.span))
    return found


def parted(rows: Sequence[RowBox], edge: int) -> tuple[list[RowBox], list[RowBox]]:
    """The rows above `edge` and those below it; a cell that lies across it is cut there, or stays above."""
    upper, lower = list(rows[:edge]), list(rows[edge:])
    rests: list[CellBox] = []
    for index, row in enumerate(upper):
        if all(cell.ends(index) <= edge for cell in row.cells):
            continue
        room = fsum(each.height for each in upper[index:])
        cells: list[CellBox] = []
        for cell in row.cells:
            below = cell.ends(index) - edge
            if below > 0:
                first, rest = cell_parts(cell, room) or (cell, replace(cell, box=Stack((), cell.box.element)))
                cells.append(replace(first, rows=edge - index))
                rests.append(replace(rest, rows=below))
            else:
                cells.append(cell)
        upper[index] = RowBox(row.row, cells, row.element, row.height)
    if rests:
        first_row = lower[0]
        cells = sorted((*first_row.cells, *rests), key=lambda cell: cell.start)
        lower[0] = RowBox(first_row.row, cells, first_row.element, first_row.height)
        settle(upper)
        settle(lower)
    return upper, lower


def row_boxes(rows: Sequence[Row], table: Table, setter: Setter, section: Element) -> tuple[RowBox, ...]:
    """The boxes of the head rows or the body rows of `table`, whose structure element is `section`."""
    found: list[RowBox] = []
    numbers: dict[int, list[tuple[CellBox, list[TextBox]]]] = {}
    covered = [0] * len(table.columns)
    for index, row in enumerate(rows):
        element = Element("TR", parent=section)
        cells: list[CellBox] = []
        start = 0
        for cell in row.cells:
            while covered[start]:
                start += 1
            below = min(cell.rows, len(rows) - index)
            covered[start : start + cell.span] = [below] * cell.span
            align = cell.align or table.columns[start].align
            texts = setter.boxes(cell.texts, _style(row, section), justify=JUSTIFY_OF_ALIGN[align])
            boxes: list[Box] = [*texts]
            if cell.picture is not None:
                boxes.append(small_picture(cell.picture, setter, JUSTIFY_OF_ALIGN[align]))
            told = sum(1 for each in rows[index : index + below] if each.cells)
            own = _element(element, section, start, cell.span, told)
            if len(boxes) == len(texts) == 1 and not any(texts[0].footnotes()):  # a note stands behind a paragraph
                own.language, texts[0].element = cell.texts[0].language, None
            box = Stack(boxes, own)
            cells.append(CellBox(box, start, cell.span, below))
            if align is Align.DECIMAL and cell.span == 1 and section.tag == "TBody":
                numbers.setdefault(start, []).append((cells[-1], texts))
            start += cell.span
        covered = [max(0, left - 1) for left in covered]
        found.append(RowBox(row, cells, element))
    for column in numbers.values():
        _align(column, setter)
    return tuple(found)


def _style(row: Row, section: Element) -> StyleName:
    if row.role is RowRole.GROUP:
        return StyleName.TABLE_GROUP
    return StyleName.TABLE_HEAD if section.tag == "THead" else StyleName.TABLE_TEXT


def _align(column: Sequence[tuple[CellBox, list[TextBox]]], setter: Setter) -> None:
    """Put the numbers of a column below each other."""
    boxes = iter(aligned([box for _, texts in column for box in texts], setter.shaper))
    for cell, texts in column:
        rest = cell.box.boxes[len(texts) :]
        cell.box = Stack([*(next(boxes) for _ in texts), *rest], cell.box.element)


def _element(row: Element, section: Element, column: int, span: int, rows: int) -> Element:
    """A head cell speaks for its columns, the first cell of a row for its rows."""
    head = section.tag == "THead"
    attributes: dict[str, Value] = {}
    if head or column == 0:
        attributes["Scope"] = "Column" if head else "Row"
    if span > 1:
        attributes["ColSpan"] = span
    if rows > 1:
        attributes["RowSpan"] = rows
    return Element("TH" if head or column == 0 else "TD", owner="Table", attributes=attributes, parent=row)
