"""How mistakes are seeded into a briefing: into its data, its texts, the composed Document, or its files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from helpers import Copy
from ipreport.document import (
    Block,
    BulletList,
    Cards,
    Cell,
    Document,
    DrawnText,
    Figure,
    Paragraph,
    Row,
    Span,
    Table,
    Text,
    Texts,
)
from ipreport.language import EN, LANGUAGES, ZH, Language, Localized
from ipreport.metrics import Metric, MetricSet
from ipreport.outline import CalloutBlock, ListBlock, Outline, OutlineBlock, TableSpec, Template, TextBlock
from ipreport.readers import Input


class Error(StrEnum):
    """The classes of mistakes."""

    SCALE = "wrong scale"
    DIGITS = "swapped digits"
    MISSING = "missing in one language"
    DIRECTION = "wrong direction"
    POINTS = "per cent for percentage points"
    PERIOD = "stale or impossible period"
    WHOLE = "part above whole, item above total"
    SERIES = "growth and running totals"
    RATIO = "ratio or rate that does not follow"
    RANK = "rank or completion not as computed"
    SUM = "sums and regions"
    MONEY = "kinds of money"
    QUALIFIER = "qualifier"
    WORDING = "terms and claims"
    SOURCE = "sources"
    ACCEPTED = "changed after it was accepted or published"
    MANGLED = "mangled document"


@dataclass(frozen=True)
class Mutation:
    """A mistake: its name and class, the briefing it is seeded into, the check that must catch it, and how it is made.

    `caught_by` is a rule, or a part of the message of a check that has none; others may
    fire as well, but do not count. Exactly one of `data`, `document` and `files` applies it.
    """

    name: str
    error: Error
    briefing: str
    caught_by: str
    data: Callable[[Input], Input] | None = None
    document: Callable[[Document], Document] | None = None
    files: Callable[[Copy], object] | None = None


# --- the data ------------------------------------------------------------------------


def _with_metrics(source: Input, change: Callable[[MetricSet], MetricSet]) -> Input:
    return replace(source, record=replace(source.record, metrics=change(source.metrics)))


def recorded(key: str, **changes: Any) -> Callable[[Input], Input]:
    """A record with other fields."""

    def change(metrics: MetricSet) -> MetricSet:
        assert key in metrics, key
        return replace(
            metrics,
            observations=tuple(replace(one, **changes) if one.key == key else one for one in metrics),
        )

    return lambda source: _with_metrics(source, change)


def value(key: str, written: str, unit_scale: int = 1) -> Callable[[Input], Input]:
    """A record with another value, as it would be written in its own unit."""

    def change(source: Input) -> Input:
        metric = source.metrics[key]
        amount = Decimal(written) * metric.stated_in.scale * unit_scale
        return recorded(key, value=amount, places=len(written.partition(".")[2]))(source)

    return change


def times(key: str, factor: str) -> Callable[[Input], Input]:
    """A record that is so many times what it should be."""
    return lambda source: recorded(key, value=(source.metrics[key].value or Decimal(0)) * Decimal(factor))(source)


def related(key: str, **changes: Any) -> Callable[[Input], Input]:
    """A record with other relations."""
    return lambda source: recorded(key, relations=replace(source.metrics[key].relations, **changes))(source)


def added(*metrics: Metric) -> Callable[[Input], Input]:
    """More records, of the briefing's own region and from its first source."""

    def change(held: MetricSet) -> MetricSet:
        origin, source = held.observations[0].origin, held.sources[0].id
        mine = tuple(
            replace(
                one,
                source=source,
                origin=origin,
                region=held.observations[0].region if one.region == "示例州" else one.region,
            )
            for one in metrics
        )
        return replace(held, observations=(*held.observations, *mine))

    return lambda source: _with_metrics(source, change)


def at_once(*changes: Callable[[Input], Input]) -> Callable[[Input], Input]:
    """Several changes of one mistake."""

    def change(source: Input) -> Input:
        for each in changes:
            source = each(source)
        return source

    return change


# --- the texts -------------------------------------------------------------------------

Swap = tuple[str, str]


def written(zh: Swap | None = None, en: Swap | None = None) -> Callable[[Input], Input]:
    """The first text that holds the old words in each language, with the new ones."""
    swaps = {language: swap for language, swap in ((ZH, zh), (EN, en)) if swap is not None}

    def change(source: Input) -> Input:
        outline = source.outline
        template = next(t for t in outline.templates() if all(old in t.text[x] for x, (old, _) in swaps.items()))
        words = {x: template.text[x].replace(*swaps[x], 1) if x in swaps else template.text[x] for x in LANGUAGES}
        new = replace(template, text=Localized(words[ZH], words[EN]))
        changed = _with_template(outline, template, new)
        assert changed != outline
        return replace(source, briefing=replace(source.briefing, outline=changed))

    return change


def _with_template(outline: Outline, old: Template, new: Template) -> Outline:
    sections = (
        replace(section, blocks=tuple(_block_with(block, old, new) for block in section.blocks))
        for section in outline.sections
    )
    return replace(outline, sections=tuple(sections))


def _block_with(block: OutlineBlock, old: Template, new: Template) -> OutlineBlock:
    match block:
        case TextBlock() | CalloutBlock() if block.text is old:
            return replace(block, text=new)
        case ListBlock():
            return replace(block, items=tuple(new if item is old else item for item in block.items))
        case TableSpec():
            return replace(block, notes=tuple(new if note is old else note for note in block.notes))
        case _:
            return block


def titled(pointer: str, old: str, new: str) -> Callable[[Input], Input]:
    """A text of the files that is no template, such as a title: `pointer` is the end of its place."""

    def change(source: Input) -> Input:
        texts = [
            (text.replace(old, new), origin) if _is_at(origin.pointer, pointer, text, old) else (text, origin)
            for text, origin in source.texts
        ]
        assert tuple(texts) != source.texts
        return replace(source, texts=tuple(texts))

    return change


def _is_at(place: str, pointer: str, text: str, old: str) -> bool:
    return place.endswith(pointer) and old in text


# --- the document ------------------------------------------------------------------------


def spans(kind: type[Block], old: str, **changes: Any) -> Callable[[Document], Document]:
    """The first span with these words in a block of a kind, otherwise: its text, its key."""
    return lambda document: _once(document, kind, lambda span: replace(span, **changes) if span.text == old else span)


def _once(document: Document, kind: type[Block], change: Callable[[Span], Span]) -> Document:
    blocks = list(document.blocks)
    for index, block in enumerate(blocks):
        if isinstance(block, kind) and (new := _with_spans(block, change)) != block:
            blocks[index] = new
            return replace(document, blocks=tuple(blocks))
    raise AssertionError(f"no {kind.__name__} holds it")


def _with_spans(block: Block, change: Callable[[Span], Span]) -> Block:
    def text(one: Text) -> Text:
        return replace(one, inlines=tuple(change(i) if isinstance(i, Span) else i for i in one.inlines))

    def texts(many: Texts) -> Texts:
        return tuple(map(text, many))

    match block:
        case Paragraph():
            return replace(block, text=text(block.text))
        case BulletList():
            return replace(block, items=tuple(map(texts, block.items)))
        case Cards():
            cards = (replace(card, value=texts(card.value), detail=texts(card.detail)) for card in block.cards)
            return replace(block, cards=tuple(cards))
        case Table():
            return replace(block, body=tuple(_row(row, texts) for row in block.body))
        case Figure():
            return replace(block, alt=texts(block.alt), notes=tuple(map(texts, block.notes)))
        case _:
            return block


def _row(row: Row, texts: Callable[[Texts], Texts]) -> Row:
    return replace(row, cells=tuple(_cell(cell, texts) for cell in row.cells))


def _cell(cell: Cell, texts: Callable[[Texts], Texts]) -> Cell:
    return replace(cell, texts=texts(cell.texts))


def drawn(old: str, new: str) -> Callable[[Document], Document]:
    """The first words drawn in a chart, otherwise."""

    def change(document: Document) -> Document:
        blocks = tuple(_drawn(block, old, new) if isinstance(block, Figure) else block for block in document.blocks)
        assert blocks != document.blocks, old
        return replace(document, blocks=blocks)

    return change


def _drawn(figure: Figure, old: str, new: str) -> Figure:
    items = tuple(
        replace(item, text=new) if isinstance(item, DrawnText) and item.text == old else item
        for item in figure.picture.drawing.items
    )
    return replace(figure, picture=replace(figure.picture, drawing=replace(figure.picture.drawing, items=items)))


def without(kind: type[Block], language: Language | None = None, holding: str = "") -> Callable[[Document], Document]:
    """A document without the first block of a kind, or without its wording in one language."""

    def is_it(block: Block) -> bool:
        if not isinstance(block, kind):
            return False
        return not isinstance(block, Paragraph) or (block.text.language is language and holding in block.text.plain())

    def change(document: Document) -> Document:
        gone = next(block for block in document.blocks if is_it(block))
        if language is None or isinstance(gone, Paragraph):
            return replace(document, blocks=tuple(block for block in document.blocks if block is not gone))
        return replace(document, blocks=tuple(_of_other(b, language) if b is gone else b for b in document.blocks))

    return change


def _of_other(block: Block, language: Language) -> Block:
    def kept(texts: Texts) -> Texts:
        return tuple(text for text in texts if text.language is not language) or texts

    match block:
        case BulletList():
            return replace(block, items=tuple(map(kept, block.items)))
        case Table():
            return replace(block, body=tuple(_row(row, kept) for row in block.body))
        case Cards():
            return replace(block, cards=tuple(replace(card, value=kept(card.value)) for card in block.cards))
        case Figure():
            return replace(block, alt=kept(block.alt))
        case _:
            raise AssertionError(f"{type(block).__name__} is not taken apart")


def in_file(name: str, old: str, new: str) -> Callable[[Copy], object]:
    """A file with other characters."""
    return lambda copy: copy.change(name, old, new)
