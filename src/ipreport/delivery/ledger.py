"""The record of who has which letter: one row for each, in a file that survives a crash at any moment."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from ipreport.delivery.entry import Entry, Event, State
from ipreport.delivery.identity import WITHDRAWN, addresses, conflicts, twice
from ipreport.delivery.letter import Letter
from ipreport.delivery.schema import checkpoint, connect, unreadable
from ipreport.problems import Origin, ReportError

_COLUMNS = ", ".join(each.name for each in fields(Entry))
_TIMES = ("moment", "due", "queued_at", "attempted_at", "changed_at")

_FOLLOWS: Mapping[State, frozenset[State]] = {
    State.QUEUED: frozenset({State.QUEUED, State.SENDING, State.FAILED}),
    State.SENDING: frozenset({State.QUEUED, State.SENT, State.FAILED, State.UNKNOWN}),
    State.UNKNOWN: frozenset({State.QUEUED, State.SENT, State.FAILED}),
    State.FAILED: frozenset({State.QUEUED}),
    State.SENT: frozenset(),
}
"""What may become of a letter; anything else is a bug of the program and raises ValueError."""


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


class Ledger:
    """The ledger in a file, open; several programs may read it while one sends.

    A context manager, which closes it. Every method that changes something has done so, on the disk, when it returns.
    """

    def __init__(self, path: str | Path, *, clock: Callable[[], datetime] = now) -> None:
        """Open the ledger at `path`, or make one; `clock` tells the time of what is noted. Raises ReportError."""
        self.path = Path(path)
        self.clock = clock
        self._connection = connect(self.path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def queue(self, letters: Iterable[Letter], moment: datetime) -> None:
        """Note letters that are to be sent; those that are noted already stay as they are, with their own moment.

        `moment`, with an offset, becomes the Date of the others, without parts of a second. A letter that was
        queued with another document and never sent is withdrawn. Raises ReportError, and notes nothing, where
        somebody has the same issue with another document and this is no later correction, where an address gets
        two letters of one edition, or where one cannot stand in SMTP.
        """
        if moment.tzinfo is None:
            raise ValueError("the moment of a letter needs an offset")
        letters = tuple(letters)
        origin = Origin(self.path.as_posix())
        problems = [*addresses(letters), *twice(letters)]
        with self._transaction():
            for letter in letters:
                known = self._of_recipient(letter)
                problems += conflicts(letter, known, origin)
                if not problems:
                    self._note(letter, known, moment.replace(microsecond=0))
            if problems:
                raise ReportError(problems)
        checkpoint(self._connection)

    def entry(self, key: str) -> Entry:
        """The row of a letter; KeyError where it has none."""
        found = self._select("WHERE key = ?", (key,))
        if not found:
            raise KeyError(key)
        return found[0]

    def entries(
        self, briefing: str | None = None, issue: str | None = None, states: Iterable[State] = tuple(State)
    ) -> tuple[Entry, ...]:
        """Rows in the order in which they were queued: all, or those of a briefing, an issue, some states."""
        wanted = tuple(states)
        terms, values = [f"state IN ({', '.join('?' * len(wanted))})"], [str(state) for state in wanted]
        for column, value in (("briefing", briefing), ("issue", issue)):
            if value is not None:
                terms.append(f"{column} = ?")
                values.append(value)
        return self._select(f"WHERE {' AND '.join(terms)}", values)

    def events(self, key: str | None = None) -> tuple[Event, ...]:
        """Everything that was ever noted, of one letter or of all, in its order."""
        where, values = ("", ()) if key is None else ("WHERE key = ?", (key,))
        with self._reported():
            rows = self._connection.execute(
                f"SELECT at, key, state, attempts, reply FROM events {where} ORDER BY number",  # noqa: S608 - no input
                values,
            ).fetchall()
        return tuple(Event(datetime.fromisoformat(at), key, State(state), *rest) for at, key, state, *rest in rows)

    def change(self, key: str, state: State, reply: str, **values: Any) -> None:
        """Note what became of a letter; `values` are further columns. ValueError where that cannot follow."""
        with self._transaction():
            self._change(key, state, reply, **values)
        if state is State.SENDING:  # before it can arrive, also for who has only the file (see `schema`)
            checkpoint(self._connection)

    def _change(self, key: str, state: State, reply: str, **values: Any) -> None:
        before = self.entry(key)
        if state not in _FOLLOWS[before.state]:
            raise ValueError(f"a letter that is {before.state} does not become {state}")
        at = self.clock()
        values = {"state": state, "reply": reply, "changed_at": at, **values}
        assigned = ", ".join(f"{column} = ?" for column in values)
        self._connection.execute(
            f"UPDATE letters SET {assigned} WHERE key = ?",  # noqa: S608 - names of columns, given by the program
            (*map(_stored, values.values()), key),
        )
        self._tell(at, key, state, values.get("attempts", before.attempts), reply)

    def _note(self, letter: Letter, known: tuple[Entry, ...], moment: datetime) -> None:
        """A letter without a row gets one; what it replaces is withdrawn."""
        own = next((entry for entry in known if entry.key == letter.key), None)
        for entry in known:
            if entry.key != letter.key and entry.state is State.QUEUED and entry.correction <= letter.correction:
                self._change(entry.key, State.FAILED, WITHDRAWN)
        if own is None:
            self._insert(letter, moment)
        elif own.state is State.FAILED and own.reply == WITHDRAWN:
            self._change(letter.key, State.QUEUED, "")

    def _insert(self, letter: Letter, moment: datetime) -> None:
        at = self.clock()
        given = (letter.key, letter.briefing, letter.issue, letter.edition, letter.address, letter.name)
        first = (letter.document, letter.correction, None, moment.isoformat(), "queued", 0, at, "")
        row = tuple(map(_stored, (*given, *first, None, None, at, None, at)))
        self._connection.execute(
            f"INSERT INTO letters({_COLUMNS}) VALUES ({', '.join('?' * len(row))})",  # noqa: S608 - no input
            row,
        )
        self._tell(at, letter.key, State.QUEUED, 0, "")

    def _of_recipient(self, letter: Letter) -> tuple[Entry, ...]:
        """What the ledger has of this edition of this issue for this address, in whichever case it is written."""
        identity = (letter.briefing, letter.issue, letter.edition, letter.address)
        return self._select("WHERE briefing = ? AND issue = ? AND edition = ? AND address = ?", identity)

    def _select(self, where: str, values: Iterable[object]) -> tuple[Entry, ...]:
        with self._reported():
            rows = self._connection.execute(
                f"SELECT {_COLUMNS} FROM letters {where} ORDER BY number",  # noqa: S608 - the callers above have no input
                tuple(values),
            ).fetchall()
        return tuple(_entry(row) for row in rows)

    def _tell(self, at: datetime, key: str, state: State, attempts: int, reply: str) -> None:
        self._connection.execute(
            "INSERT INTO events(at, key, state, attempts, reply) VALUES (?, ?, ?, ?, ?)",
            (_stored(at), key, state, attempts, reply),
        )

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """All of it or nothing, and nobody else writes meanwhile."""
        with self._reported():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _reported(self) -> Iterator[None]:
        """A disk that is full or gone, or a file that is damaged meanwhile, is a problem with a place."""
        try:
            yield
        except (sqlite3.IntegrityError, sqlite3.ProgrammingError):  # bugs of the program
            raise
        except sqlite3.DatabaseError as error:
            raise ReportError([unreadable(error, Origin(self.path.as_posix()))]) from error


def _entry(row: tuple[Any, ...]) -> Entry:
    values = dict(zip((each.name for each in fields(Entry)), row, strict=True))
    for name in _TIMES:
        values[name] = None if values[name] is None else datetime.fromisoformat(values[name])
    return Entry(**{**values, "state": State(values["state"])})


def _stored(value: object) -> object:
    """Times in UTC as text of one length, so that they sort."""
    return value.astimezone(UTC).isoformat(timespec="microseconds") if isinstance(value, datetime) else value
