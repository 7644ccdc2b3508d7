"""Putting boxes on pages."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from ipreport.writers.pdf.blocks import NewPage
from ipreport.writers.pdf.boxes import Box


@dataclass(frozen=True, slots=True)
class Placed:
    """A box whose top is `offset` points below the top of the type area."""

    box: Box
    offset: float


def paginate(boxes: Sequence[Box | NewPage], width: float, height: float) -> list[list[Placed]]:
    """The boxes of every page of `width` × `height`, at least one page.

    A box that keeps with the next one stands on a page only together with the start
    of that one; a box higher than a page is cut where it can be.
    """
    for box in boxes:
        if isinstance(box, Box):
            box.layout(width)
    pages: list[list[Placed]] = [[]]
    waiting = deque(boxes)
    used = after = 0.0
    while waiting:
        box = waiting.popleft()
        page = pages[-1]
        if isinstance(box, NewPage):
            if page:
                pages.append([])
            continue
        used, after = (used, after) if page else (0.0, 0.0)
        offset = used + max(after, box.space_before) if page else 0.0
        room = height - offset
        if page and _needed(box, waiting) > room + 0.01:
            pages.append([])
            waiting.appendleft(box)
            continue
        if box.height > room + 0.01:
            parts = box.split(room)
            if parts is None and not page:
                parts = box.split(room, force=True)
            if parts is not None:
                page.append(Placed(parts[0], offset))
                pages.append([])
                waiting.appendleft(parts[1])
                continue
            if page:
                pages.append([])
                waiting.appendleft(box)
                continue
        page.append(Placed(box, offset))
        used, after = offset + box.height, box.space_after
    return pages if pages[-1] or len(pages) == 1 else pages[:-1]


def _needed(box: Box, following: Sequence[Box | NewPage]) -> float:
    """The height that has to be free for `box` to start here."""
    needed, index = 0.0, 0
    while box.keep_with_next and index < len(following):
        next_box = following[index]
        if isinstance(next_box, NewPage):
            return needed + box.height
        needed += box.height + max(box.space_after, next_box.space_before)
        box, index = next_box, index + 1
    return needed + box.start_height()
