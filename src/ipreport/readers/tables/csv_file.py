"""CSV files: UTF-8, or GB18030 where every byte agrees with it; read row by row."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from pathlib import Path

from ipreport.problems import Problem, note
from ipreport.readers.tables.table import Table, refused

MAX_BYTES = 1_000_000_000
_CHUNK = 1 << 20
_ENCODINGS = ("utf-8-sig", "gb18030")
_GARBLED = "if the headings look garbled, name the file's encoding beside 'file:', such as encoding: big5"
_WORKBOOK_STARTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def open_csv(path: Path, encoding: str | None) -> Table:
    """The table of a CSV file. Raises ReportError when it is not text in a known encoding."""
    table = Table(path.as_posix(), iter(()))
    with path.open("rb") as stream:
        start = stream.read(4)
    if start.startswith(_WORKBOOK_STARTS):
        raise refused("expected a CSV file, found a workbook", table.place(1), "give it the ending .xlsx or .xls")
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and encoding is None:
        raise refused("expected UTF-8 text, found UTF-16", table.place(1), "add encoding: utf-16, or save it as UTF-8")
    if path.stat().st_size > MAX_BYTES:
        raise refused(f"the file has more than {MAX_BYTES:,} bytes", table.place(1), "part it by year or region")
    found = _encoding(path, encoding)
    notes: tuple[Problem, ...] = ()
    if encoding is None and found != _ENCODINGS[0]:
        notes = (note("the file is not UTF-8; it was read as GB18030", table.place(1), _GARBLED),)
    rows = _rows(path, found)
    return Table(path.as_posix(), rows, notes=notes, garbled_hint=_GARBLED if notes else "")


def _encoding(path: Path, named: str | None) -> str:
    """The first encoding that every byte of the file agrees with."""
    origin = Table(path.as_posix(), iter(()))
    known = {"utf8": _ENCODINGS[0], "utf-8": _ENCODINGS[0]}
    problem = None
    for name in _ENCODINGS if named is None else (known.get(named.lower(), named),):
        try:
            "".encode(name)  # refuses codecs that are not encodings of text, too
        except (LookupError, ValueError) as error:
            message = f"unknown encoding '{named}'"
            raise refused(message, origin.place(1), "known: utf-8, gb18030, big5, utf-16") from error
        found = _undecodable(path, name)
        if found is None:
            return name
        problem = problem or found
    line, message = problem or (1, "")
    raise refused(message, origin.place(line), "save the file as UTF-8, or name its encoding: big5, utf-16")


def _undecodable(path: Path, encoding: str) -> tuple[int, str] | None:
    """Line and message of the first byte that is not text in `encoding`; None when all are."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    with path.open("rb") as stream:
        while True:
            chunk = stream.read(_CHUNK)
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                line += error.object[: error.start].count(b"\n")
                return line, "expected UTF-8 or GB18030 text" if encoding in _ENCODINGS else f"expected {encoding} text"
            if "\0" in text:
                message = "expected text, found the control character U+0000"
                raise refused(
                    message, Table(path.as_posix(), iter(())).place(line + text[: text.index("\0")].count("\n"))
                )
            line += text.count("\n")
            if not chunk:
                return None


def _rows(path: Path, encoding: str) -> Iterator[tuple[int, list[str]]]:
    """Every row with the line it begins on. Raises ReportError at the first that is malformed."""
    width = 0
    with path.open(encoding=encoding, newline="") as stream:
        reader = csv.reader(stream, strict=True)
        while True:
            line = reader.line_num + 1
            try:
                row = next(reader, None)
            except csv.Error as error:
                hint = 'a quote inside a quoted text is written twice: ""; look for one that is not closed'
                raise refused(f"not valid CSV: {error}", Table(path.as_posix(), iter(())).place(line), hint) from error
            if row is None:
                return
            width = width or len(row)
            if row and len(row) != width:
                message = f"expected {width} columns as in the first row, found {len(row)}"
                hint = "put quotes around a text or number with a comma in it"
                raise refused(message, Table(path.as_posix(), iter(())).place(line), hint)
            yield line, row
