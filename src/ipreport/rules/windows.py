"""R07 and R22: windows of time against one another, and stocks against what flows into them."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from ipreport.language import Localized
from ipreport.metrics import Aggregation, Kind, Metric, MetricSet, PeriodKind, Status, same_caliber
from ipreport.problems import Level
from ipreport.rules.courses import Course, courses, is_instant, stretch
from ipreport.rules.finding import Finding, called, plain, stated
from ipreport.rules.reach import Reach, reach, total

_OPEN = {Status.PROVISIONAL, Status.ESTIMATED, Status.REVISED}
"""A value of such a status may stand beside the one it replaces or that replaces it."""


# --- R07 -------------------------------------------------------------------------------


def sums_of_quarters(metrics: MetricSet) -> Iterator[Finding]:
    """R07: a year to date is the sum of its quarters, and values of one time do not disagree.

    Within the roundings of all of them. Where the year to date before is recorded, the
    quarter between is compared first, which tells where the fault is; where quarters are
    missing, what is left for them is not below zero. That two years to date leave less
    than nothing is a fall and told by R06. Only what adds up over time is added; two
    assessed values of one time, by two evaluators, do not contradict each other.
    """
    for course in courses(metrics):
        definition = course[0].definition
        if definition.kind is not Kind.VALUATION:
            yield from _told_twice(course, metrics)
        if definition.aggregation is Aggregation.SUM:
            for year in _years(course):
                yield from year.findings(metrics)


def _told_twice(course: Course, metrics: MetricSet) -> Iterator[Finding]:
    same: dict[object, list[Metric]] = defaultdict(list)
    for metric in course:
        if metric.period.kind is not PeriodKind.EVENT:
            same[stretch(metric), metric.against].append(metric)
    for values in same.values():
        yield from (_twice(*pair, metrics) for pair in pairwise(values) if _disagree(*pair))


def _disagree(one: Metric, other: Metric) -> bool:
    replaced = one.status is not other.status and bool({one.status, other.status} & _OPEN)
    return not replaced and one.caliber == other.caliber and reach(one).misses(reach(other))


def _twice(one: Metric, other: Metric, metrics: MetricSet) -> Finding:
    name, a, b = called(one, metrics), one.key, other.key
    return Finding(
        rule="R07",
        level=Level.BLOCK,
        title=Localized("同一时期有两个不同的数", "Two different values for one time"),
        subjects=(a, b),
        statement=Localized(
            f"{name.zh}{{{a}.when}}有两个数，{{{a}}}和{{{b}}}，不能同时成立。",
            f"{name.en}: {{{a}}} and {{{b}}}, both {{{a}.when}}; the two cannot both be right.",
        ),
        arithmetic=Localized.same(f"{stated(one)} ≠ {stated(other)}"),
    )


@dataclass(frozen=True, slots=True)
class _Year:
    """The values of one year by the quarter with which they end, 1 to 4."""

    to_date: dict[int, Metric]
    quarters: dict[int, Metric]

    def findings(self, metrics: MetricSet) -> Iterator[Finding]:
        agrees = True
        for last in range(2, 5):
            whole, before = self.to_date.get(last), self.to_date.get(last - 1)
            if whole is None or (before is not None and reach(whole).is_below(reach(before))):
                continue
            for parts in self._complete(last):
                if agrees and reach(whole).misses(total(parts)):
                    agrees = False
                    yield _unequal(whole, parts, metrics)
            if not any(self._complete(last)) and (parts := self._too_much(whole, last)):
                yield _exceeded(whole, parts, metrics)

    def _complete(self, last: int) -> Iterator[list[Metric]]:
        """What adds up to the year to date: the one before and the quarter between, then the quarters alone."""
        if last - 1 in self.to_date and last in self.quarters:
            yield [self.to_date[last - 1], self.quarters[last]]
        if all(quarter in self.quarters for quarter in range(1, last + 1)):
            yield [self.quarters[quarter] for quarter in range(1, last + 1)]

    def _too_much(self, whole: Metric, last: int) -> list[Metric]:
        """Recorded parts that leave less than nothing for the rest; empty where there are none."""
        for first in range(last):
            parts = [self.to_date[first]] if first in self.to_date else []
            between = [self.quarters[n] for n in range(first + 1, last + 1) if n in self.quarters]
            if between and reach(whole).is_below(total([*parts, *between])):
                return [*parts, *between]
        return []


def _years(course: Course) -> Iterator[_Year]:
    years: dict[int, _Year] = defaultdict(lambda: _Year({}, {}))
    for metric in course:
        start, end = stretch(metric)
        if start is None or end is None or end.month % 3 or (end + timedelta(days=1)).day != 1:
            continue
        quarter = end.month // 3
        if start == date(end.year, end.month - 2, 1):
            years[end.year].quarters.setdefault(quarter, metric)
        if start == date(end.year, 1, 1):
            years[end.year].to_date.setdefault(quarter, metric)
    yield from years.values()


def _unequal(whole: Metric, parts: list[Metric], metrics: MetricSet) -> Finding:
    name, key = called(whole, metrics), whole.key
    return Finding(
        rule="R07",
        level=Level.BLOCK,
        title=Localized("累计数不等于各季度之和", "A year to date is not the sum of its parts"),
        subjects=(key, *(part.key for part in parts)),
        statement=Localized(
            f"{name.zh}{{{key}.when}}为{{{key}}}，不等于{_listed_zh(parts)}之和。",
            f"{name.en}: {{{key}}} {{{key}.when}}, which is not the sum of {_listed_en(parts)}.",
        ),
        arithmetic=Localized.same(f"{_sum(parts)} ≠ {stated(whole)}"),
    )


def _exceeded(whole: Metric, parts: list[Metric], metrics: MetricSet) -> Finding:
    name, key = called(whole, metrics), whole.key
    return Finding(
        rule="R07",
        level=Level.BLOCK,
        title=Localized("季度数大于所在的累计数", "A year to date is less than quarters in it"),
        subjects=(key, *(part.key for part in parts)),
        statement=Localized(
            f"{name.zh}{{{key}.when}}为{{{key}}}，少于其中的{_listed_zh(parts)}，其余各季度只能为负。",
            f"{name.en}: {{{key}}} {{{key}.when}}, less than {_listed_en(parts)} in it; the rest would be below zero.",
        ),
        arithmetic=Localized.same(f"{_sum(parts)} > {stated(whole)}"),
    )


def _listed_zh(parts: list[Metric]) -> str:
    return "、".join(f"{{{part.key}.when}}的{{{part.key}}}" for part in parts)


def _listed_en(parts: list[Metric]) -> str:
    listed = [f"{{{part.key}}} {{{part.key}.when}}" for part in parts]
    return " and ".join([", ".join(listed[:-1]), listed[-1]]) if len(listed) > 1 else listed[0]


def _sum(parts: list[Metric]) -> str:
    added = " + ".join(stated(part) for part in parts)
    summed = sum((part.value or Decimal(0) for part in parts), Decimal(0))
    return added if len(parts) == 1 else f"{added} = {plain(summed)}"


# --- R22 -------------------------------------------------------------------------------

_Signed = tuple[int, Metric]
"""A recorded window that is added (1) or taken away (−1)."""


def stock_and_inflows(metrics: MetricSet) -> Iterator[Finding]:
    """R22: a stock grows by no more than all that flowed into it, as `inflows` name it.

    Compared are a day and the latest day before it between which every flow is recorded:
    as a window, a quarter, a difference of years to date, or their sums across a year's
    end. Where one flow is missing nothing is said, nor across a change of definition.
    """
    flows: dict[tuple[str, str], _Flow] = {}
    for course in courses(metrics):
        named = course[0].relations.inflows
        days = [metric for metric in course if is_instant(metric)]
        for name in named if len(days) > 1 else ():
            place = name, course[0].region
            flows.setdefault(place, _Flow(metrics.series(*place)))
        for index, now in enumerate(days if named else ()):
            found = [flows[name, now.region].up_to(now) for name in named] if index else []
            known = (day for day in reversed(days[:index]) if all(_from(day) in flow for flow in found))
            if (before := next(known, None)) is not None:
                yield from _grown_too_much(before, now, [flow[_from(before)] for flow in found], metrics)


class _Flow:
    """What is recorded of one flow: windows of time as ways from their first day to the day after their last."""

    def __init__(self, series: tuple[Metric, ...]) -> None:
        self.ways: dict[date, list[tuple[date, _Signed]]] = defaultdict(list)
        for metric in series:
            start, end = stretch(metric)
            adds = metric.definition.aggregation is Aggregation.SUM
            if metric.value is not None and start is not None and end is not None and adds:
                after = end + timedelta(days=1)
                self.ways[after].append((start, (1, metric)))
                self.ways[start].append((after, (-1, metric)))

    def up_to(self, now: Metric) -> dict[date, tuple[_Signed, ...]]:
        """For every first day from which the flow is known up to the day of `now`: the fewest windows that give it."""
        last = _from(now)
        found: dict[date, tuple[_Signed, ...]] = {last: ()} if last in self.ways else {}
        waiting = deque(found)
        while waiting:
            day = waiting.popleft()
            for other, signed in self.ways[day]:
                if other not in found:
                    found[other] = (signed, *found[day])
                    waiting.append(other)
        return found


def _from(day: Metric) -> date:
    """The first day after the one that a stock is of. The stock is dated."""
    return (day.period.end or date.min) + timedelta(days=1)


def _grown_too_much(
    before: Metric, now: Metric, flowed: list[tuple[_Signed, ...]], metrics: MetricSet
) -> Iterator[Finding]:
    signed = [each for windows in flowed for each in windows]
    nothing = Reach(Decimal(0), Decimal(0))
    most = sum((reach(metric) if sign > 0 else -reach(metric) for sign, metric in signed), nothing)
    if not same_caliber(now, before) or not most.is_below(reach(now) - reach(before)):
        return
    name, new, old = called(now, metrics), now.key, before.key
    first = {metric.definition.id: metric for _, metric in reversed(signed)}.values()
    flows_zh = "、".join(f"{{{flow.key}.name}}" for flow in first)
    flows_en = " and ".join(f"{{{flow.key}.name}}" for flow in first)
    yield Finding(
        rule="R22",
        level=Level.WARN,
        title=Localized("存量增加多于同期流入", "A stock grows by more than what flowed in"),
        subjects=(new, old, *dict.fromkeys(metric.key for _, metric in signed)),
        statement=Localized(
            f"{name.zh}{{{old}.when}}为{{{old}}}，{{{new}.when}}为{{{new}}}，增加数多于同期的{flows_zh}。",
            f"{name.en}: {{{old}}} {{{old}.when}} and {{{new}}} {{{new}.when}}, an increase beyond what is recorded to "
            f"have flowed in ({flows_en}).",
        ),
        arithmetic=Localized.same(_balance(before, now, signed)),
    )


def _balance(before: Metric, now: Metric, signed: list[_Signed]) -> str:
    grown = (now.value or Decimal(0)) - (before.value or Decimal(0))
    flowed = sum((sign * (metric.value or Decimal(0)) for sign, metric in signed), Decimal(0))
    # What is added comes first, so that the line never begins with a minus sign.
    ordered = sorted(signed, key=lambda each: -each[0])
    terms = "".join(f"{' + ' if sign > 0 else ' − '}{stated(metric)}" for sign, metric in ordered).removeprefix(" + ")
    summed = f" = {plain(flowed)}" if len(ordered) > 1 else ""
    return f"{stated(now)} − {stated(before)} = {plain(grown)} > {terms}{summed}"
