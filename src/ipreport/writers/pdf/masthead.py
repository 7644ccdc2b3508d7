"""The head of page one, in the manner of a 简报 (after GB/T 9704-2012, 7.2): red name, red rule."""

from __future__ import annotations

from math import fsum

from ipreport.document import Masthead
from ipreport.style import Justify, StyleName
from ipreport.writers.pdf.atoms import EM_SPACE
from ipreport.writers.pdf.boxes import Box, Stack
from ipreport.writers.pdf.canvas import Canvas
from ipreport.writers.pdf.setter import Setter, joined


class MastheadBox(Box):
    """From top to bottom: remark, name, issue, compiler and date, rule."""

    def __init__(self, masthead: Masthead, setter: Setter) -> None:
        self._colour, self._spacing = setter.style.colours.masthead, setter.style.masthead
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
        space = self._spacing
        self.height += space.below_remark + space.below_names + space.below_issue
        self.height += space.above_rule + space.rule + space.below_rule
        return self.height

    def _draw(self, canvas: Canvas, x: float, top: float) -> None:
        space = self._spacing
        below = {self._remark: space.below_remark, self._name: space.below_names, self._issue: space.below_issue}
        for box, gap in below.items():
            box.draw(canvas, x, top)
            top -= box.height + gap
        self._left.draw(canvas, x, top)
        self._right.draw(canvas, x + self._width * 0.6, top)
        top -= max(self._left.height, self._right.height) + space.above_rule
        canvas.rectangle(x, top - space.rule, self._width, space.rule, self._colour)


def masthead_box(masthead: Masthead, setter: Setter) -> Box:
    """The box of a masthead."""
    return MastheadBox(masthead, setter)
