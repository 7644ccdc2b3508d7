"""Faces of official documents: an office's own, open ones in their place, and what is told of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ipreport.cache import Cache
from ipreport.fonts import Faces, check_coverage, check_substitutes, find_faces
from ipreport.fonts.faces import is_western
from ipreport.fonts.locate import ENVIRONMENT, font_files
from ipreport.language import EN, ZH, Language
from ipreport.problems import Level
from ipreport.style import BASE_ROLES, MODERN, OFFICIAL, STAND_IN, FontRole
from showcase import showcase

Install = Callable[..., Path]


@pytest.fixture
def install(tmp_path: Path, faces: Faces, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Puts fonts into an otherwise empty system: file names by the role of the face they hold."""
    folder = tmp_path / "Fonts"
    folder.mkdir()
    monkeypatch.setattr("ipreport.fonts.locate._system_folders", lambda: (folder,))

    def put(**names: FontRole) -> Path:
        for name, role in names.items():
            target = folder / name.replace("__", ".")
            target.write_bytes(faces.face(role).path.read_bytes())
        return folder

    return put


def official(tmp_path: Path, **overrides: Path) -> Faces:
    files = {FontRole(role): path for role, path in overrides.items()}
    return find_faces(files, Cache(tmp_path / "cache"), OFFICIAL.roles)


def test_a_role_without_a_face_has_that_of_another(install: Install, tmp_path: Path) -> None:
    install()
    found = official(tmp_path)
    assert set(found.roles) == set(BASE_ROLES)
    for role, other in STAND_IN.items():
        assert found.face(role) is found.face(other)
        assert found.for_character(role, "国") is found.face(other)
    assert check_coverage(showcase(), found) == ()


def test_office_faces_of_the_system_come_before_open_ones(install: Install, tmp_path: Path) -> None:
    folder = install(
        SIMFANG__TTF=FontRole.SANS,  # names of files differ in case from system to system
        ZhuqueFangsong__ttf=FontRole.SERIF,
        simkai__ttf=FontRole.SERIF,
    )
    found = official(tmp_path)
    assert found.face(FontRole.FANGSONG).path == folder / "SIMFANG.TTF"
    assert found.face(FontRole.KAI).path == folder / "simkai.ttf"
    assert not found.face(FontRole.KAI).substitute


def test_open_faces_of_the_system_stand_in(install: Install, tmp_path: Path) -> None:
    folder = install()
    (folder / "LXGWWenKai-Regular.ttf").write_bytes(find_faces().face(FontRole.SANS).path.read_bytes())
    found = official(tmp_path)
    assert found.face(FontRole.KAI).path == folder / "LXGWWenKai-Regular.ttf"
    assert found.face(FontRole.KAI).substitute


def test_a_named_file_comes_first(
    install: Install, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, faces: Faces
) -> None:
    install(simfang__ttf=FontRole.SANS)
    named = faces.face(FontRole.SERIF).path
    monkeypatch.setenv(ENVIRONMENT[FontRole.KAI], str(named))
    found = official(tmp_path, fangsong=named)
    assert found.face(FontRole.FANGSONG).path == found.face(FontRole.KAI).path == named
    assert ENVIRONMENT[FontRole.KAI] == "IPREPORT_FONT_KAI"


def test_modern_looks_for_no_further_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    def searched() -> tuple[Path, ...]:
        raise AssertionError("the system's fonts were searched")

    monkeypatch.setattr("ipreport.fonts.locate._system_folders", searched)
    assert set(find_faces(roles=MODERN.roles).roles) == set(BASE_ROLES)


def test_what_an_office_face_lacks_comes_from_the_face_that_stands_in(faces: Faces) -> None:
    # DejaVu Sans, which lends symbols, has no Chinese.
    assert faces.symbols is not None
    narrow = Faces({**faces.roles, FontRole.FANGSONG: faces.symbols}, None)
    assert narrow.for_character(FontRole.FANGSONG, "国") is faces.face(FontRole.SERIF)
    assert narrow.for_character(FontRole.FANGSONG, "✗") is faces.symbols
    assert narrow.for_character(FontRole.FANGSONG, "\U000f0000") is None


@pytest.mark.parametrize(
    ("character", "language", "western"),
    [
        ("A", ZH, True), ("8", ZH, True), ("%", ZH, True), (" ", ZH, True), ("−", ZH, True), ("é", EN, True),
        ("“", ZH, False), ("“", EN, True), ("—", ZH, False), ("…", EN, True),
        ("国", ZH, False), ("国", EN, False), ("，", ZH, False), ("（", EN, False), ("①", ZH, False),
    ],
)  # fmt: skip
def test_shared_marks_belong_to_the_language(character: str, language: Language, western: bool) -> None:
    assert is_western(character, language) is western


def test_western_letters_beside_fangsong_have_a_face_of_their_own(faces: Faces) -> None:
    assert faces.symbols is not None
    found = Faces({**faces.roles, FontRole.LATIN: faces.symbols}, None)
    for role in (FontRole.FANGSONG, FontRole.KAI, FontRole.TITLE):
        assert found.for_character(role, "8") is faces.symbols
        assert found.for_character(role, "国") is found.face(role)
        assert found.for_character(role, "“", ZH) is found.face(role)
    for role in (FontRole.HEI, FontRole.SONG, *BASE_ROLES):
        assert found.for_character(role, "8") is found.face(role)


def test_substitutes_are_told_in_one_note(install: Install, tmp_path: Path) -> None:
    install(simfang__ttf=FontRole.SANS)
    found = official(tmp_path)
    (problem,) = check_substitutes(OFFICIAL, found)
    assert problem.level is Level.NOTE
    assert f"楷体 by {found.face(FontRole.SERIF).name}" in problem.message
    assert "小标宋" in problem.message
    assert "仿宋" not in problem.message
    assert "IPREPORT_FONT_TITLE" in problem.hints[0]
    assert len(problem.hints) == 1
    (problem,) = check_substitutes(OFFICIAL, found, embedded=True)
    assert problem.hints[1].startswith("Word files do not carry substitutes")


@pytest.mark.parametrize(
    ("role", "name", "index"),
    [
        (FontRole.HEI, "NotoSansCJK-Regular.ttc", 2),
        (FontRole.SONG, "notoserifcjk-regular.TTC", 2),
        (FontRole.SERIF, "Songti.ttc", 6),
        (FontRole.TITLE, "Songti.ttc", 1),
        (FontRole.HEI, "office.ttc", 0),
    ],
)
def test_of_a_known_collection_the_face_for_simplified_chinese_is_taken(
    tmp_path: Path, role: FontRole, name: str, index: int
) -> None:
    (tmp_path / name).touch()

    assert font_files({role: tmp_path / name}, [role])[role].index == index


def test_nothing_is_told_of_faces_that_the_office_named(tmp_path: Path, faces: Faces) -> None:
    named = faces.face(FontRole.SERIF).path
    assert check_substitutes(OFFICIAL, official(tmp_path, **{role.value: named for role in STAND_IN})) == ()
    assert check_substitutes(MODERN, faces) == ()
