"""What a font makes of characters, by HarfBuzz: forms that depend on the language, kerning, and marks on letters."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import uharfbuzz

from ipreport.fonts.locate import FontFile

_NO_LIGATURES = {"liga": False, "clig": False, "calt": False}
"""Features that join letters into one glyph, or choose it by its neighbours."""


_GAP = 24
"""What part of an em parts a letter from a mark that the font does not anchor."""


_ABOVE, _BELOW = frozenset({214, 216, 228, 230, 232, 234}), frozenset({202, 218, 220, 222, 233, 240})
"""Canonical combining classes of marks by where these stand (The Unicode Standard, 4.3); others lie on the letter."""


class Placed(NamedTuple):
    """A glyph by its number, where its origin lies, and the combining class of what it shows."""

    number: int
    x: int
    y: int
    side: int


class Marked(NamedTuple):
    """A letter and its marks, and how far the pen moves on."""

    glyphs: list[Placed]
    advance: int


class Ink(NamedTuple):
    """The box of what is visible of a glyph."""

    left: int
    bottom: int
    right: int
    top: int

    @property
    def centre(self) -> float:
        """Half-way from left to right."""
        return (self.left + self.right) / 2

    def grown(self, other: Ink) -> Ink:
        """The same, as high as both; its centre stays."""
        return self._replace(bottom=min(self.bottom, other.bottom), top=max(self.top, other.top))


class Shaping:
    """A font file at one weight, ready to shape text; lengths in font units."""

    def __init__(self, file: FontFile, weight: int | None) -> None:
        """`weight` is that of a font that varies in it. Raises an exception when the file cannot be read."""
        blob = uharfbuzz.Blob.from_file_path(str(file.path))
        self._font = uharfbuzz.Font(uharfbuzz.Face(blob, file.index))
        if weight is not None:
            self._font.set_variations({"wght": weight})

    def chinese(self, character: str, feature: str = "") -> int:
        """The number of the glyph of a character in Simplified Chinese (`locl`), with `feature` on if given."""
        return self._glyph(character, "Hani", "zh-hans", feature)

    def latin(self, character: str, feature: str = "") -> int:
        """The number of the glyph of a character in English, with `feature` on if given."""
        return self._glyph(character, "Latn", "en", feature)

    def kern(self, first: str, second: str) -> int:
        """The change of distance between two Latin characters in proportional form."""
        alone, beside = (self._advance(text) for text in (first, first + second))
        return beside - alone

    def marked(self, cluster: str) -> Marked | None:
        """A letter with its marks, each where the font anchors it; None where a glyph is missing.

        A mark that the font does not anchor, so that it would stand behind its letter, is centred on it.
        """
        shaped = self._shaped(cluster, "Latn", "en", _NO_LIGATURES)
        found: list[Placed] = []
        pen = 0
        for info, position in zip(shaped.glyph_infos, shaped.glyph_positions, strict=True):
            side = unicodedata.combining(cluster[info.cluster])
            found.append(Placed(int(info.codepoint), pen + int(position.x_offset), int(position.y_offset), side))
            pen += int(position.x_advance)
        if not all(each.number for each in found):
            return None
        letter, *marks = found
        if all(0 <= self._ink(mark).centre <= pen for mark in marks):
            return Marked(found, pen)
        return Marked(self._centred(letter, marks), int(shaped.glyph_positions[0].x_advance))

    def _centred(self, letter: Placed, marks: Sequence[Placed]) -> list[Placed]:
        """The marks over the middle of the letter, those above and below it clear of it and of each other."""
        taken, gap = self._ink(letter), self._font.face.upem // _GAP
        placed = [letter]
        for mark in marks:
            ink = self._ink(mark)
            up = down = 0
            if mark.side in _ABOVE:
                up = max(0, taken.top + gap - ink.bottom)
            elif mark.side in _BELOW:
                down = max(0, ink.top + gap - taken.bottom)
            x = mark.x + round(taken.centre - ink.centre)
            placed.append(mark._replace(x=x, y=mark.y + up - down))
            taken = taken.grown(self._ink(placed[-1]))
        return placed

    def _ink(self, glyph: Placed) -> Ink:
        extents = self._font.get_glyph_extents(glyph.number)
        if extents is None:  # a glyph that HarfBuzz cannot measure
            return Ink(glyph.x, glyph.y, glyph.x, glyph.y)
        left, top = glyph.x + extents.x_bearing, glyph.y + extents.y_bearing
        return Ink(left, top + extents.height, left + extents.width, top)

    def _glyph(self, character: str, script: str, language: str, feature: str) -> int:
        shaped = self._shaped(character, script, language, {feature: True} if feature else {})
        return int(shaped.glyph_infos[0].codepoint)

    def _advance(self, text: str) -> int:
        """That of the first character."""
        shaped = self._shaped(text, "Latn", "en", {**_NO_LIGATURES, "pwid": True})
        return int(shaped.glyph_positions[0].x_advance)

    def _shaped(self, text: str, script: str, language: str, features: Mapping[str, bool]) -> uharfbuzz.Buffer:
        buffer = uharfbuzz.Buffer()
        buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
        buffer.add_str(text)
        buffer.direction, buffer.script, buffer.language = "ltr", script, language
        uharfbuzz.shape(self._font, buffer, dict(features))
        return buffer
