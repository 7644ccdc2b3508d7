"""The look: page geometry, colours, font roles and named text styles.

Writers and figures take every size and colour from here. Lengths are in points,
colours `#rrggbb`. A style is named for what the text is, not for how it looks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import fsum
from types import MappingProxyType

from ipreport.document import Align
from ipreport.language import LANGUAGES, ZH, Language


class FontRole(StrEnum):
    """The faces a document is set in, by their part in it (CLREQ 2.1.1: Song, Hei, Kai and Fangsong)."""

    SERIF = "serif"
    """Running text: Song (宋体)."""
    SANS = "sans"
    """Tables, captions, charts: Hei (黑体)."""
    SANS_BOLD = "sans-bold"
    """Headings, figures on cards, emphasis: Hei in a bold weight."""
    TITLE = "title"
    """The name of an official document: Xiaobiaosong (小标宋), a Song of display weight."""
    HEI = "hei"
    """Headings of the first level and captions of an official document: Hei (黑体)."""
    KAI = "kai"
    """Headings of the second level, quotations: Kai (楷体)."""
    FANGSONG = "fangsong"
    """Running text of an official document: Fangsong (仿宋)."""
    SONG = "song"
    """Page numbers of an official document: Song (宋体)."""
    LATIN = "latin"
    """Western letters and digits beside Fangsong, Kai and Xiaobiaosong, whose own are of uneven quality."""


STAND_IN: Mapping[FontRole, FontRole] = MappingProxyType(
    {
        FontRole.TITLE: FontRole.SANS_BOLD,
        FontRole.HEI: FontRole.SANS,
        FontRole.KAI: FontRole.SERIF,
        FontRole.FANGSONG: FontRole.SERIF,
        FontRole.SONG: FontRole.SERIF,
        FontRole.LATIN: FontRole.SERIF,
    }
)
"""Whose face a role takes when it has none of its own; the roles that are left out always have one."""

BESIDE_LATIN = frozenset({FontRole.TITLE, FontRole.KAI, FontRole.FANGSONG})
"""The roles whose Western letters and digits are those of `FontRole.LATIN`."""

BASE_ROLES: tuple[FontRole, ...] = tuple(role for role in FontRole if role not in STAND_IN)
"""The roles that every document needs: charts are set in them, and they stand in for the others."""


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
    CHART_LABEL = "chart-label"
    CHART_NOTE = "chart-note"
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
    """The page and the number of pages, centred: 2 / 5."""
    DASHED = "dashed"
    """Between dashes, to the right on odd and to the left on even pages (GB/T 9704-2012, 7.5)."""


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


RUNNING_TEXT = (
    StyleName.HEADING_1,
    StyleName.HEADING_2,
    StyleName.HEADING_3,
    StyleName.BODY,
    StyleName.SUMMARY,
    StyleName.QUOTATION,
    StyleName.LIST_ITEM,
)
"""The styles whose lines stand on the grid of a page, where there is one."""

_ASCENT = 0.88
"""Top of the em box of a Chinese face above its baseline, in em."""

COLUMN_GUTTER = 20.0
"""Space between the columns of text in two languages."""
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
    `drop` is how far the baseline lies below the upper edge of its line, where its words
    do not stand in the middle of it.
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
    tracking: float = 0.0
    drop: float | None = None

    @property
    def baseline(self) -> float:
        """How far the baseline lies below the upper edge of its line, in points."""
        return (self.leading - self.size) / 2 + _ASCENT * self.size if self.drop is None else self.drop


@dataclass(frozen=True, slots=True)
class MastheadSpacing:
    """Space in the head of page one from top to bottom, and the thickness of the `rule` that ends it."""

    below_remark: float
    below_names: float
    below_issue: float
    above_rule: float
    rule: float
    below_rule: float


@dataclass(frozen=True, slots=True)
class Page:
    """Page size and margins; `header` and `footer` lead from the paper's edge to the lower end of the head and foot."""

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

    masthead: MastheadSpacing
    page_numbers: PageNumbers = PageNumbers.COUNT
    numbered_headings: bool = False
    """Whether headings are numbered: 一、 （一） 1."""
    line: float = 0.0
    """The distance of the lines that fill a page, where the theme has a grid of them; 0 where it has none."""
    grid: float = 0.0
    """The distance of the lines that the text stands on; 0 where each stands below the one before."""
    chinese_column: float = 0.5
    """What the Chinese takes of two columns beside each other, so that the English is about as high."""

    @property
    def roles(self) -> tuple[FontRole, ...]:
        """The font roles a document in this look is set in, those of charts included."""
        styles = (*self.texts.values(), *self.leading_texts.values())
        used = {*BASE_ROLES, *(style.font for style in styles), *(style.strong for style in styles)}
        used |= {FontRole.LATIN} if used & BESIDE_LATIN else set()
        return tuple(role for role in FontRole if role in used)

    def text(self, name: StyleName, language: Language) -> TextStyle:
        """The style `name` as it is set in `language`."""
        return self.texts[name, language.code]

    def in_column(self, name: StyleName, language: Language) -> TextStyle:
        """The style `name` in a column beside another.

        A first line is indented by one character at most, as is usual in narrow measures (CLREQ 3.1.4). English is
        set ragged: between its few words no gap can take up what a long one leaves.
        """
        style = self.text(name, language)
        justify = style.justify if language is ZH or style.justify is not Justify.BOTH else Justify.LEFT
        return replace(style, indent=min(style.indent, 1.0), justify=justify)

    def column_widths(self, languages: Sequence[Language], width: float) -> tuple[float, ...]:
        """The widths of columns side by side, one for each of `languages`, that take `width` with the gutters."""
        shares = [self.chinese_column if language is ZH else 1 - self.chinese_column for language in languages]
        room = width - COLUMN_GUTTER * (len(shares) - 1)
        return tuple(room * share / fsum(shares) for share in shares)

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

    def on_grid(self, language: Language) -> Style:
        """The style of an edition led by `language` with its running text on the grid; the same where there is none.

        Lines are as far from each other as those of the grid, or two thirds as far; the grid of an edition in
        such lines alone is of these. Three of them take the room of two others, and the third stands on the
        baseline of the second. Beside Chinese the text keeps no space but what brings it back to the grid.
        """
        if not self.line:
            return self
        led = self.led_by(language)
        step = _nearest(led.text(StyleName.BODY, language).leading, self.line)
        base = replace(led.text(StyleName.BODY, language), leading=step).baseline
        texts = {
            key: _placed(style, step, base, self.line) if key[0] in RUNNING_TEXT else style
            for key, style in led.texts.items()
        }
        return replace(led, texts=MappingProxyType(texts), grid=step)


def _nearest(leading: float, line: float) -> float:
    """The distance of lines that is the nearest to `leading`: one or two thirds of `line`."""
    return min((line, line * 2 / 3), key=lambda each: abs(each - leading))


def _placed(style: TextStyle, step: float, base: float, line: float) -> TextStyle:
    """`style` on a grid of `step`, its baseline such that the last line before the next step is at `base`."""
    leading = min(_nearest(style.leading, line), step)
    after = 0.0 if step == line or style.keep_with_next else style.space_after
    return replace(style, leading=leading, drop=base - step + leading, space_before=0.0, space_after=after)


def card_columns(count: int, per_row: int) -> int:
    """How many of `count` cards stand side by side: in as few rows as `per_row` allows, evenly filled."""
    return -(-count // -(-count // per_row))


Sizes = Mapping[StyleName, tuple[float, float | None]]
"""Size and leading of styles in points; a leading of None stays as it is."""


def resized(styles: Mapping[StyleName, TextStyle], sizes: Sizes) -> dict[StyleName, TextStyle]:
    """Those of `styles` that `sizes` names, each with the size and leading given there."""
    return {
        name: replace(styles[name], size=size, leading=styles[name].leading if leading is None else leading)
        for name, (size, leading) in sizes.items()
    }


def of_language(language: Language, styles: Mapping[StyleName, TextStyle]) -> Mapping[tuple[StyleName, str], TextStyle]:
    """`styles` as those of one language, keyed as in `Style.texts`."""
    return MappingProxyType({(name, language.code): style for name, style in styles.items()})


def in_both_languages(
    zh: Mapping[StyleName, TextStyle], en: Mapping[StyleName, TextStyle]
) -> Mapping[tuple[StyleName, str], TextStyle]:
    """The text styles of a theme: `zh` in Chinese; in every other language `en`, and what it leaves out as in `zh`."""
    tables = (of_language(language, zh if language is ZH else {**zh, **en}) for language in LANGUAGES)
    return MappingProxyType({key: style for table in tables for key, style in table.items()})


JUSTIFY_OF_ALIGN: dict[Align, Justify] = {
    Align.DECIMAL: Justify.RIGHT,
    Align.LEFT: Justify.LEFT,
    Align.CENTRE: Justify.CENTRE,
    Align.RIGHT: Justify.RIGHT,
}
"""The paragraph alignment of a table cell."""
