"""Digits in texts that are not data: what they are, and what is left when they are taken out."""

from __future__ import annotations

import pytest

from ipreport.compose.typed import named
from ipreport.document import NotData
from ipreport.language import EN, ZH


@pytest.mark.parametrize(
    ("written", "named_as", "what"),
    [
        ("2025年1—9月，全州", "2025年1—9月", NotData.DATE),
        ("截至2025年9月底", "2025年9月底", NotData.DATE),
        ("2025年9月30日起", "2025年9月30日", NotData.DATE),
        ("1—9月", "1—9月", NotData.DATE),
        ("按GB/T 8170取舍", "GB/T 8170", NotData.STANDARD),
        ("符合GB/T 29490—2023要求", "GB/T 29490—2023", NotData.STANDARD),
        ("第3期", "第3期", NotData.ISSUE),
        ("依照第57条", "第57条", NotData.LABEL),
        ("《纲要（2021—2035年）》", "《纲要（2021—2035年）》", NotData.NAME),
    ],
)
def test_chinese_texts(written: str, named_as: str, what: NotData) -> None:
    ((start, end, found),) = named(written, ZH)

    assert (written[start:end], found) == (named_as, what)


@pytest.mark.parametrize(
    ("written", "named_as", "what"),
    [
        ("on 8 August 2022 it", "8 August 2022", NotData.DATE),
        ("in Q3 it", "Q3", NotData.DATE),
        ("by ISO 56005:2020, too", "ISO 56005:2020", NotData.STANDARD),
        ("7 per 10,000 people", "per 10,000", NotData.NAME),
    ],
)
def test_english_texts(written: str, named_as: str, what: NotData) -> None:
    ((start, end, found),) = named(written, EN)

    assert (written[start:end], found) == (named_as, what)


@pytest.mark.parametrize(
    ("written", "left"),
    [("PCT申请量356件", "PCT申请量356件"), ("历时3个月", "历时3个月"), ("2025年共356件", "共356件")],
)
def test_what_may_be_data_is_left(written: str, left: str) -> None:
    stretches = [(start, end) for start, end, _ in named(written, ZH)]

    assert "".join(c for place, c in enumerate(written) if not any(a <= place < b for a, b in stretches)) == left
