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
_DIVIDED = re.compile(r"([A-Za-z]+)[\ufffe\x02\u00ad](\s*)([A-Za-z]+)")
"""A word with a hyphen at the end of a line, its own one or one of the line only."""


def read_pdf(content: bytes, file: str, password: str | None = None) -> Reading:
    """The pages of a PDF file in the order in which they were painted.

    Raises ReportError when it is damaged or holds no record, or when `password` does not open it.
    """
    try:
        document = pypdfium2.PdfDocument(content, password=password)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            message = "the file is encrypted" if password is None else "the file does not open with this password"
            raise refused(message, file, "give the password that briefing.yaml sets for it (pdf:)") from error
        raise refused("the PDF file is damaged", file, "trace the file as it was built") from error
    try:
        record = _record(document, file)
        recorded = "\n".join(stretch.text for stretch in record.printed)
        pages = [_page_text(document, number, recorded) for number in range(len(document))]
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


def _page_text(document: pypdfium2.PdfDocument, number: int, recorded: str) -> str:
    page = document[number]
    text = page.get_textpage()
    characters = rejoined(text.get_text_range(), recorded)
    text.close()
    page.close()
    return characters


def rejoined(characters: str, recorded: str) -> str:
    """Text that PDFium read, without the hyphens at ends of lines that no word of the `recorded` text has.

    PDFium gives a hyphen of a word (high-value) and one of a line (regis-tered) alike.
    """

    def joined(found: re.Match[str]) -> str:
        compound = f"{found[1]}-{found[3]}"
        return f"{found[1]}-{found[2]}{found[3]}" if compound in recorded else f"{found[1]}{found[3]}"

    return _DIVIDED.sub(joined, characters).translate(_HYPHENS)


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
