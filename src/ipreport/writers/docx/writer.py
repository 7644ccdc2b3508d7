"""From a `Document` to the bytes of a .docx file."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from typing import assert_never

import docx
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
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
    SideBySide,
    Table,
)
from ipreport.style import Style
from ipreport.writers.docx.anchors import Anchors
from ipreport.writers.docx.base import base_document
from ipreport.writers.docx.blocks import bullet_list, callout, callout_apart, heading, note, paragraph
from ipreport.writers.docx.brand import Brand, branded, dressed, with_letterhead
from ipreport.writers.docx.cards import cards
from ipreport.writers.docx.charts import chart_part
from ipreport.writers.docx.columns import list_side_by_side, side_by_side, tabled
from ipreport.writers.docx.comments import Comments
from ipreport.writers.docx.contents import contents, contents_heading
from ipreport.writers.docx.context import Context
from ipreport.writers.docx.embed import EmbeddedFonts, with_fonts
from ipreport.writers.docx.flow import Break, Item, assemble
from ipreport.writers.docx.footnotes import Footnotes
from ipreport.writers.docx.heading_numbers import HeadingNumbers
from ipreport.writers.docx.imprint import imprint, imprint_room
from ipreport.writers.docx.margins import Margins
from ipreport.writers.docx.numbers import number_tabs
from ipreport.writers.docx.package import filled, saved_files, zipped
from ipreport.writers.docx.page import masthead
from ipreport.writers.docx.pictures import figure
from ipreport.writers.docx.properties import add_custom_properties
from ipreport.writers.docx.record import add_record
from ipreport.writers.docx.sheet import Sheet
from ipreport.writers.docx.tables import table
from ipreport.writers.docx.workbook import workbook


def write(document: Document, style: Style, fonts: EmbeddedFonts | None = None, brand: Brand | None = None) -> bytes:
    """`document` as a Word file in the look of `style`, its `fonts` inside where there are any.

    With `brand` its page, theme, styles, headers and footers go before those of `style`. Equal input
    gives equal bytes. ReportError where the maker of a font forbids embedding. ValueError where
    the document is not sound: a reference to a label that no block has, a label used twice, a
    table row that does not fill its columns, a table without a row.
    """
    anchors = Anchors(document)
    headings = (block for block in document.blocks if isinstance(block, Heading) and not anchors.is_title(block.label))
    numbers = HeadingNumbers(headings, document.meta.languages[0])
    house = style
    style = house if brand is None else branded(house, brand)
    sheet = Sheet(style, document.meta.languages, numbered_headings=bool(numbers))
    sheet = replace(sheet, number_tabs=number_tabs(document, sheet), imprint=imprint_room(document, sheet))
    margins = Margins(document, sheet)
    package = docx.Document(io.BytesIO(base_document(document, sheet, margins, numbers)))
    media = _Media(package.part, sheet)
    footnotes, comments = Footnotes(), Comments(document)
    context = Context(
        sheet=sheet,
        anchors=anchors,
        heading_numbers=numbers,
        link=media.link,
        embed=media.embed,
        chart=media.chart,
        value=lambda key, content: comments.value(key, anchors.value(key, content)),
        note=footnotes.mark,
        text_width=style.page.text_width,
    )
    body = assemble(tabled(_items(context, document, comments, margins)))
    footnotes.enter(package.part)
    comments.enter(package.part, context)
    add_record(package.part, document.record if brand is None else with_letterhead(document.record, brand))
    add_custom_properties(package.part.package, document.meta)
    files = saved_files(package.part.package)
    main = package.part.partname.membername
    files[main] = filled(files[main], body)
    if brand is not None:
        files = dressed(files, brand, house, style)
    return zipped(files if fonts is None else with_fonts(files, fonts))


class _Media:
    """Enters what lies outside the text into the package."""

    def __init__(self, part: DocumentPart, sheet: Sheet) -> None:
        self._part = part
        self._sheet = sheet
        self._charts = count(1)
        self._pictures: dict[bytes, str] = {}
        self._numbers: dict[str, count[int]] = {}
        self._names = {str(other.partname) for other in part.package.iter_parts()}

    def link(self, address: str) -> str:
        return self._part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)

    def embed(self, picture: Picture) -> tuple[str, str]:
        """A picture that stands in several places is stored once."""
        png = self._picture(picture.png, "image{}.png", CONTENT_TYPE.PNG)
        return png, self._picture(picture.svg, "drawing{}.svg", "image/svg+xml")

    def _picture(self, content: bytes, name: str, content_type: str) -> str:
        # python-docx compares an image with all that are there, one by one.
        if content not in self._pictures:
            path = self._free(f"/word/media/{name}")
            part = Part(PackURI(path), content_type, content, self._part.package)
            self._pictures[content] = self._part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
        return self._pictures[content]

    def _free(self, path: str) -> str:
        """The first of numbered paths that no part has."""
        numbers = self._numbers.setdefault(path, count(1))
        return next(name for number in numbers if (name := path.format(number)) not in self._names)

    def chart(self, chart: NativeChart) -> str:
        number, package = next(self._charts), self._part.package
        # The workbook is the only part that a chart leads to.
        content = chart_part(chart, self._sheet, "rId1")
        part = Part(PackURI(f"/word/charts/chart{number}.xml"), CONTENT_TYPE.DML_CHART, content, package)
        name = PackURI(f"/word/embeddings/Microsoft_Excel_Sheet{number}.xlsx")
        part.relate_to(Part(name, CONTENT_TYPE.SML_SHEET, workbook(chart), package), RELATIONSHIP_TYPE.PACKAGE)
        return self._part.relate_to(part, RELATIONSHIP_TYPE.CHART)


def _items(context: Context, document: Document, comments: Comments, margins: Margins) -> Iterator[Item]:
    yield from masthead(context, document.masthead)
    blocks = document.blocks
    landscape, first, apart = False, True, False
    for number, (before, block) in enumerate(zip((None, *blocks), blocks, strict=False)):
        comments.begin(number)
        apart = _is_like_callout(before, block) and not apart
        if isinstance(block, PageBreak) and block.landscape is not landscape:
            page = context.sheet.style.page
            yield Break(margins.section(first=first, landscape=landscape))
            landscape, first = block.landscape, False
            context.text_width = (page.turned if landscape else page).text_width
        elif isinstance(block, Heading) and context.anchors.is_title(block.label):
            yield from comments.end(context.sheet, block, [contents_heading(context, block)])
        else:
            items = _block(context, block)
            yield from comments.end(context.sheet, block, list(callout_apart(items) if apart else items))
    if document.imprint is not None:
        page = context.sheet.style.page
        last = blocks[-1] if blocks else None
        yield from imprint(context, document.imprint, page.turned if landscape else page, last)


def _is_like_callout(before: Block | None, block: Block) -> bool:
    """Whether two blocks are callouts with the same box."""
    return isinstance(before, Callout) and isinstance(block, Callout) and before.tone is block.tone


def _block(context: Context, block: Block) -> Iterator[Item]:
    match block:
        case Heading():
            yield from heading(context, block)
        case Paragraph():
            yield from paragraph(context, block)
        case SideBySide():
            yield from side_by_side(context, block)
        case BulletList():
            yield from list_side_by_side(context, block) if block.side_by_side else bullet_list(context, block)
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
            yield from contents(context, block)
        case PageBreak():
            yield Break()
        case _:
            assert_never(block)
