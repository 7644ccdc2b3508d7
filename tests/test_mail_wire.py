"""The last look at a message finds whatever is not as meant, wherever it comes from."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from email.parser import HeaderParser
from typing import Any
from unittest.mock import patch

import pytest

from ipreport.delivery import wire
from ipreport.delivery.mail import Attachment, Inline, Mail, Mailbox
from ipreport.delivery.message import write
from ipreport.language import ZH
from ipreport.problems import Origin, ReportError
from mails import CARDS, MOMENT, sample

WHOLE = write(sample(), MOMENT).data
HEAD, _, REST = WHOLE.partition(b"\r\n\r\n")


def faults(data: bytes, mail: Mail | None = None) -> str:
    """What is found in bytes that should be a mail; nothing where they are."""
    try:
        wire.check(data, mail or sample(), MOMENT, Origin("recipients.yaml", line=3))
    except ReportError as error:
        return str(error)
    return ""


def after(header: str, more: bytes) -> bytes:
    """The message with something behind the first line of a header."""
    return re.sub(rb"(\r\n" + header.encode() + rb":[^\r]*)", rb"\1" + more, WHOLE, count=1)


def within(old: bytes, new: bytes) -> bytes:
    assert old in WHOLE
    return WHOLE.replace(old, new, 1)


def test_what_was_meant_passes() -> None:
    assert faults(WHOLE) == ""


def test_a_fault_names_recipient_and_place() -> None:
    found = faults(after("Date", b"\r\nBcc: evil@x.example"))
    assert found.startswith(
        "recipients.yaml:3: block: the mail to reports@national.example is not as meant: it has the"
    )
    assert "Bcc" in found


INJECTED = {
    "a header more": after("To", b"\r\nBcc: evil@x.example"),
    "a header in the subject": within(b"Subject: ", b"Subject: x\r\nBcc: evil@x.example\r\nX-Rest: "),
    "a header twice": after("Date", b"\r\nDate: Wed, 15 Oct 2025 09:30:00 +0800"),
    "a header less": within(b"Auto-Submitted: auto-generated\r\n", b""),
    "a header in other letters": within(b"Reply-To:", b"Reply-to:"),
    "headers in another order": within(b"MIME-Version: 1.0\r\n", b"").replace(b"Date", b"MIME-Version: 1.0\r\nDate", 1),
    "an early end of the headers": after("Date", b"\r\n\r\nText"),
    "a line that is no header": after("Date", b"\r\nnothing"),
    "a name with a space": within(b"Date:", b"Date :"),
}  # fmt: skip
CHANGED = {
    "another recipient": within(b"<reports@national.example>", b"<evil@national.example>"),
    "a second recipient": within(b"<reports@national.example>", b"<reports@national.example>, evil@x.example"),
    "a group": within(b"To: ", b"To: all: ").replace(b"example>\r\nReply", b"example>;\r\nReply", 1),
    "another sender": within(b"<briefing@office.example>", b"<briefing@office.example.x>"),
    "another name": within(b"IP Desk", b"IP Disk"),
    "another subject": within(b"=?UTF-8?B?44CQ", b"=?UTF-8?B?44CR"),
    "another moment": within(b"09:30:00", b"09:30:01"),
    "another zone": within(b"+0800", b"+0900"),
    "another id": within(b"Message-ID: <0", b"Message-ID: <1"),
    "another language": within(b"zh-CN, en-US", b"en-US, zh-CN"),
    "no automatic mail": within(b"auto-generated", b"no"),
    "another suppression": within(b"OOF, AutoReply", b"All"),
    "another version": within(b"MIME-Version: 1.0", b"MIME-Version: 2.0"),
    "an encoded header in a subject": within(b"Subject: ", b"Subject: =?utf-8?q?a=0D=0ABcc=3A_evil?= "),
}  # fmt: skip
PARTS = {
    "another kind of whole": within(b"multipart/mixed", b"multipart/digest"),
    "another kind of body": within(b"multipart/alternative", b"multipart/parallel"),
    "another kind of text": within(b"text/plain", b"text/x-plain"),
    "another charset": within(b"charset=utf-8", b"charset=gb18030"),
    "another text": within(b"6KaB54K5DQrnrKzkuozooYwNCg==", b"6KaB54K5DQrnrKzkuozooYwNCiA="),
    "no text": within(b"6KaB54K5DQrnrKzkuozooYwNCg==\r\n", b""),
    "another encoding": within(b"Transfer-Encoding: base64", b"Transfer-Encoding: 7bit"),
    "something in base64": within(b"6KaB54K5", b"6KaB-54K5"),
    "another picture": within(b"iVBORw0K", b"iVBORw0L"),
    "another name of a picture": within(b"Content-ID: <cards", b"Content-ID: <carts"),
    "another place of a picture": within(b"Disposition: inline", b"Disposition: attachment"),
    "another kind of file": within(b"application/pdf", b"application/pdx"),
    "another file": within(b"AAECAwQF", b"AAECAwQG"),
    "another place of a file": within(b"Disposition: attachment", b"Disposition: inline"),
    "a name that differs in type": within(b'name="Briefing.docx"', b'name="Briefinq.docx"'),
    "a name that differs in disposition": within(b'filename="Briefing.docx"', b'filename="Briefinq.docx"'),
    "a name besides the one in pieces": within(b" filename*0*=", b" filename*=UTF-8''x.exe;\r\n filename*0*="),
    "a name behind the one in pieces": within(b"%EF%BC%89.pdf", b'%EF%BC%89.pdf;\r\n filename="x.exe"'),
    "a name before the one in pieces": within(b" filename*0*=", b' filename="x.exe";\r\n filename*0*='),
    "a header of a part": within(b"Content-ID:", b"Content-Location: http://x.example/\r\nContent-ID:"),
    "a header of a picture less": within(b'Content-Disposition: inline;\r\n filename="cards.png"\r\n', b""),
    "a header of a file less": re.sub(rb"Content-Disposition: attachment;\r\n(?: .*\r\n)+", b"", WHOLE, count=1),
    "a picture that differs in type": within(b' name="cards.png"', b' name="carts.png"'),
    "a picture that differs in disposition": within(b'filename="cards.png"', b'filename="carts.png"'),
    "a body in longer lines": re.sub(rb"(\r\nAAECAwQF[^\r]+)\r\n", rb"\1", WHOLE, count=1),
    "a body in one line": re.sub(rb"(?<=[0-9A-Za-z+/]{76})\r\n(?=[0-9A-Za-z+/=])", b"", WHOLE),
    "an unfolded header of a part": re.sub(rb";\r\n filename\*1\*", rb"; filename*1*", WHOLE, count=1),
    "a header of a part twice": within(b"Content-ID:", b"Content-Type: image/png\r\nContent-ID:"),
    "something before the parts": within(b"\r\n\r\n--=_mixed", b"\r\n\r\nhello\r\n--=_mixed"),
    "something behind the parts": WHOLE + b"hello\r\n",
    "no end of the parts": WHOLE.removesuffix(b"--\r\n") + b"\r\n",
    "a part more": WHOLE.replace(
        b"\r\n--=_mixed_0123456789abcdef0123456789abcdef--",
        b"\r\n--=_mixed_0123456789abcdef0123456789abcdef\r\nContent-Type: text/plain\r\n\r\nx"
        b"\r\n--=_mixed_0123456789abcdef0123456789abcdef--",
    ),
    "no boundary": within(b'boundary="=_mixed', b'bound="=_mixed'),
}  # fmt: skip
LINES = {
    "a NUL": (within(b"Subject: ", b"Subject: \0"), "it has a NUL"),
    "a NUL in a body": (within(b"AAECAwQF", b"AAE\0AwQF"), "it has a NUL"),
    "a control character": (within(b"IP Desk", b"IP\x0bDesk"), "it has a control character"),
    "a control character in a part": (within(b' name="cards', b' name="\x7fards'), "it has a control character"),
    "an escape": (within(b"IP Desk", b"IP\x1bDesk"), "it has a control character"),
    "a bare LF": (WHOLE.replace(b"\r\n", b"\n", 1), "a line does not end in CRLF"),
    "a bare LF in a body": (within(b"AAECAwQF", b"AAE\nAwQF"), "a line does not end in CRLF"),
    "a bare CR": (within(b"AAECAwQF", b"AAE\rAwQF"), "a line does not end in CRLF"),
    "no last line end": (WHOLE.removesuffix(b"\r\n"), "a line does not end in CRLF"),
    "a line too long for servers": (within(b"AAECAwQF", b"AAECAwQF" * 200), "a line is longer than 998 octets"),
    "other letters in a header": (within(b"IP Desk", "IP Dësk".encode()), "its headers are not ASCII"),
    "a header in another encoding": (within(b"IP Desk", b"IP D\xebsk"), "it cannot be read"),
}  # fmt: skip


@pytest.mark.parametrize("name", LINES)
def test_lines_that_servers_do_not_take_are_found(name: str) -> None:
    data, fault = LINES[name]
    assert f"is not as meant: {fault}" in faults(data)


@pytest.mark.parametrize(("length", "found"), [(998, False), (999, True)])
def test_servers_take_lines_of_so_many_octets(length: int, found: bool) -> None:
    assert ("a line is longer than 998 octets" in faults(within(b"AAECAwQF", b"A" * (length - 68)))) == found


def test_lines_that_servers_do_not_take_are_not_read_further() -> None:
    """What the library makes of a bare CR in an address is no header at all."""
    mail = sample(sender=Mailbox("\r"))
    with patch("ipreport.delivery.message.check"), pytest.raises(ReportError, match="does not end in CRLF") as error:
        write(mail, MOMENT)
    assert len(error.value.problems) == 1


@pytest.mark.parametrize("data", [*INJECTED.values(), *CHANGED.values(), *PARTS.values()],
                         ids=[*INJECTED, *CHANGED, *PARTS])  # fmt: skip
def test_what_was_not_meant_is_found(data: bytes) -> None:
    assert data != WHOLE
    assert faults(data) != ""


@pytest.mark.parametrize("which", ["_MODERN", "_LEGACY"])
@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("Date: ", "Bcc: evil@x.example\r\nDate: ", "other headers"),
        ("%E7%9F%A5", "%E6%9F%A5", "is named"),
        ("zh-CN, en-US", "en-US", "its Content-Language reads"),
        ("<reports@", "<evil@", "its To"),
    ],
)
def test_what_one_reading_alone_finds_is_found(
    monkeypatch: pytest.MonkeyPatch, which: str, old: str, new: str, fault: str
) -> None:
    class Other(HeaderParser):
        def parsestr(self, text: str, headersonly: bool = True) -> Any:
            return super().parsestr(text.replace(old, new), headersonly)

    monkeypatch.setattr(wire, which, Other(policy=getattr(wire, which).policy))
    assert fault in faults(WHOLE)


def test_parts_are_counted() -> None:
    assert "multipart/mixed has not the 3 parts that it should have" in faults(PARTS["a part more"])


def test_a_header_line_that_could_be_folded_is_found() -> None:
    mail = sample(recipient=Mailbox("reports@national.example", "名" * 30))
    data = write(mail, MOMENT).data
    assert faults(data, mail) == ""
    long = re.sub(rb"(\r\nTo: [^\r]*)\r\n", rb"\1", data)
    assert long != data
    assert "a line of more than 78 octets" in faults(long, mail)


@pytest.mark.parametrize(("length", "fault"), [(76, ""), (77, "a line of more than 76 octets with an encoded word")])
def test_a_line_with_an_encoded_word_is_shorter(length: int, fault: str) -> None:
    mail = sample(recipient=Mailbox("reports@national.example", "名" * 30))
    data = write(mail, MOMENT).data
    (line,) = (line for line in data.split(b"\r\n") if line.endswith(b"?= <reports@national.example>"))
    found = faults(data.replace(line, line.replace(b" <reports", b" " * (1 + length - len(line)) + b"<reports")), mail)
    assert fault in found
    assert bool(found) == bool(fault)


@pytest.mark.parametrize(
    "other",
    [
        replace(sample(), text="要点"),
        replace(sample(), subject="x"),
        replace(sample(), languages=(ZH,)),
        replace(sample(), reply_to=None),
        replace(sample(), attachments=()),
        replace(sample(), attachments=sample().attachments[:1]),
        replace(sample(), attachments=sample().attachments[::-1]),
        replace(sample(), attachments=(*sample().attachments, Attachment("x.pdf", "x.pdf", b""))),
        replace(sample(), pictures=()),
        replace(sample(), pictures=(Inline(CARDS, b"x"),)),
        replace(sample(), ascii_names=True),
    ],
)
def test_the_bytes_of_one_mail_are_not_those_of_another(other: Mail) -> None:
    assert faults(WHOLE, other) != ""


def test_the_moment_belongs_to_the_mail() -> None:
    with pytest.raises(ReportError, match="its Date reads"):
        wire.check(WHOLE, sample(), MOMENT + timedelta(seconds=1))
