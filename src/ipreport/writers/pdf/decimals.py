"""Numbers of a column with their decimal points below each other.

The block of numbers stands at the right edge of its column: the number with the longest
part behind the point ends there, and the others end before it by what their own is shorter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ipreport.writers.pdf.atoms import Atom, Shaper
from ipreport.writers.pdf.boxes import Box
from ipreport.writers.pdf.characters import Kind
from ipreport.writers.pdf.inset import Inset
from ipreport.writers.pdf.paragraph import TextBox

_NUMBER = re.compile(r"(?P<integer>[+\-−–±<>≥≤≈~]?\d[\d,]*)(?:\.\d+)?\D*")


def aligned(boxes: Sequence[TextBox], shaper: Shaper) -> list[Box]:
    """The texts of a column, each right-aligned, as boxes whose integers end below each other.

    What is not one number, such as a dash or a range, ends at the edge of the column.
    """
    tails = [_tail(box.atoms, shaper) for box in boxes]
    longest = max((tail for tail in tails if tail is not None), default=0.0)
    return [Inset(box, 0.0, 0.0 if tail is None else longest - tail) for box, tail in zip(boxes, tails, strict=True)]


def _tail(atoms: Sequence[Atom], shaper: Shaper) -> float | None:
    """The width of what follows the integer of a number, marks of notes included; None where there is no number."""
    number = _NUMBER.fullmatch("".join(atom.text for atom in atoms if atom.kind is not Kind.RAISED))
    if number is None:
        return None
    width, start = 0.0, 0
    for atom in atoms:
        before = max(0, number.end("integer") - start)
        start += len(atom.text)
        if not before:
            width += atom.gap + atom.width
        elif before < len(atom.text):
            width += shaper.width(atom.text[before:], atom.setting)
    return width
