"""Letters of which nobody knows whether they arrived, looked for in the archive that got a copy of each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from ipreport.delivery.entry import Entry, State
from ipreport.delivery.imap import ArchiveMailbox, opened
from ipreport.delivery.ledger import Ledger
from ipreport.delivery.lock import only_sender
from ipreport.delivery.sending import interrupted
from ipreport.delivery.server import Archive

WAIT = timedelta(minutes=15)
"""How long a copy may take to the archive before its absence means something."""
_DAY = timedelta(days=1)
"""Days of a mailbox begin where its server is, and its clock is not ours."""
_WITNESSES = 10
"""Letters that were sent for certain, of which one at least has to be in the archive."""


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What the archive told of letters that were unknown, each as the ledger has it now.

    `found` were delivered and count as sent. `absent` were not, as far as the archive knows: they are still
    unknown, or queued where that was asked for, or failed where a correction took their place. `waiting` are not there
    either, but it is too early to tell. Of `without_copy` the archive cannot know, and only their recipients can: they
    were sent when there was none, or copies do not come to this mailbox, as it has none of the letters that were
    certainly sent to the same archive. They stay unknown.
    """

    found: tuple[Entry, ...]
    absent: tuple[Entry, ...]
    waiting: tuple[Entry, ...]
    without_copy: tuple[Entry, ...]


def reconcile(
    ledger: Ledger,
    archive: Archive,
    *,
    requeue: bool = False,
    keys: Collection[str] | None = None,
    wait: timedelta = WAIT,
) -> Reconciled:
    """Look for every unknown letter in the archive, by its Message-ID.

    Absence counts once `wait` has passed since the letter was sent. `requeue` then queues it again, if its key is
    among `keys` (None is all of them); one whose place a later correction took has failed instead. Raises
    ReportError, having changed nothing, where another program is sending or the archive cannot be read.
    """
    with only_sender(ledger.path):
        interrupted(ledger)
        unknown = ledger.entries(states=(State.UNKNOWN,))
        latest = ledger.clock() - wait
        there, trusted = _looked_up(ledger, archive, unknown, latest) if unknown else (set(), set())
        found = [entry for entry in unknown if entry.key in there]
        missing = [entry for entry in unknown if entry.key not in there]
        copied = [entry for entry in missing if entry.archive is not None]
        early = [entry for entry in copied if _attempted(entry) > latest]
        absent = [entry for entry in copied if _attempted(entry) <= latest and entry.archive in trusted]
        told = {entry.key for entry in (*early, *absent)}
        without_copy = [entry for entry in missing if entry.key not in told]
        for entry in found:
            ledger.change(entry.key, State.SENT, f"found in the archive, {archive.mailbox}")
        for entry in absent:
            if requeue and (keys is None or entry.key in keys):
                _try_again(ledger, entry, f"not in the archive, {archive.mailbox}")
        lists = (found, absent, early, without_copy)
        return Reconciled(*(tuple(ledger.entry(entry.key) for entry in some) for some in lists))


def _looked_up(
    ledger: Ledger, archive: Archive, unknown: Sequence[Entry], latest: datetime
) -> tuple[set[str], set[str]]:
    """The keys of letters that are in the archive, and the addresses whose copies come to it."""
    with opened(archive) as mailbox:
        there = set(_there(mailbox, unknown))
        addresses = {entry.archive for entry in unknown if entry.key not in there and entry.archive is not None}
        arrived = {entry.archive for entry in unknown if entry.key in there}
        trusted = {
            address
            for address in addresses
            if address in arrived or _comes_to(mailbox, _witnesses(ledger, address, latest))
        }
    return there, trusted


def _there(mailbox: ArchiveMailbox, entries: Sequence[Entry]) -> Iterator[str]:
    """The keys of entries whose messages are in the archive, however badly its server searches."""
    missing = []
    for entry in entries:
        if entry.message_id is not None and mailbox.holds(entry.message_id):
            yield entry.key
        else:
            missing.append(entry)
    if missing:
        seen = mailbox.since(min(map(_attempted, missing)) - _DAY)
        yield from (entry.key for entry in missing if entry.message_id in seen)


def _witnesses(ledger: Ledger, address: str, latest: datetime) -> Iterator[Entry]:
    """Letters of which a copy has come to this archive, if copies come to it: the latest that had the time to."""
    sent = sorted(ledger.entries(states=(State.SENT,)), key=_attempted, reverse=True)
    wanted = (each for each in sent if each.archive == address and each.message_id and _attempted(each) <= latest)
    return islice(wanted, _WITNESSES)


def _comes_to(mailbox: ArchiveMailbox, witnesses: Iterable[Entry]) -> bool:
    """Whether one of the witnesses is there; where there is none, nothing speaks against it."""
    known = tuple(witnesses)
    return not known or any(_there(mailbox, known))


def _try_again(ledger: Ledger, entry: Entry, why: str) -> None:
    """Queue a letter that did not arrive, unless something newer is there for its recipient."""
    if _corrected(ledger, entry):
        ledger.change(entry.key, State.FAILED, f"{why}; a correction took its place")
    else:
        ledger.change(entry.key, State.QUEUED, f"{why}; sent again on request", attempts=0, due=ledger.clock())


def _corrected(ledger: Ledger, entry: Entry) -> bool:
    """Whether somebody was to get, or has, a later correction of the same."""
    return any(
        (each.edition, each.address.lower()) == (entry.edition, entry.address.lower())
        and each.correction > entry.correction
        for each in ledger.entries(entry.briefing, entry.issue)
    )


def _attempted(entry: Entry) -> datetime:
    return entry.attempted_at or entry.changed_at
