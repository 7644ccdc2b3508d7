"""Small multiples: one scale for all panels that share a unit, columns for flows, gaps and breaks shown."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from charts_tables import EIGHT, FIGURES
from figure_samples import ORIGIN, figure
from ipreport.figures import Rendered, check
from ipreport.fonts import Faces
from ipreport.language import EN, ZH
from ipreport.metrics import MetricSet
from ipreport.outline import By, Every, FigureSpec, Scale
from ipreport.problems import Level
from ipreport.style import MODERN, FigureWidth, FontRole
from pictures import Shape, dashed, drawn, lines, of_value, shapes, texts, told, words
from province import province

REGIONS = ("jia", "yi", "bing", "ding", "wu", "ji", "geng", "xin")
ACCENT, CONTEXT, MUTED = MODERN.colours.accent, MODERN.colours.context, MODERN.colours.muted


@pytest.fixture(scope="module")
def regions(faces: Faces) -> Rendered:
    return drawn(FIGURES["panels-by-region"], province(), faces)


def _columns(rendered: Rendered) -> list[Shape]:
    return [shape for shape in shapes(rendered) if shape.fill in {ACCENT, CONTEXT} and shape.right - shape.left > 5]


def _bases(rendered: Rendered) -> list[float]:
    """The height of the base of every panel, in their order."""
    return [line[0][1] for line in lines(rendered, MUTED, 0.75) if line[0][1] == line[-1][1]]


# --- scales -------------------------------------------------------------------------------


def test_all_regions_stand_on_one_scale(regions: Rendered) -> None:
    record = province()
    dots = [shape for shape in shapes(regions) if shape.fill in {ACCENT, CONTEXT}]
    heights = [dot.middle[1] - base for dot, base in zip(dots, _bases(regions), strict=True)]
    values = [float(record[f"patent_hv_per10k_{region}"].value or 0) for region in REGIONS]
    assert [height / heights[0] for height in heights] == pytest.approx([v / values[0] for v in values], abs=2e-3)


def test_ticks_of_a_common_scale_stand_once_a_row(regions: Rendered) -> None:
    ticks = [(text.text, text.x) for text in texts(regions) if text.text in {"0", "5", "10", "15"}]
    assert [word for word, _ in ticks] == ["0", "5", "10", "15"] * 2
    assert max(x for _, x in ticks) < 20


def test_flows_are_columns_as_tall_as_their_values(faces: Faces) -> None:
    rendered, record = drawn(FIGURES["panels-of-flows"], province(), faces), province()
    columns = _columns(rendered)
    assert len(columns) == 8 * 8
    single = [
        (record[f"pledge_reg_amount_{region}"].value or Decimal(0))
        - (record[f"pledge_reg_amount_{region}_2025_01_2025_06"].value or Decimal(0))
        for region in REGIONS
    ]
    heights = [columns[8 * n + 7].top - columns[8 * n + 7].bottom for n in range(8)]
    # The least is 0.9 points tall, rounded to hundredths.
    assert [height / heights[0] for height in heights] == pytest.approx(
        [float(v / single[0]) for v in single], abs=2e-3
    )
    assert [column.bottom for column in columns[::8]] == _bases(rendered)


def test_stocks_and_rates_are_lines(regions: Rendered) -> None:
    assert _columns(regions) == []
    courses = [line for line in lines(regions) if len(line) == 12]
    assert len(courses) == 8


def test_panels_of_other_units_have_scales_of_their_own_and_say_so(faces: Faces) -> None:
    rendered = drawn(FIGURES["panels-of-units"], province(), faces, (ZH,))
    assert words(rendered)[0] == "2022年12月底至2025年9月底，各图纵轴不同，且不都从零开始"
    assert of_value(rendered, "patent_invention_in_force").unit == "patent"
    assert of_value(rendered, "patent_hv_share").text == "38.6%"
    assert {"1万", "2万", "28%", "40%", "100"} <= set(words(rendered))


def test_panels_from_zero_say_only_that_their_scales_differ(faces: Faces) -> None:
    spec = figure("small-multiples", series=("penalty_cases", "penalty_amount"), last=4)
    rendered = drawn(spec, province(), faces, (EN,))
    assert words(rendered)[0] == "Q4 2024 to Q3 2025, panels have their own scales"


def test_a_common_scale_that_does_not_begin_at_zero_says_so(faces: Faces) -> None:
    spec = figure("small-multiples", series=("patent_hv_share",), by=By.REGION, last=4)
    rendered = drawn(spec, province(), faces, (ZH,))
    assert words(rendered)[0] == "单位：%，2024年12月底至2025年9月底，纵轴不从零开始"


def test_the_unit_stands_behind_the_value_where_panels_differ_in_it(faces: Faces) -> None:
    rendered = drawn(FIGURES["panels-of-units"], province(), faces, (EN,))
    value = of_value(rendered, "gi_users")
    (unit,) = (text for text in texts(rendered) if text.text == "businesses")
    assert (unit.y, unit.x > value.x, unit.size) == (value.y, True, 8)
    # The name of a rate brings its unit, and so do digits with a sign.
    assert "business entities per registered trademark" not in words(rendered)


# --- names and dates ----------------------------------------------------------------------


def test_every_panel_names_its_region_and_last_value(regions: Rendered) -> None:
    shown = [of_value(regions, f"patent_hv_per10k_{region}") for region in REGIONS]
    names = {text.text: text.y for text in texts(regions)}
    assert [text.text for text in shown] == ["13.45", "9.26", "8.14", "11.50", "7.18", "5.86", "4.92", "3.98"]
    assert [text.y for text in shown] == [names[f"{name}州"] for name in "甲乙丙丁戊己庚辛"]


def test_the_highlighted_region_stands_out_in_colour_and_weight(regions: Rendered) -> None:
    bold = [text.text for text in texts(regions) if text.font == FontRole.SANS_BOLD]
    assert bold == ["丁州", "11.50"]
    assert [len(lines(regions, colour, 1.5)) for colour in (ACCENT, CONTEXT)] == [1, 7]


def test_without_a_region_to_highlight_all_panels_are_alike(faces: Faces) -> None:
    rendered = drawn(FIGURES["panels-of-units"], province(), faces)
    assert lines(rendered, CONTEXT) == []
    assert len({text.font for text in texts(rendered) if text.value_key is not None}) == 1


def test_first_and_last_period_stand_below_each_column_once(regions: Rendered) -> None:
    found = words(regions)
    assert [found.count(word) for word in ("12月", "9月", "Dec", "Sep", "2022", "2025")] == [4] * 6
    assert not any(word.startswith("6月") for word in found)
    lowest = min(_bases(regions))
    assert all(text.y < lowest for text in texts(regions) if text.text in {"12月", "Sep", "2022"})


def test_dates_stand_below_the_last_panel_of_a_column_where_the_last_row_is_short(faces: Faces) -> None:
    spec = figure(
        "small-multiples", series=("patent_grant_invention", "patent_grant_um", "patent_grant_design"), last=4
    )
    rendered = drawn(replace(spec, width=FigureWidth.HALF), province(), faces, (EN,))
    dates = {(text.text, round(text.y)) for text in texts(rendered) if text.text in {"Q4", "Q3"}}
    assert len({y for _, y in dates}) == 2
    assert words(rendered).count("Q3") == 2


def test_dates_are_painted_after_all_names_that_may_stand_as_high(faces: Faces) -> None:
    spec = replace(FIGURES["panels-by-region"], width=FigureWidth.TWO_THIRDS)
    painted = [text.text for text in texts(drawn(spec, province(), faces, (EN,)))]
    names = [index for index, words in enumerate(painted) if words.startswith("Prefecture")]
    dates = [index for index, words in enumerate(painted) if words in {"Dec", "Sep", "2023", "2025"}]

    assert len(names) == 8
    assert min(dates) > max(names)


@pytest.mark.parametrize(
    ("width", "rows"),
    [(FigureWidth.FULL, 2), (FigureWidth.TWO_THIRDS, 3), (FigureWidth.HALF, 4), (FigureWidth.LANDSCAPE, 2)],
)
def test_as_many_panels_stand_side_by_side_as_the_width_allows(faces: Faces, width: FigureWidth, rows: int) -> None:
    rendered = drawn(replace(FIGURES["panels-by-region"], width=width), province(), faces)
    assert len(set(_bases(rendered))) == rows


# --- gaps and breaks ----------------------------------------------------------------------


def _without(*keys: str) -> MetricSet:
    record = province()
    assert all(key in record for key in keys)
    return replace(record, observations=tuple(metric for metric in record if metric.key not in keys))


def test_a_line_is_interrupted_where_a_value_is_missing(faces: Faces) -> None:
    spec = figure("small-multiples", series=("tm_valid", "gi_users"), last=8)
    whole = drawn(spec, province(), faces, (EN,))
    broken = drawn(spec, _without("gi_users_2024_12_31"), faces, (EN,))
    assert [len(line) for line in lines(whole, ACCENT)] == [8, 8]
    assert [len(line) for line in lines(broken, ACCENT)] == [8, 4, 3]
    assert ("gaps: not available" in words(whole), "gaps: not available" in words(broken)) == (False, True)


def test_a_value_that_is_not_of_the_last_period_says_of_which_it_is(faces: Faces) -> None:
    rendered = drawn(FIGURES["panels-with-gaps"], province(), faces)
    assert of_value(rendered, "gi_users_xin_2025_06_30").text == "44"
    assert {"2025年6月底", "end of June 2025"} <= set(words(rendered))
    assert {"空缺处暂无数据", "gaps: not available"} <= set(words(rendered))


def test_a_new_definition_is_marked_and_not_joined_to_the_old_one(faces: Faces) -> None:
    rendered = drawn(FIGURES["panels-of-units"], province(), faces)
    upright, swatch = sorted(dashed(rendered), key=lambda line: -abs(line[0][1] - line[1][1]))
    assert upright[0][0] == upright[1][0] > swatch[0][0]
    assert {"口径调整", "definition changed"} <= set(words(rendered))
    assert sorted(len(line) for line in lines(rendered, ACCENT)) == [11, 12, 12, 12, 12, 12]


def test_a_column_of_zero_is_seen_and_an_empty_place_is_not(faces: Faces) -> None:
    spec = figure("small-multiples", series=("penalty_cases", "pct_app"), every=Every.YEAR)
    record = province()
    key = "penalty_cases_2024_01_2024_09"
    none = replace(record, observations=tuple(replace(m, value=Decimal(0)) if m.key == key else m for m in record))
    zero, missing = (drawn(spec, each, faces, (EN,)) for each in (none, _without(key)))
    heights = [[round(column.top - column.bottom, 2) for column in _columns(each)] for each in (zero, missing)]
    assert [len(each) for each in heights] == [6, 5]
    assert heights[0][1] == 0.75


# --- words and refusals -------------------------------------------------------------------


def test_few_values_are_told_with_their_dates(faces: Faces) -> None:
    spec = figure("small-multiples", series=("penalty_cases", "pct_app"), every=Every.YEAR)
    assert told(drawn(spec, province(), faces)) == (
        (
            "分面图：示例图（示例省）。知识产权行政处罚案件数：2023年1—9月205件；2024年1—9月223件；2025年1—9月224件。"
            "PCT国际专利申请量：2023年1—9月120件；2024年1—9月142件；2025年1—9月169件。"
        ),
        (
            "Small multiples: Example (Sample Province). "
            "Administrative penalty cases: January–September 2023: 205 cases; January–September 2024: 223 cases; "
            "January–September 2025: 224 cases. "
            "PCT international applications: January–September 2023: 120 applications; "
            "January–September 2024: 142 applications; January–September 2025: 169 applications."
        ),
    )


def test_many_values_are_told_by_their_course(regions: Rendered) -> None:
    zh, en = told(regions)
    assert zh.startswith(
        "分面图：示例图（单位：件/万人）。甲州：由7.32（2022年12月底）升至13.45（2025年9月底）。乙州：由4.92（2022年12月底）"
    )
    assert en.startswith(
        "Small multiples: Example (unit: per 10,000 population). Prefecture A: from 7.32 (end of December 2022) "
        "rising to 13.45 (end of September 2025). Prefecture B: from 4.92 "
    )


REFUSED: dict[str, tuple[FigureSpec, str, str]] = {
    "logarithmic": (
        figure("small-multiples", Scale.LOGARITHMIC, series=("tm_valid",)),
        ("figure 'the-small-multiples': a chart of kind 'small-multiples' needs a zero, "
        "which a logarithmic scale does not have"),
        "use kind: dot for values of very different size, or scale: linear",
    ),
    "regions of two metrics": (
        figure("small-multiples", series=("tm_valid", "gi_users"), by=By.REGION),
        "figure 'the-small-multiples': regions have a panel each, and 2 metrics would need 2 in each",
        "name one metric, or leave out 'by:'",
    ),
    "no region to highlight": (
        figure("small-multiples", series=("tm_valid", "gi_users"), highlight="ding"),
        "figure 'the-small-multiples': it shows no region 'ding' to highlight",
        "write 'by: region' and name a region that the record lists",
    ),
    "columns that do not begin at zero": (
        figure("small-multiples", series=("pct_app",), axis_from=Decimal(50)),
        ("figure 'the-small-multiples': a chart of kind 'small-multiples' shows lengths, "
        "which an axis from 50 would falsify"),
        "leave out 'axis_from:', or use kind: dot or line, whose places may start anywhere",
    ),
    "one start for several units": (
        figure("small-multiples", series=("tm_valid", "patent_hv_share"), axis_from=Decimal(50)),
        "figure 'the-small-multiples': an axis from 50 means nothing to panels that have their own scales",
        "leave out 'axis_from:', or name metrics of one unit",
    ),
    "more panels than half a page is wide": (
        figure("small-multiples", series=(*EIGHT[:4], "gi_users", "gi_product", "tm_valid", "service_points",
               "business_entities"), width=FigureWidth.HALF),
        "figure 'the-small-multiples': 9 panels do not fit a page in the width 'half'",
        "use a greater 'width:', or show fewer of them",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_small_multiples_refuse_what_they_would_misrepresent(case: str) -> None:
    spec, message, hint = REFUSED[case]
    (problem,) = check(spec, province())
    assert (problem.level, problem.origin) == (Level.BLOCK, ORIGIN)
    assert (problem.message, problem.hints) == (message, (hint,))


def test_lines_of_one_unit_may_begin_where_the_figure_says(faces: Faces) -> None:
    spec = figure("small-multiples", series=("patent_hv_share",), by=By.REGION, last=4, axis_from=Decimal(30))
    assert check(spec, province()) == ()
    ticks = [text.text for text in texts(drawn(spec, province(), faces)) if text.text.endswith("%") and text.size == 8]
    assert min(ticks) == "30%"


def test_rates_of_few_cases_are_refused() -> None:
    problems = check(figure("small-multiples", series=("dispute_close_rate",), by=By.REGION), province())
    assert len(problems) == 9
    assert all("is a rate of" in problem.message for problem in problems)


@pytest.mark.parametrize("name", [name for name in FIGURES if name.startswith("panels")])
def test_sound_figures_pass(name: str) -> None:
    assert check(FIGURES[name], province()) == ()
