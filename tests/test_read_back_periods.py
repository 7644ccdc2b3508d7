"""Printed periods lead back to the period."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipreport.language import EN, LANGUAGES, ZH, Language
from ipreport.metrics import Period, PeriodKind, parse_period
from ipreport.wording import read_back_period, show_as_of, show_date, show_period, show_year_to_date

years = st.integers(min_value=1950, max_value=2100)
months = st.integers(min_value=1, max_value=12)
days = st.dates(min_value=date(1950, 1, 1), max_value=date(2100, 12, 31))


@given(st.one_of(years.map(str), st.builds("{}Q{}".format, years, st.integers(1, 4))))
def test_years_and_quarters_are_read_back(written: str) -> None:
    period = parse_period(written, PeriodKind.AS_OF)

    assert all(read_back_period(show_period(period)[language], language) == period for language in LANGUAGES)


@given(years, months, st.integers(min_value=0, max_value=1), months)
def test_months_are_read_back(year: int, first: int, later: int, last: int) -> None:
    last = max(first, last) if later == 0 else last
    period = parse_period(f"{year}-{first:02}/{year + later}-{last:02}", PeriodKind.AS_OF)

    for words in (show_period(period), show_year_to_date(period)):
        assert all(read_back_period(words[language], language) == period for language in LANGUAGES)


@given(days)
def test_days_are_read_back(day: date) -> None:
    period = Period(PeriodKind.AS_OF, None, day)

    for words in (show_period(period), show_as_of(period), show_date(day)):
        assert all(read_back_period(words[language], language) == period for language in LANGUAGES)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("2025年第3季度", ZH),
        ("2025年9—1月", ZH),
        ("2025年9—9月", ZH),
        ("2025年13月", ZH),
        ("2025年09月", ZH),
        ("September–September 2025", EN),
        ("Sept 2025", EN),
        ("2025年上半年（1—9月）", ZH),
        ("2025年13月底", ZH),
        ("2025年2月30日", ZH),
        ("2025年09月1日", ZH),
        ("截至2025年9月30日", ZH),
        ("来源未注明", ZH),
        ("Q5 2025", EN),
        ("Sept 2025–Oct 2025", EN),
        ("as of end of September 2025", EN),
        ("the end of September 2025", EN),
        ("31 September 2025", EN),
        ("0000", EN),
        ("not stated", EN),
    ],
)
def test_a_period_that_the_engine_does_not_print_is_not_read(text: str, language: Language) -> None:
    assert read_back_period(text, language) is None
