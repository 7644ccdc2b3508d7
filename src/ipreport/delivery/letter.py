"""One mail to one recipient."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail to one recipient, before it is written.

    `key` is the SHA-256, in hexadecimal, of what it is: briefing, issue, edition, address, document and
    which correction it is; the ledger has one row for it, and its Message-ID follows from it. `document` is the SHA-256
    of the PDF, `correction` counts from one for corrected issues. `write` makes the bytes of the message
    for the moment that the ledger keeps: the same moment gives the same bytes.
    """

    key: str
    briefing: str
    issue: str
    edition: str
    address: str
    name: str
    document: str
    correction: int
    write: Callable[[datetime], bytes] = field(repr=False)
