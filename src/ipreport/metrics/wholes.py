"""Parts and their whole: what parts add up to, and what they leave of it.

Whether different metrics may be added, because nothing is counted twice, is for the caller to know.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from ipreport.metrics.definition import Aggregation, Definition, Kind, Relations
from ipreport.metrics.derived import Derivation, Derived, Reason, derived_key, digits, recorded_keys, share
from ipreport.metrics.model import Metric, Qualifier, Status
from ipreport.metrics.periods import PeriodKind
from ipreport.metrics.remainder import remainder
from ipreport.metrics.units import UnitKind

_LEAST_SETTLED = (
    Status.OK,
    Status.REVISED,
    Status.PROVISIONAL,
    Status.ESTIMATED,
    Status.SUSPECT,
    Status.BLOCKED,
)
"""States in the order in which they leave a value open."""


_ADDED = {Aggregation.SUM, Aggregation.LAST}
_NOT_ADDED = {Kind.RATIO, Kind.RANK, Kind.VALUATION}
_AMOUNTS = {UnitKind.COUNT, UnitKind.MONEY}


def is_additive(definition: Definition) -> bool:
    """Whether the values of regions add up: counts and money that are not of one event.

    Firms that may be counted in several places (aggregation none), ratios, ranks and
    assessed values do not; neither do single events, such as one loan.
    """
    return (
        definition.aggregation in _ADDED
        and definition.kind not in _NOT_ADDED
        and definition.unit.kind in _AMOUNTS
        and definition.period is not PeriodKind.EVENT
        and not definition.relations.item_of
    )


def sum_key(parts: Sequence[str]) -> str:
    """The key of the sum of at least two observations: `a/sum_with/b,c`."""
    first, *others = parts
    return derived_key(Derivation.SUM, first, *others)


def added(parts: Sequence[Metric]) -> Derived:
    """The sum of at least two parts in base units."""
    made = _made(sum_key([part.key for part in parts]), parts)
    values = [part.value for part in parts if part.value is not None]
    reason = _unfit(parts)
    if reason is not None:
        return replace(made, reason=reason)
    return replace(made, value=sum(values, Decimal(0)), formula=" + ".join(digits(value) for value in values))


def sum_observation(parts: Sequence[Metric]) -> Metric | None:
    """The sum as an observation, a single part as it is; None where it cannot be worked out.

    It is as open as the part of it that is least settled.
    """
    return parts[0] if len(parts) == 1 else _observed(added(parts), parts[0], parts)


def remainder_observation(whole: Metric, parts: Sequence[Metric]) -> Metric | None:
    """What the parts leave of the whole as an observation; None where it cannot be worked out."""
    return _observed(remainder([whole], parts), whole, (whole, *parts))


def cumulative_share(parts: Sequence[Metric], whole: Metric) -> Derived:
    """The share of the first parts together in the whole, as a quotient.

    Its key is that of the share of their sum: `a/sum_with/b/share_of/w`.
    """
    together = sum_observation(parts)
    if together is None:
        return _made("", (*parts, whole))
    made = share(together, whole)
    if len(parts) == 1 or made.value is None:
        return made
    return replace(made, formula=f"({added(parts).formula}) ÷ {digits(whole.value or Decimal(0))}")


def _made(key: str, parts: Sequence[Metric]) -> Derived:
    return Derived(key, None, "", recorded_keys(key), None, all(part.qualifier is Qualifier.EXACT for part in parts))


def _unfit(parts: Sequence[Metric]) -> Reason | None:
    if any(part.value is None for part in parts):
        return Reason.NO_VALUE
    return Reason.UNLIKE_UNITS if len({part.unit for part in parts}) > 1 else None


def _observed(derived: Derived, first: Metric, parts: Sequence[Metric]) -> Metric | None:
    if derived.value is None:
        return None
    finest = min(parts, key=lambda part: part.half_step)
    return replace(
        first,
        key=derived.key,
        value=derived.value,
        places=finest.places,
        stated_in=finest.stated_in,
        qualifier=Qualifier.EXACT if derived.exact else Qualifier.ABOUT,
        status=max((part.status for part in parts), key=_LEAST_SETTLED.index),
        relations=Relations(),
    )
