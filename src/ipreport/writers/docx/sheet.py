"""The catalogue of paragraph styles: Word's own names where Word has one, house names otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ipreport.document import Align
from ipreport.language import Language
from ipreport.style import Justify, Style, StyleName, TextStyle


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
    TABLE_TREND = "Table Trend"
    TABLE_GROUP = "Table Group"
    TABLE_NOTE = "Table Note"
    SOURCE_NOTE = "Source Note"
    NOTE = "Note"
    NOTE_CONTINUE = "Note Continue"
    CALLOUT = "Callout"
    CALLOUT_WARNING = "Callout Warning"
    CONTENTS_HEADING = "Contents Heading"
    CONTENTS_TITLE = "TOC Heading"
    CONTENTS_1 = "toc 1"
    CONTENTS_2 = "toc 2"
    CONTENTS_3 = "toc 3"
    CONTENTS_LIST = "table of figures"
    FOOTNOTE = "footnote text"
    COMMENT = "annotation text"
    HEADER = "header"
    HEADER_FIRST = "Header First Page"
    FOOTER = "footer"
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


class Further(StrEnum):
    """What becomes of the further languages of an edition."""

    PARAGRAPHS = "paragraphs"
    """They stand in paragraphs of their own, in a variant of the style."""
    LINES = "lines"
    """They stand behind a line break in the same paragraph, in a character style."""
    ALIKE = "alike"
    """They stand behind a line break in the same paragraph and look like the first."""


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """What a paragraph style adds to the named text style of the theme. None leaves the theme's value.

    `left`, `hanging` and `right` are indents; `right_tab` stands at the right margin, with
    `leader` dots before it. `lead_before` and `lead_after` replace the spaces in the first of several languages
    (`lead_before` in an only one, too), so that what says the same stands together.
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
    right: float = 0.0
    right_tab: bool = False
    leader: bool = False
    numbering: int | None = None
    outline: int | None = None
    keep_with_next: bool | None = None
    border: Border | None = None
    exact: bool = True
    warning: bool = False
    further: Further = Further.PARAGRAPHS


BULLET_NUMBERING = 1
ORDERED_NUMBERING = 2
"""Numbering instances the list styles refer to; every further ordered list gets its own."""
LIST_LEFT = 17.6
NOTE_LEFT = 22.8
QUOTE_LEFT = 21.0
CARD_LEFT = 6.0
BOX_BAR = 2.5
BOX_PADDING = 10.0
FOOTNOTE_LEFT = 18.0
CONTENTS_STEP = 21.0
"""How far each level of a table of contents is set in."""
HEADINGS = (Name.HEADING_1, Name.HEADING_2, Name.HEADING_3)
CONTENTS = (Name.CONTENTS_1, Name.CONTENTS_2, Name.CONTENTS_3)

_CENTRE, _LEFT, _RIGHT = Justify.CENTRE, Justify.LEFT, Justify.RIGHT


def _masthead() -> tuple[ParagraphStyle, ...]:
    line = StyleName.MASTHEAD_LINE
    return (
        ParagraphStyle(Name.MASTHEAD_REMARK, StyleName.MASTHEAD_REMARK, following=Name.TITLE),
        ParagraphStyle(
            Name.TITLE, StyleName.MASTHEAD_NAME, following=Name.MASTHEAD_LINE, space_before=4, lead_before=14
        ),
        ParagraphStyle(
            Name.MASTHEAD_LINE, line, following=Name.MASTHEAD_IMPRINT, justify=_CENTRE, space_before=12, space_after=10
        ),
        ParagraphStyle(Name.MASTHEAD_IMPRINT, line, justify=_LEFT, right_tab=True, keep_with_next=True),
        ParagraphStyle(
            Name.MASTHEAD_RULE,
            line,
            Name.MASTHEAD_IMPRINT,
            Name.BODY,
            _LEFT,
            right_tab=True,
            border=Border.MASTHEAD,
            space_after=16,
        ),
    )


def _running_text() -> tuple[ParagraphStyle, ...]:
    item = StyleName.LIST_ITEM
    headings = zip(HEADINGS, (StyleName.HEADING_1, StyleName.HEADING_2, StyleName.HEADING_3), strict=True)
    return (
        *(
            ParagraphStyle(name, text, following=Name.BODY, outline=level, further=Further.LINES)
            for level, (name, text) in enumerate(headings)
        ),
        ParagraphStyle(Name.BODY, StyleName.BODY),
        ParagraphStyle(Name.SUMMARY, StyleName.SUMMARY, Name.BODY),
        ParagraphStyle(Name.QUOTE, StyleName.QUOTATION, left=QUOTE_LEFT, right=QUOTE_LEFT),
        ParagraphStyle(
            Name.LIST_BULLET, item, lead_after=0, left=LIST_LEFT, hanging=LIST_LEFT, numbering=BULLET_NUMBERING
        ),
        ParagraphStyle(
            Name.LIST_NUMBER, item, lead_after=0, left=LIST_LEFT, hanging=LIST_LEFT, numbering=ORDERED_NUMBERING
        ),
        ParagraphStyle(Name.LIST_CONTINUE, item, left=LIST_LEFT),
        ParagraphStyle(Name.NOTE, StyleName.NOTE, lead_after=0, left=NOTE_LEFT, hanging=NOTE_LEFT),
        ParagraphStyle(Name.NOTE_CONTINUE, StyleName.NOTE, left=NOTE_LEFT),
        ParagraphStyle(Name.CALLOUT, StyleName.CALLOUT, left=BOX_PADDING + BOX_BAR, border=Border.BOX),
        ParagraphStyle(
            Name.CALLOUT_WARNING,
            StyleName.CALLOUT,
            Name.CALLOUT,
            left=BOX_PADDING + BOX_BAR,
            border=Border.WARNING_BOX,
        ),
    )


def _figures_and_tables() -> tuple[ParagraphStyle, ...]:
    label, value, detail, caption = (
        StyleName.CARD_LABEL,
        StyleName.CARD_VALUE,
        StyleName.CARD_DETAIL,
        StyleName.CAPTION,
    )
    head, text = StyleName.TABLE_HEAD, StyleName.TABLE_TEXT
    return (
        ParagraphStyle(Name.KPI_LABEL, label, following=Name.KPI_VALUE, left=CARD_LEFT),
        ParagraphStyle(Name.KPI_VALUE, value, following=Name.KPI_DETAIL, left=CARD_LEFT, lead_before=2),
        ParagraphStyle(Name.KPI_DETAIL, detail, left=CARD_LEFT, lead_before=2),
        ParagraphStyle(Name.KPI_TREND, detail, Name.KPI_DETAIL, left=CARD_LEFT, exact=False),
        ParagraphStyle(Name.KPI_VALUE_DOUBTFUL, value, Name.KPI_VALUE, left=CARD_LEFT, lead_before=2, warning=True),
        ParagraphStyle(Name.KPI_DETAIL_DOUBTFUL, detail, Name.KPI_DETAIL, left=CARD_LEFT, lead_before=2, warning=True),
        ParagraphStyle(
            Name.FIGURE, caption, None, Name.CAPTION, _CENTRE, space_after=5, exact=False, keep_with_next=True
        ),
        ParagraphStyle(Name.CAPTION, caption, following=Name.BODY, justify=_CENTRE, further=Further.LINES),
        ParagraphStyle(
            Name.TABLE_CAPTION,
            caption,
            Name.CAPTION,
            justify=_CENTRE,
            space_after=4,
            keep_with_next=True,
            further=Further.LINES,
        ),
        ParagraphStyle(Name.TABLE_HEAD, head, keep_with_next=True),
        ParagraphStyle(Name.TABLE_HEAD_CENTRED, head, Name.TABLE_HEAD, justify=_CENTRE, keep_with_next=True),
        ParagraphStyle(Name.TABLE_HEAD_RIGHT, head, Name.TABLE_HEAD, justify=_RIGHT, keep_with_next=True),
        ParagraphStyle(Name.TABLE_TEXT, text),
        ParagraphStyle(Name.TABLE_TEXT_CENTRED, text, Name.TABLE_TEXT, justify=_CENTRE),
        ParagraphStyle(Name.TABLE_TEXT_RIGHT, text, Name.TABLE_TEXT, justify=_RIGHT),
        ParagraphStyle(
            Name.TABLE_TREND, StyleName.TABLE_NOTE, Name.TABLE_TEXT, justify=_RIGHT, space_before=0, exact=False
        ),
        ParagraphStyle(Name.TABLE_GROUP, StyleName.TABLE_GROUP, following=Name.TABLE_TEXT, keep_with_next=True),
        ParagraphStyle(Name.TABLE_NOTE, StyleName.TABLE_NOTE),
        ParagraphStyle(Name.SOURCE_NOTE, StyleName.TABLE_NOTE, Name.TABLE_NOTE, justify=_CENTRE),
    )


def _contents_and_notes() -> tuple[ParagraphStyle, ...]:
    levels = zip(CONTENTS, (StyleName.CONTENTS_1, StyleName.CONTENTS_2, StyleName.CONTENTS_3), strict=True)
    return (
        ParagraphStyle(Name.CONTENTS_HEADING, StyleName.HEADING_1, following=Name.BODY, further=Further.LINES),
        ParagraphStyle(Name.CONTENTS_TITLE, StyleName.CONTENTS_TITLE, following=Name.BODY, further=Further.LINES),
        *(_contents_line(name, text, level * CONTENTS_STEP) for level, (name, text) in enumerate(levels)),
        _contents_line(Name.CONTENTS_LIST, StyleName.CONTENTS_2, 0.0),
        ParagraphStyle(Name.FOOTNOTE, StyleName.FOOTNOTE, left=FOOTNOTE_LEFT, hanging=FOOTNOTE_LEFT),
        ParagraphStyle(Name.COMMENT, StyleName.CALLOUT, justify=_LEFT, exact=False),
    )


def _contents_line(name: Name, text: StyleName, left: float) -> ParagraphStyle:
    return ParagraphStyle(
        name,
        text,
        following=Name.BODY,
        justify=_LEFT,
        left=left,
        right_tab=True,
        leader=True,
        further=Further.ALIKE,
    )


STYLES: tuple[ParagraphStyle, ...] = (
    *_masthead(),
    *_running_text(),
    *_figures_and_tables(),
    *_contents_and_notes(),
    ParagraphStyle(Name.HEADER, StyleName.HEADER, right_tab=True, border=Border.HEADER),
    ParagraphStyle(Name.HEADER_FIRST, StyleName.HEADER, right_tab=True),
    ParagraphStyle(Name.FOOTER, StyleName.FOOTER, justify=_CENTRE),
)

CELL_STYLES: dict[tuple[StyleName, Align], Name] = {
    (StyleName.TABLE_HEAD, Align.LEFT): Name.TABLE_HEAD,
    (StyleName.TABLE_HEAD, Align.CENTRE): Name.TABLE_HEAD_CENTRED,
    (StyleName.TABLE_HEAD, Align.RIGHT): Name.TABLE_HEAD_RIGHT,
    (StyleName.TABLE_HEAD, Align.DECIMAL): Name.TABLE_HEAD_RIGHT,
    (StyleName.TABLE_TEXT, Align.LEFT): Name.TABLE_TEXT,
    (StyleName.TABLE_TEXT, Align.CENTRE): Name.TABLE_TEXT_CENTRED,
    (StyleName.TABLE_TEXT, Align.RIGHT): Name.TABLE_TEXT_RIGHT,
    (StyleName.TABLE_TEXT, Align.DECIMAL): Name.TABLE_TEXT_RIGHT,
}
"""The paragraph style of a cell by what it holds and how it is aligned."""

_BY_NAME = {style.name: style for style in STYLES}


@dataclass(frozen=True, slots=True)
class Sheet:
    """The styles of one document.

    A style is set in the edition's first language; every further language of the
    edition has its own variant, such as “Body Text English”. An edition in one
    language has no variants.
    """

    style: Style
    languages: tuple[Language, ...]

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
        language = self.set_in(language)
        return str(name) if language is self.primary else f"{name} {language.name}"

    def style_id(self, name: Name, language: Language) -> str:
        """The id by which paragraphs refer to the style."""
        words = self.display_name(name, language).split()
        return "".join(word[0].upper() + word[1:] for word in words)

    def text_style(self, name: Name, language: Language) -> TextStyle:
        """The theme's text style behind a paragraph style."""
        return self.style.text(_BY_NAME[name].text, self.set_in(language))

    def spacing(self, name: Name, language: Language) -> tuple[float, float]:
        """Space above and below a paragraph style, in points."""
        style, text = _BY_NAME[name], self.text_style(name, language)
        before = text.space_before if style.space_before is None else style.space_before
        after = text.space_after if style.space_after is None else style.space_after
        if self.set_in(language) is self.primary:
            before = before if style.lead_before is None else style.lead_before
            after = style.lead_after if self.secondary and style.lead_after is not None else after
        return before, after
