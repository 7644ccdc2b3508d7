"""Notes, comments and contents in LibreOffice: shown as they should be, and kept when it saves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from lxml import etree

from docx_helpers import W, part, soffice, words_in
from ipreport.document import Document, Footnote, Paragraph, Span, Text, text
from ipreport.language import EN, ZH
from ipreport.style import MODERN
from ipreport.tracing.word import read_word
from ipreport.writers.docx import write
from libreoffice import converted
from showcase import draft, showcase

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(soffice() is None, reason="LibreOffice (soffice) is not on the path"),
]
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
Convert = Callable[[str], dict[str, bytes]]


def _with_values_in_notes() -> Document:
    """Two notes that show a value each."""
    value = (Span("现为", ZH), Span("356件", ZH, (), "patent_invention_in_force"), Span("。", ZH))
    note = (Text(ZH, value), text(EN, "It is now 356."))
    marks = (Footnote("a", "[1]", ZH, note), Span("，", ZH), Footnote("b", "[12]", ZH, note))
    return replace(showcase(), blocks=(Paragraph(Text(ZH, (Span("专利", ZH), *marks))),))


DOCUMENTS = {"draft": draft(), "values": _with_values_in_notes()}


@pytest.fixture(scope="module")
def convert(tmp_path_factory: pytest.TempPathFactory) -> Convert:
    """The Word files saved as something else, once for each form."""
    folder: Path = tmp_path_factory.mktemp("libreoffice")
    made: dict[str, dict[str, bytes]] = {}

    def all_as(ending: str) -> dict[str, bytes]:
        if ending not in made:
            files = {name: write(document, MODERN) for name, document in DOCUMENTS.items()}
            made[ending] = converted(files, ending, folder)
        return made[ending]

    return all_as


def _pages(data: bytes) -> list[str]:
    pages = pypdfium2.PdfDocument(data)
    texts = [page.get_textpage().get_text_range() for page in pages]
    pages.close()
    return [re.sub(r"\s", "", words) for words in texts]


def test_contents_have_leaders_and_pages(convert: Convert) -> None:
    first = _pages(convert("pdf")["draft"])[0]
    for words, page in (("Summary", 1), ("Detail", 2), ("Figure2Patentsgranted,andanindex", 3), ("Sources", 5)):
        assert re.search(rf"{words}\.{{20,}}{page}(?!\d)", first)


def test_notes_stand_at_the_foot_with_their_marks_once(convert: Convert) -> None:
    page = next(page for page in _pages(convert("pdf")["draft"]) if "签约" in page and "[1]公开报道" in page)
    foot = page[page.index("[1]公开报道") :]
    assert re.match(r"\[1\]公开报道，第1组。Publishedaccount,group1\.①据来源原文.*\*修订数", foot)
    assert "356件[1]①[1]，“高质量发展”" in page  # two citations and a note, each once


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_note_is_that_of_its_mark(convert: Convert, name: str) -> None:
    """Comments stand between the notes of the draft."""
    notes = list(etree.fromstring(convert("fodt")[name]).iter(_TEXT + "note"))
    found = [(_words(note[0]), _words(note[1])) for note in notes]
    expected = {
        "draft": [("[1]", "公开报道"), ("①", "据来源原文"), ("*", "修订数"), ("[2]", "无日期")],
        "values": [("[1]", "现为"), ("[12]", "现为")],
    }[name]
    assert [mark for mark, _ in found] == [mark for mark, _ in expected]
    assert all(words.startswith(mark + begins) for (mark, words), (_, begins) in zip(found, expected, strict=True))


def _words(element: etree._Element) -> str:
    return "".join("".join(map(str, element.itertext())).split())


def _instructions(package: bytes) -> Counter[str]:
    """How often there is a field of each kind and target; switches may come in another order."""
    found = (str(each.text).split() for each in part(package).iter(W + "instrText"))
    return Counter(" ".join(sorted(words)) for words in found if words[:1] != ["TOC"])


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_save_keeps_fields(convert: Convert, name: str) -> None:
    before, after = write(DOCUMENTS[name], MODERN), convert("docx")[name]
    assert _instructions(after) == _instructions(before)


def test_a_save_keeps_contents_as_fields(convert: Convert) -> None:
    found = (str(each.text) for each in part(convert("docx")["draft"]).iter(W + "instrText"))
    contents = [each for each in found if each.strip().startswith("TOC")]
    kinds = [re.search(r'\\o "1-3"|\\c "\w+"', each) for each in contents]
    assert [kind and kind[0] for kind in kinds] == ['\\o "1-3"', '\\c "Figure"', '\\c "Table"']
    assert "\\x" in contents[0]


def test_a_save_keeps_notes(convert: Convert) -> None:
    package = convert("docx")["draft"]
    notes = [each for each in part(package, "word/footnotes.xml") if each.get(W + "type") is None]
    assert [re.match(r"\[[12]\]|①|\*", words_in(note)) is not None for note in notes] == [True] * 4
    references = list(part(package).iter(W + "footnoteReference"))
    assert [each.get(W + "customMarkFollows") for each in references] == ["1"] * 4
    relations = part(package, "word/_rels/footnotes.xml.rels")
    assert {each.get("Target") for each in relations} == {"https://www.example.org/r?a=1&b=2"}


def test_a_save_keeps_comments(convert: Convert) -> None:
    package = convert("docx")["draft"]
    comments = list(part(package, "word/comments.xml"))
    assert [(each.get(W + "author"), words_in(each)) for each in comments] == [
        ("ipreport", "请核对356件。Check 356."),
        ("ipreport", "请核对本段。Check this paragraph."),
        ("ipreport", "来源相互矛盾。The sources contradict each other."),
    ]
    assert len(list(part(package).iter(W + "commentRangeStart"))) == 3


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_save_keeps_marks_of_values(convert: Convert, name: str) -> None:
    before = read_word(write(DOCUMENTS[name], MODERN), "before.docx")
    after = read_word(convert("docx")[name], "after.docx")
    assert Counter(mark.number for mark in after.marks) == Counter(mark.number for mark in before.marks)
    assert len(before.marks) >= 2


def test_a_save_keeps_custom_properties(convert: Convert) -> None:
    properties = {
        each.get("name"): "".join(each.itertext()) for each in part(convert("docx")["draft"], "docProps/custom.xml")
    }
    assert properties == {"Issue": "2025-3", "Period": "2025Q3", "Edition": "bilingual", "Manifest SHA-256": "0" * 64}


def test_a_repeated_mark_is_raised_as_the_first_one(convert: Convert) -> None:
    pages = pypdfium2.PdfDocument(convert("pdf")["draft"])
    text_page = pages[1].get_textpage()
    words = text_page.get_text_range()
    at = words.index("356 patents[1][1]") + len("356 patents")
    tops = [text_page.get_charbox(at + offset)[3] for offset in (0, 3)]
    pages.close()
    assert tops[0] == pytest.approx(tops[1], abs=0.1)
