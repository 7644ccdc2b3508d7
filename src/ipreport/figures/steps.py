"""What took a stock from its start to its end: recorded flows, or its own changes between dates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from ipreport.figures.data import ChartData, Datum
from ipreport.figures.lettering import NO_MARK, Lettering, Letters, TextBox, ValueWords
from ipreport.language import Localized
from ipreport.metrics import change_key, remainder_key
from ipreport.wording import ChartUnit, chart_unit, show_between
from ipreport.wording.patterns import MINUS


@dataclass(frozen=True, slots=True)
class Step:
    """A change of the stock. `change` is signed and `before` the level it starts from, in base units.

    `key` traces what is printed: of a recorded flow its own value, which has no sign; of
    anything else the change itself.
    """

    name: Localized
    change: Decimal
    before: Decimal
    key: str
    flow: Datum | None = None

    @property
    def after(self) -> Decimal:
        """The level it leads to."""
        return self.before + self.change


@dataclass(frozen=True, slots=True)
class Course:
    """A stock from start to end. `unit` shows every level and change of it."""

    start: Datum
    steps: tuple[Step, ...]
    end: Datum
    unit: ChartUnit

    def level_label(self, lettering: Lettering, data: ChartData, level: Datum) -> TextBox:
        """The words at the column of the start or the end."""
        words = ValueWords(self.unit.digits(level.value), level.key, level.marks, self.unit.unit.key)
        return lettering.value(words, data.languages)

    def step_label(self, lettering: Lettering, data: ChartData, step: Step) -> TextBox:
        """The words at a step, with its sign: that of a recorded flow says what the stock did, not what is recorded."""
        if step.flow is None:
            words = ValueWords(self.unit.signed(step.change), step.key, NO_MARK, self.unit.unit.key)
            return lettering.value(words, data.languages)
        words = ValueWords(self.unit.digits(step.flow.value), step.key, step.flow.marks, self.unit.unit.key)
        box = lettering.value(words, data.languages)
        if not step.change:
            return box
        language = data.languages[0]
        sign = Letters("+" if step.change > 0 else MINUS, *lettering.strong(0, language), language)
        return TextBox((lettering.line(sign, *box.lines[0].pieces), *box.lines[1:]))


def course(data: ChartData) -> Course:
    """The stock of a chart with what changed it."""
    if data.role("start"):
        start, end = data.role("start")[0], data.role("end")[0]
        steps = tuple(_flows(data, start, end))
    else:
        start, *_, end = data.role("values")
        steps = tuple(_changes(data.role("values")))
    amounts = [*(datum.value for datum in data.data), *(step.change for step in steps)]
    return Course(start, steps, end, _unit(data, amounts))


def _unit(data: ChartData, amounts: Sequence[Decimal]) -> ChartUnit:
    """The unit of the chart with enough decimals that small changes show."""
    return chart_unit(amounts, data.data[0].unit, data.unit.places, data.languages, data.rounding)


def _changes(levels: Sequence[Datum]) -> Iterator[Step]:
    """From one date to the next."""
    for before, after in pairwise(levels):
        name = show_between(before.period, after.period)
        yield Step(name, after.value - before.value, before.value, change_key(after.key, before.key))


def _flows(data: ChartData, start: Datum, end: Datum) -> Iterator[Step]:
    """What flowed in, then what flowed out; other changes stand with those of their sign."""
    inflows, outflows = data.role("increases"), data.role("decreases")
    rest = _others(data, start, end)
    moved = [(flow, flow.value) for flow in inflows], [(flow, -flow.value) for flow in outflows]
    names = _names((*inflows, *outflows))
    level = start.value
    for group, rises in zip(moved, (True, False), strict=True):
        for flow, change in group:
            yield Step(names[flow.key], change, level, flow.key, flow)
            level += change
        if rest is not None and (rest[1] > 0) is rises:
            yield Step(rest[0], rest[1], level, rest[2])
            level += rest[1]


def _others(data: ChartData, start: Datum, end: Datum) -> tuple[Localized, Decimal, str] | None:
    """Name, amount and key of the changes that no flow records."""
    if data.remainder is None:
        return None
    inflows, outflows = data.role("increases"), data.role("decreases")
    amounts, taken = (end, *outflows), (start, *inflows)
    left = sum((each.value for each in amounts), Decimal(0)) - sum((each.value for each in taken), Decimal(0))
    return data.remainder, left, remainder_key([each.key for each in amounts], [each.key for each in taken])


def _names(flows: Sequence[Datum]) -> dict[str, Localized]:
    """What each flow is called, with its time where several have one name."""
    names = [flow.name for flow in flows]
    return {
        flow.key: flow.name
        if names.count(flow.name) == 1
        else Localized(f"{flow.name.zh}（{flow.date.zh}）", f"{flow.name.en} ({flow.date.en})")
        for flow in flows
    }
