"""Values worked out from others: pure arithmetic, with the formula and the keys it rests on.

Nothing is rounded here; the words round once. A value that cannot be worked out has a
reason instead (DOMAIN §3: no rate on a base that is zero or negative; §2.3: R09, R10,
R18, R19, R20).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from enum import StrEnum

from ipreport.metrics.definition import Direction
from ipreport.metrics.likeness import Basis, are_like, follows_in_year, last_quarter_of, whole_years
from ipreport.metrics.model import Metric, Qualifier
from ipreport.metrics.periods import PeriodKind
from ipreport.metrics.units import UnitKind

_DIGITS = 50
"""Digits kept in a division: far more than any value has, so that rounding happens once."""


class Derivation(StrEnum):
    """How a value was worked out; the middle part of its key."""

    SHARE = "share_of"
    CHANGE = "change_from"
    GROWTH = "growth_from"
    POINTS = "points_from"
    SINGLE_QUARTER = "quarter_after"
    PER_10K = "per_10k_of"
    RANK = "rank_among"
    COMPLETION = "completion_of"
    ANNUAL_AVERAGE = "annual_average_from"
    SUM = "sum_with"
    REMAINDER = "rest_without"


class Reason(StrEnum):
    """Why a value cannot be worked out."""

    NO_VALUE = "the value is missing"
    NO_BASE = "the value to compare with is missing"
    ZERO_BASE = "the value to compare with is zero"
    NEGATIVE_BASE = "the value to compare with is negative"
    UNLIKE_METRICS = "the two are not the same metric of the same region"
    UNLIKE_UNITS = "the two have different units"
    UNLIKE_PERIODS = "the periods cannot be compared"
    CALIBER_BREAK = "the definition changed between the two"
    IN_POINTS = "a rate changes by percentage points, not by per cent"
    NOT_A_RATE = "only a rate changes by percentage points"
    UNSURE = "the values are not stated exactly enough"
    NOT_A_QUANTITY = "a rank does not grow"


@dataclass(frozen=True, slots=True)
class Derived:
    """A value worked out from others, or the reason why there is none.

    Growth, shares and completion are quotients (0.152), changes of a rate percentage
    points, all others in base units. `exact` says whether all it rests on is exact.
    """

    key: str
    value: Decimal | None
    formula: str
    rests_on: tuple[str, ...]
    basis: Basis | None = None
    exact: bool = True
    reason: Reason | None = None

    @property
    def percent(self) -> Decimal | None:
        """A quotient as a percentage; None when there is no value."""
        return None if self.value is None else self.value * 100


@dataclass(frozen=True, slots=True)
class Standing:
    """A rank among `peers`, its own included; `tied` when another has the same value."""

    derived: Derived
    peers: int
    tied: bool


# --- keys ------------------------------------------------------------------------


def share_key(part: str, whole: str) -> str:
    """The key of the share of one metric in another."""
    return derived_key(Derivation.SHARE, part, whole)


def change_key(later: str, earlier: str) -> str:
    """The key of the change from one observation to a later one."""
    return derived_key(Derivation.CHANGE, later, earlier)


def derived_key(derivation: Derivation, first: str, *others: str, basis: Basis | None = None) -> str:
    """The key of a derived value: `a/share_of/b`, `a/yoy_growth_from/b`, `a/rank_among/b,c`."""
    kind = derivation if basis is None else f"{basis}_{derivation}"
    return f"{first}/{kind}/{','.join(others)}"


def as_in_key(key: str, issue: str) -> str:
    """The key of a figure as an earlier issue gave it: `a/as_in/2025Q2`."""
    return f"{key}/as_in/{issue}"


def revision_key(key: str, issue: str) -> str:
    """The key of how far a figure moved since an earlier issue: `a/revised_since/2025Q2`."""
    return f"{key}/revised_since/{issue}"


_EARLIER_ISSUE = re.compile(r"/(?:as_in|revised_since)/[^/,]*")
_BETWEEN_KEYS = re.compile(rf"/(?:(?:{'|'.join(Basis)})_)?(?:{'|'.join(Derivation)})/|,")


def recorded_keys(key: str) -> tuple[str, ...]:
    """The keys of the recorded metrics that a value rests on, each once: of a share or a change, both."""
    return tuple(dict.fromkeys(part for part in _BETWEEN_KEYS.split(_EARLIER_ISSUE.sub("", key)) if part))


# --- comparisons -----------------------------------------------------------------


def growth(now: Metric, before: Metric | None, basis: Basis, *, same_caliber: bool = True) -> Derived:
    """Growth against a like period: (now − before) ÷ before (DOMAIN §3, 同比 and 环比)."""
    return _compared(Derivation.GROWTH, now, before, basis, same_caliber=same_caliber)


def change_in_points(now: Metric, before: Metric | None, basis: Basis, *, same_caliber: bool = True) -> Derived:
    """The change of a rate in percentage points: now − before (rule R09)."""
    return _compared(Derivation.POINTS, now, before, basis, same_caliber=same_caliber)


def change(now: Metric, before: Metric | None, basis: Basis, *, same_caliber: bool = True) -> Derived:
    """The change of a level in base units: now − before."""
    return _compared(Derivation.CHANGE, now, before, basis, same_caliber=same_caliber)


def _compared(
    derivation: Derivation, now: Metric, before: Metric | None, basis: Basis, *, same_caliber: bool
) -> Derived:
    key = derived_key(derivation, now.key, before.key if before is not None else "", basis=basis)
    made = Derived(key, None, "", recorded_keys(key), basis, _all_exact(now, before))
    if now.value is None or before is None or before.value is None:
        return replace(made, reason=Reason.NO_VALUE if now.value is None else Reason.NO_BASE)
    difference = f"{digits(now.value)} − {digits(before.value)}"
    by_division = derivation is Derivation.GROWTH
    made = replace(made, formula=f"({difference}) ÷ {digits(before.value)}" if by_division else difference)
    reason = _incomparable(derivation, now, before, basis, same_caliber=same_caliber)
    if reason is None and by_division:
        reason = _unfit_base(before.value)
    if reason is not None:
        return replace(made, reason=reason)
    with localcontext() as context:
        context.prec = _DIGITS
        value = now.value - before.value
        return replace(made, value=value / before.value if by_division else value)


def _incomparable(
    derivation: Derivation, now: Metric, before: Metric, basis: Basis, *, same_caliber: bool
) -> Reason | None:
    if (now.definition.id, now.region) != (before.definition.id, before.region):
        return Reason.UNLIKE_METRICS
    if not are_like(now.period, before.period, basis):
        return Reason.UNLIKE_PERIODS
    if not same_caliber:
        return Reason.CALIBER_BREAK
    return _wrong_measure(derivation, now.unit.kind)


def _wrong_measure(derivation: Derivation, kind: UnitKind) -> Reason | None:
    if derivation is Derivation.POINTS:
        return None if kind is UnitKind.PERCENT else Reason.NOT_A_RATE
    return {UnitKind.PERCENT: Reason.IN_POINTS, UnitKind.RANK: Reason.NOT_A_QUANTITY}.get(kind)


def annual_average(now: Metric, before: Metric | None, *, same_caliber: bool = True) -> Derived:
    """Average growth a year, 年均增长: (now ÷ before)^(1/years) − 1; both years are needed (rule R10)."""
    key = derived_key(Derivation.ANNUAL_AVERAGE, now.key, before.key if before is not None else "")
    made = Derived(key, None, "", recorded_keys(key), None, _all_exact(now, before))
    if now.value is None or before is None or before.value is None:
        return replace(made, reason=Reason.NO_VALUE if now.value is None else Reason.NO_BASE)
    years = whole_years(before.period, now.period)
    reason = _unaveraged(now, before, same_caliber=same_caliber)
    if reason is not None or years is None:
        return replace(made, reason=reason or Reason.UNLIKE_PERIODS)
    made = replace(made, formula=f"({digits(now.value)} ÷ {digits(before.value)})^(1/{years}) − 1")
    if now.value < 0 or before.value <= 0:
        return replace(made, reason=_unfit_base(before.value) or Reason.NEGATIVE_BASE)
    with localcontext() as context:
        context.prec = _DIGITS
        return replace(made, value=(now.value / before.value) ** (1 / Decimal(years)) - 1)


def _unaveraged(now: Metric, before: Metric, *, same_caliber: bool) -> Reason | None:
    if (now.definition.id, now.region) != (before.definition.id, before.region):
        return Reason.UNLIKE_METRICS
    if not same_caliber:
        return Reason.CALIBER_BREAK
    return _wrong_measure(Derivation.ANNUAL_AVERAGE, now.unit.kind)


def single_quarter(now: Metric, before: Metric | None) -> Derived:
    """A quarter from years to date: January–September − January–June (DOMAIN §1, period Q).

    January–March is its own quarter and needs no `before`.
    """
    first = now.period.kind is PeriodKind.YEAR_TO_DATE and now.period.end is not None and now.period.end.month == 3
    key = derived_key(Derivation.SINGLE_QUARTER, now.key, before.key if before is not None and not first else "")
    made = Derived(key, None, "", recorded_keys(key), None, _all_exact(now, None if first else before))
    if now.value is None:
        return replace(made, reason=Reason.NO_VALUE)
    if first:
        return replace(made, value=now.value, formula=digits(now.value))
    if before is None or before.value is None:
        return replace(made, reason=Reason.NO_BASE)
    if (now.definition.id, now.region) != (before.definition.id, before.region):
        return replace(made, reason=Reason.UNLIKE_METRICS)
    if not follows_in_year(now.period, before.period):
        return replace(made, reason=Reason.UNLIKE_PERIODS)
    return replace(made, value=now.value - before.value, formula=f"{digits(now.value)} − {digits(before.value)}")


def quarter_observation(now: Metric, before: Metric | None) -> Metric | None:
    """The single quarter as an observation to compare with others; None where it cannot be worked out."""
    derived = single_quarter(now, before)
    if derived.value is None:
        return None
    qualifier = Qualifier.EXACT if derived.exact else Qualifier.ABOUT
    period = last_quarter_of(now.period)
    return replace(now, key=derived.key, value=derived.value, period=period, qualifier=qualifier)


# --- one value against others of its time ----------------------------------------


def share(part: Metric, whole: Metric) -> Derived:
    """The share of a part in its whole, as a quotient."""
    reason = Reason.UNLIKE_UNITS if part.unit != whole.unit else None
    return _quotient(Derivation.SHARE, part, whole, lambda a, b: (a / b, f"{digits(a)} ÷ {digits(b)}"), reason)


def per_10k(count: Metric, population: Metric) -> Derived:
    """A count per 10,000 of the population."""

    def divide(a: Decimal, b: Decimal) -> tuple[Decimal, str]:
        return a / b * 10_000, f"{digits(a)} ÷ {digits(b)} × 10000"

    return _quotient(Derivation.PER_10K, count, population, divide)


def target_completion(value: Metric, target: Metric) -> Derived:
    """How far a target is met, inverted for metrics where lower is better (rule R20)."""
    reason = Reason.UNLIKE_UNITS if value.unit != target.unit else None
    if value.definition.direction is not Direction.DOWN:
        return _quotient(
            Derivation.COMPLETION, value, target, lambda a, b: (a / b, f"{digits(a)} ÷ {digits(b)}"), reason
        )
    if value.value is not None and value.value <= 0:
        reason = reason or _unfit_base(value.value)
    return _quotient(Derivation.COMPLETION, value, target, lambda a, b: (b / a, f"{digits(b)} ÷ {digits(a)}"), reason)


_REACH = {
    Qualifier.EXACT: (Decimal(1), Decimal(1)),
    Qualifier.OVER: (Decimal(1), None),
    Qualifier.AT_LEAST: (Decimal(1), None),
    Qualifier.NEARLY: (Decimal("0.9"), Decimal(1)),
    Qualifier.ABOUT: (Decimal("0.95"), Decimal("1.05")),
}
"""Between which parts of the stated value the true one lies (rule R12); None where nothing limits it."""


def possible(metric: Metric) -> tuple[Decimal, Decimal | None] | None:
    """Between which values the true one lies, as the qualifier has it, in base units (rule R12).

    None at the upper end where nothing limits it, and altogether where there is no value.
    """
    if metric.value is None:
        return None
    least, most = _REACH[metric.qualifier]
    return metric.value * least, None if most is None else metric.value * most


def is_surely_met(value: Metric, target: Metric) -> bool:
    """Whether a target is met however the qualifier of the value is meant (rules R12, R20).

    “Nearly 200” does not meet a target of 200. Where lower is better the value has to be
    at most the target, else at least. False where one of the two has no value.
    """
    reach = possible(value)
    if reach is None or target.value is None or value.unit != target.unit:
        return False
    least, most = reach
    if value.definition.direction is Direction.DOWN:
        return most is not None and most <= target.value
    return least >= target.value


def is_surely_ranked(one: Metric, other: Metric) -> bool:
    """Whether it is certain which of two values is greater, or that they are equal (rules R11, R12).

    “Over 500” and 520 cannot be put in order; “over 500” and 480 can.
    """
    if one.qualifier is other.qualifier is Qualifier.EXACT:
        return True
    mine, theirs = possible(one), possible(other)
    if mine is None or theirs is None:
        return False
    return _below(mine, theirs) or _below(theirs, mine)


def _below(lower: tuple[Decimal, Decimal | None], upper: tuple[Decimal, Decimal | None]) -> bool:
    return lower[1] is not None and lower[1] < upper[0]


def _quotient(
    derivation: Derivation,
    first: Metric,
    second: Metric,
    divide: Callable[[Decimal, Decimal], tuple[Decimal, str]],
    reason: Reason | None = None,
) -> Derived:
    key = derived_key(derivation, first.key, second.key)
    made = Derived(key, None, "", recorded_keys(key), None, _all_exact(first, second))
    if first.value is None or second.value is None:
        return replace(made, reason=Reason.NO_VALUE if first.value is None else Reason.NO_BASE)
    reason = reason or _unfit_base(second.value)
    if reason is not None:
        return replace(made, reason=reason)
    with localcontext() as context:
        context.prec = _DIGITS
        value, formula = divide(first.value, second.value)
    return replace(made, value=value, formula=formula)


def rank(mine: Metric, others: Sequence[Metric]) -> Standing:
    """The place of a value among its peers: one more than the number that are better (rule R11).

    Equal values share a place, and the next place is left out. Where lower is better the
    least comes first, otherwise the greatest. A peer without a value leaves it undecided.
    """
    key = derived_key(Derivation.RANK, mine.key, *(other.key for other in others))
    peers = len(others) + 1
    made = Derived(key, None, "", recorded_keys(key), None, _all_exact(mine, *others))
    values = [other.value for other in others if other.value is not None]
    reason = _unrankable(mine, others)
    if reason is not None or mine.value is None:
        return Standing(replace(made, reason=reason), peers, tied=False)
    falls = mine.definition.direction is Direction.DOWN
    better = sum(value < mine.value if falls else value > mine.value for value in values)
    count = f"1 + #{{x {'<' if falls else '>'} {digits(mine.value)}}}"
    formula = f"{count} = 1 + {better}, n = {peers}"
    return Standing(replace(made, value=Decimal(1 + better), formula=formula), peers, tied=mine.value in values)


def _unrankable(mine: Metric, others: Sequence[Metric]) -> Reason | None:
    if mine.value is None:
        return Reason.NO_VALUE
    if any(other.value is None for other in others):
        return Reason.NO_BASE
    if any(other.definition.id != mine.definition.id for other in others):
        return Reason.UNLIKE_METRICS
    alike = all((other.period.kind, other.period.end) == (mine.period.kind, mine.period.end) for other in others)
    return None if alike else Reason.UNLIKE_PERIODS


def _unfit_base(base: Decimal) -> Reason | None:
    if base == 0:
        return Reason.ZERO_BASE
    return Reason.NEGATIVE_BASE if base < 0 else None


def _all_exact(*metrics: Metric | None) -> bool:
    return all(metric is None or metric.qualifier is Qualifier.EXACT for metric in metrics)


def digits(value: Decimal) -> str:
    """A value in a formula: plain digits without trailing zeros, below zero with the sign of tables."""
    written = format(value, "f")
    return (written.rstrip("0").rstrip(".") if "." in written else written).replace("-", "−")
