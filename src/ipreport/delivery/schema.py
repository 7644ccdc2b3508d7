"""The tables of a ledger: what each column means, how a file is known, and how an older one is brought up to date.

A ledger is an SQLite file with `application_id` 0x69707264 ("iprd") and its version in `user_version`. It is in
WAL mode: until it is closed, two files stand beside it that belong to it. Every commit is on the disk before the
program goes on (synchronous FULL). Keep it on a local disk: SQLite's locks are not sound on network file systems.

Whoever copies the file alone while a program sends gets an older state. `checkpoint` sees to it that this state is
never one in which a letter that may have arrived is still queued.

Times are UTC, `2026-01-05T08:00:00.000000+00:00`, so that they sort as text; `moment` alone keeps its own
offset, because the Date of a message has it.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import suppress
from pathlib import Path

from ipreport.problems import Origin, Problem, ReportError, block

APPLICATION = 0x69707264
_PATIENCE = 30.0
"""Seconds to wait for another program that writes."""
_HELP = "bring back a copy of it; without one, nothing is known of who has which letter"

_FIRST = (
    """
CREATE TABLE letters(
  number INTEGER PRIMARY KEY,         -- the order in which letters are sent
  key TEXT NOT NULL UNIQUE,           -- SHA-256 of briefing, issue, edition, address, document and correction
  briefing TEXT NOT NULL,
  issue TEXT NOT NULL,
  edition TEXT NOT NULL,
  address TEXT NOT NULL COLLATE NOCASE,
  name TEXT NOT NULL,
  document TEXT NOT NULL,             -- SHA-256 of the PDF; behind a + that of another file
  correction INTEGER NOT NULL CHECK(correction >= 0),
  message_id TEXT,                    -- of the message that was last put on the wire
  moment TEXT NOT NULL,               -- the Date of the message, set once
  state TEXT NOT NULL CHECK(state IN ('queued', 'sending', 'sent', 'failed', 'unknown')),
  attempts INTEGER NOT NULL CHECK(attempts >= 0),
  due TEXT NOT NULL,                  -- not to be tried before
  reply TEXT NOT NULL,                -- of the server, or what happened instead
  wire TEXT,                          -- SHA-256 of the bytes that were last put on the wire
  archive TEXT,                       -- who was to get a copy of them; without one, nothing can be looked for
  queued_at TEXT NOT NULL,
  attempted_at TEXT,                  -- when the server was about to get the final dot
  changed_at TEXT NOT NULL
) STRICT""",
    "CREATE INDEX recipients ON letters(briefing, issue, edition, address)",
    """
CREATE TABLE events(                  -- append-only: every change of a letter
  number INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  key TEXT NOT NULL REFERENCES letters(key),
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  reply TEXT NOT NULL
) STRICT""",
    """
CREATE TRIGGER events_stay BEFORE UPDATE ON events BEGIN SELECT raise(ABORT, 'events are never changed'); END""",
    """
CREATE TRIGGER events_remain BEFORE DELETE ON events BEGIN SELECT raise(ABORT, 'events are never deleted'); END""",
    """
CREATE TRIGGER letters_remain BEFORE DELETE ON letters BEGIN SELECT raise(ABORT, 'letters are never deleted'); END""",
    """
CREATE TRIGGER sent_stays BEFORE UPDATE ON letters WHEN OLD.state = 'sent' AND NEW.state <> 'sent'
BEGIN SELECT raise(ABORT, 'a letter that was sent stays sent'); END""",
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (_FIRST,)
"""Statements that lead from each version to the next; the first from an empty file to version 1."""


def connect(path: Path) -> sqlite3.Connection:
    """The ledger at `path`, made where there is none, sound and of the version of this program.

    Raises ReportError, with one problem, where the file is damaged, something else, or of a newer version.
    """
    origin = Origin(path.as_posix())
    try:
        connection = sqlite3.connect(path, isolation_level=None, timeout=_PATIENCE)
    except sqlite3.Error as error:
        raise ReportError([block(f"the ledger cannot be opened: {error}", origin)]) from error
    try:
        _require_own(connection, origin)
        _version(connection, origin)  # what cannot be used stays as it is
        _use_wal(connection, origin)
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA fullfsync = ON")  # on macOS, where else a disk may keep it to itself
        connection.execute("PRAGMA foreign_keys = ON")
        _require_sound(connection, origin)
        _migrate(connection, origin)
    except sqlite3.Error as error:
        connection.close()
        raise ReportError([unreadable(error, origin)]) from error
    except BaseException:
        connection.close()
        raise
    return connection


def _require_own(connection: sqlite3.Connection, origin: Origin) -> None:
    """Not another program's database; an empty file is none yet."""
    application, tables = _number_and_tables(connection, "application_id")
    if application != APPLICATION and (application or tables):
        hint = "name the ledger's own file, or one that does not exist yet"
        raise ReportError([block("this database is not a ledger of deliveries", origin, hint)])


def _use_wal(connection: sqlite3.Connection, origin: Origin) -> None:
    """The mode in which readers do not wait; for another program that switches to it too, SQLite does not."""
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
            break
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
            time.sleep(0.01)
    if mode != "wal":
        hint = "keep it on a local disk"
        raise ReportError([block("the ledger is in a place where its changes cannot be kept safely", origin, hint)])


def checkpoint(connection: sqlite3.Connection) -> None:
    """Everything that is committed goes into the file itself, as far as no reader is in the way."""
    with suppress(sqlite3.OperationalError):  # it is safe in the log all the same
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)")


def _migrate(connection: sqlite3.Connection, origin: Origin) -> None:
    """Brings the file up to date, wholly or not at all."""
    if _version(connection, origin) == len(MIGRATIONS):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = _version(connection, origin)  # another process may have been faster
        for statements in MIGRATIONS[version:]:
            for statement in statements:
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    checkpoint(connection)


def _version(connection: sqlite3.Connection, origin: Origin) -> int:
    """The version of the file, which this program knows; only a file without tables has none."""
    version, tables = _number_and_tables(connection, "user_version")
    if version > len(MIGRATIONS):
        message = f"the ledger is of version {version}, and this program knows versions up to {len(MIGRATIONS)}"
        raise ReportError([block(message, origin, "use the newer ipreport that wrote it")])
    if version < 0 or (version == 0) != (tables == 0):
        raise ReportError([_damaged(f"it says that it is of version {version}, with {tables} tables in it", origin)])
    return version


def _require_sound(connection: sqlite3.Connection, origin: Origin) -> None:
    found = [line for (line,) in connection.execute("PRAGMA integrity_check(3)")]
    orphans = connection.execute("PRAGMA foreign_key_check").fetchall()
    if found != ["ok"] or orphans:
        detail = "; ".join(" ".join(line.split()) for line in found) if found != ["ok"] else "events without a letter"
        raise ReportError([_damaged(detail, origin)])


def unreadable(error: sqlite3.Error, origin: Origin) -> Problem:
    """What SQLite could not do with the file."""
    code = getattr(error, "sqlite_errorcode", None)
    primary = None if code is None else code & 0xFF  # the rest says more exactly where
    if primary == sqlite3.SQLITE_CORRUPT:
        return _damaged(str(error), origin)
    if primary == sqlite3.SQLITE_NOTADB:
        return block("this file is not a ledger of deliveries, or it is damaged", origin, _HELP)
    return block(f"the ledger cannot be used: {error}", origin)


def _damaged(detail: str, origin: Origin) -> Problem:
    return block(f"the ledger is damaged: {detail}", origin, _HELP)


def _number_and_tables(connection: sqlite3.Connection, pragma: str) -> tuple[int, int]:
    """Both at one moment, as another program may just be making the ledger."""
    statement = f"SELECT {pragma}, (SELECT count(*) FROM sqlite_master) FROM pragma_{pragma}"  # noqa: S608 - no input
    number, tables = connection.execute(statement).fetchone()
    return int(number), int(tables)
