"""The rules on data: each finds its contradiction, stays silent without one, and knows its boundary."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from helpers import HAIXI, metric, metric_set
from ipreport.language import EN, ZH
from ipreport.metrics import Metric, MetricSet, Period, PeriodKind, Qualifier, Relations, parse_period
from ipreport.problems import Level
from ipreport.readers import read_metrics
from ipreport.rules import RULES, Finding, findings
from ipreport.rules import parts as parts_rules

PATENTS, HIGH_VALUE, PEOPLE = "patent_invention_in_force", "patent_invention_hv", "population_resident"
PER_10K, HV_PER_10K = "patent_invention_per10k", "patent_hv_per10k"


@pytest.fixture(scope="module")
def haixi() -> MetricSet:
    return read_metrics(HAIXI / "metrics.yaml")


def found(rule: str, *metrics: Metric) -> list[Finding]:
    return list(RULES[rule](metric_set(*metrics)))


def rate_of(value: str, base: str, **changes: object) -> tuple[Metric, Metric]:
    rate = metric("mediation_success_rate", value, relations=Relations(base="dispute_closed"), **changes)
    return rate, metric("dispute_closed", base)


# --- R01: ratio identity ------------------------------------------------------------


@pytest.mark.parametrize(
    ("patents", "people", "stated", "agrees"),
    [
        ("356", "473100", "7.52", True),
        ("101", "473100", "2.13", True),
        ("101", "473100", "2.14", False),
        ("429", "2000000", "2.14", True),  # 2.145 exactly: half to even gives 2.14 …
        ("429", "2000000", "2.15", True),  # … and half up gives 2.15
        ("429", "2000000", "2.16", False),
        ("0", "473100", "0.01", False),
    ],
)
def test_a_ratio_follows_from_its_parts_within_half_a_unit_of_its_last_place(
    patents: str, people: str, stated: str, agrees: bool
) -> None:
    result = found("R01", metric(PATENTS, patents), metric(PEOPLE, people), metric(PER_10K, stated))

    assert [finding.subjects for finding in result] == ([] if agrees else [(PER_10K,)])


@pytest.mark.parametrize(("stated", "agrees"), [("4.9", True), ("4.8", False)])
def test_entities_to_a_trademark_are_counted_once(stated: str, agrees: bool) -> None:
    result = found(
        "R01", metric("business_entities", "49000"), metric("tm_valid", "10000"), metric("tm_entities_per_mark", stated)
    )

    assert bool(result) is not agrees
    assert all(finding.arithmetic.en == "49,000 ÷ 10,000 = 4.900 ≠ 4.8" for finding in result)


def test_a_population_stated_in_wan_is_an_interval() -> None:
    rounded = metric(PEOPLE, "47.31", unit="万人")  # 473,050 to 473,150

    assert rounded.bounds == (473050, 473150)
    for stated, agrees in (("2.12", False), ("2.13", True), ("2.14", True), ("2.15", False)):
        result = found("R01", metric(HIGH_VALUE, "101"), rounded, metric(HV_PER_10K, stated))
        assert bool(result) is not agrees, stated


def test_a_truncated_ratio_is_recognised() -> None:
    (finding,) = found("R01", metric(PATENTS, "357"), metric(PEOPLE, "473700"), metric(PER_10K, "7.50"))
    assert "truncation" not in finding.statement.en

    (finding,) = found("R01", metric(PATENTS, "356"), metric(PEOPLE, "472900"), metric(PER_10K, "7.52"))
    assert finding.arithmetic.en == "356 ÷ 472,900 × 10,000 = 7.5280 ≠ 7.52"
    assert finding.statement.en.endswith("(truncation would give it).")
    assert "（截位可得）" in finding.statement.zh


def test_a_ratio_without_its_parts_is_left_alone() -> None:
    assert found("R01", metric(PER_10K, "7.52"), metric(PATENTS, "356")) == []
    assert found("R01", metric(PER_10K, "7.52"), metric(PATENTS, None), metric(PEOPLE, "1")) == []
    assert found("R01", metric(PER_10K, None), metric(PATENTS, "356"), metric(PEOPLE, "1")) == []


@pytest.mark.parametrize("rule", ["R01", "R02", "R03"])
def test_what_is_not_stated_exactly_is_not_held_to_its_rounding(rule: str) -> None:
    over = Qualifier.OVER
    ratio = (metric(PATENTS, "400"), metric(PEOPLE, "473100"), metric(PER_10K, "7", qualifier=over))
    other = metric(HIGH_VALUE, "101"), metric(HV_PER_10K, "2.14", qualifier=over)

    assert found(rule, *ratio, *other, *rate_of("90", "24", qualifier=over)) == []


@given(st.integers(1, 10**6), st.integers(10**3, 10**8), st.integers(0, 4))
def test_a_ratio_calculated_from_its_parts_is_never_doubted(patents: int, people: int, places: int) -> None:
    stated = round(Decimal(patents) * 10_000 / people, places)
    assume(stated > 0)

    assert (
        found("R01", metric(PATENTS, str(patents)), metric(PEOPLE, str(people)), metric(PER_10K, f"{stated:f}")) == []
    )


@given(st.integers(1, 10**5), st.integers(1, 10**5), st.integers(10**3, 10**7), st.integers(0, 4))
def test_ratios_over_one_population_are_never_doubted(one: int, other: int, people: int, places: int) -> None:
    ratios = [round(Decimal(part) * 10_000 / people, places) for part in (one, other)]
    assume(min(ratios) > 0)

    parts = metric(PATENTS, str(one)), metric(HIGH_VALUE, str(other))
    assert found("R02", *parts, metric(PER_10K, f"{ratios[0]:f}"), metric(HV_PER_10K, f"{ratios[1]:f}")) == []


@pytest.mark.parametrize(("stated", "agrees"), [("5.1", True), ("5.2", False), ("51000.0", False)])
def test_a_ratio_of_entities_to_marks_counts_each_mark(stated: str, agrees: bool) -> None:
    parts = metric("business_entities", "789001"), metric("tm_valid", "154409")

    assert bool(found("R01", *parts, metric("tm_entities_per_mark", stated))) is not agrees


# --- R02: hidden denominator -----------------------------------------------------------


def test_two_ratios_that_imply_different_populations_are_found(haixi: MetricSet) -> None:
    (finding,) = RULES["R02"](haixi)

    assert finding.subjects == (PER_10K, HV_PER_10K)
    assert finding.level is Level.WARN
    assert finding.arithmetic.en == (
        "356 ÷ [7.515, 7.525) × 10,000 → 473,090–473,719; 101 ÷ [2.135, 2.145) × 10,000 → 470,863–473,067"
    )


@pytest.mark.parametrize(("stated", "agrees"), [("2.13", True), ("2.14", False), ("2.1", True), ("2.2", False)])
def test_ratios_are_compared_as_intervals(stated: str, agrees: bool) -> None:
    parts = metric(PATENTS, "356"), metric(HIGH_VALUE, "101")

    assert bool(found("R02", *parts, metric(PER_10K, "7.52"), metric(HV_PER_10K, stated))) is not agrees


def test_intervals_that_touch_at_one_point_have_it_in_common() -> None:
    # 100 ÷ 0.95 and 110 ÷ 1.045 are the same population.
    parts = metric(PATENTS, "100"), metric(HIGH_VALUE, "110")

    assert found("R02", *parts, metric(PER_10K, "1.0"), metric(HV_PER_10K, "1.04")) == []
    assert len(found("R02", *parts, metric(PER_10K, "1.0"), metric(HV_PER_10K, "1.03"))) == 1


def test_a_population_may_be_another_one_at_another_time() -> None:
    now, before = (parse_period(day, PeriodKind.AS_OF) for day in ("2025-09-30", "2024-09-30"))
    one = metric(PATENTS, "100", period=now), metric(PER_10K, "1.00", period=now)
    other = metric(HIGH_VALUE, "50", period=before), metric(HV_PER_10K, "1.00", period=before)

    assert found("R02", *one, *other) == []
    assert len(found("R02", *one, *(replace(value, period=now) for value in other))) == 1


# --- R03: rate feasibility -------------------------------------------------------------


@pytest.mark.parametrize(
    ("rate", "base", "possible"),
    [
        ("90.9", "11", True),
        ("90.9", "22", True),
        ("90.9", "24", False),
        ("100", "24", True),
        ("0", "24", True),
        ("66.7", "3", True),
        ("66.6", "3", False),
        ("12.5", "8", True),
        ("12", "8", True),  # 12.5 is half to even
        ("13", "8", True),  # and half up
        ("100.1", "24", False),
    ],
)
def test_a_rate_is_the_share_of_a_whole_number_of_cases(rate: str, base: str, possible: bool) -> None:
    assert [finding.subjects for finding in found("R03", *rate_of(rate, base))] == (
        [] if possible else [("mediation_success_rate",)]
    )


def test_the_bases_that_would_give_the_rate_are_listed(haixi: MetricSet) -> None:
    (finding,) = RULES["R03"](haixi)

    assert finding.arithmetic.en.startswith("21/24 = 87.5%; 22/24 = 91.7%")
    remarks = [candidate.remark for candidate in finding.candidates]
    assert [remark.en for remark in remarks if remark] == ["10 out of 11", "20 out of 22"]
    assert [remark.zh for remark in remarks if remark] == ["基数11，其中成功10", "基数22，其中成功20"]


@pytest.mark.parametrize("base", ["0", "2001"])
def test_a_base_of_nothing_or_of_very_many_cases_says_nothing_about_a_rate(base: str) -> None:
    assert found("R03", *rate_of("33.3", base)) == []


@given(st.integers(1, 2000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.integers(0, 3))
def test_a_rate_calculated_from_cases_is_never_doubted(cases: tuple[int, int], places: int) -> None:
    count, base = cases
    rate = round(Decimal(100 * count) / base, places)

    assert found("R03", *rate_of(f"{rate:f}", str(base))) == []


# --- R04 and R05: parts and items ------------------------------------------------------


@pytest.mark.parametrize(("part", "exceeds"), [("355", False), ("356", False), ("357", True)])
def test_a_part_is_not_greater_than_its_whole(part: str, exceeds: bool) -> None:
    result = found("R04", metric(PATENTS, "356"), metric(HIGH_VALUE, part))

    assert [finding.subjects for finding in result] == ([(HIGH_VALUE, PATENTS)] if exceeds else [])
    assert all(finding.level is Level.BLOCK for finding in result)


@pytest.mark.parametrize(("item", "exceeds"), [("2000000", False), ("2000001", False), ("2000002", True)])
def test_a_single_item_is_not_greater_than_its_total_by_more_than_rounding_to_yuan(item: str, exceeds: bool) -> None:
    result = found("R05", metric("pledge_single_loan", item), metric("pledge_loan_received", "2000000"))

    assert [finding.subjects for finding in result] == (
        [("pledge_single_loan", "pledge_loan_received")] if exceeds else []
    )


@pytest.mark.parametrize(
    ("part", "part_is", "whole", "whole_is", "exceeds"),
    [
        ("2000002", "exact", "2000000", "over", False),
        ("2000002", "exact", "2000000", "at_least", False),
        ("2000002", "exact", "2000000", "nearly", True),
        ("2200000", "nearly", "2000000", "exact", False),  # nearly 2.2 may be 1.98 million
        ("2300000", "nearly", "2000000", "exact", True),
        ("2090000", "exact", "2000000", "about", False),
        ("2110000", "exact", "2000000", "about", True),
        ("2100000", "about", "2000000", "exact", False),
        ("2000002", "over", "2000000", "exact", True),
    ],
)
def test_a_part_exceeds_its_whole_only_under_every_reading_of_their_qualifiers(
    part: str, part_is: str, whole: str, whole_is: str, exceeds: bool
) -> None:
    received = metric("pledge_loan_received", part, qualifier=Qualifier(part_is))
    contracts = metric("pledge_contract_amount", whole, qualifier=Qualifier(whole_is))

    assert bool(found("R04", received, contracts)) is exceeds


def test_amounts_rounded_to_yi_may_differ_by_their_rounding() -> None:
    contracts = metric("pledge_contract_amount", "2", unit="亿元")

    assert found("R04", metric("pledge_loan_received", "2.3", unit="亿元"), contracts) == []
    assert len(found("R04", metric("pledge_loan_received", "2.6", unit="亿元"), contracts)) == 1


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_a_part_is_doubted_exactly_when_it_is_greater(part: int, whole: int) -> None:
    result = found("R04", metric(HIGH_VALUE, str(part)), metric(PATENTS, str(whole)))

    assert bool(result) is (part > whole)


def test_values_of_other_regions_and_other_times_are_not_compared() -> None:
    part = metric(HIGH_VALUE, "357", period=parse_period("2025-09-30", PeriodKind.AS_OF))
    whole = metric(PATENTS, "356", period=parse_period("2025-09-30", PeriodKind.AS_OF))

    assert len(found("R04", part, whole)) == 1
    assert found("R04", part, replace(whole, region="别处")) == []
    assert found("R04", part, replace(whole, period=parse_period("2024-12-31", PeriodKind.AS_OF))) == []


def test_of_several_observations_the_one_of_the_same_time_is_compared() -> None:
    now, before = (parse_period(day, PeriodKind.AS_OF) for day in ("2025-09-30", "2024-09-30"))
    undated = metric(PATENTS, "90", key="undated")
    earlier = metric(PATENTS, "80", key="earlier", period=before)
    today = metric(PATENTS, "100", key="today", period=now)

    assert found("R04", undated, earlier, today, metric(HIGH_VALUE, "95", period=now)) == []
    (finding,) = found("R04", earlier, undated, today, metric(HIGH_VALUE, "95"))
    assert finding.subjects == (HIGH_VALUE, "undated")


# --- R14: readings that would explain ------------------------------------------------------


def test_the_contradiction_of_the_account_is_found_as_one(haixi: MetricSet) -> None:
    (finding,) = RULES["R05"](haixi)

    assert finding.subjects == ("pledge_single_loan", "pledge_loan_received", "pledge_contract_amount")
    assert finding.arithmetic.en.startswith("10,000,000 > 2,500,000 > 2,000,000")


def test_of_all_slips_of_a_unit_20_in_125_explain_the_account(haixi: MetricSet) -> None:
    names = ("pledge_single_loan", "pledge_loan_received", "pledge_contract_amount")
    limits = parts_rules.Limits(haixi).touching(names)
    combinations = [{}, *parts_rules.slip_sets(names)]

    assert (sum(parts_rules.holds(slips, limits) for slips in combinations), len(combinations)) == (20, 125)


def test_a_part_of_many_wholes_is_tried_in_a_bounded_number_of_ways() -> None:
    names = tuple(f"value_{number}" for number in range(60))

    for size in range(1, 61):
        tried = sum(1 for _ in parts_rules.slip_sets(names[:size]))
        assert 4 * size <= tried < parts_rules.MOST_TRIES
    assert sum(1 for _ in parts_rules.slip_sets(names[:5])) == 5**5 - 1


def test_a_part_of_many_wholes_has_its_readings() -> None:
    wholes = ["patent_invention_in_force", "patent_grant_total", "patent_app_invention", "tm_valid", "tm_app", "tm_reg"]
    part = metric(HIGH_VALUE, "5000", relations=Relations(part_of=tuple(wholes)))
    (finding,) = found("R04", part, *(metric(name, "600") for name in wholes))

    assert [candidate.values for candidate in finding.candidates][:2] == [
        ((HIGH_VALUE, Decimal(500)),),
        ((HIGH_VALUE, Decimal(50)),),
    ]


def test_a_part_beyond_its_whole_has_readings_in_whole_numbers() -> None:
    (part,) = found("R04", metric(PATENTS, "356"), metric(HIGH_VALUE, "1010"))
    assert [candidate.values for candidate in part.candidates] == [
        ((HIGH_VALUE, Decimal(101)),),
        ((PATENTS, Decimal(3560)),),
        ((PATENTS, Decimal(35600)),),
    ]


def test_ten_times_as_many_contradictions_cost_about_ten_times_as_much() -> None:
    """Counted in questions to the record, which a busy machine does not change."""

    def questions(periods: int) -> int:
        asked = 0

        class Counting(MetricSet):
            def find(self, metric_id: str, beside: Metric) -> Metric | None:
                nonlocal asked
                asked += 1
                return super().find(metric_id, beside)

        days = [date(2000, 1, 1) + timedelta(days=number) for number in range(periods)]
        rows = [
            metric(name, value, key=f"{name}_{number}", period=Period(PeriodKind.AS_OF, None, day))
            for number, day in enumerate(days)
            for name, value in ((PATENTS, "356"), (HIGH_VALUE, "357"))
        ]
        record = Counting(tuple(rows), (), (), metric_set().region)
        assert len(list(RULES["R04"](record))) == periods
        return asked

    assert questions(200) <= 12 * questions(20)


def test_five_readings_of_the_account_cannot_be_made_simpler(haixi: MetricSet) -> None:
    (finding,) = RULES["R05"](haixi)
    loan, received, contracts = "pledge_single_loan", "pledge_loan_received", "pledge_contract_amount"

    readings = {frozenset((key, int(value)) for key, value in candidate.values) for candidate in finding.candidates}
    assert readings == {
        frozenset({(loan, 1_000_000)}),
        frozenset({(loan, 100_000)}),
        frozenset({(received, 20_000_000), (contracts, 25_000_000)}),
        frozenset({(received, 20_000_000), (contracts, 250_000_000)}),
        frozenset({(received, 200_000_000), (contracts, 250_000_000)}),
    }
    assert len(finding.candidates) == len(readings)
    assert all(candidate.values for candidate in finding.candidates[:2])
    assert {len(candidate.values) for candidate in finding.candidates[:2]} == {1}, "the smallest changes come first"


in_ten_thousands = st.integers(1, 10**5).map(lambda amount: amount * 10_000)


@given(in_ten_thousands, in_ten_thousands)
def test_every_reading_that_is_proposed_would_satisfy_the_rule(item: int, total: int) -> None:
    assume(item > total)
    loan, received = metric("pledge_single_loan", str(item)), metric("pledge_loan_received", str(total))
    (finding,) = found("R05", loan, received)

    for candidate in finding.candidates:
        read = dict(candidate.values)
        assert read.get(loan.key, item) <= read.get(received.key, total)
        assert read


# --- all together ---------------------------------------------------------------------


def test_the_account_has_four_contradictions_and_two_gaps_in_the_order_of_the_rules(haixi: MetricSet) -> None:
    assert [finding.rule for finding in findings(haixi)] == ["R01", "R02", "R03", "R05", "R10", "R17"]
    assert list(RULES) == sorted(RULES)


def test_every_finding_says_everything_in_both_languages(haixi: MetricSet) -> None:
    for finding in findings(haixi):
        for words in (finding.title, finding.statement, finding.arithmetic):
            assert words[ZH]
            assert words[EN]
        for candidate in finding.candidates:
            assert candidate.values or candidate.remark


def test_an_acknowledgement_counts_for_exactly_its_finding(haixi: MetricSet) -> None:
    for finding in findings(haixi):
        accepted = finding.acknowledgement(haixi)
        assert accepted is not None
        assert replace(finding, subjects=finding.subjects[:-1]).acknowledgement(haixi) is None
        assert replace(finding, rule="R99").acknowledgement(haixi) is None
