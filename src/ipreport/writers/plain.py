"""The document as plain text in reading order: for comparing editions and for showing where a value stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import assert_never

from ipreport.document import (
    Block,
    BulletList,
    Callout,
    Caption,
    Cards,
    CardState,
    Citation,
    Contents,
    Document,
    Figure,
    Footnote,
    Heading,
    Imprint,
    Inline,
    LineBreak,
    Link,
    Masthead,
    Note,
    PageBreak,
    Paragraph,
    Reference,
    Rendered,
    Row,
    RowRole,
    SideBySide,
    Span,
    Table,
    Text,
    Texts,
    Tone,
    footnotes,
    texts_of,
)

_BETWEEN = " / "
_FOOT = "_ "
"""What stands before a footnote, in place of the rule above it."""
_TONES = {Tone.INFORMATION: "(i)", Tone.WARNING: "(!)"}


def write(document: Document) -> bytes:
    """`document` as UTF-8 text; a blank line parts blocks, ` / ` the languages inside a line.

    Footnotes stand below the block that their marks stand in.
    """
    blocks = [_head(document), list(_masthead(document.masthead))]
    blocks += ([*_block(block), *_footnotes(block)] for block in document.blocks)
    if document.imprint is not None:
        blocks.append(list(_imprint(document.imprint)))
    return ("\n\n".join("\n".join(lines) for lines in blocks if lines) + "\n").encode("utf-8")


def _head(document: Document) -> list[str]:
    """The lines that stand at the head of pages."""
    meta = document.meta
    return [_joined(texts) for texts in (meta.running_head, meta.notice, meta.draft) if texts]


def _masthead(masthead: Masthead) -> Iterator[str]:
    for texts in (masthead.remark, masthead.name, masthead.issue, masthead.compiler, masthead.date):
        if texts:
            yield _joined(texts)
    yield "=" * 40


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield f"{'#' * block.level} {block.marker}{_joined(block.texts)}"
        case Paragraph():
            yield _characters(block.text)
        case SideBySide():
            yield from map(_characters, block.texts)
        case BulletList():
            for number, item in enumerate(block.items, 1):
                yield from _hanging(f"{number}." if block.ordered else "-", item)
        case Cards():
            yield from _cards(block)
        case Table():
            yield from _table(block)
        case Figure():
            yield _caption(block.caption)
            yield f"[{_joined(block.alt)}]"
            yield from map(_joined, block.notes)
        case Note():
            yield from _hanging(block.marker, block.texts)
        case Callout():
            yield from _hanging(_TONES[block.tone], block.texts)
        case Contents():
            yield from _contents(block)
        case PageBreak():
            yield "-" * 40
        case _:
            assert_never(block)


def _footnotes(block: Block) -> Iterator[str]:
    for footnote in footnotes(texts_of(block)):
        yield from _hanging(f"{_FOOT}{footnote.text}", footnote.note)


def _imprint(imprint: Imprint) -> Iterator[str]:
    yield "-" * 40
    for line in imprint.lines:
        yield _BETWEEN.join(map(_addressed, zip_longest(line.label, line.names)))
    for texts in (imprint.issuer, imprint.date, imprint.copies):
        if texts:
            yield _joined(texts)


def _addressed(parts: tuple[Text | None, Text | None]) -> str:
    """A label and the names behind it, in one language."""
    return " ".join(_characters(part) for part in parts if part is not None)


def _contents(block: Contents) -> Iterator[str]:
    if not block.entries:
        return
    if block.title:
        yield _joined(block.title)
    for entry in block.entries:
        page = "" if entry.page is None else f" … {entry.page}"
        yield f"{'  ' * entry.level}{_joined(entry.texts)}{page}"


def _cards(block: Cards) -> Iterator[str]:
    for card in block.cards:
        doubt = "(?) " if card.state is CardState.DOUBTFUL else ""
        detail = f" ({_joined(card.detail)})" if card.detail else ""
        yield f"* {doubt}{_joined(card.label)}: {_joined(card.value)}{detail}{_told(card.trend, ' ')}"
    yield from map(_joined, block.notes)


def _told(picture: Rendered | None, before: str) -> str:
    """A small picture in words, behind what stands before it."""
    return "" if picture is None else f"{before}[{_joined(picture.alt)}]"


def _table(block: Table) -> Iterator[str]:
    if block.caption is not None:
        yield _caption(block.caption)
    yield from map(_row, block.head)
    if block.head:
        yield "-" * 40
    yield from map(_row, block.body)
    yield from map(_joined, block.notes)
    if block.description:
        yield f"[{_joined(block.description)}]"


def _row(row: Row) -> str:
    cells = " | ".join(_joined(cell.texts) + _told(cell.picture, " " if cell.texts else "") for cell in row.cells)
    return f"[{cells}]" if row.role is RowRole.GROUP else cells


def _caption(caption: Caption) -> str:
    return _BETWEEN.join(f"{caption.prefix(text.language)} {_characters(text)}" for text in caption.texts)


def _hanging(marker: str, texts: Texts) -> Iterator[str]:
    """The first language after the marker, the others below it."""
    for index, text in enumerate(texts):
        yield f"{' ' * len(marker) if index else marker} {_characters(text)}"


def _joined(texts: Iterable[Text]) -> str:
    return _BETWEEN.join(map(_characters, texts))


def _characters(text: Text) -> str:
    return "".join(map(_inline, text.inlines))


def _inline(inline: Inline) -> str:
    match inline:
        case Span() | Reference() | Citation() | Footnote():
            return inline.text
        case Link():
            return f"{inline.text} <{inline.address}>"
        case LineBreak():
            return "\n"
        case _:
            assert_never(inline)
