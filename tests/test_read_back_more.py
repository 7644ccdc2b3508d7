"""Extents, small counts and ranks anywhere: printed words lead back to the value they were printed of."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import metric
from ipreport.language import EN, LANGUAGES, ZH, Localized
from ipreport.metrics import Basis, Derived, Qualifier, Reason, Standing, change, parse_period, share, unit_named
from ipreport.metrics.periods import PeriodKind
from ipreport.wording import (
    Hedge,
    Measure,
    Phrase,
    Reading,
    Rounding,
    Trend,
    field_of,
    read_back,
    show,
    show_change,
    show_from_to,
    show_from_to_extent,
    show_growth,
    show_growth_extent,
    show_points_extent,
    show_range,
    show_share,
    show_standing,
)

CASES = "penalty_cases"
more = settings(max_examples=1500)
roundings = st.sampled_from(Rounding)
bases = st.sampled_from(Basis)


def both(words: Localized) -> tuple[Reading, Reading]:
    readings = [read_back(words[language], language) for language in LANGUAGES]
    assert readings[0] is not None, words
    assert readings[1] is not None, words
    return readings[0], readings[1]


def trend_of(phrase: Phrase) -> Trend:
    assert phrase.rounded is not None
    return Trend.UP if phrase.rounded > 0 else Trend.DOWN if phrase.rounded < 0 else Trend.LEVEL


@more
@given(
    st.one_of(
        st.decimals(min_value=-1, max_value=2, places=4),
        st.decimals(min_value=Decimal("-0.01"), max_value=Decimal("0.01"), places=6),
        st.decimals(min_value=9, max_value=200, places=4),
    ),
    bases,
    st.integers(0, 2),
    st.booleans(),
    roundings,
)
def test_extents_of_growth_are_read_back(
    value: Decimal, basis: Basis, places: int, exact: bool, rounding: Rounding
) -> None:
    grown = Derived("a/b", value, "", (), basis, exact)
    phrase = show_growth_extent(grown, places, rounding)
    zh, en = both(phrase.text)

    assert zh == en
    assert zh.holds(value * 100)
    assert (zh.trend, zh.basis) == (trend_of(phrase), None)
    whole = show_growth(grown, places, rounding)
    assert (phrase.cell, phrase.rounded) == (whole.cell, whole.rounded)


@more
@given(st.decimals(min_value=-100, max_value=100, places=3), st.integers(0, 2), st.booleans(), roundings)
def test_extents_in_points_are_read_back(value: Decimal, places: int, exact: bool, rounding: Rounding) -> None:
    phrase = show_points_extent(Derived("a/b", value, "", (), Basis.YEAR, exact), places, rounding)
    zh, en = both(phrase.text)

    assert zh == en
    assert zh.holds(value)
    assert zh.trend is trend_of(phrase)


@pytest.mark.parametrize("reason", [Reason.ZERO_BASE, Reason.NEGATIVE_BASE, Reason.CALIBER_BREAK, Reason.NO_BASE])
@pytest.mark.parametrize("basis", Basis)
def test_an_extent_that_cannot_be_worked_out_is_read_as_nothing(reason: Reason, basis: Basis) -> None:
    zh, en = both(show_growth_extent(Derived("a/b", None, "", (), basis, reason=reason)).text)

    assert zh.measure is en.measure is Measure.NOTHING


@more
@given(st.integers(0, 9), st.integers(0, 5000), bases, st.sampled_from(["exact", "nearly"]), st.booleans())
def test_small_counts_are_read_back_as_their_difference(
    before: int, now: int, basis: Basis, qualifier: str, as_extent: bool
) -> None:
    day = {Basis.YEAR: "2024-09-30", Basis.QUARTER: "2025-06-30", Basis.YEAR_END: "2024-12-31"}[basis]
    later = metric("agencies", str(now), period=parse_period("2025-09-30", PeriodKind.AS_OF))
    first = metric("agencies", str(before), qualifier=Qualifier(qualifier), period=parse_period(day, PeriodKind.AS_OF))
    moved = change(later, first, basis)
    phrase = (show_from_to_extent if as_extent else show_from_to)(later, first, moved)
    zh, en = both(phrase.text)

    assert zh == en
    assert moved.value is not None
    assert zh.holds(moved.value)
    assert zh.trend is trend_of(phrase)
    assert (zh.basis is None) is as_extent
    cells = both(phrase.cell)
    assert all(cell.holds(moved.value) and cell.measure is Measure.COUNT for cell in cells)


@more
@given(st.integers(0, 60), st.integers(1, 60), st.booleans(), roundings)
def test_shares_of_few_cases_are_read_back(part: int, whole: int, exact: bool, rounding: Rounding) -> None:
    words = show_share(Decimal(part), Decimal(whole), exact=exact, rounding=rounding, unit=unit_named("case"))
    zh, en = both(words)
    stored = share(metric(CASES, str(part)), metric(CASES, str(whole), key="whole")).percent

    assert zh == en
    assert stored is not None
    assert zh.holds(stored)
    assert zh.measure is Measure.PERCENT
    assert ("%" in words.zh) is (whole >= 10)
    assert (f"{part}/{whole}" in words.en) is (whole < 30)
    assert (zh.hedge is Hedge.EXACT) is (exact or zh.hedge in {Hedge.UNDER, Hedge.OVER})


POINTS = unit_named("percentage_point")
HEDGES = {qualifier: Hedge(qualifier.value) for qualifier in Qualifier}


@more
@given(
    st.decimals(min_value=0, max_value=1000, places=4),
    st.integers(0, 3),
    st.sampled_from(Qualifier),
    st.sampled_from([("satisfaction", Measure.SCORE), ("tm_entities_per_mark", Measure.PER_MARK)]),
    roundings,
)
def test_scores_and_entities_are_read_back(
    value: Decimal, places: int, qualifier: Qualifier, unit: tuple[str, Measure], rounding: Rounding
) -> None:
    shown = show(metric(unit[0], str(value), places=places, qualifier=qualifier), rounding)
    zh, en = both(shown.text)

    assert zh == en
    assert zh.holds(value)
    assert (zh.measure, zh.hedge) == (unit[1], HEDGES[qualifier])
    assert all(cell.holds(value) for cell in both(shown.value))


@more
@given(st.decimals(min_value=-100, max_value=100, places=3), st.integers(0, 2), st.sampled_from(Qualifier), roundings)
def test_recorded_points_are_read_back_with_their_direction(
    value: Decimal, places: int, qualifier: Qualifier, rounding: Rounding
) -> None:
    rate = metric("growth_rate", str(value), places=places, qualifier=qualifier)
    shown = show(replace(rate, definition=replace(rate.definition, unit=POINTS)), rounding)
    zh, en = both(shown.text)

    assert zh == en
    assert shown.rounded is not None
    assert zh.trend is (Trend.UP if shown.rounded > 0 else Trend.DOWN if shown.rounded < 0 else Trend.LEVEL)
    if shown.rounded:
        assert zh.holds(value)
        assert (zh.measure, zh.hedge) == (Measure.POINTS, HEDGES[qualifier])


@more
@given(
    st.decimals(min_value=-100, max_value=100, places=3),
    st.integers(0, 2),
    st.sampled_from(["satisfaction", "tm_entities_per_mark", "patent_invention_per10k"]),
    st.booleans(),
)
def test_changes_of_ratios_are_read_back(value: Decimal, places: int, name: str, exact: bool) -> None:
    phrase = show_change(Derived("a/b", value, "", (), Basis.YEAR, exact), metric(name, "0", places=places))
    zh, en = both(phrase.text)

    assert zh.holds(value)
    assert en.holds(value)
    assert zh.trend is en.trend is trend_of(phrase)


@given(
    st.tuples(st.decimals(0, 100, places=3), st.decimals(0, 100, places=3)),
    st.sampled_from([("score", Measure.SCORE), ("entities_per_trademark", Measure.PER_MARK)]),
    st.integers(0, 3),
)
def test_ranges_of_ratios_are_read_back(ends: tuple[Decimal, Decimal], unit: tuple[str, Measure], places: int) -> None:
    low, high = sorted(ends)
    zh, en = both(show_range(low, high, unit_named(unit[0]), places))

    assert zh == en
    assert zh.holds(low)
    assert zh.holds(high)
    assert zh.measure is unit[1]


NAMES = ["青海省", "内蒙古自治区", "海西州", "杭州市", "中国", "长三角G60", "甲地区"]


@given(
    st.integers(1, 500),
    st.integers(0, 499),
    st.booleans(),
    st.sampled_from(NAMES),
    st.sampled_from([None, Localized("市州", "prefectures"), Localized("区县", "counties")]),
)
def test_ranks_in_any_region_are_read_back(
    place: int, behind: int, tied: bool, name: str, peers: Localized | None
) -> None:
    field = field_of(Localized(name, "Region 9"), peers)
    phrase = show_standing(Standing(Derived("a/b", Decimal(place), "", ()), place + behind, tied), field)
    zh, en = both(phrase.text)

    assert zh == en == Reading(Measure.RANK, Decimal(place), Decimal(place), peers=place + behind, tied=tied)


@pytest.mark.parametrize(
    ("name", "zh", "en"),
    [
        ("青海省", "全省", "in the province"),
        ("广西壮族自治区", "全区", "in the region"),
        ("海西蒙古族藏族自治州", "全州", "in the prefecture"),
        ("西宁市", "全市", "in the city"),
        ("中国", "中国", "in China"),
    ],
)
def test_the_field_of_a_rank_is_named_after_the_level_of_its_region(name: str, zh: str, en: str) -> None:
    assert field_of(Localized(name, "China"), None).place == Localized(zh, en)


@pytest.mark.parametrize(
    "text",
    ["增幅0.0%", "增幅1250%", "降幅12.5倍", "增幅-5%", "由5件增至5件", "由5件减至7件", "由5件增至7家", "由05件增至7件",
     "3/8（37.5%）", "27.5%（8/29）", "37.5%（3/8）", "8/29", "30/100", "+0件", "+2.5件", "增加0.39分", "提高0.39户/件",
     "平均每4.9件经营主体拥有1件注册商标", "平均每约4.9户以上经营主体拥有1件注册商标", "提高0.0个百分点",
     "约提高2.9个百分点",
     "提高约2.9个百分点以上", "+36.97万元"],
)  # fmt: skip
def test_chinese_that_is_not_printed_so_is_not_read(text: str) -> None:
    assert read_back(text, ZH) is None


@pytest.mark.parametrize(
    "text",
    ["a rise of 0.0%", "a rise of 1 percentage points", "a rise of 1,000.0%", "a fall of -5%", "from 5 to 5",
     "from 5 last year to 7", "from 5 at a year earlier to 7", "from 05 to 7", "27.5% (8/29)", "37.5% (3/8)", "8/29",
     "1 points", "4.9 business entity per registered trademark", "over up 2.9 percentage points",
     "+0 cases", "+1 cases"],
)  # fmt: skip
def test_english_that_is_not_printed_so_is_not_read(text: str) -> None:
    assert read_back(text, EN) is None


@pytest.mark.parametrize(
    ("words", "percent"), [("占比70.8%（17/24）", Decimal(1700) / 24), ("占比3/8", Decimal("37.5"))]
)
def test_the_share_of_few_cases_in_a_chart_leads_back(words: str, percent: Decimal) -> None:
    reading = read_back(words, ZH)

    assert reading is not None
    assert reading.measure is Measure.PERCENT
    assert reading.holds(percent)
