"""R06 and R13: what cannot fall does not, and no value jumps by a power of ten."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise

from ipreport.language import Localized
from ipreport.metrics import (
    Aggregation,
    Basis,
    Kind,
    Metric,
    MetricSet,
    PeriodKind,
    UnitKind,
    are_like,
    same_caliber,
)
from ipreport.problems import Level
from ipreport.rules.courses import SMALL_COUNT, Course, adds_up, courses, is_growth, is_instant, stretch
from ipreport.rules.finding import Candidate, Finding, called, plain, stated
from ipreport.rules.reach import reach

STOCK_FALL = Decimal(1) / 3
"""By how much of itself a stock may fall from one quarter end to the next before one asks why."""

JUMPS = (1, -1, 2, -2, 4, -4, 8, -8)
"""Powers of ten by which a unit or a decimal point slips: 十, 百, 万, 亿 (DOMAIN §2.3, R13)."""

NEAR = Decimal("0.15")
"""How near a power of ten a quotient must be to look like a slip."""

_ORDINARY = Decimal("0.2"), Decimal(5)
"""Between these a quotient is far from all of them, as nearly every one is."""


# --- R06 -------------------------------------------------------------------------------


def never_falls(metrics: MetricSet) -> Iterator[Finding]:
    """R06: years to date never fall within a year, nor cumulative values at any time.

    Of windows with the same first day the longer holds the shorter, so the rule compares
    each with the next longer one; values as of a day it compares with the next day.
    Values that one reading of rounding and qualifiers reconciles are left alone, as are
    values on both sides of a change of definition. A stock may fall: by more than
    `STOCK_FALL` from one quarter end to the next it is a warning.
    """
    for course in courses(metrics):
        kind = course[0].definition.kind
        if adds_up(course[0]):
            for windows in _of_one_start(course):
                yield from (_fall(*pair, metrics) for pair in pairwise(windows) if _falls(*pair))
        elif kind is Kind.CUMULATIVE:
            days = [metric for metric in course if is_instant(metric)]
            yield from (_fall(*pair, metrics) for pair in pairwise(days) if _falls(*pair))
        elif kind is Kind.STOCK and course[0].definition.aggregation is Aggregation.LAST:
            days = [metric for metric in course if is_instant(metric)]
            yield from (_sharp_fall(*pair, metrics) for pair in pairwise(days) if _falls_sharply(*pair))


def _of_one_start(course: Course) -> Iterator[list[Metric]]:
    found: dict[date, list[Metric]] = defaultdict(list)
    for metric in course:
        if metric.period.start is not None:
            found[metric.period.start].append(metric)
    yield from found.values()


def _falls(before: Metric, now: Metric) -> bool:
    later = stretch(before) != stretch(now)
    return later and same_caliber(now, before) and reach(now).is_below(reach(before))


def _falls_sharply(before: Metric, now: Metric) -> bool:
    if not are_like(now.period, before.period, Basis.QUARTER) or not same_caliber(now, before):
        return False
    is_small = before.unit.kind is UnitKind.COUNT and (before.value or 0) < SMALL_COUNT
    return not is_small and reach(now).is_below(reach(before).times(1 - STOCK_FALL))


def _fall(before: Metric, now: Metric, metrics: MetricSet) -> Finding:
    name, new, old = called(now, metrics), now.key, before.key
    return Finding(
        rule="R06",
        level=Level.BLOCK,
        title=Localized("累计数下降", "A cumulative figure falls"),
        subjects=(new, old),
        statement=Localized(
            f"{name.zh}{{{new}.when}}为{{{new}}}，少于{{{old}.when}}的{{{old}}}；累计数不会减少。",
            f"{name.en}: {{{new}}} {{{new}.when}}, less than {{{old}}} {{{old}.when}}; a running total cannot fall.",
        ),
        arithmetic=Localized.same(f"{stated(now)} < {stated(before)}"),
    )


def _sharp_fall(before: Metric, now: Metric, metrics: MetricSet) -> Finding:
    name, new, old = called(now, metrics), now.key, before.key
    least = before.value or Decimal(0)
    change = ((now.value or Decimal(0)) - least) / least * 100
    return Finding(
        rule="R06",
        level=Level.WARN,
        title=Localized("存量一个季度内骤降", "A stock falls sharply within a quarter"),
        subjects=(new, old),
        statement=Localized(
            f"{name.zh}{{{new}.when}}为{{{new}}}，比{{{old}.when}}的{{{old}}}减少三分之一以上。",
            f"{name.en}: {{{new}}} {{{new}.when}}, down by more than a third from {{{old}}} {{{old}.when}}.",
        ),
        arithmetic=Localized.same(f"({stated(now)} − {stated(before)}) ÷ {stated(before)} = {plain(change, 1)}%"),
    )


# --- R13 -------------------------------------------------------------------------------


def unit_jump(metrics: MetricSet) -> Iterator[Finding]:
    """R13: a value is not about 10, 100, 10,000 or 100,000,000 times the one before, nor such a part of it.

    The one before is the latest earlier value of the same kind of period; of years to
    date it is the same months of the year before, or else the last of the same year.
    The way back from a jump already told is not told again. Growth, ranks and single
    events are left alone, as are tenfold changes of counts below `SMALL_COUNT`.
    """
    for course in courses(metrics):
        if is_growth(course[0]) or course[0].definition.kind is Kind.RANK:
            continue
        told: dict[str, int] = {}
        for before, now in _followers(course):
            power = _jump(before, now)
            if power is not None and told.get(before.key) != -power:
                told[now.key] = power
                yield _jump_finding(before, now, power, metrics)


def _followers(course: Course) -> Iterator[tuple[Metric, Metric]]:
    """Every value with the one it is compared with."""
    last: dict[PeriodKind, Metric] = {}
    same_months: dict[tuple[int, int], Metric] = {}
    for metric in course:
        kind, end = metric.period.kind, metric.period.end
        if end is None or kind is PeriodKind.EVENT:
            continue
        before = last.get(kind)
        if kind is PeriodKind.YEAR_TO_DATE:
            if before is not None and before.period.start != metric.period.start:
                before = None
            before = same_months.get((end.year - 1, end.month), before)
            same_months[end.year, end.month] = metric
        if before is not None and stretch(before) != stretch(metric):
            yield before, metric
        last[kind] = metric


def _jump(before: Metric, now: Metric) -> int | None:
    new, old = now.value or Decimal(0), before.value or Decimal(0)
    if new <= 0 or old <= 0 or not same_caliber(now, before):
        return None
    quotient = new / old
    if _ORDINARY[0] < quotient < _ORDINARY[1]:
        return None
    power = next((power for power in JUMPS if abs(quotient.scaleb(-power) - 1) <= NEAR), None)
    is_small = now.unit.kind is UnitKind.COUNT and min(new, old) < SMALL_COUNT
    return None if is_small and power in {1, -1} else power


_TIMES = {1: "10", 2: "100", 4: "1万", 8: "1亿"}
_PARTS = {1: "十分之一", 2: "百分之一", 4: "万分之一", 8: "亿分之一"}


def _jump_finding(before: Metric, now: Metric, power: int, metrics: MetricSet) -> Finding:
    name, new, old = called(now, metrics), now.key, before.key
    times = plain(Decimal(10) ** abs(power))
    quotient = (now.value or Decimal(0)) / (before.value or Decimal(1))
    multiple_zh = f"{_TIMES[power]}倍" if power > 0 else _PARTS[-power]
    multiple_en = f"{times} times" if power > 0 else f"1/{times} of"
    return Finding(
        rule="R13",
        level=Level.WARN,
        title=Localized("数值相差整数量级", "A value differs by a power of ten"),
        subjects=(new, old),
        statement=Localized(
            f"{name.zh}{{{new}.when}}为{{{new}}}，约为{{{old}.when}}{{{old}}}的{multiple_zh}，单位或小数点可能有误。",
            f"{name.en}: {{{new}}} {{{new}.when}}, about {multiple_en} the {{{old}}} {{{old}.when}}; "
            "a unit or a decimal point may be wrong.",
        ),
        arithmetic=Localized.same(
            f"{stated(now)} ÷ {stated(before)} = {plain(quotient, max(2, 1 - quotient.adjusted()))}"
        ),
        candidates=tuple(_slipped(now, power)),
    )


def _slipped(metric: Metric, power: int) -> Iterator[Candidate]:
    """The value without the slip, where it can be one: things come in whole numbers."""
    value = (metric.value or Decimal(0)).scaleb(-power)
    if metric.unit.kind is not UnitKind.COUNT or value == value.to_integral_value():
        yield Candidate(((metric.key, value),))
