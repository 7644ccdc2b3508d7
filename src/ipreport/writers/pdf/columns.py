"""Text in several languages side by side, a column for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ipreport.language import Language
from ipreport.style import COLUMN_GUTTER, Style
from ipreport.writers.pdf.boxes import Box
from ipreport.writers.pdf.canvas import Canvas


class ColumnsBox(Box):
    """Boxes side by side, one in each of the `languages`, their first baselines level.

    A side that an earlier page has shown to its end is None.
    """

    def __init__(self, sides: Sequence[Box | None], languages: Sequence[Language], style: Style) -> None:
        self._sides, self._languages, self._style = tuple(sides), tuple(languages), style
        self.inner = [side for side in sides if side is not None]
        self.space_before = max((side.space_before for side in self.inner), default=0.0)
        self.space_after = max((side.space_after for side in self.inner), default=0.0)
        self.keep_with_next = any(side.keep_with_next for side in self.inner)
        self._widths: tuple[float, ...] = ()
        self._notes = [note for side in self.inner for note in side.footnotes()]

    def footnotes(self) -> Iterator[Box]:
        """The notes of its sides, and of a part of it those of all marks that stand there before they stand below."""
        yield from self._notes

    def _layout(self, width: float) -> float:
        self._widths = self._style.column_widths(self._languages, width)
        for side, own in zip(self._sides, self._widths, strict=True):
            if side is not None:
                side.layout(own)
        return self._measure()

    def _measure(self) -> float:
        return max((self._lower(side) + side.height for side in self.inner), default=0.0)

    def _lower(self, side: Box) -> float:
        """How much lower than the others a side begins, for the first baselines to be one line."""
        return max(each.first_baseline for each in self.inner) - side.first_baseline

    def _start_height(self) -> float:
        return max((self._lower(side) + side.start_height() for side in self.inner), default=0.0)

    def _split(self, height: float, *, force: bool) -> tuple[Box, Box] | None:
        """Cuts the sides that are higher than `height`; the others stand above as a whole."""
        upper: list[Box | None] = []
        lower: list[Box | None] = []
        for side in self._sides:
            first, rest = side, None
            if side is not None and self._lower(side) + side.height > height + 0.01:
                parts = side.split(height - self._lower(side), force=force)
                if parts is None:
                    return None
                first, rest = parts
            upper.append(first)
            lower.append(rest)
        parts = self._part(upper), self._part(lower)
        marked = set(parts[0].marks())
        for part, above in zip(parts, (True, False), strict=True):
            part._notes = [note for note in self._notes if (next(note.labels()) in marked) is above]
        return parts

    def _part(self, sides: Sequence[Box | None]) -> ColumnsBox:
        part = ColumnsBox(sides, self._languages, self._style)
        part._widths = self._widths
        part.height = part._measure()
        return part

    def _draw(self, canvas: Canvas, x: float, top: float) -> None:
        for side, own in zip(self._sides, self._widths, strict=True):
            if side is not None:
                side.draw(canvas, x, top - self._lower(side))
            x += own + COLUMN_GUTTER
