"""What stands round the blocks: masthead, header, footer, section."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ipreport.document import Masthead, Meta, Text, Texts
from ipreport.style import Page
from ipreport.writers.docx import runs
from ipreport.writers.docx.context import Context
from ipreport.writers.docx.flow import Item, Para
from ipreport.writers.docx.markup import DECLARATION, R, W, twips
from ipreport.writers.docx.sheet import Name, Sheet
from ipreport.writers.docx.styles import NOTICE

_WIDE_SPACE = "\u3000"


def masthead(context: Context, block: Masthead) -> Iterator[Item]:
    """The head of page one: remark, name, issue, then compiler and date on one line above the rule."""
    yield from (context.para(Name.MASTHEAD_REMARK, text) for text in block.remark)
    yield from (context.para(Name.TITLE, text) for text in block.name)
    if block.issue:
        issue = runs.runs(
            _WIDE_SPACE,
            block.issue[0].language,
            context.sheet.text_style(Name.MASTHEAD_LINE, block.issue[0].language).font,
        ).join(context.inlines(text, Name.MASTHEAD_LINE) for text in block.issue)
        yield context.styled(Name.MASTHEAD_LINE, block.issue[0].language, issue)
    lines = max(len(block.compiler), len(block.date))
    for index in range(lines):
        name = Name.MASTHEAD_RULE if index + 1 == lines else Name.MASTHEAD_IMPRINT
        yield _imprint(context, name, block.compiler[index : index + 1], block.date[index : index + 1])


def _imprint(context: Context, name: Name, left: Texts, right: Texts) -> Para:
    language = (*left, *right)[0].language
    sides = ["".join(context.inlines(text, name) for text in side) for side in (left, right)]
    return context.styled(name, language, runs.TAB.join(sides))


def header(sheet: Sheet, running_head: Texts, notice: Texts, page: Page) -> str:
    """A header part for `page`: the running head to the left, the notice to the right."""
    name = Name.HEADER if running_head else Name.HEADER_FIRST
    left, right = _joined(sheet, running_head), _joined(sheet, notice, NOTICE)
    content = f"{left}{runs.TAB}{right}" if right else left
    tabs = "" if page == sheet.style.page else _moved_tab(sheet.style.page, page)
    style = f'<w:pPr><w:pStyle w:val="{sheet.style_id(name, sheet.primary)}"/>{tabs}</w:pPr>'
    return f"{DECLARATION}<w:hdr {W} {R}><w:p>{style}{content}</w:p></w:hdr>"


def _moved_tab(usual: Page, page: Page) -> str:
    """The tab at the right margin, which lies elsewhere than the style has it."""
    return (
        f'<w:tabs><w:tab w:val="clear" w:pos="{twips(usual.text_width)}"/>'
        f'<w:tab w:val="right" w:pos="{twips(page.text_width)}"/></w:tabs>'
    )


def footer(sheet: Sheet) -> str:
    """The footer part: page and number of pages, which every reader counts for itself."""
    font = sheet.text_style(Name.FOOTER, sheet.primary).font
    number = runs.runs("1", sheet.primary, font)
    slash = runs.runs(" / ", sheet.primary, font)
    content = runs.field("PAGE", number) + slash + runs.field("NUMPAGES", number)
    return f'{DECLARATION}<w:ftr {W} {R}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{content}</w:p></w:ftr>'


def _joined(sheet: Sheet, texts: tuple[Text, ...], character_style: str | None = None) -> str:
    """The languages of a head line side by side."""
    font = sheet.text_style(Name.HEADER, sheet.primary).font
    space = runs.runs(_WIDE_SPACE, sheet.primary, font)
    return space.join(runs.runs(text.plain(), text.language, font, character_style) for text in texts)


@dataclass(frozen=True, slots=True)
class Margins:
    """The relationship ids of headers and footer: of page one, of the others, of landscape pages."""

    first_header: str
    header: str
    landscape_header: str
    footer: str


def header_parts(sheet: Sheet, meta: Meta) -> tuple[str, str, str]:
    """The header of the first page, that of the others, and that of landscape pages."""
    page = sheet.style.page
    first = header(sheet, (), meta.notice, page)
    usual, turned = (header(sheet, meta.running_head, meta.notice, each) for each in (page, page.turned))
    return first, usual, turned


def section(page: Page, margins: Margins, *, first: bool = False, landscape: bool = False) -> str:
    """`w:sectPr` (17.6.17) of a section, `first` of the one that page one belongs to.

    Page one has the footer of the others. There is no `w:docGrid`: on a grid of lines
    English would stand as loose as Chinese.
    """
    shape = page.turned if landscape else page
    header_id = margins.landscape_header if landscape else margins.header
    opening = (
        f'<w:headerReference w:type="first" r:id="{margins.first_header}"/>'
        f'<w:footerReference w:type="first" r:id="{margins.footer}"/>'
    )
    orientation = ' w:orient="landscape"' if landscape else ""
    return (
        f'<w:sectPr><w:headerReference w:type="default" r:id="{header_id}"/>'
        f'<w:footerReference w:type="default" r:id="{margins.footer}"/>{opening if first else ""}'
        f'<w:pgSz w:w="{twips(shape.width)}" w:h="{twips(shape.height)}"{orientation}/>'
        f'<w:pgMar w:top="{twips(shape.top)}" w:right="{twips(shape.right)}" w:bottom="{twips(shape.bottom)}"'
        f' w:left="{twips(shape.left)}" w:header="{twips(shape.header)}" w:footer="{twips(shape.footer)}"'
        ' w:gutter="0"/>'
        f'<w:cols w:space="425"/>{"<w:titlePg/>" if first else ""}</w:sectPr>'
    )
