"""How the languages of an edition stand to each other: below each other, or side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ipreport.document import Block, BulletList, Paragraph, SideBySide
from ipreport.language import LANGUAGES


def in_columns(blocks: Iterable[Block]) -> Iterator[Block]:
    """Running text with the languages side by side; all other blocks, which carry both, as they are.

    What has one wording for all languages keeps the whole width.
    """
    for wordings in with_second_wording(tuple(blocks)):
        first = wordings[0]
        if isinstance(first, BulletList):
            yield replace(first, side_by_side=all(len(item) > 1 for item in first.items))
        elif isinstance(first, Paragraph) and len(wordings) > 1:
            texts = tuple(one.text for one in wordings if isinstance(one, Paragraph))
            yield SideBySide(texts, first.role, first.introduces)
        else:
            yield first


def with_second_wording(blocks: tuple[Block, ...]) -> Iterator[tuple[Block, ...]]:
    """Each block; a Chinese paragraph together with the English one behind it."""
    index = 0
    while index < len(blocks):
        languages = tuple(one.text.language for one in blocks[index : index + 2] if isinstance(one, Paragraph))
        length = 2 if languages == LANGUAGES else 1
        yield blocks[index : index + length]
        index += length
