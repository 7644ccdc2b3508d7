"""Columns: time runs from left to right at any width, values are told where they have room, gaps are no zeros."""

from __future__ import annotations

from dataclasses import replace

import pytest

from charts_stacks import FIGURES, GRANTS, UNEVEN, stocks, uneven
from figure_samples import figure
from helpers import metric_set
from ipreport.document import DrawnPath
from ipreport.figures.columns import words_fit
from ipreport.figures.lettering import Letters, TextBox, TextLine
from ipreport.fonts import Faces
from ipreport.language import EN, ZH
from ipreport.metrics import MetricSet
from ipreport.outline import By
from ipreport.style import MODERN, FontRole
from province import province
from sketched import height, length, refused, sketched, told

COLOURS = MODERN.colours
MONEY = "pledge_reg_amount"
OVER_TIME = figure("column", values=(MONEY,), last=8)


def test_eight_quarters_of_money_stand_upright_with_all_their_digits(faces: Faces) -> None:
    drawn = sketched(OVER_TIME, province(), faces, (ZH, EN))
    boxes = drawn.filled(COLOURS.accent)
    assert len({box[1] for box in boxes}) == 1
    assert [box[0] for box in boxes] == sorted(box[0] for box in boxes)
    assert height(boxes[0]) / height(boxes[4]) == pytest.approx(1002.24 / 1180.18, abs=1e-3)
    told = [text.text for text in drawn.texts if text.value_key is not None]
    assert told == ["1,002.24", "857.17", "1,007.58", "1,031.53", "1,180.18", "1,016.24", "1,172.23", "1,137.37"]


@pytest.mark.parametrize(("width", "last"), [(455.0, 12), (220.0, 8), (220.0, 12), (303.0, 8)])
def test_where_values_have_no_room_an_axis_takes_their_place_and_time_still_runs_to_the_right(
    faces: Faces, width: float, last: int
) -> None:
    drawn = sketched(replace(OVER_TIME, last=last), province(), faces, (ZH, EN), width)
    boxes = drawn.filled(COLOURS.accent)
    assert len({box[1] for box in boxes}) == 1
    assert len(drawn.lines(COLOURS.rule)) == 6
    ticks = [text.text for text in drawn.texts if text.value_key is None and text.x < 30 and text.size == 8]
    assert ticks[-6:] == ["0", "250", "500", "750", "1,000", "1,250"]
    # What is told beside the axis is told in full.
    assert {text.text for text in drawn.texts if text.value_key is not None} <= {"1,180.18", "1,137.37"}
    assert "1,180.18" in drawn.words


def test_a_value_is_not_told_across_a_taller_neighbour(faces: Faces) -> None:
    drawn = sketched(OVER_TIME, province(), faces, (ZH, EN), 220.0)
    # The quarter before the last is higher than the last.
    assert "1,137.37" not in drawn.words


def test_a_missing_value_leaves_a_gap_that_says_so(faces: Faces) -> None:
    drawn = sketched(UNEVEN["column-with-gaps"], uneven(), faces)
    boxes = drawn.filled(COLOURS.accent)
    signs = [text for text in drawn.texts if text.text == "n/a"]
    assert (len(boxes), len(signs)) == (5, 3)
    step = boxes[1][0] - boxes[0][0]
    assert [round((box[0] - boxes[0][0]) / step) for box in boxes] == [0, 1, 3, 4, 7]
    assert boxes[1][2] < signs[0].x < boxes[2][0]


def test_a_change_of_definition_is_marked(faces: Faces) -> None:
    drawn = sketched(FIGURES["column-with-break"], province(), faces, (ZH, EN))
    (upright,) = [line for line in drawn.lines(COLOURS.muted, 0.75) if line[0][0] == line[1][0]]
    boxes = drawn.filled(COLOURS.accent)
    assert boxes[-2][2] < upright[0][0] < boxes[-1][0]
    assert {"口径调整", "definition changed"} <= set(drawn.words)


def test_regions_keep_the_order_of_the_record(faces: Faces) -> None:
    drawn = sketched(figure("column", values=("patent_invention_hv",), by=By.REGION), province(), faces, (ZH,))
    values = [text.text for text in drawn.texts if text.value_key is not None]
    assert values == ["3255", "1421", "957", "1123", "524", "313", "154", "50"]
    names = [drawn.word(f"{name}州").x for name in "甲乙丙丁戊己庚辛"]
    assert names == sorted(names)


@pytest.mark.parametrize("width", [455.0, 220.0])
def test_the_region_of_the_metric_stands_out(faces: Faces, width: float) -> None:
    drawn = sketched(FIGURES["column-by-region"], province(), faces, (ZH, EN), width)
    (out,) = drawn.filled(COLOURS.accent)
    others = drawn.filled(COLOURS.context)
    assert len(others) == 7
    along = height if width == 455.0 else length
    assert along(out) / along(others[0]) == pytest.approx(1123 / 3255, abs=2e-3)
    assert drawn.word("丁州").font == "sans-bold"


def test_lying_rows_tell_a_region_without_a_value(faces: Faces) -> None:
    record = province()
    without = MetricSet(
        tuple(m for m in record if m.key != "patent_invention_hv_yi"),
        record.sources,
        (),
        record.region,
        record.regions,
        record.home,
    )
    drawn = sketched(FIGURES["column-by-region"], without, faces, (EN,), 220.0)
    assert "Prefecture B" in drawn.words
    assert drawn.words.count("n/a") == 1


def test_loose_values_are_hollow(faces: Faces) -> None:
    drawn = sketched(figure("column", values=("gi_mark",), last=8), uneven(), faces, (ZH,))
    paths = [item for item in drawn.items if isinstance(item, DrawnPath)]
    assert len([path for path in paths if path.fill == COLOURS.panel and path.stroke == COLOURS.accent]) == 2


def test_several_columns_in_one_place_are_refused() -> None:
    message = (
        "figure 'the-column': each place has one column, and these would be several: "
        "'patent_grant_invention', 'patent_grant_um'"
    )
    hint = "use kind: grouped-column, or name a single metric"
    assert refused(figure("column", values=GRANTS[:2], last=4), province()) == [(message, (hint,))]
    assert refused(figure("column", values=GRANTS[:2]), province()) == []


def test_columns_along_time_are_told_as_a_course() -> None:
    record = metric_set(*stocks("patent_invention_in_force", "30 - 20"))
    assert told(figure("column", values=("patent_invention_in_force",), last=3), record) == (
        "柱形图：示例图（示例州）。2025年3月底30件；2025年9月底20件。2025年6月底无数据。",
        (
            "Column chart: Example (Sample Prefecture). "
            "End of March 2025: 30 patents; end of September 2025: 20 patents. No value for end of June 2025. "
        ),
    )


# --- room for words -------------------------------------------------------------------------


def _words(width: float) -> TextBox:
    return TextBox((TextLine((Letters("1", 9, FontRole.SANS, "#000000", EN),), width),))


@pytest.mark.parametrize(
    ("widths", "fit"),
    [
        ((40, 40, 40), True),
        ((57, 30, 57), False),  # beyond the edges
        ((30, 60, 30), True),  # wider than its slot, between narrow ones
        ((30, 60, 51), False),  # into each other
        ((30, 71, 10), False),  # into the neighbouring columns
        ((30, None, 30), True),
    ],
)
def test_words_have_room_when_they_keep_clear_of_each_other_and_of_columns(
    widths: tuple[float | None, ...], fit: bool
) -> None:
    boxes = [None if width is None else _words(width) for width in widths]
    assert words_fit(boxes, 56.0, 40.0) is fit


def test_more_columns_side_by_side_than_looks_are_refused() -> None:
    one = figure("grouped-column", values=("patent_grant_invention",), by=By.REGION, last=4)
    several = figure("grouped-column", series=("patent_grant_invention", "patent_grant_um"), by=By.REGION, last=4)

    ((message, _),) = refused(one, province())
    assert message == "figure 'the-grouped-column': 8 series cannot be told apart, 5 at most"
    ((message, _),) = refused(several, province())
    assert message == (
        "figure 'the-grouped-column': series of regions would be series of "
        "'patent_grant_invention', 'patent_grant_um' at once"
    )
