"""What the ledger knows of a letter, and what happened to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class State(StrEnum):
    """Where a letter is."""

    QUEUED = "queued"
    """Not delivered, for certain; it will be tried when it is due."""
    SENDING = "sending"
    """The server was about to get the final dot. Found when no program is sending, it is unknown."""
    SENT = "sent"
    """The server has taken it. Final."""
    FAILED = "failed"
    """Not delivered, for certain, and not tried again by itself."""
    UNKNOWN = "unknown"
    """Delivered or not: the server was lost between the final dot and its reply. Never tried again by itself."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the ledger, one for each letter; `schema` says what the fields mean."""

    key: str
    briefing: str
    issue: str
    edition: str
    address: str
    name: str
    document: str
    correction: int
    message_id: str | None
    moment: datetime
    state: State
    attempts: int
    due: datetime
    reply: str
    wire: str | None
    archive: str | None
    queued_at: datetime
    attempted_at: datetime | None
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Event:
    """A change of a letter, as it was noted then."""

    at: datetime
    key: str
    state: State
    attempts: int
    reply: str
