"""Vertical columns from zero: value on top, name below."""

from __future__ import annotations

from ipreport.document import Inline
from ipreport.figures.charts import bar
from ipreport.figures.charts.base import Chart, fill_and_outline
from ipreport.figures.data import ChartData
from ipreport.figures.lettering import TextBox
from ipreport.figures.plot import category_labels, names_fit
from ipreport.figures.refusals import amounts
from ipreport.figures.sketch import Anchor, Sketch
from ipreport.figures.telling import tell_list
from ipreport.language import Language, Localized

TALLEST = 92.0
"""Height of the tallest column in points."""
_WIDEST_SLOT = 118.0
_WIDEST_COLUMN = 40.0
_SHARE = 0.56
_MARGIN = 6.0
_GAP = 4.0


def lay_out(data: ChartData, sketch: Sketch) -> float:
    """The columns, grouped in the middle; horizontal bars where names or values are too wide."""
    slot = min(data.width / len(data.data), _WIDEST_SLOT)
    width = slot - _MARGIN
    values = [sketch.lettering.value(datum.label, data.languages) for datum in data.data]
    too_wide = max(box.width for box in values) > width
    if too_wide or not names_fit(sketch, data.categories, data.languages, slot):
        return bar.lay_out(data, sketch)
    left = (data.width - slot * len(data.data)) / 2
    base = bar.EDGE + max(box.height for box in values) + _GAP + TALLEST
    return _columns(sketch, data, values, (left, slot, base)) + bar.EDGE


def _columns(sketch: Sketch, data: ChartData, values: list[TextBox], place: tuple[float, float, float]) -> float:
    """Draw columns and words from `place` (left end, slot width, baseline); return the lower end."""
    left, slot, base = place
    greatest = max(float(datum.value) for datum in data.data)
    column = min(slot * _SHARE, _WIDEST_COLUMN)
    slots = [(left + slot * index, left + slot * (index + 1)) for index in range(len(values))]
    for datum, value, (low, high) in zip(data.data, values, slots, strict=True):
        middle = (low + high) / 2
        tall = float(datum.value) / greatest * TALLEST if greatest else 0.0
        across = (middle - column / 2, middle + column / 2)
        sketch.bar(across, (base - tall, base), *fill_and_outline(sketch.colours, exact=datum.exact))
        sketch.text(value, middle, base - tall - _GAP - value.height, Anchor.CENTRE)
    sketch.line(((slots[0][0], base), (slots[-1][1], base)), sketch.colours.muted, 0.75)
    return category_labels(sketch, data.categories, slots, data.languages, base + _GAP + 1)


def tell(data: ChartData, language: Language) -> tuple[Inline, ...]:
    """The values as a list."""
    return tell_list(data, language, Localized("柱形图", "Column chart"))


CHART = Chart(amounts, lay_out, tell)
