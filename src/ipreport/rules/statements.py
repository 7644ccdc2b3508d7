"""R09 and R10: a stated growth is in the right unit and says what it is measured against."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from ipreport.language import Localized
from ipreport.metrics import Comparison, Definition, Metric, MetricSet, Qualifier, StatedBasis, UnitKind
from ipreport.metrics.likeness import months_apart
from ipreport.problems import Level
from ipreport.rules.courses import growths, months_of, of_one_length
from ipreport.rules.finding import Candidate, Finding, called, plain

# --- R09 -------------------------------------------------------------------------------


def unit_of_change(metrics: MetricSet) -> Iterator[Finding]:
    """R09: the change of a rate is stated in percentage points, that of a level in per cent.

    What the catalogue compares by differences alone, a rank or a score, has no growth.
    Of what kind the metric is that grew is seen from its values, so without any the rule
    is silent.
    """
    levels = {target.definition.id: target.definition for target in metrics.targets}
    for metric in growths(metrics):
        name = metric.relations.growth_of or ""
        recorded = metrics.of_metric(name)
        level = recorded[0].definition if recorded else levels.get(name)
        if level is not None and unit_expected(level) is not metric.unit.kind:
            yield _wrong_unit(metric, level, metrics)


def unit_expected(level: Definition) -> UnitKind | None:
    """In what the change of a metric is stated: percentage points, per cent, or None where it has no growth."""
    if level.unit.kind is UnitKind.PERCENT:
        return UnitKind.POINTS
    by_difference = level.unit.kind is UnitKind.RANK or level.comparisons == (Comparison.DIFFERENCE,)
    return None if by_difference else UnitKind.PERCENT


def _wrong_unit(growth: Metric, level: Definition, metrics: MetricSet) -> Finding:
    name, key = called(growth, metrics), growth.key
    expected = unit_expected(level)
    if expected is None:
        zh, en = (
            f"{level.name.zh}不计增幅，只说前后两个数",
            f"“{level.name.en}” has no growth; the two values are given instead",
        )
    else:
        words = _UNIT_WORDS[expected]
        zh, en = f"{level.name.zh}的变化须用{words.zh}表示", f"changes of “{level.name.en}” are given in {words.en}"
    number = plain(growth.value or Decimal(0), growth.places)
    reading = _UNIT_READINGS.get(expected)
    return Finding(
        rule="R09",
        level=Level.BLOCK,
        title=Localized("变化的单位不对", "A change in the wrong unit"),
        subjects=(key,),
        statement=Localized(
            f"{name.zh}载为{{{key}}}；{zh}。",
            f"{name.en} is stated as {{{key}}}; {en}.",
        ),
        arithmetic=Localized(
            f"{growth.unit.label.zh} ≠ {_UNIT_SIGNS[expected].zh}",
            f"{growth.unit.label.en} ≠ {_UNIT_SIGNS[expected].en}",
        ),
        candidates=()
        if reading is None
        else (Candidate((), Localized(reading.zh.format(number), reading.en.format(number))),),
    )


_UNIT_WORDS = {
    UnitKind.POINTS: Localized("百分点", "percentage points"),
    UnitKind.PERCENT: Localized("百分比", "per cent"),
}
_UNIT_SIGNS = {
    UnitKind.POINTS: Localized("百分点", "percentage points"),
    UnitKind.PERCENT: Localized.same("%"),
    None: Localized("名次或分值之差", "a difference of places or scores"),
}
_UNIT_READINGS: dict[UnitKind | None, Localized] = {
    UnitKind.POINTS: Localized("变化{}个百分点", "a change of {} percentage points"),
    UnitKind.PERCENT: Localized("变化{}%", "a change of {}%"),
}


# --- R10 -------------------------------------------------------------------------------


def basis_stated(metrics: MetricSet) -> Iterator[Finding]:
    """R10: a stated growth says what it is measured against.

    Without a basis nobody can tell 同比, 环比 and 年均 apart. An annual average needs its
    start and end, whole years apart; year on year, a period named in `against` must be
    the same months of the year before, quarter on quarter the quarter before, since the
    year's end the last day of the year before. Windows of unequal length are told by R18.
    """
    for metric in growths(metrics):
        if metric.basis is None:
            yield _without_basis(metric, metrics)
        elif metric.against is None or not metric.against.known or not metric.period.known:
            if metric.basis is StatedBasis.ANNUAL_AVERAGE:
                yield _without_years(metric, metrics)
        elif of_one_length(metric) and not _fits(metric):
            yield _wrong_base(metric, metrics)


def _fits(growth: Metric) -> bool:
    """Whether `against`, which is as long as the period, lies as far back as the basis says."""
    end, before = growth.period.end, growth.against.end if growth.against is not None else None
    if end is None or before is None:
        return False
    apart = months_apart(before, end)
    match growth.basis:
        case StatedBasis.YOY:
            return apart == 12
        case StatedBasis.QOQ:
            return apart == 3 and months_of(growth.period) in {None, 3}
        case StatedBasis.SINCE_YEAR_END:
            return before == date(end.year - 1, 12, 31)
        case _:
            return apart is not None and apart > 0 and apart % 12 == 0


def _without_basis(growth: Metric, metrics: MetricSet) -> Finding:
    name, key = called(growth, metrics), growth.key
    unnamed = growth.relations.growth_of is None
    lacking = (
        Localized("未说明指标，也未说明同比、环比或年均", "Neither the indicator that grew nor the basis is stated")
        if unnamed
        else Localized("未说明是同比、环比还是年均", "The basis is not stated")
    )
    return Finding(
        rule="R10",
        level=Level.BLOCK,
        title=Localized("增幅未说明与何时相比", "A growth without a basis"),
        subjects=(key,),
        statement=Localized(
            f"{name.zh}：{{{key}}}。{lacking.zh}。",
            f"{name.en}: {{{key}}}. {lacking.en} (year on year, quarter on quarter, annual average).",
        ),
        arithmetic=_unknown_base(growth),
    )


_GIVEN = {Qualifier.OVER: ">", Qualifier.AT_LEAST: "≥", Qualifier.NEARLY: "<", Qualifier.ABOUT: "≈"}


def _given(growth: Metric) -> str:
    return f"{_GIVEN.get(growth.qualifier, '=')} {plain(growth.value or Decimal(0), growth.places)}"


def _unknown_base(growth: Metric) -> Localized:
    given, unit = _given(growth), growth.unit.label
    if growth.unit.kind is UnitKind.POINTS:
        return Localized(f"本期 − 基期 {given}{unit.zh}，基期不明", f"now − base {given} {unit.en}, base unknown")
    return Localized(f"（本期 − 基期）÷ 基期 {given}%，基期不明", f"(now − base) ÷ base {given}%, base unknown")


def _without_years(growth: Metric, metrics: MetricSet) -> Finding:
    name, key, given = called(growth, metrics), growth.key, f"{_given(growth)}%"
    return Finding(
        rule="R10",
        level=Level.BLOCK,
        title=Localized("年均增长未说明起止年份", "An annual average without its years"),
        subjects=(key,),
        statement=Localized(
            f"{name.zh}：{{{key}}}。年均增长须说明起始年份和终止年份。",
            f"{name.en}: {{{key}}}. An annual average needs the years in which it starts and ends.",
        ),
        arithmetic=Localized(f"（本期 ÷ 基期）^(1/n) − 1 {given}，n不明", f"(now ÷ base)^(1/n) − 1 {given}, n unknown"),
    )


def _wrong_base(growth: Metric, metrics: MetricSet) -> Finding:
    name, key = called(growth, metrics), growth.key
    expected = _EXPECTED[growth.basis or StatedBasis.YOY]
    return Finding(
        rule="R10",
        level=Level.BLOCK,
        title=Localized("增幅的比较期不对", "A growth against the wrong period"),
        subjects=(key,),
        statement=Localized(
            f"{name.zh}：{{{key}}}，{{{key}.when}}与{{{key}.against}}相比；{expected.zh}。",
            f"{name.en}: {{{key}}} {{{key}.when}}, measured against {{{key}.against}}; {expected.en}.",
        ),
        arithmetic=_distance(growth),
    )


_EXPECTED = {
    StatedBasis.YOY: Localized("同比须与上年同期相比", "year on year means the same months of the year before"),
    StatedBasis.QOQ: Localized("环比须与上一季度相比", "quarter on quarter means the quarter before"),
    StatedBasis.SINCE_YEAR_END: Localized(
        "较上年末须与上年12月31日相比", "since the year’s end means since 31 December of the year before"
    ),
    StatedBasis.ANNUAL_AVERAGE: Localized(
        "年均增长的起止须相隔整年", "an annual average needs a start and an end whole years apart"
    ),
}
_MONTHS = {StatedBasis.YOY: "12", StatedBasis.QOQ: "3", StatedBasis.ANNUAL_AVERAGE: "n × 12"}


def _distance(growth: Metric) -> Localized:
    """How far the base lies back, and how far it should: `2025-09 − 2024-06 = 15 months ≠ 12`."""
    end, against = growth.period.end, growth.against.end if growth.against is not None else None
    if end is None or against is None or growth.basis is None:
        return Localized.same("n/a")
    apart = months_apart(against, end)
    if growth.basis is StatedBasis.SINCE_YEAR_END:
        return Localized.same(f"{against} ≠ {date(end.year - 1, 12, 31)}")
    wanted, length = _MONTHS[growth.basis], months_of(growth.period)
    if growth.basis is StatedBasis.QOQ and length not in {None, 3}:
        return Localized(f"{length}个月 ≠ {wanted}个月", f"{length} months ≠ {wanted} months")
    if apart is None:
        days = (end - against).days
        return Localized(
            f"{end} − {against} = {days}天 ≠ {wanted}个月", f"{end} − {against} = {days} days ≠ {wanted} months"
        )
    shown = f"{end:%Y-%m} − {against:%Y-%m} = "
    apart_shown = plain(Decimal(apart))
    return Localized(f"{shown}{apart_shown}个月 ≠ {wanted}个月", f"{shown}{apart_shown} months ≠ {wanted} months")
