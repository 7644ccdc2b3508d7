"""Text in several languages side by side: the rows of a table that nobody sees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from math import ceil

from ipreport.document import BulletList, ParagraphRole, SideBySide, Text, Texts
from ipreport.language import ZH
from ipreport.style import COLUMN_GUTTER, StyleName, TextStyle
from ipreport.writers.docx.context import Context
from ipreport.writers.docx.flow import Beside, Break, Gap, Grid, Item, Para
from ipreport.writers.docx.grid import shares
from ipreport.writers.docx.markup import twips
from ipreport.writers.docx.names import Name
from ipreport.writers.docx.table_styles import COLUMNS_STYLE, table_look
from ipreport.writers.docx.tables import table_start

_LONG = 250.0
"""Rows that are not higher than this stay whole: word processors leave single lines behind when they cut one."""
_ROLES = {
    ParagraphRole.BODY: Name.BODY_COLUMN,
    ParagraphRole.SUMMARY: Name.SUMMARY_COLUMN,
    ParagraphRole.QUOTATION: Name.QUOTE_COLUMN,
}


def side_by_side(context: Context, block: SideBySide) -> Iterator[Item]:
    """A row, a cell for each language."""
    name, keep = _ROLES[block.role], block.introduces or None
    yield _row(context, block.texts, [context.para(name, text, keep_with_next=keep) for text in block.texts])


def list_side_by_side(context: Context, block: BulletList) -> Iterator[Item]:
    """A row for each item, each language with marks of its own."""
    name = Name.LIST_NUMBER_COLUMN if block.ordered else Name.LIST_BULLET_COLUMN
    languages = context.sheet.languages
    lists = {language: next(context.ordered_lists) if block.ordered else None for language in languages}
    for item in block.items:
        marks = [lists[context.sheet.set_in(text.language)] for text in item]
        marked = zip(item, marks, strict=True)
        yield _row(context, item, [replace(context.para(name, text), numbering=mark) for text, mark in marked])


def _row(context: Context, texts: Texts, paragraphs: Sequence[Para]) -> Beside:
    """A row, its cells with half a gutter to both sides of their words."""
    columns = context.sheet.style.column_widths([text.language for text in texts], context.text_width)
    widths = shares([width + COLUMN_GUTTER for width in columns], twips(context.text_width + COLUMN_GUTTER))
    styles = [context.sheet.style.in_column(StyleName.BODY, text.language) for text in texts]
    sides = zip(texts, styles, columns, strict=True)
    height = max(_height(text, style, width) for text, style, width in sides)
    return Beside(tuple(paragraphs), tuple(widths), whole=height <= _LONG)


def _height(text: Text, style: TextStyle, width: float) -> float:
    """About how high a paragraph is, in points: a letter of English is half as wide as a Chinese character."""
    ems = len(text.plain()) * (1.0 if text.language is ZH else 0.5)
    return ceil(ems * style.size / width) * style.leading


def tabled(items: Iterable[Item]) -> Iterator[Para | Grid | Gap | Break]:
    """The items, rows on end as one table, the space below the last of them left to what follows."""
    rows: list[Beside] = []
    for item in items:
        if isinstance(item, Beside) and (not rows or rows[-1].widths == item.widths):
            rows.append(item)
            continue
        yield from _table(rows)
        rows = [item] if isinstance(item, Beside) else []
        if not isinstance(item, Beside):
            yield item
    yield from _table(rows)


def _table(rows: Sequence[Beside]) -> Iterator[Grid | Gap]:
    if not rows:
        return
    last = rows[-1]
    below = max(paragraph.style_after for paragraph in last.cells)
    unspaced = tuple(replace(each, after=0.0 if each.style_after else None) for each in last.cells)
    content = "".join(map(_row_xml, (*rows[:-1], replace(last, cells=unspaced))))
    yield Grid(f"{table_start(COLUMNS_STYLE, last.widths, '', '', table_look())}{content}</w:tbl>")
    yield Gap(below)


def _row_xml(row: Beside) -> str:
    cells = zip(row.widths, row.cells, strict=True)
    content = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{each.xml()}</w:tc>' for width, each in cells
    )
    whole = "<w:trPr><w:cantSplit/></w:trPr>" if row.whole else ""
    return f"<w:tr>{whole}{content}</w:tr>"
