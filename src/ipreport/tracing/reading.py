"""What stands in a file: its record, and its text with the places of everything that was found."""

from __future__ import annotations

from dataclasses import dataclass

from ipreport.document import Record
from ipreport.problems import Origin, Problem, ReportError, block


@dataclass(frozen=True, slots=True)
class ValueMark:
    """A stretch of the text that is marked as a value, by its place in the record, from one."""

    start: int
    end: int
    number: int


@dataclass(frozen=True, slots=True)
class FoundPicture:
    """A picture of the file: the SHA-256 of its forms and its alternative text."""

    digests: frozenset[str]
    alternative: str


@dataclass(frozen=True, slots=True)
class FoundChart:
    """A chart that the word processor draws itself: the lines of its part and its alternative text."""

    lines: tuple[str, ...]
    alternative: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as read. Positions count the characters of `text` from zero; `end` is exclusive.

    `text` holds every paragraph or page, line breaks between them. `heads` are positions
    where the head or foot of a page begins, `page_starts` those of the pages where the
    file has fixed ones, `page_numbers` what programs count themselves: at the edges of pages,
    and in Word files in a table of contents. `pictures` is None in a PDF, where charts are text
    of the page and footnotes stand at its foot; in a Word file footnotes follow the text and
    the charts. The lines of `charts` are part of `text`, and the texts of those that are in the
    file part of what the record says was printed.
    """

    record: Record
    text: str
    heads: tuple[int, ...]
    page_starts: tuple[int, ...] = ()
    marks: tuple[ValueMark, ...] = ()
    page_numbers: tuple[tuple[int, int], ...] = ()
    pictures: tuple[FoundPicture, ...] | None = None
    charts: tuple[FoundChart, ...] = ()


def refused(message: str, file: str, *hints: str) -> ReportError:
    """The error for a file that cannot be traced."""
    return ReportError([_problem(message, file, *hints)])


def _problem(message: str, file: str, *hints: str) -> Problem:
    return block(message, Origin(file), *hints)


NO_RECORD = "the file holds no record of its numbers, which every DOCX and PDF of ipreport carries"
NO_RECORD_HINT = "trace the file as it was built, or build it again"
DAMAGED_RECORD = "the record inside the file is damaged, or of another version of ipreport"
