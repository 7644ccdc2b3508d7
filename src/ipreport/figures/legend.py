"""Which mark belongs to which series, where the marks have no room for names of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ipreport.figures.lettering import TextBox
from ipreport.figures.sketch import Sketch
from ipreport.figures.theme import Look
from ipreport.language import Language, Localized

SWATCH = 8.0
"""Width and height of a swatch, in points."""
LINE_SWATCH = 15.0
"""Width of a piece of a line."""
_GAP = 4.0
_BETWEEN = 14.0
_ROW_GAP = 4.0

Swatch = Callable[[Sketch, float, float], None]
"""Draws the mark of a series, as high as `SWATCH`, whose left upper corner is given."""


def filled(fill: str, outline: str | None = None) -> Swatch:
    """A square in the colour of an area."""
    return lambda sketch, x, y: sketch.bar((x, x + SWATCH), (y, y + SWATCH), fill, outline)


def lined(style: Look, width: float, radius: float) -> Swatch:
    """A piece of a line with its marker, `LINE_SWATCH` wide."""

    def draw(sketch: Sketch, x: float, y: float) -> None:
        middle = y + SWATCH / 2
        sketch.line(((x + width / 2, middle), (x + LINE_SWATCH - width / 2, middle)), style.colour, width)
        sketch.marker(style.marker, (x + LINE_SWATCH / 2, middle), radius, style.colour)

    return draw


def legend(
    sketch: Sketch,
    entries: Sequence[tuple[Swatch, Localized]],
    languages: Sequence[Language],
    place: tuple[float, float, float],
    wide: float = SWATCH,
) -> float:
    """The entries in rows from `place` (left, top, width), their marks up to `wide`; returns the lower end."""
    left, top, width = place
    limit = width - wide - _GAP
    boxes = [sketch.lettering.label(name, languages, limit) for _, name in entries]
    x, row = left, 0.0
    for (swatch, _), box in zip(entries, boxes, strict=True):
        needed = wide + _GAP + box.width
        if x > left and x + needed > left + width:
            x, top, row = left, top + row + _ROW_GAP, 0.0
        swatch(sketch, x, top + _first_line(box) / 2 - SWATCH / 2)
        sketch.text(box, x + wide + _GAP, top)
        x, row = x + needed + _BETWEEN, max(row, box.height)
    return top + row


def _first_line(box: TextBox) -> float:
    return TextBox(box.lines[:1]).height
