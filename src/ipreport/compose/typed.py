"""Digits that stand in a text without being data: dates, names, standards, numbers of what is counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import MappingProxyType

from ipreport.document import NotData
from ipreport.language import Language

_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December"  # as the engine writes them
)
_FORMS = MappingProxyType(
    {
        "zh": re.compile(
            r"(?P<NAME>《[^》]*》|“[^”]*”)"
            r"|(?P<DATE>\d{4}年(?:\d{1,2}月?—(?:\d{4}年)?\d{1,2}月|\d{1,2}月(?:\d{1,2}日|底)?)?"
            r"|(?:\d{1,2}—)?\d{1,2}月(?:\d{1,2}日|底)?)"
            r"|(?P<STANDARD>[A-Z]{2,}[/A-Za-z .-]*\d+(?:[-—:.]\d+)*)"
            r"|(?P<ISSUE>第\d+期)"
            r"|(?P<LABEL>\[\d+\]|第\d+[条号])"
        ),
        "en": re.compile(
            r"(?P<NAME>“[^”]*”|\b[Pp]er 10,000\b)"
            rf"|(?P<DATE>\b(?:\d{{1,2}} )?(?:{_MONTHS})(?: \d{{4}})?|\b(?:19|20)\d\d\b|\bQ[1-4]\b)"
            r"|(?P<STANDARD>\b[A-Z]{2,}[/A-Za-z.-]* ?\d+(?:[-—:.]\d+)*)"
            r"|(?P<LABEL>\[\d+\])"
        ),
    }
)


def named(written: str, language: Language) -> Iterator[tuple[int, int, NotData]]:
    """The stretches of a text that may hold digits without being data: start, end, what they are."""
    for found in _FORMS[language.code].finditer(written):
        yield found.start(), found.end(), NotData[found.lastgroup or ""]
