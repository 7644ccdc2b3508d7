"""Charts that a word processor draws itself: the values of the record, as the picture shows them."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from itertools import groupby
from pathlib import Path

import pytest

from figure_samples import figure, metric, metric_set
from ipreport.cache import Cache
from ipreport.document import (
    DrawnText,
    Form,
    Grouping,
    LabelPiece,
    LineDash,
    NativeChart,
    NativePoint,
    NativeSeries,
    PointShape,
)
from ipreport.figures import CHARTS, draw
from ipreport.figures.charts import grouped_column, line
from ipreport.figures.data import ChartData, Datum
from ipreport.figures.lettering import Cases
from ipreport.figures.native import KINDS, native_chart, settle
from ipreport.language import EN, ZH, Localized
from ipreport.metrics import UNITS, Status
from ipreport.outline import CHART_KINDS, By
from ipreport.style import MODERN, FigureWidth
from ipreport.wording import Rounding
from native_samples import BOTH, EDITIONS, GRANTS, NOTICE, SPECS, converted, faces, gathered, native
from province import province

EVERY = pytest.mark.parametrize("name", SPECS)
IN_EVERY = pytest.mark.parametrize("edition", EDITIONS)


def points(chart: NativeChart) -> list[tuple[NativeSeries, NativePoint]]:
    return [(series, point) for series in chart.series for point in series.points if point is not None]


def labels(series: NativeSeries) -> list[str]:
    """What stands at each value, lines parted by a stroke."""
    return [
        "/".join("".join(piece.text for piece in each) for each in point.label)
        for point in series.points
        if point is not None
    ]


def plain(chart: NativeChart) -> list[str]:
    """The lines of the title."""
    return ["  ".join(text.plain() for text in texts) for texts in chart.title]


def named(chart: NativeChart) -> list[tuple[str, str]]:
    """Name and group of every category."""
    parts = [(category.name, category.group) for category in chart.categories]
    return [("/".join(t.plain() for t in name), "/".join(t.plain() for t in group)) for name, group in parts]


# --- values ------------------------------------------------------------------------------


def test_every_kind_that_word_can_draw_is_here_and_has_a_sample() -> None:
    assert KINDS.keys() == {name for name, kind in CHART_KINDS.items() if kind.native}
    assert {spec.kind for spec in SPECS.values()} == KINDS.keys()


@EVERY
@IN_EVERY
def test_values_are_those_of_the_record(name: str, edition: str) -> None:
    data, record = gathered(SPECS[name], EDITIONS[edition]), province()
    known = {datum.key: datum.value for datum in (*data.data, *filter(None, data.wholes))}

    found = {point.key: point.value * UNITS[series.unit].scale for series, point in points(converted(data))}
    if any("/share_of/" in key for key in found):
        shares = {key: known[key.split("/share_of/")[0]] / known[key.split("/share_of/")[1]] * 100 for key in found}
        assert all(abs(value - shares[key]) < Decimal("1e-12") for key, value in found.items())
        return
    assert found.items() <= known.items()
    assert {datum.key for datum in data.data} <= found.keys()
    recorded = {key: value for key, value in found.items() if key in record}
    assert recorded
    assert all(value == record[key].value for key, value in recorded.items())


@pytest.mark.parametrize("name", [name for name, spec in SPECS.items() if spec.kind in CHARTS])
@IN_EVERY
def test_digits_are_those_of_the_picture(name: str, edition: str) -> None:
    spec, languages = SPECS[name], EDITIONS[edition]
    style = MODERN.led_by(languages[0])
    rendered = draw(spec, province(), languages, style, faces(), Cache(None), {}, Rounding.HALF_EVEN, NOTICE)
    assert rendered.native is not None

    texts = [item for item in rendered.picture.drawing.items if isinstance(item, DrawnText) and item.value_key]
    drawn = {(item.value_key, item.text) for item in texts if item.unit}
    assert drawn <= {(point.key, point.digits) for _, point in points(rendered.native)}
    assert drawn or name not in {"column", "column-by-region", "line", "lines", "line-by-year"}


def test_a_value_is_kept_in_full_and_printed_as_in_the_picture() -> None:
    record = metric_set(metric("a", "甲", "a", "123456789", "yuan"), metric("b", "乙", "b", "2000000000", "yuan"))
    first, second = (p for _, p in points(native(figure("column", values=("a", "b")), (ZH,), metrics=record)))

    assert (first.value, first.digits) == (Decimal("1.23456789"), "1.23")
    assert (second.value, second.digits) == (Decimal(20), "20.00")


@pytest.mark.parametrize(
    ("rounding", "value", "kept", "digits"),
    [
        (Rounding.HALF_EVEN, "2.145", "2.145", "2.14"),
        (Rounding.HALF_EVEN, "2.155", "2.155", "2.16"),
        (Rounding.HALF_UP, "2.145", "2.145", "2.15"),
    ],
)
def test_an_exact_half_is_printed_by_word_as_in_the_picture(
    rounding: Rounding, value: str, kept: str, digits: str
) -> None:
    record = metric_set(metric("a", "甲", "a", value, "per_10k_population", places=2))
    ((_, point),) = points(native(figure("column", values=("a",)), (ZH,), metrics=record, rounding=rounding))

    # Word prints 2.145 as 2.15.
    assert point.digits == digits
    assert point.value == (Decimal(kept) if (rounding, value) != (Rounding.HALF_EVEN, "2.145") else Decimal("2.14"))


def test_a_missing_value_stays_missing() -> None:
    assert [[p is None for p in series.points][:3] for series in native(SPECS["lines"]).series] == [
        [False, False, False],
        [True, False, False],
        [True, False, False],
    ]


# --- axes --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["grouped", "grouped-by-region", "against"])
def test_columns_stand_on_the_axis_of_the_picture(name: str) -> None:
    data = gathered(SPECS[name])
    found, drawn = settle(data).axis, grouped_column.axis_of(data)

    assert found == (drawn.low, drawn.high, drawn.ticks[1])
    assert found[0] == 0


@pytest.mark.parametrize("name", ["line", "lines", "line-by-year", "line-with-break", "line-by-region"])
def test_lines_stand_on_the_axis_of_the_picture(name: str) -> None:
    data = gathered(SPECS[name])
    drawn = line.axis_of(data)

    assert settle(data).axis == (drawn.low, drawn.high, drawn.ticks[-1] - drawn.ticks[-2])


def test_the_axis_counts_in_the_unit_of_the_values_and_names_it() -> None:
    chart = native(SPECS["column"])

    assert (chart.axis.low, chart.axis.high, chart.axis.step) == (0, 1250, 250)
    assert [[text.plain() for text in texts] for texts in chart.axis.title] == [["单位：百万元", "Million yuan"]]
    assert {series.unit for series in chart.series} == {"million_yuan"}


def test_a_long_unit_stands_on_two_lines_along_the_axis() -> None:
    title = native(SPECS["line-by-region"]).axis.title

    assert [[text.plain() for text in texts] for texts in title] == [["单位：件/万人"], ["Per 10,000 population"]]


def test_shares_stand_on_an_axis_to_one() -> None:
    axis = native(SPECS["percent-stacked"]).axis

    assert (axis.low, axis.high, axis.step, axis.title) == (0, 1, Decimal("0.2"), ())


# --- what is above -----------------------------------------------------------------------


def test_the_title_says_time_and_what_the_axis_does_not() -> None:
    chart = native(SPECS["line"])

    assert plain(chart) == [
        "2023年12月底至2025年9月底，纵轴不从零开始",
        "End of December 2023 to end of September 2025, axis does not begin at zero",
    ]
    assert [text.plain() for text in chart.notice] == ["示例数据", "Illustrative data"]
    assert chart.notice_below


def test_a_short_title_and_the_notice_share_a_line() -> None:
    chart = native(SPECS["grouped"], (EN,))

    assert plain(chart) == ["Q3 2024 to Q3 2025"]
    assert not chart.notice_below


def test_without_an_axis_the_title_names_the_unit() -> None:
    assert plain(native(SPECS["part-of-whole"], (EN,))) == ["Patents, end of September 2025"]


def test_real_data_have_no_notice() -> None:
    assert converted(replace(gathered(SPECS["grouped"]), notice=None)).notice == ()


def test_one_series_needs_no_legend_and_is_named_by_the_title() -> None:
    one, several = native(SPECS["line"]), native(SPECS["lines"])

    assert one.legend is None
    assert [text.plain() for text in one.series[0].name] == ["示例图", "Example"]
    assert several.legend is not None
    assert [text.plain() for text in several.series[1].name] == ["实用新型专利授权量", "Utility models granted"]


# --- categories --------------------------------------------------------------------------


def test_quarters_stand_in_groups_of_their_year() -> None:
    assert named(native(SPECS["grouped"], (ZH,)))[:3] == [
        ("三季度", "2024年"), ("四季度", "2024年"), ("一季度", "2025年"),
    ]  # fmt: skip
    assert named(native(SPECS["grouped"]))[0] == ("三季度/Q3", "2024")


def test_where_dates_have_no_room_every_so_many_are_named_with_their_year() -> None:
    chart = native(replace(SPECS["lines"], width=FigureWidth.HALF), (ZH,))

    assert chart.name_every > 1
    assert named(chart)[:2] == [("四季度/2022年", ""), ("一季度/2023年", "")]


def test_names_with_room_stand_below_upright_columns() -> None:
    chart = native(SPECS["column-by-region"], (ZH,))

    assert not chart.lying
    assert named(chart)[0] == ("甲州", "")


def test_long_names_lay_the_columns_down() -> None:
    names = Localized(
        "经国家知识产权局核准使用地理标志专用标志的经营主体数量", "Entities authorised to use the special sign"
    )
    spec = replace(SPECS["against"], width=FigureWidth.HALF, labels=dict.fromkeys(GRANTS, names))

    assert native(spec).lying
    assert not native(SPECS["against"]).lying


def test_time_runs_from_left_to_right_at_every_width() -> None:
    assert not any(native(replace(SPECS["column"], width=width)).lying for width in FigureWidth)


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


# --- wholes ------------------------------------------------------------------------------


def with_wholes(data: ChartData) -> ChartData:
    """The same values with what they add up to."""
    wholes = []
    for column in zip(*(series.points for series in data.series), strict=True):
        parts = [part for part in column if part is not None]
        value = sum((part.value for part in parts), Decimal(0))
        wholes.append(_sum(parts[0], value, data) if parts else None)
    return replace(data, wholes=tuple(wholes))


def _sum(first: Datum, value: Decimal, data: ChartData) -> Datum:
    digits = data.unit.digits(value)
    return replace(first, key=f"sum of {first.key}", value=value, words=digits, text=digits)


def test_totals_stand_at_the_ends_of_stacks() -> None:
    *parts, totals = converted(with_wholes(gathered(SPECS["stacked"], (EN,)))).series

    assert len(parts) == 3
    assert (totals.form, [text.plain() for text in totals.name]) == (Form.TOTAL, ["Total"])
    assert labels(totals) == ["3,341", "3,779", "2,641", "3,031", "3,039"]
    assert [point.value for point in totals.points if point is not None] == [3341, 3779, 2641, 3031, 3039]


def test_shares_are_per_cent_of_their_whole() -> None:
    data = with_wholes(gathered(SPECS["percent-stacked"], (EN,)))
    chart = converted(data)

    assert labels(chart.series[0]) == ["28.3%", "29.2%", "34.0%", "32.9%", "32.1%"]
    first = data.series[0].points[0]
    whole = data.wholes[0]
    assert first is not None
    assert whole is not None
    ((series, point), *_) = points(chart)
    assert series.unit == "percent"
    assert point.key == f"{first.key}/share_of/{whole.key}"
    assert abs(point.value - first.value / whole.value * 100) < Decimal("1e-12")
    assert plain(chart)[0].startswith("Q3 2024 to Q3 2025")


def test_a_part_stands_in_front_of_its_whole_with_its_share() -> None:
    chart = native(SPECS["part-of-whole"], (EN,))

    whole, part = chart.series
    assert (chart.grouping, chart.lying, chart.axis.shown) == (Grouping.NESTED, True, False)
    assert (labels(whole), labels(part)) == (["20,200"], ["7,797 (38.6%)"])
    assert (whole.accent, part.accent) == (0, 1)
    assert chart.axis.high == 20200
    keys = [piece.value_key for piece in points(chart)[1][1].label[0]]
    assert keys == ["patent_invention_hv", None, "patent_invention_hv/share_of/patent_invention_in_force", None]


# --- places ------------------------------------------------------------------------------


@EVERY
@IN_EVERY
@pytest.mark.parametrize("width", FigureWidth)
def test_everything_stands_inside_the_chart(name: str, edition: str, width: FigureWidth) -> None:
    chart = native(replace(SPECS[name], width=width), EDITIONS[edition])

    assert chart.width == MODERN.figure_width(width)
    for frame in (chart.plot, chart.legend):
        if frame is not None:
            assert 0 <= frame.left < frame.left + frame.width <= chart.width
            assert 0 <= frame.top < frame.top + frame.height <= chart.height
    if chart.legend is not None:
        assert chart.legend.top + chart.legend.height <= chart.plot.top
    assert chart.plot.width > chart.width * 0.3
    assert 0 < chart.columns_share <= 1


@EVERY
def test_groups_of_categories_are_in_one_piece(name: str) -> None:
    groups = [group for group, _ in groupby(category.group for category in native(SPECS[name]).categories)]
    assert len(groups) == len(set(groups))


# --- the cache ---------------------------------------------------------------------------


def test_what_was_settled_is_not_asked_again(tmp_path: Path) -> None:
    data, cache = gathered(SPECS["line"]), Cache(tmp_path)
    first = native_chart(data, line.remark, MODERN, cache)

    def refuse(_: ChartData) -> None:
        pytest.fail("it was worked out anew")

    assert native_chart(data, refuse, MODERN, cache) == first
    assert first == converted(data)


@pytest.mark.parametrize("payload", [b"", b"null", b"{}", b'{"axis": [1, 2]}', b'{"axis": ["x", "1", "1"]}', b"\xff"])
def test_a_foreign_entry_of_the_cache_is_no_chart(payload: bytes) -> None:
    class Foreign(Cache):
        def get(self, key: str) -> bytes | None:
            return payload if key else None

    data = gathered(SPECS["line"])
    assert native_chart(data, line.remark, MODERN, Foreign(None)) == converted(data)


def test_a_kind_that_word_cannot_draw_has_no_such_chart() -> None:
    data = gathered(figure("bar", values=("disputes", "penalties")), metrics=metric_set())
    assert native_chart(data, CHARTS["bar"].remark, MODERN, Cache(None)) is None


def test_a_chart_from_the_cache_needs_no_matplotlib(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from native_samples import SPECS, gathered;"
        "from ipreport.cache import Cache; from ipreport.figures.charts import line;"
        "from ipreport.figures.native import native_chart; from ipreport.style import MODERN;"
        "native_chart(gathered(SPECS['line']), line.remark, MODERN, Cache(Path(sys.argv[1])));"
        "print('matplotlib' in sys.modules)"
    )
    path = {"PYTHONPATH": ":".join(str(p) for p in (Path(__file__).parent, Path(line.__file__).parents[3]))}
    runs = [
        subprocess.run(
            [sys.executable, "-c", code, str(tmp_path)], capture_output=True, check=True, env=path, text=True
        )
        for _ in range(2)
    ]
    assert [run.stdout.strip() for run in runs] == ["True", "False"]


def test_bilingual_charts_say_everything_in_both_languages_once() -> None:
    for name in SPECS:
        both, zh, en = (native(SPECS[name], languages) for languages in (BOTH, (ZH,), (EN,)))
        for shared, first, second in zip(both.series, zh.series, en.series, strict=True):
            assert shared.name in {(*first.name, *second.name), first.name}


def test_qualified_values_keep_their_number_beside_the_words() -> None:
    ((_, point),) = points(native(figure("column", values=("goji",)), (ZH,), metrics=metric_set(), marks={}))

    assert (point.value, point.exact) == (Decimal(196), False)
    assert point.label[0][0].text == "超过196亿元"
