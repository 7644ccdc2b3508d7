"""The margins of pages: running heads, page numbers, and the sections that refer to them (ECMA-376 17.10, 17.6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ipreport.document import Document, Meta, PageBreak, Text, Texts
from ipreport.style import PageNumbers
from ipreport.writers.docx import runs
from ipreport.writers.docx.markup import DECLARATION, R, W, twips
from ipreport.writers.docx.names import Name
from ipreport.writers.docx.package import NewPart, relationship_id, word_part
from ipreport.writers.docx.sheet import Sheet
from ipreport.writers.docx.styles import NOTICE
from ipreport.writers.docx.watermark import V, watermark


@dataclass(frozen=True, slots=True)
class _Story:
    """A header or footer: which pages of a section it is for, whether upright or turned ones, and its part."""

    kind: str
    pages: str
    turned: bool
    content: str


class Margins:
    """Headers and footers of one document. Its parts come first in the package, which gives them their ids."""

    def __init__(self, document: Document, sheet: Sheet) -> None:
        self._sheet = sheet
        self._stories = (*_headers(document, sheet), *_footers(sheet))

    @property
    def parts(self) -> tuple[NewPart, ...]:
        """The parts in the order that the ids of `section` count on."""
        numbers = {"header": 0, "footer": 0}
        found = []
        for story in self._stories:
            numbers[story.kind] += 1
            found.append(word_part(f"{story.kind}{numbers[story.kind]}.xml", story.kind, story.content))
        return tuple(found)

    def section(self, *, first: bool = False, landscape: bool = False) -> str:
        """`w:sectPr` (17.6.17) of a section, `first` of the one that page one belongs to.

        There is no `w:docGrid`: on a grid of lines English would stand as loose as Chinese.
        """
        usual = self._sheet.style.page
        page = usual.turned if landscape else usual
        orientation = ' w:orient="landscape"' if landscape else ""
        # A running head stands on its line, while Word measures to the top of it (17.6.11).
        head = page.header - self._sheet.text_style(Name.HEADER, self._sheet.primary).leading
        return (
            f"<w:sectPr>{''.join(self._references(first=first, landscape=landscape))}"
            f'<w:pgSz w:w="{twips(page.width)}" w:h="{twips(page.height)}"{orientation}/>'
            f'<w:pgMar w:top="{twips(page.top)}" w:right="{twips(page.right)}" w:bottom="{twips(page.bottom)}"'
            f' w:left="{twips(page.left)}" w:header="{twips(head)}" w:footer="{twips(page.footer)}"'
            ' w:gutter="0"/>'
            f'<w:cols w:space="425"/>{"<w:titlePg/>" if first else ""}</w:sectPr>'
        )

    def _references(self, *, first: bool, landscape: bool) -> Iterator[str]:
        """Every section names all of its own: one that a section leaves out is that of the section before it."""
        for index, story in enumerate(self._stories):
            alike = story.kind == "footer" or story.turned is landscape
            if alike and (first or story.pages != "first"):
                yield f'<w:{story.kind}Reference w:type="{story.pages}" r:id="{relationship_id(index)}"/>'


def has_landscape(document: Document) -> bool:
    """Whether a page of the document is turned on its side, and it therefore has several sections."""
    return any(isinstance(block, PageBreak) and block.landscape for block in document.blocks)


def ends_turned(document: Document) -> bool:
    """Whether the last page is turned on its side."""
    breaks = [block for block in document.blocks if isinstance(block, PageBreak)]
    return bool(breaks) and breaks[-1].landscape


def parts_pages(sheet: Sheet) -> bool:
    """Whether odd and even pages have headers and footers of their own (17.10.1)."""
    return sheet.style.page_numbers is PageNumbers.DASHED


def _headers(document: Document, sheet: Sheet) -> Iterator[_Story]:
    """A watermark stands in each: what a page has no header for has no watermark either."""
    meta, page = document.meta, sheet.style.page
    kinds = ("default", "even") if parts_pages(sheet) else ("default",)
    places = [("first", False), *((kind, False) for kind in kinds)]
    places += [(kind, True) for kind in kinds] if has_landscape(document) else []
    for number, (pages, turned) in enumerate(places, 1):
        mark = watermark(sheet, meta.draft, page.turned if turned else page, number)
        yield _Story("header", pages, turned, _header(sheet, meta, pages, mark, turned=turned))


def _header(sheet: Sheet, meta: Meta, pages: str, mark: str, *, turned: bool) -> str:
    """The running head to the left, the notice to the right; page one has the masthead for a head."""
    head = () if pages == "first" else meta.running_head
    name = Name.HEADER_FIRST if not head else Name.HEADER_LANDSCAPE if turned else Name.HEADER
    left, right = _joined(sheet, head), _joined(sheet, meta.notice, NOTICE)
    content = f"{left}{runs.TAB}{right}" if right else left
    style = f'<w:pPr><w:pStyle w:val="{sheet.style_id(name, sheet.primary)}"/></w:pPr>'
    return f"{DECLARATION}<w:hdr {W} {R}{f' {V}' if mark else ''}><w:p>{style}{mark}{content}</w:p></w:hdr>"


def _joined(sheet: Sheet, texts: Texts, character_style: str | None = None) -> str:
    """The languages of a head line side by side."""
    font = sheet.text_style(Name.HEADER, sheet.primary).font

    def part(text: Text) -> str:
        return runs.runs(text.plain(), text.language, font, character_style)

    return runs.runs(runs.WIDE_SPACE, sheet.primary, font).join(map(part, texts))


def _footers(sheet: Sheet) -> Iterator[_Story]:
    """Page one has the number of every odd page, in a footer of its own, for it has a header of its own."""
    if sheet.style.page_numbers is PageNumbers.COUNT:
        for pages in ("first", "default"):
            yield _Story("footer", pages, False, _footer(sheet, Name.FOOTER, _counted(sheet)))
        return
    for pages, name, number in (
        ("first", Name.FOOTER_ODD, "1"),
        ("default", Name.FOOTER_ODD, "1"),
        ("even", Name.FOOTER_EVEN, "2"),
    ):
        yield _Story("footer", pages, False, _footer(sheet, name, _dashed(sheet, number)))


def _footer(sheet: Sheet, name: Name, content: str) -> str:
    style = f'<w:pPr><w:pStyle w:val="{sheet.style_id(name, sheet.primary)}"/></w:pPr>'
    return f"{DECLARATION}<w:ftr {W} {R}><w:p>{style}{content}</w:p></w:ftr>"


def _counted(sheet: Sheet) -> str:
    """The page and the number of pages, which every reader counts for itself."""
    return runs.field("PAGE", _plain(sheet, "1")) + _plain(sheet, " / ") + runs.field("NUMPAGES", _plain(sheet, "1"))


def _dashed(sheet: Sheet, number: str) -> str:
    """The page between dashes of one em (GB/T 9704-2012, 7.5)."""
    return _plain(sheet, "— ") + runs.field("PAGE", _plain(sheet, number)) + _plain(sheet, " —")


def _plain(sheet: Sheet, text: str) -> str:
    return runs.runs(text, sheet.primary, sheet.text_style(Name.FOOTER, sheet.primary).font)
