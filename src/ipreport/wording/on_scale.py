"""Bare digits under a unit that is named once: the values and ticks of a chart (DOMAIN §3, §5).

A chart in one language counts money as that language does, in 亿元 or million yuan. One
in both has a scale that reads alike in either, 百万元 and million yuan: never two scales
on one axis.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ipreport.language import ZH, Language, Localized
from ipreport.metrics import UNITS, Rounding, Unit, UnitKind
from ipreport.wording.atoms import GROUPED, PLAIN, decimal_of
from ipreport.wording.numbers import WAN, fixed, grouped, trimmed
from ipreport.wording.patterns import MINUS
from ipreport.wording.reading import Measure, Reading, around

_MOST_PLACES = 2
"""Decimals that are enough for values of like size."""
_FINEST = 6

_MONEY: dict[tuple[str, ...], tuple[str, ...]] = {
    ("zh",): ("100m_yuan", "10k_yuan", "yuan"),
    ("en",): ("billion_yuan", "million_yuan", "yuan"),
    ("zh", "en"): ("million_yuan", "yuan"),
}
"""The units of money that a chart in these languages may count in, the greatest first."""


@dataclass(frozen=True, slots=True)
class ChartUnit:
    """The unit of a chart and how many decimals its values have; `labels` names it."""

    unit: Unit
    places: int
    languages: tuple[Language, ...]
    rounding: Rounding = Rounding.HALF_EVEN

    @property
    def label(self) -> Localized:
        """The name of the unit: 亿元 / million yuan, 件 / patents."""
        return self.unit.label

    def rounded(self, value: Decimal) -> Decimal:
        """The number that the digits of a value in base units show."""
        return Decimal(fixed(value / self.unit.scale, self.places, self.rounding))

    def digits(self, value: Decimal) -> Localized:
        """A value in base units as bare digits of this unit; a percentage keeps its sign."""
        words = fixed(abs(value) / self.unit.scale, self.places, self.rounding)
        return self._signed(words, below=value < 0 and Decimal(words) != 0)

    def signed(self, value: Decimal) -> Localized:
        """A change in base units, whose rise has a sign as well: +7 / −7; nothing has none."""
        digits = self.digits(value)
        return Localized(f"+{digits.zh}", f"+{digits.en}") if self.rounded(value) > 0 else digits

    def tick(self, value: Decimal) -> Localized:
        """The same of a tick, without decimals that say nothing; a Chinese chart counts from 2万 on in 万."""
        scaled = abs(value) / self.unit.scale
        if self.languages == (ZH,) and self.unit.kind is UnitKind.COUNT and scaled >= WAN:
            return Localized.same(f"{MINUS if value < 0 else ''}{trimmed(scaled / WAN)}万")
        return self._signed(trimmed(scaled), below=value < 0)

    def _signed(self, digits: str, *, below: bool) -> Localized:
        sign, end = MINUS if below else "", "%" if self.unit.kind is UnitKind.PERCENT else ""
        zh = digits if self.languages == (ZH,) else grouped(digits)
        return Localized(f"{sign}{zh}{end}", f"{sign}{grouped(digits)}{end}")


def chart_unit(
    values: Iterable[Decimal],
    unit: Unit,
    places: int,
    languages: tuple[Language, ...],
    rounding: Rounding = Rounding.HALF_EVEN,
) -> ChartUnit:
    """The unit in which a chart in `languages` shows these values, which are in base units of `unit`.

    `places` are the decimals that their source states. Money has as many as its amounts
    need in the unit of the chart, two at most unless the least would vanish.
    """
    amounts = [abs(value) for value in values if value]
    if unit.kind is not UnitKind.MONEY:
        return ChartUnit(unit, 0 if unit.kind in {UnitKind.COUNT, UnitKind.RANK} else places, languages, rounding)
    chosen = _money_unit(max(amounts, default=Decimal(0)), languages)
    return ChartUnit(chosen, _needed([amount / chosen.scale for amount in amounts]), languages, rounding)


def _money_unit(greatest: Decimal, languages: tuple[Language, ...]) -> Unit:
    units = [UNITS[key] for key in _MONEY[tuple(language.code for language in languages)]]
    return next((unit for unit in units if greatest >= unit.scale), units[-1])


def _needed(amounts: Sequence[Decimal]) -> int:
    exact = max((_decimals(amount) for amount in amounts), default=0)
    # The least amount keeps two digits that count.
    least = max((1 - amount.adjusted() for amount in amounts), default=0)
    return min(exact, max(_MOST_PLACES, least), _FINEST)


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


_DIGITS = re.compile(rf"([+{MINUS}]?)({PLAIN}|{GROUPED})(%?)", re.ASCII)


def read_on_scale(text: str, unit: Unit) -> Reading | None:
    """What bare digits under `unit` say; None for what is no number of a chart."""
    found = _DIGITS.fullmatch(text)
    if found is None or bool(found[3]) is not (unit.kind is UnitKind.PERCENT):
        return None
    value = decimal_of(found[2])
    step = Decimal(1).scaleb(-_decimals_of(found[2])) * unit.scale
    sign = -1 if found[1] == MINUS else 1
    measure = {UnitKind.MONEY: Measure.MONEY, UnitKind.PERCENT: Measure.PERCENT}.get(unit.kind, Measure.NUMBER)
    return around(measure, sign * value * unit.scale, step)


def _decimals_of(digits: str) -> int:
    return len(digits.partition(".")[2])
