"""Where a value comes from, in words that may stand inside a chart."""

from __future__ import annotations

from dataclasses import dataclass
from string import ascii_uppercase

from ipreport.language import Localized
from ipreport.metrics import MetricSet, Source
from ipreport.wording import NOT_STATED


@dataclass(frozen=True, slots=True)
class SourceName:
    """A source by its id, and what a chart calls it."""

    id: str
    name: Localized


def source_name(record: MetricSet, source_id: str) -> SourceName:
    """A source under its title, else under its publisher.

    Every digit of a chart is data, so that a name with digits, such as that of a plan for
    2025, does not stand in it; where both have some, a letter tells the source from others.
    """
    source = next((each for each in record.sources if each.id == source_id), None)
    if source is None:
        return SourceName(source_id, Localized(NOT_STATED.zh, f"source {NOT_STATED.en}"))
    names = (name for name in (source.title, source.publisher) if name is not None)
    return SourceName(source_id, next((name for name in names if not _has_digits(name)), _lettered(source)))


def _has_digits(name: Localized) -> bool:
    return any(character.isdigit() for character in name.zh + name.en)


def _lettered(source: Source) -> Localized:
    letter = ascii_uppercase[(source.number - 1) % len(ascii_uppercase)]
    return Localized(f"来源{letter}", f"source {letter}")
