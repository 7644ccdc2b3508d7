"""The series and categories of a chart, with its values as a workbook keeps them."""

from __future__ import annotations

from decimal import Decimal

from ipreport.document import (
    Form,
    Grouping,
    LineDash,
    NativeCategory,
    NativePoint,
    NativeSeries,
    NumberFormat,
    PointShape,
    texts,
)
from ipreport.figures.data import ChartData, DataSeries, Datum
from ipreport.figures.native.kinds import has_own_axis, kind_of
from ipreport.figures.native.labels import label_of, with_break, with_share
from ipreport.figures.theme import WHITE, Marker, on
from ipreport.language import ZH
from ipreport.metrics import Rounding, UnitKind
from ipreport.style import Colours
from ipreport.wording import AxisDate, ChartUnit, axis_date
from ipreport.wording.numbers import fixed, trimmed

_DIGITS = 15
"""Significant digits that a workbook keeps of a number."""
_SHAPES = tuple(PointShape(marker.value) for marker in Marker)
_DASHES = tuple(LineDash)


# --- series ----------------------------------------------------------------------


def series_of(data: ChartData, number: int, colours: Colours) -> NativeSeries:
    """A series, counted from zero, with the label of every value."""
    series, kind = data.series[number], kind_of(data)
    form = Form.LINE if series.role in kind.lines else Form.COLUMN
    accent, mark = _accent(data, number), _mark(data, number)
    return NativeSeries(
        name=texts(series.name, data.languages),
        form=form,
        points=tuple(None if datum is None else _point(datum, series, data) for datum in series.points),
        unit=series.unit.unit.key,
        accent=accent,
        dark=accent > 0 and on(colours.series[accent - 1], colours) == WHITE,
        digits=number_format(series.unit, series.unit.places),
        shape=_SHAPES[mark % len(_SHAPES)],
        dash=_DASHES[(mark + mark // len(_SHAPES)) % len(_DASHES)],
        heavy=series.highlighted,
        second=form is Form.LINE and has_own_axis(data),
    )


def _accent(data: ChartData, number: int) -> int:
    """The colour of a series; of regions only the one that stands out has one, of a whole only its part."""
    if kind_of(data).grouping is Grouping.NESTED:
        return number
    if any(series.highlighted for series in data.series):
        return int(data.series[number].highlighted)
    return number + 1


def _mark(data: ChartData, number: int) -> int:
    """Which shape and dash a series has: the one that stands out the first, the others those after it."""
    picked = next((n for n, series in enumerate(data.series) if series.highlighted), None)
    if picked is None:
        return number
    return 0 if number == picked else number + (number < picked)


def _point(datum: Datum, series: DataSeries, data: ChartData) -> NativePoint:
    kind, unit = kind_of(data), series.unit
    label, broken = label_of(datum, unit, data), datum.broken and series.role in kind.lines
    if kind.grouping is Grouping.NESTED and datum is data.data[1]:
        label = with_share(label, data)
    if broken:
        label = with_break(label, data)
    digits = unit.digits(datum.value)[data.languages[0]]
    return NativePoint(datum.key, _kept(datum.value, unit), digits, label, datum.exact, broken)


def _kept(value: Decimal, unit: ChartUnit) -> Decimal:
    """The value as a workbook keeps it, unless its digits would then be others than the drawn ones."""
    kept = Decimal(f"{value / unit.unit.scale:.{_DIGITS}g}")
    # Word processors round an exact half up, whatever the rounding of the briefing is.
    printed = fixed(abs(kept), unit.places, Rounding.HALF_UP)
    drawn = fixed(abs(value) / unit.unit.scale, unit.places, unit.rounding)
    return Decimal(trimmed(kept)) if printed == drawn else Decimal(drawn).copy_sign(value)


def number_format(unit: ChartUnit, places: int) -> NumberFormat:
    """How digits of a unit are printed; Chinese alone does not group them."""
    suffix = "%" if unit.unit.kind is UnitKind.PERCENT else ""
    return NumberFormat(places, grouped=unit.languages != (ZH,), suffix=suffix)


# --- categories ------------------------------------------------------------------


def named(data: ChartData) -> tuple[NativeCategory, ...]:
    """The categories by name; of a whole and its part there is one, which the figure names."""
    if kind_of(data).grouping is Grouping.NESTED:
        return (NativeCategory(texts(data.title, data.languages)),)
    return tuple(NativeCategory(texts(category.name, data.languages)) for category in data.categories)


def dated(data: ChartData, *, grouped: bool) -> tuple[NativeCategory, ...]:
    """The categories as dates, each with its year as a group or as its last line; none where they are no dates."""
    alone = data.languages if len(data.languages) == 1 else tuple(each for each in data.languages if each is not ZH)
    made = []
    for date in _dates(data):
        within = texts(date.within, data.languages) if date.within.zh else ()
        year = texts(date.year, alone) if date.year.zh else ()
        made.append(NativeCategory(within, year) if grouped and within else NativeCategory((*within, *year)))
    return tuple(made)


def _dates(data: ChartData) -> list[AxisDate]:
    periods = [c.period if c.period is not None and c.key == c.period.slug else None for c in data.categories]
    dates = [axis_date(period) for period in periods if period is not None]
    return dates if len(dates) == len(data.categories) else []
