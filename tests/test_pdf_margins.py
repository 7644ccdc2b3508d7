"""What stands round the text of a PDF: page numbers, the words across a draft, and the imprint at its end."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pikepdf
import pypdfium2
import pytest

from ipreport.cache import Cache
from ipreport.document import (
    Block,
    Document,
    Footnote,
    Heading,
    Imprint,
    PageBreak,
    Paragraph,
    Span,
    Text,
    document_texts,
    text,
)
from ipreport.language import ZH
from ipreport.style import MODERN, PageNumbers, StyleName
from ipreport.tracing.portable import read_pdf
from ipreport.writers.pdf import write
from ipreport.writers.pdf.imprint import imprint_box
from ipreport.writers.pdf.pages import fill
from pdf_layout import boxes_of, faces, page_for, setter
from showcase import both, draft, one, showcase

PAGE = MODERN.page


def with_blocks(*blocks: Block, imprint: Imprint | None = None) -> Document:
    return replace(showcase(), blocks=blocks, imprint=imprint)


@dataclass(frozen=True)
class Glyph:
    character: str
    left: float
    right: float
    low: float


def glyphs(data: bytes, page: int) -> Iterator[Glyph]:
    with pypdfium2.PdfDocument(data) as pdf:
        reader = pdf[page].get_textpage()
        for index, character in enumerate(reader.get_text_range()):
            if character.strip():
                left, low, right, _ = reader.get_charbox(index, loose=True)
                yield Glyph(character, left, right, low)


# --- page numbers -----------------------------------------------------------------------


def foot_of(data: bytes, page: int) -> list[Glyph]:
    return [glyph for glyph in glyphs(data, page) if glyph.low < PAGE.bottom - 10]


def test_page_numbers_between_dashes_stand_outside_one_character_in() -> None:
    dashed = replace(MODERN, page_numbers=PageNumbers.DASHED)
    filler = Paragraph(text(ZH, "文"))
    data = write(with_blocks(filler, PageBreak(), filler), dashed, faces(), Cache(None))
    odd, even = foot_of(data, 0), foot_of(data, 1)
    assert "".join(glyph.character for glyph in odd) == "—1—"
    assert "".join(glyph.character for glyph in even) == "—2—"
    em = MODERN.text(StyleName.FOOTER, ZH).size
    assert max(glyph.right for glyph in odd) == pytest.approx(PAGE.width - PAGE.right - em, abs=0.5)
    assert min(glyph.left for glyph in even) == pytest.approx(PAGE.left + em, abs=0.5)


@pytest.mark.parametrize("numbers", PageNumbers)
def test_page_numbers_are_known_when_a_file_is_read(numbers: PageNumbers) -> None:
    reading = read_pdf(write(draft(), replace(MODERN, page_numbers=numbers), faces(), Cache(None)), "draft.pdf")
    read = [reading.text[start:end] for start, end in reading.page_numbers]
    count = len(reading.page_starts)
    counted = numbers is PageNumbers.COUNT
    assert read == [f"{number} / {count}" if counted else f"— {number} —" for number in range(1, count + 1)]


def test_page_numbers_with_a_count_stand_in_the_middle() -> None:
    foot = foot_of(write(with_blocks(Paragraph(text(ZH, "文"))), MODERN, faces(), Cache(None)), 0)
    assert "".join(glyph.character for glyph in foot) == "1/1"
    assert foot[0].left - PAGE.left == pytest.approx(PAGE.width - PAGE.right - foot[-1].right, abs=0.5)


# --- the section at the head -------------------------------------------------------------


def heads_of(data: bytes) -> list[str]:
    """What stands above the text of every page."""
    found = []
    with pypdfium2.PdfDocument(data) as pdf:
        for page in pdf:
            reader = page.get_textpage()
            bounds = {"bottom": PAGE.height - PAGE.top + 2, "top": PAGE.height, "left": 0, "right": PAGE.width}
            found.append("".join(reader.get_text_bounded(**bounds).split()))
    return found


def sectioned(name: str = "知识产权保护") -> Document:
    """Four pages: two sections begin on the second one, and one with the fourth."""
    filler = Paragraph(text(ZH, "文"))
    first, second, third = (
        Heading(1, label, both(words, "Name"), marker)
        for label, words, marker in (("a", "创造", "一、"), ("b", name, "二、"), ("c", "服务", "三、"))
    )
    pages = (filler, PageBreak(), filler, first, second, filler, PageBreak(), filler, PageBreak(), third, filler)
    return with_blocks(*pages)


def test_the_section_that_a_page_begins_in_stands_at_its_head() -> None:
    one, two, three, four = heads_of(write(sectioned(), MODERN, faces(), Cache(None)))
    assert ("创造" in two, "创造" in one) == (False, False)
    assert "知识产权保护" in three
    assert "服务" in four
    assert not any("Name" in head or "、" in head for head in (one, two, three, four))


def test_a_name_that_has_no_room_beside_the_head_is_left_out() -> None:
    long = "知识产权保护" * 12
    heads = heads_of(write(sectioned(long), MODERN, faces(), Cache(None)))
    assert not any("保护知识产权" in head for head in heads)
    assert "服务" in heads[3]


# --- drafts -----------------------------------------------------------------------------


def watermarks(data: bytes) -> list[list[pikepdf.Object]]:
    """The text matrices inside the marks of watermarks, page by page; what comes before them is none of the text."""
    found = []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            inside, matrices = False, []
            for number, (operands, operator) in enumerate(pikepdf.parse_content_stream(page)):
                if str(operator) == "BDC":
                    inside = str(operands[0]) == "/Artifact" and operands[1].get("/Subtype") == "/Watermark"
                    assert not inside or number == 0  # behind everything else
                elif str(operator) == "EMC":
                    inside = False
                elif str(operator) == "Tm" and inside:
                    matrices.append(list(operands))
            found.append(matrices)
    return found


def test_the_words_of_a_draft_cross_every_page_behind_its_text() -> None:
    data = write(draft(), MODERN, faces(), Cache(None))
    for page in watermarks(data):
        (matrix,) = page
        assert [round(float(value), 2) for value in matrix[:4]] == [0.71, 0.71, -0.71, 0.71]
    with pypdfium2.PdfDocument(data) as pdf:
        for page in pdf:
            words = page.get_textpage().get_text_range()
            assert "草稿" in words
            assert "DRAFT" in words


def test_the_words_of_a_draft_stay_inside_the_type_area() -> None:
    long = replace(draft(), meta=replace(draft().meta, draft=both("内部征求意见稿", "Draft for internal consultation")))
    data = write(long, MODERN, faces(), Cache(None))
    shown = "".join(each.plain() for each in long.meta.draft).replace(" ", "")
    words = list(glyphs(data, 0))[: len(shown)]
    assert "".join(glyph.character for glyph in words) == shown
    assert min(glyph.left for glyph in words) > PAGE.left
    assert max(glyph.right for glyph in words) < PAGE.width - PAGE.right
    assert min(glyph.low for glyph in words) > PAGE.bottom


def test_a_final_document_has_no_words_across_its_pages() -> None:
    assert not any(watermarks(write(showcase(), MODERN, faces(), Cache(None))))


# --- the imprint ------------------------------------------------------------------------


def imprint() -> Imprint:
    found = showcase().imprint
    assert found is not None
    return found


def fills(data: bytes, page: int) -> list[list[float]]:
    """The rectangles of a page in the order in which they are painted."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        operations = pikepdf.parse_content_stream(pdf.pages[page])
        return [[float(value) for value in operands] for operands, operator in operations if str(operator) == "re"]


def test_an_imprint_ends_with_the_type_area_of_the_last_page_between_its_rules() -> None:
    document = with_blocks(Paragraph(text(ZH, "文。")), imprint=imprint())
    data = write(document, MODERN, faces(), Cache(None))
    rules = [rule for rule in fills(data, 0) if rule[3] < 1.1][-4:]
    millimetre = 72 / 25.4
    assert [round(height / millimetre, 2) for *_, height in rules] == [0.35, 0.25, 0.25, 0.35]
    assert all((left, width) == (PAGE.left, pytest.approx(PAGE.text_width)) for left, _, width, _ in rules)
    assert rules[-1][1] == pytest.approx(PAGE.bottom, abs=0.01)
    assert [low for _, low, _, _ in rules] == sorted((low for _, low, _, _ in rules), reverse=True)


def test_words_of_an_imprint_stand_between_the_rules_one_character_in() -> None:
    document = with_blocks(Paragraph(text(ZH, "文。")), imprint=imprint())
    data = write(document, MODERN, faces(), Cache(None))
    top = max(low for _, low, _, height in fills(data, 0)[-4:])
    em = MODERN.text(StyleName.IMPRINT, ZH).size
    inside = [glyph for glyph in glyphs(data, 0) if PAGE.bottom < glyph.low < top]
    assert min(glyph.left for glyph in inside) == pytest.approx(PAGE.left + em, abs=0.8)
    # The blank half of a closing bracket stands out.
    assert max(glyph.right for glyph in inside if glyph.character not in "）)") == pytest.approx(
        PAGE.width - PAGE.right - em, abs=0.8
    )
    for each in (*imprint().lines[0].label, *imprint().date, *imprint().copies):
        assert each in tuple(document_texts(document))


def test_names_hang_behind_their_label() -> None:
    many = replace(imprint(), lines=(replace(imprint().lines[0], names=one("甲乙丙丁戊己、" * 15)),))
    data = write(with_blocks(Paragraph(text(ZH, "文。")), imprint=many), MODERN, faces(), Cache(None))
    names = [glyph for glyph in glyphs(data, 0) if glyph.character in "甲乙丙丁戊己"]
    firsts = {round(glyph.low): glyph.left for glyph in reversed(names)}
    assert len(firsts) >= 3
    label = setter().box(imprint().lines[0].label[0], StyleName.IMPRINT).natural_width
    em = MODERN.text(StyleName.IMPRINT, ZH).size
    assert min(firsts.values()) > PAGE.left + em + label - 0.5
    assert max(firsts.values()) - min(firsts.values()) < 0.1


@pytest.mark.parametrize("free", [-1.0, 1.0])
def test_an_imprint_that_does_not_fit_goes_whole_to_a_page_of_its_own(free: float) -> None:
    box = imprint_box(imprint(), setter())
    box.layout(PAGE.text_width)
    (only,) = boxes_of(Paragraph(text(ZH, "文。")))
    assert not isinstance(only, PageBreak)
    height = only.layout(PAGE.text_width) + box.space_before + box.height + free
    sheets = fill([only], page_for(height), box)
    assert [sheet.imprint is not None for sheet in sheets] == ([True] if free > 0 else [False, True])


@pytest.mark.parametrize(
    ("last", "kept"),
    [(Span("末段。", ZH), 1), (Footnote("n", "[1]", ZH, one("脚注。")), 2)],
    ids=["text", "with a note"],
)
def test_the_last_text_goes_along_with_the_imprint_where_it_has_no_notes(last: Span | Footnote, kept: int) -> None:
    box = imprint_box(imprint(), setter())
    box.layout(PAGE.text_width)
    first, second = boxes_of(Paragraph(text(ZH, "首段。")), Paragraph(Text(ZH, (last,))))
    sheets = fill([first, second], page_for(box.space_before + box.height + 30), box)
    assert [len(sheet.placed) for sheet in sheets] == [kept, 2 - kept]
    assert [sheet.imprint is not None for sheet in sheets] == [False, True]


def test_notes_stand_above_the_imprint() -> None:
    marked = Text(ZH, (Span("文", ZH), Footnote("n", "[1]", ZH, one("脚注末页。"))))
    data = write(with_blocks(Paragraph(marked), imprint=imprint()), MODERN, faces(), Cache(None))
    top = max(low for _, low, _, height in fills(data, 0)[-4:])
    (note,) = [glyph for glyph in glyphs(data, 0) if glyph.character == "脚"]
    assert note.low > top
    assert note.low < top + 60
