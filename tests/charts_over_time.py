"""Figures over time and across regions: lines and groups of columns."""

from __future__ import annotations

from figure_samples import figure
from ipreport.outline import Against, By, Every, FigureSpec

FIGURES: dict[str, FigureSpec] = {
    "line": figure("line", series=("patent_invention_in_force",), last=8),
    "lines": figure("line", series=("patent_grant_invention", "patent_grant_um", "patent_grant_design"), last=12),
    "line-by-year": figure("line", series=("dispute_close_rate",), every=Every.YEAR),
    "line-with-break": figure("line", series=("gi_product",)),
    "line-by-region": figure("line", series=("patent_invention_per10k",), by=By.REGION, last=8, highlight="ding"),
    "column-over-time": figure("column", values=("pledge_reg_amount",), last=8),
    "grouped": figure(
        "grouped-column", series=("patent_grant_invention", "patent_grant_um", "patent_grant_design"), last=5
    ),
    "grouped-by-region": figure("grouped-column", series=("patent_grant_invention", "patent_grant_um"), by=By.REGION),
    "grouped-against": figure(
        "grouped-column",
        values=("patent_grant_invention", "patent_grant_um", "patent_grant_design"),
        against=Against.YEAR,
    ),
}
"""Figures of the sample province."""
