"""Single quarters out of years to date, as local bulletins state them."""

from __future__ import annotations

import pytest

from helpers import metric, metric_set
from ipreport.metrics import Basis, Metric, MetricSet, PeriodKind, growth, parse_period, quarter_before, quarter_of


def at(key: str, period: str, value: str | None, name: str = "patent_grant_invention") -> Metric:
    return metric(name, value, key=key, period=parse_period(period, PeriodKind.YEAR_TO_DATE))


@pytest.fixture
def metrics() -> MetricSet:
    return metric_set(
        at("half_2024", "2024-01/2024-06", "70"),
        at("nine_2024", "2024-01/2024-09", "100"),
        at("year_2024", "2024-01/2024-12", "150"),
        at("three", "2025-01/2025-03", "40"),
        at("half", "2025-01/2025-06", "75"),
        at("nine", "2025-01/2025-09", "130"),
        at("eight", "2025-01/2025-08", "120"),
    )


@pytest.mark.parametrize(
    ("key", "value", "slug"), [("nine", "55", "2025Q3"), ("half", "35", "2025Q2"), ("three", "40", "2025Q1")]
)
def test_a_quarter_is_what_the_year_to_date_gained(metrics: MetricSet, key: str, value: str, slug: str) -> None:
    quarter = quarter_of(metrics, metrics[key])
    assert quarter is not None
    assert str(quarter.value) == value
    assert quarter.period.slug == slug
    assert quarter.key.startswith(f"{key}/quarter_after/")


def test_the_quarter_before_the_first_is_the_last_of_the_year_before(metrics: MetricSet) -> None:
    last = quarter_before(metrics, metrics["three"])
    assert last is not None
    assert (str(last.value), last.period.slug) == ("50", "2024Q4")


def test_quarters_grow_over_each_other(metrics: MetricSet) -> None:
    now, before = quarter_of(metrics, metrics["nine"]), quarter_before(metrics, metrics["nine"])
    assert now is not None
    grown = growth(now, before, Basis.QUARTER)
    assert grown.formula == "(55 − 35) ÷ 35"
    assert grown.rests_on == ("nine", "half", "three")


def test_a_recorded_quarter_comes_first(metrics: MetricSet) -> None:
    own = at("own", "2025Q3", "56")
    both = metric_set(*metrics, own)
    assert quarter_of(both, both["nine"]) is both["own"]
    assert quarter_of(both, both["own"]) is both["own"]


@pytest.mark.parametrize("key", ["eight", "half_2024"])
def test_there_is_no_quarter_without_its_two_ends(metrics: MetricSet, key: str) -> None:
    assert quarter_of(metrics, metrics[key]) is None


def test_a_missing_or_undated_value_has_no_quarter() -> None:
    metrics = metric_set(
        at("half", "2025-01/2025-06", None), at("nine", "2025-01/2025-09", "130"), at("undated", "unknown", "1")
    )
    assert quarter_of(metrics, metrics["nine"]) is None
    assert quarter_of(metrics, metrics["undated"]) is None
    assert quarter_before(metrics, metrics["nine"]) is None
    assert quarter_before(metrics, metrics["undated"]) is None
