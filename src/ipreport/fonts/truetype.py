"""A TrueType font program made of given glyphs: what a PDF embeds as FontFile2, and the ground of a whole font.

Every PDF has several, of glyphs that are packed already: fontTools, which unpacks and measures each one
again, takes some 40 times as long.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass

_CHECKSUM_MAGIC = 0xB1B0AFBA


@dataclass(frozen=True, slots=True)
class SubsetGlyph:
    """A glyph of a subset, in font units.

    `contours` is a simple `glyf` entry (empty when blank). With `parts` the glyph is instead made of
    other glyphs of the subset, by their numbers, each moved right.
    """

    advance: int
    contours: bytes
    parts: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """What a line takes, in font units: `ascent` and `descent` (negative) from the baseline, and a `gap` between."""

    ascent: int
    descent: int
    gap: int = 0


def font_program(glyphs: Sequence[SubsetGlyph], units_per_em: int, line: Line, *, bold: bool = False) -> bytes:
    """The tables that a CIDFontType2 needs (ISO 32000-1, 9.9): glyph n of the font is `glyphs[n]`."""
    boxes = glyph_boxes(glyphs)
    entries = [_entry(glyph, box) for glyph, box in zip(glyphs, boxes, strict=True)]
    drawn = [box for box in boxes if box is not None]
    bounds = (
        min((box[0] for box in drawn), default=0),
        min((box[1] for box in drawn), default=0),
        max((box[2] for box in drawn), default=0),
        max((box[3] for box in drawn), default=0),
    )
    offsets, position = [0], 0
    for entry in entries:
        position += len(entry)
        offsets.append(position)
    tables = {
        b"glyf": b"".join(entries),
        b"head": _head(units_per_em, bounds, bold=bold, long=position > _MOST_SHORT),
        b"hhea": _hhea(glyphs, line),
        b"hmtx": b"".join(
            struct.pack(">Hh", glyph.advance, 0 if box is None else box[0])
            for glyph, box in zip(glyphs, boxes, strict=True)
        ),
        b"loca": _loca(offsets),
        b"maxp": _maxp(glyphs),
    }
    return _assemble(tables)


Box = tuple[int, int, int, int]
"""Left, bottom, right, top, in font units."""


def glyph_boxes(glyphs: Sequence[SubsetGlyph]) -> list[Box | None]:
    """The box round each glyph: left, bottom, right, top; None round a blank one."""
    boxes: list[Box | None] = [
        struct.unpack_from(">4h", glyph.contours, 2) if glyph.contours else None for glyph in glyphs
    ]
    for number, glyph in enumerate(glyphs):
        moved = [(box, right) for part, right in glyph.parts if (box := boxes[part]) is not None]
        if moved:
            boxes[number] = (
                min(box[0] + right for box, right in moved),
                min(box[1] for box, _ in moved),
                max(box[2] + right for box, right in moved),
                max(box[3] for box, _ in moved),
            )
    return boxes


# Flags of a component glyph description (OpenType, table glyf).
_WORDS, _XY_VALUES, _MORE = 0x0001, 0x0002, 0x0020


_MOST_SHORT = 2 * 0xFFFF
"""Places of glyphs are told by their halves up to this one (OpenType, loca)."""


def _loca(offsets: Sequence[int]) -> bytes:
    if offsets[-1] > _MOST_SHORT:
        return struct.pack(f">{len(offsets)}I", *offsets)
    return struct.pack(f">{len(offsets)}H", *(offset // 2 for offset in offsets))


def _entry(glyph: SubsetGlyph, box: Box | None) -> bytes:
    if box is None:
        return b""
    if glyph.parts:
        data = struct.pack(">h4h", -1, *box)
        for left, (part, right) in zip(reversed(range(len(glyph.parts))), glyph.parts, strict=True):
            flags = _WORDS | _XY_VALUES | (_MORE if left else 0)
            data += struct.pack(">HHhh", flags, part, right, 0)
    else:
        data = glyph.contours
    return data + b"\0" * (len(data) % 2)


def _head(units_per_em: int, bounds: Box, *, bold: bool, long: bool) -> bytes:
    # Versions, checksum adjustment (filled in later), magic, flags, units, two dates; box, style, smallest size,
    # direction, form of loca offsets, glyph format.
    start = struct.pack(">IIIIHHQQ", 0x10000, 0x10000, 0, 0x5F0F3CF5, 3, units_per_em, 0, 0)
    return start + struct.pack(">4hHHhhh", *bounds, int(bold), 6, 2, int(long), 0)


def _hhea(glyphs: Sequence[SubsetGlyph], line: Line) -> bytes:
    widest = max(glyph.advance for glyph in glyphs)
    return struct.pack(
        ">IhhhHhhhhhhhhhhhH", 0x10000, line.ascent, line.descent, line.gap, widest, 0, 0, 0, 1, *[0] * 7, len(glyphs)
    )


def _maxp(glyphs: Sequence[SubsetGlyph]) -> bytes:
    points = contours = 0
    for glyph in glyphs:
        if glyph.contours:
            (count,) = struct.unpack_from(">h", glyph.contours)
            (last,) = struct.unpack_from(">H", glyph.contours, 10 + 2 * (count - 1))
            points, contours = max(points, last + 1), max(contours, count)
    parts = max(1, *(len(glyph.parts) for glyph in glyphs))
    limits = (len(glyphs), points, contours, points * parts, contours * parts, 2, 0, 0, 0, 0, 0, 0, parts, 1)
    return struct.pack(">I14H", 0x10000, *limits)


def _checksum(data: bytes) -> int:
    padded = data + b"\0" * (-len(data) % 4)
    total: int = sum(struct.unpack(f">{len(padded) // 4}I", padded))
    return total & 0xFFFFFFFF


def _assemble(tables: dict[bytes, bytes]) -> bytes:
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    header = struct.pack(">IHHHH", 0x10000, count, power * 16, power.bit_length() - 1, (count - power) * 16)
    position = len(header) + 16 * count
    directory, body = b"", b""
    for tag, data in sorted(tables.items()):
        directory += struct.pack(">4sIII", tag, _checksum(data), position + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    program = bytearray(header + directory + body)
    (head,) = struct.unpack_from(">I", directory, 16 * sorted(tables).index(b"head") + 8)
    struct.pack_into(">I", program, head + 8, (_CHECKSUM_MAGIC - _checksum(bytes(program))) & 0xFFFFFFFF)
    return bytes(program)
