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
    LIST_BULLET = "List Bullet"
    LIST_NUMBER = "List Number"
    LIST_CONTINUE = "List Continue"
    KPI_LABEL = "KPI Label"
    KPI_VALUE = "KPI Value"
    KPI_DETAIL = "KPI Detail"
    FIGURE = "Figure"
    CAPTION = "caption"
    TABLE_CAPTION = "Table Caption"
    TABLE_HEAD = "Table Head"
    TABLE_HEAD_CENTRED = "Table Head Centred"
    TABLE_HEAD_RIGHT = "Table Head Right"
    TABLE_TEXT = "Table Text"
    TABLE_TEXT_CENTRED = "Table Text Centred"
    TABLE_TEXT_RIGHT = "Table Text Right"
    TABLE_GROUP = "Table Group"
    TABLE_NOTE = "Table Note"
    SOURCE_NOTE = "Source Note"
    NOTE = "Note"
    NOTE_CONTINUE = "Note Continue"
    CALLOUT = "Callout"
    CALLOUT_WARNING = "Callout Warning"
    HEADER = "header"
    FOOTER = "footer"
    SEPARATOR = "Separator"


class Border(StrEnum):
    """Lines round a paragraph."""

    RULE = "rule"
    """The red rule under the masthead."""
    BOX = "box"
    """A panel with a bar to its left."""
    WARNING_BOX = "warning-box"
    """The same in the colours of a warning."""


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """What a paragraph style adds to the named text style of the theme. None leaves the theme's value.

    `paired_after` replaces `space_after` in the first of several languages, so that
    what says the same stands together.
    """

    name: Name
    text: StyleName
    parent: Name | None = None
    following: Name | None = None
    justify: Justify | None = None
    space_before: float | None = None
    space_after: float | None = None
    paired_after: float | None = None
    left: float = 0.0
    hanging: float = 0.0
    right_tab: bool = False
    numbering: int | None = None
    outline: int | None = None
    keep_with_next: bool | None = None
    border: Border | None = None
    exact: bool = True


BULLET_NUMBERING = 1
ORDERED_NUMBERING = 2
"""Numbering instances the list styles refer to; every further ordered list gets its own."""
LIST_LEFT = 21.0
NOTE_LEFT = 26.0
CARD_LEFT = 5.0
BOX_PADDING = 8.0
HEADINGS = (Name.HEADING_1, Name.HEADING_2, Name.HEADING_3)

STYLES: tuple[ParagraphStyle, ...] = (
    ParagraphStyle(Name.MASTHEAD_REMARK, StyleName.MASTHEAD_REMARK, following=Name.TITLE),
    ParagraphStyle(Name.TITLE, StyleName.MASTHEAD_NAME, following=Name.MASTHEAD_LINE, space_before=4),
    ParagraphStyle(Name.MASTHEAD_LINE, StyleName.MASTHEAD_LINE, following=Name.MASTHEAD_IMPRINT, space_before=6),
    ParagraphStyle(
        Name.MASTHEAD_IMPRINT, StyleName.MASTHEAD_LINE, justify=Justify.LEFT, right_tab=True, keep_with_next=True
    ),
    ParagraphStyle(
        Name.MASTHEAD_RULE,
        StyleName.MASTHEAD_LINE,
        Name.MASTHEAD_IMPRINT,
        Name.BODY,
        Justify.LEFT,
        right_tab=True,
        border=Border.RULE,
        space_after=12,
    ),
    *(
        ParagraphStyle(name, text, following=Name.BODY, outline=level)
        for level, (name, text) in enumerate(
            zip(HEADINGS, (StyleName.HEADING_1, StyleName.HEADING_2, StyleName.HEADING_3), strict=True)
        )
    ),
    ParagraphStyle(Name.BODY, StyleName.BODY),
    ParagraphStyle(Name.SUMMARY, StyleName.SUMMARY, Name.BODY),
    ParagraphStyle(
        Name.LIST_BULLET,
        StyleName.LIST_ITEM,
        paired_after=0,
        left=LIST_LEFT,
        hanging=LIST_LEFT,
        numbering=BULLET_NUMBERING,
    ),
    ParagraphStyle(
        Name.LIST_NUMBER,
        StyleName.LIST_ITEM,
        paired_after=0,
        left=LIST_LEFT,
        hanging=LIST_LEFT,
        numbering=ORDERED_NUMBERING,
    ),
    ParagraphStyle(Name.LIST_CONTINUE, StyleName.LIST_ITEM, space_after=5, left=LIST_LEFT),
    ParagraphStyle(Name.KPI_LABEL, StyleName.CARD_LABEL, following=Name.KPI_VALUE, left=CARD_LEFT, keep_with_next=True),
    ParagraphStyle(Name.KPI_VALUE, StyleName.CARD_VALUE, following=Name.KPI_DETAIL, left=CARD_LEFT),
    ParagraphStyle(Name.KPI_DETAIL, StyleName.CARD_DETAIL, left=CARD_LEFT),
    ParagraphStyle(
        Name.FIGURE,
        StyleName.CAPTION,
        following=Name.CAPTION,
        space_after=5,
        exact=False,
        keep_with_next=True,
    ),
    ParagraphStyle(Name.CAPTION, StyleName.CAPTION, following=Name.BODY),
    ParagraphStyle(
        Name.TABLE_CAPTION, StyleName.CAPTION, Name.CAPTION, space_after=4, paired_after=0, keep_with_next=True
    ),
    ParagraphStyle(Name.TABLE_HEAD, StyleName.TABLE_HEAD, keep_with_next=True),
    ParagraphStyle(
        Name.TABLE_HEAD_CENTRED, StyleName.TABLE_HEAD, Name.TABLE_HEAD, justify=Justify.CENTRE, keep_with_next=True
    ),
    ParagraphStyle(
        Name.TABLE_HEAD_RIGHT, StyleName.TABLE_HEAD, Name.TABLE_HEAD, justify=Justify.RIGHT, keep_with_next=True
    ),
    ParagraphStyle(Name.TABLE_TEXT, StyleName.TABLE_TEXT),
    ParagraphStyle(Name.TABLE_TEXT_CENTRED, StyleName.TABLE_TEXT, Name.TABLE_TEXT, justify=Justify.CENTRE),
    ParagraphStyle(Name.TABLE_TEXT_RIGHT, StyleName.TABLE_TEXT, Name.TABLE_TEXT, justify=Justify.RIGHT),
    ParagraphStyle(Name.TABLE_GROUP, StyleName.TABLE_GROUP, following=Name.TABLE_TEXT, keep_with_next=True),
    ParagraphStyle(Name.TABLE_NOTE, StyleName.TABLE_NOTE),
    ParagraphStyle(Name.SOURCE_NOTE, StyleName.TABLE_NOTE, Name.TABLE_NOTE),
    ParagraphStyle(Name.NOTE, StyleName.NOTE, paired_after=0, left=NOTE_LEFT, hanging=NOTE_LEFT),
    ParagraphStyle(Name.NOTE_CONTINUE, StyleName.NOTE, left=NOTE_LEFT),
    ParagraphStyle(Name.CALLOUT, StyleName.CALLOUT, left=BOX_PADDING, border=Border.BOX),
    ParagraphStyle(Name.CALLOUT_WARNING, StyleName.CALLOUT, Name.CALLOUT, left=BOX_PADDING, border=Border.WARNING_BOX),
    ParagraphStyle(Name.HEADER, StyleName.HEADER, right_tab=True),
    ParagraphStyle(Name.FOOTER, StyleName.FOOTER, justify=Justify.CENTRE),
)

CELL_STYLES: dict[tuple[StyleName, Align], Name] = {
    (StyleName.TABLE_HEAD, Align.LEFT): Name.TABLE_HEAD,
    (StyleName.TABLE_HEAD, Align.CENTRE): Name.TABLE_HEAD_CENTRED,
    (StyleName.TABLE_HEAD, Align.RIGHT): Name.TABLE_HEAD_RIGHT,
    (StyleName.TABLE_TEXT, Align.LEFT): Name.TABLE_TEXT,
    (StyleName.TABLE_TEXT, Align.CENTRE): Name.TABLE_TEXT_CENTRED,
    (StyleName.TABLE_TEXT, Align.RIGHT): Name.TABLE_TEXT_RIGHT,
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
