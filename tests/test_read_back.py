"""The inverse of the words: what is printed leads back to an interval that holds the stored value."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import metric
from ipreport.language import EN, LANGUAGES, ZH, Language, Localized
from ipreport.metrics import Basis, Derived, Qualifier, Standing, unit_named
from ipreport.wording import (
    Form,
    Hedge,
    Measure,
    MoneyColumn,
    Reading,
    Rounding,
    Trend,
    beside,
    read_back,
    read_back_cell,
    show,
    show_change,
    show_completion,
    show_growth,
    show_points,
    show_range,
    show_share,
    show_standing,
)

PATENTS, MONEY, CUMULATIVE = "patent_invention_in_force", "penalty_amount", "pledge_reg_amount_cum"
PER_10K, RATE, RANK = "patent_invention_per10k", "growth_rate", "rank_in_province"

roundings = st.sampled_from(Rounding)
qualifiers = st.sampled_from(Qualifier)
bases = st.sampled_from(Basis)
places = st.integers(min_value=0, max_value=3)
money = st.one_of(
    st.decimals(min_value=0, max_value=10**5, places=2),
    st.decimals(min_value=0, max_value=10**9, places=2),
    st.decimals(min_value=0, max_value=9 * 10**15, places=2),
    # Just below and above the places where one unit rolls over into the next.
    st.builds(
        lambda scale, off: Decimal(10) ** scale + Decimal(off),
        st.integers(1, 14),
        st.integers(min_value=-99, max_value=99),
    ).filter(lambda value: value >= 0),
)
counts = st.one_of(st.integers(0, 30), st.integers(0, 10**6), st.integers(0, 10**12)).map(Decimal)
fractions = st.one_of(
    st.decimals(min_value=-1, max_value=2, places=4),
    st.decimals(min_value=Decimal("-0.01"), max_value=Decimal("0.01"), places=6),
    st.decimals(min_value=9, max_value=200, places=4),
)

HEDGES = {qualifier: Hedge(qualifier.value) for qualifier in Qualifier}
more = settings(max_examples=1500)


def read(words: Localized, language: Language) -> Reading:
    reading = read_back(words[language], language)
    assert reading is not None, words
    return reading


def both(words: Localized) -> tuple[Reading, Reading]:
    return read(words, ZH), read(words, EN)


# --- values -----------------------------------------------------------------------


@more
@given(money, roundings, qualifiers)
def test_money_is_read_back_alike_from_both_languages(value: Decimal, rounding: Rounding, qualifier: Qualifier) -> None:
    shown = show(metric(MONEY, str(value), qualifier=qualifier), rounding)

    for words in (shown.text, shown.value):
        zh, en = both(words)
        assert zh == en
        assert zh.holds(value)
        assert (zh.measure, zh.hedge) == (Measure.MONEY, HEDGES[qualifier])


@given(money)
def test_cumulative_money_is_money(value: Decimal) -> None:
    zh, en = both(show(metric(CUMULATIVE, str(value))).text)

    assert zh == en
    assert zh.holds(value)


@more
@given(money, st.booleans(), st.integers(min_value=0, max_value=4), roundings)
def test_a_cell_of_a_money_column_is_read_back(value: Decimal, negative: bool, digits: int, rounding: Rounding) -> None:
    amount = -value if negative else value
    column = MoneyColumn.of([amount], digits, rounding)
    words = column.cell(amount)
    zh, en = (read_back_cell(words[language], language, column) for language in LANGUAGES)

    assert zh is not None
    assert zh == en
    assert zh.holds(amount)


@more
@given(counts, qualifiers, st.sampled_from([PATENTS, "penalty_cases", "joint_conference_members"]))
def test_counts_are_read_back_with_their_noun(value: Decimal, qualifier: Qualifier, name: str) -> None:
    zh, en = both(show(metric(name, str(value), qualifier=qualifier)).text)

    assert (zh.measure, zh.hedge) == (en.measure, en.hedge) == (Measure.COUNT, HEDGES[qualifier])
    assert zh.holds(value)
    assert en.holds(value)


@more
@given(counts, qualifiers, places, roundings)
def test_counts_in_wan_are_read_back(value: Decimal, qualifier: Qualifier, digits: int, rounding: Rounding) -> None:
    shown = show(metric(PATENTS, str(value), qualifier=qualifier), rounding, Form(wan_places=digits))
    zh, en = both(shown.text)

    assert zh.holds(value)
    assert en.holds(value)
    assert zh.hedge is en.hedge


@more
@given(st.decimals(min_value=0, max_value=1000, places=4), places, qualifiers, st.sampled_from([PER_10K, RATE]))
def test_ratios_and_percentages_are_read_back(value: Decimal, digits: int, qualifier: Qualifier, name: str) -> None:
    shown = show(metric(name, str(value), places=digits, qualifier=qualifier))
    zh, en = both(shown.text)

    assert zh == en
    assert zh.holds(value)
    assert zh.measure is (Measure.RATIO if name == PER_10K else Measure.PERCENT)
    for language in LANGUAGES:
        assert read(shown.value, language).holds(value)
        # A sentence that prints the bare number brings the qualifier itself.
        assert read(shown.number, language).holds(value) or qualifier is not Qualifier.EXACT


@more
@given(st.integers(0, 10**6), st.integers(1, 10**6), st.booleans(), roundings)
def test_shares_are_read_back(part: int, rest: int, exact: bool, rounding: Rounding) -> None:
    whole = part + rest
    zh, en = both(show_share(Decimal(part), Decimal(whole), exact=exact, rounding=rounding))

    assert zh == en
    assert zh.measure is Measure.PERCENT
    assert zh.holds(Decimal(part) / whole * 100)


@given(st.integers(1, 500), st.integers(0, 499), st.booleans())
def test_ranks_are_read_back_with_peers_and_ties(place: int, behind: int, tied: bool) -> None:
    peers = place + behind
    phrase = show_standing(Standing(Derived("a/b", Decimal(place), "", ()), peers, tied))
    zh, en = both(phrase.text)

    assert zh == en == Reading(Measure.RANK, Decimal(place), Decimal(place), peers=peers, tied=tied)
    assert read(phrase.cell, ZH) == read(phrase.cell, EN) == Reading(Measure.RANK, zh.low, zh.high, tied=tied)


@given(st.integers(1, 500), qualifiers)
def test_recorded_ranks_are_read_back(place: int, qualifier: Qualifier) -> None:
    zh, en = both(show(metric(RANK, str(place), qualifier=qualifier)).text)

    assert zh == en
    assert (zh.measure, zh.hedge) == (Measure.RANK, HEDGES[qualifier])
    assert zh.holds(Decimal(place))


# --- changes ----------------------------------------------------------------------


def trend_of(rounded: Decimal | None) -> Trend:
    assert rounded is not None
    return Trend.UP if rounded > 0 else Trend.DOWN if rounded < 0 else Trend.LEVEL


@more
@given(fractions, bases, st.integers(0, 2), st.booleans(), roundings)
def test_growth_is_read_back_with_direction_and_basis(
    value: Decimal, basis: Basis, digits: int, exact: bool, rounding: Rounding
) -> None:
    phrase = show_growth(Derived("a/b", value, "", (), basis, exact), digits, rounding)
    zh, en = both(phrase.text)

    assert zh == en
    assert zh.holds(value * 100)
    assert (zh.trend, zh.basis) == (trend_of(phrase.rounded), basis)
    assert all(read(phrase.cell, language).holds(value * 100) for language in LANGUAGES)


@more
@given(st.decimals(min_value=-100, max_value=100, places=3), bases, st.integers(0, 2), st.booleans(), roundings)
def test_percentage_points_are_read_back(
    value: Decimal, basis: Basis, digits: int, exact: bool, rounding: Rounding
) -> None:
    phrase = show_points(Derived("a/b", value, "", (), basis, exact), digits, rounding)
    zh, en = both(phrase.text)

    assert zh == en
    assert zh.holds(value)
    assert (zh.trend, zh.basis) == (trend_of(phrase.rounded), basis)
    assert all(read(phrase.cell, language).measure is Measure.POINTS for language in LANGUAGES)


@more
@given(money, st.booleans(), st.booleans())
def test_changes_of_money_are_read_back(value: Decimal, falls: bool, exact: bool) -> None:
    change = -value if falls else value
    phrase = show_change(Derived("a/b", change, "", (), Basis.YEAR, exact), metric(MONEY, "0"))
    zh, en = both(phrase.text)

    assert zh == en
    assert zh.holds(change)
    assert zh.trend is trend_of(phrase.rounded)
    assert all(read(phrase.cell, language).holds(change) for language in LANGUAGES)


@given(st.integers(-(10**6), 10**6).map(Decimal), st.booleans())
def test_changes_of_counts_are_read_back(change: Decimal, exact: bool) -> None:
    phrase = show_change(Derived("a/b", change, "", (), Basis.YEAR, exact), metric(PATENTS, "0"))
    zh, en = both(phrase.text)

    assert zh == en
    assert zh.holds(change)
    assert zh.trend is trend_of(phrase.rounded)


@more
@given(st.decimals(min_value=0, max_value=20, places=6), st.booleans(), roundings)
def test_completion_is_read_back_and_never_as_met_when_it_is_not(
    value: Decimal, exact: bool, rounding: Rounding
) -> None:
    phrase = show_completion(Derived("a/b", value, "", (), None, exact), rounding=rounding)
    zh, en = both(phrase.text)

    assert zh == en
    assert zh.measure is Measure.COMPLETION
    assert zh.holds(value * 100)
    assert phrase.rounded is not None
    assert value >= 1 or phrase.rounded < 100


# --- ranges and brackets ----------------------------------------------------------


@more
@given(st.tuples(money, money), roundings)
def test_ranges_of_money_are_read_back(ends: tuple[Decimal, Decimal], rounding: Rounding) -> None:
    low, high = sorted(ends)
    zh, en = both(show_range(low, high, unit_named("yuan"), rounding=rounding))

    assert zh == en
    assert zh.holds(low)
    assert zh.holds(high)


@given(
    st.tuples(counts, counts),
    st.sampled_from(["patent", "percent", "per_10k_population", "enterprise"]),
    places,
)
def test_other_ranges_are_read_back(ends: tuple[Decimal, Decimal], unit: str, digits: int) -> None:
    low, high = (end / 1000 if unit.startswith("per") else end for end in sorted(ends))
    zh, en = both(show_range(low, high, unit_named(unit), digits))

    assert zh == en
    assert zh.holds(low)
    assert zh.holds(high)


@given(money, fractions, bases)
def test_a_value_with_its_growth_in_brackets_is_read_as_the_value(value: Decimal, grown: Decimal, basis: Basis) -> None:
    shown = show(metric(MONEY, str(value)))
    words = beside(shown, show_growth(Derived("a/b", grown, "", (), basis)))

    assert both(words) == both(shown.text)


# --- any text ---------------------------------------------------------------------

words_in_general = st.text(alphabet="0123456789.,%～–万亿元件约近超过同比增长（） abilmnoprtuy", max_size=24)


@settings(max_examples=2000)
@given(words_in_general, st.sampled_from(LANGUAGES))
def test_any_text_is_read_or_refused_without_an_error(text: str, language: Language) -> None:
    reading = read_back(text, language)

    assert reading is None or reading.low <= reading.high or reading.measure is Measure.NOTHING


@pytest.mark.parametrize(
    ("hedge", "low", "high"),
    [
        (Hedge.OVER, "99.5", "Infinity"),
        (Hedge.AT_LEAST, "99.5", "Infinity"),
        (Hedge.NEARLY, "89.55", "100.5"),
        (Hedge.ABOUT, "94.525", "105.525"),
    ],
)
def test_a_qualifier_widens_the_interval_as_the_rules_have_it(hedge: Hedge, low: str, high: str) -> None:
    words: dict[Hedge, Callable[[str], str]] = {
        Hedge.OVER: lambda text: f"over {text}",
        Hedge.AT_LEAST: lambda text: f"at least {text}",
        Hedge.NEARLY: lambda text: f"nearly {text}",
        Hedge.ABOUT: lambda text: f"about {text}",
    }
    reading = read_back(words[hedge]("100 patents"), EN)

    assert reading == Reading(Measure.COUNT, Decimal(low), Decimal(high), hedge)
