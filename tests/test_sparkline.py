"""Trend lines as drawings: where their values lie, what interrupts them, what is told."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image

from figure_samples import figure
from helpers import at, metric_set
from ipreport.cache import Cache
from ipreport.figures.select import select
from ipreport.language import Localized
from ipreport.metrics import Direction, Qualifier
from ipreport.outline import CardsBlock, CardSpec, TrendSpec
from ipreport.style import MODERN
from province import province
from trend_lines import (
    ENDS,
    ORIGIN,
    STOCK,
    cards,
    corners,
    dots,
    drawn,
    history,
    lines,
    outline,
    paths,
    table,
)

# --- where the values lie --------------------------------------------------------


def test_heights_are_in_proportion_between_the_least_and_the_greatest_value() -> None:
    values = ("120", "100", "160", "130", "200")
    rendered = drawn(cards("now"), history(*values))["now"]
    ((line),) = lines(rendered)

    heights = [y for _, y in line]
    low, high = min(heights), max(heights)
    assert [(y - low) / (high - low) for y in heights] == pytest.approx([0.2, 0.0, 0.6, 0.3, 1.0], abs=0.002)
    assert low == pytest.approx(2.2, abs=0.02)
    assert high == pytest.approx(rendered.picture.height - 2.2, abs=0.02)


def test_periods_have_equal_distances_and_the_last_value_has_the_dot() -> None:
    rendered = drawn(cards("now"), history("120", "100", "160", "130", "200"))["now"]
    ((line),) = lines(rendered)

    steps = [after[0] - before[0] for before, after in pairwise(line)]
    assert steps == pytest.approx([steps[0]] * 4, abs=0.02)
    assert dots(rendered) == [pytest.approx(line[-1], abs=0.02)]
    assert line[-1][0] == pytest.approx(rendered.picture.width - 2.2, abs=0.02)


def test_equal_values_lie_in_the_middle() -> None:
    rendered = drawn(cards("now"), history("50", "50", "50"))["now"]

    ((line),) = lines(rendered)
    assert {y for _, y in line} == {rendered.picture.height / 2}


def test_a_trend_line_shows_what_a_line_chart_over_time_shows() -> None:
    for key in (STOCK, "pledge_reg_amount", "satisfaction"):
        chart = select(figure("line", series=(key,), last=8), province())
        rendered = drawn(cards(key), province())[key]
        assert rendered.keys == tuple(metric.key for metric in chart.metrics)


def test_nothing_reaches_beyond_the_picture() -> None:
    values = ["1", "900", "2", "880", "3"]
    rendered = drawn(table("now"), history(*values))["now"]
    for path in paths(rendered):
        reach = path.line_width / 2
        assert path.round_joins or path.fill is not None or path.dash
        for x, y in corners(path):
            assert reach - 0.01 <= x <= rendered.picture.width - reach + 0.01
            assert reach - 0.01 <= y <= rendered.picture.height - reach + 0.01


def test_lines_of_one_table_have_the_same_periods_below_each_other() -> None:
    short = [at(end, "7", "tm_valid", key=f"tm{end}") for end in ENDS[2:]]
    long = [at(end, str(100 + n), STOCK, key=f"p{end}") for n, end in enumerate(ENDS)]
    found = drawn(table("tm2025-09-30", "p2025-09-30"), metric_set(*short, *long))

    ((few),), ((many),) = (lines(found[f"{name}2025-09-30"]) for name in ("tm", "p"))
    assert [x for x, _ in few] == [x for x, _ in many[2:]]


def test_lines_by_the_year_do_not_stand_at_the_places_of_quarters() -> None:
    found = drawn(cards(STOCK, "satisfaction"), province())

    ((quarters),), ((years),) = lines(found[STOCK]), lines(found["satisfaction"])
    assert years[0][0] == quarters[0][0]
    assert (len(years), len(quarters)) == (3, 8)


def test_size_follows_the_card_and_the_words_beside_it() -> None:
    sizes = {
        number: drawn(
            outline(
                CardsBlock(
                    (CardSpec("now", ORIGIN, trend=TrendSpec(ORIGIN)), *[CardSpec("now", ORIGIN)] * (number - 1)), 4
                )
            ),
            history("1", "2", "3"),
        )["now"].picture.width
        for number in (1, 3, 4)
    }
    in_table = drawn(table("now"), history("1", "2", "3"))["now"].picture

    assert sizes == {1: 126.0, 3: round(MODERN.card_width(3), 2), 4: round(MODERN.card_width(4), 2)}
    assert (in_table.width, in_table.height) == (52.0, 14.4)


# --- colours, gaps, breaks -------------------------------------------------------


@pytest.mark.parametrize(
    ("direction", "colour"),
    [
        (Direction.UP, MODERN.colours.accent),
        (Direction.DOWN, MODERN.colours.accent),
        (Direction.NEUTRAL, MODERN.colours.muted),
    ],
)
def test_what_is_neither_good_nor_bad_is_grey(direction: Direction, colour: str) -> None:
    record = history("1", "3", "2")
    turned = metric_set(*(replace(m, definition=replace(m.definition, direction=direction)) for m in record))

    line, dot = paths(drawn(cards("now"), turned)["now"])
    assert line.stroke == dot.fill == colour


def test_a_missing_value_interrupts_the_line() -> None:
    rendered = drawn(cards("now"), history("10", "20", None, "30", "40"))["now"]

    first, second = lines(rendered)
    assert (len(first), len(second)) == (2, 2)
    assert second[0][0] - first[1][0] == pytest.approx(2 * (first[1][0] - first[0][0]), abs=0.03)
    assert rendered.keys == ("before4", "before3", "before1", "now")


def test_a_value_between_two_gaps_is_a_small_dot() -> None:
    record = history("10", None, "20", None, "40")
    rendered = drawn(cards("now"), record)["now"]

    assert lines(rendered) == []
    heights = [y for _, y in dots(rendered)]
    assert [(y - heights[0]) / (heights[2] - heights[0]) for y in heights] == pytest.approx([0, 1 / 3, 1], abs=0.005)


def test_a_new_definition_interrupts_the_line_and_has_a_dashed_upright() -> None:
    made = history("10", "20", "30", "90", "95")
    record = metric_set(*(replace(m, caliber="new" if m.key in {"now", "before1"} else "old") for m in made))
    rendered = drawn(cards("now"), record)["now"]

    first, second = lines(rendered)
    (upright,) = [path for path in paths(rendered) if path.dash]
    (x, top), (same, bottom) = corners(upright)
    assert (len(first), len(second)) == (3, 2)
    assert x == same == pytest.approx((first[-1][0] + second[0][0]) / 2, abs=0.02)
    assert {top, bottom} == {0.0, rendered.picture.height}


def test_a_last_value_that_is_not_exact_is_hollow() -> None:
    made = history("10", "20", "30")
    record = metric_set(*(replace(m, qualifier=Qualifier.OVER) if m.key == "now" else m for m in made))

    _, dot = paths(drawn(cards("now"), record)["now"])
    assert (dot.fill, dot.stroke) == ("#ffffff", MODERN.colours.accent)


# --- files -----------------------------------------------------------------------


def test_the_picture_has_no_ground_of_its_own() -> None:
    rendered = drawn(cards(STOCK), province())[STOCK]
    with Image.open(io.BytesIO(rendered.picture.png)) as picture:
        alphas = picture.convert("RGBA").getchannel("A")

    assert picture.size == (round(rendered.picture.width * 220 / 72), round(rendered.picture.height * 220 / 72))
    assert alphas.getpixel((1, 1)) == 0
    assert alphas.getextrema() == (0, 255)
    assert b"<rect" not in rendered.picture.svg
    assert "<desc>有效发明专利量（示例省）走势：" in rendered.picture.svg.decode("utf-8")


def test_the_same_values_give_the_same_bytes_and_come_from_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = Cache(tmp_path)
    first = drawn(cards(STOCK, "pledge_reg_amount"), province(), keep)
    assert drawn(cards(STOCK, "pledge_reg_amount"), province()) == first

    def never(*_: object, **__: object) -> bytes:
        raise AssertionError("drawn again")

    monkeypatch.setattr("ipreport.figures.png.png", never)
    assert drawn(cards(STOCK, "pledge_reg_amount"), province(), keep) == first


# --- in words --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "zh", "en"),
    [
        (
            STOCK,
            "有效发明专利量（示例省）走势：由15233件（2023年12月底）升至20200件（2025年9月底）。",
            (
                "Invention patents in force (Sample Province), trend: from 15,233 patents (end of December 2023) "
                "rising to 20,200 patents (end of September 2025)."
            ),
        ),
        (
            "patent_grant_um",
            (
                "实用新型专利授权量（示例省）走势：由2467件（2023年第四季度）降至1464件（2025年第三季度），"
                "最低1265件（2025年第一季度）。"
            ),
            (
                "Utility models granted (Sample Province), trend: from 2,467 patents (Q4 2023) "
                "falling to 1,464 patents (Q3 2025), lowest 1,265 patents (Q1 2025)."
            ),
        ),
        (
            "gi_product",
            (
                "地理标志产品累计认定数（示例省）走势：由67个（2023年12月底）升至75个（2025年6月底）；"
                "口径调整后为124个（2025年9月底）。"
            ),
            (
                "GI products recognised (Sample Province), trend: from 67 products (end of December 2023) "
                "rising to 75 products (end of June 2025); after a change of definition, 124 products "
                "(end of September 2025)."
            ),
        ),
        (
            "dispute_close_rate",
            "结案率（示例省）走势：由82.3%（2023年1—9月）降至81.8%（2025年1—9月）。",
            (
                "Clearance rate (Sample Province), trend: from 82.3% (January–September 2023) "
                "falling to 81.8% (January–September 2025)."
            ),
        ),
    ],
)
def test_a_trend_line_is_told_in_both_languages(key: str, zh: str, en: str) -> None:
    told = drawn(cards(key), province())[key].alt

    assert [text.plain() for text in told] == [zh, en]
    assert {span.value_key for text in told for span in text.inlines if span.value_key} <= set(  # type: ignore[union-attr] # spans only
        drawn(cards(key), province())[key].keys
    )


def test_gaps_are_told() -> None:
    chinese, english = drawn(cards("now"), history("10", "20", None, "30", "40"))["now"].alt

    assert chinese.plain().endswith("升至40件（2025年9月底），其间有缺数。")
    assert english.plain().endswith("rising to 40 patents (end of September 2025), with values missing in between.")


def test_a_table_calls_a_line_as_its_row() -> None:
    wanted = table(STOCK)
    (spec,) = wanted.tables()
    labelled = outline(replace(spec, labels={STOCK: Localized("专利", "Patents")}))

    assert drawn(labelled, province())[STOCK].alt[1].plain().startswith("Patents (Sample Province), trend: from ")
