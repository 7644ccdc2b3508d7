"""Where the observations stand in a table: one a row, or metrics down and periods across."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from ipreport.metrics import PeriodKind, parse_period
from ipreport.metrics.periods import EXPECTED
from ipreport.problems import Problem, block, did_you_mean
from ipreport.readers.schema import DataShape, WideShape
from ipreport.readers.tables.cells import half_width, period_text
from ipreport.readers.tables.table import Table, column_of

HEADINGS = {
    "指标": "metric", "地区": "region", "时期": "period", "数值": "value", "单位": "unit", "限定": "qualifier",
    "小数位": "places", "状态": "status", "来源": "source", "说明": "note_zh", "英文说明": "note_en",
    "名称": "name_zh", "英文名称": "name_en", "编号": "id", "口径": "caliber",
}  # fmt: skip
"""Chinese headings of a tidy table, and the keys they stand for."""


@dataclass(frozen=True, slots=True)
class Row:
    """One observation as it is written: its texts, and the cell of each, by key."""

    number: int
    texts: Mapping[str, str]
    columns: Mapping[str, int]
    heading_row: int | None = None
    """Where the period stands when it heads a column."""


class Layout(Protocol):
    """Takes a table's rows in order, and gives the observations in them."""

    problems: list[Problem]

    def rows(self) -> Iterator[Row]:
        """Every observation, in the order of the table."""


def layout_of(entry: DataShape, table: Table) -> Layout:
    """How the table is laid out, as its entry says."""
    return Tidy(entry, table) if entry.wide is None else Wide(entry, entry.wide, table)


class Tidy:
    """One observation a row, under headings that are the keys of metrics.yaml."""

    def __init__(self, entry: DataShape, table: Table) -> None:
        self.entry = entry
        self.table = table
        self.problems: list[Problem] = []

    def rows(self) -> Iterator[Row]:
        """Every row that is not blank. Nothing is read when the headings have problems."""
        columns: dict[str, int] | None = None
        width = 0
        for number, cells in self.table.rows:
            if columns is None:
                if number >= self.entry.head_row:
                    columns = self._headings(number, cells)
                    width = max(columns.values(), default=0)
                if self.problems:
                    return
                continue
            if self.entry.last_row is not None and number > self.entry.last_row:
                return
            if any(map(str.strip, cells)) or any((number, at) in self.table.faults for at in columns.values()):
                self._refuse_beyond(number, cells, width)
                texts = {key: cells[at - 1] if at <= len(cells) else "" for key, at in columns.items()}
                yield Row(number, texts, columns)
        if columns is None:
            message = f"expected headings in row {self.entry.head_row}, found the end of the table"
            self.problems.append(block(message, self.table.place(self.entry.head_row)))

    def _headings(self, number: int, cells: list[str]) -> dict[str, int]:
        columns: dict[str, int] = {}
        names = [half_width(cell) for cell in cells]
        while names and not names[-1]:
            names.pop()
        for at, name in enumerate(names, start=1):
            key = HEADINGS.get(name, name.lower())
            origin = self.table.place(number, at, name)
            if fault := self.table.faults.get((number, at)):
                self.problems.append(block(fault.message, origin, fault.hint))
            elif key not in HEADINGS.values():
                known = [*HEADINGS, *HEADINGS.values()]
                message = f"unknown heading '{name}'" if name else f"the column {at} has no heading"
                hint = did_you_mean(name.lower(), known) if name else "give it one, or delete the column"
                self.problems.append(block(message, origin, hint, self.table.garbled_hint))
            elif key in columns:
                self.problems.append(block(f"the heading '{name}' stands twice", origin, "delete one of the columns"))
            columns.setdefault(key, at)
        if not self.problems:
            self._require(columns, number)
        return columns

    def _require(self, columns: Mapping[str, int], number: int) -> None:
        given = {key for key in ("source", "period", "unit") if getattr(self.entry, key) is not None}
        for key in ("metric", "period", "value", "unit", "source"):
            if key not in columns and key not in given:
                chinese = next(name for name, meant in HEADINGS.items() if meant == key)
                hint = f"add a column '{key}' or '{chinese}'"
                if key not in {"metric", "value"}:
                    hint += f", or '{key}:' beside 'file:' when it is the same for all"
                self.problems.append(block(f"the column '{key}' is missing", self.table.place(number), hint))

    def _refuse_beyond(self, number: int, cells: list[str], width: int) -> None:
        for at in range(width + 1, len(cells) + 1):
            if cells[at - 1].strip():
                message = f"found '{cells[at - 1][:60]}' in a column without a heading"
                self.problems.append(block(message, self.table.place(number, at), "give it one, or delete it"))


class Wide:
    """Metrics down and periods across, in the columns that the entry names."""

    def __init__(self, entry: DataShape, wide: WideShape, table: Table) -> None:
        self.entry = entry
        self.wide = wide
        self.table = table
        self.problems: list[Problem] = []
        self.named = {"metric": column_of(wide.metric)}
        for key, letters in (("region", wide.region), ("unit", wide.unit)):
            if letters is not None:
                self.named[key] = column_of(letters)
        self.first = column_of(wide.first_period)
        self.last = column_of(wide.last_period) if wide.last_period is not None else None

    def rows(self) -> Iterator[Row]:
        """Every cell that a metric and a period meet in."""
        years: list[str] = []
        periods: dict[int, str] = {}
        for number, cells in self.table.rows:
            if number == self.wide.year_row:
                years = cells
            if self.entry.last_row is not None and number > self.entry.last_row:
                break
            if periods:
                yield from self._row(number, cells, periods)
            elif number >= self.entry.head_row:
                periods = self._periods(number, cells, years)
                if self.problems or not periods:
                    break
        if not periods and not self.problems:
            message = f"expected periods in row {self.entry.head_row} from column {self.wide.first_period} on"
            origin = self.table.place(self.entry.head_row)
            self.problems.append(block(message, origin, "check head_row and first_period"))

    def _row(self, number: int, cells: list[str], periods: Mapping[int, str]) -> Iterator[Row]:
        named = {key: _at(cells, column) for key, column in self.named.items()}
        used = [*self.named.values(), *periods]
        if not any(_at(cells, at).strip() or (number, at) in self.table.faults for at in used):
            return
        if "region" in self.named and not named["region"].strip():
            message = "expected a region, found an empty cell"  # which must not pass for the briefing's own
            origin = self.table.place(number, self.named["region"])
            self.problems.append(block(message, origin, "write its name, or end the table with last_row:"))
            return
        for column, period in periods.items():
            texts = {**named, "period": period, "value": _at(cells, column)}
            yield Row(number, texts, {**self.named, "period": column, "value": column}, self.entry.head_row)

    def _periods(self, number: int, cells: list[str], years: list[str]) -> dict[int, str]:
        """The period that heads each column."""
        last = self.last if self.last is not None else max(len(cells), self.first - 1)
        while self.last is None and last >= self.first and not cells[last - 1].strip():
            last -= 1
        periods: dict[int, str] = {}
        for column in range(self.first, last + 1):
            heading = f"{half_width(_at(years, column)).removesuffix('年')}年{half_width(_at(cells, column))}"
            written = heading.removeprefix("年")
            period = period_text(written, self.entry.year)
            origin = self.table.place(number, column)
            fault = self.table.faults.get((number, column)) or self.table.faults.get((self.wide.year_row or 0, column))
            if fault:
                self.problems.append(block(fault.message, origin, fault.hint))
            elif not is_period(period):
                hint = "for headings without a year add 'year:' beside 'file:', or 'year_row:' to 'wide:'"
                message = f"expected a period such as {EXPECTED}, found '{written}'"
                self.problems.append(block(message, origin, hint, self.table.garbled_hint))
            elif period in periods.values():
                self.problems.append(block(f"the period {period} heads two columns", origin, "correct one of them"))
            periods[column] = period
        return periods


def is_period(written: str) -> bool:
    """Whether this is a period as metrics.yaml writes them."""
    try:
        parse_period(written, PeriodKind.WINDOW)
    except ValueError:
        return False
    return True


def _at(cells: list[str], column: int) -> str:
    return cells[column - 1] if column <= len(cells) else ""
