"""Stacked columns, as amounts and as shares: heights, words and totals follow the record, parts are parts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from charts_stacks import FIGURES, GRANTS, changed
from figure_samples import figure
from helpers import at, metric_set
from ipreport.document import DrawnPath
from ipreport.fonts import Faces
from ipreport.language import ZH
from ipreport.metrics import Metric, MetricSet, Qualifier, Relations
from ipreport.outline import By, Every
from ipreport.style import MODERN
from province import province
from sketched import Sketched, height, length, refused, sketched, told

COLOURS = MODERN.colours
INVENTION, UM, DESIGN = GRANTS
TOTAL = "patent_grant_total"


def quarter(slug: str, values: dict[str, str], **changes: object) -> list[Metric]:
    """Values of one quarter; those of the last have the plain names of the metrics."""
    return [
        at(slug, value, name, key=name if slug == "2025Q3" else f"{name}_{slug.lower()}", **changes)
        for name, value in values.items()
    ]


def two_quarters(*more: Metric) -> MetricSet:
    return metric_set(
        *quarter("2025Q2", {INVENTION: "100", UM: "60", DESIGN: "40", TOTAL: "200"}),
        *quarter("2025Q3", {INVENTION: "120", UM: "70", DESIGN: "30", TOTAL: "220"}),
        *more,
    )


THREE = figure("stacked-column", series=GRANTS, last=2)
TWO = figure("stacked-column", series=GRANTS[:2], last=2)
SHARES = figure("percent-stacked-column", series=GRANTS, last=2)


def segments(drawn: Sketched) -> list[list[tuple[float, float, float, float]]]:
    """The shapes of each series in the order of its columns; swatches of a legend left out."""
    return [[box for box in drawn.filled(colour) if length(box) != 8.0] for colour in COLOURS.series[:3]]


# --- amounts --------------------------------------------------------------------------


def test_segments_are_as_tall_as_their_values_and_stand_on_each_other(faces: Faces) -> None:
    drawn = sketched(THREE, two_quarters(), faces)
    inventions, models, designs = segments(drawn)
    unit = height(inventions[0]) / 100
    assert [height(box) / unit for boxes in (inventions, models, designs) for box in boxes] == pytest.approx(
        [100, 120, 60, 70, 40, 30], abs=0.05
    )
    for column in zip(inventions, models, designs, strict=True):
        assert len({(box[0], box[2]) for box in column}) == 1
        assert all(lower[3] == pytest.approx(upper[1], abs=0.011) for lower, upper in pairwise(column))
    assert inventions[0][1] == inventions[1][1]


def test_white_lines_part_the_segments(faces: Faces) -> None:
    drawn = sketched(THREE, two_quarters(), faces)
    inventions, models, _ = segments(drawn)
    lines = drawn.lines("#ffffff", 1.0)
    assert [line[0][1] for line in lines] == pytest.approx(
        [inventions[0][3], models[0][3], inventions[1][3], models[1][3]], abs=0.011
    )
    assert [(line[0][0], line[1][0]) for line in lines[:2]] == [(inventions[0][0], inventions[0][2])] * 2


def test_a_recorded_total_stands_on_each_column(faces: Faces) -> None:
    drawn = sketched(THREE, two_quarters(), faces)
    keyed = drawn.keyed()
    assert {key: keyed[key] for key in (TOTAL, f"{TOTAL}_2025q2")} == {TOTAL: "220", f"{TOTAL}_2025q2": "200"}
    top = max(box[3] for box in segments(drawn)[2][1:])
    total = drawn.word("220")
    assert 1 < total.y - top < 6
    assert (total.unit, total.font) == ("patent", "sans-bold")


def test_a_total_that_is_not_recorded_is_added_and_traced_to_its_parts(faces: Faces) -> None:
    drawn = sketched(TWO, two_quarters(), faces)
    keyed = drawn.keyed()
    assert keyed["patent_grant_invention/sum_with/patent_grant_um"] == "190"
    assert keyed["patent_grant_invention_2025q2/sum_with/patent_grant_um_2025q2"] == "160"
    assert TOTAL not in keyed


def test_the_total_of_single_quarters_is_that_of_the_years_to_date(faces: Faces) -> None:
    drawn = sketched(FIGURES["stacked"], province(), faces)
    assert drawn.keyed()["patent_grant_total/quarter_after/patent_grant_total_2025_01_2025_06"] == "3,039"


def test_what_is_not_exact_is_hollow_and_has_no_total(faces: Faces) -> None:
    record = metric_set(
        *quarter("2025Q2", {INVENTION: "100", UM: "60", TOTAL: "160"}),
        *quarter("2025Q3", {INVENTION: "120"}),
        *quarter("2025Q3", {UM: "70"}, qualifier=Qualifier.OVER),
    )
    drawn = sketched(TWO, record, faces, (ZH,))
    paths = [item for item in drawn.items if isinstance(item, DrawnPath)]
    assert [path.stroke for path in paths if path.fill == "#ffffff" and path.stroke] == [COLOURS.series[1]]
    assert not [key for key in drawn.keyed() if "sum_with" in key and "2025q2" not in key]
    assert drawn.word("超过70件").value_key == UM


def test_words_inside_a_segment_stand_out_from_its_fill(faces: Faces) -> None:
    drawn = sketched(THREE, two_quarters(), faces)
    colours = {text: drawn.word(text).colour for text in ("120", "70", "30")}
    assert colours == {"120": "#ffffff", "70": COLOURS.ink, "30": "#ffffff"}


def test_a_segment_too_low_for_its_words_has_none(faces: Faces) -> None:
    record = metric_set(
        *quarter("2025Q2", {INVENTION: "100", UM: "60", TOTAL: "160"}),
        *quarter("2025Q3", {INVENTION: "120", UM: "2", TOTAL: "122"}),
    )
    drawn = sketched(TWO, record, faces)
    assert UM not in drawn.keyed()
    assert height(segments(drawn)[1][1]) / height(segments(drawn)[0][1]) == pytest.approx(2 / 120, rel=0.02)


def test_names_stand_beside_their_segments_of_the_last_column_from_the_foot_upwards(faces: Faces) -> None:
    drawn = sketched(THREE, two_quarters(), faces, (ZH,))
    names = [drawn.word(name) for name in ("发明专利授权量", "实用新型专利授权量", "外观设计专利授权量")]
    assert names == sorted(names, key=lambda item: item.y)
    for name, boxes in zip(names, segments(drawn), strict=True):
        assert name.x > boxes[-1][2]
        assert abs(name.y + 3 - (boxes[-1][1] + boxes[-1][3]) / 2) < 2


def test_a_legend_in_the_order_of_the_stack_takes_their_place_where_they_do_not_fit(faces: Faces) -> None:
    drawn = sketched(FIGURES["stacked"], province(), faces, width=220.0)
    swatches = [drawn.filled(colour)[0] for colour in COLOURS.series[:3]]
    assert [length(box) for box in swatches] == [8.0, 8.0, 8.0]
    names = [drawn.word(name) for name in ("Invention patents granted", "Utility models granted", "Designs granted")]
    assert [(-item.y, item.x) for item in names] == sorted((-item.y, item.x) for item in names)


def test_names_of_a_last_column_that_is_too_low_for_them_stand_in_a_legend(faces: Faces) -> None:
    drawn = sketched(FIGURES["stacked-by-region"], province(), faces)
    assert length(drawn.filled(COLOURS.series[0])[0]) == 8.0


def test_columns_of_long_names_lie_and_keep_their_order(faces: Faces) -> None:
    drawn = sketched(FIGURES["stacked-by-region"], province(), faces, width=220.0)
    inventions, models, _ = segments(drawn)
    assert len({box[0] for box in inventions}) == 1
    assert len(inventions) == 8
    assert length(inventions[0]) / length(models[0]) == pytest.approx(1133 / 1584, rel=2e-3)
    assert inventions[0][2] == pytest.approx(models[0][0], abs=0.011)
    assert [box[1] for box in inventions] == sorted((box[1] for box in inventions), reverse=True)
    total = drawn.word("3,410")
    assert total.x > segments(drawn)[2][0][2]


def test_columns_along_time_never_lie(faces: Faces) -> None:
    drawn = sketched(replace(FIGURES["stacked"], last=11), province(), faces, width=220.0)
    assert len(segments(drawn)[0]) == 11
    assert len({box[1] for box in segments(drawn)[0]}) == 1


def test_a_time_without_any_value_keeps_its_place_and_says_so(faces: Faces) -> None:
    record = metric_set(
        *quarter("2025Q1", {INVENTION: "100", UM: "60", TOTAL: "160"}),
        *quarter("2025Q3", {INVENTION: "120", UM: "70", TOTAL: "190"}),
    )
    drawn = sketched(replace(TWO, last=3), record, faces)
    (first, last), sign = segments(drawn)[0], drawn.word("n/a")
    assert sign.value_key is None
    assert first[2] < sign.x < last[0]
    assert told(replace(TWO, last=3), record)[1].count("No value for Q2 2025.") == 3


def test_a_change_of_definition_is_marked_between_the_columns(faces: Faces) -> None:
    record = two_quarters()
    broken = MetricSet(tuple(changed(list(record), date(2025, 7, 1))), (), (), record.region)
    drawn = sketched(THREE, broken, faces)
    (upright,) = [line for line in drawn.lines(COLOURS.muted, 0.75) if line[0][0] == line[1][0]]
    first, last = segments(drawn)[0]
    assert first[2] < upright[0][0] < last[0]
    assert drawn.word("definition changed").value_key is None


# --- shares ---------------------------------------------------------------------------


def test_shares_fill_every_column_and_are_traced_to_part_and_whole(faces: Faces) -> None:
    drawn = sketched(SHARES, two_quarters(), faces)
    inventions, models, designs = segments(drawn)
    whole = [sum(height(box) for box in column) for column in zip(inventions, models, designs, strict=True)]
    assert whole[0] == pytest.approx(whole[1], abs=0.03)
    assert [height(boxes[1]) / whole[1] for boxes in (inventions, models, designs)] == pytest.approx(
        [120 / 220, 70 / 220, 30 / 220], abs=2e-4
    )
    keyed = drawn.keyed()
    assert {name: keyed[f"{name}/share_of/{TOTAL}"] for name in GRANTS} == {
        INVENTION: "54.5%",
        UM: "31.8%",
        DESIGN: "13.6%",
    }
    assert keyed[f"{INVENTION}_2025q2/share_of/{TOTAL}_2025q2"] == "50.0%"


def test_the_axis_of_shares_runs_to_the_whole_and_says_what_it_is_of(faces: Faces) -> None:
    drawn = sketched(SHARES, two_quarters(), faces)
    ticks = [text for text in drawn.texts if text.value_key is None and text.text.endswith("%")]
    assert [tick.text for tick in ticks] == ["0%", "20%", "40%", "60%", "80%", "100%"]
    top = segments(drawn)[2][0][3]
    assert abs(ticks[-1].y + 3 - top) < 1
    assert "Q2 2025 to Q3 2025, share of the total" in drawn.words


def test_shares_of_single_quarters_are_those_of_quarters_that_are_worked_out(faces: Faces) -> None:
    keyed = sketched(FIGURES["percent"], province(), faces).keyed()
    key = "patent_grant_um/quarter_after/patent_grant_um_2025_01_2025_06/share_of/"
    assert keyed[f"{key}patent_grant_total/quarter_after/patent_grant_total_2025_01_2025_06"] == "48.2%"


# --- words ----------------------------------------------------------------------------


def test_a_stack_is_told_with_its_totals() -> None:
    zh = (
        "堆积柱形图：示例图（示例州）。"
        "发明专利授权量：2025年第二季度100件；2025年第三季度120件。"
        "实用新型专利授权量：2025年第二季度60件；2025年第三季度70件。"
        "合计：2025年第二季度160件；2025年第三季度190件。"
    )
    en = (
        "Stacked column chart: Example (Sample Prefecture). "
        "Invention patents granted: Q2 2025: 100 patents; Q3 2025: 120 patents. "
        "Utility models granted: Q2 2025: 60 patents; Q3 2025: 70 patents. "
        "Total: Q2 2025: 160 patents; Q3 2025: 190 patents. "
    )
    assert told(TWO, two_quarters()) == (zh, en)


def test_shares_are_told_as_shares() -> None:
    zh = (
        "百分比堆积柱形图：示例图（示例州）。"
        "发明专利授权量：2025年第二季度50.0%；2025年第三季度54.5%。"
        "实用新型专利授权量：2025年第二季度30.0%；2025年第三季度31.8%。"
        "外观设计专利授权量：2025年第二季度20.0%；2025年第三季度13.6%。"
    )
    en = (
        "Percentage stacked column chart: Example (Sample Prefecture). "
        "Invention patents granted: Q2 2025: 50.0%; Q3 2025: 54.5%. "
        "Utility models granted: Q2 2025: 30.0%; Q3 2025: 31.8%. "
        "Designs granted: Q2 2025: 20.0%; Q3 2025: 13.6%. "
    )
    assert told(SHARES, two_quarters()) == (zh, en)


def test_of_many_columns_each_part_is_told_by_its_ends_and_of_regions_by_its_extremes() -> None:
    over_time = told(FIGURES["percent"], province())[1]
    assert "Designs granted: from 17.1% (Q3 2024) rising to 19.7% (Q3 2025)." in over_time
    regions = told(FIGURES["stacked-by-region"], province())
    assert "合计：最高：甲州3410件；最低：辛州61件。" in regions[0]
    assert "Total: highest, Prefecture A: 3,410 patents; lowest, Prefecture H: 61 patents." in regions[1]


# --- refusals -------------------------------------------------------------------------

NO_COLUMNS = "nothing says what the columns are, along time or across regions"


def test_parts_that_may_overlap_are_not_put_on_each_other() -> None:
    overlapping = ("patent_invention_in_force", "patent_invention_hv")
    message = (
        "figure 'the-stacked-column': nothing says that 'patent_invention_in_force', 'patent_invention_hv' do not "
        "overlap, and stacked or in shares they would be counted twice"
    )
    hint = "use kind: grouped-column or bar, or record their total with 'sum_of:' where they are disjoint"
    assert refused(figure("stacked-column", series=overlapping, last=4), province()) == [(message, (hint,))]


def test_a_column_that_lacks_a_part_is_refused() -> None:
    message = (
        "figure 'the-stacked-column': the column of Q4 2022 would be too short: "
        "no value of 'patent_grant_um', 'patent_grant_design' is recorded there"
    )
    hint = "record it, leave the column out (with 'last:'), or use kind: grouped-column, which leaves a gap"
    assert refused(replace(FIGURES["stacked"], last=12), province()) == [(message, (hint,))]


def test_parts_that_do_not_add_up_to_their_recorded_total_are_refused() -> None:
    record = metric_set(
        *quarter("2025Q2", {INVENTION: "100", UM: "60", DESIGN: "40", TOTAL: "200"}),
        *quarter("2025Q3", {INVENTION: "120", UM: "70", DESIGN: "30", TOTAL: "221"}),
    )
    message = "figure 'the-stacked-column': the parts of 'patent_grant_total' (221) add up to 220"
    hint = "check the values, or use kind: grouped-column, which adds nothing up"
    assert refused(THREE, record) == [(message, (hint,))]


def test_rounding_may_part_a_total_from_its_parts() -> None:
    def money(slug: str, value: str, name: str, **changes: object) -> Metric:
        return at(slug, value, name, key=f"{name}_{slug.lower()}" if slug != "2025Q3" else name, unit="亿元", **changes)

    summed = Relations(sum_of=("royalty_trade", "tech_contract_patent"))
    for total, allowed in (("3.6", True), ("3.8", False)):
        record = metric_set(
            *(money(slug, "1.2", "royalty_trade") for slug in ("2025Q2", "2025Q3")),
            *(money(slug, "2.3", "tech_contract_patent") for slug in ("2025Q2", "2025Q3")),
            *(money(slug, total, "gi_output", relations=summed) for slug in ("2025Q2", "2025Q3")),
        )
        record = MetricSet(
            tuple(replace(m, definition=replace(m.definition, money_class=None)) for m in record), (), (), record.region
        )
        spec = figure("stacked-column", series=("royalty_trade", "tech_contract_patent"), last=2)
        assert (refused(spec, record) == []) is allowed


def test_rates_are_not_put_on_each_other() -> None:
    rates = ("patent_invention_per10k", "patent_hv_per10k")
    found = refused(figure("stacked-column", series=rates, last=4), province())
    assert found == [
        (
            f"figure 'the-stacked-column': '{name}' is a rate (per 10,000 population), and rates do not add up",
            ("use kind: line or grouped-column to compare rates",),
        )
        for name in rates
    ]


def test_parts_below_zero_are_refused() -> None:
    record = metric_set(
        *quarter("2025Q2", {INVENTION: "100", UM: "-60", TOTAL: "40"}),
        *quarter("2025Q3", {INVENTION: "120", UM: "70", TOTAL: "190"}),
    )
    message = (
        "figure 'the-stacked-column': 'patent_grant_um_2025q2' is below zero (-60), "
        "and a chart of kind 'stacked-column' starts at zero"
    )
    assert (message, ("use kind: dot with scale: linear, or a table",)) in refused(TWO, record)


@pytest.mark.parametrize(
    ("options", "reason", "hint"),
    [
        ({}, NO_COLUMNS, "write 'last:', 'every:' or 'by: region', or use kind: donut for a single whole"),
        (
            {"by": By.REGION, "every": Every.YEAR},
            "columns along time and columns of regions are two charts",
            "leave out 'by: region', or 'last:' and 'every:'",
        ),
    ],
)
def test_columns_need_one_direction(options: dict[str, object], reason: str, hint: str) -> None:
    spec = figure("stacked-column", series=GRANTS, **options)
    assert refused(spec, province()) == [(f"figure 'the-stacked-column': {reason}", (hint,))]


def test_shares_need_a_recorded_total() -> None:
    record = metric_set(
        *quarter("2025Q2", {INVENTION: "100", UM: "60", DESIGN: "40"}),
        *quarter("2025Q3", {INVENTION: "120", UM: "70", DESIGN: "30", TOTAL: "220"}),
    )
    message = (
        "figure 'the-percent-stacked-column': no total of 'patent_grant_invention', 'patent_grant_um', "
        "'patent_grant_design' is recorded for every column, of which they could be shares"
    )
    hint = "record their total with 'sum_of:', or use kind: stacked-column"
    assert refused(SHARES, record) == [(message, (hint,))]


def test_shares_need_all_parts_of_the_total() -> None:
    message = (
        "figure 'the-percent-stacked-column': 'patent_grant_total' has more parts than are shown: 'patent_grant_design'"
    )
    hint = "show all of its parts, or use kind: stacked-column"
    spec = figure("percent-stacked-column", series=GRANTS[:2], last=2)
    assert refused(spec, two_quarters()) == [(message, (hint,))]


@pytest.mark.parametrize(
    ("values", "reason", "hint"),
    [
        (
            ("0", "0", "0", "0"),
            "the whole, 'patent_grant_total', is zero and has no parts",
            "say it in the text or in a table",
        ),
        (
            ("20", "6", "3", "29"),
            "the whole, 'patent_grant_total', is 29: shares of so few say little",
            "use kind: stacked-column, which shows the counts themselves",
        ),
    ],
)
def test_shares_of_nothing_and_of_few_are_refused(values: tuple[str, ...], reason: str, hint: str) -> None:
    record = metric_set(
        *quarter("2025Q2", {INVENTION: "100", UM: "60", DESIGN: "40", TOTAL: "200"}),
        *quarter("2025Q3", dict(zip((*GRANTS, TOTAL), values, strict=True))),
    )
    assert refused(SHARES, record) == [(f"figure 'the-percent-stacked-column': {reason}", (hint,))]


@pytest.mark.parametrize("kind", ["stacked-column", "percent-stacked-column"])
def test_metrics_that_do_not_exist_are_left_to_the_reader(kind: str) -> None:
    assert refused(figure(kind, series=("unknown", "nor_this"), last=4), province()) == []
