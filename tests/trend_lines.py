"""Trend lines to look at: of any values, on cards and in tables, and the shapes that they consist of."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from helpers import SAMPLE, at, metric_set
from ipreport.cache import Cache
from ipreport.document import DrawnPath, Rendered
from ipreport.figures import check_trends, draw_trends
from ipreport.fonts import Faces, find_faces
from ipreport.language import LANGUAGES, Localized
from ipreport.metrics import MetricSet
from ipreport.outline import (
    ByRegion,
    CardsBlock,
    CardSpec,
    Every,
    Outline,
    OutlineBlock,
    RowGroup,
    Section,
    TableColumn,
    TableSpec,
    TrendSpec,
)
from ipreport.problems import Origin
from ipreport.readers import read
from ipreport.style import MODERN
from province import province

ORIGIN = Origin("briefing.yaml", "sections[0].cards", 7)
STOCK = "patent_invention_in_force"
ENDS = ("2024-09-30", "2024-12-31", "2025-03-31", "2025-06-30", "2025-09-30")


@cache
def faces() -> Faces:
    return find_faces()


WITHOUT = "leave the trend line out; of a table, the row or the column 'trend'"
"""The last hint of every refusal."""


@cache
def sample() -> Outline:
    return read(SAMPLE).outline


def outline(*blocks: OutlineBlock) -> Outline:
    return replace(sample(), sections=(Section("s", Localized("节", "Section"), 1, blocks),))


def cards(*keys: str, last: int = 8, every: Every | None = None) -> Outline:
    """A row of cards with a trend line each."""
    made = tuple(CardSpec(key, ORIGIN, trend=TrendSpec(ORIGIN, last, every)) for key in keys)
    return outline(CardsBlock(made, 3))


def table(*keys: str, last: int = 8, by_region: ByRegion | None = None) -> Outline:
    groups = (RowGroup(None, keys),)
    columns = (TableColumn.NAME, TableColumn.TREND)
    title = Localized("表", "Table")
    spec = TableSpec("t", title, groups, columns, (), ORIGIN, by_region, trend=TrendSpec(ORIGIN, last))
    return outline(spec)


def drawn(wanted: Outline, record: MetricSet, cache: Cache | None = None) -> dict[str, Rendered]:
    """The trend lines by the key of their value."""
    found = draw_trends(wanted, record, LANGUAGES, MODERN, faces(), cache or Cache(None), {})
    return {key: rendered for (_, key), rendered in found.items()}


def history(*values: str | None, metric_id: str = STOCK, **changes: object) -> MetricSet:
    """The values of a stock at the ends of the last quarters; the last is `now`."""
    ends = ENDS[-len(values) :]
    last = len(values) - 1
    made = [
        at(end, value, metric_id, **(changes | {"key": "now" if number == last else f"before{last - number}"}))
        for number, (end, value) in enumerate(zip(ends, values, strict=True))
    ]
    return replace(metric_set(*made), sources=(replace(province().sources[0], id="bulletin"),))


def refusals(wanted: Outline, record: MetricSet) -> list[tuple[str, tuple[str, ...]]]:
    problems = check_trends(wanted, record)
    assert all(problem.origin == ORIGIN for problem in problems)
    return [(problem.message, problem.hints) for problem in problems]


def paths(rendered: Rendered) -> list[DrawnPath]:
    items = rendered.picture.drawing.items
    found = [item for item in items if isinstance(item, DrawnPath)]
    assert len(found) == len(items), "a trend line has no letters"
    return found


def corners(path: DrawnPath) -> list[tuple[float, float]]:
    return [(float(segment[-2]), float(segment[-1])) for segment in path.segments if segment[0] in {"M", "L"}]


def lines(rendered: Rendered) -> list[list[tuple[float, float]]]:
    """The stretches of the line; dashed uprights and dots left out."""
    return [corners(path) for path in paths(rendered) if path.fill is None and not path.dash]


def dots(rendered: Rendered) -> list[tuple[float, float]]:
    """The middles of the dots."""
    found = []
    for path in paths(rendered):
        if path.segments[-1] == ("Z",):
            numbers = [[float(each) for each in segment[1:]] for segment in path.segments[:-1]]
            across = [number for segment in numbers for number in segment[::2]]
            down = [number for segment in numbers for number in segment[1::2]]
            found.append(((min(across) + max(across)) / 2, (min(down) + max(down)) / 2))
    return found
