"""What stands in a drawn chart: its texts, its filled shapes and its lines, for tests of kinds of chart."""

from __future__ import annotations

from dataclasses import dataclass

from figure_samples import MARKS
from ipreport.cache import Cache
from ipreport.document import DrawnPath, DrawnText
from ipreport.figures import Rendered, draw
from ipreport.fonts import Faces
from ipreport.language import EN, ZH, Language
from ipreport.metrics import MetricSet
from ipreport.outline import FigureSpec
from ipreport.style import MODERN

BOTH = (ZH, EN)


@dataclass(frozen=True)
class Shape:
    """A filled shape by its ends, in points from the lower left corner."""

    left: float
    bottom: float
    right: float
    top: float
    fill: str
    outline: str | None

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2

    def holds(self, text: DrawnText) -> bool:
        return self.left <= text.x <= self.right and self.bottom <= text.y <= self.top


def drawn(spec: FigureSpec, record: MetricSet, faces: Faces, languages: tuple[Language, ...] = BOTH) -> Rendered:
    """The figure as an edition in `languages` has it."""
    return draw(spec, record, languages, MODERN.led_by(languages[0]), faces, Cache(None), MARKS)


def texts(rendered: Rendered) -> list[DrawnText]:
    return [item for item in rendered.picture.drawing.items if isinstance(item, DrawnText)]


def words(rendered: Rendered) -> list[str]:
    return [item.text for item in texts(rendered)]


def of_value(rendered: Rendered, key: str) -> DrawnText:
    """The only text that shows a value."""
    (found,) = (item for item in texts(rendered) if item.value_key == key)
    return found


def _ends(path: DrawnPath) -> list[tuple[float, float]]:
    return [(float(segment[-2]), float(segment[-1])) for segment in path.segments if len(segment) > 2]


def shapes(rendered: Rendered) -> list[Shape]:
    found = []
    for item in rendered.picture.drawing.items:
        if isinstance(item, DrawnPath) and item.fill is not None:
            xs, ys = zip(*_ends(item), strict=True)
            found.append(Shape(min(xs), min(ys), max(xs), max(ys), item.fill, item.stroke))
    return found


def lines(rendered: Rendered, colour: str | None = None, width: float | None = None) -> list[list[tuple[float, float]]]:
    """The points of every line, of one colour and width where they are given."""
    return [
        _ends(item)
        for item in rendered.picture.drawing.items
        if isinstance(item, DrawnPath)
        and item.fill is None
        and colour in {None, item.stroke}
        and width in {None, item.line_width}
    ]


def dashed(rendered: Rendered) -> list[list[tuple[float, float]]]:
    return [_ends(item) for item in rendered.picture.drawing.items if isinstance(item, DrawnPath) and item.dash]


def told(rendered: Rendered) -> tuple[str, ...]:
    """The alternative text in each language."""
    return tuple(text.plain() for text in rendered.alt)
