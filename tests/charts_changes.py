"""Figures of parts, of a stock's changes and of the pledge chain, and the records of one prefecture for them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from figure_samples import figure
from helpers import at
from ipreport.language import Localized
from ipreport.metrics import Metric, MetricSet, Region, Relations, Source
from ipreport.outline import FigureSpec
from ipreport.problems import Origin

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
    for name, zh, en in (("east", "东县", "East County"), ("west", "西县", "West County"), ("north", "北县", "North"))
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
CHAIN = (
    here(TO_DATE, "170000000", "trade_fair_intent_amount", "intended"),
    here(TO_DATE, "120000000", "pledge_contract_amount", "contracted"),
    here(TO_DATE, "90000000", "pledge_reg_amount", "registered"),
    here(TO_DATE, "88000000", "pledge_credit_line", "line"),
    here(TO_DATE, "61500000", "pledge_loan_paid", "paid"),
    here(END, "47250000", "pledge_loan_balance", "balance"),
    here(TO_DATE, "61500000", "pledge_loan_paid", "paid_by_bank", source="bank"),
    here(END, "47250000", "pledge_loan_balance", "balance_by_bank", source="bank"),
)


def prefecture(*more: Metric) -> MetricSet:
    """The records of the prefecture, and `more`."""
    metrics = (*GRANTS, *COUNTIES, *STOCK, *FLOWS, *CHAIN, *more)
    return MetricSet(metrics, SOURCES, (), Localized("甲州", "Prefecture A"), REGIONS, HOME)


BY_FLOWS = {"start": ("stock_before",), "end": ("stock",)}
FIGURES: dict[str, FigureSpec] = {
    "donut": figure("donut", whole=("grants",), parts=("inventions", "models", "designs")),
    "donut-with-rest": figure("donut", whole=("grants",), parts=("inventions", "designs"), remainder=REST),
    "donut-of-few-cases": figure("donut", whole=("cases",), parts=("cases_east", "cases_west"), remainder=REST),
    "waterfall": figure("waterfall", increases=("granted", "moved_in"), decreases=("expired", "unpaid"), **BY_FLOWS),
    "waterfall-with-rest": figure("waterfall", increases=("granted",), remainder=OTHER_CHANGES, **BY_FLOWS),
    "waterfall-over-time": figure("waterfall", values=("stock",), last=4),
    "cascade": figure("cascade", values=("intended", "contracted", "registered", "line", "paid", "balance")),
    "cascade-of-two-sources": figure("cascade", values=("contracted", "registered", "paid_by_bank", "balance_by_bank")),
}
