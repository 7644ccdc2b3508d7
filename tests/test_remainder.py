"""What is left of a whole or of a stock's change: worked out, worded, read back, and found where it is wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charts_changes import FIGURES, Drawn, drawn, prefecture
from helpers import SMALL, metric
from ipreport.compose import Content, compose, content_of, verify
from ipreport.compose.round_trip import unread
from ipreport.compose.values import value_of
from ipreport.document import Caption, CaptionKind, Document, Drawing, DrawnItem, DrawnText, Figure, Picture, Text, text
from ipreport.figures.charts import CHARTS
from ipreport.fonts import Faces
from ipreport.language import EN, LANGUAGES, ZH, Language, Localized
from ipreport.metrics import (
    UNITS,
    PeriodKind,
    Qualifier,
    Reason,
    Rounding,
    parse_period,
    recorded_keys,
    remainder,
    remainder_key,
    share_key,
)
from ipreport.outline import Edition
from ipreport.readers import read
from ipreport.wording import Trend, chart_unit, read_back, read_on_scale, show_amount, show_between, show_difference

REST = "grants/rest_without/inventions,designs"
OTHER = "stock,expired/rest_without/stock_before,granted,moved_in"


@pytest.fixture(scope="module")
def content() -> Content:
    source, mine = read(SMALL), prefecture()
    metrics = replace(
        mine,
        observations=(*mine.observations, *source.metrics.observations),
        sources=(*mine.sources, *source.metrics.sources),
    )
    return content_of(source.outline, metrics, ())


# --- arithmetic ------------------------------------------------------------------


def test_a_remainder_keeps_its_formula_and_the_keys_it_rests_on() -> None:
    whole, part, other = (
        metric("penalty_cases", value, key=key) for key, value in (("w", "10"), ("a", "4"), ("b", "3"))
    )
    left = remainder([whole], [part, other])

    assert (left.value, left.formula, left.exact) == (Decimal(3), "10 − 4 − 3", True)
    assert left.key == remainder_key(["w"], ["a", "b"]) == "w/rest_without/a,b"
    assert left.rests_on == recorded_keys(left.key) == ("w", "a", "b")


def test_changes_that_no_flow_explains_count_the_outflows_back_in() -> None:
    record = prefecture()
    other = remainder([record["stock"], record["expired"]], [record["stock_before"], record["granted"]])

    assert (other.value, other.formula) == (Decimal(7), "401 + 22 − 356 − 60")
    assert recorded_keys(share_key(other.key, "stock")) == ("stock", "expired", "stock_before", "granted")


def test_what_is_not_known_exactly_or_not_at_all_leaves_nothing_exact() -> None:
    whole, nearly = metric("penalty_cases", "10", key="w"), metric("penalty_cases", "4", key="a")

    assert remainder([whole], [replace(nearly, qualifier=Qualifier.NEARLY)]).exact is False
    assert remainder([whole], [replace(nearly, value=None)]).reason is Reason.NO_VALUE
    assert remainder([whole], [metric("penalty_amount", "4", key="m")]).reason is Reason.UNLIKE_UNITS


# --- words -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "unit", "places", "amount", "difference"),
    [
        ("700", "patent", 0, ("700件", "700 patents"), ("增加700件", "up 700 patents")),
        ("1", "case", 0, ("1件", "1 case"), ("增加1件", "up 1 case")),
        ("-15", "patent", 0, None, ("减少15件", "down 15 patents")),
        ("-369700", "yuan", 0, None, ("减少36.97万元", "down 369,700 yuan")),
        (
            "0.12",
            "per_10k_population",
            2,
            ("0.12件", "0.12 per 10,000 population"),
            ("增加0.12件", "up 0.12 per 10,000 population"),
        ),
        ("-0.4", "score", 1, None, ("下降0.4分", "down 0.4 points")),
        ("0", "patent", 0, ("0件", "0 patents"), ("持平", "no change")),
        ("0.2", "score", 0, ("0分", "0 points"), ("基本持平", "virtually no change")),
    ],
)
def test_amounts_and_differences_in_words(
    value: str, unit: str, places: int, amount: tuple[str, str] | None, difference: tuple[str, str]
) -> None:
    number = Decimal(value)

    assert show_difference(number, UNITS[unit], places) == Localized(*difference)
    if amount is not None:
        assert show_amount(number, UNITS[unit], places) == Localized(*amount)


amounts = st.one_of(st.integers(0, 10**6), st.integers(0, 10**13)).map(Decimal)


@given(amounts, st.sampled_from(["patent", "yuan", "enterprise"]), st.sampled_from(Rounding), st.booleans())
def test_amounts_and_differences_are_read_back(value: Decimal, unit: str, rounding: Rounding, falls: bool) -> None:
    moved = -value if falls else value
    for language in LANGUAGES:
        reading = read_back(show_amount(value, UNITS[unit], rounding=rounding)[language], language)
        change = read_back(show_difference(moved, UNITS[unit], rounding=rounding)[language], language)
        assert reading is not None
        assert reading.holds(value)
        assert change is not None
        assert change.holds(moved)
        assert change.trend is (Trend.LEVEL if value == 0 else Trend.DOWN if falls else Trend.UP)


@given(st.decimals(-(10**6), 10**6, places=2), st.sampled_from([(ZH,), (EN,), (ZH, EN)]))
def test_signed_digits_of_a_chart_are_read_back(value: Decimal, languages: tuple[Language, ...]) -> None:
    unit = chart_unit([value, Decimal(1000)], UNITS["yuan"], 2, languages)
    for language in languages:
        words = unit.signed(value)[language]
        reading = read_on_scale(words, unit.unit)
        assert reading is not None
        assert reading.holds(value)
        assert words.startswith("+") is (unit.rounded(value) > 0)


@pytest.mark.parametrize(
    ("earlier", "later", "zh", "en"),
    [
        ("2025-06-30", "2025-09-30", "2025年第三季度", "Q3 2025"),
        ("2024-12-31", "2025-12-31", "2025年", "2025"),
        ("2024-12-31", "2025-09-30", "2025年1—9月", "January–September 2025"),
        ("2024-09-30", "2025-03-31", "2024年10月—2025年3月", "October 2024–March 2025"),
        ("2025-01-31", "2025-04-30", "2025年2—4月", "February–April 2025"),
        ("2022-08-08", "2025-09-30", "至2025年9月底", "to end of September 2025"),
        ("2025-06-30", "2025-08-08", "至2025年8月8日", "to 8 August 2025"),
    ],
)
def test_the_time_between_two_days_has_the_name_of_its_quarter_year_or_months(
    earlier: str, later: str, zh: str, en: str
) -> None:
    days = (parse_period(day, PeriodKind.AS_OF) for day in (earlier, later))

    assert show_between(*days) == Localized(zh, en)


def test_an_undated_value_has_no_time_before_it() -> None:
    undated = parse_period("unknown", PeriodKind.AS_OF)
    with pytest.raises(ValueError, match="undated"):
        show_between(undated, undated)


# --- back to the record ----------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "words"),
    [
        (REST, ("700件", "700 patents")),
        (REST, ("增加700件", "up 700 patents")),
        (f"{REST}/share_of/grants", ("70.0%", "70.0%")),
        (f"{REST}/share_of/grants", ("占比70.0%", "70.0%")),
        (OTHER, ("减少8件", "down 8 patents")),
        ("stock/change_from/stock_before", ("增加45件", "up 45 patents")),
        ("stock_june/change_from/stock_march", ("减少3件", "down 3 patents")),
        ("balance/change_from/paid", ("减少1425万元", "down 14.25 million yuan")),
    ],
)
def test_what_is_printed_leads_back_to_its_value(content: Content, key: str, words: tuple[str, str]) -> None:
    value = value_of(key, content)

    assert value is not None
    for language, printed in zip(LANGUAGES, words, strict=True):
        assert value.says(printed, language)
        assert unread(printed, language, value, content) == ""


def test_a_remainder_tells_how_it_came_about(content: Content) -> None:
    rest, share = value_of(REST, content), value_of(f"{REST}/share_of/grants", content)

    assert rest is not None
    assert share is not None
    assert (rest.exact, rest.formula, rest.rests_on) == (
        Decimal(700),
        "1000 − 250 − 50",
        ("grants", "inventions", "designs"),
    )
    assert (share.exact, share.formula, share.rests_on) == (Decimal(70), "700 ÷ 1000", rest.rests_on)


@pytest.mark.parametrize(
    "key", ["grants/rest_without/unknown", f"{REST}/share_of/unknown", "grants/rest_without/balance"]
)
def test_nothing_is_known_of_what_cannot_be_worked_out(content: Content, key: str) -> None:
    assert value_of(key, content) is None


# --- in a finished document ------------------------------------------------------


def document_with(picture: Drawn, items: tuple[DrawnItem, ...], content: Content) -> Document:
    """A document whose only block is the chart with its description."""
    alt = tuple(Text(language, CHARTS[picture.data.kind].tell(picture.data, language)) for language in LANGUAGES)
    caption = Caption(CaptionKind.FIGURE, 1, (text(ZH, "图"), text(EN, "Chart")))
    figure = Figure("figure-1", caption, Picture(455, picture.height, Drawing(items), b"", b""), (), alt)
    empty = replace(content, outline=replace(content.outline, sections=()))
    whole = compose(empty, Edition.BILINGUAL, {}, date(2026, 11, 22))
    return replace(whole, blocks=(figure,))


@pytest.mark.parametrize("name", FIGURES)
def test_every_sample_says_what_was_recorded_in_both_languages_alike(faces: Faces, content: Content, name: str) -> None:
    picture = drawn(FIGURES[name], faces)

    assert verify(document_with(picture, picture.items, content), content) == ()


@pytest.mark.parametrize(
    ("name", "key", "wrong", "message"),
    [
        ("waterfall", "expired", "−22", "'−22' (patents) is drawn for 'expired', expected 22 in that unit"),
        (
            "waterfall-with-rest",
            "stock/rest_without/stock_before,granted",
            "15",
            "'15' (patents) is drawn for 'stock/rest_without/stock_before,granted', expected -15 in that unit",
        ),
        (
            "waterfall-over-time",
            "stock_june/change_from/stock_march",
            "+3",
            "'+3' (patents) is drawn for 'stock_june/change_from/stock_march', expected -3 in that unit",
        ),
        ("donut-with-rest", REST, "701", f"'701' (patents) is drawn for '{REST}', expected 700 in that unit"),
    ],
)
def test_a_number_that_is_drawn_wrong_is_found(
    faces: Faces, content: Content, name: str, key: str, wrong: str, message: str
) -> None:
    picture = drawn(FIGURES[name], faces)
    items = tuple(
        replace(item, text=wrong) if isinstance(item, DrawnText) and item.value_key == key else item
        for item in picture.items
    )

    (problem,) = verify(document_with(picture, items, content), content)
    assert (problem.rule, problem.message) == ("R26", message)
