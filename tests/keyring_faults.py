"""Keyrings that misbehave, chosen by PYTHON_KEYRING_BACKEND; what they hold and say is never to be seen."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import InitError, KeyringLocked

HELD = "hëld p4ss:word"


class _Faulty(KeyringBackend):
    priority = 1  # type: ignore[assignment]  # a property of the class

    def set_password(self, service: str, username: str, password: str) -> None:
        raise NotImplementedError


class Locked(_Faulty):
    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked(f"{service} {username} {HELD}")


class Failing(_Faulty):
    def get_password(self, service: str, username: str) -> str | None:
        raise InitError(f"{service} {username} {HELD}")


class Leaving(_Faulty):
    """Ends the program that asks it, as if all were well."""

    def get_password(self, service: str, username: str) -> str | None:
        raise SystemExit(0)


class Broken(_Faulty):
    """Gives what is no text."""

    def get_password(self, service: str, username: str) -> str | None:
        return HELD.encode()  # type: ignore[return-value]


class Empty(_Faulty):
    def get_password(self, service: str, username: str) -> str | None:
        return ""


class Lines(_Faulty):
    def get_password(self, service: str, username: str) -> str | None:
        return f"{HELD}\r\nA1 LOGOUT"


class Half(_Faulty):
    """Gives half a character of UTF-16, as Windows may."""

    def get_password(self, service: str, username: str) -> str | None:
        return f"{HELD}\ud83d"


class Loud(_Faulty):
    """Prints what it does."""

    def get_password(self, service: str, username: str) -> str | None:
        print(f"found {HELD}")  # noqa: T201 - on purpose
        os.write(1, HELD.encode())
        os.write(2, HELD.encode())
        return HELD


class Waiting(_Faulty):
    """Waits for somebody to unlock it; says in a file by which process."""

    def get_password(self, service: str, username: str) -> str | None:
        Path(os.environ["KEYRING_WAITS"]).write_text(str(os.getpid()), encoding="ascii")
        time.sleep(600)
        return HELD


class Telling(_Faulty):
    """Tells what it could ask at: input that is left, a terminal of its session, modules beside the program."""

    def get_password(self, service: str, username: str) -> str | None:
        leads = os.name == "nt" or os.getsid(0) == os.getpid()
        beside = Path(sys.argv[0]).parent in map(Path, sys.path)
        return f"{service}|{username}|{sys.stdin.read()}|{leads}|{beside}"


class Noting(_Faulty):
    """Notes that it was asked."""

    def get_password(self, service: str, username: str) -> str | None:
        Path(os.environ["KEYRING_NOTES"]).write_text("asked", encoding="ascii")
        return HELD
