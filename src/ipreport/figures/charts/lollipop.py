"""Dots at the end of stems from zero: bars that leave more white, for many values of like size."""

from __future__ import annotations

from collections.abc import Iterator

from ipreport.document import Inline
from ipreport.figures.charts import dot, intervals
from ipreport.figures.charts.base import Chart
from ipreport.figures.data import ChartData
from ipreport.figures.refusals import amounts
from ipreport.figures.selected import Selected
from ipreport.figures.sketch import Sketch
from ipreport.language import Language, Localized
from ipreport.problems import Problem


def check(selected: Selected) -> Iterator[Problem]:
    """Refuses what a chart of lengths from zero refuses, and intervals that are none."""
    yield from amounts(selected)
    yield from intervals.check(selected)


def lay_out(data: ChartData, sketch: Sketch) -> float:
    """Rows of dots with their stems."""
    return dot.draw(data, sketch, stems=True)


def tell(data: ChartData, language: Language) -> tuple[Inline, ...]:
    """The values as a list."""
    return dot.told(data, language, Localized("棒棒糖图", "Lollipop chart"))


CHART = Chart(check, lay_out, tell)
