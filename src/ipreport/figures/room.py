"""How much of a page a chart may take; one that would need more is refused before it is drawn."""

from __future__ import annotations

from collections.abc import Iterator

from ipreport.figures.refuse import refuse
from ipreport.figures.selected import Selected
from ipreport.problems import Problem
from ipreport.style import FigureWidth

_TALLEST, _TALLEST_TURNED = 620.0, 380.0
"""What a page leaves a chart beside heading, caption and notes, in points, upright and turned on its side."""


def too_tall(selected: Selected, height: float, what: str) -> Iterator[Problem]:
    """Refuses a chart that is about `height` points tall in its width; `what` says of how much."""
    width = selected.spec.width
    if height > (_TALLEST_TURNED if width is FigureWidth.LANDSCAPE else _TALLEST):
        reason = f"{what} do not fit a page in the width '{width}'"
        yield refuse(selected.spec, reason, "use a greater 'width:', or show fewer of them")
