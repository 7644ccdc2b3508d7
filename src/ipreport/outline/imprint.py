"""Whom an issue goes to, and what stands at the foot of its last page (版记)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ipreport.language import Language, Localized
from ipreport.outline.edition import Edition
from ipreport.problems import Origin


class Terms(StrEnum):
    """On which terms recipients are given an issue; in the order in which they are printed."""

    REPORT_TO = "report_to"
    """报: to those above."""
    COPY_TO = "copy_to"
    """送: to those beside."""
    DISTRIBUTE_TO = "distribute_to"
    """发: to those below."""


class Attachment(StrEnum):
    """What a mail brings along."""

    PDF = "pdf"
    DOCX = "docx"


@dataclass(frozen=True, slots=True)
class Recipient:
    """An office or a person that an issue goes to; named in the issue unless it is not to be `printed`.

    One with an `address` gets the `edition` by mail, with these `attachments`. Its words are in the
    `languages` of the edition, in this order. A `variant` is the folder, beside this briefing's, of the briefing of the
    recipient's own region, whose files are mailed in place of this one's.
    """

    name: Localized
    origin: Origin
    printed: bool = True
    address: str | None = None
    edition: Edition = Edition.BILINGUAL
    languages: tuple[Language, ...] = ()
    attachments: tuple[Attachment, ...] = (Attachment.PDF,)
    variant: str = ""


@dataclass(frozen=True, slots=True)
class RecipientGroup:
    """Those whom an issue goes to on the same terms, in the order of the file."""

    terms: Terms
    recipients: tuple[Recipient, ...]


@dataclass(frozen=True, slots=True)
class ImprintSpec:
    """What the imprint says beside the recipients.

    Without `issuer` it is that of the masthead, without `date` the briefing's. `copies` is
    how many are printed; `signed_by` has approved the issue, `edited_by` has edited it.
    """

    issuer: Localized | None = None
    date: date | None = None
    copies: int | None = None
    signed_by: Localized | None = None
    edited_by: Localized | None = None
