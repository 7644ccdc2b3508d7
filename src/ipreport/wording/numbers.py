"""Rounding and digits: a value becomes digits once, for both languages.

Chinese counts in 万 (10^4) and 亿 (10^8), English in million and billion. Both are
formatted from one value, rounded to a step that both can show exactly
(0.01万元 is 100 yuan), so that the two languages can never disagree.
"""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal

from ipreport.metrics import Rounding

_MODE = {Rounding.HALF_EVEN: ROUND_HALF_EVEN, Rounding.HALF_UP: ROUND_HALF_UP}

_EXACT = Context(prec=60)
"""Far more digits than any value has. One context for all: making one takes longer than rounding."""

_ONE, _ZERO = Decimal(1), Decimal(0)

WAN = Decimal(10) ** 4
YI = Decimal(10) ** 8
WAN_YI = Decimal(10) ** 12
MILLION = Decimal(10) ** 6
BILLION = Decimal(10) ** 9
TRILLION = Decimal(10) ** 12

_ZH_SCALES = ((WAN_YI, "万亿"), (YI, "亿"), (WAN, "万"), (Decimal(1), ""))
EN_SCALES = ((TRILLION, " trillion"), (BILLION, " billion"), (MILLION, " million"), (Decimal(1), ""))


def round_to(value: Decimal, step: Decimal, rounding: Rounding = Rounding.HALF_EVEN) -> Decimal:
    """`value` rounded once to a multiple of `step`."""
    steps = _EXACT.divide(value, step).quantize(_ONE, _MODE[rounding], _EXACT)
    # Adding nothing takes the sign of a zero away: -0.04 is 0.0, not -0.0.
    return _EXACT.add(_EXACT.multiply(steps, step), _ZERO)


def round_scaled(value: Decimal, places: int, rounding: Rounding = Rounding.HALF_EVEN) -> Decimal:
    """`value` rounded to `places` decimals of the 万 or 亿 it is written in.

    Values below one 万 are rounded to whole units. 99 999 999 with two places
    becomes 100 000 000: the scale is read off the value before rounding, so a
    roll-over lands exactly on the next one.
    """
    return round_to(value, scaled_step(value, places), rounding)


def scaled_step(value: Decimal, places: int) -> Decimal:
    """One unit of the last decimal of the 万 or 亿 that `value` is written in; a whole unit below one 万."""
    scale = next(scale for scale, _ in _ZH_SCALES if abs(value) >= scale or scale == 1)
    return Decimal(1) if scale == 1 else scale.scaleb(-places)


def trimmed(value: Decimal) -> str:
    """Plain digits without trailing zeros: `250`, `36.97`; never an exponent."""
    digits = format(value, "f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def fixed(value: Decimal, places: int, rounding: Rounding = Rounding.HALF_EVEN) -> str:
    """Digits with exactly `places` decimals, as ratios and percentages keep them."""
    return format(round_to(value, Decimal(1).scaleb(-places), rounding), "f")


def grouped(digits: str) -> str:
    """English grouping of plain digits by commas: `369,700`, `1,234.5`."""
    whole, point, decimals = digits.partition(".")
    sign = "-" if whole == "-0" else ""
    return f"{sign}{int(whole):,}{point}{decimals}"


def chinese(value: Decimal) -> str:
    """Digits of a rounded value with 万, 亿 or 万亿: `36.97万`, `196亿`, `1234`.

    GB/T 15835-2011 lets 万 and 亿 follow digits, and no other numeral.
    """
    scale, word = next(entry for entry in _ZH_SCALES if abs(value) >= entry[0] or entry[0] == 1)
    return trimmed(value / scale) + word


def english(value: Decimal) -> str:
    """Digits of a rounded value, from a million up with its word: `369,700`, `2.5 million`."""
    scale, word = next(entry for entry in EN_SCALES if abs(value) >= entry[0] or entry[0] == 1)
    return grouped(trimmed(value / scale)) + word


def ordinal(number: int) -> str:
    """An English ordinal: `1st`, `2nd`, `11th`."""
    if number % 100 in {11, 12, 13}:
        return f"{number}th"
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
