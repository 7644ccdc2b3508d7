"""Metrics: the single record of every number, with where it came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

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
    """How far a value may be trusted, as the person who entered it sees it."""

    OK = "ok"
    SUSPECT = "suspect"
    BLOCKED = "blocked"


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
    `stated_in` is the unit it was stated in.
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


@dataclass(frozen=True, slots=True)
class MetricSet:
    """Every observation of a briefing, in the order of the file, with its sources."""

    observations: tuple[Metric, ...]
    sources: tuple[Source, ...]
    acknowledgements: tuple[Acknowledgement, ...]
    region: Localized

    def __iter__(self) -> Iterator[Metric]:
        return iter(self.observations)

    def __contains__(self, key: object) -> bool:
        return any(metric.key == key for metric in self.observations)

    def __getitem__(self, key: str) -> Metric:
        """The observation named `key`; KeyError when there is none."""
        for metric in self.observations:
            if metric.key == key:
                return metric
        raise KeyError(key)

    def find(self, metric_id: str, beside: Metric) -> Metric | None:
        """The observation of `metric_id` that belongs with `beside`: same region, same time.

        Of several, the one whose period is the very same comes first. Undated values
        belong with any of their region, since nothing tells them apart.
        """
        fitting = [
            metric
            for metric in self.observations
            if metric.definition.id == metric_id
            and metric.region == beside.region
            and metric.value is not None
            and _meet(metric.period, beside.period)
        ]
        return max(fitting, key=lambda metric: _closeness(metric.period, beside.period), default=None)

    def source(self, source_id: str) -> Source:
        """The source with this id; KeyError when there is none."""
        return self._sources()[source_id]

    def _sources(self) -> Mapping[str, Source]:
        return {source.id: source for source in self.sources}


def _meet(one: Period, other: Period) -> bool:
    return not one.known or not other.known or one.end == other.end


def _closeness(one: Period, other: Period) -> int:
    """How well two periods go together: the same stretch, the same end, or merely not at odds."""
    return 2 if (one.start, one.end) == (other.start, other.end) else 1 if one.end == other.end else 0
