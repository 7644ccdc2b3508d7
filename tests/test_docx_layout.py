"""Where things stand on the pages of a Word file, as LibreOffice lays it out."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import pypdfium2
import pytest

from docx_helpers import in_language, soffice, with_part, written
from ipreport.document import Block, Document, Note, PageBreak, Paragraph, Table, text
from ipreport.language import EN, ZH, Language
from ipreport.style import MODERN, PageNumbers
from ipreport.writers.docx import write
from libreoffice import as_pdf, as_pdfs
from pdf_facts import face_names
from showcase import draft, showcase

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(soffice() is None, reason="LibreOffice (soffice) is not on the path"),
]
DASHED = replace(MODERN, page_numbers=PageNumbers.DASHED)
REGIONS = next(block for block in showcase().blocks if isinstance(block, Table) and block.label == "table-regions")


@dataclass(frozen=True, slots=True)
class Words:
    """Characters that stand together in a line, and their box in points from the lower left corner of the page."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    def near(self, other: Words) -> bool:
        """Whether `other` goes on where these end."""
        return self.bottom < other.top and other.bottom < self.top and abs(other.left - self.right) < 8

    def and_then(self, other: Words) -> Words:
        return Words(
            self.text + other.text,
            self.left,
            min(self.bottom, other.bottom),
            max(self.right, other.right),
            max(self.top, other.top),
        )


def pages(pdf: bytes) -> list[list[Words]]:
    opened = pypdfium2.PdfDocument(pdf)
    found = [_joined(page.get_textpage()) for page in opened]
    opened.close()
    return found


def _joined(content: pypdfium2.PdfTextPage) -> list[Words]:
    found: list[Words] = []
    for index in range(content.count_rects()):
        box = content.get_rect(index)
        each = Words(content.get_text_bounded(*box).strip(), *box)
        if found and found[-1].near(each):
            found[-1] = found[-1].and_then(each)
        else:
            found.append(each)
    return found


def found(page: list[Words], content: str) -> Words:
    plain = content.replace(" ", "")
    return next(words for words in page if plain in words.text.replace(" ", ""))


# --- the imprint -----------------------------------------------------------------------


def with_lines(count: int) -> bytes:
    blocks: tuple[Block, ...] = tuple(Paragraph(text(ZH, f"第{number}行。")) for number in range(1, count + 1))
    return write(replace(showcase(), blocks=blocks), MODERN)


def test_the_imprint_ends_at_the_bottom_of_the_type_area() -> None:
    opened = pypdfium2.PdfDocument(as_pdf(written()))
    last = opened[len(opened) - 1]
    rules = [each.get_bounds() for each in last.get_objects() if each.type == pypdfium2.raw.FPDF_PAGEOBJ_PATH]
    wide = [box for box in rules if box[2] - box[0] > MODERN.page.text_width - 3]
    opened.close()
    lowest = min(wide, key=lambda box: box[1])
    assert abs(lowest[1] - MODERN.page.bottom) < 1.5
    assert abs(lowest[0] - MODERN.page.left) < 1.5


def test_the_imprint_stands_below_all_text_on_the_last_page_however_full_that_is() -> None:
    counts = range(6, 34)
    printed = [pages(pdf) for pdf in as_pdfs(tuple(with_lines(count) for count in counts))]
    for count, laid_out in zip(counts, printed, strict=True):
        last = laid_out[-1]
        places = [number for number, page in enumerate(laid_out, 1) if any("共印30份" in each.text for each in page)]
        assert places == [len(laid_out)]
        assert found(last, "30 copies").bottom > MODERN.page.bottom
        lines = [
            int(match[1]) for page in laid_out for each in page if (match := re.match(r"第 ?(\d+) ?行", each.text))
        ]
        assert lines == list(range(1, count + 1))
        top = found(last, "报：").top
        assert all(each.bottom > top for each in last if re.match(r"第 ?\d+ ?行", each.text))
    numbers = [len(laid_out) for laid_out in printed]
    assert numbers == sorted(numbers)
    assert set(numbers) == {1, 2}


def test_the_imprint_does_not_break_a_table_that_crosses_pages_before_it() -> None:
    """LibreOffice breaks such a table row by row, or never ends, where text flows round the imprint."""
    grants = next(block for block in showcase().blocks if isinstance(block, Table))
    note = next(block for block in showcase().blocks if isinstance(block, Note))
    counts = range(19, 31)
    tables = [replace(grants, body=grants.body[:count]) for count in counts]
    files = tuple(write(replace(showcase(), blocks=(note, table)), MODERN) for table in tables)
    printed = [pages(pdf) for pdf in as_pdfs(files)]
    for count, laid_out in zip(counts, printed, strict=True):
        words = [each.text for page in laid_out for each in page]
        assert [int(row[1]) for each in words if (row := re.match(r".*第 ?(\d+) ?项", each))] == list(range(1, count))
        places = [number for number, page in enumerate(laid_out, 1) if any("报：" in each.text for each in page)]
        assert places == [len(laid_out)]
    numbers = [len(laid_out) for laid_out in printed]
    assert numbers == sorted(numbers)
    assert numbers[-1] <= 3


# --- page numbers ----------------------------------------------------------------------


def turned(document: Document) -> Document:
    line = Paragraph(text(ZH, "正文。"))
    more = (PageBreak(landscape=True), line, PageBreak(landscape=True), line, PageBreak(), line)
    return replace(document, blocks=(line, PageBreak(), line, *more), comments=())


def test_numbers_between_dashes_stand_outside_on_every_kind_of_page() -> None:
    laid_out = pages(as_pdf(write(turned(showcase()), DASHED)))
    assert len(laid_out) == 5
    for number, page in enumerate(laid_out, 1):
        landscape = number in {3, 4}
        shape = MODERN.page.turned if landscape else MODERN.page
        shown = found(page, f"— {number} —")
        size = 8  # one character of the footer
        if number % 2:
            assert abs(shown.right - (shape.width - shape.right - size)) < 2
        else:
            assert abs(shown.left - (shape.left + size)) < 2
        assert shape.footer - 2 < shown.bottom < shape.footer + 12


def test_headers_of_even_and_landscape_pages_reach_from_margin_to_margin() -> None:
    laid_out = pages(as_pdf(write(turned(showcase()), DASHED)))
    for number, page in enumerate(laid_out, 1):
        shape = MODERN.page.turned if number in {3, 4} else MODERN.page
        assert abs(found(page, "Illustrative data").right - (shape.width - shape.right)) < 2
        if number > 1:
            assert abs(found(page, "知识产权工作简报").left - shape.left) < 2


# --- the watermark ---------------------------------------------------------------------


def pictures(pdf: bytes) -> list[list[tuple[int, ...]]]:
    """The points of each page, as red, green and blue."""
    opened = pypdfium2.PdfDocument(pdf)
    found = []
    for page in opened:
        parts = iter(page.render(scale=0.5).to_pil().convert("RGB").tobytes())
        found.append(list(zip(parts, parts, parts, strict=True)))
    opened.close()
    return found


def grey(picture: list[tuple[int, ...]]) -> int:
    """How many points of a page are of the pale grey of the watermark."""
    return sum(1 for red, green, blue in picture if red == green == blue and 205 < red < 235)


@pytest.mark.parametrize("language", [ZH, EN], ids=["zh", "en"])
def test_every_page_of_a_draft_bears_its_words_behind_the_text(language: Language) -> None:
    document = turned(in_language(draft(), language))
    final = replace(document, meta=replace(document.meta, draft=()))
    drafts, finals = (pictures(as_pdf(write(each, DASHED))) for each in (document, final))
    assert len(drafts) == len(finals) == 5
    for before, after in zip(finals, drafts, strict=True):
        assert grey(after) > grey(before) + 2000
        covered = [(old, new) for old, new in zip(before, after, strict=True) if sum(old) < 300 and old != new]
        assert not covered


# --- numbers below each other ----------------------------------------------------------


def points(package: bytes, *numbers: str) -> set[int]:
    """Where the decimal points of `numbers` stand, in whole points."""
    opened = pypdfium2.PdfDocument(as_pdf(package))
    places = set()
    for page in opened:
        content = page.get_textpage()
        for number in numbers:
            place = content.search(number, match_whole_word=True).get_next()
            if place is not None:
                left, _, right, _ = content.get_charbox(place[0] + number.index("."))
                places.add(round((left + right) / 2))
    opened.close()
    return places


def test_decimal_points_stand_below_each_other() -> None:
    package = write(replace(showcase(), blocks=(REGIONS,)), MODERN)
    rates, growth = points(package, "7.52", "10.4", "0.875"), points(package, "12.5%", "0.25%")
    assert max(rates) - min(rates) <= 1
    assert max(growth) - min(growth) <= 1
    assert min(growth) > max(rates)


def test_words_among_numbers_and_whole_numbers_stand_at_one_edge() -> None:
    (page,) = pages(as_pdf(write(replace(showcase(), blocks=(REGIONS,), imprint=None), MODERN)))
    edges = [found(page, words).right for words in ("1,356", "98", "—", "Number")]
    assert max(edges) - min(edges) < 2.5


# --- the theme -------------------------------------------------------------------------


def test_other_faces_in_the_theme_change_every_letter() -> None:
    package = written("zh")
    for face in ("Noto Serif CJK SC", "Liberation Serif"):
        package = with_part(package, "word/theme/theme1.xml", f'typeface="{face}"', f'typeface="{_sans(face)}"')
    script = 'script="Hans" typeface="Noto Serif CJK SC"'
    package = with_part(package, "word/theme/theme1.xml", script, _sans(script))
    faces = face_names(as_pdf(package))
    assert faces
    assert not [face for face in faces if "Serif" in face]


def _sans(face: str) -> str:
    return face.replace("Serif", "Sans")
