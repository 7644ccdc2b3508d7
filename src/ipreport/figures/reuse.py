"""What a picture is made from, and why one was drawn instead of taken from the cache.

A picture is kept under digests of everything that decides its bytes. No entry is ever out of date, and
builds that share a cache need no lock: whoever draws the same picture writes the same bytes under the same
key, in one step. What each figure of an edition was made from last time stands beside the pictures; only
the explanations rest on it, so that a lost or damaged entry just reads as the first time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from ipreport import __version__
from ipreport.cache import Cache
from ipreport.document import Texts
from ipreport.figures.data import ChartData, DataSeries, Datum
from ipreport.fonts import Faces
from ipreport.language import Localized
from ipreport.style import FontRole


class Why(StrEnum):
    """Why a picture was drawn; all but the first and the last are parts that decide it."""

    FIRST = "first time"
    DATA = "data changed"
    NAMES = "names changed"
    SPEC = "spec changed"
    THEME = "theme changed"
    FACES = "faces changed"
    PROGRAM = "program version changed"
    TELLING = "description changed"
    LOST = "no longer in the cache"


@dataclass(frozen=True, slots=True)
class Change:
    """A value as it was shown last time and as it is now; empty where it is not shown."""

    key: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for drawing: which parts of the figure differ, by name, and which values."""

    why: Why
    names: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a figure in an edition: drawn for these reasons, or reused where there are none."""

    figure: str
    edition: str
    reasons: tuple[Reason, ...]

    @property
    def reused(self) -> bool:
        """Whether the picture came from the cache."""
        return not self.reasons


_Told = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ingredients:
    """What decides a picture: digests by part and by what the part is made of.

    `values` tells each value in ways that grow finer: its words, the number, its time.
    """

    parts: Mapping[str, Mapping[str, str]]
    values: Mapping[str, _Told]

    @property
    def key(self) -> str:
        """The key of the picture in the cache."""
        return f"figure {_digest(self.parts)}"


def ingredients(data: ChartData, alt: Texts, look: object, faces: Faces, drawing: int) -> Ingredients:
    """What the picture of `data` is made from.

    `look` is what it takes of the style; `drawing` numbers the ways in which charts have been drawn.
    """
    sans, bold = (faces.face(role).key for role in (FontRole.SANS, FontRole.SANS_BOLD))
    symbols = faces.symbols.key if faces.symbols is not None else ""
    places = [replace(category, name=_NONE) for category in data.categories]
    parts: dict[str, Mapping[str, object]] = {
        Why.DATA: {"": ([_unnamed(series) for series in data.series], places)},
        Why.NAMES: dict(_names(data)),
        Why.SPEC: {each.name: getattr(data, each.name) for each in fields(data) if each.name not in _SHOWN},
        Why.THEME: {"": look},
        Why.FACES: {"sans": sans, "sans_bold": bold, "symbols": symbols},
        Why.PROGRAM: {"ipreport": f"{__version__} {drawing}", **_libraries()},
        Why.TELLING: {"": alt},
    }
    digests = {part: {name: _digest(value) for name, value in content.items()} for part, content in parts.items()}
    return Ingredients(digests, {datum.key: _told(datum, data) for datum in data.data})


_NONE = Localized.same("")
_SHOWN = {"series", "categories", "region"}
"""Fields of the data that are values and their names; all others are what the author states of the figure."""


def _digest(value: object) -> str:
    return hashlib.sha256(repr(value).encode("utf-8")).hexdigest()[:32]


def _unnamed(series: DataSeries) -> DataSeries:
    points = tuple(None if point is None else replace(point, name=_NONE, named=False) for point in series.points)
    return replace(series, name=_NONE, points=points)


def _names(data: ChartData) -> Iterator[tuple[str, object]]:
    for group in (data.categories, data.series, data.data):
        yield from ((each.key, (each.name, getattr(each, "named", False))) for each in group)
    yield "region", data.region


def _told(datum: Datum, data: ChartData) -> _Told:
    words = (datum.text[language] + datum.marks[language] for language in data.languages)
    dates = (datum.date[language] for language in data.languages)
    return " / ".join(dict.fromkeys(words)), str(datum.value), " / ".join(dates)


@cache
def _libraries() -> Mapping[str, str]:
    """The versions of what turns a drawing into the bytes of a PNG."""
    found = {}
    for name in ("matplotlib", "pillow"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:  # installed without its metadata
            found[name] = ""
    return found


# --- what was seen last time -----------------------------------------------------------


class Journal:
    """Notes of every figure of an edition whether it was drawn and why.

    `briefing` tells briefings apart that share a cache: it names the folder.
    """

    def __init__(self, cache: Cache, briefing: str, edition: str) -> None:
        self.outcomes: list[Outcome] = []
        self._cache, self._briefing, self._edition = cache, briefing, edition

    def note(self, figure: str, made_from: Ingredients, *, reused: bool) -> None:
        """Take down what became of a figure, and what it is made from, for the next time."""
        key = f"figure last seen {self._briefing} {self._edition} {figure}"
        before = _unpacked(self._cache.get(key))
        reasons = () if reused else tuple(_reasons(before, made_from))
        self.outcomes.append(Outcome(figure, self._edition, reasons))
        if before != made_from:
            record = {"parts": made_from.parts, "values": made_from.values}
            self._cache.put(key, json.dumps(record, ensure_ascii=False).encode("utf-8"))


def _unpacked(stored: bytes | None) -> Ingredients | None:
    if stored is None:
        return None
    try:
        record = json.loads(stored)
        parts = {part: dict(digests) for part, digests in record["parts"].items()}
        return Ingredients(parts, {key: tuple(told) for key, told in record["values"].items()})
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _reasons(before: Ingredients | None, now: Ingredients) -> Iterator[Reason]:
    if before is None:
        yield Reason(Why.FIRST)
        return
    differ = {part: _differing(before.parts.get(part, {}), now.parts[part]) for part in now.parts}
    if not any(differ.values()):
        yield Reason(Why.LOST)
    for part, names in differ.items():
        if part == Why.DATA and names:
            yield Reason(Why.DATA, (), tuple(_changes(before.values, now.values)))
        elif part == Why.TELLING and names:
            # A description follows from the rest; it is a reason where nothing else is.
            if not any(others for other, others in differ.items() if other != part):
                yield Reason(Why.TELLING)
        elif names:
            yield Reason(Why(part), tuple(filter(None, names)))


def _differing(before: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(name for name in {**before, **now} if before.get(name) != now.get(name))


def _changes(before: Mapping[str, _Told], now: Mapping[str, _Told]) -> Iterator[Change]:
    """The values that differ, told as coarsely as shows the difference."""
    for key in {**before, **now}:
        old, new = before.get(key, ("",)), now.get(key, ("",))
        finest = next((pair for pair in zip(old, new, strict=False) if pair[0] != pair[1]), None)
        if finest is not None:
            yield Change(key, *finest)
