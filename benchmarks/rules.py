"""How long the rules take on a province's record, as a ratio to summing its values.

A synthetic province, the same on every run: counties with years of quarters, of each
the patents in force and their high-value part, their ratios to the population, grants,
cases and penalties as quarters and years to date, and a stated growth. One value in a
hundred is wrong, so that the rules find something. With a tenth of the observations and
with all of them, alternately:

* the plain sum of the values as `Decimal`;
* every rule, and each rule alone.

Prints the best times, their ratio to the sum, and how much longer ten times the
observations take, which is to be at most 12.
"""

from __future__ import annotations

import argparse
import gc
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

from ipreport.language import Localized
from ipreport.metrics import (
    Issue,
    Metric,
    MetricSet,
    PeriodKind,
    Qualifier,
    Region,
    Relations,
    StatedBasis,
    Status,
    parse_period,
)
from ipreport.problems import Origin
from ipreport.readers.catalogue import catalogue
from ipreport.rules import RULES, findings

AIM = 12
YEARS = range(2023, 2026)
HOME = "province"
_ORIGIN = Origin("data.csv", "")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--observations", type=int, default=100_000, help="of the larger record (default 100,000)")
    parser.add_argument("--runs", type=int, default=3, help="runs of each (default 3)")
    given = parser.parse_args()
    taken: dict[int, dict[str, float]] = {}
    for count in (given.observations // 10, given.observations):
        province = record(count)
        for _ in range(given.runs):
            times = measured(province)
            best = taken.setdefault(count, times)
            taken[count] = {name: min(best[name], times[name]) for name in times}
        report(len(province.observations), len(findings(province)), taken[count])
    smaller, larger = taken.values()
    for name in sorted(larger, key=lambda rule: -larger[rule])[:6]:
        print(f"{name:<5} ten times the observations take {larger[name] / smaller[name]:5.1f} × as long (aim ≤ {AIM})")


def report(count: int, found: int, times: dict[str, float]) -> None:
    """Print the times of one record."""
    slowest = max((name for name in times if name in RULES), key=lambda name: times[name])
    print(
        f"{count:>9,} observations, {found:>6,} findings  sum {times['sum']:6.3f} s  "
        f"rules {times['rules']:6.2f} s  {times['rules'] / times['sum']:6.1f} ×  slowest {slowest}"
    )


def measured(province: MetricSet) -> dict[str, float]:
    """Processor times on one record; each rule has a set of its own, so that none finds an index already made."""
    times = {
        "sum": seconds(lambda: sum((metric.value or Decimal(0) for metric in province), Decimal(0))),
        "rules": seconds(lambda: findings(replace(province))),
    }
    for name, rule in RULES.items():
        fresh = replace(province)
        times[name] = seconds(lambda rule=rule, fresh=fresh: list(rule(fresh)))
    return times


def record(count: int) -> MetricSet:
    """A province of so many counties as give about `count` observations."""
    random = Random(7)  # noqa: S311 - made-up figures, the same on every run
    observations: list[Metric] = []
    regions = [Region(HOME, Localized("示例省", "Sample Province"))]
    while len(observations) < count:
        number = len(regions)
        regions.append(Region(f"county_{number}", Localized(f"第{number}县", f"County {number}"), HOME))
        observations += county(f"county_{number}", random)
    issue = Issue(parse_period("2025Q4", PeriodKind.QUARTER), date(2026, 1, 15))
    region = Localized("示例省", "Sample Province")
    return MetricSet(tuple(observations), (), (), region, tuple(regions), HOME, issue=issue)


def county(region: str, random: Random) -> Iterator[Metric]:
    """Three years of quarters of one county, a few of them wrong."""
    patents, people = random.randrange(500, 5000), random.randrange(100_000, 900_000)
    for year in YEARS:
        sums = dict.fromkeys(("patent_grant_invention", "dispute_closed", "penalty_cases"), 0)
        for quarter in range(1, 5):
            day = parse_period(f"{year}Q{quarter}", PeriodKind.QUARTER).end
            patents += random.randrange(5, 50)
            share = 30 if random.random() < 0.01 else 3
            yield from stocks(f"{day}", region, patents, patents * share // 9, people)
            for name in sums:
                count = random.randrange(50, 90)
                sums[name] += count
                wrong = random.random() < 0.01
                yield made(name, f"{year}Q{quarter}", region, count * (10 if wrong else 1))
                yield made(name, f"{year}-01/{year}-{3 * quarter:02}", region, sums[name])
            yield growth(f"{day}", region, random)


def stocks(day: str, region: str, patents: int, high_value: int, people: int) -> Iterator[Metric]:
    """What a county has at the end of a quarter."""
    yield made("patent_invention_in_force", day, region, patents)
    yield made("patent_invention_hv", day, region, high_value)
    yield made("population_resident", day, region, people)
    for name, count in (("patent_invention_per10k", patents), ("patent_hv_per10k", high_value)):
        yield replace(made(name, day, region, 0), value=round(Decimal(count) * 10_000 / people, 2), places=2)


def growth(day: str, region: str, random: Random) -> Metric:
    """A stated growth of the patents in force, sometimes right."""
    relations = Relations(growth_of="patent_invention_in_force")
    stated = made("growth_rate", day, region, random.randrange(3, 9))
    return replace(stated, relations=relations, basis=StatedBasis.YOY)


def made(name: str, period: str, region: str, value: int) -> Metric:
    """An observation of the catalogue's metric."""
    definition = catalogue()[name]
    return Metric(
        key=f"{name}_{region}_{period}",
        definition=definition,
        name=definition.name,
        value=Decimal(value),
        places=0,
        stated_in=definition.unit,
        qualifier=Qualifier.EXACT,
        period=parse_period(period, definition.period),
        region=region,
        status=Status.OK,
        source="s",
        note=None,
        relations=definition.relations,
        origin=_ORIGIN,
    )


def seconds(action: Callable[[], object]) -> float:
    """Processor time of a call without garbage collection, as `timeit` measures; other work lengthens it little."""
    gc.collect()
    gc.disable()
    start = time.process_time()
    action()
    taken = time.process_time() - start
    gc.enable()
    return taken


if __name__ == "__main__":
    main()
