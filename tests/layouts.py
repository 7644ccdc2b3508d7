"""Whether the words and shapes of a drawing are in each other's way."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from ipreport.document import DrawnItem, DrawnPath, DrawnText
from ipreport.figures.lettering import ASCENT, DESCENT, HAN_DESCENT, Lettering
from ipreport.style import FontRole


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


def assert_sound(items: tuple[DrawnItem, ...], wide: float, height: float, lettering: Lettering) -> None:
    """Everything stands inside the picture, no words meet others, and all are legible."""
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


def _assert_legible(text: Box, below: list[Shape], above: list[Shape]) -> None:
    """Words stand inside a filled shape or beside it, never across an edge or a line; nothing is painted over them."""
    for shape in reversed(below):
        if any(text.inside(box) for box in shape.boxes):
            break
        assert not any(text.meets(box) for box in shape.boxes), (text, shape.around)
    for shape in above:
        assert not any(text.meets(box) for box in shape.boxes), (text, shape.around)
