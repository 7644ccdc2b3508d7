"""Files that cannot be traced: one clear problem each, and exit code 2."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pikepdf
import pytest

from docx_helpers import with_part
from helpers import refusal
from ipreport.problems import ReportError
from ipreport.tracing import trace


def of(path: Path) -> str:
    """Why a file is refused, without the way to it."""
    with pytest.raises(ReportError) as refused:
        trace(path)
    return refusal(refused.value).replace(path.as_posix(), path.name)


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def zipped(**contents: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in contents.items():
            archive.writestr(name.replace("__", "/") + ".xml", content)
    return target.getvalue()


def test_a_missing_file(tmp_path: Path) -> None:
    assert of(tmp_path / "none.docx") == (
        "none.docx: block: there is no such file\n    hint: name a DOCX or PDF that ipreport built"
    )


def test_a_folder(tmp_path: Path) -> None:
    assert of(tmp_path).startswith(f"{tmp_path.name}: block: the file cannot be read: ")


@pytest.mark.parametrize("content", [b"", b"value,unit\n1,yuan\n", b"\x89PNG\r\n\x1a\n"])
def test_another_kind_of_file(tmp_path: Path, content: bytes) -> None:
    assert of(written(tmp_path / "a.docx", content)).startswith(
        "a.docx: block: expected a DOCX or PDF file, found neither\n"
    )


def test_an_encrypted_word_file(tmp_path: Path) -> None:
    assert "encrypted Word file or one of the old .doc format" in of(
        written(tmp_path / "a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512))
    )


def test_a_zip_archive_that_is_no_word_file(tmp_path: Path) -> None:
    assert "this is not a Word file" in of(written(tmp_path / "a.xlsx", zipped(xl__workbook="<a/>")))


@pytest.mark.parametrize("kept", [10, 3000, 60_000])
def test_a_word_file_that_was_cut_off(haixi: dict[str, Path], tmp_path: Path, kept: int) -> None:
    content = haixi["zh.docx"].read_bytes()[:kept]

    assert of(written(tmp_path / "a.docx", content)).startswith("a.docx: block: the file is damaged or encrypted")


def test_a_word_file_whose_bytes_rot(haixi: dict[str, Path], tmp_path: Path) -> None:
    content = bytearray(haixi["zh.docx"].read_bytes())
    with zipfile.ZipFile(haixi["zh.docx"]) as archive:
        start = archive.getinfo("word/document.xml").header_offset + 60
    content[start : start + 200] = bytes(200)

    assert of(written(tmp_path / "a.docx", bytes(content))).startswith("a.docx: block: the file is damaged")


def test_a_word_file_with_broken_markup(haixi: dict[str, Path], tmp_path: Path) -> None:
    content = with_part(haixi["zh.docx"].read_bytes(), "word/document.xml", "</w:body>", "</w:bode>")

    assert of(written(tmp_path / "a.docx", content)).startswith("a.docx: block: the file is damaged: ")


def test_entities_of_a_word_file_are_not_expanded(tmp_path: Path) -> None:
    bomb = (
        '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;">]><record xmlns="urn:ipreport:record:1">&c;</record>'
    )
    content = zipped(word__document="<a/>", customXml__item1=bomb)

    assert "the record inside the file is damaged" in of(written(tmp_path / "a.docx", content))


def test_a_word_file_of_another_program(tmp_path: Path) -> None:
    content = zipped(word__document="<a/>", customXml__item1="<b/>")

    assert of(written(tmp_path / "a.docx", content)) == (
        "a.docx: block: the file holds no record of its numbers, which every DOCX and PDF of ipreport carries\n"
        "    hint: trace the file as it was built, or build it again"
    )


@pytest.mark.parametrize(
    "record", ["", "{", "[]", '{"format": "ipreport record 2"}', '{"format": "ipreport record 1"}']
)
def test_a_damaged_record(tmp_path: Path, record: str) -> None:
    item = f'<record xmlns="urn:ipreport:record:1">{record}</record>'
    content = zipped(word__document="<a/>", customXml__item1=item)

    assert "the record inside the file is damaged, or of another version" in of(written(tmp_path / "a.docx", content))


def test_a_pdf_of_another_program(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(tmp_path / "a.pdf")

    assert "the file holds no record of its numbers" in of(tmp_path / "a.pdf")


def test_an_encrypted_pdf(haixi: dict[str, Path], tmp_path: Path) -> None:
    with pikepdf.open(haixi["zh.pdf"]) as pdf:
        pdf.save(tmp_path / "a.pdf", encryption=pikepdf.Encryption(owner="a", user="b"))

    assert of(tmp_path / "a.pdf").startswith("a.pdf: block: the file is encrypted\n")


def test_a_pdf_that_was_cut_off(haixi: dict[str, Path], tmp_path: Path) -> None:
    content = haixi["zh.pdf"].read_bytes()[:2000]

    assert of(written(tmp_path / "a.pdf", content)).startswith("a.pdf: block: the PDF file is damaged")


def test_a_pdf_whose_record_is_damaged(haixi: dict[str, Path], tmp_path: Path) -> None:
    with pikepdf.open(haixi["zh.pdf"]) as pdf:
        pdf.Root.Names.EmbeddedFiles.Names[3].EF.F.write(b"{}")
        pdf.save(tmp_path / "a.pdf")

    assert "the record inside the file is damaged" in of(tmp_path / "a.pdf")


def test_the_name_of_a_file_does_not_matter(haixi: dict[str, Path], tmp_path: Path) -> None:
    assert trace(written(tmp_path / "brief", haixi["zh.pdf"].read_bytes())).sound
    assert trace(written(tmp_path / "brief.pdf", haixi["zh.docx"].read_bytes())).sound
