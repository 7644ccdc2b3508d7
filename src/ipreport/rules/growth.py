"""R08 and R19: growth that a source states, against the values it is of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal, localcontext

from ipreport.language import Localized
from ipreport.metrics import (
    Basis,
    Break,
    Metric,
    MetricSet,
    Period,
    Qualifier,
    StatedBasis,
    UnitKind,
    are_like,
    same_caliber,
)
from ipreport.metrics.likeness import months_before, whole_years
from ipreport.problems import Level
from ipreport.rules.courses import growths
from ipreport.rules.finding import Finding, called, plain, stated
from ipreport.rules.reach import Reach, reach
from ipreport.rules.statements import unit_expected

_BASES = {
    StatedBasis.YOY: Basis.YEAR,
    StatedBasis.QOQ: Basis.QUARTER,
    StatedBasis.SINCE_YEAR_END: Basis.YEAR_END,
}
"""How the record compares on a basis that a source states; an annual average names its own year."""

_DIGITS = 50
"""Digits kept in a division or root, far more than any value has."""


# --- R08 -------------------------------------------------------------------------------


def growth_agrees(metrics: MetricSet) -> Iterator[Finding]:
    """R08: a stated growth is what the recorded values give, within the roundings of all three.

    A growth in per cent is compared with (now − before) ÷ before, one in percentage
    points with now − before, an annual average with the root over its years. “Over 15%”
    is contradicted only by a growth certainly at or below 15%. Nothing is said of
    undated growth, of values not recorded, across a change of definition (R19), or in
    the wrong unit (R09). Where several values could be meant, all must contradict it.
    A growth on a base of nothing contradicts itself (DOMAIN §3: no rate is given).
    """
    for metric in growths(metrics):
        pairs = [pair for pair in _recorded(metric, metrics) if same_caliber(*pair)]
        if not pairs or unit_expected(pairs[0][0].definition) is not metric.unit.kind:
            continue
        if all(_contradicts(metric, *pair) for pair in pairs):
            yield _disagreement(metric, *pairs[0], metrics)


def _recorded(growth: Metric, metrics: MetricSet) -> list[tuple[Metric, Metric]]:
    """The values now and before that a growth may be of; those of one name where there are any."""
    name = growth.relations.growth_of
    if name is None or growth.basis is None or not growth.period.known:
        return []
    series = [metric for metric in metrics.series(name, growth.region) if metric.value is not None]
    pairs = [
        (now, before)
        for now in series
        if _is_now(now, growth)
        for before in series
        if before is not now and _is_base(now, before, growth)
    ]
    named = [(now, before) for now, before in pairs if now.name == before.name]
    return named or pairs


def _is_now(value: Metric, growth: Metric) -> bool:
    return _is_time_of(value.period, growth.period)


def _is_time_of(level: Period, growth: Period) -> bool:
    """Whether a level is the one whose growth a period is of: the same window, or the day it ends with."""
    return level.known and level.end == growth.end and level.start in {None, growth.start}


def _is_base(now: Metric, before: Metric, growth: Metric) -> bool:
    if growth.basis is None:
        return False
    if growth.basis is StatedBasis.ANNUAL_AVERAGE:
        named = growth.against is not None and _is_time_of(before.period, growth.against)
        return named and whole_years(before.period, now.period) is not None
    return are_like(now.period, before.period, _BASES[growth.basis])


def _contradicts(growth: Metric, now: Metric, before: Metric) -> bool:
    years, base = _years(growth, now, before), reach(before)
    if now.unit.kind is UnitKind.PERCENT:
        return (reach(now) - base).times(1 / Decimal(years)).misses(reach(growth))
    if base.high <= 0:
        return True
    return base.low > 0 and _grown(reach(now), base, years).misses(reach(growth))


def _years(growth: Metric, now: Metric, before: Metric) -> int:
    averaged = growth.basis is StatedBasis.ANNUAL_AVERAGE
    return (whole_years(before.period, now.period) or 1) if averaged else 1


def _grown(now: Reach, before: Reach, years: int) -> Reach:
    """The growth in per cent, a year where there are several, for every reading of both values."""
    with localcontext() as context:
        context.prec = _DIGITS
        root = 1 / Decimal(years)
        low, high = max(now.low, Decimal(0)) / before.high, max(now.high, Decimal(0)) / before.low
        return Reach(
            (low**root - 1) * 100,
            (high**root - 1) * 100,
            now.low_open or before.high_open,
            now.high_open or before.low_open,
        )


def _disagreement(growth: Metric, now: Metric, before: Metric, metrics: MetricSet) -> Finding:
    name, key, of, old = called(growth, metrics), growth.key, now.key, before.key
    return Finding(
        rule="R08",
        level=Level.BLOCK,
        title=Localized("所载增幅与数据不符", "A stated growth does not follow from the values"),
        subjects=(key, of, old),
        statement=Localized(
            f"{name.zh}载为{{{key}}}，而{{{of}.name}}{{{of}.when}}为{{{of}}}、{{{old}.when}}为{{{old}}}，算不出这一增幅。",
            f"{name.en} is stated as {{{key}}}, which does not follow from {{{of}}} {{{of}.when}} and "
            f"{{{old}}} {{{old}.when}} ({{{of}.name}}).",
        ),
        arithmetic=Localized.same(_recalculation(growth, now, before)),
    )


_UNLIKE = {Qualifier.OVER: "≤", Qualifier.AT_LEAST: "<"}
"""How a growth that was worked out stands to one stated as over or at least so much; else it merely differs."""


def _recalculation(growth: Metric, now: Metric, before: Metric) -> str:
    new, old = now.value or Decimal(0), before.value or Decimal(0)
    unlike = f"{_UNLIKE.get(growth.qualifier, '≠')} {plain(growth.value or Decimal(0), growth.places)}"
    difference, years = f"{stated(now)} − {stated(before)}", _years(growth, now, before)
    if now.unit.kind is UnitKind.PERCENT:
        moved, places = (new - old) / years, max(now.places, before.places)
        shown = f"{difference} = {plain(moved, places)}"
        return f"{shown if years == 1 else f'({difference}) ÷ {years} = {plain(moved, places + 1)}'} {unlike}"
    if old <= 0:
        return f"({difference}) ÷ {stated(before)}: n/a {unlike}%"
    grown = _grown(Reach(new, new), Reach(old, old), years).low
    quotient = (
        f"({difference}) ÷ {stated(before)}" if years == 1 else f"({stated(now)} ÷ {stated(before)})^(1/{years}) − 1"
    )
    return f"{quotient} = {plain(grown, growth.places + 1)}% {unlike}%"


# --- R19 -------------------------------------------------------------------------------


def across_a_break(metrics: MetricSet) -> Iterator[Finding]:
    """R19: no growth is stated between values on both sides of a change of definition.

    The two values decide where both are recorded; else the catalogue's breaks between the
    two times do, as far as the basis tells them. A footnote takes the place of the growth.
    """
    for metric in growths(metrics):
        levels = metrics.of_metric(metric.relations.growth_of or "")
        span = _span(metric)
        if not levels or span is None:
            continue
        pairs = _recorded(metric, metrics)
        crossed = [each for each in levels[0].definition.breaks if span[0] < each.since <= span[1]]
        if pairs:
            is_broken = not any(same_caliber(*pair) for pair in pairs)
        else:
            is_broken = bool(crossed) and not _has_its_own_version(metric, metrics)
        if is_broken:
            yield _broken(metric, crossed, _versions(span, crossed, pairs), metrics)


def _span(growth: Metric) -> tuple[date, date] | None:
    """The two days between which a growth lies; None where they are not known."""
    end, against = growth.period.end, growth.against.end if growth.against is not None else None
    if end is None or growth.basis is None:
        return None
    match growth.basis:
        case _ if against is not None:
            return against, end
        case StatedBasis.YOY:
            return months_before(end, 12), end
        case StatedBasis.QOQ:
            return months_before(end, 3), end
        case StatedBasis.SINCE_YEAR_END:
            return date(end.year - 1, 12, 31), end
        case _:
            return None


def _has_its_own_version(growth: Metric, metrics: MetricSet) -> bool:
    """Whether a value of that time follows another version than the catalogue's, of whose breaks nothing is known."""
    series = metrics.series(growth.relations.growth_of or "", growth.region)
    return any(value.caliber not in {None, value.definition.caliber} for value in series if _is_now(value, growth))


def _broken(growth: Metric, crossed: list[Break], versions: Localized, metrics: MetricSet) -> Finding:
    name, key = called(growth, metrics), growth.key
    zh, en = (crossed[0].note.zh, f" {crossed[0].note.en}") if crossed else ("", "")
    return Finding(
        rule="R19",
        level=Level.BLOCK,
        title=Localized("增幅跨越统计口径的变化", "A growth across a change of definition"),
        subjects=(key,),
        statement=Localized(
            f"{name.zh}：{{{key}}}。比较的两个时点之间统计口径有变化，不应给出增幅，只宜加注说明。{zh}",
            f"{name.en}: {{{key}}}. Between the two times the definition changed, which asks for a footnote "
            f"instead of a growth.{en}",
        ),
        arithmetic=versions,
    )


def _versions(span: tuple[date, date], crossed: list[Break], pairs: list[tuple[Metric, Metric]]) -> Localized:
    if crossed:
        return Localized.same(f"{span[0]} < {crossed[0].since} ≤ {span[1]}")
    now, before = (value.caliber or value.definition.caliber for value in pairs[0])
    return Localized(f"口径“{before}” ≠ “{now}”", f"definition “{before}” ≠ “{now}”")
