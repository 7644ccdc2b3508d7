"""Text of a paragraph as atoms: pieces that stay whole, with the space and barrier before each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise
from math import fsum
from typing import NamedTuple

from ipreport.fonts import Face, Faces
from ipreport.language import ZH
from ipreport.style import FontRole
from ipreport.writers.pdf.characters import (
    Kind,
    autospaced,
    kind,
    may_not_end,
    may_not_start,
)
from ipreport.writers.pdf.hyphenation import SOFT_HYPHEN
from ipreport.writers.pdf.pieces import Joint, Run, Setting, grouped_offsets, phrase_offsets, pieces


class Barrier(IntEnum):
    """What speaks against breaking the line before an atom."""

    NONE = 0
    PHRASE = 1
    """It would part the words of a value, though not its number from its unit."""
    HYPHEN = 2
    """It would hyphenate a word."""
    GROUP = 3
    """It would part a number from its unit, or leave one character on the last line."""
    RULE = 4
    """A line may not start with this atom, or not end with the one before (CLREQ 3.1.3)."""
    WORD = 5
    """It would split a word."""


@dataclass(slots=True)
class Atom:
    """A piece of text that is never split, and what may happen in front of it; lengths in points.

    `spaced` tells that a written space stands before it, `autospaced` that it is Chinese behind
    Latin text or Latin behind Chinese. `gap` is the distance from the
    atom before, which may grow by `stretch` and shrink by `shrink`; `left` and `right`
    are blanks of a mark that vanish at the edge of a line (CLREQ 3.1.6). `hyphen` is the
    width of the hyphen that a line shows at its end when it breaks before this atom. One
    that is `torn` is the next letters of a word that no line could hold. Texts share their
    atoms, which therefore never change.
    """

    text: str
    setting: Setting
    kind: Kind
    width: float
    left: float = 0.0
    right: float = 0.0
    spaced: bool = False
    gap: float = 0.0
    stretch: float = 0.0
    shrink: float = 0.0
    barrier: Barrier = Barrier.NONE
    hyphen: float = 0.0
    torn: bool = False
    autospaced: bool = False


AUTOSPACE, AUTOSPACE_LEAST, AUTOSPACE_MOST = 0.25, 0.125, 0.5
"""Gap between Han and Latin in em (CLREQ 3.2.1)."""

_SPACE_SHRINK = 0.22
"""Share of a word space that a tight line may take; more runs words together."""
_HAN_STRETCH = 0.05
"""Share of Han characters in the stretching of a line, in em: an eighth of what spaces take."""
_SQUEEZE = 0.5
"""What two neighbouring marks lose of their blanks, in em (CLREQ 3.1.6.2)."""
_MARKS = (Kind.OPENING, Kind.CLOSING)
EM_SPACE = "\u3000"
"""What parts two texts on one line: it vanishes where a line ends, as other spaces do."""


class Shaper:
    """Measures text: which face shows a character, how wide pieces are."""

    def __init__(self, faces: Faces) -> None:
        self._faces = faces
        self._found: dict[tuple[FontRole, str, str], tuple[Face, float]] = {}
        self._widths: dict[tuple[FontRole, str, str], tuple[float, int]] = {}
        self._measures: dict[Setting, _Measures] = {}

    def face(self, character: str, setting: Setting) -> Face:
        """The face that shows `character`; ValueError when none does (coverage is checked before)."""
        return self._find(character, setting)[0]

    def _find(self, character: str, setting: Setting) -> tuple[Face, float]:
        key = (setting.role, setting.language.code, character)
        found = self._found.get(key)
        if found is None:
            face = self._faces.for_character(setting.role, character, setting.language)
            if face is None:
                raise ValueError(f"no face has U+{ord(character):04X}")
            found = self._found[key] = face, face.advance(character, setting.language)
        return found

    def kern(self, first: str, second: str, setting: Setting) -> float:
        """Pair kerning between two signs of a word, in points."""
        return self.face(first, setting).kern(first, second) * setting.size

    def signs(self, text: str, setting: Setting) -> Sequence[str]:
        """What of `text` has a glyph: its characters, each with its combining marks."""
        return self._faces.signs(setting.role, text, setting.language)

    def width(self, text: str, setting: Setting) -> float:
        """The width of `text` in points, pair kerning and tracking included."""
        key = (setting.role, setting.language.code, text)
        measured = self._widths.get(key)
        if measured is None:
            signs = self.signs(text, setting)
            found = [self._find(sign, setting) for sign in signs]
            kerns = fsum(face.kern(a, b) for (face, _), (a, b) in zip(found, pairwise(signs), strict=False))
            measured = self._widths[key] = fsum(advance for _, advance in found) + kerns, len(signs)
        width, count = measured
        return width * setting.size + setting.tracking * count

    def measures(self, setting: Setting) -> _Measures:
        """What is known of every piece of text in a setting, found out when it is first asked for."""
        found = self._measures.get(setting)
        if found is None:
            found = self._measures[setting] = _Measures(self, setting)
        return found

    def blank(self, character: str, setting: Setting) -> tuple[float, float]:
        """The blank halves of a mark in points: half an em on the side where its ink leaves as much."""
        face, advance = self._find(character, setting)
        left, right = face.ink(character, setting.language)
        half = _SQUEEZE * setting.size
        return (half if left > 0.45 else 0.0), (half if advance - right > 0.45 else 0.0)

    def seam(self, character: str, setting: Setting) -> float:
        """What parts the two strokes of a doubled dash, in points; 0 for other signs."""
        if character != "—":
            return 0.0
        face, advance = self._find(character, setting)
        left, right = face.ink(character, setting.language)
        return (left + advance - right) * setting.size

    def letters(self, atom: Atom) -> list[Atom]:
        """A word that is wider than its line, taken apart between any two characters."""
        signs = self.signs(atom.text, atom.setting)
        parts = [Atom(each, atom.setting, atom.kind, self.width(each, atom.setting), torn=True) for each in signs]
        for before, part in pairwise(parts):
            if may_not_start(part.text, part.kind) or may_not_end(before.text, before.kind):
                part.barrier = Barrier.RULE
        first = parts[0]
        first.spaced, first.barrier, first.torn = atom.spaced, atom.barrier, False
        first.gap, first.stretch, first.shrink, first.hyphen = atom.gap, atom.stretch, atom.shrink, atom.hyphen
        first.autospaced = atom.autospaced
        return parts


_MOST_PLACED = 50_000
"""How many atoms of a setting are remembered; those of a few hundred pages."""


class _Measured(NamedTuple):
    """What a piece of text is wherever it stands: its kind, lengths as of an `Atom`, and the edges it must not take."""

    kind: Kind
    width: float
    left: float
    right: float
    may_not_start: bool
    may_not_end: bool


class _Measures(dict[str, _Measured]):
    """Pieces in one setting, each measured once: most of a text are characters that it has had before.

    `placed` are the atoms of pieces that follow others.
    """

    def __init__(self, shaper: Shaper, setting: Setting) -> None:
        super().__init__()
        self._shaper, self._setting = shaper, setting
        self.placed: dict[tuple[str, str, _Place], Atom] = {}

    def __missing__(self, text: str) -> _Measured:
        shaper, setting = self._shaper, self._setting
        its_kind = Kind.RAISED if setting.rise > 0 else kind(text[0], setting.language)
        left = shaper.blank(text[0], setting)[0] if its_kind is Kind.OPENING else 0.0
        right = shaper.blank(text[0], setting)[1] if its_kind is Kind.CLOSING else 0.0
        edges = may_not_start(text, its_kind), may_not_end(text, its_kind)
        width = shaper.width(text, setting)
        right = width if text == EM_SPACE else right
        found = self[text] = _Measured(its_kind, width, left, right, *edges)
        return found


@lru_cache(2)
def shaper_of(faces: Faces) -> Shaper:
    """The shaper that measures in `faces`, the same one for all documents: it knows what it has measured."""
    return Shaper(faces)


def atoms(runs: Sequence[Run], shaper: Shaper, *, hyphenate: bool = False) -> list[Atom]:
    """The atoms of a paragraph without forced line breaks, glue and barriers settled.

    With `hyphenate` English words are cut where a line may end with a hyphen.
    """
    groups, phrases = grouped_offsets(runs), phrase_offsets(runs)
    found: list[Atom] = []
    offset, spaced = 0, False
    before: Atom | None = None
    setting: Setting | None = None
    for text, run, joint in pieces(runs, hyphenate=hyphenate):
        if text == " ":
            spaced, offset = True, offset + 1
            continue
        place = joint, spaced, offset in groups, offset in phrases
        if run.setting is not setting:  # what follows text in another setting, or none, is rarely seen again
            setting = run.setting
            placed = shaper.measures(setting).placed
            atom = _placed(text, setting, before, place, shaper)
        else:
            key = found[-1].text, text, place
            if key not in placed:
                if len(placed) >= _MOST_PLACED:
                    placed.clear()
                placed[key] = _placed(text, setting, before, place, shaper)
            atom = placed[key]
        found.append(atom)
        before, offset, spaced = atom, offset + len(text), False
    _guard_last_line(found)
    return found


_Place = tuple[Joint, bool, bool, bool]
"""How a piece goes on, whether a space stands before it, and whether a break there parts a number or a value."""


def _placed(text: str, setting: Setting, before: Atom | None, place: _Place, shaper: Shaper) -> Atom:
    """The atom of a piece that follows another."""
    joint, spaced, grouped, phrased = place
    known = shaper.measures(setting)
    measured = known[text]
    atom = Atom(text, setting, measured.kind, measured.width, measured.left, measured.right, spaced)
    if before is None:
        return atom
    _glue(before, atom, shaper)
    if joint is Joint.NONE:
        atom.barrier = _barrier(shaper.measures(before.setting)[before.text], measured, spaced=spaced, grouped=grouped)
    elif joint is Joint.HYPHEN:
        atom.barrier = Barrier.GROUP if grouped else Barrier.HYPHEN
        atom.hyphen = shaper.width(SOFT_HYPHEN, setting)
    if phrased:
        atom.barrier = max(atom.barrier, Barrier.PHRASE)
    return atom


def _glue(before: Atom, atom: Atom, shaper: Shaper) -> None:
    em = atom.setting.size
    if atom.spaced:
        atom.gap = shaper.width(" ", atom.setting)
        atom.stretch, atom.shrink = atom.gap, _SPACE_SHRINK * atom.gap
    elif autospaced(before.text, before.kind, atom.text, atom.kind):
        atom.gap, atom.autospaced = AUTOSPACE * em, True
        atom.stretch, atom.shrink = (AUTOSPACE_MOST - AUTOSPACE) * em, (AUTOSPACE - AUTOSPACE_LEAST) * em
    elif atom.kind is Kind.RAISED and before.kind is Kind.CLOSING:
        atom.gap = -0.8 * before.right  # a citation mark stands close to the stop it follows
    elif Kind.RAISED in (before.kind, atom.kind):
        atom.stretch = _HAN_STRETCH * em if before.kind is Kind.RAISED and before.setting.language is ZH else 0.0
    elif before.kind is Kind.LATIN and atom.kind is Kind.LATIN:
        if before.setting == atom.setting:
            last, first = shaper.signs(before.text, atom.setting)[-1], shaper.signs(atom.text, atom.setting)[0]
            atom.gap = shaper.kern(last, first, atom.setting)
    else:
        _glue_marks(before, atom, shaper)


def _glue_marks(before: Atom, atom: Atom, shaper: Shaper) -> None:
    """Neighbouring marks lose half an em of blank; single ones give way when a line is full."""
    em = atom.setting.size
    if before.kind is Kind.DASH and before.text == atom.text:
        atom.gap = -shaper.seam(before.text, before.setting)
        return  # a two-em dash or ellipsis is one sign (CLREQ 3.1.4)
    blank = before.right + atom.left
    if blank and before.kind in _MARKS and atom.kind in _MARKS:
        atom.gap = -min(_SQUEEZE * em, blank)
    elif blank and before.text != EM_SPACE:
        atom.shrink = 0.25 * em
    atom.stretch = _HAN_STRETCH * em


def _barrier(before: _Measured, following: _Measured, *, spaced: bool, grouped: bool) -> Barrier:
    if before.kind is Kind.LATIN and following.kind is Kind.LATIN and not spaced:
        return Barrier.WORD
    if following.may_not_start or before.may_not_end:
        return Barrier.RULE
    return Barrier.GROUP if grouped else Barrier.NONE


def _guard_last_line(found: list[Atom]) -> None:
    """Keep two characters besides marks on the last line (CLREQ 3.1.7, orphans)."""
    for index in range(len(found) - 1, 0, -1):
        atom = found[index]
        count = sum(map(str.isalnum, atom.text))
        if count and atom.kind in {Kind.HAN, Kind.LATIN}:
            if count == 1:
                found[index] = replace(atom, barrier=max(atom.barrier, Barrier.GROUP))
            return
