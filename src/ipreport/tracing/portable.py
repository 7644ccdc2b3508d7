"""Reading PDF files: their attached record, and the text of every page."""

from __future__ import annotations

import re

import pypdfium2  # type: ignore[import-untyped]  # it has no stubs

from ipreport.document import RECORD_NAME, Record, read_record
from ipreport.tracing.reading import DAMAGED_RECORD, NO_RECORD, NO_RECORD_HINT, Reading, refused

_FOOT = re.compile(r"\s*(\d+ / \d+|— \d+ —)[ \t]*(?:\n|$)")
"""The foot of a page in either manner, which is painted first or behind the running head."""
_HYPHENS = str.maketrans({"\ufffe": "-", "\x02": "-", "\r": ""})
"""How PDFium gives a hyphen at the end of a line, and the first half of its line ends."""


def read_pdf(content: bytes, file: str) -> Reading:
    """The pages of a PDF file in the order in which they were painted.

    Raises ReportError when it is damaged, encrypted, or holds no record.
    """
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            message, hint = "the file is encrypted", "remove the password; ipreport builds PDF files without one"
            raise refused(message, file, hint) from error
        raise refused("the PDF file is damaged", file, "trace the file as it was built") from error
    try:
        record = _record(document, file)
        pages = [_page_text(document, number) for number in range(len(document))]
    except pypdfium2.PdfiumError as error:
        raise refused("the PDF file is damaged", file, "trace the file as it was built") from error
    finally:
        document.close()
    return _reading(record, pages)


def _record(document: pypdfium2.PdfDocument, file: str) -> Record:
    for index in range(document.count_attachments()):
        attachment = document.get_attachment(index)
        if attachment.get_name() == RECORD_NAME:
            try:
                return read_record(bytes(attachment.get_data()))
            except ValueError as error:
                raise refused(DAMAGED_RECORD, file, NO_RECORD_HINT) from error
    raise refused(NO_RECORD, file, NO_RECORD_HINT)


def _page_text(document: pypdfium2.PdfDocument, number: int) -> str:
    page = document[number]
    text = page.get_textpage()
    characters = text.get_text_range().translate(_HYPHENS)
    text.close()
    page.close()
    return str(characters)


def _reading(record: Record, pages: list[str]) -> Reading:
    starts, numbers = [], []
    text = ""
    for index, page in enumerate(pages, start=1):
        starts.append(len(text))
        # The foot of page 3 of 10 says “3 / 10” or “— 3 —”; anything else that looks so is no page number.
        expected = f"{index} / {len(pages)}", f"— {index} —"
        numbers += [
            (len(text) + found.start(1), len(text) + found.end(1))
            for found in _FOOT.finditer(page)
            if found[1] in expected
        ][:1]
        text += page + "\n"
    return Reading(record, text, tuple(starts), tuple(starts), page_numbers=tuple(numbers))
