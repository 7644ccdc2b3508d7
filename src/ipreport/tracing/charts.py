"""Charts that a word processor draws itself: which of the recorded ones a file still has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ipreport.document import RecordedChart
from ipreport.tracing.reading import FoundChart


def present(recorded: RecordedChart, found: Sequence[FoundChart]) -> bool:
    """Whether a recorded chart is in the file: one that is described alike, or has half of its lines."""
    return any(_is_told(recorded, chart) or _is_like(recorded, chart) for chart in found)


def notes(recorded: Sequence[RecordedChart], found: Sequence[FoundChart]) -> Iterator[str]:
    """What is odd about the charts of a file."""
    for chart in recorded:
        if not present(chart, found):
            yield f"the chart at {chart.where} is no longer in the file"
        elif not any(_is_told(chart, each) for each in found):
            yield f"the alternative text of the chart at {chart.where} was changed"


def _is_told(recorded: RecordedChart, chart: FoundChart) -> bool:
    return chart.alternative.split() == recorded.alternative.split()


def _is_like(recorded: RecordedChart, chart: FoundChart) -> bool:
    there = {"".join(line.split()) for line in chart.lines}
    wanted = ["".join(stretch.text.split()) for stretch in recorded.printed]
    return sum(text in there for text in wanted) * 2 >= len(wanted)
