"""Tables of metrics with what stands beside a value, and tables by region."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import ipreport
from helpers import BRIEFING, METRICS, Copy, copy_of, everything_below
from ipreport.compose import Content, compose, content_of, verify
from ipreport.compose import check as check_content
from ipreport.compose.regions import money_columns
from ipreport.document import Cards, Document, RowRole, Span, Table
from ipreport.language import LANGUAGES
from ipreport.outline import Edition
from ipreport.readers import read
from ipreport.rules import findings
from ipreport.wording import read_back_cell

REGIONS = Path(__file__).parent / "data" / "regions"


@pytest.fixture(scope="module")
def content() -> Content:
    source = read(REGIONS)
    return content_of(source.outline, source.metrics, findings(source.metrics))


@pytest.fixture(scope="module")
def documents(content: Content) -> dict[Edition, Document]:
    return {edition: compose(content, edition, {}, date(2025, 10, 15)) for edition in Edition}


@pytest.fixture
def regions(tmp_path: Path) -> Copy:
    return copy_of(REGIONS, tmp_path)


def table(document: Document, name: str) -> Table:
    (found,) = (block for block in document.blocks if isinstance(block, Table) and block.label == f"table-{name}")
    return found


def cells(found: Table) -> list[list[str]]:
    """The words of every row with the raised marks, the two languages of a cell with a stroke between them."""
    return [
        [" | ".join(text.plain() for text in cell.texts) for cell in row.cells] for row in (*found.head, *found.body)
    ]


def test_the_briefing_has_no_problem_and_prints_what_was_recorded(
    content: Content, documents: dict[Edition, Document]
) -> None:
    assert check_content(content) == []
    assert all(verify(document, content) == () for document in documents.values())


def test_a_column_says_what_stands_beside_a_value(documents: dict[Edition, Document]) -> None:
    assert cells(table(documents[Edition.ZH], "columns")) == [
        ["指标", "数值", "上年同期", "同比", "位次", "目标"],
        ["有效发明专利量", "1000件初步数", "800件", "25.0%", "第2位", "1200件（2027年）"],
        ["每件注册商标对应经营主体数", "4.9户/件", "—", "—", "—", "5户/件（2025年）"],
        ["罚没款金额", "36.97万元", "—", "—", "—", "—"],
        ["知识产权行政处罚案件数", "7件", "5件", "+2件", "—", "—"],
        ["区域公用品牌价值", "19.6亿元估计数", "—", "—", "—", "—"],
    ]
    assert cells(table(documents[Edition.EN], "columns"))[1:3] == [
        ["Invention patents in force", "1,000 patentsp", "800 patents", "25.0%", "2nd", "1,200 patents (2027)"],
        ["Business entities per registered trademark", "4.9", "n/a", "n/a", "n/a", "5 (2025)"],
    ]
    assert cells(table(documents[Edition.BILINGUAL], "more")) == [
        ["指标 | Indicator", "环比 | Quarter on quarter", "较上年末 | Since year-end", "完成率 | Completion",
         "数据状态 | Status"],
        ["有效发明专利量 | Invention patents in force", "1.0%", "11.1%", "83.3%", "初步数 | provisional"],
        ["每件注册商标对应经营主体数 | Business entities per registered trademark", "— | n/a", "— | n/a", "102.0%",
         "—"],
        ["罚没款金额 | Fines and confiscations", "— | n/a", "— | n/a", "— | n/a", "—"],
        ["知识产权行政处罚案件数 | Administrative penalty cases", "— | n/a", "— | n/a", "— | n/a",
         "—"],
        ["区域公用品牌价值 | Assessed brand value", "— | n/a", "— | n/a", "— | n/a",
         "估计数 | estimated"],
    ]  # fmt: skip


def test_a_table_by_region_has_the_regions_in_rows_and_the_home_region_last(documents: dict[Edition, Document]) -> None:
    assert cells(table(documents[Edition.ZH], "regions")) == [
        ["地区", "有效发明专利量（件）", "每件注册商标对应经营主体数（户/件）", "罚没款金额（万元）", "位次"],
        ["西州", "600", "—", "34.47", "首位"],
        ["东州", "300", "5.1", "2.50", "第2位"],
        ["北州", "100", "4.2", "—", "第3位"],
        ["甲省", "1000初步数", "4.9", "36.97", "—"],
    ]
    assert cells(table(documents[Edition.EN], "regions")) == [
        ["Region", "Invention patents in force", "Business entities per registered trademark",
         "Fines and confiscations (million yuan)", "Rank"],
        ["West", "600", "n/a", "0.3447", "1st"],
        ["East", "300", "5.1", "0.0250", "2nd"],
        ["North", "100", "4.2", "n/a", "3rd"],
        ["Province A", "1,000p", "4.9", "0.3697", "—"],
    ]  # fmt: skip


def test_a_table_by_region_says_when_and_from_where(documents: dict[Edition, Document]) -> None:
    found = table(documents[Edition.BILINGUAL], "regions")

    assert [text.plain() for text in found.notes[-1]] == ["数据来源：[1]。", "Source: [1]."]
    assert all(row.role is RowRole.BODY and len(row.cells) == 5 for row in found.body)
    (span,) = found.body[0].cells[3].texts[0].inlines
    assert isinstance(span, Span)
    assert (span.text, span.value_key) == ("34.47", "penalty_w")


def test_an_amount_under_the_head_of_its_column_is_read_back(content: Content) -> None:
    (column,) = money_columns("penalty_w", content)
    value = content.metrics["penalty_w"].value

    assert value is not None
    for language in LANGUAGES:
        reading = read_back_cell(column.cell(value)[language], language, column)
        assert reading is not None
        assert reading.holds(value)
    assert list(money_columns("patents_w", content)) == []


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("          sort: tm_entities_per_mark\n", ["北州", "东州", "西州", "甲省"]),
        ("", ["东州", "西州", "北州", "甲省"]),
    ],
)
def test_regions_are_sorted_the_best_first_or_stand_as_in_the_file(regions: Copy, sort: str, order: list[str]) -> None:
    regions.change(BRIEFING, "          sort: patent_invention_in_force\n          rank: true\n", sort)
    source = read(regions.folder)
    document = compose(content_of(source.outline, source.metrics, ()), Edition.ZH, {}, date(2025, 10, 15))

    assert [row[0] for row in cells(table(document, "regions"))[1:]] == order


def test_a_card_without_words_of_its_own_says_change_and_rank(documents: dict[Edition, Document]) -> None:
    (cards,) = (block for block in documents[Edition.BILINGUAL].blocks if isinstance(block, Cards))
    details = [[text.plain() for text in card.detail] for card in cards.cards]

    assert details == [
        [
            "初步数，同比增长25.0%，居全国第2位（共2个地区）",
            "provisional; up 25.0% year on year; 2nd of 2 in the nation",
        ],
        ["由上年同期的5件增至7件", "from 5 a year earlier to 7"],
        ["估计数", "estimated"],
        ["罚没", "Fines"],
    ]


@pytest.mark.usefixtures("plain_only")
def test_a_briefing_with_all_of_this_is_built_and_explained(regions: Copy) -> None:
    regions.build()
    written = b"".join(everything_below(regions.root / "output").values()).decode()

    assert "居全省首位（共3个市州），完成规划目标的83.3%。" in written
    assert {place.text for place in ipreport.explain(regions.folder, "penalty_w").places} >= {"34.47"}


BY_REGION = "          by: region\n"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (BY_REGION, "          by: town\n", "expected"),
        (BY_REGION, "", "'sort' is for tables by region: add 'by: region'"),
        (BY_REGION, BY_REGION + "          columns: [name, value]\n",
         "a table by region has no 'columns': its columns are the metrics under 'rows:'"),
        ("sort: patent_invention_in_force", "sort: penalty_cases",
         "the table does not show 'penalty_cases': sort by one of the metrics under 'rows:'"),
        ("          sort: patent_invention_in_force\n", "",
         "a rank needs the metric it is taken by: add 'sort:' with one of the metrics under 'rows:'"),
        ("penalty_amount]\n          sort", "penalty_amount, penalty_cases, gi_brand_value]\n          sort",
         "the table 'regions' has 7 columns, region, rank and trend included: at most 6 columns fit on a page"),
        ("penalty_amount]\n          sort", "penalty_amount, penalty_amount]\n          sort",
         "the metric 'penalty_amount' stands twice in the table: name each column once"),
        ("previous, yoy, rank, target]", "previous, yoy, qoq, rank, target]",
         "the table 'columns' has 7 columns: at most 6 columns fit on a page; make two tables"),
        ("rows: [patent_invention_in_force, tm_entities_per_mark, penalty_amount]\n          sort",
         "rows: [patent_invention_in_force, per_mark_e]\n          sort",
         "'per_mark_e' is of another region"),
    ],
)  # fmt: skip
def test_a_table_that_cannot_be_is_refused(regions: Copy, old: str, new: str, message: str) -> None:
    regions.change(BRIEFING, old, new)
    told, _, hint = message.partition(": ")

    assert any(told in problem and hint in problem for problem in regions.check())


def test_a_table_by_region_needs_regions(regions: Copy) -> None:
    for _ in range(3):
        regions.change(METRICS, "within: 甲省", "within: 乙省")

    assert any("no regions are within Province A" in problem for problem in regions.check())
