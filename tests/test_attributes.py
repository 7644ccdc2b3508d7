"""What templates may name of a metric beside its value: rank, target, earlier value, dates, extents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from helpers import SMALL, metric, metric_set
from ipreport.compose import Content, content_of, templates, views
from ipreport.compose.values import value_of
from ipreport.document import Span
from ipreport.language import EN, LANGUAGES, ZH, Language, Localized
from ipreport.metrics import Metric, MetricSet, PeriodKind, Plan, Qualifier, Region, parse_period
from ipreport.outline import Template
from ipreport.problems import Origin
from ipreport.readers import read

STOCK, CASES, MARKS, RATE, FALLING = (
    "patent_invention_in_force",
    "penalty_cases",
    "tm_reg",
    "patent_hv_share",
    "tm_entities_per_mark",
)
PLAN, YEAR = Plan("p", Localized("规划", "Plan"), annual=False), Plan("y", Localized("计划", "Year"), annual=True)
REGIONS = (
    Region("amdo", Localized("安多省", "Amdo")),
    *(Region(name, Localized(f"{name}州", name), "amdo") for name in ("home", "east", "west", "south")),
)


def at(key: str, name: str, period: str, value: str | None, **changes: Any) -> Metric:
    dated = parse_period(period, PeriodKind.AS_OF)
    return metric(name, value, key=key, period=dated, **{"region": "home", **changes})


def target(key: str, name: str, year: str, value: str, plan: Plan) -> Metric:
    return at(key, name, year, value, plan=plan)


def peers(key: str, name: str, period: str, *values: str | None) -> Iterator[Metric]:
    for region, value in zip(("east", "west", "south"), values, strict=True):
        yield at(f"{key}_{region}", name, period, value, region=region)


OBSERVED = (
    at("stock", STOCK, "2025-09-30", "356"),
    at("stock_before", STOCK, "2024-09-30", "309"),
    *peers("stock", STOCK, "2025-09-30", "400", "100", "356"),
    at("lead", "tm_valid", "2025-09-30", "9"),
    *peers("lead", "tm_valid", "2025-09-30", "1", "2", "3"),
    at("shared", "patent_invention_hv", "2025-09-30", "9"),
    *peers("shared", "patent_invention_hv", "2025-09-30", "9", "2", "3"),
    at("alone", "gi_users", "2025-09-30", "9"),
    at("gap", "gi_mark", "2025-09-30", "9"),
    *peers("gap", "gi_mark", "2025-09-30", "1", None, "3"),
    at("per_mark", FALLING, "2025-09-30", "4.9"),
    *peers("per_mark", FALLING, "2025-09-30", "4.0", "6.0", "7.0"),
    at("other_caliber", "enterprise_owners", "2025-09-30", "9"),
    *(
        replace(peer, caliber="old")
        for peer in peers("other_caliber", "enterprise_owners", "2025-09-30", "1", "2", "3")
    ),
    at("marks", MARKS, "2025-01/2025-09", "7"),
    at("marks_before", MARKS, "2024-01/2024-09", "5"),
    at("quarter", MARKS, "2025Q3", "3"),
    at("quarter_before", MARKS, "2025Q2", "0"),
    at("cases", CASES, "2025-01/2025-09", "0"),
    at("cases_before", CASES, "2024-01/2024-09", "0"),
    at("rate", RATE, "2025-09-30", "43.1"),
    at("rate_before", RATE, "2024-09-30", "40.2"),
    at("value", "gi_brand_value", "2025", "9"),
    at("undated", "agencies", "unknown", "9"),
    at("place", "rank_in_province", "2025-09-30", "2"),
    at("nearly", "attorneys", "2025-09-30", "200", qualifier=Qualifier.NEARLY),
    at("absent", "service_points", "2025-09-30", None),
)
TARGETS = (
    target("stock_goal", STOCK, "2025", "350", PLAN),
    target("marks_goal", MARKS, "2025", "10", YEAR),
    target("per_mark_goal", FALLING, "2025", "5", PLAN),
    target("nearly_goal", "attorneys", "2025", "200", YEAR),
    target("absent_goal", "service_points", "2026", "200", PLAN),
    target("gap_goal", "gi_mark", "2026", "200", YEAR),
)


def of(metrics: MetricSet) -> Content:
    source = read(SMALL)
    named = replace(metrics, sources=source.metrics.sources, regions=REGIONS, home="home")
    peers = Localized("市州", "prefectures")
    return content_of(source.outline, replace(named, peers=peers, targets=TARGETS), ())


@pytest.fixture(scope="module")
def content() -> Content:
    return of(metric_set(*OBSERVED, *read(SMALL).metrics))


def template(written: str, english: str | None = None) -> Template:
    origins = {"zh": Origin("briefing.yaml", line=1), "en": Origin("briefing.yaml", line=2)}
    return Template(Localized(written, english or written), origins)


def said(content: Content, written: str, language: Language) -> str:
    assert templates.check(template(written), content) == []
    return templates.render(template(written), content, language).plain()


@pytest.mark.parametrize(
    ("written", "zh", "en"),
    [
        ("stock.rank", "居全省并列第2位（共4个市州）", "joint 2nd of 4 in the province"),
        ("lead.rank", "居全省首位（共4个市州）", "1st of 4 in the province"),
        ("shared.rank", "居全省并列第1位（共4个市州）", "joint 1st of 4 in the province"),
        ("per_mark.rank", "居全省第2位（共4个市州）", "2nd of 4 in the province"),
        ("alone.rank", "暂无数据", "not available"),
        ("gap.rank", "暂无数据", "not available"),
        ("other_caliber.rank", "暂无数据", "not available"),
        ("absent.rank", "暂无数据", "not available"),
        ("stock.target", "完成规划目标的101.7%", "101.7% of the plan target"),
        ("marks.target", "完成年度目标的70.0%", "70.0% of the annual target"),
        ("per_mark.target", "完成规划目标的102.0%", "102.0% of the plan target"),
        ("nearly.target", "完成年度目标的约100.0%", "about 100.0% of the annual target"),
        ("absent.target", "暂无数据", "not available"),
        ("stock.previous", "309件", "309 patents"),
        ("quarter.previous", "暂无数据", "not available"),
        ("stock.as_of", "截至2025年9月底", "as of the end of September 2025"),
        ("marks.as_of", "截至2025年9月底", "as of the end of September 2025"),
        ("marks.to_date", "2025年前三季度（1—9月）", "January–September 2025"),
        ("value.to_date", "2025年", "2025"),
        ("stock.yoy", "同比增长15.2%", "up 15.2% year on year"),
        ("stock.yoy_extent", "增幅15.2%", "a rise of 15.2%"),
        ("rate.yoy_extent", "增幅2.9个百分点", "a rise of 2.9 percentage points"),
        ("quarter.qoq", "上季度为0，不计算增速", "none a quarter earlier; rate not calculated"),
        ("quarter.qoq_extent", "新增，上季度为0", "new, none a quarter earlier"),
        ("quarter.yoy_extent", "同比：—", "year on year: n/a"),
        ("marks.yoy", "由上年同期的5件增至7件", "from 5 a year earlier to 7"),
        ("marks.yoy_extent", "由5件增至7件", "from 5 to 7"),
        ("cases.yoy", "与上年同期持平", "unchanged from a year earlier"),
        ("cases.yoy_extent", "持平", "no change"),
        ("stock_goal", "350件", "350 patents"),
        ("stock_goal.period", "2025年", "2025"),
    ],
)
def test_an_attribute_prints_its_words_in_both_languages(content: Content, written: str, zh: str, en: str) -> None:
    assert (said(content, f"{{{{ {written} }}}}", ZH), said(content, f"{{{{ {written} }}}}", EN)) == (zh, en)


@pytest.mark.parametrize(
    ("asked", "true"),
    [
        ("stock.yoy", True),
        ("stock.yoy.rises", True),
        ("stock.yoy.falls", False),
        ("stock.yoy.unchanged", False),
        ("marks.yoy.rises", True),
        ("cases.yoy.unchanged", True),
        ("quarter.qoq", False),
        ("quarter.qoq.rises", False),
        ("quarter.yoy.unchanged", False),
        ("stock.rank", True),
        ("alone.rank", False),
        ("alone.rank.first", False),
        ("lead.rank.first", True),
        ("shared.rank.first", False),
        ("stock.target.met", True),
        ("marks.target", True),
        ("marks.target.met", False),
        ("per_mark.target.met", True),
        ("nearly.target.met", False),
        ("absent.target", False),
        ("absent.target.met", False),
        ("stock.previous", True),
        ("quarter.previous", False),
        ("not stock.yoy.falls and lead.rank.first", True),
    ],
)
def test_a_condition_asks_what_the_words_say(content: Content, asked: str, true: bool) -> None:
    assert said(content, f"{{% if {asked} %}}是{{% else %}}否{{% endif %}}", ZH) == ("是" if true else "否")


@pytest.mark.parametrize(
    ("written", "message", "hint"),
    [
        ("value.yoy", "'value' has no '.yoy': the catalogue does not compare 'gi_brand_value' so",
         "it allows no growth; print .previous beside the value"),
        ("cases.qoq", "'cases' has no '.qoq': the catalogue does not compare 'penalty_cases' so", "it allows .yoy"),
        ("rank_source.yoy_extent", "unknown metric 'rank_source' in a template", None),
        ("marks.since_year_end",
         "'marks' has no '.since_year_end': only the stock of a day is compared with the end of last year", "use .yoy"),
        ("place.qoq_extent", "'place' has no '.qoq_extent': a rank does not grow",
         "print {{ place.previous }} beside it"),
        ("place.rank", "'place' has no '.rank': 'rank_in_province' is not what regions are ranked by",
         "rank the value behind it"),
        ("undated.rank", "'undated' has no '.rank': its date is not known, so nothing is of the same time",
         "give the value its period"),
        ("cases.target", "'cases' has no '.target': no target is recorded for 2025",
         "record it in 'targets:', with its plan, year and source"),
        ("gap.target", "'gap' has no '.target': no target is recorded for 2025",
         "record it in 'targets:', with its plan, year and source"),
        ("undated.target", "'undated' has no '.target': no target is recorded",
         "record it in 'targets:', with its plan, year and source"),
        ("quarter.target", "'quarter' has no '.target': a target of the year is met by the year to date",
         "name the value of the year to date"),
        ("place.target", "'place' has no '.target': a place or a change is not completed in per cent",
         "print the target beside it"),
        ("stock_goal.target", "'stock_goal' has no '.target': it is a target itself",
         "name the metric whose target it is"),
        ("stock_goal.previous", "'stock_goal' has no '.previous': it is a target itself",
         "name the metric whose target it is"),
        ("quarter.as_of", "'quarter' has no '.as_of': it is not the state of a day", "use .period"),
        ("undated.as_of", "'undated' has no '.as_of': its date is not known", "give the value its period"),
        ("stock.to_date", "'stock' has no '.to_date': it does not run from the beginning of the year",
         "use .period or .as_of"),
        ("undated.to_date", "'undated' has no '.to_date': its date is not known", "give the value its period"),
    ],
)  # fmt: skip
def test_an_attribute_that_makes_no_sense_is_refused(
    content: Content, written: str, message: str, hint: str | None
) -> None:
    problems = templates.check(template(f"{{{{ {written} }}}}"), content)

    assert {problem.message for problem in problems} == {message}
    assert hint is None or {problem.hints for problem in problems} == {(hint,)}


def test_a_region_without_others_beside_it_has_no_rank(content: Content) -> None:
    lonely = replace(content, metrics=replace(content.metrics, regions=REGIONS[:2]))

    (problem, _) = templates.check(template("{{ stock.rank }}"), lonely)
    assert problem.message == "'stock' has no '.rank': no regions stand beside its own"
    assert "'regions:'" in problem.hints[0]


def test_what_is_printed_is_one_of_the_wordings_of_its_value(content: Content) -> None:
    written = (
        "stock.rank", "stock.target", "per_mark.target", "stock.yoy_extent", "rate.yoy_extent", "marks.yoy",
        "marks.yoy_extent", "quarter.qoq_extent", "cases.yoy", "stock.previous", "alone.rank", "absent.target",
        "lead.rank",
    )  # fmt: skip
    for name in written:
        for language in LANGUAGES:
            (span,) = templates.render(template(f"{{{{ {name} }}}}"), content, language).inlines
            assert isinstance(span, Span)
            assert span.value_key is not None
            value = value_of(span.value_key, content)
            assert value is not None, span.value_key
            assert value.says(span.text, language)


def test_a_derived_value_says_how_it_came_about(content: Content) -> None:
    rank = value_of("per_mark/rank_among/per_mark_east,per_mark_west,per_mark_south", content)
    completed = value_of("per_mark/completion_of/per_mark_goal", content)
    counted = value_of("marks/yoy_change_from/marks_before", content)

    assert rank is not None
    assert (rank.exact, rank.formula) == (2, "1 + #{x < 4.9} = 1 + 1, n = 4")
    assert rank.rests_on == ("per_mark", "per_mark_east", "per_mark_west", "per_mark_south")
    assert completed is not None
    assert completed.formula == "5 ÷ 4.9"
    assert completed.exact is not None
    assert round(completed.exact, 3) == round(500 / type(completed.exact)("4.9"), 3)
    assert counted is not None
    assert (counted.exact, counted.formula) == (2, "7 − 5")


def test_an_earlier_value_carries_the_key_of_its_own_record(content: Content) -> None:
    assert templates.render(template("{{ stock.previous }}"), content, EN).inlines == (
        Span("309 patents", EN, (), "stock_before"),
    )
    assert templates.render(template("{{ quarter.previous }}"), content, EN).inlines == (Span("not available", EN),)


def test_an_extent_is_the_same_value_as_the_comparison_in_the_other_language(content: Content) -> None:
    assert templates.check(template("{{ stock.yoy_extent }}", "{{ stock.yoy }}"), content) == []
    (problem,) = templates.check(template("{{ stock.rank }}", "{{ stock }}"), content)
    assert (problem.rule, problem.message) == ("R15", "the two languages show different values: stock.rank")


@pytest.mark.parametrize(
    ("others", "mine", "words"),
    [
        (("1", "2", "3"), "9", "居全省首位（共4个市州）"),
        (("1", "2", "8.5"), "9", "暂无数据"),  # nearly 9 may be below 8.5
        (("1", "2", "10"), "9", "居全省第2位（共4个市州）"),
    ],
)
def test_a_value_stated_loosely_has_a_rank_only_where_it_is_certain(
    others: tuple[str, str, str], mine: str, words: str
) -> None:
    name = "patent_invention_per10k"
    loose = at("loose", name, "2025-09-30", mine, qualifier=Qualifier.NEARLY)
    content = of(metric_set(loose, *peers("loose", name, "2025-09-30", *others)))

    assert said(content, "{{ loose.rank }}", ZH) == words


# --- small counts and speed -----------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "whole", "zh", "en"),
    [
        ("3", "8", "3/8", "3/8"),
        ("0", "9", "0/9", "0/9"),
        ("1", "10", "10.0%（1/10）", "10.0% (1/10)"),
        ("8", "29", "27.6%（8/29）", "27.6% (8/29)"),
        ("8", "30", "26.7%", "26.7%"),
        ("101", "356", "28.4%", "28.4%"),
    ],
)
def test_a_share_of_few_cases_shows_the_cases(part: str, whole: str, zh: str, en: str) -> None:
    content = of(metric_set(at("part", CASES, "2025", part), at("whole", CASES, "2025", whole)))

    for language, words in ((ZH, zh), (EN, en)):
        assert said(content, "{{ part.share_of(whole) }}", language) == words
        value = value_of("part/share_of/whole", content)
        assert value is not None
        assert value.says(words, language)


@pytest.mark.parametrize(
    ("before", "now", "zh", "en"),
    [
        ("9", "12", "由上年同期的9件增至12件", "from 9 a year earlier to 12"),
        ("5", "0", "由上年同期的5件减至0件", "from 5 a year earlier to 0"),
        ("10", "12", "同比增长20.0%", "up 20.0% year on year"),
        ("0", "5", "上年同期为0，不计算增速", "none a year earlier; rate not calculated"),
    ],
)
def test_a_count_that_was_below_ten_does_not_grow_in_per_cent(before: str, now: str, zh: str, en: str) -> None:
    content = of(metric_set(at("now", CASES, "2025", now), at("before", CASES, "2024", before)))

    assert (said(content, "{{ now.yoy }}", ZH), said(content, "{{ now.yoy }}", EN)) == (zh, en)


def test_a_small_amount_of_money_or_a_small_ratio_grows_in_per_cent() -> None:
    for name in ("penalty_amount", "patent_invention_per10k"):
        content = of(metric_set(at("now", name, "2025", "8"), at("before", name, "2024", "5")))
        assert said(content, "{{ now.yoy }}", EN) == "up 60.0% year on year"


def test_counts_that_are_not_exact_say_so() -> None:
    before = at("before", CASES, "2024", "5", qualifier=Qualifier.ABOUT)
    content = of(metric_set(at("now", CASES, "2025", "8"), before))

    assert said(content, "{{ now.yoy }}", ZH) == "由上年同期的约5件增至约8件"
    assert said(content, "{{ now.yoy }}", EN) == "from about 5 a year earlier to about 8"


def test_a_text_looks_only_at_the_metrics_that_it_names(content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []

    class Counted(views.MetricView):
        def __init__(self, metric: Metric, *rest: Any) -> None:
            made.append(metric.key)
            super().__init__(metric, *rest)

    monkeypatch.setattr(templates, "MetricView", Counted)

    said(content, "{{ stock }}{% if marks.yoy %}，{{ rate.value }}{% endif %}", ZH)
    assert sorted(made) == ["marks", "rate", "stock"]
