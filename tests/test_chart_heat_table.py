"""Heat tables: shades by place within a column, whose direction and unit each column has for itself."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from charts_tables import EIGHT, ELSEWHERE, FIGURES, elsewhere
from figure_samples import ORIGIN, figure
from ipreport.contrast import contrast
from ipreport.document import DrawnText
from ipreport.figures import Rendered, check
from ipreport.figures.charts import heat_table
from ipreport.figures.shades import shade
from ipreport.fonts import Faces
from ipreport.language import EN, ZH
from ipreport.metrics import Direction, MetricSet
from ipreport.outline import FigureSpec, Scale
from ipreport.problems import Level
from ipreport.style import MODERN, FigureWidth, FontRole
from pictures import Shape, dashed, drawn, of_value, shapes, texts, told, words
from province import province

REGIONS = ("jia", "yi", "bing", "ding", "wu", "ji", "geng", "xin")
RAMP, GREYS = MODERN.colours.ramp, MODERN.colours.neutral_ramp


@pytest.fixture(scope="module")
def eight(faces: Faces) -> Rendered:
    return drawn(FIGURES["heat"], province(), faces)


def cell(rendered: Rendered, key: str) -> Shape:
    """The fill below a value."""
    text = of_value(rendered, key)
    return next(shape for shape in reversed(shapes(rendered)) if shape.holds(text))


def column(rendered: Rendered, metric: str) -> list[str]:
    return [cell(rendered, f"{metric}_{region}").fill for region in REGIONS]


# --- shades -----------------------------------------------------------------------------


def _shades(*values: str, direction: Direction = Direction.UP) -> list[int]:
    numbers = [Decimal(value) for value in values]
    return [shade(number, numbers, direction, 5) for number in numbers]


def test_shades_follow_places_not_sizes() -> None:
    assert _shades("1", "2", "3", "4", "1000") == [0, 1, 2, 3, 4]
    assert _shades("1000", "1", "3", "2", "4") == [4, 0, 2, 1, 3]
    assert _shades("1", "2", "3", "4", "5", "6", "7", "8", "9", "10") == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]


def test_eight_values_are_shaded_alike_from_both_ends() -> None:
    assert _shades("1", "2", "3", "4", "5", "6", "7", "8") == [0, 0, 1, 2, 2, 3, 4, 4]


def test_where_lower_is_better_the_least_is_darkest() -> None:
    assert _shades("1", "2", "3", "4", "5", direction=Direction.DOWN) == [4, 3, 2, 1, 0]
    assert _shades("1", "2", "3", "4", "5", direction=Direction.NEUTRAL) == [0, 1, 2, 3, 4]


def test_equal_values_have_one_shade_in_the_middle_of_their_places() -> None:
    assert _shades("5", "5", "5") == [2, 2, 2]
    assert _shades("1", "5", "5", "5", "9") == [0, 2, 2, 2, 4]
    assert _shades("7") == [2]


# --- cells ------------------------------------------------------------------------------


def test_cells_are_filled_by_their_place_within_their_column(eight: Rendered) -> None:
    assert column(eight, "patent_invention_in_force") == [RAMP[n] for n in (4, 4, 2, 3, 2, 1, 0, 0)]
    assert column(eight, "patent_hv_per10k") == [RAMP[n] for n in (4, 3, 2, 4, 2, 1, 0, 0)]


def test_lower_is_darker_where_lower_is_better(eight: Rendered) -> None:
    record = province()
    entities = [record[f"tm_entities_per_mark_{region}"].value for region in REGIONS]
    assert entities == [Decimal(value) for value in ("3.9", "5.7", "6.0", "4.9", "6.6", "7.1", "6.8", "7.5")]
    assert column(eight, "tm_entities_per_mark") == [RAMP[n] for n in (4, 3, 2, 4, 2, 0, 1, 0)]


def test_metrics_without_a_direction_are_grey(eight: Rendered) -> None:
    assert column(eight, "patent_grant_um") == [GREYS[n] for n in (4, 4, 2, 3, 2, 1, 0, 0)]
    assert {text.text for text in texts(eight)} >= {"不分优劣", "neither is better", "越低越好", "lower is better"}


def test_every_value_is_printed_in_the_unit_of_its_column(eight: Rendered) -> None:
    shown = {
        key: of_value(eight, key) for key in ("patent_grant_um_jia", "pledge_reg_amount_jia", "penalty_amount_jia")
    }
    assert {key: (text.text, text.unit) for key, text in shown.items()} == {
        "patent_grant_um_jia": ("1,584", "patent"),
        "pledge_reg_amount_jia": ("1,336.72", "million_yuan"),
        "penalty_amount_jia": ("1.583", "million_yuan"),
    }
    assert of_value(eight, "patent_hv_share_jia").text == "39.3%"
    known = [metric for metric in EIGHT for region in REGIONS if (metric, region) != ("gi_users", "xin")]
    assert len([text for text in texts(eight) if text.value_key is not None]) == len(known)


def test_a_chinese_table_counts_money_in_wan_and_yi_column_by_column(faces: Faces) -> None:
    rendered = drawn(FIGURES["heat"], province(), faces, (ZH,))
    assert of_value(rendered, "pledge_reg_amount_jia").text == "13.37"
    assert of_value(rendered, "penalty_amount_jia").text == "158.31"
    assert {"亿元", "万元"} <= set(words(rendered))


def test_values_are_legible_on_their_fills(eight: Rendered) -> None:
    for text in texts(eight):
        if text.value_key is not None:
            assert contrast(text.colour, cell(eight, text.value_key).fill) >= 4.5


def test_a_missing_value_has_a_dashed_edge_and_no_fill(eight: Rendered) -> None:
    assert all(text.value_key != "gi_users_xin" for text in texts(eight))
    (missing,) = (text for text in texts(eight) if text.text == "—")
    assert missing.value_key is None
    edges = [(min(x for x, _ in edge), max(x for x, _ in edge)) for edge in dashed(eight)]
    beside = cell(eight, "gi_users_geng")
    assert [left < missing.x < right for left, right in edges] == [True, False]
    assert edges[0] == pytest.approx((beside.left + 0.5, beside.right - 0.5), abs=0.02)
    fills = {shape.fill for shape in shapes(eight) if shape.holds(missing)}
    assert fills == {"#ffffff"}
    assert {"n/a", "暂无数据", "not available"} <= set(words(eight))


def test_a_table_without_gaps_names_none(faces: Faces) -> None:
    rendered = drawn(FIGURES["heat-of-three"], province(), faces)
    assert dashed(rendered) == []
    assert "暂无数据" not in words(rendered)


def test_white_gaps_part_the_cells(eight: Rendered) -> None:
    first, right = (cell(eight, f"{metric}_jia") for metric in EIGHT[:2])
    below = cell(eight, f"{EIGHT[0]}_yi")
    assert right.left - first.right == pytest.approx(heat_table.GAP, abs=0.02)
    assert first.bottom - below.top == pytest.approx(heat_table.GAP, abs=0.02)
    assert first.right - first.left == pytest.approx(right.right - right.left, abs=0.02)


def test_digits_of_a_column_end_at_one_place(faces: Faces) -> None:
    rendered = drawn(FIGURES["heat-of-three"], province(), faces, (EN,))
    ends = set()
    for region in REGIONS:
        if region != "ding":  # bold digits are wider
            text = of_value(rendered, f"patent_hv_per10k_{region}")
            width = _width(faces, text)
            ends.add(round(text.x + width, 1))
    assert max(ends) - min(ends) <= 0.1


def _width(faces: Faces, text: DrawnText) -> float:
    found = (faces.for_character(FontRole(text.font), character, text.language) for character in text.text)
    return sum(
        face.advance(character, text.language) * text.size
        for face, character in zip(found, text.text, strict=True)
        if face is not None
    )


# --- rows, columns and what they are called -----------------------------------------------


def test_rows_are_the_regions_in_the_order_of_the_record(eight: Rendered) -> None:
    places = [cell(eight, f"{EIGHT[0]}_{region}").middle[1] for region in REGIONS]
    assert places == sorted(places, reverse=True)


def test_the_highlighted_region_is_bold_and_no_other(eight: Rendered) -> None:
    bold = {text.value_key for text in texts(eight) if text.font == FontRole.SANS_BOLD and text.value_key}
    assert bold == {f"{metric}_ding" for metric in EIGHT}
    names = [text.text for text in texts(eight) if text.font == FontRole.SANS_BOLD and not text.value_key]
    assert set(names) == {"丁州"}


def test_heads_name_the_unit_unless_the_name_or_the_digits_bring_it(faces: Faces) -> None:
    rendered = drawn(FIGURES["heat-of-three"], province(), faces, (EN,))
    small = [text.text for text in texts(rendered) if text.size == 8]
    assert "patents" in small
    assert not any("population" in word or word == "%" for word in small)


def test_columns_of_another_time_say_so_and_the_subtitle_tells_that_of_the_most(faces: Faces) -> None:
    rendered = drawn(FIGURES["heat"], province(), faces, (ZH,))
    assert words(rendered)[0] == "2025年9月底（另有注明的除外）"
    joined = "".join(words(rendered))
    assert joined.count("2025年1—9月") == 3
    assert joined.count("2025年9月底") == 1


def test_columns_of_one_time_leave_it_to_the_subtitle(faces: Faces) -> None:
    rendered = drawn(FIGURES["heat-of-three"], province(), faces, (ZH, EN))
    assert words(rendered)[:2] == ["2025年9月底", "End of September 2025"]
    assert sum("2025" in word for word in words(rendered)) == 2


def test_columns_that_are_too_many_for_the_width_stand_below_each_other(faces: Faces) -> None:
    half = figure("heat-table", values=EIGHT[:4], width=FigureWidth.HALF)
    rendered = drawn(half, province(), faces, (EN,))
    first, second, third, fourth = (cell(rendered, f"{metric}_xin") for metric in EIGHT[:4])
    assert (first.bottom, third.bottom) == (second.bottom, fourth.bottom)
    assert third.top < first.bottom
    assert (third.left, fourth.left) == (first.left, second.left)
    assert words(rendered).count("H") + words(rendered).count("Prefecture H") == 2


def test_one_line_holds_both_names_of_a_region_where_there_is_room(eight: Rendered, faces: Faces) -> None:
    places = {text.text: text.y for text in texts(eight)}
    assert places["甲州"] == places["Prefecture A"]
    long = drawn(ELSEWHERE["heat-of-long-names"], elsewhere(), faces)
    places = {text.text: text.y for text in texts(long)}
    assert places["甲海蒙古族藏族自治州"] > places["Prefecture A Mongol and"]


def test_the_legend_says_what_dark_means_and_that_columns_stand_for_themselves(eight: Rendered, faces: Faces) -> None:
    foot = min(cell(eight, f"{metric}_geng").bottom for metric in EIGHT)
    legend = [text.text for text in texts(eight) if text.y < foot - 20]
    assert legend == [
        *("较差", "worse", "较好", "better"),
        *("较低", "lower", "较高（不分优劣）", "higher (neither is better)"),
        *("暂无数据", "not available"),
        *("每列各自按位次着色", "shaded by place within each column"),
    ]
    squares = [shape.fill for shape in shapes(eight) if shape.top < foot - 20]
    assert squares == [*RAMP, *GREYS]
    judged = drawn(FIGURES["heat-of-three"], province(), faces, (EN,))
    assert "higher (neither is better)" not in words(judged)
    neutral = drawn(FIGURES["heat-of-one"], province(), faces, (EN,))
    assert "better" not in words(neutral)


def test_rates_of_few_cases_bring_them(faces: Faces) -> None:
    rendered = drawn(ELSEWHERE["heat-of-cases"], elsewhere(), faces, (EN,))
    below = [text for text in texts(rendered) if text.value_key == "dispute_caseload_geng"]
    assert [text.text for text in below] == ["12"]
    assert cell(rendered, "dispute_close_rate_geng").holds(below[0])


# --- words and refusals -------------------------------------------------------------------


def test_few_values_are_told_one_by_one(faces: Faces) -> None:
    assert told(drawn(FIGURES["heat-of-one"], province(), faces)) == (
        "热力表：示例图（2025年1—9月）。甲州74件；乙州45件；丙州38件；丁州27件；戊州19件；己州11件；庚州7件；辛州3件。",
        (
            "Heat table: Example (January–September 2025). Prefecture A: 74 cases; Prefecture B: 45 cases; "
            "Prefecture C: 38 cases; Prefecture D: 27 cases; Prefecture E: 19 cases; Prefecture F: 11 cases; "
            "Prefecture G: 7 cases; Prefecture H: 3 cases."
        ),
    )


def test_many_values_are_told_by_their_ends_with_the_highlighted_and_the_missing_region(faces: Faces) -> None:
    spec = figure("heat-table", values=("gi_users", "tm_entities_per_mark"), highlight="ding")
    assert told(drawn(spec, province(), faces)) == (
        (
            "热力表：示例图（2025年9月底）。地理标志专用标志用标企业数：最高：甲州443家；最低：庚州72家；丁州185家；辛州暂无数据。"
            "每件注册商标对应经营主体数（越低越好）：最高：辛州7.5户/件；最低：甲州3.9户/件；丁州4.9户/件。"
        ),
        (
            "Heat table: Example (end of September 2025). Businesses authorised to use the GI special sign: "
            "highest, Prefecture A: 443 businesses; lowest, Prefecture G: 72 businesses; Prefecture D: 185 businesses; "
            "Prefecture H: not available. Business entities per registered trademark (lower is better): "
            "highest, Prefecture H: 7.5; lowest, Prefecture A: 3.9; Prefecture D: 4.9."
        ),
    )


def test_metrics_of_several_times_are_told_with_theirs(faces: Faces) -> None:
    spec = figure("heat-table", values=("tm_entities_per_mark", "penalty_cases"))
    zh, en = told(drawn(spec, province(), faces))
    assert "每件注册商标对应经营主体数（2025年9月底，越低越好）：最高：辛州7.5户/件；" in zh
    assert "Administrative penalty cases (January–September 2025): highest, Prefecture A: 74 cases; " in en


def _without_values(metric: str) -> MetricSet:
    record = province()
    return replace(
        record, observations=tuple(m for m in record if m.definition.id != metric or m.region == record.home)
    )


REFUSED: dict[str, tuple[FigureSpec, MetricSet, str, str]] = {
    "logarithmic": (
        figure("heat-table", Scale.LOGARITHMIC, values=("gi_users",)),
        province(),
        "figure 'the-heat-table': a chart of kind 'heat-table' has no axis",
        "leave out 'scale:'",
    ),
    "axis from": (
        figure("heat-table", values=("gi_users",), axis_from=Decimal(5)),
        province(),
        "figure 'the-heat-table': a chart of kind 'heat-table' has no axis",
        "leave out 'axis_from:'",
    ),
    "empty column": (
        figure("heat-table", values=("tm_valid", "gi_users")),
        _without_values("gi_users"),
        "figure 'the-heat-table': 'gi_users' has no value in any of the regions",
        "record it for the regions, or leave it out of the figure",
    ),
    "too tall": (
        figure("heat-table", values=EIGHT, width=FigureWidth.HALF),
        province(),
        "figure 'the-heat-table': 8 metrics of 8 regions do not fit a page in the width 'half'",
        "use a greater 'width:', or show fewer of them",
    ),
    "unknown region": (
        figure("heat-table", values=("gi_users",), highlight="nowhere"),
        province(),
        "figure 'the-heat-table': it shows no region 'nowhere' to highlight",
        "the regions are jia, yi, bing, ding, wu, ji, geng, xin",
    ),
    "a rate of few cases": (
        figure("heat-table", values=("dispute_close_rate",), cases=True),
        province(),
        (
            "figure 'the-heat-table': 'dispute_close_rate_xin' is a rate of 6 cases ('dispute_caseload_xin'), "
            "of which no rate is given"
        ),
        "leave it out, or show the counts themselves",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_heat_table_refuses_what_it_would_misrepresent(case: str) -> None:
    spec, record, message, hint = REFUSED[case]
    (problem,) = check(spec, record)
    assert (problem.level, problem.origin) == (Level.BLOCK, ORIGIN)
    assert (problem.message, problem.hints) == (message, (hint,))


def test_metrics_of_other_regions_are_refused() -> None:
    record = province()
    inside = tuple(replace(r, within="jia") if r.id in {"xin", "geng"} else r for r in record.regions)
    spec = figure("heat-table", values=("gi_users", "tm_valid_jia"))
    (problem,) = check(spec, replace(record, regions=inside))
    assert problem.message == "figure 'the-heat-table': 'tm_valid_jia' and 'gi_users' are not of the same regions"
    assert problem.hints == ("name metrics of one region, whose parts the rows are",)


def test_four_metrics_fit_half_the_width_and_five_do_not() -> None:
    four, five = (figure("heat-table", values=EIGHT[:count], width=FigureWidth.HALF) for count in (4, 5))
    assert check(four, province()) == ()
    assert len(check(five, province())) == 1


@pytest.mark.parametrize("name", [*FIGURES, *ELSEWHERE])
def test_sound_figures_pass(name: str) -> None:
    spec, record = (FIGURES[name], province()) if name in FIGURES else (ELSEWHERE[name], elsewhere())
    assert check(spec, record) == ()


def test_metrics_that_do_not_exist_are_left_to_the_reader() -> None:
    assert check(figure("heat-table", values=("unknown",)), province()) == ()
