"""A font file opened with fontTools: the slow path, taken only for what the cache lacks."""

from __future__ import annotations

import logging
import weakref
from collections.abc import Iterator
from typing import Any

from fontTools.pens.cu2quPen import Cu2QuPen  # type: ignore[import-untyped]  # has no stubs
from fontTools.pens.filterPen import DecomposingFilterPen  # type: ignore[import-untyped]  # has no stubs
from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]  # has no stubs
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # has no stubs

from ipreport.fonts.contours import simple_entry
from ipreport.fonts.glyphs import Glyph, Metrics, Particulars
from ipreport.fonts.locate import FontFile
from ipreport.fonts.truetype import Line

logging.getLogger("fontTools").setLevel(logging.ERROR)  # harmless oddities of fonts are no business of a clerk

_CURVE_TOLERANCE = 0.0005
"""Largest distance, in em, of a quadratic outline from the cubic it stands for."""

_UNITS = range(16, 16385)
"""How many units an em may have (OpenType, head)."""

_WIDE_BY_FEATURE = "—⸺"
"""Characters whose full-width form is an alternate (GSUB fwid or locl) of a narrow default."""

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
        self._latin = self._alternates("pwid")
        self._wide = self._alternates("locl") | self._alternates("fwid")
        self._upright = self._alternates("vert")

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
        name = self._cmap.get(ord(key[0]))
        if name is not None and key[1:] == "*":
            name = self._latin.get(name, name)
        elif name is not None and key[0] in _WIDE_BY_FEATURE:
            name = self._wide.get(name, name)
        if name is not None and key[1:] == "|":
            name = self._upright.get(name)
        if name is None:
            return None
        source, pen = self._glyphs[name], TTGlyphPen(None)
        target = Cu2QuPen(pen, self._units * _CURVE_TOLERANCE, reverse_direction=True) if self._cubic else pen
        # A subset keeps simple glyphs only, so the parts of composite ones are drawn in place.
        source.draw(DecomposingFilterPen(target, self._glyphs))
        return Glyph(round(source.width), simple_entry(pen.points, pen.types, pen.endPts))

    def kerns(self) -> dict[str, int]:
        """Pair kerning of Latin letters and quotes (GPOS kern), zero pairs left out."""
        names = {character: self._glyph_name(character) for character in _KERNED}
        tables = list(self._subtables("GPOS", "kern"))
        pairs: dict[str, int] = {}
        for first, first_name in names.items():
            covering = [table for table in tables if first_name in table.Coverage.glyphs]
            for second, second_name in names.items():
                value = next((v for table in covering if (v := _pair(table, first_name, second_name)) is not None), 0)
                if value:
                    pairs[first + second] = value
        return pairs

    def _glyph_name(self, character: str) -> str:
        name = self._cmap.get(ord(character), ".notdef")
        return self._latin.get(name, name)

    def _alternates(self, feature: str) -> dict[str, str]:
        """Single substitutions of a GSUB feature, whatever the script."""
        found: dict[str, str] = {}
        for table in self._subtables("GSUB", feature):
            found |= getattr(table, "mapping", {})
        return found

    def _subtables(self, table: str, feature: str) -> Iterator[Any]:
        if table not in self._font or self._font[table].table.FeatureList is None:
            return
        layout = self._font[table].table
        records = (record for record in layout.FeatureList.FeatureRecord if record.FeatureTag == feature)
        for index in sorted({index for record in records for index in record.Feature.LookupListIndex}):
            for subtable in layout.LookupList.Lookup[index].SubTable:
                yield getattr(subtable, "ExtSubTable", subtable)


def _pair(table: Any, first: str, second: str) -> int | None:
    """The advance change of a pair in one PairPos subtable, None when it says nothing."""
    if table.LookupType != 2:
        return None
    if table.Format == 1:
        pair_set = table.PairSet[table.Coverage.glyphs.index(first)]
        record = next((r for r in pair_set.PairValueRecord if r.SecondGlyph == second), None)
    else:
        row = table.Class1Record[table.ClassDef1.classDefs.get(first, 0)]
        record = row.Class2Record[table.ClassDef2.classDefs.get(second, 0)]
    if record is None:
        return None
    return getattr(record.Value1, "XAdvance", 0) if record.Value1 is not None else 0
