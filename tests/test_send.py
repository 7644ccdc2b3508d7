"""From an approved issue to its recipients: through a real SMTP server, once, and accounted for."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from typer.testing import CliRunner

import ipreport
from helpers import Copy, refusal
from ipreport.cli import app
from ipreport.language import Localized
from ipreport.problems import ReportError
from ipreport.readers import DELIVERY_FILE, RECIPIENTS_FILE
from mail_certificates import authority_file
from mail_faults import DROP, PASSWORD, USER, Fault, Faulty

RECIPIENTS = """\
report_to:
  - name: {zh: 省政府办公厅, en: General Office of the Province}
    address: office@province.example
copy_to:
  - name: {zh: 科技厅, en: Science Department}
    address: science@province.example
    edition: zh
distribute_to:
  - name: {en: John Doe}
    print: false
    address: john.doe@partner.example
    languages: [en, zh]
    attachments: [pdf, docx]
  - name: {zh: 各县, en: Counties}
"""
TO = ["office@province.example", "science@province.example", "john.doe@partner.example"]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Faulty]:
    with Faulty(tmp_path) as faulty:
        yield faulty


@pytest.fixture
def ready(small: Copy, server: Faulty, monkeypatch: pytest.MonkeyPatch) -> Copy:
    """A briefing that is built and approved, and a server that takes its mails."""
    small.overwrite(RECIPIENTS_FILE, RECIPIENTS.encode())
    authority = authority_file(server.folder).as_posix()
    small.overwrite(
        DELIVERY_FILE,
        f"""\
server: {{host: localhost, port: {server.port}, user: {USER}, ca: {authority}}}
sender: {{name: {{zh: 示例州知识产权局, en: IP Office}}, address: briefing@office.example}}
reply_to: secretary@office.example
""".encode(),
    )
    monkeypatch.setenv("IPREPORT_SMTP_PASSWORD", PASSWORD)
    small.build()
    approve(small)
    return small


def approve(small: Copy) -> None:
    ipreport.approve(small.folder, by="director/Zhang San", output=small.root / "output", records=records(small))


def records(small: Copy) -> Path:
    return small.root / "delivery"


def send(small: Copy, **options: object) -> ipreport.Report:
    return ipreport.send(small.folder, output=small.root / "output", records=records(small), **options)  # type: ignore[arg-type]


def refused(small: Copy, **options: object) -> str:
    with pytest.raises(ReportError) as error:
        send(small, **options)
    return "\n".join(small.shorten(str(problem)) for problem in error.value.problems)


def read(server: Faulty, address: str) -> EmailMessage:
    return message_from_bytes(server.messages[address], policy=policy.default)


def document(small: Copy, ending: str) -> bytes:
    (path,) = (small.root / "output").rglob(f"*.{ending}")
    return path.read_bytes()


# --- what arrives ------------------------------------------------------------------------------


def test_everybody_with_an_address_gets_the_approved_files(ready: Copy, server: Faulty) -> None:
    report = send(ready)

    assert (report.mailed, report.problems) == (3, ())
    assert dict(server.taken) == dict.fromkeys(TO, 1)
    for address, endings in zip(TO, (["bilingual.pdf"], ["zh.pdf"], ["bilingual.pdf", "bilingual.docx"]), strict=True):
        attached = [part.get_payload(decode=True) for part in read(server, address).iter_attachments()]
        assert attached == [document(ready, ending) for ending in endings]
        digest = hashlib.sha256(document(ready, endings[0])).hexdigest()
        assert next(entry for entry in report.entries if entry.address == address).document == digest


def test_a_mail_says_what_the_briefing_says_in_the_order_of_its_recipient(ready: Copy, server: Faulty) -> None:
    send(ready)

    office, science, partner = (read(server, address) for address in TO)
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


def test_a_second_run_sends_nothing(ready: Copy, server: Faulty) -> None:
    send(ready)

    assert send(ready).mailed == 0
    assert set(server.taken.values()) == {1}


def test_a_recipient_who_is_added_later_gets_it_alone(ready: Copy, server: Faulty) -> None:
    send(ready)
    added = RECIPIENTS.replace("en: Counties}", "en: Counties}\n    address: counties@office.example")
    ready.overwrite(RECIPIENTS_FILE, added.encode())

    assert send(ready).mailed == 1
    assert server.taken["counties@office.example"] == 1
    assert set(server.taken.values()) == {1}


def test_only_some_are_sent_to(ready: Copy, server: Faulty) -> None:
    assert send(ready, only=["copy_to"]).mailed == 1
    assert send(ready, only=["JOHN.DOE@partner.example"]).mailed == 1
    assert set(server.taken) == set(TO[1:])

    assert "'someone@else.example' is no recipient" in refused(ready, only=["someone@else.example"])


def test_what_failed_is_sent_again_on_request_only(ready: Copy, server: Faulty) -> None:
    server.faults.append(Fault("RCPT", "550 5.1.1 nobody of this name", TO[1], times=1))

    report = send(ready)
    assert [entry.state for entry in report.entries] == ["sent", "failed", "sent"]
    assert send(ready).mailed == 0
    assert send(ready, resend=["failed"]).mailed == 1
    assert set(server.taken.values()) == {1}


# --- the right files ---------------------------------------------------------------------------


def test_nothing_goes_out_that_nobody_has_approved(ready: Copy, server: Faulty) -> None:
    (records(ready) / "approvals.jsonl").unlink()

    message = refused(ready)
    assert "recipients.yaml:2:5: block: nobody has approved the edition 'bilingual'" in message
    assert "nobody has approved the edition 'zh'" in message
    assert not server.taken


def test_a_rebuild_with_other_bytes_voids_the_approval(ready: Copy, server: Faulty) -> None:
    ready.change("metrics.yaml", '"369700"', '"369800"')
    ready.build(accept_warnings=True)

    assert "are not those that director/Zhang San approved at" in refused(ready)
    assert not server.taken


def test_a_rebuild_with_the_same_bytes_does_not(ready: Copy) -> None:
    ready.build()

    assert send(ready).mailed == 3


def test_a_file_that_was_edited_after_the_approval_stays(ready: Copy, server: Faulty) -> None:
    (path,) = (ready.root / "output").rglob("*.zh.pdf")
    path.write_bytes(path.read_bytes() + b" ")

    assert "the file is not the one that was built" in refused(ready)
    assert not server.taken


def test_another_version_goes_out_as_a_correction_only(ready: Copy, server: Faulty) -> None:
    send(ready)
    ready.change("metrics.yaml", '"369700"', '"369800"')
    ready.build(accept_warnings=True)
    approve(ready)

    assert "correct" in refused(ready)
    assert set(server.taken.values()) == {1}

    report = send(ready, corrected=Localized("有效发明专利数更正为357件。", "The count is 357."))
    assert (report.mailed, {entry.correction for entry in report.entries}) == (3, {1})
    assert str(read(server, TO[0])["Subject"]).startswith("更正：【")
    text = read(server, TO[0]).get_body(("plain",)).get_content()  # type: ignore[union-attr]  # it has one
    assert "有效发明专利数更正为357件。" in text
    assert "The count is 357." in text

    assert send(ready).mailed == 0
    assert set(server.taken.values()) == {2}


# --- what is written instead -------------------------------------------------------------------


def test_a_dry_run_writes_the_very_bytes(ready: Copy, server: Faulty, tmp_path: Path) -> None:
    look = tmp_path / "look"
    files = ipreport.write_letters(ready.folder, look, output=ready.root / "output", records=records(ready))

    assert [path.name for path in files] == [*(f"{address}.eml" for address in TO), "preview.html"]
    assert not server.taken
    send(ready)
    for address in TO:
        assert (look / f"{address}.eml").read_bytes() == server.messages[address]
    page = (look / "preview.html").read_text(encoding="utf-8")
    assert all(address in page for address in TO)
    assert "cid:" not in page


# --- who has got it ----------------------------------------------------------------------------


def test_commands_tell_what_became_of_every_mail(ready: Copy, server: Faulty, tmp_path: Path) -> None:
    server.faults.append(Fault("stored", DROP, TO[2]))
    given = ["--records", str(records(ready))]

    ran = CliRunner().invoke(app, ["send", str(ready.folder), "--output", str(ready.root / "output"), *given])
    assert ran.exit_code == 3, ran.output
    assert "2 sent, 1 unknown" in ran.output.replace("\n", " ")

    shown = CliRunner().invoke(app, ["deliveries", str(ready.folder), *given, "--csv", str(tmp_path / "list.csv")])
    assert shown.exit_code == 3
    assert all(address in shown.output for address in TO)
    with (tmp_path / "list.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [(row["address"], row["state"]) for row in csv.DictReader(file)] == [
            (TO[0], "sent"), (TO[1], "sent"), (TO[2], "unknown")
        ]  # fmt: skip
    told = json.loads(CliRunner().invoke(app, ["deliveries", str(ready.folder), *given, "--json"]).output)
    assert [each["state"] for each in told["deliveries"]] == ["sent", "sent", "unknown"]


def test_nothing_was_mailed_yet(ready: Copy) -> None:
    shown = CliRunner().invoke(app, ["deliveries", str(ready.folder), "--records", str(records(ready))])

    assert (shown.exit_code, shown.output) == (0, "nothing of this issue was mailed\n")


# --- settings ----------------------------------------------------------------------------------


def test_a_password_that_is_not_given_is_asked_for(ready: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("IPREPORT_SMTP_PASSWORD")

    message = refused(ready)
    assert "the password of the mail server for 'office' is not given" in message
    assert "set IPREPORT_SMTP_PASSWORD, or IPREPORT_SMTP_PASSWORD_FILE" in message


def test_no_file_holds_the_password(ready: Copy) -> None:
    send(ready)

    for path in ready.root.rglob("*"):
        assert path.is_dir() or PASSWORD.encode() not in path.read_bytes()


def test_somebody_needs_an_address(ready: Copy) -> None:
    ready.overwrite(RECIPIENTS_FILE, b"report_to:\n  - name: {zh: \xe5\x8e\x85, en: Office}\n")
    ready.build()
    approve(ready)

    assert "nobody has an address to mail to" in refused(ready)


def test_a_copy_cannot_be_looked_for_without_an_archive(ready: Copy) -> None:
    with pytest.raises(ReportError) as error:
        ipreport.reconcile(ready.folder, records=records(ready))
    assert "there is no archive to look in" in refusal(error.value)
