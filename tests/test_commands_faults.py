"""Mailing by commands through servers that are not as they should be: what is said, and how it ends."""

from __future__ import annotations

import os
import sqlite3
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from desk import ENDINGS, Desk, secrets
from helpers import everything_below
from mail_certificates import PAST, server_file
from mail_faults import DROP, PASSWORD, USER, Fault, Faulty

ALL = dict.fromkeys(ENDINGS, "sent")


class Expiring(Faulty):
    """Its password is right until the first mail is taken."""

    def fault(self, phase: str, address: str = "") -> str | None:
        if phase == "login" and self.taken:
            return "535 5.7.8 the password has expired"
        return super().fault(phase, address)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that is away is not waited for."""
    monkeypatch.setattr("ipreport.delivery.sending._Run._pause", lambda *_: None)


# --- servers that take nothing ------------------------------------------------------------------


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"offers": {"auth"}}, "(connect): the server does not offer STARTTLS"),
        ({"password": "another"}, "(login): 535 5.7.8 no such login"),
        ({"certificate": {"issuer": "Somebody Else"}}, "(connect): its certificate is not accepted: unable to get"),
        ({"certificate": {"validity": PAST}}, "(connect): its certificate is not accepted: certificate has expired"),
        ({"certificate": {"hosts": ("x.test",)}, "implicit": True}, "is not accepted: Hostname mismatch"),
        ({"down": True}, "(connect): Connection refused"),
        ({"faults": [Fault("connect", DROP)]}, "(connect): the server closed the connection"),
    ],
)
def test_a_server_that_takes_nothing_ends_the_run_and_the_next_one_sends_it_all(
    desk: Desk, tmp_path: Path, wrong: dict[str, Any], said: str
) -> None:
    given = {key: value for key, value in wrong.items() if key != "down"}
    if "certificate" in wrong:
        given["certificate"] = server_file(tmp_path, **wrong["certificate"])
    with Faulty(tmp_path, **given) as server:
        if "down" in wrong:
            server.stop()
        desk.through(server)
        ran = desk.run("send")
    assert ran.code == 2
    assert f"localhost:{server.port} takes no letters " in ran.err
    assert said in ran.err
    assert ran.out.splitlines()[0] == "0 mailed now; 4 queued"
    assert {(each["state"], each["attempts"]) for each in desk.run("deliveries", "--json").deliveries.values()} == {
        ("queued", 0)
    }
    assert not server.taken
    with Faulty(tmp_path) as mended:
        desk.through(mended)
        assert desk.run("send").code == 0
    assert mended.taken == dict.fromkeys(desk.addresses, 1)


def test_a_password_that_is_refused_in_the_middle_ends_the_run_there(desk: Desk, tmp_path: Path) -> None:
    second = Fault("MAIL", "421 4.3.2 closing", times=1)
    with Expiring(tmp_path, [Fault("MAIL", "250 OK", times=1), second]) as server:
        desk.through(server)
        ran = desk.run("send")
    assert ran.code == 2
    assert "takes no letters (login): 535 5.7.8 the password has expired" in ran.err
    assert f"check the password of {USER}" in ran.err
    assert desk.states == {"r1": "sent", "r2": "queued", "r3": "queued", "r4": "queued"}
    with Faulty(tmp_path) as mended:
        desk.through(mended)
        again = desk.run("send")
    assert (again.code, again.out.splitlines()[-1]) == (0, "3 mailed now; 4 sent")
    assert server.taken + mended.taken == dict.fromkeys(desk.addresses, 1)


# --- some of many -------------------------------------------------------------------------------


def test_who_is_refused_for_good_or_for_now_changes_nothing_for_the_others(mail_desk: Desk, faulty: Faulty) -> None:
    faulty.faults += [
        Fault("RCPT", "550 5.1.1 nobody of this name", mail_desk.address("r2"), times=1),
        Fault("RCPT", "450 4.2.0 come back later", mail_desk.address("r3"), times=1),
    ]
    ran = mail_desk.run("send")

    assert ran.code == 2
    assert f"{mail_desk.address('r2')} (zh): failed, 550 5.1.1 nobody of this name" in ran.out
    assert f"{mail_desk.address('r3')} (bilingual): queued, 450 4.2.0 come back later" in ran.out
    assert "2 mailed now; 1 failed, 1 queued, 2 sent" in ran.out
    assert "what is queued is tried by the next 'ipreport send', from " in ran.out
    again = mail_desk.run("send")
    assert (again.code, again.out.splitlines()[0]) == (2, "0 mailed now; 1 failed, 1 queued, 2 sent")
    resent = mail_desk.run("send", "--resend", "failed")
    assert resent.code == 2  # one is still to be sent
    assert mail_desk.states == {**ALL, "r3": "queued"}

    with sqlite3.connect(mail_desk.ledger) as ledger:  # as if the time had come
        ledger.execute("UPDATE letters SET due = queued_at WHERE state = 'queued'")
    ledger.close()
    last = mail_desk.run("send")
    assert (last.code, last.out.splitlines()[-1], last.err) == (0, "1 mailed now; 4 sent", "")
    assert faulty.taken == dict.fromkeys(mail_desk.addresses, 1)


def test_who_is_only_put_off_is_still_to_be_sent_to(mail_desk: Desk, faulty: Faulty) -> None:
    faulty.faults.append(Fault("RCPT", "450 4.2.0 come back later", mail_desk.address("r3")))
    ran = mail_desk.run("send", "--json")

    assert (ran.code, ran.states) == (2, {**ALL, "r3": "queued"})


def test_a_run_goes_on_when_nobody_reads_along_any_more(mail_desk: Desk, faulty: Faulty) -> None:
    with mail_desk.started() as program:
        assert program.stdout is not None
        program.stdout.close()  # as `ipreport send haixi | head` does
        assert program.wait(30) != 0

    assert faulty.taken == dict.fromkeys(mail_desk.addresses, 1)
    assert mail_desk.states == ALL


def test_what_is_unknown_weighs_more_than_what_failed(mail_desk: Desk, faulty: Faulty) -> None:
    faulty.faults += [
        Fault("RCPT", "550 5.1.1 nobody of this name", mail_desk.address("r2")),
        Fault("dot", DROP, mail_desk.address("r3")),
    ]
    ran = mail_desk.run("send")

    assert (ran.code, ran.out.splitlines()[-1]) == (3, "2 mailed now; 1 failed, 2 sent, 1 unknown")
    assert mail_desk.run("deliveries").code == 3
    assert mail_desk.run("send", "--only", mail_desk.address("r2")).code == 2
    again = mail_desk.run("send", "--resend", "failed")
    assert (again.code, again.out.splitlines()[-1]) == (3, "0 mailed now; 1 failed, 2 sent, 1 unknown")
    assert [faulty.commands.count(f"RCPT {mail_desk.address(name)}") for name in ("r2", "r3")] == [2, 1]


def test_a_mail_that_is_larger_than_the_server_takes_is_named_before(desk: Desk, tmp_path: Path) -> None:
    with Faulty(tmp_path) as server:
        desk.through(server)
        assert desk.run("send", "--dry-run", tmp_path / "look").code == 0
    sizes = {name: (tmp_path / "look" / f"{desk.address(name)}.eml").stat().st_size for name in ENDINGS}
    largest = max(sizes, key=lambda name: sizes[name])
    limit = sorted(sizes.values())[-2]
    with Faulty(tmp_path, size=limit) as server:
        desk.through(server)
        ran = desk.run("send")
    assert ran.code == 2
    assert f"it has {sizes[largest]:,} bytes, and the server takes at most {limit:,}" in ran.err
    assert desk.states == {**ALL, largest: "failed"}
    assert f"RCPT {desk.address(largest)}" not in server.commands
    with Faulty(tmp_path) as server:
        desk.through(server)
        assert desk.run("send", "--resend", "failed").code == 0
    assert server.taken == {desk.address(largest): 1}


def test_only_a_group_or_an_address_is_sent_to(mail_desk: Desk, faulty: Faulty) -> None:
    wrong = mail_desk.run("send", "--only", "copy_too")
    assert (wrong.code, wrong.out) == (2, "")
    assert wrong.err.startswith("recipients.yaml: block: 'copy_too' is no recipient\n    hint: did you mean 'copy_to'?")
    ran = mail_desk.run("send", "--only", "copy_to", "--only", mail_desk.address("r4").upper())
    assert (ran.code, ran.out.splitlines()[-1]) == (0, "2 mailed now; 2 sent")
    assert set(faulty.taken) == {mail_desk.address("r2"), mail_desk.address("r4")}
    rest = mail_desk.run("send")
    assert (rest.code, rest.out.splitlines()[-1]) == (0, "2 mailed now; 4 sent")
    assert faulty.taken == dict.fromkeys(mail_desk.addresses, 1)


@pytest.mark.parametrize(("setting", "option"), [(200, ()), (6000, ("--rate", "200"))])
def test_a_rate_is_kept_and_the_option_comes_first(
    desk: Desk, faulty: Faulty, setting: int, option: tuple[str, ...]
) -> None:
    desk.through(faulty, rate=setting)
    assert desk.run("send", *option).code == 0

    told = desk.run("deliveries", "--json").deliveries.values()
    times = sorted(datetime.fromisoformat(each["changed_at"]) for each in told)
    assert (times[-1] - times[0]).total_seconds() > 0.6  # three waits of 0.3 seconds, but for the first mail's own time


# --- options that cannot be ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--resend", "sent"), "'sent' is neither 'unknown' nor 'failed'"),
        (("--rate", "0"), "Invalid value for '--rate'"),
        (("--corrected", " "), "the reason of the correction is missing in"),
        (("--corrected", "更正一处。 / "), "the reason of the correction is missing in"),
    ],
)
def test_options_that_do_not_make_sense_are_refused(
    mail_desk: Desk, faulty: Faulty, options: tuple[str, ...], said: str
) -> None:
    ran = mail_desk.run("send", *options)

    assert (ran.code, ran.out) == (2, "")
    assert said in " ".join(ran.err.replace("│", " ").split())
    assert not (mail_desk.records / "corrections.jsonl").exists()
    assert set(mail_desk.states.values()) == {"not mailed"}
    assert not faulty.taken


# --- passwords ----------------------------------------------------------------------------------

BUG = """
import ipreport.delivery.smtp as smtp

def broken(*given):
    raise RuntimeError(f"a bug of the program behind the login {given[0]!r}")

smtp.Session.deliver = broken
from ipreport.cli import main
main()
"""


@pytest.mark.usefixtures("quick")
def test_no_password_stands_anywhere(mail_desk: Desk, faulty: Faulty, monkeypatch: pytest.MonkeyPatch) -> None:
    faulty.password = "plain p4ss:word"  # noqa: S105 - of nobody; one that a server can repeat in ASCII
    monkeypatch.setenv("IPREPORT_SMTP_PASSWORD", faulty.password)
    repeated = " ".join(secrets(faulty.password))
    faulty.faults.append(Fault("login", f"535 5.7.8 no: {repeated}", times=1))
    ran = mail_desk.run("send")
    faulty.faults.append(Fault("RCPT", f"550 5.1.1 no: {repeated}", mail_desk.address("r1"), times=1))
    refused = mail_desk.run("send", "--json", "--only", mail_desk.address("r1"))
    assert (ran.code, refused.code) == (2, 2)
    assert "535 5.7.8 no: " in ran.err
    assert refused.deliveries["r1"]["reply"].startswith("550 5.1.1 no: ")
    with mail_desk.started(code=BUG) as program:
        said = program.communicate(timeout=30)[0]
    assert "RuntimeError: a bug of the program behind the login" in said
    listed = mail_desk.run("deliveries", "--csv", mail_desk.copy.root / "list.csv")
    assert mail_desk.run("send", "--dry-run", mail_desk.copy.root / "look").code == 0

    kept = b"".join(everything_below(mail_desk.copy.root).values())
    for secret in secrets(faulty.password):
        assert not any(secret in each for each in (ran.err, refused.out, said, listed.out))
        assert secret.encode() not in kept


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "the password of the mail server for 'office' is not given"),
        ({"": "secret", "_FILE": "given"}, "the password of the mail server is given twice"),
        ({"_FILE": "absent"}, "the file with the password of the mail server cannot be read"),
        pytest.param(
            *({"_FILE": "shared"}, "the file with the password of the mail server may be read by others"),
            marks=pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions"),
        ),
        ({"_FILE": "own"}, ""),
    ],
)
def test_ways_to_give_a_password(
    mail_desk: Desk, faulty: Faulty, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: dict[str, str], said: str
) -> None:
    monkeypatch.delenv("IPREPORT_SMTP_PASSWORD")
    for name, mode in (("own", 0o600), ("shared", 0o644)):
        (tmp_path / name).write_text(f"{PASSWORD}\n", encoding="utf-8")
        (tmp_path / name).chmod(mode)
    for variable, value in given.items():
        found = str(tmp_path / value) if variable else value
        monkeypatch.setenv(f"IPREPORT_SMTP_PASSWORD{variable}", found)
    ran = mail_desk.run("send")

    assert ran.code == (2 if said else 0)
    assert said in ran.err
    assert faulty.taken == ({} if said else dict.fromkeys(mail_desk.addresses, 1))
