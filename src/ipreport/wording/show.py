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

    `text` is the form for running text (累计2亿元, 每万人口7.52件, 超过196亿元);
    `value` is for cells, cards and labels, where a name stands beside it (2亿元,
    7.52件, 超过196亿元); `number` leaves out qualifier, measure word and noun, for
    sentences that bring their own (356, 7.52; money keeps its unit). `rounded` is
    the value both languages show, in base units.
    """

    key: str
    text: Localized
    value: Localized
    number: Localized
    rounded: Decimal | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class _Worded:
    """A value without its qualifier: alone, with measure word or noun, in running text."""

    rounded: Decimal
    number: Localized
    value: Localized
    running: Localized


def show(metric: Metric, rounding: Rounding = Rounding.HALF_EVEN) -> Shown:
    """The words for a metric's value in every language (DOMAIN §3, pairs 1–18, 25, 31)."""
    if metric.value is None:
        return Shown(metric.key, MISSING, MISSING_IN_TABLE, MISSING_IN_TABLE, None, metric.origin)
    worded = _WORDERS[metric.unit.kind](metric, metric.value, rounding)
    text = _qualified(worded.running, metric.qualifier)
    if metric.definition.kind is Kind.CUMULATIVE and metric.unit.kind is UnitKind.MONEY:
        text = Localized(f"累计{text.zh}", f"a cumulative {text.en}")
    value = _qualified(worded.value, metric.qualifier)
    return Shown(metric.key, text, value, worded.number, worded.rounded, metric.origin)


def _qualified(words: Localized, qualifier: Qualifier) -> Localized:
    pattern = _QUALIFIED[qualifier]
    return Localized(pattern.zh.format(words.zh), pattern.en.format(words.en))


def _money(_: Metric, value: Decimal, rounding: Rounding) -> _Worded:
    rounded = round_scaled(value, SCALED_PLACES, rounding)
    words = Localized(f"{chinese(rounded)}元", f"{english(rounded)} yuan")
    return _Worded(rounded, words, words, words)


def _count(metric: Metric, value: Decimal, rounding: Rounding) -> _Worded:
    rounded = round_to(value, Decimal(1), rounding)
    digits = trimmed(rounded)
    number = Localized(digits, grouped(digits))
    noun = metric.unit.singular if rounded == 1 else metric.unit.label.en
    words = Localized(f"{number.zh}{metric.unit.label.zh}", f"{number.en} {noun}")
    return _Worded(rounded, number, words, words)


def _percent(metric: Metric, value: Decimal, rounding: Rounding) -> _Worded:
    digits = fixed(value, metric.places, rounding)
    words = Localized.same(f"{digits}%")
    return _Worded(Decimal(digits), words, words, words)


def _ratio(metric: Metric, value: Decimal, rounding: Rounding) -> _Worded:
    digits = fixed(value, metric.places, rounding)
    beside_name = Localized(f"{digits}件", digits)
    running = Localized(f"每万人口{digits}件", f"{digits} per 10,000 population")
    return _Worded(Decimal(digits), Localized.same(digits), beside_name, running)


def _rank(_: Metric, value: Decimal, __: Rounding) -> _Worded:
    place = int(value)
    words = Localized("首位" if place == 1 else f"第{place}位", ordinal(place))
    return _Worded(Decimal(place), words, words, words)


_WORDERS = {
    UnitKind.MONEY: _money,
    UnitKind.COUNT: _count,
    UnitKind.PERCENT: _percent,
    UnitKind.RATIO: _ratio,
    UnitKind.RANK: _rank,
}
