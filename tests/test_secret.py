"""Passwords from the environment and from files that nobody else may read."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from helpers import refusal
from ipreport.problems import ReportError
from ipreport.secret import Secret

PASSWORD = "口令 p4ss:word"  # noqa: S105 - of nobody
SECRET = Secret("password of the mail server", "IPREPORT_SMTP_PASSWORD")
VARIABLE, OF_FILE = SECRET.variable, SECRET.variable_of_file
needs_modes = pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions, pipes or links")


@pytest.fixture(autouse=True)
def _nothing_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.delenv(OF_FILE, raising=False)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that only its owner may read, and that the variable names."""
    path = tmp_path / "password"
    path.touch(0o600)
    monkeypatch.setenv(OF_FILE, str(path))
    return path


def refused() -> str:
    """What reading is refused with; no error that holds what was read comes with it."""
    with pytest.raises(ReportError) as caught:
        SECRET.read()
    assert not isinstance(caught.value.__context__, UnicodeError)
    return refusal(caught.value)


def test_the_environment_gives_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert SECRET.read() is None
    monkeypatch.setenv(VARIABLE, PASSWORD)
    assert SECRET.read() == PASSWORD
    monkeypatch.setenv(VARIABLE, "")
    assert SECRET.read() is None


def test_a_file_gives_it_where_the_variable_is_empty(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text(PASSWORD, encoding="utf-8")
    monkeypatch.setenv(VARIABLE, "")
    assert SECRET.read() == PASSWORD
    monkeypatch.setenv(VARIABLE, "other")
    assert f"is given twice, in {VARIABLE} and in {OF_FILE}" in refused()


@pytest.mark.parametrize("before", [b"", b"\xef\xbb\xbf"], ids=["plain", "byte order mark"])
@pytest.mark.parametrize("after", [b"", b"\n", b"\r\n"])
def test_mark_and_line_end_are_of_the_file(file: Path, before: bytes, after: bytes) -> None:
    file.write_bytes(before + b" " + PASSWORD.encode() + b" \t" + after)
    assert SECRET.read() == f" {PASSWORD} \t"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\n", "is empty"),
        (b"\xef\xbb\xbf\r\n", "is empty"),
        (f"{PASSWORD}\n\n".encode(), "holds a line end"),
        (f"{PASSWORD}\nA1 LOGOUT".encode(), "holds a line end"),
        (f"{PASSWORD}\rx".encode(), "holds a line end"),
        (f"{PASSWORD}\0".encode(), "holds the character NUL"),
        (PASSWORD.encode("utf-16"), "is not UTF-8"),  # as PowerShell 5 writes files
        ("pass".encode("utf-16-le"), "holds the character NUL"),
        (PASSWORD.encode("gb18030"), "is not UTF-8"),
        (b"x" * 4097, "of at most 4096 bytes, found more"),
    ],
)
def test_a_file_that_holds_no_password_is_told_with_its_name(file: Path, content: bytes, said: str) -> None:
    file.write_bytes(content)
    told = refused()
    assert told.startswith(file.as_posix())
    assert said in told
    assert "p4ss" not in told


def test_a_file_may_hold_as_much_as_promised(file: Path) -> None:
    file.write_bytes(b"x" * 4096)
    assert SECRET.read() == "x" * 4096


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (f"{PASSWORD}\n", "environment: block: the password of the mail server holds a line end"),
        ("a\udcff", "not UTF-8"),
    ],
)
def test_what_the_environment_gives_is_a_password(monkeypatch: pytest.MonkeyPatch, given: str, said: str) -> None:
    monkeypatch.setenv(VARIABLE, given)
    told = refused()
    assert said in told
    assert "p4ss" not in told


@needs_modes
@pytest.mark.parametrize("mode", [0o640, 0o620, 0o610, 0o604, 0o602, 0o601])
def test_others_have_no_rights_to_the_file(file: Path, mode: int) -> None:
    file.write_text(PASSWORD, encoding="utf-8")
    file.chmod(mode)
    assert "may be read by others (-rw" in refused()
    file.chmod(0o400)
    assert SECRET.read() == PASSWORD


@needs_modes
def test_a_link_leads_to_its_file_whose_rights_count(file: Path) -> None:
    target = file.with_name("target")
    target.write_text(PASSWORD, encoding="utf-8")
    target.chmod(0o600)
    file.unlink()
    file.symlink_to(target)
    assert SECRET.read() == PASSWORD
    target.chmod(0o644)
    assert "may be read by others (-rw-r--r--)" in refused()
    target.unlink()
    assert "cannot be read: no such file or directory" in refused()
    target.symlink_to(file)
    assert "cannot be read: too many levels of symbolic links" in refused()


@needs_modes
def test_a_pipe_is_not_waited_for(file: Path) -> None:
    file.unlink()
    os.mkfifo(file, 0o600)
    said: list[str] = []
    reading = threading.Thread(target=lambda: said.append(refused()), daemon=True)
    reading.start()
    reading.join(10)
    assert not reading.is_alive()
    assert "expected a file with the password of the mail server, found a pipe" in said[0]


@needs_modes
@pytest.mark.parametrize(("path", "found"), [(Path("/"), "a folder"), (Path("/dev/null"), "something else")])
def test_only_a_file_is_read(monkeypatch: pytest.MonkeyPatch, path: Path, found: str) -> None:
    monkeypatch.setenv(OF_FILE, str(path))
    assert f"found {found}" in refused()


def test_a_folder_is_no_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(OF_FILE, str(tmp_path))
    assert refused().startswith(tmp_path.as_posix())
