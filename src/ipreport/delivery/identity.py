"""Whether a letter may be queued: who has the same issue already, and whom it is for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ipreport.delivery.entry import Entry, State
from ipreport.delivery.letter import Letter
from ipreport.problems import Origin, Problem, block

WITHDRAWN = "withdrawn: another document took its place before it was sent, or its recipient left the list"
"""The reply of a letter that was queued, not delivered, and is not to be sent any more."""

_PERHAPS_DELIVERED = frozenset({State.SENDING, State.SENT, State.UNKNOWN})
_IN_SMTP = re.compile(r"[^\s<>\x00-\x1f\x7f@\"\\,;:()\[\]]{1,64}@[^\s<>\x00-\x1f\x7f@\"\\,;:()]{1,255}")
"""Addresses that stand between angle brackets without quoting; quoted local parts are history (RFC 5321 4.1.2)."""


def fits_smtp(address: str) -> bool:
    """Whether an address says nothing else in a command of SMTP than whom it is for."""
    return _IN_SMTP.fullmatch(address) is not None


def was_never_tried(entry: Entry) -> bool:
    """Whether a letter was withdrawn before anybody tried to send it: it never was a mail."""
    return entry.state is State.FAILED and entry.reply == WITHDRAWN and not entry.attempts


def addresses(letters: Sequence[Letter]) -> Iterator[Problem]:
    """Addresses that SMTP cannot have."""
    for letter in letters:
        if not fits_smtp(letter.address):
            yield block(f"{letter.address!r} is not an address that mail can be sent to", None, "name@place.example")


def twice(letters: Sequence[Letter]) -> Iterator[Problem]:
    """Addresses that one run would send two letters of the same edition."""
    seen: dict[tuple[str, ...], str] = {}
    for letter in letters:
        identity = (letter.briefing, letter.issue, letter.edition, letter.address.lower())
        if seen.setdefault(identity, letter.key) != letter.key:
            yield block(f"{letter.address} would get the {letter.edition} edition of {letter.issue} twice")


def conflicts(letter: Letter, known: Sequence[Entry], origin: Origin) -> Iterator[Problem]:
    """Why `letter` may not be sent to somebody of whom the ledger knows `known`: at most one problem.

    What was certainly not delivered stands in nobody's way.
    """
    had = sorted(
        (entry for entry in known if entry.key != letter.key and entry.state in _PERHAPS_DELIVERED),
        key=lambda entry: entry.correction,
    )
    if not had:
        return
    last, what = had[-1], f"the {letter.edition} edition of {letter.issue}"
    has = "has" if last.state is State.SENT else "may have"
    if last.correction > letter.correction:
        message = f"correction {last.correction} of {what} was meant for {letter.address} already"
        hint = "build and approve that one, or send this one as a corrected issue, and say what was corrected"
        yield block(message, origin, hint)
    elif any(entry.key == letter.key and entry.state is State.SENT for entry in known):
        return
    elif last.document == letter.document:
        written = "" if last.address == letter.address else f", with the address written {last.address}"
        yield block(f"{letter.address} {has} just this document already{written}", origin, "run the command again")
    elif last.correction == letter.correction:
        message = f"{letter.address} {has} {what} already, with another document"
        digests = f"(SHA-256 {last.document[:12]}…, not {letter.document[:12]}…)"
        hint = "send a changed document as a corrected issue, and say what was corrected"
        yield block(f"{message} {digests}", origin, hint)
