"""The theme `modern`: a calm statistical publication."""

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
    Sizes,
    Style,
    StyleName,
    TextStyle,
    in_both_languages,
    of_language,
    resized,
)


def _chinese(colours: Colours) -> dict[StyleName, TextStyle]:
    serif, sans, bold = FontRole.SERIF, FontRole.SANS, FontRole.SANS_BOLD
    ink, muted, accent = colours.ink, colours.muted, colours.accent
    centre, both = Justify.CENTRE, Justify.BOTH
    return {
        StyleName.MASTHEAD_NAME: TextStyle(bold, 32, 42, colours.masthead, justify=centre),
        StyleName.MASTHEAD_LINE: TextStyle(sans, 10.5, 16, ink, justify=centre),
        StyleName.MASTHEAD_REMARK: TextStyle(sans, 9, 13, muted),
        StyleName.HEADING_1: TextStyle(bold, 15, 19.5, accent, space_before=16, space_after=6, keep_with_next=True),
        StyleName.HEADING_2: TextStyle(bold, 12, 17, ink, space_before=12, space_after=4, keep_with_next=True),
        StyleName.HEADING_3: TextStyle(bold, 10.5, 16, ink, space_before=8, space_after=3, keep_with_next=True),
        StyleName.BODY: TextStyle(serif, 10.5, 17.5, ink, justify=both, space_after=3, indent=2),
        StyleName.SUMMARY: TextStyle(serif, 10.5, 17.5, ink, justify=both, space_after=3, indent=2),
        StyleName.QUOTATION: TextStyle(serif, 10.5, 17.5, muted, justify=both, space_after=3),
        StyleName.LIST_ITEM: TextStyle(serif, 10.5, 16.5, ink, justify=both, space_after=2),
        StyleName.CARD_LABEL: TextStyle(sans, 9, 12.5, muted),
        StyleName.CARD_VALUE: TextStyle(bold, 19, 25, accent),
        StyleName.CARD_DETAIL: TextStyle(sans, 8, 11.5, muted),
        StyleName.CAPTION: TextStyle(bold, 9, 13, ink, keep_with_next=True),
        StyleName.CHART_LABEL: TextStyle(sans, 9, 13.5, ink),
        StyleName.CHART_NOTE: TextStyle(sans, 8, 12, muted),
        StyleName.TABLE_HEAD: TextStyle(bold, 9, 12.5, ink),
        StyleName.TABLE_TEXT: TextStyle(sans, 9, 13, ink),
        StyleName.TABLE_GROUP: TextStyle(bold, 9, 13, accent),
        StyleName.TABLE_NOTE: TextStyle(sans, 8, 12, muted, space_before=2),
        StyleName.NOTE: TextStyle(serif, 9.5, 15, ink, space_after=3),
        StyleName.FOOTNOTE: TextStyle(serif, 9, 13, ink, justify=both, space_after=1),
        StyleName.CONTENTS_TITLE: TextStyle(bold, 12, 18, accent, space_before=12, space_after=4, keep_with_next=True),
        StyleName.CONTENTS_1: TextStyle(bold, 9.5, 14, ink, space_before=4, space_after=2),
        StyleName.CONTENTS_2: TextStyle(serif, 9.5, 14, ink, space_after=3),
        StyleName.CONTENTS_3: TextStyle(serif, 9.5, 14, ink, space_after=3),
        StyleName.CALLOUT: TextStyle(sans, 9.5, 15, ink, justify=both),
        StyleName.HEADER: TextStyle(sans, 8, 11, muted),
        StyleName.FOOTER: TextStyle(sans, 8, 11, muted),
        StyleName.IMPRINT: TextStyle(serif, 10, 17, ink, indent=1),
    }


_BESIDE: Sizes = {
    StyleName.MASTHEAD_NAME: (15, 21),
    StyleName.MASTHEAD_LINE: (10, 15),
    StyleName.HEADING_1: (13, None),
    StyleName.HEADING_2: (11, None),
    StyleName.BODY: (10, 15),
    StyleName.SUMMARY: (10, 15),
    StyleName.QUOTATION: (10, 15),
    StyleName.LIST_ITEM: (10, 15),
    StyleName.CARD_LABEL: (8.5, 11.5),
    StyleName.CARD_VALUE: (12, 16),
    StyleName.CAPTION: (8.5, None),
    StyleName.CHART_LABEL: (8.5, 12.5),
    StyleName.TABLE_HEAD: (8.5, 12),
    StyleName.TABLE_TEXT: (8.5, 12),
    StyleName.TABLE_GROUP: (8.5, 12),
    StyleName.NOTE: (9, 14),
    StyleName.FOOTNOTE: (8.5, None),
    StyleName.CONTENTS_TITLE: (11, None),
    StyleName.CALLOUT: (9, 14),
    StyleName.IMPRINT: (9.5, 14),
}
"""Sizes and leadings of English below Chinese."""
_FULL_SIZE: Sizes = {
    StyleName.MASTHEAD_NAME: (24.0, 33.0),
    StyleName.MASTHEAD_LINE: (10.5, 16.0),
    StyleName.HEADING_1: (15.0, 19.5),
    StyleName.HEADING_2: (12.0, 17.0),
    StyleName.BODY: (10.5, 16.0),
    StyleName.SUMMARY: (10.5, 16.0),
    StyleName.QUOTATION: (10.5, 16.0),
    StyleName.LIST_ITEM: (10.5, 16.0),
    StyleName.CARD_LABEL: (9.0, 12.5),
    StyleName.CAPTION: (9.0, 13.0),
    StyleName.CHART_LABEL: (9.0, 13.5),
    StyleName.CONTENTS_TITLE: (12.0, 18.0),
    StyleName.CONTENTS_1: (10.0, 15.0),
    StyleName.CONTENTS_2: (10.0, 15.0),
    StyleName.CONTENTS_3: (10.0, 15.0),
}
"""Sizes and leadings of English where it does not stand below Chinese."""


def _beside_chinese(zh: Mapping[StyleName, TextStyle]) -> dict[StyleName, TextStyle]:
    """English beside Chinese: a little smaller, so that both look the same size.

    A paragraph is marked by space instead of an indent. What shares a paragraph with Chinese, such
    as a caption, has its distance of lines; in tables of contents it has its size as well, which
    is what Word makes of them.
    """
    english = resized(zh, _BESIDE)
    paragraphs = (StyleName.BODY, StyleName.SUMMARY, StyleName.QUOTATION)
    return english | {name: replace(english[name], indent=0, space_after=8) for name in paragraphs}


_COLOURS = Colours(
    ink="#1f2328",
    muted="#5b6675",
    accent="#1f4e79",
    masthead="#b5121b",
    rule="#c5ced8",
    panel="#f2f5f9",
    warning="#8a4b00",
    warning_panel="#fff6e6",
    series=("#1f4e79", "#d87a25", "#0c8760", "#431731", "#865b12"),
    context="#7b92ac",
    quiet="#dbe4ee",
    ramp=("#f2f5f9", "#d3e0ee", "#a9c4de", "#3f77ab", "#1f4e79"),
    neutral_ramp=("#f4f4f4", "#dddddd", "#bcbcbc", "#6e6e6e", "#474747"),
)

_CHINESE = _chinese(_COLOURS)
_ENGLISH = _beside_chinese(_CHINESE)

MODERN = Style(
    name="modern",
    chinese_column=0.42,
    page=Page(width=595.28, height=841.89, top=74, right=70, bottom=70, left=70, header=44, footer=40),
    colours=_COLOURS,
    texts=in_both_languages(_CHINESE, _ENGLISH),
    leading_texts=of_language(EN, resized(_CHINESE | _ENGLISH, _FULL_SIZE)),
    masthead=MastheadSpacing(below_remark=14, below_names=12, below_issue=10, above_rule=7, rule=2, below_rule=16),
)
"""A calm statistical publication: one accent, generous space, the red masthead of a 简报."""
