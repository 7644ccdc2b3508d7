from __future__ import annotations

import struct
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from fontTools.pens.areaPen import AreaPen  # type: ignore[import-untyped]  # has no stubs
from fontTools.pens.boundsPen import BoundsPen  # type: ignore[import-untyped]  # has no stubs
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # has no stubs

from ipreport.cache import Cache
from ipreport.document import DrawnText, Figure, Paragraph, text
from ipreport.fonts import Face, Faces, check_coverage, find_faces
from ipreport.fonts.glyphs import Glyph, GlyphSet, Metrics, Particulars, pack, unpack
from ipreport.fonts.locate import ENVIRONMENT
from ipreport.fonts.outline import _contours, outline
from ipreport.fonts.truetype import Line
from ipreport.language import EN, ZH
from ipreport.problems import Level, ReportError
from ipreport.style import BASE_ROLES, FontRole
from showcase import showcase


@pytest.fixture(scope="module")
def faces() -> Faces:
    return find_faces()


def test_every_role_has_a_face_with_a_name_of_its_own(faces: Faces) -> None:
    names = [faces.face(role).name for role in BASE_ROLES]
    assert len(set(names)) == len(BASE_ROLES)
    assert faces.face(FontRole.SANS_BOLD).weight == 700
    assert faces.face(FontRole.SANS_BOLD).name.endswith("Bold")


def test_bold_is_bolder(faces: Faces) -> None:
    regular, bold = faces.face(FontRole.SANS), faces.face(FontRole.SANS_BOLD)
    assert bold.advance("m") > regular.advance("m")
    assert bold.ink("国")[1] - bold.ink("国")[0] > 0.8


def test_measures_are_in_em(faces: Faces) -> None:
    for role in BASE_ROLES:
        face = faces.face(role)
        assert face.advance("国") == pytest.approx(1.0)
        assert 0.4 < face.advance("5") < 0.7
        assert face.ascent - face.descent == pytest.approx(1.0)
        assert 0.65 < face.cap_height < 0.8


@pytest.mark.parametrize("mark", "“”‘’")
def test_quotation_marks_are_full_width_in_chinese_and_proportional_in_english(faces: Faces, mark: str) -> None:
    for role in BASE_ROLES:
        face = faces.face(role)
        assert face.advance(mark, ZH) == pytest.approx(1.0)
        assert face.advance(mark, EN) < 0.6


def test_dash_fills_an_em_in_chinese_only(faces: Faces) -> None:
    face = faces.face(FontRole.SERIF)
    assert face.advance("—", ZH) == pytest.approx(1.0)
    assert face.advance("—", EN) < 0.95


def test_latin_pairs_are_kerned(faces: Faces) -> None:
    for role in BASE_ROLES:
        assert faces.face(role).kern("T", "o") < 0
        assert faces.face(role).kern("国", "国") == 0


def test_symbols_come_from_the_symbol_face(faces: Faces) -> None:
    assert not faces.face(FontRole.SERIF).has("✗")
    lender = faces.for_character(FontRole.SERIF, "✗")
    assert lender is not None
    assert lender is faces.symbols
    assert faces.for_character(FontRole.SERIF, "国") is faces.face(FontRole.SERIF)
    assert faces.for_character(FontRole.SERIF, "\U000f0000") is None
    with pytest.raises(KeyError, match=r"U\+F0000"):
        faces.face(FontRole.SERIF).advance("\U000f0000")


@pytest.mark.parametrize("role", BASE_ROLES)
@pytest.mark.parametrize("character", ["国", "g", "8", "%"])
def test_outlines_are_closed_and_fill_the_ink_box(faces: Faces, role: FontRole, character: str) -> None:
    face = faces.face(role)
    segments = outline(face.glyph(character).contours, face.units_per_em)
    assert segments[0][0] == "M"
    assert segments[-1] == ("Z",)
    assert {segment[0] for segment in segments} <= {"M", "L", "C", "Z"}
    ends = [float(segment[-2]) for segment in segments if len(segment) > 1]
    left, right = face.ink(character)
    assert min(ends) == pytest.approx(left, abs=0.03)
    assert max(ends) == pytest.approx(right, abs=0.03)
    assert outline(face.glyph(" ").contours, face.units_per_em) == ()


@pytest.mark.parametrize("role", BASE_ROLES)
def test_outlines_stand_on_a_grid_and_hardly_differ_from_those_of_the_file(faces: Faces, role: FontRole) -> None:
    face = faces.face(role)
    font = TTFont(face.path)
    drawn = font.getGlyphSet(location={"wght": face.weight} if "fvar" in font else None)
    for character in "永国我鬱西gQ&8%":
        contours = face.glyph(character).contours
        assert all(x % 2 == y % 2 == 0 for contour in _contours(contours, 1) for x, y, _ in contour)
        kept, real = (BoundsPen(drawn), AreaPen(drawn)), (BoundsPen(drawn), AreaPen(drawn))
        for pen in kept:
            for step, *values in outline(contours, 1):
                points = list(zip(values[::2], values[1::2], strict=True))
                {"M": pen.moveTo, "L": pen.lineTo, "C": pen.curveTo, "Z": pen.closePath}[str(step)](*points)
        for pen in real:
            drawn[font.getBestCmap()[ord(character)]].draw(pen)
        assert kept[0].bounds == pytest.approx(real[0].bounds, abs=0.002 * face.units_per_em)
        assert abs(kept[1].value) == pytest.approx(abs(real[1].value), rel=0.01)


def test_blob_survives_packing_and_nothing_else_does() -> None:
    metrics = Metrics("Name", 1000, 880, -120, 700, (0, -1, 2, 3))
    particulars = Particulars(b"\0" * 96, Line(1160, -288, 10), (-100, 50), {0: "©", 13: "OFL"})
    known = GlyphSet(metrics, {"国": Glyph(1000, b"abc"), "“*": Glyph(400, b""), "✗": None}, {"AV": -40}, particulars)
    assert unpack(pack(known)) == known
    for damaged in (b"", b"\0", b"\0\0\0\x02{}", pack(known)[:40], b"\xff" * 50):
        assert unpack(damaged) is None


def test_warm_run_does_not_open_fonts(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from ipreport.cache import Cache;"
        "from ipreport.fonts import check_coverage, find_faces; from showcase import showcase;"
        "cache = Cache(Path(sys.argv[1])); faces = find_faces(cache=cache);"
        "assert not check_coverage(showcase(), faces); faces.save(cache);"
        "print('fontTools' in sys.modules)"
    )
    root = Path(__file__).parent
    runs = [
        subprocess.run(
            [sys.executable, "-c", code, str(tmp_path)],
            capture_output=True,
            check=True,
            cwd=root,
            encoding="utf-8",
        ).stdout.strip()
        for _ in range(2)
    ]
    assert runs == ["True", "False"]


def test_cached_glyphs_are_the_same(tmp_path: Path, faces: Faces) -> None:
    cache = Cache(tmp_path)
    first = find_faces(cache=cache)
    assert first.face(FontRole.SERIF).glyph("国") == faces.face(FontRole.SERIF).glyph("国")
    first.save(cache)
    again = find_faces(cache=cache)
    assert again.face(FontRole.SERIF).glyph("国") == faces.face(FontRole.SERIF).glyph("国")
    assert again.face(FontRole.SERIF).kern("A", "V") == faces.face(FontRole.SERIF).kern("A", "V")


def test_damaged_cache_is_harmless(tmp_path: Path, faces: Faces) -> None:
    cache = Cache(tmp_path)
    first = find_faces(cache=cache)
    first.face(FontRole.SERIF).advance("国")
    first.save(cache)
    for path in sorted(tmp_path.rglob("*")):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:-7])
    again = find_faces(cache=cache)
    assert again.face(FontRole.SERIF).glyph("国") == faces.face(FontRole.SERIF).glyph("国")


def test_one_file_for_two_roles_is_one_face_unless_it_varies_in_weight(tmp_path: Path, faces: Faces) -> None:
    cache = Cache(tmp_path)
    both = (FontRole.SANS, FontRole.SANS_BOLD)
    still, varying = faces.face(FontRole.SERIF).path, faces.face(FontRole.SANS_BOLD).path
    assert len({find_faces(dict.fromkeys(both, varying)).face(role).key for role in both}) == 2
    office = find_faces(dict.fromkeys(both, still), cache)
    regular, bold = (office.face(role) for role in both)
    assert regular.key == bold.key
    assert regular.has("甲")
    assert bold.has("乙")
    office.save(cache)
    kept = unpack(cache.get(regular.key) or b"")
    assert kept is not None
    assert {"甲", "乙"} <= kept.glyphs.keys()


def test_override_comes_before_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, faces: Faces) -> None:
    monkeypatch.setenv(ENVIRONMENT[FontRole.SERIF], str(tmp_path / "absent.otf"))
    sans = faces.face(FontRole.SANS).path
    assert find_faces({FontRole.SERIF: sans}).face(FontRole.SERIF).path == sans


def test_environment_comes_before_packages(monkeypatch: pytest.MonkeyPatch, faces: Faces) -> None:
    sans = faces.face(FontRole.SANS).path
    monkeypatch.setenv(ENVIRONMENT[FontRole.SERIF], str(sans))
    assert find_faces().face(FontRole.SERIF).path == sans


def test_missing_font_is_a_problem_that_names_role_file_and_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    absent = tmp_path / "absent.otf"
    monkeypatch.setenv(ENVIRONMENT[FontRole.SANS], str(absent))
    with pytest.raises(ReportError) as caught:
        find_faces()
    (problem,) = caught.value.problems
    assert problem.level is Level.BLOCK
    assert "'sans'" in problem.message
    assert str(absent) in problem.message
    assert ENVIRONMENT[FontRole.SANS] in problem.message
    assert problem.hints


@pytest.mark.parametrize("contents", [b"", b"not a font at all", b"OTTO" + b"\0" * 200])
def test_unreadable_font_is_a_problem(tmp_path: Path, contents: bytes) -> None:
    broken = tmp_path / "broken.otf"
    broken.write_bytes(contents)
    with pytest.raises(ReportError) as caught:
        find_faces({FontRole.SERIF: broken, FontRole.SANS: broken})
    assert len(caught.value.problems) == 2
    assert str(broken) in caught.value.problems[0].message
    assert "cannot be read" in caught.value.problems[0].message


def _overwritten(data: bytes, table: bytes, start: int, length: int) -> bytes:
    """A font file in which a part of a table is no more what it was."""
    changed = bytearray(data)
    (count,) = struct.unpack_from(">H", data, 4)
    records = [struct.unpack_from(">4sIII", data, 12 + 16 * number) for number in range(count)]
    (place,) = (offset for tag, _, offset, _ in records if tag == table)
    changed[place + start : place + start + length] = b"\xff" * length
    return bytes(changed)


def test_a_damaged_glyph_is_a_problem_when_it_is_read(tmp_path: Path, faces: Faces) -> None:
    broken = tmp_path / "broken.otf"
    broken.write_bytes(_overwritten(faces.face(FontRole.SERIF).path.read_bytes(), b"CFF ", 4_000_000, 5_000_000))
    face = find_faces({FontRole.SERIF: broken}).face(FontRole.SERIF)

    with pytest.raises(ReportError) as caught:
        [face.has(character) for character in "知识产权国家"]

    (problem,) = caught.value.problems
    assert problem.level is Level.BLOCK
    assert str(broken) in problem.message
    assert "cannot be read" in problem.message
    assert problem.hints


def test_an_em_of_impossible_size_is_a_problem(tmp_path: Path, faces: Faces) -> None:
    broken = tmp_path / "broken.otf"
    broken.write_bytes(_overwritten(faces.face(FontRole.SERIF).path.read_bytes(), b"head", 18, 2))

    with pytest.raises(ReportError, match="65535 units to the em"):
        find_faces({FontRole.SERIF: broken})


def test_no_font_at_all_is_a_problem_for_every_role(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ipreport.fonts.locate._in_package", lambda package, name: None)  # noqa: ARG005 - signature
    monkeypatch.setattr("ipreport.fonts.locate._system_folders", tuple)
    with pytest.raises(ReportError) as caught:
        find_faces()
    assert len(caught.value.problems) == len(BASE_ROLES)
    assert "pylopdf-fonts-zh-cn" in caught.value.problems[0].hints[0]


def test_system_fonts_are_found_where_packages_are_absent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, faces: Faces
) -> None:
    folder = tmp_path / "opentype" / "noto"
    folder.mkdir(parents=True)
    for name in ("NotoSerifSC-Regular.otf", "NotoSansSC-Regular.otf", "NotoSansSC-Bold.otf"):
        (folder / name).write_bytes(faces.face(FontRole.SANS).path.read_bytes())
    monkeypatch.setattr("ipreport.fonts.locate._in_package", lambda package, name: None)  # noqa: ARG005 - signature
    monkeypatch.setattr("ipreport.fonts.locate._system_folders", lambda: (tmp_path,))
    found = find_faces()
    assert found.face(FontRole.SANS_BOLD).path == folder / "NotoSansSC-Bold.otf"
    assert found.symbols is None


def test_showcase_is_covered(faces: Faces) -> None:
    assert check_coverage(showcase(), faces) == ()


def test_missing_glyphs_are_told_once_each_with_their_place(faces: Faces) -> None:
    document = showcase()
    strange = Paragraph(text(ZH, "前文\U000f0001后文，又见\U000f0001和\U000f0002。"))
    problems = check_coverage(replace(document, blocks=(*document.blocks, strange)), faces)
    assert [problem.level for problem in problems] == [Level.BLOCK, Level.BLOCK]
    assert "U+F0001" in problems[0].message
    assert "前文\U000f0001后文" in problems[0].message
    assert faces.face(FontRole.SERIF).name in problems[0].message
    assert "U+F0002" in problems[1].message
    assert problems[0].hints


def test_what_writers_add_is_checked(faces: Faces, monkeypatch: pytest.MonkeyPatch) -> None:
    """Page numbers stand between dashes, and lists have bullets."""
    has = Face.has
    monkeypatch.setattr(Face, "has", lambda face, each, language=ZH: each not in "—•" and has(face, each, language))
    document = replace(showcase(), blocks=())

    found = " ".join(problem.message for problem in check_coverage(document, faces))

    assert "U+2014" in found
    assert "U+2022" in found


def test_texts_of_drawings_are_checked(faces: Faces) -> None:
    document = showcase()
    figure = next(block for block in document.blocks if isinstance(block, Figure))
    label = DrawnText(0, 0, "a\U000f0003", 9, FontRole.SANS, "#000000", EN)
    drawing = replace(figure.picture.drawing, items=(label,))
    blocks = (replace(figure, picture=replace(figure.picture, drawing=drawing)),)
    (problem,) = check_coverage(replace(document, blocks=blocks), faces)
    assert "U+F0003" in problem.message
