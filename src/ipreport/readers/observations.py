"""One observation, whichever file it comes from: checked against the catalogue, its place kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from sys import intern

from ipreport.metrics import Definition, Metric, Period, PeriodKind, Relations, Unit, UnitKind, parse_period, unit_named
from ipreport.metrics.periods import EXPECTED, UNKNOWN
from ipreport.metrics.units import ALIASES, UNITS
from ipreport.problems import Origin, Problem, block, did_you_mean
from ipreport.readers.catalogue import relations
from ipreport.readers.schema import ObservationShape, RelationsShape
from ipreport.readers.validate import Place
from ipreport.readers.values import MISSING, UnreadableNumberError, places_of, read_number

_RESERVED = {
    "and", "cite", "elif", "else", "endif", "false", "figure", "if", "in", "is", "none", "not", "or", "table", "true",
}  # fmt: skip
"""Words that mean something else in a template."""


class ObservationReader:
    """Reads rows one by one and keeps every problem, so that all are told together."""

    def __init__(self, definitions: Mapping[str, Definition], sources: Collection[str], region: str) -> None:
        self.definitions = definitions
        self.sources = sources
        self.region = region
        self.problems: list[Problem] = []
        self._periods: dict[tuple[str, PeriodKind], Period] = {}
        """A table repeats few periods many times; one object stands for each."""

    def read(self, row: ObservationShape, place: Place, key: str = "") -> Metric | None:
        """The metric of a row, called `key` if given; None when the row has problems."""
        before = len(self.problems)
        definition = self._definition(row, place)
        unit = self._unit(row, definition, place)
        value = self._value(row, place)
        if value is not None and unit is not None:
            self._refuse_parts_of_things(row, value * unit.scale, unit, place)
        period = self._period(row, definition, place)
        self._refuse_unknown_relations(row, place)
        self._refuse_wrong_names(row, place)
        if len(self.problems) > before or definition is None or unit is None or period is None:
            return None
        key, origin = key or row.id or row.metric, place(("value",))
        return Metric(
            key=key,
            definition=definition,
            name=row.name.localized() if row.name else definition.name,
            value=value * unit.scale if value is not None else None,
            places=row.places if row.places is not None else places_of(row.value),
            stated_in=unit,
            qualifier=row.qualifier,
            period=period,
            region=intern(row.region or self.region),
            status=row.status,
            source=intern(row.source),
            note=row.note.localized() if row.note else None,
            relations=self._relations(row, definition),
            # The place of the value is where someone would correct it.
            origin=Origin(origin.file, key, origin.line, origin.column, origin.cell),
        )

    def _refuse_wrong_names(self, row: ObservationShape, place: Place) -> None:
        if row.id in _RESERVED:
            self._refuse(f"expected an id of its own, found '{row.id}', which templates use", place(("id",)))
        if row.source not in self.sources:
            self._refuse(f"unknown source '{row.source}'", place(("source",)), did_you_mean(row.source, self.sources))

    def _definition(self, row: ObservationShape, place: Place) -> Definition | None:
        definition = self.definitions.get(row.metric)
        if definition is None:
            hint = did_you_mean(row.metric, self.definitions)
            self._refuse(f"unknown metric '{row.metric}'", place(("metric",)), hint)
        return definition

    def _unit(self, row: ObservationShape, definition: Definition | None, place: Place) -> Unit | None:
        try:
            unit = unit_named(row.unit)
        except KeyError:
            hint = did_you_mean(row.unit, [*UNITS, *ALIASES])
            self._refuse(f"unknown unit '{row.unit}'", place(("unit",)), hint)
            return None
        if definition is not None and not _fits(unit, definition.unit):
            message = f"expected a unit like '{definition.unit.key}' for {row.metric}, found '{row.unit}'"
            self._refuse(message, place(("unit",)))
        return unit

    def _value(self, row: ObservationShape, place: Place) -> Decimal | None:
        if row.value == MISSING:
            return None
        try:
            return read_number(row.value)
        except UnreadableNumberError as unreadable:
            self._refuse(f"expected a number, found '{row.value}'", place(("value",)), unreadable.hint)
            return None

    def _refuse_unknown_relations(self, row: ObservationShape, place: Place) -> None:
        """A misspelt relation would silently leave its check undone."""
        single = {"numerator": row.numerator, "denominator": row.denominator, "base": row.base}
        named = [(key, name) for key, name in single.items() if name is not None]
        named += [("part_of", name) for name in row.part_of] + [("item_of", name) for name in row.item_of]
        for key, name in named:
            if name not in self.definitions:
                self._refuse(f"unknown metric '{name}'", place((key,)), did_you_mean(name, self.definitions))

    def _refuse_parts_of_things(self, row: ObservationShape, value: Decimal, unit: Unit, place: Place) -> None:
        """Things come in whole numbers, places from one up, and none is shown with fewer decimals than it has."""
        least = {UnitKind.COUNT: 0, UnitKind.RANK: 1}.get(unit.kind)
        if least is not None and (value != value.to_integral_value() or value < least):
            expected = f"a whole number of {unit.label.en}" if least == 0 else "a rank of 1 or more"
            self._refuse(f"expected {expected}, found '{row.value}'", place(("value",)))
        if row.places is not None and row.places < places_of(row.value):
            message = f"expected at least as many places as the value has, {places_of(row.value)}, found '{row.places}'"
            self._refuse(message, place(("places",)), "leave 'places' out: it is read off the value")

    def _period(self, row: ObservationShape, definition: Definition | None, place: Place) -> Period | None:
        if definition is None:
            return None
        known = self._periods.get((row.period, definition.period))
        if known is not None:
            return known
        try:
            period = parse_period(row.period, definition.period)
        except ValueError:
            hint = f"'{UNKNOWN}' is for values whose source gives no date"
            self._refuse(f"expected a period such as {EXPECTED}, found '{row.period}'", place(("period",)), hint)
            return None
        self._periods[row.period, definition.period] = period
        return period

    @staticmethod
    def _relations(row: ObservationShape, definition: Definition) -> Relations:
        """Those of the catalogue, shared by all its observations, unless the row states its own."""
        own = not row.model_fields_set.isdisjoint(RelationsShape.model_fields)
        return relations(row, definition.relations) if own else definition.relations

    def _refuse(self, message: str, origin: Origin, *hints: str) -> None:
        self.problems.append(block(message, origin, *hints))


def _fits(unit: Unit, expected: Unit) -> bool:
    """Whether values in `unit` can be values of a metric counted in `expected`."""
    if unit.kind is not expected.kind:
        return False
    scaled_persons = {"person", "10k_persons"}
    same_things = unit.key == expected.key or {unit.key, expected.key} <= scaled_persons
    return unit.kind is UnitKind.MONEY or same_things
