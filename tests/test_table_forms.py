"""Tables that lie across a page, decimal columns, heads that span columns."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from helpers import BRIEFING, METRICS, Copy, copy_of
from ipreport.compose import compose, content_of, verify
from ipreport.compose.alignment import aligned
from ipreport.compose.chart_table import _units
from ipreport.document import (
    Align,
    Cell,
    ChartTable,
    Citation,
    Column,
    Document,
    PageBreak,
    Row,
    ShownValue,
    Span,
    Table,
    Text,
)
from ipreport.language import EN, ZH, Language, Localized
from ipreport.metrics import UNITS
from ipreport.outline import MOST_COLUMNS_ACROSS, Edition, TableWidth
from ipreport.readers import read
from ipreport.writers import plain

REGIONS = Path(__file__).parent / "data" / "regions"
ROWS = "          rows: [patent_invention_in_force, tm_entities_per_mark, penalty_amount]\n          sort"
GROUPS = """\
          groups:
            - title: {zh: 创造, en: Creation}
              metrics: [patent_invention_in_force, tm_entities_per_mark]
            - title: {zh: 保护, en: Protection}
              metrics: [penalty_amount]
          sort"""


@pytest.fixture
def regions(tmp_path: Path) -> Copy:
    return copy_of(REGIONS, tmp_path)


def document(copy: Copy, edition: Edition = Edition.BILINGUAL) -> Document:
    source = read(copy.folder)
    content = content_of(source.outline, source.metrics, ())
    made = compose(content, edition, {}, date(2025, 10, 15))
    assert verify(made, content) == ()
    return made


def table(made: Document, name: str) -> Table:
    (found,) = (block for block in made.blocks if isinstance(block, Table) and block.label == f"table-{name}")
    return found


def aligns(found: Table) -> list[str]:
    return [column.align.value for column in found.columns]


def words(cell: Cell) -> str:
    return " | ".join(text.plain() for text in cell.texts)


# --- across a page -------------------------------------------------------------------


def test_a_landscape_table_has_pages_of_its_own(regions: Copy) -> None:
    regions.change(BRIEFING, "          id: more\n", "          id: more\n          width: landscape\n")

    blocks = document(regions).blocks

    place = blocks.index(table(document(regions), "more"))
    assert blocks[place - 1] == PageBreak(landscape=True)
    assert blocks[place + 1] == PageBreak()
    assert sum(isinstance(block, PageBreak) for block in blocks) == 2


def test_landscape_tables_on_end_have_no_upright_page_between_them(regions: Copy) -> None:
    for name in ("columns", "more"):
        regions.change(BRIEFING, f"          id: {name}\n", f"          id: {name}\n          width: landscape\n")

    breaks = [block for block in document(regions).blocks if isinstance(block, PageBreak)]

    assert breaks == [PageBreak(landscape=True), PageBreak(landscape=True), PageBreak()]


def test_a_page_on_its_side_has_room_for_more_columns(regions: Copy) -> None:
    wide = "name, value, previous, yoy, qoq, since_year_end, rank, target, completion, source"
    regions.change(BRIEFING, "columns: [name, value, previous, yoy, rank, target]", f"columns: [{wide}]")
    (refused,) = regions.check()
    assert refused.endswith(
        "the table 'columns' has 10 columns (sections[0].blocks[2].table.columns)\n"
        "    hint: at most 6 columns fit on a page; make two tables, or write 'width: landscape' for up to 10"
    )

    regions.change(BRIEFING, "          id: columns\n", "          id: columns\n          width: landscape\n")
    assert regions.check() == []
    assert len(table(document(regions), "columns").columns) == MOST_COLUMNS_ACROSS == 10

    regions.change(BRIEFING, f"columns: [{wide}]", f"columns: [{wide}, note]")
    (refused,) = regions.check()
    assert refused.endswith(
        "the table 'columns' has 11 columns (sections[0].blocks[2].table.columns)\n"
        "    hint: at most 10 columns fit on a page turned on its side; make two tables"
    )


def test_a_table_by_region_may_lie_across_a_page_too(regions: Copy) -> None:
    more = "penalty_amount, penalty_cases, gi_brand_value, patents_w_2]"
    regions.change(METRICS, "metrics:\n", _like("patent_invention_hv", "patents_w_2"))
    regions.change(BRIEFING, ROWS, ROWS.replace("penalty_amount]", more))
    assert any("has 8 columns, region, rank and trend included" in problem for problem in regions.check())

    regions.change(BRIEFING, "          id: regions\n", "          id: regions\n          width: landscape\n")

    assert regions.check() == []
    assert read(regions.folder).outline.tables()[2].width is TableWidth.LANDSCAPE
    assert len(table(document(regions), "regions").columns) == 8


def _like(metric: str, key: str) -> str:
    observation = f"{{metric: {metric}, id: {key}, value: '40', unit: patent, period: 2025-09-30, source: s}}"
    return f"metrics:\n  - {observation}\n"


@pytest.mark.parametrize("width", ["half", "two-thirds", "wide"])
def test_a_table_has_no_other_width(regions: Copy, width: str) -> None:
    regions.change(BRIEFING, "          id: more\n", f"          id: more\n          width: {width}\n")

    (problem,) = regions.check()
    assert f"expected 'full' or 'landscape', found '{width}' (sections[0].blocks[3].table.width)" in problem


# --- decimal columns -----------------------------------------------------------------


def test_columns_of_one_unit_are_set_on_their_points(regions: Copy) -> None:
    made = document(regions)

    assert aligns(table(made, "columns")) == ["left", "right", "right", "right", "centre", "right"]
    assert aligns(table(made, "more")) == ["left", "decimal", "decimal", "decimal", "centre"]
    assert aligns(table(made, "regions")) == ["left", "decimal", "decimal", "decimal", "centre"]


def test_values_are_set_on_their_points_where_all_rows_are_of_one_unit(regions: Copy) -> None:
    rows = "rows: [patent_invention_in_force, tm_entities_per_mark, penalty_amount, penalty_cases, gi_brand_value]"
    columns = "\n          columns: [name, value, previous, yoy, rank, target]"
    regions.change(BRIEFING, rows + columns, "rows: [patent_invention_in_force, patents_w, patents_e]" + columns)

    found = table(document(regions), "columns")

    assert [words(row.cells[1]) for row in found.body] == [
        "1000件初步数 | 1,000 patentsp", "600件 | 600 patents", "300件 | 300 patents",
    ]  # fmt: skip
    assert aligns(found)[1:4] == ["right", "right", "decimal"]
    assert aligns(table(document(regions, Edition.ZH), "columns"))[1:4] == ["decimal", "decimal", "decimal"]
    # What a target is for stands behind its number.
    assert aligns(found)[5] == "right"


def test_one_word_for_one_is_no_other_unit() -> None:
    rows = [_row("+1 case", "+1 case"), _row("+2 cases", "+2 cases"), _row("n/a", "n/a")]

    assert _aligned(_in_one(rows, EN), None) is Align.DECIMAL


@pytest.mark.parametrize("language", [ZH, EN])
def test_two_words_for_a_unit_end_at_the_edge_and_one_stands_behind_the_digits(language: Language) -> None:
    rows = [_row("36.97万元", "369,700 yuan"), _row("超过2.5万元", "over 25,000 yuan")]

    assert _aligned(rows, None) is Align.RIGHT
    assert _aligned(_in_one(rows, language), None) is Align.DECIMAL


@pytest.mark.parametrize(
    ("rows", "unit", "expected"),
    [
        ([("36.97万元", "369,700 yuan"), ("1.2亿元", "120 million yuan")], "yuan", Align.RIGHT),
        ([("36.97万元", "369,700 yuan"), ("2.50万元", "25,000 yuan")], "yuan", Align.RIGHT),
        ([("15.2%", "15.2%"), ("2.9个百分点", "2.9 pp")], None, Align.RIGHT),
        ([("15.2%", "15.2%"), ("−3.0%", "−3.0%")], None, Align.DECIMAL),
        ([("由5件增至7件", "from 5 to 7")], None, Align.RIGHT),
        ([("1200件（2027年）", "1,200 patents (2027)")], "patent", Align.RIGHT),
        ([("—", "n/a"), ("口径调整", "definition changed")], "patent", Align.RIGHT),
        ([("98", "98"), ("超过120件", "over 120 patents")], "patent", Align.DECIMAL),
        ([("1件", "1 patent"), ("2件", "2 patents")], "patent", Align.RIGHT),
        ([("98", "98"), ("1.2万", "12,000")], "patent", Align.RIGHT),
    ],
)  # fmt: skip
def test_what_stands_behind_the_digits_decides(rows: list[tuple[str, str]], unit: str | None, expected: Align) -> None:
    assert _aligned([_row(*row) for row in rows], unit) is expected


def test_raised_marks_and_rows_that_head_others_do_not_count() -> None:
    mark = Citation("check-1", "①", ZH)
    marked = Row((Cell(()), Cell((Text(ZH, (Span("2.5%", ZH), mark)),))))
    group = Row((Cell((Text(ZH, (Span("2025年", ZH),)),), span=2),))

    assert _aligned([group, marked, _row("10%", "10%")], None) is Align.DECIMAL


def test_a_column_that_nobody_asked_about_stays(regions: Copy) -> None:
    columns = (Column(1), Column(1, Align.RIGHT))

    assert aligned(columns, [_row("1%", "1%")], {}) == columns
    assert table(document(regions), "regions").columns[-1].align is Align.CENTRE


def _row(zh: str, en: str) -> Row:
    def text(language: Language, characters: str) -> Text:
        return Text(language, (Span(characters, language),))

    return Row((Cell(()), Cell((text(ZH, zh),) if zh == en else (text(ZH, zh), text(EN, en)))))


def _in_one(rows: list[Row], language: Language) -> list[Row]:
    """The rows in the edition of one language."""

    def narrowed(cell: Cell) -> Cell:
        kept = tuple(text for text in cell.texts if text.language is language)
        return replace(cell, texts=kept or tuple(replace(text, language=language) for text in cell.texts))

    return [replace(row, cells=tuple(map(narrowed, row.cells))) for row in rows]


def _aligned(rows: list[Row], unit: str | None) -> Align:
    columns = (Column(1), Column(1, Align.RIGHT))
    return aligned(columns, rows, {1: None if unit is None else UNITS[unit]})[1].align


def test_the_data_of_a_chart_are_set_on_their_points_where_they_are_of_one_unit(regions: Copy) -> None:
    source = read(regions.folder)
    content = content_of(source.outline, source.metrics, ())
    name = Localized.same("x")

    def column(*keys: str | None) -> ChartTable:
        rows = tuple((name, (None if key is None else ShownValue(name, key),)) for key in keys)
        return ChartTable((name, name), rows)

    assert _units(column("patents_w", None, "patents_e"), content) == {1: UNITS["patent"]}
    assert _units(column("patents_w", "penalty_w"), content) == {}
    assert _units(column("patents_w/growth/patents_e"), content) == {1: None}


# --- heads that span ------------------------------------------------------------------


def test_titled_groups_span_the_heads_of_their_metrics(regions: Copy) -> None:
    regions.change(BRIEFING, ROWS, GROUPS)

    found = table(document(regions), "regions")

    upper, lower = found.head
    assert [(words(cell), cell.span, cell.rows) for cell in upper.cells] == [
        ("地区 | Region", 1, 2), ("创造 | Creation", 2, 1), ("保护 | Protection", 1, 1), ("位次 | Rank", 1, 2),
    ]  # fmt: skip
    assert [cell.align for cell in upper.cells] == [None, Align.CENTRE, Align.CENTRE, None]
    assert [words(cell) for cell in lower.cells] == [
        "有效发明专利量（件） | Invention patents in force",
        "每件注册商标对应经营主体数（户/件） | Business entities per registered trademark",
        "罚没款金额（万元） | Fines and confiscations (million yuan)",
    ]
    assert sum(cell.span for cell in upper.cells) == len(found.columns) == len(lower.cells) + 2
    assert all(len(row.cells) == 5 for row in found.body)
    assert [text.plain() for text in found.description] == [
        ("各市州情况。共4行，列为地区、创造（有效发明专利量（件）、每件注册商标对应经营主体数（户/件））、"
         "保护（罚没款金额（万元））、位次。"),
        ("By prefecture. 4 rows; columns: Region, Creation (Invention patents in force, Business entities per "
         "registered trademark), Protection (Fines and confiscations (million yuan)), Rank."),
    ]  # fmt: skip


def test_heads_without_a_title_cover_both_rows(regions: Copy) -> None:
    regions.change(
        BRIEFING,
        ROWS,
        "          rows: [patent_invention_in_force]\n          groups:\n"
        "            - {title: {zh: 其他, en: Other}, metrics: [tm_entities_per_mark, penalty_amount]}\n          sort",
    )

    upper, lower = table(document(regions), "regions").head

    assert [(cell.span, cell.rows) for cell in upper.cells] == [(1, 2), (1, 2), (2, 1), (1, 2)]
    assert len(lower.cells) == 2


def test_groups_without_titles_need_no_second_row(regions: Copy) -> None:
    regions.change(BRIEFING, ROWS, GROUPS.replace("title: {zh: 创造, en: Creation}\n              ", "")
                   .replace("title: {zh: 保护, en: Protection}\n              ", ""))  # fmt: skip
    found = table(document(regions), "regions")

    assert len(found.head) == 1
    assert len(found.head[0].cells) == 5


def test_the_heads_of_a_table_are_written_and_recorded_row_by_row(regions: Copy) -> None:
    regions.change(BRIEFING, ROWS, GROUPS)
    made = document(regions, Edition.EN)

    lines = plain.write(made).decode().splitlines()
    place = lines.index("Region | Creation | Protection | Rank")
    assert lines[place + 1].startswith("Invention patents in force | Business entities")
    heads = [s.text for s in made.record.printed if s.where.endswith("Table 3, head")]
    assert heads == [
        "Region", "Creation", "Protection", "Rank", "Invention patents in force",
        "Business entities per registered trademark", "Fines and confiscations (million yuan)",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("metrics: [penalty_amount]", "metrics: []",
         ("a group of the table has no metrics (sections[0].blocks[4].table.groups)\n"
          "    hint: list them under 'metrics:', or delete the group")),
        ("metrics: [penalty_amount]", "metrics: [penalty_amount, patent_invention_in_force]",
         ("the metric 'patent_invention_in_force' stands twice in the table (sections[0].blocks[4].table.groups)\n"
          "    hint: name each column once")),
        ("metrics: [penalty_amount]", "metrics: [penalty_amount, penalty_cases, gi_brand_value]",
         ("the table 'regions' has 7 columns, region, rank and trend included (sections[0].blocks[4].table.groups)\n"
          "    hint: at most 6 columns fit on a page")),
        ("sort: patent_invention_in_force", "sort: penalty_cases",
         ("the table does not show 'penalty_cases' (sections[0].blocks[4].table.sort)\n"
          "    hint: sort by one of the metrics under 'groups:'")),
    ],
)  # fmt: skip
def test_heads_that_cannot_be_are_refused(regions: Copy, old: str, new: str, message: str) -> None:
    regions.change(BRIEFING, ROWS, GROUPS)
    regions.change(BRIEFING, old, new)

    assert any(message in problem for problem in regions.check())


def test_a_group_without_metrics_is_refused_in_a_table_of_metrics_too(small: Copy) -> None:
    place = small.change(
        BRIEFING, "          columns: [name,", "          groups: [{metrics: []}]\n          columns: [name,"
    )

    (problem,) = small.check()
    assert problem.startswith(f"{small.shorten(place)}:11: block: a group of the table has no metrics")
