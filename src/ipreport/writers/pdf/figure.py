"""Figures: the drawing painted as vectors in the document's faces, caption and notes below.

The caption stands below its drawing on one page: one that leaves it no room there is made smaller.
"""

from __future__ import annotations

import math

from ipreport.document import DrawnPath, DrawnText, Figure, Picture, Rendered, Texts
from ipreport.style import FontRole, Justify, Page, StyleName
from ipreport.writers.pdf.atoms import Atom, Shaper
from ipreport.writers.pdf.boxes import Box, Stack
from ipreport.writers.pdf.canvas import Canvas
from ipreport.writers.pdf.characters import Kind
from ipreport.writers.pdf.pieces import Setting
from ipreport.writers.pdf.setter import Setter, prefixed
from ipreport.writers.pdf.structure import Element

_AROUND = 14.0
"""Space above and below a figure."""
_LEAST_SHARE = 0.5
"""The share of a page that a picture keeps, however much stands below it."""


class PictureBox(Box):
    """A picture on a line of its own, made smaller when it is wider, or higher than `highest`."""

    def __init__(self, picture: Picture, shaper: Shaper, element: Element, justify: Justify) -> None:
        self._picture, self._shaper, self._figure, self._justify = picture, shaper, element, justify
        self.highest = math.inf

    @property
    def natural_width(self) -> float:
        """Its own width."""
        return self._picture.width

    @property
    def least_width(self) -> float:
        """Its own width, so that pictures of one column are as wide as each other."""
        return self._picture.width

    def _layout(self, width: float) -> float:
        self._scale = min(1.0, width / self._picture.width, self.highest / self._picture.height)
        free = width - self._picture.width * self._scale
        self._indent = {Justify.CENTRE: free / 2, Justify.RIGHT: free}.get(self._justify, 0.0)
        return self._picture.height * self._scale

    def _draw(self, canvas: Canvas, x: float, top: float) -> None:
        left, bottom = x + self._indent, top - self.height
        box = (left, bottom, left + self._picture.width * self._scale, top)
        self._figure.owner, self._figure.attributes = "Layout", {"Placement": "Block", "BBox": box}
        with canvas.picture(self._figure):
            self._paint(canvas, left, bottom)

    def _paint(self, canvas: Canvas, left: float, bottom: float) -> None:
        canvas.saveState()
        canvas.transform(self._scale, 0, 0, self._scale, left, bottom)
        for item in self._picture.drawing.items:
            match item:
                case DrawnPath():
                    canvas.path(item)
                case DrawnText():
                    self._draw_text(canvas, item)
        canvas.restoreState()

    def _draw_text(self, canvas: Canvas, item: DrawnText) -> None:
        """The figure placed its text by plain advances, so it is shown without any adjustment."""
        setting = Setting(FontRole(item.font), item.size, item.colour, item.language)
        signs = self._shaper.signs(item.text, setting)
        letters = [Atom(each, setting, Kind.HAN, self._shaper.width(each, setting)) for each in signs]
        angle = math.radians(item.angle)
        canvas.text(letters, [0.0] * len(letters), item.x, item.y, (math.cos(angle), math.sin(angle)))


def figure_box(figure: Figure, setter: Setter) -> Box:
    """The box of a figure; it is never cut."""
    captions = [prefixed(figure.caption.prefix(text.language), text) for text in figure.caption.texts]
    element = _told(figure.alt)
    picture = PictureBox(figure.picture, setter.shaper, element, Justify.CENTRE)
    picture.keep_with_next = True
    boxes: list[Box] = [picture, Gap(6)]
    caption = setter.boxes(captions, StyleName.CAPTION, justify=Justify.CENTRE)
    boxes.append(Stack(caption, Element("Caption", parent=element)))
    for note in figure.notes:
        boxes += setter.boxes(note, StyleName.TABLE_NOTE, justify=Justify.CENTRE)
    return FigureBox(picture, boxes, setter.style.page)


def small_picture(picture: Rendered, setter: Setter, justify: Justify = Justify.LEFT) -> PictureBox:
    """The box of a picture without a caption, on a card or in a cell."""
    return PictureBox(picture.picture, setter.shaper, _told(picture.alt), justify)


def _told(alternative: Texts) -> Element:
    """The structure element of a picture, which says it in words."""
    return Element("Figure", alternative[0].language, "\n".join(text.plain() for text in alternative))


class Gap(Box):
    """Empty space that does not vanish."""

    def __init__(self, height: float) -> None:
        self.height = height
        self.keep_with_next = True

    def _layout(self, width: float) -> float:
        del width
        return self.height

    def _draw(self, canvas: Canvas, x: float, top: float) -> None:
        """Paint nothing."""


class FigureBox(Stack):
    """A picture and what stands below it on the same page, as high as the type area at most."""

    def __init__(self, picture: PictureBox, boxes: list[Box], page: Page) -> None:
        super().__init__(boxes)
        self._picture, self._page = picture, page
        self.space_before = self.space_after = _AROUND

    def _layout(self, width: float) -> float:
        upright = abs(width - self._page.text_width) < abs(width - self._page.turned.text_width)
        room = (self._page if upright else self._page.turned).text_height
        self._picture.highest = math.inf
        below = super()._layout(width) - self._picture.height
        if below < (1 - _LEAST_SHARE) * room and below + self._picture.height > room:
            self._picture.highest = room - below
            self._picture.layout(width)
        return self._measure()

    def _start_height(self) -> float:
        return self.height

    def _split(self, height: float, *, force: bool) -> tuple[Box, Box] | None:
        return super()._split(height, force=force) if force else None
