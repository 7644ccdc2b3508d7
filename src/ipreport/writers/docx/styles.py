"""`word/styles.xml`, generated from the theme (ECMA-376 17.7)."""

from __future__ import annotations

from ipreport.language import Language
from ipreport.style import Colours, FontRole, Justify, Style, TextStyle
from ipreport.writers.docx.heading_numbers import HEADING_NUMBERING
from ipreport.writers.docx.markup import DECLARATION, W, eighths, flag, half_points, hexadecimal, twips
from ipreport.writers.docx.sheet import BOX_BAR, BOX_PADDING, HEADINGS, STYLES, Border, Name, ParagraphStyle, Sheet
from ipreport.writers.docx.theme import colour, font_slots, shading

TABLE_STYLE = "BriefingTable"
CARD_STYLE = "KPICards"
HEAD_RULE = 0.75
"""Width of the line below the head of a table."""
_JUSTIFY = {Justify.LEFT: "left", Justify.CENTRE: "center", Justify.RIGHT: "right", Justify.BOTH: "both"}
# Word's order of styles in the recommended list; house styles come after the headings.
_PRIORITY = {Name.TITLE: 10, Name.BODY: 1, Name.CAPTION: 35, **dict.fromkeys(HEADINGS, 9)}


def styles(sheet: Sheet) -> str:
    """The whole part for one document."""
    parts = [_defaults(sheet), _NORMAL, _DEFAULT_CHARACTER, _DEFAULT_TABLE, _NO_LIST]
    for style in STYLES:
        parts.append(_paragraph_style(sheet, style, sheet.primary))
        parts += [_paragraph_style(sheet, style, language) for language in sheet.secondary if style.outline is None]
    parts += [_heading_variant(sheet, name, language) for language in sheet.secondary for name in HEADINGS]
    parts += [
        _separator(sheet),
        *_character_styles(sheet),
        _table_style(sheet.style.colours),
        _CARD_STYLE,
    ]
    return f"{DECLARATION}<w:styles {W}>{''.join(parts)}</w:styles>"


def heading_variant_id(sheet: Sheet, name: Name, language: Language) -> str | None:
    """The character style of a further language inside a heading; None in the first language."""
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
        f'<w:next w:val="{following}"/><w:uiPriority w:val="{_PRIORITY.get(style.name, 40)}"/><w:qFormat/>'
        f"<w:pPr>{_paragraph_properties(sheet, style, language)}</w:pPr>"
        f"<w:rPr>{_run_properties(sheet, text, _inherited(sheet, style, language), warning=style.warning)}"
        f"{_language(language)}</w:rPr>"
        "</w:style>"
    )


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
    Name.HEADER,
    Name.FOOTER,
    *HEADINGS,
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
    tab = f'<w:tab w:val="right" w:pos="{twips(sheet.style.page.text_width)}"/>' if style.right_tab else ""
    return (
        f"{flag('keepNext', keep)}{flag('keepLines', style.outline is not None or None)}{numbering}"
        f"{_borders(sheet.style, style.border)}"
        f"{f'<w:tabs>{tab}</w:tabs>' if tab else ''}"
        f'<w:spacing w:before="{twips(before)}" w:after="{twips(after)}"{line}/>{_indent(sheet, style, text)}'
        f'<w:jc w:val="{_JUSTIFY[style.justify or text.justify]}"/>'
        + ("" if style.outline is None else f'<w:outlineLvl w:val="{style.outline}"/>')
    )


def _indent(sheet: Sheet, style: ParagraphStyle, text: TextStyle) -> str:
    left = twips(sheet.left(style.name))
    if style.hanging:
        return f'<w:ind w:left="{left}" w:hanging="{left}"/>'
    if text.indent and style.outline is not None and sheet.secondary:
        # A heading holds a line for each language, and all of them begin at the indent.
        return f'<w:ind w:leftChars="{round(text.indent * 100)}" w:left="{twips(text.indent * text.size)}"/>'
    right = f' w:right="{twips(BOX_PADDING)}"' if style.border in (Border.BOX, Border.WARNING_BOX) else ""
    # Word goes by the characters and falls back on the length (17.3.1.12).
    return (
        f'<w:ind w:left="{left}"{right} w:firstLineChars="{round(text.indent * 100)}"'
        f' w:firstLine="{twips(text.indent * text.size)}"/>'
    )


def heading_indent(sheet: Sheet, name: Name) -> str:
    """The `w:ind` of a heading style, which a list would replace otherwise (17.9.22)."""
    style = next(each for each in STYLES if each.name is name)
    return _indent(sheet, style, sheet.text_style(name, sheet.primary))


def _line(side: str, width: float, space: float, value: str) -> str:
    return f'<w:{side} w:val="single" w:sz="{eighths(width)}" w:space="{round(space)}" w:color="{hexadecimal(value)}"/>'


def _borders(look: Style, border: Border | None) -> str:
    colours = look.colours
    match border:
        case None:
            return ""
        case Border.MASTHEAD:
            spacing = look.masthead
            return f"<w:pBdr>{_line('bottom', spacing.rule, spacing.above_rule, colours.masthead)}</w:pBdr>"
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


def _heading_variant(sheet: Sheet, name: Name, language: Language) -> str:
    text = sheet.text_style(name, language)
    return (
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{sheet.style_id(name, language)}">'
        f'<w:name w:val="{sheet.display_name(name, language)}"/><w:basedOn w:val="DefaultParagraphFont"/>'
        f'<w:uiPriority w:val="9"/><w:qFormat/><w:rPr>{_run_properties(sheet, text)}'
        f"{_language(language)}</w:rPr></w:style>"
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


def strong_id(sheet: Sheet, language: Language) -> str:
    """The character style of emphasis: one for every language that is emphasised in another face than the first."""
    first, own = (sheet.text_style(Name.BODY, each).strong for each in (sheet.primary, language))
    return STRONG if own is first else f"{STRONG}{sheet.set_in(language).name}"


def _strong(sheet: Sheet, language: Language) -> str:
    role = sheet.text_style(Name.BODY, language).strong
    bold = "<w:b/><w:bCs/>" if role is FontRole.SANS_BOLD else ""
    return f"{font_slots(role)}{bold}"


def _character_styles(sheet: Sheet) -> tuple[str, ...]:
    colours = sheet.style.colours
    further = [language for language in sheet.secondary if strong_id(sheet, language) != STRONG]

    def style(style_id: str, name: str, priority: int, properties: str, custom: str = "") -> str:
        return (
            f'<w:style w:type="character"{custom} w:styleId="{style_id}"><w:name w:val="{name}"/>'
            f'<w:basedOn w:val="DefaultParagraphFont"/><w:uiPriority w:val="{priority}"/><w:qFormat/>'
            f"<w:rPr>{properties}</w:rPr></w:style>"
        )

    hyperlink = f'<w:color w:val="{hexadecimal(colours.accent)}" w:themeColor="hyperlink"/><w:u w:val="single"/>'
    mark = colour(colours, colours.accent)
    return (
        style(STRONG, "Strong", 22, _strong(sheet, sheet.primary)),
        *(
            style(
                strong_id(sheet, language),
                f"Strong {language.name}",
                22,
                _strong(sheet, language),
                ' w:customStyle="1"',
            )
            for language in further
        ),
        style(HYPERLINK, "Hyperlink", 99, hyperlink),
        style(NOTICE, "Notice", 99, colour(colours, colours.warning), ' w:customStyle="1"'),
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
