"""The qualifier that stands beside a number in a text (DOMAIN §3, zh qualifiers; rule R12)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from ipreport.language import Language
from ipreport.wording.found import Bound, Class, Found

_Forms = tuple[tuple[re.Pattern[str], Bound], ...]

_BEFORE: Mapping[str, _Forms] = MappingProxyType(
    {
        "zh": (
            (re.compile(r"(?:不超过|不多于|最多|不足|不到|(?<![最附临新邻])近|接近)$"), Bound.BELOW),
            (re.compile(r"(?:超过|突破|超|逾|不少于|不低于|至少)$"), Bound.ABOVE),
            (re.compile(r"(?:大约|(?<![签合条公预节契履违缔])约)$"), Bound.ABOUT),
            (re.compile(r"约[为占合是][^，。；]{0,24}$"), Bound.ABOUT),
        ),
        "en": (
            (
                re.compile(
                    r"\b(?:no more than|not more than|at most|up to|less than|fewer than|nearly|almost) $",
                    re.IGNORECASE,
                ),
                Bound.BELOW,
            ),
            (
                re.compile(
                    r"\b(?:no less than|no fewer than|at least|over|more than|in excess of|exceed(?:s|ed|ing)?) $",
                    re.IGNORECASE,
                ),
                Bound.ABOVE,
            ),
            (re.compile(r"\b(?:about|around|approximately|roughly|some) $", re.IGNORECASE), Bound.ABOUT),
        ),
    }
)
"""Words directly before a number; the first pattern that fits decides (不超过 holds 超过)."""

_AFTER: Mapping[str, _Forms] = MappingProxyType(
    {
        "zh": (
            (re.compile(r"^(?:多|余|[件个家项户人笔次例]?以上)"), Bound.ABOVE),
            (re.compile(r"^[件个家项户人笔次例]?左右"), Bound.ABOUT),
            (re.compile(r"^[件个家项户人笔次例]?以[下内]"), Bound.BELOW),
        ),
        "en": ((re.compile(r"^ or more\b"), Bound.ABOVE), (re.compile(r"^ or (?:less|fewer)\b"), Bound.BELOW)),
    }
)
_STRETCH = re.compile(r"^(?:年|个?月|天|日|周)")
"""近3年 is a stretch of time and no amount that is nearly reached."""


def bounds_beside(before: str, after: str, language: Language) -> tuple[Bound, ...]:
    """The qualifiers directly before and behind a number, given the text on both sides of it."""
    found = [next((bound for pattern, bound in _BEFORE[language.code] if pattern.search(before)), None)]
    if _STRETCH.match(after):
        found = []
    found.append(next((bound for pattern, bound in _AFTER[language.code] if pattern.search(after)), None))
    return tuple(bound for bound in found if bound is not None)


def bound_at(found: Found, text: str, language: Language) -> Found:
    """A number of `text` with the qualifier it stands with; times, names and numbers in words have none."""
    if found.kind in {Class.TIME, Class.NAME} or found.in_words:
        return found
    bounds = bounds_beside(text[max(0, found.start - 28) : found.start], text[found.end : found.end + 10], language)
    return replace(found, bound=bounds[0]) if bounds else found
