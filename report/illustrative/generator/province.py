"""A province that does not exist: eight prefectures, twelve quarters, every value consistent with the others.

Counts and amounts are drawn for each prefecture and quarter; everything else follows from them:
the province is the sum of its prefectures, years to date are sums of quarters, ratios are
quotients, rounded once. Only `random()` of a seeded generator and the four operations are used,
so that every version of Python draws the same numbers.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

SEED = 20251015
"""Drawn from once; another seed is another province."""

FIRST_YEAR, LAST_YEAR, LAST_QUARTER = 2022, 2025, 3
QUARTERS = [(year, quarter) for year in range(FIRST_YEAR, LAST_YEAR + 1) for quarter in range(1, 5)][:-1]
"""The quarters that are drawn: those of 2022 are needed for its year to date."""
SHOWN = QUARTERS[3:]
"""The twelve that the workbook holds: 2022 Q4 to 2025 Q3."""
YEAR_ENDS = range(FIRST_YEAR - 1, LAST_YEAR)

PROVINCE = "示例省"


@dataclass(frozen=True)
class Prefecture:
    """A made-up prefecture: `size` scales its counts, `lead` how strong it is for its size.

    `people` is its population at the end of 2021 in hundreds, and `growth` what it gains a year.
    """

    name: str
    people: int
    growth: int
    size: float
    lead: float


# 甲乙丙丁 are to Chinese what A B C D are to English: nobody takes them for places.
PREFECTURES = (
    Prefecture("甲州", 23412, 262, 1.000, 1.30),
    Prefecture("乙州", 15127, 71, 0.560, 1.02),
    Prefecture("丙州", 11874, -38, 0.420, 0.94),
    Prefecture("丁州", 9631, 44, 0.395, 1.16),
    Prefecture("戊州", 7452, -52, 0.240, 0.88),
    Prefecture("己州", 5288, 19, 0.150, 0.81),
    Prefecture("庚州", 3163, -11, 0.085, 0.78),
    Prefecture("辛州", 1246, 3, 0.030, 0.70),
)
NAMES = [prefecture.name for prefecture in PREFECTURES]

Values = dict[str, list[Decimal | None]]
"""A metric's values: for each region one a quarter of `SHOWN` (or a year), None where there is none."""

# How a year's work spreads over its quarters: plans are met towards the end.
_SEASONS = (0.21, 0.25, 0.25, 0.29)


class _Draw:
    """Series of a prefecture, drawn in a fixed order."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - sample data, not a secret

    def swing(self, width: float) -> float:
        """A number within `width` of 1, mostly near it."""
        three = self._random.random() + self._random.random() + self._random.random()
        return 1 + width * (three / 1.5 - 1)

    def flow(self, yearly: float, growth: float, width: float, least: int = 0) -> list[int]:
        """A count in every quarter, from so many in the first year, with seasons, growing by `growth` a year."""
        level, drawn = yearly, []
        own = growth + 0.09 * (self.swing(1) - 1)
        for index, (_, quarter) in enumerate(QUARTERS):
            if index and quarter == 1:
                level *= (1 + own) * self.swing(width / 4)
            drawn.append(max(least, round(level * _SEASONS[quarter - 1] * self.swing(width))))
        return drawn

    def stock(self, first: float, growth: float, width: float) -> list[int]:
        """A count at the end of every quarter that grows by about `growth` a year and does not fall."""
        level, drawn = first, []
        own = growth * self.swing(0.3)
        for _ in QUARTERS:
            level *= 1 + own / 4 * self.swing(width)
            drawn.append(round(level))
        return drawn


def quotient(above: Decimal | None, below: Decimal | None, places: int, times: int = 1) -> Decimal | None:
    """`above` over `below`, rounded once, half to even."""
    if above is None or not below:
        return None
    return (above * times / below).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)


def to_date(quarters: Sequence[int]) -> list[int]:
    """Years to date from single quarters."""
    sums: list[int] = []
    for (_, quarter), value in zip(QUARTERS, quarters, strict=True):
        sums.append(value + (sums[-1] if quarter > 1 else 0))
    return sums


def shown(drawn: Iterable[int], scale: str = "1") -> list[Decimal | None]:
    """The shown quarters of a series, each times `scale`."""
    return [value * Decimal(scale) for value in list(drawn)[-len(SHOWN) :]]


def with_province(prefectures: Mapping[str, list[Decimal | None]]) -> Values:
    """The prefectures under their sum."""
    sums = [
        sum((value or Decimal(0) for value in column), Decimal(0)) for column in zip(*prefectures.values(), strict=True)
    ]
    return {PROVINCE: [*sums], **prefectures}


def ratio(above: Values, below: Values, places: int, times: int = 1) -> Values:
    """One metric over another, region by region."""
    return {
        region: [quotient(a, b, places, times) for a, b in zip(above[region], below[region], strict=True)]
        for region in above
    }


class _Province:
    """Every metric, drawn theme by theme."""

    def __init__(self) -> None:
        self.draw = _Draw(SEED)
        self.metrics: dict[str, Values] = {}

    def everything(self) -> dict[str, Values]:
        """All metrics by their Chinese names."""
        self._population()
        self._patents()
        self._trademarks()
        self._utilisation()
        self._protection()
        self._services()
        return self.metrics

    def _keep(self, name: str, series: Mapping[str, Iterable[int]], scale: str = "1") -> None:
        self.metrics[name] = with_province({region: shown(drawn, scale) for region, drawn in series.items()})

    def _population(self) -> None:
        people = {
            each.name: [Decimal(each.people + each.growth * step) / 100 for step in range(len(YEAR_ENDS))]
            for each in PREFECTURES
        }
        self.metrics["常住人口"] = with_province({name: [*values] for name, values in people.items()})

    def _population_by_quarter(self) -> Values:
        """What a value per 10,000 is divided by: the last year-end population, in 万人."""
        years = [year if quarter == 4 else year - 1 for year, quarter in SHOWN]
        return {
            region: [values[YEAR_ENDS.index(year)] for year in years]
            for region, values in self.metrics["常住人口"].items()
        }

    def _patents(self) -> None:
        draw, held, valuable = self.draw, {}, {}
        granted: dict[str, dict[str, list[int]]] = {name: {} for name in ("发明专利授权量", *_OTHER_PATENTS)}
        for each in PREFECTURES:
            grants = granted["发明专利授权量"][each.name] = draw.flow(1010 * each.size * each.lead, 0.10, 0.16)
            held[each.name], valuable[each.name] = self._held(each, grants)
            for name, (yearly, growth) in _OTHER_PATENTS.items():
                granted[name][each.name] = draw.flow(yearly * each.size * each.lead, growth, 0.18)
        self._keep("有效发明专利量", held)
        self._keep("高价值发明专利拥有量", valuable)
        self._patent_ratios()
        kinds = list(granted)[:3]  # PCT applications are no grants
        granted["专利授权量"] = {
            name: [sum(each) for each in zip(*(granted[kind][name] for kind in kinds), strict=True)] for name in NAMES
        }
        for name, series in granted.items():
            self._keep(name, {region: to_date(quarters) for region, quarters in series.items()})
        self._keep("当季发明专利授权量", granted["发明专利授权量"])

    def _held(self, prefecture: Prefecture, grants: Sequence[int]) -> tuple[list[int], list[int]]:
        """Patents in force and high-value ones at the end of every quarter: grants come, some lapse."""
        level, stock, high = 3150 * prefecture.size * prefecture.lead, [], []
        for index, granted in enumerate(grants):
            level = level + granted - round(level * 0.014 * self.draw.swing(0.3))
            share = 0.268 + 0.040 * prefecture.lead + 0.0052 * index
            stock.append(round(level))
            high.append(round(level * share * self.draw.swing(0.006)))
        return stock, high

    def _patent_ratios(self) -> None:
        held, valuable = self.metrics["有效发明专利量"], self.metrics["高价值发明专利拥有量"]
        people = self._population_by_quarter()
        self.metrics["每万人口发明专利拥有量"] = ratio(held, people, 2)
        self.metrics["每万人口高价值发明专利拥有量"] = ratio(valuable, people, 2)
        self.metrics["高价值发明专利占比"] = ratio(valuable, held, 3)

    def _trademarks(self) -> None:
        draw, marks, entities = self.draw, {}, {}
        for each in PREFECTURES:
            marks[each.name] = draw.stock(39000 * each.size, 0.085, 0.25)
            entities[each.name] = draw.stock(258000 * each.size * (2 - each.lead), 0.042, 0.2)
        self._keep("有效注册商标量", marks)
        self._keep("经营主体数", entities)
        self.metrics["每件注册商标对应经营主体数"] = ratio(
            self.metrics["经营主体数"], self.metrics["有效注册商标量"], 1
        )

    def _utilisation(self) -> None:
        draw, kept = self.draw, {name: dict[str, list[int]]() for name in _UTILISATION}
        products, users = {}, {}
        for each in PREFECTURES:
            for name, (yearly, growth, width, _) in _UTILISATION.items():
                kept[name][each.name] = draw.flow(yearly * each.size * each.lead, growth, width)
            start = round(4 + 9 * each.size)
            products[each.name] = [start + (index + round(each.size * 8)) // 6 for index, _ in enumerate(QUARTERS)]
            # Converted agricultural products join in the last quarter: from then on something else is counted.
            products[each.name][-1] += round(3 + 8 * each.size * draw.swing(0.3))
            users[each.name] = draw.stock(210 * each.size + 18, 0.17, 0.5)
        for name, (_, _, _, scale) in _UTILISATION.items():
            self._keep(name, {region: to_date(quarters) for region, quarters in kept[name].items()}, scale)
        self._keep("地理标志产品累计认定数", products)
        self._keep("地理标志专用标志用标企业数", users)

    def _protection(self) -> None:
        draw, filed, closed, cases, amounts = self.draw, {}, {}, {}, {}
        for each in PREFECTURES:
            new = draw.flow(118 * each.size + 2, 0.08, 0.22, least=1)
            filed[each.name], closed[each.name] = _worked_off(new, 0.80 + 0.06 * each.lead)
            cases[each.name] = draw.flow(96 * each.size, 0.05, 0.2, least=1)
            amounts[each.name] = [round(count * 214 * draw.swing(0.25)) for count in cases[each.name]]
        self._keep("上期结转与本期立案案件数", filed)
        self._keep("办结知识产权纠纷案件数", closed)
        self.metrics["结案率"] = ratio(
            self.metrics["办结知识产权纠纷案件数"], self.metrics["上期结转与本期立案案件数"], 3
        )
        self._keep("知识产权行政处罚案件数", {region: to_date(each) for region, each in cases.items()})
        self._keep("罚没款金额", {region: to_date(each) for region, each in amounts.items()}, "0.01")

    def _services(self) -> None:
        draw, points, training, content = self.draw, {}, {}, {}
        for each in PREFECTURES:
            points[each.name] = draw.stock(34 * each.size + 5, 0.13, 0.5)
            training[each.name] = to_date(draw.flow(7400 * each.size + 260, 0.09, 0.15))
            first = round(7990 + 260 * (each.lead - 1) + 70 * (draw.swing(1) - 1))
            content[each.name] = [first + round(step * 52 * draw.swing(0.5)) for step in range(3)]
        self._keep("知识产权公共服务机构（网点）数", points)
        self._keep("培训人次", training)
        # A survey has a mean of its own, in which prefectures count by their people.
        people = self.metrics["常住人口"]
        weights = {each.name: people[each.name][1] or Decimal(0) for each in PREFECTURES}
        means = [
            quotient(
                sum((weights[name] * content[name][step] for name in NAMES), Decimal(0)),
                sum(weights.values(), Decimal(0)) * 100,
                2,
            )
            for step in range(3)
        ]
        scores: Values = {name: [Decimal(value) / 100 for value in content[name]] for name in NAMES}
        self.metrics["知识产权保护社会满意度"] = {PROVINCE: [*means], **scores}


_OTHER_PATENTS = {
    "实用新型专利授权量": (2900, -0.11),
    "外观设计专利授权量": (820, -0.03),
    "PCT国际专利申请量": (46, 0.16),
}
"""Yearly count of the largest prefecture, and growth a year."""

_UTILISATION = {
    "专利商标质押融资登记金额": (96000, 0.17, 0.14, "1"),
    "质押融资实际放款额": (71000, 0.14, 0.14, "1"),
    "涉及专利的技术合同成交额": (1480, 0.12, 0.16, "0.01"),
    "专利转让许可备案次数": (560, 0.15, 0.16, "1"),
}
"""Yearly amount or count of the largest prefecture, growth a year, width, and how much one unit drawn is worth."""


def _worked_off(new: Sequence[int], pace: float) -> tuple[list[int], list[int]]:
    """Cases carried over and accepted, and cases closed, both from January, when so much of the load is closed."""
    loads: list[int] = []
    done: list[int] = []
    carried = max(1, new[0] // 2)
    for (_, quarter), accepted in zip(QUARTERS, new, strict=True):
        load = (carried if quarter == 1 else loads[-1]) + accepted
        before = 0 if quarter == 1 else done[-1]
        reached = round(load * (pace - 0.045 * (4 - quarter)))
        loads.append(load)
        done.append(min(load, max(before, reached, 1)))
        carried = load - done[-1]
    return loads, done


def province() -> dict[str, Values]:
    """Every metric by its Chinese name; the province first, then its prefectures."""
    return _Province().everything()
