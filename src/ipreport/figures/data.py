"""What a chart draws: every value with its words, settled before any layout."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from ipreport.figures.lettering import NO_MARK, Cases, ValueWords
from ipreport.figures.selected import Category
from ipreport.figures.sources import SourceName
from ipreport.language import Language, Localized
from ipreport.metrics import (
    UNITS,
    Course,
    Direction,
    Period,
    Status,
    Unit,
    UnitKind,
)
from ipreport.outline import Against, Scale
from ipreport.wording import (
    NOT_STATED,
    STATES,
    ChartUnit,
    Rounding,
    show_period,
)

_PLACE = UNITS["place"]

UNDATED = Localized(f"{NOT_STATED.zh}日期", f"date {NOT_STATED.en}")
"""What stands for the date of an undated value, where nothing else says that it is a date."""


class Numbers(Enum):
    """In which unit the values of a chart stand at their marks."""

    COMMON = "bare digits in one unit of the chart, which its subtitle names"
    OWN = "bare digits in a unit of each series"
    COMMON_OR_OWN = "the first where all values have one unit, else the second"
    WORDS = "words that bring their unit"


@dataclass(frozen=True, slots=True)
class Datum:
    """A value of a chart. `value` is in base units; `text`, `number` and `digits` are its words.

    `text` brings its unit; `words` stand at its mark: bare digits in `words_unit` (the key of
    a unit), or `text` where that is empty. `mark` is the mark of a note on the value, or
    empty; `status` may add one of its own; `named` says whether the author gave it a name
    for this chart; `broken` that the definition changed since the point before in its series.
    `source` is where it comes from; `money` names the class of what is money of one.
    `place` is its rank where the chart tells it and it is decided, `goal` its target.
    """

    key: str
    name: Localized
    named: bool
    value: Decimal
    text: Localized
    words: Localized
    words_unit: str
    exact: bool
    mark: str
    unit: Unit
    period: Period
    source: SourceName
    status: Status = Status.OK
    cases: Cases | None = None
    broken: bool = False
    money: Localized | None = None
    place: Place | None = None
    goal: Goal | None = None

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
    def label(self) -> ValueWords:
        """What stands at its mark."""
        return ValueWords(self.words, self.key, self.marks, self.words_unit, self.cases)

    @property
    def date(self) -> Localized:
        """The period in words, or that the source gives no date."""
        return show_period(self.period) if self.period.known else UNDATED


@dataclass(frozen=True, slots=True)
class Place:
    """The rank of a value among its peers, traced to `key`; `tied` when another has the same value.

    `digits` stand in the unit of places, `text` is for sentences: 并列第2位 / joint 2nd.
    """

    key: str
    number: int
    tied: bool
    digits: Localized
    text: Localized

    @property
    def label(self) -> ValueWords:
        """The place in digits alone."""
        return ValueWords(self.digits, self.key, NO_MARK, _PLACE.key)


@dataclass(frozen=True, slots=True)
class Goal:
    """The target of a value and how far it is met: the completion in words, traced to `key`.

    `text` is for sentences (完成年度目标的73.9%), `words` for the chart (73.9%). `due` is the
    part of the target that is due by the time of the value, where time says so;
    `lower_is_better` that the target is not to be exceeded.
    """

    target: Datum
    key: str
    text: Localized
    words: Localized
    course: Course
    due: Decimal | None
    lower_is_better: bool = False


@dataclass(frozen=True, slots=True)
class DataSeries:
    """Values that belong together, one for each category of the chart; None where there is none.

    `unit` is the one in which their bare digits stand; `whole` is the rate of the region that
    contains those of the points.
    """

    role: str
    key: str
    name: Localized
    points: tuple[Datum | None, ...]
    unit: ChartUnit
    direction: Direction
    highlighted: bool = False
    whole: Datum | None = None

    @property
    def known(self) -> tuple[Datum, ...]:
        """The values there are."""
        return tuple(point for point in self.points if point is not None)

    @property
    def says_unit(self) -> bool:
        """Whether its digits bring their unit, as 39.3%, or its name does, as “… per 10,000 population”."""
        unit = self.unit.unit
        named = unit.label.en.lower() in self.name.en.lower() or unit.label.zh in self.name.zh
        return unit.kind is UnitKind.PERCENT or (unit.kind is UnitKind.RATIO and named)


@dataclass(frozen=True, slots=True)
class ChartData:
    """A chart with its values. `width` is in points."""

    kind: str
    title: Localized
    categories: tuple[Category, ...]
    series: tuple[DataSeries, ...]
    languages: tuple[Language, ...]
    width: float
    rounding: Rounding
    numbers: Numbers
    scale: Scale = Scale.LINEAR
    rank: bool = False
    against: Against | None = None
    axis_from: Decimal | None = None
    remainder: Localized | None = None
    region: Localized | None = None
    """The region that all values are of."""
    wholes: tuple[Datum | None, ...] = ()
    """What parts add up to (`Selected.wholes`)."""
    notice: Localized | None = None
    """What the picture says of its data wherever it is used, such as that they are made up."""

    @property
    def data(self) -> tuple[Datum, ...]:
        """Every value, series by series."""
        return tuple(datum for series in self.series for datum in series.known)

    def role(self, name: str) -> tuple[Datum, ...]:
        """The values that play one part, in their order."""
        return tuple(datum for series in self.series if series.role == name for datum in series.known)

    @property
    def unit(self) -> ChartUnit:
        """The unit of the chart, where all series have one in common."""
        return self.series[0].unit


def common_period(data: ChartData) -> Localized | None:
    """The time that all values share, in words; None where they have several."""
    periods = {datum.period for datum in data.data}
    return None if len(periods) > 1 else data.data[0].date
