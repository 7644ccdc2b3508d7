"""Figures: an inline picture, PNG for every reader and SVG for those that draw it (ECMA-376 20.4)."""

from __future__ import annotations

from collections.abc import Iterator

from ipreport.document import Figure, Picture, Texts
from ipreport.writers.docx.blocks import BLOCK_GAP, caption, notes
from ipreport.writers.docx.context import Context, plain_texts
from ipreport.writers.docx.flow import Gap, Item
from ipreport.writers.docx.markup import PIC, WP, A, emu, escape
from ipreport.writers.docx.sheet import Name

# MS-ODRAWXML 2.2.25: how a drawing names the SVG behind its raster picture.
_SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
_SVG_NAMESPACE = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"


def figure(context: Context, block: Figure) -> Iterator[Item]:
    """Picture, caption and notes, kept on one page."""
    yield Gap(BLOCK_GAP)
    content = picture_run(context, block.picture, block.alt, context.text_width)
    yield context.styled(Name.FIGURE, context.sheet.primary, content)
    yield from caption(context, block.label, block.caption, Name.CAPTION, keep=bool(block.notes))
    yield from notes(context, block.notes, Name.SOURCE_NOTE)
    yield Gap(BLOCK_GAP)


def picture_run(context: Context, picture: Picture, alternative: Texts, width: float) -> str:
    """The run that holds a picture; one wider than `width` points is scaled down to it."""
    scale = min(1.0, width / picture.width)
    extent = f'cx="{emu(picture.width * scale)}" cy="{emu(picture.height * scale)}"'
    png, svg = context.embed(picture)
    number = next(context.drawing_ids)
    properties = f'id="{number}" name="{escape(f"Figure {number}")}" descr="{escape(plain_texts(alternative))}"'
    return (
        f'<w:r><w:drawing><wp:inline {WP} distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/>'
        f"<wp:docPr {properties}/><wp:cNvGraphicFramePr>"
        f'<a:graphicFrameLocks {A} noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic {A}>'
        f'<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic {PIC}>'
        f"<pic:nvPicPr><pic:cNvPr {properties}/><pic:cNvPicPr/></pic:nvPicPr>"
        f'<pic:blipFill><a:blip r:embed="{png}"><a:extLst><a:ext uri="{_SVG_EXTENSION}">'
        f'<asvg:svgBlip xmlns:asvg="{_SVG_NAMESPACE}" r:embed="{svg}"/></a:ext></a:extLst></a:blip>'
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )
