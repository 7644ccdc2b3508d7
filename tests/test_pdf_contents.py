"""Tables of contents in a PDF, and the page numbers that they are filled with."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest

from ipreport.cache import Cache
from ipreport.document import (
    Contents,
    ContentsEntry,
    ContentsKind,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Span,
    Text,
    text,
)
from ipreport.language import EN, ZH
from ipreport.problems import ReportError
from ipreport.style import MODERN, StyleName
from ipreport.writers.pdf import page_numbers, write
from pdf_facts import named_pages
from pdf_layout import faces, setter
from showcase import both, one, showcase

PAGES = (1, 2, 4)
HEADS = tuple(Heading(1, f"part-{number}", both(f"第{number}部分", f"Part {number}")) for number in PAGES)


def with_contents(pages: dict[str, int]) -> Document:
    """Three parts on pages 1, 2 and 4 below their table of contents."""
    entries = tuple(ContentsEntry(head.label, head.level, head.texts, pages.get(head.label)) for head in HEADS)
    contents = Contents(ContentsKind.HEADINGS, both("目录", "Contents"), entries)
    filler = Paragraph(text(ZH, "文"))
    blocks = (contents, HEADS[0], filler, PageBreak(), HEADS[1], filler, PageBreak(), filler, PageBreak(), HEADS[2])
    return replace(showcase(), blocks=(*blocks, filler))


def lines_of(data: bytes, page: int) -> list[str]:
    with pypdfium2.PdfDocument(data) as pdf:
        return [line.strip() for line in pdf[page].get_textpage().get_text_range().splitlines()]


def test_pages_of_headings_are_known_before_anything_is_painted() -> None:
    numbers = page_numbers(with_contents({}), MODERN, faces())
    assert [numbers[head.label] for head in HEADS] == list(PAGES)


def test_numbers_in_the_contents_do_not_move_what_they_count() -> None:
    wide = {head.label: 888 for head in HEADS}
    assert page_numbers(with_contents(wide), MODERN, faces()) == page_numbers(with_contents({}), MODERN, faces())


@pytest.mark.parametrize("document", [showcase(), replace(showcase(), imprint=None)], ids=["imprint", "none"])
def test_numbers_are_those_of_the_pages_in_the_file(document: Document) -> None:
    numbers = page_numbers(document, MODERN, faces())
    places = named_pages(write(document, MODERN, faces(), Cache(None)))
    feet = {label for label in places if label.startswith("foot-")}
    assert {label: page for label, page in places.items() if label not in feet} == dict(numbers)
    assert {"summary", "detail", "figure-share", "table-grants", "row-30", "source-1"} <= set(numbers)


def test_a_character_without_a_glyph_has_no_page() -> None:
    strange = replace(showcase(), blocks=(Paragraph(text(ZH, "字\U000f0001")),))
    with pytest.raises(ReportError, match=r"U\+F0001"):
        page_numbers(strange, MODERN, faces())


def test_an_entry_is_one_link_whose_last_line_ends_in_the_page() -> None:
    data = write(
        with_contents(dict(zip((head.label for head in HEADS), PAGES, strict=True))), MODERN, faces(), Cache(None)
    )
    lines = lines_of(data, 0)
    start = lines.index("目录 Contents")
    assert lines[start + 1 : start + 7] == ["第1部分", "Part 1 1", "第2部分", "Part 2 2", "第4部分", "Part 4 4"]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        areas = [(str(each.Dest), [float(side) for side in each.Rect]) for each in pdf.pages[0].Annots]
    assert [target for target, _ in areas] == [head.label for head in HEADS]
    for _, (left, low, right, high) in areas:
        assert (left, right) == (pytest.approx(MODERN.page.left), pytest.approx(MODERN.page.width - MODERN.page.right))
        assert high - low > 2 * 12  # both lines


def test_entries_without_a_page_have_no_number_and_words_of_links_are_words() -> None:
    linked = Text(ZH, (Span("甲", ZH), Span("乙", EN)))
    entry = ContentsEntry("part-1", 1, (linked,))
    document = replace(showcase(), blocks=(Contents(ContentsKind.HEADINGS, one("目录"), (entry,)), HEADS[0]))
    lines = lines_of(write(document, MODERN, faces(), Cache(None)), 0)
    assert "甲乙" in lines


def test_deeper_entries_begin_further_in_and_dots_of_all_lines_stand_below_each_other() -> None:
    shown = [ContentsEntry(f"part-{level}", level, one(f"第{level}级"), level) for level in (1, 2, 3)]
    heads = [Heading(level, f"part-{level}", one("节")) for level in (1, 2, 3)]
    contents = Contents(ContentsKind.HEADINGS, (), tuple(shown))
    data = write(replace(showcase(), blocks=(contents, *heads)), MODERN, faces(), Cache(None))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        lefts = [float(each.Rect[0]) for each in pdf.pages[0].Annots]
        operations = pikepdf.parse_content_stream(pdf.pages[0])
    assert lefts == sorted(lefts)
    assert len(set(lefts)) == 3
    (starts,) = {tuple(sorted({round(float(operands[0]) % 4.0, 2) for operands in dots(operations)}))}
    assert len(starts) == 1


def dots(operations: list[pikepdf.ContentStreamInstruction]) -> list[list[pikepdf.Object]]:
    """Where the leaders of a page begin: the first point of every path that follows a dash of no length."""
    found, dashed = [], False
    for operands, operator in operations:
        if str(operator) == "d":
            dashed = bool(operands[0]) and float(operands[0][0]) == 0
        elif str(operator) == "m" and dashed:
            found.append(operands)
            dashed = False
    return found


def test_a_list_without_entries_leaves_no_title() -> None:
    empty = Contents(ContentsKind.FIGURES, one("图目录"), ())
    data = write(replace(showcase(), blocks=(empty, HEADS[0])), MODERN, faces(), Cache(None))
    assert not any("图目录" in line for line in lines_of(data, 0))


def test_a_marker_stands_before_a_heading_and_in_the_outline() -> None:
    heads = (Heading(1, "one", both("总体情况", "Overview"), "一、"), Heading(2, "two", both("创造", "Creation")))
    data = write(replace(showcase(), blocks=heads), MODERN, faces(), Cache(None))
    lines = lines_of(data, 0)
    assert "一、总体情况" in lines
    assert "Overview" in lines
    with pikepdf.open(io.BytesIO(data)) as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == ["一、总体情况 Overview"]
        assert [item.title for item in outline.root[0].children] == ["创造 Creation"]


def test_an_entry_that_is_too_long_breaks_before_the_column_of_numbers() -> None:
    long = "关于全州知识产权创造运用保护管理服务总体情况的季度报告" * 3
    entry = ContentsEntry("part-1", 1, one(long), 128)
    document = replace(showcase(), blocks=(Contents(ContentsKind.HEADINGS, (), (entry,)), HEADS[0]))
    data = write(document, MODERN, faces(), Cache(None))
    with pypdfium2.PdfDocument(data) as pdf:
        reader = pdf[0].get_textpage()
        characters = reader.get_text_range()
        end = max(reader.get_charbox(characters.index(long[:20]) + offset)[2] for offset in range(60))
    column = setter().box(text(ZH, "000"), StyleName.CONTENTS_1).natural_width
    assert end <= MODERN.page.width - MODERN.page.right - column
