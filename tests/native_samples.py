"""Charts that a word processor draws itself, of every kind, from the records of the sample province."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from figure_samples import MARKS, figure
from ipreport.cache import Cache
from ipreport.document import Caption, CaptionKind, Document, Figure, NativeChart, NativePoint, NativeSeries, text
from ipreport.figures import CHARTS
from ipreport.figures.data import ChartData, Numbers
from ipreport.figures.gather import gather
from ipreport.figures.native import convert, settle
from ipreport.figures.select import select
from ipreport.fonts import Faces, find_faces
from ipreport.language import EN, ZH, Language, Localized
from ipreport.metrics import MetricSet
from ipreport.outline import Against, By, Every, FigureSpec
from ipreport.style import MODERN, FigureWidth
from ipreport.wording import Rounding
from province import province
from showcase import picture, showcase

BOTH = (ZH, EN)
EDITIONS: dict[str, tuple[Language, ...]] = {"zh": (ZH,), "en": (EN,), "bilingual": BOTH}
NOTICE = Localized("示例数据", "Illustrative data")
GRANTS = ("patent_grant_invention", "patent_grant_um", "patent_grant_design")
PLEDGES = "pledge_reg_amount"

SPECS: dict[str, FigureSpec] = {
    "column": figure("column", values=(PLEDGES,), last=8),
    "column-by-region": figure("column", values=("patent_invention_in_force",), by=By.REGION),
    "grouped": figure("grouped-column", series=GRANTS, last=5),
    "grouped-by-region": figure("grouped-column", series=GRANTS[:2], by=By.REGION),
    "against": figure("grouped-column", values=GRANTS, against=Against.YEAR),
    "stacked": figure("stacked-column", series=GRANTS, last=5),
    "percent-stacked": figure("percent-stacked-column", series=GRANTS, last=5),
    "combination": figure("combination", columns=GRANTS[1:2], lines=(GRANTS[0], GRANTS[2]), last=8),
    "line": figure("line", series=("patent_invention_in_force",), last=8),
    "lines": figure("line", series=GRANTS, last=12),
    "line-by-year": figure("line", series=("dispute_close_rate",), every=Every.YEAR),
    "line-with-break": figure("line", series=("gi_product",)),
    "line-by-region": figure("line", series=("patent_invention_per10k",), by=By.REGION, last=8, highlight="ding"),
    "part-of-whole": figure("part-of-whole", whole=("patent_invention_in_force",), part=("patent_invention_hv",)),
}
"""A figure or more of every kind that a word processor can draw."""


def gathered(
    spec: FigureSpec,
    languages: tuple[Language, ...] = BOTH,
    *,
    metrics: MetricSet | None = None,
    marks: Mapping[str, str] = MARKS,
    rounding: Rounding = Rounding.HALF_EVEN,
) -> ChartData:
    """The values of a figure in words, at the width that it names."""
    numbers = CHARTS[spec.kind].numbers(spec) if spec.kind in CHARTS else Numbers.COMMON
    selected = select(spec, province() if metrics is None else metrics)
    assert selected.problems == ()
    return gather(selected, numbers, languages, marks, MODERN.figure_width(spec.width), rounding, NOTICE)


def converted(data: ChartData) -> NativeChart:
    """The chart of these values."""
    remark = CHARTS[data.kind].remark(data) if data.kind in CHARTS else None
    return convert(data, settle(data, remark), MODERN.led_by(data.languages[0]))


def native(spec: FigureSpec, languages: tuple[Language, ...] = BOTH, **given: object) -> NativeChart:
    """The chart of a figure; what is given goes to `gathered`."""
    return converted(gathered(spec, languages, **given))  # type: ignore[arg-type]  # the names are those of `gathered`


def document(edition: str = "bilingual", width: FigureWidth = FigureWidth.FULL) -> Document:
    """A document with nothing but every sample, each drawn by the word processor."""
    languages, made = EDITIONS[edition], showcase()
    figures = []
    for number, (name, spec) in enumerate(SPECS.items(), start=1):
        texts = tuple(text(language, name) for language in languages)
        caption = Caption(CaptionKind.FIGURE, number, texts)
        chart = native(replace(spec, width=width), languages)
        figures.append(Figure(name, caption, picture(), (), texts, chart))
    return replace(made, meta=replace(made.meta, languages=languages, edition=edition), blocks=tuple(figures))


def faces() -> Faces:
    """The faces that pictures are drawn in."""
    return find_faces(None, Cache(None))


def points(chart: NativeChart) -> list[tuple[NativeSeries, NativePoint]]:
    """Every value with its series."""
    return [(series, point) for series in chart.series for point in series.points if point is not None]


def labels(series: NativeSeries) -> list[str]:
    """What stands at each value, lines parted by a stroke."""
    return [
        "/".join("".join(piece.text for piece in each) for each in point.label)
        for point in series.points
        if point is not None
    ]


def plain(chart: NativeChart) -> list[str]:
    """The lines of the title."""
    return ["  ".join(text.plain() for text in texts) for texts in chart.title]


def named(chart: NativeChart) -> list[tuple[str, str]]:
    """Name and group of every category."""
    parts = [(category.name, category.group) for category in chart.categories]
    return [("/".join(t.plain() for t in name), "/".join(t.plain() for t in group)) for name, group in parts]
