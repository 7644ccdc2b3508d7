"""The grid of a page: lines at one distance from its top, which running text stands on (GB/T 9704-2012, 5.2.3).

What has lines of its own, such as a table or a figure, stands between two lines of the grid,
as far from the text above as from the text below.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from ipreport.writers.pdf.boxes import Box, Stack
from ipreport.writers.pdf.structure import Element

_TOLERANCE = 0.05
"""Points by which something may reach beyond a line of the grid through rounding."""

Placed = tuple[float, Box]
"""A box and how far it stands below the top of the type area."""


def registered_top(top: float, box: Box, step: float) -> float:
    """Where a box stands that cannot stand above `top`: one of running text on the next line of the grid."""
    if not step or not box.registered:
        return top
    return math.ceil((top - _TOLERANCE) / step) * step


class Chain(Stack):
    """Boxes that stay together, those of running text among them on a grid of `step`, on which the first begins."""

    def __init__(self, boxes: Sequence[Box], step: float, element: Element | None = None) -> None:
        super().__init__(boxes, element)
        self._step = step
        self.registered = any(box.registered for box in self.boxes)

    def placed(self, top: float) -> Iterator[Placed]:
        """The boxes and where each stands, with the first at `top`."""
        for box, space in zip(self.boxes, self._spaces(), strict=True):
            yield top + space, box
            top += space + box.height

    def _spaces(self) -> list[float]:
        found: list[float] = []
        used = 0.0
        for box, space in zip(self.boxes, super()._spaces(), strict=True):
            found.append(registered_top(used + space, box, self._step) - used)
            used += found[-1] + box.height
        return found

    def _part(self, boxes: Sequence[Box]) -> Stack:
        return Chain(boxes, self._step, self.element).measured()


def balanced(placed: Sequence[Placed]) -> list[Placed]:
    """The same with what has lines of its own in the middle of the room that the text leaves it.

    What begins a page stays at its top.
    """
    found: list[Placed] = []
    loose: list[Placed] = []
    for top, box in placed:
        if not box.registered:
            loose.append((top, box))
            continue
        lower = _slack(loose[-1], (top, box)) / 2 if loose and found else 0.0
        found += [*((each + lower, other) for each, other in loose), (top, box)]
        loose = []
    return found + loose


def _slack(above: Placed, below: Placed) -> float:
    """How much further than their own spaces two boxes stand from each other."""
    (top, box), (lower, other) = above, below
    return lower - top - box.height - max(box.space_after, other.space_before)
