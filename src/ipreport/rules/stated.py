"""R12, R16 and R29: what is stated of a single value, its qualifier, its unit and limits, its source."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ipreport.language import Localized
from ipreport.metrics import Metric, MetricSet, Qualifier, UnitKind, fits
from ipreport.problems import Level
from ipreport.rules.finding import Finding, called, plain
from ipreport.rules.reach import ABOUT_WITHIN, NEARLY_FROM
from ipreport.rules.sums import recorded_sums

# --- R12: qualifiers -------------------------------------------------------------------

_SAYS = {
    Qualifier.OVER: Localized("超过", "over"),
    Qualifier.NEARLY: Localized("近", "nearly"),
    Qualifier.ABOUT: Localized("约", "about"),
    Qualifier.AT_LEAST: Localized("以上", "at least"),
}
_SIGNS = {
    Qualifier.OVER: "{exact} ≤ {figure}",
    Qualifier.NEARLY: "{exact} ∉ [0.9 × {figure}, {figure})",
    Qualifier.ABOUT: "{exact} ∉ {figure} ± 5%",
    Qualifier.AT_LEAST: "{exact} < {figure}",
}
"""What the arithmetic says where a qualifier is not true."""


def qualifier_true(metrics: MetricSet) -> Iterator[Finding]:
    """R12: “over 100” is not said of what is recorded elsewhere as 98 exactly.

    A qualified figure is held against the exact values of the same metric, name, region
    and time, and against the sum of its exact parts where all are recorded.
    """
    for figure in metrics:
        if figure.is_exact or figure.value is None:
            continue
        for other in metrics.at(figure.definition.id, figure.region, figure.period):
            same = other.is_exact and other.value is not None and other.name == figure.name
            if same and not is_true_of(figure, other.value or Decimal(0)):
                yield _qualifier_finding(figure, (other,), other.value or Decimal(0), metrics)
    for total in recorded_sums(metrics):
        by_parts = not total.total.is_exact and all(part.is_exact for part in total.parts)
        if by_parts and not is_true_of(total.total, total.added):
            yield _qualifier_finding(total.total, total.parts, total.added, metrics)


def is_true_of(figure: Metric, value: Decimal) -> bool:
    """Whether the qualifier of a stated figure is true of the exact value behind it (rule R12).

    Over x means more than x, nearly x from 0.9 x to less than x, about x within 5% of it,
    at least x no less than x. A figure without a qualifier says nothing here.
    Raises ValueError when the figure has no value.
    """
    if figure.value is None:
        raise ValueError(f"{figure.key} has no value")
    stated = figure.value
    match figure.qualifier:
        case Qualifier.EXACT:
            return True
        case Qualifier.OVER:
            return value > stated
        case Qualifier.NEARLY:
            return stated * NEARLY_FROM <= value < stated
        case Qualifier.ABOUT:
            return abs(value - stated) <= abs(stated) * ABOUT_WITHIN
        case Qualifier.AT_LEAST:
            return value >= stated


def _qualifier_finding(figure: Metric, exact: tuple[Metric, ...], value: Decimal, metrics: MetricSet) -> Finding:
    key, keys, name = figure.key, [metric.key for metric in exact], called(figure, metrics)
    if len(keys) == 1:
        others = Localized(f"另载确数{{{keys[0]}}}", f"the exact value recorded is {{{keys[0]}}}, of which")
    else:
        listed = [f"{{{part}}}" for part in keys]
        others = Localized(f"各分项{'、'.join(listed)}", f"the parts recorded are {', '.join(listed)}, of whose sum")
    added = "" if len(keys) == 1 else " + ".join(plain(m.value or Decimal(0)) for m in exact) + " = "
    says = _SAYS[figure.qualifier]
    broken = _SIGNS[figure.qualifier].format(exact=plain(value), figure=plain(figure.value or Decimal(0)))
    return Finding(
        rule="R12",
        level=Level.WARN,
        title=Localized(
            "“超过、近、约、以上”与确数不符", "“Over”, “nearly” or the like is not true of the exact value"
        ),
        subjects=(key, *keys),
        statement=Localized(
            f"{name.zh}载为{{{key}}}，而{others.zh}，称“{says.zh}”不成立。",
            f"The value stated for {name.en} is {{{key}}}, but {others.en} “{says.en}” is not true.",
        ),
        arithmetic=Localized.same(f"{added}{broken}"),
    )


# --- R16: what a value can be ------------------------------------------------------------


def possible_value(metrics: MetricSet) -> Iterator[Finding]:
    """R16: things are counted in whole numbers, no value is beyond its metric's bounds, and units fit.

    Targets are held to the same. Negative values pass where the catalogue's bounds allow them.
    """
    for metric in (*metrics, *metrics.targets):
        if metric.value is not None and (found := _impossible(metric, metric.value, metrics)) is not None:
            yield found


def _impossible(metric: Metric, value: Decimal, metrics: MetricSet) -> Finding | None:
    name = called(metric, metrics)
    if not fits(metric.stated_in, metric.unit):
        return _misfit(metric, name)
    bounds, whole = metric.definition.bounds, metric.unit.kind in {UnitKind.COUNT, UnitKind.RANK}
    if whole and value != value.to_integral_value():
        return _broken(metric, value, name)
    least = max(bounds.least or Decimal(1), Decimal(1)) if metric.unit.kind is UnitKind.RANK else bounds.least
    # “Nearly 0” is below zero as much as −1 is, and “over 100%” above the whole.
    below, above = metric.qualifier is Qualifier.NEARLY, metric.qualifier is Qualifier.OVER
    if least is not None and (value < least or (below and value == least)):
        return _beyond(metric, f"{plain(value)} {'≤' if value == least else '<'} {plain(least)}", name)
    greatest = bounds.greatest
    if greatest is not None and (value > greatest or (above and value == greatest)):
        return _beyond(metric, f"{plain(value)} {'≥' if value == greatest else '>'} {plain(greatest)}", name)
    return None


def _misfit(metric: Metric, name: Localized) -> Finding:
    stated, kept = metric.stated_in.label, metric.unit.label
    statement = Localized(
        f"{name.zh}以“{stated.zh}”（{stated.en}）载明，而该指标的单位是“{kept.zh}”（{kept.en}）。",
        f"The value of {name.en} is stated in {stated.en} ({stated.zh}), "
        f"but the metric is kept in {kept.en} ({kept.zh}).",
    )
    arithmetic = Localized(f"{stated.zh} ≠ {kept.zh}（{stated.en} ≠ {kept.en}）", f"{stated.en} ≠ {kept.en}")
    return _domain_finding(
        metric, Localized("计量单位与指标不符", "The unit does not fit the metric"), statement, arithmetic
    )


def _broken(metric: Metric, value: Decimal, name: Localized) -> Finding:
    below = value.to_integral_value(rounding="ROUND_FLOOR")
    statement = Localized(
        f"{name.zh}载为{plain(value)}，不是整数，而该指标以“{metric.unit.label.zh}”计，只能是整数。",
        f"The value stated for {name.en} is {plain(value)}, which is no whole number of {metric.unit.label.en}.",
    )
    arithmetic = Localized.same(f"{plain(below)} < {plain(value)} < {plain(below + 1)}")
    return _domain_finding(metric, Localized("计数不是整数", "A count is no whole number"), statement, arithmetic)


def _beyond(metric: Metric, arithmetic: str, name: Localized) -> Finding:
    key = metric.key
    statement = Localized(
        f"{name.zh}载为{{{key}}}，超出该指标可能的范围。",
        f"The value stated for {name.en} is {{{key}}}, which is beyond what the metric can be.",
    )
    title = Localized("数值超出可能的范围", "A value is beyond its bounds")
    return _domain_finding(metric, title, statement, Localized.same(arithmetic))


def _domain_finding(metric: Metric, title: Localized, statement: Localized, arithmetic: Localized) -> Finding:
    return Finding("R16", Level.BLOCK, title, (metric.key,), statement, arithmetic)


# --- R29: sources ----------------------------------------------------------------------


def has_source(metrics: MetricSet) -> Iterator[Finding]:
    """R29: every figure, targets included, names a source, one of those that are listed if any are.

    The texts that claim to be first or the only one are checked where texts are.
    """
    listed = {source.id for source in metrics.sources}
    for metric in (*metrics, *metrics.targets):
        has_one = metric.source in listed if listed else bool(metric.source)
        if metric.value is not None and not has_one:
            yield _sourceless(metric, metrics)


def _sourceless(metric: Metric, metrics: MetricSet) -> Finding:
    key, name = metric.key, called(metric, metrics)
    return Finding(
        rule="R29",
        level=Level.WARN,
        title=Localized("数据没有来源", "A figure has no source"),
        subjects=(key,),
        statement=Localized(
            f"{name.zh}{{{key}}}没有列入来源清单的来源。",
            f"The value of {name.en} ({{{key}}}) has no source in the list of sources.",
        ),
        arithmetic=Localized(f"来源“{metric.source}”未列出。", f"The source “{metric.source}” is not listed."),
    )
