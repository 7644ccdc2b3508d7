"""Starts Postfix and Dovecot as an office would run them, and ends them, with all that they started.

`python tests/mail_servers/servers.py` starts them for a person to look at, until it is interrupted.
"""

from __future__ import annotations

import base64
import email
import os
import re
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from ipreport.delivery import Archive, Login, Security, Server
from mail_certificates import authority_file, server_file

HERE = Path(__file__).parent
DAEMONS = Path("/usr/lib/postfix/sbin")
USER, PASSWORD = "office", "口令 p4ss:word"
SENDER, ARCHIVE = "office@example.test", "archive@example.test"
SIZE = 5_000_000
"""The most bytes of a message that this Postfix takes."""
_QUEUES = ("incoming", "active", "deferred", "bounce", "defer", "corrupt", "flush", "hold", "trace", "saved", "private")


def why_not() -> str | None:
    """Why the servers cannot be started here, if they cannot."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return "Postfix starts as root only, on Linux"
    missing = [
        name for name in ("postfix", "dovecot") if shutil.which(name) is None and not Path(f"/usr/sbin/{name}").exists()
    ]
    return f"not installed: {', '.join(missing)} (Debian: postfix, dovecot-imapd)" if missing else None


@dataclass
class MailServers:
    """Both servers, in a folder of their own under the system's temporary one, which their users can enter.

    `transport` is what Postfix does with what it has taken: `virtual` puts it into Maildirs, `discard` away.
    """

    password: str = PASSWORD
    transport: str = "virtual"
    ports: dict[str, int] = field(default_factory=dict)

    def __enter__(self) -> Self:
        import pwd  # noqa: PLC0415 - not on Windows, where this is skipped

        nobody = pwd.getpwnam("nobody")
        self.folder = Path(tempfile.mkdtemp(prefix="ipreport-mail-"))
        self.folder.chmod(0o755)
        self.postfix: subprocess.Popen[bytes] | None = None
        self.dovecot: subprocess.Popen[bytes] | None = None
        self.ports = dict(zip(("starttls", "tls", "imap", "imaps", "auth"), free_ports(5), strict=True))
        try:
            self._configure(nobody.pw_uid, nobody.pw_gid, pwd.getpwnam("postfix").pw_uid)
            self.start_dovecot()
            self.start_postfix()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.kill_postfix()
        if self.dovecot is not None:
            _end(self.dovecot, signal.SIGTERM)
        shutil.rmtree(self.folder)

    def server(self, security: Security = Security.STARTTLS, **changes: Any) -> Server:
        """How a client reaches Postfix."""
        given = {
            "host": "localhost", "port": self.ports[str(security)], "sender": SENDER, "security": security,
            "login": Login(USER, self.password), "archive": ARCHIVE, "authorities": self.authorities, "patience": 20.0,
            "patience_after_dot": 20.0,
        }  # fmt: skip
        return Server(**{**given, **changes})

    def archive(self, security: Security = Security.TLS, **changes: Any) -> Archive:
        """How a client reaches Dovecot."""
        port = self.ports["imaps" if security is Security.TLS else "imap"]
        given = {
            "host": "localhost", "port": port, "login": Login(USER, self.password), "security": security,
            "authorities": self.authorities, "patience": 20.0,
        }  # fmt: skip
        return Archive(**{**given, **changes})

    def start_postfix(self) -> None:
        """Postfix's master in the foreground, without the script around it, which takes seconds."""
        self.postfix = _started([str(DAEMONS / "master"), "-c", str(self.folder / "postfix"), "-d"], self.folder)
        _answers(self.ports["starttls"], self.postfix, self.folder / "postfix.log")

    def kill_postfix(self) -> None:
        """Postfix and everything that it started, in one moment, as when a machine fails."""
        if self.postfix is not None:
            _end(self.postfix, signal.SIGKILL)
            self.postfix = None

    def start_dovecot(self) -> None:
        """Dovecot in the foreground."""
        binary = shutil.which("dovecot") or "/usr/sbin/dovecot"
        self.dovecot = _started([binary, "-F", "-c", str(self.folder / "dovecot.conf")], self.folder)
        for name in ("imaps", "auth"):
            _answers(self.ports[name], self.dovecot, self.folder / "dovecot.log")

    def wait_for_queue(self, seconds: float = 60) -> None:
        """Until Postfix has nothing left to deliver."""
        if not wait_until(lambda: not self._queued(), seconds):
            raise TimeoutError(f"still queued: {sorted(self._queued())}")

    def _queued(self) -> list[Path]:
        folders = [self.folder / "queue" / name for name in ("incoming", "active", "deferred")]
        found = (path for folder in folders for path in folder.rglob("*"))
        return [path for path in found if _complete(path)]

    def mails(self, mailbox: str) -> list[Path]:
        """Messages in a Maildir: `archive`, or `readers` for everybody else."""
        folder = self.folder / "mail" / mailbox
        return sorted(path for part in ("new", "cur") for path in (folder / part).glob("*"))

    def received(self, mailbox: str, message_id: str | None) -> list[bytes]:
        """The messages in a Maildir that have a Message-ID, with the ends of lines that they had on the wire."""
        self.wait_for_queue()
        assert message_id is not None
        wanted = message_id.encode()
        found = [path.read_bytes().replace(b"\n", b"\r\n") for path in self.mails(mailbox)]
        return [data for data in found if wanted in data.partition(b"\r\n\r\n")[0]]

    def copies(self, mailbox: str = "readers") -> dict[tuple[str, str], set[str]]:
        """Which letters of the queue each message came in, by whom it was delivered to and Message-ID.

        Postfix delivers a letter of its queue again where it was killed before it could note that: that is one letter.
        """
        found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for path in self.mails(mailbox):
            head = email.message_from_bytes(path.read_bytes().partition(b"\n\n")[0])
            queued = re.search(r"\(Postfix\) with \S+ id (\w+)", str(head["Received"]))
            assert queued is not None
            found[str(head["Delivered-To"]), str(head["Message-ID"]).strip()].add(queued[1])
        return found

    def logged(self) -> dict[tuple[str, str], set[str]]:
        """The same as `copies`, by the log of Postfix."""
        names = dict(re.findall(r" (\w+): message-id=(<\S+>)", self.log()))
        found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for queued, address in re.findall(r" (\w+): to=<(\S+)>, relay=virtual.* status=sent ", self.log()):
            if address != ARCHIVE:
                found[address, names[queued]].add(queued)
        return found

    def add_mailbox(self, name: str, message: bytes) -> None:
        """Another folder of the archive's mailbox, with a message in it."""
        folder = self.folder / "mail" / "archive" / f".{name}"
        for path in (folder.parent, folder, *(folder / part for part in ("cur", "new", "tmp"))):
            path.mkdir(exist_ok=True)
        (folder / "new" / "1.test").write_bytes(message)
        owner = folder.parent.parent.stat()
        for path in (folder.parent, folder, *folder.rglob("*")):
            os.chown(path, owner.st_uid, owner.st_gid)

    def log(self) -> str:
        """What Postfix noted."""
        path = self.folder / "postfix.log"
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    def _configure(self, uid: int, gid: int, postfix: int) -> None:
        self.authorities = authority_file(self.folder)
        certificate = server_file(self.folder)
        queue, mail, own = self.folder / "queue", self.folder / "mail", self.folder / "postfix"
        for name in (*_QUEUES, "public", "maildrop", "pid"):
            (queue / name).mkdir(parents=True)
            os.chown(queue / name, 0 if name == "pid" else postfix, 0)
        for folder, owner in ((self.folder / "data", postfix), (mail, uid), (own, 0), (self.folder / "dovecot", 0)):
            folder.mkdir()
            os.chown(folder, owner, gid if owner == uid else 0)
        words = {
            "folder": self.folder, "daemons": DAEMONS, "certificate": certificate, "uid": uid, "gid": gid, "size": SIZE,
            "transport": self.transport, **self.ports,
        }  # fmt: skip
        for name, place in (("main.cf", own), ("master.cf", own), ("dovecot.conf", self.folder)):
            text = (HERE / name).read_text(encoding="utf-8")
            (place / name).write_text(text.format(**words), encoding="utf-8")
        (own / "mailboxes").write_text("/^archive@/ archive/\n/^(r[0-9].*|张三)@/ readers/\n", encoding="utf-8")
        (own / "senders").write_text("/^office@/ office\n", encoding="utf-8")
        secret = base64.b64encode(self.password.encode()).decode("ascii")
        (self.folder / "dovecot" / "users").write_text(f"{USER}:{{PLAIN.b64}}{secret}\n", encoding="ascii")


def without_trace(data: bytes) -> bytes:
    """A message without what servers put on top of it."""
    return data[data.index(b"From: ") :]


def wait_until(true: Callable[[], bool], seconds: float = 5) -> bool:
    """Whether something has become true; logs are written a moment after what they tell of."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def free_ports(count: int) -> list[int]:
    """Ports of loopback that nobody listens on."""
    taken = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in taken]
    for each in taken:
        each.close()
    return ports


def _complete(path: Path) -> bool:
    """Whether a file of the queue is a letter that Postfix has taken; others are what a killed one left behind."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return False
    return stat.S_ISREG(status.st_mode) and bool(status.st_mode & stat.S_IXUSR)


def _started(command: list[str], folder: Path) -> subprocess.Popen[bytes]:
    """A program at the head of a group of its own, so that all of it can be ended."""
    with (folder / "said.log").open("ab") as said:
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, start_new_session=True)


def _end(program: subprocess.Popen[bytes], how: signal.Signals) -> None:
    """Ends a program's whole group."""
    with suppress(ProcessLookupError):
        os.killpg(program.pid, how)
    try:
        program.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(program.pid, signal.SIGKILL)
        program.wait(10)
    end = time.monotonic() + 10
    while _alive(program.pid):  # others of the group may live a little longer than its head
        if time.monotonic() > end:
            os.killpg(program.pid, signal.SIGKILL)
        time.sleep(0.01)


def _alive(group: int) -> bool:
    """Whether a process of the group still runs; those that have ended and wait to be noticed do not count."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, own = path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[:3]
            if int(own) == group and state != "Z":
                return True
    return False


def _answers(port: int, program: subprocess.Popen[bytes], log: Path) -> None:
    """Until somebody listens."""
    end = time.monotonic() + 20
    while time.monotonic() < end and program.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.02)
    said = log.read_text(encoding="utf-8", errors="replace") if log.exists() else "nothing"
    raise RuntimeError(f"{program.args!r} does not answer; it said: {said}")


if __name__ == "__main__":
    with MailServers() as servers:
        sys.stdout.write(f"{servers.server()}\n{servers.archive()}\nfolder: {servers.folder}\n")
        sys.stdout.flush()
        with suppress(KeyboardInterrupt):
            signal.pause()
