"""PDF files that open with a password: what they keep, what they are not, and how they are asked for."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from typer.testing import CliRunner

import ipreport
from helpers import Copy, refusal
from ipreport.cache import Cache
from ipreport.cli import app
from ipreport.problems import Level, ReportError
from ipreport.style import MODERN
from ipreport.writers.pdf import write
from pdf_layout import faces
from showcase import showcase

BRIEFING = "briefing.yaml"
PASSWORD = "海西 2026"  # noqa: S105 - of files that a test makes


def with_pdf(small: Copy, setting: str) -> None:
    small.overwrite(BRIEFING, f"pdf: {setting}\n".encode() + (small.folder / BRIEFING).read_bytes())


def text_of(data: bytes, password: str | None = None) -> str:
    with pypdfium2.PdfDocument(data, password=password) as pdf:
        return "".join(page.get_textpage().get_text_range() for page in pdf)


def test_an_encrypted_file_says_the_same_to_those_who_have_the_password() -> None:
    plain = write(showcase(), MODERN, faces(), Cache(None))
    closed = write(showcase(), MODERN, faces(), Cache(None), archive=False, password=PASSWORD)
    assert text_of(closed, PASSWORD) == text_of(plain)
    for wrong in (None, "", "haixi"):
        with pytest.raises(pypdfium2.PdfiumError, match="password"):
            text_of(closed, wrong)
    with pikepdf.open(io.BytesIO(closed), password=PASSWORD) as pdf:
        assert (pdf.encryption.R, pdf.encryption.bits) == (6, 256)
        assert pdf.encryption.stream_method == pdf.encryption.file_method == pikepdf.models.EncryptionMethod.aesv3
        assert pdf.allow.accessibility
        assert pdf.is_linearized
        packet = pdf.Root.Metadata.read_bytes()
        assert (b"pdfaid:part" in packet, b"<pdfuaid:part>1<" in packet) == (False, True)
        assert "/StructTreeRoot" in pdf.Root


def test_a_file_that_claims_nothing_is_the_same_every_time() -> None:
    made = [write(showcase(), MODERN, faces(), Cache(None), archive=False) for _ in range(2)]
    assert made[0] == made[1]
    with pikepdf.open(io.BytesIO(made[0])) as pdf:
        assert b"pdfaid:part" not in pdf.Root.Metadata.read_bytes()


def test_a_briefing_asks_for_it_and_is_told_what_is_given_up(small: Copy) -> None:
    with_pdf(small, f"{{conformance: none, password: {PASSWORD}}}")
    built = small.build(editions=["zh"])
    (told,) = [problem for problem in built.warnings if problem.level is Level.NOTE]
    assert "encrypted (AES-256): they are no PDF/A" in told.message
    assert PASSWORD not in str(told)
    assert "leave out 'conformance' and 'password' below 'pdf:'" in str(told)  # what else stands there may stay
    (file,) = [path for path in built.documents if path.suffix == ".pdf"]
    assert ipreport.trace(file, password=PASSWORD).sound
    for password, message in ((None, "the file is encrypted"), ("no", "the file does not open with this password")):
        with pytest.raises(ReportError, match=message):
            ipreport.trace(file, password=password)
    assert traced(file, "--password", PASSWORD) == 0
    assert traced(file) == 2


def traced(file: Path, *options: str) -> int:
    return CliRunner().invoke(app, ["trace", str(file), *options]).exit_code


def test_a_file_without_a_claim_is_told_of_as_well(small: Copy) -> None:
    with_pdf(small, "{conformance: none}")
    assert any("the PDF files claim no PDF/A" in problem for problem in small.check())


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("{password: secret}", "an archive takes no file that needs a password (PDF/A-3)"),
        ("{conformance: archive, password: secret}", "an archive takes no file that needs a password (PDF/A-3)"),
        (f"{{conformance: none, password: {'密' * 43}}}", "expected a password of at most 127 bytes in UTF-8"),
        ("{conformance: pdf/x}", "expected 'archive' or 'none', found 'pdf/x'"),
        ("{pasword: secret}", "unknown key 'pasword'"),
    ],
)
def test_what_is_refused_has_its_place(small: Copy, setting: str, message: str) -> None:
    with_pdf(small, setting)
    with pytest.raises(ReportError) as caught:
        small.build()
    assert message in refusal(caught.value)
    assert f"{BRIEFING}:1:" in refusal(caught.value)
    assert "密密" not in refusal(caught.value)
