"""Letters of which nobody knows whether they arrived, looked for in the archive that got a copy of each."""

from __future__ import annotations

import base64
import imaplib
import re
import ssl
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from ipreport.delivery.connecting import told, verified, without_secrets
from ipreport.delivery.entry import Entry, State
from ipreport.delivery.ledger import Ledger
from ipreport.delivery.lock import only_sender
from ipreport.delivery.sending import interrupted
from ipreport.delivery.server import Archive, Login, Security
from ipreport.problems import ReportError, block

_AT_ONCE = 500
"""Messages whose heads are asked for in one command."""
WAIT = timedelta(minutes=15)
"""How long a copy may take to the archive before its absence means something."""


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What the archive told of letters that were unknown, each as the ledger has it now.

    `found` were delivered and count as sent. `absent` were not, as far as the archive knows: they are still
    unknown, or queued where that was asked for. `waiting` are not there either, but it is too early to tell. Of
    `without_copy` the archive cannot know: they were sent when there was none.
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

    Absence counts once `wait` has passed since the letter was sent; `requeue` then queues it again, if it is among
    `keys` where they are given. Raises ReportError, having changed nothing, where another program is sending or the
    archive cannot be read.
    """
    with only_sender(ledger.path):
        interrupted(ledger)
        unknown = ledger.entries(states=(State.UNKNOWN,))
        latest = ledger.clock() - wait
        there = _there(archive, unknown) if unknown else frozenset()
        found = tuple(entry for entry in unknown if entry.key in there)
        without_copy = tuple(entry for entry in unknown if entry.archive is None and entry not in found)
        missing = [entry for entry in unknown if entry not in found and entry not in without_copy]
        absent = tuple(entry for entry in missing if entry.attempted_at is None or entry.attempted_at <= latest)
        for entry in found:
            ledger.change(entry.key, State.SENT, f"found in the archive, {archive.mailbox}")
        for entry in (each for each in absent if requeue and (keys is None or each.key in keys)):
            reply = f"not in the archive, {archive.mailbox}; sent again on request"
            ledger.change(entry.key, State.QUEUED, reply)
        waiting = tuple(entry for entry in missing if entry not in absent)
        lists = (found, absent, waiting, without_copy)
        return Reconciled(*(tuple(ledger.entry(entry.key) for entry in some) for some in lists))


def _there(archive: Archive, entries: Sequence[Entry]) -> frozenset[str]:
    """The keys of entries whose messages are in the archive."""
    with _opened(archive) as imap:
        return frozenset(
            entry.key for entry in entries if entry.message_id is not None and _holds(imap, entry.message_id)
        )


@contextmanager
def _opened(archive: Archive) -> Iterator[imaplib.IMAP4]:
    """The mailbox, open for reading only; whatever goes wrong is one problem, without a password."""
    context = verified(archive.authorities)
    try:
        imap = _connected(archive, context)
        try:
            _log_in(imap, archive.login)
            _done(imap.select(_quoted(_in_utf7(archive.mailbox)), readonly=True))
            yield imap
        finally:
            with suppress(imaplib.IMAP4.error, OSError):
                imap.logout()
    except (imaplib.IMAP4.error, OSError) as error:
        said = without_secrets(_said(error), archive.login)
        place = f"{archive.mailbox} at {archive.host}:{archive.port}"
        raise ReportError([block(f"the archive, {place}, cannot be read: {said}", None, "nothing changed")]) from None


def _connected(archive: Archive, context: ssl.SSLContext) -> imaplib.IMAP4:
    if archive.security is Security.TLS:
        return imaplib.IMAP4_SSL(archive.host, archive.port, ssl_context=context, timeout=archive.patience)
    imap = imaplib.IMAP4(archive.host, archive.port, timeout=archive.patience)
    try:
        imap.starttls(ssl_context=context)
    except BaseException:
        with suppress(OSError):  # the encryption may have taken the socket with it
            imap.shutdown()
        raise
    return imap


def _log_in(imap: imaplib.IMAP4, login: Login) -> None:
    """AUTHENTICATE PLAIN, in UTF-8; LOGIN, which has ASCII only, where a server does not offer it."""
    if "AUTH=PLAIN" in imap.capabilities:
        _done(imap.authenticate("PLAIN", lambda _challenge: b"\0".join((b"", *map(str.encode, _pair(login))))))
    elif all(map(str.isascii, _pair(login))):
        _done(imap.login(_quoted(login.user), login.password))
    else:
        raise imaplib.IMAP4.error("it does not offer AUTH=PLAIN, which a password outside ASCII needs")


def _pair(login: Login) -> tuple[str, str]:
    return login.user, login.password


def _holds(imap: imaplib.IMAP4, message_id: str) -> bool:
    """Whether a message has this Message-ID; some servers find more than they were asked for, so it is checked."""
    found = _done(imap.uid("SEARCH", "HEADER", "Message-ID", _quoted(message_id)))
    numbers = b" ".join(line for line in found if isinstance(line, bytes)).split()
    for first in range(0, len(numbers), _AT_ONCE):
        some = b",".join(numbers[first : first + _AT_ONCE]).decode("ascii")
        for part in _done(imap.uid("FETCH", some, "(BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])")):
            if isinstance(part, tuple) and message_id.encode() in part[1].partition(b":")[2].split():
                return True
    return False


def _done(answer: tuple[str, Any]) -> list[Any]:
    """What a command led to; raises an error of imaplib where it was refused."""
    status, data = answer
    if status != "OK":
        words = b" ".join(each for each in data if isinstance(each, bytes)).decode("utf-8", "replace")
        raise imaplib.IMAP4.error(words or status)
    return list(data)


def _said(error: Exception) -> str:
    if isinstance(error, OSError):
        return told(error)
    words = error.args[0] if error.args else ""
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)


def _quoted(text: str) -> str:
    """A quoted string of IMAP (RFC 3501 4.3)."""
    if re.search(r"[\x00\r\n]", text):
        raise ValueError(f"a control character in a command of IMAP: {text!r}")
    return '"' + re.sub(r'(["\\])', r"\\\1", text) + '"'


def _in_utf7(mailbox: str) -> str:
    """The name of a mailbox as IMAP has it (RFC 3501 5.1.3): 已发送 is &XfJT0ZAB-."""

    def shifted(match: re.Match[str]) -> str:
        data = base64.b64encode(match[0].encode("utf-16-be")).decode("ascii")
        return "&" + data.rstrip("=").replace("/", ",") + "-"

    return re.sub(r"[^\x20-\x7e]+", shifted, mailbox.replace("&", "&-"))
