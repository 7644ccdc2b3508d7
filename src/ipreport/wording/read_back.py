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
from ipreport.metrics import UNITS, Basis, Rounding
from ipreport.wording.atoms import GROUPED, PLAIN, decimal_of, read_atom, step_of
from ipreport.wording.change import BREAK, NEGATIVE, missing_base, zero_base
from ipreport.wording.columns import MoneyColumn
from ipreport.wording.extents import new_words
from ipreport.wording.numbers import MILLION, WAN
from ipreport.wording.patterns import MISSING, MISSING_IN_TABLE, points_amount, points_direction
from ipreport.wording.read_changes import read_change
from ipreport.wording.read_ranges import read_range
from ipreport.wording.reading import NOTHING, Hedge, Measure, Reading, Trend, around
from ipreport.wording.shares import ANNUAL_TARGET, PLAN_TARGET, show_share


def read_back(text: str, language: Language) -> Reading | None:
    """What words of the engine say, in running text or in a cell; None for what it did not print."""
    if text in _NOTHING[language.code]:
        return NOTHING
    for reader in _READERS:
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
                *(new_words(basis) for basis in Basis),
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


_FRAME = re.compile(r"平均每(.+?户)(以上)?经营主体拥有1件注册商标")


def _framed(text: str, language: Language) -> Reading | None:
    """A ratio around which running text puts a sentence: 平均每4.9户经营主体拥有1件注册商标."""
    match = _FRAME.fullmatch(text) if language is ZH else None
    reading = _value(f"{match[1]}/件{match[2] or ''}", language) if match is not None else None
    return reading if reading is not None and reading.measure is Measure.PER_MARK else None


_POINTS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "zh": re.compile(rf"(提高|下降)(超过|近|约|)({PLAIN})个百分点(以上)?", re.ASCII),
        "en": re.compile(rf"(up|down) (over |nearly |about |at least |)({PLAIN}) percentage points?", re.ASCII),
    }
)


def _stated_points(text: str, language: Language) -> Reading | None:
    """How far a rate moved as its source states it, with the qualifier behind the direction (pair 28)."""
    match = _POINTS[language.code].fullmatch(text)
    if match is None or decimal_of(match[3]) == 0:
        return None
    amount, rises = points_amount(match[3])[language], match[1] in {"提高", "up"}
    after = match[4] or "" if language is ZH else ""
    if (match[2] and after) or text != points_direction(rises=rises)[language].format(f"{match[2]}{amount}{after}"):
        return None
    stated = dict(_BEFORE[language.code]) | {"": Hedge.AT_LEAST if after else Hedge.EXACT}
    reading = around(Measure.POINTS, decimal_of(match[3]), step_of(match[3])).hedged(stated[match[2]])
    return reading.moving(Trend.UP if rises else Trend.DOWN)


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


_SHARE_LABEL = "占比"
"""The label of a share inside a chart, where English needs none."""
_SIGNED = re.compile(rf"\+((?:{PLAIN}|{GROUPED}))", re.ASCII)


def _labelled(text: str, language: Language) -> Reading | None:
    """What a chart prints beside its marks: 占比28.4%, and the rise +7 (a fall reads as a signed number)."""
    if rise := _SIGNED.fullmatch(text):
        reading = read_atom(rise[1], language)
        return reading.moving(Trend.UP) if reading is not None and reading.low > 0 else None
    if language is ZH and text.startswith(_SHARE_LABEL):
        share = text.removeprefix(_SHARE_LABEL)
        reading = _share_of_cases(share, language) or _value(share, language)
        return reading if reading is not None and reading.measure is Measure.PERCENT else None
    return None


def _beside(text: str, language: Language) -> Reading | None:
    """A value with a phrase in brackets behind it, which must be words of the engine as well."""
    pattern = r"([^（]+)（(.+)）" if language is ZH else r"([^(]+) \((.+)\)"
    match = re.fullmatch(pattern, text)
    behind = read_back(match[2], language) if match is not None else None
    # A share stands behind nothing: cases in brackets are read with their percentage.
    if match is None or behind is None or behind.measure is Measure.PERCENT:
        return None
    return _value(match[1], language)


# --- shares and targets ---------------------------------------------------------------------


_SMALLEST_STEP = Decimal("1e-20")
"""A share of cases is exact; a third in digits is not."""


def _share_of_cases(text: str, language: Language) -> Reading | None:
    """A share of few cases, with the percentage or without it: 27.6%（8/29）, 3/8 (DOMAIN §5)."""
    match = re.fullmatch(r"(约|about )?(?:.+?%(?:（| \())?(\d{1,9})/([1-9]\d?)(?:）|\))?", text, re.ASCII)
    if match is None:
        return None
    part, whole, exact = Decimal(match[2]), Decimal(match[3]), match[1] is None
    cases = UNITS["case"]
    printed = {show_share(part, whole, exact=exact, unit=cases, rounding=rounding)[language] for rounding in Rounding}
    if text not in printed:
        return None
    reading = around(Measure.PERCENT, part / whole * 100, _SMALLEST_STEP)
    return reading if exact else reading.hedged(Hedge.ABOUT)


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


_READERS = (
    read_change,
    _stated_points,
    _framed,
    _completion,
    read_range,
    _share_of_cases,
    _value,
    _labelled,
    _beside,
)
