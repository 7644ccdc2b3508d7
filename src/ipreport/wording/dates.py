"""Dates and periods in words (GB/T 15835-2011: dates in full, no leading zero)."""

from __future__ import annotations

from datetime import date, timedelta

from babel.dates import format_date

from ipreport.language import Localized
from ipreport.metrics import Period, PeriodKind

NOT_STATED = Localized("来源未注明", "not stated")
"""What is printed for a value whose source gives no date."""

_QUARTERS = "一二三四"
_TO_DATE = {3: "第一季度", 6: "上半年", 9: "前三季度", 12: "全年"}


def show_date(day: date) -> Localized:
    """A day: 2025年10月15日 / 15 October 2025."""
    return Localized(format_date(day, "y年M月d日", locale="zh"), format_date(day, "d MMMM y", locale="en"))


def show_period(period: Period) -> Localized:
    """A period in words, or that the source does not state it."""
    if period.end is None:
        return NOT_STATED
    start, end = period.start, period.end
    match period.kind:
        case PeriodKind.QUARTER:
            quarter = end.month // 3
            return Localized(f"{end.year}年第{_QUARTERS[quarter - 1]}季度", f"Q{quarter} {end.year}")
        case PeriodKind.YEAR:
            return Localized(f"{end.year}年", str(end.year))
        case PeriodKind.YEAR_TO_DATE | PeriodKind.WINDOW if start is not None:
            return _months(start, end)
        case _:
            return _as_of(end)


def show_year_to_date(period: Period) -> Localized:
    """January to the end of a quarter (DOMAIN §3, pair 35).

    2025年前三季度（1—9月） / January–September 2025. Months that end no quarter have no
    name of their own and read as in `show_period`.
    """
    if period.kind is not PeriodKind.YEAR_TO_DATE or period.end is None or period.end.month not in _TO_DATE:
        return show_period(period)
    plain = show_period(period)
    months = plain.zh.partition("年")[2]
    return Localized(f"{period.end.year}年{_TO_DATE[period.end.month]}（{months}）", plain.en)


def show_as_of(period: Period) -> Localized:
    """The day a stock belongs to (DOMAIN §3, pair 36): 截至2025年9月底 / as of the end of September 2025."""
    if period.end is None:
        return NOT_STATED
    day = _as_of(period.end)
    article = "the " if is_month_end(period.end) else ""
    return Localized(f"截至{day.zh}", f"as of {article}{day.en}")


def show_between(earlier: Period, later: Period) -> Localized:
    """The time from one day to a later one, by the name of its quarter, year or months where it has one.

    Between the ends of June and September 2025年第三季度 / Q3 2025; with other days 至2025年9月15日 / to
    15 September 2025. Raises ValueError for undated values.
    """
    if earlier.end is None or later.end is None:
        raise ValueError("an undated value has no time before it")
    start, end = earlier.end + timedelta(days=1), later.end
    if start.day > 1 or not is_month_end(end):
        until = _as_of(end)
        return Localized(f"至{until.zh}", f"to {until.en}")
    return show_period(Period(_kind_between(start, end), start, end))


def _kind_between(start: date, end: date) -> PeriodKind:
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    if months == 12 and start.month == 1:
        return PeriodKind.YEAR
    return PeriodKind.QUARTER if months == 3 and end.month % 3 == 0 else PeriodKind.WINDOW


def _months(start: date, end: date) -> Localized:
    first, last = (format_date(day, "MMMM", locale="en") for day in (start, end))
    if (start.year, start.month) == (end.year, end.month):
        return Localized(f"{end.year}年{end.month}月", f"{last} {end.year}")
    if start.year == end.year:
        return Localized(f"{end.year}年{start.month}—{end.month}月", f"{first}–{last} {end.year}")
    zh = f"{start.year}年{start.month}月—{end.year}年{end.month}月"
    return Localized(zh, f"{first} {start.year}–{last} {end.year}")


def _as_of(day: date) -> Localized:
    """The last day of a month reads as its end: 2025年9月底 / end of September 2025."""
    if is_month_end(day):
        return Localized(f"{day.year}年{day.month}月底", f"end of {format_date(day, 'MMMM y', locale='en')}")
    return show_date(day)


def is_month_end(day: date) -> bool:
    """Whether a day is the last of its month."""
    return date.fromordinal(day.toordinal() + 1).month != day.month
