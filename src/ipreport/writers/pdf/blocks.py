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
    Note,
    PageBreak,
    Paragraph,
    ParagraphRole,
    SideBySide,
    Span,
    Table,
    Text,
)
from ipreport.language import ZH
from ipreport.style import StyleName
from ipreport.writers.pdf.boxes import Anchor, Box, Stack
from ipreport.writers.pdf.columns import ColumnsBox
from ipreport.writers.pdf.contents import contents_boxes, without_links
from ipreport.writers.pdf.figure import figure_box
from ipreport.writers.pdf.inset import Inset
from ipreport.writers.pdf.lists import list_boxes, note_box
from ipreport.writers.pdf.masthead import masthead_box
from ipreport.writers.pdf.panels import callout_box, cards_box
from ipreport.writers.pdf.sections import Sections
from ipreport.writers.pdf.setter import Setter
from ipreport.writers.pdf.structure import Element
from ipreport.writers.pdf.table import table_box

_HEADINGS = {1: StyleName.HEADING_1, 2: StyleName.HEADING_2, 3: StyleName.HEADING_3}
_PARAGRAPHS = {
    ParagraphRole.BODY: StyleName.BODY,
    ParagraphRole.SUMMARY: StyleName.SUMMARY,
    ParagraphRole.QUOTATION: StyleName.QUOTATION,
}
_RUNNING = (Heading, Paragraph, SideBySide, BulletList)
"""Blocks whose lines stand on the grid of a page, where there is one."""
_QUOTATION_INDENT = 2.0
"""What a quotation keeps from both edges, in em of its Chinese."""


def document_boxes(document: Document, setter: Setter) -> list[Box | PageBreak]:
    """The masthead, then every block, from top to bottom."""
    boxes: list[Box | PageBreak] = [masthead_box(document.masthead, setter)]
    sections = Sections()
    for notes, run in groupby(document.blocks, lambda block: isinstance(block, Note)):
        whole = Element("L") if notes else None
        for block in run:
            for each in _block_boxes(block, setter, whole, sections):
                placed = each if isinstance(each, PageBreak) else sections.put(each)
                if isinstance(placed, Box):
                    placed.registered = isinstance(block, _RUNNING)
                boxes.append(placed)
    return boxes


def _block_boxes(block: Block, setter: Setter, notes: Element | None, sections: Sections) -> list[Box | PageBreak]:
    boxes: list[Box | PageBreak] = []
    match block:
        case Heading():
            boxes.append(_heading(block, setter, sections.begin(block.level)))
        case Paragraph():
            boxes.append(_paragraph(block, setter))
        case SideBySide():
            boxes.append(_side_by_side(block, setter))
        case BulletList():
            boxes += list_boxes(block, setter)
        case Cards():
            boxes.append(cards_box(block, setter))
        case Table():
            boxes.append(Anchor(table_box(block, setter), block.label))
        case Figure():
            boxes.append(Anchor(figure_box(block, setter), block.label))
        case Note():
            boxes.append(Anchor(note_box(block, setter, notes), block.label))
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
    paragraph = _inset(setter.box(block.text, _PARAGRAPHS[block.role]), block.role, _QUOTATION_INDENT, setter)
    paragraph.keep_with_next = paragraph.keep_with_next or block.introduces
    return paragraph


def _side_by_side(block: SideBySide, setter: Setter) -> Box:
    sides = []
    for text in block.texts:
        style = setter.style.in_column(_PARAGRAPHS[block.role], text.language)
        sides.append(_inset(setter.styled(text, style), block.role, _QUOTATION_INDENT / 2, setter))
    columns = ColumnsBox(sides, [text.language for text in block.texts], setter.style)
    columns.keep_with_next = columns.keep_with_next or block.introduces
    return columns


def _inset(paragraph: Box, role: ParagraphRole, ems: float, setter: Setter) -> Box:
    """A paragraph, a quotation so many `ems` of its Chinese in from both edges."""
    if role is not ParagraphRole.QUOTATION:
        return paragraph
    sides = ems * setter.style.text(StyleName.QUOTATION, ZH).size
    return Inset(paragraph, sides, sides)


def _heading(block: Heading, setter: Setter, tag: str) -> Box:
    first, *others = block.texts
    texts = (Text(first.language, (Span(block.marker, first.language), *first.inlines)), *others)
    boxes = setter.boxes(texts, _HEADINGS[block.level])
    space_before, space_after = boxes[0].space_before, boxes[-1].space_after
    for box, text in zip(boxes, block.texts, strict=True):
        box.space_before = box.space_after = 0.0
        box.element = Element("Span", text.language)
    section = without_links(first) if block.level == 1 else None
    heading = Anchor(Stack(boxes, Element(tag)), block.label, block.level, _title(block), section)
    heading.space_before, heading.space_after, heading.keep_with_next = space_before, space_after, True
    return heading


def _title(block: Heading) -> str:
    return block.marker + " ".join(text.plain() for text in block.texts).replace("\n", " ")
