"""Labels that would run into each other, moved apart; values above the points of a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

Point = tuple[float, float]


def spread(wanted: Sequence[tuple[float, float]], bounds: tuple[float, float], gap: float = 3.0) -> list[float]:
    """The tops of labels, each as near to its place as the others let it.

    `wanted` holds the middle and the height of every label, `bounds` the highest top and
    the lowest bottom. Labels keep the order of their middles, and those that are in each
    other's way lie around the middle of their places: the squares of all moves are least
    (isotonic regression by pooling adjacent violators). Where all together are higher than
    the bounds, they reach beyond the lower one.
    """
    order = sorted(range(len(wanted)), key=lambda index: wanted[index][0])
    # Without the room that the labels above take, the tops only have to be in order.
    above = list(accumulate((wanted[index][1] + gap for index in order), initial=0.0))
    free = [wanted[index][0] - wanted[index][1] / 2 - room for index, room in zip(order, above, strict=False)]
    highest_top, lowest_top = bounds[0], bounds[1] - (above[-1] - gap)
    placed = [0.0] * len(wanted)
    for index, top, room in zip(order, _in_order(free), above, strict=False):
        placed[index] = max(min(top, lowest_top), highest_top) + room
    return placed


def _in_order(wanted: Sequence[float]) -> Iterator[float]:
    """The numbers that come nearest to those wanted and never fall."""
    pools: list[tuple[float, int]] = []
    for value in wanted:
        total, count = value, 1
        while pools and pools[-1][0] / pools[-1][1] > total / count:
            before = pools.pop()
            total, count = total + before[0], count + before[1]
        pools.append((total, count))
    for total, count in pools:
        yield from (total / count for _ in range(count))


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
