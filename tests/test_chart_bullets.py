"""Bullets: bars, targets and what is due on one scale for each row, the state in words, and what has no target."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from charts_rankings import (
    HOME,
    NOW,
    PLAN,
    SAMPLES,
    TO_DATE,
    content_with,
    drawn,
    drawn_of,
    ends,
    paths,
    record,
    target,
    targets,
    texts,
    told,
)
from figure_samples import figure
from helpers import at, metric
from ipreport.compose import compose, verify
from ipreport.compose.printed import printed
from ipreport.document import Document, DrawnPath, DrawnText, Figure, NotData, Rendered
from ipreport.figures import check
from ipreport.fonts import Faces
from ipreport.language import EN, ZH
from ipreport.metrics import (
    Course,
    Direction,
    Metric,
    MetricSet,
    Qualifier,
    course_of,
    parse_period,
    scheduled,
    time_progress,
)
from ipreport.metrics.periods import PeriodKind
from ipreport.outline import Edition, FigureSpec
from ipreport.style import MODERN, FigureWidth
from ipreport.wording import COURSES, show_time_progress

COLOURS = MODERN.colours
EVERY = "bullet-of-every-state"


def rows(rendered: Rendered) -> list[tuple[DrawnPath, DrawnPath]]:
    """The bar and the mark of the target of every row, without those of the legend."""
    shapes = [path for path in paths(rendered) if path.fill in {*COLOURS.series[:2], COLOURS.context, COLOURS.panel}]
    marks = [path for path in paths(rendered) if path.fill == COLOURS.ink]
    legend = [path for path in shapes if ends(path)[2] - ends(path)[0] == pytest.approx(8)]
    return list(zip([path for path in shapes if path not in legend], marks[1:], strict=True))


def due(rendered: Rendered) -> list[tuple[float, float]]:
    """Left and right end of what is due in each row that has it."""
    bands = [ends(path) for path in paths(rendered) if path.fill == COLOURS.quiet]
    return [(left, right) for left, _, right, _ in bands[1:]]


# --- bars and marks ---------------------------------------------------------------


def test_each_row_has_a_scale_of_its_own_on_which_all_targets_stand_at_one_place(faces: Faces) -> None:
    shares = [46 / 45, 24 / 32, 7 / 10, 4.6 / 5.0, 9.99 / 10, 190 / 100]
    shown = rows(drawn(EVERY, faces, (EN,)))
    assert len({ends(mark)[0] for _, mark in shown}) == 1
    for (bar, mark), share in zip(shown, shares, strict=True):
        zero, _, right, _ = ends(bar)
        at_target = (ends(mark)[0] + ends(mark)[2]) / 2
        # An outline lies half a point inside the edge of a bar.
        assert (right - zero) / (at_target - zero) == pytest.approx(share, abs=0.01)


def test_what_is_due_is_a_band_up_to_the_part_of_the_year_that_is_gone(faces: Faces) -> None:
    rendered = drawn(EVERY, faces, (EN,))
    bands, shown = due(rendered), rows(rendered)
    assert len(bands) == 3
    for (left, right), (_, mark) in zip(bands, shown[:3], strict=True):
        at_target = (ends(mark)[0] + ends(mark)[2]) / 2
        assert (right - left) / (at_target - left) == pytest.approx(0.75, abs=1e-3)


def test_stocks_rates_and_plans_of_several_years_have_no_band(faces: Faces) -> None:
    rendered = drawn_of(figure("bullet", values=("patent_hv_per10k", "gi_users")), targets(), faces, (EN,))
    assert due(rendered) == []
    assert not any("progress" in item.text for item in texts(rendered))


def test_colour_follows_the_state_and_a_loose_value_is_hollow(faces: Faces) -> None:
    good, bad, open_ = COLOURS.accent, COLOURS.series[1], COLOURS.context
    shown = rows(drawn(EVERY, faces, (EN,)))
    assert [bar.fill for bar, _ in shown] == [good, good, bad, good, open_, COLOURS.panel]
    assert shown[-1][0].stroke == good


def test_the_legend_says_what_colours_and_marks_mean(faces: Faces) -> None:
    shown = [item.text for item in texts(drawn(EVERY, faces, (EN,)))]
    assert shown[1:6] == [
        "Met early, on schedule",
        "Behind schedule",
        "Not yet met",
        "Target",
        "Time progress 75%",
    ]


def test_every_row_says_its_state_in_words(faces: Faces) -> None:
    shown = [item.text for item in texts(drawn(EVERY, faces, (ZH,)))]
    states = [text for text in shown[5:] if text in {words.zh for words in COURSES.values()}]
    assert states == ["提前完成", "达到进度", "滞后", "提前完成", "尚未达到", "提前完成"]
    assert shown.count("以低为好") == 1


def test_value_target_and_completion_are_traced(faces: Faces) -> None:
    keys = {item.value_key: item.text for item in texts(drawn(EVERY, faces, (ZH,))) if item.value_key}
    assert keys["training"] == "24000人次"
    assert keys["training_target_2025"] == "32000人次"
    assert keys["training/completion_of/training_target_2025"] == "75.0%"
    # Where lower is better the target is divided by the value.
    assert keys["tm_entities_per_mark/completion_of/tm_entities_per_mark_target_2025"] == "108.7%"
    assert keys["gi_users/completion_of/gi_users_target_2025"] == "约190.0%"


def test_the_state_of_a_target_is_marked_behind_it(faces: Faces) -> None:
    shown = [item.text for item in texts(drawn(EVERY, faces, (ZH,)))]
    assert shown[shown.index("100家") + 1] == "初步数"


def test_words_stand_beside_long_bars_and_around_short_ones(faces: Faces) -> None:
    wide = rows(drawn(EVERY, faces, (ZH,)))
    narrow = rows(drawn(EVERY, faces, (ZH,), width=FigureWidth.HALF))
    assert min(ends(bar)[0] for bar, _ in wide) > 100
    assert max(ends(bar)[0] for bar, _ in narrow) < 1


def test_the_subtitle_names_the_day_all_values_are_of(faces: Faces) -> None:
    assert texts(drawn(EVERY, faces, (EN,)))[0].text == "As of the end of September 2025"
    same = figure("bullet", values=("training", "pledge_reg_amount"))
    assert texts(drawn_of(same, targets(), faces, (EN,)))[0].text == "January–September 2025"


def test_values_of_different_days_are_dated_each(faces: Faces) -> None:
    known = record(
        [
            at(TO_DATE, "24000", "training", key="training", region=HOME),
            at("2025-01/2025-06", "200", "penalty_cases", key="penalty_cases", region=HOME),
        ],
        targets=[target("training", "32000"), target("penalty_cases", "300")],
    )
    rendered = drawn_of(figure("bullet", values=("training", "penalty_cases")), known, faces, (EN,))
    shown = [item.text for item in texts(rendered)]
    assert {"January–September 2025", "January–June 2025", "Time progress 50%, time progress 75%"} <= set(shown)


# --- in words --------------------------------------------------------------------


def test_value_target_completion_and_state_are_told(faces: Faces) -> None:
    spec = figure("bullet", values=("pledge_reg_amount", "tm_entities_per_mark", "patent_hv_per10k"))
    assert told(drawn_of(spec, targets(), faces)) == (
        (
            "子弹图：示例图（甲省）。截至2025年9月底，时间进度75%。"
            "专利商标质押融资登记金额46亿元，目标45亿元，完成年度目标的102.2%，提前完成；"
            "每件注册商标对应经营主体数（以低为好）4.6户/件，目标5.0户/件，完成规划目标的108.7%，提前完成；"
            "每万人口高价值发明专利拥有量9.99件，目标10.00件，完成规划目标的99.9%，尚未达到。"
        ),
        (
            "Bullet chart: Example (Province A). As of the end of September 2025, time progress 75%. "
            "Registered amount of patent and trademark pledge financing: 4.6 billion yuan, target 4.5 billion yuan, "
            "102.2% of the annual target, met early; "
            "Business entities per registered trademark (lower is better): 4.6, target 5.0, "
            "108.7% of the plan target, met early; "
            "High-value invention patents per 10,000 population: 9.99, target 10.00, "
            "99.9% of the plan target, not yet met."
        ),
    )


# --- time progress in a document ----------------------------------------------------


def shown_in(edition: Edition, faces: Faces) -> Document:
    spec, known = SAMPLES[EVERY]
    content = content_with([spec], known())
    return compose(content, edition, {spec.id: drawn_of(spec, known(), faces, edition.languages)}, date(2025, 10, 15))


def redrawn(document: Document, old: str, new: str) -> Document:
    """The document with other words in its chart."""
    blocks = []
    for block in document.blocks:
        if isinstance(block, Figure):
            items = tuple(
                replace(item, text=new) if isinstance(item, DrawnText) and item.text == old else item
                for item in block.picture.drawing.items
            )
            assert items != block.picture.drawing.items
            drawing = replace(block.picture.drawing, items=items)
            blocks.append(replace(block, picture=replace(block.picture, drawing=drawing)))
        else:
            blocks.append(block)
    return replace(document, blocks=tuple(blocks))


def not_data(document: Document) -> dict[str, NotData | None]:
    """The parts of the chart that hold digits and are no values."""
    content = content_with([SAMPLES[EVERY][0]], targets())
    return {
        part.text: part.not_data
        for stretch in printed(document, content)
        for part in stretch.parts
        if stretch.picture and part.key is None and any(character.isdigit() for character in part.text)
    }


@pytest.mark.parametrize(("edition", "words"), [(Edition.ZH, "时间进度75%"), (Edition.EN, "Time progress 75%")])
def test_time_progress_is_known_as_a_date_and_no_other_share_is(faces: Faces, edition: Edition, words: str) -> None:
    document = shown_in(edition, faces)
    assert not_data(document)[words] is NotData.DATE
    other = words.replace("75", "50")
    assert not_data(redrawn(document, words, other))[other] is None


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("45亿元", "54亿元", "'54亿元' is printed for 'pledge_reg_amount_target_2025', expected '45亿元'"),
        (
            "70.0%",
            "80.0%",
            (
                "'80.0%' is printed for 'tech_contract_patent/completion_of/tech_contract_patent_target_2025', "
                "expected '70.0%', '完成年度目标的70.0%'"
            ),
        ),
    ],
)
def test_a_wrong_target_or_completion_in_the_picture_is_found(faces: Faces, old: str, new: str, message: str) -> None:
    content = content_with([SAMPLES[EVERY][0]], targets())
    problems = verify(redrawn(shown_in(Edition.ZH, faces), old, new), content)
    assert message in [problem.message for problem in problems]


# --- states ----------------------------------------------------------------------


def falling(value: Metric) -> Metric:
    return replace(value, definition=replace(value.definition, direction=Direction.DOWN))


def to_date(value: str, end: str = "2025-01/2025-09", qualifier: Qualifier = Qualifier.EXACT) -> Metric:
    return at(end, value, "training", qualifier=qualifier)


YEARLY = target("training", "1000")
STOCK, RATE = target("service_points", "100"), target("dispute_close_rate", "85.0")


@pytest.mark.parametrize(
    ("value", "wanted", "course"),
    [
        (to_date("1000"), YEARLY, Course.MET_EARLY),
        (to_date("750"), YEARLY, Course.ON_SCHEDULE),
        (to_date("749"), YEARLY, Course.BEHIND),
        (to_date("750", qualifier=Qualifier.NEARLY), YEARLY, Course.BEHIND),
        (to_date("750", qualifier=Qualifier.OVER), YEARLY, Course.ON_SCHEDULE),
        (to_date("500", "2025-01/2025-06"), YEARLY, Course.ON_SCHEDULE),
        (to_date("1000", "2025"), YEARLY, Course.MET),
        (to_date("999", "2025"), YEARLY, Course.MISSED),
        (to_date("999"), replace(YEARLY, plan=PLAN), Course.OPEN),
        (falling(to_date("750")), YEARLY, Course.ON_SCHEDULE),
        (falling(to_date("751")), YEARLY, Course.BEHIND),
        (falling(to_date("1000", "2025")), YEARLY, Course.MET),
        (at(NOW, "99", "service_points"), STOCK, Course.OPEN),
        (at(NOW, "100", "service_points"), STOCK, Course.MET_EARLY),
        (at("2025-12-31", "99", "service_points"), STOCK, Course.MISSED),
        (at(TO_DATE, "84.9", "dispute_close_rate"), RATE, Course.OPEN),
    ],
)
def test_the_state_follows_from_value_target_and_time(value: Metric, wanted: Metric, course: Course) -> None:
    assert course_of(value, wanted) is course


def test_only_the_annual_target_of_what_adds_up_is_due_in_step_with_the_year() -> None:
    assert scheduled(to_date("1"), YEARLY) == Decimal("0.75")
    assert scheduled(to_date("1", "2025"), YEARLY) is None
    assert scheduled(to_date("1"), replace(YEARLY, plan=PLAN)) is None
    assert scheduled(at(NOW, "1", "service_points"), STOCK) is None
    assert scheduled(at("2025Q3", "1", "training"), YEARLY) is None


@pytest.mark.parametrize(
    ("written", "part", "zh", "en"),
    [
        ("2025-01/2025-09", Decimal("0.75"), "时间进度75%", "time progress 75%"),
        ("2025Q1", Decimal("0.25"), "时间进度25%", "time progress 25%"),
        ("2025-01/2025-12", Decimal(1), "时间进度100%", "time progress 100%"),
        ("2025-01/2025-02", Decimal(2) / 12, "时间进度16.7%", "time progress 16.7%"),
        ("2025-04-15", Decimal("3.5") / 12, "时间进度29.2%", "time progress 29.2%"),
    ],
)
def test_time_progress_counts_the_months_that_are_gone(written: str, part: Decimal, zh: str, en: str) -> None:
    gone = time_progress(parse_period(written, PeriodKind.AS_OF))
    assert gone == part
    assert (show_time_progress(part).zh, show_time_progress(part).en) == (zh, en)


def test_an_undated_value_has_no_time_progress() -> None:
    assert time_progress(metric("training", "1").period) is None


def test_every_state_has_words_and_is_well_bad_or_not_judged() -> None:
    assert COURSES.keys() == set(Course)
    judged = {course: course.is_good for course in Course}
    assert [course for course, good in judged.items() if good is None] == [Course.OPEN]
    assert [course for course, good in judged.items() if good is False] == [Course.BEHIND, Course.MISSED]


# --- what is refused -------------------------------------------------------------

REFUSED: dict[str, tuple[FigureSpec, MetricSet, str, str]] = {
    "no target": (
        figure("bullet", values=("tm_valid",)),
        record([at(NOW, "5", "tm_valid", key="tm_valid", region=HOME)]),
        "no target of 'tm_valid' is recorded for 2025",
        "record it in 'targets:' with its plan, year and source, or use kind: bar",
    ),
    "no date": (
        figure("bullet", values=("tm_valid",)),
        record([metric("tm_valid", "5", region=HOME)], targets=[target("tm_valid", "9")]),
        "'tm_valid' is undated, so that nothing says which target is in force",
        "give its period in the data",
    ),
    "a single quarter against the year": (
        figure("bullet", values=("training",)),
        record([at("2025Q3", "5", "training", key="training", region=HOME)], targets=[YEARLY]),
        "'training' does not run from the beginning of the year, and its target is of the whole year",
        "name the value of the year to date",
    ),
    "a place": (
        figure("bullet", values=("rank_in_province",)),
        record(
            [at(NOW, "2", "rank_in_province", key="rank_in_province", region=HOME)],
            targets=[target("rank_in_province", "1")],
        ),
        "'rank_in_province' is a place or a change, of which no part is completed",
        "name it with its target in the text",
    ),
    "a target of zero": (
        figure("bullet", values=("tm_valid",)),
        record([at(NOW, "5", "tm_valid", key="tm_valid", region=HOME)], targets=[target("tm_valid", "0")]),
        "the target of 'tm_valid' is 0, of which no value is a part",
        "name value and target in the text",
    ),
    "no value": (
        figure("bullet", values=("tm_valid",)),
        record([at(NOW, None, "tm_valid", key="tm_valid", region=HOME)], targets=[target("tm_valid", "9")]),
        "'tm_valid' has no value, and a chart would show it as zero",
        "leave it out of the figure, or show it in a table, which prints — / n/a",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_value_without_a_target_to_measure_it_by_is_refused(case: str) -> None:
    spec, known, message, hint = REFUSED[case]
    (problem,) = check(spec, known)
    assert (problem.message, problem.hints) == (f"figure 'the-bullet': {message}", (hint,))


def test_metrics_that_do_not_exist_are_left_to_the_reader() -> None:
    assert check(figure("bullet", values=("unknown",)), targets()) == ()
