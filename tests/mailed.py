"""A briefing that is built and approved, and what its recipients get of it."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

import ipreport
from helpers import Copy
from ipreport.problems import ReportError
from mail_certificates import authority_file
from mail_faults import USER, Faulty

RECIPIENTS = """\
report_to:
  - name: {zh: 省政府办公厅, en: General Office of the Province}
    address: office@province.example
copy_to:
  - name: {zh: 科技厅, en: Science Department}
    address: science@province.example
    edition: zh
distribute_to:
  - name: {en: John Doe}
    print: false
    address: john.doe@partner.example
    languages: [en, zh]
    attachments: [pdf, docx]
  - name: {zh: 各县, en: Counties}
"""
TO = ["office@province.example", "science@province.example", "john.doe@partner.example"]


def settings_of(server: Faulty) -> str:
    """A delivery.yaml that names the server."""
    authority = authority_file(server.folder).as_posix()
    return f"""\
server: {{host: localhost, port: {server.port}, user: {USER}, ca: {authority}}}
sender: {{name: {{zh: 示例州知识产权局, en: IP Office}}, address: briefing@office.example}}
reply_to: secretary@office.example
"""


def approve(small: Copy) -> None:
    ipreport.approve(small.folder, by="director/Zhang San", output=small.root / "output", records=records(small))


def records(small: Copy) -> Path:
    return small.root / "delivery"


def send(small: Copy, **options: object) -> ipreport.Report:
    return ipreport.send(small.folder, output=small.root / "output", records=records(small), **options)  # type: ignore[arg-type]


def refused(small: Copy, **options: object) -> str:
    with pytest.raises(ReportError) as error:
        send(small, **options)
    return "\n".join(small.shorten(str(problem)) for problem in error.value.problems)


def read(server: Faulty, address: str) -> EmailMessage:
    return message_from_bytes(server.messages[address], policy=policy.default)


def document(small: Copy, ending: str) -> bytes:
    (path,) = (small.root / "output").rglob(f"*.{ending}")
    return path.read_bytes()
