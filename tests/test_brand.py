"""A briefing in an office's own template: sound, the same words, the same every time."""

from __future__ import annotations

import re
import warnings
from collections import Counter
from functools import cache
from io import BytesIO
from pathlib import Path

import docx
import pytest
from lxml import etree

from brand_templates import TEMPLATES, convert, document, from_libreoffice
from docx_helpers import W, part, sdk_findings, soffice
from ipreport.language import EN, ZH
from ipreport.style import MODERN
from ipreport.tracing.word import read_word
from ipreport.writers.docx import read_brand, starter, write
from office_parts import unzipped
from ooxml_lint import lint

ALL = pytest.mark.parametrize("name", [*TEMPLATES, "starter"])
LIBREOFFICE = pytest.mark.skipif(soffice() is None, reason="LibreOffice (soffice) is not on the path")


@cache
def template(name: str) -> bytes:
    return starter(MODERN, (ZH, EN), template=True) if name == "starter" else TEMPLATES[name]()


@cache
def plain() -> bytes:
    return write(document(), MODERN)


@cache
def in_template(name: str) -> bytes:
    return write(document(), MODERN, brand=read_brand(template(name), f"{name}.docx"))


def words(package: bytes) -> list[str]:
    """Every paragraph of the body, as a reader of the file has it."""
    root = part(package)
    return ["".join(piece.text or "" for piece in p.iter(W + "t")) for p in root.iter(W + "p")]


def instructions(package: bytes) -> list[str | None]:
    return [field.text for field in part(package).iter(W + "instrText")]


def bookmarks(package: bytes) -> list[str | None]:
    return [mark.get(W + "name") for mark in part(package).iter(W + "bookmarkStart")]


# --- sound ------------------------------------------------------------------------------


@ALL
def test_lint_finds_nothing(name: str) -> None:
    assert lint(in_template(name)) == []


@ALL
def test_openxml_audit_finds_nothing(name: str, tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what the validator's own imports warn of is not ours
        from openxml_audit import OpenXmlValidator  # noqa: PLC0415  # slow to import, needed here only
    path = tmp_path / "branded.docx"
    path.write_bytes(in_template(name))
    assert OpenXmlValidator().validate(path).errors == []


@ALL
def test_open_xml_sdk_finds_nothing(name: str, tmp_path: Path) -> None:
    assert sdk_counts(in_template(name), tmp_path) == Counter()


def sdk_counts(package: bytes, folder: Path) -> Counter[str]:
    return Counter(error["description"] for error in sdk_findings(package, folder))


@LIBREOFFICE
@pytest.mark.slow
@pytest.mark.parametrize("landscape", [False, True], ids=["B5", "landscape"])
def test_a_template_of_libreoffice_adds_no_fault_of_its_own(tmp_path: Path, landscape: bool) -> None:
    source = from_libreoffice(tmp_path, soffice() or "", landscape=landscape)
    package = write(document(), MODERN, brand=read_brand(source, "template.docx"))

    assert lint(package) == []
    assert words(package) == words(plain())
    assert sdk_counts(package, tmp_path) <= sdk_counts(source, tmp_path)
    sizes = {(size.get(W + "w"), size.get(W + "h")) for size in part(package).iter(W + "pgSz")}
    if landscape:
        # A page that lies already is not turned for wide tables.
        assert sizes == {("16838", "11906")}
    else:
        # LibreOffice rounds; the page of the wide table is the same one turned.
        assert {tuple(sorted(map(int, map(str, size)))) for size in sizes} == {(9978, 14173)}
        assert len(sizes) == 2


@LIBREOFFICE
@pytest.mark.slow
def test_libreoffice_opens_every_one(tmp_path: Path) -> None:
    for name in (*TEMPLATES, "starter"):
        path = tmp_path / f"{name}.docx"
        path.write_bytes(in_template(name))
        saved = convert(soffice() or "", tmp_path, path, "docx:Office Open XML Text")
        # What was saved from what was opened still says everything in the same order.
        assert [w for w in words(saved.read_bytes()) if w] == [w for w in words(plain()) if w]


# --- the same words ---------------------------------------------------------------------


@ALL
def test_the_template_changes_no_word_field_or_bookmark(name: str) -> None:
    package = in_template(name)

    assert words(package) == words(plain())
    assert instructions(package) == instructions(plain())
    assert bookmarks(package) == bookmarks(plain())


@ALL
def test_values_lead_back_to_their_records(name: str) -> None:
    reading, usual = read_word(in_template(name), "branded.docx"), read_word(plain(), "plain.docx")

    assert reading.marks == usual.marks
    assert reading.record.values == usual.record.values


@ALL
def test_only_lists_and_warnings_are_numbered(name: str) -> None:
    """Neither headings nor captions take a number that the briefing has not written."""
    package = in_template(name)
    styles = {style.style_id: style for style in docx.Document(BytesIO(package)).styles}
    for paragraph in part(package).iter(W + "p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        named = None if style is None else styles[style.get(W + "val") or ""]
        numbered = _numbering(paragraph.find(W + "pPr"), named)
        marked = ("List Bullet", "List Number", "Callout Warning", "KPI Label Doubtful")
        continued = "Callout Warning Continue"
        wanted = named is not None and named.name.startswith(marked) and not named.name.startswith(continued)
        assert (numbered is not None) == wanted


def _numbering(own: etree._Element | None, style: object) -> str | None:
    """The numbering instance of a paragraph, its own or that of its style."""
    elements = [own]
    while style is not None:
        elements.append(style.element.find(W + "pPr"))  # type: ignore[attr-defined]  # python-docx has no common type
        style = style.base_style  # type: ignore[attr-defined]
    for element in elements:
        found = None if element is None else element.find(f"{W}numPr/{W}numId")
        if found is not None:
            value = found.get(W + "val")
            return None if value == "0" else value
    return None


def test_bullets_stay_where_the_template_has_none() -> None:
    """The style List Bullet of this template has an indent and no mark."""
    package = in_template("red-serif")
    items = part(package).findall(f".//{W}p/{W}pPr/{W}pStyle[@{W}val='ListBullet']")
    instances = {item.getparent().find(f"{W}numPr/{W}numId").get(W + "val") for item in items}  # type: ignore[union-attr]
    (instance,) = instances
    numbering = part(package, "word/numbering.xml")
    abstract = numbering.find(f"{W}num[@{W}numId='{instance}']/{W}abstractNumId")
    assert abstract is not None
    kind = numbering.find(f"{W}abstractNum[@{W}abstractNumId='{abstract.get(W + 'val')}']/{W}lvl/{W}numFmt")
    assert kind is not None
    assert kind.get(W + "val") == "bullet"


# --- the same every time ----------------------------------------------------------------


@ALL
def test_same_input_same_bytes(name: str) -> None:
    assert write(document(), MODERN, brand=read_brand(template(name), f"{name}.docx")) == in_template(name)


@ALL
def test_a_briefing_as_template_again_changes_nothing_more(name: str) -> None:
    once = in_template(name)
    twice = write(document(), MODERN, brand=read_brand(once, "once.docx"))
    thrice = write(document(), MODERN, brand=read_brand(twice, "twice.docx"))

    assert unzipped(twice)["word/styles.xml"] == unzipped(once)["word/styles.xml"]
    assert unzipped(twice)["word/theme/theme1.xml"] == unzipped(once)["word/theme/theme1.xml"]
    assert thrice == twice


def test_the_houses_own_briefing_as_template_keeps_its_styles() -> None:
    again = write(document(), MODERN, brand=read_brand(plain(), "plain.docx"))

    assert lint(again) == []
    assert style_names(again) == style_names(plain())


def style_names(package: bytes) -> list[str]:
    return sorted(style.name for style in docx.Document(BytesIO(package)).styles)


# --- nothing of the template as a file --------------------------------------------------


def test_nothing_is_left_of_the_template_as_a_file() -> None:
    files = unzipped(in_template("chinese"))
    everything = b"".join(files.values())

    for trace in (
        "模板里的占位正文",
        "attachedTemplate",
        "documentProtection",
        "trackRevisions",
        "rsid",
        "Normal.dotm",
    ):
        assert trace.encode() not in everything
    assert docx.Document(BytesIO(in_template("chinese"))).core_properties.author == "示例编写组 / Example compilers"
    assert not [name for name in files if re.search(r"glossary|vba|thumbnail|webSettings|people", name)]


def test_what_is_not_taken_over_is_said() -> None:
    brand = read_brand(template("chinese"), "office.docx")

    assert [str(problem) for problem in brand.problems] == [
        "office.docx: note: the protection of the template is not taken over: the briefing can be edited",
        "office.docx: note: the template records changes; the briefing starts without that",
        "office.docx: note: the template that this one is attached to is not taken over: its own styles are",
    ]


def test_settings_keep_compatibility_and_what_our_lines_rest_on() -> None:
    settings = part(in_template("chinese"), "word/settings.xml")
    compat = settings.find(W + "compat")
    assert compat is not None
    assert [etree.QName(entry).localname for entry in compat][:2] == ["doNotExpandShiftReturn", "useFELayout"]
    stop = settings.find(W + "defaultTabStop")
    assert stop is not None
    assert stop.get(W + "val") == "420"
