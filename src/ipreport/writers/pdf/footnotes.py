"""Footnotes: notes below a short rule at the foot of the page on which their marks stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from math import fsum

from ipreport.style import Colours
from ipreport.writers.pdf.boxes import Box, Wrapper
from ipreport.writers.pdf.canvas import Canvas
from ipreport.writers.pdf.structure import Element

_ABOVE, _BELOW = 10.0, 5.0
"""Space above the rule and below it."""
_RULE, _RULE_WIDTH = 0.5, 90.0
_BETWEEN = 2.0
"""Space between notes."""
_TOLERANCE = 0.01
"""Points by which notes may be too high through rounding."""


class FootnoteBox(Wrapper):
    """A note with its mark; marks in the text lead to where it begins.

    Its structure element follows that of the `text` that its first mark stands in, where it is read aloud
    (ISO 14289-1, 7.9: a Note has an ID). The rest of a note that was cut shares it.
    """

    def __init__(self, label: str, box: Box, element: Element | None = None, *, begins: bool = True) -> None:
        super().__init__(box)
        self._label, self._begins = label, begins
        self.element = element or Element("Note", identifier=label)
        self.text: Box | None = None

    def labels(self) -> Iterator[str]:
        """The one that its marks lead to."""
        yield self._label

    def _upper(self, part: Box) -> Box:
        return self._part(part, begins=self._begins)

    def _lower(self, part: Box) -> Box:
        return self._part(part, begins=False)

    def _part(self, part: Box, *, begins: bool) -> FootnoteBox:
        made = FootnoteBox(self._label, part, self.element, begins=begins)
        made.text = self.text
        return made

    def _draw(self, canvas: Canvas, x: float, top: float) -> None:
        if self._begins:
            canvas.destination(self._label, x, top)
        if self.element is not None and self.element.after is None:
            told = None if self.text is None else self.text.element
            self.element.after = told or canvas.marked.get(self._label)
        self._box.draw(canvas, x, top)


class Cutting(Enum):
    """Where notes that a page cannot hold may be cut."""

    LONG = "long"
    """The last one, if it is long."""
    LAST = "last"
    """The last one, after any line."""
    APART = "apart"
    """Any, after any line; what has no room at all begins on another page than its mark."""


@dataclass(frozen=True, slots=True)
class Foot:
    """The notes at the foot of a page, laid out."""

    notes: tuple[Box, ...] = ()

    @property
    def height(self) -> float:
        """The height that they take, with the rule and the space above it; nothing where there are none."""
        if not self.notes:
            return 0.0
        return _ABOVE + _RULE + _BELOW + fsum(note.height for note in self.notes) + _BETWEEN * (len(self.notes) - 1)

    def with_notes(
        self, notes: Sequence[Box], room: float, cutting: Cutting = Cutting.LONG
    ) -> tuple[Foot, tuple[Box, ...]] | None:
        """The foot with `notes` as well, not higher than `room`, and what the next page has to take of them.

        None where they do not fit with such `cutting`. A note that is cut is the last one on its page.
        """
        apart, force = cutting is Cutting.APART, cutting is not Cutting.LONG
        foot = self
        for index, note in enumerate(notes):
            longer = Foot((*foot.notes, note))
            if longer.height <= room + _TOLERANCE:
                foot = longer
                continue
            if not apart and index < len(notes) - 1:
                return None
            parts = note.split(room - longer.height + note.height, force=force)
            if parts is not None:
                return Foot((*foot.notes, parts[0])), (parts[1], *notes[index + 1 :])
            return (foot, tuple(notes[index:])) if apart else None
        return foot, ()

    def draw(self, canvas: Canvas, x: float, top: float, colours: Colours) -> None:
        """Paint the rule and the notes with the upper edge of all at `top`."""
        if not self.notes:
            return
        top -= _ABOVE + _RULE
        canvas.rectangle(x, top, _RULE_WIDTH, _RULE, colours.muted)
        top -= _BELOW
        for note in self.notes:
            note.draw(canvas, x, top)
            top -= note.height + _BETWEEN
