"""The tables by which a system knows a font: names, measures, characters, forms of marks (OpenType 1.9)."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter

from ipreport.fonts.glyphs import Particulars

_ENGLISH = 0x409
_REGULAR_WEIGHT, _BOLD_WEIGHT = 400, 700
# Bits of fsSelection (OS/2).
_ITALIC, _BOLD, _REGULAR = 0x0001, 0x0020, 0x0040
_TEXT_FACE = 2
"""The family of a Panose number whose third digit tells a weight."""
_PANOSE_BOOK, _PANOSE_BOLD = 5, 8


def os2(particulars: Particulars, characters: Sequence[int], *, bold: bool) -> bytes:
    """The table OS/2 of the file, as that of a regular or bold face with these code points, the smallest first."""
    table = bytearray(particulars.os2)
    struct.pack_into(">H", table, 4, _BOLD_WEIGHT if bold else _REGULAR_WEIGHT)
    if table[32] == _TEXT_FACE:
        table[34] = _PANOSE_BOLD if bold else _PANOSE_BOOK
    (selection,) = struct.unpack_from(">H", table, 62)
    selection = selection & ~(_ITALIC | _BOLD | _REGULAR) | (_BOLD if bold else _REGULAR)
    ends = (min(code, 0xFFFF) for code in (characters[0], characters[-1]))
    struct.pack_into(">HHH", table, 62, selection, *ends)
    return bytes(table)


def names(family: str, particulars: Particulars, *, bold: bool) -> bytes:
    """The table name: `family`, by which documents call the font, beside what the file says of its origin."""
    style = "Bold" if bold else "Regular"
    plain = "".join(letter for letter in family if letter.isascii() and letter.isalnum()) or "Embedded"
    said = dict(particulars.names)
    said |= {1: family, 2: style, 3: f"{plain}-{style};embedded", 4: f"{family} {style}", 6: f"{plain}-{style}"}
    records, texts = b"", b""
    for number, words in sorted(said.items()):
        encoded = words.encode("utf-16-be")
        # Platform Windows, encoding Unicode.
        records += struct.pack(">HHHHHH", 3, 1, _ENGLISH, number, len(encoded), len(texts))
        texts += encoded
    return struct.pack(">HHH", 0, len(said), 6 + len(records)) + records + texts


def post(particulars: Particulars) -> bytes:
    """The table post, without names of glyphs."""
    return struct.pack(">IIhhIIIII", 0x30000, 0, *particulars.underline, *[0] * 5)


SMOOTHED = {b"gasp": struct.pack(">HHHH", 1, 1, 0xFFFF, 0x000F), b"prep": bytes.fromhex("b801ff85b0048d")}
"""Outlines without instructions are smoothed at all sizes, and thin strokes never drop out."""


def character_map(glyphs: Mapping[int, int]) -> bytes:
    """The table cmap: glyphs by code point, which are in ascending order."""
    low = {code: glyph for code, glyph in glyphs.items() if code < 0xFFFF}
    subtables = [(1, _segments(low))]
    if len(low) < len(glyphs):
        subtables.append((10, _groups(glyphs)))
    head, body = struct.pack(">HH", 0, len(subtables)), b""
    for encoding, subtable in subtables:
        head += struct.pack(">HHI", 3, encoding, 4 + 8 * len(subtables) + len(body))
        body += subtable
    return head + body


_CLOSE = 4
"""A gap of so many code points costs no more than a segment of its own."""


def _segments(glyphs: Mapping[int, int]) -> bytes:
    """A subtable of format 4, every segment by a list of its glyphs; one of deltas would seldom be shorter."""
    runs = [*_close_runs([*glyphs]), (0xFFFF, 0xFFFF)]
    offsets, listed = [], b""
    for number, (first, last) in enumerate(runs[:-1]):
        offsets.append(2 * (len(runs) - number) + len(listed))
        codes = range(first, last + 1)
        listed += struct.pack(f">{len(codes)}H", *(glyphs.get(code, 0) for code in codes))
    count = len(runs)
    power = 1 << (count.bit_length() - 1)
    body = struct.pack(">HHHH", 2 * count, 2 * power, power.bit_length() - 1, 2 * (count - power))
    body += struct.pack(f">{count}H", *(last for _, last in runs)) + b"\0\0"
    body += struct.pack(f">{count}H", *(first for first, _ in runs))
    # The delta of the last segment, which every font ends with, leads to glyph 0.
    body += struct.pack(f">{count}H", *[0] * (count - 1), 1)
    body += struct.pack(f">{count}H", *offsets, 0) + listed
    return struct.pack(">HHH", 4, 6 + len(body), 0) + body


def _close_runs(codes: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of the stretches between gaps that are not small."""
    first = last = codes[0]
    for code in codes[1:]:
        if code - last > _CLOSE + 1:
            yield first, last
            first = code
        last = code
    yield first, last


def _groups(glyphs: Mapping[int, int]) -> bytes:
    """A subtable of format 12."""
    body = b""
    pairs = [*glyphs.items()]
    for _, group in groupby(enumerate(pairs), key=lambda entry: (entry[1][0] - entry[0], entry[1][1] - entry[0])):
        run = [*map(itemgetter(1), group)]
        body += struct.pack(">III", run[0][0], run[-1][0], run[0][1])
    return struct.pack(">HHIII", 12, 0, 16 + len(body), 0, len(body) // 12) + body


def forms(joined: Mapping[tuple[int, int], int], upright: Mapping[int, int]) -> bytes:
    """The table GSUB: pairs of glyphs that are `joined` to one, and the glyphs that stand `upright` in vertical lines.

    The features ccmp and vert, for all scripts and languages.
    """
    lookups = [_ligatures(joined)] if joined else []
    features = [b"ccmp"] if joined else []
    if upright:
        lookups.append(_singles(upright))
        features.append(b"vert")
    count = len(features)
    language = struct.pack(f">HHH{count}H", 0, 0xFFFF, count, *range(count))
    scripts = struct.pack(">H4sHHH", 1, b"DFLT", 8, 4, 0) + language
    records = b"".join(struct.pack(">4sH", tag, 2 + 6 * count + 6 * place) for place, tag in enumerate(features))
    listed = b"".join(struct.pack(">HHH", 0, 1, place) for place in range(count))
    feature_list = struct.pack(">H", count) + records + listed
    starts, position = [], 2 + 2 * count
    for lookup in lookups:
        starts.append(position)
        position += len(lookup)
    lookup_list = struct.pack(f">H{count}H", count, *starts) + b"".join(lookups)
    after_scripts = 10 + len(scripts)
    head = struct.pack(">HHHHH", 1, 0, 10, after_scripts, after_scripts + len(feature_list))
    return head + scripts + feature_list + lookup_list


def _lookup(kind: int, subtable: bytes) -> bytes:
    return struct.pack(">HHHH", kind, 0, 1, 8) + subtable


def _coverage(glyphs: Sequence[int]) -> bytes:
    return struct.pack(f">HH{len(glyphs)}H", 1, len(glyphs), *glyphs)


def _singles(changed: Mapping[int, int]) -> bytes:
    """A lookup of single substitutions, format 2."""
    glyphs = sorted(changed)
    head = struct.pack(f">HHH{len(glyphs)}H", 2, 6 + 2 * len(glyphs), len(glyphs), *(changed[each] for each in glyphs))
    return _lookup(1, head + _coverage(glyphs))


def _ligatures(joined: Mapping[tuple[int, int], int]) -> bytes:
    """A lookup of ligatures, one set of one ligature for each first glyph."""
    pairs = sorted(joined)
    count = len(pairs)
    sets = b"".join(struct.pack(">HHHHH", 1, 4, joined[pair], 2, pair[1]) for pair in pairs)
    coverage_at = 6 + 2 * count + len(sets)
    starts = [6 + 2 * count + 10 * place for place in range(count)]
    head = struct.pack(f">HHH{count}H", 1, coverage_at, count, *starts)
    return _lookup(4, head + sets + _coverage([first for first, _ in pairs]))


def vertical(boxes: Sequence[tuple[int, int, int, int] | None], heights: Sequence[int], top: int) -> dict[bytes, bytes]:
    """The tables vhea and vmtx: the height of each glyph, its upper edge `top` above the baseline, in font units."""
    bearings = [0 if box is None else top - box[3] for box in boxes]
    below = [0 if box is None else height - top + box[1] for box, height in zip(boxes, heights, strict=True)]
    half = max(heights[:1]) // 2
    extent = max((top - box[1] for box in boxes if box is not None), default=0)
    vhea = struct.pack(
        ">IhhhHhhhhhhhhhhhH",
        0x11000, half, -half, 0, max(heights), min(bearings), min(below), extent, 0, 1, *[0] * 6, len(heights),
    )  # fmt: skip
    metrics = (struct.pack(">Hh", *pair) for pair in zip(heights, bearings, strict=True))
    return {b"vhea": vhea, b"vmtx": b"".join(metrics)}
