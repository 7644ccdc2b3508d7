"""Which observations a figure shows: those it names, their history, their regions, or what they are compared with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from ipreport.figures.refuse import refuse
from ipreport.figures.selected import Category, Selected, Series
from ipreport.figures.wholes import rounding_of, stack_whole, whole_around, whole_of_regions
from ipreport.language import Localized
from ipreport.metrics import (
    Basis,
    Metric,
    MetricSet,
    Period,
    PeriodKind,
    Region,
    UnitKind,
    earlier,
    has_single_quarters,
    months_before,
    remainder_observation,
    same_caliber,
    value_at,
)
from ipreport.outline import CHART_KINDS, Against, Every, FigureSpec
from ipreport.problems import Problem
from ipreport.wording import EARLIER, show_period

MOST_TIMES = 24
"""As many periods as an axis has room for."""
INTERVAL = ("low", "high")
"""The parts that the ends of an interval play."""


def select(spec: FigureSpec, record: MetricSet) -> Selected:
    """The observations of a figure. Metrics that do not exist are left out; the reader names them."""
    selected = _selected(spec, record)
    if not CHART_KINDS[spec.kind].summed:
        return selected
    return _with_remainder(replace(selected, wholes=_wholes(selected)))


def _selected(spec: FigureSpec, record: MetricSet) -> Selected:
    named = [(role, record[key]) for role, keys in spec.roles.items() for key in keys if key in record]
    if spec.against is not None:
        return _against(spec, record, named, spec.against)
    if spec.is_over_time:
        return _over_time(spec, record, named)
    if spec.is_by_region:
        return _by_region(spec, record, named)
    return _listed(spec, record, named)


Named = Sequence[tuple[str, Metric]]


def _label(spec: FigureSpec, metric: Metric, name: Localized) -> Localized:
    return spec.labels.get(metric.key, name)


# --- wholes --------------------------------------------------------------------


def _wholes(selected: Selected) -> tuple[Metric | None, ...]:
    """What the parts add up to: those of each category, or the values of the only series."""
    record, series = selected.record, selected.series
    if len(series) == 1 and series[0].role == "values":
        return (_whole_of_values(record, series[0].points),)
    wholes = []
    for index, category in enumerate(selected.categories):
        parts = [each.points[index] for each in series]
        times = [part.period for part in parts if part is not None]
        over_time = category.period is not None and category.region is None
        time = category.period if over_time else next(iter(times), None)
        wholes.append(None if time is None else stack_whole(record, parts, time))
    return tuple(wholes)


def _whole_of_values(record: MetricSet, points: Sequence[Metric | None]) -> Metric | None:
    parts = [point for point in points if point is not None]
    if not parts:
        return None
    if len({part.definition.id for part in parts}) == 1:
        return whole_of_regions(record, parts)
    return whole_around(record, parts, parts[0].period)


def _with_remainder(selected: Selected) -> Selected:
    """The same with what the values leave of their whole behind them, where the figure names it."""
    name, whole = selected.spec.remainder, next(iter(selected.wholes), None)
    if name is None or whole is None or len(selected.series) != 1:
        return selected
    (series,) = selected.series
    parts = [point for point in series.points if point is not None]
    rest = remainder_observation(whole, parts)
    if rest is None or (rest.value or 0) <= rounding_of(whole, parts):
        return selected
    extended = replace(series, points=(*series.points, rest))
    return replace(selected, categories=(*selected.categories, Category(rest.key, name)), series=(extended,))


# --- what the figure lists -------------------------------------------------------


def _listed(spec: FigureSpec, record: MetricSet, named: Named) -> Selected:
    names = listed_names(named, record)
    series = []
    for role in dict.fromkeys(role for role, _ in named):
        points = tuple(metric for each, metric in named if each == role)
        series.append(Series(role, points[0].key, names[points[0].key], points))
    first = series[0].points if series else ()
    categories = tuple(
        Category(m.key, _label(spec, m, names[m.key]), m.period, m.region) for m in first if m is not None
    )
    return Selected(spec, record, categories, tuple(series))


def listed_names(named: Named, record: MetricSet) -> dict[str, Localized]:
    """What each of the values that a figure lists is called; the ends of an interval decide nothing."""
    names = names_of([metric for role, metric in named if role not in INTERVAL], record)
    return names | {metric.key: metric.name for role, metric in named if role in INTERVAL}


def names_of(chosen: Sequence[Metric], record: MetricSet) -> dict[str, Localized]:
    """What each value is called: its metric; where all are of one metric, what tells them apart, region or time."""
    if len(chosen) > 1 and len({(metric.definition.id, metric.name) for metric in chosen}) == 1:
        if len({metric.region for metric in chosen}) == len(chosen):
            return {metric.key: record.region_named(metric.region) for metric in chosen}
        if len({metric.region for metric in chosen}) == 1:
            return {metric.key: show_period(metric.period) for metric in chosen}
    return {metric.key: metric.name for metric in chosen}


# --- over time -------------------------------------------------------------------


def _over_time(spec: FigureSpec, record: MetricSet, named: Named) -> Selected:
    """Each metric at the like periods up to its own; with regions, each region at them."""
    problems = [*_undated(spec, (metric for _, metric in named))]
    problems = problems or [*_other_times(spec, [metric for _, metric in named])]
    if problems or not named:
        return Selected(spec, record, (), (), tuple(problems))
    lines = list(named)
    if spec.is_by_region:
        regions = regions_of(record, named[0][1])
        problems += _highlight(spec, regions) if len(regions) > 1 else (_no_regions(spec, named[0][1]),)
        lines = [(role, m) for role, metric in named for m in beside(record, metric) if m is not None]
    times = _times(spec, named[0][1])
    names = names_of([metric for _, metric in lines], record)
    series = [
        Series(
            role,
            m.key,
            _label(spec, m, names[m.key]),
            tuple(value_at(record, m, time) for time in times),
            spec.is_by_region and m.region == (spec.highlight or named[0][1].region),
        )
        for role, m in lines
    ]
    first = next((n for n in range(len(times)) if any(each.points[n] is not None for each in series)), 0)
    categories = tuple(Category(time.slug, show_period(time), time) for time in times[first:])
    cut = tuple(replace(each, points=each.points[first:]) for each in series)
    problems += _without_history(spec, cut)
    return Selected(spec, record, categories, cut, tuple(problems))


def _undated(spec: FigureSpec, metrics: Iterable[Metric]) -> Iterator[Problem]:
    for metric in metrics:
        if not metric.period.known:
            yield refuse(
                spec,
                f"'{metric.key}' is undated, so nothing says which values came before it",
                "give its period in the data, or list the values and use kind: bar",
            )


def _other_times(spec: FigureSpec, metrics: Sequence[Metric]) -> Iterator[Problem]:
    for metric in metrics[1:]:
        first = metrics[0]
        if _instant(metric.period) != _instant(first.period) or metric.period.end != first.period.end:
            yield refuse(
                spec,
                f"'{metric.key}' ({show_period(metric.period).en}) and '{first.key}' ({show_period(first.period).en}) "
                "are not of the same time",
                "show metrics with like periods together: stocks with stocks, flows with flows",
            )


def _instant(period: Period) -> bool:
    return period.start is None


def _without_history(spec: FigureSpec, series: Sequence[Series]) -> Iterator[Problem]:
    for each in series:
        if sum(point is not None for point in each.points) < 2:
            yield refuse(
                spec,
                f"'{each.key}' has no earlier values like it to show over time",
                "record them, check 'every:', or use kind: bar for a single value",
            )


def _times(spec: FigureSpec, metric: Metric) -> list[Period]:
    """The like periods up to that of `metric`, the earliest first."""
    period, count = metric.period, min(spec.last or MOST_TIMES, MOST_TIMES)
    step = 12 if step_of(spec, metric) is Every.YEAR else 3
    by_quarter = step == 3 and period.kind is PeriodKind.YEAR_TO_DATE
    return [_moved(_last_quarter(period) if by_quarter else period, step * n) for n in range(count - 1, -1, -1)]


def step_of(spec: FigureSpec, metric: Metric) -> Every:
    """By the year where the figure says so, and where values are of years or do not part into quarters."""
    if spec.every is not None:
        return spec.every
    whole = metric.period.kind is PeriodKind.YEAR_TO_DATE and not has_single_quarters(metric.definition)
    return Every.YEAR if whole or metric.period.kind is PeriodKind.YEAR else Every.QUARTER


def _last_quarter(period: Period) -> Period:
    end = period.end
    if end is None or end.month % 3:
        return period
    return Period(PeriodKind.QUARTER, date(end.year, end.month - 2, 1), end)


def _moved(period: Period, months: int) -> Period:
    """The period so many months before."""
    start, end = (None if day is None else months_before(day, months) for day in (period.start, period.end))
    return Period(period.kind, start, end)


# --- across regions --------------------------------------------------------------


def _by_region(spec: FigureSpec, record: MetricSet, named: Named) -> Selected:
    if not named:
        return Selected(spec, record, (), ())
    regions = regions_of(record, named[0][1])
    if len(regions) < 2:
        return Selected(spec, record, (), (), (_no_regions(spec, named[0][1]),))
    out = spec.highlight or named[0][1].region
    categories = tuple(
        Category(region.id, region.name, None, region.id, highlighted=region.id == out) for region in regions
    )
    series = tuple(
        Series(role, m.key, _label(spec, m, m.name), beside(record, m), whole=_whole(record, m)) for role, m in named
    )
    return Selected(spec, record, categories, series, tuple(_highlight(spec, regions)))


def _no_regions(spec: FigureSpec, metric: Metric) -> Problem:
    hint = "list them in 'regions:' of metrics.yaml, each with 'within:' and the region it is a part of"
    return refuse(spec, f"no regions are within or beside that of '{metric.key}'", hint)


def _highlight(spec: FigureSpec, regions: Sequence[Region]) -> Iterator[Problem]:
    if spec.highlight is not None and spec.highlight not in {region.id for region in regions}:
        listed = ", ".join(region.id for region in regions)
        yield refuse(spec, f"it shows no region '{spec.highlight}' to highlight", f"the regions are {listed}")


def regions_of(record: MetricSet, metric: Metric) -> tuple[Region, ...]:
    """The regions within that of the metric; where there are none, those beside it and itself."""
    inside = tuple(region for region in record.regions if region.within == metric.region)
    if inside:
        return inside
    mine = next((region for region in record.regions if region.id == metric.region), None)
    return tuple(region for region in record.regions if mine is not None and region.within == mine.within)


def _whole(record: MetricSet, metric: Metric) -> Metric | None:
    """The metric itself where its region contains those shown: a rate, for a sum of counts compares with none."""
    contains = any(region.within == metric.region for region in record.regions)
    comparable = metric.unit.kind in {UnitKind.PERCENT, UnitKind.RATIO}
    return metric if contains and comparable and metric.value is not None else None


def beside(record: MetricSet, metric: Metric) -> tuple[Metric | None, ...]:
    """The metric in each of its regions at the same time and of the same definition (DOMAIN §5)."""
    return tuple(
        next(
            (
                other
                for other in record.series(metric.definition.id, region.id)
                if other.period == metric.period and same_caliber(other, metric)
            ),
            None,
        )
        for region in regions_of(record, metric)
    )


# --- against an earlier time -----------------------------------------------------


def _against(spec: FigureSpec, record: MetricSet, named: Named, against: Against) -> Selected:
    """Each value beside the one it is compared with: two series, the earlier first."""
    undated = tuple(_undated(spec, (metric for _, metric in named)))
    if undated:
        return Selected(spec, record, (), (), undated)
    if spec.is_by_region:
        within = _by_region(spec, record, named)
        categories, now = within.categories, within.series[0].points if within.series else ()
        problems = list(within.problems)
    else:
        listed = _listed(spec, record, named)
        categories, now, problems = listed.categories, tuple(metric for _, metric in named), []
    basis = against.basis
    before = tuple(None if metric is None else earlier(record, metric, basis) for metric in now)
    problems += _uncompared(spec, now, before)
    names = _times_named(now, before, basis)
    role, key = (named[0][0], named[0][1].key) if named else ("", "")
    series = (Series(f"{role} before", key, names[0], before), Series(role, key, names[1], now))
    return Selected(spec, record, categories, series, tuple(problems))


def _uncompared(spec: FigureSpec, now: Sequence[Metric | None], before: Sequence[Metric | None]) -> Iterator[Problem]:
    for metric, other in zip(now, before, strict=True):
        if metric is None:
            continue
        if other is None:
            reason = f"of '{metric.key}' no earlier value is recorded to compare with"
            yield refuse(spec, reason, "record it, leave the metric out, or drop 'against:'")
        elif not same_caliber(metric, other):
            reason = f"the definition of '{metric.key}' changed since '{other.key}'"
            yield refuse(spec, reason, "leave the metric out and say so in the note", rule="R19")


def _times_named(
    now: Sequence[Metric | None], before: Sequence[Metric | None], basis: Basis
) -> tuple[Localized, Localized]:
    """The periods of both, or in general words where values have several."""
    general = (EARLIER[basis], Localized("本期", "this period"))
    first, second = (_one_period(points) or words for points, words in zip((before, now), general, strict=True))
    return first, second


def _one_period(points: Sequence[Metric | None]) -> Localized | None:
    periods = {point.period for point in points if point is not None}
    return show_period(periods.pop()) if len(periods) == 1 else None
