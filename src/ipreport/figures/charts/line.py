"""Lines over time, each named at its end; gaps for missing values, a mark where the definition changed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ipreport.document import Inline
from ipreport.figures import course
from ipreport.figures.charts.base import Chart
from ipreport.figures.course import Line
from ipreport.figures.data import ChartData, DataSeries
from ipreport.figures.lettering import TextBox
from ipreport.figures.refusals import few_cases, indistinct, logarithmic, mixed_money, mixed_units, ranks
from ipreport.figures.refuse import refuse
from ipreport.figures.selected import Selected
from ipreport.figures.sketch import Sketch
from ipreport.figures.telling import tell_course
from ipreport.figures.theme import Look, Marker, look
from ipreport.figures.ticks import Axis, axis, begun_at
from ipreport.language import Language, Localized
from ipreport.problems import Problem

_NAMES_SHARE = 0.36
"""How much of the width names may take before they wrap."""
_NARROW, _LEAST, _BELOW = Decimal("0.7"), Decimal("0.75"), Decimal("0.1")
"""Where all values lie above the first part of the greatest, an axis from zero would hide how they move.

It begins no higher than the second part, so that small moves do not look large, and a
part of their range below the least, which would otherwise lie on the axis as zero does.
"""

NOT_FROM_ZERO = Localized("纵轴不从零开始", "axis does not begin at zero")


def check(selected: Selected) -> Iterator[Problem]:
    """Refuses several units or classes of money on one axis, ranks, rates of few cases, and more lines than looks."""
    yield from logarithmic(selected.spec)
    yield from ranks(selected)
    yield from mixed_units(selected)
    yield from mixed_money(selected)
    yield from few_cases(selected)
    hint = "name the region that stands out with 'highlight:', which sets the others back, or use kind: small-multiples"
    yield from indistinct(selected, "lines", hint, set_back=True)
    yield from _outside(selected)


def _outside(selected: Selected) -> Iterator[Problem]:
    """Values below the beginning of the axis."""
    spec = selected.spec
    known = [metric for metric in selected.metrics if metric.value is not None]
    least = min(known, key=lambda metric: metric.value or Decimal(0), default=None)
    if spec.axis_from is not None and least is not None and least.value is not None and least.value < spec.axis_from:
        reason = f"'{least.key}' ({least.value}) lies below the beginning of the axis ({spec.axis_from})"
        yield refuse(spec, reason, "let 'axis_from:' be no greater than the least value, or leave it out")


def start_of(data: ChartData) -> Decimal:
    """Where the axis begins: as the figure says, else at zero unless that would hide how values move."""
    if data.axis_from is not None:
        return data.axis_from
    values = [datum.value for datum in data.data]
    least, greatest = min(values), max(values)
    if not least > greatest * _NARROW > 0:
        return Decimal(0)
    return min(least - (greatest - least) * _BELOW, greatest * _LEAST)


def axis_of(data: ChartData) -> Axis:
    """The value axis of all series."""
    made = axis([datum.value for datum in data.data], data.unit, start=start_of(data))
    return made if data.axis_from is None else begun_at(made, data.axis_from, data.unit)


def remark(data: ChartData) -> Localized | None:
    """That the axis does not begin at zero."""
    return NOT_FROM_ZERO if axis_of(data).low > 0 else None


def lay_out(data: ChartData, sketch: Sketch) -> float:
    """The lines over a field, names and last values to the right of it."""
    return course.lay_out(data, sketch, _lines(data, sketch), axis_of(data))


def _lines(data: ChartData, sketch: Sketch) -> list[Line]:
    """The series with their looks; of regions, one stands out in front and the others are context."""
    out = next((series for series in data.series if series.highlighted), None)
    labels = _labels(data, sketch, out)
    lines = []
    for index, (series, label) in enumerate(zip(data.series, labels, strict=True)):
        if out is None:
            style, width = look(sketch.colours, index), 1.75
        else:
            style = Look(sketch.colours.accent if series is out else sketch.colours.context, Marker.CIRCLE, ())
            width = 2.25 if series is out else 1.0
        lines.append(Line(series, style, width, label))
    return sorted(lines, key=lambda line: line.series is not out)


def _labels(data: ChartData, sketch: Sketch, out: DataSeries | None) -> list[TextBox]:
    """The names of the series with their last values, alike for all; a single series is named by the title."""
    limit = data.width * _NAMES_SHARE
    values = [course.last_value(data, series, sketch, limit) for series in data.series]
    if len(data.series) == 1:
        return values
    names = [
        sketch.lettering.label(series.name, data.languages, limit, strong=out is None or series is out)
        for series in data.series
    ]
    first = data.languages[:1]
    whole = [sketch.lettering.label(each.name, first, limit, strong=True) for each in data.series]
    beside = all(
        len(value.lines) == len(one.lines) == 1 and name.lines[0].width + value.width + 5.0 <= limit
        for name, one, value in zip(names, whole, values, strict=True)
    )
    together = sketch.lettering.named if beside else _above
    return [together(name, value, limit) for name, value in zip(names, values, strict=True)]


def _above(name: TextBox, value: TextBox, _: float) -> TextBox:
    return name.below(value)


def tell(data: ChartData, language: Language) -> tuple[Inline, ...]:
    """Where each line starts and ends, and its extremes."""
    return tell_course(data, language, Localized("折线图", "Line chart"))


CHART = Chart(check, lay_out, tell, remark=remark)
