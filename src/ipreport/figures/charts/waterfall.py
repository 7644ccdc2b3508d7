"""A stock at its start, what it gained and lost as floating steps, and the stock at its end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from ipreport.document import Inline, Span
from ipreport.figures.charts.base import Chart
from ipreport.figures.data import ChartData, Datum
from ipreport.figures.lettering import TextBox
from ipreport.figures.plot import GAP, Plot, category_labels, lying, names_fit, row_names
from ipreport.figures.selected import Category
from ipreport.figures.sketch import Anchor, Sketch
from ipreport.figures.steps import Course, Step, course
from ipreport.figures.stock_changes import check
from ipreport.figures.telling import MOST, marked, opening, say, told_words
from ipreport.figures.theme import WHITE
from ipreport.figures.ticks import Axis
from ipreport.language import Language, Localized
from ipreport.outline import Scale
from ipreport.style import Colours
from ipreport.wording import MAY_NOT_ADD_UP, show_difference

TALL = 132.0
"""Height of the highest level in points."""
_WIDEST_SLOT = 104.0
_WIDEST = 44.0
_SHARE = 0.6
"""How much of its slot a column fills."""
_TALLEST_NAME = 52.0
"""Names that need more height below their columns stand beside lying ones."""
_THICK = 13.0
_CONNECTOR = 0.6
_EDGE = 2.0


@dataclass(frozen=True, slots=True)
class _Column:
    """A column from one level to another; a `level` itself stands on zero."""

    name: Localized
    start: Decimal
    end: Decimal
    label: TextBox
    level: bool

    def look(self, colours: Colours) -> tuple[str, str | None]:
        """Levels stand out; what rises is solid, what falls is hollow."""
        if self.level:
            return colours.accent, None
        return (colours.context, None) if self.end >= self.start else (WHITE, colours.context)


def _columns(data: ChartData, sketch: Sketch, stock: Course) -> list[_Column]:
    def level(datum: Datum) -> _Column:
        label = stock.level_label(sketch.lettering, data, datum)
        return _Column(_level_name(datum), Decimal(0), datum.value, label, level=True)

    steps = [
        _Column(step.name, step.before, step.after, stock.step_label(sketch.lettering, data, step), level=False)
        for step in stock.steps
    ]
    return [level(stock.start), *steps, level(stock.end)]


def _level_name(datum: Datum) -> Localized:
    """The date of the stock, unless the author calls it otherwise."""
    return datum.name if datum.named else datum.date


def lay_out(data: ChartData, sketch: Sketch) -> float:
    """Columns from left to right, or bars from top to bottom where names or values are too wide."""
    stock = course(data)
    columns = _columns(data, sketch, stock)
    categories = [Category(str(number), column.name) for number, column in enumerate(columns)]
    slot = min(data.width / len(columns), _WIDEST_SLOT)
    fits = max(column.label.width for column in columns) <= slot - GAP
    if fits and names_fit(sketch, categories, data.languages, slot) and _are_short(data, sketch, columns, slot):
        return _upright(data, sketch, columns, categories, slot)
    return _lying(data, sketch, stock, columns, categories)


def _are_short(data: ChartData, sketch: Sketch, columns: Sequence[_Column], slot: float) -> bool:
    boxes = (sketch.lettering.label(column.name, data.languages, slot - 2 * GAP) for column in columns)
    return max(box.height for box in boxes) <= _TALLEST_NAME


def _upright(
    data: ChartData, sketch: Sketch, columns: Sequence[_Column], categories: Sequence[Category], slot: float
) -> float:
    left, wide = (data.width - slot * len(columns)) / 2, min(slot * _SHARE, _WIDEST)
    base = _EDGE + max(column.label.height for column in columns) + GAP + TALL
    greatest = max(max(column.start, column.end) for column in columns) or Decimal(1)
    slots = [(left + slot * n, left + slot * (n + 1)) for n in range(len(columns))]

    def at(level: Decimal) -> float:
        return base - float(level / greatest) * TALL

    for column, (low, high) in zip(columns, slots, strict=True):
        middle = (low + high) / 2
        top, bottom = sorted((at(column.start), at(column.end)))
        sketch.bar((middle - wide / 2, middle + wide / 2), (top, bottom), *column.look(sketch.colours))
        sketch.text(column.label, middle, top - GAP + 1 - column.label.height, Anchor.CENTRE)
    for before, (low, high), after in zip(columns, slots, columns[1:], strict=False):
        y, middle = at(before.end), (low + high) / 2
        # A step of nothing is a line through its column.
        start = middle - wide / 2 if before.start == before.end else middle + wide / 2
        end = middle + slot - wide / 2 + (wide if after.start == after.end else 0.0)
        sketch.line(((start, y), (end, y)), sketch.colours.muted, _CONNECTOR)
    sketch.line(((slots[0][0], base), (slots[-1][1], base)), sketch.colours.muted, 0.75)
    return category_labels(sketch, categories, slots, data.languages, base + GAP + 1) + _EDGE


def _lying(
    data: ChartData, sketch: Sketch, stock: Course, columns: Sequence[_Column], categories: Sequence[Category]
) -> float:
    names, wide = row_names(sketch, categories, data.languages, data.width)
    right = data.width - max(column.label.width for column in columns) - GAP
    greatest = max(max(column.start, column.end) for column in columns) or Decimal(1)
    ends = (Decimal(0), greatest)
    axis = Axis(Scale.LINEAR, *ends, ends, ("", ""), stock.unit.label)
    thick = [max(_THICK, column.label.height) for column in columns]
    plot = lying(sketch, axis, names, thick, (wide + GAP + 2, right, _EDGE + 4), data.languages, grid=False)
    for n, column in enumerate(columns):
        middle = plot.middle(n)
        plot.bar(sketch, _lane(plot, n), (column.start, column.end), column.look(sketch.colours))
        end = plot.at(max(column.start, column.end))
        sketch.text(column.label, end + GAP, middle - column.label.height / 2)
    for n, (before, after) in enumerate(pairwise(columns)):
        x = plot.at(before.end)
        top = _lane(plot, n)[0 if before.start == before.end else 1]
        bottom = _lane(plot, n + 1)[1 if after.start == after.end else 0]
        sketch.line(((x, top), (x, bottom)), sketch.colours.muted, _CONNECTOR)
    return plot.foot + _EDGE


def _lane(plot: Plot, n: int) -> tuple[float, float]:
    middle = plot.middle(n)
    return middle - _THICK / 2, middle + _THICK / 2


def remark(data: ChartData) -> Localized | None:
    """That values which are rounded one by one need not add up, where those shown do not."""
    stock = course(data)
    shown = stock.unit.rounded(stock.start.value) + sum(stock.unit.rounded(step.change) for step in stock.steps)
    return MAY_NOT_ADD_UP if shown != stock.unit.rounded(stock.end.value) else None


# --- in words --------------------------------------------------------------------


def tell(data: ChartData, language: Language) -> tuple[Inline, ...]:
    """The start, every step or the extreme ones of many, and the end."""
    stock = course(data)
    return (
        opening(Localized("瀑布图", "Waterfall chart"), data, language),
        *_level(data, stock.start, Localized("期初", "Start"), language),
        say(Localized("；", "; "), language),
        *_steps(data, stock, language),
        *_level(data, stock.end, Localized("期末", "end"), language),
        say(Localized("。", "."), language),
    )


def _level(data: ChartData, datum: Datum, word: Localized, language: Language) -> tuple[Inline, ...]:
    name = _level_name(datum)
    return (
        say(Localized(f"{word.zh}（{name.zh}）", f"{word.en} ({name.en}): "), language),
        *marked(datum, told_words(data, datum), language),
    )


def _steps(data: ChartData, stock: Course, language: Language) -> Iterator[Inline]:
    shown: Sequence[tuple[Localized, Step]] = [(Localized("", ""), step) for step in stock.steps]
    if len(shown) > MOST:
        yield say(Localized(f"共{len(shown)}次变动；", f"{len(shown)} changes; "), language)
        by_change = sorted(stock.steps, key=lambda step: step.change)
        shown = [(Localized("最高：", "highest, "), by_change[-1]), (Localized("最低：", "lowest, "), by_change[0])]
    for opening_words, step in shown:
        yield say(opening_words, language)
        yield from _step(data, step, language)
        yield say(Localized("；", "; "), language)


def _step(data: ChartData, step: Step, language: Language) -> Iterator[Inline]:
    """A flow as it is recorded, behind what it does to the stock; any other change in words of its own."""
    if step.flow is not None:
        yield say(Localized("加", "plus ") if step.change >= 0 else Localized("减", "less "), language)
        yield say(Localized(step.name.zh, f"{step.name.en}: "), language)
        yield from marked(step.flow, told_words(data, step.flow), language)
        return
    unit, places = data.data[0].unit, data.unit.places
    words = show_difference(step.change, unit, places, data.rounding)
    yield say(Localized(step.name.zh, f"{step.name.en}: "), language)
    yield Span(words[language], language, (), step.key)


CHART = Chart(check, lay_out, tell, remark=remark)
