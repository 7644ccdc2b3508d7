"""What has room in a chart: columns upright or lying, labels, ticks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from ipreport.document import Form, Grouping, NativeAxis, NativePoint, NativeSeries
from ipreport.figures.native.labels import break_alone
from ipreport.figures.native.places import (
    Field,
    Layout,
    Sizes,
    apart,
    column_width,
    label_extent,
    label_height,
    lying,
    names_fit,
    place,
    tick_extent,
    upright,
)

_BETWEEN = 2.0
"""Space between the values of neighbouring columns, in points."""
_CLEAR = 5.0
"""Space between the words at a column and a line that passes."""
_STEPS = (1, 2, 4, 5, 10)
"""Every so many ticks may be named."""

Points = Sequence[NativePoint | None]


def lies(field: Field) -> bool:
    """Whether columns lie: a bar of parts, and where the names below columns or the values above have no room.

    Time runs from left to right whatever the width.
    """
    if field.kind.grouping is Grouping.NESTED:
        return True
    if field.kind.lines or field.dated:
        return False
    return not names_fit(field) or (_alone(field) and not _values_fit(field))


def _alone(field: Field) -> bool:
    """Whether each category has one column and nothing else."""
    return field.kind.grouping is Grouping.CLUSTERED and len(field.series) == 1


def _values_fit(field: Field) -> bool:
    """Whether the values of single columns have room beside each other."""
    return field.widest_label() <= upright(field).slot - _BETWEEN


def steps_apart(axis: NativeAxis, layout: Layout, sizes: Sizes) -> NativeAxis:
    """The axis of lying columns, its steps so long that the numbers below it stand apart."""
    wide = tick_extent(axis, sizes) + 2 * _BETWEEN
    one = layout.plot.width * float(axis.step / (axis.high - axis.low))
    times = next((times for times in _STEPS if times * one >= wide), _STEPS[-1])
    return replace(axis, step=axis.step * times)


def thinned(field: Field, *, flat: bool) -> tuple[NativeSeries, ...]:
    """The series without the labels that have no room; `flat` columns are lying."""
    made = []
    for series in field.series:
        match series.form:
            case Form.LINE:
                made.append(_line_thinned(field, series))
            case Form.TOTAL:
                made += [series] if not flat and _totals_fit(field, series) else []
            case Form.COLUMN:
                made.append(_columns_thinned(field, series, flat=flat))
    return tuple(made)


def _columns_thinned(field: Field, series: NativeSeries, *, flat: bool) -> NativeSeries:
    if field.kind.grouping in {Grouping.STACKED, Grouping.PERCENT_STACKED}:
        return _stack_thinned(field, series, flat=flat)
    if flat:
        return series
    if _alone(field):
        return series if _values_fit(field) else _labelled(series, _told(field, series))
    if field.kind.lines:
        return series if _clear_of_lines(field, series) else _labelled(series, lambda _: False)
    fits = field.widest_label() <= column_width(field) - 1
    return _labelled(series, lambda _: fits)


def _told(field: Field, series: NativeSeries) -> Callable[[NativePoint], bool]:
    """The last and the greatest of values that have no room beside each other, where they are clear of the others."""
    known = [(index, point) for index, point in enumerate(series.points) if point is not None]
    greatest = max(known, key=lambda each: (each[1].value, each[0]))
    slot, size = upright(field).slot, field.sizes.label
    taken: list[tuple[int, NativePoint]] = []
    for index, point in dict.fromkeys((known[-1], greatest)):
        reach = (label_extent(point.label, size) + column_width(field)) / 2 + _BETWEEN
        clear = all(abs(n - index) * slot >= reach or p.value < point.value for n, p in known if n != index)
        away = all(
            abs(n - index) * slot >= (label_extent(p.label, size) + label_extent(point.label, size)) / 2 + _BETWEEN
            for n, p in taken
        )
        taken += [(index, point)] if clear and away else []
    return lambda point: any(point is each for _, each in taken)


def _clear_of_lines(field: Field, series: NativeSeries) -> bool:
    """Whether the values of columns fit, and no line passes through them.

    Words are no wider than the room of their category, so that a line passes them no
    higher or lower than half-way to its neighbours.
    """
    if field.widest_label() > upright(field).slot - _BETWEEN:
        return False
    tall, size = field.kind.tall, field.sizes.label
    lines = [each.points for each in field.series if each.form is Form.LINE]
    for index, point in enumerate(series.points):
        if point is None:
            continue
        low = place(point.value, field.axis) * tall - _CLEAR
        high = low + label_height(point.label, size) + 2 * _CLEAR
        for points in lines:
            passed = [place(value, field.axis) * tall for value in _near(points, index)]
            if passed and min(passed) < high and max(passed) > low:
                return False
    return True


def _near(points: Points, index: int) -> Iterator[Decimal]:
    """The values of a line at a category and half-way to its neighbours."""
    here = points[index]
    if here is None:
        return
    yield here.value
    for other in (*points[max(index - 1, 0) : index], *points[index + 1 : index + 2]):
        if other is not None:
            yield (here.value + other.value) / 2


def _line_thinned(field: Field, series: NativeSeries) -> NativeSeries:
    """All values of a single line where they have room; else the last one, unless those of several lines would meet."""
    if len(field.series) == 1 and _values_fit(field):
        return series
    lines = [each for each in field.series if each.form is Form.LINE]
    lasts = [last for each in lines if (last := _last(each)) is not None]
    clear = apart(lasts, field.axis, field.kind.tall, field.sizes.label)
    return _labelled(series, lambda point: clear and point is _last(series))


def _last(series: NativeSeries) -> NativePoint | None:
    return next((point for point in reversed(series.points) if point is not None), None)


def _labelled(series: NativeSeries, fits: Callable[[NativePoint], bool]) -> NativeSeries:
    """The series with the labels that fit; that a definition changed is always said."""
    points = []
    for point in series.points:
        if point is None or fits(point):
            points.append(point)
        else:
            points.append(replace(point, label=break_alone(point.label) if point.broken else ()))
    return replace(series, points=tuple(points))


# --- stacks ----------------------------------------------------------------------


def _totals_fit(field: Field, series: NativeSeries) -> bool:
    """Whether all totals have room above their columns."""
    widest = max(label_extent(point.label, field.sizes.label) for point in series.points if point is not None)
    return widest <= upright(field).slot - _BETWEEN


def _stack_thinned(field: Field, series: NativeSeries, *, flat: bool) -> NativeSeries:
    """Only labels that have room inside their part of a stack."""
    layout = lying(field) if flat else upright(field)
    points = []
    for point, whole in zip(series.points, _sums(field), strict=True):
        of = whole if field.kind.grouping is Grouping.PERCENT_STACKED else field.axis.high
        kept = point is None or _fits_inside(point, point.value / of, layout, field.sizes.label, flat=flat)
        points.append(point if kept or point is None else replace(point, label=()))
    return replace(series, points=tuple(points))


def _sums(field: Field) -> Iterator[Decimal]:
    """What the columns of each category add up to; one where there is nothing."""
    columns = (series.points for series in field.series if series.form is Form.COLUMN)
    for column in zip(*columns, strict=True):
        yield sum((point.value for point in column if point is not None), Decimal(0)) or Decimal(1)


def _fits_inside(point: NativePoint, share: Decimal, layout: Layout, size: float, *, flat: bool) -> bool:
    """Whether a label has room inside a part that takes this `share` of the axis."""
    tall, wide = label_height(point.label, size), label_extent(point.label, size)
    along = float(share) * (layout.plot.width if flat else layout.plot.height)
    return (wide <= along and tall <= layout.column) if flat else (tall <= along and wide <= layout.column)
