"""Columns of parts on top of each other, as amounts or as shares of their whole; lying where names are long."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from ipreport.document import Inline
from ipreport.figures.charts.base import Chart
from ipreport.figures.columns import no_value, words_fit
from ipreport.figures.course import breaks, breaks_height
from ipreport.figures.data import ChartData, DataSeries, Numbers
from ipreport.figures.labels import spread
from ipreport.figures.legend import filled, legend
from ipreport.figures.lettering import TextBox
from ipreport.figures.plot import GAP, Plot, lying, names_fit, overhang, row_names, ticks_width, upright
from ipreport.figures.refusals_of_wholes import check_shares, check_stacks
from ipreport.figures.shares import as_shares
from ipreport.figures.sketch import Anchor, Sketch
from ipreport.figures.telling import tell_course, tell_groups
from ipreport.figures.theme import WHITE, look, on
from ipreport.figures.ticks import Axis, axis, percent_axis
from ipreport.figures.wholes import TOTAL
from ipreport.language import Language, Localized
from ipreport.metrics import Direction
from ipreport.outline import FigureSpec

TALL = 132.0
"""Height of the field in points."""
_SHARE = 0.72
"""How much of its slot a column fills."""
_WIDEST = 56.0
"""The widest column in points."""
_NARROWEST = 24.0
"""The narrowest slot beside names: a legend leaves the columns more."""
_THICK = 13.0
"""The least thickness of a lying column."""
_LEGEND_GAP = 8.0
_NAMES_SHARE = 0.24
"""How much of the width the names beside the last column may take."""
_BETWEEN = 4.0
_BOUNDS = (-8.0, TALL + 4.0)
"""Between which heights the names stand, from the upper end of the field."""
_FARTHEST = 20.0
"""How far from its segment a name may stand."""
_AIR = 1.5
"""Space between the edge of a segment and its words."""
_SEPARATOR = 1.0
_THIN = 2.0
"""A segment that is no longer than this would vanish between separators."""

OF_THE_TOTAL = Localized("占合计的比重", "share of the total")


@dataclass(frozen=True, slots=True)
class _Segment:
    """A part of a column: its number in the stack, where it begins and ends along the axis, and its words."""

    part: int
    ends: tuple[Decimal, Decimal]
    words: TextBox
    fill: str
    outline: str | None


@dataclass(frozen=True, slots=True)
class _Stack:
    """A column; without segments where its values are missing."""

    segments: tuple[_Segment, ...]
    total: TextBox | None

    @property
    def top(self) -> Decimal:
        return self.segments[-1].ends[1] if self.segments else Decimal(0)


def lay_out(data: ChartData, sketch: Sketch) -> float:
    """Amounts, with their total at the end of every column."""
    stacks = _stacks(data, sketch)
    return _lay_out(data, sketch, stacks, axis([stack.top for stack in stacks], data.unit))


def lay_out_shares(data: ChartData, sketch: Sketch) -> float:
    """Shares, all columns as long as the whole."""
    shares = as_shares(data)
    return _lay_out(shares, sketch, _stacks(shares, sketch), percent_axis(data.languages))


def _stacks(data: ChartData, sketch: Sketch) -> list[_Stack]:
    wholes = data.wholes or (None,) * len(data.categories)
    stacks = []
    for index, whole in enumerate(wholes):
        total = None if whole is None else sketch.lettering.value(whole.label, data.languages)
        stacks.append(_Stack(tuple(_segments(data, sketch, index)), total))
    return stacks


def _segments(data: ChartData, sketch: Sketch, index: int) -> Iterator[_Segment]:
    """The parts of one column, the first at its foot."""
    end = Decimal(0)
    for part, series in enumerate(data.series):
        datum = series.points[index]
        if datum is None:
            continue
        colour = look(sketch.colours, part).colour
        fill, outline = (colour, None) if datum.exact else (WHITE, colour)
        words = sketch.lettering.value(datum.label, data.languages, strong=False).coloured(on(fill, sketch.colours))
        yield _Segment(part, (end, end + datum.value), words, fill, outline)
        end += datum.value


def _lay_out(data: ChartData, sketch: Sketch, stacks: list[_Stack], value_axis: Axis) -> float:
    left = ticks_width(sketch, value_axis, data.languages)
    slot = (data.width - left) / len(stacks)
    if not names_fit(sketch, data.categories, data.languages, slot):
        return _lying(data, sketch, stacks, value_axis)
    names = _direct(data, sketch, stacks, value_axis, left)
    top = 0.0 if names else _legend(data, sketch)
    return _upright(data, sketch, stacks, value_axis, (left, top), names)


def _legend(data: ChartData, sketch: Sketch) -> float:
    """The names in the order of the stack, from its foot; returns where the field may begin."""
    entries = [(filled(look(sketch.colours, n).colour), series.name) for n, series in enumerate(data.series)]
    return legend(sketch, entries, data.languages, (0.0, 0.0, data.width)) + _LEGEND_GAP


# --- upright -----------------------------------------------------------------------


def _upright(
    data: ChartData,
    sketch: Sketch,
    stacks: list[_Stack],
    value_axis: Axis,
    place: tuple[float, float],
    names: list[TextBox],
) -> float:
    left, top = place
    right = data.width - (max(box.width for box in names) + 2 * GAP if names else 0.0)
    right -= 0.0 if names else overhang(sketch, data.categories, data.languages, left, right)
    slot = (right - left) / len(stacks)
    column = _column(slot)
    totals = [stack.total for stack in stacks]
    fit = any(totals) and words_fit(totals, slot, column, (GAP, data.width - right))
    above = breaks_height(sketch, data) + (max(box.height for box in totals if box is not None) + 3 if fit else 4.0)
    field = (left, right, top + above, top + above + TALL)
    plot = upright(sketch, value_axis, data.categories, data.languages, field)
    breaks(sketch, data, plot, top)
    for index, stack in enumerate(stacks):
        lane = (plot.middle(index) - column / 2, plot.middle(index) + column / 2)
        _stack(sketch, plot, lane, stack)
        if not stack.segments:
            no_value(sketch, plot, index, data.languages)
        elif fit and stack.total is not None:
            y = plot.at(stack.top) - 2 - stack.total.height
            sketch.text_over_grid(stack.total, plot.middle(index), y, Anchor.CENTRE)
    lowest = _name(sketch, plot, stacks[-1], names, (plot.middle(len(stacks) - 1) + column / 2, right + GAP))
    return max(plot.foot, lowest) + 2


def _column(slot: float) -> float:
    return min(slot * _SHARE, _WIDEST)


def _direct(data: ChartData, sketch: Sketch, stacks: list[_Stack], value_axis: Axis, left: float) -> list[TextBox]:
    """The names beside the last column, where they fit and leave no fewer words inside the columns; else none."""
    lettering, limit = sketch.lettering, data.width * _NAMES_SHARE
    names = [lettering.label(series.name, data.languages, limit) for series in data.series]
    whole = all(lettering.unbroken(each.name, data.languages, strong=False) <= limit for each in data.series)
    with_legend = data.width - left
    beside = with_legend - max(box.width for box in names) - 2 * GAP
    slot = beside / len(stacks)
    fit = whole and slot >= _NARROWEST and names_fit(sketch, data.categories, data.languages, slot)
    if not stacks[-1].segments or not fit:
        return []
    segments = [segment for stack in stacks for segment in stack.segments]
    columns = (_column(width / len(stacks)) for width in (beside, with_legend))
    told = [sum(_fits(segment, column, value_axis) for segment in segments) for column in columns]
    return names if told[0] == told[1] and _is_near(names, stacks[-1], value_axis) else []


def _is_near(names: list[TextBox], last: _Stack, value_axis: Axis) -> bool:
    """Whether all names stand beside their segments, or not far from them."""
    middles = [TALL - sum(value_axis.place(end) for end in segment.ends) / 2 * TALL for segment in last.segments]
    wanted = [(middle, box.height) for middle, box in zip(middles, names, strict=True)]
    tops = spread(wanted, _BOUNDS, _BETWEEN)
    moved = (abs(top + height / 2 - middle) for top, (middle, height) in zip(tops, wanted, strict=True))
    return max(moved) <= _FARTHEST


def _fits(segment: _Segment, column: float, value_axis: Axis) -> bool:
    """Whether the words of a segment have room in an upright column of such a width."""
    low, high = (value_axis.place(end) * TALL for end in segment.ends)
    return segment.words.width + 2 * _AIR <= column and segment.words.height + 2 * _AIR <= high - low


def _name(sketch: Sketch, plot: Plot, last: _Stack, names: list[TextBox], place: tuple[float, float]) -> float:
    """The names beside the last column, led to their segments; returns the lower end of the lowest."""
    edge, x = place
    if not names:
        return 0.0
    middles = [sum(plot.at(end) for end in segment.ends) / 2 for segment in last.segments]
    wanted = [(middle, box.height) for middle, box in zip(middles, names, strict=True)]
    tops = spread(wanted, (plot.end + _BOUNDS[0], plot.end + _BOUNDS[1]), _BETWEEN)
    for box, top, middle in zip(names, tops, middles, strict=True):
        sketch.text(box, x, top)
        sketch.line(((edge + 1, middle), (x - 2, top + box.height / 2)), sketch.colours.muted, 0.5)
    return max(top + box.height for box, top in zip(names, tops, strict=True))


# --- lying -------------------------------------------------------------------------


def _lying(data: ChartData, sketch: Sketch, stacks: list[_Stack], value_axis: Axis) -> float:
    top = _legend(data, sketch)
    names, column = row_names(sketch, data.categories, data.languages, data.width)
    words = [segment.words for stack in stacks for segment in stack.segments]
    thick = max(_THICK, *(box.height + 2 * _AIR for box in words))
    totals = [stack.total for stack in stacks if stack.total is not None]
    room = max(box.width for box in totals) + GAP if totals else ticks_width(sketch, value_axis, data.languages) / 2
    field = (column + GAP + 2, data.width - room, top + 4)
    plot = lying(sketch, value_axis, names, [thick] * len(names), field, data.languages, grid=not totals)
    for index, stack in enumerate(stacks):
        lane = (plot.middle(index) - thick / 2, plot.middle(index) + thick / 2)
        _stack(sketch, plot, lane, stack)
        if not stack.segments:
            no_value(sketch, plot, index, data.languages)
        elif stack.total is not None:
            sketch.text(stack.total, plot.at(stack.top) + GAP, plot.middle(index) - stack.total.height / 2)
    return plot.foot + 2


# --- both --------------------------------------------------------------------------


def _stack(sketch: Sketch, plot: Plot, lane: tuple[float, float], stack: _Stack) -> None:
    """The segments, white between them, and their words inside where they have room."""
    across = lane[1] - lane[0]
    for segment in stack.segments:
        if segment.ends[0] < segment.ends[1]:
            plot.bar(sketch, lane, segment.ends, (segment.fill, segment.outline))
    lengths = [abs(plot.at(segment.ends[1]) - plot.at(segment.ends[0])) for segment in stack.segments]
    for n, segment in enumerate(stack.segments[1:], start=1):
        if min(lengths[n - 1], lengths[n]) > _THIN:
            at = plot.at(segment.ends[0])
            ends = ((lane[0], at), (lane[1], at)) if plot.upright else ((at, lane[0]), (at, lane[1]))
            sketch.line(ends, WHITE, _SEPARATOR)
    for segment, length in zip(stack.segments, lengths, strict=True):
        wide, tall = (across, length) if plot.upright else (length, across)
        box, middle = segment.words, sum(plot.at(end) for end in segment.ends) / 2
        x, y = (sum(lane) / 2, middle) if plot.upright else (middle, sum(lane) / 2)
        if box.width + 2 * _AIR <= wide and box.height + 2 * _AIR <= tall:
            sketch.text(box, x, y - box.height / 2, Anchor.CENTRE)


# --- words -------------------------------------------------------------------------


def _tell(data: ChartData, language: Language, kind: Localized) -> tuple[Inline, ...]:
    over_time = all(category.period is not None and category.region is None for category in data.categories)
    told = tell_course if over_time else tell_groups
    return told(data, language, kind)


def tell(data: ChartData, language: Language) -> tuple[Inline, ...]:
    """How each part moves, or what each category has, and the totals."""
    known = [whole for whole in data.wholes if whole is not None]
    totals = DataSeries("whole", known[0].key, TOTAL, data.wholes, data.unit, Direction.NEUTRAL) if known else None
    shown = data if totals is None else replace(data, series=(*data.series, totals))
    return _tell(shown, language, Localized("堆积柱形图", "Stacked column chart"))


def tell_shares(data: ChartData, language: Language) -> tuple[Inline, ...]:
    """The same of the shares."""
    return _tell(as_shares(data), language, Localized("百分比堆积柱形图", "Percentage stacked column chart"))


def shares_in_words(_: FigureSpec) -> Numbers:
    """Shares bring their sign."""
    return Numbers.WORDS


def of_the_total(_: ChartData) -> Localized:
    """What the percentages are of."""
    return OF_THE_TOTAL


CHART = Chart(check_stacks, lay_out, tell)
PERCENT_CHART = Chart(check_shares, lay_out_shares, tell_shares, shares_in_words, of_the_total)
