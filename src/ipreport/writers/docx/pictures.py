"""Figures: an inline picture, PNG for every reader and SVG for those that draw it; or a chart (ECMA-376 20.4)."""

from __future__ import annotations

from collections.abc import Iterator

from ipreport.document import Figure, NativeChart, Picture, Texts
from ipreport.writers.docx.blocks import caption, notes
from ipreport.writers.docx.catalogue import BLOCK_GAP
from ipreport.writers.docx.context import Context, plain_texts
from ipreport.writers.docx.flow import Gap, Item
from ipreport.writers.docx.markup import PIC, WP, A, emu, escape
from ipreport.writers.docx.names import Name

# MS-ODRAWXML 2.2.25: how a drawing names the SVG behind its raster picture.
_SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
_SVG_NAMESPACE = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_CHART_NAMESPACE = "http://schemas.openxmlformats.org/drawingml/2006/chart"


def figure(context: Context, block: Figure) -> Iterator[Item]:
    """Picture or chart, caption and notes, kept on one page."""
    yield Gap(BLOCK_GAP)
    drawn = (
        picture_run(context, block.picture, block.alt, context.text_width)
        if block.native is None
        else _chart(context, block, block.native)
    )
    yield context.styled(Name.FIGURE, context.sheet.primary, drawn)
    yield caption(context, block.label, block.caption, Name.CAPTION, keep=None if block.notes else False)
    yield from notes(context, block.notes, Name.SOURCE_NOTE)
    yield Gap(BLOCK_GAP)


def _extent(width: float, height: float, limit: float) -> str:
    """The size of a drawing; one wider than `limit` points is scaled down to it."""
    scale = min(1.0, limit / width)
    return f'cx="{emu(width * scale)}" cy="{emu(height * scale)}"'


def _properties(context: Context, alternative: Texts) -> str:
    """Number, name and alternative text."""
    number = next(context.drawing_ids)
    return f'id="{number}" name="{escape(f"Figure {number}")}" descr="{escape(plain_texts(alternative))}"'


def _chart(context: Context, block: Figure, chart: NativeChart) -> str:
    """The run that holds a chart, whose title is that of the caption."""
    title = plain_texts(block.caption.texts, " / ")
    extent = _extent(chart.width, chart.height, context.text_width)
    return (
        f'<w:r><w:drawing><wp:inline {WP} distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent {extent}/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:docPr {_properties(context, block.alt)} title="{escape(title)}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic {A}><a:graphicData uri="{_CHART_NAMESPACE}">'
        f'<c:chart xmlns:c="{_CHART_NAMESPACE}" r:id="{context.chart(chart)}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def picture_run(context: Context, picture: Picture, alternative: Texts, width: float) -> str:
    """The run that holds a picture; one wider than `width` points is scaled down to it."""
    extent = _extent(picture.width, picture.height, width)
    png, svg = context.embed(picture)
    properties = _properties(context, alternative)
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
