"""The kinds of chart; a new kind is a file here and a line in CHARTS."""

from ipreport.figures.charts import (
    area,
    bar,
    bullet,
    cascade,
    column,
    combination,
    donut,
    dot,
    grouped_column,
    heat_table,
    line,
    lollipop,
    pareto,
    part_of_whole,
    ranking,
    slope,
    small_multiples,
    stacked_column,
    waterfall,
)
from ipreport.figures.charts.base import Chart

CHARTS: dict[str, Chart] = {
    "bar": bar.CHART,
    "column": column.CHART,
    "grouped-column": grouped_column.CHART,
    "stacked-column": stacked_column.CHART,
    "percent-stacked-column": stacked_column.PERCENT_CHART,
    "combination": combination.CHART,
    "ranking": ranking.CHART,
    "line": line.CHART,
    "area": area.CHART,
    "slope": slope.CHART,
    "bullet": bullet.CHART,
    "part-of-whole": part_of_whole.CHART,
    "donut": donut.CHART,
    "waterfall": waterfall.CHART,
    "cascade": cascade.CHART,
    "heat-table": heat_table.CHART,
    "small-multiples": small_multiples.CHART,
    "dot": dot.CHART,
    "lollipop": lollipop.CHART,
    "pareto": pareto.CHART,
}
"""Every kind that a briefing can name (outline.CHART_KINDS says which metrics each takes)."""

__all__ = ["CHARTS", "Chart"]
