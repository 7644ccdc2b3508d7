"""Opening a template: is it a Word file, of a kind that can be taken apart, and of a bearable size."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ipreport.problems import Origin, Problem, ReportError, block
from ipreport.writers.docx.brand.opc import TYPES, Relation, content_types, relations
from ipreport.writers.docx.brand.wordml import DamagedError, Element, parse

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_MAIN = {f"{_WORD}document.main+xml", f"{_WORD}template.main+xml"}
_STRICT = "http://purl.oclc.org/ooxml/"
_LARGEST = 200 * 2**20
"""A part that claims to be larger, in bytes, is refused before it is unpacked."""
_SAVE_HINT = "open it in Word or WPS and save it as a Word document (*.docx) or template (*.dotx)"


def refused(message: str, file: str, *hints: str) -> ReportError:
    """The error for a template that cannot be read at all."""
    return ReportError([block(message, Origin(file), *hints)])


class Files(Mapping[str, bytes]):
    """The files of a zip container by name, unpacked when they are asked for; upper and lower case are one."""

    def __init__(self, archive: zipfile.ZipFile, file: str) -> None:
        self._archive = archive
        self._file = file
        self._entries = {entry.filename.lower(): entry for entry in archive.infolist() if not entry.is_dir()}

    def __getitem__(self, name: str) -> bytes:
        entry = self._entries[name.lower()]
        if entry.file_size > _LARGEST:
            raise refused(
                f"{entry.filename} in the template is larger than {_LARGEST // 2**20} MB",
                self._file,
                "take large pictures out of the template, or compress them",
            )
        try:
            return self._archive.read(entry)
        # A damaged or encrypted archive fails in one of these ways, by the part that is hit.
        except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError) as error:
            raise _damaged(self._file) from error

    def __iter__(self) -> Iterator[str]:
        return (entry.filename for entry in self._entries.values())

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

    def xml(self, part: str) -> Element:
        """A part as a tree. Raises ReportError where it is damaged."""
        return _tree(self.files[part], self.file, part)

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
    # A damaged list of entries fails in one of these ways; what zipfile has not implemented is damage to it.
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError) as error:
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


def _tree(data: bytes, file: str, part: str) -> Element:
    try:
        return parse(data)
    except DamagedError as error:
        raise _damaged(file, f"{part}: {error}") from error


def _damaged(file: str, detail: str = "") -> ReportError:
    message = "the template is damaged or encrypted; Word files are zip archives"
    return refused(f"the template is damaged: {detail}" if detail else message, file, _SAVE_HINT)


def problem(message: str, file: str, *hints: str) -> Problem:
    """Something in the template that stops the build."""
    return block(message, Origin(file), *hints)
