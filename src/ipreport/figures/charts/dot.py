"""A dot for each value over a linear or logarithmic axis, its words beside it; an interval where one is named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ipreport.document import Inline
from ipreport.figures.charts import intervals
from ipreport.figures.charts.bar import GAP, name_column
from ipreport.figures.charts.base import Chart, fill_and_outline
from ipreport.figures.data import ChartData, Datum, Numbers
from ipreport.figures.lettering import Lettering, Letters, TextBox
from ipreport.figures.refusals import few_cases, missing_values, mixed_units, ranks
from ipreport.figures.refuse import refuse
from ipreport.figures.selected import Selected
from ipreport.figures.sketch import Anchor, Sketch
from ipreport.figures.telling import tell_list
from ipreport.figures.ticks import Axis, axis
from ipreport.language import Language, Localized
from ipreport.outline import FigureSpec, Scale
from ipreport.problems import Problem

_RADIUS = 4.0
_ROW_GAP = 10.0
_EDGE = 2.0
_SHORT_TICK = 3.0
_AIR = 2.0
"""Space between words and the grid line they interrupt; note marks rise a little above their line."""
_ON_INTERVAL = 3.0
"""The radius of a dot on an interval, whose ends it must not hide."""
_AWAY = _RADIUS + GAP - 1
"""The distance of words from the middle of their dot."""
_LEAST_FIELD = 0.5
"""How much of the width right of the names the axis keeps, however long words are."""
_STEM = 2.0

NOT_FROM_ZERO = Localized("横轴不从零开始", "axis does not begin at zero")


def check(selected: Selected) -> Iterator[Problem]:
    """Refuses different units, rates of few cases, no intervals, and what a logarithmic scale cannot place."""
    spec = selected.spec
    yield from missing_values(selected)
    yield from ranks(selected)
    yield from mixed_units(selected)
    if spec.scale is Scale.LOGARITHMIC:
        yield from _without_logarithm(selected)
    yield from intervals.check(selected)
    yield from few_cases(selected)


def _without_logarithm(selected: Selected) -> Iterator[Problem]:
    spec = selected.spec
    for metric in selected.metrics:
        if metric.value is not None and metric.value <= 0:
            reason = f"'{metric.key}' is {metric.value}, which has no place on a logarithmic scale"
            yield refuse(spec, reason, "use scale: linear, or leave it out and name it in the note")
    if spec.axis_from is not None:
        reason = f"an axis from {spec.axis_from} is a linear one, and a logarithmic axis begins where its values do"
        yield refuse(spec, reason, "leave out 'axis_from:', or use scale: linear")


def axis_of(data: ChartData) -> Axis:
    """The axis over all values and the ends of their intervals."""
    return axis([datum.value for datum in data.data], data.unit, data.scale, data.axis_from)


def remark(data: ChartData) -> Localized | None:
    """That a linear axis does not begin at zero."""
    return NOT_FROM_ZERO if data.scale is Scale.LINEAR and axis_of(data).low > 0 else None


@dataclass(frozen=True, slots=True)
class _Row:
    """A value placed: the dot's position, the ends of its interval, its words, and the end they are anchored at."""

    name: TextBox
    words: TextBox
    x: float
    ends: tuple[float, float] | None
    words_x: float
    anchor: Anchor
    exact: bool

    @property
    def height(self) -> float:
        return max(self.name.height, self.words.height, 2 * _RADIUS)

    @property
    def covered(self) -> tuple[float, float]:
        """The stretch that the words cover, with a little air."""
        left = self.words_x - (self.words.width if self.anchor is Anchor.RIGHT else 0)
        return left - 2, left + self.words.width + 2


def lay_out(data: ChartData, sketch: Sketch) -> float:
    """Rows of dots over a common axis."""
    return draw(data, sketch, stems=False)


def draw(data: ChartData, sketch: Sketch, *, stems: bool) -> float:
    """The same with or without a stem from zero to each dot."""
    lettering, scale = sketch.lettering, axis_of(data)
    values = intervals.values_of(data)
    names, column = name_column(values, lettering)
    ticks = [TextBox((lettering.line(Letters(word, *lettering.small(), data.languages[0])),)) for word in scale.words]
    left = column + max(2 * GAP + _RADIUS, ticks[0].width / 2)
    last_tick = ticks[-1].width / 2 if scale.high == scale.ticks[-1] else 0.0
    right = data.width - max(last_tick, _RADIUS + 1)
    if stems or values != data:
        words = _words_behind(data, lettering, data.width - column)
        right = min(right, _end(data, scale, words, left))
        rows = _rows_behind(data, names, words, scale, (left, right))
    else:
        rows = _rows(values, names, scale, (left, right), lettering)
    tops, top = [], _EDGE + 2
    for row in rows:
        tops.append(top)
        top += row.height + _ROW_GAP
    foot = top - _ROW_GAP + 6
    _grid(sketch, scale, (left, right), foot, list(zip(rows, tops, strict=True)))
    zero = left + scale.place(Decimal(0)) * (right - left) if stems else None
    for row, row_top in zip(rows, tops, strict=True):
        _draw_row(sketch, row, row_top, zero)
    return _axis_words(sketch, scale, ticks, (left, right, foot), data.languages) + _EDGE


def _draw_row(sketch: Sketch, row: _Row, top: float, zero: float | None) -> None:
    colours, middle = sketch.colours, top + row.height / 2
    sketch.text(row.name, 0, middle - row.name.height / 2)
    if zero is not None:
        sketch.line(((zero, middle), (row.x, middle)), colours.context if row.ends else colours.accent, _STEM)
    if row.ends is not None:
        intervals.draw(sketch, row.ends, middle, colours.accent)
    radius = _RADIUS if row.ends is None else _ON_INTERVAL
    sketch.dot(row.x, middle, radius, *fill_and_outline(colours, exact=row.exact))
    sketch.text(row.words, row.words_x, middle - row.words.height / 2, row.anchor)


def _rows(
    data: ChartData, names: list[TextBox], scale: Axis, ends: tuple[float, float], lettering: Lettering
) -> list[_Row]:
    left, right = ends
    # In half the width, words always fit on one side of their dot.
    half = (right - left) / 2 - _AWAY
    rows = []
    for datum, name in zip(data.data, names, strict=True):
        x = left + scale.place(datum.value) * (right - left)
        words = lettering.value(datum.label, data.languages)
        if x + _AWAY + words.width > data.width and x - _AWAY - words.width < left:
            words = lettering.value(datum.label, data.languages, half)
        behind = x + _AWAY + words.width <= data.width
        words_x, anchor = (x + _AWAY, Anchor.LEFT) if behind else (x - _AWAY, Anchor.RIGHT)
        rows.append(_Row(name, words, x, None, words_x, anchor, datum.exact))
    return rows


# --- words always behind, where a stem or an interval takes the other side -------


def _words_behind(data: ChartData, lettering: Lettering, room: float) -> list[TextBox]:
    """The words of every value with its interval, which is left out where both take too much of the width."""
    limit = room * (1 - _LEAST_FIELD) - _AWAY
    rows = list(zip(intervals.values_of(data).data, intervals.intervals_of(data), strict=True))
    boxes = [lettering.value(intervals.label(*row), data.languages, limit) for row in rows]
    if max(box.width for box in boxes) <= limit:
        return boxes
    return [lettering.value(datum.label, data.languages, limit) for datum, _ in rows]


def _reaches(data: ChartData) -> list[Decimal]:
    """How far the mark of each value reaches: to the high end of its interval."""
    rows = zip(intervals.values_of(data).data, intervals.intervals_of(data), strict=True)
    return [datum.value if ends is None else ends[1].value for datum, ends in rows]


def _end(data: ChartData, scale: Axis, words: Sequence[TextBox], left: float) -> float:
    """Where the axis ends at most, so that the words of every row have room behind its mark."""
    spaces = [
        (data.width - left - _AWAY - box.width) / scale.place(reach)
        for reach, box in zip(_reaches(data), words, strict=True)
        if scale.place(reach) > 0
    ]
    return left + min(spaces, default=data.width)


def _rows_behind(
    data: ChartData, names: list[TextBox], words: list[TextBox], scale: Axis, field: tuple[float, float]
) -> list[_Row]:
    left, right = field

    def at(datum: Datum) -> float:
        return left + scale.place(datum.value) * (right - left)

    rows = []
    found = zip(intervals.values_of(data).data, intervals.intervals_of(data), names, words, strict=True)
    for datum, interval, name, box in found:
        ends = None if interval is None else (at(interval[0]), at(interval[1]))
        words_x = at(datum) + _AWAY if ends is None else max(at(datum) + _AWAY, ends[1] + GAP)
        rows.append(_Row(name, box, at(datum), ends, words_x, Anchor.LEFT, datum.exact))
    return rows


def _grid(sketch: Sketch, scale: Axis, ends: tuple[float, float], foot: float, rows: list[tuple[_Row, float]]) -> None:
    """A thin line at every tick, interrupted where words stand, and the axis below."""
    (left, right), colours = ends, sketch.colours
    for tick in scale.ticks:
        x = left + scale.place(tick) * (right - left)
        start = 0.0
        for row, top in rows:
            low, high = row.covered
            if low < x < high:
                middle, half = top + row.height / 2, row.words.height / 2
                sketch.line(((x, start), (x, middle - half - _AIR)), colours.rule, 0.5)
                start = middle + half + _AIR
        sketch.line(((x, start), (x, foot + _SHORT_TICK)), colours.rule, 0.5)
    sketch.line(((left, foot), (right, foot)), colours.muted, 0.75)


def _axis_words(
    sketch: Sketch,
    scale: Axis,
    ticks: list[TextBox],
    place: tuple[float, float, float],
    languages: tuple[Language, ...],
) -> float:
    """Ticks and title below the axis; returns the lower end."""
    left, right, foot = place
    middles = [left + scale.place(tick) * (right - left) for tick in scale.ticks]
    step = middles[1] - middles[0]
    every = 1
    while max(box.width for box in ticks) + 4 > step * every and every < len(ticks):
        every += 1
    top = foot + _SHORT_TICK + 2
    for index in range(0, len(ticks), every):
        sketch.text(ticks[index], middles[index], top, Anchor.CENTRE)
    top += ticks[0].height + 4
    for language in languages:
        title = sketch.lettering.box(Letters(scale.title[language], *sketch.lettering.small(), language), right - left)
        sketch.text(title, (left + right) / 2, top, Anchor.CENTRE)
        top += title.height + 1.5
    return top


def tell(data: ChartData, language: Language) -> tuple[Inline, ...]:
    """The values as a list."""
    logarithmic = Localized("点图（对数坐标）", "Dot plot on a logarithmic scale")
    kind = logarithmic if data.scale is Scale.LOGARITHMIC else Localized("点图", "Dot plot")
    return told(data, language, kind)


def told(data: ChartData, language: Language, kind: Localized) -> tuple[Inline, ...]:
    """The values with their intervals where they have them."""
    if data.role("low"):
        return intervals.tell(data, language, kind)
    return tell_list(data, language, kind)


def numbers(spec: FigureSpec) -> Numbers:
    """A logarithmic axis reaches over several units, so its values bring their own."""
    return Numbers.WORDS if spec.scale is Scale.LOGARITHMIC else Numbers.COMMON


CHART = Chart(check, lay_out, tell, numbers, remark)
