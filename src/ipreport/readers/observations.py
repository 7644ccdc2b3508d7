"""One observation, whichever file it comes from: checked against the catalogue, its place kept."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal
from sys import intern

from ipreport.metrics import (
    LISTED_RELATIONS,
    SINGLE_RELATIONS,
    Definition,
    Metric,
    Period,
    PeriodKind,
    Region,
    Relations,
    Unit,
    UnitKind,
    fits,
    parse_period,
    unit_named,
)
from ipreport.metrics.periods import EXPECTED, UNKNOWN
from ipreport.metrics.units import ALIASES, UNITS
from ipreport.problems import Origin, Problem, block, did_you_mean
from ipreport.readers.catalogue import Catalogue, relations
from ipreport.readers.schema import ObservationShape, RelationsShape, TargetShape
from ipreport.readers.validate import Place
from ipreport.readers.values import MISSING, UnreadableNumberError, places_of, read_number

_RESERVED = {
    "and", "cite", "elif", "else", "endif", "false", "figure", "if", "in", "is", "none", "not", "or", "rounding",
    "table", "true",
}  # fmt: skip
"""Words that mean something else in a template."""


class ObservationReader:
    """Reads rows one by one and keeps every problem, so that all are told together."""

    def __init__(
        self,
        definitions: Catalogue,
        sources: Collection[str],
        region: str,
        regions: Sequence[Region] = (),
    ) -> None:
        self.definitions = definitions
        self.sources = sources
        self.problems: list[Problem] = []
        self.regions = regions
        self._region_ids = {name: each.id for each in regions for name in (each.name.en, each.name.zh, each.id)}
        self.region = self._region_ids.get(region, region)
        """The id of the briefing's own region."""
        self._periods: dict[tuple[str, PeriodKind], Period] = {}
        """A table repeats few periods many times; one object stands for each."""

    def read(self, row: ObservationShape, place: Place, key: str = "") -> Metric | None:
        """The metric of a row, called `key` if given; None when the row has problems."""
        before = len(self.problems)
        definition = self.definition(row.metric, place)
        unit = self.unit(row, definition, place)
        value = self.value(row.value, place)
        if value is not None and unit is not None:
            self._refuse_parts_of_things(row, value * unit.scale, unit, place)
        period = self._period(row.period, definition, "period", place)
        against = self._period(row.against, definition, "against", place) if row.against is not None else None
        region = self.region_id(row.region, place)
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
            region=intern(region),
            status=row.status,
            source=intern(row.source),
            note=row.note.localized() if row.note else None,
            relations=self._relations(row, definition),
            # The place of the value is where someone would correct it.
            origin=Origin(origin.file, key, origin.line, origin.column, origin.cell),
            caliber=row.caliber,
            basis=row.basis,
            against=against,
            peers=row.peers,
        )

    def region_id(self, written: str | None, place: Place) -> str:
        """The id of a region that a row names by id or name; its own words where no regions are listed."""
        region = self.known_region(written)
        if self.regions and region not in {self.region, *self._region_ids.values()}:
            self._refuse(f"unknown region '{written}'", place(("region",)), did_you_mean(region, self._region_ids))
        return region

    def known_region(self, written: str | None) -> str:
        """The id of the region that is written, or what is written where it has none."""
        return self.region if written is None else self._region_ids.get(written, written)

    def refuse_reserved(self, key: str | None, place: Place) -> None:
        """Refuse an id that is a word of templates."""
        if key in _RESERVED:
            self._refuse(f"expected an id of its own, found '{key}', which templates use", place(("id",)))

    def _refuse_wrong_names(self, row: ObservationShape, place: Place) -> None:
        self.refuse_reserved(row.id, place)
        if row.source not in self.sources:
            self._refuse(f"unknown source '{row.source}'", place(("source",)), did_you_mean(row.source, self.sources))

    def definition(self, metric: str, place: Place) -> Definition | None:
        """The catalogue's entry of a metric; None, and a problem, when there is none."""
        definition = self.definitions.get(metric)
        if definition is None:
            hint = did_you_mean(metric, self.definitions)
            self._refuse(f"unknown metric '{metric}'", place(("metric",)), hint)
        return definition

    def unit(self, row: ObservationShape | TargetShape, definition: Definition | None, place: Place) -> Unit | None:
        """The unit of a row; None, and a problem, when it is unknown."""
        try:
            unit = unit_named(row.unit)
        except KeyError:
            hint = did_you_mean(row.unit, [*UNITS, *ALIASES])
            self._refuse(f"unknown unit '{row.unit}'", place(("unit",)), hint)
            return None
        if definition is not None and not fits(unit, definition.unit):
            message = f"expected a unit like '{definition.unit.key}' for {row.metric}, found '{row.unit}'"
            self._refuse(message, place(("unit",)))
        return unit

    def value(self, written: str, place: Place) -> Decimal | None:
        """The number of a row; None when it is missing, and with a problem when it cannot be read."""
        if written == MISSING:
            return None
        try:
            return read_number(written)
        except UnreadableNumberError as unreadable:
            self._refuse(f"expected a number, found '{written}'", place(("value",)), unreadable.hint)
            return None

    def _refuse_unknown_relations(self, row: ObservationShape, place: Place) -> None:
        """A misspelt relation would silently leave its check undone."""
        named = [(key, name) for key in SINGLE_RELATIONS if (name := getattr(row, key)) is not None]
        named += [(key, name) for key in LISTED_RELATIONS for name in getattr(row, key)]
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

    def _period(self, written: str, definition: Definition | None, key: str, place: Place) -> Period | None:
        if definition is None:
            return None
        known = self._periods.get((written, definition.period))
        if known is not None:
            return known
        try:
            period = parse_period(written, definition.period)
        except ValueError:
            hint = f"'{UNKNOWN}' is for values whose source gives no date"
            self._refuse(f"expected a period such as {EXPECTED}, found '{written}'", place((key,)), hint)
            return None
        self._periods[written, definition.period] = period
        return period

    @staticmethod
    def _relations(row: ObservationShape, definition: Definition) -> Relations:
        """Those of the catalogue, shared by all its observations, unless the row states its own."""
        own = not row.model_fields_set.isdisjoint(RelationsShape.model_fields)
        return relations(row, definition.relations) if own else definition.relations

    def _refuse(self, message: str, origin: Origin, *hints: str) -> None:
        self.problems.append(block(message, origin, *hints))
