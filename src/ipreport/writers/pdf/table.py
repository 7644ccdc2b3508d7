"""Tables: caption above, horizontal rules only, head rows on every page, notes below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from itertools import accumulate
from math import fsum

from ipreport.document import Row, RowRole, Table
from ipreport.style import JUSTIFY_OF_ALIGN, Colours, Justify, StyleName
from ipreport.writers.pdf.boxes import Box, Stack
from ipreport.writers.pdf.canvas import Canvas
from ipreport.writers.pdf.figure import small_picture
from ipreport.writers.pdf.setter import Setter, prefixed
from ipreport.writers.pdf.structure import Element, Value, Words

_PADDING_X, _PADDING_Y = 5.0, 4.0
_AIR = 6.0
"""What a column keeps beside its widest text when it lends room to others."""
_HEAVY, _MIDDLE, _LIGHT = 1.0, 0.6, 0.4
_LEAST_ROWS = 3
"""Body rows that stay with the head at the foot of a page, and with the notes at the head of one."""
_KEPT = 250.0
"""Tables that are not higher than this, a third of a page, are not cut."""


@dataclass(slots=True)
class _Cell:
    box: Stack
    start: int
    span: int


class _RowBox:
    """One row, laid out: cells over columns, all as high as the highest."""

    def __init__(self, row: Row, cells: list[_Cell], element: Element) -> None:
        self.row, self.cells, self.element = row, cells, element
        self.height = 0.0

    def layout(self, edges: Sequence[float]) -> None:
        heights = (cell.box.layout(self._width(cell, edges)) for cell in self.cells)
        self.height = max(heights, default=0.0) + 2 * _PADDING_Y

    def least_width(self, column: int) -> float:
        """The narrowest width of a column in which no cell of its own has to split a word."""
        return max((box.least_width + 2 * _PADDING_X for box in self._own(column)), default=0.0)

    def natural_width(self, column: int) -> float:
        """The width of a column in which no cell of its own breaks a line."""
        return max((box.natural_width + 2 * _PADDING_X for box in self._own(column)), default=0.0)

    def _own(self, column: int) -> list[Stack]:
        return [cell.box for cell in self.cells if cell.start == column and cell.span == 1]

    @staticmethod
    def _width(cell: _Cell, edges: Sequence[float]) -> float:
        return edges[cell.start + cell.span] - edges[cell.start] - 2 * _PADDING_X

    def cut(self, height: float) -> tuple[_RowBox, _RowBox] | None:
        """The row as one of `height` and the rest; None when a cell cannot be cut there."""
        upper, lower = (_RowBox(row, [], self.element) for row in (self.row, replace(self.row, label=None)))
        inner = height - 2 * _PADDING_Y
        for cell in self.cells:
            parts = cell.box.split(inner, force=True) if cell.box.height > inner else (cell.box, Stack(()))
            if parts is None:
                return None
            for row, part in zip((upper, lower), parts, strict=True):
                row.cells.append(_Cell(Stack((part,), cell.box.element), cell.start, cell.span))
        for row in (upper, lower):
            for cell in row.cells:
                cell.box.height = fsum(box.height for box in cell.box.boxes)
            row.height = max(cell.box.height for cell in row.cells) + 2 * _PADDING_Y
        return upper, lower

    def draw(self, canvas: Canvas, x: float, top: float, edges: Sequence[float], *, head: bool) -> None:
        with canvas.inside(self.element):
            for cell in self.cells:
                free = self.height - 2 * _PADDING_Y - cell.box.height
                lower = free if head else free / 2  # heads stand on their rule, bodies in the middle of their row
                cell.box.draw(canvas, x + edges[cell.start] + _PADDING_X, top - _PADDING_Y - lower)


@dataclass(frozen=True, slots=True)
class _Form:
    """What all parts of a table share."""

    shares: tuple[float, ...]
    head: tuple[_RowBox, ...]
    colours: Colours
    element: Element


class TableBox(Box):
    """A table, or the part of one that stands on a page."""

    def __init__(self, form: _Form, body: Sequence[_RowBox], captions: Stack, notes: Stack) -> None:
        self._form, self._body, self._captions, self._notes = form, tuple(body), captions, notes
        self._edges: tuple[float, ...] = ()
        self._continued = False
        self.inner = self._told()
        self.space_before = self.space_after = 12.0

    def _told(self) -> list[Box]:
        """What this part says; a head that is repeated says nothing new."""
        head = () if self._continued else self._form.head
        return [self._captions, *(cell.box for row in (*head, *self._body) for cell in row.cells), self._notes]

    def labels(self) -> Iterator[str]:
        """The labels of its rows, in reading order."""
        yield from (row.row.label for row in self._body if row.row.label is not None)

    def _layout(self, width: float) -> float:
        rows = (*self._form.head, *self._body)
        columns = range(len(self._form.shares))
        least = [max((row.least_width(column) for row in rows), default=0.0) for column in columns]
        natural = [max((row.natural_width(column) for row in self._body), default=0.0) for column in columns]
        widths = column_widths(self._form.shares, least, width)
        self._edges = (0.0, *accumulate(traded(widths, least, natural)))
        for row in rows:
            row.layout(self._edges)
        self._captions.layout(width)
        self._notes.layout(width)
        return self._measure()

    def _measure(self) -> float:
        return self._top() + fsum(row.height for row in self._body) + self._foot()

    def _top(self) -> float:
        caption = self._captions.height + 4 if self._captions.boxes else 0.0
        return caption + fsum(row.height for row in self._form.head)

    def _foot(self) -> float:
        return self._notes.height + 4 if self._notes.boxes else 0.0

    def _start_height(self) -> float:
        if self.height <= _KEPT or len(self._body) < 2 * _LEAST_ROWS:
            return self.height
        return self._top() + fsum(row.height for row in self._body[: self._first_rows()])

    def _first_rows(self) -> int:
        """Rows that the first part holds at least: a group row never stands without a row below."""
        groups = sum(1 for row in self._body[:_LEAST_ROWS] if row.row.role is RowRole.GROUP)
        return _LEAST_ROWS + groups

    def _split(self, height: float, *, force: bool) -> tuple[Box, Box] | None:
        room, fitting = height - self._top(), 0
        for row in self._body:
            if row.height > room + 0.01:
                break
            room -= row.height
            fitting += 1
        if force and not fitting:
            return self._cut(room)
        fitting = min(fitting, len(self._body) - (1 if force else _LEAST_ROWS))
        while fitting and self._body[fitting - 1].row.role is RowRole.GROUP and not force:
            fitting -= 1
        if fitting < (1 if force else self._first_rows()):
            return None
        return self._parts(self._body[:fitting], self._body[fitting:])

    def _cut(self, room: float) -> tuple[Box, Box] | None:
        """Two parts when not even one row fits on a page."""
        parts = self._body[0].cut(room)
        return None if parts is None else self._parts(parts[:1], (parts[1], *self._body[1:]))

    def _parts(self, first: Sequence[_RowBox], second: Sequence[_RowBox]) -> tuple[Box, Box]:
        none = Stack(())
        upper = TableBox(self._form, first, self._captions, none)
        lower = TableBox(self._form, second, none, self._notes)
        upper._continued, lower._continued = self._continued, True
        for part in (upper, lower):
            part._edges, part.inner = self._edges, part._told()
            part.height = part._measure()
        return upper, lower

    def _draw(self, canvas: Canvas, x: float, top: float) -> None:
        with canvas.inside(self._form.element):
            bottom = self._draw_table(canvas, x, top)
        self._notes.draw(canvas, x, bottom - 4)

    def _draw_table(self, canvas: Canvas, x: float, top: float) -> float:
        colours, width = self._form.colours, self._edges[-1]
        if self._captions.boxes:
            self._captions.draw(canvas, x, top)
            top -= self._captions.height + 4
        upper = top
        # A head that is repeated says nothing new to those who listen.
        with canvas.artifact() if self._continued else nullcontext():
            for row in self._form.head:
                row.draw(canvas, x, top, self._edges, head=True)
                top -= row.height
        head_rule = top
        for index, row in enumerate(self._body):
            top = self._draw_row(canvas, row, x, top, last=index == len(self._body) - 1)
        canvas.rule(x, upper, width, _HEAVY, colours.ink)
        if self._form.head:
            canvas.rule(x, head_rule, width, _MIDDLE, colours.ink)
        canvas.rule(x, top, width, _HEAVY, colours.ink)
        return top

    def _draw_row(self, canvas: Canvas, row: _RowBox, x: float, top: float, *, last: bool) -> float:
        width, bottom = self._edges[-1], top - row.height
        if row.row.role is RowRole.GROUP:
            canvas.rectangle(x, bottom, width, row.height, self._form.colours.panel)
        if row.row.label is not None:
            canvas.destination(row.row.label, x, top)
        row.draw(canvas, x, top, self._edges, head=False)
        if not last:
            canvas.rule(x, bottom, width, _LIGHT, self._form.colours.rule)
        return bottom


def column_widths(shares: Sequence[float], least: Sequence[float], width: float) -> list[float]:
    """Widths in proportion to `shares`, but none below its `least` as long as all of these fit."""
    total = fsum(shares)
    widths = [width * share / total for share in shares]
    if fsum(least) >= width:
        return widths
    short = {index for index, (own, need) in enumerate(zip(widths, least, strict=True)) if own < need}
    while short:
        rest = width - fsum(least[index] for index in short)
        total = fsum(share for index, share in enumerate(shares) if index not in short)
        widths = [least[index] if index in short else rest * share / total for index, share in enumerate(shares)]
        more = {index for index, own in enumerate(widths) if own < least[index] - 0.01}
        if not more:
            break
        short |= more
    return widths


def traded(widths: Sequence[float], least: Sequence[float], natural: Sequence[float]) -> list[float]:
    """Widths after columns with room to spare have lent some to columns whose texts would break."""
    spare = [max(0.0, own - max(need, wish + _AIR)) for own, need, wish in zip(widths, least, natural, strict=True)]
    wanted = [max(0.0, wish - own) for own, wish in zip(widths, natural, strict=True)]
    moved = min(fsum(spare), fsum(wanted))
    if not moved:
        return list(widths)
    lent, got = moved / fsum(spare), moved / fsum(wanted)
    return [own - give * lent + take * got for own, give, take in zip(widths, spare, wanted, strict=True)]


def table_box(table: Table, setter: Setter) -> Box:
    """The box of a table."""
    caption = table.caption
    captions = [] if caption is None else [prefixed(caption.prefix(text.language), text) for text in caption.texts]
    element = Element("Table", owner="Table", attributes={"Summary": _summary(table)})
    head, body = Element("THead", parent=element), Element("TBody", parent=element)
    form = _Form(
        tuple(column.width for column in table.columns),
        tuple(_row(row, table, setter, head) for row in table.head),
        setter.style.colours,
        element,
    )
    return TableBox(
        form,
        [_row(row, table, setter, body) for row in table.body],
        Stack(setter.boxes(captions, StyleName.CAPTION, justify=Justify.CENTRE), Element("Caption")),
        Stack([box for note in table.notes for box in setter.boxes(note, StyleName.TABLE_NOTE)]),
    )


def _summary(table: Table) -> Words:
    return Words("\n".join(text.plain() for text in table.description))


def _row(row: Row, table: Table, setter: Setter, section: Element) -> _RowBox:
    head = section.tag == "THead"
    name = StyleName.TABLE_HEAD if head else StyleName.TABLE_TEXT
    if row.role is RowRole.GROUP:
        name = StyleName.TABLE_GROUP
    element = Element("TR", parent=section)
    cells: list[_Cell] = []
    start = 0
    for cell in row.cells:
        align = cell.align or table.columns[start].align
        boxes: list[Box] = [*setter.boxes(cell.texts, name, justify=JUSTIFY_OF_ALIGN[align])]
        if cell.picture is not None:
            boxes.append(small_picture(cell.picture, setter, JUSTIFY_OF_ALIGN[align]))
        cells.append(_Cell(Stack(boxes, _cell_element(element, start, cell.span, head=head)), start, cell.span))
        start += cell.span
    return _RowBox(row, cells, element)


def _cell_element(row: Element, column: int, span: int, *, head: bool) -> Element:
    """A head cell speaks for its column, the first cell of a row for the row."""
    attributes: dict[str, Value] = {}
    if head or column == 0:
        attributes["Scope"] = "Column" if head else "Row"
    if span > 1:
        attributes["ColSpan"] = span
    return Element("TH" if head or column == 0 else "TD", owner="Table", attributes=attributes, parent=row)
