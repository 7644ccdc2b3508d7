"""R04, R05 and R14: parts and single items within their whole, and unit slips that would explain."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import product

from ipreport.language import Localized
from ipreport.metrics import Metric, MetricSet
from ipreport.problems import Level
from ipreport.rules.finding import Candidate, Finding, plain
from ipreport.rules.reach import exceeds, reach

SLIPS = tuple(Decimal(10) ** power for power in (0, 1, -1, 2, -2))
"""Factors by which a unit is mistaken (万 for 十万, 亿 for million), the likelier first."""


def part_of_whole(metrics: MetricSet) -> Iterator[Finding]:
    """R04: a part is not greater than its whole."""
    for part in metrics:
        wholes = _wholes(metrics, part, part.relations.part_of)
        if exceeded := [whole for whole in wholes if exceeds(part, whole)]:
            title = Localized("部分大于整体", "A part exceeds its whole")
            yield _finding("R04", title, part, exceeded, metrics)


def item_of_total(metrics: MetricSet) -> Iterator[Finding]:
    """R05: a single item is not greater than the total it belongs to."""
    for item in metrics:
        totals = _wholes(metrics, item, item.relations.item_of)
        if exceeded := [total for total in totals if exceeds(item, total)]:
            title = Localized("单笔大于总额", "A single item exceeds its total")
            yield _finding("R05", title, item, exceeded, metrics)


def _wholes(metrics: MetricSet, part: Metric, ids: tuple[str, ...]) -> list[Metric]:
    if part.value is None:
        return []
    return [whole for name in ids if (whole := metrics.find(name, part)) is not None]


def _finding(rule: str, title: Localized, part: Metric, wholes: list[Metric], metrics: MetricSet) -> Finding:
    key, keys = part.key, [whole.key for whole in wholes]
    listed_zh = "、".join(f"{{{name}.name}}{{{name}}}" for name in keys)
    listed_en = " and ".join(f"{{{name}.name}} ({{{name}}})" for name in keys)
    larger = " > ".join([plain(part.value or Decimal(0)), *_descending(wholes)])
    return Finding(
        rule=rule,
        level=Level.BLOCK,
        title=title,
        subjects=(key, *keys),
        statement=Localized(
            f"{{{key}.name}}{{{key}}}，大于{listed_zh}。",
            f"{{{key}.name}} ({{{key}}}) is more than {listed_en}.",
        ),
        arithmetic=Localized.same(larger),
        candidates=tuple(unit_repairs(part, wholes, metrics)),
    )


def _descending(wholes: list[Metric]) -> list[str]:
    return [plain(value) for value in sorted({whole.value or Decimal(0) for whole in wholes}, reverse=True)]


def unit_repairs(part: Metric, wholes: list[Metric], metrics: MetricSet) -> Iterator[Candidate]:
    """R14: the readings in which some of the values are off by a power of ten and all rules hold.

    Only readings in which no change could be left out are given. They are proposals:
    which value is wrong cannot be decided by arithmetic.
    """
    group = [part, *wholes]
    limits = _limits(group, metrics)
    solutions = [
        factors
        for factors in product(SLIPS, repeat=len(group))
        if _holds(dict(zip((m.key for m in group), factors, strict=True)), limits)
    ]
    for factors in sorted(solutions, key=_changes):
        if not any(_simpler(other, factors) for other in solutions):
            values = tuple(
                (metric.key, (metric.value or Decimal(0)) * factor)
                for metric, factor in zip(group, factors, strict=True)
                if factor != 1
            )
            yield Candidate(values)


def _limits(group: list[Metric], metrics: MetricSet) -> list[tuple[Metric, Metric]]:
    """Every pair (part, whole) of the whole set in which a value of the group takes part."""
    return [pair for metric in group for pair in (*_above(metric, metrics), *_below(metric, metrics))]


def _above(part: Metric, metrics: MetricSet) -> Iterator[tuple[Metric, Metric]]:
    for whole in _wholes(metrics, part, (*part.relations.part_of, *part.relations.item_of)):
        yield part, whole


def _below(whole: Metric, metrics: MetricSet) -> Iterator[tuple[Metric, Metric]]:
    for part in metrics.naming(whole.definition.id, whole.region):
        yield from (pair for pair in _above(part, metrics) if pair[1] is whole)


def _holds(factors: dict[str, Decimal], limits: list[tuple[Metric, Metric]]) -> bool:
    return not any(
        reach(whole)
        .times(factors.get(whole.key, Decimal(1)))
        .is_below(reach(part).times(factors.get(part.key, Decimal(1))))
        for part, whole in limits
    )


def _changes(factors: tuple[Decimal, ...]) -> tuple[int, int]:
    return sum(factor != 1 for factor in factors), sum(abs(factor.adjusted()) for factor in factors)


def _simpler(other: tuple[Decimal, ...], factors: tuple[Decimal, ...]) -> bool:
    """Whether `other` makes only some of the changes of `factors`."""
    kept = all(mine in (1, theirs) for mine, theirs in zip(other, factors, strict=True))
    return kept and other != factors
