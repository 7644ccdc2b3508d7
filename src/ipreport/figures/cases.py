"""The cases behind a rate, which a rate of few cases must show (DOMAIN §5)."""

from __future__ import annotations

from ipreport.metrics import Metric, MetricSet, UnitKind
from ipreport.wording import counts_cases


def cases_of(rate: Metric, record: MetricSet) -> tuple[Metric, Metric] | None:
    """The count a percentage is taken of and its part, recorded for the same region and time; None where unknown."""
    base = base_of(rate, record)
    numerator = rate.relations.numerator
    part = record.find(numerator, rate) if numerator is not None else None
    if base is None or part is None or part.value is None:
        return None
    return part, base


def base_of(rate: Metric, record: MetricSet) -> Metric | None:
    """The number of cases that a percentage is taken of; None where it is not recorded or counts no cases."""
    name = rate.relations.base or rate.relations.denominator
    if rate.unit.kind is not UnitKind.PERCENT or name is None:
        return None
    base = record.find(name, rate)
    return base if base is not None and base.value is not None and counts_cases(base.unit) else None
