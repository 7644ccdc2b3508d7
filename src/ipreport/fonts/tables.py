"""The tables by which a system knows a font: names, measures, characters, forms of marks (OpenType 1.9)."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fontTools.fontBuilder import FontBuilder  # type: ignore[import-untyped]  # has no stubs
from fontTools.ttLib import TTFont, newTable  # type: ignore[import-untyped]  # has no stubs
from fontTools.ttLib.tables.ttProgram import Program  # type: ignore[import-untyped]  # has no stubs

from ipreport.fonts.glyphs import Particulars
from ipreport.fonts.truetype import Box

_REGULAR_WEIGHT, _BOLD_WEIGHT = 400, 700
# Bits of fsSelection (OS/2).
_ITALIC, _BOLD, _REGULAR = 0x0001, 0x0020, 0x0040
_TEXT_FACE = 2
"""The family of a Panose number whose third digit tells a weight."""
_PANOSE_BOOK, _PANOSE_BOLD = 5, 8

_SAME_BYTES = {"fontTools.ttLib.tables.otBase:USE_HARFBUZZ_REPACKER": False}
"""Where HarfBuzz happens to be installed, fontTools would have it order the rules of replacement otherwise."""

_ALL_SIZES, _SMOOTHED = 0xFFFF, 0x000F
_NO_DROPOUTS = bytes.fromhex("b801ff85b0048d")
"""Instructions under which thin strokes never drop out: PUSHW 511, SCANCTRL, PUSHB 4, SCANTYPE."""


@dataclass(frozen=True, slots=True)
class Forms:
    """Glyphs, by number, that others are replaced by.

    `joined` are pairs that become one (ccmp), `upright` stand in vertical lines (vert).
    """

    joined: Mapping[tuple[int, int], int]
    upright: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Squares:
    """Measures of vertical lines, in font units: the height of every glyph, which begins `top` above the baseline.

    `boxes` are those of its ink, None of a blank one.
    """

    heights: Sequence[int]
    boxes: Sequence[Box | None]
    top: int


def with_tables(
    program: bytes,
    family: str,
    said: Particulars,
    characters: Mapping[int, int],
    forms: Forms,
    squares: Squares,
    *,
    bold: bool,
) -> bytes:
    """A font of `program`, which documents call by its `family`, and what the file that it is from has said of itself.

    `characters` are the glyphs by code point.
    """
    font = TTFont(io.BytesIO(program), recalcBBoxes=False, recalcTimestamp=False, cfg=_SAME_BYTES)
    order = [f"glyph{number:05d}" for number in range(len(squares.heights))]
    font.setGlyphOrder(order)
    builder = FontBuilder(font=font)
    builder.setupCharacterMap({code: order[glyph] for code, glyph in characters.items()})
    builder.setupNameTable(_names(family, said, bold=bold), mac=False)
    position, thickness = said.underline
    builder.setupPost(keepGlyphNames=False, underlinePosition=position, underlineThickness=thickness)
    _set_vertical(builder, order, squares)
    builder.addOpenTypeFeatures("\n".join(_features(forms, order)))
    font["OS/2"] = _os2(said, font, bold=bold)
    _smooth(font)
    made = io.BytesIO()
    font.save(made)
    return made.getvalue()


def _names(family: str, said: Particulars, *, bold: bool) -> dict[int, str]:
    style = "Bold" if bold else "Regular"
    plain = "".join(letter for letter in family if letter.isascii() and letter.isalnum()) or "Embedded"
    own = {1: family, 2: style, 3: f"{plain}-{style};embedded", 4: f"{family} {style}", 6: f"{plain}-{style}"}
    return {**said.names, **own}


def _set_vertical(builder: FontBuilder, order: Sequence[str], squares: Squares) -> None:
    heights, top = squares.heights, squares.top
    above = [0 if box is None else top - box[3] for box in squares.boxes]
    below = [0 if box is None else height - top + box[1] for box, height in zip(squares.boxes, heights, strict=True)]
    builder.setupVerticalMetrics(dict(zip(order, zip(heights, above, strict=True), strict=True)))
    half = heights[0] // 2
    builder.setupVerticalHeader(
        tableVersion=0x00011000,
        ascent=half,
        descent=-half,
        advanceHeightMax=max(heights),
        minTopSideBearing=min(above),
        minBottomSideBearing=min(below),
        yMaxExtent=max(top - box[1] for box in squares.boxes if box is not None),
        caretSlopeRun=1,
    )


def _features(forms: Forms, order: Sequence[str]) -> Iterator[str]:
    """The rules of replacement in the language of feature files, for all scripts and languages."""
    joined = [f"sub {order[first]} {order[second]} by {order[one]};" for (first, second), one in forms.joined.items()]
    upright = [f"sub {order[lying]} by {order[standing]};" for lying, standing in forms.upright.items()]
    for tag, rules in (("ccmp", joined), ("vert", upright)):
        if rules:
            yield f"feature {tag} {{ {' '.join(rules)} }} {tag};"


def _os2(said: Particulars, font: TTFont, *, bold: bool) -> Any:
    """The table OS/2 of the file, as that of a regular or bold face."""
    table = newTable("OS/2")
    table.decompile(said.os2, font)
    table.usWeightClass = _BOLD_WEIGHT if bold else _REGULAR_WEIGHT
    if table.panose.bFamilyType == _TEXT_FACE:
        table.panose.bWeight = _PANOSE_BOLD if bold else _PANOSE_BOOK
    table.fsSelection = table.fsSelection & ~(_ITALIC | _BOLD | _REGULAR) | (_BOLD if bold else _REGULAR)
    return table


def _smooth(font: TTFont) -> None:
    """Have outlines without instructions smoothed at all sizes."""
    font["gasp"] = newTable("gasp")
    font["gasp"].gaspRange = {_ALL_SIZES: _SMOOTHED}
    font["prep"] = newTable("prep")
    font["prep"].program = Program()
    font["prep"].program.fromBytecode(_NO_DROPOUTS)
    font["maxp"].maxStackElements = 2
