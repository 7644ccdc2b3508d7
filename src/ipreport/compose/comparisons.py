"""A value against the same months last year, the quarter before, or the end of last year."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ipreport.compose.content import Content
from ipreport.metrics import Basis, Metric, UnitKind, are_like, change_in_points, growth
from ipreport.wording import Phrase, show_growth, show_points

COMPARISONS: Mapping[str, Basis] = MappingProxyType(
    {"yoy": Basis.YEAR, "qoq": Basis.QUARTER, "since_year_end": Basis.YEAR_END}
)
"""What a template calls a comparison."""


def compare(metric: Metric, content: Content, basis: Basis) -> Phrase:
    """The comparison in words: growth of a level, percentage points of a rate (rule R09).

    Where no like period is recorded the words say so (DOMAIN §3, pair 24).
    """
    earlier = _earlier(metric, content, basis)
    if metric.unit.kind is UnitKind.PERCENT:
        places = max(metric.places, 0 if earlier is None else earlier.places)
        return show_points(change_in_points(metric, earlier, basis), places, content.rounding)
    return show_growth(growth(metric, earlier, basis), rounding=content.rounding)


def _earlier(metric: Metric, content: Content, basis: Basis) -> Metric | None:
    """The record of the period that `metric` is compared with."""
    for other in content.metrics:
        same = (other.definition.id, other.region) == (metric.definition.id, metric.region)
        if same and are_like(metric.period, other.period, basis):
            return other
    return None
