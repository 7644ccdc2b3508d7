"""Lines of text as what shows them in a PDF: codes of glyphs, and shifts between them (ISO 32000-1, 9.4.3).

A long document shows a hundred thousand characters, but few words that it has not shown
before: the codes of a word, with its kerning, are found once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from ipreport.writers.pdf.atoms import Atom, Shaper
from ipreport.writers.pdf.characters import Kind
from ipreport.writers.pdf.embed import STEPS, EmbeddedFace, EmbeddedFaces
from ipreport.writers.pdf.pieces import Setting

_UNSEEN = 0.05
"""How far a character may stand from its place, in points, so that shifts that are alike stay so."""
_CODE = 4
"""Digits of a code."""


def number(value: float) -> str:
    """A number as PDF writes it: three decimals at most, no exponent, no negative zero."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


@lru_cache(256)
def rgb(colour: str) -> str:
    """`#rrggbb` as three operands."""
    return " ".join(number(int(colour[start : start + 2], 16) / 255) for start in (1, 3, 5))


@dataclass(slots=True)
class Stretch:
    """Characters in one face and one look that follow each other, as parts of the operand of TJ.

    The first of them has `setting`; all lead to the same place.
    """

    face: EmbeddedFace
    setting: Setting
    parts: list[str] = field(default_factory=list)

    @property
    def shown(self) -> str:
        """The operators that show it."""
        setting = self.setting
        before, after = _look(self.face.resource, setting.size, setting.colour, setting.rise, setting.tracking)
        return f"{before}[<{''.join(self.parts)}>] TJ{after}".replace("[<>", "[")

    def takes(self, setting: Setting) -> bool:
        """Whether text in another setting looks alike and leads to the same place."""
        own = self.setting
        return setting is own or _apart(setting) == _apart(own)


def _apart(setting: Setting) -> tuple[float, str, float, float, str | None, str | None]:
    return setting.size, setting.colour, setting.rise, setting.tracking, setting.target, setting.address


@lru_cache(256)
def _look(resource: str, size: float, colour: str, rise: float, tracking: float) -> tuple[str, str]:
    """The operators before and after text in a look."""
    before, after = f"/{resource} {number(size)} Tf {rgb(colour)} rg ", ""
    for value, operator in ((rise, "Ts"), (tracking, "Tc")):
        if value:
            before += f"{number(value)} {operator} "
            after += f" 0 {operator}"
    return before, after


class _Part(NamedTuple):
    """Characters of a word in one face: their codes in hexadecimal, `>` and `<` round shifts between them."""

    face: EmbeddedFace
    codes: str


class _Word(NamedTuple):
    """A word: its parts, of which there are several only where a face lacks a sign, and its first and last sign.

    A sign is a character with its combining marks; a word of one `is_single`.
    """

    parts: tuple[_Part, ...]
    first: str
    last: str
    is_single: bool


class _Last(NamedTuple):
    """The last sign of a line so far, and the steps that its left bearing is widened by."""

    sign: str
    setting: Setting
    left: int


class Typesetter:
    """Turns lines into stretches; the faces of `fonts` give out the codes."""

    def __init__(self, fonts: EmbeddedFaces, shaper: Shaper) -> None:
        self._fonts, self._shaper = fonts, shaper
        self._words: dict[Setting, dict[str, _Word]] = {}

    def stretches(self, line: Sequence[Atom], gaps: Sequence[float]) -> list[Stretch]:
        """Atoms with the distance before each. Wide gaps become bearings, the rest of a gap a shift.

        The bearing goes to a Latin character if it can: there are few of them.
        """
        made = _Line()
        last: _Last | None = None
        for atom, gap in zip(line, gaps, strict=True):
            setting, space = atom.setting, gap
            word = self.word(atom.text, setting)
            parts = word.parts
            if last is not None and atom.spaced:
                made.show(self.word(" ", setting).parts, setting, 0.0)
                widened: _Last | None = _Last(" ", setting, 0)
                space -= self._shaper.width(" ", setting)
            else:
                widened = last if atom.kind is not Kind.LATIN else None
            sign, its = (word.first, setting) if widened is None else (widened.sign, widened.setting)
            steps = max(0, int(space * STEPS / its.size))
            last = _Last(word.last, setting, 0)
            if steps and widened is not None:
                made.end_with(self.code(sign, its, widened.left, steps))
            elif steps:
                first = self.code(sign, its, steps)
                parts = (_Part(parts[0].face, first + parts[0].codes[_CODE:]), *parts[1:])
                if word.is_single:
                    last = _Last(word.last, setting, steps)
            if steps:
                made.lacking += self._face(sign, its).rounded(steps) * its.size
            made.show(parts, setting, space - steps * its.size / STEPS)
        return made.stretches

    def word(self, text: str, setting: Setting) -> _Word:
        """What shows a word."""
        known = self._words.get(setting)
        if known is None:
            known = self._words[setting] = {}
        found = known.get(text)
        if found is None:
            signs = self._shaper.signs(text, setting)
            found = known[text] = _Word(tuple(self._parts(signs, setting)), signs[0], signs[-1], len(signs) == 1)
        return found

    def _parts(self, signs: Sequence[str], setting: Setting) -> list[_Part]:
        if len(signs) == 1:
            return [_Part(self._face(signs[0], setting), self.code(signs[0], setting))]
        parts = [*self.word(signs[0], setting).parts]
        for first, second in pairwise(signs):
            before, (face, code) = parts[-1], self.word(second, setting).parts[0]
            codes = _moved(round(before.face.face.kern(first, second) * -1000)) + code
            if face is before.face:
                parts[-1] = _Part(face, before.codes + codes)
            else:
                parts.append(_Part(face, codes))
        return parts

    def code(self, sign: str, setting: Setting, left: int = 0, right: int = 0) -> str:
        """The code of a sign with bearings widened by steps."""
        return f"{self._face(sign, setting).code(sign, setting.language, left, right):04X}"

    def _face(self, sign: str, setting: Setting) -> EmbeddedFace:
        return self._fonts.of(self._shaper.face(sign, setting))


class _Line:
    """The stretches of a line so far.

    Shifts are whole thousandths of an em, and bearings are whole as well. What many leave is
    `lacking`, in points, until one makes it good: else a line would end short of the measure
    or beyond it.
    """

    def __init__(self) -> None:
        self.stretches: list[Stretch] = []
        self.lacking = 0.0

    def show(self, parts: Iterable[_Part], setting: Setting, shift: float) -> None:
        """Add the parts of a word, moved right by `shift` points."""
        stretch = self.stretches[-1] if self.stretches else None
        wanted = shift if abs(self.lacking) < _UNSEEN else shift + self.lacking
        thousandths = round(-wanted * 1000 / setting.size)
        self.lacking += shift + thousandths * setting.size / 1000
        before = _moved(thousandths)
        for face, codes in parts:
            if stretch is None or face is not stretch.face or not stretch.takes(setting):
                stretch = Stretch(face, setting)
                self.stretches.append(stretch)
            stretch.parts.append(before + codes)
            before = ""

    def end_with(self, code: str) -> None:
        """Show another glyph of the last character."""
        parts = self.stretches[-1].parts
        parts[-1] = parts[-1][:-_CODE] + code


def _moved(thousandths: int) -> str:
    """A shift to the left between codes, in thousandths of an em."""
    return f">{thousandths}<" if thousandths else ""
