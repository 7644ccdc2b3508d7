"""A program that asks the system's keyring for one secret: `stored` runs it, and ends it when it takes too long.

Keyrings may ask their user to unlock them, on the screen or at the terminal, and wait for as long as it takes; nothing
in the library `keyring` limits that. A process can be ended. It reads a service and a user as JSON, and writes the
answer. Nothing of this package is imported here, so that the program starts fast and from any installation.
"""

from __future__ import annotations

import json
import os
import sys
from enum import StrEnum


class Outcome(StrEnum):
    """What comes of asking a keyring."""

    FOUND = "found"
    NOTHING = "nothing"
    """It was asked, and has no such secret."""
    NO_KEYRING = "no keyring"
    """The system has none that the library knows."""
    NO_LIBRARY = "no library"
    """`keyring` is not installed."""
    LOCKED = "locked"
    FAILED = "failed"
    SILENT = "silent"
    """It did not answer in time."""


def ask(service: str, user: str) -> dict[str, str]:
    """The `outcome`; the `secret` where one is found, and a `detail`, the name of an error, where the keyring fails.

    Of an error nothing else is told: what its message says is the keyring's affair, and might be a secret.
    """
    try:
        from keyring import get_password  # noqa: PLC0415 - an extra that need not be installed
        from keyring.errors import KeyringLocked, NoKeyringError  # noqa: PLC0415 - likewise
    except ImportError:
        return {"outcome": Outcome.NO_LIBRARY}
    try:
        secret = get_password(service, user)
    except NoKeyringError:
        return {"outcome": Outcome.NO_KEYRING}
    except KeyringLocked:
        return {"outcome": Outcome.LOCKED}
    except Exception as error:  # noqa: BLE001 - each keyring has errors of its own
        return {"outcome": Outcome.FAILED, "detail": type(error).__name__}
    return {"outcome": Outcome.FOUND, "secret": secret} if secret else {"outcome": Outcome.NOTHING}


def main() -> None:
    """Answer what is asked. What a keyring prints by itself is no part of the answer."""
    service, user = json.loads(sys.stdin.buffer.read())
    with os.fdopen(os.dup(1), "w", encoding="ascii") as answer:
        os.dup2(2, 1)
        json.dump(ask(service, user), answer)


if __name__ == "__main__":
    main()
