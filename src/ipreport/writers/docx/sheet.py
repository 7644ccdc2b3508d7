"""The catalogue of paragraph styles: Word's own names where Word has one, house names otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ipreport.document import Align
from ipreport.language import ZH, Language
from ipreport.style import MODERN, Justify, Style, StyleName, TextStyle


class Name(StrEnum):
    """Style names as Word's list of styles shows them."""

    TITLE = "Title"
    MASTHEAD_REMARK = "Masthead Remark"
    MASTHEAD_LINE = "Masthead Line"
    MASTHEAD_IMPRINT = "Masthead Imprint"
    MASTHEAD_RULE = "Masthead Rule"
    HEADING_1 = "heading 1"
    HEADING_2 = "heading 2"
    HEADING_3 = "heading 3"
    BODY = "Body Text"
    SUMMARY = "Summary"
    QUOTE = "Quote"
    LIST_BULLET = "List Bullet"
    LIST_NUMBER = "List Number"
    LIST_CONTINUE = "List Continue"
    KPI_LABEL = "KPI Label"
    KPI_VALUE = "KPI Value"
    KPI_DETAIL = "KPI Detail"
    KPI_TREND = "KPI Trend"
    KPI_NOTE = "KPI Note"
    KPI_VALUE_DOUBTFUL = "KPI Value Doubtful"
    KPI_DETAIL_DOUBTFUL = "KPI Detail Doubtful"
    FIGURE = "Figure"
    CAPTION = "caption"
    TABLE_CAPTION = "Table Caption"
    TABLE_HEAD = "Table Head"
    TABLE_HEAD_CENTRED = "Table Head Centred"
    TABLE_HEAD_RIGHT = "Table Head Right"
    TABLE_TEXT = "Table Text"
    TABLE_TEXT_CENTRED = "Table Text Centred"
    TABLE_TEXT_RIGHT = "Table Text Right"
    TABLE_NUMBER = "Table Number"
    TABLE_TREND = "Table Trend"
    TABLE_GROUP = "Table Group"
    TABLE_NOTE = "Table Note"
    SOURCE_NOTE = "Source Note"
    NOTE = "Note"
    NOTE_CONTINUE = "Note Continue"
    CALLOUT = "Callout"
    CALLOUT_WARNING = "Callout Warning"
    HEADER = "header"
    HEADER_FIRST = "Header First Page"
    HEADER_LANDSCAPE = "Header Landscape"
    FOOTER = "footer"
    FOOTER_ODD = "Footer Odd Pages"
    FOOTER_EVEN = "Footer Even Pages"
    IMPRINT_LINE = "Imprint Line"
    IMPRINT_ISSUER = "Imprint Issuer"
    IMPRINT_DATE = "Imprint Date"
    IMPRINT_COPIES = "Imprint Copies"
    SEPARATOR = "Separator"


class Border(StrEnum):
    """Lines round a paragraph."""

    MASTHEAD = "masthead"
    """The red rule under the masthead."""
    HEADER = "header"
    """The thin rule under the running head."""
    BOX = "box"
    """A panel with a bar to its left."""
    WARNING_BOX = "warning-box"
    """The same in the colours of a warning."""


class Tab(StrEnum):
    """The tab stop of a paragraph."""

    RIGHT = "right"
    """At the right margin."""
    RIGHT_LANDSCAPE = "right-landscape"
    """At the right margin of a page turned on its side."""
    DECIMAL = "decimal"
    """Where the decimal points of most columns of numbers stand."""


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """What a paragraph style adds to the named text style of the theme. None leaves the theme's value.

    `lead_before` and `lead_after` replace the spaces in the first of several languages
    (`lead_before` in an only one, too), so that what says the same stands together. A style that is
    `shared` is the same in all languages; only then its `contextual` spacing, which leaves out what
    stands between paragraphs of one style (17.3.1.9), holds between languages too. Indents are in
    points, `left_em` and `right_em` in em. All lines of one that is `labelled` hang from its label.
    """

    name: Name
    text: StyleName
    parent: Name | None = None
    following: Name | None = None
    justify: Justify | None = None
    space_before: float | None = None
    space_after: float | None = None
    lead_before: float | None = None
    lead_after: float | None = None
    left: float = 0.0
    hanging: float = 0.0
    left_em: float = 0.0
    right_em: float = 0.0
    labelled: bool = False
    tab: Tab | None = None
    numbering: int | None = None
    outline: int | None = None
    keep_with_next: bool | None = None
    border: Border | None = None
    exact: bool = True
    warning: bool = False
    shared: bool = False
    contextual: bool = False


BULLET_NUMBERING = 1
ORDERED_NUMBERING = 2
"""Numbering instances the list styles refer to; every further ordered list gets its own."""
_GROWING = {StyleName.LIST_ITEM, StyleName.NOTE, StyleName.QUOTATION}
"""What is set in further the larger its letters are."""
LIST_LEFT = 17.6
NOTE_LEFT = 22.8
QUOTE_LEFT = 21.0
CARD_LEFT = 6.0
BOX_BAR = 2.5
BOX_PADDING = 10.0
BLOCK_GAP = 10.0
"""Space above and below what interrupts running text: tables, figures, cards."""
BOX_GAP = 14.0
"""Space above and below a callout."""
HEADINGS = (Name.HEADING_1, Name.HEADING_2, Name.HEADING_3)

_CENTRE, _LEFT, _RIGHT = Justify.CENTRE, Justify.LEFT, Justify.RIGHT


def _masthead() -> tuple[ParagraphStyle, ...]:
    line = StyleName.MASTHEAD_LINE
    return (
        ParagraphStyle(Name.MASTHEAD_REMARK, StyleName.MASTHEAD_REMARK, following=Name.TITLE),
        ParagraphStyle(Name.TITLE, StyleName.MASTHEAD_NAME, following=Name.MASTHEAD_LINE, space_before=4),
        ParagraphStyle(Name.MASTHEAD_LINE, line, following=Name.MASTHEAD_IMPRINT, justify=_CENTRE),
        ParagraphStyle(Name.MASTHEAD_IMPRINT, line, justify=_LEFT, tab=Tab.RIGHT, keep_with_next=True),
        ParagraphStyle(
            Name.MASTHEAD_RULE,
            line,
            Name.MASTHEAD_IMPRINT,
            Name.BODY,
            _LEFT,
            tab=Tab.RIGHT,
            border=Border.MASTHEAD,
        ),
    )


def _running_text() -> tuple[ParagraphStyle, ...]:
    item = StyleName.LIST_ITEM
    headings = zip(HEADINGS, (StyleName.HEADING_1, StyleName.HEADING_2, StyleName.HEADING_3), strict=True)
    return (
        *(
            ParagraphStyle(name, text, following=Name.BODY, outline=level)
            for level, (name, text) in enumerate(headings)
        ),
        ParagraphStyle(Name.BODY, StyleName.BODY),
        ParagraphStyle(Name.SUMMARY, StyleName.SUMMARY, Name.BODY),
        ParagraphStyle(Name.QUOTE, StyleName.QUOTATION, left=QUOTE_LEFT),
        ParagraphStyle(
            Name.LIST_BULLET, item, lead_after=0, left=LIST_LEFT, hanging=LIST_LEFT, numbering=BULLET_NUMBERING
        ),
        ParagraphStyle(
            Name.LIST_NUMBER, item, lead_after=0, left=LIST_LEFT, hanging=LIST_LEFT, numbering=ORDERED_NUMBERING
        ),
        ParagraphStyle(Name.LIST_CONTINUE, item, left=LIST_LEFT),
        ParagraphStyle(Name.NOTE, StyleName.NOTE, lead_after=0, left=NOTE_LEFT, hanging=NOTE_LEFT),
        ParagraphStyle(Name.NOTE_CONTINUE, StyleName.NOTE, left=NOTE_LEFT),
        _box(Name.CALLOUT, None, Border.BOX),
        _box(Name.CALLOUT_WARNING, Name.CALLOUT, Border.WARNING_BOX),
    )


def _box(name: Name, parent: Name | None, border: Border) -> ParagraphStyle:
    left = BOX_PADDING + BOX_BAR
    return ParagraphStyle(
        name,
        StyleName.CALLOUT,
        parent,
        lead_before=BOX_GAP,
        lead_after=0,
        space_after=BOX_GAP,
        left=left,
        border=border,
    )


def _cards() -> tuple[ParagraphStyle, ...]:
    label, value, detail = StyleName.CARD_LABEL, StyleName.CARD_VALUE, StyleName.CARD_DETAIL
    return (
        ParagraphStyle(Name.KPI_LABEL, label, following=Name.KPI_VALUE, left=CARD_LEFT),
        ParagraphStyle(Name.KPI_VALUE, value, following=Name.KPI_DETAIL, left=CARD_LEFT, lead_before=2),
        ParagraphStyle(Name.KPI_DETAIL, detail, left=CARD_LEFT, lead_before=2),
        ParagraphStyle(Name.KPI_TREND, detail, Name.KPI_DETAIL, left=CARD_LEFT, exact=False, shared=True),
        ParagraphStyle(Name.KPI_VALUE_DOUBTFUL, value, Name.KPI_VALUE, left=CARD_LEFT, lead_before=2, warning=True),
        ParagraphStyle(Name.KPI_DETAIL_DOUBTFUL, detail, Name.KPI_DETAIL, left=CARD_LEFT, lead_before=2, warning=True),
        _notes(Name.KPI_NOTE, Name.TABLE_NOTE, space_before=4),
    )


def _notes(
    name: Name, parent: Name | None, justify: Justify | None = None, space_before: float | None = None
) -> ParagraphStyle:
    """What stands below a table, figure or cards, line below line, and ends it."""
    return ParagraphStyle(
        name,
        StyleName.TABLE_NOTE,
        parent,
        justify=justify,
        space_before=space_before,
        space_after=BLOCK_GAP,
        shared=True,
        contextual=True,
    )


def _figures_and_tables() -> tuple[ParagraphStyle, ...]:
    caption, head, text = StyleName.CAPTION, StyleName.TABLE_HEAD, StyleName.TABLE_TEXT
    return (
        ParagraphStyle(
            Name.FIGURE,
            caption,
            following=Name.CAPTION,
            justify=_CENTRE,
            space_before=BLOCK_GAP,
            space_after=5,
            exact=False,
            keep_with_next=True,
            shared=True,
        ),
        ParagraphStyle(Name.CAPTION, caption, following=Name.BODY, justify=_CENTRE),
        ParagraphStyle(
            Name.TABLE_CAPTION,
            caption,
            Name.CAPTION,
            justify=_CENTRE,
            lead_before=BLOCK_GAP,
            lead_after=0,
            space_after=4,
            keep_with_next=True,
        ),
        ParagraphStyle(Name.TABLE_HEAD, head, keep_with_next=True),
        ParagraphStyle(Name.TABLE_HEAD_CENTRED, head, Name.TABLE_HEAD, justify=_CENTRE, keep_with_next=True),
        ParagraphStyle(Name.TABLE_HEAD_RIGHT, head, Name.TABLE_HEAD, justify=_RIGHT, keep_with_next=True),
        ParagraphStyle(Name.TABLE_TEXT, text),
        ParagraphStyle(Name.TABLE_TEXT_CENTRED, text, Name.TABLE_TEXT, justify=_CENTRE),
        ParagraphStyle(Name.TABLE_TEXT_RIGHT, text, Name.TABLE_TEXT, justify=_RIGHT),
        ParagraphStyle(Name.TABLE_NUMBER, text, Name.TABLE_TEXT, justify=_LEFT, tab=Tab.DECIMAL),
        ParagraphStyle(
            Name.TABLE_TREND,
            StyleName.TABLE_NOTE,
            Name.TABLE_TEXT,
            justify=_RIGHT,
            space_before=0,
            exact=False,
            shared=True,
        ),
        ParagraphStyle(Name.TABLE_GROUP, StyleName.TABLE_GROUP, following=Name.TABLE_TEXT, keep_with_next=True),
        _notes(Name.TABLE_NOTE, None),
        _notes(Name.SOURCE_NOTE, Name.TABLE_NOTE, _CENTRE),
    )


def _page_margins() -> tuple[ParagraphStyle, ...]:
    """Running heads, page numbers, and the imprint at the foot of the last page."""
    header, footer, imprint = StyleName.HEADER, StyleName.FOOTER, StyleName.IMPRINT
    landscape = Tab.RIGHT_LANDSCAPE
    # Page numbers and imprint stand one character in from the type area (GB/T 9704-2012, 7.4 and 7.5).
    return (
        ParagraphStyle(Name.HEADER, header, tab=Tab.RIGHT, border=Border.HEADER, shared=True),
        ParagraphStyle(Name.HEADER_FIRST, header, tab=Tab.RIGHT, shared=True),
        ParagraphStyle(Name.HEADER_LANDSCAPE, header, tab=landscape, border=Border.HEADER, shared=True),
        ParagraphStyle(Name.FOOTER, footer, justify=_CENTRE, shared=True),
        ParagraphStyle(Name.FOOTER_ODD, footer, Name.FOOTER, justify=_RIGHT, right_em=1, shared=True),
        ParagraphStyle(Name.FOOTER_EVEN, footer, Name.FOOTER, justify=_LEFT, left_em=1, shared=True),
        ParagraphStyle(Name.IMPRINT_LINE, imprint, left_em=1, right_em=1, labelled=True, keep_with_next=True),
        ParagraphStyle(Name.IMPRINT_ISSUER, imprint, Name.IMPRINT_LINE, left_em=1, keep_with_next=True),
        ParagraphStyle(Name.IMPRINT_DATE, imprint, Name.IMPRINT_LINE, justify=_RIGHT, right_em=1, keep_with_next=True),
        ParagraphStyle(Name.IMPRINT_COPIES, imprint, Name.IMPRINT_LINE, justify=_RIGHT, right_em=1),
    )


STYLES: tuple[ParagraphStyle, ...] = (
    *_masthead(),
    *_running_text(),
    *_cards(),
    *_figures_and_tables(),
    *_page_margins(),
)

CELL_STYLES: dict[tuple[StyleName, Align], Name] = {
    (StyleName.TABLE_HEAD, Align.LEFT): Name.TABLE_HEAD,
    (StyleName.TABLE_HEAD, Align.CENTRE): Name.TABLE_HEAD_CENTRED,
    (StyleName.TABLE_HEAD, Align.RIGHT): Name.TABLE_HEAD_RIGHT,
    (StyleName.TABLE_TEXT, Align.LEFT): Name.TABLE_TEXT,
    (StyleName.TABLE_TEXT, Align.CENTRE): Name.TABLE_TEXT_CENTRED,
    (StyleName.TABLE_TEXT, Align.RIGHT): Name.TABLE_TEXT_RIGHT,
    (StyleName.TABLE_HEAD, Align.DECIMAL): Name.TABLE_HEAD_RIGHT,
    (StyleName.TABLE_TEXT, Align.DECIMAL): Name.TABLE_NUMBER,
}
"""The paragraph style of a cell by what it holds and how it is aligned."""

_BY_NAME = {style.name: style for style in STYLES}


@dataclass(frozen=True, slots=True)
class Sheet:
    """The styles of one document.

    A style is set in the edition's first language; every further language of the
    edition has its own variant, such as “Body Text English”. An edition in one
    language has no variants. `number_tab` is where decimal points stand in most of its columns
    of numbers, from the left edge of the text of a cell; `label_width` what the labels of its
    imprint take up; both in points. With `numbered_headings` the heading styles count.
    """

    style: Style
    languages: tuple[Language, ...]
    numbered_headings: bool = False
    number_tab: float = 0.0
    label_width: float = 0.0

    @property
    def primary(self) -> Language:
        """The language the plain style names are set in."""
        return self.languages[0]

    @property
    def secondary(self) -> tuple[Language, ...]:
        """The languages with variants of their own."""
        return self.languages[1:]

    def set_in(self, language: Language) -> Language:
        """The language whose styles a text takes: its own, or the first for one the edition lacks."""
        return language if language in self.languages else self.primary

    def display_name(self, name: Name, language: Language) -> str:
        """The name in Word's list of styles."""
        language = self._variant(name, language)
        return str(name) if language is self.primary else f"{name} {language.name}"

    def style_id(self, name: Name, language: Language) -> str:
        """The id by which paragraphs refer to the style."""
        words = self.display_name(name, language).split()
        return "".join(word[0].upper() + word[1:] for word in words)

    def text_style(self, name: Name, language: Language) -> TextStyle:
        """The theme's text style behind a paragraph style."""
        return self.style.text(_BY_NAME[name].text, self._variant(name, language))

    def spacing(self, name: Name, language: Language) -> tuple[float, float]:
        """Space above and below a paragraph style, in points."""
        style, text = _BY_NAME[name], self.text_style(name, language)
        before = text.space_before if style.space_before is None else style.space_before
        after = text.space_after if style.space_after is None else style.space_after
        if self._variant(name, language) is self.primary:
            before = before if style.lead_before is None else style.lead_before
            after = style.lead_after if self.secondary and style.lead_after is not None else after
            before = self.style.masthead.below_remark if name is Name.TITLE else before
        return self._in_masthead(name, before, after)

    def _in_masthead(self, name: Name, before: float, after: float) -> tuple[float, float]:
        """The spaces in the head of page one, which the theme says as a whole."""
        spacing = self.style.masthead
        match name:
            case Name.MASTHEAD_LINE:
                return spacing.below_names, spacing.below_issue
            case Name.MASTHEAD_RULE:
                return before, spacing.below_rule
            case _:
                return before, after

    def growth(self, name: Name) -> float:
        """How much wider the indents of a style are than is said here, which is for text of the size of `modern`."""
        text = _BY_NAME[name].text
        # Every language of an edition has the same indent, so that their texts stand below each other.
        return self.style.text(text, ZH).size / MODERN.text(text, ZH).size if text in _GROWING else 1.0

    def _variant(self, name: Name, language: Language) -> Language:
        return self.primary if _BY_NAME[name].shared else self.set_in(language)
