"""Reading dates and periods back: quarters, months, years, and the days of stocks (pairs 35, 36, 38)."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date

from ipreport.language import ZH, Language
from ipreport.metrics import Period, PeriodKind, parse_period
from ipreport.wording.dates import show_as_of, show_date, show_period, show_year_to_date

_MONTHS = {name: number for number, name in enumerate(calendar.month_name) if name}
_QUARTERS = {han: str(number) for number, han in enumerate("一二三四", start=1)}


def read_back_period(text: str, language: Language) -> Period | None:
    """The period that printed words name; None for what the engine does not print.

    A day is read as that of a stock: the words for an event are the same.
    """
    try:
        period = (_chinese if language is ZH else _english)(text)
    except ValueError:
        return None
    if period is None or period.end is None:
        return None
    forms: tuple[Callable[[Period], str], ...] = (
        lambda one: show_period(one)[language],
        lambda one: show_year_to_date(one)[language],
        lambda one: show_as_of(one)[language],
    )
    printed = {form(period) for form in forms} | ({show_date(period.end)[language]} if period.start is None else set())
    return period if text in printed else None


def _chinese(text: str) -> Period | None:
    if match := re.fullmatch(r"(\d{4})年第([一二三四])季度", text, re.ASCII):
        return _written(f"{match[1]}Q{_QUARTERS[match[2]]}")
    if match := re.fullmatch(r"(\d{4})年", text, re.ASCII):
        return _written(match[1])
    if match := re.fullmatch(r"(\d{4})年(?:\D*（)?(\d+)(?:月)?—(?:(\d{4})年)?(\d+)月）?", text, re.ASCII):
        return _months(int(match[1]), int(match[2]), int(match[3] or match[1]), int(match[4]))
    if match := re.fullmatch(r"(\d{4})年(\d+)月", text, re.ASCII):
        return _months(int(match[1]), int(match[2]), int(match[1]), int(match[2]))
    if match := re.fullmatch(r"(?:截至)?(\d{4})年(\d+)月(?:底|(\d+)日)", text, re.ASCII):
        return _day(int(match[1]), int(match[2]), match[3])
    return None


def _english(text: str) -> Period | None:
    if match := re.fullmatch(r"Q([1-4]) (\d{4})", text, re.ASCII):
        return _written(f"{match[2]}Q{match[1]}")
    if match := re.fullmatch(r"(\d{4})", text, re.ASCII):
        return _written(match[1])
    if match := re.fullmatch(r"([A-Z][a-z]+)(?: (\d{4}))?–([A-Z][a-z]+) (\d{4})", text, re.ASCII):
        return _months(int(match[2] or match[4]), _month(match[1]), int(match[4]), _month(match[3]))
    if match := re.fullmatch(r"([A-Z][a-z]+) (\d{4})", text, re.ASCII):
        return _months(int(match[2]), _month(match[1]), int(match[2]), _month(match[1]))
    if match := re.fullmatch(r"(?:as of )?(?:(?:the )?end of|(\d+)) ([A-Z][a-z]+) (\d{4})", text, re.ASCII):
        return _day(int(match[3]), _month(match[2]), match[1])
    return None


def _written(written: str) -> Period:
    return parse_period(written, PeriodKind.AS_OF)


def _months(first_year: int, first: int, last_year: int, last: int) -> Period:
    return _written(f"{first_year:04}-{first:02}/{last_year:04}-{last:02}")


def _day(year: int, month: int, day: str | None) -> Period:
    number = int(day) if day else _last_day(year, month)
    return Period(PeriodKind.AS_OF, None, date(year, month, number))


def _last_day(year: int, month: int) -> int:
    if not 1 <= month <= 12:
        raise ValueError("no such month")
    return calendar.monthrange(year, month)[1]


def _month(name: str) -> int:
    if name not in _MONTHS:
        raise ValueError(name)
    return _MONTHS[name]
