"""Plain letters for tests of delivery, and a ledger that is closed again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

from ipreport.delivery import Ledger, Letter, State

MOMENT = datetime(2026, 1, 5, 16, 0, tzinfo=timezone(timedelta(hours=8)))
PDF = hashlib.sha256(b"a document").hexdigest()


def letter(
    address: str = "reader@example.test",
    *,
    document: str = PDF,
    correction: int = 0,
    edition: str = "zh",
    issue: str = "2025Q4",
    body: bytes = b"Text.\r\n.\r\n..\r\n.dots\r\n",
) -> Letter:
    """A letter to somebody, with lines in it that SMTP could take for its end."""
    parts = ("ip", issue, edition, address, document, str(correction))
    key = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()

    def write(moment: datetime) -> bytes:
        head = (
            f"From: office@example.test\r\nTo: {address}\r\nSubject: Issue {issue}\r\n"
            f"Date: {format_datetime(moment)}\r\nMessage-ID:\r\n <{key[:32]}@example.test>\r\n\r\n"
        )
        return head.encode() + body

    return Letter(key, "ip", issue, edition, address, "Reader", document, correction, write)


def letters(count: int, prefix: str = "r") -> tuple[Letter, ...]:
    """Letters to so many people."""
    return tuple(letter(f"{prefix}{number:04}@example.test") for number in range(count))


def states(entries: Iterable[object]) -> dict[str, str]:
    """The state of each by the part of its address before the @."""
    return {entry.address.partition("@")[0]: str(entry.state) for entry in entries}  # type: ignore[attr-defined]


class Clock:
    """A clock that goes on by itself by a microsecond, and by more when it is told to."""

    def __init__(self) -> None:
        self.time = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.time += timedelta(microseconds=1)
        return self.time

    def go_on(self, **by: float) -> None:
        self.time += timedelta(**by)


def become(ledger: Ledger, mail: Letter, state: State) -> None:
    """A letter in a state, by the way that leads there."""
    ledger.queue([mail], MOMENT)
    if state is State.FAILED:
        ledger.change(mail.key, State.FAILED, "550 no")
    elif state is not State.QUEUED:
        ledger.change(mail.key, State.SENDING, "")
        if state is not State.SENDING:
            ledger.change(mail.key, state, "250 OK")
