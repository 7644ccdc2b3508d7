"""The passphrase of a certificate: from the environment, or from a file that nobody else may read.

It is never part of a briefing, which others read, and never printed.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from ipreport.problems import Origin, ReportError, block

PASSPHRASE = "IPREPORT_SIGNATURE_PASSPHRASE"  # noqa: S105 - the name of a variable
PASSPHRASE_FILE = "IPREPORT_SIGNATURE_PASSPHRASE_FILE"  # noqa: S105 - likewise
ASKED_FOR = f"set {PASSPHRASE}, or {PASSPHRASE_FILE} to the path of a file that only you may read"
"""How a passphrase is given."""

_LONGEST = 4096
"""Bytes of a file with a passphrase."""
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def passphrase() -> bytes | None:
    """The passphrase in UTF-8, without the line end of its file; None where none is given.

    Raises ReportError for a file that cannot be read or that others may read.
    """
    given, file = os.environ.get(PASSPHRASE), os.environ.get(PASSPHRASE_FILE)
    if given is not None and file:
        message = f"the passphrase is given twice, in {PASSPHRASE} and in {PASSPHRASE_FILE}"
        raise ReportError([block(message, Origin("environment"), "unset one of them")])
    return _from(Path(file)) if file else None if given is None else given.encode("utf-8", "surrogateescape")


def _from(file: Path) -> bytes:
    origin = Origin(file.as_posix())
    try:
        with file.open("rb") as stream:
            # Asked of the open file, so that it is the one that is read. Windows has no such permissions.
            mode = os.fstat(stream.fileno()).st_mode
            if os.name != "nt" and mode & _OTHERS:
                message = f"the file with the passphrase may be read by others ({stat.filemode(mode)})"
                raise ReportError([block(message, origin, "allow it to yourself only: chmod 600")])
            content = stream.read(_LONGEST + 1)
    except OSError as error:
        message = f"the file with the passphrase cannot be read: {(error.strerror or str(error)).lower()}"
        raise ReportError([block(message, origin, f"set {PASSPHRASE_FILE} to the path of such a file")]) from error
    if len(content) > _LONGEST:
        message = f"expected a passphrase of at most {_LONGEST} bytes, found more"
        raise ReportError([block(message, origin, f"set {PASSPHRASE_FILE} to a file with the passphrase alone")])
    return content.removeprefix(b"\xef\xbb\xbf").removesuffix(b"\n").removesuffix(b"\r")
