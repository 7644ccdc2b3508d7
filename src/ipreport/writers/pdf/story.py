"""The story that ReportLab's frames cut into pages: boxes as flowables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reportlab.platypus.doctemplate import NextPageTemplate
from reportlab.platypus.flowables import Flowable
from reportlab.platypus.flowables import PageBreak as NewPage
from reportlab.platypus.frames import Frame

from ipreport.document import PageBreak
from ipreport.writers.pdf.boxes import Box, Stack
from ipreport.writers.pdf.canvas import Canvas

UPRIGHT, LANDSCAPE = "upright", "landscape"
"""The names of the two kinds of page."""

_TOLERANCE = 0.01
"""Points by which a box may be too high through rounding."""


class BoxFlowable(Flowable):
    """A box between other flowables.

    A part of a box that was cut is `laid_out`; one that stays `here` sticks out of the
    page if it is too high, for it would be so on any other.
    """

    _frame: Frame
    """Where it is being put: ReportLab sets it before it calls `wrap` and `split`."""

    def __init__(self, box: Box, *, laid_out: bool = False, here: bool = False) -> None:
        super().__init__()
        self.spaceBefore, self.spaceAfter = box.space_before, box.space_after
        self._box, self._laid_out, self._here = box, laid_out, here

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The size it takes; what sticks out of a page counts no further than to its foot."""
        if not self._laid_out:
            self._box.layout(width)
            self._laid_out = True
        fits = self._here or self._box.height <= height + _TOLERANCE
        self.width, self.height = width, min(self._box.height, height) if fits else self._box.height
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """A part that fits and the rest; nothing when it should rather begin on the next page.

        On an empty page even what is kept together elsewhere is cut, and what cannot be
        cut at all sticks out at the foot.
        """
        del width
        alone = height > self._frame.height - _TOLERANCE
        parts: Sequence[Box] | None = None
        if alone or self._box.start_height() <= height + _TOLERANCE:
            parts = self._box.split(height)
        if parts is None and alone:
            parts = self._box.split(height, force=True) or (self._box,)
        return [BoxFlowable(part, laid_out=True, here=index == 0) for index, part in enumerate(parts or ())]

    def drawOn(  # type: ignore[override]  # noqa: N802 - ReportLab's name; the pages are made of our own canvas
        self,
        canvas: Canvas,
        x: float,
        y: float,
        _sW: float = 0.0,  # noqa: N803 - room left in the frame, which boxes use themselves
    ) -> None:
        """Paint in the coordinates of the page, where links and marks are placed as well."""
        self._box.draw(canvas, x, y + self.height)


def story(boxes: Iterable[Box | PageBreak]) -> list[Flowable]:
    """The flowables of a document.

    Boxes that keep with the next one become one with it; no break leaves a page empty, of
    several on end the last one counts.
    """
    flowables: list[Flowable] = []
    chain: list[Box] = []
    for box in boxes:
        if isinstance(box, Box):
            chain.append(box)
            if box.keep_with_next:
                continue
        flowables += _joined(chain)
        chain = []
        if isinstance(box, PageBreak) and flowables:
            if isinstance(flowables[-1], NewPage):
                del flowables[-2:]
            flowables += [NextPageTemplate(LANDSCAPE if box.landscape else UPRIGHT), NewPage()]
    return flowables + _joined(chain)


def _joined(chain: list[Box]) -> list[Flowable]:
    """A chain of boxes as at most one flowable."""
    return [BoxFlowable(chain[0] if len(chain) == 1 else Stack(chain))] if chain else []
