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
from ipreport.figures.data import ChartData, gather
from ipreport.figures.lettering import Lettering, Letters, TextBox
from ipreport.figures.sketch import Anchor, Sketch
from ipreport.figures.svg import svg
from ipreport.fonts import Faces
from ipreport.language import Language, Localized
from ipreport.metrics import MetricSet
from ipreport.outline import FigureSpec
from ipreport.problems import Origin, Problem, ReportError
from ipreport.style import Colours, FontRole, Style
from ipreport.wording import Rounding

__all__ = ["CHARTS", "FORMAT", "Chart", "Rendered", "check", "draw"]

FORMAT = 5
"""Part of every cache key: raise it whenever the same data would be drawn differently."""


def check(spec: FigureSpec, metrics: MetricSet) -> tuple[Problem, ...]:
    """What the figure would misrepresent, each at the figure's origin with what to use instead.

    Metrics that do not exist are left to the reader, which names them.
    """
    known = {metric.key: metric for metric in metrics}
    named = [known[key] for key in spec.metrics if key in known]
    return tuple(CHARTS[spec.kind].check(spec, named))


def draw(  # noqa: PLR0913 - one call gives a chart all that decides its looks
    spec: FigureSpec,
    metrics: MetricSet,
    languages: tuple[Language, ...],
    style: Style,
    faces: Faces,
    cache: Cache,
    marks: Mapping[str, str],
    width: float,
    rounding: Rounding = Rounding.HALF_EVEN,
    notice: Localized | None = None,
) -> Rendered:
    """The figure, `width` points wide, labelled in `languages`.

    `marks` gives the note mark of a metric, such as “①”, set behind its value. `notice` is
    set into the picture itself, which may be used in slides where no page says it.
    Raises ReportError when `check` finds something or no face has a character.
    """
    problems = check(spec, metrics)
    if problems:
        raise ReportError(problems)
    data = gather(spec, metrics, languages, marks, width, rounding, notice)
    chart = CHARTS[spec.kind]
    alt = tuple(Text(language, chart.tell(data, language)) for language in languages)
    names = [faces.face(role).name for role in (FontRole.SANS, FontRole.SANS_BOLD)]
    key = f"figure {FORMAT} {data!r} {style.colours!r} {names!r}"
    stored = cache.get(key)
    picture = None if stored is None else store.unpack(stored)
    if picture is None:
        picture = _render(data, alt, faces, style.colours, spec.origin)
        cache.put(key, store.pack(picture))
    return Rendered(picture, alt)


_NOTICE_GAP = 5.0


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


def _render(data: ChartData, alt: Texts, faces: Faces, colours: Colours, origin: Origin) -> Picture:
    from ipreport.figures.png import png  # noqa: PLC0415 - matplotlib takes most of a second to import

    lettering = Lettering(faces, colours, origin)
    sketch = Sketch(lettering, colours)
    height = CHARTS[data.kind].lay_out(data, sketch)
    size = (data.width, round(_below(data, sketch, height), 2))
    drawing = sketch.drawing(size[1])
    title = " / ".join(data.title[language] for language in data.languages)
    description = " ".join(text.plain() for text in alt)
    vectors = svg(drawing, size, title, description, lettering)
    return Picture(*size, drawing, vectors, png(drawing, size, faces))
