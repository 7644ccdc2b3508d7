"""The themes: every style in every language, and `official` by the numbers of GB/T 9704-2012."""

from __future__ import annotations

import pytest

from ipreport.language import EN, LANGUAGES, ZH
from ipreport.style import (
    BASE_ROLES,
    MODERN,
    OFFICIAL,
    STAND_IN,
    THEMES,
    FontRole,
    Justify,
    PageNumbers,
    Style,
    StyleName,
)

MILLIMETRE = 72 / 25.4
RUNNING = (StyleName.BODY, StyleName.SUMMARY, StyleName.LIST_ITEM)


@pytest.fixture(params=sorted(THEMES))
def style(request: pytest.FixtureRequest) -> Style:
    return THEMES[request.param]


def test_every_style_exists_in_every_language(style: Style) -> None:
    assert set(style.texts) == {(name, language.code) for name in StyleName for language in LANGUAGES}
    assert set(style.leading_texts) < set(style.texts)


def test_lines_are_higher_than_their_letters(style: Style) -> None:
    for texts in (style.texts, style.leading_texts):
        assert [key for key, text in texts.items() if not 1.15 * text.size <= text.leading <= 2.1 * text.size] == []


def test_english_below_chinese_is_no_larger_and_alone_no_smaller(style: Style) -> None:
    for name in StyleName:
        beside, alone = style.text(name, EN), style.led_by(EN).text(name, EN)
        assert beside.size <= style.text(name, ZH).size, name
        assert alone.size >= beside.size, name
        if name in RUNNING:
            assert beside.size < style.text(name, ZH).size, name


def test_chinese_is_the_same_whoever_leads(style: Style) -> None:
    assert all(style.led_by(EN).text(name, ZH) == style.text(name, ZH) for name in StyleName)


def test_a_role_stands_in_for_another_that_has_a_face() -> None:
    assert set(STAND_IN) | set(BASE_ROLES) == set(FontRole)
    assert set(STAND_IN.values()) <= set(BASE_ROLES)


def test_modern_needs_no_faces_but_its_own() -> None:
    assert MODERN.roles == BASE_ROLES
    assert set(OFFICIAL.roles) == set(FontRole)


# --- GB/T 9704-2012 ----------------------------------------------------------------------


def test_the_page_is_that_of_the_standard() -> None:
    page = OFFICIAL.page
    millimetres = [round(length / MILLIMETRE, 2) for length in (page.width, page.height, page.top, page.left)]
    assert millimetres == [210, 297, 37, 28]  # 5.1, 5.2.1
    assert (round(page.text_width / MILLIMETRE, 2), round(page.text_height / MILLIMETRE, 2)) == (156, 225)


def test_a_page_holds_22_lines_of_28_characters() -> None:
    page, body = OFFICIAL.page, OFFICIAL.text(StyleName.BODY, ZH)
    assert page.text_height // body.leading == 22  # 5.2.3
    assert page.text_width // (body.size + body.tracking) == 28
    # Word processors count in twentieths of a point: what is left over must not become a line or be missing.
    assert 22 * round(body.leading * 20) <= int(page.text_height * 20) < 23 * round(body.leading * 20)
    assert 28 * round((body.size + body.tracking) * 20) <= int(page.text_width * 20)


def test_running_text_is_fangsong_of_16_points_set_in_by_two_characters() -> None:
    body = OFFICIAL.text(StyleName.BODY, ZH)
    assert (body.font, body.size, body.justify, body.indent) == (FontRole.FANGSONG, 16, Justify.BOTH, 2)  # 7.3.3
    assert (body.space_before, body.space_after) == (0, 0)


def test_headings_have_the_faces_of_their_levels() -> None:
    names = (StyleName.HEADING_1, StyleName.HEADING_2, StyleName.HEADING_3)
    headings = [OFFICIAL.text(name, ZH) for name in names]
    assert [heading.font for heading in headings] == [FontRole.HEI, FontRole.KAI, FontRole.FANGSONG]  # 7.3.3
    assert {(heading.size, heading.indent, heading.leading) for heading in headings} == {(16, 2, 28.95)}
    assert OFFICIAL.numbered_headings
    assert not MODERN.numbered_headings


def test_three_lines_of_english_take_the_room_of_two_chinese_ones() -> None:
    for name in (StyleName.BODY, StyleName.LIST_ITEM, StyleName.QUOTATION):
        chinese, english = OFFICIAL.text(name, ZH), OFFICIAL.text(name, EN)
        assert 3 * english.leading == pytest.approx(2 * chinese.leading)
        assert english.indent * english.size == pytest.approx(chinese.indent * chinese.size)
        assert english.tracking == 0


def test_the_name_is_red_and_page_numbers_stand_between_dashes() -> None:
    name = OFFICIAL.text(StyleName.MASTHEAD_NAME, ZH)
    assert (name.font, name.colour, name.justify) == (FontRole.TITLE, "#ff0000", Justify.CENTRE)
    assert OFFICIAL.text(StyleName.BODY, ZH).colour == "#000000"
    number = OFFICIAL.text(StyleName.FOOTER, ZH)
    assert (OFFICIAL.page_numbers, number.font, number.size) == (PageNumbers.DASHED, FontRole.SONG, 14)  # 7.5
