"""Texts with placeholders: what they may say, and what becomes of it in each language."""

from __future__ import annotations

import re
from dataclasses import replace
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import BRIEFING, SMALL, Copy, composed, metric, metric_set
from ipreport.compose import Content, content_of, templates
from ipreport.compose.grammar import ATTRIBUTES, REFERENCES
from ipreport.compose.marks import inlines_of
from ipreport.document import Citation, Inline, Link, Mark, Reference, Span
from ipreport.language import EN, ZH, Language, Localized, without_spaces_in_chinese
from ipreport.metrics import Qualifier, Relations
from ipreport.outline import Template
from ipreport.problems import Level, Origin
from ipreport.readers import read
from ipreport.rules import findings

ORIGINS = MappingProxyType({"zh": Origin("briefing.yaml", line=15), "en": Origin("briefing.yaml", line=16)})


def template(zh: str, en: str | None = None) -> Template:
    return Template(Localized(zh, zh if en is None else en), ORIGINS)


@pytest.fixture(scope="module")
def content() -> Content:
    """The small briefing, with amounts that contradict each other and a ratio that has no value."""
    source = read(SMALL)
    metrics = metric_set(
        *source.metrics,
        metric("pledge_single_loan", "10000000"),
        metric("pledge_loan_received", "2000000", qualifier=Qualifier.NEARLY),
        metric("patent_invention_per10k", "7.52"),
        metric("rank_in_province", "2", relations=Relations(ranks="patent_invention_per10k")),
        metric("patent_hv_per10k", None),
    )
    metrics = replace(metrics, sources=source.metrics.sources)
    return content_of(source.outline, metrics, findings(metrics))


def inlines(content: Content, written: str, language: Language) -> tuple[Inline, ...]:
    assert templates.check(template(written), content) == []
    return templates.render(template(written), content, language).inlines


def said(content: Content, written: str, language: Language) -> str:
    assert templates.check(template(written), content) == []
    return templates.render(template(written), content, language).plain()


def messages(content: Content, written: str) -> list[str]:
    """What is wrong with a template, told once although both languages hold it."""
    problems = templates.check(template(written), content)
    zh = [problem for problem in problems if problem.origin == ORIGINS["zh"]]
    en = [problem for problem in problems if problem.origin == ORIGINS["en"]]
    assert [problem.message for problem in zh] == [problem.message for problem in en]
    return [" | ".join((problem.message, *problem.hints)) for problem in zh]


# --- what is printed --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "zh", "en"),
    [
        ("{{ penalty_amount }}", "36.97万元", "369,700 yuan"),
        ("{{ patent_invention_per10k }}", "每万人口7.52件", "7.52 per 10,000 population"),
        ("{{ patent_invention_per10k.text }}", "每万人口7.52件", "7.52 per 10,000 population"),
        ("{{ patent_invention_per10k.value }}", "7.52件", "7.52"),
        ("{{ patent_invention_in_force.number }}", "400", "400"),
        ("{{ patent_invention_in_force.period }}", "2025年9月底", "end of September 2025"),
        ("{{ penalty_amount.period }}", "2025年第三季度", "Q3 2025"),
        ("{{ patent_invention_in_force.name }}", "有效发明专利量", "Invention patents in force"),
        ("{{ rank_in_province }}", "第2位", "2nd"),
        ("{{ penalty_amount.source }}", "[1]", "[1]"),
        ("{{ patent_invention_hv.share_of(patent_invention_in_force) }}", "25.0%", "25.0%"),
        ("{{ figure('share') }}", "图1", "Figure 1"),
        ("{{ table('all') }}", "表1", "Table 1"),
        ("{{ cite('bulletin') }}", "[1]", "[1]"),
        ("{{ gi_product_converted }}", "暂无数据", "not available"),
        ("{{ gi_product_converted.value }}", "—", "n/a"),
    ],
)
def test_a_placeholder_prints_the_form_it_names(content: Content, written: str, zh: str, en: str) -> None:
    assert said(content, written, ZH) == zh
    assert said(content, written, EN) == en


def test_a_printed_value_can_be_traced_to_its_record(content: Content) -> None:
    assert inlines(content, "{{ penalty_amount }}", EN) == (Span("369,700 yuan", EN, (), "penalty_amount"),)
    (share,) = inlines(content, "{{ patent_invention_hv.share_of(patent_invention_in_force) }}", ZH)
    assert isinstance(share, Span)
    assert share.value_key == "patent_invention_hv/share_of/patent_invention_in_force"


def test_a_value_in_doubt_carries_the_mark_of_its_finding(content: Content) -> None:
    for written, words in (
        ("{{ pledge_loan_received }}", "近200万元"),
        ("{{ pledge_loan_received.value }}", "近200万元"),
        ("{{ pledge_loan_received.number }}", "200万元"),
    ):
        assert inlines(content, written, ZH) == (
            Span(words, ZH, (), "pledge_loan_received"),
            Citation("check-1", "①", ZH),
        )


def test_a_share_of_a_value_in_doubt_is_in_doubt_and_says_about_where_its_parts_do(content: Content) -> None:
    written = "{{ pledge_loan_received.share_of(pledge_single_loan) }}"

    assert said(content, written, ZH) == "约20.0%①"
    assert said(content, written, EN) == "about 20.0%①"


def test_references_and_citations_lead_to_their_target(content: Content) -> None:
    assert inlines(content, "{{ figure('share') }}", EN) == (Reference("figure-share", "Figure 1", EN),)
    assert inlines(content, "{{ cite('bulletin', 'bulletin') }}", EN) == (
        Citation("source-bulletin", "[1]", EN),
        Citation("source-bulletin", "[1]", EN),
    )


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("{% if penalty_amount %}有{% endif %}", "有"),
        ("{% if gi_product_converted %}有{% else %}无{% endif %}", "无"),
        ("{% if not gi_product_converted %}无{% endif %}", "无"),
        ("{% if gi_product_converted %}一{% elif penalty_amount %}二{% else %}三{% endif %}", "二"),
        ("{% if penalty_amount and not gi_product_converted %}两{% endif %}", "两"),
        ("{% if gi_product_converted or patent_hv_per10k %}有{% endif %}无", "无"),
        ("{{ gi_product_converted if gi_product_converted else penalty_amount }}", "36.97万元"),
    ],
)
def test_a_condition_asks_whether_there_is_a_value(content: Content, written: str, words: str) -> None:
    assert said(content, written, ZH) == words


def test_a_value_of_zero_is_a_value() -> None:
    source = read(SMALL)
    nothing = metric_set(metric("penalty_cases", "0"), *source.metrics)

    assert said(content_of(source.outline, nothing, ()), "{% if penalty_cases %}零{% endif %}", ZH) == "零"


# --- what is refused --------------------------------------------------------------------

BRACES = "write it as text, outside the braces"
ONLY = "only placeholders and conditions are allowed"
ATTRIBUTE = (
    "a metric has .text, .value, .number, .name, .period, .as_of, .to_date, .source, .yoy, .qoq, .since_year_end, "
    ".yoy_extent, .qoq_extent, .quarter, .quarter_yoy, .quarter_qoq, .previous, .rank, .target, .share_of(…)"
)
CALLS = "only figure('id'), table('id'), cite('source') and .share_of(metric) can be called"
ASKED = ".yoy, .qoq, .since_year_end, .quarter_yoy, .quarter_qoq, .quarter, .rank, .target, .previous"
CONDITION = (
    "a condition may only ask whether a metric has a value | "
    "write {% if metric_id %}, with 'not', 'and' and 'or' where needed"
)


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("{{ penalty_amont }}", "unknown metric 'penalty_amont' in a template | did you mean 'penalty_amount'?"),
        ("{{ penalty_amount.__class__ }}", f"a template may not use '.__class__' | {ATTRIBUTE}"),
        ("{{ penalty_amount._metric }}", f"a template may not use '._metric' | {ATTRIBUTE}"),
        ("{{ penalty_amount.name.text }}", "expected a metric before '.text' | write {{ metric_id.text }}"),
        ("{{ figure.text }}", "'figure' needs an id | write {{ figure('id') }}"),
        ("{{ cite }}", "'cite' needs an id | write {{ cite('id') }}"),
        ("{{ penalty_amount.share_of }}", "'.share_of' needs the whole | write {{ part.share_of(whole) }}"),
        ("{{ penalty_amount.share_of('x') }}",
         "expected one metric in '.share_of(…)' | write {{ part.share_of(whole) }}"),
        ("{{ penalty_amount.share_of(figure) }}", "'figure' needs an id | write {{ figure('id') }}"),
        ("{{ penalty_amount.share_of(whole=penalty_amount) }}", CALLS),
        ("{{ penalty_amount.text() }}", CALLS),
        ("{{ range(9) }}", CALLS),
        ("{{ figure('share', *penalty_amount) }}", CALLS),
        ("{{ figure('share')('share') }}", CALLS),
        ("{{ figure() }}", "expected one id in figure(…), found 0"),
        ("{{ figure('share', 'share') }}", "expected one id in figure(…), found 2"),
        ("{{ figure('shape') }}", "unknown figure 'shape' in a template | did you mean 'share'?"),
        ("{{ table('share') }}", "unknown table 'share' in a template | known: all"),
        ("{{ cite('buletin') }}", "unknown cite 'buletin' in a template | did you mean 'bulletin'?"),
        ("{{ gi_product_converted.share_of(gi_product_converted) }}",
         "'gi_product_converted' has no share of 'gi_product_converted': 'gi_product_converted' has no value"),
        ("{{ patent_invention_hv.share_of(penalty_amount) }}",
         "'patent_invention_hv' has no share of 'penalty_amount': their units differ, patents and yuan"),
        ("{% for x in penalty_amount %}x{% endfor %}", f"a template may not use 'for' | {ONLY}"),
        ("{% set x = penalty_amount %}", f"a template may not use 'assign' | {ONLY}"),
        ("{% include '/etc/passwd' %}", f"a template may not use 'include' | {ONLY}"),
        ("{% macro m() %}{% endmacro %}", f"a template may not use 'macro' | {ONLY}"),
        ("{% block b %}{% endblock %}", f"a template may not use 'block' | {ONLY}"),
        ("{% if penalty_amount %}{% set x = 1 %}{% endif %}", f"a template may not use 'assign' | {ONLY}"),
        ("{{ penalty_amount + penalty_amount }}", f"a template may not use 'add' | {ONLY}"),
        ("{{ penalty_amount ~ penalty_amount }}", f"a template may not use 'concat' | {ONLY}"),
        ("{{ penalty_amount == penalty_amount }}", f"a template may not use 'compare' | {ONLY}"),
        ("{{ penalty_amount | upper }}", f"a template may not use 'filter' | {ONLY}"),
        ("{{ penalty_amount['text'] }}", f"a template may not use 'getitem' | {ONLY}"),
        ("{{ not penalty_amount }}", f"a template may not use 'not' | {ONLY}"),
        ("{{ [penalty_amount] }}", f"a template may not use 'list' | {ONLY}"),
        ("{{ 356 }}", f"a template may not print '356' itself | {BRACES}"),
        ("{{ '356' }}", f"a template may not print '356' itself | {BRACES}"),
        ("{% if penalty_amount > 3 %}x{% endif %}", CONDITION),
        ("{% if 3 in penalty_amount %}x{% endif %}", CONDITION),
        ("{% if penalty_amount.period %}x{% endif %}",
         f"{CONDITION} | or ask for {ASKED}"),
        ("{% if penalty_amount.yoy_extent %}x{% endif %}",
         "a condition may not ask for '.yoy_extent' | ask for '.yoy'"),
        ("{% if penalty_amount.rank.last %}x{% endif %}",
         "a condition may not ask for '.rank.last' | write {% if metric_id.rank %}, {% if metric_id.rank.first %}"),
        ("{% if penalty_amount.target.up %}x{% endif %}",
         "a condition may not ask for '.target.up' | write {% if metric_id.target %}, {% if metric_id.target.met %}"),
        ("{{ penalty_amount.yoy.rises }}", f"a template may not use '.rises' | {ATTRIBUTE}"),
        ("{{ penalty_amount if penalty_amount }}",
         "a condition inside {{ … }} needs an 'else' | or write {% if … %}…{% endif %}"),
        ("**strong", "expected ** on both sides of strong words, found one without its pair"),
    ],
)  # fmt: skip
def test_a_template_says_only_what_the_grammar_knows(content: Content, written: str, message: str) -> None:
    assert messages(content, written) == [message]


@pytest.mark.parametrize("written", ["{{ penalty_amount }", "{{", "{% if penalty_amount %}", "{% nonsense %}", "{{ }}"])
def test_a_template_that_is_none_says_how_one_is_written(content: Content, written: str) -> None:
    (message,) = messages(content, written)

    assert message.startswith("template syntax: ")
    assert message.endswith("a placeholder is written {{ metric_id }}, a condition {% if … %}…{% endif %}")


def test_both_languages_of_a_text_show_the_same_values(content: Content) -> None:
    unequal = template("{{ penalty_amount }}和{{ rank_in_province }}", "{{ penalty_amount }}")

    (problem,) = templates.check(unequal, content)
    assert (problem.rule, problem.message) == ("R15", "the two languages show different values: rank_in_province")
    assert templates.check(template("{{ penalty_amount }}", "{{ penalty_amount.number }}"), content) == []


VALUES = ["penalty_amount", "patent_invention_hv", "patent_invention_in_force", "gi_product_converted", "cite", "7"]
ATOMS = st.sampled_from([*VALUES, "figure('share')", "cite('bulletin')", "table('x')"])
EXPRESSIONS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from([*ATTRIBUTES, "share_of", "__class__", "format"])).map(".".join),
        st.tuples(inner, inner).map(lambda two: f"{two[0]}.share_of({two[1]})"),
        st.tuples(inner, st.sampled_from(["+", "==", "and", "in", "~", "|"]), inner).map(" ".join),
        st.tuples(inner, inner, inner).map(lambda three: f"{three[0]} if {three[1]} else {three[2]}"),
        inner.map(lambda one: f"not {one}"),
        inner.map(lambda one: f"({one})"),
        inner.map(lambda one: f"{one}()"),
    ),
    max_leaves=6,
)


@given(EXPRESSIONS, st.sampled_from(["{{{{ {} }}}}", "{{% if {} %}}x{{% endif %}}"]))
@settings(max_examples=400)
def test_a_template_that_passes_the_check_prints_words_and_never_fails(
    content: Content, expression: str, form: str
) -> None:
    written = template(form.format(expression))

    if not templates.check(written, content):
        for language in (ZH, EN):
            words = templates.render(written, content, language).plain()
            assert not re.search(r"<|object at|None|Undefined|bound method|function", words), words


def test_the_names_of_the_functions_are_no_metrics(content: Content) -> None:
    assert not set(REFERENCES) & set(content.shown)


# --- marks --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "strong", "rest"),
    [
        ("**金额。**意向", "金额。", "意向"),
        ("**“柴达木枸杞”**品牌", "“柴达木枸杞”", "品牌"),
        ("**（一）**", "（一）", ""),
        ("**Money.** Intentions", "Money.", " Intentions"),
    ],
)
def test_strong_words_may_end_in_chinese_punctuation(written: str, strong: str, rest: str) -> None:
    found = inlines_of(written, ZH if rest != " Intentions" else EN, ())

    assert isinstance(found[0], Span)
    assert (found[0].text, found[0].marks) == (strong, (Mark.STRONG,))
    assert "".join(inline.text for inline in found[1:] if isinstance(inline, Span)) == rest
    assert all(not inline.marks for inline in found[1:] if isinstance(inline, Span))


def test_a_value_between_strong_words_is_strong_and_keeps_its_record(content: Content) -> None:
    assert inlines(content, "**共{{ penalty_amount }}**", ZH) == (
        Span("共", ZH, (Mark.STRONG,)),
        Span("36.97万元", ZH, (Mark.STRONG,), "penalty_amount"),
    )


def test_only_web_addresses_become_links() -> None:
    assert inlines_of("见[公报](https://example.org/a?b=1)。", ZH, ()) == (
        Span("见", ZH),
        Link("https://example.org/a?b=1", "公报", ZH),
        Span("。", ZH),
    )
    for literal in ("[x](javascript:alert(1))", "[x](file:///etc/passwd)", "[1]", "a [b] (c)"):
        assert inlines_of(literal, EN, ()) == (Span(literal, EN),)


def test_markup_is_text() -> None:
    literal = "R&D <b>&amp;</b> *x* _y_ `z` # 1"

    assert inlines_of(literal, EN, ()) == (Span(literal, EN),)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("全州 有效 发明", "全州有效发明"),
        ("共 36 件", "共36件"),
        ("按 GB/T 8170 取舍", "按GB/T 8170取舍"),
        ("公报， 共", "公报，共"),
        ("plain words", "plain words"),
    ],
)
def test_spaces_beside_han_go_and_those_inside_latin_stay(typed: str, printed: str) -> None:
    assert without_spaces_in_chinese(typed) == printed


def test_a_folded_line_leaves_no_space_around_a_chinese_value(content: Content) -> None:
    assert (
        said(content, "罚没款 {{ penalty_amount }} ，另有 {{ rank_in_province }} 。", ZH)
        == "罚没款36.97万元，另有第2位。"
    )
    assert said(content, "a {{ penalty_amount }} b", EN) == "a 369,700 yuan b"


def test_money_of_different_kinds_has_no_share(content: Content) -> None:
    for part, whole in (("pledge_loan_received", "penalty_amount"), ("penalty_amount", "pledge_loan_received")):
        problems = templates.check(template(f"{{{{ {part}.share_of({whole}) }}}}"), content)
        assert {(problem.rule, problem.level) for problem in problems} == {("R23", Level.BLOCK)}
        kinds = f"{content.metrics[part].definition.money_class} and {content.metrics[whole].definition.money_class}"
        assert problems[0].message == f"'{part}' has no share of '{whole}': they are money of different kinds, {kinds}"


@given(st.text(alphabet="中文，ab 1。", max_size=30))
def test_taking_spaces_out_of_chinese_changes_nothing_but_spaces_and_is_done_once(typed: str) -> None:
    printed = without_spaces_in_chinese(typed)

    assert printed.replace(" ", "") == typed.replace(" ", "")
    assert without_spaces_in_chinese(printed) == printed


def test_a_text_that_says_nothing_leaves_no_block(small: Copy) -> None:
    before = composed(small).blocks
    nothing = "{zh: '****', en: '** **'}"
    empty = (
        f"- text: {nothing}\n      - list: {{items: [{nothing}]}}\n      - callout: {nothing}\n      - quote: {nothing}"
    )
    small.change(BRIEFING, "      - text:", f"      {empty}\n      - text:")
    small.change(BRIEFING, "          kind: part-of-whole", f"          kind: part-of-whole\n          note: {nothing}")
    assert composed(small).blocks == before
