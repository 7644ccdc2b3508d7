"""Fonts that go along inside a document: what they hold, what they are called, what their makers allow."""

from __future__ import annotations

import io
import struct
from functools import cache
from pathlib import Path

import pytest
from fontTools.pens.cu2quPen import Cu2QuPen  # type: ignore[import-untyped]  # has no stubs
from fontTools.pens.filterPen import DecomposingFilterPen  # type: ignore[import-untyped]  # has no stubs
from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]  # has no stubs
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # has no stubs

from ipreport.cache import Cache
from ipreport.fonts import Embedded, Face, Faces, check_embedding, embedded_font, find_faces
from ipreport.fonts.contours import simple_entry
from ipreport.fonts.embedding import EVERYDAY, common_characters
from ipreport.fonts.glyphs import pack_glyphs, unpack_glyphs
from ipreport.fonts.locate import FontFile
from ipreport.problems import Level
from ipreport.style import MODERN, FontRole

WORDS = "知识产权——“国”𠂇"
FAMILY = "Noto Serif CJK SC"
NO_CACHE = Cache(None)
ROLES = pytest.mark.parametrize("role", list(FontRole))


def _made(faces: Faces, role: FontRole, words: str = WORDS, *, complete: bool = False) -> bytes:
    wanted = Embedded(FAMILY, role is FontRole.SANS_BOLD, frozenset(words), complete)
    return embedded_font(faces.face(role), wanted, NO_CACHE)


def _opened(font: bytes) -> TTFont:
    """The font, every table of it read."""
    opened = TTFont(io.BytesIO(font), checkChecksums=2)
    for tag in opened.keys():  # noqa: SIM118 - it is no mapping
        opened[tag]
    return opened


@cache
def _source(face: Face) -> TTFont:
    return TTFont(io.BytesIO(face.path.read_bytes()), fontNumber=face.index, lazy=True)


@ROLES
def test_a_subset_holds_the_characters_of_the_document_and_those_of_a_correction(faces: Faces, role: FontRole) -> None:
    face = faces.face(role)

    held = set(map(chr, _opened(_made(faces, role))["cmap"].getBestCmap()))

    wanted = set(WORDS) | set(EVERYDAY)
    assert held == {character for character in wanted if face.has(character)}
    assert {"知", "“", "—", "a", "~", "，", "𠂇"} <= held


@ROLES
def test_it_is_truetype_in_the_glyphs_of_the_face(faces: Faces, role: FontRole) -> None:
    face, font = faces.face(role), _opened(_made(faces, role))

    assert font.sfntVersion == "\0\1\0\0"
    for character in "知a，“":
        name = font["cmap"].getBestCmap()[ord(character)]
        assert font["hmtx"][name][0] == face.glyph(character).advance
        coordinates = font["glyf"][name].getCoordinates(font["glyf"])[0]
        box = face.glyph(character).bounds
        assert (min(x for x, _ in coordinates), max(x for x, _ in coordinates)) == pytest.approx(
            (box[0], box[2]), abs=30
        )


@ROLES
def test_it_has_the_name_of_the_document_and_the_weight_of_its_role(faces: Faces, role: FontRole) -> None:
    font = _opened(_made(faces, role))
    bold = role is FontRole.SANS_BOLD

    assert font["name"].getDebugName(1) == FAMILY
    assert font["name"].getDebugName(2) == ("Bold" if bold else "Regular")
    assert font["name"].getDebugName(6) == f"NotoSerifCJKSC-{'Bold' if bold else 'Regular'}"
    assert font["OS/2"].usWeightClass == (700 if bold else 400)
    assert font["OS/2"].panose.bWeight == (8 if bold else 5)
    assert font["OS/2"].fsSelection & 0x61 == (0x20 if bold else 0x40)
    assert font["head"].macStyle == int(bold)


@ROLES
def test_origin_licence_and_lines_are_those_of_the_file(faces: Faces, role: FontRole) -> None:
    font, source = _opened(_made(faces, role)), _source(faces.face(role))

    for number in (0, 13, 14):
        assert font["name"].getDebugName(number) == source["name"].getDebugName(number)
        assert font["name"].getDebugName(number)
    for name in ("ascent", "descent", "lineGap"):
        assert getattr(font["hhea"], name) == getattr(source["hhea"], name)
    for name in ("fsType", "usWinAscent", "usWinDescent", "sTypoAscender", "ulUnicodeRange2", "ulCodePageRange1"):
        assert getattr(font["OS/2"], name) == getattr(source["OS/2"], name)
    assert font["post"].underlinePosition == source["post"].underlinePosition
    assert (font["OS/2"].usFirstCharIndex, font["OS/2"].usLastCharIndex) == (0x20, 0xFFFF)  # one is beyond


def test_a_name_in_chinese_is_kept(faces: Faces) -> None:
    wanted = Embedded("仿宋", bold=False, characters=frozenset("国"), complete=False)

    font = _opened(embedded_font(faces.face(FontRole.SERIF), wanted, NO_CACHE))

    assert font["name"].getDebugName(1) == "仿宋"
    assert font["name"].getDebugName(6) == "Embedded-Regular"


def test_enough_is_drawn_for_libreoffice_to_take_it(faces: Faces) -> None:
    """From 24.8 on, LibreOffice leaves out a font marked as a part when fewer than 26 of its glyphs are drawn."""
    font = _opened(_made(faces, FontRole.SERIF, ""))

    assert sum(font["glyf"][name].numberOfContours != 0 for name in font.getGlyphOrder()) >= 26


def test_the_same_characters_give_the_same_bytes(faces: Faces, tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    again = find_faces(cache=cache)

    assert _made(again, FontRole.SERIF) == _made(faces, FontRole.SERIF)
    again.save(cache)
    assert _made(find_faces(cache=cache), FontRole.SERIF) == _made(faces, FontRole.SERIF)


def test_a_library_that_happens_to_be_installed_makes_no_difference(
    faces: Faces, monkeypatch: pytest.MonkeyPatch
) -> None:
    def packed(*_: object) -> bytes:
        raise AssertionError("HarfBuzz was asked")

    monkeypatch.setattr("fontTools.ttLib.tables.otBase.have_uharfbuzz", True)
    monkeypatch.setattr("fontTools.ttLib.tables.otBase.OTTableWriter.getAllDataUsingHarfbuzz", packed)

    assert "GSUB" in _opened(_made(faces, FontRole.SERIF))


@ROLES
def test_two_dashes_are_one_line(faces: Faces, role: FontRole) -> None:
    font = _opened(_made(faces, role))
    dash, double = (font["cmap"].getBestCmap()[ord(character)] for character in "—⸺")

    (lookup,) = (lookup for lookup in font["GSUB"].table.LookupList.Lookup if lookup.LookupType == 4)
    (ligature,) = lookup.SubTable[0].ligatures[dash]
    assert (ligature.Component, ligature.LigGlyph) == ([dash], double)
    assert font["hmtx"][double][0] == 2 * font["hmtx"][dash][0] == 2 * font["head"].unitsPerEm


def test_a_face_without_a_double_dash_gets_one_of_two(faces: Faces, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ipreport.fonts.embedding.EVERYDAY", "ab")
    font = _opened(_made(faces, FontRole.SERIF))
    dash = font["cmap"].getBestCmap()[ord("—")]

    (ligature,) = font["GSUB"].table.LookupList.Lookup[0].SubTable[0].ligatures[dash]
    glyph = font["glyf"][ligature.LigGlyph]
    first, second = glyph.components
    left, right = font["glyf"][dash].xMin, font["glyf"][dash].xMax
    assert first.x + right == second.x + left  # no gap
    assert first.x + left == pytest.approx(font["hmtx"][ligature.LigGlyph][0] - (second.x + right), abs=2)  # the middle
    assert (glyph.xMin, glyph.xMax) == (first.x + left, second.x + right)
    assert font["maxp"].maxComponentElements == 2


def test_marks_stand_upright_in_vertical_lines(faces: Faces) -> None:
    font = _opened(_made(faces, FontRole.SANS))
    cmap, units = font["cmap"].getBestCmap(), font["head"].unitsPerEm
    (lookup,) = (lookup for lookup in font["GSUB"].table.LookupList.Lookup if lookup.LookupType == 1)
    turned = lookup.SubTable[0].mapping

    assert {cmap[ord(mark)] for mark in "，。（）《》“”—⸺"} <= set(turned)
    assert cmap[ord("国")] not in turned
    box = font["glyf"][turned[cmap[ord("，")]]]
    assert box.yMin > units / 2  # it hangs at the top of its square
    assert font["vmtx"][cmap[ord("国")]][0] == units
    assert font["vmtx"][turned[cmap[ord("⸺")]]][0] == 2 * units
    top = font["OS/2"].sTypoAscender
    assert font["vmtx"][cmap[ord("国")]][1] == top - font["glyf"][cmap[ord("国")]].yMax


def test_what_is_missing_shows_as_a_frame(faces: Faces) -> None:
    font = _opened(_made(faces, FontRole.SERIF))

    missing = font["glyf"][".notdef"]
    assert missing.numberOfContours == 2
    assert 0 < missing.xMin < missing.xMax < font["hmtx"][".notdef"][0]


# --- all that is common ------------------------------------------------------------------


def test_common_is_all_of_gb_2312_and_what_is_typed() -> None:
    common = common_characters()
    han = [character for character in common if "\u4e00" <= character <= "\u9fff"]

    assert len(han) == 6763  # level 1 and 2
    assert {"啊", "齄", "。", "①", "Ａ", "é", "~"} | set(EVERYDAY) <= set(common)
    assert len(set(common)) == len(common)


@ROLES
def test_every_face_has_all_han_of_gb_2312(faces: Faces, role: FontRole) -> None:
    cmap = _source(faces.face(role)).getBestCmap()

    assert [each for each in common_characters() if "\u4e00" <= each <= "\u9fff" and ord(each) not in cmap] == []


def test_a_complete_font_is_converted_once(faces: Faces, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ipreport.fonts.embedding.common_characters", lambda: "啊阿埃挨、")
    cache, face = Cache(tmp_path), faces.face(FontRole.SANS)
    wanted = Embedded(FAMILY, bold=False, characters=frozenset("国"), complete=True)
    first = embedded_font(face, wanted, cache)

    def read(*_: object) -> None:
        raise AssertionError("read again")

    monkeypatch.setattr(Face, "read", read)
    assert embedded_font(face, wanted, cache) == first
    held = set(map(chr, _opened(first)["cmap"].getBestCmap()))
    assert held >= {*"啊阿埃挨、国a"}
    assert len(held) == len({*EVERYDAY, *"啊阿埃挨国"})


def test_packed_glyphs_come_back_and_nothing_else_does(faces: Faces) -> None:
    glyphs = faces.face(FontRole.SERIF).forms(["国", " ", "\U000f0000"])

    assert unpack_glyphs(pack_glyphs(glyphs)) == glyphs
    for damaged in (b"", b"\0\0\0\x02{}", pack_glyphs(glyphs)[:30]):
        assert unpack_glyphs(damaged) is None


# --- outlines ----------------------------------------------------------------------------


@ROLES
def test_outlines_are_written_as_fonttools_writes_them(faces: Faces, role: FontRole) -> None:
    face = faces.face(role)
    source = _source(face)
    glyphs = source.getGlyphSet(location={"wght": face.weight} if "fvar" in source else None)
    for character in "国齄灣龘gB8%@&，“—" + "".join(map(chr, range(0x4E00, 0x4E80))):
        pen = TTGlyphPen(None)
        target = pen if "glyf" in source else Cu2QuPen(pen, 0.5, reverse_direction=True)
        glyphs[source.getBestCmap()[ord(character)]].draw(DecomposingFilterPen(target, glyphs))

        written = simple_entry(pen.points, pen.types, pen.endPts)

        assert written == pen.glyph(dropImpliedOnCurves=True).compile(None)


def test_many_like_points_are_counted() -> None:
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for step in range(1, 600):
        pen.lineTo((step, step))
    pen.lineTo((2000, -3000))
    pen.closePath()

    assert simple_entry(pen.points, pen.types, pen.endPts) == pen.glyph().compile(None)


def test_nothing_drawn_is_an_empty_entry() -> None:
    assert simple_entry([], [], []) == b""


# --- what is allowed ---------------------------------------------------------------------


def _with_flags(face: Face, flags: int, version: int = 4) -> bytes:
    """The file of a face with other flags for embedding."""
    data = bytearray(face.path.read_bytes())
    (count,) = struct.unpack_from(">H", data, 4)
    (place,) = (
        struct.unpack_from(">I", data, record + 8)[0]
        for record in range(12, 12 + 16 * count, 16)
        if data[record : record + 4] == b"OS/2"
    )
    struct.pack_into(">H", data, place, version)
    struct.pack_into(">H", data, place + 8, flags)
    return bytes(data)


def _of_an_office(faces: Faces, folder: Path, flags: int, version: int = 4) -> Face:
    """A face whose maker has set such flags."""
    copy = folder / "office.otf"
    copy.write_bytes(_with_flags(faces.face(FontRole.SANS), flags, version))
    return Face(FontFile(copy, 0, 400, "a test"), NO_CACHE)


@pytest.mark.parametrize(
    ("flags", "version", "reason"),
    [
        (0x0000, 4, None),
        (0x0008, 4, None),
        (0x000C, 2, None),
        (0x0002, 4, "forbids embedding ("),
        (0x000A, 4, "forbids embedding ("),
        (0x0002, 1, "forbids embedding ("),
        (0x0004, 4, "viewed and printed only"),
        (0x000C, 4, "viewed and printed only"),
        (0x0108, 4, "a part of its characters"),
        (0x0100, 4, "a part of its characters"),
        (0x0200, 4, "bitmaps only"),
    ],
)
def test_the_maker_s_word_holds(faces: Faces, tmp_path: Path, flags: int, version: int, reason: str | None) -> None:
    face = _of_an_office(faces, tmp_path, flags, version)

    problems = check_embedding(Faces({FontRole.SERIF: face}, None), [FontRole.SERIF])

    assert len(problems) == (reason is not None)
    for problem in problems:
        assert problem.level is Level.BLOCK
        assert str(reason) in problem.message
        assert str(face.path) in problem.message
        assert "'serif'" in problem.message
        assert f"fsType 0x{flags:04X}" in problem.message
        assert problem.hints


def test_every_forbidden_face_and_every_reason_is_told(faces: Faces, tmp_path: Path) -> None:
    face = _of_an_office(faces, tmp_path, 0x0302)
    found = Faces({**faces.roles, FontRole.SERIF: face, FontRole.SANS: face}, None)

    assert len(check_embedding(found, MODERN.roles)) == 6
    assert len(check_embedding(found, [FontRole.SANS])) == 3
    assert check_embedding(found, [FontRole.SANS_BOLD]) == ()
