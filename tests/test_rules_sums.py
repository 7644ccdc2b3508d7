"""Parts and regions that add up (R21), regions within regions (R27), kinds of money (R23), averages (R28)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import SMALL, Copy, metric, metric_set
from ipreport.compose import content_of
from ipreport.compose.tables import table
from ipreport.language import LANGUAGES, Localized
from ipreport.metrics import Metric, MetricSet, Period, PeriodKind, Qualifier, Region, Relations, parse_period
from ipreport.outline import RowGroup, TableColumn, TableSpec
from ipreport.problems import Level, Origin
from ipreport.readers import read
from ipreport.rules import RULES, Finding, findings
from ipreport.rules.sums import needs_rounding_note

GRANTS = ("patent_grant_total", "patent_grant_invention", "patent_grant_um", "patent_grant_design")
SEPTEMBER = parse_period("2025-09-30", PeriodKind.AS_OF)
JUNE = parse_period("2025-06-30", PeriodKind.AS_OF)


def found(rule: str, *metrics: Metric) -> list[Finding]:
    return list(RULES[rule](metric_set(*metrics)))


def grants(*values: str | None, **changes: object) -> list[Metric]:
    """The total of patents granted, then its three parts."""
    return [metric(name, value, **changes) for name, value in zip(GRANTS, values, strict=True)]


def shares(total: str, *parts: str) -> list[Metric]:
    """A total share and its parts, each with its own rounding."""
    names = ("patent_hv_share", "industrialisation_rate", "mediation_success_rate")[: len(parts)]
    relations = Relations(sum_of=names)
    whole = metric("dispute_close_rate", total, relations=relations)
    return [whole, *(metric(name, part, relations=Relations()) for name, part in zip(names, parts, strict=True))]


# --- R21: parts ------------------------------------------------------------------------


@pytest.mark.parametrize(("total", "agrees"), [("100", True), ("99", False), ("101", False)])
def test_counts_add_up_exactly(total: str, agrees: bool) -> None:
    result = found("R21", *grants(total, "20", "50", "30"))

    assert [finding.subjects for finding in result] == ([] if agrees else [GRANTS])
    assert all(finding.level is Level.WARN for finding in result)


def test_the_finding_shows_the_addition_and_two_readings() -> None:
    (finding,) = found("R21", *grants("99", "20", "50", "30"))

    assert finding.arithmetic.en == "20 + 50 + 30 = 100 ≠ 99"
    assert finding.statement.en == (
        "{patent_grant_invention.name} ({patent_grant_invention}), {patent_grant_um.name} ({patent_grant_um}) "
        "and {patent_grant_design.name} ({patent_grant_design}) do not add up to "
        "{patent_grant_total.name} ({patent_grant_total})."
    )
    assert finding.candidates[0].values == (("patent_grant_total", 100),)


@pytest.mark.parametrize(
    ("total", "agrees"), [("99.9", True), ("100.0", True), ("99.8", True), ("100.1", False), ("99.7", False)]
)
def test_rounded_parts_may_differ_by_half_a_unit_each(total: str, agrees: bool) -> None:
    # Three parts of 33.3 may be from 99.75 to 100.05.
    assert (found("R21", *shares(total, "33.3", "33.3", "33.3")) == []) is agrees


def test_the_difference_of_exactly_the_allowance_is_no_finding() -> None:
    assert found("R21", *shares("66.7", "33.3", "33.3")) == []
    (finding,) = found("R21", *shares("66.8", "33.3", "33.3"))
    assert finding.arithmetic.en == "33.3 + 33.3 = 66.6 ≠ 66.8 (± 0.1)"


def test_a_total_in_coarser_units_than_its_parts_is_rounded_too() -> None:
    parts = metric("penalty_amount", "36.97", unit="万元"), metric("pledge_loan_paid", "20.00", unit="万元")
    relations = Relations(sum_of=("penalty_amount", "pledge_loan_paid"))

    for stated, agrees in (("1", False), ("0.01", True), ("0.0057", True), ("0.0058", False)):
        total = metric("pledge_contract_amount", stated, unit="亿元", relations=relations)
        assert (found("R21", total, *parts) == []) is agrees, stated


def test_parts_of_another_time_or_region_missing_or_vague_are_not_added() -> None:
    total, *parts = grants("99", "20", "50", "30", period=SEPTEMBER)

    assert len(found("R21", total, *parts)) == 1
    assert found("R21", total, *parts[:2]) == []
    assert found("R21", total, *parts[:2], replace(parts[2], period=JUNE)) == []
    assert found("R21", total, *parts[:2], replace(parts[2], period=Period(PeriodKind.AS_OF))) == []
    assert found("R21", total, *parts[:2], replace(parts[2], region="别处")) == []
    assert found("R21", total, *parts[:2], replace(parts[2], value=None)) == []
    assert found("R21", total, *parts[:2], replace(parts[2], qualifier=Qualifier.OVER)) == []
    assert found("R21", total, *parts, replace(parts[2], key="again")) == [], "two values of one part decide nothing"


@given(st.lists(st.decimals(0, 10**6, places=4), min_size=2, max_size=3), st.integers(0, 3))
def test_a_total_of_the_rounded_parts_is_never_doubted(exact: list[Decimal], places: int) -> None:
    parts = [f"{round(part, places):f}" for part in exact]
    total = f"{sum(round(part, places) for part in exact):f}"

    assert found("R21", *shares(total, *parts)) == []


# --- R21: regions, and the note under a table --------------------------------------------


def prefecture(*metrics: Metric, counties: tuple[str, ...] = ("a", "b")) -> MetricSet:
    regions = [Region("home", Localized("本州", "Home"), "province")]
    regions += [Region(name, Localized(f"{name}县", name.title()), "home") for name in counties]
    return replace(metric_set(*metrics), regions=tuple(regions), home="home")


def regional(name: str, home: str, *counties: str | None, **changes: object) -> list[Metric]:
    keys = zip(("home", "a", "b", "c"), (home, *counties), strict=False)
    return [metric(name, value, key=f"{name}_{region}", region=region, **changes) for region, value in keys]


@pytest.mark.parametrize(("home", "agrees"), [("100", True), ("101", False), ("99", False)])
def test_the_regions_within_the_home_region_add_up_to_it(home: str, agrees: bool) -> None:
    result = list(RULES["R21"](prefecture(*regional("tm_valid", home, "60", "40"))))

    assert [finding.subjects for finding in result] == (
        [] if agrees else [("tm_valid_home", "tm_valid_a", "tm_valid_b")]
    )
    if not agrees:
        assert result[0].arithmetic.en == f"60 + 40 = 100 ≠ {home}"
        assert (
            result[0].statement.zh
            == "a县{tm_valid_a}、b县{tm_valid_b}，相加不等于本州的{tm_valid_home.name}{tm_valid_home}。"
        )


@pytest.mark.parametrize(
    "name",
    [
        "patent_invention_per10k",
        "patent_hv_share",
        "rank_in_province",
        "gi_brand_value",
        "pledge_firms",
        "pledge_single_loan",
        "joint_conference_members",
    ],
)
def test_what_does_not_add_up_over_regions_is_left_alone(name: str) -> None:
    rows = regional(name, "9", "60", "40")

    assert list(RULES["R21"](prefecture(*rows))) == []
    assert list(RULES["R27"](prefecture(*rows))) == []


def test_regions_without_a_value_of_the_time_leave_the_sum_open() -> None:
    home, first, second = regional("tm_valid", "101", "60", "40", period=SEPTEMBER)

    assert len(list(RULES["R21"](prefecture(home, first, second)))) == 1
    assert list(RULES["R21"](prefecture(home, first))) == []
    assert list(RULES["R21"](prefecture(home, first, replace(second, period=JUNE)))) == []
    assert list(RULES["R21"](prefecture(home, first, second, counties=("a", "b", "c")))) == []
    assert list(RULES["R21"](metric_set(home, first, second))) == []


def test_money_of_regions_may_differ_by_its_rounding() -> None:
    for home, agrees in (("1.00", True), ("1.01", True), ("1.02", False)):
        rows = regional("penalty_amount", home, "0.60", "0.40", unit="亿元")
        assert (list(RULES["R21"](prefecture(*rows))) == []) is agrees


def test_the_note_is_due_where_printed_parts_do_not_add_up_and_recorded_ones_do() -> None:
    rows = regional("penalty_amount", "358023", "123456", "234567")
    record = prefecture(*rows)
    keys = [row.key for row in rows]
    exact = dict(zip(keys, map(Decimal, ("358023", "123456", "234567")), strict=True))
    printed = dict(zip(keys, map(Decimal, ("358000", "123500", "234600")), strict=True))

    assert needs_rounding_note(printed, record)
    assert not needs_rounding_note(exact, record)
    assert not needs_rounding_note({key: printed[key] for key in keys[:2]}, record)
    wrong = prefecture(*regional("penalty_amount", "400000", "123456", "234567"))
    assert not needs_rounding_note(printed, wrong), "a finding is not explained away"


def test_the_note_stands_under_the_table_it_is_due_in() -> None:
    source = read(SMALL)
    for home, due in (("358023", True), ("358000", False)):
        counties = ("123456", "234567") if due else ("123500", "234500")
        rows = regional("penalty_amount", home, *counties)
        record = replace(prefecture(*rows), sources=source.metrics.sources)
        spec = TableSpec(
            "all",
            Localized("表", "Table"),
            (RowGroup(None, tuple(row.key for row in rows)),),
            (TableColumn.NAME, TableColumn.VALUE),
            (),
            Origin("briefing.yaml"),
        )
        notes = table(spec, content_of(source.outline, record, findings(record)), LANGUAGES, {}).notes
        said = [text.plain() for note in notes for text in note]
        assert said == (
            ["注：因四舍五入，分项之和与合计可能略有差异。", "Note: Figures may not add up because of rounding."]
            if due
            else []
        )


# --- R27 -------------------------------------------------------------------------------


def nation(*metrics: Metric) -> MetricSet:
    regions = (
        Region("county", Localized("甲县", "County A"), "prefecture"),
        Region("prefecture", Localized("乙州", "Prefecture B"), "province"),
        Region("province", Localized("丙省", "Province C"), "nation"),
    )
    return replace(metric_set(*metrics), regions=regions, home="prefecture")


def at(region: str, value: str, name: str = "tm_valid", **changes: object) -> Metric:
    return metric(name, value, key=f"{name}_{region}", region=region, **changes)


@pytest.mark.parametrize(("county", "fits"), [("99", True), ("100", True), ("101", False)])
@pytest.mark.parametrize("outer", ["prefecture", "province", "nation"])
def test_a_region_has_no_more_than_any_it_lies_within(county: str, fits: bool, outer: str) -> None:
    result = list(RULES["R27"](nation(at("county", county), at(outer, "100"))))

    assert [finding.subjects for finding in result] == ([] if fits else [("tm_valid_county", f"tm_valid_{outer}")])
    assert all(finding.level is Level.BLOCK for finding in result)


def test_one_finding_names_every_region_that_is_exceeded() -> None:
    finding, of_the_prefecture = RULES["R27"](
        nation(at("county", "101"), at("prefecture", "100"), at("province", "99"))
    )

    assert of_the_prefecture.subjects == ("tm_valid_prefecture", "tm_valid_province")
    assert finding.subjects == ("tm_valid_county", "tm_valid_prefecture", "tm_valid_province")
    assert finding.arithmetic.en == "101 > 100; 101 > 99"
    assert finding.statement.zh == (
        "甲县的{tm_valid_county.name}为{tm_valid_county}，大于乙州的{tm_valid_prefecture}、丙省的{tm_valid_province}，而前者在后者之内。"
    )


def test_other_times_undated_values_and_qualifiers_are_respected() -> None:
    county, outer = at("county", "101", period=SEPTEMBER), at("prefecture", "100", period=SEPTEMBER)

    assert len(list(RULES["R27"](nation(county, outer)))) == 1
    assert list(RULES["R27"](nation(county, replace(outer, period=JUNE)))) == []
    assert list(RULES["R27"](nation(county, replace(outer, period=Period(PeriodKind.AS_OF))))) == []
    assert list(RULES["R27"](nation(county, replace(outer, qualifier=Qualifier.OVER)))) == []
    assert list(RULES["R27"](nation(replace(county, qualifier=Qualifier.NEARLY), outer))) == []
    assert list(RULES["R27"](nation(county, replace(outer, value=None)))) == []


def test_regions_in_a_circle_end_where_they_meet() -> None:
    regions = (Region("a", Localized("甲", "A"), "b"), Region("b", Localized("乙", "B"), "a"))
    record = replace(metric_set(at("a", "2"), at("b", "1")), regions=regions)

    assert [finding.subjects for finding in RULES["R27"](record)] == [("tm_valid_a", "tm_valid_b")]


# --- R23 -------------------------------------------------------------------------------


def test_money_of_different_kinds_is_not_added() -> None:
    relations = Relations(sum_of=("pledge_contract_amount", "pledge_loan_received"))
    total = metric("pledge_reg_amount", "300", relations=relations)
    parts = metric("pledge_contract_amount", "200"), metric("pledge_loan_received", "100")

    (finding,) = found("R23", total, *parts)
    assert (finding.level, finding.subjects) == (Level.BLOCK, (total.key, *(part.key for part in parts)))
    assert finding.arithmetic == Localized("签约 + 到位、放款 → 登记", "contract + disbursement → registration")


def test_money_of_one_kind_is_added_and_counts_are_no_money() -> None:
    relations = Relations(sum_of=("pledge_loan_paid", "pledge_single_loan"))
    parts = metric("pledge_loan_paid", "200"), metric("pledge_single_loan", "100")

    assert found("R23", metric("pledge_loan_received", "300", relations=relations), *parts) == []
    assert found("R23", *grants("99", "20", "50", "30")) == []
    counted = Relations(sum_of=("penalty_cases",))
    assert len(found("R23", metric("penalty_amount", "300", relations=counted), metric("penalty_cases", "1"))) == 1


def test_limits_between_kinds_of_money_are_no_sums() -> None:
    received = metric("pledge_loan_received", "100")
    assert found("R23", received, metric("pledge_contract_amount", "200"), metric("pledge_single_loan", "50")) == []


# --- R28 -------------------------------------------------------------------------------


def penalties(*rows: tuple[str, str], **changes: object) -> list[Metric]:
    """Amount and cases, a quarter each, of 2024 and after."""
    made = []
    for number, (amount, cases) in enumerate(rows):
        period = parse_period(f"{2024 + number // 4}Q{1 + number % 4}", PeriodKind.QUARTER)
        made.append(metric("penalty_amount", amount, key=f"amount_{number}", period=period, **changes))
        made.append(metric("penalty_cases", cases, key=f"cases_{number}", period=period))
    return made


@pytest.mark.parametrize(
    ("amount", "usual"), [("600000", True), ("600002", False), ("33334", True), ("33330", False), ("150000", True)]
)
def test_an_average_is_within_three_times_what_came_before(amount: str, usual: bool) -> None:
    result = found("R28", *penalties(("100000", "10"), ("200000", "10"), (amount, "10")))

    assert [finding.subjects for finding in result] == ([] if usual else [("amount_2", "cases_2")])
    assert all(finding.level is Level.NOTE for finding in result)


def test_the_finding_shows_the_average_and_the_limit() -> None:
    (high,) = found("R28", *penalties(("100000", "10"), ("200000", "10"), ("6000000", "10")))
    assert high.arithmetic.en == "6,000,000 ÷ 10 = 600,000; 600,000 > 3 × 20,000"
    (low,) = found("R28", *penalties(("100000", "10"), ("200000", "10"), ("6000", "10")))
    assert low.arithmetic.en == "6,000 ÷ 10 = 600; 600 < 10,000 ÷ 3"
    assert "（10,000～20,000）" in low.statement.zh


def test_fewer_than_two_earlier_points_say_nothing() -> None:
    assert found("R28", *penalties(("100000", "10"), ("60000000", "10"))) == []
    assert found("R28", *penalties(("100000", "10"), ("100000", "0"), ("60000000", "10"))) == []
    rows = penalties(("100000", "10"), ("200000", "10"), ("60000000", "10"))
    assert found("R28", *rows[:4], *(replace(row, period=Period(PeriodKind.QUARTER)) for row in rows[4:])) == []
    assert found("R28", *rows[:4], *(replace(row, region="别处") for row in rows[4:])) == []


def test_an_average_that_may_be_usual_by_its_qualifier_is_left_alone() -> None:
    rows = penalties(("100000", "10"), ("200000", "10"), ("10000", "10"))
    over = replace(rows[4], qualifier=Qualifier.OVER)

    assert len(found("R28", *rows)) == 1
    assert found("R28", *rows[:4], over, rows[5]) == []


def test_a_note_asks_for_nothing(small: Copy) -> None:
    quarters = ("2024Q1", "100000", "10"), ("2024Q2", "200000", "10"), ("2024Q3", "60000000", "10")
    text = (small.folder / "metrics.yaml").read_text(encoding="utf-8")
    for period, amount, cases in quarters:
        for name, value, unit in (("penalty_amount", amount, "yuan"), ("penalty_cases", cases, "case")):
            text += f'  - {{metric: {name}, id: {name}_{period.lower()}, value: "{value}", unit: {unit}, '
            text += f"period: {period}, source: bulletin}}\n"
    small.overwrite("metrics.yaml", text.encode())

    (problem,) = small.check()
    assert "note [R28]" in problem
