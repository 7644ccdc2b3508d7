"""The values of a record as a table that spreadsheets open (RFC 4180)."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Mapping

from ipreport.document.record import Record, RecordedValue

RECORD_TABLE_NAME = "metrics.csv"
"""What the table is called inside a file."""

_COLUMNS = (
    "key", "name_zh", "name_en", "value", "unit", "amount", "period", "source", "source_title_zh", "source_title_en",
    "origin", "pointer", "formula", "rests_on", "remarks", "printed_as", "places",
)  # fmt: skip
_BETWEEN = " | "
_ACTIVE = ("=", "@", "\t", "\r")
"""How text begins that a spreadsheet would take for something to be worked out."""


def write_record_table(record: Record) -> bytes:
    """A row for every value with its provenance and the places where it is printed.

    UTF-8 with the mark that makes Excel read it as such. The same record gives the same bytes.
    """
    places: dict[str, dict[str, None]] = defaultdict(dict)
    for stretch in record.printed:
        for part in stretch.parts:
            if part.key is not None:
                places[part.key][stretch.where] = None
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    writer.writerows([_inert(cell) for cell in _row(value, places)] for value in record.values)
    return target.getvalue().encode("utf-8-sig")


def _row(value: RecordedValue, places: Mapping[str, Mapping[str, None]]) -> list[str]:
    names, titles = value.name, value.source_title
    plain = [value.key, names.zh, names.en, value.value, value.unit, value.amount, value.period]
    source = [value.source, titles.zh, titles.en, value.origin, value.pointer, value.formula]
    lists = (value.rests_on, value.remarks, value.wordings, places.get(value.key, ()))
    return [*plain, *source, *(_BETWEEN.join(each) for each in lists)]


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_ACTIVE) else cell
