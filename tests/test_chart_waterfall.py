"""Waterfall charts: steps float between true levels, every change is traced, and the sum comes to the end."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from charts_changes import (
    BY_FLOWS,
    END,
    FIGURES,
    OTHER_CHANGES,
    START,
    STOCK,
    TO_DATE,
    Drawn,
    box,
    drawn,
    here,
    only,
    prefecture,
)
from figure_samples import figure
from ipreport.figures import check
from ipreport.figures.charts import waterfall
from ipreport.fonts import Faces
from ipreport.language import EN, ZH, Localized
from ipreport.metrics import Metric, MetricSet
from ipreport.style import MODERN, FigureWidth

COLOURS = MODERN.colours
HALF = MODERN.figure_width(FigureWidth.HALF)


def levels(picture: Drawn) -> list[tuple[float, float]]:
    """The foot and the top of every column in the stock's unit, measured by the first column, which is 356 tall."""
    boxes = [box(bar) for bar in picture.shapes]
    base, scale = boxes[0][1], (boxes[0][3] - boxes[0][1]) / 356
    return [((bottom - base) / scale, (top - base) / scale) for _, bottom, _, top in boxes]


# --- lengths and places ----------------------------------------------------------


def test_steps_float_between_the_levels_they_join(faces: Faces) -> None:
    found = levels(drawn(FIGURES["waterfall"], faces, (EN,)))
    half_line = 0.5 / (132 / 431) + 0.05

    expected = [(0, 356), (356, 416), (416, 431), (409, 431), (401, 409), (0, 401)]
    for (foot, top), (low, high) in zip(found, expected, strict=True):
        assert foot == pytest.approx(low, abs=half_line)
        assert top == pytest.approx(high, abs=half_line)


def test_start_and_end_stand_out_and_falls_are_hollow(faces: Faces) -> None:
    looks = [(bar.fill, bar.stroke) for bar in drawn(FIGURES["waterfall"], faces, (EN,)).shapes]

    total, rise, fall = (COLOURS.accent, None), (COLOURS.context, None), ("#ffffff", COLOURS.context)
    assert looks == [total, rise, rise, fall, fall, total]


def test_connectors_run_from_each_column_to_the_next_at_its_level(faces: Faces) -> None:
    picture = drawn(FIGURES["waterfall"], faces, (EN,))
    boxes = [box(bar) for bar in picture.shapes]
    connectors = [line.segments for line in picture.lines if line.line_width == waterfall._CONNECTOR]
    base, scale = boxes[0][1], (boxes[0][3] - boxes[0][1]) / 356

    assert len(connectors) == 5
    for number, (level, ((_, x1, y1), (_, x2, y2))) in enumerate(
        zip((356, 416, 431, 409, 401), connectors, strict=True)
    ):
        assert y1 == y2 == pytest.approx(base + level * scale, abs=0.02)
        assert (x1, x2) == pytest.approx((boxes[number][2], boxes[number + 1][0]), abs=0.55)


def test_a_step_of_nothing_is_a_line_that_says_so(faces: Faces) -> None:
    still = replace(STOCK[2], value=STOCK[1].value)
    picture = drawn(FIGURES["waterfall-over-time"], faces, (EN,), record=_with(still))
    x = {text.value_key: text.x for text in picture.texts}
    zero = next(text for text in picture.texts if text.value_key == "stock_june/change_from/stock_march")
    spanning = [line for line in picture.lines if float(line.segments[0][1]) < zero.x < float(line.segments[-1][1])]

    assert zero.text == "0"
    assert len(spanning) == 3  # the baseline and the connectors on both sides
    assert x["stock_before"] < zero.x < x["stock"]


def _with(*changed: Metric) -> MetricSet:
    record = prefecture()
    keys = {each.key: each for each in changed}
    return replace(record, observations=tuple(keys.get(each.key, each) for each in record))


def test_names_too_long_for_columns_stand_beside_lying_bars(faces: Faces) -> None:
    picture = drawn(FIGURES["waterfall"], faces, (EN,), width=HALF)
    boxes = [box(bar) for bar in picture.shapes]
    zero, scale = boxes[0][0], (boxes[0][2] - boxes[0][0]) / 356

    tops = [top for _, _, _, top in boxes]
    assert tops == sorted(tops, reverse=True)
    assert (boxes[1][0] - zero) / scale == pytest.approx(356, abs=0.2)
    assert (boxes[1][2] - zero) / scale == pytest.approx(416, abs=0.2)
    assert (boxes[-1][0], (boxes[-1][2] - zero) / scale) == (zero, pytest.approx(401, abs=0.2))


# --- words -----------------------------------------------------------------------


def found(picture: Drawn) -> list[tuple[str, str | None, str]]:
    return [(text.text, text.value_key, text.unit) for text in picture.texts if any(c.isdigit() for c in text.text)]


def test_a_recorded_flow_keeps_its_own_digits_behind_a_sign_that_is_no_part_of_them(faces: Faces) -> None:
    picture = drawn(FIGURES["waterfall"], faces, (ZH,))
    before = {text.value_key: sign for sign, text in zip(picture.texts, picture.texts[1:], strict=False)}

    assert [entry for entry in found(picture) if entry[1]] == [
        ("356", "stock_before", "patent"),
        ("60", "granted", "patent"),
        ("15", "moved_in", "patent"),
        ("22", "expired", "patent"),
        ("8", "unpaid", "patent"),
        ("401", "stock", "patent"),
    ]
    assert [(before[key].text, before[key].value_key) for key in ("granted", "expired")] == [("+", None), ("−", None)]


def test_other_changes_are_worked_out_and_stand_with_those_of_their_sign(faces: Faces) -> None:
    more = replace(STOCK[3], value=Decimal(440))
    rest = figure("waterfall", increases=("granted",), decreases=("expired",), remainder=OTHER_CHANGES, **BY_FLOWS)
    falling, rising = drawn(rest, faces, (EN,)), drawn(rest, faces, (EN,), record=_with(more))
    key = "stock,expired/rest_without/stock_before,granted"

    assert ("+7", key, "patent") in found(falling)
    assert [text for text, _, _ in found(rising)][1:4] == ["60", "+46", "22"]
    assert [text for text, _, _ in found(drawn(FIGURES["waterfall-with-rest"], faces, (EN,)))][2] == "−15"


def test_changes_between_dates_are_traced_to_both_of_them(faces: Faces) -> None:
    picture = drawn(FIGURES["waterfall-over-time"], faces)

    assert [entry for entry in found(picture) if entry[1]] == [
        ("356", "stock_before", "patent"),
        ("+16", "stock_march/change_from/stock_before", "patent"),
        ("−3", "stock_june/change_from/stock_march", "patent"),
        ("+32", "stock/change_from/stock_june", "patent"),
        ("401", "stock", "patent"),
    ]
    words = set(picture.words)
    assert {"2024年12月底", "2025年第一季度", "Q1 2025", "2025年第三季度", "2025年9月底"} <= words


def test_a_small_change_of_money_keeps_the_decimals_that_show_it(faces: Faces) -> None:
    record = only(
        *(
            here(day, value, "pledge_loan_balance", key, unit="亿元")
            for day, value, key in (("2024-12-31", "33.26", "b0"), ("2025-03-31", "33.2625", "b1"), (END, "36", "b2"))
        )
    )
    spec = figure("waterfall", values=("b2",), last=4)
    picture = drawn(spec, faces, (ZH,), record=record)

    assert [text for text, key, _ in found(picture) if key] == ["33.2600", "+0.0025", "+2.7375", "36.0000"]
    assert {unit for _, key, unit in found(picture) if key} == {"100m_yuan"}
    assert picture.told(ZH) == (
        "瀑布图：示例图（甲州）。期初（2024年12月底）33.26亿元；2025年第一季度增加25万元；"
        "2025年4—9月增加2.74亿元；期末（2025年9月底）36亿元。"
    )


def test_a_ratio_moves_in_its_own_unit(faces: Faces) -> None:
    record = only(
        *(
            here(day, value, "patent_invention_per10k", key, places=2)
            for day, value, key in ((START, "7.52", "r0"), (END, "7.46", "r1"))
        )
    )
    picture = drawn(figure("waterfall", values=("r1",), last=4), faces, record=record)

    assert [(text, unit) for text, key, unit in found(picture) if key] == [
        ("7.52", "per_10k_population"),
        ("−0.06", "per_10k_population"),
        ("7.46", "per_10k_population"),
    ]
    assert picture.told(EN) == (
        "Waterfall chart: Example (Prefecture A, unit: per 10,000 population). Start (end of December 2024): 7.52; "
        "January–September 2025: down 0.06 per 10,000 population; end (end of September 2025): 7.46."
    )


def test_flows_of_one_name_are_told_apart_by_their_time(faces: Faces) -> None:
    quarters = tuple(
        here(period, value, "patent_grant_invention", key)
        for period, value, key in (("2025-01/2025-03", "20", "g1"), ("2025-04/2025-09", "25", "g2"))
    )
    spec = figure("waterfall", increases=("g1", "g2"), **BY_FLOWS)
    told = drawn(spec, faces, record=prefecture(*quarters)).told(ZH)

    assert "加发明专利授权量（2025年1—3月）20件；加发明专利授权量（2025年4—9月）25件" in told


def test_start_and_end_are_called_by_their_dates_or_as_the_author_says(faces: Faces) -> None:
    labels = {"stock_before": Localized("年初", "Opening stock")}
    named = drawn(replace(FIGURES["waterfall"], labels=labels), faces, (EN,))

    assert {"Opening stock"} <= set(named.words)
    assert "end of December 2024" not in " ".join(named.words)
    assert "Start (Opening stock): 356 patents" in named.told(EN)


def test_the_subtitle_says_where_rounded_changes_do_not_add_up(faces: Faces) -> None:
    uneven = drawn(MONEY, faces, (ZH,), record=_flows("1.004", "1.004", "2.008")).data
    even = drawn(FIGURES["waterfall"], faces).data

    assert waterfall.remark(even) is None
    assert waterfall.remark(uneven) == Localized(
        "因四舍五入，分项之和与合计可能略有差异", "figures may not add up because of rounding"
    )


def _flows(start: str, gained: str, end: str) -> MetricSet:
    ends = [
        here(day, value, "pledge_loan_balance", key, unit="亿元", places=3)
        for day, value, key in ((START, start, "m0"), (END, end, "m2"))
    ]
    lent = here(TO_DATE, gained, "pledge_loan_paid", "m1", unit="亿元", places=3)
    lent = replace(lent, definition=replace(lent.definition, money_class=ends[0].definition.money_class))
    return only(*ends, lent)


MONEY = figure("waterfall", start=("m0",), increases=("m1",), end=("m2",))


def test_the_alternative_text_tells_start_changes_and_end(faces: Faces) -> None:
    by_flows = drawn(FIGURES["waterfall-with-rest"], faces, marks={"granted": "①"})
    over_time = drawn(FIGURES["waterfall-over-time"], faces)

    assert by_flows.told(ZH) == (
        "瀑布图：示例图（甲州）。期初（2024年12月底）356件；加新授权60件①；其他变动减少15件；期末（2025年9月底）401件。"
    )
    assert by_flows.told(EN) == (
        "Waterfall chart: Example (Prefecture A). Start (end of December 2024): 356 patents; "
        "plus Granted: 60 patents①; Other changes: down 15 patents; end (end of September 2025): 401 patents."
    )
    assert over_time.told(ZH) == (
        "瀑布图：示例图（甲州）。期初（2024年12月底）356件；2025年第一季度增加16件；2025年第二季度减少3件；"
        "2025年第三季度增加32件；期末（2025年9月底）401件。"
    )
    assert over_time.told(EN) == (
        "Waterfall chart: Example (Prefecture A). Start (end of December 2024): 356 patents; Q1 2025: up 16 patents; "
        "Q2 2025: down 3 patents; Q3 2025: up 32 patents; end (end of September 2025): 401 patents."
    )


def test_of_many_changes_the_extreme_ones_are_told(faces: Faces) -> None:
    days = [f"20{year}-{day}" for year in (22, 23, 24) for day in ("03-31", "06-30", "09-30", "12-31")]
    values = (300, 305, 311, 340, 338, 341, 345, 350, 352, 355, 360, 361)
    record = only(
        *(
            here(day, str(value), "patent_invention_in_force", f"s{n}")
            for n, (day, value) in enumerate(zip(days, values, strict=True))
        )
    )
    picture = drawn(figure("waterfall", values=("s11",), last=12), faces, record=record)

    assert picture.told(ZH) == (
        "瀑布图：示例图（甲州）。期初（2022年3月底）300件；共11次变动；最高：2022年第四季度增加29件；"
        "最低：2023年第一季度减少2件；期末（2024年12月底）361件。"
    )
    assert picture.told(EN) == (
        "Waterfall chart: Example (Prefecture A). Start (end of March 2022): 300 patents; 11 changes; "
        "highest, Q4 2022: up 29 patents; lowest, Q1 2023: down 2 patents; end (end of December 2024): 361 patents."
    )


def test_rounded_flows_may_miss_the_end_by_their_rounding() -> None:
    sound, off = _flows("1.004", "1.004", "2.009"), _flows("1.004", "1.004", "2.010")
    assert check(MONEY, sound) == ()
    (problem,) = check(MONEY, off)
    assert problem.message == (
        "figure 'the-waterfall': start and changes come to 200800000, and the end, 'm2', is 201000000: "
        "200000 is not explained"
    )
