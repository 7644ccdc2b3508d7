"""No label is clipped, none runs into another or into a mark: every kind, language, width and length of label."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace

import pytest

from figure_samples import FIGURES, MARKS, metric_set
from ipreport.cache import Cache
from ipreport.document import DrawnPath, DrawnText
from ipreport.figures.charts import CHARTS
from ipreport.figures.data import gather
from ipreport.figures.lettering import ASCENT, DESCENT, HAN_DESCENT, Lettering, break_points
from ipreport.figures.sketch import Sketch
from ipreport.fonts import Faces, find_faces
from ipreport.language import EN, ZH, Language, Localized
from ipreport.outline import FigureSpec
from ipreport.style import MODERN, FontRole
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
WIDTHS = (300.0, 380.0, 455.0)


@dataclass(frozen=True)
class Box:
    what: str
    left: float
    bottom: float
    right: float
    top: float

    def meets(self, other: Box) -> bool:
        across = min(self.right, other.right) - max(self.left, other.left)
        return across > 0.02 and min(self.top, other.top) - max(self.bottom, other.bottom) > 0.02


@pytest.fixture(scope="module")
def faces(tmp_path_factory: pytest.TempPathFactory) -> Faces:
    return find_faces(None, Cache(tmp_path_factory.mktemp("faces")))


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


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("name", FIGURES)
def test_nothing_is_clipped_and_nothing_overlaps(
    faces: Faces, name: str, edition: str, label: str, width: float
) -> None:
    spec = _labelled(FIGURES[name], LABELS[label])
    data = gather(spec, metric_set(), EDITIONS[edition], MARKS, width, Rounding.HALF_EVEN)
    lettering = Lettering(faces, MODERN.colours, None)
    sketch = Sketch(lettering, MODERN.colours)
    height = CHARTS[spec.kind].lay_out(data, sketch)
    items = sketch.drawing(height).items
    texts = [item for item in items if isinstance(item, DrawnText)]
    inked = [_text_box(text, lettering, DESCENT) for text in texts]
    shapes = [box for item in items if isinstance(item, DrawnPath) for box in _path_boxes(item)]
    for box in (*inked, *shapes):
        assert box.left >= -0.5, box
        assert box.right <= width + 0.5, box
        assert box.bottom >= -0.5, box
        assert box.top <= height + 0.5, box
    for one, other in itertools.combinations(inked, 2):
        assert not one.meets(other), (one, other)
    # A line may touch the tail of a g, not the characters themselves.
    for text in (_text_box(text, lettering, HAN_DESCENT) for text in texts):
        for shape in shapes:
            assert not text.meets(shape), (text, shape)


@pytest.mark.parametrize("name", FIGURES)
def test_type_sizes_are_fixed(faces: Faces, name: str) -> None:
    for languages, width in itertools.product(EDITIONS.values(), WIDTHS):
        data = gather(FIGURES[name], metric_set(), languages, MARKS, width, Rounding.HALF_EVEN)
        sketch = Sketch(Lettering(faces, MODERN.colours, None), MODERN.colours)
        CHARTS[data.kind].lay_out(data, sketch)
        sizes = {item.size for item in sketch.drawing(0).items if isinstance(item, DrawnText)}
        assert sizes <= {9.0, 8.0, 7.5}


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
    lettering = Lettering(faces, MODERN.colours, None)
    long = LABELS["long"]
    assert long is not None
    box = lettering.label(long, (language,), 150)
    widths = [line.width for line in box.lines]
    assert max(widths) <= 150
    assert min(widths) > 0.5 * max(widths)
    joiner = "" if language is ZH else " "
    assert joiner.join(piece.text for line in box.lines for piece in line.pieces) == long[language]
