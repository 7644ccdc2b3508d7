"""Letters through a real server that misbehaves: what each fault leads to, and that it leads to nothing else."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path

import pytest

from ipreport.delivery import How, Ledger, Report, State, send
from letters import MOMENT, Clock, letter, letters, states
from mail_faults import DROP, STALL, Fault, Faulty

QUICK = How(pause=0.01)


def sent(faulty: Faulty, ledger: Ledger, *names: str, how: How = QUICK, **settings: object) -> Report:
    """Letters to some people; those that break off in the middle are longer than what systems buffer."""
    broken = {fault.address for fault in faulty.faults if fault.phase == "body"}
    lines = {
        address: 150_000 if {address, ""} & broken else 2 for address in (f"{name}@example.test" for name in names)
    }
    mails = [letter(address, body=(b"x" * 70 + b"\r\n") * count) for address, count in lines.items()]
    return send(ledger, mails, faulty.settings(**settings), MOMENT, how)


def test_letters_arrive_as_they_were_written(tmp_path: Path) -> None:
    with Faulty(tmp_path) as faulty, Ledger(tmp_path / "ledger", clock=Clock()) as ledger:
        report = sent(faulty, ledger, "a", "b", "c")

    assert states(report.entries) == {"a": "sent", "b": "sent", "c": "sent"}
    assert (report.mailed, report.sessions, report.stopped, report.problems) == (3, 1, None, ())
    assert faulty.messages["b@example.test"] == letter("b@example.test", body=(b"x" * 70 + b"\r\n") * 2).write(MOMENT)
    assert report.entries[0].reply == "250 2.0.0 taken as 4711"
    assert faulty.taken.total() == 3


def _refused(phase: str, reply: str, state: str, **more: object) -> tuple[str, Fault, str]:
    return (phase, Fault(phase, reply, "bad@example.test", **more), state)  # type: ignore[arg-type]


LETTER_FAULTS = [
    _refused("RCPT", "550 5.1.1 nobody of this name", "failed"),
    _refused("RCPT", "450 4.2.0 greylisted", "queued"),
    _refused("RCPT", "421 4.7.0 too many for this one", "queued"),
    _refused("RCPT", DROP, "queued"),
    _refused("RCPT", DROP, "sent", times=2),
    _refused("DATA", "554 5.7.1 no", "failed"),
    _refused("DATA", "451 4.3.0 later", "queued"),
    _refused("DATA", DROP, "queued"),
    _refused("DATA", "299 strange", "queued"),
    _refused("body", DROP, "queued"),
    _refused("body", DROP, "sent", times=3),
    _refused("dot", "554 5.6.0 what is this", "failed"),
    _refused("dot", "452 4.2.2 over quota", "queued"),
    _refused("dot", "530 5.7.0 log in first", "failed"),
    _refused("dot", "421 4.3.2 closing", "queued"),
    _refused("dot", DROP, "unknown"),
    _refused("dot", STALL, "unknown"),
    _refused("dot", "354 strange", "unknown"),
    _refused("stored", DROP, "unknown"),
    _refused("stored", STALL, "unknown"),
]


@pytest.mark.parametrize(("phase", "fault", "state"), LETTER_FAULTS)
def test_a_fault_of_one_letter_changes_no_other(tmp_path: Path, phase: str, fault: Fault, state: str) -> None:
    names = ("a", "bad", "b", "c")
    with Faulty(tmp_path, [fault]) as faulty, Ledger(tmp_path / "ledger", clock=Clock()) as ledger:
        report = sent(faulty, ledger, *names)
        again = sent(faulty, ledger, *names)

    assert states(report.entries) == {"a": "sent", "bad": state, "b": "sent", "c": "sent"}
    assert (report.stopped, again.stopped) == (None, None)
    assert {name: faulty.taken[f"{name}@example.test"] for name in ("a", "b", "c")} == {"a": 1, "b": 1, "c": 1}
    assert faulty.taken["bad@example.test"] == (1 if state == "sent" or phase == "stored" else 0)
    assert states(again.entries) == states(report.entries)  # neither unknown nor put off is tried again at once
    assert (again.mailed, again.sessions) == (0, 0)
    entry = report.entries[1]
    assert entry.attempts == 1
    assert (entry.due > entry.changed_at) == (state == "queued")
    assert (entry.attempted_at is not None) == (phase in {"dot", "stored"} or state == "sent")
    assert [problem.message for problem in report.problems] == (
        [f"the letter to bad@example.test (zh edition of 2025Q4) is {state}: {entry.reply}"]
        if state in {"failed", "unknown"}
        else []
    )


STOPS = [
    ("connect", Fault("connect", DROP), 4),
    ("connect", Fault("connect", "554 5.3.2 not for you"), 1),
    ("connect", Fault("connect", "421 4.3.2 not now"), 4),
    ("login", Fault("login", "535 5.7.8 no"), 1),
    ("login", Fault("login", "454 4.7.0 not now"), 4),
    ("MAIL", Fault("MAIL", "553 5.7.1 not your address"), 1),
    ("MAIL", Fault("MAIL", "451 4.3.0 not now"), 1),
    ("MAIL", Fault("MAIL", "421 4.3.0 closing"), 4),
    ("MAIL", Fault("MAIL", DROP), 4),
    ("RCPT", Fault("RCPT", "550 5.1.1 no such archive", "archive@example.test"), 1),
    ("RCPT", Fault("RCPT", "530 5.7.0 log in first", "a@example.test"), 1),
    ("DATA", Fault("DATA", "530 5.7.0 log in first"), 1),
    ("RCPT", Fault("RCPT", "451 4.3.0 not now", "archive@example.test"), 1),
]


@pytest.mark.parametrize(("phase", "fault", "sessions"), STOPS)
def test_a_fault_of_the_server_ends_the_run_and_is_charged_to_nobody(
    tmp_path: Path, phase: str, fault: Fault, sessions: int
) -> None:
    with Faulty(tmp_path, [fault]) as faulty, Ledger(tmp_path / "ledger") as ledger:
        report = sent(faulty, ledger, "a", "b", archive="archive@example.test")
        said, reached = report.stopped, faulty.sessions
        faulty.faults.clear()
        again = sent(faulty, ledger, "a", "b", archive="archive@example.test")

    assert said is not None
    assert said.message.startswith(f"localhost:{faulty.port} takes no letters ({phase}): ")
    assert report.problems == (said,)
    assert [(entry.state, entry.attempts, entry.reply) for entry in report.entries] == [(State.QUEUED, 0, "")] * 2
    assert reached == sessions
    assert again.stopped is None
    assert faulty.taken == {"a@example.test": 1, "b@example.test": 1, "archive@example.test": 2}


def test_a_server_that_is_down_is_waited_for_a_moment_and_charges_nobody(tmp_path: Path) -> None:
    with Faulty(tmp_path) as faulty, Ledger(tmp_path / "ledger") as ledger:
        faulty.stop()
        report = sent(faulty, ledger, "a")

    assert report.stopped is not None
    assert "(connect): Connection refused" in report.stopped.message
    assert (report.entries[0].state, report.entries[0].attempts, report.sessions) == (State.QUEUED, 0, 0)


def test_a_server_that_goes_down_in_mid_run_charges_nobody_else(tmp_path: Path) -> None:
    with Faulty(tmp_path) as faulty, Ledger(tmp_path / "ledger") as ledger:
        mails = [letter(f"{name}@example.test") for name in "abc"]
        report = send(ledger, mails, faulty.settings(), MOMENT, QUICK, progress=lambda _: faulty.stop())

    assert report.stopped is not None
    assert "(connect): Connection refused" in report.stopped.message
    assert states(report.entries) == {"a": "sent", "b": "queued", "c": "queued"}
    assert [entry.attempts for entry in report.entries] == [1, 0, 0]


def test_connections_that_break_on_letter_after_letter_end_the_run(tmp_path: Path) -> None:
    with Faulty(tmp_path, [Fault("body", DROP)]) as faulty, Ledger(tmp_path / "ledger") as ledger:
        report = sent(faulty, ledger, "a", "b", "c", "d")

    assert report.stopped is not None
    assert "(DATA): the connection was lost (DATA)" in report.stopped.message
    assert [entry.attempts for entry in report.entries] == [1, 1, 0, 0]
    assert faulty.taken.total() == 0


def test_letters_that_are_lost_after_the_dot_one_by_one_end_the_run(tmp_path: Path) -> None:
    with Faulty(tmp_path, [Fault("stored", DROP)]) as faulty, Ledger(tmp_path / "ledger") as ledger:
        report = sent(faulty, ledger, "a", "b", "c", "d")

    assert states(report.entries) == {"a": "unknown", "b": "unknown", "c": "unknown", "d": "queued"}
    assert report.stopped is not None
    assert "(dot): the connection was lost (dot)" in report.stopped.message
    assert faulty.taken.total() == 3


def test_letters_that_break_a_connection_are_counted_only_in_a_row(tmp_path: Path) -> None:
    faults = [Fault("body", DROP, f"{name}@example.test") for name in ("a", "b", "d")]
    with Faulty(tmp_path, faults) as faulty, Ledger(tmp_path / "ledger") as ledger:
        report = sent(faulty, ledger, *"abcde")

    assert states(report.entries) == {"a": "queued", "b": "queued", "c": "sent", "d": "queued", "e": "sent"}
    assert report.stopped is None


@pytest.mark.parametrize("end", ["421 4.4.2 idle for too long", DROP])
def test_a_session_that_the_server_ends_is_followed_by_another(tmp_path: Path, end: str) -> None:
    faults = [Fault("MAIL", "250 OK", times=2), Fault("MAIL", end, times=1)]
    with Faulty(tmp_path, faults) as faulty, Ledger(tmp_path / "ledger") as ledger:
        report = sent(faulty, ledger, "a", "b", "c", "d")

    assert (report.mailed, report.sessions, [entry.attempts for entry in report.entries]) == (4, 2, [1, 1, 1, 1])
    assert faulty.taken.total() == 4


def test_a_password_that_changes_in_mid_run_ends_it(tmp_path: Path) -> None:
    with Faulty(tmp_path, [Fault("RCPT", "421 closing", "b@example.test")]) as faulty, Ledger(tmp_path / "l") as ledger:
        report = send(
            ledger,
            [letter(f"{name}@example.test") for name in "abcd"],
            faulty.settings(),
            MOMENT,
            QUICK,
            progress=lambda _: setattr(faulty, "password", "another"),
        )

    assert report.stopped is not None
    assert "(login): 535 5.7.8 no such login" in report.stopped.message
    assert [entry.attempts for entry in report.entries] == [1, 1, 0, 0]
    assert states(report.entries) == {"a": "sent", "b": "queued", "c": "queued", "d": "queued"}


def test_put_off_letters_come_back_when_due_and_are_given_up_in_the_end(tmp_path: Path) -> None:
    clock, how = Clock(), How(pause=0.01, attempts=4, backoff=timedelta(minutes=10), longest=timedelta(minutes=30))
    waits = []
    with Faulty(tmp_path, [Fault("RCPT", "450 4.2.0 later", "a@example.test")]) as faulty:
        for _ in range(10):
            with Ledger(tmp_path / "ledger", clock=clock) as ledger:  # as if the program were started each time
                report = sent(faulty, ledger, "a", "b", how=how)
                entry = report.entries[0]
                if entry.state is not State.QUEUED:
                    break
                assert report.next_due == entry.due
                waits.append((entry.attempts, entry.due - entry.changed_at))
                clock.go_on(seconds=(entry.due - clock.time).total_seconds() - 1)
                assert sent(faulty, ledger, "a", "b", how=how).entries[0].attempts == entry.attempts
                clock.go_on(seconds=1)

    assert (entry.state, entry.attempts) == (State.FAILED, 4)
    assert entry.reply == "given up after 4 attempts: 450 4.2.0 later"
    assert [attempts for attempts, _ in waits] == [1, 2, 3]
    for (_, wait), whole in zip(waits, (10, 20, 30), strict=True):
        assert timedelta(minutes=whole / 2) <= wait <= timedelta(minutes=whole, seconds=1)
    assert faulty.commands.count("RCPT a@example.test") == 4
    assert faulty.taken == {"b@example.test": 1}


def test_what_failed_or_is_unknown_is_sent_again_only_on_request(tmp_path: Path) -> None:
    faults = [Fault("stored", DROP, "a@example.test", 1), Fault("RCPT", "550 no", "b@example.test", 1)]
    with Faulty(tmp_path, faults) as faulty, Ledger(tmp_path / "ledger") as ledger:
        assert states(sent(faulty, ledger, *"abc").entries) == {"a": "unknown", "b": "failed", "c": "sent"}
        failed = sent(faulty, ledger, *"abc", how=How(pause=0.01, resend=frozenset({State.FAILED})))
        unknown = sent(faulty, ledger, *"abc", how=How(pause=0.01, resend=frozenset({State.UNKNOWN})))

    assert states(failed.entries) == {"a": "unknown", "b": "sent", "c": "sent"}
    assert states(unknown.entries) == {"a": "sent", "b": "sent", "c": "sent"}
    assert faulty.taken == {"a@example.test": 2, "b@example.test": 1, "c@example.test": 1}


def test_only_some_addresses_are_sent_to(tmp_path: Path) -> None:
    with Faulty(tmp_path) as faulty, Ledger(tmp_path / "ledger") as ledger:
        report = sent(faulty, ledger, *"abc", how=How(only=frozenset({"B@example.test"})))
        queued = len(ledger.entries())
        rest = sent(faulty, ledger, *"abc")

    assert (states(report.entries), queued, rest.mailed) == ({"b": "sent"}, 1, 2)
    assert faulty.taken == {f"{name}@example.test": 1 for name in "abc"}


def test_a_rate_is_kept(tmp_path: Path) -> None:
    with Faulty(tmp_path) as faulty, Ledger(tmp_path / "ledger") as ledger:
        sent(faulty, ledger, "z")
        begun = time.monotonic()
        report = sent(faulty, ledger, *"abcd", how=How(rate=300))
        taken = time.monotonic() - begun

    assert report.mailed == 4
    assert 3 * 0.2 <= taken < 10  # the first one waits for nobody


def test_many_letters_go_through_one_session(tmp_path: Path) -> None:
    with Faulty(tmp_path) as faulty, Ledger(tmp_path / "ledger") as ledger:
        report = send(ledger, letters(60), faulty.settings(), MOMENT)

    assert (report.mailed, report.sessions, faulty.sessions) == (60, 1, 1)
    assert set(faulty.taken.values()) == {1}
