"""Ranges in words (DOMAIN §3, pair 33; GB/T 15835-2011: ～ for values, 万 and % on both ends)."""

from __future__ import annotations

from decimal import Decimal

from ipreport.language import Localized
from ipreport.metrics import Rounding, Unit, UnitKind
from ipreport.wording.numbers import EN_SCALES, chinese, english, fixed, grouped, round_scaled, trimmed
from ipreport.wording.ratios import ratio_words
from ipreport.wording.show import SCALED_PLACES

RANGE_ZH = "～"
RANGE_EN = "–"

_COMMON_PLACES = 2
"""Decimals up to which the lesser end takes the scale of the greater one in English."""


def show_range(
    low: Decimal, high: Decimal, unit: Unit, places: int = 0, rounding: Rounding = Rounding.HALF_EVEN
) -> Localized:
    """From one value to another, in base units (DOMAIN §3, pair 33).

    100万元～150万元 / 1.0–1.5 million yuan; 63%～68% / 63%–68%; 100～150件 / 100–150 patents.
    Raises ValueError when the ends are not in order, for a rank, and for percentage points.
    """
    if low > high:
        raise ValueError(f"{low} is above {high}")
    match unit.kind:
        case UnitKind.MONEY:
            return _money(round_scaled(low, SCALED_PLACES, rounding), round_scaled(high, SCALED_PLACES, rounding))
        case UnitKind.COUNT:
            ends = [fixed(end, 0, rounding) for end in (low, high)]
            noun = unit.singular if ends[1] == "1" else unit.label.en
            zh = RANGE_ZH.join(ends) + unit.label.zh
            return Localized(zh, f"{RANGE_EN.join(grouped(end) for end in ends)} {noun}")
        case UnitKind.PERCENT:
            ends = [f"{fixed(end, places, rounding)}%" for end in (low, high)]
            return Localized(RANGE_ZH.join(ends), RANGE_EN.join(ends))
        case UnitKind.RATIO:
            ends = [fixed(end, places, rounding) for end in (low, high)]
            words = ratio_words(unit)
            zh = words.frame.zh.format(words.inside.zh.format(RANGE_ZH.join(ends)))
            return Localized(zh, words.inside.en.format(RANGE_EN.join(ends)))
        case UnitKind.RANK | UnitKind.POINTS:
            raise ValueError("ranks and changes of a rate have no range")


def _money(low: Decimal, high: Decimal) -> Localized:
    zh = f"{chinese(low)}元{RANGE_ZH}{chinese(high)}元"
    scale, word = _scale(high)
    ends = [trimmed(end / scale) for end in (low, high)]
    places = max(len(end.partition(".")[2]) for end in ends)
    if _scale(low)[0] != scale and places > _COMMON_PLACES:
        return Localized(zh, f"{english(low)} yuan{RANGE_EN}{english(high)} yuan")
    joined = RANGE_EN.join(grouped(fixed(end / scale, places)) for end in (low, high))
    return Localized(zh, f"{joined}{word} yuan")


def _scale(value: Decimal) -> tuple[Decimal, str]:
    return next(entry for entry in EN_SCALES if abs(value) >= entry[0] or entry[0] == 1)
