"""What a chart of a stock's changes refuses: changes that do not lead from its start to its end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, pairwise

from ipreport.figures.refusals import amounts, inexact, rounding
from ipreport.figures.refuse import refuse
from ipreport.figures.selected import Selected
from ipreport.metrics import Kind, Metric, Period, UnitKind, same_caliber
from ipreport.outline import FigureSpec
from ipreport.problems import Problem
from ipreport.wording import show_period
from ipreport.wording.numbers import trimmed

_STOCKS = {Kind.STOCK, Kind.CUMULATIVE, Kind.CONTEXT}
_FLOWS = {Kind.FLOW, Kind.COMMITMENT}


def check(selected: Selected) -> Iterator[Problem]:
    """Refuses what is no stock, flows from outside its dates, and sums that miss its end."""
    problems = [*amounts(selected), *inexact(selected)]
    if "start" in selected.spec.roles or "end" in selected.spec.roles:
        problems += _by_flows(selected, sound=not problems)
    else:
        problems += _over_time(selected)
    yield from problems


# --- a stock at several dates ----------------------------------------------------


def _over_time(selected: Selected) -> Iterator[Problem]:
    spec, levels = selected.spec, selected.role("values")
    if levels and not spec.is_over_time:
        reason = f"a single value, '{levels[0].key}', has no changes"
        yield refuse(spec, reason, "write 'last: 5' for its changes between five dates, or name start, flows and end")
        return
    if spec.remainder is not None:
        reason = "the changes of a stock between its own dates leave nothing over"
        yield refuse(spec, reason, "leave out 'remainder:'")
    if any(level.period.start is not None or level.unit.kind is UnitKind.PERCENT for level in levels):
        reason = f"'{selected.series[0].key}' is no stock, which has a level at every date"
        yield refuse(spec, reason, "use kind: column for flows, or kind: line for rates")
        return
    yield from _breaks(spec, levels)


def _breaks(spec: FigureSpec, levels: Sequence[Metric]) -> Iterator[Problem]:
    for before, after in pairwise(levels):
        if not same_caliber(after, before):
            reason = f"the definition changed between '{before.key}' and '{after.key}', which is no change of the stock"
            yield refuse(spec, reason, "show the time since then, or use kind: line, which marks the break", rule="R19")


# --- a start, flows and an end ---------------------------------------------------


def _by_flows(selected: Selected, *, sound: bool) -> Iterator[Problem]:
    spec, starts, ends = selected.spec, selected.role("start"), selected.role("end")
    flows = (*selected.role("increases"), *selected.role("decreases"))
    if spec.is_over_time:
        yield refuse(spec, "a chart with start and end has no other dates", "leave out 'last:' and 'every:'")
        return
    if len(starts) != 1 or len(ends) != 1:
        return
    problems = [*_ends(spec, starts[0], ends[0]), *_no_flows(spec, flows)]
    if not problems:
        problems += _outside(spec, starts[0], ends[0], flows)
        problems += _twice(spec, flows)
    if sound and not problems:
        problems += _balance(selected, starts[0], ends[0])
    yield from problems


def _ends(spec: FigureSpec, start: Metric, end: Metric) -> Iterator[Problem]:
    """The same stock at two dates, in their order and of one definition."""
    for level in (start, end):
        if level.definition.kind not in _STOCKS or level.period.start is not None:
            reason = f"'{level.key}' is no stock, which has a level at its start and at its end"
            yield refuse(spec, reason, "name a stock as start and end, and flows as increases and decreases")
            return
    if (start.definition.id, start.region) != (end.definition.id, end.region):
        reason = f"'{start.key}' and '{end.key}' are not the same metric of the same region at two dates"
        yield refuse(spec, reason, "name the stock at its start and at its end, or use kind: bar")
    elif start.period.end is None or end.period.end is None or start.period.end >= end.period.end:
        reason = (
            f"the start, '{start.key}' ({show_period(start.period).en}), is not before "
            f"the end, '{end.key}' ({show_period(end.period).en})"
        )
        yield refuse(spec, reason, "give both dates, and name the earlier value as start")
    elif not same_caliber(end, start):
        yield from _breaks(spec, (start, end))


def _no_flows(spec: FigureSpec, flows: Sequence[Metric]) -> Iterator[Problem]:
    if not flows:
        reason = "it names no flow between start and end"
        yield refuse(spec, reason, "name 'increases:' or 'decreases:', or use kind: slope for two dates alone")


def _outside(spec: FigureSpec, start: Metric, end: Metric, flows: Sequence[Metric]) -> Iterator[Problem]:
    """Flows are of the stock's region and of the time between its dates."""
    for flow in flows:
        if flow.definition.kind not in _FLOWS:
            reason = f"'{flow.key}' is no flow, which would change the stock"
            yield refuse(spec, reason, "name what was added or taken away in the time between start and end")
        elif flow.region != start.region:
            reason = f"'{flow.key}' is of another region than '{start.key}'"
            yield refuse(spec, reason, "name the flows of the same region")
        elif not _lies_between(flow.period, start.period, end.period):
            reason = (
                f"'{flow.key}' ({show_period(flow.period).en}) does not lie between the dates of the stock "
                f"({show_period(start.period).en} and {show_period(end.period).en})"
            )
            yield refuse(spec, reason, "name the flows of that time, or the stock at the dates of the flows")


def _lies_between(flow: Period, start: Period, end: Period) -> bool:
    first = flow.start or flow.end
    if first is None or flow.end is None or start.end is None or end.end is None:
        return False
    return start.end < first and flow.end <= end.end


def _twice(spec: FigureSpec, flows: Sequence[Metric]) -> Iterator[Problem]:
    """A flow of the same time, or a part of another, would count twice."""
    for one, other in combinations(flows, 2):
        if _share_time(one.period, other.period) and (_is_part(one, other) or _is_part(other, one)):
            reason = f"'{one.key}' and '{other.key}' count the same in part, and would change the stock twice"
            yield refuse(spec, reason, "leave one of the two out")


def _is_part(one: Metric, other: Metric) -> bool:
    name, relations = other.definition.id, one.relations
    return one.definition.id == name or name in (*relations.part_of, *relations.item_of)


def _share_time(one: Period, other: Period) -> bool:
    if one.end is None or other.end is None:
        return True
    return (one.start or one.end) <= other.end and (other.start or other.end) <= one.end


def _balance(selected: Selected, start: Metric, end: Metric) -> Iterator[Problem]:
    """Start and changes come to the end, within the rounding of all, or the other changes have a name (rule R22)."""
    spec, inflows, outflows = selected.spec, selected.role("increases"), selected.role("decreases")
    reached = _total((start, *inflows)) - _total(outflows)
    left = _total((end,)) - reached
    closed = abs(left) <= rounding((start, *inflows, *outflows, end))
    come_to = f"start and changes come to {trimmed(reached)}, and the end, '{end.key}', is {trimmed(_total((end,)))}"
    if spec.remainder is None and not closed:
        hint = "add the missing flows, or name them with 'remainder: {zh: 其他变动, en: Other changes}'"
        yield refuse(spec, f"{come_to}: {trimmed(abs(left))} is not explained", hint)
    elif spec.remainder is not None and closed:
        yield refuse(spec, f"{come_to}: nothing is left to call '{spec.remainder.en}'", "leave out 'remainder:'")


def _total(metrics: Sequence[Metric]) -> Decimal:
    return sum((metric.value or Decimal(0) for metric in metrics), Decimal(0))
