"""Metrics: the single record of every number, with where it came from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from ipreport.language import Localized
from ipreport.metrics.definition import Definition, Relations
from ipreport.metrics.periods import Period
from ipreport.metrics.units import Unit, UnitKind
from ipreport.problems import Origin


class Qualifier(StrEnum):
    """How firmly the source states a value."""

    EXACT = "exact"
    OVER = "over"
    NEARLY = "nearly"
    ABOUT = "about"
    AT_LEAST = "at_least"


class Status(StrEnum):
    """How far a value may be trusted, as the person who entered it sees it.

    `provisional` (初步数) will still be settled, `estimated` was not counted, and
    `revised` (修订) replaces what an earlier issue said.
    """

    OK = "ok"
    PROVISIONAL = "provisional"
    ESTIMATED = "estimated"
    REVISED = "revised"
    SUSPECT = "suspect"
    BLOCKED = "blocked"


class StatedBasis(StrEnum):
    """What a growth that a source states is measured against."""

    YOY = "yoy"
    QOQ = "qoq"
    SINCE_YEAR_END = "since_year_end"
    ANNUAL_AVERAGE = "annual_average"


@dataclass(frozen=True, slots=True)
class Region:
    """A region that values belong to; `within` is the id of the region it is a part of."""

    id: str
    name: Localized
    within: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan that sets targets; `annual` for one of a single year."""

    id: str
    name: Localized
    annual: bool = False


@dataclass(frozen=True, slots=True)
class Issue:
    """The issue that values are gathered for: the time it reports on, and its own date."""

    period: Period
    date: date


@dataclass(frozen=True, slots=True)
class Source:
    """Where figures come from. `number` is its place in the list of sources, from one."""

    id: str
    number: int
    title: Localized
    publisher: Localized | None
    published: str | None
    link: str | None
    note: Localized | None
    origin: Origin

    @property
    def marker(self) -> str:
        """The mark of a citation: `[1]`."""
        return f"[{self.number}]"


@dataclass(frozen=True, slots=True)
class Metric:
    """One observation: a value of one metric for one region and period.

    `key` names it in templates; `value` is in base units (yuan, pieces), None when
    there is none; `places` counts the decimals the source states, in its own unit;
    `stated_in` is the unit it was stated in; `caliber` is the version of the definition
    it follows, where it is not the catalogue's of that time. A growth says its `basis`
    and, where it is known, the period it is measured `against`; a rank the number of its
    `peers`; a target the `plan` that sets it.
    """

    key: str
    definition: Definition
    name: Localized
    value: Decimal | None
    places: int
    stated_in: Unit
    qualifier: Qualifier
    period: Period
    region: str
    status: Status
    source: str
    note: Localized | None
    relations: Relations
    origin: Origin
    caliber: str | None = None
    basis: StatedBasis | None = None
    against: Period | None = None
    peers: int | None = None
    plan: Plan | None = None

    @property
    def unit(self) -> Unit:
        """The unit of the metric, which decides how its values are worded."""
        return self.definition.unit

    @property
    def is_exact(self) -> bool:
        """Whether the source states the value without “over”, “nearly” or the like."""
        return self.qualifier is Qualifier.EXACT

    @property
    def half_step(self) -> Decimal:
        """Half a unit of the last stated place, in base units: how far rounding may reach."""
        return Decimal(5).scaleb(-self.places - 1) * self.stated_in.scale

    @property
    def bounds(self) -> tuple[Decimal, Decimal]:
        """The least and greatest value that rounds to the stated one, in base units.

        Integers that count things are exact: both ends are the value. The qualifier
        is left to the reader of the statement. Raises ValueError when there is no value.
        """
        if self.value is None:
            raise ValueError(f"{self.key} has no value")
        if self.places == 0 and self.stated_in.scale == 1 and self.unit.kind is UnitKind.COUNT:
            return self.value, self.value
        return self.value - self.half_step, self.value + self.half_step


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """A named person's acceptance of a rule's finding, with the reason.

    `values` are the values in doubt as they stood when they were accepted, in the units
    they are stated in: for other values the acceptance does not hold.
    """

    rule: str
    values: tuple[tuple[str, Decimal], ...]
    by: Localized
    date: date
    reason: Localized
    origin: Origin

    @property
    def metrics(self) -> tuple[str, ...]:
        """The keys of the values that were accepted."""
        return tuple(key for key, _ in self.values)

    def lapsed(self, metrics: MetricSet) -> tuple[tuple[str, Decimal], ...]:
        """The accepted values that are no longer the recorded ones; empty while the acceptance holds."""
        return tuple(
            (key, value) for key, value in self.values if metrics[key].value != value * metrics[key].stated_in.scale
        )


@dataclass(frozen=True)
class MetricSet:
    """Every observation of a briefing, in the order of the file, with its sources.

    `home` is the id of the briefing's own region, whose name is `region`; `peers` is
    what the regions of a ranking are called (市州 / prefectures). `targets` are what
    plans want, kept apart from what is. `issue` is known once the briefing is.
    """

    observations: tuple[Metric, ...]
    sources: tuple[Source, ...]
    acknowledgements: tuple[Acknowledgement, ...]
    region: Localized
    regions: tuple[Region, ...] = ()
    home: str = ""
    peers: Localized | None = None
    targets: tuple[Metric, ...] = ()
    issue: Issue | None = None

    def __iter__(self) -> Iterator[Metric]:
        return iter(self.observations)

    def __contains__(self, key: object) -> bool:
        return key in self._by_key

    def __getitem__(self, key: str) -> Metric:
        """The observation or target named `key`; KeyError when there is none."""
        return self._by_key[key]

    def series(self, metric_id: str, region: str) -> tuple[Metric, ...]:
        """Every observation of one metric in one region, in the order of the file."""
        return self._by_series.get((metric_id, region), ())

    def of_metric(self, metric_id: str) -> tuple[Metric, ...]:
        """Every observation of one metric, in the order of the file."""
        return self._by_metric.get(metric_id, ())

    def at(self, metric_id: str, region: str, period: Period) -> tuple[Metric, ...]:
        """Every value of one metric in one region at exactly this time, in the order of the file.

        Two periods are the same time when they start and end on the same days, whatever
        they are called; undated values are at the time of other undated ones.
        """
        ending = self._by_end.get((metric_id, region), {}).get(period.end, ())
        return tuple(m for m in ending if m.value is not None and m.period.start == period.start)

    def find(self, metric_id: str, beside: Metric) -> Metric | None:
        """The observation of `metric_id` that belongs with `beside`: same region, same time.

        Of several, the one whose period is the very same comes first. Undated values
        belong with any of their region, since nothing tells them apart.
        """
        ends = self._by_end.get((metric_id, beside.region), {})
        end = beside.period.end
        meeting = self.series(metric_id, beside.region) if end is None else (*ends.get(end, ()), *ends.get(None, ()))
        fitting = (metric for metric in meeting if metric.value is not None)
        return max(fitting, key=lambda metric: _closeness(metric.period, beside.period), default=None)

    def peers_of(self, metric: Metric) -> tuple[Metric, ...]:
        """The same metric at the same time in the regions beside this one, its own left out.

        Regions are beside each other that are within the same one; a region of which
        nothing is known has no peers.
        """
        mine = self._regions.get(metric.region)
        if mine is None or mine.within is None:
            return ()
        return tuple(
            other
            for other in self._by_period.get((metric.definition.id, metric.period), ())
            if other.region != metric.region
            and (theirs := self._regions.get(other.region)) is not None
            and theirs.within == mine.within
        )

    def target_of(self, metric: Metric) -> Metric | None:
        """The target of this metric, region and year; an annual one before one of a longer plan.

        Where no target is of the value's own year, the next one that is still to come;
        but an annual target is in force in its own year only.
        """
        year = metric.period.end.year if metric.period.end is not None else None
        fitting = [
            target
            for target in self.targets
            if (target.definition.id, target.region) == (metric.definition.id, metric.region)
            and year is not None
            and target.period.end is not None
            and (target.period.end.year == year or (target.period.end.year > year and not _is_annual(target)))
        ]
        return min(fitting, key=_nearness, default=None)

    def region_named(self, region_id: str) -> Localized:
        """The name of a region; of one that is only named in the data, that name in every language."""
        if region_id in self._regions:
            return self._regions[region_id].name
        return self.region if region_id in {self.home, self.region.zh} else Localized.same(region_id)

    def source(self, source_id: str) -> Source:
        """The source with this id; KeyError when there is none."""
        return self._sources[source_id]

    @cached_property
    def _by_key(self) -> Mapping[str, Metric]:
        return {metric.key: metric for metric in (*self.targets, *reversed(self.observations))}

    @cached_property
    def _by_series(self) -> Mapping[tuple[str, str], tuple[Metric, ...]]:
        found: dict[tuple[str, str], list[Metric]] = defaultdict(list)
        for metric in self.observations:
            found[metric.definition.id, metric.region].append(metric)
        return {key: tuple(metrics) for key, metrics in found.items()}

    @cached_property
    def _by_metric(self) -> Mapping[str, tuple[Metric, ...]]:
        found: dict[str, list[Metric]] = defaultdict(list)
        for metric in self.observations:
            found[metric.definition.id].append(metric)
        return {key: tuple(metrics) for key, metrics in found.items()}

    @cached_property
    def _by_end(self) -> Mapping[tuple[str, str], Mapping[date | None, list[Metric]]]:
        found: dict[tuple[str, str], dict[date | None, list[Metric]]] = defaultdict(lambda: defaultdict(list))
        for metric in self.observations:
            found[metric.definition.id, metric.region][metric.period.end].append(metric)
        return found

    @cached_property
    def _by_period(self) -> Mapping[tuple[str, Period], tuple[Metric, ...]]:
        found: dict[tuple[str, Period], list[Metric]] = defaultdict(list)
        for metric in self.observations:
            found[metric.definition.id, metric.period].append(metric)
        return {key: tuple(metrics) for key, metrics in found.items()}

    @cached_property
    def _regions(self) -> Mapping[str, Region]:
        return {region.id: region for region in self.regions}

    @cached_property
    def _sources(self) -> Mapping[str, Source]:
        return {source.id: source for source in self.sources}


def _nearness(target: Metric) -> tuple[int, bool, str]:
    year = target.period.end.year if target.period.end is not None else 0
    return year, not _is_annual(target), target.key


def _is_annual(target: Metric) -> bool:
    return target.plan is not None and target.plan.annual


def _closeness(one: Period, other: Period) -> int:
    """How well two periods go together: the same stretch, the same end, or merely not at odds."""
    return 2 if (one.start, one.end) == (other.start, other.end) else 1 if one.end == other.end else 0
