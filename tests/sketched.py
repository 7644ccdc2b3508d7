"""A figure laid out without its pictures: what is drawn where, for tests of single kinds of chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from figure_samples import MARKS
from ipreport.document import DrawnItem, DrawnPath, DrawnText, Text
from ipreport.figures import check, lay_out
from ipreport.figures.charts import CHARTS
from ipreport.figures.gather import gather
from ipreport.figures.lettering import Lettering
from ipreport.figures.select import select
from ipreport.figures.sketch import Sketch
from ipreport.fonts import Faces
from ipreport.language import EN, ZH, Language
from ipreport.metrics import MetricSet
from ipreport.outline import FigureSpec
from ipreport.style import MODERN
from ipreport.wording import Rounding

WHITE = "#ffffff"
Point = tuple[float, float]


@dataclass(frozen=True)
class Sketched:
    """The items of a figure; y grows upwards from its lower edge."""

    items: tuple[DrawnItem, ...]
    width: float
    height: float

    @property
    def texts(self) -> list[DrawnText]:
        return [item for item in self.items if isinstance(item, DrawnText)]

    @property
    def words(self) -> list[str]:
        return [item.text for item in self.texts]

    def keyed(self) -> dict[str, str]:
        """The words of every value by its key; those of the first language."""
        return {item.value_key: item.text for item in reversed(self.texts) if item.value_key is not None}

    def word(self, text: str) -> DrawnText:
        """The only text with these words."""
        (found,) = [item for item in self.texts if item.text == text]
        return found

    def filled(self, *fills: str) -> list[tuple[float, float, float, float]]:
        """Left, bottom, right and top of the shapes with one of these fills, in the order of painting."""
        return [_box(item) for item in self.items if isinstance(item, DrawnPath) and item.fill in fills]

    def corners(self, fill: str) -> list[list[Point]]:
        """The corners of the shapes with this fill."""
        return [points(item) for item in self.items if isinstance(item, DrawnPath) and item.fill == fill]

    def lines(self, colour: str, width: float | None = None) -> list[list[Point]]:
        """The points of the lines in this colour."""
        return [
            points(item)
            for item in self.items
            if isinstance(item, DrawnPath) and item.stroke == colour and item.fill is None
            if width is None or item.line_width == width
        ]


def points(path: DrawnPath) -> list[Point]:
    return [(float(segment[-2]), float(segment[-1])) for segment in path.segments if len(segment) > 2]


def _box(path: DrawnPath) -> tuple[float, float, float, float]:
    xs, ys = zip(*points(path), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def height(box: tuple[float, float, float, float]) -> float:
    return box[3] - box[1]


def length(box: tuple[float, float, float, float]) -> float:
    return box[2] - box[0]


def sketched(
    spec: FigureSpec,
    record: MetricSet,
    faces: Faces,
    languages: tuple[Language, ...] = (EN,),
    width: float = 455.0,
) -> Sketched:
    """The figure as it is drawn, which its checks allow."""
    assert check(spec, record) == ()
    style = MODERN.led_by(languages[0])
    numbers = CHARTS[spec.kind].numbers(spec)
    data = gather(select(spec, record), numbers, languages, MARKS, width, Rounding.HALF_EVEN)
    sketch = Sketch(Lettering(faces, style, None), style.colours)
    tall = lay_out(data, sketch)
    return Sketched(sketch.drawing(tall).items, width, tall)


def told(spec: FigureSpec, record: MetricSet) -> tuple[str, str]:
    """The description of a figure in both languages."""
    chart = CHARTS[spec.kind]
    data = gather(select(spec, record), chart.numbers(spec), (ZH, EN), {}, 455, Rounding.HALF_EVEN)
    zh, en = (Text(language, chart.tell(data, language)).plain() for language in (ZH, EN))
    return zh, en


def refused(spec: FigureSpec, record: MetricSet) -> list[tuple[str, Sequence[str]]]:
    """The messages and hints of what the figure would misrepresent."""
    return [(problem.message, problem.hints) for problem in check(spec, record)]


def markers(drawn: Sketched, colour: str = MODERN.colours.accent) -> list[tuple[float, float]]:
    """The middles of the points in a colour, from left to right."""
    boxes = [box for box in drawn.filled(colour) if abs(length(box) - 5.2) < 0.1 and abs(height(box) - 5.2) < 0.1]
    return sorted(((box[0] + box[2]) / 2, (box[1] + box[3]) / 2) for box in boxes)


def ticks(drawn: Sketched) -> dict[str, float]:
    """Where the ticks of the value axis lie."""
    left = min(text.x for text in drawn.texts if text.value_key is None and text.text.replace(",", "").isdigit())
    found = [t for t in drawn.texts if t.value_key is None and t.text.replace(",", "").isdigit() and t.x < left + 25]
    return {text.text: text.y + 2.9 for text in found if text.size == 8}
