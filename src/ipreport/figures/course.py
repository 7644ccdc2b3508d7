"""Lines along time: gaps for missing values, a mark where a definition changed, words at the ends."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import fsum

from ipreport.figures.data import ChartData, DataSeries
from ipreport.figures.labels import Point, spread
from ipreport.figures.lettering import TextBox
from ipreport.figures.plot import Plot, half_label, ticks_width, upright
from ipreport.figures.point_values import ABOVE, RADIUS, PointValues
from ipreport.figures.sketch import Sketch
from ipreport.figures.stretches import places, stretches
from ipreport.figures.theme import WHITE, Look
from ipreport.figures.ticks import Axis
from ipreport.language import Localized

TALL = 120.0
"""Height of the field in points, unless the words at the ends need more."""
_MANY = 12
"""Of more periods than these only the ends of a line have markers."""
_GAP = 6.0
_BETWEEN = 6.0
_HALO = 2.4
"""How much wider than a line the white is that sets it off from what it crosses."""
_LEADER = 0.5
_LATER = (1.0, 2.0)
"""The dashes of a leader from a line that ends early: no dash of a series is as fine."""

DEFINITION_CHANGED = Localized("口径调整", "definition changed")


@dataclass(frozen=True, slots=True)
class Line:
    """A series with its look and the words at its end."""

    series: DataSeries
    look: Look
    width: float
    label: TextBox


Under = Callable[[Sketch, DataSeries, Plot], None]
"""Paints what lies below a line."""


def lay_out(
    data: ChartData, sketch: Sketch, lines: Sequence[Line], value_axis: Axis, under: Under | None = None
) -> float:
    """The lines over a field, the first in front, their words to the right of it; returns the height."""
    values = PointValues.of(sketch, data, lines[0].series) if len(lines) == 1 else None
    head = breaks_height(sketch, data)
    top = head + max(sketch.lettering.size(data.languages[0]), values.height if values else 0.0) + ABOVE + RADIUS + 1
    column = max(line.label.width for line in lines)
    left = ticks_width(sketch, value_axis, data.languages)
    tall = max(TALL, fsum(line.label.height + _BETWEEN for line in lines) - top)
    field = (left, data.width - column - _GAP - RADIUS, top, top + tall)
    first = values.first / 2 + 2 if values else 0.0
    inset = max(RADIUS + 1, half_label(sketch, data.categories, data.languages) - _GAP, first)
    plot = upright(sketch, value_axis, data.categories, data.languages, field, (inset, RADIUS + 1))
    for line in reversed(lines):
        if under is not None:
            under(sketch, line.series, plot)
    found = breaks(sketch, data, plot)
    for line in reversed(lines):
        draw(sketch, line, plot)
    if values is not None:
        values.draw(sketch, plot, left, found, filled=under is not None)
    return max(plot.foot, ends(sketch, lines, plot, field)) + 2


# --- lines --------------------------------------------------------------------------


def draw(sketch: Sketch, line: Line, plot: Plot, *, halo: bool = False) -> None:
    """A line with its markers, hollow where a value is not exact; with `halo` set off from what it crosses."""
    for part in places(line.series, plot):
        if len(part) > 1 and halo:
            sketch.line(part, WHITE, line.width + _HALO)
        if len(part) > 1:
            sketch.line(part, line.look.colour, line.width, line.look.dash)
    for found in stretches(line.series):
        shown = found[-1:] if len(plot.slots) > _MANY and len(found) > 1 else found
        for index, datum in shown:
            fill, outline = (line.look.colour, None) if datum.exact else (WHITE, line.look.colour)
            place = plot.point(index, datum.value)
            if halo:
                sketch.marker(line.look.marker, place, RADIUS + _HALO / 2, WHITE)
            sketch.marker(line.look.marker, place, RADIUS, fill, outline)


# --- breaks ------------------------------------------------------------------------


def break_places(data: ChartData) -> list[int]:
    """The categories that begin with a new definition in one of the series or of their wholes."""
    columns = [*(series.points for series in data.series), data.wholes]
    found = {n for points in columns for n, datum in enumerate(points) if datum is not None and datum.broken}
    return sorted(found)


def breaks_height(sketch: Sketch, data: ChartData) -> float:
    """The room above a field for the words of breaks; none where there is no break."""
    return _break_words(sketch, data).height + 3 if break_places(data) else 0.0


def _break_words(sketch: Sketch, data: ChartData) -> TextBox:
    return sketch.lettering.remark(DEFINITION_CHANGED, data.languages, data.width * 0.4)


def breaks(sketch: Sketch, data: ChartData, plot: Plot, top: float = 0.0) -> list[float]:
    """A dashed upright before the first value of a new definition, its meaning from `top` on; where they stand."""
    found = [plot.slots[index][0] for index in break_places(data)]
    box = _break_words(sketch, data)
    reached = 0.0
    for x in found:
        sketch.line(((x, top + box.height + 3), (x, plot.start)), sketch.colours.muted, 0.75, (2.0, 2.0))
        left = max(min(x - box.width / 2, plot.slots[-1][1] - box.width), 0.0)
        # One word is enough where breaks are close together: their lines look alike.
        if left >= reached:
            sketch.text(box, left, top)
            reached = left + box.width + 6
    return found


# --- ends --------------------------------------------------------------------------


def ends(sketch: Sketch, lines: Sequence[Line], plot: Plot, field: tuple[float, float, float, float]) -> float:
    """The words to the right, moved apart and led to where they belong; returns the lower end of the lowest."""
    x = field[1] + RADIUS + _GAP
    last = [_end(line.series, plot) for line in lines]
    wanted = [(y, line.label.height) for line, (_, y) in zip(lines, last, strict=True)]
    tops = spread(wanted, (0.0, field[3] + 4), _BETWEEN)
    for line, (end_x, end_y), top in zip(lines, last, tops, strict=True):
        middle = top + line.label.height / 2
        sketch.text(line.label, x, top)
        early = end_x < plot.middle(len(plot.slots) - 1) - 1
        if early or abs(middle - end_y) > 2:
            # A leader is no part of the line, which ended before.
            colour, dash = (sketch.colours.muted, _LATER) if early else (line.look.colour, ())
            sketch.line(((end_x + RADIUS + 1, end_y), (x - 2, middle)), colour, _LEADER, dash)
    return max(top + line.label.height for line, top in zip(lines, tops, strict=True))


def _end(series: DataSeries, plot: Plot) -> Point:
    index, datum = list(stretches(series))[-1][-1]
    return plot.point(index, datum.value)


def last_value(data: ChartData, series: DataSeries, sketch: Sketch, limit: float) -> TextBox:
    """The last value of a series; with its date where the series ends before the others."""
    box = sketch.lettering.value(series.known[-1].label, data.languages, limit)
    if series.points[-1] is not None:
        return box
    return sketch.lettering.stack((box, sketch.lettering.remark(series.known[-1].date, data.languages, limit)))
