"""Running text on the grid of a page: 22 lines of 28 characters (GB/T 9704-2012, 5.2.3)."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain, pairwise
from pathlib import Path

import pypdfium2
import pypdfium2.raw
import pytest

from any_document import any_document
from docx_helpers import EDITIONS
from helpers import HAIXI, Copy, build_refusal, copy_of
from ipreport.cache import Cache
from ipreport.document import (
    Block,
    BulletList,
    Contents,
    ContentsKind,
    Document,
    Figure,
    Heading,
    PageBreak,
    Paragraph,
    SideBySide,
    text,
    texts_of,
)
from ipreport.fonts import check_coverage
from ipreport.language import EN, ZH, Language
from ipreport.readers import BRIEFING_FILE
from ipreport.style import MODERN, OFFICIAL
from ipreport.style.official import LINE
from ipreport.writers.pdf import page_numbers, write
from ipreport.writers.pdf.contents import without_links
from ipreport.writers.pdf.pages import Sheet
from ipreport.writers.pdf.writer import laid_out
from official_samples import HAN, faces, plain_pages
from page_lines import words_of
from pdf_facts import named_pages
from pdf_layout import said
from shipped import build
from showcase import LONG_EN, LONG_ZH, both, showcase

MILLIMETRE = 72 / 25.4
TOP = (297 - 37) * MILLIMETRE
BOTTOM = 35 * MILLIMETRE


@dataclass(frozen=True)
class Line:
    """What stands on one baseline: its text without spaces, the baseline and the size of its type in points."""

    words: str
    baseline: float
    size: float


def lines_of(data: bytes) -> list[list[Line]]:
    """The lines of every page from top to bottom, as PDFium reads them from the finished file."""
    with pypdfium2.PdfDocument(data) as pdf:
        return [list(_lines(page.get_textpage())) for page in pdf]


def _signs(page: pypdfium2.PdfTextPage) -> Iterator[tuple[float, float, str, float]]:
    """Where each character stands on its baseline, what it is, and its size."""
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(page.count_chars()):
        if pypdfium2.raw.FPDFText_IsGenerated(page, index):
            continue
        pypdfium2.raw.FPDFText_GetCharOrigin(page, index, x, y)
        size = pypdfium2.raw.FPDFText_GetFontSize(page, index)
        character = chr(pypdfium2.raw.FPDFText_GetUnicode(page, index))
        if character.strip():
            yield x.value, y.value, character, round(size, 1)


def _lines(page: pypdfium2.PdfTextPage) -> Iterator[Line]:
    found: dict[float, list[tuple[float, str, float]]] = {}
    for x, y, character, size in _signs(page):
        found.setdefault(round(y, 1), []).append((x, character, size))
    for baseline, signs in sorted(found.items(), reverse=True):
        largest = Counter(size for *_, size in signs).most_common(1)[0][0]
        yield Line("".join(character for _, character, _ in sorted(signs)), baseline, largest)


def running(document: Document) -> str:
    """The words of headings, paragraphs and lists, without spaces and the marks of notes."""
    blocks = (block for block in document.blocks if isinstance(block, Heading | Paragraph | BulletList))
    texts = (without_links(each).plain() for block in blocks for each in texts_of(block))
    return "\n".join("".join(each.split()) for each in texts)


def running_lines(document: Document, data: bytes) -> list[list[Line]]:
    """The lines of running text of every page, told by what they say and their size."""
    words, sizes = running(document), {14.0, 15.0, 16.0}
    found = []
    for page in lines_of(data):
        # A hyphen at the end of a line is read as the character 2.
        said = ((line, line.words.lstrip("•12.").rstrip("\x02")) for line in page)
        found.append([line for line, own in said if line.size in sizes and own and own in words])
    return found


def mixed(document: Document) -> Document:
    """The showcase with long paragraphs between its blocks, so that everything stands at every height of a page."""
    languages = document.meta.languages
    blocks: list[Block] = []
    for number, block in enumerate(document.blocks):
        blocks.append(block)
        for language in languages if not isinstance(block, PageBreak) else ():
            words = (LONG_ZH if language is ZH else LONG_EN) * (1 + number % 3)
            blocks.append(Paragraph(text(language, words), introduces=number % 5 == 0))
    return replace(document, blocks=tuple(blocks))


@cache
def written(edition: str, *, grid: bool = True) -> tuple[Document, bytes]:
    document = mixed(EDITIONS[edition])
    language = document.meta.languages[0]
    style = OFFICIAL.on_grid(language) if grid else OFFICIAL.led_by(language)
    return document, write(document, style, faces(), Cache(None))


def off(baselines: Sequence[float], step: float, first: float) -> float:
    """How far the baselines are from a grid of `step` whose first line stands `first` below the type area's top."""
    steps = [(TOP - first - baseline) / step for baseline in baselines]
    return max(abs(each - round(each)) * step for each in steps)


CHINESE = 6.475 + 0.88 * 16
"""The first baseline below the top of the type area: a character of 16 pt in the middle of a line of 28.95 pt."""


@pytest.mark.parametrize("edition", ["bilingual", "zh"])
def test_every_chinese_line_stands_on_the_grid_of_22_lines(edition: str) -> None:
    document, data = written(edition)
    lines = [line for line in chain(*running_lines(document, data)) if line.size == 16]
    assert len(lines) > 60
    assert off([line.baseline for line in lines], LINE, CHINESE) < 0.15
    # Without the grid they do not, so that the measure tells one from the other.
    document, data = written(edition, grid=False)
    lines = [line for line in chain(*running_lines(document, data)) if line.size == 16]
    assert off([line.baseline for line in lines], LINE, CHINESE) > 5


def test_english_below_chinese_stands_on_thirds_of_it_every_third_line_on_the_grid_itself() -> None:
    document, data = written("bilingual")
    pages = running_lines(document, data)
    english = [line for line in chain(*pages) if line.size == 14]
    assert len(english) > 60
    assert off([line.baseline for line in english], LINE / 3, CHINESE) < 0.15
    pitches = Counter(
        round((one_.baseline - other.baseline) / (LINE / 3))
        for page in pages
        for one_, other in pairwise(page)
        if one_.size == other.size == 14
    )
    assert pitches.most_common(1)[0][0] == 2


def test_two_columns_stand_on_it_too_the_english_on_thirds() -> None:
    pairs = tuple(SideBySide(both(LONG_ZH * count, LONG_EN * count)) for count in (1, 2, 1, 3))
    document = replace(showcase(), blocks=pairs, imprint=None)
    data = write(document, OFFICIAL.on_grid(ZH), faces(), Cache(None))
    columns: dict[bool, list[float]] = {True: [], False: []}
    with pypdfium2.PdfDocument(data) as pdf:
        for number, page in enumerate(pdf):
            for _, y, character, size in _signs(page.get_textpage()):
                if size in {14, 16} and BOTTOM < y < (TOP if number else TOP - 300):
                    columns[size == 16].append(y)
                    assert size == 16 or character not in HAN
    assert min(map(len, columns.values())) > 500
    assert off(columns[True], LINE, CHINESE) < 0.15
    assert off(columns[False], LINE / 3, CHINESE) < 0.15


def test_english_alone_stands_on_33_lines() -> None:
    document, data = written("en")
    lines = list(chain(*running_lines(document, data)))
    step = LINE * 2 / 3
    assert len(lines) > 60
    assert {line.size for line in lines} == {14, 15}
    assert off([line.baseline for line in lines], step, (step - 14) / 2 + 0.88 * 14) < 0.15


@pytest.mark.parametrize("edition", EDITIONS)
def test_all_running_text_is_among_these_lines(edition: str) -> None:
    document, data = written(edition)
    read = "".join(line.words for line in chain(*running_lines(document, data)))
    assert len(read) > 0.97 * len(running(document).replace("\n", ""))


def test_a_page_has_22_lines_of_28_characters() -> None:
    data = write(plain_pages(), OFFICIAL.on_grid(ZH), faces(), Cache(None))
    lines = [line for line in lines_of(data)[1] if set(line.words) <= set(HAN)]
    assert [len(line.words) for line in lines] == [28] * 22
    assert lines[-1].baseline > BOTTOM
    assert lines[-1].baseline < BOTTOM + LINE


@pytest.mark.parametrize("edition", EDITIONS)
def test_what_has_lines_of_its_own_stands_as_far_from_the_text_above_as_from_that_below(edition: str) -> None:
    document, _ = written(edition)
    found = 0
    for sheet in laid_out(document, OFFICIAL.on_grid(document.meta.languages[0]), faces()):
        for (top, above), (middle, box), (lower, below) in zip(
            sheet.placed, sheet.placed[1:], sheet.placed[2:], strict=False
        ):
            if above.registered and below.registered and not box.registered:
                before = middle - top - above.height - max(above.space_after, box.space_before)
                after = lower - middle - box.height - max(box.space_after, below.space_before)
                assert before == pytest.approx(after)
                assert 0 <= before < LINE / 2
                found += 1
    assert found > 1


@pytest.mark.parametrize("seed", range(30))
def test_nothing_overlaps_or_sticks_out_and_all_running_text_is_on_the_grid(seed: int) -> None:
    document = any_document(seed, shown)
    style = OFFICIAL.on_grid(document.meta.languages[0])
    for sheet in laid_out(document, style, faces()):
        for (top, box), (lower, other) in pairwise(sheet.placed):
            assert top + box.height + max(box.space_after, other.space_before) <= lower + 0.06
        for top, box in sheet.placed:
            assert not box.registered or abs(top - round(top / style.grid) * style.grid) < 0.01
            # What no page holds stands alone at the top of one.
            assert top + box.height <= sheet.page.text_height - sheet.foot.height + 0.1 or top == 0
    plain = laid_out(document, OFFICIAL.led_by(document.meta.languages[0]), faces())
    assert said_by(laid_out(document, style, faces())) == said_by(plain)


def said_by(sheets: Sequence[Sheet]) -> str:
    """The words of all pages without those of notes; hyphens of lines are left out."""
    return "".join(each.body for each in said(sheets)).replace("\u00ad", "")


@cache
def shown(words: str, _language: Language) -> bool:
    """Whether the faces have every character."""
    block = Paragraph(text(ZH, words))
    return not check_coverage(replace(showcase(), blocks=(block,)), faces())


def test_a_grid_moves_nothing_in_a_theme_without_one() -> None:
    assert MODERN.on_grid(ZH) == MODERN
    document = showcase()
    assert write(document, MODERN.on_grid(ZH), faces(), Cache(None)) == write(document, MODERN, faces(), Cache(None))


def test_what_begins_a_page_stays_at_its_top() -> None:
    figure = next(block for block in showcase().blocks if isinstance(block, Figure))
    blocks = (PageBreak(), figure, Paragraph(text(ZH, LONG_ZH)))
    document = replace(showcase(), blocks=blocks, imprint=None)
    placed = laid_out(document, OFFICIAL.on_grid(ZH), faces())[1].placed
    assert placed[0][0] == 0
    assert placed[1][0] % LINE == pytest.approx(0, abs=0.01)
    assert placed[1][0] - placed[0][1].height - placed[0][1].space_after > 1  # there is room that it could take


def test_a_heading_goes_along_with_the_last_text_where_an_imprint_takes_its_page() -> None:
    document = showcase()
    heading = Heading(1, "last", both("尾声", "End"))
    for count in range(4, 14):  # until the page has no room for the imprint below the last text
        blocks = (*[Paragraph(text(ZH, LONG_ZH))] * count, heading, Paragraph(text(ZH, "完。")))
        sheets = laid_out(replace(document, blocks=blocks), OFFICIAL.on_grid(ZH), faces())
        placed = [[*box.labels()] for _, box in sheets[-1].placed]
        assert placed[-2:] == [["last"], []] or len(sheets[-1].placed) > 2
        assert not [*sheets[-2].placed[-1][1].labels()]


def test_footnotes_stay_at_the_foot_of_the_page_off_the_grid() -> None:
    _, data = written("zh")
    notes = [line for page in lines_of(data) for line in page if "公开报道，第1组" in line.words and line.size == 10.5]
    assert notes
    assert off([line.baseline for line in notes], LINE, CHINESE) > 1


def gridded(briefing: Copy, setting: str) -> None:
    briefing.overwrite(BRIEFING_FILE, f"{setting}\n".encode() + (briefing.folder / BRIEFING_FILE).read_bytes())


def test_a_briefing_asks_for_it_and_the_contents_of_each_format_have_its_own_pages(
    tmp_path: Path, warm_cache: Path
) -> None:
    briefing = copy_of(HAIXI.parent / "illustrative", tmp_path)
    gridded(briefing, "pdf: {grid: true}")
    made = build(briefing.folder, tmp_path, warm_cache, theme="official", editions=["en"])["en"]
    lines = chain(*running_lines(made.document, made.portable))
    assert off([line.baseline for line in lines], LINE * 2 / 3, (LINE * 2 / 3 - 14) / 2 + 0.88 * 14) < 0.15
    (contents,) = (
        each for each in made.document.blocks if isinstance(each, Contents) and each.kind is ContentsKind.HEADINGS
    )
    in_word = {entry.target: entry.page for entry in contents.entries}
    plain = page_numbers(made.document, OFFICIAL.led_by(EN), faces())
    assert in_word == {target: plain[target] for target in in_word}
    in_pdf, words = named_pages(made.portable), words_of(made.portable)
    assert any(in_pdf[target] != page for target, page in in_word.items())
    for entry in contents.entries:
        assert "".join(entry.texts[0].plain().split()) + str(in_pdf[entry.target]) in words


def test_a_theme_without_a_grid_refuses_it(small: Copy) -> None:
    gridded(small, "pdf: {grid: true}")
    message = build_refusal(small)
    assert "the theme 'modern' has no grid of lines (pdf.grid)" in message
    assert "choose 'theme: official'" in message
    assert small.build(theme="official", editions=["zh"]).documents
