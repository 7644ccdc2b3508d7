"""Dates and periods inside running text, each as the stretch of time it names (DOMAIN §3, pairs 35, 36, 38).

A time is written `2025-07/2025-09`, `2025-10-15`, `2025`; `*` stands for a year that
the text leaves to its context. The end of a month is its last day.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

Match = re.Match[str]
Times = tuple[str, ...]
Reader = tuple[re.Pattern[str], Callable[[Match], Times]]
"""What to look for, and the times it names; none where it is no time after all."""

HAN = {han: number for number, han in enumerate("一二三四五六七八九十", start=1)} | {"两": 2}
"""The numerals that count up to ten."""

_MONTHS = {name: number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name: number for number, name in enumerate(calendar.month_abbr) if name and name != "May"}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_SURE_MONTH = "|".join(name for name in sorted(_MONTHS, key=len, reverse=True) if not name.startswith("Ma"))
_TO = r"\s?(?:—|–|－|-|～|~|至|到)\s?"
_TO_EN = r"(?:\s?[–—-]\s?| to | through )"


def han_number(han: str) -> int:
    """The number that Chinese numerals below a hundred name: 九 is 9, 二十一 is 21."""
    tens, ten, ones = han.rpartition("十")
    return (HAN.get(tens, 1) * 10 if ten else 0) + HAN.get(ones, 0)


def _number(written: str) -> int:
    return int(written) if written.isdecimal() else han_number(written)


def _day(year: str | None, month: int, day: int) -> Times:
    return (f"{year or '*'}-{month:02}-{day:02}",) if 1 <= month <= 12 and 1 <= day <= 31 else ()


def _month_end(year: str | None, month: int) -> Times:
    # Of a February whose year is not said, the last day is not known: any leap year does for both languages.
    return _day(year, month, calendar.monthrange(int(year or 2000), month)[1]) if 1 <= month <= 12 else ()


def _months(year: str | None, first: int, last: int, until: str | None = None) -> Times:
    if not (1 <= first <= 12 and 1 <= last <= 12):
        return ()
    begins, ends = year or "*", until or year or "*"
    if (first, last, begins) == (1, 12, ends):
        return (begins,)
    return (f"{begins}-{first:02}/{ends}-{last:02}",)


def _month(name: str) -> Times:
    return _months(None, _MONTHS[name], _MONTHS[name])


def _quarter(year: str | None, number: int) -> Times:
    return _months(year, 3 * number - 2, 3 * number)


def _years(first: str, last: str) -> Times:
    return (first, last if len(last) == 4 else first[:2] + last)


# --- Chinese ---------------------------------------------------------------------

_YEAR = r"(?:(\d{4})年)?"
_ONE = r"(?<![\d.一二三四五六七八九十])(\d{1,2}|[一二三四五六七八九十]{1,2})"
_DAY = r"(\d{1,2}|[一二三四五六七八九十]{1,3})"
_NAMED = {"上半年": (1, 6), "下半年": (7, 12), "前三季度": (1, 9), "前两季度": (1, 6), "全年": (1, 12)}


def _zh_named(match: Match) -> Times:
    """A stretch with a name, whose months may follow in brackets and must then be the same."""
    year, name, first, last = match.groups()
    months = _NAMED[name] if name in _NAMED else _quarter_months(name)
    if first is not None and (int(first), int(last)) != months:
        return _months(year, *months) + _months(year, int(first), int(last))
    return _months(year, *months)


def _quarter_months(name: str) -> tuple[int, int]:
    digit = name.strip("第季度")
    number = HAN.get(digit) or int(digit)
    return 3 * number - 2, 3 * number


_MEASURES = "万亿千百元件个家户项次人名笔份倍例位分"

_ISO: Reader = (
    re.compile(r"(?<![\d-])((?:19|20)\d\d)-(\d\d)(?:-(\d\d))?(?![\d-])", re.ASCII),
    lambda m: _day(m[1], int(m[2]), int(m[3])) if m[3] else _months(m[1], int(m[2]), int(m[2])),
)
"""As the arithmetic of a finding has it: 2025-09-30."""

_CHINESE: tuple[Reader, ...] = (
    _ISO,
    (re.compile(rf"{_YEAR}{_ONE}月{_DAY}日"), lambda m: _day(m[1], _number(m[2]), _number(m[3]))),
    (re.compile(r"“(\d{1,2})·(\d{1,2})”"), lambda m: _day(None, int(m[1]), int(m[2]))),
    (re.compile(rf"{_YEAR}{_ONE}月[底末]"), lambda m: _month_end(m[1], _number(m[2]))),
    (
        re.compile(
            _YEAR + rf"(第?[一二三四1-4]季度|{'|'.join(_NAMED)})(?:（(\d{{1,2}})月?{_TO}(\d{{1,2}})月）)?", re.ASCII
        ),
        _zh_named,
    ),
    (
        re.compile(rf"(?:(\d{{4}})年)?(\d{{1,2}})月?{_TO}(?:(\d{{4}})年)?(\d{{1,2}})月", re.ASCII),
        lambda m: _months(m[1] or m[3], int(m[2]), int(m[4]), m[3]),
    ),
    (re.compile(rf"{_YEAR}{_ONE}月份?"), lambda m: _months(m[1], _number(m[2]), _number(m[2]))),
    (re.compile(rf"((?:19|20)\d\d)年?{_TO}((?:19|20)\d\d)年"), lambda m: _years(m[1], m[2])),
    (re.compile(r"((?:19|20)\d\d)年"), lambda m: (m[1],)),
    # As in the title of a plan, （2021—2035）; a measure word makes it a count.
    (re.compile(rf"(?<![\d.,])((?:19|20)\d\d)(?!\d|[.,]\d|[%{_MEASURES}])"), lambda m: (m[1],)),
)

# --- English ---------------------------------------------------------------------

_ORDER = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}
_OF_YEAR = r"(?: of)?(?: ((?:19|20)\d\d))?"

_ENGLISH: tuple[Reader, ...] = (
    _ISO,
    (re.compile(rf"[Ee]nd of ({_MONTH})\b(?: (\d{{4}}))?"), lambda m: _month_end(m[2], _MONTHS[m[1]])),
    (re.compile(rf"\b(\d{{1,2}}) ({_MONTH})\b(?: (\d{{4}}))?"), lambda m: _day(m[3], _MONTHS[m[2]], int(m[1]))),
    (
        re.compile(rf"\b({_MONTH}) (\d{{1,2}})(?!\d)(?:,? (\d{{4}}))?"),
        lambda m: _day(m[3], _MONTHS[m[1]], int(m[2])),
    ),
    (
        re.compile(rf"\b({_MONTH})(?: (\d{{4}}))?{_TO_EN}({_MONTH})\b(?: (\d{{4}}))?"),
        lambda m: _months(m[2] or m[4], _MONTHS[m[1]], _MONTHS[m[3]], m[4]),
    ),
    (re.compile(rf"\b({_MONTH}) (\d{{4}})\b"), lambda m: _months(m[2], _MONTHS[m[1]], _MONTHS[m[1]])),
    (re.compile(r"\bQ([1-4])(?: ?((?:19|20)\d\d))?\b"), lambda m: _quarter(m[2], int(m[1]))),
    (re.compile(r"\b((?:19|20)\d\d)[ -]?Q([1-4])\b"), lambda m: _quarter(m[1], int(m[2]))),
    (
        re.compile(rf"\b(first|second|third|fourth|last) quarter{_OF_YEAR}", re.IGNORECASE),
        lambda m: _quarter(m[2], _ORDER[m[1].lower()]),
    ),
    (
        re.compile(rf"\bfirst (three|six|nine) months{_OF_YEAR}", re.IGNORECASE),
        lambda m: _months(m[2], 1, {"three": 3, "six": 6, "nine": 9}[m[1].lower()]),
    ),
    (
        re.compile(rf"\bfirst (two|three) quarters{_OF_YEAR}", re.IGNORECASE),
        lambda m: _months(m[2], 1, {"two": 6, "three": 9}[m[1].lower()]),
    ),
    (
        re.compile(rf"\b(first|second) half{_OF_YEAR}", re.IGNORECASE),
        lambda m: _months(m[2], *((1, 6) if m[1].lower() == "first" else (7, 12))),
    ),
    # “Since January” says where a stretch begins, which Chinese leaves to its name (前三季度).
    # “May” and “March” are words of other kinds as well; alone, or behind a preposition, they are months.
    (
        re.compile(rf"(?<!since )(?<!Since )\b({_SURE_MONTH})\b|(?<=\b(?:in|of|by) )(May|March)\b|\A(May|March)\Z"),
        lambda m: _month(m[1] or m[2] or m[3]),
    ),
    (re.compile(r"(?<![\d.,])((?:19|20)\d\d)[–—-]((?:19|20)\d\d|\d\d)(?![\d.,]\d)\b"), lambda m: _years(m[1], m[2])),
    (re.compile(r"(?<![\d.,])((?:19|20)\d\d)(?![\d]|[.,]\d|%)\b"), lambda m: (m[1],)),
)

TIMES: Mapping[str, tuple[Reader, ...]] = MappingProxyType({"zh": _CHINESE, "en": _ENGLISH})
"""The readers of times by language, the longer forms first."""
