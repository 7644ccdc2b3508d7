"""Printed words lead back to the interval that holds the stored value (rule R26)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from ipreport.compose.content import Content
from ipreport.compose.regions import money_columns
from ipreport.compose.values import Value
from ipreport.language import Language
from ipreport.metrics import Derivation, Qualifier, UnitKind, recorded_keys
from ipreport.wording import Hedge, Measure, Reading, Trend, read_back, read_back_cell
from ipreport.wording.show import NEARLY_FROM

_OF_KIND: Mapping[UnitKind, frozenset[Measure]] = MappingProxyType(
    {
        UnitKind.MONEY: frozenset({Measure.MONEY}),
        UnitKind.COUNT: frozenset({Measure.COUNT, Measure.NUMBER}),
        UnitKind.PERCENT: frozenset({Measure.PERCENT}),
        UnitKind.RATIO: frozenset({Measure.RATIO, Measure.SCORE, Measure.PER_MARK, Measure.NUMBER, Measure.COUNT}),
        UnitKind.RANK: frozenset({Measure.RANK}),
        UnitKind.POINTS: frozenset({Measure.POINTS, Measure.NUMBER}),
    }
)
"""What the words of a recorded value may measure. A ratio without decimals reads as a count: 16件 in a cell."""

_LEVELS = frozenset(
    {Measure.MONEY, Measure.COUNT, Measure.RATIO, Measure.SCORE, Measure.PER_MARK, Measure.NUMBER, Measure.UNCHANGED}
)
"""What amounts and their changes may measure."""

_DERIVED: Mapping[Derivation, frozenset[Measure]] = MappingProxyType(
    {
        Derivation.SHARE: frozenset({Measure.PERCENT}),
        Derivation.GROWTH: frozenset({Measure.GROWTH, Measure.PERCENT, Measure.UNCHANGED}),
        Derivation.ANNUAL_AVERAGE: frozenset({Measure.GROWTH, Measure.PERCENT, Measure.UNCHANGED}),
        Derivation.POINTS: frozenset({Measure.POINTS, Measure.UNCHANGED}),
        Derivation.COMPLETION: frozenset({Measure.COMPLETION, Measure.PERCENT}),
        Derivation.RANK: frozenset({Measure.RANK}),
        Derivation.CHANGE: _LEVELS | {Measure.POINTS},
        Derivation.REMAINDER: _LEVELS,
    }
)
"""The same of a value worked out from others; a key that names several derivations is of the first listed here."""


def unread(words: str, language: Language, value: Value, content: Content) -> str:
    """Why printed words do not lead back to the value; empty where they do.

    Words that no reader knows are a finding as well: what cannot be read back was not
    printed by the engine, or has a form that nothing checks.
    """
    reading = _read(words, language, value.key, content)
    if reading is None:
        return "cannot be read back"
    if value.exact is None:
        return "" if reading.measure is Measure.NOTHING else "states a value where there is none"
    if reading.measure is Measure.NOTHING:
        return f"says that there is no value, and there is {value.exact}"
    measures = _measures(value.key, content)
    if measures is not None and reading.measure not in measures:
        return f"reads as {reading.measure}, expected {' or '.join(sorted(measures))}"
    if not _as_firm(reading, value.key, content):
        return f"says '{reading.hedge}', expected '{content.metrics[value.key].qualifier}'"
    within = _in_context(reading, words, value, content)
    if not within.holds(value.exact) or _far_above(within, value.exact):
        return f"reads as {_interval(within)}, which does not hold {value.exact:f}"
    return ""


def _read(words: str, language: Language, key: str, content: Content) -> Reading | None:
    """What words say; bare digits of money under the head of their column, which gives the unit (pair 15)."""
    reading = read_back(words, language)
    if reading is not None and reading.measure is Measure.NUMBER and key in content.shown:
        cells = (read_back_cell(words, language, column) for column in money_columns(key, content))
        return next((cell for cell in cells if cell is not None), reading)
    return reading


def _measures(key: str, content: Content) -> frozenset[Measure] | None:
    if key in content.shown:
        return _OF_KIND[content.metrics[key].unit.kind]
    # With its basis before it a derivation is still the end of its part of the key: a/yoy_growth_from/b.
    found = next((measures for kind, measures in _DERIVED.items() if f"{kind}/" in key), None)
    like_recorded = (Derivation.SINGLE_QUARTER, Derivation.SUM, Derivation.REMAINDER)
    if found is None and any(f"/{derivation}/" in key for derivation in like_recorded):
        return _OF_KIND[content.metrics[recorded_keys(key)[0]].unit.kind]
    return found


def _as_firm(reading: Reading, key: str, content: Content) -> bool:
    """Whether a qualifier in the words is the recorded one; an exact count in 万 is about so many."""
    qualifier = content.metrics[key].qualifier if key in content.shown else Qualifier.EXACT
    return qualifier is Qualifier.EXACT or reading.hedge in {Hedge.EXACT, Hedge(qualifier.value)}


def _in_context(reading: Reading, words: str, value: Value, content: Content) -> Reading:
    """What bare digits say where they stand: under the qualifier of their sentence, or behind its 增加 or 减少."""
    if value.key in content.shown:
        qualifier, number = content.metrics[value.key].qualifier, content.shown[value.key].number
        bare = qualifier is not Qualifier.EXACT and words in {number.zh, number.en}
        return reading.hedged(Hedge(qualifier.value)) if bare else reading
    falls = value.exact is not None and value.exact < 0
    if reading.measure is Measure.NUMBER and reading.trend is None and falls and reading.low > 0:
        return reading.moving(Trend.DOWN)
    return reading


def _far_above(reading: Reading, exact: Decimal) -> bool:
    """Whether a value is more above the figure that it is “over” than rounding down to that figure takes.

    Alone, “over 19.6 million” holds 19.6 billion; the engine never prints it for that.
    """
    if reading.high.is_finite() or reading.measure is Measure.NOTHING:
        return False
    return exact > reading.low + max(abs(reading.low) * (1 - NEARLY_FROM), Decimal(1))


def _interval(reading: Reading) -> str:
    return f"{reading.low:f} to {reading.high:f}"
