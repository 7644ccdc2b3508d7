"""Mails of the shipped briefings, as they would be sent."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from xml.etree import ElementTree

from ipreport.document import Cards, Document, Paragraph, ParagraphRole, SideBySide, Span, Text
from ipreport.language import EN, ZH, Localized
from ipreport.writers import mail
from ipreport.writers.mail import Attached, Occasion
from mails import CARDS

DIGEST = "0123456789abcdef" * 4
REPLY = "desk@office.example"
QUARTER = Localized("2025年第三季度", "Q3 2025")
REASON = Localized("第2页表1的数字有误", "A number of table 1 on page 2 was wrong")


def occasion(document: Document, **changes: object) -> Occasion:
    """An occasion with a picture and the attached PDF."""
    files = (Attached(mail.file_name(document, "pdf"), 1_234_567, DIGEST),)
    usual = Occasion((ZH, EN), files, QUARTER, CARDS, REPLY)
    return replace(usual, **changes)  # type: ignore[arg-type]


def tree(html: str) -> ElementTree.Element:
    """The HTML as XML, which it is as well."""
    return ElementTree.fromstring(html.removeprefix("<!DOCTYPE html>\n"))  # noqa: S314 - our own


def body(html: str) -> ElementTree.Element:
    found = tree(html).find("body")
    assert found is not None
    return found


def shown_texts(document: Document) -> list[Text]:
    """The texts of a document that its mail has: of the summary, and of the first cards."""
    found: list[Text] = []
    for block in document.blocks:
        if isinstance(block, Paragraph) and block.role is ParagraphRole.SUMMARY:
            found.append(block.text)
        elif isinstance(block, SideBySide) and block.role is ParagraphRole.SUMMARY:
            found += block.texts
    cards = next((block for block in document.blocks if isinstance(block, Cards)), None)
    for card in cards.cards if cards is not None else ():
        found += (*card.label, *card.value, *card.detail)
    return found


def told_trends(document: Document) -> list[Text]:
    """The trend lines on the first cards of a document, in words."""
    cards = next((block for block in document.blocks if isinstance(block, Cards)), None)
    drawn = (card.trend for card in (cards.cards if cards is not None else ()))
    return [each for trend in drawn if trend is not None for each in trend.alt]


def values(texts: list[Text]) -> list[str]:
    """The values in texts as they are shown."""
    spans = (inline for text in texts for inline in text.inlines if isinstance(inline, Span))
    return [span.text for span in spans if span.value_key is not None]


def with_picture(html: str, png: bytes) -> str:
    """The HTML with its picture inside, as a mail program shows it."""
    return html.replace(f"cid:{CARDS}", f"data:image/png;base64,{base64.b64encode(png).decode()}")


def for_outlook(html: str) -> str:
    """The HTML as Outlook for Windows reads it, to which what is in conditional comments is none."""
    return re.sub(r"<!--\[if mso\]>|<!\[endif\]-->", "", html)


def without_sheet(html: str) -> str:
    """What programs leave that drop style sheets and what the head says of colours."""
    return re.sub(r"<style>.*?</style>|<meta name=\"(color-scheme|supported-color-schemes)\"[^>]*>", "", html)
