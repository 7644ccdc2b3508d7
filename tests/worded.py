"""Words of single values and of derived ones, for the tests of the number pairs."""

from __future__ import annotations

from decimal import Decimal

from helpers import metric
from ipreport.language import Localized
from ipreport.metrics import (
    Basis,
    Derivation,
    Derived,
    PeriodKind,
    Qualifier,
    Reason,
    Standing,
    derived_key,
    parse_period,
    target_completion,
    unit_named,
)
from ipreport.wording import (
    Form,
    MoneyColumn,
    Rounding,
    show,
    show_completion,
    show_growth,
    show_range,
    show_standing,
    show_year_to_date,
)

PATENTS, CASES, MONEY = "patent_invention_in_force", "penalty_cases", "penalty_amount"
CUMULATIVE, PER_10K, RATE, RANK = "pledge_reg_amount_cum", "patent_invention_per10k", "growth_rate", "rank_in_province"


def text(name: str, value: str | None, qualifier: str = "exact", form: Form | None = None) -> Localized:
    observed = metric(name, value, qualifier=Qualifier(qualifier))
    return (show(observed) if form is None else show(observed, form=form)).text


def cell(name: str, value: str | None) -> Localized:
    return show(metric(name, value)).value


def derived(value: str | None, reason: Reason | None = None, derivation: Derivation = Derivation.GROWTH) -> Derived:
    key = derived_key(derivation, "a", "b", basis=Basis.YEAR)
    return Derived(key, None if value is None else Decimal(value), "", ("a", "b"), Basis.YEAR, reason=reason)


def growth(value: str | None, reason: Reason | None = None) -> Localized:
    return show_growth(derived(value, reason)).text


def standing(place: int, peers: int, *, tied: bool = False) -> Localized:
    return show_standing(Standing(derived(str(place), derivation=Derivation.RANK), peers, tied)).text


def column(value: str) -> Localized:
    return MoneyColumn.of([Decimal(value)]).cell(Decimal(value))


def money_range(low: int, high: int) -> Localized:
    return show_range(Decimal(low), Decimal(high), unit_named("yuan"))


def completion(value: str, target: str) -> Localized:
    return show_completion(target_completion(metric(CASES, value), metric(CASES, target, key="target"))).text


def rounded(rounding: Rounding) -> Localized:
    return show(metric(PER_10K, "2.145", places=2), rounding).number


def to_date(written: str) -> Localized:
    return show_year_to_date(parse_period(written, PeriodKind.WINDOW))


FEW = metric(CASES, "5")
NO_BASE = show_growth(derived(None, Reason.ZERO_BASE))
AMOUNT = derived("-369700", derivation=Derivation.CHANGE)
