"""What is wrong with an input: place, expectation, finding, hint.

A mistake of the person who writes a briefing is a `Problem`; all problems of a
run travel together in a `ReportError`. Anything else that is raised is a bug of
the program and keeps its traceback.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

from ipreport.language import Localized


class Level(StrEnum):
    """How far a problem reaches."""

    BLOCK = "block"
    """Nothing may be written until it is mended or acknowledged."""
    WARN = "warn"
    """Suspicious; the rules of data ask for an acknowledgement, others only report."""
    NOTE = "note"
    """Worth knowing; never stops anything."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where something was read: a file and a place in it.

    `pointer` is the path of keys inside the file (`metrics[3].value`), `line` and
    `column` count from one, `cell` is `Sheet!B4` for workbooks.
    """

    file: str
    pointer: str = ""
    line: int | None = None
    column: int | None = None
    cell: str | None = None

    def __str__(self) -> str:
        place = self.file
        if self.cell is not None:
            place += f"!{self.cell}"
        elif self.line is not None:
            place += f":{self.line}" + ("" if self.column is None else f":{self.column}")
        return place


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, in words a clerk can act on.

    `message` and `hints` are English. `title` says in every language what kind of problem it is, of
    warnings that drafts tell their editors.
    """

    level: Level
    message: str
    origin: Origin | None = None
    rule: str | None = None
    hints: tuple[str, ...] = ()
    title: Localized | None = None

    def __str__(self) -> str:
        place = f"{self.origin}: " if self.origin is not None else ""
        rule = f" [{self.rule}]" if self.rule else ""
        pointer = f" ({self.origin.pointer})" if self.origin is not None and self.origin.pointer else ""
        lines = [f"{place}{self.level}{rule}: {self.message}{pointer}"]
        lines += [f"    hint: {hint}" for hint in self.hints]
        return "\n".join(lines)


EXIT_PROBLEMS = 2
"""Exit code of a command that found problems in its input."""
EXIT_DIFFERENT = 3
"""Exit code of a command that found a file to be other than it was made or signed."""


class ReportError(Exception):
    """The input has problems; nothing was written.

    `problems` holds every problem of the run, at least one of them blocking.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


@contextmanager
def collected(problems: list[Problem]) -> Iterator[None]:
    """Adds what a ReportError inside says to `problems` and goes on behind it, so that all problems come together."""
    try:
        yield
    except ReportError as error:
        problems += error.problems


def block(message: str, origin: Origin | None = None, *hints: str, rule: str | None = None) -> Problem:
    """A problem that stops the build."""
    return Problem(Level.BLOCK, message, origin, rule, tuple(hint for hint in hints if hint))


def warn(
    message: str,
    origin: Origin | None = None,
    *hints: str,
    rule: str | None = None,
    title: Localized | None = None,
) -> Problem:
    """A problem that is reported and does not stop the build."""
    return Problem(Level.WARN, message, origin, rule, tuple(hint for hint in hints if hint), title)


def note(message: str, origin: Origin | None = None, *hints: str) -> Problem:
    """Something worth knowing, which never stops anything."""
    return Problem(Level.NOTE, message, origin, None, tuple(hint for hint in hints if hint))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint naming what is close to `word` in `known`, or listing what there is."""
    names = sorted(known)
    near = difflib.get_close_matches(word, names, n=3, cutoff=0.6)
    if near:
        return "did you mean " + " or ".join(f"'{name}'" for name in near) + "?"
    listed = ", ".join(names[:20]) + (", …" if len(names) > 20 else "")
    return f"known: {listed}" if names else ""
