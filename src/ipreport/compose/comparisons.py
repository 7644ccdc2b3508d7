"""A value against the same months last year, the quarter before, or the end of last year."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ipreport.compose.content import Content
from ipreport.metrics import Basis, Derived, Metric, UnitKind, change_in_points, earlier, growth, same_caliber
from ipreport.wording import Phrase, show_growth, show_points

COMPARISONS: Mapping[str, Basis] = MappingProxyType(
    {"yoy": Basis.YEAR, "qoq": Basis.QUARTER, "since_year_end": Basis.YEAR_END}
)
"""What a template calls a comparison."""


def compare(metric: Metric, content: Content, basis: Basis) -> Phrase:
    """The comparison in words: growth of a level, percentage points of a rate (rule R09).

    Where no like period is recorded the words say so (DOMAIN §3, pair 24), and where the
    definition changed in between they say that (rule R19).
    """
    return comparison(metric, content, basis)[1]


def comparison(metric: Metric, content: Content, basis: Basis) -> tuple[Derived, Phrase]:
    """The same, with the arithmetic behind the words."""
    before = earlier(content.metrics, metric, basis)
    alike = before is None or same_caliber(metric, before)
    if metric.unit.kind is UnitKind.PERCENT:
        places = max(metric.places, 0 if before is None else before.places)
        moved = change_in_points(metric, before, basis, same_caliber=alike)
        return moved, show_points(moved, places, content.rounding)
    grown = growth(metric, before, basis, same_caliber=alike)
    return grown, show_growth(grown, rounding=content.rounding)
