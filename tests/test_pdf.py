from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from ipreport.cache import Cache
from ipreport.document import (
    BulletList,
    Callout,
    Cell,
    Citation,
    Contents,
    Document,
    DrawnText,
    Figure,
    Heading,
    Note,
    PageBreak,
    Paragraph,
    Reference,
    Row,
    Span,
    Table,
    Text,
    document_texts,
    footnotes,
    text,
)
from ipreport.fonts import Faces, find_faces
from ipreport.language import EN, ZH
from ipreport.problems import ReportError
from ipreport.style import MODERN, PageNumbers
from ipreport.tracing.portable import rejoined
from ipreport.writers.pdf import write
from showcase import both, draft, showcase, told


@cache
def faces() -> Faces:
    return find_faces()


@cache
def written() -> bytes:
    return write(showcase(), MODERN, faces(), Cache(None))


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def with_blocks(*blocks: Heading | Paragraph | PageBreak) -> Document:
    return replace(showcase(), blocks=blocks)


def texts_by_pdfium(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def squeezed(characters: str) -> str:
    return re.sub(r"\s+", "", characters)


def lines_by_poppler(data: bytes, tmp_path: Path, *options: str) -> str:
    program = shutil.which("pdftotext")
    if program is None:  # a second reader beside PDFium; the gate installs it
        pytest.skip("pdftotext of poppler is not installed")
    (tmp_path / "file.pdf").write_bytes(data)
    run = subprocess.run(
        [program, *options, "-enc", "UTF-8", "file.pdf", "-"], capture_output=True, check=True, cwd=tmp_path
    )
    return run.stdout.decode("utf-8")


def test_all_fonts_are_embedded_and_ours() -> None:
    names = set()
    with opened(written()) as pdf:
        for page in pdf.pages:
            for font in page.Resources.Font.values():
                (descendant,) = font.DescendantFonts
                assert descendant.FontDescriptor.FontFile2.read_bytes()[:4] == b"\0\1\0\0"
                assert font.Encoding == "/Identity-H"
                assert "/ToUnicode" in font
                assert re.fullmatch(r"/[A-Z]{6}\+Noto\w+-\w+", str(font.BaseFont))
                names.add(str(font.BaseFont))
    assert len(names) == 3


def test_font_programs_have_the_widths_of_the_file() -> None:
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - only this test reads fonts

    with opened(written()) as pdf:
        for font in pdf.pages[0].Resources.Font.values():
            (descendant,) = font.DescendantFonts
            program = TTFont(io.BytesIO(descendant.FontDescriptor.FontFile2.read_bytes()), checkChecksums=2)
            widths = [int(width) for width in descendant.W[1]]
            advances = [program["hmtx"][name][0] for name in program.getGlyphOrder()]
            assert widths == advances
            for name in program.getGlyphOrder():
                glyph = program["glyf"][name]
                glyph.expand(program["glyf"])
                if glyph.numberOfContours:
                    assert program["hmtx"][name][1] == glyph.xMin
                    assert glyph.getCoordinates(program["glyf"])[0]


def expected_texts(document: Document) -> list[str]:
    described = told(document)
    expected = [text.plain() for text in document_texts(document) if text not in described]
    for block in document.blocks:
        if isinstance(block, Figure):
            expected += [item.text for item in block.picture.drawing.items if isinstance(item, DrawnText)]
    return expected


def test_every_text_can_be_extracted() -> None:
    texts = expected_texts(showcase())
    extracted = squeezed(rejoined("".join(texts_by_pdfium(written())), "\n".join(texts)))
    for expected in texts:
        assert squeezed(expected) in extracted


def test_poppler_finds_every_text_as_well(tmp_path: Path) -> None:
    extracted = squeezed(lines_by_poppler(written(), tmp_path, "-raw").replace("\u00ad", ""))
    for expected in expected_texts(showcase()):
        assert squeezed(expected) in extracted


NO_SPACES = (
    "截至2025年9月底，全州有效发明专利356件，其中高价值发明专利101件；罚没款36.97万元，PCT申请3件，"
    "居全省第2位，占比90.9%；与e-commerce有关的R&D投入增长12.5%。"
)
PIECES = ("截至2025年9月底", "36.97万元", "PCT申请3件", "居全省第2位", "与e-commerce有关的R&D投入增长12.5%")


@pytest.mark.parametrize("width_change", [0, 60, 145, 230])
def test_gaps_do_not_become_spaces(width_change: int, tmp_path: Path) -> None:
    page = replace(MODERN.page, right=MODERN.page.right + width_change)
    data = write(with_blocks(Paragraph(text(ZH, NO_SPACES))), replace(MODERN, page=page), faces(), Cache(None))
    by_pdfium = "".join(texts_by_pdfium(data)).replace("\r\n", "")
    by_poppler = lines_by_poppler(data, tmp_path).replace("\n", "")
    for piece in PIECES:
        assert piece in by_pdfium
        assert piece in by_poppler


@pytest.mark.parametrize("width_change", [0, 60, 145, 230])
def test_english_words_stay_apart(width_change: int, tmp_path: Path) -> None:
    characters = (
        "The “quality” of 369,700 yuan isn’t AVAILABLE to Wolfgang; see Table 1 (and others) for T. V. Yao — now."
    )
    page = replace(MODERN.page, right=MODERN.page.right + width_change)
    data = write(with_blocks(Paragraph(text(EN, characters))), replace(MODERN, page=page), faces(), Cache(None))
    for extracted in (" ".join(texts_by_pdfium(data)), lines_by_poppler(data, tmp_path)):
        assert characters in " ".join(extracted.split())


def test_rare_characters_are_mapped_back() -> None:
    data = write(with_blocks(Paragraph(text(ZH, "生僻字𬭊与符号✗。"))), MODERN, faces(), Cache(None))
    assert "生僻字𬭊与符号✗。" in "".join(texts_by_pdfium(data))


def test_same_document_same_bytes() -> None:
    assert write(showcase(), MODERN, find_faces(), Cache(None)) == written()


def test_same_bytes_in_another_process(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from ipreport.cache import Cache;"
        "from ipreport.fonts import find_faces; from ipreport.style import MODERN;"
        "from ipreport.writers.pdf import write; from showcase import showcase;"
        "cache = Cache(Path(sys.argv[1]));"
        "sys.stdout.buffer.write(write(showcase(), MODERN, find_faces(cache=cache), cache))"
    )
    for seed, zone in (("1", "Asia/Shanghai"), ("77", "America/New_York")):
        environment = dict(os.environ, PYTHONHASHSEED=seed, TZ=zone)
        run = subprocess.run(
            [sys.executable, "-c", code, str(tmp_path)],
            capture_output=True,
            check=True,
            env=environment,
            cwd=Path(__file__).parent,
        )
        assert run.stdout == written()


def outline_titles(items: list[pikepdf.OutlineItem], level: int = 1) -> list[tuple[int, str]]:
    found = []
    for item in items:
        found.append((level, item.title))
        found += outline_titles(list(item.children), level + 1)
    return found


def test_outline_has_one_entry_for_each_heading() -> None:
    with opened(written()) as pdf, pdf.open_outline() as outline:
        assert outline_titles(list(outline.root)) == [
            (1, "本期要点 Summary"),
            (2, "知识产权创造 Creation of intellectual property"),
            (3, "细项 Detail"),
            (1, "数据来源 Sources"),
        ]


def test_pages_are_numbered_and_carry_the_notice() -> None:
    pages = texts_by_pdfium(written())
    for number, page in enumerate(pages, 1):
        assert f"{number} / {len(pages)}" in page
        assert "示例数据" in page
        assert "Illustrative data" in page
        assert ("IP Work Briefing" in page) == (number > 1)


def test_head_of_a_table_stands_on_each_of_its_pages() -> None:
    pages = [page for page in texts_by_pdfium(written()) if "Patents granted, item" in page]
    assert len(pages) >= 2
    assert all("Indicator" in page for page in pages)
    assert "Note: the data are made up." in pages[-1]
    assert [page.count("Table 1　Patents granted") for page in pages] == [1] + [0] * (len(pages) - 1)


def links(data: bytes) -> list[pikepdf.Object]:
    with opened(data) as pdf:
        annotations = [annotation for page in pdf.pages for annotation in page.get("/Annots", [])]
        return [str(each.A.URI) if "/A" in each else str(each.Dest) for each in annotations]


def test_references_citations_and_links_lead_somewhere() -> None:
    targets = set(links(written()))
    outside = {target for target in targets if target.startswith("https:")}
    listed = {entry.target for block in showcase().blocks if isinstance(block, Contents) for entry in block.entries}
    noted = {each.label for each in footnotes(document_texts(showcase()))}
    assert targets - outside - listed - noted == {"source-1", "row-2"}
    assert listed | noted <= targets
    with opened(written()) as pdf:
        names = pdf.Root.Names.Dests.Names
        destinations = [str(name) for name in list(names)[::2]]
        assert targets - set(destinations) == outside == {
            "https://www.example.org/a?b=1&c=2", "https://www.example.org/r?a=1&b=2",
        }  # fmt: skip
        assert destinations == sorted(destinations)
        assert {"summary", "creation", "detail", "sources", "row-30"} <= set(destinations)


@pytest.mark.parametrize("inline", [Reference("nowhere", "图9", ZH), Citation("nowhere", "[9]", ZH)])
def test_reference_to_nowhere_is_a_bug(inline: Reference | Citation) -> None:
    document = with_blocks(Paragraph(Text(ZH, (Span("见", ZH), inline))))
    with pytest.raises(ValueError, match="nowhere"):
        write(document, MODERN, faces(), Cache(None))


def test_missing_glyph_stops_the_writer() -> None:
    with pytest.raises(ReportError, match=r"U\+F0001"):
        write(with_blocks(Paragraph(text(ZH, "字\U000f0001"))), MODERN, faces(), Cache(None))


def test_file_says_what_it_is() -> None:
    with opened(written()) as pdf:
        assert written().startswith(b"%PDF-1.7")
        assert str(pdf.Root.Lang) == "zh-CN"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.docinfo.Title) == "知识产权工作简报 / IP Work Briefing"
        assert str(pdf.docinfo.Author) == "示例编写组 / Example compilers"
        assert str(pdf.docinfo.CreationDate) == "D:20251015000000Z"
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == "知识产权工作简报 / IP Work Briefing"
            assert metadata["xmp:CreateDate"] == "2025-10-15T00:00:00Z"
        assert pdf.check_pdf_syntax() == []


def test_stamp_is_the_only_date() -> None:
    document = showcase()
    later = replace(document, meta=replace(document.meta, stamp=date(2026, 1, 2)))
    data = write(later, MODERN, faces(), Cache(None))
    with opened(data) as pdf:
        assert str(pdf.docinfo.ModDate) == "D:20260102000000Z"


def test_english_edition_is_english() -> None:
    document = showcase()
    meta = replace(document.meta, languages=(EN,), running_head=document.meta.running_head[1:], notice=())
    data = write(replace(document, meta=meta), MODERN, faces(), Cache(None))
    with opened(data) as pdf:
        assert str(pdf.Root.Lang) == "en-US"
    assert "示例数据" not in texts_by_pdfium(data)[0]


def test_heading_stands_with_what_follows() -> None:
    filler = [Paragraph(text(ZH, "填充文字。" * 20)) for _ in range(40)]
    blocks: list[Heading | Paragraph] = []
    for index, paragraph in enumerate(filler):
        blocks += [Heading(2, f"h{index}", both(f"第{index}节", f"Section {index}.")), paragraph]
    for page in texts_by_pdfium(write(with_blocks(*blocks), MODERN, faces(), Cache(None))):
        body = page[: page.rindex("/")] if page.rstrip().endswith("/") else page
        assert not re.search(r"Section \d+\.\s*$", body)


def test_paragraph_leaves_two_lines_on_each_page() -> None:
    long = Paragraph(text(ZH, "截至报告期末全州有效发明专利稳步增长。" * 90))
    pages = texts_by_pdfium(write(with_blocks(long), MODERN, faces(), Cache(None)))
    assert len(pages) > 1
    for page in pages:
        assert sum("有效发明" in line or "报告期末" in line for line in page.splitlines()) >= 2


def test_page_breaks_do_not_leave_empty_pages() -> None:
    one, two = Paragraph(text(ZH, "一。")), Paragraph(text(ZH, "二。"))
    blocks = (one, PageBreak(), PageBreak(), two, PageBreak())
    assert len(texts_by_pdfium(write(with_blocks(*blocks), MODERN, faces(), Cache(None)))) == 2


def test_file_keeps_to_pdf_a_and_pdf_ua(tmp_path: Path) -> None:
    page = pytest.importorskip("page", reason="the validator page-validation is not installed")
    many = [Heading(2, f"h{index}", both(f"第{index}节", f"Section {index}")) for index in range(30)]
    document = replace(showcase(), blocks=(*showcase().blocks, *many))
    dashed = replace(MODERN, page_numbers=PageNumbers.DASHED)
    others = (write(document, MODERN, faces(), Cache(None)), write(draft(), dashed, faces(), Cache(None)))
    for data in (written(), *others):
        for profile in (page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1):
            (tmp_path / "file.pdf").write_bytes(data)
            report = page.validate_pdf(str(tmp_path / "file.pdf"), profile=profile)
            assert [(failure.rule_id, failure.message) for failure in report.failures] == []
            assert report.is_compliant


def test_nothing_is_lost_when_rows_and_boxes_are_higher_than_a_page() -> None:
    long = "很长的单元格内容需要分到几页上。" * 300
    grants = next(block for block in showcase().blocks if isinstance(block, Table))
    row = Row((Cell(both(long + "完", "short")), Cell(both("值", "value")), Cell(both("源", "source"))), label="high")
    table = replace(grants, body=(row, *grants.body))
    blocks = (
        table,
        Callout(both(long + "末", "End of callout.")),
        BulletList((both(long + "尾", "End of item."),)),
        Note("source-1", "[1]", both("源。", "Source.")),
    )
    data = write(replace(showcase(), blocks=blocks), MODERN, faces(), Cache(None))
    extracted = squeezed("".join(texts_by_pdfium(data)))
    assert extracted.count("很长的单元格") + extracted.count("分到几页上") >= 2 * 3 * 300 - 40
    for end in ("完", "末", "尾", "Endofcallout.", "Endofitem.", "item30"):
        assert end in extracted
