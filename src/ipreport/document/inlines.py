"""What stands in a line: spans, references, citations, links; and the texts they make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from ipreport.language import Language, Localized


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
class Footnote:
    """A mark, such as “[1]” or “①”, whose note stands at the foot of its page.

    `text` is the mark, which stands before the note as well. `note` is what the note says, in
    every language of the edition; it is empty where the mark repeats that of the note with
    the same `label`, which stands before.
    """

    label: str
    text: str
    language: Language
    note: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """Text that leads to an address outside the document."""

    address: str
    text: str
    language: Language


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A forced line break inside a paragraph."""


Inline = Span | Reference | Citation | Footnote | Link | LineBreak


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph's worth of inlines with the language it is set in."""

    language: Language
    inlines: tuple[Inline, ...]

    def plain(self) -> str:
        """The characters of the text, marks and links dropped."""
        return "".join(inline_text(inline) for inline in self.inlines)

    @property
    def blank(self) -> bool:
        """Whether it shows no character."""
        return not any(map(inline_text, self.inlines))


Texts = tuple[Text, ...]
"""The same thing said in each language of the edition, in the edition's order.

A single entry where one wording serves all languages, such as a bare number.
"""


def inline_text(inline: Inline) -> str:
    """The characters an inline shows."""
    return "\n" if isinstance(inline, LineBreak) else inline.text


def text(language: Language, characters: str, value_key: str | None = None) -> Text:
    """A text of a single plain span."""
    return Text(language, (Span(characters, language, (), value_key),))


def texts(localized: Localized, languages: tuple[Language, ...]) -> Texts:
    """`localized` in each of `languages`; one entry where all read the same."""
    wordings = [localized[language] for language in languages]
    if len(set(wordings)) == 1:
        return (text(languages[0], wordings[0]),)
    return tuple(text(language, wording) for language, wording in zip(languages, wordings, strict=True))


def in_order(found: Texts, languages: tuple[Language, ...]) -> Texts:
    """The texts of `languages` in their order; a single text stands for all languages and stays."""
    return found if len(found) < 2 else tuple(each for wanted in languages for each in found if each.language is wanted)


def footnotes(found: Iterable[Text]) -> Iterator[Footnote]:
    """The notes that texts carry, in reading order; marks that repeat one are left out."""
    for entry in found:
        for inline in entry.inlines:
            if isinstance(inline, Footnote) and inline.note:
                yield inline
