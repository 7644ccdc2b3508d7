"""The tables of a ledger: what each column means, how a file is known, and how an older one is brought up to date.

A ledger is an SQLite file with `application_id` 0x69707264 ("iprd") and its version in `user_version`. It is in
WAL mode: until it is closed, two files stand beside it that belong to it. Every commit is on the disk before the
program goes on (synchronous FULL). Keep it on a local disk: SQLite's locks are not sound on network file systems.

Times are UTC, `2026-01-05T08:00:00.000000+00:00`, so that they sort as text; `moment` alone keeps its own
offset, because the Date of a message has it.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from ipreport.problems import Origin, Problem, ReportError, block

APPLICATION = 0x69707264
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
  document TEXT NOT NULL,             -- SHA-256 of the PDF
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
        connection = sqlite3.connect(path, isolation_level=None, timeout=30)
    except sqlite3.Error as error:
        raise ReportError([block(f"the ledger cannot be opened: {error}", origin)]) from error
    try:
        _require_own(connection, origin)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        _require_sound(connection, origin)
        _migrate(connection, origin)
    except sqlite3.Error as error:
        connection.close()
        raise ReportError([_unreadable(error, origin)]) from error
    except BaseException:
        connection.close()
        raise
    return connection


def _require_own(connection: sqlite3.Connection, origin: Origin) -> None:
    """Not another program's database; an empty file is none yet."""
    application = _number(connection, "application_id")
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application != APPLICATION and (application or tables):
        hint = "name the ledger's own file, or one that does not exist yet"
        raise ReportError([block("this database is not a ledger of deliveries", origin, hint)])


def _migrate(connection: sqlite3.Connection, origin: Origin) -> None:
    """Brings the file up to date, wholly or not at all."""
    if _number(connection, "user_version") == len(MIGRATIONS):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = _number(connection, "user_version")  # another process may have been faster
        _require_known(version, origin)
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


def _require_known(version: int, origin: Origin) -> None:
    if version > len(MIGRATIONS):
        message = f"the ledger is of version {version}, and this program knows versions up to {len(MIGRATIONS)}"
        raise ReportError([block(message, origin, "use the newer ipreport that wrote it")])


def _require_sound(connection: sqlite3.Connection, origin: Origin) -> None:
    found = [line for (line,) in connection.execute("PRAGMA integrity_check(3)")]
    orphans = connection.execute("PRAGMA foreign_key_check").fetchall()
    if found != ["ok"] or orphans:
        detail = "; ".join(" ".join(line.split()) for line in found) if found != ["ok"] else "events without a letter"
        raise ReportError([_damaged(detail, origin)])


def _unreadable(error: sqlite3.Error, origin: Origin) -> Problem:
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


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    (number,) = connection.execute(f"PRAGMA {pragma}").fetchone()
    return int(number)
