"""The shipped briefing's own PDFs can be archived and read aloud; no stream ends in a carriage return."""

from __future__ import annotations

import zlib

import page
import pikepdf
import pytest

import ipreport
from helpers import HAIXI
from ipreport.writers.pdf.writer import _end_well


@pytest.fixture(scope="module")
def haixi(tmp_path_factory: pytest.TempPathFactory) -> ipreport.Built:
    folder = tmp_path_factory.mktemp("haixi")
    return ipreport.build(HAIXI, output=folder / "output", figures=folder / "figures", cache=folder / "cache")


@pytest.mark.parametrize("profile", [page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A], ids=str)
def test_every_edition_of_haixi_is_valid(haixi: ipreport.Built, profile: page.ValidationProfile) -> None:
    for path in haixi.documents:
        if path.suffix == ".pdf":
            report = page.validate_pdf(str(path), profile=profile)
            assert [failure.message for failure in report.failures] == [], path.name


def test_a_stream_whose_checksum_ends_in_a_carriage_return_is_given_a_byte_more() -> None:
    pdf = pikepdf.new()
    data = bytes([ord("\r") - 1])  # one and this byte make the low half of the Adler-32 sum
    assert zlib.compress(data).endswith(b"\r")
    program = pikepdf.Stream(pdf, data, Length1=len(data))

    _end_well(program)
    assert not zlib.compress(program.read_bytes()).endswith(b"\r")
    assert program.read_bytes() == data + b"\n"
    assert int(program.Length1) == len(data) + 1
