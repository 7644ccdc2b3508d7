"""Metrics and figures for the tests of charts: the numbers of Haixi, and some that a chart must refuse."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from ipreport.cache import Cache
from ipreport.figures import Rendered, draw
from ipreport.fonts import Faces
from ipreport.language import EN, ZH, Language, Localized
from ipreport.metrics import (
    UNITS,
    Definition,
    Direction,
    Kind,
    Metric,
    MetricSet,
    MoneyClass,
    Period,
    PeriodKind,
    Qualifier,
    Relations,
    Status,
)
from ipreport.outline import CHART_KINDS, FigureSpec, Scale
from ipreport.problems import Origin
from ipreport.style import MODERN
from ipreport.wording import Rounding

ORIGIN = Origin("briefing.yaml", "sections[0].figure", 12)
UNDATED = Period(PeriodKind.AS_OF)


def day(year: int, month: int, number: int) -> Period:
    return Period(PeriodKind.AS_OF, None, date(year, month, number))


def metric(
    key: str,
    zh: str,
    en: str,
    value: str | None,
    unit: str,
    *,
    places: int = 0,
    qualifier: Qualifier = Qualifier.EXACT,
    period: Period = UNDATED,
    money_class: MoneyClass | None = None,
    kind: Kind = Kind.FLOW,
    metric_id: str | None = None,
    part_of: tuple[str, ...] = (),
) -> Metric:
    name = Localized(zh, en)
    what = (kind, Direction.NEUTRAL, (PeriodKind.AS_OF,))
    return Metric(
        key=key,
        definition=Definition(metric_id or key, name, UNITS[unit], UNITS[unit], *what, money_class=money_class),
        name=name,
        value=None if value is None else Decimal(value),
        places=places,
        stated_in=UNITS[unit],
        qualifier=qualifier,
        period=period,
        region="haixi",
        status=Status.OK,
        source="report",
        note=None,
        relations=Relations(part_of=part_of),
        origin=Origin("metrics.yaml", key),
    )


def _money(
    key: str, name: tuple[str, str], value: str, money_class: MoneyClass, qualifier: Qualifier = Qualifier.EXACT
) -> Metric:
    return metric(key, *name, value, "yuan", money_class=money_class, qualifier=qualifier)


HAIXI = (
    metric("in_force", "有效发明专利量", "Invention patents in force", "356", "patent"),
    metric("hv", "高价值发明专利拥有量", "High-value invention patents", "101", "patent", part_of=("in_force",)),
    metric(
        "per10k",
        "每万人口发明专利拥有量",
        "Invention patents in force per 10,000 population",
        "7.52",
        "per_10k_population",
        places=2,
    ),
    metric(
        "hv_per10k",
        "每万人口高价值发明专利拥有量",
        "High-value invention patents per 10,000 population",
        "2.14",
        "per_10k_population",
        places=2,
    ),
    metric(
        "users_2022", "用标企业数", "Entities using the sign", "14", "entity", period=day(2022, 8, 8), metric_id="users"
    ),
    metric("users", "用标企业数", "Entities using the sign", "21", "entity", metric_id="users"),
    metric("disputes", "办结知识产权纠纷数", "IP disputes resolved", "24", "case"),
    metric("penalties", "知识产权行政处罚案件数", "IP administrative penalty cases", "17", "case"),
    _money("fines", ("罚没款金额", "Fines imposed"), "369700", MoneyClass.PENALTY),
    _money("contracts", ("质押融资签约金额", "IP pledge financing, contracts"), "2500000", MoneyClass.CONTRACT),
    _money(
        "funds",
        ("质押融资到位资金", "IP pledge financing, funds secured"),
        "2000000",
        MoneyClass.DISBURSEMENT,
        Qualifier.NEARLY,
    ),
    _money("loan", ("首笔纯专利质押贷款", "First patent-only loan"), "10000000", MoneyClass.DISBURSEMENT),
    metric(
        "registered",
        "质押融资登记金额（累计）",
        "Registered IP pledges, cumulative",
        "200000000",
        "yuan",
        money_class=MoneyClass.REGISTRATION,
        kind=Kind.CUMULATIVE,
    ),
    _money("fair", ("展会意向签约金额", "Trade-fair intentions"), "170000000", MoneyClass.INTENTION),
    _money(
        "goji",
        ("柴达木枸杞品牌价值", "Brand value of Qaidam goji"),
        "19600000000",
        MoneyClass.VALUATION,
        Qualifier.OVER,
    ),
)

_GRANTS = ("812", "954", "1103", "1250", "1188", "1302", "1420", "1511", "1490", "1633", "1710", "1845")


def _quarter(number: int, value: str) -> Metric:
    year, quarter = 2022 + number // 4, number % 4
    return metric(f"q{number}", f"{year}年第{'一二三四'[quarter]}季度", f"Q{quarter + 1} {year}", value, "patent")


QUARTERS = tuple(_quarter(number, value) for number, value in enumerate(_GRANTS))

MARKS = {
    "hv": "②",
    "per10k": "①",
    "hv_per10k": "①",
    "contracts": "③",
    "funds": "③",
    "loan": "③",
    "users": "④",
    "penalties": "⑤⑥⑦",
    "goji": "⑧⑨",
}

MONEY = ("fines", "contracts", "funds", "loan", "registered", "fair", "goji")


def metric_set(*more: Metric) -> MetricSet:
    return MetricSet((*HAIXI, *QUARTERS, *more), (), (), Localized("海西州", "Haixi Prefecture"), home="haixi")


def figure(
    kind: str, scale: Scale = Scale.LINEAR, labels: Mapping[str, Localized] | None = None, **given: Any
) -> FigureSpec:
    """A figure; what is given are the keys of its roles and its options."""
    title = Localized("示例图", "Example")
    names = {role.name for role in CHART_KINDS[kind].roles}
    roles = {name: keys for name, keys in given.items() if name in names}
    options = {name: value for name, value in given.items() if name not in names}
    return FigureSpec(f"the-{kind}", kind, title, roles, ORIGIN, labels=labels or {}, scale=scale, **options)


FIGURES: dict[str, FigureSpec] = {
    "share": figure("part-of-whole", whole=("in_force",), part=("hv",)),
    "bar": figure("bar", values=("disputes", "penalties")),
    "rates": figure("bar", values=("per10k", "hv_per10k")),
    "column": figure("column", values=("disputes", "penalties")),
    "quarters": figure("column", values=tuple(f"q{n}" for n in range(12))),
    "slope": figure("slope", points=("users_2022", "users")),
    "money": figure("dot", Scale.LOGARITHMIC, values=MONEY),
    "dots": figure("dot", values=("per10k", "hv_per10k")),
}
"""One figure or more of every kind, as the briefing of Haixi has them."""


def drawn(
    spec: FigureSpec,
    faces: Faces,
    languages: tuple[Language, ...] = (ZH, EN),
    *,
    metrics: MetricSet | None = None,
    cache: Cache | None = None,
    rounding: Rounding = Rounding.HALF_EVEN,
) -> Rendered:
    """The sample as its chart draws it; nothing is kept unless there is a cache."""
    store_in = Cache(None) if cache is None else cache
    return draw(spec, metrics or metric_set(), languages, MODERN, faces, store_in, MARKS, rounding)
