"""The theme `official`: a 简报 in the manner of GB/T 9704-2012 (layout of official documents).

Sizes are those of Chinese type: 42 pt is 初号, 22 pt 二号, 16 pt 三号, 14 pt 四号, 12 pt 小四,
10.5 pt 五号, 9 pt 小五. A 简报 is none of the kinds of document that the standard is binding
for: it follows the standard in page, faces, headings and page numbers, and custom in its head.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from ipreport.language import EN
from ipreport.style.theme import (
    Colours,
    FontRole,
    Justify,
    MastheadSpacing,
    Page,
    PageNumbers,
    Style,
    StyleName,
    TextStyle,
    in_both_languages,
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


def _beside_chinese(zh: Mapping[StyleName, TextStyle]) -> dict[StyleName, TextStyle]:
    """English below Chinese: smaller, without tracking, emphasised by bold."""
    body = replace(_latin(zh[StyleName.BODY], 14, _ENGLISH_LINE), space_after=_BETWEEN_PAIRS)
    # Where both languages stand in one paragraph, it has one distance of lines, and in tables of contents one size.
    heading = _latin(zh[StyleName.HEADING_1], 14, LINE)
    return {
        StyleName.MASTHEAD_NAME: replace(zh[StyleName.MASTHEAD_NAME], size=18, leading=26),
        StyleName.MASTHEAD_LINE: replace(zh[StyleName.MASTHEAD_LINE], size=12, leading=18),
        StyleName.MASTHEAD_REMARK: replace(zh[StyleName.MASTHEAD_REMARK], size=10.5, leading=15),
        StyleName.HEADING_1: heading,
        StyleName.HEADING_2: replace(heading, font=FontRole.KAI),
        StyleName.HEADING_3: replace(heading, font=FontRole.FANGSONG),
        StyleName.BODY: body,
        StyleName.SUMMARY: body,
        StyleName.QUOTATION: replace(body, indent=0),
        StyleName.LIST_ITEM: replace(body, indent=0),
        StyleName.CARD_LABEL: replace(zh[StyleName.CARD_LABEL], size=9, leading=12),
        StyleName.CARD_VALUE: replace(zh[StyleName.CARD_VALUE], size=12, leading=16),
        StyleName.CAPTION: replace(zh[StyleName.CAPTION], size=10.5),
        StyleName.CHART_LABEL: replace(zh[StyleName.CHART_LABEL], size=9, leading=13),
        StyleName.TABLE_HEAD: replace(zh[StyleName.TABLE_HEAD], size=9, leading=12.5),
        StyleName.TABLE_TEXT: _latin(zh[StyleName.TABLE_TEXT], 10, 13),
        StyleName.TABLE_GROUP: replace(zh[StyleName.TABLE_GROUP], size=9, leading=12.5),
        StyleName.NOTE: _latin(zh[StyleName.NOTE], 11, 15),
        StyleName.FOOTNOTE: _latin(zh[StyleName.FOOTNOTE], 9.5, 15),
        StyleName.CONTENTS_TITLE: _latin(zh[StyleName.CONTENTS_TITLE], 14, LINE),
        StyleName.CONTENTS_1: _latin(zh[StyleName.CONTENTS_1], 12, 18),
        StyleName.CONTENTS_2: _latin(zh[StyleName.CONTENTS_2], 12, 18),
        StyleName.CONTENTS_3: _latin(zh[StyleName.CONTENTS_3], 12, 18),
        StyleName.CALLOUT: _latin(zh[StyleName.CALLOUT], 12, 17),
        StyleName.IMPRINT: _latin(zh[StyleName.IMPRINT], 12, 17),
    }


def _latin(style: TextStyle, size: float, leading: float) -> TextStyle:
    """`style` in English of another size, whose first line begins where that of the Chinese does."""
    indent = style.indent * style.size / size
    return replace(style, size=size, leading=leading, indent=indent, tracking=0.0, strong=FontRole.SANS_BOLD)


def _leading_texts(en: Mapping[StyleName, TextStyle]) -> Mapping[tuple[StyleName, str], TextStyle]:
    """English that does not stand below Chinese: of full size, its headings told apart by weight."""
    bold, hei = FontRole.SANS_BOLD, FontRole.HEI
    changed = {
        StyleName.MASTHEAD_NAME: replace(en[StyleName.MASTHEAD_NAME], size=26, leading=36),
        StyleName.MASTHEAD_LINE: replace(en[StyleName.MASTHEAD_LINE], size=14, leading=22),
        StyleName.MASTHEAD_REMARK: replace(en[StyleName.MASTHEAD_REMARK], size=12, leading=18),
        StyleName.HEADING_1: replace(_without_indent(en[StyleName.HEADING_1], 15, 23), font=bold),
        StyleName.HEADING_2: replace(_without_indent(en[StyleName.HEADING_2], 14, 22), font=bold),
        StyleName.HEADING_3: replace(_without_indent(en[StyleName.HEADING_3], 14, 22), font=hei),
        StyleName.BODY: _without_indent(en[StyleName.BODY], 14, 22),
        StyleName.SUMMARY: _without_indent(en[StyleName.SUMMARY], 14, 22),
        StyleName.QUOTATION: _without_indent(en[StyleName.QUOTATION], 14, 22),
        StyleName.LIST_ITEM: _without_indent(en[StyleName.LIST_ITEM], 14, 22),
        StyleName.CARD_LABEL: replace(en[StyleName.CARD_LABEL], size=10, leading=13.5),
        StyleName.CARD_VALUE: replace(en[StyleName.CARD_VALUE], size=13, leading=18),
        StyleName.CAPTION: replace(en[StyleName.CAPTION], size=11, leading=16),
        StyleName.CHART_LABEL: replace(en[StyleName.CHART_LABEL], size=9.5, leading=14),
        StyleName.NOTE: replace(en[StyleName.NOTE], size=12, leading=17),
        StyleName.FOOTNOTE: replace(en[StyleName.FOOTNOTE], size=10, leading=13.5),
        StyleName.CONTENTS_TITLE: replace(en[StyleName.CONTENTS_TITLE], font=bold, size=15, leading=23),
        StyleName.CALLOUT: replace(en[StyleName.CALLOUT], size=13, leading=19),
    }
    return MappingProxyType({(name, EN.code): style for name, style in changed.items()})


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
    leading_texts=_leading_texts(_CHINESE | _ENGLISH),
    masthead=MastheadSpacing(below_remark=22, below_names=14, below_issue=14, above_rule=4, rule=2, below_rule=14),
    page_numbers=PageNumbers.DASHED,
    numbered_headings=True,
)
"""A 简报 of an office: red name and rule, Fangsong at 22 lines of 28 characters, numbered headings."""
