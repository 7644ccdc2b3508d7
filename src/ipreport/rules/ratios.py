"""R01 and R02: ratios that must follow from their parts (DOMAIN §2.3).

Only values stated exactly are compared: “over 7.5” contradicts nothing by rounding.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from ipreport.language import Localized, within_sentence
from ipreport.metrics import Metric, MetricSet, Qualifier
from ipreport.problems import Level
from ipreport.rules.finding import Candidate, Finding, plain

_PER_10K = "per_10k_population"
_FACTOR = {
    _PER_10K: Decimal(10_000),
    "percent": Decimal(100),
    "entities_per_trademark": Decimal(1),
}
"""How often a ratio in this unit counts its denominator: per 10,000, per 100, once."""

_EXTRA_PLACES = 2


@dataclass(frozen=True, slots=True)
class _Interval:
    low: Decimal
    high: Decimal

    def meets(self, other: _Interval) -> bool:
        return self.low <= other.high and other.low <= self.high


@dataclass(frozen=True, slots=True)
class _Ratio:
    """A stated ratio with the observation it is a ratio of."""

    metric: Metric
    numerator: Metric
    value: Decimal
    factor: Decimal

    def of(self, denominator: _Interval) -> _Interval:
        """The ratios that follow from the denominators in an interval."""
        low, high = self.numerator.bounds
        return _Interval(low * self.factor / denominator.high, high * self.factor / denominator.low)

    @property
    def times(self) -> str:
        """The factor in arithmetic: ` × 10000`, or nothing."""
        return "" if self.factor == 1 else f" × {plain(self.factor)}"

    @property
    def stated(self) -> _Interval:
        """The ratios that round to the stated one."""
        return _Interval(*self.metric.bounds)

    @property
    def implied(self) -> _Interval:
        """The denominators from which the stated ratio follows."""
        low, high = self.numerator.bounds
        stated = self.stated
        return _Interval(low * self.factor / stated.high, high * self.factor / stated.low)


def _ratios(metrics: MetricSet) -> Iterator[_Ratio]:
    for metric in metrics:
        relations, factor = metric.relations, _FACTOR.get(metric.unit.key)
        if not (relations.numerator and relations.denominator and factor) or metric.value is None or metric.value <= 0:
            continue
        numerator = metrics.find(relations.numerator, metric)
        if numerator is not None and metric.qualifier is numerator.qualifier is Qualifier.EXACT:
            yield _Ratio(metric, numerator, metric.value, factor)


def ratio_identity(metrics: MetricSet) -> Iterator[Finding]:
    """R01: numerator over denominator gives the stated ratio, within half a unit of its last place.

    Half-up and half-even rounding share that interval; where truncation would have
    given the stated digits, the finding says so.
    """
    for ratio in _ratios(metrics):
        denominator = _denominator(ratio.metric, metrics)
        if denominator is None or denominator.value is None or denominator.value <= 0:
            continue
        if denominator.qualifier is not Qualifier.EXACT:
            continue
        calculated = ratio.of(_Interval(*denominator.bounds))
        if not calculated.meets(ratio.stated):
            yield _identity_finding(ratio, denominator, calculated)


def _denominator(stated: Metric, metrics: MetricSet) -> Metric | None:
    """What a ratio is over: the value of its own time, or within a year the population at the end of the last one.

    Population is counted once a year, and the ratio is over the latest count (DOMAIN §1,
    patent_invention_per10k).
    """
    name = str(stated.relations.denominator)
    found = metrics.find(name, stated)
    if found is not None or stated.unit.key != _PER_10K or stated.period.end is None:
        return found
    counted = date(stated.period.end.year - 1, 12, 31)
    return next((each for each in metrics.series(name, stated.region) if each.period.end == counted), None)


def _identity_finding(ratio: _Ratio, denominator: Metric, calculated: _Interval) -> Finding:
    places = ratio.metric.places
    exact = (calculated.low + calculated.high) / 2
    step = Decimal(1).scaleb(-places)
    truncated = exact.quantize(step, rounding=ROUND_FLOOR) == ratio.value
    above, below = plain(ratio.numerator.value or Decimal(0)), plain(denominator.value or Decimal(0))
    arithmetic = (
        f"{above} ÷ {below}{ratio.times} = {plain(exact, places + _EXTRA_PLACES)} ≠ {plain(ratio.value, places)}"
    )
    key, name = ratio.metric.key, denominator.key
    note_zh, note_en = ("（截位可得）", " (truncation would give it)") if truncated else ("", "")
    return Finding(
        rule="R01",
        level=Level.WARN,
        title=Localized("比值与分子、分母不符", "Ratio does not follow from its parts"),
        subjects=(key,),
        statement=Localized(
            f"{{{key}.name}}载为{{{key}}}，按{{{name}.name}}{{{name}}}计算得不出这一数值{note_zh}。",
            f"The stated {{{key}.name}} ({{{key}}}) does not follow from the {{{name}.name}} ({{{name}}}){note_en}.",
        ),
        arithmetic=Localized.same(arithmetic),
        candidates=(
            Candidate(((key, exact.quantize(step)),), _when(denominator)),
            Candidate((), _implied_remark(ratio, denominator)),
        ),
    )


def _when(denominator: Metric) -> Localized:
    value = plain(denominator.value or Decimal(0))
    return Localized(f"若{denominator.name.zh}为{value}", f"if {within_sentence(denominator.name.en)} is {value}")


def _implied_remark(ratio: _Ratio, denominator: Metric) -> Localized:
    low, high = _whole(ratio.implied)
    value, places = plain(ratio.value, ratio.metric.places), denominator.name
    return Localized(
        f"{value}成立时，{places.zh}须在{low}～{high}之间",
        f"{value} would need {within_sentence(places.en)} between {low} and {high}",
    )


def _whole(interval: _Interval) -> tuple[str, str]:
    """The whole numbers at the ends of an interval of things that are counted."""
    low = interval.low.to_integral_value(rounding=ROUND_CEILING)
    high = interval.high.to_integral_value(rounding=ROUND_FLOOR)
    return plain(low), plain(high)


def hidden_denominator(metrics: MetricSet) -> Iterator[Finding]:
    """R02: the denominators implied by all ratios of one time that share one must have a value in common.

    A population is another one a year later, so only ratios that end on the same day
    are compared, and undated ones with each other.
    """
    shared: dict[tuple[str, str, date | None], list[_Ratio]] = defaultdict(list)
    for ratio in _ratios(metrics):
        metric = ratio.metric
        shared[str(metric.relations.denominator), metric.region, metric.period.end].append(ratio)
    for ratios in shared.values():
        for index, one in enumerate(ratios):
            for other in ratios[index + 1 :]:
                if not one.implied.meets(other.implied):
                    yield _denominator_finding(one, other)


def _denominator_finding(one: _Ratio, other: _Ratio) -> Finding:
    a, b = one.metric.key, other.metric.key
    return Finding(
        rule="R02",
        level=Level.WARN,
        title=Localized("两个比值隐含的分母不一致", "Two ratios imply different denominators"),
        subjects=(a, b),
        statement=Localized(
            f"{{{a}.name}}{{{a}}}与{{{b}.name}}{{{b}}}使用同一分母，但二者推算出的分母没有交集。",
            f"{{{a}.name}} ({{{a}}}) and {{{b}.name}} ({{{b}}}) share one denominator, "
            "but the values they imply for it do not overlap.",
        ),
        arithmetic=_implied_arithmetic(one, other),
        candidates=(*_fitting(other, one), *_fitting(one, other), _OTHER_BASE),
    )


_OTHER_BASE = Candidate(
    (),
    Localized("两个比值采用了不同时点的分母", "the two ratios were taken over denominators of different dates"),
)


def _implied_arithmetic(one: _Ratio, other: _Ratio) -> Localized:
    parts = []
    for ratio in (one, other):
        stated, (low, high) = ratio.stated, _whole(ratio.implied)
        places = ratio.metric.places + 1
        span = f"[{plain(stated.low, places)}, {plain(stated.high, places)})"
        parts.append(f"{plain(ratio.numerator.value or Decimal(0))} ÷ {span}{ratio.times} → {low}–{high}")
    return Localized.same("; ".join(parts))


def _fitting(ratio: _Ratio, beside: _Ratio) -> Iterator[Candidate]:
    """What `ratio` could read if the denominator implied by `beside` holds."""
    fitting = ratio.of(beside.implied)
    step = Decimal(1).scaleb(-ratio.metric.places)
    low, high = fitting.low.quantize(step), fitting.high.quantize(step)
    key = ratio.metric.key
    kept = plain(beside.value, beside.metric.places)
    if low == high:
        yield Candidate(((key, low),), Localized(f"若{kept}无误", f"if {kept} is right"))
        return
    ends = plain(low, ratio.metric.places), plain(high, ratio.metric.places)
    yield Candidate(
        (),
        Localized(
            f"{ratio.metric.name.zh}在{ends[0]}～{ends[1]}之间（若{kept}无误）",
            f"{within_sentence(ratio.metric.name.en)} between {ends[0]} and {ends[1]}, if {kept} is right",
        ),
    )
