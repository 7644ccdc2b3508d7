"""The head of page one, in the manner of a 简报 (after GB/T 9704-2012, 7.2): red name, red rule."""

from __future__ import annotations

from math import fsum

from ipreport.document import Masthead
from ipreport.style import Justify, StyleName
from ipreport.writers.pdf.boxes import Box, Stack
from ipreport.writers.pdf.canvas import Canvas
from ipreport.writers.pdf.setter import EM_SPACE, Setter, joined

_RULE = 2.0
_SPACES = (14.0, 4.0, 12.0, 10.0, 7.0, 16.0)
"""Space below the remark, between the names, below them, below the issue, above and below the rule."""


class MastheadBox(Box):
    """From top to bottom: remark, name, issue, compiler and date, rule."""

    def __init__(self, masthead: Masthead, setter: Setter) -> None:
        self._colour = setter.style.colours.masthead
        line = StyleName.MASTHEAD_LINE
        self._remark = Stack(setter.boxes(masthead.remark, StyleName.MASTHEAD_REMARK))
        self._name = Stack(setter.boxes(masthead.name, StyleName.MASTHEAD_NAME))
        self._issue = Stack([setter.box(joined(masthead.issue, EM_SPACE), line)] if masthead.issue else ())
        self._left = Stack(setter.boxes(masthead.compiler, line, justify=Justify.LEFT))
        self._right = Stack(setter.boxes(masthead.date, line, justify=Justify.RIGHT))
        self.inner = (self._remark, self._name, self._issue, self._left, self._right)

    def _layout(self, width: float) -> float:
        self._width = width
        for box in (self._remark, self._name, self._issue):
            box.layout(width)
        self._left.layout(width * 0.6)
        self._right.layout(width * 0.4)
        parts = (self._remark, self._name, self._issue)
        self.height = fsum(box.height for box in parts) + max(self._left.height, self._right.height)
        self.height += _SPACES[0] + fsum(_SPACES[2:]) + _RULE
        return self.height

    def _draw(self, canvas: Canvas, x: float, top: float) -> None:
        below = {self._remark: _SPACES[0], self._name: _SPACES[2], self._issue: _SPACES[3]}
        for box, space in below.items():
            box.draw(canvas, x, top)
            top -= box.height + space
        self._left.draw(canvas, x, top)
        self._right.draw(canvas, x + self._width * 0.6, top)
        top -= max(self._left.height, self._right.height) + _SPACES[4]
        canvas.rectangle(x, top - _RULE, self._width, _RULE, self._colour)


def masthead_box(masthead: Masthead, setter: Setter) -> Box:
    """The box of a masthead."""
    return MastheadBox(masthead, setter)
