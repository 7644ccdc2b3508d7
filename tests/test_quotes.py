"""Quotations: how they are set, whose words they are, and what is refused."""

from __future__ import annotations

import pytest

import ipreport
from helpers import BRIEFING, METRICS, Copy, composed
from ipreport.document import Citation, Document, Footnote, NotData, Paragraph, ParagraphRole, Part
from ipreport.tracing import trace

WORDS = "zh: 保护知识产权就是保护创新。, en: Protecting intellectual property is protecting innovation."


def quote(small: Copy, written: str) -> None:
    """Put a quotation before the figure."""
    small.change(BRIEFING, "      - figure:", f"      - quote: {{{written}}}\n      - figure:")


def quotations(document: Document) -> list[Paragraph]:
    paragraphs = (block for block in document.blocks if isinstance(block, Paragraph))
    return [paragraph for paragraph in paragraphs if paragraph.role is ParagraphRole.QUOTATION]


def test_a_quotation_is_a_paragraph_of_its_own_kind_in_each_language(small: Copy) -> None:
    quote(small, WORDS)

    assert [paragraph.text.plain() for paragraph in quotations(composed(small))] == [
        "保护知识产权就是保护创新。",
        "Protecting intellectual property is protecting innovation.",
    ]
    assert len(quotations(composed(small, "en"))) == 1


def test_the_mark_of_its_source_ends_it(small: Copy) -> None:
    quote(small, f"{WORDS}, source: bulletin")

    zh, en = quotations(composed(small))
    first, again = zh.text.inlines[-1], en.text.inlines[-1]
    assert isinstance(first, Footnote)
    assert isinstance(again, Footnote)
    assert (first.text, [text.plain() for text in first.note]) == ("[1]", ["统计公报。", "Statistical bulletin."])
    assert (again.text, again.label, again.note) == ("[1]", first.label, ())


def test_without_footnotes_the_mark_leads_to_the_list_of_sources(small: Copy) -> None:
    quote(small, f"{WORDS}, source: bulletin")
    small.change(BRIEFING, "sections:\n", "footnotes: false\nsections:\n")

    marks = [paragraph.text.inlines[-1] for paragraph in quotations(composed(small))]
    assert [mark.target for mark in marks if isinstance(mark, Citation)] == ["source-bulletin"] * 2


def test_values_are_shown_as_in_any_text(small: Copy) -> None:
    quote(small, 'zh: "全州{{ patent_invention_in_force }}。", en: "There are {{ patent_invention_in_force }}."')

    assert [paragraph.text.plain() for paragraph in quotations(composed(small))] == [
        "全州400件。", "There are 400 patents."
    ]  # fmt: skip


def test_words_numbers_and_claims_of_others_are_left_as_they_are(small: Copy) -> None:
    terms = "- {zh: 有效发明专利, en: patents in force, banned: {zh: [有效的专利], en: [effective patents]}}\n"
    small.overwrite("glossary.yaml", terms.encode())
    zh, en = "全省首家，48项有效的专利。", "The first, with 48 effective patents."
    quote(small, f"zh: {zh}, en: '{en}'")

    assert small.check() == []
    assert small.build(editions=["zh", "en"]).warnings == ()

    small.change(BRIEFING, "quote:", "text:")
    told = "\n".join(small.check())
    for word in ("'48' is typed by hand", "'有效的专利' is not the house term", "the claim '首家'"):
        assert word in told


def test_its_numbers_are_known_as_parts_of_a_quotation(small: Copy) -> None:
    quote(small, "zh: 共48项。, en: In all 48 items.")

    printed = composed(small, "zh").record.printed
    assert [s.parts for s in printed if "48" in s.text] == [
        (Part("共"), Part("48", not_data=NotData.QUOTATION), Part("项。"))
    ]
    for path in small.build(editions=["zh"]).documents:
        traced = trace(path, "48")
        assert [(number.text, number.not_data) for number in traced.numbers] == [("48", NotData.QUOTATION)]


def test_both_languages_must_still_state_the_same(small: Copy) -> None:
    quote(small, "zh: 共48项。, en: In all 84 items.")

    (problem,) = small.check()
    assert "block [R15]: the numbers of the two languages differ: Chinese has '48', English has '84'" in problem


@pytest.mark.parametrize(
    ("written", "message", "hint"),
    [
        (f"{WORDS}, source: buletin", "unknown source 'buletin'", "did you mean 'bulletin'?"),
        ("zh: 一句话。", "the English text is missing", "add 'en:'"),
        (f"{WORDS}, by: 某人", "unknown key 'by'", "source"),
    ],
)
def test_bad_quotations_are_refused_with_their_place(small: Copy, written: str, message: str, hint: str) -> None:
    quote(small, written)

    (problem,) = small.check()
    assert problem.startswith(small.line_of(BRIEFING, "quote:"))
    assert message in problem
    assert hint in problem


def test_sources_go_unchecked_while_their_file_cannot_be_read(small: Copy) -> None:
    quote(small, f"{WORDS}, source: buletin")
    small.change(METRICS, "sources:", "sorces:")

    assert not any("buletin" in str(problem) for problem in ipreport.check(small.folder))
