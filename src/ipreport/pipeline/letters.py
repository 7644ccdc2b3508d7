"""The letters of an approved issue: one to each recipient with an address, written when its turn comes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from email.parser import BytesParser
from email.policy import compat32
from pathlib import Path
from urllib.parse import quote

from ipreport.delivery import PARTING, Correction, Letter
from ipreport.delivery.mail import Attachment, Inline, Mail, Mailbox, content_id
from ipreport.delivery.message import message_id
from ipreport.delivery.message import write as write_message
from ipreport.document import Document
from ipreport.figures import cards_picture
from ipreport.language import Language
from ipreport.outline import Attachment as Wanted
from ipreport.outline import AttachmentName, DeliverySpec, Edition, Outline, Recipient
from ipreport.pipeline.checked import Checked
from ipreport.pipeline.issued import Issued
from ipreport.pipeline.story import document_of
from ipreport.problems import Origin, ReportError, block
from ipreport.wording import show_period
from ipreport.writers import mail

_TYPES = {
    Wanted.PDF: "application/pdf",
    Wanted.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


_LONGEST_NAME = 200
"""Bytes of a file's name, of which most systems take 255."""


def file_name(letter: Letter) -> str:
    """The name of the file that a letter is written to: its address, as every system can have it in a name."""
    name = quote(letter.address, safe="@+ !#$&'=^`{}~")
    return f"{name if len(name) <= _LONGEST_NAME else f'{name[:_LONGEST_NAME]}-{letter.key[:12]}'}.eml"


def leftovers(folder: Path, kept: Collection[Path], keys: Iterable[str]) -> tuple[Path, ...]:
    """The mails in `folder` that an earlier look wrote, of letters with these `keys`, and that are not `kept`.

    Raises ReportError where there are mails that no look has written.
    """
    own = {_id_of(key) for key in keys}
    former = [path for path in sorted(folder.glob("*.eml")) if path not in kept]
    problems = [
        block("this mail is none of those that are written here", Origin(path.as_posix()), "name another folder")
        for path in former
        if _message_id(path) not in own
    ]
    if problems:
        raise ReportError(problems)
    return tuple(former)


def _message_id(file: Path) -> str:
    """The Message-ID of a mail in a file up to its @; empty where there is none."""
    try:
        with file.open("rb") as stream:
            return str(BytesParser(policy=compat32).parse(stream, headersonly=True)["Message-ID"]).partition("@")[0]
    except OSError:
        return ""


def _id_of(key: str) -> str:
    return message_id(key, "").partition("@")[0]


class Post:
    """Makes letters with the files of one built briefing; what recipients of one edition share is made once.

    They are of the `issue` that is mailed: the briefing's own, or that of the one which it is a variant of.
    """

    def __init__(self, issue: Outline, ready: Checked, found: Issued, spec: DeliverySpec) -> None:
        self._issue, self._ready, self._found, self._spec = issue, ready, found, spec
        self._documents: dict[Edition, Document] = {}
        self._pictures: dict[tuple[Edition, tuple[Language, ...]], bytes] = {}

    def digest(self, recipient: Recipient) -> str:
        """The SHA-256 of the PDF that a recipient gets, and behind a + that of the Word file that comes along."""
        edition, files = recipient.edition, self._found.files[recipient.edition]
        return PARTING.join(files[self._file(edition, kind)] for kind in Wanted if kind in recipient.attachments)

    def letter(self, recipient: Recipient, correction: Correction, document: str) -> Letter:
        """The letter to a recipient; `document` is the digest by which it is known."""
        outline, address = self._issue, recipient.address or ""
        identity = (outline.name, outline.issue_slug, recipient.edition, address.lower(), document, correction.number)
        key = hashlib.sha256("\n".join(map(str, identity)).encode("utf-8")).hexdigest()
        return Letter(
            key=key,
            briefing=outline.name,
            issue=outline.issue_slug,
            edition=recipient.edition.value,
            address=address,
            name=self._name(recipient),
            document=document,
            correction=correction.number,
            write=self._writer(key, recipient, correction),
        )

    def _writer(self, key: str, recipient: Recipient, correction: Correction) -> Callable[[datetime], bytes]:
        def write(moment: datetime) -> bytes:
            return write_message(self._mail(key, recipient, correction), moment, recipient.origin).data

        return write

    def _mail(self, key: str, recipient: Recipient, correction: Correction) -> Mail:
        document, attached = self._document(recipient.edition), self._attached(recipient)
        spec, languages = self._spec, recipient.languages or recipient.edition.languages
        period = self._ready.content.outline.period
        picture = self._picture(recipient.edition, languages)
        shown = content_id("cards", key, Mailbox(spec.address).domain) if picture else ""
        occasion = mail.Occasion(
            languages=languages,
            attached=tuple(
                mail.Attached(self._shown_name(each), len(each.content), hashlib.sha256(each.content).hexdigest())
                for each in attached
            ),
            period=show_period(period) if period.known else None,
            picture=shown,
            reply_to=spec.reply_to or "",
            correction=correction.reason,
            encrypted=self._encrypted,
        )
        style = self._ready.formats.style_of(document)
        bodies = mail.write(document, occasion, style)
        return Mail(
            key=key,
            sender=Mailbox(spec.address, spec.sender[languages[0]]),
            recipient=Mailbox(recipient.address or "", self._name(recipient)),
            subject=bodies.subject,
            text=bodies.text,
            html=bodies.html,
            languages=languages,
            reply_to=None if spec.reply_to is None else Mailbox(spec.reply_to),
            pictures=(Inline(shown, picture),) if picture else (),
            attachments=attached,
            ascii_names=spec.attachment_name is AttachmentName.ASCII,
        )

    @property
    def _encrypted(self) -> bool:
        """Whether only who has a password reads the PDF: then no mail, which lies about in the clear, tells of it."""
        return bool(self._ready.content.outline.pdf.password)

    def _shown_name(self, attachment: Attachment) -> str:
        ascii_names = self._spec.attachment_name is AttachmentName.ASCII
        return attachment.ascii_name if ascii_names else attachment.name

    def _attached(self, recipient: Recipient) -> tuple[Attachment, ...]:
        document = self._document(recipient.edition)
        return tuple(
            Attachment(mail.file_name(document, kind.value), name, self._found.contents[name], _TYPES[kind])
            for kind in recipient.attachments
            for name in (self._file(recipient.edition, kind),)
        )

    def _file(self, edition: Edition, kind: Wanted) -> str:
        return next(name for name in self._found.files[edition] if name.endswith(f".{kind}"))

    def _document(self, edition: Edition) -> Document:
        if edition not in self._documents:
            self._documents[edition] = document_of(self._ready, edition)
        return self._documents[edition]

    def _picture(self, edition: Edition, languages: tuple[Language, ...]) -> bytes:
        """The key figures of an edition as a picture; empty where it has none, or they are not to be read by others."""
        if self._encrypted:
            return b""
        if (edition, languages) not in self._pictures:
            cards, formats = mail.key_figures(self._document(edition)), self._ready.formats
            style = formats.style_of(self._document(edition))
            made = b"" if cards is None else cards_picture(cards.cards, languages, style, formats.faces, formats.cache)
            self._pictures[edition, languages] = made
        return self._pictures[edition, languages]

    def _name(self, recipient: Recipient) -> str:
        return recipient.name[(recipient.languages or recipient.edition.languages)[0]]
