"""What `figures.py` measures, each in a process of its own: `python benchmarks/six_charts.py NAME FOLDER`.

`prepare` writes the six charts as numbers and texts, `ours` draws them from the record, `pyplot` from those numbers;
`build` builds the briefing; `workers` draws many pictures here and in pools of two. Each prints seconds as JSON.
Libraries are imported where the clock runs.
"""

from __future__ import annotations

import io
import json
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ipreport.document import Rendered
    from ipreport.figures.data import ChartData
    from ipreport.fonts import Faces
    from ipreport.outline import FigureSpec
    from ipreport.pipeline.checked import Checked

BRIEFING = Path(__file__).parent.parent / "report" / "illustrative"
DPI = 220

SIX: tuple[tuple[str, dict[str, tuple[str, ...]], dict[str, int]], ...] = (
    ("column", {"values": ("patent_invention_in_force",)}, {"last": 8}),
    ("grouped-column", {"series": ("patent_grant_invention", "patent_grant_um", "patent_grant_design")}, {"last": 5}),
    ("line", {"series": ("patent_grant_invention", "patent_grant_um")}, {"last": 12}),
    ("bar", {"values": ("dispute_closed", "penalty_cases")}, {}),
    ("slope", {"points": ("gi_users_2024_09_30", "gi_users")}, {}),
    ("part-of-whole", {"whole": ("patent_invention_in_force",), "part": ("patent_invention_hv",)}, {}),
)
"""Kind, parts and options of each chart."""


def main() -> None:
    """Run one of them."""
    name, folder = sys.argv[1:]
    print(json.dumps(CHILDREN[name](Path(folder))))


def prepare(base: Path) -> dict[str, float]:
    """Write the values, names and sizes of the six charts for pyplot, which is to read no record."""
    from ipreport.figures import CHARTS
    from ipreport.figures.gather import gather
    from ipreport.figures.select import select
    from ipreport.style import MODERN, FontRole

    ready = record()
    content = ready.content
    languages = content.outline.editions[0].languages
    charts = []
    for spec in specs():
        selected = select(spec, content.metrics)
        width = MODERN.figure_width(spec.width)
        charts.append(plain(gather(selected, CHARTS[spec.kind].numbers(spec), languages, {}, width, content.rounding)))
    font = ready.formats.faces.face(FontRole.SANS).path
    (base / "six.json").write_text(json.dumps({"font": str(font), "charts": charts}), encoding="utf-8")
    return {}


def plain(data: ChartData) -> dict[str, Any]:
    """A chart as numbers and texts."""
    return {
        "kind": data.kind,
        "width": data.width / 72,
        "title": f"{data.title.zh}\n{data.title.en}",
        "names": [f"{category.name.zh}\n{category.name.en}" for category in data.categories],
        "series": [
            {
                "name": f"{series.name.zh} / {series.name.en}",
                "values": [None if point is None else float(point.value) for point in series.points],
                "words": ["" if point is None else f"{point.text.zh}\n{point.text.en}" for point in series.points],
            }
            for series in data.series
        ],
    }


def specs() -> list[FigureSpec]:
    """The six charts as the author of a briefing states them."""
    from ipreport.language import Localized
    from ipreport.outline import FigureSpec
    from ipreport.problems import Origin

    title = Localized("示例省知识产权主要指标", "Main indicators of IP, Sample Province")
    return [
        FigureSpec(kind, kind, title, MappingProxyType(roles), Origin("benchmark"), **options)
        for kind, roles, options in SIX
    ]


def record() -> Checked:
    """The record of the illustrative briefing."""
    from ipreport.pipeline.checked import checked_data

    return checked_data(BRIEFING, None, accept_warnings=True)


def ours(base: Path) -> dict[str, float]:
    """Draw the six charts and paint them to a PDF."""
    start = time.process_time()
    from ipreport.cache import Cache
    from ipreport.figures import draw, png
    from ipreport.fonts import find_faces
    from ipreport.style import MODERN
    from ipreport.writers.pdf import figure  # noqa: F401 - imported by `paint`, whose time is that of painting

    imports = time.process_time() - start
    ready = record()
    content = ready.content
    rasterised = 0.0
    rasterise = png.png

    def timed(*given: Any) -> bytes:
        nonlocal rasterised
        begun = time.process_time()
        picture = rasterise(*given)
        rasterised += time.process_time() - begun
        return picture

    png.png = timed
    start = time.process_time()
    faces = find_faces(None, Cache(base / "cache"))
    languages = content.outline.editions[0].languages
    drawn = [
        draw(spec, content.metrics, languages, MODERN, faces, Cache(None), content.marks, notice=content.notice)
        for spec in specs()
    ]
    laid_out = time.process_time() - start - rasterised
    begun = time.process_time()
    paint(drawn, faces)
    painted = time.process_time() - begun
    total = time.process_time() - start
    faces.save(Cache(base / "cache"))
    return {"imports": imports, "drawing": total, "layout": laid_out, "png": rasterised, "pdf": painted}


def paint(drawn: list[Rendered], faces: Faces) -> bytes:
    """Each drawing on a page of its own, as vectors in the document's faces."""
    from ipreport.style import Justify
    from ipreport.writers.pdf.atoms import Shaper
    from ipreport.writers.pdf.canvas import Canvas
    from ipreport.writers.pdf.figure import PictureBox
    from ipreport.writers.pdf.structure import Element

    target, shaper = io.BytesIO(), Shaper(faces)
    canvas = Canvas(target, shaper=shaper)
    for rendered in drawn:
        picture = rendered.picture
        canvas.setPageSize((picture.width, picture.height))
        element = Element("Figure", rendered.alt[0].language, "chart")
        box = PictureBox(picture, shaper, element, Justify.CENTRE)
        box.layout(picture.width)
        box.draw(canvas, 0.0, picture.height)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def pyplot(base: Path) -> dict[str, float]:
    """Draw the same six charts with pyplot, as its manual shows."""
    start = time.process_time()
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import font_manager
    from matplotlib import pyplot as plt

    imports = time.process_time() - start
    given = json.loads((base / "six.json").read_text(encoding="utf-8"))
    start = time.process_time()
    font_manager.fontManager.addfont(given["font"])
    plt.rcParams["font.family"] = font_manager.FontProperties(fname=given["font"]).get_name()
    for chart in given["charts"]:
        figure, axes = plt.subplots(figsize=(chart["width"], 3.0))
        PLOTS[chart["kind"]](axes, chart)
        axes.set_title(chart["title"])
        figure.savefig(base / "chart.png", dpi=DPI, bbox_inches="tight")
        figure.savefig(base / "chart.svg")
        figure.savefig(base / "chart.pdf")
        plt.close(figure)
    return {"imports": imports, "drawing": time.process_time() - start}


def columns(axes: Any, chart: dict[str, Any]) -> None:
    """Columns side by side."""
    width = 0.8 / len(chart["series"])
    for n, series in enumerate(chart["series"]):
        places = [place + n * width for place in range(len(series["values"]))]
        bars = axes.bar(places, series["values"], width, label=series["name"])
        axes.bar_label(bars, series["words"] if len(chart["series"]) == 1 else None, fontsize=7)
    axes.set_xticks(range(len(chart["names"])), chart["names"], fontsize=7)
    if len(chart["series"]) > 1:
        axes.legend()


def lines(axes: Any, chart: dict[str, Any]) -> None:
    """Lines over time."""
    for series in chart["series"]:
        axes.plot(range(len(series["values"])), series["values"], marker="o", label=series["name"])
        axes.annotate(series["words"][-1], (len(series["values"]) - 1, series["values"][-1]), fontsize=7)
    axes.set_xticks(range(len(chart["names"])), chart["names"], fontsize=7)
    axes.legend()


def bars(axes: Any, chart: dict[str, Any]) -> None:
    """Bars below each other."""
    values = [value for series in chart["series"] for value in series["values"] if value is not None]
    words = [word for series in chart["series"] for word in series["words"] if word]
    named = chart["names"] if len(chart["names"]) == len(values) else [series["name"] for series in chart["series"]]
    axes.bar_label(axes.barh(range(len(values)), values), words, fontsize=8)
    axes.set_yticks(range(len(values)), named, fontsize=8)


PLOTS: dict[str, Callable[[Any, dict[str, Any]], None]] = {
    "column": columns, "grouped-column": columns, "line": lines, "bar": bars, "slope": lines, "part-of-whole": bars,
}  # fmt: skip


# --- in a build --------------------------------------------------------------------------


def build(base: Path) -> dict[str, float]:
    """Build all editions, and say how much of it was drawing."""
    import ipreport
    from ipreport.pipeline import charts

    drawing = 0.0
    draw = charts.draw

    def timed(*given: Any) -> Rendered:
        nonlocal drawing
        start = time.process_time()
        rendered = draw(*given)
        drawing += time.process_time() - start
        return rendered

    charts.draw = timed
    ipreport.build(BRIEFING, output=base / "output", figures=base / "figures")
    return {"total": time.process_time(), "drawing": drawing}


# --- workers -----------------------------------------------------------------------------


def workers(base: Path) -> dict[str, float]:
    """Wall times of many pictures in this process, and in two workers."""
    from ipreport.figures import draw, png, store
    from ipreport.style import MODERN

    ready = record()
    content, faces, cache = ready.content, ready.formats.faces, ready.formats.cache
    pictures = [
        draw(spec, content.metrics, edition.languages, MODERN, faces, cache, content.marks).picture
        for spec in specs()
        for edition in content.outline.editions
    ]
    faces.save(cache)
    tasks = [(store.pack(picture), base / "cache") for picture in pictures] * 4
    taken = {}
    for count in (15, 30, 60):
        png._glyph.cache_clear()
        start = time.perf_counter()
        alone = [rasterised(task) for task in tasks[:count]]
        taken[f"{count} here"] = time.perf_counter() - start
        for method in ("fork", "spawn"):
            png._glyph.cache_clear()
            start = time.perf_counter()
            with ProcessPoolExecutor(2, mp_context=get_context(method)) as pool:
                together = list(pool.map(rasterised, tasks[:count], chunksize=4))
            taken[f"{count} {method}"] = time.perf_counter() - start
            if together != alone:
                raise ValueError("workers drew something else")
    return taken


def rasterised(task: tuple[bytes, Path]) -> bytes:
    """A picture's drawing as PNG, with the faces of this process."""
    from ipreport.cache import Cache
    from ipreport.figures import store
    from ipreport.figures.png import png
    from ipreport.fonts import find_faces

    packed, cache = task
    picture, faces = store.unpack(packed), FACES.get(cache)
    if faces is None:
        faces = FACES[cache] = find_faces(None, Cache(cache))
    return b"" if picture is None else png(picture.drawing, (picture.width, picture.height), faces)


FACES: dict[Path, Faces] = {}

CHILDREN: dict[str, Callable[[Path], dict[str, float]]] = {
    "prepare": prepare, "ours": ours, "pyplot": pyplot, "build": build, "workers": workers,
}  # fmt: skip

if __name__ == "__main__":
    main()
