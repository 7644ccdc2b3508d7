"""From a `Document` to the bytes of a .docx file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from itertools import count
from typing import assert_never

import docx
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.parts.document import DocumentPart

from ipreport.document import (
    Block,
    BulletList,
    Callout,
    Cards,
    Contents,
    Document,
    Figure,
    Heading,
    NativeChart,
    Note,
    PageBreak,
    Paragraph,
    Picture,
    Table,
)
from ipreport.style import Style
from ipreport.writers.docx.anchors import Anchors
from ipreport.writers.docx.base import MARGINS, base_document
from ipreport.writers.docx.blocks import bullet_list, callout, heading, note, paragraph
from ipreport.writers.docx.brand import Brand, branded, dressed, with_letterhead
from ipreport.writers.docx.cards import cards
from ipreport.writers.docx.charts import chart_part
from ipreport.writers.docx.context import Context
from ipreport.writers.docx.flow import Break, Item, assemble
from ipreport.writers.docx.markup import R, W
from ipreport.writers.docx.package import normalise, zipped
from ipreport.writers.docx.page import masthead, section
from ipreport.writers.docx.pictures import figure
from ipreport.writers.docx.record import add_record
from ipreport.writers.docx.sheet import Sheet
from ipreport.writers.docx.tables import table
from ipreport.writers.docx.workbook import workbook


def write(document: Document, style: Style, brand: Brand | None = None) -> bytes:
    """`document` as a Word file in the look of `style`; equal input gives equal bytes.

    With `brand` its page, theme, styles, headers and footers go before those of `style`.

    ValueError where the document is not sound: a reference to a label that no
    block has, a label used twice, a table row that does not fill its columns.
    """
    house = style
    style = house if brand is None else branded(house, brand)
    sheet = Sheet(style, document.meta.languages)
    package = docx.Document(io.BytesIO(base_document(document, sheet)))
    media = _Media(package.part, sheet)
    context = Context(sheet, Anchors(document), media.link, media.embed, media.chart, style.page.text_width)
    body = package.element.body
    for element in parse_xml(f"<w:body {W} {R}>{assemble(_items(context, document))}</w:body>"):
        body.sectPr.addprevious(element)
    add_record(package.part, document.record if brand is None else with_letterhead(document.record, brand))
    saved = io.BytesIO()
    package.save(saved)
    if brand is None:
        return normalise(saved.getvalue())
    with zipfile.ZipFile(saved) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    return zipped(dressed(files, brand, house, style))


class _Media:
    """Enters what lies outside the text into the package."""

    def __init__(self, part: DocumentPart, sheet: Sheet) -> None:
        self._part = part
        self._sheet = sheet
        self._drawings = count(1)
        self._charts = count(1)
        self._vectors: dict[bytes, str] = {}

    def link(self, address: str) -> str:
        return self._part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)

    def embed(self, picture: Picture) -> tuple[str, str]:
        """A picture that stands in several places is stored once."""
        png, _ = self._part.get_or_add_image(io.BytesIO(picture.png))
        if picture.svg not in self._vectors:
            name = PackURI(f"/word/media/drawing{next(self._drawings)}.svg")
            svg = Part(name, "image/svg+xml", picture.svg, self._part.package)
            self._vectors[picture.svg] = self._part.relate_to(svg, RELATIONSHIP_TYPE.IMAGE)
        return png, self._vectors[picture.svg]

    def chart(self, chart: NativeChart) -> str:
        number, package = next(self._charts), self._part.package
        # The workbook is the only part that a chart leads to.
        content = chart_part(chart, self._sheet, "rId1")
        part = Part(PackURI(f"/word/charts/chart{number}.xml"), CONTENT_TYPE.DML_CHART, content, package)
        name = PackURI(f"/word/embeddings/Microsoft_Excel_Sheet{number}.xlsx")
        part.relate_to(Part(name, CONTENT_TYPE.SML_SHEET, workbook(chart), package), RELATIONSHIP_TYPE.PACKAGE)
        return self._part.relate_to(part, RELATIONSHIP_TYPE.CHART)


def _items(context: Context, document: Document) -> Iterator[Item]:
    yield from masthead(context, document.masthead)
    landscape, first = False, True
    for block in document.blocks:
        if isinstance(block, PageBreak) and block.landscape is not landscape:
            page = context.sheet.style.page
            yield Break(section(page, MARGINS, first=first, landscape=landscape))
            landscape, first = block.landscape, False
            context.text_width = (page.turned if landscape else page).text_width
        else:
            yield from _block(context, block)


def _block(context: Context, block: Block) -> Iterator[Item]:
    match block:
        case Heading():
            yield from heading(context, block)
        case Paragraph():
            yield from paragraph(context, block)
        case BulletList():
            yield from bullet_list(context, block)
        case Cards():
            yield from cards(context, block)
        case Table():
            yield from table(context, block)
        case Figure():
            yield from figure(context, block)
        case Note():
            yield from note(context, block)
        case Callout():
            yield from callout(context, block)
        case Contents():
            yield from ()
        case PageBreak():
            yield Break()
        case _:
            assert_never(block)
