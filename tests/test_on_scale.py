"""Bare digits in the unit of a chart: one scale for both languages, and back to the value."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipreport.language import EN, ZH, Language, Localized
from ipreport.metrics import UNITS, Period, PeriodKind, Rounding, UnitKind
from ipreport.wording import Measure, axis_date, chart_unit, read_on_scale

BOTH = (ZH, EN)


@pytest.mark.parametrize(
    ("values", "unit", "languages", "label", "digits"),
    [
        (("3326000000", "857170000"), "yuan", (ZH,), "亿元", ("33.26", "8.57")),
        (("3326000000", "857170000"), "yuan", (EN,), "billion yuan", ("3.33", "0.86")),
        (("3326000000", "857170000"), "yuan", BOTH, "million yuan", ("3,326.00", "857.17")),
        (("369700", "2500000"), "yuan", (ZH,), "万元", ("36.97", "250.00")),
        (("369700", "2500000"), "yuan", BOTH, "million yuan", ("0.37", "2.50")),
        (("4000", "9000"), "yuan", BOTH, "yuan", ("4,000", "9,000")),
        (("3000", "9000000000"), "yuan", (EN,), "billion yuan", ("0.000003", "9.000000")),
        (("19495",), "patent", (ZH,), "件", ("19495",)),
        (("19495",), "patent", BOTH, "patents", ("19,495",)),
        (("90.9", "82"), "percent", BOTH, "%", ("90.9%", "82.0%")),
        (("7.52",), "per_10k_population", (ZH,), "件/万人", ("7.5",)),
        (("-5", "0"), "case", (EN,), "cases", ("−5", "0")),
        (("2",), "place", BOTH, "place", ("2",)),
    ],
)
def test_values_stand_in_one_unit_of_the_chart(
    values: tuple[str, ...], unit: str, languages: tuple[Language, ...], label: str, digits: tuple[str, ...]
) -> None:
    amounts = [Decimal(value) for value in values]
    scale = chart_unit(amounts, UNITS[unit], 1, languages)

    assert scale.label[languages[-1]] == label
    assert tuple(scale.digits(amount)[languages[0]] for amount in amounts) == digits


def test_both_languages_show_the_same_digits() -> None:
    scale = chart_unit([Decimal(1234567890)], UNITS["yuan"], 2, BOTH)

    assert scale.digits(Decimal(1234567890)) == Localized("1,234.57", "1,234.57")


def test_an_exact_half_follows_the_rule_of_the_briefing() -> None:
    amount = Decimal(21450000)
    halves = {rule: chart_unit([amount, Decimal(10**9)], UNITS["yuan"], 0, (ZH,), rule) for rule in Rounding}

    assert {rule: scale.digits(amount).zh for rule, scale in halves.items()} == {
        Rounding.HALF_EVEN: "0.21",
        Rounding.HALF_UP: "0.21",
    }
    half = Decimal(2145000)
    assert [scale.digits(half * 100).zh for scale in halves.values()] == ["2.14", "2.15"]


@pytest.mark.parametrize(
    ("value", "unit", "languages", "words"),
    [
        ("20000", "case", (ZH,), "2万"),
        ("25000", "case", (ZH,), "2.5万"),
        ("9000", "case", (ZH,), "9000"),
        ("20000", "case", BOTH, "20,000"),
        ("-20000", "case", (EN,), "−20,000"),
        ("40", "percent", (ZH,), "40%"),
        ("2.5", "per_10k_population", BOTH, "2.5"),
    ],
)
def test_ticks_leave_out_what_says_nothing(value: str, unit: str, languages: tuple[Language, ...], words: str) -> None:
    scale = chart_unit([Decimal(value)], UNITS[unit], 1, languages)

    assert scale.tick(Decimal(value))[languages[0]] == words


@given(
    st.lists(st.decimals("-1e11", "1e13", places=2), min_size=1, max_size=6),
    st.sampled_from(["yuan", "patent", "percent", "per_10k_population"]),
    st.sampled_from([(ZH,), (EN,), BOTH]),
    st.sampled_from(Rounding),
)
def test_digits_lead_back_to_the_value(
    values: list[Decimal], unit: str, languages: tuple[Language, ...], rounding: Rounding
) -> None:
    if UNITS[unit].kind is UnitKind.COUNT:
        values = [value.to_integral_value() for value in values]
    scale = chart_unit(values, UNITS[unit], 2, languages, rounding)

    for value in values:
        for language in languages:
            reading = read_on_scale(scale.digits(value)[language], scale.unit)
            assert reading is not None
            assert reading.holds(value), (scale.digits(value), value, reading)


def test_what_is_read_has_the_measure_of_its_unit() -> None:
    measures = {key: read_on_scale("90.9%" if key == "percent" else "90.9", UNITS[key]) for key in UNITS}

    assert {key for key, reading in measures.items() if reading is None} == set()
    assert {reading.measure for key, reading in measures.items() if reading and "yuan" in key} == {Measure.MONEY}


@pytest.mark.parametrize("text", ["", "12 cases", "12.", "01", "1,23", "−", "3,326.00亿", "90.9%"])
def test_what_is_no_number_of_the_unit_is_not_read(text: str) -> None:
    assert read_on_scale(text, UNITS["case"]) is None


def _period(kind: PeriodKind, end: date, start: date | None = None) -> Period:
    return Period(kind, start, end)


@pytest.mark.parametrize(
    ("period", "within", "year"),
    [
        (_period(PeriodKind.AS_OF, date(2025, 9, 30)), ("9月", "Sep"), "2025"),
        (_period(PeriodKind.AS_OF, date(2022, 8, 8)), ("8月8日", "8 Aug"), "2022"),
        (_period(PeriodKind.QUARTER, date(2025, 9, 30), date(2025, 7, 1)), ("三季度", "Q3"), "2025"),
        (_period(PeriodKind.YEAR_TO_DATE, date(2025, 9, 30), date(2025, 1, 1)), ("1—9月", "Jan–Sep"), "2025"),
        (_period(PeriodKind.YEAR_TO_DATE, date(2025, 1, 31), date(2025, 1, 1)), ("1月", "Jan"), "2025"),
        (_period(PeriodKind.YEAR, date(2025, 12, 31), date(2025, 1, 1)), ("", ""), "2025"),
        (
            _period(PeriodKind.WINDOW, date(2025, 3, 31), date(2024, 4, 1)),
            ("2024年4月—2025年3月", "April 2024–March 2025"),
            "",
        ),
        (Period(PeriodKind.AS_OF), ("来源未注明", "not stated"), ""),
    ],
)
def test_a_date_along_an_axis_leaves_the_year_to_the_line_below(
    period: Period, within: tuple[str, str], year: str
) -> None:
    found = axis_date(period)

    assert (found.within, found.year.en) == (Localized(*within), year)
