"""metrics.yaml → MetricSet: every value with its unit, period, source and place in the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from ipreport.metrics import (
    Acknowledgement,
    Definition,
    Metric,
    MetricSet,
    Period,
    Source,
    Unit,
    UnitKind,
    parse_period,
    unit_named,
)
from ipreport.metrics.periods import EXPECTED, UNKNOWN
from ipreport.metrics.units import ALIASES, UNITS
from ipreport.problems import Origin, Problem, ReportError, block, did_you_mean
from ipreport.readers.catalogue import catalogue, relations
from ipreport.readers.schema import AcknowledgementShape, MetricsShape, ObservationShape, SourceShape
from ipreport.readers.validate import validate
from ipreport.readers.values import MISSING, UnreadableNumberError, places_of, read_number
from ipreport.readers.yaml_file import Path_, Tree


def metrics_of(tree: Tree) -> MetricSet:
    """The metrics that a file holds. Raises ReportError with every problem of the file."""
    shape = validate(MetricsShape, tree)
    sources = tuple(_source(number, source, tree) for number, source in enumerate(shape.sources, start=1))
    reader = _Observations(tree, catalogue(), {source.id for source in sources}, shape.region.zh)
    observations = tuple(
        metric for index, row in enumerate(shape.metrics) if (metric := reader.read(index, row)) is not None
    )
    problems = [*_repeated_sources(sources), *reader.problems, *_repeated(observations)]
    for index, row in enumerate(shape.acknowledged):
        problems += _unreadable_values(index, row, tree, observations)
    if problems:
        raise ReportError(problems)
    acknowledged = tuple(_acknowledgement(index, row, tree) for index, row in enumerate(shape.acknowledged))
    return MetricSet(observations, sources, acknowledged, shape.region.localized())


_RESERVED = {
    "and", "cite", "elif", "else", "endif", "false", "figure", "if", "in", "is", "none", "not", "or", "table", "true",
}  # fmt: skip
"""Words that mean something else in a template."""


def _source(number: int, shape: SourceShape, tree: Tree) -> Source:
    return Source(
        id=shape.id,
        number=number,
        title=shape.title.localized(),
        publisher=shape.publisher.localized() if shape.publisher else None,
        published=shape.published,
        link=shape.link,
        note=shape.note.localized() if shape.note else None,
        origin=tree.origin(("sources", number - 1, "id")),
    )


def _unreadable_values(
    index: int, shape: AcknowledgementShape, tree: Tree, observations: tuple[Metric, ...]
) -> Iterator[Problem]:
    """Accepted values of metrics that do not exist, or that are no numbers."""
    keys = {metric.key for metric in observations}
    for key, written in shape.values.items():
        origin = tree.origin(("acknowledged", index, "values", key))
        if key not in keys:
            yield block(f"unknown metric '{key}' in an acknowledgement", origin, did_you_mean(key, keys))
        try:
            read_number(written)
        except UnreadableNumberError as unreadable:
            yield block(f"expected a number, found '{written}'", origin, unreadable.hint)


def _acknowledgement(index: int, shape: AcknowledgementShape, tree: Tree) -> Acknowledgement:
    return Acknowledgement(
        rule=shape.rule,
        values=tuple((key, read_number(written)) for key, written in shape.values.items()),
        by=shape.by.localized(),
        date=shape.date,
        reason=shape.reason.localized(),
        origin=tree.origin(("acknowledged", index, "rule")),
    )


class _Observations:
    """Reads rows one by one and keeps every problem, so that all are told together."""

    def __init__(self, tree: Tree, definitions: Mapping[str, Definition], sources: set[str], region: str) -> None:
        self.tree = tree
        self.definitions = definitions
        self.sources = sources
        self.region = region
        self.problems: list[Problem] = []

    def read(self, index: int, row: ObservationShape) -> Metric | None:
        """The metric of a row, or None when the row has problems."""
        path: Path_ = ("metrics", index)
        before = len(self.problems)
        definition = self._definition(row, path)
        unit = self._unit(row, definition, path)
        value = self._value(row, path)
        if value is not None and unit is not None:
            self._refuse_parts_of_things(row, value * unit.scale, unit, path)
        period = self._period(row, definition, path)
        self._refuse_unknown_relations(row, path)
        if row.id in _RESERVED:
            self._refuse(f"expected an id of its own, found '{row.id}', which templates use", (*path, "id"))
        if row.source not in self.sources:
            self._refuse(f"unknown source '{row.source}'", (*path, "source"), did_you_mean(row.source, self.sources))
        if len(self.problems) > before or definition is None or unit is None or period is None:
            return None
        return Metric(
            key=row.id or row.metric,
            definition=definition,
            name=row.name.localized() if row.name else definition.name,
            value=value * unit.scale if value is not None else None,
            places=row.places if row.places is not None else places_of(row.value),
            stated_in=unit,
            qualifier=row.qualifier,
            period=period,
            region=row.region or self.region,
            status=row.status,
            source=row.source,
            note=row.note.localized() if row.note else None,
            relations=relations(row, definition.relations),
            origin=self._origin(path, row),
        )

    def _origin(self, path: Path_, row: ObservationShape) -> Origin:
        """The line of the value, which is where someone would correct it."""
        origin = self.tree.origin((*path, "value"))
        return Origin(origin.file, row.id or row.metric, origin.line, origin.column)

    def _definition(self, row: ObservationShape, path: Path_) -> Definition | None:
        definition = self.definitions.get(row.metric)
        if definition is None:
            hint = did_you_mean(row.metric, self.definitions)
            self._refuse(f"unknown metric '{row.metric}'", (*path, "metric"), hint)
        return definition

    def _unit(self, row: ObservationShape, definition: Definition | None, path: Path_) -> Unit | None:
        try:
            unit = unit_named(row.unit)
        except KeyError:
            hint = did_you_mean(row.unit, [*UNITS, *ALIASES])
            self._refuse(f"unknown unit '{row.unit}'", (*path, "unit"), hint)
            return None
        if definition is not None and not _fits(unit, definition.unit):
            message = f"expected a unit like '{definition.unit.key}' for {row.metric}, found '{row.unit}'"
            self._refuse(message, (*path, "unit"))
        return unit

    def _value(self, row: ObservationShape, path: Path_) -> Decimal | None:
        if row.value == MISSING:
            return None
        try:
            return read_number(row.value)
        except UnreadableNumberError as unreadable:
            self._refuse(f"expected a number, found '{row.value}'", (*path, "value"), unreadable.hint)
            return None

    def _refuse_unknown_relations(self, row: ObservationShape, path: Path_) -> None:
        """A misspelt relation would silently leave its check undone."""
        single = {"numerator": row.numerator, "denominator": row.denominator, "base": row.base}
        named = [(key, name) for key, name in single.items() if name is not None]
        named += [("part_of", name) for name in row.part_of] + [("item_of", name) for name in row.item_of]
        for key, name in named:
            if name not in self.definitions:
                self._refuse(f"unknown metric '{name}'", (*path, key), did_you_mean(name, self.definitions))

    def _refuse_parts_of_things(self, row: ObservationShape, value: Decimal, unit: Unit, path: Path_) -> None:
        """Things come in whole numbers, places from one up, and none is shown with fewer decimals than it has."""
        least = {UnitKind.COUNT: 0, UnitKind.RANK: 1}.get(unit.kind)
        if least is not None and (value != value.to_integral_value() or value < least):
            expected = f"a whole number of {unit.label.en}" if least == 0 else "a rank of 1 or more"
            self._refuse(f"expected {expected}, found '{row.value}'", (*path, "value"))
        if row.places is not None and row.places < places_of(row.value):
            message = f"expected at least as many places as the value has, {places_of(row.value)}, found '{row.places}'"
            self._refuse(message, (*path, "places"), "leave 'places' out: it is read off the value")

    def _period(self, row: ObservationShape, definition: Definition | None, path: Path_) -> Period | None:
        if definition is None:
            return None
        try:
            return parse_period(row.period, definition.period)
        except ValueError:
            hint = f"'{UNKNOWN}' is for values whose source gives no date"
            self._refuse(f"expected a period such as {EXPECTED}, found '{row.period}'", (*path, "period"), hint)
            return None

    def _refuse(self, message: str, path: Path_, *hints: str) -> None:
        self.problems.append(block(message, self.tree.origin(path), *hints))


def _fits(unit: Unit, expected: Unit) -> bool:
    """Whether values in `unit` can be values of a metric counted in `expected`."""
    if unit.kind is not expected.kind:
        return False
    scaled_persons = {"person", "10k_persons"}
    same_things = unit.key == expected.key or {unit.key, expected.key} <= scaled_persons
    return unit.kind is UnitKind.MONEY or same_things


def _repeated_sources(sources: tuple[Source, ...]) -> list[Problem]:
    first = {source.id: source for source in reversed(sources)}
    return [
        block(f"the source '{source.id}' stands twice", source.origin, "give each source an id of its own")
        for source in sources
        if first[source.id] is not source
    ]


def _repeated(observations: tuple[Metric, ...]) -> list[Problem]:
    seen: dict[str, Metric] = {}
    problems = []
    for metric in observations:
        if first := seen.get(metric.key):
            message = f"'{metric.key}' stands twice; it was first given at line {first.origin.line}"
            problems.append(block(message, metric.origin, "give one of them an 'id:' of its own"))
        seen.setdefault(metric.key, metric)
    return problems
