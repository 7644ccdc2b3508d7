"""R03: a percentage of a known number of cases must be the share of a whole number of them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ipreport.language import Localized
from ipreport.metrics import Metric, MetricSet, Qualifier, UnitKind
from ipreport.problems import Level
from ipreport.rules.finding import Candidate, Finding, plain

LARGEST_BASE = 2000
"""Above this base every percentage with one decimal is some whole number of cases."""


def rate_feasibility(metrics: MetricSet) -> Iterator[Finding]:
    """R03: some whole k ≤ n has 100·k/n within half a unit of the rate's last place."""
    for rate in metrics:
        if rate.value is None or rate.unit.kind is not UnitKind.PERCENT or rate.relations.base is None:
            continue
        base = metrics.find(rate.relations.base, rate)
        if base is None or base.value is None or not 0 < base.value <= LARGEST_BASE:
            continue
        if not rate.qualifier is base.qualifier is Qualifier.EXACT:
            continue
        if not list(_numerators(rate, int(base.value))):
            yield _finding(rate, base, int(base.value))


def _numerators(rate: Metric, base: int) -> Iterator[int]:
    low, high = rate.bounds
    nearest = int((rate.value or Decimal(0)) * base / 100)
    for count in (nearest, nearest + 1):
        if count <= base and low <= Decimal(100 * count) / base <= high:
            yield count


def _finding(rate: Metric, base: Metric, cases: int) -> Finding:
    key, of = rate.key, base.key
    nearest = int((rate.value or Decimal(0)) * cases / 100)
    tries = [f"{k}/{cases} = {plain(Decimal(100 * k) / cases, rate.places)}%" for k in (nearest, nearest + 1)]
    tries.append(f"≠ {plain(rate.value or Decimal(0), rate.places)}%")
    feasible = [(k, n) for n in range(1, cases) for k in _numerators(rate, n)]
    return Finding(
        rule="R03",
        level=Level.WARN,
        title=Localized("比率无法由案件数得出", "Rate is not possible with this number of cases"),
        subjects=(key,),
        statement=Localized(
            f"没有一个整数除以{{{of}.name}}{{{of}}}能得到{{{key}.name}}{{{key}}}，说明该比率的基数不是这{{{of}}}。",
            f"No whole number out of {{{of}}} ({{{of}.name}}) gives a {{{key}.name}} of {{{key}}}; "
            "the rate must have another base.",
        ),
        arithmetic=Localized.same("; ".join(tries)),
        candidates=tuple(_candidate(k, n) for k, n in feasible),
    )


def _candidate(count: int, base: int) -> Candidate:
    return Candidate((), Localized(f"基数{base}，其中成功{count}", f"{count} out of {base}"))
