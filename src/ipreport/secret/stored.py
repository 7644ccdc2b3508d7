"""Secrets in the system's keyring: Windows Credential Manager, macOS Keychain, Secret Service.

It is asked by a program of its own (`asking`), which has neither terminal nor input: a keyring that waits for somebody
to unlock it ends with that program.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, field

from ipreport.secret import asking
from ipreport.secret.asking import Outcome

PATIENCE = 60.0
"""Seconds that a keyring may take: long enough to unlock it at the screen."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a keyring says. `secret`, which no representation shows, is there where the outcome is FOUND."""

    outcome: Outcome
    secret: str | None = field(default=None, repr=False)
    detail: str = ""


def ask(service: str, user: str) -> Answer:
    """What the keyring has for `user` of `service`, within PATIENCE seconds. Whatever goes wrong is an answer too."""
    try:
        done = subprocess.run(  # noqa: S603 - this Python, with a file of this package
            # With -P a module beside that file does not stand in for one of the library.
            [sys.executable, "-P", asking.__file__],
            input=json.dumps([service, user]).encode("ascii"),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            check=False,
            # Neither a terminal nor a console to ask at; the screen is left to the keyring.
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired:
        return Answer(Outcome.SILENT)
    except OSError as error:
        return Answer(Outcome.FAILED, detail=type(error).__name__)
    if done.returncode != 0 or not done.stdout:
        return Answer(Outcome.FAILED, detail=f"exit code {done.returncode}")
    said = json.loads(done.stdout)
    return Answer(Outcome(said["outcome"]), said.get("secret"), said.get("detail", ""))
