"""Dots and lollipops: places and stems follow the values, intervals enclose them, an axis that is cut says so."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from charts_tables import SURVEY, WITH_INTERVALS, survey
from figure_samples import ORIGIN, day, figure, metric, metric_set
from ipreport.document import Span
from ipreport.figures import Rendered, check
from ipreport.fonts import Faces
from ipreport.language import EN, ZH, Localized
from ipreport.metrics import MetricSet
from ipreport.outline import FigureSpec, Scale
from ipreport.problems import Level
from ipreport.style import MODERN, FigureWidth
from pictures import drawn, lines, of_value, shapes, texts, told, words
from province import province

ACCENT, CONTEXT = MODERN.colours.accent, MODERN.colours.context
GROUPS = ("owners", "agents", "public")


def _value(key: str) -> float:
    return float(survey()[key].value or 0)


def _axis(rendered: Rendered) -> tuple[float, float]:
    """The ends of the value axis."""
    ((left, _), (right, _)) = min(lines(rendered, MODERN.colours.muted, 0.75), key=lambda line: line[0][1])
    return left, right


def _bars(rendered: Rendered) -> list[tuple[float, float]]:
    """The ends of every interval, from top to bottom."""
    found = [line for line in lines(rendered, ACCENT, 1.25) if line[0][1] == line[1][1]]
    return [(line[0][0], line[1][0]) for line in found]


# --- intervals ----------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "start", "end"), [("dot-intervals", 0, 100), ("dot-intervals-cut", 70, 90)])
def test_intervals_reach_from_their_low_to_their_high_end(faces: Faces, name: str, start: int, end: int) -> None:
    rendered = drawn(WITH_INTERVALS[name], survey(), faces)
    left, right = _axis(rendered)
    scale = (right - left) / (end - start)
    places = [left + (_value(f"{key}_{side}") - start) * scale for key in GROUPS for side in ("low", "high")]
    assert [x for bar in _bars(rendered) for x in bar] == pytest.approx(places, abs=0.03)
    dots = [shape.middle[0] for shape in shapes(rendered)]
    assert dots == pytest.approx([left + (_value(key) - start) * scale for key in GROUPS], abs=0.03)


def test_both_ends_of_an_interval_have_a_tick_that_the_dot_does_not_hide(faces: Faces) -> None:
    rendered = drawn(WITH_INTERVALS["dot-intervals"], survey(), faces)
    ticks = [line for line in lines(rendered, ACCENT, 1.25) if line[0][0] == line[1][0]]
    assert [line[0][0] for line in ticks] == [x for bar in _bars(rendered) for x in bar]
    tall = {round(abs(line[0][1] - line[1][1]), 2) for line in ticks}
    assert min(tall) > max(shape.top - shape.bottom for shape in shapes(rendered))


def test_the_ends_are_printed_behind_the_value_and_traced(faces: Faces) -> None:
    rendered = drawn(WITH_INTERVALS["dot-intervals"], survey(), faces)
    items = texts(rendered)
    at = next(index for index, item in enumerate(items) if item.value_key == "owners")
    assert [(item.text, item.value_key, item.unit) for item in items[at : at + 6]] == [
        ("82.81", "owners", "score"),
        ("（", None, ""),
        ("81.20", "owners_low", "score"),
        ("～", None, ""),
        ("84.42", "owners_high", "score"),
        ("）", None, ""),
    ]
    assert len({item.y for item in items[at : at + 6]}) == 1


def test_english_parts_the_ends_by_a_dash(faces: Faces) -> None:
    items = texts(drawn(WITH_INTERVALS["dot-intervals"], survey(), faces, (EN,)))
    at = next(index for index, item in enumerate(items) if item.value_key == "owners")
    assert "".join(item.text for item in items[at : at + 6]) == "82.81(81.20–84.42)"


def test_the_ends_of_worded_values_bring_their_unit(faces: Faces) -> None:
    shown = words(drawn(WITH_INTERVALS["dot-intervals-logarithmic"], survey(), faces))
    assert {"超过196亿元", "150亿元", "240亿元", "over 19.6 billion yuan", "15 billion yuan"} <= set(shown)


def test_ends_stand_below_the_value_in_narrow_charts_and_leave_where_they_have_no_room(faces: Faces) -> None:
    half = replace(WITH_INTERVALS["dot-intervals"], width=FigureWidth.HALF)
    rendered = drawn(half, survey(), faces)
    assert of_value(rendered, "owners_low").y < of_value(rendered, "owners").y
    left, right = _axis(rendered)
    assert right - left > 50
    long = replace(WITH_INTERVALS["dot-intervals-logarithmic"], width=FigureWidth.HALF)
    rendered = drawn(long, survey(), faces, (EN,))
    assert {item.value_key for item in texts(rendered) if item.value_key} == {"estimate"}
    spans = [inline.value_key for inline in rendered.alt[0].inlines if isinstance(inline, Span) and inline.value_key]
    assert spans == ["estimate", "estimate_low", "estimate_high"]


def test_a_note_on_an_end_is_marked_there(faces: Faces) -> None:
    # 'contracts' has the mark of a note.
    spec = figure("dot", values=("fair",), low=("contracts",), high=("registered",))
    items = texts(drawn(spec, survey(), faces, (ZH,)))
    at = next(index for index, item in enumerate(items) if item.value_key == "contracts")
    assert items[at + 1].text == "③"


def test_without_intervals_words_stand_on_either_side_of_their_dot(faces: Faces) -> None:
    rendered = drawn(figure("dot", values=("per10k", "hv_per10k")), metric_set(), faces, (EN,))
    far, near = (of_value(rendered, key).x for key in ("per10k", "hv_per10k"))
    first, second = (shape.middle[0] for shape in shapes(rendered))
    assert (far < first, near > second) == (True, True)
    assert _bars(rendered) == []


def test_values_of_one_metric_are_named_by_their_regions_whatever_their_ends_are_called(faces: Faces) -> None:
    regions = ("east", "west")
    observed = [
        replace(metric(f"{kind}_{region}", kind, kind, value, "score", places=1, metric_id=kind), region=region)
        for region in regions
        for kind, value in (("score", "80.0"), ("low", "78.0"), ("high", "83.0"))
    ]
    record = MetricSet(tuple(observed), (), (), Localized("甲省", "Province A"))
    roles = {
        role: tuple(f"{kind}_{region}" for region in regions)
        for role, kind in (("values", "score"), ("low", "low"), ("high", "high"))
    }
    assert set(words(drawn(figure("dot", **roles), record, faces, (EN,)))) >= set(regions)


# --- axes ---------------------------------------------------------------------------------


def test_an_axis_that_does_not_begin_at_zero_says_so(faces: Faces) -> None:
    cut = drawn(WITH_INTERVALS["dot-intervals-cut"], survey(), faces)
    assert words(cut)[:2] == [
        "单位：分，来源未注明日期，横轴不从零开始",
        "Points, date not stated, axis does not begin at zero",
    ]
    whole = drawn(WITH_INTERVALS["dot-intervals"], survey(), faces)
    assert words(whole)[:2] == ["单位：分，来源未注明日期", "Points, date not stated"]


def test_an_axis_begins_below_its_least_value_whatever_the_figure_says(faces: Faces) -> None:
    spec = replace(WITH_INTERVALS["dot-intervals"], axis_from=Decimal(80))
    left, _ = _axis(rendered := drawn(spec, survey(), faces))
    assert min(low for low, _ in _bars(rendered)) >= left


# --- stems --------------------------------------------------------------------------------


def _stems(rendered: Rendered) -> list[float]:
    return [line[1][0] - line[0][0] for line in lines(rendered, width=2.0)]


def test_stems_are_as_long_as_their_values_and_end_in_the_dot(faces: Faces) -> None:
    rendered = drawn(WITH_INTERVALS["lollipop"], survey(), faces)
    stems = _stems(rendered)
    values = [812, 954, 1103, 1250, 1188, 1302, 1420, 1511]
    assert [stem / stems[0] for stem in stems] == pytest.approx([value / 812 for value in values], abs=1e-3)
    left, _ = _axis(rendered)
    assert {line[0][0] for line in lines(rendered, width=2.0)} == {left}
    assert [line[1][0] for line in lines(rendered, width=2.0)] == pytest.approx(
        [shape.middle[0] for shape in shapes(rendered)], abs=0.02
    )


def test_values_of_a_lollipop_stand_behind_their_dots(faces: Faces) -> None:
    for width in FigureWidth:
        rendered = drawn(replace(WITH_INTERVALS["lollipop-rates"], width=width), survey(), faces)
        for key, dot in zip(("per10k", "hv_per10k"), shapes(rendered), strict=True):
            assert of_value(rendered, key).x > dot.right


def test_the_stem_below_an_interval_is_not_taken_for_it(faces: Faces) -> None:
    rendered = drawn(WITH_INTERVALS["lollipop-intervals"], survey(), faces)
    assert [len(lines(rendered, colour, 2.0)) for colour in (CONTEXT, ACCENT)] == [3, 0]
    assert len(_bars(rendered)) == 3
    plain = drawn(WITH_INTERVALS["lollipop"], survey(), faces)
    assert [len(lines(plain, colour, 2.0)) for colour in (CONTEXT, ACCENT)] == [0, 8]


# --- words and refusals -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "zh", "en"),
    [("dot-intervals", "点图", "Dot plot"), ("lollipop-intervals", "棒棒糖图", "Lollipop chart")],
)
def test_values_are_told_with_the_ends_of_their_intervals(faces: Faces, name: str, zh: str, en: str) -> None:
    assert told(drawn(WITH_INTERVALS[name], survey(), faces)) == (
        (
            f"{zh}：示例图（海西州，单位：分）。权利人满意度82.81（81.20至84.42）；代理机构满意度79.50（74.85至84.15）；"
            "社会公众满意度86.04（85.31至86.77）。"
        ),
        (
            f"{en}: Example (Haixi Prefecture, unit: points). Satisfaction: Right holders: 82.81 (81.20 to 84.42); "
            "Satisfaction: IP agencies: 79.50 (74.85 to 84.15); Satisfaction: General public: 86.04 (85.31 to 86.77)."
        ),
    )


def test_many_values_are_told_by_the_greatest_and_the_least_with_their_intervals(faces: Faces) -> None:
    keys = tuple(f"q{number}" for number in range(9))
    ends = [
        metric(f"{key}_{side}", side, side, str(int(metric_set()[key].value or 0) + step), "patent")
        for key in keys
        for side, step in (("low", -10), ("high", 10))
    ]
    spec = figure("lollipop", values=keys, low=tuple(f"{k}_low" for k in keys), high=tuple(f"{k}_high" for k in keys))
    zh, en = told(drawn(spec, metric_set(*ends), faces))
    assert zh.endswith(
        "共9项；最高：2023年第四季度1511件（1501件至1521件）；最低：2022年第一季度812件（802件至822件）。"
    )
    assert en.endswith(
        "9 values; highest, Q4 2023: 1,511 patents (1,501 patents to 1,521 patents); "
        "lowest, Q1 2022: 812 patents (802 patents to 822 patents)."
    )


MORE = (
    *SURVEY,
    metric("else_low", "下限", "Low", "81.20", "score", places=2, period=day(2025, 9, 30)),
    metric("cases_low", "下限", "Low", "81", "case"),
    metric("nothing", "无", "None", "0", "score", places=2),
    metric("negative", "净增", "Net change", "-3", "case"),
)

_OF_OWNERS = {"values": ("owners",), "low": ("owners_low",), "high": ("owners_high",)}

REFUSED: dict[str, tuple[FigureSpec, str, str]] = {
    "low without high": (
        figure("dot", values=("owners",), low=("owners_low",)),
        (
            "figure 'the-dot': an interval has a low and a high end around its value, "
            "found 1 as 'values', 1 as 'low', 0 as 'high'"
        ),
        "name as many metrics as 'low:' and as 'high:' as there are values, in their order, or none at all",
    ),
    "fewer ends than values": (
        figure("lollipop", values=("owners", "agents"), low=("owners_low",), high=("owners_high",)),
        (
            "figure 'the-lollipop': an interval has a low and a high end around its value, "
            "found 2 as 'values', 1 as 'low', 1 as 'high'"
        ),
        "name as many metrics as 'low:' and as 'high:' as there are values, in their order, or none at all",
    ),
    "ends swapped": (
        figure("dot", values=("owners",), low=("owners_high",), high=("owners_low",)),
        "figure 'the-dot': 'owners' (82.81) does not lie between 'owners_high' (84.42) and 'owners_low' (81.20)",
        "check the three values, and that 'low:' and 'high:' are not swapped",
    ),
    "value above its interval": (
        figure("lollipop", values=("public",), low=("owners_low",), high=("owners_high",)),
        "figure 'the-lollipop': 'public' (86.04) does not lie between 'owners_low' (81.20) and 'owners_high' (84.42)",
        "check the three values, and that 'low:' and 'high:' are not swapped",
    ),
    "end of another time": (
        figure("dot", **{**_OF_OWNERS, "low": ("else_low",)}),
        "figure 'the-dot': 'else_low' is not of the region and time of 'owners', whose interval it ends",
        "name the ends of each value in the order of the values",
    ),
    "end in another unit": (
        figure("dot", **{**_OF_OWNERS, "low": ("cases_low",)}),
        "figure 'the-dot': one axis cannot carry different units: 'owners_high' in points, 'cases_low' in cases",
        "make one figure per unit, or use a table",
    ),
    "end of zero on a logarithmic scale": (
        figure("dot", Scale.LOGARITHMIC, **{**_OF_OWNERS, "low": ("nothing",)}),
        "figure 'the-dot': 'nothing' is 0, which has no place on a logarithmic scale",
        "use scale: linear, or leave it out and name it in the note",
    ),
    "logarithmic axis with a start": (
        figure("dot", Scale.LOGARITHMIC, values=("owners",), axis_from=Decimal(5)),
        ("figure 'the-dot': an axis from 5 is a linear one, and a logarithmic axis begins where its values do"),
        "leave out 'axis_from:', or use scale: linear",
    ),
    "logarithmic stems": (
        figure("lollipop", Scale.LOGARITHMIC, values=("owners",)),
        "figure 'the-lollipop': a chart of kind 'lollipop' needs a zero, which a logarithmic scale does not have",
        "use kind: dot for values of very different size, or scale: linear",
    ),
    "stems from elsewhere than zero": (
        figure("lollipop", values=("owners",), axis_from=Decimal(70)),
        "figure 'the-lollipop': a chart of kind 'lollipop' shows lengths, which an axis from 70 would falsify",
        "leave out 'axis_from:', or use kind: dot or line, whose places may start anywhere",
    ),
    "stem below zero": (
        figure("lollipop", values=("negative",)),
        "figure 'the-lollipop': 'negative' is below zero (-3), and a chart of kind 'lollipop' starts at zero",
        "use kind: dot with scale: linear, or a table",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_dots_and_lollipops_would_misrepresent_is_refused(case: str) -> None:
    spec, message, hint = REFUSED[case]
    (problem,) = check(spec, metric_set(*MORE))
    assert (problem.level, problem.origin) == (Level.BLOCK, ORIGIN)
    assert (problem.message, problem.hints) == (message, (hint,))


@pytest.mark.parametrize("name", WITH_INTERVALS)
def test_sound_figures_pass(name: str) -> None:
    assert check(WITH_INTERVALS[name], survey()) == ()


@pytest.mark.parametrize("kind", ["dot", "lollipop"])
def test_metrics_that_do_not_exist_are_left_to_the_reader(kind: str) -> None:
    assert check(figure(kind, values=("unknown",)), metric_set()) == ()
    assert check(figure(kind, values=("owners",), low=("unknown",), high=("owners_high",)), survey()) == ()


def test_a_dot_may_stand_at_the_end_of_its_interval() -> None:
    spec = figure("dot", values=("owners_low",), low=("owners_low",), high=("owners_high",))
    assert check(spec, survey()) == ()


@pytest.mark.parametrize("kind", ["dot", "lollipop"])
def test_rates_of_few_cases_bring_them(faces: Faces, kind: str) -> None:
    spec = figure(kind, values=("dispute_close_rate_geng", "dispute_close_rate_ji"))
    of = "'dispute_close_rate_geng' is a rate of 12 cases ('dispute_caseload_geng')"
    assert check(spec, province())[0].message == f"figure 'the-{kind}': {of}, and a chart would hide it"
    with_cases = replace(spec, cases=True)
    assert check(with_cases, province()) == ()
    assert of_value(drawn(with_cases, province(), faces), "dispute_caseload_geng").text == "12"
