"""Every number of a running text, whoever wrote it: the second check of both languages (rule R15).

`read_back` knows the engine's own words; this reads what people type. It is meant for
comparing two languages, so it is enough that both are read alike: 2.5亿元 and 250 million
yuan, 第三季度 and Q3, 首家 and first, 12.5倍 and 1,250%.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType

from ipreport.language import EN, ZH, Language
from ipreport.wording.bounds import bound_at
from ipreport.wording.found import Class, Found
from ipreport.wording.numbers import trimmed
from ipreport.wording.times_in_text import HAN, TIMES, han_number

Match = re.Match[str]
_Reader = tuple[re.Pattern[str], Callable[[Match], tuple[Found, ...]]]

_TAKEN = "\0"
"""Stands for what was read already, so that no digit is read twice."""


def numbers_in(text: str, language: Language) -> tuple[Found, ...]:
    """The numbers of a text in the order in which they stand, with their qualifiers."""
    found: list[Found] = []
    rest = text
    for pattern, read in _READERS[language.code]:
        rest = _take(rest, pattern, read, found)
    ordered = sorted(found, key=lambda one: one.start)
    return tuple(bound_at(one, text, language) for one in ordered)


def _take(rest: str, pattern: re.Pattern[str], read: Callable[[Match], tuple[Found, ...]], found: list[Found]) -> str:
    """Read every match and blank it out; one that turns out to be none stays."""

    def replace(match: Match) -> str:
        made = read(match)
        if not made and read is not _dropped:
            return match[0]
        found.extend(made)
        return _TAKEN * len(match[0])

    return pattern.sub(replace, rest)


# --- what is no amount -----------------------------------------------------------


def _dropped(_: Match) -> tuple[Found, ...]:
    return ()


_ADDRESS = re.compile(r"https?://\S+")
_PER_10K = {
    "zh": re.compile(r"每万(?:名)?(?:常住)?(?:人口|人)?"),
    "en": re.compile(
        r"\bper (?:10,000|ten thousand)(?: (?:of the )?(?:population|people|persons|residents))?", re.IGNORECASE
    ),
}
"""Part of the name of a ratio; where a value brings it along, it stands in one language only."""

_NAME = re.compile(
    r"(?<![A-Za-z0-9])(?!RMB|CNY|USD|Q[1-4]\b)"
    r"(?:(?:GB/T|GB|ISO/IEC|ISO|IEC|WIPO ST\.?) ?|[A-Z]{1,6}[-/.]?)\d+(?:\.\d+)*(?:[—–-]\d{4})?(?![\d.]*\d)"
    r"|(?<![\d.,])\d[A-Z](?![A-Za-z])"
)


def _name(match: Match) -> tuple[Found, ...]:
    says = re.sub(r"\s", "", match[0]).replace("—", "-").replace("–", "-")
    return (Found(Class.NAME, says, match[0], *match.span()),)


_PLAN = {
    "zh": re.compile(r"十([一二三四五六七八九])五"),
    "en": re.compile(r"\b(\d+)(?:st|nd|rd|th) Five-Year(?: Plan)?"),
}


def _plan(match: Match) -> tuple[Found, ...]:
    number = int(match[1]) if match[1].isdecimal() else 10 + HAN[match[1]]
    return (Found(Class.NAME, f"plan {number}", match[0], *match.span()),)


def _times(language: Language) -> Iterator[_Reader]:
    for pattern, times in TIMES[language.code]:

        def read(match: Match, times: Callable[[Match], tuple[str, ...]] = times) -> tuple[Found, ...]:
            # 前三季度 and “the first half” leave the year to the context, and one language may leave out the rest.
            loose = "*" in "".join(times(match)) and not re.search(r"\d", match[0])
            return tuple(Found(Class.TIME, says, match[0], *match.span(), in_words=loose) for says in times(match))

        yield pattern, read


# --- amounts ---------------------------------------------------------------------

_ENGLISH_WORDS = {
    word: number
    for number, word in enumerate(
        [
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
        ],
        start=2,
    )
}
_TENS = {
    f"{tens}{ones}": ten + one
    for ten, tens in zip(
        range(20, 100, 10),
        ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"),
        strict=True,
    )
    for one, ones in enumerate(("", "-one", "-two", "-three", "-four", "-five", "-six", "-seven", "-eight", "-nine"))
}
_ENGLISH_WORDS |= dict(sorted(_TENS.items(), key=lambda entry: -len(entry[0])))
_ORDINALS = {
    word: number
    for number, word in enumerate(
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"], start=1
    )
}
_SCALES: Mapping[str, Decimal] = MappingProxyType(
    {word: Decimal(10) ** power for word, power in (
        ("", 0), ("百", 2), ("千", 3), ("万", 4), ("十万", 5), ("百万", 6), ("千万", 7), ("亿", 8), ("十亿", 9),
        ("百亿", 10), ("千亿", 11), ("万亿", 12), ("hundred", 2), ("thousand", 3), ("million", 6), ("billion", 9),
        ("trillion", 12),
    )}
)  # fmt: skip
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_ZH_SCALE = r"(万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|千|百|)"
_ZH_UNIT = r"(元|个?百分点|%|％|倍|)"
_EN_SCALE = r"(?:[ -]?(hundred|thousand|million|billion|trillion)\b)?"
_EN_UNIT = (
    r"(?:( yuan\b|%| ?per ?cent\b|[ -]percentage[ -]points?\b| pp\b| times\b|[ -]?fold\b"
    r"|(?:st|nd|rd|th)\b| renminbi\b| RMB\b))?"
)
_SPAN = r"\s?(?:～|~|—|–|－|-|至|到| to )\s?"

_ZH_AMOUNT = rf"({_DIGITS}){_ZH_SCALE}{_ZH_UNIT}"
_EN_AMOUNT = rf"({_DIGITS}){_EN_SCALE}{_EN_UNIT}"
_SIGN = r"(?<![\d,.A-Za-z])([+−-]?)"
_UNITS: Mapping[str, Class] = MappingProxyType(
    {
        "元": Class.MONEY, "yuan": Class.MONEY, "renminbi": Class.MONEY, "RMB": Class.MONEY,
        "%": Class.PERCENT, "％": Class.PERCENT, "percent": Class.PERCENT, "per cent": Class.PERCENT,
        "倍": Class.PERCENT, "times": Class.PERCENT, "fold": Class.PERCENT,
        "百分点": Class.POINTS, "个百分点": Class.POINTS, "pp": Class.POINTS,
    }
)  # fmt: skip
_TIMES = {"倍", "times", "fold"}
"""Multiples, which are 100% each (pair 27)."""


def _amount(sign: str, digits: str, scale: str, unit: str, match: Match, *, in_words: bool = False) -> Found:
    unit = unit.strip(" -")
    kind = Class.POINTS if unit.startswith("percentage") else _UNITS.get(unit, Class.PLAIN)
    by = _SCALES[scale] * (100 if unit in _TIMES else 1)
    value = Decimal(digits.replace(",", "")) * by * (-1 if sign in {"-", "−"} else 1)
    step = Decimal(1).scaleb(-len(digits.partition(".")[2])) * by
    return Found(kind, trimmed(value), match[0].strip(), *match.span(), value, step, in_words)


def _single(match: Match) -> tuple[Found, ...]:
    sign, digits, scale, unit = (group or "" for group in match.groups())
    return (_amount(sign, digits, scale, unit, match),)


def _range(match: Match) -> tuple[Found, ...]:
    """Two amounts; an end without scale and unit has those of the other (pair 33)."""
    sign, low, scale, unit, high, high_scale, high_unit = (group or "" for group in match.groups())
    first = (scale, unit) if scale or unit else (high_scale, high_unit)
    if scale and not unit:
        first = (scale, high_unit)
    return _amount(sign, low, *first, match), _amount("", high, high_scale, high_unit, match)


def _money_first(match: Match) -> tuple[Found, ...]:
    return (_amount("", match[1], match[2] or "", "yuan", match),)


_TEN_TO = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}


def _han_fraction(match: Match) -> tuple[Found, ...]:
    """百分之十五 is 15%, 千分之一 is 0.1%."""
    number = Decimal(match[2] if match[2][0].isdecimal() else han_number(match[2]))
    percent = number.scaleb(2 - _TEN_TO[match[1]])
    return (_amount("", trimmed(percent), "", "%", match),)


def _fraction(match: Match) -> tuple[Found, ...]:
    """1/100 is 1%; 10/11 stays a fraction."""
    above, below = (Decimal(part.replace(",", "")) for part in match.groups())
    if below in {Decimal(10) ** power for power in _TEN_TO.values()}:
        return (_amount("", trimmed(above / below * 100), "", "%", match),)
    return (Found(Class.PLAIN, match[0], match[0], *match.span()),)


# --- numbers in words ------------------------------------------------------------

_MEASURES = "处项个家件种类次方大年月天日位名人份笔批条例所县市州省级座起户张步期届部套轮支款情层点章"
_ZH_WORD = re.compile(rf"(第)?([一二三四五六七八九十两]{{1,3}})(?(1)|(?=[{_MEASURES}]))")
_ZH_FIRST = re.compile(r"首(?=[家个笔次例件批位届])")
_ZH_TENTHS = re.compile(r"([一二三四五六七八九])成(?=[以多左，。；、的）]|\Z)")
_ZH_HUNDRED = re.compile(r"百(?=[强佳])")
_ZH_DOUBLED = re.compile(r"翻([一两])番")
_EN_DOUBLED = re.compile(r"\b(doubl|tripl|trebl|quadrupl)(?:ed|ing|es?)\b", re.IGNORECASE)
_GROWN_BY = {"一": "100", "两": "300", "doubl": "100", "tripl": "200", "trebl": "200", "quadrupl": "300"}
"""By how many per cent: 翻一番 is doubled, 翻两番 twice so."""
_EN_WORD = re.compile(rf"\b({'|'.join((*_ENGLISH_WORDS, *_ORDINALS, 'both', 'twice'))})\b", re.IGNORECASE)
_EN_SCALED_WORD = re.compile(rf"\b({'|'.join(_ENGLISH_WORDS)}){_EN_SCALE}{_EN_UNIT}", re.IGNORECASE)


def _zh_word(match: Match) -> tuple[Found, ...]:
    number = han_number(match[2])
    # 一 before a measure word is most often an article: 一项, 哪一项, 一批.
    if number == 1 and not match[1]:
        return ()
    return (_amount("", str(number), "", "", match, in_words=True),)


def _zh_first(match: Match) -> tuple[Found, ...]:
    return (_amount("", "1", "", "", match, in_words=True),)


def _tenths(match: Match) -> tuple[Found, ...]:
    return (_amount("", f"{HAN[match[1]]}0", "", "%", match, in_words=True),)


def _hundred(match: Match) -> tuple[Found, ...]:
    return (_amount("", "100", "", "", match, in_words=True),)


def _doubled(match: Match) -> tuple[Found, ...]:
    return (_amount("", _GROWN_BY[match[1].lower()], "", "%", match, in_words=True),)


def _en_word(match: Match) -> tuple[Found, ...]:
    word = match[1].lower()
    number = {"both": 2, "twice": 2}.get(word) or _ENGLISH_WORDS.get(word) or _ORDINALS[word]
    return (_amount("", str(number), "", "", match, in_words=True),)


def _en_scaled_word(match: Match) -> tuple[Found, ...]:
    """Two million yuan, five per cent; a word alone is left to the reader of words."""
    if not match[2] and (match[3] or "").strip() in {"", "times"}:  # “between the two times”
        return ()
    number = str(_ENGLISH_WORDS[match[1].lower()])
    return (_amount("", number, (match[2] or "").lower(), match[3] or "", match),)


def _readers(language: Language) -> Iterator[_Reader]:
    zh = language is ZH
    yield _ADDRESS, _dropped
    yield _PER_10K[language.code], _dropped
    yield _PLAN[language.code], _plan
    yield _NAME, _name
    yield from _times(language)
    amount = _ZH_AMOUNT if zh else _EN_AMOUNT
    yield re.compile(rf"(?:RMB|CNY|¥) ?({_DIGITS}){_EN_SCALE}"), _money_first
    yield re.compile(rf"([十百千万亿])分之({_DIGITS}|[一二三四五六七八九十]{{1,3}})"), _han_fraction
    yield re.compile(r"(?<![\d/,.])([\d,]*\d)/([\d,]*\d)(?![\d/])", re.ASCII), _fraction
    yield re.compile(_SIGN + amount + _SPAN + amount, re.ASCII), _range
    yield re.compile(_SIGN + amount, re.ASCII), _single
    if zh:
        yield _ZH_FIRST, _zh_first
        yield _ZH_TENTHS, _tenths
        yield _ZH_HUNDRED, _hundred
        yield _ZH_DOUBLED, _doubled
        yield _ZH_WORD, _zh_word
    else:
        yield _EN_SCALED_WORD, _en_scaled_word
        yield _EN_DOUBLED, _doubled
        yield _EN_WORD, _en_word


_READERS: Mapping[str, tuple[_Reader, ...]] = MappingProxyType(
    {language.code: tuple(_readers(language)) for language in (ZH, EN)}
)
