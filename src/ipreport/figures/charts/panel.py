"""One of several small charts: columns of what flows within a period, a line of all else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ipreport.figures.data import ChartData, DataSeries, Datum
from ipreport.figures.lettering import Letters, TextBox
from ipreport.figures.plot import GAP, tick_boxes
from ipreport.figures.sketch import Anchor, Sketch
from ipreport.figures.theme import WHITE
from ipreport.figures.ticks import Axis
from ipreport.language import ZH, Language, Localized
from ipreport.metrics import Metric, Period, UnitKind
from ipreport.wording import axis_date

GAPS = Localized("空缺处暂无数据", "gaps: not available")
_COLUMN = 0.7
"""How much of its slot a column fills."""
_RADIUS = 2.3
_LINE = 1.5
_TICK_ROOM = 12.0
"""The least distance of two ticks with words, in points."""
_ZERO = 0.75
"""The height of a column of zero, which an empty place must not look like."""

Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Panel:
    """A series with its axis and the field it is drawn in: left and right, top and bottom."""

    series: DataSeries
    axis: Axis
    across: tuple[float, float]
    down: tuple[float, float]
    colour: str

    @property
    def slot(self) -> float:
        """The width that a period has."""
        return (self.across[1] - self.across[0]) / len(self.series.points)

    def at(self, value: Decimal) -> float:
        """The height of a value."""
        return self.down[1] - (self.down[1] - self.down[0]) * self.axis.place(value)

    def middle(self, index: int) -> float:
        """The middle of a period."""
        return self.across[0] + self.slot * (index + 0.5)


def as_columns(series: DataSeries) -> bool:
    """Whether a series counts what happened within each period; rates and what is there at its end are lines."""
    return all(is_flow(datum) for datum in series.known)


def is_flow(value: Datum | Metric) -> bool:
    """Whether a value is an amount within a period."""
    return value.unit.kind in {UnitKind.COUNT, UnitKind.MONEY} and value.period.start is not None


def draw(sketch: Sketch, panel: Panel, languages: tuple[Language, ...], *, ticks: bool) -> None:
    """Grid lines with or without the words of their ticks, and the series."""
    _grid(sketch, panel, languages, ticks=ticks)
    for index, datum in enumerate(panel.series.points):
        if datum is not None and datum.broken:
            x = panel.across[0] + panel.slot * index
            sketch.line(((x, panel.down[0]), (x, panel.down[1])), sketch.colours.muted, 0.75, (2.0, 2.0))
    if as_columns(panel.series):
        _columns(sketch, panel)
    else:
        _line(sketch, panel)


def _grid(sketch: Sketch, panel: Panel, languages: tuple[Language, ...], *, ticks: bool) -> None:
    """As many ticks as their words have room for, from the lowest up."""
    (left, right), axis = panel.across, panel.axis
    step = abs(panel.at(axis.ticks[1]) - panel.at(axis.ticks[0]))
    every = max(1, -int(-_TICK_ROOM // step))
    boxes = tick_boxes(sketch, axis, languages)
    for tick, box in list(zip(axis.ticks, boxes, strict=True))[::every]:
        y = panel.at(tick)
        sketch.line(((left, y), (right, y)), sketch.colours.rule, 0.5)
        if ticks:
            sketch.text(box, left - GAP, y - box.height / 2, Anchor.RIGHT)
    base = panel.at(_base(axis))
    sketch.line(((left, base), (right, base)), sketch.colours.muted, 0.75)


def _base(axis: Axis) -> Decimal:
    """Zero, or the end of the axis that is nearest to it."""
    return min(max(axis.low, Decimal(0)), axis.high)


def _columns(sketch: Sketch, panel: Panel) -> None:
    base, half = panel.at(_base(panel.axis)), panel.slot * _COLUMN / 2
    for index, datum in enumerate(panel.series.points):
        if datum is None:
            continue
        middle, (top, bottom) = panel.middle(index), sorted((panel.at(datum.value), base))
        fill, outline = (panel.colour, None) if datum.exact else (WHITE, panel.colour)
        sketch.bar((middle - half, middle + half), (min(top, bottom - _ZERO), bottom), fill, outline)


def _line(sketch: Sketch, panel: Panel) -> None:
    """The stretches without a gap and of one definition; a dot at the last value, at lone and at inexact ones."""
    stretches = list(_stretches(panel))
    for stretch in stretches:
        if len(stretch) > 1:
            sketch.line([place for place, _ in stretch], panel.colour, _LINE)
    last = panel.series.known[-1]
    for stretch in stretches:
        for place, datum in stretch:
            if datum is last or len(stretch) == 1 or not datum.exact:
                fill, outline = (panel.colour, None) if datum.exact else (WHITE, panel.colour)
                sketch.dot(*place, _RADIUS, fill, outline)


def _stretches(panel: Panel) -> Iterator[list[tuple[Place, Datum]]]:
    stretch: list[tuple[Place, Datum]] = []
    for index, datum in enumerate(panel.series.points):
        if stretch and (datum is None or datum.broken):
            yield stretch
            stretch = []
        if datum is not None:
            stretch.append(((panel.middle(index), panel.at(datum.value)), datum))
    if stretch:
        yield stretch


def dates_below(sketch: Sketch, data: ChartData, panel: Panel) -> float:
    """The first and the last period at the ends of a panel; returns the lower end."""
    limit = (panel.across[1] - panel.across[0]) / 2 - 3
    top, foot = panel.down[1] + GAP + 1, panel.down[1]
    for index, x, anchor in ((0, panel.across[0], Anchor.LEFT), (-1, panel.across[1], Anchor.RIGHT)):
        period = data.categories[index].period
        if period is not None:
            box = _date(sketch, period, data.languages, limit)
            sketch.text(box, x, top, anchor)
            foot = max(foot, top + box.height)
    return foot


def _date(sketch: Sketch, period: Period, languages: Sequence[Language], limit: float) -> TextBox:
    """What tells a period from others within its year in each language, and the year once."""
    words, small = axis_date(period), sketch.lettering.small()
    within = [] if not words.within.zh else [(words.within[language], language) for language in languages]
    language = languages[0] if len(languages) == 1 else next(each for each in languages if each is not ZH)
    years = [(words.year[language], language)] if words.year[language] else []
    return sketch.lettering.stack(
        sketch.lettering.box(Letters(text, *small, each), limit) for text, each in (*within, *years)
    )
