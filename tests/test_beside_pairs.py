"""Roll-overs, signs, qualifiers and columns: what lies beside the pairs of the domain."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from helpers import metric
from ipreport.language import LANGUAGES, Localized
from ipreport.metrics import (
    Basis,
    Derived,
    Period,
    PeriodKind,
    Qualifier,
    Reason,
    unit_named,
)
from ipreport.wording import (
    MISSING,
    MISSING_IN_TABLE,
    Form,
    Measure,
    MoneyColumn,
    points_words,
    read_back,
    show,
    show_as_of,
    show_change,
    show_growth,
    show_range,
)
from worded import (
    CASES,
    FEW,
    MONEY,
    PER_10K,
    RATE,
    completion,
    derived,
    growth,
    money_range,
    text,
    to_date,
)


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


# --- scores, entities to a trademark, percentage points ----------------------------


@pytest.mark.parametrize(
    ("name", "value", "qualifier", "zh", "en", "cell_zh", "cell_en"),
    [
        ("satisfaction", "82.81", "exact", "82.81分", "82.81 points", "82.81分", "82.81 points"),
        ("satisfaction", "1", "exact", "1分", "1 point", "1分", "1 point"),
        ("satisfaction", "82", "over", "超过82分", "over 82 points", "超过82分", "over 82 points"),
        (
            "tm_entities_per_mark", "4.9", "exact", "平均每4.9户经营主体拥有1件注册商标",
            "4.9 business entities per registered trademark", "4.9户/件", "4.9",
        ),
        (
            "tm_entities_per_mark", "5", "at_least", "平均每5户以上经营主体拥有1件注册商标",
            "at least 5 business entities per registered trademark", "5户/件以上", "at least 5",
        ),
        (
            "tm_entities_per_mark", "1", "about", "平均每约1户经营主体拥有1件注册商标",
            "about 1 business entity per registered trademark", "约1户/件", "about 1",
        ),
    ],
)  # fmt: skip
def test_every_ratio_has_words_of_its_own(
    name: str, value: str, qualifier: str, zh: str, en: str, cell_zh: str, cell_en: str
) -> None:
    shown = show(metric(name, value, qualifier=Qualifier(qualifier)))

    assert shown.text == Localized(zh, en)
    assert shown.value == Localized(cell_zh, cell_en)


@pytest.mark.parametrize(
    ("value", "qualifier", "zh", "en", "in_cell"),
    [
        ("2.9", "exact", "提高2.9个百分点", "up 2.9 percentage points", Localized("2.9个百分点", "2.9 pp")),
        ("-2.9", "exact", "下降2.9个百分点", "down 2.9 percentage points", Localized("−2.9个百分点", "−2.9 pp")),
        ("-2.9", "over", "下降超过2.9个百分点", "down over 2.9 percentage points", None),
        ("1", "at_least", "提高1个百分点以上", "up at least 1 percentage point", None),
        ("0.0", "exact", "持平", "no change", Localized("0.0个百分点", "0.0 pp")),
        ("0.0", "about", "基本持平", "virtually no change", None),
    ],
)
def test_recorded_points_have_a_direction_in_running_text(
    value: str, qualifier: str, zh: str, en: str, in_cell: Localized | None
) -> None:
    points = metric(RATE, value, qualifier=Qualifier(qualifier))
    shown = show(replace(points, definition=replace(points.definition, unit=unit_named("percentage_point"))))

    assert shown.text == Localized(zh, en)
    assert in_cell is None or shown.value == in_cell


@pytest.mark.parametrize(
    ("name", "value", "zh", "en"),
    [
        ("satisfaction", "0.39", "提高0.39分", "up 0.39 points"),
        ("satisfaction", "-1.00", "下降1.00分", "down 1.00 points"),
        ("tm_entities_per_mark", "-0.40", "减少0.40户/件", "down 0.40 business entities per registered trademark"),
        (PER_10K, "0.50", "增加0.50件", "up 0.50 per 10,000 population"),
    ],
)
def test_a_change_of_a_ratio_has_its_unit(name: str, value: str, zh: str, en: str) -> None:
    assert show_change(derived(value), metric(name, "1.00")).text == Localized(zh, en)


def test_ranges_of_ratios_frame_both_ends() -> None:
    assert show_range(Decimal(80), Decimal(85), unit_named("score")) == Localized("80～85分", "80–85 points")
    assert show_range(Decimal("4.5"), Decimal("4.9"), unit_named("户/件"), 1) == Localized(
        "平均每4.5～4.9户经营主体拥有1件注册商标", "4.5–4.9 business entities per registered trademark"
    )
