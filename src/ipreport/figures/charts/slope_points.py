"""Two values of one metric at two dates, joined by a line."""

from __future__ import annotations

from collections.abc import Iterator

from ipreport.document import Inline, Span
from ipreport.figures.charts.base import fill_and_outline
from ipreport.figures.data import ChartData, Datum
from ipreport.figures.lettering import NO_MARK, Lettering, TextBox, ValueWords
from ipreport.figures.refusals import amounts
from ipreport.figures.refuse import refuse
from ipreport.figures.selected import Selected
from ipreport.figures.sketch import Anchor, Sketch
from ipreport.figures.telling import opening, say, value
from ipreport.language import Language, Localized
from ipreport.metrics import Metric, Period, UnitKind, change_key, same_caliber
from ipreport.outline import FigureSpec
from ipreport.problems import Problem
from ipreport.wording import show_difference, show_period

_TALL = 70.0
"""Height of the greater value above the baseline, in points."""
_LONGEST = 210.0
"""The distance of the two dates, where the width allows it."""
_GAP = 9.0
_EDGE = 2.0
_RADIUS = 3.8
_UNKNOWN_PACE = (3.0, 2.5)


def check(selected: Selected) -> Iterator[Problem]:
    """Refuses points that are no two states of one thing, or have no order in time."""
    spec, metrics = selected.spec, selected.metrics
    yield from amounts(selected)
    if len(metrics) != 2:
        return
    yield from two_dates(spec, *metrics)


def two_dates(spec: FigureSpec, first: Metric, second: Metric) -> Iterator[Problem]:
    """Refuses two values that are not of one thing, or have no order in time."""
    if (first.definition.id, first.region) != (second.definition.id, second.region):
        reason = f"'{first.key}' and '{second.key}' are not the same metric of the same region at two dates"
        yield refuse(spec, reason, "use kind: bar to compare different things")
    ends = first.period.end, second.period.end
    if ends == (None, None):
        reason = f"neither '{first.key}' nor '{second.key}' is dated, so nothing says which came first"
        yield refuse(spec, reason, "give the period of at least one, or use kind: bar")
    elif ends[0] == ends[1]:
        reason = f"'{first.key}' and '{second.key}' have the same date ({ends[0]}), but a slope is a change over time"
        yield refuse(spec, reason, "check the periods, or use kind: bar")
    elif ends[0] is not None and ends[1] is not None and ends[0] > ends[1]:
        reason = f"'{first.key}' ({ends[0]}) is later than '{second.key}' ({ends[1]}), and time runs from left to right"
        yield refuse(spec, reason, "name the earlier point first")
    elif _months(first.period) != _months(second.period):
        listed = ", ".join(f"'{each.key}' ({show_period(each.period).en})" for each in (first, second))
        reason = f"{listed} are times of different lengths, and a slope would show that as growth"
        yield refuse(spec, reason, "compare the same months of two years, or single quarters")
    elif not same_caliber(second, first):
        reason = f"the definition of '{second.key}' changed since '{first.key}'"
        yield refuse(spec, reason, "show values of one definition, and say in the note that it changed", rule="R19")


def _months(period: Period) -> int | None:
    """How long a window is; None for a date."""
    if period.start is None or period.end is None:
        return None
    return (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1


def change(data: ChartData) -> ValueWords | None:
    """The signed difference of two exact amounts, such as +7; None where it has no exact words."""
    first, second = data.data
    counted = first.unit.kind is UnitKind.COUNT and first.exact and second.exact
    difference = second.value - first.value
    if not counted or difference == 0:
        return None
    key = change_key(second.key, first.key)
    return ValueWords(data.unit.signed(difference), key, NO_MARK, data.unit.unit.key)


def _date(datum: Datum, data: ChartData, lettering: Lettering, width: float) -> TextBox:
    box = lettering.label(datum.date, data.languages, width)
    return box.below(lettering.label(datum.name, data.languages, width)) if datum.named else box


def lay_out(data: ChartData, sketch: Sketch) -> float:
    """Both points over a common baseline at zero, values outside, dates below."""
    first, second = data.data
    lettering = sketch.lettering
    values = [lettering.value(d.label, data.languages, data.width * 0.3) for d in data.data]
    side = max(box.width for box in values) + _GAP + _RADIUS
    span = min(data.width - 2 * side, _LONGEST)
    left = (data.width - span) / 2
    dates = [_date(d, data, lettering, 2 * min(left, (span - _GAP) / 2)) for d in data.data]
    greatest = max(float(first.value), float(second.value)) or 1.0
    places = [(x, -float(d.value) / greatest * _TALL) for x, d in zip((left, left + span), data.data, strict=True)]
    label = _label(data, lettering)
    highest = max(values[0].height, values[1].height) / 2 + _EDGE
    base = max(highest + _TALL, _EDGE - _top(label, places) if label is not None else 0.0)
    points = [(x, base + y) for x, y in places]
    _frame(sketch, points, base)
    _connect(sketch, data, points)
    if label is not None:
        sketch.text(label, left + span / 2, _top(label, points), Anchor.CENTRE)
    ends = (Anchor.RIGHT, Anchor.LEFT)
    for (x, y), box, anchor, way in zip(points, values, ends, (-1, 1), strict=True):
        sketch.text(box, x + way * (_RADIUS + _GAP - 3), min(y, base - box.height / 2) - box.height / 2, anchor)
    for (x, _), box in zip(points, dates, strict=True):
        sketch.text(box, x, base + 6, Anchor.CENTRE)
    return base + 6 + max(box.height for box in dates) + _EDGE


def _frame(sketch: Sketch, points: list[tuple[float, float]], base: float) -> None:
    """The baseline at zero and an upright at each date."""
    for x, y in points:
        sketch.line(((x, y), (x, base)), sketch.colours.rule, 0.75)
    (left, _), (right, _) = points
    sketch.line(((left - 24, base), (right + 24, base)), sketch.colours.muted, 0.75)


def _connect(sketch: Sketch, data: ChartData, points: list[tuple[float, float]]) -> None:
    """The line, dashed when a missing date leaves its pace unknown."""
    colours = sketch.colours
    dated = all(datum.period.known for datum in data.data)
    sketch.line(points, colours.accent, 1.75, () if dated else _UNKNOWN_PACE)
    for (x, y), datum in zip(points, data.data, strict=True):
        sketch.dot(x, y, _RADIUS, *fill_and_outline(colours, exact=datum.exact))


def _label(data: ChartData, lettering: Lettering) -> TextBox | None:
    """The change, which stands above the middle of the line; None where it has no exact words."""
    words = change(data)
    return None if words is None else lettering.value(words, data.languages).coloured(lettering.accent)


def _top(label: TextBox, points: list[tuple[float, float]]) -> float:
    """Where the change begins, so that the line passes below all of it."""
    (x1, y1), (x2, y2) = points
    rise = abs(y2 - y1) / (x2 - x1) * label.width / 2
    return (y1 + y2) / 2 - rise - 5 - label.height


def tell(data: ChartData, language: Language) -> tuple[Inline, ...]:
    """From where to where, with dates and change."""
    first, second = data.data
    words = change(data)
    told: list[Inline] = [
        opening(Localized("两期对比折线图", "Slope chart"), data, language),
        say(Localized("由", "From "), language),
        *value(first, language),
        say(_in_brackets(first), language),
        say(Localized("变为", " to "), language),
        *value(second, language),
        say(_in_brackets(second), language),
    ]
    if words is not None:
        moved = show_difference(second.value - first.value, first.unit)
        told += (say(Localized("，", ", "), language), Span(moved[language], language, (), words.key))
    told.append(say(Localized("。", "."), language))
    return tuple(told)


def _in_brackets(datum: Datum) -> Localized:
    return Localized(f"（{datum.date.zh}）", f" ({datum.date.en})")
