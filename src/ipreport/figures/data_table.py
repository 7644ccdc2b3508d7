"""The data of a chart as a table, for readers who want the numbers or cannot see the picture."""

from __future__ import annotations

from ipreport.document import ChartTable, ShownValue
from ipreport.figures.data import ChartData, Datum
from ipreport.language import Localized

MOST_SERIES = 5
"""As many columns of values as an upright page has room for in two languages."""

_VALUE = Localized("数值", "Value")
_PERIOD = Localized("时点或时期", "Period")
_REGION = Localized("地区", "Region")
_INDICATOR = Localized("指标", "Indicator")


def data_table(data: ChartData) -> ChartTable:
    """Categories down and series across; where these are many or stand one by one, a row for each value."""
    whole = _is_matrix(data)
    if whole and len(data.series) <= MOST_SERIES:
        names = [series.name for series in data.series] if len(data.series) > 1 else [_VALUE]
        rows = tuple(
            (category.name, tuple(_shown(series.points[index]) for series in data.series))
            for index, category in enumerate(data.categories)
        )
        return ChartTable((_corner(data), *names), rows)
    rows = tuple(
        (_named(series.name, datum.name) if whole else datum.name, (_shown(datum),))
        for series in data.series
        for datum in series.known
    )
    return ChartTable((_INDICATOR, _VALUE), rows)


def _is_matrix(data: ChartData) -> bool:
    """Whether the series have their values in the same categories, and are not parts played by single values."""
    one_role = len({series.role.removesuffix(" before") for series in data.series}) == 1
    alike = all(len(series.points) == len(data.categories) for series in data.series)
    return alike and (one_role or _corner(data) is not _INDICATOR)


def _named(series: Localized, category: Localized) -> Localized:
    return Localized(f"{series.zh}，{category.zh}", f"{series.en}, {category.en}")


def _shown(datum: Datum | None) -> ShownValue | None:
    return None if datum is None else ShownValue(datum.text, datum.key)


def _corner(data: ChartData) -> Localized:
    """What the rows are."""
    if all(category.region is not None and category.key == category.region for category in data.categories):
        return _REGION
    listed = any(category.period is None or category.key != category.period.slug for category in data.categories)
    return _INDICATOR if listed else _PERIOD
