"""Values with the ends of the interval that each lies in: a bar behind the mark, its ends behind the value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ipreport.document import Inline
from ipreport.figures.data import ChartData, Datum
from ipreport.figures.lettering import ValueWords
from ipreport.figures.refuse import refuse
from ipreport.figures.select import INTERVAL
from ipreport.figures.selected import Selected
from ipreport.figures.sketch import Sketch
from ipreport.figures.telling import MOST, joined, marked, named_value, opening, say, told_words
from ipreport.language import Language, Localized
from ipreport.metrics import Metric
from ipreport.problems import Problem

WHISKER = 4.2
"""Half of the height of the ticks at the ends, in points."""

Interval = tuple[Datum, Datum]


def check(selected: Selected) -> Iterator[Problem]:
    """Refuses ends that are not those of every value, of another region or time, or that do not enclose it."""
    spec, roles = selected.spec, ("values", *INTERVAL)
    counts = {role: len(spec.roles.get(role, ())) for role in roles}
    if not counts["low"] and not counts["high"]:
        return
    if len(set(counts.values())) > 1:
        found = ", ".join(f"{count} as '{role}'" for role, count in counts.items())
        yield refuse(
            spec,
            f"an interval has a low and a high end around its value, found {found}",
            "name as many metrics as 'low:' and as 'high:' as there are values, in their order, or none at all",
        )
        return
    ends = [selected.role(role) for role in roles]
    # Metrics that do not exist are left to the reader, and leave nothing to compare.
    if len({len(each) for each in ends}) == 1:
        for value, low, high in zip(*ends, strict=True):
            yield from _around(selected, value, low, high)


def _around(selected: Selected, value: Metric, low: Metric, high: Metric) -> Iterator[Problem]:
    for end in (low, high):
        if (end.region, end.period) != (value.region, value.period):
            reason = f"'{end.key}' is not of the region and time of '{value.key}', whose interval it ends"
            yield refuse(selected.spec, reason, "name the ends of each value in the order of the values")
    if value.value is None or low.value is None or high.value is None:
        return
    if not low.value <= value.value <= high.value:
        reason = f"'{value.key}' ({value.value}) does not lie between '{low.key}' ({low.value})"
        reason += f" and '{high.key}' ({high.value})"
        yield refuse(selected.spec, reason, "check the three values, and that 'low:' and 'high:' are not swapped")


def values_of(data: ChartData) -> ChartData:
    """The chart without the ends of its intervals."""
    return replace(data, series=tuple(series for series in data.series if series.role not in INTERVAL))


def intervals_of(data: ChartData) -> tuple[Interval | None, ...]:
    """The ends around each value."""
    ends = tuple(zip(data.role("low"), data.role("high"), strict=True))
    return ends or (None,) * len(values_of(data).data)


def label(datum: Datum, interval: Interval | None) -> ValueWords:
    """What stands at the mark of a value: its words, and the ends of its interval in brackets."""
    if interval is None:
        return datum.label
    return replace(datum.label, interval=(interval[0].label, interval[1].label))


def draw(sketch: Sketch, ends: tuple[float, float], y: float, colour: str) -> None:
    """A thin bar from end to end, with a tick at each."""
    low, high = ends
    sketch.line(((low, y), (high, y)), colour, 1.25)
    for x in ends:
        sketch.line(((x, y - WHISKER), (x, y + WHISKER)), colour, 1.25)


def tell(data: ChartData, language: Language, kind: Localized) -> tuple[Inline, ...]:
    """Every value with its interval, or the greatest and the least of many."""
    head = opening(kind, data, language)
    rows = list(zip(values_of(data).data, intervals_of(data), strict=True))
    if len(rows) <= MOST:
        return head, *joined([_row(data, *row, language) for row in rows], language)
    count = say(Localized(f"共{len(rows)}项；", f"{len(rows)} values; "), language)
    rows.sort(key=lambda row: row[0].value)
    parts = [
        (say(Localized("最高：", "highest, "), language), *_row(data, *rows[-1], language)),
        (say(Localized("最低：", "lowest, "), language), *_row(data, *rows[0], language)),
    ]
    return head, count, *joined(parts, language)


def _row(data: ChartData, datum: Datum, interval: Interval | None, language: Language) -> tuple[Inline, ...]:
    named = named_value(data, datum, language)
    if interval is None:
        return named
    low, high = (marked(end, told_words(data, end), language) for end in interval)
    opened, between, closed = (
        say(words, language) for words in (Localized("（", " ("), Localized("至", " to "), Localized("）", ")"))
    )
    return (*named, opened, *low, between, *high, closed)
