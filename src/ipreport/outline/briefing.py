"""What a briefing should contain, as its author wrote it: typed, checked, not yet in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from ipreport.document import ContentsKind, Tone
from ipreport.language import EN, ZH, Language, Localized
from ipreport.metrics import Period, Rounding
from ipreport.outline.figures import FigureSpec
from ipreport.outline.imprint import ImprintSpec, RecipientGroup
from ipreport.outline.signature import SignatureSpec
from ipreport.outline.texts import Template
from ipreport.outline.trends import TrendSpec
from ipreport.problems import Origin


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph in every language; `summary` sets it as the opening summary."""

    text: Template
    summary: bool = False


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list of paragraphs."""

    items: tuple[Template, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class CalloutBlock:
    """A boxed remark."""

    text: Template
    tone: Tone


@dataclass(frozen=True, slots=True)
class QuoteBlock:
    """What somebody else has said, word for word; `source` is the id of where it stands."""

    text: Template
    origin: Origin
    source: str | None = None


@dataclass(frozen=True, slots=True)
class CardSpec:
    """A key figure: which metric, an optional shorter name, an optional line of words and a trend line below."""

    metric: str
    origin: Origin
    label: Localized | None = None
    detail: Template | None = None
    trend: TrendSpec | None = None


@dataclass(frozen=True, slots=True)
class CardsBlock:
    """A row of key figures."""

    cards: tuple[CardSpec, ...]
    per_row: int


class TableColumn(StrEnum):
    """What a table of metrics can show of each."""

    NAME = "name"
    VALUE = "value"
    PREVIOUS = "previous"
    YOY = "yoy"
    QOQ = "qoq"
    SINCE_YEAR_END = "since_year_end"
    RANK = "rank"
    TARGET = "target"
    COMPLETION = "completion"
    STATUS = "status"
    PERIOD = "period"
    SOURCE = "source"
    CLASS = "class"
    NOTE = "note"
    TREND = "trend"


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Rows of a table under a heading of their own, or without one."""

    title: Localized | None
    metrics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ByRegion:
    """How the regions of a table stand: in the file's order, or by the metric `sort`, the best first.

    With `rank` a last column says the place that `sort` gives each region.
    """

    sort: str | None = None
    rank: bool = False


class TableWidth(StrEnum):
    """How wide a table is: as the type area, or as that of a page turned on its side, which it has to itself."""

    FULL = "full"
    LANDSCAPE = "landscape"


MOST_COLUMNS = 6
"""As many columns as an upright page carries in two languages."""
MOST_COLUMNS_ACROSS = 10
"""As many as a page turned on its side carries without a word of English being cut."""


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A table of metrics; with `by_region`, one of regions whose columns are the metrics.

    A titled group is a row above its rows, by region a head above its columns.

    `labels` gives metrics names for this table, such as short ones for heads of columns.
    `trend` is the time of its column of trend lines, where it has one: in a table of
    metrics a line of each, by region lines of the metric that the regions are sorted by.
    """

    id: str
    title: Localized
    groups: tuple[RowGroup, ...]
    columns: tuple[TableColumn, ...]
    notes: tuple[Template, ...]
    origin: Origin
    by_region: ByRegion | None = None
    labels: Mapping[str, Localized] = field(default_factory=lambda: MappingProxyType({}))
    trend: TrendSpec | None = None
    width: TableWidth = TableWidth.FULL

    @property
    def metrics(self) -> tuple[str, ...]:
        """The keys of every metric it names, in reading order."""
        return tuple(key for group in self.groups for key in group.metrics)


@dataclass(frozen=True, slots=True)
class SourcesBlock:
    """The numbered list of sources."""

    origin: Origin


@dataclass(frozen=True, slots=True)
class ChecksBlock:
    """The findings of the rules with arithmetic, candidate readings and treatment."""

    origin: Origin


@dataclass(frozen=True, slots=True)
class ChangesBlock:
    """The figures that were revised since the issue before."""

    origin: Origin


DEEPEST = 3
"""The lowest level of a heading."""


@dataclass(frozen=True, slots=True)
class ContentsBlock:
    """A table of contents, or a list of figures or tables; of headings, those of the first `levels`."""

    kind: ContentsKind
    title: Localized
    origin: Origin
    levels: int = DEEPEST


OutlineBlock = (
    TextBlock
    | ListBlock
    | CalloutBlock
    | QuoteBlock
    | CardsBlock
    | TableSpec
    | FigureSpec
    | SourcesBlock
    | ChecksBlock
    | ChangesBlock
    | ContentsBlock
)


@dataclass(frozen=True, slots=True)
class Section:
    """A headed part of the briefing. `level` is 1 to 3; `id` its anchor.

    One that is not `numbered` has no number, nor have those below it, where a theme numbers headings.
    """

    id: str
    title: Localized
    level: int
    blocks: tuple[OutlineBlock, ...]
    page_break: bool = False
    numbered: bool = True


@dataclass(frozen=True, slots=True)
class MastheadSpec:
    """The words of the masthead. `issuer` compiles or issues the briefing."""

    name: Localized
    issue: Localized
    issuer: Localized
    remark: Localized
    subject: Localized


class Edition(StrEnum):
    """A version of the same briefing for other readers."""

    BILINGUAL = "bilingual"
    ZH = "zh"
    EN = "en"

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages of the edition in reading order."""
        return {Edition.BILINGUAL: (ZH, EN), Edition.ZH: (ZH,), Edition.EN: (EN,)}[self]


class Arrangement(StrEnum):
    """How the two languages of a bilingual edition stand to each other."""

    INTERLEAVED = "interleaved"
    """Each paragraph in Chinese, then in English."""
    COLUMNS = "columns"
    """Running text in two columns, Chinese to the left and English to the right, paragraph beside paragraph."""


class EmbedFonts(StrEnum):
    """What of its faces a Word file carries with it."""

    NONE = "none"
    SUBSET = "subset"
    """The characters that the document uses: enough to read it anywhere."""
    FULL = "full"
    """Every character, so that it can be edited anywhere."""


class Conformance(StrEnum):
    """What the PDF files claim to keep to."""

    ARCHIVE = "archive"
    """PDF/A-3A, which archives read, and PDF/UA-1, which programs that read aloud rely on."""
    NONE = "none"
    """Not PDF/A, so that they may be encrypted."""


@dataclass(frozen=True, slots=True)
class PdfSpec:
    """How the PDF files are set, saved and signed; they open with the `password` only, if there is one.

    With `grid` their running text stands on the lines that the theme has for a page.
    """

    conformance: Conformance = Conformance.ARCHIVE
    password: str = field(default="", repr=False)
    signature: SignatureSpec | None = None
    grid: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole briefing before composition.

    `name` is the folder's name; `issue_slug` names the folder of this issue's files.
    `illustrative` marks made-up data, which is then said on every page. `rounding` is
    what becomes of an exact half. `editable` are the editions
    whose Word files have charts with data to edit, where a figure does not say it itself.
    With `footnotes` the marks of running text have notes at the foot of the page.
    `recipients` are those whom the issue goes to, `imprint` is what else its last page says.
    `arrangement` is that of the languages of the bilingual edition.
    `brand` is the office's own Word file, whose look Word files take on.
    """

    name: str
    masthead: MastheadSpec
    issue_slug: str
    date: date
    period: Period
    theme: str
    editions: tuple[Edition, ...]
    sections: tuple[Section, ...]
    keywords: tuple[str, ...]
    illustrative: bool
    origin: Origin
    rounding: Rounding = Rounding.HALF_EVEN
    editable: tuple[Edition, ...] = ()
    footnotes: bool = True
    recipients: tuple[RecipientGroup, ...] = ()
    imprint: ImprintSpec | None = None
    arrangement: Arrangement = Arrangement.INTERLEAVED
    brand: Path | None = None
    embed_fonts: EmbedFonts = EmbedFonts.NONE
    pdf: PdfSpec = PdfSpec()

    def figures(self) -> tuple[FigureSpec, ...]:
        """Every chart of the briefing in reading order."""
        return tuple(b for s in self.sections for b in s.blocks if isinstance(b, FigureSpec))

    def tables(self) -> tuple[TableSpec, ...]:
        """Every table of metrics in reading order."""
        return tuple(b for s in self.sections for b in s.blocks if isinstance(b, TableSpec))

    def cards(self) -> tuple[CardsBlock, ...]:
        """Every row of key figures in reading order."""
        return tuple(b for s in self.sections for b in s.blocks if isinstance(b, CardsBlock))

    def templates(self) -> Iterator[Template]:
        """Every text with placeholders in reading order."""
        for section in self.sections:
            for entry in section.blocks:
                yield from templates_of(entry)


def templates_of(entry: OutlineBlock) -> Iterator[Template]:
    """The texts with placeholders of a block in reading order."""
    match entry:
        case TextBlock() | CalloutBlock() | QuoteBlock():
            yield entry.text
        case ListBlock():
            yield from entry.items
        case CardsBlock():
            yield from (card.detail for card in entry.cards if card.detail is not None)
        case TableSpec():
            yield from entry.notes
        case FigureSpec():
            yield from (template for template in (entry.note, entry.alt) if template is not None)
