"""Two languages side by side: composed, set on pages, laid out in Word, traced."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from docx_helpers import W, part, soffice, style_of
from helpers import HAIXI, Copy, composed, copy_of
from ipreport.cache import Cache
from ipreport.compose.arrangement import in_columns
from ipreport.document import (
    Block,
    BulletList,
    Callout,
    Comment,
    Footnote,
    Heading,
    Paragraph,
    ParagraphRole,
    SideBySide,
    Span,
    Text,
    text,
)
from ipreport.language import EN, ZH
from ipreport.style import COLUMN_GUTTER, MODERN, OFFICIAL, THEMES, Style, StyleName
from ipreport.tracing import Kind, trace
from ipreport.writers import docx as word
from ipreport.writers import pdf
from libreoffice import ALIASES, converted
from page_lines import PageLine, page_lines
from pdf_facts import page_count
from pdf_layout import filled, leaves, said
from same_text import differences
from shipped import BRIEFINGS, Shipped, build
from showcase import LONG_EN, LONG_ZH, both, showcase
from test_pdf import faces

PAIR = SideBySide(both(LONG_ZH, LONG_EN))
ALL = [f"{briefing}.{theme}" for briefing, theme in product(BRIEFINGS, THEMES)]


def portable(*blocks: Block, style: Style = MODERN) -> bytes:
    return pdf.write(replace(showcase(), blocks=blocks, imprint=None), style, faces(), Cache(None))


def worded(*blocks: Block) -> bytes:
    return word.write(replace(showcase(), blocks=blocks, imprint=None), MODERN)


# --- composition -------------------------------------------------------------------------------


def test_paragraphs_of_one_text_and_lists_stand_side_by_side(small: Copy) -> None:
    usual = composed(small).blocks
    small.overwrite("briefing.yaml", (small.folder / "briefing.yaml").read_bytes() + b"\narrangement: columns\n")
    blocks = composed(small).blocks

    assert blocks == tuple(in_columns(usual))
    assert any(isinstance(block, SideBySide) for block in blocks)
    assert not any(isinstance(block, Paragraph) for block in blocks)
    for edition in ("zh", "en"):
        assert not any(isinstance(block, SideBySide) for block in composed(small, edition).blocks)


def test_what_has_one_wording_or_is_set_off_keeps_the_width() -> None:
    alone = Paragraph(text(ZH, "PCT"))
    remark, mixed = Callout(both("说明。", "A remark.")), BulletList((both("甲", "A"), (text(ZH, "7.52"),)))
    heading = Heading(1, "one", both("一", "One"))
    english = Paragraph(text(EN, "One."), ParagraphRole.SUMMARY, introduces=True)
    chinese = replace(english, text=text(ZH, "一。"))

    arranged = tuple(in_columns((heading, alone, remark, chinese, english, mixed)))

    pair = SideBySide((chinese.text, english.text), ParagraphRole.SUMMARY, introduces=True)
    assert arranged == (heading, alone, remark, pair, mixed)


def test_another_arrangement_is_refused(small: Copy) -> None:
    place = small.overwrite("briefing.yaml", (small.folder / "briefing.yaml").read_bytes() + b"\narrangement: rows\n")

    (problem,) = small.check()
    assert problem.startswith(f"{small.shorten(place)}:")
    assert "'interleaved' or 'columns'" in problem


# --- pages of a PDF ----------------------------------------------------------------------------


def edges(style: Style) -> tuple[float, float, float, float]:
    """Where the columns begin and end, from the left edge of the paper."""
    chinese, english = style.column_widths((ZH, EN), style.page.text_width)
    left = style.page.left
    return left, left + chinese, left + chinese + COLUMN_GUTTER, left + chinese + COLUMN_GUTTER + english


def sides(data: bytes, style: Style) -> tuple[list[PageLine], list[PageLine]]:
    """The lines of both columns of page one below the masthead, told by the gutter between them."""
    _, end, begin, _ = edges(style)
    middle = (end + begin) / 2
    chinese, english = page_lines(data, right=middle)[0], page_lines(data, left=middle)[0]
    return _below(chinese, "截至", style), _below(english, "The", style)


def _below(lines: list[PageLine], begins: str, style: Style) -> list[PageLine]:
    """The lines from the one that `begins` so to the foot of the type area."""
    first = next(number for number, line in enumerate(lines) if line.text.startswith(begins))
    return [line for line in lines[first:] if line.bottom > style.page.bottom]


@pytest.mark.parametrize("style", [MODERN, OFFICIAL], ids=lambda style: style.name)
def test_columns_share_the_type_area_and_begin_level(style: Style) -> None:
    chinese, english = sides(portable(PAIR, style=style), style)

    left, end, begin, right = edges(style)
    assert len(chinese) > 5
    assert len(english) > 5
    assert all(left - 1 < line.left and line.right < end + 8 for line in chinese)  # a mark may hang over the edge
    assert all(begin - 1 < line.left and line.right < right + 1 for line in english)
    # The foot of “截” lies a little below the baseline of “The”.
    assert chinese[0].bottom == pytest.approx(english[0].bottom, abs=0.16 * 16)
    assert right == pytest.approx(style.page.width - style.page.right)


def test_english_is_ragged_in_a_column_and_chinese_is_not() -> None:
    chinese, english = sides(portable(PAIR), MODERN)

    _, end, _, right = edges(MODERN)
    chinese = [line for line in chinese if line.text not in "“”"]  # their ink is above that of the line
    assert all(line.right > end - 10.5 for line in chinese[:-1])  # a mark at the end has ink in half of its square
    assert any(line.right < right - 10.5 for line in english[:-1])


def test_both_columns_go_on_where_a_page_ends() -> None:
    leading = MODERN.text(StyleName.BODY, ZH).leading
    first, second = filled(5 * leading, PAIR)

    for sheet in (first, second):
        zh, en = leaves([box for _, box in sheet.placed])
        assert len(zh.lines) >= 2
        assert len(en.lines) >= 2
    words = ["".join(part.lines) for sheet in (first, second) for part in leaves([box for _, box in sheet.placed])]
    assert (words[0] + words[2]).replace(" ", "") == LONG_ZH.replace(" ", "")


def test_a_short_side_ends_above_and_the_other_goes_on() -> None:
    leading = MODERN.text(StyleName.BODY, ZH).leading
    first, *others = filled(5 * leading, SideBySide(both("一句。", LONG_EN)))

    assert len(list(leaves([box for _, box in first.placed]))) == 2
    assert all(len(list(leaves([box for _, box in sheet.placed]))) == 1 for sheet in others)


def test_a_note_stands_below_the_first_mark_that_is_read() -> None:
    """The mark in the English of a page is not left without its note because the Chinese goes on to the next one."""
    note = Footnote("n", "[1]", ZH, (text(ZH, "注。"),))
    late = Text(ZH, (Span(LONG_ZH, ZH), note))
    early = Text(EN, (Span("Short", EN), replace(note, language=EN, note=()), Span(".", EN)))
    leading = MODERN.text(StyleName.BODY, ZH).leading

    pages = filled(9 * leading, SideBySide((late, early)))

    assert len(pages) == 2
    assert [len(page.foot.notes) for page in pages] == [1, 0]
    assert "注。" in said(pages)[0].foot


# --- Word --------------------------------------------------------------------------------------


def test_rows_on_end_are_one_table_and_leave_their_space_to_what_follows() -> None:
    package = worded(PAIR, replace(PAIR, texts=both("二。", "Two.")), Paragraph(text(ZH, "三。")), PAIR)

    tables = [each for each in part(package).iter(W + "tbl") if _style(each) == "LanguageColumns"]
    assert [len(table.findall(W + "tr")) for table in tables] == [2, 1]
    for table in tables:
        *_, last = table.findall(W + "tr")
        assert {_spacing(each) for each in last.iter(W + "p")} == {"0"}
    following = tables[0].getnext()
    assert following is not None
    english = MODERN.in_column(StyleName.BODY, EN)
    assert following.find(f"{W}pPr/{W}spacing").get(W + "before") == f"{english.space_after * 20:.0f}"  # type: ignore[union-attr]


def _style(table: object) -> str | None:
    found = table.find(f"{W}tblPr/{W}tblStyle")  # type: ignore[attr-defined]  # an element
    return None if found is None else found.get(W + "val")


def _spacing(paragraph: object) -> str | None:
    found = paragraph.find(f"{W}pPr/{W}spacing")  # type: ignore[attr-defined]  # an element
    return None if found is None else found.get(W + "after")


def test_short_rows_stay_whole_and_long_ones_may_be_cut() -> None:
    package = worded(SideBySide(both("一。", "One.")), SideBySide(both(LONG_ZH * 6, LONG_EN * 6)))

    rows = [row for row in part(package).iter(W + "tr") if "Column" in style_of(next(row.iter(W + "p")))]
    assert [row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows] == [True, False]


def test_a_remark_reaches_from_the_first_column_to_the_last() -> None:
    document = replace(showcase(), blocks=(PAIR,), imprint=None, comments=(Comment(0, both("核对。", "Check.")),))
    package = word.write(replace(document, meta=replace(document.meta, draft=both("草稿", "DRAFT"))), MODERN)

    (row,) = (row for row in part(package).iter(W + "tr") if "Column" in style_of(next(row.iter(W + "p"))))
    cells = row.findall(W + "tc")
    assert [len(list(cell.iter(W + "commentRangeStart"))) for cell in cells] == [1, 0]
    assert [len(list(cell.iter(W + "commentRangeEnd"))) for cell in cells] == [0, 1]


# --- whole briefings ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def beside(tmp_path_factory: pytest.TempPathFactory, warm_cache: Path) -> dict[str, Shipped]:
    """The bilingual editions of both shipped briefings in columns, in both themes."""
    made = {}
    for briefing, theme in product(BRIEFINGS, THEMES):
        folder = tmp_path_factory.mktemp(f"{briefing}-{theme}")
        copy = copy_of(HAIXI.parent / briefing, folder)
        with (copy.folder / "briefing.yaml").open("a", encoding="utf-8") as file:
            file.write("\narrangement: columns\n")
        found = build(copy.folder, folder / "output", warm_cache, theme=theme, editions=("bilingual",))
        made[f"{briefing}.{theme}"] = found["bilingual"]
    return made


@pytest.mark.parametrize("name", ALL)
def test_both_files_say_what_the_document_says(beside: dict[str, Shipped], name: str) -> None:
    made = beside[name]
    assert sum(isinstance(block, SideBySide) for block in made.document.blocks) > 5
    assert differences(made.document, made.word, made.portable) == []


@pytest.mark.parametrize("name", ALL)
def test_every_number_is_traced_where_columns_are_cut(beside: dict[str, Shipped], name: str, tmp_path: Path) -> None:
    for ending, content in (("docx", beside[name].word), ("pdf", beside[name].portable)):
        path = tmp_path / f"file.{ending}"
        path.write_bytes(content)
        traced = trace(path)
        assert (traced.sound, traced.gone, traced.notes) == (True, (), ())
        assert sum(number.kind is Kind.VALUE for number in traced.numbers) > 150


@pytest.mark.skipif(soffice() is None, reason="LibreOffice is not installed")  # the gate installs it
def test_word_files_have_about_as_many_pages(beside: dict[str, Shipped], tmp_path: Path) -> None:
    """Rows that stay whole in Word are cut in the PDF."""
    laid_out = converted({name: beside[name].word for name in ALL}, "pdf", tmp_path, aliases=ALIASES)
    for name in ALL:
        assert abs(page_count(laid_out[name]) - page_count(beside[name].portable)) <= 1, name
