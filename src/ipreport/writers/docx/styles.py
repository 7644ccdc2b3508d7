"""`word/styles.xml`, generated from the theme (ECMA-376 17.7)."""

from __future__ import annotations

from ipreport.language import Language
from ipreport.style import Colours, FontRole, Justify, TextStyle
from ipreport.writers.docx.markup import DECLARATION, W, eighths, flag, half_points, hexadecimal, twips
from ipreport.writers.docx.sheet import (
    BOX_BAR,
    BOX_PADDING,
    CONTENTS,
    HEADINGS,
    STYLES,
    Border,
    Further,
    Name,
    ParagraphStyle,
    Sheet,
)
from ipreport.writers.docx.theme import colour, font_slots, shading

TABLE_STYLE = "BriefingTable"
CARD_STYLE = "KPICards"
HEAD_RULE = 0.75
"""Width of the line below the head of a table."""
_JUSTIFY = {Justify.LEFT: "left", Justify.CENTRE: "center", Justify.RIGHT: "right", Justify.BOTH: "both"}
# Word's order of styles in the recommended list; house styles come after the headings.
_PRIORITY = {
    Name.TITLE: 10,
    Name.BODY: 1,
    Name.CAPTION: 35,
    Name.QUOTE: 29,
    Name.CONTENTS_HEADING: 39,
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
        _separator(sheet),
        *_character_styles(sheet.style.colours),
        _table_style(sheet.style.colours),
        _CARD_STYLE,
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
        f"<w:rPr>{_run_properties(sheet.style.colours, text, warning=style.warning)}{_language(language)}</w:rPr>"
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
    leader = ' w:leader="dot"' if style.leader else ""
    tab = f'<w:tab w:val="right"{leader} w:pos="{twips(sheet.style.page.text_width)}"/>' if style.right_tab else ""
    return (
        f"{flag('keepNext', keep)}{flag('keepLines', style.outline is not None or None)}{numbering}"
        f"{_borders(sheet.style.colours, style.border)}"
        f"{f'<w:tabs>{tab}</w:tabs>' if tab else ''}"
        f'<w:spacing w:before="{twips(before)}" w:after="{twips(after)}"{line}/>{_indent(style, text)}'
        f'<w:jc w:val="{_JUSTIFY[style.justify or text.justify]}"/>'
        + ("" if style.outline is None else f'<w:outlineLvl w:val="{style.outline}"/>')
    )


def _indent(style: ParagraphStyle, text: TextStyle) -> str:
    if style.hanging:
        return f'<w:ind w:left="{twips(style.left)}" w:hanging="{twips(style.hanging)}"/>'
    is_box = style.border in (Border.BOX, Border.WARNING_BOX)
    right = f' w:right="{twips(BOX_PADDING if is_box else style.right)}"' if is_box or style.right else ""
    # Word goes by the characters and falls back on the length (17.3.1.12).
    return (
        f'<w:ind w:left="{twips(style.left)}"{right} w:firstLineChars="{round(text.indent * 100)}"'
        f' w:firstLine="{twips(text.indent * text.size)}"/>'
    )


def _line(side: str, width: float, space: float, value: str) -> str:
    return f'<w:{side} w:val="single" w:sz="{eighths(width)}" w:space="{round(space)}" w:color="{hexadecimal(value)}"/>'


def _borders(colours: Colours, border: Border | None) -> str:
    match border:
        case None:
            return ""
        case Border.MASTHEAD:
            return f"<w:pBdr>{_line('bottom', 2, 7, colours.masthead)}</w:pBdr>"
        case Border.HEADER:
            return f"<w:pBdr>{_line('bottom', 0.5, 4, colours.rule)}</w:pBdr>"
        case Border.BOX:
            panel, bar = colours.panel, colours.accent
        case Border.WARNING_BOX:
            panel, bar = colours.warning_panel, colours.warning
    # Lines in the panel's own colour are its padding: shading reaches as far as the borders do.
    return (
        f"<w:pBdr>{_line('top', 0.5, 8, panel)}{_line('left', BOX_BAR, BOX_PADDING, bar)}"
        f"{_line('bottom', 0.5, 8, panel)}{_line('right', 0.5, BOX_PADDING, panel)}</w:pBdr>{shading(colours, panel)}"
    )


def _run_properties(colours: Colours, text: TextStyle, *, warning: bool = False) -> str:
    bold = text.font is FontRole.SANS_BOLD
    return (
        f"{font_slots(text.font)}{flag('b', bold or None)}{flag('bCs', bold or None)}"
        f"{colour(colours, colours.warning if warning else text.colour)}{_size(text.size)}"
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


def _separator(sheet: Sheet) -> str:
    """The thin paragraph that Word needs between two tables and after a last one."""
    return (
        '<w:style w:type="paragraph" w:customStyle="1" w:styleId="Separator"><w:name w:val="Separator"/>'
        '<w:basedOn w:val="Normal"/><w:uiPriority w:val="99"/><w:pPr><w:spacing w:before="0" w:after="0"'
        f' w:line="160" w:lineRule="exact"/></w:pPr><w:rPr>{_size(4)}{_language(sheet.primary)}</w:rPr></w:style>'
    )


STRONG = "Strong"
HYPERLINK = "Hyperlink"
CITATION = "CitationMark"
RAISED_CITATION = "CitationMarkRaised"
NOTICE = "Notice"
FOOTNOTE_REFERENCE = "FootnoteReference"
FOOTNOTE_MARK = "FootnoteCharacters"
COMMENT_REFERENCE = "CommentReference"


_EAST_ASIAN = '<w:rFonts w:asciiTheme="minorEastAsia" w:hAnsiTheme="minorEastAsia"/>'


def _character_styles(colours: Colours) -> tuple[str, ...]:
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
        style(STRONG, "Strong", 22, f"{font_slots(FontRole.SANS_BOLD)}<w:b/><w:bCs/>"),
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


def _table_style(colours: Colours) -> str:
    """Thin horizontal rules, a stronger one above and below; the head is told by its face and rule."""
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{TABLE_STYLE}"><w:name w:val="Briefing Table"/>'
        '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:tblPr><w:tblBorders>'
        f"{_line('top', 1, 0, colours.ink)}{_line('bottom', 1, 0, colours.ink)}"
        f"{_line('insideH', 0.5, 0, colours.rule)}</w:tblBorders>{_cell_margins(4, CELL_SIDE, 4, CELL_SIDE)}</w:tblPr>"
        '<w:tcPr><w:vAlign w:val="center"/></w:tcPr>'
        f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>{_line("bottom", HEAD_RULE, 0, colours.ink)}'
        '</w:tcBorders><w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr></w:style>'
    )


CELL_SIDE, CARD_SIDE, CARD_ENDS = 5.0, 4.0, 8.0
"""What the cells of tables and of cards keep free to their left and right, and cards above and below."""


def _cell_margins(top: float, left: float, bottom: float, right: float) -> str:
    sides = (("top", top), ("left", left), ("bottom", bottom), ("right", right))
    margins = "".join(f'<w:{side} w:w="{twips(points)}" w:type="dxa"/>' for side, points in sides)
    return f"<w:tblCellMar>{margins}</w:tblCellMar>"


_CARD_STYLE = (
    f'<w:style w:type="table" w:customStyle="1" w:styleId="{CARD_STYLE}"><w:name w:val="KPI Cards"/>'
    '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/>'
    f"<w:tblPr>{_cell_margins(CARD_ENDS, CARD_SIDE, CARD_ENDS, CARD_SIDE)}</w:tblPr></w:style>"
)
