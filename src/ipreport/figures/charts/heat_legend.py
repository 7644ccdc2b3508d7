"""What the shades of a heat table mean, in a line of small letters below it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import fsum

from ipreport.figures.lettering import TextBox
from ipreport.figures.shades import ramp_of
from ipreport.figures.sketch import Sketch
from ipreport.language import Language, Localized
from ipreport.metrics import Direction
from ipreport.wording import MISSING

_ENDS = {
    Direction.UP: (Localized("较差", "worse"), Localized("较好", "better")),
    Direction.NEUTRAL: (Localized("较低", "lower"), Localized("较高（不分优劣）", "higher (neither is better)")),
}
_BY_PLACE = Localized("每列各自按位次着色", "shaded by place within each column")
_SWATCH = (12.0, 9.0)
_GAP = 4.0
_BETWEEN = 16.0
_ROW_GAP = 5.0
_DASH = (2.0, 1.5)

Draw = Callable[[Sketch, float, float, float], None]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A part of the legend; `draw` takes its left end, its top and the height of its row."""

    width: float
    height: float
    draw: Draw


def missing_cell(sketch: Sketch, across: tuple[float, float], down: tuple[float, float]) -> None:
    """The place of a value that is not there: empty, with a dashed edge."""
    (left, right), (top, bottom) = across, down
    left, right, top, bottom = left + 0.5, right - 0.5, top + 0.5, bottom - 0.5
    corners = ((left, top), (right, top), (right, bottom), (left, bottom), (left, top))
    sketch.line(corners, sketch.colours.muted, 0.75, _DASH)


def legend(
    sketch: Sketch,
    languages: Sequence[Language],
    directions: Sequence[Direction],
    place: tuple[float, float],
    *,
    missing: bool,
) -> float:
    """The entries that a table with metrics of these directions needs, from `place` (top, width); the lower end."""
    top, width = place
    kinds = dict.fromkeys(Direction.NEUTRAL if each is Direction.NEUTRAL else Direction.UP for each in directions)
    entries = [_ramp(sketch, languages, kind, width) for kind in sorted(kinds, key=list(_ENDS).index)]
    if missing:
        entries.append(_missing(sketch, languages, width))
    entries.append(_words(sketch.lettering.remark(_BY_PLACE, languages, width)))
    for row in _rows(entries, width):
        high, x = max(entry.height for entry in row), 0.0
        for entry in row:
            entry.draw(sketch, x, top, high)
            x += entry.width + _BETWEEN
        top += high + _ROW_GAP
    return top - _ROW_GAP


def _rows(entries: Sequence[_Entry], width: float) -> list[list[_Entry]]:
    """As many entries side by side as there is room for."""
    rows: list[list[_Entry]] = [[]]
    for entry in entries:
        taken = fsum(each.width + _BETWEEN for each in rows[-1])
        if rows[-1] and taken + entry.width > width:
            rows.append([])
        rows[-1].append(entry)
    return rows


def _words(box: TextBox) -> _Entry:
    def draw(sketch: Sketch, x: float, top: float, room: float) -> None:
        sketch.text(box, x, top + (room - box.height) / 2)

    return _Entry(box.width, box.height, draw)


def _ramp(sketch: Sketch, languages: Sequence[Language], direction: Direction, width: float) -> _Entry:
    """The fills between what their ends mean."""
    fills = ramp_of(sketch.colours, direction)
    across = _SWATCH[0] * len(fills)
    limit = (width - across) / 2 - _GAP
    low, high = (sketch.lettering.remark(words, languages, limit) for words in _ENDS[direction])

    def draw(sketch: Sketch, x: float, top: float, room: float) -> None:
        middle = top + room / 2
        sketch.text(low, x, middle - low.height / 2)
        left = x + low.width + _GAP
        for index, fill in enumerate(fills):
            start = left + _SWATCH[0] * index
            sketch.bar((start, start + _SWATCH[0]), (middle - _SWATCH[1] / 2, middle + _SWATCH[1] / 2), fill)
        sketch.text(high, left + across + _GAP, middle - high.height / 2)

    wide = low.width + across + high.width + 2 * _GAP
    return _Entry(wide, max(low.height, high.height, _SWATCH[1]), draw)


def _missing(sketch: Sketch, languages: Sequence[Language], width: float) -> _Entry:
    box = sketch.lettering.remark(MISSING, languages, width - _SWATCH[0] - _GAP)

    def draw(sketch: Sketch, x: float, top: float, room: float) -> None:
        middle = top + room / 2
        missing_cell(sketch, (x, x + _SWATCH[0]), (middle - _SWATCH[1] / 2, middle + _SWATCH[1] / 2))
        sketch.text(box, x + _SWATCH[0] + _GAP, middle - box.height / 2)

    return _Entry(_SWATCH[0] + _GAP + box.width, max(box.height, _SWATCH[1]), draw)
