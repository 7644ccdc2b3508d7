"""The zip container: the parts before the body is written, and the same bytes every time after."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from docx.opc.package import OpcPackage
from docx.opc.packuri import PackURI
from docx.opc.pkgwriter import PackageWriter

from ipreport.writers.docx.markup import DECLARATION

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_STORED = (".png", ".xlsx")  # compressed already


@dataclass(frozen=True, slots=True)
class NewPart:
    """A part below `word/` with its content type, and the relationship that leads to it."""

    path: str
    content_type: str
    relationship: str
    content: str


def word_part(path: str, kind: str, content: str) -> NewPart:
    """A part of WordprocessingML: `kind` names both its content type and its relationship."""
    return NewPart(path, f"{_WORD_TYPE}{kind}+xml", f"{_OFFICE}{kind}", content)


def theme_part(content: str) -> NewPart:
    """The theme, whose content type is not of WordprocessingML."""
    return NewPart(
        "theme/theme1.xml", "application/vnd.openxmlformats-officedocument.theme+xml", f"{_OFFICE}theme", content
    )


def relationship_id(index: int) -> str:
    """The id by which the document refers to the part at `index`."""
    return f"rId{index + 1}"


def container(document: str, core: str, parts: tuple[NewPart, ...]) -> bytes:
    """A package (ECMA-376 part 2) of a main document, its parts and the core properties."""
    types = [f'<Override PartName="/word/{part.path}" ContentType="{part.content_type}"/>' for part in parts]
    links = [
        f'<Relationship Id="{relationship_id(index)}" Type="{part.relationship}" Target="{part.path}"/>'
        for index, part in enumerate(parts)
    ]
    files = {
        "[Content_Types].xml": _CONTENT_TYPES.format("".join(types)),
        "_rels/.rels": _ROOT_RELATIONSHIPS,
        "docProps/app.xml": _APPLICATION,
        "docProps/core.xml": core,
        "word/_rels/document.xml.rels": f"{_RELATIONSHIPS}{''.join(links)}</Relationships>",
        "word/document.xml": document,
    }
    files |= {f"word/{part.path}": part.content for part in parts}
    return zipped({name: text.encode("utf-8") for name, text in files.items()})


_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_APP_TYPE = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
_CONTENT_TYPES = (
    f'{DECLARATION}<Types xmlns="{_PACKAGE}content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD_TYPE}document.main+xml"/>'
    f'<Override PartName="/docProps/core.xml" ContentType="{_CORE_TYPE}"/>'
    f'<Override PartName="/docProps/app.xml" ContentType="{_APP_TYPE}"/>{{}}</Types>'
)
_RELATIONSHIPS = f'{DECLARATION}<Relationships xmlns="{_PACKAGE}relationships">'
_ROOT_RELATIONSHIPS = (
    f"{_RELATIONSHIPS}"
    f'<Relationship Id="rId1" Type="{_OFFICE}officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    f'<Relationship Id="rId3" Type="{_OFFICE}extended-properties" Target="docProps/app.xml"/></Relationships>'
)
_APPLICATION = (
    f'{DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>ipreport</Application></Properties>"
)


def saved_files(package: OpcPackage) -> dict[str, bytes]:
    """The files of `package` by name, as python-docx saves them, without a container to be taken apart again."""
    files = _Files()
    # What PackageWriter.write does, but for the zip container.
    steps: Any = PackageWriter  # which has no annotations
    steps._write_content_types_stream(files, package.parts)
    steps._write_pkg_rels(files, package.rels)
    steps._write_parts(files, package.parts)
    return files.by_name


class _Files:
    """Takes what python-docx writes into a container."""

    def __init__(self) -> None:
        self.by_name: dict[str, bytes] = {}

    def write(self, name: PackURI, content: bytes) -> None:
        self.by_name[name.membername] = content


_BODY = b"<w:body>"


def filled(main: bytes, body: str) -> bytes:
    """The main document part with `body` before what its `w:body` holds, which is the last section.

    Parsing a long body, only to write it again, would take a third of the time of the whole file.
    """
    before, opening, after = main.partition(_BODY)
    if not opening:
        raise ValueError("the main document has no w:body")
    return b"".join((before, opening, body.encode("utf-8"), after))


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip container of `files`: the same files give the same bytes."""
    # Readers look for the content types first; the rest only has to be the same each time.
    order = sorted(files, key=lambda name: (name != "[Content_Types].xml", not name.startswith("_rels/"), name))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in order:
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system = 3  # else it tells on which kind of system the file was made
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_STORED if name.endswith(_STORED) else zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[name], compresslevel=6)
    return target.getvalue()
