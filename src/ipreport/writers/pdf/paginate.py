"""Putting boxes on pages."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from ipreport.writers.pdf.blocks import NewPage
from ipreport.writers.pdf.boxes import Box

_TOLERANCE = 0.01
"""Points by which a box may be too high through rounding."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A box whose top is `offset` points below the top of the type area."""

    box: Box
    offset: float


def paginate(boxes: Sequence[Box | NewPage], width: float, height: float) -> list[list[Placed]]:
    """The boxes of every page of `width` × `height`, at least one page.

    A box that keeps with the next one stands on a page only together with the start
    of that one; a box higher than a page is cut where it can be.
    """
    for box in boxes:
        if isinstance(box, Box):
            box.layout(width)
    pages = _Pages(height)
    waiting = deque(boxes)
    while waiting:
        box = waiting.popleft()
        if isinstance(box, NewPage):
            pages.turn()
        elif pages.used and _needed(box, waiting) > pages.room(box) + _TOLERANCE:
            pages.turn()
            waiting.appendleft(box)
        elif box.height <= pages.room(box) + _TOLERANCE:
            pages.place(box)
        else:
            waiting.extendleft(reversed(pages.place_cut(box)))
    return pages.filled()


class _Pages:
    """Pages filled from top to bottom."""

    def __init__(self, height: float) -> None:
        self._height = height
        self._pages: list[list[Placed]] = [[]]
        self._below = self._after = 0.0

    @property
    def used(self) -> bool:
        """Whether something stands on the last page."""
        return bool(self._pages[-1])

    def _offset(self, box: Box) -> float:
        return self._below + max(self._after, box.space_before) if self.used else 0.0

    def room(self, box: Box) -> float:
        """The height that is free for `box`."""
        return self._height - self._offset(box)

    def turn(self) -> None:
        """Begin a page, unless the last one is still empty."""
        if self.used:
            self._pages.append([])

    def place(self, box: Box) -> None:
        """Put `box` below what stands on the last page."""
        offset = self._offset(box)
        self._pages[-1].append(Placed(box, offset))
        self._below, self._after = offset + box.height, box.space_after

    def place_cut(self, box: Box) -> list[Box]:
        """Put as much of `box` on the last page as fits; what has to go on to the next one."""
        parts = box.split(self.room(box))
        if parts is None and not self.used:
            parts = box.split(self.room(box), force=True)
            if parts is None:
                self.place(box)  # nothing can be done: it sticks out at the foot
                return []
        if parts is not None:
            self.place(parts[0])
        self.turn()
        return [box] if parts is None else [parts[1]]

    def filled(self) -> list[list[Placed]]:
        """The pages without an empty one at the end."""
        return self._pages if self.used or len(self._pages) == 1 else self._pages[:-1]


def _needed(box: Box, following: Sequence[Box | NewPage]) -> float:
    """The height that has to be free for `box` to start here."""
    needed, index = 0.0, 0
    while box.keep_with_next and index < len(following):
        next_box = following[index]
        if isinstance(next_box, NewPage):
            return needed + box.height
        needed += box.height + max(box.space_after, next_box.space_before)
        box, index = next_box, index + 1
    return needed + box.start_height()
