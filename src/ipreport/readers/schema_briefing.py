"""The shape of briefing.yaml: blocks, tables, charts, masthead."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import AliasChoices, Field, StringConstraints

from ipreport.document import ContentsKind, Tone
from ipreport.metrics import Rounding
from ipreport.outline import (
    DEEPEST,
    LEAST_PERIODS,
    MOST_PERIODS,
    Against,
    Arrangement,
    By,
    Conformance,
    Edition,
    EmbedFonts,
    Every,
    Scale,
    TableColumn,
    TableWidth,
    WordForm,
)
from ipreport.readers.schema import Day, Integer, Line, Name, Names, Pair, ProsePair, Shape, Slug
from ipreport.style import FigureWidth

Periods = Annotated[Integer, Field(ge=LEAST_PERIODS, le=MOST_PERIODS)]
"""How far a trend line goes back."""


class CardShape(Shape):
    """A key figure."""

    metric: Name
    label: Pair | None = None
    detail: ProsePair | None = None
    trend: Periods | None = None
    every: Every | None = None


class CardsShape(Shape):
    """A row of key figures."""

    items: Annotated[tuple[CardShape, ...], Field(min_length=1)]
    per_row: Annotated[Integer, Field(ge=1, le=4)] = 3


class GroupShape(Shape):
    """Rows of a table."""

    title: Pair | None = None
    metrics: Names


class RowsAre(StrEnum):
    """What the rows of a table are, where they are not metrics."""

    REGION = "region"


class TableShape(Shape):
    """A table of metrics: either `rows` or titled `groups` of rows.

    `by: region` turns it: the regions within the briefing's own are the rows, and the
    metrics under `rows` or `groups` the columns.
    """

    id: Slug
    title: Pair
    rows: Names = ()
    groups: tuple[GroupShape, ...] = ()
    columns: Annotated[tuple[TableColumn, ...], Field(min_length=2)] = (TableColumn.NAME, TableColumn.VALUE)
    by: RowsAre | None = None
    sort: Name | None = None
    rank: bool = False
    trend: Periods | None = None
    every: Every | None = None
    labels: Annotated[dict[Name, Pair], Field(default_factory=dict)]
    notes: tuple[ProsePair, ...] = ()
    width: TableWidth = TableWidth.FULL


class FigureShape(Shape):
    """A chart; which of the role keys and options it takes depends on `kind`."""

    id: Slug
    kind: str
    title: Pair
    whole: Names = ()
    part: Names = ()
    parts: Names = ()
    values: Names = ()
    points: Names = ()
    series: Names = ()
    columns: Names = ()
    lines: Names = ()
    start: Names = ()
    increases: Names = ()
    decreases: Names = ()
    end: Names = ()
    low: Names = ()
    high: Names = ()
    labels: Annotated[dict[Name, Pair], Field(default_factory=dict)]
    scale: Scale = Scale.LINEAR
    note: ProsePair | None = None
    by: By | None = None
    last: Annotated[Integer, Field(ge=2, le=24)] | None = None
    every: Every | None = None
    against: Against | None = None
    highlight: Line | None = None
    rank: bool = False
    axis_from: Annotated[str, StringConstraints(pattern=r"^-?\d{1,15}(\.\d{1,6})?$")] | None = None
    cases: bool = False
    remainder: Pair | None = None
    width: FigureWidth = FigureWidth.FULL
    word: WordForm | None = None
    alt: ProsePair | None = None
    with_table: Annotated[bool, Field(validation_alias=AliasChoices("with_table", "with-table"))] = False


class ListShape(Shape):
    """A list of paragraphs."""

    items: Annotated[tuple[ProsePair, ...], Field(min_length=1)]
    ordered: bool = False


class CalloutShape(ProsePair):
    """A boxed remark."""

    tone: Tone = Tone.INFORMATION


class QuoteShape(ProsePair):
    """What somebody else has said; `source` is the id of where it stands."""

    source: Slug | None = None


class ContentsShape(Shape):
    """A table of contents, or a list of figures or tables; `levels` counts those of headings."""

    of: ContentsKind = ContentsKind.HEADINGS
    levels: Annotated[Integer, Field(ge=1, le=DEEPEST)] | None = None
    title: Pair | None = None


class Nothing(Shape):
    """A block without settings, written `sources: {}`."""


class BlockShape(Shape):
    """A block of a section: exactly one of these keys."""

    text: ProsePair | None = None
    summary: ProsePair | None = None
    list: ListShape | None = None
    callout: CalloutShape | None = None
    quote: QuoteShape | None = None
    cards: CardsShape | None = None
    table: TableShape | None = None
    figure: FigureShape | None = None
    sources: Nothing | None = None
    checks: Nothing | None = None
    changes: Nothing | None = None
    contents: ContentsShape | None = None


class SectionShape(Shape):
    """A headed part of the briefing."""

    id: Slug
    title: Pair
    level: Annotated[Integer, Field(ge=1, le=DEEPEST)] = 1
    page_break: bool = False
    numbered: bool = True
    blocks: tuple[BlockShape, ...] = ()


class MastheadShape(Shape):
    """The words of the masthead."""

    name: Pair
    issue: Pair
    issuer: Pair
    remark: Pair
    subject: Pair


class FontsShape(Shape):
    """An office's own font files, relative to the briefing's folder, by the roles of `style.FontRole`."""

    serif: Line | None = None
    sans: Line | None = None
    sans_bold: Line | None = None
    title: Line | None = None
    hei: Line | None = None
    kai: Line | None = None
    fangsong: Line | None = None
    song: Line | None = None
    latin: Line | None = None


class ImprintShape(Shape):
    """What the foot of the last page says beside the recipients."""

    issuer: Pair | None = None
    date: Day | None = None
    copies: Annotated[Integer, Field(ge=1, le=99_999)] | None = None
    signed_by: Pair | None = None
    edited_by: Pair | None = None


class SignatureShape(Shape):
    """Who signs the PDF files. The passphrase of the certificate has no place in a file that others read."""

    certificate: Line
    visible: bool = False
    reason: Pair | None = None
    location: Pair | None = None


class PdfShape(Shape):
    """How the PDF files are set and saved, and who signs them."""

    conformance: Conformance = Conformance.ARCHIVE
    password: Line | None = None
    signature: SignatureShape | None = None
    grid: bool = False


class BriefingShape(Shape):
    """The file briefing.yaml."""

    masthead: MastheadShape
    number: Annotated[Integer, Field(ge=1, le=9999)]
    date: Day
    period: str
    sections: Annotated[tuple[SectionShape, ...], Field(min_length=1)]
    theme: str = "modern"
    editions: Annotated[tuple[Edition, ...], Field(min_length=1)] = tuple(Edition)
    keywords: tuple[Line, ...] = ()
    illustrative: bool = False
    rounding: Rounding = Rounding.HALF_EVEN
    fonts: FontsShape = FontsShape()
    previous: Line | None = None
    editable: tuple[Edition, ...] = ()
    footnotes: bool = True
    imprint: ImprintShape | None = None
    arrangement: Arrangement = Arrangement.INTERLEAVED
    brand: Line | None = None
    pdf: PdfShape = PdfShape()
    embed_fonts: Annotated[EmbedFonts, Field(validation_alias=AliasChoices("embed_fonts", "embed-fonts"))] = (
        EmbedFonts.NONE
    )
