"""What a metric means: the type of a catalogue entry, and what follows from its kind and unit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from ipreport.language import Localized
from ipreport.metrics.periods import PeriodKind
from ipreport.metrics.units import Unit, UnitKind


class Kind(StrEnum):
    """What sort of quantity a metric is (DOMAIN: S, F, R, K, C, V, M, and context)."""

    STOCK = "stock"
    FLOW = "flow"
    RATIO = "ratio"
    RANK = "rank"
    CUMULATIVE = "cumulative"
    VALUATION = "valuation"
    COMMITMENT = "commitment"
    CONTEXT = "context"


class Direction(StrEnum):
    """Which way is better; neutral metrics are never judged."""

    UP = "up"
    DOWN = "down"
    NEUTRAL = "neutral"


class Aggregation(StrEnum):
    """How the value of a longer period follows from those of the shorter ones in it."""

    SUM = "sum"
    LAST = "last"
    NONE = "none"


class Comparison(StrEnum):
    """How two values of a metric may be compared.

    `yoy` and `qoq` are growth in percent, over a year earlier and over the quarter
    before; `pp` is a change in percentage points; `difference` one in the metric's own unit.
    """

    YOY = "yoy"
    QOQ = "qoq"
    PP = "pp"
    DIFFERENCE = "difference"


class MoneyClass(StrEnum):
    """Kinds of money that are never mixed or added (rule R23)."""

    INTENTION = "intention"
    CONTRACT = "contract"
    CREDIT_LINE = "credit_line"
    DISBURSEMENT = "disbursement"
    BALANCE = "balance"
    REGISTRATION = "registration"
    VALUATION = "valuation"
    OUTPUT = "output"
    TRADE = "trade"
    COVER = "cover"
    PENALTY = "penalty"


@dataclass(frozen=True, slots=True)
class Relations:
    """How a metric hangs together with others, by metric id; what the rules compare.

    `numerator` over `denominator` gives a ratio; `base` is the number of cases a
    percentage is taken of; `growth_of` is the metric whose growth is stated, `ranks`
    the one a rank is taken by, `completion_of` the one whose target is met;
    `average_over` counts the cases that the value is spread over. The value is a part
    of each in `part_of`, a single item among each in `item_of`, the sum of all in
    `sum_of`, and grows by no more than all in `inflows`.
    """

    numerator: str | None = None
    denominator: str | None = None
    base: str | None = None
    growth_of: str | None = None
    ranks: str | None = None
    completion_of: str | None = None
    average_over: str | None = None
    part_of: tuple[str, ...] = ()
    item_of: tuple[str, ...] = ()
    sum_of: tuple[str, ...] = ()
    inflows: tuple[str, ...] = ()

    def named(self) -> tuple[tuple[str, str], ...]:
        """Every metric that is named, each with the key that names it."""
        return tuple((key, name) for key in SINGLE_RELATIONS if (name := getattr(self, key)) is not None) + tuple(
            (key, name) for key in LISTED_RELATIONS for name in getattr(self, key)
        )


SINGLE_RELATIONS = ("numerator", "denominator", "base", "growth_of", "ranks", "completion_of", "average_over")
LISTED_RELATIONS = ("part_of", "item_of", "sum_of", "inflows")
"""The relations that name one metric, and those that name several."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words of each language; a language may have none."""

    zh: tuple[str, ...] = ()
    en: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[str]:
        return iter(self.zh + self.en)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the greatest value there can be, in base units; None where there is no limit."""

    least: Decimal | None = None
    greatest: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Break:
    """A change of what is counted: values before `since` do not compare with later ones (rule R19)."""

    since: date
    note: Localized


@dataclass(frozen=True, slots=True)
class Definition:
    """A catalogue entry: what a metric means, everywhere and always.

    `unit` is the unit values are kept in, `usual_unit` the one sources state them in;
    the first of `periods` is the one a value has unless it says otherwise; `places` are
    the usual decimals, of money those in 万 or 亿; `caliber` names the version of the
    definition and `breaks` say when it changed; `plans` are those of which it is an
    indicator; `terms` are further names; `note` defines it, `convention` says how
    sources state it.
    """

    id: str
    name: Localized
    unit: Unit
    usual_unit: Unit
    kind: Kind
    direction: Direction
    periods: tuple[PeriodKind, ...]
    aggregation: Aggregation = Aggregation.NONE
    comparisons: tuple[Comparison, ...] = ()
    places: int = 0
    bounds: Bounds = Bounds()
    caliber: str = "1"
    breaks: tuple[Break, ...] = ()
    money_class: MoneyClass | None = None
    relations: Relations = Relations()
    plans: tuple[str, ...] = ()
    terms: Words = Words()
    abbreviations: Words = Words()
    note: Localized | None = None
    convention: Localized | None = None

    @property
    def period(self) -> PeriodKind:
        """The stretch of time a value usually covers."""
        return self.periods[0]


# --- what follows from kind and unit unless an entry says otherwise ------------------

AGGREGATIONS: dict[Kind, Aggregation] = {
    Kind.FLOW: Aggregation.SUM,
    Kind.COMMITMENT: Aggregation.SUM,
    Kind.STOCK: Aggregation.LAST,
    Kind.CUMULATIVE: Aggregation.LAST,
    Kind.CONTEXT: Aggregation.LAST,
    Kind.RATIO: Aggregation.NONE,
    Kind.RANK: Aggregation.NONE,
    Kind.VALUATION: Aggregation.NONE,
}
"""Flows add up over time, stocks are those of the last day, ratios do neither."""

PLACES: dict[UnitKind, int] = {
    UnitKind.COUNT: 0,
    UnitKind.MONEY: 2,
    UnitKind.PERCENT: 1,
    UnitKind.RATIO: 2,
    UnitKind.RANK: 0,
    UnitKind.POINTS: 1,
}
"""Decimals as local bulletins print them: 356件, 36.97万元, 90.9%, 7.52, 第2位."""


def usual_comparisons(kind: Kind, unit: Unit, periods: tuple[PeriodKind, ...]) -> tuple[Comparison, ...]:
    """Rates change in percentage points, levels in percent (rule R09); windows of any length and events in nothing."""
    if unit.kind is UnitKind.PERCENT:
        return (Comparison.PP,)
    if unit.kind is UnitKind.POINTS:
        return ()
    if kind is Kind.RANK:
        return (Comparison.DIFFERENCE,)
    if kind is Kind.VALUATION or periods[0] in {PeriodKind.WINDOW, PeriodKind.EVENT}:
        return ()
    by_quarter = PeriodKind.QUARTER in periods or (kind is Kind.STOCK and PeriodKind.AS_OF in periods)
    growth = (Comparison.YOY, Comparison.QOQ) if by_quarter else (Comparison.YOY,)
    return (*growth, Comparison.DIFFERENCE) if kind is Kind.RATIO else growth


def usual_bounds(unit: Unit, *, allow_over_100: bool) -> Bounds:
    """Nothing is below zero, the best place is the first, and a rate ends at 100% unless told (rule R16)."""
    if unit.kind is UnitKind.RANK:
        return Bounds(Decimal(1))
    if unit.kind is UnitKind.POINTS:
        return Bounds(Decimal(-100), Decimal(100))
    limited = unit.kind is UnitKind.PERCENT and not allow_over_100
    return Bounds(Decimal(0), Decimal(100) if limited else None)
