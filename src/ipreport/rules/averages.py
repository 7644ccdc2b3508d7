"""R28: an average per case far from all earlier ones, as a slip of the unit or of the count would make it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ipreport.language import Localized
from ipreport.metrics import Metric, MetricSet
from ipreport.problems import Level
from ipreport.rules.finding import Finding, called, plain
from ipreport.rules.reach import reach

FACTOR = 3
"""How many times the greatest, or which part of the least, earlier average is still usual (DOMAIN §2.3)."""

LEAST_POINTS = 2
"""So many earlier averages make a history."""


@dataclass(frozen=True, slots=True)
class _Average:
    """A value over the number of cases it is spread over, at a known time."""

    value: Metric
    cases: Metric
    end: date

    @property
    def exact(self) -> Decimal:
        return (self.value.value or Decimal(0)) / (self.cases.value or Decimal(1))

    @property
    def reach(self) -> tuple[Decimal, Decimal]:
        """The least and the greatest average that the two statements may mean."""
        value, cases = reach(self.value), reach(self.cases)
        return value.low / cases.high, value.high / cases.low if cases.low > 0 else Decimal("Infinity")


def unusual_average(metrics: MetricSet) -> Iterator[Finding]:
    """R28: an average lies between a third of the least and three times the greatest earlier one.

    Earlier ones are those of the same metric and region whose period ended before. With
    fewer than two of them, and for undated values, nothing is said.
    """
    series: dict[tuple[str, str], list[_Average]] = defaultdict(list)
    for value in metrics:
        if (average := _average(value, metrics)) is not None:
            series[value.definition.id, value.region].append(average)
    for averages in series.values():
        averages.sort(key=lambda average: average.end)
        yield from _outside(averages, metrics)


def _average(value: Metric, metrics: MetricSet) -> _Average | None:
    over, end = value.relations.average_over, value.period.end
    if over is None or end is None or value.value is None or value.value < 0:
        return None
    cases = metrics.at(over, value.region, value.period)
    return _Average(value, cases[0], end) if len(cases) == 1 and (cases[0].value or 0) > 0 else None


def _outside(averages: list[_Average], metrics: MetricSet) -> Iterator[Finding]:
    """The averages that lie outside what came before them; those of one day are no history of each other."""
    smallest, largest, earlier, waiting = Decimal("Infinity"), Decimal("-Infinity"), 0, list[_Average]()
    for average in averages:
        if waiting and waiting[0].end < average.end:
            smallest = min(smallest, *(each.exact for each in waiting))
            largest = max(largest, *(each.exact for each in waiting))
            earlier, waiting = earlier + len(waiting), []
        waiting.append(average)
        low, high = average.reach
        if earlier >= LEAST_POINTS and (high < smallest / FACTOR or low > largest * FACTOR):
            yield _finding(average, called(average.value, metrics), smallest, largest)


def _finding(average: _Average, name: Localized, smallest: Decimal, largest: Decimal) -> Finding:
    key, cases = average.value.key, average.cases.key
    places = 0 if average.exact >= 100 else 2
    shown, low, high = (plain(value, places) for value in (average.exact, smallest, largest))
    division = f"{plain(average.value.value or Decimal(0))} ÷ {plain(average.cases.value or Decimal(0))} = {shown}"
    outside = f"{shown} > {FACTOR} × {high}" if average.exact > largest else f"{shown} < {low} ÷ {FACTOR}"
    return Finding(
        rule="R28",
        level=Level.NOTE,
        title=Localized("平均值与往期相差很大", "An average is far from earlier ones"),
        subjects=(key, cases),
        statement=Localized(
            f"{name.zh}{{{key}}}按{{{cases}.name}}{{{cases}}}平均，与往期（{low}～{high}）相差很大。",
            f"The average of {name.en} ({{{key}}}) over {{{cases}.name}} ({{{cases}}}) is far from "
            f"the earlier ones ({low}–{high}).",
        ),
        arithmetic=Localized.same(f"{division}; {outside}"),
    )
