"""Breaking a paragraph into lines by the best total fit, after Knuth and Plass.

Every legal set of breaks is weighed as a whole: a line that would come out loose or
tight lends characters to its neighbours. Shrinking is preferred to stretching
(CLREQ 3.3: 推入 before 推出).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from ipreport.writers.pdf.atoms import Atom, Barrier

_TOLERANCE = 0.01
"""Points by which a line may be too long through rounding."""


@dataclass(frozen=True, slots=True)
class Line:
    """Atoms `start` to `end` (excluded) on one line of `width` points, `natural` of them filled.

    `last` marks the end of a paragraph or of a forced line: it is not stretched.
    """

    start: int
    end: int
    width: float
    natural: float
    last: bool


def break_lines(atoms: Sequence[Atom], width: float, indent: float = 0.0, *, justified: bool) -> list[Line]:
    """Lines of `width` points, the first shorter by `indent`.

    Numbers stay with their units and no rule of line ends is broken. If a number
    with its unit is wider than a line, it is broken between its parts; atoms wider
    than a line stick out (take them apart with `Shaper.letters` first).
    """
    if not atoms:
        return []
    paragraph = _Paragraph(atoms, width, indent, justified=justified)
    whole = paragraph.line(0, len(atoms))
    if whole.natural <= whole.width + _TOLERANCE:
        return [whole]
    lines, overflow = paragraph.best(Barrier.NONE)
    if overflow:
        lines, _ = paragraph.best(Barrier.GROUP)
    return lines


class _Paragraph:
    """Sums over atoms, so that any line is measured in constant time."""

    def __init__(self, atoms: Sequence[Atom], width: float, indent: float, *, justified: bool) -> None:
        self.atoms, self.width, self.indent, self.justified = atoms, width, indent, justified
        self.widths = [0.0, *accumulate(atom.width for atom in atoms)]
        self.gaps = [0.0, *accumulate(atom.gap for atom in atoms)]
        self.stretches = [0.0, *accumulate(atom.stretch for atom in atoms)]
        self.shrinks = [0.0, *accumulate(atom.shrink for atom in atoms)]

    def line(self, start: int, end: int) -> Line:
        natural = self.widths[end] - self.widths[start] + self.gaps[end] - self.gaps[start + 1]
        natural -= self.atoms[end - 1].right
        if start:
            natural -= self.atoms[start].left
        width = self.width if start else self.width - self.indent
        return Line(start, end, width, natural, last=end == len(self.atoms))

    def best(self, most: Barrier) -> tuple[list[Line], bool]:
        """The cheapest lines that break only at barriers up to `most`; whether one sticks out."""
        count = len(self.atoms)
        ends = [end for end in range(1, count) if self.atoms[end].barrier <= most] + [count]
        costs = {0: 0.0}
        before: dict[int, int] = {}
        active, overflow = [0], False
        for end in ends:
            latest = active[-1]
            active = [start for start in active if self._fits(start, end)]
            if not active:
                overflow = True
                costs[end], before[end] = costs[latest] + 1e9, latest
            for start in active:
                cost = costs[start] + self._cost(self.line(start, end))
                if end not in costs or cost < costs[end]:
                    costs[end], before[end] = cost, start
            active.append(end)
        lines: list[Line] = []
        end = count
        while end:
            lines.append(self.line(before[end], end))
            end = before[end]
        return lines[::-1], overflow

    def _fits(self, start: int, end: int) -> bool:
        line = self.line(start, end)
        shrink = self.shrinks[end] - self.shrinks[start + 1] if self.justified else 0.0
        return line.natural - shrink <= line.width + _TOLERANCE

    def _cost(self, line: Line) -> float:
        """Demerits: the square of how bad a line looks, so that one very bad line outweighs several fair ones."""
        slack = line.width - line.natural
        if line.last and slack >= 0:
            short = line.natural < 0.08 * line.width
            return 100.0 + (2500.0 if short else 0.0)
        if not self.justified:
            return float((10 + 100 * (abs(slack) / line.width * 3) ** 2) ** 2)
        room = self.stretches if slack >= 0 else self.shrinks
        room_left = max(room[line.end] - room[line.start + 1], 1e-3)
        ratio = min(abs(slack) / room_left, 20.0)
        weight = 100.0 if slack >= 0 else 60.0
        return float((10 + weight * ratio**3) ** 2)


def gaps_of(atoms: Sequence[Atom], line: Line, *, justified: bool) -> list[float]:
    """The distance before each atom of a line, the first included, in points.

    A justified line shrinks or stretches to its width; beyond what the gaps may
    grow to, the rest is spread evenly over all of them.
    """
    part = atoms[line.start : line.end]
    gaps = [0.0 if index == 0 else atom.gap for index, atom in enumerate(part)]
    if line.start:
        gaps[0] = -part[0].left
    slack = line.width - line.natural
    if not justified or (line.last and slack >= 0) or abs(slack) < _TOLERANCE:
        return gaps
    room = [atom.stretch if slack > 0 else atom.shrink for atom in part]
    room[0] = 0.0
    total = sum(room)
    elastic = sum(1 for value in room if value)
    if not elastic:
        return gaps
    ratio = min(1.0, abs(slack) / total)
    beyond = max(0.0, slack - total) / elastic if slack > 0 else 0.0
    sign = 1 if slack > 0 else -1
    return [gap + sign * value * ratio + (beyond if value else 0.0) for gap, value in zip(gaps, room, strict=True)]
