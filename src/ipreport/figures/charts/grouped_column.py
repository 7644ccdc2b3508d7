"""Columns of several series side by side; rows of bars where the names of the categories are long."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ipreport.document import Inline
from ipreport.figures.charts.base import Chart
from ipreport.figures.data import ChartData, Datum
from ipreport.figures.legend import filled, legend
from ipreport.figures.lettering import TextBox
from ipreport.figures.plot import GAP, Plot, lying, names_fit, overhang, row_names, ticks_width, upright
from ipreport.figures.refusals import amounts, indistinct
from ipreport.figures.selected import Selected
from ipreport.figures.sketch import Anchor, Sketch
from ipreport.figures.telling import tell_course, tell_groups
from ipreport.figures.theme import WHITE, look
from ipreport.figures.ticks import Axis, axis
from ipreport.language import Language, Localized
from ipreport.problems import Problem

TALL = 112.0
"""Height of the field in points."""
_SHARE = 0.76
"""How much of its slot a group of columns fills."""
_WIDEST = 26.0
"""The widest column in points, unless its value is wider."""
_THICK = 9.0
"""Thickness of a lying bar that has no value beside it."""
LEGEND_GAP = 8.0

_WORDS = Localized("簇状柱形图", "Grouped column chart")


def check(selected: Selected) -> Iterator[Problem]:
    """Refuses what a chart of lengths from zero refuses, and more columns side by side than looks."""
    yield from amounts(selected)
    yield from indistinct(selected, "series", "use kind: line or small-multiples")


def axis_of(data: ChartData) -> Axis:
    """The value axis of all series."""
    return axis([datum.value for datum in data.data], data.unit)


def lay_out(data: ChartData, sketch: Sketch) -> float:
    """A legend, then upright groups, or lying ones where names do not fit below."""
    entries = [(filled(look(sketch.colours, n).colour), series.name) for n, series in enumerate(data.series)]
    top = legend(sketch, entries, data.languages, (0.0, 0.0, data.width)) + LEGEND_GAP
    value_axis = axis_of(data)
    left = ticks_width(sketch, value_axis, data.languages)
    slot = (data.width - left) / len(data.categories)
    if names_fit(sketch, data.categories, data.languages, slot):
        return _upright(data, sketch, value_axis, (left, top))
    return _lying(data, sketch, value_axis, top)


def _upright(data: ChartData, sketch: Sketch, value_axis: Axis, place: tuple[float, float]) -> float:
    left, top = place
    right = data.width - overhang(sketch, data.categories, data.languages, left, data.width)
    slot = (right - left) / len(data.categories)
    labels = _labels(data, sketch)
    widest = max(box.width for row in labels for box in row if box is not None)
    column = min(slot * _SHARE / len(data.series), max(_WIDEST, widest + 2))
    fit = widest <= column - 2
    above = max(box.height for row in labels for box in row if box is not None) + 3 if fit else 4.0
    field = (left, right, top + above, top + above + TALL)
    plot = upright(sketch, value_axis, data.categories, data.languages, field)
    for n, index, datum in _each(data):
        first = plot.middle(index) - column * len(data.series) / 2
        lane = (first + n * column + 0.5, first + (n + 1) * column - 0.5)
        _bar(sketch, plot, n, lane, datum)
        box = labels[n][index]
        if fit and box is not None:
            sketch.text_over_grid(box, sum(lane) / 2, plot.at(datum.value) - 2 - box.height, Anchor.CENTRE)
    return plot.foot + 2


def _lying(data: ChartData, sketch: Sketch, value_axis: Axis, top: float) -> float:
    labels = _labels(data, sketch)
    boxes = [box for row in labels for box in row if box is not None]
    thick = max(_THICK, *(box.height for box in boxes)) + 1
    names, column = row_names(sketch, data.categories, data.languages, data.width)
    right = data.width - max(box.width for box in boxes) - GAP
    rows = [thick * len(data.series)] * len(names)
    field = (column + GAP + 2, right, top + 4)
    plot = lying(sketch, value_axis, names, rows, field, data.languages, grid=False)
    for n, index, datum in _each(data):
        first = plot.middle(index) - thick * len(data.series) / 2
        lane = (first + n * thick + 0.5, first + (n + 1) * thick - 0.5)
        _bar(sketch, plot, n, lane, datum)
        box = labels[n][index]
        if box is not None:
            sketch.text(box, plot.at(datum.value) + GAP, sum(lane) / 2 - box.height / 2)
    return plot.foot + 2


def _labels(data: ChartData, sketch: Sketch) -> list[list[TextBox | None]]:
    """The words of every value, by series and category."""
    return [
        [None if datum is None else sketch.lettering.value(datum.label, data.languages) for datum in series.points]
        for series in data.series
    ]


def _each(data: ChartData) -> Iterator[tuple[int, int, Datum]]:
    """Every value with the number of its series and its category."""
    for n, series in enumerate(data.series):
        for index, datum in enumerate(series.points):
            if datum is not None:
                yield n, index, datum


def _bar(sketch: Sketch, plot: Plot, n: int, lane: tuple[float, float], datum: Datum) -> None:
    colour = look(sketch.colours, n).colour
    plot.bar(sketch, lane, (Decimal(0), datum.value), (colour, None) if datum.exact else (WHITE, colour))


def tell(data: ChartData, language: Language) -> tuple[Inline, ...]:
    """How each series moves, or what each category has."""
    over_time = all(category.period is not None and category.region is None for category in data.categories)
    told = tell_course if over_time else tell_groups
    return told(data, language, _WORDS)


CHART = Chart(check, lay_out, tell)
