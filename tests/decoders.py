"""Programs that read mail, none of which is ours: the names under which each finds the attachments of a message."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

_TOOLS = Path(os.environ.get("MAIL_TOOLS", Path(__file__).parent.parent / ".ci" / "tools")) / "node_modules"
_SYSTEM_PYTHON = "/usr/bin/python3"


def _run(*command: str, **environment: str) -> str:
    found = subprocess.run(command, capture_output=True, check=True, env={**os.environ, **environment})
    return found.stdout.decode("utf-8")


def python_default(mail: Path) -> list[str | None]:
    message = message_from_bytes(mail.read_bytes(), policy=policy.default)
    assert isinstance(message, EmailMessage)
    return [part.get_filename() for part in message.iter_attachments()]


def python_compat32(mail: Path) -> list[str | None]:
    message = message_from_bytes(mail.read_bytes())
    return [part.get_filename() for part in message.walk() if part.get_content_disposition() == "attachment"]


_GMIME = """
import sys, gi, json
gi.require_version("GMime", "3.0")
from gi.repository import GMime
GMime.init()
with open(sys.argv[1], "rb") as stream: data = stream.read()
message = GMime.Parser.new_with_stream(GMime.StreamMem.new_with_buffer(data)).construct_message(None)
names = []
def visit(parent, part):
    disposition = part.get_content_disposition()
    if disposition is not None and disposition.get_disposition() == "attachment":
        names.append(part.get_filename())
message.foreach(visit)
print(json.dumps(names))
"""


def gmime(mail: Path) -> list[str | None]:
    """The library of Evolution, Balsa and notmuch."""
    return list(json.loads(_run(_SYSTEM_PYTHON, "-c", _GMIME, str(mail))))


_EMAIL_MIME = """
use Email::MIME; binmode STDOUT, ":utf8"; local $/; open my $in, "<:raw", $ARGV[0]; my $mail = Email::MIME->new(<$in>);
$mail->walk_parts(sub { my $part = shift;
    print $part->filename, "\n" if ($part->header("Content-Disposition") // "") =~ /^attachment/; });
"""
_MIME_PARSER = """
use MIME::Parser; binmode STDOUT, ":utf8"; my $parser = MIME::Parser->new; $parser->output_to_core(1);
$parser->decode_headers(0); my $mail = $parser->parse_open($ARGV[0]);
for my $part ($mail->parts) { my $name = $part->head->recommended_filename; print $name, "\n" if defined $name; }
"""


def _perl(script: str) -> Callable[[Path], list[str | None]]:
    return lambda mail: [*_run("perl", "-e", script, str(mail)).splitlines()]


def ripmime(mail: Path) -> list[str | None]:
    """A program that mail gateways unpack messages with; its files, in no order."""
    folder = mail.with_suffix(".unpacked")
    folder.mkdir()
    _run("ripmime", "-i", str(mail), "-d", str(folder), "--no-nameless")
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith(("textfile", "cards.png")))


_POSTAL_MIME = """
const {default: PostalMime} = require("postal-mime"); const fs = require("fs");
PostalMime.parse(fs.readFileSync(process.argv[1])).then(mail => console.log(JSON.stringify(
    mail.attachments.filter(file => file.disposition == "attachment").map(file => file.filename))));
"""
_MAILPARSER = """
const {simpleParser} = require("mailparser"); const fs = require("fs");
simpleParser(fs.readFileSync(process.argv[1])).then(mail => console.log(JSON.stringify(
    mail.attachments.filter(file => file.contentDisposition == "attachment").map(file => file.filename))));
"""


def _node(script: str) -> Callable[[Path], list[str | None]]:
    return lambda mail: list(json.loads(_run("node", "-e", script, str(mail), NODE_PATH=str(_TOOLS))))


def _has_gmime() -> bool:
    return _works(_SYSTEM_PYTHON, "-c", 'import gi; gi.require_version("GMime", "3.0")')


def _has_perl(module: str) -> bool:
    return _works("perl", f"-M{module}", "-e", "1")


def _works(*command: str) -> bool:
    there = shutil.which(command[0]) is not None
    return there and subprocess.run(command, capture_output=True, check=False).returncode == 0


def _has_node(package: str) -> bool:
    return bool(shutil.which("node")) and (_TOOLS / package).is_dir()


DECODERS: dict[str, tuple[Callable[[Path], list[str | None]], Callable[[], bool], str]] = {
    "Python": (python_default, lambda: True, ""),
    "Python compat32": (python_compat32, lambda: True, ""),
    "GMime": (gmime, _has_gmime, "Debian: python3-gi gir1.2-gmime-3.0"),
    "Email::MIME": (_perl(_EMAIL_MIME), lambda: _has_perl("Email::MIME"), "Debian: libemail-mime-perl"),
    "MIME::Parser": (_perl(_MIME_PARSER), lambda: _has_perl("MIME::Parser"), "Debian: libmime-tools-perl"),
    "ripMIME": (ripmime, lambda: shutil.which("ripmime") is not None, "Debian: ripmime"),
    "postal-mime": (_node(_POSTAL_MIME), lambda: _has_node("postal-mime"), "npm: postal-mime"),
    "mailparser": (_node(_MAILPARSER), lambda: _has_node("mailparser"), "npm: mailparser"),
}
"""What reads the names, whether it is here, and where it comes from."""


_WHOLE_BY_POSTAL_MIME = """
const {default: PostalMime} = require("postal-mime"); const fs = require("fs"), crypto = require("crypto");
const digest = data => crypto.createHash("sha256").update(Buffer.from(data)).digest("hex");
PostalMime.parse(fs.readFileSync(process.argv[1])).then(mail => console.log(JSON.stringify({
    subject: mail.subject, from: [mail.from.name, mail.from.address], to: mail.to.map(one => [one.name, one.address]),
    moment: mail.date, id: mail.messageId, text: mail.text, html: mail.html,
    pictures: mail.attachments.filter(one => one.related).map(one => [one.contentId, digest(one.content)]),
    files: mail.attachments.filter(one => !one.related).map(one => [one.filename, digest(one.content)])})));
"""
_WHOLE_BY_MAILPARSER = """
const {simpleParser} = require("mailparser"); const fs = require("fs"), crypto = require("crypto");
const digest = data => crypto.createHash("sha256").update(data).digest("hex");
simpleParser(fs.readFileSync(process.argv[1]), {keepCidLinks: true}).then(mail => console.log(JSON.stringify({
    subject: mail.subject, from: [mail.from.value[0].name, mail.from.value[0].address],
    to: mail.to.value.map(one => [one.name, one.address]), moment: mail.date, id: mail.messageId,
    text: mail.text, html: mail.html,
    pictures: mail.attachments.filter(one => one.related).map(one => [one.contentId, digest(one.content)]),
    files: mail.attachments.filter(one => !one.related).map(one => [one.filename, digest(one.content)])})));
"""


def _whole(script: str) -> Callable[[Path], dict[str, Any]]:
    return lambda mail: dict(json.loads(_run("node", "-e", script, str(mail), NODE_PATH=str(_TOOLS))))


WHOLE: dict[str, tuple[Callable[[Path], dict[str, Any]], Callable[[], bool], str]] = {
    "postal-mime": (_whole(_WHOLE_BY_POSTAL_MIME), lambda: _has_node("postal-mime"), "npm: postal-mime"),
    "mailparser": (_whole(_WHOLE_BY_MAILPARSER), lambda: _has_node("mailparser"), "npm: mailparser"),
}
"""What reads all of a mail, whether it is here, and where it comes from."""
