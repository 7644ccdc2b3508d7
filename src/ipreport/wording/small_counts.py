"""Small counts (DOMAIN §5): below 10 no percentages, below 30 the cases beside the percentage."""

from __future__ import annotations

from decimal import Decimal

from ipreport.language import Localized
from ipreport.metrics import Basis, Derived, Metric, Unit, UnitKind
from ipreport.wording.change import EARLIER, unchanged
from ipreport.wording.numbers import fixed, grouped
from ipreport.wording.patterns import MINUS, no_change
from ipreport.wording.phrase import Phrase

NO_RATE_BELOW = 10
"""Of fewer cases nothing is said in per cent."""

CASES_BELOW = 30
"""Of fewer cases a percentage stands with the cases it is taken of."""


def counts_cases(unit: Unit) -> bool:
    """Whether a unit counts single things, so that few of them give no rate."""
    return unit.kind is UnitKind.COUNT and unit.scale == 1


def show_from_to(now: Metric, before: Metric, change: Derived) -> Phrase:
    """Two counts of which the earlier is too small for a growth rate, and their difference in cells.

    由上年同期的5件增至7件 / from 5 a year earlier to 7; in a cell +2件 / +2 cases. Both
    metrics have values; `change` is their difference.
    """
    basis = change.basis or Basis.YEAR
    return _from_to(now, before, change, basis, unchanged(basis, exactly=change.exact))


def show_from_to_extent(now: Metric, before: Metric, change: Derived) -> Phrase:
    """The same for a sentence that says what is compared: 由5件增至7件 / from 5 to 7."""
    return _from_to(now, before, change, None, no_change(exactly=change.exact))


def _from_to(now: Metric, before: Metric, change: Derived, basis: Basis | None, still: Localized) -> Phrase:
    if now.value is None or before.value is None:
        raise ValueError(f"{change.key} lacks a value")
    difference = now.value - before.value
    cell = difference_cell(difference, now.unit)
    if difference == 0:
        return Phrase(change.key, still, cell, difference)
    words = from_to_words(before.value, now.value, now.unit, basis, exact=change.exact)
    return Phrase(change.key, words, cell, difference)


def from_to_words(before: Decimal, now: Decimal, unit: Unit, basis: Basis | None, *, exact: bool = True) -> Localized:
    """From one whole count to another; with `basis`, the words say when the first one was."""
    first, last = fixed(before, 0), fixed(now, 0)
    measure, about = unit.label.zh, Localized("", "") if exact else Localized("约", "about ")
    zh_when, en_when = "", ""
    if basis is not None:
        zh_when = f"{EARLIER[basis].zh}的"
        en_when = f" at {EARLIER[basis].en}" if basis is Basis.YEAR_END else f" {EARLIER[basis].en}"
    return Localized(
        f"由{zh_when}{about.zh}{first}{measure}{'增至' if now > before else '减至'}{about.zh}{last}{measure}",
        f"from {about.en}{grouped(first)}{en_when} to {about.en}{grouped(last)}",
    )


def difference_cell(difference: Decimal, unit: Unit) -> Localized:
    """A difference of counts with its sign: +2件 / +2 cases, −1件 / −1 case, 0件 / 0 cases."""
    digits = fixed(abs(difference), 0)
    sign = "" if digits == "0" else "+" if difference > 0 else MINUS
    noun = unit.singular if digits == "1" else unit.label.en
    return Localized(f"{sign}{digits}{unit.label.zh}", f"{sign}{grouped(digits)} {noun}")
