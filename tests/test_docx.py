"""The Word file as a package: sound, valid, complete, the same every time."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import docx
import pytest

import ipreport
from docx_helpers import EDITIONS, W, audit_findings, in_language, part, sdk_findings, with_blocks, with_part, written
from ipreport.document import (
    BulletList,
    Card,
    Cards,
    Cell,
    Column,
    Document,
    Heading,
    Masthead,
    PageBreak,
    Reference,
    Row,
    Table,
    Text,
)
from ipreport.document import Paragraph as DocumentParagraph
from ipreport.language import EN, ZH
from ipreport.style import MODERN, StyleName
from ipreport.writers.docx import write
from ooxml_lint import lint
from showcase import both, draft, one, picture, showcase, trend

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
ALL = pytest.mark.parametrize("edition", sorted(EDITIONS))


def _bare_table(label: str = "bare", cells: int = 2) -> Table:
    row = Row((*(Cell(one(f"{index}")) for index in range(cells - 1)), Cell(())))
    return Table(label, None, (Column(1), Column(2)), (), (row,), (), ())


AWKWARD = with_blocks(
    Cards((Card(one("甲"), one("1")),)),
    Cards((Card(one("乙"), one("2")),), per_row=1),
    _bare_table(),
    PageBreak(),
    _bare_table("second"),
    DocumentParagraph(Text(ZH, (Reference("bare", "下表", ZH), Reference("second", "末表", ZH)))),
    BulletList((both("甲", "a"),), ordered=True),
    BulletList((both("乙", "b"),), ordered=True),
    PageBreak(),
    Heading(1, "x" * 60, both("长", "Long")),
    _bare_table("x" * 60 + "-"),
    PageBreak(),
)
"""Tables that touch, breaks before tables and at the end, labels longer than a bookmark's name."""


@pytest.mark.parametrize(
    ("name", "old", "new", "finding"),
    [
        ("word/document.xml", 'w:pStyle w:val="BodyText"', 'w:pStyle w:val="Nowhere"', "style Nowhere"),
        ("word/document.xml", 'w:fldCharType="end"', 'w:fldCharType="begin"', "unbalanced"),
        ("word/document.xml", 'w:anchor="_Ref', 'w:anchor="Ref', "no bookmark"),
        ("word/document.xml", " REF _Ref", " REF Ref", "for a field"),
        ("word/document.xml", "<w:gridCol ", '<w:gridCol w:w="5"/><w:gridCol ', "columns"),
        ("word/document.xml", '<w:vMerge w:val="restart"/>', "", "continues none above"),
        ("word/document.xml", ' descr="', ' title="', "alternative text"),
        ("word/document.xml", 'r:embed="rId', 'r:embed="rIdx', "no relationship"),
        ("word/document.xml", "<w:body>", "<w:body><w:p/>", "empty paragraph"),
        ("word/_rels/document.xml.rels", 'Target="styles.xml"', 'Target="style.xml"', "missing"),
        ("word/styles.xml", 'w:numId w:val="1"', 'w:numId w:val="9"', "numbering 9"),
        ("word/charts/chart1.xml", "<c:v>1019</c:v>", "<c:v>1018</c:v>", "the cache is not what the workbook holds"),
        ("word/charts/chart1.xml", "$C$2:$C$5", "$C$2:$C$4", "the cache is not what the workbook holds"),
        ("word/charts/chart1.xml", '<c:externalData r:id="rId1">', '<c:externalData r:id="rId2">', "no workbook"),
        ("word/charts/chart1.xml", '<c:idx val="1"/><c:order', '<c:idx val="0"/><c:order', "share a number"),
        ("word/charts/chart1.xml", '<c:catAx><c:axId val="1001"/>', '<c:catAx><c:axId val="1003"/>', "axis 1003"),
        (
            "word/document.xml",
            '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="rId',
            '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="rIdx',
            "no relationship",
        ),
    ],
)
def test_lint_finds_faults(name: str, old: str, new: str, finding: str) -> None:
    assert any(finding in line for line in lint(with_part(written(), name, old, new)))


CHECKED = {
    **EDITIONS,
    "awkward": AWKWARD,
    "draft": draft(),
    "draft-zh": in_language(draft(), ZH),
    "draft-en": in_language(draft(), EN),
}


@pytest.mark.parametrize("name", CHECKED)
def test_lint_finds_nothing(name: str) -> None:
    assert lint(write(CHECKED[name], MODERN)) == []


@pytest.mark.parametrize("name", CHECKED)
def test_openxml_audit_finds_nothing(name: str, tmp_path: Path) -> None:
    assert audit_findings(write(CHECKED[name], MODERN), tmp_path) == []


@pytest.mark.parametrize("name", CHECKED)
def test_open_xml_sdk_finds_nothing(name: str, tmp_path: Path) -> None:
    assert sdk_findings(write(CHECKED[name], MODERN), tmp_path) == []


@ALL
def test_same_input_same_bytes(edition: str) -> None:
    assert written(edition) == written(edition)


def test_same_bytes_in_another_process(tmp_path: Path) -> None:
    code = "import hashlib; from docx_helpers import written; print(hashlib.sha256(written()).hexdigest())"
    environment = os.environ | {
        "TZ": "Pacific/Kiritimati",
        "PYTHONHASHSEED": "7",
        "PYTHONPATH": os.pathsep.join(str(path.parent) for path in (Path(__file__), Path(ipreport.__file__).parent)),
    }
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, encoding="utf-8", env=environment, cwd=tmp_path
    )
    assert result.stdout.strip() == hashlib.sha256(written()).hexdigest()


def test_nothing_of_the_library_is_left() -> None:
    with zipfile.ZipFile(BytesIO(written())) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert not [name for name, data in content.items() if b"python-docx" in data]
    assert not [name for name in content if "thumbnail" in name or "stylesWithEffects" in name]
    assert b"updateFields" not in content["word/settings.xml"]
    assert b'w:val="15"' in content["word/settings.xml"]


@ALL
def test_a_file_is_of_simplified_chinese_and_english(edition: str) -> None:
    """By the East Asian language of the whole, LibreOffice draws Chinese glyphs and not Japanese ones."""
    package = written(edition)
    whole = part(package, "word/settings.xml").find(W + "themeFontLang")
    first = part(package, "word/styles.xml").find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    for language in (whole, first):
        assert language is not None
        assert (language.get(W + "val"), language.get(W + "eastAsia")) == (EN.tag, ZH.tag)


def test_core_properties_come_from_the_document() -> None:
    properties = docx.Document(BytesIO(written())).core_properties
    assert properties.title == "知识产权工作简报 / IP Work Briefing"
    assert properties.subject == "示例 / Showcase"
    assert properties.author == properties.last_modified_by == "示例编写组 / Example compilers"
    assert properties.keywords == "知识产权, intellectual property"
    assert (properties.language, properties.revision) == ("zh-CN, en-US", 1)
    assert properties.content_status == ""
    assert docx.Document(BytesIO(write(draft(), MODERN))).core_properties.content_status == "Draft"
    assert properties.created == properties.modified == datetime(2025, 10, 15, tzinfo=UTC)


def _custom(package: bytes) -> list[tuple[str, str, str]]:
    """Number, name and value of each custom property."""
    properties = list(part(package, "docProps/custom.xml"))
    assert {each.get("fmtid") for each in properties} <= {"{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"}
    return [(each.get("pid", ""), each.get("name", ""), "".join(each.itertext())) for each in properties]


def test_custom_properties_say_which_issue_this_is() -> None:
    assert _custom(written()) == [
        ("2", "Issue", "2025-3"),
        ("3", "Period", "2025Q3"),
        ("4", "Edition", "bilingual"),
        ("5", "Manifest SHA-256", "0" * 64),
    ]
    bare = replace(showcase().meta, issue="", fingerprint="")
    assert _custom(write(replace(showcase(), meta=bare), MODERN)) == [
        ("2", "Period", "2025Q3"),
        ("3", "Edition", "bilingual"),
    ]


def test_a_file_without_anything_to_say_of_its_issue_has_no_custom_properties() -> None:
    bare = replace(showcase().meta, issue="", period="", edition="", fingerprint="")
    package = write(replace(showcase(), meta=bare), MODERN)
    with zipfile.ZipFile(BytesIO(package)) as archive:
        assert "docProps/custom.xml" not in archive.namelist()
    assert lint(package) == []


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ('name="Period"', 'name="Issue"', "custom property Issue is there 2 times"),
        ('pid="3"', 'pid="2"', "custom property 2 is there 2 times"),
        ('pid="2"', 'pid="1"', "a number below 2"),
    ],
)
def test_the_lint_finds_faults_of_custom_properties(old: str, new: str, finding: str) -> None:
    assert any(finding in line for line in lint(with_part(written(), "docProps/custom.xml", old, new)))


def test_pictures_are_stored_once_as_png_and_as_svg() -> None:
    with zipfile.ZipFile(BytesIO(written())) as archive:
        media = {name: archive.read(name) for name in archive.namelist() if name.startswith("word/media/")}
    small = trend().picture
    assert sorted(media.values()) == sorted([picture().png, picture().svg, small.png, small.svg])


def test_every_picture_is_drawn_as_svg_where_a_program_can_and_as_png_elsewhere() -> None:
    relations = part(written(), "word/_rels/document.xml.rels")
    targets = {each.get("Id"): str(each.get("Target")).rpartition(".")[2] for each in relations}
    pictures = list(part(written()).iter("{http://schemas.openxmlformats.org/drawingml/2006/main}blip"))
    assert len(pictures) == 4
    for each in pictures:
        (drawing,) = each.iter("{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip")
        assert [targets[blip.get(f"{R}embed")] for blip in (each, drawing)] == ["png", "svg"]


def test_notice_stands_on_every_page_and_running_head_on_all_but_the_first() -> None:
    section = docx.Document(BytesIO(written())).sections[0]
    assert section.different_first_page_header_footer
    assert section.first_page_header.paragraphs[0].text == "\t示例数据　Illustrative data"
    assert section.header.paragraphs[0].text == "知识产权工作简报　IP Work Briefing\t示例数据　Illustrative data"
    assert section.footer.paragraphs[0].text == section.first_page_footer.paragraphs[0].text == "1 / 1"


def test_a_document_without_notice_has_an_empty_first_header() -> None:
    document = showcase()
    document = replace(document, meta=replace(document.meta, notice=()))
    package = write(document, MODERN)
    assert lint(package) == []
    assert docx.Document(BytesIO(package)).sections[0].first_page_header.paragraphs[0].text == ""


def test_a_masthead_may_lack_parts() -> None:
    document = replace(showcase(), masthead=Masthead((), both("简报", "Briefing"), (), (), one("2025")))
    package = write(document, MODERN)
    assert lint(package) == []
    assert [p.text for p in docx.Document(BytesIO(package)).paragraphs[:3]] == ["简报", "Briefing", "\t2025"]


@pytest.mark.parametrize(
    "document",
    [
        with_blocks(DocumentParagraph(Text(ZH, (Reference("nowhere", "图9", ZH),)))),
        with_blocks(Heading(1, "twice", one("甲")), Heading(1, "twice", one("乙"))),
        with_blocks(_bare_table(cells=3)),
        with_blocks(Heading(1, "control", one("\x07"))),
    ],
    ids=["missing target", "label twice", "row too long", "control character"],
)
def test_unsound_documents_are_refused(document: Document) -> None:
    with pytest.raises(ValueError, match=r"labelled|columns|U\+0007"):
        write(document, MODERN)


def test_styles_of_one_language_have_no_variants() -> None:
    names = {edition: {style.name for style in docx.Document(BytesIO(written(edition))).styles} for edition in EDITIONS}
    assert "Body Text English" in names["bilingual"]
    assert names["zh"] == names["en"] == {name for name in names["bilingual"] if not name.endswith("English")}


def test_styles_follow_the_theme() -> None:
    styles = part(written(), "word/styles.xml")
    fonts = [dict(element.attrib) for element in styles.iter(W + "rFonts")]
    assert all(key.lower().endswith("theme") for font in fonts for key in font)
    body = styles.find(f"{W}style[@{W}styleId='BodyText']")
    assert body is not None
    indent, spacing = body.find(f"{W}pPr/{W}ind"), body.find(f"{W}pPr/{W}spacing")
    assert indent is not None
    assert spacing is not None
    assert indent.get(W + "firstLineChars") == "200"
    expected = MODERN.text(StyleName.BODY, ZH)
    assert (spacing.get(W + "line"), spacing.get(W + "after")) == (
        f"{expected.leading * 20:.0f}",
        f"{expected.space_after * 20:.0f}",
    )
    english = styles.find(f"{W}style[@{W}styleId='BodyTextEnglish']/{W}rPr/{W}lang")
    assert english is not None
    assert english.get(W + "eastAsia") == EN.tag
