"""What is saved is saved whole or not at all: disks that refuse, files that are open elsewhere."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers import METRICS, Copy, build_refusal, everything_below, refusal
from ipreport.pipeline import write_all
from ipreport.pipeline.story import WRITERS
from ipreport.problems import Level, ReportError

REAL_FSYNC = os.fsync


@pytest.mark.usefixtures("plain_only")
def test_an_output_folder_that_is_a_file_is_named(small: Copy) -> None:
    root = small.root
    (root / "output").write_text("mine", encoding="utf-8")

    message = build_refusal(small).replace(f"{root.as_posix()}/", "")

    assert message == (
        "output/small/2025Q3/small-2025Q3.bilingual.txt: block: the file cannot be written: not a directory\n"
        "    hint: a file stands where a folder is needed; rename it or choose another folder"
    )
    assert (root / "output").read_text(encoding="utf-8") == "mine"
    assert not (root / "figures").exists()


@pytest.mark.usefixtures("plain_only")
def test_an_output_folder_that_may_not_be_written_is_named(
    small: Copy,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("ipreport.pipeline.files.tempfile.mkstemp", refuse)

    message = build_refusal(small).replace(f"{small.root.as_posix()}/", "")

    assert message == (
        "figures/small/2025Q3/share.bilingual.svg: block: the file cannot be written: permission denied\n"
        "    hint: close the file in Word or the PDF reader, or choose another folder"
    )
    assert sorted(path.name for path in small.root.iterdir()) == ["report"]


@pytest.mark.usefixtures("plain_only")
def test_a_file_that_is_open_elsewhere_leaves_all_files_of_the_last_build(
    small: Copy,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    built = small.build()
    root = small.root
    before = everything_below(root)
    small.change(METRICS, '"369700"', '"369800"')
    open_path = Path.open

    def locked(path: Path, mode: str = "r", **options: object) -> object:
        if path == built.documents[-1]:
            raise PermissionError(errno.EACCES, "Permission denied")
        return open_path(path, mode, **options)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", locked)
        with pytest.raises(ReportError) as refused:
            small.build()

    assert refusal(refused.value).startswith(
        f"{built.documents[-1].as_posix()}: block: the file cannot be written: permission denied"
    )
    small.change(METRICS, '"369800"', '"369700"')
    assert everything_below(root) == before


def failing_at(number: int) -> Callable[[int], None]:
    """An fsync whose `number`th call finds the disk full."""
    calls = 0

    def fsync(descriptor: int) -> None:
        nonlocal calls
        calls += 1
        if calls == number:
            raise OSError(errno.ENOSPC, "No space left on device")
        REAL_FSYNC(descriptor)

    return fsync


@pytest.mark.parametrize("number", [2, 5, 13], ids=["second", "fifth", "last"])
@pytest.mark.usefixtures("plain_only")
def test_a_full_disk_leaves_the_files_of_the_last_build_whole(
    small: Copy,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
) -> None:
    built = small.build()
    files = [*built.figures, *built.documents, built.manifest]
    assert len(files) == 13
    root = small.root
    before = everything_below(root)
    small.change(METRICS, '"369700"', '"369800"')
    monkeypatch.setattr("ipreport.pipeline.files.os.fsync", failing_at(number))

    with pytest.raises(ReportError) as refused:
        small.build()

    assert refusal(refused.value) == (
        f"{files[number - 1].as_posix()}: block: the file cannot be written: no space left on device\n"
        "    hint: free some space; the files of the last build are untouched"
    )
    small.change(METRICS, '"369800"', '"369700"')
    assert everything_below(root) == before


@pytest.mark.usefixtures("plain_only")
def test_a_disk_that_is_full_at_the_first_build_leaves_no_folders(
    small: Copy,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("ipreport.pipeline.files.os.fsync", failing_at(9))

    with pytest.raises(ReportError):
        small.build()

    assert sorted(path.name for path in small.root.iterdir()) == ["report"]


@pytest.mark.parametrize("links", [True, False], ids=["links", "copies"])
def test_a_rename_that_fails_halfway_puts_back_what_was_renamed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    targets = [tmp_path / name for name in ("a", "new", "b", "c")]
    for target in (targets[0], *targets[2:]):
        target.write_bytes(b"old")
    replace = Path.replace

    def refuse_b(path: Path, target: Path) -> Path:
        if target == targets[2]:
            raise PermissionError(errno.EACCES, "Permission denied")
        return replace(path, target)

    def refuse_links(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(Path, "replace", refuse_b)
    if not links:
        monkeypatch.setattr(Path, "hardlink_to", refuse_links)

    with pytest.raises(ReportError) as refused:
        write_all(dict.fromkeys(targets, b"new"))

    assert f"{targets[2].as_posix()}: block: the file cannot be written: permission denied" in refusal(refused.value)
    assert everything_below(tmp_path) == {"a": b"old", "b": b"old", "c": b"old"}


def test_write_all_replaces_files_and_keeps_the_rest(tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_bytes(b"old")
    (tmp_path / "other.txt").write_bytes(b"other")

    write_all({tmp_path / "a" / "new.txt": b"new", tmp_path / "old.txt": b"newer"})

    assert everything_below(tmp_path) == {"a/new.txt": b"new", "old.txt": b"newer", "other.txt": b"other"}


def test_write_all_refuses_to_put_a_file_in_place_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()

    with pytest.raises(ReportError) as refused:
        write_all({tmp_path / "a": b"a", tmp_path / "b": b"b"})

    assert "the file cannot be written: is a directory" in refusal(refused.value)
    assert everything_below(tmp_path) == {}


def test_write_all_leaves_nothing_behind_when_the_program_itself_fails(tmp_path: Path) -> None:
    with pytest.raises(TypeError):
        write_all({tmp_path / "a" / "a": b"a", tmp_path / "b": "no bytes"})  # type: ignore[dict-item]  # on purpose

    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("plain_only")
def test_a_file_of_an_earlier_build_that_cannot_be_removed_is_reported_and_stops_nothing(
    small: Copy,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    small.build()

    def refuse(path: Path, missing_ok: bool = False) -> None:
        if ".part" not in path.name:
            raise PermissionError(errno.EACCES, "Permission denied", str(path), missing_ok)

    monkeypatch.setattr(Path, "unlink", refuse)
    built = small.build(editions=["zh", "en"])

    root = small.root.as_posix()
    assert {problem.level for problem in built.warnings} == {Level.WARN}
    assert str(built.warnings[0]).replace(f"{root}/", "") == (
        "output/small/2025Q3/small-2025Q3.bilingual.md: warn: a file of an earlier build cannot be removed: "
        "permission denied\n    hint: delete it; this build does not make it"
    )
    assert len(built.warnings) == 4


def test_the_formats_are_word_and_pdf() -> None:
    assert list(WRITERS) == ["docx", "pdf"]
