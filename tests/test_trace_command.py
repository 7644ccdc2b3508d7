"""`ipreport trace`: what it prints for people and for programs, and how it ends."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from docx_helpers import with_part
from ipreport.cli import app


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["trace", *arguments], catch_exceptions=False, env={"NO_COLOR": "1"})


@pytest.fixture
def edited(haixi: dict[str, Path], tmp_path: Path) -> Path:
    """The Chinese Word file with one value changed and one number typed in."""
    content = with_part(haixi["zh.docx"].read_bytes(), "word/document.xml", ">356件<", ">365件<")
    path = tmp_path / "edited.docx"
    path.write_bytes(with_part(content, "word/document.xml", "协同推进", "48次协同推进"))
    return path


def test_every_number_stands_on_a_line(haixi: dict[str, Path]) -> None:
    result = run(str(haixi["zh.pdf"]))

    first, *lines, last = result.stdout.splitlines()
    assert (result.exit_code, result.stderr) == (0, "")
    assert first == f"{haixi['zh.pdf'].as_posix()}: haixi issue-1, edition zh, 2026-11-22"
    assert any(
        line.split() == ["356件", "patent_invention_in_force", "metrics.yaml:46:5", "page", "1,", *line.split()[5:]]
        for line in lines
    )
    assert any(line.split()[:5] == ["2026年11月22日", "date", "or", "period", "page"] for line in lines)
    assert last == f"104 value, {len(lines) - 104} not data"


def test_one_number_is_shown_in_full(haixi: dict[str, Path]) -> None:
    result = run(str(haixi["zh.pdf"]), "36.97万元")

    assert result.exit_code == 0
    assert result.stdout.splitlines()[1:6] == [
        "penalty_amount  罚没款金额 / Fines and confiscations",
        "  record    metrics.yaml:117:5: 369700 (yuan)",
        "  period    not stated",
        (
            "  source    account-2: 《青海省海西州谱写知识产权强州建设新篇》，第二段组（执法与融资） / "
            "“Haixi Prefecture, Qinghai, writes a new chapter in building an IP-strong prefecture”, "
            "group 2 (enforcement and financing)"
        ),
        "  page 1, 本期要点 › paragraph 1: 36.97万元",
    ]


def test_a_derived_number_shows_formula_and_records(haixi: dict[str, Path]) -> None:
    result = run(str(haixi["en.docx"]), "28.4%")

    assert "  formula   101 ÷ 356 = 28.3707865169\n" in result.stdout
    assert "  rests on  patent_invention_hv: 101 (patent), metrics.yaml:51:5\n" in result.stdout


def test_what_is_not_data_says_what_it_is(haixi: dict[str, Path]) -> None:
    assert "GB/T 8170—2008  number of a cited standard or document\n" in run(str(haixi["zh.docx"]), "8170").stdout


def test_changes_end_with_exit_code_3(edited: Path) -> None:
    result = run(str(edited))

    assert result.exit_code == 3
    changed, typed = result.stderr.splitlines()
    assert changed == (
        "changed in the file [patent_invention_in_force]: recorded 356件, found 365件 (本期要点 › paragraph 1)"
    )
    assert typed.startswith("not from the records: 48 (知识产权创造 › paragraph ")
    assert result.stdout.splitlines()[-1].endswith("1 changed in the file, 1 not from the records")


def test_a_number_that_did_not_change_ends_with_0(edited: Path) -> None:
    assert run(str(edited), "36.97万元").exit_code == 0
    assert run(str(edited), "365").exit_code == 3


def test_json_holds_numbers_and_records(edited: Path) -> None:
    result = run(str(edited), "--json")

    found = json.loads(result.stdout)
    assert (result.exit_code, result.stderr) == (3, "")
    assert (found["briefing"], found["edition"], found["sound"]) == ("haixi", "zh", False)
    changed = next(number for number in found["numbers"] if number["kind"] == "changed in the file")
    assert changed == {
        "text": "365件",
        "kind": "changed in the file",
        "key": "patent_invention_in_force",
        "not_data": None,
        "recorded": "356件",
        "page": None,
        "where": "本期要点 › paragraph 1",
    }
    value = found["values"]["patent_invention_in_force"]
    assert (value["value"], value["unit"], value["origin"]) == ("356", "patent", "metrics.yaml:46:5")
    assert value["source"]["id"] == "account-1"


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_a_file_of_another_kind_is_a_problem(tmp_path: Path, options: tuple[str, ...]) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("356", encoding="utf-8")

    result = run(str(path), *options)
    assert result.exit_code == 2
    assert "expected a DOCX or PDF file, found neither" in result.output


def test_a_number_that_is_not_there_is_a_problem(haixi: dict[str, Path]) -> None:
    result = run(str(haixi["zh.docx"]), "999")

    assert result.exit_code == 2
    assert "'999' does not stand in the file" in result.stderr


def test_tracing_loads_nothing_that_makes_files(haixi: dict[str, Path]) -> None:
    code = (
        "import sys, ipreport\n"
        "for name in sys.argv[1:]: ipreport.trace(name)\n"
        "print(sorted({'matplotlib', 'reportlab', 'docx', 'pikepdf', 'jinja2', 'pydantic'} & set(sys.modules)))"
    )
    program = [sys.executable, "-c", code, str(haixi["zh.docx"]), str(haixi["zh.pdf"])]
    assert subprocess.run(program, check=True, capture_output=True, text=True).stdout == "[]\n"
