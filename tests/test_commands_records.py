"""Mailing by commands when files or records are not as they were: only what was approved goes out."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from desk import ARCHIVE, Desk
from mail_faults import DROP, USER, Fault, Faulty


def read(server: Faulty, address: str) -> EmailMessage:
    return message_from_bytes(server.messages[address], policy=policy.default)


def body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content())


# --- records that are not as they were written --------------------------------------------------


def damaged(file: Path) -> None:
    """Of one that was closed, a page in the middle."""
    content = bytearray(file.read_bytes())
    content[4096:8192] = b"\xff" * 4096
    file.write_bytes(content)


def newer(file: Path) -> None:
    with sqlite3.connect(file) as ledger:
        ledger.execute("PRAGMA user_version = 99")
    ledger.close()


def foreign(file: Path) -> None:
    file.unlink()
    with sqlite3.connect(file) as ledger:
        ledger.execute("CREATE TABLE mine(x)")
    ledger.close()


def overwritten(file: Path) -> None:
    file.write_bytes(b"name,address\n" * 100)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (damaged, "the ledger is damaged"),
        (newer, "the ledger is of version 99, and this program knows versions up to 1"),
        (foreign, "this database is not a ledger of deliveries"),
        (overwritten, "this file is not a ledger of deliveries, or it is damaged"),
    ],
)
def test_nobody_is_mailed_while_the_ledger_cannot_be_read(
    mail_desk: Desk, faulty: Faulty, tmp_path: Path, spoil: Callable[[Path], None], said: str
) -> None:
    mail_desk.through(faulty, archive={"address": ARCHIVE, "imap": {"host": "localhost", "port": 1, "user": USER}})
    assert mail_desk.run("send", "--only", "copy_to").code == 0
    spoil(mail_desk.ledger)
    before = mail_desk.ledger.read_bytes()
    for command in (
        ("send",),
        ("send", "--dry-run", tmp_path / "look"),
        ("send", "--reconcile"),
        ("deliveries",),
    ):
        ran = mail_desk.run(*command)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith(f"delivery/small/ledger.sqlite3: block: {said}"), ran.err
        assert "\n1 blocking, 0 other problem(s); nothing was " in ran.err
    assert mail_desk.ledger.read_bytes() == before
    assert not (tmp_path / "look").exists()
    assert faulty.taken == {mail_desk.address("r2"): 1, ARCHIVE: 1}


def changed(content: bytes) -> bytes:
    return content.replace(b"Zhang San", b"Zhang Si", 1)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (changed, "approvals.jsonl:2: block: this approval does not follow the one before"),
        (lambda content: content.partition(b"\n")[2], "approvals.jsonl:1: block: this approval does not follow"),
        (lambda content: b"{}\n" + content, "approvals.jsonl:1: block: this is no approval"),
    ],
)
def test_nobody_is_mailed_while_the_record_of_approvals_is_not_as_it_was_written(
    mail_desk: Desk, faulty: Faulty, tmp_path: Path, spoil: Callable[[bytes], bytes], said: str
) -> None:
    assert mail_desk.run("approve", "--by", "deputy/Li Si").code == 0
    record = mail_desk.records / "approvals.jsonl"
    record.write_bytes(spoil(record.read_bytes()))
    before = record.read_bytes()
    for command in (
        ("send",),
        ("send", "--dry-run", tmp_path / "look"),
        ("approve", "--by", "director/Zhang San"),
    ):
        ran = mail_desk.run(*command)
        assert (ran.code, ran.out) == (2, "")
        assert f"delivery/small/{said}" in ran.err
    assert record.read_bytes() == before
    assert not (tmp_path / "look").exists()
    assert not faulty.taken


@pytest.mark.parametrize(
    ("name", "command", "done"),
    [
        ("approvals.jsonl", ("send",), "read"),
        ("approvals.jsonl", ("approve", "--by", "deputy/Li Si"), "read"),
        ("approvals.jsonl.lock", ("approve", "--by", "deputy/Li Si"), "locked"),
        ("corrections.jsonl", ("send",), "read"),
        ("corrections.jsonl.lock", ("send", "--corrected", "更正。 / Corrected."), "locked"),
        ("ledger.sqlite3", ("send",), "opened"),
        ("ledger.sqlite3.lock", ("send",), "locked"),
    ],
)
def test_a_record_that_the_system_refuses_is_told_by_name(
    mail_desk: Desk, faulty: Faulty, name: str, command: tuple[str, ...], done: str
) -> None:
    path = mail_desk.records / name
    path.unlink(missing_ok=True)
    path.mkdir()  # root may read whatever is a file
    ran = mail_desk.run(*command)

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"delivery/small/{name.removesuffix('.lock')}: block: the ")
    assert f" cannot be {done}: " in ran.err
    assert not faulty.taken


def test_a_full_disk_approves_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    record = desk.records / "approvals.jsonl"
    before = record.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr("ipreport.delivery.growing.os.fsync", full)
        ran = desk.run("approve", "--by", "deputy/Li Si")
    assert ran.code == 2
    assert "approvals.jsonl: block: the file cannot be written: no space left on device" in ran.err
    assert record.read_bytes() == before
    assert desk.run("approve", "--by", "deputy/Li Si").code == 0


# --- files that are not those that were approved ------------------------------------------------


def edited(desk: Desk) -> None:
    with desk.file("zh.pdf").open("ab") as file:
        file.write(b"\n")


def deleted(desk: Desk) -> None:
    desk.file("zh.pdf").unlink()


def swapped(desk: Desk) -> None:
    shutil.copy(desk.file("en.pdf"), desk.file("zh.pdf"))


def with_other_data(desk: Desk) -> None:
    desk.copy.change("metrics.yaml", '"369700"', '"369800"')


def with_other_words(desk: Desk) -> None:
    desk.copy.change("briefing.yaml", "{zh: 知识产权创造, en: Creation}", "{zh: 知识产权保护, en: Protection}")


def rebuilt(desk: Desk) -> None:
    with_other_words(desk)
    assert desk.run("build").code == 0


def rebuilt_in_part(desk: Desk) -> None:
    assert desk.run("build", "--edition", "zh").code == 0


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (edited, ".zh.pdf: block: the file is not the one that was built"),
        (swapped, ".zh.pdf: block: the file is not the one that was built"),
        (deleted, ".zh.pdf: block: the file is not there any more"),
        (with_other_data, "metrics.yaml: block: the file has changed since the issue was built"),
        (with_other_words, "briefing.yaml: block: the file has changed since the issue was built"),
        (rebuilt, "the files of the edition 'zh' are not those that director/Zhang San approved at "),
        (rebuilt_in_part, "the edition 'bilingual' was not built"),
    ],
)
def test_only_what_was_approved_goes_out(
    mail_desk: Desk, faulty: Faulty, tmp_path: Path, spoil: Callable[[Desk], None], said: str
) -> None:
    spoil(mail_desk)
    for command in (("send",), ("send", "--dry-run", tmp_path / "look")):
        ran = mail_desk.run(*command)
        assert (ran.code, ran.out) == (2, "")
        assert said in ran.err
        assert ran.err.endswith("other problem(s); nothing was sent\n")
    assert not (tmp_path / "look").exists()
    assert not faulty.taken


def test_a_build_of_the_same_bytes_or_of_a_draft_is_no_other(mail_desk: Desk, faulty: Faulty) -> None:
    before = {ending: mail_desk.file(ending).read_bytes() for ending in ("zh.pdf", "bilingual.docx")}
    assert mail_desk.run("build").code == 0
    assert {ending: mail_desk.file(ending).read_bytes() for ending in before} == before
    assert mail_desk.run("build", "--draft").code == 0

    assert mail_desk.run("send").code == 0
    assert faulty.taken == dict.fromkeys(mail_desk.addresses, 1)


class Meanwhile(Faulty):
    """While it takes the first mail, somebody does something to the files."""

    def __init__(self, folder: Path, act: Callable[[], None]) -> None:
        super().__init__(folder)
        self.act = act

    def fault(self, phase: str, address: str = "") -> str | None:
        if phase == "stored" and self.taken.total() == 1:
            self.act()
        return super().fault(phase, address)


def test_a_file_that_is_edited_while_mails_go_out_goes_out_as_it_was_approved(desk: Desk, tmp_path: Path) -> None:
    whole = desk.file("zh.pdf").read_bytes()
    with Meanwhile(tmp_path, lambda: edited(desk)) as server:
        desk.through(server)
        assert desk.run("send").code == 0
    assert desk.file("zh.pdf").read_bytes() != whole
    assert server.taken == dict.fromkeys(desk.addresses, 1)
    (attached,) = read(server, desk.address("r2")).iter_attachments()
    assert attached.get_payload(decode=True) == whole


# --- corrections --------------------------------------------------------------------------------


def replaced(desk: Desk) -> None:
    """Everybody has got the issue, and other files take its place."""
    assert desk.run("send").code == 0
    with_other_words(desk)
    for command in (("build",), ("approve", "--by", "director/Zhang San")):
        assert desk.run(*command).code == 0


def test_other_files_go_out_as_a_correction_that_says_so(mail_desk: Desk, faulty: Faulty, tmp_path: Path) -> None:
    replaced(mail_desk)
    refused = mail_desk.run("send")
    assert refused.code == 2
    assert refused.err.count("already, with another document") == 4
    assert "send a changed document as a corrected issue" in refused.err
    assert faulty.taken == dict.fromkeys(mail_desk.addresses, 1)

    given = ("--corrected", "一个标题有误，现更正。 / A heading was wrong.")
    assert mail_desk.run("send", "--dry-run", tmp_path / "look", *given).code == 0
    ran = mail_desk.run("send", *given)
    assert (ran.code, ran.out.splitlines()[-1]) == (0, "4 mailed now; 4 sent")
    for name, (subject, reasons) in {
        "r1": ("更正：【知识产权简报】", ("一个标题有误，现更正。", "A heading was wrong.")),
        "r2": ("更正：【知识产权简报】", ("一个标题有误，现更正。",)),
        "r3": ("Correction: IP Briefing", ("A heading was wrong.", "一个标题有误，现更正。")),
        "r4": ("Correction: IP Briefing", ("A heading was wrong.",)),
    }.items():
        mail = read(faulty, mail_desk.address(name))
        assert (
            faulty.messages[mail_desk.address(name)]
            == (tmp_path / "look" / f"{mail_desk.address(name)}.eml").read_bytes()
        )
        assert str(mail["Subject"]).startswith(subject)
        assert all(reason in body(mail, kind) for reason in reasons for kind in ("plain", "html"))
        assert [part.get_payload(decode=True) for part in mail.iter_attachments()] == mail_desk.documents(name)
    for again in (mail_desk.run("send"), mail_desk.run("send", *given)):
        assert (again.code, again.out) == (0, "0 mailed now; 4 sent\n")
    assert faulty.taken == dict.fromkeys(mail_desk.addresses, 2)
    rows = mail_desk.run("deliveries", "--json").told["deliveries"]
    assert [(row["correction"], row["state"]) for row in rows] == [(0, "sent")] * 4 + [(1, "sent")] * 4
    assert len({row["message_id"] for row in rows}) == 8


def test_a_correction_of_one_edition_goes_to_its_readers_alone(mail_desk: Desk, faulty: Faulty) -> None:
    assert mail_desk.run("send").code == 0
    mail_desk.copy.change("briefing.yaml", "zh: 知识产权创造", "zh: 知识产权保护")
    for command in (("build",), ("approve", "--by", "director/Zhang San")):
        assert mail_desk.run(*command).code == 0
    ran = mail_desk.run("send", "--corrected", "一个标题有误，现更正。 / A heading was wrong.")

    assert (ran.code, ran.out.splitlines()[-1]) == (0, "3 mailed now; 4 sent")
    assert faulty.taken == {**dict.fromkeys(mail_desk.addresses, 2), mail_desk.address("r4"): 1}


def with_another_word_file(desk: Desk) -> None:
    """The PDF files stay as they are."""
    before = desk.documents("r3")
    desk.copy.change("briefing.yaml", "number: 1\n", "number: 1\nembed-fonts: subset\n")
    codes = [desk.run(*command).code for command in (("build",), ("approve", "--by", "director/Zhang San"))]
    pdf, docx = desk.documents("r3")
    if codes != [0, 0] or pdf != before[0] or docx == before[1]:
        raise RuntimeError("the Word file alone was to be another one")


def test_another_word_file_is_another_document_as_well(mail_desk: Desk, faulty: Faulty) -> None:
    assert mail_desk.run("send").code == 0
    with_another_word_file(mail_desk)

    refused = mail_desk.run("send")
    assert refused.code == 2
    assert f"{mail_desk.address('r3')} has the bilingual edition of 2025Q3 already" in refused.err
    assert mail_desk.run("send", "--corrected", "Word 文件有误。 / The Word file was wrong.").code == 0
    assert faulty.taken == {**dict.fromkeys(mail_desk.addresses, 1), mail_desk.address("r3"): 2}


def test_a_correction_is_not_mailed_in_place_of_what_may_have_arrived(mail_desk: Desk, faulty: Faulty) -> None:
    faulty.faults.append(Fault("stored", DROP, mail_desk.address("r1")))
    assert mail_desk.run("send").code == 3
    faulty.faults.clear()
    with_other_words(mail_desk)
    for command in (("build",), ("approve", "--by", "director/Zhang San")):
        assert mail_desk.run(*command).code == 0

    refused = mail_desk.run("send")
    assert refused.code == 2
    assert f"{mail_desk.address('r1')} may have the bilingual edition of 2025Q3 already" in refused.err
    assert faulty.taken == dict.fromkeys(mail_desk.addresses, 1)
