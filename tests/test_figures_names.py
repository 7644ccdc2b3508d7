"""What a chart calls its values, and what it says of made-up data wherever the picture is used."""

from __future__ import annotations

from dataclasses import replace

import pytest

import figure_samples
from figure_samples import FIGURES, MARKS, figure
from helpers import metric
from ipreport.cache import Cache
from ipreport.document import DrawnText
from ipreport.figures import Rendered, draw
from ipreport.fonts import Faces
from ipreport.language import EN, ZH, Language, Localized
from ipreport.metrics import Metric, MetricSet, PeriodKind, Region, parse_period
from ipreport.style import MODERN

NOTICE = Localized("示例数据", "Illustrative data")
REGIONS = tuple(Region(name, Localized(zh, name.title()), "home") for name, zh in (("east", "东州"), ("west", "西州")))


def drawn(faces: Faces, *metrics: Metric, languages: tuple[Language, ...] = (ZH, EN), kind: str = "column") -> Rendered:
    known = MetricSet(metrics, (), (), Localized("甲省", "Province A"), regions=REGIONS)
    spec = figure(kind, values=tuple(each.key for each in metrics))
    return draw(spec, known, languages, MODERN, faces, Cache(None), {})


def words(rendered: Rendered) -> set[str]:
    return {item.text for item in rendered.picture.drawing.items if isinstance(item, DrawnText)}


def as_of(key: str, value: str, day: str, region: str = "east") -> Metric:
    return metric("tm_valid", value, key=key, period=parse_period(day, PeriodKind.AS_OF), region=region)


@pytest.mark.parametrize("kind", ["bar", "column"])
def test_one_metric_of_several_regions_is_told_apart_by_them(faces: Faces, kind: str) -> None:
    shown = words(drawn(faces, as_of("e", "5", "2025-09-30"), as_of("w", "9", "2025-09-30", "west"), kind=kind))

    assert {"东州", "East", "西州", "West"} <= shown
    assert "有效注册商标量" not in shown


def test_one_metric_of_several_times_is_told_apart_by_them(faces: Faces) -> None:
    shown = words(drawn(faces, as_of("a", "5", "2024-12-31"), as_of("b", "9", "2025-09-30"), languages=(EN,)))

    assert {"end of December 2024", "end of September 2025"} <= shown


def test_a_metric_with_a_name_of_its_own_keeps_it(faces: Faces) -> None:
    named = replace(as_of("b", "9", "2025-09-30"), name=Localized("商标", "Marks"))
    shown = words(drawn(faces, as_of("a", "5", "2024-12-31"), named, languages=(EN,)))

    assert "Marks" in shown


@pytest.mark.parametrize("name", sorted(FIGURES))
@pytest.mark.parametrize("languages", [(ZH,), (EN,), (ZH, EN)], ids=["zh", "en", "bilingual"])
def test_a_notice_stands_in_the_picture_itself_and_covers_nothing(
    faces: Faces, name: str, languages: tuple[Language, ...]
) -> None:
    arguments = (FIGURES[name], figure_samples.metric_set(), languages, MODERN, faces, Cache(None), MARKS)
    plain, marked = draw(*arguments), draw(*arguments, notice=NOTICE)

    svg = marked.picture.svg.decode()
    assert all(f">{NOTICE[language]}</text>" in svg for language in languages)
    assert [f">{NOTICE[language]}</text>" in plain.picture.svg.decode() for language in languages] == [False] * len(
        languages
    )
    assert marked.picture.png != plain.picture.png
    added = marked.picture.height - plain.picture.height
    notices = [item for item in marked.picture.drawing.items if isinstance(item, DrawnText)][-len(languages) :]
    assert [item.text for item in notices] == [NOTICE[language] for language in languages]
    assert all(item.y > 0 and item.y + item.size < added for item in notices)


@pytest.mark.parametrize("languages", [(ZH,), (EN,), (ZH, EN)], ids=["zh", "en", "bilingual"])
@pytest.mark.parametrize("before", ["1181", "1412", "1"])
def test_the_change_above_a_flat_slope_stays_inside_the_picture(
    faces: Faces, languages: tuple[Language, ...], before: str
) -> None:
    metrics = (as_of("a", before, "2024-09-30"), as_of("b", "1413", "2025-09-30"))
    known = MetricSet(metrics, (), (), Localized("甲省", "Province A"), regions=REGIONS)
    rendered = draw(figure("slope", points=("a", "b")), known, languages, MODERN, faces, Cache(None), {})

    (change,) = (i for i in rendered.picture.drawing.items if isinstance(i, DrawnText) and i.text.startswith("+"))
    assert change.y + 0.88 * change.size <= rendered.picture.height
