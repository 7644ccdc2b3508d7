"""The wholes of parts that a figure puts together: recorded beside them, or added up where that is sound."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from ipreport.language import Localized
from ipreport.metrics import Metric, MetricSet, Period, is_additive, same_caliber, sum_observation, value_at

TOTAL = Localized("合计", "Total")
"""What the parts of a column add up to, by its name in a chart."""


def recorded_whole(record: MetricSet, parts: Sequence[Metric], time: Period) -> Metric | None:
    """The recorded metric that is the sum of just these parts, in their region at a time; None where there is none."""
    names, region = {part.definition.id for part in parts}, parts[0].region
    return _found(record, region, time, lambda total: set(total.relations.sum_of) == names)


def whole_around(record: MetricSet, parts: Sequence[Metric], time: Period) -> Metric | None:
    """The same of a sum to which others may belong as well; one of just these parts comes first."""
    names, region = {part.definition.id for part in parts}, parts[0].region
    just = recorded_whole(record, parts, time)
    return just or _found(record, region, time, lambda total: names < set(total.relations.sum_of))


def stack_whole(record: MetricSet, parts: Sequence[Metric | None], time: Period) -> Metric | None:
    """What the parts of one column add up to: recorded, else their sum; None where one is missing or not exact."""
    known = [part for part in parts if part is not None]
    if not known or len(known) < len(parts):
        return None
    return recorded_whole(record, known, time) or _exact_sum(known)


def whole_of_regions(record: MetricSet, parts: Sequence[Metric]) -> Metric | None:
    """What regions are parts of: the value of the region around them, else the sum of all regions within it.

    The parts are values of one metric. None where neither is known, and where values of
    regions do not add up.
    """
    first = parts[0]
    around = {region.id: region.within for region in record.regions}
    outer = {around.get(part.region) for part in parts}
    if len(outer) > 1 or not is_additive(first.definition):
        return None
    (within,) = outer
    found = record.at(first.definition.id, within, first.period) if within is not None else ()
    if found and same_caliber(found[0], first):
        return found[0]
    complete = {region for region, each in around.items() if each == within} == {part.region for part in parts}
    return _exact_sum(parts) if complete else None


def rounding_of(whole: Metric, parts: Sequence[Metric]) -> Decimal:
    """How far rounding alone may part the sum of parts from their whole, in base units; counts are exact."""
    return sum((each.bounds[1] - each.bounds[0] for each in (whole, *parts)), Decimal(0)) / 2


def _found(record: MetricSet, region: str, time: Period, fits: Callable[[Metric], bool]) -> Metric | None:
    totals = {each.definition.id: each for each in record if each.region == region and fits(each)}
    found = (value_at(record, total, time) for total in totals.values())
    return next((whole for whole in found if whole is not None), None)


def _exact_sum(parts: Sequence[Metric]) -> Metric | None:
    return sum_observation(parts) if all(part.is_exact for part in parts) else None
