"""Qualifiers typed beside a value: one at most, the record's own, and the same in both languages."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest

from helpers import SMALL, Copy, metric, metric_set
from ipreport.compose import Content, content_of, qualifiers
from ipreport.language import Localized
from ipreport.metrics import Plan, Qualifier
from ipreport.outline import Template
from ipreport.problems import Level, Origin, Problem
from ipreport.readers import read

ORIGINS = MappingProxyType({"zh": Origin("briefing.yaml", line=15), "en": Origin("briefing.yaml", line=16)})
WORDS = {
    "over": ("超过", "over"),
    "nearly": ("近", "nearly"),
    "about": ("约", "about"),
}


@pytest.fixture(scope="module")
def content() -> Content:
    source = read(SMALL)
    stated = (metric("tm_valid", "100", key=f"m_{q}", qualifier=q) for q in Qualifier)
    target = metric("tm_valid", "120", key="wanted", plan=Plan("p", Localized("规划", "Plan")))
    metrics = metric_set(
        *stated,
        metric("tm_reg", "10"),
        metric("penalty_amount", "369712"),
        metric("gi_users", None),
        metric("pledge_contract_amount", "2500000"),
    )
    return content_of(source.outline, replace(metrics, targets=(target,)), ())


def told(content: Content, zh: str, en: str) -> list[Problem]:
    return list(qualifiers.check(Template(Localized(zh, en), ORIGINS), content))


def messages(content: Content, zh: str = "", en: str = "") -> list[str]:
    return [problem.message for problem in told(content, zh, en)]


@pytest.mark.parametrize("name", WORDS)
@pytest.mark.parametrize("form", ["", ".text", ".value"])
def test_a_value_that_brings_its_qualifier_takes_no_second_one(content: Content, name: str, form: str) -> None:
    zh, en = WORDS[name]
    printed = f"{{{{ m_{name}{form} }}}}"
    brings = f"is typed beside {printed}, which brings its own qualifier"

    assert messages(content, f"商标{printed}。", f"There are {printed}.") == []
    assert messages(content, f"商标{zh}{printed}。", f"There are {en} {printed}.") == [
        f"'{zh}' {brings}",
        f"'{en}' {brings}",
    ]


@pytest.mark.parametrize("name", WORDS)
def test_a_bare_number_takes_exactly_the_qualifier_of_its_record(content: Content, name: str) -> None:
    zh, en = WORDS[name]
    number = f"{{{{ m_{name}.number }}}}"
    missing = f"{number} leaves out that the record states the value as '{name}'"

    assert messages(content, f"商标{zh}{number}件。", f"There are {en} {number} marks.") == []
    assert messages(content, f"商标{number}件。", f"There are {number} marks.") == [missing, missing]
    assert messages(content, f"商标{zh}{number}件。", f"There are {number} marks.") == [missing]
    (wrong,) = messages(content, f"商标至少{number}件。", f"There are {en} {number} marks.")
    assert wrong == f"'至少' typed beside {number}, which the record states as '{name}'"
    (twice,) = messages(content, f"商标{zh}{number}件以上。", f"There are {en} {number}.")
    assert twice.startswith(f"'{zh}' and '件以上' typed beside")


def test_at_least_stands_after_the_value_in_chinese(content: Content) -> None:
    for zh in (
        "商标{{ m_at_least.number }}件以上",
        "商标至少{{ m_at_least.number }}件",
        "不少于{{ m_at_least.number }}件",
    ):
        assert messages(content, zh, "at least {{ m_at_least.number }} marks") == []
    assert messages(content, "{{ m_at_least }}以上", "{{ m_at_least }} or more") == [
        "'以上' is typed beside {{ m_at_least }}, which brings its own qualifier",
        "'or more' is typed beside {{ m_at_least }}, which brings its own qualifier",
    ]
    assert messages(content, "约{{ m_about }}左右", "{{ m_about }}") != []


@pytest.mark.parametrize(
    ("zh", "en", "word"),
    [
        ("超过{{ tm_reg }}", "{{ tm_reg }}", "超过"),
        ("逾{{ tm_reg.number }}件", "{{ tm_reg.number }}", "逾"),
        ("近{{ tm_reg }}", "{{ tm_reg }}", "近"),
        ("达到约{{ tm_reg }}", "{{ tm_reg }}", "约"),
        ("{{ tm_reg.number }}件左右", "{{ tm_reg }}", "件左右"),
        ("{{ tm_reg.number }}余件", "{{ tm_reg }}", "余件"),
        ("{{ tm_reg }}以上", "{{ tm_reg }}", "以上"),
        ("{{ tm_reg }}", "over {{ tm_reg }}", "over"),
        ("{{ tm_reg }}", "nearly {{ tm_reg.number }} marks", "nearly"),
        ("{{ tm_reg }}", "almost a {{ tm_reg.number }}", "almost a"),
        ("{{ tm_reg }}", "Approximately {{ tm_reg.number }} marks", "Approximately"),
        ("{{ tm_reg }}", "{{ tm_reg.number }} marks or so", "marks or so"),
    ],
)
def test_an_exact_value_takes_no_qualifier_by_hand(content: Content, zh: str, en: str, word: str) -> None:
    (problem,) = told(content, zh, en)

    assert problem.message.startswith(f"'{word}' is typed beside {{{{ tm_reg")
    assert problem.message.endswith("which the record states exactly")
    assert (problem.level, problem.rule) == (Level.WARN, "R12")
    assert problem.origin == ORIGINS["en" if zh == "{{ tm_reg }}" else "zh"]


@pytest.mark.parametrize(
    ("zh", "en", "told_in"),
    [
        ("罚没款{{ tm_reg }}", "{{ m_exact }} cases and more than {{ tm_reg }}", ["en"]),
        ("有{{ m_exact }}，超过{{ tm_reg }}", "{{ m_exact }} against {{ tm_reg }}", ["zh"]),
        ("突破{{ tm_reg }}", "exceeding {{ tm_reg }}", ["zh", "en"]),
        ("有{{ m_exact }}。突破{{ tm_reg }}", "There are {{ m_exact }}. More than {{ tm_reg }}", ["zh", "en"]),
    ],
)
def test_what_may_be_a_comparison_is_one_where_both_languages_compare(
    content: Content, zh: str, en: str, told_in: list[str]
) -> None:
    assert [problem.origin for problem in told(content, zh, en)] == [ORIGINS[code] for code in told_in]


def test_an_exact_value_qualified_in_both_languages_is_told_in_both(content: Content) -> None:
    assert len(told(content, "超过{{ tm_reg }}", "over {{ tm_reg }}")) == 2


def test_a_figure_that_is_rounded_in_print_may_be_called_about_in_both_languages(content: Content) -> None:
    assert messages(content, "罚没款约{{ penalty_amount }}", "fines of about {{ penalty_amount }}") == []
    assert len(messages(content, "罚没款约{{ penalty_amount }}", "fines of {{ penalty_amount }}")) == 1
    assert len(messages(content, "罚没款超过{{ penalty_amount }}", "fines of over {{ penalty_amount }}")) == 2


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("签约{{ pledge_contract_amount }}", "signed {{ pledge_contract_amount }}"),
        ("最近{{ tm_reg }}", "cases carried over {{ tm_reg.number }}"),
        ("{{ tm_reg }}，以上数据", "{{ tm_reg }}. More than enough"),
        ("商标{{ m_exact }}，超过{{ tm_reg }}", "{{ m_exact }} is more than {{ tm_reg }}"),
        ("单笔大于{{ m_nearly }}", "larger than {{ m_nearly }}"),
        ("超过目标{{ wanted }}", "over the target of {{ wanted }}"),
        ("超过{{ wanted }}", "over {{ wanted }}"),
        ("约{{ gi_users }}", "about {{ gi_users }}"),
        ("约{{ m_exact.period }}", "about {{ m_exact.name }}"),
        ("不超过{{ tm_reg }}", "no more than {{ tm_reg }}"),
        ("商标{{ m_exact }}，不低于{{ tm_reg }}", "{{ m_exact }}, which is no less than {{ tm_reg }}"),
        ("单笔高于{{ tm_reg }}", "one is higher than that, {{ tm_reg }}"),
        ("投诉{{ tm_reg }}", "complaints about {{ tm_reg.number }} marks"),
        ("其中{{ tm_reg }}", "work went on over the {{ tm_reg.number }} marks"),
        ("{% if tm_reg %}有{{ tm_reg }}{% endif %}", "{% if tm_reg %}has {{ tm_reg }}{% endif %}"),
    ],
)
def test_other_words_are_no_qualifiers(content: Content, zh: str, en: str) -> None:
    assert messages(content, zh, en) == []


def test_a_share_of_inexact_parts_says_about_itself(content: Content) -> None:
    share = "{{ m_about.share_of(m_exact) }}"
    assert messages(content, f"约占{share}", f"about {share}") == [
        f"'约占' is typed beside {share}, which prints 'about' itself",
        f"'about' is typed beside {share}, which prints 'about' itself",
    ]
    exact = "{{ tm_reg.share_of(m_exact) }}"
    assert messages(content, f"约{exact}", f"about {exact}") == []
    assert messages(content, f"约{exact}", exact) == [f"'约' is typed beside {exact}, which is worked out exactly"]


def test_marks_and_conditions_between_do_not_hide_a_qualifier(content: Content) -> None:
    assert len(messages(content, "{% if m_over %}超过{% endif %}**{{ m_over }}**", "**over** {{ m_over }}")) == 2
    assert len(messages(content, "超过 {{ m_over }}", "over\n{{ m_over }}")) == 2


def test_a_hint_says_what_to_do(content: Content) -> None:
    (stacked,) = told(content, "超过{{ m_over }}", "{{ m_over }}")
    assert stacked.hints == ("the value prints '超过100件': delete '超过', or write {{ m_over.number }}",)
    (contradicted,) = told(content, "近{{ m_over }}", "{{ m_over }}")
    assert contradicted.message == "'近' is typed beside {{ m_over }}, which the record states as 'over'"
    (missing,) = told(content, "{{ m_over.value }}", "{{ m_over.number }} marks")
    assert missing.hints == ("write 'over' before it, or {{ m_over.value }}, which brings it",)
    (exact,) = told(content, "约{{ tm_reg }}", "{{ tm_reg }}")
    assert exact.hints == ("delete '约', or give the metric 'qualifier: about' in metrics.yaml",)


def test_a_briefing_is_told_of_its_qualifiers(small: Copy) -> None:
    small.change("briefing.yaml", "有效发明专利{{", "有效发明专利约{{")

    unlike, typed = small.check()
    assert "block [R15]: the two languages qualify 'patent_invention_in_force' differently" in unlike
    assert "warn [R12]: '约' is typed beside {{ patent_invention_in_force }}" in typed
