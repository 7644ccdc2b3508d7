"""The theme `official` as LibreOffice shows it, with open faces for those that offices have."""

from __future__ import annotations

import re

import pytest

from docx_helpers import EDITIONS, soffice
from ipreport.document import Heading
from libreoffice import ALIASES, FACES, converted
from official_samples import HAN, numbered_showcase, official, plain, plain_pages
from page_lines import page_lines, words_of
from pdf_facts import face_names

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(soffice() is None, reason="LibreOffice (soffice) is not on the path"),
]
MILLIMETRE = 72 / 25.4


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Documents printed by LibreOffice: the numbered showcase in every edition, and pages of plain text."""
    files = {edition: official(numbered_showcase(edition)) for edition in EDITIONS}
    files["plain"] = official(plain_pages())
    return converted(files, "pdf", tmp_path_factory.mktemp("official"), aliases=ALIASES)


def test_a_page_has_22_lines_of_28_characters(printed: dict[str, bytes]) -> None:
    pages = page_lines(printed["plain"])
    lines = [line for line in pages[1] if set(line.text) <= set(HAN)]
    assert [len(line.text) for line in lines] == [28] * 22
    assert lines[0].left == pytest.approx(28 * MILLIMETRE, abs=3)
    assert lines[0].top <= (297 - 37) * MILLIMETRE
    assert lines[-1].bottom >= 35 * MILLIMETRE


def test_both_formats_break_plain_text_alike(printed: dict[str, bytes]) -> None:
    both = [
        [line.text for line in page_lines(data)[1] if set(line.text) <= set(HAN)]
        for data in (printed["plain"], plain())
    ]
    assert both[0] == both[1]


@pytest.mark.parametrize("edition", sorted(EDITIONS))
def test_only_the_expected_faces_are_used(printed: dict[str, bytes], edition: str) -> None:
    found = face_names(printed[edition])
    assert found
    assert [name for name in found if FACES.match(name) is None] == []


def test_every_expected_face_is_used(printed: dict[str, bytes]) -> None:
    names = " ".join(face_names(printed["bilingual"]))
    for name in (
        r"Noto\w*Serif\w*-Bold|FZXiaoBiaoSong",
        r"NotoSansCJK\w*-Regular|SimHei",
        "LiberationSerif|TimesNewRoman",
        "LiberationSans|Arial",
    ):
        assert re.search(name, names), name


@pytest.mark.parametrize("edition", ["zh", "en"])
def test_numbers_of_headings_are_shown(printed: dict[str, bytes], edition: str) -> None:
    words = words_of(printed[edition])
    for block in numbered_showcase(edition).blocks:
        if isinstance(block, Heading):
            assert "".join((block.marker + block.texts[0].plain()).split()) in words
