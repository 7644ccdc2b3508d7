"""One at a time: who sends from a ledger, and who adds to a record."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ipreport.problems import Origin, ReportError, block


class HeldError(ReportError):
    """Another program holds the lock."""


@contextmanager
def only_sender(ledger: Path) -> Iterator[None]:
    """Holds the lock of a ledger, a file beside it; the system lets go of it when its holder dies, however it dies.

    Raises HeldError, at once, where another program holds it, and ReportError where there is no such lock.
    """
    hint = "wait until it has ended; nothing was sent by this one"
    problem = block("another program is sending from this ledger", Origin(ledger.as_posix()), hint)
    with locked(ledger, "the ledger", HeldError([problem])):
        yield


@contextmanager
def locked(file: Path, what: str, held: ReportError, seconds: float = 0) -> Iterator[None]:
    """Holds the lock of `file`, in words `what`; raises `held` where another program has it for so many seconds."""
    from filelock import FileLock, Timeout  # noqa: PLC0415 - only who sends waits for it to load

    path = file.resolve()
    lock = FileLock(path.with_name(path.name + ".lock"), timeout=seconds, fallback_to_soft=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise held from error
    # filelock raises NotImplementedError where a file system has no locks: no other kind dies with its holder.
    except (OSError, NotImplementedError) as error:
        hint = f"keep {what} on a local disk, in a folder that can be written"
        raise ReportError([block(f"{what} cannot be locked: {error}", Origin(file.as_posix()), hint)]) from error
    try:
        yield
    finally:
        lock.release()
