"""Where the parts of a chart stand that a word processor draws itself.

It sets the text in faces of its own, so that widths are estimates on the safe side.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby, pairwise
from math import fsum

from ipreport.document import (
    Form,
    Frame,
    Grouping,
    Label,
    NativeAxis,
    NativeCategory,
    NativePoint,
    NativeSeries,
    Texts,
)
from ipreport.figures.line_breaks import break_points
from ipreport.figures.native.kinds import Kind

LINE = 1.45
"""The distance of baselines of the faces that Chinese text is set in, in em."""
_LEGEND_LINE = 1.75
"""The same of the entries of a legend."""
_LATIN = 0.56
"""The width of a digit or a Latin letter, in em."""
_BOLD = 1.07
"""How much wider bold letters are."""
_EDGE = 4.0
_SWATCH = {Form.COLUMN: 30.0, Form.LINE: 46.0}
"""The mark of a series in a legend, with the space before the next entry."""
_AIR = 6.0
"""Space between the names of neighbouring categories."""
TITLE_SHARE = 0.72
"""How much of the width of a chart its title takes before it is broken."""
_NAMES_SHARE = 0.36
"""How much of the width the names of rows may take."""
_MOST_NAME_LINES = 4
_THICK = 1.5
"""A lying column, in em of the value beside it."""
ROWS_SHARE = 0.76
"""How much of its row a group of lying columns fills."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes of type in points: names and values; ticks and remarks."""

    label: float
    small: float


def extent(text: str, size: float) -> float:
    """About how wide the widest line of a text is, in points."""
    return max((fsum(map(_advance, line)) for line in text.split("\n")), default=0.0) * size


def _advance(character: str) -> float:
    return 1.0 if unicodedata.east_asian_width(character) in {"W", "F", "A"} else _LATIN


def label_extent(label: Label, size: float) -> float:
    """The same of what stands at a value, which is bold."""
    lines = ("".join(piece.text for piece in line) for line in label)
    return max((extent(line, size) for line in lines), default=0.0) * _BOLD


def label_height(label: Label, size: float) -> float:
    """How tall what stands at a value is."""
    return len(label) * size * LINE


def name_lines(text: str, size: float, width: float) -> int:
    """How many lines a name takes in a column of that width; 0 where a word of it is wider."""
    count = 0
    for line in text.split("\n"):
        left = 0.0
        for atom in break_points(line):
            wide = extent(atom.rstrip(), size)
            if wide > width:
                return 0
            if left + wide > width or left == 0:
                count, left = count + 1, 0.0
            left += extent(atom, size)
    return count


def spoken(texts: Texts, joint: str) -> str:
    """A name in all its languages."""
    return joint.join(text.plain() for text in texts)


def side_by_side(words: Texts, size: float, room: float) -> tuple[Texts, ...]:
    """The languages on one line where there is room, else below each other."""
    if extent(spoken(words, "  "), size) <= room:
        return (words,) if words else ()
    return tuple((text,) for text in words)


def fits_behind(last: Sequence[Texts], words: Texts, size: float, room: float) -> bool:
    """Whether `words` have room behind the last line."""
    return bool(last) and extent(spoken((*last[0], *words), "    "), size) <= room


@dataclass(frozen=True, slots=True)
class Layout:
    """The places of a chart.

    `slot` is the room of a category along its axis, `column` the width of one column,
    `every` says that every so many categories are named.
    """

    plot: Frame
    legend: Frame | None
    height: float
    slot: float
    column: float
    every: int

    @property
    def columns_share(self) -> float:
        """How much of its room one column fills."""
        return self.column / self.slot


@dataclass(frozen=True, slots=True)
class Field:
    """What a layout is made for."""

    kind: Kind
    width: float
    sizes: Sizes
    title_lines: int
    categories: Sequence[NativeCategory]
    dated: bool
    series: Sequence[NativeSeries]
    axis: NativeAxis

    @property
    def abreast(self) -> int:
        """How many columns stand side by side in a category."""
        count = sum(each.form is Form.COLUMN for each in self.series)
        return count if self.kind.grouping is Grouping.CLUSTERED else min(count, 1)

    @property
    def named_series(self) -> list[NativeSeries]:
        """The series that a legend names."""
        return [series for series in self.series if series.form is not Form.TOTAL]

    @property
    def names(self) -> list[str]:
        """The names of the categories, each in all its languages."""
        return [spoken(category.name, "\n") for category in self.categories]

    def labels(self) -> list[Label]:
        """What stands at the values."""
        return [point.label for series in self.series for point in series.points if point is not None and point.label]

    def widest_label(self) -> float:
        """The width of the widest of them."""
        return max((label_extent(label, self.sizes.label) for label in self.labels()), default=0.0)


def names_fit(field: Field) -> bool:
    """Whether the names of the categories stand below upright columns, in few lines and without a word being cut."""
    if field.dated:
        return True
    room = _upright_slot(field) - _AIR
    counts = [name_lines(name, field.sizes.label, room) for name in field.names]
    return all(0 < count <= _MOST_NAME_LINES for count in counts)


def column_width(field: Field) -> float:
    """The width of an upright column."""
    slot = _upright_slot(field)
    return min(slot * field.kind.share / max(field.abreast, 1), field.kind.widest)


def _ticks(axis: NativeAxis, sizes: Sizes) -> float:
    """The room of an axis with its numbers."""
    if not axis.shown:
        return _EDGE
    return tick_extent(axis, sizes) + len(axis.title) * LINE * sizes.small + 2 * _EDGE


def tick_extent(axis: NativeAxis, sizes: Sizes) -> float:
    """The width of the widest number along an axis."""
    digits = max(len(f"{value:,.{axis.digits.places}f}") for value in (axis.low, axis.high))
    return (digits + len(axis.digits.suffix)) * _LATIN * sizes.small


def _upright_slot(field: Field) -> float:
    return (field.width - sum(_sides(field))) / len(field.categories)


def _sides(field: Field) -> tuple[float, float]:
    """The room left and right of an upright field; the last value of a line stands behind its point."""
    left = _ticks(field.axis, field.sizes)
    lines = [series for series in field.series if series.form is Form.LINE]
    ends = [point for series in lines for point in series.points[-1:] if point is not None]
    wide = max((label_extent(point.label, field.sizes.label) for point in ends), default=0.0)
    if len(field.series) == 1 and all(point is None or point.label for point in field.series[0].points):
        wide = wide / 2 - 2 * _EDGE  # it stands above its point, as all the others do
    slot = (field.width - left - _EDGE) / len(field.categories)
    return left, max(_EDGE, wide + 2 * _EDGE - slot / 2)


# --- upright ---------------------------------------------------------------------


def upright(field: Field) -> Layout:
    """Title, legend, unit; the field; the names of the categories below it."""
    sizes = field.sizes
    left, right = _sides(field)
    slot = _upright_slot(field)
    top, legend = _head(field)
    top += _above(field)
    every, lines = every_name(field), max(name.count("\n") + 1 for name in field.names)
    if any(category.group for category in field.categories):
        lines += 1
    elif every == 1:
        lines = max(lines, *(name_lines(name, sizes.label, slot - _AIR) for name in field.names))
    height = top + field.kind.tall + _AIR + lines * sizes.label * LINE + _EDGE
    plot = Frame(left, top, field.width - left - right, field.kind.tall)
    return Layout(plot, legend, round(height, 1), slot, column_width(field), every)


def every_name(field: Field) -> int:
    """Every so many categories have room for their name: all, unless they are dates, which follow from each other."""
    if not field.dated:
        return 1
    widest = max(extent(name, field.sizes.label) for name in field.names) + 2 * _EDGE
    return max(1, -int(-widest // _upright_slot(field)))


def groups_fit(field: Field) -> bool:
    """Whether all names, and that of each group below its categories, have room."""
    slot, size = _upright_slot(field), field.sizes.label
    runs = groupby(spoken(category.group, " ") for category in field.categories)
    return every_name(field) == 1 and all(extent(name, size) + _EDGE <= slot * len(list(run)) for name, run in runs)


def _above(field: Field) -> float:
    """The room that values take above the field."""
    tall = field.kind.tall
    needed = field.sizes.small / 2 if field.axis.shown else 0.0  # half of the uppermost number
    for series in field.series:
        if field.kind.grouping in {Grouping.STACKED, Grouping.PERCENT_STACKED} and series.form is Form.COLUMN:
            continue
        for point in filter(None, series.points):
            below_top = (1 - place(point.value, field.axis)) * tall
            if point.label:
                needed = max(needed, label_height(point.label, field.sizes.label) + _EDGE - below_top)
    return needed


def _head(field: Field) -> tuple[float, Frame | None]:
    """The lower end of title and legend, and the place of the legend."""
    top = field.title_lines * field.sizes.small * LINE + _EDGE
    if len(field.named_series) == 1:
        return top, None
    rows = _legend_rows(field)
    height = rows * field.sizes.label * _LEGEND_LINE + 2
    return top + height + _EDGE, Frame(0.0, top, field.width, height)


def _legend_rows(field: Field) -> int:
    """How many rows the entries take, which stand in columns as wide as the widest."""
    size = field.sizes.label
    widest = max(extent(spoken(series.name, " "), size) + _SWATCH[series.form] for series in field.named_series)
    return -(-len(field.named_series) // max(1, int(field.width // widest)))


# --- lying -----------------------------------------------------------------------


def lying(field: Field) -> Layout:
    """Names left of the field, values right of the columns, the axis below."""
    sizes = field.sizes
    top, legend = _head(field)
    count, room = max(field.abreast, 1), field.width * _NAMES_SHARE
    names = field.names
    column = min(max(extent(name, sizes.label) for name in names), room)
    lines = [name_lines(name, sizes.label, room) or 2 for name in names]
    slot = max(count * sizes.label * _THICK / ROWS_SHARE, max(lines) * sizes.label * LINE + _EDGE)
    if field.kind.grouping is Grouping.NESTED:
        column = 0.0
    left, right = column + 2 * _EDGE, 2 * _EDGE + field.widest_label()
    foot = (1 + len(field.axis.title)) * sizes.small * LINE + 2 * _EDGE if field.axis.shown else _EDGE
    tall = slot * len(names)
    plot = Frame(left, top, field.width - left - right, tall)
    return Layout(plot, legend, round(top + tall + foot, 1), slot, slot * ROWS_SHARE / count, 1)


# --- labels ----------------------------------------------------------------------


def place(value: Decimal, axis: NativeAxis) -> float:
    """Where a value lies between the ends of an axis, from 0 to 1."""
    return float((value - axis.low) / (axis.high - axis.low))


def apart(points: Sequence[NativePoint], axis: NativeAxis, tall: float, size: float) -> bool:
    """Whether the labels of points stand clear of each other, one above the other."""
    places = sorted(place(point.value, axis) * tall for point in points)
    return all(upper - lower >= size * LINE for lower, upper in pairwise(places))
