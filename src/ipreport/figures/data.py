"""What a chart draws: every value with its words, settled before any layout."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum

from ipreport.figures.cases import cases_of
from ipreport.figures.lettering import NO_MARK, Cases, ValueWords
from ipreport.figures.select import Category, Selected, Series, listed_names
from ipreport.figures.sources import SourceName, source_name
from ipreport.language import Language, Localized
from ipreport.metrics import (
    UNITS,
    Course,
    Direction,
    Metric,
    Period,
    Status,
    Unit,
    UnitKind,
    course_of,
    same_caliber,
    scheduled,
    standing_of,
    target_completion,
)
from ipreport.outline import CHART_KINDS, Against, Scale
from ipreport.wording import (
    ANNUAL_TARGET,
    NOT_STATED,
    PLAN_TARGET,
    STATES,
    ChartUnit,
    Rounding,
    chart_unit,
    money_class_words,
    place_digits,
    rank_words,
    show,
    show_completion,
    show_period,
)

_PLACE = UNITS["place"]

UNDATED = Localized(f"{NOT_STATED.zh}日期", f"date {NOT_STATED.en}")
"""What stands for the date of an undated value, where nothing else says that it is a date."""


class Numbers(Enum):
    """In which unit the values of a chart stand at their marks."""

    COMMON = "bare digits in one unit of the chart, which its subtitle names"
    OWN = "bare digits in a unit of each series"
    COMMON_OR_OWN = "the first where all values have one unit, else the second"
    WORDS = "words that bring their unit"


@dataclass(frozen=True, slots=True)
class Datum:
    """A value of a chart. `value` is in base units; `text`, `number` and `digits` are its words.

    `text` brings its unit; `words` stand at its mark: bare digits in `words_unit` (the key of
    a unit), or `text` where that is empty. `mark` is the mark of a note on the value, or
    empty; `status` may add one of its own; `named` says whether the author gave it a name
    for this chart; `broken` that the definition changed since the point before in its series.
    `source` is where it comes from; `money` names the class of what is money of one.
    `place` is its rank where the chart tells it and it is decided, `goal` its target.
    """

    key: str
    name: Localized
    named: bool
    value: Decimal
    text: Localized
    words: Localized
    words_unit: str
    exact: bool
    mark: str
    unit: Unit
    period: Period
    source: SourceName
    status: Status = Status.OK
    cases: Cases | None = None
    broken: bool = False
    money: Localized | None = None
    place: Place | None = None
    goal: Goal | None = None

    @property
    def marks(self) -> Localized:
        """What is raised behind the value: the mark of its state, then that of the note; empty where there is none."""
        state = STATES.get(self.status)
        if state is None:
            return Localized.same(self.mark)
        return Localized(state.mark.zh + self.mark, state.mark.en + self.mark)

    @property
    def remarks(self) -> Localized:
        """The same for readers who hear it: a state in brackets, as its short mark means nothing aloud."""
        state = STATES.get(self.status)
        if state is None:
            return Localized.same(self.mark)
        return Localized(f"（{state.name.zh}）{self.mark}", f" ({state.name.en}){self.mark}")

    @property
    def label(self) -> ValueWords:
        """What stands at its mark."""
        return ValueWords(self.words, self.key, self.marks, self.words_unit, self.cases)

    @property
    def date(self) -> Localized:
        """The period in words, or that the source gives no date."""
        return show_period(self.period) if self.period.known else UNDATED


@dataclass(frozen=True, slots=True)
class Place:
    """The rank of a value among its peers, traced to `key`; `tied` when another has the same value.

    `digits` stand in the unit of places, `text` is for sentences: 并列第2位 / joint 2nd.
    """

    key: str
    number: int
    tied: bool
    digits: Localized
    text: Localized

    @property
    def label(self) -> ValueWords:
        """The place in digits alone."""
        return ValueWords(self.digits, self.key, NO_MARK, _PLACE.key)


@dataclass(frozen=True, slots=True)
class Goal:
    """The target of a value and how far it is met: the completion in words, traced to `key`.

    `text` is for sentences (完成年度目标的73.9%), `words` for the chart (73.9%). `due` is the
    part of the target that is due by the time of the value, where time says so;
    `lower_is_better` that the target is not to be exceeded.
    """

    target: Datum
    key: str
    text: Localized
    words: Localized
    course: Course
    due: Decimal | None
    lower_is_better: bool = False


@dataclass(frozen=True, slots=True)
class DataSeries:
    """Values that belong together, one for each category of the chart; None where there is none.

    `unit` is the one in which their bare digits stand; `whole` is the rate of the region that
    contains those of the points.
    """

    role: str
    key: str
    name: Localized
    points: tuple[Datum | None, ...]
    unit: ChartUnit
    direction: Direction
    highlighted: bool = False
    whole: Datum | None = None

    @property
    def known(self) -> tuple[Datum, ...]:
        """The values there are."""
        return tuple(point for point in self.points if point is not None)

    @property
    def says_unit(self) -> bool:
        """Whether its digits bring their unit, as 39.3%, or its name does, as “… per 10,000 population”."""
        unit = self.unit.unit
        named = unit.label.en.lower() in self.name.en.lower() or unit.label.zh in self.name.zh
        return unit.kind is UnitKind.PERCENT or (unit.kind is UnitKind.RATIO and named)


@dataclass(frozen=True, slots=True)
class ChartData:
    """A chart with its values. `width` is in points."""

    kind: str
    title: Localized
    categories: tuple[Category, ...]
    series: tuple[DataSeries, ...]
    languages: tuple[Language, ...]
    width: float
    rounding: Rounding
    numbers: Numbers
    scale: Scale = Scale.LINEAR
    rank: bool = False
    against: Against | None = None
    axis_from: Decimal | None = None
    remainder: Localized | None = None
    region: Localized | None = None
    """The region that all values are of."""
    wholes: tuple[Datum | None, ...] = ()
    """What parts add up to (`Selected.wholes`)."""
    notice: Localized | None = None
    """What the picture says of its data wherever it is used, such as that they are made up."""

    @property
    def data(self) -> tuple[Datum, ...]:
        """Every value, series by series."""
        return tuple(datum for series in self.series for datum in series.known)

    def role(self, name: str) -> tuple[Datum, ...]:
        """The values that play one part, in their order."""
        return tuple(datum for series in self.series if series.role == name for datum in series.known)

    @property
    def unit(self) -> ChartUnit:
        """The unit of the chart, where all series have one in common."""
        return self.series[0].unit


def gather(
    selected: Selected,
    numbers: Numbers,
    languages: tuple[Language, ...],
    marks: Mapping[str, str],
    width: float,
    rounding: Rounding,
    notice: Localized | None = None,
) -> ChartData:
    """The values of a figure that passed its checks, in words. ValueError for a selection without values."""
    spec = selected.spec
    if not selected.metrics:
        raise ValueError(f"the figure '{spec.id}' shows nothing")
    if numbers is Numbers.COMMON_OR_OWN:
        numbers = Numbers.COMMON if len({metric.unit.key for metric in selected.metrics}) == 1 else Numbers.OWN
    wholes = tuple(whole for whole in selected.wholes if whole is not None)
    common = _unit_of((*selected.metrics, *wholes), languages, rounding)
    series = []
    for each in selected.series:
        known = tuple(point for point in each.points if point is not None)
        unit = _unit_of(known, languages, rounding) if numbers is Numbers.OWN and known else common
        series.append(_Worder(selected, numbers, marks, rounding, unit).series(each))
    return ChartData(
        kind=spec.kind,
        title=spec.title,
        categories=selected.categories,
        series=tuple(series),
        languages=languages,
        width=width,
        rounding=rounding,
        numbers=numbers,
        scale=spec.scale,
        rank=spec.rank,
        against=spec.against,
        axis_from=spec.axis_from,
        remainder=spec.remainder,
        region=_region_of(selected),
        wholes=_Worder(selected, numbers, marks, rounding, common).points(selected.wholes),
        notice=notice,
    )


def _region_of(selected: Selected) -> Localized | None:
    regions = {metric.region for metric in selected.metrics}
    return selected.record.region_named(regions.pop()) if len(regions) == 1 else None


def _unit_of(metrics: Sequence[Metric], languages: tuple[Language, ...], rounding: Rounding) -> ChartUnit:
    values = [metric.value for metric in metrics if metric.value is not None]
    places = max(metric.places for metric in metrics)
    return chart_unit(values, metrics[0].unit, places, languages, rounding)


@dataclass(frozen=True, slots=True)
class _Worder:
    """Turns the observations of a series into values with words."""

    selected: Selected
    numbers: Numbers
    marks: Mapping[str, str]
    rounding: Rounding
    unit: ChartUnit

    def series(self, series: Series) -> DataSeries:
        """A series of observations."""
        points = self.points(series.points)
        direction = next((m.definition.direction for m in series.points if m is not None), Direction.NEUTRAL)
        return DataSeries(
            series.role,
            series.key,
            series.name,
            points,
            self.unit,
            direction,
            series.highlighted,
            self._whole(series.whole),
        )

    def points(self, metrics: Sequence[Metric | None]) -> tuple[Datum | None, ...]:
        """Observations that follow each other; a gap stays a gap."""
        points: list[Datum | None] = []
        before: Metric | None = None
        for index, metric in enumerate(metrics):
            if metric is None or metric.value is None:
                points.append(None)
                continue
            broken = before is not None and not same_caliber(metric, before)
            datum = self._datum(metric, self._name(index, metric), self._period(index, metric), broken=broken)
            points.append(replace(datum, place=self._place(metric), goal=self._goal(metric)))
            before = metric
        return tuple(points)

    def _whole(self, metric: Metric | None) -> Datum | None:
        if metric is None:
            return None
        return self._datum(metric, self.selected.record.region_named(metric.region), metric.period, broken=False)

    @property
    def _listed(self) -> Mapping[str, Localized]:
        named = [(series.role, m) for series in self.selected.series for m in series.points if m is not None]
        return listed_names(named, self.selected.record)

    def _name(self, index: int, metric: Metric) -> Localized:
        """A value is called after its place, or after itself where the chart lists its values one by one."""
        labels, categories = self.selected.spec.labels, self.selected.categories
        if index < len(categories) and categories[index].key == metric.key:
            return categories[index].name
        if self.selected.listed:
            return labels.get(metric.key) or self._listed.get(metric.key, metric.name)
        return categories[index].name if index < len(categories) else labels.get(metric.key, metric.name)

    def _period(self, index: int, metric: Metric) -> Period:
        """The time it stands for: among quarters, January to March is the first."""
        time = self.selected.categories[index].period if self.selected.spec.is_over_time else None
        return metric.period if time is None else time

    def _datum(self, metric: Metric, name: Localized, period: Period, *, broken: bool) -> Datum:
        if metric.value is None:
            raise ValueError(f"{metric.key} has no value")
        shown = show(metric, self.rounding)
        bare = self.numbers is not Numbers.WORDS and metric.is_exact and metric.unit.kind is self.unit.unit.kind
        return Datum(
            key=metric.key,
            name=name,
            named=metric.key in self.selected.spec.labels,
            value=metric.value,
            text=shown.value,
            words=self.unit.digits(metric.value) if bare else shown.value,
            words_unit=self.unit.unit.key if bare else "",
            exact=metric.is_exact,
            mark=self.marks.get(metric.key, ""),
            unit=metric.unit,
            period=period,
            source=source_name(self.selected.record, metric.source),
            status=metric.status,
            cases=self._cases(metric),
            broken=broken,
            money=money_class_words(metric.definition),
        )

    def _place(self, metric: Metric) -> Place | None:
        if not self.selected.spec.is_ranked:
            return None
        standing = standing_of(self.selected.record, metric)
        if standing.derived.value is None:
            return None
        number = int(standing.derived.value)
        text = rank_words(number, tied=standing.tied)
        return Place(standing.derived.key, number, standing.tied, place_digits(number), text)

    def _goal(self, metric: Metric) -> Goal | None:
        if not CHART_KINDS[self.selected.spec.kind].against_target:
            return None
        target = self.selected.record.target_of(metric)
        if target is None:
            return None
        annual = target.plan is not None and target.plan.annual
        completion = target_completion(metric, target)
        phrase = show_completion(completion, ANNUAL_TARGET if annual else PLAN_TARGET, self.rounding)
        datum = self._datum(target, target.name, target.period, broken=False)
        falls = metric.definition.direction is Direction.DOWN
        course, due = course_of(metric, target), scheduled(metric, target)
        return Goal(datum, completion.key, phrase.text, phrase.cell, course, due, falls)

    def _cases(self, metric: Metric) -> Cases | None:
        found = cases_of(metric, self.selected.record) if self.selected.spec.cases else None
        if found is None:
            return None
        part, whole = (show(each, self.rounding).number for each in found)
        return Cases(found[0].key, part, found[1].key, whole)


def common_period(data: ChartData) -> Localized | None:
    """The time that all values share, in words; None where they have several."""
    periods = {datum.period for datum in data.data}
    return None if len(periods) > 1 else data.data[0].date
