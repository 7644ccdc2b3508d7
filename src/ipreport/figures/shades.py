"""Fills by place among values, and text in the colour that its fill asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from ipreport.figures.lettering import Lettering, TextBox
from ipreport.metrics import Direction
from ipreport.style import Colours, FontRole


def ramp_of(colours: Colours, direction: Direction) -> tuple[str, ...]:
    """The fills of a metric, from light to dark: grey where neither more nor less is better."""
    return colours.neutral_ramp if direction is Direction.NEUTRAL else colours.ramp


def shade(value: Decimal, among: Sequence[Decimal], direction: Direction, steps: int) -> int:
    """The step of a value by its place among all values, itself included: 0 for the worst, else up to `steps` - 1.

    Steps hold as many values as each other, as near as may be; equal values share the
    middle of their places. Where lower is better, the least value has the last step.
    """
    worse = sum(other > value if direction is Direction.DOWN else other < value for other in among)
    return steps * (2 * worse + among.count(value)) // (2 * len(among))


def dressed(lettering: Lettering, box: TextBox, colour: str, *, strong: bool) -> TextBox:
    """`box` in one colour; in the plain face unless it is to be `strong`."""
    lines = []
    for line in box.lines:
        fonts = [piece.font if strong else FontRole.SANS for piece in line.pieces]
        pieces = (replace(piece, colour=colour, font=font) for piece, font in zip(line.pieces, fonts, strict=True))
        lines.append(lettering.line(*pieces))
    return TextBox(tuple(lines))
