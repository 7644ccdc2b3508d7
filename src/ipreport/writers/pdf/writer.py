"""The PDF writer: boxes as the story of a ReportLab document, then what ReportLab has no words for.

ReportLab frames the pages and writes the file with its fonts, links, outline and
properties; pikepdf adds structure, colours and the packet that archives read.
"""

from __future__ import annotations

import io
from threading import Lock
from typing import Literal

import pikepdf

from ipreport.cache import Cache
from ipreport.document import Document
from ipreport.fonts import Faces, check_coverage
from ipreport.problems import ReportError
from ipreport.style import Style
from ipreport.writers.pdf.atoms import Shaper
from ipreport.writers.pdf.blocks import document_boxes
from ipreport.writers.pdf.metadata import describe
from ipreport.writers.pdf.setter import Setter
from ipreport.writers.pdf.story import story
from ipreport.writers.pdf.structure import add_structure
from ipreport.writers.pdf.template import Briefing

_COMPRESSION_LEVELS: tuple[Literal[9, 8, 7, 6], ...] = (9, 8, 7, 6)
_level_lock = Lock()
"""The level of compression is one for the whole process."""


def write(document: Document, style: Style, faces: Faces, cache: Cache) -> bytes:
    """The document as PDF 1.7 after PDF/A-2A and PDF/UA-1; the same document gives the same bytes.

    New glyphs are kept in `cache`. Raises ReportError when a character has no glyph,
    and ValueError when a reference or citation leads to a label that does not exist.
    """
    problems = check_coverage(document, faces)
    if problems:
        raise ReportError(problems)
    setter = Setter(style, Shaper(faces))
    painted = io.BytesIO()
    canvas = Briefing(painted, document.meta, setter).put(story(document_boxes(document, setter)))
    with pikepdf.open(painted) as pdf:
        add_structure(pdf, canvas.root, canvas.marks)
        describe(pdf, document.meta)
        if canvas.entries:
            pdf.Root.Outlines.Count = canvas.entries  # ReportLab counts some twice
        data = _saved(pdf)
    faces.save(cache)
    return data


def _saved(pdf: pikepdf.Pdf) -> bytes:
    """The bytes of the file.

    Compressed data that happens to end in a carriage return cannot be told from the
    line end before `endstream`, which validators of PDF/A take for a wrong length
    (ISO 19005-2, 6.1.7.1): then the file is compressed at another level.
    """
    del pdf.trailer.ID  # the new one is to depend on nothing but the contents
    with _level_lock:
        try:
            for level in _COMPRESSION_LEVELS:
                pikepdf.settings.set_flate_compression_level(level)
                data = _bytes(pdf)
                if b"\r\nendstream" not in data:
                    break
        finally:
            pikepdf.settings.set_flate_compression_level(-1)
    return data


def _bytes(pdf: pikepdf.Pdf) -> bytes:
    target = io.BytesIO()
    pdf.save(
        target,
        min_version="1.7",
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
    )
    return target.getvalue()
