"""What tracing finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ipreport.document import NotData, RecordedValue


class Kind(StrEnum):
    """What a printed number turned out to be."""

    VALUE = "value"
    NOT_DATA = "not data"
    CHANGED = "changed in the file"
    UNKNOWN = "not from the records"


@dataclass(frozen=True, slots=True)
class Found:
    """A number as it stands in a file.

    `where` is its place in words, `page` counts from one where a file has fixed pages.
    `key` names the record of a value, `not_data` what else it is; `recorded` is what
    stood in the place of a changed one when the file was built.
    """

    text: str
    where: str
    kind: Kind
    page: int | None = None
    key: str | None = None
    not_data: NotData | None = None
    recorded: str = ""


@dataclass(frozen=True, slots=True)
class Traced:
    """The numbers of a file, in reading order, with the records of the values among them.

    `gone` are values that were printed when the file was built and no longer stand in
    it; `notes` say what else differs. `values` holds records by key, those that derived
    values rest on included.
    """

    file: str
    program: str
    briefing: str
    issue: str
    edition: str
    date: str
    numbers: tuple[Found, ...]
    gone: tuple[Found, ...]
    notes: tuple[str, ...]
    values: Mapping[str, RecordedValue]

    @property
    def sound(self) -> bool:
        """Whether every number comes from the records or is known not to be data."""
        return all(number.kind in {Kind.VALUE, Kind.NOT_DATA} for number in self.numbers)
