"""The document: facts about it, its masthead, its blocks, and a walk over its texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from ipreport.document.blocks import (
    Block,
    BulletList,
    Callout,
    Cards,
    Figure,
    Heading,
    Note,
    PageBreak,
    Paragraph,
    Table,
)
from ipreport.document.inlines import Text, Texts
from ipreport.document.pictures import Rendered
from ipreport.document.record import NO_RECORD, Record
from ipreport.language import Language


@dataclass(frozen=True, slots=True)
class Masthead:
    """The head of page one, in the manner of a 简报.

    From top to bottom: `remark` (small, above), `name` (large), `issue`, then
    `compiler` to the left and `date` to the right above the rule.
    """

    remark: Texts
    name: Texts
    issue: Texts
    compiler: Texts
    date: Texts


@dataclass(frozen=True, slots=True)
class Meta:
    """What a file says about itself.

    `languages` are those of the edition in reading order; `running_head` stands on
    every page after the first; `notice`, when present, on every page (illustrative
    data); `stamp` is the date that goes into file properties instead of a clock.
    """

    title: str
    subject: str
    author: str
    keywords: tuple[str, ...]
    edition: str
    languages: tuple[Language, ...]
    running_head: Texts
    notice: Texts
    stamp: date


@dataclass(frozen=True, slots=True)
class Document:
    """One edition of a briefing, ready for the writers; `record` goes into the files with it."""

    meta: Meta
    masthead: Masthead
    blocks: tuple[Block, ...]
    record: Record = NO_RECORD


def texts_of(block: Block) -> Iterator[Text]:
    """Every text of a block in reading order, alternative texts and descriptions last."""
    match block:
        case Heading() | Note() | Callout():
            yield from block.texts
        case Paragraph():
            yield block.text
        case BulletList():
            for item in block.items:
                yield from item
        case Cards():
            for card in block.cards:
                yield from (*card.label, *card.value, *card.detail)
            for note in block.notes:
                yield from note
            yield from _told(card.trend for card in block.cards)
        case Table():
            yield from block.caption.texts if block.caption is not None else ()
            for row in (*block.head, *block.body):
                for cell in row.cells:
                    yield from cell.texts
            for note in block.notes:
                yield from note
            yield from block.description
            yield from _told(cell.picture for row in (*block.head, *block.body) for cell in row.cells)
        case Figure():
            yield from block.caption.texts
            for note in block.notes:
                yield from note
            yield from block.alt
        case PageBreak():
            return


def _told(pictures: Iterable[Rendered | None]) -> Iterator[Text]:
    for picture in pictures:
        yield from () if picture is None else picture.alt


def document_texts(document: Document) -> Iterator[Text]:
    """Every text of the document: masthead, running head, then block by block."""
    head = document.masthead
    for texts in (head.remark, head.name, head.issue, head.compiler, head.date):
        yield from texts
    yield from document.meta.running_head
    yield from document.meta.notice
    for block in document.blocks:
        yield from texts_of(block)
