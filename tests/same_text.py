"""What a file says, block by block, held against the plain writer: the same words in the same order."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import zip_longest

from lxml import etree

from ipreport.document import (
    BulletList,
    Document,
    Figure,
    Heading,
    Masthead,
    Table,
    Text,
    Texts,
    document_texts,
    footnotes,
    located,
    small_pictures,
)
from ipreport.writers import plain
from ipreport.writers.docx.anchors import Anchors
from ipreport.writers.docx.heading_numbers import HeadingNumbers
from tagged_text import Tagged, tagged

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RULE = "=" * 40
"""What the plain writer sets below the masthead."""
_FOOT = "\n_ "
"""What it sets before a footnote."""
_SIGNS = re.compile(r"\((?:i|!|\?)\) ")
"""How it tells remarks, warnings and doubtful cards."""
_ADDRESSES = re.compile(r" <https?://[^>]*>")
_NUMBERS = re.compile(r"(?m)^\d+\. ")
_FORM = re.compile(r"[\s#\-/|*_\[\]()…:]")
"""Spaces, and the signs that it sets between texts; they are left out on all sides."""

Placed = tuple[str, str]
"""A place in the document, and the words that stand there."""


def differences(document: Document, word: bytes, portable: bytes) -> list[str]:
    """Where a Word file and a PDF first say something else than `document`; nothing where all three agree."""
    tree = tagged(portable)
    notes = [("footnotes", _bare("".join(n.text + _joined(n.note) for n in footnotes(document_texts(document)))))]
    return [
        *_compared("Word", _expected(document, word=True), _word_text(word)),
        *_compared("Word, feet of pages", notes, _word_notes(word)),
        *_compared("PDF", _expected(document, word=False), _bare(_portable_text(tree))),
        *_compared("PDF, feet of pages", notes, _bare("".join(note.text() for note in tree.found("Note")))),
    ]


def _compared(file: str, expected: Iterable[Placed], actual: str) -> Iterator[str]:
    position = 0
    for where, words in expected:
        if not actual.startswith(words, position):
            found = actual[position : position + len(words)]
            same = next(number for number, (one, other) in enumerate(zip_longest(words, found)) if one != other)
            at = max(0, same - 20)
            yield f"{file}, {where}: expected {words[at : at + 80]!r}, found {found[at : at + 80]!r}"
            return
        position += len(words)
    if position < len(actual):
        yield f"{file}: {actual[position : position + 200]!r} after the end"


def _bare(words: str) -> str:
    return _FORM.sub("", _ADDRESSES.sub("", _SIGNS.sub("", words)))


# --- the arbiter -------------------------------------------------------------------


def _expected(document: Document, *, word: bool) -> Iterator[Placed]:
    """The words of every block in reading order.

    In a Word file numbers of headings are counted, not written, but for those that no count gives. The lines
    above the rule run across: compiler and date in one language, then in the other.
    """
    bare = replace(document, blocks=(), imprint=None)
    typed = _typed(document)
    yield "masthead", _bare("".join(text.plain() for text in _masthead(document.masthead, across=word)))
    for where, block in located(document.blocks, "masthead"):
        shown = replace(block, marker=typed[block.label]) if isinstance(block, Heading) and word else block
        words = _below_masthead(replace(bare, blocks=(shown,))).partition(_FOOT)[0]
        alternatives = [small.alt for _, small in small_pictures("", block)]
        alternatives += [block.alt] if isinstance(block, Figure) else []
        alternatives += [block.description] if isinstance(block, Table) else []
        for each in alternatives:
            words = words.replace(f"[{_joined(each)}]", "", 1)
        yield where, _bare(_NUMBERS.sub("", words) if isinstance(block, BulletList) else words)
    if document.imprint is not None:
        yield "imprint", _bare(_below_masthead(replace(bare, imprint=document.imprint)))


def _typed(document: Document) -> dict[str, str]:
    """What of the number of every heading is text in a Word file: nothing where a count gives it."""
    anchors = Anchors(document)
    headings = [block for block in document.blocks if isinstance(block, Heading)]
    numbers = HeadingNumbers(
        (each for each in headings if not anchors.is_title(each.label)), document.meta.languages[0]
    )
    return {
        each.label: each.marker if anchors.is_title(each.label) else numbers.of(each.label).typed for each in headings
    }


def _below_masthead(document: Document) -> str:
    return plain.write(document).decode("utf-8").partition(_RULE)[2]


def _masthead(head: Masthead, *, across: bool) -> Iterator[Text]:
    yield from (*head.remark, *head.name, *head.issue)
    if not across:
        yield from (*head.compiler, *head.date)
        return
    for line in zip_longest(head.compiler, head.date):
        yield from filter(None, line)


def _joined(texts: Texts) -> str:
    return " / ".join(text.plain() for text in texts)


# --- files -------------------------------------------------------------------------


def _word_text(package: bytes) -> str:
    """The characters of the body of a Word file; those of fields are their cached results."""
    body = _part(package, "word/document.xml").find(f"{_W}body")
    assert body is not None
    return _bare("".join(text.text or "" for text in body.iter(_W + "t")))


def _word_notes(package: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        if "word/footnotes.xml" not in archive.namelist():
            return ""
    return _bare("".join(text.text or "" for text in _part(package, "word/footnotes.xml").iter(_W + "t")))


def _part(package: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return etree.fromstring(archive.read(name))


def _portable_text(element: Tagged) -> str:
    """The text of a PDF without notes, marks of list items, and what is drawn in charts."""
    pieces = []
    for part in element.parts:
        if isinstance(part, str):
            pieces.append("" if element.kind == "Figure" else part)
        elif part.kind != "Note" and not (element.kind == "LI" and _is_counted(part)):
            pieces.append(_portable_text(part))
    return "".join(pieces)


def _is_counted(element: Tagged) -> bool:
    """Whether this is a bullet or a number that a word processor sets itself."""
    return element.kind == "Lbl" and re.fullmatch(r"•|\d+\.", element.text().strip()) is not None
