"""delivery.yaml: read with its places, refused in words."""

from __future__ import annotations

import pytest

from helpers import Copy, refusal
from ipreport.language import Localized
from ipreport.outline import AttachmentName, Security
from ipreport.problems import ReportError
from ipreport.readers import DELIVERY_FILE, read_delivery

FULL = """\
server:
  host: smtp.office.example
  security: tls
  user: briefing
  ca: office.pem
sender:
  name: {zh: 示例省知识产权局, en: IP Office of Sample Province}
  address: briefing@office.example
reply-to: secretary@office.example
archive:
  address: archive@office.example
  imap: {host: imap.office.example, user: archive, mailbox: Sent}
  waiting: 30
rate: 60
attachment-name: ascii
"""
LEAST = """\
server: {host: localhost}
sender: {name: {zh: 局, en: Office}, address: a@office.example}
"""


def given(small: Copy, text: str) -> Copy:
    small.overwrite(DELIVERY_FILE, text.encode())
    small.overwrite("office.pem", b"")
    return small


def refused(small: Copy) -> str:
    with pytest.raises(ReportError) as error:
        read_delivery(small.folder)
    return small.shorten(refusal(error.value))


def test_everything_that_is_said_is_read(small: Copy) -> None:
    spec = read_delivery(given(small, FULL).folder)

    assert (spec.server.host, spec.server.port, spec.server.security) == ("smtp.office.example", 465, Security.TLS)
    assert spec.server.user == "briefing"
    assert spec.server.authorities == small.folder / "office.pem"
    assert spec.sender == Localized("示例省知识产权局", "IP Office of Sample Province")
    assert (spec.address, spec.reply_to) == ("briefing@office.example", "secretary@office.example")
    assert spec.archive is not None
    assert (spec.archive.address, spec.archive.mailbox, spec.archive.waiting) == ("archive@office.example", "Sent", 30)
    assert spec.archive.server is not None
    assert (spec.archive.server.port, spec.archive.server.security) == (993, Security.TLS)
    assert (spec.rate, spec.attachment_name) == (60, AttachmentName.ASCII)
    assert str(spec.server.origin).endswith("delivery.yaml:1:1")


def test_what_is_left_out_is_as_usual(small: Copy) -> None:
    spec = read_delivery(given(small, LEAST).folder)

    assert (spec.server.port, spec.server.security, spec.server.user) == (587, Security.STARTTLS, None)
    assert (spec.reply_to, spec.archive, spec.rate) == (None, None, None)
    assert spec.attachment_name is AttachmentName.CHINESE


def test_one_file_beside_the_briefings_serves_all_and_their_own_goes_first(small: Copy) -> None:
    (small.folder.parent / DELIVERY_FILE).write_text(LEAST, encoding="utf-8")
    assert read_delivery(small.folder).server.host == "localhost"

    assert read_delivery(given(small, FULL).folder).server.host == "smtp.office.example"


def test_an_own_file_that_cannot_be_read_is_not_passed_over(small: Copy) -> None:
    (small.folder.parent / DELIVERY_FILE).write_text(LEAST, encoding="utf-8")
    (small.folder / DELIVERY_FILE).symlink_to(small.folder / "nowhere")
    assert refused(small).startswith("delivery.yaml: block: ")

    (small.folder / DELIVERY_FILE).unlink()
    (small.folder / DELIVERY_FILE).mkdir()
    assert refused(small).startswith("delivery.yaml: block: the file cannot be read")


@pytest.mark.parametrize(("port", "security"), [(143, "starttls"), (993, "tls")])
def test_an_archive_has_the_usual_port_of_its_security(small: Copy, port: int, security: str) -> None:
    given(small, FULL.replace("mailbox: Sent}", f"security: {security}}}"))

    archive = read_delivery(small.folder).archive
    assert archive is not None
    assert archive.server is not None
    assert (archive.server.port, archive.mailbox) == (port, "INBOX")


def test_mail_needs_the_file(small: Copy) -> None:
    assert "delivery.yaml: block: there is no such file" in refused(small)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("security: tls", "security: none", "delivery.yaml:3:3: block: expected 'starttls' or 'tls', found 'none'"),
        ("security: tls", "verify: false", "delivery.yaml:3:3: block: unknown key 'verify'"),
        ("user: briefing", "password: x", "delivery.yaml:4:3: block: unknown key 'password'"),
        ("ca: office.pem", "ca: gone.pem", "delivery.yaml:5:3: block: there is no file 'gone.pem'"),
        ("host: smtp.office.example", "host: 'a b'", "delivery.yaml:2:3: block: expected"),
        (
            "address: briefing@office.example",
            "address: briefing",
            "delivery.yaml:8:3: block: expected an e-mail address",
        ),
        ("rate: 60", "rate: 0", "delivery.yaml:14:1: block: expected a number of at least 1, found '0'"),
        ("waiting: 30", "waiting: soon", "delivery.yaml:13:3: block: expected a whole number, found 'soon'"),
        (", user: archive,", ",", "delivery.yaml:12:3: block: the key 'user' is missing (archive.imap.user)"),
        ("waiting: 30", "waiting: 1441", "delivery.yaml:13:3: block: expected a number of at most 1440, found '1441'"),
        ("waiting: 30", "waiting: -1", "delivery.yaml:13:3: block: expected a number of at least 0, found '-1'"),
        ("rate: 60", "rate: 6001", "delivery.yaml:14:1: block: expected a number of at most 6000, found '6001'"),
        ("rate: 60", "rate:", "delivery.yaml:14:1: block: expected a value, found nothing"),
        ("security: tls", "port: 65536", "delivery.yaml:3:3: block: expected a number of at most 65535, found '65536'"),
        ("security: tls", "port: 0", "delivery.yaml:3:3: block: expected a number of at least 1, found '0'"),
        ("user: briefing", "user:", "delivery.yaml:4:3: block: expected a value, found nothing"),
        ("user: briefing", '"user": "a\\nb"', "delivery.yaml:4:3: block: expected one line of text that can be seen"),
        ("mailbox: Sent", 'mailbox: "a\\nb"', "delivery.yaml:12:52: block: expected one line of text that can be seen"),
        (
            "imap: {host: imap.office.example, user: archive, mailbox: Sent}",
            "imap:",
            "delivery.yaml:12:3: block: expected a",
        ),
        (
            "reply-to: secretary@office.example",
            "reply-to: secretary",
            "delivery.yaml:9:1: block: expected an e-mail address such as office@example.org, found 'secretary'",
        ),
        (
            "reply-to: secretary@office.example",
            "reply_to:",
            "delivery.yaml:9:1: block: expected a value, found nothing",
        ),
        (
            "reply-to: secretary@office.example",
            "reply-to:",
            "delivery.yaml:9:1: block: expected a value, found nothing",
        ),
        ("rate: 60", "reply_to: a@office.example", "delivery.yaml:9:1: block: the key 'reply-to' stands twice"),
        ("rate: 60", "waiting: 3", "delivery.yaml:14:1: block: unknown key 'waiting'"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(small: Copy, old: str, new: str, message: str) -> None:
    given(small, FULL.replace(old, new, 1))

    assert refused(small).startswith(message)
