"""Boxes: what is laid out from top to bottom, and cut where a page ends."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from math import fsum
from typing import Self

from ipreport.document import Text
from ipreport.writers.pdf.canvas import Canvas
from ipreport.writers.pdf.structure import Element

_SHORT = 80.0
"""Items and notes that are not higher than this are not cut."""


class Box(ABC):
    """A rectangle of content; lengths in points.

    `space_before` and `space_after` stand between boxes, the larger of two
    neighbours counts; they vanish at the edges of a page. The lines of one that is
    `registered` stand on the grid of the page, where there is one.
    """

    space_before: float = 0.0
    space_after: float = 0.0
    keep_with_next: bool = False
    registered: bool = False
    height: float = 0.0
    element: Element | None = None
    """The structure element that what is painted belongs to; parts of a cut box share it."""
    inner: Sequence[Box] = ()
    """The boxes it is made of, in reading order, without those that an earlier page has shown."""

    @property
    def natural_width(self) -> float:
        """The width that it has when nothing is broken; zero where that does not matter."""
        return 0.0

    @property
    def least_width(self) -> float:
        """The narrowest measure in which nothing has to be split; zero where that does not matter."""
        return 0.0

    @property
    def first_baseline(self) -> float:
        """How far the baseline of its first line lies below its upper edge; zero where there is no such line."""
        return 0.0

    def footnotes(self) -> Iterator[Box]:
        """The notes whose first marks stand in it, in reading order; they belong to the foot of its page."""
        for box in self.inner:
            yield from box.footnotes()

    def marks(self) -> Iterator[str]:
        """What the marks in it lead to, laid out as it is, those of notes that stand elsewhere included."""
        for box in self.inner:
            yield from box.marks()

    def labels(self) -> Iterator[str]:
        """The labels that lead to it or to something in it, in reading order."""
        for box in self.inner:
            yield from box.labels()

    def sections(self) -> Iterator[Text]:
        """The names of the sections that begin in it, in reading order."""
        for box in self.inner:
            yield from box.sections()

    def layout(self, width: float) -> float:
        """Fit the contents into `width`; sets and returns `height`."""
        self.height = self._layout(width)
        return self.height

    def start_height(self) -> float:
        """The least height that may stand at the foot of a page."""
        return self._start_height()

    def split(self, height: float, *, force: bool = False) -> tuple[Box, Box] | None:
        """A part not higher than `height` and the rest, both laid out; None when that is impossible.

        With `force` the box has a whole page and is higher: what is usually kept together is cut.
        """
        parts = self._split(height, force=force)
        if parts is not None and self.registered:
            for part in parts:
                part.registered = True
        return parts

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """Paint on `canvas` with the upper left corner at (x, top); call `layout` before."""
        if self.element is None:
            self._draw(canvas, x, top)
            return
        with canvas.inside(self.element):
            self._draw(canvas, x, top)

    @abstractmethod
    def _layout(self, width: float) -> float: ...

    @abstractmethod
    def _draw(self, canvas: Canvas, x: float, top: float) -> None: ...

    def _start_height(self) -> float:
        return self.height

    def _split(self, height: float, *, force: bool) -> tuple[Box, Box] | None:
        del height, force
        return None


class Stack(Box):
    """Boxes one below the other."""

    def __init__(self, boxes: Sequence[Box], element: Element | None = None) -> None:
        self.boxes, self.element = tuple(boxes), element
        self.inner = self.boxes
        if self.boxes:
            self.space_before, self.space_after = self.boxes[0].space_before, self.boxes[-1].space_after

    def _layout(self, width: float) -> float:
        for box in self.boxes:
            box.layout(width)
        return self._measure()

    @property
    def least_width(self) -> float:
        """The narrowest width in which no text of the stack has to split a word."""
        return max((box.least_width for box in self.boxes), default=0.0)

    @property
    def natural_width(self) -> float:
        """The width in which no text of the stack breaks a line."""
        return max((box.natural_width for box in self.boxes), default=0.0)

    def _measure(self) -> float:
        return fsum(box.height for box in self.boxes) + fsum(self._spaces())

    def _spaces(self) -> list[float]:
        """The space in front of each box."""
        pairs = zip(self.boxes, self.boxes[1:], strict=False)
        return [0.0, *(max(first.space_after, second.space_before) for first, second in pairs)][: len(self.boxes)]

    def _start_height(self) -> float:
        height = 0.0
        for box, space in zip(self.boxes, self._spaces(), strict=True):
            height += space
            if not box.keep_with_next:
                return height + box.start_height()
            height += box.height
        return height

    def _split(self, height: float, *, force: bool) -> tuple[Box, Box] | None:
        used = 0.0
        for index, (box, space) in enumerate(zip(self.boxes, self._spaces(), strict=True)):
            if used + space + box.height <= height + 0.01:
                used += space + box.height
                continue
            parts = box.split(height - used - space, force=force and index == 0)
            if parts is not None:
                return self._part((*self.boxes[:index], parts[0])), self._part((parts[1], *self.boxes[index + 1 :]))
            kept = self._kept(index) or (index if force else 0)
            return (self._part(self.boxes[:kept]), self._part(self.boxes[kept:])) if kept else None
        return None

    def _kept(self, index: int) -> int:
        """How many of the first `index` boxes may stand without the next one."""
        while index and self.boxes[index - 1].keep_with_next:
            index -= 1
        return index

    def _part(self, boxes: Sequence[Box]) -> Stack:
        return Stack(boxes, self.element).measured()

    def measured(self) -> Self:
        """Itself, as high as boxes are that were laid out before."""
        self.height = self._measure()
        return self

    def _draw(self, canvas: Canvas, x: float, top: float) -> None:
        for box, space in zip(self.boxes, self._spaces(), strict=True):
            box.draw(canvas, x, top - space)
            top -= space + box.height


class Abreast(Box):
    """Boxes behind each other on one line where it has room for them, else one below the other."""

    def __init__(self, boxes: Sequence[Box], gap: float) -> None:
        self._boxes, self._gap = tuple(boxes), gap
        self.inner = self._boxes
        self._below = Stack(self._boxes)
        self._widths: tuple[float, ...] | None = None
        self.space_before, self.space_after = self._below.space_before, self._below.space_after

    def _layout(self, width: float) -> float:
        # A hundredth of a point more, so that no rounding breaks a line.
        widths = tuple(box.natural_width + 0.01 for box in self._boxes)
        if fsum(widths) + self._gap * (len(widths) - 1) > width:
            self._widths = None
            return self._below.layout(width)
        self._widths = widths
        for box, own in zip(self._boxes, widths, strict=True):
            box.layout(own)
        return max((lower + box.height for lower, box in zip(self._lower(), self._boxes, strict=True)), default=0.0)

    def _lower(self) -> list[float]:
        """How much lower each box begins, for their baselines to be one line."""
        baselines = [box.first_baseline for box in self._boxes]
        return [max(baselines) - baseline for baseline in baselines]

    def _start_height(self) -> float:
        return self._below.start_height() if self._widths is None else self.height

    def _split(self, height: float, *, force: bool) -> tuple[Box, Box] | None:
        return self._below.split(height, force=force) if self._widths is None else None

    def _draw(self, canvas: Canvas, x: float, top: float) -> None:
        if self._widths is None:
            self._below.draw(canvas, x, top)
            return
        for box, width, lower in zip(self._boxes, self._widths, self._lower(), strict=True):
            box.draw(canvas, x, top - lower)
            x += width + self._gap


class Wrapper(Box):
    """A box round another one, which may be cut where that one is; `blanks` are the points beside it."""

    def __init__(self, box: Box, blanks: float = 0.0) -> None:
        self._box, self._blanks = box, blanks
        self.inner = (box,)
        self.space_before, self.space_after = box.space_before, box.space_after
        self.keep_with_next = box.keep_with_next

    @property
    def first_baseline(self) -> float:
        """That of the box inside, which has the same upper edge."""
        return self._box.first_baseline

    def _layout(self, width: float) -> float:
        return self._box.layout(width - self._blanks)

    def _start_height(self) -> float:
        return self._box.start_height()

    def _split(self, height: float, *, force: bool) -> tuple[Box, Box] | None:
        parts = self._box.split(height, force=force)
        if parts is None:
            return None
        upper, lower = self._upper(parts[0]), self._lower(parts[1])
        upper.height, lower.height = parts[0].height, parts[1].height
        return upper, lower

    @abstractmethod
    def _upper(self, part: Box) -> Box:
        """This box round the first part of what it holds."""

    @abstractmethod
    def _lower(self, part: Box) -> Box:
        """This box round the rest of what it holds."""


class Anchor(Wrapper):
    """A box that labels lead to, with an outline entry if it is a heading, and the name of the `section` it heads."""

    def __init__(self, box: Box, label: str, level: int = 0, title: str = "", section: Text | None = None) -> None:
        super().__init__(box)
        self._label, self._level, self._title, self._section = label, level, title, section

    def labels(self) -> Iterator[str]:
        """Its own label, then those inside."""
        yield self._label
        yield from super().labels()

    def sections(self) -> Iterator[Text]:
        """The name of its own section, if it heads one."""
        if self._section is not None:
            yield self._section

    def _upper(self, part: Box) -> Box:
        return Anchor(part, self._label, self._level, self._title, self._section)

    def _lower(self, part: Box) -> Box:
        return part

    def _draw(self, canvas: Canvas, x: float, top: float) -> None:
        canvas.destination(self._label, x, top)
        if self._level:
            canvas.outline_entry(self._level, self._title, self._label)
        self._box.draw(canvas, x, top)


class Hanging(Wrapper):
    """A box with a marker to its left: list items, notes."""

    def __init__(self, marker: Box | None, box: Box, indent: float, element: Element | None = None) -> None:
        super().__init__(box, indent)
        self._marker, self.element = marker, element

    def _layout(self, width: float) -> float:
        if self._marker is not None:
            self._marker.layout(self._blanks)
        return super()._layout(width)

    def _start_height(self) -> float:
        return self.height if self.height <= _SHORT else super()._start_height()

    def _split(self, height: float, *, force: bool) -> tuple[Box, Box] | None:
        return super()._split(height, force=force) if force or self.height > _SHORT else None

    def _upper(self, part: Box) -> Box:
        return Hanging(self._marker, part, self._blanks, self.element)

    def _lower(self, part: Box) -> Box:
        return Hanging(None, part, self._blanks, self.element)

    def _draw(self, canvas: Canvas, x: float, top: float) -> None:
        if self._marker is not None:
            self._marker.draw(canvas, x, top)
        self._box.draw(canvas, x + self._blanks, top)
