"""The data of a chart as a table below it: the same values with their units, traced and marked."""

from __future__ import annotations

import pytest

import ipreport
from figure_samples import FIGURES, MARKS, figure, metric_set
from helpers import Copy
from ipreport.cache import Cache
from ipreport.document import ChartTable, ShownValue
from ipreport.figures import draw
from ipreport.fonts import find_faces
from ipreport.language import EN, ZH, Localized
from ipreport.metrics import MetricSet
from ipreport.outline import By, FigureSpec
from ipreport.style import MODERN
from province import province

BRIEFING = "briefing.yaml"


def table(spec: FigureSpec, record: MetricSet) -> ChartTable:
    drawn = draw(spec, record, (ZH, EN), MODERN, find_faces(), Cache(None), MARKS)
    assert drawn.table is not None
    return drawn.table


def test_periods_stand_down_and_series_across() -> None:
    data = table(figure("line", series=("patent_grant_invention", "patent_grant_um"), last=3), province())

    assert [head.en for head in data.heads] == ["Period", "Invention patents granted", "Utility models granted"]
    assert [name.zh for name, _ in data.rows] == ["2025年第一季度", "2025年第二季度", "2025年第三季度"]
    assert data.rows[2][1] == (
        ShownValue(Localized("975件", "975 patents"), "patent_grant_invention_2025q3"),
        ShownValue(
            Localized("1464件", "1,464 patents"),
            "patent_grant_um/quarter_after/patent_grant_um_2025_01_2025_06",
        ),
    )


def test_regions_are_rows_of_their_own() -> None:
    spec = figure("grouped-column", series=("patent_grant_invention", "patent_grant_um"), by=By.REGION)
    data = table(spec, province())

    assert data.heads[0].en == "Region"
    assert [name.zh for name, _ in data.rows][:3] == ["甲州", "乙州", "丙州"]


def test_a_gap_is_no_value() -> None:
    (*_, last) = table(figure("line", series=("patent_grant_um",), last=12), province()).rows

    assert last[1][0] is not None
    first = table(figure("line", series=("patent_grant_invention", "patent_grant_um"), last=12), province()).rows[0]
    assert first[1][1] is None


def test_whole_and_part_are_listed_with_their_units() -> None:
    data = table(FIGURES["share"], metric_set())

    assert data.heads == (Localized("指标", "Indicator"), Localized("数值", "Value"))
    assert [(name.en, cells[0].words.en) for name, cells in data.rows if cells[0]] == [
        ("Invention patents in force", "356 patents"),
        ("High-value invention patents", "101 patents"),
    ]


def test_a_figure_brings_its_table_on_request(small: Copy) -> None:
    kind = "          kind: part-of-whole\n"
    small.change(BRIEFING, kind, f"{kind}          with_table: true\n")
    built = small.build(editions=["en"])

    for path in built.documents:
        traced = ipreport.trace(path)
        assert traced.sound
        there = [number.text for number in traced.numbers if number.where == "Creation › table 1, row 2"]
        assert there == ["100 patents"]


def test_an_author_may_describe_a_chart_in_words_of_their_own(small: Copy) -> None:
    kind = "          kind: part-of-whole\n"
    value = "{{ patent_invention_in_force }}"
    own = f"          alt: {{zh: '有效{value}。', en: '{value} are in force.'}}\n"
    small.change(BRIEFING, kind, kind + own)
    built = small.build(editions=["zh", "en"])

    (svg,) = (small.root / "figures").rglob("share.en.svg")
    assert "<desc>400 patents are in force.</desc>" in svg.read_text(encoding="utf-8")
    assert all(ipreport.trace(path).sound for path in built.documents)


def test_a_description_is_checked_like_any_text_also_where_only_the_chart_is_drawn(small: Copy) -> None:
    kind = "          kind: part-of-whole\n"
    small.change(BRIEFING, kind, kind + "          alt: {zh: '有效{{ patents }}。', en: In force.}\n")

    with pytest.raises(ipreport.ReportError, match="unknown metric 'patents'"):
        ipreport.draw_figures(small.folder, ["share"])
