"""What docs/delivery.md shows works as it says: its commands and files as they stand, with real servers."""

from __future__ import annotations

import base64
import re
import shlex
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from helpers import BRIEFING, HERE, SMALL
from ipreport.cli import app
from ipreport.delivery import How
from ipreport.readers import DELIVERY_FILE, RECIPIENTS_FILE, read_delivery
from mail_certificates import authority_file
from mail_faults import DROP, PASSWORD, USER, Fault, Faulty
from mail_servers.servers import MailServers

DOCUMENT = (HERE.parent / "docs" / "delivery.md").read_text(encoding="utf-8")
README = (HERE.parent / "README.md").read_text(encoding="utf-8")
APPROVING = README[README.index("\n## Approving and mailing") : README.index("\n### A first mail")]
OFFICE, PARTNER, GOLMUD = "office@province.example", "john.doe@partner.example", "golmud@county.example"
ARCHIVE, DIRECTOR = "archive@office.example", "director@office.example"


def blocks(language: str, text: str = DOCUMENT) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


class Office:
    """A folder with the files of the document, in which its commands are run."""

    def __init__(self, root: Path, faulty: Faulty, servers: MailServers | None = None) -> None:
        self.root, self.faulty = root, faulty
        for name in ("haixi", "golmud"):  # the variant is a briefing of its own
            shutil.copytree(SMALL, root / "report" / name)
        recipients, delivery = blocks("yaml")
        self.folder = root / "report" / "haixi"
        (self.folder / RECIPIENTS_FILE).write_text(recipients, encoding="utf-8")
        smtp = f"host: localhost, port: {faulty.port}, security: starttls, user: {USER}"
        put = {
            "host: smtp.office.example, port: 587, security: starttls, user: briefing": (
                f"{smtp}, ca: {authority_file(root)}"
            ),
            "host: imap.office.example, user: archive": "host: localhost, port: 1, user: archive",
        }
        if servers is not None:
            imap = f"host: localhost, port: {servers.ports['imaps']}, user: {USER}, ca: {servers.authorities}"
            put["host: imap.office.example, user: archive"] = imap
        for old, new in put.items():
            assert old in delivery
            delivery = delivery.replace(old, new)
        (self.folder / DELIVERY_FILE).write_text(delivery, encoding="utf-8")

    def run(self, command: str, code: int = 0, given: str = "") -> str:
        """Run a command as it stands; what it printed."""
        program, *words = shlex.split(command, comments=True)
        result: Result = CliRunner().invoke(app, words, input=given, catch_exceptions=False)
        assert (program, result.exit_code) == ("ipreport", code), result.output
        return result.output

    def change(self, old: str, new: str, file: str = DELIVERY_FILE) -> None:
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def prepare(self) -> None:
        """Both briefings built and approved."""
        for name in ("golmud", "haixi"):
            self.run(f"ipreport build {name}")
            self.run(f'ipreport approve {name} --by "director/Zhang San"')


@pytest.fixture
def office(tmp_path: Path, faulty: Faulty, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setenv("IPREPORT_SMTP_PASSWORD", PASSWORD)
    monkeypatch.setenv("IPREPORT_IMAP_PASSWORD", PASSWORD)
    monkeypatch.chdir(tmp_path)
    return Office(tmp_path, faulty)


@pytest.fixture
def with_archive(tmp_path: Path, faulty: Faulty, mail_servers: MailServers, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setenv("IPREPORT_SMTP_PASSWORD", PASSWORD)
    monkeypatch.setenv("IPREPORT_IMAP_PASSWORD", mail_servers.password)
    monkeypatch.chdir(tmp_path)
    made = Office(tmp_path, faulty, mail_servers)
    # Other tests' mails are in the mailbox of all.
    made.change("mailbox: INBOX", "mailbox: document")
    if not (mail_servers.folder / "mail" / "archive" / ".document").exists():
        mail_servers.add_mailbox("document", b"Message-ID: <another@office.example>\n\nof another\n")
    return made


@pytest.mark.parametrize("text", [DOCUMENT, APPROVING], ids=["docs/delivery.md", "README.md"])
def test_the_commands_do_what_they_say(office: Office, text: str) -> None:
    office.run("ipreport build golmud")
    office.run('ipreport approve golmud --by "director/Zhang San"')
    *_, approve, look, send, deliveries = blocks("sh", text)[0].splitlines()

    office.run("ipreport build haixi")
    office.run(approve)
    said = office.run(look)
    assert "3 mail(s) in look/, none of them sent; look at preview.html" in said
    assert not office.faulty.sessions
    written = {path.name.removesuffix(".eml"): path.read_bytes() for path in Path("look").glob("*.eml")}
    office.run(send)
    assert {address: office.faulty.messages[address] for address in written} == written  # the very mails
    assert dict(office.faulty.taken) == {OFFICE: 1, PARTNER: 1, GOLMUD: 1, ARCHIVE: 3}  # a copy of each
    listed = office.run(deliveries)
    assert all(re.search(rf"^{address} .* sent ", listed, re.MULTILINE) for address in (OFFICE, PARTNER, GOLMUD))
    assert "0 mailed now" in office.run(send)
    assert office.faulty.taken[ARCHIVE] == 3


def test_the_records_are_kept_where_it_says(office: Office) -> None:
    office.prepare()
    office.run("ipreport send haixi")

    kept = {path.name for path in Path("delivery/haixi").iterdir()}
    named = set(re.findall(r"`(\w+\.(?:jsonl|sqlite3))`", DOCUMENT))
    assert {name for name in kept if not name.endswith((".lock", "-wal", "-shm"))} == named - {"corrections.jsonl"}


def test_the_chinese_part_of_the_readme_says_the_same(office: Office) -> None:
    """Its commands stand in sentences: each is run in its order, and the settings between them are read."""
    text = README[README.index("\n审批和发送：") : README.index("详见 [docs/delivery.md]")]
    told = README[README.index("\n每季自动生成：") : README.index("\nPDF 要加数字签名的")]
    approve, look, send, deliveries, notify = (
        command.removeprefix(".venv/bin/").replace("简报名", "haixi")
        for command in re.findall(r"`(\.venv/bin/ipreport [^`]+)`", text + told)
    )
    server, sender = re.findall(r"`((?:server|sender): \{[^`]+)`", text)
    (approver,) = re.findall(r"`(approver: \{[^`]+)`", told)
    own = f"host: localhost, port: {office.faulty.port}, ca: {authority_file(office.root)}, user: {USER}"
    settings = f"{server}\n{sender}\n{approver}\n".replace("host: smtp.单位域名, user: 用户名", own)
    settings = settings.replace("负责人邮箱", DIRECTOR).replace(
        "zh: …, en: …}, address: …", "zh: 局, en: A}, address: a@b.example"
    )
    (office.folder / DELIVERY_FILE).write_text(settings, encoding="utf-8")
    office.change("    variant: golmud", "    # golmud", RECIPIENTS_FILE)

    office.run("ipreport build haixi")
    assert DIRECTOR in office.run(notify)
    office.run(approve)
    office.run(look)
    assert Path("试发/preview.html").is_file()
    assert "3 mailed now; 3 sent" in office.run(send)
    assert "0 mailed now; 3 sent" in office.run(send)
    office.run(f"{deliveries} --csv 名单.csv")
    assert Path("名单.csv").read_bytes().startswith(b"\xef\xbb\xbf")  # by which Excel knows UTF-8

    office.change('"369700"', '"369800"', "metrics.yaml")
    office.run("ipreport build haixi")
    office.run(approve)
    assert "correct" in office.run(send, code=2)
    (corrected,) = re.findall(r"`(--corrected \"[^`]+)`", text)
    assert "3 mailed now; 3 sent" in office.run(f"{send} {corrected}")
    assert "更正：".encode() in base64.b64decode(
        office.faulty.messages[OFFICE].split(b"Subject: =?UTF-8?B?")[1].split(b"?=")[0]
    )


def test_the_archive_tells_what_became_of_an_unknown_mail(with_archive: Office, mail_servers: MailServers) -> None:
    office = with_archive
    office.prepare()
    office.faulty.faults.append(Fault("stored", DROP, PARTNER))
    (reconcile,) = re.findall(r"`(ipreport send haixi --reconcile)`", DOCUMENT)
    (resend,) = re.findall(r"`(--reconcile --resend unknown)`", DOCUMENT)
    (minutes,) = re.findall(r"It waits (\d+) minutes \(`waiting:`\)", DOCUMENT)

    assert "2 sent, 1 unknown" in office.run("ipreport send haixi", code=3)
    assert "1 unknown" in office.run("ipreport deliveries haixi", code=3)
    assert "0 mailed now" in office.run("ipreport send haixi", code=3)  # never again by itself
    assert office.faulty.taken[PARTNER] == 1
    assert f"{PARTNER}, 2025Q3: not in the archive yet, too early to tell" in office.run(reconcile, code=3)
    assert read_delivery(office.folder).archive.waiting == int(minutes)  # type: ignore[union-attr]  # it has one

    first = office.faulty.messages[PARTNER]
    office.change(ARCHIVE, f"{ARCHIVE}\n  waiting: 0")
    # A mailbox that has none of the others proves nothing.
    assert f"{PARTNER}, 2025Q3: the archive cannot tell" in office.run(reconcile, code=3)
    mail_servers.add_mailbox("copies", office.faulty.messages[OFFICE].replace(b"\r\n", b"\n"))
    office.change("mailbox: document", "mailbox: copies")
    assert f"{PARTNER}, 2025Q3: not in the archive\n" in office.run(reconcile, code=3)  # absence alone sends nothing
    office.faulty.faults.clear()
    assert "1 mailed now; 3 sent" in office.run(f"ipreport send haixi {resend}")
    assert office.faulty.messages[PARTNER] == first  # Message-ID and date too


def test_what_is_in_the_archive_was_delivered(with_archive: Office, mail_servers: MailServers) -> None:
    office = with_archive
    office.prepare()
    office.faulty.faults.append(Fault("stored", DROP, GOLMUD))
    office.run("ipreport send haixi", code=3)
    mail_servers.add_mailbox("delivered", office.faulty.messages[ARCHIVE].replace(b"\r\n", b"\n"))
    office.change("mailbox: document", "mailbox: delivered")
    office.faulty.faults.clear()

    said = office.run("ipreport send haixi --reconcile --resend unknown")

    assert f"{GOLMUD}, 2025Q3: arrived" in said
    assert "0 mailed now; 3 sent" in said
    assert office.faulty.taken[GOLMUD] == 1


def test_without_an_archive_one_is_sent_again_when_asked_for(office: Office) -> None:
    path = office.folder / DELIVERY_FILE
    path.write_text(re.sub(r"archive:\n(?:  .*\n)+", "", path.read_text(encoding="utf-8")), encoding="utf-8")
    office.prepare()
    office.faulty.faults += [Fault("stored", DROP, each) for each in (OFFICE, PARTNER)]
    office.run("ipreport send haixi", code=3)
    first = office.faulty.messages[PARTNER]
    office.faulty.faults.clear()
    (options,) = re.findall(r"`(--resend unknown --only ADDRESS)`", DOCUMENT)

    office.run(f"ipreport send haixi {options.replace('ADDRESS', PARTNER)}")

    assert (office.faulty.taken[OFFICE], office.faulty.taken[PARTNER]) == (1, 2)
    assert office.faulty.messages[PARTNER] == first
    assert "1 unknown" in office.run("ipreport deliveries haixi", code=3)


def test_a_server_that_takes_nothing_ends_the_run_as_it_says(office: Office) -> None:
    office.prepare()
    office.faulty.password = "another"  # noqa: S105 - no real one

    said = office.run("ipreport send haixi", code=2)

    assert "535" in said
    assert "0 mailed now; 3 queued" in said
    office.faulty.password = PASSWORD
    assert "3 mailed now; 3 sent" in office.run("ipreport send haixi")


def test_a_letter_that_is_put_off_waits_as_long_as_it_says() -> None:
    (found,) = re.findall(r"it waits (\d+) minutes, then ([\d, ]+) \(down to half of that\)", DOCUMENT)
    minutes = [int(each) for each in (found[0], *found[1].split(", "))]
    how = How()

    assert (len(minutes) + 1, how.attempts) == (6, 6)
    assert "has failed after the sixth time" in DOCUMENT
    for attempts, most in enumerate(minutes, 1):
        waits = [how.delay(f"{number:064x}", attempts) for number in range(200)]
        assert timedelta(minutes=most / 2) <= min(waits) < timedelta(minutes=most * 0.55)
        assert timedelta(minutes=most * 0.95) < max(waits) <= timedelta(minutes=most)


def test_the_approver_is_told_and_again_when_asked_again(office: Office) -> None:
    office.prepare()
    (command, failed) = re.findall(r"`(ipreport notify haixi[^`]*)`", DOCUMENT)

    assert DIRECTOR in office.run(command)
    office.run(command)
    Path(failed.rpartition(" ")[2]).write_text("the build said this\n", encoding="utf-8")
    office.run(failed)

    assert dict(office.faulty.taken) == {DIRECTOR: 3}
    assert not Path("delivery/haixi/ledger.sqlite3").exists()
    office.change("number: 1", "number: [", BRIEFING)
    office.run(command, code=2)
    office.run(failed)
    assert dict(office.faulty.taken) == {DIRECTOR: 4}


def test_the_files_that_are_named_are_there() -> None:
    examples = HERE.parent / "docs" / "examples"
    named = set(re.findall(r"`(briefing[\w@-]*\.\w+)`", DOCUMENT))

    assert named == {path.name for path in examples.rglob("*") if path.is_file()}
    for command in blocks("sh")[-1].splitlines():
        for unit in re.findall(r"briefing[\w-]*\.\w+", command):
            assert (examples / "systemd" / unit).is_file()
