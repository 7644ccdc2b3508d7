"""Approving: exactly the files that were built, by whom, in a record that only grows."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import ipreport
from helpers import BRIEFING, Copy, refusal
from ipreport.cli import app
from ipreport.delivery import Approval, Approvals
from ipreport.problems import ReportError
from ipreport.readers import RECIPIENTS_FILE

pytestmark = pytest.mark.usefixtures("plain_only")
RECIPIENT = "report_to:\n  - name: {zh: 省政府办公厅, en: General Office}\n"


def approved(small: Copy, **options: object) -> Approval:
    given: dict[str, object] = {"by": "director/Zhang San", "output": small.root / "output", **options}
    return ipreport.approve(small.folder, records=small.root / "delivery", **given)  # type: ignore[arg-type]


def refused(small: Copy, **options: object) -> str:
    with pytest.raises(ReportError) as error:
        approved(small, **options)
    return small.shorten(refusal(error.value)).replace(small.root.as_posix(), "")


def record(small: Copy) -> Path:
    return small.root / "delivery" / "approvals.jsonl"


# --- what is approved ------------------------------------------------------------------------


def test_an_approval_names_the_bytes_of_every_document(small: Copy) -> None:
    built = small.build()

    before = datetime.now(UTC)
    approval = approved(small)

    assert (approval.by, approval.briefing) == ("director/Zhang San", small.folder.name)
    named = {name: digest for files in approval.files.values() for name, digest in files.items()}
    assert named == {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in built.documents}
    assert set(approval.files) == {"bilingual", "zh", "en"}
    assert approval.manifest == hashlib.sha256(built.manifest.read_bytes()).hexdigest()
    assert abs((approval.moment - before).total_seconds()) < 60
    assert Approvals(record(small)).all() == (approval,)


def test_one_edition_may_be_approved_alone(small: Copy) -> None:
    small.build()

    approved(small, editions=("zh",))

    kept = Approvals(record(small))
    (issue,) = {each.issue for each in kept.all()}
    assert kept.of(issue, "zh") is not None
    assert kept.of(issue, "en") is None
    assert kept.of("another", "zh") is None


def test_the_latest_approval_of_an_edition_counts(small: Copy) -> None:
    small.build()
    approved(small)
    later = approved(small, by="deputy/Li Si", editions=("en",))

    kept = Approvals(record(small))
    assert kept.of(later.issue, "en") == later
    assert kept.of(later.issue, "zh") == kept.all()[0]


# --- what is refused -------------------------------------------------------------------------


def test_an_issue_that_was_not_built_is_refused(small: Copy) -> None:
    assert "the issue has not been built" in refused(small)
    assert not record(small).exists()


def test_a_briefing_with_a_problem_is_refused(small: Copy) -> None:
    small.build()
    small.change(BRIEFING, "{{ figure('share') }}", "{{ figure('shares') }}")

    assert "'shares'" in refused(small)


def test_data_that_changed_since_the_build_are_refused(small: Copy) -> None:
    small.build()
    with (small.folder / "metrics.yaml").open("a", encoding="utf-8") as file:
        file.write("# a remark\n")

    assert refused(small).startswith("metrics.yaml: block: the file has changed since the issue was built")


def test_a_document_that_was_edited_is_refused(small: Copy) -> None:
    built = small.build()
    built.documents[0].write_bytes(b"edited")

    assert f"{built.documents[0].name}: block: the file is not the one that was built" in refused(small)


def test_a_document_that_is_gone_is_refused(small: Copy) -> None:
    built = small.build()
    built.documents[0].unlink()

    assert "the file is not there any more" in refused(small)


def test_an_edition_that_was_not_built_is_refused(small: Copy) -> None:
    small.build(editions=("zh",))

    assert "the edition 'en' was not built" in refused(small, editions=("en",))
    assert set(approved(small).files) == {"zh"}


def test_a_manifest_that_is_none_is_refused(small: Copy) -> None:
    small.build().manifest.write_text("[]", encoding="utf-8")

    assert "this is no manifest of a build" in refused(small)


def edited(small: Copy, change: Callable[[dict[str, Any]], object]) -> None:
    """Change the manifest of the built issue."""
    (manifest,) = (small.root / "output").rglob("manifest.json")
    record = json.loads(manifest.read_text(encoding="utf-8"))
    change(record)
    manifest.write_text(json.dumps(record), encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda record: record.update(draft=True), "these are the files of a draft"),
        (lambda record: record.pop("draft"), "these are the files of a draft"),
        (lambda record: record.update(briefing="other"), "of the briefing 'other', and this one is 'small'"),
        (lambda record: record.update(issue="2025Q2"), "files of the issue '2025Q2', and this one is '2025Q3'"),
        (lambda record: record["tool"].update(version="0.0.1"), "built by ipreport 0.0.1, and this is ipreport"),
        (lambda record: record.pop("tool"), "built by ipreport None, and this is ipreport"),
        (lambda record: record.update(theme="other"), "in the theme 'other', and briefing.yaml says"),
        (lambda record: record.update(fingerprint="0"), "not built from what the briefing says now"),
        (lambda record: record["documents"].clear(), "this is no manifest of a build"),
        (lambda record: record["editions"].clear(), "this is no manifest of a build"),
        (lambda record: record["editions"].append("fr"), "this is no manifest of a build"),
        (lambda record: record.update(signature="x"), "this is no manifest of a build"),
        (
            lambda record: record["documents"].update({"../x.zh.pdf": record["documents"]["small-2025Q3.zh.txt"]}),
            "this is no manifest of a build",
        ),
    ],
)
def test_a_manifest_of_something_else_is_refused(
    small: Copy, change: Callable[[dict[str, Any]], object], message: str
) -> None:
    small.build()
    edited(small, change)

    assert message in refused(small)
    assert not record(small).exists()


def test_the_files_of_a_draft_are_not_approved_wherever_they_are_put(small: Copy) -> None:
    draft = small.build(draft=True).manifest.parent
    for path in draft.iterdir():
        path.rename(draft.parent / path.name)

    assert "these are the files of a draft" in refused(small)


def test_files_of_a_briefing_that_was_renamed_are_built_anew(small: Copy) -> None:
    small.build()
    renamed = Copy(small.folder.rename(small.folder.with_name("other")))
    (small.root / "output" / "small").rename(small.root / "output" / "other")

    assert "these are files of the briefing 'small', and this one is 'other'" in refused(renamed)


def test_another_look_than_the_briefing_has_is_refused(small: Copy) -> None:
    small.build(theme="official")
    assert "in the theme 'official', and briefing.yaml says 'modern'" in refused(small)


def test_editions_are_told_apart_whatever_the_name_of_the_briefing(small: Copy) -> None:
    named = Copy(small.folder.rename(small.folder.with_name("a.zh.b")))
    named.build()

    for edition, files in approved(named).files.items():
        assert sorted(files) == [f"a.zh.b-2025Q3.{edition}.{ending}" for ending in ("md", "txt")]


@pytest.mark.parametrize(
    ("by", "message"),
    [
        ("  ", "expected who approves"),
        ("a\x1b[31m/A", "a character that cannot be seen (U+001B)"),
        ("a/A\u202eB", "a character that cannot be seen (U+202E)"),
        ("x" * 201, "expected at most 200 characters, found 201"),
    ],
)
def test_who_approves_is_a_line_of_words(small: Copy, by: str, message: str) -> None:
    small.build()

    assert refused(small, by=by).startswith("--by: block: ")
    assert message in refused(small, by=by)
    assert approved(small, by=" 处长/张三\n (deputy) ").by == "处长/张三 (deputy)"
    assert approved(small, by="x" * 200).by == "x" * 200
    assert approved(small, by="科长/\ue000\U0003fffd").by == "科长/\ue000\U0003fffd"  # rare, or newer than this Python


def test_everything_that_is_wrong_comes_together(small: Copy) -> None:
    built = small.build()
    built.documents[0].write_bytes(b"edited")
    with (small.folder / "metrics.yaml").open("a", encoding="utf-8") as file:
        file.write("# a remark\n")

    with pytest.raises(ReportError) as error:
        approved(small, by="")
    assert [problem.message for problem in error.value.problems] == [
        "expected who approves, found nothing",
        "the file has changed since the issue was built",
        "the file is not the one that was built",
    ]


def test_a_folder_of_records_that_cannot_be_is_refused(small: Copy) -> None:
    small.build()
    (small.root / "delivery").write_text("", encoding="utf-8")

    assert "/delivery: block: the file cannot be used as a folder: " in refused(small)


def test_whom_it_is_mailed_to_may_change_but_not_who_is_printed(small: Copy) -> None:
    small.overwrite(RECIPIENTS_FILE, RECIPIENT.encode())
    small.build()
    small.overwrite(RECIPIENTS_FILE, f"{RECIPIENT}    address: office@province.example\n".encode())
    approved(small)

    small.change(RECIPIENTS_FILE, "省政府办公厅", "市政府办公厅")
    assert refused(small).startswith("recipients.yaml: block: the file has changed since the issue was built")


def test_who_is_only_mailed_to_may_be_listed_after_the_build(small: Copy) -> None:
    small.build()
    small.overwrite(RECIPIENTS_FILE, f"{RECIPIENT}    print: false\n    address: a@office.example\n".encode())

    approved(small)


def test_a_slash_in_a_name_does_not_hide_that_it_was_moved(small: Copy) -> None:
    small.overwrite(RECIPIENTS_FILE, b"report_to:\n  - name: {zh: A / B, en: C}\n")
    small.build()
    small.overwrite(RECIPIENTS_FILE, b"report_to:\n  - name: {zh: A, en: B / C}\n")

    assert refused(small).startswith("recipients.yaml: block: the file has changed since the issue was built")


# --- the record ------------------------------------------------------------------------------


def test_a_line_that_was_changed_or_taken_out_is_noticed(small: Copy) -> None:
    small.build()
    for name in ("a/A", "b/B", "c/C"):
        approved(small, by=name)
    lines = record(small).read_bytes().splitlines(keepends=True)

    for spoiled, line in (
        ([lines[0], lines[1].replace(b"b/B", b"d/D"), lines[2]], 3),
        ([lines[0], lines[2]], 2),
        ([*lines[1:]], 1),
        ([lines[0], b"{}\n"], 2),
    ):
        record(small).write_bytes(b"".join(spoiled))
        with pytest.raises(ReportError) as error:
            Approvals(record(small)).all()
        assert f"approvals.jsonl:{line}: block" in refusal(error.value)


def test_a_line_that_was_not_written_to_its_end_has_approved_nothing(small: Copy) -> None:
    small.build()
    approved(small)
    whole = record(small).read_bytes()
    record(small).write_bytes(whole + whole[: len(whole) // 2])

    assert len(Approvals(record(small)).all()) == 1
    approved(small, by="deputy/Li Si")
    assert [each.by for each in Approvals(record(small)).all()] == ["director/Zhang San", "deputy/Li Si"]
    assert record(small).read_bytes().startswith(whole)


def _approve_often(file: Path, name: str) -> None:
    for _ in range(20):
        Approvals(file).add(Approval(datetime.now(UTC), name, "b", "i", "m", {"zh": {"x.pdf": "0"}}))


def test_approvals_at_the_same_time_all_stand_in_the_record(tmp_path: Path) -> None:
    file = tmp_path / "approvals.jsonl"
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_approve_often, args=(file, name)) for name in ("a", "b", "c")]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sorted(each.by for each in Approvals(file).all()) == [*"a" * 20, *"b" * 20, *"c" * 20]


# --- the command -----------------------------------------------------------------------------


def test_the_command_says_who_has_approved_what(small: Copy) -> None:
    built = small.build()
    given = ["approve", str(small.folder), "--by", "director/Zhang San", "--output", str(small.root / "output")]
    given += ["--records", str(small.root / "delivery")]

    shown = CliRunner().invoke(app, given)
    assert shown.exit_code == 0
    assert "approved by director/Zhang San" in shown.output
    assert all(path.name in shown.output for path in built.documents)

    told = json.loads(CliRunner().invoke(app, [*given, "--edition", "zh", "--json"]).output)
    assert list(told["files"]) == ["zh"]

    (small.folder / "metrics.yaml").unlink()
    assert CliRunner().invoke(app, given).exit_code == 2
