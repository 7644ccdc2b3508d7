"""Several values against an earlier time: a line each between two upright axes, or places with the first on top."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import fsum

from ipreport.document import Inline, Span
from ipreport.figures.charts.line import NOT_FROM_ZERO, start_of
from ipreport.figures.charts.ranking import LOWER_IS_BETTER
from ipreport.figures.charts.slope_points import two_dates
from ipreport.figures.data import ChartData, Datum
from ipreport.figures.labels import spread
from ipreport.figures.lettering import TextBox
from ipreport.figures.refusals import few_cases, logarithmic, missing_values, mixed_money, mixed_units
from ipreport.figures.refuse import refuse
from ipreport.figures.selected import Selected
from ipreport.figures.sketch import Anchor, Sketch
from ipreport.figures.telling import MOST, joined, marked, opening, say, told_words
from ipreport.figures.theme import WHITE, Look, Marker, look
from ipreport.language import Language, Localized
from ipreport.metrics import Direction, Reason, UnitKind, standing_of
from ipreport.outline import MOST_SERIES, By, FigureSpec
from ipreport.problems import Problem
from ipreport.wording import MISSING

_TALL = 112.0
"""Height of the axes in points, unless the labels need more."""
_SIDE = 0.34
"""How much of the width the labels of one side may take."""
_DATE = 0.2
"""As much of the width is left beside an axis for its date."""
_LONGEST = 240.0
"""The distance of the axes, where the width allows it."""
_RADIUS = 2.8
_GAP = 7.0
_BETWEEN = 5.0
_EDGE = 2.0

_WORDS = Localized("两期对比折线图", "Slope chart")


# --- what is refused -------------------------------------------------------------


def check(selected: Selected) -> Iterator[Problem]:
    """Refuses several units or kinds of money, rates of few cases, and places that are not decided."""
    spec = selected.spec
    if not spec.roles.get("values"):
        return
    yield from _incomplete(spec)
    if spec.against is None or not any(series.points for series in selected.series):
        return
    yield from logarithmic(spec)
    yield from mixed_units(selected)
    yield from mixed_money(selected)
    yield from few_cases(selected)
    if not spec.is_by_region:
        yield from missing_values(selected)
    elif not _complete(selected):
        hint = "record them for both times, or use kind: ranking, which shows one of them"
        yield refuse(spec, "no region has a value at both times", hint)
    elif spec.rank:
        yield from _undecided(selected)


def check_points(selected: Selected) -> Iterator[Problem]:
    """The same of two ranks named as points."""
    yield from mixed_units(selected)
    yield from missing_values(selected)
    if len(selected.metrics) == 2:
        yield from two_dates(selected.spec, *selected.metrics)


def _incomplete(spec: FigureSpec) -> Iterator[Problem]:
    if spec.against is None:
        hint = "write 'against: year', 'quarter' or 'year_end', or name two values as 'points:'"
        yield refuse(spec, "it does not say against which time the values stand", hint)
    if spec.by is By.REGION and len(spec.roles["values"]) > 1:
        yield refuse(spec, "by region it shows one metric", "make one figure per metric")
    if spec.by is None and spec.rank:
        yield refuse(spec, "'rank: true' shows the places of regions", "write 'by: region' beside it")
    if spec.by is None and spec.highlight is not None:
        yield refuse(spec, "'highlight:' lets a region stand out", "write 'by: region' beside it")


def _complete(selected: Selected) -> bool:
    before, now = (series.points for series in selected.series)
    return any(
        metric is not None and metric.value is not None and other is not None and other.value is not None
        for metric, other in zip(now, before, strict=True)
    )


_UNDECIDED = {
    Reason.NO_BASE: "a region without a value of that time leaves open",
    Reason.NO_VALUE: "a region without a value of that time leaves open",
    Reason.CALIBER_BREAK: "values of different definitions leave open",
    Reason.UNSURE: "values that are not stated exactly leave open",
}


def _undecided(selected: Selected) -> Iterator[Problem]:
    """One refusal for each time at which places are not decided."""
    spec, hint = selected.spec, "leave out 'rank: true', which shows the values themselves"
    if any(metric.unit.kind in {UnitKind.RANK, UnitKind.POINTS} for metric in selected.metrics):
        reason = f"'{selected.metrics[0].definition.id}' is not what regions are ranked by"
        yield refuse(spec, reason, "rank the value behind it")
        return
    for series in selected.series:
        points = [point for point in series.points if point is not None]
        reasons = [standing_of(selected.record, point).derived.reason for point in points]
        found = next((reason for reason in reasons if reason is not None), None)
        if found is not None:
            why = _UNDECIDED.get(found, "the values leave open")
            yield refuse(spec, f"{why} who has which place ({series.name.en})", hint)


# --- lines -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Line:
    """A value at both times; two points of one metric need no name. `strong` ones have bold labels."""

    name: Localized | None
    ends: tuple[Datum, Datum]
    look: Look
    width: float
    strong: bool
    highlighted: bool = False


def _lines(data: ChartData, colours: Sequence[Look], accent: Look, context: Look) -> list[_Line]:
    """The values that there are at both times, in the order of the figure."""
    pairs = _pairs(data)
    marked_out = any(highlighted for _, _, highlighted in pairs)
    found = []
    for index, (name, ends, highlighted) in enumerate(pairs):
        if marked_out:
            style, width = (accent, 2.25) if highlighted else (context, 1.25)
        else:
            style, width = (colours[index] if 1 < len(pairs) <= len(colours) else accent), 1.75
        found.append(_Line(name, ends, style, width, highlighted or not marked_out, highlighted))
    return found


_Pair = tuple[Localized | None, tuple[Datum, Datum], bool]


def _pairs(data: ChartData) -> list[_Pair]:
    points = data.role("points")
    if points:
        return [(None, (points[0], points[1]), False)]
    before, now = (series.points for series in data.series)
    return [
        (category.name, (first, second), category.highlighted)
        for category, first, second in zip(data.categories, before, now, strict=True)
        if first is not None and second is not None
    ]


def _of_ranks(data: ChartData) -> bool:
    return data.unit.unit.kind is UnitKind.RANK


def _amount(data: ChartData, datum: Datum) -> Decimal:
    """What places a value on the axis: itself, or its rank."""
    return Decimal(datum.place.number) if data.rank and datum.place is not None else datum.value


@dataclass(frozen=True, slots=True)
class _Axis:
    """Both axes: from `low` to `high`, turned over where the least is the best, as of places."""

    low: Decimal
    high: Decimal
    turned: bool

    def depth(self, amount: Decimal) -> float:
        """How far below the top an amount lies, from 0 to 1."""
        up = float((amount - self.low) / (self.high - self.low))
        return up if self.turned else 1 - up


def axis_of(data: ChartData) -> _Axis:
    """The axis of all values; of places it runs from the first at the top to the last."""
    shown = [_amount(data, datum) for _, ends, _ in _pairs(data) for datum in ends]
    turned = data.rank or _of_ranks(data)
    low = Decimal(1) if turned else min(start_of(data), *shown)
    high = max(shown)
    return _Axis(low, high if high > low else low + 1, turned)


def remark(data: ChartData) -> Localized | None:
    """That the axis does not begin at zero, that lower is better, and which regions are not shown."""
    axis, said = axis_of(data), []
    if not axis.turned and axis.low > 0:
        said.append(NOT_FROM_ZERO)
    if data.rank and data.series[0].direction is Direction.DOWN:
        said.append(LOWER_IS_BETTER)
    missing = _missing(data)
    if missing:
        zh, en = "、".join(name.zh for name in missing), ", ".join(name.en for name in missing)
        said.append(Localized(f"未列{zh}（{MISSING.zh}）", f"not shown for lack of a value: {en}"))
    return Localized("，".join(each.zh for each in said), ", ".join(each.en for each in said)) if said else None


def _missing(data: ChartData) -> list[Localized]:
    if data.role("points"):
        return []
    before, now = (series.points for series in data.series)
    ends = zip(data.categories, before, now, strict=True)
    return [category.name for category, first, second in ends if first is None or second is None]


# --- layout ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the axes: where it stands, which way its labels lie, and the labels."""

    x: float
    way: int
    labels: tuple[TextBox, ...]


def lay_out(data: ChartData, sketch: Sketch) -> float:
    """Both axes with a line for each value, the one that stands out on top; labels outside, dates below."""
    colours = sketch.colours
    palette = [look(colours, index) for index in range(MOST_SERIES)]
    accent, context = (Look(colour, Marker.CIRCLE, ()) for colour in (colours.accent, colours.context))
    lines = _lines(data, palette, accent, context)
    sides = _sides(data, sketch, lines)
    highest = max(box.height for side in sides for box in side.labels)
    needed = max(fsum(box.height + _BETWEEN for box in side.labels) for side in sides)
    top = sketch.lettering.size(data.languages[0]) / 2 + _EDGE
    foot = top + max(_TALL, needed - highest)
    axis = axis_of(data)
    places = [tuple(top + axis.depth(_amount(data, datum)) * (foot - top) for datum in line.ends) for line in lines]
    _frame(sketch, axis, sides, (top, foot))
    for line, ends in sorted(zip(lines, places, strict=True), key=lambda pair: pair[0].highlighted):
        _draw(sketch, line, (sides[0].x, sides[1].x), (ends[0], ends[1]))
    lowest = [
        _labels(sketch, lines, side, [ends[end] for ends in places], foot + highest) for end, side in enumerate(sides)
    ]
    return _dates(data, sketch, sides, max(foot, *lowest) + 5) + _EDGE


def _sides(data: ChartData, sketch: Sketch, lines: Sequence[_Line]) -> tuple[_Side, _Side]:
    """The axes as far apart as the labels allow, in the middle of the width."""
    limit = data.width * _SIDE - _GAP - _RADIUS
    labels = [tuple(_label(data, sketch, line, end, limit) for line in lines) for end in (0, 1)]
    # The dates below the axes reach out as well; beyond that they are broken.
    dates = (sketch.lettering.label(time, data.languages).width / 2 for time in _times(data))
    left, right = (
        max(max(box.width for box in boxes) + _GAP + _RADIUS, min(date, data.width * _DATE))
        for boxes, date in zip(labels, dates, strict=True)
    )
    span = min(data.width - left - right, _LONGEST)
    start = left + (data.width - left - right - span) / 2
    return _Side(start, -1, labels[0]), _Side(start + span, 1, labels[1])


def _label(data: ChartData, sketch: Sketch, line: _Line, end: int, limit: float) -> TextBox:
    """Name and value, the value nearer to the axis; a place instead of the value where places are shown."""
    lettering, datum = sketch.lettering, line.ends[end]
    words = datum.place.label if data.rank and datum.place is not None else datum.label
    value = lettering.value(words, data.languages, limit, strong=line.strong)
    if line.name is None:
        return value
    name = lettering.label(line.name, data.languages, limit, strong=line.highlighted)
    return lettering.named(name, value, limit, value_first=end == 1)


def _frame(sketch: Sketch, axis: _Axis, sides: tuple[_Side, _Side], ends: tuple[float, float]) -> None:
    """The two axes, and the line at zero where they begin there."""
    top, foot = ends
    for side in sides:
        sketch.line(((side.x, top), (side.x, foot)), sketch.colours.muted, 0.75)
    if not axis.turned and axis.low <= 0:
        zero = top + axis.depth(Decimal(0)) * (foot - top)
        sketch.line(((sides[0].x, zero), (sides[1].x, zero)), sketch.colours.muted, 0.75)


def _draw(sketch: Sketch, line: _Line, across: tuple[float, float], down: tuple[float, float]) -> None:
    places = list(zip(across, down, strict=True))
    sketch.line(places, line.look.colour, line.width, line.look.dash)
    for place, datum in zip(places, line.ends, strict=True):
        fill, outline = (line.look.colour, None) if datum.exact else (WHITE, line.look.colour)
        sketch.marker(line.look.marker, place, _RADIUS, fill, outline)


def _labels(sketch: Sketch, lines: Sequence[_Line], side: _Side, at: Sequence[float], limit: float) -> float:
    """The labels of one axis, moved apart and led to where they belong; returns the lower end of the lowest."""
    # The first line, which holds the value, stands beside its place.
    firsts = [TextBox(box.lines[:1]).height / 2 for box in side.labels]
    wanted = [(y - half + box.height / 2, box.height) for y, half, box in zip(at, firsts, side.labels, strict=True)]
    tops = spread(wanted, (_EDGE, limit), _BETWEEN)
    x = side.x + side.way * (_RADIUS + _GAP)
    anchor = Anchor.RIGHT if side.way < 0 else Anchor.LEFT
    for line, box, half, y, top in zip(lines, side.labels, firsts, at, tops, strict=True):
        sketch.text(box, x, top, anchor)
        middle = top + half
        if abs(middle - y) > 2:
            start = side.x + side.way * (_RADIUS + 1)
            sketch.line(((start, y), (x - side.way * 1.5, middle)), line.look.colour, 0.5)
    return max(top + box.height for box, top in zip(side.labels, tops, strict=True))


def _dates(data: ChartData, sketch: Sketch, sides: tuple[_Side, _Side], top: float) -> float:
    """The time of each axis below it; returns the lower end."""
    span = sides[1].x - sides[0].x
    rooms = 2 * sides[0].x, 2 * (data.width - sides[1].x)
    boxes = [
        sketch.lettering.label(time, data.languages, max(min(room, span - _GAP), _GAP))
        for time, room in zip(_times(data), rooms, strict=True)
    ]
    for side, box in zip(sides, boxes, strict=True):
        sketch.text(box, side.x, top, Anchor.CENTRE)
    return top + max(box.height for box in boxes)


def _times(data: ChartData) -> tuple[Localized, Localized]:
    """What both times are called."""
    points = data.role("points")
    if points:
        return points[0].date, points[1].date
    before, now = data.series
    return before.name, now.name


# --- in words --------------------------------------------------------------------


def tell(data: ChartData, language: Language) -> tuple[Inline, ...]:
    """From where to where each value went; of many the one that stands out, the greatest and the least."""
    first, last = _times(data)
    told: list[Inline] = [
        opening(_WORDS, data, language),
        say(Localized(f"{first.zh}至{last.zh}：", f"From {first.en} to {last.en}: "), language),
    ]
    pairs = _pairs(data)
    if len(pairs) > MOST:
        told.append(say(Localized(f"共{len(pairs)}项；", f"{len(pairs)} values; "), language))
        pairs = _chosen(data, pairs)
    told += joined([_told(data, pair, language) for pair in pairs], language)
    missing = _missing(data)
    if not missing:
        return tuple(told)
    told.append(say(Localized("", " "), language))
    return (*told, *joined([_lacking(name, language) for name in missing], language))


def _lacking(name: Localized, language: Language) -> tuple[Inline, ...]:
    return (say(Localized(f"{name.zh}{MISSING.zh}", f"{name.en}: {MISSING.en}"), language),)


def _chosen(data: ChartData, pairs: Sequence[_Pair]) -> list[_Pair]:
    by_amount = sorted(pairs, key=lambda pair: _amount(data, pair[1][1]))
    return [pair for pair in pairs if pair[2] or pair is by_amount[0] or pair is by_amount[-1]]


def _told(data: ChartData, pair: _Pair, language: Language) -> tuple[Inline, ...]:
    """丁州由25.34升至29.69 / Prefecture D from 25.34 rising to 29.69."""
    name, (first, second), _ = pair
    who = Localized("", "") if name is None else Localized(name.zh, f"{name.en} ")
    amounts, is_place = (_amount(data, first), _amount(data, second)), data.rank or _of_ranks(data)
    if amounts[0] == amounts[1]:
        stays = Localized(f"{who.zh}保持", f"{who.en}{'stays' if is_place else 'stays at'} ")
        return say(stays, language), *_shown(data, second, language)
    way = _way(*amounts, is_place=is_place)
    start = say(Localized(f"{who.zh}由", f"{who.en}from "), language)
    return start, *_shown(data, first, language), say(way, language), *_shown(data, second, language)


def _shown(data: ChartData, datum: Datum, language: Language) -> tuple[Inline, ...]:
    if data.rank and datum.place is not None:
        return (Span(datum.place.text[language], language, (), datum.place.key),)
    return marked(datum, told_words(data, datum), language)


def _way(first: Decimal, last: Decimal, *, is_place: bool) -> Localized:
    """The direction; a lower number is a higher place."""
    return Localized("升至", " rising to ") if (last < first) is is_place else Localized("降至", " falling to ")
