"""Whatever a field holds: it is refused by name, or the mail has the headers that are meant and no other."""

from __future__ import annotations

import re
import unicodedata
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.parser import HeaderParser
from email.utils import getaddresses
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ipreport.delivery.mail import Attachment, Mail, Mailbox, address_problems, check
from ipreport.delivery.message import Written, write
from ipreport.problems import Origin, ReportError
from mails import HEADERS, MOMENT, head, names, sample, unfolded

INJECTION = "=?utf-8?q?a=0D=0ABcc=3A_evil=40x.example?="


def refused(mail: Mail) -> list[str]:
    with pytest.raises(ReportError) as error:
        write(mail, MOMENT, Origin("recipients.yaml", line=7))
    assert all(problem.message.isprintable() for problem in error.value.problems)
    return [str(problem) for problem in error.value.problems]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"subject": f"Issue 3 {INJECTION}"}, "the subject has '=?'"),
        ({"subject": "Issue\r\nBcc: evil@x.example"}, "the subject has a control character (U+000D)"),
        ({"subject": "Issue\x00"}, "the subject has a control character (U+0000)"),
        ({"subject": "Issue\x7f3"}, "the subject has a control character (U+007F)"),
        ({"subject": "Issue\u20283"}, "the subject has a line break (U+2028)"),
        ({"subject": "Issue\u20293"}, "the subject has a line break (U+2029)"),
        ({"subject": "Issue\x853"}, "the subject has a control character (U+0085)"),
        ({"subject": "Issue\ud8003"}, "the subject has half of a character (U+D800)"),
        ({"subject": "fdp.\u202eissue"}, "the subject has a turn of direction (U+202E)"),
        ({"subject": ""}, "the subject is empty"),
        ({"subject": "x" * 251}, "the subject has 251 characters, and at most 250 may stand there"),
        ({"subject": " x"}, "the subject begins or ends with a space"),
        ({"key": "abc"}, "the key of a mail is no SHA-256"),
        ({"recipient": Mailbox("a@b.example", INJECTION)}, "the name in To has '=?'"),
        ({"sender": Mailbox("a@b.example", "x\n y")}, "the name in From has a control character"),
        ({"reply_to": Mailbox("a@b.example", "名" * 121)}, "the name in Reply-To has 121 characters"),
        ({"recipient": Mailbox(f"{INJECTION}@b.example")}, "the address in To has '=?'"),
        ({"recipient": Mailbox("b.test> , <evil@x")}, "before its @ may stand letters, digits and single dots"),
        ({"recipient": Mailbox("a@b.test> , <evil@x.example")}, "may stand letters, digits"),
        ({"recipient": Mailbox("a@b.example, c@d.example")}, "may stand letters, digits"),
        ({"recipient": Mailbox("no address")}, "the address in To is 'no address', which is no address"),
        ({"recipient": Mailbox("a..b@b.example")}, "may stand letters, digits and single dots"),
        ({"recipient": Mailbox('"a b"@b.example')}, "may stand letters, digits and single dots"),
        ({"recipient": Mailbox("a\u200bb@b.example")}, "may stand letters, digits and single dots"),
        ({"recipient": Mailbox("a@")}, "behind its @ no domain stands"),
        ({"recipient": Mailbox("a@-b.example")}, "behind its @ no domain stands"),
        ({"recipient": Mailbox("a@b..example")}, "behind its @ no domain stands"),
        ({"recipient": Mailbox("a@b-.example")}, "behind its @ no domain stands"),
        ({"recipient": Mailbox(f"a@{'b' * 64}.example")}, "behind its @ no domain stands"),
        ({"recipient": Mailbox(f"{'张' * 20}@{'b' * 63}.{'c' * 63}.{'d' * 63}.ee")}, "longer than addresses may be"),
        ({"recipient": Mailbox("a@例子.example")}, "whose domain has other letters than ASCII"),
        ({"recipient": Mailbox(f"{'a' * 65}@b.example")}, "longer than addresses may be"),
        ({"recipient": Mailbox(f"a@{'.'.join(['b' * 60] * 5)}")}, "has 306 characters"),
        ({"recipient": Mailbox(f"{'张' * 22}@b.example")}, "longer than addresses may be"),
        ({"text": "a\x0bb"}, "the text of the mail has a control character"),
        ({"text": "a\rb"}, "the text of the mail has a control character"),
        ({"html": sample().html + "\ud800"}, "the HTML of the mail has a control character"),
        ({"pictures": ()}, "the pictures of the mail are not those that its HTML shows"),
        ({"html": "<p/>"}, "the pictures of the mail are not those that its HTML shows"),
    ],
)  # fmt: skip
def test_fields_that_could_hide_something_are_refused(changes: dict[str, object], message: str) -> None:
    (first, *_) = refused(sample(**changes))
    assert first.startswith("recipients.yaml:7: block: ")
    assert message in first


@pytest.mark.parametrize(
    "changes",
    [
        {"subject": "x" * 250},
        {"recipient": Mailbox("a@b.example", "名" * 120)},
        {"recipient": Mailbox(f"{'a' * 64}@{'b' * 63}.{'c' * 63}.{'d' * 61}")},
        {"recipient": Mailbox("a@localhost")},
        {"recipient": Mailbox("a.b+c=d?e@b-c.example")},
        {"attachments": (Attachment("n" * 116 + ".pdf", "b.pdf", b""),)},
        {"attachments": (Attachment("名" * 83 + "名.pd", "b.pdf", b""),)},
        {"attachments": (Attachment("COM0 (1).pdf", "COMB.pdf", b""),)},
        {"text": "a\tb\n"},
    ],
)
def test_what_just_fits_is_taken(changes: dict[str, Any]) -> None:
    check(sample(**changes))


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("../x.pdf", "has one of the characters"),
        ("a\\b.pdf", "has one of the characters"),
        ('a".pdf', "has one of the characters"),
        ("a\r\nX: y.pdf", "has a control character"),
        ("x\u202efdp.exe", "has a turn of direction"),
        (INJECTION, "has '=?'"),
        ("CON", "is none that every system takes"),
        ("nul.pdf", "is none that every system takes"),
        ("Com7.zip", "is none that every system takes"),
        ("n" * 117 + ".pdf", "has 121 characters, and at most 120"),
        (".pdf", "is none that every system takes"),
        ("-rf.pdf", "is none that every system takes"),
        ("x.pdf.", "is none that every system takes"),
        ("", "is none that every system takes"),
        ("名" * 85 + ".pdf", "has more than 255 bytes"),
    ],
)
def test_names_of_files_that_some_system_does_not_take_are_refused(name: str, message: str) -> None:
    found = refused(sample(attachments=(Attachment(name, "x.pdf", b""),)))
    assert any(message in each for each in found), found


@pytest.mark.parametrize("words", ["cid:x", "acid:lead", "(cid:5)", "&quot;cid:x&quot;"])
def test_text_that_speaks_of_pictures_shows_none(words: str) -> None:
    write(sample(html=sample().html.replace("要点", words)), MOMENT)
    write(sample(html=f"<p>{words}</p>", pictures=()), MOMENT)


def test_an_ascii_name_is_one() -> None:
    found = refused(sample(attachments=(Attachment("简报.pdf", "简报.pdf", b""),)))
    assert "is not the name of a file in ASCII" in found[0]


def test_two_files_have_two_names() -> None:
    same = (Attachment("a.pdf", "b.pdf", b""), Attachment("c.pdf", "b.pdf", b""))
    assert "two attachments have the same name" in refused(sample(attachments=same, ascii_names=True))[0]
    write(sample(attachments=same), MOMENT)


@pytest.mark.parametrize("kind", ["pdf", "application/pdf; x=y", "application/", "a/b\r\nX: y", "Text/Plain"])
def test_a_type_is_a_type(kind: str) -> None:
    assert "cannot be of the type" in refused(sample(attachments=(Attachment("a.pdf", "a.pdf", b"", kind),)))[0]


def test_all_problems_come_together() -> None:
    mail = sample(subject="a\x00b", recipient=Mailbox("nobody", "x\ny"))
    assert len(refused(mail)) == 3


def test_addresses_are_judged_alone_as_well() -> None:
    assert address_problems("name@office.example", "the address") == ()
    (problem,) = address_problems("name@", "the sender", Origin("delivery.yaml", line=2))
    assert str(problem).startswith("delivery.yaml:2: block: the sender is 'name@', and behind its @ no domain stands")


# --- 10,000 mails ----------------------------------------------------------------

_LETTERS = st.one_of(
    st.characters(categories=("L", "N", "P", "S", "M")),
    st.sampled_from("知识产权简报示例省主管部门（）《》“”、，。·—é ß😀👩🏽é"),
    # Seen by nobody and allowed: joiners of emoji, marks of direction, a soft hyphen, a byte order mark.
    st.sampled_from("\u200d\u200c\u200b\u200e\u200f\u061c\u00ad\ufeff\u2060\ufe0f\U000e0067"),
    st.sampled_from(" ,;:<>@\"\\()[].=?_%'*"),
)
_PIECES = st.sampled_from(
    ["=?", "?=", INJECTION, "=?gb18030?B?1qq1wA==?=", "\r\n", "\n", "\r\nBcc: evil@x.example", "\0", "\x85", "\u2028",
     "\u202e", "\ud800", "<evil@x.example>", '", <evil@x.example>, "', "  ", "\t", "%0D%0A", "\\", "例" * 60, "a" * 90],
)  # fmt: skip
_ATOM = st.text("abcdefghijklmnopqrstuvwxyzABC0189!#$%&'*+/=?^_`{|}~-", min_size=1, max_size=20)
_LABEL = st.one_of(
    st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=12),
    st.sampled_from(["xn--fiqs8s", "a-b", "b" * 63, "example"]),
)


def _fair(text: str) -> str:
    """A text without what is refused."""
    return text.replace("=?", "= ?").strip()


fair_words = st.text(_LETTERS, max_size=40).map(_fair)
fair_local_parts = st.lists(_ATOM, min_size=1, max_size=3).map(".".join).filter(lambda local: "=?" not in local)
fair_addresses = st.builds(
    lambda local, labels: f"{local}@{'.'.join(labels)}", fair_local_parts, st.lists(_LABEL, min_size=1, max_size=3)
)
fair_mailboxes = st.builds(Mailbox, fair_addresses, fair_words)
fair_file_names = st.text(_LETTERS, max_size=40).map(
    lambda text: "名" + re.sub(r'[<>:/|?*"\\]', "", _fair(text)) + ".pdf"
)
wild_words = st.lists(st.one_of(st.text(max_size=20), st.text(_LETTERS, max_size=20), _PIECES), max_size=4).map("".join)
wild_addresses = st.one_of(
    wild_words, st.builds("{}@{}".format, wild_words, wild_words), st.builds(str.__add__, fair_addresses, wild_words)
)


KINDS = ["multipart/mixed", "multipart/alternative", "text/plain", "text/html", "application/pdf"]
OF_PARTS = {"Content-Type", "Content-Transfer-Encoding", "Content-Disposition"}
FAIR, WILD, WILDER = 4_000, 5_000, 1_000


def mail_of(sender: Mailbox, recipient: Mailbox, reply: Mailbox, subject: str, name: str) -> Mail:
    files = (Attachment(name, "briefing.pdf", b"%PDF"),)
    return sample(
        sender=sender, recipient=recipient, reply_to=reply, subject=subject, attachments=files, pictures=(), html="<p/>"
    )


def assert_headers_as_meant(data: bytes) -> None:
    """The headers of the message are those that are meant, and so are those of its parts."""
    assert names(data) == HEADERS
    text = head(data).decode()
    assert [*HeaderParser(policy=policy.default).parsestr(text).keys()] == HEADERS
    assert [*HeaderParser().parsestr(text).keys()] == HEADERS
    message = message_from_bytes(data)
    assert [part.get_content_type() for part in message.walk()] == KINDS
    assert {name for part in [*message.walk()][1:] for name in part.keys()} <= OF_PARTS  # noqa: SIM118


def assert_as_meant(mail: Mail, written: Written) -> None:
    """What two readers that know nothing of the program find in a message."""
    data = written.data
    assert_headers_as_meant(data)
    modern = HeaderParser(policy=policy.default).parsestr(head(data).decode())
    assert str(modern["Subject"]) == str(make_header(decode_header(unfolded(data, "Subject")))) == mail.subject
    for header, mailbox in mail.mailboxes.items():
        (found,) = getaddresses([unfolded(data, header)])
        assert (str(make_header(decode_header(found[0]))), found[1]) == (mailbox.name, mailbox.address)
        assert [each.addr_spec for each in modern[header].addresses] == [mailbox.address]
    part = data[data.index(b"Content-Type: application/pdf") :]
    assert HeaderParser().parsestr(head(part).decode()).get_filename() == mail.attachments[0].name
    long = [line for line in data.split(b"\r\n") if len(line) > 78]
    assert all(b" " not in line.strip() or line.startswith(b"Message-ID: <") for line in long)
    assert data.isascii()
    assert b"\0" not in data


@settings(max_examples=FAIR, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(fair_mailboxes, fair_mailboxes, fair_mailboxes, fair_words.filter(bool), fair_file_names)
def test_fair_fields_arrive_as_they_are(
    sender: Mailbox, recipient: Mailbox, reply: Mailbox, subject: str, name: str
) -> None:
    mail = mail_of(sender, recipient, reply, subject, name)

    assert_as_meant(mail, write(mail, MOMENT))


wild_mails = st.one_of(
    st.builds(mail_of, fair_mailboxes, fair_mailboxes, fair_mailboxes, wild_words, fair_file_names),
    st.builds(mail_of, fair_mailboxes, fair_mailboxes, fair_mailboxes, fair_words.filter(bool), wild_words),
    st.builds(
        mail_of, fair_mailboxes, st.builds(Mailbox, fair_addresses, wild_words), fair_mailboxes,
        fair_words.filter(bool), fair_file_names,
    ),
    st.builds(
        mail_of, st.builds(Mailbox, wild_addresses, fair_words), fair_mailboxes, fair_mailboxes,
        fair_words.filter(bool), fair_file_names,
    ),
)  # fmt: skip
"""Mails with one field that may be anything."""


def is_refused(mail: Mail) -> bool:
    try:
        check(mail)
    except ReportError:
        return True
    return False


@settings(max_examples=WILD, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(wild_mails)
def test_a_wild_field_is_refused_or_arrives_as_it_is(mail: Mail) -> None:
    refused_first = is_refused(mail)
    if refused_first:
        with pytest.raises(ReportError):
            write(mail, MOMENT)
    # What was refused goes on nevertheless, to the last look: it alone lets nothing through that reads otherwise.
    with patch("ipreport.delivery.message.check"):
        try:
            written = write(mail, MOMENT)
        except (ReportError, UnicodeEncodeError):  # halves of characters cannot even be written
            assert refused_first, mail
            return
    if refused_first:
        assert_headers_as_meant(written.data)
    elif not written.smtputf8:
        assert_as_meant(mail, written)


@settings(max_examples=WILDER, suppress_health_check=[HealthCheck.too_slow])
@given(wild_addresses, wild_words, wild_words, wild_words)
def test_wild_fields_together_are_refused_by_name(address: str, person: str, subject: str, name: str) -> None:
    mail = mail_of(Mailbox(address, person), Mailbox(address, person), Mailbox("desk@office.example"), subject, name)
    unseen = {
        character
        for words in (address, person, subject, name)
        for character in words
        if unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}
    }
    if unseen or any("=?" in words for words in (address, person, subject, name)):
        assert is_refused(mail)
