"""Fonts inside the file, so that Chinese looks the same where its fonts are not installed (ECMA-376 17.8).

Only the East Asian families of the document are embedded. Its Latin families are Liberation Serif and Sans, which
come with no package of ours; where they are missing, Times New Roman and Arial stand in for them, which have the
same widths, and every system with a word processor has one or the other. To set Latin text in the Chinese face
instead would break the lines of the same document differently with and without embedding.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.parts.document import DocumentPart

from ipreport.cache import Cache
from ipreport.fonts import Embedded, Faces, check_embedding, embedded_font
from ipreport.problems import ReportError
from ipreport.style import FontRole
from ipreport.writers.docx.faces_used import fonts_used
from ipreport.writers.docx.markup import R, W
from ipreport.writers.docx.theme import east_asian_font

_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"
_OBFUSCATED = 32
"""How many bytes at the head of a font are made unreadable (17.8.1)."""


@dataclass(frozen=True, slots=True)
class EmbeddedFonts:
    """That a file is to hold its fonts, and where they come from.

    With `complete` they have all characters in common use, so that a reader without the fonts can write on in
    the same face; else only those of the document and what a correction is likely to need. `cache` keeps what
    is slow to make.
    """

    faces: Faces
    cache: Cache
    complete: bool = False


def add_fonts(main: DocumentPart, body: str, fonts: EmbeddedFonts) -> None:
    """Enter the fonts that the package of `main` and its `body`, not yet in it, ask for, into that package.

    Families that no role of ours stands for, such as those of an office's template, are left to the reader's
    system. ReportError with a Problem for every face whose maker does not allow it.
    """
    theme, styles = (_root(main, kind) for kind in (RELATIONSHIP_TYPE.THEME, RELATIONSHIP_TYPE.STYLES))
    used = fonts_used(theme, styles, _stories(main, body))
    roles = {name: role for role in reversed(FontRole) if (name := east_asian_font(role)) in used.fonts}
    problems = check_embedding(fonts.faces, sorted(roles.values(), key=[*FontRole].index))
    if problems:
        raise ReportError(problems)
    table = main.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    listed = parse_xml(table.blob)
    for (family, bold), role in sorted(roles.items()):
        wanted = Embedded(family, bold, used.characters, fonts.complete)
        _add_font(table, listed, wanted, embedded_font(fonts.faces.face(role), wanted, fonts.cache))
    if roles:
        table._blob = serialize_part_xml(listed)
        _set(main.settings.element, complete=fonts.complete)
    fonts.faces.save(fonts.cache)


def _stories(main: DocumentPart, body: str) -> Iterator[Any]:
    """The root of every part that may show text."""
    yield parse_xml(f"<w:body {W} {R}>{body}</w:body>")
    for part in main.package.iter_parts():
        if part.partname.startswith("/word/") and part.partname.ext == "xml":
            yield parse_xml(part.blob)


def _root(main: DocumentPart, relationship: str) -> Any:
    return parse_xml(main.part_related_by(relationship).blob)


_MARKS = {False: qn("w:embedRegular"), True: qn("w:embedBold")}


def _add_font(table: Part, listed: Any, wanted: Embedded, font: bytes) -> None:
    """A font part, related to the table of fonts and named in its entry (17.8.3.3 and 17.8.3.6)."""
    key = uuid.UUID(bytes=hashlib.sha256(font).digest()[:16])
    name = table.package.next_partname("/word/fonts/font%d.odttf")
    part = Part(PackURI(name), _CONTENT_TYPE, obfuscated(font, key), table.package)
    mark = listed.makeelement(_MARKS[wanted.bold])
    mark.set(qn("r:id"), table.relate_to(part, _RELATIONSHIP))
    mark.set(qn("w:fontKey"), f"{{{str(key).upper()}}}")
    if not wanted.complete:
        mark.set(qn("w:subsetted"), "1")
    _entry(listed, wanted.family).append(mark)


def _entry(listed: Any, family: str) -> Any:
    """The entry of a family, a new one where there is none. Its embedded fonts come last, the regular one first."""
    for entry in listed.iter(qn("w:font")):
        if entry.get(qn("w:name")) == family:
            return entry
    entry = listed.makeelement(qn("w:font"))
    entry.set(qn("w:name"), family)
    listed.append(entry)
    return entry


def obfuscated(font: bytes, key: uuid.UUID) -> bytes:
    """`font` with its head made unreadable by `key`, or readable again (17.8.1)."""
    mask = key.bytes[::-1] * (_OBFUSCATED // 16)
    return bytes(each ^ masked for each, masked in zip(font[:_OBFUSCATED], mask, strict=True)) + font[_OBFUSCATED:]


# What stands before these settings where it is there (17.15.1.78).
_BEFORE = tuple(
    qn(f"w:{name}")
    for name in (
        "writeProtection", "view", "zoom", "removePersonalInformation", "removeDateAndTime",
        "doNotDisplayPageBoundaries", "displayBackgroundShape", "printPostScriptOverText",
        "printFractionalCharacterWidth", "printFormsData",
    )
)  # fmt: skip


def _set(settings: Any, *, complete: bool) -> None:
    """Fonts are embedded again when the file is saved; all of each where all was embedded (17.8.3.8, 17.8.3.15)."""
    for name in ("embedTrueTypeFonts", "embedSystemFonts", "saveSubsetFonts"):
        for present in settings.findall(qn(f"w:{name}")):
            settings.remove(present)
    place = sum(child.tag in _BEFORE for child in settings)
    names = ["embedTrueTypeFonts"] if complete else ["embedTrueTypeFonts", "saveSubsetFonts"]
    for offset, name in enumerate(names):
        settings.insert(place + offset, settings.makeelement(qn(f"w:{name}")))
