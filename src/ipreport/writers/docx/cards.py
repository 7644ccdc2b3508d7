"""Key figures as a row of panels: a borderless table whose narrow empty columns are the gaps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ipreport.document import Card, Cards, CardState
from ipreport.style import Colours
from ipreport.writers.docx.blocks import BLOCK_GAP
from ipreport.writers.docx.context import Context, plain_texts
from ipreport.writers.docx.flow import SEPARATOR, Gap, Grid, Item
from ipreport.writers.docx.markup import eighths, hexadecimal, twips
from ipreport.writers.docx.sheet import Name
from ipreport.writers.docx.styles import CARD_STYLE
from ipreport.writers.docx.tables import shares, table_look, table_start
from ipreport.writers.docx.theme import shading

GUTTER = 10.0


def cards(context: Context, block: Cards) -> Iterator[Item]:
    """The panels in as few lines as `per_row` allows, evenly filled; a short last line keeps the others' widths."""
    rows_needed = -(-len(block.cards) // block.per_row)
    per_row = -(-len(block.cards) // rows_needed)
    width = (context.sheet.style.page.text_width - GUTTER * (per_row - 1)) / per_row
    weights = [width, *([GUTTER, width] * (per_row - 1))]
    widths = shares(weights, twips(context.sheet.style.page.text_width))
    lines = [block.cards[start : start + per_row] for start in range(0, len(block.cards), per_row)]
    rows = [_line(context, line, widths, keep=index < len(lines)) for index, line in enumerate(lines, 1)]
    description = "; ".join(plain_texts(card.label, " ") for card in block.cards)
    yield Gap(BLOCK_GAP)
    start = table_start(CARD_STYLE, widths, "", description, table_look(has_head=False))
    yield Grid(f"{start}{_gap_row(widths).join(rows)}</w:tbl>")
    yield Gap(BLOCK_GAP)


def _line(context: Context, line: tuple[Card, ...], widths: list[int], *, keep: bool) -> str:
    """The cells of one line; `keep` holds the next line on the same page."""
    cells = []
    for index, width in enumerate(widths):
        place, is_gap = divmod(index, 2)
        if is_gap or place >= len(line):
            cells.append(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{SEPARATOR.xml()}</w:tc>')
        else:
            cells.append(_card(context, line[place], width, keep=keep))
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


def _gap_row(widths: list[int]) -> str:
    return (
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{twips(GUTTER)}" w:hRule="exact"/></w:trPr>'
        f'<w:tc><w:tcPr><w:tcW w:w="{sum(widths)}" w:type="dxa"/><w:gridSpan w:val="{len(widths)}"/></w:tcPr>'
        f"{replace(SEPARATOR, keep_with_next=True).xml()}</w:tc></w:tr>"
    )


def _card(context: Context, card: Card, width: int, *, keep: bool) -> str:
    colours = context.sheet.style.colours
    doubtful = card.state is CardState.DOUBTFUL
    parts = (
        (Name.KPI_LABEL, card.label),
        (Name.KPI_VALUE_DOUBTFUL if doubtful else Name.KPI_VALUE, card.value),
        (Name.KPI_DETAIL_DOUBTFUL if doubtful else Name.KPI_DETAIL, card.detail),
    )
    paragraphs = [context.para(name, text, keep_with_next=keep or None) for name, texts in parts for text in texts]
    content = "".join(paragraph.xml() for paragraph in paragraphs)
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:tcBorders>{_borders(colours, card.state)}</w:tcBorders>'
        f"{shading(colours, colours.warning_panel if doubtful else colours.panel)}</w:tcPr>"
        f"{content}</w:tc>"
    )


def _borders(colours: Colours, state: CardState) -> str:
    """A bar above; a doubtful figure stands in a dashed frame, which shows without colour too."""

    def line(side: str, kind: str, width: float, value: str) -> str:
        return f'<w:{side} w:val="{kind}" w:sz="{eighths(width)}" w:space="0" w:color="{hexadecimal(value)}"/>'

    if state is CardState.NORMAL:
        return line("top", "single", 2, colours.accent)
    return "".join(line(side, "dashed", 1, colours.warning) for side in ("top", "left", "bottom", "right"))
