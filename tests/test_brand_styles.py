"""Styles of a template and of the house in one file: found by name, added where they are missing, fitted in."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from lxml import etree

from brand_templates import RED, TEMPLATES, document
from docx_helpers import W, part
from ipreport.document import Heading, Paragraph, text
from ipreport.language import EN, ZH
from ipreport.style import MODERN, THEMES, StyleName
from ipreport.writers.docx import branded, read_brand, write
from ipreport.writers.docx.brand.cascade import Cascade
from ipreport.writers.docx.brand.names import canonical
from office_parts import DEFAULTS, changed, package, style, styles, theme
from ooxml_lint import lint
from showcase import both
from word_numbers import shown_numbers


@cache
def sheet(name: str) -> Cascade:
    return of(TEMPLATES[name]())


def of(template: bytes) -> Cascade:
    """The styles of a briefing in a template."""
    return Cascade(part(write(document(), MODERN, brand=read_brand(template, "office.docx")), "word/styles.xml"))


def named(found: Cascade, name: str, kind: str = "paragraph") -> etree._Element:
    return found.styles[found.named()[kind, canonical(name)]]


def parent(found: Cascade, name: str, kind: str = "paragraph") -> str | None:
    based = named(found, name, kind).find(W + "basedOn")
    return None if based is None else based.get(W + "val")


def properties(found: Cascade, name: str, kind: str = "paragraph") -> list[str]:
    """The names of the properties that a style says itself."""
    own = named(found, name, kind)
    return [etree.QName(entry).localname for place in ("pPr", "rPr") for entry in own.iterfind(f"{W}{place}/*")]


def with_styles(*entries: str, defaults: str = "") -> bytes:
    return package({"styles": styles(*entries, defaults=defaults), "theme": theme()})


# --- the template's own styles ----------------------------------------------------------


def test_styles_of_the_template_keep_ids_and_looks() -> None:
    before, after = Cascade(part(TEMPLATES["red-serif"](), "word/styles.xml")), sheet("red-serif")

    for style_id in ("Normal", "BodyText", "Heading1", "Caption", "OfficeTable"):
        one, other = (etree.tostring(each.styles[style_id], method="c14n", exclusive=True) for each in (before, after))
        assert one == other


def test_paragraphs_refer_to_the_templates_ids() -> None:
    package = write(document(), MODERN, brand=read_brand(TEMPLATES["chinese"](), "office.docx"))
    used = {style.get(W + "val") for style in part(package).iter(W + "pStyle")}

    assert {"1", "2", "a3"} <= used
    assert not {"Heading1", "Heading2", "Title"} & used


def test_wps_names_become_words_own() -> None:
    found = sheet("wps")
    heading = found.styles["1"]

    assert [each.get(W + "val") for each in heading.iterfind(W + "name")] == ["heading 1"]
    assert [each.get(W + "val") for each in heading.iterfind(W + "aliases")] == ["标题 1"]
    assert heading.get(W + "customStyle") is None
    # Contents and navigation go by the level.
    assert found.look("1").of_paragraph("outlineLvl") == "0"
    assert found.look("2").of_paragraph("outlineLvl") == "1"


def test_an_english_name_goes_before_a_chinese_one() -> None:
    found = of(with_styles(*DEFAULTS, style("x", "标题 1"), style("y", "heading 1")))

    assert found.named()["paragraph", "heading 1"] == "y"
    assert [each.get(W + "val") for each in found.styles["x"].iterfind(W + "name")] == ["标题 1"]


def test_a_further_name_counts_where_no_style_has_it_as_its_first() -> None:
    alias = style("x", "机关正文").replace("/><", '/><w:aliases w:val="正文文本,Body Text"/><', 1)

    assert of(with_styles(*DEFAULTS, alias)).named()["paragraph", "body text"] == "x"


def test_automatic_numbers_of_headings_are_taken_out() -> None:
    assert sheet("chinese").look("1").numbering is None


def test_what_leads_to_no_style_is_taken_out() -> None:
    broken = style("x", "Body Text", parent="nowhere", more='<w:next w:val="gone"/>')
    template = with_styles(*DEFAULTS, broken)

    assert lint(write(document(), MODERN, brand=read_brand(template, "office.docx"))) == []
    assert parent(of(template), "Body Text") is None


# --- what is added ----------------------------------------------------------------------


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_style_of_the_house_is_there_once(name: str) -> None:
    found, needed = sheet(name), Cascade(part(write(document(), MODERN), "word/styles.xml"))

    assert needed.named().keys() <= found.named().keys()
    assert len(found.named()) >= len(found.styles)


def test_an_id_that_is_taken_is_not_used_again() -> None:
    found = sheet("chinese")

    assert named(found, "机关备注").get(W + "styleId") == "BodyText"
    assert named(found, "Body Text").get(W + "styleId") == "BodyTextBriefing"
    assert parent(found, "Summary") == "BodyTextBriefing"


def test_ids_differ_in_more_than_capitals() -> None:
    found = of(with_styles(*DEFAULTS, style("kpivalue", "别的"), style("KPIValueBriefing", "另外")))

    assert named(found, "KPI Value").get(W + "styleId") == "KPIValueBriefing2"


def test_parents_are_found_by_name() -> None:
    assert parent(sheet("chinese"), "KPI Value") == "a"
    assert parent(sheet("chinese"), "heading 1 English", "character") == "a0"
    assert parent(sheet("wps"), "Body Text English") == "3"
    assert parent(sheet("wps"), "Table Caption") == "4"
    assert parent(sheet("wps"), "Briefing Table", "table") == "8"


def test_latent_styles_and_defaults_of_the_document_stay() -> None:
    latent = '<w:latentStyles w:count="1"><w:lsdException w:name="Normal"/></w:latentStyles>'
    plain = with_styles(*DEFAULTS, defaults='<w:sz w:val="24"/>')
    template = changed(plain, "word/styles.xml", ("</w:docDefaults>", f"</w:docDefaults>{latent}"))
    root = of(template).root

    assert [etree.QName(entry).localname for entry in root][:2] == ["docDefaults", "latentStyles"]
    assert root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}sz") is not None


def test_the_other_language_follows_the_templates_style() -> None:
    """In its face and colour, a little smaller; without the indent of Chinese paragraphs."""
    found = sheet("wps")
    assert properties(found, "Body Text English") == ["spacing", "ind", "sz", "szCs", "lang"]
    look = found.look(found.named()["paragraph", "body text english"])
    body = MODERN.text(StyleName.BODY, ZH).size, MODERN.text(StyleName.BODY, EN).size
    assert look.size == round(12 * body[1] / body[0] * 2) / 2
    assert look.of_paragraph("ind", "firstLineChars") == "0"
    assert look.font("ascii") == ("ascii", "Liberation Serif")

    heading = sheet("red-serif")
    assert properties(heading, "heading 1 English", "character") == ["sz", "szCs", "lang"]


def test_what_is_based_on_a_style_of_the_template_takes_its_look() -> None:
    found = sheet("red-serif")
    look = found.look(found.named()["paragraph", "table caption"])

    assert look.of_run("color") == RED
    assert look.font("eastAsia") == ("eastAsia", "Noto Serif CJK SC")


def test_running_text_is_in_the_size_of_the_template() -> None:
    brand = read_brand(TEMPLATES["chinese"](), "office.docx")
    assert brand.body_size == 16

    texts = branded(MODERN, brand=brand).texts
    assert texts[StyleName.BODY, "zh"].size == 16
    assert texts[StyleName.NOTE, "zh"].size == 14.5
    assert texts[StyleName.TABLE_TEXT, "zh"] == replace(
        MODERN.texts[StyleName.TABLE_TEXT, "zh"], colour=texts[StyleName.TABLE_TEXT, "zh"].colour
    )


def test_body_text_is_the_default_style_where_the_template_has_none() -> None:
    found = sheet("chinese")

    assert properties(found, "Body Text") == ["spacing", "lang"]
    look = found.look("BodyTextBriefing")
    assert look.of_paragraph("spacing", "line") == "560"
    assert look.of_paragraph("ind", "firstLineChars") == "200"
    assert look.size == 16


def test_body_text_is_that_of_the_house_where_the_template_says_nothing() -> None:
    found = of(with_styles(*DEFAULTS))

    assert properties(found, "Body Text") == ["spacing", "ind", "jc", "rFonts", "sz", "szCs", "lang"]


def test_tables_and_cards_inherit_nothing_from_running_text() -> None:
    """Indents in characters, lines of a fixed height and italics of the default style stay out of cells."""
    odd = (
        '<w:keepLines/><w:pageBreakBefore/><w:numPr><w:numId w:val="0"/></w:numPr>'
        '<w:pBdr><w:top w:val="single"/></w:pBdr>'
        '<w:shd w:val="clear" w:fill="EEEEEE"/><w:spacing w:beforeLines="50" w:before="156" w:afterAutospacing="1"'
        ' w:line="560" w:lineRule="exact"/><w:ind w:leftChars="100" w:firstLineChars="200" w:firstLine="420"/>'
        "<w:contextualSpacing/>"
    )
    run = '<w:b/><w:i/><w:caps/><w:spacing w:val="20"/><w:u w:val="single"/><w:vertAlign w:val="superscript"/>'
    found = of(with_styles(style("a", "Normal", default=True, paragraph=odd, run=run), *DEFAULTS[1:]))
    for name in ("Table Text", "KPI Detail", "caption", "Note"):
        look = found.look(found.named()["paragraph", canonical(name)])
        assert not any(look.is_on(toggle) for toggle in ("i", "caps"))
        assert look.of_run("u") == "none"
        assert look.of_run("spacing") == "0"
        assert look.of_run("vertAlign") == "baseline"
        assert look.of_paragraph("pageBreakBefore") == "0"
        assert look.of_paragraph("shd", "fill") == "auto"
        assert look.of_paragraph("ind", "leftChars") == "0"
        assert look.of_paragraph("ind", "firstLineChars") == "0"
        assert look.of_paragraph("spacing", "beforeLines") == "0"
        assert look.of_paragraph("spacing", "afterAutospacing") == "0"
        assert look.of_paragraph("contextualSpacing") == "0"
        borders = look.paragraph["pBdr"].find(W + "top")
        assert borders is not None
        assert borders.get(W + "val") == "nil"


# --- faces ------------------------------------------------------------------------------


def test_added_styles_take_the_faces_of_the_templates_text_and_headings() -> None:
    found = sheet("chinese")

    assert found.look(found.named()["paragraph", "note"]).font("eastAsia") == ("eastAsia", "Noto Serif CJK SC")
    assert found.look(found.named()["paragraph", "table text"]).font("eastAsia") == ("eastAsia", "Noto Sans CJK SC")
    assert found.look(found.named()["paragraph", "table text"]).font("ascii") == ("ascii", "Liberation Sans")


def test_faces_stay_those_of_the_theme_where_the_template_has_no_others() -> None:
    found = sheet("logo")

    assert found.look(found.named()["paragraph", "table text"]).font("eastAsia") == ("eastAsiaTheme", "majorEastAsia")


def test_defaults_of_the_document_in_odd_faces_are_those_of_running_text() -> None:
    odd = '<w:rFonts w:ascii="Comic" w:hAnsi="Comic" w:eastAsia="华文彩云"/><w:sz w:val="28"/>'
    found = of(with_styles(*DEFAULTS, defaults=odd))

    assert found.look(found.named()["paragraph", "note"]).font("eastAsia") == ("eastAsia", "华文彩云")
    assert found.look(found.named()["paragraph", "body text"]).size == 14


def test_shared_punctuation_takes_the_latin_face_of_its_own_style() -> None:
    """“ and ” stand in Chinese and in Latin faces: which, each run says by the other script's face."""
    quoted = replace(document(), blocks=(Paragraph(text(EN, "A “quoted” word.")),))
    package = write(quoted, MODERN, brand=read_brand(TEMPLATES["chinese"](), "office.docx"))
    fonts = part(package).find(f".//{W}p/{W}r/{W}rPr/{W}rFonts")

    assert fonts is not None
    assert dict(fonts.attrib) == {W + "eastAsia": "Liberation Serif"}


def test_a_template_without_a_theme_lends_the_faces_it_has() -> None:
    entries = (style("Normal", "Normal", default=True, run='<w:rFonts w:eastAsia="仿宋"/>'), *DEFAULTS[1:])
    template = package({"styles": styles(*entries)})
    made = write(document(), MODERN, brand=read_brand(template, "office.docx"))
    found = Cascade(part(made, "word/styles.xml"))

    assert lint(made) == []
    assert found.look(found.named()["paragraph", "note"]).font("eastAsia") == ("eastAsia", "仿宋")
    accent = part(made, "word/theme/theme1.xml").find(".//{*}accent1/{*}srgbClr")
    assert accent is not None
    assert accent.get("val") == "1F4E79"


def test_a_template_without_styles_takes_those_of_the_house() -> None:
    made = write(document(), MODERN, brand=read_brand(package({"theme": theme()}), "office.docx"))

    assert lint(made) == []
    assert part(made, "word/styles.xml").find(f"{W}style[@{W}styleId='BodyText']") is not None


def test_a_template_of_nothing_but_a_page_is_enough() -> None:
    assert lint(write(document(), MODERN, brand=read_brand(package({}), "office.docx"))) == []


# --- tables and pictures ----------------------------------------------------------------


def test_words_in_a_dark_head_of_the_templates_tables_are_white() -> None:
    found = sheet("red-serif")
    for name in ("Table Head", "Table Head English", "Table Head Right", "Table Head Right English"):
        assert found.look(found.named()["paragraph", canonical(name)]).of_run("color") == "FFFFFF"
    assert found.look(found.named()["paragraph", "table text"]).of_run("color") != "FFFFFF"


def test_the_templates_own_colour_of_a_head_goes_first() -> None:
    pink = '<w:rPr><w:b/><w:color w:val="FFE0E0"/></w:rPr><w:tcPr>'
    template = changed(TEMPLATES["red-serif"](), "word/styles.xml", ("<w:rPr><w:b/></w:rPr><w:tcPr>", pink))
    found = of(template)

    assert found.look(found.named()["paragraph", "table head"]).of_run("color") == "FFE0E0"


def test_bands_of_the_templates_tables_are_shown() -> None:
    package = write(document(), MODERN, brand=read_brand(TEMPLATES["red-serif"](), "office.docx"))
    looks = [
        look
        for table in part(package).iter(W + "tblPr")
        for style in table.iterfind(f"{W}tblStyle[@{W}val='OfficeTable']")
        for look in table.iterfind(W + "tblLook")
        if style is not None
    ]

    assert looks
    assert {look.get(W + "noHBand") for look in looks} == {"0"}
    assert {look.get(W + "noVBand") for look in looks} == {"1"}
    assert {look.get(W + "val") for look in looks} == {"0420", "0400"}


def test_pictures_stand_where_the_captions_do() -> None:
    found = sheet("red-serif")
    names = {name for kind, name in found.named() if name.startswith(("figure", "source note"))}

    assert {"figure", "source note"} <= names
    assert {found.look(found.named()["paragraph", name]).of_paragraph("jc") for name in names} == {"left"}


def test_a_fixed_line_of_the_template_cuts_no_picture() -> None:
    line = '<w:spacing w:line="400" w:lineRule="exact"/>'
    template = with_styles(*DEFAULTS, style("Figure", "Figure", paragraph=line))
    package = write(document(), MODERN, brand=read_brand(template, "office.docx"))
    paragraphs = [d.getparent().getparent() for d in part(package).iter(W + "drawing")]  # type: ignore[union-attr]
    own = [p.find(f"{W}pPr") for p in paragraphs if p is not None]
    rules = [
        spacing.get(W + "lineRule")
        for each in own
        if each is not None
        for spacing in each.iterfind(W + "spacing")
        if each.find(f"{W}pStyle[@{W}val='Figure']") is not None
    ]

    assert rules == ["auto", "auto"]


@pytest.mark.parametrize(("name", "style_id"), [("chinese", "1"), ("red-serif", "Heading1")])
def test_headings_count_as_the_briefing_says_and_begin_where_the_template_has_them(name: str, style_id: str) -> None:
    """A template's own heading may be part of a list of its own; both are flush left, while the theme indents."""
    headings = (Heading(1, "one", both("甲", "A"), "一、"), Heading(1, "three", both("丙", "C"), "三、"))
    numbered = replace(document(), blocks=headings)
    made = write(numbered, THEMES["official"], brand=read_brand(TEMPLATES[name](), "office.docx"))
    indents = part(made).findall(f".//{W}pPr/{W}pStyle[@{W}val='{style_id}']/../{W}ind")

    assert lint(made) == []
    assert shown_numbers(made, style_id) == [("一、", "甲A"), ("三、", "丙C")]
    assert [(each.get(W + "left"), each.get(W + "firstLine")) for each in indents] == [("0", "0"), ("0", "0")]


@pytest.mark.parametrize(
    ("indent", "expected"),
    [("", None), ('<w:ind w:firstLineChars="200" w:firstLine="480"/>', "229"), ('<w:ind w:firstLineChars="x"/>', None)],
)
def test_the_other_language_is_indented_as_the_templates_text_is(indent: str, expected: str | None) -> None:
    """By the same length, though its letters are smaller (and more of them are counted)."""
    spaced = f'<w:spacing w:after="120"/>{indent}'
    body = style("BodyText", "Body Text", parent="Normal", paragraph=spaced, run='<w:sz w:val="20"/>')
    made = write(document(), THEMES["official"], brand=read_brand(with_styles(*DEFAULTS, body), "office.docx"))
    own = named(Cascade(part(made, "word/styles.xml")), "Body Text English").find(f"{W}pPr/{W}ind")

    assert (None if own is None else own.get(W + "firstLineChars")) == expected


def test_a_caption_stays_with_its_table_and_a_figures_with_its_source() -> None:
    """Also where the template's style of captions says nothing of it."""
    loose = style("Caption", "caption", parent="Normal", paragraph='<w:jc w:val="center"/>')
    made = write(document(), MODERN, brand=read_brand(with_styles(*DEFAULTS, loose), "office.docx"))
    captions = list(part(made).iterfind(f".//{W}pStyle[@{W}val='Caption']/.."))

    assert Cascade(part(made, "word/styles.xml")).look("TableCaption").paragraph["keepNext"].get(W + "val") is None
    assert captions
    assert all(own.find(W + "keepNext") is not None for own in captions)
