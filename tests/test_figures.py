"""Charts: what is drawn follows the data, in three forms of one layout."""

from __future__ import annotations

import io
import itertools
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from charts_all import SAMPLES
from figure_samples import FIGURES, MONEY, day, drawn, figure, metric, metric_set
from ipreport.compose.round_trip import unread
from ipreport.compose.values import value_of
from ipreport.document import DrawnPath, DrawnText, Span
from ipreport.figures import CHARTS, Rendered
from ipreport.fonts import Faces
from ipreport.language import EN, ZH, Language, Localized
from ipreport.metrics import Qualifier
from ipreport.outline import CHART_KINDS, Scale
from ipreport.pipeline.checked import checked_data
from ipreport.problems import ReportError
from ipreport.style import MODERN
from ipreport.wording import Rounding, show

SVG = "{http://www.w3.org/2000/svg}"
BOTH = (ZH, EN)
ILLUSTRATIVE = Path(__file__).parent.parent / "report" / "illustrative"
CHANGES = {ZH: "增加2951件", EN: "up 2,951 patents"}


def texts(rendered: Rendered) -> list[DrawnText]:
    return [item for item in rendered.picture.drawing.items if isinstance(item, DrawnText)]


def filled(rendered: Rendered) -> list[tuple[float, float, float, float]]:
    """Left, bottom, right and top of every filled shape, in the order of painting."""
    boxes = []
    for item in rendered.picture.drawing.items:
        if isinstance(item, DrawnPath) and item.fill is not None:
            ends = [(float(segment[-2]), float(segment[-1])) for segment in item.segments if len(segment) > 2]
            xs, ys = zip(*ends, strict=True)
            boxes.append((min(xs), min(ys), max(xs), max(ys)))
    return boxes


def lines(rendered: Rendered) -> list[DrawnPath]:
    items = rendered.picture.drawing.items
    return [item for item in items if isinstance(item, DrawnPath) and item.fill is None]


def test_every_kind_an_author_can_name_is_drawn() -> None:
    assert CHARTS.keys() == CHART_KINDS.keys()
    assert {spec.kind for spec, _ in SAMPLES.values()} == CHARTS.keys()


# --- lengths and places follow the values -------------------------------------


def test_bars_are_as_long_as_their_values(faces: Faces) -> None:
    (left, _, right, _), (left_too, _, right_too, _) = filled(drawn(FIGURES["bar"], faces))
    assert left == left_too
    assert (right - left) / (right_too - left_too) == pytest.approx(24 / 17, rel=1e-3)


def test_columns_are_as_tall_as_their_values_and_stand_on_one_line(faces: Faces) -> None:
    boxes = filled(drawn(FIGURES["quarters"], faces))
    heights = [top - bottom for _, bottom, _, top in boxes]
    assert len({bottom for _, bottom, _, _ in boxes}) == 1
    assert [height / heights[-1] for height in heights[:2]] == pytest.approx([812 / 1845, 954 / 1845], rel=1e-3)


def test_the_part_covers_its_share_of_the_whole(faces: Faces) -> None:
    whole, part = filled(drawn(FIGURES["share"], faces))
    # The whole has an outline, whose middle the shape follows.
    assert (whole[0] - 0.5, part[0]) == (0, 0)
    assert part[2] / (whole[2] + 0.5) == pytest.approx(101 / 356, abs=1e-4)


def test_logarithmic_places_are_equal_steps_for_equal_ratios(faces: Faces) -> None:
    middles = [(left + right) / 2 for left, _, right, _ in filled(drawn(FIGURES["money"], faces))]
    at = dict(zip(MONEY, middles, strict=True))
    decade = at["registered"] - at["funds"]  # 2 million to 200 million: two decades
    assert at["loan"] - at["funds"] == pytest.approx(decade / 2 * 0.69897, abs=0.02)
    ticks = {text.text: text.x for text in texts(drawn(FIGURES["money"], faces)) if text.size == 8}
    assert list(ticks)[-8:-2] == ["0.1", "1", "10", "100", "1,000", "10,000"]


def test_linear_dots_start_at_zero(faces: Faces) -> None:
    rendered = drawn(FIGURES["dots"], faces, (EN,))
    one, other = ((left + right) / 2 for left, _, right, _ in filled(rendered))
    ticks = [text for text in texts(rendered) if re.fullmatch(r"\d", text.text)]
    assert [tick.text for tick in ticks] == ["0", "2", "4", "6", "8"]
    axis = max(lines(rendered), key=lambda line: line.line_width).segments
    zero = float(axis[0][1])
    assert (one - zero) / (other - zero) == pytest.approx(7.52 / 2.14, rel=1e-3)


def test_a_slope_is_dashed_where_a_date_is_missing_and_names_the_change(faces: Faces) -> None:
    rendered = drawn(FIGURES["slope"], faces)
    assert [line.dash for line in lines(rendered) if line.line_width == 1.75] == [(3.0, 2.5)]
    assert [text.text for text in texts(rendered) if text.value_key == "users/change_from/users_2022"] == ["+7"]
    shown = [text.text for text in texts(rendered)]
    assert {"2022年8月8日", "8 August 2022", "来源未注明日期", "date not stated"} <= set(shown)
    points = filled(rendered)
    assert points[0][1] < points[1][1]


def test_a_slope_between_two_dates_is_solid_and_falls_with_a_minus_sign(faces: Faces) -> None:
    later = metric("later", "用标企业数", "Entities", "9", "entity", period=day(2025, 9, 30), metric_id="users")
    rendered = drawn(figure("slope", points=("users_2022", "later")), faces, metrics=metric_set(later))
    assert [line.dash for line in lines(rendered) if line.line_width == 1.75] == [()]
    assert "−5" in [text.text for text in texts(rendered)]


def test_no_change_is_given_between_values_that_are_not_exact(faces: Faces) -> None:
    about = metric(
        "about",
        "企业",
        "Entities",
        "20",
        "entity",
        qualifier=Qualifier.ABOUT,
        period=day(2025, 9, 30),
        metric_id="users",
    )
    rendered = drawn(figure("slope", points=("users_2022", "about")), faces, metrics=metric_set(about))
    assert not [text for text in texts(rendered) if "/" in (text.value_key or "")]


def test_a_great_change_is_grouped_as_the_edition_groups_and_leads_back(faces: Faces) -> None:
    spec = figure("slope", points=("patent_invention_in_force_2024_09_30", "patent_invention_in_force"))
    record = checked_data(ILLUSTRATIVE, None, accept_warnings=True).content
    key = "patent_invention_in_force/change_from/patent_invention_in_force_2024_09_30"
    for languages, words in (((ZH,), "+2951"), ((EN,), "+2,951"), (BOTH, "+2,951")):
        rendered = drawn(spec, faces, languages, metrics=record.metrics)
        (change,) = [text for text in texts(rendered) if text.value_key == key]
        assert change.text == words
        told = [i for text in rendered.alt for i in text.inlines if isinstance(i, Span) and i.value_key == key]
        assert [span.text for span in told] == [CHANGES[each] for each in languages]
        found = value_of(key, record)
        assert found is not None
        assert found.exact == 2951
        assert all(unread(span.text, span.language, found, record) == "" for span in told)


def test_values_that_are_not_exact_are_hollow(faces: Faces) -> None:
    rendered = drawn(FIGURES["money"], faces)
    fills = [i.fill for i in rendered.picture.drawing.items if isinstance(i, DrawnPath) and i.fill is not None]
    hollow = [key for key, fill in zip(MONEY, fills, strict=True) if fill != MODERN.colours.accent]
    assert hollow == ["funds", "goji"]


def test_zeros_are_drawn_as_nothing(faces: Faces) -> None:
    none = [metric(key, "案件", "Cases", "0", "case") for key in ("a", "b")]
    for kind in ("bar", "column", "dot"):
        rendered = drawn(figure(kind, values=("a", "b")), faces, metrics=metric_set(*none))
        assert [text.text for text in texts(rendered) if text.value_key in {"a", "b"}] == ["0", "0"]


def test_columns_too_narrow_for_their_names_are_laid_out_as_bars(faces: Faces) -> None:
    keys = tuple(f"q{n}" for n in range(12))
    labels = dict.fromkeys(keys, Localized("季度", "Administrative"))
    boxes = filled(drawn(figure("column", labels=labels, values=keys), faces))
    assert len({left for left, _, _, _ in boxes}) == 1


# --- words ------------------------------------------------------------------


@pytest.mark.parametrize("name", ["share", "money"])
def test_every_value_is_shown_as_everywhere_else_and_traced(faces: Faces, name: str) -> None:
    metrics = metric_set()
    shown = {(text.text, text.value_key) for text in texts(drawn(FIGURES[name], faces))}
    for key in FIGURES[name].metrics:
        words = show(metrics[key]).value
        assert {(words.zh, key), (words.en, key)} <= shown


@pytest.mark.parametrize("name", ["rates", "dots", "quarters", "bar", "column", "slope"])
def test_bare_digits_stand_under_a_unit_named_once(faces: Faces, name: str) -> None:
    metrics = metric_set()
    items = texts(drawn(FIGURES[name], faces))
    label = metrics[FIGURES[name].metrics[0]].unit.label
    assert any(label.en in item.text.lower() and item.value_key is None for item in items)
    for key in FIGURES[name].metrics:
        shown = [(item.text, item.unit) for item in items if item.value_key == key]
        assert shown == [(show(metrics[key]).number.en, metrics[key].unit.key)]


def test_digits_of_a_label_without_a_key_are_only_ticks_dates_and_names(faces: Faces) -> None:
    for spec in FIGURES.values():
        for item in texts(drawn(spec, faces)):
            if item.value_key is None and re.search(r"\d", item.text):
                assert item.size == 8 or "population" in item.text or "20" in item.text, item


def test_marks_stand_behind_the_value_they_belong_to(faces: Faces) -> None:
    items = texts(drawn(FIGURES["money"], faces))
    behind = {before.value_key: item.text for before, item in itertools.pairwise(items) if item.text in {"③", "⑧⑨"}}
    assert behind == {"contracts": "③", "funds": "③", "loan": "③", "goji": "⑧⑨"}


@pytest.mark.parametrize("language", [ZH, EN])
def test_an_edition_in_one_language_has_no_word_of_the_other(faces: Faces, language: Language) -> None:
    for spec in FIGURES.values():
        rendered = drawn(spec, faces, (language,))
        assert {item.language for item in texts(rendered)} == {language}
        assert [text.language for text in rendered.alt] == [language]
        if language is EN:
            assert not re.search(r"[\u4e00-\u9fff]", rendered.picture.svg.decode("utf-8"))


def test_a_chinese_axis_counts_in_wan_and_yi(faces: Faces) -> None:
    ticks = [text.text for text in texts(drawn(FIGURES["money"], faces, (ZH,))) if text.size == 8]
    assert ticks[-7:] == ["10万", "100万", "1000万", "1亿", "10亿", "100亿", "元（对数坐标）"]


@pytest.mark.parametrize(
    ("whole", "part", "qualifier", "expected"),
    [
        ("356", "101", Qualifier.EXACT, ("占比28.4%", "28.4%")),
        ("3000", "1", Qualifier.EXACT, ("占比不足0.1%", "less than 0.1%")),
        ("3000", "2999", Qualifier.EXACT, ("占比超过99.9%", "over 99.9%")),
        ("3000", "3000", Qualifier.EXACT, ("占比100.0%", "100.0%")),
        ("3000", "0", Qualifier.EXACT, ("占比0.0%", "0.0%")),
        ("3000", "1500", Qualifier.OVER, ("占比约50.0%", "about 50.0%")),
    ],
)
def test_the_share_is_worded_with_care(
    faces: Faces, whole: str, part: str, qualifier: Qualifier, expected: tuple[str, str]
) -> None:
    pair = (
        metric("w", "总", "All", whole, "case"),
        metric("p", "分", "Some", part, "case", qualifier=qualifier, part_of=("w",)),
    )
    rendered = drawn(figure("part-of-whole", whole=("w",), part=("p",)), faces, metrics=metric_set(*pair))
    assert tuple(text.text for text in texts(rendered) if text.value_key == "p/share_of/w") == expected


def test_shares_are_rounded_as_the_briefing_rounds(faces: Faces) -> None:
    pair = metric("w", "总", "All", "2000", "case"), metric("p", "分", "Some", "569", "case", part_of=("w",))
    spec = figure("part-of-whole", whole=("w",), part=("p",))
    for rounding, digits in ((Rounding.HALF_EVEN, "28.4%"), (Rounding.HALF_UP, "28.5%")):
        rendered = drawn(spec, faces, (EN,), metrics=metric_set(*pair), rounding=rounding)
        assert digits in [text.text for text in texts(rendered)]


def test_a_part_that_names_itself_one_is_not_named_one_twice(faces: Faces) -> None:
    labels = {"hv": Localized("其中高价值", "Of which high-value")}
    rendered = drawn(figure("part-of-whole", labels=labels, whole=("in_force",), part=("hv",)), faces)
    assert {"其中高价值", "Of which high-value"} <= {text.text for text in texts(rendered)}
    assert [text.plain().count(words) for text, words in zip(rendered.alt, ("其中", "f which"), strict=True)] == [1, 1]


ALT = {
    "share": (
        "占比条形图：示例图（海西州）。有效发明专利量356件，其中高价值发明专利拥有量101件②，占比28.4%。",
        (
            "Part-of-whole bar: Example (Haixi Prefecture). Invention patents in force: 356 patents; "
            "of which High-value invention patents: 101 patents②, or 28.4%."
        ),
    ),
    "bar": (
        "条形图：示例图（海西州）。办结知识产权纠纷数24件；知识产权行政处罚案件数17件⑤⑥⑦。",
        (
            "Bar chart: Example (Haixi Prefecture). IP disputes resolved: 24 cases; "
            "IP administrative penalty cases: 17 cases⑤⑥⑦."
        ),
    ),
    "rates": (
        "条形图：示例图（海西州，单位：件/万人）。每万人口发明专利拥有量7.52①；每万人口高价值发明专利拥有量2.14①。",
        (
            "Bar chart: Example (Haixi Prefecture, unit: per 10,000 population). "
            "Invention patents in force per 10,000 population: 7.52①; "
            "High-value invention patents per 10,000 population: 2.14①."
        ),
    ),
    "quarters": (
        "柱形图：示例图（海西州）。共12项；最高：2024年第四季度1845件；最低：2022年第一季度812件。",
        (
            "Column chart: Example (Haixi Prefecture). 12 values; highest, Q4 2024: 1,845 patents; "
            "lowest, Q1 2022: 812 patents."
        ),
    ),
    "slope": (
        "两期对比折线图：示例图（海西州）。由14家（2022年8月8日）变为21家④（来源未注明日期），增加7家。",
        (
            "Slope chart: Example (Haixi Prefecture). From 14 entities (8 August 2022) to 21 entities④ "
            "(date not stated), up 7 entities."
        ),
    ),
}


@pytest.mark.parametrize("name", ALT)
def test_the_picture_is_told_in_words(faces: Faces, name: str) -> None:
    assert tuple(text.plain() for text in drawn(FIGURES[name], faces).alt) == ALT[name]


def test_values_in_the_telling_are_traced(faces: Faces) -> None:
    for spec in FIGURES.values():
        for text in drawn(spec, faces).alt:
            keys = {inline.value_key for inline in text.inlines if isinstance(inline, Span)}
            assert keys >= (set(spec.metrics) if len(spec.metrics) <= 8 else {"q0", "q11"})


# --- three forms ------------------------------------------------------------


@pytest.mark.parametrize("name", FIGURES)
def test_the_svg_holds_the_same_words_as_text(faces: Faces, name: str) -> None:
    rendered = drawn(FIGURES[name], faces)
    picture = rendered.picture
    root = ET.fromstring(picture.svg)  # noqa: S314 - our own output
    assert root.get("viewBox") == f"0 0 455.28 {picture.height:.2f}".rstrip("0").rstrip(".")
    assert root.findtext(f"{SVG}title") == "示例图 / Example"
    assert root.findtext(f"{SVG}desc") == " ".join(text.plain() for text in rendered.alt)
    assert [e.text for e in root.iter(f"{SVG}text")] == [item.text for item in texts(rendered)]
    assert len(list(root.iter(f"{SVG}path"))) == len(picture.drawing.items) - len(texts(rendered))
    assert all(float(element.get("textLength", "0")) > 0 for element in root.iter(f"{SVG}text"))


def test_markup_in_labels_stays_text(faces: Faces) -> None:
    spec = figure("bar", labels={"disputes": Localized('<甲>&"乙"', 'A <b> & "c"')}, values=("disputes",))
    root = ET.fromstring(drawn(spec, faces).picture.svg)  # noqa: S314 - our own output
    assert 'A <b> & "c"' in [element.text for element in root.iter(f"{SVG}text")]


@pytest.mark.parametrize("name", FIGURES)
def test_the_png_has_the_size_of_the_picture_and_no_metadata(faces: Faces, name: str) -> None:
    picture = drawn(FIGURES[name], faces).picture
    image = Image.open(io.BytesIO(picture.png))
    assert image.size == (round(455.28 * 220 / 72), round(picture.height * 220 / 72))
    assert image.info == {}
    colours = {colour for _, colour in image.convert("RGB").getcolors(1 << 24)}
    for expected in ("#ffffff", MODERN.colours.accent):
        assert tuple(bytes.fromhex(expected[1:])) in colours


def test_the_png_shows_the_bars_where_the_drawing_has_them(faces: Faces) -> None:
    rendered = drawn(FIGURES["bar"], faces)
    image = Image.open(io.BytesIO(rendered.picture.png)).convert("RGB")
    for left, bottom, right, top in filled(rendered):
        x, y = (left + right) / 2, rendered.picture.height - (bottom + top) / 2
        assert image.getpixel((int(x * 220 / 72), int(y * 220 / 72))) == (0x1F, 0x4E, 0x79)
        beyond = image.getpixel((int((right + 3) * 220 / 72), int(y * 220 / 72)))
        assert beyond == (255, 255, 255)


# --- what is not drawn ------------------------------------------------------


def test_a_character_that_no_face_has_is_told_with_its_figure(faces: Faces) -> None:
    spec = figure("bar", labels={"disputes": Localized("纠纷\U00012000", "Disputes")}, values=("disputes",))
    with pytest.raises(ReportError) as caught:
        drawn(spec, faces)
    assert str(caught.value) == (
        "briefing.yaml:12: block: no font has the character '\U00012000' (U+12000) of this figure "
        "(sections[0].figure)\n    hint: write it another way, or name a font that has it"
    )


def test_what_is_refused_is_not_drawn(faces: Faces) -> None:
    with pytest.raises(ReportError, match="needs a zero"):
        drawn(figure("bar", Scale.LOGARITHMIC, values=("disputes",)), faces)
