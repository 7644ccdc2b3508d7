"""Where an English word may be hyphenated, by the patterns of a dictionary."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from ipreport.language import Language

if TYPE_CHECKING:
    from pyphen import Pyphen

SOFT_HYPHEN = "\u00ad"
"""The hyphen at the end of a line inside a word: readers of the file take it for no part of the text."""

_LEFT, _RIGHT = 3, 3
"""Letters that stay before the first hyphen and behind the last one."""
# One stretch of small letters, marks round it. Names, abbreviations and compounds are left whole.
_WORD = re.compile(r"[^A-Za-z0-9]*(?P<letters>[a-z]{6,})[^A-Za-z0-9]*")


def syllables(word: str, language: Language) -> list[str]:
    """The parts of `word`, with the marks that stand close to it, between which a hyphen may end a line."""
    found = _WORD.fullmatch(word)
    if found is None:
        return [word]
    start = found.start("letters")
    cuts = [start + place for place in _dictionary(language.tag).positions(found["letters"])]
    return [word[first:end] for first, end in zip([0, *cuts], [*cuts, len(word)], strict=True)]


@cache
def _dictionary(tag: str) -> Pyphen:
    from pyphen import Pyphen  # noqa: PLC0415 - its dictionary takes a while to read and is often not needed

    return Pyphen(lang=tag.replace("-", "_"), left=_LEFT, right=_RIGHT)
