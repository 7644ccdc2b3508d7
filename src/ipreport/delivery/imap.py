"""The archive's mailbox, read by IMAP (RFC 3501): which messages are in it, by their Message-IDs."""

from __future__ import annotations

import base64
import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any

from ipreport.delivery.connecting import told, verified, without_secrets
from ipreport.delivery.server import Archive, Login, Security
from ipreport.problems import ReportError, block

_AT_ONCE = 500
"""Messages whose heads are asked for in one command."""
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class ArchiveMailbox:
    """A mailbox that is open for reading only."""

    def __init__(self, imap: imaplib.IMAP4) -> None:
        self._imap = imap

    def holds(self, message_id: str) -> bool:
        """Whether a message has this Message-ID; some servers find more than they were asked for, so it is checked."""
        found = self._search("HEADER", "Message-ID", _quoted(message_id))
        return any(message_id in some for some in self._identities(found))

    def since(self, moment: datetime) -> frozenset[str]:
        """The Message-IDs of everything that came on the day of `moment` or later, for servers that search badly."""
        day = f"{moment.day}-{_MONTHS[moment.month - 1]}-{moment.year}"
        return frozenset().union(*self._identities(self._search("SINCE", day)))

    def _search(self, *terms: str) -> list[bytes]:
        found = _done(self._imap.uid("SEARCH", *terms))
        words = b" ".join(line for line in found if isinstance(line, bytes)).split()
        return [word for word in words if word.isdigit()]  # others say what changed last (RFC 7162 3.1.5)

    def _identities(self, numbers: list[bytes]) -> Iterator[frozenset[str]]:
        for first in range(0, len(numbers), _AT_ONCE):
            some = b",".join(numbers[first : first + _AT_ONCE]).decode("ascii")
            for part in _done(self._imap.uid("FETCH", some, "(BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])")):
                if isinstance(part, tuple):
                    yield frozenset(part[1].partition(b":")[2].decode("utf-8", "replace").split())


@contextmanager
def opened(archive: Archive) -> Iterator[ArchiveMailbox]:
    """The mailbox of an archive; whatever goes wrong is one problem, without a password."""
    context = verified(archive.authorities)
    try:
        imap = _connected(archive, context)
        try:
            _log_in(imap, archive.login)
            _introduce(imap)
            _done(imap.select(_quoted(_in_utf7(archive.mailbox)), readonly=True))
            yield ArchiveMailbox(imap)
        finally:
            with suppress(imaplib.IMAP4.error, OSError):
                imap.logout()
    except (imaplib.IMAP4.error, OSError, UnicodeError) as error:
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


def _introduce(imap: imaplib.IMAP4) -> None:
    """Says who asks (RFC 2971), without which 163.com and 126.com open no mailbox; whoever minds is not asked again."""
    if "ID" in imap.capabilities:
        with suppress(imaplib.IMAP4.error):
            imap.xatom("ID", '("name" "ipreport")')


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
    if isinstance(error, UnicodeError):  # a label of it is empty or too long (RFC 1035 2.3.4)
        return "no host can have this name"
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
