"""Which recorded values may be compared: the like period, the same definition, what the catalogue allows."""

from __future__ import annotations

from ipreport.metrics.definition import Comparison
from ipreport.metrics.likeness import Basis, are_like
from ipreport.metrics.model import Metric, MetricSet
from ipreport.metrics.units import UnitKind

_GROWTH = {Basis.YEAR: Comparison.YOY, Basis.QUARTER: Comparison.QOQ, Basis.YEAR_END: Comparison.YOY}
"""What the catalogue must allow for a growth on this basis; since the year's end is a year or less."""


def earlier(metrics: MetricSet, metric: Metric, basis: Basis) -> Metric | None:
    """The record of the like period that `metric` is compared with, whatever its definition then was."""
    for other in metrics.series(metric.definition.id, metric.region):
        if other is not metric and are_like(metric.period, other.period, basis):
            return other
    return None


def same_caliber(now: Metric, before: Metric) -> bool:
    """Whether two values of one metric follow the same version of its definition (rule R19).

    Where both name their version, that decides; else no break of the catalogue may lie
    after the earlier period and up to the end of the later one.
    """
    if now.caliber is not None and before.caliber is not None:
        return now.caliber == before.caliber
    if (now.caliber or before.caliber or now.definition.caliber) != now.definition.caliber:
        return False
    if now.period.end is None or before.period.end is None:
        return True
    first, last = sorted((before.period.end, now.period.end))
    return not any(first < each.since <= last for each in now.definition.breaks)


def is_allowed(metric: Metric, basis: Basis) -> bool:
    """Whether the catalogue lets the metric be compared on this basis (rule R09).

    A rate moves by percentage points over a year and over a quarter alike; what has no
    comparison at all, such as a valuation, has none here.
    """
    if metric.unit.kind is UnitKind.PERCENT:
        return Comparison.PP in metric.definition.comparisons
    return _GROWTH[basis] in metric.definition.comparisons
