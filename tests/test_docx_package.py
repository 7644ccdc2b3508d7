"""The container of a Word file: the parts python-docx holds, the body between them, pictures once each."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import docx
import pytest

from ipreport.document import Caption, CaptionKind, Document, Figure, Paragraph, Picture, text
from ipreport.language import ZH
from ipreport.style import MODERN
from ipreport.writers.docx import write
from ipreport.writers.docx.package import filled, saved_files
from showcase import both, picture, showcase


def _files(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _with_pictures(*pictures: Picture) -> Document:
    figures = (
        Figure(f"f{number}", Caption(CaptionKind.FIGURE, number, both("图", "Figure")), drawn, (), both("图", "Figure"))
        for number, drawn in enumerate(pictures, 1)
    )
    return replace(showcase(), blocks=tuple(figures))


def test_the_files_are_those_python_docx_saves() -> None:
    package = docx.Document()
    package.add_paragraph("正文")
    saved = io.BytesIO()
    package.save(saved)

    assert saved_files(package.part.package) == _files(saved.getvalue())


def test_a_body_stands_before_the_last_section() -> None:
    main = b"<w:document><w:body><w:sectPr/></w:body></w:document>"

    assert filled(main, "<w:p/>") == b"<w:document><w:body><w:p/><w:sectPr/></w:body></w:document>"


def test_a_document_without_a_body_is_a_fault() -> None:
    with pytest.raises(ValueError, match="no w:body"):
        filled(b"<w:document/>", "<w:p/>")


def test_text_of_the_body_is_as_it_was_given() -> None:
    words = '<a> & "b" 专利\t“c”'

    written = docx.Document(
        io.BytesIO(write(replace(showcase(), blocks=(Paragraph(text(ZH, words)),), imprint=None), MODERN))
    )

    assert written.paragraphs[-1].text == words


def test_a_picture_is_stored_once_and_others_beside_it() -> None:
    first = picture()
    other = replace(first, svg=first.svg.replace(b"#1f4e79", b"#000000"), png=first.png + b"\0")

    files = _files(write(_with_pictures(first, other, first), MODERN))

    media = {name: content for name, content in files.items() if name.startswith("word/media/")}
    assert media == {
        "word/media/drawing1.svg": first.svg,
        "word/media/drawing2.svg": other.svg,
        "word/media/image1.png": first.png,
        "word/media/image2.png": other.png,
    }
    assert files["word/document.xml"].count(b"<pic:pic ") == 3
