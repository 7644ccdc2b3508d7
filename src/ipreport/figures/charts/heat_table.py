"""Regions by metrics: a table whose cells are shaded by their place within their column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import fsum

from ipreport.figures.charts.base import Chart
from ipreport.figures.charts.heat_cells import PAD, Cell, Column, column, least_width, main_period
from ipreport.figures.charts.heat_legend import legend, missing_cell
from ipreport.figures.charts.heat_telling import tell
from ipreport.figures.data import ChartData, Numbers, common_period
from ipreport.figures.lettering import Lettering, TextBox
from ipreport.figures.refusals import few_cases
from ipreport.figures.refuse import refuse
from ipreport.figures.room import too_tall
from ipreport.figures.select import regions_of
from ipreport.figures.selected import Selected
from ipreport.figures.sketch import Anchor, Sketch
from ipreport.figures.theme import WHITE
from ipreport.language import Localized
from ipreport.outline import FigureSpec, Scale
from ipreport.problems import Problem
from ipreport.style import FigureWidth

GAP = 2.0
"""White space between cells, in points."""
_HEAD_GAP = 4.0
_BLOCK_GAP = 14.0
_LEGEND_GAP = 9.0
_NAME_GAP = 6.0
_NAME_SHARES = (0.2, 0.3, 0.38, 0.46)
"""How much of the width the names of regions may take before they wrap; what makes the lowest table is taken."""
_WIDEST = 116.0

_COLUMNS = {FigureWidth.LANDSCAPE: 8, FigureWidth.FULL: 4, FigureWidth.TWO_THIRDS: 3, FigureWidth.HALF: 2}
"""How many columns stand side by side where heads are in both languages."""
_ROW, _LINE, _HEAD = 19.0, 11.5, 95.0
"""How tall a row of one line, each more and the heads above are about, in points."""
_NAME_ROOM = {FigureWidth.LANDSCAPE: 260, FigureWidth.FULL: 170, FigureWidth.TWO_THIRDS: 115, FigureWidth.HALF: 84}
_ZH, _EN = 9.0, 4.6
"""How wide a character of a name is about."""


def check(selected: Selected) -> Iterator[Problem]:
    """Refuses columns without values or of other regions than the first, rates of few cases, and any axis."""
    spec = selected.spec
    if spec.scale is Scale.LOGARITHMIC or spec.axis_from is not None:
        option = "scale" if spec.scale is Scale.LOGARITHMIC else "axis_from"
        yield refuse(spec, "a chart of kind 'heat-table' has no axis", f"leave out '{option}:'")
    yield from _other_regions(selected)
    for series in selected.series:
        if not any(point is not None and point.value is not None for point in series.points):
            reason = f"'{series.key}' has no value in any of the regions"
            yield refuse(spec, reason, "record it for the regions, or leave it out of the figure")
    yield from _too_tall(selected)
    yield from few_cases(selected)


def _too_tall(selected: Selected) -> Iterator[Problem]:
    """Columns that are too many for the width stand below each other, and long names are broken."""
    width, metrics, regions = selected.spec.width, len(selected.series), len(selected.categories)
    rows = 0.0
    for name in (category.name for category in selected.categories):
        lengths = len(name.zh) * _ZH, len(name.en) * _EN
        broken = fsum(lengths) > _NAME_ROOM[width]
        lines = sum(-int(-length // _NAME_ROOM[width]) for length in lengths) if broken else 1
        rows += _ROW + _LINE * (lines - 1)
    blocks = -(-metrics // _COLUMNS[width])
    return too_tall(selected, blocks * (rows + _HEAD), f"{metrics} metrics of {regions} regions")


def _other_regions(selected: Selected) -> Iterator[Problem]:
    """Rows are the same for all columns."""
    record = selected.record
    named = [record[series.key] for series in selected.series]
    for metric in named[1:]:
        if regions_of(record, metric) != regions_of(record, named[0]):
            reason = f"'{metric.key}' and '{named[0].key}' are not of the same regions"
            yield refuse(selected.spec, reason, "name metrics of one region, whose parts the rows are")


@dataclass(frozen=True, slots=True)
class _Table:
    """The names of the rows and the columns, of which only so many stand side by side as there is room for."""

    names: Sequence[TextBox]
    side: float
    wide: float
    blocks: Sequence[Sequence[Column]]

    def rows(self, block: Sequence[Column]) -> list[float]:
        """How tall each row of a block is."""
        return [
            max(name.height, *(column.cells[index].words.height for column in block)) + 2 * PAD
            for index, name in enumerate(self.names)
        ]

    @property
    def height(self) -> float:
        """How tall all blocks are together."""
        heads = fsum(max(column.head.height for column in block) for block in self.blocks)
        return heads + fsum(fsum(self.rows(block)) for block in self.blocks)


def lay_out(data: ChartData, sketch: Sketch) -> float:
    """The table, in blocks below each other where its columns are too many for the width, and what shades mean."""
    needs = max(least_width(series, data, sketch.lettering) for series in data.series)
    tables = (_table(data, sketch, names, needs) for names in _names(data, sketch.lettering))
    table, top = min(tables, key=lambda each: each.height), 0.0
    for index, block in enumerate(table.blocks):
        top = _draw_block(sketch, table, block, top + (_BLOCK_GAP if index else 0.0))
    missing = any(point is None for series in data.series for point in series.points)
    directions = [series.direction for series in data.series]
    return legend(sketch, data.languages, directions, (top + _LEGEND_GAP, data.width), missing=missing) + 2


def _names(data: ChartData, lettering: Lettering) -> Iterator[list[TextBox]]:
    """The names of the rows, broken at several widths; where they need no break also in both languages on one line."""
    for share in _NAME_SHARES:
        limit = data.width * share
        boxes = [lettering.label(c.name, data.languages, limit, strong=c.highlighted) for c in data.categories]
        lines = [TextBox((lettering.beside(box),)) for box in boxes]
        unbroken = all(len(box.lines) <= len(data.languages) for box in boxes)
        if unbroken and max(box.width for box in lines) <= limit:
            yield lines
        yield boxes


def _table(data: ChartData, sketch: Sketch, names: Sequence[TextBox], need: float) -> _Table:
    """Blocks of as many columns as stand side by side, as evenly as they can be divided."""
    side = max(box.width for box in names) + _NAME_GAP
    room = data.width - side
    most = max(1, int((room + GAP) // (need + GAP)))
    per_block = -(-len(data.series) // -(-len(data.series) // most))
    wide = min(_WIDEST, (room - GAP * (per_block - 1)) / per_block)
    columns = [column(data, series, sketch, wide) for series in data.series]
    blocks = [columns[first : first + per_block] for first in range(0, len(columns), per_block)]
    return _Table(names, side, wide, blocks)


def remark(data: ChartData) -> Localized | None:
    """The time of most columns, where some are of another that their heads name."""
    if common_period(data) is not None:
        return None
    time = main_period(data)
    return Localized(f"{time.zh}（另有注明的除外）", f"{time.en} unless stated otherwise")


def _draw_block(sketch: Sketch, table: _Table, block: Sequence[Column], top: float) -> float:
    """Heads and rows of some columns below `top`; returns the lower end."""
    wide = table.wide
    lefts = [table.side + (wide + GAP) * index for index in range(len(block))]
    foot = top + max(each.head.height for each in block)
    for each, left in zip(block, lefts, strict=True):
        sketch.text(each.head, left + wide / 2, foot - each.head.height, Anchor.CENTRE)
    top = foot + _HEAD_GAP
    for index, (name, high) in enumerate(zip(table.names, table.rows(block), strict=True)):
        sketch.text(name, 0.0, top + (high - name.height) / 2)
        for each, left in zip(block, lefts, strict=True):
            _draw_cell(sketch, each.cells[index], (left, left + wide), (top, top + high), each.digits)
        top += high + GAP
    return top - GAP


def _draw_cell(
    sketch: Sketch, cell: Cell, across: tuple[float, float], down: tuple[float, float], digits: float
) -> None:
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
