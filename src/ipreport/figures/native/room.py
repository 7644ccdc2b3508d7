"""What has room in a chart: columns upright or lying, labels, ticks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
    tick_extent,
    upright,
)

_BETWEEN = 2.0
"""Space between the values of neighbouring columns, in points."""
_STEPS = (1, 2, 4, 5, 10)
"""Every so many ticks may be named."""


def lies(field: Field) -> bool:
    """Whether columns lie: a bar of parts, and where the names below columns or the values above have no room."""
    if field.kind.grouping is Grouping.NESTED:
        return True
    if field.kind.lines:
        return False
    return not names_fit(field) or (_alone(field) and field.widest_label() > upright(field).slot - _BETWEEN)


def _alone(field: Field) -> bool:
    """Whether each category has one column."""
    return field.kind.grouping is Grouping.CLUSTERED and field.abreast == 1


def steps_apart(axis: NativeAxis, layout: Layout, sizes: Sizes) -> NativeAxis:
    """The axis of lying columns, its steps so long that the numbers below it stand apart."""
    wide = tick_extent(axis, sizes) + 2 * _BETWEEN
    one = layout.plot.width * float(axis.step / (axis.high - axis.low))
    times = next((times for times in _STEPS if times * one >= wide), _STEPS[-1])
    return replace(axis, step=axis.step * times)


def thinned(field: Field, series: NativeSeries, *, flat: bool) -> NativeSeries:
    """The series without the labels that have no room; `flat` columns are lying."""
    if series.form is Form.LINE:
        return _line_thinned(field, series)
    if field.kind.grouping in {Grouping.STACKED, Grouping.PERCENT_STACKED}:
        return _stack_thinned(field, series, flat=flat)
    room = upright(field).slot if _alone(field) else column_width(field) + 1
    fits = flat or field.widest_label() <= room - _BETWEEN
    return _labelled(series, lambda _: fits)


def _line_thinned(field: Field, series: NativeSeries) -> NativeSeries:
    """All values of a single line where they have room; else the last one, unless those of several lines would meet."""
    if len(field.series) == 1 and field.widest_label() <= upright(field).slot - _BETWEEN:
        return series
    lines = [each for each in field.series if each.form is Form.LINE]
    lasts = [last for each in lines if (last := _last(each)) is not None]
    clear = len(lines) == len(field.series) and apart(lasts, field.axis, field.kind.tall, field.sizes.label)
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
    for column in zip(*(series.points for series in field.series), strict=True):
        yield sum((point.value for point in column if point is not None), Decimal(0)) or Decimal(1)


def _fits_inside(point: NativePoint, share: Decimal, layout: Layout, size: float, *, flat: bool) -> bool:
    """Whether a label has room inside a part that takes this `share` of the axis."""
    tall, wide = label_height(point.label, size), label_extent(point.label, size)
    along = float(share) * (layout.plot.width if flat else layout.plot.height)
    return (wide <= along and tall <= layout.column) if flat else (tall <= along and wide <= layout.column)
