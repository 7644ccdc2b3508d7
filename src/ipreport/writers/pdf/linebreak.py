"""Breaking a paragraph into lines by the best total fit, after Knuth and Plass.

Every legal set of breaks is weighed as a whole: a line that would come out loose or
tight lends characters to its neighbours. Shrinking is preferred to stretching
(CLREQ 3.3: 推入 before 推出).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice
from math import fsum, inf

from ipreport.writers.pdf.atoms import Atom, Barrier

_TOLERANCE = 0.01
"""Points by which a line may be too long through rounding."""
_LONGEST_SLACK = 0.92
"""Share of the measure that may stay empty on a last line without demerit."""
_MOST_BEYOND = 0.4
"""What a gap may grow beyond its own stretch in a very loose line, in em."""
_PARTED = 5e4
"""Demerits of a break between the words of a value: as many as those of a line that stands loose."""
_HYPHENATED, _HYPHENATED_AGAIN = 3e3, 4e4
"""Demerits of a hyphen, and of a second one on the next line or before the last line."""
_HOLLOW = 0.3
"""Share of the measure that is empty in lines which are weighed only where there are no fuller ones."""
_BEST = 100.0
"""Demerits of a line that could not be better."""
_LEAST_ROOM, _MOST_RATIO = 1e-3, 100.0
"""What gaps that cannot give or take are counted as, in points, and the ratio beyond which lines are equally bad."""
_OVERFLOW = 1e9
"""Demerits of a line that sticks out."""


@dataclass(frozen=True, slots=True)
class Line:
    """Atoms `start` to `end` (excluded) on one line of `width` points, `natural` of them filled.

    `lead` is the blank of an opening mark that the line leaves out at its start; `last`
    marks the end of a paragraph or of a forced line: it is not stretched.
    """

    start: int
    end: int
    width: float
    natural: float
    lead: float
    last: bool


def break_lines(atoms: Sequence[Atom], width: float, indent: float = 0.0, *, justified: bool) -> list[Line]:
    """Lines of `width` points, the first shorter by `indent`.

    Numbers stay with their units and no rule of line ends is broken. Where a number with
    its unit is wider than a line, it is broken between its parts, and no other is; where a
    string of marks is, a rule gives way, and last a word of several settings. Atoms wider
    than a line stick out (take them apart with `Shaper.letters` first).
    """
    if not atoms:
        return []
    whole = _whole(atoms, width - indent, atoms[0].left if not indent else 0.0)
    if whole.natural <= whole.width + _TOLERANCE:
        return [whole]
    paragraph = _Paragraph(atoms, width, indent, justified=justified)
    usual = Barrier.HYPHEN if justified else Barrier.NONE
    allowed = [atom.barrier <= usual for atom in atoms]
    lines, wide = paragraph.best(allowed)
    for most in (Barrier.HYPHEN, Barrier.GROUP, Barrier.RULE, Barrier.WORD):
        if not wide:
            break
        for start, end in wide:
            allowed[start + 1 : end] = [barrier <= most for barrier in paragraph.barriers[start + 1 : end]]
        lines, wide = paragraph.best(allowed)
    return lines


def _whole(atoms: Sequence[Atom], width: float, lead: float) -> Line:
    """All atoms on one line, as most headings and cells have them."""
    filled = fsum(atom.width for atom in atoms) + fsum(atom.gap for atom in atoms)
    return Line(0, len(atoms), width, filled - atoms[-1].right - (atoms[0].gap + lead), lead, last=True)


class _Paragraph:
    """Sums over atoms, so that any line is measured in constant time."""

    def __init__(self, atoms: Sequence[Atom], width: float, indent: float, *, justified: bool) -> None:
        self.justified, self.width, self.first_width = justified, width, width - indent
        # An indented first line keeps its whole opening mark, so that paragraphs start alike.
        self.leads = [0.0 if indent else atoms[0].left, *(atom.left for atom in atoms[1:])]
        widths = [0.0, *accumulate(atom.width for atom in atoms)]
        gaps = [0.0, *accumulate(atom.gap for atom in atoms)]
        # What a line holds is the difference of the sum at its end and the one at its start.
        starts = zip(widths, gaps[1:], self.leads, strict=False)
        self.starts = [width + gap + lead for width, gap, lead in starts]
        # What a line has to grow by is the difference of this at its start and the sum at its end.
        self.rooms = [self.width + start for start in self.starts]
        self.rooms[0] -= indent
        ends = (widths[end] + gaps[end] - atoms[end - 1].right for end in range(1, len(widths)))
        self.hyphens = [*(atom.hyphen for atom in atoms), 0.0]
        self.ends = [0.0, *(end + hyphen for end, hyphen in zip(ends, self.hyphens[1:], strict=True))]
        self.stretches = [0.0, *accumulate(atom.stretch for atom in atoms)]
        self.shrinks = [0.0, *accumulate(atom.shrink for atom in atoms)]
        self.barriers = [atom.barrier for atom in atoms]

    def line(self, start: int, end: int) -> Line:
        width = self.width if start else self.first_width
        last = end == len(self.barriers)
        return Line(start, end, width, self.ends[end] - self.starts[start], self.leads[start], last)

    def best(self, allowed: Sequence[bool]) -> tuple[list[Line], list[tuple[int, int]]]:
        """The cheapest lines that break only before atoms that are `allowed` to begin one, and what no line holds.

        That are the first atom and the end of every part without a break that sticks out.
        """
        count = len(self.barriers)
        breaks = [end for end in range(1, count) if allowed[end]] + [count]
        costs = {0: 0.0}
        before: dict[int, int] = {}
        starts, first = [0], 0
        wide: list[tuple[int, int]] = []
        for end in breaks:
            # Lines from later starts are shorter: those that do not fit are the first ones.
            while first < len(starts) and not self._fits(starts[first], end):
                first += 1
            if first == len(starts):
                wide.append((starts[-1], end))
                costs[end], before[end] = costs[starts[-1]] + _OVERFLOW, starts[-1]
            else:
                weighed = self._full_line if self.justified and end < count else self._other_line
                costs[end], before[end] = weighed(end, islice(starts, first, None), costs)
            starts.append(end)
        return self._lines(before), wide

    def _slack(self, start: int, end: int) -> float:
        """What a line has to grow by, negative where it has to shrink."""
        return self.rooms[start] - self.ends[end]

    def _fits(self, start: int, end: int) -> bool:
        shrink = self.shrinks[end] - self.shrinks[start + 1] if self.justified else 0.0
        return self._slack(start, end) + shrink >= -_TOLERANCE

    def _full_line(self, end: int, starts: Iterable[int], costs: Mapping[int, float]) -> tuple[float, int]:
        """The least demerits up to a line that is set to the measure and ends at `end`, and where it starts.

        They are the square of how bad a line looks, so that one very bad line outweighs several
        fair ones. A long document weighs half a million lines, so that this calls nothing.
        """
        rooms, stretches, shrinks, hyphens = self.rooms, self.stretches, self.shrinks, self.hyphens
        filled, stretch, shrink = self.ends[end], stretches[end], shrinks[end]
        parting, hollow = self._parting(end), _HOLLOW * self.width
        least, chosen = inf, -1
        for start in starts:
            slack = rooms[start] - filled
            if slack > hollow and chosen >= 0:
                break
            if costs[start] + _BEST >= least:
                continue
            if slack >= 0:
                room, weight = stretch - stretches[start + 1], 100.0
            else:
                room, weight, slack = shrink - shrinks[start + 1], 60.0, -slack
            ratio = slack / room if room > _LEAST_ROOM else slack / _LEAST_ROOM
            ratio = ratio if ratio < _MOST_RATIO else _MOST_RATIO  # noqa: FURB136 - twice as fast as `min`
            demerits = 10 + weight * ratio * ratio * ratio
            cost = costs[start] + demerits * demerits + parting
            if hyphens[end] and hyphens[start]:
                cost += _HYPHENATED_AGAIN
            if cost < least:
                least, chosen = cost, start
        return least, chosen

    def _other_line(self, end: int, starts: Iterable[int], costs: Mapping[int, float]) -> tuple[float, int]:
        """The same of a last line, or of one that is not set to the measure."""
        last, parting = end == len(self.barriers), self._parting(end)
        found = []
        for start in starts:
            cost = costs[start] + self._cost(start, end, self._slack(start, end)) + parting
            again = self.hyphens[start] and (last or self.hyphens[end])
            found.append((cost + _HYPHENATED_AGAIN if again else cost, start))
        return min(found)

    def _lines(self, before: dict[int, int]) -> list[Line]:
        lines: list[Line] = []
        end = len(self.barriers)
        while end:
            lines.append(self.line(before[end], end))
            end = before[end]
        return lines[::-1]

    def _parting(self, end: int) -> float:
        """Demerits of what the end of a line parts, whatever the line before does."""
        if end == len(self.barriers):
            return 0.0
        cost = _HYPHENATED if self.hyphens[end] else 0.0
        return cost + _PARTED if self.barriers[end] is Barrier.PHRASE else cost

    def _cost(self, start: int, end: int, slack: float) -> float:
        """Demerits of a last line, or of one that is not set to the measure."""
        if slack >= 0 and end == len(self.barriers):
            return _BEST if slack < _LONGEST_SLACK * self.width else 2600.0
        if not self.justified:
            return float((10 + 900 * (slack / self.width) ** 2) ** 2)
        ratio = min(-slack / max(self.shrinks[end] - self.shrinks[start + 1], _LEAST_ROOM), _MOST_RATIO)
        return float((10 + 60 * ratio**3) ** 2)


def stretch_of(atoms: Sequence[Atom], line: Line) -> float:
    """How far a justified line stretches, as a multiple of what its gaps may grow; 0 where it does not."""
    slack = line.width - line.natural
    if line.last or slack <= _TOLERANCE:
        return 0.0
    room = fsum(atom.stretch for atom in atoms[line.start + 1 : line.end])
    return slack / room if room else inf


def overflow_of(atoms: Sequence[Atom], line: Line, *, justified: bool) -> float:
    """How far the line sticks out when it shrinks as much as it may, in points."""
    shrink = fsum(atom.shrink for atom in atoms[line.start + 1 : line.end]) if justified else 0.0
    beyond = line.natural - shrink - line.width
    return beyond if beyond > 2 * _TOLERANCE else 0.0


def hyphenated(atoms: Sequence[Atom], line: Line) -> bool:
    """Whether the line ends inside a word, with a hyphen that `natural` counts."""
    return line.end < len(atoms) and atoms[line.end].hyphen > 0


def gaps_of(atoms: Sequence[Atom], line: Line, *, justified: bool) -> list[float]:
    """The distance before each atom of a line, the first included, in points.

    A justified line shrinks or stretches to its width; beyond what the gaps may
    grow to, the rest is spread evenly over word spaces and Chinese characters, up to a
    measure, and only then over gaps beside Latin text: a line that would show holes stays
    short instead.
    """
    part = atoms[line.start : line.end]
    gaps = [-line.lead, *(atom.gap for atom in part[1:])]
    slack = line.width - line.natural
    if not justified or (line.last and slack >= 0) or abs(slack) < _TOLERANCE:
        return gaps
    room = [atom.stretch if slack > 0 else atom.shrink for atom in part]
    room[0] = 0.0
    total = fsum(room)
    if not total:
        return gaps
    ratio = min(1.0, abs(slack) / total)
    sign = 1 if slack > 0 else -1
    beyond = _beyond(part, max(0.0, slack - total))
    return [
        gap + sign * value * ratio + (more if value else 0.0)
        for gap, value, more in zip(gaps, room, beyond, strict=True)
    ]


def _beyond(part: Sequence[Atom], rest: float) -> list[float]:
    """What is added to the gap before each atom of a line when all gaps are as wide as they may be and `rest` is left.

    Those between Chinese and Latin, already half an em (CLREQ 3.2.1), give only when the others have.
    """
    most = _MOST_BEYOND * part[0].setting.size
    added = [0.0] * len(part)
    for autospaced in (False, True):
        places = [n for n in range(1, len(part)) if part[n].stretch and part[n].autospaced is autospaced]
        share = min(rest / len(places), most) if places else 0.0
        for place in places:
            added[place] = share
        rest -= share * len(places)
    return added
