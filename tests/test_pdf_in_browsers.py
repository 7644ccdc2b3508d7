"""A long PDF in a browser: how much of it has come in when its first page can be shown (ISO 32000-1, annex F)."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pikepdf
import pypdfium2.raw as pdfium

from ipreport.cache import Cache
from ipreport.document import Block, Footnote, Heading, Paragraph, Span, Text, text
from ipreport.language import EN, ZH
from ipreport.style import MODERN
from ipreport.writers.pdf import write
from pdf_layout import faces
from showcase import one, showcase

CHAPTERS = 60
_BLOCK = 512
"""Bytes that a browser asks for at least."""


@cache
def written() -> bytes:
    """A document of some forty pages, with an outline that no one stream of objects holds."""
    blocks: list[Block] = []
    for number in range(CHAPTERS):
        blocks.append(Heading(1 + number % 3, f"chapter-{number}", one("知识产权")))
        note = Footnote(f"note-{number}", "1", ZH, (text(ZH, "注文。" * 10),))
        blocks.append(Paragraph(Text(ZH, (Span("截至2025年9月底，有效发明专利36.97万件。" * 25, ZH), note))))
        blocks.append(Paragraph(text(EN, "Patents in force numbered 369,700 at the end of September. " * 20)))
    return write(replace(showcase(), blocks=tuple(blocks), imprint=None), MODERN, faces(), Cache(None))


class Arriving:
    """A file of which a reader has what it asked for, in blocks."""

    def __init__(self, data: bytes) -> None:
        self.here = bytearray(len(data))
        self._asked: list[tuple[int, int]] = []
        self._source, self._hints, self._file = (
            pdfium.FX_FILEAVAIL(),
            pdfium.FX_DOWNLOADHINTS(),
            pdfium.FPDF_FILEACCESS(),
        )
        self._source.version = self._hints.version = 1
        self._source.IsDataAvail = type(self._source.IsDataAvail)(lambda _, start, size: self._has(start, size))
        self._hints.AddSegment = type(self._hints.AddSegment)(lambda _, *segment: self._asked.append(segment))
        self._file.m_FileLen = len(data)
        self._file.m_GetBlock = type(self._file.m_GetBlock)(
            lambda _, start, to, size: bool(ctypes.memmove(to, data[start : start + size], size))
        )
        self._take(0, 1024)
        self.reader = pdfium.FPDFAvail_Create(self._source, self._file)

    def _has(self, start: int, size: int) -> bool:
        return all(self.here[start : start + size])

    def _take(self, start: int, size: int) -> None:
        first, last = start // _BLOCK * _BLOCK, min(len(self.here), -(-(start + size) // _BLOCK) * _BLOCK)
        self.here[first:last] = b"\1" * (last - first)

    def until(self, ready: Callable[..., int], *where: int) -> int:
        """Let come in what the reader asks for until it is `ready`, or asks for nothing; what it says then."""
        while (said := ready(self.reader, *where, self._hints)) == pdfium.PDF_DATA_NOTAVAIL and self._asked:
            for segment in self._asked:
                self._take(*segment)
            self._asked.clear()
        return said


def test_the_first_page_of_a_long_document_is_shown_when_a_third_of_it_is_there() -> None:
    file = Arriving(written())
    assert pdfium.FPDFAvail_IsLinearized(file.reader) == pdfium.PDF_LINEARIZED
    assert file.until(pdfium.FPDFAvail_IsDocAvail) == pdfium.PDF_DATA_AVAIL
    document = pdfium.FPDFAvail_GetDocument(file.reader, None)
    assert file.until(pdfium.FPDFAvail_IsPageAvail, 0) == pdfium.PDF_DATA_AVAIL
    assert sum(file.here) < len(file.here) / 3
    last = pdfium.FPDF_GetPageCount(document) - 1
    assert last > 30
    assert file.until(pdfium.FPDFAvail_IsPageAvail, last) == pdfium.PDF_DATA_AVAIL
    pdfium.FPDF_CloseDocument(document)
    pdfium.FPDFAvail_Destroy(file.reader)


def test_what_the_file_tells_of_its_pages_and_its_outline_is_true() -> None:
    with pikepdf.open(io.BytesIO(written())) as pdf:
        assert pdf.check_linearization(), pdf.get_warnings()
        with pdf.open_outline() as outline:
            top = outline.root
            places = pikepdf.NameTree(pdf.Root.Names.Dests)
            assert len(top) == CHAPTERS // 3
            for number, item in enumerate(top):
                assert str(item.destination) == f"chapter-{3 * number}"
                assert f"chapter-{3 * number}" in places
