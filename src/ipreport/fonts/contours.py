"""Outlines as simple `glyf` entries (OpenType, table glyf): what fontTools makes of them, in a third of the time."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import floor, isclose

_Point = tuple[float, float]
_Placed = tuple[int, int, int]
"""A point with whole coordinates, and whether the curve runs through it."""

# Flag bits of a simple glyph description.
_X_SHORT, _Y_SHORT, _REPEAT, _X_SAME, _Y_SAME = 2, 4, 8, 16, 32
_SHORT, _MOST_REPEATS = 255, 255


def simple_entry(points: Sequence[_Point], on_curve: Sequence[int], ends: Sequence[int], step: int = 1) -> bytes:
    """The entry of closed contours of quadratic curves, empty where there are none.

    `points` are in font units, `on_curve` tells with 1 through which of them the curve runs, `ends` are the
    places of the last point of each contour. Coordinates become multiples of `step`.
    """
    if not ends:
        return b""
    placed: list[_Placed] = []
    kept_ends = []
    for before, end in pairwise((-1, *ends)):
        placed += _contour(points[before + 1 : end + 1], on_curve[before + 1 : end + 1], step)
        kept_ends.append(len(placed) - 1)
    xs, ys, _ = zip(*placed, strict=True)
    head = struct.pack(">5h", len(kept_ends), min(xs), min(ys), max(xs), max(ys))
    return head + struct.pack(f">{len(kept_ends)}HH", *kept_ends, 0) + _packed(placed)


def _contour(points: Sequence[_Point], on_curve: Sequence[int], step: int) -> Iterator[_Placed]:
    """The points of a contour but for those that go without saying: midway between two that shape the curve."""
    placed = [(step * floor(x / step + 0.5), step * floor(y / step + 0.5)) for x, y in points]
    for index, (x, y) in enumerate(placed):
        on = on_curve[index]
        if on:
            before, after = index - 1, index + 1 - len(placed)  # the last follows on the first
            if not on_curve[before] and not on_curve[after]:
                (left, low), (right, high) = placed[before], placed[after]
                if left + right == 2 * x and low + high == 2 * y:
                    continue
                if _is_middle(points[before], points[index], points[after]):
                    continue
        yield x, y, on


def _is_middle(before: _Point, point: _Point, after: _Point) -> bool:
    return isclose((before[0] + after[0]) * 0.5, point[0]) and isclose((before[1] + after[1]) * 0.5, point[1])


def _packed(points: Sequence[_Placed]) -> bytes:
    """Flags, then moves from point to point along x, then along y, each as short as may be."""
    xs, ys, on_curve = zip(*points, strict=True)
    x_flags, x_moves = _moves(xs, _X_SHORT, _X_SAME)
    y_flags, y_moves = _moves(ys, _Y_SHORT, _Y_SAME)
    packed, last, repeats = bytearray(), -1, 0
    for on, x_flag, y_flag in zip(on_curve, x_flags, y_flags, strict=True):
        flag = on | x_flag | y_flag
        if flag != last or repeats == _MOST_REPEATS:
            packed.append(flag)
            last, repeats = flag, 0
        elif repeats:
            repeats += 1
            packed[-2:] = flag | _REPEAT, repeats
        else:
            # Twice is not longer written out than told by a number.
            packed.append(flag)
            repeats = 1
    return bytes(packed + x_moves + y_moves)


def _moves(places: Sequence[int], short: int, same: int) -> tuple[list[int], bytearray]:
    """The moves from 0 to each place in turn, and the flags that tell how each is written."""
    flags, moves = [], bytearray()
    for before, place in pairwise((0, *places)):
        by = place - before
        if by == 0:
            flags.append(same)
        elif 0 < by <= _SHORT:
            flags.append(short | same)
            moves.append(by)
        elif -_SHORT <= by < 0:
            flags.append(short)
            moves.append(-by)
        else:
            flags.append(0)
            moves += by.to_bytes(2, "big", signed=True)
    return flags, moves
