"""R04, R05 and R14: parts and single items within their whole, and unit slips that would explain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from itertools import combinations, product
from math import comb

from ipreport.language import Localized
from ipreport.metrics import Metric, MetricSet, Relations, UnitKind
from ipreport.problems import Level
from ipreport.rules.finding import Candidate, Finding, plain
from ipreport.rules.reach import exceeds, reach

SLIPS = tuple(Decimal(10) ** power for power in (1, -1, 2, -2))
"""Factors by which a unit is mistaken (万 for 十万, 亿 for million), the likelier first."""

MOST_TRIES = 5**5
"""So many combinations of slips are tried at most: all there are of five values."""

Slips = dict[str, Decimal]
"""By which factor the values with these keys are off; the others are right."""


def part_of_whole(metrics: MetricSet) -> Iterator[Finding]:
    """R04: a part is not greater than its whole."""
    title = Localized("部分大于整体", "A part exceeds its whole")
    exceeded = _exceeded(metrics, lambda relations: relations.part_of)
    yield from _findings("R04", title, exceeded, metrics)


def item_of_total(metrics: MetricSet) -> Iterator[Finding]:
    """R05: a single item is not greater than the total it belongs to."""
    title = Localized("单笔大于总额", "A single item exceeds its total")
    exceeded = _exceeded(metrics, lambda relations: relations.item_of)
    yield from _findings("R05", title, exceeded, metrics)


def _exceeded(
    metrics: MetricSet, named: Callable[[Relations], tuple[str, ...]]
) -> Iterator[tuple[Metric, list[Metric]]]:
    """Every value with those of the values it names that it is greater than."""
    for part in metrics:
        wholes = _wholes(metrics, part, named(part.relations))
        if exceeded := [whole for whole in wholes if exceeds(part, whole)]:
            yield part, exceeded


def _findings(
    rule: str, title: Localized, exceeded: Iterable[tuple[Metric, list[Metric]]], metrics: MetricSet
) -> Iterator[Finding]:
    limits: Limits | None = None
    for part, wholes in exceeded:
        limits = limits if limits is not None else Limits(metrics)
        yield _finding(rule, title, part, wholes, limits)


def _wholes(metrics: MetricSet, part: Metric, ids: tuple[str, ...]) -> list[Metric]:
    if part.value is None:
        return []
    return [whole for name in ids if (whole := metrics.find(name, part)) is not None]


def _finding(rule: str, title: Localized, part: Metric, wholes: list[Metric], limits: Limits) -> Finding:
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
        candidates=tuple(unit_repairs(part, wholes, limits)),
    )


def _descending(wholes: list[Metric]) -> list[str]:
    return [plain(value) for value in sorted({whole.value or Decimal(0) for whole in wholes}, reverse=True)]


def unit_repairs(part: Metric, wholes: list[Metric], limits: Limits) -> Iterator[Candidate]:
    """R14: the readings in which some of the values are off by a power of ten and all rules hold.

    Only readings in which no change could be left out are given, the fewest changes
    first. They are proposals: which value is wrong cannot be decided by arithmetic.
    """
    group = {metric.key: metric for metric in (part, *wholes)}
    touching = limits.touching(group)
    solutions: list[Slips] = []
    for slips in slip_sets(tuple(group)):
        needless = any(other.items() <= slips.items() for other in solutions)
        if not needless and holds(slips, touching) and all(_is_whole(group[key], slips[key]) for key in slips):
            solutions.append(slips)
    for slips in sorted(solutions, key=_changes):
        yield Candidate(tuple((key, (group[key].value or Decimal(0)) * factor) for key, factor in slips.items()))


def _is_whole(metric: Metric, factor: Decimal) -> bool:
    """Whether a value times a factor can be: things come in whole numbers."""
    value = (metric.value or Decimal(0)) * factor
    return metric.unit.kind is not UnitKind.COUNT or value == value.to_integral_value()


def slip_sets(keys: tuple[str, ...]) -> Iterator[Slips]:
    """Ways in which some of the values are off by a unit, the fewest slips first.

    Of five values every way is tried. Of more values only so few slip at a time that
    `MOST_TRIES` is not exceeded: one part in many wholes must not cost 5 to that power.
    """
    tried = 0
    for number in range(1, len(keys) + 1):
        tried += comb(len(keys), number) * len(SLIPS) ** number
        if tried > MOST_TRIES:
            return
        for chosen in combinations(keys, number):
            for factors in product(SLIPS, repeat=number):
                yield dict(zip(chosen, factors, strict=True))


class Limits:
    """Every pair (part, whole) of a set of metrics, found once for all findings about it."""

    def __init__(self, metrics: MetricSet) -> None:
        self._pairs: dict[str, list[tuple[Metric, Metric]]] = defaultdict(list)
        for part in metrics:
            for whole in _wholes(metrics, part, (*part.relations.part_of, *part.relations.item_of)):
                self._pairs[part.key].append((part, whole))
                self._pairs[whole.key].append((part, whole))

    def touching(self, keys: Iterable[str]) -> list[tuple[Metric, Metric]]:
        """The pairs in which one of the values takes part, each once."""
        found = {(part.key, whole.key): (part, whole) for key in keys for part, whole in self._pairs.get(key, ())}
        return list(found.values())


def holds(slips: Slips, limits: Iterable[tuple[Metric, Metric]]) -> bool:
    """Whether no part exceeds its whole once the values in `slips` are multiplied by their factors."""
    return not any(
        reach(whole)
        .times(slips.get(whole.key, Decimal(1)))
        .is_below(reach(part).times(slips.get(part.key, Decimal(1))))
        for part, whole in limits
    )


def _changes(slips: Slips) -> tuple[int, int]:
    return len(slips), sum(abs(factor.adjusted()) for factor in slips.values())
