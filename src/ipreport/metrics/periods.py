"""Periods: the time a value belongs to, as far as its source says."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class PeriodKind(StrEnum):
    """What stretch of time a value covers."""

    AS_OF = "as_of"
    QUARTER = "quarter"
    YEAR_TO_DATE = "year_to_date"
    YEAR = "year"
    EVENT = "event"
    CUMULATIVE = "cumulative"
    WINDOW = "window"


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time, or a day. Both ends are None when the source gives no date."""

    kind: PeriodKind
    start: date | None = None
    end: date | None = None

    @property
    def known(self) -> bool:
        """Whether the source dates the value at all."""
        return self.end is not None

    @property
    def from_new_year(self) -> bool:
        """Whether it runs from the first of January: a year to date, a first quarter, a whole year."""
        return self.start is not None and (self.start.month, self.start.day) == (1, 1)

    @property
    def slug(self) -> str:
        """A name for folders and files: `2025Q3`, `2025-01-09`, `2025`."""
        if self.start is None or self.end is None:
            return "undated" if self.end is None else self.end.isoformat()
        if self.kind is PeriodKind.QUARTER:
            return f"{self.end.year}Q{self.end.month // 3}"
        if self.kind is PeriodKind.YEAR:
            return str(self.end.year)
        return f"{self.start:%Y-%m}-{self.end:%m}" if self.kind is PeriodKind.YEAR_TO_DATE else self.end.isoformat()


UNKNOWN = "unknown"
"""What a file says for a value whose source gives no date."""

EXPECTED = "2025Q3, 2025-01/2025-09, 2025, 2025-09-30 or unknown"
"""The forms `parse_period` reads, for messages."""


def parse_period(written: str, kind: PeriodKind) -> Period:
    """The period written in a file, of the `kind` the metric usually has.

    Raises ValueError when the text is none of the forms in `EXPECTED` or names a
    day that does not exist.
    """
    written = written.strip()
    if written == UNKNOWN:
        return Period(kind)
    if match := re.fullmatch(r"(\d{4})-?Q([1-4])", written, re.ASCII):
        year, quarter = int(match[1]), int(match[2])
        return Period(PeriodKind.QUARTER, date(year, 3 * quarter - 2, 1), _month_end(year, 3 * quarter))
    if match := re.fullmatch(r"(\d{4})", written, re.ASCII):
        return Period(PeriodKind.YEAR, date(int(match[1]), 1, 1), date(int(match[1]), 12, 31))
    if match := re.fullmatch(r"(\d{4})-(\d\d)/(\d{4})-(\d\d)", written, re.ASCII):
        return _months(*(int(part) for part in match.groups()))
    if re.fullmatch(r"\d{4}-\d\d-\d\d", written, re.ASCII):
        day = date.fromisoformat(written)
        single = kind if kind in {PeriodKind.AS_OF, PeriodKind.EVENT, PeriodKind.CUMULATIVE} else PeriodKind.AS_OF
        return Period(single, None, day)
    raise ValueError(written)


def _months(first_year: int, first_month: int, last_year: int, last_month: int) -> Period:
    start, end = date(first_year, first_month, 1), _month_end(last_year, last_month)
    if end < start:
        raise ValueError("the last month is before the first")
    from_january = first_month == 1 and first_year == last_year
    return Period(PeriodKind.YEAR_TO_DATE if from_january else PeriodKind.WINDOW, start, end)


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
