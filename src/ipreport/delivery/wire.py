"""The last look at a message: read again as a mail program would, it says what it was meant to say, and nothing else.

Nothing here comes from what wrote the message: its bytes are taken apart anew, headers are read by the standard
library in both of its ways, and everything is held against the `Mail`.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email import policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import HeaderParser
from email.utils import getaddresses, parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from ipreport.delivery.mail import Attachment, Inline, Mail, Mailbox
from ipreport.problems import Origin, ReportError, block

LONGEST_LINE = 998
"""Octets of a line without its end (RFC 5322, 2.1.1); servers cut or refuse longer ones."""
_LINE, _LINE_WITH_WORDS, _LINE_OF_BODY = 78, 76, 76
"""Octets of a line of a header, of one with an encoded word (RFC 2047, 2), and of base64 (RFC 2045, 6.8)."""

_UNSEEN = bytes({*range(1, 32), 127} - {*b"\t\r\n"})
"""Control characters but for NUL and what ends and folds lines."""
_FIELD = re.compile(rb"([!-9;-~]+):[ \r]")
"""How a header begins (RFC 5322, 2.2)."""
_MESSAGE = ("Subject", "Date", "Message-ID", "Content-Language", "Auto-Submitted", "X-Auto-Response-Suppress")
_MULTIPART = frozenset({"Content-Type"})
_BODY = _MULTIPART | {"Content-Transfer-Encoding"}
_FILE = _BODY | {"Content-Disposition"}
_PICTURE = _FILE | {"Content-ID"}


if TYPE_CHECKING:
    _Head = Message[Any, Any]  # which at run time is no generic class before Python 3.13


@dataclass(frozen=True, slots=True)
class _Part:
    """A part as it stands in the bytes: its head, the names in it, the older reading of it, and its body."""

    head: str
    names: tuple[str, ...]
    legacy: _Head
    body: bytes = field(repr=False)

    @property
    def type(self) -> str:
        return self.legacy.get_content_type()

    @property
    def modern(self) -> _Head:
        """The newer reading, which takes ten times as long and is asked for where it can differ."""
        return _MODERN.parsestr(self.head)


class _FaultyError(Exception):
    """The message cannot be taken apart."""


def check(data: bytes, mail: Mail, moment: datetime, origin: Origin | None = None) -> None:
    """ReportError with everything in which the message `data` is not `mail` of `moment`."""
    found: list[str] = []
    try:
        found.extend(_faults(data, mail, moment))  # keeps what comes before something that cannot be read
    # The library itself stumbles over some headers, such as a file name that is given whole and in pieces.
    except (_FaultyError, MessageError, ValueError, LookupError, TypeError, AttributeError) as error:
        found.append(f"it cannot be read: {error}")
    if found:
        hint = "nothing was sent; write the fields of the mail in another way, and report this"
        raise ReportError(
            block(f"the mail to {mail.recipient.address} is not as meant: {f}", origin, hint) for f in found
        )


def _faults(data: bytes, mail: Mail, moment: datetime) -> Iterator[str]:
    lines = tuple(_line_faults(data))
    yield from lines
    if lines:
        return  # the library takes such lines apart in ways of its own
    whole = _part(data)
    expected = (*mail.mailboxes, *_MESSAGE, "MIME-Version", "Content-Type")
    if whole.names != expected:
        yield f"it has the headers {', '.join(whole.names)} and should have {', '.join(expected)}"
        return
    yield from _header_faults(data, whole, mail, moment)
    yield from _content_faults(whole, mail)


# --- lines -----------------------------------------------------------------------


def _line_faults(data: bytes) -> Iterator[str]:
    if b"\0" in data:
        yield "it has a NUL"
    if len(data.translate(None, _UNSEEN)) < len(data):
        yield "it has a control character"
    if not data.count(b"\r\n") == data.count(b"\r") == data.count(b"\n") or not data.endswith(b"\r\n"):
        yield "a line does not end in CRLF"
    if max(map(len, data.split(b"\r\n"))) > LONGEST_LINE:
        yield f"a line is longer than {LONGEST_LINE} octets"


def _long_lines(headers: bytes) -> Iterator[str]:
    """Lines of headers longer than asked for that could have been folded: an address alone cannot."""
    for line in headers.split(b"\r\n"):
        if len(line) > _LINE and b" " in _FIELD.sub(b"", line).strip():
            yield f"a header has a line of more than {_LINE} octets"
        elif len(line) > _LINE_WITH_WORDS and b"=?" in line:
            yield f"a header has a line of more than {_LINE_WITH_WORDS} octets with an encoded word"


# --- headers ---------------------------------------------------------------------


def _header_faults(data: bytes, whole: _Part, mail: Mail, moment: datetime) -> Iterator[str]:
    head = data.partition(b"\r\n\r\n")[0]
    if not head.isascii() and not mail.needs_smtputf8:
        yield "its headers are not ASCII"
    yield from _long_lines(head)
    modern = whole.modern
    if tuple(modern.keys()) != whole.names or tuple(whole.legacy.keys()) != whole.names:
        raise _FaultyError("the library finds other headers in it")
    for name, mailbox in mail.mailboxes.items():
        yield from _mailbox_faults(name, mailbox, whole.legacy, modern)
    identity = f"<{mail.key[:32]}@{mail.sender.domain}>"
    languages = ", ".join(language.tag for language in mail.languages)
    expected = {
        "Subject": mail.subject,
        "Message-ID": identity,
        "Content-Language": languages,
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
        "MIME-Version": "1.0",
    }
    for name, value in expected.items():
        for read in (str(modern[name]), _decoded(str(whole.legacy[name]))):
            if read != value:
                yield f"its {name} reads {read!r} and should read {value!r}"
    if parsedate_to_datetime(str(whole.legacy["Date"])) != moment.replace(microsecond=0):
        yield f"its Date reads {whole.legacy['Date']}"


def _mailbox_faults(name: str, mailbox: Mailbox, legacy: _Head, modern: _Head) -> Iterator[str]:
    """What is wrong with a header that names one person, in either reading."""
    people = [(_decoded(words), address) for words, address in getaddresses([_unfolded(str(legacy[name]))])]
    if people != [(mailbox.name, mailbox.address)]:
        yield f"its {name} reads {people} and should read {(mailbox.name, mailbox.address)}"
    groups = [(group.display_name, [each.addr_spec for each in group.addresses]) for group in modern[name].groups]
    if groups != [(None, [mailbox.address])]:
        yield f"its {name} has the addresses {groups}"


def _decoded(value: str) -> str:
    """A header with its encoded words decoded, by the older of the library's two ways."""
    return str(make_header(decode_header(_unfolded(value))))


def _unfolded(value: str) -> str:
    """A value in one line (RFC 5322, 2.2.3)."""
    return re.sub(r"\r\n(?=[ \t])", "", value)


# --- content ---------------------------------------------------------------------


def _content_faults(whole: _Part, mail: Mail) -> Iterator[str]:
    """What is wrong with the parts, each in its place."""
    content = whole
    files: tuple[_Part, ...] = ()
    if mail.attachments:
        yield from _named(whole, "multipart/mixed", None)
        content, *others = _parts(whole, 1 + len(mail.attachments))
        files = tuple(others)
    yield from _named(content, "multipart/alternative", None if content is whole else _MULTIPART)
    text, html = _parts(content, 2)
    pictures: tuple[_Part, ...] = ()
    if mail.pictures:
        yield from _named(html, "multipart/related", _MULTIPART)
        html, *others = _parts(html, 1 + len(mail.pictures))
        pictures = tuple(others)
    yield from _text_faults(text, "text/plain", mail.text)
    yield from _text_faults(html, "text/html", mail.html)
    for part, picture in zip(pictures, mail.pictures, strict=True):
        yield from _picture_faults(part, picture)
    for part, attachment in zip(files, mail.attachments, strict=True):
        yield from _file_faults(part, attachment, mail.name_of(attachment))


def _named(part: _Part, kind: str, names: frozenset[str] | None) -> Iterator[str]:
    if part.type != kind:
        yield f"a part is {part.type} and should be {kind}"
    if names is not None and (len(part.names) != len(names) or set(part.names) != names):
        raise _FaultyError(f"a part of the type {kind} has the headers {', '.join(part.names)}")
    if names is not None:
        yield from _long_lines(part.head.encode())


def _text_faults(part: _Part, kind: str, text: str) -> Iterator[str]:
    yield from _named(part, kind, _BODY)
    if str(part.legacy.get_content_charset()) != "utf-8" or _body(part) != text.replace("\n", "\r\n").encode():
        yield f"its {kind} is another text"


def _picture_faults(part: _Part, picture: Inline) -> Iterator[str]:
    yield from _named(part, picture.type, _PICTURE)
    if str(part.legacy["Content-ID"]) != f"<{picture.content_id}>":
        yield f"a picture is named {part.legacy['Content-ID']}"
    names = {str(part.legacy.get_filename()), str(part.legacy.get_param("name"))}
    if names != {picture.name}:
        yield f"the picture {picture.content_id} is named {sorted(names)}"
    if part.legacy.get_content_disposition() != "inline" or _body(part) != picture.content:
        yield f"the picture {picture.content_id} is another one"


def _file_faults(part: _Part, attachment: Attachment, name: str) -> Iterator[str]:
    yield from _named(part, attachment.type, _FILE)
    disposition, kind = part.modern["Content-Disposition"], part.legacy.get_param("name")
    names = {str(part.legacy.get_filename()), str(disposition.params.get("filename")), _decoded(str(kind))}
    if names != {name}:
        yield f"the attachment {name!r} is named {sorted(names)}"
    if part.legacy.get_content_disposition() != "attachment" or _body(part) != attachment.content:
        yield f"the attachment {name!r} is another file"


# --- taken apart -----------------------------------------------------------------

_MODERN = HeaderParser(policy=policy.default)
_LEGACY = HeaderParser(policy=policy.compat32)


def _part(data: bytes) -> _Part:
    head, found, body = data.partition(b"\r\n\r\n")
    if not found:
        raise _FaultyError("a part has no body")
    # Other letters than ASCII stand in addresses, as UTF-8 (RFC 6532).
    text = head.decode()
    return _Part(text, tuple(_names(head)), _LEGACY.parsestr(text), body)


def _names(head: bytes) -> Iterator[str]:
    """The names of headers in the order in which they stand."""
    for line in head.split(b"\r\n"):
        if line[:1] in (b" ", b"\t"):
            continue
        begin = _FIELD.match(line + b"\r")
        if begin is None:
            raise _FaultyError(f"{line!r} is no header")
        yield begin[1].decode()


def _parts(part: _Part, count: int) -> tuple[_Part, ...]:
    """The parts between the boundaries of a part, so many as there should be (RFC 2046, 5.1.1)."""
    boundary = part.legacy.get_boundary()
    if not boundary:
        raise _FaultyError(f"{part.type} has no boundary")
    opened, *pieces = (b"\r\n" + part.body).split(b"\r\n--" + boundary.encode())
    *inner, end = pieces or [b""]
    if opened.strip() or end.rstrip() != b"--" or len(inner) != count or any(each[:2] != b"\r\n" for each in inner):
        raise _FaultyError(f"{part.type} has not the {count} parts that it should have")
    return tuple(_part(each[2:] + b"\r\n") for each in inner)


def _body(part: _Part) -> bytes:
    """The content of a part; base64 that is not strictly so is none, nor is one in longer lines."""
    if str(part.legacy["Content-Transfer-Encoding"]) != "base64":
        raise _FaultyError(f"a part is not in base64 but in {part.legacy['Content-Transfer-Encoding']}")
    if max(map(len, part.body.split(b"\r\n"))) > _LINE_OF_BODY:
        raise _FaultyError(f"a body has a line of more than {_LINE_OF_BODY} octets")
    return binascii.a2b_base64(part.body.replace(b"\r\n", b""), strict_mode=True)
