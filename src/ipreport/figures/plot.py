"""The field of a chart: a value axis, a category axis, grid lines along the values only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate, groupby

from ipreport.figures.lettering import Letters, TextBox
from ipreport.figures.selected import Category
from ipreport.figures.sketch import Anchor, Sketch
from ipreport.figures.ticks import Axis
from ipreport.language import ZH, Language, Localized
from ipreport.wording import AxisDate, axis_date

GAP = 4.0
"""Space between an axis and its words."""
NAME_SHARE = 0.36
"""How much of the width the names of rows may take before they wrap."""
_GRID = 0.5
_BASE = 0.75
_AIR = 6.0
"""Space between the names of neighbouring columns."""


@dataclass(frozen=True, slots=True)
class Plot:
    """A field with its axes drawn. `start` and `end` are where the axis begins and ends, in points.

    They are heights where columns stand upright, else distances from the left. `slots` are
    the stretches of the categories across, `foot` is the lower end of all that was drawn.
    """

    axis: Axis
    upright: bool
    start: float
    end: float
    slots: tuple[tuple[float, float], ...]
    foot: float

    def at(self, value: Decimal) -> float:
        """Where a value lies along the axis."""
        return self.start + (self.end - self.start) * self.axis.place(value)

    def middle(self, index: int) -> float:
        """The middle of a category across."""
        low, high = self.slots[index]
        return (low + high) / 2

    def point(self, index: int, value: Decimal) -> tuple[float, float]:
        """The place of a value of a category."""
        return (self.middle(index), self.at(value)) if self.upright else (self.at(value), self.middle(index))

    def bar(
        self,
        sketch: Sketch,
        lane: tuple[float, float],
        ends: tuple[Decimal, Decimal],
        look: tuple[str, str | None],
    ) -> None:
        """A bar in a lane across, from one value to another; `look` is its fill and its outline."""
        low, high = sorted(self.at(end) for end in ends)
        along, (fill, outline) = (low, high), look
        if self.upright:
            sketch.bar(lane, along, fill, outline)
        else:
            sketch.bar(along, lane, fill, outline)


# --- upright ---------------------------------------------------------------------


def upright(
    sketch: Sketch,
    axis: Axis,
    categories: Sequence[Category],
    languages: tuple[Language, ...],
    field: tuple[float, float, float, float],
    inset: tuple[float, float] | None = None,
    *,
    on_right: bool = False,
) -> Plot:
    """Categories from left to right, values upwards, in `field` (left, right, top, bottom of the axis).

    The words of the ticks stand left of the field's left end, or `on_right` of its right
    end: leave `ticks_width` for them.
    With `inset` the middles of the first and last category lie so far inside the field's
    ends, as points do that have no width.
    """
    left, right, top, bottom = field
    step = (right - left) / len(categories)
    first = left + step / 2
    if inset is not None:
        step = (right - left - sum(inset)) / max(1, len(categories) - 1)
        first = left + inset[0]
    slots = tuple((first + step * (n - 0.5), first + step * (n + 0.5)) for n in range(len(categories)))
    plot = Plot(axis, True, bottom, top, slots, bottom)
    ticks = tick_boxes(sketch, axis, languages)
    for tick, box in zip(axis.ticks, ticks, strict=True):
        y = plot.at(tick)
        sketch.line(((left, y), (right, y)), sketch.colours.rule, _GRID)
        if on_right:
            sketch.text(box, right + GAP, y - box.height / 2)
        else:
            sketch.text(box, left - GAP, y - box.height / 2, Anchor.RIGHT)
    base = plot.at(min(max(axis.low, Decimal(0)), axis.high))
    sketch.line(((left, base), (right, base)), sketch.colours.muted, _BASE)
    # The lowest tick reaches below the axis, and the first name may reach to the left of it.
    names = bottom + max(GAP + 1, max((box.height for box in ticks), default=0.0) / 2 + 1)
    foot = category_labels(sketch, categories, slots, languages, names)
    return Plot(axis, True, bottom, top, slots, foot)


def tick_boxes(sketch: Sketch, axis: Axis, languages: tuple[Language, ...]) -> list[TextBox]:
    """The words of the ticks."""
    lettering = sketch.lettering
    return [TextBox((lettering.line(Letters(word, *lettering.small(), languages[0])),)) for word in axis.words]


def half_label(sketch: Sketch, categories: Sequence[Category], languages: tuple[Language, ...]) -> float:
    """Half of the widest date below an upright axis: how far the first and last may reach out.

    A year does where it stands below a single date.
    """
    dates = [axis_date(category.period) for category in categories if category.period is not None]
    groups = [list(group) for _, group in groupby(dates, key=lambda date: date.year)]
    years = [group[0].year for group in (*groups[:1], *groups[-1:]) if len(group) == 1]
    boxes = [sketch.lettering.label(date.within, languages) for date in dates]
    boxes += [_year_box(sketch, year, languages) for year in years]
    return max((box.width for box in boxes), default=0.0) / 2


def overhang(
    sketch: Sketch, categories: Sequence[Category], languages: tuple[Language, ...], left: float, right: float
) -> float:
    """How far the last date reaches beyond the right end of a field of columns; the field is that much narrower."""
    if not are_dates(categories):
        return 0.0
    half, count = half_label(sketch, categories, languages), len(categories)
    # The last date keeps its distance to the middle of the last column, which itself moves.
    over = (half - (right - left) / count / 2) / (1 - 1 / (2 * count))
    return max(0.0, over)


def ticks_width(sketch: Sketch, axis: Axis, languages: tuple[Language, ...]) -> float:
    """The room that the words of an upright axis take, with their distance."""
    return max(box.width for box in tick_boxes(sketch, axis, languages)) + GAP


def category_labels(
    sketch: Sketch,
    categories: Sequence[Category],
    slots: Sequence[tuple[float, float]],
    languages: tuple[Language, ...],
    top: float,
) -> float:
    """The names below upright columns; of periods the year stands once. Returns the lower end."""
    if are_dates(categories):
        return _dates(sketch, categories, slots, languages, top)
    boxes = [
        sketch.lettering.label(category.name, languages, high - low - _AIR, strong=category.highlighted)
        for category, (low, high) in zip(categories, slots, strict=True)
    ]
    for box, (low, high) in zip(boxes, slots, strict=True):
        sketch.text(box, (low + high) / 2, top, Anchor.CENTRE)
    return top + max(box.height for box in boxes)


def are_dates(categories: Sequence[Category]) -> bool:
    """Whether the categories are times, not values that are listed by hand."""
    return all(category.period is not None and category.key == category.period.slug for category in categories)


def names_fit(sketch: Sketch, categories: Sequence[Category], languages: tuple[Language, ...], slot: float) -> bool:
    """Whether the names of upright columns stand below them without a word being cut; dates always do."""
    if are_dates(categories):
        return True
    room = slot - _AIR
    return all(sketch.lettering.unbroken(c.name, languages, strong=c.highlighted) <= room for c in categories)


def _dates(
    sketch: Sketch,
    categories: Sequence[Category],
    slots: Sequence[tuple[float, float]],
    languages: tuple[Language, ...],
    top: float,
) -> float:
    """What tells periods apart within a year, every so many as there is room for, and the years below."""
    dates = [axis_date(category.period) for category in categories if category.period is not None]
    foot = top
    if any(date.within.zh for date in dates):
        boxes = [sketch.lettering.label(date.within, languages) for date in dates]
        every = _every(max(box.width for box in boxes) + 3, slots[0][1] - slots[0][0])
        # Counted from the last, which always stands there.
        for index in range((len(boxes) - 1) % every, len(boxes), every):
            middle = sum(slots[index]) / 2
            if middle >= boxes[index].width / 2:
                sketch.text(boxes[index], middle, top, Anchor.CENTRE)
        foot = top + max(box.height for box in boxes) + 2
    return _years(sketch, dates, slots, languages, foot)


def _every(needed: float, step: float) -> int:
    return max(1, -int(-needed // step))


def _years(
    sketch: Sketch,
    dates: Sequence[AxisDate],
    slots: Sequence[tuple[float, float]],
    languages: tuple[Language, ...],
    top: float,
) -> float:
    """Each year in the middle of its periods, left out where they are too few for it."""
    end, foot = float("-inf"), top
    index = 0
    for year, group in groupby(dates, key=lambda date: date.year):
        count = len(list(group))
        low, high = slots[index][0], slots[index + count - 1][1]
        index += count
        box = _year_box(sketch, year, languages)
        if not box.width:
            continue
        left = max(0.0, (low + high) / 2 - box.width / 2)
        if left < end + 3 or (box.width > high - low and index < len(dates)):
            continue
        sketch.text(box, left, top)
        end, foot = left + box.width, top + box.height
    return foot


def _year_box(sketch: Sketch, year: Localized, languages: tuple[Language, ...]) -> TextBox:
    """A year in one language, of several that which has only digits."""
    language = languages[0] if len(languages) == 1 else next(each for each in languages if each is not ZH)
    return sketch.lettering.label(Localized.same(year[language]), (language,))


# --- lying -----------------------------------------------------------------------


def lying(
    sketch: Sketch,
    axis: Axis,
    names: Sequence[TextBox],
    thick: Sequence[float],
    field: tuple[float, float, float],
    languages: tuple[Language, ...],
    *,
    gap: float = 9.0,
    grid: bool = True,
) -> Plot:
    """Categories from top to bottom, values to the right, in `field` (left, right, top).

    `names` stand left of the field, `thick` is the room each row takes at least. Without
    `grid` only the line at zero is drawn, for rows whose bars bring their values.
    """
    left, right, top = field
    heights = [max(box.height, room) for box, room in zip(names, thick, strict=True)]
    tops = list(accumulate((height + gap for height in heights), initial=top))
    slots = tuple((each, each + height) for each, height in zip(tops, heights, strict=False))
    low, bottom = top - gap / 2, slots[-1][1] + gap / 2
    plot = Plot(axis, False, left, right, slots, bottom)
    for box, (upper, lower) in zip(names, slots, strict=True):
        sketch.text(box, 0.0, (upper + lower) / 2 - box.height / 2)
    foot = _lying_grid(sketch, plot, languages, (low, bottom)) if grid else bottom
    base = plot.at(min(max(axis.low, Decimal(0)), axis.high))
    sketch.line(((base, low), (base, bottom)), sketch.colours.muted, _BASE)
    return Plot(axis, False, left, right, slots, foot)


def _lying_grid(sketch: Sketch, plot: Plot, languages: tuple[Language, ...], ends: tuple[float, float]) -> float:
    top, bottom = ends
    boxes = tick_boxes(sketch, plot.axis, languages)
    places = [plot.at(tick) for tick in plot.axis.ticks]
    for x in places:
        sketch.line(((x, top), (x, bottom)), sketch.colours.rule, _GRID)
    every = _every(max(box.width for box in boxes) + GAP, places[1] - places[0])
    for index in range(0, len(boxes), every):
        sketch.text(boxes[index], places[index], bottom + GAP, Anchor.CENTRE)
    return bottom + GAP + max(box.height for box in boxes)


def row_names(
    sketch: Sketch, categories: Sequence[Category], languages: tuple[Language, ...], width: float
) -> tuple[list[TextBox], float]:
    """The names of rows, wrapped, the highlighted one bold, and the width of their column."""
    limit = width * NAME_SHARE
    boxes = [sketch.lettering.label(c.name, languages, limit, strong=c.highlighted) for c in categories]
    return boxes, max(box.width for box in boxes)
