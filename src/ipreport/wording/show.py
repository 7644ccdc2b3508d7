"""A metric becomes words here, once, for every place it appears."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ipreport.language import Localized
from ipreport.metrics import Kind, Metric, Qualifier, Rounding, UnitKind
from ipreport.problems import Origin
from ipreport.wording.numbers import (
    WAN,
    chinese,
    english,
    fixed,
    grouped,
    ordinal,
    round_to,
    scaled_step,
    trimmed,
)
from ipreport.wording.patterns import (
    MISSING,
    MISSING_IN_TABLE,
    WHOLE,
    no_change,
    points_amount,
    points_cell,
    points_direction,
    with_minus,
)
from ipreport.wording.ratios import ratio_words

SCALED_PLACES = 2
"""Decimals of 万 and 亿 in running text, before trailing zeros go."""

_QUALIFIED = {
    Qualifier.OVER: Localized("超过{}", "over {}"),
    Qualifier.NEARLY: Localized("近{}", "nearly {}"),
    Qualifier.ABOUT: Localized("约{}", "about {}"),
    Qualifier.AT_LEAST: Localized("{}以上", "at least {}"),
}

NEARLY_FROM = Decimal("0.9")
ABOUT_WITHIN = Decimal("0.05")
"""How far 近 and 约 reach, as parts of the figure they stand with (rule R12)."""


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
    """A value without its qualifier: alone, with measure word or noun, in running text.

    `frame` is what running text puts around the value and its qualifier.
    """

    rounded: Decimal
    number: Localized
    value: Localized
    running: Localized
    frame: Localized = WHOLE


@dataclass(frozen=True, slots=True)
class Form:
    """How a value is printed where the usual form will not do.

    `wan_places` puts a count of one 万 and more in 万 with so many decimals (pair 5);
    `anchor` is the round figure, in base units, that a qualifier refers to (pair 13).
    """

    wan_places: int | None = None
    anchor: Decimal | None = None


USUAL = Form()


def show(metric: Metric, rounding: Rounding = Rounding.HALF_EVEN, form: Form = USUAL) -> Shown:
    """The words for a metric's value in every language (DOMAIN §3, pairs 1–18, 25, 31).

    Raises ValueError when the anchor of the form is not what the qualifier says of the value.
    """
    if metric.value is None:
        return Shown(metric.key, MISSING, MISSING_IN_TABLE, MISSING_IN_TABLE, None, metric.origin)
    value = metric.value if form.anchor is None else _anchored(metric, metric.value, form.anchor)
    if form.wan_places is not None and metric.unit.kind is UnitKind.COUNT and abs(value) >= WAN:
        return _count_in_wan(metric, value, form.wan_places, rounding)
    worded = _WORDERS[metric.unit.kind](metric, value, rounding)
    text = _framed(_qualified(worded.running, metric.qualifier), worded.frame)
    if metric.definition.kind is Kind.CUMULATIVE and metric.unit.kind is UnitKind.MONEY:
        text = Localized(f"累计{text.zh}", f"a cumulative {text.en}")
    beside_name = _qualified(worded.value, metric.qualifier)
    return Shown(metric.key, text, beside_name, worded.number, worded.rounded, metric.origin)


def _anchored(metric: Metric, value: Decimal, anchor: Decimal) -> Decimal:
    """The anchor, where the qualifier is true of the value (rule R12)."""
    holds = {
        Qualifier.EXACT: value == anchor,
        Qualifier.OVER: value > anchor,
        Qualifier.NEARLY: anchor * NEARLY_FROM <= value < anchor,
        Qualifier.ABOUT: abs(value - anchor) <= abs(anchor) * ABOUT_WITHIN,
        Qualifier.AT_LEAST: value >= anchor,
    }
    if not holds[metric.qualifier]:
        raise ValueError(f"{metric.key}: {value} is not '{metric.qualifier}' {anchor}")
    return anchor


def _count_in_wan(metric: Metric, value: Decimal, places: int, rounding: Rounding) -> Shown:
    """A count rounded to decimals of 万 (pair 5): 4.57万件 / about 45,700 patents.

    Chinese shows by its 万 that the count is rounded; English says so, unless the
    count has a qualifier already: qualifiers are never stacked.
    """
    rounded = _rounded(metric, value, WAN.scaleb(-places), rounding)
    digits = Localized(f"{fixed(rounded / WAN, places)}万", grouped(trimmed(rounded)))
    words = _qualified(
        Localized(f"{digits.zh}{metric.unit.label.zh}", f"{digits.en} {metric.unit.label.en}"), metric.qualifier
    )
    if metric.qualifier is Qualifier.EXACT:
        words = Localized(words.zh, f"about {words.en}")
    return Shown(metric.key, words, words, digits, rounded, metric.origin)


def _qualified(words: Localized, qualifier: Qualifier) -> Localized:
    if qualifier is Qualifier.EXACT:
        return words
    pattern = _QUALIFIED[qualifier]
    return Localized(pattern.zh.format(words.zh), pattern.en.format(words.en))


def _framed(words: Localized, frame: Localized) -> Localized:
    if frame is WHOLE:
        return words
    return Localized(frame.zh.format(words.zh), frame.en.format(words.en))


def _rounded(metric: Metric, value: Decimal, step: Decimal, rounding: Rounding) -> Decimal:
    """The value to a step, on the side that keeps the qualifier true: over 45,678 is over 45,600, not over 45,700."""
    rounded = round_to(value, step, rounding)
    if rounded > value and metric.qualifier in {Qualifier.OVER, Qualifier.AT_LEAST}:
        return rounded - step
    if rounded < value and metric.qualifier is Qualifier.NEARLY:
        return rounded + step
    return rounded


def _money(metric: Metric, value: Decimal, rounding: Rounding) -> _Worded:
    rounded = _rounded(metric, value, scaled_step(value, SCALED_PLACES), rounding)
    words = Localized(f"{chinese(rounded)}元", f"{english(rounded)} yuan")
    return _Worded(rounded, words, words, words)


def _count(metric: Metric, value: Decimal, rounding: Rounding) -> _Worded:
    rounded = _rounded(metric, value, Decimal(1), rounding)
    digits = trimmed(rounded)
    number = Localized(digits, grouped(digits))
    noun = metric.unit.singular if rounded == 1 else metric.unit.label.en
    words = Localized(f"{number.zh}{metric.unit.label.zh}", f"{number.en} {noun}")
    return _Worded(rounded, number, words, words)


def _percent(metric: Metric, value: Decimal, rounding: Rounding) -> _Worded:
    digits = fixed(_rounded(metric, value, Decimal(1).scaleb(-metric.places), rounding), metric.places)
    words = Localized.same(f"{digits}%")
    return _Worded(Decimal(digits), words, words, words)


def _ratio(metric: Metric, value: Decimal, rounding: Rounding) -> _Worded:
    digits = fixed(_rounded(metric, value, Decimal(1).scaleb(-metric.places), rounding), metric.places)
    words = ratio_words(metric.unit)
    beside_name, running = words.words(words.cell, digits), words.words(words.inside, digits)
    return _Worded(Decimal(digits), Localized.same(digits), beside_name, running, words.frame)


def _rank(_: Metric, value: Decimal, __: Rounding) -> _Worded:
    place = int(value)
    words = Localized("首位" if place == 1 else f"第{place}位", ordinal(place))
    return _Worded(Decimal(place), words, words, words)


def _points(metric: Metric, value: Decimal, rounding: Rounding) -> _Worded:
    """How far a rate moved, as its source says (pair 28): a direction in running text, a sign in cells."""
    # A qualifier is about how far it moved, whichever way: 下降超过2.9个百分点.
    size = _rounded(metric, abs(value), Decimal(1).scaleb(-metric.places), rounding)
    rounded = -size if value < 0 else size
    cell, number = points_cell(rounded, metric.places), with_minus(fixed(rounded, metric.places))
    running = points_amount(fixed(size, metric.places))
    if size == 0:
        # Nothing has no direction, and no qualifier either.
        still = no_change(exactly=value == 0 and metric.is_exact)
        return _Worded(rounded, Localized.same(number), cell, running, still)
    return _Worded(rounded, Localized.same(number), cell, running, points_direction(rises=value > 0))


_WORDERS = {
    UnitKind.MONEY: _money,
    UnitKind.COUNT: _count,
    UnitKind.PERCENT: _percent,
    UnitKind.RATIO: _ratio,
    UnitKind.RANK: _rank,
    UnitKind.POINTS: _points,
}
