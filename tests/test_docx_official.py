"""The Word file in the theme `official`: faces by name, numbers of headings, nothing a validator finds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from docx_helpers import EDITIONS, W, audit_findings, in_language, part, sdk_findings, style_of, with_part
from ipreport.document import Document, Heading, Paragraph, text
from ipreport.language import EN, ZH, Language
from ipreport.writers.docx.heading_numbers import HeadingNumbers
from official_samples import numbered_showcase, official
from ooxml_lint import lint
from showcase import both, showcase
from word_numbers import shown_numbers

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
ALL = pytest.mark.parametrize("edition", sorted(EDITIONS))
CHINESE = (
    (1, "一、"), (2, "（一）"), (2, "（二）"), (3, "1."), (3, "2."), (1, "二、"), (2, "（一）"), (1, ""),
    (2, "（一）"), (2, "（二）"), (1, "三、"), (2, "（一）"), (3, "1."), (1, "附1　"), (1, "十一、"), (2, "（一）"),
    (1, "十二、"),
)  # fmt: skip
"""Headings as a briefing may have them: one without a number starts those below anew, one has a mark of its own."""
ENGLISH = (
    (1, "1. "),
    (2, "1.1 "),
    (2, "1.2 "),
    (3, "1.2.1 "),
    (1, "2. "),
    (2, "2.1 "),
    (1, ""),
    (1, "3. "),
    (2, "3.1 "),
)


def headed(marks: tuple[tuple[int, str], ...]) -> Document:
    """A bilingual document of headings with these marks, each over a line of text."""
    blocks = [
        block
        for number, (level, mark) in enumerate(marks)
        for block in (
            Heading(level, f"heading-{number}", both(f"标题{number}", f"Heading {number}"), mark),
            Paragraph(text(ZH, "正文。")),
        )
    ]
    return replace(showcase(), blocks=tuple(blocks), comments=())


# --- faces -------------------------------------------------------------------------------


def test_the_theme_names_the_faces_that_offices_have() -> None:
    scheme = part(official(EDITIONS["zh"]), "word/theme/theme1.xml").find(f".//{A}fontScheme")
    assert scheme is not None
    found = {
        (pair, slot): scheme.find(f"{A}{pair}Font/{A}{slot}").get("typeface")  # type: ignore[union-attr]
        for pair in ("major", "minor")
        for slot in ("latin", "ea")
    }
    assert found == {
        ("minor", "latin"): "Times New Roman",
        ("minor", "ea"): "FangSong",
        ("major", "latin"): "Arial",
        ("major", "ea"): "SimHei",
    }


@ALL
def test_every_named_face_stands_in_the_font_table_with_open_alternatives(edition: str) -> None:
    package = official(EDITIONS[edition])
    table = part(package, "word/fontTable.xml").findall(W + "font")
    names = {str(font.get(W + "name")): str(font.find(W + "altName").get(W + "val")) for font in table}  # type: ignore[union-attr]
    assert {"FangSong", "SimHei", "KaiTi", "SimSun", "FZXiaoBiaoSong-B05S", "Times New Roman", "Arial"} == set(names)
    assert all(set(alternatives.split(",")) & OPEN for alternatives in names.values())
    slots = ("ascii", "hAnsi", "eastAsia")
    used = {
        fonts.get(W + slot)
        for name in ("word/styles.xml", "word/document.xml")
        for fonts in part(package, name).iter(W + "rFonts")
        for slot in slots
        if fonts.get(W + slot)
    }
    assert used == {"KaiTi", "SimSun", "FZXiaoBiaoSong-B05S"}


OPEN = {"Noto Serif CJK SC", "Noto Sans CJK SC", "Liberation Serif", "Liberation Sans"}


def _fonts(package: bytes, style_id: str) -> etree._Element:
    (style,) = [each for each in part(package, "word/styles.xml") if each.get(W + "styleId") == style_id]
    fonts = style.find(f"{W}rPr/{W}rFonts")
    assert fonts is not None
    return fonts


def test_styles_are_set_in_the_faces_of_their_roles() -> None:
    package = official(EDITIONS["bilingual"])
    assert _fonts(package, "Heading1").get(W + "eastAsiaTheme") == "majorEastAsia"
    assert _fonts(package, "Heading2").get(W + "eastAsia") == "KaiTi"
    assert _fonts(package, "Heading2").get(W + "asciiTheme") == "minorHAnsi"
    assert _fonts(package, "Heading3").get(W + "eastAsiaTheme") == "minorEastAsia"
    assert _fonts(package, "BodyText").get(W + "eastAsiaTheme") == "minorEastAsia"
    assert _fonts(package, "Title").get(W + "eastAsia") == "FZXiaoBiaoSong-B05S"
    assert _fonts(package, "Footer").get(W + "ascii") == "SimSun"


def test_chinese_is_emphasised_by_another_face_and_english_by_weight() -> None:
    styles = part(official(EDITIONS["bilingual"]), "word/styles.xml")
    bold = {str(style.get(W + "styleId")): style.find(f"{W}rPr/{W}b") is not None for style in styles.iter(W + "style")}
    assert (bold["Strong"], bold["StrongEnglish"]) == (False, True)
    used = {str(each.get(W + "val")) for each in part(official(EDITIONS["bilingual"])).iter(W + "rStyle")}
    assert {"Strong", "StrongEnglish"} <= used
    alone = part(official(EDITIONS["en"]), "word/styles.xml")
    assert [s.get(W + "styleId") for s in alone.iter(W + "style") if "Strong" in str(s.get(W + "styleId"))] == [
        "Strong"
    ]


def test_only_chinese_running_text_is_tracked() -> None:
    styles = part(official(EDITIONS["bilingual"]), "word/styles.xml")
    tracking = {
        str(style.get(W + "styleId")): str(found.get(W + "val"))
        for style in styles.iter(W + "style")
        if (found := style.find(f"{W}rPr/{W}spacing")) is not None
    }
    assert tracking["BodyText"] == "-5"  # a quarter of a point
    assert tracking["BodyTextEnglish"] == "0"
    assert not {"TableText", "Heading1", "Footer"} & set(tracking)


# --- numbers of headings -----------------------------------------------------------------


@pytest.mark.parametrize(("marks", "language"), [(CHINESE, ZH), (ENGLISH, EN)], ids=["zh", "en"])
def test_word_counts_what_the_document_says(marks: tuple[tuple[int, str], ...], language: Language) -> None:
    document = in_language(headed(marks), language)
    shown = shown_numbers(official(document))
    assert [number + words for number, words in shown] == [
        mark + block.texts[0].plain()
        for (_, mark), block in zip(marks, (b for b in document.blocks if isinstance(b, Heading)), strict=True)
    ]
    # Nothing is typed but what no list can show.
    assert [number for number, _ in shown] == ["" if mark.startswith("附") else mark for _, mark in marks]


MARKS = st.lists(
    st.sampled_from(
        [
            (1, "一、"),
            (1, "二、"),
            (1, "三、"),
            (1, ""),
            (2, "（一）"),
            (2, "（二）"),
            (2, ""),
            (3, "1."),
            (3, "2."),
            (3, "7."),
        ]
    ),
    max_size=9,
)


@given(marks=MARKS)
def test_any_numbers_are_shown_as_they_are(marks: list[tuple[int, str]]) -> None:
    document = in_language(headed(tuple(marks)), ZH)
    assert [number for number, _ in shown_numbers(official(document))] == [mark for _, mark in marks]


@pytest.mark.parametrize(
    "marks",
    [((1, "一、"), (2, "1.1"), (2, "1.2"), (3, "1.2.1"), (1, "二、")), ((1, "1."), (2, "（一）"), (3, "1.1.1"))],
    ids=["Chinese above", "Chinese between"],
)
def test_a_number_that_shows_those_above_in_digits_is_not_left_to_word(marks: tuple[tuple[int, str], ...]) -> None:
    """Word shows each of them in the numerals of its own level (17.9.11): 一.1."""
    shown = shown_numbers(official(in_language(headed(marks), ZH)))
    told = [(number + words)[: len(mark)] for (number, words), (_, mark) in zip(shown, marks, strict=True)]
    assert told == [mark for _, mark in marks]


def test_a_heading_without_a_number_is_left_out_of_the_list_and_keeps_its_indent() -> None:
    package = official(headed(((1, "一、"), (1, ""), (1, "二、"))))
    numbers = [each.find(f"{W}pPr/{W}numPr/{W}numId") for each in part(package).iter(W + "p") if _is_heading(each)]
    assert [None if number is None else number.get(W + "val") for number in numbers] == [None, "0", None]
    indents = [each.find(f"{W}pPr/{W}ind") for each in part(package).iter(W + "p") if _is_heading(each)]
    assert [None if indent is None else indent.get(W + "left") for indent in indents] == [None, "640", None]


def _is_heading(paragraph: etree._Element) -> bool:
    return style_of(paragraph).startswith("Heading")


def test_a_document_without_numbers_has_no_list_of_headings() -> None:
    package = official(EDITIONS["bilingual"])
    assert b'w:numId="1000"' not in etree.tostring(part(package, "word/numbering.xml"))
    assert not HeadingNumbers((), ZH)


def test_levels_without_a_number_have_the_usual_form_for_those_who_add_one() -> None:
    for document, forms in (
        (headed(((1, "一、"),)), {"%1、", "（%2）", "%3."}),
        (in_language(headed(((1, "1. "),)), EN), {"%1.", "%1.%2", "%1.%2.%3"}),
    ):
        (own,) = [
            each
            for each in part(official(document), "word/numbering.xml").iter(W + "abstractNum")
            if each.find(W + "multiLevelType").get(W + "val") == "multilevel"  # type: ignore[union-attr]
        ]
        assert {str(each.get(W + "val")) for each in own.iter(W + "lvlText")} == forms


# --- what validators say -----------------------------------------------------------------


@ALL
def test_lint_finds_nothing(edition: str) -> None:
    assert lint(official(numbered_showcase(edition))) == []


def test_lint_finds_a_heading_in_a_list_that_is_not_there() -> None:
    package = official(numbered_showcase("zh"))
    assert any("numbering 9" in line for line in lint(with_part(package, "word/styles.xml", '"1000"', '"9"')))


@ALL
def test_openxml_audit_finds_nothing(edition: str, tmp_path: Path) -> None:
    assert audit_findings(official(numbered_showcase(edition)), tmp_path) == []


@ALL
def test_open_xml_sdk_finds_nothing(edition: str, tmp_path: Path) -> None:
    assert sdk_findings(official(numbered_showcase(edition)), tmp_path) == []


@ALL
def test_same_input_same_bytes(edition: str) -> None:
    document = numbered_showcase(edition)
    assert official(document) == official(document)
