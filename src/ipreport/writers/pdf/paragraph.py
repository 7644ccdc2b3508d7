"""A paragraph: a box of lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import fsum
from types import MappingProxyType
from typing import Self

from ipreport.style import Justify, TextStyle
from ipreport.writers.pdf.atoms import Atom, Barrier, Shaper
from ipreport.writers.pdf.boxes import Box
from ipreport.writers.pdf.canvas import Canvas
from ipreport.writers.pdf.forced_line import SetLine, forced_line
from ipreport.writers.pdf.hyphenation import SOFT_HYPHEN
from ipreport.writers.pdf.linebreak import Line, gaps_of, hyphenated
from ipreport.writers.pdf.pieces import Run

_LEAST_LINES = 2
"""Lines of a paragraph that stay together at the foot and at the head of a page (CLREQ 3.1.7)."""
_NO_NOTES: Mapping[str, Box] = MappingProxyType({})


class TextBox(Box):
    """A paragraph in lines. `runs` holds one sequence for every forced line.

    `notes` are the footnotes whose first marks stand in it, by the labels that the marks lead to.
    """

    def __init__(
        self, runs: Sequence[Sequence[Run]], style: TextStyle, shaper: Shaper, notes: Mapping[str, Box] = _NO_NOTES
    ) -> None:
        self._style, self._shaper, self._notes = style, shaper, notes
        self._parts = [forced_line(tuple(part), shaper) for part in runs]
        self._lines: list[SetLine] = []
        self._width = 0.0
        self.space_before, self.space_after = style.space_before, style.space_after
        self.keep_with_next = style.keep_with_next

    @property
    def lines(self) -> list[str]:
        """The text of every line, spaces at line ends dropped; a hyphen that ends one is a soft hyphen."""
        return [
            "".join((" " if atom.spaced and index else "") + atom.text for index, atom in enumerate(part))
            for part in (self._shown(*each) for each in self._lines)
        ]

    def _shown(self, found: Sequence[Atom], line: Line) -> Sequence[Atom]:
        """The atoms of a line, and its hyphen."""
        part = found[line.start : line.end]
        if not hyphenated(found, line):
            return part
        last = part[-1]
        return [*part, Atom(SOFT_HYPHEN, last.setting, last.kind, found[line.end].hyphen)]

    @property
    def set_lines(self) -> Sequence[SetLine]:
        """Its lines with the atoms that they count."""
        return self._lines

    @property
    def justified(self) -> bool:
        """Whether its lines are set from edge to edge."""
        return self._style.justify is Justify.BOTH

    @property
    def atoms(self) -> Sequence[Atom]:
        """The pieces of its first forced line, before it is laid out."""
        return self._parts[0].atoms if self._parts else ()

    @property
    def first_baseline(self) -> float:
        """How far the baseline of its first line lies below its upper edge."""
        return self._style.baseline

    @property
    def end(self) -> tuple[float, float]:
        """How far its last line reaches from the left edge, and how far its baseline lies below the upper one."""
        if not self._lines:
            return 0.0, self.first_baseline
        line = self._lines[-1][1]
        return self._width - line.width + line.natural, self.height - self._style.leading + self.first_baseline

    @property
    def natural_width(self) -> float:
        """The width of the longest forced line when nothing is broken."""
        return max((fsum(atom.width + atom.gap for atom in part.atoms) for part in self._parts), default=0.0)

    @property
    def least_width(self) -> float:
        """The narrowest measure in which no word and no number has to be split."""
        widest = current = 0.0
        for part in self._parts:
            for index, atom in enumerate(part.atoms):
                joined = index > 0 and atom.barrier > Barrier.NONE
                current = current + atom.gap + atom.width if joined else atom.width - atom.left
                widest = max(widest, current - atom.right)
        return widest

    def footnotes(self) -> Iterator[Box]:
        """The notes of the lines that it has."""
        yield from self._notes.values()

    def marks(self) -> Iterator[str]:
        """What the links in its lines lead to."""
        atoms = (atom for found, line in self._lines for atom in found[line.start : line.end])
        yield from (atom.setting.target for atom in atoms if atom.setting.target)

    def _layout(self, width: float) -> float:
        self._width = width
        self._lines = []
        for index, part in enumerate(self._parts):
            indent = self._style.indent * self._style.size if index == 0 else 0.0
            lines = part.lines(width, indent, justified=self.justified)
            # A break at the very beginning or end, or right behind another, leaves a line without words.
            empty = [((), Line(0, 0, width - indent, 0.0, 0.0, last=True))] if len(self._parts) > 1 else []
            self._lines += lines or empty
        return len(self._lines) * self._style.leading

    def _start_height(self) -> float:
        count = len(self._lines)
        return (_LEAST_LINES if count >= 2 * _LEAST_LINES else count) * self._style.leading

    def _split(self, height: float, *, force: bool) -> tuple[Box, Box] | None:
        count = len(self._lines)
        least = 1 if force else _LEAST_LINES
        fitting = min(int((height + 0.01) / self._style.leading), count - least)
        if fitting > least and hyphenated(*self._lines[fitting - 1]):
            fitting -= 1  # no word goes on to the next page
        if fitting < least:
            return None
        first, second = self._lines[:fitting], self._lines[fitting:]
        upper, lower = self._part(first), self._part(second)
        noted = set(upper.marks()) if self._notes else ()
        upper._notes = {label: note for label, note in self._notes.items() if label in noted}
        lower._notes = {label: note for label, note in self._notes.items() if label not in noted}
        return upper, lower

    def _part(self, lines: list[SetLine]) -> Self:
        part = self.__class__((), self._style, self._shaper)
        part.element = self.element
        part._width, part._lines = self._width, lines
        part.height = len(lines) * self._style.leading
        return part

    def _draw(self, canvas: Canvas, x: float, top: float) -> None:
        style = self._style
        baseline = top - self.first_baseline
        for found, line in self._lines:
            if line.start == line.end:
                baseline -= style.leading
                continue
            gaps = gaps_of(found, line, justified=self.justified)
            left = x + self._width - line.width  # the indent of a first line
            if style.justify in {Justify.CENTRE, Justify.RIGHT}:
                slack = max(0.0, line.width - line.natural)
                left += slack / 2 if style.justify is Justify.CENTRE else slack
            shown = self._shown(found, line)
            canvas.text(shown, [*gaps, *[0.0] * (len(shown) - len(gaps))], left, baseline)
            baseline -= style.leading
