"""Money in table columns: one unit and one number of decimals for a whole column."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from ipreport.language import Localized
from ipreport.metrics import Rounding
from ipreport.wording.change import grouped_with_minus
from ipreport.wording.numbers import MILLION, WAN, fixed, round_to
from ipreport.wording.patterns import MISSING_IN_TABLE, with_minus


@dataclass(frozen=True, slots=True)
class MoneyColumn:
    """A column in 万元 and million yuan (DOMAIN §3, pairs 15 and 34).

    Both languages show one rounded value, so English has as many decimals as the
    column needs to show it exactly, at least `places`: 0.01万元 is 0.0001 million.
    """

    places: int = 2
    english_places: int = 2
    rounding: Rounding = Rounding.HALF_EVEN

    HEAD = Localized("万元", "million yuan")

    @classmethod
    def of(
        cls, values: Iterable[Decimal | None], places: int = 2, rounding: Rounding = Rounding.HALF_EVEN
    ) -> MoneyColumn:
        """The column that shows all these amounts of yuan."""
        column = cls(places, places, rounding)
        needed = (_decimals(column.rounded(value) / MILLION) for value in values if value is not None)
        return cls(places, max((places, *needed)), rounding)

    def rounded(self, value: Decimal) -> Decimal:
        """The amount of yuan both languages show."""
        return round_to(value, WAN.scaleb(-self.places), self.rounding)

    def cell(self, value: Decimal | None) -> Localized:
        """An amount without its unit, which the head of the column gives: 250.00 / 2.50, −36.97 / −0.3697."""
        if value is None:
            return MISSING_IN_TABLE
        rounded = self.rounded(value)
        zh, en = fixed(rounded / WAN, self.places), fixed(rounded / MILLION, self.english_places)
        return Localized(with_minus(zh), grouped_with_minus(with_minus(en)))


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
