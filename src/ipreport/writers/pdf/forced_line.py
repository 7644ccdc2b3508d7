"""Text up to a forced line break, measured and broken once for all the places that it stands in.

The editions of a briefing share most of their texts, and a document with tables of
contents is laid out twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from ipreport.writers.pdf.atoms import Atom, Run, Shaper, atoms
from ipreport.writers.pdf.linebreak import Line, break_lines

_ROUNDING = 0.01
"""Points by which a word may be wider than the column that was made as wide as the word."""
_KEPT = 8192
"""How many texts are remembered; those of a long document with all cells of its tables."""


class ForcedLine:
    """The atoms of such a text, and its lines at every measure that was asked for."""

    def __init__(self, runs: Sequence[Run], shaper: Shaper) -> None:
        self.atoms: Sequence[Atom] = atoms(runs, shaper)
        self._shaper = shaper
        self._lines: dict[tuple[float, float, bool], Sequence[tuple[Sequence[Atom], Line]]] = {}

    def lines(self, width: float, indent: float, *, justified: bool) -> Sequence[tuple[Sequence[Atom], Line]]:
        """Its lines of `width` points, the first shorter by `indent`, each with the atoms that it counts."""
        key = (width, indent, justified)
        found = self._lines.get(key)
        if found is None:
            pieces = self._narrowed(width)
            lines = break_lines(pieces, width, indent, justified=justified)
            found = self._lines[key] = [(pieces, line) for line in lines]
        return found

    def _narrowed(self, width: float) -> Sequence[Atom]:
        """The atoms, those that are wider than a line taken apart."""
        width += _ROUNDING
        if all(atom.width <= width for atom in self.atoms):
            return self.atoms
        letters = self._shaper.letters
        return [piece for atom in self.atoms for piece in (letters(atom) if atom.width > width else [atom])]


@lru_cache(_KEPT)
def forced_line(runs: tuple[Run, ...], shaper: Shaper) -> ForcedLine:
    """The text of `runs`, the same object whenever it comes again."""
    return ForcedLine(runs, shaper)
