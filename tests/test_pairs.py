"""The 38 pairs of the domain (DOMAIN §3), in running text and in table cells."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from helpers import metric
from ipreport.language import LANGUAGES, Localized
from ipreport.metrics import (
    Derivation,
    PeriodKind,
    Reason,
    parse_period,
    unit_named,
)
from ipreport.wording import (
    PROVINCE,
    Form,
    Rounding,
    beside,
    points_words,
    rank_words,
    read_back,
    read_back_period,
    show,
    show_as_of,
    show_change,
    show_date,
    show_growth,
    show_period,
    show_points,
    show_range,
    show_share,
)
from worded import (
    AMOUNT,
    CASES,
    CUMULATIVE,
    FEW,
    MONEY,
    NO_BASE,
    PATENTS,
    PER_10K,
    RANK,
    RATE,
    cell,
    column,
    completion,
    derived,
    growth,
    money_range,
    rounded,
    standing,
    text,
    to_date,
)

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
