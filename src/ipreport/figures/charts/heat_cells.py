"""The columns of a heat table: heads with name, unit and time, cells with their fills and words."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ipreport.figures.charts.heat_telling import LOWER_IS_BETTER
from ipreport.figures.data import ChartData, DataSeries, Datum
from ipreport.figures.lettering import Lettering, TextBox
from ipreport.figures.shades import dressed, ramp_of, shade
from ipreport.figures.sketch import Sketch
from ipreport.figures.theme import on
from ipreport.language import Localized
from ipreport.metrics import Direction
from ipreport.wording import MISSING_IN_TABLE

NEUTRAL = Localized("不分优劣", "neither is better")
PAD = 3.0
"""Space between the edge of a cell and its words, in points."""
_NARROWEST = 44.0
_LONG_WORD = 64.0
"""A longer word of a head is cut rather than that it widens every column."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its fill, None where there is no value, and its words.

    `hang` is how far the marks of notes reach beyond the digits, which are aligned; None
    for words that stand in the middle.
    """

    fill: str | None
    words: TextBox
    hang: float | None


@dataclass(frozen=True, slots=True)
class Column:
    """A head and the cells below it, one for each row."""

    head: TextBox
    cells: tuple[Cell, ...]

    @property
    def digits(self) -> float:
        """The width of the widest aligned digits."""
        return max((cell.words.width - cell.hang for cell in self.cells if cell.hang is not None), default=0.0)


def main_period(data: ChartData) -> Localized:
    """The time of most columns, the first of several."""
    dates = [series.known[0].date for series in data.series]
    return max(dates, key=dates.count)


def least_width(series: DataSeries, data: ChartData, lettering: Lettering) -> float:
    """The width below which a value or a word of the head would be cut; cases may stand below their rate."""
    word = min(lettering.unbroken(series.name, data.languages, strong=False), _LONG_WORD)
    widths = [_NARROWEST, word + 2 * PAD]
    for datum in series.known:
        value = lettering.unbroken(datum.words, data.languages, strong=True)
        if datum.exact:
            value = lettering.value(replace(datum.label, cases=None), data.languages).width
        behind = lettering.value(datum.label, data.languages).width - value if datum.cases is not None else 0.0
        # Digits are aligned in the middle of their column, so that marks take room on both sides.
        marks = lettering.marks_width(datum.marks, data.languages)
        widths.append(max(value + marks, behind) + 2 * PAD)
    return max(widths)


def column(data: ChartData, series: DataSeries, sketch: Sketch, wide: float) -> Column:
    """A metric as a column of a width in points."""
    cells = [
        _cell(data, series, point, sketch, wide, strong=category.highlighted)
        for category, point in zip(data.categories, series.points, strict=True)
    ]
    return Column(_head(data, series, sketch.lettering, wide), tuple(cells))


def _head(data: ChartData, series: DataSeries, lettering: Lettering, wide: float) -> TextBox:
    """Name and unit; the time where columns differ in it, and what is better where that is not “more”."""
    limit = wide - 2
    small: list[Localized] = []
    if not series.says_unit:
        small.append(series.unit.label)
    if series.known[0].date != main_period(data):
        small.append(series.known[0].date)
    if series.direction is not Direction.UP:
        small.append(LOWER_IS_BETTER if series.direction is Direction.DOWN else NEUTRAL)
    remarks = [lettering.remark(text, data.languages, limit) for text in small]
    return lettering.stack([lettering.label(series.name, data.languages, limit), *remarks])


def _cell(
    data: ChartData, series: DataSeries, datum: Datum | None, sketch: Sketch, wide: float, *, strong: bool
) -> Cell:
    lettering, colours = sketch.lettering, sketch.colours
    if datum is None:
        return Cell(None, lettering.remark(MISSING_IN_TABLE, data.languages, wide - 2 * PAD), None)
    ramp = ramp_of(colours, series.direction)
    fill = ramp[shade(datum.value, [each.value for each in series.known], series.direction, len(ramp))]
    words = lettering.value(datum.label, data.languages, wide - 2 * PAD)
    words = dressed(lettering, words, on(fill, colours), strong=strong)
    aligned = datum.words_unit and datum.cases is None
    digits = lettering.line(words.lines[0].pieces[0]).width
    return Cell(fill, words, words.width - digits if aligned else None)
