"""Where the blocks of a document stand, in words: “Summary › paragraph 2”, “Sources › note 1”."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ipreport.document.blocks import (
    Block,
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
from ipreport.document.pictures import Rendered


def located(blocks: Iterable[Block], title: str) -> Iterator[tuple[str, Block]]:
    """Every block with its place; `title` names what stands before the first heading."""
    section = title
    counters: dict[str, int] = {}
    for block in blocks:
        if isinstance(block, Heading):
            section, counters = block.texts[0].plain(), {}
        name = _name(block)
        counters[name] = counters.get(name, 0) + 1
        yield f"{section} › {_where(block, name, counters[name])}", block


def small_pictures(where: str, block: Block) -> Iterator[tuple[str, Rendered]]:
    """The pictures on the cards or in the cells of a block, which stands at `where`, each with its place."""
    match block:
        case Cards():
            for number, card in enumerate(block.cards, start=1):
                if card.trend is not None:
                    yield f"{where}, card {number}", card.trend
        case Table():
            for number, row in enumerate(block.body, start=1):
                for cell in row.cells:
                    if cell.picture is not None:
                        yield f"{where}, row {number}", cell.picture


def _where(block: Block, name: str, count: int) -> str:
    if isinstance(block, Table | Figure) and block.caption is not None:
        return block.caption.prefix(block.caption.texts[0].language)
    return f"{name} {count}"


def _name(block: Block) -> str:
    match block:
        case Paragraph() | SideBySide():
            return "paragraph"
        case Cards():
            return "cards"
        case Table():
            return "table"
        case Figure():
            return "figure"
        case Callout():
            return "remark"
        case Note():
            return "note"
        case Contents():
            return "contents"
        case Heading() | PageBreak():
            return "heading"
        case _:
            return "list"
