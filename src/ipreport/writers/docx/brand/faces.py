"""Which faces stand for the two pairs of the house's theme in a template (ECMA-376 17.3.2.26).

Offices often set their styles in faces of their own (仿宋_GB2312) beside a theme that nobody
changed. What is added then takes the faces of the template's running text and of its first
heading, by name or by theme, as those have them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ipreport.writers.docx.brand.cascade import SLOTS, Cascade, Look
from ipreport.writers.docx.brand.names import canonical
from ipreport.writers.docx.brand.wordml import Element, W, drop
from ipreport.writers.docx.names import Name

_THEMED = re.compile(r"(minor|major)(HAnsi|Ascii|EastAsia|Bidi)")
_SCRIPT = {"HAnsi": "ascii", "Ascii": "ascii", "EastAsia": "eastAsia", "Bidi": "cs"}


@dataclass(frozen=True, slots=True)
class Faces:
    """The faces of running text (`minor`) and of headings (`major`) by script; what is missing stays the theme's."""

    minor: Mapping[str, tuple[bool, str]]
    major: Mapping[str, tuple[bool, str]]

    def settle(self, fonts: Element) -> None:
        """Put the template's faces for those of the theme's pairs that a `w:rFonts` of ours names."""
        for slot, themed in SLOTS.items():
            found = _THEMED.fullmatch(fonts.get(W + themed, ""))
            if found is None:
                continue
            pair = self.minor if found[1] == "minor" else self.major
            face = pair.get(_SCRIPT[found[2]])
            if face is not None:
                set_face(fonts, slot, face)


def set_face(fonts: Element, slot: str, face: tuple[bool, str]) -> None:
    """Name the face of a script: by the theme's name for it, or by its own."""
    by_theme, name = face
    drop(fonts, W + slot)
    drop(fonts, W + SLOTS[slot])
    fonts.set(W + (SLOTS[slot] if by_theme else slot), name)


def faces_of(look: Look) -> dict[str, tuple[bool, str]]:
    """The faces of a style by script: whether the theme names it, and the name."""
    found = {}
    for slot in SLOTS:
        face = look.font(slot)
        if face is not None:
            found[slot] = face[0] != slot, face[1]
    return found


def faces_in(sheet: Cascade) -> Faces:
    """The faces of a template's running text and first heading."""
    named = sheet.named()
    body = named.get(("paragraph", canonical(Name.BODY))) or sheet.default("paragraph")
    heading = named.get(("paragraph", canonical(Name.HEADING_1)))
    return Faces(faces_of(sheet.look(body)), {} if heading is None else faces_of(sheet.look(heading)))
