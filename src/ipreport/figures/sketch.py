"""A drawing in the making: shapes and text placed from the top down."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace
from enum import StrEnum

from ipreport.document import Drawing, DrawnItem, DrawnPath, DrawnText
from ipreport.figures.lettering import ASCENT, Lettering, TextBox
from ipreport.figures.theme import WHITE, Marker
from ipreport.style import Colours

_CURVE = 0.5523
"""Length of the handles that make four Bézier curves a circle, in radii."""


_SHAPES: dict[Marker, tuple[tuple[float, float], ...]] = {
    Marker.SQUARE: ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    Marker.TRIANGLE: ((0.0, -1.15), (1.1, 0.85), (-1.1, 0.85)),
    Marker.DIAMOND: ((0.0, -1.25), (1.25, 0.0), (0.0, 1.25), (-1.25, 0.0)),
    Marker.CROSS: (
        *((-0.4, -1.1), (0.4, -1.1), (0.4, -0.4), (1.1, -0.4), (1.1, 0.4), (0.4, 0.4)),
        *((0.4, 1.1), (-0.4, 1.1), (-0.4, 0.4), (-1.1, 0.4), (-1.1, -0.4), (-0.4, -0.4)),
    ),
}
"""Corners of markers, in radii."""


class Anchor(StrEnum):
    """Which point of a text box a position means."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


_SHARES = {Anchor.LEFT: 0.0, Anchor.CENTRE: 0.5, Anchor.RIGHT: 1.0}
"""How much of a line lies left of its anchor."""


class Sketch:
    """Collects the items of a drawing. Lengths are in points, y grows downwards from the top.

    `down` is how far below the top of the picture the layout at hand begins.
    """

    def __init__(self, lettering: Lettering, colours: Colours) -> None:
        self.lettering = lettering
        self.colours = colours
        self.down = 0.0
        self._items: list[DrawnItem] = []

    def bar(
        self, across: tuple[float, float], down: tuple[float, float], fill: str, outline: str | None = None
    ) -> None:
        """A rectangle from left to right and top to bottom; `outline` is drawn inside its edges."""
        inset = 0.0 if outline is None else 0.5
        left, right = across[0] + inset, max(across[1] - inset, across[0] + inset)
        top, bottom = down[0] + inset, max(down[1] - inset, down[0] + inset)
        corners = ((left, top), (right, top), (right, bottom), (left, bottom))
        self.area(corners, fill, outline, 1.0)

    def area(
        self, corners: Iterable[tuple[float, float]], fill: str, outline: str | None = None, line_width: float = 0.0
    ) -> None:
        """A filled shape through its corners; an outline lies half inside and half outside its edge."""
        segments = tuple(("L" if index else "M", *corner) for index, corner in enumerate(corners))
        self._add(DrawnPath((*segments, ("Z",)), fill, outline, 0.0 if outline is None else line_width))

    def line(
        self,
        points: Iterable[tuple[float, float]],
        colour: str,
        width: float,
        dash: tuple[float, ...] = (),
        *,
        rounded: bool = False,
    ) -> None:
        """A line through the points; a `rounded` one reaches half its width beyond them and no corner further."""
        segments = tuple(("L" if index else "M", x, y) for index, (x, y) in enumerate(points))
        self._add(DrawnPath(segments, None, colour, width, dash, round_joins=rounded))

    def marker(
        self, shape: Marker, place: tuple[float, float], radius: float, fill: str, outline: str | None = None
    ) -> None:
        """A point of a series around `place`; every shape covers about as much as a disc of `radius`."""
        x, y = place
        if shape is Marker.CIRCLE:
            self.dot(x, y, radius, fill, outline)
            return
        corners = [(x + radius * across, y + radius * down) for across, down in _SHAPES[shape]]
        self.area(corners, fill, outline, 1.2)

    def dot(self, x: float, y: float, radius: float, fill: str, outline: str | None) -> None:
        """A disc around (x, y); `radius` reaches to the outer edge of its outline."""
        r = radius if outline is None else radius - 0.6
        k = r * _CURVE
        segments: tuple[tuple[str | float, ...], ...] = (
            ("M", x + r, y),
            ("C", x + r, y + k, x + k, y + r, x, y + r),
            ("C", x - k, y + r, x - r, y + k, x - r, y),
            ("C", x - r, y - k, x - k, y - r, x, y - r),
            ("C", x + k, y - r, x + r, y - k, x + r, y),
            ("Z",),
        )
        self._add(DrawnPath(segments, fill, outline, 0.0 if outline is None else 1.2))

    def sector(
        self,
        centre: tuple[float, float],
        radii: tuple[float, float],
        angles: tuple[float, float],
        fill: str,
        outline: str | None = None,
    ) -> None:
        """A stretch of a ring between two `radii`, the inner first.

        `angles` are its ends in degrees from twelve o'clock, clockwise, at most a full turn apart.
        """
        (inner, outer), (start, end) = radii, angles
        segments: list[tuple[str | float, ...]] = [("M", *on_circle(centre, outer, start))]
        segments += _arc(centre, outer, start, end)
        segments.append(("L", *on_circle(centre, inner, end)))
        segments += _arc(centre, inner, end, start)
        self._add(DrawnPath((*segments, ("Z",)), fill, outline, 0.0 if outline is None else 0.75))

    def text_over_grid(self, box: TextBox, x: float, top: float, anchor: Anchor = Anchor.LEFT) -> None:
        """The same where grid lines may pass: they stop short of the letters."""
        left = x - box.width * _SHARES[anchor]
        across, down = (left - 1.0, left + box.width + 1.0), (top - 0.5 - box.raised, top + box.height + 1.0)
        self.bar(across, down, WHITE)
        self.text(box, x, top, anchor)

    def text(self, box: TextBox, x: float, top: float, anchor: Anchor = Anchor.LEFT) -> None:
        """The lines of `box` below `top`, each anchored at `x`."""
        baseline = top
        for index, line in enumerate(box.lines):
            baseline += line.leading if index else line.size * ASCENT
            left = x - line.width * _SHARES[anchor]
            for piece in line.pieces:
                left += piece.gap
                self._add(
                    DrawnText(
                        left,
                        baseline - piece.rise,
                        piece.text,
                        piece.size,
                        piece.font.value,
                        piece.colour,
                        piece.language,
                        value_key=piece.value_key,
                        unit=piece.unit,
                    )
                )
                left += self.lettering.width(piece.text, piece.size, piece.font, piece.language)

    def put(self, drawing: Drawing, height: float, x: float, top: float) -> None:
        """A finished drawing, `height` points tall, with its upper left corner at (x, top)."""
        for item in drawing.items:
            self._add(_moved(item, x, top + height))

    def _add(self, item: DrawnItem) -> None:
        self._items.append(_lowered(item, self.down) if self.down else item)

    def drawing(self, height: float) -> Drawing:
        """The finished drawing, `height` points tall, with the origin at the lower left."""
        return Drawing(tuple(_turned(item, height) for item in self._items))


def on_circle(centre: tuple[float, float], radius: float, angle: float) -> tuple[float, float]:
    """The point of a circle at an `angle` in degrees from twelve o'clock, clockwise."""
    turn = math.radians(angle)
    return centre[0] + radius * math.sin(turn), centre[1] - radius * math.cos(turn)


def _arc(centre: tuple[float, float], radius: float, start: float, end: float) -> Iterator[tuple[str | float, ...]]:
    """Bézier curves along a circle, a quarter of a turn each at most: off it by less than 0.03% of the radius."""
    count = max(1, math.ceil(abs(end - start) / 90 - 1e-9))
    step = (end - start) / count
    handle = radius * 4 / 3 * math.tan(math.radians(step) / 4)
    for index in range(count):
        first, last = start + step * index, start + step * (index + 1)
        (x1, y1), (x2, y2) = on_circle(centre, radius, first), on_circle(centre, radius, last)
        (ahead_x, ahead_y), (back_x, back_y) = _along(first), _along(last)
        yield (
            "C",
            x1 + handle * ahead_x,
            y1 + handle * ahead_y,
            x2 - handle * back_x,
            y2 - handle * back_y,
            x2,
            y2,
        )


def _along(angle: float) -> tuple[float, float]:
    """The direction in which a circle runs clockwise."""
    turn = math.radians(angle)
    return math.cos(turn), math.sin(turn)


def _lowered(item: DrawnItem, down: float) -> DrawnItem:
    if isinstance(item, DrawnText):
        return replace(item, y=item.y + down)
    return replace(item, segments=tuple(_lowered_segment(segment, down) for segment in item.segments))


def _lowered_segment(segment: tuple[str | float, ...], down: float) -> tuple[str | float, ...]:
    command, *numbers = segment
    return command, *(
        number + down if index % 2 and not isinstance(number, str) else number for index, number in enumerate(numbers)
    )


def _moved(item: DrawnItem, x: float, bottom: float) -> DrawnItem:
    """An item of a finished drawing, whose y grows upwards, with its lower left corner at (x, bottom)."""
    if isinstance(item, DrawnText):
        return replace(item, x=x + item.x, y=bottom - item.y)
    return replace(item, segments=tuple(_moved_segment(segment, x, bottom) for segment in item.segments))


def _moved_segment(segment: tuple[str | float, ...], x: float, bottom: float) -> tuple[str | float, ...]:
    command, *numbers = segment
    places = [number for number in numbers if not isinstance(number, str)]
    return command, *(bottom - number if index % 2 else x + number for index, number in enumerate(places))


def _turned(item: DrawnItem, height: float) -> DrawnItem:
    # Hundredths of a point: far below what print shows, and the same digits everywhere.
    if isinstance(item, DrawnText):
        return DrawnText(
            round(item.x, 2),
            round(height - item.y, 2),
            item.text,
            item.size,
            item.font,
            item.colour,
            item.language,
            item.angle,
            item.value_key,
            item.unit,
        )
    segments = tuple(_turned_segment(segment, height) for segment in item.segments)
    return DrawnPath(segments, item.fill, item.stroke, item.line_width, item.dash, item.round_joins)


def _turned_segment(segment: tuple[str | float, ...], height: float) -> tuple[str | float, ...]:
    command, *numbers = segment
    turned = [
        round(height - number if index % 2 else number, 2)
        for index, number in enumerate(number for number in numbers if not isinstance(number, str))
    ]
    return (command, *turned)
