"""The margins of a Word file: running heads, page numbers, the watermark of a draft; and the imprint."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from lxml import etree

from docx_helpers import EDITIONS, W, in_language, part, style_of, words_in
from ipreport.document import Block, Document, Imprint, ImprintLine, Note, PageBreak, Paragraph, Table, text
from ipreport.language import EN, ZH
from ipreport.style import MODERN, Page, PageNumbers, Style, StyleName
from ipreport.writers.docx import write
from ipreport.writers.docx.sheet import Sheet
from ipreport.writers.docx.watermark import watermark
from ooxml_lint import lint
from showcase import both, draft, one, showcase

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
V = "{urn:schemas-microsoft-com:vml}"
DASHED = replace(MODERN, page_numbers=PageNumbers.DASHED)


def turned(document: Document) -> Document:
    """`document` with a landscape page before its last section."""
    return replace(document, blocks=(*document.blocks, PageBreak(landscape=True), *WORDS, PageBreak(), *WORDS))


WORDS = (Paragraph(text(ZH, "正文。")),)


def sections(package: bytes) -> list[dict[str, str]]:
    """The headers and footers of each section by kind and pages, such as `header even`, as names of parts."""
    relations = {each.get("Id"): str(each.get("Target")) for each in part(package, "word/_rels/document.xml.rels")}
    return [
        {
            f"{etree.QName(each).localname.removesuffix('Reference')} {each.get(W + 'type')}": relations[
                each.get(R + "id")
            ]
            for each in section
            if each.get(R + "id") is not None
        }
        for section in part(package).iter(W + "sectPr")
    ]


def story(package: bytes, name: str) -> etree._Element:
    return part(package, f"word/{name}")


# --- page numbers ----------------------------------------------------------------------


def test_pages_are_counted_in_the_middle() -> None:
    package = write(showcase(), MODERN)
    assert part(package, "word/settings.xml").find(W + "evenAndOddHeaders") is None
    (only,) = sections(package)
    assert sorted(only) == ["footer default", "footer first", "header default", "header first"]
    for kind in ("footer first", "footer default"):
        footer = story(package, only[kind])
        assert (style_of(footer[0]), words_in(footer)) == ("Footer", "1 / 1")
        assert [each.text for each in footer.iter(W + "instrText")] == [" PAGE ", " NUMPAGES "]


def test_numbers_between_dashes_stand_outside_on_odd_and_even_pages() -> None:
    package = write(showcase(), DASHED)
    assert part(package, "word/settings.xml").find(W + "evenAndOddHeaders") is not None
    (only,) = sections(package)
    found = {kind: story(package, name) for kind, name in only.items() if kind.startswith("footer")}
    assert {kind: (style_of(root[0]), words_in(root)) for kind, root in found.items()} == {
        "footer first": ("FooterOddPages", "— 1 —"),
        "footer default": ("FooterOddPages", "— 1 —"),
        "footer even": ("FooterEvenPages", "— 2 —"),
    }
    assert all([each.text for each in root.iter(W + "instrText")] == [" PAGE "] for root in found.values())


def test_dashes_are_one_em_wide() -> None:
    """In Chinese they take the Chinese face, in which they are."""
    root = story(write(EDITIONS["zh"], DASHED), "footer1.xml")
    dashes = [run for run in root.iter(W + "r") if "—" in words_in(run)]
    assert [run.find(f"{W}rPr/{W}rFonts").get(W + "hint") for run in dashes] == ["eastAsia"] * 2


def test_numbers_stand_one_character_in_from_the_type_area() -> None:
    styles = part(write(showcase(), DASHED), "word/styles.xml")
    size = round(MODERN.text(StyleName.FOOTER, ZH).size * 20)
    for name, side, justify in (("FooterOddPages", "right", "right"), ("FooterEvenPages", "left", "left")):
        (style,) = styles.iterfind(f"{W}style[@{W}styleId='{name}']/{W}pPr")
        indent, alignment = style.find(W + "ind"), style.find(W + "jc")
        assert indent is not None
        assert alignment is not None
        assert (indent.get(f"{W}{side}Chars"), indent.get(f"{W}{side}")) == ("100", str(size))
        assert alignment.get(W + "val") == justify


def test_every_section_has_headers_and_footers_of_odd_and_even_pages() -> None:
    package = write(turned(showcase()), DASHED)
    assert lint(package) == []
    first, landscape, last = sections(package)
    both_pages = {f"{kind} {pages}" for kind in ("header", "footer") for pages in ("default", "even")}
    assert set(first) == {*both_pages, "header first", "footer first"}
    assert set(landscape) == set(last) == both_pages
    assert style_of(story(package, landscape["header even"])[0]) == "HeaderLandscape"
    assert style_of(story(package, last["header even"])[0]) == "Header"
    assert {landscape["header default"], landscape["header even"]}.isdisjoint(first.values())
    assert landscape["footer even"] == first["footer even"]


def test_even_pages_have_the_running_head_of_odd_ones() -> None:
    package = write(showcase(), DASHED)
    (only,) = sections(package)
    assert words_in(story(package, only["header even"])) == words_in(story(package, only["header default"]))


def test_the_running_head_stands_on_its_line() -> None:
    margins = part(write(showcase(), MODERN)).find(f".//{W}pgMar")
    assert margins is not None
    leading = MODERN.text(StyleName.HEADER, ZH).leading
    assert margins.get(W + "header") == str(round((MODERN.page.header - leading) * 20))
    assert margins.get(W + "footer") == str(round(MODERN.page.footer * 20))


# --- the watermark of a draft ----------------------------------------------------------


def marks(package: bytes) -> dict[str, list[etree._Element]]:
    """The shapes of each header."""
    with zipfile.ZipFile(BytesIO(package)) as archive:
        names = [name for name in archive.namelist() if re.fullmatch(r"word/header\d+\.xml", name)]
        return {name: list(etree.fromstring(archive.read(name)).iter(V + "shape")) for name in sorted(names)}


@pytest.mark.parametrize("style", [MODERN, DASHED], ids=["count", "dashed"])
def test_every_header_of_a_draft_bears_its_words(style: Style) -> None:
    package = write(turned(draft()), style)
    assert lint(package) == []
    found = marks(package)
    assert len(found) == (5 if style is DASHED else 3)
    assert {name for section in sections(package) for kind, name in section.items() if "header" in kind} == {
        name.removeprefix("word/") for name in found
    }
    for shapes in found.values():
        (shape,) = shapes
        assert shape.find(V + "textpath").get("string") == "草稿 DRAFT"
        assert re.search(r"rotation:315;.*z-index:-", shape.get("style", ""))
        assert shape.get("alt") == "装饰：水印“草稿 DRAFT” Decoration: watermark “草稿 DRAFT”"
    ids = [shape.get("id") for shapes in found.values() for shape in shapes]
    assert len(set(ids)) == len(ids)
    assert all(str(each).startswith("PowerPlusWaterMarkObject") for each in ids)


@pytest.mark.parametrize("edition", sorted(EDITIONS))
def test_a_final_document_has_no_watermark(edition: str) -> None:
    package = write(EDITIONS[edition], MODERN)
    assert not any(marks(package).values())
    with zipfile.ZipFile(BytesIO(package)) as archive:
        assert not [name for name in archive.namelist() if b"atermark" in archive.read(name)]


def test_a_draft_in_one_language_says_it_in_that_language() -> None:
    package = write(in_language(draft(), EN), MODERN)
    for (shape,) in marks(package).values():
        assert shape.find(V + "textpath").get("string") == "DRAFT"
        assert shape.get("alt") == "Decoration: watermark “DRAFT”"


@pytest.mark.parametrize("page", [MODERN.page, MODERN.page.turned], ids=["upright", "turned"])
@pytest.mark.parametrize("said", ["草", "草稿", "征求意见稿 Draft for comments, not for circulation"])
def test_words_of_any_length_stay_on_the_page(said: str, page: Page) -> None:
    shape = watermark(Sheet(MODERN, (ZH, EN)), one(said), page, 1)
    found = re.search(r"width:(\d+)pt;height:(\d+)pt", shape)
    assert found is not None
    width, height = int(found[1]), int(found[2])
    assert 0.7 * (width + height) < min(page.text_width, page.text_height)
    assert height < 160


def test_words_that_look_like_markup_are_only_words() -> None:
    document = replace(showcase(), meta=replace(showcase().meta, draft=one('<b>"&')))
    for (shape,) in marks(write(document, MODERN)).values():
        assert shape.find(V + "textpath").get("string") == '<b>"&'


# --- the imprint -----------------------------------------------------------------------


def imprint(package: bytes) -> etree._Element:
    (found,) = (
        table
        for table in part(package).iter(W + "tbl")
        if table.find(f"{W}tblPr/{W}tblStyle").get(W + "val") == "Imprint"
    )
    return found


def lines(row: etree._Element) -> list[list[str]]:
    """The paragraphs of each cell, tabs as such."""
    return [
        [
            "".join("\t" if each.tag == W + "tab" else each.text or "" for each in p.iter(W + "t", W + "tab"))
            for p in cell.iter(W + "p")
        ]
        for cell in row.iter(W + "tc")
    ]


def box(package: bytes) -> etree._Element:
    """The anchor of the text box that holds the imprint."""
    (found,) = part(package).iter(WP + "anchor")
    return found


def points(box: etree._Element) -> tuple[float, float]:
    extent = box.find(WP + "extent")
    assert extent is not None
    return int(extent.get("cx", "")) / 12700, int(extent.get("cy", "")) / 12700


def place_height(package: bytes) -> float:
    (line,) = part(package, "word/styles.xml").iterfind(f"{W}style[@{W}styleId='ImprintPlace']/{W}pPr/{W}spacing")
    assert line.get(W + "lineRule") == "exact"
    return int(line.get(W + "line", "")) / 20


def test_the_imprint_stands_at_the_foot_of_the_type_area_and_lets_text_pass() -> None:
    package = write(showcase(), MODERN)
    anchor = box(package)
    places = [
        (etree.QName(place).localname, place.get("relativeFrom"), place.findtext(WP + "align"))
        for place in anchor.iter(WP + "positionH", WP + "positionV")
    ]
    assert places == [("positionH", "margin", "left"), ("positionV", "margin", "bottom")]
    assert anchor.find(WP + "wrapNone") is not None
    assert abs(points(anchor)[0] - MODERN.page.text_width) < 0.1
    last = part(package).find(W + "body")[-2]  # type: ignore[index]  # there is a body
    assert style_of(last) == "ImprintPlace"
    assert len(list(last.iter(W + "tbl"))) == 1


def test_the_last_paragraph_keeps_the_room_of_the_imprint_free() -> None:
    package = write(showcase(), MODERN)
    assert place_height(package) >= points(box(package))[1] + 10
    many = ImprintLine(both("报：", "To:"), both("示例省知识产权局、" * 12, "Example Provincial IP Office; " * 12))
    longer = write(replace(showcase(), imprint=replace(showcase().imprint, lines=(many,) * 3)), MODERN)  # type: ignore[type-var]  # the showcase has an imprint
    assert place_height(longer) > place_height(package) + 100


@pytest.mark.parametrize(
    ("block", "bound"), [(WORDS[0], True), (next(b for b in showcase().blocks if isinstance(b, Table)), False)]
)
def test_text_goes_to_the_page_of_the_imprint_with_it_and_the_notes_of_a_table_do_not(
    block: Block, bound: bool
) -> None:
    note = next(each for each in showcase().blocks if isinstance(each, Note))
    body = part(write(replace(showcase(), blocks=(note, block)), MODERN)).find(W + "body")
    assert body is not None
    assert (body[-3].find(f"{W}pPr/{W}keepNext") is not None) is bound


def test_the_imprint_reads_from_top_to_bottom() -> None:
    first, second, third = imprint(write(showcase(), MODERN)).iter(W + "tr")
    assert lines(first) == [
        [
            "报：\t示例省知识产权局",
            "To:\tExample Provincial IP Office",
            "送：\t示例市、示例州",
            "Copy:\tExample City; Example Prefecture",
            "发：\t各县（市）",
            "Circulated to:\tcounties",
        ]
    ]
    assert lines(second) == [
        ["示例编写组", "Example compilers"],
        ["2025年10月15日印发", "Issued 15 October 2025"],
    ]
    assert lines(third) == [["（共印30份）", "(30 copies)"]]


def test_the_rules_of_the_imprint_are_those_of_its_style() -> None:
    package = write(showcase(), MODERN)
    assert imprint(package).find(f".//{W}tcBorders") is None
    (style,) = part(package, "word/styles.xml").iterfind(f"{W}style[@{W}styleId='Imprint']")
    rules = {
        etree.QName(rule).localname: int(rule.get(W + "sz", "")) / 8 for rule in style.iter() if rule.get(W + "sz")
    }
    # 0.35 mm first and last, 0.25 mm between, as near as eighths of a point come.
    for name, millimetres in (("top", 0.35), ("bottom", 0.35), ("insideH", 0.25)):
        assert abs(rules.pop(name) - millimetres * 72 / 25.4) <= 1 / 16
    assert not rules


def test_the_imprint_is_told_to_readers_who_cannot_see_it() -> None:
    properties = imprint(write(showcase(), MODERN)).find(W + "tblPr")
    assert properties.find(W + "tblCaption").get(W + "val") == "版记 / Imprint"
    description = properties.find(W + "tblDescription").get(W + "val")
    names = box(write(showcase(), MODERN)).find(WP + "docPr")
    assert (names.get("name"), names.get("descr")) == ("版记 / Imprint", description)
    assert description == "本期报、送、发的单位，印发单位和日期。 / Whom this issue goes to, who issues it, and when."


def hanging(package: bytes, style_id: str = "ImprintLine") -> int:
    (indent,) = part(package, "word/styles.xml").iterfind(f"{W}style[@{W}styleId='{style_id}']/{W}pPr/{W}ind")
    return int(indent.get(W + "hanging", ""))


def test_names_hang_behind_the_widest_label_in_all_languages() -> None:
    bilingual, chinese = (write(EDITIONS[edition], MODERN) for edition in ("bilingual", "zh"))
    size = MODERN.text(StyleName.IMPRINT, ZH).size
    assert hanging(bilingual) == hanging(bilingual, "ImprintLineEnglish")
    assert hanging(chinese) == round(3 * size * 20)  # two characters and the space behind them
    assert hanging(bilingual) > hanging(chinese)


@pytest.mark.parametrize(
    ("block", "rows"),
    [
        (Imprint((), both("甲", "A"), both("今天", "today")), 1),
        (Imprint((ImprintLine(both("报：", "To:"), one("甲")),), both("甲", "A"), one("今天")), 2),
        (Imprint((ImprintLine(one("报："), both("甲", "A")),), one("甲"), one("今天"), one("（共印1份）")), 3),
    ],
    ids=["no lines", "one name in one language", "copies"],
)
def test_an_imprint_may_lack_parts(block: Imprint, rows: int) -> None:
    package = write(replace(showcase(), imprint=block), MODERN)
    assert lint(package) == []
    assert len(list(imprint(package).iter(W + "tr"))) == rows


def test_a_document_may_have_no_imprint() -> None:
    package = write(replace(showcase(), imprint=None), MODERN)
    assert lint(package) == []
    assert part(package).find(f".//{WP}anchor") is None
    styles = {style.get(W + "styleId") for style in part(package, "word/styles.xml").iter(W + "style")}
    assert "ImprintPlace" not in styles


def test_the_imprint_of_a_document_that_ends_on_a_landscape_page_is_as_wide_as_that() -> None:
    document = replace(showcase(), blocks=(*WORDS, PageBreak(landscape=True), *WORDS))
    package = write(document, MODERN)
    assert lint(package) == []
    width = MODERN.page.turned.text_width
    assert imprint(package).find(f"{W}tblPr/{W}tblW").get(W + "w") == str(round(width * 20))
    assert abs(points(box(package))[0] - width) < 0.1
