"""A value against the same months last year, the quarter before, or the end of last year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from ipreport.compose.content import Content
from ipreport.metrics import (
    Basis,
    Derived,
    Metric,
    Reason,
    UnitKind,
    change,
    change_in_points,
    earlier,
    growth,
    quarter_a_year_before,
    quarter_before,
    quarter_of,
    same_caliber,
)
from ipreport.wording import (
    NO_RATE_BELOW,
    Phrase,
    counts_cases,
    show_from_to,
    show_from_to_extent,
    show_growth,
    show_growth_extent,
    show_points,
    show_points_extent,
)

COMPARISONS: Mapping[str, Basis] = MappingProxyType(
    {"yoy": Basis.YEAR, "qoq": Basis.QUARTER, "since_year_end": Basis.YEAR_END}
)
"""What a template calls a comparison."""

EXTENTS: Mapping[str, Basis] = MappingProxyType({"yoy_extent": Basis.YEAR, "qoq_extent": Basis.QUARTER})
"""What a template calls the extent of a comparison."""


QUARTERS: Mapping[str, Basis] = MappingProxyType({"quarter_yoy": Basis.YEAR, "quarter_qoq": Basis.QUARTER})
"""What a template calls a comparison of the single quarter behind a year to date."""


class _Manner(Enum):
    """How two values are compared."""

    GROWTH = "in per cent"
    POINTS = "in percentage points (rule R09)"
    COUNTS = "from a count too small for per cent to the later one (DOMAIN §5)"


@dataclass(frozen=True, slots=True)
class _Compared:
    manner: _Manner
    derived: Derived
    now: Metric
    before: Metric | None


def compare(metric: Metric, content: Content, basis: Basis) -> Phrase:
    """The comparison in words: growth of a level, percentage points of a rate (rule R09).

    Where no like period is recorded the words say so (DOMAIN §3, pair 24), where the
    definition changed in between they say that (rule R19), and a count that was below 10
    does not grow in per cent: 由上年同期的5件增至7件 (DOMAIN §5).
    """
    return comparison(metric, content, basis)[1]


def comparison(metric: Metric, content: Content, basis: Basis) -> tuple[Derived, Phrase]:
    """The same, with the arithmetic behind the words."""
    return _worded(_compared(metric, content, basis), content)


def quarter_comparison(metric: Metric, content: Content, basis: Basis) -> tuple[Derived, Phrase] | None:
    """The comparison of the single quarter with which the period of `metric` ends.

    A quarter that is not recorded itself is worked out from two years to date. None
    where the quarter is not known; an earlier one that is not has words of its own.
    """
    now = quarter_of(content.metrics, metric)
    if now is None:
        return None
    find = quarter_before if basis is Basis.QUARTER else quarter_a_year_before
    return _worded(_pair(now, find(content.metrics, metric), basis), content)


def _worded(found: _Compared, content: Content) -> tuple[Derived, Phrase]:
    match found.manner, found.before:
        case _Manner.COUNTS, Metric() as before:
            return found.derived, show_from_to(found.now, before, found.derived)
        case _Manner.POINTS, _:
            return found.derived, show_points(found.derived, _places(found), content.rounding)
        case _:
            return found.derived, show_growth(found.derived, rounding=content.rounding)


def extent(metric: Metric, content: Content, basis: Basis) -> Phrase:
    """How far the value moved, as a noun: 增幅15.2% / a rise of 15.2%."""
    found = _compared(metric, content, basis)
    match found.manner, found.before:
        case _Manner.COUNTS, Metric() as before:
            return show_from_to_extent(metric, before, found.derived)
        case _Manner.POINTS, _:
            return show_points_extent(found.derived, _places(found), content.rounding)
        case _:
            return show_growth_extent(found.derived, rounding=content.rounding)


def previous(metric: Metric, content: Content) -> Metric | None:
    """The record of the like period a year before, whatever its definition then was."""
    return earlier(content.metrics, metric, Basis.YEAR)


def _compared(metric: Metric, content: Content, basis: Basis) -> _Compared:
    return _pair(metric, earlier(content.metrics, metric, basis), basis)


def _pair(metric: Metric, before: Metric | None, basis: Basis) -> _Compared:
    alike = before is None or same_caliber(metric, before)
    if metric.unit.kind is UnitKind.PERCENT:
        moved = change_in_points(metric, before, basis, same_caliber=alike)
        return _Compared(_Manner.POINTS, moved, metric, before)
    grown = growth(metric, before, basis, same_caliber=alike)
    if before is not None and _too_few(metric, before, grown):
        return _Compared(_Manner.COUNTS, change(metric, before, basis), metric, before)
    return _Compared(_Manner.GROWTH, grown, metric, before)


def _too_few(metric: Metric, before: Metric, grown: Derived) -> bool:
    """Whether the earlier count is too small for a rate; none before and some now has words of its own (pair 23)."""
    if metric.value is None or before.value is None or not counts_cases(metric.unit):
        return False
    if before.value == 0:
        return metric.value == 0 and grown.reason is Reason.ZERO_BASE
    return grown.reason is None and before.value < NO_RATE_BELOW


def _places(found: _Compared) -> int:
    return max(found.now.places, 0 if found.before is None else found.before.places)
