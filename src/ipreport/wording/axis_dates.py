"""Periods along an axis: what tells them apart within a year, and the year, which stands once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from ipreport.language import Localized
from ipreport.metrics import Period, PeriodKind
from ipreport.wording.dates import NOT_STATED, is_month_end, show_period

_QUARTERS = "一二三四"


@dataclass(frozen=True, slots=True)
class AxisDate:
    """A period along an axis. `within` is empty for a whole year, `year` for an undated value."""

    within: Localized
    year: Localized


def axis_date(period: Period) -> AxisDate:
    """The words of a period along an axis.

    三季度 / Q3 of 2025年 / 2025; 9月 / Sep for the end of September; 1—9月 / Jan–Sep.
    """
    end = period.end
    if end is None:
        return AxisDate(NOT_STATED, Localized.same(""))
    year = Localized(f"{end.year}年", str(end.year))
    match period.kind:
        case PeriodKind.YEAR:
            return AxisDate(Localized.same(""), year)
        case PeriodKind.QUARTER:
            number = end.month // 3
            return AxisDate(Localized(f"{_QUARTERS[number - 1]}季度", f"Q{number}"), year)
        case PeriodKind.YEAR_TO_DATE | PeriodKind.WINDOW if period.start is not None:
            return _months(period.start, end, year)
        case _:
            return AxisDate(_day(end), year)


def _months(start: date, end: date, year: Localized) -> AxisDate:
    if start.year != end.year:
        return AxisDate(show_period(Period(PeriodKind.WINDOW, start, end)), Localized.same(""))
    first, last = _month(start), _month(end)
    if start.month == end.month:
        return AxisDate(Localized(f"{end.month}月", last), year)
    return AxisDate(Localized(f"{start.month}—{end.month}月", f"{first}–{last}"), year)


def _day(day: date) -> Localized:
    if is_month_end(day):
        return Localized(f"{day.month}月", _month(day))
    return Localized(f"{day.month}月{day.day}日", f"{day.day} {_month(day)}")


def _month(day: date) -> str:
    return format_date(day, "MMM", locale="en")
