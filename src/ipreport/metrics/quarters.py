"""Single quarters of metrics that are recorded from January on (DOMAIN §1: Q is derived from Y).

A quarter that is recorded itself comes first; else it is worked out from two years to
date, with the formula and the keys it rests on.
"""

from __future__ import annotations

from datetime import date, timedelta

from ipreport.metrics.definition import Definition, Kind
from ipreport.metrics.derived import quarter_observation
from ipreport.metrics.likeness import follows_in_year, months_before
from ipreport.metrics.model import Metric, MetricSet
from ipreport.metrics.periods import Period, PeriodKind


def has_single_quarters(definition: Definition) -> bool:
    """Whether values add up over a year, so that a quarter is the difference of two years to date."""
    return definition.kind in {Kind.FLOW, Kind.COMMITMENT}


def quarter_of(metrics: MetricSet, metric: Metric) -> Metric | None:
    """The single quarter with which the period of `metric` ends; itself where it is one.

    None where its period is neither a quarter nor a year to date, where it does not end
    with a quarter, and where the year to date before it is not recorded or has no value.
    """
    if metric.period.kind is PeriodKind.QUARTER:
        return metric
    end = metric.period.end
    if metric.period.kind is not PeriodKind.YEAR_TO_DATE or end is None or end.month % 3:
        return None
    series = metrics.series(metric.definition.id, metric.region)
    recorded = (each for each in series if each.period.kind is PeriodKind.QUARTER and each.period.end == end)
    before = next((each for each in series if follows_in_year(metric.period, each.period)), None)
    return next(recorded, None) or quarter_observation(metric, before)


def value_at(metrics: MetricSet, metric: Metric, time: Period) -> Metric | None:
    """The value of the metric of `metric` in its region at a time: recorded, or worked out for a single quarter.

    None where there is neither. Only what adds up over a year has single quarters: a rate does not.
    """
    found = metrics.at(metric.definition.id, metric.region, time)
    if found:
        return found[0]
    if time.kind is not PeriodKind.QUARTER or time.end is None or not has_single_quarters(metric.definition):
        return None
    to_date = Period(PeriodKind.YEAR_TO_DATE, date(time.end.year, 1, 1), time.end)
    whole = metrics.at(metric.definition.id, metric.region, to_date)
    return quarter_of(metrics, whole[0]) if whole else None


def quarter_before(metrics: MetricSet, metric: Metric) -> Metric | None:
    """The single quarter before the one with which the period of `metric` ends; None where it is not known."""
    end = metric.period.end
    return None if end is None else _quarter_ending(metrics, metric, _quarter_end_before(end))


def quarter_a_year_before(metrics: MetricSet, metric: Metric) -> Metric | None:
    """The single quarter a year before the one with which the period of `metric` ends; None where it is not known."""
    end = metric.period.end
    return None if end is None else _quarter_ending(metrics, metric, months_before(end, 12))


def _quarter_ending(metrics: MetricSet, metric: Metric, end: date) -> Metric | None:
    kinds = {PeriodKind.QUARTER, PeriodKind.YEAR_TO_DATE}
    fitting = [
        each
        for each in metrics.series(metric.definition.id, metric.region)
        if each.period.end == end and each.period.kind in kinds
    ]
    quarters = (quarter_of(metrics, each) for each in fitting)
    return next((quarter for quarter in quarters if quarter is not None), None)


def _quarter_end_before(end: date) -> date:
    """The last day of the quarter before the one that `end` lies in."""
    first_month = 3 * ((end.month - 1) // 3) + 1
    return date(end.year, first_month, 1) - timedelta(days=1)
