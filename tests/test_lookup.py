"""Looking metrics up: by id, name, term or abbreviation, for people and for programs."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from typer.testing import CliRunner, Result

import ipreport
from helpers import Copy
from ipreport.cli import app
from test_office_catalogue import OWN, add


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["catalogue", *arguments], catch_exceptions=False)


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("penalty_amount", "penalty_amount"),
        ("罚没", "penalty_amount"),
        ("FINES", "penalty_amount"),
        ("pct", "pct_app"),
        ("ＰＣＴ", "pct_app"),
        ("结案量", "dispute_closed"),
        ("pledge 10 million", "pledge_sme"),
        ("每万人口 高价值", "patent_hv_per10k"),
        ("IC", "ic_layout"),
    ],
)
def test_a_metric_is_found_by_id_name_term_or_abbreviation(words: str, first: str) -> None:
    assert ipreport.catalogue(words)[0].definition.id == first


def test_every_word_must_match() -> None:
    assert {entry.definition.id for entry in ipreport.catalogue("GI 用标")} == {"gi_users"}
    assert ipreport.catalogue("GI nosuchword") == ()


def test_a_whole_knows_its_parts() -> None:
    (entry,) = ipreport.catalogue("patent_grant_total")

    assert entry.parts == ("patent_grant_invention", "patent_grant_um", "patent_grant_design")


def test_lines_are_aligned_below_one_another() -> None:
    assert run("代理").stdout.splitlines() == [
        "agencies   知识产权代理机构数  IP agencies           家",
        "attorneys  执业代理师数        Practising attorneys  人",
    ]


def test_one_metric_is_shown_in_full() -> None:
    words = run("gi_product").stdout

    assert "  break       全国数由2025年年中的2861个" in words
    assert "  over time   last; compared by nothing" in words
    assert "  values      from 0 with 0 decimals" in words


def test_without_words_every_metric_is_listed() -> None:
    assert len(run().stdout.splitlines()) == len(ipreport.catalogue())


def test_nothing_found_is_said_and_is_no_fault() -> None:
    result = run("nosuchword")

    assert (result.exit_code, result.stdout) == (0, "")
    assert "no metric matches" in result.stderr


def test_programs_get_every_field(small: Copy) -> None:
    path = add(small.folder, OWN)

    (record,) = json.loads(run("--briefing", str(small.folder), "--json", "工作站").stdout)["metrics"]
    assert record["id"] == "station_count"
    assert record["name"] == {"zh": "知识产权工作站数", "en": "IP work stations"}
    assert record["periods"] == ["as_of"]
    assert record["origin"] == f"{path.as_posix()}:1:1"

    (record,) = json.loads(run("--json", "penalty_amount").stdout)["metrics"]
    assert (record["average_over"], record["sum_of"]) == ("penalty_cases", [])


def test_problems_of_the_office_s_file_end_with_exit_code_2(small: Copy) -> None:
    add(small.folder, "x: 1\n")

    assert run("--briefing", str(small.folder)).exit_code == 2
    assert run("--briefing", "nosuch").exit_code == 2


def test_looking_up_loads_nothing_that_draws_or_writes() -> None:
    heavy = ("matplotlib", "numpy", "reportlab", "docx", "jinja2", "pikepdf", "babel")
    code = (
        "import sys\nfrom typer.testing import CliRunner\nfrom ipreport.cli import app\n"
        "result = CliRunner().invoke(app, ['catalogue', '专利'])\n"
        f"print(result.exit_code, [name for name in {heavy} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, encoding="utf-8")
    assert done.stdout == "0 []\n"
