"""How far a stated value reaches: its rounding, and what “over”, “nearly” and the like leave open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from ipreport.metrics import Metric, Qualifier

NEARLY_FROM = Decimal("0.9")
ABOUT_WITHIN = Decimal("0.05")
"""From which multiple of the value “nearly” reaches, and how far “about” does (DOMAIN §2.3, rule R12)."""

_INFINITY = Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class Reach:
    """The values that a statement may stand for, in base units; an open end is not one of them."""

    low: Decimal
    high: Decimal
    low_open: bool = False
    high_open: bool = False

    def __add__(self, other: Reach) -> Reach:
        return Reach(
            self.low + other.low,
            self.high + other.high,
            self.low_open or other.low_open,
            self.high_open or other.high_open,
        )

    def __neg__(self) -> Reach:
        return Reach(-self.high, -self.low, self.high_open, self.low_open)

    def __sub__(self, other: Reach) -> Reach:
        return self + -other

    def times(self, factor: Decimal) -> Reach:
        """The same in another unit; `factor` is above zero."""
        return Reach(self.low * factor, self.high * factor, self.low_open, self.high_open)

    def is_below(self, other: Reach) -> bool:
        """Whether every value here is less than every value there."""
        return self.high < other.low or (self.high == other.low and (self.high_open or other.low_open))

    def misses(self, other: Reach) -> bool:
        """Whether the two have no value in common."""
        return self.is_below(other) or other.is_below(self)


def reach(metric: Metric) -> Reach:
    """The values that a stated value may stand for. Raises ValueError when there is none.

    Of something below zero “over 5” may mean a greater fall or a greater value, so it
    excludes nothing.
    """
    low, high = metric.bounds
    value = metric.value or Decimal(0)
    match metric.qualifier:
        case Qualifier.EXACT:
            return Reach(low, high)
        case Qualifier.ABOUT:
            within = abs(value) * ABOUT_WITHIN
            return Reach(min(low, value - within), max(high, value + within))
        case Qualifier.NEARLY if value < 0:
            return Reach(value, value * NEARLY_FROM, low_open=True)
        case Qualifier.NEARLY:
            return Reach(value * NEARLY_FROM, value, high_open=value > 0)
        case Qualifier.OVER | Qualifier.AT_LEAST if value < 0:
            return Reach(-_INFINITY, _INFINITY)
        case Qualifier.OVER | Qualifier.AT_LEAST:
            return Reach(value, _INFINITY, low_open=metric.qualifier is Qualifier.OVER)


def exceeds(part: Metric, whole: Metric) -> bool:
    """Whether a value is greater than another however both are read: rounded, nearly, about, over."""
    return reach(whole).is_below(reach(part))


def total(metrics: Iterable[Metric]) -> Reach:
    """The values that the sum of several may have."""
    return sum((reach(metric) for metric in metrics), Reach(Decimal(0), Decimal(0)))
