"""From the observations of a figure to values with words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ipreport.figures.cases import cases_of
from ipreport.figures.data import ChartData, DataSeries, Datum, Goal, Numbers, Place
from ipreport.figures.lettering import Cases
from ipreport.figures.select import listed_names
from ipreport.figures.selected import Selected, Series
from ipreport.figures.sources import source_name
from ipreport.language import Language, Localized
from ipreport.metrics import (
    Direction,
    Metric,
    Period,
    course_of,
    same_caliber,
    scheduled,
    standing_of,
    target_completion,
)
from ipreport.outline import CHART_KINDS
from ipreport.wording import (
    ANNUAL_TARGET,
    PLAN_TARGET,
    ChartUnit,
    Rounding,
    chart_unit,
    money_class_words,
    place_digits,
    rank_words,
    show,
    show_completion,
)


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
