"""The shape of catalogue.yaml: what a metric means."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, Field

from ipreport.metrics import Aggregation, Comparison, Direction, Kind, MoneyClass, PeriodKind, Words
from ipreport.readers.schema import Day, Integer, Line, Names, Pair, Plain, RelationsShape, Shape, listed


class WordsShape(Shape):
    """Words of each language; either may be left out."""

    zh: Annotated[tuple[Plain, ...], BeforeValidator(listed)] = ()
    en: Annotated[tuple[Plain, ...], BeforeValidator(listed)] = ()

    def words(self) -> Words:
        """The words as the program's type."""
        return Words(self.zh, self.en)


class BoundsShape(Shape):
    """The least and the greatest value; a limit that is left out is none."""

    least: Decimal | None = None
    greatest: Decimal | None = None


class BreakShape(Shape):
    """From when on something else is counted."""

    since: Day
    note: Pair


class DefinitionShape(RelationsShape):
    """A catalogue entry; what is left out follows from kind and unit."""

    name: Pair
    unit: str
    kind: Kind
    direction: Direction
    periods: Annotated[tuple[PeriodKind, ...], Field(min_length=1), BeforeValidator(listed)]
    usual_unit: str | None = None
    aggregation: Aggregation | None = None
    comparisons: Annotated[tuple[Comparison, ...] | None, BeforeValidator(listed)] = None
    places: Annotated[Integer, Field(ge=0, le=6)] | None = None
    bounds: BoundsShape | None = None
    allow_over_100: bool = False
    caliber: Line = "1"
    breaks: tuple[BreakShape, ...] = ()
    money_class: MoneyClass | None = None
    plans: Names = ()
    terms: WordsShape = WordsShape()
    abbreviations: WordsShape = WordsShape()
    note: Pair | None = None
    convention: Pair | None = None
