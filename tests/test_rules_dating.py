"""R17 and R18: figures without a date, later or older than the issue, and periods that do not fit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from helpers import HAIXI, arithmetic, at, growth, metric, metric_set, ruled
from ipreport.metrics import Issue, Metric, MetricSet, PeriodKind, parse_period
from ipreport.problems import Level
from ipreport.readers import read_metrics
from ipreport.rules import RULES, Finding

STOCK, CASES, PEOPLE, TOTAL = (
    "patent_invention_in_force",
    "dispute_closed",
    "population_resident",
    "pledge_reg_amount_cum",
)
ISSUED = date(2025, 10, 15)


def of_issue(*metrics: Metric, period: str = "2025Q3") -> MetricSet:
    """A record as a briefing on this period sees it."""
    issue = Issue(parse_period(period, PeriodKind.QUARTER), ISSUED)
    return replace(metric_set(*metrics), home="示例州", issue=issue)


def found(*metrics: Metric, period: str = "2025Q3") -> list[Finding]:
    return list(RULES["R17"](of_issue(*metrics, period=period)))


# --- R17: undated ------------------------------------------------------------------------------


def test_that_figures_are_undated_is_one_finding_about_the_whole_record() -> None:
    (finding,) = RULES["R17"](read_metrics(HAIXI / "metrics.yaml"))

    assert len(finding.subjects) == 21
    assert finding.level is Level.BLOCK
    assert not finding.marked
    assert finding.arithmetic.en == "21 of 23 undated"
    assert finding.statement.en.startswith("21 figures have neither period nor date: their sources give none")
    assert "{" not in finding.statement.zh


def test_a_few_undated_figures_are_named() -> None:
    (finding,) = ruled("R17", metric(STOCK, "356"), at("2025Q3", "3", CASES), metric(CASES, "24"))

    assert finding.arithmetic.zh == "3项中2项无时间"
    assert f"{{{STOCK}.name}}、{{{CASES}.name}}" in finding.statement.zh
    (finding,) = ruled("R17", metric(STOCK, "356"))
    assert finding.statement.en.startswith(f"1 figure has neither period nor date ({{{STOCK}.name}}): its source")


def test_dated_and_missing_values_are_not_undated() -> None:
    assert ruled("R17", at("2025-09-30", "356", STOCK), metric(CASES, None)) == []


# --- R17: later and older ------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "late"), [("2025-09-30", False), ("2025-10-01", True)])
def test_nothing_is_later_than_the_end_of_the_period_reported(day: str, late: bool) -> None:
    result = found(at(day, "356", STOCK))

    assert arithmetic(result) == ([f"{day} > 2025-09-30"] if late else [])
    assert all(finding.level is Level.BLOCK and finding.marked for finding in result)


@pytest.mark.parametrize(("day", "late"), [("2025-10-15", False), ("2025-10-16", True)])
def test_without_a_period_nothing_is_later_than_the_issue_itself(day: str, late: bool) -> None:
    assert bool(found(at(day, "356", STOCK), period="unknown")) is late


def test_values_of_one_later_time_are_told_together() -> None:
    later = at("2025Q4", "3", CASES), at("2025Q4", "9", "penalty_cases"), at("2026Q1", "1", CASES)
    result = found(*later)

    assert arithmetic(result) == ["2025-12-31 > 2025-09-30", "2026-03-31 > 2025-09-30"]
    assert result[0].subjects == (f"{CASES}_2025q4", "penalty_cases_2025q4")
    assert result[0].statement.en.startswith("2 figures {")


@pytest.mark.parametrize(("day", "old"), [("2025-07-01", False), ("2025-06-30", True)])
def test_a_current_value_of_before_the_period_is_said_to_be_so(day: str, old: bool) -> None:
    result = found(at(day, "356", STOCK, key=STOCK))

    assert arithmetic(result) == ([f"{day} < 2025-07-01"] if old else [])
    assert all(finding.level is Level.WARN for finding in result)


def test_history_context_and_other_regions_may_be_older() -> None:
    older = at("2025-06-30", "356", STOCK, key=STOCK)

    assert found(older, at("2025-09-30", "360", STOCK)) == []
    assert found(replace(older, key="before")) == []
    assert found(replace(older, region="别处")) == []
    assert found(at("2024-12-31", "473100", PEOPLE, key=PEOPLE)) == []
    assert found(at("2024Q3", "3", CASES, key=CASES)) == []
    assert found(older, period="unknown") == []
    assert len(found(older, at("2024-09-30", "360", STOCK))) == 1


def test_without_an_issue_only_undated_values_are_told() -> None:
    assert ruled("R17", at("2030-09-30", "356", STOCK), at("2000-09-30", "3", "tm_valid", key="tm_valid")) == []


# --- R18 -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "period", "fits"),
    [
        (STOCK, "2025-09-30", True),
        (STOCK, "2025", True),
        (STOCK, "2025Q3", False),
        (STOCK, "2025-01/2025-09", False),
        (STOCK, "unknown", True),
        ("gi_brand_value", "2025", True),
        ("gi_brand_value", "2025Q3", False),
        ("rank_in_province", "2025-09-30", True),
        ("rank_in_province", "2025Q3", False),
        (PEOPLE, "2024-12-31", True),
        (CASES, "2025Q3", True),
        (CASES, "2025-01/2025-09", True),
        (CASES, "2025", True),
        (CASES, "2024-07/2025-06", True),
        (CASES, "2025-09-30", False),
        ("pledge_single_loan", "2025-09-30", True),
        ("pledge_contract_amount", "2025Q3", True),
        (TOTAL, "2025-09-30", True),
        (TOTAL, "2025Q3", False),
        (TOTAL, "2025", False),
        ("gi_product", "2025-09-30", True),
        ("patent_hv_share", "2025Q3", True),
        ("growth_rate", "2025-09-30", True),
    ],
)
def test_a_stock_is_of_a_day_and_a_flow_of_a_window(name: str, period: str, fits: bool) -> None:
    result = ruled("R18", at(period, "3", name))

    assert bool(result) is not fits
    assert all(finding.level is Level.BLOCK for finding in result)


def test_values_with_the_same_unfitting_period_are_one_finding() -> None:
    wrong = [at(f"2025Q{number}", "300", STOCK) for number in range(1, 4)]
    (finding,) = ruled("R18", *wrong, at("2025-12-31", "300", STOCK))

    assert finding.subjects == tuple(value.key for value in wrong)
    assert finding.arithmetic.en == "a quarter ≠ a day, a year"
    assert finding.arithmetic.zh == "季度 ≠ 时点、年度"
    assert "and 2 more" in finding.statement.en


def test_what_an_office_allows_for_a_metric_fits() -> None:
    value = at("2025Q3", "300", STOCK)
    allowing = replace(value.definition, periods=(PeriodKind.AS_OF, PeriodKind.QUARTER))

    assert ruled("R18", replace(value, definition=allowing)) == []


@pytest.mark.parametrize(
    ("period", "against", "lines"),
    [
        ("2025-01/2025-09", "2024-01/2024-09", []),
        ("2025-01/2025-09", "2024-01/2024-06", ["9 months ≠ 6 months"]),
        ("2025Q3", "2024-09-30", ["3 months ≠ a day"]),
        ("2025", "2020-12-31", []),
        ("2025-09-30", "2024-09-30", []),
        ("2025Q3", "unknown", []),
        ("unknown", "2025Q3", []),
        ("2025Q3", None, []),
    ],
)
def test_growth_compares_windows_of_one_length(period: str, against: str | None, lines: list[str]) -> None:
    assert arithmetic(ruled("R18", growth("15", period=period, against=against))) == lines


def test_since_the_end_of_the_year_is_measured_against_a_day() -> None:
    assert ruled("R18", growth("15", basis="since_year_end", period="2025Q3", against="2024-12-31")) == []


def test_the_account_has_no_period_that_does_not_fit() -> None:
    assert list(RULES["R18"](read_metrics(HAIXI / "metrics.yaml"))) == []
