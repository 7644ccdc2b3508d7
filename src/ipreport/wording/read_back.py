"""The inverse of the words: from printed text to the interval that must hold the stored value (rule R26).

Nothing is guessed. What looks like the engine's words is printed again from what was
read, and where the two differ the answer is None.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

from ipreport.language import EN, ZH, Language
from ipreport.metrics import Basis
from ipreport.wording.atoms import GROUPED, PLAIN, decimal_of, read_atom, step_of
from ipreport.wording.change import (
    ADVERBS,
    BREAK,
    FROM_TIMES,
    NEGATIVE,
    TIMES_STEP,
    growth_words,
    missing_base,
    points_words,
    times_words,
    unchanged,
    zero_base,
)
from ipreport.wording.columns import MoneyColumn
from ipreport.wording.numbers import MILLION, WAN
from ipreport.wording.read_ranges import read_range
from ipreport.wording.reading import NOTHING, Hedge, Measure, Reading, Trend, around
from ipreport.wording.shares import ANNUAL_TARGET, PLAN_TARGET
from ipreport.wording.show import MISSING, MISSING_IN_TABLE


def read_back(text: str, language: Language) -> Reading | None:
    """What words of the engine say, in running text or in a cell; None for what it did not print."""
    if text in _NOTHING[language.code]:
        return NOTHING
    for reader in (_unchanged, _growth, _points, _change, _completion, read_range, _value, _beside):
        reading = reader(text, language)
        if reading is not None:
            return reading
    return None


def read_back_cell(text: str, language: Language, column: MoneyColumn) -> Reading | None:
    """What a cell of a money column says, whose head gives the unit (pairs 15 and 34)."""
    if text == MISSING_IN_TABLE[language]:
        return NOTHING
    if re.fullmatch(rf"−?(?:{PLAIN if language is ZH else GROUPED})", text, re.ASCII) is None:
        return None
    value = decimal_of(text.replace("−", "-")) * (WAN if language is ZH else MILLION)
    if column.cell(value)[language] != text:
        return None
    return around(Measure.MONEY, value, WAN.scaleb(-column.places))


_NOTHING: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        language.code: frozenset(
            words[language]
            for words in (
                MISSING,
                MISSING_IN_TABLE,
                BREAK,
                NEGATIVE,
                *(zero_base(basis) for basis in Basis),
                *(missing_base(basis) for basis in Basis),
            )
        )
        for language in (ZH, EN)
    }
)


# --- values ----------------------------------------------------------------------

_BEFORE: Mapping[str, tuple[tuple[str, Hedge], ...]] = MappingProxyType(
    {
        "zh": (("超过", Hedge.OVER), ("近", Hedge.NEARLY), ("约", Hedge.ABOUT)),
        "en": (
            ("over ", Hedge.OVER),
            ("nearly ", Hedge.NEARLY),
            ("about ", Hedge.ABOUT),
            ("at least ", Hedge.AT_LEAST),
        ),
    }
)
_AT_LEAST_ZH = "以上"
_CUMULATIVE: Mapping[str, str] = MappingProxyType({"zh": "累计", "en": "a cumulative "})
_TINY: Mapping[str, str] = MappingProxyType({"zh": "不足0.1%", "en": "less than 0.1%"})


def _value(text: str, language: Language) -> Reading | None:
    """A value with its qualifier, of which there is one at most."""
    if text == _TINY[language.code]:
        return Reading(Measure.PERCENT, Decimal(0), Decimal("0.1"), Hedge.UNDER)
    cumulative = _CUMULATIVE[language.code]
    if text.startswith(cumulative):
        reading = _value(text.removeprefix(cumulative), language)
        return reading if reading is not None and reading.measure is Measure.MONEY else None
    for before, hedge in _BEFORE[language.code]:
        if text.startswith(before):
            return _hedged(text.removeprefix(before), language, hedge)
    if language is ZH and text.endswith(_AT_LEAST_ZH):
        return _hedged(text.removesuffix(_AT_LEAST_ZH), language, Hedge.AT_LEAST)
    return read_atom(text, language)


def _hedged(text: str, language: Language, hedge: Hedge) -> Reading | None:
    atom = read_atom(text, language)
    if atom is None:
        return None
    if atom.measure is not Measure.COUNT:
        return atom.hedged(hedge)
    rounded = _rounded_count(text, language)
    return (atom if rounded is None else rounded).hedged(hedge)


def _rounded_count(text: str, language: Language) -> Reading | None:
    """A qualified count may have been rounded to 万 (pair 5): 45,700 is then a value in steps of 100."""
    if language is ZH:
        match = re.match(rf"({PLAIN})万", text, re.ASCII)
        return around(Measure.COUNT, decimal_of(match[1]) * WAN, step_of(match[1]) * WAN) if match else None
    value = decimal_of(text.partition(" ")[0])
    zeros = len(str(value)) - len(str(value).rstrip("0"))
    return around(Measure.COUNT, value, Decimal(10) ** min(zeros, 4)) if value >= WAN else None


def _beside(text: str, language: Language) -> Reading | None:
    """A value with a phrase in brackets behind it, which must be words of the engine as well."""
    pattern = r"([^（]+)（(.+)）" if language is ZH else r"([^(]+) \((.+)\)"
    match = re.fullmatch(pattern, text)
    if match is None or read_back(match[2], language) is None:
        return None
    return _value(match[1], language)


# --- changes ---------------------------------------------------------------------

_HALF_OF_NOTHING = Decimal(1)
"""The coarsest step that can round to nothing: whole per cent, whole units."""

_WORDS = MappingProxyType(
    {
        "zh": re.compile(rf"(同比|环比|较上年末)(增长|下降)(约?)({PLAIN})(%|倍)", re.ASCII),
        "en": re.compile(
            rf"(up|down) (about )?({GROUPED})% (year on year|quarter on quarter|from the end of last year)( \(.+\))?",
            re.ASCII,
        ),
    }
)
_POINTS = MappingProxyType(
    {
        "zh": re.compile(rf"(同比|环比|较上年末|)(提高|下降)(约?)({PLAIN})个百分点", re.ASCII),
        "en": re.compile(rf"(up|down) (about )?({PLAIN}) percentage points?(?: (.+))?", re.ASCII),
    }
)
_RISING = {"增长", "提高", "增加", "up"}


def _unchanged(text: str, language: Language) -> Reading | None:
    for basis in Basis:
        if text == unchanged(basis, exactly=True)[language]:
            return Reading(Measure.UNCHANGED, Decimal(0), Decimal(0), trend=Trend.LEVEL, basis=basis)
        if text == unchanged(basis, exactly=False)[language]:
            nearly = around(Measure.UNCHANGED, Decimal(0), _HALF_OF_NOTHING)
            return replace(nearly, hedge=Hedge.ABOUT, trend=Trend.LEVEL, basis=basis)
    return None


def _growth(text: str, language: Language) -> Reading | None:
    match = _WORDS[language.code].fullmatch(text)
    if match is None:
        return None
    if language is ZH:
        adverb, direction, about, digits, unit = match.groups()
        in_times = unit == "倍"
    else:
        direction, about, digits, adverb, level = match.groups()
        in_times = level is not None
    basis = _basis(adverb, language)
    percent = decimal_of(digits) * (100 if in_times and language is ZH else 1)
    rises, exact, places = direction in _RISING, not about, len(digits.partition(".")[2])
    if percent == 0 or (percent >= FROM_TIMES) is not (in_times and rises):
        return None
    signed = percent if rises else -percent
    words = times_words(percent, basis, exact=exact) if in_times else growth_words(signed, places, basis, exact=exact)
    if words[language] != text:
        return None
    reading = around(Measure.GROWTH, percent, TIMES_STEP if in_times else step_of(digits))
    return _moved(reading, basis, rises=rises, exact=exact)


def _points(text: str, language: Language) -> Reading | None:
    match = _POINTS[language.code].fullmatch(text)
    if match is None:
        return None
    if language is ZH:
        adverb, direction, about, digits = match.groups()
    else:
        direction, about, digits, adverb = match.groups()
    if adverb and adverb not in {words[language] for words in ADVERBS.values()}:
        return None
    points, rises, exact = decimal_of(digits), direction in _RISING, not about
    places = len(digits.partition(".")[2])
    bare = points_words(points if rises else -points, places, exact=exact)[language]
    printed = f"{adverb}{bare}" if language is ZH else f"{bare} {adverb}" if adverb else bare
    if points == 0 or printed != text:
        return None
    basis = _basis(adverb, language) if adverb else None
    return _moved(around(Measure.POINTS, points, step_of(digits)), basis, rises=rises, exact=exact)


def _change(text: str, language: Language) -> Reading | None:
    pattern = r"(增加|减少)(约?)(.+)" if language is ZH else r"(up|down) (about )?(.+)"
    match = re.fullmatch(pattern, text)
    amount = read_atom(match[3], language) if match else None
    if match is None or amount is None or amount.high <= 0 or amount.low == -amount.high:
        return None
    if amount.measure not in {Measure.MONEY, Measure.COUNT, Measure.RATIO} or amount.hedge is not Hedge.EXACT:
        return None
    return _moved(amount, None, rises=match[1] in _RISING, exact=not match[2])


def _moved(reading: Reading, basis: Basis | None, *, rises: bool, exact: bool) -> Reading:
    hedged = reading if exact else reading.hedged(Hedge.ABOUT)
    return hedged.moving(Trend.UP if rises else Trend.DOWN, basis)


def _basis(adverb: str, language: Language) -> Basis:
    return next(basis for basis, words in ADVERBS.items() if words[language] == adverb)


# --- targets ---------------------------------------------------------------------


def _completion(text: str, language: Language) -> Reading | None:
    for target in (ANNUAL_TARGET, PLAN_TARGET):
        if language is ZH:
            if text == f"完成不足{target.zh}的0.1%":
                return Reading(Measure.COMPLETION, Decimal(0), Decimal("0.1"), Hedge.UNDER)
            percent = text.removeprefix(f"完成{target.zh}的")
        else:
            percent = text.removesuffix(f" of {target.en}")
        if percent == text:
            continue
        reading = _value(percent, language)
        if reading is not None and reading.measure is Measure.PERCENT:
            return replace(reading, measure=Measure.COMPLETION)
    return None
