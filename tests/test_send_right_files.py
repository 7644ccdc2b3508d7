"""The wrong file does not go out, whatever happens to folders, records and files meanwhile."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

import ipreport
from helpers import BRIEFING, Copy
from ipreport.delivery import Entry
from ipreport.readers import RECIPIENTS_FILE
from mail_faults import Faulty
from mailed import RECIPIENTS, TO, approve, document, read, records, refused, send


def test_what_happens_to_the_files_while_mails_are_sent_changes_none_of_them(approved: Copy, faulty: Faulty) -> None:
    files = {ending: document(approved, ending) for ending in ("bilingual.pdf", "zh.pdf", "bilingual.docx")}

    def spoil(_: Entry) -> None:
        for path in (approved.root / "output").rglob("*.*"):
            path.write_bytes(b"spoiled")
        shutil.rmtree(approved.root / "output", ignore_errors=True)

    assert send(approved, progress=spoil).mailed == 3
    for address, endings in zip(TO, (["bilingual.pdf"], ["zh.pdf"], ["bilingual.pdf", "bilingual.docx"]), strict=True):
        attached = [part.get_payload(decode=True) for part in read(faulty, address).iter_attachments()]
        assert attached == [files[ending] for ending in endings]


def test_a_mail_tells_the_values_that_the_approved_file_tells(approved: Copy, faulty: Faulty, tmp_path: Path) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext of poppler is not installed")
    keys = ("patent_invention_in_force", "patent_invention_hv", "penalty_amount")
    cards = ", ".join(f"{{metric: {key}}}" for key in keys)
    approved.change(BRIEFING, "    blocks:\n", f"    blocks:\n      - cards: {{items: [{cards}]}}\n")
    approved.build()
    approve(approved)
    send(approved)

    (tmp_path / "file.pdf").write_bytes(document(approved, "bilingual.pdf"))
    command = ["pdftotext", "-enc", "UTF-8", str(tmp_path / "file.pdf"), "-"]
    ran = subprocess.run(command, check=True, capture_output=True)
    printed = "".join(ran.stdout.decode("utf-8").split())
    told = read(faulty, TO[0]).get_body(("plain",)).get_content()  # type: ignore[union-attr]  # it has one
    values = [
        words
        for key in ("patent_invention_in_force", "patent_invention_hv", "penalty_amount", "gi_product_converted")
        for words in ipreport.explain(approved.folder, key).words.values()
        if words in told
    ]
    assert len(values) >= 6
    assert all("".join(words.split()) in printed for words in values)


def test_a_mail_tells_nothing_of_an_encrypted_file(approved: Copy, faulty: Faulty) -> None:
    cards = "      - cards: {items: [{metric: penalty_amount}]}\n"
    approved.change(BRIEFING, "    blocks:\n", f"    blocks:\n{cards}")
    approved.change(BRIEFING, "period: 2025Q3\n", "period: 2025Q3\npdf: {conformance: none, password: sesame-42}\n")
    approved.build()
    approve(approved)
    send(approved)

    mail = read(faulty, TO[0])
    for part in mail.walk():
        assert not part.get_content_type().startswith("image/")
        if part.get_content_maintype() == "text":
            assert "附件已加密" in part.get_content()
            assert "36.97" not in part.get_content()
            assert "369,700" not in part.get_content()
            assert "sesame" not in part.get_content()
    (attached,) = mail.iter_attachments()
    assert attached.get_payload(decode=True) == document(approved, "bilingual.pdf")


def test_a_word_file_that_was_edited_keeps_even_the_pdf_back(approved: Copy, faulty: Faulty) -> None:
    (path,) = (approved.root / "output").rglob("*.bilingual.docx")
    path.write_bytes(path.read_bytes() + b" ")

    assert "bilingual.docx: block: the file is not the one that was built" in refused(approved)
    assert not faulty.taken


def test_a_document_that_a_build_did_not_make_is_missed(approved: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    from ipreport.pipeline import story  # noqa: PLC0415 - what is patched

    monkeypatch.setattr(story, "WRITERS", {"pdf": story.WRITERS["pdf"]})
    approved.build()
    approve(approved)

    assert "recipients.yaml:2:5: block: the edition 'bilingual' was built without .docx" in refused(approved)


def test_a_mail_is_written_by_the_program_that_built_the_documents(
    approved: Copy, monkeypatch: pytest.MonkeyPatch, faulty: Faulty
) -> None:
    for module in ("issued", "manifest"):
        monkeypatch.setattr(f"ipreport.pipeline.{module}.__version__", "99.0")

    assert "the issue was built by ipreport" in refused(approved)
    assert "and this is ipreport 99.0" in refused(approved)
    assert not faulty.taken


@pytest.mark.parametrize("other", [{"briefing": "other"}, {"issue": "2025Q2"}])
def test_an_approval_of_something_else_is_none(approved: Copy, faulty: Faulty, other: dict[str, str]) -> None:
    file = records(approved) / "approvals.jsonl"
    entry = json.loads(file.read_text(encoding="utf-8")) | other
    file.write_text(f"{json.dumps(entry)}\n", encoding="utf-8")

    assert "nobody has approved the edition 'zh'" in refused(approved)
    assert not faulty.taken


def test_two_briefings_may_keep_their_records_in_one_folder(approved: Copy) -> None:
    other = Copy(approved.folder.with_name("other"))
    shutil.copytree(approved.folder, other.folder)
    other.build()
    approve(other)

    assert send(approved).mailed == 3
    assert send(other).mailed == 3
    assert [entry.briefing for entry in ipreport.deliveries(other.folder, records=records(other)).entries] == [
        "other"
    ] * 3


def test_another_look_than_was_built_stays(approved: Copy, faulty: Faulty) -> None:
    approved.change(BRIEFING, "number: 1\n", "number: 1\ntheme: official\n")

    assert "the issue was built in the theme 'modern', and briefing.yaml says 'official'" in refused(approved)
    assert not faulty.taken


def test_the_archive_is_no_recipient(approved: Copy, faulty: Faulty) -> None:
    with (approved.folder / "delivery.yaml").open("a", encoding="utf-8") as file:
        file.write(f"archive: {{address: {TO[1].upper()}}}\n")

    assert refused(approved).startswith(
        f"recipients.yaml:5:5: block: the address '{TO[1]}' is that of the archive, which gets a copy of each mail"
    )
    assert not faulty.taken


def test_a_group_in_which_nobody_has_an_address_is_told(approved: Copy, faulty: Faulty) -> None:
    text = RECIPIENTS.replace("    print: false\n    address: john.doe@partner.example\n", "").replace(
        "    languages: [en, zh]\n    attachments: [pdf, docx]\n", ""
    )
    approved.overwrite(RECIPIENTS_FILE, text.replace("{en: John Doe}", "{zh: 张三, en: John Doe}").encode())

    message = refused(approved, only=["distribute_to", "someone@else.example"])
    assert "nobody in 'distribute_to' has an address to mail to" in message
    assert "'someone@else.example' is no recipient" in message
    assert not faulty.taken


@pytest.mark.parametrize(("given", "error"), [({"rate": 0}, "a rate"), ({"resend": ["sent"]}, "only letters")])
def test_orders_that_are_none_are_refused_at_once(
    approved: Copy, faulty: Faulty, given: dict[str, object], error: str
) -> None:
    with pytest.raises(ValueError, match=error):
        send(approved, **given)
    assert not faulty.taken


def test_what_is_wrong_with_the_briefing_and_with_the_settings_comes_together(approved: Copy, faulty: Faulty) -> None:
    approved.change("metrics.yaml", "unit: yuan", "unit: yaun")
    approved.overwrite("delivery.yaml", b"server: {}\n")

    message = refused(approved)
    assert "metrics.yaml" in message
    assert "delivery.yaml" in message
    assert not faulty.taken
