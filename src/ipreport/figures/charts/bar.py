"""Horizontal bars from zero: name left, value at the end of the bar."""

from __future__ import annotations

from ipreport.document import Inline
from ipreport.figures.charts.base import Chart, fill_and_outline
from ipreport.figures.data import ChartData
from ipreport.figures.lettering import Lettering, TextBox
from ipreport.figures.refusals import amounts
from ipreport.figures.sketch import Sketch
from ipreport.figures.telling import tell_list
from ipreport.language import Language, Localized

BAR = 13.0
"""Thickness of a bar in points."""
ROW_GAP = 9.0
"""Space between rows."""
GAP = 6.0
"""Space between a mark and its words."""
NAME_SHARE = 0.4
"""How much of the width names may take before they wrap."""
_LEAST_SHARE = 0.22
"""How much of the width the longest bar keeps, however long its words are."""
EDGE = 2.0
"""Space above the first and below the last row."""


def name_column(data: ChartData, lettering: Lettering) -> tuple[list[TextBox], float]:
    """The names of all rows, wrapped, and the width of their column."""
    limit = data.width * NAME_SHARE
    boxes = [lettering.label(datum.name, data.languages, limit) for datum in data.data]
    return boxes, max(box.width for box in boxes)


def lay_out(data: ChartData, sketch: Sketch) -> float:
    """The bars, longest as long as its words allow."""
    names, column = name_column(data, sketch.lettering)
    zero = column + GAP + 2
    room = data.width - zero
    limit = room * (1 - _LEAST_SHARE) - GAP
    values = [sketch.lettering.value(datum.label, data.languages, limit) for datum in data.data]
    spaces = [(room - GAP - box.width, float(d.value)) for d, box in zip(data.data, values, strict=True)]
    scale = min((space / value for space, value in spaces if value > 0), default=0.0)
    top = EDGE
    for datum, name, value in zip(data.data, names, values, strict=True):
        height = max(name.height, value.height, BAR)
        middle = top + height / 2
        length = float(datum.value) * scale
        sketch.text(name, 0, middle - name.height / 2)
        down = (middle - BAR / 2, middle + BAR / 2)
        sketch.bar((zero, zero + length), down, *fill_and_outline(sketch.colours, exact=datum.exact))
        sketch.text(value, zero + length + GAP, middle - value.height / 2)
        top += height + ROW_GAP
    total = top - ROW_GAP + EDGE
    sketch.line(((zero, 0.0), (zero, total)), sketch.colours.muted, 0.75)
    return total


def tell(data: ChartData, language: Language) -> tuple[Inline, ...]:
    """The values as a list."""
    return tell_list(data, language, Localized("条形图", "Bar chart"))


CHART = Chart(amounts, lay_out, tell)
