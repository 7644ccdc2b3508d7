"""Notes stand at the foot of the page of their marks, whatever the pages are like."""

from __future__ import annotations

import io
import itertools
import re
from dataclasses import dataclass, replace

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipreport.cache import Cache
from ipreport.document import (
    Block,
    BulletList,
    Callout,
    Cell,
    Column,
    Document,
    Footnote,
    Heading,
    Link,
    PageBreak,
    Paragraph,
    Row,
    Span,
    Table,
    Text,
    text,
)
from ipreport.language import EN, ZH
from ipreport.style import MODERN
from ipreport.writers.pdf import write
from ipreport.writers.pdf.pages import Sheet
from pdf_layout import faces, filled, said
from showcase import both, one, showcase

CHARACTERS = "一二三四五六七八九十百千万国家知识产权局有效发明专利"
LINE = "截至报告期末全州有效发明专利稳步增长其中高价值发明专利所占比重继续提高。"
"""Somewhat less than a line."""


def note(number: int, words: str) -> Footnote:
    return Footnote(f"n{number}", f"[{number}]", ZH, (text(ZH, words),))


def noted(words: str, number: int, note_words: str) -> Paragraph:
    """A paragraph whose last characters are a mark."""
    return Paragraph(Text(ZH, (Span(words, ZH), note(number, note_words))))


# --- any text on any page ---------------------------------------------------------------


@dataclass(frozen=True)
class Made:
    """Blocks, and the words of every note by its mark."""

    blocks: tuple[Block, ...]
    notes: dict[str, str]


@st.composite
def documents(draw: st.DrawFn) -> Made:
    """Headings, paragraphs, lists and remarks with marks at least two narrow lines apart: notes fit beside them."""
    blocks: list[Block] = []
    notes: dict[str, str] = {}
    numbers = itertools.count(1)

    def words(least: int, most: int) -> str:
        size = draw(st.integers(least, most))
        start = draw(st.integers(0, len(CHARACTERS) - 1))
        return "".join(CHARACTERS[(start + index * index) % len(CHARACTERS)] for index in range(size))

    def marked() -> Text:
        inlines: list[Span | Footnote] = []
        for _ in range(draw(st.integers(0, 3))):
            number = next(numbers)
            said_there = f"注{number}始{words(0, draw(st.sampled_from((10, 30, 300))))}注{number}终"
            notes[f"[{number}]"] = said_there
            inlines += [Span(words(31, 90), ZH), note(number, said_there)]
        return Text(ZH, (*inlines, Span(words(1, 40), ZH)))

    for index in range(draw(st.integers(1, 7))):
        kind = draw(st.sampled_from(("text", "text", "heading", "list", "remark", "break")))
        if kind == "heading":
            blocks.append(Heading(2, f"h{index}", (text(ZH, words(3, 12)),)))
        if kind == "list":
            blocks.append(BulletList(((marked(),), (marked(),))))
        elif kind == "remark":
            blocks.append(Callout((marked(),)))
        elif kind == "break" and blocks:
            blocks.append(PageBreak(landscape=draw(st.booleans())))
        else:
            blocks.append(Paragraph(marked()))
    return Made(tuple(blocks), notes)


def spoken(blocks: tuple[Block, ...]) -> str:
    found = []
    for block in blocks:
        match block:
            case Heading(texts=texts) | Callout(texts=texts):
                found += [each.plain() for each in texts]
            case Paragraph(text=own):
                found.append(own.plain())
            case BulletList(items=items):
                found += [each.plain() for item in items for each in item]
            case _:
                pass
    return "".join(found)


@settings(max_examples=100, deadline=None)
@given(documents(), st.floats(220, 600))
def test_every_note_begins_on_the_page_of_its_mark_and_nothing_is_lost(made: Made, height: float) -> None:
    sheets = filled(height, *made.blocks, width=160)
    pages = said(sheets)
    assert "".join(page.body for page in pages) == spoken(made.blocks)
    assert "".join(page.foot for page in pages) == "".join(made.notes.values())
    of_character = [number for number, page in enumerate(pages) for _ in page.foot]
    start = 0
    for mark, words in made.notes.items():
        (there,) = [number for number, page in enumerate(pages) if mark in page.body]
        parts = sorted(set(of_character[start : start + len(words)]))
        assert parts == list(range(there, there + len(parts)))
        start += len(words)
    for sheet in sheets:
        assert_apart(sheet)


def assert_apart(sheet: Sheet) -> None:
    """No box stands on another one, on the notes, or below the type area."""
    low = 0.0
    for top, box in sheet.placed:
        assert top >= low - 0.01
        low = top + box.height
    assert low + sheet.foot.height <= sheet.page.text_height + 0.05
    assert sheet.placed or sheet.foot.notes


# --- what is expected where -------------------------------------------------------------


def test_a_paragraph_that_breaks_takes_only_the_notes_of_its_lines() -> None:
    inlines = [Span(LINE * 3, ZH), note(1, "甲。"), Span(LINE * 4, ZH), note(2, "乙。")]
    pages = said(filled(100, Paragraph(Text(ZH, tuple(inlines)))))
    assert "[1]" in pages[0].body
    assert [page.foot for page in pages if page.foot] == ["甲。", "乙。"]
    assert "[2]" in pages[-1].body
    assert pages[-1].foot == "乙。"


def test_the_line_of_a_mark_goes_on_with_its_note_where_the_note_has_no_room() -> None:
    leading = MODERN.text(MODERN_BODY, ZH).leading
    words = LINE * 6
    count = len(filled(1000, Paragraph(text(ZH, words)))[0].placed[0][1].lines)  # type: ignore[attr-defined]
    # Room for all of the lines, but not for the note as well: two lines stay together with the last one.
    (first, second) = said(filled(count * leading + 5, noted(words[:-2], 1, "注。")))
    assert "[1]" not in first.body
    assert first.foot == ""
    assert second.body.endswith("[1]")
    assert second.foot == "注。"


MODERN_BODY = next(name for name, _ in MODERN.texts if name == "body")


def test_a_long_note_is_continued_on_the_next_page_and_text_goes_on_above_it() -> None:
    long = "长注" * 600
    pages = said(filled(300, noted(LINE * 2, 1, long), *(Paragraph(text(ZH, LINE * 2)) for _ in range(8))))
    assert "[1]" in pages[0].body
    assert pages[0].foot
    assert pages[1].foot
    assert pages[0].foot + pages[1].foot == long
    assert pages[1].body


def test_a_short_note_is_never_cut() -> None:
    short = "短注文字" * 40
    for height in range(150, 420, 7):
        pages = said(filled(height, *(Paragraph(text(ZH, LINE)) for _ in range(7)), noted(LINE, 1, short)))
        assert [page.foot for page in pages if page.foot] == [short]


def test_notes_that_no_page_can_hold_beside_their_marks_follow_in_order() -> None:
    marks = [note(number, f"第{number}注" + "很长" * 200) for number in range(1, 5)]
    sheets = filled(160, Paragraph(Text(ZH, (Span("文", ZH), *marks))), Paragraph(text(ZH, "完。")))
    pages = said(sheets)
    assert "".join(page.foot for page in pages) == "".join(mark.note[0].plain() for mark in marks)
    assert "".join(page.body for page in pages) == "文[1][2][3][4]完。"


def test_a_heading_stays_with_the_line_whose_note_has_no_room() -> None:
    blocks = (Heading(2, "h", (text(ZH, "标题"),)), noted(LINE * 2, 1, "注" * 30))
    for lines in range(4, 24):
        filler = [Paragraph(text(ZH, "填。"))] * lines
        pages = said(filled(360, *filler, *blocks))
        (page,) = [page for page in pages if "标题" in page.body]
        assert not page.body.endswith("标题")


def test_a_row_of_a_table_brings_its_notes_and_a_repeated_head_does_not() -> None:
    head = Row((Cell((Text(ZH, (Span("指标", ZH), note(9, "表头注。"))),)), Cell(one("数值"))))
    rows = [
        Row((Cell((Text(ZH, (Span(f"行{number}", ZH), note(100 + number, f"行{number}注。"))),)), Cell(one("1"))))
        for number in range(20)
    ]
    table = Table("t", None, (Column(1), Column(1)), (head,), tuple(rows), (), one("表"))
    pages = said(filled(400, table))
    assert len(pages) > 1
    assert "".join(page.foot for page in pages) == "表头注。" + "".join(f"行{number}注。" for number in range(20))
    for page in pages:
        shown = set(re.findall(r"行(\d+)\[", page.body))
        assert set(re.findall(r"行(\d+)注", page.foot)) == shown


def test_notes_of_a_turned_page_are_finished_before_the_pages_turn_back() -> None:
    wide, end = noted(LINE * 2, 1, "宽注" * 1500), Paragraph(text(ZH, "尾。"))
    sheets = filled(700, Paragraph(text(ZH, "首。")), PageBreak(landscape=True), wide, PageBreak(), end)
    assert [sheet.page.width > sheet.page.height for sheet in sheets] == [False, True, True, False]
    assert [bool(page.foot) for page in said(sheets)] == [False, True, True, False]


# --- in the file ------------------------------------------------------------------------


def bilingual() -> Document:
    """Two paragraphs with a note in both languages: the mark in English repeats it, a link leads out."""
    linked = (
        Text(ZH, (Span("详见", ZH), Link("https://www.example.org/a", "公告", ZH), Span("。", ZH))),
        Text(EN, (Span("See ", EN), Link("https://www.example.org/a", "the notice", EN), Span(".", EN))),
    )
    zh = Text(ZH, (Span("签约250万元", ZH), Footnote("doubt", "①", ZH, linked), Span("。", ZH)))
    en = Text(EN, (Span("Contracts came to 2.5 million yuan", EN), Footnote("doubt", "①", EN), Span(".", EN)))
    blocks = (Paragraph(zh), Paragraph(en), BulletList((both("甲。", "One."),)))
    return replace(showcase(), blocks=blocks)


@pytest.fixture(scope="module")
def portable() -> bytes:
    return write(bilingual(), MODERN, faces(), Cache(None))


def test_marks_lead_to_the_note_and_links_in_it_lead_out(portable: bytes) -> None:
    with pikepdf.open(io.BytesIO(portable)) as pdf:
        (page,) = pdf.pages
        targets = [str(each.A.URI) if "/A" in each else str(each.Dest) for each in page.Annots]
        assert targets == ["doubt", "doubt", "https://www.example.org/a", "https://www.example.org/a"]
        names = list(pdf.Root.Names.Dests.Names)
        place = next(value for name, value in zip(names[::2], names[1::2], strict=True) if str(name) == "doubt")
        assert float(place[3]) < float(page.Annots[0].Rect[1])  # the note stands below its mark


def elements(node: pikepdf.Object, depth: int = 0) -> list[tuple[int, str]]:
    found = [(depth, str(node.S)[1:])]
    for kid in node.K:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            found += elements(kid, depth + 1)
    return found


def test_a_note_is_read_after_the_paragraph_of_its_mark_and_has_an_id(portable: bytes) -> None:
    with pikepdf.open(io.BytesIO(portable)) as pdf:
        (root,) = [pdf.Root.StructTreeRoot.K]
        tree = elements(root)
        start = tree.index((1, "Note"))
        assert [tag for _, tag in tree[start - 3 : start]] == ["P", "Reference", "Link"]
        assert tree[start : start + 7] == [
            (1, "Note"), (2, "Lbl"), (2, "P"), (3, "Link"), (2, "P"), (3, "Link"), (1, "P"),
        ]  # fmt: skip
        (entry,) = [kid for kid in root.K if str(kid.S) == "/Note"]
        assert str(entry.ID) == "doubt"
        identifier, target = pdf.Root.StructTreeRoot.IDTree.Names
        assert str(identifier) == "doubt"
        assert target.objgen == entry.objgen


def test_the_note_says_all_languages_below_the_rule(portable: bytes) -> None:
    with pypdfium2.PdfDocument(portable) as pdf:
        words = pdf[0].get_textpage().get_text_range()
    note_line = next(line for line in words.splitlines() if "the notice" in line)
    assert note_line.startswith("①")
    assert "公告" in note_line
    assert words.index("甲") < words.index("公告")


def test_a_mark_that_repeats_a_note_that_is_nowhere_is_a_bug() -> None:
    stray = Paragraph(Text(ZH, (Span("见", ZH), Footnote("nowhere", "[9]", ZH))))
    with pytest.raises(ValueError, match="nowhere"):
        write(replace(showcase(), blocks=(stray,)), MODERN, faces(), Cache(None))
