"""Settings of the servers that mail goes through; nothing here opens a connection."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path


class Security(StrEnum):
    """How a connection is encrypted; there is no third way."""

    STARTTLS = "starttls"
    """Begins in the clear and must be encrypted before anything is said (RFC 3207): ports 587 and 143."""
    TLS = "tls"
    """Encrypted from the first byte (RFC 8314): ports 465 and 993."""


@dataclass(frozen=True, slots=True)
class Login:
    """A name and its password, which no representation shows."""

    user: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Server:
    """The SMTP server that takes the letters.

    `sender` is the address that a server returns undeliverable mail to. `archive` is an address that gets a copy of
    each letter in the same transaction; without one, nothing can be reconciled. `authorities` is a PEM file
    with certificates that are trusted beside those of the system. `patience` is how many seconds an answer of
    the server may take, all of it, before the connection counts as lost, `patience_after_dot` the same once it has a
    whole letter (RFC 5321 4.5.3.2.6).
    """

    host: str
    port: int
    sender: str
    security: Security = Security.STARTTLS
    login: Login | None = None
    archive: str | None = None
    authorities: Path | None = None
    patience: float = 60.0
    patience_after_dot: float = 600.0


@dataclass(frozen=True, slots=True)
class Archive:
    """The IMAP mailbox that copies of the letters arrive in; fields are those of `Server`."""

    host: str
    port: int
    login: Login
    mailbox: str = "INBOX"
    security: Security = Security.TLS
    authorities: Path | None = None
    patience: float = 60.0
