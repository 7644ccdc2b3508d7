"""Words that the engine does not print are not read back."""

from __future__ import annotations

import pytest

from ipreport.language import EN, ZH, Language
from ipreport.wording import Measure, MoneyColumn, read_back, read_back_cell


@pytest.mark.parametrize(
    "text",
    [
        "",
        "36.970万元",
        "10000万元",
        "3百万元",
        "4千件",
        "36.97 万元",
        "36,97万元",
        "-0元",
        "0.5万件",
        "3.5家",
        "约3件左右",
        "超过3件以上",
        "约超过3件",
        "累计3件",
        "同比增长0.0%",
        "同比增长-5.3%",
        "同比增长1250.0%",
        "同比下降12.5倍",
        "同比增长3.0倍",
        "提高0.0个百分点",
        "增加0件",
        "增加15.2%",
        "第02位",
        "第0位",
        "居全省第1位",
        "第2位（共8个市州）",
        "100～150万元",
        "68%～63%",
        "63～68%",
        "1件（待核）",
        "2.9 pp",
        "not available",
        "三件",
        "３件",
    ],
)
def test_chinese_that_the_engine_does_not_print_is_not_read(text: str) -> None:
    assert read_back(text, ZH) is None


@pytest.mark.parametrize(
    "text",
    [
        "1 patents",
        "2 patent",
        "1234 patents",
        "12,34 patents",
        "1,234.5 patents",
        "3 unicorns",
        "2.50 million yuan",
        "1,000 million yuan",
        "RMB 3 yuan",
        "over nearly 3 patents",
        "about about 3 patents",
        "a cumulative 3 patents",
        "up 0.0% year on year",
        "up -5.3% year on year",
        "up 1,250% year on year",
        "up 1,250% year on year (12.5 times the year-earlier level)",
        "down 1,250% year on year (13.5 times the year-earlier level)",
        "up 15.2% year-on-year",
        "up 2.9 percentage point",
        "up 2.9 percentage points by miracle",
        "up 1 percentage points",
        "up 0 patents",
        "2th",
        "11st",
        "2nd of 8",
        "1.5–1.0 million yuan",
        "63–68%",
        "5 cases (to be checked)",
        "2.9个百分点",
        "暂无数据",
        "4.57万",
    ],
)
def test_english_that_the_engine_does_not_print_is_not_read(text: str) -> None:
    assert read_back(text, EN) is None


@pytest.mark.parametrize(
    ("text", "language"), [("36.970", ZH), ("36.9", ZH), ("-36.97", ZH), ("1,234.00", ZH), ("0.37", EN), ("x", EN)]
)
def test_cells_that_the_column_does_not_print_are_not_read(text: str, language: Language) -> None:
    assert read_back_cell(text, language, MoneyColumn(2, 4)) is None


def test_a_missing_cell_of_a_column_says_that_there_is_no_value() -> None:
    readings = [read_back_cell(words, language, MoneyColumn()) for words, language in (("—", ZH), ("n/a", EN))]

    assert all(reading is not None and reading.measure is Measure.NOTHING for reading in readings)
