"""What a mail and its attachments are called."""

from __future__ import annotations

import re

from ipreport.document import Document, Texts
from ipreport.language import ZH, Language, Localized
from ipreport.writers.mail.content import Occasion
from ipreport.writers.mail.words import CORRECTION

_YEAR = re.compile(r"\d{4}年")
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_LONGEST_NAME = 124
"""Bytes of what a file is called with its ending: programs that unpack mail at gateways cut it at 128 (ripMIME)."""
_IN_BOTH = Localized("中英文", "Chinese and English")


def subject(document: Document, occasion: Occasion) -> str:
    """Name, issue and period: 【知识产权工作简报】2025年第3期（第三季度）／IP Work Briefing Q3 2025.

    The language that leads says everything, the others what finds the mail. A correction says so in each.
    """
    languages = occasion.order(document)
    parts = (_titled(document, occasion, language, leads=language is languages[0]) for language in languages)
    return ("／" if languages[0] is ZH else " / ").join(dict.fromkeys(parts))


def file_name(document: Document, ending: str) -> str:
    """What the attached file is called, in the first language of its edition: 知识产权工作简报（2025年第3期）.pdf."""
    languages, head = document.meta.languages, document.masthead
    name, issue = (_in(texts, languages[0]) for texts in (head.name, head.issue))
    zh = languages[0] is ZH
    inside = [issue] if issue else []
    inside += [_IN_BOTH[languages[0]]] if len(languages) > 1 else []
    behind = f"（{'，'.join(inside)}）" if zh else f" ({', '.join(inside)})"
    words = f"{name}{behind if inside else ''}"
    room = _LONGEST_NAME - len(f".{ending}")
    safe = _NOT_IN_NAMES.sub("-", words).encode()[:room].decode(errors="ignore").strip(" .-")
    return f"{safe}.{ending}"


def _titled(document: Document, occasion: Occasion, language: Language, *, leads: bool) -> str:
    head = document.masthead
    name, issue = _in(head.name, language), _in(head.issue, language)
    period = occasion.period[language] if occasion.period is not None else ""
    if language is ZH:
        year = _YEAR.match(issue)
        within = period.removeprefix(year[0]) if year else period
        title = f"【{name}】{issue}{f'（{within}）' if within and within not in issue else ''}"
    elif leads:
        number = f"{issue} ({period})" if issue and period and period not in issue else issue or period
        title = f"{name}: {number}" if number else name
    else:
        number = period or issue
        title = f"{name}{' ' if period and not period[0].islower() else ', '}{number}" if number else name
    if occasion.correction is None:
        return title
    return f"{CORRECTION[language]}：{title}" if language is ZH else f"{CORRECTION[language]}: {title}"


def _in(texts: Texts, language: Language) -> str:
    """The text in a language, or the one that serves all."""
    return next((each.plain() for each in texts if each.language is language), texts[0].plain() if texts else "")
