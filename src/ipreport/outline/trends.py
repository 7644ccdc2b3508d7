"""A small line beside a value, on a card or in a table, as its author asks for it."""

from __future__ import annotations

from dataclasses import dataclass

from ipreport.outline.figures import Every
from ipreport.problems import Origin

LEAST_PERIODS, MOST_PERIODS = 3, 24
"""How far a trend line may go back. Two values are a growth and no trend."""
USUAL_PERIODS = 8
"""How far it goes back where its author does not say it: two years of quarters."""


@dataclass(frozen=True, slots=True)
class TrendSpec:
    """The time that a trend line shows: the `last` periods up to that of its value, this one included.

    `every` is the step between them, by default that of a line chart over time: single
    quarters, and years for what is recorded by the year. `origin` is where it is asked for.
    """

    origin: Origin
    last: int = USUAL_PERIODS
    every: Every | None = None


TrendKey = tuple[TrendSpec, str]
"""Which trend line: where it was asked for, and the key of the value it stands beside."""
