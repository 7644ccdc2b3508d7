"""Pages turned on their side: between upright ones, with headers and numbers, in both formats."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pytest
from lxml import etree

from docx_helpers import W, part
from helpers import BRIEFING, Copy, composed
from ipreport.cache import Cache
from ipreport.compose.compose import _broken_once
from ipreport.document import Block, Document, Figure, Heading, PageBreak, Paragraph, Table, text
from ipreport.language import ZH
from ipreport.style import MODERN
from ipreport.writers import docx, pdf
from ooxml_lint import lint
from showcase import showcase
from test_pdf import faces, texts_by_pdfium

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
FIGURE = next(block for block in showcase().blocks if isinstance(block, Figure))
WIDE = replace(FIGURE, picture=replace(FIGURE.picture, width=MODERN.page.turned.text_width))
ONE, TWO = Paragraph(text(ZH, "一。")), Paragraph(text(ZH, "二。"))


def document(*blocks: Block) -> Document:
    return replace(showcase(), blocks=blocks)


BETWEEN = document(ONE, PageBreak(landscape=True), WIDE, PageBreak(), TWO)
AT_END = document(ONE, PageBreak(landscape=True), WIDE)


def sizes(data: bytes) -> list[tuple[int, int]]:
    with pikepdf.open(io.BytesIO(data)) as opened:
        return [(round(page.mediabox[2]), round(page.mediabox[3])) for page in opened.pages]


def pdf_of(written: Document) -> bytes:
    return pdf.write(written, MODERN, faces(), Cache(None))


def test_a_landscape_page_stands_between_upright_ones() -> None:
    data = pdf_of(BETWEEN)

    assert sizes(data) == [(595, 842), (842, 595), (595, 842)]
    pages = texts_by_pdfium(data)
    assert [f"{number} / 3" in page for number, page in enumerate(pages, start=1)] == [True, True, True]
    assert "知识产权工作简报" in pages[1]


def test_a_briefing_may_end_with_a_landscape_page() -> None:
    assert sizes(pdf_of(AT_END)) == [(595, 842), (842, 595)]


def test_breaks_on_end_leave_no_page_empty_and_the_last_one_counts() -> None:
    data = pdf_of(
        document(ONE, PageBreak(), PageBreak(landscape=True), WIDE, PageBreak(landscape=True), PageBreak(), TWO)
    )

    assert sizes(data) == [(595, 842), (842, 595), (595, 842)]


def test_composition_states_breaks_once() -> None:
    turned = PageBreak(landscape=True)

    assert _broken_once((ONE, turned, WIDE, PageBreak(), turned, WIDE, PageBreak())) == (
        ONE,
        turned,
        WIDE,
        turned,
        WIDE,
    )


@pytest.mark.parametrize(("written", "turned"), [(BETWEEN, [False, True, False]), (AT_END, [False, True])])
def test_a_word_file_has_a_section_for_each_turn(written: Document, turned: list[bool]) -> None:
    data = docx.write(written, MODERN)

    assert lint(data) == []
    sections = list(part(data).iter(f"{W}sectPr"))
    found = [section.find(f"{W}pgSz") for section in sections]
    assert [size is not None and size.get(f"{W}orient") == "landscape" for size in found] == turned
    assert [section.find(f"{W}titlePg") is not None for section in sections] == [True, *[False] * (len(turned) - 1)]
    for section, landscape in zip(sections, turned, strict=True):
        kinds = [each.get(f"{W}type") for each in section.iter(f"{W}headerReference")]
        assert kinds == (["first", "default"] if section is sections[0] else ["default"])
        assert header_style(data, section) == ("HeaderLandscape" if landscape else "Header")


def header_style(package: bytes, section: etree._Element) -> str | None:
    """The style of the running head of a section."""
    (reference,) = section.iterfind(f"{W}headerReference[@{W}type='default']")
    relations = part(package, "word/_rels/document.xml.rels")
    (target,) = (each.get("Target") for each in relations if each.get("Id") == reference.get(f"{R}id"))
    style = part(package, f"word/{target}").find(f".//{W}pStyle")
    return None if style is None else style.get(f"{W}val")


def test_the_notice_stands_at_the_right_margin_of_a_landscape_page() -> None:
    styles = part(docx.write(BETWEEN, MODERN), "word/styles.xml")
    (style,) = styles.iterfind(f"{W}style[@{W}styleId='HeaderLandscape']")
    stops = [(tab.get(f"{W}val"), tab.get(f"{W}pos")) for tab in style.iter(f"{W}tab")]
    assert stops == [("right", str(round(MODERN.page.turned.text_width * 20)))]
    assert part(docx.write(BETWEEN, MODERN), "word/header3.xml").find(f".//{W}pPr/{W}tabs") is None


def test_a_heading_right_above_stands_on_the_landscape_page(small: Copy) -> None:
    table = "    blocks:\n      - table:\n          id: all\n          width: landscape\n"
    head = "  - {id: part, title: {zh: 附表, en: Tables}, blocks: [text: {zh: 甲。, en: A.}]}\n"
    small.change(
        BRIEFING,
        "      - table:\n          id: all\n",
        f"{head}  - id: wide\n    title: {{zh: 总表, en: All}}\n    level: 2\n    page_break: true\n{table}",
    )
    blocks = composed(small).blocks
    place = next(number for number, block in enumerate(blocks) if isinstance(block, Table))
    assert isinstance(blocks[place - 1], Heading)
    assert blocks[place - 2] == PageBreak(landscape=True)
    assert blocks[place + 1] == PageBreak()
    assert isinstance(blocks[place - 3], Paragraph)
