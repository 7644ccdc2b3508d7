"""The shape of the files people write: briefing.yaml and metrics.yaml.

The models only say which keys exist and what sort of value each takes; what the
values mean together is checked where they are turned into the program's types.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from ipreport.language import Localized, without_spaces_in_chinese
from ipreport.metrics import (
    Qualifier,
    StatedBasis,
    Status,
)

SLUG = r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}"
"""What ids and briefing names are made of, so that they are safe as file names."""


def listed(value: object) -> object:
    """A single name stands for a list of one."""
    return [value] if isinstance(value, str) else value


def _written_date(value: object) -> date:
    """A day as ISO 8601 writes it; pydantic alone would also take a count of seconds."""
    try:
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise PydanticCustomError("written_date", "expected a date")


def _written_integer(value: object) -> object:
    """Plain digits only: `1_0` is a slip, not ten."""
    if isinstance(value, str) and not re.fullmatch(r"-?\d{1,9}", value, re.ASCII):
        raise PydanticCustomError("int_parsing", "expected a whole number")
    return value


def _written_column(value: object) -> object:
    """The letters of a workbook's column, small ones too."""
    if isinstance(value, str) and re.fullmatch(r"[A-Za-z]{1,3}", value):
        return value.upper()
    raise PydanticCustomError("written_column", "expected a column")


def _without_placeholders(value: str) -> str:
    if "{{" in value or "{%" in value:
        raise PydanticCustomError("placeholder", "expected plain text")
    return value


def _on_one_line(value: str) -> str:
    if any(unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") for character in value):
        raise PydanticCustomError("one_line", "one line of text that can be seen")
    return value


Day = Annotated[date, BeforeValidator(_written_date)]
Integer = Annotated[int, BeforeValidator(_written_integer)]
Column = Annotated[str, BeforeValidator(_written_column)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400)]
Plain = Annotated[Line, AfterValidator(_without_placeholders)]
Account = Annotated[Line, AfterValidator(_on_one_line)]
"""What is said to a server, which takes a line end for the end of it."""
Prose = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000)]
Slug = Annotated[str, StringConstraints(pattern=rf"^{SLUG}$")]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,79}$")]
Names = Annotated[tuple[Name, ...], BeforeValidator(listed)]


class Shape(BaseModel):
    """A mapping with known keys only."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def left_empty(shape: BaseModel) -> tuple[str, ...]:
    """The fields whose keys stand in the file with nothing behind them."""
    fields = type(shape).model_fields
    return tuple(name for name in fields if name in shape.model_fields_set and getattr(shape, name) is None)


LEFT_EMPTY = "write one behind it, or leave the key out"
"""What to do about a key that says nothing."""


class Pair(Shape):
    """A short text in every language."""

    zh: Plain
    en: Plain

    def localized(self) -> Localized:
        """The texts, each on one line, without the spaces that a folded line leaves in Chinese."""
        return Localized(without_spaces_in_chinese(" ".join(self.zh.split())), " ".join(self.en.split()))


class ProsePair(Shape):
    """A paragraph in every language, with placeholders."""

    zh: Prose
    en: Prose

    def localized(self) -> Localized:
        """The texts, each on one line; spaces inside Chinese go when the text is composed."""
        return Localized(" ".join(self.zh.split()), " ".join(self.en.split()))


class RelationsShape(Shape):
    """Which other metrics a metric is compared with."""

    numerator: Name | None = None
    denominator: Name | None = None
    base: Name | None = None
    growth_of: Name | None = None
    ranks: Name | None = None
    completion_of: Name | None = None
    average_over: Name | None = None
    part_of: Names = ()
    item_of: Names = ()
    sum_of: Names = ()
    inflows: Names = ()


class SourceShape(Shape):
    """Where figures come from."""

    id: Slug
    title: Pair
    publisher: Pair | None = None
    published: Line | None = None
    link: Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"]+$")] | None = None
    note: Pair | None = None


class ObservationShape(RelationsShape):
    """One value of one metric."""

    metric: Name
    source: Slug
    value: str
    unit: str
    period: str
    id: Name | None = None
    name: Pair | None = None
    region: Line | None = None
    qualifier: Qualifier = Qualifier.EXACT
    places: Annotated[Integer, Field(ge=0, le=6)] | None = None
    status: Status = Status.OK
    caliber: Line | None = None
    basis: StatedBasis | None = None
    against: str | None = None
    peers: Annotated[Integer, Field(ge=1, le=9999)] | None = None
    note: Pair | None = None


class Merged(StrEnum):
    """What to do with merged cells; without it they are refused."""

    FILL = "fill"


class AcknowledgementShape(Shape):
    """A finding that a named person accepts."""

    rule: Annotated[str, StringConstraints(pattern=r"^R\d\d$")]
    values: Annotated[dict[Name, str], Field(min_length=1)]
    by: Pair
    date: Day
    reason: Pair


class WideShape(Shape):
    """Where things stand in a table with metrics down and periods across."""

    metric: Column
    first_period: Column
    last_period: Column | None = None
    region: Column | None = None
    unit: Column | None = None
    year_row: Annotated[Integer, Field(ge=1)] | None = None


class DataShape(Shape):
    """A table of observations in a file beside metrics.yaml; some keys stand for columns it has not."""

    file: Line
    sheet: Line | None = None
    encoding: Line | None = None
    head_row: Annotated[Integer, Field(ge=1, le=1000)] = 1
    last_row: Annotated[Integer, Field(ge=1)] | None = None
    merged: Merged | None = None
    year: Annotated[Integer, Field(ge=1900, le=2200)] | None = None
    current: Line | None = None
    source: Slug | None = None
    region: Line | None = None
    period: Line | None = None
    unit: Line | None = None
    wide: WideShape | None = None


class RemarkShape(Shape):
    """What is to be said of a value that stands in a table, which has no place to say it."""

    value: Name
    status: Status | None = None
    caliber: Line | None = None
    note: Pair | None = None


class RegionShape(Shape):
    """A region that values belong to. `within` names the region it is a part of."""

    id: Name
    name: Pair
    within: Line | None = None


class PlanShape(Shape):
    """A plan that sets targets; `annual` for those of a single year."""

    id: Slug
    name: Pair
    annual: bool = False


class TargetStatus(StrEnum):
    """What a target may be marked as: it is set, and so neither provisional nor estimated."""

    OK = Status.OK.value
    REVISED = Status.REVISED.value


class TargetShape(Shape):
    """What a plan wants a metric to reach in a year."""

    metric: Name
    plan: Slug
    year: Annotated[Integer, Field(ge=1949, le=2200)]
    value: str
    unit: str
    source: Slug
    id: Name | None = None
    region: Line | None = None
    places: Annotated[Integer, Field(ge=0, le=6)] | None = None
    status: TargetStatus = TargetStatus.OK
    note: Pair | None = None


class MetricsShape(Shape):
    """The file metrics.yaml."""

    region: Pair
    regions: tuple[RegionShape, ...] = ()
    peers: Pair | None = None
    plans: tuple[PlanShape, ...] = ()
    targets: tuple[TargetShape, ...] = ()
    sources: tuple[SourceShape, ...]
    metrics: tuple[ObservationShape, ...] = ()
    tables: tuple[DataShape, ...] = ()
    remarks: tuple[RemarkShape, ...] = ()
    acknowledged: tuple[AcknowledgementShape, ...] = ()
