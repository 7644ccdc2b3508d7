"""Lines and areas over time: gaps, breaks, single points, words, and what they refuse."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from charts_stacks import FIGURES, GRANTS, UNEVEN, changed, stocks, uneven
from figure_samples import figure
from helpers import at, metric, metric_set
from ipreport.document import DrawnPath
from ipreport.fonts import Faces
from ipreport.language import EN, ZH
from ipreport.metrics import MetricSet
from ipreport.outline import By
from ipreport.style import MODERN
from province import province
from sketched import markers, refused, sketched, ticks, told

COLOURS = MODERN.colours
IN_FORCE = "patent_invention_in_force"
SINGLE = figure("line", series=(IN_FORCE,))


# --- lines --------------------------------------------------------------------------------


def test_a_line_is_open_where_values_are_missing_and_single_values_are_points(faces: Faces) -> None:
    drawn = sketched(UNEVEN["line-with-gaps"], uneven(), faces)
    assert [len(stretch) for stretch in drawn.lines(COLOURS.series[0], 1.75)] == [2, 2]
    assert [len(stretch) for stretch in drawn.lines(COLOURS.series[1], 1.75)] == [3]
    assert len(markers(drawn)) == 5
    middles = [x for x, _ in markers(drawn)]
    step = middles[1] - middles[0]
    assert [round((x - middles[0]) / step) for x in middles] == [0, 1, 3, 4, 7]


def test_a_line_that_ends_early_is_led_to_its_words_by_dots_and_says_when(faces: Faces) -> None:
    drawn = sketched(UNEVEN["line-with-gaps"], uneven(), faces)
    assert "end of June 2025" in drawn.words
    paths = [item for item in drawn.items if isinstance(item, DrawnPath)]
    dotted = [path.dash for path in paths if path.stroke == COLOURS.muted and path.dash]
    assert dotted == [(1.0, 2.0)]


def test_nothing_is_drawn_across_a_change_of_definition(faces: Faces) -> None:
    drawn = sketched(UNEVEN["line-with-late-break"], uneven(), faces, (ZH, EN))
    (upright,) = [line for line in drawn.lines(COLOURS.muted, 0.75) if line[0][0] == line[1][0]]
    x = upright[0][0]
    assert not [s for s in drawn.lines(COLOURS.accent, 1.75) if s[0][0] < x < s[-1][0]]
    assert {"口径调整", "definition changed"} <= set(drawn.words)
    assert drawn.keyed()["service_points_2024_09_30"] == "47"


def test_breaks_of_several_series_stand_at_each_of_them(faces: Faces) -> None:
    drawn = sketched(figure("line", series=("service_points", "attorneys")), _two_breaks(), faces)
    uprights = sorted(line[0][0] for line in drawn.lines(COLOURS.muted, 0.75) if line[0][0] == line[1][0])
    assert len(uprights) == 2
    broken = [sorted(s[0][0] for s in drawn.lines(COLOURS.series[n], 1.75)) for n in (0, 1)]
    assert [len(each) for each in broken] == [2, 2]
    assert broken[0][0] < uprights[0] < broken[0][1]
    assert broken[1][0] < uprights[1] < broken[1][1]


def _two_breaks() -> MetricSet:
    attorneys = [
        replace(m, definition=replace(m.definition, unit=metric("service_points", "1").unit))
        for m in stocks("attorneys", "10 11 12 13 14 15 16 17")
    ]
    return metric_set(
        *changed(stocks("service_points", "40 44 46 47 60 61 62 66"), date(2024, 12, 1)),
        *changed(attorneys, date(2025, 4, 1)),
    )


def test_all_values_of_a_single_line_are_told_where_they_have_room(faces: Faces) -> None:
    keyed = sketched(figure("line", series=(IN_FORCE,), last=8), province(), faces).keyed()
    assert [key for key in keyed if key.startswith(IN_FORCE)] == list(keyed)
    assert len(keyed) == 8


def test_of_many_values_the_first_the_greatest_the_least_and_the_last_are_told(faces: Faces) -> None:
    drawn = sketched(UNEVEN["line-of-24"], uneven(), faces)
    values = {text.text: text.y for text in drawn.texts if text.value_key is not None}
    assert set(values) == {"1,000", "1,740", "788", "1,581"}
    # The least stands below its point, in whose valley no words have room.
    (line,) = drawn.lines(COLOURS.series[0], 1.75)
    assert values["788"] < min(y for _, y in line)


def test_values_keep_clear_of_the_line(faces: Faces) -> None:
    values = "10 90 12 88 14 92 11 50"
    drawn = sketched(SINGLE, metric_set(*stocks(IN_FORCE, values)), faces)
    (line,) = drawn.lines(COLOURS.series[0], 1.75)
    for text in (item for item in drawn.texts if item.value_key is not None and item.text != "50"):
        left, right = text.x, text.x + 11
        for (x1, y1), (x2, y2) in pairwise(line):
            for x in (left, right):
                if x1 <= x <= x2:
                    y = y1 + (y2 - y1) * (x - x1) / (x2 - x1)
                    assert y < text.y or y > text.y + 6.5


def test_of_many_periods_only_the_ends_have_points(faces: Faces) -> None:
    assert len(markers(sketched(UNEVEN["line-of-24"], uneven(), faces))) == 1
    assert len(markers(sketched(figure("line", series=("tm_valid",), last=12), uneven(), faces))) == 12


def test_loose_values_are_hollow(faces: Faces) -> None:
    drawn = sketched(UNEVEN["line-of-loose-values"], uneven(), faces)
    paths = [item for item in drawn.items if isinstance(item, DrawnPath)]
    assert len([path for path in paths if path.fill == "#ffffff" and path.stroke == COLOURS.series[0]]) == 2


def test_values_below_zero_lie_below_the_base_line(faces: Faces) -> None:
    record = metric_set(*stocks(IN_FORCE, "30 -20 40 10"))
    drawn = sketched(SINGLE, record, faces)
    (line,) = drawn.lines(COLOURS.series[0], 1.75)
    (base,) = drawn.lines(COLOURS.muted, 0.75)
    assert line[1][1] < base[0][1] < line[3][1]
    assert (line[0][1] - base[0][1]) / (base[0][1] - line[1][1]) == pytest.approx(30 / 20, abs=0.01)


# --- the axis of lines --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "first"),
    [("30 60 80 100", "0"), ("69 80 90 100", "0"), ("71 80 90 100", "60"), ("98 99 99 100", "75")],
)
def test_an_axis_begins_at_zero_unless_that_hides_the_course(faces: Faces, values: str, first: str) -> None:
    drawn = sketched(SINGLE, metric_set(*stocks(IN_FORCE, values)), faces)
    assert min(ticks(drawn), key=int) == first
    assert any("axis does not begin at zero" in text for text in drawn.words) is (first != "0")


def test_an_axis_begins_just_where_the_figure_says(faces: Faces) -> None:
    drawn = sketched(replace(SINGLE, axis_from=Decimal(45)), metric_set(*stocks(IN_FORCE, "50 60 80 100")), faces)
    found = ticks(drawn)
    (base,) = drawn.lines(COLOURS.muted, 0.75)
    assert next(iter(found)) == "45"
    assert found["45"] == pytest.approx(base[0][1], abs=0.6)
    assert any("axis does not begin at zero" in text for text in drawn.words)


def test_an_axis_that_begins_above_a_value_is_refused() -> None:
    record = metric_set(*stocks(IN_FORCE, "40 60 80 100"))
    message = "figure 'the-line': 'patent_invention_in_force_2024_12_31' (40) lies below the beginning of the axis (45)"
    hint = "let 'axis_from:' be no greater than the least value, or leave it out"
    assert refused(replace(SINGLE, axis_from=Decimal(45)), record) == [(message, (hint,))]
    assert refused(replace(SINGLE, axis_from=Decimal(40)), record) == []


# --- lines of regions ---------------------------------------------------------------------


def test_more_regions_than_looks_need_one_that_stands_out() -> None:
    spec = figure("line", series=("patent_invention_per10k",), by=By.REGION, last=4)
    message = "figure 'the-line': 8 lines cannot be told apart, 5 at most"
    hint = "name the region that stands out with 'highlight:', which sets the others back, or use kind: small-multiples"
    assert refused(spec, province()) == [(message, (hint,))]
    assert refused(replace(spec, highlight="ding"), province()) == []


def test_the_region_of_the_metric_itself_stands_out(faces: Faces) -> None:
    spec = figure("line", series=("patent_invention_per10k_ding",), by=By.REGION, last=4)
    drawn = sketched(spec, province(), faces)
    assert len(drawn.lines(COLOURS.accent, 2.25)) == 1
    assert len(drawn.lines(COLOURS.context, 1.0)) == 7
    assert drawn.word("Prefecture D").font == "sans-bold"
    assert drawn.word("Prefecture A").font == "sans"


def test_an_unknown_region_cannot_stand_out() -> None:
    spec = figure("line", series=("patent_invention_per10k",), by=By.REGION, last=4, highlight="nowhere")
    message = "figure 'the-line': it shows no region 'nowhere' to highlight"
    hint = "the regions are jia, yi, bing, ding, wu, ji, geng, xin"
    assert (message, (hint,)) in refused(spec, province())


def test_lines_of_regions_show_one_metric() -> None:
    spec = figure("line", series=GRANTS[:2], by=By.REGION, last=4)
    message = (
        "figure 'the-line': lines of regions would be lines of 'patent_grant_invention', 'patent_grant_um' at once"
    )
    assert refused(spec, province()) == [(message, ("make one figure per metric",))]


def test_lines_of_regions_need_regions() -> None:
    spec = figure("line", series=(IN_FORCE,), by=By.REGION)
    message = "figure 'the-line': no regions are within or beside that of 'patent_invention_in_force'"
    hint = "list them in 'regions:' of metrics.yaml, each with 'within:' and the region it is a part of"
    assert (message, (hint,)) in refused(spec, metric_set(*stocks(IN_FORCE, "1 2 3")))


def test_names_and_values_of_all_lines_are_set_alike(faces: Faces) -> None:
    spec = figure("line", series=GRANTS, last=8)
    wide, narrow = (sketched(spec, province(), faces, (ZH,), width) for width in (455.0, 220.0))
    for drawn, behind in ((wide, True), (narrow, False)):
        for value, name in (("1464", "实用新型"), ("975", "发明专利"), ("600", "外观设计")):
            first = next(text for text in drawn.texts if text.text.startswith(name))
            assert (drawn.word(value).y == first.y) is behind


def test_a_rate_of_few_cases_is_sent_to_a_kind_that_shows_them() -> None:
    rates = [
        at(day, "50.0", "dispute_close_rate", key="rate" if day == "2025Q3" else f"rate_{day}")
        for day in ("2025Q2", "2025Q3")
    ]
    base = rates[0].relations.base or rates[0].relations.denominator
    assert base is not None
    record = metric_set(*rates, *(at(day, "20", base, key=f"base_{day}") for day in ("2025Q2", "2025Q3")))
    found = refused(figure("line", series=("rate",)), record)
    assert found[0] == (
        (
            "figure 'the-line': 'rate_2025Q2' is a rate of 20 cases ('base_2025Q2'), "
            "and a chart of kind 'line' would hide it"
        ),
        (
            (
                "use a kind that prints k/n beside it with 'cases: true' "
                "(bar, column, ranking, heat-table, dot, lollipop), or show the counts themselves"
            ),
        ),
    )


# --- told ---------------------------------------------------------------------------------


def test_gaps_are_told() -> None:
    zh, en = told(UNEVEN["line-with-gaps"], uneven())
    assert "升至356件（2025年9月底）。2024年6月底、2025年3月底、2025年6月底无数据。" in zh
    assert "No value for end of June 2024, end of March 2025, end of June 2025." in en


def test_of_many_gaps_their_number_is_told() -> None:
    record = metric_set(*stocks(IN_FORCE, "10 - - - - - 20"))
    assert told(SINGLE, record) == (
        "折线图：示例图（示例州）。2024年3月底10件；2025年9月底20件。另有5期无数据。",
        (
            "Line chart: Example (Sample Prefecture). "
            "End of March 2024: 10 patents; end of September 2025: 20 patents. No value for 5 periods. "
        ),
    )


def test_nothing_rises_across_a_change_of_definition() -> None:
    assert told(figure("line", series=("gi_product",)), province()) == (
        "折线图：示例图（示例省）。由62个（2022年12月底）升至75个（2025年6月底）；口径调整后为124个（2025年9月底）。",
        (
            "Line chart: Example (Sample Province). From 62 products (end of December 2022) rising to 75 products "
            "(end of June 2025); after the definition changed, 124 products (end of September 2025). "
        ),
    )
    zh, en = told(UNEVEN["line-with-late-break"], uneven())
    assert "2024年12月底60家（口径已调整）；" in zh
    assert "end of December 2024: 60 institutions (definition changed); " in en


# --- areas --------------------------------------------------------------------------------


def test_an_area_is_filled_from_zero_below_its_line(faces: Faces) -> None:
    drawn = sketched(FIGURES["area"], province(), faces)
    (area,) = drawn.corners(COLOURS.quiet)
    (line,) = drawn.lines(COLOURS.accent, 1.75)
    assert area[1:-1] == line
    assert area[0][1] == area[-1][1] == pytest.approx(ticks(drawn)["0"], abs=0.6)
    tall = [y - area[0][1] for _, y in line]
    assert tall[0] / tall[-1] == pytest.approx(15233 / 20200, abs=1e-3)


def test_an_area_is_open_at_gaps_and_breaks_and_a_lone_value_has_its_height(faces: Faces) -> None:
    drawn = sketched(UNEVEN["area-with-gaps"], uneven(), faces)
    assert [len(corners) for corners in drawn.corners(COLOURS.quiet)] == [4, 4]
    (stem,) = drawn.lines(COLOURS.accent, 0.75)
    assert stem[0][0] == stem[1][0] == pytest.approx(markers(drawn)[-1][0], abs=0.01)
    broken = sketched(FIGURES["area-with-break"], province(), faces)
    assert len(broken.corners(COLOURS.quiet)) == 1
    assert "definition changed" in broken.words


def test_words_stand_above_an_area_never_in_it(faces: Faces) -> None:
    drawn = sketched(UNEVEN["area-of-24"], uneven(), faces)
    (line,) = drawn.lines(COLOURS.accent, 1.75)
    for text in (each for each in drawn.texts if each.value_key is not None and each.text != "1,581"):
        under = [y for x, y in line if text.x <= x <= text.x + 22]
        assert max(under) < text.y


def test_an_area_of_rates_is_refused() -> None:
    message = "figure 'the-area': 'patent_hv_share' is a rate (%), and an area shows an amount"
    assert refused(figure("area", series=("patent_hv_share",)), province()) == [(message, ("use kind: line",))]


def test_an_area_below_zero_is_refused() -> None:
    record = metric_set(*stocks(IN_FORCE, "30 -20 40"))
    message = (
        "figure 'the-area': 'patent_invention_in_force_2025_06_30' is below zero (-20), "
        "and a chart of kind 'area' starts at zero"
    )
    assert refused(figure("area", series=(IN_FORCE,)), record) == [
        (message, ("use kind: dot with scale: linear, or a table",))
    ]


def test_an_area_is_told_as_a_course() -> None:
    assert told(figure("area", series=(IN_FORCE,)), metric_set(*stocks(IN_FORCE, "30 20"))) == (
        "面积图：示例图（示例州）。2025年6月底30件；2025年9月底20件。",
        "Area chart: Example (Sample Prefecture). End of June 2025: 30 patents; end of September 2025: 20 patents. ",
    )


@pytest.mark.parametrize(
    ("kind", "roles"),
    [
        ("line", {"series": ("unknown",)}),
        ("area", {"series": ("unknown",)}),
        ("combination", {"columns": ("unknown",), "lines": ("nor_this",)}),
    ],
)
def test_metrics_that_do_not_exist_are_left_to_the_reader(kind: str, roles: dict[str, tuple[str, ...]]) -> None:
    assert refused(figure(kind, **roles), province()) == []
