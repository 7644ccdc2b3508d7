"""Units: what a value counts, its measure word in Chinese and its noun in English."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ipreport.language import Localized


class UnitKind(StrEnum):
    """How a value of the unit is put into words."""

    COUNT = "count"
    MONEY = "money"
    PERCENT = "percent"
    RATIO = "ratio"
    RANK = "rank"
    POINTS = "points"
    """Percentage points: how far a rate moved."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measurement.

    `scale` takes a value in this unit to the base unit of its kind (万元 to yuan is
    10 000). `label` is the measure word in Chinese and the plural noun in English;
    `singular` is the English noun for one.
    """

    key: str
    kind: UnitKind
    label: Localized
    singular: str = ""
    scale: Decimal = Decimal(1)


def _count(key: str, measure: str, singular: str, plural: str, scale: int = 1) -> Unit:
    return Unit(key, UnitKind.COUNT, Localized(measure, plural), singular, Decimal(scale))


def _money(key: str, measure: str, noun: str, scale: int) -> Unit:
    return Unit(key, UnitKind.MONEY, Localized(measure, noun), noun, Decimal(scale))


_ALL = (
    _count("patent", "件", "patent", "patents"),
    _count("trademark", "件", "trademark", "trademarks"),
    _count("application", "件", "application", "applications"),
    _count("case", "件", "case", "cases"),
    _count("model_case", "例", "model case", "model cases"),
    _count("product", "个", "product", "products"),
    _count("layout_design", "件", "layout-design", "layout-designs"),
    _count("statement", "件", "statement", "statements"),
    _count("policy", "份", "policy", "policies"),
    _count("pledge", "笔", "pledge", "pledges"),
    _count("enterprise", "家", "business", "businesses"),
    _count("entity", "家", "entity", "entities"),
    _count("business_entity", "户", "business entity", "business entities"),
    _count("agency", "家", "agency", "agencies"),
    _count("institution", "家", "institution", "institutions"),
    _count("centre", "家", "centre", "centres"),
    _count("member_unit", "家", "member unit", "member units"),
    _count("project", "项", "project", "projects"),
    _count("occurrence", "次", "occurrence", "occurrences"),
    _count("recordal", "次", "recordal", "recordals"),
    _count("attendance", "人次", "attendance", "attendances"),
    _count("person", "人", "person", "persons"),
    _count("attorney", "人", "attorney", "attorneys"),
    _count("10k_persons", "万人", "0,000 persons", "0,000 persons", 10_000),
    _money("yuan", "元", "yuan", 1),
    _money("10k_yuan", "万元", "ten thousand yuan", 10_000),
    _money("million_yuan", "百万元", "million yuan", 1_000_000),
    _money("100m_yuan", "亿元", "hundred million yuan", 100_000_000),
    _money("billion_yuan", "十亿元", "billion yuan", 1_000_000_000),
    Unit("percent", UnitKind.PERCENT, Localized.same("%"), "%"),
    Unit("per_10k_population", UnitKind.RATIO, Localized("件/万人", "per 10,000 population"), "per 10,000 population"),
    Unit("percentage_point", UnitKind.POINTS, Localized("个百分点", "percentage points"), "percentage point"),
    Unit(
        "entities_per_trademark",
        UnitKind.RATIO,
        Localized("户/件", "business entities per registered trademark"),
        "business entity per registered trademark",
    ),
    Unit("score", UnitKind.RATIO, Localized("分", "points"), "point"),
    Unit("place", UnitKind.RANK, Localized("位", "place"), "place"),
)

UNITS: dict[str, Unit] = {unit.key: unit for unit in _ALL}
"""Units by key."""

ALIASES: dict[str, str] = {
    "元": "yuan",
    "万元": "10k_yuan",
    "亿元": "100m_yuan",
    "百万元": "million_yuan",
    "%": "percent",
    "位": "place",
    "个百分点": "percentage_point",
    "百分点": "percentage_point",
    "万人": "10k_persons",
    "人次": "attendance",
    "件/万人": "per_10k_population",
    "户/件": "entities_per_trademark",
    "户": "business_entity",
    "份": "policy",
    "笔": "pledge",
    "分": "score",
}
"""Spellings an office uses, where the Chinese word alone decides the unit (件 does not)."""


_PERSONS = {"person", "10k_persons"}


def fits(unit: Unit, expected: Unit) -> bool:
    """Whether values in `unit` can be values of a metric that is kept in `expected`.

    Money converts and persons are counted one by one or in 万; else 件 of patents is
    not 件 of cases, and no 家 is a 户.
    """
    if unit.kind is not expected.kind:
        return False
    same_things = unit.key == expected.key or {unit.key, expected.key} <= _PERSONS
    return unit.kind is UnitKind.MONEY or same_things


def unit_named(name: str) -> Unit:
    """The unit with this key or alias; KeyError when there is none."""
    return UNITS[ALIASES.get(name, name)]
