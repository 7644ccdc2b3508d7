"""What a kind of chart decides of its axes: worked out once, then kept in the cache."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from ipreport.cache import Cache
from ipreport.document import Grouping
from ipreport.figures.charts import line
from ipreport.figures.data import ChartData
from ipreport.figures.native.kinds import has_own_axis, kind_of
from ipreport.figures.ticks import Axis, axis
from ipreport.language import Localized

FORMAT = 1
"""Part of every cache key: raise it whenever the same data would have other axes or remarks."""

Ends = tuple[Decimal, Decimal, Decimal]
"""Where a value axis begins and ends, and the step between its ticks."""


@dataclass(frozen=True, slots=True)
class Settled:
    """The value axes in base units, those of the picture; shares are parts of one. `remark` is that of the kind."""

    axes: tuple[Ends, ...]
    remark: Localized | None = None


def settled(data: ChartData, remark: Callable[[ChartData], Localized | None], cache: Cache) -> Settled:
    """From the cache, as ticks are placed by a library that takes most of a second to import; else worked out."""
    key = f"native {FORMAT} {data!r}"
    stored = cache.get(key)
    found = None if stored is None else _unpack(stored)
    if found is None:
        found = settle(data, remark(data))
        cache.put(key, _pack(found))
    return found


def settle(data: ChartData, remark: Localized | None = None) -> Settled:
    """The axes of a chart; lines of another unit than the columns have one of their own."""
    kind = kind_of(data)
    if kind.grouping is Grouping.NESTED:
        whole = data.data[0].value
        return Settled(((Decimal(0), whole, whole),), remark)
    if kind.grouping is Grouping.PERCENT_STACKED:
        return Settled(((Decimal(0), Decimal(1), Decimal("0.2")),), remark)
    columns, lines = kind.parted(data)
    if not columns:
        return Settled((_ends(line.axis_of(data)),), remark)
    upright = [datum.value for series in columns for datum in series.known]
    beside = [datum.value for series in lines for datum in series.known]
    if kind.grouping is Grouping.STACKED:
        upright = _sums(data)
    if has_own_axis(data):
        return Settled((_ends(axis(upright, columns[0].unit)), _ends(axis(beside, lines[0].unit))), remark)
    return Settled((_ends(axis([*upright, *beside], columns[0].unit)),), remark)


def _ends(found: Axis) -> Ends:
    return found.low, found.high, found.ticks[1] - found.ticks[0]


def _sums(data: ChartData) -> list[Decimal]:
    columns = zip(*(series.points for series in data.series), strict=True)
    return [sum((datum.value for datum in column if datum is not None), Decimal(0)) for column in columns]


def _pack(found: Settled) -> bytes:
    remark = None if found.remark is None else [found.remark.zh, found.remark.en]
    return json.dumps({"axes": [list(map(str, ends)) for ends in found.axes], "remark": remark}).encode("utf-8")


def _unpack(stored: bytes) -> Settled | None:
    """What was packed, or None when the bytes are something else."""
    try:
        found = json.loads(stored)
        axes = tuple((Decimal(low), Decimal(high), Decimal(step)) for low, high, step in found["axes"])
        remark = None if found["remark"] is None else Localized(*map(str, found["remark"]))
    except (ValueError, KeyError, TypeError, ArithmeticError):
        return None
    return Settled(axes, remark) if axes else None
