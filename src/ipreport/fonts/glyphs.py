"""Glyphs and metrics of a face as plain numbers and bytes, and their packed form for the cache."""

from __future__ import annotations

import json
import struct
from dataclasses import asdict, dataclass

FORMAT_VERSION = 1
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

    A key is a character, followed by `*` for the form it takes in Latin text;
    `kerns` maps two Latin characters to the change of distance between them.
    """

    metrics: Metrics
    glyphs: dict[str, Glyph | None]
    kerns: dict[str, int]


def pack(known: GlyphSet) -> bytes:
    """`known` as bytes: a length, a JSON index, then the contours one after the other."""
    index = {
        "metrics": asdict(known.metrics),
        "kerns": known.kerns,
        "glyphs": [
            [key, None if glyph is None else glyph.advance, 0 if glyph is None else len(glyph.contours)]
            for key, glyph in sorted(known.glyphs.items())
        ],
    }
    head = json.dumps(index, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode("ascii")
    contours = (glyph.contours for _, glyph in sorted(known.glyphs.items()) if glyph is not None)
    return struct.pack(">I", len(head)) + head + b"".join(contours)


def unpack(data: bytes) -> GlyphSet | None:
    """The inverse of `pack`; None when `data` is something else."""
    try:
        (length,) = struct.unpack_from(">I", data)
        index = json.loads(data[4 : 4 + length].decode("ascii"))
        position = 4 + length
        glyphs: dict[str, Glyph | None] = {}
        for key, advance, size in index["glyphs"]:
            glyphs[key] = None if advance is None else Glyph(advance, data[position : position + size])
            position += size
        metrics = dict(index["metrics"], bounds=tuple(index["metrics"]["bounds"]))
        return GlyphSet(Metrics(**metrics), glyphs, index["kerns"])
    except (struct.error, ValueError, KeyError, TypeError):
        return None
