"""Letters through Postfix, with STARTTLS and a password, to Maildirs, and back out of Dovecot by IMAP."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from ipreport.delivery import How, Ledger, Login, Security, State, reconcile, send
from ipreport.problems import ReportError
from letters import MOMENT, Clock, letter, states
from mail_faults import DROP, Fault, Faulty
from mail_servers.servers import ARCHIVE, SIZE, MailServers, wait_until, without_trace

NOW = timedelta(0)
QUICK = How(pause=0.01)


@pytest.fixture
def issue(request: pytest.FixtureRequest) -> str:
    """An issue of its own for each test, as the mailboxes are those of all."""
    return hashlib.sha256(request.node.nodeid.encode()).hexdigest()[:12]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "ledger") as ledger:
        yield ledger


@pytest.mark.parametrize("security", list(Security))
def test_what_arrives_is_what_was_written(
    mail_servers: MailServers, ledger: Ledger, issue: str, security: Security
) -> None:
    body = bytes(range(33, 127)) + b"\r\n.\r\n..dots\r\n" + (b"x" * 76 + b"\r\n") * 9000
    mail = letter("r1@example.test", issue=issue, body=body)
    report = send(ledger, [mail], mail_servers.server(security), MOMENT, QUICK)

    (entry,) = report.entries
    (arrived,), (kept,) = (mail_servers.received(box, entry.message_id) for box in ("readers", "archive"))
    assert without_trace(arrived) == without_trace(kept) == mail.write(MOMENT)
    assert hashlib.sha256(without_trace(arrived)).hexdigest() == entry.wire
    head = arrived[: arrived.index(b"From: ")].decode()
    assert [line.partition(":")[0] for line in head.split("\r\n") if line and not line[0].isspace()] == [
        "Return-Path", "X-Original-To", "Delivered-To", "Received",
    ]  # fmt: skip
    assert "with ESMTPSA id" in head  # encrypted, and logged in
    assert entry.reply.startswith("250 2.0.0 Ok: queued as ")
    noted = f"{entry.reply.rpartition(' ')[2]}: to=<r1@example.test>"
    assert wait_until(lambda: noted in mail_servers.log())


def test_an_address_outside_ascii_is_sent_to_a_server_that_takes_it(
    mail_servers: MailServers, ledger: Ledger, issue: str
) -> None:
    report = send(ledger, [letter("张三@example.test", issue=issue)], mail_servers.server(), MOMENT, QUICK)

    (arrived,) = mail_servers.received("readers", report.entries[0].message_id)
    assert "To: 张三@example.test".encode() in arrived


def test_postfix_refuses_what_it_should(mail_servers: MailServers, ledger: Ledger, issue: str) -> None:
    large = letter("r2@example.test", issue=issue, body=b"x" * 70 + b"\r\n" + (b"y" * 70 + b"\r\n") * (SIZE // 72))
    mails = [letter("nobody@example.test", issue=issue), large, letter("r3@example.test", issue=issue)]
    report = send(ledger, mails, mail_servers.server(), MOMENT, QUICK)

    assert states(report.entries) == {"nobody": "failed", "r2": "failed", "r3": "sent"}
    assert report.entries[0].reply.startswith("550 5.1.1")
    assert f"the server takes at most {SIZE:,}" in report.entries[1].reply
    assert len(mail_servers.received("archive", report.entries[2].message_id)) == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"login": Login("office", "wrong")}, "(login): 535 5.7.8"),
        ({"login": None}, "(RCPT): "),
        ({"sender": "director@example.test"}, "(RCPT): 553 5.7.1"),
        ({"archive": "lost@example.test"}, "(RCPT): 550 5.1.1"),
        ({"host": "127.0.0.1"}, "IP address mismatch"),
        ({"authorities": None}, "unable to get local issuer certificate"),
    ],
)
def test_a_server_that_takes_nothing_stops_the_run(
    mail_servers: MailServers, ledger: Ledger, issue: str, changes: dict[str, Any], said: str
) -> None:
    report = send(ledger, [letter("r4@example.test", issue=issue)], mail_servers.server(**changes), MOMENT, QUICK)

    assert report.stopped is not None
    assert said in report.stopped.message
    assert (report.entries[0].state, report.entries[0].attempts) == (State.QUEUED, 0)


def unknown(ledger: Ledger, folder: Path, *addresses: str, issue: str) -> None:
    """Letters of which the client does not know whether they arrived: their server is lost after the dot."""
    with Faulty(folder, [Fault("stored", DROP)]) as faulty:
        mails = [letter(address, issue=issue) for address in addresses]
        report = send(ledger, mails, faulty.settings(archive=ARCHIVE), MOMENT, QUICK)
    assert {entry.state for entry in report.entries} == {State.UNKNOWN}


@pytest.mark.parametrize("security", list(Security))
def test_unknown_letters_are_looked_for_in_the_archive(
    mail_servers: MailServers, tmp_path: Path, issue: str, security: Security
) -> None:
    clock = Clock()
    names = ("r5@example.test", "r6@example.test", "r7@example.test")
    with Ledger(tmp_path / "another") as elsewhere:  # the copies that did arrive
        send(elsewhere, [letter(name, issue=issue) for name in names[:2]], mail_servers.server(), MOMENT, QUICK)
    mail_servers.wait_for_queue()
    with Ledger(tmp_path / "ledger", clock=clock) as ledger:
        unknown(ledger, tmp_path, *names, issue=issue)
        first = reconcile(ledger, mail_servers.archive(security))
        clock.go_on(minutes=14)
        early = reconcile(ledger, mail_servers.archive(security))
        clock.go_on(minutes=2)
        late = reconcile(ledger, mail_servers.archive(security))
        left = states(ledger.entries())
        again = reconcile(ledger, mail_servers.archive(security), requeue=True)
        queued = ledger.entries(states=(State.QUEUED,))
        report = send(ledger, [letter(name, issue=issue) for name in names], mail_servers.server(), MOMENT, QUICK)

    assert [len(each) for each in (first.found, first.absent, first.waiting)] == [2, 0, 1]
    assert first.found[0].reply == "found in the archive, INBOX"
    assert [len(each) for each in (early.found, early.absent, early.waiting)] == [0, 0, 1]
    assert [len(each) for each in (late.found, late.absent, late.waiting)] == [0, 1, 0]
    assert left == {"r5": "sent", "r6": "sent", "r7": "unknown"}
    assert again.absent == queued
    assert (report.mailed, states(report.entries)) == (1, {"r5": "sent", "r6": "sent", "r7": "sent"})
    mail_servers.wait_for_queue()
    copies = mail_servers.copies()
    assert [len(copies[entry.address, entry.message_id or ""]) for entry in report.entries] == [1, 1, 1]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"login": Login("office", "wrong-secret")}, "AUTHENTICATIONFAILED"),
        ({"mailbox": "已发送"}, "Mailbox doesn't exist: 已发送"),
        ({"host": "127.0.0.1"}, "its certificate is not accepted: IP address mismatch"),
        ({"port": 1}, "Connection refused"),
    ],
)
def test_an_archive_that_cannot_be_read_changes_nothing(
    mail_servers: MailServers, tmp_path: Path, ledger: Ledger, issue: str, changes: dict[str, Any], said: str
) -> None:
    unknown(ledger, tmp_path, "r8@example.test", issue=issue)
    with pytest.raises(ReportError, match="cannot be read") as caught:
        reconcile(ledger, mail_servers.archive(**changes), requeue=True, wait=NOW)

    assert said in str(caught.value)
    assert "secret" not in str(caught.value)
    assert [entry.state for entry in ledger.entries()] == [State.UNKNOWN]


@pytest.mark.parametrize("security", list(Security))
def test_an_archive_whose_certificate_nobody_vouches_for(
    mail_servers: MailServers, tmp_path: Path, ledger: Ledger, issue: str, security: Security
) -> None:
    unknown(ledger, tmp_path, "r8@example.test", issue=issue)
    with pytest.raises(ReportError, match="its certificate is not accepted: unable to get local issuer certificate"):
        reconcile(ledger, mail_servers.archive(security, authorities=None))


def test_a_mailbox_with_a_chinese_name(mail_servers: MailServers, ledger: Ledger, tmp_path: Path, issue: str) -> None:
    unknown(ledger, tmp_path, "r9@example.test", issue=issue)
    message = letter("r9@example.test", issue=issue).write(MOMENT)
    mail_servers.add_mailbox("&U,BTFw- &- &-2", message.replace(b"\r\n", b"\n"))

    assert len(reconcile(ledger, mail_servers.archive(mailbox="台北 & &2")).found) == 1
