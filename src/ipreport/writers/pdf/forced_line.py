"""Text up to a forced line break, measured and broken once for all the places that it stands in.

The editions of a briefing share most of their texts, and a document with tables of
contents is laid out twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from ipreport.language import EN
from ipreport.writers.pdf.atoms import Atom, Shaper, atoms
from ipreport.writers.pdf.linebreak import Line, break_lines, stretch_of
from ipreport.writers.pdf.pieces import Run

_ROUNDING = 0.01
"""Points by which a word may be wider than the column that was made as wide as the word."""
_LOOSE = 1.0
"""A paragraph with a line that stretches further, as a multiple of what its gaps may grow, is hyphenated."""
_KEPT = 8192
"""How many texts are remembered; those of a long document with all cells of its tables."""


SetLine = tuple[Sequence[Atom], Line]
"""A line and the atoms that it counts."""


class ForcedLine:
    """The atoms of such a text, and its lines at every measure that was asked for."""

    def __init__(self, runs: Sequence[Run], shaper: Shaper) -> None:
        self.atoms: Sequence[Atom] = atoms(runs, shaper)
        self._runs, self._shaper = runs, shaper
        self._english = bool(runs) and runs[0].setting.language is EN
        self._lines: dict[tuple[float, float, bool], Sequence[SetLine]] = {}

    def lines(self, width: float, indent: float, *, justified: bool) -> Sequence[SetLine]:
        """Its lines of `width` points, the first shorter by `indent`."""
        key = (width, indent, justified)
        found = self._lines.get(key)
        if found is None:
            found = self._lines[key] = self._broken(width, indent, justified=justified)
        return found

    def _broken(self, width: float, indent: float, *, justified: bool) -> Sequence[SetLine]:
        """The lines without any hyphen if they look well, else, in English, with those that make them better.

        Chinese has other gaps that give; of its paragraphs only a word that no line holds is hyphenated.
        """
        if not _wide(self.atoms, width, indent):
            lines = break_lines(self.atoms, width, indent, justified=justified)
            if not (justified and self._english) or not any(stretch_of(self.atoms, line) > _LOOSE for line in lines):
                return [(self.atoms, line) for line in lines]
        pieces = atoms(self._runs, self._shaper, hyphenate=True)
        torn = _wide(pieces, width, indent)
        letters = self._shaper.letters
        pieces = [part for n, piece in enumerate(pieces) for part in (letters(piece) if n in torn else [piece])]
        return [(pieces, line) for line in break_lines(pieces, width, indent, justified=justified)]


def _wide(pieces: Sequence[Atom], width: float, indent: float) -> set[int]:
    """The places of atoms that are wider than any line that they may stand in; the first line is shorter."""
    found = {number for number, piece in enumerate(pieces) if piece.width > width + _ROUNDING}
    if pieces and pieces[0].width > width - indent + _ROUNDING:
        found.add(0)
    return found


@lru_cache(_KEPT)
def forced_line(runs: tuple[Run, ...], shaper: Shaper) -> ForcedLine:
    """The text of `runs`, the same object whenever it comes again."""
    return ForcedLine(runs, shaper)
