"""A small chart for each series, side by side on one scale wherever they share a unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ipreport.document import Inline
from ipreport.figures.charts.base import Chart
from ipreport.figures.charts.line import NOT_FROM_ZERO, start_of
from ipreport.figures.charts.panel import GAPS, Panel, as_columns, dates_below, draw, is_flow
from ipreport.figures.course import DEFINITION_CHANGED
from ipreport.figures.data import ChartData, DataSeries, Numbers
from ipreport.figures.lettering import Lettering, TextBox, distinct
from ipreport.figures.plot import ticks_width
from ipreport.figures.refusals import few_cases, logarithmic, ranks, truncated
from ipreport.figures.refuse import refuse
from ipreport.figures.room import too_tall
from ipreport.figures.selected import Selected
from ipreport.figures.shades import dressed
from ipreport.figures.sketch import Sketch
from ipreport.figures.telling import tell_course
from ipreport.figures.ticks import Axis, axis
from ipreport.language import Language, Localized
from ipreport.outline import FigureSpec
from ipreport.problems import Problem
from ipreport.style import FigureWidth

_LEAST, _ENOUGH, _SHARE = 64.0, 96.0, 0.2
"""The least width of a panel's field, in points; where there is room, a part of the width up to what is enough."""
_BETWEEN, _ROW_GAP, _TITLE_GAP = 16.0, 12.0, 7.0
_LOWEST, _TALLEST, _SHAPE = 44.0, 80.0, 0.5
"""How tall a field is: half as tall as it is wide, within bounds."""
_NOTES_GAP = 8.0
_SWATCH = 8.0

_REGIONS = {FigureWidth.LANDSCAPE: 6, FigureWidth.FULL: 4, FigureWidth.TWO_THIRDS: 3, FigureWidth.HALF: 2}
_METRICS = {FigureWidth.LANDSCAPE: 5, FigureWidth.FULL: 3, FigureWidth.TWO_THIRDS: 2, FigureWidth.HALF: 2}
"""How many panels stand side by side: of regions, and of metrics that have scales of their own."""
_REGION, _METRIC = 95.0, 135.0
"""How tall a panel is about, with the name of a region or the longer one of a metric above it."""

OWN_SCALES = Localized("各图纵轴不同", "panels have their own scales")
_NOT_ALL_FROM_ZERO = Localized("各图纵轴不同，且不都从零开始", "panels have their own scales, not all from zero")


def check(selected: Selected) -> Iterator[Problem]:
    """Refuses regions of several metrics at once, more panels than a page holds, ranks, and rates of few cases."""
    spec = selected.spec
    yield from logarithmic(spec)
    yield from ranks(selected)
    yield from _cut_axes(selected)
    named = [key for keys in spec.roles.values() for key in keys]
    if spec.is_by_region and len(named) > 1:
        reason = f"regions have a panel each, and {len(named)} metrics would need {len(named)} in each"
        yield refuse(spec, reason, "name one metric, or leave out 'by:'")
    if spec.highlight is not None and selected.series and not any(series.highlighted for series in selected.series):
        reason = f"it shows no region '{spec.highlight}' to highlight"
        yield refuse(spec, reason, "write 'by: region' and name a region that the record lists")
    panels = len(selected.series)
    beside, tall = (_REGIONS, _REGION) if spec.is_by_region else (_METRICS, _METRIC)
    yield from too_tall(selected, -(-panels // beside[spec.width]) * tall, f"{panels} panels")
    yield from few_cases(selected)


def _cut_axes(selected: Selected) -> Iterator[Problem]:
    """Only lines of one unit may begin elsewhere than at zero."""
    spec, metrics = selected.spec, selected.metrics
    if any(is_flow(metric) for metric in metrics):
        yield from truncated(spec)
    elif spec.axis_from and len({metric.unit.key for metric in metrics}) > 1:
        reason = f"an axis from {spec.axis_from} means nothing to panels that have their own scales"
        yield refuse(spec, reason, "leave out 'axis_from:', or name metrics of one unit")


def numbers(_: FigureSpec) -> Numbers:
    """One unit wherever the series have one in common."""
    return Numbers.COMMON_OR_OWN


def axes_of(data: ChartData) -> list[Axis]:
    """The value axis of every panel: the same for all where they share a unit. Columns begin at zero."""
    if data.numbers is Numbers.COMMON:
        values = [datum.value for datum in data.data]
        start = Decimal(0) if any(as_columns(series) for series in data.series) else start_of(data)
        return [axis(values, data.unit, start=start)] * len(data.series)
    return [_own_axis(data, series) for series in data.series]


def _own_axis(data: ChartData, series: DataSeries) -> Axis:
    start = Decimal(0) if as_columns(series) else start_of(replace(data, series=(series,)))
    return axis([datum.value for datum in series.known], series.unit, start=start)


def remark(data: ChartData) -> Localized | None:
    """That panels differ in their scales, or that their axis does not begin at zero."""
    above_zero = any(each.low > 0 for each in axes_of(data))
    if data.numbers is Numbers.OWN:
        return _NOT_ALL_FROM_ZERO if above_zero else OWN_SCALES
    return NOT_FROM_ZERO if above_zero else None


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where panels stand: how many in a row, how wide each is, and the room for ticks left of its field."""

    per_row: int
    wide: float
    ticks: float
    first: float
    """The room left of all panels, for ticks that they share."""

    def left(self, index: int) -> float:
        """The left end of a panel, its ticks included."""
        return self.first + (index % self.per_row) * (self.wide + _BETWEEN)

    def field(self, index: int) -> tuple[float, float]:
        """The left and right end of a panel's field."""
        return self.left(index) + self.ticks, self.left(index) + self.wide

    @property
    def tall(self) -> float:
        """The height of a field."""
        return min(max(_LOWEST, (self.wide - self.ticks) * _SHAPE), _TALLEST)


def _grid(data: ChartData, sketch: Sketch, axes: Sequence[Axis]) -> _Grid:
    """As many panels side by side as are wide enough, rows filled as evenly as may be."""
    shared = data.numbers is Numbers.COMMON
    ticks = max(ticks_width(sketch, each, data.languages) for each in axes)
    inside, first = (0.0, ticks) if shared else (ticks, 0.0)
    room = data.width - first
    least = min(max(_LEAST, data.width * _SHARE), _ENOUGH) + inside
    most = min(len(axes), max(1, int((room + _BETWEEN) // (least + _BETWEEN))))
    per_row = -(-len(axes) // -(-len(axes) // most))
    return _Grid(per_row, (room - _BETWEEN * (per_row - 1)) / per_row, inside, first)


def lay_out(data: ChartData, sketch: Sketch) -> float:
    """The panels in rows, each below its name and last value; dates below the last of every column."""
    axes = axes_of(data)
    grid = _grid(data, sketch, axes)
    titles = _titles(data, sketch.lettering, grid.wide)
    out = any(series.highlighted for series in data.series)
    top, panels = 0.0, list[Panel]()
    for first in range(0, len(axes), grid.per_row):
        row = range(first, min(first + grid.per_row, len(axes)))
        field_top = top + max(titles[index].height for index in row) + _TITLE_GAP
        down = (field_top, field_top + grid.tall)
        for index in row:
            series = data.series[index]
            colour = sketch.colours.accent if series.highlighted or not out else sketch.colours.context
            sketch.text(titles[index], grid.left(index), top)
            labelled = index == first or data.numbers is Numbers.OWN
            panel = Panel(series, axes[index], grid.field(index), down, colour)
            draw(sketch, panel, data.languages, ticks=labelled)
            panels.append(panel)
        top = down[1] + _ROW_GAP
    # Dates come last: painted between names that stand as high, a reader of the PDF would mix them up.
    lowest = max(dates_below(sketch, data, panel) for panel in panels[-grid.per_row :])
    return _notes(data, sketch, lowest) + 2


def _titles(data: ChartData, lettering: Lettering, wide: float) -> list[TextBox]:
    """The name of every panel with its last value behind it, or below it where one of them has no room."""
    out = any(series.highlighted for series in data.series)
    strong = [series.highlighted or not out for series in data.series]
    pairs = [
        (
            lettering.label(series.name, data.languages, wide, strong=bold),
            _last(data, series, lettering, wide, strong=bold),
        )
        for series, bold in zip(data.series, strong, strict=True)
    ]
    beside = all(
        len(name.lines) == len(distinct(series.name, data.languages))
        and len(value.lines) == 1
        and name.lines[0].width + 5 + value.width <= wide
        for series, (name, value) in zip(data.series, pairs, strict=True)
    )
    titles = [lettering.named(*pair, wide) if beside else pair[1].below(pair[0]) for pair in pairs]
    # A value that is not of the last period says of which it is.
    return [
        title
        if series.points[-1] is not None
        else lettering.remark(series.known[-1].date, data.languages, wide).below(title)
        for series, title in zip(data.series, titles, strict=True)
    ]


def _last(data: ChartData, series: DataSeries, lettering: Lettering, wide: float, *, strong: bool) -> TextBox:
    """The last value, with its unit where the subtitle names none."""
    datum = series.known[-1]
    box = dressed(lettering, lettering.value(datum.label, data.languages, wide), lettering.ink, strong=strong)
    if data.numbers is not Numbers.OWN or not datum.words_unit or series.says_unit:
        return box
    unit = lettering.remark(series.unit.label, data.languages, wide)
    joined = lettering.beside(TextBox((*box.lines, *unit.lines)))
    return TextBox((joined,)) if len(unit.lines) == 1 and joined.width <= wide else unit.below(box)


def _notes(data: ChartData, sketch: Sketch, top: float) -> float:
    """What dashed uprights and empty places mean, where there are any; the lower end of all."""
    broken = any(datum.broken for datum in data.data)
    gaps = any(point is None for series in data.series for point in series.points)
    for words in [DEFINITION_CHANGED] * broken + [GAPS] * gaps:
        top += _NOTES_GAP
        left = _SWATCH if words is DEFINITION_CHANGED else 0.0
        box = sketch.lettering.remark(words, data.languages, data.width - left)
        if left:
            sketch.line(((left / 4, top), (left / 4, top + box.height)), sketch.colours.muted, 0.75, (2.0, 2.0))
        sketch.text(box, left, top)
        top += box.height
    return top


def tell(data: ChartData, language: Language) -> tuple[Inline, ...]:
    """How each series moves."""
    return tell_course(data, language, Localized("分面图", "Small multiples"))


CHART = Chart(check, lay_out, tell, numbers, remark)
