"""Checks on a set of metrics: each rule suggests, none edits."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ipreport.metrics import MetricSet
from ipreport.rules.averages import unusual_average
from ipreport.rules.dating import dated, period_fits
from ipreport.rules.finding import Candidate, Finding
from ipreport.rules.growth import across_a_break, growth_agrees
from ipreport.rules.history import never_falls, unit_jump
from ipreport.rules.money import money_added
from ipreport.rules.parts import item_of_total, part_of_whole
from ipreport.rules.rates import rate_feasibility
from ipreport.rules.ratios import hidden_denominator, ratio_identity
from ipreport.rules.standing import stated_completion, stated_rank
from ipreport.rules.stated import has_source, possible_value, qualifier_true
from ipreport.rules.statements import basis_stated, unit_of_change
from ipreport.rules.sums import parts_sum_to_total, region_within_region
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
    "R11": stated_rank,
    "R12": qualifier_true,
    "R13": unit_jump,
    "R16": possible_value,
    "R17": dated,
    "R18": period_fits,
    "R19": across_a_break,
    "R20": stated_completion,
    "R21": parts_sum_to_total,
    "R22": stock_and_inflows,
    "R23": money_added,
    "R27": region_within_region,
    "R28": unusual_average,
    "R29": has_source,
}
"""The rules by id, in the order their findings are numbered."""


def findings(metrics: MetricSet) -> tuple[Finding, ...]:
    """What every rule finds in `metrics`."""
    return tuple(finding for rule in RULES.values() for finding in rule(metrics))


__all__ = ["RULES", "Candidate", "Finding", "findings"]
