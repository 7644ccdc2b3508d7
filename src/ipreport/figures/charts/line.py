"""Lines over time, each named at its end; gaps for missing values, a mark where the definition changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ipreport.document import Inline
from ipreport.figures.charts.base import Chart
from ipreport.figures.data import ChartData, DataSeries, Datum
from ipreport.figures.labels import highest, spread
from ipreport.figures.lettering import TextBox
from ipreport.figures.plot import Plot, half_label, ticks_width, upright
from ipreport.figures.refusals import few_cases, logarithmic, mixed_money, mixed_units, ranks
from ipreport.figures.select import Selected
from ipreport.figures.sketch import Anchor, Sketch
from ipreport.figures.telling import tell_course
from ipreport.figures.theme import WHITE, Look, Marker, look
from ipreport.figures.ticks import Axis, axis
from ipreport.language import Language, Localized
from ipreport.problems import Problem

TALL = 120.0
"""Height of the field in points, unless the names at the ends need more."""
_NAMES_SHARE = 0.36
_RADIUS = 2.6
_GAP = 6.0
_ABOVE = 4.0
_BETWEEN = 6.0
_NARROW, _LEAST = Decimal("0.5"), Decimal("0.75")
"""Where all values lie above the first part of the greatest, an axis from zero would hide how they move.

It begins no higher than the second part, so that small moves do not look large.
"""

NOT_FROM_ZERO = Localized("纵轴不从零开始", "axis does not begin at zero")
DEFINITION_CHANGED = Localized("口径调整", "definition changed")


def check(selected: Selected) -> Iterator[Problem]:
    """Refuses several units or classes of money on one axis, ranks, and rates of few cases."""
    yield from logarithmic(selected.spec)
    yield from ranks(selected)
    yield from mixed_units(selected)
    yield from mixed_money(selected)
    yield from few_cases(selected)


def start_of(data: ChartData) -> Decimal:
    """Where the axis begins: as the figure says, else at zero unless that would hide how values move."""
    if data.axis_from is not None:
        return data.axis_from
    values = [datum.value for datum in data.data]
    least, greatest = min(values), max(values)
    return min(least, greatest * _LEAST) if least > greatest * _NARROW > 0 else Decimal(0)


def axis_of(data: ChartData) -> Axis:
    """The value axis of all series."""
    return axis([datum.value for datum in data.data], data.unit, start=start_of(data))


def remark(data: ChartData) -> Localized | None:
    """That the axis does not begin at zero."""
    return NOT_FROM_ZERO if axis_of(data).low > 0 else None


@dataclass(frozen=True, slots=True)
class _Line:
    """A series with its look, its place in the order of painting, and its label."""

    series: DataSeries
    look: Look
    width: float
    label: TextBox


def lay_out(data: ChartData, sketch: Sketch) -> float:
    """The lines over a field, names and last values to the right of it."""
    lines = _lines(data, sketch)
    value_axis = axis_of(data)
    column = max(line.label.width for line in lines)
    left = ticks_width(sketch, value_axis, data.languages)
    # The first label above the highest point needs room; so do the ticks' own letters.
    top = sketch.lettering.size(data.languages[0]) + _ABOVE + 4
    tall = max(TALL, sum(line.label.height + _BETWEEN for line in lines) - top)
    field = (left, data.width - column - _GAP - _RADIUS, top, top + tall)
    inset = max(_RADIUS + 1, half_label(sketch, data.categories, data.languages) - _GAP, _half_value(sketch, data))
    plot = upright(sketch, value_axis, data.categories, data.languages, field, (inset, _RADIUS + 1))
    _breaks(sketch, data, plot)
    for line in reversed(lines):
        _draw(sketch, line, plot)
    if len(lines) == 1:
        _values(sketch, data, lines[0].series, plot)
    lowest = _ends(sketch, lines, plot, field)
    return max(plot.foot, lowest) + 2


def _half_value(sketch: Sketch, data: ChartData) -> float:
    """How far the value above the first point of a single line reaches to the left."""
    first = data.series[0].points[0]
    if len(data.series) > 1 or first is None:
        return 0.0
    return sketch.lettering.value(first.label, data.languages).width / 2 + 2


def _lines(data: ChartData, sketch: Sketch) -> list[_Line]:
    """The series with their looks; of regions, one stands out and the others are context."""
    highlighted = next((series for series in data.series if series.highlighted), None)
    limit = data.width * _NAMES_SHARE
    lines = []
    for index, series in enumerate(data.series):
        if highlighted is None:
            style, width = look(sketch.colours, index), 1.75
        elif series is highlighted:
            style, width = Look(sketch.colours.accent, Marker.CIRCLE, ()), 2.25
        else:
            style, width = Look(sketch.colours.context, Marker.CIRCLE, ()), 1.0
        label = _label(data, series, sketch, limit, strong=highlighted is None or series is highlighted)
        lines.append(_Line(series, style, width, label))
    return sorted(lines, key=lambda line: line.series is not highlighted)


def _label(data: ChartData, series: DataSeries, sketch: Sketch, limit: float, *, strong: bool) -> TextBox:
    """The name of a series with its last value; a single series is named by the title."""
    value = sketch.lettering.value(series.known[-1].label, data.languages, limit)
    if len(data.series) == 1:
        return value
    return sketch.lettering.named(
        sketch.lettering.label(series.name, data.languages, limit, strong=strong), value, limit
    )


def _draw(sketch: Sketch, line: _Line, plot: Plot) -> None:
    for part in _parts(line.series, plot):
        if len(part) > 1:
            sketch.line([place for place, _ in part], line.look.colour, line.width, line.look.dash)
    small = len(plot.slots) > 12
    for part in _parts(line.series, plot):
        shown = part[-1:] if small and len(part) > 1 else part
        for place, datum in shown:
            fill, outline = (line.look.colour, None) if datum.exact else (WHITE, line.look.colour)
            sketch.marker(line.look.marker, place, _RADIUS, fill, outline)


def _parts(series: DataSeries, plot: Plot) -> Iterator[list[tuple[tuple[float, float], Datum]]]:
    """The stretches without a gap and of one definition."""
    for stretch in series.stretches:
        yield [(plot.point(index, datum.value), datum) for index, datum in stretch]


def _breaks(sketch: Sketch, data: ChartData, plot: Plot) -> None:
    """A dashed upright before the first value of a new definition, and what it means."""
    found = {n for series in data.series for n, datum in enumerate(series.points) if datum is not None and datum.broken}
    for index in sorted(found):
        x = plot.slots[index][0]
        sketch.line(((x, plot.end), (x, plot.start)), sketch.colours.muted, 0.75, (2.0, 2.0))
        box = sketch.lettering.remark(DEFINITION_CHANGED, data.languages[:1])
        left = x - 3 - box.width >= plot.slots[0][0]
        sketch.text_over_grid(
            box, x - 3 if left else x + 3, plot.end - box.height - 2, Anchor.RIGHT if left else Anchor.LEFT
        )


def _values(sketch: Sketch, data: ChartData, series: DataSeries, plot: Plot) -> None:
    """The values of a single line above its points, where they have room; the last stands at its end."""
    boxes = [None if d is None else sketch.lettering.value(d.label, data.languages) for d in series.points[:-1]]
    slot = plot.slots[0][1] - plot.slots[0][0]
    if max((box.width for box in boxes if box is not None), default=0.0) + 3 > slot or _has_breaks(series):
        return
    course = [place for part in _parts(series, plot) for place, _ in part]
    for index, (datum, box) in enumerate(zip(series.points, boxes, strict=False)):
        if datum is None or box is None:
            continue
        x, y = plot.point(index, datum.value)
        reached = min(highest(course, x - box.width / 2 - 1, x + box.width / 2 + 1), y - _RADIUS)
        sketch.text_over_grid(box, x, reached - _ABOVE - box.height, Anchor.CENTRE)


def _has_breaks(series: DataSeries) -> bool:
    return any(datum.broken for datum in series.known)


def _ends(sketch: Sketch, lines: Sequence[_Line], plot: Plot, field: tuple[float, float, float, float]) -> float:
    """The labels to the right, moved apart and led to where they belong; returns the lower end of the lowest."""
    x = field[1] + _RADIUS + _GAP
    ends = []
    for line in lines:
        index = max(n for n, datum in enumerate(line.series.points) if datum is not None)
        datum = line.series.points[index]
        ends.append(plot.point(index, datum.value) if datum is not None else (x, plot.start))
    wanted = [(y, line.label.height) for line, (_, y) in zip(lines, ends, strict=True)]
    tops = spread(wanted, (0.0, field[3] + 4), _BETWEEN)
    for line, (end_x, end_y), top in zip(lines, ends, tops, strict=True):
        middle = top + line.label.height / 2
        sketch.text(line.label, x, top)
        if abs(middle - end_y) > 2 or end_x < plot.middle(len(plot.slots) - 1) - 1:
            sketch.line(((end_x + _RADIUS + 1, end_y), (x - 2, middle)), line.look.colour, 0.5)
    return max(top + line.label.height for line, top in zip(lines, tops, strict=True))


def tell(data: ChartData, language: Language) -> tuple[Inline, ...]:
    """Where each line starts and ends, and its extremes."""
    return tell_course(data, language, Localized("折线图", "Line chart"))


CHART = Chart(check, lay_out, tell, remark=remark)
