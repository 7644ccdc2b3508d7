"""What a rule finds: which values, why, the arithmetic, and readings that would fit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ipreport.language import Localized
from ipreport.metrics import Acknowledgement, Metric, MetricSet, Qualifier, UnitKind
from ipreport.problems import Level


@dataclass(frozen=True, slots=True)
class Candidate:
    """A reading that would satisfy the rule; an inference, never applied.

    `values` are metric keys with the value each would have, in base units; `remark`
    says the rest in words, or everything where no single value changes.
    """

    values: tuple[tuple[str, Decimal], ...] = ()
    remark: Localized | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A contradiction among the values of a briefing.

    `subjects` are the keys of the values in doubt, which are marked wherever they are
    printed. `statement` may name metrics as `{key}` (shown value), `{key.name}`,
    `{key.when}` (in Q3 2025, as of the end of September 2025) and `{key.against}` (the
    period that a growth is measured against).
    `arithmetic` shows the calculation in one line. `marked` findings put their mark at
    every printed value of their subjects; one about the whole record, such as that
    nothing is dated, would mark everything and says so in the list of checks alone.
    """

    rule: str
    level: Level
    title: Localized
    subjects: tuple[str, ...]
    statement: Localized
    arithmetic: Localized
    candidates: tuple[Candidate, ...] = ()
    marked: bool = True

    def acknowledgement(self, metrics: MetricSet) -> Acknowledgement | None:
        """The entry of the file that accepts exactly this finding about these values, or None."""
        return next((entry for entry in self.named_in(metrics) if not entry.lapsed(metrics)), None)

    def named_in(self, metrics: MetricSet) -> Iterator[Acknowledgement]:
        """The entries of the file about this finding, those for values of another time included."""
        for entry in metrics.acknowledgements:
            if entry.rule == self.rule and set(entry.metrics) == set(self.subjects):
                yield entry


def plain(value: Decimal, places: int | None = None) -> str:
    """A number inside arithmetic: grouped digits, `places` decimals or as many as it has."""
    digits = format(value, "f") if places is None else format(value, f".{places}f")
    whole, point, decimals = digits.partition(".")
    decimals = decimals.rstrip("0") if places is None else decimals
    sign = "−" if value < 0 and (int(whole) or decimals.strip("0")) else ""
    return f"{sign}{abs(int(whole)):,}{point if decimals else ''}{decimals}"


_SIGNS = {
    Qualifier.EXACT: "",
    Qualifier.OVER: "> ",
    Qualifier.NEARLY: "< ",
    Qualifier.ABOUT: "≈ ",
    Qualifier.AT_LEAST: "≥ ",
}


def stated(metric: Metric) -> str:
    """A value inside arithmetic with the sign of its qualifier: `356`, `> 356`; rates with their decimals."""
    fixed = metric.unit.kind in {UnitKind.PERCENT, UnitKind.POINTS, UnitKind.RATIO}
    return _SIGNS[metric.qualifier] + plain(metric.value or Decimal(0), metric.places if fixed else None)


def called(metric: Metric, metrics: MetricSet) -> Localized:
    """The field of a statement for the name of a metric, with its region where that is not the briefing's own."""
    field = f"{{{metric.key}.name}}"
    if not metrics.home or metric.region == metrics.home:
        return Localized.same(field)
    region = metrics.region_named(metric.region)
    return Localized(f"{region.zh}{field}", f"{field} ({region.en})")
