"""Rankings: the order, the places in front of the names, the bars, and what is not ranked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from charts_rankings import (
    HOME,
    NAMES,
    NOW,
    SAMPLES,
    content_with,
    drawn,
    drawn_of,
    ends,
    paths,
    record,
    regional,
    texts,
    tied,
    told,
    with_few_cases,
)
from figure_samples import ORIGIN, figure
from helpers import in_points, metric
from ipreport.compose import compose, verify
from ipreport.compose.printed import printed
from ipreport.compose.values import value_of
from ipreport.document import DrawnText, Rendered
from ipreport.figures import check
from ipreport.fonts import Faces
from ipreport.language import EN, ZH, Localized
from ipreport.metrics import Metric, MetricSet, Qualifier, Region
from ipreport.outline import Edition, FigureSpec
from ipreport.style import MODERN
from province import province

COLOURS = MODERN.colours


def bars(rendered: Rendered) -> list[tuple[str, float]]:
    """The fill and the length of every bar, from the top down."""
    shapes = [path for path in paths(rendered) if path.fill in {COLOURS.accent, COLOURS.context}]
    return [(path.fill or "", ends(path)[2] - ends(path)[0]) for path in shapes]


def places(rendered: Rendered) -> list[DrawnText]:
    return [item for item in texts(rendered) if "/rank_among/" in (item.value_key or "")]


# --- order, lengths, places ------------------------------------------------------


def test_the_best_comes_first_and_bars_are_as_long_as_their_values(faces: Faces) -> None:
    rendered = drawn("ranking-with-ties", faces, (EN,))
    assert [item.text for item in texts(rendered) if item.x < 100 and item.value_key is None][1:] == [
        "West (tied)",
        "North (tied)",
        "East",
        "South",
    ]
    lengths = [length for _, length in bars(rendered)]
    assert [length / lengths[0] for length in lengths] == pytest.approx([1, 1, 12 / 31, 7 / 31], abs=1e-3)


def test_equal_values_share_a_place_and_the_next_one_is_left_out(faces: Faces) -> None:
    shown = places(drawn("ranking-with-ties", faces))
    assert [item.text for item in shown] == ["1", "1", "3", "4"]
    assert {item.unit for item in shown} == {"place"}
    assert (shown[0].value_key or "").split("/")[:2] == ["service_points_west", "rank_among"]
    assert [item.y for item in shown] == sorted((item.y for item in shown), reverse=True)


def test_a_shared_place_is_marked_in_words(faces: Faces) -> None:
    assert {"西州（并列）", "West (tied)", "北州（并列）", "North (tied)", "东州", "East"} <= {
        item.text for item in texts(drawn("ranking-with-ties", faces))
    }


def test_where_lower_is_better_the_least_comes_first_and_the_subtitle_says_so(faces: Faces) -> None:
    rendered = drawn("ranking-lower-is-better", faces, (EN,))
    lengths = [length for _, length in bars(rendered)]
    assert lengths == sorted(lengths)
    assert [item.text for item in places(rendered)] == [str(place) for place in range(1, 9)]
    assert texts(rendered)[0].text.endswith("end of September 2025, lower is better")


def test_the_highlighted_region_stands_out_in_colour_and_bold_type(faces: Faces) -> None:
    rendered = drawn("ranking", faces, (ZH,))
    assert [fill for fill, _ in bars(rendered)] == [
        COLOURS.accent if place == 2 else COLOURS.context for place in range(1, 9)
    ]
    bold = [item.text for item in texts(rendered) if item.font == "sans-bold"]
    assert bold == ["2", "丁州", "29.69"]


def test_without_a_region_of_its_own_all_bars_are_alike(faces: Faces) -> None:
    assert {fill for fill, _ in bars(drawn("ranking", faces, highlight=None))} == {COLOURS.accent}


def test_regions_that_are_all_equal_keep_the_order_of_the_file(faces: Faces) -> None:
    known = record(regional("service_points", NOW, dict.fromkeys(("east", "west", "north", "south"), "5")))
    rendered = drawn_of(figure("ranking", values=("service_points_east",)), known, faces, (EN,))
    assert [item.text for item in places(rendered)] == ["1"] * 4
    names = [item.text for item in texts(rendered) if item.text.endswith("(tied)")]
    assert names == ["East (tied)", "West (tied)", "North (tied)", "South (tied)"]


def test_a_region_without_a_value_stands_last_and_leaves_all_without_a_place(faces: Faces) -> None:
    rendered = drawn("ranking-undecided", faces, (EN,))
    shown = [item.text for item in texts(rendered)]
    assert places(rendered) == []
    assert shown[-2:] == ["North", "n/a"]
    assert shown[0] == "Trademarks, end of September 2025, no places, as a region has no value"
    assert len(bars(rendered)) == 3


def test_values_that_are_not_exact_but_can_be_ordered_are_hollow(faces: Faces) -> None:
    values = regional("service_points", NOW, {"east": "5", "west": "40", "north": "12", "south": "7"})
    values[1] = replace(values[1], qualifier=Qualifier.OVER)
    rendered = drawn_of(figure("ranking", values=("service_points_east",)), record(values), faces, (EN,))
    hollow = [path for path in paths(rendered) if path.fill == COLOURS.panel]
    assert [path.stroke for path in hollow] == [COLOURS.context]
    assert [item.text for item in places(rendered)] == ["1", "2", "3", "4"]


# --- the rate of the whole -------------------------------------------------------


def test_the_rate_of_the_region_that_contains_the_others_is_a_line_at_its_value(faces: Faces) -> None:
    rendered = drawn("ranking", faces, (ZH,))
    upright = [path for path in paths(rendered) if path.stroke == COLOURS.ink]
    (line,) = upright
    left, bottom, right, top = ends(line)
    assert left == right
    zero = min(ends(path)[0] for path in paths(rendered) if path.fill == COLOURS.accent)
    _, longest = bars(rendered)[0]
    assert (left - zero) / longest == pytest.approx(25.87 / 34.25, abs=1e-3)
    assert top - bottom > 8 * 13
    label = [item.text for item in texts(rendered) if item.value_key == "patent_invention_per10k"]
    assert label == ["25.87"]
    assert "示例省" in [item.text for item in texts(rendered)]


def test_the_line_goes_on_in_white_inside_longer_bars(faces: Faces) -> None:
    rendered = drawn("ranking", faces, (ZH,))
    assert len([path for path in paths(rendered) if path.stroke == "#ffffff"]) == 2


def test_counts_and_money_of_the_whole_are_not_compared_with_its_parts(faces: Faces) -> None:
    rendered = drawn("ranking-of-money", faces)
    assert not [item for item in texts(rendered) if item.value_key == "pledge_reg_amount"]
    assert not [path for path in paths(rendered) if path.stroke == COLOURS.ink]


def test_a_loose_rate_of_the_whole_is_a_dashed_line(faces: Faces) -> None:
    whole = replace(metric("patent_invention_per10k", "20.00", key="whole", region=HOME), qualifier=Qualifier.OVER)
    values = regional(
        "patent_invention_per10k", NOW, {"east": "5.00", "west": "40.00", "north": "12.00", "south": "7.00"}
    )
    known = record([*values, replace(whole, period=values[0].period)])
    rendered = drawn_of(figure("ranking", values=("whole",)), known, faces, (EN,))
    assert [path.dash for path in paths(rendered) if path.stroke == COLOURS.ink] == [(2.0, 2.0)]
    assert "over 20.00" in [item.text for item in texts(rendered)]


def test_rates_of_few_cases_bring_them(faces: Faces) -> None:
    rendered = drawn("ranking-with-cases", faces, (EN,))
    behind = [item.text for item in texts(rendered) if (item.value_key or "").startswith("dispute_closed")]
    assert behind == ["99", "45", "30", "9", "15"]


# --- in words --------------------------------------------------------------------

TOLD = {
    "ranking-with-ties": (
        "排名条形图：示例图（2025年9月底）。并列第1位西州31家；并列第1位北州31家；第3位东州12家；第4位南州7家。",
        (
            "Ranking: Example (end of September 2025). joint 1st, West: 31 institutions; "
            "joint 1st, North: 31 institutions; 3rd, East: 12 institutions; 4th, South: 7 institutions."
        ),
    ),
    "ranking-undecided": (
        (
            "排名条形图：示例图（2025年9月底）。有地区暂无数据，未排位次。"
            "西州900件；东州700件（修订数）；南州80件；北州暂无数据。"
        ),
        (
            "Ranking: Example (end of September 2025). No places, as a region has no value. "
            "West: 900 trademarks; East: 700 trademarks (revised); South: 80 trademarks; North: not available."
        ),
    ),
    "ranking-with-cases": (
        (
            "排名条形图：示例图（2025年1—9月）。首位南州90.0%（45/50）；并列第2位东州75.0%（30/40）；"
            "并列第2位西州75.0%（9/12）；并列第2位北州75.0%（15/20）；参考线：甲省81.1%（99/122）。"
        ),
        (
            "Ranking: Example (January–September 2025). 1st, South: 90.0% (45/50); joint 2nd, East: 75.0% (30/40); "
            "joint 2nd, West: 75.0% (9/12); "
            "joint 2nd, North: 75.0% (15/20); reference line, Province A: 81.1% (99/122)."
        ),
    ),
}


@pytest.mark.parametrize("name", TOLD)
def test_the_order_is_told_with_places_and_values(faces: Faces, name: str) -> None:
    assert told(drawn(name, faces)) == TOLD[name]


def test_of_many_regions_the_first_the_highlighted_and_the_last_are_told(faces: Faces) -> None:
    names = {f"r{n}": Localized(f"{n}州", f"Region {n}") for n in range(1, 11)}
    values = regional("service_points", NOW, {region: str(100 - n) for n, region in enumerate(names)})
    known = record(values, names)
    assert told(drawn_of(figure("ranking", values=("service_points_r4",)), known, faces, (EN,))) == (
        (
            "Ranking: Example (end of September 2025). 10 regions; 1st, Region 1: 100 institutions; "
            "4th, Region 4: 97 institutions; 10th, Region 10: 91 institutions."
        ),
    )


# --- what is refused -------------------------------------------------------------


def loose(first: str, second: str) -> list[Metric]:
    values = regional("service_points", NOW, {"east": first, "west": second, "north": "3", "south": "4"})
    return [replace(values[0], qualifier=Qualifier.OVER), *values[1:]]


def apart() -> MetricSet:
    """Two regions of which nothing says that they are within one."""
    names = {region: NAMES[region] for region in ("east", "west")}
    known = record(regional("service_points", NOW, {"east": "1", "west": "2"}), names)
    return replace(known, regions=tuple(Region(region.id, region.name) for region in known.regions))


REFUSED: dict[str, tuple[FigureSpec, MetricSet, str, str]] = {
    "values that cannot be ordered": (
        figure("ranking", values=("service_points_east",)),
        record(loose("500", "520")),
        "nothing says which of 'service_points_east' (over 500) and 'service_points_west' (520) is greater",
        "record exact values, or list them in a table",
    ),
    "a single value": (
        figure("ranking", values=("service_points_east",)),
        record(regional("service_points", NOW, {"east": "1", "west": None})),
        "fewer than two regions have a value of 'service_points_east', and nothing is ranked",
        "record the values of the regions for the same time, or say the value in the text",
    ),
    "regions that are not within one": (
        figure("ranking", values=("service_points_east",)),
        apart(),
        "its regions are not within one region, so that they have no places",
        "say in 'regions:' what each is 'within:', or use kind: bar",
    ),
    "rates of few cases": (
        replace(SAMPLES["ranking-with-cases"][0], roles={"values": ("dispute_close_rate_west",)}, cases=False),
        record([each for each in with_few_cases() if each.region in {"west", "south"}]),
        "'dispute_close_rate_west' is a rate of 12 cases ('dispute_caseload_west'), and a chart would hide it",
        "write 'cases: true', which prints k/n beside it",
    ),
    "changes in points": (
        figure("ranking", values=("growth_rate_east",)),
        record([in_points(each) for each in regional("growth_rate", NOW, {"east": "1.0", "west": "2.0"})]),
        "'growth_rate' is a change, which regions are not ranked by",
        "rank the value behind it, or use kind: dot",
    ),
    "a region that is not shown": (
        figure("ranking", values=("service_points_east",), highlight="elsewhere"),
        tied(),
        "it shows no region 'elsewhere' to highlight",
        "the regions are east, west, north, south",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_has_no_certain_order_is_refused(case: str) -> None:
    spec, known, message, hint = REFUSED[case]
    (problem,) = check(spec, known)
    assert (problem.message, problem.hints) == (f"figure 'the-ranking': {message}", (hint,))
    assert problem.origin == ORIGIN


def test_ranks_and_axes_that_do_not_begin_at_zero_are_refused() -> None:
    ranked = record(regional("rank_in_province", NOW, {"east": "1", "west": "2"}))
    problems = check(figure("ranking", values=("rank_in_province_east",), axis_from=Decimal(1)), ranked)
    assert len(problems) == 3
    assert all("rank" in problem.message or "axis from 1" in problem.message for problem in problems)


@pytest.mark.parametrize("name", SAMPLES)
def test_sound_figures_pass(name: str) -> None:
    spec, known = SAMPLES[name]
    assert check(spec, known()) == ()


def test_metrics_that_do_not_exist_are_left_to_the_reader() -> None:
    assert check(figure("ranking", values=("unknown",)), province()) == ()


# --- from the picture back to the records -----------------------------------------


@pytest.mark.parametrize("edition", Edition)
@pytest.mark.parametrize("name", SAMPLES)
def test_every_number_is_verified_and_both_languages_state_the_same(faces: Faces, name: str, edition: Edition) -> None:
    spec, known = SAMPLES[name]
    content = content_with([spec], known())
    figures = {spec.id: drawn_of(spec, known(), faces, edition.languages)}
    document = compose(content, edition, figures, date(2025, 10, 15))
    assert verify(document, content) == ()
    in_charts = [stretch for stretch in printed(document, content) if stretch.picture]
    unnamed = [
        part.text
        for stretch in in_charts
        for part in stretch.parts
        if part.key is None and part.not_data is None and any(character.isdigit() for character in part.text)
    ]
    assert unnamed == []


def test_a_place_is_a_value_with_a_formula_and_the_values_it_rests_on() -> None:
    content = content_with([SAMPLES["ranking-with-ties"][0]], tied())
    key = "service_points_west/rank_among/service_points_east,service_points_north,service_points_south"
    value = value_of(key, content)
    assert value is not None
    assert (value.exact, value.formula) == (1, "1 + #{x > 31} = 1 + 0, n = 4")
    assert {"并列第1位", "1"} <= value.forms["zh"]
    assert {"joint 1st", "1"} <= value.forms["en"]
    assert value.rests_on == (
        "service_points_west",
        "service_points_east",
        "service_points_north",
        "service_points_south",
    )
