"""Cut text into stretches of one language, so that shared punctuation gets the right face.

“ ” ‘ ’ — … · and others stand in Chinese and in Latin fonts under one code point
(East Asian Ambiguous, UAX #11). A word processor chooses the face per run, so each
run must hold marks of one language only.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from itertools import groupby

from ipreport.language import EN, ZH, Language

_QUOTES = {"“": "”", "‘": "’"}
ENCLOSED = range(0x2460, 0x2500)
"""Circled and parenthesised numbers, which most Latin faces lack."""


def segments(text: str, base: Language) -> list[tuple[Language, str]]:
    """`text` as (language, characters), joined up as far as the faces allow.

    A pair of quotation marks belongs to what it encloses, a lone mark to the
    language on both its sides, else to `base`. Latin words inside Chinese stay in
    the Chinese stretch unless an ambiguous mark of theirs needs the Latin face.
    """
    # Most texts are one stretch. A Chinese one is where it holds no shared mark, an English one where it is ASCII.
    if text.isascii() or (base is ZH and not has_ambiguous(text)):
        return [(base, text)] if text else []
    tags = [_strong(character) for character in text]
    _tag_quotes(text, tags, base)
    _tag_marks(text, tags, base)
    stretches = _stretches(text, tags, base)
    if base is ZH:
        stretches = [(language if has_ambiguous(part) else base, part) for language, part in stretches]
    return [
        (language, "".join(part for _, part in group))
        for language, group in groupby(stretches, key=lambda stretch: stretch[0])
    ]


def has_ambiguous(text: str) -> bool:
    """Whether `text` holds a character whose face depends on the language of its run."""
    return not text.isascii() and any(map(_ambiguous, text))


@cache
def _strong(character: str) -> Language | None:
    if unicodedata.east_asian_width(character) in "WF" or ord(character) in ENCLOSED:
        return ZH
    return EN if character.isalpha() else None


@cache
def _ambiguous(character: str) -> bool:
    return not character.isalpha() and unicodedata.east_asian_width(character) == "A"


def _tag_quotes(text: str, tags: list[Language | None], base: Language) -> None:
    for opening, closing in _QUOTES.items():
        open_at: list[int] = []
        for index, character in enumerate(text):
            if character == opening:
                open_at.append(index)
            elif character == closing and open_at:
                start = open_at.pop()
                inside = tags[start + 1 : index]
                tags[start] = tags[index] = ZH if ZH in inside else EN if EN in inside else base


def _tag_marks(text: str, tags: list[Language | None], base: Language) -> None:
    letters = [_strong(character) for character in text]
    for index, character in enumerate(text):
        if tags[index] is None and _ambiguous(character):
            before = next((tag for tag in reversed(letters[:index]) if tag), base)
            after = next((tag for tag in letters[index + 1 :] if tag), base)
            tags[index] = before if before is after else base


def _stretches(text: str, tags: list[Language | None], base: Language) -> list[tuple[Language, str]]:
    """Characters without a language of their own, such as digits, go with what precedes them."""
    current = base
    tagged = []
    for character, tag in zip(text, tags, strict=True):
        current = tag or current
        tagged.append((current, character))
    return [
        (language, "".join(character for _, character in group))
        for language, group in groupby(tagged, key=lambda pair: pair[0])
    ]
