"""What a figure shows before anything becomes words: observations by series and category."""

from __future__ import annotations

from dataclasses import dataclass

from ipreport.language import Localized
from ipreport.metrics import Metric, MetricSet, Period
from ipreport.outline import FigureSpec
from ipreport.problems import Problem


@dataclass(frozen=True, slots=True)
class Category:
    """A place along the category axis: a listed value, a period or a region."""

    key: str
    name: Localized
    period: Period | None = None
    region: str | None = None
    highlighted: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """Observations that belong together, one for each category; None where there is no value.

    `role` is the part they play in the chart, `key` the metric that the figure names;
    of regions, the `highlighted` one stands out, and `whole` is the rate of the region that
    contains them.
    """

    role: str
    key: str
    name: Localized
    points: tuple[Metric | None, ...]
    highlighted: bool = False
    whole: Metric | None = None


@dataclass(frozen=True, slots=True)
class Selected:
    """What a figure shows before anything becomes words. `problems` tell why it is incomplete.

    Of a kind that shows parts, `wholes` are what they add up to, one for each category where
    the series are the parts, else a single one; None where it is not known.
    """

    spec: FigureSpec
    record: MetricSet
    categories: tuple[Category, ...]
    series: tuple[Series, ...]
    problems: tuple[Problem, ...] = ()
    wholes: tuple[Metric | None, ...] = ()

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """Every observation, series by series."""
        return tuple(point for series in self.series for point in series.points if point is not None)

    @property
    def listed(self) -> bool:
        """Whether the figure names every value itself."""
        spec = self.spec
        return not (spec.is_over_time or spec.is_by_region or spec.against is not None)

    def role(self, name: str) -> tuple[Metric, ...]:
        """The observations that play one part, in their order."""
        return tuple(p for series in self.series if series.role == name for p in series.points if p is not None)
