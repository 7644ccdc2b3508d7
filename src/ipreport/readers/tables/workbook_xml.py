"""What a workbook's own XML tells and its values do not: percentages, errors, formulas, merged cells.

The cells' values come from calamine. It gives an error and a formula that was never
calculated as empty text, and a percentage as a bare fraction, so those are looked up here.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from xml.parsers import expat

from ipreport.readers.tables.table import Cell, Fault, column_of

MAX_CELLS = 10_000_000
"""A sheet is held as a rectangle; one stray cell at its far corner must not fill the memory."""
_ERROR = "expected a value, found the error {}"
_NO_RESULT = Fault(
    "expected a value, found a formula without its result",
    "open the workbook in Excel, WPS or LibreOffice, let it calculate, and save it",
)
_ERROR_HINT = "correct the formula in the workbook, or write — when there is no value"


class UnreadableWorkbookError(Exception):
    """The workbook's XML is not what a workbook holds; the text says why."""


@dataclass(slots=True)
class Facts:
    """What is known of the cells of one sheet."""

    faults: dict[Cell, Fault] = field(default_factory=dict)
    percent: set[Cell] = field(default_factory=set)
    months: set[Cell] = field(default_factory=set)
    """Dates that are shown without their day."""
    places: dict[Cell, int] = field(default_factory=dict)
    """The decimals that a number is shown with, where its format says so."""
    merged: list[tuple[Cell, Cell]] = field(default_factory=list)
    """First and last cell of each merged range."""


def facts_of(path: Path, sheet: str) -> Facts:
    """The facts of a sheet of an .xlsx or .ods file. Raises UnreadableWorkbookError."""
    try:
        with zipfile.ZipFile(path) as archive:
            if path.suffix.lower() == ".ods":
                return _Ods(sheet).read(archive)
            return _Xlsx(_styles(archive)).read(archive, _part_of(archive, sheet))
    except (expat.ExpatError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise UnreadableWorkbookError(f"a part of it is missing or damaged ({error})") from error


_Attributes = Mapping[str, str]
_Start = Callable[[str, _Attributes], None]


def _parse(stream: IO[bytes], start: _Start, end: Callable[[str], None], text: Callable[[str], None]) -> None:
    """Tell `start`, `end` and `text` what the XML holds, names without their namespaces."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise UnreadableWorkbookError("it declares a document type, which no workbook needs")

    def started(name: str, attributes: dict[str, str]) -> None:
        # Hardly an attribute of a cell has a namespace, and there are many cells.
        if " " in "".join(attributes):
            attributes = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        start(name.rpartition(" ")[2], attributes)

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = started
    parser.EndElementHandler = lambda name: end(name.rpartition(" ")[2])
    parser.CharacterDataHandler = text
    parser.ParseFile(stream)


def _elements(archive: zipfile.ZipFile, part: str) -> list[tuple[str, _Attributes]]:
    """Every element of a small part, in order."""
    found: list[tuple[str, _Attributes]] = []
    with archive.open(part) as stream:
        _parse(stream, lambda name, attributes: found.append((name, attributes)), lambda _: None, lambda _: None)
    return found


# --- xlsx -----------------------------------------------------------------------------


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    sheets = {a["name"]: a["id"] for name, a in _elements(archive, "xl/workbook.xml") if name == "sheet"}
    related = _elements(archive, "xl/_rels/workbook.xml.rels")
    targets = {a["Id"]: a["Target"] for name, a in related if name == "Relationship"}
    return posixpath.normpath(posixpath.join("/xl", targets[sheets[sheet]])).lstrip("/")


def _styles(archive: zipfile.ZipFile) -> list[str]:
    """The number format of each cell style: its code, or the number of a built-in one."""
    if "xl/styles.xml" not in archive.namelist():
        return []
    codes: dict[str, str] = {"2": "0.00", "4": "#,##0.00", "9": "0%", "10": "0.00%", "17": "mmm-yy"}
    formats: list[str] = []
    inside = False
    for name, attributes in _elements(archive, "xl/styles.xml"):
        if name == "numFmt":
            codes[attributes["numFmtId"]] = attributes["formatCode"]
        elif name.endswith("Xfs") or name in {"cellStyles", "dxfs"}:
            inside = name == "cellXfs"
        elif name == "xf" and inside:
            formats.append(attributes.get("numFmtId", "0"))
    return [re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", codes.get(number, "")).lower() for number in formats]


_DECIMALS = re.compile(r"^[#,0]*0\.(0+)(?![0#e])")
"""The part of a number format that shows decimals, zeros at the end included."""


class _Xlsx:
    """Reads a worksheet part cell by cell."""

    def __init__(self, formats: list[str]) -> None:
        self.percent = {str(style) for style, code in enumerate(formats) if "%" in code}
        self.months = {
            str(style)
            for style, code in enumerate(formats)
            if "y" in code and "m" in code and "d" not in code and "h" not in code
        }
        self.places = {
            str(style): len(found[1]) for style, code in enumerate(formats) if (found := _DECIMALS.search(code))
        }
        self.facts = Facts()
        self.at: Cell = (0, 0)
        self.widest = 0
        self.cell: _Attributes = {}
        self.formula = False
        self.result: list[str] | None = None
        self.reading = False

    def read(self, archive: zipfile.ZipFile, part: str) -> Facts:
        """The facts of the sheet in this part."""
        with archive.open(part) as stream:
            _parse(stream, self._start, self._end, self._text)
        return self.facts

    def _start(self, name: str, attributes: _Attributes) -> None:
        match name:
            case "row":
                self.at = (int(attributes.get("r", self.at[0] + 1)), 0)
            case "c":
                place = attributes.get("r")
                self.at = cell_named(place) if place else (self.at[0], self.at[1] + 1)
                self.widest = max(self.widest, self.at[1])
                require_area(self.at[0], self.widest)
                self.cell, self.formula, self.result = attributes, False, None
            case "f":
                self.formula = True
            case "v":
                self.result, self.reading = [], True
            case "mergeCell":
                first, _, last = attributes["ref"].partition(":")
                self.facts.merged.append((cell_named(first), cell_named(last or first)))

    def _text(self, text: str) -> None:
        if self.reading and self.result is not None:
            self.result.append(text)

    def _end(self, name: str) -> None:
        self.reading = self.reading and name != "v"
        if name == "c":
            self._note()

    def _note(self) -> None:
        kind, style = self.cell.get("t", "n"), self.cell.get("s", "0")
        result = "".join(self.result or ())
        if kind == "e":
            self.facts.faults[self.at] = Fault(_ERROR.format(result), _ERROR_HINT)
        elif self.formula and not result and (kind != "str" or self.result is None):
            self.facts.faults[self.at] = _NO_RESULT
        elif kind == "n":
            self._note_format(style)

    def _note_format(self, style: str) -> None:
        if style in self.percent:
            self.facts.percent.add(self.at)
        if style in self.months:
            self.facts.months.add(self.at)
        if style in self.places:
            self.facts.places[self.at] = self.places[style]


def cell_named(name: str) -> Cell:
    """Row and column of a cell such as B4. Raises ValueError when it is no such name."""
    match = re.fullmatch(r"([A-Z]{1,3})([1-9]\d{0,6})", name.replace("$", ""), re.ASCII)
    if match is None:
        raise ValueError(f"no cell is called '{name[:20]}'")
    return int(match[2]), column_of(match[1])


def require_area(rows: int, columns: int) -> None:
    """Raise UnreadableWorkbookError when a sheet spans more cells than are read."""
    if rows * columns > MAX_CELLS:
        raise UnreadableWorkbookError(
            f"a sheet spans more than {MAX_CELLS:,} cells; delete the stray cells at its edge"
        )


# --- ods ------------------------------------------------------------------------------


class _Ods:
    """Reads one table of content.xml, repeated rows and cells counted as often as they stand."""

    def __init__(self, sheet: str) -> None:
        self.sheet = sheet
        self.inside = False
        self.row = self.column = 0
        self.repeated = self.copies = 1
        self.count = 0
        self.widest = 0
        self.cell: _Attributes | None = None
        self.words: list[str] = []
        self.facts = Facts()

    def read(self, archive: zipfile.ZipFile) -> Facts:
        """The facts of the sheet."""
        with archive.open("content.xml") as stream:
            _parse(stream, self._start, self._end, self._text)
        return self.facts

    def _start(self, name: str, attributes: _Attributes) -> None:
        if name == "table":
            self.inside = attributes.get("name") == self.sheet
        if not self.inside:
            return
        if name == "table-row":
            self.row += self.repeated
            self.column, self.copies = 0, 1
            self.repeated = int(attributes.get("number-rows-repeated", 1))
        elif name in {"table-cell", "covered-table-cell"}:
            self.column += self.copies
            self.copies = int(attributes.get("number-columns-repeated", 1))
            self.cell, self.words = attributes, []

    def _text(self, text: str) -> None:
        if self.cell is not None:
            self.words.append(text)

    def _end(self, name: str) -> None:
        if name in {"table-cell", "covered-table-cell"} and self.cell is not None:
            if "value-type" in self.cell or "formula" in self.cell:
                self._note(self.cell)
            self.cell = None
        elif name == "table":
            self.inside = False

    def _note(self, cell: _Attributes) -> None:
        self.widest = max(self.widest, self.column + self.copies - 1)
        self.count += self.repeated * self.copies
        require_area(1, self.count)
        require_area(self.row + self.repeated - 1, self.widest)
        down, across = int(cell.get("number-rows-spanned", 1)), int(cell.get("number-columns-spanned", 1))
        if down > 1 or across > 1:
            self.facts.merged.append(((self.row, self.column), (self.row + down - 1, self.column + across - 1)))
        fault = _ods_fault(cell, "".join(self.words).strip())
        if fault is None and cell.get("value-type") != "percentage":
            return
        for row in range(self.row, self.row + self.repeated):
            for column in range(self.column, self.column + self.copies):
                if fault is not None:
                    self.facts.faults[row, column] = fault
                else:
                    self.facts.percent.add((row, column))


def _ods_fault(cell: _Attributes, words: str) -> Fault | None:
    if "formula" not in cell:
        return None
    if words.startswith(("#", "Err:")):
        return Fault(_ERROR.format(words), _ERROR_HINT)
    return _NO_RESULT if "value-type" not in cell else None
