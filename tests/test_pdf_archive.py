"""The shipped briefing's own PDFs can be archived and read aloud; no stream ends in a carriage return."""

from __future__ import annotations

import csv
import io
import zlib
from pathlib import Path

import page
import pikepdf
import pytest

from ipreport.document import (
    RECORD_NAME,
    RECORD_TABLE_NAME,
    Part,
    Record,
    RecordedValue,
    Stretch,
    read_record,
    write_record_table,
)
from ipreport.language import Localized
from ipreport.writers.pdf import saving
from ipreport.writers.pdf.saving import _BAD_END, _bytes, _end_well, ends_well, saved


@pytest.mark.parametrize("profile", [page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A], ids=str)
def test_every_edition_of_haixi_is_valid(haixi: dict[str, Path], profile: page.ValidationProfile) -> None:
    for name, path in haixi.items():
        if name.endswith(".pdf"):
            report = page.validate_pdf(str(path), profile=profile)
            assert [failure.message for failure in report.failures] == [], name


def test_every_edition_of_haixi_brings_the_record_of_its_numbers_and_a_table_of_them(haixi: dict[str, Path]) -> None:
    for name, path in haixi.items():
        if not name.endswith(".pdf"):
            continue
        with pikepdf.open(path) as pdf:
            files = {str(file.UF): file for file in pdf.Root.AF}
            assert list(files) == [RECORD_TABLE_NAME, RECORD_NAME] == list(pdf.attachments)
            kinds = [str(file.EF.F.Subtype) for file in files.values()]
            assert kinds == ["/text/csv", "/application/json"]
            for file in files.values():
                assert str(file.AFRelationship) == "/Data"
                assert int(file.EF.F.Params.Size) == len(file.EF.F.read_bytes())
                assert str(file.EF.F.Params.ModDate) == "D:20261122000000Z"
            record = read_record(files[RECORD_NAME].EF.F.read_bytes())
            table = files[RECORD_TABLE_NAME].EF.F.read_bytes()
        assert record.edition == name.partition(".")[0]
        rows = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig").rstrip("\n"), newline="")))
        assert [row["key"] for row in rows] == [value.key for value in record.values]
        fine = next(row for row in rows if row["key"] == "penalty_amount")
        assert (fine["value"], fine["unit"], fine["amount"]) == ("369700", "yuan", "369700")
        assert fine["origin"].startswith("metrics.yaml:")
        assert fine["source"]
        assert len(fine["places"].split(" | ")) >= 3


def test_no_cell_of_the_table_is_worked_out_by_a_spreadsheet() -> None:
    value = RecordedValue("k", Localized("=1+1", "@name"), "-5", "", "-5", "", "", "", "", Localized("", ""))
    written = write_record_table(Record(values=(value,), printed=(Stretch("somewhere", (Part("−5", "k"),)),)))
    (row,) = csv.DictReader(io.StringIO(written.decode("utf-8-sig"), newline=""))
    assert (row["name_zh"], row["name_en"], row["value"], row["places"]) == ("'=1+1", "'@name", "-5", "somewhere")


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


def blank(number: int) -> pikepdf.Pdf:
    """A file of some empty pages, which no other number gives."""
    pdf = pikepdf.new()
    for _ in range(1 + number % 7):
        pdf.add_blank_page()
    pdf.docinfo.Title = "Title " + "w" * number
    return pdf


def plain_and_saved(number: int) -> tuple[bytes, bytes]:
    """A file as pikepdf saves it for browsers, and as we do; what was linearised cannot be saved again."""
    return _bytes(blank(number), pikepdf.ObjectStreamMode.generate), saved(blank(number))


def test_streams_of_objects_do_not_end_in_a_carriage_return_either_and_stay_in_the_file() -> None:
    pairs = map(plain_and_saved, range(1000))
    plain, ours = next((plain, ours) for plain, ours in pairs if _BAD_END in plain)
    assert _BAD_END not in ours
    assert b"/ObjStm" in ours
    assert len(ours) < len(plain) + 100
    with pikepdf.open(io.BytesIO(ours)) as pdf:
        assert pdf.is_linearized
        assert str(pdf.docinfo.Title).startswith("Title ")
        assert pdf.check_pdf_syntax() == []


def test_the_hints_of_a_linearised_file_end_well_too() -> None:
    plain = (_bytes(blank(number), pikepdf.ObjectStreamMode.generate) for number in range(1000))
    bad = [number for number, data in enumerate(plain) if not ends_well(data)]
    assert len(bad) > 3
    assert all(ends_well(saved(blank(number))) for number in bad)


def test_a_file_that_no_attempt_mends_does_without_streams_of_objects(monkeypatch: pytest.MonkeyPatch) -> None:
    bad = [n for n in range(1000) if not ends_well(_bytes(blank(n), pikepdf.ObjectStreamMode.generate))]
    assert b"/ObjStm" in saved(blank(bad[0]))

    monkeypatch.setattr(saving, "_ATTEMPTS", 0)
    for number in bad:
        ours = saved(blank(number))
        assert ends_well(ours)
        assert b"/ObjStm" not in ours
