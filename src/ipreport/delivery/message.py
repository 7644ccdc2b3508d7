"""A mail as the bytes that go over the wire.

    multipart/mixed                     where there are attachments
        multipart/alternative
            text/plain
            multipart/related           where there are pictures
                text/html
                image/png               one for each picture
        application/pdf                 one for each attachment

Every body is base64, so that no server has a reason to change it. The same mail of the same moment is the same
bytes, in every version of Python: it is put together here, and `wire` has `email` read what came of it.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from functools import lru_cache

from ipreport.delivery import wire
from ipreport.delivery.headers import (
    file_name_in_type,
    file_name_parameters,
    mailbox,
    unstructured,
    with_parameters,
)
from ipreport.delivery.mail import Attachment, Inline, Mail, check
from ipreport.problems import Origin

AUTOMATIC: Mapping[str, str] = {
    # Sent by a program, though a person approved it: programs that answer for people on leave stay silent
    # (RFC 3834, 2 and 5). “Precedence: bulk” says the same in a way that no standard defines (RFC 2076, 3.9).
    "Auto-Submitted": "auto-generated",
    # The same for Exchange. “All” would also suppress reports of what was not delivered, which are wanted.
    "X-Auto-Response-Suppress": "OOF, AutoReply",
}
"""Headers that say that no person has written the mail."""

_KEY_IN_ID = 32
"""Digits of the key in a Message-ID: 128 bits, and a line with a usual domain is not too long."""


@dataclass(frozen=True, slots=True)
class Written:
    """A mail as bytes, all lines ending in CRLF. With `smtputf8` only a server that offers SMTPUTF8 may get it."""

    data: bytes = field(repr=False)
    message_id: str
    smtputf8: bool


def write(mail: Mail, moment: datetime, origin: Origin | None = None) -> Written:
    """The bytes of `mail` with `moment`, which knows its time zone, as its Date.

    Raises ReportError where a field has what may not stand there, and where the bytes, read again, do not say
    what `mail` does. `origin` is where the recipient is written.
    """
    if moment.tzinfo is None:
        raise ValueError("the moment of a mail has no time zone")
    check(mail, origin)
    data = _lines(_headers(mail, moment)) + _content(mail)
    wire.check(data, mail, moment, origin)
    return Written(data, message_id(mail.key, mail.sender.domain), mail.needs_smtputf8)


def message_id(key: str, domain: str) -> str:
    """The Message-ID of the mail with this `key` from a sender at `domain`, in its brackets."""
    return f"<{key[:_KEY_IN_ID]}@{domain}>"


def _headers(mail: Mail, moment: datetime) -> dict[str, str]:
    """The headers of the whole message but for those of its content."""
    return {
        **{name: mailbox(name, each) for name, each in mail.mailboxes.items()},
        "Subject": unstructured("Subject", mail.subject),
        "Date": f" {format_datetime(moment)}",
        "Message-ID": f" {message_id(mail.key, mail.sender.domain)}",
        "Content-Language": f" {', '.join(language.tag for language in mail.languages)}",
        **{name: f" {value}" for name, value in AUTOMATIC.items()},
        "MIME-Version": " 1.0",
    }


# --- the parts -------------------------------------------------------------------


def _content(mail: Mail) -> bytes:
    """The parts in each other, and the headers that say what they are."""
    texts = (_text("plain", mail.text), _related(mail))
    content = _multipart("alternative", mail.key, texts)
    if not mail.attachments:
        return content
    return _multipart(
        "mixed", mail.key, (content, *(_attachment(each, mail.name_of(each)) for each in mail.attachments))
    )


def _related(mail: Mail) -> bytes:
    """The HTML, with its pictures where it has any."""
    html = _text("html", mail.html)
    if not mail.pictures:
        return html
    parts = (html, *map(_picture, mail.pictures))
    return _multipart("related", mail.key, parts, 'type="text/html"')


def _multipart(subtype: str, key: str, parts: Sequence[bytes], *parameters: str) -> bytes:
    """Parts behind each other. No body has the boundary: base64 knows no “_”."""
    boundary = f"=_{subtype}_{key[:_KEY_IN_ID]}"
    kind = with_parameters("Content-Type", f"multipart/{subtype}", *parameters, f'boundary="{boundary}"')
    delimiter = f"--{boundary}".encode()
    between = b"".join(b"%b\r\n%b\r\n" % (delimiter, part) for part in parts)
    return b"%b\r\n%b%b--\r\n" % (_lines({"Content-Type": kind}), between, delimiter)


def _text(subtype: str, text: str) -> bytes:
    """A text with the line ends that mail has also inside base64 (RFC 2049, 4)."""
    kind = with_parameters("Content-Type", f"text/{subtype}", "charset=utf-8")
    return _part({"Content-Type": kind}, text.replace("\n", "\r\n").encode())


def _picture(picture: Inline) -> bytes:
    described = {
        "Content-Type": with_parameters("Content-Type", picture.type, file_name_in_type(picture.name)),
        "Content-ID": f" <{picture.content_id}>",
        "Content-Disposition": with_parameters("Content-Disposition", "inline", *file_name_parameters(picture.name)),
    }
    return _part(described, picture.content)


def _attachment(attachment: Attachment, name: str) -> bytes:
    described = {
        "Content-Type": with_parameters("Content-Type", attachment.type, file_name_in_type(name)),
        "Content-Disposition": with_parameters("Content-Disposition", "attachment", *file_name_parameters(name)),
    }
    return _part(described, attachment.content)


def _part(described: Mapping[str, str], content: bytes) -> bytes:
    headers = _lines({**described, "Content-Transfer-Encoding": " base64"})
    return b"%b\r\n%b" % (headers, _encoded(content))


@lru_cache(maxsize=16)
def _encoded(content: bytes) -> bytes:
    """Base64 in lines of 76 (RFC 2045, 6.8). An issue goes to many people: it is encoded once."""
    return base64.encodebytes(content).replace(b"\n", b"\r\n")


def _lines(headers: Mapping[str, str]) -> bytes:
    return "".join(f"{name}:{value}\r\n" for name, value in headers.items()).encode()
