"""Reading changes back: growth, percentage points, differences, extents, and counts before and after."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

from ipreport.language import ZH, Language
from ipreport.metrics import Basis
from ipreport.wording.atoms import COUNTED, GROUPED, MEASURES, PLAIN, decimal_of, read_atom, step_of
from ipreport.wording.change import (
    ADVERBS,
    EARLIER,
    FROM_TIMES,
    TIMES_STEP,
    growth_words,
    points_words,
    times_words,
    unchanged,
)
from ipreport.wording.extents import growth_extent_words, points_extent_words
from ipreport.wording.patterns import no_change
from ipreport.wording.reading import Hedge, Measure, Reading, Trend, around
from ipreport.wording.small_counts import difference_cell, from_to_words


def read_change(text: str, language: Language) -> Reading | None:
    """What the words of a change say; None for words of anything else."""
    for reader in (_unchanged, _growth, _points, _extent, _from_to, _signed, _change):
        reading = reader(text, language)
        if reading is not None:
            return reading
    return None


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
    if text == no_change(exactly=True)[language]:
        return Reading(Measure.UNCHANGED, Decimal(0), Decimal(0), trend=Trend.LEVEL)
    if text == no_change(exactly=False)[language]:
        return replace(around(Measure.UNCHANGED, Decimal(0), _HALF_OF_NOTHING), hedge=Hedge.ABOUT, trend=Trend.LEVEL)
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


_LEVELS = {Measure.MONEY, Measure.COUNT, Measure.RATIO, Measure.SCORE, Measure.PER_MARK}


def _change(text: str, language: Language) -> Reading | None:
    pattern = r"(增加|减少|提高|下降)(约?)(.+)" if language is ZH else r"(up|down) (about )?(.+)"
    match = re.fullmatch(pattern, text)
    amount = read_atom(match[3], language) if match else None
    if match is None or amount is None or amount.high <= 0 or amount.low == -amount.high:
        return None
    if amount.measure not in _LEVELS or amount.hedge is not Hedge.EXACT:
        return None
    if language is ZH and (match[1] in {"提高", "下降"}) is not (amount.measure is Measure.SCORE):
        return None
    return _moved(amount, None, rises=match[1] in _RISING, exact=not match[2])


def _moved(reading: Reading, basis: Basis | None, *, rises: bool, exact: bool) -> Reading:
    hedged = reading if exact else reading.hedged(Hedge.ABOUT)
    return hedged.moving(Trend.UP if rises else Trend.DOWN, basis)


def _basis(adverb: str, language: Language) -> Basis:
    return next(basis for basis, words in ADVERBS.items() if words[language] == adverb)


# --- extents ---------------------------------------------------------------------

_EXTENTS = MappingProxyType(
    {
        "zh": re.compile(rf"(增|降)幅(约?)({PLAIN})(%|倍|个百分点)", re.ASCII),
        "en": re.compile(rf"a (rise|fall) of (about )?({GROUPED})(%| percentage points?)", re.ASCII),
    }
)


def _extent(text: str, language: Language) -> Reading | None:
    match = _EXTENTS[language.code].fullmatch(text)
    if match is None:
        return None
    direction, about, digits, unit = match.groups()
    value, rises, exact = decimal_of(digits) * (100 if unit == "倍" else 1), direction in {"增", "rise"}, not about
    signed, places = value if rises else -value, len(digits.partition(".")[2])
    in_points = "point" in unit or unit == "个百分点"
    in_times = not in_points and signed >= FROM_TIMES
    if value == 0:
        return None
    words = (points_extent_words if in_points else growth_extent_words)(signed, places, exact=exact)
    if words[language] != text:
        return None
    measure, step = (Measure.POINTS if in_points else Measure.GROWTH), TIMES_STEP if in_times else step_of(digits)
    return _moved(around(measure, value, step), None, rises=rises, exact=exact)


# --- small counts ----------------------------------------------------------------

_WHOLE = r"(?:0|[1-9]\d{0,2}(?:,\d{3})*|[1-9]\d*)"
_FROM_TO = MappingProxyType(
    {
        "zh": re.compile(
            rf"由(?:(上年同期|上季度|上年末)的)?(约?)({_WHOLE})({MEASURES})[增减]至约?({_WHOLE})({MEASURES})", re.ASCII
        ),
        "en": re.compile(
            rf"from (about )?({_WHOLE})(?: (?:at )?(a year earlier|a quarter earlier|the end of last year))?"
            rf" to (?:about )?({_WHOLE})",
            re.ASCII,
        ),
    }
)


def _from_to(text: str, language: Language) -> Reading | None:
    """A count before and the later one: the reading is of their difference."""
    match = _FROM_TO[language.code].fullmatch(text)
    if match is None:
        return None
    if language is ZH:
        earlier, about, first, measure, last, _ = match.groups()
    else:
        (about, first, earlier, last), measure = match.groups(), COUNTED[0].label.zh
    unit = next(unit for unit in COUNTED if unit.label.zh == measure)
    basis = next((basis for basis, words in EARLIER.items() if words[language] == earlier), None)
    before, now = decimal_of(first), decimal_of(last)
    if before == now or from_to_words(before, now, unit, basis, exact=not about)[language] != text:
        return None
    reading = around(Measure.COUNT, abs(now - before), Decimal(1))
    return _moved(reading, basis, rises=now > before, exact=not about)


def _signed(text: str, language: Language) -> Reading | None:
    """A difference of counts in a cell, whose rise has a sign as well: +2件."""
    if not text.startswith("+"):
        return None
    reading = read_atom(text.removeprefix("+"), language)
    if reading is None or reading.measure is not Measure.COUNT or reading.hedge is not Hedge.EXACT:
        return None
    difference = (reading.low + reading.high) / 2
    printed = {difference_cell(difference, unit)[language] for unit in COUNTED}
    return reading if difference > 0 and text in printed else None
