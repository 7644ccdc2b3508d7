"""Footnotes: which marks get a note at the foot of the page, where it stands, and what it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

import ipreport
from helpers import BRIEFING, HAIXI, METRICS, Copy, composed, copy_of
from ipreport.compose import verify, verify_editions
from ipreport.compose.footnotes import with_footnotes
from ipreport.document import (
    Block,
    Callout,
    Citation,
    Document,
    Footnote,
    Inline,
    Link,
    NotData,
    Note,
    Paragraph,
    Row,
    Span,
    Standing,
    Text,
    document_texts,
    footnotes,
    texts_of,
)
from ipreport.fonts import Faces, check_coverage
from ipreport.language import EN, ZH
from ipreport.pipeline.checked import checked
from ipreport.problems import Level

NOTES = "  - id: notes\n"


def all_marks(document: Document) -> list[Footnote]:
    """The marks of all footnotes, those that repeat one included, in reading order."""
    texts = (text for block in document.blocks for text in texts_of(block))
    return [inline for text in texts for inline in text.inlines if isinstance(inline, Footnote)]


def raised(document: Document) -> list[Citation]:
    texts = (text for block in document.blocks for text in texts_of(block))
    return [each for text in texts for each in text.inlines if isinstance(each, Citation) and each.raised]


def said(footnote: Footnote) -> list[str]:
    return [text.plain() for text in footnote.note]


def add(small: Copy, *blocks: str) -> None:
    """Put blocks behind the table of the first section."""
    written = "".join(f"      - {block}\n" for block in blocks)
    small.change(BRIEFING, NOTES, written + NOTES)


def cited(zh: str = "见公报", en: str = "See the bulletin") -> str:
    return f"text: {{zh: \"{zh}{{{{ cite('bulletin') }}}}。\", en: \"{en}.{{{{ cite('bulletin') }}}}\"}}"


# --- where marks become footnotes ------------------------------------------------------


def test_the_note_stands_at_the_first_mark_of_a_section_and_later_ones_repeat_it(small: Copy) -> None:
    add(small, cited(), cited("再见公报", "See it again"))
    add(small, "list: {items: [{zh: \"公报{{ cite('bulletin') }}。\", en: \"Bulletin.{{ cite('bulletin') }}\"}]}")
    small.change(BRIEFING, "      - sources: {}", f"      - {cited()}\n      - sources: {{}}")

    marks = all_marks(composed(small))

    assert [(mark.label, mark.text, mark.language.code, bool(mark.note)) for mark in marks] == [
        ("foot-creation:source-bulletin", "[1]", "zh", True),
        *[("foot-creation:source-bulletin", "[1]", code, False) for code in ("en", "zh", "en", "zh", "en")],
        ("foot-notes:source-bulletin", "[1]", "zh", True),
        ("foot-notes:source-bulletin", "[1]", "en", False),
    ]
    assert said(marks[0]) == ["统计公报。", "Statistical bulletin."]


@pytest.mark.parametrize(("edition", "note"), [("zh", "统计公报。"), ("en", "Statistical bulletin.")])
def test_an_edition_in_one_language_has_its_own_note(small: Copy, edition: str, note: str) -> None:
    add(small, cited())

    (mark,) = all_marks(composed(small, edition))
    assert said(mark) == [note]


def test_a_section_is_what_a_heading_of_level_one_opens(small: Copy) -> None:
    add(small, cited())
    small.change(BRIEFING, NOTES, f"  - id: detail\n    title: {{zh: 细项, en: Detail}}\n    level: 2\n    blocks:\n      - {cited()}\n{NOTES}")  # fmt: skip # noqa: E501 - one section of the file

    assert [mark.label for mark in all_marks(composed(small))] == ["foot-creation:source-bulletin"] * 4


def test_remarks_have_footnotes_and_tables_cards_and_notes_have_none(small: Copy) -> None:
    add(small, "callout: {zh: \"公报{{ cite('bulletin') }}。\", en: \"Bulletin.{{ cite('bulletin') }}\"}")
    add(small, "cards: {items: [{metric: penalty_amount, detail: {zh: \"公报{{ cite('bulletin') }}\", en: \"bulletin{{ cite('bulletin') }}\"}}]}")  # fmt: skip # noqa: E501 - one block
    small.change(BRIEFING, "          columns: [name, value, period, source]\n", "          columns: [name, value, period, source]\n          notes: [{zh: \"公报{{ cite('bulletin') }}。\", en: \"Bulletin.{{ cite('bulletin') }}\"}]\n")  # fmt: skip # noqa: E501 - one table

    document = composed(small)

    assert [type(block) for block in document.blocks if any(isinstance(i, Footnote) for i in inlines(block))] == [
        Callout
    ]
    assert [mark.target for mark in raised(document)] == ["source-bulletin"] * 4


def inlines(block: Block) -> Iterator[Inline]:
    return (inline for text in texts_of(block) for inline in text.inlines)


def test_a_citation_on_the_line_stays_one(small: Copy) -> None:
    content = checked(small.folder, None, accept_warnings=False).content
    on_the_line = Citation("source-bulletin", "[1]", ZH, raised=False)
    elsewhere = Citation("row-1", "①", ZH)
    block = Paragraph(Text(ZH, (Span("见", ZH), on_the_line, elsewhere)))

    assert with_footnotes((block,), content, (ZH, EN)) == (block,)


def test_without_footnotes_marks_lead_to_the_list_at_the_end(small: Copy) -> None:
    add(small, cited())
    small.change(BRIEFING, "sections:\n", "footnotes: false\nsections:\n")

    document = composed(small)
    assert all_marks(document) == []
    assert [mark.target for mark in raised(document)] == ["source-bulletin"] * 2


def test_the_setting_is_yes_or_no(small: Copy) -> None:
    place = small.change(BRIEFING, "sections:\n", "footnotes: end\nsections:\n")

    (problem,) = small.check()
    assert problem.startswith(f"{small.shorten(place)}:1: block: expected true or false, found 'end'")


# --- what notes say ----------------------------------------------------------------------


def test_a_source_is_named_with_publisher_and_date_and_its_address_is_a_link(small: Copy) -> None:
    bulletin = "    title: {zh: 统计公报, en: Statistical bulletin}\n"
    more = (
        '    publisher: {zh: 统计局, en: Statistics Office}\n    published: "2025-10-08"\n'
        "    link: https://example.org/bulletin/7\n    note: {zh: 初步核算。, en: First results.}\n"
    )
    small.change(METRICS, bulletin, bulletin + more)
    add(small, cited())

    mark = all_marks(composed(small))[0]

    assert said(mark) == [
        "统计公报，统计局，2025年10月8日（网页）。",
        "Statistical bulletin, Statistics Office, 8 October 2025 (web page).",
    ]
    links = [inline for text in mark.note for inline in text.inlines if isinstance(inline, Link)]
    assert links == [
        Link("https://example.org/bulletin/7", "网页", ZH), Link("https://example.org/bulletin/7", "web page", EN)
    ]  # fmt: skip


IN_DOUBT = (
    "As stated by the source. The stated high-value invention patents per 10,000 population (2.14) does not "
    "follow from the resident population (473,100 persons). See “Data checks”, ①."
)
REVISED = (
    "r: Invention patents in force, end of June 2025: 370 patents in the last issue, revised to 368 patents; "
    "see “Changes since the last issue”."
)


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Document]:
    """The editions of the shipped briefing, most of whose notes are about values in doubt."""
    haixi = copy_of(HAIXI, tmp_path_factory.mktemp("haixi"))
    return {edition: composed(haixi, edition) for edition in ("bilingual", "zh", "en")}


def note_of(document: Document, label: str) -> Footnote:
    return next(mark for mark in all_marks(document) if mark.label == label)


def test_a_value_in_doubt_is_said_to_be_the_source_s_and_its_note_leads_to_the_finding(
    editions: dict[str, Document],
) -> None:
    note = note_of(editions["bilingual"], "foot-creation:check-1")

    assert (note.text, said(note)) == (
        "①",
        [
            "据来源原文刊载。每万人口高价值发明专利拥有量载为2.14件，按常住人口473100人计算得不出这一数值。详见“数据核验”①。",
            IN_DOUBT,
        ],
    )
    keys = [inline.value_key for inline in note.note[1].inlines if isinstance(inline, Span) and inline.value_key]
    assert keys == ["patent_hv_per10k", "population_resident"]
    leads = [inline for text in note.note for inline in text.inlines if isinstance(inline, Citation)]
    assert leads == [Citation("check-1", "①", language, raised=False) for language in (ZH, EN)]


def test_what_would_be_too_long_for_a_note_is_named_by_its_title(editions: dict[str, Document]) -> None:
    note = note_of(editions["en"], "foot-enforcement:check-4")

    assert said(note) == ["As stated by the source. A single item exceeds its total. See “Data checks”, ④."]


def test_every_mark_has_its_note_before_it_and_every_label_one_note(editions: dict[str, Document]) -> None:
    for document in editions.values():
        labels: list[str] = []
        for mark in all_marks(document):
            assert bool(mark.note) == (mark.label not in labels)
            labels.append(mark.label)
        assert len(set(labels)) > 8


def test_marks_are_the_same_in_texts_and_in_tables_and_charts(editions: dict[str, Document]) -> None:
    document = editions["bilingual"]
    target = {mark.target: mark.text for mark in raised(document)}

    assert target
    in_text = {mark.label.partition(":")[2]: mark.text for mark in all_marks(document)}
    assert {name: in_text[name] for name in target if name in in_text} == {
        name: mark for name, mark in target.items() if name in in_text
    }
    assert {"check-1", "check-2", "check-3", "check-4"} <= in_text.keys() & target.keys()


def test_states_of_data_say_what_they_mean_and_a_revision_what_it_was(second: Copy) -> None:
    marks = all_marks(composed(second))

    assert [(mark.text, said(mark)) for mark in marks if mark.note] == [
        ("初步数", ["尚待最终核定。", "p: Provisional, still to be settled."]),
        (
            "修订",
            [
                "有效发明专利量，2025年6月底：上一期公布370件，现修订为368件，详见“自上一期以来的数据调整”。",
                REVISED,
            ],
        ),
        ("估计数", ["并非统计所得。", "e: Estimated, not counted."]),
    ]
    assert [mark.text for mark in marks if not mark.note] == ["p", "r", "e"]
    assert [mark.label.partition(":")[2] for mark in marks[:3]] == [
        "state-provisional", "change-patents_june", "state-estimated"
    ]  # fmt: skip


def test_the_values_of_a_revision_lead_to_both_issues_and_its_words_to_the_list(second: Copy) -> None:
    document = composed(second, "en")
    (note,) = note_of(document, "foot-creation:change-patents_june").note

    shown = [
        (inline.text, inline.value_key) for inline in note.inlines if isinstance(inline, Span) and inline.value_key
    ]
    assert shown == [("370 patents", "patents_june/as_in/2025Q2"), ("368 patents", "patents_june")]
    (lead,) = (inline for inline in note.inlines if isinstance(inline, Citation))
    assert (lead.target, lead.text, lead.raised) == ("change-patents_june", "Changes since the last issue", False)
    rows = [row.label for block in document.blocks for row in getattr(block, "body", ()) if isinstance(row, Row)]
    assert lead.target in rows


def test_a_mark_of_an_edition_in_one_language_does_not_repeat_itself_in_its_note(second: Copy) -> None:
    marks = all_marks(composed(second, "en"))

    assert [(mark.text, *said(mark)) for mark in marks if mark.label.endswith("state-provisional")] == [
        ("p", "Provisional, still to be settled.")
    ]


def test_the_list_of_marks_keeps_those_that_only_tables_and_cards_have(second: Copy) -> None:
    def legend() -> list[str]:
        document = composed(second, "en")
        return [block.label for block in document.blocks if isinstance(block, Note) and block.marker == "*"]

    assert legend() == ["state-estimated"]  # on a card; the provisional figure stands in running text alone
    second.change(BRIEFING, "sections:\n", "footnotes: false\nsections:\n")
    assert legend() == ["state-provisional", "state-estimated"]


# --- what looks at texts sees the notes ------------------------------------------------------


def test_notes_are_printed_texts_of_the_record(editions: dict[str, Document]) -> None:
    printed = [s for s in editions["bilingual"].record.printed if s.standing is Standing.FOOTNOTE]

    wanted = [text.plain() for note in footnotes(document_texts(editions["bilingual"])) for text in note.note]
    assert [stretch.text.removeprefix("① ") for stretch in printed if "2.14" in stretch.text] == [
        words for words in wanted if "2.14" in words
    ]
    assert len(printed) == len(wanted)
    first = next(stretch for stretch in printed if stretch.text.startswith("①"))
    assert (first.parts[0].text, first.parts[0].not_data) == ("①", NotData.LABEL)
    assert {part.key for part in first.parts if part.key} == {"patent_hv_per10k", "population_resident"}
    assert first.where == "知识产权创造 › paragraph 3, footnote ①"


def test_no_digit_of_a_note_is_unknown(editions: dict[str, Document]) -> None:
    for document in editions.values():
        notes = [stretch for stretch in document.record.printed if stretch.standing is Standing.FOOTNOTE]
        unnamed = [part.text for s in notes for part in s.parts if part.key is None and part.not_data is None]
        assert not [words for words in unnamed if any(character.isdigit() for character in words)]


def test_the_values_of_notes_are_verified(second: Copy) -> None:
    content = checked(second.folder, None, accept_warnings=False).content
    document = composed(second, "en")

    assert verify(document, content) == ()
    problems = verify(with_note(document, "patents_june/as_in/2025Q2", "371 patents"), content)
    assert {(problem.rule, problem.level) for problem in problems} == {("R24", Level.BLOCK), ("R26", Level.BLOCK)}
    assert "'371 patents' is printed for 'patents_june/as_in/2025Q2'" in problems[0].message


def test_notes_that_differ_between_languages_are_told(second: Copy) -> None:
    content = checked(second.folder, None, accept_warnings=False).content
    both, chinese, english = (composed(second, edition) for edition in ("bilingual", "zh", "en"))
    key, other = "patents_june/as_in/2025Q2", "patents_june/revised_since/2025Q2"

    assert verify_editions((chinese, english), content) == ()
    (problem,) = verify_editions((chinese, with_note(english, key, "370 patents", other)), content)
    assert problem.message.startswith("footnote 修订: the two languages show different values")
    problems = verify(with_note(both, key, "370 patents", other), content)
    assert any(p.rule == "R15" and p.message.startswith("footnote 修订: ") for p in problems)


def with_note(document: Document, key: str, words: str, other_key: str | None = None) -> Document:
    """The document with other words, or another key, for a value in the English text of its footnotes."""

    def changed(inline: Inline) -> Inline:
        if isinstance(inline, Footnote):
            note = (replace(text, inlines=tuple(map(changed, text.inlines))) for text in inline.note)
            return replace(inline, note=tuple(note))
        if isinstance(inline, Span) and inline.value_key == key and inline.language is EN:
            return replace(inline, text=words, value_key=other_key or key)
        return inline

    def block(each: Block) -> Block:
        if isinstance(each, Paragraph):
            return replace(each, text=replace(each.text, inlines=tuple(map(changed, each.text.inlines))))
        return each

    return replace(document, blocks=tuple(map(block, document.blocks)))


def test_notes_may_stand_in_another_order_in_the_other_language(small: Copy) -> None:
    small.change(METRICS, "metrics:\n", "  - id: other\n    title: {zh: 年报, en: Yearbook}\nmetrics:\n")
    add(small, "text: {zh: \"年报{{ cite('other') }}和公报{{ cite('bulletin') }}。\", en: \"See bulletin{{ cite('bulletin') }} and yearbook.{{ cite('other') }}\"}")  # fmt: skip # noqa: E501 - one block
    content = checked(small.folder, None, accept_warnings=False).content

    assert verify_editions((composed(small, "zh"), composed(small, "en")), content) == ()


def test_a_character_that_no_face_has_is_told_in_a_note(small: Copy, faces: Faces) -> None:
    add(small, cited())
    document = composed(small, "zh")
    assert check_coverage(document, faces) == ()

    strange = Footnote("foot-x", "[9]", ZH, (Text(ZH, (Span("字\U00013000", ZH),)),))
    more = Paragraph(Text(ZH, (Span("字", ZH), strange)))
    (problem,) = check_coverage(replace(document, blocks=(*document.blocks, more)), faces)
    assert "U+13000" in problem.message


def test_a_value_is_explained_where_notes_show_it(second: Copy) -> None:
    places = ipreport.explain(second.folder, "patents_june").places

    found = [(place.edition, place.text) for place in places if place.where == "Creation › paragraph 1, footnote r"]
    assert found == [("en", "370 patents"), ("en", "368 patents")]


def test_house_terms_hold_in_notes(second: Copy) -> None:
    second.overwrite("glossary.yaml", "- {zh: 修订, en: revised, banned: {en: [still to be settled]}}\n".encode())

    built = second.build(editions=["en"])
    assert [problem.message for problem in built.warnings] == ["'still to be settled' is not the house term"]
