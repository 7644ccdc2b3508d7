"""Text of a paragraph as pieces that lines may part, and where they should not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import groupby

from ipreport.fonts import clusters
from ipreport.language import EN, LANGUAGES, Language
from ipreport.style import FontRole
from ipreport.writers.pdf.characters import Kind, kind, number_groups, word_parts
from ipreport.writers.pdf.hyphenation import syllables

_SPACES = frozenset(" \n\t")


@dataclass(frozen=True, slots=True)
class Setting:
    """How a stretch of characters is set; sizes, `rise` and `tracking` in points.

    `target` is a label inside the document, `address` one outside, that the text leads to;
    the mark of a `footnote` leads to its note.
    """

    role: FontRole
    size: float
    colour: str
    language: Language
    rise: float = 0.0
    target: str | None = None
    address: str | None = None
    footnote: bool = False
    tracking: float = 0.0


@dataclass(frozen=True, slots=True)
class Run:
    """Characters in one setting; a raised run clings to what precedes.

    `whole` keeps them on one line; the words of a `value` part only before a line would stand loose.
    """

    text: str
    setting: Setting
    whole: bool = False
    value: bool = False

    @property
    def raised(self) -> bool:
        """Whether this is the mark of a citation or of a footnote."""
        return self.setting.rise > 0


class Joint(IntEnum):
    """How a piece goes on with the word before it."""

    NONE = 0
    BREAK = 1
    """A line may break between them as it is."""
    HYPHEN = 2
    """A line may break between them with a hyphen."""


Piece = tuple[str, Run, Joint]
"""A piece of text in order; a written space comes as a piece of its own."""


def pieces(runs: Sequence[Run], *, hyphenate: bool) -> Iterator[Piece]:
    """The pieces of runs; with `hyphenate` English words are cut where a line may end with a hyphen."""
    for run in runs:
        if run.raised:
            yield run.text, run, Joint.NONE
            continue
        for latin, characters in groupby(clusters(run.text), _IN_WORD[run.setting.language.code].__getitem__):
            if latin:
                yield from _word_pieces("".join(characters), run, hyphenate=hyphenate)
            else:
                yield from ((" " if each in _SPACES else each, run, Joint.NONE) for each in characters)


def _word_pieces(word: str, run: Run, *, hyphenate: bool) -> Iterator[Piece]:
    """The word, cut where a line may break in it."""
    parts, joint = word_parts(word), Joint.BREAK
    if hyphenate and len(parts) == 1 and run.setting.language is EN:
        parts, joint = syllables(word, EN), Joint.HYPHEN
    for index, part in enumerate(parts):
        yield part, run, joint if index else Joint.NONE


class _InWord(dict[str, bool]):
    """Whether a character of a language, with its marks, belongs to a Latin word, looked up once."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language

    def __missing__(self, character: str) -> bool:
        found = self[character] = character not in _SPACES and kind(character[0], self._language) is Kind.LATIN
        return found


_IN_WORD = {language.code: _InWord(language) for language in LANGUAGES}


def grouped_offsets(runs: Sequence[Run]) -> frozenset[int]:
    """Offsets in the joined text before which a line should not break."""
    offsets = {*_inside(runs, [run.whole for run in runs])}
    start = 0
    for language, part in groupby(runs, lambda run: run.setting.language):
        joined = "".join(run.text for run in part)
        for first, end in number_groups(joined, language):
            offsets.update(range(start + first + 1, start + end))
        start += len(joined)
    return frozenset(offsets)


def phrase_offsets(runs: Sequence[Run]) -> frozenset[int]:
    """Offsets in the joined text before which a break parts the words of a value."""
    return frozenset(_inside(runs, [run.value for run in runs]))


def _inside(runs: Sequence[Run], chosen: Sequence[bool]) -> Iterator[int]:
    """Offsets in the joined text within the runs that are chosen."""
    start = 0
    for run, wanted in zip(runs, chosen, strict=True):
        end = start + len(run.text)
        if wanted:
            yield from range(start + 1, end)
        start = end
