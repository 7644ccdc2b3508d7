"""Fonts inside the file, so that Chinese looks the same where its fonts are not installed (ECMA-376 17.8).

Only the East Asian families of the document are embedded. Its Latin families are Liberation Serif and Sans, which
come with no package of ours; where they are missing, Times New Roman and Arial stand in for them, which have the
same widths, and every system with a word processor has one or the other. To set Latin text in the Chinese face
instead would break the lines of the same document differently with and without embedding.
"""

from __future__ import annotations

import hashlib
import io
import posixpath
import uuid
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from docx.opc.oxml import serialize_part_xml
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from ipreport.cache import Cache
from ipreport.fonts import Embedded, Faces, check_embedding, embedded_font, is_substituted
from ipreport.problems import ReportError
from ipreport.style import FontRole
from ipreport.writers.docx.faces_used import fonts_used
from ipreport.writers.docx.markup import DECLARATION
from ipreport.writers.docx.theme import east_asian_font

_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_TYPES, _LINKS = "[Content_Types].xml", "word/_rels/document.xml.rels"
_ENDING = "odttf"
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


def with_fonts(files: Mapping[str, bytes], fonts: EmbeddedFonts) -> dict[str, bytes]:
    """The files of a Word file, finished but for this, with the fonts they ask for.

    Families that no role of ours stands for, such as those of an office's template, are left to the reader's
    system, and so are those of an official document for which other faces stand in: a font goes by no
    other name than its own. ReportError with a Problem for every face whose maker does not allow it.
    """
    parts = _parts(files)
    stories = (parse_xml(files[name]) for name in sorted(files) if name.startswith("word/") and name.endswith(".xml"))
    used = fonts_used(parse_xml(files[parts["theme"]]), parse_xml(files[parts["styles"]]), stories)
    own = [role for role in reversed(FontRole) if not is_substituted(fonts.faces, role)]
    roles = {name: role for role in own if (name := east_asian_font(role)) in used.fonts}
    problems = check_embedding(fonts.faces, sorted(roles.values(), key=[*FontRole].index))
    if problems:
        raise ReportError(problems)
    if not roles:
        return dict(files)
    made = {}
    for (family, bold), role in sorted(roles.items()):
        wanted = Embedded(family, bold, used.characters, fonts.complete)
        made[wanted] = embedded_font(fonts.faces.face(role), wanted, fonts.cache)
    fonts.faces.save(fonts.cache)
    return dict(files) | dict(_changed(files, parts, made))


def families_left_out(data: bytes) -> tuple[str, ...]:
    """The East Asian families that a finished Word file asks for and does not carry, in the order of their names."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    parts = _parts(files)
    stories = (parse_xml(files[name]) for name in sorted(files) if name.startswith("word/") and name.endswith(".xml"))
    used = fonts_used(parse_xml(files[parts["theme"]]), parse_xml(files[parts["styles"]]), stories)
    table = parse_xml(files[parts["fontTable"]])
    fonts = {font.get(qn("w:name")): {mark.tag for mark in font} for font in table.iter(qn("w:font"))}
    carried = {name for name, tags in fonts.items() if tags & {*_MARKS.values()}}
    return tuple(sorted({family for family, _ in used.fonts} - carried))


def _parts(files: Mapping[str, bytes]) -> dict[str, str]:
    """The parts that the main document leads to, by the last word of the kind of their relationship."""
    links = parse_xml(files[_LINKS]).iter(f"{{{_PACKAGE}relationships}}Relationship")
    found = {link.get("Type", "").rpartition("/")[2]: link.get("Target", "") for link in links}
    return {kind: posixpath.normpath(posixpath.join("/word", target))[1:] for kind, target in found.items()}


def _changed(
    files: Mapping[str, bytes], parts: Mapping[str, str], made: Mapping[Embedded, bytes]
) -> Iterator[tuple[str, bytes]]:
    """The parts that fonts add, and those that tell of them."""
    table = parts["fontTable"]
    folder, name = posixpath.split(table)
    listed, links = parse_xml(files[table]), ""
    for number, (wanted, font) in enumerate(made.items(), 1):
        key, path = uuid.UUID(bytes=hashlib.sha256(font).digest()[:16]), f"fonts/font{number}.{_ENDING}"
        _name(listed, wanted, f"rId{number}", key)
        links += f'<Relationship Id="rId{number}" Type="{_RELATIONSHIP}" Target="{path}"/>'
        yield f"{folder}/{path}", obfuscated(font, key)
    relationships = f'{DECLARATION}<Relationships xmlns="{_PACKAGE}relationships">{links}</Relationships>'
    yield f"{folder}/_rels/{name}.rels", relationships.encode("ascii")
    yield table, serialize_part_xml(listed)
    yield _TYPES, _with_ending(files[_TYPES])
    settings = parse_xml(files[parts["settings"]])
    _set(settings, complete=all(wanted.complete for wanted in made))
    yield parts["settings"], serialize_part_xml(settings)


def _with_ending(types: bytes) -> bytes:
    """The content types with that of fonts."""
    root = parse_xml(types)
    ending = root.makeelement(f"{{{_PACKAGE}content-types}}Default")
    ending.set("Extension", _ENDING)
    ending.set("ContentType", _CONTENT_TYPE)
    root.insert(0, ending)
    return bytes(serialize_part_xml(root))


_MARKS = {False: qn("w:embedRegular"), True: qn("w:embedBold")}


def _name(listed: Any, wanted: Embedded, link: str, key: uuid.UUID) -> None:
    """A font in the entry of its family in the table of fonts (17.8.3.3 and 17.8.3.6), regular ones before bold."""
    mark = listed.makeelement(_MARKS[wanted.bold])
    mark.set(qn("r:id"), link)
    mark.set(qn("w:fontKey"), f"{{{str(key).upper()}}}")
    if not wanted.complete:
        mark.set(qn("w:subsetted"), "1")
    _entry(listed, wanted.family).append(mark)


def _entry(listed: Any, family: str) -> Any:
    """The entry of a family, a new one where there is none. What is embedded comes last in it."""
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
