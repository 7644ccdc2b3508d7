"""Numbers of headings: by level and language, anew below each higher level, known for what they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from helpers import BRIEFING, Copy
from ipreport.compose import Content, compose, content_of, verify
from ipreport.compose.numbering import markers
from ipreport.document import Document, Heading, NotData, Standing
from ipreport.language import EN, ZH, Language, Localized
from ipreport.outline import Edition, Section
from ipreport.pipeline.story import build, check
from ipreport.readers import read
from ipreport.wording import han_numeral

LEVELS = (1, 2, 3, 3, 2, 3, 1, 2, 1)


def sections(*levels: int) -> list[Section]:
    """Sections of these levels; one with a minus has no number."""
    return [
        Section(f"s{n}", Localized("甲", "A"), abs(level), (), numbered=level > 0) for n, level in enumerate(levels)
    ]


def numbers(levels: tuple[int, ...], leading: Language) -> list[str]:
    return [*markers(sections(*levels), leading)]


# --- the numbers -----------------------------------------------------------------------


def test_chinese_counts_in_numerals_that_begin_anew_below_each_higher_level() -> None:
    assert numbers(LEVELS, ZH) == ["一、", "（一）", "1.", "2.", "（二）", "1.", "二、", "（一）", "三、"]


def test_english_alone_counts_by_the_point() -> None:
    assert numbers(LEVELS, EN) == ["1. ", "1.1 ", "1.1.1 ", "1.1.2 ", "1.2 ", "1.2.1 ", "2. ", "2.1 ", "3. "]


def test_a_section_may_have_no_number_nor_have_those_below_it() -> None:
    assert numbers((-1, 1, 2, -2, 3, 2, -1, 2, 3, 1, 2), ZH) == [
        "", "一、", "（一）", "", "", "（二）", "", "", "", "二、", "（一）",
    ]  # fmt: skip
    assert numbers((-1, 1, 2, -1, 2, 1, 2), EN) == ["", "1. ", "1.1 ", "", "", "2. ", "2.1 "]


def test_a_level_that_is_left_out_makes_no_number_twice() -> None:
    assert numbers((1, 3, 3, 2, 3), EN) == ["1. ", "1.1.1 ", "1.1.2 ", "1.2 ", "1.2.1 "]
    assert numbers((2, 3, 1, 2), EN) == ["1.1 ", "1.1.1 ", "2. ", "2.1 "]
    assert numbers((3, 1), ZH) == ["1.", "二、"]


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (1, "一"), (9, "九"), (10, "十"), (11, "十一"), (19, "十九"), (20, "二十"), (21, "二十一"), (99, "九十九"),
        (100, "一百"), (101, "一百零一"), (110, "一百一十"), (111, "一百一十一"), (219, "二百一十九"), (300, "三百"),
        (1000, "一千"), (1001, "一千零一"), (1010, "一千零一十"), (1100, "一千一百"), (9999, "九千九百九十九"),
    ],
)  # fmt: skip
def test_numerals_beyond_ten(number: int, written: str) -> None:
    assert han_numeral(number) == written


@pytest.mark.parametrize("number", [0, -1, 10_000])
def test_there_is_no_numeral_for_nothing_or_for_too_much(number: int) -> None:
    with pytest.raises(ValueError, match="no numeral"):
        han_numeral(number)


def test_many_sections_are_counted_on() -> None:
    assert numbers((1,) * 21, ZH)[9:13] + numbers((1,) * 21, ZH)[19:] == [
        "十、", "十一、", "十二、", "十三、", "二十、", "二十一、",
    ]  # fmt: skip


# --- in a document -----------------------------------------------------------------------


def outlined(small: Copy) -> Content:
    small.change(
        BRIEFING, "  - id: notes\n", "  - id: detail\n    title: {zh: 细项, en: Detail}\n    level: 2\n  - id: notes\n"
    )
    small.change(BRIEFING, "  - id: notes\n", "  - id: notes\n    numbered: false\n")
    source = read(small.folder)
    first, *others = source.outline.sections
    figureless = replace(first, blocks=(first.blocks[2],))
    return content_of(replace(source.outline, sections=(figureless, *others)), source.metrics, ())


def headings(document: Document) -> list[tuple[str, str]]:
    return [(block.marker, block.texts[0].plain()) for block in document.blocks if isinstance(block, Heading)]


def test_headings_have_numbers_where_the_look_wants_them(small: Copy) -> None:
    content = outlined(small)
    made = {e: compose(content, e, {}, date(2025, 10, 15), numbered_headings=True) for e in Edition}

    assert headings(made[Edition.ZH]) == [("一、", "知识产权创造"), ("（一）", "细项"), ("", "数据来源")]
    assert headings(made[Edition.BILINGUAL]) == headings(made[Edition.ZH])
    assert headings(made[Edition.EN]) == [("1. ", "Creation"), ("1.1 ", "Detail"), ("", "Sources")]
    plain = compose(content, Edition.ZH, {}, date(2025, 10, 15))
    assert [marker for marker, _ in headings(plain)] == ["", "", ""]


def test_the_number_of_a_heading_is_a_label_that_word_counts_itself(small: Copy) -> None:
    content = outlined(small)
    made = compose(content, Edition.EN, {}, date(2025, 10, 15), numbered_headings=True)

    counted = [s for s in made.record.printed if s.standing is Standing.MARKER]
    assert [(s.where, s.text, s.parts[0].not_data) for s in counted] == [
        ("Creation › heading 1", "1.", NotData.LABEL), ("Detail › heading 1", "1.1", NotData.LABEL),
    ]  # fmt: skip
    assert verify(made, content) == ()


def test_a_section_says_that_it_has_no_number_in_words_of_a_yes_or_no(small: Copy) -> None:
    small.change(BRIEFING, "  - id: notes\n", "  - id: notes\n    numbered: none\n")

    assert small.check() == ["briefing.yaml:29:5: block: expected true or false, found 'none' (sections[1].numbered)"]


# --- with a theme ------------------------------------------------------------------------


@pytest.mark.usefixtures("plain_only")
def test_the_theme_decides(small: Copy) -> None:
    def lines(theme: str) -> list[str]:
        folders = {"output": small.root / "output", "figures": small.root / "figures"}
        built = build(small.folder, **folders, editions=["zh"], theme=theme)
        return built.documents[0].read_text(encoding="utf-8").splitlines()

    assert "# 知识产权创造" in lines("modern")
    assert {"# 一、知识产权创造", "# 二、数据来源"} <= {*lines("official")}


@pytest.mark.parametrize(
    ("zh", "en", "typed"),
    [("一、数据来源", "1. Sources", ["一、", "1."]), ("（十二）数据来源", "(12) Sources", ["（十二）"]),
     ("2.1数据来源", "2.1 Sources", ["2.1", "2.1"]), ("数据来源", "Sources", []), ("第一产业", "The first sector", []),
     ("8个州", "8 prefectures", []), ("2025年", "2025", [])],
)  # fmt: skip
def test_a_number_typed_before_a_title_would_stand_there_twice(small: Copy, zh: str, en: str, typed: list[str]) -> None:
    small.change(BRIEFING, "{zh: 数据来源, en: Sources}", f'{{zh: {zh}, en: "{en}"}}')
    told = [problem for problem in small.check() if "numbers headings" in problem]
    assert told == []

    found = [small.shorten(str(problem)) for problem in check(small.folder, theme="official")]
    told = [problem for problem in found if "numbers headings" in problem]

    assert [problem.partition("'")[2].partition("'")[0] for problem in told] == typed
    for problem in told:
        assert problem.startswith("briefing.yaml:29:")
        assert problem.endswith("    hint: take it out, or write 'numbered: false' beside the title")


def test_a_heading_without_a_number_may_have_one_of_its_own_and_so_may_those_below_it(small: Copy) -> None:
    small.change(BRIEFING, "{zh: 知识产权创造, en: Creation}", "{zh: 一、创造, en: Creation}\n    numbered: false")
    small.change(BRIEFING, "{zh: 数据来源, en: Sources}", "{zh: （一）数据来源, en: Sources}\n    level: 2")

    assert not any("numbers headings" in problem.message for problem in check(small.folder, theme="official"))
