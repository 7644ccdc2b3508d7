"""What reading a text for its numbers yields."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Class(StrEnum):
    """What kind of thing a number in a text is; numbers of different kinds are never the same."""

    PLAIN = "plain"
    """A count, a ratio, a rank, the number of an issue: nothing in the words tells them apart."""
    MONEY = "money"
    PERCENT = "percent"
    POINTS = "points"
    TIME = "time"
    """A day, a month, a quarter, a year, or a stretch of months."""
    NAME = "name"
    """A standard or another name with digits."""


class Bound(StrEnum):
    """On which side of the figure its qualifier puts the value."""

    ABOVE = "above"
    BELOW = "below"
    ABOUT = "about"


@dataclass(frozen=True, slots=True)
class Found:
    """A number that stands in a text, and where.

    `says` is what both languages must agree on: `369700`, `2025-07/2025-09`,
    `GB/T8170-2008`. `amount` is the same as a number in base units (yuan, single units,
    per cent, points) with the `step` of its last digit; both are None for times and names.
    A number `in_words` (四处, four places, the first) may be a way of speaking.
    """

    kind: Class
    says: str
    words: str
    start: int
    end: int
    amount: Decimal | None = None
    step: Decimal = Decimal(1)
    in_words: bool = False
    bound: Bound | None = None

    @property
    def statement(self) -> tuple[Class, str, Bound | None]:
        """What is compared between the languages."""
        return self.kind, self.says, self.bound
