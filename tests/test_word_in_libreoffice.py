"""The shipped Word files in LibreOffice: everything is there, on the pages it should be, and survives a save."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from math import ceil
from pathlib import Path

import pytest
from lxml import etree

import ipreport
from docx_helpers import W, part, soffice, words_in
from ipreport.document import (
    VALUE_BOOKMARK,
    Block,
    Cards,
    Document,
    Figure,
    Span,
    Table,
    Texts,
    document_texts,
    footnotes,
    small_pictures,
    texts_of,
)
from ipreport.style import card_columns
from libreoffice import ALIASES, FACES, converted, headings_and_titles, listed_headings
from pdf_facts import face_names, headings_of, page_count
from shipped import NAMES, Shipped
from showcase import told

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(soffice() is None, reason="LibreOffice (soffice) is not on the path"),
]
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
Convert = Callable[[str], dict[str, bytes]]


@pytest.fixture(scope="module")
def convert(shipped: dict[str, Shipped], tmp_path_factory: pytest.TempPathFactory) -> Convert:
    """All shipped Word files saved as something else, once for each form."""
    folder = tmp_path_factory.mktemp("libreoffice")
    made: dict[str, dict[str, bytes]] = {}

    def all_as(ending: str) -> dict[str, bytes]:
        if ending not in made:
            files = {name: each.word for name, each in shipped.items()}
            made[ending] = converted(files, ending, folder, aliases=ALIASES)
        return made[ending]

    return all_as


@pytest.mark.parametrize("name", NAMES)
def test_everything_of_the_document_is_there(shipped: dict[str, Shipped], convert: Convert, name: str) -> None:
    body = etree.fromstring(convert("fodt")[name]).find(f"{_OFFICE}body/{_OFFICE}text")
    assert body is not None
    paragraphs = list(body.iter(_TEXT + "p"))
    notes = (note for note in body.iter(_TEXT + "note") if note.get(_TEXT + "note-class") == "footnote")
    frames = (frame for frame in body.iter(_DRAW + "frame") if frame.find(_DRAW + "image") is not None)
    found = {
        "headings": [(each.get(_TEXT + "outline-level"), _bare(_words(each))) for each in body.iter(_TEXT + "h")],
        "captions": [_bare(_words(each)) for each in paragraphs if each.find(f".//{_TEXT}sequence") is not None],
        "footnotes": [_bare(_words(note[1])) for note in notes],
        # One in a text box is an element of LibreOffice's own, of the same name.
        "tables": sum(1 for _ in body.iter("{*}table")),
        "pictures": [_bare("".join(frame.itertext(_SVG + "desc"))) for frame in frames],
    }
    assert found == _expected(shipped[name].document)


def _expected(document: Document) -> dict[str, object]:
    blocks = document.blocks
    headings = [block for block, titles in headings_and_titles(document) if not titles]
    captions = [block.caption for block in blocks if isinstance(block, Figure | Table) and block.caption is not None]
    return {
        "headings": [(str(each.level), _joined(each.texts)) for each in headings],
        "captions": [
            _bare("".join(each.prefix(text.language) + text.plain() for text in each.texts)) for each in captions
        ],
        "footnotes": [_bare(each.text) + _joined(each.note) for each in footnotes(document_texts(document))],
        "tables": sum(map(_tables, blocks)) + (document.imprint is not None),
        "pictures": [_joined(alt) for block in blocks for alt in _pictures(block)],
    }


def _pictures(block: Block) -> Iterator[Texts]:
    """What tells of each picture of a block; a chart that Word draws is none."""
    if isinstance(block, Figure) and block.native is None:
        yield block.alt
    yield from (small.alt for _, small in small_pictures("", block))


def _tables(block: Block) -> int:
    """A table of its own stands for each line of cards."""
    if isinstance(block, Cards):
        return ceil(len(block.cards) / card_columns(len(block.cards), block.per_row))
    return isinstance(block, Table)


PAGES_APART = 1
"""By how many pages the length of a Word file in LibreOffice may differ from that of the PDF."""


@pytest.mark.parametrize("name", NAMES)
def test_there_are_as_many_pages_as_in_the_pdf(shipped: dict[str, Shipped], convert: Convert, name: str) -> None:
    assert abs(page_count(convert("pdf")[name]) - page_count(shipped[name].portable)) <= PAGES_APART


@pytest.mark.parametrize("name", NAMES)
def test_pages_are_those_of_the_pdf(shipped: dict[str, Shipped], convert: Convert, name: str) -> None:
    """A page may end a block earlier or later: no heading stands more than a page from where the contents say."""
    ours = listed_headings(shipped[name].document, shipped[name].portable)
    theirs = headings_of(convert("pdf")[name])
    assert [title for title, _ in ours] == [title for title, _ in theirs]
    assert max(abs(page - other) for (_, page), (_, other) in zip(ours, theirs, strict=True)) <= 1


@pytest.mark.parametrize("name", NAMES)
def test_no_face_is_used_that_was_not_asked_for(convert: Convert, name: str) -> None:
    names = face_names(convert("pdf")[name])
    assert names
    assert [each for each in names if FACES.match(each) is None] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_save_keeps_text_and_value_keys(
    shipped: dict[str, Shipped], convert: Convert, name: str, tmp_path: Path
) -> None:
    before, after = shipped[name].word, convert("docx")[name]
    assert _paragraphs(after) == _paragraphs(before)
    assert _values(before).keys() == _shown(shipped[name].document)
    assert _values(after) == _values(before)
    saved = tmp_path / "saved.docx"
    saved.write_bytes(after)
    traced = ipreport.trace(saved)
    assert traced.sound
    assert not traced.gone


def _words(element: etree._Element) -> str:
    """All that stands in an element."""
    return "".join(map(str, element.itertext()))


def _bare(words: str) -> str:
    return "".join(words.split())


def _joined(texts: Texts) -> str:
    return _bare("".join(text.plain() for text in texts))


def _paragraphs(package: bytes) -> list[str]:
    body = part(package)
    for copy in list(body.iter(_FALLBACK)):  # of what stands in a text box, for programs that draw none
        copy.clear()
    return [*filter(None, map(words_in, body.iter(W + "p")))]


def _shown(document: Document) -> set[str]:
    """The values that stand in the body, by their marks."""
    numbers = document.record.numbers()
    hidden = told(document)
    texts = (text for block in document.blocks for text in texts_of(block) if text not in hidden)
    spans = (each for text in texts for each in text.inlines if isinstance(each, Span))
    return {f"{VALUE_BOOKMARK}{numbers[each.value_key]}" for each in spans if each.value_key in numbers}


def _values(package: bytes) -> Counter[str]:
    """How often each value is marked, by its number in the record."""
    names = (str(start.get(W + "name")) for start in part(package).iter(W + "bookmarkStart"))
    return Counter(name.rpartition("_")[0] for name in names if name.startswith(VALUE_BOOKMARK))
