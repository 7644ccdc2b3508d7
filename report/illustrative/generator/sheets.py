"""The province as an office keeps it: a sheet a theme, quarters across under their years, prefectures down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xlsx import Cell, Look, Sheet

from province import PROVINCE, QUARTERS, SHOWN, YEAR_ENDS, Values, province

MISSING = "—"
NOT_REPORTED = ("地理标志专用标志用标企业数", "辛州", (2025, 3))
"""What one prefecture did not report. The province counts from its own register, so its number is whole."""

REVISED = ("专利商标质押融资登记金额", "丙州", (2025, 2))
"""What was corrected after the issue of the second quarter, in which one contract stood twice."""
STOOD_TWICE = 600
"""The contract's amount, in 万元."""


@dataclass(frozen=True)
class Line:
    """A metric of a sheet: its name, unit, and the look of its values. `of` names the drawn series if another."""

    name: str
    unit: str
    look: Look = Look.COUNT
    of: str = ""

    @property
    def series(self) -> str:
        """The name under which the values were drawn."""
        return self.of or self.name


@dataclass(frozen=True)
class Block:
    """Lines under one kind of period: 期末 has month ends, 累计 years to date, 当季 single quarters."""

    title: str
    kind: str
    lines: tuple[Line, ...]


_PER_10K, _SHARE, _MONEY, _ONE = Look.TWO_PLACES, Look.PERCENT, Look.MONEY, Look.ONE_PLACE

THEMES: dict[str, tuple[Block, ...]] = {
    "创造": (
        Block(
            "期末数",
            "期末",
            (
                Line("有效发明专利量", "件"),
                Line("高价值发明专利拥有量", "件"),
                Line("每万人口发明专利拥有量", "件/万人", _PER_10K),
                Line("每万人口高价值发明专利拥有量", "件/万人", _PER_10K),
                Line("高价值发明专利占比", "%", _SHARE),
                Line("有效注册商标量", "件"),
                Line("经营主体数", "户"),
                Line("每件注册商标对应经营主体数", "户/件", _ONE),
            ),
        ),
        Block(
            "年初至期末累计数",
            "累计",
            (
                Line("专利授权量", "件"),
                Line("发明专利授权量", "件"),
                Line("实用新型专利授权量", "件"),
                Line("外观设计专利授权量", "件"),
                Line("PCT国际专利申请量", "件"),
            ),
        ),
        Block("当季数", "当季", (Line("发明专利授权量", "件", of="当季发明专利授权量"),)),
    ),
    "运用": (
        Block(
            "期末数",
            "期末",
            (Line("地理标志产品累计认定数", "个"), Line("地理标志专用标志用标企业数", "家")),
        ),
        Block(
            "年初至期末累计数",
            "累计",
            (
                Line("专利商标质押融资登记金额", "万元"),
                Line("涉及专利的技术合同成交额", "亿元", _MONEY),
                Line("专利转让许可备案次数", "次"),
            ),
        ),
        Block("年初至期末累计数（金融管理部门提供）", "累计", (Line("质押融资实际放款额", "万元"),)),
    ),
    "保护": (
        Block(
            "年初至期末累计数",
            "累计",
            (
                Line("上期结转与本期立案案件数", "件"),
                Line("办结知识产权纠纷案件数", "件"),
                Line("结案率", "%", _SHARE),
                Line("知识产权行政处罚案件数", "件"),
                Line("罚没款金额", "万元", _MONEY),
            ),
        ),
    ),
    "服务": (
        Block("期末数", "期末", (Line("知识产权公共服务机构（网点）数", "家"),)),
        Block("年初至期末累计数", "累计", (Line("培训人次", "人次"),)),
    ),
}
"""The sheets that are kept by quarters."""

_HEADS = {
    "期末": ("3月末", "6月末", "9月末", "12月末"),
    "累计": ("1—3月", "1—6月", "1—9月", "1—12月"),
    "当季": ("一季度", "二季度", "三季度", "四季度"),
}
_LABELS = ("指标", "地区", "单位")
_NOTES = {
    "运用": (
        "注：辛州未报送2025年9月末用标企业数；全省数取自省级核准名录，不受影响。"
        "丙州2025年1—6月质押登记金额于10月更正，全省数相应更正。"
    ),
}
_ABOUT = (
    "示例数据：由程序按固定种子生成，不反映任何真实地区。甲州至辛州均为虚构。",
    "各表按专题分列，指标在下，季度在右；“—”表示未报送。",
    "期末数为当季末时点数，累计数自当年1月1日起，当季数为单季数；全省数为八个州之和，比值和比率由分子、分母计算。",
    "每万人口指标的分母：1—3季度用上年末常住人口，年末用当年末常住人口。",
)
_YEARLY = (("常住人口", "万人"), ("知识产权保护社会满意度", "分"))
_WIDTHS = (30.0, 9.0, 8.5)


def sheets(last: tuple[int, int] = SHOWN[-1], *, before_revision: bool = False) -> list[Sheet]:
    """The workbook up to the quarter `last`; `before_revision` as it stood when that quarter's issue came out."""
    metrics = province()
    if before_revision:
        _put_back(metrics)
    number = SHOWN.index(last) + 1
    made = [_about(), *(_theme(name, blocks, metrics, number) for name, blocks in THEMES.items())]
    return [*made, _yearly(metrics)]


def _put_back(metrics: dict[str, Values]) -> None:
    """The value that was corrected later, and the province's sum with it."""
    name, region, quarter = REVISED
    for each in (PROVINCE, region):
        row = metrics[name][each]
        at = SHOWN.index(quarter)
        row[at] = (row[at] or Decimal(0)) + STOOD_TWICE


def _about() -> Sheet:
    sheet = Sheet("说明", (96.0,))
    sheet.add([Cell("示例省知识产权统计台账（示例数据）", Look.TITLE)])
    for text in _ABOUT:
        sheet.add([Cell(text, Look.NOTE)])
    return sheet


def _theme(name: str, blocks: Sequence[Block], metrics: dict[str, Values], number: int) -> Sheet:
    sheet = Sheet(name, (*_WIDTHS, *(10.0 for _ in range(number))), frozen=len(_LABELS))
    sheet.add([Cell(f"示例省知识产权{name}情况（示例数据）", Look.TITLE)], merged_to=len(_LABELS) + number)
    for index, block in enumerate(blocks, start=1):
        sheet.add([])
        sheet.add([Cell(f"表{index}　{block.title}", Look.SECTION)])
        _heads(sheet, _HEADS[block.kind], SHOWN[:number])
        for line in block.lines:
            _rows(sheet, line, metrics[line.series], number)
    if name in _NOTES and SHOWN[number - 1] == QUARTERS[-1]:
        sheet.add([])
        sheet.add([Cell(_NOTES[name], Look.NOTE)])
    return sheet


def _heads(sheet: Sheet, words: Sequence[str], quarters: Sequence[tuple[int, int]]) -> None:
    """Two rows: the years, each merged over its quarters, and the quarters."""
    top = sheet.height + 1
    years = [year for year, _ in quarters]
    sheet.add([*(Cell(label, Look.HEAD) for label in _LABELS), *(Cell(f"{year}年", Look.HEAD) for year in years)])
    below = [Cell(words[quarter - 1], Look.HEAD) for _, quarter in quarters]
    sheet.add([*(Cell(label, Look.HEAD) for label in _LABELS), *below])
    for column in range(1, len(_LABELS) + 1):
        sheet.merge((top, column), (top + 1, column))
    for year in dict.fromkeys(years):
        first = len(_LABELS) + 1 + years.index(year)
        sheet.merge((top, first), (top, first + years.count(year) - 1))


def _rows(sheet: Sheet, line: Line, values: Values, number: int) -> None:
    top = sheet.height + 1
    for region, row in values.items():
        own = Look.PROVINCE if region == PROVINCE else Look.LABEL
        cells = [Cell(line.name, Look.NAME), Cell(region, own), Cell(line.unit, own)]
        cells += _value_cells(line, region, row[:number])
        sheet.add(cells)
    sheet.merge((top, 1), (top + len(values) - 1, 1))


def _value_cells(line: Line, region: str, row: Sequence[Decimal | None]) -> Iterator[Cell]:
    for quarter, value in zip(SHOWN, row, strict=False):
        left_out = (line.name, region, quarter) == NOT_REPORTED
        yield Cell(MISSING if value is None or left_out else value, line.look, strong=region == PROVINCE)


def _yearly(metrics: dict[str, Values]) -> Sheet:
    sheet = Sheet("年度", (*_WIDTHS, 11.0, 11.0, 11.0, 11.0), frozen=len(_LABELS))
    sheet.add([Cell("示例省人口与年度调查（示例数据）", Look.TITLE)], merged_to=len(_LABELS) + len(YEAR_ENDS))
    people, survey = (Line(name, unit, Look.TWO_PLACES) for name, unit in _YEARLY)
    blocks = (
        ("表1　常住人口", people, [f"{year}年末" for year in YEAR_ENDS]),
        ("表2　社会满意度（每年调查一次）", survey, [f"{year}年" for year in YEAR_ENDS[1:]]),
    )
    for title, line, periods in blocks:
        sheet.add([])
        sheet.add([Cell(title, Look.SECTION)])
        sheet.add([Cell(label, Look.HEAD) for label in (*_LABELS, *periods)])
        _rows(sheet, line, metrics[line.series], len(periods))
    return sheet
