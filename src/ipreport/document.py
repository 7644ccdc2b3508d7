"""The finished document, before any format: what a writer turns into a file.

Everything is settled here: the languages of the edition, every number as text,
all numbering, the order of blocks. A writer adds only form.

`Block` and `Inline` are closed unions: a writer matches on them and ends in
`assert_never`, so the type checker names the writer that lacks a case.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ipreport.language import Language, Localized

# --- inlines ---------------------------------------------------------------


class Mark(StrEnum):
    """How a span stands out from its paragraph."""

    STRONG = "strong"


@dataclass(frozen=True, slots=True)
class Span:
    """Text in one language; `value_key` names the metric whose value it shows."""

    text: str
    language: Language
    marks: tuple[Mark, ...] = ()
    value_key: str | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A cross-reference in running text, such as “图1”; `target` is a block's label."""

    target: str
    text: str
    language: Language


@dataclass(frozen=True, slots=True)
class Citation:
    """A mark, such as “[1]” or “①”, that leads to the note or row labelled `target`.

    It is `raised` behind the words it belongs to, and stands on the line where it is
    itself what is said, as in a column of sources.
    """

    target: str
    text: str
    language: Language
    raised: bool = True


@dataclass(frozen=True, slots=True)
class Link:
    """Text that leads to an address outside the document."""

    address: str
    text: str
    language: Language


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A forced line break inside a paragraph."""


Inline = Span | Reference | Citation | Link | LineBreak


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph's worth of inlines with the language it is set in."""

    language: Language
    inlines: tuple[Inline, ...]

    def plain(self) -> str:
        """The characters of the text, marks and links dropped."""
        return "".join(inline_text(inline) for inline in self.inlines)


Texts = tuple[Text, ...]
"""The same thing said in each language of the edition, in the edition's order.

A single entry where one wording serves all languages, such as a bare number.
"""


def inline_text(inline: Inline) -> str:
    """The characters an inline shows."""
    return "\n" if isinstance(inline, LineBreak) else inline.text


# --- pictures --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DrawnPath:
    """A shape of a drawing.

    `segments` are `("M", x, y)`, `("L", x, y)`, `("C", x1, y1, x2, y2, x3, y3)` and
    `("Z",)` in points, the origin at the lower left. Colours are `#rrggbb` or None;
    `dash` alternates lengths of line and gap in points.
    """

    segments: tuple[tuple[str | float, ...], ...]
    fill: str | None = None
    stroke: str | None = None
    line_width: float = 0.0
    dash: tuple[float, ...] = ()
    round_joins: bool = False


@dataclass(frozen=True, slots=True)
class DrawnText:
    """A line of text of a drawing; (x, y) is the left end of its baseline, in points.

    `font` is a value of `style.FontRole`; `angle` turns counter-clockwise, in degrees.
    """

    x: float
    y: float
    text: str
    size: float
    font: str
    colour: str
    language: Language
    angle: float = 0.0
    value_key: str | None = None


DrawnItem = DrawnPath | DrawnText


@dataclass(frozen=True, slots=True)
class Drawing:
    """A vector picture as a list of shapes and texts, painted in order."""

    items: tuple[DrawnItem, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A rendered chart: one layout in three forms. Width and height are in points."""

    width: float
    height: float
    drawing: Drawing
    svg: bytes
    png: bytes


@dataclass(frozen=True, slots=True)
class Rendered:
    """A chart: the picture, and what it shows in words in every language of the edition."""

    picture: Picture
    alt: Texts


# --- blocks ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 3; `label` is its anchor."""

    level: int
    label: str
    texts: Texts


class ParagraphRole(StrEnum):
    """What a paragraph is for; decides its named style."""

    BODY = "body"
    SUMMARY = "summary"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text in one language."""

    text: Text
    role: ParagraphRole = ParagraphRole.BODY


@dataclass(frozen=True, slots=True)
class BulletList:
    """A list; every item is one paragraph in each of its languages."""

    items: tuple[Texts, ...]
    ordered: bool = False


class CardState(StrEnum):
    """Whether the number on a card may be taken as it stands."""

    NORMAL = "normal"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True, slots=True)
class Card:
    """A key figure: its name, its value, and a line below (period, remark)."""

    label: Texts
    value: Texts
    detail: Texts = ()
    state: CardState = CardState.NORMAL


@dataclass(frozen=True, slots=True)
class Cards:
    """A row of key figures, wrapped by the writer into lines of `per_row`."""

    cards: tuple[Card, ...]
    per_row: int = 3


class Align(StrEnum):
    """Horizontal alignment of a table column or cell."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Column:
    """A table column; `width` is a share of the table's width, relative to the others."""

    width: float
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: one paragraph per text. `span` is the number of columns it covers."""

    texts: Texts
    span: int = 1
    align: Align | None = None


class RowRole(StrEnum):
    """What a table row is for."""

    BODY = "body"
    GROUP = "group"
    """A row that heads the rows below it; usually one cell over all columns."""


@dataclass(frozen=True, slots=True)
class Row:
    """A table row; `label` makes it the target of a citation."""

    cells: tuple[Cell, ...]
    role: RowRole = RowRole.BODY
    label: str | None = None


class CaptionKind(StrEnum):
    """What a caption numbers. Each kind counts on its own through the document."""

    FIGURE = "figure"
    TABLE = "table"


CAPTION_WORDS: dict[CaptionKind, Localized] = {
    CaptionKind.FIGURE: Localized("图", "Figure "),
    CaptionKind.TABLE: Localized("表", "Table "),
}
"""The word before the number, with its own spacing: 图1, Figure 1."""


@dataclass(frozen=True, slots=True)
class Caption:
    """A numbered title. `texts` is the title without word and number."""

    kind: CaptionKind
    number: int
    texts: Texts

    def prefix(self, language: Language) -> str:
        """The word and number in `language`: “图1”, “Figure 1”."""
        return f"{CAPTION_WORDS[self.kind][language]}{self.number}"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption above and notes below.

    `head` rows repeat on every page. `description` says in words what the table
    holds, for readers who cannot see it. A table without `caption` is part of the text.
    """

    label: str
    caption: Caption | None
    columns: tuple[Column, ...]
    head: tuple[Row, ...]
    body: tuple[Row, ...]
    notes: tuple[Texts, ...]
    description: Texts


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with its caption and notes (unit, source). `alt` tells it in words."""

    label: str
    caption: Caption
    picture: Picture
    notes: tuple[Texts, ...]
    alt: Texts


@dataclass(frozen=True, slots=True)
class Note:
    """An entry of a numbered list of notes or sources, the target of citations."""

    label: str
    marker: str
    texts: Texts


class Tone(StrEnum):
    """What a callout signals. Never by colour alone: the text says it too."""

    INFORMATION = "information"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Callout:
    """A boxed remark."""

    texts: Texts
    tone: Tone = Tone.INFORMATION


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts a new page."""


Block = Heading | Paragraph | BulletList | Cards | Table | Figure | Note | Callout | PageBreak


# --- document --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Masthead:
    """The head of page one, in the manner of a 简报.

    From top to bottom: `remark` (small, above), `name` (large), `issue`, then
    `compiler` to the left and `date` to the right above the rule.
    """

    remark: Texts
    name: Texts
    issue: Texts
    compiler: Texts
    date: Texts


@dataclass(frozen=True, slots=True)
class Meta:
    """What a file says about itself.

    `languages` are those of the edition in reading order; `running_head` stands on
    every page after the first; `notice`, when present, on every page (illustrative
    data); `stamp` is the date that goes into file properties instead of a clock.
    """

    title: str
    subject: str
    author: str
    keywords: tuple[str, ...]
    edition: str
    languages: tuple[Language, ...]
    running_head: Texts
    notice: Texts
    stamp: date


@dataclass(frozen=True, slots=True)
class Document:
    """One edition of a briefing, ready for the writers."""

    meta: Meta
    masthead: Masthead
    blocks: tuple[Block, ...]


# --- walking ---------------------------------------------------------------


def texts_of(block: Block) -> Iterator[Text]:
    """Every text of a block in reading order, alternative texts and descriptions last."""
    match block:
        case Heading() | Note() | Callout():
            yield from block.texts
        case Paragraph():
            yield block.text
        case BulletList():
            for item in block.items:
                yield from item
        case Cards():
            for card in block.cards:
                yield from (*card.label, *card.value, *card.detail)
        case Table():
            yield from block.caption.texts if block.caption is not None else ()
            for row in (*block.head, *block.body):
                for cell in row.cells:
                    yield from cell.texts
            for note in block.notes:
                yield from note
            yield from block.description
        case Figure():
            yield from block.caption.texts
            for note in block.notes:
                yield from note
            yield from block.alt
        case PageBreak():
            return


def document_texts(document: Document) -> Iterator[Text]:
    """Every text of the document: masthead, running head, then block by block."""
    head = document.masthead
    for texts in (head.remark, head.name, head.issue, head.compiler, head.date):
        yield from texts
    yield from document.meta.running_head
    yield from document.meta.notice
    for block in document.blocks:
        yield from texts_of(block)


def text(language: Language, characters: str, value_key: str | None = None) -> Text:
    """A text of a single plain span."""
    return Text(language, (Span(characters, language, (), value_key),))


def texts(localized: Localized, languages: tuple[Language, ...]) -> Texts:
    """`localized` in each of `languages`; one entry where all read the same."""
    wordings = [localized[language] for language in languages]
    if len(set(wordings)) == 1:
        return (text(languages[0], wordings[0]),)
    return tuple(text(language, wording) for language, wording in zip(languages, wordings, strict=True))
