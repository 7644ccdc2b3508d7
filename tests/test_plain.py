"""The plain text of a document."""

from __future__ import annotations

import re
from dataclasses import replace

from docx_helpers import EDITIONS
from ipreport.document import Contents, ContentsKind, document_texts
from ipreport.writers.plain import write
from showcase import both, showcase


def _lines(edition: str = "bilingual") -> list[str]:
    return write(EDITIONS[edition]).decode("utf-8").splitlines()


def test_every_text_is_written() -> None:
    for edition, document in EDITIONS.items():
        written = re.sub(r" <https://[^>]*>", "", "\n".join(_lines(edition)))
        for text in document_texts(document):
            assert text.plain() in written


def test_blocks_stand_in_reading_order() -> None:
    lines = _lines()
    told = "[有效发明专利走势：升至356件。 / Patents in force, trend: rising to 356.]"
    expected = [
        "知识产权工作简报 / IP Work Briefing",
        "示例数据 / Illustrative data",
        "第1期 / Issue 1",
        "# 本期要点 / Summary",
        f"* 有效发明专利 / Invention patents in force: 356件 / 356 patents {told}",
        "* (?) 签约金额 / Contracts signed: 250万元 / 2.5 million yuan (据来源原文 / as stated by the source)",
        "* 每万人口 / Per 10,000 population: 7.52",
        "季度走势，各有刻度。 / Quarterly trends, each on its own scale.",
        "### 细项 / Detail",
        "- 第一项：继续推进。",
        "  First: go on.",
        "1. 甲",
        "   alpha",
        "图1 高价值专利占比 / Figure 1 Share of high-value patents",
        "[条形图：356件。 / Bar chart: 356 patents.]",
        "(!) 数据有疑点，见附件。",
        "表1 专利授权量 / Table 1 Patents granted",
        "指标 / Indicator | 数值 / Value | 来源 / Source",
        "[创造 / Creation]",
        "专利授权量（第1项） / Patents granted, item 1 | 100件 / 100 patents | [1]",
        f"专利授权量（第29项） / Patents granted, item 29 | 128件 / 128 patents | {told}",
        "注：数据为示例。 / Note: the data are made up.",
        "# 数据来源 / Sources",
        "[1] 公开报道，第1组。",
        "    Published account, group 1.",
    ]
    places = [lines.index(line) for line in expected]
    assert places == sorted(places)


def test_contents_without_an_entry_say_nothing() -> None:
    empty = Contents(ContentsKind.TABLES, both("表目录", "Tables"), ())
    bare = replace(showcase(), blocks=())
    assert write(replace(bare, blocks=(empty,))) == write(bare)


def test_links_show_their_address() -> None:
    assert any(line.startswith("来源页面 <https://www.example.org/a?b=1&c=2>：R&D <投入>") for line in _lines())


def test_an_edition_in_one_language_has_one_line_each() -> None:
    assert "# Summary" in _lines("en")
    assert not [line for line in _lines("en") if "专利" in line]


def test_same_input_same_bytes() -> None:
    assert write(showcase()) == write(showcase())
    assert write(showcase()).endswith(b"(30 copies)\n")
