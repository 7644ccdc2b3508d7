"""R09 and R10: the unit of a stated change, and what a stated growth is measured against."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from helpers import HAIXI, arithmetic, at, growth, in_points, metric, metric_set, ruled
from ipreport.metrics import Metric, Qualifier, Relations
from ipreport.problems import Level
from ipreport.readers import read_metrics
from ipreport.rules import RULES

NOW, SHARE, STOCK = "2025-09-30", "patent_hv_share", "patent_invention_in_force"

# --- R09 -------------------------------------------------------------------------------------


def value_of(name: str) -> Metric:
    return at(NOW, "80", name)


@pytest.mark.parametrize(
    ("name", "points", "fits"),
    [
        (STOCK, False, True),
        (STOCK, True, False),
        (SHARE, True, True),
        (SHARE, False, False),
        ("patent_hv_per10k", False, True),
        ("penalty_amount", False, True),
        ("rank_in_province", False, False),
        ("rank_in_province", True, False),
        ("satisfaction", False, False),
        ("gi_brand_value", False, True),
    ],
)
def test_a_rate_changes_in_points_a_level_in_per_cent_and_a_rank_not_at_all(
    name: str, points: bool, fits: bool
) -> None:
    stated = growth("2.9", name)
    found = ruled("R09", value_of(name), in_points(stated) if points else stated)

    assert [finding.subjects for finding in found] == ([] if fits else [("growth",)])
    assert all(finding.level is Level.BLOCK for finding in found)


def test_the_unit_that_would_fit_is_proposed() -> None:
    (finding,) = ruled("R09", value_of(SHARE), growth("2.9", SHARE))

    assert finding.arithmetic.en == "% ≠ percentage points"
    assert [c.remark.en for c in finding.candidates if c.remark] == ["a change of 2.9 percentage points"]
    assert [c.remark.zh for c in finding.candidates if c.remark] == ["变化2.9个百分点"]
    assert "高价值发明专利占比" in finding.statement.zh
    (finding,) = ruled("R09", value_of("rank_in_province"), growth("2", "rank_in_province"))
    assert finding.candidates == ()


def test_without_a_value_of_the_metric_its_unit_is_not_known() -> None:
    assert ruled("R09", growth("2.9", SHARE)) == []
    assert ruled("R09", value_of(SHARE), growth("2.9", "unknown")) == []
    assert ruled("R09", value_of(SHARE), replace(growth("2.9", SHARE), value=None)) == []
    targets = replace(metric_set(growth("2.9", SHARE)), targets=(value_of(SHARE),))
    assert len(list(RULES["R09"](targets))) == 1


# --- R10 -------------------------------------------------------------------------------------


def based(basis: str | None, period: str, against: str | None, **changes: Any) -> list[str]:
    return arithmetic(ruled("R10", growth("15", basis=basis, period=period, against=against, **changes)))


def test_a_growth_without_a_basis_is_found_even_where_nothing_says_what_grew() -> None:
    metrics = read_metrics(HAIXI / "metrics.yaml")
    (finding,) = RULES["R10"](metrics)

    assert finding.subjects == ("growth_rate",)
    assert finding.level is Level.BLOCK
    assert finding.arithmetic.en == "(now − base) ÷ base > 15%, base unknown"
    assert "Neither the indicator that grew nor the basis is stated" in finding.statement.en


def test_a_growth_of_something_without_a_basis_lacks_the_basis_alone() -> None:
    (finding,) = ruled("R10", growth("15", basis=None))

    assert "indicator" not in finding.statement.en
    assert finding.arithmetic.zh == "（本期 − 基期）÷ 基期 = 15%，基期不明"
    (points,) = ruled("R10", in_points(growth("1.5", basis=None, qualifier=Qualifier.AT_LEAST)))
    assert points.arithmetic.en == "now − base ≥ 1.5 percentage points, base unknown"


def test_what_is_no_growth_needs_no_basis() -> None:
    rate = metric(SHARE, "43.1")

    assert ruled("R10", rate, metric(STOCK, "356"), replace(growth("15", basis=None), value=None)) == []
    assert len(ruled("R10", replace(rate, relations=Relations(growth_of=STOCK)))) == 1


@pytest.mark.parametrize(
    ("basis", "period", "against", "lines"),
    [
        ("yoy", NOW, None, []),
        ("yoy", "unknown", None, []),
        ("yoy", NOW, "2024-09-30", []),
        ("yoy", "2025-01/2025-09", "2024-01/2024-09", []),
        ("yoy", "2024-02-29", "2023-02-28", []),
        ("yoy", NOW, "2024-06-30", ["2025-09 − 2024-06 = 15 months ≠ 12 months"]),
        ("yoy", "2025Q3", "2025Q2", ["2025-09 − 2025-06 = 3 months ≠ 12 months"]),
        ("yoy", NOW, "2024-09-15", ["2025-09-30 − 2024-09-15 = 380 days ≠ 12 months"]),
        ("qoq", "2025Q3", "2025Q2", []),
        ("qoq", "2025Q1", "2024Q4", []),
        ("qoq", "2025Q3", "2025Q1", ["2025-09 − 2025-03 = 6 months ≠ 3 months"]),
        ("since_year_end", NOW, "2024-12-31", []),
        ("since_year_end", "2025Q3", "2024", []),
        ("since_year_end", NOW, "2025-06-30", ["2025-06-30 ≠ 2024-12-31"]),
        ("annual_average", "2025", "2020", []),
        ("annual_average", "2025-12-31", "2020", []),
        ("annual_average", "2025-12-31", "2020-06-30", ["2025-12 − 2020-06 = 66 months ≠ n × 12 months"]),
        ("annual_average", "2020", "2025", ["2020-12 − 2025-12 = −60 months ≠ n × 12 months"]),
        ("annual_average", "2025", None, ["(now ÷ base)^(1/n) − 1 = 15%, n unknown"]),
        ("annual_average", "2025", "unknown", ["(now ÷ base)^(1/n) − 1 = 15%, n unknown"]),
        ("annual_average", "unknown", "2020", ["(now ÷ base)^(1/n) − 1 = 15%, n unknown"]),
    ],
)
def test_the_period_compared_with_is_what_the_basis_says(
    basis: str, period: str, against: str | None, lines: list[str]
) -> None:
    assert based(basis, period, against) == lines


def test_windows_of_unequal_length_are_left_to_the_rule_on_periods() -> None:
    assert based("yoy", "2025-01/2025-09", "2024-01/2024-06") == []
    assert len(ruled("R18", growth("15", period="2025-01/2025-09", against="2024-01/2024-06"))) == 1


def test_a_quarter_on_quarter_growth_is_of_quarters() -> None:
    nine = "2025-01/2025-09", "2024-10/2025-06"

    assert based("qoq", *nine) == ["9 months ≠ 3 months"]
