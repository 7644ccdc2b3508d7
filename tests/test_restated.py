"""What an earlier issue published against what is recorded now, value by value."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from helpers import metric, metric_set
from ipreport.language import LANGUAGES, Localized
from ipreport.metrics import (
    Metric,
    MetricSet,
    Period,
    PeriodKind,
    Plan,
    PreviousIssue,
    Qualifier,
    Region,
    Relations,
    Status,
    parse_period,
    published,
    recorded_keys,
    restate,
    unit_named,
)
from ipreport.problems import Level, Origin
from ipreport.wording import NO_DIFFERENCE, read_back, show_revision

QUARTER = parse_period("2025Q2", PeriodKind.QUARTER)
JUNE = parse_period("2025-06-30", PeriodKind.AS_OF)
MARCH = parse_period("2025-03-31", PeriodKind.AS_OF)
REASON = Localized("补报", "reported late")
REVISED: dict[str, Any] = {"status": Status.REVISED, "note": REASON}
TWO_REASONS = "set 'status: revised' and say why in 'note:', or correct the value"


def issue(*metrics: Metric, home: str = "示例州") -> PreviousIssue:
    """The issue of the second quarter, which recorded these."""
    values = tuple(map(published, metrics))
    return PreviousIssue("2025Q2", QUARTER, date(2025, 7, 15), home, values, Origin("previous/manifest.json"))


def at_home(*metrics: Metric) -> MetricSet:
    return replace(metric_set(*metrics), home="示例州")


def patents(value: str | None, period: Period = JUNE, **changes: Any) -> Metric:
    return metric("patent_invention_in_force", value, period=period, **changes)


def found(now: Metric | MetricSet, *then: Metric) -> tuple[list[str], list[str]]:
    """The keys of the changes, and the problems by level and message."""
    restated = restate(now if isinstance(now, MetricSet) else at_home(now), issue(*then))
    assert restated.restatement is not None
    return list(restated.restatement.changes), [f"{p.level}: {p.message}" for p in restated.problems]


# --- changes -----------------------------------------------------------------------


def test_a_value_that_is_the_same_is_no_change() -> None:
    assert found(patents("370"), patents("370")) == ([], [])


def test_a_change_that_is_marked_and_explained_is_listed_with_what_it_was() -> None:
    restated = restate(at_home(patents("368", **REVISED)), issue(patents("370")))

    assert restated.problems == ()
    assert restated.restatement is not None
    change = restated.restatement.changes["patent_invention_in_force"]
    assert (change.before.value, change.before.key) == (370, "patent_invention_in_force/as_in/2025Q2")
    assert change.difference_key == "patent_invention_in_force/revised_since/2025Q2"


def test_a_change_that_is_not_marked_is_refused_with_both_values_to_the_last_digit() -> None:
    restated = restate(
        at_home(metric("penalty_amount", "369720", period=QUARTER)),
        issue(metric("penalty_amount", "36.97", unit="万元", period=QUARTER)),
    )

    (problem,) = restated.problems
    assert problem.level is Level.BLOCK
    assert problem.origin == Origin("metrics.yaml", "penalty_amount", 1)
    assert problem.message == (
        "Fines and confiscations (2025Q2) is 369720 yuan, but was 369700 yuan in issue 2025Q2, "
        "and nothing says that it was revised"
    )
    assert problem.hints == (TWO_REASONS,)


def test_a_revision_needs_a_reason_with_and_without_an_issue_to_compare_with() -> None:
    bare = patents("368", status=Status.REVISED)
    message = "Invention patents in force (2025-06-30) is marked as revised, and nothing says why"

    assert found(bare, patents("370")) == (["patent_invention_in_force"], [f"block: {message}"])
    (problem,) = restate(at_home(bare), None).problems
    assert (problem.level, problem.message) == (Level.BLOCK, message)
    assert problem.hints == ("give the reason beside it: note: {zh: …, en: …}",)
    assert restate(at_home(patents("368", **REVISED)), None).problems == ()


@pytest.mark.parametrize(
    ("now", "was", "words"),
    [
        (patents("370", qualifier=Qualifier.OVER), patents("370"), "is over 370 patents, but was 370 patents"),
        (patents(None), patents("370"), "is missing, but was 370 patents"),
        (patents("370"), patents("370", definition=metric("tm_reg", "1").definition), ""),
        (patents("370", caliber="2"), patents("370"), ""),
        (patents("370"), patents(None), ""),
        (patents("370.0"), patents("370"), ""),
        (
            patents("370", key="patents_june"),
            patents("371"),
            "is 370 patents, but was 371 patents",
        ),
    ],
    ids=["qualifier", "withdrawn", "other metric", "caliber", "first value", "digits", "new id"],
)
def test_what_counts_as_a_change(now: Metric, was: Metric, words: str) -> None:
    changes, problems = found(now, was)

    assert changes == []
    assert len(problems) == bool(words)
    assert words in "".join(problems)


def test_another_unit_is_another_figure() -> None:
    earlier = patents("370", definition=replace(patents("1").definition, unit=unit_named("application")))

    assert "is 370 patents, but was 370 applications in issue" in found(patents("370"), earlier)[1][0]


def test_a_value_that_got_another_id_is_named_by_both() -> None:
    restated = restate(at_home(patents("368", key="patents_june")), issue(patents("370")))

    assert restated.problems[0].hints == (
        TWO_REASONS,
        "it was called 'patent_invention_in_force' then; if the two are different figures, record both",
    )


def test_one_stretch_of_time_is_the_same_however_it_is_written() -> None:
    months = parse_period("2025-04/2025-06", PeriodKind.WINDOW)
    now, then = metric("penalty_cases", "18", period=months), metric("penalty_cases", "17", period=QUARTER)

    assert months.kind is not QUARTER.kind
    assert "(2025-04/2025-06) is 18 cases, but was 17 cases in issue 2025Q2" in found(now, then)[1][0]


def test_another_time_or_region_is_another_value() -> None:
    assert found(patents("400"), patents("370", MARCH)) == ([], [])
    assert found(patents("400"), patents("370", region="北县")) == ([], [])


def test_regions_that_were_listed_since_keep_their_values() -> None:
    regions = (Region("home", Localized("示例州", "Sample")), Region("north", Localized("北县", "North County")))
    now = replace(
        metric_set(patents("400", region="home"), patents("44", region="north", key="north")),
        regions=regions,
        home="home",
    )

    _, problems = found(now, patents("370"), patents("41", region="北县", key="there"))
    assert ["was 370 patents" in problems[0], "was 41 patents" in problems[1]] == [True, True]


def test_values_of_one_time_are_told_apart_by_id_then_by_value_then_by_order() -> None:
    one, two, three = (patents(value, key=key) for value, key in (("1", "a"), ("2", "b"), ("3", "c")))
    swapped = at_home(patents("2", key="x"), patents("1", key="a"))

    assert found(swapped, one, two) == ([], [])
    _, problems = found(at_home(patents("5", key="x"), patents("3", key="y"), patents("1", key="a")), one, two, three)
    assert [problem.partition("(")[2][:52] for problem in problems] == [
        "2025-06-30) is 5 patents, but was 2 patents in issue"
    ]


def test_ranks_of_different_metrics_are_different() -> None:
    here, there = (
        metric("rank_in_province", value, period=JUNE, relations=Relations(ranks=ranked))
        for value, ranked in (("2", "patent_invention_per10k"), ("3", "patent_hv_per10k"))
    )

    assert found(here, there) == ([], [])


def test_targets_are_values_of_their_plan() -> None:
    year, plan = parse_period("2025", PeriodKind.YEAR), Plan("fyp", Localized("规划", "Plan"))
    now = replace(at_home(), targets=(patents("160", year, plan=plan, key="target"),))

    assert "(2025) is 160 patents, but was 150 patents" in found(now, patents("150", year, plan=plan))[1][0]
    assert found(now, patents("150", year)) == ([], [])
    marked = replace(now, targets=(replace(now.targets[0], **REVISED),))
    assert found(marked, patents("150", year, plan=plan)) == (["target"], [])


# --- undated values ------------------------------------------------------------------

UNDATED = Period(PeriodKind.AS_OF)


def test_an_undated_value_that_differs_is_a_newer_one_unless_the_office_says_revised() -> None:
    was = patents("370", UNDATED)

    assert found(patents("368", UNDATED), was) == ([], [])
    assert found(patents("368", UNDATED, **REVISED), was) == (["patent_invention_in_force"], [])
    assert found(patents("368", UNDATED, key="other", **REVISED), was)[0] == []


# --- marks without a change, values without a successor -----------------------------------


@pytest.mark.parametrize(
    ("then", "reason"),
    [
        (patents("368"), "it was 368 patents in issue 2025Q2 already"),
        (patents("370", MARCH), "it had no value in issue 2025Q2"),
        (patents(None), "it had no value in issue 2025Q2"),
    ],
    ids=["same", "new", "missing before"],
)
def test_a_mark_without_a_change_is_reported_and_left_out(then: Metric, reason: str) -> None:
    restated = restate(at_home(patents("368", status=Status.REVISED)), issue(then))

    (problem,) = restated.problems
    assert (problem.level, problem.hints) == (Level.WARN, ("delete 'status: revised'",))
    assert problem.message == (
        "nothing to revise: Invention patents in force (2025-06-30) is marked as revised, "
        f"but {reason}; it is printed without the mark"
    )
    assert [entry.status for entry in restated.metrics] == [Status.OK]


def test_other_states_are_left_alone() -> None:
    restated = restate(at_home(patents("368", status=Status.PROVISIONAL)), issue(patents("368")))

    assert (restated.problems, restated.metrics["patent_invention_in_force"].status) == ((), Status.PROVISIONAL)


def test_a_value_that_is_gone_from_the_midst_of_its_series_is_reported() -> None:
    september, december = (parse_period(day, PeriodKind.AS_OF) for day in ("2025-09-30", "2024-12-31"))
    now = at_home(patents("400", september), patents("350", december, key="december"))
    then = (patents("370"), patents("355", MARCH, key="march"), patents("350", december, key="december"))

    restated = restate(now, issue(*then))
    assert [str(problem) for problem in restated.problems] == [
        f"metrics.yaml: warn: Invention patents in force ({day}) was {value} patents in issue 2025Q2 "
        f"and is gone ({key})\n"
        "    hint: record it again; if it was wrong, with the right value, 'status: revised' and a note"
        for day, value, key in (("2025-06-30", 370, "patent_invention_in_force"), ("2025-03-31", 355, "march"))
    ]


def test_a_metric_that_is_no_longer_reported_and_a_series_that_begins_later_are_nothing() -> None:
    assert found(metric("tm_reg", "5", period=JUNE), patents("370")) == ([], [])
    assert found(patents("370"), patents("355", MARCH), patents("370")) == ([], [])
    assert found(patents("370"), patents(None, MARCH), patents("370")) == ([], [])


# --- keys and words ----------------------------------------------------------------------


@pytest.mark.parametrize("key", ["a/as_in/2025Q2", "a/revised_since/2025Q2", "a/as_in/issue-3", "a/as_in/2025-01-06"])
def test_a_figure_of_an_earlier_issue_rests_on_the_record_of_today(key: str) -> None:
    assert recorded_keys(key) == ("a",)


@pytest.mark.parametrize(
    ("now", "before", "zh", "en"),
    [
        (patents("368"), patents("370"), "减少2件", "down 2 patents"),
        (patents("371"), patents("370"), "增加1件", "up 1 patent"),
        (patents("371", qualifier=Qualifier.OVER), patents("370"), "增加约1件", "up about 1 patent"),
        (
            metric("penalty_amount", "352000"),
            metric("penalty_amount", "369700"),
            "减少1.77万元",
            "down 17,700 yuan",
        ),
        (
            metric("mediation_success_rate", "90.45"),
            metric("mediation_success_rate", "90.9"),
            "下降0.45个百分点",
            "down 0.45 percentage points",
        ),
        (
            metric("patent_invention_per10k", "7.5"),
            metric("patent_invention_per10k", "7.48"),
            "增加0.02件",
            "up 0.02 per 10,000 population",
        ),
        (metric("rank_in_province", "2"), metric("rank_in_province", "3"), "—", "—"),
        (patents("370", qualifier=Qualifier.OVER), patents("370"), "—", "—"),
        (patents(None), patents("370"), "—", "—"),
        (patents("1"), metric("tm_reg", "2"), "—", "—"),
    ],
    ids=["down", "up", "about", "money", "points", "ratio", "rank", "qualifier", "missing", "unit"],
)
def test_the_difference_in_words(now: Metric, before: Metric, zh: str, en: str) -> None:
    words = show_revision(now, before)

    assert words == Localized(zh, en)
    for language in LANGUAGES if words != NO_DIFFERENCE else ():
        reading = read_back(words[language], language)
        assert reading is not None
        assert now.value is not None
        assert before.value is not None
        assert reading.low <= now.value - before.value <= reading.high
