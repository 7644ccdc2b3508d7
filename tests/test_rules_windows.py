"""R07 and R22: years to date against their quarters, stocks against what flowed into them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import arithmetic, at, ruled
from ipreport.language import Localized
from ipreport.metrics import Metric, Qualifier, Relations, Status
from ipreport.problems import Level

GRANTS, MONEY, FIRMS, STOCK = "patent_grant_invention", "penalty_amount", "pledge_firms", "patent_invention_in_force"
TO_DATE = {1: "2025-01/2025-03", 2: "2025-01/2025-06", 3: "2025-01/2025-09", 4: "2025-01/2025-12"}


def quarters(*values: str) -> list[Metric]:
    return [at(f"2025Q{number}", value, GRANTS) for number, value in enumerate(values, start=1)]


# --- R07: sums ---------------------------------------------------------------------------


@pytest.mark.parametrize(("total", "agrees"), [("60", True), ("59", False), ("61", False)])
def test_a_year_to_date_is_the_sum_of_its_quarters(total: str, agrees: bool) -> None:
    found = ruled("R07", *quarters("10", "20", "30"), at(TO_DATE[3], total, GRANTS))

    assert arithmetic(found) == ([] if agrees else [f"10 + 20 + 30 = 60 ≠ {total}"])
    assert all(finding.level is Level.BLOCK for finding in found)


def test_the_quarter_at_fault_is_the_one_that_is_told() -> None:
    years = [at(TO_DATE[n], value, GRANTS) for n, value in ((1, "10"), (2, "35"), (3, "65"), (4, "105"))]
    found = ruled("R07", *quarters("10", "20", "30", "40"), *years)

    assert arithmetic(found) == ["10 + 20 = 30 ≠ 35"]
    assert found[0].subjects == (f"{GRANTS}_2025_01_2025_06", f"{GRANTS}_2025q1", f"{GRANTS}_2025q2")


def test_a_quarter_is_the_difference_of_two_years_to_date() -> None:
    found = ruled("R07", at(TO_DATE[2], "30", GRANTS), at(TO_DATE[3], "60", GRANTS), at("2025Q3", "31", GRANTS))

    assert arithmetic(found) == ["30 + 31 = 61 ≠ 60"]
    assert ruled("R07", at(TO_DATE[2], "30", GRANTS), at(TO_DATE[3], "60", GRANTS), at("2025Q3", "30", GRANTS)) == []


@pytest.mark.parametrize(("total", "possible"), [("40", True), ("39", False)])
def test_missing_quarters_are_not_below_zero(total: str, possible: bool) -> None:
    found = ruled("R07", at("2025Q1", "10", GRANTS), at("2025Q3", "30", GRANTS), at(TO_DATE[3], total, GRANTS))

    assert arithmetic(found) == ([] if possible else ["10 + 30 = 40 > 39"])


def test_a_quarter_alone_is_not_greater_than_its_year_to_date() -> None:
    assert arithmetic(ruled("R07", at("2025Q3", "30", GRANTS), at(TO_DATE[3], "20", GRANTS))) == ["30 > 20"]


def test_a_fall_of_the_year_to_date_is_left_to_the_rule_on_falls() -> None:
    fall = at(TO_DATE[2], "30", GRANTS), at(TO_DATE[3], "20", GRANTS)

    assert ruled("R07", *fall) == []
    assert len(ruled("R06", *fall)) == 1


@pytest.mark.parametrize(("total", "agrees"), [("0.61", True), ("0.62", True), ("0.63", False)])
def test_every_part_may_bring_its_own_rounding(total: str, agrees: bool) -> None:
    # 0.1 and 0.2 and 0.3 reach from 0.45 to 0.75 and more narrowly stated ones less far.
    parts = [at(f"2025Q{n}", value, MONEY, unit="亿元") for n, value in ((1, "0.10"), (2, "0.20"), (3, "0.30"))]

    assert bool(ruled("R07", *parts, at(TO_DATE[3], total, MONEY, unit="亿元"))) is not agrees


def test_firms_that_come_again_are_not_added() -> None:
    values = [at("2025Q1", "10", FIRMS), at("2025Q2", "20", FIRMS), at(TO_DATE[2], "25", FIRMS)]

    assert ruled("R07", *values) == []


@given(st.lists(st.integers(0, 10**6), min_size=4, max_size=4))
def test_quarters_and_their_sums_are_never_doubted(values: list[int]) -> None:
    sums = [at(TO_DATE[n], str(sum(values[:n])), GRANTS) for n in TO_DATE]

    assert ruled("R07", *quarters(*map(str, values)), *sums) == []
    assert ruled("R06", *quarters(*map(str, values)), *sums) == []


# --- R07: one time, two values ---------------------------------------------------------------


def test_two_values_of_one_time_disagree() -> None:
    found = ruled("R07", at("2025-09-30", "356", STOCK), at("2025-09-30", "357", STOCK, key="again"))

    assert arithmetic(found) == ["356 ≠ 357"]
    assert ruled("R07", at("2025-09-30", "356", STOCK), at("2025-09-30", "356", STOCK, key="again")) == []


def test_a_rounded_and_an_exact_value_agree() -> None:
    rounded = at(TO_DATE[3], "0.37", MONEY, unit="百万元")

    assert ruled("R07", rounded, at(TO_DATE[3], "369700", MONEY, key="exact")) == []
    assert len(ruled("R07", rounded, at(TO_DATE[3], "364000", MONEY, key="exact"))) == 1


def test_a_first_quarter_and_january_to_march_are_one_time() -> None:
    assert arithmetic(ruled("R07", at("2025Q1", "10", GRANTS), at(TO_DATE[1], "11", GRANTS))) == ["10 ≠ 11"]


@pytest.mark.parametrize(
    "changes",
    [
        {"name": Localized("乙", "B")},
        {"status": Status.REVISED},
        {"caliber": "2019"},
        {"region": "别处"},
        {"relations": Relations(growth_of="tm_valid")},
    ],
)
def test_another_name_a_revision_and_another_version_are_no_second_value(changes: dict[str, object]) -> None:
    assert ruled("R07", at("2025-09-30", "356", STOCK), at("2025-09-30", "357", STOCK, key="again", **changes)) == []


def test_two_evaluators_and_two_events_do_not_contradict_each_other() -> None:
    for name, period in (("gi_brand_value", "2025"), ("pledge_single_loan", "2025-09-01")):
        assert ruled("R07", at(period, "100", name), at(period, "900", name, key="again")) == []


# --- R22 -----------------------------------------------------------------------------------


def stocks(before: str, now: str) -> list[Metric]:
    return [at("2025-06-30", before, STOCK), at("2025-09-30", now, STOCK)]


@pytest.mark.parametrize(("now", "too_much"), [("339", False), ("340", False), ("341", True)])
def test_a_stock_grows_by_no_more_than_what_flowed_in(now: str, too_much: bool) -> None:
    found = ruled("R22", *stocks("300", now), at("2025Q3", "40", GRANTS))

    assert arithmetic(found) == (["341 − 300 = 41 > 40"] if too_much else [])
    assert all(finding.level is Level.WARN for finding in found)
    assert [finding.subjects for finding in found] == (
        [(f"{STOCK}_2025_09_30", f"{STOCK}_2025_06_30", f"{GRANTS}_2025q3")] if too_much else []
    )


def test_the_quarter_may_be_a_difference_of_years_to_date() -> None:
    flows = at(TO_DATE[2], "50", GRANTS), at(TO_DATE[3], "90", GRANTS)

    assert arithmetic(ruled("R22", *stocks("300", "341"), *flows)) == ["341 − 300 = 41 > 90 − 50 = 40"]
    assert ruled("R22", *stocks("300", "340"), *flows) == []


def test_across_the_end_of_a_year_the_flows_are_summed() -> None:
    points = at("2024-09-30", "300", STOCK), at("2025-03-31", "371", STOCK)
    flows = [at("2024", "200", GRANTS), at("2024-01/2024-09", "160", GRANTS), at("2025Q1", "30", GRANTS)]

    assert arithmetic(ruled("R22", *points, *flows)) == ["371 − 300 = 71 > 200 + 30 − 160 = 70"]
    assert ruled("R22", *points, *flows[:2]) == []


def test_where_the_flow_of_the_quarter_is_unknown_the_year_is_compared() -> None:
    points = at("2024-12-31", "300", STOCK), at("2025-09-30", "320", STOCK), at("2025-12-31", "401", STOCK)

    assert arithmetic(ruled("R22", *points, at("2025", "100", GRANTS))) == ["401 − 300 = 101 > 100"]


def test_every_flow_that_is_named_must_be_recorded() -> None:
    both = Relations(inflows=(GRANTS, "patent_transfer_licence"))
    points = [replace(point, relations=both) for point in stocks("300", "350")]
    grants, transfers = at("2025Q3", "40", GRANTS), at("2025Q3", "9", "patent_transfer_licence")

    assert ruled("R22", *points, grants) == []
    assert arithmetic(ruled("R22", *points, grants, transfers)) == ["350 − 300 = 50 > 40 + 9 = 49"]
    assert ruled("R22", *points, grants, replace(transfers, value=Decimal(10))) == []


def test_flows_that_are_over_so_many_set_no_limit() -> None:
    assert ruled("R22", *stocks("300", "350"), at("2025Q3", "40", GRANTS, qualifier=Qualifier.OVER)) == []


def test_other_regions_breaks_and_undated_flows_say_nothing() -> None:
    assert ruled("R22", *stocks("300", "350"), at("2025Q3", "40", GRANTS, region="别处")) == []
    assert ruled("R22", *stocks("300", "350"), at("unknown", "40", GRANTS)) == []
    broken = at("2020-12-31", "300", STOCK), at("2021-12-31", "350", STOCK)
    assert ruled("R22", *broken, at("2021", "40", GRANTS)) == []


def test_a_single_point_has_nothing_to_grow_from() -> None:
    assert ruled("R22", at("2025-09-30", "350", STOCK), at("2025Q3", "40", GRANTS)) == []
