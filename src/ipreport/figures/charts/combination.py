"""Columns of one series and lines of others on one axis over time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ipreport.document import Inline
from ipreport.figures import course
from ipreport.figures.charts.base import Chart
from ipreport.figures.columns import no_value, words_fit
from ipreport.figures.course import Line, breaks, breaks_height
from ipreport.figures.data import ChartData, DataSeries
from ipreport.figures.labels import Point, highest, lowest
from ipreport.figures.legend import LINE_SWATCH, filled, legend, lined
from ipreport.figures.lettering import TextBox
from ipreport.figures.plot import Plot, ticks_width, upright
from ipreport.figures.point_values import RADIUS
from ipreport.figures.refusals import amounts
from ipreport.figures.selected import Selected
from ipreport.figures.sketch import Anchor, Sketch
from ipreport.figures.stretches import places
from ipreport.figures.telling import tell_course
from ipreport.figures.theme import WHITE, look
from ipreport.figures.ticks import axis
from ipreport.language import Language, Localized
from ipreport.problems import Problem

TALL = 120.0
"""Height of the field in points."""
_SHARE = 0.72
_WIDEST = 40.0
_LINE = 1.75
_LABEL_SHARE = 0.3
_LEGEND_GAP = 8.0
_GAP = 6.0
_AIR = 2.0
"""Space between a value and the edges of its column, and the lines that pass."""
_CLEAR = 26.0
"""The room of the sign for a missing value."""

Course = Sequence[Point]


def check(selected: Selected) -> Iterator[Problem]:
    """Refuses what a chart of lengths from zero refuses: two units above all."""
    yield from amounts(selected)


@dataclass(frozen=True, slots=True)
class _Parts:
    """The series of the columns with its words, and the lines with the words at their ends."""

    columns: DataSeries
    words: list[TextBox | None]
    lines: list[Line]


def _parts(data: ChartData, sketch: Sketch) -> _Parts:
    (columns,) = (series for series in data.series if series.role == "columns")
    limit = data.width * _LABEL_SHARE
    lines = [
        Line(series, look(sketch.colours, n), _LINE, course.last_value(data, series, sketch, limit))
        for n, series in enumerate(series for series in data.series if series.role == "lines")
    ]
    words = [None if d is None else sketch.lettering.value(d.label, data.languages) for d in columns.points]
    return _Parts(columns, words, lines)


def lay_out(data: ChartData, sketch: Sketch) -> float:
    """A legend of both marks, columns in a quiet fill, lines in front of them with their last values at the end."""
    parts = _parts(data, sketch)
    head = _legend(data, sketch, parts) + _LEGEND_GAP
    top = head + breaks_height(sketch, data) + max(box.height for box in parts.words if box is not None) + _AIR
    value_axis = axis([datum.value for datum in data.data], data.unit)
    left = ticks_width(sketch, value_axis, data.languages)
    right = data.width - max(line.label.width for line in parts.lines) - _GAP - RADIUS
    field = (left, right, top, top + TALL)
    plot = upright(sketch, value_axis, data.categories, data.languages, field)
    breaks(sketch, data, plot, head)
    column = min((right - left) / len(data.categories) * _SHARE, _WIDEST)
    courses = [part for line in parts.lines for part in places(line.series, plot)]
    _columns(sketch, data, parts.columns, plot, column, courses)
    for line in reversed(parts.lines):
        course.draw(sketch, line, plot, halo=True)
    _values(sketch, parts, plot, column, courses)
    return max(plot.foot, course.ends(sketch, parts.lines, plot, field)) + 2


def _legend(data: ChartData, sketch: Sketch, parts: _Parts) -> float:
    colours = sketch.colours
    entries = [(filled(colours.quiet, colours.muted), parts.columns.name)]
    entries += [(lined(line.look, line.width, RADIUS), line.series.name) for line in parts.lines]
    return legend(sketch, entries, data.languages, (0.0, 0.0, data.width), LINE_SWATCH)


def _columns(
    sketch: Sketch, data: ChartData, series: DataSeries, plot: Plot, column: float, courses: Sequence[Course]
) -> None:
    colours = sketch.colours
    for index, datum in enumerate(series.points):
        if datum is not None:
            lane = (plot.middle(index) - column / 2, plot.middle(index) + column / 2)
            fill = colours.quiet if datum.exact else WHITE
            plot.bar(sketch, lane, (Decimal(0), datum.value), (fill, colours.muted))
        elif all(lowest(line, *plot.slots[index]) < plot.start - _CLEAR for line in courses):
            no_value(sketch, plot, index, data.languages)


def _values(sketch: Sketch, parts: _Parts, plot: Plot, column: float, courses: Sequence[Course]) -> None:
    """The values on top of the columns or else at their feet, where all have room and no line passes."""
    known = [
        (box, plot.middle(index), plot.at(datum.value))
        for index, (box, datum) in enumerate(zip(parts.words, parts.columns.points, strict=True))
        if box is not None and datum is not None
    ]
    slot = plot.slots[0][1] - plot.slots[0][0]
    above = [(box, middle, head - _AIR - box.height) for box, middle, head in known]
    if words_fit(parts.words, slot, column) and all(_is_clear(box, x, y, courses) for box, x, y in above):
        for box, middle, top in above:
            sketch.text_over_grid(box, middle, top, Anchor.CENTRE)
        return
    inside = [(box, middle, plot.start - _AIR - 1 - box.height) for box, middle, _ in known]
    room = all(
        box.width + 2 * _AIR <= column and head + _AIR <= plot.start - _AIR - 1 - box.height for box, _, head in known
    )
    if room and all(_is_clear(box, x, y, courses) for box, x, y in inside):
        for box, middle, top in inside:
            sketch.text(box, middle, top, Anchor.CENTRE)


def _is_clear(box: TextBox, middle: float, top: float, courses: Sequence[Course]) -> bool:
    """Whether lines keep clear of words."""
    left, right = middle - box.width / 2 - _AIR, middle + box.width / 2 + _AIR
    away = RADIUS + _AIR
    return all(
        lowest(line, left, right) < top - away or highest(line, left, right) > top + box.height + away
        for line in courses
    )


def tell(data: ChartData, language: Language) -> tuple[Inline, ...]:
    """How each series moves, and by which mark."""
    marks = {"columns": Localized("（柱）", " (columns)"), "lines": Localized("（线）", " (line)")}
    named = tuple(
        replace(
            series,
            name=Localized(series.name.zh + marks[series.role].zh, series.name.en + marks[series.role].en),
        )
        for series in data.series
    )
    return tell_course(replace(data, series=named), language, Localized("柱线组合图", "Combination chart"))


CHART = Chart(check, lay_out, tell)
