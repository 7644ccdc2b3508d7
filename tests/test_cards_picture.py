"""The picture of the key figures: what is drawn, where, and in which bytes."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from ipreport.cache import Cache
from ipreport.document import (
    Card,
    CardState,
    Citation,
    Drawing,
    DrawnPath,
    DrawnText,
    Picture,
    Rendered,
    Span,
    Text,
    Texts,
    text,
)
from ipreport.figures import cards_picture
from ipreport.figures.key_figures import WIDTH, lay_out
from ipreport.figures.lettering import Lettering
from ipreport.figures.sketch import Sketch
from ipreport.fonts import Faces, find_faces
from ipreport.language import EN, ZH, Language
from ipreport.problems import ReportError
from ipreport.style import MODERN, OFFICIAL, FontRole, Style


def value(zh: str, en: str) -> Texts:
    return Text(ZH, (Span(zh, ZH, (), "key"),)), Text(EN, (Span(en, EN, (), "key"),))


def card(zh: str = "有效发明专利", en: str = "Invention patents", **changes: object) -> Card:
    usual = Card((text(ZH, zh), text(EN, en)), value("356件", "356 patents"), (text(ZH, "增长"), text(EN, "up")))
    return replace(usual, **changes)  # type: ignore[arg-type]


def drawing(
    *cards: Card, faces: Faces, languages: tuple[Language, ...] = (ZH, EN), style: Style = MODERN
) -> tuple[Drawing, float]:
    sketch = Sketch(Lettering(faces, style, None), style.colours)
    height = lay_out(cards, languages, style, sketch)
    return sketch.drawing(height), height


def texts(drawn: Drawing) -> list[str]:
    return [item.text for item in drawn.items if isinstance(item, DrawnText)]


def box(path: DrawnPath) -> tuple[float, float, float, float]:
    numbers = [number for segment in path.segments for number in segment[1:]]
    x, y = numbers[::2], numbers[1::2]
    return min(x), min(y), max(x), max(y)  # type: ignore[type-var,return-value]


def grounds(drawn: Drawing, *colours: str) -> list[tuple[float, float, float, float]]:
    return [box(item) for item in drawn.items if isinstance(item, DrawnPath) and item.fill in colours]


def test_words_are_those_of_the_cards_in_the_order_that_is_asked_for(faces: Faces) -> None:
    assert texts(drawing(card(), faces=faces)[0]) == [
        "有效发明专利", "Invention patents", "356件", "356 patents", "增长", "up",
    ]  # fmt: skip
    assert texts(drawing(card(), faces=faces, languages=(EN, ZH))[0])[::2] == ["Invention patents", "356 patents", "up"]


def test_a_value_leads_to_its_record(faces: Faces) -> None:
    drawn, _ = drawing(card(), faces=faces)
    assert [item.value_key for item in drawn.items if isinstance(item, DrawnText)][2:4] == ["key", "key"]


def test_two_cards_stand_side_by_side_and_nothing_leaves_its_card(faces: Faces) -> None:
    drawn, height = drawing(card(), card(), card(), faces=faces)

    cards = grounds(drawn, MODERN.colours.panel)
    assert len(cards) == 3
    first, second, third = cards
    assert first[0] == 0
    assert second[2] == pytest.approx(WIDTH)
    assert second[0] - first[2] == pytest.approx(8)
    assert (third[0], third[2]) == (first[0], first[2])
    assert first[1] - third[3] == pytest.approx(8)
    assert first[3] == pytest.approx(height)
    assert third[1] == pytest.approx(0)


@pytest.mark.parametrize("style", [MODERN, OFFICIAL], ids=lambda style: style.name)
def test_long_words_are_broken_and_long_values_shrink(faces: Faces, style: Style) -> None:
    name = "知识产权质押融资累计登记金额（含商标和地理标志）"
    long = card(name, "IP pledge financing registered to date, marks and indications included",
                value=value("超过12345.67亿元", "over 1,234,567 million yuan"))  # fmt: skip
    drawn, _ = drawing(long, card(), faces=faces, style=style)
    lettering = Lettering(faces, style, None)

    left, _, right, _ = grounds(drawn, style.colours.panel)[0]
    widths = {}
    for item in drawn.items:
        if isinstance(item, DrawnText) and item.x < right:
            widths[item.text] = item.x + lettering.width(item.text, item.size, item.font, item.language)  # type: ignore[arg-type]
    assert max(widths.values()) <= right - 10 + 0.5
    assert min(item.x for item in drawn.items if isinstance(item, DrawnText)) >= left + 10
    assert "".join(widths).replace(" ", "").startswith(name)
    sizes = {item.text: item.size for item in drawn.items if isinstance(item, DrawnText)}
    alone, _ = drawing(card(), faces=faces, style=style)
    assert sizes["356件"] < next(
        item.size for item in alone.items if isinstance(item, DrawnText) and item.text == "356件"
    )


def test_doubt_has_its_ground_a_dashed_frame_and_a_sign(faces: Faces) -> None:
    drawn, _ = drawing(card(state=CardState.DOUBTFUL), faces=faces)
    colours = MODERN.colours

    paths = [item for item in drawn.items if isinstance(item, DrawnPath)]
    assert len(grounds(drawn, colours.warning_panel)) == 3  # the card, and the two parts of the sign
    assert [path.dash for path in paths if path.stroke == colours.warning] == [(3.0, 2.0)]
    assert len(grounds(drawn, colours.warning)) == 1
    assert grounds(drawn, colours.panel, colours.accent) == []
    coloured = {item.text: item.colour for item in drawn.items if isinstance(item, DrawnText)}
    assert coloured["356件"] == coloured["增长"] == colours.warning
    assert grounds(drawing(card(), faces=faces)[0], colours.warning, colours.warning_panel) == []


def test_words_make_room_for_the_sign(faces: Faces) -> None:
    drawn, _ = drawing(card("知" * 12, state=CardState.DOUBTFUL), faces=faces, languages=(ZH,))
    lettering = Lettering(faces, MODERN, None)

    (sign,) = grounds(drawn, MODERN.colours.warning)
    label = [item for item in drawn.items if isinstance(item, DrawnText) and set(item.text) == {"知"}]
    ends = [each.x + lettering.width(each.text, each.size, FontRole(each.font), ZH) for each in label]
    assert len(ends) == 2
    assert max(ends) < sign[0]


def test_the_mark_of_a_note_is_raised_behind_the_value(faces: Faces) -> None:
    marked = (Text(ZH, (Span("7.52件", ZH, (), "key"), Citation("check-2", "②", ZH))),)
    drawn, _ = drawing(card(value=marked), faces=faces)
    items = {item.text: item for item in drawn.items if isinstance(item, DrawnText)}
    assert items["②"].y > items["7.52件"].y
    assert items["②"].x > items["7.52件"].x
    assert items["②"].size < items["7.52件"].size


def test_trend_lines_stand_at_the_foot(faces: Faces) -> None:
    line = DrawnPath((("M", 1.0, 2.0), ("L", 50.0, 10.0)), stroke="#123456", line_width=1.2)
    letters = DrawnText(3.0, 4.0, "x", 8.0, "sans", "#000000", ZH)
    trend = Rendered(Picture(52.0, 14.0, Drawing((line, letters)), b"", b""), ())
    drawn, _ = drawing(card(trend=trend), card(), faces=faces)

    (found,) = (item for item in drawn.items if isinstance(item, DrawnPath) and item.stroke == "#123456")
    foot = grounds(drawn, MODERN.colours.panel)[0][1] + 10
    assert found.segments == (("M", 11.0, pytest.approx(foot + 2)), ("L", 60.0, pytest.approx(foot + 10)))
    (moved,) = (item for item in drawn.items if isinstance(item, DrawnText) and item.text == "x")
    assert (moved.x, moved.y) == (13.0, pytest.approx(foot + 4))


def test_the_picture_is_sharp_and_has_no_ground_between_the_cards(faces: Faces) -> None:
    data = cards_picture((card(), card()), (ZH, EN), MODERN, faces, Cache(None))
    picture = Image.open(io.BytesIO(data)).convert("RGBA")

    assert picture.width == 978
    assert picture.getpixel((picture.width // 2, picture.height // 2))[3] == 0  # type: ignore[index]
    assert picture.getpixel((8, picture.height - 5)) == (*bytes.fromhex(MODERN.colours.panel[1:]), 255)
    assert len(data) < 60_000


def test_the_same_cards_are_the_same_bytes_from_the_cache_as_well(faces: Faces, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    args = (ZH, EN), MODERN, faces
    first = cards_picture((card(),), *args, cache)

    assert cards_picture((card(),), *args, cache) == first == cards_picture((card(),), *args, Cache(None))
    for other in (card("别的"), card(state=CardState.DOUBTFUL), card(value=value("7", "7"))):
        assert cards_picture((other,), *args, cache) != first
    assert cards_picture((card(),), (EN, ZH), MODERN, faces, cache) != first
    assert cards_picture((card(),), (ZH, EN), OFFICIAL, faces, cache) != first


def test_other_faces_are_another_picture_from_the_cache_as_well(faces: Faces, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    first = cards_picture((card(),), (ZH, EN), MODERN, faces, cache)
    other = find_faces({FontRole.SANS_BOLD: faces.face(FontRole.SANS).path}, Cache(None))

    assert cards_picture((card(),), (ZH, EN), MODERN, other, cache) != first


@pytest.mark.parametrize("style", [MODERN, OFFICIAL], ids=lambda style: style.name)
def test_no_language_is_larger_than_the_one_that_leads(faces: Faces, style: Style) -> None:
    def sizes(*languages: Language) -> list[float]:
        drawn, _ = drawing(card(), faces=faces, languages=languages, style=style)
        return [item.size for item in drawn.items if isinstance(item, DrawnText)]

    assert sizes(ZH, EN)[2] > sizes(ZH, EN)[3]
    assert all(first >= second for first, second in zip(sizes(EN, ZH)[::2], sizes(EN, ZH)[1::2], strict=True))
    assert sizes(EN, ZH)[::2] == sizes(EN)
    assert sizes(ZH, EN)[::2] == sizes(ZH)


def test_a_character_that_no_face_has_is_refused(faces: Faces) -> None:
    with pytest.raises(ReportError, match=r"no font has the character"):
        cards_picture((card("\U00012000"),), (ZH,), MODERN, faces, Cache(None))
