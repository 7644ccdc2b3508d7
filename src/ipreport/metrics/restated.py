"""What an earlier issue published against what is recorded now: changes, each marked as one or refused.

An observation is the same in two issues when metric, region and stretch of time are the
same, whatever its id and caliber; ranks, growth and completion also by what they are of,
targets by their plan. Undated values are the same only under the same id. An undated value
that differs is simply a newer one, for nothing says that both are of the same time; it is a
revision where the office says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from ipreport.language import Localized
from ipreport.metrics.derived import as_in_key, revision_key
from ipreport.metrics.model import Metric, MetricSet, Qualifier, Status
from ipreport.metrics.periods import Period, PeriodKind
from ipreport.metrics.units import Unit
from ipreport.problems import Origin, Problem, block, warn

Identity = tuple[str, str, str, str, date | None, date | None, str]


@dataclass(frozen=True, slots=True)
class Published:
    """A value as an earlier issue recorded it.

    `metric` is the id of its definition, `value` in base units of `unit`; `of` is what a
    rank, a growth or a completion is of and `plan` the plan of a target, else empty.
    """

    metric: str
    region: str
    period: Period
    key: str
    value: Decimal | None
    unit: Unit
    places: int
    qualifier: Qualifier
    status: Status
    caliber: str | None = None
    of: str = ""
    plan: str = ""


@dataclass(frozen=True, slots=True)
class PreviousIssue:
    """The issue before this one: its folder's name, time and date, and every value it recorded.

    `home` is the id its own region had then; `origin` is the file all this was read from.
    """

    slug: str
    period: Period
    date: date
    home: str
    values: tuple[Published, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Change:
    """A revised figure: the key it is recorded under, and what it was, under a key of its own.

    `difference_key` is the key of how far it moved.
    """

    key: str
    before: Metric
    difference_key: str


@dataclass(frozen=True, slots=True)
class Restatement:
    """The revised figures by key, in the order of the files, and the issue they are compared with."""

    since: PreviousIssue
    changes: Mapping[str, Change]


@dataclass(frozen=True, slots=True)
class Restated:
    """The metrics with the mark `revised` where it holds, what was revised, and what is wrong with that."""

    metrics: MetricSet
    restatement: Restatement | None
    problems: tuple[Problem, ...]


def published(metric: Metric) -> Published:
    """An observation or target as the manifest of this issue records it."""
    relations = metric.relations
    return Published(
        metric=metric.definition.id,
        region=metric.region,
        period=metric.period,
        key=metric.key,
        value=metric.value,
        unit=metric.unit,
        places=metric.places,
        qualifier=metric.qualifier,
        status=metric.status,
        caliber=metric.caliber,
        of=relations.ranks or relations.growth_of or relations.completion_of or "",
        plan=metric.plan.id if metric.plan is not None else "",
    )


def restate(metrics: MetricSet, previous: PreviousIssue | None) -> Restated:
    """The metrics against the issue before; without one, only the reasons of revised values are asked for.

    A changed value that is not marked `revised`, or is marked without a note, is a blocking
    Problem. One that is marked and did not change is a warning and loses its mark, for the
    note about it would be untrue. One that is gone, while its series still covers its time,
    is a warning; a metric that is no longer reported, or a series that begins later, is none.
    """
    recorded = (*metrics.observations, *metrics.targets)
    if previous is None:
        return Restated(metrics, None, tuple(_unexplained(metric) for metric in recorded if _lacks_reason(metric)))
    problems: list[Problem] = []
    changes: dict[str, Change] = {}
    unrevised: set[str] = set()
    names = _Names(metrics, previous)
    before = _counterparts(recorded, previous, names)
    for metric in recorded:
        earlier = before.get(metric.key)
        if earlier is not None and _differs(metric, earlier):
            problems += _wrong_change(metric, earlier, previous)
            if metric.status is Status.REVISED:
                changes[metric.key] = _change(metric, earlier, previous)
        elif metric.status is Status.REVISED:
            problems.append(_needless(metric, earlier, previous))
            unrevised.add(metric.key)
    problems += _gone(recorded, before, previous, names)
    kept = replace(
        metrics,
        observations=_without_mark(metrics.observations, unrevised),
        targets=_without_mark(metrics.targets, unrevised),
    )
    restatement = Restatement(previous, MappingProxyType(changes))
    return Restated(kept if unrevised else metrics, restatement, tuple(problems))


def _without_mark(metrics: tuple[Metric, ...], keys: set[str]) -> tuple[Metric, ...]:
    return tuple(replace(metric, status=Status.OK) if metric.key in keys else metric for metric in metrics)


def _change(metric: Metric, earlier: Published, previous: PreviousIssue) -> Change:
    before = replace(
        metric,
        key=as_in_key(metric.key, previous.slug),
        definition=replace(metric.definition, unit=earlier.unit),
        value=earlier.value,
        places=earlier.places,
        qualifier=earlier.qualifier,
        status=earlier.status,
        caliber=earlier.caliber,
    )
    return Change(metric.key, before, revision_key(metric.key, previous.slug))


# --- which value is which ----------------------------------------------------------


class _Names:
    """The ids of regions now and then: an office may have listed its regions in between, and so named them anew."""

    def __init__(self, metrics: MetricSet, previous: PreviousIssue) -> None:
        written = {name: region.id for region in metrics.regions for name in (region.name.en, region.name.zh)}
        self.now = {metrics.home: ""}
        self.then = {**written, previous.home: ""}


def _identity(entry: Published, regions: Mapping[str, str]) -> Identity:
    """What makes two values the same.

    The kind of the period is left out: 2025Q3 and 2025-07/2025-09 are one stretch of time.
    """
    region = regions.get(entry.region, entry.region)
    period = entry.period
    key = "" if period.known else entry.key
    return entry.metric, region, entry.of, entry.plan, period.start, period.end, key


def _counterparts(recorded: Sequence[Metric], previous: PreviousIssue, names: _Names) -> dict[str, Published]:
    """The earlier value of each that has one, by its key of today."""
    now: dict[Identity, list[Published]] = defaultdict(list)
    then: dict[Identity, list[Published]] = defaultdict(list)
    for metric in recorded:
        entry = published(metric)
        now[_identity(entry, names.now)].append(entry)
    for entry in previous.values:
        then[_identity(entry, names.then)].append(entry)
    return {
        entry.key: earlier
        for identity, entries in now.items()
        for entry, earlier in _paired(entries, then.get(identity, []))
    }


def _paired(now: list[Published], then: list[Published]) -> Iterator[tuple[Published, Published]]:
    """Several values of one time are told apart by their ids, then by being equal, then by their order.

    The last is a guess, and the safe one: what it takes for a change has to be looked at.
    """
    if len(now) == len(then) == 1:
        yield now[0], then[0]
        return
    rest, left = list(now), list(then)
    for same in (_same_key, _same_value):
        for entry in tuple(rest):
            earlier = next((other for other in left if same(entry, other)), None)
            if earlier is not None:
                rest.remove(entry)
                left.remove(earlier)
                yield entry, earlier
    yield from zip(rest, left, strict=False)


def _same_key(one: Published, other: Published) -> bool:
    return one.key == other.key


def _same_value(one: Published, other: Published) -> bool:
    return (one.value, one.qualifier, one.unit.key) == (other.value, other.qualifier, other.unit.key)


def _differs(metric: Metric, earlier: Published) -> bool:
    """Whether the earlier issue gave another figure; a value that was missing then is new, not changed."""
    same = (metric.value, metric.qualifier, metric.unit.key) == (earlier.value, earlier.qualifier, earlier.unit.key)
    return earlier.value is not None and not same


# --- what is wrong ------------------------------------------------------------------


def _lacks_reason(metric: Metric) -> bool:
    return metric.status is Status.REVISED and metric.note is None


def _wrong_change(metric: Metric, earlier: Published, previous: PreviousIssue) -> Iterator[Problem]:
    if metric.status is Status.REVISED:
        if metric.note is None:
            yield _unexplained(metric)
    elif metric.period.known:
        now = _stated(metric.value, metric.qualifier, metric.unit)
        message = f"{_named(metric)} is {now}, but was {_was(earlier, previous)}, and nothing says that it was revised"
        hints = ["set 'status: revised' and say why in 'note:', or correct the value"]
        if earlier.key != metric.key:
            both = "if the two are different figures, record both"
            hints.append(f"it was called '{earlier.key}' then; {both}")
        yield block(message, metric.origin, *hints)


def _unexplained(metric: Metric) -> Problem:
    message = f"{_named(metric)} is marked as revised, and nothing says why"
    return block(message, metric.origin, "give the reason beside it: note: {zh: …, en: …}")


_NOT_REVISED = Localized("标为修订的数没有修订", "Marked as revised without a change")
_GONE = Localized("上一期公布的数本期缺失", "Figure of the last issue that is gone")


def _needless(metric: Metric, earlier: Published | None, previous: PreviousIssue) -> Problem:
    found = f"it had no value in issue {previous.slug}"
    if earlier is not None and earlier.value is not None:
        found = f"it was {_was(earlier, previous)} already"
    message = f"nothing to revise: {_named(metric)} is marked as revised, but {found}; it is printed without the mark"
    return warn(message, metric.origin, "delete 'status: revised'", title=_NOT_REVISED)


def _gone(
    recorded: Sequence[Metric], before: Mapping[str, Published], previous: PreviousIssue, names: _Names
) -> Iterator[Problem]:
    """Dated values that the earlier issue had and this one lacks in the midst of a series."""
    found = set(map(id, before.values()))
    missing = [entry for entry in previous.values if entry.value is not None and id(entry) not in found]
    if not missing:
        return
    series: dict[tuple[str, ...], list[Metric]] = defaultdict(list)
    for metric in recorded:
        if metric.period.known:
            series[_identity(published(metric), names.now)[:4]].append(metric)
    for entry in missing:
        beside, end = series[_identity(entry, names.then)[:4]], entry.period.end
        ends = [metric.period.end for metric in beside if metric.period.end is not None]
        if end is not None and ends and min(ends) <= end <= max(ends):
            metric = beside[0]
            message = f"{metric.definition.name.en} ({_when(entry.period)}) was {_was(entry, previous)} and is gone"
            hint = "record it again; if it was wrong, with the right value, 'status: revised' and a note"
            yield warn(message, Origin(metric.origin.file, entry.key), hint, title=_GONE)


# --- in words -------------------------------------------------------------------------

_QUALIFIERS = {Qualifier.OVER: "over ", Qualifier.NEARLY: "nearly ", Qualifier.ABOUT: "about "}
_QUALIFIERS |= {Qualifier.AT_LEAST: "at least ", Qualifier.EXACT: ""}


def _named(metric: Metric) -> str:
    return f"{metric.name.en} ({_when(metric.period)})"


def _was(entry: Published, previous: PreviousIssue) -> str:
    return f"{_stated(entry.value, entry.qualifier, entry.unit)} in issue {previous.slug}"


def _stated(value: Decimal | None, qualifier: Qualifier, unit: Unit) -> str:
    """A value to the last digit: rounding for print may hide how two values differ."""
    if value is None:
        return "missing"
    digits = format(value.normalize(), "f")
    return f"{_QUALIFIERS[qualifier]}{digits}" + ("%" if unit.key == "percent" else f" {unit.label.en}")


def _when(period: Period) -> str:
    """A period as files write it."""
    if period.end is None:
        return "undated"
    if period.start is None or period.kind in {PeriodKind.QUARTER, PeriodKind.YEAR}:
        return period.slug
    return f"{period.start:%Y-%m}/{period.end:%Y-%m}"
