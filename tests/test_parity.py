"""Both languages of a text state the same: values, numbers typed by hand, directions (R15)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from helpers import BRIEFING, HAIXI, METRICS, SMALL, Copy, metric, metric_set
from ipreport.compose import Content, check, content_of
from ipreport.compose.parity import differences
from ipreport.document import Span, Text
from ipreport.language import EN, ZH, Language, Localized
from ipreport.metrics import PeriodKind, Qualifier, parse_period
from ipreport.outline import Outline, Section, Template, TextBlock
from ipreport.problems import Origin, Problem
from ipreport.readers import read


def plain(words: str, language: Language) -> Text:
    return Text(language, (Span(words, language),))


def messages(zh: str, en: str) -> list[str]:
    return [difference.message for difference in differences(plain(zh, ZH), plain(en, EN))]


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("2025年第三季度共400件。", "In Q3 2025 there were 400."),
        ("四处相互矛盾。", "They contradict each other in four places."),
        ("三者不能同时成立。", "All are impossible."),
        ("其中哪一项增长。", "Which of the two grew."),
        ("2025年发布，1—9月为400件。", "January–September 2025: 400."),
        ("居全省首位。", "It ranks 1st in the province."),
        ("为全州首家，前十名。", "Its first, in the top 10."),
        ("提高效率，减少负担。", "Work has become easier."),
        ("增长5件。其中2件。", "Up 5, of which 2."),
        ("前三季度登记5件。", "Since January, 5 were registered."),
        ("6月", "June"),
        ("2025-09-30 − 2024-09-15 = 380天", "2025-09-30 − 2024-09-15 = 380 days"),
        ("约为上季度的百分之一。", "About 1/100 of the quarter before."),
        ("约为上季度的1万倍。", "About 10,000 times the quarter before."),
        ("两个时点之间，10/11。", "Between the two times, 10/11."),
        ("占三成以上。", "It is more than 30%."),
        ("百强县", "Top 100 counties"),
        ("授权1.2万件。", "Some 12,000 were granted."),
        ("翻一番，又增长近1倍。", "It doubled, and nearly doubled again."),
        ("“4·26”宣传周", "The week of 26 April"),
        ("前三季度", "to September"),
        ("到九月底完成四分之三。", "Three quarters by the end of September."),
        ("自一月一日起。", "From 1 January."),
        ("计一次，共3件，均在册。另有5件。", "There are 3, counted once. Another 5 exist."),
    ],
)
def test_texts_that_state_the_same_in_other_words_agree(zh: str, en: str) -> None:
    assert messages(zh, en) == []


TURNED = (
    "the two languages go in different directions: "
    "Chinese has '上升', '增长', '减少', English has 'rose', 'fell', 'fell'"
)


@pytest.mark.parametrize(
    ("zh", "en", "message"),
    [
        ("共365件。", "There are 356.",
         "the numbers of the two languages differ: Chinese has '365', English has '356'"),
        ("计2.5亿元。", "It is 25 million yuan.",
         "the numbers of the two languages differ: Chinese has '2.5亿元', English has '25 million yuan'"),
        ("占5%。", "It is 5 percentage points.",
         "the numbers of the two languages differ: Chinese has '5%', English has '5 percentage points'"),
        ("共5件。", "There are some.",
         "the numbers of the two languages differ: Chinese has '5', English has nothing"),
        ("共5件，又5件。", "There are 5.",
         "the numbers of the two languages differ: Chinese has '5', English has nothing"),
        ("第三季度为5件。", "In Q2 there were 5.",
         "the numbers of the two languages differ: Chinese has '第三季度', English has 'Q2'"),
        ("2025年9月底", "end of September 2024",
         "the numbers of the two languages differ: Chinese has '2025年9月底', English has 'end of September 2024'"),
        ("共四处。", "In three places.",
         "the numbers of the two languages differ: Chinese has '四', English has 'three'"),
        ("超过5件。", "There are 5.",
         "the numbers of the two languages differ: Chinese has '5' (above), English has '5'"),
        ("按GB/T 8170。", "By GB/T 8710.",
         "the numbers of the two languages differ: Chinese has 'GB/T 8170', English has 'GB/T 8710'"),
        ("共5件。计3家。", "There are 3. And 5.",
         "sentence 1: the numbers of the two languages differ: Chinese has '5', English has '3'"),
        ("共5件，增长。", "The 5 fell.",
         "the two languages go in different directions: Chinese has '增长', English has 'fell'"),
        ("5件上升，7件增长，9件减少。", "5 rose, 7 fell and 9 fell.",
         TURNED),
    ],
)  # fmt: skip
def test_texts_that_do_not_state_the_same_are_told_apart(zh: str, en: str, message: str) -> None:
    assert messages(zh, en)[0] == message


# --- templates ---------------------------------------------------------------------

ZH_PLACE, EN_PLACE = Origin("briefing.yaml", line=15), Origin("briefing.yaml", line=16)


@pytest.fixture(scope="module")
def content() -> Content:
    source = read(SMALL)

    def at(key: str, name: str, period: str, value: str, **changes: Qualifier) -> object:
        return metric(name, value, key=key, period=parse_period(period, PeriodKind.AS_OF), **changes)

    metrics = metric_set(
        at("stock", "patent_invention_in_force", "2025-09-30", "356"),
        at("stock_before", "patent_invention_in_force", "2024-09-30", "376"),
        at("loan", "pledge_loan_received", "2025-09-30", "2000000", qualifier=Qualifier.NEARLY),
        at("exact", "penalty_amount", "2025Q3", "369700"),
        metric("growth_rate", "15", qualifier=Qualifier.OVER),
    )
    return content_of(source.outline, replace(metrics, sources=source.metrics.sources), ())


def problems(content: Content, zh: str, en: str) -> list[Problem]:
    """What is wrong with a briefing of one text, numbers typed by hand and annexes left out."""
    template = Template(Localized(zh, en), {"zh": ZH_PLACE, "en": EN_PLACE})
    outline: Outline = replace(
        content.outline, sections=(Section("s", Localized("节", "Section"), 1, (TextBlock(template),)),)
    )
    found = check(replace(content, outline=outline))
    return [problem for problem in found if problem.rule is not None]


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("共{{ stock }}，{{ stock.yoy }}。", "There are {{ stock }}, {{ stock.yoy }}."),
        ("由{{ stock_before }}降至{{ stock }}。", "It fell from {{ stock_before }} to {{ stock }}."),
        ("2025年9月底的{{ stock }}。", "There were {{ stock }} at the end of September 2025."),
        ("2025年{{ stock }}，第三季度{{ exact }}。", "{{ stock }} in 2025 and {{ exact }} in Q3 2025."),
        ("{{ stock }}，{{ exact }}。", "{{ exact }}, {{ stock }}."),
        ("自2021年起，{{ stock }}。", "Since 2021, {{ stock }}."),
        ("到位近{{ loan.number }}。", "Nearly {{ loan.number }} was received."),
        ("年增长{{ growth_rate }}。", "Annual growth is {{ growth_rate }}."),
        ("签约{{ exact }}，最近{{ loan }}。", "{{ exact }}; {{ loan }}."),
        ("共{{ stock }}，这{{ stock }}中有{{ exact }}。", "Of {{ stock }}, {{ exact }}."),
        ("共{{ stock }}。计{{ exact }}。", "There are {{ stock }}, and {{ exact }}."),
    ],
)
def test_templates_that_state_the_same_pass(content: Content, zh: str, en: str) -> None:
    assert problems(content, zh, en) == []


@pytest.mark.parametrize(
    ("zh", "en", "rule", "part"),
    [
        ("{{ stock }}，{{ stock_before.share_of(stock) }}", "{{ stock }}, {{ stock_before }}", "R15",
         "the two languages show different values"),
        ("共{{ stock }}。计{{ exact }}。", "It is {{ exact }}. There are {{ stock }}.", "R15",
         "sentence 1: the two languages show different values: Chinese has stock, English has exact"),
        ("共{{ stock.number }}万件。", "There are {{ stock.number }} million.", "R26",
         "'万' stands directly beside '356' and changes it"),
        ("共1{{ stock.number }}件。", "There are 1{{ stock.number }}.", "R26", "'1' stands directly beside '356'"),
        ("增长{{ growth_rate }}个百分点。", "Up {{ growth_rate }} percentage points.", "R26",
         "'个百分点' stands directly beside '超过15%'"),
        ("2024年9月底的{{ stock }}。", "There were {{ stock }} at the end of September 2024.", "R17",
         "'2024年9月底' stands with '356件', which is recorded for 2025年9月底"),
        ("2025年8月{{ exact }}。", "It was {{ exact }} in August 2025.", "R17", "'2025年8月' stands with '36.97万元'"),
        ("{{ stock_before }}，后{{ stock }}。", "{{ stock }}, before {{ stock_before }}.", "R15",
         "the two languages show like values in another order: stock_before, stock | stock, stock_before"),
        ("{{ stock }}共5件。", "{{ stock }} of 6.", "R15", "the numbers of the two languages differ"),
        ("到位近{{ loan.number }}。", "Received: {{ loan.number }}.", "R15",
         "the two languages qualify 'loan' differently: Chinese has 'below', English has no qualifier"),
        ("由{{ stock_before }}增至{{ stock }}。", "It rose from {{ stock_before }} to {{ stock }}.", "R15",
         "'增至' stands with '356件', which went down"),
        ("增长了{{ stock.yoy }}。", "It rose {{ stock.yoy }}.", "R15",
         "'增长' stands with '同比下降5.3%', which went down"),
        ("年下降{{ growth_rate }}。", "An annual decline of {{ growth_rate }}.", "R15",
         "'下降' stands with '超过15%', which went up"),
        ("增长{{ exact }}。", "It fell by {{ exact }}.", "R15", "the two languages go in different directions"),
    ],
)  # fmt: skip
def test_templates_that_contradict_their_values_or_each_other_are_refused(
    content: Content, zh: str, en: str, rule: str, part: str
) -> None:
    first = problems(content, zh, en)[0]

    assert first.rule == rule
    assert first.message.startswith(part)
    assert first.origin in {ZH_PLACE, EN_PLACE}


# --- all other texts of the files ----------------------------------------------------


@pytest.mark.parametrize(
    ("file", "old", "new", "place"),
    [
        (BRIEFING, "zh: 第1期", "zh: 第2期", "masthead.issue.en"),
        (BRIEFING, "{zh: 高价值发明专利, en: High-value patents}", "{zh: 前3项, en: The top 4}",
         "sections[0].blocks[1].figure.title.en"),
        (BRIEFING, "{zh: 知识产权创造, en: Creation}", "{zh: 2025年创造, en: Creation in 2024}",
         "sections[0].title.en"),
        (METRICS, "{zh: 统计公报, en: Statistical bulletin}", "{zh: 第二期公报, en: Third bulletin}",
         "sources[0].title.en"),
        (METRICS, "source: bulletin", "source: bulletin\n    note: {zh: 截至2025年9月底, en: As of June 2025}",
         "metrics[0].note.en"),
    ],
)  # fmt: skip
def test_titles_labels_names_and_notes_hold_the_same_numbers_in_both_languages(
    small: Copy, file: str, old: str, new: str, place: str
) -> None:
    small.change(file, old, new)

    found = [message for message in small.check() if "[R15]" in message]
    assert len(found) == 1
    assert f"({place})" in found[0]
    assert "the numbers of the two languages differ" in found[0]


def test_haixi_states_the_same_in_both_languages() -> None:
    assert Copy(HAIXI).check() == []
