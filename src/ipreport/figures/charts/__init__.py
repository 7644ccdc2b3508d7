"""The kinds of chart; a new kind is a file here and a line in CHARTS."""

from ipreport.figures.charts import (
    bar,
    cascade,
    column,
    donut,
    dot,
    grouped_column,
    heat_table,
    line,
    lollipop,
    part_of_whole,
    slope,
    small_multiples,
    waterfall,
)
from ipreport.figures.charts.base import Chart

CHARTS: dict[str, Chart] = {
    "bar": bar.CHART,
    "column": column.CHART,
    "grouped-column": grouped_column.CHART,
    "line": line.CHART,
    "slope": slope.CHART,
    "part-of-whole": part_of_whole.CHART,
    "donut": donut.CHART,
    "waterfall": waterfall.CHART,
    "cascade": cascade.CHART,
    "heat-table": heat_table.CHART,
    "small-multiples": small_multiples.CHART,
    "dot": dot.CHART,
    "lollipop": lollipop.CHART,
}
"""Every kind that a briefing can name (outline.CHART_KINDS says which metrics each takes)."""

__all__ = ["CHARTS", "Chart"]
