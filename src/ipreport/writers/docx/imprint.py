"""The imprint (版记) at the foot of the last page: a table that floats at the bottom of the type area.

The table stands on the page of the paragraph that follows it, the last of the document. Where
text leaves too little room for it, the two go to the next page together. LibreOffice (7.4)
lets a table as wide as the text float only where its place is measured from the page, and then never over text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise, zip_longest

from ipreport.document import Document, Imprint, ImprintLine, Text, Texts
from ipreport.language import EN, ZH, Localized
from ipreport.style import Page, TextStyle
from ipreport.writers.docx import runs
from ipreport.writers.docx.catalogue import BLOCK_GAP
from ipreport.writers.docx.context import Context
from ipreport.writers.docx.flow import Grid, Item, Para
from ipreport.writers.docx.markup import twips
from ipreport.writers.docx.names import Name
from ipreport.writers.docx.sheet import Sheet
from ipreport.writers.docx.table_styles import IMPRINT_STYLE, table_look
from ipreport.writers.docx.tables import table_start
from ipreport.writers.docx.widths import width

_TITLE = Localized("版记", "Imprint")
_DESCRIPTION = Localized("本期报、送、发的单位，印发单位和日期。", "Whom this issue goes to, who issues it, and when.")
_GAP = 0.25
"""The gap between Han and Latin characters in em (CLREQ 3.2.1)."""
_AIR = 12.0
"""What a column keeps beside its widest words, whose widths are estimates."""


def imprint(context: Context, block: Imprint, page: Page) -> Iterator[Item]:
    """The imprint on the last page, which is a `page`, from the left to the right edge of its type area."""
    sheet = context.sheet
    whole = twips(page.text_width)
    right = twips(min(_widest(sheet, block.date) + _AIR, page.text_width / 2))
    widths = [whole - right, right]
    issuer = (context.para(Name.IMPRINT_ISSUER, text) for text in block.issuer)
    date = (context.para(Name.IMPRINT_DATE, text) for text in block.date)
    rows = [_row(_cell(widths[0], issuer), _cell(widths[1], date))]
    if block.lines:
        rows.insert(0, _row(_cell(whole, _lines(context, block.lines), 2)))
    if block.copies:
        rows.append(_row(_cell(whole, (context.para(Name.IMPRINT_COPIES, text) for text in block.copies), 2)))
    place = (
        f'<w:tblpPr w:leftFromText="0" w:rightFromText="0" w:topFromText="{twips(BLOCK_GAP)}" w:bottomFromText="0"'
        f' w:vertAnchor="margin" w:horzAnchor="page" w:tblpX="{twips(page.left)}" w:tblpYSpec="bottom"/>'
        '<w:tblOverlap w:val="never"/>'
    )
    title, description = (
        " / ".join(words[language] for language in (ZH, EN) if language in sheet.languages)
        for words in (_TITLE, _DESCRIPTION)
    )
    start = table_start(IMPRINT_STYLE, widths, title, description, table_look(), place)
    yield Grid(f"{start}{''.join(rows)}</w:tbl>")


def label_width(document: Document, sheet: Sheet) -> float:
    """How far names stand from the left edge of the labels before them, in points: as far as the widest label."""
    block = document.imprint
    return 0.0 if block is None else max((_widest(sheet, line.label) for line in block.lines), default=0.0)


def _widest(sheet: Sheet, texts: Texts) -> float:
    looks = [(text, sheet.text_style(Name.IMPRINT_LINE, text.language)) for text in texts]
    return max((_measured(text.plain(), look) + look.size for text, look in looks), default=0.0)


def _measured(words: str, look: TextStyle) -> float:
    """The width of words with the gaps that word processors leave between Han and Latin characters."""
    gaps = sum(one.isascii() is not other.isascii() for one, other in pairwise(words))
    return width(words, look.size, look.font) + _GAP * look.size * gaps


def _lines(context: Context, lines: tuple[ImprintLine, ...]) -> Iterator[Para]:
    """Label and names of each line, language below language; no rule parts them (GB/T 9704-2012, 7.4.2)."""
    for line in lines:
        for label, names in zip_longest(line.label, line.names):
            yield _line(context, label, names)


def _line(context: Context, label: Text | None, names: Text | None) -> Para:
    language = next(text.language for text in (label, names) if text is not None)
    parts = ["" if text is None else context.inlines(text, Name.IMPRINT_LINE) for text in (label, names)]
    return context.styled(Name.IMPRINT_LINE, language, runs.TAB.join(parts))


def _row(*cells: str) -> str:
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


def _cell(wide: int, paragraphs: Iterable[Para], columns: int = 1) -> str:
    spanned = f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
    content = "".join(paragraph.xml() for paragraph in paragraphs)
    return f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/>{spanned}</w:tcPr>{content}</w:tc>'
