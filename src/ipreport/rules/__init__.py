"""Checks on a set of metrics: each rule suggests, none edits."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ipreport.metrics import MetricSet
from ipreport.rules.finding import Candidate, Finding
from ipreport.rules.parts import item_of_total, part_of_whole
from ipreport.rules.rates import rate_feasibility
from ipreport.rules.ratios import hidden_denominator, ratio_identity

RULES: dict[str, Callable[[MetricSet], Iterable[Finding]]] = {
    "R01": ratio_identity,
    "R02": hidden_denominator,
    "R03": rate_feasibility,
    "R04": part_of_whole,
    "R05": item_of_total,
}
"""The rules by id, in the order their findings are numbered."""


def findings(metrics: MetricSet) -> tuple[Finding, ...]:
    """What every rule finds in `metrics`."""
    return tuple(finding for rule in RULES.values() for finding in rule(metrics))


__all__ = ["RULES", "Candidate", "Finding", "findings"]
