"""Regions, and what plans want of them: the parts of metrics.yaml that are no observations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from ipreport.metrics import Metric, Period, PeriodKind, Plan, Qualifier, Region, Status
from ipreport.problems import Origin, Problem, block, did_you_mean
from ipreport.readers.observations import ObservationReader
from ipreport.readers.schema import MetricsShape, RegionShape, TargetShape
from ipreport.readers.validate import Place
from ipreport.readers.values import places_of
from ipreport.readers.yaml_file import Path_, Tree


def regions_of(shape: MetricsShape, tree: Tree) -> tuple[tuple[Region, ...], tuple[Problem, ...]]:
    """The regions that the file lists, and what is wrong with the list."""
    ids = {name: entry.id for entry in shape.regions for name in (entry.name.zh, entry.id)}
    ids.setdefault(shape.region.zh, shape.region.zh)
    regions = tuple(Region(entry.id, entry.name.localized(), _within(entry, ids)) for entry in shape.regions)
    return regions, tuple(_wrong_regions(shape, ids, tree))


def _within(entry: RegionShape, ids: dict[str, str]) -> str | None:
    return None if entry.within is None else ids.get(entry.within, entry.within)


def _wrong_regions(shape: MetricsShape, ids: dict[str, str], tree: Tree) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, entry in enumerate(shape.regions):
        if entry.id in seen:
            origin = tree.origin(("regions", index, "id"))
            yield block(f"the region '{entry.id}' stands twice", origin, "give each region an id of its own")
        seen.add(entry.id)
        if entry.within is not None and entry.within not in ids:
            origin = tree.origin(("regions", index, "within"))
            yield block(f"unknown region '{entry.within}'", origin, did_you_mean(entry.within, ids))
        elif _within(entry, ids) == entry.id:
            yield block(f"the region '{entry.id}' is within itself", tree.origin(("regions", index, "within")))


def targets_of(shape: MetricsShape, tree: Tree, reader: ObservationReader) -> tuple[Metric, ...]:
    """The targets of the file; what is wrong with them is kept by `reader`."""
    plans = {entry.id: Plan(entry.id, entry.name.localized(), entry.annual) for entry in shape.plans}
    if len(plans) < len(shape.plans):
        message = "a plan stands twice in 'plans:'"
        reader.problems.append(block(message, tree.origin(("plans",)), "give each plan an id of its own"))
    found = []
    for index, row in enumerate(shape.targets):
        place = partial(_place, tree, ("targets", index))
        target = _target(row, plans, place, reader)
        if target is not None:
            found.append(target)
    return tuple(found)


def _target(row: TargetShape, plans: dict[str, Plan], place: Place, reader: ObservationReader) -> Metric | None:
    before = len(reader.problems)
    definition = reader.definition(row.metric, place)
    unit = reader.unit(row, definition, place)
    value = reader.value(row.value, place)
    reader.refuse_reserved(row.id, place)
    region = reader.region_id(row.region, place)
    for key, name, known in (("plan", row.plan, plans.keys()), ("source", row.source, reader.sources)):
        if name not in known:
            reader.problems.append(block(f"unknown {key} '{name}'", place((key,)), did_you_mean(name, known)))
    if value is None and len(reader.problems) == before:
        reader.problems.append(block("a target needs a value", place(("value",)), "leave out a target that is not set"))
    if len(reader.problems) > before or definition is None or unit is None or value is None:
        return None
    key, origin = row.id or f"{row.metric}_target_{row.year}", place(("value",))
    return Metric(
        key=key,
        definition=definition,
        name=definition.name,
        value=value * unit.scale,
        places=row.places if row.places is not None else places_of(row.value),
        stated_in=unit,
        qualifier=Qualifier.EXACT,
        period=Period(PeriodKind.YEAR, date(row.year, 1, 1), date(row.year, 12, 31)),
        region=region,
        status=Status(row.status.value),
        source=row.source,
        note=row.note.localized() if row.note else None,
        relations=definition.relations,
        origin=Origin(origin.file, key, origin.line, origin.column, origin.cell),
        plan=plans[row.plan],
    )


def _place(tree: Tree, inside: Path_, path: Path_) -> Origin:
    return tree.origin((*inside, *path))
