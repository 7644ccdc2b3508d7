"""How a value is rounded, once, for both languages."""

from __future__ import annotations

from enum import StrEnum


class Rounding(StrEnum):
    """What becomes of an exact half."""

    HALF_EVEN = "half-even"
    """To the even digit, as GB/T 8170-2008 clause 3.2 has it."""
    HALF_UP = "half-up"
    """Away from zero, as many offices do."""
