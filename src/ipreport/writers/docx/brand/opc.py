"""Packages as files by name: which part leads to which, and of what kind each is (ECMA-376 part 2)."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from ipreport.writers.docx.brand.wordml import parse
from ipreport.writers.docx.markup import DECLARATION, escape

TYPES = "[Content_Types].xml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


@dataclass(frozen=True, slots=True)
class Relation:
    """A relationship: `kind` is its whole type, `target` a part's name without the first slash, or an address."""

    id: str
    kind: str
    target: str
    external: bool = False

    @property
    def short_kind(self) -> str:
        """The last word of its type, such as `image`."""
        return self.kind.rsplit("/", 1)[-1]


def relations_name(part: str) -> str:
    """The part that holds the relationships of `part`; of the package for the empty name."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def relations(files: Mapping[str, bytes], part: str) -> tuple[Relation, ...]:
    """The relationships of `part`, in the order of the file. Raises DamagedError."""
    data = files.get(relations_name(part))
    if data is None:
        return ()
    folder = posixpath.dirname(part)
    found = []
    for entry in parse(data).iterfind(f"{{{_PACKAGE}relationships}}Relationship"):
        target, external = entry.get("Target", ""), entry.get("TargetMode") == "External"
        if not external:
            target = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
        found.append(Relation(entry.get("Id", ""), entry.get("Type", ""), target, external))
    return tuple(found)


def relations_part(part: str, entries: Iterable[Relation]) -> bytes:
    """The relationships of `part` as a file; targets are written from the root of the package."""
    lines = "".join(_relation(part, entry) for entry in entries)
    return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}relationships">{lines}</Relationships>'.encode()


def _relation(part: str, entry: Relation) -> str:
    target = entry.target if entry.external else _relative(part, entry.target)
    mode = ' TargetMode="External"' if entry.external else ""
    return f'<Relationship Id="{escape(entry.id)}" Type="{escape(entry.kind)}" Target="{escape(target)}"{mode}/>'


def _relative(part: str, target: str) -> str:
    return posixpath.relpath(f"/{target}", posixpath.join("/", posixpath.dirname(part)))


def content_types(files: Mapping[str, bytes]) -> dict[str, str]:
    """The content type of every file but the list itself; empty where it has none. Raises DamagedError."""
    root = parse(files[TYPES])
    endings = {
        entry.get("Extension", "").lower(): entry.get("ContentType", "")
        for entry in root.iterfind(f"{{{_PACKAGE}content-types}}Default")
    }
    named = {
        unquote(entry.get("PartName", "")).lstrip("/").lower(): entry.get("ContentType", "")
        for entry in root.iterfind(f"{{{_PACKAGE}content-types}}Override")
    }
    return {
        name: named.get(name.lower()) or endings.get(_ending(name), "")
        for name in files
        if name.lower() != TYPES.lower()
    }


def _ending(name: str) -> str:
    """What stands behind the last dot of a file's own name; empty for a name without one."""
    return posixpath.basename(name).rpartition(".")[2].lower() if "." in posixpath.basename(name) else ""


def content_types_part(types: Mapping[str, str]) -> bytes:
    """`[Content_Types].xml` for files with these types: by ending where all files of an ending agree."""
    by_ending: dict[str, set[str]] = {}
    for name, kind in types.items():
        by_ending.setdefault(_ending(name), set()).add(kind)
    endings = {ending: min(kinds) for ending, kinds in by_ending.items() if len(kinds) == 1 and ending}
    endings["xml"] = "application/xml"
    defaults = "".join(
        f'<Default Extension="{escape(ending)}" ContentType="{escape(kind)}"/>'
        for ending, kind in sorted(endings.items())
    )
    named = "".join(
        f'<Override PartName="/{escape(name)}" ContentType="{escape(kind)}"/>'
        for name, kind in sorted(types.items())
        if endings.get(_ending(name)) != kind
    )
    return f'{DECLARATION}<Types xmlns="{_PACKAGE}content-types">{defaults}{named}</Types>'.encode()
