"""A chart as its author states it: the kind, which metric plays which part, and how it is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from ipreport.language import Localized
from ipreport.metrics import Basis
from ipreport.outline.texts import Template
from ipreport.problems import Origin
from ipreport.style import FigureWidth


@dataclass(frozen=True, slots=True)
class ChartRole:
    """A part that metrics play in a chart; `least` and `most` bound how many."""

    name: str
    least: int
    most: int


class Option(StrEnum):
    """What a figure may say beyond its metrics; a kind takes only what it can show."""

    BY = "by"
    LAST = "last"
    EVERY = "every"
    AGAINST = "against"
    HIGHLIGHT = "highlight"
    RANK = "rank"
    CASES = "cases"
    REMAINDER = "remainder"


@dataclass(frozen=True, slots=True)
class ChartKind:
    """What a kind of chart takes.

    `forms` are the sets of parts that its metrics may play; a figure has one of them.
    `over_time` kinds show the history of each metric, `by_region` kinds its regions, without
    being told to. A `summed` kind shows parts of a whole, which is looked up or added. Beside
    each value a `ranked` kind says its place, one `against_target` its target. Word can draw a
    `native` kind itself.
    """

    forms: tuple[tuple[ChartRole, ...], ...]
    options: frozenset[Option] = frozenset()
    over_time: bool = False
    by_region: bool = False
    native: bool = False
    summed: bool = False
    ranked: bool = False
    against_target: bool = False

    @property
    def roles(self) -> tuple[ChartRole, ...]:
        """The parts of all forms, each once."""
        return tuple({role.name: role for form in self.forms for role in form}.values())


MOST_SERIES = 5
"""As many series as the palette tells apart for every reader."""

_Role = tuple[str, int, int]


def _kind(
    *forms: tuple[_Role, ...],
    options: tuple[Option, ...] = (),
    over_time: bool = False,
    by_region: bool = False,
    native: bool = False,
    summed: bool = False,
    ranked: bool = False,
    against_target: bool = False,
) -> ChartKind:
    roles = tuple(tuple(ChartRole(*role) for role in form) for form in forms)
    return ChartKind(roles, frozenset(options), over_time, by_region, native, summed, ranked, against_target)


_TIME = (Option.LAST, Option.EVERY)
_VALUES = ("values", 1, 12)
_ONE = ("values", 1, 1)
_SERIES = ("series", 1, MOST_SERIES)
_STACKED = ("series", 2, MOST_SERIES)

CHART_KINDS: Mapping[str, ChartKind] = MappingProxyType(
    {
        "bar": _kind((_VALUES,), options=(Option.CASES,)),
        "column": _kind((_VALUES,), options=(*_TIME, Option.BY, Option.CASES), native=True),
        "grouped-column": _kind(
            (_STACKED,), (("values", 1, 8),), options=(*_TIME, Option.BY, Option.AGAINST), native=True
        ),
        "stacked-column": _kind((_STACKED,), options=(*_TIME, Option.BY), native=True, summed=True),
        "percent-stacked-column": _kind((_STACKED,), options=(*_TIME, Option.BY), native=True, summed=True),
        "combination": _kind((("columns", 1, 1), ("lines", 1, 3)), options=_TIME, over_time=True, native=True),
        "ranking": _kind((_ONE,), options=(Option.HIGHLIGHT, Option.CASES), by_region=True, ranked=True),
        "line": _kind((_SERIES,), options=(*_TIME, Option.BY, Option.HIGHLIGHT), over_time=True, native=True),
        "area": _kind((("series", 1, 1),), options=_TIME, over_time=True),
        "slope": _kind(
            (("points", 2, 2),), (_VALUES,), options=(Option.AGAINST, Option.BY, Option.HIGHLIGHT, Option.RANK)
        ),
        "bullet": _kind((("values", 1, 8),), against_target=True),
        "part-of-whole": _kind((("whole", 1, 1), ("part", 1, 1)), native=True),
        "donut": _kind((("whole", 1, 1), ("parts", 1, MOST_SERIES)), options=(Option.REMAINDER,)),
        "waterfall": _kind(
            (("start", 1, 1), ("increases", 0, 6), ("decreases", 0, 6), ("end", 1, 1)),
            (_ONE,),
            options=(*_TIME, Option.REMAINDER),
        ),
        "cascade": _kind((("values", 2, 6),)),
        "heat-table": _kind((("values", 1, 8),), options=(Option.HIGHLIGHT, Option.CASES), by_region=True),
        "small-multiples": _kind((("series", 1, 12),), options=(*_TIME, Option.BY, Option.HIGHLIGHT), over_time=True),
        "dot": _kind((_VALUES, ("low", 0, 12), ("high", 0, 12)), options=(Option.CASES,)),
        "lollipop": _kind((_VALUES, ("low", 0, 12), ("high", 0, 12)), options=(Option.CASES,)),
        "pareto": _kind((_VALUES,), options=(Option.BY, Option.REMAINDER), summed=True),
    }
)
"""The kinds of chart and what each takes."""


class By(StrEnum):
    """What a chart shows of each metric that it names, where it does not list them all."""

    REGION = "region"


class Every(StrEnum):
    """The step between the periods of a series.

    With `quarter`, of what is recorded from January on the single quarters are shown,
    recorded or worked out; `year` compares like periods of different years.
    """

    QUARTER = "quarter"
    YEAR = "year"


class Against(StrEnum):
    """The earlier value that stands beside each value."""

    YEAR = "year"
    QUARTER = "quarter"
    YEAR_END = "year_end"

    @property
    def basis(self) -> Basis:
        """The comparison it is."""
        return {Against.YEAR: Basis.YEAR, Against.QUARTER: Basis.QUARTER, Against.YEAR_END: Basis.YEAR_END}[self]


class Scale(StrEnum):
    """The scale of a value axis. Bars need zero, so only dots may be logarithmic."""

    LINEAR = "linear"
    LOGARITHMIC = "logarithmic"


class WordForm(StrEnum):
    """How a chart stands in a Word file: as a picture, or as a chart whose data can be edited there."""

    PICTURE = "picture"
    NATIVE = "native"


@dataclass(frozen=True, slots=True)
class FigureSpec:
    """A chart as a statement of data: kind, which metric plays which part, names.

    `roles` maps the roles of the kind to metric keys, `labels` gives metrics shorter
    names inside the chart, `note` is printed below the caption. `by`, `last`, `every` and
    `against` say which other observations belong to those that are named; `highlight`
    is the region that stands out, the briefing's own unless it says otherwise; `rank`
    shows places instead of values; `axis_from` is where a value axis begins, in base
    units; `cases` prints the cases beside a rate; `remainder` names what is left between
    parts and whole; `alt` replaces the description that is made from the data; `with_table`
    sets the data as a table below.
    """

    id: str
    kind: str
    title: Localized
    roles: Mapping[str, tuple[str, ...]]
    origin: Origin
    labels: Mapping[str, Localized] = field(default_factory=lambda: MappingProxyType({}))
    scale: Scale = Scale.LINEAR
    note: Template | None = None
    by: By | None = None
    last: int | None = None
    every: Every | None = None
    against: Against | None = None
    highlight: str | None = None
    rank: bool = False
    axis_from: Decimal | None = None
    cases: bool = False
    remainder: Localized | None = None
    width: FigureWidth = FigureWidth.FULL
    word: WordForm | None = None
    alt: Template | None = None
    with_table: bool = False

    @property
    def metrics(self) -> tuple[str, ...]:
        """The keys of every metric it names, in the order of its roles."""
        return tuple(key for role in CHART_KINDS[self.kind].roles for key in self.roles.get(role.name, ()))

    @property
    def is_over_time(self) -> bool:
        """Whether it shows the history of what it names."""
        return self.last is not None or self.every is not None or CHART_KINDS[self.kind].over_time

    @property
    def is_by_region(self) -> bool:
        """Whether it shows the regions of what it names."""
        return self.by is By.REGION or CHART_KINDS[self.kind].by_region

    @property
    def is_ranked(self) -> bool:
        """Whether it says the place of each value among its peers."""
        return self.rank or CHART_KINDS[self.kind].ranked
