"""Pages of a template: size and margins, headers and footers, and the notice that stands on every page."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import etree

from brand_templates import chinese_word, document, with_logo, wps
from docx_helpers import W, part
from ipreport.document import Document, NotData, Standing
from ipreport.style import MODERN, FigureWidth
from ipreport.tracing.word import read_word
from ipreport.writers.docx import branded, read_brand, write
from office_parts import (
    A4,
    DEFAULTS,
    OFFICE,
    USUAL_MARGINS,
    changed,
    header,
    image,
    package,
    relation,
    styles,
    theme,
    unzipped,
    words,
    zipped,
)
from office_parts import R as R_DECLARED
from office_parts import W as W_DECLARED
from ooxml_lint import lint
from showcase import draft

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
NOTICE = "示例数据　Illustrative data"
DEFAULT = '<w:headerReference w:type="default" r:id="header1"/>'


def made(template: bytes, source: Document | None = None) -> bytes:
    return write(source or document(), MODERN, brand=read_brand(template, "office.docx"))


def with_header(content: str, section: str = "", **parts: str) -> bytes:
    """A template with one header."""
    every = {"styles": styles(*DEFAULTS), "theme": theme(), "header1": header(content), **parts}
    return package(every, section=f"{DEFAULT}{A4}{USUAL_MARGINS}{section}")


def sections(file: bytes) -> list[etree._Element]:
    return list(part(file).iter(W + "sectPr"))


def said(file: bytes, kind: str = "header") -> dict[str, list[str]]:
    """The paragraphs of every header or footer of the first section, by type."""
    targets = {each.get("Id"): str(each.get("Target")) for each in part(file, "word/_rels/document.xml.rels")}
    found = {}
    for reference in sections(file)[0].iterfind(f"{W}{kind}Reference"):
        root = part(file, f"word/{targets[reference.get(R + 'id')]}")
        found[reference.get(W + "type") or ""] = [
            "".join(piece.text or "" for piece in paragraph.iter(W + "t")) for paragraph in root.iter(W + "p")
        ]
    return found


def attributes(element: etree._Element | None) -> dict[str, str]:
    assert element is not None
    return {str(key).removeprefix(W): str(value) for key, value in element.attrib.items()}


# --- size and margins -------------------------------------------------------------------


def test_every_section_has_the_page_of_the_template() -> None:
    first, turned, last = sections(made(chinese_word()))
    margins = {"top": "2098", "right": "1474", "bottom": "1984", "left": "1587", "header": "851", "footer": "1304"}
    for section in (first, last):
        assert attributes(section.find(W + "pgSz")) == {"w": "11906", "h": "16838"}
        assert attributes(section.find(W + "pgMar")) == margins | {"gutter": "0"}
        assert attributes(section.find(W + "docGrid")) == {"type": "lines", "linePitch": "312"}
    # Turned with the page: its head lies along the left side.
    assert attributes(turned.find(W + "pgSz")) == {"w": "16838", "h": "11906", "orient": "landscape"}
    assert attributes(turned.find(W + "pgMar"))["top"] == "1587"
    assert attributes(turned.find(W + "pgMar"))["left"] == "2098"


def test_tables_and_pictures_fit_between_the_margins() -> None:
    margins = '<w:pgMar w:top="850" w:right="567" w:bottom="850" w:left="1134" w:header="400" w:footer="400"/>'
    template = package({}, section=f'<w:pgSz w:w="9978" w:h="14173"/>{margins}')
    file, width = made(template), 9978 - 567 - 1134
    widths = {table.get(W + "w") for table in part(file).iterfind(f".//{W}tbl/{W}tblPr/{W}tblW")}
    pictures = [int(extent.get("cx") or 0) for extent in part(file).iter("{*}extent")]

    assert str(width) in widths
    assert max(pictures) <= width * 635
    assert branded(MODERN, brand=read_brand(template, "t")).figure_width(FigureWidth.FULL) == width / 20


def test_the_gutter_is_no_room_for_text() -> None:
    gutter = USUAL_MARGINS.replace('w:gutter="0"', 'w:gutter="400"')
    top = f"<w:settings {W_DECLARED}><w:gutterAtTop/></w:settings>"

    beside = read_brand(package({}, section=A4 + gutter), "t").page
    above = read_brand(package({"settings": top}, section=A4 + gutter), "t").page

    assert (beside.left, beside.top) == (110, 72)
    assert (above.left, above.top) == (90, 92)
    assert attributes(sections(made(package({}, section=A4 + gutter)))[0].find(W + "pgMar"))["gutter"] == "400"


def test_lengths_may_name_their_unit() -> None:
    section = '<w:pgSz w:w="21cm" w:h="297mm"/><w:pgMar w:top="1in" w:right="72pt" w:bottom="-1in" w:left="6pc"/>'
    page = read_brand(package({}, section=section), "t").page

    assert (round(page.width), round(page.height)) == (595, 842)
    assert (page.top, page.right, page.bottom, page.left) == (72, 72, 72, 72)


def test_a_page_that_lies_already_is_not_turned() -> None:
    lying = '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>' + USUAL_MARGINS
    for section in sections(made(package({}, section=lying))):
        assert attributes(section.find(W + "pgSz")) == {"w": "16838", "h": "11906", "orient": "landscape"}


def test_columns_line_numbers_and_vertical_writing_are_left_out_and_told() -> None:
    down = '<w:textDirection w:val="tbRl"/>'
    odd = f'{A4}{USUAL_MARGINS}<w:lnNumType w:countBy="1"/><w:cols w:num="2" w:space="400"/>{down}'
    brand = read_brand(package({}, section=odd), "office.docx")

    assert [problem.message for problem in brand.problems] == [
        "the columns of the template are not taken over: a briefing has one",
        "the line numbers of the template are not taken over",
        "the vertical writing of the template is not taken over",
    ]
    section = sections(made(package({}, section=odd)))[0]
    assert section.find(W + "lnNumType") is None
    assert attributes(section.find(W + "cols")) == {"space": "425"}


def test_numbers_of_pages_begin_where_the_template_says_and_go_on() -> None:
    numbered = f'{A4}{USUAL_MARGINS}<w:pgNumType w:fmt="numberInDash" w:start="3" w:chapStyle="1"/>'
    first, second, third = (section.find(W + "pgNumType") for section in sections(made(package({}, section=numbered))))

    assert attributes(first) == {"fmt": "numberInDash", "start": "3"}
    assert attributes(second) == attributes(third) == {"fmt": "numberInDash"}


# --- headers and footers ----------------------------------------------------------------


def test_headers_of_the_template_stand_in_place_of_ours_with_the_notice_below() -> None:
    file = made(with_logo())

    assert said(file) == {
        "default": ["", "示例省知识产权局 奇数页", NOTICE],
        "first": ["", "示例省知识产权局 首页", NOTICE],
        "even": ["示例省知识产权局 偶数页", NOTICE],
    }
    assert said(file, "footer") == {"default": ["www.example.org", "— 1 —"], "even": ["— 1 —"]}
    settings = part(file, "word/settings.xml")
    assert settings.find(W + "evenAndOddHeaders") is not None
    # Later sections go on with them: a type that is not named is that of the section before.
    first, *others = sections(file)
    assert first.find(W + "titlePg") is not None
    names = {etree.QName(entry).localname for section in others for entry in section}
    assert not names & {"titlePg", "headerReference", "footerReference"}


def test_what_headers_lead_to_comes_along_under_free_names() -> None:
    file = made(with_logo())
    files = unzipped(file)
    logos = [name for name, content in files.items() if content == image()]
    links = [content for name, content in files.items() if name.startswith("word/_rels/footer")]

    assert logos == ["word/media/logo1.png"]
    assert [b"https://www.example.org/" in content for content in links] == [True]
    roots = [etree.fromstring(content) for name, content in files.items() if name.endswith(".xml")]
    numbers = [drawing.get("id") for root in roots for drawing in root.iter("{*}docPr")]
    assert len(set(numbers)) == len(numbers)


def test_ours_stand_where_the_template_has_none() -> None:
    file = made(wps())

    assert said(file) == {"first": [NOTICE], "default": ["知识产权工作简报　IP Work Briefing" + NOTICE]}
    assert said(file, "footer") == {"first": ["1 / 1"], "default": ["1 / 1"]}
    tabs = part(file, "word/header2.xml").find(f"{W}p/{W}pPr/{W}tabs")
    assert tabs is not None
    # The stop of the template's own style is cleared, so that the notice stands at the margin.
    assert [attributes(tab) for tab in tabs] == [{"val": "right", "pos": "8306"}, {"val": "clear", "pos": "9000"}]


def test_an_empty_header_counts_as_none() -> None:
    """Chinese Word leaves one with nothing but a line below it."""
    file = made(chinese_word())

    assert said(file)["default"] == ["知识产权工作简报　IP Work Briefing" + NOTICE]
    assert said(file, "footer") == {"default": ["— 1 —"], "first": ["— 1 —"]}


def test_a_first_page_without_a_header_has_one_for_the_notice() -> None:
    file = made(with_header(words("示例省"), "<w:titlePg/>"))

    assert said(file) == {"default": ["示例省", NOTICE], "first": [NOTICE]}
    assert said(file, "footer") == {"default": ["1 / 1"], "first": ["1 / 1"]}
    assert lint(file) == []


def test_without_a_notice_headers_stay_as_they_are() -> None:
    final = replace(document(), meta=replace(document().meta, notice=()))

    assert said(made(with_header(words("示例省"), "<w:titlePg/>"), final)) == {"default": ["示例省"]}


def test_a_section_without_a_header_has_that_of_the_section_before() -> None:
    cover = f"<w:p><w:pPr><w:sectPr>{DEFAULT}{A4}{USUAL_MARGINS}<w:titlePg/></w:sectPr></w:pPr></w:p>"
    parts = {"styles": styles(*DEFAULTS), "theme": theme(), "header1": header(words("示例省"))}
    file = made(package(parts, section='<w:pgSz w:w="12240" w:h="15840"/>' + USUAL_MARGINS, body=cover))

    assert said(file)["default"] == ["示例省", NOTICE]
    # The page is the last one's; page one is as that of the template.
    assert attributes(sections(file)[0].find(W + "pgSz")) == {"w": "12240", "h": "15840"}
    assert sections(file)[0].find(W + "titlePg") is not None


def test_room_is_made_for_our_headers_where_the_template_leaves_none() -> None:
    """LibreOffice writes a distance of 0 where a page has no header."""
    tight = USUAL_MARGINS.replace('w:header="851" w:footer="992"', 'w:header="0" w:footer="0"')
    margins = attributes(sections(made(package({}, section=A4 + tight)))[0].find(W + "pgMar"))

    assert (margins["header"], margins["footer"]) == ("648", "648")


# --- what may not come along ------------------------------------------------------------


def test_a_prompt_that_nobody_wrote_over_is_no_header() -> None:
    said_there = "<w:sdtContent><w:r><w:t>单击此处</w:t></w:r></w:sdtContent>"
    prompt = f"<w:p><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>{said_there}</w:sdt></w:p>"

    assert said(made(with_header(prompt)))["default"] == ["知识产权工作简报　IP Work Briefing" + NOTICE]


def test_a_filled_content_control_stays_without_its_ties() -> None:
    control = (
        '<w:p><w:sdt><w:sdtPr><w:alias w:val="机关"/><w:placeholder><w:docPart w:val="X"/></w:placeholder>'
        '<w:dataBinding w:xpath="/a" w:storeItemID="{1}"/><w:text/></w:sdtPr>'
        "<w:sdtContent><w:r><w:t>示例省</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    )
    file = made(with_header(control))

    assert said(file)["default"] == ["示例省", NOTICE]
    assert not [name for name in unzipped(file) if b"dataBinding" in unzipped(file)[name]]


def test_changes_are_accepted_remarks_and_bookmarks_left_out() -> None:
    edited = (
        '<w:p><w:bookmarkStart w:id="1" w:name="_value_1_1"/>'
        '<w:ins w:id="2" w:author="甲"><w:r><w:t>新</w:t></w:r></w:ins>'
        '<w:del w:id="3" w:author="甲"><w:r><w:delText>旧</w:delText></w:r></w:del><w:bookmarkEnd w:id="1"/>'
        '<w:r><w:rPr><w:rPrChange w:id="4" w:author="甲"><w:rPr/></w:rPrChange></w:rPr><w:t>省</w:t></w:r></w:p>'
    )
    file = made(with_header(edited))
    content = b"".join(unzipped(file).values())

    assert said(file)["default"] == ["新省", NOTICE]
    for trace in ('甲"', "delText", "rPrChange"):
        assert trace.encode() not in content
    assert read_word(file, "f").marks == read_word(write(document(), MODERN), "f").marks


def test_a_field_that_repeats_the_templates_body_keeps_what_it_said() -> None:
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    instruction = "<w:r><w:instrText> REF _Ref1 \\h </w:instrText></w:r>"
    simple = '<w:fldSimple w:instr="PAGEREF x"><w:r><w:t>7</w:t></w:r></w:fldSimple>'
    dead = f"<w:p>{marks[0]}{instruction}{marks[1]}<w:r><w:t>第一章</w:t></w:r>{marks[2]}{simple}</w:p>"
    file = made(with_header(dead))

    assert said(file)["default"] == ["第一章7", NOTICE]
    assert lint(file) == []


def test_our_own_notice_in_a_template_is_not_that_of_the_next_briefing() -> None:
    """Last quarter's briefing as template: what was illustrative then need not be so now."""
    final = replace(document(), meta=replace(document().meta, notice=()))
    file = made(write(document(), MODERN), final)

    assert said(file)["default"] == ["知识产权工作简报　IP Work Briefing　"]
    assert "first" not in said(file) or NOTICE not in said(file)["first"]


@pytest.mark.parametrize("times", [1, 2, 3])
def test_the_notice_stands_once_however_often_a_briefing_is_its_own_template(times: int) -> None:
    file = made(with_logo())
    for _ in range(times):
        file = made(file)

    assert [lines.count(NOTICE) for lines in said(file).values()] == [1, 1, 1]


def watermarks(file: bytes) -> list[str]:
    """The ids of all watermarks, in headers."""
    return [
        shape.get("id") or ""
        for name, content in sorted(unzipped(file).items())
        if name.startswith("word/header")
        for shape in etree.fromstring(content).iter("{*}shape")
    ]


def test_the_words_of_a_draft_stand_in_every_header_of_the_template() -> None:
    file = made(with_logo(), draft())

    assert len(watermarks(file)) == len(set(watermarks(file))) == 3
    assert all(lines[-1] == NOTICE for lines in said(file).values())
    assert lint(file) == []
    # A draft that serves as template does not make a draft of the next briefing.
    assert watermarks(made(file)) == []


def test_a_watermark_of_the_office_stays() -> None:
    """Such as 内部资料, which Word puts into a header as it does the words of a draft."""
    mark = (
        '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" id="PowerPlusWaterMarkObject1" alt="样张"'
        ' style="width:10pt;height:10pt"><v:textpath string="内部资料"/></v:shape></w:pict></w:r></w:p>'
    )

    assert watermarks(made(with_header(mark))) == ["PowerPlusWaterMarkObject1"]
    assert len(set(watermarks(made(with_header(mark), draft())))) == 2


def test_numbers_in_headers_are_recorded_as_the_offices_own() -> None:
    template = changed(with_logo(), "word/header1.xml", ("奇数页", "电话0977-1234567"))
    record = read_word(made(template), "f").record
    (stretch,) = (each for each in record.printed if "0977" in each.text)

    assert (stretch.standing, stretch.where) == (Standing.MARGIN, "header of the template")
    assert [piece.not_data for piece in stretch.parts] == [NotData.LETTERHEAD]
    # Numbers of pages are no part of it: every program counts them for itself.
    assert not [each for each in record.printed if each.where == "footer of the template" and "1" in each.text]


def test_a_list_of_sources_comes_along_and_other_data_do_not() -> None:
    sources = f'<b:Sources xmlns:b="{OFFICE.removesuffix("relationships")}bibliography" SelectedStyle="x"/>'
    files = unzipped(with_header(words("示例省")))
    files["customXml/item1.xml"], files["customXml/item2.xml"] = sources.encode(), b"<other/>"
    data = [relation(f"data{number}", "customXml", f"../customXml/item{number}.xml") for number in (1, 2)]
    links, end = files["word/_rels/document.xml.rels"].decode(), "</Relationships>"
    files["word/_rels/document.xml.rels"] = links.replace(end, f"{''.join(data)}{end}").encode()

    file = made(zipped(files))

    assert sources.encode() in unzipped(file).values()
    assert b"<other/>" not in unzipped(file).values()
    assert lint(file) == []


def test_a_page_border_and_mirrored_margins_stay() -> None:
    border = '<w:pgBorders><w:top w:val="single" w:sz="4" w:space="1" w:color="auto"/></w:pgBorders>'
    settings = f"<w:settings {W_DECLARED} {R_DECLARED}><w:mirrorMargins/></w:settings>"
    drawn = border.replace("</", '<w:left w:val="custom" r:id="rId9"/></')
    file = made(package({"settings": settings}, section=A4 + USUAL_MARGINS + drawn))

    assert lint(file) == []  # a picture that draws a border is reached from the body, and stays behind with it
    assert all(section.find(W + "pgBorders") is not None for section in sections(file))
    assert part(file, "word/settings.xml").find(W + "mirrorMargins") is not None
