"""A document as a mail: subject, plain text and HTML, with its summary and key figures; the rest is in the attachment.

    bodies = write(document, occasion, style)

Both bodies say the same: `content` settles what, `plain` and `page` give it form.
"""

from __future__ import annotations

from dataclasses import dataclass

from ipreport.document import Document
from ipreport.style import Style
from ipreport.writers.mail.content import Attached, Occasion, content_of, key_figures
from ipreport.writers.mail.page import page
from ipreport.writers.mail.plain import plain
from ipreport.writers.mail.subject import file_name, subject

__all__ = ["Attached", "Bodies", "Occasion", "file_name", "key_figures", "write"]


@dataclass(frozen=True, slots=True)
class Bodies:
    """What a mail says: its subject, its plain text, and the same as an HTML document."""

    subject: str
    text: str
    html: str


def write(document: Document, occasion: Occasion, style: Style) -> Bodies:
    """The mail that brings `document` on this `occasion`, in the colours of `style`. The same in, the same out."""
    title, content = subject(document, occasion), content_of(document, occasion)
    return Bodies(title, plain(content), page(content, title, style.colours))
