"""The dated values of one thing in the order of time, which is what rules on history compare."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator
from datetime import date

from ipreport.metrics import Kind, Metric, MetricSet, Period, PeriodKind, StatedBasis, UnitKind

Course = tuple[Metric, ...]
"""Values of one metric, region and meaning, each dated, the earliest end first."""

SMALL_COUNT = 10
"""Below this a count moves by any multiple without anything being wrong (DOMAIN §5: no percentages)."""

GROWTH_RATE = "growth_rate"
"""The catalogue's entry for a growth that a source states, whatever it is of."""


def courses(metrics: MetricSet) -> Iterator[Course]:
    """Every course of the set: values that are there and dated, told apart by what they are of.

    Where one time has several values under different names, such as the brand values of
    two brands, each name is a course of its own; otherwise a name does not part a course,
    since an office renames a metric without changing it.
    """
    groups: dict[Hashable, list[Metric]] = defaultdict(list)
    for metric in metrics:
        if metric.value is not None and metric.period.known:
            groups[_meaning(metric)].append(metric)
    for group in groups.values():
        for part in _by_name(group):
            yield tuple(sorted(part, key=_time))


def is_growth(metric: Metric) -> bool:
    """Whether a value is a growth or change that a source states, not a level."""
    stated = metric.relations.growth_of is not None or metric.basis is not None
    return stated or metric.definition.id == GROWTH_RATE or metric.unit.kind is UnitKind.POINTS


def growths(metrics: MetricSet) -> Iterator[Metric]:
    """Every growth or change that a source states, in the order of the file."""
    return (metric for metric in metrics if metric.value is not None and is_growth(metric))


def adds_up(metric: Metric) -> bool:
    """Whether a longer window of the metric holds all that its shorter ones hold."""
    return metric.definition.kind in {Kind.FLOW, Kind.COMMITMENT}


def stretch(metric: Metric) -> tuple[date | None, date | None]:
    """First and last day of a value's period; the first is None of a value as of a day."""
    return metric.period.start, metric.period.end


def is_instant(metric: Metric) -> bool:
    """Whether a value is as of a day: no window, and not a single event."""
    return metric.period.kind in {PeriodKind.AS_OF, PeriodKind.CUMULATIVE}


def of_one_length(growth: Metric) -> bool:
    """Whether the period of a growth and the one it is measured against are equally long, where both are known.

    Both are days, or windows of as many months; a year may stand for its last day. Growth
    since the year's end is measured against a day, whatever window it is said of.
    """
    one, other = growth.period, growth.against
    if other is None or not other.known or not one.known or growth.basis is StatedBasis.SINCE_YEAR_END:
        return True
    if one.start is None or other.start is None:
        window = one if one.start is not None else other
        return window.start is None or window.kind is PeriodKind.YEAR
    return months_of(one) == months_of(other)


def months_of(period: Period) -> int | None:
    """The months of a dated window; None for a day."""
    if period.start is None or period.end is None:
        return None
    return (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1


def _meaning(metric: Metric) -> tuple[str, str, str | None, str | None, str | None, StatedBasis | None]:
    related = metric.relations
    return (
        metric.definition.id,
        metric.region,
        related.growth_of,
        related.ranks,
        related.completion_of,
        metric.basis,
    )


def _by_name(group: list[Metric]) -> Iterator[list[Metric]]:
    names: dict[tuple[date | None, date | None], set[str]] = defaultdict(set)
    for metric in group:
        names[stretch(metric)].add(metric.name.zh)
    if all(len(found) == 1 for found in names.values()):
        yield group
        return
    parts: dict[str, list[Metric]] = defaultdict(list)
    for metric in group:
        parts[metric.name.zh].append(metric)
    yield from parts.values()


def _time(metric: Metric) -> tuple[date, date]:
    start, end = stretch(metric)
    last = end or date.max
    return last, start or last
