"""Whether a letter may be queued: who has the same issue already, and whom it is for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ipreport.delivery.entry import Entry, State
from ipreport.delivery.letter import Letter
from ipreport.problems import Origin, Problem, block

WITHDRAWN = "withdrawn: another document took its place before it was sent"
"""The reply of a letter that was queued, never sent, and then replaced."""

_PERHAPS_DELIVERED = frozenset({State.SENDING, State.SENT, State.UNKNOWN})
_IN_SMTP = re.compile(r"[^\s<>\x00-\x1f\x7f@\"\\,;:()\[\]]{1,64}@[^\s<>\x00-\x1f\x7f@\"\\,;:()]{1,255}")
"""Addresses that stand between angle brackets without quoting; quoted local parts are history (RFC 5321 4.1.2)."""


def fits_smtp(address: str) -> bool:
    """Whether an address says nothing else in a command of SMTP than whom it is for."""
    return _IN_SMTP.fullmatch(address) is not None


def was_never_tried(entry: Entry) -> bool:
    """Whether another letter took the place of this one before anybody tried to send it: it never was a mail."""
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
    """Why `letter` may not be sent to somebody of whom the ledger knows `known`: at most one problem."""
    others = [entry for entry in known if entry.key != letter.key]
    what = f"the {letter.edition} edition of {letter.issue}"
    later = [entry for entry in others if entry.correction > letter.correction]
    corrected = any(entry.state in _PERHAPS_DELIVERED for entry in later)
    if not corrected and any(entry.key == letter.key and entry.state is State.SENT for entry in known):
        return
    if later:
        message = f"correction {later[-1].correction} of {what} was meant for {letter.address} already"
        hint = "build and approve that one, or send this one as a corrected issue, and say what was corrected"
        yield block(message, origin, hint)
        return
    same = [entry for entry in others if entry.correction == letter.correction and entry.state in _PERHAPS_DELIVERED]
    if same:
        has = "has" if same[-1].state is State.SENT else "may have"
        message = f"{letter.address} {has} {what} already, with {_other(letter, same[-1])}"
        yield block(message, origin, "send a changed document as a corrected issue, and say what was corrected")


def _other(letter: Letter, entry: Entry) -> str:
    if entry.document != letter.document:
        return f"another document (SHA-256 {entry.document[:12]}…, not {letter.document[:12]}…)"
    return f"the address written {entry.address}"
