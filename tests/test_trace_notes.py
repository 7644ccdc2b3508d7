"""Tracing footnotes and tables of contents: where they stand in a PDF and in a Word file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

import pytest

from ipreport.document import (
    RECORD_NAMESPACE,
    NotData,
    Part,
    Record,
    RecordedValue,
    Standing,
    Stretch,
    read_record,
    write_record,
)
from ipreport.language import Localized
from ipreport.tracing.align import align
from ipreport.tracing.reading import Reading
from ipreport.tracing.resolve import Resolver
from ipreport.tracing.result import Found, Kind
from ipreport.tracing.word import read_word

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MARK = Part("[1]", not_data=NotData.LABEL)


def stretch(where: str, *parts: Part | str, standing: Standing = Standing.TEXT) -> Stretch:
    return Stretch(where, tuple(part if isinstance(part, Part) else Part(part) for part in parts), standing)


def footnote(where: str, *parts: Part | str) -> Stretch:
    return stretch(where, *parts, standing=Standing.FOOTNOTE)


def page(number: str) -> Stretch:
    return stretch("contents", Part(number, not_data=NotData.PAGE), standing=Standing.MARKER)


def record(printed: Sequence[Stretch]) -> Record:
    keys = dict.fromkeys(part.key for each in printed for part in each.parts if part.key)
    name, title = Localized("专利", "patents"), Localized("公报", "Bulletin")
    values = (
        RecordedValue(key, name, "", "", "", "", "metrics.yaml:1", key, "bulletin", title, wordings=()) for key in keys
    )
    return Record(printed=tuple(printed), values=tuple(values))


def pdf(printed: Sequence[Stretch], *pages: str) -> Reading:
    """Pages as a reader of PDF files gives them."""
    text, starts = "", []
    for each in pages:
        starts.append(len(text))
        text += each + "\n"
    return Reading(record(printed), text, tuple(starts), tuple(starts))


def numbers(reading: Reading) -> list[Found]:
    """Every number of a file; no value is gone."""
    found, gone = Resolver(reading, align(reading.record.printed, reading)).numbers()
    assert gone == []
    return found


def told(found: Sequence[Found]) -> list[tuple[str, str, Kind]]:
    return [(number.text, number.where, number.kind) for number in found]


BEFORE, AFTER = Part("356件", "patents"), Part("9件", "more")
PARAGRAPH = stretch("paragraph 1", "全州有效发明专利", BEFORE, MARK, "，比上年多了", AFTER, "。")
NOTE = footnote("footnote", MARK, " ", "统计公报，2025年，其中", Part("12件", "of_which"), "待核。")


# --- PDF -------------------------------------------------------------------------------


def test_a_footnote_may_part_a_paragraph_that_goes_on_to_the_next_page() -> None:
    reading = pdf(
        [PARAGRAPH, NOTE], "全州有效发明专利356件[1]，比\n[1] 统计公报，2025年，其中12件待核。", "上年多了9件。"
    )

    assert told(numbers(reading)) == [
        ("356件", "paragraph 1", Kind.VALUE),
        ("[1]", "paragraph 1", Kind.NOT_DATA),
        ("[1]", "footnote", Kind.NOT_DATA),
        ("2025", "footnote", Kind.UNKNOWN),
        ("12件", "footnote", Kind.VALUE),
        ("9件", "paragraph 1", Kind.VALUE),
    ]


def test_a_footnote_may_be_painted_before_the_text_of_its_page() -> None:
    reading = pdf(
        [PARAGRAPH, NOTE], "[1] 统计公报，2025年，其中\n12件待核。\n全州有效发明专利356件[1]，比上年多了9件。"
    )

    assert [number.where for number in numbers(reading)] == [*["footnote"] * 3, *["paragraph 1"] * 3]


def test_a_note_and_the_same_words_in_the_list_of_sources_are_told_apart() -> None:
    words = (MARK, " ", "统计公报和统计年鉴。")
    printed = [
        stretch("paragraph 1", "第一段正文", MARK, "。"),
        footnote("footnote, page 1", *words),
        stretch("note 1", *words),
        stretch("paragraph 2", "最后一段正文", MARK, "。"),
        footnote("footnote, page 3", *words),
    ]
    lines = "[1] 统计公报和统计年鉴。"

    found = numbers(pdf(printed, f"第一段正文[1]。\n{lines}", lines, f"最后一段正文[1]。\n{lines}"))

    assert [number.kind for number in found] == [Kind.NOT_DATA] * 5
    assert sorted(number.where for number in found) == sorted(each.where for each in printed)


def test_notes_of_the_same_words_are_found_one_after_the_other() -> None:
    printed = [
        stretch("paragraph 1", "第一段正文", MARK), footnote("first", MARK, " ", "统计公报和统计年鉴。"),
        stretch("paragraph 2", "第二段正文", MARK), footnote("second", MARK, " ", "统计公报和统计年鉴。"),
    ]  # fmt: skip
    reading = pdf(printed, "第一段正文[1]\n[1]统计公报和统计年鉴。", "第二段正文[1]\n[1]统计公报和统计年鉴。")

    assert [(n.where, n.page) for n in numbers(reading)] == [
        ("paragraph 1", 1), ("first", 1), ("paragraph 2", 2), ("second", 2)
    ]  # fmt: skip


def test_a_short_note_is_found_as_well() -> None:
    printed = [stretch("paragraph 1", "正文", MARK, "。"), footnote("footnote", MARK, " ", "公报。")]

    assert [n.where for n in numbers(pdf(printed, "正文[1]。\n[1] 公报。"))] == ["paragraph 1", "footnote"]


def test_pages_in_a_table_of_contents_stand_behind_either_language_of_their_line() -> None:
    printed = [
        stretch("contents", "总体情况"), stretch("contents", "Overview of the year"), page("3"),
        stretch("contents", "知识产权创造"), stretch("contents", "Creation of property"), page("12"),
    ]  # fmt: skip
    for pages in (
        "总体情况\nOverview of the year 3\n知识产权创造\nCreation of property 12",
        "总体情况 3\nOverview of the year\n知识产权创造 12\nCreation of property",
        "总体情况\nOverview of the year ...... 3\n知识产权创造\nCreation of property ...... 12",
    ):
        assert told(numbers(pdf(printed, pages))) == [
            ("3", "contents", Kind.NOT_DATA), ("12", "contents", Kind.NOT_DATA)
        ]  # fmt: skip


def test_a_page_that_is_not_the_recorded_one_is_told() -> None:
    printed = [stretch("contents", "总体情况和目标进度"), page("3")]

    ((text, _, kind),) = told(numbers(pdf(printed, "总体情况和目标进度 4")))
    assert (text, kind) in {("4", Kind.CHANGED), ("4", Kind.UNKNOWN)}


# --- Word ------------------------------------------------------------------------------


def word(printed: Sequence[Stretch], body: str, **parts: str) -> Reading:
    """A Word file with this body, and further parts of the same name in `word/`."""
    target = io.BytesIO()
    item = escape(write_record(record(printed)).decode("utf-8"))
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        archive.writestr("customXml/item1.xml", f'<record xmlns="{RECORD_NAMESPACE}">{item}</record>')
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", f"<w:{name} {W}>{content}</w:{name}>")
    return read_word(target.getvalue(), "file.docx")


def run(words: str) -> str:
    return f"<w:r><w:t>{words}</w:t></w:r>"


def field(instruction: str, result: str) -> str:
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{step}"/></w:r>' for step in ("begin", "separate", "end"))
    return f"{begin}<w:r><w:instrText>{instruction}</w:instrText></w:r>{separate}{run(result)}{end}"


def paragraph(*content: str) -> str:
    return f"<w:p>{''.join(content)}</w:p>"


def note(number: int, *content: str) -> str:
    return f'<w:footnote w:id="{number}">{paragraph(*content)}</w:footnote>'


def test_footnotes_of_a_word_file_follow_its_text() -> None:
    closing = stretch("paragraph 2", "最后一段正文，共", Part("7件", "last"), "。")
    body = (
        paragraph(run("全州有效发明专利356件"), run("[1]"), run("，比上年多了9件。"))
        + paragraph(run("最后一段正文，共7件。"))
    )  # fmt: skip
    notes = note(-1, "<w:r><w:separator/></w:r>") + note(1, run("[1] 统计公报，2025年，其中12件待核。"))

    found = numbers(word([PARAGRAPH, NOTE, closing], body, footnotes=notes))

    assert [(n.text, n.where) for n in found] == [
        ("356件", "paragraph 1"), ("[1]", "paragraph 1"), ("9件", "paragraph 1"), ("7件", "paragraph 2"),
        ("[1]", "footnote"), ("2025", "footnote"), ("12件", "footnote"),
    ]  # fmt: skip


def test_an_edited_footnote_is_told() -> None:
    body = paragraph(run("全州有效发明专利356件[1]，比上年多了9件。"))

    found = numbers(word([PARAGRAPH, NOTE], body, footnotes=note(1, run("[1] 统计公报，2025年，其中13件待核。"))))

    assert [(n.recorded, n.text, n.key) for n in found if n.kind is Kind.CHANGED] == [("12件", "13件", "of_which")]


def test_a_footnote_that_was_taken_out_is_gone() -> None:
    reading = word([PARAGRAPH, NOTE], paragraph(run("全州有效发明专利356件，比上年多了9件。")))

    found, gone = Resolver(reading, align(reading.record.printed, reading)).numbers()

    assert [(number.text, number.where) for number in gone] == [("12件", "footnote")]
    assert [number.text for number in found] == ["356件", "9件"]


def test_comments_are_not_printed() -> None:
    body = paragraph(run("全州有效发明专利356件[1]，比上年多了9件。"))
    comments = f'<w:comment w:id="0">{paragraph(run("请核对365件。"))}</w:comment>'

    reading = word([PARAGRAPH], body, comments=comments)

    assert "365" not in reading.text
    assert {number.kind for number in numbers(reading)} == {Kind.VALUE, Kind.NOT_DATA}


def test_pages_in_a_table_of_contents_are_counted_by_word() -> None:
    """An update of the fields may change them, and tells nothing about data."""
    printed = [stretch("contents", "总体情况和目标进度"), page("3"), PARAGRAPH]
    entry = paragraph(run("总体情况和目标进度"), "<w:r><w:tab/></w:r>", field(" PAGEREF _Ref_1 \\h ", "14"))
    body = entry + paragraph(run("全州有效发明专利356件[1]，比上年多了9件。"))
    footer = paragraph(field(" PAGE ", "5"))

    found = numbers(word(printed, body, footer1=footer))

    paged = [number for number in found if number.not_data is NotData.PAGE]
    assert [number.text for number in paged] == ["14", "5"]
    assert "总体情况" in paged[0].where
    assert paged[1].where == "foot of the page"
    assert {number.kind for number in found} == {Kind.VALUE, Kind.NOT_DATA}


# --- Word files that LibreOffice saved ---------------------------------------------------


def test_pages_without_fields_are_told_from_data_by_where_they_stand() -> None:
    """LibreOffice keeps the field of the whole table of contents, and none for its pages."""
    second = stretch("contents", "一览，共", Part("9件", "all"))
    printed = [stretch("contents", "总体情况"), page("3"), second, page("4")]
    opened, closed = field(" TOC ", "").split(run(""))
    tab = "<w:r><w:tab/></w:r>"
    body = paragraph(opened, run("总体情况"), tab, run("4")) + paragraph(run("一览，共9件"), tab, run("12"), closed)

    found = numbers(word(printed, body + paragraph(run("另起一段"), tab, run("7"))))

    assert [(n.text, n.not_data, n.kind) for n in found] == [
        ("4", NotData.PAGE, Kind.NOT_DATA), ("9件", None, Kind.VALUE), ("12", NotData.PAGE, Kind.NOT_DATA),
        ("7", None, Kind.UNKNOWN),
    ]  # fmt: skip


def test_a_mark_that_stands_twice_before_its_note_counts_once() -> None:
    body = paragraph(run("全州有效发明专利356件[1]，比上年多了9件。"))
    content = run("[1]"), "<w:r><w:tab/></w:r>", run("[1]"), run("统计公报，2025年，其中12件待核。")

    found = numbers(word([PARAGRAPH, NOTE], body, footnotes=note(2, *content)))

    assert [n.text for n in found if n.where == "footnote"] == ["[1]", "2025", "12件"]
    assert len(found) == 6


def marked(words: str, behind: str) -> str:
    return paragraph(
        run("全州有效发明专利"), '<w:bookmarkStart w:id="1" w:name="_value_1_1"/>', run(words),
        '<w:bookmarkEnd w:id="1"/>', run(f"{behind}[1]，比上年多了9件。"),
    )  # fmt: skip


def test_the_end_of_a_mark_may_have_moved_before_the_last_character() -> None:
    found = numbers(word([PARAGRAPH], marked("356", "件")))

    assert told(found)[0] == ("356件", "paragraph 1", Kind.VALUE)
    assert {number.kind for number in found} == {Kind.VALUE, Kind.NOT_DATA}


@pytest.mark.parametrize(("words", "behind"), [("365", "件"), ("365件", "")])
def test_a_changed_value_is_told_wherever_its_mark_ends(words: str, behind: str) -> None:
    found = numbers(word([PARAGRAPH], marked(words, behind)))

    changed = [(n.recorded, n.text, n.key) for n in found if n.kind is Kind.CHANGED]
    assert changed == [("356件", "365件", "patents")]


# --- the record ------------------------------------------------------------------------


def test_the_record_keeps_where_footnotes_stand() -> None:
    made = record([PARAGRAPH, NOTE, page("3"), stretch("quotation", Part("48", not_data=NotData.QUOTATION))])

    assert read_record(write_record(made)) == made
