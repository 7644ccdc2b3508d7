"""Runs that end in the middle: one sender at a time, and what the next one makes of what is left."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from delivery_client import BUSY, started
from ipreport.delivery import How, Ledger, State, send, settle
from ipreport.delivery.sending import INTERRUPTED
from ipreport.problems import ReportError, block
from letters import MOMENT, letter, letters, states
from mail_faults import STALL, Fault, Faulty

QUICK = How(pause=0.01)
HOLD = """
import sys, time
from pathlib import Path
from ipreport.delivery.lock import only_sender
with only_sender(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "ledger") as ledger:
        yield ledger


@pytest.fixture
def holder(ledger: Ledger) -> Iterator[subprocess.Popen[str]]:
    """A program that holds the ledger's lock."""
    with subprocess.Popen([sys.executable, "-c", HOLD, str(ledger.path)], stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "held\n"
        yield program
        program.kill()


def test_a_second_sender_is_told_so_at_once_and_the_lock_dies_with_its_holder(
    tmp_path: Path, ledger: Ledger, holder: subprocess.Popen[str]
) -> None:
    with Faulty(tmp_path) as faulty:
        begun = time.monotonic()
        with pytest.raises(ReportError, match="another program is sending from this ledger"):
            send(ledger, letters(2), faulty.settings(), MOMENT, QUICK)
        assert time.monotonic() - begun < 2
        assert (ledger.entries(), faulty.sessions) == ((), 0)
        holder.kill()
        holder.wait()
        assert send(ledger, letters(2), faulty.settings(), MOMENT, QUICK).mailed == 2


def test_two_programs_that_send_the_same_letters_send_each_once(tmp_path: Path) -> None:
    with Faulty(tmp_path) as faulty:
        server = faulty.settings(archive="archive@example.test")
        pair = [started(tmp_path / "ledger", server, "2025Q4", 60, 20_000) for _ in range(2)]
        codes = sorted(client.wait(60) for client in pair)
        for client in pair:
            client.communicate()

    assert codes in ([0, BUSY], [0, 0])  # the second may have come when the first was done
    assert set(faulty.taken.values()) == {1, 60}
    assert faulty.taken.total() == 120


def test_what_a_killed_run_was_sending_is_unknown_and_not_sent_again(tmp_path: Path) -> None:
    with Faulty(tmp_path, [Fault("stored", STALL, "r0001@example.test", 1)]) as faulty:
        client = started(tmp_path / "ledger", faulty.settings(patience_after_dot=30), "2025Q4", 4, 100)
        end = time.monotonic() + 20
        while not faulty.taken["r0001@example.test"] and time.monotonic() < end:
            time.sleep(0.005)
        client.kill()
        client.communicate()
        with Ledger(tmp_path / "ledger") as ledger:
            before = states(ledger.entries())
            report = send(ledger, letters(4), faulty.settings(), MOMENT, QUICK)

    assert before == {"r0000": "sent", "r0001": "sending", "r0002": "queued", "r0003": "queued"}
    assert states(report.entries) == {"r0000": "sent", "r0001": "unknown", "r0002": "sent", "r0003": "sent"}
    assert [(entry.address, entry.reply) for entry in report.interrupted] == [("r0001@example.test", INTERRUPTED)]
    assert report.mailed == 2
    assert set(faulty.taken.values()) == {1}


def test_what_a_dead_run_left_is_unknown_at_once_and_what_a_living_one_sends_is_not(
    ledger: Ledger, holder: subprocess.Popen[str]
) -> None:
    mail = letter()
    ledger.queue([mail], MOMENT)
    ledger.change(mail.key, State.SENDING, "")
    assert settle(ledger) == ()
    assert ledger.entry(mail.key).state is State.SENDING
    holder.kill()
    holder.wait()

    assert [entry.state for entry in settle(ledger)] == [State.UNKNOWN]
    assert settle(ledger) == ()
    assert ledger.entry(mail.key).state is State.UNKNOWN


def test_a_ledger_that_cannot_be_used_is_not_taken_for_a_run_that_goes_on(ledger: Ledger) -> None:
    ledger.queue([letter()], MOMENT)
    ledger.change(letter().key, State.SENDING, "")
    ledger._connection.execute("PRAGMA query_only = ON")
    with pytest.raises(ReportError, match="the ledger cannot be used: attempt to write a readonly database"):
        settle(ledger)


def test_a_run_that_is_refused_has_sent_nothing(tmp_path: Path, ledger: Ledger) -> None:
    with Faulty(tmp_path) as faulty:
        send(ledger, [letter("a@example.test")], faulty.settings(), MOMENT, QUICK)
        changed = [letter("b@example.test"), letter("a@example.test", document="c" * 64)]
        with pytest.raises(ReportError, match="already, with another document"):
            send(ledger, changed, faulty.settings(), MOMENT, QUICK)
        with pytest.raises(ReportError, match=r"nobody in the list has the address A@example\.tset"):
            send(ledger, changed, faulty.settings(), MOMENT, How(only=frozenset({"A@example.tset"})))
        assert (faulty.sessions, len(ledger.entries())) == (1, 1)
        corrected = [letter("a@example.test", document="c" * 64, correction=1)]
        assert send(ledger, corrected, faulty.settings(), MOMENT, QUICK).mailed == 1


def test_a_ledger_that_fails_before_the_dot_keeps_the_letter_back(tmp_path: Path, ledger: Ledger) -> None:
    full = ReportError([])

    def fails(*_: object, **__: object) -> None:
        raise full

    with Faulty(tmp_path) as faulty, pytest.MonkeyPatch.context() as patch:
        patch.setattr(ledger, "change", fails)
        with pytest.raises(ReportError):
            send(ledger, letters(2), faulty.settings(), MOMENT, QUICK)

    assert faulty.taken.total() == 0
    assert {entry.state for entry in ledger.entries()} == {State.QUEUED}


def test_a_program_that_is_interrupted_in_a_letter_says_no_goodbye_into_it(tmp_path: Path, ledger: Ledger) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with Faulty(tmp_path) as faulty, pytest.MonkeyPatch.context() as patch:
        patch.setattr(ledger, "change", interrupted)
        begun = time.monotonic()
        with pytest.raises(KeyboardInterrupt):
            send(ledger, letters(1), faulty.settings(), MOMENT, QUICK)
        assert time.monotonic() - begun < 3

    assert faulty.taken.total() == 0


def test_a_message_without_a_message_id_never_leaves(tmp_path: Path, ledger: Ledger) -> None:
    bare = replace(letter(), write=lambda _: b"From: a@b\r\nMessage-ID: none\r\n\r\n")
    with Faulty(tmp_path) as faulty, pytest.raises(ValueError, match="has a Message-ID"):
        send(ledger, [bare], faulty.settings(), MOMENT, QUICK)

    assert faulty.taken.total() == 0


def test_a_letter_that_cannot_be_written_fails_by_itself(tmp_path: Path, ledger: Ledger) -> None:
    def refused(_: object) -> bytes:
        raise ReportError([block("a name with a line end in it")])

    bad = replace(letter("b@example.test"), write=refused)
    with Faulty(tmp_path) as faulty:
        report = send(
            ledger, [letter("a@example.test"), bad, letter("c@example.test")], faulty.settings(), MOMENT, QUICK
        )

    assert states(report.entries) == {"a": "sent", "b": "failed", "c": "sent"}
    assert report.entries[1].reply == "a name with a line end in it"


def test_one_program_does_not_send_twice_at_once_either(tmp_path: Path, ledger: Ledger) -> None:
    def again(_: object) -> None:
        with pytest.raises(ReportError, match="another program is sending"):
            send(ledger, letters(2), faulty.settings(), MOMENT, QUICK)
        told.append(settle(ledger))

    told: list[object] = []
    with Faulty(tmp_path) as faulty:
        assert send(ledger, letters(2), faulty.settings(), MOMENT, QUICK, progress=again).mailed == 2

    assert told == [(), ()]
    assert set(faulty.taken.values()) == {1}


def test_progress_is_told_of_each_letter(tmp_path: Path, ledger: Ledger) -> None:
    told = []
    with Faulty(tmp_path, [Fault("RCPT", "550 no", "r0001@example.test")]) as faulty:
        send(ledger, letters(3), faulty.settings(), MOMENT, QUICK, progress=told.append)

    assert states(told) == {"r0000": "sent", "r0001": "failed", "r0002": "sent"}
