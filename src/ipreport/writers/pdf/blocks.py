"""Blocks of the document as boxes."""

from __future__ import annotations

from itertools import groupby
from typing import assert_never

from ipreport.document import (
    Block,
    BulletList,
    Callout,
    Cards,
    Contents,
    Document,
    Figure,
    Heading,
    Mark,
    Note,
    PageBreak,
    Paragraph,
    ParagraphRole,
    Span,
    Table,
    Text,
)
from ipreport.language import ZH
from ipreport.style import StyleName
from ipreport.writers.pdf.boxes import Anchor, Box, Hanging, Stack
from ipreport.writers.pdf.contents import contents_boxes, without_links
from ipreport.writers.pdf.figure import figure_box
from ipreport.writers.pdf.inset import Inset
from ipreport.writers.pdf.masthead import masthead_box
from ipreport.writers.pdf.panels import callout_box, cards_box
from ipreport.writers.pdf.setter import Setter, plain
from ipreport.writers.pdf.structure import Element
from ipreport.writers.pdf.table import table_box

_HEADINGS = {1: StyleName.HEADING_1, 2: StyleName.HEADING_2, 3: StyleName.HEADING_3}
_PARAGRAPHS = {
    ParagraphRole.BODY: StyleName.BODY,
    ParagraphRole.SUMMARY: StyleName.SUMMARY,
    ParagraphRole.QUOTATION: StyleName.QUOTATION,
}
_LIST_INDENT, _NOTE_INDENT = 1.6, 2.4
"""Hanging indents in em of the style, as long as the markers are no wider."""
_BESIDE_MARKER = 0.4
"""What words keep from a wider marker, in em."""
_QUOTATION_INDENT = 2.0
"""What a quotation keeps from both edges, in em of its Chinese."""


def document_boxes(document: Document, setter: Setter) -> list[Box | PageBreak]:
    """The masthead, then every block, from top to bottom."""
    boxes: list[Box | PageBreak] = [masthead_box(document.masthead, setter)]
    opened: list[int] = []
    for notes, run in groupby(document.blocks, lambda block: isinstance(block, Note)):
        whole = Element("L") if notes else None
        for block in run:
            made = _block_boxes(block, setter, whole, opened)
            for box in made:
                if isinstance(box, Box):
                    box.registered = isinstance(block, Heading | Paragraph | BulletList)
            boxes += made
    return boxes


def _block_boxes(block: Block, setter: Setter, notes: Element | None, opened: list[int]) -> list[Box | PageBreak]:
    boxes: list[Box | PageBreak] = []
    match block:
        case Heading():
            boxes.append(_heading(block, setter, opened))
        case Paragraph():
            boxes.append(_paragraph(block, setter))
        case BulletList():
            boxes += _list(block, setter)
        case Cards():
            boxes.append(cards_box(block, setter))
        case Table():
            boxes.append(Anchor(table_box(block, setter), block.label))
        case Figure():
            boxes.append(Anchor(figure_box(block, setter), block.label))
        case Note():
            boxes.append(Anchor(_note(block, setter, notes), block.label))
        case Callout():
            boxes.append(callout_box(block, setter))
        case Contents():
            boxes += contents_boxes(block, setter)
        case PageBreak():
            boxes.append(block)
        case _:
            assert_never(block)
    return boxes


def _paragraph(block: Paragraph, setter: Setter) -> Box:
    paragraph: Box = setter.box(block.text, _PARAGRAPHS[block.role])
    if block.role is ParagraphRole.QUOTATION:
        sides = _QUOTATION_INDENT * setter.style.text(StyleName.QUOTATION, ZH).size
        paragraph = Inset(paragraph, sides, sides)
    paragraph.keep_with_next = paragraph.keep_with_next or block.introduces
    return paragraph


def _heading(block: Heading, setter: Setter, opened: list[int]) -> Box:
    """A heading; `opened` are the levels of those that it stands below, and its own from here on.

    It is tagged by their number, for PDF/UA-1 lets no level be left out (ISO 14289-1, 7.4.2).
    """
    while opened and opened[-1] >= block.level:
        opened.pop()
    opened.append(block.level)
    first, *others = block.texts
    texts = (Text(first.language, (Span(block.marker, first.language), *first.inlines)), *others)
    boxes = setter.boxes(texts, _HEADINGS[block.level])
    space_before, space_after = boxes[0].space_before, boxes[-1].space_after
    for box, text in zip(boxes, block.texts, strict=True):
        box.space_before = box.space_after = 0.0
        box.element = Element("Span", text.language)
    section = without_links(first) if block.level == 1 else None
    heading = Anchor(Stack(boxes, Element(f"H{len(opened)}")), block.label, block.level, _title(block), section)
    heading.space_before, heading.space_after, heading.keep_with_next = space_before, space_after, True
    return heading


def _title(block: Heading) -> str:
    return block.marker + " ".join(text.plain() for text in block.texts).replace("\n", " ")


def _list(block: BulletList, setter: Setter) -> list[Box]:
    items: list[tuple[Box, Box]] = []
    whole = Element("L", owner="List", attributes={"ListNumbering": "Decimal" if block.ordered else "Disc"})
    indent = 0.0
    for number, texts in enumerate(block.items, 1):
        language = texts[0].language
        # The bullet of a bold face is the larger dot.
        sign = Span(f"{number}.", language) if block.ordered else Span("•", language, (Mark.STRONG,))
        marker = setter.box(Text(language, (sign,)), StyleName.LIST_ITEM)
        marker.element = Element("Lbl", language)
        size = setter.style.text(StyleName.LIST_ITEM, language).size
        indent = max(indent, _indent(marker, _LIST_INDENT, size))
        boxes = setter.boxes(texts, StyleName.LIST_ITEM)
        for box in boxes[:-1]:
            box.space_after = 0.0
        content = Stack(boxes, Element("LBody"))
        items.append((marker, content))
    return [Hanging(marker, content, indent, Element("LI", parent=whole)) for marker, content in items]


def _indent(marker: Box, ems: float, size: float) -> float:
    """How far words stand in behind `marker`: so many em of the `size` of the text, unless it is wider."""
    return max(ems * size, marker.natural_width + _BESIDE_MARKER * size)


def _note(block: Note, setter: Setter, whole: Element | None) -> Box:
    language = block.texts[0].language
    style = setter.style.text(StyleName.NOTE, language)
    marker = setter.box(plain(block.marker, language), StyleName.NOTE)
    marker.element = Element("Lbl", language)
    content = Stack(setter.boxes(block.texts, StyleName.NOTE), Element("LBody"))
    return Hanging(marker, content, _indent(marker, _NOTE_INDENT, style.size), Element("LI", parent=whole))
