"""The document before its body: settings, numbering, properties, and all generated parts together."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from ipreport.document import BulletList, Document, Meta
from ipreport.writers.docx import footnotes
from ipreport.writers.docx.catalogue import (
    BESIDE_NUMBERING,
    BULLET_NUMBERING,
    LIST_LEFT,
    ORDERED_NUMBERING,
    SIGN_NUMBERING,
)
from ipreport.writers.docx.heading_numbers import HeadingNumbers
from ipreport.writers.docx.margins import Margins, ends_turned, has_landscape, parts_pages
from ipreport.writers.docx.markup import DECLARATION, R, W, escape, flag, twips
from ipreport.writers.docx.names import HEADINGS, Name
from ipreport.writers.docx.package import NewPart, container, theme_part, word_part
from ipreport.writers.docx.palette import colour
from ipreport.writers.docx.sheet import Sheet
from ipreport.writers.docx.styles import heading_indent, styles
from ipreport.writers.docx.theme import font_table, theme


def base_document(document: Document, sheet: Sheet, margins: Margins, numbers: HeadingNumbers) -> bytes:
    """A valid package whose body holds nothing but the last section."""
    parts: tuple[NewPart, ...] = (
        *margins.parts,
        word_part("styles.xml", "styles", styles(sheet)),
        word_part("settings.xml", "settings", _settings(sheet)),
        word_part("fontTable.xml", "fontTable", font_table(sheet.style)),
        word_part("numbering.xml", "numbering", _numbering(sheet, document, numbers)),
        theme_part(theme(sheet.style)),
    )
    section = margins.section(first=not has_landscape(document), landscape=ends_turned(document))
    body = f"{DECLARATION}<w:document {W} {R}><w:body>{section}</w:body></w:document>"
    return container(body, _core_properties(document.meta), parts)


def _compat(name: str, value: int) -> str:
    return f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>'


def _settings(sheet: Sheet) -> str:
    """`word/settings.xml`, in the order of 17.15.1.78.

    No `w:updateFields`: it makes Word ask before the document can be read, and every field carries its result
    already.
    """
    parted = flag("evenAndOddHeaders", parts_pages(sheet) or None)
    return f"{DECLARATION}<w:settings {W}>{_PAPER}{parted}{_MANNERS}</w:settings>"


_PAPER = '<w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>'
_MANNERS = (
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
    '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>'
)


def _numbering(sheet: Sheet, document: Document, headings: HeadingNumbers) -> str:
    """`word/numbering.xml`: what stands before items, warnings and headings.

    Each ordered list has an instance of its own, so that it starts at 1.
    """
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    instances = [(number, number, "") for number in (BULLET_NUMBERING, SIGN_NUMBERING, ORDERED_NUMBERING)]
    instances += [(*each, restart) for each in list(_ordered_lists(document))[1:]]
    numbers = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{definition}"/>{override}</w:num>'
        for number, definition, override in instances
    )
    of_headings = headings.definition(
        [(sheet.style_id(name, sheet.primary), heading_indent(sheet, name)) for name in HEADINGS]
    )
    parts = (_list_definitions(sheet), of_headings[0], numbers, of_headings[1])
    return f"{DECLARATION}<w:numbering {W}>{''.join(parts)}</w:numbering>"


def _ordered_lists(document: Document) -> Iterator[tuple[int, int]]:
    """The instance of every ordered list, of one in columns that of each column, and its definition.

    What has one definition counts on together, and so columns side by side have two.
    """
    numbers = count(ORDERED_NUMBERING)
    for block in document.blocks:
        if isinstance(block, BulletList) and block.ordered:
            columns = len(document.meta.languages) if block.side_by_side else 1
            for definition in (ORDERED_NUMBERING, BESIDE_NUMBERING)[:columns]:
                yield next(numbers), definition


def _list_definitions(sheet: Sheet) -> str:
    """The `w:abstractNum` of bullets, of warning signs and of numbers, also of those in a second column (17.9.1)."""
    return (
        _definition(BULLET_NUMBERING, _item(sheet, "bullet", "•", Name.LIST_BULLET))
        + _definition(SIGN_NUMBERING, _warning_sign(sheet))
        + _definition(ORDERED_NUMBERING, _item(sheet, "decimal", "%1.", Name.LIST_NUMBER))
        + _definition(BESIDE_NUMBERING, _item(sheet, "decimal", "%1.", Name.LIST_NUMBER_COLUMN))
    )


def _definition(number: int, level: str) -> str:
    return (
        f'<w:abstractNum w:abstractNumId="{number}"><w:nsid w:val="49500{number:03d}"/>'
        f'<w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>{level}</w:lvl></w:abstractNum>'
    )


def _item(sheet: Sheet, kind: str, mark: str, name: Name) -> str:
    """The mark before the items of a list in the style `name`, which hang from it."""
    left = twips(LIST_LEFT * sheet.growth(Name.LIST_BULLET))
    return (
        f'<w:numFmt w:val="{kind}"/><w:pStyle w:val="{sheet.style_id(name, sheet.primary)}"/>'
        f'<w:lvlText w:val="{mark}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" w:hanging="{left}"/></w:pPr>'
        '<w:rPr><w:rFonts w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi" w:eastAsiaTheme="minorHAnsi"/></w:rPr>'
    )


def _warning_sign(sheet: Sheet) -> str:
    """A sign before the first line of a warning, of which it is a part as little as a bullet is of an item."""
    colours = sheet.style.colours
    # No Latin face of ours has the sign.
    face = (
        '<w:rFonts w:hint="eastAsia" w:asciiTheme="majorEastAsia" w:eastAsiaTheme="majorEastAsia"'
        ' w:hAnsiTheme="majorEastAsia"/>'
    )
    return (
        f'<w:numFmt w:val="bullet"/><w:suff w:val="space"/><w:lvlText w:val="{_SIGN}"/><w:lvlJc w:val="left"/>'
        f"<w:rPr>{face}{colour(colours, colours.warning)}</w:rPr>"
    )


_SIGN = "\u26a0"
"""The warning sign ⚠."""


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
