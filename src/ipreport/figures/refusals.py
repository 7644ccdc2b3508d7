"""What charts refuse to draw because the picture would say something untrue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ipreport.metrics import Metric, UnitKind
from ipreport.outline import FigureSpec, Scale
from ipreport.problems import Problem, block


def refuse(spec: FigureSpec, reason: str, hint: str, rule: str | None = None) -> Problem:
    """A Problem at the place of the figure, of a rule where one forbids it."""
    return block(f"figure '{spec.id}': {reason}", spec.origin, hint, rule=rule)


def missing_values(spec: FigureSpec, metrics: Sequence[Metric]) -> Iterator[Problem]:
    """A value that is not there has no length and no place on a scale."""
    for metric in metrics:
        if metric.value is None:
            yield refuse(
                spec,
                f"'{metric.key}' has no value, and a chart would show it as zero",
                "leave it out of the figure, or show it in a table, which prints — / n/a",
            )


def mixed_units(spec: FigureSpec, metrics: Sequence[Metric]) -> Iterator[Problem]:
    """One axis has one unit."""
    units = {metric.unit.key: metric for metric in metrics}
    if len(units) > 1:
        listed = ", ".join(f"'{metric.key}' in {metric.unit.label.en}" for metric in units.values())
        reason = f"one axis cannot carry different units: {listed}"
        yield refuse(spec, reason, "make one figure per unit, or use a table")


def ranks(spec: FigureSpec, metrics: Sequence[Metric]) -> Iterator[Problem]:
    """A rank is a place, not an amount: the best would have the shortest bar."""
    for metric in metrics:
        if metric.unit.kind is UnitKind.RANK:
            yield refuse(
                spec,
                f"'{metric.key}' is a rank, and a '{spec.kind}' chart would draw the best place smallest",
                "name the rank in the text, on a card or in a table",
            )


def mixed_money(spec: FigureSpec, metrics: Sequence[Metric]) -> Iterator[Problem]:
    """Kinds of money are not lengths of one and the same thing (rule R23)."""
    classes = {m.definition.money_class: m for m in metrics if m.definition.money_class is not None}
    if len(classes) > 1:
        listed = ", ".join(f"'{metric.key}' ({kind})" for kind, metric in classes.items())
        yield refuse(
            spec,
            f"a '{spec.kind}' chart invites adding up money of different kinds: {listed}",
            "use kind: dot, which only compares orders of magnitude, or make one figure per kind of money",
            rule="R23",
        )


def below_zero(spec: FigureSpec, metrics: Sequence[Metric]) -> Iterator[Problem]:
    """Bars and shares start at zero and grow one way."""
    for metric in metrics:
        if metric.value is not None and metric.value < 0:
            yield refuse(
                spec,
                f"'{metric.key}' is below zero ({metric.value}), and a '{spec.kind}' chart starts at zero",
                "use kind: dot with scale: linear, or a table",
            )


def logarithmic(spec: FigureSpec) -> Iterator[Problem]:
    """A length on a logarithmic scale has no zero to start from."""
    if spec.scale is Scale.LOGARITHMIC:
        yield refuse(
            spec,
            f"a '{spec.kind}' chart needs a zero, which a logarithmic scale does not have",
            "use kind: dot for values of very different size, or scale: linear",
        )


def amounts(spec: FigureSpec, metrics: Sequence[Metric]) -> Iterator[Problem]:
    """All that a chart of lengths from zero refuses."""
    yield from logarithmic(spec)
    yield from missing_values(spec, metrics)
    yield from ranks(spec, metrics)
    yield from mixed_units(spec, metrics)
    yield from mixed_money(spec, metrics)
    yield from below_zero(spec, metrics)
