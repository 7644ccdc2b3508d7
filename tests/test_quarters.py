"""Single quarters out of years to date, as local bulletins state them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from helpers import SMALL, metric, metric_set
from ipreport.compose import Content, content_of, templates
from ipreport.compose.values import value_of
from ipreport.document import Span
from ipreport.language import EN, ZH, Localized
from ipreport.metrics import Basis, Metric, MetricSet, PeriodKind, growth, parse_period, quarter_before, quarter_of
from ipreport.outline import Template
from ipreport.problems import Origin
from ipreport.readers import read


def at(key: str, period: str, value: str | None, name: str = "patent_grant_invention") -> Metric:
    return metric(name, value, key=key, period=parse_period(period, PeriodKind.YEAR_TO_DATE))


@pytest.fixture
def metrics() -> MetricSet:
    return metric_set(
        at("half_2024", "2024-01/2024-06", "70"),
        at("nine_2024", "2024-01/2024-09", "100"),
        at("year_2024", "2024-01/2024-12", "150"),
        at("three", "2025-01/2025-03", "40"),
        at("half", "2025-01/2025-06", "75"),
        at("nine", "2025-01/2025-09", "130"),
        at("eight", "2025-01/2025-08", "120"),
    )


@pytest.mark.parametrize(
    ("key", "value", "slug"), [("nine", "55", "2025Q3"), ("half", "35", "2025Q2"), ("three", "40", "2025Q1")]
)
def test_a_quarter_is_what_the_year_to_date_gained(metrics: MetricSet, key: str, value: str, slug: str) -> None:
    quarter = quarter_of(metrics, metrics[key])
    assert quarter is not None
    assert str(quarter.value) == value
    assert quarter.period.slug == slug
    assert quarter.key.startswith(f"{key}/quarter_after/")


def test_the_quarter_before_the_first_is_the_last_of_the_year_before(metrics: MetricSet) -> None:
    last = quarter_before(metrics, metrics["three"])
    assert last is not None
    assert (str(last.value), last.period.slug) == ("50", "2024Q4")


def test_quarters_grow_over_each_other(metrics: MetricSet) -> None:
    now, before = quarter_of(metrics, metrics["nine"]), quarter_before(metrics, metrics["nine"])
    assert now is not None
    grown = growth(now, before, Basis.QUARTER)
    assert grown.formula == "(55 − 35) ÷ 35"
    assert grown.rests_on == ("nine", "half", "three")


def test_a_recorded_quarter_comes_first(metrics: MetricSet) -> None:
    own = at("own", "2025Q3", "56")
    both = metric_set(*metrics, own)
    assert quarter_of(both, both["nine"]) is both["own"]
    assert quarter_of(both, both["own"]) is both["own"]


@pytest.mark.parametrize("key", ["eight", "half_2024"])
def test_there_is_no_quarter_without_its_two_ends(metrics: MetricSet, key: str) -> None:
    assert quarter_of(metrics, metrics[key]) is None


def test_a_missing_or_undated_value_has_no_quarter() -> None:
    metrics = metric_set(
        at("half", "2025-01/2025-06", None), at("nine", "2025-01/2025-09", "130"), at("undated", "unknown", "1")
    )
    assert quarter_of(metrics, metrics["nine"]) is None
    assert quarter_of(metrics, metrics["undated"]) is None
    assert quarter_before(metrics, metrics["nine"]) is None
    assert quarter_before(metrics, metrics["undated"]) is None


# --- in templates -----------------------------------------------------------------


@pytest.fixture(scope="module")
def content() -> Content:
    source = read(SMALL)
    recorded = metric_set(
        at("nine_2024", "2024-01/2024-09", "100"),
        at("half_2024", "2024-01/2024-06", "60"),
        at("half", "2025-01/2025-06", "75"),
        at("three", "2025-01/2025-03", "40"),
        at("nine", "2025-01/2025-09", "130"),
        at("few_nine", "2025-01/2025-09", "12", "patent_grant_design"),
        at("few_half", "2025-01/2025-06", "5", "patent_grant_design"),
        at("few_three", "2025-01/2025-03", "2", "patent_grant_design"),
        at("alone", "2025-01/2025-09", "5", "patent_grant_um"),
        metric("tm_valid", "9", key="stock", period=parse_period("2025-09-30", PeriodKind.AS_OF)),
    )
    return content_of(source.outline, replace(recorded, sources=source.metrics.sources), ())


def template(written: str) -> Template:
    return Template(Localized.same(written), {"zh": Origin("briefing.yaml"), "en": Origin("briefing.yaml")})


@pytest.mark.parametrize(
    ("written", "zh", "en"),
    [
        ("{{ nine.quarter }}", "55件", "55 patents"),
        ("{{ nine.quarter_qoq }}", "环比增长57.1%", "up 57.1% quarter on quarter"),
        ("{{ nine.quarter_yoy }}", "同比增长37.5%", "up 37.5% year on year"),
        ("{{ few_nine.quarter_qoq }}", "由上季度的3件增至7件", "from 3 a quarter earlier to 7"),
        ("{{ three.quarter }}", "40件", "40 patents"),
        ("{{ three.quarter_qoq }}", "环比：—", "quarter on quarter: n/a"),
        ("{{ alone.quarter }}", "暂无数据", "not available"),
        ("{{ alone.quarter_yoy }}", "同比：—", "year on year: n/a"),
        ("{% if nine.quarter_qoq.rises %}+{% endif %}", "+", "+"),
        ("{% if alone.quarter %}+{% else %}0{% endif %}", "0", "0"),
    ],
)
def test_templates_print_single_quarters(content: Content, written: str, zh: str, en: str) -> None:
    assert templates.check(template(written), content) == []
    printed = {language: templates.render(template(written), content, language) for language in (ZH, EN)}
    assert (printed[ZH].plain(), printed[EN].plain()) == (zh, en)
    for language, text in printed.items():
        for span in text.inlines:
            if isinstance(span, Span) and span.value_key is not None:
                value = value_of(span.value_key, content)
                assert value is not None
                assert value.says(span.text, language)


def test_a_quarter_keeps_its_formula(content: Content) -> None:
    single = value_of("nine/quarter_after/half", content)
    assert single is not None
    assert (single.formula, single.rests_on) == ("130 − 75", ("nine", "half"))


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("{{ nine.qoq }}", "a year to date contains the quarter before"),
        ("{{ stock.quarter }}", "only what adds up over the year has a single quarter"),
        ("{{ stock.quarter_yoy }}", "only what adds up over the year has a single quarter"),
    ],
)
def test_what_has_no_single_quarter_is_refused(content: Content, written: str, reason: str) -> None:
    problems = templates.check(template(written), content)
    assert problems
    assert all(reason in problem.message for problem in problems)
