"""Charts that a word processor draws itself: which of the recorded ones a file still has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ipreport.document import RecordedChart
from ipreport.tracing.reading import FoundChart


def present(recorded: Sequence[RecordedChart], found: Sequence[FoundChart]) -> tuple[RecordedChart, ...]:
    """The recorded charts that are in the file."""
    return tuple(chart for chart, there in zip(recorded, _matched(recorded, found), strict=True) if there is not None)


def notes(recorded: Sequence[RecordedChart], found: Sequence[FoundChart]) -> Iterator[str]:
    """What is odd about the charts of a file."""
    for chart, there in zip(recorded, _matched(recorded, found), strict=True):
        if there is None:
            yield f"the chart at {chart.where} is no longer in the file"
        elif not _is_told(chart, there):
            yield f"the alternative text of the chart at {chart.where} was changed"


def _matched(recorded: Sequence[RecordedChart], found: Sequence[FoundChart]) -> list[FoundChart | None]:
    """The chart of the file that each recorded one is: the one that is described alike, else one like it."""
    left = list(found)
    matches: list[FoundChart | None] = [None] * len(recorded)
    for alike in (_is_told, _is_like):
        for number, chart in enumerate(recorded):
            there = next((each for each in left if alike(chart, each)), None)
            if matches[number] is None and there is not None:
                matches[number] = there
                left.remove(there)
    return matches


def _is_told(recorded: RecordedChart, chart: FoundChart) -> bool:
    return chart.alternative.split() == recorded.alternative.split()


def _is_like(recorded: RecordedChart, chart: FoundChart) -> bool:
    """Whether a chart has half of the lines or more."""
    there = {"".join(line.split()) for line in chart.lines}
    wanted = ["".join(stretch.text.split()) for stretch in recorded.printed]
    return sum(text in there for text in wanted) * 2 >= len(wanted)
