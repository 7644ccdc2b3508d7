"""Boxes: what is laid out from top to bottom, and cut where a page ends."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from math import fsum
from types import MappingProxyType
from typing import Self

from ipreport.style import Justify, TextStyle
from ipreport.writers.pdf.atoms import Atom, Barrier, Run, Shaper, atoms
from ipreport.writers.pdf.canvas import Canvas
from ipreport.writers.pdf.linebreak import Line, break_lines, gaps_of
from ipreport.writers.pdf.structure import Element

_ASCENT = 0.88
"""Top of the em box of a Chinese face above its baseline, in em."""
_LEAST_LINES = 2
"""Lines of a paragraph that stay together at the foot and at the head of a page (CLREQ 3.1.7)."""
_SHORT = 80.0
"""Items and notes that are not higher than this are not cut."""


class Box(ABC):
    """A rectangle of content; lengths in points.

    `space_before` and `space_after` stand between boxes, the larger of two
    neighbours counts; they vanish at the edges of a page.
    """

    space_before: float = 0.0
    space_after: float = 0.0
    keep_with_next: bool = False
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

    def footnotes(self) -> Iterator[Box]:
        """The notes whose first marks stand in it, in reading order; they belong to the foot of its page."""
        for box in self.inner:
            yield from box.footnotes()

    def labels(self) -> Iterator[str]:
        """The labels that lead to it or to something in it, in reading order."""
        for box in self.inner:
            yield from box.labels()

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
        return self._split(height, force=force)

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """Paint on `canvas` with the upper left corner at (x, top); call `layout` before."""
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


_NO_NOTES: Mapping[str, Box] = MappingProxyType({})


class TextBox(Box):
    """A paragraph in lines. `runs` holds one sequence for every forced line.

    `notes` are the footnotes whose first marks stand in it, by the labels that the marks lead to.
    """

    def __init__(
        self, runs: Sequence[Sequence[Run]], style: TextStyle, shaper: Shaper, notes: Mapping[str, Box] = _NO_NOTES
    ) -> None:
        self._style, self._shaper, self._notes = style, shaper, notes
        self._parts = [atoms(part, shaper) for part in runs]
        self._lines: list[tuple[Sequence[Atom], Line]] = []
        self._width = 0.0
        self.space_before, self.space_after = style.space_before, style.space_after
        self.keep_with_next = style.keep_with_next

    @property
    def lines(self) -> list[str]:
        """The text of every line, spaces at line ends dropped."""
        return [
            "".join((" " if atom.spaced and index else "") + atom.text for index, atom in enumerate(part))
            for part in (found[line.start : line.end] for found, line in self._lines)
        ]

    @property
    def atoms(self) -> Sequence[Atom]:
        """The pieces of its first forced line, before it is laid out."""
        return self._parts[0] if self._parts else ()

    @property
    def natural_width(self) -> float:
        """The width of the longest forced line when nothing is broken."""
        return max((fsum(atom.width + atom.gap for atom in part) for part in self._parts), default=0.0)

    @property
    def least_width(self) -> float:
        """The narrowest measure in which no word and no number has to be split."""
        widest = current = 0.0
        for part in self._parts:
            for index, atom in enumerate(part):
                joined = index > 0 and atom.barrier > Barrier.NONE
                current = current + atom.gap + atom.width if joined else atom.width - atom.left
                widest = max(widest, current - atom.right)
        return widest

    def footnotes(self) -> Iterator[Box]:
        """The notes of the lines that it has."""
        yield from self._notes.values()

    def _layout(self, width: float) -> float:
        self._width = width
        self._lines = []
        justified = self._style.justify is Justify.BOTH
        for index, part in enumerate(self._parts):
            indent = self._style.indent * self._style.size if index == 0 else 0.0
            found = self._narrowed(part, width)
            self._lines += ((found, line) for line in break_lines(found, width, indent, justified=justified))
        return len(self._lines) * self._style.leading

    def _narrowed(self, part: list[Atom], width: float) -> list[Atom]:
        """The atoms, those that are wider than a line taken apart."""
        if all(atom.width <= width for atom in part):
            return part
        letters = self._shaper.letters
        return [piece for atom in part for piece in (letters(atom) if atom.width > width else [atom])]

    def _start_height(self) -> float:
        count = len(self._lines)
        return (_LEAST_LINES if count >= 2 * _LEAST_LINES else count) * self._style.leading

    def _split(self, height: float, *, force: bool) -> tuple[Box, Box] | None:
        count = len(self._lines)
        least = 1 if force else _LEAST_LINES
        fitting = min(int((height + 0.01) / self._style.leading), count - least)
        if fitting < least:
            return None
        first, second = self._lines[:fitting], self._lines[fitting:]
        noted = self._marked(first) if self._notes else ()
        upper = {label: note for label, note in self._notes.items() if label in noted}
        lower = {label: note for label, note in self._notes.items() if label not in noted}
        return self._part(first, upper), self._part(second, lower)

    @staticmethod
    def _marked(lines: list[tuple[Sequence[Atom], Line]]) -> set[str | None]:
        """What the marks in some of the lines lead to."""
        return {atom.setting.target for found, line in lines for atom in found[line.start : line.end]}

    def _part(self, lines: list[tuple[Sequence[Atom], Line]], notes: Mapping[str, Box]) -> Self:
        part = self.__class__((), self._style, self._shaper, notes)
        part.element = self.element
        part._width, part._lines = self._width, lines
        part.height = len(lines) * self._style.leading
        return part

    def _draw(self, canvas: Canvas, x: float, top: float) -> None:
        style = self._style
        baseline = top - (style.leading - style.size) / 2 - _ASCENT * style.size
        for found, line in self._lines:
            gaps = gaps_of(found, line, justified=style.justify is Justify.BOTH)
            left = x + self._width - line.width  # the indent of a first line
            if style.justify in {Justify.CENTRE, Justify.RIGHT}:
                slack = max(0.0, line.width - line.natural)
                left += slack / 2 if style.justify is Justify.CENTRE else slack
            canvas.text(found[line.start : line.end], gaps, left, baseline)
            baseline -= style.leading


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
        part = Stack(boxes, self.element)
        part.height = part._measure()
        return part

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
        return max((box.layout(own) for box, own in zip(self._boxes, widths, strict=True)), default=0.0)

    def _start_height(self) -> float:
        return self._below.start_height() if self._widths is None else self.height

    def _split(self, height: float, *, force: bool) -> tuple[Box, Box] | None:
        return self._below.split(height, force=force) if self._widths is None else None

    def _draw(self, canvas: Canvas, x: float, top: float) -> None:
        if self._widths is None:
            self._below.draw(canvas, x, top)
            return
        for box, width in zip(self._boxes, self._widths, strict=True):
            box.draw(canvas, x, top)
            x += width + self._gap


class Anchor(Box):
    """A box that labels lead to, with an outline entry if it is a heading."""

    def __init__(self, box: Box, label: str, level: int = 0, title: str = "") -> None:
        self._box, self._label, self._level, self._title = box, label, level, title
        self.inner = (box,)
        self.space_before, self.space_after = box.space_before, box.space_after
        self.keep_with_next = box.keep_with_next

    def labels(self) -> Iterator[str]:
        """Its own label, then those inside."""
        yield self._label
        yield from super().labels()

    def _layout(self, width: float) -> float:
        return self._box.layout(width)

    def _start_height(self) -> float:
        return self._box.start_height()

    def _split(self, height: float, *, force: bool) -> tuple[Box, Box] | None:
        parts = self._box.split(height, force=force)
        if parts is None:
            return None
        first = Anchor(parts[0], self._label, self._level, self._title)
        first.height = parts[0].height
        return first, parts[1]

    def _draw(self, canvas: Canvas, x: float, top: float) -> None:
        canvas.destination(self._label, x, top)
        if self._level:
            canvas.outline_entry(self._level, self._title, self._label)
        self._box.draw(canvas, x, top)


class Hanging(Box):
    """A box with a marker to its left: list items, notes."""

    def __init__(self, marker: Box | None, box: Box, indent: float, element: Element | None = None) -> None:
        self._marker, self._box, self._indent, self.element = marker, box, indent, element
        self.inner = (box,)
        self.space_before, self.space_after = box.space_before, box.space_after

    def _layout(self, width: float) -> float:
        if self._marker is not None:
            self._marker.layout(self._indent)
        return self._box.layout(width - self._indent)

    def _start_height(self) -> float:
        return self.height if self.height <= _SHORT else self._box.start_height()

    def _split(self, height: float, *, force: bool) -> tuple[Box, Box] | None:
        parts = self._box.split(height, force=force) if force or self.height > _SHORT else None
        if parts is None:
            return None
        markers = (self._marker, None)
        halves = [
            Hanging(marker, part, self._indent, self.element) for marker, part in zip(markers, parts, strict=True)
        ]
        for half, part in zip(halves, parts, strict=True):
            half.height = part.height
        return halves[0], halves[1]

    def _draw(self, canvas: Canvas, x: float, top: float) -> None:
        if self._marker is not None:
            self._marker.draw(canvas, x, top)
        self._box.draw(canvas, x + self._indent, top)
