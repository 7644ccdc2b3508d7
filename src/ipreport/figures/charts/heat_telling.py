"""A heat table in words: the best known of every column, its ends, and what is missing."""

from __future__ import annotations

from ipreport.document import Inline
from ipreport.figures.data import ChartData, DataSeries, common_period
from ipreport.figures.telling import MOST, joined, named_value, opening, say
from ipreport.language import Language, Localized
from ipreport.metrics import Direction
from ipreport.wording import MISSING

LOWER_IS_BETTER = Localized("越低越好", "lower is better")
_KIND = Localized("热力表", "Heat table")


def tell(data: ChartData, language: Language) -> tuple[Inline, ...]:
    """Of each metric every value where there are few, else greatest, least and the highlighted region's."""
    told: list[Inline] = [opening(_KIND, data, language)]
    in_full = len(data.data) <= MOST
    for series in data.series:
        if len(data.series) > 1 or series.direction is Direction.DOWN:
            told.append(_name(data, series, language))
        parts = (
            [named_value(data, datum, language) for datum in series.known] if in_full else _ends(data, series, language)
        )
        missing = [each.name for each, point in zip(data.categories, series.points, strict=True) if point is None]
        if missing:
            names = Localized("、".join(name.zh for name in missing), ", ".join(name.en for name in missing))
            parts.append((say(Localized(f"{names.zh}{MISSING.zh}", f"{names.en}: {MISSING.en}"), language),))
        told += (*joined(parts, language), say(Localized("", " "), language))
    return tuple(told)


def _name(data: ChartData, series: DataSeries, language: Language) -> Inline:
    """A metric with its time where others have another, and that lower is better where it is."""
    said = [series.known[0].date] if common_period(data) is None else []
    said += [LOWER_IS_BETTER] if series.direction is Direction.DOWN else []
    zh, en = "，".join(words.zh for words in said), ", ".join(words.en for words in said)
    name = series.name
    return say(Localized(f"{name.zh}{zh and f'（{zh}）'}：", f"{name.en}{en and f' ({en})'}: "), language)


def _ends(data: ChartData, series: DataSeries, language: Language) -> list[tuple[Inline, ...]]:
    by_value = sorted(series.known, key=lambda datum: datum.value)
    least, greatest = by_value[0], by_value[-1]
    parts = [
        (say(Localized("最高：", "highest, "), language), *named_value(data, greatest, language)),
        (say(Localized("最低：", "lowest, "), language), *named_value(data, least, language)),
    ]
    for category, point in zip(data.categories, series.points, strict=True):
        if category.highlighted and point is not None and point not in {least, greatest}:
            parts.append(named_value(data, point, language))
    return parts
