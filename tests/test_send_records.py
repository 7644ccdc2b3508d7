"""What is kept of an issue that went out: a ledger that is lost, looks that leave nothing behind, who left the list."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

import ipreport
from helpers import Copy
from ipreport.cli import app
from ipreport.delivery import Corrections, Ledger, Runs, only_sender
from ipreport.language import Localized
from ipreport.problems import ReportError
from ipreport.readers import DELIVERY_FILE, RECIPIENTS_FILE
from mail_faults import Fault, Faulty
from mailed import RECIPIENTS, TO, read, records, refused, send
from test_send_again import REASON, corrections, other_files


def look(copy: Copy, folder: Path, **options: object) -> tuple[Path, ...]:
    return ipreport.write_letters(
        copy.folder,
        folder,
        output=copy.root / "output",
        records=records(copy),
        **options,  # type: ignore[arg-type]
    )


# --- the ledger --------------------------------------------------------------------------------


def remove(ledger: Path) -> None:
    ledger.unlink()


def bring_back(ledger: Path) -> None:
    shutil.copy(ledger.with_name("copy"), ledger)


@pytest.mark.parametrize(("spoil", "told"), [(remove, "is not there"), (bring_back, "is an old copy, with 3 of 9")])
def test_a_ledger_that_was_lost_is_noticed_before_anybody_gets_a_mail_again(
    approved: Copy, faulty: Faulty, tmp_path: Path, spoil: Callable[[Path], None], told: str
) -> None:
    ledger = records(approved) / "ledger.sqlite3"
    look(approved, tmp_path / "look")
    shutil.copy(ledger, ledger.with_name("copy"))
    send(approved)
    spoil(ledger)

    assert f"ledger.sqlite3: block: the ledger of what was sent {told}" in refused(approved)
    for ask in (
        lambda: look(approved, tmp_path / "look"),
        lambda: ipreport.deliveries(approved.folder, records=records(approved)),
    ):
        with pytest.raises(ReportError, match=told):
            ask()
    assert set(faulty.taken.values()) == {1}

    (records(approved) / "runs.jsonl").unlink()
    assert send(approved, only=[TO[0]]).mailed == 1


def test_a_lost_ledger_is_noticed_before_the_archive_is_asked(approved: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    send(approved)
    (records(approved) / "ledger.sqlite3").unlink()
    settings = (approved.folder / DELIVERY_FILE).read_text(encoding="utf-8")
    archive = "archive: {address: archive@office.example, imap: {host: localhost, port: 1, user: archive}}\n"
    approved.overwrite(DELIVERY_FILE, f"{settings}{archive}".encode())
    monkeypatch.setenv("IPREPORT_IMAP_PASSWORD", "unused")

    with pytest.raises(ReportError, match="the ledger of what was sent is not there"):
        ipreport.reconcile(approved.folder, records=records(approved))


def test_a_run_that_was_killed_is_known_of(approved: Copy, faulty: Faulty) -> None:
    def die(_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        send(approved, progress=die)
    for path in records(approved).glob("ledger.sqlite3*"):
        path.unlink()

    assert "the ledger of what was sent is not there" in refused(approved)
    assert sum(faulty.taken.values()) == 1


@pytest.mark.parametrize("line", ["{}", "[]", "null", "x", '{"events": "many"}'])
def test_a_line_that_is_no_run_has_a_place(tmp_path: Path, line: str) -> None:
    runs = Runs(tmp_path / "runs.jsonl")
    runs.note(3)
    with runs.file.open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")

    with pytest.raises(ReportError, match=r"runs\.jsonl:2: block: this is no run"):
        runs.require(3, tmp_path / "ledger.sqlite3")


def test_records_that_cannot_be_locked_read_or_written_have_a_place(tmp_path: Path) -> None:
    runs, corrections = Runs(tmp_path / "runs.jsonl"), Corrections(tmp_path / "corrections.jsonl")
    runs.file.with_name("runs.jsonl.lock").mkdir()
    with pytest.raises(ReportError, match=r"runs\.jsonl: block: the file cannot be locked: "):
        runs.note(3)
    corrections.file.mkdir()
    with pytest.raises(ReportError, match=r"corrections\.jsonl: block: the file cannot be read: is a directory"):
        corrections.of("2025Q3", "zh", "a")
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ReportError, match="the file cannot be "):
        Corrections(tmp_path / "file" / "corrections.jsonl").begin("2025Q3", {"zh": "a"}, REASON)


def test_as_much_as_was_known_is_enough(tmp_path: Path) -> None:
    runs, ledger = Runs(tmp_path / "runs.jsonl"), tmp_path / "ledger.sqlite3"
    runs.require(0, ledger)
    for events in (3, 7, 5):
        runs.note(events)

    runs.require(7, ledger)
    runs.require(8, ledger)
    with pytest.raises(ReportError, match="with 6 of 7 entries"):
        runs.require(6, ledger)
    assert [json.loads(line)["events"] for line in runs.file.read_text(encoding="utf-8").splitlines()] == [3, 7, 5]


# --- who left, and what was never sent -----------------------------------------------------------


def test_who_is_taken_off_the_list_is_queued_no_more_and_may_come_back(approved: Copy, faulty: Faulty) -> None:
    faulty.faults.append(Fault("RCPT", "450 4.2.0 later", TO[1]))
    send(approved)
    approved.overwrite(RECIPIENTS_FILE, RECIPIENTS.replace(TO[1], "other@province.example").encode())
    assert send(approved).mailed == 1

    rows = {entry.address: entry for entry in ipreport.deliveries(approved.folder, records=records(approved)).entries}
    assert rows[TO[1]].state == "failed"
    assert rows[TO[1]].reply.endswith("or its recipient left the list")
    assert rows["other@province.example"].state == "sent"

    faulty.faults.clear()
    approved.overwrite(RECIPIENTS_FILE, RECIPIENTS.encode())
    with Ledger(records(approved) / "ledger.sqlite3") as ledger:
        (row,) = [entry for entry in ledger.entries() if entry.address == TO[1]]
    send(approved)
    with Ledger(records(approved) / "ledger.sqlite3") as ledger:
        assert ledger.entry(row.key).state == "queued"  # it waits as it had to before
        assert ledger.entry(row.key).due == row.due


def test_only_some_are_sent_to_and_the_rest_stays_queued(approved: Copy, tmp_path: Path) -> None:
    look(approved, tmp_path / "look")
    send(approved, only=[TO[0]])

    found = ipreport.deliveries(approved.folder, records=records(approved))
    assert [entry.state for entry in found.entries] == ["sent", "queued", "queued"]


def test_a_look_at_a_correction_that_is_given_up_hinders_nothing(
    approved: Copy, faulty: Faulty, tmp_path: Path
) -> None:
    send(approved, only=[TO[0]])
    other_files(approved)
    look(approved, tmp_path / "look", corrected=REASON)
    other_files(approved, '"369800"', '"369700"')

    assert send(approved).mailed == 2
    assert set(faulty.taken.values()) == {1}
    assert corrections(approved) == []
    assert str(read(faulty, TO[1])["Subject"]).startswith("【")
    found = ipreport.deliveries(approved.folder, records=records(approved))
    assert [(entry.state, entry.correction) for entry in found.entries] == [("sent", 0)] * 3


def test_a_reason_may_be_mended_while_nobody_has_got_it(approved: Copy, faulty: Faulty) -> None:
    send(approved)
    other_files(approved)
    faulty.faults.append(Fault("RCPT", "450 4.2.0 later", times=3))
    assert send(approved, corrected=Localized("錯", "Wrnog")).mailed == 0

    assert send(approved, corrected=REASON).mailed == 3
    for address in (TO[0], TO[2]):
        text = read(faulty, address).get_body(("plain",)).get_content()  # type: ignore[union-attr]  # it has one
        assert REASON.en in text
        assert "Wrnog" not in text
    assert [entry["number"] for entry in corrections(approved)] == [1, 2]
    assert set(faulty.taken.values()) == {2}


# --- the folder of a look ------------------------------------------------------------------------


def test_mails_of_an_earlier_look_do_not_stay_beside_those_of_this_one(approved: Copy, tmp_path: Path) -> None:
    folder = tmp_path / "look"
    look(approved, folder)
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    approved.overwrite(RECIPIENTS_FILE, RECIPIENTS.replace(TO[1], "other@province.example").encode())

    look(approved, folder)
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        [*(f"{each}.eml" for each in (TO[0], "other@province.example", TO[2])), "notes.txt", "preview.html"]
    )
    look(approved, folder, only=[TO[0]])
    assert [path.name for path in folder.glob("*.eml")] == [f"{TO[0]}.eml"]


@pytest.mark.parametrize("content", [b"Message-ID: <1@else.example>\r\n\r\n", b"", b"\xff\x00"])
def test_a_folder_with_other_mails_is_left_alone(approved: Copy, tmp_path: Path, content: bytes) -> None:
    folder = tmp_path / "look"
    folder.mkdir()
    (folder / "private.eml").write_bytes(content)

    with pytest.raises(ReportError, match=r"private\.eml: block: this mail is none of those that are written here"):
        look(approved, folder)
    assert [path.name for path in folder.iterdir()] == ["private.eml"]


def test_a_look_onto_a_file_is_refused(approved: Copy, tmp_path: Path) -> None:
    (tmp_path / "look").write_text("mine", encoding="utf-8")

    with pytest.raises(ReportError, match="a file stands where a folder is needed"):
        look(approved, tmp_path / "look")
    assert (tmp_path / "look").read_text(encoding="utf-8") == "mine"


def test_nobody_looks_while_mails_are_sent(approved: Copy, tmp_path: Path) -> None:
    with (
        only_sender(records(approved) / "ledger.sqlite3"),
        pytest.raises(ReportError, match="another program is sending"),
    ):
        look(approved, tmp_path / "look")


# --- what is given on the command line -------------------------------------------------------------


@pytest.mark.parametrize(
    ("reason", "message"),
    [
        ("数字\x07更正 / A number", "--corrected: block: a character that cannot be seen (U+0007)"),
        (f"{'字' * 501} / A number", "--corrected: block: expected at most 500 characters, found 501"),
        ("/ A number", "the reason of the correction is missing in Chinese"),
        ("数字更正 /", "the reason of the correction is missing in English"),
        ("  ", "the reason of the correction is missing in Chinese and English"),
    ],
)
def test_a_reason_is_a_line_of_words(approved: Copy, faulty: Faulty, reason: str, message: str) -> None:
    send(approved)
    other_files(approved)
    given = ["--output", str(approved.root / "output"), "--records", str(records(approved))]

    ran = CliRunner().invoke(app, ["send", str(approved.folder), *given, "--corrected", reason])
    assert ran.exit_code == 2
    assert message in " ".join(ran.output.split())
    assert corrections(approved) == []
    assert set(faulty.taken.values()) == {1}


@pytest.mark.parametrize("rate", ["0", "-1", "nan", "inf", "x"])
def test_a_rate_is_a_number_of_mails(approved: Copy, faulty: Faulty, rate: str) -> None:
    ran = CliRunner().invoke(app, ["send", str(approved.folder), "--rate", rate])

    assert ran.exit_code == 2
    assert "--rate" in ran.output
    assert not faulty.taken


def test_what_is_queued_says_when_it_is_tried_in_every_form(approved: Copy, faulty: Faulty) -> None:
    faulty.faults.append(Fault("RCPT", "450 4.2.0 later", TO[1]))
    given = ["--output", str(approved.root / "output"), "--records", str(records(approved)), "--json"]

    ran = CliRunner().invoke(app, ["send", str(approved.folder), *given])
    assert ran.exit_code == 2
    told = json.loads(ran.output)
    assert (told["mailed"], [each["state"] for each in told["deliveries"]]) == (2, ["sent", "queued", "sent"])
    assert told["next_due"].endswith("+00:00")
    assert all(each["changed_at"].endswith("+00:00") for each in told["deliveries"])


def test_a_list_for_a_spreadsheet_has_no_formula(approved: Copy, tmp_path: Path) -> None:
    text = RECIPIENTS.replace("{zh: 科技厅, en: Science Department}", "{zh: ＝1＋1, en: =1+1}\n    print: false")
    approved.overwrite(RECIPIENTS_FILE, text.encode())
    approved.build()
    ipreport.approve(approved.folder, by="a/A", output=approved.root / "output", records=records(approved))
    send(approved)

    file = tmp_path / "list.csv"
    ran = CliRunner().invoke(
        app, ["deliveries", str(approved.folder), "--records", str(records(approved)), "--csv", str(file)]
    )
    assert ran.exit_code == 0
    assert " UTC " in ran.output
    assert file.read_bytes().startswith(b"\xef\xbb\xbfaddress,name,")
    assert "'＝1＋1" in file.read_text(encoding="utf-8-sig")
    assert file.read_bytes().count(b"\r\n") == 4
