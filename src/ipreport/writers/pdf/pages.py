"""Filling pages: boxes from top to bottom, each with its footnotes at the foot of its page.

Nothing is painted here. How much of a page is left for text depends on the notes of the
text that stands on it, which no frame of ReportLab can know, and page numbers are wanted
before a page is painted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import fsum

from ipreport.document import PageBreak
from ipreport.style import Page
from ipreport.writers.pdf.boxes import Box, Stack
from ipreport.writers.pdf.footnotes import Cutting, Foot
from ipreport.writers.pdf.grid import Chain, Placed, balanced, registered_top

_TOLERANCE = 0.01
"""Points by which a box may be too high through rounding."""
_CONTINUED = 0.6
"""How much of the type area notes that a page could not hold may take on the next one."""


@dataclass(slots=True)
class Sheet:
    """What stands on one page; `placed` are boxes with their distances from the top of the type area.

    `used` is the height they take, `space` what the last one keeps below it. `imprint`
    stands at the very foot of the type area. `step` is the distance of the lines that
    running text stands on, 0 where there is no such grid.
    """

    page: Page
    step: float = 0.0
    foot: Foot = field(default_factory=Foot)
    placed: list[Placed] = field(default_factory=list)
    used: float = 0.0
    space: float = 0.0
    imprint: Box | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing stands on it."""
        return not self.placed and not self.foot.notes

    def room(self, box: Box) -> float:
        """The height that is left for `box` and for all notes of the page."""
        return self.page.text_height - self.used - self._before(box)

    def put(self, box: Box) -> None:
        """Place `box` below the others."""
        top = self.used + self._before(box)
        self.placed += box.placed(top) if isinstance(box, Chain) else [(top, box)]
        self.used, self.space = top + box.height, box.space_after

    def _before(self, box: Box) -> float:
        """The space between the last box and this one: the larger counts, at the top of a page none."""
        space = max(self.space, box.space_before) if self.placed else 0.0
        return registered_top(self.used + space, box, self.step) - self.used


def fill(
    boxes: Iterable[Box | PageBreak],
    page: Page,
    imprint: Box | None = None,
    signature: Box | None = None,
    step: float = 0.0,
) -> tuple[Sheet, ...]:
    """The pages of a document, each as high as `page`, wide ones where a break turns them.

    With a `step` running text stands on lines at that distance from the top of each page.

    Boxes that keep with the next one stay with its beginning. A note begins on the page of
    its mark unless no page could hold both. No break leaves a page empty, of several on end
    the last one counts. `signature` stands below the last text, `imprint` at the foot of its page.
    """
    filler = _Filler(page, step)
    for box in chained(boxes, step):
        if isinstance(box, PageBreak):
            filler.turn(page.turned if box.landscape else page)
        else:
            filler.put(box)
    filler.finish(signature, imprint)
    if step:
        for sheet in filler.sheets:
            sheet.placed = balanced(sheet.placed)
    return tuple(filler.sheets)


def chained(boxes: Iterable[Box | PageBreak], step: float = 0.0) -> Iterator[Box | PageBreak]:
    """Boxes that keep with the next one become one with it; a break ends such a chain."""
    chain: list[Box] = []
    for box in boxes:
        if isinstance(box, Box):
            chain.append(box)
            if box.keep_with_next:
                continue
        if chain:
            yield _joined(chain, step)
            chain = []
        if isinstance(box, PageBreak):
            yield box
    if chain:
        yield _joined(chain, step)


def _joined(chain: Sequence[Box], step: float) -> Box:
    """One box for several, as high as they are if these are laid out."""
    if len(chain) == 1:
        return chain[0]
    return (Chain(chain, step) if step else Stack(chain)).measured()


class _Filler:
    """The pages so far. `sheet` is the one at hand, if one has begun; `carried` are notes for the next."""

    def __init__(self, page: Page, step: float) -> None:
        self.sheets: list[Sheet] = []
        self.page, self.step = page, step
        self.sheet: Sheet | None = None
        self.carried: tuple[Box, ...] = ()

    def turn(self, page: Page) -> None:
        """Let a new page begin with what comes next; notes are as wide as the pages that they began on."""
        if page != self.page:
            self._finish_notes()
        self.page, self.sheet = page, None

    def put(self, box: Box) -> None:
        """Place `box`, on as many pages as it takes."""
        box.layout(self.page.text_width)
        for note in box.footnotes():
            note.layout(self.page.text_width)
        rest: Box | None = box
        while rest is not None:
            rest = self._put_beginning(rest)

    def finish(self, signature: Box | None, imprint: Box | None) -> None:
        """Place the rests of notes, then `signature` and `imprint` on the last page or on one more, or on several."""
        self._finish_notes()
        closing = [box for box in (signature, imprint) if box is not None]
        if closing and _height(closing, self.page) > self.page.text_height:  # a page on its side is not high
            groups = [[box] for box in closing]
        else:
            groups = [closing] if closing else []
        for group in groups:
            sheet = self._sheet_for(group)
            if signature in group:
                sheet.put(group[0])
            if imprint is not None and imprint in group:
                self._put_imprint(imprint, sheet)

    def _sheet_for(self, boxes: Sequence[Box]) -> Sheet:
        """The last page, or one more where it has no room for `boxes`, which are laid out for it."""
        sheet = self.sheets[-1] if self.sheets else self._begun()
        height = _height(boxes, sheet.page)
        if height > sheet.room(boxes[0]) - sheet.foot.height + _TOLERANCE and not sheet.empty:
            sheet = self._one_more(sheet, height + boxes[0].space_before)
            _height(boxes, sheet.page)
        return sheet

    def _put_imprint(self, imprint: Box, sheet: Sheet) -> None:
        """The imprint at the foot of `sheet`; one that is higher than a page takes as many as it has to."""
        while imprint.height > sheet.page.text_height + _TOLERANCE:
            parts = imprint.split(sheet.page.text_height, force=True)
            if parts is None:
                break
            sheet.imprint, imprint = parts
            sheet = self._begun()
        sheet.imprint = imprint

    def _one_more(self, full: Sheet, height: float) -> Sheet:
        """A page for what ends a document, of this height.

        The last text of a `full` page moves there, as it does in Word files, so that
        signature and imprint stand alone only where that text has notes or is too high.
        """
        sheet = self._begun()
        count = len(full.placed) - 1
        while count > 0 and full.placed[count - 1][1].keep_with_next:
            count -= 1
        if count > 0:
            moved = _joined([box for _, box in full.placed[count:]], self.step)
            if not any(moved.footnotes()) and moved.height + height <= sheet.page.text_height:
                del full.placed[count:]
                sheet.put(moved)
        return sheet

    def _finish_notes(self) -> None:
        while self.carried:
            self._begun(most=1.0)

    def _begun(self, most: float = _CONTINUED) -> Sheet:
        """A new page, at its foot what earlier pages could not hold of their notes, in a share of at most `most`."""
        self.sheet = sheet = Sheet(self.page, self.step)
        self.sheets.append(sheet)
        if self.carried:
            room = self.page.text_height * most
            taken = Foot().with_notes(self.carried, room, Cutting.APART)
            sheet.foot, self.carried = taken or (Foot(), self.carried)
            if not sheet.foot.notes:  # not even a line fits, so that it sticks out
                sheet.foot, self.carried = Foot(self.carried[:1]), self.carried[1:]
        return sheet

    def _put_beginning(self, box: Box) -> Box | None:
        """Place as much of `box` as its page takes, and give the rest, which begins on the next one."""
        sheet = self.sheet or self._begun()
        for first, rest, cutting in _attempts(box, sheet):
            taken = self._noted(sheet, first, cutting)
            if taken is not None:
                sheet.put(first)
                sheet.foot, self.carried = taken
                if rest is not None:
                    self.sheet = None
                return rest
        self.sheet = None
        return box

    def _noted(self, sheet: Sheet, box: Box, cutting: Cutting) -> tuple[Foot, tuple[Box, ...]] | None:
        """The foot of `sheet` with the notes of `box` as well, and all notes for the next page; None without room."""
        notes = tuple(box.footnotes())
        if not notes:
            return sheet.foot, self.carried
        if self.carried:  # notes stand in the order of their marks
            return None
        return sheet.foot.with_notes(notes, sheet.room(box) - box.height, cutting)


def _height(boxes: Sequence[Box], page: Page) -> float:
    """How high boxes are one below the other on `page`, which they are laid out for."""
    heights = [box.layout(page.text_width) for box in boxes]
    return fsum(heights) + fsum(max(first.space_after, second.space_before) for first, second in pairwise(boxes))


def _attempts(box: Box, sheet: Sheet) -> Iterator[tuple[Box, Box | None, Cutting]]:
    """What the page may take of `box`, the best first: a part, what is left, and how notes may be cut.

    On an empty page even what is kept together elsewhere is cut, notes before the text, and
    what cannot be cut at all sticks out at the foot.
    """
    room = sheet.room(box) - sheet.foot.height
    whole = box.height <= room + _TOLERANCE
    least = 0.0 if sheet.empty else box.start_height()
    room = min(room, box.height - 2 * _TOLERANCE)
    for cutting in (Cutting.LONG, Cutting.LAST) if sheet.empty else (Cutting.LONG,):
        if whole:
            yield box, None, cutting
        yield from ((*parts, cutting) for parts in _parts(box, room, least))
    if sheet.empty:
        for cutting in (Cutting.LAST, Cutting.APART):
            yield from ((*parts, cutting) for parts in _parts(box, room, 0.0, force=True))
        yield box, None, Cutting.APART


def _parts(box: Box, room: float, least: float, *, force: bool = False) -> Iterator[tuple[Box, Box]]:
    """The ways to cut `box` with a first part between `least` and `room` high, the highest first."""
    while room + _TOLERANCE >= least:
        parts = box.split(room, force=force)
        if parts is None or parts[0].height > room + _TOLERANCE:
            return
        yield parts
        room = parts[0].height - 2 * _TOLERANCE
