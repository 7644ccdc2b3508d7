"""Short names of metrics in tables, and the decimals of an amount that has none."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from helpers import BRIEFING, HERE, METRICS, Copy, copy_of
from ipreport.compose import compose, content_of, verify
from ipreport.document import Table
from ipreport.outline import Edition
from ipreport.readers import read

LABELS = "          labels:\n            {key}: {{zh: 短名, en: Short}}\n"


@pytest.fixture
def regions(tmp_path: Path) -> Copy:
    return copy_of(HERE / "data" / "regions", tmp_path)


def words(regions: Copy, name: str, edition: Edition) -> list[list[str]]:
    source = read(regions.folder)
    content = content_of(source.outline, source.metrics, ())
    document = compose(content, edition, {}, date(2025, 10, 15))
    assert verify(document, content) == ()
    (found,) = (block for block in document.blocks if isinstance(block, Table) and block.label == f"table-{name}")
    return [["".join(text.plain() for text in cell.texts) for cell in row.cells] for row in (*found.head, *found.body)]


def test_a_label_names_the_row_of_a_table(regions: Copy) -> None:
    regions.change(BRIEFING, "          id: columns\n", "          id: columns\n" + LABELS.format(key="penalty_amount"))

    assert [row[0] for row in words(regions, "columns", Edition.EN)][3] == "Short"
    assert [row[0] for row in words(regions, "columns", Edition.ZH)][3] == "短名"
    assert words(regions, "more", Edition.ZH)[3][0] == "罚没款金额"


def test_a_label_names_the_column_of_a_table_by_region_and_keeps_the_unit(regions: Copy) -> None:
    regions.change(BRIEFING, "          by: region\n", "          by: region\n" + LABELS.format(key="penalty_amount"))

    assert words(regions, "regions", Edition.ZH)[0][3] == "短名（万元）"
    assert words(regions, "regions", Edition.EN)[0][3] == "Short (million yuan)"


def test_a_label_of_what_the_table_does_not_show_is_refused(regions: Copy) -> None:
    labels = LABELS.format(key="penalty_cases")
    regions.change(BRIEFING, "          by: region\n", "          by: region\n" + labels)

    (problem,) = regions.check()
    assert "the table does not show 'penalty_cases'" in problem
    assert "table.labels.penalty_cases" in problem


def test_an_unknown_metric_with_a_label_is_refused(regions: Copy) -> None:
    labels = LABELS.format(key="penalty_amuont")
    regions.change(BRIEFING, "          by: region\n", "          by: region\n" + labels)

    assert ["unknown metric 'penalty_amuont'" in problem for problem in regions.check()] == [True]


def test_amounts_in_whole_units_have_no_decimals(regions: Copy) -> None:
    for old, new in (("36.97", "37"), ("2.5", "3"), ("34.47", "34")):
        regions.change(METRICS, f'value: "{old}"', f'value: "{new}"')

    assert [row[3] for row in words(regions, "regions", Edition.ZH)[1:]] == ["34", "3", "—", "37"]
    assert [row[3] for row in words(regions, "regions", Edition.EN)[1:]] == ["0.34", "0.03", "n/a", "0.37"]
