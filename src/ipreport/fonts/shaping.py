"""What a font makes of characters, by HarfBuzz: forms that depend on the language, and kerning."""

from __future__ import annotations

from collections.abc import Mapping

import uharfbuzz

from ipreport.fonts.locate import FontFile

_NO_LIGATURES = {"liga": False, "clig": False, "calt": False}
"""Features that join letters into one glyph, or choose it by its neighbours."""


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

    def _glyph(self, character: str, script: str, language: str, feature: str) -> int:
        shaped = self._shaped(character, script, language, {feature: True} if feature else {})
        return int(shaped.glyph_infos[0].codepoint)

    def _advance(self, text: str) -> int:
        """That of the first character."""
        shaped = self._shaped(text, "Latn", "en", {**_NO_LIGATURES, "pwid": True})
        return int(shaped.glyph_positions[0].x_advance)

    def _shaped(self, text: str, script: str, language: str, features: Mapping[str, bool]) -> uharfbuzz.Buffer:
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.direction, buffer.script, buffer.language = "ltr", script, language
        uharfbuzz.shape(self._font, buffer, dict(features))
        return buffer
