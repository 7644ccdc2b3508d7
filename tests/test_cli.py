"""The command line: what it says to people and to programs, and how it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import ipreport
from helpers import HAIXI, Copy, everything_below
from ipreport.cli import app

COMMANDS = ("build", "catalogue", "check", "explain", "figures", "new", "template", "trace")
HEAVY = ("matplotlib", "numpy", "reportlab", "docx", "pikepdf")


def run(*arguments: str) -> Result:
    """The outcome of a command; an error of the program itself is raised."""
    return CliRunner().invoke(app, list(arguments), catch_exceptions=False, env={"COLUMNS": "120", "NO_COLOR": "1"})


def python(code: str, *arguments: str) -> str:
    """What a fresh interpreter prints."""
    program = [sys.executable, "-c", code, *arguments]
    return subprocess.run(program, check=True, capture_output=True, text=True, encoding="utf-8").stdout


# --- help -----------------------------------------------------------------------------------


def test_help_says_what_it_is_for_how_to_begin_and_how_it_ends() -> None:
    words = run("--help").stdout

    for command in COMMANDS:
        assert f" {command} " in words
    assert "知识产权工作简报" in words
    assert "ipreport new qinghai-2025q3" in words
    assert "Exit codes: 0 done, 2 the input has problems, 1 a fault of the program." in words


def test_no_command_shows_the_help() -> None:
    assert "知识产权工作简报" in run().output


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_each_of_its_options_has_help(command: str) -> None:
    words = run(command, "--help").stdout

    described = [line.strip("│ ") for line in words.splitlines() if "--" in line and "Usage" not in line]
    assert described
    assert all(len(line.split("  ")[-1].split()) > 1 for line in described), described
    assert "--json" in words


def test_version_is_the_version_of_the_package() -> None:
    assert run("--version").stdout == f"ipreport {ipreport.__version__}\n"


def test_it_runs_as_a_module() -> None:
    program = [sys.executable, "-m", "ipreport", "--version"]
    assert subprocess.run(program, check=True, capture_output=True, text=True).stdout.startswith("ipreport ")


# --- exit codes and channels -------------------------------------------------------------------


def test_a_briefing_without_problems_checks_quietly() -> None:
    result = run("check", str(HAIXI))

    assert (result.exit_code, result.stdout, result.stderr) == (0, "no problems\n", "")


@pytest.mark.usefixtures("plain_only")
def test_a_build_says_what_it_wrote_and_where_and_is_quiet_otherwise(small: Copy) -> None:
    output, figures = (small.root / name for name in ("output", "figures"))

    result = run("build", str(small.folder), "--output", str(output), "--figures", str(figures), "--edition", "zh")

    assert (result.exit_code, result.stderr) == (0, "")
    first, *documents, manifest, charts = result.stdout.splitlines()
    assert first == f"2 documents in {output.as_posix()}/small/2025Q3/"
    assert [line.split()[0] for line in documents] == ["small-2025Q3.zh.txt", "small-2025Q3.zh.md"]
    assert manifest == "  manifest.json"
    assert charts == f"1 charts as 2 SVG and PNG files in {figures.as_posix()}/small/2025Q3/"


@pytest.mark.parametrize("command", ["check", "build"])
def test_problems_go_to_stderr_with_their_number_and_exit_code_2(small: Copy, command: str) -> None:
    small.change("metrics.yaml", "unit: yuan", "unit: yaun")

    result = run(command, str(small.folder))

    assert (result.exit_code, result.stdout) == (2, "")
    assert small.shorten(result.stderr) == (
        "metrics.yaml:18:5: block: unknown unit 'yaun' (metrics[2].unit)\n"
        "    hint: did you mean 'yuan'?\n"
        "1 blocking, 0 other problem(s); nothing was written\n"
    )
    assert not (small.root / "output").exists()


def test_warnings_alone_do_not_fail_a_check(small: Copy) -> None:
    small.change("briefing.yaml", "There are", "In 12 places there are")
    small.change("briefing.yaml", "有效发明", "在十二处，有效发明")

    result = run("check", str(small.folder))

    assert result.exit_code == 0
    assert small.shorten(result.stderr) == (
        "briefing.yaml:16:11: warn: the number '12' is typed by hand in the English text "
        "(sections[0].blocks[0].text.en)\n"
        "    hint: show a metric instead, so that the number has one source\n"
        "0 blocking, 1 other problem(s)\n"
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "nosuch"),
        ("build", "nosuch"),
        ("figures", "nosuch"),
        ("figures", str(HAIXI), "x"),
        ("explain", "nosuch", "x"),
        ("explain", str(HAIXI), "x"),
        ("new", "../x"),
    ],
)
def test_every_command_ends_with_2_when_its_input_has_problems(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)

    assert (result.exit_code, result.stdout) == (2, "")
    assert ": block: " in result.stderr
    assert "    hint: " in result.stderr


@pytest.mark.parametrize("arguments", [("biuld", "haixi"), ("build",), ("check", "--nosuch"), ("new", "-x")])
def test_a_command_that_is_none_ends_with_2_too(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)

    assert (result.exit_code, result.stdout) == (2, "")
    assert "Usage" in result.stderr


def test_a_fault_of_the_program_keeps_its_traceback(small: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> bytes:
        raise ZeroDivisionError

    monkeypatch.setattr("ipreport.pipeline.story.WRITERS", {"txt": fail})

    with pytest.raises(ZeroDivisionError):
        run("build", str(small.folder))


# --- explain and new ---------------------------------------------------------------------------


def test_explain_prints_record_source_words_and_places() -> None:
    lines = run("explain", str(HAIXI), "pledge_single_loan").stdout.splitlines()

    assert lines[0].split() == [
        "pledge_single_loan",
        *["全省首笔纯专利质押贷款金额", "/", "First", "patent-only", "pledge", "loan", "in", "the", "province"],
    ]
    assert lines[1].startswith(f"  record    {HAIXI.as_posix()}/metrics.yaml:")
    assert lines[1].endswith(": 10000000 (yuan)")
    assert lines[2].startswith("  source    ")
    assert lines[3] == "  words     1000万元 / 10 million yuan"
    assert lines[4].startswith("  in doubt  ④ R05 ")
    assert {line.split()[0] for line in lines[5:]} == {"bilingual", "zh", "en"}


def test_a_value_that_is_shown_nowhere_says_so(small: Copy) -> None:
    small.change("briefing.yaml", ", penalty_amount, gi_product", ", gi_product")

    assert run("explain", str(small.folder), "penalty_amount").stdout.endswith("  appears nowhere\n")


def test_new_says_what_to_do_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert run("new", "qinghai").stdout == (
        "made report/qinghai/ with briefing.yaml and metrics.yaml\nedit them, then: ipreport build qinghai\n"
    )
    assert run("new", "qinghai", "--reports", "other").stdout.endswith("then: ipreport build other/qinghai\n")
    assert sorted(everything_below(tmp_path)) == [
        "other/qinghai/briefing.yaml", "other/qinghai/metrics.yaml",
        "report/qinghai/briefing.yaml", "report/qinghai/metrics.yaml",
    ]  # fmt: skip


# --- JSON --------------------------------------------------------------------------------------


def test_problems_as_json_have_all_their_parts(small: Copy) -> None:
    small.change("metrics.yaml", "unit: yuan", "unit: yaun")

    for command in ("check", "build"):
        result = run(command, str(small.folder), "--json")
        assert (result.exit_code, result.stderr) == (2, "")
        assert json.loads(result.stdout) == {
            "problems": [
                {
                    "level": "block",
                    "rule": None,
                    "message": "unknown unit 'yaun'",
                    "file": f"{small.folder.as_posix()}/metrics.yaml",
                    "line": 18,
                    "column": 5,
                    "cell": None,
                    "pointer": "metrics[2].unit",
                    "hints": ["did you mean 'yuan'?"],
                }
            ]
        }


def test_a_check_without_problems_is_an_empty_list() -> None:
    assert json.loads(run("check", str(HAIXI), "--json").stdout) == {"problems": []}


@pytest.mark.usefixtures("plain_only")
def test_a_build_as_json_names_every_file(small: Copy) -> None:
    output, figures = (small.root / name for name in ("output", "figures"))

    result = run("build", str(small.folder), "--output", str(output), "--figures", str(figures), "--json")

    record = json.loads(result.stdout)
    assert record.keys() == {"documents", "figures", "manifest", "warnings"}
    named = [*record["documents"], *record["figures"], record["manifest"]]
    assert sorted(named) == sorted(
        path.as_posix() for folder in (output, figures) for path in folder.rglob("*") if path.is_file()
    )
    assert record["warnings"] == []


def test_explain_and_new_as_json(tmp_path: Path) -> None:
    explained = json.loads(run("explain", str(HAIXI), "penalty_amount", "--json").stdout)
    assert explained["words"] == {"zh": "36.97万元", "en": "369,700 yuan"}
    assert {place["edition"] for place in explained["places"]} == {"bilingual", "zh", "en"}

    made = json.loads(run("new", "x", "--reports", str(tmp_path), "--json").stdout)
    assert made == {"folder": f"{tmp_path.as_posix()}/x"}


# --- what is loaded ------------------------------------------------------------------------------

LOADED = """
import sys
from typer.testing import CliRunner
from ipreport.cli import app
result = CliRunner().invoke(app, sys.argv[1:], catch_exceptions=False)
assert result.exit_code == 0, result.output
print(",".join(sorted({name.partition(".")[0] for name in sys.modules})))
"""


@pytest.mark.parametrize("arguments", [("--help",), ("check", str(HAIXI)), ("--version",)])
def test_help_and_check_load_no_heavy_library(arguments: tuple[str, ...]) -> None:
    loaded = set(python(LOADED, *arguments).strip().split(","))

    assert "ipreport" in loaded
    assert loaded & set(HEAVY) == set()


def test_importing_the_package_loads_none_of_its_libraries() -> None:
    loaded = python("import sys, ipreport; print(','.join(sorted({n.partition('.')[0] for n in sys.modules})))")

    ours = {"jinja2", "pydantic", "ruamel", "babel", "typer", "rich", *HEAVY}
    assert set(loaded.strip().split(",")) & ours == set()


def test_a_terminal_that_is_not_utf8_prints_chinese_all_the_same() -> None:
    program = [sys.executable, "-m", "ipreport", "--help"]
    environment = os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    result = subprocess.run(program, env=environment, check=True, capture_output=True)

    assert "知识产权工作简报" in result.stdout.decode("utf-8")
