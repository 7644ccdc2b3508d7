"""Key figures as rows of panels: each line a table whose narrow empty columns are the gaps between cards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from ipreport.document import Card, Cards, CardState
from ipreport.style import CARD_GUTTER, Colours, card_columns
from ipreport.writers.docx import runs
from ipreport.writers.docx.catalogue import BLOCK_GAP, CARD_LEFT
from ipreport.writers.docx.context import Context, plain_texts
from ipreport.writers.docx.flow import SEPARATOR, Gap, Grid, Item, Para
from ipreport.writers.docx.grid import shares
from ipreport.writers.docx.markup import twips
from ipreport.writers.docx.names import Name
from ipreport.writers.docx.palette import border, shading
from ipreport.writers.docx.pictures import picture_run
from ipreport.writers.docx.table_styles import CARD_SIDE, CARD_STYLE, table_look
from ipreport.writers.docx.tables import table_start

_KEPT_LINES = 3
"""So many lines of cards, or fewer, stay on one page."""


def cards(context: Context, block: Cards) -> Iterator[Item]:
    """The panels in as few lines as `per_row` allows, evenly filled; a short last line keeps the others' widths.

    A few lines stay on one page; the notes stay with the last one.
    """
    per_row = card_columns(len(block.cards), block.per_row)
    width = (context.text_width - CARD_GUTTER * (per_row - 1)) / per_row
    weights = [width, *([CARD_GUTTER, width] * (per_row - 1))]
    widths = shares(weights, twips(context.text_width))
    lines = [block.cards[start : start + per_row] for start in range(0, len(block.cards), per_row)]
    together = len(lines) <= _KEPT_LINES
    yield Gap(BLOCK_GAP)
    for number, line in enumerate(lines, 1):
        last = number == len(lines)
        keep = bool(block.notes) if last else together
        yield _line(context, line, widths[: 2 * len(line) - 1], keep=keep)
        if not last:
            yield replace(SEPARATOR, keep_with_next=together or None)
    yield from _notes(context, block)
    yield Gap(BLOCK_GAP)


def _notes(context: Context, block: Cards) -> Iterator[Item]:
    """A note a paragraph, its languages behind each other."""
    for note in block.notes:
        space = context.plain(runs.WIDE_SPACE, note[0].language, Name.KPI_NOTE)
        content = space.join(context.inlines(text, Name.KPI_NOTE) for text in note)
        yield context.styled(Name.KPI_NOTE, note[0].language, content)


def _line(context: Context, line: tuple[Card, ...], widths: list[int], *, keep: bool) -> Grid:
    """One line of cards; `keep` holds what follows on the same page.

    Trend lines stand in a row of their own, so that they are level below words of any length.
    """
    if all(card.trend is None for card in line):
        parted = False
        rows = _row(line, widths, lambda card, width: _card(context, card, width, _ENDS, keep=keep))
    else:
        parted = True
        rows = _row(line, widths, lambda card, width: _card(context, card, width, _UPPER, keep=True))
        rows += _row(line, widths, lambda card, width: _trend(context, card, width, keep=keep))
    description = "; ".join(plain_texts(card.label, " ") for card in line)
    look = table_look(first_row=parted, last_row=parted, columns=True)
    return Grid(f"{table_start(CARD_STYLE, widths, '', description, look)}{rows}</w:tbl>")


def _row(line: tuple[Card, ...], widths: list[int], cell: Callable[[Card, int], str]) -> str:
    """The cells of `line` with gaps between them."""
    cells = []
    for index, width in enumerate(widths):
        place, is_gap = divmod(index, 2)
        if is_gap:
            cells.append(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{SEPARATOR.xml()}</w:tc>')
        else:
            cells.append(cell(line[place], width))
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


_ENDS, _UPPER, _LOWER = ("top", "left", "bottom", "right"), ("top", "left", "right"), ("left", "bottom", "right")
"""The sides at which a whole card, its upper and its lower part are edged."""


@dataclass(frozen=True, slots=True)
class _Names:
    first: Name
    """That of the label in its first language; further ones have no sign."""
    value: Name
    detail: Name


_NAMES = {
    CardState.NORMAL: _Names(Name.KPI_LABEL, Name.KPI_VALUE, Name.KPI_DETAIL),
    CardState.DOUBTFUL: _Names(Name.KPI_LABEL_DOUBTFUL, Name.KPI_VALUE_DOUBTFUL, Name.KPI_DETAIL_DOUBTFUL),
}


def _card(context: Context, card: Card, width: int, sides: tuple[str, ...], *, keep: bool) -> str:
    names = _NAMES[card.state]
    first, further = card.label[:1], card.label[1:]
    parts = ((names.first, first), (Name.KPI_LABEL, further), (names.value, card.value), (names.detail, card.detail))
    paragraphs = [context.para(name, text, keep_with_next=keep or None) for name, texts in parts for text in texts]
    return _cell(context.sheet.style.colours, card, width, sides, paragraphs)


def _trend(context: Context, card: Card, width: int, *, keep: bool) -> str:
    """The lower part of a card, with its trend line if it has one."""
    paragraph = replace(SEPARATOR, keep_with_next=keep or None)
    if card.trend is not None:
        room = width / 20 - 2 * CARD_SIDE - CARD_LEFT
        content = picture_run(context, card.trend.picture, card.trend.alt, room)
        paragraph = context.styled(Name.KPI_TREND, context.sheet.primary, content, keep_with_next=keep or None)
    return _cell(context.sheet.style.colours, card, width, _LOWER, [paragraph])


def _cell(colours: Colours, card: Card, width: int, sides: tuple[str, ...], paragraphs: list[Para]) -> str:
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{_state(colours, card.state, sides)}</w:tcPr>'
        f"{''.join(paragraph.xml() for paragraph in paragraphs)}</w:tc>"
    )


def _state(colours: Colours, state: CardState, sides: tuple[str, ...]) -> str:
    """What the table style cannot know of a cell: that its figure is doubtful.

    Such a card stands in a dashed frame, which shows without colour too.
    """
    if state is CardState.NORMAL:
        return ""
    lines = "".join(border(colours, side, 1, colours.warning, kind="dashed") for side in sides)
    return f"<w:tcBorders>{lines}</w:tcBorders>{shading(colours, colours.warning_panel)}"
