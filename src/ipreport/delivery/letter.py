"""One mail to one recipient."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

PARTING = "+"
"""What stands between the digests of the files that a letter brings."""


def agree(document: str, other: str) -> bool:
    """Whether two letters bring the same files, as far as both bring them."""
    return all(mine == theirs for mine, theirs in zip(document.split(PARTING), other.split(PARTING), strict=False))


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail to one recipient, before it is written.

    `key` is the SHA-256, in hexadecimal, of what it is: briefing, issue, edition, address, document and
    which correction it is; the ledger has one row for it, and its Message-ID follows from it. `document` is the SHA-256
    of the PDF, with `PARTING` and that of another file behind it where one comes along; `correction` counts from one
    for corrected issues. `write` makes the bytes of the message for the moment that the ledger keeps: the same moment
    gives the same bytes.
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
