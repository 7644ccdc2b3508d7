"""What a rule finds: which values, why, the arithmetic, and readings that would fit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ipreport.language import Localized
from ipreport.metrics import Acknowledgement, MetricSet
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
    printed. `statement` may name metrics as `{key}` (shown value) and `{key.name}`.
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
    sign = "-" if whole == "-0" else ""
    return f"{sign}{int(whole):,}{point if decimals else ''}{decimals}"
