"""Faults put into a sound Word file: our lint and the Open XML SDK together find each of them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from docx_helpers import sdk_findings
from ipreport.style import MODERN
from ipreport.writers.docx import write
from ooxml_lint import lint
from showcase import draft

_MAIN, _STYLES, _SETTINGS = "word/document.xml", "word/styles.xml", "word/settings.xml"
Spoil = Callable[[dict[str, bytes]], None]


def _changed(name: str, pattern: str, new: str, count: int = 1) -> Spoil:
    """A fault made by replacing what `pattern` finds in a part."""

    def spoil(parts: dict[str, bytes]) -> None:
        text, times = re.subn(pattern, new, parts[name].decode("utf-8"), count=count, flags=re.DOTALL)
        assert times, f"{pattern} is not in {name}"
        assert text.encode("utf-8") != parts[name]
        parts[name] = text.encode("utf-8")

    return spoil


def _lost(pattern: str) -> Spoil:
    """A part that is missing although something leads to it."""

    def spoil(parts: dict[str, bytes]) -> None:
        del parts[next(name for name in parts if re.fullmatch(pattern, name))]

    return spoil


_PARAGRAPH = r"<w:p>(<w:pPr>(?:(?!</w:pPr>).)*</w:pPr>)((?:(?!</w:p>).)+)</w:p>"
_CELL = r"(<w:tc><w:tcPr>(?:(?!</w:tcPr>).)*</w:tcPr>)<w:p>(?:(?!</w:tc>).)*</w:tc>"
_TYPES, _NOTES = "[Content_Types].xml", "word/footnotes.xml"
_SVG = r'<(?:Default Extension="svg"|Override PartName="/word/media/drawing1.svg")[^>]*/>'
_SEPARATORS = r'<w:footnote w:type="\w+" w:id="(?:-1|0)">.*?</w:footnote>'
_BOLD_FIRST = r"(<w:b/>)(<w:bCs/>)((?:(?!</w:rPr>).)+)(</w:rPr>)"
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_UNDECLARED = f'<w:document xmlns:mc="{_COMPATIBILITY}" mc:Ignorable="w99" '

FAULTS: dict[str, Spoil] = {
    "properties after the runs": _changed(_MAIN, _PARAGRAPH, r"<w:p>\2\1</w:p>"),
    "an element that does not exist": _changed(_MAIN, "<w:body>", "<w:body><w:foo/>"),
    "an alignment that does not exist": _changed(_STYLES, '<w:jc w:val="center"/>', '<w:jc w:val="middle"/>'),
    "a cell without a paragraph": _changed(_MAIN, _CELL, r"\1</w:tc>"),
    "a picture without its file": _changed(_MAIN, r'r:embed="rId\d+"', 'r:embed="rId999"'),
    "a footnote that is not there": _changed(_MAIN, r'(<w:footnoteReference [^>]*w:id=)"\d+"', r'\1"77"'),
    "a comment that is not there": _changed(_MAIN, r'(<w:commentReference w:id=)"\d+"', r'\1"55"'),
    "two drawings with one number": _changed(_MAIN, '<wp:docPr id="2"', '<wp:docPr id="1"'),
    "two bookmarks with one number": _changed(_MAIN, r'(<w:bookmarkStart w:id=)"2"', r'\1"1"'),
    "two bookmarks with one name": _changed(_MAIN, r'(w:name="(_Ref_\w+)".*?w:name=)"_Ref_\w+"', r'\1"\2"'),
    "a field without an end": _changed(_MAIN, '<w:r><w:fldChar w:fldCharType="end"/></w:r>', ""),
    "a style that is not there": _changed(_MAIN, '<w:pStyle w:val="BodyText"/>', '<w:pStyle w:val="NoSuch"/>'),
    "a link to no bookmark": _changed(_MAIN, r'w:anchor="_Ref\w+"', 'w:anchor="_RefGone"'),
    "a grid with too few columns": _changed(_MAIN, r'<w:gridCol w:w="\d+"/>', ""),
    "settings in a wrong order": _changed(_SETTINGS, "</w:settings>", "<w:embedTrueTypeFonts/></w:settings>"),
    "two styles with one id": _changed(_STYLES, 'w:styleId="Title"', 'w:styleId="BodyText"'),
    "a numbering that is not there": _changed(_STYLES, '<w:numId w:val="1"/>', '<w:numId w:val="99"/>'),
    "a drawing without a content type": _changed(_TYPES, _SVG, ""),
    "footnotes without their separators": _changed(_NOTES, _SEPARATORS, "", 2),
    "run properties in a wrong order": _changed(_STYLES, _BOLD_FIRST, r"\3\1\2\4"),
    "table properties in a wrong order": _changed(_MAIN, r"(<w:tblStyle [^>]*/>)(<w:tblW [^>]*/>)", r"\2\1"),
    "a prefix to ignore that is not declared": _changed(_MAIN, "<w:document ", _UNDECLARED),
    "half a half-point": _changed(_STYLES, r'<w:sz w:val="21"/>', '<w:sz w:val="10.5"/>'),
    "a part that is missing": _lost(r"word/media/drawing\d+\.svg"),
}
"""The 24 kinds of fault that were seeded when validators were chosen; each goes by unnoticed in LibreOffice."""


@cache
def _sound() -> bytes:
    return write(draft(), MODERN)


def _spoilt(spoil: Spoil) -> bytes:
    with zipfile.ZipFile(io.BytesIO(_sound())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    spoil(parts)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def test_there_are_as_many_as_were_seeded() -> None:
    assert len(FAULTS) == 24


def test_without_a_fault_nothing_is_found() -> None:
    assert lint(_sound()) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found(fault: str, tmp_path: Path) -> None:
    package = _spoilt(FAULTS[fault])
    if lint(package):
        return
    assert sdk_findings(package, tmp_path)
