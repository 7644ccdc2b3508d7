"""A font file opened with fontTools: the slow path, taken only for what the cache lacks."""

from __future__ import annotations

import logging
import unicodedata
import weakref
from collections.abc import Iterable
from itertools import product
from typing import Any

from fontTools.pens.cu2quPen import Cu2QuPen  # type: ignore[import-untyped]  # has no stubs
from fontTools.pens.filterPen import DecomposingFilterPen  # type: ignore[import-untyped]  # has no stubs
from fontTools.pens.transformPen import TransformPen  # type: ignore[import-untyped]  # has no stubs
from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]  # has no stubs
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # has no stubs

from ipreport.fonts.contours import simple_entry
from ipreport.fonts.glyphs import Glyph, Metrics, Particulars
from ipreport.fonts.locate import FontFile
from ipreport.fonts.shaping import Shaping
from ipreport.fonts.truetype import Line

logging.getLogger("fontTools").setLevel(logging.ERROR)  # harmless oddities of fonts are no business of a clerk

_CURVE_TOLERANCE = 0.001
"""Largest distance, in em, of a quadratic outline from the cubic it stands for."""
_GRID = 0.002
"""Distance, in em, of the places that points of an outline may have.

It makes fonts in a PDF an eighth smaller, together with the tolerance. Edges are off by a fifth of a pixel at most
where 10.5 points are shown six times as large on a screen of 96 dots to the inch.
"""

_UNITS = range(16, 16385)
"""How many units an em may have (OpenType, head)."""

_WIDE_BY_FEATURE = "—⸺"
"""Characters whose full-width form is an alternate (GSUB fwid or locl) of a narrow default."""

_FORMS = ("*", "|")
"""What may follow the character of a key and is no combining mark."""

_KERNED = (*map(chr, range(0x21, 0x7F)), "‘", "’", "“", "”")
_KEPT_NAMES = (0, 5, 7, 13, 14)
"""Copyright, version, trademark, licence and its address (OpenType, name): what a copy of a font says as well."""
_WEIGHT_NAMES = {100: "Thin", 200: "ExtraLight", 300: "Light", 400: "Regular", 500: "Medium"}
_WEIGHT_NAMES |= {600: "SemiBold", 700: "Bold", 800: "ExtraBold", 900: "Black"}


class OpenedFont:
    """Reads glyphs and metrics from a font file; any exception means the file is no usable font."""

    def __init__(self, file: FontFile) -> None:
        stream = file.path.open("rb")
        weakref.finalize(self, stream.close)  # tables are read when they are asked for
        self._font = TTFont(stream, fontNumber=file.index, lazy=True)
        cmap = self._font.getBestCmap()
        if cmap is None:
            raise ValueError("no Unicode character map")
        self._cmap: dict[int, str] = cmap
        axes = {axis.axisTag for axis in self._font["fvar"].axes} if "fvar" in self._font else set()
        self._weight = file.weight if "wght" in axes else None
        location = None if self._weight is None else {"wght": self._weight}
        self._glyphs: Any = self._font.getGlyphSet(location=location)
        self._units: int = self._font["head"].unitsPerEm
        if self._units not in _UNITS:
            raise ValueError(f"{self._units} units to the em")
        self._cubic = "glyf" not in self._font
        self._shaping = Shaping(file, self._weight)

    def metrics(self) -> Metrics:
        """The measures of the face. The em box is the typographic one (OS/2 sTypo…)."""
        head, os2 = self._font["head"], self._font["OS/2"]
        cap_height = getattr(os2, "sCapHeight", 0) or round(0.73 * self._units)
        return Metrics(
            name=self._name(),
            units_per_em=self._units,
            ascent=os2.sTypoAscender,
            descent=os2.sTypoDescender,
            cap_height=cap_height,
            bounds=(head.xMin, head.yMin, head.xMax, head.yMax),
        )

    def particulars(self) -> Particulars:
        """What else the file says of itself."""
        hhea, post, names = self._font["hhea"], self._font["post"], self._font["name"]
        return Particulars(
            os2=bytes(self._font.reader["OS/2"]),
            line=Line(hhea.ascent, hhea.descent, hhea.lineGap),
            underline=(post.underlinePosition, post.underlineThickness),
            names={number: name for number in _KEPT_NAMES if (name := names.getDebugName(number))},
        )

    def _name(self) -> str:
        name = self._font["name"].getDebugName(6) or "Unnamed"
        name = "".join(letter for letter in name if letter.isascii() and (letter.isalnum() or letter in "-_"))
        if self._weight is None:
            return name
        return f"{name.partition('-')[0]}-{_WEIGHT_NAMES.get(self._weight, str(self._weight))}"

    def glyph(self, key: str) -> Glyph | None:
        """The glyph of a key (see `GlyphSet`), or None when the font has none."""
        if len(key) > 1 and key[1:] not in _FORMS:
            return self._marked(key)
        name = self._form(key[0], key[1:])
        if name is None:
            return None
        return self._drawn([(name, 0, 0)], round(self._glyphs[name].width))

    def _marked(self, cluster: str) -> Glyph | None:
        """A letter with its marks as one glyph, each where the font anchors it (OpenType, GPOS mark)."""
        shaped = self._shaping.marked(cluster)
        if shaped is None:
            return None
        placed = [(str(self._font.getGlyphName(number)), x, y) for number, x, y, _ in shaped.glyphs]
        return self._drawn(placed, shaped.advance)

    def _drawn(self, placed: Iterable[tuple[str, int, int]], advance: int) -> Glyph:
        """One glyph of several by name, each moved to its place."""
        pen = TTGlyphPen(None)
        target = Cu2QuPen(pen, self._units * _CURVE_TOLERANCE, reverse_direction=True) if self._cubic else pen
        for name, x, y in placed:
            moved = TransformPen(target, (1, 0, 0, 1, x, y)) if x or y else target
            # A subset keeps simple glyphs only, so the parts of composite ones are drawn in place.
            self._glyphs[name].draw(DecomposingFilterPen(moved, self._glyphs))
        step = max(1, round(self._units * _GRID))
        return Glyph(advance, simple_entry(pen.points, pen.types, pen.endPts, step))

    def _form(self, character: str, form: str) -> str | None:
        """The name of the glyph of a character in a form; None where the font has none."""
        name = self._cmap.get(ord(character))
        if name is None:
            return None
        if form == "*":
            number = self._shaping.latin(character, "pwid")
        elif form == "|":
            number = self._shaping.chinese(character, "vert")
            if number == self._shaping.chinese(character):
                return None
        elif character in _WIDE_BY_FEATURE:
            number = self._shaping.chinese(character, "fwid")
        elif unicodedata.east_asian_width(character) in {"W", "F", "A"}:
            number = self._shaping.chinese(character)
        else:
            return name
        return str(self._font.getGlyphName(number))

    def kerns(self) -> dict[str, int]:
        """Pair kerning of Latin letters and quotes, zero pairs left out."""
        shown = [character for character in _KERNED if ord(character) in self._cmap]
        kern = self._shaping.kern
        return {a + b: value for a, b in product(shown, repeat=2) if (value := kern(a, b))}
