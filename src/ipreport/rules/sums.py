"""R21 and R27: parts that add up to their total, regions that add up and lie within one another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ipreport.language import Localized
from ipreport.metrics import Metric, MetricSet, is_additive
from ipreport.problems import Level
from ipreport.rules.finding import Candidate, Finding, called, plain
from ipreport.rules.reach import exceeds, reach


@dataclass(frozen=True, slots=True)
class Sum:
    """A recorded total with all its recorded parts of the same time; `regional` when they are regions."""

    total: Metric
    parts: tuple[Metric, ...]
    regional: bool = False

    @property
    def added(self) -> Decimal:
        """The parts together, in base units."""
        return sum((part.value or Decimal(0) for part in self.parts), Decimal(0))

    @property
    def is_exact(self) -> bool:
        """Whether the total and all parts are stated exactly."""
        return self.total.is_exact and all(part.is_exact for part in self.parts)

    @property
    def allowance(self) -> Decimal:
        """How far rounding alone may part the two: half a unit of each part (DOMAIN §2.3, rule R21).

        Counts are exact. A total in coarser units than every part adds its own half unit.
        """
        of_parts = [_half_unit(part) for part in self.parts]
        of_total = _half_unit(self.total)
        return sum(of_parts, Decimal(0)) + (of_total if of_total > max(of_parts) else 0)

    @property
    def agrees(self) -> bool:
        """Whether parts and total differ by no more than rounding."""
        return abs((self.total.value or Decimal(0)) - self.added) <= self.allowance


def _half_unit(metric: Metric) -> Decimal:
    low, high = metric.bounds
    return (high - low) / 2


def recorded_sums(metrics: MetricSet) -> Iterator[Sum]:
    """Every total whose parts are all recorded for its region and period, and every one of regions."""
    for total in metrics:
        if total.value is None:
            continue
        if total.relations.sum_of:
            parts = [metrics.at(name, total.region, total.period) for name in total.relations.sum_of]
            if all(len(found) == 1 and found[0].unit.kind is total.unit.kind for found in parts):
                yield Sum(total, tuple(found[0] for found in parts))
        if total.region == metrics.home and is_additive(total.definition):
            yield from _of_regions(metrics, total)


def _of_regions(metrics: MetricSet, total: Metric) -> Iterator[Sum]:
    """The home region against the regions within it; nothing unless each has one value."""
    name, period = total.definition.id, total.period
    inner = [region.id for region in metrics.regions if region.within == metrics.home]
    there = [metrics.at(name, region, period) for region in (metrics.home, *inner)]
    if inner and all(len(found) == 1 for found in there):
        yield Sum(total, tuple(found[0] for found in there[1:]), regional=True)


# --- R21 -------------------------------------------------------------------------------


def parts_sum_to_total(metrics: MetricSet) -> Iterator[Finding]:
    """R21: the parts of a total add up to it, within half a unit of each; counts exactly."""
    for found in recorded_sums(metrics):
        if found.is_exact and not found.agrees:
            yield _sum_finding(found, metrics)


def needs_rounding_note(printed: Mapping[str, Decimal], metrics: MetricSet) -> bool:
    """Whether the values of a table do not add up because they are rounded (rule R21).

    `printed` are the values by metric key as the table shows them, in base units. True
    when it holds a total with all its parts which agree in the record and not in print.
    """
    return any(
        found.agrees and printed[found.total.key] != sum(printed[part.key] for part in found.parts)
        for found in recorded_sums(metrics)
        if found.is_exact and printed.keys() >= {found.total.key, *(part.key for part in found.parts)}
    )


def _sum_finding(found: Sum, metrics: MetricSet) -> Finding:
    total, keys = found.total.key, [part.key for part in found.parts]
    zh = "、".join(_part_zh(part, found, metrics) for part in found.parts)
    en = _listed([_part_en(part, found, metrics) for part in found.parts])
    home = metrics.region_named(found.total.region)
    whole = called(found.total, metrics)
    if found.regional:
        whole = Localized(f"{home.zh}的{{{total}.name}}", f"{{{total}.name}} in {home.en}")
    return Finding(
        rule="R21",
        level=Level.WARN,
        title=Localized("分项之和与合计不符", "The parts do not add up to the total"),
        subjects=(total, *keys),
        statement=Localized(
            f"{zh}，相加不等于{whole.zh}{{{total}}}。",
            f"{en} do not add up to {whole.en} ({{{total}}}).",
        ),
        arithmetic=Localized.same(_addition(found)),
        candidates=(
            Candidate(((total, found.added),), Localized("若各分项无误", "if the parts are right")),
            Candidate((), Localized("分项有重复或遗漏", "the parts overlap, or one is left out")),
        ),
    )


def _part_zh(part: Metric, found: Sum, metrics: MetricSet) -> str:
    return f"{metrics.region_named(part.region).zh if found.regional else f'{{{part.key}.name}}'}{{{part.key}}}"


def _part_en(part: Metric, found: Sum, metrics: MetricSet) -> str:
    return f"{metrics.region_named(part.region).en if found.regional else f'{{{part.key}.name}}'} ({{{part.key}}})"


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _addition(found: Sum) -> str:
    added = " + ".join(plain(part.value or Decimal(0)) for part in found.parts)
    allowed = f" (± {plain(found.allowance)})" if found.allowance else ""
    return f"{added} = {plain(found.added)} ≠ {plain(found.total.value or Decimal(0))}{allowed}"


# --- R27 -------------------------------------------------------------------------------


def region_within_region(metrics: MetricSet) -> Iterator[Finding]:
    """R27: what is counted in a region is no more than in the regions it lies within."""
    around = _around(metrics)
    for inner in metrics:
        if inner.value is None or not is_additive(inner.definition):
            continue
        wider = [_greatest_of(metrics, inner, region) for region in around.get(inner.region, ())]
        if exceeded := [outer for outer in wider if outer is not None and exceeds(inner, outer)]:
            yield _region_finding(inner, exceeded, metrics)


def _around(metrics: MetricSet) -> dict[str, tuple[str, ...]]:
    """The regions that each lies within, the nearest first; a circle of regions ends where it closes."""
    within = {region.id: region.within for region in metrics.regions}
    return {region: tuple(_outward(region, within)) for region in within}


def _outward(region: str, within: Mapping[str, str | None]) -> Iterator[str]:
    passed = {region}
    outer = within[region]
    while outer is not None and outer not in passed:
        yield outer
        passed.add(outer)
        outer = within.get(outer)


def _greatest_of(metrics: MetricSet, inner: Metric, region: str) -> Metric | None:
    """The value of a wider region at the same time; of several the greatest, which forbids least."""
    there = metrics.at(inner.definition.id, region, inner.period)
    return max(there, key=lambda metric: reach(metric).high, default=None)


def _region_finding(inner: Metric, wider: list[Metric], metrics: MetricSet) -> Finding:
    key, region = inner.key, metrics.region_named(inner.region)
    zh = "、".join(f"{metrics.region_named(outer.region).zh}的{{{outer.key}}}" for outer in wider)
    en = _listed([f"in {metrics.region_named(outer.region).en} ({{{outer.key}}})" for outer in wider])
    values = [plain(metric.value or Decimal(0)) for metric in (inner, *wider)]
    return Finding(
        rule="R27",
        level=Level.BLOCK,
        title=Localized("下级地区大于上级地区", "A region has more than the one it lies within"),
        subjects=(key, *(outer.key for outer in wider)),
        statement=Localized(
            f"{region.zh}的{{{key}.name}}为{{{key}}}，大于{zh}，而前者在后者之内。",
            f"The value of {{{key}.name}} in {region.en} ({{{key}}}) is more than that {en}, "
            f"which {region.en} lies within.",
        ),
        arithmetic=Localized.same("; ".join(f"{values[0]} > {value}" for value in values[1:])),
    )
