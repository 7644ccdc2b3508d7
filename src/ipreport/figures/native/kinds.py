"""The kinds of chart that a word processor can draw; a new one is a line in KINDS."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from ipreport.document import Grouping
from ipreport.figures import course
from ipreport.figures.charts import column, combination, grouped_column, stacked_column
from ipreport.figures.data import ChartData, DataSeries


@dataclass(frozen=True, slots=True)
class Kind:
    """How a kind of chart is drawn: its columns, and the roles whose values are lines instead.

    The field is `tall` points high. Columns fill a `share` of the room of their category
    and are not wider than `widest` points.
    """

    grouping: Grouping
    tall: float
    share: float = 0.76
    widest: float = 26.0
    lines: frozenset[str] = frozenset()

    def parted(self, data: ChartData) -> tuple[tuple[DataSeries, ...], tuple[DataSeries, ...]]:
        """The series that are columns, and those that are lines."""
        return (
            tuple(series for series in data.series if series.role not in self.lines),
            tuple(series for series in data.series if series.role in self.lines),
        )


_BAR = 24.0
"""Thickness of the bar of a whole with its part, in points."""
_STACK = Kind(Grouping.STACKED, stacked_column.TALL, share=0.72, widest=48.0)

KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "column": Kind(Grouping.CLUSTERED, column.TALL, share=0.56, widest=40.0),
        "grouped-column": Kind(Grouping.CLUSTERED, grouped_column.TALL),
        "stacked-column": _STACK,
        "percent-stacked-column": replace(_STACK, grouping=Grouping.PERCENT_STACKED),
        "combination": Kind(Grouping.CLUSTERED, combination.TALL, share=0.72, widest=40.0, lines=frozenset({"lines"})),
        "line": Kind(Grouping.CLUSTERED, course.TALL, lines=frozenset({"series"})),
        "part-of-whole": Kind(Grouping.NESTED, _BAR),
    }
)
"""By name, in the order of outline.CHART_KINDS."""


def kind_of(data: ChartData) -> Kind:
    """The kind of a chart; KeyError for one that a word processor cannot draw."""
    return KINDS[data.kind]
