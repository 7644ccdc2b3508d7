"""Opening a template: is it a Word file, of a kind that can be taken apart, and of a bearable size."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from ipreport.problems import Origin, Problem, ReportError, block
from ipreport.writers.docx.brand.opc import TYPES, Relation, content_types, relations
from ipreport.writers.docx.brand.wordml import A, DamagedError, Element, W, parse

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_MAIN = {f"{_WORD}document.main+xml", f"{_WORD}template.main+xml"}
_STRICT = "http://purl.oclc.org/ooxml/"
_LARGEST, _LARGEST_TREE = 200 * 2**20, 32 * 2**20
"""What a part may come to unpacked, in bytes, and one that is taken apart: trees need many times as much memory."""
_DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError),
    *(RuntimeError, ValueError, IndexError),
)
"""In these ways zipfile fails on an archive that is damaged, encrypted or packed in a way that it does not know."""
_ROOTS = {
    **{kind: W + kind for kind in ("document", "styles", "numbering", "settings")},
    "fontTable": W + "fonts",
    "theme": A + "theme",
    "header": W + "hdr",
    "footer": W + "ftr",
}
"""The outermost element of parts by what leads to them."""
_SAVE_HINT = "open it in Word or WPS and save it as a Word document (*.docx) or template (*.dotx)"


def refused(message: str, file: str, *hints: str) -> ReportError:
    """The error for a template that cannot be read at all."""
    return ReportError([block(message, Origin(file), *hints)])


class Files(Mapping[str, bytes]):
    """The files of a zip container by name, unpacked when they are asked for.

    Upper and lower case are one; a character that is written as `%20` is what it stands for (ECMA-376
    part 2, part names). What is unpacked is kept: what leads to it, may do so more than once.
    """

    def __init__(self, archive: zipfile.ZipFile, file: str) -> None:
        self._archive = archive
        self._file = file
        self._entries: dict[str, tuple[str, zipfile.ZipInfo]] = {}
        for entry in archive.infolist():
            if entry.filename and not entry.is_dir():
                name = unquote(entry.filename)
                self._entries[name.lower()] = name, entry
        self._unpacked: dict[str, bytes] = {}

    def __getitem__(self, name: str) -> bytes:
        name, entry = self._entries[name.lower()]
        if name in self._unpacked:
            return self._unpacked[name]
        if entry.file_size > _LARGEST - sum(map(len, self._unpacked.values())):
            raise refused(
                f"the template unpacks to more than {_LARGEST // 2**20} MB",
                self._file,
                "take large pictures out of the template, or compress them",
            )
        try:
            self._unpacked[name] = self._archive.read(entry)
        except _DAMAGED as error:
            raise _damaged(self._file) from error
        return self._unpacked[name]

    def __contains__(self, name: object) -> bool:
        """Without unpacking it."""
        return isinstance(name, str) and name.lower() in self._entries

    def size(self, name: str) -> int:
        """What a file comes to unpacked, in bytes, as the container says."""
        return self._entries[name.lower()][1].file_size

    def __iter__(self) -> Iterator[str]:
        return (name for name, _ in self._entries.values())

    def __len__(self) -> int:
        return len(self._entries)


@dataclass(frozen=True, slots=True)
class Opened:
    """A template as a package: `main` is the name of its document part."""

    file: str
    files: Files
    types: Mapping[str, str]
    main: str

    def content_type(self, part: str) -> str:
        """The content type of a part, empty where the list of types leaves it out."""
        return self.types.get(part.lower(), "")

    def xml(self, part: str, kind: str | None = None) -> Element:
        """A part as a tree. Raises ReportError where it is damaged, too large, or not of the `kind` that led to it."""
        if self.files.size(part) > _LARGEST_TREE:
            message = f"{part} in the template is larger than {_LARGEST_TREE // 2**20} MB"
            raise refused(message, self.file, "take out of the template what is not look, such as its text")
        try:
            root = parse(self.files[part])
        except DamagedError as error:
            raise _damaged(self.file, f"{part}: {error}") from error
        if kind is not None and root.tag != _ROOTS[kind]:
            found, expected = etree.QName(root), etree.QName(_ROOTS[kind])
            alike = found.localname == expected.localname
            names = (each.namespace if alike else each.localname for each in (found, expected))
            raise _damaged(self.file, "{} holds '{}', expected '{}'".format(part, *names))
        return root

    def relations(self, part: str) -> tuple[Relation, ...]:
        """The relationships of a part. Raises ReportError where they are damaged."""
        try:
            return relations(self.files, part)
        except DamagedError as error:
            raise _damaged(self.file, str(error)) from error

    def single(self, kind: str) -> str | None:
        """The part that the document leads to by a relationship of this short kind, if it is there."""
        targets = (entry.target for entry in self.relations(self.main) if entry.short_kind == kind)
        return next((target for target in targets if target in self.files), None)


def opened(data: bytes, file: str) -> Opened:
    """The package in `data`. Raises ReportError for what is no Word file that a template can be."""
    _refuse_by_kind(data, file)
    try:
        files = Files(zipfile.ZipFile(io.BytesIO(data)), file)
    except _DAMAGED as error:
        raise _damaged(file) from error
    if TYPES not in files:
        raise refused("this is not a Word file: it has no list of its parts", file, _SAVE_HINT)
    try:
        types = {name.lower(): kind for name, kind in content_types(files).items()}
        entries = relations(files, "")
    except DamagedError as error:
        raise _damaged(file, str(error)) from error
    main = next((entry for entry in entries if entry.short_kind == "officeDocument"), None)
    if main is None or main.target not in files:
        raise refused("this is not a Word file: it has no document", file, _SAVE_HINT)
    _refuse_by_type(main, types.get(main.target.lower(), ""), file)
    return Opened(file, files, types, main.target)


def _refuse_by_kind(data: bytes, file: str) -> None:
    if data.startswith(_OLE) and _ENCRYPTED in data:
        raise refused("the template is encrypted", file, "save it without a password")
    if data.startswith(_OLE):
        raise refused("the template is in the old format of Word 97–2003 (.doc or .dot)", file, _SAVE_HINT)
    if not data.startswith(b"PK"):
        raise refused("expected a Word document or template (.docx, .dotx), found another file", file, _SAVE_HINT)


def _refuse_by_type(main: Relation, kind: str, file: str) -> None:
    if main.kind.startswith(_STRICT):
        raise refused(
            "the template is a Strict Open XML document, whose names differ from those that Word usually writes",
            file,
            "in Word choose Save As, and as the type “Word Document (*.docx)”, not “Strict Open XML Document”",
        )
    if "macroEnabled" in kind:
        raise refused(
            "the template holds macros (.docm or .dotm), which a briefing must not carry",
            file,
            "save it as .docx or .dotx, without macros; its look stays the same",
        )
    if kind not in _MAIN:
        raise refused("this is not a Word file: its document is of another kind", file, _SAVE_HINT)


def _damaged(file: str, detail: str = "") -> ReportError:
    message = "the template is damaged or encrypted; Word files are zip archives"
    return refused(f"the template is damaged: {detail}" if detail else message, file, _SAVE_HINT)


def problem(message: str, file: str, *hints: str) -> Problem:
    """Something in the template that stops the build."""
    return block(message, Origin(file), *hints)
