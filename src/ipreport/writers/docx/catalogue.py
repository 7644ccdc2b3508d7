"""The catalogue of paragraph styles: what each adds to the text styles of a theme."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from ipreport.document import Align
from ipreport.style import Justify, StyleName
from ipreport.writers.docx.names import CONTENTS, HEADINGS, Name


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
    RIGHT_DOTTED = "right-dotted"
    """At the right margin, with dots before it."""
    RIGHT_LANDSCAPE = "right-landscape"
    """At the right margin of a page turned on its side."""
    DECIMAL = "decimal"
    """Where the decimal points of most columns of numbers stand."""


class Further(StrEnum):
    """What becomes of the further languages of an edition."""

    PARAGRAPHS = "paragraphs"
    """They stand in paragraphs of their own, in a variant of the style."""
    SAME = "same"
    """They stand in paragraphs of their own, in the very style of the first."""
    LINES = "lines"
    """They stand behind a line break in the same paragraph, in a character style."""
    ALIKE = "alike"
    """They stand behind a line break in the same paragraph and look like the first."""


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """What a paragraph style adds to the named text style of the theme. None leaves the theme's value.

    Indents are in points, `left_em` and `right_em` in em; all lines of a paragraph that is `labelled` hang from
    its label. `lead_before` and `lead_after` replace the spaces in the first of several languages
    (`lead_before` in an only one, too), so that what says the same stands together. `contextual` leaves out what
    space there is between paragraphs of one style (17.3.1.9); only where `further` languages have the SAME style
    does that hold between languages too. In a `column` first lines are indented less.
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
    contextual: bool = False
    column: bool = False
    further: Further = Further.PARAGRAPHS


BULLET_NUMBERING, SIGN_NUMBERING, ORDERED_NUMBERING, BESIDE_NUMBERING = 1, 2, 3, 4
"""Numbering instances that styles refer to: bullets, warning signs, numbers; further ordered lists have their own."""
LIST_LEFT = 17.6
NOTE_LEFT = 22.8
QUOTE_LEFT = 21.0
CARD_LEFT = 6.0
BOX_BAR = 2.5
BOX_PADDING = 10.0
FOOTNOTE_LEFT = 18.0
CONTENTS_STEP = 21.0
"""How far each level of a table of contents is set in."""
BLOCK_GAP = 10.0
"""Space above and below what interrupts running text: tables, figures, cards."""
BOX_GAP = 14.0
"""Space above and below a callout."""

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
        _box(Name.CALLOUT, None, Border.BOX),
        replace(
            _box(Name.CALLOUT_WARNING, Name.CALLOUT, Border.WARNING_BOX),
            following=Name.CALLOUT_WARNING_CONTINUE,
            numbering=SIGN_NUMBERING,
        ),
        replace(_box(Name.CALLOUT_WARNING_CONTINUE, Name.CALLOUT, Border.WARNING_BOX), lead_before=None),
    )


def _columns() -> tuple[ParagraphStyle, ...]:
    """Running text in columns side by side."""
    item, quote = StyleName.LIST_ITEM, QUOTE_LEFT / 2
    lists = (
        (Name.LIST_BULLET_COLUMN, Name.LIST_BULLET, BULLET_NUMBERING),
        (Name.LIST_NUMBER_COLUMN, Name.LIST_NUMBER, ORDERED_NUMBERING),
    )
    return (
        ParagraphStyle(Name.BODY_COLUMN, StyleName.BODY, Name.BODY, column=True),
        ParagraphStyle(Name.SUMMARY_COLUMN, StyleName.SUMMARY, Name.SUMMARY, column=True),
        ParagraphStyle(Name.QUOTE_COLUMN, StyleName.QUOTATION, Name.QUOTE, left=quote, right=quote, column=True),
        *(
            ParagraphStyle(name, item, parent, left=LIST_LEFT, hanging=LIST_LEFT, numbering=numbering, column=True)
            for name, parent, numbering in lists
        ),
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
        ParagraphStyle(
            Name.KPI_LABEL_DOUBTFUL,
            label,
            Name.KPI_LABEL,
            following=Name.KPI_VALUE_DOUBTFUL,
            left=CARD_LEFT,
            numbering=SIGN_NUMBERING,
        ),
        ParagraphStyle(Name.KPI_VALUE, value, following=Name.KPI_DETAIL, left=CARD_LEFT, lead_before=2),
        ParagraphStyle(Name.KPI_DETAIL, detail, left=CARD_LEFT, lead_before=2),
        ParagraphStyle(Name.KPI_TREND, detail, Name.KPI_DETAIL, left=CARD_LEFT, exact=False, further=Further.SAME),
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
        further=Further.SAME,
        contextual=True,
    )


def _figures_and_captions() -> tuple[ParagraphStyle, ...]:
    caption = StyleName.CAPTION
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
            further=Further.SAME,
        ),
        ParagraphStyle(Name.CAPTION, caption, following=Name.BODY, justify=_CENTRE, further=Further.LINES),
        ParagraphStyle(
            Name.TABLE_CAPTION,
            caption,
            Name.CAPTION,
            justify=_CENTRE,
            space_before=BLOCK_GAP,
            space_after=4,
            keep_with_next=True,
            further=Further.LINES,
        ),
    )


def _tables_and_notes() -> tuple[ParagraphStyle, ...]:
    head, text, group = StyleName.TABLE_HEAD, StyleName.TABLE_TEXT, StyleName.TABLE_GROUP
    return (
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
            further=Further.SAME,
        ),
        ParagraphStyle(Name.TABLE_GROUP, group, following=Name.TABLE_TEXT, keep_with_next=True),
        ParagraphStyle(
            Name.TABLE_GROUP_CENTRED, group, Name.TABLE_GROUP, Name.TABLE_TEXT, justify=_CENTRE, keep_with_next=True
        ),
        ParagraphStyle(
            Name.TABLE_GROUP_RIGHT, group, Name.TABLE_GROUP, Name.TABLE_TEXT, justify=_RIGHT, keep_with_next=True
        ),
        _notes(Name.TABLE_NOTE, None),
        _notes(Name.SOURCE_NOTE, Name.TABLE_NOTE, _CENTRE),
    )


def _contents_and_notes() -> tuple[ParagraphStyle, ...]:
    levels = zip(CONTENTS, (StyleName.CONTENTS_1, StyleName.CONTENTS_2, StyleName.CONTENTS_3), strict=True)
    return (
        ParagraphStyle(Name.UNLISTED_HEADING, StyleName.HEADING_1, following=Name.BODY, further=Further.LINES),
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
        tab=Tab.RIGHT_DOTTED,
        further=Further.ALIKE,
    )


def _page_margins() -> tuple[ParagraphStyle, ...]:
    """Running heads, page numbers, and the imprint at the foot of the last page."""
    header, footer, imprint = StyleName.HEADER, StyleName.FOOTER, StyleName.IMPRINT
    landscape = Tab.RIGHT_LANDSCAPE
    # Page numbers and imprint stand one character in from the type area (GB/T 9704-2012, 7.4 and 7.5).
    return (
        ParagraphStyle(Name.HEADER, header, tab=Tab.RIGHT, border=Border.HEADER, further=Further.SAME),
        ParagraphStyle(Name.HEADER_FIRST, header, tab=Tab.RIGHT, further=Further.SAME),
        ParagraphStyle(Name.HEADER_LANDSCAPE, header, tab=landscape, border=Border.HEADER, further=Further.SAME),
        ParagraphStyle(Name.FOOTER, footer, justify=_CENTRE, further=Further.SAME),
        ParagraphStyle(Name.FOOTER_ODD, footer, Name.FOOTER, justify=_RIGHT, right_em=1, further=Further.SAME),
        ParagraphStyle(Name.FOOTER_EVEN, footer, Name.FOOTER, justify=_LEFT, left_em=1, further=Further.SAME),
        ParagraphStyle(Name.IMPRINT_LINE, imprint, left_em=1, right_em=1, labelled=True),
        ParagraphStyle(Name.IMPRINT_ISSUER, imprint, Name.IMPRINT_LINE, left_em=1),
        ParagraphStyle(Name.IMPRINT_DATE, imprint, Name.IMPRINT_LINE, justify=_RIGHT, right_em=1),
        ParagraphStyle(Name.IMPRINT_COPIES, imprint, Name.IMPRINT_LINE, justify=_RIGHT, right_em=1),
    )


STYLES: tuple[ParagraphStyle, ...] = (
    *_masthead(),
    *_running_text(),
    *_columns(),
    *_cards(),
    *_figures_and_captions(),
    *_tables_and_notes(),
    *_contents_and_notes(),
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
    (StyleName.TABLE_GROUP, Align.LEFT): Name.TABLE_GROUP,
    (StyleName.TABLE_GROUP, Align.CENTRE): Name.TABLE_GROUP_CENTRED,
    (StyleName.TABLE_GROUP, Align.RIGHT): Name.TABLE_GROUP_RIGHT,
    (StyleName.TABLE_GROUP, Align.DECIMAL): Name.TABLE_GROUP_RIGHT,
}
"""The paragraph style of a cell by what it holds and how it is aligned."""
