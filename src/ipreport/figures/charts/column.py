"""Vertical columns from zero: value on top, name below."""

from __future__ import annotations

from ipreport.document import Inline
from ipreport.figures.charts import bar
from ipreport.figures.charts.base import Chart, fill_and_outline
from ipreport.figures.data import ChartData, Datum
from ipreport.figures.lettering import NO_MARK, Lettering, TextBox
from ipreport.figures.refusals import amounts
from ipreport.figures.sketch import Anchor, Sketch
from ipreport.figures.telling import tell_list
from ipreport.language import Language, Localized
from ipreport.metrics import UnitKind

TALLEST = 92.0
"""Height of the tallest column in points."""
_WIDEST_SLOT = 118.0
_WIDEST_COLUMN = 40.0
_SHARE = 0.56
_MARGIN = 6.0
_GAP = 4.0


def _fit(texts: list[Localized], width: float, data: ChartData, lettering: Lettering, *, strong: bool) -> bool:
    return all(lettering.unbroken(text, data.languages, strong=strong) <= width for text in texts)


def _words(data: ChartData, width: float, lettering: Lettering) -> tuple[list[Localized], bool] | None:
    """What stands on the columns and whether the unit is named apart; None when nothing fits."""
    room = width - max(lettering.marks_width(datum.marks, data.languages) for datum in data.data)
    full = [data.words(datum) for datum in data.data]
    on_one_line = all(lettering.value(text, "", NO_MARK, data.languages).width <= room for text in full)
    if on_one_line:
        return full, data.unit_apart
    if _plain_numbers(data.data):
        numbers = [datum.number for datum in data.data]
        if _fit(numbers, room, data, lettering, strong=True):
            return numbers, True
    return (full, data.unit_apart) if _fit(full, room, data, lettering, strong=True) else None


def _plain_numbers(data: tuple[Datum, ...]) -> bool:
    # Money keeps its unit in every wording, and a qualifier must not be lost.
    return all(datum.exact and datum.unit.kind in {UnitKind.COUNT, UnitKind.RATIO} for datum in data)


def lay_out(data: ChartData, sketch: Sketch) -> float:
    """The columns, grouped in the middle; horizontal bars where names or values are too wide."""
    lettering = sketch.lettering
    slot = min(data.width / len(data.data), _WIDEST_SLOT)
    width = slot - _MARGIN
    words = _words(data, width, lettering)
    if words is None or not _fit([d.name for d in data.data], width, data, lettering, strong=False):
        return bar.lay_out(data, sketch)
    texts, unit_apart = words
    values = [
        lettering.value(text, d.key, d.marks, data.languages, width) for text, d in zip(texts, data.data, strict=True)
    ]
    left = (data.width - slot * len(data.data)) / 2
    top = bar.unit_line(data, sketch, left) if unit_apart else bar.EDGE
    base = top + max(box.height for box in values) + _GAP + TALLEST
    return _columns(sketch, data, values, (left, slot, base)) + bar.EDGE


def _columns(sketch: Sketch, data: ChartData, values: list[TextBox], place: tuple[float, float, float]) -> float:
    """Draw columns and words from `place` (left end, slot width, baseline); return the lower end."""
    left, slot, base = place
    greatest = max(float(datum.value) for datum in data.data)
    column = min(slot * _SHARE, _WIDEST_COLUMN)
    names = [sketch.lettering.label(datum.name, data.languages, slot - _MARGIN) for datum in data.data]
    for index, (datum, value, name) in enumerate(zip(data.data, values, names, strict=True)):
        middle = left + (index + 0.5) * slot
        tall = float(datum.value) / greatest * TALLEST if greatest else 0.0
        across = (middle - column / 2, middle + column / 2)
        sketch.bar(across, (base - tall, base), *fill_and_outline(sketch.colours, exact=datum.exact))
        sketch.text(value, middle, base - tall - _GAP - value.height, Anchor.CENTRE)
        sketch.text(name, middle, base + _GAP + 1, Anchor.CENTRE)
    sketch.line(((left, base), (left + slot * len(data.data), base)), sketch.colours.muted, 0.75)
    return base + _GAP + 1 + max(box.height for box in names)


def tell(data: ChartData, language: Language) -> tuple[Inline, ...]:
    """The values as a list."""
    return tell_list(data, language, Localized("柱形图", "Column chart"))


CHART = Chart(amounts, lay_out, tell)
