"""Which periods may be compared: only like with like (DOMAIN §2.3, rules R10 and R18)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum

from ipreport.metrics.periods import Period, PeriodKind


class Basis(StrEnum):
    """What a value is compared with."""

    YEAR = "yoy"
    """同比: the same months of the year before."""
    QUARTER = "qoq"
    """环比: the quarter before."""
    YEAR_END = "since_year_end"
    """较上年末: a stock against the end of the year before."""


_INSTANTS = {PeriodKind.AS_OF, PeriodKind.CUMULATIVE}
_STRETCHES = {PeriodKind.QUARTER, PeriodKind.YEAR_TO_DATE, PeriodKind.YEAR, PeriodKind.WINDOW}


def are_like(now: Period, before: Period, basis: Basis) -> bool:
    """Whether `before` is what `now` is compared with; never for undated values or single events."""
    if now.end is None or before.end is None or now.kind is not before.kind:
        return False
    if now.kind in _INSTANTS:
        return _instants_fit(now.end, before.end, basis)
    if now.kind not in _STRETCHES or now.start is None or before.start is None:
        return False
    if basis is Basis.YEAR:
        return months_apart(before.start, now.start) == months_apart(before.end, now.end) == 12
    # A year to date contains the one before it, so only single quarters follow each other.
    return basis is Basis.QUARTER and now.kind is PeriodKind.QUARTER and months_apart(before.end, now.end) == 3


def whole_years(earlier: Period, later: Period) -> int | None:
    """How many years lie between two like periods; None when it is not a whole number above zero."""
    if earlier.end is None or later.end is None or earlier.kind is not later.kind:
        return None
    months = months_apart(earlier.end, later.end)
    if earlier.start is not None and later.start is not None and months_apart(earlier.start, later.start) != months:
        return None
    return months // 12 if months is not None and months > 0 and months % 12 == 0 else None


def follows_in_year(now: Period, before: Period) -> bool:
    """Whether two years to date of one year differ by one quarter: 1—9月 and 1—6月."""
    return (
        now.kind is PeriodKind.YEAR_TO_DATE
        and before.kind in {PeriodKind.YEAR_TO_DATE, PeriodKind.QUARTER}
        and before.end is not None
        and now.start is not None
        and now.start == before.start
        and now.end is not None
        and now.end.month % 3 == 0
        and months_apart(before.end, now.end) == 3
    )


def last_quarter_of(period: Period) -> Period:
    """The quarter with which a year to date ends. Raises ValueError when it ends inside a quarter."""
    if period.end is None or period.end.month % 3 or not _is_month_end(period.end):
        raise ValueError("the period does not end with a quarter")
    return Period(PeriodKind.QUARTER, date(period.end.year, period.end.month - 2, 1), period.end)


def _instants_fit(now: date, before: date, basis: Basis) -> bool:
    match basis:
        case Basis.YEAR:
            return months_apart(before, now) == 12
        case Basis.QUARTER:
            quarter_ends = all(day.month % 3 == 0 and _is_month_end(day) for day in (now, before))
            return quarter_ends and months_apart(before, now) == 3
        case Basis.YEAR_END:
            return before == date(now.year - 1, 12, 31)


def months_apart(earlier: date, later: date) -> int | None:
    """Months from one day to the same day of a later month; the ends of two months are the same day."""
    if earlier.day != later.day and not (_is_month_end(earlier) and _is_month_end(later)):
        return None
    return (later.year - earlier.year) * 12 + later.month - earlier.month


def months_before(day: date, months: int) -> date:
    """The same day some months earlier; the end of a month for the end of a month, or where there is no such day."""
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = monthrange(years, month + 1)[1]
    return date(years, month + 1, last if _is_month_end(day) else min(day.day, last))


def _is_month_end(day: date) -> bool:
    return (day + timedelta(days=1)).month != day.month
