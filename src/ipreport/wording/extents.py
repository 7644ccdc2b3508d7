"""How far a value moved, as a noun for sentences that say what it moved from: 增幅15.2% / a rise of 15.2%."""

from __future__ import annotations

from decimal import Decimal

from ipreport.language import Localized
from ipreport.metrics import Basis, Derived, Reason, Rounding
from ipreport.wording.change import EARLIER, FROM_TIMES, show_growth, show_points, without_rate
from ipreport.wording.numbers import fixed, grouped
from ipreport.wording.patterns import no_change, points_amount
from ipreport.wording.phrase import Phrase


def show_growth_extent(growth: Derived, places: int = 1, rounding: Rounding = Rounding.HALF_EVEN) -> Phrase:
    """The growth of a level, in per cent, as a noun.

    增幅15.2% / a rise of 15.2%; 降幅5.3% / a fall of 5.3%; 持平 / no change; from tenfold
    增幅12.5倍 / a rise of 1,250%; on a base of zero 新增，上年同期为0 / new, none a year earlier.
    Rounded exactly as `show_growth` rounds.
    """
    whole = show_growth(growth, places, rounding)
    if whole.rounded is None:
        return _without(growth, whole)
    if whole.rounded == 0:
        return _still(growth, whole)
    return Phrase(whole.key, growth_extent_words(whole.rounded, places, exact=growth.exact), whole.cell, whole.rounded)


def growth_extent_words(percent: Decimal, places: int, *, exact: bool) -> Localized:
    """A rounded growth that is not zero, from tenfold in steps of 10% (pair 27)."""
    in_times = percent >= FROM_TIMES
    zh = f"{fixed(percent / 100, 1)}倍" if in_times else f"{fixed(abs(percent), places)}%"
    en = f"{grouped(fixed(percent, 0))}%" if in_times else f"{fixed(abs(percent), places)}%"
    return _extent(Localized(zh, en), rises=percent > 0, exact=exact)


def show_points_extent(points: Derived, places: int = 1, rounding: Rounding = Rounding.HALF_EVEN) -> Phrase:
    """The change of a rate as a noun (rule R09): 增幅2.9个百分点 / a rise of 2.9 percentage points."""
    whole = show_points(points, places, rounding)
    if whole.rounded is None:
        return _without(points, whole)
    if whole.rounded == 0:
        return _still(points, whole)
    return Phrase(whole.key, points_extent_words(whole.rounded, places, exact=points.exact), whole.cell, whole.rounded)


def points_extent_words(points: Decimal, places: int, *, exact: bool) -> Localized:
    """A rounded change in percentage points that is not zero."""
    return _extent(points_amount(fixed(abs(points), places)), rises=points > 0, exact=exact)


def _extent(amount: Localized, *, rises: bool, exact: bool) -> Localized:
    return Localized(
        f"{'增幅' if rises else '降幅'}{'' if exact else '约'}{amount.zh}",
        f"a {'rise' if rises else 'fall'} of {'' if exact else 'about '}{amount.en}",
    )


def new_words(basis: Basis) -> Localized:
    """There was none before, so that no rate can be given (pair 23)."""
    earlier = EARLIER[basis]
    none = f"none at {earlier.en}" if basis is Basis.YEAR_END else f"none {earlier.en}"
    return Localized(f"新增，{earlier.zh}为0", f"new, {none}")


def _still(derived: Derived, whole: Phrase) -> Phrase:
    words = no_change(exactly=derived.value == 0 and derived.exact)
    return Phrase(whole.key, words, whole.cell, whole.rounded)


def _without(derived: Derived, whole: Phrase) -> Phrase:
    basis = derived.basis or Basis.YEAR
    if derived.reason is Reason.ZERO_BASE:
        return Phrase(whole.key, new_words(basis), whole.cell, None)
    return without_rate(derived, basis)
