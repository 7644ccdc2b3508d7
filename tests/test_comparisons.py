"""Comparisons in templates: {{ m.yoy }} and its kind, safe for every sign, traced and verified."""

from __future__ import annotations

from dataclasses import replace

import pytest

import ipreport
from helpers import BRIEFING, METRICS, SMALL, Copy, everything_below, metric, metric_set
from ipreport.compose import Content, content_of, templates, views
from ipreport.compose.comparisons import compare
from ipreport.document import Span
from ipreport.language import EN, ZH, Localized
from ipreport.metrics import Basis, Metric, PeriodKind, parse_period
from ipreport.outline import Template
from ipreport.problems import Origin, ReportError
from ipreport.readers import read
from ipreport.wording import Phrase

STOCK, RATE = "patent_invention_in_force", "growth_rate"


def at(key: str, name: str, period: str, value: str | None) -> Metric:
    return metric(name, value, key=key, period=parse_period(period, PeriodKind.AS_OF))


@pytest.fixture(scope="module")
def content() -> Content:
    source = read(SMALL)
    metrics = metric_set(
        at("marks", "tm_reg", "2025Q3", "23"),
        at("marks_before", "tm_reg", "2025Q2", "20"),
        at("marks_last_year", "tm_reg", "2024Q3", "0"),
        at("stock", STOCK, "2025-09-30", "356"),
        at("stock_last_year", STOCK, "2024-09-30", "376"),
        at("stock_year_end", STOCK, "2024-12-31", "356"),
        at("rate", RATE, "2025-09-30", "43.1"),
        at("rate_last_year", RATE, "2024-09-30", "40.2"),
        at("place", "rank_in_province", "2025-09-30", "2"),
        *source.metrics,
    )
    return content_of(source.outline, replace(metrics, sources=source.metrics.sources), ())


def template(written: str, english: str | None = None) -> Template:
    origins = {"zh": Origin("briefing.yaml", line=1), "en": Origin("briefing.yaml", line=2)}
    return Template(Localized(written, english or written), origins)


@pytest.mark.parametrize(
    ("written", "zh", "en"),
    [
        ("{{ stock.yoy }}", "同比下降5.3%", "down 5.3% year on year"),
        ("{{ stock.since_year_end }}", "与上年末持平", "unchanged from the end of last year"),
        ("{{ stock.qoq }}", "环比：—", "quarter on quarter: n/a"),
        ("{{ marks.qoq }}", "环比增长15.0%", "up 15.0% quarter on quarter"),
        ("{{ marks.yoy }}", "上年同期为0，不计算增速", "none a year earlier; rate not calculated"),
        ("{{ rate.yoy }}", "同比提高2.9个百分点", "up 2.9 percentage points year on year"),
    ],
)
def test_a_comparison_prints_its_phrase(content: Content, written: str, zh: str, en: str) -> None:
    assert templates.check(template(written), content) == []
    for language, words in ((ZH, zh), (EN, en)):
        assert templates.render(template(written), content, language).plain() == words


def test_a_comparison_is_traced_to_both_records(content: Content) -> None:
    (span,) = templates.render(template("{{ stock.yoy }}"), content, EN).inlines

    assert span == Span("down 5.3% year on year", EN, (), "stock/yoy_growth_from/stock_last_year")


@pytest.fixture
def compared(small: Copy) -> Copy:
    """A briefing that prints a comparison, and one that has no base."""
    phrases = "{{ patent_invention_in_force }}, {{ patent_invention_in_force.yoy }}, {{ penalty_amount.yoy }}"
    for language in ("专利", "are "):
        small.change(BRIEFING, language + "{{ patent_invention_in_force }}", language + phrases)
    observation = '{metric: patent_invention_in_force, id: before, value: "320", unit: patent, period: "2024-09-30"'
    small.change(METRICS, "metrics:", f"metrics:\n  - {observation}, source: bulletin}}")
    return small


@pytest.mark.usefixtures("plain_only")
def test_a_briefing_with_comparisons_is_verified_and_explained(compared: Copy) -> None:
    compared.build()
    written = b"".join(everything_below(compared.root / "output").values()).decode()

    for words in ("400件, 同比增长25.0%, 同比：—", "400 patents, up 25.0% year on year, year on year: n/a"):
        assert words in written
    assert any("year on year" in place.text for place in ipreport.explain(compared.folder, "before").places)


@pytest.mark.usefixtures("plain_only")
def test_a_comparison_that_is_not_what_the_records_give_stops_the_build(
    compared: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong(metric: Metric, content: Content, basis: Basis) -> Phrase:
        phrase = compare(metric, content, basis)
        return replace(phrase, text=Localized("同比增长52.0%", "up 52.0% year on year"))

    monkeypatch.setattr(views, "compare", wrong)

    with pytest.raises(
        ReportError, match=r"'同比增长52\.0%' is printed for .*yoy_growth_from/before', expected '25\.0%'"
    ):
        compared.build()


@pytest.mark.parametrize(
    ("name", "words"), [("stock.yoy", "有"), ("stock.qoq", "无"), ("marks.yoy", "无"), ("rate.yoy", "有")]
)
def test_a_condition_asks_whether_there_is_a_rate(content: Content, name: str, words: str) -> None:
    written = f"{{% if {name} %}}有{{% else %}}无{{% endif %}}"

    assert templates.check(template(written), content) == []
    assert templates.render(template(written), content, ZH).plain() == words


def test_both_languages_make_the_same_comparisons(content: Content) -> None:
    (problem,) = templates.check(template("{{ stock.yoy }}", "{{ stock.since_year_end }}"), content)

    assert problem.rule == "R15"
    assert problem.message == "the two languages show different values: stock.since_year_end, stock.yoy"


@pytest.mark.parametrize("written", ["{{ place.yoy }}", "{% if place.yoy %}x{% endif %}"])
def test_a_rank_has_no_growth(content: Content, written: str) -> None:
    messages = {problem.message for problem in templates.check(template(written), content)}

    assert messages == {"'place' has no '.yoy': a rank does not grow"}
