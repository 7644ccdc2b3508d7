"""Columns with lines: one scale, two marks, words where neither is in the way."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from charts_stacks import FIGURES, GRANTS
from figure_samples import figure
from helpers import at, metric_set
from ipreport.document import DrawnPath
from ipreport.fonts import Faces
from ipreport.language import Localized
from ipreport.metrics import MetricSet
from ipreport.style import MODERN
from province import province
from sketched import height, refused, sketched, told

COLOURS = MODERN.colours
COMBINED = figure("combination", columns=("patent_grant_total",), lines=GRANTS[:1], last=2)


def _combined() -> MetricSet:
    return metric_set(
        *(
            at(slug, value, name, key=name if slug == "2025Q3" else f"{name}_before")
            for name, values in (("patent_grant_total", ("200", "220")), (GRANTS[0], ("100", "120")))
            for slug, value in zip(("2025Q2", "2025Q3"), values, strict=True)
        )
    )


def test_columns_and_lines_share_one_scale(faces: Faces) -> None:
    drawn = sketched(COMBINED, _combined(), faces)
    boxes = [box for box in drawn.filled(COLOURS.quiet) if height(box) > 9]
    (line,) = drawn.lines(COLOURS.series[0], 1.75)[1:]
    unit = (height(boxes[0]) + 1) / 200
    foot = boxes[0][1] - 0.5
    assert [(height(box) + 1) / unit for box in boxes] == pytest.approx([200, 220], abs=0.1)
    assert [(y - foot) / unit for _, y in line] == pytest.approx([100, 120], abs=0.1)
    assert [x for x, _ in line] == pytest.approx([(box[0] + box[2]) / 2 for box in boxes], abs=0.02)


def test_the_legend_shows_both_marks(faces: Faces) -> None:
    drawn = sketched(COMBINED, _combined(), faces)
    swatch = drawn.filled(COLOURS.quiet)[0]
    piece = drawn.lines(COLOURS.series[0], 1.75)[0]
    names = [drawn.word(name) for name in ("Patents granted", "Invention patents granted")]
    assert swatch[2] < names[0].x < piece[0][0] < piece[1][0] < names[1].x
    assert piece[0][1] == pytest.approx((swatch[1] + swatch[3]) / 2, abs=0.02)


def test_the_lines_are_set_off_from_the_columns_they_cross(faces: Faces) -> None:
    drawn = sketched(COMBINED, _combined(), faces)
    paths = [item for item in drawn.items if isinstance(item, DrawnPath)]
    lines = [n for n, path in enumerate(paths) if path.stroke == COLOURS.series[0] and path.line_width == 1.75]
    halo = paths[lines[1] - 1]
    assert (halo.stroke, halo.segments) == ("#ffffff", paths[lines[1]].segments)
    assert halo.line_width > 1.75


def test_the_values_of_columns_stand_on_them_where_no_line_passes_else_at_their_feet(faces: Faces) -> None:
    above = sketched(COMBINED, _combined(), faces)
    top = max(box[3] for box in above.filled(COLOURS.quiet) if height(box) > 9)
    assert above.word("220").y > top - 1
    record = MetricSet(
        tuple(replace(m, value=Decimal(215)) if m.key == GRANTS[0] else m for m in _combined()),
        (),
        (),
        Localized("示例州", "Sample Prefecture"),
    )
    below = sketched(COMBINED, record, faces)
    feet = [box[1] for box in below.filled(COLOURS.quiet) if height(box) > 9]
    assert 0 < below.word("220").y - feet[0] < 6


def test_the_last_values_of_lines_stand_at_their_ends(faces: Faces) -> None:
    drawn = sketched(FIGURES["combination"], province(), faces)
    keyed = drawn.keyed()
    assert keyed["patent_grant_invention_2025q3"] == "975"
    ends = [max(line) for line in drawn.lines(COLOURS.series[0], 1.75)[1:]]
    assert drawn.word("975").x > ends[0][0]


def test_a_column_that_is_missing_says_so(faces: Faces) -> None:
    record = metric_set(
        *(m for m in _combined() if m.key != "patent_grant_total_before"),
        at("2025Q1", "190", "patent_grant_total", key="first"),
        at("2025Q1", "90", GRANTS[0], key="first_line"),
    )
    drawn = sketched(replace(COMBINED, last=3), record, faces)
    assert len([box for box in drawn.filled(COLOURS.quiet) if height(box) > 9]) == 2
    assert drawn.words.count("n/a") == 1


def test_two_units_on_one_axis_are_refused() -> None:
    spec = figure("combination", columns=("patent_invention_in_force",), lines=("patent_invention_per10k",), last=4)
    message = (
        "figure 'the-combination': one axis cannot carry different units: 'patent_invention_in_force' "
        "in patents, 'patent_invention_per10k' in per 10,000 population"
    )
    assert refused(spec, province()) == [(message, ("make one figure per unit, or use a table",))]


def test_it_is_told_by_which_mark_each_series_is_shown() -> None:
    assert told(COMBINED, _combined()) == (
        (
            "柱线组合图：示例图（示例州）。专利授权量（柱）：2025年第二季度200件；2025年第三季度220件。"
            "发明专利授权量（线）：2025年第二季度100件；2025年第三季度120件。"
        ),
        (
            "Combination chart: Example (Sample Prefecture). "
            "Patents granted (columns): Q2 2025: 200 patents; Q3 2025: 220 patents. "
            "Invention patents granted (line): Q2 2025: 100 patents; Q3 2025: 120 patents. "
        ),
    )
