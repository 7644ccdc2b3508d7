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
from ipreport.figures.data import ChartData, DataSeries
from ipreport.figures.native.kinds import kind_of
from ipreport.figures.native.labels import label_of, with_break, with_share
from ipreport.figures.theme import WHITE, Marker, on
from ipreport.figures.wholes import TOTAL
from ipreport.language import ZH
from ipreport.metrics import Direction, Rounding, UnitKind
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
        # What is alone in a chart is what the chart is of; listed values have no name in common.
        name=texts(series.name if len(data.series) > 1 else data.title, data.languages),
        form=form,
        points=tuple(_point(data, series, index) for index in range(len(series.points))),
        unit=series.unit.unit.key,
        accent=accent,
        dark=accent > 0 and on(colours.series[accent - 1], colours) == WHITE,
        digits=number_format(series.unit, series.unit.places),
        shape=_SHAPES[mark % len(_SHAPES)],
        dash=_DASHES[(mark + mark // len(_SHAPES)) % len(_DASHES)],
        heavy=series.highlighted,
    )


def _accent(data: ChartData, number: int) -> int:
    """The colour of a series.

    Of regions only the one that stands out has one, of a whole only its part; columns with
    lines in front of them have none.
    """
    kind = kind_of(data)
    if kind.grouping is Grouping.NESTED:
        return number
    if any(series.highlighted for series in data.series):
        return int(data.series[number].highlighted)
    columns, lines = kind.parted(data)
    if columns and lines:
        return 0 if data.series[number] in columns else 1 + lines.index(data.series[number])
    return number + 1


def _mark(data: ChartData, number: int) -> int:
    """Which shape and dash a series has: the one that stands out the first, the others those after it."""
    picked = next((n for n, series in enumerate(data.series) if series.highlighted), None)
    if picked is None:
        return max(_accent(data, number) - 1, 0)
    return 0 if number == picked else number + (number < picked)


def totals_of(data: ChartData) -> NativeSeries | None:
    """What the parts of each category add up to; None where nothing is known of it."""
    if kind_of(data).grouping is not Grouping.STACKED or not any(data.wholes):
        return None
    unit, first = data.unit, next(whole for whole in data.wholes if whole is not None)
    series = DataSeries("whole", first.key, TOTAL, data.wholes, unit, Direction.NEUTRAL)
    return NativeSeries(
        name=texts(TOTAL, data.languages),
        form=Form.TOTAL,
        points=tuple(_point(data, series, index) for index in range(len(data.wholes))),
        unit=unit.unit.key,
        accent=0,
        digits=number_format(unit, unit.places),
    )


def _point(data: ChartData, series: DataSeries, index: int) -> NativePoint | None:
    datum, kind, unit = series.points[index], kind_of(data), series.unit
    if datum is None:
        return None
    label, broken = label_of(datum, unit, data), datum.broken and series.role in kind.lines
    if kind.grouping is Grouping.NESTED and datum is data.data[1]:
        label = with_share(label, data)
    if broken:
        label = with_break(label, data)
    digits = unit.digits(datum.value)[data.languages[0]]
    context = _is_context(data, index)
    return NativePoint(datum.key, _kept(datum.value, unit), digits, label, datum.exact, broken, context)


def _is_context(data: ChartData, index: int) -> bool:
    """Whether a single column stands beside one that stands out."""
    out = len(data.series) == 1 and any(category.highlighted for category in data.categories)
    return out and not data.categories[index].highlighted


def _kept(value: Decimal, unit: ChartUnit) -> Decimal:
    """The value as a workbook keeps it, unless its digits would then be others than the drawn ones."""
    kept = Decimal(f"{value / unit.unit.scale:.{_DIGITS}g}")
    # Word processors round an exact half up, whatever the rounding of the briefing is.
    printed = fixed(abs(kept), unit.places, Rounding.HALF_UP)
    drawn = fixed(abs(value) / unit.unit.scale, unit.places, unit.rounding)
    return Decimal(trimmed(kept if printed == drawn else Decimal(drawn).copy_sign(value)))


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
