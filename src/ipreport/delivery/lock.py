"""One sender at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ipreport.problems import Origin, ReportError, block


@contextmanager
def only_sender(ledger: Path) -> Iterator[None]:
    """Holds the lock of a ledger, a file beside it; the system lets go of it when its holder dies, however it dies.

    Raises ReportError, at once, where another program holds it.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415 - only who sends waits for it to load

    path = ledger.resolve()
    lock = FileLock(path.with_name(path.name + ".lock"), timeout=0, fallback_to_soft=False)
    origin = Origin(ledger.as_posix())
    try:
        lock.acquire()
    except Timeout as error:
        hint = "wait until it has ended; nothing was sent by this one"
        raise ReportError([block("another program is sending from this ledger", origin, hint)]) from error
    # filelock raises NotImplementedError where a file system has no locks: no other kind dies with its holder.
    except (OSError, NotImplementedError) as error:
        hint = "keep the ledger on a local disk, in a folder that can be written"
        raise ReportError([block(f"the ledger cannot be locked: {error}", origin, hint)]) from error
    try:
        yield
    finally:
        lock.release()
