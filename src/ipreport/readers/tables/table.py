"""A table as every reader of files gives it: rows of text, and the place of each cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ipreport.problems import Origin, Problem, ReportError, block

Cell = tuple[int, int]
"""Row and column, both from one."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a cell cannot be used, and what to do about it."""

    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text, numbered as the file numbers them, and what is known of their cells.

    `file` and `sheet` say where it stands (`sheet` is None for text files), `faults` which
    cells cannot be used, `filled` which ones lie under a merged cell and repeat its text.
    """

    file: str
    rows: Iterator[tuple[int, list[str]]]
    sheet: str | None = None
    faults: Mapping[Cell, Fault] = field(default_factory=dict)
    filled: Mapping[Cell, Cell] = field(default_factory=dict)
    notes: tuple[Problem, ...] = ()
    garbled_hint: str = ""
    """What to try when the headings make no sense."""
    old: bool = False
    """Whether it is an .xls, which tells neither errors nor percentages."""

    def place(self, row: int, column: int | None = None, pointer: str = "") -> Origin:
        """The place of a cell, or of a row."""
        if self.sheet is None:
            return Origin(self.file, pointer, row)
        return Origin(self.file, pointer, cell=f"{self.sheet}!{letters(column) if column else ''}{row}")


def refused(message: str, origin: Origin, hint: str = "") -> ReportError:
    """A refusal of a whole file or table."""
    return ReportError([block(message, origin, hint)])


def letters(column: int) -> str:
    """The letters of a column: 1 is A, 27 is AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def column_of(name: str) -> int:
    """The number of the column with these letters."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
