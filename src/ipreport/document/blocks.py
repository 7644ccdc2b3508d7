"""What stands between the top and the foot of a page: headings, paragraphs, tables, figures."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ipreport.document.inlines import Text, Texts
from ipreport.document.native import NativeChart
from ipreport.document.pictures import Picture, Rendered
from ipreport.language import Language, Localized


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 3; `label` is its anchor.

    `marker` is its number with its own mark and space, such as “一、” or “1. ”, before the first
    language.
    """

    level: int
    label: str
    texts: Texts
    marker: str = ""


class ParagraphRole(StrEnum):
    """What a paragraph is for; decides its named style."""

    BODY = "body"
    SUMMARY = "summary"
    QUOTATION = "quotation"
    """What somebody else has said, set off from the text."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text in one language; one that `introduces` a table or list stands on its page."""

    text: Text
    role: ParagraphRole = ParagraphRole.BODY
    introduces: bool = False


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The same paragraph in several languages, each in its column, their first lines level.

    One that `introduces` a table or list stands on its page.
    """

    texts: Texts
    role: ParagraphRole = ParagraphRole.BODY
    introduces: bool = False


@dataclass(frozen=True, slots=True)
class BulletList:
    """A list; every item is one paragraph in each of its languages.

    With `side_by_side` each language has its column, as in `SideBySide`, and its own mark before an item, which
    every item has in all languages.
    """

    items: tuple[Texts, ...]
    ordered: bool = False
    side_by_side: bool = False


class CardState(StrEnum):
    """Whether the number on a card may be taken as it stands."""

    NORMAL = "normal"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True, slots=True)
class Card:
    """A key figure: its name, its value, and a line below (period, remark).

    `trend` is a small picture without letters that stands at its foot.
    """

    label: Texts
    value: Texts
    detail: Texts = ()
    state: CardState = CardState.NORMAL
    trend: Rendered | None = None


@dataclass(frozen=True, slots=True)
class Cards:
    """A row of key figures, wrapped by the writer into lines of `per_row`; `notes` stand below."""

    cards: tuple[Card, ...]
    per_row: int = 3
    notes: tuple[Texts, ...] = ()


class Align(StrEnum):
    """Horizontal alignment of a table column or cell."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"
    DECIMAL = "decimal"
    """Numbers of one unit, their decimal points below each other; words stand as with RIGHT."""


@dataclass(frozen=True, slots=True)
class Column:
    """A table column; `width` is a share of the table's width, relative to the others."""

    width: float
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: one paragraph per text. `span` is the number of columns it covers.

    `rows` is the number of rows it covers; those below have no cell of their own there.
    `picture` is a small one without letters, which stands below what texts there are. Texts
    that say nothing are left out.
    """

    texts: Texts
    span: int = 1
    rows: int = 1
    align: Align | None = None
    picture: Rendered | None = None

    def __post_init__(self) -> None:
        """Each text that stays is a paragraph, which in Word files may not be empty for nothing."""
        if any(text.blank for text in self.texts):
            object.__setattr__(self, "texts", tuple(text for text in self.texts if not text.blank))


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
    """A chart with its caption and notes (unit, source). `alt` tells it in words.

    With `native` a word processor draws it itself, and its data can be edited there.
    """

    label: str
    caption: Caption
    picture: Picture
    notes: tuple[Texts, ...]
    alt: Texts
    native: NativeChart | None = None


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


class ContentsKind(StrEnum):
    """What a table of contents lists."""

    HEADINGS = "headings"
    FIGURES = "figures"
    TABLES = "tables"


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A line of a table of contents: what it leads to, and on which page that begins.

    `texts` are those of the heading, or the whole caption with its word and number.
    `page` is None until the pages are laid out.
    """

    target: str
    level: int
    texts: Texts
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    """A table of contents, or a list of figures or tables. Its `title` is not itself listed."""

    kind: ContentsKind
    title: Texts
    entries: tuple[ContentsEntry, ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts a new page, turned on its side where it is `landscape`, up to the next break."""

    landscape: bool = False


Block = Heading | Paragraph | SideBySide | BulletList | Cards | Table | Figure | Note | Callout | Contents | PageBreak
