"""Names by which the styles of a template are found, and what its own names become."""

from __future__ import annotations

import pytest
from lxml import etree

from docx_helpers import W
from ipreport.writers.docx import read_brand
from ipreport.writers.docx.brand.cascade import Cascade
from ipreport.writers.docx.brand.names import canonical, chinese, english
from ipreport.writers.docx.brand.style_checks import house_styles
from office_parts import DEFAULTS, package, style, styles


def kept(*entries: str) -> Cascade:
    """What is taken over of these styles."""
    brand = read_brand(package({"styles": styles(*entries)}), "office.docx")
    root = brand.tree(brand.styles)
    assert root is not None
    return Cascade(root)


def said(entry: etree._Element, name: str) -> list[str | None]:
    return [each.get(W + "val") for each in entry.iterfind(W + name)]


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("heading 1", "Heading 1"),
        ("heading 1", "标题 1"),
        ("heading 1", "标题1"),
        ("heading 2", "标题　２"),
        ("Title", "标题"),
        ("Normal", "正文"),
        ("Body Text", "正文文本"),
        ("header", "页眉"),
        ("footer", "页脚"),
        ("caption", "题注"),
        ("toc 2", "目录 2"),
        ("Strong", "要点"),
        ("KPI Value", "kpi  value"),
    ],
)
def test_names_are_compared_as_word_does(name: str, other: str) -> None:
    assert canonical(name) == canonical(other)


def test_names_that_differ_are_told_apart() -> None:
    names = [style for kind, style in house_styles().values()]

    assert len({canonical(name) for name in names}) == len(names)
    assert canonical("标题 4") not in {canonical(name) for name in names}
    assert english("机关正文") is None


def test_chinese_names_lead_back_to_english_ones() -> None:
    for name in ("heading 1", "toc 3", "Body Text", "caption", "header", "Hyperlink"):
        assert english(chinese(name) or "") == name
    assert chinese("KPI Value") is None


def test_further_names_behind_a_comma_become_aliases() -> None:
    """As files of before Word 2007 have them; a comma is no part of a name (17.7.4.9)."""
    heading = kept(*DEFAULTS, style("1", "Heading 1,标题一,H1")).styles["1"]
    own = kept(*DEFAULTS, style("x", "机关备注, 备注")).styles["x"]

    assert (said(heading, "name"), said(heading, "aliases")) == (["heading 1"], ["标题一,H1"])
    assert (said(own, "name"), said(own, "aliases")) == (["机关备注"], ["备注"])


def test_of_several_default_styles_the_last_counts() -> None:
    both = style("a", "甲", default=True), style("b", "乙", default=True)

    assert kept(*both).default("paragraph") == "b"


def test_a_long_line_of_styles_takes_time_in_proportion() -> None:
    """Followed to its end from each style anew, this one would take minutes."""
    line = [style(f"s{number}", f"s{number}", parent=f"s{number - 1}") for number in range(1, 3000)]

    assert len(kept(*DEFAULTS, style("s0", "s0"), *line).styles) == 3004
