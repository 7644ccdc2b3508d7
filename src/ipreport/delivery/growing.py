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
from contextlib import suppress
from pathlib import Path


def lines(file: Path) -> tuple[bytes, ...]:
    """The lines that were written to their ends, without the ends; none where there is no such file."""
    return _read(file)[0]


def append(file: Path, line: str) -> None:
    """Add a line, forced to disk; what a crash has left of another one goes. The caller holds the file's lock.

    Raises OSError, with the file as it was, where that cannot be done.
    """
    _, whole, ended = _read(file)
    data = (b"" if ended else b"\n") + line.encode("utf-8") + b"\n"
    with file.open("ab", buffering=0) as stream:
        stream.truncate(whole)
        try:
            _write(stream, data)
        except OSError:
            with suppress(OSError):  # a line that stays torn says nothing
                stream.truncate(whole)
            raise


def _read(file: Path) -> tuple[tuple[bytes, ...], int, bool]:
    """The lines, how many bytes of the file they are, and whether the last of them has its end.

    A last line without its end was torn, unless it is JSON as it stands: then an editor took its end.
    """
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        return (), 0, True
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
