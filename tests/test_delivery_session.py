"""What a session offers, demands and never says: encryption, passwords, sizes, characters, the archive."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ipreport.delivery import How, Ledger, Login, Report, Security, State, send
from ipreport.problems import ReportError
from letters import MOMENT, letter, states
from mail_certificates import PAST, authority_file, server_file
from mail_faults import DROP, USER, Fault, Faulty

QUICK = How(pause=0.01)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "ledger") as ledger:
        yield ledger


def mailed(faulty: Faulty, ledger: Ledger, **settings: Any) -> Report:
    return send(
        ledger, [letter("a@example.test"), letter("b@example.test")], faulty.settings(**settings), MOMENT, QUICK
    )


@pytest.mark.parametrize("implicit", [False, True])
def test_both_ways_of_encryption(tmp_path: Path, ledger: Ledger, *, implicit: bool) -> None:
    with Faulty(tmp_path, implicit=implicit) as faulty:
        assert mailed(faulty, ledger).mailed == 2


@pytest.mark.parametrize("without", ["PLAIN", "LOGIN"])
def test_both_ways_to_log_in(tmp_path: Path, ledger: Ledger, without: str) -> None:
    with Faulty(tmp_path, without=frozenset({without})) as faulty:
        assert mailed(faulty, ledger).mailed == 2


def test_a_server_that_hangs_up_while_encryption_begins_is_tried_again(tmp_path: Path, ledger: Ledger) -> None:
    with Faulty(tmp_path, [Fault("encryption", DROP, times=2)]) as faulty:
        report = mailed(faulty, ledger)

    assert (report.mailed, report.sessions, faulty.sessions) == (2, 1, 3)


@pytest.mark.parametrize("implicit", [False, True])
@pytest.mark.parametrize(
    ("certificate", "detail"),
    [
        ({"issuer": "Somebody Else"}, "unable to get local issuer certificate"),
        ({"validity": PAST}, "certificate has expired"),
        ({"hosts": ("mail.example.test",)}, "Hostname mismatch"),
    ],
)
def test_certificates_that_are_not_accepted(
    tmp_path: Path, ledger: Ledger, certificate: dict[str, Any], detail: str, *, implicit: bool
) -> None:
    with Faulty(tmp_path, certificate=server_file(tmp_path, **certificate), implicit=implicit) as faulty:
        report = mailed(faulty, ledger)

    assert report.stopped is not None
    assert "(connect): its certificate is not accepted: " in report.stopped.message
    assert detail in report.stopped.message
    assert "no way to skip" in report.stopped.hints[0]
    assert [entry.attempts for entry in report.entries] == [0, 0]
    assert (faulty.taken.total(), faulty.commands) == (0, [])


def test_authorities_of_the_system_alone_do_not_vouch_for_ours(tmp_path: Path, ledger: Ledger) -> None:
    with Faulty(tmp_path) as faulty:
        report = mailed(faulty, ledger, authorities=None)

    assert report.stopped is not None
    assert "its certificate is not accepted" in report.stopped.message


@pytest.mark.parametrize(
    ("content", "said"), [(b"no certificate", "no certificates were found"), (None, "No such file")]
)
def test_a_file_of_authorities_that_has_none(tmp_path: Path, ledger: Ledger, content: bytes | None, said: str) -> None:
    path = tmp_path / "authorities.pem"
    if content is not None:
        path.write_bytes(content)
    with Faulty(tmp_path) as faulty, pytest.raises(ReportError, match=said):
        mailed(faulty, ledger, authorities=path)


@pytest.mark.parametrize(
    ("offers", "said"),
    [({"auth"}, "(connect): the server does not offer STARTTLS"), ({"starttls"}, "(login): the server does not offer")],
)
def test_what_is_not_offered_is_not_done_without(tmp_path: Path, ledger: Ledger, offers: set[str], said: str) -> None:
    with Faulty(tmp_path, offers=offers) as faulty:
        report = mailed(faulty, ledger)

    assert report.stopped is not None
    assert said in report.stopped.message
    assert faulty.sessions == 1
    assert faulty.commands == []


def test_a_port_that_is_encrypted_otherwise_than_expected(tmp_path: Path, ledger: Ledger) -> None:
    with Faulty(tmp_path) as faulty:
        report = mailed(faulty, ledger, security=Security.TLS)

    assert report.stopped is not None
    assert "(connect): the encryption failed" in report.stopped.message


def test_nothing_shows_a_password(tmp_path: Path, ledger: Ledger) -> None:
    password = "wrong-p4ss:word"  # noqa: S105 - of nobody
    plain = base64.b64encode(f"\0{USER}\0{password}".encode()).decode()
    echo = f"535 5.7.8 cannot log in as {password} or {plain}"
    with Faulty(tmp_path, [Fault("login", echo)]) as faulty:
        login = Login(USER, password)
        report = mailed(faulty, ledger, login=login)
        settings = faulty.settings(login=login)

    shown = f"{report} {report.problems} {settings!r} {login!r} {[str(problem) for problem in report.problems]}"
    ledger.close()
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("ledger*"))
    assert "535 5.7.8 cannot log in as" in shown
    assert USER in shown
    for secret in (password, plain, base64.b64encode(password.encode()).decode()):
        assert secret not in shown
        assert secret.encode() not in kept


def test_a_letter_that_is_too_large_is_named_before_it_is_sent(tmp_path: Path, ledger: Ledger) -> None:
    large = letter("large@example.test", body=b"x" * 70 + b"\r\n" + (b"y" * 70 + b"\r\n") * 100)
    with Faulty(tmp_path, size=5000) as faulty:
        report = send(ledger, [large, letter("a@example.test")], faulty.settings(), MOMENT, QUICK)

    size = len(large.write(MOMENT))
    assert states(report.entries) == {"large": "failed", "a": "sent"}
    assert report.problems[0].message == (
        "the letter to large@example.test (zh edition of 2025Q4) is failed: "
        f"it has {size:,} bytes, and the server takes at most 5,000"
    )
    assert "RCPT large@example.test" not in faulty.commands
    small = len(letter("a@example.test").write(MOMENT))
    assert f"MAIL office@example.test SIZE={small}" in faulty.commands


@pytest.mark.parametrize("fault", ["552 5.3.4 too large", "452 4.3.1 no room"])
def test_a_size_that_is_refused_at_mail_concerns_the_letter(tmp_path: Path, ledger: Ledger, fault: str) -> None:
    with Faulty(tmp_path, [Fault("MAIL", fault, times=1)], size=0) as faulty:
        report = mailed(faulty, ledger)

    assert states(report.entries) == {"a": "failed" if fault[0] == "5" else "queued", "b": "sent"}
    assert report.entries[0].attempts == 1


@pytest.mark.parametrize("offered", [False, True])
def test_addresses_outside_ascii_need_smtputf8(tmp_path: Path, ledger: Ledger, *, offered: bool) -> None:
    with Faulty(tmp_path, utf8=offered) as faulty:
        pair = [letter("张三@example.test"), letter("a@example.test")]
        report = send(ledger, pair, faulty.settings(), MOMENT, QUICK)

    assert states(report.entries) == {"张三": "sent" if offered else "failed", "a": "sent"}
    assert faulty.taken["a@example.test"] == 1
    mails = [command for command in faulty.commands if command.startswith("MAIL")]
    assert [("SMTPUTF8" in command, "BODY=8BITMIME" in command) for command in mails] == (
        [(True, True), (False, False)] if offered else [(False, False)]
    )
    if not offered:
        assert report.entries[0].reply.endswith("the server does not offer SMTPUTF8")


def test_characters_that_are_refused_at_mail_concern_the_letter(tmp_path: Path, ledger: Ledger) -> None:
    with Faulty(tmp_path, [Fault("MAIL", "550 5.6.7 not these characters", times=1)], utf8=True) as faulty:
        pair = [letter("张三@example.test"), letter("a@example.test")]
        report = send(ledger, pair, faulty.settings(), MOMENT, QUICK)

    assert (states(report.entries), report.stopped) == ({"张三": "failed", "a": "sent"}, None)


def test_a_copy_for_the_archive_goes_in_the_same_transaction(tmp_path: Path, ledger: Ledger) -> None:
    faults = [Fault("RCPT", "550 nobody", "b@example.test")]
    with Faulty(tmp_path, faults) as faulty:
        report = mailed(faulty, ledger, archive="archive@example.test")

    assert states(report.entries) == {"a": "sent", "b": "failed"}
    assert faulty.taken == {"a@example.test": 1, "archive@example.test": 1}
    assert faulty.messages["archive@example.test"] == faulty.messages["a@example.test"]
    tail = faulty.commands[-3:]
    assert tail == ["RCPT archive@example.test", "RCPT b@example.test", "RSET"]


def test_the_archive_itself_gets_one_copy(tmp_path: Path, ledger: Ledger) -> None:
    with Faulty(tmp_path) as faulty:
        mailed(faulty, ledger, archive="A@example.test")

    assert faulty.commands.count("RCPT a@example.test") == 1
    assert faulty.taken == {"a@example.test": 1, "b@example.test": 1, "A@example.test": 1}


@pytest.mark.parametrize("wrong", ["a@x.test> SIZE=1", "a b@x.test", "a@x\r\nRCPT TO:<c@x>", "nobody", "<a@x.test>"])
def test_addresses_that_would_say_more_in_smtp(tmp_path: Path, ledger: Ledger, wrong: str) -> None:
    with Faulty(tmp_path) as faulty:
        with pytest.raises(ReportError, match="is not an address that mail can be sent to"):
            send(ledger, [letter("a@example.test"), letter(wrong)], faulty.settings(), MOMENT)
        for setting in ("sender", "archive"):
            with pytest.raises(ReportError, match="is not an address that mail can be sent with"):
                mailed(faulty, ledger, **{setting: wrong})

    assert (ledger.entries(), faulty.sessions) == ((), 0)


@pytest.mark.parametrize("body", [b"a\nb\r\n", b"a\rb\r\n", b"a\n.\nMAIL FROM:<x@y>\r\n"])
def test_a_message_whose_lines_end_otherwise_never_leaves(tmp_path: Path, ledger: Ledger, body: bytes) -> None:
    with Faulty(tmp_path) as faulty, pytest.raises(ValueError, match="CR LF"):
        send(ledger, [letter(body=body)], faulty.settings(), MOMENT)

    assert faulty.commands == []
    assert [entry.state for entry in ledger.entries()] == [State.QUEUED]


def test_authorities_are_added_to_those_of_the_system(tmp_path: Path) -> None:
    from ipreport.delivery.connecting import verified  # noqa: PLC0415 - of this test alone

    alone, more = verified(None), verified(authority_file(tmp_path))
    assert more.cert_store_stats()["x509_ca"] == alone.cert_store_stats()["x509_ca"] + 1
    assert more.check_hostname


def test_dots_at_the_beginning_of_lines_arrive_as_they_are(tmp_path: Path, ledger: Ledger) -> None:
    body = b".\r\n..\r\n.RSET\r\nno end of line"
    plain = letter("a@example.test", body=body)
    with Faulty(tmp_path) as faulty:
        send(
            ledger,
            [replace(plain, write=lambda moment: b".Odd: 1\r\n" + plain.write(moment))],
            faulty.settings(),
            MOMENT,
        )

    assert faulty.messages["a@example.test"] == b".Odd: 1\r\n" + plain.write(MOMENT) + b"\r\n"


@pytest.mark.parametrize(("code", "state"), [("552", "failed"), ("452", "queued")])
def test_a_server_that_refuses_before_the_end_has_refused(
    tmp_path: Path, ledger: Ledger, code: str, state: str
) -> None:
    fault = Fault("body", f"{code} 5.3.4 more than I take", "a@example.test")
    with Faulty(tmp_path, [fault], size=50_000_000) as faulty:
        long = letter("a@example.test", body=b"text\r\n" * 4_000_000)  # more than systems buffer
        report = send(ledger, [long, letter("b@example.test")], faulty.settings(), MOMENT, QUICK)

    assert states(report.entries) == {"a": state, "b": "sent"}
    assert report.entries[0].reply == f"{code} 5.3.4 more than I take"
    assert (report.entries[0].attempted_at, report.sessions) == (None, 2)
