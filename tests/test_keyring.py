"""Passwords from the system's keyring: real ones, ones that misbehave, and none."""

from __future__ import annotations

import logging
import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import keyring_faults
import mailed
import secret_service
from helpers import Copy, refusal
from ipreport.delivery import State
from ipreport.pipeline.mailing import IMAP_PASSWORD, SMTP_PASSWORD, archive_of, server_of
from ipreport.problems import Origin, ReportError
from ipreport.readers import DELIVERY_FILE, read_delivery
from ipreport.secret import Secret, stored
from ipreport.secret.asking import Outcome
from keyring_faults import HELD
from mail_faults import PASSWORD, USER, Faulty
from secret_service import SecretService

HOST = "smtp.office.example"
SERVICE = f"ipreport {HOST}"
PLACE = Origin("delivery.yaml", line=1)
TESTS = str(Path(__file__).parent)


@pytest.fixture(autouse=True)
def _nothing_given(monkeypatch: pytest.MonkeyPatch) -> None:
    for secret in (SMTP_PASSWORD, IMAP_PASSWORD):
        monkeypatch.delenv(secret.variable, raising=False)
        monkeypatch.delenv(secret.variable_of_file, raising=False)


@pytest.fixture
def in_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """keyrings.alt, which keeps passwords in a file: a keyring of servers that have no other."""
    path = tmp_path / "kept" / "passwords.cfg"
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyrings.alt.file.PlaintextKeyring")
    monkeypatch.setenv("KEYRING_PROPERTY_FILE_PATH", str(path))
    return path


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[SecretService]:
    reason = secret_service.why_not()
    if reason is not None:
        pytest.skip(reason)
    with SecretService() as running:
        for name, value in running.environment.items():
            monkeypatch.setenv(name, value)
        yield running


def misbehaving(monkeypatch: pytest.MonkeyPatch, kind: type[keyring_faults.Misbehaving]) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", f"keyring_faults.{kind.__name__}")
    found = os.environ.get("PYTHONPATH")
    monkeypatch.setenv("PYTHONPATH", TESTS if found is None else f"{TESTS}{os.pathsep}{found}")


def asked(secret: Secret = SMTP_PASSWORD) -> str:
    return secret.of_account(HOST, USER, PLACE)


def refused(secret: Secret = SMTP_PASSWORD) -> str:
    """What is said where no way gives a password: always all three, never what a keyring holds or says."""
    with pytest.raises(ReportError) as caught:
        asked(secret)
    told = refusal(caught.value)
    assert told.startswith(f"delivery.yaml:1: block: the {secret.what} for '{USER}' is not given")
    assert f"set {secret.variable}, or {secret.variable_of_file} to the path of a file" in told
    assert f'keyring set "{SERVICE}" "{USER}"' in told
    assert HELD not in told
    assert caught.value.__context__ is None
    return told


def store_as_told(told: str, password: str) -> None:
    """Do what the message says."""
    command = shlex.split(told[told.index("keyring set") :])
    subprocess.run([sys.executable, "-m", *command], input=f"{password}\n".encode(), check=True)


# --- keyrings that are there -------------------------------------------------------------------


def test_what_the_message_says_stores_the_password(in_file: Path) -> None:
    told = refused()
    assert "once it is unlocked" not in told
    store_as_told(told, PASSWORD)
    assert asked() == PASSWORD
    assert asked(IMAP_PASSWORD) == PASSWORD
    assert in_file.is_file()


def test_each_server_and_user_has_its_own(in_file: Path) -> None:
    store_as_told(refused(), PASSWORD)
    for host, user in ((HOST, "other"), ("imap.office.example", USER)):
        with pytest.raises(ReportError, match=f"for '{user}' is not given"):
            SMTP_PASSWORD.of_account(host, user, PLACE)
    assert in_file.stat().st_mode & 0o077 == 0 or os.name == "nt"


def test_the_secret_service_keeps_a_password_and_says_when_it_is_locked(service: SecretService) -> None:
    store_as_told(refused(), PASSWORD)
    assert asked() == PASSWORD
    service.lock()
    begun = time.monotonic()
    told = refused()
    assert "is not given, and the system's keyring is locked" in told
    assert "or store it in the system's keyring, once it is unlocked: keyring set" in told
    assert time.monotonic() - begun < 30


# --- the order ---------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["environment", "file"])
def test_a_keyring_is_not_asked_where_it_need_not(way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notes, file = tmp_path / "notes", tmp_path / "password"
    monkeypatch.setenv("KEYRING_NOTES", str(notes))
    misbehaving(monkeypatch, keyring_faults.Noting)
    assert asked() == HELD
    assert notes.exists()
    notes.unlink()
    file.touch(0o600)
    file.write_text(PASSWORD, encoding="utf-8")
    secret = SMTP_PASSWORD
    name, value = (secret.variable, PASSWORD) if way == "environment" else (secret.variable_of_file, str(file))
    monkeypatch.setenv(name, value)
    assert asked() == PASSWORD
    assert not notes.exists()


def test_a_file_that_is_wrong_is_told_and_no_keyring_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEYRING_NOTES", str(tmp_path / "notes"))
    misbehaving(monkeypatch, keyring_faults.Noting)
    monkeypatch.setenv(SMTP_PASSWORD.variable_of_file, str(tmp_path / "gone"))
    with pytest.raises(ReportError, match="cannot be read"):
        asked()
    assert not (tmp_path / "notes").exists()


# --- none, and ones that misbehave -------------------------------------------------------------


def test_a_machine_without_a_keyring() -> None:
    told = refused()
    assert "is not given\n" in told
    assert "or store it in the system's keyring, which was not found on this machine: keyring set" in told


def test_without_the_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "keyring.py").write_text("raise ImportError('it is not installed')\n", encoding="ascii")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    told = refused()
    assert "is not given\n" in told
    assert "keyring, for which ipreport has to be installed with its extra 'keyring': keyring set" in told


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (keyring_faults.Locked, ", and the system's keyring is locked\n"),
        (keyring_faults.Failing, ", and the system's keyring failed (InitError)\n"),
        (keyring_faults.Leaving, ", and the system's keyring failed (exit code 0)\n"),
        (keyring_faults.Broken, ", and the system's keyring failed (exit code 1)\n"),
        (keyring_faults.Empty, "is not given\n"),
    ],
)
def test_a_keyring_that_gives_nothing(
    monkeypatch: pytest.MonkeyPatch,
    kind: type[keyring_faults.Misbehaving],
    said: str,
    capfd: pytest.CaptureFixture[str],
) -> None:
    misbehaving(monkeypatch, kind)
    assert said in refused()
    assert capfd.readouterr() == ("", "")


def test_a_keyring_that_is_named_and_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "no.such.Keyring")
    assert "the system's keyring failed (ModuleNotFoundError)" in refused()


def test_a_program_that_cannot_be_started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "gone"))
    assert stored.ask(SERVICE, USER) == stored.Answer(Outcome.FAILED, detail="FileNotFoundError")


@pytest.mark.parametrize(
    ("kind", "said"), [(keyring_faults.Lines, "holds a line end"), (keyring_faults.Half, "is not UTF-8")]
)
def test_what_a_keyring_holds_is_a_password(
    monkeypatch: pytest.MonkeyPatch, kind: type[keyring_faults.Misbehaving], said: str
) -> None:
    misbehaving(monkeypatch, kind)
    with pytest.raises(ReportError) as caught:
        asked()
    assert f"delivery.yaml:1: block: the password of the mail server {said}" in refusal(caught.value)
    assert HELD not in str(caught.value)
    assert caught.value.__context__ is None


def test_a_keyring_that_waits_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waits = tmp_path / "waits"
    monkeypatch.setenv("KEYRING_WAITS", str(waits))
    monkeypatch.setattr(stored, "PATIENCE", 5.0)
    misbehaving(monkeypatch, keyring_faults.Waiting)
    begun = time.monotonic()
    assert ", and the system's keyring did not answer within 5 seconds\n" in refused()
    assert 5 <= time.monotonic() - begun < 30
    if os.name != "nt":  # where the number 0 is a signal
        with pytest.raises(ProcessLookupError):
            os.kill(int(waits.read_text(encoding="ascii")), 0)


def test_a_minute_is_what_is_promised() -> None:
    assert stored.PATIENCE == 60


def test_a_keyring_has_nothing_to_ask_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    misbehaving(monkeypatch, keyring_faults.Telling)
    (tmp_path / "keyring.py").write_text("raise AssertionError", encoding="ascii")
    monkeypatch.chdir(tmp_path)
    assert SMTP_PASSWORD.of_account("邮件.example", '"a b\t', PLACE) == 'ipreport 邮件.example|"a b\t||True|False'


def test_what_a_keyring_prints_is_no_part_of_its_answer(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    misbehaving(monkeypatch, keyring_faults.Loud)
    assert asked() == HELD
    assert capfd.readouterr() == ("", "")


def test_no_representation_shows_what_was_found(monkeypatch: pytest.MonkeyPatch) -> None:
    misbehaving(monkeypatch, keyring_faults.Loud)
    answer = stored.ask(SERVICE, USER)
    assert answer.secret == HELD
    assert HELD not in f"{answer} {answer!r}"


# --- what is mailed with it --------------------------------------------------------------------


def stored_for(host: str, user: str, password: str) -> None:
    store_as_told(f'keyring set "ipreport {host}" "{user}"', password)


def test_an_issue_is_mailed_with_it_and_nothing_tells_it(
    approved: Copy,
    faulty: Faulty,
    in_file: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.delenv(SMTP_PASSWORD.variable)
    assert "the password of the mail server for 'office' is not given" in mailed.refused(approved)
    assert not faulty.taken
    stored_for("localhost", USER, PASSWORD)
    report = mailed.send(approved)
    assert {entry.address: entry.state for entry in report.entries} == dict.fromkeys(mailed.TO, State.SENT)
    shown = "".join((repr(report), caplog.text, *capfd.readouterr()))
    assert PASSWORD not in shown
    shutil.rmtree(in_file.parent)
    for path in approved.root.rglob("*"):
        assert path.is_dir() or PASSWORD.encode() not in path.read_bytes()


def test_the_archive_has_its_own(small: Copy, in_file: Path) -> None:
    small.overwrite(
        DELIVERY_FILE,
        b"""\
server: {host: smtp.office.example, user: briefing}
sender: {name: {zh: \xe5\xb1\x80, en: IP Office}, address: briefing@office.example}
archive: {address: kept@office.example, imap: {host: imap.office.example, user: archive}}
""",
    )
    spec = read_delivery(small.folder)
    with pytest.raises(ReportError) as caught:
        archive_of(spec)
    told = refusal(caught.value)
    assert f"{DELIVERY_FILE}:3:41: block: the password of the archive for 'archive' is not given" in told
    assert 'keyring set "ipreport imap.office.example" "archive"' in told
    stored_for("imap.office.example", "archive", PASSWORD)
    stored_for(HOST, "briefing", HELD)
    found, server = archive_of(spec), server_of(spec)
    assert server.login is not None
    assert (found.login.password, server.login.password) == (PASSWORD, HELD)
    assert PASSWORD not in f"{found!r}"
    assert HELD not in f"{server!r}"
    assert in_file.is_file()
