"""A mail as bytes: what stands in it, in which order, how it is folded."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, message_from_string, policy
from email.message import EmailMessage
from types import SimpleNamespace

import pytest

from ipreport.delivery.mail import Attachment, Mailbox, ascii_file_name, content_id
from ipreport.delivery.message import message_id, write
from ipreport.language import EN, ZH
from ipreport.problems import ReportError
from mails import CARDS, DOCX, HEADERS, HTML, KEY, LATER, MOMENT, NAME, PDF, SUBJECT, head, names, sample, unfolded


def read(data: bytes) -> EmailMessage:
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


WHOLE = write(sample(), MOMENT).data
READ = read(WHOLE)


def test_headers_are_those_that_are_meant_in_their_order() -> None:
    assert names(WHOLE) == HEADERS
    assert READ["Subject"] == SUBJECT
    assert unfolded(WHOLE, "From").endswith(" <briefing@office.example>")
    assert unfolded(WHOLE, "To").endswith(" <reports@national.example>")
    assert unfolded(WHOLE, "Reply-To") == r'"IP Desk, \"Sample\"" <desk@office.example>'
    assert unfolded(WHOLE, "Date") == "Wed, 15 Oct 2025 09:30:00 +0800"
    assert unfolded(WHOLE, "Message-ID") == "<0123456789abcdef0123456789abcdef@office.example>"
    assert unfolded(WHOLE, "Content-Language") == "zh-CN, en-US"
    assert unfolded(WHOLE, "MIME-Version") == "1.0"


def test_programs_that_answer_for_people_are_asked_not_to() -> None:
    assert READ["Auto-Submitted"] == "auto-generated"
    assert READ["X-Auto-Response-Suppress"] == "OOF, AutoReply"
    assert not {"Precedence", "Disposition-Notification-To", "Return-Receipt-To"} & {*READ}


def tree(part: EmailMessage) -> object:
    inner = [tree(each) for each in part.iter_parts()]  # type: ignore[arg-type]
    return (part.get_content_type(), inner) if inner else part.get_content_type()


def test_parts_lie_in_each_other() -> None:
    body = ("multipart/alternative", ["text/plain", ("multipart/related", ["text/html", "image/png"])])

    assert tree(READ) == ("multipart/mixed", [body, "application/pdf", DOCX])
    bare = replace(sample(), attachments=(), pictures=(), html="<p>x</p>", reply_to=None)
    assert tree(read(write(bare, MOMENT).data)) == ("multipart/alternative", ["text/plain", "text/html"])


def test_parts_hold_what_was_given() -> None:
    bodies = {part.get_content_type(): part for part in READ.walk()}

    assert bodies["text/plain"].get_content() == "要点\r\n第二行\r\n"
    assert bodies["text/html"].get_content() == HTML
    assert bodies["image/png"]["Content-ID"] == f"<{CARDS}>"
    assert bodies["image/png"].get_content_disposition() == "inline"
    assert bodies["image/png"].get_filename() == bodies["image/png"].get_param("name") == "cards.png"
    files = [*READ.iter_attachments()]
    assert [file.get_filename() for file in files] == [NAME, "Briefing.docx"]
    assert [hashlib.sha256(file.get_content()).digest() for file in files] == [
        hashlib.sha256(each.content).digest() for each in sample().attachments
    ]
    assert bodies["multipart/related"].get_param("type") == "text/html"


def test_every_body_is_base64_and_no_line_is_long() -> None:
    encodings = [part["Content-Transfer-Encoding"] for part in READ.walk() if not part.is_multipart()]
    assert encodings == ["base64"] * 5
    assert max(len(line) for line in WHOLE.split(b"\r\n")) <= 76
    assert WHOLE.isascii()
    assert WHOLE.count(b"\r") == WHOLE.count(b"\n") == WHOLE.count(b"\r\n")
    assert WHOLE.endswith(b"\r\n")


def test_attachment_has_its_name_in_both_ways() -> None:
    part = WHOLE[WHOLE.index(b"Content-Type: application/pdf") :].partition(b"\r\n\r\n")[0].decode()

    kind, disposition = part.split("\r\nContent-Disposition:")
    assert re.fullmatch(r'Content-Type: application/pdf;\r\n name="(=\?UTF-8\?B\?[0-9A-Za-z+/=]+\?=(\r\n )?)+"', kind)
    pieces = re.findall(r"\r\n filename\*(\d+)\*=(.*?)(?=;|\r\n)", disposition)
    assert [number for number, _ in pieces] == [str(index) for index in range(len(pieces))]
    assert len(pieces) > 1
    assert pieces[0][1].startswith("UTF-8''%E7%9F%A5")
    assert all(re.fullmatch(r"(UTF-8'')?(%[0-9A-F]{2}|[A-Za-z0-9._~-])+", piece) for _, piece in pieces)


def test_no_character_is_cut_in_two() -> None:
    for word in re.findall(rb"=\?UTF-8\?B\?(.+?)\?=", WHOLE):
        assert len(word) <= 52
        base64.b64decode(word).decode("utf-8")


def test_names_in_ascii_are_taken_where_they_are_asked_for() -> None:
    message = read(write(sample(ascii_names=True), MOMENT).data)

    names_there = [part.get_filename() for part in message.iter_attachments()]
    assert names_there == ["illustrative-2025Q3.bilingual.pdf", "illustrative-2025Q3.bilingual.docx"]
    assert b'name="illustrative-2025Q3.bilingual.pdf"\r\n' in write(sample(ascii_names=True), MOMENT).data


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("haixi", "issue-1", "zh", "pdf"), "haixi-issue-1.zh.pdf"),
        (("海西 haixi", "2025Q3", "bilingual", "docx"), "haixi-2025Q3.bilingual.docx"),
        (("海西", "第一期", "en", "pdf"), "briefing.en.pdf"),
    ],
)
def test_names_in_ascii_leave_out_what_is_not(parts: tuple[str, str, str, str], name: str) -> None:
    assert ascii_file_name(*parts) == name


def test_the_same_mail_of_the_same_moment_is_the_same_bytes() -> None:
    assert write(sample(), MOMENT).data == WHOLE
    changed = write(sample(), LATER).data
    assert [(a, b) for a, b in zip(WHOLE.split(b"\r\n"), changed.split(b"\r\n"), strict=True) if a != b] == [
        (b"Date: Wed, 15 Oct 2025 09:30:00 +0800", b"Date: Wed, 15 Oct 2025 09:30:07 +0000")
    ]


def test_message_id_and_boundaries_follow_from_the_key() -> None:
    other = write(sample(key="f" * 64), MOMENT)

    assert other.message_id == message_id("f" * 64, "office.example") == f"<{'f' * 32}@office.example>"
    assert other.data == WHOLE.replace(KEY[:32].encode(), b"f" * 32)


def test_every_version_of_python_makes_the_same_bytes() -> None:
    digest = hashlib.sha256(WHOLE).hexdigest()
    assert digest == "6235d872809e8818ba6cca708263403afdb5213a123bb139ceec3655851bc628"


def test_a_moment_without_a_time_zone_is_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="time zone"):
        write(sample(), datetime(2025, 10, 15))  # noqa: DTZ001 - what is tried


def test_fractions_of_a_second_are_left_out() -> None:
    assert write(sample(), MOMENT.replace(microsecond=999_999)).data == WHOLE


def test_short_ascii_stays_readable() -> None:
    plain = sample(subject="Issue 3", recipient=Mailbox("a@b.example", "Ann Lee"), reply_to=Mailbox("c@d.example"))
    data = write(plain, MOMENT).data

    assert b'\r\nTo: "Ann Lee" <a@b.example>\r\n' in data
    assert b"\r\nReply-To: c@d.example\r\n" in data
    assert b"\r\nSubject: Issue 3\r\n" in data


def test_quotation_marks_and_backslashes_in_a_name_are_escaped() -> None:
    data = write(sample(recipient=Mailbox("a@b.example", 'A "B" \\ C')), MOMENT).data

    assert unfolded(data, "To") == r'"A \"B\" \\ C" <a@b.example>'
    assert read(data)["To"].addresses[0].display_name == 'A "B" \\ C'


def test_nothing_goes_out_that_reads_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ipreport.delivery.message.unstructured", lambda *_: " x\r\nBcc: evil@x.example")

    with pytest.raises(ReportError, match=r"is not as meant: it has the headers .*Bcc"):
        write(sample(), MOMENT)


@pytest.mark.parametrize("length", [68, 69, 70, 200])
def test_subjects_of_any_length_are_read_as_they_were(length: int) -> None:
    subject = ("IP Briefing  Q3 " * 20)[: length - 1] + "x"
    data = write(sample(subject=subject), MOMENT).data

    assert read(data)["Subject"] == subject
    assert max(map(len, head(data).split(b"\r\n"))) <= (76 if length > 69 else 78)
    assert ("=?" in unfolded(data, "Subject")) == (length > 69)


def test_only_an_address_may_make_a_line_long() -> None:
    address = f"{'a' * 60}@{'b' * 60}.{'c' * 60}.example"
    data = write(sample(recipient=Mailbox(address, "名" * 40)), MOMENT).data

    long = [line for line in head(data).split(b"\r\n") if len(line) > 78]
    assert long == [f" <{address}>".encode()]


def test_other_letters_in_an_address_need_smtputf8() -> None:
    written = write(sample(recipient=Mailbox("张三@office.example", "张三")), MOMENT)

    assert written.smtputf8
    assert not write(sample(), MOMENT).smtputf8
    assert "To: =?UTF-8?B?5byg5LiJ?= <张三@office.example>\r\n".encode() in written.data
    message = message_from_string(head(written.data).decode(), policy=policy.default)
    (address,) = message["To"].addresses
    assert (address.username, address.domain, address.display_name) == ("张三", "office.example", "张三")
    assert write(sample(sender=Mailbox("张三@office.example")), MOMENT).smtputf8


def test_content_ids_are_addresses_of_the_sender() -> None:
    assert content_id("cards", KEY, "office.example") == CARDS


def test_languages_stand_in_their_order() -> None:
    assert read(write(sample(languages=(EN, ZH)), MOMENT).data)["Content-Language"] == "en-US, zh-CN"


def test_several_attachments_keep_their_places() -> None:
    files = tuple(Attachment(f"附件{n}.pdf", f"file-{n}.pdf", bytes([n]) * n) for n in range(1, 12))
    found = [*read(write(sample(attachments=files), MOMENT).data).iter_attachments()]
    assert [(file.get_filename(), file.get_content()) for file in found] == [(f.name, f.content) for f in files]


def test_moments_are_those_of_the_reader_of_the_ledger() -> None:
    message = read(write(sample(), datetime(2026, 1, 1, tzinfo=UTC)).data)
    assert message["Date"].datetime == datetime(2026, 1, 1, tzinfo=UTC)


def test_an_empty_file_is_sent_as_one() -> None:
    (file,) = read(write(sample(attachments=(Attachment("空.pdf", "empty.pdf", b""),)), MOMENT).data).iter_attachments()
    assert file.get_payload(decode=True) == b""
    assert len(PDF) == 10240


def test_a_file_for_many_is_encoded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    encoded: list[bytes] = []

    def counted(content: bytes) -> bytes:
        encoded.append(content)
        return base64.encodebytes(content)

    monkeypatch.setattr("ipreport.delivery.message.base64", SimpleNamespace(encodebytes=counted))
    file = Attachment("只此一份.pdf", "once.pdf", b"encoded once, and sent to ten")
    for number in range(10):
        write(sample(recipient=Mailbox(f"r{number}@example.test"), attachments=(file,)), MOMENT)
    assert encoded.count(file.content) == 1
