"""The theme `official`: a 简报 in the manner of GB/T 9704-2012 (layout of official documents).

Sizes are those of Chinese type: 42 pt is 初号, 22 pt 二号, 16 pt 三号, 14 pt 四号, 12 pt 小四,
10.5 pt 五号, 9 pt 小五. A 简报 is none of the kinds of document that the standard is binding
for: it follows the standard in page, faces, headings and page numbers, and custom in its head.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ipreport.language import EN
from ipreport.style.theme import (
    Colours,
    FontRole,
    Justify,
    MastheadSpacing,
    Page,
    PageNumbers,
    Sizes,
    Style,
    StyleName,
    TextStyle,
    in_both_languages,
    of_language,
    resized,
)

_MILLIMETRE = 72 / 25.4
_BODY = 16.0
LINE = 28.95
"""The distance of baselines: 22 lines fill the 225 mm of the type area (5.2.3), 29.0 pt would leave 21."""
TRACKING = -0.25
"""What brings 28 characters of 16 pt into a line of 156 mm (5.2.3)."""
_ENGLISH_LINE = LINE * 2 / 3
"""Three lines of English take the room of two Chinese ones."""
_BETWEEN_PAIRS = LINE / 6
"""Space after the English of a paragraph, so that it stands closer to its Chinese than to what follows."""
_INDENT = 2.0
"""Paragraphs and headings begin two characters in (7.3.3)."""


def _chinese(colours: Colours) -> dict[StyleName, TextStyle]:
    title, hei, kai = FontRole.TITLE, FontRole.HEI, FontRole.KAI
    ink, muted, accent = colours.ink, colours.muted, colours.accent
    centre, both = Justify.CENTRE, Justify.BOTH
    fangsong = FontRole.FANGSONG
    body = TextStyle(fangsong, _BODY, LINE, ink, hei, both, indent=_INDENT, tracking=TRACKING)
    heading = TextStyle(hei, _BODY, LINE, ink, hei, indent=_INDENT, keep_with_next=True)
    return {
        StyleName.MASTHEAD_NAME: TextStyle(title, 42, 54, colours.masthead, justify=centre),
        StyleName.MASTHEAD_LINE: TextStyle(fangsong, _BODY, 24, ink, justify=centre),
        StyleName.MASTHEAD_REMARK: TextStyle(hei, 14, 20, ink),
        StyleName.HEADING_1: heading,
        StyleName.HEADING_2: replace(heading, font=kai),
        StyleName.HEADING_3: replace(heading, font=fangsong),
        StyleName.BODY: body,
        StyleName.SUMMARY: body,
        StyleName.QUOTATION: replace(body, font=kai, indent=0),
        StyleName.LIST_ITEM: replace(body, indent=0),
        StyleName.CARD_LABEL: TextStyle(hei, 9.5, 13, ink),
        StyleName.CARD_VALUE: TextStyle(hei, 18, 24, accent),
        StyleName.CARD_DETAIL: TextStyle(fangsong, 9, 12.5, muted),
        StyleName.CAPTION: TextStyle(hei, 12, 18, ink, keep_with_next=True),
        StyleName.CHART_LABEL: TextStyle(FontRole.SANS, 10, 14.5, ink),
        StyleName.CHART_NOTE: TextStyle(FontRole.SANS, 9, 13, muted),
        StyleName.TABLE_HEAD: TextStyle(hei, 10.5, 14.5, ink),
        StyleName.TABLE_TEXT: TextStyle(fangsong, 10.5, 14.5, ink, hei),
        StyleName.TABLE_GROUP: TextStyle(hei, 10.5, 14.5, ink),
        StyleName.TABLE_NOTE: TextStyle(fangsong, 9, 13, ink, hei, space_before=2),
        StyleName.NOTE: TextStyle(fangsong, 12, 19, ink, hei),
        StyleName.FOOTNOTE: TextStyle(fangsong, 10.5, 15, ink, hei, both),
        StyleName.CONTENTS_TITLE: replace(heading, indent=0),
        StyleName.CONTENTS_1: TextStyle(hei, 12, 18, ink, space_after=4),
        StyleName.CONTENTS_2: TextStyle(fangsong, 12, 18, ink, hei, space_after=4),
        StyleName.CONTENTS_3: TextStyle(fangsong, 12, 18, ink, hei, space_after=4),
        StyleName.CALLOUT: TextStyle(kai, 14, 22, ink, hei, both),
        StyleName.HEADER: TextStyle(fangsong, 8.5, 11.5, muted),
        StyleName.FOOTER: TextStyle(FontRole.SONG, 14, 18, ink),
        StyleName.IMPRINT: TextStyle(fangsong, 14, 24, ink, hei, indent=1),
    }


_BESIDE: Sizes = {
    StyleName.MASTHEAD_NAME: (18, 26),
    StyleName.MASTHEAD_LINE: (12, 18),
    StyleName.MASTHEAD_REMARK: (10.5, 15),
    StyleName.CARD_LABEL: (9, 12),
    StyleName.CARD_VALUE: (12, 16),
    StyleName.CAPTION: (10.5, None),
    StyleName.CHART_LABEL: (9, 13),
    StyleName.TABLE_HEAD: (9, 12.5),
    StyleName.TABLE_GROUP: (9, 12.5),
}
"""Sizes and leadings of English below Chinese in what labels and heads."""
_AS_TEXT: Mapping[StyleName, tuple[float, float]] = {
    StyleName.TABLE_TEXT: (10, 13),
    StyleName.NOTE: (11, 15),
    StyleName.FOOTNOTE: (9.5, 15),
    StyleName.CONTENTS_TITLE: (14, LINE),
    StyleName.CONTENTS_1: (12, 18),
    StyleName.CONTENTS_2: (12, 18),
    StyleName.CONTENTS_3: (12, 18),
    StyleName.CALLOUT: (12, 17),
    StyleName.IMPRINT: (12, 17),
}
"""The same in what is read, see `_latin`."""
_FULL_SIZE: Sizes = {
    StyleName.MASTHEAD_NAME: (26, 36),
    StyleName.MASTHEAD_LINE: (14, 22),
    StyleName.MASTHEAD_REMARK: (12, 18),
    StyleName.CARD_LABEL: (10, 13.5),
    StyleName.CARD_VALUE: (13, 18),
    StyleName.CAPTION: (11, 16),
    StyleName.CHART_LABEL: (9.5, 14),
    StyleName.NOTE: (12, 17),
    StyleName.FOOTNOTE: (10, 13.5),
    StyleName.CONTENTS_TITLE: (15, 23),
    StyleName.CALLOUT: (13, 19),
}
"""Sizes and leadings of English where it does not stand below Chinese."""


def _beside_chinese(zh: Mapping[StyleName, TextStyle]) -> dict[StyleName, TextStyle]:
    """English below Chinese: smaller, without tracking, emphasised by bold."""
    body = replace(_latin(zh[StyleName.BODY], 14, _ENGLISH_LINE), space_after=_BETWEEN_PAIRS)
    # Where both languages stand in one paragraph, it has one distance of lines, and in tables of contents one size.
    heading = _latin(zh[StyleName.HEADING_1], 14, LINE)
    return {
        **resized(zh, _BESIDE),
        **{name: _latin(zh[name], size, leading) for name, (size, leading) in _AS_TEXT.items()},
        StyleName.HEADING_1: heading,
        StyleName.HEADING_2: replace(heading, font=FontRole.KAI),
        StyleName.HEADING_3: replace(heading, font=FontRole.FANGSONG),
        StyleName.BODY: body,
        StyleName.SUMMARY: body,
        StyleName.QUOTATION: replace(body, indent=0),
        StyleName.LIST_ITEM: replace(body, indent=0),
    }


def _latin(style: TextStyle, size: float, leading: float) -> TextStyle:
    """`style` in English of another size, whose first line begins where that of the Chinese does."""
    indent = style.indent * style.size / size
    return replace(style, size=size, leading=leading, indent=indent, tracking=0.0, strong=FontRole.SANS_BOLD)


def _alone(en: Mapping[StyleName, TextStyle]) -> dict[StyleName, TextStyle]:
    """English that does not stand below Chinese: of full size, its headings told apart by weight."""
    bold, hei = FontRole.SANS_BOLD, FontRole.HEI
    paragraphs = (StyleName.BODY, StyleName.SUMMARY, StyleName.QUOTATION, StyleName.LIST_ITEM)
    full_size = resized(en, _FULL_SIZE)
    return {
        **full_size,
        **{name: _without_indent(en[name], 14, 22) for name in paragraphs},
        StyleName.HEADING_1: replace(_without_indent(en[StyleName.HEADING_1], 15, 23), font=bold),
        StyleName.HEADING_2: replace(_without_indent(en[StyleName.HEADING_2], 14, 22), font=bold),
        StyleName.HEADING_3: replace(_without_indent(en[StyleName.HEADING_3], 14, 22), font=hei),
        StyleName.CONTENTS_TITLE: replace(full_size[StyleName.CONTENTS_TITLE], font=bold),
    }


def _without_indent(style: TextStyle, size: float, leading: float) -> TextStyle:
    """English of full size; a paragraph is marked by space instead of an indent, as is usual in that language."""
    return replace(style, size=size, leading=leading, indent=0.0, space_after=leading / 3)


_COLOURS = Colours(
    ink="#000000",
    muted="#4d4d4d",
    accent="#1f3864",
    masthead="#ff0000",
    rule="#8c8c8c",
    panel="#f2f3f5",
    warning="#73461d",
    warning_panel="#faf5ec",
    series=("#1f3864", "#a8672b", "#7296bd", "#5f5f5f", "#111111"),
    context="#7f8b99",
    quiet="#e1e5ea",
    ramp=("#f2f4f7", "#d3dbe6", "#a8b9cf", "#5878a1", "#1f3864"),
    neutral_ramp=("#f4f4f4", "#dddddd", "#bcbcbc", "#6e6e6e", "#474747"),
)

_CHINESE = _chinese(_COLOURS)
_ENGLISH = _beside_chinese(_CHINESE)

OFFICIAL = Style(
    name="official",
    page=Page(
        width=210 * _MILLIMETRE,
        height=297 * _MILLIMETRE,
        top=37 * _MILLIMETRE,
        right=26 * _MILLIMETRE,
        bottom=35 * _MILLIMETRE,
        left=28 * _MILLIMETRE,
        header=25 * _MILLIMETRE,
        footer=25 * _MILLIMETRE,
    ),
    colours=_COLOURS,
    texts=in_both_languages(_CHINESE, _ENGLISH),
    leading_texts=of_language(EN, _alone(_CHINESE | _ENGLISH)),
    masthead=MastheadSpacing(below_remark=22, below_names=14, below_issue=14, above_rule=4, rule=2, below_rule=14),
    page_numbers=PageNumbers.DASHED,
    numbered_headings=True,
    line=LINE,
)
"""A 简报 of an office: red name and rule, Fangsong at 22 lines of 28 characters, numbered headings."""
