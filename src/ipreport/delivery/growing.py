"""Files that only grow, a line for each record.

What a crash has torn is no line. Line ends and a byte order mark are not part of a line, as editors and git change
them; nothing else about a line may change.
"""

from __future__ import annotations

import codecs
import errno
import io
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ipreport.delivery.lock import locked
from ipreport.problems import Origin, ReportError, block

_PATIENCE = 30.0
"""Seconds to wait for others who add a line at the same time."""


def lines(file: Path) -> tuple[bytes, ...]:
    """The lines that were written to their ends, without the ends; none where there is no such file.

    Raises ReportError where there is one that cannot be read.
    """
    return _read(file)[0]


def made_folder(folder: Path) -> Path:
    """A folder of records, made where there is none. Raises ReportError where it cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _refused(folder, "used as a folder", error) from error
    return folder


@contextmanager
def alone(file: Path) -> Iterator[None]:
    """Holds the lock of a file that grows, which stands beside it; its folder is made. Raises ReportError."""
    made_folder(file.parent)
    held = block("another program is writing to the file at this moment", Origin(file.as_posix()), "try again")
    with locked(file, "the file", ReportError([held]), _PATIENCE):
        yield


def append(file: Path, line: str) -> None:
    """Add a line, forced to disk; what a crash has left of another one goes. The caller is `alone` with the file.

    Raises ReportError where the system refuses; the file is then as before.
    """
    _, whole, ended = _read(file)
    data = (b"" if ended else b"\n") + line.encode("utf-8") + b"\n"
    try:
        with file.open("ab", buffering=0) as stream:
            stream.truncate(whole)
            try:
                _write(stream, data)
            except OSError:
                with suppress(OSError):  # without its end, what is left is no line in any case
                    stream.truncate(whole)
                raise
    except OSError as error:
        raise _refused(file, "written", error) from error


def _read(file: Path) -> tuple[tuple[bytes, ...], int, bool]:
    """The lines, how many bytes of the file they are, and whether the last of them has its end.

    A last line without its end was torn, unless it is JSON as it stands: then an editor took its end.
    """
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        return (), 0, True
    except OSError as error:
        raise _refused(file, "read", error) from error
    found = content.removeprefix(codecs.BOM_UTF8).splitlines()
    whole, ended = len(content), not found or content.endswith((b"\n", b"\r"))
    if not ended and not _is_json(found[-1]):
        whole, ended = whole - len(found.pop()), True
    return tuple(line for line in found if line.strip()), whole, ended


def _is_json(line: bytes) -> bool:
    try:
        json.loads(line.decode())
    except (ValueError, RecursionError):
        return False
    return True


def _write(stream: io.FileIO, data: bytes) -> None:
    """All of it, forced to disk; nothing is kept that would be written later."""
    if stream.write(data) != len(data):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    os.fsync(stream.fileno())


def _refused(file: Path, done: str, error: Exception) -> ReportError:
    words = (error.strerror if isinstance(error, OSError) else None) or str(error)
    hint = "keep the records on a local disk with room on it, in a folder that can be written"
    return ReportError([block(f"the file cannot be {done}: {words.lower()}", Origin(file.as_posix()), hint)])
