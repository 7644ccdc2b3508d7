"""The sample province: what the generator writes is what is committed, and its figures hang together."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from helpers import SAMPLE
from ipreport.metrics import Aggregation, Metric, MetricSet, PeriodKind, Status
from ipreport.readers import read_metrics

GENERATOR = SAMPLE / "generator"


@pytest.fixture(scope="module")
def sample() -> MetricSet:
    return read_metrics(SAMPLE / "metrics.yaml")


def prefectures(sample: MetricSet, metric: Metric) -> list[Metric]:
    return [
        other
        for other in sample.of_metric(metric.definition.id)
        if other.region != sample.home and other.period == metric.period
    ]


def of_the_province(sample: MetricSet) -> list[Metric]:
    return [metric for metric in sample if metric.region == sample.home]


def test_the_generator_writes_what_is_committed(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(GENERATOR), str(tmp_path)], check=True)

    written = {path.relative_to(tmp_path).as_posix(): path.read_bytes() for path in tmp_path.rglob("*.*")}
    assert written
    assert {name for name, content in written.items() if content != (SAMPLE / name).read_bytes()} == set()


def test_the_workbook_bears_no_date_and_no_compression() -> None:
    with zipfile.ZipFile(SAMPLE / "data.xlsx") as book:
        assert {entry.date_time for entry in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.compress_type for entry in book.infolist()} == {zipfile.ZIP_STORED}


def test_there_are_eight_prefectures_twelve_quarters_and_some_25_metrics(sample: MetricSet) -> None:
    quarters = {metric.period.end for metric in sample.series("patent_invention_in_force", sample.home)}

    assert len(sample.regions) == 8
    assert len(quarters) == 12
    assert len({metric.definition.id for metric in sample}) == 28
    assert len(sample.observations) > 2700


def test_prefectures_sum_to_the_province(sample: MetricSet) -> None:
    checked = 0
    for metric in of_the_province(sample):
        if metric.definition.aggregation is Aggregation.NONE and metric.definition.id != "dispute_caseload":
            continue
        parts = [part.value for part in prefectures(sample, metric)]
        assert len(parts) == 8
        if None not in parts:
            assert metric.value == sum(part for part in parts if part is not None), metric.key
            checked += 1
    assert checked > 200


def test_years_to_date_rise_and_single_quarters_are_their_differences(sample: MetricSet) -> None:
    series: dict[tuple[str, str, int], list[Metric]] = defaultdict(list)
    for metric in sample:
        if metric.period.kind is PeriodKind.YEAR_TO_DATE and metric.period.end and metric.value is not None:
            series[metric.definition.id, metric.region, metric.period.end.year].append(metric)
    assert len(series) > 400
    for (name, region, year), metrics in series.items():
        values = [metric.value or Decimal(0) for metric in metrics]
        if metrics[0].unit.key != "percent":
            assert values == sorted(values), (name, region, year)
        if name == "patent_grant_invention" and year > 2022:
            quarters = [m for m in sample.series(name, region) if m.period.slug.startswith(f"{year}Q")]
            steps = [now - before for before, now in zip([Decimal(0), *values], values, strict=False)]
            assert [quarter.value for quarter in quarters] == steps


def test_ratios_follow_from_their_parts(sample: MetricSet) -> None:
    checked = 0
    for metric in sample:
        relations = metric.relations
        if not (relations.numerator and relations.denominator) or metric.value is None:
            continue
        above, below = (sample.find(name, metric) for name in (relations.numerator, relations.denominator))
        if above is None or above.value is None or below is None or not below.value:
            continue
        times = {"percent": 100, "per_10k_population": 10_000}.get(metric.unit.key, 1)
        assert abs(above.value * times / below.value - metric.value) <= metric.half_step, metric.key
        checked += 1
    assert checked > 300


def test_growth_is_plausible(sample: MetricSet) -> None:
    for metric in of_the_province(sample):
        before = next(
            (
                other
                for other in sample.series(metric.definition.id, metric.region)
                if other.period.kind is metric.period.kind
                and other.period.end
                and metric.period.end
                and (other.period.end.year, other.period.end.month)
                == (metric.period.end.year - 1, metric.period.end.month)
            ),
            None,
        )
        if before is None or not before.value or metric.value is None or metric.definition.id == "gi_product":
            continue
        assert Decimal("0.75") < metric.value / before.value < Decimal("1.4"), metric.key


def test_what_is_seeded_on_purpose_is_there(sample: MetricSet) -> None:
    missing = [metric.key for metric in sample if metric.value is None]
    revised = {metric.key for metric in sample if metric.status is Status.REVISED}

    assert missing == ["gi_users_xin"]
    assert sample["gi_users_xin"].note is not None
    assert revised == {"pledge_reg_amount_bing_2025_01_2025_06", "pledge_reg_amount_2025_01_2025_06"}
    assert sample["penalty_cases_xin"].value == 3
    assert sample["pct_app_xin"].value == 0
    assert sample["gi_product"].value == sum(part.value or 0 for part in prefectures(sample, sample["gi_product"]))


def test_names_of_places_are_plain_placeholders(sample: MetricSet) -> None:
    assert [region.name.zh for region in sample.regions] == [f"{stem}州" for stem in "甲乙丙丁戊己庚辛"]
    assert [region.name.en for region in sample.regions] == [f"Prefecture {letter}" for letter in "ABCDEFGH"]
