"""Trend lines on cards and in tables: which of them were drawn, and the note on how to read them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from ipreport.compose.common import Languages, said
from ipreport.compose.content import Content
from ipreport.document import Cell, Rendered, Texts
from ipreport.language import Localized
from ipreport.metrics import Metric, Period, PeriodKind, recorded_keys, same_caliber
from ipreport.outline import TrendKey, TrendSpec
from ipreport.wording import MISSING_IN_TABLE, show_period

Trends = Mapping[TrendKey, Rendered]
"""The trend lines of an edition."""

TREND_HEAD = Localized("走势", "Trend")
"""The head of a column of them."""


@dataclass(frozen=True, slots=True)
class _Course:
    """The records behind a trend line, the earliest first, and the value that it stands beside."""

    beside: Metric
    records: tuple[Metric, ...]

    @property
    def months(self) -> int:
        """The least time from one record to the next."""
        ends = [metric.period.end for metric in self.records if metric.period.end is not None]
        return min((_months(later) - _months(earlier) for earlier, later in pairwise(ends)), default=0)

    @property
    def is_by_year(self) -> bool:
        return self.months >= 12

    @property
    def has_gaps(self) -> bool:
        """Whether a period has no value between two that have one."""
        first, last = self.records[0].period.end, self.records[-1].period.end
        if first is None or last is None or not self.months:
            return False
        return _months(last) - _months(first) > self.months * (len(self.records) - 1)

    @property
    def is_broken(self) -> bool:
        """Whether the definition changed on the way."""
        return any(not same_caliber(later, earlier) for earlier, later in pairwise(self.records))

    @property
    def is_of_single_quarters(self) -> bool:
        """Whether the value beside it runs from January on, while the line goes by the quarter."""
        return not self.is_by_year and self.beside.period.kind is PeriodKind.YEAR_TO_DATE


def chosen(wanted: Iterable[tuple[TrendSpec | None, str]], trends: Trends) -> dict[str, Rendered]:
    """Those of the wanted lines that were drawn, by the key of the value that each stands beside."""
    return {key: trends[spec, key] for spec, key in wanted if spec is not None and (spec, key) in trends}


def trend_cell(drawn: Mapping[str, Rendered], key: str | None, languages: Languages) -> Cell:
    """The cell of a trend line; of a value without one, what stands for a missing value."""
    found = drawn.get(key) if key is not None else None
    return Cell(said(MISSING_IN_TABLE, languages)) if found is None else Cell((), picture=found)


def keys_of(drawn: Iterable[Rendered]) -> tuple[str, ...]:
    """The keys of the values that trend lines show, each once."""
    return tuple(dict.fromkeys(key for each in drawn for key in each.keys))


def trend_note(
    drawn: Mapping[str, Rendered], content: Content, languages: Languages, *, in_table: bool
) -> tuple[Texts, ...]:
    """What the trend lines of a table or of a block of cards show; none where there are no lines.

    It names the first and the last period once for all and says that scales differ. A
    table says besides what a dot is and what is shown of figures to date.
    """
    courses = [_course(key, rendered, content) for key, rendered in drawn.items()]
    if not courses:
        return ()
    remarks = [_SINGLE_QUARTERS] if in_table and any(course.is_of_single_quarters for course in courses) else []
    remarks += [_OWN_SCALE_AND_DOT if in_table else _OWN_SCALE]
    remarks += [_BREAKS] if any(course.is_broken for course in courses) else []
    remarks += [_GAPS] if any(course.has_gaps for course in courses) else []
    parts = [*_times(courses), *remarks]
    zh, en = "，".join(part.zh for part in parts), ", ".join(part.en for part in parts)
    words = Localized(f"注：{zh}。", f"Note: {en}.") if in_table else Localized(f"{zh}。", f"{en[:1].upper()}{en[1:]}.")
    return (said(words, languages),)


_SINGLE_QUARTERS = Localized("累计数取单季", "figures to date as single quarters")
_OWN_SCALE = Localized("各有刻度", "each on its own scale")
_OWN_SCALE_AND_DOT = Localized("各有刻度，圆点为末期", "each on its own scale, ending in a dot")
_BREAKS = Localized("虚线处口径调整", "dashed where the definition changed")
_GAPS = Localized("断开处缺数", "interrupted where values are missing")


def _course(key: str, rendered: Rendered, content: Content) -> _Course:
    """A single quarter stands for the year to date that ends with it."""
    return _Course(content.metrics[key], tuple(content.metrics[recorded_keys(each)[0]] for each in rendered.keys))


def _times(courses: list[_Course]) -> list[Localized]:
    """From when to when, the lines by the quarter apart from those by the year."""
    kinds = (
        (Localized("季度走势", "quarterly trends"), [course for course in courses if not course.is_by_year]),
        (Localized("年度走势", "yearly trends"), [course for course in courses if course.is_by_year]),
    )
    found = []
    for name, these in kinds:
        if these:
            first = min((course.records[0] for course in these), key=_end)
            last = max((course.records[-1] for course in these), key=_end)
            by_quarter = not these[0].is_by_year
            start, end = (show_period(_quarter(each) if by_quarter else each.period) for each in (first, last))
            found.append(Localized(f"{name.zh}（{start.zh}至{end.zh}）", f"{name.en} ({start.en} to {end.en})"))
    return found


def _quarter(metric: Metric) -> Period:
    """The quarter at whose end a stock is counted or a stretch is over; the period itself where that is elsewhere."""
    end = metric.period.end
    if end is None or end.month % 3:
        return metric.period
    return Period(PeriodKind.QUARTER, date(end.year, end.month - 2, 1), end)


def _end(metric: Metric) -> date:
    return metric.period.end or date.min


def _months(day: date) -> int:
    return day.year * 12 + day.month
