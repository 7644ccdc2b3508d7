"""Columns from the largest on, and the share that the first of them have together.

One scale serves both: 100% of the line is as long as the whole. Lying, with values and
shares in columns of their own, where names are long.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ipreport.document import Inline, Span
from ipreport.figures.charts.base import Chart, fill_and_outline
from ipreport.figures.data import ChartData, Datum
from ipreport.figures.labels import Point, highest, lowest
from ipreport.figures.lettering import NO_MARK, TextBox, ValueWords
from ipreport.figures.plot import GAP, Plot, lying, names_fit, row_names, ticks_width, upright
from ipreport.figures.point_values import ABOVE, RADIUS
from ipreport.figures.refusals import amounts, overlapping
from ipreport.figures.refusals_of_wholes import no_share, rates, unequal
from ipreport.figures.refuse import refuse
from ipreport.figures.selected import Category, Selected
from ipreport.figures.sketch import Anchor, Sketch
from ipreport.figures.telling import MOST, joined, named_value, opening, say, told_words
from ipreport.figures.theme import WHITE, on
from ipreport.figures.ticks import percent_axis
from ipreport.figures.wholes import rounding_of
from ipreport.language import Language, Localized
from ipreport.metrics import Derivation, Metric, is_additive, share_key, sum_key
from ipreport.problems import Problem
from ipreport.wording import show_share

TALL = 150.0
"""Height of the whole in points."""
_SHARE = 0.84
_WIDEST = 64.0
_THICK = 13.0
_LINE = 1.75
_HALO = 2.4
_AIR = 2.0
_TICK = 3.0

_VALUE_SHARE = 0.2
"""How much of the width values and shares may take beside lying bars before they wrap."""

LINE_OF_SHARES = Localized("折线为累计占比", "line: cumulative share")
CUMULATIVE = Localized("累计占比", "cumulative")
TOTAL = Localized("合计", "Total: ")


# --- refusals ------------------------------------------------------------------------


def check(selected: Selected) -> Iterator[Problem]:
    """Refuses values that are no parts of one whole: rates, of other times, counted twice, or of nothing known."""
    yield from amounts(selected)
    spec, parts = selected.spec, _parts_of(selected)
    if not parts:
        return
    if len(selected.series) > 1:
        listed = ", ".join(f"'{series.key}'" for series in selected.series)
        yield refuse(spec, f"regions have one column each, and these would be several: {listed}", "name one metric")
        return
    problems = (
        *rates(selected),
        *_incomplete(selected),
        *_of_other_times(selected, parts),
        *overlapping(selected, parts),
    )
    problems = problems or tuple(_counted_in_several(selected, parts))
    yield from problems
    if not problems:
        yield from _of_one_whole(selected, parts)


def _parts_of(selected: Selected) -> list[Metric]:
    return [metric for metric in selected.metrics if Derivation.REMAINDER not in metric.key]


def _incomplete(selected: Selected) -> Iterator[Problem]:
    points = selected.series[0].points
    for category, point in zip(selected.categories, points, strict=True):
        if point is None or point.value is None:
            reason = f"no value of '{selected.series[0].key}' is recorded for {category.name.en}"
            yield refuse(selected.spec, reason, "record it, or list the values that there are and name the rest")


def _of_other_times(selected: Selected, parts: Sequence[Metric]) -> Iterator[Problem]:
    first = parts[0]
    for part in parts[1:]:
        if (part.period.start, part.period.end) != (first.period.start, first.period.end):
            reason = f"'{part.key}' and '{first.key}' are not of the same time, and no parts of one whole"
            yield refuse(selected.spec, reason, "use values of one time, or kind: column")


def _counted_in_several(selected: Selected, parts: Sequence[Metric]) -> Iterator[Problem]:
    """What one region counts another may count as well, such as firms that pledge in both."""
    definitions = {part.definition.id: part.definition for part in parts}
    if len(definitions) == 1 and not is_additive(parts[0].definition):
        reason = f"values of '{parts[0].definition.id}' in several regions do not add up"
        yield refuse(selected.spec, reason, "use kind: ranking or column, which add nothing up")


def _of_one_whole(selected: Selected, parts: Sequence[Metric]) -> Iterator[Problem]:
    spec, whole = selected.spec, selected.wholes[0]
    if whole is None or whole.value is None:
        listed = ", ".join(f"'{part.key}'" for part in parts)
        hint = "record it (with 'sum_of:', or for the region around them), or use kind: column, which adds nothing up"
        yield refuse(spec, f"nothing is recorded of which {listed} are the parts", hint)
        return
    short = whole.value - sum((part.value or Decimal(0) for part in parts), Decimal(0))
    if short > rounding_of(whole, parts) and spec.remainder is None:
        reason = f"the values leave {short} of '{whole.key}' ({whole.value})"
        yield refuse(spec, reason, "name what is left with 'remainder:', such as {zh: 其他, en: Others}")
    elif short < 0:
        yield from unequal(spec, whole, parts)
    yield from no_share(spec, whole, "column")


# --- values and shares ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Step:
    """A value and the share of all values up to it.

    `portion` is the value and `percent` all up to it in per cent of the whole; `share` has
    the words of the latter, None where it is the rest.
    """

    datum: Datum
    category: Category
    portion: Decimal
    percent: Decimal
    share: ValueWords | None
    exact: bool

    @property
    def is_rest(self) -> bool:
        """Whether it is what the named values leave of the whole."""
        return Derivation.REMAINDER in self.datum.key


def steps(data: ChartData) -> list[Step]:
    """The values, the largest first and the rest last, with their cumulative shares."""
    whole = data.wholes[0]
    if whole is None:
        raise ValueError("the whole is not known")
    pairs = [(d, c) for d, c in zip(data.series[0].points, data.categories, strict=True) if d is not None]
    pairs.sort(key=lambda pair: (Derivation.REMAINDER in pair[0].key, -pair[0].value))
    made: list[Step] = []
    sum_so_far, keys = Decimal(0), []
    for datum, category in pairs:
        sum_so_far += datum.value
        keys.append(datum.key)
        exact = whole.exact and datum.exact and all(step.exact for step in made)
        words = show_share(sum_so_far, whole.value, exact=exact, rounding=data.rounding, unit=whole.unit)
        key = share_key(keys[0] if len(keys) == 1 else sum_key(keys), whole.key)
        share = None if Derivation.REMAINDER in datum.key else ValueWords(words, key, NO_MARK)
        portion, percent = (value / whole.value * 100 for value in (datum.value, sum_so_far))
        # Rounded parts may together be a little more than their whole.
        made.append(Step(datum, category, portion, min(percent, Decimal(100)), share, exact))
    return made


def lay_out(data: ChartData, sketch: Sketch) -> float:
    """Upright columns under the line, or rows where names or values are too wide."""
    made = steps(data)
    values = [sketch.lettering.value(step.datum.label, data.languages) for step in made]
    room = ticks_width(sketch, percent_axis(data.languages), data.languages)
    slot = (data.width - room) / len(made)
    fits = max(box.width for box in values) + 2 * _AIR <= slot
    if fits and names_fit(sketch, data.categories, data.languages, slot):
        return _upright(data, sketch, made, values, data.width - room)
    return _lying(data, sketch, made)


def _look(sketch: Sketch, made: Sequence[Step], step: Step) -> tuple[str, str | None]:
    """Fill and outline of a column: the rest in a quiet fill, others as context beside one that stands out."""
    if step.is_rest:
        return sketch.colours.quiet, sketch.colours.muted
    context = any(each.category.highlighted for each in made) and not step.category.highlighted
    colour = sketch.colours.context if context else sketch.colours.accent
    return fill_and_outline(sketch.colours, exact=step.datum.exact, colour=colour)


def _line(sketch: Sketch, made: Sequence[Step], course: Sequence[Point]) -> None:
    """The line of shares, set off from what it crosses; hollow points where a share is not exact."""
    colour = sketch.colours.series[1]
    sketch.line(course, WHITE, _LINE + _HALO)
    sketch.line(course, colour, _LINE)
    for step, place in zip(made, course, strict=True):
        sketch.dot(*place, RADIUS + _HALO / 2, WHITE, None)
        sketch.dot(*place, RADIUS, *((colour, None) if step.exact else (WHITE, colour)))


def _share_words(sketch: Sketch, data: ChartData, made: Sequence[Step], width: float = float("inf")) -> list[TextBox]:
    """The words of the line; none of the rest, with which it reaches the whole."""
    return [
        TextBox(()) if step.share is None else sketch.lettering.value(step.share, data.languages, width, strong=False)
        for step in made
    ]


# --- upright -----------------------------------------------------------------------


def _upright(data: ChartData, sketch: Sketch, made: Sequence[Step], values: Sequence[TextBox], right: float) -> float:
    shares = _share_words(sketch, data, made)
    top = max(box.height for box in shares) + RADIUS + ABOVE + 2
    field = (0.0, right, top, top + TALL)
    categories = [step.category for step in made]
    plot = upright(sketch, percent_axis(data.languages), categories, data.languages, field, on_right=True)
    column = min((plot.slots[0][1] - plot.slots[0][0]) * _SHARE, _WIDEST)
    for index, step in enumerate(made):
        lane = (plot.middle(index) - column / 2, plot.middle(index) + column / 2)
        plot.bar(sketch, lane, (Decimal(0), step.portion), _look(sketch, made, step))
    course = [plot.point(index, step.percent) for index, step in enumerate(made)]
    _line(sketch, made, course)
    taken = _values(sketch, made, values, plot, course)
    _shares(sketch, shares, course, taken)
    return plot.foot + 2


_Rectangle = tuple[float, float, float, float]
"""Left, right, top and bottom."""


def _values(
    sketch: Sketch, made: Sequence[Step], values: Sequence[TextBox], plot: Plot, course: Sequence[Point]
) -> list[_Rectangle]:
    """The values on their columns, inside them where the line is too near, else over the line; where they stand."""
    taken = []
    for index, (step, box) in enumerate(zip(made, values, strict=True)):
        x, head = plot.middle(index), plot.at(step.portion)
        left, right = x - box.width / 2 - 1, x + box.width / 2 + 1
        on_column, inside = head - _AIR - box.height, head + RADIUS + _AIR + 1
        fill, _ = _look(sketch, made, step)
        if lowest(course, left, right) + RADIUS + _AIR <= on_column:
            top = on_column
            sketch.text_over_grid(box, x, top, Anchor.CENTRE)
        elif inside + box.height + _AIR <= plot.start:
            top = inside
            sketch.text(box.coloured(on(fill, sketch.colours)), x, top, Anchor.CENTRE)
        else:
            top = _over(course, course[index], (left, right)) - box.height
            sketch.text_over_grid(box, x, top, Anchor.CENTRE)
        taken.append((left, right, top, top + box.height))
    return taken


def _over(course: Sequence[Point], point: Point, across: tuple[float, float]) -> float:
    """The lower end of words over the line at one of its points."""
    return min(highest(course, *across), point[1] - RADIUS) - ABOVE


def _shares(sketch: Sketch, boxes: Sequence[TextBox], course: Sequence[Point], taken: list[_Rectangle]) -> None:
    """The words of the line over its points, to the left of them where it rises; those that have room."""
    for index, (box, (x, y)) in enumerate(zip(boxes, course, strict=True)):
        if not box.lines:
            continue
        middle = x if index == 0 else x + 2 * RADIUS - box.width / 2
        left, right = middle - box.width / 2 - 1, middle + box.width / 2 + 1
        foot = _over(course, (x, y), (left, right))
        place = (left, right, foot - box.height, foot)
        if left >= 0 and not any(_meet(place, other) for other in taken):
            taken.append(place)
            sketch.text_over_grid(box, middle, place[2], Anchor.CENTRE)


def _meet(one: _Rectangle, other: _Rectangle) -> bool:
    across = one[0] < other[1] + _AIR and other[0] < one[1] + _AIR
    return across and one[2] < other[3] + 1 and other[2] < one[3] + 1


# --- lying -------------------------------------------------------------------------


def _lying(data: ChartData, sketch: Sketch, made: Sequence[Step]) -> float:
    """Rows with the values before and the shares behind the field, in columns of their own."""
    lettering, languages = sketch.lettering, data.languages
    names, column = row_names(sketch, [step.category for step in made], languages, data.width)
    limit = data.width * _VALUE_SHARE
    values = [lettering.value(step.datum.label, languages, limit) for step in made]
    shares = _share_words(sketch, data, made, limit)
    head = lettering.remark(CUMULATIVE, languages, limit)
    left = column + 2 * GAP + max(box.width for box in values)
    right = data.width - max(box.width for box in (head, *shares)) - 2 * GAP
    sketch.text(head, data.width, 0.0, Anchor.RIGHT)
    heights = [max(_THICK, value.height, share.height) for value, share in zip(values, shares, strict=True)]
    field = (left + GAP, right, head.height + 2 * GAP)
    plot = lying(sketch, percent_axis(languages), names, heights, field, languages)
    for index, (step, value, share) in enumerate(zip(made, values, shares, strict=True)):
        middle = plot.middle(index)
        lane = (middle - _THICK / 2, middle + _THICK / 2)
        sketch.text(value, left, middle - value.height / 2, Anchor.RIGHT)
        plot.bar(sketch, lane, (Decimal(0), step.portion), _look(sketch, made, step))
        sketch.text(share, data.width, middle - share.height / 2, Anchor.RIGHT)
    _line(sketch, made, [plot.point(index, step.percent) for index, step in enumerate(made)])
    return plot.foot + 2


# --- words -------------------------------------------------------------------------


def remark(_: ChartData) -> Localized:
    """What the line is."""
    return LINE_OF_SHARES


def tell(data: ChartData, language: Language) -> tuple[Inline, ...]:
    """The whole and the largest values, each with the share of all up to it."""
    made, whole = steps(data), data.wholes[0]
    told: list[Inline] = [opening(Localized("帕累托图", "Pareto chart"), data, language)]
    if whole is not None:
        total = Span(told_words(data, whole)[language], language, (), whole.key)
        told += [say(TOTAL, language), total, say(Localized("。", ". "), language)]
    told += joined([_told(data, step, language) for step in made[:MOST]], language)
    left = len(made) - MOST
    if left > 0:
        told.append(say(Localized(f"另有{left}项。", f" {left} more values."), language))
    return tuple(told)


def _told(data: ChartData, step: Step, language: Language) -> tuple[Inline, ...]:
    value = named_value(data, step.datum, language)
    if step.share is None:
        return value
    opened = say(Localized("（累计占比", " (cumulative share "), language)
    share = Span(step.share.words[language], language, (), step.share.key)
    return *value, opened, share, say(Localized("）", ")"), language)


CHART = Chart(check, lay_out, tell, remark=remark)
