"""Charts that a word processor draws itself: the values of a chart as a table, with the looks and axes of its picture.

What it shows follows from the values as they were gathered (`ChartData`), so that a kind
of chart needs nothing but a line in `KINDS`.
"""

from ipreport.figures.native.chart import convert, native_chart
from ipreport.figures.native.kinds import KINDS
from ipreport.figures.native.settled import Settled, settle

__all__ = ["KINDS", "Settled", "convert", "native_chart", "settle"]
