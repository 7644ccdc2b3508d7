"""Donut charts: angles follow the values, every share is traced, and only what adds up is drawn as parts."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace

import pytest

from charts_changes import COUNTIES, FIGURES, GRANTS, REST, TO_DATE, Drawn, box, drawn, here, only, refused
from figure_samples import figure
from ipreport.document import DrawnPath, DrawnText
from ipreport.figures.charts import donut
from ipreport.figures.lettering import Lettering
from ipreport.figures.sketch import Sketch
from ipreport.figures.subtitle import subtitle
from ipreport.fonts import Faces
from ipreport.language import EN, ZH, Localized
from ipreport.metrics import Aggregation, Metric, Qualifier
from ipreport.outline import FigureSpec
from ipreport.style import MODERN, FigureWidth

COLOURS = MODERN.colours
PARTS = ("inventions", "models", "designs")
HALF = MODERN.figure_width(FigureWidth.HALF)
TWO_THIRDS = MODERN.figure_width(FigureWidth.TWO_THIRDS)
Point = tuple[float, float]


def sectors(picture: Drawn) -> list[DrawnPath]:
    return [shape for shape in picture.shapes if {"C", "L"} <= {segment[0] for segment in shape.segments}]


def point(segment: tuple[str | float, ...]) -> Point:
    return float(segment[-2]), float(segment[-1])


def angles(sector: DrawnPath, centre: Point) -> tuple[float, float]:
    """Where a sector begins and ends, in degrees from twelve o'clock; the drawing's y grows upwards."""
    turn = next(n for n, segment in enumerate(sector.segments) if segment[0] == "L")
    ends = (point(sector.segments[0]), point(sector.segments[turn - 1]))
    start, end = (math.degrees(math.atan2(x - centre[0], y - centre[1])) % 360 for x, y in ends)
    return round(start, 1) % 360, round(end, 1) or 360.0


def centre_of(picture: Drawn) -> Point:
    """The middle of the white disc in the ring."""
    disc = max((box(shape) for shape in picture.shapes if shape.fill == "#ffffff"), key=lambda ends: ends[2] - ends[0])
    return (disc[0] + disc[2]) / 2, (disc[1] + disc[3]) / 2


def shown(picture: Drawn) -> list[tuple[str, str | None]]:
    return [(text.text, text.value_key) for text in picture.texts]


# --- the ring --------------------------------------------------------------------


@pytest.mark.parametrize("width", [HALF, TWO_THIRDS, 455.0])
def test_slices_run_clockwise_from_twelve_the_largest_first(faces: Faces, width: float) -> None:
    picture = drawn(FIGURES["donut"], faces, (EN,), width=width)

    found = [angles(sector, centre_of(picture)) for sector in sectors(picture)]
    assert found == [(0.0, 252.0), (252.0, 342.0), (342.0, 360.0)]
    assert [sector.fill for sector in sectors(picture)] == list(COLOURS.series[:3])


def test_what_the_parts_leave_comes_last_in_grey_even_where_it_is_the_largest(faces: Faces) -> None:
    picture = drawn(FIGURES["donut-with-rest"], faces, (EN,))

    assert [angles(sector, centre_of(picture)) for sector in sectors(picture)] == [
        (0.0, 90.0),
        (90.0, 108.0),
        (108.0, 360.0),
    ]
    assert (sectors(picture)[-1].fill, sectors(picture)[-1].stroke) == (COLOURS.quiet, COLOURS.muted)


def test_slices_are_parted_by_white_and_none_is_parted_from_itself(faces: Faces) -> None:
    separators = [line for line in drawn(FIGURES["donut"], faces).lines if line.stroke == "#ffffff"]
    alone = (replace(GRANTS[0], value=GRANTS[1].value), GRANTS[1], replace(GRANTS[2], value=0 * GRANTS[2].places))
    record = only(*alone, replace(GRANTS[3], value=alone[2].value))
    picture = drawn(FIGURES["donut"], faces, record=record)

    assert len(separators) == 3
    assert len(sectors(picture)) == 1
    assert not [line for line in picture.lines if line.stroke == "#ffffff"]


@pytest.mark.parametrize("turn", [(0.0, 36.0), (10.0, 100.0), (300.0, 360.0), (0.0, 252.0), (0.0, 360.0)])
def test_a_sector_lies_between_its_angles_on_both_circles(faces: Faces, turn: tuple[float, float]) -> None:
    sketch = Sketch(Lettering(faces, MODERN, None), COLOURS)
    sketch.sector((100.0, 100.0), (40.0, 70.0), turn, COLOURS.accent)
    (item,) = sketch.drawing(200.0).items
    assert isinstance(item, DrawnPath)

    first, last = item.segments[0], next(segment for segment in item.segments if segment[0] == "L")
    for segment, radius, angle in ((first, 70.0, turn[0]), (last, 40.0, turn[1])):
        x, y = point(segment)
        assert (x, y) == pytest.approx(
            (100 + radius * math.sin(math.radians(angle)), 100 + radius * math.cos(math.radians(angle))), abs=0.01
        )
    distances = [math.dist(place, (100, 100)) for place in _along(item)]
    assert all(min(abs(distance - 70), abs(distance - 40)) < 0.03 for distance in distances)


def _along(path: DrawnPath) -> list[Point]:
    """Points of all curves of a path."""
    found, at = [], point(path.segments[0])
    for command, *rest in path.segments[1:-1]:
        numbers = [float(number) for number in rest]
        if command == "C":
            for step in range(11):
                t = step / 10
                weights = ((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3)
                xs, ys = (at[0], *numbers[::2]), (at[1], *numbers[1::2])
                found.append(
                    tuple(sum(w * value for w, value in zip(weights, values, strict=True)) for values in (xs, ys))
                )
        at = numbers[-2], numbers[-1]
    return found


# --- words -----------------------------------------------------------------------


@pytest.mark.parametrize("width", [HALF, TWO_THIRDS, 455.0])
def test_every_slice_has_its_name_its_value_and_its_share(faces: Faces, width: float) -> None:
    picture = drawn(FIGURES["donut-with-rest"], faces, (EN,), width=width)
    rest = "grants/rest_without/inventions,designs"

    assert {
        ("1,000", "grants"),
        ("250", "inventions"),
        ("25.0%", "inventions/share_of/grants"),
        ("50", "designs"),
        ("5.0%", "designs/share_of/grants"),
        ("Other", None),
        ("700", rest),
        ("70.0%", f"{rest}/share_of/grants"),
    } <= set(shown(picture))
    assert {text.unit for text in picture.texts if text.value_key in {"grants", "inventions", rest}} == {"patent"}


def test_a_bilingual_ring_shows_digits_once_and_names_in_both_languages(faces: Faces) -> None:
    words = drawn(FIGURES["donut"], faces).words

    assert words.count("700") == words.count("70.0%") == 1
    assert {"实用新型专利授权量", "Utility models granted"} <= set(words)


def test_marks_of_notes_stand_behind_values_in_the_ring_and_beside_it(faces: Faces) -> None:
    words = drawn(FIGURES["donut"], faces, (EN,), marks={"grants": "②", "designs": "①"}).words

    assert words[words.index("1,000") + 1] == "②"
    assert words[words.index("50") + 1] == "①"


def test_the_whole_stands_in_the_ring_and_above_it_where_its_name_is_too_long(faces: Faces) -> None:
    long = {"grants": Localized("本州全部专利授权量" * 3, "Patents of every kind granted in the prefecture " * 2)}
    inside, above = drawn(FIGURES["donut"], faces, (EN,)), drawn(replace(FIGURES["donut"], labels=long), faces, (EN,))
    middle = centre_of(inside)[1]
    top = max(box(sector)[3] for sector in sectors(above))

    assert next(text.y for text in inside.texts if text.value_key == "grants") == pytest.approx(middle, abs=12)
    assert next(text.y for text in above.texts if text.value_key == "grants") > top


def test_labels_around_the_ring_are_led_to_their_slices(faces: Faces) -> None:
    picture = drawn(FIGURES["donut"], faces, (EN,))
    x, y = centre_of(picture)
    leaders = [line for line in picture.lines if line.stroke == COLOURS.muted]

    assert len(leaders) == 3
    middles = [126.0, 297.0, 351.0]
    starts = [point(line.segments[0]) for line in leaders]
    assert sorted(round(math.degrees(math.atan2(a - x, b - y)) % 360) for a, b in starts) == middles
    right = next(text for text in picture.texts if text.value_key == "models")
    left = next(text for text in picture.texts if text.value_key == "designs")
    assert left.x < x < right.x


@pytest.mark.parametrize("width", [HALF, TWO_THIRDS])
def test_a_list_tells_slices_by_shapes_as_well_as_by_colour(faces: Faces, width: float) -> None:
    picture = drawn(FIGURES["donut"], faces, (EN,), width=width)
    marks = [shape for shape in picture.shapes if shape.fill in {"#ffffff", COLOURS.ink} and _wide(shape) < 10]

    # Circle, square and triangle, in the ring and again in the list.
    assert Counter(len(mark.segments) for mark in marks) == {6: 2, 5: 2, 4: 2}
    assert not [line for line in picture.lines if line.stroke == COLOURS.muted]


def test_a_list_stands_beside_the_ring_or_below_it_where_that_is_too_narrow(faces: Faces) -> None:
    beside, below = (drawn(FIGURES["donut"], faces, (EN,), width=width) for width in (TWO_THIRDS, HALF))

    assert min(v.x for v in _values(beside)) > max(box(sector)[2] for sector in sectors(beside))
    assert max(v.y + v.size for v in _values(below)) < min(box(sector)[1] for sector in sectors(below))


def _values(picture: Drawn) -> list[DrawnText]:
    return [text for text in picture.texts if text.value_key in PARTS]


def _wide(shape: DrawnPath) -> float:
    left, _, right, _ = box(shape)
    return right - left


def test_the_mark_of_a_slice_too_thin_for_it_stands_outside_the_ring(faces: Faces) -> None:
    thin = (
        here(TO_DATE, "1000", "patent_grant_total", "grants"),
        here(TO_DATE, "980", "patent_grant_um", "models"),
        here(TO_DATE, "12", "patent_grant_invention", "inventions"),
        here(TO_DATE, "8", "patent_grant_design", "designs"),
    )
    record = only(*thin)
    picture = drawn(FIGURES["donut"], faces, (EN,), record=record, width=HALF)
    centre, ring = centre_of(picture), sectors(picture)
    outer = math.dist(point(ring[0].segments[0]), centre)
    coloured = [shape for shape in picture.shapes if shape.fill in COLOURS.series[1:3] and shape not in ring]
    beyond = [shape for shape in coloured if outer < math.dist(_middle(shape), centre) < outer + 12]

    assert [shape.fill for shape in beyond] == list(COLOURS.series[1:3])
    (left, _, right, _), (next_left, _, next_right, _) = map(box, beyond)
    assert left >= next_right or right <= next_left


def _middle(shape: DrawnPath) -> Point:
    left, bottom, right, top = box(shape)
    return (left + right) / 2, (bottom + top) / 2


def test_parts_of_one_metric_are_called_after_their_regions(faces: Faces) -> None:
    words = drawn(FIGURES["donut-of-few-cases"], faces).words

    assert {"甲州", "Prefecture A", "东县", "East County", "西县", "West County"} <= set(words)
    assert {"69.0%（20/29）", "69.0% (20/29)"} <= set(words)


def test_the_subtitle_says_where_rounded_shares_do_not_add_up(faces: Faces) -> None:
    thirds = (
        here(TO_DATE, "3000", "patent_grant_total", "grants"),
        *(here(TO_DATE, "1000", name, key) for name, key in zip(_NAMES, PARTS, strict=True)),
    )
    record = only(*thirds)
    uneven = drawn(FIGURES["donut"], faces, record=record).data
    even = drawn(FIGURES["donut"], faces).data

    assert subtitle(uneven, donut.remark(uneven)) == Localized(
        "单位：件，2025年1—9月，因四舍五入，分项之和与合计可能略有差异",
        "Patents, January–September 2025, figures may not add up because of rounding",
    )
    assert donut.remark(even) is None


_NAMES = ("patent_grant_invention", "patent_grant_um", "patent_grant_design")


def test_the_alternative_text_gives_every_value_and_share(faces: Faces) -> None:
    picture = drawn(FIGURES["donut-with-rest"], faces, marks={"designs": "①"})

    assert picture.told(ZH) == (
        "环形图：示例图（甲州，2025年1—9月）。专利授权量1000件，其中：发明专利授权量250件，占25.0%；"
        "外观设计专利授权量50件①，占5.0%；其他700件，占70.0%。"
    )
    assert picture.told(EN) == (
        "Donut chart: Example (Prefecture A, January–September 2025). Patents granted: 1,000 patents, of which "
        "Invention patents granted: 250 patents, 25.0%; Designs granted: 50 patents①, 5.0%; Other: 700 patents, 70.0%."
    )


# --- refusals --------------------------------------------------------------------

OTHER_TIME = here("2025Q3", "60", "patent_grant_design", "designs_q3")
NEARLY = here(TO_DATE, "50", "patent_grant_design", "nearly_designs", qualifier=Qualifier.NEARLY)
MORE_MODELS = here(TO_DATE, "900", "patent_grant_um", "more_models")
RATE = here(TO_DATE, "38.6", "patent_hv_share", "rate")
NONE = (
    here(TO_DATE, "0", "patent_grant_total", "none"),
    here(TO_DATE, "0", "patent_grant_um", "none_1"),
    here(TO_DATE, "0", "patent_grant_design", "none_2"),
)
ABROAD = here(TO_DATE, "12", "patent_grant_overseas", "abroad")
EAST = here(TO_DATE, "20", "patent_grant_um", "models_east", region="east")
TWICE = here(TO_DATE, "1", "penalty_cases", "cases_east_again", region="east")
ELSEWHERE = here(TO_DATE, "1", "penalty_cases", "cases_abroad", region="abroad")
FIRMS = tuple(
    here(TO_DATE, value, "pledge_firms", key, region=region)
    for key, value, region in (("firms", "9", "home"), ("firms_east", "5", "east"), ("firms_west", "4", "west"))
)


def ring(whole: str, *parts: str, remainder: Localized | None = None) -> FigureSpec:
    return figure("donut", whole=(whole,), parts=parts, remainder=remainder)


BAR = "use kind: bar, which claims no share"
CASES: dict[str, tuple[FigureSpec, tuple[Metric, ...], str, str]] = {
    "a single part": (
        ring("grants", "models", remainder=REST),
        (),
        "'models' is the only part, and a ring is for comparing several",
        "use kind: part-of-whole, which says the share of one part",
    ),
    "another time": (
        ring("grants", "models", "designs_q3"),
        (OTHER_TIME,),
        "'designs_q3' (Q3 2025) and 'grants' (January–September 2025) are not of the same time",
        f"use values of the same time, or {BAR.removeprefix('use ')}",
    ),
    "a value that is not exact": (
        ring("grants", "inventions", "models", "nearly_designs"),
        (NEARLY,),
        "'nearly_designs' is stated as 'nearly', and a chart of kind 'donut' adds it up",
        "use kind: bar, which shows it hollow and claims no sum",
    ),
    "more than the whole": (
        ring("grants", "inventions", "more_models"),
        (MORE_MODELS,),
        "the parts are more than the whole, 'grants' (1000), by 150",
        f"check the values, or {BAR}",
    ),
    "less than the whole": (
        ring("grants", "inventions", "models"),
        (),
        "the parts leave 50 of the whole, 'grants' (1000), without a name",
        "add the missing parts, or name the rest with 'remainder: {zh: 其他, en: Other}'",
    ),
    "a rest where nothing is left": (
        ring("grants", *PARTS, remainder=REST),
        (),
        "the parts make up the whole, 'grants' (1000), and nothing is left to call 'Other'",
        "leave out 'remainder:'",
    ),
    "a whole of nothing": (
        ring("none", "none_1", "none_2"),
        NONE,
        "the whole, 'none', is zero and has no parts",
        "say it in the text or in a table",
    ),
    "no part of the whole": (
        ring("cases", "cases_abroad", "cases_east"),
        (ELSEWHERE,),
        "'cases_abroad' is not of a region within that of 'cases'",
        "name the whole of the region that all parts lie within, or use kind: bar",
    ),
    "a region twice": (
        ring("cases", "cases_east", "cases_east_again", remainder=REST),
        (TWICE,),
        "'cases_east_again' is of a region that is shown already",
        "leave one of the two out",
    ),
    "firms that several regions may count": (
        ring("firms", "firms_east", "firms_west"),
        FIRMS,
        "of 'firms' the same may be counted in several regions, which do not add up to it",
        "use kind: bar or ranking, which claim no share",
    ),
    "a part of another region": (
        ring("grants", "inventions", "designs", "models_east", remainder=REST),
        (EAST,),
        "nothing says that 'models_east' is a part of 'grants'",
        "record it with 'sum_of:' or 'part_of:' where it is one, or use kind: bar",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_misleading_ring_is_refused(case: str) -> None:
    spec, more, message, hint = CASES[case]

    assert refused(spec, *more) == [(message, (hint,), None)]


def test_parts_of_which_nothing_says_that_they_are_counted_once_are_refused() -> None:
    problems = refused(ring("grants", "models", "abroad", remainder=REST), ABROAD)

    assert [message for message, _, _ in problems] == [
        ("nothing says that 'models', 'abroad' do not overlap, and stacked or in shares they would be counted twice"),
        "nothing says that 'abroad' is a part of 'grants'",
    ]


def test_a_rate_has_no_parts() -> None:
    messages = [message for message, _, _ in refused(ring("rate", "models", "designs"), RATE)]

    assert "'rate' is a rate (%), of which nothing is a part" in messages


def test_money_of_different_kinds_is_not_parts_of_one_whole() -> None:
    rules = [rule for _, _, rule in refused(ring("contracted", "registered", "paid", remainder=REST))]

    assert rules[0] == "R23"


def test_rounded_parts_may_miss_the_whole_by_their_rounding() -> None:
    rounded = tuple(
        here(TO_DATE, value, name, key, unit="亿元", places=1)
        for key, value, name in (
            ("all", "10.0", "pledge_reg_amount"),
            ("all_east", "6.3", "pledge_reg_amount"),
            ("all_west", "3.6", "pledge_reg_amount"),
        )
    )
    inner = tuple(replace(m, region=r) for m, r in zip(rounded, ("home", "east", "west"), strict=True))

    assert refused(ring("all", "all_east", "all_west"), *inner) == []
    farther = replace(inner[2], value=(inner[2].value or 0) - 10_000_000)
    assert [message for message, _, _ in refused(ring("all", "all_east", "all_west"), *inner[:2], farther)] == [
        "the parts leave 20000000 of the whole, 'all' (1000000000), without a name"
    ]


def test_the_samples_are_sound() -> None:
    assert COUNTIES[0].definition.aggregation is not Aggregation.NONE
    for name in ("donut", "donut-with-rest", "donut-of-few-cases"):
        assert refused(FIGURES[name]) == []
