"""The shipped briefing's own PDFs can be archived and read aloud; no stream ends in a carriage return."""

from __future__ import annotations

import csv
import io
import random
import re
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
from ipreport.writers.pdf.saving import (
    _bytes,
    _end_well,
    _is_good,
    _mended,
    _streams,
    _without_padding,
    encrypted,
    ends_well,
    saved,
)


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


def test_streams_are_compressed_but_for_the_packet_of_properties(haixi: dict[str, Path]) -> None:
    with pikepdf.open(haixi["bilingual.pdf"]) as pdf:
        streams = [each for each in pdf.objects if isinstance(each, pikepdf.Stream) and each.get("/Type") != "/XRef"]
        plain = [each for each in streams if each.get("/Filter") != "/FlateDecode"]
        assert [str(each.Type) for each in plain] == ["/Metadata"]
        assert plain[0].read_raw_bytes().startswith(b"<?xpacket")
        (font, *_) = [each for each in streams if "/Length1" in each]
        assert font.read_raw_bytes() == zlib.compress(font.read_bytes(), 9)


def test_an_attached_file_tells_its_size_with_that_byte() -> None:
    pdf = pikepdf.new()
    attached = pikepdf.Stream(pdf, bytes([ord("\r") - 1]), Params=pikepdf.Dictionary(Size=1))

    _end_well(attached)
    assert int(attached.Params.Size) == len(attached.read_bytes()) == 2


def blank(number: int) -> pikepdf.Pdf:
    """A file of some pages, which no other number gives."""
    source = random.Random(number)  # noqa: S311 - sizes that differ
    pdf = pikepdf.new()
    for _ in range(1 + number % 40):
        pdf.add_blank_page()
        pdf.pages[-1].obj.Contents = pdf.make_stream(b"q Q " * source.randrange(5, 100))
    pdf.docinfo.Title = "Title " + "w" * source.randrange(100)
    return pdf


def bad_ends(data: bytes) -> set[bytes]:
    """What in a file ends badly: streams of objects, the hints, contents of pages."""
    marks = {b"/ObjStm": b"objects", b"/S ": b"hints"}
    bad = [found.group() for found, end, _ in _streams(data) if not _is_good(data, found, end)]
    return {next((kind for mark, kind in marks.items() if mark in each), b"contents") for each in bad}


def test_streams_that_come_into_being_on_saving_are_mended_where_they_stand() -> None:
    left = {b"objects": 3, b"hints": 3}
    for number in range(3000):
        plain = _bytes(blank(number))
        kinds = bad_ends(plain) & {kind for kind, count in left.items() if count}
        if not kinds:
            continue
        left = {kind: count - (kind in kinds) for kind, count in left.items()}
        mended = _mended(plain)
        assert len(mended) == len(plain)
        assert not bad_ends(mended)
        assert not re.search(rb"(?<![\n\d])\d+ 0 obj\n", mended)  # each number begins a line (6.1.9)
        assert_sound(saved(blank(number)))
        if not any(left.values()):
            return
    pytest.fail("no file had such streams")


def assert_sound(data: bytes) -> None:
    """Every reader finds every object, and every stream ends well."""
    assert ends_well(data)
    assert b"/ObjStm" in data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.is_linearized
        assert pdf.check_linearization()
        assert pdf.check_pdf_syntax() == []
        assert str(pdf.docinfo.Title).startswith("Title ")


def test_cross_references_that_end_badly_are_told_in_another_way() -> None:
    rows = bytes([2, 9, 0, 2, 1, 0])  # two rows of two bytes, each with its filter: the row before is added
    rows += bytes([2, (ord("\r") - 1 - sum(rows) - 2) % 256, 0])
    flate = zlib.compress(rows)
    assert flate.endswith(b"\r")
    entries = b"/DecodeParms << /Columns 2 /Predictor 12 >> /Filter /FlateDecode"
    written = b"<< /Type /XRef /Length %d %b >>\nstream\n%b\nendstream\nendobj\n" % (len(flate), entries, flate)
    mended = _mended(b"1 0 obj\n" + written + b"   \nstartxref")

    assert len(mended) == len(b"1 0 obj\n" + written + b"   \nstartxref")
    length, flate = re.search(rb"/Length (\d+).*?stream\n(.*)\nendstream", mended, re.DOTALL).groups()  # type: ignore[union-attr]
    assert int(length) == len(flate)
    assert not flate.endswith(b"\r")
    contents = zlib.decompress(flate)
    assert contents[0] == 0
    assert contents[1:] == rows[1:]


def test_what_saving_keeps_free_behind_the_last_cross_references_is_cut_off() -> None:
    plain = _bytes(blank(39))
    cut = _without_padding(plain)
    assert len(cut) < len(plain) - 50
    assert cut.endswith(b"\nendobj\nstartxref\n216\n%%EOF\n")
    assert b"/L %d " % len(cut) in cut[:100]
    with pikepdf.open(io.BytesIO(cut)) as pdf:
        assert pdf.check_linearization()


def test_pages_share_what_they_have_in_common_and_say_nothing_needless(haixi: dict[str, Path]) -> None:
    with pikepdf.open(haixi["bilingual.pdf"]) as pdf:
        assert len({page.obj.Resources.objgen for page in pdf.pages}) == 1
        for page in pdf.pages:
            assert not {"/Trans", "/Rotate"} & set(page.obj.keys())
            assert set(page.obj.Resources.keys()) == {"/Font"}
        assert any("/Annots" in page.obj and page.obj.Annots.is_indirect for page in pdf.pages)


@pytest.mark.parametrize("password", ["", "secret"], ids=["plain", "encrypted"])
@pytest.mark.parametrize("others", [0, 60, 99])
def test_what_a_linearised_file_tells_of_its_outline_holds_wherever_that_is(others: int, password: str) -> None:
    """Of a long outline a part stands in one stream with what pages need, and a part does not."""
    for entries in (30, 90, 250):
        pdf = pikepdf.new()
        for _ in range(3):
            pdf.add_blank_page()
        pdf.Root.AF = pikepdf.Array([pdf.make_indirect(pikepdf.Dictionary(Size=size)) for size in range(others)])
        with pdf.open_outline() as outline:
            outline.root.extend(pikepdf.OutlineItem(f"Heading {number}", 0) for number in range(entries))
        pdf.Root.PageMode = pikepdf.Name.UseOutlines
        data = encrypted(pdf, password) if password else saved(pdf)
        with pikepdf.open(io.BytesIO(data), **({"password": password} if password else {})) as read:
            assert read.check_linearization(), (entries, read.get_warnings())
            with read.open_outline() as outline:
                assert len(outline.root) == entries
