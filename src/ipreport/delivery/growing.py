"""Files that only grow, a line for each record: what a crash has torn is no line."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock

from ipreport.problems import Origin, ReportError, block


def lines(file: Path) -> tuple[bytes, ...]:
    """The lines that were written to their ends, without the ends; none where there is no such file.

    Raises ReportError where it cannot be read.
    """
    with _reported(file, "read"):
        try:
            content = file.read_bytes()
        except FileNotFoundError:
            return ()
    return tuple(content[: content.rfind(b"\n") + 1].split(b"\n")[:-1])


def append(file: Path, line: str) -> None:
    """Add a line, forced to disk; what a crash has left of another one goes. The caller holds the file's lock.

    Raises ReportError where it cannot be written.
    """
    whole = sum(len(each) + 1 for each in lines(file))
    with _reported(file, "written"), file.open("ab") as stream:
        stream.truncate(whole)
        stream.seek(0, os.SEEK_END)
        stream.write(line.encode("utf-8") + b"\n")
        stream.flush()
        os.fsync(stream.fileno())


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Alone with a file, once others are done with it. Raises ReportError where its lock cannot be made."""
    lock = FileLock(f"{file}.lock")
    with _reported(file, "locked"):
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def made_folder(folder: Path) -> Path:
    """A folder of records, made where there is none. Raises ReportError where it cannot be."""
    with _reported(folder, "used as a folder of records"):
        folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def _reported(file: Path, what: str) -> Iterator[None]:
    """What the system refuses is a problem with a place."""
    try:
        yield
    except OSError as error:
        message = f"it cannot be {what}: {(error.strerror or str(error)).lower()}"
        raise ReportError([block(message, Origin(file.as_posix()), "choose a folder that can be written")]) from error
