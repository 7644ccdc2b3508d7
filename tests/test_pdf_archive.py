"""The shipped briefing's own PDFs can be archived and read aloud; no stream ends in a carriage return."""

from __future__ import annotations

import io
import zlib
from pathlib import Path

import page
import pikepdf
import pytest

from ipreport.document import RECORD_NAME, read_record
from ipreport.writers.pdf.saving import _BAD_END, _bytes, _end_well, saved


@pytest.mark.parametrize("profile", [page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A], ids=str)
def test_every_edition_of_haixi_is_valid(haixi: dict[str, Path], profile: page.ValidationProfile) -> None:
    for name, path in haixi.items():
        if name.endswith(".pdf"):
            report = page.validate_pdf(str(path), profile=profile)
            assert [failure.message for failure in report.failures] == [], name


def test_every_edition_of_haixi_brings_the_record_of_its_numbers(haixi: dict[str, Path]) -> None:
    for name, path in haixi.items():
        if name.endswith(".pdf"):
            with pikepdf.open(path) as pdf:
                (file,) = pdf.Root.AF
                attached = file.EF.F
                assert (str(file.UF), str(file.AFRelationship)) == (RECORD_NAME, "/Data")
                assert str(attached.Subtype) == "/application/json"
                assert int(attached.Params.Size) == len(attached.read_bytes())
                assert str(attached.Params.ModDate) == "D:20261122000000Z"
                assert read_record(attached.read_bytes()).edition == name.partition(".")[0]


def test_a_stream_whose_checksum_ends_in_a_carriage_return_is_given_a_byte_more() -> None:
    pdf = pikepdf.new()
    data = bytes([ord("\r") - 1])  # one and this byte make the low half of the Adler-32 sum
    assert zlib.compress(data).endswith(b"\r")
    program = pikepdf.Stream(pdf, data, Length1=len(data))

    _end_well(program)
    assert not zlib.compress(program.read_bytes()).endswith(b"\r")
    assert program.read_bytes() == data + b"\n"
    assert int(program.Length1) == len(data) + 1


def test_an_attached_file_tells_its_size_with_that_byte() -> None:
    pdf = pikepdf.new()
    attached = pikepdf.Stream(pdf, bytes([ord("\r") - 1]), Params=pikepdf.Dictionary(Size=1))

    _end_well(attached)
    assert int(attached.Params.Size) == len(attached.read_bytes()) == 2


def plain_and_saved(title: str) -> tuple[bytes, bytes]:
    """A file of one page as pikepdf saves it for browsers, and as we do."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.docinfo.Title = title
    ours = saved(pdf)  # what was linearised cannot be saved again
    return _bytes(pdf, pikepdf.ObjectStreamMode.generate, linearize=True), ours


def test_streams_of_objects_do_not_end_in_a_carriage_return_either_and_stay_in_the_file() -> None:
    pairs = (plain_and_saved("Title " + "w" * number) for number in range(1000))
    plain, ours = next((plain, ours) for plain, ours in pairs if _BAD_END in plain)
    assert _BAD_END not in ours
    assert b"/ObjStm" in ours
    assert len(ours) < len(plain) + 100
    with pikepdf.open(io.BytesIO(ours)) as pdf:
        assert pdf.is_linearized
        assert str(pdf.docinfo.Title).startswith("Title ")
        assert pdf.check_pdf_syntax() == []
