"""How findings on time and growth read in both languages, names, times and values filled in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from helpers import SMALL, at, growth, metric, metric_set
from ipreport.compose import Content, content_of
from ipreport.compose.annex import finding_message
from ipreport.language import EN, ZH, Localized
from ipreport.metrics import Issue, Metric, Region
from ipreport.readers import read
from ipreport.rules import findings

STOCK, CASES, GRANTS, TOTAL = "patent_invention_in_force", "dispute_closed", "patent_grant_invention", "gi_mark"
EAST = Region("east", Localized("东州", "East"))


def content(*metrics: Metric) -> Content:
    """These observations in a briefing on the third quarter of 2025."""
    outline = read(SMALL).outline
    record = replace(metric_set(*metrics), home="示例州", regions=(EAST,), issue=Issue(outline.period, outline.date))
    return content_of(outline, record, findings(record))


TOLD = [
    (
        "R06",
        [at("2025-01/2025-06", "40", CASES), at("2025-01/2025-09", "39", CASES)],
        "办结知识产权纠纷案件数2025年1—9月为39件，少于2025年1—6月的40件；累计数不会减少。 39 < 40",
        (
            "IP disputes resolved: 39 cases in January–September 2025, less than 40 cases in January–June 2025; "
            "a running total cannot fall. 39 < 40"
        ),
    ),
    (
        "R07",
        [at("2025Q1", "10", CASES), at("2025Q3", "30", CASES), at("2025-01/2025-09", "39", CASES)],
        (
            "办结知识产权纠纷案件数2025年1—9月为39件，少于其中的2025年第一季度的10件、"
            "2025年第三季度的30件，其余各季度只能为负。"
            " 10 + 30 = 40 > 39"
        ),
        (
            "IP disputes resolved: 39 cases in January–September 2025, less than 10 cases in Q1 2025 and "
            "30 cases in Q3 2025 "
            "in it; the rest would be below zero. 10 + 30 = 40 > 39"
        ),
    ),
    (
        "R08",
        [at("2025-09-30", "356", STOCK), at("2024-09-30", "300", STOCK), growth("15.2")],
        (
            "年增长幅度载为15.2%，而有效发明专利量截至2025年9月底为356件、截至2024年9月底为300件，算不出这一增幅。"
            " (356 − 300) ÷ 300 = 18.67% ≠ 15.2%"
        ),
        (
            "Annual growth is stated as 15.2%, which does not follow from 356 patents as of the end of "
            "September 2025 and "
            "300 patents as of the end of September 2024 (invention patents in force). (356 − 300) ÷ 300 = "
            "18.67% ≠ 15.2%"
        ),
    ),
    (
        "R09",
        [at("2025-09-30", "43.1", "patent_hv_share"), growth("2.9", of="patent_hv_share")],
        "年增长幅度载为2.9%；高价值发明专利占比的变化须用百分点表示。 % ≠ 百分点",
        (
            "Annual growth is stated as 2.9%; changes of “Share of high-value invention patents” are given "
            "in percentage "
            "points. % ≠ percentage points"
        ),
    ),
    (
        "R10",
        [growth("15", against="2024-06-30")],
        (
            "年增长幅度：15%，截至2025年9月底与2024年6月底相比；同比须与上年同期相比。 2025-09 − 2024-06 = "
            "15个月 ≠ 12个月"
        ),
        (
            "Annual growth: 15% as of the end of September 2025, measured against the end of June 2024; "
            "year on year means "
            "the same months of the year before. 2025-09 − 2024-06 = 15 months ≠ 12 months"
        ),
    ),
    (
        "R13",
        [at("2024Q3", "30", CASES), at("2025Q3", "310", CASES)],
        (
            "办结知识产权纠纷案件数2025年第三季度为310件，约为2024年第三季度30件的10倍，"
            "单位或小数点可能有误。 310 ÷ 30 = 10.33"
        ),
        (
            "IP disputes resolved: 310 cases in Q3 2025, about 10 times the 30 cases in Q3 2024; a unit or "
            "a decimal point "
            "may be wrong. 310 ÷ 30 = 10.33"
        ),
    ),
    (
        "R17",
        [at("2025Q4", "3", CASES)],
        "办结知识产权纠纷案件数2025年第四季度为3件，晚于本期报告期。 2025-12-31 > 2025-09-30",
        "IP disputes resolved: 3 cases in Q4 2025, which is later than the period reported. 2025-12-31 > 2025-09-30",
    ),
    (
        "R18",
        [growth("15", period="2025-01/2025-09", against="2024-01/2024-06")],
        "年增长幅度：15%，2025年1—9月与2024年1—6月相比，二者长短不一。 9个月 ≠ 6个月",
        (
            "Annual growth: 15% in January–September 2025, measured against January–June 2024, which is not as long. "
            "9 months ≠ 6 months"
        ),
    ),
    (
        "R22",
        [at("2025-06-30", "300", STOCK), at("2025-09-30", "356", STOCK), at("2025Q3", "40", GRANTS)],
        (
            "有效发明专利量截至2025年6月底为300件，截至2025年9月底为356件，增加数多于同期的发明专利授权量。"
            " 356 − 300 = 56 > 40"
        ),
        (
            "Invention patents in force: 300 patents as of the end of June 2025 and 356 patents as of the "
            "end of September "
            "2025, an increase beyond what is recorded to have flowed in (invention patents granted). 356 "
            "− 300 = 56 > 40"
        ),
    ),
]


@pytest.mark.parametrize(("rule", "metrics", "zh", "en"), TOLD, ids=[row[0] for row in TOLD])
def test_a_finding_reads_well_in_both_languages(rule: str, metrics: list[Metric], zh: str, en: str) -> None:
    told = content(*metrics)
    (entry,) = told.findings

    assert entry.finding.rule == rule
    assert finding_message(entry, told, ZH) == zh
    assert finding_message(entry, told, EN) == en


def test_a_footnote_takes_the_place_of_growth_across_a_break() -> None:
    told = content(metric("gi_product", "1"), growth("5", of="gi_product", period="2025-09-30"))
    (message,) = (finding_message(entry, told, EN) for entry in told.findings if entry.finding.rule == "R19")

    assert "asks for a footnote instead of a growth. The national count rises from 2,861 in mid 2025" in message


def test_a_value_of_another_region_is_named_with_it_whatever_its_key() -> None:
    falls = [
        at(period, value, TOTAL, key=f"gi_mark_东州_{value}", region="east")
        for period, value in (("2025-06-30", "40"), ("2025-09-30", "39"))
    ]
    told = content(*falls)
    (entry,) = told.findings

    assert finding_message(entry, told, ZH).startswith(
        "东州地理标志作为集体商标、证明商标注册量截至2025年9月底为39件，少于"
    )
    assert finding_message(entry, told, EN).startswith(
        "GIs registered as collective or certification marks (East): 39 "
    )


def test_a_finding_about_the_whole_record_marks_no_value() -> None:
    told = content(metric(STOCK, "356"))

    assert [entry.finding.rule for entry in told.findings] == ["R17"]
    assert told.marks_of(STOCK) == ()
