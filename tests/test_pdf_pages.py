from __future__ import annotations

import io
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache

import pikepdf
import pypdfium2
import pytest
from reportlab.pdfbase import pdfmetrics

from ipreport.cache import Cache
from ipreport.document import Heading, PageBreak, Paragraph, text
from ipreport.fonts import Faces, find_faces
from ipreport.language import ZH
from ipreport.style import MODERN
from ipreport.writers.pdf import write
from ipreport.writers.pdf.atoms import Shaper
from ipreport.writers.pdf.boxes import Box
from ipreport.writers.pdf.canvas import Canvas
from ipreport.writers.pdf.pages import fill
from ipreport.writers.pdf.painting import paint
from ipreport.writers.pdf.setter import Setter
from showcase import both, showcase

PAGE = MODERN.page.text_height

Placed = list[tuple[int, str, float]]
"""Page, name and distance from the top of the type area of what was painted."""


@cache
def faces() -> Faces:
    return find_faces()


class Block(Box):
    """A box of a given height; `unit` says between which heights it can be cut."""

    def __init__(self, name: str, height: float, *, unit: float = 0.0, keep: bool = False, space: float = 0.0) -> None:
        self.name, self.full, self.unit, self.keep_with_next = name, height, unit, keep
        self.space_before = self.space_after = space
        self.placed: Placed = []
        self.layouts = 0

    def _layout(self, width: float) -> float:
        assert width == MODERN.page.text_width
        self.layouts += 1
        return self.full

    def _start_height(self) -> float:
        return self.unit or self.full

    def _split(self, height: float, *, force: bool) -> tuple[Box, Box] | None:
        del force
        first = height // self.unit * self.unit if self.unit else 0.0
        if not first:
            return None
        parts = [Block(self.name, each, unit=self.unit) for each in (first, self.full - first)]
        for part in parts:
            part.height, part.placed = part.full, self.placed
        return parts[0], parts[1]

    def _draw(self, canvas: Canvas, x: float, top: float) -> None:
        assert x == MODERN.page.left
        self.placed.append((canvas.page, self.name, round(MODERN.page.height - MODERN.page.top - top, 3)))


def placed(boxes: Sequence[Block | PageBreak]) -> Placed:
    found: Placed = []
    for box in boxes:
        if isinstance(box, Block):
            box.placed = found
    target = io.BytesIO()
    paint(target, fill(boxes, MODERN.page), showcase().meta, Setter(MODERN, Shaper(faces())))
    with pikepdf.open(target) as pdf:
        assert len(pdf.pages) == found[-1][0] + 1
    return found


def test_larger_of_two_spaces_counts_and_none_at_the_top() -> None:
    boxes = [Block("a", 100, space=20), Block("b", 100, space=30), Block("c", PAGE - 250, space=20), Block("d", 50)]
    assert placed(boxes) == [(0, "a", 0.0), (0, "b", 130.0), (1, "c", 0.0), (1, "d", PAGE - 230)]


def test_box_that_exactly_fills_a_page_stands_on_it() -> None:
    assert placed([Block("a", PAGE / 3), Block("b", PAGE * 2 / 3 + 0.005), Block("c", PAGE)]) == [
        (0, "a", 0.0),
        (0, "b", pytest.approx(PAGE / 3, abs=0.01)),
        (1, "c", 0.0),
    ]


def test_chain_goes_on_to_the_next_page_with_the_start_of_what_follows() -> None:
    heads = [Block("one", 30, keep=True, space=10), Block("two", 30, keep=True, space=10)]
    assert placed([Block("a", PAGE - 130), *heads, Block("b", 60, unit=20)])[1:] == [
        (0, "one", PAGE - 120),
        (0, "two", PAGE - 80),
        (0, "b", PAGE - 40),
        (1, "b", 0.0),
    ]
    assert placed([Block("a", PAGE - 109), *heads, Block("b", 60, unit=20)])[1:] == [
        (1, "one", 0.0),
        (1, "two", 40.0),
        (1, "b", 80.0),
    ]


def test_chain_that_no_page_can_hold_is_parted() -> None:
    head = Block("head", 30, keep=True)
    assert placed([Block("a", 50), head, Block("b", PAGE - 10), Block("c", 10)]) == [
        (0, "a", 0.0),
        (1, "head", 0.0),
        (2, "b", 0.0),
        (2, "c", PAGE - 10),
    ]


def test_box_higher_than_pages_is_cut_into_parts() -> None:
    box = Block("a", 2.5 * PAGE, unit=PAGE / 4)
    assert placed([Block("first", PAGE / 3), box]) == [
        (0, "first", 0.0),
        (0, "a", round(PAGE / 3, 3)),
        (1, "a", 0.0),
        (2, "a", 0.0),
    ]
    assert box.layouts == 1


def test_box_that_cannot_be_cut_sticks_out_of_a_page_of_its_own() -> None:
    assert placed([Block("a", 10), Block("b", 3 * PAGE), Block("c", 10)]) == [
        (0, "a", 0.0),
        (1, "b", 0.0),
        (2, "c", 0.0),
    ]


def test_page_breaks_turn_only_pages_that_hold_something() -> None:
    new = PageBreak()
    boxes = [
        new,
        Block("a", 10),
        new,
        new,
        Block("b", PAGE),
        new,
        Block("head", 10, keep=True),
        new,
        Block("c", 9),
        new,
        new,
    ]
    assert placed(boxes) == [(0, "a", 0.0), (1, "b", 0.0), (2, "head", 0.0), (3, "c", 0.0)]


def test_every_face_is_embedded_once_and_no_other_font_named() -> None:
    data = write(showcase(), MODERN, faces(), Cache(None))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        entries = [entry for entry in pdf.objects if isinstance(entry, pikepdf.Dictionary)]
        fonts = [str(entry.BaseFont) for entry in entries if entry.get("/Type") == "/Font"]
        programs = [str(entry.FontName) for entry in entries if "/FontFile2" in entry]
        for page in pdf.pages:
            used = {
                str(operands[0]) for operands, operator in pikepdf.parse_content_stream(page) if str(operator) == "Tf"
            }
            assert used <= set(page.Resources.Font.keys())
    assert sorted(fonts) == sorted(2 * programs)
    assert len({name.partition("+")[2] for name in programs}) == len(programs) == 3


def test_documents_do_not_influence_each_other() -> None:
    one, other = showcase(), replace(showcase(), blocks=(Paragraph(text(ZH, "另一份文件。")),))
    registered = pdfmetrics.getRegisteredFontNames()
    first = [write(each, MODERN, faces(), Cache(None)) for each in (one, other)]
    with ThreadPoolExecutor(2) as pool:
        again = list(pool.map(lambda each: write(each, MODERN, find_faces(), Cache(None)), (other, one)))
    assert again[::-1] == first
    assert pdfmetrics.getRegisteredFontNames() == registered


def test_outline_counts_its_entries_and_skips_no_level() -> None:
    heads = [Heading(level, f"h{index}", both("节", "Part")) for index, level in enumerate((2, 3, 1, 3, 2))]
    data = write(replace(showcase(), blocks=tuple(heads)), MODERN, faces(), Cache(None))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.Root.Outlines.Count == len(heads)
        with pdf.open_outline() as outline:
            assert [len(item.children) for item in outline.root] == [1, 2]


def pages_of(blocks: Sequence[Paragraph]) -> list[str]:
    data = write(replace(showcase(), blocks=tuple(blocks)), MODERN, faces(), Cache(None))
    with pypdfium2.PdfDocument(data) as pdf:
        return [page.get_textpage().get_text_bounded() for page in pdf]


def test_a_paragraph_that_introduces_stands_with_what_it_introduces() -> None:
    opening, following = text(ZH, "下列数据有调整。"), Paragraph(text(ZH, "调整如下。"))

    def page_with(words: str, *, lines: int, introduces: bool) -> int:
        filled = [Paragraph(text(ZH, "正文。"))] * lines
        pages = pages_of([*filled, Paragraph(opening, introduces=introduces), following])
        return next(number for number, page in enumerate(pages) if words in page)

    parted = next(
        lines
        for lines in range(20, 60)
        if page_with("下列", lines=lines, introduces=False) < page_with("如下", lines=lines, introduces=False)
    )
    assert page_with("下列", lines=parted, introduces=True) == page_with("如下", lines=parted, introduces=True)
