"""Fonts inside Word files: which, with what, where they stand, and that a reader without them takes them."""

from __future__ import annotations

import io
import struct
import uuid
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx.oxml import parse_xml
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # has no stubs

from docx_helpers import W, audit_findings, part, sdk_findings, soffice
from helpers import Copy
from ipreport.cache import Cache
from ipreport.document import Caption, CaptionKind, Document, Figure, Heading, Mark, Paragraph, Span, Text, text
from ipreport.fonts import Face, Faces
from ipreport.fonts.locate import FontFile
from ipreport.language import EN, ZH
from ipreport.problems import ReportError
from ipreport.readers import BRIEFING_FILE
from ipreport.style import MODERN, OFFICIAL, FontRole
from ipreport.writers.docx import EmbeddedFonts, write
from ipreport.writers.docx.embed import obfuscated
from ipreport.writers.docx.faces_used import fonts_used
from libreoffice import converted
from ooxml_lint import lint
from page_lines import words_of
from pdf_facts import face_names
from showcase import both, native, one, picture, showcase

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
SERIF, SANS = "Noto Serif CJK SC", "Noto Sans CJK SC"
SENTENCE = "罚没款36.97万元——“居全省第2位”。"


@pytest.fixture(scope="module")
def fonts(faces: Faces) -> EmbeddedFonts:
    return EmbeddedFonts(faces, Cache(None))


def _document(*blocks: Any) -> Document:
    return replace(showcase(), blocks=blocks, imprint=None, comments=())


BRIEFING = _document(
    Heading(1, "h", both("知识产权保护", "Protection")),
    Paragraph(text(ZH, SENTENCE)),
    Paragraph(text(EN, "It isn’t “quality” — see 5.")),
)


def _chart() -> Figure:
    return Figure("f", Caption(CaptionKind.FIGURE, 1, both("图", "F")), picture(), (), both("甲", "A"), native())


def _embedded(package: bytes) -> Iterator[tuple[str, bool, Any, TTFont]]:
    """Family and weight in the table of fonts, the element that names the part, and the font read from it."""
    links = {link.get("Id"): link.get("Target") for link in part(package, "word/_rels/fontTable.xml.rels")}
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        for entry in part(package, "word/fontTable.xml"):
            for named in entry.iter(f"{W}embedRegular", f"{W}embedBold"):
                content = archive.read(f"word/{links[named.get(f'{R}id')]}")
                readable = obfuscated(content, uuid.UUID(named.get(f"{W}fontKey")))
                assert content[:32] != readable[:32]
                yield entry.get(f"{W}name"), named.tag == f"{W}embedBold", named, TTFont(io.BytesIO(readable))


def _characters(package: bytes, family: str, *, bold: bool = False) -> set[str]:
    """What an embedded font holds."""
    (font,) = (font for name, weight, _, font in _embedded(package) if (name, weight) == (family, bold))
    return set(map(chr, font["cmap"].getBestCmap()))


def test_each_font_in_use_is_inside_by_the_name_it_is_asked_for(fonts: EmbeddedFonts) -> None:
    package = write(BRIEFING, MODERN, fonts)

    found = [*_embedded(package)]
    assert [(family, bold) for family, bold, _, _ in found] == [(SERIF, False), (SANS, False), (SANS, True)]
    for family, bold, _, font in found:
        assert font["name"].getDebugName(1) == family
        assert font["name"].getDebugName(2) == ("Bold" if bold else "Regular")
    theme = part(package, "word/theme/theme1.xml")
    assert {SERIF, SANS} <= {font.get("typeface") for font in theme.iter("{*}ea")}


def test_without_fonts_nothing_of_it_is_there() -> None:
    package = write(BRIEFING, MODERN)

    assert not any(name.endswith(".odttf") for name in zipfile.ZipFile(io.BytesIO(package)).namelist())
    assert part(package, "word/settings.xml").find(f"{W}embedTrueTypeFonts") is None


def test_a_subset_says_so_and_is_one_again_when_the_file_is_saved(fonts: EmbeddedFonts) -> None:
    package = write(BRIEFING, MODERN, fonts)

    assert {named.get(f"{W}subsetted") for _, _, named, _ in _embedded(package)} == {"1"}
    settings = [child.tag.removeprefix(W) for child in part(package, "word/settings.xml")]
    place = settings.index("zoom")
    assert settings[place : place + 3] == ["zoom", "embedTrueTypeFonts", "saveSubsetFonts"]


def test_complete_fonts_stay_complete(faces: Faces, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ipreport.fonts.embedding.common_characters", lambda: "啊阿埃挨")
    package = write(BRIEFING, MODERN, EmbeddedFonts(faces, Cache(None), complete=True))

    assert {named.get(f"{W}subsetted") for _, _, named, _ in _embedded(package)} == {None}
    settings = [child.tag.removeprefix(W) for child in part(package, "word/settings.xml")]
    assert "embedTrueTypeFonts" in settings
    assert "saveSubsetFonts" not in settings
    assert {*SENTENCE, *"啊阿埃挨"} <= _characters(package, SERIF)


def test_every_font_has_the_characters_of_all_parts(fonts: EmbeddedFonts) -> None:
    """So that text may take another style, or move to another place."""
    package = write(replace(BRIEFING, blocks=(*BRIEFING.blocks, _chart())), MODERN, fonts)

    for family, bold in ((SERIF, False), (SANS, False), (SANS, True)):
        held = _characters(package, family, bold=bold)
        assert {*SENTENCE, *"知识产权保护"} <= held
        assert {*"示例数据", *"工作简报"} <= held  # the head lines and the masthead
        assert {*"四季度", *"超过"} <= held  # the chart
        assert "寿" not in held


def test_a_font_that_nothing_asks_for_stays_outside(fonts: EmbeddedFonts) -> None:
    without = write(_document(Heading(1, "h", one("标题")), Paragraph(text(EN, "It isn’t “so”."))), MODERN, fonts)

    assert {(family, bold) for family, bold, _, _ in _embedded(without)} == {(SANS, False), (SANS, True)}


def test_what_stands_in_for_an_office_face_does_not_go_by_its_name(faces: Faces) -> None:
    office = replace(faces, roles={**faces.roles, FontRole.HEI: faces.face(FontRole.SANS)})
    for found, families in ((faces, []), (office, ["SimHei"])):
        table = part(write(BRIEFING, OFFICIAL, EmbeddedFonts(found, Cache(None))), "word/fontTable.xml")
        carried = [entry for entry in table.iter(W + "font") if entry.find(W + "embedRegular") is not None]
        assert [entry.get(W + "name") for entry in carried] == families


@pytest.mark.unsound  # a masthead without a name
def test_emphasis_asks_for_the_bold_font(fonts: EmbeddedFonts) -> None:
    strong = Text(ZH, (Span("保护", ZH, (Mark.STRONG,)),))
    document = replace(_document(Paragraph(strong)), masthead=replace(showcase().masthead, name=one("")))

    package = write(document, MODERN, fonts)

    assert (SANS, True) in {(family, bold) for family, bold, _, _ in _embedded(package)}


@pytest.mark.parametrize("complete", [False, True])
def test_same_input_same_bytes(
    faces: Faces, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, complete: bool
) -> None:
    monkeypatch.setattr("ipreport.fonts.embedding.common_characters", lambda: "啊阿埃挨")
    cache = Cache(tmp_path)

    first, second, third = (
        write(BRIEFING, MODERN, EmbeddedFonts(faces, store, complete)) for store in (cache, cache, Cache(None))
    )

    assert first == second == third


def test_the_validators_find_nothing(fonts: EmbeddedFonts, tmp_path: Path) -> None:
    package = write(BRIEFING, MODERN, fonts)

    assert lint(package) == []
    assert audit_findings(package, tmp_path) == []
    assert sdk_findings(package, tmp_path) == []


def test_the_fonts_are_read_over_the_places_of_the_standard() -> None:
    """The example of 17.8.1."""
    key = uuid.UUID("001B70DC-AA60-4AD5-90EC-18A0948E1EAE")

    hidden = obfuscated(bytes(40), key)

    assert hidden == bytes.fromhex("AE1E8E94A018EC90D54A60AADC701B00") * 2 + bytes(8)
    assert obfuscated(hidden, key) == bytes(40)


# --- what is asked for -------------------------------------------------------------------

_THEME = parse_xml(
    '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:majorFont><a:latin typeface="Arial"/>'
    '<a:ea typeface=""/><a:font script="Hans" typeface="黑体"/></a:majorFont><a:minorFont><a:latin typeface="Times"/>'
    '<a:ea typeface="宋体"/></a:minorFont></a:theme>'
)
_STYLES = parse_xml(
    f'<w:styles xmlns:w="{W[1:-1]}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:eastAsiaTheme="minorEastAsia"/>'
    '</w:rPr></w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="a"/>'
    '<w:style w:type="paragraph" w:styleId="1"><w:basedOn w:val="a"/><w:rPr>'
    '<w:rFonts w:eastAsiaTheme="majorEastAsia"/><w:b/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="2"><w:basedOn w:val="1"/><w:rPr><w:b w:val="0"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="loop"><w:basedOn w:val="loop"/></w:style>'
    '<w:style w:type="character" w:styleId="k"><w:rPr><w:rFonts w:eastAsia="楷体"/></w:rPr></w:style></w:styles>'
)


@pytest.mark.parametrize(
    ("paragraph", "run", "words", "expected"),
    [
        ("", "", "国", {("宋体", False)}),
        ("", "", "plain", set()),
        ("", "", "café", set()),
        ("", "", "“", {("宋体", False)}),
        ('<w:pStyle w:val="1"/>', "", "国", {("黑体", True)}),
        ('<w:pStyle w:val="2"/>', "", "国", {("黑体", False)}),
        ('<w:pStyle w:val="loop"/>', "", "国", {("宋体", False)}),
        ('<w:pStyle w:val="none"/>', "", "国", {("宋体", False)}),
        ('<w:pStyle w:val="1"/>', '<w:rStyle w:val="k"/>', "国", {("楷体", True)}),
        ("", '<w:rFonts w:eastAsia="仿宋"/><w:b/>', "国", {("仿宋", True)}),
        ("", '<w:rFonts w:eastAsiaTheme="minorHAnsi"/>', "“", {("Times", False)}),
        ("", '<w:rFonts w:hint="eastAsia"/>', "国", {("宋体", False)}),
    ],
)
def test_the_font_of_a_run(paragraph: str, run: str, words: str, expected: set[tuple[str, bool]]) -> None:
    story = parse_xml(
        f'<w:body xmlns:w="{W[1:-1]}"><w:p><w:pPr>{paragraph}</w:pPr><w:r><w:rPr>{run}</w:rPr>'
        f"<w:t>{words}</w:t></w:r></w:p></w:body>"
    )

    used = fonts_used(_THEME, _STYLES, [story])

    assert used.fonts == expected
    assert used.characters == set(words)


def test_charts_watermarks_and_lists_count() -> None:
    chart = parse_xml(
        '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
        ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        '<a:rPr b="1"><a:ea typeface="+mj-ea"/></a:rPr>'
        "<a:t>标</a:t><c:v>季</c:v></c:chartSpace>"
    )
    other = parse_xml(
        f'<w:hdr xmlns:w="{W[1:-1]}" xmlns:v="urn:schemas-microsoft-com:vml"><v:textpath string="草稿"/>'
        '<w:lvlText w:val="%1、"/></w:hdr>'
    )

    used = fonts_used(_THEME, _STYLES, [chart, other])

    assert used.fonts == {("黑体", True)}
    assert used.characters == set("标季草稿%1、")


# --- what is forbidden -------------------------------------------------------------------


def _forbidden_file(faces: Faces, folder: Path) -> Path:
    """A font whose maker forbids embedding."""
    data = bytearray(faces.face(FontRole.SANS).path.read_bytes())
    place = data.index(b"OS/2")
    data[place + 4] ^= 1  # its checksum, by which a cache knows the file for another
    (table,) = struct.unpack_from(">I", data, place + 8)
    struct.pack_into(">H", data, table + 8, 0x0002)
    copy = folder / "office.otf"
    copy.write_bytes(data)
    return copy


def _forbidden(faces: Faces, folder: Path) -> Face:
    return Face(FontFile(_forbidden_file(faces, folder), 0, 400, "a test"), Cache(None))


def test_a_forbidden_face_is_a_problem_that_names_file_and_role(faces: Faces, tmp_path: Path) -> None:
    face = _forbidden(faces, tmp_path)
    mixed = Faces({**faces.roles, FontRole.SERIF: face}, faces.symbols)

    with pytest.raises(ReportError) as caught:
        write(BRIEFING, MODERN, EmbeddedFonts(mixed, Cache(None)))

    (problem,) = caught.value.problems
    assert str(face.path) in problem.message
    assert "'serif'" in problem.message


def test_a_forbidden_face_that_nothing_asks_for_does_no_harm(faces: Faces, tmp_path: Path) -> None:
    mixed = Faces({**faces.roles, FontRole.SERIF: _forbidden(faces, tmp_path)}, faces.symbols)

    assert write(_document(Heading(1, "h", one("标题"))), MODERN, EmbeddedFonts(mixed, Cache(None)))


# --- in a briefing -----------------------------------------------------------------------


@pytest.mark.parametrize(("said", "subsetted"), [("subset", {"1"}), ("full", {None})])
def test_a_briefing_says_what_its_word_files_carry(
    small: Copy, monkeypatch: pytest.MonkeyPatch, said: str, subsetted: set[str | None]
) -> None:
    monkeypatch.setattr("ipreport.fonts.embedding.common_characters", lambda: "啊阿埃挨")
    small.change(BRIEFING_FILE, "number: 1\n", f"number: 1\nembed-fonts: {said}\n")

    word = next(path for path in small.build(editions=["zh"]).documents if path.suffix == ".docx")

    assert {named.get(f"{W}subsetted") for _, _, named, _ in _embedded(word.read_bytes())} == subsetted


def test_a_briefing_carries_none_unless_it_says_so(small: Copy) -> None:
    word = next(path for path in small.build(editions=["zh"]).documents if path.suffix == ".docx")

    assert not any(name.endswith(".odttf") for name in zipfile.ZipFile(word).namelist())


def test_a_forbidden_face_of_a_briefing_is_told_before_anything_is_written(small: Copy, faces: Faces) -> None:
    _forbidden_file(faces, small.folder)
    small.change(BRIEFING_FILE, "number: 1\n", "number: 1\nfonts: {serif: office.otf}\n")
    assert small.check() == []

    small.change(BRIEFING_FILE, "number: 1\n", "number: 1\nembed-fonts: subset\n")

    (problem,) = small.check()
    assert "office.otf: its maker forbids embedding" in problem
    with pytest.raises(ReportError):
        small.build()
    assert not (small.root / "output").exists()


# --- a reader without the fonts ----------------------------------------------------------


@pytest.mark.slow
@pytest.mark.skipif(soffice() is None, reason="LibreOffice (soffice) is not on the path")  # the gate installs it
def test_libreoffice_without_chinese_fonts_takes_the_embedded_ones(
    fonts: EmbeddedFonts, faces: Faces, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert faces.symbols is not None
    system = tmp_path / "fonts.conf"
    system.write_text(
        f"<fontconfig><dir>{faces.symbols.path.parent}</dir><cachedir>{tmp_path / 'fonts'}</cachedir></fontconfig>",
        encoding="utf-8",
    )
    monkeypatch.setenv("FONTCONFIG_FILE", str(system))

    files = {"without": write(BRIEFING, MODERN), "within": write(BRIEFING, MODERN, fonts)}
    shown = converted(files, "pdf", tmp_path)

    assert not any("CJK" in name for name in face_names(shown["without"]))
    assert {"NotoSerifCJKSC-Regular", "NotoSansCJKSC-Regular", "NotoSansCJKSC-Bold"} <= face_names(shown["within"])
    assert SENTENCE in words_of(shown["within"])
