"""Figures of parts, of a stock's changes and of the pledge chain, and the records of one prefecture for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from figure_samples import figure
from helpers import at
from ipreport.document import DrawnItem, DrawnPath, DrawnText
from ipreport.figures import check, lay_out
from ipreport.figures.charts import CHARTS
from ipreport.figures.data import ChartData
from ipreport.figures.gather import gather
from ipreport.figures.lettering import Lettering
from ipreport.figures.select import select
from ipreport.figures.sketch import Sketch
from ipreport.figures.telling import plain
from ipreport.fonts import Faces
from ipreport.language import EN, ZH, Language, Localized
from ipreport.metrics import Metric, MetricSet, Region, Relations, Source
from ipreport.outline import FigureSpec
from ipreport.problems import Origin
from ipreport.style import MODERN
from ipreport.wording import Rounding

HOME = "home"
TO_DATE, START, END = "2025-01/2025-09", "2024-12-31", "2025-09-30"
REST = Localized("其他", "Other")
OTHER_CHANGES = Localized("其他变动", "Other changes")


def here(period: str, value: str | None, metric_id: str, key: str, **changes: Any) -> Metric:
    """A value of the prefecture, from its ledger unless `changes` say otherwise."""
    return at(period, value, metric_id, key=key, **{"region": HOME, "source": "ledger", **changes})


def flow(key: str, value: str, zh: str, en: str, period: str = TO_DATE, **changes: Any) -> Metric:
    """What was added to the patents in force, or taken from them, under a definition of its own."""
    made = here(period, value, "patent_grant_invention", key, name=Localized(zh, en), relations=Relations(), **changes)
    return replace(made, definition=replace(made.definition, id=key))


def _source(number: int, source_id: str, zh: str, en: str) -> Source:
    return Source(source_id, number, Localized(zh, en), None, None, None, None, Origin("metrics.yaml", source_id))


SOURCES = (
    _source(1, "ledger", "甲州知识产权统计台账", "IP ledger of Prefecture A"),
    _source(2, "bank", "金融管理部门质押贷款统计", "Pledge loan statistics of the financial regulator"),
)
REGIONS = tuple(
    Region(name, Localized(zh, en), HOME)
    for name, zh, en in (
        ("east", "东县", "East County"),
        ("west", "西县", "West County"),
        ("north", "北县", "North County"),
        ("south", "南县", "South County"),
        ("centre", "中心区", "Central District"),
    )
)

GRANTS = (
    here(TO_DATE, "1000", "patent_grant_total", "grants"),
    here(TO_DATE, "250", "patent_grant_invention", "inventions"),
    here(TO_DATE, "700", "patent_grant_um", "models"),
    here(TO_DATE, "50", "patent_grant_design", "designs"),
)
COUNTIES = (
    here(TO_DATE, "29", "penalty_cases", "cases"),
    here(TO_DATE, "20", "penalty_cases", "cases_east", region="east"),
    here(TO_DATE, "8", "penalty_cases", "cases_west", region="west"),
)
PLEDGES = tuple(
    here(TO_DATE, value, "pledge_reg_amount", f"registered_{region}", region=region)
    for region, value in (
        ("east", "1250000"),
        ("west", "900000"),
        ("north", "880000"),
        ("south", "640000"),
        ("centre", "85600000"),
    )
)
STOCK = (
    here(START, "356", "patent_invention_in_force", "stock_before"),
    here("2025-03-31", "372", "patent_invention_in_force", "stock_march"),
    here("2025-06-30", "369", "patent_invention_in_force", "stock_june"),
    here(END, "401", "patent_invention_in_force", "stock"),
)
FLOWS = (
    flow("granted", "60", "新授权", "Granted"),
    flow("moved_in", "15", "转入", "Moved in"),
    flow("expired", "22", "期满终止", "Expired"),
    flow("unpaid", "8", "未缴年费终止", "Lapsed for unpaid fees"),
)
MANY = tuple(flow(f"in_{n}", "7", f"转入{name}", f"Gained, {name}") for n, name in enumerate("ABCDEF"))
MANY_LOST = tuple(flow(f"out_{n}", "5", f"转出{name}", f"Lost, {name}") for n, name in enumerate("ABCDEF"))
CHAIN = (
    here(TO_DATE, "170000000", "trade_fair_intent_amount", "intended"),
    here(TO_DATE, "120000000", "pledge_contract_amount", "contracted"),
    here(TO_DATE, "90000000", "pledge_reg_amount", "registered"),
    here(TO_DATE, "88000000", "pledge_credit_line", "line"),
    here(TO_DATE, "61500000", "pledge_loan_paid", "paid"),
    here(END, "47250000", "pledge_loan_balance", "balance"),
    here("2025-06-30", "45300000", "pledge_loan_balance", "balance_june"),
    here("2025-03-31", "46125000", "pledge_loan_balance", "balance_march"),
    here(TO_DATE, "61500000", "pledge_loan_paid", "paid_by_bank", source="bank"),
    here(END, "47250000", "pledge_loan_balance", "balance_by_bank", source="bank"),
)


RATIOS = tuple(
    here(day, value, "patent_invention_per10k", key, places=2)
    for day, value, key in (
        ("2025-03-31", "7.52", "ratio_march"),
        ("2025-06-30", "7.46", "ratio_june"),
        (END, "8.10", "ratio"),
    )
)


def prefecture(*more: Metric) -> MetricSet:
    """The records of the prefecture, and `more`."""
    metrics = (*GRANTS, *COUNTIES, *PLEDGES, *STOCK, *FLOWS, *MANY, *MANY_LOST, *CHAIN, *RATIOS, *more)
    return MetricSet(metrics, SOURCES, (), Localized("甲州", "Prefecture A"), REGIONS, HOME)


def only(*metrics: Metric) -> MetricSet:
    """Nothing but these, in the same prefecture."""
    return replace(prefecture(), observations=metrics)


BY_FLOWS = {"start": ("stock_before",), "end": ("stock",)}
FIGURES: dict[str, FigureSpec] = {
    "donut": figure("donut", whole=("grants",), parts=("inventions", "models", "designs")),
    "donut-with-rest": figure("donut", whole=("grants",), parts=("inventions", "designs"), remainder=REST),
    "donut-of-few-cases": figure("donut", whole=("cases",), parts=("cases_east", "cases_west"), remainder=REST),
    "donut-of-thin-slices": figure(
        "donut", whole=("registered",), parts=tuple(each.key for each in PLEDGES), remainder=REST
    ),
    "waterfall": figure("waterfall", increases=("granted", "moved_in"), decreases=("expired", "unpaid"), **BY_FLOWS),
    "waterfall-with-rest": figure("waterfall", increases=("granted",), remainder=OTHER_CHANGES, **BY_FLOWS),
    "waterfall-of-many-flows": figure(
        "waterfall",
        increases=tuple(each.key for each in MANY),
        decreases=tuple(each.key for each in MANY_LOST),
        remainder=OTHER_CHANGES,
        **BY_FLOWS,
    ),
    "waterfall-over-time": figure("waterfall", values=("stock",), last=4),
    "waterfall-of-money": figure("waterfall", values=("balance",), last=3),
    "waterfall-of-ratios": figure("waterfall", values=("ratio",), last=3),
    "cascade": figure("cascade", values=("intended", "contracted", "registered", "line", "paid", "balance")),
    "cascade-of-two-sources": figure("cascade", values=("contracted", "registered", "paid_by_bank", "balance_by_bank")),
}


@dataclass(frozen=True)
class Drawn:
    """A figure laid out without its picture. `height` is in points."""

    items: tuple[DrawnItem, ...]
    height: float
    data: ChartData

    @property
    def texts(self) -> list[DrawnText]:
        return [item for item in self.items if isinstance(item, DrawnText)]

    @property
    def words(self) -> list[str]:
        return [item.text for item in self.texts]

    @property
    def shapes(self) -> list[DrawnPath]:
        return [item for item in self.items if isinstance(item, DrawnPath) and item.fill is not None]

    @property
    def lines(self) -> list[DrawnPath]:
        return [item for item in self.items if isinstance(item, DrawnPath) and item.fill is None]

    def told(self, language: Language) -> str:
        return plain(CHARTS[self.data.kind].tell(self.data, language))


def drawn(
    spec: FigureSpec,
    faces: Faces,
    languages: tuple[Language, ...] = (ZH, EN),
    *,
    record: MetricSet | None = None,
    marks: Mapping[str, str] = MappingProxyType({}),
    width: float = 455.0,
) -> Drawn:
    selected = select(spec, record or prefecture())
    numbers = CHARTS[spec.kind].numbers(spec)
    data = gather(selected, numbers, languages, marks, width, Rounding.HALF_EVEN)
    style = MODERN.led_by(languages[0])
    sketch = Sketch(Lettering(faces, style, None), style.colours)
    height = lay_out(data, sketch)
    return Drawn(sketch.drawing(height).items, height, data)


def box(path: DrawnPath) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of a shape."""
    ends = [(float(segment[-2]), float(segment[-1])) for segment in path.segments if len(segment) > 2]
    xs, ys = zip(*ends, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def refused(spec: FigureSpec, *more: Metric) -> list[tuple[str, tuple[str, ...], str | None]]:
    """Message without the name of the figure, hints and rule of every Problem."""
    problems = check(spec, prefecture(*more))
    return [(p.message.removeprefix(f"figure '{spec.id}': "), p.hints, p.rule) for p in problems]
