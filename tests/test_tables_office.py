"""Sheets as offices keep them: regions beside metrics, decimals of a format, remarks on single values."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from helpers import METRICS, Copy
from ipreport.metrics import Metric, Status
from ipreport.problems import ReportError
from ipreport.readers import read_metrics
from table_files import CHINESE, Content, Raw, percent, refusals, with_table, xlsx

REGIONS: list[Sequence[Content]] = [
    ("指标", "地区", "单位", "2024年9月末", "2025年9月末"),
    ("有效发明专利量", "示例州", "件", 300, 400),
    (None, "东县", "件", 120, 150),
    (None, "西县", "件", "—", 250),
]
AS_REGIONS = (
    "{file: data.xlsx, source: bulletin, merged: fill, current: 2025-09-30,"
    " wide: {metric: A, region: B, unit: C, first_period: D}}"
)


def read(small: Copy) -> list[Metric]:
    return list(read_metrics(small.folder / METRICS))


def of_rows(small: Copy, rows: Sequence[Sequence[Content]], entry: str, merged: Sequence[str] = ()) -> list[Metric]:
    xlsx(small.folder / "data.xlsx", rows, merged=merged)
    return read(with_table(small, entry))


def test_a_wide_sheet_has_a_column_of_regions(small: Copy) -> None:
    metrics = of_rows(small, REGIONS, AS_REGIONS, merged=["A2:A4"])

    assert [(metric.key, metric.region, metric.value) for metric in metrics] == [
        ("patent_invention_in_force_2024_09_30", "示例州", 300),
        ("patent_invention_in_force", "示例州", 400),
        ("patent_invention_in_force_东县_2024_09_30", "东县", 120),
        ("patent_invention_in_force_东县", "东县", 150),
        ("patent_invention_in_force_西县_2024_09_30", "西县", None),
        ("patent_invention_in_force_西县", "西县", 250),
    ]


def test_a_row_without_its_region_is_not_taken_for_the_briefing_s_own(small: Copy) -> None:
    rows = [*REGIONS[:2], ("有效发明专利量", None, "件", 120, 150)]
    xlsx(small.folder / "data.xlsx", rows)

    (message,) = refusals(small, AS_REGIONS)
    assert message.startswith("data.xlsx!指标!B3: block: expected a region, found an empty cell\n")


@pytest.mark.parametrize(
    ("code", "stored", "value", "places"),
    [
        ("0.00", "7.5", "7.50", 2),
        ("#,##0.00", "1234", "1234.00", 2),
        ("#,##0.0;[Red]-#,##0.0", "12", "12.0", 1),
        ('0.00"件"', "7.5", "7.50", 2),
        ("0.0", "7.25", "7.25", 2),
        ("0.0#", "7.5", "7.5", 1),
        ("#,##0", "7.5", "7.5", 1),
        ("0.00E+00", "7.5", "7.5", 1),
        ("General", "7.5", "7.5", 1),
    ],
)
def test_zeros_that_a_format_shows_are_decimals(
    small: Copy, monkeypatch: pytest.MonkeyPatch, code: str, stored: str, value: str, places: int
) -> None:
    quoted = code.replace('"', "&quot;")
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    styles = (
        f'<styleSheet xmlns="{main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="{quoted}"/></numFmts>'
        '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>'
    )
    monkeypatch.setattr("table_files._STYLES", styles)
    row = ("patent_invention_per10k", Raw(stored, style=1), "件/万人", "2025-09-30", "bulletin")

    (metric,) = of_rows(small, [CHINESE, row], "{file: data.xlsx}")

    assert (metric.value, metric.places) == (Decimal(value), places)


def test_a_percentage_keeps_the_decimals_it_is_shown_with(small: Copy) -> None:
    (metric,) = of_rows(
        small, [CHINESE, ("growth_rate", percent("0.082"), "%", "2025", "bulletin")], "{file: data.xlsx}"
    )

    assert (str(metric.value), metric.places) == ("8.20", 2)


def with_remarks(small: Copy, *remarks: str) -> Copy:
    xlsx(small.folder / "data.xlsx", REGIONS, merged=["A2:A4"])
    with_table(small, AS_REGIONS)
    record = small.folder / METRICS
    lines = "".join(f"  - {remark}\n" for remark in remarks)
    record.write_text(record.read_text(encoding="utf-8") + f"remarks:\n{lines}", encoding="utf-8")
    return small


def test_a_remark_says_of_a_table_s_value_what_the_table_cannot(small: Copy) -> None:
    remark = (
        '{value: patent_invention_in_force_2024_09_30, status: revised, caliber: "2", note: {zh: 已修订, en: Revised}}'
    )
    revised, current, *_ = read(with_remarks(small, remark))

    assert (revised.status, revised.caliber, revised.value) == (Status.REVISED, "2", 300)
    assert revised.note is not None
    assert revised.note.en == "Revised"
    assert (current.status, current.caliber, current.note) == (Status.OK, None, None)


def test_a_remark_on_nothing_and_a_second_one_are_refused(small: Copy) -> None:
    with_remarks(
        small,
        "{value: patent_invention_in_forse, status: revised}",
        "{value: patent_invention_in_force, status: provisional}",
        "{value: patent_invention_in_force, status: revised}",
    )
    with pytest.raises(ReportError) as refused:
        read(small)

    assert [small.shorten(str(problem)).partition("\n")[0] for problem in refused.value.problems] == [
        "metrics.yaml:8:6: block: unknown metric 'patent_invention_in_forse' in a remark (remarks[0].value)",
        "metrics.yaml:10:6: block: two remarks are about 'patent_invention_in_force' (remarks[2].value)",
    ]
