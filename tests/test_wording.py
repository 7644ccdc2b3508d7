"""Numbers, dates and ranks in words: the pairs of the domain, and that both languages always agree."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import metric
from ipreport.language import LANGUAGES, Localized
from ipreport.metrics import Period, PeriodKind, Qualifier, parse_period
from ipreport.wording import MISSING, MISSING_IN_TABLE, NOT_STATED, Rounding, show, show_date, show_period
from ipreport.wording.numbers import ordinal, round_scaled

PATENTS, CASES, MONEY = "patent_invention_in_force", "penalty_cases", "penalty_amount"
CUMULATIVE, PER_10K, RATE, RANK = "pledge_reg_amount_cum", "patent_invention_per10k", "growth_rate", "rank_in_province"

RUNNING = [
    (1, PATENTS, "356", "exact", "356件", "356 patents"),
    (2, PATENTS, "1", "exact", "1件", "1 patent"),
    (3, PATENTS, "1234", "exact", "1234件", "1,234 patents"),
    (4, PATENTS, "45678", "exact", "45678件", "45,678 patents"),
    (6, MONEY, "369700", "exact", "36.97万元", "369,700 yuan"),
    (7, MONEY, "2500000", "exact", "250万元", "2.5 million yuan"),
    (8, MONEY, "10000000", "exact", "1000万元", "10 million yuan"),
    (9, MONEY, "99999999", "exact", "1亿元", "100 million yuan"),
    (10, CUMULATIVE, "200000000", "exact", "累计2亿元", "a cumulative 200 million yuan"),
    (11, MONEY, "19600000000", "over", "超过196亿元", "over 19.6 billion yuan"),
    (12, MONEY, "1200000000000", "exact", "1.2万亿元", "1.2 trillion yuan"),
    (13, MONEY, "2000000", "nearly", "近200万元", "nearly 2 million yuan"),
    (14, MONEY, "999999", "exact", "100万元", "1 million yuan"),
    (16, PER_10K, "7.52", "exact", "每万人口7.52件", "7.52 per 10,000 population"),
    (17, PER_10K, "16.0", "exact", "每万人口16.0件", "16.0 per 10,000 population"),
    (18, RATE, "90.9", "exact", "90.9%", "90.9%"),
    (25, PATENTS, "0", "exact", "0件", "0 patents"),
    (31, RANK, "2", "exact", "第2位", "2nd"),
    (32, RANK, "1", "exact", "首位", "1st"),
    ("about", CASES, "17", "about", "约17件", "about 17 cases"),
    ("at least", CASES, "17", "at_least", "17件以上", "at least 17 cases"),
    ("below 万", MONEY, "9999", "exact", "9999元", "9,999 yuan"),
    ("zero", MONEY, "0", "exact", "0元", "0 yuan"),
]


@pytest.mark.parametrize(("row", "name", "value", "qualifier", "zh", "en"), RUNNING)
def test_running_text_has_the_words_of_the_domain(
    row: int | str, name: str, value: str, qualifier: str, zh: str, en: str
) -> None:
    shown = show(metric(name, value, qualifier=Qualifier(qualifier)))

    assert shown.text == Localized(zh, en), row


@pytest.mark.parametrize(
    ("name", "value", "qualifier", "beside_name", "bare"),
    [
        (PATENTS, "356", "exact", ("356件", "356 patents"), ("356", "356")),
        (PATENTS, "45678", "over", ("超过45678件", "over 45,678 patents"), ("45678", "45,678")),
        (CUMULATIVE, "200000000", "exact", ("2亿元", "200 million yuan"), ("2亿元", "200 million yuan")),
        (MONEY, "2000000", "nearly", ("近200万元", "nearly 2 million yuan"), ("200万元", "2 million yuan")),
        (PER_10K, "7.50", "exact", ("7.50件", "7.50"), ("7.50", "7.50")),
        (RATE, "15", "over", ("超过15%", "over 15%"), ("15%", "15%")),
        (RANK, "2", "exact", ("第2位", "2nd"), ("第2位", "2nd")),
    ],
)
def test_cells_leave_out_what_the_name_beside_them_says_and_sentences_bring_their_own_noun(
    name: str, value: str, qualifier: str, beside_name: tuple[str, str], bare: tuple[str, str]
) -> None:
    shown = show(metric(name, value, qualifier=Qualifier(qualifier)))

    assert shown.value == Localized(*beside_name)
    assert shown.number == Localized(*bare)


def test_a_value_that_is_missing_never_looks_like_zero() -> None:
    missing, zero = show(metric(CASES, None)), show(metric(CASES, "0"))

    assert (missing.text, missing.value, missing.rounded) == (MISSING, MISSING_IN_TABLE, None)
    assert Localized("暂无数据", "not available") == MISSING
    assert Localized("—", "n/a") == MISSING_IN_TABLE
    assert (zero.text, zero.rounded) == (Localized("0件", "0 cases"), Decimal(0))


def test_units_of_the_file_do_not_change_the_words() -> None:
    in_wan = show(metric(MONEY, "36.97", unit="万元"))

    assert in_wan.text == show(metric(MONEY, "369700")).text == Localized("36.97万元", "369,700 yuan")


@pytest.mark.parametrize(
    ("rounding", "digits"),
    [(Rounding.HALF_EVEN, "2.14"), (Rounding.HALF_UP, "2.15")],
)
def test_an_exact_half_goes_to_the_even_digit_or_up_as_the_office_chooses(rounding: Rounding, digits: str) -> None:
    ratio = metric(PER_10K, "2.145", places=2)

    assert show(ratio, rounding).number == Localized.same(digits)


@pytest.mark.parametrize(
    ("value", "half_even", "half_up"),
    [
        ("1250050", "125万元", "125.01万元"),
        ("1250150", "125.02万元", "125.02万元"),
        ("9999.5", "1万元", "1万元"),
        ("9998.5", "9998元", "9999元"),
    ],
)
def test_money_is_rounded_by_the_same_rule(value: str, half_even: str, half_up: str) -> None:
    amount = metric(MONEY, value)

    assert show(amount, Rounding.HALF_EVEN).text.zh == half_even
    assert show(amount, Rounding.HALF_UP).text.zh == half_up


# --- properties -------------------------------------------------------------------

SCALES = {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12, "million": 10**6, "billion": 10**9, "trillion": 10**12}
amounts = st.decimals(min_value=0, max_value=9 * 10**14, places=2, allow_nan=False, allow_infinity=False)


def read_back(words: str) -> Decimal:
    """The amount that printed money denotes, to a reader who knows only the words."""
    match = re.fullmatch(r"(\d[\d,]*(?:\.\d+)?) ?(万亿|亿|万|trillion|billion|million)?(?:元| yuan)", words)
    assert match is not None, words
    return Decimal(match[1].replace(",", "")) * SCALES[match[2] or ""]


@given(amounts)
def test_both_languages_denote_exactly_the_rounded_amount(value: Decimal) -> None:
    shown = show(metric(MONEY, str(value)))

    assert {read_back(shown.text[language]) for language in LANGUAGES} == {shown.rounded}


@given(amounts)
def test_money_never_has_an_exponent_trailing_zeros_or_more_than_two_chinese_decimals(value: Decimal) -> None:
    shown = show(metric(MONEY, str(value)))

    for language in LANGUAGES:
        digits = shown.number[language].partition(" ")[0].rstrip("万亿元")
        assert re.fullmatch(r"[\d,]+(\.\d*[1-9])?", digits), shown.number
    assert len(shown.number.zh.rstrip("万亿元").partition(".")[2]) <= 2


@given(amounts)
def test_money_always_stands_in_the_unit_that_fits_it(value: Decimal) -> None:
    """So a roll-over such as 9999.995万 lands on the next unit: 1亿, never 10000万."""
    shown = show(metric(MONEY, str(value)))

    chinese = Decimal(shown.number.zh.rstrip("万亿元"))
    english = Decimal(shown.number.en.partition(" ")[0].replace(",", ""))
    assert chinese < 10_000
    assert english < (1000 if "illion" in shown.number.en else 10**6)


@given(amounts)
def test_rounding_happens_once_and_moves_a_value_by_half_a_step_at_most(value: Decimal) -> None:
    rounded = round_scaled(value, 2)
    scale = next(scale for scale in (10**12, 10**8, 10**4, 100) if value >= scale or scale == 100)

    assert abs(rounded - value) <= Decimal(scale) / 200
    assert round_scaled(rounded, 2) == rounded


@given(st.integers(min_value=0, max_value=10**12))
def test_counts_are_printed_in_full(value: int) -> None:
    shown = show(metric(PATENTS, str(value)))

    assert shown.number.zh == str(value)
    assert shown.number.en == f"{value:,}"
    assert shown.text.en.endswith(" patent" if value == 1 else " patents")


@given(st.decimals(min_value=0, max_value=1000, places=3), st.integers(min_value=0, max_value=3))
def test_ratios_keep_the_decimals_their_source_states(value: Decimal, places: int) -> None:
    digits = show(metric(PER_10K, str(value), places=places)).number

    assert digits.zh == digits.en
    assert len(digits.zh.partition(".")[2]) == places
    assert abs(Decimal(digits.zh) - value) <= Decimal(5).scaleb(-places - 1)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (21, "21st"),
        (112, "112th"),
    ],
)
def test_ordinals_end_as_english_has_it(number: int, words: str) -> None:
    assert ordinal(number) == words


# --- dates ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "kind", "zh", "en"),
    [
        ("2025Q3", PeriodKind.WINDOW, "2025年第三季度", "Q3 2025"),
        ("2025-Q1", PeriodKind.WINDOW, "2025年第一季度", "Q1 2025"),
        ("2025-01/2025-09", PeriodKind.WINDOW, "2025年1—9月", "January–September 2025"),
        ("2025-04/2025-06", PeriodKind.WINDOW, "2025年4—6月", "April–June 2025"),
        ("2024-11/2025-02", PeriodKind.WINDOW, "2024年11月—2025年2月", "November 2024–February 2025"),
        ("2025-09/2025-09", PeriodKind.WINDOW, "2025年9月", "September 2025"),
        ("2025-01/2025-01", PeriodKind.WINDOW, "2025年1月", "January 2025"),
        ("2024-09/2025-09", PeriodKind.WINDOW, "2024年9月—2025年9月", "September 2024–September 2025"),
        ("2025", PeriodKind.WINDOW, "2025年", "2025"),
        ("2025-09-30", PeriodKind.AS_OF, "2025年9月底", "end of September 2025"),
        ("2024-02-29", PeriodKind.AS_OF, "2024年2月底", "end of February 2024"),
        ("2022-08-08", PeriodKind.AS_OF, "2022年8月8日", "8 August 2022"),
        ("2025-12-31", PeriodKind.CUMULATIVE, "2025年12月底", "end of December 2025"),
        ("unknown", PeriodKind.AS_OF, "来源未注明", "not stated"),
        ("unknown", PeriodKind.EVENT, "来源未注明", "not stated"),
    ],
)
def test_periods_have_the_words_of_the_domain(written: str, kind: PeriodKind, zh: str, en: str) -> None:
    assert show_period(parse_period(written, kind)) == Localized(zh, en)


def test_a_period_without_a_date_says_that_the_source_does_not_state_it() -> None:
    assert show_period(Period(PeriodKind.QUARTER)) == NOT_STATED == Localized("来源未注明", "not stated")


def test_a_date_is_written_in_full_without_leading_zeros() -> None:
    assert show_date(date(2025, 10, 15)) == Localized("2025年10月15日", "15 October 2025")
    assert show_date(date(2026, 1, 7)) == Localized("2026年1月7日", "7 January 2026")


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2100, 12, 31)))
def test_every_day_reads_the_same_in_both_languages(day: date) -> None:
    words = show_date(day)

    assert [int(number) for number in re.findall(r"\d+", words.zh)] == [day.year, day.month, day.day]
    assert words.en == f"{day.day} {day:%B} {day.year}"


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2100, 12, 31)))
def test_a_day_that_is_written_is_read_back(day: date) -> None:
    period = parse_period(day.isoformat(), PeriodKind.AS_OF)

    assert (period.end, period.slug) == (day, day.isoformat())


@pytest.mark.parametrize(
    ("written", "slug"),
    [("2025Q3", "2025Q3"), ("2025", "2025"), ("2025-01/2025-09", "2025-01-09"), ("unknown", "undated")],
)
def test_a_period_names_its_folder(written: str, slug: str) -> None:
    assert parse_period(written, PeriodKind.WINDOW).slug == slug


@pytest.mark.parametrize(
    "nonsense",
    [
        "",
        "2025Q5",
        "2025-13-01",
        "2025-02-30",
        "2025-09/2025-01",
        "0000",
        "二〇二五",
        "２０２５Q3",
        "25Q3",
        "2025-9-1",
        "2025Q3 Q4",
    ],
)
def test_a_period_that_is_none_is_refused(nonsense: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_period(nonsense, PeriodKind.WINDOW)
