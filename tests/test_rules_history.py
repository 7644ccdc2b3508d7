"""R06 and R13: running totals that fall, stocks that fall sharply, values that jump by a power of ten."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import arithmetic, at, ruled
from ipreport.language import Localized
from ipreport.metrics import Qualifier
from ipreport.problems import Level

CASES, MONEY, STOCK = "dispute_closed", "penalty_amount", "patent_invention_in_force"
TOTAL, PRODUCTS, PLEDGES = "gi_mark", "gi_product", "pledge_reg_amount_cum"
HALF, THREE, WHOLE = "2025-01/2025-06", "2025-01/2025-09", "2025"


# --- R06: years to date ----------------------------------------------------------------


@pytest.mark.parametrize(("later", "falls"), [("41", False), ("40", False), ("39", True)])
def test_a_year_to_date_does_not_fall_within_its_year(later: str, falls: bool) -> None:
    found = ruled("R06", at(HALF, "40", CASES), at(THREE, later, CASES))

    assert arithmetic(found) == ([f"{later} < 40"] if falls else [])
    assert all(finding.level is Level.BLOCK for finding in found)
    assert [finding.subjects for finding in found] == (
        [(f"{CASES}_2025_01_2025_09", f"{CASES}_2025_01_2025_06")] if falls else []
    )


def test_a_new_year_begins_from_nothing() -> None:
    assert ruled("R06", at("2024", "90", CASES), at("2025-01/2025-03", "5", CASES)) == []


def test_a_whole_year_and_a_first_quarter_are_years_to_date_too() -> None:
    assert arithmetic(ruled("R06", at("2025Q1", "40", CASES), at(HALF, "39", CASES))) == ["39 < 40"]
    assert arithmetic(ruled("R06", at(THREE, "40", CASES), at(WHOLE, "39", CASES))) == ["39 < 40"]


def test_single_quarters_may_fall() -> None:
    assert ruled("R06", at("2025Q2", "40", CASES), at("2025Q3", "4", CASES)) == []


def test_a_fall_that_rounding_explains_is_none() -> None:
    half = at(HALF, "1.3", MONEY, unit="亿元")  # at least 125 million yuan

    assert ruled("R06", half, at(THREE, "12500", MONEY, unit="万元")) == []
    assert arithmetic(ruled("R06", half, at(THREE, "12499", MONEY, unit="万元"))) == ["124,990,000 < 130,000,000"]


@pytest.mark.parametrize(
    ("before", "before_is", "now", "now_is", "falls"),
    [
        ("40", "over", "40", "exact", True),  # over 40 is more than 40
        ("40", "at_least", "40", "exact", False),
        ("40", "nearly", "36", "exact", False),
        ("40", "nearly", "35", "exact", True),
        ("40", "exact", "35", "over", False),
        ("40", "about", "38", "exact", False),
        ("40", "about", "37", "exact", True),
    ],
)
def test_a_fall_is_told_only_under_every_reading(
    before: str, before_is: str, now: str, now_is: str, falls: bool
) -> None:
    earlier = at(HALF, before, CASES, qualifier=Qualifier(before_is))
    later = at(THREE, now, CASES, qualifier=Qualifier(now_is))

    assert bool(ruled("R06", earlier, later)) is falls


def test_other_regions_undated_and_missing_values_are_left_alone() -> None:
    half = at(HALF, "40", CASES)

    assert ruled("R06", half, at(THREE, "1", CASES, region="别处")) == []
    assert ruled("R06", half, at("unknown", "1", CASES)) == []
    assert ruled("R06", half, at(THREE, None, CASES)) == []


def test_two_things_of_one_metric_are_told_apart_by_their_names() -> None:
    names = [Localized(name, name) for name in ("甲品牌", "乙品牌")]
    values = [
        at(period, value, CASES, key=f"{name.zh}{period}", name=name)
        for period, pair in ((HALF, ("40", "4")), (THREE, ("41", "5")))
        for name, value in zip(names, pair, strict=True)
    ]

    assert ruled("R06", *values) == []
    assert arithmetic(ruled("R06", *values[:3], replace(values[3], value=Decimal(3)))) == ["3 < 4"]


# --- R06: cumulative values and stocks -----------------------------------------------------


@pytest.mark.parametrize(("name", "later", "falls"), [(TOTAL, "9", True), (TOTAL, "10", False), (PLEDGES, "8", True)])
def test_what_has_been_counted_since_the_beginning_never_falls(name: str, later: str, falls: bool) -> None:
    found = ruled("R06", at("2024-12-31", "10", name), at("2025-09-30", later, name))

    # A year lies between: a running total has no new year.
    assert bool(found) is falls


def test_a_change_of_definition_may_lower_a_cumulative_value() -> None:
    assert ruled("R06", at("2025-06-30", "10", PRODUCTS), at("2025-12-31", "9", PRODUCTS)) == []
    assert len(ruled("R06", at("2025-03-31", "10", PRODUCTS), at("2025-06-30", "9", PRODUCTS))) == 1


@pytest.mark.parametrize(("later", "sharply"), [("200", False), ("199", True), ("301", False)])
def test_a_stock_may_fall_by_a_third_within_a_quarter(later: str, sharply: bool) -> None:
    found = ruled("R06", at("2025-06-30", "300", STOCK), at("2025-09-30", later, STOCK))

    assert arithmetic(found) == (["(199 − 300) ÷ 300 = −33.7%"] if sharply else [])
    assert all(finding.level is Level.WARN for finding in found)


def test_a_stock_is_compared_with_the_quarter_before_alone_and_a_handful_may_halve() -> None:
    assert ruled("R06", at("2024-12-31", "300", STOCK), at("2025-09-30", "100", STOCK)) == []
    assert ruled("R06", at("2025-06-30", "9", "service_points"), at("2025-09-30", "1", "service_points")) == []
    assert len(ruled("R06", at("2025-06-30", "10", "service_points"), at("2025-09-30", "1", "service_points"))) == 1


# --- R13 -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "candidate"),
    [
        ("849", None),
        ("850", "85"),
        ("1000", "100"),
        ("1150", "115"),
        ("1151", None),
        ("10000", "100"),
        ("100000", None),
        ("1000000", "100"),
        ("10000000000", "100"),
        ("100", None),
    ],
)
def test_a_value_near_a_power_of_ten_times_the_one_before_is_doubted(now: str, candidate: str | None) -> None:
    found = ruled("R13", at("2025-06-30", "100", STOCK), at("2025-09-30", now, STOCK))

    assert [[(key, str(int(value))) for key, value in f.candidates[0].values] for f in found] == (
        [] if candidate is None else [[(f"{STOCK}_2025_09_30", candidate)]]
    )
    assert all(finding.level is Level.WARN for finding in found)


def test_a_value_that_shrinks_by_a_power_of_ten_is_doubted_too() -> None:
    (finding,) = ruled("R13", at("2024", "3.2", PLEDGES, unit="亿元"), at("2025", "3.2", PLEDGES, unit="百万元"))

    assert finding.arithmetic.en == "3,200,000 ÷ 320,000,000 = 0.010"
    assert "百分之一" in finding.statement.zh
    assert "about 1/100 of" in finding.statement.en
    assert finding.candidates[0].values[0][1] == 320_000_000


def test_a_slip_is_told_once_and_not_again_on_the_way_back() -> None:
    course = [
        at(f"{year}Q{quarter}", value, CASES)
        for (year, quarter), value in zip(
            [(2024, 1), (2024, 2), (2024, 3), (2024, 4), (2025, 1)], ["30", "310", "29", "31", "33"], strict=True
        )
    ]

    assert arithmetic(ruled("R13", *course)) == ["310 ÷ 30 = 10.33"]


def test_years_to_date_are_compared_with_the_same_months_of_the_year_before() -> None:
    # The first quarter after a whole year is a tenth of it, and no slip.
    course = [at("2024-01/2024-03", "20", CASES), at("2024", "200", CASES), at("2025-01/2025-03", "21", CASES)]

    assert ruled("R13", *course) == []
    assert arithmetic(ruled("R13", *course[:2], at("2025-01/2025-03", "210", CASES))) == ["210 ÷ 20 = 10.50"]
    assert arithmetic(ruled("R13", at(HALF, "20", CASES), at(THREE, "200", CASES))) == ["200 ÷ 20 = 10.00"]


def test_handfuls_growth_ranks_and_events_may_jump() -> None:
    assert ruled("R13", at("2025Q2", "9", CASES), at("2025Q3", "90", CASES)) == []
    assert len(ruled("R13", at("2025Q2", "9", CASES), at("2025Q3", "90000", CASES))) == 1
    for name in ("growth_rate", "rank_in_province"):
        assert ruled("R13", at("2024-12-31", "1", name), at("2025-12-31", "10", name)) == []
    loans = at("2025-03-01", "100000", "pledge_single_loan"), at("2025-05-01", "1000000", "pledge_single_loan")
    assert ruled("R13", *loans) == []
    assert ruled("R13", at("2025Q2", "0", CASES), at("2025Q3", "90", CASES)) == []


def test_a_count_that_is_no_multiple_has_no_reading_in_whole_things() -> None:
    (finding,) = ruled("R13", at("2025Q2", "24", CASES), at("2025Q3", "235", CASES))

    assert finding.candidates == ()


@given(st.lists(st.integers(10, 80), min_size=2, max_size=8))
def test_values_of_one_size_are_never_doubted(values: list[int]) -> None:
    course = [at(f"{2018 + index}-12-31", str(value), STOCK, caliber="own") for index, value in enumerate(values)]

    assert ruled("R13", *course) == []
