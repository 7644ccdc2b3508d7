"""Values worked out from others: what may be compared, the arithmetic, and why there is none."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import metric
from ipreport.metrics import (
    Basis,
    Derivation,
    Derived,
    Direction,
    Metric,
    PeriodKind,
    Qualifier,
    Reason,
    annual_average,
    change,
    change_in_points,
    derived_key,
    growth,
    parse_period,
    per_10k,
    quarter_observation,
    rank,
    recorded_keys,
    share,
    share_key,
    single_quarter,
    target_completion,
)

STOCK, FLOW, RATE, PLACE = "patent_invention_in_force", "dispute_closed", "growth_rate", "rank_in_province"


def at(period: str, value: str | None, name: str = STOCK, **changes: Any) -> Metric:
    kind = PeriodKind.WINDOW if name == FLOW else PeriodKind.AS_OF
    key = "m_" + "".join(character if character.isalnum() else "_" for character in period)
    return metric(name, value, key=key, period=parse_period(period, kind), **changes)


def outcome(derived: Derived) -> tuple[Decimal | None, Reason | None]:
    return derived.value, derived.reason


# --- growth -----------------------------------------------------------------------


def test_growth_keeps_its_formula_and_the_keys_it_rests_on() -> None:
    grown = growth(at("2025-09-30", "356"), at("2024-09-30", "309"), Basis.YEAR)

    assert grown.value is not None
    assert grown.value.quantize(Decimal("0.0001")) == Decimal("0.1521")
    assert grown.formula == "(356 − 309) ÷ 309"
    assert grown.rests_on == ("m_2025_09_30", "m_2024_09_30")
    assert grown.key == "m_2025_09_30/yoy_growth_from/m_2024_09_30"
    assert (grown.basis, grown.exact, grown.reason) == (Basis.YEAR, True, None)


@pytest.mark.parametrize(
    ("now", "before", "basis"),
    [
        ("2025-09-30", "2024-09-30", Basis.YEAR),
        ("2024-02-29", "2023-02-28", Basis.YEAR),
        ("2025-09-30", "2025-06-30", Basis.QUARTER),
        ("2025-03-31", "2024-12-31", Basis.QUARTER),
        ("2025-09-30", "2024-12-31", Basis.YEAR_END),
        ("2025Q3", "2024Q3", Basis.YEAR),
        ("2025Q1", "2024Q4", Basis.QUARTER),
        ("2025-01/2025-09", "2024-01/2024-09", Basis.YEAR),
        ("2025", "2024", Basis.YEAR),
    ],
)
def test_like_periods_are_compared(now: str, before: str, basis: Basis) -> None:
    name = STOCK if now.count("-") == 2 and "/" not in now else FLOW

    assert outcome(growth(at(now, "6", name), at(before, "5", name), basis)) == (Decimal("0.2"), None)


@pytest.mark.parametrize(
    ("now", "before", "basis"),
    [
        ("2025-09-30", "2024-06-30", Basis.YEAR),
        ("2025-09-30", "2025-03-31", Basis.QUARTER),
        ("2025-08-31", "2025-05-31", Basis.QUARTER),
        ("2025-09-30", "2023-12-31", Basis.YEAR_END),
        ("2025Q3", "2025Q1", Basis.QUARTER),
        ("2025Q3", "2024Q2", Basis.YEAR),
        ("2025Q1", "2024Q4", Basis.YEAR_END),
        ("2025-01/2025-09", "2025-01/2025-06", Basis.QUARTER),
        ("2025-01/2025-09", "2024Q3", Basis.YEAR),
        ("2025", "2023", Basis.YEAR),
        ("unknown", "2024", Basis.YEAR),
        ("unknown", "unknown", Basis.YEAR),
    ],
)
def test_unlike_periods_are_not_compared(now: str, before: str, basis: Basis) -> None:
    name = STOCK if now.count("-") == 2 and "/" not in now else FLOW
    grown = growth(at(now, "6", name), at(before, "5", name), basis)

    assert outcome(grown) == (None, Reason.UNLIKE_PERIODS)


def test_a_single_event_is_compared_with_nothing() -> None:
    now, before = (
        replace(at(day, "5"), period=parse_period(day, PeriodKind.EVENT)) for day in ("2025-09-30", "2024-09-30")
    )

    assert growth(now, before, Basis.YEAR).reason is Reason.UNLIKE_PERIODS


@pytest.mark.parametrize(
    ("now", "before", "reason"),
    [
        ("5", "0", Reason.ZERO_BASE),
        ("0", "0", Reason.ZERO_BASE),
        ("5", "-2", Reason.NEGATIVE_BASE),
        ("5", None, Reason.NO_BASE),
        (None, "5", Reason.NO_VALUE),
    ],
)
def test_a_base_that_is_no_base_gives_a_reason_and_no_rate(now: str | None, before: str | None, reason: Reason) -> None:
    grown = growth(at("2025-09-30", now), at("2024-09-30", before), Basis.YEAR)

    assert outcome(grown) == (None, reason)


def test_growth_from_nothing_recorded_rests_on_the_value_alone() -> None:
    grown = growth(at("2025-09-30", "5"), None, Basis.YEAR)

    assert (grown.reason, grown.rests_on) == (Reason.NO_BASE, ("m_2025_09_30",))


def test_growth_across_a_change_of_definition_is_not_worked_out() -> None:
    grown = growth(at("2025-09-30", "6"), at("2024-09-30", "5"), Basis.YEAR, same_caliber=False)

    assert outcome(grown) == (None, Reason.CALIBER_BREAK)


def test_different_metrics_and_regions_are_not_compared() -> None:
    now, before = at("2025-09-30", "6"), at("2024-09-30", "5")

    for other in (replace(before, region="elsewhere"), at("2024-09-30", "5", "patent_invention_hv")):
        assert growth(now, other, Basis.YEAR).reason is Reason.UNLIKE_METRICS
        assert annual_average(now, other).reason is Reason.UNLIKE_METRICS


def test_a_rate_changes_by_points_a_level_by_per_cent_and_a_rank_by_neither() -> None:
    rates = at("2025-09-30", "43.1", RATE), at("2024-09-30", "40.2", RATE)
    levels = at("2025-09-30", "6"), at("2024-09-30", "5")
    places = at("2025-09-30", "2", PLACE), at("2024-09-30", "3", PLACE)

    points = change_in_points(*rates, Basis.YEAR)
    assert (points.value, points.formula) == (Decimal("2.9"), "43.1 − 40.2")
    assert growth(*rates, Basis.YEAR).reason is Reason.IN_POINTS
    assert change_in_points(*levels, Basis.YEAR).reason is Reason.NOT_A_RATE
    assert growth(*places, Basis.YEAR).reason is Reason.NOT_A_QUANTITY
    assert change(*levels, Basis.YEAR).value == 1


def test_a_change_needs_no_base_above_zero() -> None:
    assert change(at("2025-09-30", "5"), at("2024-09-30", "0"), Basis.YEAR).value == 5


def test_what_rests_on_an_approximate_value_is_not_exact() -> None:
    before = at("2024-09-30", "309", qualifier=Qualifier.ABOUT)

    assert not growth(at("2025-09-30", "356"), before, Basis.YEAR).exact


@given(st.integers(min_value=0, max_value=10**9), st.integers(min_value=1, max_value=10**9))
def test_growth_leads_back_to_the_value(now: int, before: int) -> None:
    value = growth(at("2025-09-30", str(now)), at("2024-09-30", str(before)), Basis.YEAR).value

    assert value is not None
    assert abs(before * (1 + value) - now) < Decimal("1e-15")


# --- quarters from years to date --------------------------------------------------


def test_a_quarter_is_the_difference_of_two_years_to_date() -> None:
    quarter = single_quarter(at("2025-01/2025-09", "24", FLOW), at("2025-01/2025-06", "15", FLOW))

    assert (quarter.value, quarter.formula, quarter.reason) == (Decimal(9), "24 − 15", None)
    assert quarter.rests_on == ("m_2025_01_2025_09", "m_2025_01_2025_06")


def test_the_first_quarter_is_the_year_to_date_itself() -> None:
    quarter = single_quarter(at("2025-01/2025-03", "7", FLOW), None)

    assert (quarter.value, quarter.rests_on) == (Decimal(7), ("m_2025_01_2025_03",))


@pytest.mark.parametrize(
    ("now", "before", "reason"),
    [
        (("2025-01/2025-09", "24"), None, Reason.NO_BASE),
        (("2025-01/2025-09", None), ("2025-01/2025-06", "1"), Reason.NO_VALUE),
        (("2025-01/2025-09", "24"), ("2025-01/2025-03", "1"), Reason.UNLIKE_PERIODS),
        (("2025-01/2025-09", "24"), ("2024-01/2024-06", "1"), Reason.UNLIKE_PERIODS),
        (("2025-01/2025-08", "24"), ("2025-01/2025-05", "1"), Reason.UNLIKE_PERIODS),
        (("2025Q3", "24"), ("2025Q2", "1"), Reason.UNLIKE_PERIODS),
    ],
)
def test_a_quarter_needs_two_years_to_date_that_follow_each_other(
    now: tuple[str, str | None], before: tuple[str, str] | None, reason: Reason
) -> None:
    earlier = None if before is None else at(*before, FLOW)

    assert single_quarter(at(*now, FLOW), earlier).reason is reason


def test_quarters_worked_out_can_be_compared_and_are_traced_to_all_they_rest_on() -> None:
    half, three_quarters, first = (
        at(f"2025-01/2025-{month}", value, FLOW) for month, value in (("06", "15"), ("09", "24"), ("03", "9"))
    )
    third, second = quarter_observation(three_quarters, half), quarter_observation(half, first)

    assert third is not None
    assert second is not None
    assert third.period == parse_period("2025Q3", PeriodKind.QUARTER)
    grown = growth(third, second, Basis.QUARTER)
    assert (grown.value, grown.formula) == (Decimal("0.5"), "(9 − 6) ÷ 6")
    assert grown.rests_on == ("m_2025_01_2025_09", "m_2025_01_2025_06", "m_2025_01_2025_03")
    assert quarter_observation(three_quarters, None) is None


# --- averages, shares, targets ----------------------------------------------------


def test_average_growth_a_year_is_the_root_over_the_years_between() -> None:
    average = annual_average(at("2025-12-31", "121"), at("2023-12-31", "100"))

    assert average.value == Decimal("0.1")
    assert average.formula == "(121 ÷ 100)^(1/2) − 1"


@pytest.mark.parametrize(
    ("now", "before", "reason"),
    [
        (("2025-12-31", "5"), ("2025-06-30", "5"), Reason.UNLIKE_PERIODS),
        (("2023-12-31", "5"), ("2025-12-31", "5"), Reason.UNLIKE_PERIODS),
        (("unknown", "5"), ("2025-12-31", "5"), Reason.UNLIKE_PERIODS),
        (("2025-12-31", "5"), ("2023-12-31", "0"), Reason.ZERO_BASE),
        (("2025-12-31", "-5"), ("2023-12-31", "5"), Reason.NEGATIVE_BASE),
        (("2025-12-31", "5"), ("2023-12-31", None), Reason.NO_BASE),
    ],
)
def test_average_growth_needs_two_years_and_values_above_zero(
    now: tuple[str, str], before: tuple[str, str | None], reason: Reason
) -> None:
    assert outcome(annual_average(at(*now), at(*before))) == (None, reason)


def test_average_growth_across_a_change_of_definition_is_not_worked_out() -> None:
    average = annual_average(at("2025-12-31", "6"), at("2023-12-31", "5"), same_caliber=False)

    assert outcome(average) == (None, Reason.CALIBER_BREAK)


def test_shares_and_densities_are_quotients() -> None:
    whole, part = metric(STOCK, "356"), metric("patent_invention_hv", "101")
    people = metric("population_resident", "473100")

    assert share(part, whole).formula == "101 ÷ 356"
    assert share(part, whole).key == share_key(part.key, whole.key)
    assert share(part, people).reason is Reason.UNLIKE_UNITS
    density = per_10k(whole, people)
    assert density.value is not None
    assert density.value.quantize(Decimal("0.01")) == Decimal("7.52")
    assert density.formula == "356 ÷ 473100 × 10000"
    assert per_10k(whole, metric("population_resident", "0")).reason is Reason.ZERO_BASE


def test_a_target_is_met_by_more_or_by_less_as_the_metric_is_better() -> None:
    value, target = metric(STOCK, "120"), metric(STOCK, "100", key="target")
    lower = replace(value.definition, direction=Direction.DOWN)

    assert outcome(target_completion(value, target)) == (Decimal("1.2"), None)
    inverted = target_completion(replace(value, definition=lower, value=Decimal(80)), target)
    assert (inverted.value, inverted.formula) == (Decimal("1.25"), "100 ÷ 80")
    nothing_left = target_completion(replace(value, definition=lower, value=Decimal(0)), target)
    assert nothing_left.reason is Reason.ZERO_BASE
    assert target_completion(value, metric(FLOW, "1")).reason is Reason.UNLIKE_UNITS


# --- ranks ------------------------------------------------------------------------


def peers(*values: str | None, direction: Direction = Direction.UP) -> tuple[Metric, list[Metric]]:
    definition = replace(metric(STOCK, "1").definition, direction=direction)
    first, *others = (
        metric(STOCK, value, key=f"p{number}", region=f"r{number}", definition=definition)
        for number, value in enumerate(values)
    )
    return first, others


@pytest.mark.parametrize(
    ("values", "direction", "place", "tied"),
    [
        (("5", "9", "3", "1"), Direction.UP, 2, False),
        (("5", "9", "3", "1"), Direction.DOWN, 3, False),
        (("5", "9", "5", "1"), Direction.UP, 2, True),
        (("1", "9", "5", "5"), Direction.UP, 4, False),
        (("9", "9", "9"), Direction.DOWN, 1, True),
        (("5",), Direction.UP, 1, False),
    ],
)
def test_a_rank_is_one_more_than_the_number_that_are_better(
    values: tuple[str, ...], direction: Direction, place: int, tied: bool
) -> None:
    mine, others = peers(*values, direction=direction)
    standing = rank(mine, others)

    assert (standing.derived.value, standing.peers, standing.tied) == (place, len(values), tied)
    assert standing.derived.rests_on == tuple(f"p{number}" for number in range(len(values)))


def test_a_rank_shows_its_arithmetic() -> None:
    assert rank(*peers("5", "9", "3")).derived.formula == "1 + #{x > 5} = 1 + 1, n = 3"


@pytest.mark.parametrize(("values", "reason"), [(("5", None), Reason.NO_BASE), ((None, "5"), Reason.NO_VALUE)])
def test_a_rank_is_undecided_while_a_value_is_missing(values: tuple[str | None, ...], reason: Reason) -> None:
    assert outcome(rank(*peers(*values)).derived) == (None, reason)


def test_only_the_same_metric_of_the_same_time_is_ranked() -> None:
    assert rank(metric(STOCK, "5"), [metric(FLOW, "3")]).derived.reason is Reason.UNLIKE_METRICS
    standing = rank(at("2025-09-30", "5"), [at("2025-06-30", "3")])
    assert standing.derived.reason is Reason.UNLIKE_PERIODS


@given(st.lists(st.integers(min_value=0, max_value=9), min_size=1, max_size=12))
def test_ranks_agree_with_the_sorted_order(values: list[int]) -> None:
    mine, others = peers(*(str(value) for value in values))

    assert rank(mine, others).derived.value == sorted(values, reverse=True).index(values[0]) + 1


# --- keys -------------------------------------------------------------------------


@pytest.mark.parametrize("derivation", Derivation)
@pytest.mark.parametrize("basis", [None, *Basis])
def test_every_key_leads_to_the_recorded_metrics(derivation: Derivation, basis: Basis | None) -> None:
    key = derived_key(derivation, "first", "second", "third", basis=basis)

    assert recorded_keys(key) == ("first", "second", "third")
    assert recorded_keys("plain") == ("plain",)
