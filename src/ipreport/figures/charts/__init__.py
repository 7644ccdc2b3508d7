"""The kinds of chart; a new kind is a file here and a line in CHARTS."""

from ipreport.figures.charts import (
    area,
    bar,
    column,
    combination,
    dot,
    grouped_column,
    line,
    pareto,
    part_of_whole,
    slope,
    stacked_column,
)
from ipreport.figures.charts.base import Chart

CHARTS: dict[str, Chart] = {
    "part-of-whole": part_of_whole.CHART,
    "bar": bar.CHART,
    "column": column.CHART,
    "slope": slope.CHART,
    "dot": dot.CHART,
    "grouped-column": grouped_column.CHART,
    "stacked-column": stacked_column.CHART,
    "percent-stacked-column": stacked_column.PERCENT_CHART,
    "combination": combination.CHART,
    "line": line.CHART,
    "area": area.CHART,
    "pareto": pareto.CHART,
}
"""Every kind that a briefing can name (outline.CHART_KINDS says which metrics each takes)."""

__all__ = ["CHARTS", "Chart"]
