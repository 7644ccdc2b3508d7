"""Files that are no ledger of ours, are damaged, older, newer, just being made, or used by others at the same time."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ipreport.delivery import Ledger, State, schema
from ipreport.problems import ReportError
from letters import MOMENT, Clock, become, letter, letters, states


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "台账 ledger.sqlite"


@pytest.fixture
def ledger(path: Path) -> Iterator[Ledger]:
    with Ledger(path, clock=Clock()) as ledger:
        yield ledger


def _damaged_page(path: Path) -> None:
    with Ledger(path) as ledger:
        ledger.queue(letters(200), MOMENT)
    data = bytearray(path.read_bytes())
    data[4096 * 5 : 4096 * 5 + 200] = b"\xff" * 200
    path.write_bytes(data)


def _cut(path: Path) -> None:
    with Ledger(path) as ledger:
        ledger.queue(letters(200), MOMENT)
    path.write_bytes(path.read_bytes()[: 4096 * 3])


def _foreign(path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE letters(key TEXT)")
    other.commit()
    other.close()


def _of_version(version: int, *, tables: bool = True) -> Callable[[Path], None]:
    def spoil(path: Path) -> None:
        if tables:
            with Ledger(path):
                pass
        other = sqlite3.connect(path)
        other.execute(f"PRAGMA application_id = {schema.APPLICATION}")
        other.execute(f"PRAGMA user_version = {version}")
        other.close()

    return spoil


def _orphan(path: Path) -> None:
    with Ledger(path):
        pass
    other = sqlite3.connect(path)
    other.execute("INSERT INTO events(at, key, state, attempts, reply) VALUES ('', 'nobody', 'sent', 1, '')")
    other.commit()
    other.close()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_damaged_page, "the ledger is damaged: "),
        (_cut, "the ledger is damaged: "),
        (_orphan, "the ledger is damaged: events without a letter"),
        (_foreign, "this database is not a ledger of deliveries"),
        (_of_version(99), "the ledger is of version 99, and this program knows versions up to 1"),
        (_of_version(2, tables=False), "the ledger is of version 2, and this program knows versions up to 1"),
        (_of_version(0), "the ledger is damaged: it says that it is of version 0, with "),
        (_of_version(-1), "the ledger is damaged: it says that it is of version -1, with "),
        (_of_version(1, tables=False), "the ledger is damaged: it says that it is of version 1, with 0 tables in it"),
        (lambda path: path.write_bytes(b"a letter, not a ledger" * 999), "this file is not a ledger of deliveries, or"),
        (lambda path: path.mkdir(), "the ledger cannot be opened: "),
    ],
)
def test_a_file_that_is_no_sound_ledger_is_one_problem_and_stays_as_it_is(
    path: Path, spoil: Callable[[Path], object], said: str
) -> None:
    spoil(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(ReportError) as caught:
        Ledger(path)

    (problem,) = caught.value.problems
    assert problem.message.startswith(said)
    assert problem.origin is not None
    assert problem.origin.file == path.as_posix()
    assert before is None or path.read_bytes() == before


MAKING = """
import sys, time
from pathlib import Path
from ipreport.delivery import Ledger
from ipreport.problems import ReportError
print("ready", flush=True)
for number in range(30):
    while not Path(sys.argv[1], f"go{number}").exists():
        pass
    try:
        with Ledger(Path(sys.argv[1], f"ledger{number}")) as ledger:
            assert ledger.entries() == ()
    except ReportError as error:
        print(error, flush=True)
"""


def test_programs_that_make_a_ledger_at_the_same_time_all_have_it(tmp_path: Path) -> None:
    makers = [
        subprocess.Popen([sys.executable, "-c", MAKING, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    for maker in makers:
        assert maker.stdout is not None
        assert maker.stdout.readline() == "ready\n"
    for number in range(30):
        (tmp_path / f"go{number}").touch()
        time.sleep(0.03)

    assert [maker.communicate()[0] for maker in makers] == ["", "", ""]


def test_who_is_just_making_a_ledger_is_waited_for(path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    end = threading.Timer(0.3, lambda: other.execute("ROLLBACK"))
    end.start()
    with Ledger(path) as ledger:
        assert ledger.entries() == ()
    end.join()
    other.close()


def test_a_ledger_that_is_damaged_while_it_is_open_is_a_problem(ledger: Ledger, path: Path) -> None:
    ledger.queue(letters(300), MOMENT)
    ledger._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    ledger._connection.execute("PRAGMA cache_size = 0")
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (path.stat().st_size - 4096))
    with pytest.raises(ReportError, match="the ledger is damaged: database disk image is malformed"):
        ledger.entries()


def test_a_ledger_where_changes_cannot_be_kept_safely_is_refused() -> None:
    with pytest.raises(ReportError, match="in a place where its changes cannot be kept safely"):
        Ledger(":memory:")


def test_a_program_that_holds_the_ledger_for_long_is_not_waited_for_without_end(
    ledger: Ledger, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "_PATIENCE", 0.05)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Ledger(path) as waiting, pytest.raises(ReportError, match="the ledger cannot be used: database is locked"):
        waiting.queue([letter()], MOMENT)
    other.execute("ROLLBACK")
    other.close()
    ledger.queue([letter()], MOMENT)


def test_who_reads_for_long_keeps_nobody_from_writing(ledger: Ledger, path: Path) -> None:
    ledger.queue(letters(2), MOMENT)
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    assert reader.execute("SELECT count(*) FROM letters").fetchone() == (2,)
    ledger.change(letters(2)[0].key, State.SENDING, "")
    ledger.change(letters(2)[0].key, State.SENT, "250")
    assert reader.execute("SELECT count(*) FROM letters WHERE state = 'sent'").fetchone() == (0,)
    reader.close()


def test_an_empty_file_becomes_a_ledger(path: Path) -> None:
    path.touch()
    with Ledger(path) as ledger:
        assert ledger.entries() == ()


def test_an_older_ledger_is_brought_up_to_date_or_left_alone(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Ledger(path) as ledger:
        become(ledger, letter(), State.SENT)
        before = ledger.entries()
    more = ("ALTER TABLE letters ADD COLUMN note TEXT NOT NULL DEFAULT ''", "CREATE TABLE notes(text TEXT) STRICT")
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, (*more, "CREATE TABLE notes(text TEXT)")))
    with pytest.raises(ReportError, match="table notes already exists"):
        Ledger(path)
    untouched = sqlite3.connect(path)
    assert untouched.execute("PRAGMA user_version").fetchone() == (1,)
    assert untouched.execute("SELECT count(*) FROM pragma_table_info('letters') WHERE name = 'note'").fetchone() == (0,)
    untouched.close()

    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS[:-1], more))
    for _ in range(2):
        with Ledger(path) as ledger:
            assert ledger.entries() == before
            assert ledger._connection.execute("PRAGMA user_version").fetchone() == (2,)
            assert ledger._connection.execute("SELECT note FROM letters").fetchall() == [("",)]


def test_a_ledger_that_cannot_be_written_is_a_problem_and_notes_nothing(ledger: Ledger) -> None:
    ledger._connection.execute("PRAGMA max_page_count = 10")
    with pytest.raises(ReportError, match="the ledger cannot be used: database or disk is full"):
        ledger.queue(letters(500), MOMENT)

    assert ledger.entries() == ()
    ledger.queue(letters(1), MOMENT)
    assert states(ledger.entries()) == {"r0000": "queued"}
