"""Glyphs and metrics of a face as plain numbers and bytes, and their packed form for the cache."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from ipreport.fonts.truetype import Line

FORMAT_VERSION = 4
"""Part of every cache key: raise it when what is stored, or how it is made, changes."""


@dataclass(frozen=True, slots=True)
class Metrics:
    """Measures of a face in font units (`units_per_em` to the em), and its PostScript name."""

    name: str
    units_per_em: int
    ascent: int
    descent: int
    cap_height: int
    bounds: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Particulars:
    """What else a font file says of itself, and an embedded copy of it has to say again.

    `os2` is its OS/2 table as it stands, `line` what its lines take (hhea); `underline` is the
    place and the width of one, in font units; `names` are its names in English by their number
    (OpenType, name).
    """

    os2: bytes
    line: Line
    underline: tuple[int, int]
    names: Mapping[int, str]

    @property
    def embedding(self) -> int:
        """What its maker allows: the flags fsType (OpenType, OS/2)."""
        (flags,) = struct.unpack_from(">H", self.os2, 8)
        return int(flags)


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph: its advance in font units and its simple `glyf` entry, empty when blank."""

    advance: int
    contours: bytes

    @property
    def bounds(self) -> tuple[int, int, int, int]:
        """xMin, yMin, xMax, yMax of the ink, in font units."""
        if not self.contours:
            return 0, 0, 0, 0
        x_min, y_min, x_max, y_max = struct.unpack_from(">4h", self.contours, 2)
        return x_min, y_min, x_max, y_max


@dataclass(slots=True)
class GlyphSet:
    """What is known of a face so far; `glyphs` maps a key to None where the face has no glyph.

    A key is a character, followed by `*` for the form it takes in Latin text, by `|` for
    another that it takes in vertical lines, or by the combining marks on it; `kerns` maps
    two Latin characters to the change of distance between them.
    """

    metrics: Metrics
    glyphs: dict[str, Glyph | None]
    kerns: dict[str, int]
    particulars: Particulars


def pack(known: GlyphSet) -> bytes:
    """`known` as bytes: a length, a JSON index, then the contours one after the other."""
    further = {
        "metrics": asdict(known.metrics),
        "kerns": known.kerns,
        "particulars": asdict(known.particulars) | {"os2": known.particulars.os2.hex()},
    }
    return _packed(known.glyphs, further)


def pack_glyphs(glyphs: Mapping[str, Glyph | None]) -> bytes:
    """Glyphs by key as bytes, without anything else of their face."""
    return _packed(glyphs, {})


def _packed(glyphs: Mapping[str, Glyph | None], further: Mapping[str, object]) -> bytes:
    order = sorted(glyphs.items())
    listed = [
        [key, None if glyph is None else glyph.advance, 0 if glyph is None else len(glyph.contours)]
        for key, glyph in order
    ]
    index = {**further, "glyphs": listed}
    head = json.dumps(index, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode("ascii")
    contours = (glyph.contours for _, glyph in order if glyph is not None)
    return struct.pack(">I", len(head)) + head + b"".join(contours)


_DAMAGE = (struct.error, ValueError, KeyError, TypeError, AttributeError)
"""What reading something else as packed glyphs may raise."""


def unpack(data: bytes) -> GlyphSet | None:
    """The inverse of `pack`; None when `data` is something else."""
    try:
        glyphs, index = _unpacked(data)
        metrics = dict(index["metrics"], bounds=tuple(index["metrics"]["bounds"]))
        said = index["particulars"]
        particulars = Particulars(
            os2=bytes.fromhex(said["os2"]),
            line=Line(**said["line"]),
            underline=tuple(said["underline"]),
            names={int(number): name for number, name in said["names"].items()},
        )
        return GlyphSet(Metrics(**metrics), glyphs, index["kerns"], particulars)
    except _DAMAGE:
        return None


def unpack_glyphs(data: bytes) -> dict[str, Glyph | None] | None:
    """The inverse of `pack_glyphs`; None when `data` is something else."""
    try:
        return _unpacked(data)[0]
    except _DAMAGE:
        return None


def _unpacked(data: bytes) -> tuple[dict[str, Glyph | None], dict[str, Any]]:
    (length,) = struct.unpack_from(">I", data)
    index = json.loads(data[4 : 4 + length].decode("ascii"))
    position = 4 + length
    glyphs: dict[str, Glyph | None] = {}
    for key, advance, size in index["glyphs"]:
        glyphs[key] = None if advance is None else Glyph(advance, data[position : position + size])
        position += size
    return glyphs, index
