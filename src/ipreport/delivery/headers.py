"""Values of headers as they are written: encoded, and folded into lines.

A line has at most 78 octets, and 76 where an encoded word stands in it.

Encoding and folding are not left to `email`: its results differ between versions of Python, and up to 3.11.9 it
lets an encoded word make a header of its own. Every value begins with the space or the fold behind the colon.
"""

from __future__ import annotations

import base64
import urllib.parse
from collections.abc import Iterable, Iterator

from ipreport.delivery.mail import Mailbox

LINE = 78
"""Octets of a line without its end (RFC 5322, 2.1.1)."""
LINE_WITH_WORDS = 76
"""The same of a line with an encoded word in it (RFC 2047, 2)."""
_FOLD = "\r\n "
_WORD = 39
"""Bytes of text in an encoded word, which is then 64 octets long and fits behind “Reply-To: ” and ` name="`."""
_PIECE = 57
"""Octets in a piece of a parameter (RFC 2231, 3): “ filename*10*=” and a semicolon fit around them."""


def unstructured(name: str, value: str) -> str:
    """A text such as the subject: as it is where it is short and ASCII, else as encoded words (RFC 2047)."""
    short = value.isascii() and len(name) + 2 + len(value) <= LINE
    return f" {value}" if short else f" {_FOLD.join(encoded_words(value))}"


def mailbox(name: str, value: Mailbox) -> str:
    """Name and address of one person (RFC 5322, 3.4). An address longer than a line stays whole."""
    if not value.name:
        return plain(name, value.address)
    words, line = [_quoted(value.name)], LINE
    if not value.name.isascii() or len(name) + 2 + len(words[0]) > LINE:
        words, line = encoded_words(value.name), LINE_WITH_WORDS
    last = len(words[-1]) + (len(name) + 2 if len(words) == 1 else 1)
    fits = last + len(f" <{value.address}>".encode()) <= line
    return f" {_FOLD.join(words)}{' ' if fits else _FOLD}<{value.address}>"


def with_parameters(name: str, value: str, *parameters: str) -> str:
    """A value such as `text/plain` with parameters, each on a line of its own."""
    return f";{_FOLD}".join((plain(name, value), *parameters))


def plain(name: str, value: str) -> str:
    """A value that is not broken; one too long for the line of its name begins a line, where a semicolon fits too."""
    return f" {value}" if len(name) + len(value.encode()) + 3 <= LINE else f"{_FOLD}{value}"


def file_name_in_type(name: str) -> str:
    """The parameter `name` of Content-Type with what is not ASCII as encoded words.

    That breaks RFC 2047 (5, inside quotes), and is what mail programs understand that know no RFC 2231.
    """
    short = name.isascii() and len(name) <= _PIECE
    return f'name="{name if short else _FOLD.join(encoded_words(name))}"'


def file_name_parameters(name: str) -> tuple[str, ...]:
    """The parameter `filename` of Content-Disposition; what is long or not ASCII in pieces (RFC 2231, 3 and 4)."""
    if name.isascii() and len(name) <= _PIECE:
        return (f'filename="{name}"',)
    characters = (urllib.parse.quote(character, safe="").encode() for character in name)
    pieces = [part.decode() for part in _filled((b"UTF-8''", *characters), _PIECE)]
    if len(pieces) == 1:
        return (f"filename*={pieces[0]}",)
    return tuple(f"filename*{number}*={piece}" for number, piece in enumerate(pieces))


def encoded_words(text: str) -> list[str]:
    """The text as encoded words of UTF-8 in base64."""
    return [f"=?UTF-8?B?{base64.b64encode(part).decode()}?=" for part in _filled(map(str.encode, text), _WORD)]


def _filled(characters: Iterable[bytes], size: int) -> Iterator[bytes]:
    """Characters together, as many as are no longer than `size`; none is cut in two (RFC 2047, 5)."""
    part = b""
    for character in characters:
        if len(part) + len(character) > size:
            yield part
            part = b""
        part += character
    yield part


def _quoted(name: str) -> str:
    """A quoted string (RFC 5322, 3.2.4)."""
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
