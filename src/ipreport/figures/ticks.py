"""Where the ticks of a value axis stand and what they say."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ipreport.language import ZH, Language, Localized
from ipreport.metrics import Unit, UnitKind
from ipreport.outline import Scale
from ipreport.wording.numbers import MILLION, chinese, grouped, trimmed

_MOST_DECADES = 8
_INTERVALS = 5
_BEYOND = Decimal("1.6")
"""A logarithmic axis ends a little after its greatest value instead of at the next power of ten."""


@dataclass(frozen=True, slots=True)
class Axis:
    """A value axis from `low` to `high` with ticks, all in base units, and the words of the ticks.

    `title` names the unit and, where it is so, the logarithmic scale.
    """

    scale: Scale
    low: Decimal
    high: Decimal
    ticks: tuple[Decimal, ...]
    words: tuple[str, ...]
    title: Localized

    def place(self, value: Decimal) -> float:
        """Where `value` lies between the ends of the axis, from 0 to 1."""
        low, high, at = (self._measure(number) for number in (self.low, self.high, value))
        return (at - low) / (high - low)

    def _measure(self, value: Decimal) -> float:
        return math.log10(value) if self.scale is Scale.LOGARITHMIC else float(value)


def axis(values: Sequence[Decimal], unit: Unit, scale: Scale, languages: tuple[Language, ...]) -> Axis:
    """An axis over `values` of `unit` for an edition in `languages`."""
    ticks = _decades(values) if scale is Scale.LOGARITHMIC else _steps(values, whole=unit.kind is UnitKind.COUNT)
    high = max(ticks[-1], max(values) * _BEYOND) if scale is Scale.LOGARITHMIC else ticks[-1]
    words, label = _words(ticks, unit, languages)
    if scale is Scale.LOGARITHMIC:
        title = Localized(f"{label.zh}（对数坐标）", f"{label.en} (logarithmic scale)")
    else:
        title = label
    return Axis(scale, ticks[0], high, ticks, words, title)


def _decades(values: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """Powers of ten from below the least value up to the greatest, at least two of them."""
    low, high = min(values).adjusted(), (max(values) * _BEYOND).adjusted()
    step = max(1, -(-(high - low) // _MOST_DECADES))
    return tuple(Decimal(1).scaleb(power) for power in range(low, max(high, low + 1) + 1, step))


def _steps(values: Sequence[Decimal], *, whole: bool) -> tuple[Decimal, ...]:
    """Round numbers from below zero or the least value to above the greatest; whole ones for what is counted."""
    # Imported here because a figure from the cache needs neither matplotlib nor numpy.
    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415

    low, high = min(*values, Decimal(0)), max(*values, Decimal(0))
    if low == high:
        high = Decimal(1)
    locator = MaxNLocator(_INTERVALS, steps=[1, 2, 2.5, 5, 10], integer=whole)
    # The locator computes in binary: 0.30000000000000004 is the decimal 0.3.
    ticks = [Decimal(f"{tick:.12g}") for tick in locator.tick_values(float(low), float(high))]
    # It also takes a value a little beyond its last tick for one that lies on it.
    step = ticks[1] - ticks[0]
    below = [ticks[0] - step] if ticks[0] > low else []
    above = [ticks[-1] + step] if ticks[-1] < high else []
    return (*below, *ticks, *above)


def _words(ticks: Sequence[Decimal], unit: Unit, languages: tuple[Language, ...]) -> tuple[tuple[str, ...], Localized]:
    """Ticks in a unit that every language of the edition writes alike; the Chinese edition counts in 万 and 亿."""
    if unit.kind is not UnitKind.MONEY:
        return tuple(_number(tick) for tick in ticks), unit.label
    if languages == (ZH,):
        return tuple(chinese(tick) for tick in ticks), Localized("元", "yuan")
    if ticks[-1] >= MILLION:
        return tuple(_number(tick / MILLION) for tick in ticks), Localized("百万元", "million yuan")
    return tuple(_number(tick) for tick in ticks), Localized("元", "yuan")


def _number(value: Decimal) -> str:
    digits = grouped(trimmed(abs(value)))
    return f"−{digits}" if value < 0 else digits
