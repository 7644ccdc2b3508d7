"""Trend lines in briefing.yaml: what asks for them, what is refused, and a briefing that has them everywhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from helpers import BRIEFING, METRICS, SAMPLE, Copy, copy_of
from ipreport.outline import Every, TrendSpec
from ipreport.readers import read
from ipreport.tracing import trace

REGIONS = Path(__file__).parent / "data" / "regions"
CARD = "            - metric: patent_invention_in_force\n"
BY_METRIC = "          columns: [name, value, previous, yoy, rank, target]\n"
WITH_TREND = "          columns: [name, value, trend]\n"
BY_REGION = "          by: region\n"


@pytest.fixture
def regions(tmp_path: Path) -> Copy:
    return copy_of(REGIONS, tmp_path)


def of_card(copy: Copy) -> TrendSpec | None:
    return read(copy.folder).outline.cards()[0].cards[0].trend


def of_table(copy: Copy, name: str) -> TrendSpec | None:
    (found,) = (table for table in read(copy.folder).outline.tables() if table.id == name)
    return found.trend


# --- what asks for them ----------------------------------------------------------


def test_a_card_says_how_far_back_its_line_goes(regions: Copy) -> None:
    assert of_card(regions) is None
    regions.change(BRIEFING, CARD, f"{CARD}              trend: 12\n              every: year\n")

    spec = of_card(regions)
    assert spec is not None
    assert (spec.last, spec.every) == (12, Every.YEAR)
    assert spec.origin.line == int(regions.line_of(BRIEFING, "trend: 12").rpartition(":")[2])


def test_the_column_of_a_table_goes_back_eight_periods_unless_it_says_otherwise(regions: Copy) -> None:
    regions.change(BRIEFING, BY_METRIC, WITH_TREND)
    spec = of_table(regions, "columns")
    assert spec is not None
    assert (spec.last, spec.every) == (8, None)
    assert spec.origin.line == int(regions.line_of(BRIEFING, WITH_TREND).rpartition(":")[2])

    regions.change(BRIEFING, WITH_TREND, f"{WITH_TREND}          trend: 5\n")
    spec = of_table(regions, "columns")
    assert spec is not None
    assert spec.last == 5
    assert spec.origin.line == int(regions.line_of(BRIEFING, "trend: 5").rpartition(":")[2])


def test_a_table_by_region_has_lines_where_it_says_how_far_back(regions: Copy) -> None:
    assert of_table(regions, "regions") is None
    regions.change(BRIEFING, BY_REGION, f"{BY_REGION}          trend: 6\n")

    spec = of_table(regions, "regions")
    assert spec is not None
    assert spec.last == 6


# --- what is refused -------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "line", "message", "hint"),
    [
        (
            CARD,
            f"{CARD}              every: year\n",
            "every: year",
            "'every' is the step of a trend line",
            "add 'trend: 8', or leave 'every:' out",
        ),
        (
            BY_METRIC,
            f"{BY_METRIC}          trend: 8\n",
            "trend: 8",
            "'trend' is for a column of trend lines",
            "add 'trend' to 'columns:', or leave it out",
        ),
        (
            BY_METRIC,
            f"{BY_METRIC}          every: year\n",
            "every: year",
            "'every' is for a column of trend lines",
            "add 'trend' to 'columns:', or leave it out",
        ),
        (
            BY_REGION,
            f"{BY_REGION}          every: year\n",
            "every: year",
            "'every' is the step of trend lines",
            "add 'trend: 8', or leave it out",
        ),
        (
            "          sort: patent_invention_in_force\n          rank: true\n",
            "          trend: 8\n",
            "trend: 8",
            "trend lines need the metric they are of",
            "add 'sort:' with one of the metrics under 'rows:' or 'groups:'",
        ),
    ],
)
def test_keys_that_say_nothing_are_refused(
    regions: Copy, old: str, new: str, line: str, message: str, hint: str
) -> None:
    regions.change(BRIEFING, old, new)

    (problem,) = regions.check()
    assert problem.startswith(f"{regions.line_of(BRIEFING, line)}:")
    assert message in problem
    assert problem.endswith(f"hint: {hint}")


@pytest.mark.parametrize("periods", ["2", "25", "many"])
def test_a_line_goes_back_three_to_twenty_four_periods(regions: Copy, periods: str) -> None:
    regions.change(BRIEFING, CARD, f"{CARD}              trend: {periods}\n")

    (problem,) = regions.check()
    assert problem.startswith(f"{regions.line_of(BRIEFING, f'trend: {periods}')}:")
    assert f"found '{periods}'" in problem or f"found {periods}" in problem


def test_a_table_by_region_counts_its_lines_as_a_column(regions: Copy) -> None:
    regions.change(
        BRIEFING,
        "penalty_amount]\n          sort",
        "penalty_amount, penalty_cases]\n          trend: 8\n          sort",
    )

    assert any("the table 'regions' has 7 columns, region, rank and trend included" in each for each in regions.check())


def test_each_row_without_a_trend_is_told_with_the_place_of_the_column(regions: Copy) -> None:
    regions.change(BRIEFING, BY_METRIC, WITH_TREND)
    place = regions.line_of(BRIEFING, WITH_TREND)

    problems = regions.check()
    assert all(problem.startswith(f"{place}:") for problem in problems)
    assert ["of 'tm_entities_per_mark': it has no earlier values" in each for each in problems] == [
        True,
        False,
        False,
        False,
    ]
    assert [each.partition("drawn of '")[2].partition("'")[0] for each in problems] == [
        "tm_entities_per_mark",
        "penalty_amount",
        "penalty_cases",
        "gi_brand_value",
    ]


def test_an_undated_value_of_a_card_is_told_with_its_place(regions: Copy) -> None:
    undated = '  - {metric: dispute_closed, value: "24", unit: case, period: unknown, source: s}\n'
    regions.change(METRICS, "metrics:\n", f"metrics:\n{undated}")
    card = "            - metric: penalty_cases\n"
    regions.change(BRIEFING, card, f"            - metric: dispute_closed\n              trend: 8\n{card}")

    (problem,) = [each for each in regions.check() if "trend" in each]
    assert problem.startswith(f"{regions.line_of(BRIEFING, 'trend: 8')}:")
    assert "'dispute_closed': it is undated, so nothing says which values came before it" in problem


# --- a briefing that has them everywhere -----------------------------------------


def test_a_briefing_with_lines_by_region_is_built_and_leads_back(tmp_path: Path, warm_cache: Path) -> None:
    sample = copy_of(SAMPLE, tmp_path)
    rows, sort = "rows: [patent_invention_per10k, patent_hv_share, ", "sort: patent_invention_per10k"
    sample.change(BRIEFING, rows, "rows: [")
    sample.change(BRIEFING, sort, "sort: gi_users\n          trend: 12")
    for key in ("patent_invention_per10k", "patent_hv_share"):
        label = re.search(
            rf"            {key}: {{zh: (?:每万人口发明专利|高价值占比), .*\n",
            (sample.folder / BRIEFING).read_text(encoding="utf-8"),
        )
        assert label is not None
        sample.change(BRIEFING, label[0], "")

    assert sample.check() == []
    built = sample.build(cache=warm_cache, editions=["bilingual"])
    assert len(built.figures) == 14  # two files a chart; trend lines are no files of their own
    for path in built.documents:
        traced = trace(path)
        assert traced.sound
        assert traced.notes == ()
