"""What every kind of chart provides, and the look of its marks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ipreport.document import Inline
from ipreport.figures.data import ChartData, Numbers
from ipreport.figures.selected import Selected
from ipreport.figures.sketch import Sketch
from ipreport.language import Language, Localized
from ipreport.outline import FigureSpec
from ipreport.problems import Problem
from ipreport.style import Colours


def _common(_: FigureSpec) -> Numbers:
    return Numbers.COMMON


def _nothing(_: ChartData) -> Localized | None:
    return None


@dataclass(frozen=True, slots=True)
class Chart:
    """A kind of chart.

    `check` yields what is wrong with the observations it is to show; `lay_out` draws them
    into a sketch and returns its height in points; `tell` says in one language what the
    picture shows. `numbers` is the unit in which values stand at their marks, `remark`
    what the subtitle says beyond unit and time, such as that an axis does not begin at zero.
    """

    check: Callable[[Selected], Iterator[Problem]]
    lay_out: Callable[[ChartData, Sketch], float]
    tell: Callable[[ChartData, Language], tuple[Inline, ...]]
    numbers: Callable[[FigureSpec], Numbers] = _common
    remark: Callable[[ChartData], Localized | None] = _nothing


def fill_and_outline(colours: Colours, *, exact: bool, colour: str = "") -> tuple[str, str | None]:
    """The look of a mark: solid, or hollow where the source says “over”, “nearly” or “about”.

    It has the colour of what is told, the accent, unless it has one of its own.
    """
    colour = colour or colours.accent
    return (colour, None) if exact else (colours.panel, colour)
