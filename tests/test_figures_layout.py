"""No label is clipped, none runs into another or into a mark: every kind, language, width and length of label."""

from __future__ import annotations

from dataclasses import replace

import pytest

from charts_all import SAMPLES
from figure_samples import MARKS
from ipreport.document import DrawnItem, DrawnText
from ipreport.figures import lay_out
from ipreport.figures.charts import CHARTS
from ipreport.figures.gather import gather
from ipreport.figures.lettering import SMALLEST, Lettering
from ipreport.figures.line_breaks import break_points
from ipreport.figures.select import select
from ipreport.figures.sketch import Sketch
from ipreport.fonts import Faces
from ipreport.language import EN, ZH, Language, Localized
from ipreport.outline import FigureSpec
from ipreport.style import MODERN, OFFICIAL, FigureWidth, Style, StyleName
from ipreport.wording import Rounding
from layouts import assert_sound

EDITIONS = {"zh": (ZH,), "en": (EN,), "bilingual": (ZH, EN)}
LABELS = {
    "own": None,
    "short": Localized("数", "No."),
    "long": Localized(
        "经国家知识产权局核准使用地理标志专用标志并已在平台公示的经营主体数量（含农产品地理标志转换）",
        "Entities authorised by the national administration to use the special sign (agricultural GIs included)",
    ),
    "unbroken": Localized("Knowledgepropertyprotectioncentre", "Rechtsschutzversicherungsgesellschaften"),
}


def _labelled(spec: FigureSpec, label: Localized | None) -> FigureSpec:
    return spec if label is None else replace(spec, labels=dict.fromkeys(spec.metrics, label))


def _drawn(
    name: str,
    languages: tuple[Language, ...],
    width: float,
    label: Localized | None,
    faces: Faces,
    theme: Style = MODERN,
) -> tuple[tuple[DrawnItem, ...], float, Lettering]:
    """The items of a sample and the height of its picture, marked and with a notice below."""
    sample, record = SAMPLES[name]
    spec, style = _labelled(sample, label), theme.led_by(languages[0])
    numbers = CHARTS[spec.kind].numbers(spec)
    notice = Localized("示例数据", "Illustrative data")
    data = gather(select(spec, record()), numbers, languages, MARKS, width, Rounding.HALF_EVEN, notice)
    lettering = Lettering(faces, style, None)
    sketch = Sketch(lettering, style.colours)
    height = lay_out(data, sketch)
    return sketch.drawing(height).items, height, lettering


@pytest.mark.parametrize("width", FigureWidth)
@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("name", SAMPLES)
def test_nothing_is_clipped_and_nothing_overlaps(
    faces: Faces, name: str, edition: str, label: str, width: FigureWidth
) -> None:
    wide = MODERN.figure_width(width)
    items, height, lettering = _drawn(name, EDITIONS[edition], wide, LABELS[label], faces)
    assert_sound(items, wide, height, lettering)


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("name", SAMPLES)
def test_larger_letters_have_room_too(faces: Faces, name: str, edition: str) -> None:
    for width in map(OFFICIAL.figure_width, FigureWidth):
        items, height, lettering = _drawn(name, EDITIONS[edition], width, None, faces, OFFICIAL)
        assert_sound(items, width, height, lettering)


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("name", SAMPLES)
def test_type_is_as_large_as_in_captions_and_notes_at_any_width(faces: Faces, name: str, edition: str) -> None:
    languages = EDITIONS[edition]
    style = MODERN.led_by(languages[0])
    sizes = {
        style.text(each, language).size
        for each in (StyleName.CHART_LABEL, StyleName.CHART_NOTE)
        for language in languages
    }
    for width in FigureWidth:
        items, _, _ = _drawn(name, languages, MODERN.figure_width(width), None, faces)
        # Raised marks in letters are smaller, as everywhere.
        assert {item.size for item in items if isinstance(item, DrawnText)} <= {*sizes, SMALLEST}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("发明专利", ["发", "明", "专", "利"]),
        ("（累计）额", ["（累", "计）", "额"]),
        ("2022年8月8日", ["2022年", "8月", "8日"]),
        ("第2位", ["第2位"]),
        ("超过196亿元", ["超", "过", "196亿元"]),
        ("369,700 yuan", ["369,700 ", "yuan"]),
        ("patents per 10,000 people", ["patents ", "per 10,000 ", "people"]),
        ("patent-only loan", ["patent-", "only ", "loan"]),
        ("GB/T 7714", ["GB/", "T ", "7714"]),
        ("", [""]),
    ],
)
def test_lines_end_only_where_they_may(text: str, parts: list[str]) -> None:
    assert break_points(text) == parts


@pytest.mark.parametrize("language", [ZH, EN])
def test_a_long_name_breaks_into_even_lines(faces: Faces, language: Language) -> None:
    lettering = Lettering(faces, MODERN, None)
    long = LABELS["long"]
    assert long is not None
    box = lettering.label(long, (language,), 150)
    widths = [line.width for line in box.lines]
    assert max(widths) <= 150
    assert min(widths) > 0.5 * max(widths)
    joiner = "" if language is ZH else " "
    assert joiner.join(piece.text for line in box.lines for piece in line.pieces) == long[language]
