"""Figures of parts and of courses: stacks, areas, columns with lines, Pareto charts; a record with gaps and breaks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

from figure_samples import figure
from helpers import at, metric_set
from ipreport.language import Localized
from ipreport.metrics import Break, Metric, MetricSet, Qualifier
from ipreport.outline import By, Every, FigureSpec

GRANTS = ("patent_grant_invention", "patent_grant_um", "patent_grant_design")
OTHERS = Localized("其他", "Others")
PREFECTURES = ("patent_invention_hv_jia", "patent_invention_hv_yi", "patent_invention_hv_ding")

FIGURES: dict[str, FigureSpec] = {
    "stacked": figure("stacked-column", series=GRANTS, last=8),
    "stacked-by-region": figure("stacked-column", series=GRANTS, by=By.REGION),
    "stacked-by-year": figure("stacked-column", series=GRANTS[:2], every=Every.YEAR),
    "percent": figure("percent-stacked-column", series=GRANTS, last=5),
    "percent-by-region": figure("percent-stacked-column", series=GRANTS, by=By.REGION),
    "combination": figure("combination", columns=("patent_grant_total",), lines=GRANTS[:2], last=8),
    "combination-with-gap": figure("combination", columns=("patent_grant_total",), lines=GRANTS),
    "area": figure("area", series=("patent_invention_in_force",), last=8),
    "area-with-break": figure("area", series=("gi_product",)),
    "area-of-money": figure("area", series=("pledge_reg_amount",)),
    "pareto": figure("pareto", values=("patent_invention_hv",), by=By.REGION),
    "pareto-of-money": figure("pareto", values=("pledge_reg_amount_ding",), by=By.REGION),
    "pareto-with-rest": figure("pareto", values=PREFECTURES, remainder=OTHERS),
    "pareto-of-parts": figure("pareto", values=GRANTS),
    "column-of-many": figure("column", values=("pledge_reg_amount",), last=12),
    "column-by-region": figure("column", values=("patent_invention_hv_ding",), by=By.REGION),
    "column-with-break": figure("column", values=("gi_product",), last=12),
}
"""Figures of the sample province."""

# --- a record with gaps, breaks and loose values -----------------------------------------

QUARTER_ENDS = ("03-31", "06-30", "09-30", "12-31")


def ends(count: int, last: str = "2025-09-30") -> list[str]:
    """The last days of so many quarters up to one, the earliest first."""
    year, index = int(last[:4]), QUARTER_ENDS.index(last[5:])
    days = []
    for _ in range(count):
        days.append(f"{year}-{QUARTER_ENDS[index]}")
        year, index = (year, index - 1) if index else (year - 1, 3)
    return days[::-1]


def stocks(metric_id: str, values: str) -> list[Metric]:
    """Values at the ends of quarters up to September 2025; `-` is a gap, `~` before a value makes it “about”.

    The last is recorded without a value where it is a gap, so that the metric has its name.
    """
    made = []
    written = values.split()
    for day, value in zip(ends(len(written)), written, strict=True):
        last = day == "2025-09-30"
        if value != "-" or last:
            qualifier = Qualifier.ABOUT if value.startswith("~") else Qualifier.EXACT
            key = metric_id if last else f"{metric_id}_{day.replace('-', '_')}"
            made.append(at(day, None if value == "-" else value.lstrip("~"), metric_id, key=key, qualifier=qualifier))
    return made


def changed(metrics: list[Metric], since: date) -> list[Metric]:
    """The same with a change of definition."""
    note = Localized("口径调整。", "The definition changed.")
    return [replace(each, definition=replace(each.definition, breaks=(Break(since, note),))) for each in metrics]


@cache
def uneven() -> MetricSet:
    """Series with gaps, with a break, with a lone value, of two years and a half, with loose values."""
    many = " ".join(str(1000 + 37 * n - 90 * (n % 5)) for n in range(24))
    return metric_set(
        *stocks("patent_invention_in_force", "300 310 - 330 342 - - 356"),
        *stocks("patent_invention_hv", "90 - 96 - 99 101 104 -"),
        *changed(stocks("service_points", "40 44 - 47 60 61 62 66"), date(2024, 12, 1)),
        *changed(stocks("gi_users", "20 22 23 24 25 26 27 28"), date(2025, 4, 1)),
        *stocks("tm_valid", many),
        *stocks("gi_mark", "10 12 ~13 14 15 16 17 ~18"),
    )


UNEVEN: dict[str, FigureSpec] = {
    "line-with-gaps": figure("line", series=("patent_invention_in_force", "patent_invention_hv")),
    "line-of-24": figure("line", series=("tm_valid",)),
    "line-with-late-break": figure("line", series=("service_points",)),
    "line-of-loose-values": figure("line", series=("gi_mark",)),
    "area-with-gaps": figure("area", series=("patent_invention_in_force",)),
    "area-of-24": figure("area", series=("tm_valid",)),
    "column-with-gaps": figure("column", values=("patent_invention_in_force",), last=8),
    "column-of-24": figure("column", values=("tm_valid",), last=24),
}
"""Figures of that record."""
