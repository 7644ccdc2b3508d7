"""What charts refuse to draw because the picture would say something untrue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ipreport.figures.cases import base_of, cases_of
from ipreport.figures.refuse import refuse
from ipreport.figures.selected import Selected
from ipreport.metrics import Metric, MetricSet, UnitKind
from ipreport.outline import CHART_KINDS, MOST_SERIES, FigureSpec, Option, Scale
from ipreport.problems import Problem
from ipreport.wording import CASES_BELOW, NO_RATE_BELOW


def missing_values(selected: Selected) -> Iterator[Problem]:
    """A value that is not there has no length and no place on a scale."""
    spec, metrics = selected.spec, selected.metrics
    for metric in metrics:
        if metric.value is None:
            yield refuse(
                spec,
                f"'{metric.key}' has no value, and a chart would show it as zero",
                "leave it out of the figure, or show it in a table, which prints — / n/a",
            )


def mixed_units(selected: Selected) -> Iterator[Problem]:
    """One axis has one unit."""
    spec, metrics = selected.spec, selected.metrics
    units = {metric.unit.key: metric for metric in metrics}
    if len(units) > 1:
        listed = ", ".join(f"'{metric.key}' in {metric.unit.label.en}" for metric in units.values())
        reason = f"one axis cannot carry different units: {listed}"
        yield refuse(spec, reason, "make one figure per unit, or use a table")


def ranks(selected: Selected) -> Iterator[Problem]:
    """A rank is a place, not an amount: the best would have the shortest bar."""
    spec, metrics = selected.spec, selected.metrics
    for metric in metrics:
        if metric.unit.kind is UnitKind.RANK:
            yield refuse(
                spec,
                f"'{metric.key}' is a rank, and a chart of kind '{spec.kind}' would draw the best place smallest",
                "name the rank in the text, on a card or in a table",
            )


def mixed_money(selected: Selected) -> Iterator[Problem]:
    """Kinds of money are not lengths of one and the same thing (rule R23)."""
    spec, metrics = selected.spec, selected.metrics
    classes = {m.definition.money_class: m for m in metrics if m.definition.money_class is not None}
    if len(classes) > 1:
        listed = ", ".join(f"'{metric.key}' ({kind})" for kind, metric in classes.items())
        yield refuse(
            spec,
            f"a chart of kind '{spec.kind}' invites adding up money of different kinds: {listed}",
            "use kind: dot, which only compares orders of magnitude, or make one figure per kind of money",
            rule="R23",
        )


def below_zero(selected: Selected) -> Iterator[Problem]:
    """Bars and shares start at zero and grow one way."""
    spec, metrics = selected.spec, selected.metrics
    for metric in metrics:
        if metric.value is not None and metric.value < 0:
            yield refuse(
                spec,
                f"'{metric.key}' is below zero ({metric.value}), and a chart of kind '{spec.kind}' starts at zero",
                "use kind: dot with scale: linear, or a table",
            )


def logarithmic(spec: FigureSpec) -> Iterator[Problem]:
    """A length on a logarithmic scale has no zero to start from."""
    if spec.scale is Scale.LOGARITHMIC:
        yield refuse(
            spec,
            f"a chart of kind '{spec.kind}' needs a zero, which a logarithmic scale does not have",
            "use kind: dot for values of very different size, or scale: linear",
        )


def amounts(selected: Selected) -> Iterator[Problem]:
    """All that a chart of lengths from zero refuses."""
    yield from logarithmic(selected.spec)
    yield from missing_values(selected)
    yield from ranks(selected)
    yield from mixed_units(selected)
    yield from mixed_money(selected)
    yield from below_zero(selected)
    yield from truncated(selected.spec)
    yield from few_cases(selected)


def indistinct(selected: Selected, marks: str, hint: str, *, set_back: bool = False) -> Iterator[Problem]:
    """Series that nothing tells apart: regions of several metrics over time, or more than there are looks.

    `marks` says what they are drawn as, `hint` what to do where they are too many. A kind
    that has them `set_back` behind the one that stands out may show any number.
    """
    spec, count = selected.spec, len(selected.series)
    named = tuple(dict.fromkeys(spec.metrics))
    if spec.is_by_region and spec.is_over_time and len(named) > 1:
        listed = ", ".join(f"'{key}'" for key in named)
        yield refuse(spec, f"{marks} of regions would be {marks} of {listed} at once", "make one figure per metric")
    elif count > MOST_SERIES and not (set_back and any(series.highlighted for series in selected.series)):
        yield refuse(spec, f"{count} {marks} cannot be told apart, {MOST_SERIES} at most", hint)


def truncated(spec: FigureSpec) -> Iterator[Problem]:
    """A length that does not begin at zero is not the value."""
    if spec.axis_from:
        yield refuse(
            spec,
            f"a chart of kind '{spec.kind}' shows lengths, which an axis from {spec.axis_from} would falsify",
            "leave out 'axis_from:', or use kind: dot or line, whose places may start anywhere",
        )


def few_cases(selected: Selected, *more: Metric) -> Iterator[Problem]:
    """A rate of few cases moves by chance (DOMAIN §5): below 30 the cases stand beside it, below 10 alone.

    `more` are values beside those selected.
    """
    spec = selected.spec
    for metric in (*selected.metrics, *more):
        base = base_of(metric, selected.record)
        if base is None or base.value is None or base.value >= CASES_BELOW:
            continue
        of = f"'{metric.key}' is a rate of {base.value} cases ('{base.key}')"
        if base.value < NO_RATE_BELOW:
            yield refuse(spec, f"{of}, of which no rate is given", "leave it out, or show the counts themselves")
        elif Option.CASES not in CHART_KINDS[spec.kind].options:
            able = ", ".join(name for name, kind in CHART_KINDS.items() if Option.CASES in kind.options)
            hint = f"use a kind that prints k/n beside it with 'cases: true' ({able}), or show the counts themselves"
            yield refuse(spec, f"{of}, and a chart of kind '{spec.kind}' would hide it", hint)
        elif not spec.cases:
            yield refuse(spec, f"{of}, and a chart would hide it", "write 'cases: true', which prints k/n beside it")
        elif cases_of(metric, selected.record) is None:
            numerator = metric.relations.numerator
            wanted = f"record '{numerator}' for the same time" if numerator else "use a table that shows the counts"
            yield refuse(spec, f"{of}, and how many of them is not recorded", wanted)


def overlapping(selected: Selected, parts: Sequence[Metric], whole: Metric | None = None) -> Iterator[Problem]:
    """Only what is counted once adds up: parts that the record knows as those of a sum (DOMAIN §1).

    Regions of one metric are disjoint; other metrics where one that is recorded is the
    sum of them all.
    """
    if len({part.definition.id for part in parts}) <= 1:
        return
    known = whole is not None and _is_sum_of(whole, parts)
    if not known and not any(_is_sum_of(each, parts) for each in sums_of(selected.record, parts)):
        listed = ", ".join(f"'{part.key}'" for part in parts)
        yield refuse(
            selected.spec,
            f"nothing says that {listed} do not overlap, and stacked or in shares they would be counted twice",
            "use kind: grouped-column or bar, or record their total with 'sum_of:' where they are disjoint",
        )


def sums_of(record: MetricSet, parts: Sequence[Metric]) -> Iterator[Metric]:
    """The recorded metrics beside the first part that may be the sum of the parts."""
    first = parts[0]
    return (
        metric
        for metric in record
        if metric.relations.sum_of and metric.region == first.region and metric.period.end == first.period.end
    )


def _is_sum_of(whole: Metric, parts: Sequence[Metric]) -> bool:
    return {part.definition.id for part in parts} <= set(whole.relations.sum_of)


def rates(selected: Selected) -> Iterator[Problem]:
    """A rate has no parts and is none."""
    rated = next((m for m in selected.metrics if m.unit.kind in {UnitKind.PERCENT, UnitKind.RATIO}), None)
    if rated is not None:
        reason = f"'{rated.key}' is a rate ({rated.unit.label.en}), of which nothing is a part"
        yield refuse(selected.spec, reason, "use kind: bar to compare rates")


def inexact(selected: Selected) -> Iterator[Problem]:
    """What is added up to the last digit is stated exactly."""
    for metric in selected.metrics:
        if not metric.is_exact:
            yield refuse(
                selected.spec,
                f"'{metric.key}' is stated as '{metric.qualifier}', "
                f"and a chart of kind '{selected.spec.kind}' adds it up",
                "use kind: bar, which shows it hollow and claims no sum",
            )


def rounding(metrics: Sequence[Metric]) -> Decimal:
    """How far the stated places alone may part a sum from its total (rule R21), in base units; counts are exact."""
    return sum((metric.bounds[1] - metric.bounds[0] for metric in metrics), Decimal(0)) / 2


def short_of_whole(whole: Metric, parts: Sequence[Metric]) -> Decimal:
    """What the parts leave of the whole, in base units; below zero where they exceed it."""
    return (whole.value or Decimal(0)) - sum((part.value or Decimal(0) for part in parts), Decimal(0))
