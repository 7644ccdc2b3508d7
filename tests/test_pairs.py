"""The 38 pairs of the domain (DOMAIN §3), in running text and in table cells."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from helpers import metric
from ipreport.language import LANGUAGES, Localized
from ipreport.metrics import (
    Basis,
    Derivation,
    Derived,
    Period,
    PeriodKind,
    Qualifier,
    Reason,
    Standing,
    derived_key,
    parse_period,
    target_completion,
    unit_named,
)
from ipreport.wording import (
    MISSING,
    MISSING_IN_TABLE,
    PROVINCE,
    Form,
    Measure,
    MoneyColumn,
    Rounding,
    beside,
    points_words,
    rank_words,
    read_back,
    read_back_period,
    show,
    show_as_of,
    show_change,
    show_completion,
    show_date,
    show_growth,
    show_period,
    show_points,
    show_range,
    show_share,
    show_standing,
    show_year_to_date,
)

PATENTS, CASES, MONEY = "patent_invention_in_force", "penalty_cases", "penalty_amount"
CUMULATIVE, PER_10K, RATE, RANK = "pledge_reg_amount_cum", "patent_invention_per10k", "growth_rate", "rank_in_province"


def text(name: str, value: str | None, qualifier: str = "exact", form: Form | None = None) -> Localized:
    observed = metric(name, value, qualifier=Qualifier(qualifier))
    return (show(observed) if form is None else show(observed, form=form)).text


def cell(name: str, value: str | None) -> Localized:
    return show(metric(name, value)).value


def derived(value: str | None, reason: Reason | None = None, derivation: Derivation = Derivation.GROWTH) -> Derived:
    key = derived_key(derivation, "a", "b", basis=Basis.YEAR)
    return Derived(key, None if value is None else Decimal(value), "", ("a", "b"), Basis.YEAR, reason=reason)


def growth(value: str | None, reason: Reason | None = None) -> Localized:
    return show_growth(derived(value, reason)).text


def standing(place: int, peers: int, *, tied: bool = False) -> Localized:
    return show_standing(Standing(derived(str(place), derivation=Derivation.RANK), peers, tied)).text


def column(value: str) -> Localized:
    return MoneyColumn.of([Decimal(value)]).cell(Decimal(value))


def money_range(low: int, high: int) -> Localized:
    return show_range(Decimal(low), Decimal(high), unit_named("yuan"))


def completion(value: str, target: str) -> Localized:
    return show_completion(target_completion(metric(CASES, value), metric(CASES, target, key="target"))).text


def rounded(rounding: Rounding) -> Localized:
    return show(metric(PER_10K, "2.145", places=2), rounding).number


def to_date(written: str) -> Localized:
    return show_year_to_date(parse_period(written, PeriodKind.WINDOW))


FEW = metric(CASES, "5")
NO_BASE = show_growth(derived(None, Reason.ZERO_BASE))
AMOUNT = derived("-369700", derivation=Derivation.CHANGE)

PAIRS: list[tuple[int | str, Callable[[], Localized], str, str]] = [
    (1, lambda: text(PATENTS, "356"), "356件", "356 patents"),
    (2, lambda: text(PATENTS, "1"), "1件", "1 patent"),
    (3, lambda: text(PATENTS, "1234"), "1234件", "1,234 patents"),
    (4, lambda: text(PATENTS, "45678"), "45678件", "45,678 patents"),
    (5, lambda: text(PATENTS, "45678", form=Form(wan_places=2)), "4.57万件", "about 45,700 patents"),
    (6, lambda: text(MONEY, "369700"), "36.97万元", "369,700 yuan"),
    (7, lambda: text(MONEY, "2500000"), "250万元", "2.5 million yuan"),
    (8, lambda: text(MONEY, "10000000"), "1000万元", "10 million yuan"),
    (9, lambda: text(MONEY, "99999999"), "1亿元", "100 million yuan"),
    (10, lambda: text(CUMULATIVE, "200000000"), "累计2亿元", "a cumulative 200 million yuan"),
    (11, lambda: text(MONEY, "19600000000", "over"), "超过196亿元", "over 19.6 billion yuan"),
    (12, lambda: text(MONEY, "1200000000000"), "1.2万亿元", "1.2 trillion yuan"),
    (
        13,
        lambda: text(MONEY, "1960000", "nearly", Form(anchor=Decimal(2_000_000))),
        "近200万元",
        "nearly 2 million yuan",
    ),
    (14, lambda: text(MONEY, "999999"), "100万元", "1 million yuan"),
    ("15 cell", lambda: column("2500000"), "250.00", "2.50"),
    (16, lambda: text(PER_10K, "7.52"), "每万人口7.52件", "7.52 per 10,000 population"),
    ("17 cell", lambda: cell(PER_10K, "16.0"), "16.0件", "16.0"),
    (18, lambda: text(RATE, "90.9"), "90.9%", "90.9%"),
    (19, lambda: growth("0.152"), "同比增长15.2%", "up 15.2% year on year"),
    ("19 cell", lambda: show_growth(derived("0.152")).cell, "15.2%", "15.2%"),
    (20, lambda: growth("-0.053"), "同比下降5.3%", "down 5.3% year on year"),
    ("20 cell", lambda: show_growth(derived("-0.053")).cell, "−5.3%", "−5.3%"),
    (21, lambda: growth("0"), "与上年同期持平", "unchanged from a year earlier"),
    (22, lambda: growth("0.0004"), "与上年同期基本持平", "broadly unchanged from a year earlier"),
    ("22 falling", lambda: growth("-0.0004"), "与上年同期基本持平", "broadly unchanged from a year earlier"),
    ("22 cell", lambda: show_growth(derived("-0.0004")).cell, "0.0%", "0.0%"),
    (
        23,
        lambda: beside(show(FEW), NO_BASE),
        "5件（上年同期为0，不计算增速）",
        "5 cases (none a year earlier; rate not calculated)",
    ),
    ("23 cell", lambda: NO_BASE.cell, "—", "n/a"),
    (24, lambda: growth(None, Reason.NO_BASE), "同比：—", "year on year: n/a"),
    (25, lambda: text(CASES, None), "暂无数据", "not available"),
    ("25 cell", lambda: cell(CASES, None), "—", "n/a"),
    ("25 zero", lambda: text(CASES, "0"), "0件", "0 cases"),
    (26, lambda: growth("-1"), "同比下降100.0%", "down 100.0% year on year"),
    (27, lambda: growth("12.5"), "同比增长12.5倍", "up 1,250% year on year (13.5 times the year-earlier level)"),
    ("27 cell", lambda: show_growth(derived("12.5")).cell, "1250%", "1,250%"),
    (28, lambda: points_words(Decimal("2.9"), 1), "提高2.9个百分点", "up 2.9 percentage points"),
    (
        "28 basis",
        lambda: show_points(derived("2.9", derivation=Derivation.POINTS)).text,
        "同比提高2.9个百分点",
        "up 2.9 percentage points year on year",
    ),
    ("28 cell", lambda: show_points(derived("-2.9")).cell, "−2.9个百分点", "−2.9 pp"),
    (29, lambda: completion("1274", "1000"), "完成年度目标的127.4%", "127.4% of the annual target"),
    (30, lambda: show_share(Decimal(4), Decimal(10_000)), "不足0.1%", "less than 0.1%"),
    (31, lambda: standing(2, 8), "居全省第2位（共8个市州）", "2nd of 8 in the province"),
    ("31 cell", lambda: cell(RANK, "2"), "第2位", "2nd"),
    (32, lambda: rank_words(1, field=PROVINCE), "居全省首位", "1st in the province"),
    ("32 tied", lambda: rank_words(2, tied=True), "并列第2位", "joint 2nd"),
    ("32 both", lambda: standing(2, 8, tied=True), "居全省并列第2位（共8个市州）", "joint 2nd of 8 in the province"),
    (33, lambda: money_range(1_000_000, 1_500_000), "100万元～150万元", "1.0–1.5 million yuan"),
    (
        "33 rate",
        lambda: show_range(Decimal(63), Decimal(68), unit_named("percent")),
        "63%～68%",
        "63%–68%",
    ),
    (34, lambda: show_change(AMOUNT, metric(MONEY, "0")).text, "减少36.97万元", "down 369,700 yuan"),
    ("34 cell", lambda: column("-369700"), "−36.97", "−0.3697"),
    (35, lambda: show_period(parse_period("2025Q3", PeriodKind.WINDOW)), "2025年第三季度", "Q3 2025"),
    ("35 to date", lambda: to_date("2025-01/2025-09"), "2025年前三季度（1—9月）", "January–September 2025"),
    (
        36,
        lambda: show_as_of(parse_period("2025-09-30", PeriodKind.AS_OF)),
        "截至2025年9月底",
        "as of the end of September 2025",
    ),
    (37, lambda: rounded(Rounding.HALF_EVEN), "2.14", "2.14"),
    ("37 half-up", lambda: rounded(Rounding.HALF_UP), "2.15", "2.15"),
    (38, lambda: show_date(date(2025, 10, 15)), "2025年10月15日", "15 October 2025"),
]


@pytest.mark.parametrize(("row", "words", "zh", "en"), PAIRS, ids=[str(pair[0]) for pair in PAIRS])
def test_every_pair_of_the_domain_is_printed(row: int | str, words: Callable[[], Localized], zh: str, en: str) -> None:
    assert words() == Localized(zh, en), row


def test_no_pair_of_the_domain_is_left_out() -> None:
    assert sorted(row for row, *_ in PAIRS if isinstance(row, int)) == sorted({*range(1, 39)} - {15, 17})
    assert {"15 cell", "17 cell"} <= {row for row, *_ in PAIRS}


DATED = {35, "35 to date", 36, 38}
"""Pairs of dates; they hold no amount."""


@pytest.mark.parametrize("pair", [pair for pair in PAIRS if pair[0] not in DATED], ids=lambda pair: str(pair[0]))
def test_every_pair_is_read_back_alike_in_both_languages(
    pair: tuple[int | str, Callable[[], Localized], str, str],
) -> None:
    row, words, *_ = pair
    zh, en = (read_back(words()[language], language) for language in LANGUAGES)

    assert zh is not None, row
    assert en is not None, row
    assert zh.trend is en.trend
    if row not in {"15 cell", "34 cell", "17 cell", 5}:  # other units, a measure word, steps that English does not show
        assert (zh.measure, zh.low, zh.high, zh.hedge) == (en.measure, en.low, en.high, en.hedge)


@pytest.mark.parametrize("pair", [pair for pair in PAIRS if pair[0] in DATED], ids=lambda pair: str(pair[0]))
def test_every_pair_of_dates_is_read_back_alike_in_both_languages(
    pair: tuple[int | str, Callable[[], Localized], str, str],
) -> None:
    zh, en = (read_back_period(pair[1]()[language], language) for language in LANGUAGES)

    assert zh is not None
    assert zh == en


# --- what lies beside the pairs ---------------------------------------------------


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        ("9.9994", "同比增长999.9%", "up 999.9% year on year"),
        ("9.9996", "同比增长10.0倍", "up 1,000% year on year (11.0 times the year-earlier level)"),
        ("123.456", "同比增长123.5倍", "up 12,350% year on year (124.5 times the year-earlier level)"),
        ("0.0005", "与上年同期基本持平", "broadly unchanged from a year earlier"),
        ("0.00051", "同比增长0.1%", "up 0.1% year on year"),
    ],
)
def test_growth_rolls_over_to_times_and_to_nothing_in_both_languages_at_once(value: str, zh: str, en: str) -> None:
    assert growth(value) == Localized(zh, en)


@pytest.mark.parametrize(
    ("basis", "zh", "en"),
    [
        (Basis.QUARTER, "环比增长15.2%", "up 15.2% quarter on quarter"),
        (Basis.YEAR_END, "较上年末增长15.2%", "up 15.2% from the end of last year"),
    ],
)
def test_growth_says_what_it_is_measured_against(basis: Basis, zh: str, en: str) -> None:
    grown = Derived("a/b", Decimal("0.152"), "", (), basis)

    assert show_growth(grown).text == Localized(zh, en)


@pytest.mark.parametrize(
    ("reason", "zh", "en"),
    [
        (Reason.CALIBER_BREAK, "口径调整，不可比", "definition changed; not comparable"),
        (Reason.NEGATIVE_BASE, "基数为负，不计算增速", "base below zero; rate not calculated"),
        (Reason.UNLIKE_PERIODS, "同比：—", "year on year: n/a"),
    ],
)
def test_growth_that_cannot_be_worked_out_says_why(reason: Reason, zh: str, en: str) -> None:
    phrase = show_growth(derived(None, reason))

    assert (phrase.text, phrase.cell, phrase.rounded) == (Localized(zh, en), MISSING_IN_TABLE, None)


def test_growth_of_values_that_are_not_exact_is_not_exact_either() -> None:
    grown = Derived("a/b", Decimal("0.152"), "", (), Basis.YEAR, exact=False)

    assert show_growth(grown).text == Localized("同比增长约15.2%", "up about 15.2% year on year")


def test_the_direction_is_a_word_and_never_a_minus_sign() -> None:
    for value in ("-0.053", "-0.999", "-1", "-0.0004"):
        for language in LANGUAGES:
            assert not set("-−") & set(growth(value)[language])


@pytest.mark.parametrize(
    ("qualifier", "value", "zh", "en"),
    [
        ("exact", "45678", "4.57万件", "about 45,700 cases"),
        ("over", "45678", "超过4.56万件", "over 45,600 cases"),
        ("at_least", "45678", "4.56万件以上", "at least 45,600 cases"),
        ("nearly", "45612", "近4.57万件", "nearly 45,700 cases"),
        ("exact", "99999", "10.00万件", "about 100,000 cases"),
        ("exact", "9999", "9999件", "9,999 cases"),
    ],
)
def test_a_count_in_wan_is_qualified_once_and_truly(qualifier: str, value: str, zh: str, en: str) -> None:
    assert text(CASES, value, qualifier, Form(wan_places=2)) == Localized(zh, en)


@pytest.mark.parametrize(
    ("name", "qualifier", "value", "zh"),
    [
        (MONEY, "over", "234567890", "超过2.34亿元"),
        (MONEY, "at_least", "234567890", "2.34亿元以上"),
        (MONEY, "nearly", "234167890", "近2.35亿元"),
        (MONEY, "over", "235000000", "超过2.35亿元"),
        (MONEY, "about", "234567890", "约2.35亿元"),
    ],
)
def test_rounding_never_makes_a_qualifier_untrue(name: str, qualifier: str, value: str, zh: str) -> None:
    assert text(name, value, qualifier).zh == zh


@pytest.mark.parametrize(
    ("qualifier", "value"),
    [("nearly", "2000000"), ("nearly", "1700000"), ("over", "2000000"), ("exact", "1960000"), ("at_least", "1999999")],
)
def test_an_anchor_that_the_qualifier_does_not_fit_is_refused(qualifier: str, value: str) -> None:
    with pytest.raises(ValueError, match=qualifier):
        text(MONEY, value, qualifier, Form(anchor=Decimal(2_000_000)))


def test_all_cells_of_a_money_column_have_the_same_decimals() -> None:
    values = [Decimal(2_500_000), Decimal(-369_700), None, Decimal(0), Decimal(1_234_567_800)]
    column = MoneyColumn.of(values)

    assert [column.cell(value).zh for value in values] == ["250.00", "−36.97", "—", "0.00", "123456.78"]
    assert [column.cell(value).en for value in values] == ["2.5000", "−0.3697", "n/a", "0.0000", "1,234.5678"]


@pytest.mark.parametrize(
    ("value", "target", "zh", "en"),
    [
        ("9997", "10000", "完成年度目标的99.9%以上", "at least 99.9% of the annual target"),
        ("10000", "10000", "完成年度目标的100.0%", "100.0% of the annual target"),
        ("1", "10000", "完成不足年度目标的0.1%", "less than 0.1% of the annual target"),
        ("0", "10000", "完成年度目标的0.0%", "0.0% of the annual target"),
    ],
)
def test_a_target_that_is_missed_by_little_is_never_said_to_be_met(value: str, target: str, zh: str, en: str) -> None:
    assert completion(value, target) == Localized(zh, en)


@pytest.mark.parametrize(
    ("low", "high", "zh", "en"),
    [
        (900_000, 1_500_000, "90万元～150万元", "0.9–1.5 million yuan"),
        (9_999, 1_500_000, "9999元～150万元", "9,999 yuan–1.5 million yuan"),
        (99_999_999, 200_000_000, "1亿元～2亿元", "100–200 million yuan"),
        (100, 2_000, "100元～2000元", "100–2,000 yuan"),
    ],
)
def test_both_ends_of_a_range_of_money_have_their_unit(low: int, high: int, zh: str, en: str) -> None:
    assert money_range(low, high) == Localized(zh, en)


def test_ranges_of_counts_and_ratios_give_the_unit_once() -> None:
    patents, ratio = unit_named("patent"), unit_named("per_10k_population")

    assert show_range(Decimal(100), Decimal(1500), patents) == Localized("100～1500件", "100–1,500 patents")
    per_10k = show_range(Decimal("7.5"), Decimal(8), ratio, 1)
    assert per_10k == Localized("每万人口7.5～8.0件", "7.5–8.0 per 10,000 population")


@pytest.mark.parametrize(("low", "high", "unit"), [(2, 1, "yuan"), (1, 2, "place")])
def test_a_range_out_of_order_or_of_ranks_is_refused(low: int, high: int, unit: str) -> None:
    with pytest.raises(ValueError, match=r"above|rank"):
        show_range(Decimal(low), Decimal(high), unit_named(unit))


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        ("5", "增加5件", "up 5 cases"),
        ("-1", "减少1件", "down 1 case"),
        ("0", "与上年同期持平", "unchanged from a year earlier"),
    ],
)
def test_a_change_of_a_count_has_its_unit_and_its_direction(value: str, zh: str, en: str) -> None:
    assert show_change(derived(value), FEW).text == Localized(zh, en)


def test_one_whole_percentage_point_is_singular() -> None:
    assert points_words(Decimal(1), 0).en == "up 1 percentage point"
    assert points_words(Decimal(-2), 0) == Localized("下降2个百分点", "down 2 percentage points")


@pytest.mark.parametrize(
    ("written", "zh"),
    [
        ("2025-01/2025-03", "2025年第一季度（1—3月）"),
        ("2025-01/2025-06", "2025年上半年（1—6月）"),
        ("2025-01/2025-12", "2025年全年（1—12月）"),
        ("2025-01/2025-08", "2025年1—8月"),
    ],
)
def test_a_year_to_date_has_the_name_of_its_quarters(written: str, zh: str) -> None:
    assert to_date(written).zh == zh


def test_a_stock_on_another_day_than_the_end_of_a_month_says_the_day() -> None:
    assert show_as_of(Period(PeriodKind.AS_OF, None, date(2025, 8, 8))) == Localized(
        "截至2025年8月8日", "as of 8 August 2025"
    )


def test_what_is_missing_reads_as_an_empty_interval() -> None:
    for language in LANGUAGES:
        for words in (MISSING, MISSING_IN_TABLE):
            reading = read_back(words[language], language)
            assert reading is not None
            assert reading.measure is Measure.NOTHING
            assert not reading.holds(Decimal(0))
