"""The imprint (版记) at the foot of the last page, between rules (GB/T 9704-2012, 7.4)."""

from __future__ import annotations

from math import fsum

from ipreport.document import Imprint, Texts
from ipreport.language import ZH
from ipreport.style import Justify, StyleName
from ipreport.writers.pdf.boxes import Box, Stack
from ipreport.writers.pdf.canvas import Canvas
from ipreport.writers.pdf.inset import Inset
from ipreport.writers.pdf.labelled import labelled
from ipreport.writers.pdf.setter import Setter

_MILLIMETRE = 72 / 25.4
_OUTER, _INNER = 0.35 * _MILLIMETRE, 0.25 * _MILLIMETRE
"""The first and the last rule, and those between."""
_PADDING = 2.5
"""Space between a rule and the words beside it."""
_ABOVE = 20.0
"""The least space between the text and the first rule."""


class Sides(Box):
    """One box at the left edge and one at the right, which gets the width that it needs."""

    def __init__(self, left: Box, right: Box) -> None:
        self._left, self._right = left, right
        self.inner = (left, right)

    def _layout(self, width: float) -> float:
        # A hundredth of a point more, so that no rounding breaks a line.
        own = min(self._right.natural_width + 0.01, width / 2)
        self._indent = width - own
        return max(self._left.layout(self._indent), self._right.layout(own))

    def _split(self, height: float, *, force: bool) -> tuple[Box, Box] | None:
        if not force:
            return None
        halves = [
            (box, Stack(())) if box.height <= height else box.split(height, force=True)
            for box in (self._left, self._right)
        ]
        parts = [half for half in halves if half is not None]
        if len(parts) < len(halves):
            return None
        (left, left_rest), (right, right_rest) = parts
        return self._part(left, right), self._part(left_rest, right_rest)

    def _part(self, left: Box, right: Box) -> Sides:
        part = Sides(left, right)
        part._indent, part.height = self._indent, max(left.height, right.height)
        return part

    def _draw(self, canvas: Canvas, x: float, top: float) -> None:
        self._left.draw(canvas, x, top)
        self._right.draw(canvas, x + self._indent, top)


class ImprintBox(Box):
    """Groups of lines, a rule above each and one below the last, all as wide as the type area."""

    def __init__(self, groups: list[Box], colour: str) -> None:
        self._groups, self._colour = groups, colour
        self.inner = tuple(groups)
        self.space_before = _ABOVE

    def _layout(self, width: float) -> float:
        self._width = width
        for group in self._groups:
            group.layout(width)
        return self._measure()

    def _measure(self) -> float:
        rules = 2 * _OUTER + _INNER * (len(self._groups) - 1)
        return fsum(group.height + 2 * _PADDING for group in self._groups) + rules

    def _split(self, height: float, *, force: bool) -> tuple[Box, Box] | None:
        """As many groups as fit, and of the next one what does; each part has its own first and last rule."""
        used = 2 * _OUTER
        for index, group in enumerate(self._groups):
            rule = _INNER if index else 0.0
            if used + rule + group.height + 2 * _PADDING <= height + 0.01:
                used += rule + group.height + 2 * _PADDING
                continue
            parts = group.split(height - used - rule - 2 * _PADDING, force=force)
            if parts is not None:
                upper, lower = parts
                return self._part([*self._groups[:index], upper]), self._part([lower, *self._groups[index + 1 :]])
            return (self._part(self._groups[:index]), self._part(self._groups[index:])) if index else None
        return None

    def _part(self, groups: list[Box]) -> ImprintBox:
        part = ImprintBox(groups, self._colour)
        part._width, part.height = self._width, part._measure()
        return part

    def _draw(self, canvas: Canvas, x: float, top: float) -> None:
        thickness = _OUTER
        for group in self._groups:
            canvas.rectangle(x, top - thickness, self._width, thickness, self._colour)
            top -= thickness + _PADDING
            group.draw(canvas, x, top)
            top -= group.height + _PADDING
            thickness = _INNER
        canvas.rectangle(x, top - _OUTER, self._width, _OUTER, self._colour)


def imprint_box(imprint: Imprint, setter: Setter) -> Box:
    """The box of an imprint: whom it goes to, who issues it and when, how many copies."""
    style = setter.style.text(StyleName.IMPRINT, ZH)
    sides = style.indent * style.size
    groups: list[Box] = []
    if imprint.lines:
        groups.append(Stack(list(labelled(imprint.lines, StyleName.IMPRINT, setter))))
    if imprint.issuer or imprint.date:
        groups.append(Sides(Stack(_texts(imprint.issuer, setter)), Stack(_texts(imprint.date, setter, Justify.RIGHT))))
    if imprint.copies:
        groups.append(Stack(_texts(imprint.copies, setter, Justify.RIGHT)))
    return ImprintBox([Inset(group, sides, sides) for group in groups], setter.style.colours.ink)


def _texts(texts: Texts, setter: Setter, justify: Justify = Justify.LEFT) -> list[Box]:
    """A line for every language, without the indent of the style, which the whole imprint has."""
    return [setter.flush(text, StyleName.IMPRINT, justify) for text in texts]
