"""Tables and cards of a Word file: grids, merged cells, heads, numbers below each other, what stays together."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import docx
import pytest
from docx.table import Table as WordTable
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from docx_helpers import W, part, words_in, written
from ipreport.document import (
    Align,
    Block,
    Card,
    Cards,
    CardState,
    Cell,
    Citation,
    Column,
    Note,
    PageBreak,
    Row,
    RowRole,
    Span,
    Table,
    Text,
    text,
)
from ipreport.language import EN, ZH
from ipreport.style import MODERN
from ipreport.writers.docx import write
from ipreport.writers.docx.grid import places, shares
from ipreport.writers.docx.numbers import is_number
from ooxml_lint import lint
from showcase import both, one, showcase, trend

SOURCE = Note("source-1", "[1]", both("公开报道。", "Published account."))
GRANTS, REGIONS = (block for block in showcase().blocks if isinstance(block, Table))


def _file(*blocks: Block) -> bytes:
    """The Word file of a document of `blocks` and the source that the showcase's table refers to."""
    return write(replace(showcase(), blocks=(*blocks, SOURCE), imprint=None), MODERN)


def _tables(package: bytes, style: str = "Briefing Table") -> list[WordTable]:
    tables = docx.Document(BytesIO(package)).tables
    return [table for table in tables if table.style is not None and table.style.name == style]


def _cells(table: WordTable) -> list[list[etree._Element]]:
    return [list(row.iterchildren(W + "tc")) for row in table._tbl.tr_lst]  # cells as they stand have no public face


def _value(cell: etree._Element, path: str) -> str | None:
    found = cell.find("/".join(W + name for name in path.split("/")))
    return None if found is None else found.get(W + "val", "")


# --- heads and rows --------------------------------------------------------------------


def test_tables_repeat_their_head_and_keep_rows_whole() -> None:
    table = _tables(written())[0]
    rows = table._tbl.tr_lst  # properties of rows have no public face
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True, *[False] * 31]
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
    caption, description = (table._tbl.tblPr.find(W + name) for name in ("tblCaption", "tblDescription"))
    assert caption is not None
    assert description is not None
    assert "专利授权量" in caption.get(W + "val", "")
    assert "three columns" in description.get(W + "val", "")
    assert [cell.paragraphs[0].style.name for cell in table.rows[2].cells if cell.paragraphs[0].style] == [
        "Table Text",
        "Table Text Right",
        "Table Text Centred",
    ]


def test_every_row_of_a_head_repeats() -> None:
    rows = _tables(written())[1]._tbl.tr_lst
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True, True, False, False, False]


def _bottoms(table: WordTable) -> list[list[str | None]]:
    """The rule below each cell, where it is not left to the table style."""
    return [[_value(cell, "tcPr/tcBorders/bottom") for cell in row] for row in _cells(table)]


def test_a_head_is_ruled_off_below_its_last_row_and_below_what_spans_columns() -> None:
    bottoms = _bottoms(_tables(written())[1])
    # The first row has its rule from the table style, and a cell over two rows has none inside.
    assert bottoms == [[None] * 3, ["single"] * 4, *[[None] * 4] * 3]
    third = Row(tuple(Cell(one(name)) for name in "甲乙丙丁"))
    middle = Row((Cell(one("甲")), Cell(one("乙"), span=2), Cell(one("丙"), rows=2)))
    three = replace(REGIONS, head=(replace(third), middle, replace(third, cells=third.cells[:3])))
    bottoms = _bottoms(_tables(_file(three))[0])
    assert bottoms[:3] == [["nil"] * 4, ["nil", "single", None], ["single"] * 4]


def test_a_head_of_one_row_is_ruled_off_by_the_table_style_alone() -> None:
    assert {bottom for row in _bottoms(_tables(written())[0]) for bottom in row} == {None}


def test_a_head_of_two_plain_rows_has_no_rule_between_them() -> None:
    table = replace(GRANTS, head=(GRANTS.head[0], replace(GRANTS.head[0])))
    assert _bottoms(_tables(_file(table))[0])[:3] == [["nil"] * 3, ["single"] * 3, [None]]


def _kept(table: WordTable) -> list[bool]:
    return [bool(row.cells[-1].paragraphs[0].paragraph_format.keep_with_next) for row in table.rows]


def test_three_rows_stand_together_at_either_end_of_a_page() -> None:
    assert _kept(_tables(written())[0]) == [False, True, True, *[False] * 26, True, True, True]


@pytest.mark.parametrize(
    ("count", "kept"), [(1, [False]), (8, [*[True] * 7, False]), (9, [True, True, *[False] * 4, True, True, False])]
)
def test_a_short_table_stays_on_one_page(count: int, kept: list[bool]) -> None:
    rows = tuple(Row((Cell(one(str(number))), Cell(one("x")))) for number in range(count))
    table = Table("short", None, (Column(1), Column(1)), (), rows, (), one("Short"))
    assert _kept(_tables(_file(table))[0]) == kept


def test_the_rows_that_a_cell_covers_stay_together() -> None:
    plain = [Row((Cell(one(f"{number}")), Cell(one("x")))) for number in range(20)]
    plain[10:12] = [Row((Cell(one("甲"), rows=2), Cell(one("x")))), Row((Cell(one("y")),))]
    table = Table("long", None, (Column(1), Column(1)), (), tuple(plain), (), one("Long"))
    kept = _kept(_tables(_file(table))[0])
    assert [index for index, keep in enumerate(kept) if keep] == [0, 1, 10, 17, 18]


# --- merged cells ----------------------------------------------------------------------


def test_a_cell_over_rows_is_merged_and_the_grid_stays_exact() -> None:
    head = _cells(_tables(written())[1])[:2]
    assert [[_value(cell, "tcPr/vMerge") for cell in row] for row in head] == [
        ["restart", None, "restart"],
        ["", None, None, ""],
    ]
    assert [_value(cell, "tcPr/gridSpan") for cell in head[0]] == [None, "2", None]
    assert [words_in(cell) for cell in head[1]] == ["", "件数Number", "每万人口Per 10,000", ""]
    assert lint(written()) == []


def test_a_cell_may_cover_rows_and_columns_at_once() -> None:
    body = (
        Row((Cell(one("甲"), span=2, rows=3), Cell(one("1")))),
        Row((Cell(one("2")),), label="second"),
        Row((Cell(one("3")),)),
    )
    table = Table("block", None, (Column(1), Column(1), Column(1)), (), body, (), one("Block"))
    package = _file(table)
    assert lint(package) == []
    rows = _cells(_tables(package)[0])
    assert [[words_in(cell) for cell in row] for row in rows] == [["甲", "1"], ["", "2"], ["", "3"]]
    assert [_value(row[0], "tcPr/gridSpan") for row in rows] == ["2"] * 3


@pytest.mark.parametrize(
    "body",
    [
        (Row((Cell(one("甲"), rows=2), Cell(one("1")))),),
        (Row((Cell(one("甲"), rows=2), Cell(one("1")))), Row((Cell(one("2")), Cell(one("3"))))),
        (Row((Cell(one("甲")), Cell(one("1"), rows=2))), Row((Cell(one("2"), span=2),))),
        (Row((Cell(one("甲")), Cell(one("1"), rows=2))), Row(())),
        (),
    ],
    ids=["below the last row", "one cell too many", "over a merged cell", "one cell too few", "no row"],
)
def test_cells_that_do_not_fill_the_grid_are_refused(body: tuple[Row, ...]) -> None:
    with pytest.raises(ValueError, match=r"columns|below the last row|no row"):
        _file(Table("bad", None, (Column(1), Column(1)), (), body, (), one("Bad")))


@given(st.data())
def test_places_fill_every_row_of_any_table_that_is_sound(data: st.DataObject) -> None:
    columns, rows = data.draw(st.integers(1, 5)), data.draw(st.integers(1, 5))
    taken: set[tuple[int, int]] = set()
    body = []
    for row in range(rows):
        cells = []
        for column in range(columns):
            if (row, column) in taken:
                continue
            free = next((n for n in range(1, columns - column) if (row, column + n) in taken), columns - column)
            span, down = data.draw(st.integers(1, free)), data.draw(st.integers(1, rows - row))
            taken |= {(row + y, column + x) for y in range(down) for x in range(span)}
            cells.append(Cell((), span=span, rows=down))
        body.append(Row(tuple(cells)))
    table = Table("any", None, tuple(Column(1) for _ in range(columns)), (), tuple(body), (), ())
    for row in places(table, table.body):
        assert sum(place.cell.span for place in row) == columns
        assert all(left.column + left.cell.span == right.column for left, right in pairwise(row))


@given(st.lists(st.floats(0.1, 50), min_size=1, max_size=9), st.integers(100, 20000))
def test_shares_add_up(weights: list[float], total: int) -> None:
    assert sum(shares(weights, total)) == total


# --- numbers below each other ----------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        *(("1,356", True), ("7.52", True), ("12.5%", True), ("−3%", True), ("12件", True), ("<5", True)),
        *(("—", False), ("n/a", False), ("100 / 3.5", False), ("2025—2026", False), ("超过12万", False), ("", False)),
    ],
)
def test_what_is_a_number(words: str, expected: bool) -> None:
    assert is_number(text(ZH, words)) is expected


def test_the_mark_of_a_note_does_not_make_a_number_a_word() -> None:
    assert is_number(Text(ZH, (Span("7.52", ZH), Citation("row-1", "[1]", ZH))))


def _numbers(*columns: tuple[str, ...], widths: tuple[float, ...] = ()) -> Table:
    body = tuple(Row(tuple(Cell(one(words)) for words in row)) for row in zip(*columns, strict=True))
    weights = widths or (1.0,) * len(columns)
    return Table("n", None, tuple(Column(width, Align.DECIMAL) for width in weights), (), body, (), one("N"))


def _stops(package: bytes) -> list[list[int | None]]:
    """The decimal tab stops of the styles of each row."""
    stops = {
        style.get(W + "styleId"): int(tab.get(W + "pos", ""))
        for style in part(package, "word/styles.xml")
        for tab in style.iter(W + "tab")
        if tab.get(W + "val") == "decimal"
    }
    return [[stops.get(_value(cell, "p/pPr/pStyle")) for cell in row] for row in _cells(_tables(package)[0])]


def test_each_column_of_numbers_has_the_style_of_its_stop_and_most_have_that_by_name() -> None:
    package = _file(_numbers(("7.52", "10.4"), ("3.25", "1"), ("12", "100")))
    first, again = _stops(package)
    assert first == again
    assert None not in first
    assert first[0] == first[1]
    assert (first[0] or 0) < (first[2] or 0)
    styles = [_value(cell, "p/pPr/pStyle") for cell in _cells(_tables(package)[0])[0]]
    assert styles == ["TableNumber", "TableNumber", "TableNumber2"]
    assert "Table Number 2" in {style.name for style in docx.Document(BytesIO(package)).styles}
    assert lint(package) == []


def test_numbers_in_a_further_language_have_the_stop_of_their_column_too() -> None:
    table = _numbers(("7.52", "10"), ("12", "100"), ("1", "2"))
    body = tuple(Row(tuple(Cell((text(EN, cell.texts[0].plain()),)) for cell in row.cells)) for row in table.body)
    package = _file(replace(table, body=body))
    assert _stops(package) == _stops(_file(table))
    styles = [_value(cell, "p/pPr/pStyle") for cell in _cells(_tables(package)[0])[0]]
    assert styles == ["TableNumber2English", "TableNumberEnglish", "TableNumberEnglish"]


def test_the_stop_leaves_room_for_the_widest_of_what_stands_behind_the_points() -> None:
    def stop(*column: str) -> int:
        return next(each for each in _stops(_file(_numbers(column)))[0] if each is not None)

    assert stop("1.5", "2") < stop("1", "2")
    assert stop("1.25", "2.5") < stop("1.5", "2.5")
    assert stop("1.5%", "2") < stop("1.5", "2")
    assert stop("1.5", "—") == stop("1.5", "2")


def test_a_document_without_numbers_still_has_their_style() -> None:
    (style,) = part(_file(), "word/styles.xml").iterfind(f"{W}style[@{W}styleId='TableNumber']")
    assert style.find(f"{W}pPr/{W}tabs/{W}tab") is not None


def test_words_in_a_column_of_numbers_stand_at_its_right_edge() -> None:
    rows = _cells(_tables(_file(_numbers(("7.52", "—", "不详"))))[0])
    assert [_value(row[0], "p/pPr/pStyle") for row in rows] == ["TableNumber", "TableTextRight", "TableTextRight"]


def test_a_cell_may_be_aligned_otherwise_than_its_column() -> None:
    table = _numbers(("7.52", "1"))
    table = replace(table, body=(Row((Cell(one("7.52"), align=Align.CENTRE),)), *table.body[1:]))
    rows = _cells(_tables(_file(table))[0])
    assert [_value(row[0], "p/pPr/pStyle") for row in rows] == ["TableTextCentred", "TableNumber"]


def test_a_cell_of_another_column_may_be_aligned_by_its_point() -> None:
    table = _numbers(("7.52", "1"))
    body = tuple(Row((replace(row.cells[0], align=Align.DECIMAL),)) for row in table.body)
    package = _file(replace(table, columns=(Column(1),), body=body))
    assert _stops(package) == _stops(_file(table))


def test_a_number_in_a_row_that_heads_others_stands_as_the_head() -> None:
    table = _numbers(("7.52", "1"))
    table = replace(table, body=(replace(table.body[0], role=RowRole.GROUP), table.body[1]))
    rows = _cells(_tables(_file(table))[0])
    assert [_value(row[0], "p/pPr/pStyle") for row in rows] == ["TableGroupRight", "TableNumber"]


def test_a_table_on_a_landscape_page_is_as_wide_as_the_page() -> None:
    package = _file(REGIONS, PageBreak(landscape=True), replace(REGIONS, label="wide"), PageBreak(), GRANTS)
    widths = [
        sum(int(column.get(W + "w", "")) for column in table._tbl.tblGrid.iterchildren(W + "gridCol"))
        for table in _tables(package)
    ]
    upright, turned = round(MODERN.page.text_width * 20), round(MODERN.page.turned.text_width * 20)
    assert widths == [upright, turned, upright]
    assert lint(package) == []


# --- cards -----------------------------------------------------------------------------

PLAIN = Card(both("甲", "A"), one("1"))
DOUBTFUL = replace(PLAIN, state=CardState.DOUBTFUL)


def _looks(package: bytes) -> list[tuple[str | None, ...]]:
    found = []
    for table in _tables(package, "KPI Cards"):
        look = table._tbl.tblPr.find(W + "tblLook")
        assert look is not None
        found.append(tuple(look.get(W + name) for name in ("firstRow", "lastRow", "noVBand")))
    return found


def test_the_table_style_draws_cards() -> None:
    package = _file(Cards((PLAIN,) * 4, per_row=2))
    tables = _tables(package, "KPI Cards")
    assert [len(table._tbl.tr_lst) for table in tables] == [1, 1]
    assert _looks(package) == [("0", "0", "0")] * 2
    for table in tables:
        properties = {child.tag for cell in table._tbl.iter(W + "tcPr") for child in cell}
        assert properties == {W + "tcW"}


def test_the_trend_lines_of_a_line_of_cards_are_the_last_row_of_its_table() -> None:
    package = _file(Cards((replace(PLAIN, trend=trend()), PLAIN, PLAIN, PLAIN), per_row=2))
    assert _looks(package) == [("1", "1", "0"), ("0", "0", "0")]
    first, second = (_cells(table) for table in _tables(package, "KPI Cards"))
    assert [len(row) for row in first] == [3, 3]
    assert [row[0].find(f".//{W}drawing") is not None for row in first] == [False, True]
    assert len(second) == 1


def test_cards_are_as_wide_as_a_page_turned_on_its_side() -> None:
    cards = Cards((PLAIN,) * 2, per_row=2)
    upright, turned = _tables(_file(cards, PageBreak(landscape=True), cards), "KPI Cards")
    page = MODERN.page
    for table, width in ((upright, page.text_width), (turned, page.turned.text_width)):
        found = sum(int(str(column.get(W + "w"))) for column in table._tbl.iter(W + "gridCol"))
        assert found == round(width * 20)


def test_a_short_last_line_of_cards_keeps_the_width_of_the_others() -> None:
    first, second = (_cells(table)[0] for table in _tables(_file(Cards((PLAIN,) * 5, per_row=3)), "KPI Cards"))
    widths = [[cell.find(f"{W}tcPr/{W}tcW").get(W + "w") for cell in row] for row in (first, second)]
    assert widths[1] == widths[0][:3]


def test_lines_of_cards_stay_on_one_page_with_their_notes() -> None:
    body = part(_file(Cards((PLAIN,) * 4, per_row=2, notes=(both("注。", "Note."),)), REGIONS))
    kept = [
        paragraph.find(f"{W}pPr/{W}keepNext") is not None
        for table in body.iter(W + "tbl")
        if _value(table, "tblPr/tblStyle") == "KPICards"
        for paragraph in table.iter(W + "p")
        if words_in(paragraph)
    ]
    assert kept == [True] * 12


def test_many_lines_of_cards_may_go_on_on_the_next_page() -> None:
    for count, kept in ((3, [True, True, False]), (4, [False] * 4)):
        lines = _tables(_file(Cards((PLAIN,) * count, per_row=1)), "KPI Cards")
        found = [{p.find(f"{W}pPr/{W}keepNext") is not None for p in line._tbl.iter(W + "p")} for line in lines]
        assert found == [{each} for each in kept]


def test_a_doubtful_card_is_told_by_its_frame_in_the_colours_of_a_warning() -> None:
    package = _file(Cards((PLAIN, DOUBTFUL), per_row=2))
    plain, _, doubtful = _cells(_tables(package, "KPI Cards")[0])[0]
    assert plain.find(f"{W}tcPr/{W}tcBorders") is None
    frame = doubtful.find(f"{W}tcPr/{W}tcBorders")
    assert frame is not None
    assert [side.get(W + "val") for side in frame] == ["dashed"] * 4
    assert {_value(paragraph, "pPr/pStyle") for paragraph in doubtful.iter(W + "p")} == {
        "KPILabelDoubtful",
        "KPILabelEnglish",
        "KPIValueDoubtful",
    }


def test_the_frame_of_a_doubtful_card_with_a_trend_line_goes_round_both_its_parts() -> None:
    package = _file(Cards((replace(DOUBTFUL, trend=trend()),)))
    sides = [
        [side.tag.removeprefix(W) for side in cell.iter() if side.getparent().tag == W + "tcBorders"]
        for row in _cells(_tables(package, "KPI Cards")[0])
        for cell in row
    ]
    assert sides == [["top", "left", "right"], ["left", "bottom", "right"]]


def test_cards_are_told_in_words_for_readers_who_cannot_see_them() -> None:
    description = _tables(_file(Cards((PLAIN, DOUBTFUL))), "KPI Cards")[0]._tbl.tblPr.find(W + "tblDescription")
    assert description is not None
    assert description.get(W + "val") == "甲 A; 甲 A"
