"""Files that only grow, a line for each record: what a crash has torn is no line."""

from __future__ import annotations

import os
from pathlib import Path


def lines(file: Path) -> tuple[bytes, ...]:
    """The lines that were written to their ends, without the ends; none where there is no such file."""
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        return ()
    return tuple(content[: content.rfind(b"\n") + 1].split(b"\n")[:-1])


def append(file: Path, line: str) -> None:
    """Add a line, forced to disk; what a crash has left of another one goes. The caller holds the file's lock."""
    whole = sum(len(each) + 1 for each in lines(file))
    with file.open("ab") as stream:
        stream.truncate(whole)
        stream.seek(0, os.SEEK_END)
        stream.write(line.encode("utf-8") + b"\n")
        stream.flush()
        os.fsync(stream.fileno())
