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
from ipreport.figures.native.kinds import kind_of
from ipreport.figures.ticks import Axis, axis
from ipreport.language import Localized

FORMAT = 1
"""Part of every cache key: raise it whenever the same data would have other axes or remarks."""

Ends = tuple[Decimal, Decimal, Decimal]
"""Where a value axis begins and ends, and the step between its ticks."""


@dataclass(frozen=True, slots=True)
class Settled:
    """The value axis of the picture, in base units or in shares of one, and the remark of the kind."""

    axis: Ends
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
    """The axis of a chart, over all its columns and lines."""
    kind = kind_of(data)
    if kind.grouping is Grouping.NESTED:
        whole = data.data[0].value
        return Settled((Decimal(0), whole, whole), remark)
    if kind.grouping is Grouping.PERCENT_STACKED:
        return Settled((Decimal(0), Decimal(1), Decimal("0.2")), remark)
    if kind.grouping is Grouping.STACKED:
        return Settled(_ends(axis(_sums(data), data.unit)), remark)
    columns, _ = kind.parted(data)
    values = [datum.value for datum in data.data]
    return Settled(_ends(axis(values, data.unit) if columns else line.axis_of(data)), remark)


def _ends(found: Axis) -> Ends:
    # The first step is shorter where the author says where the axis begins.
    return found.low, found.high, found.ticks[-1] - found.ticks[-2]


def _sums(data: ChartData) -> list[Decimal]:
    columns = zip(*(series.points for series in data.series), strict=True)
    return [sum((datum.value for datum in column if datum is not None), Decimal(0)) for column in columns]


def _pack(found: Settled) -> bytes:
    remark = None if found.remark is None else [found.remark.zh, found.remark.en]
    return json.dumps({"axis": [str(end) for end in found.axis], "remark": remark}).encode("utf-8")


def _unpack(stored: bytes) -> Settled | None:
    """What was packed, or None when the bytes are something else."""
    try:
        found = json.loads(stored)
        low, high, step = (Decimal(end) for end in found["axis"])
        remark = None if found["remark"] is None else Localized(*map(str, found["remark"]))
    except (ValueError, KeyError, TypeError, ArithmeticError):
        return None
    return Settled((low, high, step), remark)
