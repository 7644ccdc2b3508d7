"""Claims to be first or the only one: found with what they lack, and ordinary words left alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from helpers import HAIXI, SMALL, Copy, copy_of
from ipreport.compose import Content, claims, content_of
from ipreport.language import Localized
from ipreport.outline import Template
from ipreport.problems import Level, Origin, Problem
from ipreport.readers import read

ORIGINS = MappingProxyType({"zh": Origin("briefing.yaml", line=15), "en": Origin("briefing.yaml", line=16)})
CITED = "{{ cite('bulletin') }}"


@pytest.fixture(scope="module")
def content() -> Content:
    source = read(SMALL)
    return content_of(source.outline, source.metrics, ())


def told(content: Content, zh: str, en: str, *, sourced: bool = False) -> list[Problem]:
    return list(claims.check(Template(Localized(zh, en), ORIGINS), content, sourced=sourced))


def claims_in(content: Content, zh: str = "", en: str = "") -> list[str]:
    """What each claim of an uncited text lacks."""
    return [problem.message for problem in told(content, zh, en)]


@pytest.mark.parametrize(
    "words",
    [
        "首家",
        "首笔",
        "首个",
        "首次",
        "首例",
        "首单",
        "首位",
        "唯一",
        "最大",
        "最早",
        "第一",
        "第一家",
        "第一次",
        "第一大",
    ],
)
def test_a_claim_in_chinese_needs_source_and_scope(content: Content, words: str) -> None:
    assert claims_in(content, f"建成{words}中心。") == [f"the claim '{words[:2]}' has no source and no scope"]
    assert claims_in(content, f"建成全省{words}中心。") == [f"the claim '{words[:2]}' has no source"]
    assert claims_in(content, f"建成{words}中心。{CITED}") == [f"the claim '{words[:2]}' has no scope"]
    assert claims_in(content, f"建成全省{words}中心{CITED}。") == []


@pytest.mark.parametrize("words", ["the first", "first", "its first", "the only", "the largest", "the sole", "highest"])
def test_a_claim_in_english_needs_source_and_scope(content: Content, words: str) -> None:
    missing = claims_in(content, "", f"It became {words} centre.")
    assert missing == [
        f"the claim '{words.removeprefix('the ') if 'largest' in words else words}' has no source and no scope"
    ]
    assert len(claims_in(content, "", f"It became {words} centre in the province.")) == 1
    assert claims_in(content, "", f"It became {words} centre in the province.{CITED}") == []


def test_a_recorded_value_brings_its_source_and_another_sentence_no_scope(content: Content) -> None:
    assert claims_in(content, "全州首笔贷款{{ penalty_amount }}。") == []
    assert claims_in(content, "全州工作推进。首笔贷款{{ penalty_amount }}。") == ["the claim '首笔' has no scope"]
    assert claims_in(content, "", "The prefecture moved on. A first loan of {{ penalty_amount }}.") == [
        "the claim 'first' has no scope"
    ]
    assert claims_in(content, "见{{ figure('share') }}，全省首家。") == ["the claim '首家' has no source"]


@pytest.mark.parametrize(
    "scope",
    [
        "全国",
        "全省",
        "全州",
        "全市",
        "我省",
        "省内",
        "西部",
        "国内",
        "同类",
        "青海省",
        "格尔木市",
        "示例州范围内的",
        "示例",
    ],
)
def test_a_scope_may_be_said_in_many_ways(content: Content, scope: str) -> None:
    assert claims_in(content, f"建成{scope}首个中心{CITED}。") == []


@pytest.mark.parametrize(
    "words",
    [
        "the province’s first centre",
        "the first centre in the prefecture",
        "the first centre of Sample Prefecture",
        "Sample’s first centre",
        "the only centre in China",
        "the first centre in the northwest",
        "the first of its kind",
    ],
)
def test_a_scope_in_english_may_be_said_in_many_ways(content: Content, words: str) -> None:
    assert claims_in(content, "", f"This is {words}.{CITED}") == []


def test_a_name_that_holds_a_region_is_no_scope(content: Content) -> None:
    for words in ("提交首件PCT国际专利申请", "获首个中国专利金奖", "世界知识产权组织首个奖项", "发布首个行业标准"):
        assert len(claims_in(content, f"{words}{CITED}。")) == 1, words
    for words in ("its first China Patent Award", "the first national centre", "the first provincial award"):
        assert len(claims_in(content, "", f"This is {words}.{CITED}")) == 1, words


@pytest.mark.parametrize(
    "words",
    [
        "首先，推进工作。",
        "首要任务是保护。",
        "首府西宁。",
        "首席专家。",
        "把保护放在首位。",
        "2025年第一季度，全面推进。",
        "第一产业和第二产业。",
        "见第一段组。",
        "落实第一责任人职责。",
        "第一，推进创造；第二，推进运用。",
        "最大限度保护权利。",
        "最高人民法院公布案例。",
        "单笔最多可贷。",
        "“首个中心”的报道。",
        "见《首家知识产权银行》。",
        "发扬首创精神。",
        "统一社会信用代码是唯一标识。",
    ],
)
def test_ordinary_words_in_chinese_claim_nothing(content: Content, words: str) -> None:
    assert claims_in(content, words) == []


@pytest.mark.parametrize(
    "words",
    [
        "In the first six months work went on.",
        "In the first quarter and the first three quarters.",
        "In the first nine months of 2025.",
        "At first nothing changed.",
        "The first half of the year.",
        "First, training; second, services.",
        "The first-instance civil acceptance rate.",
        "It was first published in 2022.",
        "They are counted only once and for checking only.",
        "The first paragraph and the first group of the account.",
        "A report named “the first centre”.",
        "A case before the Highest People’s Court.",
    ],
)
def test_ordinary_words_in_english_claim_nothing(content: Content, words: str) -> None:
    assert claims_in(content, "", words) == []


def test_each_language_is_told_at_its_place_with_what_to_do(content: Content) -> None:
    zh, en = told(content, "建成首家中心。", "The first centre opened.")

    assert (zh.level, zh.rule, zh.origin) == (Level.WARN, "R29", ORIGINS["zh"])
    assert (en.level, en.rule, en.origin) == (Level.WARN, "R29", ORIGINS["en"])
    assert zh.hints[0].startswith("cite its source with {{ cite('…') }}")
    assert zh.hints[1] == "say among whom: 全国、全省、全州 / in the country, the province, the prefecture"


def test_a_text_beside_values_that_show_their_source_needs_a_scope_only(content: Content) -> None:
    (problem,) = told(content, "全省首家", "A first centre", sourced=True)

    assert problem.message == "the claim 'first' has no scope"


def test_a_name_that_claims_something_says_among_whom(content: Content) -> None:
    record = content.metrics
    named = replace(record.observations[0], name=Localized("首笔质押贷款", "First pledge loan in the province"))
    changed = replace(content, metrics=replace(record, observations=(named, *record.observations[1:])))

    (problem,) = claims.check_names(changed)
    assert (problem.message, problem.origin) == ("the claim '首笔' has no scope", named.origin)
    assert list(claims.check_names(content)) == []


def test_a_briefing_is_told_of_its_claims(small: Copy) -> None:
    place = small.change("briefing.yaml", "见{{ figure('share') }}。", "为首家，见{{ figure('share') }}。")

    (problem,) = small.check()
    assert problem.startswith(f"{small.shorten(place)}:11: warn [R29]: the claim '首家' has no scope")


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("其中包括全省首笔", "其中包括首笔", "the claim '首笔' has no scope"),
        ("为全州首家，", "为首家，", "the claim '首家' has no scope"),
        ("the province’s first loan", "a first loan", "the claim 'first' has no scope"),
        ("（全州首家）", "（首家）", "the claim '首家' has no scope"),
    ],
)
def test_the_claims_of_the_account_are_seen_and_have_their_scope(
    tmp_path: Path, before: str, after: str, message: str
) -> None:
    haixi = copy_of(HAIXI, tmp_path)
    assert haixi.check() == []

    haixi.change("metrics.yaml" if before.startswith("（") else "briefing.yaml", before, after)
    (problem,) = haixi.check()
    assert message in problem
