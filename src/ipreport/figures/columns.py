"""Upright columns: whether their words have room, and what stands where a value is missing."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ipreport.figures.lettering import TextBox
from ipreport.figures.plot import Plot
from ipreport.figures.sketch import Anchor, Sketch
from ipreport.language import Language
from ipreport.wording import MISSING_IN_TABLE

_AIR = 3.0
"""Space between the words of neighbours."""
_ABOVE_BASE = 2.0


def words_fit(
    boxes: Sequence[TextBox | None], slot: float, column: float, beside: tuple[float, float] = (0.0, 0.0)
) -> bool:
    """Whether words in the middle of slots keep clear of each other, of the neighbouring columns and of the edges.

    `slot` and `column` are the widths of a slot and of the column in it, `beside` the room
    left of the first slot and right of the last one.
    """
    widths = [0.0 if box is None else box.width for box in boxes]
    apart = all((one + other) / 2 + _AIR <= slot for one, other in pairwise(widths))
    clear = max(widths, default=0.0) / 2 + 1 <= slot - column / 2 or len(widths) < 2
    inside = widths[0] / 2 <= slot / 2 + beside[0] and widths[-1] / 2 <= slot / 2 + beside[1]
    return apart and clear and inside


def no_value(sketch: Sketch, plot: Plot, index: int, languages: Sequence[Language]) -> None:
    """What stands in the place of a column that is not there: never to be taken for zero."""
    low, high = plot.slots[index]
    if plot.upright:
        box = sketch.lettering.remark(MISSING_IN_TABLE, languages, high - low)
        sketch.text_over_grid(box, (low + high) / 2, plot.start - box.height - _ABOVE_BASE, Anchor.CENTRE)
    else:
        box = sketch.lettering.remark(MISSING_IN_TABLE, languages)
        sketch.text_over_grid(box, plot.start + 2 * _ABOVE_BASE, (low + high) / 2 - box.height / 2)
