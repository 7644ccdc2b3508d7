"""Value axes: round ticks that enclose the values, in words fit for the languages of the edition."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipreport.figures.ticks import axis
from ipreport.language import EN, ZH, Language
from ipreport.metrics import UNITS
from ipreport.outline import Scale

AMOUNTS = st.lists(st.decimals("0.001", "1e13", places=3), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("values", "unit", "scale", "languages", "words", "title"),
    [
        (("2.14", "7.52"), "per_10k_population", Scale.LINEAR, (ZH, EN), "0 2 4 6 8", "per 10,000 population"),
        (("0", "0"), "case", Scale.LINEAR, (EN,), "0 1", "cases"),
        (("-3", "8"), "case", Scale.LINEAR, (EN,), "−5 0 5 10", "cases"),
        (("1200", "5300"), "patent", Scale.LINEAR, (ZH, EN), "0 2,000 4,000 6,000", "patents"),
        (("369700", "900000"), "yuan", Scale.LINEAR, (EN,), "0 0.2 0.4 0.6 0.8 1", "million yuan"),
        (("4000", "9000"), "yuan", Scale.LINEAR, (EN,), "0 2,000 4,000 6,000 8,000 10,000", "yuan"),
        (("369700", "2e8"), "yuan", Scale.LINEAR, (ZH,), "0 5000万 1亿 1.5亿 2亿", "yuan"),
        (
            ("369700", "19600000000"),
            "yuan",
            Scale.LOGARITHMIC,
            (ZH, EN),
            "0.1 1 10 100 1,000 10,000",
            "million yuan (logarithmic scale)",
        ),
        (("369700", "9e6"), "yuan", Scale.LOGARITHMIC, (ZH,), "10万 100万 1000万", "yuan (logarithmic scale)"),
        (("10000000000.001",), "yuan", Scale.LINEAR, (EN,), "0 2,500 5,000 7,500 10,000 12,500", "million yuan"),
        (("5", "5"), "case", Scale.LOGARITHMIC, (EN,), "1 10", "cases (logarithmic scale)"),
        (("1", "1e12"), "case", Scale.LOGARITHMIC, (EN,), None, "cases (logarithmic scale)"),
    ],
)
def test_ticks(
    values: tuple[str, ...], unit: str, scale: Scale, languages: tuple[Language, ...], words: str | None, title: str
) -> None:
    result = axis([Decimal(value) for value in values], UNITS[unit], scale, languages)
    assert words is None or result.words == tuple(words.split())
    assert len(result.words) <= 9
    assert result.title.en == title


@given(AMOUNTS, st.sampled_from(Scale))
def test_an_axis_encloses_its_values_in_order(values: list[Decimal], scale: Scale) -> None:
    result = axis(values, UNITS["case"], scale, (EN,))
    places = [result.place(value) for value in sorted(values)]
    assert places == sorted(places)
    assert places[0] >= 0
    assert places[-1] <= 1
    assert 2 <= len(result.ticks) <= 9
    assert len(set(result.words)) == len(result.words)
    assert result.place(result.ticks[0]) == 0
    assert result.place(result.ticks[-1]) <= 1
