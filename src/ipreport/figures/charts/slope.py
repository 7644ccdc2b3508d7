"""Values at two dates, joined by lines: two points of one metric, or several values against an earlier time."""

from __future__ import annotations

from collections.abc import Iterator

from ipreport.document import Inline
from ipreport.figures.charts import slope_lines, slope_points
from ipreport.figures.charts.base import Chart
from ipreport.figures.data import ChartData
from ipreport.figures.refuse import refuse
from ipreport.figures.selected import Selected
from ipreport.figures.sketch import Sketch
from ipreport.language import Language, Localized
from ipreport.metrics import Metric, UnitKind
from ipreport.outline import FigureSpec
from ipreport.problems import Problem


def check(selected: Selected) -> Iterator[Problem]:
    """Refuses what is no change over time; each form adds what it cannot show."""
    spec = selected.spec
    if not spec.roles.get("points"):
        yield from slope_lines.check(selected)
        return
    yield from _options(spec)
    if any(_is_rank(metric) for metric in selected.metrics):
        yield from slope_lines.check_points(selected)
    else:
        yield from slope_points.check(selected)


def _options(spec: FigureSpec) -> Iterator[Problem]:
    """Two points are both named, so that nothing else is to be found beside them."""
    given = {
        "against": spec.against is not None,
        "by": spec.by is not None,
        "highlight": spec.highlight is not None,
        "rank": spec.rank,
    }
    listed = ", ".join(f"'{name}:'" for name, is_given in given.items() if is_given)
    if listed:
        reason = f"'points:' names both values, and {listed} would look for others"
        yield refuse(spec, reason, "leave it out, or write 'values:' with 'against:' instead of 'points:'")


def _is_rank(metric: Metric) -> bool:
    return metric.unit.kind is UnitKind.RANK


def _of_amounts(data: ChartData) -> bool:
    """Whether it is two points over a baseline."""
    return bool(data.role("points")) and data.unit.unit.kind is not UnitKind.RANK


def lay_out(data: ChartData, sketch: Sketch) -> float:
    """Two points over a baseline at zero, or a line for each value between two axes."""
    return slope_points.lay_out(data, sketch) if _of_amounts(data) else slope_lines.lay_out(data, sketch)


def tell(data: ChartData, language: Language) -> tuple[Inline, ...]:
    """From where to where."""
    return slope_points.tell(data, language) if _of_amounts(data) else slope_lines.tell(data, language)


def remark(data: ChartData) -> Localized | None:
    """What the axis and the names leave open."""
    return None if _of_amounts(data) else slope_lines.remark(data)


CHART = Chart(check, lay_out, tell, remark=remark)
