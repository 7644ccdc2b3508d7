"""A figure that cannot be drawn as it is: the Problem that says so."""

from __future__ import annotations

from ipreport.outline import FigureSpec
from ipreport.problems import Problem, block


def refuse(spec: FigureSpec, reason: str, hint: str, rule: str | None = None) -> Problem:
    """A Problem at the place of the figure, of a rule where one forbids it."""
    return block(f"figure '{spec.id}': {reason}", spec.origin, hint, rule=rule)
