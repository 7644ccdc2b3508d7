"""Vertical columns from zero: value on top, name below; lying bars where names or values are too wide.

Time runs from left to right whatever the width: where values have no room an axis stands
in their place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ipreport.document import Inline
from ipreport.figures.charts.bar import BAR, EDGE
from ipreport.figures.charts.base import Chart, fill_and_outline
from ipreport.figures.columns import no_value, words_fit
from ipreport.figures.course import break_places, breaks, breaks_height
from ipreport.figures.data import ChartData, Datum
from ipreport.figures.lettering import TextBox
from ipreport.figures.plot import (
    GAP,
    Plot,
    are_dates,
    category_labels,
    lying,
    names_fit,
    overhang,
    row_names,
    ticks_width,
    upright,
)
from ipreport.figures.refusals import amounts
from ipreport.figures.refuse import refuse
from ipreport.figures.selected import Selected
from ipreport.figures.sketch import Anchor, Sketch
from ipreport.figures.telling import tell_course, tell_list
from ipreport.figures.ticks import Axis, axis
from ipreport.language import Language, Localized
from ipreport.outline import Scale
from ipreport.problems import Problem

TALLEST = 92.0
"""Height of the tallest column in points, where its value stands on it."""
TALL = 112.0
"""Height of the field where there is an axis."""
_WIDEST_SLOT = 118.0
_WIDEST_COLUMN = 40.0
_SHARE = 0.56
_SHARE_OF_MANY = 0.7
"""How much of its slot a column fills without a value on it."""
_GAP = 4.0
_BESIDE_MARK = 1.0
"""What the words of a column keep from the edges of its slot where marks stand there."""
_LEAST_SHARE = 0.22
"""How much of the width the longest lying bar keeps, however long its words are."""


def check(selected: Selected) -> Iterator[Problem]:
    """Refuses what a chart of lengths from zero refuses, and several columns in one place."""
    yield from amounts(selected)
    if not selected.listed and len(selected.series) > 1:
        listed = ", ".join(f"'{series.key}'" for series in selected.series)
        reason = f"each place has one column, and these would be several: {listed}"
        yield refuse(selected.spec, reason, "use kind: grouped-column, or name a single metric")


@dataclass(frozen=True, slots=True)
class _Columns:
    """The values by category with their words; None where there is no value."""

    data: ChartData
    points: tuple[Datum | None, ...]
    words: tuple[TextBox | None, ...]
    out: bool
    """Whether one of them stands out."""

    @property
    def tallest_words(self) -> float:
        return max(box.height for box in self.words if box is not None)

    @property
    def widest_words(self) -> float:
        return max(box.width for box in self.words if box is not None)

    def look(self, sketch: Sketch, index: int, datum: Datum) -> tuple[str, str | None]:
        """Fill and outline of a column; beside one that stands out the others are context."""
        context = self.out and not self.data.categories[index].highlighted
        colour = sketch.colours.context if context else sketch.colours.accent
        return fill_and_outline(sketch.colours, exact=datum.exact, colour=colour)


def _columns_of(data: ChartData, sketch: Sketch, width: float = float("inf")) -> _Columns:
    points = data.series[0].points
    words = tuple(
        None if datum is None else sketch.lettering.value(datum.label, data.languages, width) for datum in points
    )
    return _Columns(data, points, words, any(category.highlighted for category in data.categories))


def lay_out(data: ChartData, sketch: Sketch) -> float:
    """The columns, grouped in the middle; horizontal bars where names or values are too wide."""
    columns = _columns_of(data, sketch)
    slot = min(data.width / len(data.categories), _WIDEST_SLOT)
    margin = (data.width - slot * len(data.categories)) / 2
    told = words_fit(columns.words, slot, _column(slot), (margin, margin))
    if break_places(data):
        # The mark of a break stands between two slots.
        told = told and columns.widest_words + _BESIDE_MARK <= slot
    if told and names_fit(sketch, data.categories, data.languages, slot):
        return _with_values(sketch, columns, margin, slot)
    return _with_axis(sketch, columns) if are_dates(data.categories) else _lying(sketch, data)


def _column(slot: float) -> float:
    return min(slot * _SHARE, _WIDEST_COLUMN)


# --- upright -----------------------------------------------------------------------


def _with_values(sketch: Sketch, columns: _Columns, left: float, slot: float) -> float:
    """Columns with their values on top, which need no axis."""
    data = columns.data
    slots = tuple((left + slot * n, left + slot * (n + 1)) for n in range(len(columns.points)))
    top = EDGE + breaks_height(sketch, data) + columns.tallest_words + _GAP
    greatest = max(datum.value for datum in data.data) or Decimal(1)
    base = top + TALLEST
    plot = Plot(Axis(Scale.LINEAR, Decimal(0), greatest, (), (), data.unit.label), True, base, top, slots, base)
    breaks(sketch, data, plot)
    column = _column(slot)
    _draw(sketch, columns, plot, column)
    for index, (datum, box) in enumerate(zip(columns.points, columns.words, strict=True)):
        if datum is not None and box is not None:
            sketch.text(box, plot.middle(index), plot.at(datum.value) - _GAP - box.height, Anchor.CENTRE)
    sketch.line(((slots[0][0], base), (slots[-1][1], base)), sketch.colours.muted, 0.75)
    return category_labels(sketch, data.categories, slots, data.languages, base + _GAP + 1) + EDGE


def _with_axis(sketch: Sketch, columns: _Columns) -> float:
    """Columns over an axis; of their values the last and the greatest are told where they have room."""
    data = columns.data
    value_axis = axis([datum.value for datum in data.data], data.unit)
    left = ticks_width(sketch, value_axis, data.languages)
    right = data.width - overhang(sketch, data.categories, data.languages, left, data.width)
    top = breaks_height(sketch, data) + columns.tallest_words + _GAP
    plot = upright(sketch, value_axis, data.categories, data.languages, (left, right, top, top + TALL))
    breaks(sketch, data, plot)
    column = min((right - left) / len(columns.points) * _SHARE_OF_MANY, _WIDEST_COLUMN)
    _draw(sketch, columns, plot, column)
    _telling(sketch, columns, plot, column, (left, data.width))
    return plot.foot + EDGE


def _draw(sketch: Sketch, columns: _Columns, plot: Plot, column: float) -> None:
    for index, datum in enumerate(columns.points):
        if datum is None:
            no_value(sketch, plot, index, columns.data.languages)
            continue
        middle = plot.middle(index)
        lane = (middle - column / 2, middle + column / 2)
        plot.bar(sketch, lane, (Decimal(0), datum.value), columns.look(sketch, index, datum))


def _telling(sketch: Sketch, columns: _Columns, plot: Plot, column: float, room: tuple[float, float]) -> None:
    """The last and the greatest value over their columns, where they are clear of the others."""
    known = [(index, datum) for index, datum in enumerate(columns.points) if datum is not None]
    greatest = max(known, key=lambda each: (each[1].value, each[0]))
    taken: list[tuple[float, float]] = []
    for index, datum in dict.fromkeys((known[-1], greatest)):
        box, middle, foot = columns.words[index], plot.middle(index), plot.at(datum.value) - 2
        if box is None:
            continue
        left, right = middle - box.width / 2, middle + box.width / 2
        reach = (box.width + column) / 2 + 2
        clear = all(
            abs(plot.middle(n) - middle) >= reach or plot.at(other.value) > foot for n, other in known if n != index
        )
        apart = all(right + GAP < low or high + GAP < left for low, high in taken)
        if clear and apart and room[0] <= left and right <= room[1]:
            taken.append((left, right))
            sketch.text_over_grid(box, middle, foot - box.height, Anchor.CENTRE)


# --- lying -------------------------------------------------------------------------


def _lying(sketch: Sketch, data: ChartData) -> float:
    """The same as bars, each with its value at its end."""
    names, width = row_names(sketch, data.categories, data.languages, data.width)
    zero = width + GAP + 2
    columns = _columns_of(data, sketch, (data.width - zero) * (1 - _LEAST_SHARE) - GAP)
    right = data.width - columns.widest_words - GAP
    rows = [max(BAR, 0.0 if box is None else box.height) for box in columns.words]
    value_axis = axis([datum.value for datum in data.data], data.unit)
    plot = lying(sketch, value_axis, names, rows, (zero, right, EDGE + GAP), data.languages, grid=False)
    for index, (datum, box) in enumerate(zip(columns.points, columns.words, strict=True)):
        middle = plot.middle(index)
        if datum is None or box is None:
            no_value(sketch, plot, index, data.languages)
            continue
        plot.bar(
            sketch, (middle - BAR / 2, middle + BAR / 2), (Decimal(0), datum.value), columns.look(sketch, index, datum)
        )
        sketch.text(box, plot.at(datum.value) + GAP, middle - box.height / 2)
    return plot.foot + EDGE


def tell(data: ChartData, language: Language) -> tuple[Inline, ...]:
    """The values as a list, or how they move."""
    told = tell_course if are_dates(data.categories) else tell_list
    return told(data, language, Localized("柱形图", "Column chart"))


CHART = Chart(check, lay_out, tell)
