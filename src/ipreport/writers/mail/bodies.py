"""What a mail says, in the forms that it says it in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bodies:
    """What a mail says: its subject, its plain text, and the same as an HTML document."""

    subject: str
    text: str
    html: str
