"""A ring of slices with labels around it where there is room, else in a list beside or below it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from math import fsum

from ipreport.figures.data import ChartData, Datum
from ipreport.figures.labels import spread
from ipreport.figures.lettering import ASCENT, DESCENT, Lettering, Letters, TextBox, ValueWords, distinct
from ipreport.figures.sketch import Anchor, Sketch, on_circle
from ipreport.figures.theme import WHITE, Marker, look, on
from ipreport.language import Localized
from ipreport.style import Colours

OUTER, INNER = 70.0, 43.0
"""Radii of a ring with labels around it, in points."""
_SMALL_OUTER, _SMALL_INNER = 60.0, 37.0
"""Radii of one with a list."""
_REACH = 22.0
"""How far a leader takes a label from the ring."""
_WIDEST = 190.0
_NARROWEST = 100.0
"""The width of a column of labels around the ring."""
_BEYOND = 40.0
"""How much higher than the ring a column of labels may be."""
_LIST = 150.0
"""The least width of a list beside the ring."""
_LEAST_NAME = 40.0
"""The least width of names in a list with columns."""
_SWATCH = 10.0
_GAP = 6.0
_COLUMN_GAP = 14.0
_ROW_GAP = 7.0
_OUTSIDE = 12.0
"""Room around a ring for the marks of slices too thin to hold them."""
_EDGE = 2.0
_MARK = 3.0
_SEPARATOR = 1.2


@dataclass(frozen=True, slots=True)
class Slice:
    """A stretch of the ring: a part, or what the parts leave, which has no observation of its own.

    `value` is in base units; `label` are its digits, `share` the words of its share in the whole.
    """

    name: Localized
    value: Decimal
    label: ValueWords
    share: Localized
    share_key: str
    datum: Datum | None = None


@dataclass(frozen=True, slots=True)
class _Ring:
    """Where the ring lies: its centre and its radii."""

    x: float
    y: float
    outer: float
    inner: float

    @property
    def centre(self) -> tuple[float, float]:
        return self.x, self.y


def draw_ring(data: ChartData, sketch: Sketch, whole: Datum, slices: Sequence[Slice]) -> float:
    """The slices from twelve o'clock clockwise in their order, the whole in the middle; returns the lower end."""
    column = min((data.width - 2 * OUTER) / 2 - _REACH, _WIDEST)
    labels = [_label(data, sketch.lettering, each, column) for each in slices]
    sides = _sides(slices)
    heights = [fsum(labels[n].height + _GAP for n in side) - _GAP for side in sides]
    fits = column >= _NARROWEST and max(heights) <= 2 * OUTER + _BEYOND and _unbroken(data, sketch, slices) <= column
    if fits and max(box.width for box in labels) <= column:
        return _around(data, sketch, whole, slices, labels)
    return _with_list(data, sketch, whole, slices)


# --- words -----------------------------------------------------------------------


def _unbroken(data: ChartData, sketch: Sketch, slices: Sequence[Slice]) -> float:
    return max(sketch.lettering.unbroken(each.name, data.languages, strong=False) for each in slices)


def _label(data: ChartData, lettering: Lettering, each: Slice, width: float) -> TextBox:
    """Name, then value and share."""
    return _figures(data, lettering, each).below(lettering.label(each.name, data.languages, width))


def _figures(data: ChartData, lettering: Lettering, each: Slice) -> TextBox:
    """Value and share on one line where both languages write them alike."""
    value, share = lettering.value(each.label, data.languages), _share(data, lettering, each)
    if len(value.lines) > 1 or len(share.lines) > 1:
        return share.below(value)
    behind = replace(share.lines[0].pieces[0], gap=_GAP)
    return TextBox((lettering.line(*value.lines[0].pieces, behind),))


def _share(data: ChartData, lettering: Lettering, each: Slice) -> TextBox:
    return lettering.stack(
        lettering.box(Letters(each.share[language], *lettering.plain(order, language), language, each.share_key))
        for order, language in enumerate(distinct(each.share, data.languages))
    )


def _hole(data: ChartData, lettering: Lettering, whole: Datum, radius: float) -> TextBox | None:
    """The whole in words that fit into the middle of the ring; None where they do not."""
    value = lettering.value(whole.label, data.languages)
    for share in (1.7, 1.5, 1.3):
        width = radius * share
        if lettering.unbroken(whole.name, data.languages, strong=False) <= width:
            box = lettering.label(whole.name, data.languages, width).below(value)
            if _within(box, radius - 3):
                return box
    return None


def _within(box: TextBox, radius: float) -> bool:
    """Whether all lines of a box, centred on a circle, lie within it."""
    baseline, middle = 0.0, box.height / 2
    for number, line in enumerate(box.lines):
        baseline += line.leading if number else line.size * ASCENT
        ends = (baseline - line.size * ASCENT - middle, baseline + line.size * DESCENT - middle)
        if math.hypot(line.width / 2, max(map(abs, ends))) > radius:
            return False
    return True


# --- the ring --------------------------------------------------------------------


def ends(slices: Sequence[Slice]) -> list[tuple[float, float]]:
    """Where every slice begins and ends, in degrees from twelve o'clock; together a full turn."""
    total, reached = sum((each.value for each in slices), Decimal(0)), Decimal(0)
    found = []
    for each in slices:
        start, reached = reached, reached + each.value
        found.append((float(start / total * 360), float(reached / total * 360)))
    return found


def _look(colours: Colours, slices: Sequence[Slice], index: int) -> tuple[str, str | None, Marker | None]:
    """Fill, outline and mark of a slice; what is left has neither colour nor mark."""
    if slices[index].datum is None:
        return colours.quiet, colours.muted, None
    series = look(colours, index)
    return series.colour, None, series.marker


def _paint(sketch: Sketch, ring: _Ring, slices: Sequence[Slice], *, marked: bool) -> None:
    """The slices with white between them, and the mark of each where a list names them by it."""
    angles = ends(slices)
    shown = [n for n, each in enumerate(slices) if each.value > 0]
    for n in shown:
        fill, outline, _ = _look(sketch.colours, slices, n)
        sketch.sector(ring.centre, (ring.inner, ring.outer), angles[n], fill, outline)
    if len(shown) > 1:
        for n in shown:
            along = [on_circle(ring.centre, radius, angles[n][0]) for radius in (ring.inner - 1, ring.outer + 1)]
            sketch.line(along, WHITE, _SEPARATOR)
    if marked:
        _marks(sketch, ring, slices)


def _marks(sketch: Sketch, ring: _Ring, slices: Sequence[Slice]) -> None:
    """The mark of each slice in its middle, those of slices too thin for it outside the ring beside each other."""
    middle, beyond = (ring.inner + ring.outer) / 2, ring.outer + _OUTSIDE / 2
    outside: list[tuple[float, str, Marker]] = []
    for n, (start, end) in enumerate(ends(slices)):
        fill, _, marker = _look(sketch.colours, slices, n)
        if marker is None or end <= start:
            continue
        if math.radians(end - start) * middle >= 4 * _MARK:
            within = on_circle(ring.centre, middle, (start + end) / 2)
            sketch.marker(marker, within, _MARK, on(fill, sketch.colours))
        else:
            outside.append(((start + end) / 2, fill, marker))
    apart = math.degrees(2.6 * _MARK / beyond)
    places = spread([(angle, apart) for angle, _, _ in outside], (0.0, 360.0), 0.0)
    for place, (_, fill, marker) in zip(places, outside, strict=True):
        sketch.marker(marker, on_circle(ring.centre, beyond, place + apart / 2), _MARK, fill)


def _middle(sketch: Sketch, ring: _Ring, box: TextBox | None) -> None:
    """The words of the whole, on white."""
    if box is not None:
        sketch.dot(ring.x, ring.y, ring.inner - 1, WHITE, None)
        sketch.text(box, ring.x, ring.y - box.height / 2, Anchor.CENTRE)


def _heading(data: ChartData, sketch: Sketch, whole: Datum, box: TextBox | None) -> float:
    """The whole above the ring where the middle has no room for it; returns the lower end."""
    if box is not None:
        return _EDGE
    lettering = sketch.lettering
    name = lettering.label(whole.name, data.languages, data.width)
    words = lettering.named(name, lettering.value(whole.label, data.languages), data.width)
    sketch.text(words, data.width / 2, _EDGE, Anchor.CENTRE)
    return _EDGE + words.height + _COLUMN_GAP


# --- labels around ---------------------------------------------------------------


def _sides(slices: Sequence[Slice]) -> tuple[list[int], list[int]]:
    """The slices whose middles lie right and left of the ring's."""
    right = [n for n, (start, end) in enumerate(ends(slices)) if start + end < 360]
    return right, [n for n in range(len(slices)) if n not in right]


def _around(data: ChartData, sketch: Sketch, whole: Datum, slices: Sequence[Slice], labels: Sequence[TextBox]) -> float:
    box = _hole(data, sketch.lettering, whole, INNER)
    top = _heading(data, sketch, whole, box)
    sides = _sides(slices)
    tallest = max(fsum(labels[n].height + _GAP for n in side) - _GAP for side in sides)
    height = max(2 * OUTER + 2 * _GAP, tallest)
    ring = _Ring(data.width / 2, top + height / 2, OUTER, INNER)
    _paint(sketch, ring, slices, marked=False)
    _middle(sketch, ring, box)
    for side, way in zip(sides, (1, -1), strict=True):
        _column(sketch, ring, [(ends(slices)[n], labels[n], slices[n].value > 0) for n in side], way, (top, height))
    return top + height + _EDGE


def _column(
    sketch: Sketch,
    ring: _Ring,
    labels: Sequence[tuple[tuple[float, float], TextBox, bool]],
    way: int,
    field: tuple[float, float],
) -> None:
    """Labels on one side (`way` is 1 for the right), each as near to its slice as the others let it."""
    top, height = field
    middles = [sum(angles) / 2 for angles, _, _ in labels]
    wanted = [
        (on_circle(ring.centre, ring.outer + _GAP, middle)[1], box.height)
        for middle, (_, box, _) in zip(middles, labels, strict=True)
    ]
    x = ring.x + way * (ring.outer + _REACH)
    tops = spread(wanted, (top, top + height), _GAP)
    for middle, (_, box, is_there), upper in zip(middles, labels, tops, strict=True):
        sketch.text(box, x, upper, Anchor.LEFT if way > 0 else Anchor.RIGHT)
        if is_there:
            near, away = (on_circle(ring.centre, ring.outer + reach, middle) for reach in (1.5, 6.0))
            bend, end = ((x - way * distance, upper + box.height / 2) for distance in (9.0, 3.0))
            sketch.line((near, away, bend, end), sketch.colours.muted, 0.5)


# --- a list beside or below ------------------------------------------------------


def _with_list(data: ChartData, sketch: Sketch, whole: Datum, slices: Sequence[Slice]) -> float:
    box = _hole(data, sketch.lettering, whole, _SMALL_INNER)
    top = _heading(data, sketch, whole, box)
    room = 2 * (_SMALL_OUTER + _OUTSIDE)
    width = data.width - room - _GAP
    beside = width >= _LIST and _unbroken(data, sketch, slices) <= width - _SWATCH - _GAP
    rows = _rows(data, sketch, slices, width if beside else data.width)
    left = (data.width - rows.width - (room + _GAP if beside else 0.0)) / 2
    if beside:
        height = max(room, rows.height)
        ring = _Ring(left + room / 2, top + height / 2, _SMALL_OUTER, _SMALL_INNER)
        place = left + room + _GAP, top + (height - rows.height) / 2
    else:
        height = room + _GAP + rows.height
        ring = _Ring(data.width / 2, top + room / 2, _SMALL_OUTER, _SMALL_INNER)
        place = left, top + room + _GAP
    _paint(sketch, ring, slices, marked=True)
    _middle(sketch, ring, box)
    _list(sketch, slices, rows, place)
    return top + height + _EDGE


@dataclass(frozen=True, slots=True)
class _Rows:
    """The names of the slices, with values and shares in columns of their own or, where `figures` is empty, below."""

    names: tuple[TextBox, ...]
    figures: tuple[tuple[TextBox, TextBox], ...] = ()

    @property
    def columns(self) -> tuple[float, ...]:
        """The widths of the columns of values and shares, with the space before them."""
        return tuple(max(box.width for box in boxes) + _COLUMN_GAP for boxes in zip(*self.figures, strict=True))

    @property
    def heights(self) -> list[float]:
        """The height of each row."""
        return [
            max(box.height for box in (name, *(self.figures[n] if self.figures else ())))
            for n, name in enumerate(self.names)
        ]

    @property
    def height(self) -> float:
        """The height of all rows."""
        return fsum(self.heights) + _ROW_GAP * (len(self.names) - 1)

    @property
    def width(self) -> float:
        """The width of all columns."""
        return _SWATCH + _GAP + max(box.width for box in self.names) + fsum(self.columns)


def _rows(data: ChartData, sketch: Sketch, slices: Sequence[Slice], width: float) -> _Rows:
    """Rows of at most `width`, in columns where that takes less height."""
    lettering, languages = sketch.lettering, data.languages
    room = width - _SWATCH - _GAP
    stacked = _Rows(tuple(_label(data, lettering, each, room) for each in slices))
    figures = tuple((lettering.value(each.label, languages), _share(data, lettering, each)) for each in slices)
    room -= sum(_Rows((), figures).columns)
    if room < max(_unbroken(data, sketch, slices), _LEAST_NAME):
        return stacked
    columns = _Rows(tuple(lettering.label(each.name, languages, room) for each in slices), figures)
    return columns if columns.height < stacked.height else stacked


def _list(sketch: Sketch, slices: Sequence[Slice], rows: _Rows, place: tuple[float, float]) -> None:
    """The rows with their left upper corner at `place`."""
    left, top = place
    right = left + rows.width
    for n, (name, height) in enumerate(zip(rows.names, rows.heights, strict=True)):
        _swatch(sketch, slices, n, left, top + TextBox(name.lines[:1]).height / 2)
        sketch.text(name, left + _SWATCH + _GAP, top)
        if rows.figures:
            value, share = rows.figures[n]
            sketch.text(value, right - rows.columns[1], top, Anchor.RIGHT)
            sketch.text(share, right, top, Anchor.RIGHT)
        top += height + _ROW_GAP


def _swatch(sketch: Sketch, slices: Sequence[Slice], n: int, left: float, middle: float) -> None:
    """A square that looks like the slice."""
    fill, outline, marker = _look(sketch.colours, slices, n)
    sketch.bar((left, left + _SWATCH), (middle - _SWATCH / 2, middle + _SWATCH / 2), fill, outline)
    if marker is not None:
        sketch.marker(marker, (left + _SWATCH / 2, middle), _MARK, on(fill, sketch.colours))
