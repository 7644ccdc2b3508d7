"""No label is clipped, none runs into another or into a mark: every kind, language, width and length of label."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace

import pytest

from charts_all import SAMPLES
from figure_samples import MARKS
from ipreport.document import DrawnItem, DrawnPath, DrawnText
from ipreport.figures import lay_out
from ipreport.figures.charts import CHARTS
from ipreport.figures.gather import gather
from ipreport.figures.lettering import ASCENT, DESCENT, HAN_DESCENT, SMALLEST, Lettering
from ipreport.figures.line_breaks import break_points
from ipreport.figures.select import select
from ipreport.figures.sketch import Sketch
from ipreport.fonts import Faces
from ipreport.language import EN, ZH, Language, Localized
from ipreport.outline import FigureSpec
from ipreport.style import MODERN, FigureWidth, FontRole, StyleName
from ipreport.wording import Rounding

EDITIONS = {"zh": (ZH,), "en": (EN,), "bilingual": (ZH, EN)}
LABELS = {
    "own": None,
    "short": Localized("数", "No."),
    "long": Localized(
        "经国家知识产权局核准使用地理标志专用标志并已在平台公示的经营主体数量（含农产品地理标志转换）",
        "Entities authorised by the national administration to use the special sign (agricultural GIs included)",
    ),
    "unbroken": Localized("Knowledgepropertyprotectioncentre", "Rechtsschutzversicherungsgesellschaften"),
}


@dataclass(frozen=True)
class Box:
    what: str
    left: float
    bottom: float
    right: float
    top: float

    def inside(self, other: Box) -> bool:
        """Whether it lies within a filled shape."""
        across = other.left <= self.left and self.right <= other.right
        return other.what == "shape" and across and other.bottom <= self.bottom and self.top <= other.top

    def meets(self, other: Box) -> bool:
        across = min(self.right, other.right) - max(self.left, other.left)
        return across > 0.02 and min(self.top, other.top) - max(self.bottom, other.bottom) > 0.02


@dataclass(frozen=True)
class Shape:
    """The boxes of a path and one around them all: most words are nowhere near it, which saves looking at each."""

    boxes: list[Box]
    around: Box

    @classmethod
    def of(cls, path: DrawnPath) -> Shape:
        boxes = _path_boxes(path)
        lefts, bottoms = min(box.left for box in boxes), min(box.bottom for box in boxes)
        rights, tops = max(box.right for box in boxes), max(box.top for box in boxes)
        return cls(boxes, Box("shape", lefts, bottoms, rights, tops))


def _labelled(spec: FigureSpec, label: Localized | None) -> FigureSpec:
    return spec if label is None else replace(spec, labels=dict.fromkeys(spec.metrics, label))


def _text_box(item: DrawnText, lettering: Lettering, foot: float) -> Box:
    width = lettering.width(item.text, item.size, FontRole(item.font), item.language)
    return Box(item.text, item.x, item.y - foot * item.size, item.x + width, item.y + ASCENT * item.size)


def _path_boxes(path: DrawnPath) -> list[Box]:
    """A box around a filled shape, small boxes along a line."""
    points = [(float(segment[-2]), float(segment[-1])) for segment in path.segments if len(segment) > 2]
    if path.fill is not None:
        xs, ys = zip(*points, strict=True)
        return [Box("shape", min(xs), min(ys), max(xs), max(ys))]
    half = path.line_width / 2
    boxes = []
    for (x1, y1), (x2, y2) in itertools.pairwise(points):
        for step in range(101):
            x, y = x1 + (x2 - x1) * step / 100, y1 + (y2 - y1) * step / 100
            boxes.append(Box("line", x - half, y - half, x + half, y + half))
    return boxes


def _drawn(
    name: str, languages: tuple[Language, ...], width: float, label: Localized | None, faces: Faces
) -> tuple[tuple[DrawnItem, ...], float, Lettering]:
    """The items of a sample and the height of its picture, marked and with a notice below."""
    sample, record = SAMPLES[name]
    spec, style = _labelled(sample, label), MODERN.led_by(languages[0])
    numbers = CHARTS[spec.kind].numbers(spec)
    notice = Localized("示例数据", "Illustrative data")
    data = gather(select(spec, record()), numbers, languages, MARKS, width, Rounding.HALF_EVEN, notice)
    lettering = Lettering(faces, style, None)
    sketch = Sketch(lettering, style.colours)
    height = lay_out(data, sketch)
    return sketch.drawing(height).items, height, lettering


@pytest.mark.parametrize("width", FigureWidth)
@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("name", SAMPLES)
def test_nothing_is_clipped_and_nothing_overlaps(
    faces: Faces, name: str, edition: str, label: str, width: FigureWidth
) -> None:
    wide = MODERN.figure_width(width)
    items, height, lettering = _drawn(name, EDITIONS[edition], wide, LABELS[label], faces)
    inked = [_text_box(item, lettering, DESCENT) for item in items if isinstance(item, DrawnText)]
    shapes = [Shape.of(item) if isinstance(item, DrawnPath) else None for item in items]
    for box in (*inked, *(box for shape in shapes if shape is not None for box in shape.boxes)):
        assert box.left >= -0.5, box
        assert box.right <= wide + 0.5, box
        assert box.bottom >= -0.5, box
        assert box.top <= height + 0.5, box
    for one, other in itertools.combinations(inked, 2):
        assert not one.meets(other), (one, other)
    for index, item in enumerate(items):
        if isinstance(item, DrawnText):
            # A line may touch the tail of a g, not the characters themselves.
            text = _text_box(item, lettering, HAN_DESCENT)
            below, above = (
                [shape for shape in part if shape is not None and text.meets(shape.around)]
                for part in (shapes[:index], shapes[index + 1 :])
            )
            _assert_legible(text, below, above)


def _assert_legible(text: Box, below: list[Shape], above: list[Shape]) -> None:
    """Words stand inside a filled shape or beside it, never across an edge or a line; nothing is painted over them."""
    for shape in reversed(below):
        if any(text.inside(box) for box in shape.boxes):
            break
        assert not any(text.meets(box) for box in shape.boxes), (text, shape.around)
    for shape in above:
        assert not any(text.meets(box) for box in shape.boxes), (text, shape.around)


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("name", SAMPLES)
def test_type_is_as_large_as_in_captions_and_notes_at_any_width(faces: Faces, name: str, edition: str) -> None:
    languages = EDITIONS[edition]
    style = MODERN.led_by(languages[0])
    sizes = {
        style.text(each, language).size for each in (StyleName.CAPTION, StyleName.TABLE_NOTE) for language in languages
    }
    for width in FigureWidth:
        items, _, _ = _drawn(name, languages, MODERN.figure_width(width), None, faces)
        # Raised marks in letters are smaller, as everywhere.
        assert {item.size for item in items if isinstance(item, DrawnText)} <= {*sizes, SMALLEST}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("发明专利", ["发", "明", "专", "利"]),
        ("（累计）额", ["（累", "计）", "额"]),
        ("2022年8月8日", ["2022年", "8月", "8日"]),
        ("第2位", ["第2位"]),
        ("超过196亿元", ["超", "过", "196亿元"]),
        ("369,700 yuan", ["369,700 ", "yuan"]),
        ("patent-only loan", ["patent-", "only ", "loan"]),
        ("GB/T 7714", ["GB/", "T ", "7714"]),
        ("", [""]),
    ],
)
def test_lines_end_only_where_they_may(text: str, parts: list[str]) -> None:
    assert break_points(text) == parts


@pytest.mark.parametrize("language", [ZH, EN])
def test_a_long_name_breaks_into_even_lines(faces: Faces, language: Language) -> None:
    lettering = Lettering(faces, MODERN, None)
    long = LABELS["long"]
    assert long is not None
    box = lettering.label(long, (language,), 150)
    widths = [line.width for line in box.lines]
    assert max(widths) <= 150
    assert min(widths) > 0.5 * max(widths)
    joiner = "" if language is ZH else " "
    assert joiner.join(piece.text for line in box.lines for piece in line.pieces) == long[language]
