"""Through which servers an issue is mailed, and as whom."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ipreport.language import Localized
from ipreport.problems import Origin


class Security(StrEnum):
    """How a connection is encrypted; there is no other way."""

    STARTTLS = "starttls"
    """It begins in the clear and is encrypted before anything is said (RFC 3207)."""
    TLS = "tls"
    """It is encrypted from the first byte (RFC 8314)."""


class AttachmentName(StrEnum):
    """In which letters attached files are named."""

    CHINESE = "chinese"
    ASCII = "ascii"
    """For mail programs that lose other letters."""


@dataclass(frozen=True, slots=True)
class ServerSpec:
    """A mail server; one without a `user` asks for no login. `authorities` are trusted beside those of the system."""

    host: str
    port: int
    security: Security
    user: str | None
    authorities: Path | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class ArchiveSpec:
    """Where a copy of each mail goes, and in which `mailbox` of an IMAP `server`, if one is named, it is looked up.

    What is not there `waiting` minutes after it was sent counts as not sent.
    """

    address: str
    server: ServerSpec | None
    mailbox: str
    waiting: int


@dataclass(frozen=True, slots=True)
class ApproverSpec:
    """Who is told that an issue is built and waits for approval, or that something went wrong."""

    name: Localized
    address: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class DeliverySpec:
    """How mails are sent: by which server, from whom, where answers and copies go; at most `rate` mails a minute.

    `approver` gets no issue but is told of it.
    """

    server: ServerSpec
    sender: Localized
    address: str
    origin: Origin
    reply_to: str | None = None
    archive: ArchiveSpec | None = None
    rate: int | None = None
    attachment_name: AttachmentName = AttachmentName.CHINESE
    approver: ApproverSpec | None = None
