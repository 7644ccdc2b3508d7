"""Which observations a figure shows: history, regions, what values are compared with, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from figure_samples import figure
from figure_samples import metric_set as haixi
from helpers import at, metric_set
from ipreport.figures.select import select
from ipreport.figures.selected import Selected
from ipreport.language import Localized
from ipreport.metrics import MetricSet, PeriodKind
from ipreport.outline import Against, By, Every, FigureSpec
from province import province


def shown(spec: FigureSpec, record: MetricSet | None = None) -> Selected:
    return select(spec, record or province())


def keys(selected: Selected, series: int = 0) -> list[str | None]:
    return [None if point is None else point.key for point in selected.series[series].points]


# --- over time -------------------------------------------------------------------


def test_a_stock_is_shown_at_the_quarter_ends_up_to_its_own() -> None:
    selected = shown(figure("line", series=("patent_invention_in_force",), last=3))

    assert keys(selected) == [
        "patent_invention_in_force_2025_03_31",
        "patent_invention_in_force_2025_06_30",
        "patent_invention_in_force",
    ]
    assert [category.name.en for category in selected.categories] == [
        "end of March 2025",
        "end of June 2025",
        "end of September 2025",
    ]


def test_a_figure_to_date_is_shown_by_single_quarters_recorded_or_worked_out() -> None:
    selected = shown(figure("line", series=("pledge_reg_amount",), last=3))

    assert [category.name.en for category in selected.categories] == ["Q1 2025", "Q2 2025", "Q3 2025"]
    assert keys(selected) == [
        "pledge_reg_amount_2025_01_2025_03",
        "pledge_reg_amount_2025_01_2025_06/quarter_after/pledge_reg_amount_2025_01_2025_03",
        "pledge_reg_amount/quarter_after/pledge_reg_amount_2025_01_2025_06",
    ]


def test_by_the_year_like_periods_are_shown() -> None:
    selected = shown(figure("line", series=("dispute_close_rate",), every=Every.YEAR))

    assert [category.name.en for category in selected.categories] == [
        f"January–September {year}" for year in (2023, 2024, 2025)
    ]


def test_without_a_number_all_that_is_recorded_is_shown() -> None:
    selected = shown(figure("line", series=("patent_invention_in_force",)))

    assert selected.categories[0].period is not None
    assert selected.categories[0].period.end == date(2022, 12, 31)
    assert len(selected.categories) == 12


def test_a_quarter_that_is_not_recorded_is_a_gap() -> None:
    values = {"2024-12-31": "5", "2025-06-30": "7", "2025-09-30": "8"}
    stocks = (at(day, value, "tm_valid", key=f"tm_{n}") for n, (day, value) in enumerate(values.items()))
    selected = shown(figure("line", series=("tm_2",), last=8), metric_set(*stocks))

    assert keys(selected) == ["tm_0", None, "tm_1", "tm_2"]


def test_each_region_has_a_line_and_one_stands_out() -> None:
    spec = figure("line", series=("patent_invention_per10k",), by=By.REGION, last=4, highlight="ding")
    selected = shown(spec)

    assert [series.name.en for series in selected.series] == [f"Prefecture {letter}" for letter in "ABCDEFGH"]
    assert [series.name.zh for series in selected.series if series.highlighted] == ["丁州"]


def test_undated_values_have_no_history() -> None:
    (problem,) = shown(figure("line", series=("disputes",)), haixi()).problems

    assert problem.message == ("figure 'the-line': 'disputes' is undated, so nothing says which values came before it")
    assert problem.hints == ("give its period in the data, or list the values and use kind: bar",)


def test_a_single_value_has_no_history() -> None:
    lonely = at("2025-09-30", "5", "tm_valid", key="tm")
    (problem,) = shown(figure("line", series=("tm",)), metric_set(lonely)).problems

    assert problem.message == "figure 'the-line': 'tm' has no earlier values like it to show over time"


def test_stocks_and_flows_are_not_of_the_same_time() -> None:
    spec = figure("line", series=("patent_invention_in_force", "patent_grant_invention"))
    messages = [problem.message for problem in shown(spec).problems]

    expected = (
        "figure 'the-line': 'patent_grant_invention' (January–September 2025) and 'patent_invention_in_force' "
        "(end of September 2025) are not of the same time"
    )
    assert messages == [expected]


# --- by region -------------------------------------------------------------------


def test_regions_are_those_within_the_region_of_the_metric() -> None:
    selected = shown(figure("grouped-column", series=("patent_grant_invention", "patent_grant_um"), by=By.REGION))

    assert [category.region for category in selected.categories] == [
        "jia", "yi", "bing", "ding", "wu", "ji", "geng", "xin",
    ]  # fmt: skip
    assert [series.key for series in selected.series] == ["patent_grant_invention", "patent_grant_um"]
    assert keys(selected)[3] == "patent_grant_invention_ding"


def test_the_regions_beside_one_are_those_within_the_same() -> None:
    selected = shown(figure("ranking", values=("patent_invention_per10k_ding",)))

    assert len(selected.categories) == 8
    assert [category.name.zh for category in selected.categories if category.highlighted] == ["丁州"]


def test_a_region_that_did_not_report_is_a_gap() -> None:
    (series,) = shown(figure("ranking", values=("gi_users",))).series

    assert [point.value for point in series.points if point is not None][-1] is None


def test_a_record_without_regions_has_none_to_compare() -> None:
    (problem,) = shown(figure("ranking", values=("disputes",)), haixi()).problems

    assert problem.message == "figure 'the-ranking': no regions are within or beside that of 'disputes'"
    assert problem.hints == (
        "list them in 'regions:' of metrics.yaml, each with 'within:' and the region it is a part of",
    )


def test_only_a_region_that_is_shown_can_stand_out() -> None:
    (problem,) = shown(figure("ranking", values=("patent_invention_per10k",), highlight="zi")).problems

    assert problem.message == "figure 'the-ranking': it shows no region 'zi' to highlight"
    assert problem.hints == ("the regions are jia, yi, bing, ding, wu, ji, geng, xin",)


# --- against an earlier time -----------------------------------------------------


def test_values_stand_beside_those_of_a_year_before() -> None:
    spec = figure("grouped-column", values=("patent_grant_invention", "patent_grant_um"), against=Against.YEAR)
    selected = shown(spec)

    assert [series.name.en for series in selected.series] == ["January–September 2024", "January–September 2025"]
    assert keys(selected, 0) == ["patent_grant_invention_2024_01_2024_09", "patent_grant_um_2024_01_2024_09"]
    assert [category.name.en for category in selected.categories] == [
        "Invention patents granted",
        "Utility models granted",
    ]


def test_values_of_several_times_are_named_in_general() -> None:
    spec = figure(
        "grouped-column", values=("patent_grant_invention", "patent_invention_in_force"), against=Against.YEAR
    )

    assert [series.name for series in shown(spec).series] == [
        Localized("上年同期", "a year earlier"),
        Localized("本期", "this period"),
    ]


def test_what_has_no_earlier_value_is_not_compared() -> None:
    lonely = at("2025-09-30", "5", "tm_valid", key="tm")
    (problem,) = shown(figure("grouped-column", values=("tm",), against=Against.YEAR), metric_set(lonely)).problems

    assert problem.message == "figure 'the-grouped-column': of 'tm' no earlier value is recorded to compare with"
    assert problem.hints == ("record it, leave the metric out, or drop 'against:'",)


def test_values_of_two_definitions_are_not_compared() -> None:
    (problem,) = shown(figure("grouped-column", values=("gi_product",), against=Against.YEAR)).problems

    assert problem.message == (
        "figure 'the-grouped-column': the definition of 'gi_product' changed since 'gi_product_2024_09_30'"
    )
    assert problem.rule == "R19"


# --- listed ----------------------------------------------------------------------


def test_listed_values_keep_their_order_and_their_labels() -> None:
    spec = figure("bar", labels={"penalties": Localized("处罚", "Penalties")}, values=("penalties", "disputes"))
    selected = shown(spec, haixi())

    assert [category.name.en for category in selected.categories] == ["Penalties", "IP disputes resolved"]
    assert selected.listed


@pytest.mark.parametrize("kind", ["bar", "line", "ranking", "grouped-column"])
def test_metrics_that_do_not_exist_are_left_out(kind: str) -> None:
    role = {"line": "series", "grouped-column": "series"}.get(kind, "values")
    spec = figure(kind, **{role: ("unknown", "other")})

    assert shown(replace(spec, by=None), haixi()).metrics == ()


def test_the_first_quarter_stands_for_itself() -> None:
    first = at("2025-01/2025-03", "5", "penalty_cases", key="q1")
    half = at("2025-01/2025-06", "12", "penalty_cases", key="h1")
    selected = shown(figure("line", series=("h1",), last=2), metric_set(first, half))

    assert keys(selected) == ["q1", "h1/quarter_after/q1"]
    assert {category.period.kind for category in selected.categories if category.period} == {PeriodKind.QUARTER}
