"""Slopes of several values and of places: two axes, a line for each, labels that keep apart."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charts_rankings import (
    BEFORE,
    HOME,
    NAMES,
    NOW,
    SAMPLES,
    drawn,
    drawn_of,
    ends,
    paths,
    ranks,
    record,
    regional,
    texts,
    tied,
    told,
    with_few_cases,
)
from figure_samples import figure
from helpers import at
from ipreport.document import DrawnPath, Rendered
from ipreport.figures import check
from ipreport.figures.labels import spread
from ipreport.fonts import Faces
from ipreport.language import EN, ZH, Localized
from ipreport.metrics import MetricSet, Qualifier
from ipreport.outline import Against, By, FigureSpec
from ipreport.style import MODERN
from province import province

COLOURS = MODERN.colours
SERVICES = figure("slope", values=("service_points_west",), by=By.REGION, against=Against.YEAR)
PLACES = replace(SERVICES, rank=True)


def axes(rendered: Rendered) -> tuple[DrawnPath, DrawnPath]:
    """The upright lines that reach farthest, the left one first."""
    upright = [path for path in paths(rendered) if path.fill is None and ends(path)[0] == ends(path)[2]]
    first, second = sorted(upright, key=lambda path: ends(path)[0])
    return first, second


def lines(rendered: Rendered) -> list[tuple[float, float]]:
    """Where each line begins and ends, as heights above the lower end of the axes in parts of their length."""
    left, right = axes(rendered)
    (x1, bottom, _, top), (x2, *_) = ends(left), ends(right)
    found = []
    for path in paths(rendered):
        if path.fill is None and (ends(path)[0], ends(path)[2]) == (x1, x2) and path.line_width > 1:
            (_, _, first), (_, _, last) = path.segments
            found.append(((float(first) - bottom) / (top - bottom), (float(last) - bottom) / (top - bottom)))
    return found


# --- lines follow the values ------------------------------------------------------


def test_lines_run_from_the_earlier_value_to_the_later_one_above_zero(faces: Faces) -> None:
    values = [(2659, 2869), (4895, 4196), (1675, 1646)]
    for line, (first, last) in zip(lines(drawn("slopes", faces, (ZH,))), values, strict=True):
        assert line == pytest.approx((first / 4895, last / 4895), abs=2e-3)


def test_a_few_values_are_told_apart_by_colour_dash_and_shape(faces: Faces) -> None:
    rendered = drawn("slopes", faces, (ZH,))
    styles = {(path.stroke, path.dash) for path in paths(rendered) if path.line_width == 1.75}
    assert len(styles) == len({stroke for stroke, _ in styles}) == len({dash for _, dash in styles}) == 3


def test_names_and_values_stand_at_both_ends(faces: Faces) -> None:
    rendered = drawn("slopes", faces, (EN,))
    shown = [item.text for item in texts(rendered)]
    assert shown.count("Utility models granted") == 2
    keys = {item.value_key: item.text for item in texts(rendered) if item.value_key}
    assert keys["patent_grant_um"] == "4,196"
    assert keys["patent_grant_um_2024_01_2024_09"] == "4,895"
    left, right = axes(rendered)
    for item in texts(rendered):
        if item.value_key == "patent_grant_um":
            assert item.x > ends(right)[0]
        if item.value_key == "patent_grant_um_2024_01_2024_09":
            assert item.x < ends(left)[0]


def test_the_highlighted_region_stands_out_and_is_painted_last(faces: Faces) -> None:
    rendered = drawn("slopes-by-region", faces, (ZH,))
    strokes = [path.stroke for path in paths(rendered) if path.line_width in {1.25, 2.25}]
    assert strokes == [COLOURS.context] * 7 + [COLOURS.accent]
    assert [item.text for item in texts(rendered) if item.font == "sans-bold"] == ["丁州", "37.2%", "38.7%", "丁州"]


def test_an_axis_that_does_not_begin_at_zero_says_so(faces: Faces) -> None:
    assert texts(drawn("slopes-by-region", faces, (EN,)))[0].text == "Per cent, axis does not begin at zero"
    assert texts(drawn("slopes", faces, (EN,)))[0].text == "Patents"


def test_values_that_are_not_exact_have_hollow_points(faces: Faces) -> None:
    values = [*regional("service_points", NOW, dict.fromkeys(NAMES, "9"))]
    values += regional("service_points", BEFORE, dict.fromkeys(NAMES, "5"))
    values[0] = replace(values[0], qualifier=Qualifier.ABOUT)
    rendered = drawn_of(SERVICES, record(values), faces, (EN,))
    hollow = [path for path in paths(rendered) if path.fill == "#ffffff" and path.stroke is not None]
    assert len(hollow) == 1


# --- places ----------------------------------------------------------------------


def test_the_first_place_is_at_the_top_and_ties_meet(faces: Faces) -> None:
    rendered = drawn("slopes-of-places", faces, (EN,))
    expected = sorted([(2 / 3, 1 / 3), (1.0, 1.0), (1 / 3, 1.0), (0.0, 0.0)])
    for line, places in zip(sorted(lines(rendered)), expected, strict=True):
        assert line == pytest.approx(places, abs=1e-3)
    assert texts(rendered)[0].text == "Rank"


def test_places_are_ranks_of_both_dates(faces: Faces) -> None:
    rendered = drawn("slopes-of-places", faces, (EN,))
    keys = {item.value_key: (item.text, item.unit) for item in texts(rendered) if item.value_key}
    now = "service_points_east/rank_among/service_points_west,service_points_north,service_points_south"
    before = ",".join(f"service_points_{region}_2024" for region in ("west", "north", "south"))
    assert keys[now] == ("3", "place")
    assert keys[f"service_points_east_2024/rank_among/{before}"] == ("2", "place")
    assert len(keys) == 8


def test_places_where_lower_is_better_say_so(faces: Faces) -> None:
    spec = figure("slope", values=("tm_entities_per_mark",), by=By.REGION, against=Against.YEAR, rank=True)
    rendered = drawn_of(spec, province(), faces, (EN,))
    assert texts(rendered)[0].text == "Rank, lower is better"
    shown = {item.value_key: item.text for item in texts(rendered) if "/rank_among/" in (item.value_key or "")}
    assert {text for key, text in shown.items() if key.startswith("tm_entities_per_mark_jia")} == {"1"}


def test_a_recorded_rank_rises_towards_the_first_place(faces: Faces) -> None:
    (line,) = lines(drawn("slope-of-a-rank", faces, (EN,)))
    assert line == pytest.approx((0.0, 0.75), abs=1e-3)


@pytest.mark.parametrize("against", [Against.YEAR, Against.YEAR_END])
def test_a_recorded_rank_may_be_set_against_an_earlier_time(faces: Faces, against: Against) -> None:
    earlier = {Against.YEAR: BEFORE, Against.YEAR_END: "2024-12-31"}[against]
    known = record(
        [at(period, place, "rank_in_province", region=HOME) for period, place in ((NOW, "2"), (earlier, "1"))]
    )
    spec = figure("slope", values=("rank_in_province_2025_09_30",), against=against)
    assert check(spec, known) == ()
    assert lines(drawn_of(spec, known, faces, (EN,))) == [(1.0, 0.0)]


# --- gaps ------------------------------------------------------------------------


def test_a_region_without_a_value_is_named_and_not_drawn(faces: Faces) -> None:
    rendered = drawn("slopes-of-long-names", faces, (ZH,))
    assert len(lines(rendered)) == 3
    assert texts(rendered)[0].text == "单位：件，未列北州（暂无数据）"
    assert told(rendered)[0].endswith("南州由90件降至80件。北州暂无数据。")


# --- in words --------------------------------------------------------------------

TOLD = {
    "slopes-of-places": (
        (
            "两期对比折线图：示例图。2024年9月底至2025年9月底：东州由第2位降至第3位；西州保持并列第1位；"
            "北州由第3位升至并列第1位；南州保持第4位。"
        ),
        (
            "Slope chart: Example. From end of September 2024 to end of September 2025: East from 2nd falling to 3rd; "
            "West stays joint 1st; North from 3rd rising to joint 1st; South stays 4th."
        ),
    ),
    "slopes": (
        (
            "两期对比折线图：示例图（示例省）。2024年1—9月至2025年1—9月：发明专利授权量由2659件升至2869件；"
            "实用新型专利授权量由4895件降至4196件；外观设计专利授权量由1675件降至1646件。"
        ),
        (
            "Slope chart: Example (Sample Province). From January–September 2024 to January–September 2025: "
            "Invention patents granted from 2,659 patents rising to 2,869 patents; "
            "Utility models granted from 4,895 patents falling to 4,196 patents; "
            "Designs granted from 1,675 patents falling to 1,646 patents."
        ),
    ),
    "slope-of-a-rank": (
        "两期对比折线图：示例图（甲省）。2024年9月底至2025年9月底：由第5位升至第2位。",
        (
            "Slope chart: Example (Province A). From end of September 2024 to end of September 2025: "
            "from 5th rising to 2nd."
        ),
    ),
}


@pytest.mark.parametrize("name", TOLD)
def test_where_each_value_went_is_told(faces: Faces, name: str) -> None:
    assert told(drawn(name, faces)) == TOLD[name]


def test_of_many_regions_the_highlighted_the_greatest_and_the_least_are_told(faces: Faces) -> None:
    names = {f"r{n}": Localized(f"{n}州", f"Region {n}") for n in range(1, 11)}
    values = [
        each
        for period, more in ((NOW, 10), (BEFORE, 0))
        for each in regional("service_points", period, {region: str(100 - n + more) for n, region in enumerate(names)})
    ]
    spec = figure("slope", values=("service_points_r4",), by=By.REGION, against=Against.YEAR)
    assert told(drawn_of(spec, record(values, names), faces, (EN,))) == (
        (
            "Slope chart: Example. From end of September 2024 to end of September 2025: 10 values; "
            "Region 1 from 100 institutions rising to 110 institutions; "
            "Region 4 from 97 institutions rising to 107 institutions; "
            "Region 10 from 91 institutions rising to 101 institutions."
        ),
    )


# --- what is refused -------------------------------------------------------------


def loose() -> MetricSet:
    values = [*regional("service_points", NOW, {"east": "6", "west": "6", "north": "7", "south": "8"})]
    values += regional("service_points", BEFORE, dict.fromkeys(NAMES, "5"))
    values[0] = replace(values[0], qualifier=Qualifier.ABOUT)
    return record(values)


RANK = figure("slope", points=("rank_in_province_2024_09_30", "rank_in_province_2025_09_30"))

REFUSED: dict[str, tuple[FigureSpec, MetricSet, str, str]] = {
    "no earlier time": (
        figure("slope", values=("service_points_west",), by=By.REGION),
        tied(),
        "it does not say against which time the values stand",
        "write 'against: year', 'quarter' or 'year_end', or name two values as 'points:'",
    ),
    "several metrics by region": (
        replace(SERVICES, roles={"values": ("service_points_west", "tm_valid_west")}),
        tied(),
        "by region it shows one metric",
        "make one figure per metric",
    ),
    "places of no regions": (
        replace(PLACES, by=None),
        tied(),
        "'rank: true' shows the places of regions",
        "write 'by: region' beside it",
    ),
    "a region that stands out among none": (
        replace(SERVICES, by=None, highlight="west"),
        tied(),
        "'highlight:' lets a region stand out",
        "write 'by: region' beside it",
    ),
    "places with a gap": (
        replace(PLACES, roles={"values": ("tm_valid_west",)}),
        tied(),
        "a region without a value of that time leaves open who has which place (end of September 2025)",
        "leave out 'rank: true', which shows the values themselves",
    ),
    "places of loose values": (
        PLACES,
        loose(),
        "values that are not stated exactly leave open who has which place (end of September 2025)",
        "leave out 'rank: true', which shows the values themselves",
    ),
    "places of ranks": (
        replace(PLACES, roles={"values": ("rank_in_province_east",)}),
        record([each for time in (NOW, BEFORE) for each in regional("rank_in_province", time, {"east": "1"})]),
        "'rank_in_province' is not what regions are ranked by",
        "rank the value behind it",
    ),
    "different units": (
        replace(SERVICES, roles={"values": ("service_points_west", "tm_valid_west")}, by=None),
        tied(),
        "one axis cannot carry different units: 'service_points_west' in institutions, 'tm_valid_west' in trademarks",
        "make one figure per unit, or use a table",
    ),
    "an undated value": (
        replace(SERVICES, roles={"values": ("service_points_unknown",)}, by=None),
        record([at("unknown", "5", "service_points", region="west")]),
        "'service_points_unknown' is undated, so nothing says which values came before it",
        "give its period in the data, or list the values and use kind: bar",
    ),
    "a rate of few cases": (
        figure("slope", values=("dispute_close_rate_west",), against=Against.YEAR),
        record(
            [
                *with_few_cases(),
                *regional("dispute_close_rate", "2024-01/2024-09", {"west": "80.0"}),
            ]
        ),
        (
            "'dispute_close_rate_west' is a rate of 12 cases ('dispute_caseload_west'), "
            "and a chart of kind 'slope' would hide it"
        ),
        (
            "use a kind that prints k/n beside it with 'cases: true' "
            "(bar, column, ranking, heat-table, dot, lollipop), or show the counts themselves"
        ),
    ),
    "points that look for others": (
        replace(RANK, highlight="west", rank=True),
        ranks(),
        "'points:' names both values, and 'highlight:', 'rank:' would look for others",
        "leave it out, or write 'values:' with 'against:' instead of 'points:'",
    ),
    "points in the wrong order": (
        replace(RANK, roles={"points": tuple(reversed(RANK.roles["points"]))}),
        ranks(),
        (
            "'rank_in_province_2025_09_30' (2025-09-30) is later than 'rank_in_province_2024_09_30' (2024-09-30), "
            "and time runs from left to right"
        ),
        "name the earlier point first",
    ),
    "no values at both times": (
        replace(SERVICES, roles={"values": ("tm_valid_west",)}),
        record([*regional("tm_valid", NOW, {"west": "1"}), *regional("tm_valid", BEFORE, {"west": None})]),
        "no region has a value at both times",
        "record them for both times, or use kind: ranking, which shows one of them",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_change_over_time_is_refused(case: str) -> None:
    spec, known, message, hint = REFUSED[case]
    (problem,) = check(spec, known)
    assert (problem.message, problem.hints) == (f"figure 'the-slope': {message}", (hint,))


def test_points_of_different_definitions_are_refused() -> None:
    spec = figure("slope", points=("gi_product_2025_06_30", "gi_product"))
    (problem,) = check(spec, province())
    assert problem.rule == "R19"
    assert problem.message == "figure 'the-slope': the definition of 'gi_product' changed since 'gi_product_2025_06_30'"


def test_metrics_that_do_not_exist_are_left_to_the_reader() -> None:
    assert check(replace(SERVICES, roles={"values": ("unknown",)}), tied()) == ()


@pytest.mark.parametrize("name", [name for name in SAMPLES if name.startswith("slope")])
def test_dates_stand_below_the_axes(faces: Faces, name: str) -> None:
    rendered = drawn(name, faces, (EN,))
    foot = min(ends(axis)[1] for axis in axes(rendered))
    below = [item.text for item in texts(rendered) if item.y < foot and item.value_key is None]
    assert any("2024" in text for text in below)
    assert any("2025" in text for text in below)


# --- labels ----------------------------------------------------------------------


def test_labels_in_each_others_way_lie_around_the_middle_of_their_places() -> None:
    tops = spread([(50, 10), (50, 10), (50, 10)], (0, 100), 2)
    assert tops == pytest.approx([33, 45, 57])


def test_labels_with_room_stay_where_they_are() -> None:
    assert spread([(80, 10), (20, 10)], (0, 100)) == [75, 15]


def test_more_labels_than_room_reach_beyond_the_lower_end() -> None:
    assert spread([(5, 10), (6, 10), (7, 10)], (0, 20), 1) == [0, 11, 22]


_LABELS = st.lists(st.tuples(st.floats(0, 200), st.floats(5, 30)), min_size=1, max_size=12)


@given(_LABELS)
def test_spread_labels_never_overlap_and_keep_their_order(wanted: list[tuple[float, float]]) -> None:
    tops = spread(wanted, (0.0, 250.0), 3.0)
    order = sorted(range(len(wanted)), key=lambda index: wanted[index][0])
    assert min(tops) >= 0
    for before, after in pairwise(order):
        assert tops[after] >= tops[before] + wanted[before][1] + 3.0 - 1e-6


# --- lengths of time -------------------------------------------------------------


def test_times_of_different_lengths_are_not_two_states() -> None:
    half, three = (at(slug, "9", "pct_app", key=f"pct_{slug[-2:]}") for slug in ("2025-01/2025-06", "2025-01/2025-09"))
    (problem,) = check(figure("slope", points=("pct_06", "pct_09")), MetricSet((half, three), (), (), half.region))

    assert problem.message == (
        "figure 'the-slope': 'pct_06' (January–June 2025), 'pct_09' (January–September 2025) are times of different "
        "lengths, and a slope would show that as growth"
    )
