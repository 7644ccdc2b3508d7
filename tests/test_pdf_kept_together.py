"""What a page of a PDF keeps: lines without words, a caption with its picture, an imprint that is too high for it."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest

from ipreport.cache import Cache
from ipreport.document import Drawing, DrawnPath, Figure, Imprint, ImprintLine, LineBreak, Paragraph, Span, Text, text
from ipreport.language import ZH
from ipreport.style import MODERN, OFFICIAL, Style, StyleName
from ipreport.writers.pdf import typesetting_of, write
from ipreport.writers.pdf.imprint import imprint_box
from ipreport.writers.pdf.pages import Sheet, fill
from ipreport.writers.pdf.writer import laid_out
from official_samples import faces
from page_lines import page_lines, words_of
from pdf_layout import leaves, setter
from showcase import both, one, showcase

BREAK = LineBreak()

# --- lines without words ----------------------------------------------------------------


def baselines(*inlines: Span | LineBreak) -> dict[str, float]:
    """How far the ink of each line lies below that of the words above the text."""
    blocks = (Paragraph(text(ZH, "上")), Paragraph(Text(ZH, inlines)), Paragraph(text(ZH, "下")))
    data = write(replace(showcase(), blocks=blocks, imprint=None), MODERN, faces(), Cache(None))
    lines = {line.text: line.bottom for line in page_lines(data)[0]}
    return {words: (lines["上"] - bottom) for words, bottom in lines.items()}


def span(words: str) -> Span:
    return Span(words, ZH)


@pytest.mark.parametrize(
    ("inlines", "more"),
    [
        ((BREAK, span("中")), {"中": 1, "下": 1}),
        ((BREAK, BREAK, span("中")), {"中": 2, "下": 2}),
        ((span("中"), BREAK), {"中": 0, "下": 1}),
        ((span("中"), BREAK, BREAK, span("国")), {"中": 0, "国": 2, "下": 2}),
    ],
    ids=["first", "first two", "last", "between"],
)
def test_a_line_without_words_has_its_room(inlines: tuple[Span | LineBreak, ...], more: dict[str, int]) -> None:
    leading = MODERN.text(StyleName.BODY, ZH).leading
    plain, broken = baselines(span("中")), baselines(*inlines)
    for words, count in more.items():
        below = plain["中"] if words == "国" else plain[words]
        assert broken[words] - below == pytest.approx(count * leading, abs=2.5), words


def test_the_account_of_lines_counts_them() -> None:
    def lines(*inlines: Span | LineBreak) -> int:
        blocks = (Paragraph(Text(ZH, inlines)),)
        return typesetting_of(replace(showcase(), blocks=blocks, imprint=None), MODERN, faces()).lines

    assert lines(BREAK, span("中")) == lines(span("中")) + 1
    assert lines() == lines(span("中")) - 1  # what says nothing has no line


# --- a caption and its picture ----------------------------------------------------------


def figure(height: float, notes: int = 1) -> Figure:
    shown = next(block for block in showcase().blocks if isinstance(block, Figure))
    frame = (("M", 1, 1), ("L", 359, 1), ("L", 359, height - 1), ("L", 1, height - 1), ("Z",))
    picture = replace(shown.picture, height=height, drawing=Drawing((DrawnPath(frame, stroke="#1f4e79"),)))
    return replace(shown, picture=picture, notes=shown.notes * notes)


def sheets(style: Style, *blocks: Paragraph | Figure) -> tuple[Sheet, ...]:
    return laid_out(replace(showcase(), blocks=blocks, imprint=None), style, faces())


@pytest.mark.parametrize("style", [MODERN, OFFICIAL], ids=["modern", "official"])
@pytest.mark.parametrize("height", [560, 620, 637, 690, 800])
def test_a_high_picture_is_made_smaller_for_its_caption_to_stand_below_it(style: Style, height: float) -> None:
    data = write(replace(showcase(), blocks=(figure(height),), imprint=None), style, faces(), Cache(None))
    with pypdfium2.PdfDocument(data) as pdf:
        assert len(pdf) == 2  # the masthead, then the figure
        last = pdf[1].get_textpage().get_text_range()
    assert "高价值专利占比" in last
    assert "来源" in last
    (sheet,) = sheets(style, figure(height))[1:]
    assert sheet.used <= style.page.text_height + 0.01


def test_a_picture_that_leaves_room_for_its_caption_keeps_its_size() -> None:
    small, large = (sheets(OFFICIAL, figure(height))[-1].used for height in (400, 500))
    assert large - small == pytest.approx(100)


def test_a_picture_is_not_made_tiny_for_a_long_caption() -> None:
    found = sheets(OFFICIAL, figure(620, notes=40))
    assert len(found) > 2
    assert found[1].used > 600


# --- an imprint that no page holds ------------------------------------------------------


def long_imprint(count: int) -> Imprint:
    found = showcase().imprint
    assert found is not None
    line = ImprintLine(both("报：", "To:"), both("示例省知识产权局、" * 30, "Example Provincial IP Office; " * 30))
    return replace(found, lines=(line,) * count)


def test_an_imprint_higher_than_a_page_goes_on_over_as_many_as_it_takes() -> None:
    imprint = long_imprint(12)
    box = imprint_box(imprint, setter())
    assert box.layout(MODERN.page.text_width) > 2 * MODERN.page.text_height
    document = replace(showcase(), blocks=(Paragraph(text(ZH, "文。")),), imprint=imprint)
    data = write(document, MODERN, faces(), Cache(None))
    assert words_of(data).count("省") == 12 * 30
    for lines in page_lines(data)[1:]:
        bottom = min(line.bottom for line in lines if line.bottom > MODERN.page.footer + 20)
        assert bottom >= MODERN.page.bottom - 1
        assert max(line.top for line in lines) <= MODERN.page.height - MODERN.page.header + 20
    assert "（共印30份）" in words_of(data)


def test_no_part_of_an_imprint_is_higher_than_its_room_and_the_first_is_filled() -> None:
    box = imprint_box(replace(long_imprint(2), copies=one("（共印30份）")), setter())
    whole = box.layout(MODERN.page.text_width)
    line = MODERN.text(StyleName.IMPRINT, ZH).leading
    for room in range(60, int(whole), 7):
        upper, _ = box.split(room, force=True) or (None, None)
        assert upper is not None
        assert upper.height <= room + 0.01
        assert upper.height > room - 3 * line
    for room in (whole - 0.6, whole - 0.3):  # less than the thickness of a rule is missing
        upper, lower = box.split(room, force=True) or (None, None)
        assert upper is not None
        assert lower is not None
        assert upper.height <= room + 0.01


def test_a_short_imprint_stays_whole_and_a_long_issuer_is_cut_as_well() -> None:
    short = imprint_box(long_imprint(1), setter())
    height = short.layout(MODERN.page.text_width)
    assert [sheet.imprint for sheet in fill([], MODERN.page, short)] == [short]
    assert height < MODERN.page.text_height
    issuer = imprint_box(replace(long_imprint(0), lines=(), issuer=one("示例编写组" * 900), copies=()), setter())
    assert issuer.layout(MODERN.page.text_width) > MODERN.page.text_height
    found = fill([], MODERN.page, issuer)
    assert len(found) > 1
    parts = [sheet.imprint for sheet in found]
    assert all(part is not None and part.height <= MODERN.page.text_height + 0.1 for part in parts)
    said = "".join("".join(leaf.lines) for part in parts if part is not None for leaf in leaves([part]))
    assert said.count("示例编写组") == 900
    assert said.count("2025年10月15日印发") == 1
