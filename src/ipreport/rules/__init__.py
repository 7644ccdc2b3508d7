"""Checks on a set of metrics: each rule suggests, none edits."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ipreport.metrics import MetricSet
from ipreport.rules.dating import dated, period_fits
from ipreport.rules.finding import Candidate, Finding
from ipreport.rules.growth import across_a_break, growth_agrees
from ipreport.rules.history import never_falls, unit_jump
from ipreport.rules.parts import item_of_total, part_of_whole
from ipreport.rules.rates import rate_feasibility
from ipreport.rules.ratios import hidden_denominator, ratio_identity
from ipreport.rules.statements import basis_stated, unit_of_change
from ipreport.rules.windows import stock_and_inflows, sums_of_quarters

RULES: dict[str, Callable[[MetricSet], Iterable[Finding]]] = {
    "R01": ratio_identity,
    "R02": hidden_denominator,
    "R03": rate_feasibility,
    "R04": part_of_whole,
    "R05": item_of_total,
    "R06": never_falls,
    "R07": sums_of_quarters,
    "R08": growth_agrees,
    "R09": unit_of_change,
    "R10": basis_stated,
    "R13": unit_jump,
    "R17": dated,
    "R18": period_fits,
    "R19": across_a_break,
    "R22": stock_and_inflows,
}
"""The rules by id, in the order their findings are numbered."""


def findings(metrics: MetricSet) -> tuple[Finding, ...]:
    """What every rule finds in `metrics`."""
    return tuple(finding for rule in RULES.values() for finding in rule(metrics))


__all__ = ["RULES", "Candidate", "Finding", "findings"]
