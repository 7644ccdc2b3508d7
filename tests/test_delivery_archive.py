"""Archives on servers that are older or less exact: what they find is checked, and no password is seen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from imap_faults import OldImap
from ipreport.delivery import Ledger, Security, State, reconcile
from ipreport.problems import ReportError
from letters import MOMENT, Clock, letter, letters

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
            more = {"message_id": f"<{number}@example.test>", "attempts": 1, "attempted_at": at, "archive": "a@b"}
            ledger.change(mail.key, State.SENDING, "", **more)
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


# --- whether absence says anything -------------------------------------------------------------


def test_a_server_that_finds_nothing_by_message_id_is_read_by_date(tmp_path: Path, ledger: Ledger) -> None:
    heads = ["Message-ID: <1@example.test>", "Message-ID: <2@example.test>"]
    with OldImap(tmp_path, heads, finds="nothing, but by date") as server:
        result = reconcile(ledger, server.archive(SECRET), wait=NOW)

    assert [entry.message_id for entry in result.found] == ["<1@example.test>"]
    assert [entry.message_id for entry in result.absent] == ["<0@example.test>"]
    (day,) = {command.split()[-1] for command in server.commands if "SINCE" in command}
    before = datetime.now(UTC) - timedelta(days=1)
    assert datetime.strptime(day, "%d-%b-%Y").date() in {before.date(), (before - timedelta(hours=1)).date()}  # noqa: DTZ007


def test_what_else_a_server_says_of_what_it_found_is_left_aside(tmp_path: Path, ledger: Ledger) -> None:
    with OldImap(tmp_path, ["Message-ID: <0@example.test>"], finds="with what changed last") as server:
        result = reconcile(ledger, server.archive(SECRET), wait=NOW)

    assert [entry.message_id for entry in result.found] == ["<0@example.test>"]
    assert {command.split()[2] for command in server.commands if "FETCH" in command} == {"1"}


@pytest.mark.parametrize("heads", [[], ["Message-ID: <of-somebody-else@example.test>"]])
@pytest.mark.parametrize("finds", ["everything", "not a word"])
def test_an_archive_without_what_was_surely_sent_says_nothing_of_what_was_not(
    tmp_path: Path, ledger: Ledger, heads: list[str], finds: str
) -> None:
    with OldImap(tmp_path, heads, finds=finds) as server:
        result = reconcile(ledger, server.archive(SECRET), requeue=True, wait=NOW)

    assert (result.found, result.absent, result.waiting) == ((), (), ())
    assert [entry.message_id for entry in result.without_copy] == ["<0@example.test>", "<1@example.test>"]
    assert len(ledger.entries(states=[State.UNKNOWN])) == 2


def test_another_archive_vouches_for_nothing(tmp_path: Path, ledger: Ledger) -> None:
    mail = letters(1, "moved")[0]
    for key, state in ((mail.key, State.UNKNOWN), (letters(1, "before")[0].key, State.SENT)):
        ledger.queue([*letters(1, "moved"), *letters(1, "before")], MOMENT)
        identity = f"<{state}@example.test>"
        more = {"message_id": identity, "attempted_at": ledger.clock(), "archive": "old@b"}
        ledger.change(key, State.SENDING, "", **more)
        ledger.change(key, state, "")
    with OldImap(tmp_path, ["Message-ID: <2@example.test>"]) as server:
        result = reconcile(ledger, server.archive(SECRET), requeue=True, wait=NOW)

    assert [entry.message_id for entry in result.absent] == ["<0@example.test>", "<1@example.test>"]
    assert [entry.message_id for entry in result.without_copy] == ["<unknown@example.test>"]
    assert ledger.entry(mail.key).state is State.UNKNOWN


def test_a_witness_that_is_itself_on_the_way_says_nothing_yet(tmp_path: Path) -> None:
    clock = Clock()
    with Ledger(tmp_path / "new", clock=clock) as ledger:
        ledger.queue(letters(2), MOMENT)
        for number, (mail, state) in enumerate(zip(letters(2), (State.UNKNOWN, State.SENT), strict=True)):
            more = {"message_id": f"<{number}@example.test>", "attempted_at": ledger.clock(), "archive": "a@b"}
            ledger.change(mail.key, State.SENDING, "", **more)
            ledger.change(mail.key, state, "")
            clock.go_on(minutes=10)
        with OldImap(tmp_path) as server:
            told = [reconcile(ledger, server.archive(SECRET))]
            clock.go_on(minutes=10)
            told.append(reconcile(ledger, server.archive(SECRET)))

    assert [len(each.absent) for each in told] == [1, 0]
    assert [len(each.without_copy) for each in told] == [0, 1]


def test_a_letter_without_a_copy_is_not_waited_for(tmp_path: Path) -> None:
    with Ledger(tmp_path / "new") as ledger:
        ledger.queue(letters(1), MOMENT)
        ledger.change(letters(1)[0].key, State.SENDING, "", message_id="<0@b>", attempted_at=ledger.clock())
        with OldImap(tmp_path) as server:
            told = reconcile(ledger, server.archive(SECRET), requeue=True)

    assert ([entry.message_id for entry in told.without_copy], told.waiting) == (["<0@b>"], ())


def test_a_letter_with_a_moment_in_the_future_waits(tmp_path: Path) -> None:
    clock = Clock()
    with Ledger(tmp_path / "new", clock=clock) as ledger:
        ledger.queue(letters(1), MOMENT)
        ledger.change(letters(1)[0].key, State.SENDING, "", message_id="<0@b>", attempted_at=clock(), archive="a@b")
        clock.go_on(days=-3)
        with OldImap(tmp_path) as server:
            told = reconcile(ledger, server.archive(SECRET), requeue=True)

    assert [entry.message_id for entry in told.waiting] == ["<0@b>"]


# --- what is queued again ----------------------------------------------------------------------


def test_only_the_keys_that_were_asked_for_are_queued_again(tmp_path: Path, ledger: Ledger) -> None:
    first, second = letters(2)
    with OldImap(tmp_path, ["Message-ID: <2@example.test>"]) as server:
        none = reconcile(ledger, server.archive(SECRET), requeue=True, keys=(), wait=NOW)
        assert len(ledger.entries(states=[State.UNKNOWN])) == 2
        not_asked = reconcile(ledger, server.archive(SECRET), keys={first.key}, wait=NOW)
        assert len(ledger.entries(states=[State.UNKNOWN])) == 2
        some = reconcile(ledger, server.archive(SECRET), requeue=True, keys={second.key, "of nobody"}, wait=NOW)

    assert [len(each.absent) for each in (none, not_asked, some)] == [2, 2, 2]
    assert [entry.state for entry in some.absent] == [State.UNKNOWN, State.QUEUED]
    assert (some.absent[1].key, some.absent[1].attempts) == (second.key, 0)
    assert some.absent[1].reply == "not in the archive, INBOX; sent again on request"


def test_what_is_found_counts_whether_it_was_asked_for_or_not(tmp_path: Path, ledger: Ledger) -> None:
    with OldImap(tmp_path, ["Message-ID: <0@example.test>"]) as server:
        result = reconcile(ledger, server.archive(SECRET), requeue=True, keys=(), wait=NOW)

    assert [entry.state for entry in (*result.found, *result.absent)] == [State.SENT, State.UNKNOWN]


@pytest.mark.parametrize("edition", ["zh", "en"])
def test_what_a_later_correction_took_the_place_of_is_settled_and_not_queued_again(
    tmp_path: Path, ledger: Ledger, edition: str
) -> None:
    ledger.queue([letter("R0000@example.test", document="b" * 64, correction=1, edition=edition)], MOMENT)
    with OldImap(tmp_path, ["Message-ID: <2@example.test>"]) as server:
        result = reconcile(ledger, server.archive(SECRET), requeue=True, wait=NOW)

    corrected = edition == "zh"
    assert [entry.state for entry in result.absent] == [State.FAILED if corrected else State.QUEUED, State.QUEUED]


# --- servers -----------------------------------------------------------------------------------


def test_servers_that_want_to_know_who_asks_are_told(tmp_path: Path, ledger: Ledger) -> None:
    with OldImap(tmp_path, ["Message-ID: <0@example.test>"], capabilities="IMAP4rev1 ID") as server:
        reconcile(ledger, server.archive(SECRET), wait=NOW)

    assert server.commands[2:4] == ['ID ("name" "ipreport")', 'EXAMINE "INBOX"']


def test_what_is_injected_before_the_encryption_is_not_found(tmp_path: Path, ledger: Ledger) -> None:
    head = "Message-ID: <0@example.test>\r\n\r\n"
    injected = "".join(
        f"* SEARCH 1\r\n* 1 FETCH (UID 1 BODY[HEADER.FIELDS (MESSAGE-ID)] {{{len(head)}}}\r\n{head})\r\n"
        for _ in range(3)
    )
    given = {"in_the_clear": True, "injected": injected, "capabilities": "IMAP4rev1 STARTTLS"}
    with OldImap(tmp_path, ["Message-ID: <2@example.test>"], **given) as server:  # type: ignore[arg-type]
        result = reconcile(ledger, server.archive(SECRET, security=Security.STARTTLS), wait=NOW)

    assert (result.found, len(result.absent)) == ((), 2)


@pytest.mark.parametrize("greeting", ["PREAUTH", "BYE"])
def test_a_greeting_that_would_do_without_encryption_is_refused(
    tmp_path: Path, ledger: Ledger, greeting: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(OldImap, "greeting", greeting)
    given = {"in_the_clear": True, "capabilities": "IMAP4rev1 STARTTLS"}
    with OldImap(tmp_path, **given) as server, pytest.raises(ReportError, match="cannot be read"):  # type: ignore[arg-type]
        reconcile(ledger, server.archive(SECRET, security=Security.STARTTLS), wait=NOW)

    assert not any("LOGIN" in command for command in server.commands)


def test_a_host_that_cannot_be_is_said_so(tmp_path: Path, ledger: Ledger) -> None:
    with OldImap(tmp_path) as server, pytest.raises(ReportError, match=r"cannot be read: no host can have this name"):
        reconcile(ledger, server.archive(SECRET, host="a..b"), wait=NOW)


def test_nothing_unknown_asks_nobody(tmp_path: Path) -> None:
    with OldImap(tmp_path) as server, Ledger(tmp_path / "new") as ledger:
        result = reconcile(ledger, server.archive(SECRET))

    assert (result.found, result.absent, result.waiting, server.commands) == ((), (), (), [])
