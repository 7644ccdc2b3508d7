"""How long wording values takes in both languages, as a ratio to Babel's formatting of the same values.

A tenth of the values and all of them, alternately, a quarter each of money, counts,
percentages and growth:

* Babel: `format_currency`, `format_decimal` or `format_percent`, once in zh and once in en;
* `ipreport.wording`: `show` of a metric, `show_growth` of a growth.

Babel only groups digits, where wording rounds to 万 or 亿, qualifies, gives each language
its unit, and words the direction of a growth. Prints the best times, their ratio, and how
much longer ten times the values take, which is to be at most 12. `--profile` says where
the time of one run goes instead.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import time
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from babel.numbers import format_currency, format_decimal, format_percent

from ipreport.language import Localized
from ipreport.metrics import Basis, Derived, Metric, Period, Qualifier, Status
from ipreport.problems import Origin
from ipreport.readers.catalogue import catalogue
from ipreport.wording import show, show_growth

AIM = 12
_METRICS = ("penalty_amount", "patent_invention_in_force", "mediation_success_rate")
_QUALIFIERS = tuple(Qualifier)


@dataclass(frozen=True, slots=True)
class Work:
    """Values to word: metrics and growths, as wording takes them, and the bare numbers as Babel does."""

    metrics: tuple[Metric, ...]
    growths: tuple[Derived, ...]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--values", type=int, default=100_000, help="how many values at most (default 100,000)")
    parser.add_argument("--runs", type=int, default=3, help="runs of each (default 3)")
    parser.add_argument("--profile", action="store_true", help="print where the time goes")
    given = parser.parse_args()
    if given.profile:
        profile(made(given.values))
        return
    taken: dict[int, float] = {}
    for count in (given.values // 10, given.values):
        work = made(count)
        pairs = [(seconds(lambda w=work: by_babel(w)), seconds(lambda w=work: by_us(w))) for _ in range(given.runs)]
        babel, taken[count] = (min(column) for column in zip(*pairs, strict=True))
        times = f"Babel {babel:6.3f} s  wording {taken[count]:6.3f} s  {taken[count] / babel:4.2f} ×"
        print(f"{count:>9,} values  {times}  {taken[count] / count * 1e6:5.1f} µs a value")
    growth = taken[given.values] / taken[given.values // 10]
    print(f"ten times the values take {growth:.1f} × as long (aim ≤ {AIM})")


def made(count: int) -> Work:
    """So many values, each different: three quarters of metrics, one of growths."""
    metrics = tuple(observed(number) for number in range(count * 3 // 4))
    growths = tuple(grown(number) for number in range(count - len(metrics)))
    return Work(metrics, growths)


def observed(number: int) -> Metric:
    """A value of money from yuan to trillions, a count, or a percentage."""
    name = _METRICS[number % 3]
    definition = catalogue()[name]
    size = Decimal(number * 7919 + 1)
    value = (size * 10 ** (number % 9), size % 100_000, size % 1001 / 10)[number % 3]
    return Metric(
        key=f"value_{number}",
        definition=definition,
        name=Localized("值", "value"),
        value=value,
        places=1 if number % 3 == 2 else 0,
        stated_in=definition.unit,
        qualifier=_QUALIFIERS[number % 5] if number % 3 == 0 else Qualifier.EXACT,
        period=Period(definition.period),
        region="r",
        status=Status.OK,
        source="s",
        note=None,
        relations=definition.relations,
        origin=Origin("metrics.yaml", "value", number),
    )


def grown(number: int) -> Derived:
    """A growth or a fall, now and then tenfold."""
    value = Decimal(number * 7919 % 4001 - 1000) / 1000 * (10 if number % 50 == 0 else 1)
    return Derived(f"a_{number}/yoy_growth_from/b_{number}", max(value, Decimal(-1)), "", (), Basis.YEAR)


def by_us(work: Work) -> None:
    """Word every value; one call gives both languages."""
    for metric in work.metrics:
        show(metric)
    for derived in work.growths:
        show_growth(derived)


def by_babel(work: Work) -> None:
    """Format every value with Babel, once a language."""
    for locale in ("zh", "en"):
        for metric in work.metrics:
            if metric.definition.id == "penalty_amount":
                format_currency(metric.value, "CNY", locale=locale)
            elif metric.places:
                format_percent(metric.value / 100, "0.0%", locale=locale)
            else:
                format_decimal(metric.value, locale=locale)
        for derived in work.growths:
            format_percent(derived.value, "0.0%", locale=locale)


def profile(work: Work) -> None:
    """Print the functions that take most of the time of wording."""
    profiler = cProfile.Profile()
    profiler.runcall(by_us, work)
    pstats.Stats(profiler).sort_stats("tottime").print_stats(25)


def seconds(action: Callable[[], object]) -> float:
    """Wall time of a call."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
