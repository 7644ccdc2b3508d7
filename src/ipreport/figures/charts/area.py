"""One amount over time as a filled field from zero, open where values are missing or a definition changed."""

from __future__ import annotations

from collections.abc import Iterator

from ipreport.document import Inline
from ipreport.figures import course
from ipreport.figures.charts.base import Chart
from ipreport.figures.course import Line
from ipreport.figures.data import ChartData, DataSeries
from ipreport.figures.plot import Plot
from ipreport.figures.refusals import amounts
from ipreport.figures.refuse import refuse
from ipreport.figures.selected import Selected
from ipreport.figures.sketch import Sketch
from ipreport.figures.stretches import places
from ipreport.figures.telling import tell_course
from ipreport.figures.theme import Look, Marker
from ipreport.figures.ticks import axis
from ipreport.language import Language, Localized
from ipreport.metrics import UnitKind
from ipreport.problems import Problem

_LINE = 1.75
_STEM = 0.75
_LABEL_SHARE = 0.36


def check(selected: Selected) -> Iterator[Problem]:
    """Refuses what a chart of lengths from zero refuses, and rates, which fill nothing."""
    yield from amounts(selected)
    for series, metric in zip(selected.series, selected.metrics, strict=False):
        if metric.unit.kind in {UnitKind.PERCENT, UnitKind.RATIO, UnitKind.POINTS}:
            reason = f"'{series.key}' is a rate ({metric.unit.label.en}), and an area shows an amount"
            yield refuse(selected.spec, reason, "use kind: line")


def lay_out(data: ChartData, sketch: Sketch) -> float:
    """The area with its line on top; values above the line, the last at its end."""
    (series,) = data.series
    value_axis = axis([datum.value for datum in data.data], data.unit)
    label = course.last_value(data, series, sketch, data.width * _LABEL_SHARE)
    line = Line(series, Look(sketch.colours.accent, Marker.CIRCLE, ()), _LINE, label)
    return course.lay_out(data, sketch, [line], value_axis, _fill)


def _fill(sketch: Sketch, series: DataSeries, plot: Plot) -> None:
    """A field below every stretch; a value that stands alone has only its height."""
    colours, base = sketch.colours, plot.start
    for part in places(series, plot):
        first, last = part[0], part[-1]
        if len(part) > 1:
            sketch.area(((first[0], base), *part, (last[0], base)), colours.quiet)
            sketch.line(((first[0], base), (last[0], base)), colours.muted, _STEM)
        else:
            sketch.line((first, (first[0], base)), colours.accent, _STEM)


def tell(data: ChartData, language: Language) -> tuple[Inline, ...]:
    """How it moves."""
    return tell_course(data, language, Localized("面积图", "Area chart"))


CHART = Chart(check, lay_out, tell)
