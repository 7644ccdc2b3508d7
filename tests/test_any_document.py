"""Whatever a document holds, its Word file and its PDF are sound and say the same; so are those of any briefing.

The documents are the same on every run; `HYPOTHESIS_PROFILE=explore` looks at others.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import SystemRandom

import page
import pypdfium2
import pytest
from lxml import etree

from any_briefing import any_briefing
from any_document import any_document
from docx_helpers import sdk_findings, soffice
from ipreport.cache import Cache
from ipreport.document import Contents, Figure, Table, document_texts, footnotes
from ipreport.fonts import check_characters, find_faces
from ipreport.language import Language
from ipreport.outline import Edition
from ipreport.style import THEMES
from ipreport.writers import docx, pdf, plain
from libreoffice import ALIASES, converted, headings_and_titles
from ooxml_lint import lint
from same_text import differences
from shipped import Shipped, build

FIRST = SystemRandom().randrange(10**9) if os.environ.get("HYPOTHESIS_PROFILE") == "explore" else 0
"""The number of the first document."""
SEEDS = range(FIRST, FIRST + 16)
FEW = range(FIRST, FIRST + 10)
PROFILES = (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A)
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_FACES = {name: find_faces(None, Cache(None), style.roles) for name, style in THEMES.items()}


@cache
def _has_glyphs(words: str, language: Language) -> bool:
    return not any(check_characters(words, language, faces) for faces in _FACES.values())


@cache
def made(seed: int) -> Shipped:
    """The document number `seed` with its pages known, its Word file and its PDF, in one of the themes."""
    name = sorted(THEMES)[seed % len(THEMES)]
    document = any_document(seed, _has_glyphs)
    style = THEMES[name].led_by(document.meta.languages[0])
    pages = pdf.page_numbers(document, style, _FACES[name])
    blocks = tuple(_with_pages(each, pages) if isinstance(each, Contents) else each for each in document.blocks)
    paged = replace(document, blocks=blocks)
    return Shipped(paged, docx.write(paged, style), pdf.write(paged, style, _FACES[name], Cache(None)))


def _with_pages(contents: Contents, pages: Mapping[str, int]) -> Contents:
    return replace(contents, entries=tuple(replace(entry, page=pages[entry.target]) for entry in contents.entries))


def assert_sound(files: Shipped, folder: Path) -> None:
    """Both files are valid and say what the document says."""
    assert lint(files.word) == []
    assert differences(files.document, files.word, files.portable) == []
    path = folder / "document.pdf"
    path.write_bytes(files.portable)
    for profile in PROFILES:
        report = page.validate_pdf(str(path), profile=profile)
        assert [failure.message for failure in report.failures] == []


@pytest.mark.parametrize("seed", SEEDS)
def test_files_of_any_document_are_sound_and_say_the_same(seed: int, tmp_path: Path) -> None:
    assert_sound(made(seed), tmp_path)


@pytest.mark.parametrize("seed", FEW[:4])
def test_any_document_gives_the_same_bytes_again(seed: int) -> None:
    assert plain.write(any_document(seed, _has_glyphs)) == plain.write(any_document(seed, _has_glyphs))
    assert made.__wrapped__(seed) == made(seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", FEW[-2:])
def test_validators_find_nothing_in_the_word_file_of_any_document(seed: int, tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what the validator's own imports warn of is not ours
        from openxml_audit import OpenXmlValidator  # noqa: PLC0415  # slow to import, needed here only
    path = tmp_path / "document.docx"
    path.write_bytes(made(seed).word)
    # Number 0 takes a heading out of the list of its style (ECMA-376 17.9.18); it is defined nowhere.
    found = [error for error in OpenXmlValidator().validate(path).errors if "definition '0'" not in str(error)]
    assert found == []
    assert sdk_findings(made(seed).word, tmp_path) == []


@pytest.mark.slow
@pytest.mark.skipif(soffice() is None, reason="LibreOffice (soffice) is not on the path")  # the gate installs it
def test_libreoffice_shows_everything_of_any_document(tmp_path: Path) -> None:
    saved = converted({str(seed): made(seed).word for seed in FEW}, "fodt", tmp_path, aliases=ALIASES)
    for seed in FEW:
        body = etree.fromstring(saved[str(seed)], etree.XMLParser(huge_tree=True)).find(f"{_OFFICE}body")
        assert body is not None
        blocks = made(seed).document.blocks
        captioned = [each for each in blocks if isinstance(each, Figure | Table) and each.caption is not None]
        notes = [each for each in body.iter(f"{_TEXT}note") if each.get(f"{_TEXT}note-class") == "footnote"]
        assert len(list(body.iter(f"{_TEXT}sequence"))) == len(captioned), seed
        assert len(notes) == sum(1 for _ in footnotes(document_texts(made(seed).document))), seed
        titles = [titles for _, titles in headings_and_titles(made(seed).document)]
        assert len(list(body.iter(f"{_TEXT}h"))) == titles.count(False), seed


@pytest.mark.slow
@pytest.mark.skipif(soffice() is None, reason="LibreOffice (soffice) is not on the path")  # the gate installs it
def test_libreoffice_numbers_every_page_of_any_document(tmp_path: Path) -> None:
    printed = converted({str(seed): made(seed).word for seed in FEW}, "pdf", tmp_path, aliases=ALIASES)
    for seed in FEW:
        with pypdfium2.PdfDocument(printed[str(seed)]) as pages:
            feet = ["".join(each.get_textpage().get_text_range().split()) for each in pages]
        for number, words in enumerate(feet, 1):
            assert f"{number}/{len(feet)}" in words or f"—{number}—" in words, (seed, number)


@pytest.mark.parametrize("seed", [FIRST + 1])
def test_any_briefing_is_built_soundly(seed: int, warm_cache: Path, tmp_path: Path) -> None:
    briefing = any_briefing(seed, tmp_path / "report")
    edition = list(Edition)[seed % len(Edition)]
    built = build(briefing, tmp_path, warm_cache, editions=[edition], draft=seed % 2 == 0)
    assert_sound(built[edition], tmp_path)
