"""Where the ticks of a value axis stand and what they say."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ipreport.language import ZH, Language, Localized
from ipreport.metrics import UNITS, UnitKind
from ipreport.outline import Scale
from ipreport.wording import ChartUnit
from ipreport.wording.numbers import chinese

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


def axis(values: Sequence[Decimal], unit: ChartUnit, scale: Scale = Scale.LINEAR, start: Decimal | None = None) -> Axis:
    """An axis over `values`, which are in base units, labelled in `unit`.

    A linear one begins at zero, or below where values do, unless `start` says otherwise.
    """
    if scale is Scale.LOGARITHMIC:
        return _logarithmic(values, unit)
    ticks = _steps(values, start or Decimal(0), whole=unit.unit.kind in {UnitKind.COUNT, UnitKind.RANK})
    words = tuple(unit.tick(tick)[unit.languages[0]] for tick in ticks)
    return Axis(scale, ticks[0], ticks[-1], ticks, words, unit.label)


def begun_at(value_axis: Axis, start: Decimal, unit: ChartUnit) -> Axis:
    """The same axis from just where its author wants it to begin, which is then its first tick."""
    ticks = value_axis.ticks
    room = (ticks[1] - ticks[0]) / 2
    kept = (start, *(tick for tick in ticks if tick - start >= room))
    words = tuple(unit.tick(tick)[unit.languages[0]] for tick in kept)
    return replace(value_axis, low=start, ticks=kept, words=words)


def percent_axis(languages: tuple[Language, ...]) -> Axis:
    """The axis of shares in a whole, from 0 to 100%; its values are per cent."""
    return axis([Decimal(0), Decimal(100)], ChartUnit(UNITS["percent"], 0, languages))


def _logarithmic(values: Sequence[Decimal], unit: ChartUnit) -> Axis:
    """Powers of ten; a Chinese axis counts money in 万 and 亿, as it reaches over both."""
    ticks = _decades(values)
    high, label = max(ticks[-1], max(values) * _BEYOND), unit.label
    if unit.languages == (ZH,) and unit.unit.kind is UnitKind.MONEY:
        words, label = tuple(chinese(tick) for tick in ticks), UNITS["yuan"].label
    else:
        words = tuple(unit.tick(tick)[unit.languages[0]] for tick in ticks)
    title = Localized(f"{label.zh}（对数坐标）", f"{label.en} (logarithmic scale)")
    return Axis(Scale.LOGARITHMIC, ticks[0], high, ticks, words, title)


def _decades(values: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """Powers of ten from below the least value up to the greatest, at least two of them."""
    low, high = min(values).adjusted(), (max(values) * _BEYOND).adjusted()
    step = max(1, -(-(high - low) // _MOST_DECADES))
    return tuple(Decimal(1).scaleb(power) for power in range(low, max(high, low + 1) + 1, step))


def _steps(values: Sequence[Decimal], start: Decimal, *, whole: bool) -> tuple[Decimal, ...]:
    """Round numbers from below `start` or the least value to above the greatest; whole ones for what is counted."""
    # Imported here because a figure from the cache needs neither matplotlib nor numpy.
    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415

    low, high = min(*values, start), max(*values, start)
    if low == high:
        high = low + 1
    locator = MaxNLocator(_INTERVALS, steps=[1, 2, 2.5, 5, 10], integer=whole)
    # The locator computes in binary: 0.30000000000000004 is the decimal 0.3.
    ticks = [Decimal(f"{tick:.12g}") for tick in locator.tick_values(float(low), float(high))]
    # It also takes a value a little beyond its last tick for one that lies on it.
    step = ticks[1] - ticks[0]
    below = [ticks[0] - step] if ticks[0] > low else []
    above = [ticks[-1] + step] if ticks[-1] < high else []
    return (*below, *ticks, *above)
