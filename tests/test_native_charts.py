"""Charts that a word processor draws itself: the values of the record, as the picture shows them."""

from __future__ import annotations

import subprocess
import sys
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
)
from ipreport.figures import CHARTS, draw
from ipreport.figures.charts import grouped_column, line
from ipreport.figures.data import ChartData, Datum
from ipreport.figures.native import KINDS, native_chart, settle
from ipreport.language import EN, ZH, Localized
from ipreport.metrics import UNITS
from ipreport.outline import CHART_KINDS
from ipreport.style import MODERN, FigureWidth
from ipreport.wording import Rounding
from native_samples import (
    BOTH,
    EDITIONS,
    GRANTS,
    NOTICE,
    SPECS,
    converted,
    faces,
    gathered,
    labels,
    named,
    native,
    plain,
    points,
)
from province import province

EVERY = pytest.mark.parametrize("name", SPECS)
IN_EVERY = pytest.mark.parametrize("edition", EDITIONS)


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
