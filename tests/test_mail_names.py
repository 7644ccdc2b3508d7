"""Mails arrive as they were given, names of attachments first, in programs that read mail each in its own way."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

import pytest

from decoders import DECODERS, WHOLE
from ipreport.delivery.mail import Attachment
from ipreport.delivery.message import write
from mails import CARDS, DOCX, MOMENT, NAME, SUBJECT, sample

NAMES = {
    "Chinese": NAME,
    "short Chinese": "简报.pdf",
    "Chinese with spaces": "示例省 知识产权 工作简报 2025年第3期.pdf",
    "Chinese, long": f"{'知识产权工作简报' * 5}.pdf",
    "quotation marks": "“十四五”规划（中期）·简报—’25.pdf",
    "rare characters": "𠮷野家与䶮.pdf",
    "other letters": "Übersicht é ß №3.pdf",
    "percent and plus": "完成100% + 1_2&3=4.pdf",
    "ASCII": "IP Work Briefing (Issue 3, 2025).pdf",
    "ASCII, long": f"{'IP Work Briefing ' * 5}2025.pdf",
    "apostrophe": "Office's briefing.pdf",
}


@pytest.mark.parametrize("decoder", DECODERS)
@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_names_arrive_as_they_are(decoder: str, name: str, tmp_path: Path) -> None:
    read, is_here, origin = DECODERS[decoder]
    if not is_here():  # a program of another language; the gate installs it
        pytest.skip(f"{decoder} ({origin}) is not installed")
    mail = tmp_path / "mail.eml"
    files = (Attachment(name, "briefing.pdf", b"%PDF-1.7"), Attachment("附.docx", "b.docx", b"PK", DOCX))
    mail.write_bytes(write(sample(attachments=files), MOMENT).data)

    assert set(read(mail)) == {name, "附.docx"}


@pytest.mark.parametrize("decoder", DECODERS)
def test_names_in_ascii_arrive_as_they_are(decoder: str, tmp_path: Path) -> None:
    read, is_here, origin = DECODERS[decoder]
    if not is_here():  # a program of another language; the gate installs it
        pytest.skip(f"{decoder} ({origin}) is not installed")
    mail = tmp_path / "mail.eml"
    mail.write_bytes(write(sample(ascii_names=True), MOMENT).data)

    assert set(read(mail)) == {"illustrative-2025Q3.bilingual.pdf", "illustrative-2025Q3.bilingual.docx"}


def test_so_many_programs_read_the_names() -> None:
    assert len(DECODERS) >= 5


@pytest.mark.parametrize("decoder", WHOLE)
def test_everything_arrives_as_it_is(decoder: str, tmp_path: Path) -> None:
    read, is_here, origin = WHOLE[decoder]
    if not is_here():  # a program of another language; the gate installs it
        pytest.skip(f"{decoder} ({origin}) is not installed")
    mail, file = sample(), tmp_path / "mail.eml"
    file.write_bytes(write(mail, MOMENT).data)

    found = read(file)
    assert (found["subject"], found["id"]) == (SUBJECT, "<0123456789abcdef0123456789abcdef@office.example>")
    assert found["from"] == ["示例省知识产权局", "briefing@office.example"]
    assert found["to"] == [["上级知识产权主管部门（示例）", "reports@national.example"]]
    assert datetime.fromisoformat(found["moment"]) == MOMENT
    assert found["text"].split() == mail.text.split()
    assert found["html"].strip() == mail.html
    assert found["pictures"] == [[f"<{CARDS}>", hashlib.sha256(mail.pictures[0].content).hexdigest()]]
    assert found["files"] == [[each.name, hashlib.sha256(each.content).hexdigest()] for each in mail.attachments]
