"""A file with a secret, which nobody else may read."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from ipreport.problems import Origin, Problem, ReportError, block

_LONGEST = 4096
"""Bytes of a file with a secret."""
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_AT_ONCE = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""How it is opened: without waiting for somebody who writes to a pipe, and as bytes on Windows."""
_KINDS = {stat.S_IFDIR: "a folder", stat.S_IFIFO: "a pipe"}


def content_of(file: Path, what: str, variable: str) -> bytes:
    """What a file holds that `variable` names, without byte order mark and line end: `what`, in words.

    A symbolic link leads to its file, whose permissions count. Raises ReportError where it cannot be read, others may
    read it, or it holds nothing or too much.
    """
    origin = Origin(file.as_posix())
    try:
        descriptor = os.open(file, _AT_ONCE)
        try:
            # Asked of the open file, so that it is the one that is read.
            refused = _refused(os.fstat(descriptor).st_mode, origin, what)
            content = b"" if refused else os.read(descriptor, _LONGEST + 1)
        finally:
            os.close(descriptor)
    except OSError as error:
        message = f"the file with the {what} cannot be read: {(error.strerror or str(error)).lower()}"
        raise ReportError([block(message, origin, f"set {variable} to the path of such a file")]) from error
    if refused is not None:
        raise ReportError([refused])
    if len(content) > _LONGEST:
        message = f"expected a {what} of at most {_LONGEST} bytes, found more"
        raise ReportError([block(message, origin, f"set {variable} to a file with it alone")])
    secret = content.removeprefix(b"\xef\xbb\xbf").removesuffix(b"\n").removesuffix(b"\r")
    if not secret:
        raise ReportError([block(f"the file with the {what} is empty", origin, "write it there, in one line of UTF-8")])
    return secret


def _refused(mode: int, origin: Origin, what: str) -> Problem | None:
    """What keeps a file of this mode from being read."""
    if not stat.S_ISREG(mode):
        found = _KINDS.get(stat.S_IFMT(mode), "something else")
        return block(f"expected a file with the {what}, found {found}", origin, "write it to a file of its own")
    # Windows has no such permissions: there the folder's access list says who may read what is in it.
    if os.name != "nt" and mode & _OTHERS:
        message = f"the file with the {what} may be read by others ({stat.filemode(mode)})"
        return block(message, origin, "allow it to yourself only: chmod 600")
    return None
