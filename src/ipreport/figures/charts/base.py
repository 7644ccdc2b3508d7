"""What every kind of chart provides, and the look of its marks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ipreport.document import Inline
from ipreport.figures.data import ChartData
from ipreport.figures.sketch import Sketch
from ipreport.language import Language
from ipreport.metrics import Metric
from ipreport.outline import FigureSpec
from ipreport.problems import Problem
from ipreport.style import Colours


@dataclass(frozen=True, slots=True)
class Chart:
    """A kind of chart.

    `check` yields what is wrong with the metrics, given in the order of the roles;
    `lay_out` draws them into a sketch and returns its height in points; `tell` says
    in one language what the picture shows.
    """

    check: Callable[[FigureSpec, Sequence[Metric]], Iterator[Problem]]
    lay_out: Callable[[ChartData, Sketch], float]
    tell: Callable[[ChartData, Language], tuple[Inline, ...]]


def fill_and_outline(colours: Colours, *, exact: bool) -> tuple[str, str | None]:
    """The look of a mark: solid, or hollow where the source says “over”, “nearly” or “about”."""
    return (colours.accent, None) if exact else (colours.panel, colours.accent)
