"""The Haixi briefing against the account it is compiled from: every value, its words, its contradictions."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

import ipreport
from helpers import HAIXI, HERE, Copy, copy_of
from ipreport.metrics import Metric, MetricSet, Qualifier, Status
from ipreport.problems import Level, ReportError
from ipreport.readers import read_metrics
from ipreport.rules import findings

ACCOUNT = (HERE / "data" / "haixi_account.txt").read_text(encoding="utf-8")

# The record, its value in base units, how firmly it is stated, its paragraph group, the account's words.
RECORDS = [
    ("patent_invention_in_force", "356", "exact", 1, "356 effective invention patents"),
    ("patent_invention_hv", "101", "exact", 1, "101 being high-value patents"),
    ("growth_rate", "15", "over", 1, "annual growth rate of over 15%"),
    ("patent_invention_per10k", "7.52", "exact", 1, "invention patents per ten thousand people is 7.52"),
    ("rank_in_province", "2", "exact", 1, "ranking second in the province"),
    ("patent_hv_per10k", "2.14", "exact", 1, "high-value invention patents per ten thousand people stand at 2.14"),
    ("joint_conference_members", "23", "exact", 1, "23 member units"),
    ("dispute_closed", "24", "exact", 2, "resolving 24 disputes"),
    ("mediation_success_rate", "90.9", "exact", 2, "a success rate of 90.9%"),
    ("penalty_cases", "17", "exact", 2, "17 administrative IP cases"),
    ("penalty_amount", "369700", "exact", 2, "fines totaling 369,700 yuan"),
    ("pledge_contract_amount", "2500000", "exact", 2, "2.5 million yuan in contracts signed"),
    ("pledge_loan_received", "2000000", "nearly", 2, "nearly 2 million yuan in funds secured"),
    ("pledge_single_loan", "10000000", "exact", 2, "the first 10 million yuan pure patent pledge loan in the province"),
    ("pledge_reg_amount_cum", "200000000", "exact", 2, "financing registration has reached 200 million"),
    ("ip_protection_centre", "1", "exact", 3, "the first IP protection center in the prefecture"),
    ("gi_brand_value", "19600000000", "over", 3, "surpassed a value of 19.6 billion yuan"),
    ("gi_users", "21", "exact", 3, "registered enterprises increasing to 21"),
    ("gi_product_converted", "9", "exact", 3, "nine agricultural products have been upgraded"),
    ("gi_typical_case", "1", "exact", 3, "recognized as a typical case"),
    ("trade_fair_intent_amount", "170000000", "exact", 3, "intentions for contracts worth 170 million yuan"),
]  # fmt: skip

UNITS = {
    "patent_invention_in_force": "patent", "patent_invention_hv": "patent", "growth_rate": "percent",
    "patent_invention_per10k": "per_10k_population", "rank_in_province": "place",
    "patent_hv_per10k": "per_10k_population", "joint_conference_members": "member_unit", "dispute_closed": "case",
    "mediation_success_rate": "percent", "penalty_cases": "case", "ip_protection_centre": "centre",
    "gi_users": "enterprise", "gi_product_converted": "product", "gi_typical_case": "model_case",
}  # fmt: skip
"""The units of what is not money."""

DOUBTED = {
    "R01": {"patent_hv_per10k"},
    "R02": {"patent_invention_per10k", "patent_hv_per10k"},
    "R03": {"mediation_success_rate"},
    "R05": {"pledge_single_loan", "pledge_loan_received", "pledge_contract_amount"},
    "R10": {"growth_rate"},
    "R17": {row[0] for row in RECORDS},
}
"""What each rule doubts: four contradictions, a growth without a basis, and that nothing is dated."""


@pytest.fixture(scope="module")
def metrics() -> MetricSet:
    return read_metrics(HAIXI / "metrics.yaml")


def sentences_of_group(number: int) -> str:
    """The sentences that the account marks with [1], [2] or [3]."""
    sentences = re.findall(r"- ([^\[]+?) \[(\d)\]", ACCOUNT)
    return " ".join(text for text, mark in sentences if mark == str(number))


def from_the_account(metrics: MetricSet) -> list[Metric]:
    return [metric for metric in metrics if metric.source.startswith("account-")]


@pytest.mark.parametrize(("key", "value", "qualifier", "group", "words"), RECORDS, ids=[row[0] for row in RECORDS])
def test_a_record_says_what_its_paragraph_group_says(
    metrics: MetricSet, key: str, value: str, qualifier: str, group: int, words: str
) -> None:
    record = metrics[key]

    assert record.value == Decimal(value)
    assert record.unit.key == UNITS.get(key, "yuan")
    assert record.qualifier is Qualifier(qualifier)
    assert record.source == f"account-{group}"
    assert metrics.source(record.source).marker == f"[{group}]"
    assert words in sentences_of_group(group)


NAMED_NOT_COUNTED = {"ip_protection_centre", "gi_typical_case"}
"""One centre and one case: the account counts them by naming them."""


@pytest.mark.parametrize(
    ("key", "value", "words"), [(row[0], row[1], row[4]) for row in RECORDS if row[0] not in NAMED_NOT_COUNTED]
)
def test_the_words_of_the_account_hold_the_number(metrics: MetricSet, key: str, value: str, words: str) -> None:
    names = {"2": "second", "9": "nine"}
    scales = {"million": 10**6, "billion": 10**9}
    said = re.search(r"(\d[\d,.]*\d|\d)(?: (million|billion))?", words)

    number = Decimal(said[1].replace(",", "")) * scales.get(said[2], 1) if said else None
    assert number == Decimal(value) or names[value] in words
    assert metrics[key].places == (len(value.partition(".")[2]))


def test_nothing_but_the_21_records_is_taken_from_the_account(metrics: MetricSet) -> None:
    assert [metric.key for metric in from_the_account(metrics)] == [row[0] for row in RECORDS]


def test_what_comes_from_elsewhere_says_from_where_and_of_what_day(metrics: MetricSet) -> None:
    others = {m.key: (m.value, m.source, str(m.period.end)) for m in metrics if not m.source.startswith("account-")}

    assert others == {
        "gi_users_2022": (Decimal(14), "press-2022", "2022-08-08"),
        "population_resident": (Decimal(473100), "population-2024", "2024-12-31"),
    }


def test_no_record_has_a_date_that_the_account_does_not_give(metrics: MetricSet) -> None:
    assert not re.search(r"20\d\d|January|quarter", ACCOUNT)
    assert not any(metric.period.known for metric in from_the_account(metrics))


def test_the_account_does_not_speak_of_an_issuing_office() -> None:
    briefing = (HAIXI / "briefing.yaml").read_text(encoding="utf-8")

    assert "issuer: {zh: 据公开报道编写，非机关印发" in briefing


def test_the_doubtful_values_are_those_that_the_rules_doubt(metrics: MetricSet) -> None:
    assert {finding.rule: set(finding.subjects) for finding in findings(metrics)} == DOUBTED
    blocked = {metric.key for metric in metrics if metric.status is Status.BLOCKED}
    assert blocked == DOUBTED["R05"]


def test_every_finding_is_acknowledged_and_nothing_is_typed_by_hand() -> None:
    assert ipreport.check(HAIXI) == ()


@pytest.mark.parametrize("rule", sorted(DOUBTED))
def test_without_its_acknowledgement_a_finding_stops_the_build(tmp_path: Path, rule: str) -> None:
    haixi = copy_of(HAIXI, tmp_path)
    without_acknowledgement(haixi, rule)

    problems = ipreport.check(haixi.folder)
    ruled = [problem for problem in problems if problem.rule == rule]
    assert len(ruled) == 1
    (problem,) = ruled
    assert problem.level is Level.BLOCK
    assert problem.origin is not None
    assert problem.origin.file == f"{haixi.folder.as_posix()}/metrics.yaml"
    assert "    value:" in line_of(haixi, problem.origin.line)
    assert problem.origin.pointer in DOUBTED[rule]
    assert problem.hints[0].startswith(f"correct the value, or accept it under 'acknowledged:' with rule: {rule}")
    with pytest.raises(ReportError, match=rf"block \[{rule}\]"):
        haixi.build()
    assert [path.name for path in haixi.root.iterdir()] == ["report"]


def test_a_blocked_value_needs_an_acknowledgement_of_its_own(tmp_path: Path) -> None:
    haixi = copy_of(HAIXI, tmp_path)
    without_acknowledgement(haixi, "R05")

    named = [str(problem.message) for problem in ipreport.check(haixi.folder) if problem.rule is None]
    assert named == [f"'{key}' is blocked and nobody has acknowledged it" for key in in_file_order(DOUBTED["R05"])]


def test_warnings_may_be_accepted_for_one_run_and_contradictions_that_block_may_not(tmp_path: Path) -> None:
    haixi = copy_of(HAIXI, tmp_path)
    for rule in DOUBTED:
        without_acknowledgement(haixi, rule)

    levels = {p.rule: p.level for p in ipreport.check(haixi.folder, accept_warnings=True) if p.rule is not None}
    warnings = {"R01": Level.WARN, "R02": Level.WARN, "R03": Level.WARN}
    assert levels == warnings | {"R05": Level.BLOCK, "R10": Level.BLOCK, "R17": Level.BLOCK}


def test_an_acknowledgement_of_something_else_does_not_count(tmp_path: Path) -> None:
    haixi = copy_of(HAIXI, tmp_path)
    haixi.change("metrics.yaml", 'values: {mediation_success_rate: "90.9"}', 'values: {dispute_closed: "24"}')

    problems = ipreport.check(haixi.folder)
    assert [(problem.level, problem.rule) for problem in problems] == [(Level.BLOCK, "R03"), (Level.WARN, None)]
    assert problems[1].message == "nothing to acknowledge: R03 finds nothing about dispute_closed"


def test_a_correction_of_the_source_makes_its_acknowledgement_needless(tmp_path: Path) -> None:
    haixi = copy_of(HAIXI, tmp_path)
    haixi.change("metrics.yaml", 'value: "90.9"', 'value: "91.7"')
    haixi.change(
        "metrics.yaml", 'mediation_success_rate: "90.9", penalty_cases', 'mediation_success_rate: "91.7", penalty_cases'
    )

    (problem,) = ipreport.check(haixi.folder)
    assert problem.level is Level.WARN
    assert problem.message == "nothing to acknowledge: R03 finds nothing about mediation_success_rate"


def test_an_acknowledgement_lapses_when_a_value_changes(tmp_path: Path) -> None:
    haixi = copy_of(HAIXI, tmp_path)
    haixi.change("metrics.yaml", 'value: "10000000"', 'value: "20000000"')

    finding, undated, *blocked = ipreport.check(haixi.folder)
    assert (finding.rule, finding.level) == ("R05", Level.BLOCK)
    assert (undated.rule, undated.level) == ("R17", Level.BLOCK)
    place = haixi.line_of("metrics.yaml", "  - rule: R05")
    assert haixi.shorten(finding.hints[0]) == (
        f"the acknowledgement at {place}:5 has lapsed: it was for pledge_single_loan: 10000000"
    )
    assert 'values: {pledge_single_loan: "20000000", pledge_loan_received: "2000000"' in finding.hints[1]
    assert [problem.message.split("'")[1] for problem in blocked] == in_file_order(DOUBTED["R05"])


def without_acknowledgement(haixi: Copy, rule: str) -> None:
    path = haixi.folder / "metrics.yaml"
    head, mark, tail = path.read_text(encoding="utf-8").partition("acknowledged:\n")
    entries = re.findall(r"  - rule: .*?(?=  - rule: |\Z)", tail, re.DOTALL)
    kept = [entry for entry in entries if not entry.startswith(f"  - rule: {rule}\n")]
    assert len(kept) == len(entries) - 1
    path.write_text(head + (mark + "".join(kept) if kept else ""), encoding="utf-8")


def line_of(haixi: Copy, number: int | None) -> str:
    assert number is not None
    return (haixi.folder / "metrics.yaml").read_text(encoding="utf-8").splitlines()[number - 1]


def in_file_order(keys: set[str]) -> list[str]:
    return [row[0] for row in RECORDS if row[0] in keys]
