"""Tables that cannot be read as they stand: each refused with its place and what to do."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers import METRICS, Copy, everything_below
from ipreport.problems import ReportError
from ipreport.readers import read_metrics
from table_files import (
    CHINESE,
    FULL,
    GOOD,
    HEAD,
    ROW,
    csv_refusal,
    refusals,
    with_table,
    xlsx,
)

# --- csv ------------------------------------------------------------------------------

CSV_CASES = [
    ("a row too short", HEAD + GOOD + "gi_users,4\n",
     ("data.csv:3: block: expected 5 columns as in the first row, found 2\n"
     "    hint: put quotes around a text or number with a comma in it")),
    ("a number with a comma and no quotes", HEAD + "gi_users,1,234,家,2025,bulletin\n",
     ("data.csv:2: block: expected 5 columns as in the first row, found 6\n"
     "    hint: put quotes around a text or number with a comma in it")),
    ("a quote that is not closed", HEAD + GOOD + 'gi_users,"4,家,2025,bulletin\n' + GOOD * 3,
     ("data.csv:3: block: not valid CSV: unexpected end of data\n"
     '    hint: a quote inside a quoted text is written twice: ""; look for one that is not closed')),
    ("a quote inside a quoted text", HEAD + 'gi_users,"4"5,家,2025,bulletin\n',
     ("data.csv:2: block: not valid CSV: ',' expected after '\"'\n"
     '    hint: a quote inside a quoted text is written twice: ""; look for one that is not closed')),
    ("a field beyond all measure", HEAD + f"gi_users,{'9' * 200_000},家,2025,bulletin\n",
     ("data.csv:2: block: not valid CSV: field larger than field limit (131072)\n"
     '    hint: a quote inside a quoted text is written twice: ""; look for one that is not closed')),
    ("a NUL", HEAD + GOOD + "gi_users,4\0,家,2025,bulletin\n",
     "data.csv:3: block: expected text, found the control character U+0000"),
    ("a heading twice", "metric,value,unit,period,source,数值\n",
     "data.csv:1: block: the heading '数值' stands twice (数值)\n    hint: delete one of the columns"),
    ("an unknown heading", "metric,valeu,unit,period,source\n",
     "data.csv:1: block: unknown heading 'valeu' (valeu)\n    hint: did you mean 'value'?"),
    ("a heading left out", "metric,,value,unit,period,source\n",
     "data.csv:1: block: the column 2 has no heading\n    hint: give it one, or delete the column"),
    ("a column left out", "metric,value,unit,period\n",
     ("data.csv:1: block: the column 'source' is missing\n"
     "    hint: add a column 'source' or '来源', or 'source:' beside 'file:' when it is the same for all")),
    ("an empty file", "", "data.csv:1: block: expected headings in row 1, found the end of the table"),
    ("bytes of no encoding", (HEAD + GOOD).encode() + b"\xff\xff\n",
     ("data.csv:3: block: expected UTF-8 or GB18030 text\n"
     "    hint: save the file as UTF-8, or name its encoding: big5, utf-16")),
    ("UTF-16", (HEAD + GOOD).encode("utf-16"),
     "data.csv:1: block: expected UTF-8 text, found UTF-16\n    hint: add encoding: utf-16, or save it as UTF-8"),
    ("a workbook", b"PK\x03\x04" + b"\0" * 99,
     "data.csv:1: block: expected a CSV file, found a workbook\n    hint: give it the ending .xlsx or .xls"),
    ("万 in a value", HEAD + "penalty_amount,12万,元,2025,bulletin\n",
     "data.csv:2: block: expected a number, found '12万' (value)\n    hint: write value: \"12\" and unit: 万元"),
    ("a comma in the wrong place", HEAD + 'gi_users,"12,34",家,2025,bulletin\n',
     ("data.csv:2: block: expected a number, found '12,34' (value)\n"
     "    hint: a comma parts thousands, as in 1,234,567; check the digits")),
    ("a number in powers of ten", HEAD + "gi_users,1.2E+07,家,2025,bulletin\n",
     ("data.csv:2: block: expected a number, found '1.2E+07' (value)\n"
     '    hint: write plain digits such as "356" or "7.52", or missing when there is no value')),
    ("too many decimals", HEAD + "growth_rate,8.1234567,percent,2025,bulletin\n",
     ("data.csv:2: block: expected a number, found '8.1234567' (value)\n"
     "    hint: at most 6 decimals are read; round it, in a workbook with ROUND(…, 2)")),
    ("a percentage of things", HEAD + "gi_users,8%,家,2025,bulletin\n",
     ("data.csv:2: block: expected a value in 'enterprise', found the percentage '8%' (value)\n"
     "    hint: correct the unit, or the format of the cell")),
    ("an unknown metric", HEAD + "gi_user,8,家,2025,bulletin\n",
     "data.csv:2: block: unknown metric 'gi_user' (metric)\n    hint: did you mean 'gi_users'?"),
    ("no metric", HEAD + ",8,家,2025,bulletin\n",
     "data.csv:2: block: expected a metric, found an empty cell (metric)\n    hint: write its id or its name"),
    ("half a pair", "metric,value,unit,period,source,说明\ngi_users,8,家,2025,bulletin,说明\n",
     "data.csv:2: block: the English text is missing (note.en)\n    hint: add 'en:' beside the other language"),
    ("a control character", "metric,value,unit,period,source,region\ngi_users,8,家,2025,bulletin,某\u202e县\n",
     "data.csv:2: block: expected text, found the control character U+202E (region)\n    hint: delete it"),
    ("the same twice", HEAD + GOOD + GOOD,
     ("data.csv:3: block: 'patent_invention_in_force' stands twice; it was first given at line 2 "
     "(patent_invention_in_force)\n    hint: give one of them an 'id:' of its own")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message"), [case[1:] for case in CSV_CASES], ids=[case[0] for case in CSV_CASES])
def test_a_csv_file_is_refused_with_its_line(small: Copy, text: str | bytes, message: str) -> None:
    assert csv_refusal(small, text) == message


def test_text_of_another_encoding_is_noticed_by_its_headings(small: Copy) -> None:
    small.overwrite("data.csv", "指標,數值,單位,時期,來源\n".encode("big5"))

    first, *others = refusals(small)

    assert "unknown heading" in first
    assert first.endswith("name the file's encoding beside 'file:', such as encoding: big5")
    assert others


def test_all_problems_of_a_run_come_together_and_nothing_is_written(small: Copy) -> None:
    small.overwrite(
        "data.csv", FULL.replace("400", "4万").replace("369700", "x").replace("bulletin\ngi", "buletin\ngi").encode()
    )
    small.change("briefing.yaml", "kind: part-of-whole", "kind: pie")

    problems = [message.partition("\n")[0] for message in with_table(small).check()]
    with pytest.raises(ReportError):
        small.build()

    assert problems == [
        "data.csv:2: block: expected a number, found '4万' (value)",
        "data.csv:4: block: expected a number, found 'x' (value)",
        "data.csv:4: block: unknown source 'buletin' (source)",
        "briefing.yaml:19:11: block: unknown chart kind 'pie' (sections[0].blocks[1].figure.kind)",
    ]
    assert everything_below(small.root / "output") == {}


def test_reading_stops_when_a_table_is_wrong_throughout(small: Copy) -> None:
    small.overwrite("data.csv", (HEAD + "gi_user,1,家,2025,bulletin\n" * 5_000).encode())

    messages = refusals(small)

    assert len(messages) == 102
    assert messages[-1] == "data.csv:102: note: reading stopped after 100 problems\n    hint: correct these first"


# --- how the record names a table -----------------------------------------------------

ENTRIES = [
    ("{file: ../data.csv}",
     "metrics.yaml:6:6: block: expected a file inside the briefing's folder, found '../data.csv'"),
    ("{file: datta.csv}", "metrics.yaml:6:6: block: there is no file 'datta.csv' (tables[0].file)"),
    ("{file: briefing.yaml}", "metrics.yaml:6:6: block: expected a table (.csv, .xlsx, .xlsm, .ods, .xls), found"),
    ("{file: data.csv, source: buletin}", "metrics.yaml:6:22: block: unknown source 'buletin' (tables[0].source)"),
    ("{file: data.csv, current: now}", "metrics.yaml:6:22: block: expected a period such as 2025Q3, found 'now'"),
    ("{file: data.csv, sheet: a}", "metrics.yaml:6:22: block: expected no 'sheet' for a CSV file"),
    ("{file: data.csv, encoding: klingon}", "data.csv:1: block: unknown encoding 'klingon'"),
    ("{file: data.csv, encoding: hex}", "data.csv:1: block: unknown encoding 'hex'"),
    ("{file: data.csv, encoding: ascii}", "data.csv:1: block: expected ascii text"),
    ("{file: data.csv, shet: a}", "metrics.yaml:6:22: block: unknown key 'shet' (tables[0].shet)"),
    ("{file: data.csv, wide: {metric: 1, first_period: B}}",
     "metrics.yaml:6:29: block: expected the letters of a column"),
]  # fmt: skip


@pytest.mark.parametrize(("entry", "message"), ENTRIES)
def test_an_entry_of_the_record_is_refused_where_it_stands(small: Copy, entry: str, message: str) -> None:
    small.overwrite("data.csv", FULL.encode())

    (found,) = refusals(small, entry)

    assert found.startswith(message)


def test_a_link_out_of_the_folder_is_not_followed(small: Copy, tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text(HEAD + GOOD, encoding="utf-8")
    try:
        (small.folder / "data.csv").symlink_to(tmp_path / "secret.csv")
    except OSError:  # Windows lets only administrators make them
        pytest.skip("this system makes no symbolic links")

    (message,) = refusals(small)

    assert message.startswith("metrics.yaml:6:6: block: expected a file inside the briefing's folder, found 'data.csv'")


# --- anything at all ------------------------------------------------------------------


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    at=st.floats(0, 1, exclude_max=True),
    taken=st.integers(0, 4),
    piece=st.binary(max_size=4),
    ending=st.sampled_from(["csv", "xlsx"]),
)
def test_no_damage_to_a_table_is_a_fault_of_the_program(
    small: Copy, at: float, taken: int, piece: bytes, ending: str
) -> None:
    path = small.folder / f"data.{ending}"
    if ending == "csv":
        path.write_bytes(FULL.encode())
    else:
        xlsx(path, [CHINESE, ROW])
    whole = path.read_bytes()
    position = int(at * len(whole))
    path.write_bytes(whole[:position] + piece + whole[position + taken :])

    with suppress(ReportError):
        read_metrics(with_table(small, f"{{file: {path.name}}}").folder / METRICS)
