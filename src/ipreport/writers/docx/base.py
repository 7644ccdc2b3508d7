"""The document before its body: settings, numbering, properties, and all generated parts together."""

from __future__ import annotations

from ipreport.document import BulletList, Document, Meta, PageBreak
from ipreport.writers.docx import footnotes, page
from ipreport.writers.docx.markup import DECLARATION, R, W, escape, twips
from ipreport.writers.docx.package import NewPart, container, relationship_id, theme_part, word_part
from ipreport.writers.docx.sheet import BULLET_NUMBERING, LIST_LEFT, ORDERED_NUMBERING, Name, Sheet
from ipreport.writers.docx.styles import styles
from ipreport.writers.docx.theme import font_table, theme


def base_document(document: Document, sheet: Sheet) -> bytes:
    """A valid package whose body holds nothing but the section."""
    first_header, header, landscape_header = page.header_parts(sheet, document.meta)
    parts: tuple[NewPart, ...] = (
        word_part("header1.xml", "header", first_header),
        word_part("header2.xml", "header", header),
        word_part("footer1.xml", "footer", page.footer(sheet)),
        word_part("styles.xml", "styles", styles(sheet)),
        word_part("settings.xml", "settings", _SETTINGS),
        word_part("fontTable.xml", "fontTable", font_table()),
        word_part("numbering.xml", "numbering", _numbering(sheet, document)),
        theme_part(theme(sheet.style.colours)),
    )
    turned, last_turned = has_landscape(document), ends_turned(document)
    if turned:
        parts = (*parts, word_part("header3.xml", "header", landscape_header))
    section = page.section(sheet.style.page, MARGINS, first=not turned, landscape=last_turned)
    body = f"{DECLARATION}<w:document {W} {R}><w:body>{section}</w:body></w:document>"
    return container(body, _core_properties(document.meta), parts)


MARGINS = page.Margins(
    first_header=relationship_id(0),
    header=relationship_id(1),
    footer=relationship_id(2),
    landscape_header=relationship_id(8),
)
"""Where headers and footer stand among the parts; the header of landscape pages, if there are any, comes last."""


def has_landscape(document: Document) -> bool:
    """Whether a page of the document is turned on its side, and it therefore has several sections."""
    return any(isinstance(block, PageBreak) and block.landscape for block in document.blocks)


def ends_turned(document: Document) -> bool:
    """Whether the last page is turned on its side."""
    breaks = [block for block in document.blocks if isinstance(block, PageBreak)]
    return bool(breaks) and breaks[-1].landscape


def _compat(name: str, value: int) -> str:
    return f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>'


# The order is that of 17.15.1.78. No w:updateFields: it makes Word ask before the
# document can be read, and every field carries its result already.
_SETTINGS = (
    f'{DECLARATION}<w:settings {W}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>'
    '<w:characterSpacingControl w:val="compressPunctuation"/>'
    + footnotes.SETTINGS
    +
    # A forced line break must not spread the line before it over the whole measure.
    "<w:compat><w:doNotExpandShiftReturn/>"
    + _compat("compatibilityMode", 15)
    + _compat("overrideTableStyleFontSizeAndJustification", 1)
    + _compat("enableOpenTypeFeatures", 1)
    + _compat("doNotFlipMirrorIndents", 1)
    + _compat("differentiateMultirowTableHeaders", 1)
    + '</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>'
    '<w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2" w:accent1="accent1"'
    ' w:accent2="accent2" w:accent3="accent3" w:accent4="accent4" w:accent5="accent5" w:accent6="accent6"'
    ' w:hyperlink="hyperlink" w:followedHyperlink="followedHyperlink"/>'
    '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
)


def _numbering(sheet: Sheet, document: Document) -> str:
    """`word/numbering.xml`: bullets, and one instance for each ordered list so that each starts at 1."""
    lists = sum(isinstance(block, BulletList) and block.ordered for block in document.blocks)
    definitions = (
        (BULLET_NUMBERING, "bullet", "•", Name.LIST_BULLET),
        (ORDERED_NUMBERING, "decimal", "%1.", Name.LIST_NUMBER),
    )
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{number}"><w:nsid w:val="49500{number:03d}"/>'
        f'<w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:pStyle w:val="{sheet.style_id(name, sheet.primary)}"/><w:lvlText w:val="{mark}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{twips(LIST_LEFT)}" w:hanging="{twips(LIST_LEFT)}"/></w:pPr>'
        '<w:rPr><w:rFonts w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi" w:eastAsiaTheme="minorHAnsi"/></w:rPr>'
        "</w:lvl></w:abstractNum>"
        for number, kind, mark, name in definitions
    )
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    instances = [(BULLET_NUMBERING, BULLET_NUMBERING, ""), (ORDERED_NUMBERING, ORDERED_NUMBERING, "")]
    instances += [(ORDERED_NUMBERING + index, ORDERED_NUMBERING, restart) for index in range(1, lists)]
    numbers = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{definition}"/>{override}</w:num>'
        for number, definition, override in instances
    )
    return f"{DECLARATION}<w:numbering {W}>{abstract}{numbers}</w:numbering>"


def _core_properties(meta: Meta) -> str:
    """`docProps/core.xml` (ECMA-376 part 2, 11): everything a file says about itself, without a clock."""
    moment = f'<dcterms:{{0}} xsi:type="dcterms:W3CDTF">{meta.stamp.isoformat()}T00:00:00Z</dcterms:{{0}}>'
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(meta.title)}</dc:title><dc:subject>{escape(meta.subject)}</dc:subject>"
        f"<dc:creator>{escape(meta.author)}</dc:creator><cp:keywords>{escape(', '.join(meta.keywords))}</cp:keywords>"
        f"<dc:language>{', '.join(language.tag for language in meta.languages)}</dc:language>"
        f"<cp:lastModifiedBy>{escape(meta.author)}</cp:lastModifiedBy>"
        f"{'<cp:contentStatus>Draft</cp:contentStatus>' if meta.draft else ''}"
        f"<cp:revision>1</cp:revision>{moment.format('created')}{moment.format('modified')}</cp:coreProperties>"
    )
