"""Build, approve, send, and who has got it: commands, with Postfix and Dovecot behind them."""

from __future__ import annotations

import csv
import signal
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from desk import ARCHIVE, ENDINGS, Desk, set_out
from mail_between import HELD, KEPT, TAKEN, Between
from mail_servers.servers import PASSWORD, USER, MailServers, wait_until, without_trace


def through(desk: Desk, servers: MailServers, security: str = "starttls", **changes: Any) -> None:
    """Mail goes by Postfix, with a copy to the archive, which Dovecot shows."""
    given = {"port": servers.ports[security], "security": security, "ca": str(servers.authorities)}
    server = {**given, **changes}
    imap = {
        "host": "localhost", "user": USER, "ca": str(servers.authorities), "security": security,
        "port": servers.ports["imaps" if security == "tls" else "imap"],
    }  # fmt: skip
    desk.deliver_by(server, {"address": ARCHIVE, "imap": imap, "waiting": 0})


def arrived(servers: MailServers, address: str) -> list[bytes]:
    """What is in somebody's mailbox, without what servers put on top."""
    servers.wait_for_queue()
    found = [path.read_bytes().replace(b"\n", b"\r\n") for path in servers.mails("readers")]
    line = f"\r\nDelivered-To: {address}\r\n".encode()
    return [without_trace(data) for data in found if line in data.partition(b"\r\n\r\n")[0]]


def copies(servers: MailServers, desk: Desk) -> list[int]:
    """How many mails everybody has got."""
    return [len(arrived(servers, address)) for address in desk.addresses]


def read(data: bytes) -> EmailMessage:
    return message_from_bytes(data, policy=policy.default)


# --- the whole way ------------------------------------------------------------------------------


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_what_was_looked_at_and_approved_is_what_everybody_gets(
    mail_servers: MailServers, desk: Desk, tmp_path: Path, security: str
) -> None:
    desk = set_out(tmp_path / "new", desk.tag)
    through(desk, mail_servers, security)
    assert desk.run("build").code == 0
    assert desk.run("approve", "--by", "director/Zhang San").code == 0
    look = desk.run("send", "--dry-run", tmp_path / "look")
    assert (look.code, look.err) == (0, "")
    assert look.out.startswith("4 mail(s) in ")
    assert copies(mail_servers, desk) == [0, 0, 0, 0]

    ran = desk.run("send")

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[-1] == "4 mailed now; 4 sent"
    told = desk.run("deliveries", "--json").deliveries
    for name in ENDINGS:
        (mail,) = arrived(mail_servers, desk.address(name))
        assert mail == (tmp_path / "look" / f"{desk.address(name)}.eml").read_bytes()
        assert [part.get_payload(decode=True) for part in read(mail).iter_attachments()] == desk.documents(name)
        (kept,) = mail_servers.received("archive", told[name]["message_id"])
        assert without_trace(kept) == mail
        queued = told[name]["reply"].removeprefix("250 2.0.0 Ok: queued as ")
        assert wait_until(lambda: f"{queued}: to=<{desk.address(name)}>" in mail_servers.log())  # noqa: B023 - in turn


def test_what_was_sent_is_not_sent_again_and_is_accounted_for(
    mail_servers: MailServers, desk: Desk, tmp_path: Path
) -> None:
    through(desk, mail_servers)
    begun = datetime.now(UTC)
    assert desk.run("send").code == 0
    again = desk.run("send")
    assert (again.code, again.out, again.err) == (0, "0 mailed now; 4 sent\n", "")
    assert copies(mail_servers, desk) == [1, 1, 1, 1]

    listed = desk.run("deliveries", "--csv", tmp_path / "list.csv")
    told = desk.run("deliveries", "--json")
    assert (listed.code, told.code, listed.err) == (0, 0, "")
    for name, row in told.deliveries.items():
        assert (row["address"], row["state"], row["document"]) == (desk.address(name), "sent", desk.digest(name))
        changed = datetime.fromisoformat(row["changed_at"])
        assert begun - timedelta(seconds=1) <= changed <= datetime.now(UTC)
        (line,) = (line for line in listed.out.splitlines() if desk.address(name) in line)
        assert f"{changed:%Y-%m-%d %H:%M:%S} UTC" in line
        assert all(each in line for each in (" sent ", desk.digest(name)[:12], row["reply"]))
    assert listed.out.splitlines()[-1] == "2025Q3: 4 sent"
    with (tmp_path / "list.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [{**row} for row in csv.DictReader(file)]
    assert rows == [{key: str(value) for key, value in row.items()} for row in told.told["deliveries"]]


def test_an_address_that_postfix_does_not_know_keeps_nothing_from_the_others(
    mail_servers: MailServers, desk: Desk
) -> None:
    through(desk, mail_servers)
    desk.copy.change("recipients.yaml", desk.address("r2"), f"nobody.{desk.tag}@example.test")
    ran = desk.run("send")

    assert ran.code == 2
    assert f"the letter to nobody.{desk.tag}@example.test (zh edition of 2025Q3) is failed: 550 5.1.1" in ran.err
    assert ran.out.splitlines()[-1] == "3 mailed now; 1 failed, 3 sent"
    assert copies(mail_servers, desk) == [1, 0, 1, 1]
    desk.copy.change("recipients.yaml", f"nobody.{desk.tag}@example.test", desk.address("r2"))
    mended = desk.run("send")
    assert (mended.code, mended.out.splitlines()[-1]) == (0, "1 mailed now; 4 sent")
    assert copies(mail_servers, desk) == [1, 1, 1, 1]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"ca": None}, "its certificate is not accepted: unable to get local issuer certificate"),
        ({"host": "127.0.0.1"}, "its certificate is not accepted: IP address mismatch"),
        ({"user": None}, "takes no letters (RCPT): "),
        ({"user": "nobody"}, "takes no letters (login): 535 5.7.8"),
    ],
)
def test_a_server_that_takes_nothing_as_it_is_set_up(
    mail_servers: MailServers, desk: Desk, changes: dict[str, Any], said: str
) -> None:
    through(desk, mail_servers, **changes)
    ran = desk.run("send")

    assert ran.code == 2
    assert said in ran.err
    assert "0 mailed now; 4 queued" in ran.out
    through(desk, mail_servers)
    assert desk.run("send").code == 0
    assert copies(mail_servers, desk) == [1, 1, 1, 1]


# --- lost after the dot -------------------------------------------------------------------------


def lost(desk: Desk, servers: MailServers, folder: Path, *acts: str) -> None:
    """A run whose connection is lost at final dots: whether Postfix got them, it cannot know."""
    with Between(folder, servers.ports["tls"], acts) as between:
        through(desk, servers, "tls", port=between.port)
        ran = desk.run("send")
    assert ran.code == 3
    assert ran.err.count("is unknown: the connection was lost (dot)") == len(acts)
    through(desk, servers)


def test_a_mail_whose_fate_nobody_knows_is_looked_for_in_the_archive(
    mail_servers: MailServers, desk: Desk, tmp_path: Path
) -> None:
    lost(desk, mail_servers, tmp_path, TAKEN, KEPT)
    again = desk.run("send")
    assert (again.code, again.out.splitlines()[-1]) == (3, "0 mailed now; 2 sent, 2 unknown")
    listed = desk.run("deliveries", "--json")
    assert (listed.code, listed.states) == (3, {"r1": "unknown", "r2": "unknown", "r3": "sent", "r4": "sent"})
    assert copies(mail_servers, desk) == [1, 0, 1, 1]

    looked = desk.run("send", "--reconcile")
    assert looked.code == 3
    assert f"{desk.address('r1')}, 2025Q3: arrived\n{desk.address('r2')}, 2025Q3: not in the archive\n" in looked.out
    assert f"the letter to {desk.address('r2')} (zh edition of 2025Q3) is unknown" in looked.err
    assert copies(mail_servers, desk) == [1, 0, 1, 1]

    resent = desk.run("send", "--reconcile", "--resend", "unknown")
    assert (resent.code, resent.out.splitlines()[-1]) == (0, "1 mailed now; 4 sent")
    assert copies(mail_servers, desk) == [1, 1, 1, 1]
    told = desk.run("deliveries", "--json")
    assert told.code == 0
    assert told.deliveries["r1"]["reply"] == "found in the archive, INBOX"
    assert len(mail_servers.received("archive", told.deliveries["r2"]["message_id"])) == 1


def test_only_what_is_named_is_sent_again(mail_servers: MailServers, desk: Desk, tmp_path: Path) -> None:
    lost(desk, mail_servers, tmp_path, KEPT, KEPT)
    ran = desk.run("send", "--reconcile", "--resend", "unknown", "--only", desk.address("r1"))
    assert (ran.code, ran.out.splitlines()[-1]) == (0, "1 mailed now; 1 sent")
    again = desk.run("send")
    assert (again.code, again.out.splitlines()[-1]) == (3, "0 mailed now; 3 sent, 1 unknown")
    assert copies(mail_servers, desk) == [1, 0, 1, 1]


def test_what_a_correction_has_replaced_is_settled_and_not_sent(
    mail_servers: MailServers, desk: Desk, tmp_path: Path
) -> None:
    lost(desk, mail_servers, tmp_path, KEPT)
    desk.copy.change("briefing.yaml", "number: 1\n", "number: 1\ntheme: official\n")
    assert desk.run("build").code == 0
    assert desk.run("approve", "--by", "director/Zhang San").code == 0
    assert desk.run("send", "--corrected", "版式有误。 / The layout was wrong.").code == 0
    assert desk.run("deliveries").code == 3  # of the first nobody knows

    ran = desk.run("send", "--reconcile", "--resend", "unknown")
    assert (ran.code, ran.out.splitlines()[-1]) == (0, "0 mailed now; 4 sent")
    listed = desk.run("deliveries")
    assert (listed.code, listed.out.splitlines()[-1]) == (0, "2025Q3: 1 failed, 7 sent")
    assert "not in the archive, INBOX; a correction took its place" in listed.out
    assert copies(mail_servers, desk) == [1, 2, 2, 2]


def test_absence_counts_after_a_time_only(mail_servers: MailServers, desk: Desk, tmp_path: Path) -> None:
    lost(desk, mail_servers, tmp_path, KEPT)
    desk.copy.change("delivery.yaml", '"waiting": 0', '"waiting": 15')
    ran = desk.run("send", "--reconcile", "--resend", "unknown")

    assert ran.code == 3
    assert f"{desk.address('r1')}, 2025Q3: not in the archive yet, too early to tell" in ran.out
    assert copies(mail_servers, desk) == [0, 1, 1, 1]


def test_programs_are_told_the_same_in_one_piece(mail_servers: MailServers, desk: Desk, tmp_path: Path) -> None:
    lost(desk, mail_servers, tmp_path, TAKEN, KEPT)
    ran = desk.run("send", "--reconcile", "--resend", "unknown", "--json")

    assert (ran.code, ran.err) == (0, "")
    assert (ran.told["mailed"], ran.told["problems"]) == (1, [])
    told = desk.run("deliveries", "--json").deliveries
    assert ran.told["archive"] == {
        "found": [told["r1"]["message_id"]], "absent": [told["r2"]["message_id"]], "waiting": [], "without_copy": [],
    }  # fmt: skip
    assert set(ran.states.values()) == {"sent"}
    assert copies(mail_servers, desk) == [1, 1, 1, 1]


def test_without_an_archive_it_is_sent_again_on_request_alone(
    mail_servers: MailServers, desk: Desk, tmp_path: Path
) -> None:
    lost(desk, mail_servers, tmp_path, TAKEN)
    desk.deliver_by({"port": mail_servers.ports["starttls"], "ca": str(mail_servers.authorities)})
    refused = desk.run("send", "--reconcile")
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.startswith("delivery.yaml:1:1: block: there is no archive to look in")

    ran = desk.run("send", "--resend", "unknown", "--only", desk.address("r1"))
    assert (ran.code, ran.out.splitlines()[-1]) == (0, "1 mailed now; 1 sent")
    first, second = arrived(mail_servers, desk.address("r1"))
    assert first == second  # mail systems know it by its Message-ID and Date


def test_the_password_of_the_archive_is_asked_for(
    mail_servers: MailServers, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost(desk, mail_servers, tmp_path, TAKEN)
    monkeypatch.delenv("IPREPORT_IMAP_PASSWORD")
    ran = desk.run("send", "--reconcile")

    assert (ran.code, ran.out) == (2, "")
    assert f"block: the password of the archive for '{USER}' is not given" in ran.err
    assert "set IPREPORT_IMAP_PASSWORD" in ran.err


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"user": "nobody"}, "AUTHENTICATIONFAILED"),
        ({"mailbox": "已发送"}, "Mailbox doesn't exist: 已发送"),
        ({"host": "127.0.0.1"}, "its certificate is not accepted: IP address mismatch"),
    ],
)
def test_an_archive_that_cannot_be_read_leaves_everything_as_it_is(
    mail_servers: MailServers, desk: Desk, tmp_path: Path, changes: dict[str, Any], said: str
) -> None:
    lost(desk, mail_servers, tmp_path, KEPT)
    reached = {"host": "localhost", "port": mail_servers.ports["imaps"], "ca": str(mail_servers.authorities)}
    imap = {"user": USER, **reached, **changes}
    server = {"port": mail_servers.ports["starttls"], "ca": str(mail_servers.authorities)}
    desk.deliver_by(server, {"address": ARCHIVE, "imap": imap, "waiting": 0})
    ran = desk.run("send", "--reconcile", "--resend", "unknown")

    assert ran.code == 2
    assert said in ran.err
    assert "nothing changed" in ran.err
    assert desk.run("deliveries", "--json").states["r1"] == "unknown"
    assert copies(mail_servers, desk) == [0, 1, 1, 1]


# --- killed -------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["SIGKILL", "SIGTERM", "SIGINT"])  # by name, as Windows lacks one of them
def test_a_run_that_dies_behind_a_dot_is_found_out_and_nobody_else_sends_meanwhile(
    mail_servers: MailServers, desk: Desk, tmp_path: Path, how: str
) -> None:
    with Between(tmp_path, mail_servers.ports["tls"], (HELD,)) as between:
        through(desk, mail_servers, "tls", port=between.port)
        with desk.started() as program:
            try:
                assert between.held.wait(30)
                second, meanwhile = desk.run("send"), desk.run("deliveries", "--json")
            finally:
                program.send_signal(getattr(signal, how))
            try:
                said = program.communicate(timeout=20)[0]
            finally:
                program.kill()

    assert program.returncode != 0
    assert PASSWORD not in said
    told = "'ipreport deliveries' says what became of each mail\n"
    assert said.endswith(told if how == "SIGINT" else "")
    assert ("the run was interrupted; of its letters are now 3 queued, 1 unknown" in said) == (how == "SIGINT")
    assert second.code == 2
    assert "another program is sending from this ledger" in second.err
    assert meanwhile.states == {"r1": "sending", "r2": "queued", "r3": "queued", "r4": "queued"}
    assert meanwhile.code == 0  # nothing is unknown of a run that goes on
    through(desk, mail_servers)
    listed = desk.run("deliveries", "--json")
    assert (listed.code, listed.states["r1"]) == (3, "unknown")
    assert desk.run("send").code == 3
    mail_servers.wait_for_queue()
    found = desk.run("send", "--reconcile")
    assert (found.code, found.out.splitlines()[-1]) == (0, "0 mailed now; 4 sent")
    assert copies(mail_servers, desk) == [1, 1, 1, 1]
