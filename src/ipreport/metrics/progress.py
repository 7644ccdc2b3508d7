"""How a target goes: met, on schedule or behind it, as the time that is gone tells (DOMAIN §5, rule R20)."""

from __future__ import annotations

from calendar import monthrange
from decimal import Decimal
from enum import StrEnum

from ipreport.metrics.definition import Aggregation, Direction
from ipreport.metrics.derived import is_surely_met, possible
from ipreport.metrics.model import Metric
from ipreport.metrics.periods import Period


class Course(StrEnum):
    """How a target goes at the time of a value.

    `open` is one that is not met and that time alone does not judge: a stock or a rate
    does not grow in step with the year, nor need a plan of several years.
    """

    MET_EARLY = "met_early"
    MET = "met"
    ON_SCHEDULE = "on_schedule"
    BEHIND = "behind"
    OPEN = "open"
    MISSED = "missed"

    @property
    def is_good(self) -> bool | None:
        """Whether that is well; None where nothing says."""
        return None if self is Course.OPEN else self not in {Course.BEHIND, Course.MISSED}


def time_progress(period: Period) -> Decimal | None:
    """The part of its year that is gone at the end of a period, in months: 0.75 at the end of September.

    None for an undated one.
    """
    if period.end is None:
        return None
    days = monthrange(period.end.year, period.end.month)[1]
    return (period.end.month - 1 + Decimal(period.end.day) / days) / 12


def scheduled(value: Metric, target: Metric) -> Decimal | None:
    """The part of a target that is due at the time of a value; None where time alone does not say.

    Due in step with the year is only the annual target of what adds up from January on, and
    only while its year lasts.
    """
    annual = target.plan is not None and target.plan.annual
    adds_up = value.definition.aggregation is Aggregation.SUM and value.period.from_new_year
    if not (annual and adds_up) or _is_over(value, target):
        return None
    return time_progress(value.period)


def course_of(value: Metric, target: Metric) -> Course:
    """How the target goes, as far as the qualifier of the value makes it certain (rule R12)."""
    met, due = is_surely_met(value, target), scheduled(value, target)
    if _is_over(value, target):
        return Course.MET if met else Course.MISSED
    if due is None:
        return Course.MET_EARLY if met else Course.OPEN
    # What adds up and should stay low is not met before its year is over.
    if met and value.definition.direction is not Direction.DOWN:
        return Course.MET_EARLY
    return Course.ON_SCHEDULE if _keeps_pace(value, target, due) else Course.BEHIND


def _is_over(value: Metric, target: Metric) -> bool:
    ends = value.period.end, target.period.end
    return ends[0] is not None and ends[1] is not None and ends[0] >= ends[1]


def _keeps_pace(value: Metric, target: Metric, due: Decimal) -> bool:
    reach = possible(value)
    if reach is None or target.value is None:
        return False
    least, most = reach
    if value.definition.direction is Direction.DOWN:
        return most is not None and most <= target.value * due
    return least >= target.value * due
