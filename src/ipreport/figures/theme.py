"""The house style of marks: colours that every reader tells apart, shapes and dashes that need no colour.

Contrast is that of WCAG 2.1 (success criteria 1.4.3 and 1.4.11): 4.5:1 for text, 3:1 for marks.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ipreport.contrast import contrast
from ipreport.style import Colours

WHITE = "#ffffff"
TEXT_CONTRAST = 4.5
MARK_CONTRAST = 3.0


class Marker(StrEnum):
    """The shape of a point."""

    CIRCLE = "circle"
    SQUARE = "square"
    TRIANGLE = "triangle"
    DIAMOND = "diamond"
    CROSS = "cross"


@dataclass(frozen=True, slots=True)
class Look:
    """How the marks of a series look; `dash` alternates lengths of line and gap in points."""

    colour: str
    marker: Marker
    dash: tuple[float, ...]


_DASHES: tuple[tuple[float, ...], ...] = ((), (5.0, 2.0), (1.5, 1.5), (7.0, 2.0, 1.5, 2.0), (3.0, 3.0))


def look(colours: Colours, index: int) -> Look:
    """The look of the series that comes `index`-th, counted from zero; IndexError beyond the palette."""
    return Look(colours.series[index], tuple(Marker)[index], _DASHES[index])


def on(fill: str, colours: Colours) -> str:
    """The colour of text on a fill: white or ink, whichever stands out more."""
    return WHITE if contrast(WHITE, fill) >= contrast(colours.ink, fill) else colours.ink


def judged(colours: Colours, good: bool | None) -> str:
    """The colour of a mark that is judged: the accent where it is well, orange where not, context where nothing says.

    Blue and orange differ for colour-blind readers as well; words beside the mark say the same.
    """
    return colours.context if good is None else colours.series[0 if good else 1]
