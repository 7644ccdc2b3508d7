"""What a chart draws: every value with its words, settled before any layout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from ipreport.language import Language, Localized
from ipreport.metrics import Metric, MetricSet, Period, Status, Unit, UnitKind
from ipreport.outline import FigureSpec, Scale
from ipreport.wording import NOT_STATED, STATES, Rounding, show, show_period

UNDATED = Localized(f"{NOT_STATED.zh}日期", f"date {NOT_STATED.en}")
"""What stands for the date of an undated value, where nothing else says that it is a date."""


@dataclass(frozen=True, slots=True)
class Datum:
    """A value of a chart. `value` is in base units; `text` and `number` are its words.

    `mark` is the mark of a note on the value, or empty; `status` may add one of its own;
    `named` says whether the author gave it a name for this chart.
    """

    key: str
    name: Localized
    named: bool
    value: Decimal
    text: Localized
    number: Localized
    exact: bool
    mark: str
    unit: Unit
    period: Period
    status: Status = Status.OK

    @property
    def marks(self) -> Localized:
        """What is raised behind the value: the mark of its state, then that of the note; empty where there is none."""
        state = STATES.get(self.status)
        if state is None:
            return Localized.same(self.mark)
        return Localized(state.mark.zh + self.mark, state.mark.en + self.mark)

    @property
    def remarks(self) -> Localized:
        """The same for readers who hear it: a state in brackets, as its short mark means nothing aloud."""
        state = STATES.get(self.status)
        if state is None:
            return Localized.same(self.mark)
        return Localized(f"（{state.name.zh}）{self.mark}", f" ({state.name.en}){self.mark}")

    @property
    def date(self) -> Localized:
        """The period in words, or that the source gives no date."""
        return show_period(self.period) if self.period.known else UNDATED


@dataclass(frozen=True, slots=True)
class ChartData:
    """A chart with its values in the order of its roles. `width` is in points."""

    kind: str
    title: Localized
    data: tuple[Datum, ...]
    scale: Scale
    languages: tuple[Language, ...]
    width: float
    rounding: Rounding
    notice: Localized | None = None
    """What the picture says of its data wherever it is used, such as that they are made up."""

    @property
    def unit_apart(self) -> bool:
        """Whether values stand as bare digits under a unit named once for the chart.

        So it is with rates, whose names say “per 10,000 population” already.
        """
        return all(datum.exact and datum.unit.kind is UnitKind.RATIO for datum in self.data)

    def words(self, datum: Datum) -> Localized:
        """What stands at the mark of a value."""
        return datum.number if self.unit_apart else datum.text

    @property
    def unit_title(self) -> Localized:
        """The unit of the chart, named once."""
        label = self.data[0].unit.label
        return Localized(f"单位：{label.zh}", f"Unit: {label.en}")


def gather(
    spec: FigureSpec,
    metrics: MetricSet,
    languages: tuple[Language, ...],
    marks: Mapping[str, str],
    width: float,
    rounding: Rounding,
    notice: Localized | None = None,
) -> ChartData:
    """The values of a figure that passed its checks, in words."""
    names = _names([metrics[key] for key in spec.metrics], metrics)
    data = tuple(_datum(spec, metrics[key], names[key], marks.get(key, ""), rounding) for key in spec.metrics)
    return ChartData(spec.kind, spec.title, data, spec.scale, languages, width, rounding, notice)


def _names(chosen: list[Metric], metrics: MetricSet) -> dict[str, Localized]:
    """What each value is called: its metric; where all are of one metric, what tells them apart, region or time."""
    if len(chosen) > 1 and len({(metric.definition.id, metric.name) for metric in chosen}) == 1:
        if len({metric.region for metric in chosen}) == len(chosen):
            return {metric.key: metrics.region_named(metric.region) for metric in chosen}
        if len({metric.region for metric in chosen}) == 1:
            return {metric.key: show_period(metric.period) for metric in chosen}
    return {metric.key: metric.name for metric in chosen}


def _datum(spec: FigureSpec, metric: Metric, name: Localized, mark: str, rounding: Rounding) -> Datum:
    if metric.value is None:
        raise ValueError(f"{metric.key} has no value")
    shown = show(metric, rounding)
    return Datum(
        key=metric.key,
        name=spec.labels.get(metric.key, name),
        named=metric.key in spec.labels,
        value=metric.value,
        text=shown.value,
        number=shown.number,
        exact=metric.is_exact,
        mark=mark,
        unit=metric.unit,
        period=metric.period,
        status=metric.status,
    )
