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
from ipreport.wording import chart_unit

AMOUNTS = st.lists(st.decimals("0.001", "1e13", places=3), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("values", "unit", "scale", "languages", "words", "title"),
    [
        (("2.14", "7.52"), "per_10k_population", Scale.LINEAR, (ZH, EN), "0 2 4 6 8", "per 10,000 population"),
        (("0", "0"), "case", Scale.LINEAR, (EN,), "0 1", "cases"),
        (("-3", "8"), "case", Scale.LINEAR, (EN,), "−5 0 5 10", "cases"),
        (("1200", "5300"), "patent", Scale.LINEAR, (ZH, EN), "0 2,000 4,000 6,000", "patents"),
        (("369700", "900000"), "yuan", Scale.LINEAR, (EN,), "0 200,000 400,000 600,000 800,000 1,000,000", "yuan"),
        (("4000", "9000"), "yuan", Scale.LINEAR, (EN,), "0 2,000 4,000 6,000 8,000 10,000", "yuan"),
        (("369700", "2e8"), "yuan", Scale.LINEAR, (ZH,), "0 0.5 1 1.5 2", "hundred million yuan"),
        (("23000", "41000"), "case", Scale.LINEAR, (ZH,), "0 1万 2万 3万 4万 5万", "cases"),
        (("23000", "41000"), "case", Scale.LINEAR, (ZH, EN), "0 10,000 20,000 30,000 40,000 50,000", "cases"),
        (("81.8", "90.9"), "percent", Scale.LINEAR, (ZH,), "0% 20% 40% 60% 80% 100%", "%"),
        (
            ("369700", "19600000000"),
            "yuan",
            Scale.LOGARITHMIC,
            (ZH, EN),
            "0.1 1 10 100 1,000 10,000",
            "million yuan (logarithmic scale)",
        ),
        (("369700", "9e6"), "yuan", Scale.LOGARITHMIC, (ZH,), "10万 100万 1000万", "yuan (logarithmic scale)"),
        (("10000000000.001",), "yuan", Scale.LINEAR, (EN,), "0 2.5 5 7.5 10 12.5", "billion yuan"),
        (("5", "5"), "case", Scale.LOGARITHMIC, (EN,), "1 10", "cases (logarithmic scale)"),
        (("1", "1e12"), "case", Scale.LOGARITHMIC, (EN,), None, "cases (logarithmic scale)"),
    ],
)
def test_ticks(
    values: tuple[str, ...], unit: str, scale: Scale, languages: tuple[Language, ...], words: str | None, title: str
) -> None:
    amounts = [Decimal(value) for value in values]
    result = axis(amounts, chart_unit(amounts, UNITS[unit], 2, languages), scale)
    assert words is None or result.words == tuple(words.split())
    assert len(result.words) <= 9
    assert result.title.en == title


@given(AMOUNTS, st.sampled_from(Scale))
def test_an_axis_encloses_its_values_in_order(values: list[Decimal], scale: Scale) -> None:
    result = axis(values, chart_unit(values, UNITS["case"], 0, (EN,)), scale)
    places = [result.place(value) for value in sorted(values)]
    assert places == sorted(places)
    assert places[0] >= 0
    assert places[-1] <= 1
    assert 2 <= len(result.ticks) <= 9
    assert len(set(result.words)) == len(result.words)
    assert result.place(result.ticks[0]) == 0
    assert result.place(result.ticks[-1]) <= 1
