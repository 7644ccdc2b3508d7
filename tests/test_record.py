"""The record that documents carry: what it says of values, and of numbers that are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers import BRIEFING, METRICS, Copy
from ipreport.document import NotData, read_record, write_record
from ipreport.pipeline import story
from ipreport.pipeline.checked import checked
from ipreport.pipeline.moment import moment_of
from ipreport.tracing import Kind, Traced, trace
from showcase import showcase
from table_files import xlsx


def traced(small: Copy, **options: bool) -> Traced:
    """The Chinese Word file of a copy, built and traced."""
    built = small.build(editions=["zh"], **options)
    return trace(next(path for path in built.documents if path.suffix == ".docx"))


def with_text(small: Copy, zh: str, en: str) -> None:
    small.change(BRIEFING, "      - figure:", f"      - text:\n          zh: {zh}\n          en: {en}\n      - figure:")


def test_a_value_of_a_workbook_leads_to_its_sheet_and_cell(small: Copy) -> None:
    xlsx(
        small.folder / "stats.xlsx", [["metric", "value", "unit", "period"], ["dispute_closed", "24", "case", "2025Q3"]]
    )
    small.change(METRICS, "metrics:\n", "tables:\n  - {file: stats.xlsx, source: bulletin}\nmetrics:\n")
    with_text(small, "办结{{ dispute_closed }}。", "There were {{ dispute_closed }}.")

    value = traced(small).values["dispute_closed"]

    assert value.origin == "stats.xlsx!指标!B2"
    assert (value.value, value.unit, value.period, value.source) == ("24", "case", "Q3 2025", "bulletin")


def test_a_value_keeps_the_unit_it_was_stated_in(small: Copy) -> None:
    small.change(METRICS, 'value: "369700"\n    unit: yuan', 'value: "36.97"\n    unit: 万元')

    value = traced(small).values["penalty_amount"]

    assert (value.value, value.unit, value.amount) == ("36.97", "10k_yuan", "369700")


def test_growth_has_its_formula(small: Copy) -> None:
    earlier = '  - metric: penalty_amount\n    id: before\n    value: "300000"\n    unit: yuan\n    period: 2024Q3\n'
    small.change(METRICS, "metrics:\n", f"metrics:\n{earlier}    source: bulletin\n")
    with_text(small, "罚没款{{ penalty_amount.yoy }}。", "It was {{ penalty_amount.yoy }}.")

    result = traced(small)

    (growth,) = [value for value in result.values.values() if value.formula and "growth" in value.key]
    assert growth.formula == "(369700 − 300000) ÷ 300000"
    assert growth.rests_on == ("penalty_amount", "before")
    assert growth.amount == "23.2333333333"
    assert any(number.key == growth.key and number.text == "同比增长23.2%" for number in result.numbers)


def test_a_digit_typed_by_hand_is_not_from_the_records(small: Copy) -> None:
    with_text(small, "共48次。", "In all 48 visits.")

    result = traced(small, accept_warnings=True)

    assert [number.text for number in result.numbers if number.kind is Kind.UNKNOWN] == ["48"]
    assert not result.sound


def test_a_missing_value_is_a_value(small: Copy) -> None:
    (missing,) = [number for number in traced(small).numbers if number.key == "gi_product_converted"]

    assert (missing.text, missing.kind) == ("—", Kind.VALUE)


def test_numbers_of_headings_lists_and_periods_are_known(small: Copy) -> None:
    small.change(BRIEFING, "{zh: 知识产权创造, en: Creation}", "{zh: 1.2 知识产权创造, en: 1.2 Creation}")
    small.change(
        BRIEFING,
        "      - figure:",
        "      - list:\n          ordered: true\n          items:\n            - {zh: 甲。, en: A.}\n"
        "            - {zh: 乙。, en: B.}\n      - figure:",
    )

    built = small.build(editions=["zh"])
    for path in built.documents:
        result = trace(path)
        named = {(number.text.strip(), number.not_data) for number in result.numbers if number.not_data}
        assert [n for n in result.numbers if n.kind is Kind.UNKNOWN] == []
        assert {("1.2", NotData.LABEL), ("2025年第三季度", NotData.DATE), ("2025年10月15日", NotData.DATE)} <= named
        assert (("2.", NotData.LABEL) in named) is (path.suffix == ".pdf")  # Word counts list items itself


def test_what_is_written_is_read_back(small: Copy, warm_cache: Path) -> None:
    ready = checked(small.folder, warm_cache, accept_warnings=False)
    edition = ready.content.outline.editions[0]
    drawn = story._draw(ready.content, edition, ready.formats)
    record = story.compose(ready.content, edition, drawn, moment_of(ready.content.outline.date).date()).record

    assert record
    assert read_record(write_record(record)) == record
    assert write_record(record) == write_record(read_record(write_record(record)))
    assert read_record(write_record(showcase().record)) == showcase().record


@pytest.mark.parametrize(
    "content", [b"", b"null", b"[]", b'{"format": 1}', b"\xff", b'{"format": "ipreport record 1"}']
)
def test_what_is_no_record_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_record(content)
