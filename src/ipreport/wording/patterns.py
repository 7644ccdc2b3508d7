"""Words that several kinds of values share, below all of them."""

from __future__ import annotations

from decimal import Decimal

from ipreport.language import Localized
from ipreport.wording.numbers import fixed

WHOLE = Localized("{}", "{}")
"""A pattern that adds nothing."""

MISSING = Localized("暂无数据", "not available")
"""What stands for a value that is not there; never to be mistaken for zero."""

MISSING_IN_TABLE = Localized("—", "n/a")
"""The same in a table cell."""

MINUS = "−"
"""U+2212, as wide as a digit; the sign of tables, where running text has a word."""


def with_minus(digits: str) -> str:
    """Digits with the sign of tables: `−36.97`."""
    return digits.replace("-", MINUS)


def no_change(*, exactly: bool) -> Localized:
    """No change, or none that the decimals show (DOMAIN §3, pairs 21, 22), where the sentence gives the basis."""
    return Localized("持平", "no change") if exactly else Localized("基本持平", "virtually no change")


def points_amount(digits: str) -> Localized:
    """Percentage points without a direction: 2.9个百分点 / 2.9 percentage points."""
    noun = "percentage point" if digits == "1" else "percentage points"
    return Localized(f"{digits}个百分点", f"{digits} {noun}")


def points_direction(*, rises: bool) -> Localized:
    """The direction of a rate, with a place for how far it moved (pair 28)."""
    return Localized("提高{}", "up {}") if rises else Localized("下降{}", "down {}")


def points_cell(points: Decimal, places: int) -> Localized:
    """A change of a rate in a table: −2.9个百分点 / −2.9 pp."""
    digits = with_minus(fixed(points, places))
    return Localized(f"{digits}个百分点", f"{digits} pp")
