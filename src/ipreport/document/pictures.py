"""Charts as drawn: one layout as shapes and texts, as SVG and as PNG."""

from __future__ import annotations

from dataclasses import dataclass

from ipreport.document.inlines import Texts
from ipreport.document.native import NativeChart
from ipreport.language import Language, Localized


@dataclass(frozen=True, slots=True)
class DrawnPath:
    """A shape of a drawing.

    `segments` are `("M", x, y)`, `("L", x, y)`, `("C", x1, y1, x2, y2, x3, y3)` and
    `("Z",)` in points, the origin at the lower left. Colours are `#rrggbb` or None;
    `dash` alternates lengths of line and gap in points.
    """

    segments: tuple[tuple[str | float, ...], ...]
    fill: str | None = None
    stroke: str | None = None
    line_width: float = 0.0
    dash: tuple[float, ...] = ()
    round_joins: bool = False


@dataclass(frozen=True, slots=True)
class DrawnText:
    """A line of text of a drawing; (x, y) is the left end of its baseline, in points.

    `font` is a value of `style.FontRole`; `angle` turns counter-clockwise, in degrees.
    `value_key` names the value that the text shows, `unit` the unit its bare digits stand
    in, by its key; without one the text brings its unit itself.
    """

    x: float
    y: float
    text: str
    size: float
    font: str
    colour: str
    language: Language
    angle: float = 0.0
    value_key: str | None = None
    unit: str = ""


DrawnItem = DrawnPath | DrawnText


@dataclass(frozen=True, slots=True)
class Drawing:
    """A vector picture as a list of shapes and texts, painted in order."""

    items: tuple[DrawnItem, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A rendered chart: one layout in three forms. Width and height are in points."""

    width: float
    height: float
    drawing: Drawing
    svg: bytes
    png: bytes


@dataclass(frozen=True, slots=True)
class ShownValue:
    """A value of a chart with its unit, traced to `key`."""

    words: Localized
    key: str


@dataclass(frozen=True, slots=True)
class ChartTable:
    """The data of a chart as a table: heads, the first above the names of rows, and rows of values.

    None stands for a value that there is none of.
    """

    heads: tuple[Localized, ...]
    rows: tuple[tuple[Localized, tuple[ShownValue | None, ...]], ...]


@dataclass(frozen=True, slots=True)
class Rendered:
    """A chart or a trend line: the picture, and what it shows in words in every language of the edition.

    `keys` are those of every value it shows, as a length, a place or in words; those of
    a trend line stand in the order of time. `table` holds the same values, for readers who
    want the numbers. `native` is the same chart for a word processor to draw; None for a
    kind that it cannot draw.
    """

    picture: Picture
    alt: Texts
    keys: tuple[str, ...] = ()
    table: ChartTable | None = None
    native: NativeChart | None = None
