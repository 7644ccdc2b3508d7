"""Runs that are interrupted, clocks that go back, disks that are full, files that are copied: nothing is sent twice."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import ipreport
from delivery_client import started
from ipreport.delivery import Archive, How, InterruptedRun, Ledger, Login, Server, State, reconcile, send, settle
from ipreport.delivery.sending import INTERRUPTED
from ipreport.problems import ReportError
from letters import MOMENT, Clock, letter, letters, states
from mail_faults import STALL, Fault, Faulty

QUICK = How(pause=0.01)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "ledger", clock=Clock()) as ledger:
        yield ledger


# --- interrupted -----------------------------------------------------------------------------


def interrupt(*_: object, **__: object) -> Any:
    raise KeyboardInterrupt


def after(count: int, function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, and Ctrl-C right behind its so-manieth call."""
    calls = []

    def called(*given: object, **named: object) -> Any:
        answer = function(*given, **named)
        calls.append(given)
        if len(calls) == count:
            raise KeyboardInterrupt
        return answer

    return called


MOMENTS = [
    ("while it connects", "ipreport.delivery.sending.Session", lambda _: interrupt, "queued", ""),
    ("while it is logged in", "ipreport.delivery.smtp._log_in", lambda f: after(1, f), "queued", ""),
    ("in the envelope", "ipreport.delivery.smtp.Session._envelope", lambda f: after(2, f), "queued", ""),
    (
        "when the ledger has it",
        "ipreport.delivery.sending._Run._about_to",
        lambda f: after(2, f),
        "queued",
        "the program ended before the final dot",
    ),
    ("waiting for the answer", "ipreport.delivery.smtp.Session._reply", lambda f: after(8, f), "unknown", INTERRUPTED),
    (
        "before the answer is noted",
        "ipreport.delivery.sending._Run._settle",
        lambda f: lambda run, entry, reply: interrupt() if entry.address[0] == "b" else f(run, entry, reply),
        "unknown",
        INTERRUPTED,
    ),
    ("when it is noted", "ipreport.delivery.sending._Run._settle", lambda f: after(2, f), "sent", "250 2.0.0 taken as"),
]


@pytest.mark.parametrize(
    ("place", "change", "state", "reply"), [each[1:] for each in MOMENTS], ids=[m[0] for m in MOMENTS]
)
def test_ctrl_c_leaves_what_is_so(
    tmp_path: Path,
    ledger: Ledger,
    monkeypatch: pytest.MonkeyPatch,
    place: str,
    change: Callable[[Any], Any],
    state: str,
    reply: str,
) -> None:
    mails = [letter(f"{name}@example.test") for name in "abc"]
    first = "Session" in place.rpartition(".")[2] or "_log_in" in place
    with Faulty(tmp_path) as faulty, monkeypatch.context() as patch:
        patch.setattr(place, change(_found(place)))
        with pytest.raises(InterruptedRun) as caught:
            send(ledger, mails, faulty.settings(), MOMENT, QUICK)
        patch.undo()
        entries, report = ledger.entries(), caught.value.report
        again = send(ledger, mails, faulty.settings(), MOMENT, QUICK)

    expected = {"a": "queued" if first else "sent", "b": "queued" if first else state, "c": "queued"}
    assert (states(entries), entries) == (expected, report.entries)
    assert entries[1].reply.startswith(reply)
    assert entries[1].attempts == (0 if state == "queued" else 1)
    assert report.stopped is not None
    counts = Counter(expected.values())
    told = ", ".join(f"{counts[state]} {state}" for state in State if counts[state])
    assert report.stopped.message == f"the run was interrupted; of its letters are now {told}"
    assert "the run was interrupted" in str(caught.value)
    assert states(again.entries) == {**dict.fromkeys("abc", "sent"), **({"b": "unknown"} if state == "unknown" else {})}
    assert max(faulty.taken.values()) == 1


def _found(place: str) -> Any:
    names = place.split(".")
    found: Any = __import__(".".join(names[:3]), fromlist=["x"])
    for name in names[3:]:
        found = getattr(found, name)
    return found


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
@pytest.mark.parametrize(("how", "state"), [(signal.SIGINT, "unknown"), (signal.SIGTERM, "sending")])
def test_a_program_that_is_told_to_end_between_the_dot_and_its_answer(
    tmp_path: Path, how: signal.Signals, state: str
) -> None:
    with Faulty(tmp_path, [Fault("stored", STALL, "r0001@example.test", 1)]) as faulty:
        client = started(tmp_path / "ledger", faulty.settings(patience_after_dot=30), "2025Q4", 3, 100)
        end = time.monotonic() + 20
        while not faulty.taken["r0001@example.test"] and time.monotonic() < end:
            time.sleep(0.005)
        client.send_signal(how)
        client.communicate(timeout=20)
        with Ledger(tmp_path / "ledger") as ledger:
            assert states(ledger.entries()) == {"r0000": "sent", "r0001": state, "r0002": "queued"}
            settle(ledger)
            assert ledger.entries()[1].state is State.UNKNOWN
            send(ledger, letters(3), faulty.settings(), MOMENT, QUICK)

    assert faulty.taken == {"r0000@example.test": 1, "r0001@example.test": 1, "r0002@example.test": 1}


def test_a_ledger_that_cannot_be_written_after_the_dot_hides_nothing(
    tmp_path: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    change = ledger.change

    def full(key: str, state: State, *rest: Any, **more: Any) -> None:
        if state is not State.SENDING:
            raise ReportError([])
        change(key, state, *rest, **more)

    with Faulty(tmp_path) as faulty:
        monkeypatch.setattr(ledger, "change", full)
        with pytest.raises(ReportError):
            send(ledger, letters(2), faulty.settings(), MOMENT, QUICK)
        monkeypatch.undo()
        assert states(ledger.entries()) == {"r0000": "sending", "r0001": "queued"}
        report = send(ledger, letters(2), faulty.settings(), MOMENT, QUICK)

    assert states(report.entries) == {"r0000": "unknown", "r0001": "sent"}
    assert set(faulty.taken.values()) == {1}


# --- clocks ----------------------------------------------------------------------------------


def test_a_clock_that_goes_back_keeps_no_new_letter_waiting(tmp_path: Path, ledger: Ledger) -> None:
    ledger.queue(letters(2), MOMENT)
    ledger.clock.go_on(days=-2)  # type: ignore[attr-defined]
    with Faulty(tmp_path) as faulty:
        assert send(ledger, letters(2), faulty.settings(), MOMENT, QUICK).mailed == 2


def test_a_clock_that_was_ahead_keeps_no_letter_longer_than_the_longest_wait(tmp_path: Path, ledger: Ledger) -> None:
    how = How(pause=0.01, backoff=timedelta(hours=1), longest=timedelta(hours=6))
    with Faulty(tmp_path, [Fault("RCPT", "450 later", times=1)]) as faulty:
        report = send(ledger, letters(1), faulty.settings(), MOMENT, how)
        assert report.entries[0].state is State.QUEUED
        ledger.clock.go_on(hours=-5)  # type: ignore[attr-defined]
        assert send(ledger, letters(1), faulty.settings(), MOMENT, how).mailed == 0
        ledger.clock.go_on(days=-400)  # type: ignore[attr-defined]
        assert send(ledger, letters(1), faulty.settings(), MOMENT, how).mailed == 1


def test_what_is_sent_again_on_request_is_due_at_once(tmp_path: Path, ledger: Ledger) -> None:
    how = How(pause=0.01, attempts=2)
    with Faulty(tmp_path, [Fault("RCPT", "450 later", times=2)]) as faulty:
        send(ledger, letters(1), faulty.settings(), MOMENT, how)
        ledger.clock.go_on(minutes=6)  # type: ignore[attr-defined]
        assert states(send(ledger, letters(1), faulty.settings(), MOMENT, how).entries) == {"r0000": "failed"}
        ledger.clock.go_on(minutes=-4)  # type: ignore[attr-defined]
        resend = How(pause=0.01, attempts=2, resend=frozenset({State.FAILED}))
        report = send(ledger, letters(1), faulty.settings(), MOMENT, resend)

    assert report.mailed == 1
    assert report.entries[0].due < report.entries[0].changed_at


# --- disks and copies ------------------------------------------------------------------------

FILLED = """
import json, resource, sys
from pathlib import Path
from ipreport.delivery import How, Ledger, send
from ipreport.problems import ReportError
from letters import MOMENT, letters
from mail_faults import Faulty
folder = Path(sys.argv[1])
with Faulty(folder) as faulty, Ledger(folder / "ledger") as ledger:
    ledger.queue(letters(60), MOMENT)
    size = (folder / "ledger").stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(size * float(sys.argv[2])),) * 2)
    try:
        send(ledger, letters(60), faulty.settings(), MOMENT, How(pause=0.01))
    except ReportError as error:
        print(error)
    print(json.dumps(faulty.taken))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there are no limits of this kind")
@pytest.mark.parametrize("share", [1.0, 1.1, 1.4])
def test_a_disk_that_fills_up_in_a_run_ends_it_and_nothing_is_sent_twice(tmp_path: Path, share: float) -> None:
    places = (Path(ipreport.__file__).parent.parent, Path(__file__).parent)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, places)), "PYTHONUTF8": "1"}
    told = subprocess.run(
        [sys.executable, "-c", FILLED, str(tmp_path), str(share)],
        capture_output=True, text=True, env=environment, timeout=60, check=True,
    ).stdout  # fmt: skip
    *said, taken = told.splitlines()
    arrived = json.loads(taken)
    with Ledger(tmp_path / "ledger") as ledger, Faulty(tmp_path) as faulty:
        settle(ledger)
        kept = {entry.address for entry in ledger.entries(states=[State.SENT])}
        unsure = {entry.address for entry in ledger.entries(states=[State.UNKNOWN])}
        report = send(ledger, letters(60), faulty.settings(), MOMENT, QUICK)

    assert "the ledger cannot be used: " in "".join(said)
    assert 0 <= len(arrived) < 60
    assert set(arrived.values()) <= {1}
    assert kept <= set(arrived) <= kept | unsure
    assert len(unsure) <= 1
    assert report.mailed == 60 - len(kept | unsure)


def test_a_copy_of_the_file_alone_never_says_queued_of_what_may_have_arrived(tmp_path: Path) -> None:
    copies: list[dict[str, str]] = []
    taken: list[set[str]] = []

    def copied(*_: object) -> None:
        place = tmp_path / f"copy{len(copies)}"
        shutil.copy(tmp_path / "ledger", place)
        taken.append({address.partition("@")[0] for address in faulty.taken})
        with Ledger(place) as copy:
            copies.append(states(copy.entries()))

    with Faulty(tmp_path) as faulty, Ledger(tmp_path / "ledger") as ledger, pytest.MonkeyPatch.context() as patch:
        ledger.queue(letters(5), MOMENT)
        copied()
        patch.setattr("ipreport.delivery.smtp._be_patient", copied)  # right before the dot, and behind its answer
        send(ledger, letters(5), faulty.settings(), MOMENT, QUICK, progress=copied)

    assert len(copies) > 10
    for copy, arrived in zip(copies, taken, strict=True):
        assert len(copy) == 5
        assert all(copy[name] in {"sending", "sent"} for name in arrived)
    assert set(copies[0].values()) == {"queued"}
    assert copies[1] == {"r0000": "sending", **{f"r{number:04}": "queued" for number in range(1, 5)}}


NOBODY = """
import os, sys
from pathlib import Path
from ipreport.delivery import Ledger, settle
from ipreport.delivery.lock import only_sender
from ipreport.problems import ReportError
import filelock  # while it can be read
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
for use in (lambda: Ledger(sys.argv[1]).close(), lambda: only_sender(Path(sys.argv[1])).__enter__()):
    try:
        use()
        print("done")
    except ReportError as error:
        print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of folders are another matter there")
def test_a_folder_that_cannot_be_written_is_a_problem_with_a_place(tmp_path: Path) -> None:
    with Ledger(tmp_path / "ledger") as ledger:
        ledger.queue(letters(2), MOMENT)
    command = ["-c", NOBODY, str(tmp_path / "ledger")]
    told = _unprivileged(tmp_path, command)

    assert told[0].startswith(f"{tmp_path.as_posix()}/ledger: block: the ledger cannot be ")
    assert told[-2].startswith(f"{tmp_path.as_posix()}/ledger: block: the ledger cannot be locked: ")
    with Ledger(tmp_path / "ledger") as ledger:
        assert len(ledger.entries()) == 2


def _unprivileged(folder: Path, command: list[str]) -> list[str]:
    """What a program says that may read a folder and not write to it."""
    for each in (folder, *folder.iterdir()):
        each.chmod(0o555 if each.is_dir() else 0o444)
    for parent in folder.parents:
        if parent.owner() == "root" and str(parent).startswith("/tmp/pytest"):  # noqa: S108 - of pytest
            parent.chmod(parent.stat().st_mode | 0o055)
    told = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=True).stdout
    for each in (folder, *folder.iterdir()):
        each.chmod(0o755 if each.is_dir() else 0o644)
    return told.splitlines()


@pytest.mark.parametrize("error", [OSError(errno.EACCES, "Permission denied"), NotImplementedError("no locks here")])
def test_a_ledger_that_cannot_be_locked_is_not_taken_for_a_run_that_goes_on(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    import filelock  # noqa: PLC0415 - of this test alone

    def refused(*_: object, **__: object) -> None:
        raise error

    ledger.queue([letter()], MOMENT)
    ledger.change(letter().key, State.SENDING, "")
    monkeypatch.setattr(filelock.FileLock, "acquire", refused)
    with pytest.raises(ReportError, match=r"the ledger cannot be locked: .*(Permission denied|no locks here)"):
        settle(ledger)
    archive = Archive("localhost", 1, Login("a", "b"))
    with pytest.raises(ReportError, match="the ledger cannot be locked"):
        reconcile(ledger, archive)


def test_who_only_looks_keeps_nobody_from_sending(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger.queue([letter()], MOMENT)
    monkeypatch.setattr("ipreport.delivery.sending.only_sender", interrupt)

    assert settle(ledger) == ()


@pytest.mark.skipif(sys.platform == "win32", reason="locks are of another kind there")
def test_a_file_system_without_locks_gets_no_lock_that_outlives_its_holder(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl  # noqa: PLC0415 - not on Windows

    def missing(*_: object) -> None:
        raise OSError(errno.ENOSYS, "Function not implemented")

    monkeypatch.setattr(fcntl, "flock", missing)
    with pytest.raises(ReportError, match="the ledger cannot be locked: "):
        send(ledger, letters(1), Server("localhost", 1, "office@example.test"), MOMENT)

    assert ledger.entries() == ()
