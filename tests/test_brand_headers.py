"""Headers and footers of a template as people have edited them: what of them comes along, and that it is sound."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from brand_templates import document
from docx_helpers import W, part, sdk_findings
from ipreport.style import MODERN
from ipreport.tracing.word import read_word
from ipreport.writers.docx import read_brand, write
from office_parts import (
    A4,
    DEFAULTS,
    USUAL_MARGINS,
    R,
    changed,
    image,
    logo,
    numbering,
    package,
    relation,
    relationships,
    styles,
    theme,
    unzipped,
    words,
    zipped,
)
from office_parts import W as W_DECLARED
from ooxml_lint import lint

NAMES = {
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
}
ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
NUMBER = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="{}"/></w:numPr></w:pPr>'
GRID = '<w:tblGrid><w:gridCol w:w="4000"/></w:tblGrid>'
CELL = '<w:tcPr><w:tcW w:w="4000" w:type="dxa"/></w:tcPr>'


def template(content: str, link: str = "", *, kind: str = "default", **parts: str) -> bytes:
    """One header with that content; its relationships may lead to a picture."""
    declared = " ".join(f'xmlns:{name}="{address}"' for name, address in NAMES.items())
    own = {"header1": f"<w:hdr {W_DECLARED} {R} {declared}>{content}</w:hdr>"}
    reference = f'<w:headerReference w:type="{kind}" r:id="header1"/>'
    links = {"header1": relationships(link)} if link else {}
    every = {"styles": styles(*DEFAULTS), "theme": theme(), **own, **parts}
    return package(every, section=reference + A4 + USUAL_MARGINS, links=links, media={"logo.png": image()})


def made(data: bytes) -> bytes:
    return write(document(), MODERN, brand=read_brand(data, "office.docx"))


def office_header(file: bytes) -> etree._Element:
    """The header of the pages after the first."""
    targets = {each.get("Id"): str(each.get("Target")) for each in part(file, "word/_rels/document.xml.rels")}
    reference = part(file).find(f".//{W}sectPr/{W}headerReference[@{W}type='default']")
    assert reference is not None
    return part(file, f"word/{targets[reference.get(ID)]}")


def lines(file: bytes) -> list[str]:
    """The words of its paragraphs, without the notice below them."""
    root = office_header(file)
    return ["".join(each.text or "" for each in line.iter(W + "t")) for line in root.iter(W + "p")][:-1]


def field(instruction: str, result: str, *, runs: bool = True) -> str:
    """A field as Word writes it, or with `runs` unset as programs do that put all of it into one run."""
    begin, separate, end = (f'<w:fldChar w:fldCharType="{kind}"/>' for kind in ("begin", "separate", "end"))
    pieces = (begin, f"<w:instrText> {instruction} </w:instrText>", separate, f"<w:t>{result}</w:t>", end)
    return "".join(f"<w:r>{piece}</w:r>" for piece in pieces) if runs else f"<w:r>{''.join(pieces)}</w:r>"


def instructions(file: bytes) -> list[str]:
    return [(each.text or "").strip() for each in office_header(file).iter(W + "instrText")]


# --- fields -----------------------------------------------------------------------------


@pytest.mark.parametrize("runs", [True, False], ids=["runs", "one run"])
def test_a_dead_field_keeps_its_words_and_a_live_one_lives(runs: bool) -> None:
    file = made(template(f"<w:p>{field('REF _Ref1', '甲', runs=runs)}{field('PAGE', '7', runs=runs)}</w:p>"))

    assert lines(file) == ["甲7"]
    assert instructions(file) == ["PAGE"]
    assert lint(file) == []


@pytest.mark.parametrize(
    "instruction",
    ["DDEAUTO excel c:\\a", "INCLUDETEXT c:\\a.docx", "LINK Excel.Sheet", "DOCVARIABLE x", "MERGEFIELD x"],
)
def test_a_field_that_leads_out_of_the_file_keeps_its_words(instruction: str) -> None:
    file = made(template(f"<w:p>{field(instruction, '甲')}</w:p>"))

    assert lines(file) == ["甲"]
    assert instructions(file) == []


def test_a_dead_field_may_go_over_several_paragraphs_and_hold_others() -> None:
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    opened = f"<w:p>{begin}<w:r><w:instrText>REF </w:instrText></w:r>{field('REF a', '九')}{separate}"
    file = made(template(f"{opened}<w:r><w:t>甲</w:t></w:r></w:p><w:p>{field('PAGE', '7')}{end}</w:p>"))

    # What the inner field said was part of the instruction, which nobody saw.
    assert lines(file) == ["甲", "7"]
    assert instructions(file) == ["PAGE"]
    assert lint(file) == []


@pytest.mark.parametrize("cut", ["begin", "end"])
def test_a_field_without_beginning_or_end_is_none(cut: str) -> None:
    """Deletions under tracked changes leave such."""
    mark = f'<w:r><w:fldChar w:fldCharType="{cut}"/></w:r>'
    deleted = f'<w:del w:id="1" w:author="甲">{mark}</w:del>'
    file = made(template(f"<w:p>{field('PAGE', '7').replace(mark, deleted)}<w:r><w:t>甲</w:t></w:r></w:p>"))

    assert lines(file) == ["7甲"]
    assert instructions(file) == []
    assert lint(file) == []


def test_a_link_to_the_templates_body_keeps_its_words() -> None:
    file = made(template('<w:p><w:hyperlink w:anchor="_Top"><w:r><w:t>目录</w:t></w:r></w:hyperlink></w:p>'))

    assert lines(file) == ["目录"]
    assert lint(file) == []


# --- changes, lists, placeholders -------------------------------------------------------


def test_deleted_rows_and_paragraphs_are_gone() -> None:
    row = f"<w:tr>{{}}<w:tc>{CELL}{words('{}')}</w:tc></w:tr>"
    gone = '<w:trPr><w:del w:id="1" w:author="甲"/></w:trPr>'
    table = f"<w:tbl><w:tblPr/>{GRID}{row.format(gone, '旧')}{row.format('', '新')}"
    deleted = '<w:del w:id="2" w:author="甲"/>'
    empty = f"<w:p><w:pPr><w:rPr>{deleted}</w:rPr></w:pPr></w:p>"
    file = made(template(f"{table}</w:tbl>{empty}{words('省')}"))

    assert lines(file) == ["新", "省"]
    assert lint(file) == []


def test_marks_on_words_that_word_drops_itself_are_dropped(tmp_path: Path) -> None:
    tag = '<w:smartTag w:uri="u" w:element="e"><w:smartTagPr/><w:r><w:t>省</w:t></w:r></w:smartTag>'
    file = made(template(f'<w:customXml w:uri="u" w:element="e"><w:customXmlPr/><w:p>{tag}</w:p></w:customXml>'))

    assert lines(file) == ["省"]
    assert sdk_findings(file, tmp_path) == []


def test_a_number_of_a_list_that_is_not_there_is_none_of_ours() -> None:
    lost = '<w:num w:numId="3"><w:abstractNumId w:val="9"/></w:num></w:numbering>'
    lists = numbering(("decimal", "%1.")).replace("</w:numbering>", lost)
    listed = (words("省").replace("<w:p>", f"<w:p>{NUMBER.format(number)}") for number in (1, 2, 3))
    file = made(template("".join(listed), numbering=lists))

    numbered = [line.find(f"{W}pPr/{W}numPr") is not None for line in office_header(file).iter(W + "p")]
    assert numbered == [True, False, False, False]
    assert lint(file) == []


def test_a_picture_before_a_list_comes_along() -> None:
    shape = '<v:shape id="mark" alt="标志" style="width:9pt;height:9pt"><v:imagedata r:id="logo"/></v:shape>'
    picture = f'<w:numPicBullet w:numPicBulletId="0"><w:pict>{shape}</w:pict></w:numPicBullet>'
    lists = numbering(("bullet", "*")).replace('<w:lvlJc w:val="left"/>', '<w:lvlPicBulletId w:val="0"/>')
    declared = f'<w:numbering {W_DECLARED} {R} xmlns:v="{NAMES["v"]}">'
    lists = lists.replace(f"<w:numbering {W_DECLARED}>", declared + picture)
    listed = words("省").replace("<w:p>", f"<w:p>{NUMBER.format(1)}")
    files = unzipped(template(listed, numbering=lists))
    files["word/_rels/numbering.xml.rels"] = relationships(relation("logo", "image", "media/logo.png")).encode()
    file = made(zipped(files))

    assert image() in unzipped(file).values()
    assert lint(file) == []


def test_a_cell_without_its_placeholder_still_has_a_paragraph() -> None:
    prompt = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{words('单击')}</w:sdtContent></w:sdt>"
    cells = f"<w:tr><w:tc>{CELL}{prompt}</w:tc><w:tc>{CELL}{words('省')}</w:tc></w:tr>"
    grid = '<w:tblGrid><w:gridCol w:w="4000"/><w:gridCol w:w="4000"/></w:tblGrid>'
    file = made(template(f"<w:tbl><w:tblPr/>{grid}{cells}</w:tbl>"))

    assert lines(file) == ["", "省", ""]
    assert lint(file) == []


def test_a_table_of_libreoffice_is_in_the_words_of_the_format(tmp_path: Path) -> None:
    own = '<w:trPr><w:cantSplit w:val="true"/><w:tblHeader w:val="true"/></w:trPr>'
    row = f"<w:tr>{own}<w:tc>{CELL}{words('省')}</w:tc></w:tr>"
    grid = f'<w:tblPr><w:tblW w:w="4000" w:type="dxa"/><w:jc w:val="start"/></w:tblPr>{GRID}'
    file = made(template(f"<w:tbl>{grid}{row}</w:tbl>{words('局')}"))

    assert sdk_findings(file, tmp_path) == []


# --- which headers there are ------------------------------------------------------------


@pytest.mark.parametrize("kind", ["first", "even"])
def test_a_header_that_no_page_shows_is_none(kind: str) -> None:
    """Word keeps those of page one and of even pages when they are switched off."""
    brand = read_brand(template(words("旧"), kind=kind), "office.docx")

    assert brand.headers == {}


def test_page_one_is_that_of_the_first_section() -> None:
    cover = f"<w:p><w:pPr><w:sectPr>{A4}{USUAL_MARGINS}<w:titlePg/></w:sectPr></w:pPr></w:p>"
    off = f'{A4}{USUAL_MARGINS}<w:titlePg w:val="0"/>'

    assert read_brand(package({}, section=off, body=cover), "office.docx").title_page


# --- pictures and text boxes ------------------------------------------------------------


def text_box(content: str) -> str:
    """As Word writes one: a shape, and the same again for programs that cannot draw it."""
    shape = (
        '<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="2400000" cy="300000"/>'
        '<wp:docPr id="1" name="Text Box 1" descr="box"/><a:graphic><a:graphicData'
        f' uri="{NAMES["wps"]}"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr/><wps:txbx><w:txbxContent>{content}'
        "</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline>"
    )
    former = f'<v:shape id="b" alt="box" style="width:189pt;height:24pt"><v:textbox><w:txbxContent>{content}'
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{shape}</w:drawing></mc:Choice><mc:Fallback>'
        f"<w:pict>{former}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def letterhead(data: bytes) -> Iterator[str]:
    record = read_word(made(data), "f").record
    return (stretch.text for stretch in record.printed if stretch.where == "header of the template")


def test_every_line_of_a_text_box_is_recorded_once() -> None:
    boxed = f"<w:p><w:r><w:t>电话123</w:t></w:r>{text_box(words('传真456'))}</w:p>"

    assert list(letterhead(template(boxed))) == ["电话123", "传真456"]


def test_a_hyphen_that_does_not_break_is_part_of_a_number() -> None:
    number = "<w:p><w:r><w:t>0977</w:t><w:noBreakHyphen/><w:t>1234</w:t></w:r></w:p>"

    assert list(letterhead(template(number))) == ["0977-1234"]


@pytest.mark.parametrize("name", ["logo", "my logo.png", "图标.png", "v1.2/logo"])
def test_a_picture_of_any_name_has_a_plain_one(name: str, tmp_path: Path) -> None:
    files = unzipped(template(logo(), relation("logo", "image", f"media/{name}")))
    files[f"word/media/{name}"] = files.pop("word/media/logo.png")
    kind = f'<Override PartName="/word/media/{name}" ContentType="image/png"/></Types>'
    file = made(changed(zipped(files), "[Content_Types].xml", ("</Types>", kind)))

    (stored,) = (each for each, content in unzipped(file).items() if content == image())
    assert stored.isascii()
    assert not {" ", "%"} & set(stored)
    assert lint(file) == []
    assert sdk_findings(file, tmp_path) == []


def test_a_name_that_the_container_writes_with_percent_signs_is_found() -> None:
    """As Word does, for a space is none in the name of a part (ECMA-376 part 2)."""
    files = unzipped(template(logo(), relation("logo", "image", "media/my%20logo.png")))
    files["word/media/my%20logo.png"] = files.pop("word/media/logo.png")

    assert image() in unzipped(made(zipped(files))).values()


def test_a_picture_by_the_older_name_of_its_relationship_comes_along() -> None:
    shape = '<v:shape id="x" alt="标志" style="width:60pt;height:20pt"><v:imagedata o:relid="logo"/></v:shape>'
    file = made(
        template(f"<w:p><w:r><w:pict>{shape}</w:pict></w:r></w:p>", relation("logo", "image", "media/logo.png"))
    )

    assert image() in unzipped(file).values()


def test_a_picture_that_nobody_told_about_is_noted() -> None:
    untold = template(logo().replace(' descr="Example office"', ""), relation("logo", "image", "media/logo.png"))
    (problem,) = read_brand(untold, "office.docx").problems

    assert problem.level == "note"
    assert problem.message == "the picture 'logo' in a header of the template has no alternative text"
