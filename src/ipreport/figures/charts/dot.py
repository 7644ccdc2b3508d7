"""A dot for each value over a linear or logarithmic axis, its words beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ipreport.document import Inline
from ipreport.figures.charts.bar import GAP, name_column
from ipreport.figures.charts.base import Chart, fill_and_outline
from ipreport.figures.data import ChartData, Numbers
from ipreport.figures.lettering import Lettering, Letters, TextBox
from ipreport.figures.refusals import missing_values, mixed_units, ranks
from ipreport.figures.refuse import refuse
from ipreport.figures.select import Selected
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


def check(selected: Selected) -> Iterator[Problem]:
    """Refuses different units, and values that a logarithmic scale cannot place."""
    spec, metrics = selected.spec, selected.metrics
    yield from missing_values(selected)
    yield from ranks(selected)
    yield from mixed_units(selected)
    if spec.scale is Scale.LOGARITHMIC:
        for metric in metrics:
            if metric.value is not None and metric.value <= 0:
                reason = f"'{metric.key}' is {metric.value}, which has no place on a logarithmic scale"
                yield refuse(spec, reason, "use scale: linear, or leave it out and name it in the note")


@dataclass(frozen=True, slots=True)
class _Row:
    """A value placed: the dot's position, its words, and the end they are anchored at."""

    name: TextBox
    words: TextBox
    x: float
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
    lettering = sketch.lettering
    scale = axis([d.value for d in data.data], data.unit, data.scale)
    names, column = name_column(data, lettering)
    ticks = [TextBox((lettering.line(Letters(word, *lettering.small(), data.languages[0])),)) for word in scale.words]
    left = column + max(2 * GAP + _RADIUS, ticks[0].width / 2)
    right = data.width - (ticks[-1].width / 2 if scale.high == scale.ticks[-1] else _RADIUS + 1)
    rows = _rows(data, names, scale, (left, right), lettering)
    tops, top = [], _EDGE + 2
    for row in rows:
        tops.append(top)
        top += row.height + _ROW_GAP
    foot = top - _ROW_GAP + 6
    _grid(sketch, scale, (left, right), foot, list(zip(rows, tops, strict=True)))
    for row, row_top in zip(rows, tops, strict=True):
        middle = row_top + row.height / 2
        sketch.text(row.name, 0, middle - row.name.height / 2)
        sketch.dot(row.x, middle, _RADIUS, *fill_and_outline(sketch.colours, exact=row.exact))
        sketch.text(row.words, row.words_x, middle - row.words.height / 2, row.anchor)
    return _axis_words(sketch, scale, ticks, (left, right, foot), data.languages) + _EDGE


def _rows(
    data: ChartData, names: list[TextBox], scale: Axis, ends: tuple[float, float], lettering: Lettering
) -> list[_Row]:
    left, right = ends
    away = _RADIUS + GAP - 1
    # In half the width, words always fit on one side of their dot.
    half = (right - left) / 2 - away
    rows = []
    for datum, name in zip(data.data, names, strict=True):
        x = left + scale.place(datum.value) * (right - left)
        words = lettering.value(datum.label, data.languages)
        if x + away + words.width > data.width and x - away - words.width < left:
            words = lettering.value(datum.label, data.languages, half)
        if x + away + words.width <= data.width:
            rows.append(_Row(name, words, x, x + away, Anchor.LEFT, datum.exact))
        else:
            rows.append(_Row(name, words, x, x - away, Anchor.RIGHT, datum.exact))
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
    if data.scale is Scale.LOGARITHMIC:
        return tell_list(data, language, Localized("点图（对数坐标）", "Dot plot on a logarithmic scale"))
    return tell_list(data, language, Localized("点图", "Dot plot"))


def numbers(spec: FigureSpec) -> Numbers:
    """A logarithmic axis reaches over several units, so its values bring their own."""
    return Numbers.WORDS if spec.scale is Scale.LOGARITHMIC else Numbers.COMMON


CHART = Chart(check, lay_out, tell, numbers)
