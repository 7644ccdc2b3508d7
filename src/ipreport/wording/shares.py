"""Shares in words."""

from __future__ import annotations

from decimal import Decimal

from ipreport.language import Localized
from ipreport.wording.numbers import Rounding, fixed


def show_share(
    part: Decimal, whole: Decimal, *, exact: bool = True, rounding: Rounding = Rounding.HALF_EVEN
) -> Localized:
    """The share of a part in its whole, with one decimal (DOMAIN §3, pair 30).

    28.4%; 不足0.1% / less than 0.1% rather than 0.0%; 约28.4% / about 28.4% where
    one of the two is not `exact`. Raises ZeroDivisionError when the whole is zero.
    """
    percent = part / whole * 100
    digits = fixed(percent, 1, rounding)
    if percent > 0 and Decimal(digits) == 0:
        return Localized("不足0.1%", "less than 0.1%")
    if percent < 100 and Decimal(digits) == 100:
        return Localized("超过99.9%", "over 99.9%")
    if not exact:
        return Localized(f"约{digits}%", f"about {digits}%")
    return Localized.same(f"{digits}%")
