"""The document: facts about it, its masthead, its blocks, and a walk over its texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from ipreport.document.blocks import (
    Block,
    BulletList,
    Callout,
    Cards,
    Contents,
    Figure,
    Heading,
    Note,
    PageBreak,
    Paragraph,
    SideBySide,
    Table,
)
from ipreport.document.inlines import Text, Texts, footnotes
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
    `draft` are the words across every page of a draft; a final document has none.
    `issue` names the issue as its files do, `period` is what it reports on, and
    `fingerprint` is the SHA-256 of the manifest's account of what went in.
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
    draft: Texts = ()
    issue: str = ""
    period: str = ""
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class ImprintLine:
    """Who an issue goes to, or who answers for it: `label`, such as 报, 送 or 签发, and the names."""

    label: Texts
    names: Texts


@dataclass(frozen=True, slots=True)
class Imprint:
    """The foot of the last page, 版记 (GB/T 9704-2012, 7.4).

    From top to bottom, between rules: whom it goes to, a line for each group, and who signed
    and edited it; then `issuer` to the left and `date` to the right; then `copies`.
    """

    lines: tuple[ImprintLine, ...]
    issuer: Texts
    date: Texts
    copies: Texts = ()


@dataclass(frozen=True, slots=True)
class Signature:
    """What a PDF file says of the electronic signature that is put into it once it is written.

    `signer` is named by the certificate, `moment` (with its time zone) is when it is signed. `lines`
    stand at the end of the text where it is to be seen, there are none where it is not; `told` is
    what programs that read aloud say of it. `room` is how many bytes the signature takes at most.
    Word files have none.
    """

    signer: str
    moment: datetime
    told: str
    room: int
    lines: tuple[ImprintLine, ...] = ()
    reason: str = ""
    location: str = ""


@dataclass(frozen=True, slots=True)
class Comment:
    """A remark to the editor in the margin of a draft.

    It stands at the first place in the block number `block` that shows the value `value_key`,
    or at the whole block.
    """

    block: int
    texts: Texts
    value_key: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One edition of a briefing, ready for the writers; `record` goes into the files with it.

    `comments` are for the editor of a draft; a final document has none. `signature` is that of
    PDF files, where they are signed.
    """

    meta: Meta
    masthead: Masthead
    blocks: tuple[Block, ...]
    record: Record = NO_RECORD
    imprint: Imprint | None = None
    comments: tuple[Comment, ...] = ()
    signature: Signature | None = None


def texts_of(block: Block) -> Iterator[Text]:
    """Every text of a block in reading order, alternative texts and descriptions last."""
    yield from printed_texts_of(block)
    match block:
        case Table():
            yield from block.description
            yield from _told(cell.picture for row in (*block.head, *block.body) for cell in row.cells)
        case Figure():
            yield from block.alt
        case Cards():
            yield from _told(card.trend for card in block.cards)
        case _:
            return


def printed_texts_of(block: Block) -> Iterator[Text]:
    """Every text of a block that stands on the page, in reading order."""
    match block:
        case Heading() | SideBySide() | Note() | Callout():
            yield from block.texts
        case Paragraph():
            yield block.text
        case BulletList():
            yield from _each(block.items)
        case Cards():
            for card in block.cards:
                yield from (*card.label, *card.value, *card.detail)
            yield from _each(block.notes)
        case Table():
            yield from block.caption.texts if block.caption is not None else ()
            yield from _each(cell.texts for row in (*block.head, *block.body) for cell in row.cells)
            yield from _each(block.notes)
        case Figure():
            yield from block.caption.texts
            yield from _each(block.notes)
        case Contents():
            yield from block.title
            yield from _each(entry.texts for entry in block.entries)
        case PageBreak():
            return


def _each(entries: Iterable[Texts]) -> Iterator[Text]:
    for entry in entries:
        yield from entry


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
    yield from document.meta.draft
    for block in document.blocks:
        for each in texts_of(block):
            yield each
            for footnote in footnotes((each,)):
                yield from footnote.note
    if document.imprint is not None:
        yield from imprint_texts(document.imprint)
    if document.signature is not None:
        yield from signature_texts(document.signature)
    for comment in document.comments:
        yield from comment.texts


def imprint_texts(imprint: Imprint) -> Iterator[Text]:
    """Every text of the imprint in reading order."""
    for line in imprint.lines:
        yield from (*line.label, *line.names)
    yield from (*imprint.issuer, *imprint.date, *imprint.copies)


def signature_texts(signature: Signature) -> Iterator[Text]:
    """Every text of a signature that is to be seen, in reading order."""
    for line in signature.lines:
        yield from (*line.label, *line.names)
