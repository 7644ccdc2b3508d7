"""Keyrings that misbehave, chosen by PYTHON_KEYRING_BACKEND; what they hold and say is never to be seen."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import InitError, KeyringLocked

HELD = "hëld p4ss:word"


class Misbehaving(KeyringBackend):
    """What it does in `held`, whoever asks."""

    priority = 1

    def get_password(self, service: str, username: str) -> str | None:
        self.asked_for = f"{service}|{username}"
        return self.held()

    def held(self) -> str | None:
        return HELD

    def set_password(self, service: str, username: str, password: str) -> None:
        raise NotImplementedError  # every keyring has to have it, and no test stores anything in this one


class Locked(Misbehaving):
    def held(self) -> str | None:
        raise KeyringLocked(f"{self.asked_for} {HELD}")


class Failing(Misbehaving):
    def held(self) -> str | None:
        raise InitError(f"{self.asked_for} {HELD}")


class Leaving(Misbehaving):
    """Ends the program that asks it, as if all were well."""

    def held(self) -> str | None:
        raise SystemExit(0)


class Broken(Misbehaving):
    """Gives what is no text."""

    def held(self) -> str | None:
        return HELD.encode()  # type: ignore[return-value]


class Empty(Misbehaving):
    def held(self) -> str | None:
        return ""


class Lines(Misbehaving):
    def held(self) -> str | None:
        return f"{HELD}\r\nA1 LOGOUT"


class Half(Misbehaving):
    """Gives half a character of UTF-16, as Windows may."""

    def held(self) -> str | None:
        return f"{HELD}\ud83d"


class Loud(Misbehaving):
    """Prints what it does."""

    def held(self) -> str | None:
        print(f"found {HELD}")  # noqa: T201 - on purpose
        os.write(1, HELD.encode())
        os.write(2, HELD.encode())
        return HELD


class Waiting(Misbehaving):
    """Waits for somebody to unlock it; says in a file by which process."""

    def held(self) -> str | None:
        Path(os.environ["KEYRING_WAITS"]).write_text(str(os.getpid()), encoding="ascii")
        time.sleep(600)
        return HELD


class Telling(Misbehaving):
    """Tells what it could ask at: input that is left, a terminal of its session, modules beside the program."""

    def held(self) -> str | None:
        leads = os.name == "nt" or os.getsid(0) == os.getpid()
        beside = Path(sys.argv[0]).parent in map(Path, sys.path)
        return f"{self.asked_for}|{sys.stdin.read()}|{leads}|{beside}"


class Noting(Misbehaving):
    """Notes that it was asked."""

    def held(self) -> str | None:
        Path(os.environ["KEYRING_NOTES"]).write_text("asked", encoding="ascii")
        return HELD
