"""Figures of many values at once, heat tables and small multiples, and of values with intervals."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from figure_samples import figure, metric, metric_set
from ipreport.language import Localized
from ipreport.metrics import Metric, MetricSet, Qualifier
from ipreport.outline import By, Every, FigureSpec, Scale
from province import province

EIGHT = (
    "patent_invention_in_force",
    "patent_hv_per10k",
    "patent_hv_share",
    "tm_entities_per_mark",
    "patent_grant_um",
    "pledge_reg_amount",
    "gi_users",
    "penalty_amount",
)
"""Metrics of all directions and kinds of unit; one region has no value of the seventh."""

FIGURES: dict[str, FigureSpec] = {
    "heat": figure("heat-table", values=EIGHT, highlight="ding"),
    "heat-of-three": figure("heat-table", values=EIGHT[:3], highlight="ding"),
    "heat-of-one": figure("heat-table", values=("penalty_cases",)),
    "panels-by-region": figure("small-multiples", series=("patent_hv_per10k",), by=By.REGION, highlight="ding"),
    "panels-of-flows": figure("small-multiples", series=("pledge_reg_amount",), by=By.REGION, last=8),
    "panels-with-gaps": figure("small-multiples", series=("gi_users",), by=By.REGION, highlight="ding"),
    "panels-of-units": figure("small-multiples", series=(*EIGHT[:4], "gi_product", "gi_users")),
    "panels-by-year": figure("small-multiples", series=("dispute_close_rate", "penalty_amount"), every=Every.YEAR),
}
"""Figures of the sample province."""

ELSEWHERE: dict[str, FigureSpec] = {
    "heat-of-cases": figure("heat-table", values=("dispute_close_rate", "dispute_closed"), cases=True),
    "heat-of-long-names": figure("heat-table", values=EIGHT[:4], highlight="ding"),
    "panels-of-long-names": figure("small-multiples", series=("pledge_reg_amount",), by=By.REGION, last=4),
}
"""Figures of the province as it might be, with longer names and with too few cases for one of its rates."""


def elsewhere() -> MetricSet:
    """The sample province with the names of autonomous prefectures, and without the rate of six cases."""
    record = province()
    names = (
        Localized(f"{region.name.zh[:1]}海蒙古族藏族自治州", f"{region.name.en} Mongol and Tibetan Autonomous Region")
        for region in record.regions
    )
    regions = tuple(replace(region, name=name) for region, name in zip(record.regions, names, strict=True))
    told = tuple(each for each in record if each.key != "dispute_close_rate_xin")
    return replace(record, observations=told, regions=regions)


_GROUPS = {
    "owners": ("权利人", "Right holders", "82.81", "81.20", "84.42"),
    "agents": ("代理机构", "IP agencies", "79.50", "74.85", "84.15"),
    "public": ("社会公众", "General public", "86.04", "85.31", "86.77"),
}


def _group(key: str) -> tuple[Metric, ...]:
    zh, en, *numbers = _GROUPS[key]
    keys = (key, f"{key}_low", f"{key}_high")
    return tuple(
        metric(each, f"{zh}满意度", f"Satisfaction: {en}", number, "score", places=2)
        for each, number in zip(keys, numbers, strict=True)
    )


SURVEY = tuple(each for key in _GROUPS for each in _group(key))
"""Scores of a sample survey with the ends of their confidence intervals."""

ESTIMATES = (
    metric("estimate", "品牌价值评估", "Brand value, assessed", "196e8", "yuan", qualifier=Qualifier.OVER),
    metric("estimate_low", "下限", "Low", "150e8", "yuan"),
    metric("estimate_high", "上限", "High", "240e8", "yuan"),
)

_ENDS = {"low": tuple(f"{key}_low" for key in _GROUPS), "high": tuple(f"{key}_high" for key in _GROUPS)}

WITH_INTERVALS: dict[str, FigureSpec] = {
    "dot-intervals": figure("dot", values=tuple(_GROUPS), **_ENDS),
    "dot-intervals-cut": figure("dot", values=tuple(_GROUPS), axis_from=Decimal(70), **_ENDS),
    "dot-intervals-logarithmic": figure(
        "dot", Scale.LOGARITHMIC, values=("estimate",), low=("estimate_low",), high=("estimate_high",)
    ),
    "lollipop": figure("lollipop", values=tuple(f"q{number}" for number in range(8))),
    "lollipop-rates": figure("lollipop", values=("per10k", "hv_per10k")),
    "lollipop-intervals": figure("lollipop", values=tuple(_GROUPS), **_ENDS),
}
"""Figures of Haixi with a survey."""


def survey() -> MetricSet:
    """The records of Haixi with the survey and an estimate."""
    return metric_set(*SURVEY, *ESTIMATES)
