"""The lines of a PDF: which characters stand on one baseline, and where."""

from __future__ import annotations

from dataclasses import dataclass

import pypdfium2


@dataclass(frozen=True)
class PageLine:
    """The text of a line without spaces, and the box of its ink in points from the lower left corner of the page."""

    text: str
    left: float
    right: float
    bottom: float
    top: float


def words_of(data: bytes) -> str:
    """The text of all pages without spaces."""
    document = pypdfium2.PdfDocument(data)
    words = "".join("".join(page.get_textpage().get_text_range().split()) for page in document)
    document.close()
    return words


def page_lines(data: bytes, left: float = 0.0, right: float = float("inf")) -> list[list[PageLine]]:
    """The lines of every page from top to bottom; characters whose boxes overlap in height stand on one line.

    Characters that do not begin between `left` and `right` are left out.
    """
    document = pypdfium2.PdfDocument(data)
    pages = [_lines(page.get_textpage(), left, right) for page in document]
    document.close()
    return pages


def _lines(page: pypdfium2.PdfTextPage, left: float, right: float) -> list[PageLine]:
    text = page.get_text_range()
    found: list[tuple[str, tuple[float, float, float, float]]] = []
    for index, character in enumerate(text):
        if character.strip() and left <= page.get_charbox(index)[0] < right:
            found.append((character, page.get_charbox(index)))
    lines: list[list[tuple[str, tuple[float, float, float, float]]]] = []
    for character, box in sorted(found, key=lambda each: -(each[1][1] + each[1][3])):
        if lines and (box[1] + box[3]) / 2 > min(other[1] for _, other in lines[-1]):
            lines[-1].append((character, box))
        else:
            lines.append([(character, box)])
    return [_joined(line) for line in lines]


def _joined(line: list[tuple[str, tuple[float, float, float, float]]]) -> PageLine:
    ordered = sorted(line, key=lambda each: each[1][0])
    return PageLine(
        "".join(character for character, _ in ordered),
        ordered[0][1][0],
        max(box[2] for _, box in ordered),
        min(box[1] for _, box in ordered),
        max(box[3] for _, box in ordered),
    )
