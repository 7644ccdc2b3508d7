"""The line above a chart: the unit of its values and the time they are of (DOMAIN §5)."""

from __future__ import annotations

from ipreport.figures.data import ChartData, Numbers, common_period
from ipreport.language import Localized
from ipreport.metrics import UnitKind
from ipreport.outline import Scale
from ipreport.wording import ChartUnit, show_period


def subtitle(data: ChartData, remark: Localized | None = None) -> Localized:
    """Unit, time, and what else a reader of the axis must know; empty where nothing is common to all values."""
    return joined(_unit(data), time_of(data), remark)


def joined(*parts: Localized | None) -> Localized:
    """The parts that there are as one line."""
    there = [part for part in parts if part is not None]
    return Localized("，".join(part.zh for part in there), sentence(", ".join(part.en for part in there)))


def sentence(words: str) -> str:
    """English words with a capital letter."""
    return words[:1].upper() + words[1:]


def _unit(data: ChartData) -> Localized | None:
    if data.numbers is not Numbers.COMMON or data.scale is Scale.LOGARITHMIC:
        return None
    return Localized("位次", "rank") if data.rank else unit_named(data.unit)


def unit_named(unit: ChartUnit) -> Localized:
    """What bare digits are counted in: 单位：件 / patents."""
    if unit.unit.kind is UnitKind.RANK:
        return Localized("位次", "rank")
    label = unit.label
    return Localized(f"单位：{label.zh}", label.en if unit.unit.kind is not UnitKind.PERCENT else "per cent")


def time_of(data: ChartData) -> Localized | None:
    """The period of all values, or from the first to the last of them."""
    common = common_period(data)
    if common is not None:
        return common
    times = [category.period for category in data.categories]
    if len(times) > 1 and all(time is not None and time.known for time in times):
        words = [show_period(time) for time in times if time is not None]
        if words == [category.name for category in data.categories]:
            return Localized(f"{words[0].zh}至{words[-1].zh}", f"{words[0].en} to {words[-1].en}")
    return None
