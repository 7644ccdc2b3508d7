"""The sRGB profile that says what the colours of the file mean (PDF/A output intent)."""

from __future__ import annotations

import struct

# Primaries and white point of IEC 61966-2-1, adapted to D50 as ICC profiles are.
_WHITE = (0.96420, 1.00000, 0.82491)
_RED = (0.43607, 0.22249, 0.01392)
_GREEN = (0.38515, 0.71687, 0.09708)
_BLUE = (0.14307, 0.06061, 0.71410)


def srgb_profile() -> bytes:
    """A version 2 matrix profile (ICC.1:2001-04) of sRGB; always the same bytes."""
    name = b"sRGB IEC61966-2.1\0"
    tags = {
        b"desc": b"desc\0\0\0\0" + struct.pack(">I", len(name)) + name + b"\0" * 78,
        b"cprt": b"text\0\0\0\0No rights reserved\0",
        b"wtpt": _xyz(_WHITE),
        b"rXYZ": _xyz(_RED),
        b"gXYZ": _xyz(_GREEN),
        b"bXYZ": _xyz(_BLUE),
        b"rTRC": _curve(),
    }
    position = 128 + 4 + 12 * (len(tags) + 2)
    entries, body = [], b""
    for tag, data in tags.items():
        entries.append((tag, position + len(body), len(data)))
        body += data + b"\0" * (-len(data) % 4)
    entries += [(tag, *entries[-1][1:]) for tag in (b"gTRC", b"bTRC")]  # one curve serves all three
    table = b"".join(struct.pack(">4sII", *entry) for entry in entries)
    content = struct.pack(">I", len(entries)) + table + body
    return _header(128 + len(content)) + content


def _header(size: int) -> bytes:
    date = struct.pack(">6H", 2000, 1, 1, 0, 0, 0)
    start = struct.pack(">I4sI4s4s4s", size, b"\0" * 4, 0x02100000, b"mntr", b"RGB ", b"XYZ ")
    illuminant = _xyz(_WHITE)[8:]
    return (start + date + b"acsp" + b"\0" * 28 + illuminant).ljust(128, b"\0")


def _xyz(values: tuple[float, float, float]) -> bytes:
    return b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(value * 65536) for value in values))


def _curve() -> bytes:
    levels = (index / 255 for index in range(256))
    linear = (level / 12.92 if level <= 0.04045 else ((level + 0.055) / 1.055) ** 2.4 for level in levels)
    return b"curv\0\0\0\0" + struct.pack(">I256H", 256, *(round(value * 65535) for value in linear))
