"""Faces as TrueType fonts of their own that go along inside a document, and what their makers allow.

The glyphs are those that documents are set in: the Chinese form where a mark has two, of a font that varies
in weight the weight of its role, outlines of CFF fonts as quadratic curves (word processors embed TrueType only).
"""

from __future__ import annotations

import hashlib
import struct
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ipreport.cache import Cache
from ipreport.fonts.faces import Face, Faces
from ipreport.fonts.glyphs import Glyph, Particulars, pack_glyphs, unpack_glyphs
from ipreport.fonts.truetype import SubsetGlyph, font_program, glyph_boxes
from ipreport.problems import Problem, block
from ipreport.style import FontRole

# Bits of fsType (OpenType, OS/2); none of the first three is that the font may even be installed.
_RESTRICTED, _PREVIEW, _EDITABLE, _WHOLE_ONLY, _BITMAPS_ONLY = 0x0002, 0x0004, 0x0008, 0x0100, 0x0200
_LEAST_RESTRICTIVE_COUNTS = 2
"""Up to this version of the table the most generous of several bits holds, later only one may be set."""


def check_embedding(faces: Faces, roles: Iterable[FontRole]) -> tuple[Problem, ...]:
    """A blocking Problem for every face that may not go into a document that is edited, by the roles it is for.

    What an embedded font holds is never all of the face, so one that must be left whole is refused as well.
    """
    problems = []
    for role in roles:
        face = faces.face(role)
        problems += [
            block(
                f"the font file for the role '{role}' cannot be embedded: {face.path}: {reason}"
                f" (fsType 0x{face.particulars.embedding:04X})",
                None,
                "remove embed-fonts, or name another font file for this role",
            )
            for reason in _refusals(face.particulars)
        ]
    return tuple(problems)


def _refusals(said: Particulars) -> Iterator[str]:
    flags, version = said.embedding, int.from_bytes(said.os2[:2], "big")
    editable = flags & _EDITABLE and (version <= _LEAST_RESTRICTIVE_COUNTS or not flags & (_RESTRICTED | _PREVIEW))
    if flags & _RESTRICTED and not editable:
        yield "its maker forbids embedding"
    elif flags & _PREVIEW and not editable:
        yield "its maker allows embedding to be viewed and printed only, not in a document that is edited"
    if flags & _WHOLE_ONLY:
        yield "its maker forbids embedding a part of its characters"
    if flags & _BITMAPS_ONLY:
        yield "its maker allows embedding bitmaps only"


EVERYDAY = "".join(map(chr, range(0x20, 0x7F))) + (
    "\u00a0　·×÷±°‰℃€£¥￥©®™§—–―⸺…‘’“”、。，；：？！（）〔〕【】《》〈〉「」『』［］｛｝～／＋－＝＜＞％＆＊＃＠"
    "〇一二三四五六七八九十百千万亿零年月日第图表注"
    "①②③④⑤⑥⑦⑧⑨⑩"
)
"""What someone who corrects a word is likely to type, and the numerals that lists count with."""


def common_characters() -> str:
    """Every character of GB/T 2312-1980, level 1 and 2 of Han among them, the letters of Latin-1, and `EVERYDAY`."""
    rows, cells = range(0xA1, 0xF8), range(0xA1, 0xFF)
    standard = {bytes((row, cell)).decode("gb2312", "ignore") for row in rows for cell in cells} - {""}
    return "".join(sorted(standard | set(map(chr, range(0xA1, 0x100))) | set(EVERYDAY)))


@dataclass(frozen=True, slots=True)
class Embedded:
    """A font as documents know it, by the name of its `family` and whether it is `bold`; and what it holds.

    With `complete` it has all that is common (`common_characters`) beside `characters`.
    """

    family: str
    bold: bool
    characters: frozenset[str]
    complete: bool


def embedded_font(face: Face, wanted: Embedded, cache: Cache) -> bytes:
    """The TrueType font that `wanted` describes, in the glyphs of `face`.

    Characters that the face lacks are left out. The same face and characters give the same bytes. What is
    common takes seconds to convert; `cache` keeps it for the next time.
    """
    own = face.forms(_keys(wanted.characters | set(EVERYDAY)))
    glyphs = {**(_common_glyphs(face, cache) if wanted.complete else {}), **own}
    return _font(face, wanted, {key: glyph for key, glyph in sorted(glyphs.items()) if glyph is not None})


def _common_glyphs(face: Face, cache: Cache) -> dict[str, Glyph | None]:
    characters = common_characters()
    key = f"{face.key} {hashlib.sha256(characters.encode('utf-8')).hexdigest()}"
    stored = cache.get(key)
    glyphs = None if stored is None else unpack_glyphs(stored)
    if glyphs is None:
        glyphs = face.read(_keys(characters))
        cache.put(key, pack_glyphs(glyphs))
    return glyphs


def _keys(characters: Iterable[str]) -> Iterator[str]:
    """The forms of characters (see `GlyphSet`): marks may have one of their own in vertical lines."""
    for character in characters:
        yield character
        if not character.isascii() and unicodedata.category(character).startswith("P"):
            yield f"{character}|"


_DASH, _DOUBLE_DASH = "—", "⸺"


def _font(face: Face, wanted: Embedded, glyphs: Mapping[str, Glyph]) -> bytes:
    """Glyph 0 stands for what is missing; the others follow in the order of their keys."""
    units, said = face.units_per_em, face.particulars
    numbers = {key: number for number, key in enumerate(glyphs, 1)}
    drawn = [_missing(units), *(SubsetGlyph(glyph.advance, glyph.contours) for glyph in glyphs.values())]
    heights = [units, *(glyphs[key[0]].advance if key[0] == _DOUBLE_DASH else units for key in glyphs)]
    joined = {}
    if _DASH in glyphs:
        double = numbers.get(_DOUBLE_DASH)
        if double is None or glyphs[_DOUBLE_DASH].advance != 2 * glyphs[_DASH].advance:
            double = len(drawn)
            drawn.append(_doubled(glyphs[_DASH], numbers[_DASH]))
            heights.append(units)
        joined[numbers[_DASH], numbers[_DASH]] = double
    upright = {numbers[key[0]]: number for key, number in numbers.items() if len(key) > 1 and key[0] in numbers}
    from ipreport.fonts.tables import Forms, Squares, with_tables  # noqa: PLC0415 - only here is fontTools needed

    return with_tables(
        font_program(drawn, units, said.line, bold=wanted.bold),
        wanted.family,
        said,
        {ord(key): number for key, number in numbers.items() if len(key) == 1},
        Forms(joined, upright),
        Squares(heights, glyph_boxes(drawn), round(face.ascent * units)),
        bold=wanted.bold,
    )


def _doubled(dash: Glyph, number: int) -> SubsetGlyph:
    """Two dashes as one line: each is moved towards the other by half of what parts them."""
    left, _, right, _ = dash.bounds
    seam = max(0, left + dash.advance - right)
    return SubsetGlyph(2 * dash.advance, b"", ((number, seam // 2), (number, dash.advance - (seam - seam // 2))))


def _missing(units: int) -> SubsetGlyph:
    """An empty frame, so that a character typed later is not lost from sight where no other font has it either."""
    frame = (units // 10, 0, units - units // 10, units * 7 // 10)
    line = units // 20
    inner = (frame[0] + line, frame[1] + line, frame[2] - line, frame[3] - line)
    points = [(x, y) for box in (frame, inner) for x, y in _corners(*box, turned=box is inner)]
    before = [(0, 0), *points]
    moves = [(x - last[0], y - last[1]) for (x, y), last in zip(points, before, strict=False)]
    data = struct.pack(">h4hHHH", 2, *frame, 3, 7, 0) + b"\x01" * 8
    data += struct.pack(">8h8h", *(x for x, _ in moves), *(y for _, y in moves))
    return SubsetGlyph(units, data)


def _corners(left: int, bottom: int, right: int, top: int, *, turned: bool) -> list[tuple[int, int]]:
    """The corners of a box clockwise, which is filled; the other way round it is a hole."""
    corners = [(left, bottom), (left, top), (right, top), (right, bottom)]
    return corners[::-1] if turned else corners
