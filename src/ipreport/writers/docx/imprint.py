"""The imprint (版记): a table in a text box at the foot of the last page.

The box stands at the bottom of the type area and lets text pass; the paragraph it is bound to, the
last of the document, is as high as the box, so that no text gets there. Where a page is too full for that
paragraph it goes to the next one, and the box goes with it. A floating table, round which text flows,
would need no such place, but where a table crosses pages before it LibreOffice (7.4) breaks that row by row
onto pages of their own, or never ends.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import pairwise, zip_longest
from math import fsum

from ipreport.document import (
    Block,
    BulletList,
    Callout,
    Document,
    Imprint,
    ImprintLine,
    Note,
    Paragraph,
    Text,
    Texts,
)
from ipreport.language import EN, ZH, Localized
from ipreport.style import Page, TextStyle
from ipreport.writers.docx import runs
from ipreport.writers.docx.context import Context
from ipreport.writers.docx.flow import Item, Para
from ipreport.writers.docx.margins import ends_turned
from ipreport.writers.docx.markup import WP, A, emu, escape, twips
from ipreport.writers.docx.names import Name
from ipreport.writers.docx.sheet import ImprintRoom, Sheet
from ipreport.writers.docx.table_styles import IMPRINT_MARGINS, IMPRINT_STYLE, table_look
from ipreport.writers.docx.tables import table_start
from ipreport.writers.docx.widths import width

_TITLE = Localized("版记", "Imprint")
_DESCRIPTION = Localized("本期报、送、发的单位，印发单位和日期。", "Whom this issue goes to, who issues it, and when.")
_GAP = 0.25
"""The gap between Han and Latin characters in em (CLREQ 3.2.1)."""
_AIR = 12.0
"""What a column keeps beside its widest words, whose widths are estimates."""
_DOUBT = 1.05
"""How much wider than estimated words may be before they take another line."""
_SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_NAMESPACES = f'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="{_SHAPE}" {WP} {A}'


def imprint(context: Context, block: Imprint, page: Page, last: Block | None) -> Iterator[Item]:
    """The imprint on the last page, which is a `page`, from the left to the right edge of its type area.

    It does not stand alone on a page where the `last` block before it is text that can go there with it. The notes of a
    table or figure stay with that.
    """
    sheet = context.sheet
    widths = _widths(sheet, block, page)
    issuer = (context.para(Name.IMPRINT_ISSUER, text) for text in block.issuer)
    date = (context.para(Name.IMPRINT_DATE, text) for text in block.date)
    rows = [_row(_cell(widths[0], issuer), _cell(widths[1], date))]
    if block.lines:
        rows.insert(0, _row(_cell(sum(widths), _lines(context, block.lines), 2)))
    if block.copies:
        copies = (context.para(Name.IMPRINT_COPIES, text) for text in block.copies)
        rows.append(_row(_cell(sum(widths), copies, 2)))
    title, description = (
        " / ".join(words[language] for language in (ZH, EN) if language in sheet.languages)
        for words in (_TITLE, _DESCRIPTION)
    )
    start = table_start(IMPRINT_STYLE, widths, title, description, table_look())
    content = f"{start}{''.join(rows)}</w:tbl>{Para('ImprintEnd', '').xml()}"
    number = next(context.drawing_ids)
    names = f'id="{number}" name="{escape(title)}" descr="{escape(description)}" title="{escape(title)}"'
    box = _box(content, names, page.text_width, sheet.imprint.height)
    yield Para("ImprintPlace", box, bound=isinstance(last, Paragraph | Note | BulletList | Callout))


def _box(content: str, names: str, across: float, height: float) -> str:
    """A text box without a frame at the foot of the type area (20.4.2.3; MS-ODRAWXML 2.26).

    It becomes as high as its content, which stands at its foot.
    """
    extent = f'cx="{emu(across)}" cy="{emu(height)}"'
    return (
        f'<w:r><mc:AlternateContent {_NAMESPACES}><mc:Choice Requires="wps"><w:drawing>'
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="251658240" behindDoc="0"'
        ' locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="margin"><wp:align>left</wp:align></wp:positionH>'
        '<wp:positionV relativeFrom="margin"><wp:align>bottom</wp:align></wp:positionV>'
        f'<wp:extent {extent}/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/><wp:docPr {names}/>'
        f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{_SHAPE}"><wps:wsp><wps:cNvSpPr txBox="1"/>'
        f'<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>'
        f"<wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx>"
        '<wps:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="b"><a:spAutoFit/></wps:bodyPr>'
        "</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r>"
    )


# --- how much room it takes up ---------------------------------------------------------


def imprint_room(document: Document, sheet: Sheet) -> ImprintRoom:
    """What the imprint of `document` takes up, one line more than it is estimated to have; nothing without one."""
    block = document.imprint
    if block is None:
        return ImprintRoom()
    page = sheet.style.page.turned if ends_turned(document) else sheet.style.page
    label = max((_widest(sheet, line.label) for line in block.lines), default=0.0)
    sides = [points / 20 for points in _widths(sheet, block, page)]
    names = [text for line in block.lines for text in line.names or line.label]
    rows = [
        _high(sheet, names, page.text_width - label, sides=2),
        max(_high(sheet, block.issuer, sides[0], sides=1), _high(sheet, block.date, sides[1], sides=1)),
        _high(sheet, block.copies, page.text_width, sides=1),
    ]
    spare = sheet.text_style(Name.IMPRINT_LINE, sheet.primary).leading
    return ImprintRoom(label, fsum(row + sum(IMPRINT_MARGINS) + 1 for row in rows if row) + spare)


def _widths(sheet: Sheet, block: Imprint, page: Page) -> list[int]:
    """The column of the issuer and that of the date, in twentieths of a point."""
    right = twips(min(_widest(sheet, block.date) + _AIR, page.text_width / 2))
    return [twips(page.text_width) - right, right]


def _widest(sheet: Sheet, texts: Texts) -> float:
    """The width of the widest of `texts`, and of one character beside it."""
    looks = [(text, sheet.text_style(Name.IMPRINT_LINE, text.language)) for text in texts]
    return max((_measured(text.plain(), look) + look.size for text, look in looks), default=0.0)


def _measured(words: str, look: TextStyle) -> float:
    """The width of words with the gaps that word processors leave between Han and Latin characters."""
    gaps = sum(one.isascii() is not other.isascii() for one, other in pairwise(words))
    return width(words, look.size, look.font) + _GAP * look.size * gaps


def _high(sheet: Sheet, texts: Iterable[Text], across: float, *, sides: int) -> float:
    """The height of `texts` below each other in a cell `across` points wide, one character in at so many `sides`."""
    high = 0.0
    for text in texts:
        look = sheet.text_style(Name.IMPRINT_LINE, text.language)
        room = max(across - sides * look.size, look.size)
        high += math.ceil(_DOUBT * width(text.plain(), look.size, look.font) / room) * look.leading
    return high


# --- its rows --------------------------------------------------------------------------


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
