"""Growth and change in words that are safe for every sign (DOMAIN §3, pairs 19–24, 26–28, 34).

The direction is a word, never a minus sign; a value that rounds to nothing is
基本持平 and never 增长0.0%; 下降 takes no 倍; a base of zero has no rate.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from ipreport.language import Localized
from ipreport.metrics import Basis, Derived, Metric, Reason, Rounding, Unit, UnitKind
from ipreport.wording.numbers import chinese, english, fixed, grouped, round_scaled, round_to, trimmed
from ipreport.wording.patterns import (
    MISSING_IN_TABLE,
    no_change,
    points_amount,
    points_cell,
    points_direction,
    with_minus,
)
from ipreport.wording.phrase import Phrase
from ipreport.wording.ratios import ratio_words

ADVERBS: Mapping[Basis, Localized] = MappingProxyType(
    {
        Basis.YEAR: Localized("同比", "year on year"),
        Basis.QUARTER: Localized("环比", "quarter on quarter"),
        Basis.YEAR_END: Localized("较上年末", "from the end of last year"),
    }
)
EARLIER: Mapping[Basis, Localized] = MappingProxyType(
    {
        Basis.YEAR: Localized("上年同期", "a year earlier"),
        Basis.QUARTER: Localized("上季度", "a quarter earlier"),
        Basis.YEAR_END: Localized("上年末", "the end of last year"),
    }
)
LEVELS: Mapping[Basis, str] = MappingProxyType(
    {
        Basis.YEAR: "year-earlier",
        Basis.QUARTER: "previous-quarter",
        Basis.YEAR_END: "year-end",
    }
)

FROM_TIMES = Decimal(1000)
"""Growth from which Chinese counts in 倍, in per cent: up tenfold."""

TIMES_STEP = Decimal(10)
"""One step for both languages: 0.1倍 is 10%."""

BREAK = Localized("口径调整，不可比", "definition changed; not comparable")
NEGATIVE = Localized("基数为负，不计算增速", "base below zero; rate not calculated")


def show_growth(growth: Derived, places: int = 1, rounding: Rounding = Rounding.HALF_EVEN) -> Phrase:
    """Growth of a level (DOMAIN §3, pairs 19–24, 26, 27).

    同比增长15.2% / up 15.2% year on year; 与上年同期持平 / unchanged from a year earlier;
    from tenfold 同比增长12.5倍 / up 1,250% year on year (13.5 times the year-earlier level).
    """
    basis, percent = growth.basis or Basis.YEAR, growth.percent
    if percent is None:
        return without_rate(growth, basis)
    rounded = round_to(percent, Decimal(1).scaleb(-places), rounding)
    if rounded >= FROM_TIMES:
        rounded = round_to(percent, TIMES_STEP, rounding)
        return Phrase(growth.key, times_words(rounded, basis, exact=growth.exact), _percent_cell(rounded, 0), rounded)
    cell = _percent_cell(rounded, places)
    if rounded == 0:
        return Phrase(growth.key, unchanged(basis, exactly=percent == 0 and growth.exact), cell, rounded)
    return Phrase(growth.key, growth_words(rounded, places, basis, exact=growth.exact), cell, rounded)


def growth_words(percent: Decimal, places: int, basis: Basis, *, exact: bool) -> Localized:
    """A rounded growth that is not zero (pairs 19, 20, 26)."""
    digits = fixed(abs(percent), places)
    rises = percent > 0
    adverb = ADVERBS[basis]
    zh = f"{adverb.zh}{'增长' if rises else '下降'}{'' if exact else '约'}{digits}%"
    en = f"{'up' if rises else 'down'} {'' if exact else 'about '}{digits}% {adverb.en}"
    return Localized(zh, en)


def times_words(percent: Decimal, basis: Basis, *, exact: bool) -> Localized:
    """A growth of ten times and more, rounded to 10% (pair 27): 增长12.5倍 is up 1,250%, 13.5 times the level."""
    times = percent / 100
    adverb = ADVERBS[basis]
    zh = f"{adverb.zh}增长{'' if exact else '约'}{fixed(times, 1)}倍"
    level = f"{grouped(fixed(times + 1, 1))} times the {LEVELS[basis]} level"
    en = f"up {'' if exact else 'about '}{grouped(fixed(percent, 0))}% {adverb.en} ({level})"
    return Localized(zh, en)


def unchanged(basis: Basis, *, exactly: bool) -> Localized:
    """No change, or none that the decimals show (pairs 21, 22)."""
    earlier = EARLIER[basis]
    return Localized(
        f"与{earlier.zh}{'' if exactly else '基本'}持平",
        f"{'' if exactly else 'broadly '}unchanged from {earlier.en}",
    )


def zero_base(basis: Basis) -> Localized:
    """The base is zero, and a rate has no meaning (pair 23)."""
    earlier = EARLIER[basis]
    none = f"none at {earlier.en}" if basis is Basis.YEAR_END else f"none {earlier.en}"
    return Localized(f"{earlier.zh}为0，不计算增速", f"{none}; rate not calculated")


def missing_base(basis: Basis) -> Localized:
    """There is nothing to compare with (pair 24)."""
    adverb, missing = ADVERBS[basis], MISSING_IN_TABLE
    return Localized(f"{adverb.zh}：{missing.zh}", f"{adverb.en}: {missing.en}")


def without_rate(derived: Derived, basis: Basis) -> Phrase:
    """Why there is no growth and no change, in words (pairs 23, 24)."""
    match derived.reason:
        case Reason.ZERO_BASE:
            text = zero_base(basis)
        case Reason.NEGATIVE_BASE:
            text = NEGATIVE
        case Reason.CALIBER_BREAK:
            text = BREAK
        case _:
            text = missing_base(basis)
    return Phrase(derived.key, text, MISSING_IN_TABLE, None)


def _percent_cell(percent: Decimal, places: int) -> Localized:
    digits = with_minus(fixed(percent, places))
    return Localized(f"{digits}%", f"{grouped_with_minus(digits)}%")


def grouped_with_minus(digits: str) -> str:
    """English grouping behind the sign of tables."""
    sign = digits[: len(digits) - len(digits.lstrip("−"))]
    return f"{sign}{grouped(digits.lstrip('−'))}"


# --- rates and levels ------------------------------------------------------------


def show_points(points: Derived, places: int = 1, rounding: Rounding = Rounding.HALF_EVEN) -> Phrase:
    """The change of a rate (DOMAIN §3, pair 28; rule R09).

    同比提高2.9个百分点 / up 2.9 percentage points year on year.
    """
    basis = points.basis or Basis.YEAR
    if points.value is None:
        return without_rate(points, basis)
    rounded = round_to(points.value, Decimal(1).scaleb(-places), rounding)
    cell = points_cell(rounded, places)
    if rounded == 0:
        return Phrase(points.key, unchanged(basis, exactly=points.value == 0 and points.exact), cell, rounded)
    bare = points_words(rounded, places, exact=points.exact)
    adverb = ADVERBS[basis]
    return Phrase(points.key, Localized(f"{adverb.zh}{bare.zh}", f"{bare.en} {adverb.en}"), cell, rounded)


def points_words(points: Decimal, places: int, *, exact: bool = True) -> Localized:
    """A rounded change in percentage points that is not zero, its basis left to the sentence (pair 28)."""
    amount, direction = points_amount(fixed(abs(points), places)), points_direction(rises=points > 0)
    about = Localized("", "") if exact else Localized("约", "about ")
    return Localized(direction.zh.format(f"{about.zh}{amount.zh}"), direction.en.format(f"{about.en}{amount.en}"))


def show_change(change: Derived, metric: Metric, rounding: Rounding = Rounding.HALF_EVEN) -> Phrase:
    """The change of an amount or a count (DOMAIN §3, pair 34): 减少36.97万元 / down 369,700 yuan."""
    basis = change.basis or Basis.YEAR
    if change.value is None:
        return without_rate(change, basis)
    rounded = _rounded_amount(change.value, metric.unit, metric.places, rounding)
    amount = level_words(abs(rounded), metric.unit)
    sign = with_minus("-" if rounded < 0 else "")
    cell = Localized(f"{sign}{amount.zh}", f"{sign}{amount.en}")
    if rounded == 0:
        return Phrase(change.key, unchanged(basis, exactly=change.value == 0 and change.exact), cell, rounded)
    words = change_words(rounded, amount, exact=change.exact, scored=metric.unit.key == "score")
    return Phrase(change.key, words, cell, rounded)


def show_revision(now: Metric, before: Metric, rounding: Rounding = Rounding.HALF_EVEN) -> Localized:
    """How far a figure moved from what was published: 增加5件 / up 5 patents, a rate in points.

    A dash where the two have no difference to speak of: ranks, other units, a missing
    value, or figures that differ only in how firmly they are stated.
    """
    kinds_alike = now.unit == before.unit and now.unit.kind is not UnitKind.RANK
    if now.value is None or before.value is None or not kinds_alike:
        return NO_DIFFERENCE
    places, exact = max(now.places, before.places), now.is_exact and before.is_exact
    difference = now.value - before.value
    in_points = now.unit.kind in {UnitKind.PERCENT, UnitKind.POINTS}
    step = Decimal(1).scaleb(-places)
    rounded = (
        round_to(difference, step, rounding) if in_points else _rounded_amount(difference, now.unit, places, rounding)
    )
    if rounded == 0:
        return NO_DIFFERENCE
    if in_points:
        return points_words(rounded, places, exact=exact)
    return _moved(rounded, now.unit, exact=exact)


NO_DIFFERENCE = Localized.same("—")
"""What stands for a difference that there is none of."""


def show_amount(amount: Decimal, unit: Unit, places: int = 0, rounding: Rounding = Rounding.HALF_EVEN) -> Localized:
    """An amount in base units that nobody recorded, such as the rest of a whole: 123件 / 123 patents.

    `places` are the decimals of a ratio.
    """
    return level_words(_rounded_amount(amount, unit, places, rounding), unit)


def show_difference(
    difference: Decimal, unit: Unit, places: int = 0, rounding: Rounding = Rounding.HALF_EVEN
) -> Localized:
    """How far a level moved, where the sentence says since when: 增加5件 / up 5 patents; 持平 / no change."""
    rounded = _rounded_amount(difference, unit, places, rounding)
    return _moved(rounded, unit, exact=True) if rounded else no_change(exactly=difference == 0)


def _moved(rounded: Decimal, unit: Unit, *, exact: bool) -> Localized:
    return change_words(rounded, level_words(abs(rounded), unit), exact=exact, scored=unit.key == "score")


def _rounded_amount(value: Decimal, unit: Unit, places: int, rounding: Rounding) -> Decimal:
    if unit.kind is UnitKind.MONEY:
        return round_scaled(value, 2, rounding)
    return round_to(value, Decimal(1).scaleb(0 if unit.kind is UnitKind.COUNT else -places), rounding)


def level_words(amount: Decimal, unit: Unit) -> Localized:
    """A rounded amount, count or ratio with its unit."""
    match unit.kind:
        case UnitKind.MONEY:
            return Localized(f"{chinese(amount)}元", f"{english(amount)} yuan")
        case UnitKind.COUNT:
            digits, noun = trimmed(amount), unit.singular if amount == 1 else unit.label.en
            return Localized(f"{digits}{unit.label.zh}", f"{grouped(digits)} {noun}")
        case _:
            words = ratio_words(unit)
            return words.words(words.amount, format(amount, "f"))


def change_words(change: Decimal, amount: Localized, *, exact: bool, scored: bool = False) -> Localized:
    """A rounded change that is not zero, with the amount it is of; a score is raised, not increased (提高0.39分)."""
    rises = change > 0
    up, down = ("提高", "下降") if scored else ("增加", "减少")
    return Localized(
        f"{up if rises else down}{'' if exact else '约'}{amount.zh}",
        f"{'up' if rises else 'down'} {'' if exact else 'about '}{amount.en}",
    )
