"""Where values stand in a finished document: the way back from a page to its record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ipreport.document import Document, DrawnText, Figure, Span, Text, footnotes, located, texts_of
from ipreport.language import Language
from ipreport.metrics import recorded_keys


@dataclass(frozen=True, slots=True)
class Place:
    """One appearance of a value: in which edition, where, and in which words."""

    edition: str
    where: str
    language: Language
    text: str


def places(document: Document, key: str) -> Iterator[Place]:
    """Every appearance of the value `key`, and of values worked out from it, in reading order."""
    for where, block in located(document.blocks, document.masthead.name[0].plain()):
        for text in texts_of(block):
            yield from _in_text(text, key, document.meta.edition, where)
        for footnote in footnotes(texts_of(block)):
            for text in footnote.note:
                yield from _in_text(text, key, document.meta.edition, f"{where}, footnote {footnote.text}")
        if isinstance(block, Figure):
            yield from _in_picture(block, key, document.meta.edition, where)


def _in_text(text: Text, key: str, edition: str, where: str) -> Iterator[Place]:
    for inline in text.inlines:
        if isinstance(inline, Span) and _rests_on(inline.value_key, key):
            yield Place(edition, where, inline.language, inline.text)


def _in_picture(figure: Figure, key: str, edition: str, where: str) -> Iterator[Place]:
    for item in figure.picture.drawing.items:
        if isinstance(item, DrawnText) and _rests_on(item.value_key, key):
            yield Place(edition, f"{where}, in the chart", item.language, item.text)


def _rests_on(value_key: str | None, key: str) -> bool:
    """Whether a shown value is the record `key`, or worked out from it."""
    return value_key is not None and key in recorded_keys(value_key)
