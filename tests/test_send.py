"""From an approved issue to its recipients: through a real SMTP faulty, once, and accounted for."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import ipreport
from helpers import Copy, refusal
from ipreport.cli import app
from ipreport.language import Localized
from ipreport.problems import ReportError
from ipreport.readers import RECIPIENTS_FILE
from mail_faults import DROP, PASSWORD, Fault, Faulty
from mailed import RECIPIENTS, TO, approve, document, read, records, refused, send

# --- what arrives ------------------------------------------------------------------------------


def test_everybody_with_an_address_gets_the_approved_files(approved: Copy, faulty: Faulty) -> None:
    report = send(approved)

    assert (report.mailed, report.problems) == (3, ())
    assert dict(faulty.taken) == dict.fromkeys(TO, 1)
    for address, endings in zip(TO, (["bilingual.pdf"], ["zh.pdf"], ["bilingual.pdf", "bilingual.docx"]), strict=True):
        attached = [part.get_payload(decode=True) for part in read(faulty, address).iter_attachments()]
        assert attached == [document(approved, ending) for ending in endings]
        digest = "+".join(hashlib.sha256(document(approved, ending)).hexdigest() for ending in endings)
        assert next(entry for entry in report.entries if entry.address == address).document == digest


def test_a_mail_says_what_the_briefing_says_in_the_order_of_its_recipient(approved: Copy, faulty: Faulty) -> None:
    send(approved)

    office, science, partner = (read(faulty, address) for address in TO)
    assert str(office["From"]) == "示例州知识产权局 <briefing@office.example>"
    assert str(partner["From"]) == "IP Office <briefing@office.example>"
    assert str(office["To"]) == "省政府办公厅 <office@province.example>"
    assert str(office["Reply-To"]) == "secretary@office.example"
    assert (office["Content-Language"], partner["Content-Language"]) == ("zh-CN, en-US", "en-US, zh-CN")
    assert str(office["Subject"]).startswith("【")
    assert not str(partner["Subject"]).startswith("【")
    text = science.get_body(("plain",)).get_content()  # type: ignore[union-attr]  # it has one
    assert "附件" in text
    assert "Attachments" not in text


# --- once --------------------------------------------------------------------------------------


def test_a_second_run_sends_nothing(approved: Copy, faulty: Faulty) -> None:
    send(approved)

    assert send(approved).mailed == 0
    assert set(faulty.taken.values()) == {1}


def test_a_recipient_who_is_added_later_gets_it_alone(approved: Copy, faulty: Faulty) -> None:
    send(approved)
    added = RECIPIENTS.replace("en: Counties}", "en: Counties}\n    address: counties@office.example")
    approved.overwrite(RECIPIENTS_FILE, added.encode())

    assert send(approved).mailed == 1
    assert faulty.taken["counties@office.example"] == 1
    assert set(faulty.taken.values()) == {1}


def test_only_some_are_sent_to(approved: Copy, faulty: Faulty) -> None:
    assert send(approved, only=["copy_to"]).mailed == 1
    assert send(approved, only=["JOHN.DOE@partner.example"]).mailed == 1
    assert set(faulty.taken) == set(TO[1:])

    assert "'someone@else.example' is no recipient" in refused(approved, only=["someone@else.example"])


def test_what_failed_is_sent_again_on_request_only(approved: Copy, faulty: Faulty) -> None:
    faulty.faults.append(Fault("RCPT", "550 5.1.1 nobody of this name", TO[1], times=1))

    report = send(approved)
    assert [entry.state for entry in report.entries] == ["sent", "failed", "sent"]
    assert send(approved).mailed == 0
    assert send(approved, resend=["failed"]).mailed == 1
    assert set(faulty.taken.values()) == {1}


# --- the right files ---------------------------------------------------------------------------


def test_nothing_goes_out_that_nobody_has_approved(approved: Copy, faulty: Faulty) -> None:
    (records(approved) / "approvals.jsonl").unlink()

    message = refused(approved)
    assert "recipients.yaml:2:5: block: nobody has approved the edition 'bilingual'" in message
    assert "nobody has approved the edition 'zh'" in message
    assert not faulty.taken


def test_a_rebuild_with_other_bytes_voids_the_approval(approved: Copy, faulty: Faulty) -> None:
    approved.change("metrics.yaml", '"369700"', '"369800"')
    approved.build(accept_warnings=True)

    assert "are not those that director/Zhang San approved at" in refused(approved)
    assert not faulty.taken


def test_a_rebuild_with_the_same_bytes_does_not(approved: Copy) -> None:
    approved.build()

    assert send(approved).mailed == 3


def test_a_file_that_was_edited_after_the_approval_stays(approved: Copy, faulty: Faulty) -> None:
    (path,) = (approved.root / "output").rglob("*.zh.pdf")
    path.write_bytes(path.read_bytes() + b" ")

    assert "the file is not the one that was built" in refused(approved)
    assert not faulty.taken


def test_another_version_goes_out_as_a_correction_only(approved: Copy, faulty: Faulty) -> None:
    send(approved)
    approved.change("metrics.yaml", '"369700"', '"369800"')
    approved.build(accept_warnings=True)
    approve(approved)

    assert "correct" in refused(approved)
    assert set(faulty.taken.values()) == {1}

    report = send(approved, corrected=Localized("有效发明专利数更正为357件。", "The count is 357."))
    assert (report.mailed, {entry.correction for entry in report.entries}) == (3, {1})
    assert str(read(faulty, TO[0])["Subject"]).startswith("更正：【")
    text = read(faulty, TO[0]).get_body(("plain",)).get_content()  # type: ignore[union-attr]  # it has one
    assert "有效发明专利数更正为357件。" in text
    assert "The count is 357." in text

    assert send(approved).mailed == 0
    assert set(faulty.taken.values()) == {2}


# --- what is written instead -------------------------------------------------------------------


def test_a_dry_run_writes_the_very_bytes(approved: Copy, faulty: Faulty, tmp_path: Path) -> None:
    look = tmp_path / "look"
    files = ipreport.write_letters(approved.folder, look, output=approved.root / "output", records=records(approved))

    assert [path.name for path in files] == [*(f"{address}.eml" for address in TO), "preview.html"]
    assert not faulty.taken
    send(approved)
    for address in TO:
        assert (look / f"{address}.eml").read_bytes() == faulty.messages[address]
    page = (look / "preview.html").read_text(encoding="utf-8")
    assert all(address in page for address in TO)
    assert "cid:" not in page


# --- who has got it ----------------------------------------------------------------------------


def test_commands_tell_what_became_of_every_mail(approved: Copy, faulty: Faulty, tmp_path: Path) -> None:
    faulty.faults.append(Fault("stored", DROP, TO[2]))
    given = ["--records", str(records(approved))]

    ran = CliRunner().invoke(app, ["send", str(approved.folder), "--output", str(approved.root / "output"), *given])
    assert ran.exit_code == 3, ran.output
    assert "2 sent, 1 unknown" in ran.output.replace("\n", " ")

    shown = CliRunner().invoke(app, ["deliveries", str(approved.folder), *given, "--csv", str(tmp_path / "list.csv")])
    assert shown.exit_code == 3
    assert all(address in shown.output for address in TO)
    with (tmp_path / "list.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [(row["address"], row["state"]) for row in csv.DictReader(file)] == [
            (TO[0], "sent"), (TO[1], "sent"), (TO[2], "unknown")
        ]  # fmt: skip
    told = json.loads(CliRunner().invoke(app, ["deliveries", str(approved.folder), *given, "--json"]).output)
    assert [each["state"] for each in told["deliveries"]] == ["sent", "sent", "unknown"]


def test_who_was_not_mailed_yet_is_listed(approved: Copy) -> None:
    shown = CliRunner().invoke(app, ["deliveries", str(approved.folder), "--records", str(records(approved))])

    assert shown.exit_code == 0
    lines = shown.output.splitlines()
    assert [line.split(maxsplit=2) for line in lines[:3]] == [
        [TO[0], "bilingual", "not mailed"], [TO[1], "zh", "not mailed"], [TO[2], "bilingual", "not mailed"]
    ]  # fmt: skip
    assert lines[3:] == ["2025Q3: 3 not mailed"]


# --- settings ----------------------------------------------------------------------------------


def test_a_password_that_is_not_given_is_asked_for(approved: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("IPREPORT_SMTP_PASSWORD")

    message = refused(approved)
    assert "the password of the mail server for 'office' is not given" in message
    assert "set IPREPORT_SMTP_PASSWORD, or IPREPORT_SMTP_PASSWORD_FILE" in message


def test_no_file_holds_the_password(approved: Copy) -> None:
    send(approved)

    for path in approved.root.rglob("*"):
        assert path.is_dir() or PASSWORD.encode() not in path.read_bytes()


def test_somebody_needs_an_address(approved: Copy) -> None:
    approved.overwrite(RECIPIENTS_FILE, b"report_to:\n  - name: {zh: \xe5\x8e\x85, en: Office}\n")
    approved.build()
    approve(approved)

    assert "nobody has an address to mail to" in refused(approved)


def test_a_copy_cannot_be_looked_for_without_an_archive(approved: Copy) -> None:
    with pytest.raises(ReportError) as error:
        ipreport.reconcile(approved.folder, records=records(approved))
    assert "there is no archive to look in" in refusal(error.value)
