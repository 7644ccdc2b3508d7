"""The look of documents: what a theme is made of, and the themes.

`THEMES` holds every theme by the name that briefing.yaml gives it.
"""

from ipreport.style.modern import MODERN
from ipreport.style.official import OFFICIAL
from ipreport.style.theme import (
    BASE_ROLES,
    BESIDE_LATIN,
    CARD_GUTTER,
    CARD_PADDING,
    COLUMN_GUTTER,
    JUSTIFY_OF_ALIGN,
    STAND_IN,
    Colours,
    FigureWidth,
    FontRole,
    Justify,
    MastheadSpacing,
    Page,
    PageNumbers,
    Style,
    StyleName,
    TextStyle,
    card_columns,
)

THEMES: dict[str, Style] = {style.name: style for style in (MODERN, OFFICIAL)}

__all__ = [
    "BASE_ROLES",
    "BESIDE_LATIN",
    "CARD_GUTTER",
    "CARD_PADDING",
    "COLUMN_GUTTER",
    "JUSTIFY_OF_ALIGN",
    "MODERN",
    "OFFICIAL",
    "STAND_IN",
    "THEMES",
    "Colours",
    "FigureWidth",
    "FontRole",
    "Justify",
    "MastheadSpacing",
    "Page",
    "PageNumbers",
    "Style",
    "StyleName",
    "TextStyle",
    "card_columns",
]
