"""Charts: from a statement of data to one picture in three forms.

A chart is laid out once, in points and in the document's own faces, as a
`Drawing`: the PDF paints it, and the SVG and the PNG are made from it. Pictures are
kept in the cache; a run that finds all of its charts there imports neither
matplotlib nor numpy.
"""

from __future__ import annotations

from collections.abc import Mapping

from ipreport.cache import Cache
from ipreport.document import Picture, Rendered, Text, Texts
from ipreport.figures import store
from ipreport.figures.charts import CHARTS, Chart
from ipreport.figures.data import ChartData
from ipreport.figures.data_table import data_table
from ipreport.figures.gather import gather
from ipreport.figures.key_figures import cards_picture
from ipreport.figures.lettering import Lettering, Letters, TextBox
from ipreport.figures.native import native_chart
from ipreport.figures.reuse import Change, Journal, Outcome, Reason, Why, ingredients
from ipreport.figures.select import select
from ipreport.figures.sketch import Anchor, Sketch
from ipreport.figures.sparkline import check as check_trends
from ipreport.figures.sparkline import draw as draw_trends
from ipreport.figures.subtitle import subtitle
from ipreport.figures.svg import svg
from ipreport.figures.telling import ended
from ipreport.fonts import Faces
from ipreport.language import LANGUAGES, Language, Localized
from ipreport.metrics import MetricSet
from ipreport.outline import FigureSpec
from ipreport.problems import Origin, Problem, ReportError
from ipreport.style import Style, StyleName
from ipreport.wording import Rounding

__all__ = [
    "CHARTS",
    "FORMAT",
    "Change",
    "Chart",
    "Journal",
    "Outcome",
    "Reason",
    "Rendered",
    "Why",
    "cards_picture",
    "check",
    "check_trends",
    "draw",
    "draw_trends",
    "lay_out",
]

FORMAT = 9
"""Part of every cache key: raise it whenever the same data would be drawn differently."""


def check(spec: FigureSpec, metrics: MetricSet) -> tuple[Problem, ...]:
    """What the figure would misrepresent, each at the figure's origin with what to use instead.

    Metrics that do not exist are left to the reader, which names them.
    """
    selected = select(spec, metrics)
    return selected.problems or tuple(CHARTS[spec.kind].check(selected))


def draw(  # noqa: PLR0913 - one call gives a chart all that decides its looks
    spec: FigureSpec,
    metrics: MetricSet,
    languages: tuple[Language, ...],
    style: Style,
    faces: Faces,
    cache: Cache,
    marks: Mapping[str, str],
    rounding: Rounding = Rounding.HALF_EVEN,
    notice: Localized | None = None,
    journal: Journal | None = None,
    alt: Texts | None = None,
) -> Rendered:
    """The figure in the width that it names, labelled in `languages`.

    `style` is that of the edition (`Style.led_by`). `marks` gives the note mark of a metric,
    such as “①”, set behind its value. `notice` is set into the picture itself, which may be
    used in slides where no page says it. `journal` notes whether the picture was in the cache.
    `alt` describes the picture instead of the words that are made from its data.
    Raises ReportError when `check` finds something or no face has a character.
    """
    problems = check(spec, metrics)
    if problems:
        raise ReportError(problems)
    chart, width = CHARTS[spec.kind], style.figure_width(spec.width)
    data = gather(select(spec, metrics), chart.numbers(spec), languages, marks, width, rounding, notice)
    alt = alt or tuple(Text(language, ended(chart.tell(data, language))) for language in languages)
    made_from = ingredients(data, alt, looks(style), faces, FORMAT)
    kept = picture = store.unpack(cache.get(made_from.key))
    if picture is None:
        picture = _render(data, alt, faces, style, spec.origin)
        cache.put(made_from.key, store.pack(picture))
    if journal is not None:
        journal.note(spec.id, made_from, reused=kept is not None)
    wholes = (whole for whole in data.wholes if whole is not None)
    keys = tuple(dict.fromkeys(datum.key for datum in (*data.data, *wholes)))
    return Rendered(picture, alt, keys, data_table(data), native_chart(data, chart.remark, style, cache))


def looks(style: Style) -> tuple[object, ...]:
    """What of the style a chart depends on."""
    names = (StyleName.CHART_LABEL, StyleName.CHART_NOTE)
    return style.colours, [style.text(name, language).size for name in names for language in LANGUAGES]


_NOTICE_GAP = 5.0
_SUBTITLE_GAP = 7.0


def lay_out(data: ChartData, sketch: Sketch) -> float:
    """The whole picture: subtitle, chart, notice; returns its height in points."""
    chart = CHARTS[data.kind]
    words = subtitle(data, chart.remark(data))
    if words.zh:
        box = sketch.lettering.remark(words, data.languages, data.width)
        sketch.text(box, 0.0, 1.0)
        sketch.down = 1.0 + box.height + _SUBTITLE_GAP
    height = chart.lay_out(data, sketch) + sketch.down
    sketch.down = 0.0
    return round(_below(data, sketch, height), 2)


def _below(data: ChartData, sketch: Sketch, height: float) -> float:
    """Put the notice below the chart, at its right end; the height with it."""
    if data.notice is None:
        return height
    size, font, _ = sketch.lettering.small()
    pieces = (
        Letters(data.notice[language], size, font, sketch.colours.warning, language, gap=8.0 if index else 0.0)
        for index, language in enumerate(data.languages)
    )
    box = TextBox((sketch.lettering.line(*pieces),))
    sketch.text(box, data.width, height + _NOTICE_GAP, Anchor.RIGHT)
    return height + _NOTICE_GAP + box.height + 2


def _render(data: ChartData, alt: Texts, faces: Faces, style: Style, origin: Origin) -> Picture:
    from ipreport.figures.png import png  # noqa: PLC0415 - matplotlib takes most of a second to import

    lettering = Lettering(faces, style, origin)
    sketch = Sketch(lettering, style.colours)
    size = (data.width, lay_out(data, sketch))
    drawing = sketch.drawing(size[1])
    title = " / ".join(data.title[language] for language in data.languages)
    description = " ".join(text.plain() for text in alt)
    vectors = svg(drawing, size, title, description, lettering)
    return Picture(*size, drawing, vectors, png(drawing, size, faces))
