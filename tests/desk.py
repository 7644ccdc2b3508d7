"""A briefing on a desk, and the commands that people run on it: what they print, and how they end."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

import ipreport
from helpers import SMALL, Copy
from ipreport.cli import app
from ipreport.readers import DELIVERY_FILE, RECIPIENTS_FILE
from mail_certificates import authority_file
from mail_faults import PASSWORD, USER, Faulty

SENDER, ARCHIVE = "office@example.test", "archive@example.test"
RECIPIENTS = """\
report_to:
  - name: {{zh: 省政府办公厅, en: General Office of the Province}}
    address: r1.{tag}@example.test
copy_to:
  - name: {{zh: 科技厅, en: Science Department}}
    address: r2.{tag}@example.test
    edition: zh
distribute_to:
  - name: {{en: John Doe}}
    print: false
    address: r3.{tag}@example.test
    languages: [en, zh]
    attachments: [pdf, docx]
  - name: {{en: Jane Roe}}
    print: false
    address: r4.{tag}@example.test
    edition: en
  - name: {{zh: 各县, en: Counties}}
"""
ENDINGS = {
    "r1": ("bilingual.pdf",),
    "r2": ("zh.pdf",),
    "r3": ("bilingual.pdf", "bilingual.docx"),
    "r4": ("en.pdf",),
}
"""Who gets which files, by the part of the address before its dot."""


def secrets(password: str) -> tuple[str, ...]:
    """A password as it is, and as it goes over the wire."""
    sent = (password.encode(), b"\0%b\0%b" % (USER.encode(), password.encode()))
    return (password, *(base64.b64encode(each).decode() for each in sent))


@dataclass(frozen=True)
class Ran:
    """A command that has ended."""

    code: int
    out: str
    err: str

    @property
    def told(self) -> Any:
        """What it printed as JSON."""
        return json.loads(self.out)

    @property
    def deliveries(self) -> dict[str, dict[str, Any]]:
        """The deliveries of that, by the part of the address before its dot, the latest of each."""
        return {each["address"].partition(".")[0]: each for each in self.told["deliveries"]}

    @property
    def states(self) -> dict[str, str]:
        return {name: each["state"] for name, each in self.deliveries.items()}


_INTERRUPTIBLE = """
import runpy, signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # also where whoever started the tests ignores it
runpy.run_module("ipreport", run_name="__main__", alter_sys=True)
"""


@dataclass(frozen=True)
class Desk:
    """A copy of a briefing whose recipients have addresses of their own, as mailboxes are those of all tests."""

    copy: Copy
    tag: str

    @property
    def records(self) -> Path:
        return self.copy.root / "delivery" / self.copy.folder.name

    @property
    def ledger(self) -> Path:
        return self.records / "ledger.sqlite3"

    def address(self, name: str) -> str:
        return f"{name}.{self.tag}@example.test"

    @property
    def addresses(self) -> list[str]:
        return [self.address(name) for name in ENDINGS]

    def run(self, command: str, *given: str | Path) -> Ran:
        """Run a command on the briefing: an error of the program itself is raised, and no password is printed."""
        arguments = [command, str(self.copy.folder), *map(str, given)]
        ran = CliRunner().invoke(app, arguments, catch_exceptions=False, env={"COLUMNS": "200", "NO_COLOR": "1"})
        assert not any(secret in ran.output for secret in secrets(PASSWORD))
        said = self.copy.shorten(ran.stderr).replace(f"{self.copy.root.as_posix()}/", "")
        return Ran(ran.exit_code, ran.stdout, said)

    def started(self, code: str = "") -> subprocess.Popen[str]:
        """`ipreport send` as a program of its own, in the office's folder; with `code`, that in its place."""
        places = (Path(ipreport.__file__).parent.parent, Path(__file__).parent)
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, places)), "PYTHONUTF8": "1"}
        program = [sys.executable, "-c", code or _INTERRUPTIBLE, "send", self.copy.folder.name]
        return subprocess.Popen(
            program,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            env=environment,
            cwd=self.copy.root,
        )

    def deliver_by(self, server: dict[str, Any], archive: dict[str, Any] | None = None, **more: Any) -> None:
        """Write delivery.yaml: JSON is YAML. What is None is left out."""
        given = {"host": "localhost", "user": USER, **server}
        settings: dict[str, Any] = {
            "server": {key: each for key, each in given.items() if each is not None},
            "sender": {"name": {"zh": "示例州知识产权局", "en": "IP Office"}, "address": SENDER},
            **more,
        }
        if archive is not None:
            settings["archive"] = archive
        text = json.dumps(settings, ensure_ascii=False, indent=2)
        self.copy.overwrite(DELIVERY_FILE, text.encode())

    def through(self, server: Faulty, **more: Any) -> None:
        """Mail goes by this server."""
        security = "tls" if server.implicit else "starttls"
        ca = str(authority_file(server.folder))
        self.deliver_by({"port": server.port, "security": security, "ca": ca}, **more)

    @property
    def states(self) -> dict[str, str]:
        """What `deliveries` says of everybody."""
        return self.run("deliveries", "--json").states

    def file(self, ending: str) -> Path:
        """A built document: `zh.pdf`."""
        (path,) = (self.copy.root / "output").rglob(f"*.{ending}")
        return path

    def documents(self, name: str) -> list[bytes]:
        """What somebody should get, as it is on the disk now."""
        return [self.file(ending).read_bytes() for ending in ENDINGS[name]]

    def digest(self, name: str) -> str:
        """The SHA-256 of the PDF that somebody should get."""
        return "+".join(hashlib.sha256(each).hexdigest() for each in self.documents(name))


def set_out(root: Path, tag: str) -> Desk:
    """A briefing below `root` that is not built yet."""
    folder = root / "report" / SMALL.name
    shutil.copytree(SMALL, folder)
    desk = Desk(Copy(folder), tag)
    desk.copy.overwrite(RECIPIENTS_FILE, RECIPIENTS.format(tag=tag).encode())
    return desk


def another(approved: Path, root: Path, tag: str) -> Desk:
    """A copy of one that was built and approved, for other addresses: whom it is mailed to is no part of a build."""
    shutil.copytree(approved, root)
    desk = Desk(Copy(root / "report" / SMALL.name), tag)
    desk.copy.overwrite(RECIPIENTS_FILE, RECIPIENTS.format(tag=tag).encode())
    return desk
