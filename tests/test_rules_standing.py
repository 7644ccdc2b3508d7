"""Ranks against the peers' values (R11) and completions against their targets (R20)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from helpers import metric, metric_set
from ipreport.language import Localized
from ipreport.metrics import Metric, MetricSet, Period, PeriodKind, Plan, Qualifier, Region, Relations, parse_period
from ipreport.problems import Level
from ipreport.rules import RULES, Finding

PER_10K, RANK, VALID = "patent_invention_per10k", "rank_in_province", "tm_valid"
NAMES = ("east", "west", "north", "south")
BY_PER_10K = Relations(ranks=PER_10K)


def province(*metrics: Metric, regions: tuple[str, ...] = NAMES) -> MetricSet:
    """A record of the prefectures of a province; the first is the one that reports."""
    listed = tuple(Region(name, Localized(f"{name}州", name.title()), "province") for name in regions)
    return replace(metric_set(*metrics), regions=listed, home="east")


def values(*given: str | None, name: str = PER_10K, **changes: object) -> list[Metric]:
    """One value a prefecture, in the order of `NAMES`."""
    keys = zip(NAMES, given, strict=False)
    return [metric(name, value, key=f"{name}_{region}", region=region, **changes) for region, value in keys]


def rank(place: str, **changes: object) -> Metric:
    return metric(RANK, place, **({"region": "east", "relations": BY_PER_10K} | changes))


def found(rule: str, record: MetricSet) -> list[Finding]:
    result = list(RULES[rule](record))
    assert all((finding.rule, finding.level) == (rule, Level.BLOCK) for finding in result)
    return result


# --- R11 -------------------------------------------------------------------------------


@pytest.mark.parametrize(("place", "right"), [("1", False), ("2", True), ("3", False)])
def test_a_rank_is_the_place_that_the_values_give(place: str, right: bool) -> None:
    result = found("R11", province(rank(place), *values("7.52", "9.10", "7.40", "1.00")))

    assert [finding.subjects for finding in result] == ([] if right else [(RANK, f"{PER_10K}_east")])


def test_the_finding_shows_who_is_better_and_the_place_that_follows() -> None:
    (finding,) = found("R11", province(rank("4"), *values("7.52", "9.10", "12.00", "1.00")))

    assert finding.arithmetic.en == "North 12.00, West 9.10 > 7.52; 1 + 2 = 3 ≠ 4"
    assert finding.arithmetic.zh == "north州12.00、west州9.10 > 7.52；1 + 2 = 3 ≠ 4"
    assert [candidate.values for candidate in finding.candidates] == [((RANK, 3),)]
    assert finding.statement.en.endswith("make it place 3.")


@pytest.mark.parametrize(("place", "right"), [("1", False), ("2", True), ("3", False), ("4", False)])
def test_equal_values_share_a_place(place: str, right: bool) -> None:
    record = province(rank(place), *values("7.52", "7.52", "9.10", "7.52"))

    assert (found("R11", record) == []) is right


@pytest.mark.parametrize(("place", "right"), [("1", False), ("2", True)])
def test_where_lower_is_better_the_least_is_first(place: str, right: bool) -> None:
    name = "tm_entities_per_mark"
    by_entities = rank(place, relations=Relations(ranks=name))

    result = found("R11", province(by_entities, *values("4.9", "3.0", "6.0", "5.0", name=name)))
    assert (result == []) is right
    assert all(finding.arithmetic.en == "West 3.0 < 4.9; 1 + 1 = 2 ≠ 1" for finding in result)


@pytest.mark.parametrize(
    ("place", "peers", "right"), [("4", 4, True), ("5", 4, False), ("1", 1, True), ("2", 1, False), ("99", None, True)]
)
def test_a_rank_is_within_its_peers(place: str, peers: int | None, right: bool) -> None:
    result = found("R11", metric_set(rank(place, peers=peers)))

    assert [finding.arithmetic.en for finding in result] == ([] if right else [f"{place} > {peers}"])


def test_a_rank_names_what_is_ranked() -> None:
    (finding,) = found("R11", metric_set(rank("2", relations=Relations())))

    assert finding.subjects == (RANK,)
    assert "does not name the ranked metric" in finding.statement.en
    assert found("R11", metric_set(rank("2"))) == []
    assert found("R11", metric_set(metric(RANK, None))) == []


@pytest.mark.parametrize(
    ("place", "peers", "right"),
    [("1", 8, False), ("2", 8, True), ("6", 8, True), ("7", 8, False), ("3", None, False), ("2", None, True)],
)
def test_peers_without_a_value_leave_a_place_open(place: str, peers: int | None, right: bool) -> None:
    # Four of eight are recorded: one is better, four may be.
    result = found("R11", province(rank(place, peers=peers), *values("7.52", "9.10", "7.40", "1.00")))

    assert (result == []) is right
    if peers is not None and not right:
        assert "(4 of 8 are recorded)" in result[0].statement.en
        assert result[0].arithmetic.en == f"West 9.10 > 7.52; {place} ∉ [1 + 1, 6]"


@pytest.mark.parametrize(("place", "right"), [("1", True), ("2", True), ("3", False)])
def test_a_listed_prefecture_without_a_value_may_be_better(place: str, right: bool) -> None:
    record = province(rank(place), *values("7.52", "7.40", "7.30", None))

    assert (found("R11", record) == []) is right


def test_more_recorded_values_than_stated_peers_are_told() -> None:
    (finding,) = found("R11", province(rank("2", peers=3), *values("7.52", "9.10", "7.40", "1.00")))

    assert finding.arithmetic.en == "4 > 3"
    assert "among 3" in finding.statement.en
    assert "recorded for 4" in finding.statement.en


@pytest.mark.parametrize(("other", "qualifier"), [("7.5", Qualifier.EXACT), ("7.0", Qualifier.OVER)])
@pytest.mark.parametrize(("place", "right"), [("1", True), ("2", True), ("3", False)])
def test_values_whose_order_rounding_or_words_hide_leave_the_place_open(
    other: str, qualifier: Qualifier, place: str, right: bool
) -> None:
    mine, second, *_ = values("7.52", "1.00")
    vague = metric(PER_10K, other, key="vague", region="west", qualifier=qualifier)

    record = province(rank(place), mine, vague, replace(second, region="north"), regions=NAMES[:3])
    assert (found("R11", record) == []) is right


def test_values_of_other_times_and_other_provinces_are_no_peers() -> None:
    now, before = (parse_period(day, PeriodKind.AS_OF) for day in ("2025-09-30", "2025-06-30"))
    mine = values("7.52", period=now)
    record = province(rank("1", period=now), *mine, *values("0", "9.10", period=before)[1:])
    assert found("R11", record) == []

    elsewhere = Region("west", Localized("西", "West"), "other province")
    record = province(rank("1", period=now), *mine, *values("0", "9.10", period=now)[1:])
    assert len(found("R11", record)) == 1
    assert found("R11", replace(record, regions=(record.regions[0], elsewhere))) == []


# --- R20 -------------------------------------------------------------------------------

YEAR_PLAN = Plan("annual", Localized("年度计划", "Annual plan"), annual=True)
LONG_PLAN = Plan("fyp", Localized("五年规划", "Five-year plan"))
SEPTEMBER = parse_period("2025-09-30", PeriodKind.AS_OF)
COMPLETION = Relations(completion_of=VALID)


def target(value: str, year: int = 2025, plan: Plan = YEAR_PLAN, name: str = VALID) -> Metric:
    key = f"{name}_target_{year}_{plan.id}"
    return metric(name, value, key=key, period=parse_period(str(year), PeriodKind.YEAR), plan=plan)


def completion(value: str, *, of: str = VALID, **changes: object) -> Metric:
    return metric(
        "target_completion", value, **({"period": SEPTEMBER, "relations": Relations(completion_of=of)} | changes)
    )


def with_targets(*targets: Metric, metrics: tuple[Metric, ...]) -> MetricSet:
    return replace(metric_set(*metrics), targets=targets)


@pytest.mark.parametrize(
    ("stated", "right"), [("127.4", True), ("127.3", False), ("127.5", False), ("127", True), ("128", False)]
)
def test_a_completion_is_value_over_target_within_its_rounding(stated: str, right: bool) -> None:
    value = metric(VALID, "1274", period=SEPTEMBER)
    result = found("R20", with_targets(target("1000"), metrics=(value, completion(stated))))

    keys = ("target_completion", VALID, f"{VALID}_target_2025_annual")
    assert [finding.subjects for finding in result] == ([] if right else [keys])


def test_the_finding_shows_the_division() -> None:
    value = metric(VALID, "1274", period=SEPTEMBER)
    (finding,) = found("R20", with_targets(target("1000"), metrics=(value, completion("127.5"))))

    assert finding.arithmetic.en == "1274 ÷ 1000 = 127.4% ≠ 127.5%"
    assert "the target of Annual plan, 2025" in finding.statement.en
    assert "年度计划2025年目标" in finding.statement.zh
    assert finding.candidates[0].values[0][0] == "target_completion"


@pytest.mark.parametrize(("stated", "right"), [("79.9", False), ("80.0", True), ("80.1", False), ("125.0", False)])
def test_a_completion_is_inverted_where_lower_is_better(stated: str, right: bool) -> None:
    name = "tm_entities_per_mark"
    value = metric(name, "5.00", period=SEPTEMBER, places=4)
    record = with_targets(target("4.00", name=name), metrics=(value, completion(stated, of=name)))

    assert (found("R20", record) == []) is right


@pytest.mark.parametrize(("stated", "right"), [("50.0", True), ("50.4", True), ("50.5", True), ("50.6", False)])
def test_the_rounding_of_the_value_counts_too(stated: str, right: bool) -> None:
    # 1.00 亿元 is from 99.5 to 100.5 million yuan.
    value = metric("pledge_reg_amount", "1.00", unit="亿元", period=SEPTEMBER)
    goal = target("199000000", name="pledge_reg_amount")
    record = with_targets(goal, metrics=(value, completion(stated, of="pledge_reg_amount")))

    assert (found("R20", record) == []) is right


@pytest.mark.parametrize(("stated", "right"), [("50.1", False), ("50.0", True), ("45.0", True), ("44.9", False)])
def test_a_qualified_value_gives_a_range_of_completions(stated: str, right: bool) -> None:
    value = metric(VALID, "490", period=SEPTEMBER, qualifier=Qualifier.NEARLY)
    record = with_targets(target("980"), metrics=(value, completion(stated, places=2)))

    assert (found("R20", record) == []) is right


def test_any_target_that_is_not_past_may_be_meant() -> None:
    value = metric(VALID, "500", period=SEPTEMBER)
    annual, plan = target("1000"), target("2000", 2030, LONG_PLAN)

    for stated, right in (("50.0", True), ("25.0", True), ("30.0", False)):
        result = found("R20", with_targets(plan, annual, metrics=(value, completion(stated))))
        assert (result == []) is right
    assert result[0].subjects[2] == annual.key, "the nearest is shown"


def test_an_annual_target_is_in_force_in_its_own_year_only() -> None:
    value = metric(VALID, "500", period=SEPTEMBER)

    for year, plan, in_force in ((2024, YEAR_PLAN, False), (2026, YEAR_PLAN, False), (2026, LONG_PLAN, True)):
        record = with_targets(target("1000", year, plan), metrics=(value, completion("50.0")))
        assert (found("R20", record) == []) is in_force


def test_a_past_target_is_no_target() -> None:
    value = metric(VALID, "500", period=SEPTEMBER)

    (finding,) = found("R20", with_targets(target("1000", 2024), metrics=(value, completion("50.0"))))
    assert finding.subjects == ("target_completion", VALID)
    assert "no plan’s target for {tm_valid.name}" in finding.statement.en
    assert len(found("R20", metric_set(completion("50.0")))) == 1
    assert found("R20", with_targets(target("1000", 2025), metrics=(value, completion("50.0")))) == []


def test_without_the_value_only_the_target_is_asked_for() -> None:
    assert found("R20", with_targets(target("1000"), metrics=(completion("12.0"),))) == []


def test_an_undated_completion_may_be_of_any_year() -> None:
    undated = completion("50.0", period=Period(PeriodKind.YEAR_TO_DATE))
    value = metric(VALID, "500")

    assert found("R20", with_targets(target("1000", 2020), metrics=(value, undated))) == []
    assert len(found("R20", with_targets(target("900", 2020), metrics=(value, undated)))) == 1


def test_a_completion_names_its_metric() -> None:
    (finding,) = found("R20", with_targets(target("1000"), metrics=(completion("50.0", relations=Relations()),)))

    assert "does not name the metric" in finding.statement.en


def test_a_target_of_zero_contradicts_nothing() -> None:
    value = metric(VALID, "5", period=SEPTEMBER)

    assert found("R20", with_targets(target("0"), metrics=(value, completion("100.0")))) == []
