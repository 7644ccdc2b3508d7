"""An issue that goes out a second time: to whom, as which correction, and to nobody twice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import ipreport
from helpers import Copy
from ipreport.cli import app
from ipreport.language import Localized
from ipreport.readers import RECIPIENTS_FILE
from mail_faults import DROP, Fault, Faulty
from mailed import RECIPIENTS, TO, approve, read, records, refused, send

REASON = Localized("有效发明专利数更正为357件。", "The count is 357.")
OTHER = Localized("标题更正。", "The title.")


def other_files(copy: Copy, old: str = '"369700"', new: str = '"369800"') -> None:
    """Build and approve the briefing with another number."""
    copy.change("metrics.yaml", old, new)
    copy.build(accept_warnings=True)
    approve(copy)


def corrections(copy: Copy) -> list[dict[str, object]]:
    file = records(copy) / "corrections.jsonl"
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] if file.exists() else []


def test_a_correction_that_went_to_some_goes_on_without_being_named_again(approved: Copy, faulty: Faulty) -> None:
    send(approved)
    other_files(approved)

    assert send(approved, only=[TO[0]], corrected=REASON).mailed == 1
    assert send(approved, only=[TO[2]]).mailed == 1
    assert dict(faulty.taken) == {TO[0]: 2, TO[1]: 1, TO[2]: 2}
    assert str(read(faulty, TO[2])["Subject"]).startswith("Correction: ")


def test_who_is_to_have_the_word_file_from_now_on_is_not_sent_the_pdf_again(approved: Copy, faulty: Faulty) -> None:
    send(approved)
    text = RECIPIENTS.replace(f"    address: {TO[0]}\n", f"    address: {TO[0]}\n    attachments: [pdf, docx]\n")
    approved.overwrite(
        RECIPIENTS_FILE,
        text.replace("    attachments: [pdf, docx]\n  - name: {zh: 各县", "  - name: {zh: 各县").encode(),
    )

    assert send(approved).mailed == 0
    assert set(faulty.taken.values()) == {1}
    other_files(approved)
    assert send(approved, corrected=REASON).mailed == 3
    assert [len([*read(faulty, address).iter_attachments()]) for address in TO] == [2, 1, 1]


def test_a_correction_begun_with_one_edition_takes_the_others_in_later_and_nobody_gets_it_twice(
    approved: Copy, faulty: Faulty
) -> None:
    send(approved)
    other_files(approved)

    assert send(approved, only=[TO[1]], corrected=REASON).mailed == 1
    assert send(approved, corrected=REASON).mailed == 2
    assert send(approved, corrected=REASON).mailed == 0
    assert set(faulty.taken.values()) == {2}


def test_a_recipient_who_joins_between_two_versions_gets_each_file_once(approved: Copy, faulty: Faulty) -> None:
    send(approved, only=[TO[0]])
    other_files(approved)

    assert send(approved, only=[TO[2]]).mailed == 1
    assert "with another document" in refused(approved)
    assert send(approved, corrected=REASON).mailed == 2
    assert dict(faulty.taken) == {TO[0]: 2, TO[1]: 1, TO[2]: 1}


def test_the_first_version_may_come_back_as_a_correction_of_the_correction(approved: Copy) -> None:
    send(approved)
    other_files(approved)
    send(approved, corrected=REASON)
    other_files(approved, '"369800"', '"369700"')

    assert "correction 1 of the bilingual edition of 2025Q3 was meant for" in refused(approved)
    report = send(approved, corrected=OTHER)
    assert (report.mailed, {entry.correction for entry in report.entries}) == (3, {2})
    assert [entry["number"] for entry in corrections(approved)] == [1, 2]


def test_a_correction_that_is_sent_again_says_so_again(approved: Copy, faulty: Faulty) -> None:
    send(approved)
    other_files(approved)
    faulty.faults.append(Fault("stored", DROP, TO[2], times=1))
    send(approved, corrected=REASON)
    first = faulty.messages[TO[2]]

    assert send(approved, resend=["unknown"], only=[TO[2]]).mailed == 1
    assert faulty.messages[TO[2]] == first
    assert str(read(faulty, TO[2])["Subject"]).startswith("Correction: ")


def test_one_correction_has_one_reason(approved: Copy, faulty: Faulty) -> None:
    send(approved)
    other_files(approved)
    send(approved, only=[TO[0]], corrected=REASON)

    assert "correction 1 was begun for another reason: 有效发明专利数更正为357件。 / The count is 357." in refused(
        approved, corrected=OTHER
    )
    assert set(faulty.taken.values()) == {1, 2}


def test_a_reason_is_in_every_language_that_somebody_reads(approved: Copy) -> None:
    send(approved)
    other_files(approved)

    only_chinese = Localized("更正。", "")
    assert "the reason of the correction is missing in English" in refused(approved, corrected=only_chinese)
    assert send(approved, only=[TO[1]], corrected=only_chinese).mailed == 1


def test_a_look_at_a_correction_begins_none(approved: Copy, faulty: Faulty, tmp_path: Path) -> None:
    send(approved)
    other_files(approved)

    def look(name: str, reason: Localized) -> None:
        ipreport.write_letters(
            approved.folder,
            tmp_path / name,
            corrected=reason,
            output=approved.root / "output",
            records=records(approved),
        )

    look("first", OTHER)
    look("second", REASON)
    assert corrections(approved) == []
    send(approved, corrected=REASON)
    for address in TO:
        assert (tmp_path / "second" / f"{address}.eml").read_bytes() == faulty.messages[address]


# --- what is listed ----------------------------------------------------------------------------


def test_what_was_only_looked_at_and_then_built_anew_is_no_mail(approved: Copy, tmp_path: Path) -> None:
    for _ in range(2):
        given = {"output": approved.root / "output", "records": records(approved)}
        ipreport.write_letters(approved.folder, tmp_path / "look", **given)
        other_files(approved, '"3697', '"3698') if _ == 0 else None

    found = ipreport.deliveries(approved.folder, records=records(approved))
    assert [(entry.address, entry.state) for entry in found.entries] == [(address, "queued") for address in TO]
    assert found.not_mailed == ()


def test_an_earlier_issue_is_listed_although_the_briefing_has_moved_on(approved: Copy, faulty: Faulty) -> None:
    faulty.faults.append(Fault("stored", DROP, TO[2]))
    send(approved)
    approved.overwrite("metrics.yaml", b"metrics: [")

    given = ["--records", str(records(approved))]
    ran = CliRunner().invoke(app, ["deliveries", str(approved.folder), *given, "--issue", "2025Q3"])
    assert (ran.exit_code, ran.output.splitlines()[-1]) == (3, "2025Q3: 2 sent, 1 unknown")
    ran = CliRunner().invoke(app, ["deliveries", str(approved.folder), *given, "--issue", "2025Q2"])
    assert ran.exit_code == 2
    assert "no mail of the issue '2025Q2' is in the ledger" in ran.output
    assert "mailed were: 2025Q3" in ran.output
    assert CliRunner().invoke(app, ["deliveries", str(approved.folder), *given]).exit_code == 2


def test_a_finding_that_came_up_later_keeps_nobody_from_seeing_who_has_what(approved: Copy) -> None:
    send(approved)
    approved.change("metrics.yaml", '"369700"', '"-369700"')

    assert len(ipreport.deliveries(approved.folder, records=records(approved)).entries) == 3


def test_a_list_that_cannot_be_written_is_a_problem(approved: Copy, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    given = ["--records", str(records(approved)), "--csv", str(tmp_path / "file" / "list.csv")]
    ran = CliRunner().invoke(app, ["deliveries", str(approved.folder), *given])
    assert ran.exit_code == 2, ran.output
    assert "list.csv" in ran.output


def test_a_mail_has_a_file_name_for_every_address(approved: Copy, tmp_path: Path) -> None:
    odd, long = "a/b*c?d|e%f@partner.example", f"{'x' * 64}@{'.'.join(['y' * 58] * 3)}.example"
    text = RECIPIENTS.replace(TO[0], odd).replace(TO[1], long)
    approved.overwrite(RECIPIENTS_FILE, text.encode())

    files = ipreport.write_letters(
        approved.folder, tmp_path / "look", output=approved.root / "output", records=records(approved)
    )
    names = [path.name for path in files]
    assert names[0] == "a%2Fb%2Ac%3Fd%7Ce%25f@partner.example.eml"
    assert names[1].startswith("xxx")
    assert len(names[1]) <= 220
    assert all(path.is_file() for path in files)


@pytest.mark.parametrize("other", [["--resend", "unknown"], ["--reconcile"], ["--rate", "2"]])
def test_a_dry_run_takes_no_orders_for_sending(approved: Copy, tmp_path: Path, other: list[str]) -> None:
    ran = CliRunner().invoke(app, ["send", str(approved.folder), "--dry-run", str(tmp_path / "look"), *other])
    assert ran.exit_code == 2
    assert "nothing is sent: leave out --resend, --reconcile and --rate" in " ".join(
        ran.output.replace("│", " ").split()
    )
    assert not (tmp_path / "look").exists()
