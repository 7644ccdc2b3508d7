"""Workbooks: XLSX, ODS and XLS as offices keep them, every value as the text it stands for."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import python_calamine as calamine

from ipreport.problems import Origin, Problem, did_you_mean, note
from ipreport.readers.tables.cells import number_text, percent_text
from ipreport.readers.tables.container import require_sound
from ipreport.readers.tables.table import Cell, Fault, Table, letters, refused
from ipreport.readers.tables.workbook_xml import Facts, UnreadableWorkbookError, facts_of, require_area

_LARGEST = 10**15
"""Beyond fifteen digits a workbook no longer keeps the last ones."""


def open_workbook(path: Path, sheet: str | None, *, fill: bool) -> Table:
    """The table on a sheet: the one named, or the only one that is not hidden.

    Merged cells repeat their text with `fill`; without it they are faults. Raises
    ReportError when the file is no sound workbook or has no such sheet.
    """
    require_sound(path)
    origin = Origin(path.as_posix())
    old = path.suffix.lower() == ".xls"
    if old:
        _require_survivable(path, origin)
    try:
        with calamine.CalamineWorkbook.from_path(path) as book:
            name = _sheet(book, sheet, origin)
            facts = Facts() if old else facts_of(path, name)
            content = book.get_sheet_by_name(name)
            if old:
                facts.merged = [(_one_up(first), _one_up(last)) for first, last in content.merged_cell_ranges or ()]
            notes = _hidden(book, origin)
            filled = _filled(facts, fill=fill)
    except calamine.PasswordError as error:
        raise refused("expected a workbook without a password", origin, "save it without a password") from error
    except (calamine.CalamineError, UnreadableWorkbookError, OSError) as error:
        hint = "save it anew in Excel, WPS or LibreOffice"
        raise refused(f"the workbook cannot be read: {error}", origin, hint) from error
    return Table(
        file=path.as_posix(),
        rows=_rows(content, facts, filled),
        sheet=name,
        faults=facts.faults,
        filled=filled,
        notes=notes,
        old=old,
    )


_READ_ALL = """
import sys
import python_calamine
with python_calamine.CalamineWorkbook.from_path(sys.argv[1]) as book:
    for name in book.sheet_names:
        for row in book.get_sheet_by_name(name).iter_rows():
            pass
"""
_PATIENCE = 60
"""Seconds in which an old workbook must have been read."""


def _require_survivable(path: Path, origin: Origin) -> None:
    """Refuse an old workbook that ends the process which reads it.

    XLS has no checksum, and a damaged length can make the library ask for more memory
    than there is, which nothing can catch. So another process reads it first; an error
    that can be caught is left to the reading proper.
    """
    command = [sys.executable, "-c", _READ_ALL, str(path)]
    try:
        run = subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=False)  # noqa: S603 - our own interpreter
        ended = run.returncode
    except subprocess.TimeoutExpired:
        ended = -1
    if ended not in {0, 1}:
        raise refused("the workbook is damaged", origin, "save it anew in Excel, WPS or LibreOffice, as .xlsx")


def _one_up(cell: tuple[int, int]) -> Cell:
    return cell[0] + 1, cell[1] + 1


def _sheet(book: calamine.CalamineWorkbook, wanted: str | None, origin: Origin) -> str:
    visible = [entry.name for entry in book.sheets_metadata if entry.visible == calamine.SheetVisibleEnum.Visible]
    if wanted is None:
        if len(visible) == 1:
            return visible[0]
        found = f"{len(visible)} sheets: {', '.join(visible)}" if visible else "none that is shown"
        raise refused(f"expected one sheet, found {found}", origin, "name it beside 'file:', such as sheet: 指标")
    if wanted in visible:
        return wanted
    if wanted in book.sheet_names:
        raise refused(f"the sheet '{wanted}' is hidden", origin, "show it in the workbook, or name another")
    raise refused(f"there is no sheet '{wanted}'", origin, did_you_mean(wanted, visible))


def _hidden(book: calamine.CalamineWorkbook, origin: Origin) -> tuple[Problem, ...]:
    hidden = [entry.name for entry in book.sheets_metadata if entry.visible != calamine.SheetVisibleEnum.Visible]
    return (note(f"hidden sheets are not read: {', '.join(hidden)}", origin),) if hidden else ()


def _filled(facts: Facts, *, fill: bool) -> dict[Cell, Cell]:
    """The cells under each merged one, with the cell that holds the text; without `fill` they become faults."""
    filled: dict[Cell, Cell] = {}
    for first, last in facts.merged:
        require_area(last[0] - first[0] + 1 + len(filled), last[1] - first[1] + 1)
        area = f"{letters(first[1])}{first[0]}:{letters(last[1])}{last[0]}"
        hint = "take them apart, or add merged: fill beside 'file:' to repeat the text of heads and names"
        fault = Fault(f"expected a cell of its own, found merged cells {area}", hint)
        for row in range(first[0], last[0] + 1):
            for column in range(first[1], last[1] + 1):
                if fill:
                    filled[row, column] = first
                else:
                    facts.faults.setdefault((row, column), fault)
    return filled


def _rows(content: calamine.CalamineSheet, facts: Facts, filled: dict[Cell, Cell]) -> Iterator[tuple[int, list[str]]]:
    if content.start is None:
        return
    left = [""] * content.start[1]
    heads = set(filled.values())
    held: dict[Cell, str] = {}
    by_row: dict[int, list[int]] = {}
    for row, column in filled:
        by_row.setdefault(row, []).append(column)
    for number, values in enumerate(content.iter_rows(), start=1):
        texts = [*left, *(_text(value, (number, at), facts) for at, value in enumerate(values, len(left) + 1))]
        for column in by_row.get(number, ()):
            texts += [""] * (column - len(texts))
            cell = (number, column)
            if cell in heads:
                held[cell] = texts[column - 1]
            elif fault := facts.faults.get(filled[cell]):
                facts.faults[cell] = fault
            else:
                texts[column - 1] = held.get(filled[cell], "")
        yield number, texts


def _text(value: Any, cell: Cell, facts: Facts) -> str:
    """A cell's value as the text that a person would write for it."""
    match value:
        case str():
            return value
        case bool():
            return "TRUE" if value else "FALSE"
        case float() | int():
            return _number(float(value), cell, facts)
        case datetime() if value.hour or value.minute or value.second:
            return value.isoformat(sep=" ")
        case date():
            return f"{value.year}年{value.month}月" if cell in facts.months else value.strftime("%Y-%m-%d")
        case _:
            return str(value)


def _number(value: float, cell: Cell, facts: Facts) -> str:
    if abs(value) >= _LARGEST:
        hint = "a workbook keeps fifteen digits; write longer ones as text"
        facts.faults.setdefault(cell, Fault(f"expected at most fifteen digits, found {value:.0f}", hint))
    places = facts.places.get(cell, 0)
    return percent_text(value, places) if cell in facts.percent else number_text(value, places)
