"""The PDF writer: boxes put on pages, pages painted by ReportLab, then what ReportLab has no words for.

ReportLab writes the file with its fonts, links, outline and properties; pikepdf adds
structure, colours and the packet that archives read.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from types import MappingProxyType

from ipreport.cache import Cache
from ipreport.document import Document
from ipreport.fonts import Faces, check_coverage
from ipreport.problems import ReportError
from ipreport.style import Style
from ipreport.writers.pdf.atoms import shaper_of
from ipreport.writers.pdf.attachment import attach
from ipreport.writers.pdf.blocks import document_boxes
from ipreport.writers.pdf.imprint import imprint_box
from ipreport.writers.pdf.metadata import describe
from ipreport.writers.pdf.pages import Sheet, fill
from ipreport.writers.pdf.painting import paint
from ipreport.writers.pdf.saving import encrypted, saved
from ipreport.writers.pdf.setter import Setter
from ipreport.writers.pdf.signature import make_room, signature_box
from ipreport.writers.pdf.structure import opened_with_structure


def write(
    document: Document, style: Style, faces: Faces, cache: Cache, *, archive: bool = True, password: str = ""
) -> bytes:
    """The document as PDF 1.7 after PDF/UA-1 and, as an `archive`, PDF/A-3A; the same document gives the same bytes.

    With a `password`, which no archive may have, the file opens with it only (AES-256); such files
    differ each time, as their keys have to. Where the document has a signature the file has room for it,
    which is still to be filled. New glyphs are kept in `cache`. Raises ReportError when
    a character has no glyph, and ValueError when a reference or citation leads to a label that does not exist.
    """
    sheets = laid_out(document, style, faces)
    painted = io.BytesIO()
    canvas = paint(painted, sheets, document.meta, _setter(style, faces), document.signature)
    with opened_with_structure(painted.getvalue(), canvas.root, canvas.marks) as pdf:
        describe(pdf, document.meta, archive=archive)
        attach(pdf, document.record, document.meta.stamp)
        if document.signature is not None:
            make_room(pdf, document.signature, canvas.appearance)
        if canvas.entries:
            pdf.Root.Outlines.Count = canvas.entries  # ReportLab counts some twice
        data = encrypted(pdf, password) if password else saved(pdf)
    faces.save(cache)
    return data


def page_numbers(document: Document, style: Style, faces: Faces) -> Mapping[str, int]:
    """The number of the page on which each labelled block begins: headings, figures, tables with their rows, notes.

    The pages are laid out as `write` does it, without painting them. They do not depend on
    the numbers in the contents, so these may be missing. Raises ReportError when a character
    has no glyph.
    """
    numbers: dict[str, int] = {}
    for number, sheet in enumerate(laid_out(document, style, faces), 1):
        for _, box in sheet.placed:
            for label in box.labels():
                numbers.setdefault(label, number)
    return MappingProxyType(numbers)


def laid_out(document: Document, style: Style, faces: Faces) -> tuple[Sheet, ...]:
    """The filled pages of a document. Raises ReportError when a character has no glyph."""
    problems = check_coverage(document, faces)
    if problems:
        raise ReportError(problems)
    setter = _setter(style, faces)
    imprint = None if document.imprint is None else imprint_box(document.imprint, setter)
    signature = None if document.signature is None else signature_box(document.signature, setter)
    return fill(document_boxes(document, setter), setter.style.page, imprint, signature, style.grid)


def _setter(style: Style, faces: Faces) -> Setter:
    return Setter(style, shaper_of(faces))
