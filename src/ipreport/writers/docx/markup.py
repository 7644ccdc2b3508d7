"""WordprocessingML as strings: namespaces, escaping, units. Every text enters XML through here."""

from __future__ import annotations

import re

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
WP = 'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
PIC = 'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\t": "&#9;"}
"""The ampersand comes first, for the others bring it in."""
# What XML 1.0 section 2.2 leaves out; such a character cannot even be written as a reference.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def escape(text: str) -> str:
    """`text` for use between tags or inside a double-quoted attribute.

    ValueError for a character that XML 1.0 cannot hold (2.2 Characters).
    """
    found = _FORBIDDEN.search(text)
    if found is not None:
        raise ValueError(f"U+{ord(found[0]):04X} cannot stand in a Word file: {text!r}")
    for character, entity in _ENTITIES.items():
        text = text.replace(character, entity)  # many times faster than `translate` where the text is long
    return text


def flag(name: str, value: bool | None) -> str:
    """A toggle property (ECMA-376 17.17.4): present, present as off, or absent for None."""
    if value is None:
        return ""
    return f"<w:{name}/>" if value else f'<w:{name} w:val="0"/>'


def twips(points: float) -> int:
    """Twentieths of a point, the unit of most lengths."""
    return round(points * 20)


def half_points(points: float) -> int:
    """The unit of font sizes."""
    return round(points * 2)


def eighths(points: float) -> int:
    """The unit of border widths."""
    return round(points * 8)


def emu(points: float) -> int:
    """English metric units, the unit of drawings."""
    return round(points * 12700)


def hexadecimal(colour: str) -> str:
    """`#rrggbb` the way Word writes it."""
    return colour.removeprefix("#").upper()
