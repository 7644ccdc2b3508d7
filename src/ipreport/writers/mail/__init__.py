"""A document as a mail: subject, plain text and HTML, with its summary and key figures; the rest is in the attachment.

    bodies = write(document, occasion, style)

Both bodies say the same: `content` settles what, `plain` and `page` give it form.

    bodies = write_notice(built(issue), colours)

is what the approver is told: `notice` settles what, `notice_page` gives it form.
"""

from __future__ import annotations

from ipreport.document import Document
from ipreport.style import Style
from ipreport.writers.mail.bodies import Bodies
from ipreport.writers.mail.content import Attached, Occasion, content_of, key_figures
from ipreport.writers.mail.notice import (
    AcceptedFinding,
    BuiltEdition,
    BuiltIssue,
    Failure,
    Notice,
    Place,
    built,
    failed,
)
from ipreport.writers.mail.notice_page import write_notice
from ipreport.writers.mail.page import page
from ipreport.writers.mail.plain import plain
from ipreport.writers.mail.subject import file_name, subject

__all__ = [
    "AcceptedFinding",
    "Attached",
    "Bodies",
    "BuiltEdition",
    "BuiltIssue",
    "Failure",
    "Notice",
    "Occasion",
    "Place",
    "built",
    "failed",
    "file_name",
    "key_figures",
    "write",
    "write_notice",
]


def write(document: Document, occasion: Occasion, style: Style) -> Bodies:
    """The mail that brings `document` on this `occasion`, in the colours of `style`. The same in, the same out."""
    title, content = subject(document, occasion), content_of(document, occasion)
    return Bodies(title, plain(content), page(content, title, style.colours))
