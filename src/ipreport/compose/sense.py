"""Where an attribute of a metric makes no sense, and what to write instead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ipreport.compose.comparisons import COMPARISONS, EXTENTS, QUARTERS
from ipreport.compose.content import Content
from ipreport.metrics import Basis, Kind, Metric, PeriodKind, UnitKind, is_allowed, ranked_among

BASES = MappingProxyType({**COMPARISONS, **EXTENTS})
"""Every attribute that compares, with what it compares with."""

_INSTANTS = {PeriodKind.AS_OF, PeriodKind.CUMULATIVE}
_ADDING = {Kind.FLOW, Kind.COMMITMENT}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an attribute cannot be printed, and what to do instead."""

    reason: str
    hint: str


def refusal(metric: Metric, attribute: str, content: Content) -> Refusal | None:
    """Why `metric` has no such attribute; None where it has, even if there is no value to print.

    What depends on the kind of the metric, on the catalogue or on lists of the record
    (regions, targets) is refused; what merely is not recorded yet has words of its own.
    """
    if attribute in _OF_RECORDS and any(metric is target for target in content.metrics.targets):
        return Refusal("it is a target itself", "name the metric whose target it is")
    if attribute in BASES:
        return _comparison(metric, attribute)
    check = _CHECKS.get(attribute)
    found = check(metric, content) if check is not None else None
    if found is None and attribute in QUARTERS:
        return _quarter_compared(attribute, metric)
    return found


def _comparison(metric: Metric, attribute: str) -> Refusal | None:
    if metric.unit.kind is UnitKind.RANK:
        return Refusal("a rank does not grow", f"print {{{{ {metric.key}.previous }}}} beside it")
    basis = BASES[attribute]
    if not is_allowed(metric, basis):
        listed = " and ".join(f".{name}" for name in COMPARISONS if _compares(metric, name))
        instead = f"it allows {listed}" if listed else "it allows no growth; print .previous beside the value"
        return Refusal(f"the catalogue does not compare '{metric.definition.id}' so", instead)
    if BASES[attribute] is Basis.QUARTER and metric.period.kind is PeriodKind.YEAR_TO_DATE:
        return Refusal("a year to date contains the quarter before", "compare the single quarter: use .quarter_qoq")
    if attribute == "since_year_end" and metric.period.kind not in _INSTANTS:
        return Refusal("only the stock of a day is compared with the end of last year", "use .yoy")
    return None


def _compares(metric: Metric, name: str) -> bool:
    by_kind = {
        "since_year_end": metric.period.kind in _INSTANTS,
        "qoq": metric.period.kind is not PeriodKind.YEAR_TO_DATE,
    }
    return is_allowed(metric, BASES[name]) and by_kind.get(name, True)


def _quarter(metric: Metric, _: Content) -> Refusal | None:
    if metric.definition.kind in _ADDING and metric.period.kind in {PeriodKind.YEAR_TO_DATE, PeriodKind.QUARTER}:
        return None
    return Refusal("only what adds up over the year has a single quarter", "use .yoy or .qoq")


def _quarter_compared(attribute: str, metric: Metric) -> Refusal | None:
    if is_allowed(metric, QUARTERS[attribute]):
        return None
    return Refusal(f"the catalogue does not compare '{metric.definition.id}' so", "print .quarter")


def _rank(metric: Metric, content: Content) -> Refusal | None:
    if metric.unit.kind in {UnitKind.RANK, UnitKind.POINTS}:
        return Refusal(f"'{metric.definition.id}' is not what regions are ranked by", "rank the value behind it")
    if ranked_among(content.metrics, metric) is None:
        reason = "no regions stand beside its own"
        return Refusal(reason, "list the regions of the ranking in 'regions:', each with what it is 'within:'")
    if not metric.period.known:
        return Refusal("its date is not known, so nothing is of the same time", "give the value its period")
    return None


def _target(metric: Metric, content: Content) -> Refusal | None:
    if metric.unit.kind in {UnitKind.RANK, UnitKind.POINTS}:
        return Refusal("a place or a change is not completed in per cent", "print the target beside it")
    if metric.definition.kind in _ADDING and not metric.period.from_new_year:
        return Refusal("a target of the year is met by the year to date", "name the value of the year to date")
    if content.metrics.target_of(metric) is None:
        year = f" for {metric.period.end.year}" if metric.period.end is not None else ""
        return Refusal(f"no target is recorded{year}", "record it in 'targets:', with its plan, year and source")
    return None


def _as_of(metric: Metric, _: Content) -> Refusal | None:
    if not metric.period.known:
        return Refusal("its date is not known", "give the value its period")
    if metric.period.kind in _INSTANTS or metric.period.from_new_year:
        return None
    return Refusal("it is not the state of a day", "use .period")


def _to_date(metric: Metric, _: Content) -> Refusal | None:
    if not metric.period.known:
        return Refusal("its date is not known", "give the value its period")
    if metric.period.from_new_year:
        return None
    return Refusal("it does not run from the beginning of the year", "use .period or .as_of")


_CHECKS: Mapping[str, Callable[[Metric, Content], Refusal | None]] = MappingProxyType(
    {
        "rank": _rank,
        "target": _target,
        "as_of": _as_of,
        "to_date": _to_date,
        **dict.fromkeys(("quarter", *QUARTERS), _quarter),
    }
)
_OF_RECORDS = {*BASES, "quarter", *QUARTERS, "previous", "rank", "target"}
"""Attributes that a target has not."""
