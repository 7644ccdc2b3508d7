"""What stands on every page round its text: running head, notice, page number, and the words across a draft.

All of it is furniture, which is not read aloud (ISO 32000-1, 14.8.2.2.2).
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import assert_never

from ipreport.document import Meta, Text
from ipreport.language import ZH
from ipreport.style import FontRole, Justify, Page, PageNumbers, StyleName, TextStyle
from ipreport.writers.pdf.atoms import EM_SPACE
from ipreport.writers.pdf.canvas import Canvas
from ipreport.writers.pdf.setter import Setter, joined, plain

_BELOW_HEAD = 4.0
"""Space between the running head and its rule."""
_WATERMARK, _SHARE = "#e8e8e8", 0.84
"""The colour of the words across a draft, and how much of the width of the type area they cross."""
_MIDDLE = 0.38
"""The middle of a Chinese character above its baseline, in em."""


class Margins:
    """Paints the furniture of the `count` pages of a document."""

    def __init__(self, meta: Meta, setter: Setter, count: int) -> None:
        self._meta, self._setter, self._count = meta, setter, count

    def draw(self, canvas: Canvas, page: Page, number: int, section: Text | None = None) -> None:
        """Paint that of page `number`, before its text, which begins in `section`."""
        if self._meta.draft:
            with canvas.artifact("/Type /Pagination /Subtype /Watermark"):
                self._draw_watermark(canvas, page)
        with canvas.artifact("/Type /Pagination"):
            self._draw_head(canvas, page, number, section)
            self._draw_number(canvas, page, number)

    def _draw_watermark(self, canvas: Canvas, page: Page) -> None:
        """Words from the lower left to the upper right, their middle in that of the type area."""
        text = joined(self._meta.draft, EM_SPACE)
        style = TextStyle(FontRole.SANS_BOLD, 100.0, 100.0, _WATERMARK)
        turn = math.sqrt(0.5)
        # Words of 100 points, turned by 45°, cross the sum of width and height times the sine.
        across = turn * (self._setter.styled(text, style).natural_width + style.size)
        size = style.size * _SHARE * page.text_width / across
        line = self._setter.styled(text, replace(style, size=size))
        left, lower = line.natural_width / 2, _MIDDLE * size
        x = page.left + page.text_width / 2 - turn * (left - lower)
        y = page.bottom + page.text_height / 2 - turn * (left + lower)
        canvas.text(line.atoms, [atom.gap for atom in line.atoms], x, y, (turn, turn))

    def _draw_number(self, canvas: Canvas, page: Page, number: int) -> None:
        """The page number in the middle, or as GB/T 9704-2012, 7.5, has it: outside, between dashes."""
        match self._setter.style.page_numbers:
            case PageNumbers.COUNT:
                words, justify, indent = f"{number} / {self._count}", Justify.CENTRE, 0.0
            case PageNumbers.DASHED:
                words, justify = f"— {number} —", Justify.RIGHT if number % 2 else Justify.LEFT
                indent = self._setter.style.text(StyleName.FOOTER, ZH).size
            case _:
                assert_never(self._setter.style.page_numbers)
        line = self._setter.box(plain(words, ZH), StyleName.FOOTER, justify=justify)
        line.layout(page.text_width - 2 * indent)
        line.draw(canvas, page.left + indent, page.footer + line.height)

    def _draw_head(self, canvas: Canvas, page: Page, number: int, section: Text | None) -> None:
        """Running head (not on page one) and notice (on every page), one below the other if they are long.

        The name of the section stands at the other edge, beside the notice, where there is room for it.
        """
        meta, setter = self._meta, self._setter
        colours = setter.style.colours
        head = setter.style.text(StyleName.HEADER, ZH)
        top = page.height - page.header + head.leading
        width = right = 0.0
        if number > 1 and meta.running_head:
            line = setter.box(joined(meta.running_head, EM_SPACE), StyleName.HEADER)
            line.layout(page.text_width)
            line.draw(canvas, page.left, top)
            canvas.rule(page.left, top - head.leading - _BELOW_HEAD, page.text_width, 0.5, colours.rule)
            width = line.natural_width + head.size
        if meta.notice:
            text, warning = joined(meta.notice, EM_SPACE), colours.warning
            notice = setter.box(text, StyleName.HEADER, justify=Justify.RIGHT, colour=warning)
            notice.layout(page.text_width)
            beside = width + notice.natural_width <= page.text_width
            notice.draw(canvas, page.left, top if beside else top + notice.height)
            width += notice.natural_width + head.size if beside else 0.0
            right += notice.natural_width + head.size if beside else 0.0
        if number > 1 and section is not None:
            name = setter.box(section, StyleName.HEADER)
            left = page.text_width - right - name.natural_width
            if name.natural_width + width <= page.text_width:
                name.layout(page.text_width)
                name.draw(canvas, page.left + left, top)
