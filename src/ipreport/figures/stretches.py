"""The stretches of a series: values without a gap between them and of one definition."""

from __future__ import annotations

from collections.abc import Iterator

from ipreport.figures.data import DataSeries, Datum
from ipreport.figures.labels import Point
from ipreport.figures.plot import Plot


def stretches(series: DataSeries) -> Iterator[list[tuple[int, Datum]]]:
    """The values of each stretch, each with the number of its category."""
    part: list[tuple[int, Datum]] = []
    for index, datum in enumerate(series.points):
        if part and (datum is None or datum.broken):
            yield part
            part = []
        if datum is not None:
            part.append((index, datum))
    if part:
        yield part


def places(series: DataSeries, plot: Plot) -> list[list[Point]]:
    """Where the values of each stretch lie."""
    return [[plot.point(index, datum.value) for index, datum in part] for part in stretches(series)]
