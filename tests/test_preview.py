"""The page that shows what will be mailed: everybody, a mail of each kind, and nothing outside its frame."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from browser import Browser, browser, with_chromium
from ipreport.delivery import Letter
from ipreport.delivery.mail import Attachment, Inline, Mailbox
from ipreport.delivery.message import write
from ipreport.language import EN, ZH
from ipreport.pipeline.preview import preview_page
from letters import letter, letters
from mails import CARDS, HTML, MOMENT, NAME, SUBJECT, sample

FILE = (Attachment(NAME, "briefing.pdf", b"%PDF-1.7" * 9_000),)


class _Elements(HTMLParser):
    """The elements of a page with their attributes, and its text outside of frames."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page.decode("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


def written(to: Letter, **changes: Any) -> bytes:
    return write(sample(recipient=Mailbox(to.address, to.name), **{"attachments": FILE, **changes}), MOMENT).data


def page(*mails: tuple[Letter, bytes]) -> _Elements:
    return _Elements(preview_page([each for each, _ in mails], [data for _, data in mails]))


def mail(to: Letter, **changes: Any) -> tuple[Letter, bytes]:
    return to, written(to, **changes)


def test_everybody_is_on_it_and_a_mail_of_each_kind() -> None:
    many = [mail(each) for each in letters(198)]
    english = mail(letter("english@example.test"), languages=(EN, ZH), text="In English\n")
    word = mail(letter("word@example.test"), attachments=(*FILE, Attachment("b.docx", "b.docx", b"PK")))
    found = page(*many[:100], english, *many[100:], word)

    assert len(found.all("tr")) == 1 + 200
    assert all(found.text.count(each.address) == (2 if number == 0 else 1) for number, (each, _) in enumerate(many))
    assert [frame["title"] for frame in found.all("iframe")] == [
        "zh (zh-CN, en-US)",
        "zh (en-US, zh-CN)",
        "zh (zh-CN, en-US)",
    ]
    assert re.findall(r"\): (\d+) 封", found.text) == ["198", "1", "1"]
    assert "ip, 2025Q4: 200 封 / mails" in found.text
    assert found.text.count("In English") == 1


def test_a_row_has_what_the_mail_has() -> None:
    to, data = mail(letter())
    (head, row) = re.findall(r"<tr>(.*?)</tr>", preview_page([to], [data]).decode(), re.DOTALL)

    cells = [re.sub(r"<[^>]+>", "|", cell) for cell in re.findall(r"<td>(.*?)</td>", row)]
    assert cells == [
        "Reader||reader@example.test, zh|",
        f"{SUBJECT}||Wed, 15 Oct 2025 09:30:00 +0800|&lt;0123456789abcdef0123456789abcdef@office.example&gt;|",
        f"{NAME}||{len(data) / 1024:.0f} KiB|",
    ]
    assert "收件人" in head


def test_an_edition_of_its_own_is_shown_by_itself() -> None:
    found = page(mail(letter()), mail(letter("b@example.test", edition="en")))
    assert [frame["title"] for frame in found.all("iframe")] == ["zh (zh-CN, en-US)", "en (zh-CN, en-US)"]


def test_another_document_and_a_correction_are_shown_by_themselves() -> None:
    others = (
        letter(),
        letter("b@example.test", document="1" * 64),
        letter("c@example.test", correction=1),
        letter("d@x"),
    )
    assert re.findall(r"\): (\d+) 封", page(*map(mail, others)).text) == ["2", "1", "1"]


def test_nothing_becomes_markup() -> None:
    evil = "</td></iframe><script>alert(1)</script>\"' onload=x"
    to = Letter("0" * 64, evil, evil, evil, "a&b@example.test", evil, "0" * 64, 0, lambda _: b"")
    files = (Attachment("a&lt;b.pdf", "b.pdf", b""),)
    html = f"{HTML}<p title='x'>\"&amp;</p>"
    found = page(mail(to, subject=f"1 {evil}", text=evil, attachments=files, html=html))

    assert {tag for tag, _ in found.found} == {
        "html", "head", "meta", "title", "style", "body", "h1", "h2", "table", "tr", "th", "td", "br", "small", "p",
        "iframe", "details", "summary", "pre",
    }  # fmt: skip
    assert found.text.count(evil) == 10  # title and heading 2 each, row 3, above the mail 2, text 1
    assert "a&lt;b.pdf" in found.text
    (frame,) = found.all("iframe")
    assert set(frame) == {"title", "sandbox", "onload", "srcdoc"}
    assert frame["sandbox"] == "allow-same-origin"
    assert str(frame["srcdoc"]).endswith("<p title='x'>\"&amp;</p>")


def test_letters_of_other_alphabets_in_addresses_are_readable() -> None:
    assert page(mail(letter("张三@office.example"))).text.count("张三@office.example") == 2


def test_the_file_that_is_attached_is_not_on_the_page() -> None:
    to, data = mail(letter(), attachments=(Attachment("a.pdf", "a.pdf", bytes(range(256)) * 4_000),))
    assert len(data) > 1_000_000
    assert len(preview_page([to], [data])) < 10_000


# --- in a browser ----------------------------------------------------------------


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(tmp_path_factory.mktemp("chromium")) as one:
        yield one


@with_chromium
@pytest.mark.parametrize("width", [390, 1280])
def test_frames_show_whole_mails_with_their_pictures(shown: Browser, tmp_path: Path, width: int) -> None:
    png = io.BytesIO()
    Image.new("RGBA", (978, 600)).save(png, "PNG")
    pictures = (Inline(CARDS, png.getvalue()),)
    high = HTML.replace("要点", "<p style='height:3000px'>要点</p>")
    low = HTML.replace("<body>", "<body style='margin:0'><script>document.title = 'ran'</script>")
    mails = [mail(letter(), pictures=pictures, html=high), mail(letter(edition="en"), pictures=pictures, html=low)]
    file = tmp_path / "preview.html"
    file.write_bytes(preview_page([each for each, _ in mails], [data for _, data in mails]))
    shown.show_file(file, width)

    frames = "[...document.querySelectorAll('iframe')]"
    heights = shown.run(f"{frames}.map(each => each.clientHeight - each.contentDocument.body.offsetHeight)")
    assert heights == [0, 0]
    assert shown.run(f"{frames}.map(each => each.contentDocument.images[0].naturalWidth)") == [978, 978]
    assert shown.run(f"{frames}.map(each => each.contentDocument.title)") == ["", ""]
    assert shown.run("document.documentElement.scrollWidth") <= width
    assert [each for each in shown.requests if not each.startswith(("data:", "about:", file.as_uri()))] == []
