"""Reading single values back: money, counts, percentages, ratios, ranks, bare digits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from ipreport.language import ZH, Language, Localized
from ipreport.metrics import UNITS, UnitKind
from ipreport.wording.change import FROM_TIMES, TIMES_STEP
from ipreport.wording.numbers import MILLION, WAN, YI, chinese, english, round_scaled, scaled_step
from ipreport.wording.ratios import ENTITIES_PER_MARK, PER_10K, SCORE
from ipreport.wording.reading import Hedge, Measure, Reading, around
from ipreport.wording.show import SCALED_PLACES
from ipreport.wording.standing import Field, rank_words

COUNTED = tuple(unit for unit in UNITS.values() if unit.kind is UnitKind.COUNT and unit.scale == 1)
"""The units of counts."""

MEASURES = "|".join(sorted({re.escape(unit.label.zh) for unit in COUNTED}, key=len, reverse=True))
"""Their measure words, for patterns."""

_SINGULAR = {unit.singular for unit in COUNTED}
_PLURAL = {unit.label.en for unit in COUNTED}

PLAIN = r"(?:0|[1-9]\d*)(?:\.\d+)?"
GROUPED = r"(?:0|[1-9]\d{0,2}(?:,\d{3})*)(?:\.\d+)?"
SCALES: Mapping[str, Decimal | int] = {
    "": 1,
    "万": WAN,
    "亿": YI,
    "万亿": WAN * YI,
    " million": MILLION,
    " billion": 10**9,
    " trillion": 10**12,
}

_MONEY_ZH = re.compile(rf"(-?{PLAIN})(万亿|亿|万|)元", re.ASCII)
_MONEY_EN = re.compile(rf"(-?{GROUPED})( trillion| billion| million|) yuan", re.ASCII)
_COUNT_ZH = re.compile(rf"(-?{PLAIN})(万?)({MEASURES})", re.ASCII)
_COUNT_EN = re.compile(rf"(-?{GROUPED}) (\D+)", re.ASCII)
_RATIO_ZH = re.compile(rf"(?:每万人口)?({PLAIN})", re.ASCII)
_RATIO_EN = re.compile(rf"({PLAIN}) ", re.ASCII)
_PERCENT = re.compile(rf"(-?{GROUPED}|-?{PLAIN})(%|个百分点| pp)", re.ASCII)
_NUMBER = re.compile(rf"-?(?:{PLAIN}|{GROUPED})万?", re.ASCII)
_RANK_ZH = re.compile(r"(?:居(.+?))?(并列)?(?:第([1-9]\d*)位|(首位))(?:（共(\d+)个(.+)）)?", re.ASCII)
_RANK_EN = re.compile(r"(joint )?([1-9]\d*)(?:st|nd|rd|th)(?: of (\d+))?(?: (in .+))?", re.ASCII)


def read_atom(text: str, language: Language) -> Reading | None:
    """A value without qualifier; None when it is nothing the engine prints."""
    signed = text.replace("−", "-")
    readers = (_money, _ratio, _count, _percent, _number)
    for reader in readers:
        reading = reader(signed, language)
        if reading is not None:
            return reading
    return read_rank(text, language)


def decimal_of(digits: str) -> Decimal:
    """The number that plain or grouped digits denote."""
    return Decimal(digits.replace(",", ""))


def step_of(digits: str) -> Decimal:
    """One unit of the last printed decimal."""
    return Decimal(1).scaleb(-len(digits.partition(".")[2]))


def _unsigned_zero(digits: str) -> bool:
    return not (digits.startswith("-") and decimal_of(digits) == 0)


def _money(text: str, language: Language) -> Reading | None:
    match = (_MONEY_ZH if language is ZH else _MONEY_EN).fullmatch(text)
    if match is None or not _unsigned_zero(match[1]):
        return None
    value = decimal_of(match[1]) * SCALES[match[2]]
    printed = f"{chinese(value)}元" if language is ZH else f"{english(value)} yuan"
    if printed != text or round_scaled(value, SCALED_PLACES) != value:
        return None
    return around(Measure.MONEY, value, scaled_step(value, SCALED_PLACES))


def _count(text: str, language: Language) -> Reading | None:
    match = (_COUNT_ZH if language is ZH else _COUNT_EN).fullmatch(text)
    if match is None or not _unsigned_zero(match[1]):
        return None
    value = decimal_of(match[1])
    if language is ZH:
        return _count_zh(match[1], value, in_wan=bool(match[2]), measure=match[3])
    nouns = _SINGULAR if abs(value) == 1 else _PLURAL
    return around(Measure.COUNT, value, Decimal(1)) if match[2] in nouns and "." not in match[1] else None


def _count_zh(digits: str, value: Decimal, *, in_wan: bool, measure: str) -> Reading | None:
    if in_wan:
        return around(Measure.COUNT, value * WAN, step_of(digits) * WAN).hedged(Hedge.ABOUT) if value >= 1 else None
    if "." not in digits:
        return around(Measure.COUNT, value, Decimal(1))
    # Only ratios have decimals; beside their name the words leave out 每万人口.
    return around(Measure.RATIO, value, step_of(digits)) if measure == "件" else None


_RATIO_WORDS = {Measure.RATIO: PER_10K, Measure.SCORE: SCORE, Measure.PER_MARK: ENTITIES_PER_MARK}


def _ratio(text: str, language: Language) -> Reading | None:
    """A ratio with its unit, as running text or a cell has it; 件 alone is left to the counts."""
    match = (_RATIO_ZH if language is ZH else _RATIO_EN).match(text)
    if match is None:
        return None
    digits = match[1]
    for measure, words in _RATIO_WORDS.items():
        pattern = words.inside if measure is Measure.RATIO else words.amount
        if words.words(pattern, digits)[language] == text:
            return around(measure, decimal_of(digits), step_of(digits))
    return None


def _percent(text: str, language: Language) -> Reading | None:
    match = _PERCENT.fullmatch(text)
    if match is None or not _unsigned_zero(match[1]) or (language is ZH and "," in match[1]):
        return None
    if match[2] != "%" and (match[2] == " pp") is (language is ZH):
        return None
    measure = Measure.PERCENT if match[2] == "%" else Measure.POINTS
    value, step = decimal_of(match[1]), step_of(match[1])
    # A cell with a growth of tenfold and more is printed in steps of 10% (pair 27).
    in_tens = value >= FROM_TIMES and step == 1 and value % 10 == 0
    return around(measure, value, TIMES_STEP if in_tens else step)


def _number(text: str, language: Language) -> Reading | None:
    match = _NUMBER.fullmatch(text)
    if match is None or not _unsigned_zero(text.removesuffix("万")):
        return None
    digits = text.removesuffix("万")
    if digits != text and language is not ZH:
        return None
    if language is ZH and "," in digits:
        return None
    scale = WAN if digits != text else Decimal(1)
    return around(Measure.NUMBER, decimal_of(digits) * scale, step_of(digits) * scale)


def read_rank(text: str, language: Language) -> Reading | None:
    """A rank, with field, peers and ties as far as the words give them."""
    match = (_RANK_ZH if language is ZH else _RANK_EN).fullmatch(text)
    if match is None:
        return None
    if language is ZH:
        place, tied, peers = int(match[3] or 1), bool(match[2]), match[5]
        field = Field(Localized.same(match[1]), match[6] or "") if match[1] else None
    else:
        place, tied, peers = int(match[2]), bool(match[1]), match[3]
        field = Field(Localized.same(match[4]), "") if match[4] else None
    among = int(peers) if peers else None
    if among is not None and field is None:
        return None
    if rank_words(place, tied=tied, peers=among, field=field)[language] != text:
        return None
    return Reading(Measure.RANK, Decimal(place), Decimal(place), peers=among, tied=tied)
