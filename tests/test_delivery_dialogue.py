"""Servers that answer slowly, in pieces, too much, too early or in no language: no letter counts for what it is not."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ipreport.delivery import How, Ledger, Report, State, send
from letters import MOMENT, letter, states
from mail_scripts import CLOSE, Said, Scripted

QUICK = How(pause=0.01)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "ledger") as ledger:
        yield ledger


def mailed(server: Scripted, ledger: Ledger, *names: str, how: How = QUICK, **settings: object) -> Report:
    mails = [letter(f"{name}@example.test") for name in names or ("a", "b")]
    return send(ledger, mails, server.settings(**settings), MOMENT, how)


def arrived(server: Scripted) -> list[str]:
    """To whom the messages are that the server got with their final dots."""
    return [message.partition(b"To: ")[2].partition(b"@")[0].decode() for message in server.stored]


SLOW: list[dict[str, Said]] = [
    {"dot": (b"2", 0.05, b"50 ", 0.05, b"ta", b"ken\r", 0.05, b"\n")},
    {"dot": (b"250-taken\r\n250-and\r\n", 0.05, b"250 kept\r\n")},
    {"MAIL": (b"250-one\r\n", b"250 two\r\n"), "RCPT": (b"25", 0.05, b"0 OK\r\n")},
    {"dot": (b"250 " + bytes(range(128, 256)) + b"\x00\x07\r\n",)},
    {"dot": (b"250\r\n",)},
    {"dot": (b"250 taken\n",)},
    {"EHLO encrypted": (b"250-x\r\n250-AUTH PLAIN\r\n250-SIZE " + b"9" * 5000 + b"\r\n250 PIPELINING\r\n",)},
    {"EHLO encrypted": (b"250-x\r\n250-AUTH=PLAIN\r\n250-SIZE\r\n250 CHUNKING\r\n",)},
]


@pytest.mark.parametrize("says", SLOW)
def test_answers_in_pieces_and_of_many_lines_are_answers(tmp_path: Path, ledger: Ledger, says: dict[str, Said]) -> None:
    with Scripted(tmp_path, says) as server:
        report = mailed(server, ledger)

    assert (report.stopped, states(report.entries), report.sessions) == (None, {"a": "sent", "b": "sent"}, 1)
    assert arrived(server) == ["a", "b"]
    assert all(entry.reply.isprintable() for entry in report.entries)


NO_ANSWERS: list[Said] = [
    (b"\x00\xff\x16\x03\r\n",),
    (b"ok\r\n",),
    (b"\r\n",),
    (b" 250 x\r\n",),
    (b"+25 x\r\n",),
    (b"150 x\r\n",),
    (b"250-taken\r\n550 or not\r\n",),
    (b"550-no\r\n250 or yes\r\n",),
    (b"250-without an end\r\n", CLOSE),
    (b"250 without an end", CLOSE),
    (b"250-" + b"x" * 70_000 + b"\r\n250 x\r\n",),
    (*((b"250-" + b"x" * 500 + b"\r\n") for _ in range(200)), b"250 x\r\n"),
    (0.4, b"2", 0.4, b"5", 0.4, b"0", 0.4, b" x\r\n"),
    (*((0.3, b"250-x\r\n") * 5), b"250 x\r\n"),
    (b"354 more\r\n",),
    (CLOSE,),
]


@pytest.mark.parametrize("said", NO_ANSWERS)
def test_what_is_no_answer_to_the_dot_leaves_the_letter_unknown(tmp_path: Path, ledger: Ledger, said: Said) -> None:
    with Scripted(tmp_path, {"dot 1": said}) as server:
        begun = time.monotonic()
        report = mailed(server, ledger)

    assert states(report.entries) == {"a": "unknown", "b": "sent"}
    assert report.entries[0].reply.startswith("the connection was lost (dot): ")
    assert (arrived(server), report.sessions, report.stopped) == (["a", "b"], 2, None)
    assert time.monotonic() - begun < 4  # the patience is that of the whole answer


EARLIER = [
    (command, said)
    for command in ("MAIL", "RCPT", "DATA", "AUTH", "EHLO", "hello")
    for said in NO_ANSWERS[:-2]
    if len(said) <= 2 or command == "RCPT"  # once is enough for those that take long
]


@pytest.mark.parametrize(("command", "said"), EARLIER)
def test_what_is_no_answer_before_the_dot_is_tried_again_on_another_connection(
    tmp_path: Path, ledger: Ledger, command: str, said: Said
) -> None:
    with Scripted(tmp_path, {f"{command} 1": said}) as server:
        report = mailed(server, ledger)

    assert (report.stopped, states(report.entries)) == (None, {"a": "sent", "b": "sent"})
    assert (arrived(server), server.sessions) == (["a", "b"], 2)


TWICE: list[dict[str, Said]] = [
    {"DATA 1": (b"354 go on\r\n250 taken\r\n",)},
    {"DATA 1": (b"354 go on\r\n354 go on\r\n",)},
    {"MAIL 1": (b"250 OK\r\n250 OK\r\n",)},
    {"RCPT 1": (b"250 OK\r\n354 go on\r\n",)},
    {"AUTH 1": (b"235 welcome\r\n250 OK\r\n250 OK\r\n354 go on\r\n250 taken\r\n",)},
    {
        "EHLO encrypted 1": (
            b"250-x\r\n250 AUTH PLAIN\r\n235 welcome\r\n250 OK\r\n250 OK\r\n354 go on\r\n250 taken\r\n",
        )
    },
    {"STARTTLS 1": (b"220 go on\r\n250-injected\r\n250-AUTH PLAIN\r\n250 OK\r\n",)},
    {"RCPT 1": (b"550 no\r\n250 OK\r\n",)},
    {"dot 1": (b"250 taken\r\n250 OK\r\n250 OK\r\n354 go on\r\n250 taken\r\n",)},
]


@pytest.mark.parametrize("says", TWICE)
def test_an_answer_that_nobody_asked_for_answers_nothing(tmp_path: Path, ledger: Ledger, says: dict[str, Said]) -> None:
    with Scripted(tmp_path, says) as server:
        report = mailed(server, ledger, "a", "b", "c")

    refused = says.get("RCPT 1", (b"",))[0].startswith(b"550")  # type: ignore[union-attr]
    assert states(report.entries) == {"a": "failed" if refused else "sent", "b": "sent", "c": "sent"}
    assert arrived(server) == (["b", "c"] if refused else ["a", "b", "c"])
    assert {entry.reply for entry in report.entries} <= {"250 taken", "550 no"}
    assert (report.stopped, server.sessions) == (None, 2)


def test_what_is_injected_before_the_encryption_is_not_believed(tmp_path: Path, ledger: Ledger) -> None:
    injected = b"250-injected\r\n250 AUTH PLAIN\r\n235 welcome\r\n250 OK\r\n250 OK\r\n354 x\r\n250 taken\r\n"
    with Scripted(tmp_path, {"STARTTLS": (b"220 go on\r\n" + injected,)}) as server:
        report = mailed(server, ledger)

    assert report.stopped is not None
    assert "(connect): it said more in the clear than it was asked for" in report.stopped.message
    assert (server.stored, {entry.attempts for entry in report.entries}) == ([], {0})
    assert not any("AUTH" in command or "MAIL" in command for command in server.heard)


def test_a_server_that_says_yes_to_everything_has_taken_nothing(tmp_path: Path, ledger: Ledger) -> None:
    with Scripted(tmp_path, {"DATA": (b"250 OK\r\n",)}) as server:
        report = mailed(server, ledger)

    assert states(report.entries) == {"a": "queued", "b": "queued"}
    assert "an answer that is not one of SMTP" in report.entries[0].reply
    assert server.stored == []


def test_a_server_that_closes_after_each_letter_gets_each_on_a_connection_of_its_own(
    tmp_path: Path, ledger: Ledger
) -> None:
    with Scripted(tmp_path, {"dot": (b"250 taken\r\n", CLOSE)}) as server:
        report = mailed(server, ledger, "a", "b", "c")

    assert (report.mailed, report.sessions, server.sessions) == (3, 3, 3)
    assert arrived(server) == ["a", "b", "c"]
    assert [entry.attempts for entry in report.entries] == [1, 1, 1]


def test_a_goodbye_behind_an_answer_ends_the_session_and_not_the_letter(tmp_path: Path, ledger: Ledger) -> None:
    with Scripted(tmp_path, {"dot 1": (b"250 taken\r\n421 4.4.2 closing\r\n", CLOSE)}) as server:
        report = mailed(server, ledger)

    assert (report.mailed, report.sessions, arrived(server)) == (2, 2, ["a", "b"])


@pytest.mark.parametrize("reset", [(b"500 what\r\n",), (b"421 bye\r\n",), (CLOSE,), (b"250 OK\r\n250 OK\r\n",)])
def test_a_transaction_that_is_not_forgotten_ends_its_session(tmp_path: Path, ledger: Ledger, reset: Said) -> None:
    with Scripted(tmp_path, {"RCPT 1": (b"550 no\r\n",), "RSET": reset}) as server:
        report = mailed(server, ledger)

    assert (states(report.entries), report.sessions) == ({"a": "failed", "b": "sent"}, 2)
    assert arrived(server) == ["b"]


@pytest.mark.parametrize("command", ["hello", "EHLO", "STARTTLS", "EHLO encrypted", "AUTH", "MAIL", "RCPT", "DATA"])
def test_a_server_that_closes_for_a_moment_is_come_back_to(tmp_path: Path, ledger: Ledger, command: str) -> None:
    with Scripted(tmp_path, {f"{command} 1": (b"421 4.3.2 closing\r\n", CLOSE)}) as server:
        report = mailed(server, ledger)

    put_off = command in {"RCPT", "DATA"}  # about the letter, as far as anybody can tell
    assert states(report.entries) == {"a": "queued" if put_off else "sent", "b": "sent"}
    assert (report.stopped, server.sessions) == (None, 2)


@pytest.mark.parametrize("host", ["a..b", "x" * 64 + ".example", "café..example"])
def test_what_cannot_be_the_name_of_a_host_is_said_so(tmp_path: Path, ledger: Ledger, host: str) -> None:
    with Scripted(tmp_path) as server:
        report = mailed(server, ledger, host=host)

    assert report.stopped is not None
    assert f"{host!r} cannot be the name of a host" in report.stopped.message
    assert server.sessions == 0


@pytest.mark.parametrize(
    ("hosts", "host", "accepted"),
    [
        (("127.0.0.1",), "127.0.0.1", True),
        (("localhost",), "127.0.0.1", False),
        (("127.0.0.1",), "localhost", False),
        (("xn--fsqu00a.localhost",), "例子.localhost", True),
        (("localhost",), "例子.localhost", False),
    ],
)
def test_certificates_are_for_the_host_that_was_named(
    tmp_path: Path,
    ledger: Ledger,
    monkeypatch: pytest.MonkeyPatch,
    hosts: tuple[str, ...],
    host: str,
    *,
    accepted: bool,
) -> None:
    found = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda _host, *rest, **more: found("127.0.0.1", *rest, **more))
    with Scripted(tmp_path, hosts=hosts) as server:
        report = mailed(server, ledger, host=host)

    assert report.mailed == (2 if accepted else 0)
    if not accepted:
        assert report.stopped is not None
        assert "its certificate is not accepted" in report.stopped.message
        assert server.heard[-1] == "STARTTLS"


def test_nothing_is_pipelined(tmp_path: Path, ledger: Ledger) -> None:
    offers = b"250-x\r\n250-AUTH PLAIN\r\n250-PIPELINING\r\n250-CHUNKING\r\n250 8BITMIME\r\n"
    slow = dict.fromkeys(("MAIL", "RCPT"), (0.03, b"250 OK\r\n"))
    with Scripted(tmp_path, {"EHLO encrypted": (offers,), **slow}) as server:  # type: ignore[dict-item]
        report = mailed(server, ledger, "a", archive="archive@example.test")

    assert report.mailed == 1
    assert [command.upper() for command in server.heard[4:]] == [
        "MAIL FROM:<OFFICE@EXAMPLE.TEST>", "RCPT TO:<ARCHIVE@EXAMPLE.TEST>", "RCPT TO:<A@EXAMPLE.TEST>", "DATA", "QUIT",
    ]  # fmt: skip


def test_lines_of_the_greatest_length_arrive_as_they_are(tmp_path: Path, ledger: Ledger) -> None:
    body = b"." * 998 + b"\r\n" + b"x" * 998 + b"\r\n." + b"y" * 997 + b"\r\n"
    mail = letter("a@example.test", body=body)
    with Scripted(tmp_path) as server:
        report = send(ledger, [mail], server.settings(), MOMENT, QUICK)

    assert (report.mailed, server.stored) == (1, [mail.write(MOMENT)])


@pytest.mark.parametrize(("room", "state"), [(0, State.SENT), (-1, State.FAILED)])
def test_a_letter_of_just_the_size_that_is_taken_is_sent(
    tmp_path: Path, ledger: Ledger, room: int, state: State
) -> None:
    size = len(letter("a@example.test").write(MOMENT)) + room
    says: dict[str, Said] = {"EHLO encrypted": (b"250-x\r\n250-AUTH PLAIN\r\n250 SIZE %d\r\n" % size,)}
    with Scripted(tmp_path, says) as server:
        report = mailed(server, ledger, "a")

    assert report.entries[0].state is state
    assert (f"MAIL FROM:<office@example.test> SIZE={size}" in server.heard) == (state is State.SENT)
