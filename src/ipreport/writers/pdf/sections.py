"""The sections that headings make of a document, as its structure tells them (ISO 32000-1, 14.8.4.2, Sect)."""

from __future__ import annotations

from ipreport.writers.pdf.boxes import Box, Wrapper
from ipreport.writers.pdf.canvas import Canvas
from ipreport.writers.pdf.structure import Element


class Sections:
    """The sections that are open, the outer ones first."""

    def __init__(self) -> None:
        self._open: list[tuple[int, Element]] = []

    def begin(self, level: int) -> str:
        """Open the section of a heading of this level in place of those that end with it; gives the tag of the heading.

        That counts the headings it stands below, for PDF/UA-1 lets no level be left out (ISO 14289-1, 7.4.2).
        """
        while self._open and self._open[-1][0] >= level:
            self._open.pop()
        outer = self._open[-1][1] if self._open else None
        self._open.append((level, Element("Sect", parent=outer)))
        return f"H{len(self._open)}"

    def put(self, box: Box) -> Box:
        """`box` as a part of the innermost section, if there is one."""
        return Part(box, self._open[-1][1]) if self._open else box


class Part(Wrapper):
    """A box that belongs to a section."""

    def __init__(self, box: Box, section: Element) -> None:
        super().__init__(box)
        self._section = section
        self.element = section

    def _upper(self, part: Box) -> Box:
        return Part(part, self._section)

    _lower = _upper

    def _draw(self, canvas: Canvas, x: float, top: float) -> None:
        self._box.draw(canvas, x, top)
