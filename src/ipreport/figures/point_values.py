"""The values of a single line at its points: all of them where they have room, else the ones that matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ipreport.figures.data import ChartData, DataSeries
from ipreport.figures.labels import Point, highest, lowest
from ipreport.figures.lettering import TextBox
from ipreport.figures.plot import Plot
from ipreport.figures.sketch import Anchor, Sketch
from ipreport.figures.stretches import places, stretches

ABOVE = 4.0
"""Space between a point and its value."""
RADIUS = 2.6
"""Size of the markers of points."""
_FARTHEST = 18.0
"""How far from its point a value may stand."""
_AIR = 3.0
"""Space between two values side by side."""
_LEADING = 1.0
"""Space between two values that stand higher and lower."""

_Rectangle = tuple[float, float, float, float]
"""Left, right, top and bottom."""


@dataclass(frozen=True, slots=True)
class PointValues:
    """The words of all points but the last, whose value stands at the end of the line."""

    series: DataSeries
    boxes: tuple[TextBox | None, ...]

    @classmethod
    def of(cls, sketch: Sketch, data: ChartData, series: DataSeries) -> PointValues:
        """The words of a series; the last value there is stands at the end."""
        last = max(index for index, datum in enumerate(series.points) if datum is not None)
        boxes = (
            None if datum is None or index == last else sketch.lettering.value(datum.label, data.languages)
            for index, datum in enumerate(series.points)
        )
        return cls(series, tuple(boxes))

    @property
    def known(self) -> tuple[TextBox, ...]:
        """The words there are."""
        return tuple(box for box in self.boxes if box is not None)

    @property
    def height(self) -> float:
        """The height of the tallest words."""
        return max((box.height for box in self.known), default=0.0)

    @property
    def first(self) -> float:
        """The width of the words at the first point."""
        return 0.0 if self.boxes[0] is None else self.boxes[0].width

    def draw(self, sketch: Sketch, plot: Plot, left: float, barred: Sequence[float], *, filled: bool) -> None:
        """Put the words above their points, never over the line or an upright at one of the `barred` places.

        Where not all have room, the first, the greatest and the least value are told, the
        least below its point. None stand below where the field is `filled`, whose left end
        is `left`.
        """
        step = plot.slots[0][1] - plot.slots[0][0]
        everywhere = max((box.width for box in self.known), default=0.0) + _AIR + 2 <= step
        chosen = range(len(self.boxes)) if everywhere else self._telling()
        courses = places(self.series, plot)
        room = (left, plot.middle(len(plot.slots) - 1) + RADIUS, 0.0, plot.start - 2)
        taken: list[_Rectangle] = []
        for index in chosen:
            box, datum = self.boxes[index], self.series.points[index]
            if box is None or datum is None:
                continue
            x, y = plot.point(index, datum.value)
            sides = _places(box, (x, y), courses)
            below = not everywhere and 0 < index == self._extreme(least=True)
            tried = sides[:1] if filled else sides[::-1] if below else sides
            place = next((each for each in tried if _is_near(each, y) and _within(each, room)), None)
            if place is not None and not _meets(place, taken, barred):
                taken.append(place)
                sketch.text_over_grid(box, x, place[2], Anchor.CENTRE)

    def _telling(self) -> list[int]:
        """The greatest, the least and the first value, and the last of each definition, each once."""
        ends = (part[-1][0] for part in stretches(self.series) if part[-1][0] + 1 < len(self.boxes))
        broken = (index for index in ends if (after := self.series.points[index + 1]) is not None and after.broken)
        found = (self._extreme(least=False), self._extreme(least=True), 0, *broken)
        return list(dict.fromkeys(index for index in found if index is not None))

    def _extreme(self, *, least: bool) -> int | None:
        """The point with the least or the greatest value; None where it is the last one, which is told anyway."""
        known = [(datum.value, index) for index, datum in enumerate(self.series.points) if datum is not None]
        value = (min if least else max)(each for each, _ in known)
        found = [index for each, index in known if each == value]
        return None if self.boxes[found[-1]] is None else found[0]


def _places(box: TextBox, point: Point, courses: Sequence[Sequence[Point]]) -> tuple[_Rectangle, _Rectangle]:
    """Where the words of a point stand clear of the line, above and below it."""
    x, y = point
    left, right = x - box.width / 2 - 1, x + box.width / 2 + 1
    over = min(y - RADIUS, *(highest(course, left, right) for course in courses)) - ABOVE - box.height
    under = max(y + RADIUS, *(lowest(course, left, right) for course in courses)) + ABOVE
    return (left, right, over, over + box.height), (left, right, under, under + box.height)


def _is_near(place: _Rectangle, y: float) -> bool:
    """Words far from their point would seem to belong to another one."""
    return max(place[2] - y, y - place[3]) <= _FARTHEST


def _within(place: _Rectangle, room: _Rectangle) -> bool:
    return room[0] <= place[0] and place[1] <= room[1] and room[2] <= place[2] and place[3] <= room[3]


def _meets(one: _Rectangle, others: Sequence[_Rectangle], barred: Sequence[float]) -> bool:
    if any(one[0] < x < one[1] for x in barred):
        return True
    return any(
        one[0] < other[1] + _AIR
        and other[0] < one[1] + _AIR
        and one[2] < other[3] + _LEADING
        and other[2] < one[3] + _LEADING
        for other in others
    )
