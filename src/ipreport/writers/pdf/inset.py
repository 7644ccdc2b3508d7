"""A box with blanks beside it."""

from __future__ import annotations

from ipreport.writers.pdf.boxes import Box, Wrapper
from ipreport.writers.pdf.canvas import Canvas


class Inset(Wrapper):
    """A box `left` and `right` points narrower than what it stands in."""

    def __init__(self, box: Box, left: float, right: float) -> None:
        super().__init__(box, left + right)
        self._left, self._right = left, right

    @property
    def natural_width(self) -> float:
        """The width in which nothing is broken, blanks included."""
        return self._box.natural_width + self._blanks

    @property
    def least_width(self) -> float:
        """The narrowest width in which nothing is split, blanks included."""
        return self._box.least_width + self._blanks

    def _upper(self, part: Box) -> Box:
        return Inset(part, self._left, self._right)

    _lower = _upper

    def _draw(self, canvas: Canvas, x: float, top: float) -> None:
        self._box.draw(canvas, x + self._left, top)
