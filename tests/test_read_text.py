"""Numbers, times and words of direction read from running text alike in both languages (R15)."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipreport.language import EN, LANGUAGES, ZH, Language
from ipreport.wording import Trend
from ipreport.wording.directions import directions_in
from ipreport.wording.read_text import numbers_in
from ipreport.wording.sentences import clauses_of, sentences_of

PAIRS = [
    ("2025年10月15日发布", "released on 15 October 2025", ["time 2025-10-15"]),
    ("截至2025年9月底", "as of the end of September 2025", ["time 2025-09-30"]),
    ("2025年9月30日", "September 30, 2025", ["time 2025-09-30"]),
    ("2025年第三季度", "Q3 2025", ["time 2025-07/2025-09"]),
    ("第三季度", "the third quarter", ["time *-07/*-09 in words"]),
    ("2025年前三季度（1—9月）", "January–September 2025", ["time 2025-01/2025-09"]),
    ("2025年前三季度", "the first nine months of 2025", ["time 2025-01/2025-09"]),
    ("2025年上半年", "the first half of 2025", ["time 2025-01/2025-06"]),
    ("2025年1—12月", "2025", ["time 2025"]),
    ("2023年3月至2024年5月", "March 2023 to May 2024", ["time 2023-03/2024-05"]),
    ("十一月底前", "by the end of November", ["time *-11-30 in words"]),
    ("由2022年8月的", "in August 2022", ["time 2022-08/2022-08"]),
    ("2021—2025年", "2021–25", ["time 2021", "time 2025"]),
    ("规划（2021—2035）", "the plan (2021–2035)", ["time 2021", "time 2035"]),
    ("共2024件", "2,024 cases", ["plain 2024"]),
    ("2024年末", "at the end of 2024", ["time 2024"]),
    ("约2.5亿元", "about 250 million yuan", ["money 250000000 about"]),
    ("超过196亿元", "over 19.6 billion yuan", ["money 19600000000 above"]),
    ("近200万元", "nearly 2 million yuan", ["money 2000000 below"]),
    ("单笔1000万元以下", "up to RMB 10 million", ["money 10000000 below"]),
    ("100万元～150万元", "1.0–1.5 million yuan", ["money 1000000", "money 1500000"]),
    ("100～150万元", "1 million to 1.5 million yuan", ["money 1000000", "money 1500000"]),
    ("签约250万元", "contracts of two and a half... 2.5 million yuan", ["money 2500000", "plain 2 in words"]),
    ("63%～68%", "63%–68%", ["percent 63", "percent 68"]),
    ("百分之十五", "15 per cent", ["percent 15"]),
    ("2.9个百分点", "2.9 percentage points", ["points 2.9"]),
    ("增长12.5倍", "up 1,250%", ["percent 1250"]),
    ("1234件", "1,234 patents", ["plain 1234"]),
    ("20余家", "more than 20", ["plain 20 above"]),
    ("近3年", "the past 3 years", ["plain 3"]),
    ("居第2位", "ranks 2nd", ["plain 2"]),
    ("翻两番", "quadrupled", ["percent 300 in words"]),
    ("首家", "the first", ["plain 1 in words"]),
    ("在四处", "in four places", ["plain 4 in words"]),
    ("四十八件", "forty-eight cases", ["plain 48 in words"]),
    ("二十家", "twenty firms", ["plain 20 in words"]),
    ("这两个比值", "both ratios", ["plain 2 in words"]),
    ("第1期", "Issue 1", ["plain 1"]),
    ("按GB/T 8170—2008", "by GB/T 8170-2008", ["name GB/T8170-2008"]),
    ("“十四五”规划", "the 14th Five-Year Plan", ["name plan 14"]),
    ("每万人口拥有量7.52件", "7.52 per 10,000 population", ["plain 7.52"]),
    ("哪一项、只计一次、有一个", "which one, once, a single one", []),
    ("见https://example.org/2025/7", "see https://example.org/2025/7", []),
]


def read(text: str, language: Language) -> list[str]:
    return sorted(
        " ".join(filter(None, (one.kind, one.says, one.bound and str(one.bound), "in words" if one.in_words else "")))
        for one in numbers_in(text, language)
    )


@pytest.mark.parametrize(("zh", "en", "numbers"), PAIRS, ids=[pair[0] for pair in PAIRS])
def test_both_languages_of_a_number_read_alike(zh: str, en: str, numbers: list[str]) -> None:
    chinese, english = read(zh, ZH), read(en, EN)

    assert english == sorted(numbers)
    # “two and a half” is what no reader takes apart; Chinese has nothing for its “two”.
    assert chinese == sorted(number for number in numbers if "half" not in en or "words" not in number)


@pytest.mark.parametrize(
    ("text", "language", "numbers"),
    [
        ("3.56百", ZH, ["plain 356"]),
        ("0.25 billion", EN, ["plain 250000000"]),
        ("5G、R01", ZH, ["name 5G", "name R01"]),
        ("2025年13月", ZH, ["plain 13", "time 2025"]),
        ("2025年前三季度（1—8月）", ZH, ["time 2025-01/2025-08", "time 2025-01/2025-09"]),
        ("不超过17件", ZH, ["plain 17 below"]),
        ("−5.3%", ZH, ["percent -5.3"]),
        ("June", EN, ["time *-06/*-06 in words"]),
        ("May", EN, ["time *-05/*-05 in words"]),
        ("in May, may and March on", EN, ["time *-05/*-05 in words"]),
        ("five per cent of two million yuan", EN, ["money 2000000", "percent 5"]),
        ("forty-eight times, ninety", EN, ["plain 48 in words", "plain 90 in words"]),
        ("二十一家", ZH, ["plain 21 in words"]),
    ],
)
def test_a_number_of_one_language_is_read_as_it_is_meant(text: str, language: Language, numbers: list[str]) -> None:
    assert read(text, language) == numbers


@settings(max_examples=1500)
@given(
    st.text(
        alphabet="0123456789.,%～–—-+年月日底第一二三四季度件元万亿约近超过以上Q AMay septmbrJunRBillo", max_size=30
    ),
    st.sampled_from(LANGUAGES),
)
def test_any_text_is_read_without_an_error_and_no_digit_twice(text: str, language: Language) -> None:
    found = numbers_in(text, language)

    assert all(text[one.start : one.end].strip() for one in found)
    spans = sorted({(one.start, one.end) for one in found})
    assert all(first[1] <= second[0] for first, second in pairwise(spans))


@pytest.mark.parametrize(
    ("text", "language", "trends"),
    [
        ("增长了，又减少", ZH, [Trend.UP, Trend.DOWN]),
        ("增至21家，降至2件", ZH, [Trend.UP, Trend.DOWN]),
        ("has risen to 21, fell by 2", EN, [Trend.UP, Trend.DOWN]),
        ("up 5% and down by 3", EN, [Trend.UP, Trend.DOWN]),
        ("set up, down the road, higher, lower", EN, []),
        ("达到、新增", ZH, []),
    ],
)
def test_words_of_direction_are_verbs_of_movement(text: str, language: Language, trends: list[Trend]) -> None:
    assert [moved.trend for moved in directions_in(text, language)] == trends


@pytest.mark.parametrize(
    ("text", "language", "sentences"),
    [
        ("创造。共7.52件。“好。”其中？", ZH, ["创造。", "共7.52件。", "“好。”", "其中？"]),
        (
            "It holds 7.52, e.g. this. At No. 3. “Yes.” Next",
            EN,
            ["It holds 7.52, e.g. this.", "At No. 3.", "“Yes.”", "Next"],
        ),
    ],
)
def test_a_text_is_cut_into_sentences(text: str, language: Language, sentences: list[str]) -> None:
    assert list(sentences_of(text, language)) == sentences


def test_a_sentence_is_cut_into_clauses() -> None:
    assert clauses_of("共1,234件，其中；后", ZH) == ("共1,234件", "其中", "后")
    assert clauses_of("of 1,234, some; 7.5 left.", EN) == ("of 1,234", "some", "7.5 left")
