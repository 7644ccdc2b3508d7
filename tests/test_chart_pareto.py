"""Pareto charts: sorted columns and the share of the first of them, on one scale, of a whole that is known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from charts_stacks import FIGURES, GRANTS, OTHERS, PREFECTURES
from figure_samples import figure
from helpers import at
from ipreport.figures.select import select
from ipreport.fonts import Faces
from ipreport.language import ZH, Localized
from ipreport.metrics import MetricSet, Qualifier, Region
from ipreport.outline import By, FigureSpec
from ipreport.style import MODERN
from province import province
from sketched import Sketched, height, length, refused, sketched, told

COLOURS = MODERN.colours
LINE = COLOURS.series[1]
HV = "patent_invention_hv"


REGIONS = tuple(Region(name, Localized(name.upper(), name.upper()), "province") for name in ("a", "b", "c"))


def regional(values: str, whole: str | None = None, **changes: object) -> MetricSet:
    """In-force patents of regions a, b and c, and of the province; `-` is a region without a value."""
    made = [
        at("2025-09-30", value, HV, key=f"hv_{region.id}", region=region.id, **changes)
        for region, value in zip(REGIONS, values.split(), strict=True)
        if value != "-"
    ]
    if whole is not None:
        made.append(at("2025-09-30", whole, HV, key="hv", region="province"))
    return MetricSet(tuple(made), (), (), Localized("省", "Province"), (*REGIONS,), "province")


BY_REGION = figure("pareto", values=("hv_a",), by=By.REGION)


def columns(drawn: Sketched) -> list[tuple[float, float, float, float]]:
    return drawn.filled(COLOURS.accent, COLOURS.context, COLOURS.quiet)


def points_of(drawn: Sketched) -> list[tuple[float, float]]:
    """The corners of the line of shares."""
    (line,) = drawn.lines(LINE, 1.75)
    return line


# --- lengths and order ----------------------------------------------------------------


def test_columns_are_sorted_and_the_line_adds_them_up_on_their_own_scale(faces: Faces) -> None:
    drawn = sketched(BY_REGION, regional("30 50 20"), faces)
    heights = [height(box) for box in columns(drawn)]
    assert [each / heights[0] for each in heights] == pytest.approx([1, 0.6, 0.4], rel=2e-3)
    foot = columns(drawn)[0][1]
    reached = [y - foot for _, y in points_of(drawn)]
    assert reached == pytest.approx([heights[0], heights[0] + heights[1], sum(heights)], abs=0.03)
    middles = [(box[0] + box[2]) / 2 for box in columns(drawn)]
    assert [x for x, _ in points_of(drawn)] == pytest.approx(middles, abs=0.02)


def test_the_right_axis_runs_to_the_whole(faces: Faces) -> None:
    drawn = sketched(BY_REGION, regional("30 50 20"), faces)
    ticks = [text for text in drawn.texts if text.value_key is None and text.text.endswith("%")]
    assert [tick.text for tick in ticks] == ["0%", "20%", "40%", "60%", "80%", "100%"]
    assert min(tick.x for tick in ticks) > columns(drawn)[-1][2]
    assert abs(ticks[-1].y + 3 - points_of(drawn)[-1][1]) < 1
    assert "Patents, end of September 2025, line: cumulative share" in drawn.words


def test_shares_are_traced_to_the_sum_of_what_they_are_of(faces: Faces) -> None:
    keyed = sketched(BY_REGION, regional("30 50 20", "100"), faces).keyed()
    shares = {key: words for key, words in keyed.items() if "share_of" in key}
    assert shares == {
        "hv_b/share_of/hv": "50.0%",
        "hv_b/sum_with/hv_a/share_of/hv": "80.0%",
        "hv_b/sum_with/hv_a,hv_c/share_of/hv": "100.0%",
    }
    assert {key: keyed[key] for key in ("hv_a", "hv_b", "hv_c")} == {"hv_a": "30", "hv_b": "50", "hv_c": "20"}


def test_the_sum_of_all_regions_is_the_whole_where_that_is_not_recorded(faces: Faces) -> None:
    keyed = sketched(BY_REGION, regional("30 50 20"), faces).keyed()
    assert keyed["hv_b/share_of/hv_a/sum_with/hv_b,hv_c"] == "50.0%"


def test_what_the_values_leave_stands_last_in_a_quiet_column(faces: Faces) -> None:
    drawn = sketched(FIGURES["pareto-with-rest"], province(), faces)
    (rest,) = drawn.filled(COLOURS.quiet)
    assert rest[0] > max(box[2] for box in drawn.filled(COLOURS.accent))
    # Its outline is drawn inside its edges, half a point from each.
    assert (height(rest) + 1) / height(drawn.filled(COLOURS.accent)[0]) == pytest.approx(1998 / 3255, rel=2e-3)
    key = "patent_invention_hv/rest_without/patent_invention_hv_jia,patent_invention_hv_yi,patent_invention_hv_ding"
    assert drawn.keyed()[key] == "1,998"
    assert drawn.word("Others").value_key is None
    assert not [key for key in drawn.keyed() if "share_of" in key and "remainder" in key]


def test_a_rest_is_named_only_where_the_values_leave_one() -> None:
    spec = figure("pareto", values=GRANTS, remainder=OTHERS)
    assert len(select(spec, province()).categories) == 3


def test_the_highlighted_region_stands_out(faces: Faces) -> None:
    drawn = sketched(FIGURES["pareto-of-money"], province(), faces)
    assert len(drawn.filled(COLOURS.context)) == 7
    (out,) = drawn.filled(COLOURS.accent)
    assert height(out) / height(drawn.filled(COLOURS.context)[0]) == pytest.approx(518.88 / 1336.72, rel=5e-3)


def test_the_value_of_the_first_column_stands_inside_and_others_on_top(faces: Faces) -> None:
    drawn = sketched(FIGURES["pareto"], province(), faces)
    first, second = (drawn.word(text) for text in ("3,255", "1,421"))
    boxes = columns(drawn)
    assert (first.colour, second.colour) == ("#ffffff", COLOURS.ink)
    assert boxes[0][1] < first.y < boxes[0][3]
    assert second.y > boxes[1][3]


def test_values_of_columns_that_are_too_low_to_hold_them_stand_over_the_line(faces: Faces) -> None:
    regions = tuple(Region(f"r{n}", Localized(f"{n}", f"{n}"), "province") for n in range(10, 22))
    values = tuple(at("2025-09-30", "8", HV, key=f"hv_{region.id}", region=region.id) for region in regions)
    record = MetricSet(values, (), (), Localized("省", "Province"), regions, "province")
    drawn = sketched(figure("pareto", values=("hv_r10",), by=By.REGION), record, faces)
    first = next(text for text in drawn.texts if text.value_key == "hv_r10")
    assert first.y > points_of(drawn)[0][1]
    assert "hv_r10/share_of/" not in " ".join(drawn.keyed())


def test_shares_of_loose_values_are_hollow_and_about(faces: Faces) -> None:
    record = regional("30 50 20", "100")
    loose = tuple(replace(m, qualifier=Qualifier.ABOUT) if m.key == "hv_a" else m for m in record)
    drawn = sketched(BY_REGION, replace(record, observations=loose), faces, (ZH,))
    assert drawn.keyed()["hv_b/share_of/hv"] == "50.0%"
    assert drawn.keyed()["hv_b/sum_with/hv_a/share_of/hv"] == "约80.0%"
    # The points of the line from the first loose value on.
    assert (
        len([path for path in drawn.items if getattr(path, "stroke", None) == LINE and getattr(path, "fill", None)])
        == 2
    )


# --- lying ------------------------------------------------------------------------------


def test_rows_take_the_place_of_columns_that_are_too_narrow(faces: Faces) -> None:
    drawn = sketched(FIGURES["pareto"], province(), faces, width=220.0)
    boxes = columns(drawn)
    assert len({box[0] for box in boxes}) == 1
    assert length(boxes[1]) / length(boxes[0]) == pytest.approx(1421 / 3255, rel=5e-3)
    ends = [x - boxes[0][0] for x, _ in points_of(drawn)]
    assert ends[1] == pytest.approx(length(boxes[0]) + length(boxes[1]), abs=0.03)
    shares = [text for text in drawn.texts if text.value_key is not None and "share_of" in text.value_key]
    assert [share.text for share in shares] == ["41.7%", "60.0%", "74.4%", "86.6%", "93.4%", "97.4%", "99.4%", "100.0%"]
    assert min(share.x for share in shares) > max(x for x, _ in points_of(drawn))


# --- words ------------------------------------------------------------------------------


def test_it_is_told_from_the_largest_on_with_cumulative_shares() -> None:
    assert told(figure("pareto", values=("hv_a", "hv_b"), remainder=OTHERS), regional("30 50 -", "100")) == (
        "帕累托图：示例图（2025年9月底）。合计100件。B50件（累计占比50.0%）；A30件（累计占比80.0%）；其他20件。",
        (
            "Pareto chart: Example (end of September 2025). Total: 100 patents. "
            "B: 50 patents (cumulative share 50.0%); A: 30 patents (cumulative share 80.0%); Others: 20 patents."
        ),
    )


def test_of_many_columns_the_first_eight_are_told() -> None:
    regions = tuple(Region(f"r{n}", Localized(f"区{n}", f"Area {n}"), "province") for n in range(10, 20))
    values = tuple(
        at("2025-09-30", str(n), HV, key=f"hv_{region.id}", region=region.id)
        for n, region in enumerate(regions, start=10)
    )
    record = MetricSet(values, (), (), Localized("省", "Province"), regions, "province")
    zh, en = told(figure("pareto", values=("hv_r10",), by=By.REGION), record)
    assert zh.endswith("另有2项。")
    assert en.endswith(" 2 more values.")
    assert en.count("cumulative share") == 8


# --- refusals ---------------------------------------------------------------------------

WHOLE_HINT = "record it (with 'sum_of:', or for the region around them), or use kind: column, which adds nothing up"

REFUSALS: dict[str, tuple[FigureSpec, MetricSet, str, str]] = {
    "parts that leave something": (
        figure("pareto", values=("hv_a", "hv_b")),
        regional("30 50 20", "100"),
        "the values leave 20 of 'hv' (100)",
        "name what is left with 'remainder:', such as {zh: 其他, en: Others}",
    ),
    "parts that are more than the whole": (
        BY_REGION,
        regional("30 50 40", "100"),
        "the parts of 'hv' (100) add up to 120",
        "check the values, or use kind: grouped-column, which adds nothing up",
    ),
    "regions within each other": (
        figure("pareto", values=("hv", "hv_a")),
        regional("30 50 20", "100"),
        "nothing is recorded of which 'hv', 'hv_a' are the parts",
        WHOLE_HINT,
    ),
    "some regions of an unknown whole": (
        figure("pareto", values=("hv_a", "hv_b"), remainder=OTHERS),
        regional("30 50 20"),
        "nothing is recorded of which 'hv_a', 'hv_b' are the parts",
        WHOLE_HINT,
    ),
    "a sum of loose values": (
        BY_REGION,
        regional("30 50 20", qualifier=Qualifier.ABOUT),
        "nothing is recorded of which 'hv_a', 'hv_b', 'hv_c' are the parts",
        WHOLE_HINT,
    ),
    "a region without a value": (
        BY_REGION,
        regional("30 - 20", "100"),
        "no value of 'hv_a' is recorded for B",
        "record it, or list the values that there are and name the rest",
    ),
    "parts that may overlap": (
        figure("pareto", values=("patent_invention_in_force", "patent_invention_hv")),
        province(),
        (
            "nothing says that 'patent_invention_in_force', 'patent_invention_hv' do not overlap, "
            "and stacked or in shares they would be counted twice"
        ),
        "use kind: grouped-column or bar, or record their total with 'sum_of:' where they are disjoint",
    ),
    "rates": (
        figure("pareto", values=("patent_hv_share",), by=By.REGION),
        province(),
        "'patent_hv_share' is a rate (%), and rates do not add up",
        "use kind: line or grouped-column to compare rates",
    ),
    "several times": (
        figure("pareto", values=("patent_invention_hv_jia", "patent_invention_hv_yi_2024_12_31")),
        province(),
        (
            "'patent_invention_hv_yi_2024_12_31' and 'patent_invention_hv_jia' are not of the same time, "
            "and no parts of one whole"
        ),
        "use values of one time, or kind: column",
    ),
    "several metrics by region": (
        figure("pareto", values=GRANTS[:2], by=By.REGION),
        province(),
        ("regions have one column each, and these would be several: 'patent_grant_invention', 'patent_grant_um'"),
        "name one metric",
    ),
    "values of regions that do not add up": (
        figure("pareto", values=("joint_conference_members_a", "joint_conference_members_b")),
        MetricSet(
            tuple(
                at(
                    "2025-09-30",
                    value,
                    "joint_conference_members",
                    key=f"joint_conference_members_{region}",
                    region=region,
                )
                for region, value in (("a", "40"), ("b", "30"))
            ),
            (),
            (),
            Localized("省", "Province"),
            REGIONS[:2],
        ),
        "values of 'joint_conference_members' in several regions do not add up",
        "use kind: ranking or column, which add nothing up",
    ),
    "few cases": (
        BY_REGION,
        regional("10 11 8", "29"),
        "the whole, 'hv', is 29: shares of so few say little",
        "use kind: column, which shows the counts themselves",
    ),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_what_has_no_known_whole_is_refused(case: str) -> None:
    spec, record, reason, hint = REFUSALS[case]
    assert refused(spec, record) == [(f"figure 'the-pareto': {reason}", (hint,))]


def test_metrics_that_do_not_exist_are_left_to_the_reader() -> None:
    assert refused(figure("pareto", values=("unknown",)), province()) == []
    assert refused(figure("pareto", values=PREFECTURES, remainder=OTHERS), province()) == []


def test_a_region_that_reports_nothing_leaves_the_whole_unknown() -> None:
    record = regional("10 11 8", "36")
    silent = replace(record, observations=tuple(replace(m, value=None) if m.key == "hv_c" else m for m in record))

    reasons = [message for message, _ in refused(BY_REGION, silent)]
    assert [reason for reason in reasons if "no value of 'hv_a' is recorded for" in reason]
