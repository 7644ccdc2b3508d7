"""What a reader learns from printed words alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from ipreport.metrics import Basis
from ipreport.wording.show import ABOUT_WITHIN, NEARLY_FROM


class Measure(StrEnum):
    """What a printed number measures."""

    MONEY = "money"
    COUNT = "count"
    PERCENT = "percent"
    RATIO = "ratio"
    """Per 10,000 of the population."""
    SCORE = "score"
    PER_MARK = "per_mark"
    """Business entities to a registered trademark."""
    RANK = "rank"
    NUMBER = "number"
    """Digits whose unit stands elsewhere: in the sentence or in the head of the column."""
    GROWTH = "growth"
    POINTS = "points"
    COMPLETION = "completion"
    UNCHANGED = "unchanged"
    """No change, of whatever it is."""
    NOTHING = "nothing"
    """The words say that there is no value."""


class Hedge(StrEnum):
    """How firmly the words state the value."""

    EXACT = "exact"
    OVER = "over"
    NEARLY = "nearly"
    ABOUT = "about"
    AT_LEAST = "at_least"
    UNDER = "under"


class Trend(StrEnum):
    """Which way the words say a value went."""

    UP = "up"
    DOWN = "down"
    LEVEL = "level"


INFINITE = Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class Reading:
    """The interval in which the stored value must lie, and all else the words say.

    Money is in yuan, counts in single units, percentages, growth and completion in per
    cent, changes of a rate in percentage points. A fall is below zero. Where the words
    say that there is no value the interval is empty.
    """

    measure: Measure
    low: Decimal
    high: Decimal
    hedge: Hedge = Hedge.EXACT
    trend: Trend | None = None
    basis: Basis | None = None
    peers: int | None = None
    tied: bool = False

    def holds(self, value: Decimal) -> bool:
        """Whether a stored value may be printed with these words."""
        return self.low <= value <= self.high

    def hedged(self, hedge: Hedge) -> Reading:
        """The reading with a qualifier before it (rule R12 says how far each reaches)."""
        low, high = self.low, self.high
        match hedge:
            case Hedge.OVER | Hedge.AT_LEAST:
                high = INFINITE
            case Hedge.NEARLY:
                # Rounded up to the step, so that the value lies below.
                low -= max(abs(low) * (1 - NEARLY_FROM), (high - low) / 2)
            case Hedge.ABOUT:
                low, high = low - abs(low) * ABOUT_WITHIN, high + abs(high) * ABOUT_WITHIN
            case Hedge.EXACT | Hedge.UNDER:
                pass
        return replace(self, low=low, high=high, hedge=hedge)

    def moving(self, trend: Trend, basis: Basis | None = None) -> Reading:
        """The reading as a change: a fall has the opposite sign."""
        low, high = (-self.high, -self.low) if trend is Trend.DOWN else (self.low, self.high)
        return replace(self, low=low, high=high, trend=trend, basis=basis)


NOTHING = Reading(Measure.NOTHING, INFINITE, -INFINITE)


def around(measure: Measure, value: Decimal, step: Decimal) -> Reading:
    """The values that round to `value` in steps of `step`."""
    return Reading(measure, value - step / 2, value + step / 2)
