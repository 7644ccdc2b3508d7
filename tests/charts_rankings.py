"""Rankings, slopes of several values and bullets: sample figures and the records they are drawn from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache

from figure_samples import ORIGIN, figure
from helpers import SMALL, at
from ipreport.cache import Cache
from ipreport.compose import Content, content_of
from ipreport.document import DrawnPath, DrawnText, Rendered
from ipreport.figures import draw
from ipreport.fonts import Faces
from ipreport.language import EN, ZH, Language, Localized
from ipreport.metrics import (
    Direction,
    Metric,
    MetricSet,
    Period,
    PeriodKind,
    Plan,
    Qualifier,
    Region,
    Source,
    Status,
)
from ipreport.outline import Against, By, FigureSpec, Section
from ipreport.readers import read
from ipreport.style import MODERN
from province import province

NOW, BEFORE = "2025-09-30", "2024-09-30"
TO_DATE = "2025-01/2025-09"
HOME = "home"
PLAN = Plan("plan", Localized("五年规划", "Five-year plan"))
YEAR = Plan("year", Localized("年度计划", "Annual plan"), annual=True)
NAMES: Mapping[str, Localized] = {
    "east": Localized("东州", "East"),
    "west": Localized("西州", "West"),
    "north": Localized("北州", "North"),
    "south": Localized("南州", "South"),
}
LONG: Mapping[str, Localized] = {
    "east": Localized(
        "国家级东部知识产权综合改革试验联动发展示范区",
        "Eastern demonstration area of coordinated IP reform and administration",
    ),
    "west": Localized("Knowledgepropertyprotectioncentre", "Rechtsschutzversicherungsgesellschaften"),
    "north": Localized("北州", "North"),
    "south": Localized("南州", "South"),
}


def regional(metric_id: str, period: str, values: Mapping[str, str | None]) -> list[Metric]:
    """A metric of several regions at one time; their keys are metric, region and, before now, year."""
    suffix = "" if period in {NOW, TO_DATE} else f"_{period[:4]}"
    return [
        at(period, value, metric_id, key=f"{metric_id}_{region}{suffix}", region=region)
        for region, value in values.items()
    ]


def record(
    metrics: Sequence[Metric], names: Mapping[str, Localized] = NAMES, targets: Sequence[Metric] = ()
) -> MetricSet:
    """A record whose regions are within the home region."""
    regions = tuple(Region(region, name, HOME) for region, name in names.items())
    region = Localized("甲省", "Province A")
    source = Source("bulletin", 1, Localized("公报", "Bulletin"), None, None, None, None, ORIGIN)
    return MetricSet(tuple(metrics), (source,), (), region, regions=regions, home=HOME, targets=tuple(targets))


def target(metric_id: str, value: str, *, plan: Plan = YEAR, year: int = 2025, **changes: object) -> Metric:
    """What a plan wants of the home region by the end of a year."""
    key = f"{metric_id}_target_{year}"
    period = Period(PeriodKind.YEAR, date(year, 1, 1), date(year, 12, 31))
    return replace(at(NOW, value, metric_id, key=key, region=HOME), period=period, plan=plan, **changes)  # type: ignore[arg-type]


# --- records ---------------------------------------------------------------------

SERVICES = {"east": "12", "west": "31", "north": "31", "south": "7"}


@cache
def tied() -> MetricSet:
    """Service points: two of four regions are equal; of trademarks one region has none, of another it is revised."""
    marks = regional("tm_valid", NOW, {"east": "700", "west": "900", "north": None, "south": "80"})
    marks[0] = replace(marks[0], status=Status.REVISED)
    services = [*regional("service_points", NOW, SERVICES), *regional("service_points", BEFORE, EARLIER)]
    return record([*services, *marks, *regional("tm_valid", BEFORE, dict.fromkeys(NAMES, "90"))])


EARLIER = {"east": "20", "west": "25", "north": "10", "south": "7"}


@cache
def with_long_names() -> MetricSet:
    """The same under names that have to be broken."""
    return record(tied().observations, LONG)


CASES: Mapping[str, tuple[str, str]] = {
    "east": ("30", "40"),
    "west": ("9", "12"),
    "north": ("15", "20"),
    "south": ("45", "50"),
    HOME: ("99", "122"),
}
"""Disputes closed, and all that were handled."""


@cache
def with_few_cases() -> MetricSet:
    """Clearance rates of few cases in some regions, and of the whole."""
    cases = {
        "east": ("30", "40"),
        "west": ("9", "12"),
        "north": ("15", "20"),
        "south": ("45", "50"),
        HOME: ("99", "122"),
    }
    metrics = []
    for region, (closed, load) in cases.items():
        rate = f"{Decimal(closed) / Decimal(load) * 100:.1f}"
        for metric_id, value in (("dispute_closed", closed), ("dispute_caseload", load), ("dispute_close_rate", rate)):
            metrics += regional(metric_id, TO_DATE, {region: value})
    return record(metrics)


@cache
def ranks() -> MetricSet:
    """The recorded rank of the home region at two times."""
    places = [(NOW, "2"), (BEFORE, "5")]
    return record([at(period, place, "rank_in_province", region=HOME) for period, place in places])


VALUES: tuple[tuple[str, str, str], ...] = (
    ("pledge_reg_amount", TO_DATE, "4600000000"),
    ("training", TO_DATE, "24000"),
    ("tech_contract_patent", TO_DATE, "700000000"),
    ("tm_entities_per_mark", NOW, "4.6"),
    ("patent_hv_per10k", NOW, "9.99"),
    ("gi_users", NOW, "190"),
)
"""The values of every state: met early, on schedule, behind, met where lower is better, not yet met, over."""


@cache
def targets() -> MetricSet:
    """Values with targets in every state that the end of September knows."""
    metrics = [at(period, value, metric_id, key=metric_id, region=HOME) for metric_id, period, value in VALUES]
    metrics[-1] = replace(metrics[-1], qualifier=Qualifier.OVER)
    wanted = [
        target("pledge_reg_amount", "4500000000"),
        target("training", "32000"),
        target("tech_contract_patent", "1000000000"),
        target("tm_entities_per_mark", "5.0", plan=PLAN),
        target("patent_hv_per10k", "10.00", plan=PLAN),
        target("gi_users", "100", plan=PLAN, status=Status.PROVISIONAL),
    ]
    assert metrics[3].definition.direction is Direction.DOWN
    return record(metrics, targets=wanted)


# --- figures ---------------------------------------------------------------------

SAMPLES: dict[str, tuple[FigureSpec, Callable[[], MetricSet]]] = {
    "ranking": (figure("ranking", values=("patent_invention_per10k",), highlight="ding"), province),
    "ranking-lower-is-better": (figure("ranking", values=("tm_entities_per_mark_ding",)), province),
    "ranking-of-money": (figure("ranking", values=("pledge_reg_amount",)), province),
    "ranking-with-ties": (figure("ranking", values=("service_points_west",)), tied),
    "ranking-undecided": (figure("ranking", values=("tm_valid_west",)), tied),
    "ranking-of-long-names": (figure("ranking", values=("service_points_west",)), with_long_names),
    "ranking-with-cases": (figure("ranking", values=("dispute_close_rate_home",), cases=True), with_few_cases),
    "slopes": (
        figure(
            "slope",
            values=("patent_grant_invention", "patent_grant_um", "patent_grant_design"),
            against=Against.YEAR,
        ),
        province,
    ),
    "slopes-by-region": (
        figure("slope", values=("patent_hv_share",), by=By.REGION, against=Against.YEAR_END, highlight="ding"),
        province,
    ),
    "slopes-of-places": (
        figure("slope", values=("service_points_west",), by=By.REGION, against=Against.YEAR, rank=True),
        tied,
    ),
    "slopes-of-long-names": (
        figure("slope", values=("tm_valid_west",), by=By.REGION, against=Against.YEAR),
        with_long_names,
    ),
    "slope-of-a-rank": (figure("slope", points=("rank_in_province_2024_09_30", "rank_in_province_2025_09_30")), ranks),
    "bullet": (
        figure("bullet", values=("patent_hv_per10k", "pledge_reg_amount", "dispute_close_rate", "training")),
        province,
    ),
    "bullet-of-every-state": (figure("bullet", values=tuple(metric_id for metric_id, _, _ in VALUES)), targets),
}
"""By name, each with its record."""


# --- what is drawn ---------------------------------------------------------------


def drawn(name: str, faces: Faces, languages: tuple[Language, ...] = (ZH, EN), **changes: object) -> Rendered:
    """A sample as a picture, with changes of its statement."""
    spec, known = SAMPLES[name]
    return drawn_of(replace(spec, **changes), known(), faces, languages)  # type: ignore[arg-type]


def drawn_of(spec: FigureSpec, known: MetricSet, faces: Faces, languages: tuple[Language, ...] = (ZH, EN)) -> Rendered:
    """A figure as a picture."""
    return draw(spec, known, languages, MODERN.led_by(languages[0]), faces, Cache(None), {})


def texts(rendered: Rendered) -> list[DrawnText]:
    """The words of a picture in the order of painting."""
    return [item for item in rendered.picture.drawing.items if isinstance(item, DrawnText)]


def paths(rendered: Rendered) -> list[DrawnPath]:
    """Its shapes and lines."""
    return [item for item in rendered.picture.drawing.items if isinstance(item, DrawnPath)]


def ends(path: DrawnPath) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of a shape or line."""
    points = [(float(segment[-2]), float(segment[-1])) for segment in path.segments if len(segment) > 2]
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def told(rendered: Rendered) -> tuple[str, ...]:
    """The descriptions."""
    return tuple(text.plain() for text in rendered.alt)


def content_with(specs: Sequence[FigureSpec], known: MetricSet) -> Content:
    """A briefing that shows some figures and nothing else."""
    outline = read(SMALL).outline
    section = Section("charts", Localized("图", "Charts"), 1, tuple(specs))
    return content_of(replace(outline, sections=(section,)), known, ())
