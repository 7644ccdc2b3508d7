"""Reading ranges back: each end may round as a value of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ipreport.language import ZH, Language
from ipreport.metrics import UNITS, Unit, UnitKind
from ipreport.wording.atoms import COUNTED, GROUPED, PLAIN, SCALES, decimal_of, step_of
from ipreport.wording.numbers import scaled_step
from ipreport.wording.ranges import RANGE_EN, RANGE_ZH, show_range
from ipreport.wording.reading import Measure, Reading
from ipreport.wording.show import SCALED_PLACES

_ZH = re.compile(rf"(?:每万人口|平均每)?({PLAIN})(\D*){RANGE_ZH}({PLAIN})(\D+|户经营主体拥有1件注册商标)", re.ASCII)
_EN = re.compile(rf"({GROUPED}|{PLAIN})(\D*?){RANGE_EN}({GROUPED}|{PLAIN})(\D+| per 10,000 population)", re.ASCII)

_MEASURES = {
    UnitKind.MONEY: Measure.MONEY,
    UnitKind.COUNT: Measure.COUNT,
    UnitKind.PERCENT: Measure.PERCENT,
}
_RATIOS = {
    "per_10k_population": Measure.RATIO,
    "score": Measure.SCORE,
    "entities_per_trademark": Measure.PER_MARK,
}


def read_range(text: str, language: Language) -> Reading | None:
    """What a range says (pair 33); None for one that `show_range` would print otherwise."""
    match = (_ZH if language is ZH else _EN).fullmatch(text)
    if match is None:
        return None
    low, first, high, second = match.groups()
    # An end without a unit of its own has that of the other end.
    ends = [decimal_of(digits) * _scale(tail) for digits, tail in ((low, first or second), (high, second))]
    places = len(high.partition(".")[2])
    if ends[0] > ends[1]:
        return None
    for unit in _units(second):
        if show_range(ends[0], ends[1], unit, places)[language] == text:
            below, above = (_half_step(end, unit, high) for end in ends)
            return Reading(_RATIOS.get(unit.key) or _MEASURES[unit.kind], ends[0] - below, ends[1] + above)
    return None


def _units(tail: str) -> Iterator[Unit]:
    if tail.endswith(("元", "yuan")):
        yield UNITS["yuan"]
    elif tail == "%":
        yield UNITS["percent"]
    else:
        yield from (UNITS[key] for key in _RATIOS)
        yield from COUNTED


def _scale(tail: str) -> Decimal:
    """The 万 or million of an end."""
    return Decimal(SCALES.get(tail.removesuffix("元").removesuffix(" yuan"), 1))


def _half_step(end: Decimal, unit: Unit, digits: str) -> Decimal:
    match unit.kind:
        case UnitKind.MONEY:
            return scaled_step(end, SCALED_PLACES) / 2
        case UnitKind.COUNT:
            return Decimal("0.5")
        case _:
            return step_of(digits) / 2
