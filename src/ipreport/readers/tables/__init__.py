"""Tables beside metrics.yaml: CSV files and workbooks, each row or cell an observation."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from ipreport.language import LANGUAGES
from ipreport.metrics import Definition, Metric
from ipreport.metrics.units import ALIASES
from ipreport.problems import Origin, Problem, ReportError, block, did_you_mean, note
from ipreport.readers.folder import is_file, is_inside
from ipreport.readers.observations import ObservationReader
from ipreport.readers.schema import DataShape, Merged, ObservationShape
from ipreport.readers.tables.cells import half_width, period_text, read_value
from ipreport.readers.tables.layout import Layout, Row, is_period, layout_of
from ipreport.readers.tables.table import Table
from ipreport.readers.validate import Place, validated
from ipreport.readers.values import MISSING, UnreadableNumberError
from ipreport.readers.yaml_file import Path_, Value, control_found, is_control

MOST_PROBLEMS = 100
"""A table with more problems than this has one cause; the rest would only repeat it."""

_QUALIFIERS = {"超过": "over", "超": "over", "近": "nearly", "约": "about", "不低于": "at_least", "至少": "at_least"}
_QUALIFIERS |= {"精确": "exact"}
_STATUSES = {"正常": "ok", "存疑": "suspect", "停用": "blocked", "初步": "provisional", "初步数": "provisional"}
_STATUSES |= {"估计": "estimated", "估计数": "estimated", "修订": "revised", "修订数": "revised"}
_WORDS = {"qualifier": _QUALIFIERS, "status": _STATUSES}
"""What an office writes, and what it means."""
_CODES = [language.code for language in LANGUAGES]
_PRINTED = {"region", *(f"{key}_{code}" for key in ("name", "note") for code in _CODES)}
"""Columns whose texts are printed."""


@dataclass(slots=True)
class TableFile:
    """What one table holds."""

    path: Path
    observations: list[Metric] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: tuple[Problem, ...] = ()
    texts: dict[str, Origin] = field(default_factory=dict)
    """Every text that may be printed, with the place where it first stands."""


def read_table(entry: DataShape, folder: Path, reader: ObservationReader, place: Place) -> TableFile:
    """The observations of a table that metrics.yaml names; `place` says where it does."""
    result = TableFile(folder / entry.file)
    result.problems += _wrong_entry(entry, folder, reader, place)
    if result.problems:
        return result
    try:
        table = _opened(result.path, entry)
        result.notes = table.notes
        _Rows(entry, table, reader, result).read(layout_of(entry, table))
    except ReportError as error:
        result.problems += error.problems
    except OSError as error:
        result.problems.append(block(f"the file cannot be read: {error.strerror}", Origin(result.path.as_posix())))
    result.problems = list(dict.fromkeys(result.problems))  # an unknown metric is told once, not for each period
    return result


def _wrong_entry(entry: DataShape, folder: Path, reader: ObservationReader, place: Place) -> list[Problem]:
    """What is wrong with how metrics.yaml names the table."""
    problems = []
    path = folder / entry.file
    if not is_inside(folder, entry.file):
        message = f"expected a file inside the briefing's folder, found '{entry.file}'"
        problems.append(block(message, place(("file",)), "copy the file into the folder and name it from there"))
    elif not is_file(path):
        near = [found.relative_to(folder).as_posix() for found in folder.iterdir() if _ending(found) in _KNOWN]
        problems.append(block(f"there is no file '{entry.file}'", place(("file",)), did_you_mean(entry.file, near)))
    elif _ending(path) not in _KNOWN:
        problems.append(block(f"expected a table ({', '.join(_KNOWN)}), found '{entry.file}'", place(("file",))))
    if entry.source is not None and entry.source not in reader.sources:
        hint = did_you_mean(entry.source, reader.sources)
        problems.append(block(f"unknown source '{entry.source}'", place(("source",)), hint))
    for key in ("period", "current"):
        written = getattr(entry, key)
        if written is not None and not is_period(period_text(written, entry.year)):
            problems.append(block(f"expected a period such as 2025Q3, found '{written}'", place((key,))))
    for key, kept in (("sheet", _ending(path) == ".csv"), ("merged", _ending(path) == ".csv")):
        if kept and getattr(entry, key) is not None:
            problems.append(block(f"expected no '{key}' for a CSV file", place((key,)), "delete it"))
    return problems


_KNOWN = (".csv", ".xlsx", ".xlsm", ".ods", ".xls")


def _ending(path: Path) -> str:
    return path.suffix.lower()


def _opened(path: Path, entry: DataShape) -> Table:
    if _ending(path) == ".csv":
        from ipreport.readers.tables.csv_file import open_csv  # noqa: PLC0415 - each reader is loaded when needed

        return open_csv(path, entry.encoding)
    from ipreport.readers.tables.workbook import open_workbook  # noqa: PLC0415 - calamine is for workbooks only

    return open_workbook(path, entry.sheet, fill=entry.merged is Merged.FILL)


class _Rows:
    """Turns rows of text into observations, and keeps every problem on the way."""

    def __init__(self, entry: DataShape, table: Table, reader: ObservationReader, result: TableFile) -> None:
        self.entry = entry
        self.table = table
        self.result = result
        self.reader = ObservationReader(reader.definitions, reader.sources, reader.region, reader.regions)
        self.reader.problems = result.problems
        self.ids: dict[str, str] = {}
        self.current = period_text(entry.current, entry.year) if entry.current else ""
        self.periods: dict[str, str] = {}

    def read(self, layout: Layout) -> None:
        """Every observation, until there are too many problems to be worth telling."""
        try:
            for row in layout.rows():
                if (metric := self._observation(row)) is not None:
                    self.result.observations.append(metric)
                if len(self.result.problems) + len(layout.problems) > MOST_PROBLEMS:
                    message = f"reading stopped after {MOST_PROBLEMS} problems"
                    layout.problems.append(note(message, self.table.place(row.number), "correct these first"))
                    break
        finally:
            self.result.problems += layout.problems

    def _observation(self, row: Row) -> Metric | None:
        before = len(self.result.problems)
        place = _Placing(self.table, row)
        self._refuse_faults(row)
        if len(self.result.problems) > before:
            return None
        content = self._content(row, place)
        if content is None:
            return None
        try:
            shape = validated(ObservationShape, content, place)
        except ReportError as error:
            self.result.problems += error.problems
            return None
        metric = self.reader.read(shape, place, shape.id or self._key(shape))
        return metric if len(self.result.problems) == before else None

    def _refuse_faults(self, row: Row) -> None:
        for key, column in row.columns.items():
            at = row.heading_row if key == "period" and row.heading_row is not None else row.number
            if fault := self.table.faults.get((at, column)):
                self._refuse(fault.message, self.table.place(at, column), fault.hint)
        column = row.columns["value"]
        if (row.number, column) in self.table.filled:
            hint = "take the merged cells apart; each period has a value of its own"
            self._refuse("expected a value of its own, found merged cells", self.table.place(row.number, column), hint)

    def _content(self, row: Row, place: Place) -> dict[str, Value] | None:
        """The row as metrics.yaml would hold it; None when its metric is unknown."""
        texts = {key: text for key, cell in row.texts.items() if (text := cell.strip())}
        given: dict[str, Value] = {key: half_width(text) for key, text in texts.items() if key not in _PRINTED}
        for key in _PRINTED & texts.keys():
            if texts[key] not in self.result.texts:
                self._keep_text(texts[key], place(tuple(key.split("_"))))
        given |= {key: texts[key] for key in ("metric", "region") if key in texts}
        for key in ("name", "note"):
            pair: dict[str, Value] = {code: texts[name] for code in _CODES if (name := f"{key}_{code}") in texts}
            given |= {key: pair} if pair else {}
        for key in ("source", "region", "period", "unit"):
            if key not in given and (usual := getattr(self.entry, key)) is not None:
                given[key] = usual
        for key, words in _WORDS.items():
            if key in given:
                given[key] = words.get(str(given[key]), given[key])
        if "period" in given:
            given["period"] = self._period(str(given["period"]))
        definition = self._definition(given, place)
        self._settle_value(given, definition, place)
        return given if definition is not None else None

    def _keep_text(self, text: str, origin: Origin) -> None:
        """Texts are printed, so no character of theirs may break an output format."""
        control = next((character for character in text if is_control(character)), None)
        if control is not None:
            self._refuse(control_found(control), origin, "delete it")
        else:
            self.result.texts[text] = origin

    def _definition(self, given: dict[str, Value], place: Place) -> Definition | None:
        """What the metric's id, or its name in the catalogue, stands for."""
        written = str(given.get("metric", ""))
        given["metric"] = self._id(written)
        definition = self.reader.definitions.get(str(given["metric"]))
        if not written:
            self._refuse("expected a metric, found an empty cell", place(("metric",)), "write its id or its name")
        elif definition is None:
            known = [*self.reader.definitions, *(each.name.zh for each in self.reader.definitions.values())]
            self._refuse(f"unknown metric '{written[:60]}'", place(("metric",)), did_you_mean(written, known))
        return definition

    def _id(self, written: str) -> str:
        """The id of a metric written by its name in the catalogue; anything else as it is."""
        known = self.ids.get(written)
        if known is None:
            known = self.ids[written] = (self.reader.definitions.named(written) if written else None) or written
        return known

    def _settle_value(self, given: dict[str, Value], definition: Definition | None, place: Place) -> None:
        """Value and unit in the forms of metrics.yaml; a percent sign is a unit."""
        written = str(given.get("value", ""))
        if "unit" in given:
            given["unit"] = _unit(str(given["unit"]), definition)
        try:
            given["value"], percent = read_value(written)
        except UnreadableNumberError as unreadable:
            self._refuse(f"expected a number, found '{written[:60]}'", place(("value",)), unreadable.hint)
            given["value"] = MISSING  # what else is wrong with the row is told as well
            return
        if percent:
            given.setdefault("unit", "percent")
        unit = given.get("unit")
        if percent and unit != "percent":
            message = f"expected a value in '{unit}', found the percentage '{written}'"
            self._refuse(message, place(("value",)), "correct the unit, or the format of the cell")
        elif self.table.old and not written:
            message = "expected a value, found an empty cell, which in an .xls may also be an error"
            self._refuse(message, place(("value",)), "write — when there is no value, or save the workbook as .xlsx")
        elif self.table.old and unit == "percent" and not percent and given["value"] != MISSING:
            message = f"an .xls does not tell whether '{written}' is shown as a percentage"
            self._refuse(message, place(("value",)), "save the workbook as .xlsx")

    def _period(self, written: str) -> str:
        known = self.periods.get(written)
        if known is None:
            known = self.periods[written] = period_text(written, self.entry.year)
        return known

    def _key(self, row: ObservationShape) -> str:
        """The metric, told apart by region and period where they are not the briefing's own.

        A tidy table without `current` names its rows as metrics.yaml does.
        """
        key = row.metric
        region = self.reader.known_region(row.region)
        if region != self.reader.region:
            key += "_" + re.sub(r"\W+", "_", region)
        if row.period != self.current and (self.current or self.entry.wide is not None):
            key += "_" + re.sub(r"\W+", "_", row.period).lower()
        return key

    def _refuse(self, message: str, origin: Origin, hint: str) -> None:
        self.result.problems.append(block(message, origin, hint))


class _Placing:
    """Where the parts of a row stand."""

    def __init__(self, table: Table, row: Row) -> None:
        self.table = table
        self.row = row

    def __call__(self, path: Path_) -> Origin:
        """The cell of a key, or of the first part of a pair that the row holds."""
        name = "_".join(map(str, path))
        names = (name, str(path[0]), *(f"{path[0]}_{code}" for code in _CODES))
        found = next((key for key in names if key in self.row.columns), None)
        column = self.row.columns[found] if found is not None else None
        heads = name == "period" and self.row.heading_row is not None
        number = self.row.heading_row if heads and self.row.heading_row is not None else self.row.number
        return self.table.place(number, column, ".".join(map(str, path)))


def _unit(written: str, definition: Definition | None) -> str:
    """The unit's key; 件 alone means many units, beside a metric it means one."""
    if definition is not None and written in {
        definition.unit.label.zh,
        definition.unit.label.en,
        definition.unit.singular,
    }:
        return definition.unit.key
    return ALIASES.get(written, written)
