"""R08 and R19: stated growth against the values it is of, and across a change of definition."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import arithmetic, at, growth, in_points, metric_set, ruled
from ipreport.language import Localized
from ipreport.metrics import (
    Metric,
    Period,
    PeriodKind,
    Qualifier,
    UnitKind,
)
from ipreport.problems import Level
from ipreport.rules import RULES

STOCK, CASES, SHARE, PRODUCTS = "patent_invention_in_force", "dispute_closed", "patent_hv_share", "gi_product"
NOW, BEFORE = "2025-09-30", "2024-09-30"


def stocks(now: str = "356", before: str = "300", **changes: Any) -> tuple[Metric, Metric]:
    return at(NOW, now, STOCK, **changes), at(BEFORE, before, STOCK)


# --- R08 -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stated", "agrees"),
    [("18.7", True), ("18.6", False), ("18.8", False), ("18.67", True), ("19", True), ("18", False), ("15.2", False)],
)
def test_a_stated_growth_is_what_the_values_give(stated: str, agrees: bool) -> None:
    found = ruled("R08", *stocks(), growth(stated))

    places = len(stated.partition(".")[2]) + 1
    shown = {1: "18.7", 2: "18.67", 3: "18.667"}[places]
    assert arithmetic(found) == ([] if agrees else [f"(356 − 300) ÷ 300 = {shown}% ≠ {stated}%"])
    assert all(finding.level is Level.BLOCK for finding in found)
    assert all(finding.subjects == ("growth", f"{STOCK}_2025_09_30", f"{STOCK}_2024_09_30") for finding in found)


@pytest.mark.parametrize(
    ("stated", "qualifier", "agrees", "end"),
    [
        ("15", "over", True, ""),
        ("20", "over", False, " ≤ 20%"),
        ("20", "at_least", False, " < 20%"),
        ("20", "nearly", True, ""),
        ("18", "nearly", False, " ≠ 18%"),
        ("18.6", "about", True, ""),
        ("15", "about", False, " ≠ 15%"),
    ],
)
def test_the_qualifier_of_a_growth_is_respected(stated: str, qualifier: str, agrees: bool, end: str) -> None:
    found = ruled("R08", *stocks(), growth(stated, qualifier=Qualifier(qualifier)))

    assert bool(found) is not agrees
    assert all(line.endswith(end) for line in arithmetic(found))


def test_over_a_growth_is_contradicted_by_exactly_that_growth() -> None:
    values = stocks("360", "300")

    assert arithmetic(ruled("R08", *values, growth("20", qualifier=Qualifier.OVER))) == [
        "(360 − 300) ÷ 300 = 20.0% ≤ 20%"
    ]
    assert ruled("R08", *values, growth("20", qualifier=Qualifier.AT_LEAST)) == []
    assert ruled("R08", *stocks("361", "300"), growth("20", qualifier=Qualifier.OVER)) == []


def test_the_roundings_of_both_values_are_allowed_for() -> None:
    now = at("2025", "1.3", "penalty_amount", unit="亿元")
    before = at("2024", "1.2", "penalty_amount", unit="亿元")
    # From 1.25 over 1.25 to 1.35 over 1.15.
    for stated, agrees in (("0.0", True), ("17.3", True), ("17.5", False), ("-0.1", False)):
        assert bool(ruled("R08", now, before, growth(stated, "penalty_amount", period="2025"))) is not agrees, stated


def test_values_that_are_over_so_many_leave_their_growth_open_above() -> None:
    values = stocks(qualifier=Qualifier.OVER)

    assert ruled("R08", *values, growth("90")) == []
    assert arithmetic(ruled("R08", *values, growth("10"))) == ["(> 356 − 300) ÷ 300 = 18.7% ≠ 10%"]


@pytest.mark.parametrize(
    ("basis", "before", "against"),
    [("qoq", "2025-06-30", None), ("since_year_end", "2024-12-31", None), ("yoy", BEFORE, BEFORE)],
)
def test_each_basis_has_its_own_base(basis: str, before: str, against: str | None) -> None:
    values = at(NOW, "110", STOCK), at(before, "100", STOCK)

    assert ruled("R08", *values, growth("10", basis=basis, against=against)) == []
    assert arithmetic(ruled("R08", *values, growth("11", basis=basis, against=against))) == [
        "(110 − 100) ÷ 100 = 10.0% ≠ 11%"
    ]


def test_an_annual_average_is_the_root_over_its_years() -> None:
    values = at("2025-12-31", "1600", "tm_valid"), at("2021-12-31", "1000", "tm_valid")
    average = {"of": "tm_valid", "basis": "annual_average", "period": "2025-12-31", "against": "2021-12-31"}

    assert ruled("R08", *values, growth("12.5", **average)) == []  # type: ignore[arg-type]
    assert arithmetic(ruled("R08", *values, growth("15.0", **average))) == [  # type: ignore[arg-type]
        "(1,600 ÷ 1,000)^(1/4) − 1 = 12.47% ≠ 15.0%"
    ]


def test_a_rate_changes_by_percentage_points() -> None:
    values = at(NOW, "43.1", SHARE), at(BEFORE, "40.2", SHARE)

    assert ruled("R08", *values, in_points(growth("2.9", SHARE))) == []
    assert ruled("R08", *values, in_points(growth("3.0", SHARE))) == []  # 43.15 − 40.15
    assert arithmetic(ruled("R08", *values, in_points(growth("3.9", SHARE)))) == ["43.1 − 40.2 = 2.9 ≠ 3.9"]
    yearly = growth("2.9", SHARE, "annual_average", against="2022-09-30")
    points = in_points(yearly), at(NOW, "43.1", SHARE), at("2022-09-30", "37.1", SHARE)
    assert arithmetic(ruled("R08", *points)) == ["(43.1 − 37.1) ÷ 3 = 2.00 ≠ 2.9"]


def test_there_is_no_growth_on_a_base_of_nothing() -> None:
    assert arithmetic(ruled("R08", *stocks("5", "0"), growth("15"))) == ["(5 − 0) ÷ 0: n/a ≠ 15%"]


def test_a_flow_is_compared_over_the_very_same_window() -> None:
    window = "2025-01/2025-09"
    before, quarter = at("2024-01/2024-09", "100", CASES), at("2024Q3", "10", CASES)
    now, quarter_now = at(window, "110", CASES), at("2025Q3", "12", CASES)

    assert ruled("R08", now, before, quarter, quarter_now, growth("10", CASES, period=window)) == []
    assert arithmetic(ruled("R08", now, before, quarter, quarter_now, growth("10", CASES, period="2025Q3"))) == [
        "(12 − 10) ÷ 10 = 20.0% ≠ 10%"
    ]
    assert ruled("R08", quarter, quarter_now, growth("10", CASES, period=window)) == []


def test_nothing_is_said_without_both_values_a_basis_or_a_date() -> None:
    now, before = stocks()

    assert ruled("R08", now, growth("15")) == []
    assert ruled("R08", now, replace(before, value=None), growth("15")) == []
    assert ruled("R08", now, before, growth("15", basis=None)) == []
    assert ruled("R08", now, before, growth("15", period="unknown")) == []
    assert ruled("R08", now, before, growth("15", basis="annual_average")) == []
    assert ruled("R08", replace(now, period=Period(PeriodKind.AS_OF)), before, growth("15")) == []
    assert ruled("R08", replace(now, region="别处"), before, growth("15")) == []


def test_where_several_values_could_be_meant_all_must_contradict() -> None:
    other = replace(stocks()[0], key="other", value=Decimal(345), name=Localized("乙", "B"))
    other_before = replace(stocks()[1], key="other_before", name=Localized("乙", "B"))

    assert ruled("R08", *stocks(), other, other_before, growth("15")) == []
    assert len(ruled("R08", *stocks(), other, other_before, growth("16"))) == 1


def test_the_sentence_names_both_times() -> None:
    (finding,) = ruled("R08", *stocks(), growth("15.2"))

    now, before = f"{STOCK}_2025_09_30", f"{STOCK}_2024_09_30"
    assert f"{{{now}}} {{{now}.when}} and {{{before}}} {{{before}.when}}" in finding.statement.en
    assert f"{{{now}.when}}为{{{now}}}、{{{before}.when}}为{{{before}}}" in finding.statement.zh


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(0, 3))
def test_a_growth_calculated_from_the_values_is_never_doubted(now: int, before: int, places: int) -> None:
    percent = round(Decimal(now - before) * 100 / before, places)

    assert ruled("R08", *stocks(str(now), str(before)), growth(f"{percent:f}")) == []


# --- R19 ---------------------------------------------------------------------------------------


def test_no_growth_is_stated_across_a_change_of_definition() -> None:
    values = at("2025-12-31", "5066", PRODUCTS), at("2024-12-31", "2800", PRODUCTS)
    stated = growth("80.9", PRODUCTS, period="2025-12-31")
    (finding,) = ruled("R19", *values, stated)

    assert finding.subjects == ("growth",)
    assert finding.level is Level.BLOCK
    assert finding.arithmetic.en == "2024-12-31 < 2025-07-01 ≤ 2025-12-31"
    assert "2,861" in finding.statement.en
    assert "2861个" in finding.statement.zh
    assert ruled("R08", *values, stated) == []


def test_the_catalogue_tells_of_a_break_where_the_earlier_value_is_not_recorded() -> None:
    now = at("2025-12-31", "5066", PRODUCTS)

    for basis, against, is_broken in (
        ("yoy", None, True),
        ("qoq", None, False),
        ("since_year_end", None, True),
        ("annual_average", "2022-12-31", True),
        ("annual_average", None, False),
    ):
        stated = growth("80.9", PRODUCTS, basis, period="2025-12-31", against=against)
        assert bool(ruled("R19", now, stated)) is is_broken, basis


@pytest.mark.parametrize(("end", "is_broken"), [("2025-06-30", False), ("2025-07-01", True)])
def test_the_day_of_the_break_belongs_to_the_new_definition(end: str, is_broken: bool) -> None:
    assert bool(ruled("R19", at(end, "9", PRODUCTS), growth("5", PRODUCTS, period=end))) is is_broken


def test_values_that_name_their_versions_decide() -> None:
    now, before = stocks(caliber="2025")

    (finding,) = ruled("R19", now, replace(before, caliber="2021"), growth("15"))
    assert finding.arithmetic.zh == "口径“2021” ≠ “2025”"
    assert ruled("R19", now, replace(before, caliber="2025"), growth("15")) == []
    assert ruled("R19", replace(now, caliber="2025"), growth("15")) == []


def test_growth_of_what_has_no_break_and_undated_growth_are_left_alone() -> None:
    assert ruled("R19", *stocks(), growth("15")) == []
    products = at("2025-12-31", "5066", PRODUCTS)
    assert ruled("R19", products, growth("15", PRODUCTS, period="unknown")) == []
    assert ruled("R19", growth("15", PRODUCTS, period="2025-12-31")) == []
    own = replace(products, caliber="our own")
    assert ruled("R19", own, growth("15", PRODUCTS, period="2025-12-31")) == []


def test_a_region_beside_the_briefings_own_is_named() -> None:
    metrics = replace(metric_set(*(replace(m, region="东州") for m in (*stocks(), growth("15")))), home="示例州")
    (finding,) = RULES["R08"](metrics)

    assert finding.statement.zh.startswith("东州{growth.name}")
    assert finding.statement.en.startswith("{growth.name} (东州)")
    assert metrics["growth"].unit.kind is UnitKind.PERCENT
