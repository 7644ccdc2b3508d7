"""Observations from CSV files and workbooks: what is read, and where each value stands."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ipreport
from helpers import HAIXI, METRICS, Copy
from ipreport.document import Record
from ipreport.metrics import Metric, Qualifier, Status
from ipreport.readers import read_metrics
from ipreport.readers.tables.cells import period_text
from table_files import (
    CHINESE,
    FULL,
    HEAD,
    Content,
    Raw,
    day,
    formula,
    month,
    ods,
    ods_number,
    ods_row,
    ods_text,
    percent,
    with_table,
    xlsx,
)


def observations(small: Copy, entry: str) -> list[Metric]:
    """What the briefing's record holds when its only observations are those of a table."""
    return list(read_metrics(with_table(small, entry).folder / METRICS))


def of_csv(small: Copy, text: str | bytes, entry: str = "{file: data.csv}") -> list[Metric]:
    content = text.encode() if isinstance(text, str) else text
    small.overwrite("data.csv", content)
    return observations(small, entry)


def of_xlsx(
    small: Copy, rows: Sequence[Sequence[Content]], entry: str = "{file: data.xlsx}", **more: object
) -> list[Metric]:
    xlsx(small.folder / "data.xlsx", rows, **more)  # type: ignore[arg-type]
    return observations(small, entry)


def values(metrics: list[Metric]) -> list[str]:
    return [f"{metric.key} {metric.value} {metric.stated_in.key} {metric.period.slug}" for metric in metrics]


# --- tidy -----------------------------------------------------------------------------


def test_a_tidy_csv_file_is_read_like_the_record_itself(small: Copy) -> None:
    (metric,) = of_csv(
        small,
        "id,metric,region,period,value,unit,qualifier,places,status,source,name_zh,name_en,note_zh,note_en\n"
        "own,penalty_amount,某县,2025Q3,36.9,万元,over,2,suspect,bulletin,罚没款,Fines,说明,A note\n",
    )

    assert (metric.key, metric.region, metric.period.slug, metric.value) == ("own", "某县", "2025Q3", Decimal(369_000))
    assert (metric.qualifier, metric.places, metric.status) == (Qualifier.OVER, 2, Status.SUSPECT)
    assert metric.note is not None
    assert (metric.name.zh, metric.name.en, metric.note.zh, metric.note.en) == ("罚没款", "Fines", "说明", "A note")


def test_chinese_headings_and_words_mean_the_same(small: Copy) -> None:
    (metric,) = of_csv(
        small,
        "编号,指标,地区,时期,数值,单位,限定,小数位,状态,来源,名称,英文名称,说明,英文说明\n"
        "own,有效发明专利量,某县,2025年第三季度,356,件,超过,0,存疑,bulletin,专利,Patents,说明,A note\n",
    )

    assert (metric.definition.id, metric.stated_in.key, metric.period.slug) == (
        "patent_invention_in_force", "patent", "2025Q3",
    )  # fmt: skip
    assert (metric.qualifier, metric.status) == (Qualifier.OVER, Status.SUSPECT)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_utf_8_with_or_without_mark_and_gb18030_are_told_apart(small: Copy, encoding: str) -> None:
    text = "指标,数值,单位,时期,来源\r\n有效发明专利量,400,件,2025年9月末,bulletin\r\n"

    assert values(of_csv(small, text.encode(encoding))) == ["patent_invention_in_force 400 patent 2025-09-30"]


def contents(path: Path) -> dict[str, bytes]:
    """What a file holds, but for the properties of a Word file that name what went in."""
    if path.suffix != ".docx":
        return {"": path.read_bytes()}
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name != "docProps/custom.xml"}


def test_a_table_gives_the_very_documents_that_the_record_gives(small: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    # All but the way back to the data, which is another one.
    monkeypatch.setattr(import_module("ipreport.compose.compose"), "record_of", lambda *_: Record())
    before = {path.name: contents(path) for path in small.build().documents}
    small.overwrite("data.csv", FULL.encode())

    built = with_table(small).build()

    assert {path.name: contents(path) for path in built.documents} == before
    assert "data.csv" in json.loads(built.manifest.read_text(encoding="utf-8"))["inputs"]


def test_reading_as_gb18030_is_said_and_stops_nothing(small: Copy) -> None:
    small.overwrite("data.csv", FULL.encode("gb18030"))

    (message,) = with_table(small).check()
    assert message == (
        "data.csv:1: note: the file is not UTF-8; it was read as GB18030\n"
        "    hint: if the headings look garbled, name the file's encoding beside 'file:', such as encoding: big5"
    )


def test_a_named_encoding_is_used(small: Copy) -> None:
    text = "metric,value,unit,period,source,note_zh,note_en\ngi_users,1,家,unknown,bulletin,專利,A note\n"

    (metric,) = of_csv(small, text.encode("big5"), "{file: data.csv, encoding: big5}")

    assert metric.note is not None
    assert metric.note.zh == "專利"


def test_what_is_the_same_for_all_rows_stands_once_in_the_record(small: Copy) -> None:
    entry = "{file: data.csv, source: bulletin, region: 某县, period: 2025Q3, unit: 件}"

    (metric,) = of_csv(small, "指标,数值\n有效发明专利量,400\n", entry)

    assert (metric.key, metric.region) == ("patent_invention_in_force_某县", "某县")
    assert (metric.source, metric.stated_in.key, metric.period.slug) == ("bulletin", "patent", "2025Q3")


def test_explain_names_the_line_and_the_cell(small: Copy) -> None:
    small.overwrite("data.csv", FULL.encode())
    assert str(ipreport.explain(with_table(small).folder, "penalty_amount").origin).endswith("data.csv:4")

    xlsx(small.folder / "data.xlsx", list(csv.reader(io.StringIO(FULL))))
    with_table(small, "{file: data.xlsx}")
    assert str(ipreport.explain(small.folder, "penalty_amount").origin).endswith("data.xlsx!指标!B4")


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1,234", "1234"),
        ("１２３", "123"),
        ("－1，234．50", "-1234.50"),
        (" 356 ", "356"),
        ("—", None),
        ("", None),
        ("空", None),
    ],
)
def test_numbers_that_have_one_meaning_are_read(small: Copy, written: str, value: str | None) -> None:
    row = f'growth_rate,"{written}",percent,unknown,bulletin\n'

    (metric,) = of_csv(small, HEAD + row)

    assert metric.value == (None if value is None else Decimal(value))


def test_a_percent_sign_is_a_unit(small: Copy) -> None:
    (metric,) = of_csv(small, HEAD + "growth_rate,8.20％,,2025,bulletin\n")

    assert (metric.value, metric.places, metric.stated_in.key) == (Decimal("8.20"), 2, "percent")


@pytest.mark.parametrize(
    ("written", "period"),
    [
        ("2025Q1", "2025Q1"), ("2025年第一季度", "2025Q1"), ("2025年4季度", "2025Q4"), ("２０２５年三季度", "2025Q3"),
        ("2025年1—9月累计", "2025-01/2025-09"), ("2025年1月至9月", "2025-01/2025-09"),
        ("2025年上半年", "2025-01/2025-06"),
        ("2025年前三季度", "2025-01/2025-09"), ("2025年9月", "2025-09/2025-09"), ("2025年9月30日", "2025-09-30"),
        ("截至2025年9月底", "2025-09-30"), ("2025年末", "2025-12-31"), ("2025年年底", "2025-12-31"), ("2025年", "2025"),
        ("2025年度", "2025"), ("2025/9/30", "2025-09-30"), ("unknown", "unknown"), ("2025年13月末", "2025-13-00"),
        ("去年", "去年"),
    ],
)  # fmt: skip
def test_periods_are_read_as_offices_write_them(written: str, period: str) -> None:
    assert period_text(written) == period


# --- workbooks ------------------------------------------------------------------------


def test_a_tidy_sheet_is_read_with_numbers_percentages_dates_and_results(small: Copy) -> None:
    rows: list[Sequence[Content]] = [
        CHINESE,
        ("patent_invention_in_force", 400, "件", day(45930), "bulletin"),
        ("growth_rate", percent("8.2000000000000003E-2"), "%", "2025", "bulletin"),
        ("mediation_success_rate", percent("0.285"), None, "2025Q1", "bulletin"),
        ("penalty_amount", formula("SUM(A1)", "36.9"), "万元", month(45901), "bulletin"),
        ("gi_users", "１，２３４", "家", 2024, "bulletin"),
    ]

    assert values(of_xlsx(small, rows)) == [
        "patent_invention_in_force 400 patent 2025-09-30",
        "growth_rate 8.20 percent 2025",
        "mediation_success_rate 28.50 percent 2025Q1",
        "penalty_amount 369000.0 10k_yuan 2025-09-30",
        "gi_users 1234 enterprise 2024",
    ]


def test_a_sign_that_a_format_only_adds_does_not_multiply(small: Copy) -> None:
    (metric,) = of_xlsx(small, [CHINESE, ("growth_rate", Raw("8.2", style=4), "%", "2025", "bulletin")])

    assert metric.value == Decimal("8.2")


WIDE: list[Sequence[Content]] = [
    ("主要指标",),
    ("指标", "单位", None, "2024年", None, "2025年", None),
    (None, None, None, "第四季度", "1—12月累计", "第一季度", "1—3月累计"),
    ("有效发明专利量", "件", None, 380, "—", "１，４００", None),
    ("penalty_amount", "万元", None, 1.5, formula("1+1", "2.25"), 3, 3),
]
AS_WIDE = (
    "{file: data.xlsx, source: bulletin, head_row: 3, merged: fill%s,"
    " wide: {metric: A, unit: b, first_period: D, year_row: 2}}"
)


def test_a_wide_sheet_is_read_with_years_above_quarters(small: Copy) -> None:
    metrics = of_xlsx(small, WIDE, AS_WIDE % "", merged=["D2:E2", "F2:G2"])

    assert values(metrics) == [
        "patent_invention_in_force_2024q4 380 patent 2024Q4",
        "patent_invention_in_force_2024_01_2024_12 None patent 2024-01-12",
        "patent_invention_in_force_2025q1 1400 patent 2025Q1",
        "patent_invention_in_force_2025_01_2025_03 None patent 2025-01-03",
        "penalty_amount_2024q4 15000.0 10k_yuan 2024Q4",
        "penalty_amount_2024_01_2024_12 22500.00 10k_yuan 2024-01-12",
        "penalty_amount_2025q1 30000 10k_yuan 2025Q1",
        "penalty_amount_2025_01_2025_03 30000 10k_yuan 2025-01-03",
    ]
    assert str(metrics[5].origin).endswith("data.xlsx!指标!E5")


def test_the_current_period_keeps_the_plain_name(small: Copy) -> None:
    metrics = of_xlsx(small, WIDE, AS_WIDE % ", last_row: 4, current: 2025年第一季度", merged=["D2:E2", "F2:G2"])

    assert [metric.key for metric in metrics][1:3] == [
        "patent_invention_in_force_2024_01_2024_12",
        "patent_invention_in_force",
    ]


def test_a_wide_csv_file_takes_its_year_from_the_record(small: Copy) -> None:
    entry = "{file: data.csv, source: bulletin, unit: 件, year: 2025, wide: {metric: A, first_period: B}}"

    assert values(of_csv(small, "指标,第一季度,1—9月累计\n有效发明专利量,1,2\n", entry)) == [
        "patent_invention_in_force_2025q1 1 patent 2025Q1",
        "patent_invention_in_force_2025_01_2025_09 2 patent 2025-01-09",
    ]


def test_hidden_sheets_are_left_out_and_named(small: Copy) -> None:
    rows = list(csv.reader(io.StringIO(FULL)))
    xlsx(small.folder / "data.xlsx", rows, others={"底稿": "hidden", "旧": "veryHidden"})

    assert with_table(small, "{file: data.xlsx}").check() == ["data.xlsx: note: hidden sheets are not read: 底稿, 旧"]


def test_an_opendocument_sheet_is_read_with_repeated_cells_and_rows(small: Copy) -> None:
    rows = ods_row(repeated=3) + ods_row(*(ods_text(name) for name in CHINESE))
    rows += ods_row(
        ods_text("growth_rate"), ods_number("0.082", "percentage"), ods_text("%"),
        '<table:table-cell office:value-type="date" office:date-value="2025-09-30"/>', ods_text("bulletin"),
    )  # fmt: skip
    rows += ods_row('<table:table-cell table:number-columns-repeated="1000"/>', repeated=1_000_000)
    after = '<table:table table:name="隐" table:style-name="hid"><table:table-row/></table:table>'
    ods(small.folder / "data.ods", rows, after=after)

    (metric,) = observations(small, "{file: data.ods, head_row: 4}")

    assert values([metric]) == ["growth_rate 8.2 percent 2025-09-30"]
    assert str(metric.origin).endswith("data.ods!指标!B5")


def test_a_banned_form_in_a_table_is_reported_with_its_line(small: Copy) -> None:
    head, *rows = FULL.splitlines()
    small.overwrite(
        "data.csv",
        "\n".join([f"{head},说明,英文说明", f"{rows[0]},说明,Chaidamu", *(f"{row},," for row in rows[1:])]).encode(),
    )

    (problem,) = with_table(small).check()

    assert problem.startswith("data.csv:2: warn [R25]: 'Chaidamu' is not the house term (note.en)")


# --- round trips ----------------------------------------------------------------------

NUMBERS = st.decimals(min_value=-(10**9), max_value=10**9, places=4).map(lambda number: f"{number:f}")
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["growth_rate", "mediation_success_rate"]),
        st.one_of(NUMBERS, st.just("—")),
        st.sampled_from(["2025Q1", "2025-09-30", "2024", "2025-01/2025-06", "unknown"]),
        st.text(st.characters(categories=["Lo", "Nd", "Po"], max_codepoint=0xFFFF), min_size=1, max_size=12),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS)
def test_what_a_table_is_written_from_is_read_back(small: Copy, rows: list[tuple[str, str, str, str]]) -> None:
    head = ("id", "metric", "value", "unit", "period", "source", "region")
    table = [
        (f"m{number}", metric, value, "percent", period, "bulletin", region)
        for number, (metric, value, period, region) in enumerate(rows)
    ]
    stream = io.StringIO()
    csv.writer(stream).writerows([head, *table])
    from_csv = of_csv(small, stream.getvalue())
    from_xlsx = of_xlsx(small, [head, *table])

    for metrics in (from_csv, from_xlsx):
        assert [metric.key for metric in metrics] == [row[0] for row in table]
        assert [metric.definition.id for metric in metrics] == [row[1] for row in table]
        expected = [None if row[2] == "—" else Decimal(row[2]) for row in table]
        assert [metric.value for metric in metrics] == expected
        assert [metric.region for metric in metrics] == [row[6] for row in table]
    assert [m.period for m in from_csv] == [m.period for m in from_xlsx]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(number=st.decimals(min_value=-(10**7), max_value=10**7, places=4))
def test_a_number_that_a_workbook_stores_is_read_back_exactly(small: Copy, number: Decimal) -> None:
    plain, shown = of_xlsx(
        small,
        [
            ("id", *CHINESE),
            ("a", "growth_rate", float(number), "percent", "unknown", "bulletin"),
            ("b", "growth_rate", percent(repr(float(number / 100))), "percent", "unknown", "bulletin"),
        ],
    )

    assert plain.value == shown.value == number


# --- what is not loaded ---------------------------------------------------------------


def test_a_briefing_without_workbooks_does_not_load_their_reader() -> None:
    program = (
        "import sys, ipreport; problems = ipreport.check(sys.argv[1]); "
        "sys.exit('python_calamine' in sys.modules or 'ipreport.readers.tables.csv_file' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", program, str(HAIXI)], check=False).returncode == 0
