"""Regions, targets and versions of a definition: read with their places, and asked for by what is beside them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ipreport.metrics import Basis, MetricSet, earlier, is_allowed, same_caliber
from ipreport.problems import Problem, ReportError
from ipreport.readers import read_metrics

HEAD = """
region: {zh: 甲省, en: Province A}
regions:
  - {id: east, name: {zh: 东州, en: East}, within: 甲省}
  - {id: west, name: {zh: 西州, en: West}, within: 甲省}
  - {id: north, name: {zh: 北州, en: North}, within: 甲省}
peers: {zh: 市州, en: prefectures}
sources:
  - {id: s, title: {zh: 表, en: Table}}
plans:
  - {id: plan, name: {zh: 五年规划, en: Five-year plan}}
  - {id: year, name: {zh: 年度计划, en: Annual plan}, annual: true}
targets:
  - {metric: tm_valid, plan: plan, year: 2025, value: "120", unit: trademark, source: s}
  - {metric: tm_valid, plan: year, year: 2025, value: "110", unit: trademark, source: s, id: tm_valid_this_year}
metrics:
"""
ROW = '  - {{metric: {metric}, id: {id}, value: "{value}", unit: {unit}, period: {period}, source: s{more}}}\n'


def row(key: str, value: str, period: str = "2025-09-30", more: str = "", metric: str = "tm_valid") -> str:
    unit = {"tm_valid": "trademark", "gi_product": "product"}[metric]
    return ROW.format(metric=metric, id=key, value=value, unit=unit, period=period, more=more)


def metrics(folder: Path, *rows: str, head: str = HEAD) -> MetricSet:
    path = folder / "metrics.yaml"
    path.write_text(head + "".join(rows), encoding="utf-8")
    return read_metrics(path)


def problems_of(action: Callable[[], object]) -> tuple[Problem, ...]:
    with pytest.raises(ReportError) as raised:
        action()
    return raised.value.problems


def test_a_region_is_named_by_id_or_by_either_name(tmp_path: Path) -> None:
    names = ["east", "东州", "East"]
    read = metrics(tmp_path, *(row(f"m{n}", "1", more=f", region: {name}") for n, name in enumerate(names)))
    assert {metric.region for metric in read} == {"east"}
    assert read.region_named("east").en == "East"
    assert read.region_named(read.home) == read.region


def test_peers_are_the_regions_within_the_same_one_at_the_same_time(tmp_path: Path) -> None:
    read = metrics(
        tmp_path,
        row("home", "9"),
        row("e", "1", more=", region: east"),
        row("w", "2", more=", region: west"),
        row("n_before", "3", "2025-06-30", ", region: north"),
    )
    assert [peer.key for peer in read.peers_of(read["e"])] == ["w"]
    assert read.peers_of(read["home"]) == ()


def test_the_target_of_the_year_is_found_and_the_annual_one_first(tmp_path: Path) -> None:
    read = metrics(tmp_path, row("now", "100"), row("later", "100", "2026-03-31"), row("undated", "1", "unknown"))
    target = read.target_of(read["now"])
    assert target is not None
    assert target.key == "tm_valid_this_year"
    assert target.plan is not None
    assert target.plan.annual
    assert read["tm_valid_target_2025"].value == 120
    assert read.target_of(read["later"]) is None
    assert read.target_of(read["undated"]) is None
    assert "tm_valid_target_2025" not in {metric.key for metric in read}


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (row("e", "1", more=", region: eest"), "unknown region 'eest'"),
        (row("tm_valid_this_year", "1"), "'tm_valid_this_year' stands twice"),
    ],
)
def test_wrong_rows_are_told_with_their_line(tmp_path: Path, wrong: str, message: str) -> None:
    found = problems_of(lambda: metrics(tmp_path, wrong))
    assert any(message in problem.message and problem.origin and problem.origin.line for problem in found)


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("within: 甲省}\n  - {id: west", "within: 乙省}\n  - {id: west", "unknown region '乙省'"),
        ("within: 甲省}\n  - {id: west", "within: east}\n  - {id: west", "is within itself"),
        ("{id: west,", "{id: east,", "the region 'east' stands twice"),
        ("plan: plan, year", "plan: plam, year", "unknown plan 'plam'"),
        ('value: "120"', "value: missing", "a target needs a value"),
        ("id: tm_valid_this_year", "id: none", "expected an id of its own, found 'none'"),
        ("- {id: year, name", "- {id: plan, name", "a plan stands twice"),
    ],
)
def test_wrong_regions_and_targets_are_told_with_their_line(
    tmp_path: Path, before: str, after: str, message: str
) -> None:
    head = HEAD.replace(before, after, 1)
    assert head != HEAD
    found = problems_of(lambda: metrics(tmp_path, row("now", "1"), head=head))
    assert any(message in problem.message and problem.origin and problem.origin.line for problem in found)


def test_a_break_of_the_catalogue_or_another_version_ends_a_series(tmp_path: Path) -> None:
    read = metrics(
        tmp_path,
        row("gi_before", "1", "2025-06-30", metric="gi_product"),
        row("gi_now", "2", "2025-09-30", metric="gi_product"),
        row("a", "1", "2024-09-30"),
        row("b", "2", "2025-09-30"),
        row("c", "3", "2025-09-30", ", caliber: '2025'"),
        row("d", "3", "2024-09-30", ", caliber: '2025'"),
    )
    assert not same_caliber(read["gi_now"], read["gi_before"])
    assert same_caliber(read["b"], read["a"])
    assert not same_caliber(read["c"], read["a"])
    assert same_caliber(read["c"], read["d"])


def test_the_like_period_is_found_and_the_catalogue_says_what_may_be_compared(tmp_path: Path) -> None:
    read = metrics(tmp_path, row("a", "1", "2024-09-30"), row("b", "2"), row("g", "2", metric="gi_product"))
    found = earlier(read, read["b"], Basis.YEAR)
    assert found is not None
    assert found.key == "a"
    assert earlier(read, read["a"], Basis.YEAR) is None
    assert is_allowed(read["b"], Basis.QUARTER)
    assert not is_allowed(read["g"], Basis.YEAR)


def test_a_finding_about_a_target_can_be_acknowledged(tmp_path: Path) -> None:
    accepted = (
        'acknowledged:\n  - {rule: R20, values: {tm_valid_this_year: "110"}, date: 2025-10-15, '
        "by: {zh: 甲, en: A}, reason: {zh: 已核, en: Checked}}\n"
    )
    read = metrics(tmp_path, row("now", "100"), accepted)
    assert read.acknowledgements[0].lapsed(read) == ()

    changed = metrics(tmp_path, row("now", "100"), accepted, head=HEAD.replace('value: "110"', 'value: "111"'))
    assert changed.acknowledgements[0].lapsed(changed) != ()


def test_exactly_the_same_time_is_that_of_start_and_end(tmp_path: Path) -> None:
    read = metrics(tmp_path, row("a", "1"), row("b", "2", "2025Q3"), row("c", "3", "unknown"), row("d", "4", "unknown"))
    assert [metric.key for metric in read.at("tm_valid", read.home, read["a"].period)] == ["a"]
    assert [metric.key for metric in read.at("tm_valid", read.home, read["b"].period)] == ["b"]
    assert [metric.key for metric in read.at("tm_valid", read.home, read["c"].period)] == ["c", "d"]
    assert read.at("tm_valid", "east", read["a"].period) == ()
