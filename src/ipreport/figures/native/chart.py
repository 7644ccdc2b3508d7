"""From the values of a chart to the chart that a word processor draws."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from ipreport.cache import Cache
from ipreport.document import Grouping, NativeAxis, NativeChart, NumberFormat, Texts, texts
from ipreport.figures.data import ChartData
from ipreport.figures.native.kinds import KINDS, Kind, kind_of
from ipreport.figures.native.places import (
    TITLE_SHARE,
    Field,
    Sizes,
    fits_behind,
    groups_fit,
    lying,
    name_lines,
    side_by_side,
    spoken,
    upright,
)
from ipreport.figures.native.room import lies, steps_apart, thinned
from ipreport.figures.native.settled import Ends, Settled, settled
from ipreport.figures.native.values import dated, named, number_format, series_of, totals_of
from ipreport.figures.shares import as_shares
from ipreport.figures.subtitle import joined, time_of, unit_named
from ipreport.language import ZH, Localized
from ipreport.style import Style, StyleName
from ipreport.wording.numbers import trimmed


def native_chart(
    data: ChartData, remark: Callable[[ChartData], Localized | None], style: Style, cache: Cache
) -> NativeChart | None:
    """The chart for a word processor; None for a kind that it cannot draw.

    `remark` is that of the kind; `style` that of the edition.
    """
    return convert(data, settled(data, remark, cache), style) if data.kind in KINDS else None


def convert(gathered: ChartData, found: Settled, style: Style) -> NativeChart:
    """The chart in the looks of `style`, laid out."""
    kind, lead = kind_of(gathered), gathered.languages[0]
    data = as_shares(gathered) if kind.grouping is Grouping.PERCENT_STACKED else gathered
    sizes = Sizes(style.text(StyleName.CHART_LABEL, lead).size, style.text(StyleName.CHART_NOTE, ZH).size)
    title, notice = _title(data, kind, found, sizes), _notice(data)
    room = data.width * TITLE_SHARE
    below = bool(notice) and not fits_behind(title[-1:], notice, sizes.small, room)
    rows = sum(name_lines(spoken(line, "  "), sizes.small, room) or 1 for line in title)
    chart = _laid_out(_field(data, kind, found, sizes, rows + below, style), data)
    return replace(chart, title=title, notice=notice, notice_below=below)


def _field(data: ChartData, kind: Kind, found: Settled, sizes: Sizes, title_lines: int, style: Style) -> Field:
    """What there is to lay out, with all names and labels."""
    periods, totals = dated(data, grouped=True), totals_of(data)
    series = [series_of(data, number, style.colours) for number in range(len(data.series))]
    return Field(
        kind=kind,
        width=data.width,
        sizes=sizes,
        title_lines=title_lines,
        categories=periods or named(data),
        dated=bool(periods),
        series=(*series, totals) if totals is not None else tuple(series),
        axis=_axis(data, kind, found.axis, sizes),
    )


def _laid_out(field: Field, data: ChartData) -> NativeChart:
    """The chart without its title: upright where there is room, with the labels that have it."""
    flat = lies(field)
    if flat:
        field = replace(field, categories=named(data))
    elif field.dated and not groups_fit(field):
        field = replace(field, categories=dated(data, grouped=False))
    field = replace(field, series=thinned(field, flat=flat))
    layout = lying(field) if flat else upright(field)
    return NativeChart(
        grouping=field.kind.grouping,
        lying=flat,
        title=(),
        notice=(),
        notice_below=False,
        categories=tuple(field.categories),
        series=tuple(field.series),
        axis=steps_apart(field.axis, layout, field.sizes) if flat else field.axis,
        columns_share=layout.columns_share,
        name_every=layout.every,
        plot=layout.plot,
        legend=layout.legend,
        width=field.width,
        height=layout.height,
    )


# --- words -----------------------------------------------------------------------


def _title(data: ChartData, kind: Kind, found: Settled, sizes: Sizes) -> tuple[Texts, ...]:
    """Time and remark in lines, with the unit where no axis names it and no value brings it."""
    unit = unit_named(data.unit) if kind.grouping is Grouping.NESTED else None
    words = joined(unit, time_of(data), found.remark)
    return side_by_side(texts(words, data.languages), sizes.small, data.width * TITLE_SHARE) if words.zh else ()


def _notice(data: ChartData) -> Texts:
    return texts(data.notice, data.languages) if data.notice is not None else ()


def _axis(data: ChartData, kind: Kind, ends: Ends, sizes: Sizes) -> NativeAxis:
    """The value axis in the unit of the chart, or in shares."""
    if kind.grouping is Grouping.PERCENT_STACKED:
        return NativeAxis((), *ends, NumberFormat(0, suffix="%"))
    unit = data.unit
    low, high, step = (Decimal(trimmed(end / unit.unit.scale)) for end in ends)
    places = max(0, *(-int(end.as_tuple().exponent) for end in (low, step)))
    title = side_by_side(texts(joined(unit_named(unit)), data.languages), sizes.small, kind.tall)
    return NativeAxis(title, low, high, step, number_format(unit, places), kind.grouping is not Grouping.NESTED)
