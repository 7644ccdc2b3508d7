"""The manifest: every value of an issue, for the next one to be compared with; and what is no such file."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import ipreport
from helpers import BRIEFING, ISSUES, METRICS, PREVIOUS, Copy, everything_below, second_issue
from ipreport.cli import app
from ipreport.problems import EXIT_PROBLEMS, ReportError

# --- the manifest ---------------------------------------------------------------------------------


def test_the_manifest_records_every_value_a_line_in_an_order_of_its_own(published: Path) -> None:
    text = published.read_text(encoding="utf-8")
    record = json.loads(text)

    assert record["format"] == 2
    assert record["period"] == {"kind": "quarter", "start": "2025-04-01", "end": "2025-06-30"}
    assert record["region"] == "示例州"
    assert len(record["values"]) == 9
    lines = [line for line in text.splitlines() if '"metric"' in line]
    assert [json.loads(line.rstrip(",")) for line in lines] == record["values"]
    assert record["values"][4] == {
        "metric": "patent_invention_hv", "region": "示例州", "kind": "year", "start": "2025-01-01", "end": "2025-12-31",
        "key": "patent_invention_hv_target_2025", "value": "150", "unit": "patent", "places": 0, "qualifier": "exact",
        "status": "ok", "plan": "fyp",
    }  # fmt: skip
    assert "start" not in record["values"][1]
    assert "end" not in record["values"][1]


def test_the_manifest_does_not_depend_on_the_order_of_the_file(published: Path, tmp_path: Path) -> None:
    folder = tmp_path / "report" / "sample"
    shutil.copytree(ISSUES / "first", folder)
    path = folder / METRICS
    head, _, rows = path.read_text(encoding="utf-8").partition("metrics:\n")
    path.write_text(f"{head}metrics:\n{''.join(sorted(rows.splitlines(keepends=True)))}", encoding="utf-8")

    manifest = ipreport.build(folder, output=tmp_path / "output").manifest
    now, before = (json.loads(file.read_text(encoding="utf-8")) for file in (manifest, published))
    assert now["values"] == before["values"]
    assert now["inputs"] != before["inputs"]


def test_the_manifest_is_an_input_and_two_builds_are_the_same(published: Path, second: Copy, tmp_path: Path) -> None:
    built, again = second.build(), second_issue(tmp_path / "elsewhere", published).build()

    for one, other in zip((*built.documents, built.manifest), (*again.documents, again.manifest), strict=True):
        assert one.read_bytes() == other.read_bytes()
    inputs = json.loads(built.manifest.read_text(encoding="utf-8"))["inputs"]
    assert list(inputs) == [BRIEFING, METRICS, PREVIOUS]
    assert inputs[PREVIOUS]["bytes"] == published.stat().st_size


@pytest.mark.usefixtures("plain_only")
def test_a_manifest_given_on_the_command_line_takes_the_place_of_the_named_one(second: Copy) -> None:
    other = second.root / "kept" / "manifest.json"
    other.parent.mkdir()
    (second.folder / PREVIOUS).rename(other)

    assert len(second.check()) == 1
    built = second.build(previous=other)
    inputs = json.loads(built.manifest.read_text(encoding="utf-8"))["inputs"]
    assert "../../kept/manifest.json" in inputs
    assert [problem.message for problem in ipreport.check(second.folder, previous=other)] == []
    assert ipreport.explain(second.folder, "patents_june", previous=other).places
    for command in (["check"], ["explain", "patents_june"]):
        arguments = [command[0], str(second.folder), *command[1:], "--previous", str(other)]
        assert CliRunner().invoke(app, arguments, catch_exceptions=False).exit_code == 0
        assert CliRunner().invoke(app, arguments[:-2], catch_exceptions=False).exit_code == EXIT_PROBLEMS


def test_an_issue_of_a_folder_of_its_own_follows_the_one_before(second: Copy, published: Path) -> None:
    record = json.loads(published.read_text(encoding="utf-8"))
    folder = second.folder.with_name("sample-2025q3")
    second.folder.rename(folder)

    (folder / PREVIOUS).write_text(json.dumps(record | {"briefing": "sample-2025q2"}), encoding="utf-8")
    assert ipreport.check(folder) == ()


# --- files that are no manifest of the issue before ----------------------------------------------------

Change = Callable[[dict[str, Any]], object]
EXPECTED = "name the manifest.json that the build of the previous issue wrote into its folder in output/"
REBUILD = "build the previous issue again with this version of ipreport, and name its new manifest.json"

WRONG: list[tuple[str, Change, str, str]] = [
    (
        "earlier format",
        lambda record: [record.pop(key) for key in ("format", "values")],
        "the manifest is of an earlier format, which does not hold the values of its issue",
        REBUILD,
    ),
    (
        "later format",
        lambda record: record.update(format=3),
        "expected a manifest of format 2, found format 3",
        "install the version that wrote it",
    ),
    ("no values", lambda record: record.pop("values"), "the manifest is damaged: values: field required", REBUILD),
    (
        "a value that is no number",
        lambda record: record["values"][0].update(value="1e3"),
        "the manifest is damaged: values.0.value: string should match pattern",
        REBUILD,
    ),
    (
        "more places than digits",
        lambda record: record["values"][0].update(places=10**9),
        "the manifest is damaged: values.0.places: input should be less than or equal to 20",
        REBUILD,
    ),
    (
        "a unit of its own",
        lambda record: record["values"][0].update(unit="furlong"),
        "the manifest is damaged: unknown unit 'furlong'",
        REBUILD,
    ),
    (
        "another briefing",
        lambda record: record.update(briefing="other"),
        "expected a manifest of the briefing 'sample', found one of 'other'",
        EXPECTED,
    ),
    (
        "the same issue",
        lambda record: record.update(issue="2025Q3"),
        "expected the manifest of an earlier issue, found that of this one, 2025Q3",
        "keep a copy of the last issue's manifest.json and name that",
    ),
    (
        "a later date",
        lambda record: record.update(issue="2025Q4", date="2026-01-15"),
        "expected the manifest of an earlier issue than 2025Q3, found that of 2025Q4",
        EXPECTED,
    ),
    (
        "a later time",
        lambda record: record.update(issue="2025Q4", period={"kind": "quarter", "end": "2025-12-31"}),
        "expected the manifest of an earlier issue than 2025Q3, found that of 2025Q4",
        EXPECTED,
    ),
    ("other JSON", lambda record: record.pop("tool"), "expected a manifest, found some other JSON", EXPECTED),
]


@pytest.mark.parametrize(("change", "message", "hint"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG])
def test_another_manifest_is_refused(second: Copy, published: Path, change: Change, message: str, hint: str) -> None:
    record = json.loads(published.read_text(encoding="utf-8"))
    change(record)
    second.overwrite(PREVIOUS, json.dumps(record).encode())

    (problem,) = second.check()
    assert problem.startswith(f"{PREVIOUS}: block: {message}")
    assert problem.endswith(f"\n    hint: {hint}")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "expected a manifest, found a file that is no JSON"),
        (b"\xff\xfe", "expected a manifest, found a file that is no JSON"),
        (b"[" * 100_000, "expected a manifest, found a file that is no JSON"),
        (b"[]", "expected a manifest, found some other JSON"),
        (b'{"tool": "ipreport"}', "expected a manifest, found some other JSON"),
        (b'{"tool": {"name": "ipreport"}, "format": "2"}', "the manifest is of an earlier format"),
        (b'{"tool": {"name": "ipreport"}, "format": 2}', "the manifest is damaged: briefing: field required"),
    ],
)
def test_a_file_that_is_no_manifest_is_refused(second: Copy, content: bytes, message: str) -> None:
    second.overwrite(PREVIOUS, content)

    (problem,) = second.check()
    assert problem.startswith(f"{PREVIOUS}: block: {message}")


@pytest.mark.parametrize("name", ["../manifest.json", "/etc/hostname", "previous/../../manifest.json"])
def test_a_path_may_not_leave_the_folder(second: Copy, name: str) -> None:
    second.change(BRIEFING, PREVIOUS, name)

    (problem,) = second.check()
    assert problem.startswith("briefing.yaml:10:1: block: expected a file inside the briefing's folder, found '")
    assert problem.endswith("hint: copy the manifest.json of the last issue into the folder and name it from there")


def test_a_link_may_not_leave_the_folder_either(second: Copy, published: Path) -> None:
    (second.folder / PREVIOUS).unlink()
    (second.folder / PREVIOUS).symlink_to(published)

    assert "expected a file inside the briefing's folder" in second.check()[0]


def test_a_missing_file_is_named_where_it_is_asked_for(second: Copy) -> None:
    (second.folder / PREVIOUS).unlink()

    (named,) = second.check()
    assert named == (
        f"briefing.yaml:10:1: block: there is no file '{PREVIOUS}' (previous)\n"
        "    hint: copy the manifest.json of the last issue there, or leave the key out for a first issue"
    )
    (problem,) = ipreport.check(second.folder, previous=second.root / "none.json")
    assert problem.message == "the file cannot be read: no such file or directory"
    assert problem.hints == (EXPECTED,)


def test_a_refused_briefing_writes_nothing(second: Copy) -> None:
    second.overwrite(PREVIOUS, b"{}")
    before = everything_below(second.root)

    with pytest.raises(ReportError):
        second.build()
    assert everything_below(second.root) == before
