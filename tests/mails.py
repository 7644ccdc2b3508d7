"""Mails to try things on, and how any program may read them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from ipreport.delivery.mail import Attachment, Inline, Mail, Mailbox
from ipreport.language import EN, ZH

MOMENT = datetime(2025, 10, 15, 9, 30, tzinfo=timezone(timedelta(hours=8)))
LATER = datetime(2025, 10, 15, 9, 30, 7, tzinfo=UTC)
KEY = "0123456789abcdef" * 4
PDF = bytes(range(256)) * 40
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SUBJECT = "【知识产权工作简报】2025年第3期（第三季度）／IP Briefing Q3 2025"
NAME = "知识产权工作简报（2025年第3期，中英文）.pdf"
CARDS = "cards.0123456789abcdef@office.example"
HTML = f'<html lang="zh-CN"><body>要点<img src="cid:{CARDS}" /></body></html>'
HEADERS = [
    "From", "To", "Reply-To", "Subject", "Date", "Message-ID", "Content-Language", "Auto-Submitted",
    "X-Auto-Response-Suppress", "MIME-Version", "Content-Type",
]  # fmt: skip


def sample(**changes: Any) -> Mail:
    """A mail with a picture and two attachments."""
    fields: dict[str, Any] = {
        "key": KEY,
        "sender": Mailbox("briefing@office.example", "示例省知识产权局"),
        "recipient": Mailbox("reports@national.example", "上级知识产权主管部门（示例）"),
        "reply_to": Mailbox("desk@office.example", 'IP Desk, "Sample"'),
        "subject": SUBJECT,
        "text": "要点\n第二行\n",
        "html": HTML,
        "languages": (ZH, EN),
        "pictures": (Inline(CARDS, b"\x89PNG\r\n\x1a\n" * 30),),
        "attachments": (
            Attachment(NAME, "illustrative-2025Q3.bilingual.pdf", PDF),
            Attachment("Briefing.docx", "illustrative-2025Q3.bilingual.docx", b"PK" * 99, DOCX),
        ),
    }
    return Mail(**{**fields, **changes})


def head(data: bytes) -> bytes:
    """The bytes before the first blank line."""
    return data.partition(b"\r\n\r\n")[0]


def names(data: bytes) -> list[str]:
    """The names of the headers of a message, as its bytes have them."""
    return [line.partition(b":")[0].decode() for line in head(data).split(b"\r\n") if line[:1] not in b" \t"]


def unfolded(data: bytes, name: str) -> str:
    """The value of a header in one line."""
    whole = head(data).replace(b"\r\n ", b" ").split(b"\r\n")
    (line,) = (each for each in whole if each.startswith(f"{name}:".encode()))
    return line.partition(b":")[2].strip().decode()
