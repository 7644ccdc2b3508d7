"""Files that only grow, a line for each record: what a crash has torn is no line."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ipreport.problems import Origin, ReportError, block


def lines(file: Path) -> tuple[bytes, ...]:
    """The lines that were written to their ends, without the ends; none where there is no such file.

    Raises ReportError where there is one that cannot be read.
    """
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise _refused(file, "read", error) from error
    return tuple(content[: content.rfind(b"\n") + 1].split(b"\n")[:-1])


@contextmanager
def alone(file: Path) -> Iterator[None]:
    """Holds the lock of a file that grows, which stands beside it; its folder is made. Raises ReportError."""
    from filelock import FileLock  # noqa: PLC0415 - only who adds a line waits for it to load

    lock = FileLock(f"{file}.lock")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    # filelock raises NotImplementedError where a file system has no locks.
    except (OSError, NotImplementedError) as error:
        raise _refused(file, "locked", error) from error
    try:
        yield
    finally:
        lock.release()


def append(file: Path, line: str) -> None:
    """Add a line, forced to disk; what a crash has left of another one goes. The caller is `alone` with the file.

    Raises ReportError where the system refuses; the file is then as before.
    """
    whole = sum(len(each) + 1 for each in lines(file))
    try:
        with file.open("ab") as stream:
            stream.truncate(whole)
            stream.seek(0, os.SEEK_END)
            stream.write(line.encode("utf-8") + b"\n")
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        with suppress(OSError):  # without its end, what is left is no line in any case
            os.truncate(file, whole)
        raise _refused(file, "written", error) from error


def _refused(file: Path, done: str, error: Exception) -> ReportError:
    words = (error.strerror if isinstance(error, OSError) else None) or str(error)
    hint = "keep the records on a local disk with room on it, in a folder that can be written"
    return ReportError([block(f"the file cannot be {done}: {words.lower()}", Origin(file.as_posix()), hint)])
