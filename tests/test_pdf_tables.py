"""Where a table may be cut between pages, cells over several rows, and decimal points."""

from __future__ import annotations

import re
from dataclasses import replace

import pypdfium2
import pytest

from ipreport.cache import Cache
from ipreport.document import Align, Cell, Citation, Column, Paragraph, Row, RowRole, Span, Table, Text
from ipreport.fonts import find_faces
from ipreport.language import ZH
from ipreport.style import MODERN
from ipreport.writers.pdf import write
from ipreport.writers.pdf.atoms import Shaper
from ipreport.writers.pdf.boxes import Box
from ipreport.writers.pdf.paragraph import TextBox
from ipreport.writers.pdf.setter import Setter
from ipreport.writers.pdf.table import table_box
from showcase import one, showcase


@pytest.fixture(scope="module")
def setter() -> Setter:
    return Setter(MODERN, Shaper(find_faces(cache=Cache(None))))


def laid_out(setter: Setter, rows: int, role: RowRole = RowRole.BODY) -> Box:
    body = [
        Row((Cell(one(str(number))), Cell(one("x"))), role if number == 0 else RowRole.BODY) for number in range(rows)
    ]
    box = table_box(Table("t", None, (Column(1), Column(1)), (), tuple(body), (), one("T")), setter)
    box.layout(455)
    return box


def parts(box: Box, height: float) -> list[float]:
    return [round(part.height, 1) for part in box.split(height) or ()]


def test_a_short_table_begins_on_a_page_that_holds_all_of_it(setter: Setter) -> None:
    box = laid_out(setter, 10)

    assert box.height < 250
    assert box.start_height() == box.height


def test_of_a_long_table_three_rows_stand_together_at_either_end_of_a_page(setter: Setter) -> None:
    box, row = laid_out(setter, 30), laid_out(setter, 1).height

    assert box.start_height() == pytest.approx(3 * row)
    assert parts(box, 29.5 * row) == pytest.approx([27 * row, 3 * row], abs=0.1)
    assert parts(box, 2.5 * row) == []


def test_a_group_needs_three_rows_below_its_name(setter: Setter) -> None:
    box, row = laid_out(setter, 30, RowRole.GROUP), laid_out(setter, 1).height

    assert box.start_height() > 3.9 * row


# --- cells over several rows ------------------------------------------------------------


def spanning(rows: int, covered: int, words: str = "甲") -> Table:
    """A table whose first column has cells over `covered` rows each."""
    body = []
    for number in range(rows):
        first = (Cell(one(words), rows=covered),) if number % covered == 0 else ()
        body.append(Row((*first, Cell(one(str(number))))))
    return Table("t", None, (Column(1), Column(1)), (), tuple(body), (), one("T"))


def test_a_cell_over_several_rows_makes_only_the_last_of_them_higher(setter: Setter) -> None:
    usual = laid_out(setter, 3).height
    low, high = (table_box(spanning(3, 3, words), setter) for words in ("甲", "很长的名称" * 60))
    assert low.layout(455) == pytest.approx(usual)
    assert high.layout(455) == pytest.approx(table_box(spanning(1, 1, "很长的名称" * 60), setter).layout(455))


def test_rows_that_a_cell_covers_stay_on_one_page(setter: Setter) -> None:
    box, row = table_box(spanning(30, 5), setter), laid_out(setter, 1).height
    box.layout(455)
    for fitting in range(5, 27):
        upper, lower = parts(box, (fitting + 0.5) * row)
        assert upper == pytest.approx(5 * row * (fitting // 5), abs=0.1)
        assert lower == pytest.approx(30 * row - upper, abs=0.1)
    assert parts(box, 4.5 * row) == []
    assert box.start_height() == pytest.approx(5 * row)


def words_of(box: Box) -> list[str]:
    if isinstance(box, TextBox):
        return box.lines
    return [line for inner in box.inner for line in words_of(inner)]


def test_a_cell_that_covers_more_rows_than_a_page_holds_goes_on_with_them(setter: Setter) -> None:
    long = "很长的名称" * 200
    box, row = table_box(spanning(12, 12, long), setter), laid_out(setter, 1).height
    box.layout(455)
    first, rest = box.split(6.2 * row, force=True) or (None, None)
    assert first is not None
    assert rest is not None
    assert first.height <= 6.2 * row
    assert [line for line in words_of(first) if line.isdigit()] == [str(number) for number in range(6)]
    assert [line for line in words_of(rest) if line.isdigit()] == [str(number) for number in range(6, 12)]
    both_parts = "".join(line for line in (*words_of(first), *words_of(rest)) if not line.isdigit())
    assert both_parts == long
    assert "很" in "".join(words_of(first))


# --- what no page holds -----------------------------------------------------------------

LONG = "很长的名称" * 40


def cut(setter: Setter, table: Table, height: float) -> list[Box]:
    """The parts of a table on pages of this height, each the highest that fits."""
    rest: Box | None = table_box(table, setter)
    rest.layout(455)
    found: list[Box] = []
    while rest is not None and len(found) < 50:
        if rest.height <= height:
            return [*found, rest]
        first, rest = rest.split(height, force=True) or (rest, None)
        found.append(first)
    return found


def narrow(head: int, body: int, notes: int = 0) -> Table:
    """A table with long words in a narrow column of so many head and body rows, and so many notes."""
    rows = tuple(Row((Cell(one(LONG)), Cell(one(f"{number}")))) for number in range(head + body))
    columns = (Column(1), Column(9))
    return Table("t", None, columns, rows[:head], rows[head:], (one(LONG),) * notes, ())


@pytest.mark.parametrize(
    "table",
    [narrow(1, 1), narrow(3, 0), narrow(2, 5), narrow(0, 1, 30), narrow(0, 0, 30)],
    ids=["row", "head", "both", "notes", "notes alone"],
)
def test_a_head_a_row_or_notes_higher_than_a_page_are_cut(setter: Setter, table: Table) -> None:
    pages = cut(setter, table, 300)
    assert max(page.height for page in pages) <= 300
    cells = [cell for row in (*table.head, *table.body) for cell in row.cells]
    said = "".join(line for page in pages for line in words_of(page))
    assert sorted(said) == sorted(
        "".join(text.plain() for texts in (*(c.texts for c in cells), *table.notes) for text in texts)
    )


def test_a_table_of_one_row_is_not_cut_unless_it_has_to(setter: Setter) -> None:
    box = table_box(narrow(0, 1), setter)
    box.layout(455)
    assert box.split(box.height - 1) is None


def test_a_cell_that_has_no_room_in_the_rows_above_an_edge_is_cut_elsewhere(setter: Setter) -> None:
    first = Cell(one("甲"), rows=7)  # lies across every edge
    body = [Row((*((first,) if number == 0 else ()), Cell(one(str(number))), Cell(one("x")))) for number in range(5)]
    body += [Row((Cell(()), Cell(one(LONG), rows=2))), Row((Cell(one("9")),))]
    table = Table("t", None, (Column(1), Column(5), Column(1)), (), tuple(body), (), ())
    pages = cut(setter, table, laid_out(setter, 5).height + 10)  # which has room for the padding of the sixth row
    assert words_of(pages[0]) == ["甲", *(words for number in range(5) for words in (str(number), "x"))]


def test_a_head_row_can_be_led_to(setter: Setter) -> None:
    head = Row((Cell(one("甲")),), label="head")
    table = Table("t", None, (Column(1),), (head,), (Row((Cell(one("乙")),)),), (), ())
    assert list(table_box(table, setter).labels()) == ["head"]
    led = Paragraph(Text(ZH, (Citation("head", "①", ZH),)))
    assert write(replace(showcase(), blocks=(table, led), imprint=None), MODERN, find_faces(), Cache(None))


# --- decimal points ---------------------------------------------------------------------


def placed(*values: str) -> dict[str, tuple[float, float, float]]:
    """Where each value of a column begins, where its point or the end of its integer is, and where it ends."""
    rows = tuple(Row((Cell(one(f"行{number}")), Cell(one(value)))) for number, value in enumerate(values))
    table = Table("t", None, (Column(1), Column(1, Align.DECIMAL)), (), rows, (), one("T"))
    data = write(replace(showcase(), blocks=(table,), imprint=None), MODERN, find_faces(), Cache(None))
    found = {}
    with pypdfium2.PdfDocument(data) as pdf:
        reader = pdf[0].get_textpage()
        words = reader.get_text_range()
        for number, value in enumerate(values):
            start = words.index(value, words.index(f"行{number}"))
            boxes = [reader.get_charbox(index, loose=True) for index in range(start, start + len(value))]
            integer = re.match(r"\D*[\d,]*", value)
            assert integer is not None
            found[value] = boxes[0][0], boxes[integer.end() - 1][2], boxes[-1][2]
    return found


def test_integers_end_below_each_other_and_the_longest_number_at_the_edge() -> None:
    values = ("1,356", "7.52", "10.4", "0.875", "−3%", "12.5%")
    found = placed(*values)
    points = {point for _, point, _ in found.values()}
    assert max(points) - min(points) < 0.3
    ends = {value: end for value, (_, _, end) in found.items()}
    edge = MODERN.page.width - MODERN.page.right - 5.0
    assert max(ends.values()) == pytest.approx(edge, abs=0.3)
    assert max(ends, key=lambda value: ends[value]) in {"0.875", "12.5%"}


def test_a_unit_stands_behind_the_integer() -> None:
    found = placed("98件", "76")
    assert found["98件"][0] == pytest.approx(found["76"][0], abs=0.1)
    assert found["98件"][2] == pytest.approx(MODERN.page.width - MODERN.page.right - 5.0, abs=0.3)


@pytest.mark.parametrize("words", ["暂无数据", "—", "1.5–2.5", "约98"])
def test_what_is_no_number_ends_at_the_edge_of_its_column(words: str) -> None:
    found = placed("10.875", words)
    assert found[words][2] == pytest.approx(found["10.875"][2], abs=0.3)


def test_the_mark_of_a_note_stands_behind_a_number_and_moves_it_no_further_than_it_is_wide() -> None:
    marked = Text(ZH, (Span("12", ZH), Citation("t", "①", ZH)))
    rows = (Row((Cell(one("甲")), Cell((marked,)))), Row((Cell(one("乙")), Cell(one("34")))))
    table = Table("t", None, (Column(1), Column(1, Align.DECIMAL)), (), rows, (), one("T"))
    data = write(replace(showcase(), blocks=(table,), imprint=None), MODERN, find_faces(), Cache(None))
    with pypdfium2.PdfDocument(data) as pdf:
        reader = pdf[0].get_textpage()
        words = reader.get_text_range()
        ends = [reader.get_charbox(words.index(digits) + 1, loose=True)[2] for digits in ("12①", "34")]
    assert ends[0] == pytest.approx(ends[1], abs=0.3)


def test_integers_alone_are_right_aligned() -> None:
    found = placed("1", "1,000", "20")
    ends = [end for _, _, end in found.values()]
    assert max(ends) - min(ends) < 0.1
