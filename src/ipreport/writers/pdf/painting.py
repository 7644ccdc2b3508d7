"""From filled pages to the pages of a file: what stands round the text of each, then the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import IO

from ipreport.document import Meta, Signature, Text
from ipreport.writers.pdf.canvas import Canvas
from ipreport.writers.pdf.margins import Margins
from ipreport.writers.pdf.metadata import PROGRAM, pdf_date
from ipreport.writers.pdf.pages import Sheet
from ipreport.writers.pdf.setter import Setter

_NOWHERE = (0.0, 0.0, 0.0, 0.0)
"""Where a field is that is not to be seen (ISO 32000-1, 12.7.4.5)."""


def paint(
    target: IO[bytes], sheets: Sequence[Sheet], meta: Meta, setter: Setter, signature: Signature | None = None
) -> Canvas:
    """Paint the pages and write them to `target` as a file with its properties; the canvas that they stand on.

    The last page has a field for a `signature`, one without extent where it is not to be seen.
    Raises ValueError when a link leads to a label that does not exist.
    """
    canvas = _canvas(target, meta, setter)
    margins = Margins(meta, setter, len(sheets))
    for number, (sheet, section) in enumerate(zip(sheets, _sections(sheets), strict=True), 1):
        canvas.setPageSize((sheet.page.width, sheet.page.height))
        margins.draw(canvas, sheet.page, number, section)
        _draw_text(canvas, sheet, setter)
        if number == len(sheets) and signature is not None and not signature.lines:
            with canvas.field(_NOWHERE):
                pass
        canvas.showPage()
    canvas.save()
    return canvas


def _sections(sheets: Sequence[Sheet]) -> Iterator[Text | None]:
    """The section that the text of each page begins in."""
    current: Text | None = None
    for sheet in sheets:
        names = [list(box.sections()) for _, box in sheet.placed]
        if names and names[0]:
            current = names[0][0]
        yield current
        begun = [name for each in names for name in each]
        current = begun[-1] if begun else current


def _canvas(target: IO[bytes], meta: Meta, setter: Setter) -> Canvas:
    """An empty file; it is compressed once, when it is complete. The stamp is its only date."""
    canvas = Canvas(target, shaper=setter.shaper, pageCompression=False, invariant=True, lang=meta.languages[0].tag)
    canvas.setTitle(meta.title)
    canvas.setAuthor(meta.author)
    canvas.setSubject(meta.subject)
    canvas.setKeywords(", ".join(meta.keywords))
    canvas.setCreator(PROGRAM)
    canvas.setProducer(PROGRAM)
    canvas.setViewerPreference("DisplayDocTitle", "true")
    stamp = pdf_date(meta.stamp)
    canvas.setDateFormatter(lambda *_now: stamp)
    return canvas


def _draw_text(canvas: Canvas, sheet: Sheet, setter: Setter) -> None:
    """The boxes, then the notes above the imprint, which ends with the type area."""
    page = sheet.page
    top = page.height - page.top
    for distance, box in sheet.placed:
        box.draw(canvas, page.left, top - distance)
    imprint = sheet.imprint
    above = 0.0 if imprint is None else imprint.height + imprint.space_before
    sheet.foot.draw(canvas, page.left, page.bottom + above + sheet.foot.height, setter.style.colours)
    if imprint is not None:
        imprint.draw(canvas, page.left, page.bottom + imprint.height)
