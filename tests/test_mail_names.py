"""Names of attachments arrive as they were given, in programs that read mail each in its own way."""

from __future__ import annotations

from pathlib import Path

import pytest

from decoders import DECODERS
from ipreport.delivery.mail import Attachment
from ipreport.delivery.message import write
from mails import DOCX, MOMENT, NAME, sample

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
