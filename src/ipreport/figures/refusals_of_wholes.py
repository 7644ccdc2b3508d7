"""What charts of parts refuse because the parts are no parts of one whole, or not all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ipreport.figures.refusals import amounts, overlapping, short_of_whole, sums_of
from ipreport.figures.refuse import refuse
from ipreport.figures.selected import Category, Selected
from ipreport.figures.wholes import rounding_of
from ipreport.metrics import Derivation, Metric, UnitKind
from ipreport.outline import FigureSpec
from ipreport.problems import Problem
from ipreport.wording import CASES_BELOW, counts_cases


def check_stacks(selected: Selected) -> Iterator[Problem]:
    """Refuses parts that cannot be put on top of each other: of no one whole, with gaps, or that do not add up."""
    yield from amounts(selected)
    if not selected.metrics:
        return
    found = (*rates(selected), *_unstackable(selected.spec, listed=selected.listed))
    yield from found
    if found:
        return
    yield from _counted_twice(selected)
    yield from _incomplete(selected)
    for whole, parts in _stacks(selected):
        yield from unequal(selected.spec, whole, parts)


def check_shares(selected: Selected) -> Iterator[Problem]:
    """Refuses the same, and wholes that are not recorded, are nothing, or so small that no share says much."""
    problems = tuple(check_stacks(selected))
    yield from problems
    if problems or not selected.metrics:
        return
    found = _stacks(selected)
    if any(Derivation.SUM in whole.key for whole, _ in found) or not found:
        yield _unrecorded(selected)
    for whole, _ in found:
        yield from no_share(selected.spec, whole, "stacked-column")


def rates(selected: Selected) -> Iterator[Problem]:
    """A rate is no part of another one."""
    for name, metric in {metric.definition.id: metric for metric in selected.metrics}.items():
        if metric.unit.kind in {UnitKind.PERCENT, UnitKind.RATIO, UnitKind.POINTS}:
            yield refuse(
                selected.spec,
                f"'{name}' is a rate ({metric.unit.label.en}), and rates do not add up",
                "use kind: line or grouped-column to compare rates",
            )


def unequal(spec: FigureSpec, whole: Metric, parts: Sequence[Metric]) -> Iterator[Problem]:
    """Parts that do not add up to what is recorded as their whole, by more than rounding."""
    exact = whole.is_exact and all(part.is_exact for part in parts)
    if exact and abs(short_of_whole(whole, parts)) > rounding_of(whole, parts):
        together = sum((part.value or Decimal(0) for part in parts), Decimal(0))
        yield refuse(
            spec,
            f"the parts of '{whole.key}' ({whole.value}) add up to {together}",
            "check the values, or use kind: grouped-column, which adds nothing up",
        )


def _unstackable(spec: FigureSpec, *, listed: bool) -> Iterator[Problem]:
    if listed:
        reason = "nothing says what the columns are, along time or across regions"
        yield refuse(spec, reason, "write 'last:', 'every:' or 'by: region', or use kind: donut for a single whole")
    elif spec.is_over_time and spec.is_by_region:
        reason = "columns along time and columns of regions are two charts"
        yield refuse(spec, reason, "leave out 'by: region', or 'last:' and 'every:'")


def _counted_twice(selected: Selected) -> Iterator[Problem]:
    """Parts that may overlap: at none of the categories a total is known of which they are parts."""
    found: tuple[Problem, ...] = ()
    for _, parts in _complete(selected):
        found = tuple(overlapping(selected, parts))
        if not found:
            return
    yield from found


def _complete(selected: Selected) -> list[tuple[Category, list[Metric]]]:
    """The categories of which every part is known."""
    stacks = []
    for index, category in enumerate(selected.categories):
        known = [point for series in selected.series if (point := series.points[index]) is not None]
        if len(known) == len(selected.series):
            stacks.append((category, known))
    return stacks


def _stacks(selected: Selected) -> list[tuple[Metric, list[Metric]]]:
    """The wholes that are known with their parts."""
    stacks = []
    for index, whole in enumerate(selected.wholes):
        parts = [point for series in selected.series if (point := series.points[index]) is not None]
        if whole is not None:
            stacks.append((whole, parts))
    return stacks


def _incomplete(selected: Selected) -> Iterator[Problem]:
    """A column that lacks one of its parts looks smaller than it is."""
    for index, category in enumerate(selected.categories):
        missing = [series.key for series in selected.series if series.points[index] is None]
        if missing and len(missing) < len(selected.series):
            listed = ", ".join(f"'{key}'" for key in missing)
            yield refuse(
                selected.spec,
                f"the column of {category.name.en} would be too short: no value of {listed} is recorded there",
                "record it, leave the column out (with 'last:'), or use kind: grouped-column, which leaves a gap",
            )


def _unrecorded(selected: Selected) -> Problem:
    """Shares of a sum of just the parts that are shown would be shares of nothing that anyone knows."""
    _, parts = _complete(selected)[-1]
    names = {part.definition.id for part in parts}
    wider = next((each for each in sums_of(selected.record, parts) if names < set(each.relations.sum_of)), None)
    if wider is not None:
        lacking = ", ".join(f"'{name}'" for name in wider.relations.sum_of if name not in names)
        reason = f"'{wider.key}' has more parts than are shown: {lacking}"
        return refuse(selected.spec, reason, "show all of its parts, or use kind: stacked-column")
    listed = ", ".join(f"'{series.key}'" for series in selected.series)
    reason = f"no total of {listed} is recorded for every column, of which they could be shares"
    return refuse(selected.spec, reason, "record their total with 'sum_of:', or use kind: stacked-column")


def no_part(selected: Selected, part: Metric, whole: Metric) -> Iterator[Problem]:
    """Refuses what the record does not know as a part: a metric within another, or one region within another."""
    if part.definition.id == whole.definition.id:
        around = {region.id: region.within for region in selected.record.regions}
        known = around.get(part.region) == whole.region
    else:
        named = part.definition.id in whole.relations.sum_of or whole.definition.id in part.relations.part_of
        known = part.region == whole.region and named
    if not known:
        reason = f"nothing says that '{part.key}' is a part of '{whole.key}'"
        hint = "record it with 'sum_of:' or 'part_of:' where it is one, or use kind: bar"
        yield refuse(selected.spec, reason, hint)


def no_share(spec: FigureSpec, whole: Metric, instead: str) -> Iterator[Problem]:
    """A whole of nothing, or of so few that no share says much (DOMAIN §5); `instead` is a kind that shows amounts."""
    if not whole.value:
        yield refuse(spec, f"the whole, '{whole.key}', is zero and has no parts", "say it in the text or in a table")
    elif counts_cases(whole.unit) and whole.value < CASES_BELOW:
        reason = f"the whole, '{whole.key}', is {whole.value}: shares of so few say little"
        yield refuse(spec, reason, f"use kind: {instead}, which shows the counts themselves")
