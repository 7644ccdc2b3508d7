"""A TrueType font program made of given glyphs: what a PDF embeds as FontFile2."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass

_CHECKSUM_MAGIC = 0xB1B0AFBA


@dataclass(frozen=True, slots=True)
class SubsetGlyph:
    """A glyph of a subset, in font units.

    `contours` is a simple `glyf` entry (empty when blank). With `base` set the glyph
    is instead that glyph of the subset, moved right by `shift`.
    """

    advance: int
    contours: bytes
    base: int | None = None
    shift: int = 0


def font_program(glyphs: Sequence[SubsetGlyph], units_per_em: int, ascent: int, descent: int) -> bytes:
    """The tables a CIDFontType2 needs (ISO 32000-1, 9.9): glyph n of the font is `glyphs[n]`."""
    entries = [_entry(glyph) for glyph in glyphs]
    boxes = [struct.unpack_from(">4h", entry, 2) for entry in entries if entry]
    bounds = (
        min((box[0] for box in boxes), default=0),
        min((box[1] for box in boxes), default=0),
        max((box[2] for box in boxes), default=0),
        max((box[3] for box in boxes), default=0),
    )
    offsets, position = [0], 0
    for entry in entries:
        position += len(entry)
        offsets.append(position)
    bearings = [struct.unpack_from(">h", entry, 2)[0] if entry else 0 for entry in entries]
    tables = {
        b"glyf": b"".join(entries),
        b"head": _head(units_per_em, bounds),
        b"hhea": _hhea(glyphs, ascent, descent),
        b"hmtx": b"".join(
            struct.pack(">Hh", glyph.advance, bearing) for glyph, bearing in zip(glyphs, bearings, strict=True)
        ),
        b"loca": struct.pack(f">{len(offsets)}I", *offsets),
        b"maxp": _maxp(glyphs),
    }
    return _assemble(tables)


def _entry(glyph: SubsetGlyph) -> bytes:
    data = glyph.contours
    if not data:
        return b""
    if glyph.base is not None:
        x_min, y_min, x_max, y_max = struct.unpack_from(">4h", data, 2)
        box = (x_min + glyph.shift, y_min, x_max + glyph.shift, y_max)
        # ARG_1_AND_2_ARE_WORDS, ARGS_ARE_XY_VALUES, then the glyph and its offset.
        return struct.pack(">h4hHHhh", -1, *box, 0x0003, glyph.base, glyph.shift, 0) + b"\0\0"
    return data + b"\0" * (-len(data) % 4)


def _head(units_per_em: int, bounds: tuple[int, int, int, int]) -> bytes:
    # Versions, checksum adjustment (filled in later), magic, flags, units, two dates, box,
    # style, smallest size, direction, long loca offsets, glyph format.
    return struct.pack(
        ">IIIIHHQQ4hHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 3, units_per_em, 0, 0, *bounds, 0, 6, 2, 1, 0
    )


def _hhea(glyphs: Sequence[SubsetGlyph], ascent: int, descent: int) -> bytes:
    widest = max(glyph.advance for glyph in glyphs)
    return struct.pack(">IhhhHhhhhhhhhhhhH", 0x10000, ascent, descent, 0, widest, 0, 0, 0, 1, *[0] * 7, len(glyphs))


def _maxp(glyphs: Sequence[SubsetGlyph]) -> bytes:
    points = contours = 0
    for glyph in glyphs:
        if glyph.contours:
            (count,) = struct.unpack_from(">h", glyph.contours)
            (last,) = struct.unpack_from(">H", glyph.contours, 10 + 2 * (count - 1))
            points, contours = max(points, last + 1), max(contours, count)
    limits = (len(glyphs), points, contours, points, contours, 2, 0, 0, 0, 0, 0, 0, 1, 1)
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
