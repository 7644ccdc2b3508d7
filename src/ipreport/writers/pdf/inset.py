"""A box with blanks beside it."""

from __future__ import annotations

from ipreport.writers.pdf.boxes import Box
from ipreport.writers.pdf.canvas import Canvas


class Inset(Box):
    """A box `left` and `right` points narrower than what it stands in."""

    def __init__(self, box: Box, left: float, right: float) -> None:
        self._box, self._left, self._right = box, left, right
        self.inner = (box,)
        self.space_before, self.space_after = box.space_before, box.space_after
        self.keep_with_next = box.keep_with_next

    @property
    def natural_width(self) -> float:
        """The width in which nothing is broken, blanks included."""
        return self._box.natural_width + self._left + self._right

    @property
    def least_width(self) -> float:
        """The narrowest width in which nothing is split, blanks included."""
        return self._box.least_width + self._left + self._right

    def _layout(self, width: float) -> float:
        return self._box.layout(width - self._left - self._right)

    def _start_height(self) -> float:
        return self._box.start_height()

    def _split(self, height: float, *, force: bool) -> tuple[Box, Box] | None:
        parts = self._box.split(height, force=force)
        if parts is None:
            return None
        first, second = (Inset(part, self._left, self._right) for part in parts)
        first.height, second.height = (part.height for part in parts)
        return first, second

    def _draw(self, canvas: Canvas, x: float, top: float) -> None:
        self._box.draw(canvas, x + self._left, top)
