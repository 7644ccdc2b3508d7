# LEAD: read DECISION.txt in this folder before editing on, then delete this line.
"""The PDF writer: boxes on pages, then pages, fonts, links and outline in a file."""

from __future__ import annotations

import io
from typing import Literal

import pikepdf

from ipreport.cache import Cache
from ipreport.document import Document, Meta
from ipreport.fonts import Faces, check_coverage
from ipreport.language import ZH
from ipreport.problems import ReportError
from ipreport.style import Justify, Style, StyleName
from ipreport.writers.pdf.assemble import assemble
from ipreport.writers.pdf.atoms import Shaper
from ipreport.writers.pdf.blocks import document_boxes
from ipreport.writers.pdf.page import Canvas, Page
from ipreport.writers.pdf.paginate import paginate
from ipreport.writers.pdf.setter import EM_SPACE, Setter, joined, plain

_COMPRESSION_LEVELS: tuple[Literal[9, 8, 7, 6], ...] = (9, 8, 7, 6)


def write(document: Document, style: Style, faces: Faces, cache: Cache) -> bytes:
    """The document as PDF 1.7 after PDF/A-2A and PDF/UA-1; the same document gives the same bytes.

    New glyphs are kept in `cache`. Raises ReportError when a character has no glyph,
    and ValueError when a reference or citation leads to a label that does not exist.
    """
    problems = check_coverage(document, faces)
    if problems:
        raise ReportError(problems)
    setter = Setter(style, Shaper(faces))
    canvas = Canvas(setter.shaper)
    pages = paginate(document_boxes(document, setter), style.page.text_width, style.page.text_height)
    for number, placed in enumerate(pages, 1):
        page = canvas.new_page()
        with page.artifact("/Type /Pagination"):
            _draw_margins(page, document.meta, setter, number, len(pages))
        for each in placed:
            each.box.draw(page, style.page.left, style.page.height - style.page.top - each.offset)
    _check_targets(canvas)
    pdf = assemble(canvas, document.meta, style.page)
    faces.save(cache)
    return _saved(pdf)


def _saved(pdf: pikepdf.Pdf) -> bytes:
    """The bytes of the file.

    Compressed data that happens to end in a carriage return cannot be told from the
    line end before `endstream`, which validators of PDF/A take for a wrong length
    (ISO 19005-2, 6.1.7.1): then the file is compressed at another level.
    """
    data = b""
    try:
        for level in _COMPRESSION_LEVELS:
            pikepdf.settings.set_flate_compression_level(level)
            target = io.BytesIO()
            pdf.save(
                target,
                min_version="1.7",
                deterministic_id=True,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
                compress_streams=True,
            )
            data = target.getvalue()
            if b"\r\nendstream" not in data:
                break
    finally:
        pikepdf.settings.set_flate_compression_level(-1)
    return data


def _draw_margins(page: Page, meta: Meta, setter: Setter, number: int, count: int) -> None:
    """Running head (not on page one), notice (on every page), page number."""
    geometry, colours = setter.style.page, setter.style.colours
    head = setter.style.text(StyleName.HEADER, ZH)
    top = geometry.height - geometry.header + head.leading
    width = 0.0
    if number > 1 and meta.running_head:
        line = setter.box(joined(meta.running_head, EM_SPACE), StyleName.HEADER)
        line.layout(geometry.text_width)
        line.draw(page, geometry.left, top)
        page.rule(geometry.left, top - head.leading - 4, geometry.text_width, 0.5, colours.rule)
        width = line.natural_width + head.size
    if meta.notice:
        notice = setter.box(
            joined(meta.notice, EM_SPACE), StyleName.HEADER, justify=Justify.RIGHT, colour=colours.warning
        )
        notice.layout(geometry.text_width)
        beside = width + notice.natural_width <= geometry.text_width
        notice.draw(page, geometry.left, top if beside else top + notice.height)
    foot = setter.box(plain(f"{number} / {count}", ZH), StyleName.FOOTER, justify=Justify.CENTRE)
    foot.layout(geometry.text_width)
    foot.draw(page, geometry.left, geometry.footer + foot.height)


def _check_targets(canvas: Canvas) -> None:
    targets = {link.target for page in canvas.pages for link in page.links if link.target is not None}
    missing = sorted(targets - canvas.destinations.keys())
    if missing:
        raise ValueError(f"references lead to labels that do not exist: {', '.join(missing)}")
