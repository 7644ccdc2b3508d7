"""Parts as shares of their wholes, in per cent."""

from __future__ import annotations

from dataclasses import replace

from ipreport.figures.data import ChartData, Datum
from ipreport.metrics import UNITS, share_key
from ipreport.wording import ChartUnit, show_share

_PLACES = 1
"""Decimals of a share."""


def as_shares(data: ChartData) -> ChartData:
    """The same parts as shares of their wholes; none where a part or its whole is not known."""
    unit = ChartUnit(UNITS["percent"], _PLACES, data.languages, data.rounding)
    series = tuple(
        replace(
            each,
            unit=unit,
            points=tuple(
                None if part is None or whole is None else _share(part, whole, data)
                for part, whole in zip(each.points, data.wholes, strict=True)
            ),
        )
        for each in data.series
    )
    return replace(data, series=series, wholes=())


def _share(part: Datum, whole: Datum, data: ChartData) -> Datum:
    exact = part.exact and whole.exact
    words = show_share(part.value, whole.value, exact=exact, rounding=data.rounding, unit=whole.unit)
    percent = part.value / whole.value * 100
    key = share_key(part.key, whole.key)
    return replace(
        part, key=key, value=percent, text=words, words=words, words_unit="", exact=exact, unit=UNITS["percent"]
    )
