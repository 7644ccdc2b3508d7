"""Words by which a text says that something went up or down (DOMAIN §3, pairs 19, 20, 28, 34)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ipreport.language import Language
from ipreport.wording.reading import Trend

# Verbs of movement only: 提高 is one, “higher” and “lower” compare. “up” and “down” count
# beside a number, where they are no part of another verb (set up, broken down).
_FORMS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "zh": re.compile(
            r"(?P<UP>增长|上升|提高|增加|上涨|提升|增至|升至|增到|升到)"
            r"|(?P<DOWN>下降|减少|降低|回落|下滑|下跌|缩减|降至|减至|降到|减到|跌至)"
        ),
        "en": re.compile(
            r"\b(?:(?P<UP>(?:rose|risen|rises?|rising|increas(?:ed|es|e|ing)|grew|grown|grow(?:s|ing|th)?|climb(?:ed|s))\b"
            r"|up (?:by |from |about )?(?=[\d\ue100-\uf8ff]))"
            r"|(?P<DOWN>(?:fell|fallen|falls?|falling|decreas(?:ed|es|e|ing)|declin(?:ed|es|e|ing)|drop(?:ped|s)?"
            r"|dropping|shrank|shrunk|reduc(?:ed|es|e|ing|tions?))\b"
            r"|down (?:by |from |about )?(?=[\d\ue100-\uf8ff])))",
            re.IGNORECASE,
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Moved:
    """A word of direction in a text, and where it stands."""

    trend: Trend
    word: str
    start: int
    end: int


def directions_in(text: str, language: Language) -> tuple[Moved, ...]:
    """The words of direction in the order in which they stand."""
    return tuple(
        Moved(Trend[found.lastgroup or ""], found[0].strip(), found.start(), found.end())
        for found in _FORMS[language.code].finditer(text)
    )
