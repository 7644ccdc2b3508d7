"""Trend lines on cards and in tables of a document: cells, notes, descriptions, record, and what is checked of them."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

import pytest

from figure_samples import ORIGIN as FIGURE_ORIGIN
from ipreport.cache import Cache
from ipreport.compose import Content, compose, content_of, verify, verify_editions
from ipreport.document import Cards, Document, Rendered, Span, Table, Text, document_texts
from ipreport.figures import draw_trends
from ipreport.language import Localized
from ipreport.metrics import MetricSet, Status
from ipreport.outline import (
    ByRegion,
    CardsBlock,
    CardSpec,
    Edition,
    Outline,
    RowGroup,
    TableColumn,
    TableSpec,
    TrendSpec,
)
from ipreport.style import MODERN
from ipreport.writers import plain
from province import province
from trend_lines import ORIGIN, STOCK, cards, faces, history, outline, table


def composed(wanted: Outline, record: MetricSet) -> tuple[Content, dict[Edition, Document]]:
    """The editions of a briefing, without anything wrong in them."""
    content = content_of(wanted, record, ())
    editions = {}
    for edition in Edition:
        style = MODERN.led_by(edition.languages[0])
        trends = draw_trends(wanted, record, edition.languages, style, faces(), Cache(None), content.marks)
        editions[edition] = compose(content, edition, {}, date(2025, 10, 15), trends)
        assert verify(editions[edition], content) == ()
    assert verify_editions(editions.values(), content) == ()
    return content, editions


def cards_of(document: Document) -> Cards:
    (found,) = (block for block in document.blocks if isinstance(block, Cards))
    return found


def table_of(document: Document) -> Table:
    (found,) = (block for block in document.blocks if isinstance(block, Table))
    return found


def notes(block: Cards | Table) -> list[list[str]]:
    return [[text.plain() for text in note] for note in block.notes]


# --- cards -----------------------------------------------------------------------


def test_a_card_that_asks_for_it_has_a_trend_line() -> None:
    wanted = cards(STOCK, "pledge_reg_amount")
    (block,) = wanted.cards()
    first, second = block.cards
    _, editions = composed(outline(CardsBlock((first, replace(second, trend=None)), 2)), province())

    lines = [card.trend for card in cards_of(editions[Edition.ZH]).cards]
    assert isinstance(lines[0], Rendered)
    assert lines[0].alt[0].plain().startswith("有效发明专利量（示例省）走势：")
    assert lines[1] is None


def test_below_cards_stands_once_which_time_they_show() -> None:
    _, editions = composed(cards(STOCK, "pledge_reg_amount"), province())

    assert notes(cards_of(editions[Edition.BILINGUAL])) == [
        [
            "季度走势（2023年第四季度至2025年第三季度），各有刻度。",
            "Quarterly trends (Q4 2023 to Q3 2025), each on its own scale.",
        ]
    ]
    assert notes(cards_of(editions[Edition.EN])) == [["Quarterly trends (Q4 2023 to Q3 2025), each on its own scale."]]


def test_cards_without_trend_lines_have_no_note() -> None:
    _, editions = composed(outline(CardsBlock((CardSpec(STOCK, ORIGIN),), 3)), province())

    assert notes(cards_of(editions[Edition.ZH])) == []


def test_the_note_tells_breaks_gaps_and_lines_by_the_year() -> None:
    _, editions = composed(cards("gi_product", "satisfaction"), province())
    _, gapped = composed(cards("now"), history("10", "20", None, "30", "40"))

    assert notes(cards_of(editions[Edition.BILINGUAL])) == [
        [
            "季度走势（2023年第四季度至2025年第三季度），年度走势（2022年至2024年），各有刻度，虚线处口径调整。",
            (
                "Quarterly trends (Q4 2023 to Q3 2025), yearly trends (2022 to 2024), each on its own scale, "
                "dashed where the definition changed."
            ),
        ]
    ]
    assert notes(cards_of(gapped[Edition.BILINGUAL])) == [
        [
            "季度走势（2024年第三季度至2025年第三季度），各有刻度，断开处缺数。",
            "Quarterly trends (Q3 2024 to Q3 2025), each on its own scale, interrupted where values are missing.",
        ]
    ]


# --- tables of metrics -----------------------------------------------------------


def test_a_column_of_trend_lines_has_a_head_a_picture_a_row_and_a_note() -> None:
    _, editions = composed(table(STOCK, "patent_grant_um"), province())
    found = table_of(editions[Edition.BILINGUAL])

    assert [[text.plain() for text in cell.texts] for cell in found.head[0].cells] == [
        ["指标", "Indicator"],
        ["走势", "Trend"],
    ]
    for row in found.body:
        assert row.cells[1].texts == ()
        assert row.cells[1].picture is not None
        assert row.cells[0].picture is None
    assert notes(found)[0] == [
        "注：季度走势（2023年第四季度至2025年第三季度），累计数取单季，各有刻度，圆点为末期。",
        (
            "Note: quarterly trends (Q4 2023 to Q3 2025), figures to date as single quarters, "
            "each on its own scale, ending in a dot."
        ),
    ]
    assert [text.plain() for text in found.description] == [
        "表。共2行，列为指标、走势。",
        "Table. 2 rows; columns: indicator, trend.",
    ]


def test_stocks_alone_need_no_word_about_single_quarters() -> None:
    _, editions = composed(table(STOCK), province())

    assert notes(table_of(editions[Edition.ZH])) == [
        ["注：季度走势（2023年第四季度至2025年第三季度），各有刻度，圆点为末期。"]
    ]


def test_a_line_that_rests_on_revised_figures_says_so() -> None:
    _, editions = composed(table("pledge_reg_amount"), province())

    assert notes(table_of(editions[Edition.ZH]))[1:] == [["含依据修订数计算的数值。"]]
    assert notes(table_of(editions[Edition.EN]))[1:] == [["Includes values worked out from revised figures."]]


def test_a_provisional_value_is_told_with_its_state() -> None:
    record = history("10", "20", "30")
    marked = replace(
        record,
        observations=tuple(
            replace(m, status=Status.PROVISIONAL) if m.key == "before2" else m for m in record.observations
        ),
    )
    _, editions = composed(table("now"), marked)
    found = table_of(editions[Edition.BILINGUAL])

    picture = found.body[0].cells[1].picture
    assert picture is not None
    assert "由10件（初步数）（2025年3月底）升至30件" in picture.alt[0].plain()
    assert notes(found)[1:] == [["含依据初步数计算的数值。", "Includes values worked out from provisional figures."]]


# --- tables by region ------------------------------------------------------------


def by_region(*keys: str, sort: str, rank: bool = False) -> Outline:
    spec = TableSpec(
        "t",
        Localized("各市州", "By prefecture"),
        (RowGroup(None, keys),),
        (TableColumn.NAME, TableColumn.VALUE),
        (),
        FIGURE_ORIGIN,
        ByRegion(sort, rank),
        trend=TrendSpec(ORIGIN),
    )
    return outline(spec)


def test_by_region_the_lines_stand_behind_the_metric_that_sorts() -> None:
    wanted = by_region("patent_hv_share", "patent_invention_per10k", sort="patent_invention_per10k", rank=True)
    _, editions = composed(wanted, province())
    found = table_of(editions[Edition.ZH])

    heads = [cell.texts[0].plain() for cell in found.head[0].cells]
    assert heads == ["地区", "高价值发明专利占比", "每万人口发明专利拥有量（件/万人）", "走势", "位次"]
    assert len(found.columns) == 5
    for row in found.body:
        told = [cell.picture.alt[0].plain() for cell in row.cells if cell.picture is not None]
        assert len(told) == 1
        assert f"（{row.cells[0].texts[0].plain()}）走势：" in told[0]
        assert row.cells[3].picture is not None


def test_a_region_without_the_value_has_no_line() -> None:
    _, editions = composed(by_region("gi_users", sort="gi_users"), province())
    rows = {row.cells[0].texts[0].plain(): row for row in table_of(editions[Edition.ZH]).body}

    assert rows["辛州"].cells[2].picture is None
    assert rows["辛州"].cells[2].texts[0].plain() == "—"
    assert sum(row.cells[2].picture is not None for row in rows.values()) == 8


# --- what is checked and recorded ------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [("20200件", "20100件", "R24"), ("升至", "降至", "R15"), ("2025年9月底", "2025年8月底", "R15")],
)
def test_a_description_that_says_something_else_is_found(old: str, new: str, rule: str) -> None:
    content, editions = composed(cards(STOCK), province())
    document = editions[Edition.BILINGUAL]
    block = cards_of(document)
    (card,) = block.cards
    assert card.trend is not None
    changed = tuple(_reworded(text, old, new) for text in card.trend.alt)
    spoilt = replace(block, cards=(replace(card, trend=replace(card.trend, alt=changed)),))
    blocks = tuple(spoilt if entry is block else entry for entry in document.blocks)

    assert changed != card.trend.alt
    assert rule in {problem.rule for problem in verify(replace(document, blocks=blocks), content)}


def _reworded(text: Text, old: str, new: str) -> Text:
    spans = (
        replace(each, text=each.text.replace(old, new)) if isinstance(each, Span) else each for each in text.inlines
    )
    return replace(text, inlines=tuple(spans))


def test_every_picture_is_recorded_with_its_place_and_its_files() -> None:
    on_cards, in_table = cards(STOCK, "patent_grant_um"), table("patent_hv_share")
    _, editions = composed(outline(*on_cards.cards(), *in_table.tables()), province())
    record = editions[Edition.EN].record

    assert [(picture.label, picture.where) for picture in record.pictures] == [
        ("trend-1", "Section › cards 1, card 1"),
        ("trend-2", "Section › cards 1, card 2"),
        ("trend-3", "Section › Table 1, row 1"),
    ]
    line = cards_of(editions[Edition.EN]).cards[0].trend
    assert line is not None
    assert record.pictures[0].alternative == line.alt[0].plain()
    digests = tuple(hashlib.sha256(each).hexdigest() for each in (line.picture.png, line.picture.svg))
    assert record.pictures[0].digests == digests


def test_descriptions_are_texts_of_the_document_and_no_text_of_its_pages() -> None:
    _, editions = composed(cards(STOCK), province())
    document = editions[Edition.ZH]
    told = "有效发明专利量（示例省）走势：由15233件（2023年12月底）升至20200件（2025年9月底）。"

    assert told in [text.plain() for text in document_texts(document)]
    assert told not in [stretch.text for stretch in document.record.printed]
    assert f"* 有效发明专利量: 20200件 (同比增长17.1%) [{told}]\n季度走势" in plain.write(document).decode("utf-8")
