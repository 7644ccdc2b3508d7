"""`word/styles.xml`, generated from the theme (ECMA-376 17.7)."""

from __future__ import annotations

from collections.abc import Iterator

from ipreport.language import Language
from ipreport.style import CARD_GUTTER, FontRole, Justify, Style, TextStyle
from ipreport.writers.docx.catalogue import (
    BLOCK_GAP,
    BOX_BAR,
    BOX_PADDING,
    STYLES,
    Border,
    Further,
    ParagraphStyle,
    Tab,
)
from ipreport.writers.docx.emphasis import strong_styles
from ipreport.writers.docx.heading_numbers import HEADING_NUMBERING
from ipreport.writers.docx.markup import DECLARATION, W, flag, half_points, hexadecimal, twips
from ipreport.writers.docx.names import CONTENTS, HEADINGS, Name
from ipreport.writers.docx.palette import border, colour, shading
from ipreport.writers.docx.sheet import Sheet
from ipreport.writers.docx.table_styles import table_styles
from ipreport.writers.docx.theme import font_slots

_JUSTIFY = {Justify.LEFT: "left", Justify.CENTRE: "center", Justify.RIGHT: "right", Justify.BOTH: "both"}
# Word's order of styles in the recommended list; house styles come after the headings.
_PRIORITY = {
    Name.TITLE: 10,
    Name.BODY: 1,
    Name.CAPTION: 35,
    Name.QUOTE: 29,
    Name.UNLISTED_HEADING: 39,
    Name.CONTENTS_TITLE: 39,
    **dict.fromkeys(HEADINGS, 9),
    **dict.fromkeys(CONTENTS, 39),
}
# What Word itself sets these in; nobody chooses them from a gallery.
_SET_BY_WORD = {Name.CONTENTS_LIST, Name.FOOTNOTE, Name.COMMENT, *CONTENTS}


def styles(sheet: Sheet) -> str:
    """The whole part for one document."""
    parts = [_defaults(sheet), _NORMAL, _DEFAULT_CHARACTER, _DEFAULT_TABLE, _NO_LIST]
    for style in STYLES:
        parts.append(_paragraph_style(sheet, style, sheet.primary))
        for language in sheet.secondary:
            if style.further is Further.PARAGRAPHS:
                parts.append(_paragraph_style(sheet, style, language))
            elif style.further is Further.LINES:
                parts.append(_line_style(sheet, style.name, language))
    parts += [
        *_further_numbers(sheet),
        *_places(sheet),
        *_character_styles(sheet),
        *table_styles(sheet.style.colours),
    ]
    return f"{DECLARATION}<w:styles {W}>{''.join(parts)}</w:styles>"


def line_style_id(sheet: Sheet, name: Name, language: Language) -> str | None:
    """The character style of a further language inside a heading or caption; None in the first language."""
    return None if sheet.set_in(language) is sheet.primary else sheet.style_id(name, language)


def _defaults(sheet: Sheet) -> str:
    body = sheet.text_style(Name.BODY, sheet.primary)
    # Hanging stops are mostly not used in mainland typesetting (CLREQ 3.1.6).
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{font_slots(body.font)}{colour(sheet.style.colours, body.colour)}"
        f'<w:kern w:val="2"/>{_size(body.size)}'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:overflowPunct w:val="0"/></w:pPr></w:pPrDefault></w:docDefaults>'
    )


_NORMAL = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
    '<w:uiPriority w:val="0"/><w:qFormat/></w:style>'
)
_DEFAULT_CHARACTER = (
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
)
_DEFAULT_TABLE = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
    '<w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
)
_NO_LIST = (
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
)


def _size(points: float) -> str:
    return f'<w:sz w:val="{half_points(points)}"/><w:szCs w:val="{half_points(points)}"/>'


def _language(language: Language) -> str:
    return f'<w:lang w:val="en-US" w:eastAsia="{language.tag}"/>'


def _paragraph_style(sheet: Sheet, style: ParagraphStyle, language: Language) -> str:
    text = sheet.text_style(style.name, language)
    if language is not sheet.primary:
        parent = sheet.style_id(style.name, sheet.primary)
    else:
        parent = "Normal" if style.parent is None else sheet.style_id(style.parent, language)
    following = sheet.style_id(style.following or style.name, language)
    return (
        f'<w:style w:type="paragraph"{_custom(style.name, language, sheet)}'
        f' w:styleId="{sheet.style_id(style.name, language)}">'
        f'<w:name w:val="{sheet.display_name(style.name, language)}"/><w:basedOn w:val="{parent}"/>'
        f'<w:next w:val="{following}"/>{_place_in_list(style.name)}'
        f"<w:pPr>{_paragraph_properties(sheet, style, language)}</w:pPr>"
        f"<w:rPr>{_run_properties(sheet, text, _inherited(sheet, style, language), warning=style.warning)}"
        f"{_language(language)}</w:rPr>"
        "</w:style>"
    )


def _place_in_list(name: Name) -> str:
    if name in _SET_BY_WORD:
        return f'<w:uiPriority w:val="{_PRIORITY.get(name, 99)}"/><w:unhideWhenUsed/>'
    return f'<w:uiPriority w:val="{_PRIORITY.get(name, 40)}"/><w:qFormat/>'


def _custom(name: Name, language: Language, sheet: Sheet) -> str:
    built_in = language is sheet.primary and (name in _BUILT_IN)
    return "" if built_in else ' w:customStyle="1"'


_BUILT_IN = {
    Name.TITLE,
    Name.BODY,
    Name.LIST_BULLET,
    Name.LIST_NUMBER,
    Name.LIST_CONTINUE,
    Name.CAPTION,
    Name.QUOTE,
    Name.CONTENTS_TITLE,
    Name.CONTENTS_LIST,
    Name.FOOTNOTE,
    Name.COMMENT,
    Name.HEADER,
    Name.FOOTER,
    *HEADINGS,
    *CONTENTS,
}


def _paragraph_properties(sheet: Sheet, style: ParagraphStyle, language: Language) -> str:
    """`w:pPr` in the order of 17.3.1.26; complete, so that nothing leaks in from the parent style."""
    text = sheet.text_style(style.name, language)
    before, after = sheet.spacing(style.name, language)
    keep = text.keep_with_next if style.keep_with_next is None else style.keep_with_next
    line = f' w:line="{twips(text.leading)}" w:lineRule="exact"' if style.exact else ' w:line="240" w:lineRule="auto"'
    numbering = "" if style.numbering is None else f'<w:numPr><w:numId w:val="{style.numbering}"/></w:numPr>'
    if style.outline is not None and sheet.numbered_headings:
        numbering = f'<w:numPr><w:ilvl w:val="{style.outline}"/><w:numId w:val="{HEADING_NUMBERING}"/></w:numPr>'
    contextual = flag("contextualSpacing", style.contextual or None)
    return (
        f"{flag('keepNext', keep)}{flag('keepLines', style.outline is not None or None)}{numbering}"
        f"{_borders(sheet.style, style.border)}{_tabs(sheet, style)}"
        f'<w:spacing w:before="{twips(before)}" w:after="{twips(after)}"{line}/>'
        f"{_indent(sheet, style, text)}{contextual}"
        f'<w:jc w:val="{_JUSTIFY[style.justify or text.justify]}"/>'
        + ("" if style.outline is None else f'<w:outlineLvl w:val="{style.outline}"/>')
    )


def _tabs(sheet: Sheet, style: ParagraphStyle) -> str:
    """`w:tabs` (17.3.1.38)."""
    page = sheet.style.page
    match style.tab:
        case None:
            return ""
        case Tab.RIGHT:
            kind, position = 'w:val="right"', page.text_width
        case Tab.RIGHT_DOTTED:
            kind, position = 'w:val="right" w:leader="dot"', page.text_width
        case Tab.RIGHT_LANDSCAPE:
            kind, position = 'w:val="right"', page.turned.text_width
        case Tab.DECIMAL:
            kind, position = 'w:val="decimal"', (*sheet.number_tabs, _USUAL_NUMBER_TAB)[0] / 20
    return f'<w:tabs><w:tab {kind} w:pos="{twips(position)}"/></w:tabs>'


def _indent(sheet: Sheet, style: ParagraphStyle, text: TextStyle) -> str:
    """`w:ind` (17.3.1.12): Word goes by the characters where there are any, and else by the length."""
    if text.indent and style.further is Further.LINES and sheet.secondary:
        # A heading holds a line for each language, and all of them begin at the indent.
        return f'<w:ind w:leftChars="{round(text.indent * 100)}" w:left="{twips(text.indent * text.size)}"/>'
    boxed, growth = style.border in (Border.BOX, Border.WARNING_BOX), sheet.growth(style.name)
    left = style.left * growth + style.left_em * text.size
    right = (BOX_PADDING if boxed else style.right * growth) + style.right_em * text.size
    sides = f' w:rightChars="{round(style.right_em * 100)}"' if style.right_em else ""
    sides += f' w:right="{twips(right)}"' if right else ""
    hanging = sheet.imprint.label if style.labelled else style.hanging * growth
    if hanging:
        left += hanging if style.labelled else 0.0
        return f'<w:ind w:left="{twips(left)}"{sides} w:hanging="{twips(hanging)}"/>'
    characters = f' w:leftChars="{round(style.left_em * 100)}"' if style.left_em else ""
    # What stands some characters in from the sides does so in all its lines.
    first = 0.0 if style.left_em or style.right_em else text.indent
    return (
        f'<w:ind{characters} w:left="{twips(left)}"{sides} w:firstLineChars="{round(first * 100)}"'
        f' w:firstLine="{twips(first * text.size)}"/>'
    )


def heading_indent(sheet: Sheet, name: Name) -> str:
    """The `w:ind` of a heading style, which a list would replace otherwise (17.9.22)."""
    style = next(each for each in STYLES if each.name is name)
    return _indent(sheet, style, sheet.text_style(name, sheet.primary))


def _borders(look: Style, kind: Border | None) -> str:
    colours, spacing = look.colours, look.masthead
    match kind:
        case None:
            return ""
        case Border.MASTHEAD:
            line = border(colours, "bottom", spacing.rule, colours.masthead, space=spacing.above_rule)
            return f"<w:pBdr>{line}</w:pBdr>"
        case Border.HEADER:
            return f"<w:pBdr>{border(colours, 'bottom', 0.5, colours.rule, space=4)}</w:pBdr>"
        case Border.BOX:
            panel, bar = colours.panel, colours.accent
        case Border.WARNING_BOX:
            panel, bar = colours.warning_panel, colours.warning
    # Lines in the panel's own colour are its padding: shading reaches as far as the borders do.
    return (
        f"<w:pBdr>{border(colours, 'top', 0.5, panel, space=8)}"
        f"{border(colours, 'left', BOX_BAR, bar, space=BOX_PADDING)}{border(colours, 'bottom', 0.5, panel, space=8)}"
        f"{border(colours, 'right', 0.5, panel, space=BOX_PADDING)}</w:pBdr>{shading(colours, panel)}"
    )


def _inherited(sheet: Sheet, style: ParagraphStyle, language: Language) -> float:
    """The tracking that the style a style is based on would pass on, in points."""
    if language is not sheet.primary:
        return sheet.text_style(style.name, sheet.primary).tracking
    return 0.0 if style.parent is None else sheet.text_style(style.parent, language).tracking


def _run_properties(sheet: Sheet, text: TextStyle, inherited: float = 0.0, *, warning: bool = False) -> str:
    bold, colours = text.font is FontRole.SANS_BOLD, sheet.style.colours
    tracking = "" if text.tracking == inherited else f'<w:spacing w:val="{twips(text.tracking)}"/>'
    return (
        f"{font_slots(text.font)}{flag('b', bold or None)}{flag('bCs', bold or None)}"
        f"{colour(colours, colours.warning if warning else text.colour)}{tracking}{_size(text.size)}"
    )


def _line_style(sheet: Sheet, name: Name, language: Language) -> str:
    """How a further language differs from the paragraph that it stands in.

    What is alike must not be repeated: bold in both the paragraph style and the character
    style is no longer bold (17.7.3), and Word takes character styles over into a table of contents.
    """
    colours = sheet.style.colours
    first, text = sheet.text_style(name, sheet.primary), sheet.text_style(name, language)
    bold = (first.font is FontRole.SANS_BOLD) is not (text.font is FontRole.SANS_BOLD)
    either = (
        (font_slots(text.font), font_slots(first.font)),
        (f"{flag('b', bold or None)}{flag('bCs', bold or None)}", ""),
        (colour(colours, text.colour), colour(colours, first.colour)),
        (_size(text.size), _size(first.size)),
    )
    properties = "".join(own for own, inherited in either if own != inherited)
    return (
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{sheet.style_id(name, language)}">'
        f'<w:name w:val="{sheet.display_name(name, language)}"/><w:basedOn w:val="DefaultParagraphFont"/>'
        f'<w:uiPriority w:val="{_PRIORITY.get(name, 40)}"/><w:qFormat/>'
        f"<w:rPr>{properties}{_language(language)}</w:rPr></w:style>"
    )


_USUAL_NUMBER_TAB = 1000
"""Where decimal points stand in a document without columns of numbers, in twentieths of a point."""


def _further_numbers(sheet: Sheet) -> Iterator[str]:
    """Numbers of columns whose decimal points stand elsewhere than those of most; with the column its style changes."""
    for tab in sheet.number_tabs[1:]:
        for language in sheet.languages:
            usual = sheet.style_id(Name.TABLE_NUMBER, language)
            yield (
                '<w:style w:type="paragraph" w:customStyle="1"'
                f' w:styleId="{sheet.number_style_id(tab, language)}">'
                f'<w:name w:val="{sheet.number_name(tab, language)}"/><w:basedOn w:val="{usual}"/>'
                f'<w:uiPriority w:val="99"/><w:pPr><w:tabs><w:tab w:val="clear" w:pos="{sheet.number_tabs[0]}"/>'
                f'<w:tab w:val="decimal" w:pos="{tab}"/></w:tabs></w:pPr></w:style>'
            )


def _places(sheet: Sheet) -> Iterator[str]:
    """Paragraphs without words.

    One stands thin between two tables and after a last one, where Word needs it, and between lines of cards.
    One has the height of the imprint, which is bound to it; one ends the box of the imprint, as Word needs it.
    """
    yield _place(sheet, Name.SEPARATOR, CARD_GUTTER)
    if sheet.imprint.height:
        yield _place(sheet, Name.IMPRINT_PLACE, sheet.imprint.height + BLOCK_GAP)
        yield _place(sheet, Name.IMPRINT_END, 1)


def _place(sheet: Sheet, name: Name, height: float) -> str:
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{name.replace(" ", "")}">'
        f'<w:name w:val="{name}"/><w:basedOn w:val="Normal"/><w:uiPriority w:val="99"/><w:pPr>'
        f'<w:spacing w:before="0" w:after="0" w:line="{twips(height)}" w:lineRule="exact"/></w:pPr>'
        f"<w:rPr>{_size(min(height, 4))}{_language(sheet.primary)}</w:rPr></w:style>"
    )


HYPERLINK = "Hyperlink"
CITATION = "CitationMark"
RAISED_CITATION = "CitationMarkRaised"
NOTICE = "Notice"
FOOTNOTE_REFERENCE = "FootnoteReference"
FOOTNOTE_MARK = "FootnoteCharacters"
COMMENT_REFERENCE = "CommentReference"


_EAST_ASIAN = '<w:rFonts w:asciiTheme="minorEastAsia" w:hAnsiTheme="minorEastAsia"/>'


def _character_styles(sheet: Sheet) -> tuple[str, ...]:
    colours = sheet.style.colours

    def style(style_id: str, name: str, priority: int, properties: str, custom: str = "") -> str:
        listed = "<w:unhideWhenUsed/>" if priority == 99 else "<w:qFormat/>"
        return (
            f'<w:style w:type="character"{custom} w:styleId="{style_id}"><w:name w:val="{name}"/>'
            f'<w:basedOn w:val="DefaultParagraphFont"/><w:uiPriority w:val="{priority}"/>{listed}'
            f"<w:rPr>{properties}</w:rPr></w:style>"
        )

    hyperlink = f'<w:color w:val="{hexadecimal(colours.accent)}" w:themeColor="hyperlink"/><w:u w:val="single"/>'
    mark = colour(colours, colours.accent)
    return (
        *(
            style(style_id, name, 22, properties, "" if built_in else ' w:customStyle="1"')
            for style_id, name, properties, built_in in strong_styles(sheet)
        ),
        style(HYPERLINK, "Hyperlink", 99, hyperlink),
        style(NOTICE, "Notice", 99, colour(colours, colours.warning), ' w:customStyle="1"'),
        style(FOOTNOTE_REFERENCE, "footnote reference", 99, f'{mark}<w:vertAlign w:val="superscript"/>'),
        # By this name LibreOffice 7.4 finds the style for the marks that it sets before notes itself,
        # for which it takes “footnote reference” otherwise. “①” is Latin to it, and no Latin face has that.
        style(FOOTNOTE_MARK, "Footnote Characters", 99, f"{_EAST_ASIAN}{mark}", ' w:customStyle="1"'),
        style(COMMENT_REFERENCE, "annotation reference", 99, _size(8)),
        style(CITATION, "Citation Mark", 40, mark, ' w:customStyle="1"'),
        style(
            RAISED_CITATION,
            "Citation Mark Raised",
            40,
            f'{mark}<w:vertAlign w:val="superscript"/>',
            ' w:customStyle="1"',
        ),
    )
