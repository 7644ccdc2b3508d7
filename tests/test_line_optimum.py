"""The lines of a paragraph are the cheapest there are: weighed again by the rule, without what makes it fast."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import fsum, inf

import pytest

from ipreport.fonts import find_faces
from ipreport.language import EN, ZH, Language
from ipreport.style import FontRole
from ipreport.writers.pdf.atoms import Atom, Barrier, Shaper, atoms
from ipreport.writers.pdf.linebreak import Line, break_lines
from ipreport.writers.pdf.pieces import Run, Setting

ZH_TEXT = (
    "截至报告期末，全州有效发明专利356件，其中高价值发明专利101件（Invention patents）；罚没款36.97万元，占比90.9%，"
    "居全省第2位。“严保护、大保护、快保护、同保护”工作格局基本形成，《纲要（2021—2035年）》有关任务按期完成。"
)
EN_TEXT = (
    "At the end of the reporting period the prefecture held 356 invention patents in force, 101 of them high-value; "
    "fines came to 369,700 yuan. Administrative authorities, courts and customs cooperated on geographical indications."
)
LESS = 0.01


@cache
def shaper() -> Shaper:
    return Shaper(find_faces())


def cut(characters: str, language: Language, *, hyphenate: bool) -> list[Atom]:
    setting = Setting(FontRole.SERIF, 10.5, "#000000", language)
    return atoms([Run(characters, setting)], shaper(), hyphenate=hyphenate)


class Weighed:
    """A paragraph whose lines are weighed one by one."""

    def __init__(self, pieces: Sequence[Atom], width: float, indent: float) -> None:
        self.pieces, self.width, self.indent = pieces, width, indent
        self.breaks = [n for n, piece in enumerate(pieces) if n > 0 and piece.barrier <= Barrier.HYPHEN]

    def slack(self, start: int, end: int) -> float:
        part = self.pieces[start:end]
        hyphen = self.pieces[end].hyphen if end < len(self.pieces) else 0.0
        lead = 0.0 if not start and self.indent else part[0].left
        filled = fsum(piece.width for piece in part) + fsum(piece.gap for piece in part[1:]) - lead - part[-1].right
        return self.width - (0.0 if start else self.indent) - filled - hyphen

    def fits(self, start: int, end: int) -> bool:
        return self.slack(start, end) + fsum(piece.shrink for piece in self.pieces[start + 1 : end]) >= -LESS

    def demerits(self, start: int, end: int) -> float:
        slack, last = self.slack(start, end), end == len(self.pieces)
        if last and slack >= 0:
            own = 100.0 if slack < 0.92 * self.width else 2600.0
        else:
            part = self.pieces[start + 1 : end]
            room = fsum(piece.stretch if slack >= 0 else piece.shrink for piece in part)
            ratio = min(abs(slack) / max(room, 1e-3), 100.0)
            own = (10 + (100 if slack >= 0 else 60) * ratio**3) ** 2
        hyphenated = not last and self.pieces[end].hyphen > 0
        own += 3e3 if hyphenated else 0.0
        if start and self.pieces[start].hyphen and (hyphenated or last):
            own += 4e4
        return own + (5e4 if not last and self.pieces[end].barrier is Barrier.PHRASE else 0.0)

    def starts(self, end: int) -> list[int]:
        """Where a line to `end` may start: one that stands hollow only where no fuller one does."""
        fitting = [start for start in (0, *self.breaks) if start < end and self.fits(start, end)]
        if end == len(self.pieces):
            return fitting
        return fitting[:1] + [start for start in fitting[1:] if self.slack(start, end) <= 0.3 * self.width]

    def least(self) -> float:
        """The demerits of the cheapest lines."""
        costs = {0: 0.0}
        for end in (*self.breaks, len(self.pieces)):
            costs[end] = min((costs[start] + self.demerits(start, end) for start in self.starts(end)), default=inf)
        return costs[len(self.pieces)]

    def of(self, lines: Sequence[Line]) -> float:
        return fsum(self.demerits(line.start, line.end) for line in lines)


@pytest.mark.parametrize("width", range(150, 460, 10))
@pytest.mark.parametrize(
    ("characters", "language", "hyphenate"), [(ZH_TEXT, ZH, False), (EN_TEXT, EN, False), (EN_TEXT, EN, True)]
)
def test_no_lines_are_cheaper(characters: str, language: Language, hyphenate: bool, width: int) -> None:
    pieces = cut(characters, language, hyphenate=hyphenate)
    for indent in (0.0, 21.0):
        weighed = Weighed(pieces, float(width), indent)
        lines = break_lines(pieces, float(width), indent, justified=True)
        assert len(lines) > 2
        assert weighed.of(lines) == pytest.approx(weighed.least(), rel=1e-6)
