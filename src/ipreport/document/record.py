"""What a document prints, and what stands behind each of its numbers: the way back from a page to the data.

A `Record` travels inside every file that is made from a document, as JSON (RFC 8259).
Words are kept apart from their records: `printed` holds every text of the pages in
reading order, cut so that each number is a part of its own; `values` holds the record
of each value once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ipreport.language import Localized


class NotData(StrEnum):
    """What a printed number is when no value stands behind it."""

    DATE = "date or period"
    ISSUE = "issue number"
    LABEL = "section, figure, table, note or item number"
    PAGE = "page number"
    SCALE = "scale of a chart"
    NAME = "part of a name or unit"
    STANDARD = "number of a cited standard or document"
    SOURCE = "part of a source's title, publisher or date"
    ADDRESS = "part of a web address"
    CHECK = "arithmetic or reading of a data check"
    COPIES = "number of copies"
    QUOTATION = "part of a quotation"
    LETTERHEAD = "part of the office's own header or footer"


@dataclass(frozen=True, slots=True)
class RecordedValue:
    """The record of one value.

    `value` and `unit` are as the data file states them, `amount` is in base units
    (yuan, pieces); a derived value has `formula` and the keys it `rests_on` instead of a
    unit and is a quotient or a number of base units. `origin` is `file:line` or
    `file!sheet!cell`, from the briefing's folder, `pointer` the place in it by keys.
    `remarks` say what is not plain about it: qualifier, status, findings. `wordings` are
    the forms in which a document may print it.
    """

    key: str
    name: Localized
    value: str
    unit: str
    amount: str
    period: str
    origin: str
    pointer: str
    source: str
    source_title: Localized
    formula: str = ""
    rests_on: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    wordings: tuple[str, ...] = ()


class Standing(StrEnum):
    """Where a printed text stands in a file."""

    TEXT = "text"
    MARGIN = "margin"
    """At the head of pages, repeated."""
    HEAD = "head"
    """The head of a table, repeated on every page that the table goes on to."""
    MARKER = "marker"
    """The number of a list item, or of a page in a table of contents, which word processors count themselves."""
    PICTURE = "picture"
    """Drawn in a chart: text in a PDF, part of a picture in a Word file."""
    FOOTNOTE = "footnote"
    """A note and its mark: at the foot of a page in a PDF, in a part of its own in a Word file."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a printed text: a value's words, a number that is not data, or neither."""

    text: str
    key: str | None = None
    not_data: NotData | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A printed text; `where` names its place in words, `picture` the figure it is drawn in."""

    where: str
    parts: tuple[Part, ...]
    standing: Standing = Standing.TEXT
    picture: str = ""

    @property
    def text(self) -> str:
        """The characters of all parts."""
        return "".join(part.text for part in self.parts)


@dataclass(frozen=True, slots=True)
class RecordedPicture:
    """A chart or a trend line: its alternative text, and the SHA-256 of its files.

    `label` is that of its figure, or else tells it apart from the other pictures.
    """

    label: str
    where: str
    alternative: str
    digests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RecordedChart:
    """A chart that a word processor draws itself: the label of its figure and its alternative text.

    `printed` are the texts and values of its part, each on a line: title, axis, names of
    the categories and of their groups, then each series with its name, its values in the
    unit of the chart, and words that stand at values.
    """

    label: str
    where: str
    alternative: str
    printed: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that is needed to follow a number of one file back to its data."""

    program: str = ""
    briefing: str = ""
    issue: str = ""
    edition: str = ""
    date: str = ""
    values: tuple[RecordedValue, ...] = ()
    printed: tuple[Stretch, ...] = ()
    pictures: tuple[RecordedPicture, ...] = ()
    charts: tuple[RecordedChart, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything was recorded."""
        return bool(self.printed)

    def numbers(self) -> dict[str, int]:
        """The place of every value in the record by its key, from one."""
        return {value.key: number for number, value in enumerate(self.values, start=1)}

    def places_of(self, key: str) -> Iterator[Stretch]:
        """The printed texts that show the value `key`."""
        return (stretch for stretch in self.printed if any(part.key == key for part in stretch.parts))


NO_RECORD = Record()
"""The record of a document that nothing is recorded of."""
