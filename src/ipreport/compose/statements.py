"""What a printed text states: its values, its other numbers, its words of direction, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ipreport.document import Citation, Footnote, Reference, Span, Text, inline_text
from ipreport.language import Language
from ipreport.wording import Hedge, Reading, read_back
from ipreport.wording.bounds import bounds_beside
from ipreport.wording.directions import Moved, directions_in
from ipreport.wording.found import Bound, Found
from ipreport.wording.read_text import numbers_in
from ipreport.wording.sentences import clauses_of, sentences_of

_FIRST = 0xE100
"""Stands for the first value of a text; no file can hold characters for private use."""

_BOUNDS = {
    Hedge.OVER: Bound.ABOVE,
    Hedge.AT_LEAST: Bound.ABOVE,
    Hedge.NEARLY: Bound.BELOW,
    Hedge.UNDER: Bound.BELOW,
    Hedge.ABOUT: Bound.ABOUT,
}


@dataclass(frozen=True, slots=True)
class Stated:
    """A value that a text shows: its words, what they read as, the qualifiers they carry and those beside them."""

    key: str
    words: str
    reading: Reading | None
    own: Bound | None
    typed: tuple[Bound, ...]

    @property
    def bound(self) -> Bound | None:
        """The qualifier with which the value is stated."""
        return self.own or next(iter(self.typed), None)


@dataclass(frozen=True, slots=True)
class Clause:
    """What stands between two commas or stops: its words with a mark for each value, and those values."""

    text: str
    values: tuple[Stated, ...]
    directions: tuple[Moved, ...]


@dataclass(frozen=True, slots=True)
class Statements:
    """What a sentence, or a whole text, states."""

    values: tuple[Stated, ...]
    numbers: tuple[Found, ...]
    directions: tuple[Moved, ...]
    clauses: tuple[Clause, ...]

    @property
    def keys(self) -> frozenset[str]:
        """The values it shows. Saying one twice says it once: languages differ in their pronouns."""
        return frozenset(value.key for value in self.values)


@lru_cache(maxsize=4096)
def by_sentence(text: Text) -> tuple[Statements, ...]:
    """What each sentence of a text states; several checks of several editions ask the same."""
    marked, values = _marked(text)
    return tuple(_statements(sentence, values, text.language) for sentence in sentences_of(marked, text.language))


def together(sentences: tuple[Statements, ...]) -> Statements:
    """What sentences state between them."""
    return Statements(
        tuple(value for one in sentences for value in one.values),
        tuple(number for one in sentences for number in one.numbers),
        tuple(moved for one in sentences for moved in one.directions),
        tuple(clause for one in sentences for clause in one.clauses),
    )


def marks_in(text: str) -> tuple[int, ...]:
    """Where the values stand in the text of a clause."""
    return tuple(place for place, character in enumerate(text) if _is_mark(character))


def _is_mark(character: str) -> bool:
    return _FIRST <= ord(character) <= 0xF8FF


def _marked(text: Text) -> tuple[str, dict[str, Stated]]:
    """The text with a mark in the place of every value; marks of notes and references are no statements."""
    spans: dict[str, Span] = {}
    pieces = []
    for inline in text.inlines:
        match inline:
            case Span(value_key=str()):
                mark = chr(_FIRST + len(spans))
                spans[mark] = inline
                pieces.append(mark)
            case Citation() | Footnote() | Reference():
                pass
            case _:
                pieces.append(inline_text(inline))
    marked = "".join(pieces)
    return marked, {mark: _stated(span, mark, marked, text.language) for mark, span in spans.items()}


def _stated(span: Span, mark: str, marked: str, language: Language) -> Stated:
    place = marked.index(mark)
    beside = bounds_beside(marked[max(0, place - 28) : place], marked[place + 1 : place + 11], language)
    reading = read_back(span.text, span.language)
    own = _BOUNDS.get(reading.hedge) if reading is not None else None
    return Stated(span.value_key or "", span.text, reading, own, beside)


def _statements(sentence: str, values: dict[str, Stated], language: Language) -> Statements:
    return Statements(
        tuple(_values_in(sentence, values)),
        numbers_in(sentence, language),
        directions_in(sentence, language),
        tuple(
            Clause(clause, tuple(_values_in(clause, values)), directions_in(clause, language))
            for clause in clauses_of(sentence, language)
        ),
    )


def _values_in(text: str, values: dict[str, Stated]) -> Iterator[Stated]:
    return (values[character] for character in text if _is_mark(character) and character in values)
