"""Sums of parts, what parts leave of their whole, and shares of both: the arithmetic, the keys, the printed words."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from helpers import SMALL, at, metric_set
from ipreport.compose import Content, content_of
from ipreport.compose.observed import observed
from ipreport.compose.round_trip import unread
from ipreport.compose.values import value_of
from ipreport.language import EN, ZH, Language
from ipreport.metrics import (
    Metric,
    Period,
    PeriodKind,
    Qualifier,
    Reason,
    Status,
    added,
    cumulative_share,
    parse_period,
    recorded_keys,
    remainder,
    remainder_key,
    remainder_observation,
    sum_key,
    sum_observation,
    value_at,
)
from ipreport.readers import read
from ipreport.wording import show

INVENTION, UM, DESIGN, TOTAL = "patent_grant_invention", "patent_grant_um", "patent_grant_design", "patent_grant_total"


def grants(value: str | None, name: str = INVENTION, key: str = "", **changes: object) -> Metric:
    return at("2025-01/2025-09", value, name, key=key or name, **changes)


PARTS = grants("120"), grants("70", UM), grants("29", DESIGN)
WHOLE = grants("219", TOTAL)


# --- arithmetic ---------------------------------------------------------------------------


def test_a_sum_keeps_its_formula_and_the_keys_of_its_parts() -> None:
    total = added(PARTS)
    assert (total.key, total.value) == ("patent_grant_invention/sum_with/patent_grant_um,patent_grant_design", 219)
    assert (total.formula, total.rests_on, total.exact) == ("120 + 70 + 29", (INVENTION, UM, DESIGN), True)


def test_what_parts_leave_of_their_whole_may_be_less_than_nothing() -> None:
    rest = remainder([WHOLE], PARTS[:2])
    assert (rest.key, rest.value) == ("patent_grant_total/rest_without/patent_grant_invention,patent_grant_um", 29)
    assert (rest.formula, rest.rests_on) == ("219 − 120 − 70", (TOTAL, INVENTION, UM))
    assert remainder([PARTS[2]], PARTS[:2]).value == -161


@pytest.mark.parametrize(
    ("other", "reason"),
    [(grants(None, UM), Reason.NO_VALUE), (grants("2.5", "pledge_reg_amount"), Reason.UNLIKE_UNITS)],
)
def test_what_cannot_be_added_says_why(other: Metric, reason: Reason) -> None:
    assert (added((PARTS[0], other)).value, added((PARTS[0], other)).reason) == (None, reason)
    assert remainder([PARTS[0]], (other,)).reason is reason
    assert sum_observation((PARTS[0], other)) is None
    assert remainder_observation(PARTS[0], (other,)) is None


def test_a_single_part_is_its_own_sum() -> None:
    assert sum_observation(PARTS[:1]) is PARTS[0]


def test_a_sum_is_as_open_as_the_least_settled_of_its_parts() -> None:
    revised, estimated = replace(PARTS[0], status=Status.REVISED), replace(PARTS[1], status=Status.ESTIMATED)
    about = replace(PARTS[2], qualifier=Qualifier.ABOUT)
    total = sum_observation((revised, estimated, about))
    assert total is not None
    assert (total.status, total.qualifier, show(total).value.en) == (
        Status.ESTIMATED,
        Qualifier.ABOUT,
        "about 219 patents",
    )
    exact = sum_observation(PARTS)
    assert exact is not None
    assert (exact.status, exact.qualifier, show(exact).value.zh) == (Status.OK, Qualifier.EXACT, "219件")


def test_a_sum_is_stated_as_finely_as_its_finest_part() -> None:
    money = (
        at("2025Q3", "1.2", "penalty_amount", unit="100m_yuan"),
        at("2025Q3", "34.56", "pledge_loan_paid", unit="万元"),
    )
    total = sum_observation(money)
    assert total is not None
    assert (total.value, total.half_step) == (Decimal(120345600), 50)


def test_a_cumulative_share_is_that_of_a_sum() -> None:
    first, two = cumulative_share(PARTS[:1], WHOLE), cumulative_share(PARTS[:2], WHOLE)
    assert (first.key, first.formula) == ("patent_grant_invention/share_of/patent_grant_total", "120 ÷ 219")
    assert two.key == "patent_grant_invention/sum_with/patent_grant_um/share_of/patent_grant_total"
    assert two.formula == "(120 + 70) ÷ 219"
    assert two.value is not None
    assert round(two.value, 6) == Decimal("0.867580")
    assert two.rests_on == (INVENTION, UM, TOTAL)
    assert cumulative_share((PARTS[0], grants(None, UM)), WHOLE).value is None


def test_the_recorded_keys_of_nested_values_are_found() -> None:
    quarter = "a/quarter_after/b"
    assert recorded_keys(f"{quarter}/share_of/{sum_key(['c', 'd/quarter_after/'])}") == ("a", "b", "c", "d")
    assert recorded_keys(remainder_key(["w"], ["a", "b"])) == ("w", "a", "b")


def test_a_value_at_a_quarter_is_recorded_or_worked_out() -> None:
    half = at("2025-01/2025-06", "80", INVENTION)
    record = metric_set(half, PARTS[0], at("2025Q2", "45", INVENTION))
    quarters = [parse_period(slug, PeriodKind.QUARTER) for slug in ("2025Q3", "2025Q2", "2025Q1")]
    found = [value_at(record, half, quarter) for quarter in quarters]
    assert [each and str(each.value) for each in found] == ["40", "45", None]
    assert value_at(record, half, Period(PeriodKind.QUARTER)) is None


# --- printed ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def content() -> Content:
    source = read(SMALL)
    record = metric_set(
        *PARTS,
        WHOLE,
        *(at("2025-01/2025-06", value, name) for name, value in ((INVENTION, "80"), (TOTAL, "150"))),
        at("2025Q3", "9876543.21", "pledge_reg_amount", key="some"),
        at("2025Q3", "123456.79", "pledge_reg_amount", key="more"),
        at("2025Q3", "20", "penalty_cases", key="few"),
        at("2025Q3", "8", "penalty_cases", key="fewer"),
    )
    return content_of(source.outline, replace(record, sources=source.metrics.sources), ())


QUARTER = f"{INVENTION}/quarter_after/{INVENTION}_2025_01_2025_06"
TOTAL_QUARTER = f"{TOTAL}/quarter_after/{TOTAL}_2025_01_2025_06"
SUM = sum_key([INVENTION, UM])


@pytest.mark.parametrize(
    ("key", "words", "exact", "formula"),
    [
        (SUM, ("190件", "190 patents"), "190", "120 + 70"),
        (sum_key(["some", "more"]), ("1000万元", "10 million yuan"), "10000000", "9876543.21 + 123456.79"),
        (remainder_key([TOTAL], [INVENTION, UM]), ("29件", "29 patents"), "29", "219 − 120 − 70"),
        (sum_key([QUARTER, UM]), ("110件", "110 patents"), "110", "40 + 70"),
        (f"{SUM}/share_of/{TOTAL}", ("86.8%", "86.8%"), "86.757990", "(120 + 70) ÷ 219"),
        (f"{QUARTER}/share_of/{TOTAL_QUARTER}", ("58.0%", "58.0%"), "57.971014", "40 ÷ 69"),
        (f"fewer/share_of/{sum_key(['few', 'fewer'])}", ("28.6%（8/28）", "28.6% (8/28)"), "28.571428", "8 ÷ 28"),
        (f"{remainder_key([TOTAL], [UM])}/share_of/{TOTAL}", ("68.0%", "68.0%"), "68.036529", "149 ÷ 219"),
    ],
)
def test_what_is_worked_out_from_parts_is_worded_and_leads_back(
    content: Content, key: str, words: tuple[str, str], exact: str, formula: str
) -> None:
    value = value_of(key, content)
    assert value is not None
    assert value.exact is not None
    assert (str(value.exact)[: len(exact)], value.formula, value.rests_on) == (exact, formula, recorded_keys(key))
    for language, said in zip((ZH, EN), words, strict=True):
        assert value.says(said, language)
        assert unread(said, language, value, content) == ""


@pytest.mark.parametrize(
    ("key", "language", "words", "reason"),
    [
        (SUM, ZH, "190%", "reads as percent, expected count or number"),
        (SUM, EN, "191 patents", "reads as 190.5 to 191.5, which does not hold 190"),
        (f"{SUM}/share_of/{TOTAL}", ZH, "86件", "reads as count, expected percent"),
        (remainder_key([TOTAL], [INVENTION, UM]), ZH, "30件", "reads as 29.5 to 30.5, which does not hold 29"),
    ],
)
def test_other_words_do_not_lead_back(content: Content, key: str, language: Language, words: str, reason: str) -> None:
    value = value_of(key, content)
    assert value is not None
    assert unread(words, language, value, content) == reason


@pytest.mark.parametrize(
    "key",
    [
        sum_key([INVENTION, "unknown"]),
        sum_key(["unknown", INVENTION]),
        remainder_key(["unknown"], [INVENTION]),
        remainder_key([TOTAL], ["unknown"]),
        f"{INVENTION}/share_of/unknown",
        f"{sum_key([INVENTION, 'unknown'])}/share_of/{TOTAL}",
        f"{INVENTION}/quarter_after/{UM}",
    ],
)
def test_a_key_that_leads_nowhere_has_no_value(content: Content, key: str) -> None:
    assert observed(key, content.metrics) is None
    assert value_of(key, content) is None
