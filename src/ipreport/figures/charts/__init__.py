"""The kinds of chart; a new kind is a file here and a line in CHARTS."""

from ipreport.figures.charts import bar, bullet, column, dot, grouped_column, line, part_of_whole, ranking, slope
from ipreport.figures.charts.base import Chart

CHARTS: dict[str, Chart] = {
    "part-of-whole": part_of_whole.CHART,
    "bar": bar.CHART,
    "column": column.CHART,
    "slope": slope.CHART,
    "bullet": bullet.CHART,
    "dot": dot.CHART,
    "grouped-column": grouped_column.CHART,
    "ranking": ranking.CHART,
    "line": line.CHART,
}
"""Every kind that a briefing can name (outline.CHART_KINDS says which metrics each takes)."""

__all__ = ["CHARTS", "Chart"]
