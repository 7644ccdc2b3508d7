"""Letters with combining marks in PDF files: where the marks stand, and that the text is read as it was written."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
from dataclasses import replace
from functools import cache
from pathlib import Path

import page
import pypdfium2
import pytest
import uharfbuzz
from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from ipreport.cache import Cache
from ipreport.document import DrawnText, Figure, Paragraph, Text, text
from ipreport.figures.lettering import Lettering
from ipreport.figures.png import _letters as png_letters
from ipreport.fonts import Face, Faces, check_characters, clusters, find_faces
from ipreport.fonts.locate import FontFile
from ipreport.fonts.shaping import Shaping
from ipreport.language import EN, ZH, Language
from ipreport.style import MODERN, OFFICIAL, FontRole
from ipreport.writers.pdf import write
from ipreport.writers.pdf.atoms import Shaper, atoms
from ipreport.writers.pdf.pieces import Run, Setting
from showcase import showcase

DECOMPOSED = tuple(
    unicodedata.normalize("NFD", words)
    for words in ("Nguyễn Thị Ánh", "lǜsè lǚxíng", "São Tomé", "Ångström", "Łódź", "がぎぐ", "Ḥāfiẓ")
)
"""Names as some systems write them, every mark a character of its own."""
RARE = ("n\u0302x\u0323\u0304", "q\u0307", "m\u030b")
"""Letters with marks that no single character stands for."""


@cache
def faces() -> Faces:
    return find_faces(None, Cache(None), OFFICIAL.roles)


def written(*texts: Text, tracking: bool = False) -> bytes:
    blocks = tuple(Paragraph(each) for each in texts)
    style = OFFICIAL if tracking else MODERN
    return write(replace(showcase(), blocks=blocks, imprint=None), style, faces(), Cache(None))


def read_by_pdfium(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as pdf:
        return "".join("".join(each.get_textpage().get_text_range() for each in pdf).split())


def read_by_poppler(data: bytes, folder: Path) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("no poppler")
    (folder / "file.pdf").write_bytes(data)
    command = ["pdftotext", "-enc", "UTF-8", str(folder / "file.pdf"), "-"]
    return "".join(subprocess.run(command, capture_output=True, check=True).stdout.decode().split())


@pytest.mark.parametrize("tracking", [False, True], ids=["modern", "official"])
@pytest.mark.parametrize("words", [*DECOMPOSED, *RARE, "Nguyễn Thị Ánh", "affirm office fluffier", "fi ft tt ct"])
@pytest.mark.parametrize("language", [ZH, EN], ids=["zh", "en"])
def test_the_text_is_read_as_it_was_written(words: str, language: Language, tracking: bool, tmp_path: Path) -> None:
    data = written(text(language, f"x{words}x"), tracking=tracking)
    said = "x" + "".join(words.split()) + "x"
    assert said in read_by_pdfium(data)
    assert said in read_by_poppler(data, tmp_path)


# --- where the marks stand --------------------------------------------------------------


def shaped_by_harfbuzz(face: Face, words: str) -> tuple[int, int, int, int, int]:
    """The box of the ink of a text and its advance, in font units, as HarfBuzz shapes all of it at once."""
    font = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(face.path)), face.index))
    font.set_variations({"wght": face.weight})
    buffer = uharfbuzz.Buffer()
    buffer.add_str(words)
    buffer.direction, buffer.script, buffer.language = "ltr", "Latn", "en"
    uharfbuzz.shape(font, buffer, {"liga": False, "kern": False})
    boxes, pen = [], 0
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        extents = font.get_glyph_extents(info.codepoint)
        left, top = pen + position.x_offset + extents.x_bearing, position.y_offset + extents.y_bearing
        if extents.width:
            boxes.append((left, top + extents.height, left + extents.width, top))
        pen += position.x_advance
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops), pen


def all_clusters() -> list[str]:
    return sorted({each for words in (*DECOMPOSED, *RARE) for each in clusters(words) if len(each) > 1})


@pytest.mark.parametrize("role", [FontRole.SERIF, FontRole.SANS_BOLD, FontRole.LATIN])
def test_the_ink_of_a_letter_with_marks_is_what_harfbuzz_makes_of_it(role: FontRole) -> None:
    own, compared = faces().face(role), 0
    for cluster in all_clusters():
        face = own if own.has(cluster, EN) else faces().symbols
        assert face is not None
        if not face.has(cluster, EN) or "\u3099" in cluster:
            continue
        glyph = face.glyph(cluster, EN)
        expected = shaped_by_harfbuzz(face, cluster)
        if expected[2] > 1.3 * expected[4]:
            continue  # the face has no anchors
        assert (*glyph.bounds, glyph.advance) == pytest.approx(expected, abs=face.units_per_em / 100), cluster
        compared += 1
    assert compared > 12


def test_a_mark_stands_over_the_middle_of_its_letter_and_not_behind_it() -> None:
    face = faces().symbols
    assert face is not None
    plain, marked = face.glyph("m", EN), face.glyph("m\u030b", EN)
    assert marked.advance == plain.advance
    assert marked.bounds[3] > plain.bounds[3]
    assert plain.bounds[0] <= marked.bounds[0]
    assert marked.bounds[2] <= plain.bounds[2]


@pytest.mark.parametrize("role", [FontRole.SERIF, FontRole.SANS_BOLD])
@pytest.mark.parametrize("letter", "zZ国")
def test_a_mark_without_an_anchor_is_centred_on_its_letter_and_clear_of_it(role: FontRole, letter: str) -> None:
    face = faces().face(role)
    plain, marked = face.glyph(letter, EN), face.glyph(f"{letter}\u0301", EN)
    *_, right, _, advance = shaped_by_harfbuzz(face, f"{letter}\u0301")
    assert right > 1.3 * advance  # else there were an anchor, and nothing to see
    assert marked.advance == plain.advance
    (left, bottom, right, top), box = plain.bounds, marked.bounds
    assert (box[0], box[1], box[2]) == (left, bottom, right)
    assert box[3] > top + face.units_per_em / 10
    twice = face.glyph(f"{letter}\u0301\u0304", EN)
    assert twice.bounds[3] > box[3]


BOXES = {".notdef": (0, 0, 400, 700), "q": (50, -200, 450, 500)} | {
    "acute": (20, 300, 120, 400),
    "dot": (20, -150, 120, -50),
    "slash": (20, 100, 120, 200),
}
"""A face whose marks have no anchors: what is visible of each glyph."""


def without_anchors(folder: Path) -> Shaping:
    """A font of one letter and three marks that has rules of place (GPOS), so that HarfBuzz makes none of its own."""
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(list(BOXES))
    builder.setupCharacterMap({ord("q"): "q", 0x301: "acute", 0x323: "dot", 0x338: "slash"})
    glyphs = {}
    for name, (left, bottom, right, top) in BOXES.items():
        pen = TTGlyphPen(None)
        pen.moveTo((left, bottom))
        for corner in ((left, top), (right, top), (right, bottom)):
            pen.lineTo(corner)
        pen.closePath()
        glyphs[name] = pen.glyph()
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics({name: (500 if name == "q" else 0, box[0]) for name, box in BOXES.items()})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupOS2()
    builder.setupPost()
    addOpenTypeFeaturesFromString(builder.font, "feature kern { pos q q -10; } kern;")
    builder.save(folder / "marks.ttf")
    return Shaping(FontFile(folder / "marks.ttf", 0, 400, "test"), None)


def test_marks_without_anchors_stand_above_below_and_across_their_letter_and_clear_of_each_other(
    tmp_path: Path,
) -> None:
    font = without_anchors(tmp_path)
    # The dot below comes before the acute in canonical order.
    shaped = font.marked("q\u0338\u0323\u0301\u0301")
    assert shaped is not None
    letter, slash, dot, acute, second = map(font._ink, shaped.glyphs)
    assert shaped.advance == 500
    assert letter == BOXES["q"]
    assert {ink.centre for ink in (slash, dot, acute, second)} == {letter.centre}
    assert (slash.bottom, slash.top) == (100, 200)
    assert (dot.top, dot.bottom) == (-200 - 41, -200 - 41 - 100)
    assert (acute.bottom, second.bottom) == (500 + 41, 500 + 41 + 100 + 41)


@pytest.mark.parametrize("letter", "éüāǚÀ")
def test_a_letter_with_a_mark_is_of_the_face_of_the_letters_beside_it_in_chinese_text_too(letter: str) -> None:
    beside = faces().for_character(FontRole.FANGSONG, "e", ZH)
    assert beside is faces().face(FontRole.LATIN)
    for each in (letter, unicodedata.normalize("NFD", letter)):
        shown = faces().for_character(FontRole.FANGSONG, each, ZH)
        assert (shown is beside) == beside.has(each, ZH)
    assert faces().for_character(FontRole.FANGSONG, "“", ZH) is not beside


def test_a_composed_letter_and_its_parts_look_alike() -> None:
    face = faces().face(FontRole.SERIF)
    for composed in "ễếñüǜāÅ":
        parts = unicodedata.normalize("NFD", composed)
        assert parts != composed
        assert face.glyph(parts, EN) == face.glyph(composed, EN)
    assert face.glyph("か\u3099") == face.glyph("が")


def test_a_letter_and_its_marks_are_one_sign_of_a_line() -> None:
    shaper = Shaper(faces())
    setting = Setting(FontRole.SERIF, 10, "#000000", EN)
    parts, whole = "Nguye\u0302\u0303n", "Nguyễn"
    assert shaper.width(parts, setting) == pytest.approx(shaper.width(whole, setting))
    tracked = replace(setting, tracking=0.5)
    assert shaper.width(parts, tracked) == pytest.approx(shaper.width(whole, tracked))
    (word,) = atoms([Run(parts, setting)], shaper)
    assert [each.text for each in shaper.letters(word)] == ["N", "g", "u", "y", "e\u0302\u0303", "n"]


def test_a_han_character_with_a_mark_stays_on_one_line() -> None:
    shaper = Shaper(faces())
    found = atoms([Run("国か\u3099人", Setting(FontRole.SERIF, 10, "#000000", ZH))], shaper)
    assert [each.text for each in found] == ["国", "か\u3099", "人"]


def test_a_mark_that_no_face_has_on_its_letter_is_set_beside_it(tmp_path: Path) -> None:
    words = "国\u0302人"
    assert faces().for_character(FontRole.SERIF, "国\u0302") is None
    assert words in read_by_poppler(written(text(ZH, words)), tmp_path)


def test_a_letter_with_marks_is_missing_only_where_no_face_shows_it() -> None:
    alone = Faces({FontRole.SERIF: faces().face(FontRole.SERIF)}, None)
    assert alone.for_character(FontRole.SERIF, "\u0323", EN) is None
    assert check_characters("a\u0323", EN, alone) == ()  # ạ is there
    (problem,) = check_characters("q\u0323", EN, alone)
    assert "(U+0323)" in problem.message


def test_a_chart_sets_marks_as_the_text_does() -> None:
    words = "Nguye\u0302\u0303n"
    item = DrawnText(66, 70, words, 9, "sans", "#1f2328", EN)
    figure = next(block for block in showcase().blocks if isinstance(block, Figure))
    drawing = replace(figure.picture.drawing, items=(item,))
    document = replace(
        showcase(), blocks=(replace(figure, picture=replace(figure.picture, drawing=drawing)),), imprint=None
    )
    assert words in read_by_pdfium(write(document, MODERN, faces(), Cache(None)))
    lettering = Lettering(faces(), MODERN, None)
    assert lettering.width(words, 9, FontRole.SANS, EN) == pytest.approx(
        lettering.width("Nguyễn", 9, FontRole.SANS, EN)
    )
    assert (
        png_letters(item, faces()).vertices.tolist()
        == png_letters(replace(item, text="Nguyễn"), faces()).vertices.tolist()
    )


@pytest.mark.parametrize("profile", [page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A], ids=str)
def test_a_file_with_marks_is_sound(profile: page.ValidationProfile, tmp_path: Path) -> None:
    data = written(*(text(EN, words) for words in (*DECOMPOSED, *RARE)))
    (tmp_path / "marks.pdf").write_bytes(data)
    report = page.validate_pdf(str(tmp_path / "marks.pdf"), profile=profile)
    assert [failure.message for failure in report.failures] == []
    assert written(*(text(EN, words) for words in (*DECOMPOSED, *RARE))) == data


def test_what_marks_are_made_of_is_kept_for_the_next_run(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    first = find_faces(None, cache).face(FontRole.SERIF)
    made = first.glyph("m\u0301", EN)
    first.save(cache)
    again = find_faces(None, cache).face(FontRole.SERIF)
    assert again.glyph("m\u0301", EN) == made
    assert again._opened is None
