"""Items behind marks: lists, and the entries of notes and sources."""

from __future__ import annotations

from ipreport.document import BulletList, Mark, Note, Span, Text, Texts
from ipreport.language import Language
from ipreport.style import StyleName
from ipreport.writers.pdf.boxes import Box, Hanging, Stack
from ipreport.writers.pdf.columns import ColumnsBox
from ipreport.writers.pdf.setter import Setter, plain
from ipreport.writers.pdf.structure import Element

_LIST_INDENT, _NOTE_INDENT = 1.6, 2.4
"""Hanging indents in em of the style, as long as the markers are no wider."""
_BESIDE_MARKER = 0.4
"""What words keep from a wider marker, in em."""


def list_boxes(block: BulletList, setter: Setter) -> list[Box]:
    """A box for each item; side by side it holds one for each language, each behind its own mark."""
    whole = Element("L", owner="List", attributes={"ListNumbering": "Decimal" if block.ordered else "Disc"})
    rows = []
    for number, item in enumerate(block.items, 1):
        sides = [(text,) for text in item] if block.side_by_side else [item]
        rows.append([(_mark(number if block.ordered else None, side[0].language, setter), side) for side in sides])
    indent = max((_list_indent(mark, side, setter) for row in rows for mark, side in row), default=0.0)
    boxes: list[Box] = []
    for row in rows:
        items = [
            Hanging(mark, _words(side, setter, in_column=block.side_by_side), indent, Element("LI", parent=whole))
            for mark, side in row
        ]
        languages = [side[0].language for _, side in row]
        boxes.append(ColumnsBox(items, languages, setter.style) if block.side_by_side else items[0])
    return boxes


def _mark(number: int | None, language: Language, setter: Setter) -> Box:
    """The number of an item, or a bullet: that of a bold face is the larger dot."""
    sign = Span("•", language, (Mark.STRONG,)) if number is None else Span(f"{number}.", language)
    marker = setter.box(Text(language, (sign,)), StyleName.LIST_ITEM)
    marker.element = Element("Lbl", language)
    return marker


def _list_indent(mark: Box, item: Texts, setter: Setter) -> float:
    return _indent(mark, _LIST_INDENT, setter.style.text(StyleName.LIST_ITEM, item[0].language).size)


def _words(item: Texts, setter: Setter, *, in_column: bool) -> Stack:
    text_style = setter.style.in_column if in_column else setter.style.text
    boxes = [setter.styled(text, text_style(StyleName.LIST_ITEM, text.language)) for text in item]
    for box in boxes[:-1]:
        box.space_after = 0.0
    return Stack(boxes, Element("LBody"))


def _indent(marker: Box, ems: float, size: float) -> float:
    """How far words stand in behind `marker`: so many em of the `size` of the text, unless it is wider."""
    return max(ems * size, marker.natural_width + _BESIDE_MARKER * size)


def note_box(block: Note, setter: Setter, whole: Element | None) -> Box:
    """An entry of notes or sources behind its marker; `whole` is the list that it is part of."""
    language = block.texts[0].language
    style = setter.style.text(StyleName.NOTE, language)
    marker = setter.box(plain(block.marker, language), StyleName.NOTE)
    marker.element = Element("Lbl", language)
    content = Stack(setter.boxes(block.texts, StyleName.NOTE), Element("LBody"))
    return Hanging(marker, content, _indent(marker, _NOTE_INDENT, style.size), Element("LI", parent=whole))
