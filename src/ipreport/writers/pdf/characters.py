"""Character classes of bilingual text: what may start or end a line, what belongs together.

Clauses are those of CLREQ (Requirements for Chinese Text Layout), editor's draft of March 2024.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from enum import Enum
from functools import cache

from ipreport.language import ZH, Language


class Kind(Enum):
    """How a piece of text behaves in a line."""

    HAN = "han"
    """A character of one em that may stand anywhere."""
    LATIN = "latin"
    """A word, number or symbol of Latin text; never split."""
    OPENING = "opening"
    """An opening mark, blank on its left half (CLREQ 3.1.6)."""
    CLOSING = "closing"
    """A stop or closing mark, blank on its right half."""
    DASH = "dash"
    """A dash, ellipsis, connector or interpunct."""
    RAISED = "raised"
    """A citation mark, which clings to what it follows."""


_OPENING = frozenset("（《〈「『【〔〖［｛“‘〝")
_CLOSING = frozenset("，。、；：！？）》〉」』】〕〗］｝”’．〞〟")
_DASHES = frozenset("—…～·–―‧・⋯〜")

_LATIN_NO_START = frozenset(",.;:!?%‰)]}>»”’…—–·℃°")
_LATIN_NO_END = frozenset("([{<«“‘$¥￥€£#@")
_WIDE_NO_START = frozenset("％℃‰°々ー～／/\u3000")
_WIDE_NO_END = frozenset("￥＄／/")  # the solidus neither starts nor ends a line (CLREQ 3.1.3, GB style)
_NO_SPACE_BEFORE = (_LATIN_NO_START - frozenset("%‰℃°")) | {"/"}  # a solidus between Han characters stands close: 户/件
_NO_SPACE_AFTER = frozenset("([{<«“‘/")


def kind(character: str, language: Language) -> Kind:
    """The class of a single character in text of `language`."""
    return _kind(character, language is ZH)


@cache
def _kind(character: str, in_chinese: bool) -> Kind:
    if in_chinese or ord(character) >= 0x2E80:
        if character in _OPENING:
            return Kind.OPENING
        if character in _CLOSING:
            return Kind.CLOSING
        if character in _DASHES:
            return Kind.DASH
    if unicodedata.east_asian_width(character) in {"W", "F"} or 0x2460 <= ord(character) <= 0x24FF:
        return Kind.HAN
    return Kind.LATIN


def may_not_start(text: str, kind: Kind) -> bool:
    """Whether a line may not begin with this piece (CLREQ 3.1.3: stops, closing marks, connectors)."""
    if kind is Kind.LATIN:
        return text[0] in _LATIN_NO_START
    return kind in {Kind.CLOSING, Kind.DASH, Kind.RAISED} or text[0] in _WIDE_NO_START


def may_not_end(text: str, kind: Kind) -> bool:
    """Whether a line may not end with this piece (CLREQ 3.1.3: opening marks)."""
    if kind is Kind.LATIN:
        return text[-1] in _LATIN_NO_END
    return kind is Kind.OPENING or text[-1] in _WIDE_NO_END


def autospaced(first: str, first_kind: Kind, second: str, second_kind: Kind) -> bool:
    """Whether a gap belongs between the two: Han beside Latin, but not beside marks (CLREQ 3.2.1)."""
    if (first_kind, second_kind) == (Kind.HAN, Kind.LATIN):
        return second[0] not in _NO_SPACE_BEFORE
    if (first_kind, second_kind) == (Kind.LATIN, Kind.HAN):
        return first[-1] not in _NO_SPACE_AFTER
    return False


_ZH_UNIT = (
    r"个百分点|个月|个季度|个工作日|美元|欧元|港元|人民币|人次|小时|分钟|工作日|平方米|平方公里|公里|公顷|公斤|[\u3380-\u33df]|"
    r"[件元个项家人名位次起年月日号条批组种处户部类期倍分吨季天时米届章款页"
    r"例份笔场所宗台套辆亩篇册版岁秒周张支只枚幅本座间层级度克](?:/万?[件元个项家人户])?"
)
# A number with what belongs to it: 第2位, 36.97万元, 3,000余件, 2021—2035年, 90.9%, 第三季度, 二〇二五年, 〔2025〕12号.
_ZH_NUMBER = re.compile(
    r"〔\d{4}〕第?\d+号"
    r"|(?:第 ?)?[+\-−]?\d[\d.,:/]*(?:(?:[—–~～：-]|[万亿]+)\d[\d.,]*)*"
    rf"(?: ?(?:[%‰％℃]|[十百千万亿]*[余多]?(?:{_ZH_UNIT}|(?<=[十百千万亿余多]))))?"
    r"|第[一二三四五六七八九十百]+(?:季度|[位次号条批组类期届章款版])?"
    r"|[〇零一二三四五六七八九]{4}年"
)
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
# A number and the words that make it a quantity or a name: 369,700 yuan, RMB 2.5 million, Figure 1, 15 October.
_EN_NUMBER = re.compile(
    rf"(?:\b(?:Figure|Table|Issue|No\.|Article|Section|Chapter|Note|item|pp?\.|RMB|CNY|USD|EUR|{_MONTH})\s)?"
    r"[$€£¥]?\d[\d.,]*\s?%?"
    r"(?:\s(?:thousand|million|billion|trillion))?(?:\s(?:yuan|percent|per\scent|percentage\spoints?|pp|"
    rf"km²?|kg|mm|ha|mu|{_MONTH}))?(?![A-Za-z])"
)


def number_groups(text: str, language: Language) -> Iterator[tuple[int, int]]:
    """Start and end of every number with its prefix and unit (CLREQ 3.1.4: not to be broken)."""
    pattern = _ZH_NUMBER if language is ZH else _EN_NUMBER
    for match in pattern.finditer(text):
        yield match.start(), match.start() + len(match.group().rstrip())


# Addresses break after a slash and before other separators, so that none looks like the end of a sentence or a hyphen
# (The Chicago Manual of Style, 7.46).
_IN_ADDRESS = re.compile(r"(?<=[/:])(?=[^/:])|(?<=\w)(?=[.\-_~?#%=&+@,;])(?!\W*$)")
_IN_COMPOUND = re.compile(r"(?<=[A-Za-z]{2}-)(?=[A-Za-z]{2})|(?<=[A-Za-z]{3}[—–/])(?=[A-Za-z]{3})")


def word_parts(word: str) -> list[str]:
    """A Latin word cut where a line may break in it: after the hyphen of a compound, inside addresses."""
    cut = _IN_ADDRESS if "://" in word or word.startswith("www.") or "@" in word else _IN_COMPOUND
    return [part for part in cut.split(word) if part]
