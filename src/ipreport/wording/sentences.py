"""Running text cut into sentences and clauses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from ipreport.language import Language

# A stop inside a number or an abbreviation ends nothing: 7.52, No. 3, e.g. this.
_ENDS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "zh": re.compile(r"(?<=[。！？])(?![”’」』）])|(?<=[。！？][”’」』）])|\n"),
        "en": re.compile(r"(?<=[.!?])(?<!\bNo\.)(?<!\b[a-zA-Z]\.)\s+|(?<=[.!?][”’\")])\s+|\n"),
    }
)
_CLAUSES: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {"zh": re.compile(r"[，；。：！？\n]"), "en": re.compile(r"[;:!?\n]|,(?!\d)|\.(?!\d)")}
)


def sentences_of(text: str, language: Language) -> tuple[str, ...]:
    """The sentences of a text, empty ones left out."""
    parts = (part.strip() for part in _ENDS[language.code].split(text))
    return tuple(part for part in parts if part)


def clauses_of(text: str, language: Language) -> tuple[str, ...]:
    """The clauses of a text, between its commas and stops."""
    parts = (part.strip() for part in _CLAUSES[language.code].split(text))
    return tuple(part for part in parts if part)
