"""Tables: caption above, horizontal rules only, head rows on every page, notes below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ipreport.document import Row, RowRole, Table
from ipreport.style import JUSTIFY_OF_ALIGN, Colours, Justify, StyleName
from ipreport.writers.pdf.boxes import Box, Stack
from ipreport.writers.pdf.page import Page
from ipreport.writers.pdf.setter import Setter, prefixed

_PADDING_X, _PADDING_Y = 5.0, 4.0
_HEAVY, _MIDDLE, _LIGHT = 1.0, 0.6, 0.4
_LEAST_ROWS = 2
"""Body rows that stay with the head at the foot of a page, and with the notes at the head of one."""


@dataclass(slots=True)
class _Cell:
    box: Stack
    start: int
    span: int


class _RowBox:
    """One row, laid out: cells over columns, all as high as the highest."""

    def __init__(self, row: Row, cells: list[_Cell]) -> None:
        self.row, self.cells = row, cells
        self.height = 0.0

    def layout(self, edges: Sequence[float]) -> None:
        heights = (cell.box.layout(self._width(cell, edges)) for cell in self.cells)
        self.height = max(heights, default=0.0) + 2 * _PADDING_Y

    @staticmethod
    def _width(cell: _Cell, edges: Sequence[float]) -> float:
        return edges[cell.start + cell.span] - edges[cell.start] - 2 * _PADDING_X

    def draw(self, page: Page, x: float, top: float, edges: Sequence[float], *, head: bool) -> None:
        for cell in self.cells:
            free = self.height - 2 * _PADDING_Y - cell.box.height
            lower = free if head else free / 2  # heads stand on their rule, bodies in the middle of their row
            cell.box.draw(page, x + edges[cell.start] + _PADDING_X, top - _PADDING_Y - lower)


class TableBox(Box):
    """A table, or the part of one that stands on a page."""

    def __init__(
        self,
        shares: Sequence[float],
        head: Sequence[_RowBox],
        body: Sequence[_RowBox],
        captions: Stack,
        notes: Stack,
        colours: Colours,
    ) -> None:
        self._shares, self._head, self._body = tuple(shares), tuple(head), tuple(body)
        self._captions, self._notes, self._colours = captions, notes, colours
        self._edges: tuple[float, ...] = ()
        self.space_before = self.space_after = 12.0

    def layout(self, width: float) -> float:
        total = sum(self._shares)
        edges = [0.0]
        for share in self._shares:
            edges.append(edges[-1] + width * share / total)
        self._edges = tuple(edges)
        for row in (*self._head, *self._body):
            row.layout(edges)
        self._captions.layout(width)
        self._notes.layout(width)
        return self._measure()

    def _measure(self) -> float:
        self.height = self._top() + sum(row.height for row in self._body) + self._foot()
        return self.height

    def _top(self) -> float:
        caption = self._captions.height + 4 if self._captions.boxes else 0.0
        return caption + sum(row.height for row in self._head)

    def _foot(self) -> float:
        return self._notes.height + 4 if self._notes.boxes else 0.0

    def start_height(self) -> float:
        if len(self._body) <= 2 * _LEAST_ROWS:
            return self.height
        return self._top() + sum(row.height for row in self._body[: self._first_rows()])

    def _first_rows(self) -> int:
        """Rows that the first part holds at least: a group row never stands without a row below."""
        groups = sum(1 for row in self._body[:_LEAST_ROWS] if row.row.role is RowRole.GROUP)
        return _LEAST_ROWS + groups

    def split(self, height: float) -> tuple[Box, Box] | None:
        left, fitting = height - self._top(), 0
        for row in self._body:
            if row.height > left + 0.01:
                break
            left -= row.height
            fitting += 1
        fitting = min(fitting, len(self._body) - _LEAST_ROWS)
        while fitting and self._body[fitting - 1].row.role is RowRole.GROUP:
            fitting -= 1
        if fitting < self._first_rows():
            return None
        none = Stack(())
        return (
            self._part(self._body[:fitting], self._captions, none),
            self._part(self._body[fitting:], none, self._notes),
        )

    def _part(self, body: Sequence[_RowBox], captions: Stack, notes: Stack) -> TableBox:
        part = TableBox(self._shares, self._head, body, captions, notes, self._colours)
        part._edges = self._edges
        part._measure()
        return part

    def draw(self, page: Page, x: float, top: float) -> None:
        colours, width = self._colours, self._edges[-1]
        if self._captions.boxes:
            self._captions.draw(page, x, top)
            top -= self._captions.height + 4
        page.rule(x, top, width, _HEAVY, colours.ink)
        for row in self._head:
            row.draw(page, x, top, self._edges, head=True)
            top -= row.height
        if self._head:
            page.rule(x, top, width, _MIDDLE, colours.ink)
        for index, row in enumerate(self._body):
            top = self._draw_row(page, row, x, top, last=index == len(self._body) - 1)
        page.rule(x, top, width, _HEAVY, colours.ink)
        self._notes.draw(page, x, top - 4)

    def _draw_row(self, page: Page, row: _RowBox, x: float, top: float, *, last: bool) -> float:
        width, bottom = self._edges[-1], top - row.height
        if row.row.role is RowRole.GROUP:
            page.rectangle(x, bottom, width, row.height, self._colours.panel)
        if row.row.label is not None:
            page.destination(row.row.label, x, top)
        row.draw(page, x, top, self._edges, head=False)
        if not last:
            page.rule(x, bottom, width, _LIGHT, self._colours.rule)
        return bottom


def table_box(table: Table, setter: Setter) -> Box:
    """The box of a table."""
    caption = table.caption
    captions = [] if caption is None else [prefixed(caption.prefix(text.language), text) for text in caption.texts]
    return TableBox(
        [column.width for column in table.columns],
        [_row(row, table, setter, head=True) for row in table.head],
        [_row(row, table, setter, head=False) for row in table.body],
        Stack(setter.boxes(captions, StyleName.CAPTION, justify=Justify.CENTRE)),
        Stack([box for note in table.notes for box in setter.boxes(note, StyleName.TABLE_NOTE)]),
        setter.style.colours,
    )


def _row(row: Row, table: Table, setter: Setter, *, head: bool) -> _RowBox:
    name = StyleName.TABLE_HEAD if head else StyleName.TABLE_TEXT
    if row.role is RowRole.GROUP:
        name = StyleName.TABLE_GROUP
    cells: list[_Cell] = []
    start = 0
    for cell in row.cells:
        align = cell.align or table.columns[start].align
        boxes = setter.boxes(cell.texts, name, justify=JUSTIFY_OF_ALIGN[align])
        cells.append(_Cell(Stack(boxes), start, cell.span))
        start += cell.span
    return _RowBox(row, cells)
