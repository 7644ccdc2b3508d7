"""A secret, and the ways it is given."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ipreport.problems import Origin, ReportError, block
from ipreport.secret import stored
from ipreport.secret.asking import Outcome
from ipreport.secret.file import content_of
from ipreport.secret.stored import Answer

_ENDS = {"\0": "the character NUL", "\n": "a line end", "\r": "a line end"}
"""What no secret holds: one in it was not meant, and would end a command to a server (RFC 4616, 2)."""
_TO_DO_FIRST = {
    Outcome.NO_LIBRARY: ", for which ipreport has to be installed with its extra 'keyring'",
    Outcome.NO_KEYRING: ", which was not found on this machine",
    Outcome.LOCKED: ", once it is unlocked",
}
"""What stands between a keyring and a secret in it."""


@dataclass(frozen=True, slots=True)
class Secret:
    """What is kept in an environment `variable`, or in the file that the variable with `_FILE` behind it names.

    `what` says what it is: “passphrase”, “password of the mail server”. That of an account may be kept in the
    system's keyring as well.
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

    def read(self) -> str | None:
        """The secret as the environment or its file has it; None where neither gives one. An empty variable gives none.

        Raises ReportError for a file that cannot be read, that others may read or that holds no secret.
        """
        given, file = os.environ.get(self.variable), os.environ.get(self.variable_of_file)
        if given and file:
            message = f"the {self.what} is given twice, in {self.variable} and in {self.variable_of_file}"
            raise ReportError([block(message, Origin("environment"), "unset one of them")])
        if file:
            return self._whole(content_of(Path(file), self.what, self.variable_of_file), Origin(Path(file).as_posix()))
        return self._whole(given, Origin("environment")) if given else None

    def of_account(self, host: str, user: str, origin: Origin) -> str:
        """The secret of `user` at the server `host`, which `origin` names: where `read` has none, from the keyring.

        A machine without a keyring is as if nothing were stored there. Raises ReportError like `read`, and where no
        way gives a secret; it then names all of them, and what kept a keyring from answering.
        """
        given = self.read()
        if given is not None:
            return given
        service = f"ipreport {host}"
        answer = stored.ask(service, user)
        if answer.secret is not None:
            return self._whole(answer.secret, origin)
        message = f"the {self.what} for '{user}' is not given{_told(answer)}"
        first = _TO_DO_FIRST.get(answer.outcome, "")
        hint = f'or store it in the system\'s keyring{first}: keyring set "{service}" "{user}"'
        raise ReportError([block(message, origin, self.asked_for, hint)])

    def _whole(self, content: bytes | str, origin: Origin) -> str:
        """`content`, read at `origin`, as a secret. Raises ReportError where it is none."""
        text = _text(content)
        wrong = "is not UTF-8" if text is None else next(_surplus(text), None)
        if text is None or wrong is not None:
            raise ReportError([block(f"the {self.what} {wrong}", origin, "give it alone, in one line of UTF-8")])
        return text


def _told(answer: Answer) -> str:
    """What became of asking a keyring that is there, behind “is not given”."""
    match answer.outcome:
        case Outcome.LOCKED:
            return ", and the system's keyring is locked"
        case Outcome.FAILED:
            return f", and the system's keyring failed ({answer.detail})"
        case Outcome.SILENT:
            return f", and the system's keyring did not answer within {stored.PATIENCE:g} seconds"
        case _:
            return ""


def _text(content: bytes | str) -> str | None:
    """`content` as text; None where it is not UTF-8, or of the environment and was not (PEP 383)."""
    try:
        return (content if isinstance(content, bytes) else content.encode("utf-8")).decode("utf-8")
    except UnicodeError:  # it holds the secret, and does not leave this function
        return None


def _surplus(text: str) -> Iterator[str]:
    return (f"holds {named}" for character, named in _ENDS.items() if character in text)
