"""Putting a signature into the room that a PDF file has for it (ISO 32000-1, 12.8.1)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

_RANGE = re.compile(rb"/ByteRange ?\[ ?0 2147483647 2147483647 2147483647 ?\]")
"""The byte range as the writer of PDF files leaves it: numbers as wide as any."""


def filled(data: bytes, room: int, digest: str, signature_of: Callable[[bytes], bytes]) -> bytes:
    """`data` with the signature of its digest in the room of `room` bytes; nothing else moves.

    The byte range is all of the file but the room itself. Raises ValueError where there is not just one such room.
    """
    start, end = _only(re.compile(rb"/Contents ?(<0{%d}>)" % (2 * room)), data, 1)
    first, last = _only(_RANGE, data, 0)
    span = b"/ByteRange [0 %d %d %d" % (start, end, len(data) - end)
    signed = bytearray(data)
    signed[first:last] = span.ljust(last - first - 1) + b"]"
    hashed = hashlib.new(digest, signed[:start])
    hashed.update(signed[end:])
    signature = signature_of(hashed.digest())
    signed[start + 1 : end - 1] = signature.hex().encode("ascii").ljust(2 * room, b"0")
    if len(signed) != len(data):
        raise ValueError("the signature is larger than the room that is kept for it")
    return bytes(signed)


def _only(pattern: re.Pattern[bytes], data: bytes, group: int) -> tuple[int, int]:
    """Where the one match of `pattern` stands."""
    found = list(pattern.finditer(data))
    if len(found) != 1:
        raise ValueError(f"expected one place for a signature, found {len(found)}")
    return found[0].span(group)
