"""Charts as values: what a word processor needs to draw a chart itself, whose data can then be edited there."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ipreport.document.inlines import Texts
from ipreport.language import Language


class Grouping(StrEnum):
    """How the columns of one category stand to each other."""

    CLUSTERED = "side by side"
    STACKED = "on each other"
    PERCENT_STACKED = "on each other, as shares of their sum"
    NESTED = "in front of each other: a whole, then its part"


class Form(StrEnum):
    """How the values of a series are drawn."""

    COLUMN = "column"
    LINE = "line"
    TOTAL = "words alone, at the end of a stack"


class PointShape(StrEnum):
    """The shape of the points of a line."""

    CIRCLE = "circle"
    SQUARE = "square"
    TRIANGLE = "triangle"
    DIAMOND = "diamond"
    CROSS = "cross"


class LineDash(StrEnum):
    """How a line is broken up, so that lines are told apart without colour."""

    SOLID = "solid"
    DASHED = "dashed"
    DOTTED = "dotted"
    DASH_DOTTED = "dash, dot"
    SHORT_DASHED = "short dashes"


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """How digits are printed: decimals, commas between groups of three, and what stands behind."""

    places: int = 0
    grouped: bool = True
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class LabelPiece:
    """A piece of what stands at a value.

    One that `follows` is printed anew whenever the value is edited: its digits, as the
    series formats them. `value_key` names the value that a piece of words shows.
    """

    text: str
    language: Language
    value_key: str | None = None
    follows: bool = False
    raised: bool = False


Label = tuple[tuple[LabelPiece, ...], ...]
"""Lines below each other; none where a value has no label."""


@dataclass(frozen=True, slots=True)
class NativePoint:
    """A value of a series: `value` in the unit of the series, as `digits` prints it.

    It is the recorded value in full. Only where a word processor, which rounds an exact
    half up, would print other digits than the rest of the document, is it those digits.
    One that is not `exact` is drawn hollow; one that is `broken` is not joined to the
    point before it, as the definition changed; one of `context` stands beside another
    that stands out.
    """

    key: str
    value: Decimal
    digits: str
    label: Label = ()
    exact: bool = True
    broken: bool = False
    context: bool = False


@dataclass(frozen=True, slots=True)
class NativeSeries:
    """Values that belong together, one for each category; None where there is none.

    `unit` is the key of the unit of its values. `accent` is its colour, by the number of
    the theme's accent from one; zero is what only gives context. Letters on `dark` columns
    are white. `heavy` lines stand out.
    """

    name: Texts
    form: Form
    points: tuple[NativePoint | None, ...]
    unit: str
    accent: int
    dark: bool = False
    digits: NumberFormat = NumberFormat()
    shape: PointShape = PointShape.CIRCLE
    dash: LineDash = LineDash.SOLID
    heavy: bool = False


@dataclass(frozen=True, slots=True)
class NativeCategory:
    """A place along the category axis: its name, and the group it belongs to, such as the year of a quarter."""

    name: Texts
    group: Texts = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """A place in a chart, in points from its left upper corner."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class NativeAxis:
    """A value axis in the unit of its series, or in shares of one; lines of `title` name the unit.

    An axis that is not `shown` only gives the scale.
    """

    title: tuple[Texts, ...]
    low: Decimal
    high: Decimal
    step: Decimal
    digits: NumberFormat = NumberFormat()
    shown: bool = True


@dataclass(frozen=True, slots=True)
class NativeChart:
    """A chart with its values and where its parts stand.

    `title` are the lines above it: time and remarks, each in its languages; `notice` says
    what is to be known of the data wherever the chart is used, behind the last of the lines
    or, where there is no room, `notice_below` them. Lying columns run from left
    to right, the first category at the top. One column fills `columns_share` of the room
    of a category; every `name_every`-th category is named. `legend` is None where one
    series needs none. `width` and `height` are those of the whole chart in points.
    """

    grouping: Grouping
    lying: bool
    title: tuple[Texts, ...]
    notice: Texts
    notice_below: bool
    categories: tuple[NativeCategory, ...]
    series: tuple[NativeSeries, ...]
    axis: NativeAxis
    columns_share: float
    name_every: int
    plot: Frame
    legend: Frame | None
    width: float
    height: float
