"""Archives on servers that are older or less exact: what they find is checked, and no password is seen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from imap_faults import OldImap
from ipreport.delivery import Ledger, State, reconcile
from ipreport.problems import ReportError
from letters import MOMENT, letters

NOW = timedelta(0)
SECRET = 'se"cr\\et'  # noqa: S105 - of nobody


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """Two letters of which nobody knows whether they arrived, and one that was sent."""
    with Ledger(tmp_path / "ledger") as ledger:
        mails = letters(3)
        ledger.queue(mails, MOMENT)
        for number, mail in enumerate(mails):
            at = ledger.clock()
            ledger.change(
                mail.key, State.SENDING, "", message_id=f"<{number}@example.test>", attempted_at=at, archive="a@b"
            )
        ledger.change(mails[2].key, State.SENT, "250 OK")
        yield ledger


def test_what_a_server_finds_is_checked(tmp_path: Path, ledger: Ledger) -> None:
    heads = ["Message-ID: <7@example.test>", "", "Message-Id:\r\n <1@example.test>", "Message-ID: <0@example.test>x"]
    with OldImap(tmp_path, heads) as server:
        result = reconcile(ledger, server.archive(SECRET), wait=NOW)

    assert [entry.message_id for entry in result.found] == ["<1@example.test>"]
    assert [entry.message_id for entry in result.absent] == ["<0@example.test>"]
    assert server.commands[1:3] == ['LOGIN "of\\"fi\\\\ce" "se\\"cr\\\\et"', 'EXAMINE "INBOX"']


def test_a_server_that_finds_everything_is_asked_for_some_at_a_time(tmp_path: Path, ledger: Ledger) -> None:
    heads = [f"Message-ID: <other-{number}@example.test>" for number in range(1200)] + ["Message-ID: <0@example.test>"]
    with OldImap(tmp_path, heads) as server:
        result = reconcile(ledger, server.archive(SECRET), wait=NOW)

    assert [entry.message_id for entry in result.found] == ["<0@example.test>"]
    assert [command.count(",") + 1 for command in server.commands if "FETCH" in command] == [500, 500, 201] * 3


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"login": f"NO {SECRET} is not the password"}, "… is not the password"),
        ({"select": "NO no such mailbox"}, "no such mailbox"),
        ({"search": "NO cannot search now"}, "cannot search now"),
    ],
)
def test_a_server_that_refuses_changes_nothing(
    tmp_path: Path, ledger: Ledger, answers: dict[str, str], said: str
) -> None:
    server = OldImap(tmp_path, ["Message-ID: <0@example.test>"], **answers)  # type: ignore[arg-type]
    with server, pytest.raises(ReportError, match="cannot be read") as caught:
        reconcile(ledger, server.archive(SECRET), requeue=True, wait=NOW)

    assert said in str(caught.value)
    assert SECRET not in str(caught.value)
    assert len(ledger.entries(states=[State.UNKNOWN])) == 2


def test_a_password_outside_ascii_needs_a_server_that_takes_one(tmp_path: Path, ledger: Ledger) -> None:
    with OldImap(tmp_path) as server, pytest.raises(ReportError, match="AUTH=PLAIN, which a password outside ASCII"):
        reconcile(ledger, server.archive("口令"), wait=NOW)

    assert [command for command in server.commands if "LOGIN" in command] == []


def test_of_letters_without_a_copy_the_archive_cannot_know(tmp_path: Path, ledger: Ledger) -> None:
    for mail in letters(2, "without"):
        ledger.queue([mail], MOMENT)
        ledger.change(mail.key, State.SENDING, "", message_id=f"<{mail.address}>", attempted_at=ledger.clock())
    heads = ["Message-ID: <without0000@example.test>", "Message-ID: <0@example.test>"]
    with OldImap(tmp_path, heads) as server:
        result = reconcile(ledger, server.archive(SECRET), requeue=True, wait=NOW)

    told = [[entry.message_id for entry in some] for some in (result.found, result.absent, result.without_copy)]
    assert told == [
        ["<0@example.test>", "<without0000@example.test>"],
        ["<1@example.test>"],
        ["<without0001@example.test>"],
    ]
    assert [entry.state for entry in (*result.absent, *result.without_copy)] == [State.QUEUED, State.UNKNOWN]


def test_nothing_unknown_asks_nobody(tmp_path: Path) -> None:
    with OldImap(tmp_path) as server, Ledger(tmp_path / "new") as ledger:
        result = reconcile(ledger, server.archive(SECRET))

    assert (result.found, result.absent, result.waiting, server.commands) == ((), (), (), [])
