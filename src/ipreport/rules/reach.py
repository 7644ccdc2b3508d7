"""How far a stated value reaches: by its rounding where it is exact, by its qualifier where it is not."""

from __future__ import annotations

from decimal import Decimal

from ipreport.metrics import Metric, Qualifier

NEARLY_FROM = Decimal("0.9")
ABOUT_WITHIN = Decimal("0.05")
"""How far 近 and 约 reach, as parts of the figure they stand with (DOMAIN §2.3, rule R12)."""

_REACH = {
    Qualifier.NEARLY: (NEARLY_FROM, Decimal(1)),
    Qualifier.ABOUT: (1 - ABOUT_WITHIN, 1 + ABOUT_WITHIN),
    Qualifier.OVER: (Decimal(1), Decimal("Infinity")),
    Qualifier.AT_LEAST: (Decimal(1), Decimal("Infinity")),
}
"""From which to which multiple of the value a qualifier reaches."""


def least(metric: Metric) -> Decimal:
    """The least that the statement may mean, in base units. Raises ValueError when there is no value."""
    return metric.bounds[0] if metric.is_exact else min(_reached(metric))


def greatest(metric: Metric) -> Decimal:
    """The greatest that the statement may mean, in base units; infinite for “over” and “at least”."""
    return metric.bounds[1] if metric.is_exact else max(_reached(metric))


def exceeds(part: Metric, whole: Metric) -> bool:
    """Whether a part is greater than its whole however both are read: rounded, nearly, about, over."""
    return least(part) > greatest(whole)


def is_true_of(figure: Metric, value: Decimal) -> bool:
    """Whether the qualifier of a stated figure is true of the exact value behind it (rule R12).

    Over x means more than x, nearly x from 0.9 x to less than x, about x within 5% of it,
    at least x no less than x. A figure without a qualifier says nothing here.
    Raises ValueError when the figure has no value.
    """
    if figure.value is None:
        raise ValueError(f"{figure.key} has no value")
    stated = figure.value
    match figure.qualifier:
        case Qualifier.EXACT:
            return True
        case Qualifier.OVER:
            return value > stated
        case Qualifier.NEARLY:
            return min(_reached(figure)) <= value < stated
        case Qualifier.ABOUT:
            return abs(value - stated) <= abs(stated) * ABOUT_WITHIN
        case Qualifier.AT_LEAST:
            return value >= stated


def _reached(metric: Metric) -> tuple[Decimal, Decimal]:
    if metric.value is None:
        raise ValueError(f"{metric.key} has no value")
    low, high = (metric.value * multiple if multiple.is_finite() else multiple for multiple in _REACH[metric.qualifier])
    return low, high
