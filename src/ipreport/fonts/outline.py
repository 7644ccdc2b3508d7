"""Outlines of simple `glyf` entries as the segments a `DrawnPath` is made of."""

from __future__ import annotations

import struct

Segments = tuple[tuple[str | float, ...], ...]
"""`("M", x, y)`, `("L", x, y)`, `("C", x1, y1, x2, y2, x3, y3)`, `("Z",)`."""

_Point = tuple[float, float, bool]

# Flag bits of a simple glyph description (OpenType, table glyf).
_ON_CURVE, _X_SHORT, _Y_SHORT, _REPEAT, _X_SAME, _Y_SAME = 1, 2, 4, 8, 16, 32


def outline(contours: bytes, units_per_em: int) -> Segments:
    """The outline of a simple `glyf` entry in em, y upwards; quadratics become cubics."""
    if not contours:
        return ()
    segments: list[tuple[str | float, ...]] = []
    for contour in _contours(contours, 1 / units_per_em):
        segments += _segments(contour)
    return tuple(segments)


def _contours(data: bytes, scale: float) -> list[list[_Point]]:
    (count,) = struct.unpack_from(">h", data)
    ends = struct.unpack_from(f">{count}H", data, 10)
    position = 10 + 2 * count
    (instructions,) = struct.unpack_from(">H", data, position)
    position += 2 + instructions
    flags: list[int] = []
    while len(flags) <= ends[-1]:
        flag = data[position]
        position += 1
        flags.append(flag)
        if flag & _REPEAT:
            flags += [flag] * data[position]
            position += 1
    xs, position = _coordinates(data, position, flags, _X_SHORT, _X_SAME)
    ys, _ = _coordinates(data, position, flags, _Y_SHORT, _Y_SAME)
    points = [(x * scale, y * scale, bool(flag & _ON_CURVE)) for x, y, flag in zip(xs, ys, flags, strict=True)]
    starts = (0, *(end + 1 for end in ends[:-1]))
    return [points[start : end + 1] for start, end in zip(starts, ends, strict=True)]


def _coordinates(data: bytes, position: int, flags: list[int], short: int, same: int) -> tuple[list[int], int]:
    value, values = 0, []
    for flag in flags:
        if flag & short:
            value += data[position] if flag & same else -data[position]
            position += 1
        elif not flag & same:
            value += struct.unpack_from(">h", data, position)[0]
            position += 2
        values.append(value)
    return values, position


def _middle(a: _Point, b: _Point) -> _Point:
    return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2, True


def _segments(points: list[_Point]) -> list[tuple[str | float, ...]]:
    """One closed contour; between two control points lies an implied point of the curve."""
    if not points[0][2]:
        start = points[-1] if points[-1][2] else _middle(points[0], points[-1])
        points = [start, *points]
    segments: list[tuple[str | float, ...]] = [("M", points[0][0], points[0][1])]
    current, control = points[0], None
    for point in (*points[1:], points[0]):
        if control is None and point[2]:
            segments.append(("L", point[0], point[1]))
            current = point
        elif control is not None:
            target = point if point[2] else _middle(control, point)
            segments.append(_cubic(current, control, target))
            current = target
        control = None if point[2] else point
    segments.append(("Z",))
    return segments


def _cubic(start: _Point, control: _Point, end: _Point) -> tuple[str | float, ...]:
    x, y = control[0], control[1]
    return (
        "C",
        start[0] + (x - start[0]) * 2 / 3,
        start[1] + (y - start[1]) * 2 / 3,
        end[0] + (x - end[0]) * 2 / 3,
        end[1] + (y - end[1]) * 2 / 3,
        end[0],
        end[1],
    )
