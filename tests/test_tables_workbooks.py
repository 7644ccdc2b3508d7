"""Workbooks that cannot be read as they stand: each refused with its cell and what to do."""

from __future__ import annotations

import shutil
import struct
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from helpers import HERE, METRICS, Copy
from ipreport.readers import read_metrics
from ipreport.readers.tables import container
from table_files import (
    CHINESE,
    GOOD,
    HEAD,
    ROW,
    Content,
    day,
    error,
    formula,
    ods,
    ods_number,
    ods_row,
    ods_text,
    percent,
    refusals,
    with_table,
    xlsx,
    xlsx_refusal,
)

# --- workbooks ------------------------------------------------------------------------


def test_an_error_is_refused_with_its_cell(small: Copy) -> None:
    assert xlsx_refusal(small, [CHINESE, ("gi_users", error("#DIV/0!"), "家", "2025", "bulletin")]) == (
        "data.xlsx!指标!B2: block: expected a value, found the error #DIV/0!\n"
        "    hint: correct the formula in the workbook, or write — when there is no value"
    )


@pytest.mark.parametrize("cached", [None, ""])
def test_a_formula_without_its_result_is_refused_with_its_cell(small: Copy, cached: str | None) -> None:
    assert xlsx_refusal(small, [CHINESE, ("gi_users", formula("A1+1", cached), "家", "2025", "bulletin")]) == (
        "data.xlsx!指标!B2: block: expected a value, found a formula without its result\n"
        "    hint: open the workbook in Excel, WPS or LibreOffice, let it calculate, and save it"
    )


def test_merged_cells_are_refused_unless_filling_is_declared(small: Copy) -> None:
    assert xlsx_refusal(small, [CHINESE, ROW], merged=["C2:C3"]) == (
        "data.xlsx!指标!C2: block: expected a cell of its own, found merged cells C2:C3\n"
        "    hint: take them apart, or add merged: fill beside 'file:' to repeat the text of heads and names"
    )


def test_a_value_is_never_filled_into_other_cells(small: Copy) -> None:
    rows = [CHINESE, ROW, ("gi_users", None, "家", "2025", "bulletin")]
    xlsx(small.folder / "data.xlsx", rows, merged=["B2:B3"])

    assert [message.partition("\n")[0] for message in refusals(small, "{file: data.xlsx, merged: fill}")] == [
        "data.xlsx!指标!B2: block: expected a value of its own, found merged cells",
        "data.xlsx!指标!B3: block: expected a value of its own, found merged cells",
    ]


def test_a_serial_number_is_no_period(small: Copy) -> None:
    message = xlsx_refusal(small, [CHINESE, ("gi_users", 1, "家", 45930, "bulletin")])

    assert message.startswith("data.xlsx!指标!D2: block: expected a period such as 2025Q3,")
    assert "found '45930'" in message


@pytest.mark.parametrize(("properties", "serial"), [("", 45930), ('<workbookPr date1904="1"/>', 44468)])
def test_days_are_counted_from_the_year_the_workbook_says(small: Copy, properties: str, serial: int) -> None:
    """Excel for Mac once counted from 1904 (ECMA-376, 18.17.4.1): the same day has another number there."""
    row = ("patent_invention_in_force", 400, "patent", day(serial), "bulletin")
    xlsx(small.folder / "data.xlsx", [CHINESE, row], properties=properties)
    (metric,) = read_metrics(with_table(small, "{file: data.xlsx}").folder / METRICS)
    assert metric.period.end == date(2025, 9, 30)


def test_a_date_is_no_value(small: Copy) -> None:
    message = xlsx_refusal(small, [CHINESE, ("gi_users", day(45930), "家", "2025", "bulletin")])

    assert message.startswith("data.xlsx!指标!B2: block: expected a number, found '2025-09-30' (value)")


def test_a_date_out_of_range_is_refused(small: Copy) -> None:
    message = xlsx_refusal(small, [CHINESE, ("gi_users", 1, "家", day(99_999_999), "bulletin")])

    assert message.startswith("data.xlsx!指标!D2: block: expected a period such as 2025Q3,")


def test_digits_that_a_workbook_has_lost_are_not_guessed(small: Copy) -> None:
    assert xlsx_refusal(small, [CHINESE, ("gi_users", 1234567890123456789, "家", "2025", "bulletin")]) == (
        "data.xlsx!指标!B2: block: expected at most fifteen digits, found 1234567890123456768\n"
        "    hint: a workbook keeps fifteen digits; write longer ones as text"
    )


def test_a_percentage_of_things_is_refused_in_a_workbook_too(small: Copy) -> None:
    message = xlsx_refusal(small, [CHINESE, ("gi_users", percent("0.5"), "家", "2025", "bulletin")])

    assert message.startswith(
        "data.xlsx!指标!B2: block: expected a value in 'enterprise', found the percentage '50.00%'"
    )


def test_a_value_beside_the_headings_is_refused(small: Copy) -> None:
    assert xlsx_refusal(small, [CHINESE, (*ROW, None, "注")]).startswith(
        "data.xlsx!指标!G2: block: found '注' in a column without a heading"
    )


SHEETS = [
    ("{file: data.xlsx}", {"二": "visible"}, "expected one sheet, found 2 sheets: 指标, 二"),
    ("{file: data.xlsx, sheet: 指}", {}, "there is no sheet '指'"),
    ("{file: data.xlsx, sheet: 底稿}", {"底稿": "hidden"}, "the sheet '底稿' is hidden"),
]


@pytest.mark.parametrize(("entry", "others", "message"), SHEETS)
def test_a_sheet_that_cannot_be_meant_is_refused(small: Copy, entry: str, others: dict[str, str], message: str) -> None:
    found = xlsx_refusal(small, [CHINESE, ROW], entry, others=others)

    assert found.startswith(f"data.xlsx: block: {message}")


WIDE: list[Sequence[Content]] = [("指标", "2025Q1", "2025Q2"), ("有效发明专利量", 1, 2)]
WIDE_ENTRY = "{file: data.xlsx, source: bulletin, unit: 件%s, wide: {metric: A, first_period: B}}"
WIDE_CASES: list[tuple[str, list[Sequence[Content]], str]] = [
    ("a heading that is no period", [("指标", "2025Q1", "去年"), WIDE[1]],
     "data.xlsx!指标!C1: block: expected a period such as 2025Q3,"),
    ("a heading without a year", [("指标", "1—9月累计"), WIDE[1][:2]],
     "data.xlsx!指标!B1: block: expected a period such as 2025Q3,"),
    ("a period twice", [("指标", "2025Q1", "2025年一季度"), WIDE[1]],
     "data.xlsx!指标!C1: block: the period 2025Q1 heads two columns"),
    ("no period", [("指标",), WIDE[1][:1]],
     "data.xlsx!指标!1: block: expected periods in row 1 from column B on"),
    ("a line below the table", [*WIDE, ("注：数据未经审计",)],
     "data.xlsx!指标!A3: block: unknown metric '注：数据未经审计' (metric)"),
    ("an error", [WIDE[0], ("有效发明专利量", 1, error("#N/A"))],
     "data.xlsx!指标!C2: block: expected a value, found the error #N/A"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "message"), [case[1:] for case in WIDE_CASES], ids=[case[0] for case in WIDE_CASES])
def test_a_wide_sheet_is_refused_with_its_cell(small: Copy, rows: list[Sequence[Content]], message: str) -> None:
    assert xlsx_refusal(small, rows, WIDE_ENTRY % "").startswith(message)


# --- files that are not what they say -------------------------------------------------

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FILES = [
    ("data.xlsx", b"", "the file is empty"),
    ("data.xlsx", (HEAD + GOOD).encode(), "expected a workbook (.xlsx), found a text file"),
    ("data.xls", b"<html><table>", "expected a workbook (.xls), found a web page"),
    ("data.xlsx", OLE + b"\0" * 600, "expected a workbook (.xlsx), found an old .xls workbook"),
    ("data.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"),
     "expected a workbook (.xlsx), found one protected by a password"),
    ("data.xls", b"PK\x03\x04" + b"\0" * 99, "expected a workbook (.xls), found an .xlsx or .ods file"),
    ("data.xls", OLE + b"\0" * 600, "the workbook cannot be read: "),
    ("data.xlsx", b"PK\x03\x04" + b"\0" * 99, "the workbook is damaged or cut short"),
    ("data.ods", b"\x89PNG\0", "expected a workbook (.ods), found something else"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "message"), FILES)
def test_a_file_that_is_no_workbook_is_called_what_it_is(small: Copy, name: str, content: bytes, message: str) -> None:
    small.overwrite(name, content)

    (found,) = refusals(small, f"{{file: {name}}}")

    assert found.startswith(f"{name}: block: {message}")


def test_a_workbook_cut_short_is_refused(small: Copy) -> None:
    path = xlsx(small.folder / "data.xlsx", [CHINESE, ROW])
    path.write_bytes(path.read_bytes()[:-200])

    (found,) = refusals(small, "{file: data.xlsx}")

    assert found.startswith("data.xlsx: block: the workbook is damaged or cut short")


def test_a_workbook_that_unpacks_beyond_measure_is_refused(small: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    path = small.folder / "data.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 2_000_000)

    assert (
        "the part xl/worksheets/sheet1.xml unpacks to more than 150 times its size"
        in refusals(small, "{file: data.xlsx}")[0]
    )
    monkeypatch.setattr(container, "MAX_UNPACKED", 1_000_000)
    assert (
        "the workbook unpacks to 2,000,000 bytes; at most 1,000,000 are read" in refusals(small, "{file: data.xlsx}")[0]
    )


def test_a_workbook_that_hides_its_true_size_is_refused(small: Copy) -> None:
    path = small.folder / "data.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 2_000_000)
    path.write_bytes(path.read_bytes().replace(struct.pack("<I", 2_000_000), struct.pack("<I", 100)))

    (found,) = refusals(small, "{file: data.xlsx}")

    assert found.startswith("data.xlsx: block: the workbook is damaged or cut short")


def test_a_stray_cell_in_the_far_corner_does_not_fill_the_memory(small: Copy) -> None:
    path = xlsx(small.folder / "data.xlsx", [CHINESE, ROW])
    _change_part(
        path,
        "xl/worksheets/sheet1.xml",
        b"</sheetData>",
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
    )

    (found,) = refusals(small, "{file: data.xlsx}")

    assert "a sheet spans more than 10,000,000 cells; delete the stray cells at its edge" in found


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_a_document_type_in_a_workbook_is_refused(small: Copy, part: str) -> None:
    path = xlsx(small.folder / "data.xlsx", [CHINESE, ROW])
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]><w'
    _change_part(path, part, b"<w", bomb)

    (found,) = refusals(small, "{file: data.xlsx}")

    assert found.startswith("data.xlsx: block: the workbook cannot be read: it declares a document type")


@pytest.mark.parametrize(
    ("part", "message"),
    [
        ("xl/workbook.xml", "expected one sheet, found none that is shown"),
        ("xl/worksheets/sheet1.xml", "the workbook cannot be read: a part of it is missing or damaged"),
        ("xl/_rels/workbook.xml.rels", "the workbook cannot be read: "),
    ],
)
def test_a_workbook_without_one_of_its_parts_is_refused(small: Copy, part: str, message: str) -> None:
    path = xlsx(small.folder / "data.xlsx", [CHINESE, ROW])
    _change_part(path, part, b"", None)

    (found,) = refusals(small, "{file: data.xlsx}")

    assert found.startswith(f"data.xlsx: block: {message}")


def _change_part(path: Path, part: str, old: bytes, new: bytes | None) -> None:
    """Put `new` for the first `old` in a part of an archive; without `new` leave the part out."""
    with zipfile.ZipFile(path) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    if new is None:
        del contents[part]
    else:
        assert old in contents[part]
        contents[part] = contents[part].replace(old, new, 1)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)


# --- opendocument ---------------------------------------------------------------------

ODS_CELLS = [
    ('<table:table-cell table:formula="of:=1/0" office:value-type="string"><text:p>#DIV/0!</text:p></table:table-cell>',
     "expected a value, found the error #DIV/0!"),
    ('<table:table-cell table:formula="of:=1"/>', "expected a value, found a formula without its result"),
    (ods_number("4", extra='table:number-rows-spanned="2"'), "expected a cell of its own, found merged cells B2:B3"),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "message"), ODS_CELLS)
def test_an_opendocument_cell_is_refused_with_its_place(small: Copy, cell: str, message: str) -> None:
    rows = ods_row(*(ods_text(name) for name in CHINESE))
    rows += ods_row(ods_text("gi_users"), cell, *(ods_text(text) for text in ("家", "2025", "bulletin")))
    ods(small.folder / "data.ods", rows)

    (found,) = refusals(small, "{file: data.ods}")

    assert found.startswith(f"data.ods!指标!B2: block: {message}")


def test_rows_repeated_beyond_measure_are_refused(small: Copy) -> None:
    ods(small.folder / "data.ods", ods_row(*(ods_text("x") for _ in range(20)), repeated=1_000_000))

    (found,) = refusals(small, "{file: data.ods}")

    assert "a sheet spans more than 10,000,000 cells" in found


def test_an_opendocument_file_with_a_password_is_refused(small: Copy) -> None:
    ods(small.folder / "data.ods", ods_row(), manifest="<x><manifest:encryption-data/></x>")

    (found,) = refusals(small, "{file: data.ods}")

    assert found.startswith("data.ods: block: expected a workbook without a password")


# --- xls ------------------------------------------------------------------------------


def test_an_old_workbook_is_read_where_nothing_in_it_is_doubtful(small: Copy) -> None:
    shutil.copy(HERE / "data" / "old.xls", small.folder)

    metrics = read_metrics(with_table(small, "{file: old.xls, sheet: 指标}").folder / METRICS)

    assert [(metric.key, str(metric.value), metric.period.slug) for metric in metrics] == [
        ("gi_users", "1234", "2025-09-30"), ("growth_rate", "8.2", "2025Q3"), ("penalty_cases", "None", "2025"),
    ]  # fmt: skip
    assert str(metrics["gi_users"].origin).endswith("old.xls!指标!B2")


def test_what_an_old_workbook_does_not_tell_is_refused(small: Copy) -> None:
    shutil.copy(HERE / "data" / "old.xls", small.folder)

    assert [message.partition("\n")[0] for message in refusals(small, "{file: old.xls, sheet: 不明}")] == [
        "old.xls!不明!B2: block: an .xls does not tell whether '0.082' is shown as a percentage (value)",
        "old.xls!不明!B3: block: expected a value, found an empty cell, which in an .xls may also be an error (value)",
        "old.xls!不明!A4: block: expected a cell of its own, found merged cells A4:A5",
        "old.xls: note: hidden sheets are not read: 隐",
    ]


def test_an_old_workbook_that_ends_the_process_reading_it_is_refused(small: Copy) -> None:
    damaged = bytearray((HERE / "data" / "old.xls").read_bytes())
    damaged[2509] = 183  # a length of some hundred gigabytes, at which the library aborts
    (small.folder / "old.xls").write_bytes(damaged)

    (found,) = refusals(small, "{file: old.xls, sheet: 指标}")
    assert found == (
        "old.xls: block: the workbook is damaged\n    hint: save it anew in Excel, WPS or LibreOffice, as .xlsx"
    )
