"""The first mail as the README leads a clerk to it: its commands and files as they stand, with a real server."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from typer.testing import CliRunner

from helpers import HERE, Copy
from ipreport.cli import app
from ipreport.outline import Security
from ipreport.readers import DELIVERY_FILE, read_delivery
from mail_certificates import authority_file
from mail_faults import PASSWORD, USER, Faulty
from mail_servers.servers import SENDER, MailServers
from mailed import settings_of
from test_readme import ROWS, WITH_MORE

README = (HERE.parent / "README.md").read_text(encoding="utf-8")
SECTIONS = {
    "en": README[README.index("### A first mail in five minutes") : README.index("\n## Signatures")],
    "zh": README[README.index("### 五分钟试发第一封邮件") : README.index("\n每季自动生成：")],
}
TO, FROM = "wang@office.example", "briefing@office.example"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the commands are those of a shell of Unix")


@dataclass
class Clerk:
    """Somebody who does what a section says, step by step, in a folder of his own."""

    folder: Path
    language: str
    put: dict[str, str]
    """What takes the place of what, as a clerk puts his own server and addresses."""
    said: list[tuple[str, str]] = field(default_factory=list)
    """Each command, or group of them, and what came of it."""

    def steps(self) -> Iterator[tuple[str, str, str]]:
        """Language, content and paragraph before it of each block."""
        text = SECTIONS[self.language]
        for found in re.finditer(r"^ {3}```(\w+)\n(.*?)^ {3}```", text, re.MULTILINE | re.DOTALL):
            yield found[1], textwrap.dedent(found[2]), text[: found.start()].rpartition("\n\n")[0].rpartition("\n\n")[2]

    def follow(self, until: str = "") -> None:
        """Do every step, up to the first command that has `until` in it."""
        for kind, content, before in self.steps():
            if kind == "yaml":
                (file,) = re.findall(r"`(report/[\w/]+\.yaml)`", before)
                self.write(file, content)
            elif until and until in content:
                return
            else:
                self.run(content)

    def write(self, file: str, content: str) -> None:
        for old, new in self.put.items():
            content = content.replace(old, new)
        if self.language == "zh":  # as Notepad saves it
            content = "\ufeff" + content.replace("\n", "\r\n")
        (self.folder / file).write_bytes(content.encode("utf-8"))

    def run(self, commands: str, code: int = 0) -> str:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("IPREPORT_SMTP")}
        ran = subprocess.run(
            ["/bin/bash", "-e", "-c", commands], cwd=self.folder, env=environment, input=f"{PASSWORD}\n", text=True,
            encoding="utf-8", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
        )  # fmt: skip
        assert ran.returncode == code, ran.stdout
        self.said.append((commands, ran.stdout))
        return ran.stdout

    @property
    def last(self) -> str:
        """The commands of the last step, which ask for the password."""
        return [content for _, content, _ in self.steps()][-1]


@pytest.fixture
def implicit(tmp_path: Path) -> Iterator[Faulty]:
    """A server that is encrypted from the first byte, as the README's is."""
    with Faulty(tmp_path, implicit=True) as server:
        yield server


def clerk(tmp_path: Path, language: str, put: dict[str, str]) -> Clerk:
    folder = tmp_path / "project"
    program = folder / ".venv" / "bin" / "ipreport"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m ipreport "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return Clerk(folder, language, put)


def of_faulty(server: Faulty) -> dict[str, str]:
    authority = authority_file(server.folder).as_posix()
    return {
        "host: smtp.office.example, port: 465": f"host: localhost, ca: {authority}, port: {server.port}",
        f"user: {FROM}": f"user: {USER}",
    }


@pytest.mark.parametrize("language", list(SECTIONS))
def test_the_first_mail_goes_as_the_readme_says(tmp_path: Path, implicit: Faulty, language: str) -> None:
    walk = clerk(tmp_path, language, of_faulty(implicit))

    walk.follow(until="read -rs")
    assert implicit.sessions == 0  # looking at the mails reaches no server
    page = (walk.folder / "look" / "preview.html").read_text(encoding="utf-8")
    assert TO in page
    assert "示例数据" in page

    said = walk.run(walk.last)
    (sent, again) = re.findall(r"`(\d mailed now; 1 sent)`", SECTIONS[language])
    assert f"\n{sent}\n" in said
    assert re.search(rf"^{TO} +bilingual +sent ", said, re.MULTILINE)
    assert f"\n{again}\n" in f"\n{walk.run(walk.last)}"
    assert dict(implicit.taken) == {TO: 1}
    (pdf,) = (walk.folder / "output" / "trial").rglob("*.bilingual.pdf")
    message = message_from_bytes(implicit.messages[TO], policy=policy.default)
    (attached,) = message.iter_attachments()  # type: ignore[attr-defined]  # of the newer policy
    assert attached.get_payload(decode=True) == pdf.read_bytes()


def test_the_same_through_postfix(tmp_path: Path, mail_servers: MailServers) -> None:
    ports = f"host: localhost, ca: {mail_servers.authorities}, port: {mail_servers.ports['tls']}"
    own = {"host: smtp.office.example, port: 465": ports, f"user: {FROM}": f"user: {USER}", FROM: SENDER}
    walk = clerk(tmp_path, "zh", {**own, TO: "r51@example.test"})

    walk.follow()

    assert "1 mailed now; 1 sent" in walk.said[-1][1]
    mail_servers.wait_for_queue()
    assert [len(found) for (to, _), found in mail_servers.copies().items() if to == "r51@example.test"] == [1]


def test_both_languages_have_the_same_commands_files_and_servers() -> None:
    en, zh = ([*Clerk(Path(), language, {}).steps()] for language in SECTIONS)

    def bare(content: str) -> str:
        return re.sub(r" *#.*| --by .*", "", content)

    assert [(kind, bare(content)) for kind, content, _ in en] == [(kind, bare(content)) for kind, content, _ in zh]
    servers = [
        re.findall(r"\| `(\{host.*?\})` \|", text.replace("单位域名", "office.example")) for text in SECTIONS.values()
    ]
    assert servers[0] == servers[1]


@pytest.mark.parametrize("settings", re.findall(r"\| `(\{host.*?\})` \|", SECTIONS["en"]))
def test_the_servers_that_are_named_are_read_as_meant(small: Copy, settings: str) -> None:
    small.overwrite("office.pem", b"")
    sender = "sender: {name: {zh: 局, en: Office}, address: a@office.example}"
    small.overwrite(DELIVERY_FILE, f"server: {settings.replace('…', 'somebody')}\n{sender}\n".encode())

    server = read_delivery(small.folder).server
    assert (server.port, server.security) in {(465, Security.TLS), (587, Security.STARTTLS)}
    assert server.user == "somebody"


@pytest.mark.parametrize("language", list(SECTIONS))
def test_what_does_not_go_says_what_the_readme_quotes_and_goes_later(
    tmp_path: Path, implicit: Faulty, language: str
) -> None:
    walk = clerk(tmp_path, language, of_faulty(implicit))
    walk.follow(until="read -rs")
    text = SECTIONS[language].rpartition("```")[2]
    password, plain, certificate = (quoted for quoted in re.findall(r"`([^`]+)`", text) if quoted in {
        "535", "does not offer STARTTLS", "certificate is not accepted"
    })  # fmt: skip
    right = (walk.folder / "report" / DELIVERY_FILE).read_text("utf-8-sig")

    implicit.password = "another"  # noqa: S105 - no real one
    assert password in walk.run(walk.last, code=2)
    implicit.password = PASSWORD
    with Faulty(tmp_path, offers={"auth"}) as old:
        walk.write("report/delivery.yaml", right.replace(f"port: {implicit.port}, security: tls", f"port: {old.port}"))
        assert plain in walk.run(walk.last, code=2)
    walk.write("report/delivery.yaml", re.sub("ca: .*?, ", "", right))
    assert certificate in walk.run(walk.last, code=2)
    assert not implicit.taken

    walk.write("report/delivery.yaml", right)
    assert "1 mailed now; 1 sent" in walk.run(walk.last)
    assert dict(implicit.taken) == {TO: 1}


@pytest.mark.parametrize("command", WITH_MORE)
def test_the_other_commands_of_the_table_run(
    command: str, approved: Copy, faulty: Faulty, monkeypatch: pytest.MonkeyPatch
) -> None:
    (row,) = (row for row in ROWS if row.startswith(command))
    approver = "approver: {name: {zh: 张三, en: Zhang San}, address: director@office.example}\n"
    approved.overwrite(DELIVERY_FILE, (settings_of(faulty) + approver).encode())
    monkeypatch.chdir(approved.root)
    records = ["--records", str(approved.root / "delivery")]

    words = row.replace("BRIEFING", str(approved.folder)).replace("WHO", "director/Zhang").split()
    result = CliRunner().invoke(app, [*words, *records], catch_exceptions=False)

    assert (result.exit_code, result.stderr) == (0, "")
    assert sum(faulty.taken.values()) == {"approve": 0, "notify": 1, "send": 3}[command]
