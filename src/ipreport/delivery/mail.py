"""What a mail says and carries, before it is bytes; and what may not stand in its fields.

A field that goes into a header may hold no control character, no half of a surrogate pair, no line
separator and no “=?”, with which an encoded word begins (RFC 2047, 2): mail programs, and Python up to
3.11.9, decode one wherever it stands, and what it hides may be another header (CVE-2024-6923).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ipreport.language import Language
from ipreport.problems import Origin, Problem, ReportError, block


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Somebody who sends or gets mail: an address, and the name that stands before it, which may be empty."""

    address: str
    name: str = ""

    @property
    def domain(self) -> str:
        """What stands behind the @."""
        return self.address.rpartition("@")[2]


@dataclass(frozen=True, slots=True)
class Inline:
    """A picture that the HTML shows as `cid:` and its `content_id`, which looks like an address (RFC 2392)."""

    content_id: str
    content: bytes = field(repr=False)
    type: str = "image/png"

    @property
    def name(self) -> str:
        """The name of its file, such as cards.png; programs list a picture without one as untitled."""
        return f"{re.split(r'[.@]', self.content_id)[0]}.{self.type.partition('/')[2]}"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that is sent along: its name for people, and one in ASCII for mail programs that garble others."""

    name: str
    ascii_name: str
    content: bytes = field(repr=False)
    type: str = "application/pdf"


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail to one recipient, all of it but the moment.

    `key` is the SHA-256, in hexadecimal, of what the mail is: Message-ID and boundaries follow from it.
    `languages` are those of its text in reading order. With `ascii_names` attachments go by their names
    in ASCII.
    """

    key: str
    sender: Mailbox
    recipient: Mailbox
    subject: str
    text: str = field(repr=False)
    html: str = field(repr=False)
    languages: tuple[Language, ...]
    reply_to: Mailbox | None = None
    pictures: tuple[Inline, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    ascii_names: bool = False

    @property
    def mailboxes(self) -> dict[str, Mailbox]:
        """Everybody in the headers, by the name of the header."""
        found = {"From": self.sender, "To": self.recipient}
        return found if self.reply_to is None else {**found, "Reply-To": self.reply_to}

    @property
    def needs_smtputf8(self) -> bool:
        """Whether an address has other letters than ASCII before its @.

        Such a mail has its addresses as UTF-8 (RFC 6532), and goes only to a server that offers SMTPUTF8 (RFC 6531).
        """
        return not all(mailbox.address.isascii() for mailbox in self.mailboxes.values())

    def name_of(self, attachment: Attachment) -> str:
        """The name that an attachment goes by."""
        return attachment.ascii_name if self.ascii_names else attachment.name


LONGEST_SUBJECT = 250
LONGEST_NAME = 120
"""In characters, of people and of files: more than 255 bytes no file system takes."""
LONGEST_LOCAL_PART, LONGEST_ADDRESS = 64, 254
"""In bytes (RFC 5321, 4.5.3.1; the latter is what remains of a path of 256 without its brackets)."""

_KEY = re.compile(r"[0-9a-f]{64}")
_ATEXT = r"[0-9A-Za-z!#$%&'*+/=?^_`{|}~\-\u0080-\U0010ffff]+"
_LOCAL_PART = re.compile(rf"{_ATEXT}(?:\.{_ATEXT})*")
_LABEL = r"(?!-)[0-9A-Za-z-]{1,63}(?<!-)"
_DOMAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_TYPE = re.compile(r"[a-z]+/[a-z0-9][a-z0-9.+-]{0,80}")
_CONTENT_ID = re.compile(rf"[0-9A-Za-z][0-9A-Za-z._-]{{0,63}}@{_LABEL}(?:\.{_LABEL})*")
_SHOWN = re.compile(r"""=\s*["']cid:([^"']*)""")
"""What attributes show. Text may say “cid:” as well: quotation marks in it are written as references."""
_NOT_PLAIN = re.compile(r"[^0-9A-Za-z._-]+")
_IN_FILE_NAMES = frozenset('<>:"/\\|?*')
_UNSEEN = {"Cc": "a control character", "Cs": "half of a character", "Zl": "a line break", "Zp": "a line break"}
_TURNED = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_DEVICES = re.compile(r"(?:CON|PRN|AUX|NUL|COM\d|LPT\d)(?:\..*)?", re.IGNORECASE)
_EXAMPLE = "write it like name@office.example"


def ascii_file_name(briefing: str, issue: str, edition: str, ending: str) -> str:
    """A name in ASCII for a file, such as haixi-issue-1.zh.pdf; other letters are left out and not transliterated."""
    parts = (_NOT_PLAIN.sub("", part).strip("-.") for part in (briefing, issue))
    return f"{'-'.join(filter(None, parts)) or 'briefing'}.{edition}.{ending}"


def content_id(name: str, mail_key: str, domain: str) -> str:
    """The content id of a picture in the mail with this key from a sender at `domain`."""
    return f"{name}.{mail_key[:16]}@{domain}"


def check(mail: Mail, origin: Origin | None = None) -> None:
    """ReportError with everything in a mail's fields that may not stand there; `origin` is where they come from."""
    found = [block(message, origin, hint) for message, hint in _refusals(mail)]
    if found:
        raise ReportError(found)


def address_problems(address: str, what: str, origin: Origin | None = None) -> tuple[Problem, ...]:
    """Why no mail can go to `address` or come from it; `what` names it in messages. Nothing where one can."""
    return tuple(block(message, origin, hint) for message, hint in _of_address(what, address))


def _refusals(mail: Mail) -> Iterator[tuple[str, str]]:
    """Message and hint of everything that is refused."""
    if not _KEY.fullmatch(mail.key):
        yield "the key of a mail is no SHA-256 in hexadecimal", ""
    for header, mailbox in mail.mailboxes.items():
        yield from _of_words(f"the name in {header}", mailbox.name, LONGEST_NAME)
        yield from _of_address(f"the address in {header}", mailbox.address)
    yield from _of_words("the subject", mail.subject, LONGEST_SUBJECT)
    if not mail.subject.strip():
        yield "the subject is empty", ""
    for what, body in (("text", mail.text), ("HTML", mail.html)):
        if any(unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\t" for character in body):
            yield f"the {what} of the mail has a control character", ""
    yield from _of_parts(mail)


def _of_parts(mail: Mail) -> Iterator[tuple[str, str]]:
    for picture in mail.pictures:
        if not _CONTENT_ID.fullmatch(picture.content_id) or not _TYPE.fullmatch(picture.type):
            named, kind = _printed(picture.content_id), _printed(picture.type)
            yield f"a picture cannot be named '{named}' or be of the type '{kind}'", ""
    if sorted(picture.content_id for picture in mail.pictures) != sorted(set(_SHOWN.findall(mail.html))):
        yield "the pictures of the mail are not those that its HTML shows", ""
    names = [mail.name_of(attachment) for attachment in mail.attachments]
    for attachment in mail.attachments:
        yield from _of_file_name(attachment.name)
        yield from _of_file_name(attachment.ascii_name)
        if not attachment.ascii_name.isascii():
            yield f"'{_printed(attachment.ascii_name)}' is not the name of a file in ASCII", ""
        if not _TYPE.fullmatch(attachment.type):
            yield f"a file cannot be of the type '{_printed(attachment.type)}'", ""
    if len(set(names)) < len(names):
        yield "two attachments have the same name", "give each a name of its own"


def _of_words(what: str, words: str, longest: int) -> Iterator[tuple[str, str]]:
    """What may not stand in words that become a header."""
    if "=?" in words:
        yield f"{what} has '=?', which mail programs take for the beginning of an encoded word", "write it another way"
    for character in dict.fromkeys(words):
        kind = _UNSEEN.get(unicodedata.category(character)) or ("a turn of direction" if character in _TURNED else None)
        if kind is not None:
            yield f"{what} has {kind} (U+{ord(character):04X})", "delete it: it cannot be seen, and can hide something"
    if len(words) > longest:
        yield f"{what} has {len(words)} characters, and at most {longest} may stand there", "shorten it"
    if words != words.strip():
        yield f"{what} begins or ends with a space", "delete the space"


def _of_address(what: str, address: str) -> Iterator[tuple[str, str]]:
    unseen = [*_of_words(what, address, LONGEST_ADDRESS)]
    yield from unseen
    local, at, domain = address.rpartition("@")
    if unseen or not at:
        if not unseen:
            yield f"{what} is '{_printed(address)}', which is no address", _EXAMPLE
        return
    shown = _printed(address)
    if not _LOCAL_PART.fullmatch(local) or any(unicodedata.category(each)[0] in "CZ" for each in local):
        yield f"{what} is '{shown}', and before its @ may stand letters, digits and single dots", _EXAMPLE
    if not domain.isascii():
        hint = "write the domain in its form for mail, which begins with xn--"
        yield f"{what} is '{shown}', whose domain has other letters than ASCII", hint
    elif not _DOMAIN.fullmatch(domain):
        yield f"{what} is '{shown}', and behind its @ no domain stands", _EXAMPLE
    if len(local.encode()) > LONGEST_LOCAL_PART or len(address.encode()) > LONGEST_ADDRESS:
        yield f"{what} is '{shown}', which is longer than addresses may be", _EXAMPLE


def _of_file_name(name: str) -> Iterator[tuple[str, str]]:
    """What may not stand in the name of a file on any system that mail is read on."""
    what = f"the name of the attachment '{_printed(name)}'"
    yield from _of_words(what, name, LONGEST_NAME)
    if set(name) & _IN_FILE_NAMES:
        yield f"{what} has one of the characters {' '.join(sorted(_IN_FILE_NAMES))}", "leave it out"
    if not Path(name).stem or name.startswith((".", "-")) or name.endswith(".") or _DEVICES.fullmatch(name):
        yield f"{what} is none that every system takes", "write it like briefing-2025Q3.pdf"
    if len(name.encode("utf-8", "replace")) > 255:
        yield f"{what} has more than 255 bytes", "shorten it"


def _printed(words: str) -> str:
    """Words for a message, with a sign for each character that cannot be seen or moves a terminal's cursor."""
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in words)
