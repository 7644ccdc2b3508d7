"""The Word file as LibreOffice shows it: nothing lost, no face that was not asked for."""

from __future__ import annotations

import re

import pypdfium2
import pytest

from docx_helpers import EDITIONS, soffice, written
from ipreport.document import document_texts, texts_of
from libreoffice import as_pdf
from pdf_facts import face_names
from showcase import told

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(soffice() is None, reason="LibreOffice (soffice) is not on the path"),
]
_FACES = re.compile(r"(NotoSerifCJK|NotoSansCJK|LiberationSerif|LiberationSans)")


def _converted(edition: str) -> bytes:
    return as_pdf(written(edition))


def _page_texts(edition: str) -> list[str]:
    pages = pypdfium2.PdfDocument(_converted(edition))
    texts = [page.get_textpage().get_text_range() for page in pages]
    pages.close()
    return [re.sub(r"\s", "", text) for text in texts]


@pytest.mark.parametrize("edition", sorted(EDITIONS))
def test_every_text_is_shown(edition: str) -> None:
    document = EDITIONS[edition]
    hidden = told(document)
    shown = "".join(_page_texts(edition))
    # A paragraph may go on below the head of the next page.
    head = "".join("".join(text.plain().split()) for text in (*document.meta.running_head, *document.meta.notice))
    shown += re.sub(rf"\d+/\d+{re.escape(head)}", "", shown)
    for text in document_texts(document):
        assert text in hidden or re.sub(r"\s", "", text.plain()) in shown


def test_every_block_has_visible_text() -> None:
    assert all(any(texts_of(block)) for block in EDITIONS["bilingual"].blocks if type(block).__name__ != "PageBreak")


def test_head_lines_and_page_numbers() -> None:
    pages = _page_texts("bilingual")
    assert all("示例数据" in page for page in pages)
    assert [page.count("IPWorkBriefing") for page in pages] == [0, *[1] * (len(pages) - 1)]
    assert all(f"{number}/{len(pages)}" in page for number, page in enumerate(pages, 1))
    assert pages[-1].startswith("知识产权工作简报IPWorkBriefing")
    assert "Sources" in pages[-1]


@pytest.mark.parametrize("edition", sorted(EDITIONS))
def test_only_the_theme_s_faces_are_used(edition: str) -> None:
    names = face_names(_converted(edition))
    assert names
    assert [name for name in names if _FACES.match(name) is None] == []
