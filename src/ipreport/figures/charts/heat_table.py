"""Regions by metrics: a table whose cells are shaded by their place within their column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ipreport.figures.charts.base import Chart
from ipreport.figures.charts.heat_legend import legend, missing_cell
from ipreport.figures.charts.heat_telling import LOWER_IS_BETTER, tell
from ipreport.figures.data import ChartData, DataSeries, Datum, Numbers, common_period
from ipreport.figures.lettering import Lettering, TextBox
from ipreport.figures.refusals import few_cases
from ipreport.figures.refuse import refuse
from ipreport.figures.room import too_tall
from ipreport.figures.select import Selected, regions_of
from ipreport.figures.shades import dressed, ramp_of, shade
from ipreport.figures.sketch import Anchor, Sketch
from ipreport.figures.theme import WHITE, on
from ipreport.language import Localized
from ipreport.metrics import Direction
from ipreport.outline import FigureSpec, Scale
from ipreport.problems import Problem
from ipreport.style import FigureWidth
from ipreport.wording import MISSING_IN_TABLE

NEUTRAL = Localized("不分优劣", "neither is better")
GAP = 2.0
"""White space between cells, in points."""
_PAD = 3.0
_HEAD_GAP = 4.0
_BLOCK_GAP = 14.0
_LEGEND_GAP = 9.0
_NAME_GAP = 6.0
_NAME_SHARE = 0.3
"""How much of the width the names of regions may take before they wrap."""
_ONE_LINE_SHARE = 0.36
"""The same of names that stand in both languages on one line, which keeps rows low."""
_NARROWEST, _WIDEST = 44.0, 116.0
_LONG_WORD = 64.0
"""A longer word of a head is cut rather than that it widens every column."""

_COLUMNS = {FigureWidth.LANDSCAPE: 8, FigureWidth.FULL: 4, FigureWidth.TWO_THIRDS: 3, FigureWidth.HALF: 2}
"""How many columns stand side by side where heads are in both languages."""
_ROW, _HEAD = 19.0, 95.0
"""How tall a row of cells and the heads above them are about, in points."""


def check(selected: Selected) -> Iterator[Problem]:
    """Refuses columns without values or of other regions than the first, rates of few cases, and any axis."""
    spec = selected.spec
    if spec.scale is Scale.LOGARITHMIC or spec.axis_from is not None:
        option = "scale" if spec.scale is Scale.LOGARITHMIC else "axis_from"
        yield refuse(spec, "a 'heat-table' chart has no axis", f"leave out '{option}:'")
    yield from _other_regions(selected)
    for series in selected.series:
        if not any(point is not None and point.value is not None for point in series.points):
            reason = f"'{series.key}' has no value in any of the regions"
            yield refuse(spec, reason, "record it for the regions, or leave it out of the figure")
    yield from _too_tall(selected)
    yield from few_cases(selected)


def _too_tall(selected: Selected) -> Iterator[Problem]:
    """Columns that are too many for the width stand below each other."""
    metrics, regions = len(selected.series), len(selected.categories)
    blocks = -(-metrics // _COLUMNS[selected.spec.width])
    return too_tall(selected, blocks * (regions * _ROW + _HEAD), f"{metrics} metrics of {regions} regions")


def _other_regions(selected: Selected) -> Iterator[Problem]:
    """Rows are the same for all columns."""
    record = selected.record
    named = [record[series.key] for series in selected.series]
    for metric in named[1:]:
        if regions_of(record, metric) != regions_of(record, named[0]):
            reason = f"'{metric.key}' and '{named[0].key}' are not of the same regions"
            yield refuse(selected.spec, reason, "name metrics of one region, whose parts the rows are")


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell: its fill, None where there is no value, and its words.

    `hang` is how far the marks of notes reach beyond the digits, which are aligned; None
    for words that stand in the middle.
    """

    fill: str | None
    words: TextBox
    hang: float | None


@dataclass(frozen=True, slots=True)
class _Column:
    head: TextBox
    cells: tuple[_Cell, ...]

    @property
    def digits(self) -> float:
        """The width of the widest aligned digits."""
        return max((cell.words.width - cell.hang for cell in self.cells if cell.hang is not None), default=0.0)


def lay_out(data: ChartData, sketch: Sketch) -> float:
    """The table, in blocks below each other where its columns are too many for the width, and what shades mean."""
    names, per_block, wide = _columns_beside(data, sketch.lettering)
    side, top = max(box.width for box in names) + _NAME_GAP, 0.0
    for first in range(0, len(data.series), per_block):
        columns = [_column(data, each, sketch, wide) for each in data.series[first : first + per_block]]
        top = _block(sketch, names, columns, (side, top + (_BLOCK_GAP if first else 0.0), wide))
    missing = any(point is None for series in data.series for point in series.points)
    directions = [series.direction for series in data.series]
    return legend(sketch, data.languages, directions, (top + _LEGEND_GAP, data.width), missing=missing) + 2


def main_period(data: ChartData) -> Localized:
    """The time of most columns, the first of several."""
    dates = [series.known[0].date for series in data.series]
    return max(dates, key=dates.count)


def remark(data: ChartData) -> Localized | None:
    """The time of most columns, where some are of another that their heads name."""
    if common_period(data) is not None:
        return None
    time = main_period(data)
    return Localized(f"{time.zh}（另有注明的除外）", f"{time.en} unless stated otherwise")


# --- rows ------------------------------------------------------------------------


def _columns_beside(data: ChartData, lettering: Lettering) -> tuple[list[TextBox], int, float]:
    """The names of the rows, how many columns stand beside them, and how wide each is.

    Names stand in both languages on one line where that costs no column.
    """
    limit = data.width * _NAME_SHARE
    names = [lettering.label(c.name, data.languages, limit, strong=c.highlighted) for c in data.categories]
    room = data.width - _NAME_GAP
    per_block, wide = _fit(data, lettering, room - max(box.width for box in names))
    lines = [TextBox((lettering.beside(name),)) for name in names]
    longest = max(box.width for box in lines)
    if longest <= data.width * _ONE_LINE_SHARE and all(len(box.lines) == len(data.languages) for box in names):
        beside, narrower = _fit(data, lettering, room - longest)
        if beside == per_block:
            return lines, per_block, narrower
    return names, per_block, wide


# --- columns ---------------------------------------------------------------------


def _fit(data: ChartData, lettering: Lettering, room: float) -> tuple[int, float]:
    """How many columns stand side by side, as evenly as blocks can have them, and how wide each is."""
    need = max(_least_width(series, data, lettering) for series in data.series)
    most = max(1, int((room + GAP) // (need + GAP)))
    blocks = -(-len(data.series) // most)
    per_block = -(-len(data.series) // blocks)
    return per_block, min(_WIDEST, (room - GAP * (per_block - 1)) / per_block)


def _least_width(series: DataSeries, data: ChartData, lettering: Lettering) -> float:
    """The width below which a value or a word of the head would be cut."""
    word = min(lettering.unbroken(series.name, data.languages, strong=False), _LONG_WORD)
    widths = [_NARROWEST, word + 2 * _PAD]
    for datum in series.known:
        if datum.exact:
            marks = lettering.marks_width(datum.marks, data.languages)
            widths.append(lettering.value(datum.label, data.languages).width + marks + 2 * _PAD)
        else:
            marks = lettering.marks_width(datum.marks, data.languages)
            widths.append(lettering.unbroken(datum.words, data.languages, strong=True) + marks + 2 * _PAD)
    return max(widths)


def _column(data: ChartData, series: DataSeries, sketch: Sketch, wide: float) -> _Column:
    cells = [
        _cell(data, series, point, sketch, wide, strong=category.highlighted)
        for category, point in zip(data.categories, series.points, strict=True)
    ]
    return _Column(_head(data, series, sketch.lettering, wide), tuple(cells))


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
) -> _Cell:
    lettering, colours = sketch.lettering, sketch.colours
    if datum is None:
        return _Cell(None, lettering.remark(MISSING_IN_TABLE, data.languages, wide - 2 * _PAD), None)
    ramp = ramp_of(colours, series.direction)
    fill = ramp[shade(datum.value, [each.value for each in series.known], series.direction, len(ramp))]
    words = lettering.value(datum.label, data.languages, wide - 2 * _PAD)
    words = dressed(lettering, words, on(fill, colours), strong=strong)
    aligned = datum.words_unit and datum.cases is None
    digits = lettering.line(words.lines[0].pieces[0]).width
    return _Cell(fill, words, words.width - digits if aligned else None)


def _block(
    sketch: Sketch, names: Sequence[TextBox], columns: Sequence[_Column], place: tuple[float, float, float]
) -> float:
    """Heads and rows of some columns from `place` (left end of the cells, top, width of a column); the lower end."""
    side, top, wide = place
    lefts = [side + (wide + GAP) * index for index in range(len(columns))]
    foot = top + max(column.head.height for column in columns)
    for column, left in zip(columns, lefts, strict=True):
        sketch.text(column.head, left + wide / 2, foot - column.head.height, Anchor.CENTRE)
    top = foot + _HEAD_GAP
    for index, name in enumerate(names):
        cells = [column.cells[index] for column in columns]
        high = max(name.height, *(cell.words.height for cell in cells)) + 2 * _PAD
        sketch.text(name, 0.0, top + (high - name.height) / 2)
        for column, cell, left in zip(columns, cells, lefts, strict=True):
            _draw(sketch, cell, (left, left + wide), (top, top + high), column.digits)
        top += high + GAP
    return top - GAP


def _draw(sketch: Sketch, cell: _Cell, across: tuple[float, float], down: tuple[float, float], digits: float) -> None:
    middle, top = sum(across) / 2, (sum(down) - cell.words.height) / 2
    if cell.fill is None:
        missing_cell(sketch, across, down)
        sketch.bar((across[0] + 2, across[1] - 2), (down[0] + 2, down[1] - 2), WHITE)
    else:
        sketch.bar(across, down, cell.fill)
    if cell.hang is None:
        sketch.text(cell.words, middle, top, Anchor.CENTRE)
    else:
        sketch.text(cell.words, middle + digits / 2 + cell.hang, top, Anchor.RIGHT)


def numbers(_: FigureSpec) -> Numbers:
    """Each column has its unit."""
    return Numbers.OWN


CHART = Chart(check, lay_out, tell, numbers, remark)
