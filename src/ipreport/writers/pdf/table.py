"""Tables: caption above, horizontal rules only, head rows on every page, notes below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from itertools import accumulate, groupby
from math import fsum

from ipreport.document import RowRole, Table
from ipreport.style import Colours, Justify, StyleName
from ipreport.writers.pdf.boxes import Box, Stack
from ipreport.writers.pdf.canvas import Canvas
from ipreport.writers.pdf.heads import name_heads
from ipreport.writers.pdf.rows import PADDING_X, RowBox, crossings, cuttable, parted, row_boxes, settle
from ipreport.writers.pdf.setter import Setter, prefixed
from ipreport.writers.pdf.structure import Element, Words

_AIR = 6.0
"""What a column keeps beside its widest text when it lends room to others."""
_HEAVY, _MIDDLE, _LIGHT = 1.0, 0.6, 0.4
_LEAST_ROWS = 3
"""Body rows that stay with the head at the foot of a page, and with the notes at the head of one."""
_MOST_HEAD = 0.6
"""The share of a page that a head may take when rows have to be cut; a higher one is cut like them."""
_KEPT = 250.0
"""Tables that are not higher than this, a third of a page, are not cut."""


@dataclass(frozen=True, slots=True)
class _Form:
    """What all parts of a table share."""

    shares: tuple[float, ...]
    head: tuple[RowBox, ...]
    colours: Colours
    element: Element
    body: Element


class TableBox(Box):
    """A table, or the part of one that stands on a page."""

    def __init__(self, form: _Form, body: Sequence[RowBox], captions: Stack, notes: Stack) -> None:
        self._form, self._body, self._captions, self._notes = form, tuple(body), captions, notes
        self._crossings = crossings(self._body)
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
        head = () if self._continued else self._form.head
        yield from (row.row.label for row in (*head, *self._body) if row.row.label is not None)

    def _layout(self, width: float) -> float:
        rows = (*self._form.head, *self._body)
        columns = range(len(self._form.shares))
        least = [max((row.least_width(column) for row in rows), default=0.0) for column in columns]
        natural = [max((row.natural_width(column) for row in self._body), default=0.0) for column in columns]
        widths = column_widths(self._form.shares, least, width)
        self._edges = (0.0, *accumulate(traded(widths, least, natural)))
        for row in rows:
            row.layout(self._edges)
        settle(self._form.head)
        settle(self._body)
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
        count = min(_LEAST_ROWS + groups, len(self._body))
        while self._crossings[count]:
            count += 1
        return count

    def _split(self, height: float, *, force: bool) -> tuple[Box, Box] | None:
        room, fitting = height - self._top(), 0
        for row in self._body:
            if row.height > room + 0.01:
                break
            room -= row.height
            fitting += 1
        if force and self._top() > _MOST_HEAD * height and self._form.head:
            return self._headless().split(height, force=True)
        if force and fitting == len(self._body) < 2 and self._notes.boxes:
            return self._noteless(), self._notes
        if force and (not fitting or len(self._body) == 1):
            return self._cut(height - self._top())
        fitting = max(0, min(fitting, len(self._body) - (1 if force else _LEAST_ROWS)))
        free = fitting
        while free and not self._may_end(free, force=force):
            free -= 1
        if force:
            edges = range(fitting, 0, -1)
            free = free or next((edge for edge in edges if cuttable(self._body, edge)), fitting)
        elif free < self._first_rows():
            return None
        return self._parts(*parted(self._body, free))

    def _may_end(self, count: int, *, force: bool) -> bool:
        """Whether a part may have `count` rows: no cell lies across its end, and no group row is its last one."""
        return not self._crossings[count] and (force or self._body[count - 1].row.role is not RowRole.GROUP)

    def _cut(self, room: float) -> tuple[Box, Box] | None:
        """Two parts when not even one row fits on a page, or there is no other."""
        parts = self._body[0].cut(room) if self._body else None
        if parts is None:
            return None
        lower = (parts[1], *self._body[1:])
        settle(lower)
        return self._parts(parts[:1], lower)

    def _headless(self) -> TableBox:
        """The same with the head, unless it was shown before, as rows like others, which may be cut and come once."""
        rows = self._body if self._continued else (*self._form.head, *self._body)
        return self._remade(TableBox(replace(self._form, head=()), rows, self._captions, self._notes))

    def _noteless(self) -> TableBox:
        """The same without its notes, which no page holds beside its only row."""
        return self._remade(TableBox(self._form, self._body, self._captions, Stack(())))

    def _remade(self, part: TableBox, *, continued: bool | None = None) -> TableBox:
        """A `part` of this table, laid out as this is."""
        part._continued = self._continued if continued is None else continued
        part._edges, part.inner = self._edges, part._told()
        part.height = part._measure()
        return part

    def _parts(self, first: Sequence[RowBox], second: Sequence[RowBox]) -> tuple[Box, Box]:
        none = Stack(())
        upper = TableBox(self._form, first, self._captions, none)
        lower = TableBox(self._form, second, none, self._notes)
        return self._remade(upper), self._remade(lower, continued=True)

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
            for index, row in enumerate(self._form.head):
                if row.row.label is not None and not self._continued:
                    canvas.destination(row.row.label, x, top)
                row.draw(canvas, x, top, self._edges, head=True)
                top -= row.height
                self._draw_spans(canvas, x, top, index)
        head_rule = top
        for index in range(len(self._body)):
            top = self._draw_row(canvas, index, x, top)
        canvas.place(self._form.body)  # there is one beside a head even where it has no row
        canvas.rule(x, upper, width, _HEAVY, colours.ink)
        if self._form.head:
            canvas.rule(x, head_rule, width, _MIDDLE, colours.ink)
        canvas.rule(x, top, width, _HEAVY, colours.ink)
        return top

    def _draw_spans(self, canvas: Canvas, x: float, y: float, index: int) -> None:
        """A rule under every cell over several columns that ends with row `index` of the head, but for the last row."""
        head, edges = self._form.head, self._edges
        if index == len(head) - 1:
            return
        ending = [cell for number, row in enumerate(head) for cell in row.cells if cell.ends(number) == index + 1]
        for cell in ending:
            if cell.span > 1:
                left, right = edges[cell.start] + PADDING_X, edges[cell.start + cell.span] - PADDING_X
                canvas.rule(x + left, y, right - left, _LIGHT, self._form.colours.ink)

    def _draw_row(self, canvas: Canvas, index: int, x: float, top: float) -> float:
        row, width = self._body[index], self._edges[-1]
        bottom = top - row.height
        if row.row.role is RowRole.GROUP:
            canvas.rectangle(x, bottom, width, row.height, self._form.colours.panel)
        if row.row.label is not None:
            canvas.destination(row.row.label, x, top)
        row.draw(canvas, x, top, self._edges, head=False)
        if index < len(self._body) - 1:
            for left, right in self._stretches(self._crossings[index + 1]):
                canvas.rule(x + left, bottom, right - left, _LIGHT, self._form.colours.rule)
        return bottom

    def _stretches(self, crossed: set[int]) -> list[tuple[float, float]]:
        """The stretches of an edge between rows that no cell lies across."""
        stretches = []
        for across, part in groupby(range(len(self._edges) - 1), lambda column: column in crossed):
            columns = list(part)
            if not across:
                stretches.append((self._edges[columns[0]], self._edges[columns[-1] + 1]))
        return stretches


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
    body = Element("TBody", parent=element)
    head_rows = row_boxes(table.head, table, setter, Element("THead", parent=element))
    body_rows = row_boxes(table.body, table, setter, body)
    name_heads(head_rows, body_rows)
    shares = tuple(column.width for column in table.columns)
    return TableBox(
        _Form(shares, head_rows, setter.style.colours, element, body),
        body_rows,
        Stack(setter.boxes(captions, StyleName.CAPTION, justify=Justify.CENTRE), Element("Caption")),
        Stack([box for note in table.notes for box in setter.boxes(note, StyleName.TABLE_NOTE)]),
    )


def _summary(table: Table) -> Words:
    return Words("\n".join(text.plain() for text in table.description))
