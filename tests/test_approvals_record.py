"""The record of approvals: what editors, git, disks and other programs do to it."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

import ipreport
from helpers import refusal
from ipreport.delivery import Approval, Approvals
from ipreport.problems import ReportError

MOMENT = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)


def approval(by: str = "局长/张三", briefing: str = "b", digest: str = "0" * 64) -> Approval:
    return Approval(MOMENT, by, briefing, "2025Q4", "m", {"zh": {"简报.pdf": digest}})


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A record with three approvals, in a folder with spaces and Chinese in its name."""
    file = tmp_path / "记录 of it" / "approvals.jsonl"
    for by in "abc":
        Approvals(file).add(approval(by))
    return file


def names(file: Path) -> str:
    return "".join(each.by for each in Approvals(file).all())


def refused(file: Path) -> str:
    with pytest.raises(ReportError) as error:
        Approvals(file).all()
    return refusal(error.value).replace(f"{file.parent.as_posix()}/", "")


HARMLESS: dict[str, Callable[[bytes], bytes]] = {
    "as it is": lambda data: data,
    "line ends of Windows": lambda data: data.replace(b"\n", b"\r\n"),
    "line ends of old Macs": lambda data: data.replace(b"\n", b"\r"),
    "a byte order mark": lambda data: b"\xef\xbb\xbf" + data,
    "both": lambda data: b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"),
    "no last line end": lambda data: data[:-1],
    "half a last line end": lambda data: data[:-1] + b"\r",
    "an empty line": lambda data: data + b"\n",
    "empty lines": lambda data: data.replace(b"\n", b"\n\n"),
    "a mark and no last line end": lambda data: b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n")[:-2],
}


@pytest.mark.parametrize("name", HARMLESS)
def test_what_editors_and_git_change_changes_no_approval(file: Path, name: str) -> None:
    file.write_bytes(HARMLESS[name](file.read_bytes()))

    assert names(file) == "abc"
    for by in "de":
        Approvals(file).add(approval(by))
    assert names(file) == "abcde"


@pytest.mark.parametrize("kept", [1, 10, -200, -60, -3, -2])
@pytest.mark.parametrize("before", [b"", b"\xef\xbb\xbf"])
def test_a_line_that_was_torn_has_approved_nothing_and_is_taken_away(file: Path, kept: int, before: bytes) -> None:
    *whole, last = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(before + b"".join(whole) + last[:kept])

    assert names(file) == "ab"
    Approvals(file).add(approval("d"))
    assert names(file) == "abd"
    assert file.read_bytes().startswith(before + b"".join(whole))


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\n", b'{"format"', b"[" * 100_000])
def test_a_record_without_a_line_has_no_approval(file: Path, content: bytes) -> None:
    file.write_bytes(content)

    assert names(file) == ""
    Approvals(file).add(approval("d"))
    assert names(file) == "d"


def _other(data: bytes, old: str, new: str) -> bytes:
    assert old.encode() in data
    return data.replace(old.encode(), new.encode(), 1)


SPOILED: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "another digest": (lambda data: _other(data, "0" * 64, "1" * 64), "2: block: this approval does not follow"),
    "another name": (lambda data: _other(data, '"by": "b"', '"by": "x"'), "3: block: this approval does not follow"),
    "spaces": (lambda data: _other(data, '": "', '":  "'), "2: block: this approval does not follow"),
    "a key twice": (lambda data: _other(data, '"by": "c"', '"by": "x", "by": "c"'), "3: block: this is no approval"),
    "a file twice": (
        lambda data: _other(data, '"简报.pdf"', '"简报.pdf": "1", "简报.pdf"'),
        "1: block: this is no approval",
    ),
    "lines in another order": (
        lambda data: b"".join(sorted(data.splitlines(keepends=True), reverse=True)),
        "1: block: this approval does not follow",
    ),
    "a line twice": (lambda data: data + data.splitlines(keepends=True)[-1], "4: block: this approval does not follow"),
    "a changed last line": (lambda data: data.replace(b'"before"', b'"after"'), "1: block: this is no approval"),
    "a list": (lambda _: b"[]\n", "1: block: this is no approval"),
    "files in a list": (lambda data: _other(data, '{"zh": {', '{"zh": [{').replace(b"}}}", b"}]}}"), "no approval"),
    "another format": (
        lambda data: _other(data, '"format": 1', '"format": 2'),
        "1: block: this approval is of format 2, and this program knows format 1",
    ),
    "UTF-16": (lambda data: data.decode().encode("utf-16"), "1: block: this is no approval"),
    "GBK": (lambda data: _other(data, "简报", "x").replace(b'"b"', "“张三”".encode("gbk")), "no approval"),
    "brackets without an end": (lambda data: data + b"[" * 100_000 + b"\n", "4: block: this is no approval"),
    "a moment that is none": (lambda data: _other(data, "2026-01-05T", "yesterday "), "1: block: this is no approval"),
}


@pytest.mark.parametrize("name", SPOILED)
def test_what_else_is_changed_is_noticed_and_nothing_is_added(file: Path, name: str) -> None:
    spoil, said = SPOILED[name]
    file.write_bytes(spoil(file.read_bytes()))
    before = file.read_bytes()

    assert said in refused(file)
    with pytest.raises(ReportError):
        Approvals(file).add(approval("d"))
    assert file.read_bytes() == before


def test_the_record_of_another_briefing_vouches_for_no_file_of_this_one(file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / "approvals.jsonl"
    Approvals(other).add(approval("x", "other", "f" * 64))
    file.write_bytes(other.read_bytes())

    found = Approvals(file).of("2025Q4", "zh")
    assert found is not None
    assert found.files["zh"] != approval().files["zh"]  # files are compared, not names of briefings


def test_a_record_that_cannot_be_read_or_written_is_a_problem(tmp_path: Path) -> None:
    folder = tmp_path / "approvals.jsonl"
    folder.mkdir()
    assert "the file cannot be read: " in refused(folder)
    with pytest.raises(ReportError, match=r"the file cannot be (locked|written|read): "):
        Approvals(folder).add(approval())
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ReportError, match="the file cannot be used as a folder: "):
        Approvals(tmp_path / "file" / "approvals.jsonl").add(approval())


def test_others_who_approve_for_long_are_not_waited_for_without_end(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from filelock import FileLock  # noqa: PLC0415 - of this test alone

    monkeypatch.setattr("ipreport.delivery.growing._PATIENCE", 0.05)
    with (
        FileLock(f"{file}.lock"),
        pytest.raises(ReportError, match="another program is writing to the file"),
    ):
        Approvals(file).add(approval("d"))

    assert names(file) == "abc"


def test_an_approval_that_does_not_reach_the_disk_is_none(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = file.read_bytes()

    def fails(_: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(ReportError, match="the file cannot be written: input/output error"):
        Approvals(file).add(approval("d"))

    assert file.read_bytes() == before


FULL = """
import resource, signal, sys
from pathlib import Path
from test_approvals_record import approval
from ipreport.delivery import Approvals
from ipreport.problems import ReportError
file = Path(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (file.stat().st_size + 100,) * 2)
try:
    Approvals(file).add(approval("d"))
except ReportError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there are no limits of this kind")
def test_a_disk_that_is_full_leaves_the_record_as_it_was(file: Path) -> None:
    before = file.read_bytes()
    places = (Path(ipreport.__file__).parent.parent, Path(__file__).parent)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, places)), "PYTHONUTF8": "1"}
    told = subprocess.run(
        [sys.executable, "-c", FULL, str(file)], capture_output=True, text=True, env=environment, check=True
    ).stdout

    assert "the file cannot be written: " in told
    assert file.read_bytes() == before


def test_a_line_says_what_was_approved_and_follows_the_one_before(file: Path) -> None:
    first, second, _ = (json.loads(line) for line in file.read_bytes().splitlines())

    assert list(first) == ["format", "before", "moment", "by", "briefing", "issue", "manifest", "files"]
    assert (first["format"], first["before"], first["by"]) == (1, "", "a")
    assert len(second["before"]) == 64
    assert first["moment"] == "2026-01-05T08:00:00+00:00"
