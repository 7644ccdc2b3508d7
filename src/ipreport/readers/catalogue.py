"""The catalogue of metrics: what ships with the program, extended by an office's own files.

An office's file has the same shape. An entry with a new id adds a metric; one with a
known id states only what differs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from ipreport import metrics
from ipreport.metrics import (
    AGGREGATIONS,
    PLACES,
    UNITS,
    Bounds,
    Break,
    Definition,
    Relations,
    unit_named,
    usual_bounds,
    usual_comparisons,
)
from ipreport.metrics.units import ALIASES
from ipreport.problems import Origin, Problem, ReportError, block, did_you_mean
from ipreport.readers.folder import catalogue_files, without_detour
from ipreport.readers.schema import RelationsShape
from ipreport.readers.schema_catalogue import DefinitionShape
from ipreport.readers.validate import validate
from ipreport.readers.yaml_file import Tree, Value, load_yaml, parse_yaml

_NONE = Relations()
SHIPPED = Path(metrics.__file__).with_name("catalogue")
"""The folder of the catalogue that ships with the program."""

THEMES = ("patents", "marks", "finance", "protection", "services")
"""Its files, in the order in which metrics are listed."""

Entry = Mapping[str, Value]
"""An entry as a file states it."""


class Catalogue(Mapping[str, Definition]):
    """Definitions by metric id. Those that ship with the program are read when they are asked for."""

    def __init__(self, own: Mapping[str, Definition], origins: Mapping[str, Origin]) -> None:
        self._own = own
        self._origins = origins

    def __getitem__(self, metric: str) -> Definition:
        own = self._own.get(metric)
        return own if own is not None else _shipped(metric)

    def __contains__(self, metric: object) -> bool:
        return metric in self._own or metric in _sections()

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys((*_sections(), *self._own)))

    def __len__(self) -> int:
        return len(set(_sections()) | set(self._own))

    def named(self, name: str) -> str | None:
        """The id of the metric that is called `name` in either language; None where none is, or two are.

        Of those that ship with the program only the entries are read that hold the name somewhere.
        """
        near = [_shipped(metric) for metric, text in _sections().items() if name in text and metric not in self._own]
        found = [each.id for each in (*near, *self._own.values()) if name in {each.name.zh, each.name.en}]
        return found[0] if len(found) == 1 else None

    def origin(self, metric: str) -> Origin | None:
        """Where an office's file has the last word on a metric; None where no such file mentions it."""
        return self._origins.get(metric)


@cache
def catalogue() -> Catalogue:
    """Every metric the program knows."""
    return Catalogue({}, {})


def office_catalogue(folder: Path) -> tuple[Catalogue, tuple[Tree, ...]]:
    """The catalogue of a briefing in `folder`, and the office's files that make it its own.

    Raises ReportError with every problem of those files.
    """
    trees = tuple(load_yaml(without_detour(path)) for path in catalogue_files(folder))
    return (extended(trees) if trees else catalogue()), trees


# --- what ships with the program ----------------------------------------------------


@cache
def _sections() -> Mapping[str, str]:
    """The text of each shipped entry by id.

    Parsing all of them takes a tenth of a second and a briefing uses some twenty: the
    files are parted where a line begins with an id, and the entries parsed one by one.
    """
    sections: dict[str, str] = {}
    for theme in THEMES:
        text = (SHIPPED / f"{theme}.yaml").read_text(encoding="utf-8")
        _head, *entries = re.split(r"^(?=[a-z])", text, flags=re.MULTILINE)
        sections |= {entry.partition(":")[0]: entry for entry in entries}
    return sections


def _shipped_entry(metric: str) -> tuple[Tree, Entry]:
    tree = parse_yaml(_sections()[metric], f"catalogue/{metric}")
    entry = tree.data.get(metric) if isinstance(tree.data, dict) else None
    if not isinstance(entry, dict):
        raise TypeError(f"the shipped entry {metric} is not a mapping")
    return tree, entry


@cache
def _shipped(metric: str) -> Definition:
    tree, entry = _shipped_entry(metric)
    return definition(metric, validate(DefinitionShape, tree, (metric,), dict(entry)))


# --- what an office adds ------------------------------------------------------------


def extended(trees: Sequence[Tree]) -> Catalogue:
    """The shipped catalogue, extended and overridden by files, the later over the earlier.

    Raises ReportError with every problem of the files.
    """
    office = _Office()
    for tree in trees:
        office.add(tree)
    problems = [*office.problems, *office.unknown_relations()]
    if problems:
        raise ReportError(problems)
    return Catalogue(office.definitions, {metric: tree.origin((metric,)) for metric, tree in office.trees.items()})


class _Office:
    """Takes up an office's entries one by one and keeps every problem, so that all are told together."""

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}
        self.definitions: dict[str, Definition] = {}
        self.trees: dict[str, Tree] = {}
        self.problems: list[Problem] = []

    def add(self, tree: Tree) -> None:
        if not isinstance(tree.data, dict):
            self.problems.append(block("expected metric ids with their definitions", tree.origin(())))
            return
        for metric, entry in tree.data.items():
            problem = _not_an_entry(metric, entry)
            if problem is not None:
                self.problems.append(block(problem, tree.origin((metric,))))
            elif isinstance(entry, dict):
                self._take(tree, metric, entry)

    def _take(self, tree: Tree, metric: str, entry: Entry) -> None:
        entry = merged(self._known(metric), entry)
        self.entries[metric], self.trees[metric] = entry, tree
        try:
            shape = validate(DefinitionShape, tree, (metric,), dict(entry))
        except ReportError as error:
            self.problems += error.problems
            return
        wrong_units = list(_unit_problems(tree, metric, shape))
        if not wrong_units:
            self.definitions[metric] = definition(metric, shape)
        self.problems += wrong_units

    def _known(self, metric: str) -> Entry:
        if metric in self.entries:
            return self.entries[metric]
        return _shipped_entry(metric)[1] if metric in _sections() else {}

    def unknown_relations(self) -> Iterator[Problem]:
        """A misspelt relation would silently leave its check undone."""
        known = {*_sections(), *self.entries}
        for metric, entry in self.definitions.items():
            for key, name in entry.relations.named():
                if name not in known:
                    origin = self.trees[metric].origin((metric, key))
                    yield block(f"unknown metric '{name}'", origin, did_you_mean(name, known))


def _not_an_entry(metric: str, entry: Value) -> str | None:
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,79}", metric):
        return f"expected a metric id of small letters, digits and '_', found '{metric}'"
    return None if isinstance(entry, dict) else f"expected a mapping of keys for '{metric}'"


def merged(known: Entry, stated: Entry) -> Entry:
    """An entry with what an office states instead; of a text, only the language it states."""
    result = dict(known)
    for key, value in stated.items():
        before = result.get(key)
        by_language = isinstance(before, dict) and isinstance(value, dict) and {*before, *value} <= {"zh", "en"}
        result[key] = {**before, **value} if by_language else value  # type: ignore[dict-item] # both are mappings
    return result


def _unit_problems(tree: Tree, metric: str, shape: DefinitionShape) -> Iterator[Problem]:
    named = {"unit": shape.unit, "usual_unit": shape.usual_unit or shape.unit}
    known = {*UNITS, *ALIASES}
    for key, name in named.items():
        if name not in known and not (key == "usual_unit" and name == shape.unit):
            yield block(f"unknown unit '{name}'", tree.origin((metric, key)), did_you_mean(name, known))
    if set(named.values()) <= known and unit_named(named["usual_unit"]).kind is not unit_named(shape.unit).kind:
        message = f"expected a unit like '{shape.unit}', found '{shape.usual_unit}'"
        yield block(message, tree.origin((metric, "usual_unit")))


# --- entries as the program's types -------------------------------------------------


def definition(metric: str, shape: DefinitionShape) -> Definition:
    """A catalogue entry as the program's type; what it leaves out follows from its kind and unit."""
    unit = unit_named(shape.unit)
    comparisons = shape.comparisons
    bounds = shape.bounds
    return Definition(
        id=metric,
        name=shape.name.localized(),
        unit=unit,
        usual_unit=unit_named(shape.usual_unit or shape.unit),
        kind=shape.kind,
        direction=shape.direction,
        periods=shape.periods,
        aggregation=shape.aggregation or AGGREGATIONS[shape.kind],
        comparisons=usual_comparisons(shape.kind, unit, shape.periods) if comparisons is None else comparisons,
        places=PLACES[unit.kind] if shape.places is None else shape.places,
        bounds=usual_bounds(unit, allow_over_100=shape.allow_over_100)
        if bounds is None
        else Bounds(bounds.least, bounds.greatest),
        caliber=shape.caliber,
        breaks=tuple(Break(entry.since, entry.note.localized()) for entry in shape.breaks),
        money_class=shape.money_class,
        relations=relations(shape),
        plans=shape.plans,
        terms=shape.terms.words(),
        abbreviations=shape.abbreviations.words(),
        note=shape.note.localized() if shape.note is not None else None,
        convention=shape.convention.localized() if shape.convention is not None else None,
    )


def relations(shape: RelationsShape, beside: Relations = _NONE) -> Relations:
    """The relations a file states, completed by those of the catalogue."""
    return Relations(**{key: getattr(shape, key) or getattr(beside, key) for key in RelationsShape.model_fields})
