"""How well the lines of a document are set: an account for those who look after its typography."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from ipreport.document import Document
from ipreport.fonts import Faces
from ipreport.style import Style
from ipreport.writers.pdf.atoms import Atom, Barrier
from ipreport.writers.pdf.boxes import Box
from ipreport.writers.pdf.linebreak import Line, hyphenated, overflow_of, stretch_of
from ipreport.writers.pdf.pages import Sheet
from ipreport.writers.pdf.paragraph import TextBox
from ipreport.writers.pdf.writer import laid_out

STEPS = (1, 2, 3)
"""Lines that stretch beyond so many times what their gaps may grow are counted."""
_WORST = 5
"""How many of the loosest lines are listed."""


class Fault(Enum):
    """What no line should show (CLREQ 3.1.3, 3.1.4)."""

    EDGE = "a mark that may not begin or end a line"
    WORD = "a word that no line could hold, parted without a hyphen"
    NUMBER = "a number parted from its unit"
    WIDE = "text beyond the measure"


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line as it stands on a page: `stretch` as a multiple of what its gaps may grow."""

    page: int
    text: str
    stretch: float


@dataclass(frozen=True, slots=True)
class Typesetting:
    """The account of one document.

    `lines` counts all, `justified` those that are set from edge to edge, `hyphenated` those
    that end inside a word, and `stretched` by each of STEPS how many stretch further. `worst`
    are the loosest lines, the loosest first; `violations` are faults with the lines that show them.
    """

    paragraphs: int
    lines: int
    justified: int
    hyphenated: int
    stretched: Mapping[int, int]
    worst: tuple[ShownLine, ...]
    violations: tuple[tuple[Fault, ShownLine], ...]


def typesetting_of(document: Document, style: Style, faces: Faces) -> Typesetting:
    """The account of a document, laid out as `write` does it.

    Raises ReportError when a character has no glyph.
    """
    counted: Counter[str] = Counter()
    loose: list[ShownLine] = []
    violations: list[tuple[Fault, ShownLine]] = []
    for number, sheet in enumerate(laid_out(document, style, faces), 1):
        for box in _texts(sheet):
            counted["paragraphs"] += 1
            for (atoms, line), shown in zip(box.set_lines, box.lines, strict=True):
                counted["lines"] += 1
                counted["hyphenated"] += hyphenated(atoms, line)
                stretch = stretch_of(atoms, line) if box.justified else 0.0
                counted["justified"] += box.justified and not line.last
                here = ShownLine(number, shown, stretch)
                loose.append(here)
                violations += ((fault, here) for fault in _faults(atoms, line, justified=box.justified))
    return Typesetting(
        counted["paragraphs"],
        counted["lines"],
        counted["justified"],
        counted["hyphenated"],
        {step: sum(line.stretch > step for line in loose) for step in STEPS},
        tuple(line for line in sorted(loose, key=lambda line: -line.stretch)[:_WORST] if line.stretch > 0),
        tuple(violations),
    )


def _texts(sheet: Sheet) -> Iterator[TextBox]:
    """The paragraphs on a page, what stands round the text aside."""
    boxes = [box for _, box in sheet.placed] + [*sheet.foot.notes]
    if sheet.imprint is not None:
        boxes.append(sheet.imprint)
    for box in boxes:
        yield from _within(box)


def _within(box: Box) -> Iterator[TextBox]:
    if isinstance(box, TextBox):
        yield box
    for inner in box.inner:
        yield from _within(inner)


def _faults(atoms: Sequence[Atom], line: Line, *, justified: bool) -> Iterator[Fault]:
    if overflow_of(atoms, line, justified=justified):
        yield Fault.WIDE
    if line.end == len(atoms):
        return
    following = atoms[line.end]
    match following.barrier:
        case Barrier.RULE:
            yield Fault.EDGE
        case Barrier.GROUP:
            yield Fault.NUMBER
        case Barrier.WORD:
            yield Fault.WORD
    if following.torn:
        yield Fault.WORD
