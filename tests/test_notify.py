"""The approver is told what was built or what failed, through a real server; nothing is approved or sent by that."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

import ipreport
from helpers import HAIXI, Copy, copy_of, everything_below
from ipreport.cli import app
from ipreport.problems import ReportError
from ipreport.readers import DELIVERY_FILE
from mail_certificates import authority_file
from mail_faults import DROP, PASSWORD, USER, Fault, Faulty
from mail_servers.servers import MailServers

DIRECTOR = "director@office.example"
NAMED = f"approver: {{name: {{zh: 张三局长, en: Director Zhang San}}, address: {DIRECTOR}}}\n"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Faulty]:
    with Faulty(tmp_path) as faulty:
        yield faulty


def settings(folder: Path, server: Faulty, approver: str = NAMED) -> str:
    authority = authority_file(server.folder).as_posix()
    text = f"""\
server: {{host: localhost, port: {server.port}, user: {USER}, ca: {authority}}}
sender: {{name: {{zh: 示例州知识产权局, en: IP Office}}, address: briefing@office.example}}
reply_to: secretary@office.example
archive: {{address: archive@office.example}}
{approver}"""
    (folder / DELIVERY_FILE).write_text(text, encoding="utf-8")
    return text


@pytest.fixture
def ready(small: Copy, server: Faulty, monkeypatch: pytest.MonkeyPatch) -> Copy:
    """A briefing that is built, with an approver, and a server."""
    settings(small.folder, server)
    monkeypatch.setenv("IPREPORT_SMTP_PASSWORD", PASSWORD)
    monkeypatch.chdir(small.root)
    small.build()
    return small


def approve(copy: Copy, **options: object) -> None:
    ipreport.approve(copy.folder, by="director/Zhang San", output=copy.root / "output", **options)  # type: ignore[arg-type]


def notify(copy: Copy, **options: object) -> ipreport.Notified:
    return ipreport.notify(copy.folder, **options)  # type: ignore[arg-type]


def refused(copy: Copy, **options: object) -> str:
    with pytest.raises(ReportError) as error:
        notify(copy, **options)
    return "\n".join(copy.shorten(str(problem)) for problem in error.value.problems)


def arrived(server: Faulty) -> EmailMessage:
    return message_from_bytes(server.messages[DIRECTOR], policy=policy.default)


def said(server: Faulty, form: str = "plain") -> str:
    body = arrived(server).get_body((form,))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


# --- what is told ------------------------------------------------------------------------------


def test_the_approver_alone_is_told_and_nothing_else_changes(ready: Copy, server: Faulty) -> None:
    before = everything_below(ready.root)

    told = notify(ready)

    assert dict(server.taken) == {DIRECTOR: 1}  # no copy to the archive, which is for issues
    assert told.address == DIRECTOR
    assert told.reply == "250 2.0.0 taken as 4711"
    message = arrived(server)
    assert str(message["To"]) == f"张三局长 <{DIRECTOR}>"
    assert str(message["From"]) == "示例州知识产权局 <briefing@office.example>"
    assert str(message["Reply-To"]) == "secretary@office.example"
    assert (message["Auto-Submitted"], message["Message-ID"]) == ("auto-generated", told.message_id)
    assert str(message["Subject"]) == told.subject == "【待审批】知识产权简报第1期／For approval: IP Briefing, Issue 1"
    assert everything_below(ready.root) == before
    assert not (ready.root / "delivery").exists()


@pytest.mark.parametrize("form", ["plain", "html"])
def test_both_forms_name_every_file_with_size_and_digest(ready: Copy, server: Faulty, form: str) -> None:
    notify(ready)

    text = said(server, form)
    files = [path for path in (ready.root / "output").rglob("small-*") if path.suffix in {".pdf", ".docx"}]
    assert len(files) == 6
    for path in files:
        kibibytes = round(path.stat().st_size / 1024)
        assert f"{path.name} ({kibibytes} KB)" in text
        assert f"SHA-256 {hashlib.sha256(path.read_bytes()).hexdigest()}" in text
    assert str(files[0].parent) in text
    for words in ("已生成，等待审批。", "It is built and waits for approval.", "ipreport check small", str(ready.root)):
        assert words in text
    assert text.count("nobody has approved these files") == 3


def test_what_is_approved_already_is_told_by_edition(ready: Copy, server: Faulty) -> None:
    approve(ready, editions=["zh"])

    assert notify(ready).approved == ("zh",)
    text = said(server)
    assert "- zh：已由 director/Zhang San (" in text
    assert "  zh: approved by director/Zhang San (" in text
    assert "- en：这些文件尚未审批" in text
    assert "等待审批" in text

    approve(ready)
    assert notify(ready).subject.startswith("【已审批】")
    assert "these files are approved already" in said(server)


def test_an_approval_of_other_files_counts_for_nothing(ready: Copy, server: Faulty) -> None:
    approve(ready)
    ready.change("metrics.yaml", '"369700"', '"369800"')
    ready.build()

    assert notify(ready).approved == ()
    assert said(server).count("nobody has approved these files") == 3


def test_findings_and_notes_are_those_of_the_briefing(
    tmp_path: Path, server: Faulty, monkeypatch: pytest.MonkeyPatch
) -> None:
    haixi = copy_of(HAIXI, tmp_path)
    haixi.change("briefing.yaml", "number:", "pdf: {conformance: none}\nnumber:")
    settings(haixi.folder, server)
    monkeypatch.setenv("IPREPORT_SMTP_PASSWORD", PASSWORD)
    monkeypatch.chdir(haixi.root)
    built = haixi.build(editions=["zh"])

    notify(haixi)

    text = said(server)
    manifest = json.loads(built.manifest.read_text(encoding="utf-8"))
    remarks = [line.strip() for each in manifest["warnings"] for line in each.splitlines()]
    assert remarks
    assert all(line[:400] in text for line in remarks)
    accepted = (haixi.folder / "metrics.yaml").read_text(encoding="utf-8").partition("acknowledged:")[2]
    assert accepted.count("- rule: ") == text.split("Acknowledged findings")[1].split("提示")[0].count("- R")


def test_two_notices_of_the_same_are_two_messages(ready: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    moments = (datetime(2025, 10, 16, 8, minute, tzinfo=UTC) for minute in (0, 1))
    monkeypatch.setattr("ipreport.pipeline.notifying.datetime", SimpleNamespace(now=lambda _zone: next(moments)))

    assert notify(ready).message_id != notify(ready).message_id


def test_a_program_below_the_folder_is_called_by_its_path(
    ready: Copy, server: Faulty, monkeypatch: pytest.MonkeyPatch
) -> None:
    notify(ready)
    assert "    ipreport approve small " in said(server)

    monkeypatch.setattr("sysconfig.get_path", lambda _: str(Path.cwd() / ".venv" / "bin"))
    notify(ready)
    assert f"    {Path('.venv', 'bin', 'ipreport')} approve small " in said(server)
    notify(ready, failed="it did not work")
    assert f"    {Path('.venv', 'bin', 'ipreport')} check small\n" in said(server)


# --- what is refused ---------------------------------------------------------------------------


def test_what_was_not_built_from_what_is_there_is_not_told(ready: Copy, server: Faulty) -> None:
    ready.change("metrics.yaml", '"369700"', '"369800"')
    assert "metrics.yaml: block: the file has changed since the issue was built" in refused(ready)

    ready.change("metrics.yaml", '"369800"', '"369700"')
    (path,) = (ready.root / "output").rglob("*.zh.pdf")
    path.write_bytes(path.read_bytes() + b" ")
    assert "the file is not the one that was built" in refused(ready)

    shutil.rmtree(ready.root / "output")
    assert "the issue has not been built" in refused(ready)
    assert not server.taken


def test_a_briefing_with_a_problem_is_not_told_of(ready: Copy, server: Faulty) -> None:
    ready.change("metrics.yaml", '"369700"', '"12万"')

    assert "metrics.yaml:" in refused(ready)
    assert not server.taken


def test_somebody_has_to_be_named(ready: Copy, server: Faulty) -> None:
    settings(ready.folder, server, approver="")

    assert "delivery.yaml:1:1: block: nobody is named who approves" in refused(ready)
    assert "approver: {name:" in refused(ready, failed="no matter what")
    assert not server.taken


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (NAMED.replace(DIRECTOR, "director"), "approver.address"),
        (NAMED.replace("zh: 张三局长, ", ""), "the Chinese text is missing"),
        (NAMED.replace("}\n", ", edition: zh}\n"), "edition"),
    ],
)
def test_an_approver_is_checked_as_everything_is(ready: Copy, server: Faulty, entry: str, said: str) -> None:
    settings(ready.folder, server, approver=entry)

    message = refused(ready)
    assert message.startswith("delivery.yaml:5:")
    assert said in message


# --- servers -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (Fault("RCPT", "550 5.1.1 nobody of this name"), f"to {DIRECTOR} was refused (RCPT): 550 5.1.1 nobody"),
        (Fault("login", "535 5.7.8 no"), "takes no letters (login): 535 5.7.8 no"),
        (Fault("stored", DROP), "nobody can know whether the notice to director@office.example arrived"),
        (Fault("dot", "554 5.6.0 no"), f"to {DIRECTOR} was refused (dot): 554 5.6.0 no"),
    ],
)
def test_what_a_server_refuses_is_told(ready: Copy, server: Faulty, fault: Fault, told: str) -> None:
    server.faults.append(fault)

    assert told in refused(ready)
    assert server.sessions == 1  # and not tried again by itself


def test_a_server_that_is_away_for_a_moment_is_waited_for(ready: Copy, server: Faulty) -> None:
    server.faults += [Fault("connect", "421 4.3.2 come back", times=1), Fault("DATA", DROP, times=1)]

    notify(ready)

    assert dict(server.taken) == {DIRECTOR: 1}
    assert server.sessions == 3


def test_a_server_that_nobody_vouches_for_is_told_nothing(ready: Copy, server: Faulty) -> None:
    text = (ready.folder / DELIVERY_FILE).read_text(encoding="utf-8")
    ready.overwrite(DELIVERY_FILE, text.replace(f", ca: {authority_file(server.folder).as_posix()}", "").encode())

    assert "its certificate is not accepted" in refused(ready)
    assert not server.commands


def test_through_postfix(ready: Copy, mail_servers: MailServers, monkeypatch: pytest.MonkeyPatch) -> None:
    text = f"""\
server:
  {{host: localhost, port: {mail_servers.ports["tls"]}, security: tls, user: {USER}, ca: {mail_servers.authorities}}}
sender: {{name: {{zh: 局, en: Office}}, address: office@example.test}}
approver: {{name: {{zh: 张三, en: Zhang San}}, address: r77@example.test}}
"""
    ready.overwrite(DELIVERY_FILE, text.encode())
    monkeypatch.setenv("IPREPORT_SMTP_PASSWORD", mail_servers.password)

    told = notify(ready)

    mail_servers.wait_for_queue()
    assert len(mail_servers.copies()["r77@example.test", told.message_id]) == 1


# --- what failed -------------------------------------------------------------------------------


def test_a_failure_asks_nothing_of_the_briefing(ready: Copy, server: Faulty) -> None:
    ready.overwrite("briefing.yaml", b"]")
    log = "\n".join(f"line {number}" for number in range(100)) + "\n\x1b[31mmetrics.yaml:3: block: 坏了\x1b[0m\n\n"

    told = notify(ready, failed=log)

    assert (told.subject, told.approved) == ("【出错】small／Failed: small", ())
    assert dict(server.taken) == {DIRECTOR: 1}
    for form in ("plain", "html"):
        text = said(server, form)
        assert "metrics.yaml:3: block: 坏了" in text
        assert "\x1b" not in text
        assert "line 99" in text
        assert "line 40" not in text
        assert "自动运行出错" in text


def test_the_command_tells_and_takes_what_a_program_said(ready: Copy, server: Faulty) -> None:
    shown = CliRunner().invoke(app, ["notify", str(ready.folder)])
    assert (shown.exit_code, shown.stderr) == (0, "")
    assert shown.stdout == f"told {DIRECTOR}: 【待审批】知识产权简报第1期／For approval: IP Briefing, Issue 1\n"

    (ready.root / "build.log").write_bytes("第一行\n".encode() + "系统找不到".encode("gbk") + b"\n\xff\n")
    shown = CliRunner().invoke(app, ["notify", str(ready.folder), "--failed", str(ready.root / "build.log"), "--json"])
    told = json.loads(shown.stdout)
    assert (told["address"], told["approved"]) == (DIRECTOR, [])
    assert "    第一行\n    系统找不到\n    \ufffd\n" in said(server)

    shown = CliRunner().invoke(app, ["notify", str(ready.folder), "--failed", "-"], input="from a pipe\n")
    assert shown.exit_code == 0
    assert "    from a pipe\n" in said(server)

    shown = CliRunner().invoke(app, ["notify", str(ready.folder), "--failed", "none.log"])
    assert shown.exit_code == 2
    assert "what the program said cannot be read" in shown.stderr
    assert "; nothing was approved or sent\n" in shown.stderr
    assert server.taken[DIRECTOR] == 3
