"""The ledger: what may become of a letter, who may get a second one, and files that are no ledger of ours."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipreport.delivery import How, Ledger, State
from ipreport.delivery import ledger as ledger_module
from ipreport.problems import ReportError
from letters import MOMENT, Clock, become, letter, letters

OTHER = "b" * 64


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "台账 ledger.sqlite"


@pytest.fixture
def ledger(path: Path) -> Iterator[Ledger]:
    with Ledger(path, clock=Clock()) as ledger:
        yield ledger


def test_a_letter_has_one_row_and_keeps_its_moment(ledger: Ledger) -> None:
    mails = letters(3)
    ledger.queue(mails, MOMENT + timedelta(microseconds=7))
    ledger.queue(mails, MOMENT + timedelta(days=1))

    entries = ledger.entries()
    assert [entry.key for entry in entries] == [mail.key for mail in mails]
    assert {entry.moment.isoformat() for entry in entries} == {"2026-01-05T16:00:00+08:00"}
    first = entries[0]
    assert (first.briefing, first.issue, first.edition, first.address) == ("ip", "2025Q4", "zh", "r0000@example.test")
    assert (first.name, first.document, first.correction) == ("Reader", mails[0].document, 0)
    assert (first.state, first.attempts, first.reply, first.wire, first.message_id) == (State.QUEUED, 0, "", None, None)
    assert len(ledger.events()) == 3


def test_what_is_noted_is_still_there_when_the_file_is_opened_again(path: Path) -> None:
    mail = letter()
    with Ledger(path) as ledger:
        become(ledger, mail, State.SENDING)
        ledger.change(mail.key, State.SENT, "250 好", message_id="<a@b>", wire="c" * 64)
        before = ledger.entry(mail.key)
    with Ledger(path) as ledger:
        assert ledger.entry(mail.key) == before
        assert [(event.state, event.reply) for event in ledger.events(mail.key)] == [
            (State.QUEUED, ""),
            (State.SENDING, ""),
            (State.SENT, "250 好"),
        ]
        with pytest.raises(KeyError):
            ledger.entry("unheard of")


def test_entries_by_briefing_issue_and_state(ledger: Ledger) -> None:
    first, second, third = letter("a@example.test"), letter("b@example.test"), letter("a@example.test", issue="2026Q1")
    ledger.queue([first, second, third], MOMENT)
    ledger.change(second.key, State.FAILED, "550")

    assert [entry.key for entry in ledger.entries(issue="2025Q4")] == [first.key, second.key]
    assert [entry.key for entry in ledger.entries("ip", states=[State.QUEUED])] == [first.key, third.key]
    assert ledger.entries("another") == ()
    assert ledger.entries(states=[]) == ()


ALLOWED = {
    ("queued", "queued"), ("queued", "sending"), ("queued", "failed"), ("sending", "queued"), ("sending", "sent"),
    ("sending", "failed"), ("sending", "unknown"), ("unknown", "queued"), ("unknown", "sent"), ("unknown", "failed"),
    ("failed", "queued"),
}  # fmt: skip


@pytest.mark.parametrize("before", list(State))
@pytest.mark.parametrize("after", list(State))
def test_what_may_become_of_a_letter(ledger: Ledger, before: State, after: State) -> None:
    mail = letter()
    become(ledger, mail, before)
    noted = len(ledger.events())
    if (before, after) in ALLOWED:
        ledger.change(mail.key, after, "so")
    else:
        with pytest.raises(ValueError, match=f"a letter that is {before} does not become {after}"):
            ledger.change(mail.key, after, "so")

    allowed = (before, after) in ALLOWED
    assert ledger.entry(mail.key).state is (after if allowed else before)
    assert len(ledger.events()) == noted + allowed


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("correction", [0, 1])
def test_another_document_needs_a_correction_where_somebody_may_have_the_first(
    ledger: Ledger, state: State, correction: int
) -> None:
    first, second = letter(), letter(document=OTHER, correction=correction)
    become(ledger, first, state)
    has = {State.SENT: "has", State.SENDING: "may have", State.UNKNOWN: "may have"}.get(state)
    if has is None or correction:
        ledger.queue([second], MOMENT)
        expected = {State.QUEUED: State.FAILED}.get(state, state)  # what was never sent is withdrawn
        assert [entry.state for entry in ledger.entries()] == [expected, State.QUEUED]
    else:
        message = f"reader@example.test {has} the zh edition of 2025Q4 already, with another document \\(SHA-256 bbb"
        with pytest.raises(ReportError, match=message.replace("bbb", first.document[:12])) as caught:
            ledger.queue([letter("new@example.test"), second], MOMENT)
        assert len(caught.value.problems) == 1
        assert caught.value.problems[0].origin is not None
        assert [entry.key for entry in ledger.entries()] == [first.key]


def test_other_issues_editions_and_readers_are_no_conflict(ledger: Ledger) -> None:
    become(ledger, letter(), State.SENT)
    others = [letter(edition="en"), letter(issue="2026Q1"), letter("x@example.test")]
    ledger.queue(
        [letter(edition=each.edition, issue=each.issue, address=each.address, document=OTHER) for each in others],
        MOMENT,
    )

    assert len(ledger.entries(states=[State.QUEUED])) == 3


def test_an_address_in_another_case_is_the_same_reader(ledger: Ledger) -> None:
    become(ledger, letter(), State.SENT)

    with pytest.raises(ReportError, match=r"already, with the address written reader@example\.test"):
        ledger.queue([letter("Reader@Example.test")], MOMENT)


def test_a_correction_is_not_followed_by_what_it_corrects(ledger: Ledger) -> None:
    become(ledger, letter(document=OTHER, correction=2), State.SENT)

    for correction in (0, 1):
        with pytest.raises(ReportError, match="correction 2 of the zh edition of 2025Q4 was meant for reader"):
            ledger.queue([letter(correction=correction)], MOMENT)
    ledger.queue([letter(correction=3)], MOMENT)


@pytest.mark.parametrize("state", [State.QUEUED, State.FAILED])
def test_a_correction_that_was_not_delivered_stands_in_nobodys_way(ledger: Ledger, state: State) -> None:
    become(ledger, letter(document=OTHER, correction=2), state)
    ledger.queue([letter()], MOMENT)

    assert [entry.state for entry in ledger.entries()] == [state, State.QUEUED]


@pytest.mark.parametrize("state", [State.SENDING, State.SENT, State.UNKNOWN])
def test_nobody_is_sent_a_document_that_was_the_last_to_arrive(ledger: Ledger, state: State) -> None:
    become(ledger, letter(), state)

    with pytest.raises(ReportError, match="just this document already"):
        ledger.queue([letter(correction=1)], MOMENT)
    become(ledger, letter(document=OTHER, correction=1), State.SENT)
    ledger.queue([letter(correction=2)], MOMENT)
    assert ledger.entries()[-1].state is State.QUEUED


def test_a_document_that_was_withdrawn_and_comes_back_is_queued_again(ledger: Ledger) -> None:
    first, second = letter(), letter(document=OTHER)
    for mail in (first, second, first):
        ledger.queue([mail], MOMENT)

    assert [entry.state for entry in ledger.entries()] == [State.QUEUED, State.FAILED]
    assert ledger.entry(second.key).reply.startswith("withdrawn")


def test_what_was_sent_withdraws_no_correction_that_is_still_to_go(ledger: Ledger) -> None:
    become(ledger, letter(), State.SENT)
    ledger.queue([letter(document=OTHER, correction=1)], MOMENT)
    ledger.queue([letter()], MOMENT)

    assert [entry.state for entry in ledger.entries()] == [State.SENT, State.QUEUED]


def test_times_are_kept_to_the_microsecond_and_sort_as_text(ledger: Ledger, path: Path) -> None:
    for fraction in (0, 1, 999_999):
        ledger.clock.time = datetime(2026, 1, 5, 8, fraction % 2, 0, fraction, UTC)  # type: ignore[attr-defined]
        ledger.queue([letter(f"r{fraction}@example.test")], MOMENT)
        assert ledger.entries()[-1].queued_at == ledger.clock.time  # type: ignore[attr-defined]
    other = sqlite3.connect(path)
    assert {len(text) for (text,) in other.execute("SELECT queued_at FROM letters")} == {32}
    other.close()


def test_two_that_write_at_the_same_time_wait_for_each_other(path: Path) -> None:
    def write(prefix: str) -> int:
        with Ledger(path) as ledger:
            for mail in letters(40, prefix):
                become(ledger, mail, State.SENT)
            return len(ledger.events())

    with Ledger(path), ThreadPoolExecutor(3) as pool:
        assert max(pool.map(write, "abc")) == 3 * 40 * 3


def test_what_may_be_sent_again_is_not_where_a_correction_was_sent_meanwhile(ledger: Ledger) -> None:
    first, second = letter(), letter(document=OTHER, correction=1)
    become(ledger, first, State.UNKNOWN)
    become(ledger, second, State.SENT)
    ledger.change(first.key, State.QUEUED, "not in the archive")
    ledger.queue([second], MOMENT)

    assert [entry.state for entry in ledger.entries()] == [State.FAILED, State.SENT]
    assert ledger.entry(first.key).reply.startswith("withdrawn: another document took its place")


def test_what_failed_stays_failed_when_it_is_queued_again(ledger: Ledger) -> None:
    become(ledger, letter(), State.FAILED)
    ledger.queue([letter()], MOMENT)

    assert ledger.entries()[0].state is State.FAILED


def test_one_run_never_has_two_letters_for_a_reader_and_tells_all_problems(ledger: Ledger) -> None:
    become(ledger, letter("a@example.test"), State.SENT)
    mails = [
        letter("a@example.test", document=OTHER), letter("not an address"), letter("b@example.test"),
        letter("B@example.test", document=OTHER), letter("b@example.test"),
    ]  # fmt: skip
    with pytest.raises(ReportError) as caught:
        ledger.queue(mails, MOMENT)

    assert [problem.message.partition(" (")[0] for problem in caught.value.problems] == [
        "'not an address' is not an address that mail can be sent to",
        "B@example.test would get the zh edition of 2025Q4 twice",
        "a@example.test has the zh edition of 2025Q4 already, with another document",
    ]
    assert len(ledger.entries()) == 1


def test_a_moment_without_an_offset_is_refused(ledger: Ledger) -> None:
    with pytest.raises(ValueError, match="offset"):
        ledger.queue([letter()], datetime(2026, 1, 5))  # noqa: DTZ001 - that is what is refused


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE events SET reply = 'nothing happened'", "events are never changed"),
        ("DELETE FROM events", "events are never deleted"),
        ("DELETE FROM letters", "letters are never deleted"),
        ("UPDATE letters SET state = 'queued'", "a letter that was sent stays sent"),
        ("UPDATE letters SET state = 'lost' WHERE 0 OR state <> 'lost'", "constraint|stays sent"),
    ],
)
def test_the_file_itself_refuses_to_forget(ledger: Ledger, path: Path, statement: str, said: str) -> None:
    become(ledger, letter(), State.SENT)
    other = sqlite3.connect(path)
    with pytest.raises(sqlite3.IntegrityError, match=said):
        other.execute(statement)
    other.close()


def test_every_commit_is_on_the_disk_and_readers_do_not_wait(ledger: Ledger, path: Path) -> None:
    connection = ledger._connection
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
    assert connection.execute("PRAGMA fullfsync").fetchone() == (1,)
    assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
    connection.execute("BEGIN IMMEDIATE")
    with Ledger(path) as reader:
        assert reader.entries() == ()
    connection.execute("ROLLBACK")


@given(st.text(alphabet="0123456789abcdef", min_size=4, max_size=64), st.integers(1, 40))
def test_the_wait_of_a_letter_lies_between_half_and_the_whole_and_is_always_the_same(key: str, attempts: int) -> None:
    how = How(backoff=timedelta(minutes=5), longest=timedelta(hours=6))
    whole = min(timedelta(minutes=5) * 2 ** min(attempts - 1, 20), timedelta(hours=6))

    assert whole / 2 <= how.delay(key, attempts) <= whole
    assert how.delay(key, attempts) == How().delay(key, attempts)


def test_waits_of_letters_are_spread() -> None:
    waits = {How().delay(mail.key, 1) for mail in letters(50)}

    assert len(waits) == 50
    assert max(waits) - min(waits) > timedelta(minutes=2)


@pytest.mark.parametrize("wrong", [{"rate": 0}, {"rate": -1}, {"resend": frozenset({State.SENT})}])
def test_what_a_run_cannot_be_asked_for(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"mails a minute|can be sent again"):
        How(**wrong)  # type: ignore[arg-type]


def test_the_time_of_a_change_is_in_utc() -> None:
    assert ledger_module.now().tzinfo is UTC
