"""Passwords and passphrases: from the environment, or from a file that nobody else may read.

They are never part of a briefing, which others read, and never printed.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from ipreport.problems import Origin, ReportError, block

_LONGEST = 4096
"""Bytes of a file with a secret."""
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True, slots=True)
class Secret:
    """What is kept in an environment `variable`, or in the file that the variable with `_FILE` behind it names.

    `what` says what it is: “passphrase”, “password of the mail server”.
    """

    what: str
    variable: str

    @property
    def variable_of_file(self) -> str:
        """The variable that names the file."""
        return f"{self.variable}_FILE"

    @property
    def asked_for(self) -> str:
        """How it is given, in words."""
        return f"set {self.variable}, or {self.variable_of_file} to the path of a file that only you may read"

    def read(self) -> bytes | None:
        """The secret in UTF-8, without the line end of its file; None where none is given.

        Raises ReportError for a file that cannot be read or that others may read.
        """
        given, file = os.environ.get(self.variable), os.environ.get(self.variable_of_file)
        if given is not None and file:
            message = f"the {self.what} is given twice, in {self.variable} and in {self.variable_of_file}"
            raise ReportError([block(message, Origin("environment"), "unset one of them")])
        return self._from(Path(file)) if file else None if given is None else given.encode("utf-8", "surrogateescape")

    def _from(self, file: Path) -> bytes:
        origin = Origin(file.as_posix())
        try:
            with file.open("rb") as stream:
                # Asked of the open file, so that it is the one that is read. Windows has no such permissions.
                mode = os.fstat(stream.fileno()).st_mode
                if os.name != "nt" and mode & _OTHERS:
                    message = f"the file with the {self.what} may be read by others ({stat.filemode(mode)})"
                    raise ReportError([block(message, origin, "allow it to yourself only: chmod 600")])
                content = stream.read(_LONGEST + 1)
        except OSError as error:
            message = f"the file with the {self.what} cannot be read: {(error.strerror or str(error)).lower()}"
            hint = f"set {self.variable_of_file} to the path of such a file"
            raise ReportError([block(message, origin, hint)]) from error
        if len(content) > _LONGEST:
            message = f"expected a {self.what} of at most {_LONGEST} bytes, found more"
            raise ReportError([block(message, origin, f"set {self.variable_of_file} to a file with it alone")])
        return content.removeprefix(b"\xef\xbb\xbf").removesuffix(b"\n").removesuffix(b"\r")
