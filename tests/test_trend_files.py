"""Trend lines in finished files: where they stand, how large, and what is told of them."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from functools import cache
from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from docx_helpers import EDITIONS, W, part
from docx_helpers import written as written_docx
from ipreport.cache import Cache
from ipreport.document import Card, Cards, CardState, Cell, Column, Document, Row, Table
from ipreport.fonts import Faces, find_faces
from ipreport.style import MODERN
from ipreport.writers import docx, pdf
from ooxml_lint import lint
from showcase import both, one, showcase, trend

WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
TOLD = "有效发明专利走势：升至356件。\nPatents in force, trend: rising to 356."

UNEVEN = Cards(
    (
        Card(both("甲", "A"), both("1件", "1"), both("较长的说明。" * 9, "A longer remark. " * 9), trend=trend()),
        Card(both("乙", "B"), one("2"), trend=trend()),
        Card(both("丙", "C"), both("3件", "3"), state=CardState.DOUBTFUL),
    )
)
"""A row of cards with words of different length, one without a trend line."""


@cache
def faces() -> Faces:
    return find_faces()


def with_blocks(*blocks: Cards | Table) -> Document:
    return replace(showcase(), blocks=blocks, imprint=None)


def written(document: Document) -> bytes:
    return pdf.write(document, MODERN, faces(), Cache(None))


def figures(data: bytes) -> list[tuple[str, str, tuple[float, ...]]]:
    """Alternative text, type of the element around it and edges of every picture, in the order of the file."""
    with pikepdf.open(io.BytesIO(data)) as opened:
        entries = [entry for entry in opened.objects if isinstance(entry, pikepdf.Dictionary) and "/S" in entry]
        return [
            (str(entry.Alt), str(entry.P.S), tuple(float(edge) for edge in entry.A.BBox))
            for entry in entries
            if entry.S == "/Figure"
        ]


# --- PDF -------------------------------------------------------------------------


def test_the_pdf_tells_trend_lines_where_they_stand() -> None:
    trends = [entry for entry in figures(written(showcase())) if entry[0] == TOLD]

    assert sorted(place for _, place, _ in trends) == ["/Div", "/TD", "/TD"]
    for _, _, (left, bottom, right, top) in trends:
        assert (right - left, top - bottom) == pytest.approx((52, 14.4), abs=0.02)


def test_the_pdf_has_trend_lines_as_lines() -> None:
    with pikepdf.open(io.BytesIO(written(showcase()))) as opened:
        steps = [
            (str(operator), [float(each) for each in operands])
            for page in opened.pages
            for operands, operator in pikepdf.parse_content_stream(page)
            if str(operator) in {"m", "l"}
        ]

    assert steps.count(("m", [1.0, 3.0])) == 3
    assert steps.count(("l", [26.0, 6.0])) == 3


def test_trend_lines_of_cards_in_one_row_are_level_in_the_pdf() -> None:
    (_, _, first), (_, _, second) = figures(written(with_blocks(UNEVEN)))

    assert (first[1], first[3]) == (second[1], second[3])
    assert second[0] - first[0] == pytest.approx((MODERN.page.text_width - 20) / 3 + 10, abs=0.02)


def test_a_picture_that_is_wider_than_its_column_is_made_smaller() -> None:
    wide = replace(trend(), picture=replace(trend().picture, width=900))
    row = Row((Cell(both("甲", "A")), Cell((), picture=wide)))
    document = with_blocks(Table("t", None, (Column(1), Column(1)), (), (row,), (), ()))

    ((_, _, (left, bottom, right, top)),) = figures(written(document))
    assert right <= MODERN.page.left + MODERN.page.text_width
    assert (right - left) / (top - bottom) == pytest.approx(900 / 14.4, rel=0.01)
    extent = part(docx.write(document, MODERN)).find(f".//{WP}extent")
    assert extent is not None
    assert int(extent.get("cx", "")) <= 12700 * MODERN.page.text_width / 2


def test_notes_of_cards_stand_on_one_line_where_there_is_room() -> None:
    zh, en = "季度走势，各有刻度。", "Quarterly trends, each on its own scale."
    short, long = UNEVEN, replace(UNEVEN, notes=(both(zh * 8, en * 3),))
    for cards, abreast in ((replace(short, notes=(both(zh, en),)), True), (long, False)):
        with pypdfium2.PdfDocument(written(with_blocks(cards))) as opened:
            page = opened[0].get_textpage()
            boxes = [_box(page, words) for words in (zh, en)]
        assert (boxes[0][1] == pytest.approx(boxes[1][1], abs=3)) is abreast
        assert (boxes[1][0] - boxes[0][0] > 50) is abreast


def _box(page: pypdfium2.PdfTextPage, words: str) -> tuple[float, float]:
    """Left and lower edge of the first character of `words`."""
    index, _ = page.search(words[:4]).get_next()
    left, bottom, _, _ = page.get_charbox(index)
    return left, bottom


# --- Word ------------------------------------------------------------------------


@pytest.mark.parametrize("edition", sorted(EDITIONS))
def test_the_word_file_has_trend_lines_with_alternative_texts(edition: str) -> None:
    drawings = list(part(written_docx(edition)).iter(WP + "docPr"))
    told = {"bilingual": TOLD, "zh": TOLD.splitlines()[0], "en": TOLD.splitlines()[1]}[edition]

    assert [drawing.get("descr") for drawing in drawings].count(told) == 3
    assert len({drawing.get("id") for drawing in drawings}) == len(drawings)


def test_the_word_file_stores_a_repeated_picture_once() -> None:
    with zipfile.ZipFile(BytesIO(written_docx())) as archive:
        media = [name for name in archive.namelist() if name.startswith("word/media/")]
    assert len(media) == 4
    assert len(list(part(written_docx()).iter(A + "blip"))) == 4


def test_a_picture_in_a_word_cell_is_not_cut_by_exact_line_spacing() -> None:
    styles = part(written_docx(), "word/styles.xml")
    for name in ("TableTrend", "KPITrend"):
        spacing = styles.find(f"{W}style[@{W}styleId='{name}']/{W}pPr/{W}spacing")
        assert spacing is not None
        assert spacing.get(W + "lineRule") == "auto"
    for picture in part(written_docx()).iter("{*}inline"):
        paragraph = next(picture.iterancestors(W + "p"))
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        assert style is not None
        assert style.get(W + "val") in {"TableTrend", "KPITrend", "Figure"}


def test_trend_lines_of_cards_have_a_row_of_their_own_in_word() -> None:
    package = docx.write(with_blocks(UNEVEN), MODERN)
    (table,) = part(package).iter(W + "tbl")
    words, lines = table.findall(W + "tr")

    assert lint(package) == []
    assert [len(row.findall(f".//{W}drawing")) for row in (words, lines)] == [0, 2]
    fills = [[shade.get(W + "fill") for shade in row.iter(W + "shd")] for row in (words, lines)]
    # The others have the ground of the table's style.
    assert fills[0] == fills[1] == ["FBF2E9"]
    doubtful = [row.findall(f"{W}tc")[4].find(f"{W}tcPr/{W}tcBorders") for row in (words, lines)]
    framed = [[] if borders is None else [side.tag.removeprefix(W) for side in borders] for borders in doubtful]
    assert framed == [["top", "left", "right"], ["left", "bottom", "right"]]


def test_cards_without_trend_lines_keep_one_row() -> None:
    plain = replace(UNEVEN, cards=tuple(replace(card, trend=None) for card in UNEVEN.cards))
    (table,) = part(docx.write(with_blocks(plain), MODERN)).iter(W + "tbl")

    assert len(table.findall(W + "tr")) == 1
