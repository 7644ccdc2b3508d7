"""The look: page geometry, colours, font roles and named text styles.

Writers and figures take every size and colour from here. Lengths are in points,
colours `#rrggbb`. A style is named for what the text is, not for how it looks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from ipreport.document import Align
from ipreport.language import EN, ZH, Language


class FontRole(StrEnum):
    """The faces a document is set in, by their part in it (CLREQ 2.1.1: Song and Hei)."""

    SERIF = "serif"
    """Running text: Song (宋体)."""
    SANS = "sans"
    """Tables, captions, charts: Hei (黑体)."""
    SANS_BOLD = "sans-bold"
    """Headings, figures on cards, emphasis: Hei in a bold weight."""


class StyleName(StrEnum):
    """Named text styles; each exists for every language."""

    MASTHEAD_NAME = "masthead-name"
    MASTHEAD_LINE = "masthead-line"
    MASTHEAD_REMARK = "masthead-remark"
    HEADING_1 = "heading-1"
    HEADING_2 = "heading-2"
    HEADING_3 = "heading-3"
    BODY = "body"
    SUMMARY = "summary"
    QUOTATION = "quotation"
    LIST_ITEM = "list-item"
    CARD_LABEL = "card-label"
    CARD_VALUE = "card-value"
    CARD_DETAIL = "card-detail"
    CAPTION = "caption"
    TABLE_HEAD = "table-head"
    TABLE_TEXT = "table-text"
    TABLE_GROUP = "table-group"
    TABLE_NOTE = "table-note"
    NOTE = "note"
    FOOTNOTE = "footnote"
    CONTENTS_TITLE = "contents-title"
    CONTENTS_1 = "contents-1"
    CONTENTS_2 = "contents-2"
    CONTENTS_3 = "contents-3"
    CALLOUT = "callout"
    HEADER = "header"
    FOOTER = "footer"
    IMPRINT = "imprint"


class PageNumbers(StrEnum):
    """How pages are numbered at their foot."""

    COUNT = "count"
    """“1 / 7” in the middle: the page and how many there are."""
    DASHED = "dashed"
    """“— 1 —”, right on odd pages and left on even ones, one character in (GB/T 9704-2012, 7.5)."""


class Justify(StrEnum):
    """Paragraph alignment."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"
    BOTH = "both"


class FigureWidth(StrEnum):
    """The widths that charts are drawn in: parts of the type area, or a page turned on its side."""

    FULL = "full"
    TWO_THIRDS = "two-thirds"
    HALF = "half"
    LANDSCAPE = "landscape"


CARD_GUTTER = 10.0
"""Space between cards of key figures."""
CARD_PADDING = 10.0
"""Space between the edge of a card and its words."""

_WIDTH_SHARES = {FigureWidth.FULL: 1.0, FigureWidth.TWO_THIRDS: 2 / 3, FigureWidth.HALF: 0.485}


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How a paragraph is set.

    `leading` is the distance of baselines; `indent` the first-line indent in em of
    `size`; `strong` the face of emphasis, since Song is emphasised by Hei (CLREQ 4.2).
    """

    font: FontRole
    size: float
    leading: float
    colour: str
    strong: FontRole = FontRole.SANS_BOLD
    justify: Justify = Justify.LEFT
    space_before: float = 0.0
    space_after: float = 0.0
    indent: float = 0.0
    keep_with_next: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """Page size and margins; `header` and `footer` are baselines from the paper's edge."""

    width: float
    height: float
    top: float
    right: float
    bottom: float
    left: float
    header: float
    footer: float

    @property
    def text_width(self) -> float:
        """Width of the type area."""
        return self.width - self.left - self.right

    @property
    def turned(self) -> Page:
        """The page on its side: the head of a landscape page lies along the left margin of an upright one.

        A page that lies already stays as it is.
        """
        if self.width > self.height:
            return self
        return Page(
            width=self.height,
            height=self.width,
            top=self.left,
            right=self.bottom,
            bottom=self.right,
            left=self.top,
            header=self.header,
            footer=self.footer,
        )

    @property
    def text_height(self) -> float:
        """Height of the type area."""
        return self.height - self.top - self.bottom


@dataclass(frozen=True, slots=True)
class Colours:
    """The palette of a theme. Text colours reach 4.5:1 on white, marks 3:1."""

    ink: str
    muted: str
    accent: str
    masthead: str
    rule: str
    panel: str
    warning: str
    warning_panel: str
    series: tuple[str, ...]
    """Marks of charts, told apart in grey and by colour-blind readers as well; the first is the accent."""
    context: str
    """The mark of what only stands beside the highlighted one, such as the other regions of a ranking."""
    quiet: str
    """The fill of what only gives scale, such as the rest of a whole; it has an outline in `muted`."""
    ramp: tuple[str, ...]
    """Fills from the worst to the best, for heat tables."""
    neutral_ramp: tuple[str, ...]
    """Fills from the least to the greatest where neither is better."""


@dataclass(frozen=True, slots=True)
class Style:
    """A theme: everything that writers and figures need to know about the look."""

    name: str
    page: Page
    colours: Colours
    texts: Mapping[tuple[StyleName, str], TextStyle]

    leading_texts: Mapping[tuple[StyleName, str], TextStyle]
    """Styles that differ in an edition that this language leads: it has no other text to stand beside."""

    page_numbers: PageNumbers = PageNumbers.COUNT

    def text(self, name: StyleName, language: Language) -> TextStyle:
        """The style `name` as it is set in `language`."""
        return self.texts[name, language.code]

    def figure_width(self, width: FigureWidth) -> float:
        """The width of a chart in points."""
        if width is FigureWidth.LANDSCAPE:
            return self.page.turned.text_width
        return round(self.page.text_width * _WIDTH_SHARES[width], 2)

    def card_width(self, columns: int) -> float:
        """The width of the words on one of `columns` cards side by side, in points."""
        return (self.page.text_width - CARD_GUTTER * (columns - 1)) / columns - 2 * CARD_PADDING

    def led_by(self, language: Language) -> Style:
        """The style for an edition whose first language is `language`."""
        leading = {key: style for key, style in self.leading_texts.items() if key[1] == language.code}
        return replace(self, texts=MappingProxyType({**self.texts, **leading}))


def _modern_texts(colours: Colours) -> Mapping[tuple[StyleName, str], TextStyle]:
    """Every style in Chinese, and in English as it stands beside Chinese."""
    zh = _modern_chinese(colours)
    en = zh | _beside_chinese(zh)
    table = {(name, ZH.code): style for name, style in zh.items()}
    return MappingProxyType(table | {(name, EN.code): style for name, style in en.items()})


def _modern_chinese(colours: Colours) -> dict[StyleName, TextStyle]:
    serif, sans, bold = FontRole.SERIF, FontRole.SANS, FontRole.SANS_BOLD
    ink, muted, accent = colours.ink, colours.muted, colours.accent
    centre, both = Justify.CENTRE, Justify.BOTH
    return {
        StyleName.MASTHEAD_NAME: TextStyle(bold, 32, 42, colours.masthead, justify=centre),
        StyleName.MASTHEAD_LINE: TextStyle(sans, 10.5, 16, ink, justify=centre),
        StyleName.MASTHEAD_REMARK: TextStyle(sans, 9, 13, muted),
        StyleName.HEADING_1: TextStyle(bold, 15, 21, accent, space_before=16, space_after=6, keep_with_next=True),
        StyleName.HEADING_2: TextStyle(bold, 12, 18, ink, space_before=12, space_after=4, keep_with_next=True),
        StyleName.HEADING_3: TextStyle(bold, 10.5, 16, ink, space_before=8, space_after=3, keep_with_next=True),
        StyleName.BODY: TextStyle(serif, 10.5, 17.5, ink, justify=both, space_after=3, indent=2),
        StyleName.SUMMARY: TextStyle(serif, 10.5, 17.5, ink, justify=both, space_after=3, indent=2),
        StyleName.QUOTATION: TextStyle(serif, 10.5, 17.5, muted, justify=both, space_after=3),
        StyleName.LIST_ITEM: TextStyle(serif, 10.5, 16.5, ink, justify=both, space_after=2),
        StyleName.CARD_LABEL: TextStyle(sans, 9, 12.5, muted),
        StyleName.CARD_VALUE: TextStyle(bold, 19, 25, accent),
        StyleName.CARD_DETAIL: TextStyle(sans, 8, 11.5, muted),
        StyleName.CAPTION: TextStyle(bold, 9, 13.5, ink, keep_with_next=True),
        StyleName.TABLE_HEAD: TextStyle(bold, 9, 12.5, ink),
        StyleName.TABLE_TEXT: TextStyle(sans, 9, 13, ink),
        StyleName.TABLE_GROUP: TextStyle(bold, 9, 13, accent),
        StyleName.TABLE_NOTE: TextStyle(sans, 8, 12, muted, space_before=2),
        StyleName.NOTE: TextStyle(serif, 9.5, 15, ink, justify=both, space_after=3),
        StyleName.FOOTNOTE: TextStyle(serif, 9, 13, ink, justify=both, space_after=1),
        StyleName.CONTENTS_TITLE: TextStyle(bold, 12, 18, accent, space_before=12, space_after=4, keep_with_next=True),
        StyleName.CONTENTS_1: TextStyle(bold, 10, 15, ink, space_before=4, space_after=2),
        StyleName.CONTENTS_2: TextStyle(serif, 10, 15, ink, space_after=2),
        StyleName.CONTENTS_3: TextStyle(serif, 10, 15, ink, space_after=2),
        StyleName.CALLOUT: TextStyle(sans, 9.5, 15, ink, justify=both),
        StyleName.HEADER: TextStyle(sans, 8, 11, muted),
        StyleName.FOOTER: TextStyle(sans, 8, 11, muted),
        StyleName.IMPRINT: TextStyle(serif, 10, 17, ink, indent=1),
    }


def _beside_chinese(zh: Mapping[StyleName, TextStyle]) -> dict[StyleName, TextStyle]:
    """English beside Chinese: a little smaller, so that both look the same size.

    A paragraph is marked by space instead of an indent.
    """
    return {
        StyleName.MASTHEAD_NAME: replace(zh[StyleName.MASTHEAD_NAME], size=15, leading=21),
        StyleName.MASTHEAD_LINE: replace(zh[StyleName.MASTHEAD_LINE], size=10, leading=15),
        StyleName.HEADING_1: replace(zh[StyleName.HEADING_1], size=13, leading=18),
        StyleName.HEADING_2: replace(zh[StyleName.HEADING_2], size=11, leading=16),
        StyleName.BODY: replace(zh[StyleName.BODY], size=10, leading=15, indent=0, space_after=8),
        StyleName.SUMMARY: replace(zh[StyleName.SUMMARY], size=10, leading=15, indent=0, space_after=8),
        StyleName.QUOTATION: replace(zh[StyleName.QUOTATION], size=10, leading=15, space_after=8),
        StyleName.LIST_ITEM: replace(zh[StyleName.LIST_ITEM], size=10, leading=15),
        StyleName.CARD_LABEL: replace(zh[StyleName.CARD_LABEL], size=8.5, leading=11.5),
        StyleName.CARD_VALUE: replace(zh[StyleName.CARD_VALUE], size=12, leading=16),
        StyleName.CAPTION: replace(zh[StyleName.CAPTION], size=8.5, leading=12.5),
        StyleName.TABLE_HEAD: replace(zh[StyleName.TABLE_HEAD], size=8.5, leading=12),
        StyleName.TABLE_TEXT: replace(zh[StyleName.TABLE_TEXT], size=8.5, leading=12),
        StyleName.TABLE_GROUP: replace(zh[StyleName.TABLE_GROUP], size=8.5, leading=12),
        StyleName.NOTE: replace(zh[StyleName.NOTE], size=9, leading=14),
        StyleName.FOOTNOTE: replace(zh[StyleName.FOOTNOTE], size=8.5, leading=12.5),
        StyleName.CONTENTS_TITLE: replace(zh[StyleName.CONTENTS_TITLE], size=11, leading=16),
        StyleName.CONTENTS_1: replace(zh[StyleName.CONTENTS_1], size=9.5, leading=13.5),
        StyleName.CONTENTS_2: replace(zh[StyleName.CONTENTS_2], size=9.5, leading=13.5),
        StyleName.CONTENTS_3: replace(zh[StyleName.CONTENTS_3], size=9.5, leading=13.5),
        StyleName.CALLOUT: replace(zh[StyleName.CALLOUT], size=9, leading=14),
        StyleName.IMPRINT: replace(zh[StyleName.IMPRINT], size=9.5, leading=14),
    }


def _leading_texts(texts: Mapping[tuple[StyleName, str], TextStyle]) -> Mapping[tuple[StyleName, str], TextStyle]:
    """English at full size, where it does not stand below Chinese."""
    full_size = {
        StyleName.MASTHEAD_NAME: (24.0, 33.0),
        StyleName.MASTHEAD_LINE: (10.5, 16.0),
        StyleName.HEADING_1: (15.0, 21.0),
        StyleName.HEADING_2: (12.0, 18.0),
        StyleName.BODY: (10.5, 16.0),
        StyleName.SUMMARY: (10.5, 16.0),
        StyleName.QUOTATION: (10.5, 16.0),
        StyleName.LIST_ITEM: (10.5, 16.0),
        StyleName.CARD_LABEL: (9.0, 12.5),
        StyleName.CAPTION: (9.0, 13.5),
        StyleName.CONTENTS_TITLE: (12.0, 18.0),
        StyleName.CONTENTS_1: (10.0, 15.0),
        StyleName.CONTENTS_2: (10.0, 15.0),
        StyleName.CONTENTS_3: (10.0, 15.0),
    }
    return MappingProxyType(
        {
            (name, EN.code): replace(texts[name, EN.code], size=size, leading=leading)
            for name, (size, leading) in full_size.items()
        }
    )


def card_columns(count: int, per_row: int) -> int:
    """How many of `count` cards stand side by side: in as few rows as `per_row` allows, evenly filled."""
    return -(-count // -(-count // per_row))


MODERN_COLOURS = Colours(
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

_MODERN_TEXTS = _modern_texts(MODERN_COLOURS)

MODERN = Style(
    name="modern",
    page=Page(width=595.28, height=841.89, top=74, right=70, bottom=70, left=70, header=44, footer=40),
    colours=MODERN_COLOURS,
    texts=_MODERN_TEXTS,
    leading_texts=_leading_texts(_MODERN_TEXTS),
)
"""A calm statistical publication: one accent, generous space, the red masthead of a 简报."""

THEMES: dict[str, Style] = {MODERN.name: MODERN}


JUSTIFY_OF_ALIGN: dict[Align, Justify] = {
    Align.DECIMAL: Justify.RIGHT,
    Align.LEFT: Justify.LEFT,
    Align.CENTRE: Justify.CENTRE,
    Align.RIGHT: Justify.RIGHT,
}
"""The paragraph alignment of a table cell."""
