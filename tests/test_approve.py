"""Approving: exactly the files that were built, by whom, in a record that only grows."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
from datetime import UTC, datetime
from pathlib import Path

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


def test_nobody_is_refused(small: Copy) -> None:
    small.build()

    assert "expected who approves" in refused(small, by="  ")


def test_whom_it_is_mailed_to_may_change_but_not_who_is_printed(small: Copy) -> None:
    small.overwrite(RECIPIENTS_FILE, RECIPIENT.encode())
    small.build()
    small.overwrite(RECIPIENTS_FILE, f"{RECIPIENT}    address: office@province.example\n".encode())
    approved(small)

    small.change(RECIPIENTS_FILE, "省政府办公厅", "市政府办公厅")
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
