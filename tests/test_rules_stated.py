"""What is stated of single values: qualifiers (R12), units and bounds (R16), sources (R29)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from helpers import metric, metric_set
from ipreport.language import Localized
from ipreport.metrics import Bounds, Metric, MetricSet, Plan, Qualifier, Relations, Source, parse_period, unit_named
from ipreport.metrics.periods import PeriodKind
from ipreport.problems import Level, Origin
from ipreport.rules import RULES, Finding
from ipreport.rules.finding import plain

VALID = "tm_valid"


def found(rule: str, *metrics: Metric) -> list[Finding]:
    return list(RULES[rule](metric_set(*metrics)))


# --- R12 -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("qualifier", "exact", "holds"),
    [
        ("over", "101", True),
        ("over", "100", False),
        ("over", "99", False),
        ("nearly", "99", True),
        ("nearly", "90", True),
        ("nearly", "89", False),
        ("nearly", "100", False),
        ("about", "95", True),
        ("about", "105", True),
        ("about", "94", False),
        ("about", "106", False),
        ("at_least", "100", True),
        ("at_least", "99", False),
        ("exact", "99", True),
    ],
)
def test_a_qualifier_is_true_of_the_exact_value_recorded_too(qualifier: str, exact: str, holds: bool) -> None:
    figure = metric(VALID, "100", key="figure", qualifier=Qualifier(qualifier))
    result = found("R12", figure, metric(VALID, exact, key="counted"))

    assert [finding.subjects for finding in result] == ([] if holds else [("figure", "counted")])
    assert all(finding.level is Level.WARN for finding in result)


@pytest.mark.parametrize(
    ("qualifier", "arithmetic"),
    [
        ("over", "80 ≤ 100"),
        ("nearly", "80 ∉ [0.9 × 100, 100)"),
        ("about", "80 ∉ 100 ± 5%"),
        ("at_least", "80 < 100"),
    ],
)
def test_the_finding_says_which_limit_is_broken(qualifier: str, arithmetic: str) -> None:
    figure = metric(VALID, "100", key="figure", qualifier=Qualifier(qualifier))
    (finding,) = found("R12", figure, metric(VALID, "80", key="counted"))

    assert finding.arithmetic.en == finding.arithmetic.zh == arithmetic
    assert "{figure}" in finding.statement.zh
    assert "the exact value recorded is {counted}, of which" in finding.statement.en


def test_only_the_same_thing_at_the_same_time_is_the_counterpart() -> None:
    over = metric(VALID, "100", key="figure", qualifier=Qualifier.OVER)
    counted = metric(VALID, "80", key="counted")
    dated = parse_period("2025-09-30", PeriodKind.AS_OF)

    assert len(found("R12", over, counted)) == 1
    assert found("R12", over, replace(counted, region="别处")) == []
    assert found("R12", over, replace(counted, period=dated)) == []
    assert found("R12", over, replace(counted, name=Localized("别的商标", "Other trademarks"))) == []
    assert found("R12", over, replace(counted, qualifier=Qualifier.NEARLY)) == []
    assert found("R12", over, replace(counted, value=None)) == []


@pytest.mark.parametrize(("parts", "holds"), [(("60", "41"), True), (("60", "40"), False)])
def test_a_qualified_total_is_true_of_the_sum_of_its_parts(parts: tuple[str, str], holds: bool) -> None:
    relations = Relations(sum_of=("tm_app", "tm_reg"))
    total = metric(VALID, "100", qualifier=Qualifier.OVER, relations=relations)
    result = found("R12", total, metric("tm_app", parts[0]), metric("tm_reg", parts[1]))

    assert [finding.arithmetic.en for finding in result] == ([] if holds else ["60 + 40 = 100 ≤ 100"])


# --- R16 -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value", "possible"),
    [
        (VALID, "0", True),
        (VALID, "1", True),
        (VALID, "-1", False),
        (VALID, "1.5", False),
        ("penalty_amount", "0", True),
        ("penalty_amount", "-0.01", False),
        ("dispute_close_rate", "100", True),
        ("dispute_close_rate", "100.1", False),
        ("dispute_close_rate", "0", True),
        ("dispute_close_rate", "-0.1", False),
        ("target_completion", "127.4", True),
        ("growth_rate", "-5.3", True),
        ("growth_rate", "1250", True),
        ("satisfaction", "100", True),
        ("satisfaction", "100.01", False),
        ("patent_invention_per10k", "-0.01", False),
        ("rank_in_province", "1", True),
        ("rank_in_province", "0", False),
        ("rank_in_province", "1.5", False),
        ("population_resident", "473100", True),
    ],
)
def test_a_value_is_what_its_metric_can_be(name: str, value: str, possible: bool) -> None:
    result = found("R16", metric(name, value))

    assert [finding.subjects for finding in result] == ([] if possible else [(name,)])
    assert all(finding.level is Level.BLOCK for finding in result)


def test_persons_in_wan_are_whole_persons() -> None:
    assert found("R16", metric("population_resident", "47.31", unit="万人")) == []
    (finding,) = found("R16", metric("population_resident", "47.31005", unit="万人"))
    assert finding.arithmetic.en == "473,100 < 473,100.5 < 473,101"


@pytest.mark.parametrize(
    ("name", "value", "arithmetic"),
    [
        (VALID, "-3", f"{plain(Decimal(-3))} < 0"),
        ("dispute_close_rate", "101.5", "101.5 > 100"),
        (VALID, "2.5", "2 < 2.5 < 3"),
        ("rank_in_province", "0", "0 < 1"),
    ],
)
def test_the_finding_shows_the_limit(name: str, value: str, arithmetic: str) -> None:
    (finding,) = found("R16", metric(name, value))

    assert finding.arithmetic.en == finding.arithmetic.zh == arithmetic


@pytest.mark.parametrize(
    ("name", "value", "qualifier", "possible"),
    [
        ("dispute_close_rate", "100", "over", False),
        ("dispute_close_rate", "100", "at_least", True),
        ("dispute_close_rate", "99.9", "over", True),
        (VALID, "0", "nearly", False),
        (VALID, "0", "over", True),
    ],
)
def test_a_qualifier_does_not_lead_beyond_the_bounds(name: str, value: str, qualifier: str, possible: bool) -> None:
    assert (found("R16", metric(name, value, qualifier=Qualifier(qualifier))) == []) is possible


def test_bounds_of_the_catalogue_may_allow_what_is_below_zero() -> None:
    net = metric(VALID, "-3")
    free = replace(net, definition=replace(net.definition, bounds=Bounds()))

    assert found("R16", free) == []
    assert len(found("R16", replace(free, value=Decimal("-2.5")))) == 1


@pytest.mark.parametrize(
    ("unit", "fits"), [("trademark", True), ("patent", False), ("yuan", False), ("percent", False), ("件", None)]
)
def test_the_measure_word_fits_the_metric(unit: str, fits: bool | None) -> None:
    if fits is None:
        with pytest.raises(KeyError):
            unit_named(unit)
        return
    result = found("R16", replace(metric(VALID, "5"), stated_in=unit_named(unit)))

    assert (result == []) is fits
    if not fits:
        assert "trademarks (件)" in result[0].statement.en


def test_money_may_be_stated_in_any_unit_of_money() -> None:
    for unit in ("元", "万元", "亿元", "百万元"):
        assert found("R16", metric("penalty_amount", "5", unit=unit)) == []


def test_targets_are_held_to_the_same_and_missing_values_to_nothing() -> None:
    plan = Plan("p", Localized("规划", "Plan"))
    record = replace(metric_set(metric(VALID, None)), targets=(metric(VALID, "-5", key="wanted", plan=plan),))

    assert [finding.subjects for finding in RULES["R16"](record)] == [("wanted",)]


# --- R29 -------------------------------------------------------------------------------


def sourced(*metrics: Metric) -> MetricSet:
    bulletin = Source("bulletin", 1, Localized("公报", "Bulletin"), None, None, None, None, Origin("metrics.yaml"))
    return replace(metric_set(*metrics), sources=(bulletin,))


@pytest.mark.parametrize(("source", "listed"), [("bulletin", True), ("bulletins", False), ("", False)])
def test_every_figure_has_a_source_that_is_listed(source: str, listed: bool) -> None:
    result = list(RULES["R29"](sourced(metric(VALID, "5", source=source))))

    assert [(finding.subjects, finding.level) for finding in result] == ([] if listed else [((VALID,), Level.WARN)])


def test_where_no_sources_are_listed_naming_one_is_enough() -> None:
    assert found("R29", metric(VALID, "5", source="bulletin")) == []
    assert len(found("R29", metric(VALID, "5", source=""))) == 1


def test_what_has_no_value_needs_no_source_and_targets_need_one() -> None:
    record = sourced(metric(VALID, None, source=""))
    assert list(RULES["R29"](record)) == []

    wanted = replace(record, targets=(metric(VALID, "5", key="wanted", source=""),))
    assert [finding.subjects for finding in RULES["R29"](wanted)] == [("wanted",)]
