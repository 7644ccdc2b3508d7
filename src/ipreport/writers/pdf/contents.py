"""Tables of contents and lists of figures and tables: entries with dotted leaders, each one a link."""

from __future__ import annotations

from collections.abc import Iterator

from ipreport.document import (
    Citation,
    Contents,
    ContentsEntry,
    ContentsKind,
    DrawnPath,
    Footnote,
    Inline,
    LineBreak,
    Span,
    Text,
)
from ipreport.style import StyleName
from ipreport.writers.pdf.boxes import Abreast, Box, Stack
from ipreport.writers.pdf.canvas import Canvas, LinkArea
from ipreport.writers.pdf.paragraph import TextBox
from ipreport.writers.pdf.setter import Setter, plain
from ipreport.writers.pdf.structure import Element

_STYLES = {1: StyleName.CONTENTS_1, 2: StyleName.CONTENTS_2, 3: StyleName.CONTENTS_3}
_STEP = 1.5
"""How much deeper each level begins, in em of its style."""
_WIDEST = "000"
"""The column of page numbers has room for so many digits, whatever the numbers are."""
_BETWEEN_TITLES = 10.0
_BELOW = 12.0
"""Space below the last entry."""
_DOT, _PITCH = 0.9, 4.0
"""The size of the dots of a leader, and their distance."""
_BESIDE_DOTS = 5.0
"""Space between words or numbers and the dots."""


class EntryBox(Box):
    """An entry: its texts one below the other, dots and the page at the end of the last line.

    All of it leads to what it names. `element` is its structure element, a Link.
    """

    def __init__(self, entry: ContentsEntry, name: StyleName, indent: float, setter: Setter, element: Element) -> None:
        self._texts = [setter.box(without_links(text), name) for text in entry.texts]
        for box, text in zip(self._texts, entry.texts, strict=True):
            box.element = Element("Span", text.language)
        language = entry.texts[-1].language
        style = setter.style.text(name, language)
        self.space_before, self.space_after, self.keep_with_next = style.space_before, style.space_after, False
        self._number = None if entry.page is None else setter.box(plain(str(entry.page), language), name)
        self._column = setter.box(plain(_WIDEST, language), name).natural_width
        if self._number is not None:
            self._number.element = None
        self._stack = Stack(self._texts)
        self._indent, self._colour, self._link = indent, style.colour, element
        self._target, self._contents = entry.target, " ".join(text.plain() for text in entry.texts)

    def _layout(self, width: float) -> float:
        self._width = width
        for box in self._texts:
            box.space_before = box.space_after = 0.0
        if self._number is not None:
            self._number.layout(self._column)
        return self._stack.layout(width - self._indent - self._column - 2 * _BESIDE_DOTS)

    def _draw(self, canvas: Canvas, x: float, top: float) -> None:
        with canvas.inside(self._link):
            self._stack.draw(canvas, x + self._indent, top)
            if self._number is not None:
                self._draw_number(canvas, self._number, x, top)
        box = (x + self._indent, top - self.height, x + self._width, top)
        canvas.link(self._link, LinkArea(box, self._target, None, self._contents))

    def _draw_number(self, canvas: Canvas, number: TextBox, x: float, top: float) -> None:
        reach, depth = self._texts[-1].end
        baseline = top - self.height + self._texts[-1].height - depth
        left = x + self._indent + reach + _BESIDE_DOTS
        right = x + self._width - number.natural_width - _BESIDE_DOTS
        # From right to left, so that the dots of all lines stand below each other.
        right -= (right - x) % _PITCH
        if right > left:
            dots = (("M", right, baseline + _DOT / 2), ("L", left, baseline + _DOT / 2))
            canvas.path(DrawnPath(dots, stroke=self._colour, line_width=_DOT, dash=(0, _PITCH), round_joins=True))
        number.draw(canvas, x + self._width - number.natural_width, baseline + number.first_baseline)


def contents_boxes(contents: Contents, setter: Setter) -> list[Box]:
    """The title, if there is one, and a box for every entry; nothing without entries."""
    boxes: list[Box] = []
    if contents.title and contents.entries:
        titles = setter.boxes(contents.title, StyleName.CONTENTS_TITLE)
        title = Abreast(titles, _BETWEEN_TITLES)
        title.keep_with_next = True
        boxes.append(title)
    for entry, parent in zip(contents.entries, _lists(contents), strict=True):
        name = _STYLES[entry.level] if contents.kind is ContentsKind.HEADINGS else StyleName.CONTENTS_2
        style = setter.style.text(name, entry.texts[0].language)
        item = Element("TOCI", parent=parent)
        link = Element("Link", parent=Element("Reference", parent=item))
        boxes.append(EntryBox(entry, name, (entry.level - 1) * _STEP * style.size, setter, link))
    if len(contents.entries) > 1:
        # No page ends with the first entry alone, and none begins with the last.
        boxes[-len(contents.entries)].keep_with_next = boxes[-2].keep_with_next = True
    if contents.entries:
        boxes[-1].space_after = _BELOW
    return boxes


def _lists(contents: Contents) -> Iterator[Element]:
    """The structure element of the list that each entry stands in; deeper levels are lists inside lists."""
    opened: list[tuple[int, Element]] = []
    for entry in contents.entries:
        while len(opened) > 1 and opened[-1][0] > entry.level:
            opened.pop()
        if not opened or opened[-1][0] < entry.level:
            opened.append((entry.level, Element("TOC", parent=opened[-1][1] if opened else None)))
        yield opened[-1][1]


def without_links(text: Text) -> Text:
    """The words of a text alone, for where there are no links inside and no marks of notes."""
    inlines: list[Inline] = []
    for inline in text.inlines:
        match inline:
            case Span():
                inlines.append(inline)
            case LineBreak():
                inlines.append(Span(" ", text.language))
            case Citation() | Footnote():
                pass
            case _:
                inlines.append(Span(inline.text, inline.language))
    return Text(text.language, tuple(inlines))
