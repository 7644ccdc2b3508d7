"""Charts that a word processor draws itself: their looks and labels are those of the picture."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from figure_samples import figure, metric, metric_set
from ipreport.document import Form, Grouping, LabelPiece, LineDash, PointShape
from ipreport.figures.lettering import Cases
from ipreport.language import EN, ZH, Localized
from ipreport.metrics import Status
from ipreport.outline import By
from ipreport.style import FigureWidth
from native_samples import GRANTS, SPECS, converted, gathered, labels, native, points

# --- looks -------------------------------------------------------------------------------


def test_series_have_the_accents_of_the_theme_in_their_order() -> None:
    assert [series.accent for series in native(SPECS["grouped"]).series] == [1, 2, 3]
    assert [series.accent for series in native(SPECS["combination"]).series] == [0, 1, 2]


def test_lines_are_told_apart_without_colour() -> None:
    for name in ("lines", "line-by-region", "combination"):
        looks = Counter((s.shape, s.dash) for s in native(SPECS[name]).series if s.form is Form.LINE)
        assert set(looks.values()) == {1}


def test_of_regions_one_stands_out() -> None:
    lines = native(SPECS["line-by-region"]).series

    (out,) = [series for series in lines if series.heavy]
    assert out.name[0].plain() == "丁州"
    assert (out.accent, out.shape, out.dash) == (1, PointShape.CIRCLE, LineDash.SOLID)
    assert {series.accent for series in lines if series is not out} == {0}


def test_beside_a_column_that_stands_out_the_others_are_context() -> None:
    spec = replace(SPECS["column-by-region"], highlight="ding")

    ((series),) = native(spec, (ZH,)).series
    assert [point.context for point in series.points if point is not None] == [n != 3 for n in range(8)]
    assert not any(point.context for _, point in points(native(SPECS["column-by-region"])))


def test_values_that_are_not_exact_are_hollow_and_say_it_in_words() -> None:
    chart = native(figure("column", values=("contracts", "funds")), metrics=metric_set(), marks={})

    exact, nearly = (point for _, point in points(chart))
    assert (exact.exact, nearly.exact) == (True, False)
    assert labels(chart.series[0]) == ["2.5", "近200万元/nearly 2 million yuan"]
    assert [piece.follows for row in nearly.label for piece in row] == [False, False]
    assert nearly.value == 2


def test_marks_stand_behind_the_value_raised() -> None:
    record = metric_set(metric("a", "甲", "a", "12", "case"))
    revised = replace(record["a"], status=Status.REVISED)
    chart = native(figure("column", values=("a",)), metrics=metric_set(revised), marks={"a": "①"})

    ((_, point),) = points(chart)
    digits, mark = point.label[0]
    assert digits == LabelPiece("12", ZH, "a", follows=True)
    assert (mark.text, mark.raised, mark.follows) == ("修订① r①", True, False)


def test_a_rate_brings_its_cases() -> None:
    data = gathered(SPECS["line-by-year"], (EN,))
    datum = data.data[-1]
    with_cases = replace(datum, cases=Cases("part", Localized.same("8"), "whole", Localized.same("29")))
    series = replace(data.series[0], points=(*data.series[0].points[:-1], with_cases))
    assert labels(converted(replace(data, series=(series,))).series[0])[-1] == "81.8% (8/29)"


def test_a_new_definition_is_not_joined_to_the_old_and_said() -> None:
    chart = native(SPECS["line-with-break"], (ZH,))

    assert [point.broken for _, point in points(chart)] == [False] * 11 + [True]
    assert labels(chart.series[0])[-1].endswith("/口径调整")
    narrow = native(replace(SPECS["line-with-break"], width=FigureWidth.HALF), (ZH,))
    assert labels(narrow.series[0])[-1].endswith("口径调整")


# --- labels ------------------------------------------------------------------------------


def test_all_values_of_a_single_line_are_told_where_they_have_room() -> None:
    assert labels(native(SPECS["line"], (EN,)).series[0])[0] == "15,233"
    narrow = native(replace(SPECS["line"], width=FigureWidth.HALF), (EN,))
    assert labels(narrow.series[0]) == [""] * 7 + ["20,200"]


def test_of_several_lines_the_last_values_are_told_unless_they_would_meet() -> None:
    assert [labels(series)[-1] for series in native(SPECS["lines"], (EN,)).series] == ["975", "1,464", "600"]
    assert all(set(labels(series)) == {""} for series in native(SPECS["line-by-region"]).series)


def test_values_of_groups_are_told_only_where_columns_are_wide_enough() -> None:
    assert labels(native(SPECS["against"], (ZH,)).series[0]) == ["2659", "4895", "1675"]
    assert all(set(labels(series)) == {""} for series in native(SPECS["grouped"], (ZH,)).series)


def test_of_dated_columns_without_room_the_last_and_the_greatest_are_told() -> None:
    told = labels(native(SPECS["column"]).series[0])

    assert [(index, label) for index, label in enumerate(told) if label] == [(4, "1,180.18"), (7, "1,137.37")]


def test_values_of_columns_are_left_out_where_a_line_passes_through_them() -> None:
    crossed = figure("combination", columns=(GRANTS[0],), lines=(GRANTS[0],), last=4)
    clear = SPECS["combination"]

    assert set(labels(native(crossed, (ZH,)).series[0])) == {""}
    assert labels(native(clear, (ZH,)).series[0])[-1] == "1464"


def test_parts_of_a_stack_are_told_where_they_have_room_inside() -> None:
    chart = native(SPECS["stacked"], (ZH,))

    assert chart.grouping is Grouping.STACKED
    assert all(all(labels(series)) for series in chart.series)
    regions = native(figure("stacked-column", series=GRANTS, by=By.REGION), (ZH,))
    assert labels(regions.series[0])[0] == "1133"
    assert labels(regions.series[0])[-1] == ""
