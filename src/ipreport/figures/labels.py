"""Labels that would run into each other, moved apart; values above the points of a line."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

Point = tuple[float, float]


def spread(wanted: Sequence[tuple[float, float]], bounds: tuple[float, float], gap: float = 3.0) -> list[float]:
    """The tops of labels, each as near to its place as the others let it.

    `wanted` holds the middle and the height of every label, `bounds` the highest top and
    the lowest bottom. Labels keep the order of their middles. Where all together are
    higher than the bounds, they reach beyond the lower one.
    """
    order = sorted(range(len(wanted)), key=lambda index: wanted[index][0])
    tops: list[float] = []
    reached = bounds[0]
    for index in order:
        middle, height = wanted[index]
        top = max(middle - height / 2, reached)
        tops.append(top)
        reached = top + height + gap
    limit = bounds[1]
    for place in range(len(order) - 1, -1, -1):
        height = wanted[order[place]][1]
        tops[place] = max(min(tops[place], limit - height), bounds[0])
        limit = tops[place] - gap
    if any(after < before + wanted[order[n]][1] + gap - 0.01 for n, (before, after) in enumerate(pairwise(tops))):
        tops = _stacked([wanted[index][1] for index in order], bounds[0], gap)
    placed = [0.0] * len(wanted)
    for index, top in zip(order, tops, strict=True):
        placed[index] = top
    return placed


def _stacked(heights: Sequence[float], top: float, gap: float) -> list[float]:
    tops = []
    for height in heights:
        tops.append(top)
        top += height + gap
    return tops


def highest(points: Sequence[Point], left: float, right: float) -> float:
    """The least y that a line through `points` reaches between two places; infinite where it is not there."""
    return min(_between(points, left, right), default=float("inf"))


def lowest(points: Sequence[Point], left: float, right: float) -> float:
    """The greatest y that it reaches there; minus infinity where it is not there."""
    return max(_between(points, left, right), default=float("-inf"))


def _between(points: Sequence[Point], left: float, right: float) -> list[float]:
    """The corners of a line between two places, and where it enters and leaves."""
    found = [y for x, y in points if left <= x <= right]
    for (x1, y1), (x2, y2) in pairwise(points):
        found += [y1 + (y2 - y1) * (edge - x1) / (x2 - x1) for edge in (left, right) if x1 < edge < x2]
    return found
