"""A metric becomes words here, once, for every place it appears."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ipreport.language import Localized
from ipreport.metrics import Kind, Metric, Qualifier, UnitKind
from ipreport.problems import Origin
from ipreport.wording.numbers import (
    Rounding,
    chinese,
    english,
    fixed,
    grouped,
    ordinal,
    round_scaled,
    round_to,
    trimmed,
)

SCALED_PLACES = 2
"""Decimals of 万 and 亿 in running text, before trailing zeros go."""

_QUALIFIED = {
    Qualifier.EXACT: Localized("{}", "{}"),
    Qualifier.OVER: Localized("超过{}", "over {}"),
    Qualifier.NEARLY: Localized("近{}", "nearly {}"),
    Qualifier.ABOUT: Localized("约{}", "about {}"),
    Qualifier.AT_LEAST: Localized("{}以上", "at least {}"),
}

MISSING = Localized("暂无数据", "not available")
"""What stands for a value that is not there; never to be mistaken for zero."""

MISSING_IN_TABLE = Localized("—", "n/a")
"""The same in a table cell."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A value in words.

    `text` is the full form with qualifier and unit (超过196亿元 / over 19.6 billion
    yuan); `value` leaves the qualifier out; `number` also leaves out the measure word
    or noun, for sentences that bring their own (356, 7.52; money keeps its unit).
    `rounded` is the value both languages show, in base units.
    """

    key: str
    text: Localized
    value: Localized
    number: Localized
    rounded: Decimal | None
    origin: Origin


def show(metric: Metric, rounding: Rounding = Rounding.HALF_EVEN) -> Shown:
    """The words for a metric's value in every language (DOMAIN §3, pairs 1–18, 25, 31)."""
    if metric.value is None:
        return Shown(metric.key, MISSING, MISSING, MISSING_IN_TABLE, None, metric.origin)
    number, value, rounded = _WORDERS[metric.unit.kind](metric, metric.value, rounding)
    qualified = _QUALIFIED[metric.qualifier]
    text = Localized(qualified.zh.format(value.zh), qualified.en.format(value.en))
    if metric.definition.kind is Kind.CUMULATIVE and metric.unit.kind is UnitKind.MONEY:
        text = Localized(f"累计{text.zh}", f"a cumulative {text.en}")
    return Shown(metric.key, text, value, number, rounded, metric.origin)


_Worded = tuple[Localized, Localized, Decimal]


def _money(_: Metric, value: Decimal, rounding: Rounding) -> _Worded:
    rounded = round_scaled(value, SCALED_PLACES, rounding)
    worded = Localized(f"{chinese(rounded)}元", f"{english(rounded)} yuan")
    return worded, worded, rounded


def _count(metric: Metric, value: Decimal, rounding: Rounding) -> _Worded:
    rounded = round_to(value, Decimal(1), rounding)
    digits = trimmed(rounded)
    number = Localized(digits, grouped(digits))
    noun = metric.unit.singular if rounded == 1 else metric.unit.label.en
    return number, Localized(f"{number.zh}{metric.unit.label.zh}", f"{number.en} {noun}"), rounded


def _percent(metric: Metric, value: Decimal, rounding: Rounding) -> _Worded:
    digits = Localized.same(f"{fixed(value, metric.places, rounding)}%")
    return digits, digits, Decimal(digits.zh.rstrip("%"))


def _ratio(metric: Metric, value: Decimal, rounding: Rounding) -> _Worded:
    digits = fixed(value, metric.places, rounding)
    worded = Localized(f"每万人口{digits}件", f"{digits} per 10,000 population")
    return Localized.same(digits), worded, Decimal(digits)


def _rank(_: Metric, value: Decimal, __: Rounding) -> _Worded:
    place = int(value)
    worded = Localized("首位" if place == 1 else f"第{place}位", ordinal(place))
    return worded, worded, Decimal(place)


_WORDERS = {
    UnitKind.MONEY: _money,
    UnitKind.COUNT: _count,
    UnitKind.PERCENT: _percent,
    UnitKind.RATIO: _ratio,
    UnitKind.RANK: _rank,
}
