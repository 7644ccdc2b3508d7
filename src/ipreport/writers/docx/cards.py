"""Key figures as a row of panels: a borderless table whose narrow empty columns are the gaps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from ipreport.document import Card, Cards, CardState
from ipreport.style import CARD_GUTTER, Colours, card_columns
from ipreport.writers.docx.blocks import BLOCK_GAP
from ipreport.writers.docx.context import Context, plain_texts
from ipreport.writers.docx.flow import SEPARATOR, Gap, Grid, Item, Para
from ipreport.writers.docx.markup import eighths, hexadecimal, twips
from ipreport.writers.docx.pictures import picture_run
from ipreport.writers.docx.sheet import CARD_LEFT, Name
from ipreport.writers.docx.styles import CARD_SIDE, CARD_STYLE
from ipreport.writers.docx.tables import shares, table_look, table_start
from ipreport.writers.docx.theme import shading

_BEFORE_TREND, _BELOW_TREND = 3.5, 5.0
"""Space above and below the trend line of a card."""
_BEFORE_NOTES = 4.0


def cards(context: Context, block: Cards) -> Iterator[Item]:
    """The panels in as few lines as `per_row` allows, evenly filled; a short last line keeps the others' widths."""
    per_row = card_columns(len(block.cards), block.per_row)
    width = (context.sheet.style.page.text_width - CARD_GUTTER * (per_row - 1)) / per_row
    weights = [width, *([CARD_GUTTER, width] * (per_row - 1))]
    widths = shares(weights, twips(context.sheet.style.page.text_width))
    lines = [block.cards[start : start + per_row] for start in range(0, len(block.cards), per_row)]
    last = len(lines) - 1
    rows = [_line(context, line, widths, keep=index < last or bool(block.notes)) for index, line in enumerate(lines)]
    description = "; ".join(plain_texts(card.label, " ") for card in block.cards)
    yield Gap(BLOCK_GAP)
    start = table_start(CARD_STYLE, widths, "", description, table_look(has_head=False))
    yield Grid(f"{start}{_gap_row(widths).join(rows)}</w:tbl>")
    yield from _notes(context, block)
    yield Gap(BLOCK_GAP)


def _notes(context: Context, block: Cards) -> Iterator[Item]:
    """A note a paragraph, its languages behind each other."""
    for number, note in enumerate(block.notes):
        space = context.plain("\u3000", note[0].language, Name.TABLE_NOTE)
        content = space.join(context.inlines(text, Name.TABLE_NOTE) for text in note)
        paragraph = context.styled(Name.TABLE_NOTE, note[0].language, content)
        yield paragraph if number else replace(paragraph, before=_BEFORE_NOTES)


def _line(context: Context, line: tuple[Card, ...], widths: list[int], *, keep: bool) -> str:
    """One line of cards; `keep` holds what follows on the same page.

    Trend lines stand in a row of their own, so that they are level below words of any length.
    """
    if all(card.trend is None for card in line):
        return _row(line, widths, _ENDS, lambda card, width: _card(context, card, width, _ENDS, keep=keep))
    words = _row(line, widths, _UPPER, lambda card, width: _card(context, card, width, _UPPER, keep=True))
    return words + _row(line, widths, _LOWER, lambda card, width: _trend(context, card, width, keep=keep))


def _row(line: tuple[Card, ...], widths: list[int], part: _Part, cell: Callable[[Card, int], str]) -> str:
    """The cells of `line` with gaps between them; a row keeps the most space that one of its cells asks for."""
    cells = []
    for index, width in enumerate(widths):
        place, is_gap = divmod(index, 2)
        if is_gap or place >= len(line):
            properties = f'<w:tcW w:w="{width}" w:type="dxa"/>{part.margins}'
            cells.append(f"<w:tc><w:tcPr>{properties}</w:tcPr>{SEPARATOR.xml()}</w:tc>")
        else:
            cells.append(cell(line[place], width))
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


def _gap_row(widths: list[int]) -> str:
    return (
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{twips(CARD_GUTTER)}" w:hRule="exact"/></w:trPr>'
        f'<w:tc><w:tcPr><w:tcW w:w="{sum(widths)}" w:type="dxa"/><w:gridSpan w:val="{len(widths)}"/></w:tcPr>'
        f"{replace(SEPARATOR, keep_with_next=True).xml()}</w:tc></w:tr>"
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """Which part of a card a row holds: the sides that edge it, and where it has less space than a whole card."""

    sides: tuple[str, ...]
    margins: str = ""


def _margins(**sides: float) -> str:
    """Space inside a cell in points, other than that of the whole table (17.4.42)."""
    widths = "".join(f'<w:{side} w:w="{twips(points)}" w:type="dxa"/>' for side, points in sides.items())
    return f"<w:tcMar>{widths}</w:tcMar>"


_ENDS = _Part(("top", "left", "bottom", "right"))
_UPPER = _Part(("top", "left", "right"), _margins(bottom=0))
_LOWER = _Part(("left", "bottom", "right"), _margins(top=_BEFORE_TREND, bottom=_BELOW_TREND))


def _card(context: Context, card: Card, width: int, part: _Part, *, keep: bool) -> str:
    doubtful = card.state is CardState.DOUBTFUL
    parts = (
        (Name.KPI_LABEL, card.label),
        (Name.KPI_VALUE_DOUBTFUL if doubtful else Name.KPI_VALUE, card.value),
        (Name.KPI_DETAIL_DOUBTFUL if doubtful else Name.KPI_DETAIL, card.detail),
    )
    paragraphs = [context.para(name, text, keep_with_next=keep or None) for name, texts in parts for text in texts]
    return _cell(context.sheet.style.colours, card, width, part, paragraphs)


def _trend(context: Context, card: Card, width: int, *, keep: bool) -> str:
    """The lower part of a card, with its trend line if it has one."""
    paragraph = replace(SEPARATOR, keep_with_next=keep or None)
    if card.trend is not None:
        room = width / 20 - 2 * CARD_SIDE - CARD_LEFT
        content = picture_run(context, card.trend.picture, card.trend.alt, room)
        paragraph = context.styled(Name.KPI_TREND, context.sheet.primary, content, keep_with_next=keep or None)
    return _cell(context.sheet.style.colours, card, width, _LOWER, [paragraph])


def _cell(colours: Colours, card: Card, width: int, part: _Part, paragraphs: list[Para]) -> str:
    ground = colours.warning_panel if card.state is CardState.DOUBTFUL else colours.panel
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{_borders(colours, card.state, part.sides)}'
        f"{shading(colours, ground)}{part.margins}</w:tcPr>"
        f"{''.join(paragraph.xml() for paragraph in paragraphs)}</w:tc>"
    )


def _borders(colours: Colours, state: CardState, sides: tuple[str, ...]) -> str:
    """A bar above; a doubtful figure stands in a dashed frame, which shows without colour too."""

    def line(side: str, kind: str, width: float, value: str) -> str:
        return f'<w:{side} w:val="{kind}" w:sz="{eighths(width)}" w:space="0" w:color="{hexadecimal(value)}"/>'

    if state is CardState.DOUBTFUL:
        lines = [line(side, "dashed", 1, colours.warning) for side in sides]
    else:
        lines = [line("top", "single", 2, colours.accent)] if "top" in sides else []
    return f"<w:tcBorders>{''.join(lines)}</w:tcBorders>" if lines else ""
