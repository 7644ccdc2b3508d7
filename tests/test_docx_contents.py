"""Tables of contents, captions and quotations of the Word file: right before an update and after one."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest

from docx_helpers import EDITIONS, W, lines_in, part, style_of, with_blocks, with_part, written
from ipreport.document import (
    Citation,
    Contents,
    ContentsEntry,
    ContentsKind,
    Footnote,
    Heading,
    LineBreak,
    Link,
    Note,
    PageBreak,
    Paragraph,
    ParagraphRole,
    Span,
    Text,
    text,
)
from ipreport.language import EN, ZH
from ipreport.style import MODERN, StyleName
from ipreport.writers.docx import write
from ooxml_lint import lint
from showcase import both, contents, one, showcase

NAMESPACES = {"w": W[1:-1]}


def _lines(package: bytes) -> list[tuple[str, str]]:
    """Style and text of what stands in tables of contents."""
    paragraphs = part(package).iter(W + "p")
    return [(style_of(p), lines_in(p)) for p in paragraphs if re.match("TOC|Toc|TableOf|UnlistedHeading", style_of(p))]


def _instructions(package: bytes) -> list[str]:
    found = (str(each.text).strip() for each in part(package).iter(W + "instrText"))
    return [each for each in found if each.startswith("TOC")]


def test_contents_are_filled() -> None:
    assert _lines(written()) == [
        ("TOCHeading", "目录\u3000Contents"),
        ("Toc1", "本期要点\nSummary\t1"),
        ("Toc2", "知识产权创造\nCreation of intellectual property\t2"),
        ("Toc3", "细项\nDetail\t2"),
        ("Toc1", "数据来源\nSources\t5"),
        ("TOCHeading", "图目录\u3000Figures"),
        ("TableOfFigures", "图1\u3000高价值专利占比\nFigure 1  Share of high-value patents\t3"),
        ("TableOfFigures", "图2\u3000专利授权量与指数\nFigure 2  Patents granted, and an index\t3"),
        ("TOCHeading", "表目录\u3000Tables"),
        ("TableOfFigures", "表1\u3000专利授权量\nTable 1  Patents granted\t4"),
        ("TableOfFigures", "表2\u3000各地有效发明专利\nTable 2  Patents in force by region\t5"),
    ]


def test_contents_are_fields_that_nothing_asks_to_update() -> None:
    assert _instructions(written()) == [
        'TOC \\o "1-3" \\h \\z \\u \\x',
        'TOC \\h \\z \\c "Figure" \\x',
        'TOC \\h \\z \\c "Table" \\x',
    ]
    assert _instructions(written("en")) == [
        'TOC \\o "1-3" \\h \\z \\u',
        'TOC \\h \\z \\c "Figure"',
        'TOC \\h \\z \\c "Table"',
    ]
    assert not [each for each in part(written()).iter() if each.get(W + "dirty")]
    assert part(written(), "word/settings.xml").find("w:updateFields", NAMESPACES) is None


def test_contents_go_as_deep_as_their_entries() -> None:
    table = contents()[0]
    headings = [block for block in showcase().blocks if isinstance(block, Heading)]
    package = write(with_blocks(replace(table, entries=(table.entries[0], table.entries[3])), *headings), MODERN)
    assert _instructions(package) == ['TOC \\o "1-1" \\h \\z \\u \\x']
    assert lint(package) == []


def test_every_entry_leads_to_its_place() -> None:
    document = part(written())
    bookmarks = {each.get(W + "name") for each in document.iter(W + "bookmarkStart")}
    for paragraph in document.iter(W + "p"):
        if style_of(paragraph) in {"Toc1", "Toc2", "Toc3", "TableOfFigures"}:
            (link,) = paragraph.findall("w:hyperlink", NAMESPACES)
            fields = [str(each.text).split() for each in link.iter(W + "instrText")]
            assert fields == [["PAGEREF", link.get(W + "anchor"), "\\h"]]
            assert link.get(W + "anchor") in bookmarks


def test_word_finds_the_table_of_contents_as_its_own() -> None:
    controls = part(written()).findall(".//w:sdt", NAMESPACES)
    (gallery,) = (control.find("w:sdtPr/w:docPartObj/w:docPartGallery", NAMESPACES) for control in controls)
    assert gallery is not None
    assert gallery.get(W + "val") == "Table of Contents"
    styles = [style_of(paragraph) for paragraph in controls[0].iter(W + "p")]
    assert styles == ["TOCHeading", "Toc1", "Toc2", "Toc3", "Toc1", "Separator"]


def test_titles_of_contents_are_no_headings() -> None:
    title = part(written(), "word/styles.xml").find(f"{W}style[@{W}styleId='TOCHeading']")
    assert title is not None
    assert title.find("w:name", NAMESPACES).get(W + "val") == "TOC Heading"  # type: ignore[union-attr]
    assert title.find("w:pPr/w:outlineLvl", NAMESPACES) is None


def test_two_tables_of_contents_have_no_id_in_common() -> None:
    package = write(with_blocks(*showcase().blocks, contents()[0]), MODERN)
    controls = part(package).findall(f".//{W}sdtPr")
    ids = [str(each.get(W + "val")) for control in controls for each in control.iterfind(W + "id")]
    assert len(controls) == 2
    assert len(set(ids)) == len(ids)


def test_a_heading_above_contents_is_their_title() -> None:
    table = replace(contents()[0], title=(), entries=contents()[0].entries[:1])
    blocks = (
        Heading(1, "contents", both("目录", "Contents")),
        table,
        Heading(1, "summary", both("本期要点", "Summary")),
    )
    package = write(with_blocks(*blocks), MODERN)
    assert lint(package) == []
    assert _lines(package) == [("UnlistedHeading", "目录\nContents"), ("Toc1", "本期要点\nSummary\t1")]
    headings = [lines_in(p) for p in part(package).iter(W + "p") if style_of(p) == "Heading1"]
    assert headings == ["本期要点\nSummary"]


def test_a_heading_that_is_listed_stays_one() -> None:
    figures = replace(contents()[1], entries=())
    blocks = (
        replace(contents()[0], entries=contents()[0].entries[:1]),
        Heading(1, "summary", both("本期要点", "Summary")),
        figures,
    )
    package = write(with_blocks(*blocks), MODERN)
    assert lint(package) == []
    assert "Heading1" in {style_of(p) for p in part(package).iter(W + "p")}


@pytest.mark.unsound  # a heading with marks, which Word would list
def test_entries_hold_words_only() -> None:
    words = Text(
        ZH,
        (
            Span("专利", ZH),
            Span("356件", ZH, (), "patent_invention_in_force"),
            LineBreak(),
            Link("https://example.org", "页", ZH),
            Citation("h", "[1]", ZH),
            Footnote("f", "①", ZH, both("注。", "A note.")),
        ),
    )
    entries = (ContentsEntry("h", 1, (words,), None),)
    package = write(with_blocks(Contents(ContentsKind.HEADINGS, (), entries), Heading(1, "h", (words,))), MODERN)
    entry = next(p for p in part(package).iter(W + "p") if style_of(p) == "Toc1")
    assert lines_in(entry) == "专利356件\n页\t"
    assert len(list(entry.iter(W + "hyperlink"))) == 1
    assert [str(each.get(W + "name"))[:8] for each in entry.iter(W + "bookmarkStart")] == ["_value_1"]
    assert len(list(part(package).iter(W + "footnoteReference"))) == 1


def test_contents_without_entries_are_left_out() -> None:
    package = write(with_blocks(Contents(ContentsKind.FIGURES, both("图目录", "Figures"), ())), MODERN)
    assert _lines(package) == []
    assert lint(package) == []


def test_only_headings_and_captions_are_listed() -> None:
    entry = ContentsEntry("source-1", 1, one("来源"), 1)
    blocks = (Contents(ContentsKind.HEADINGS, (), (entry,)), Note("source-1", "[1]", one("来源")))
    with pytest.raises(ValueError, match="no heading or caption is labelled 'source-1'"):
        write(with_blocks(*blocks), MODERN)


def test_a_section_does_not_end_inside_a_control() -> None:
    headings = [block for block in showcase().blocks if isinstance(block, Heading)]
    turned = (contents()[0], PageBreak(landscape=True), *headings)
    package = write(with_blocks(*turned), MODERN)
    assert part(package).find(".//w:sdt//w:sectPr", NAMESPACES) is None
    assert len(list(part(package).iter(W + "sectPr"))) == 2


@pytest.mark.parametrize("listed", contents(), ids=lambda listed: listed.kind)
def test_a_section_does_not_end_where_a_table_of_contents_does(listed: Contents) -> None:
    headings = (block for block in showcase().blocks if not isinstance(block, Contents))
    package = write(replace(showcase(), blocks=(listed, PageBreak(landscape=True), *headings)), MODERN)
    section = part(package).findall(".//w:pPr/w:sectPr", NAMESPACES)[0]
    bearer = next(section.iterancestors(W + "p"))
    assert list(bearer.iter(W + "fldChar")) == []


# --- captions and quotations -------------------------------------------------------


def test_a_caption_is_one_paragraph_with_a_line_for_each_language() -> None:
    captions = [p for p in part(written()).iter(W + "p") if style_of(p) in {"Caption", "TableCaption"}]
    assert [lines_in(each) for each in captions] == [
        "图1\u3000高价值专利占比\nFigure 1  Share of high-value patents",
        "图2\u3000专利授权量与指数\nFigure 2  Patents granted, and an index",
        "表1\u3000专利授权量\nTable 1  Patents granted",
        "表2\u3000各地有效发明专利\nTable 2  Patents in force by region",
    ]
    # Their style keeps them with what follows, and none says otherwise.
    assert all(each.find("w:pPr/w:keepNext", NAMESPACES) is None for each in captions)
    runs = captions[0].findall("w:r", NAMESPACES)
    styles = {lines_in(run): run.find("w:rPr/w:rStyle", NAMESPACES) for run in runs if lines_in(run).strip()}
    assert styles["图"] is None
    assert all(styles[words].get(W + "val") == "CaptionEnglish" for words in ("Figure ", "Share of high-value patents"))  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["Heading1English", "CaptionEnglish", "TableCaptionEnglish"])
def test_a_line_in_bold_is_not_bold_twice(name: str) -> None:
    """Bold in the paragraph and in the character style is none (ECMA-376 17.7.3)."""
    style = part(written(), "word/styles.xml").find(f"{W}style[@{W}styleId='{name}']")
    assert style is not None
    assert style.get(W + "type") == "character"
    properties = [each.tag.removeprefix(W) for each in style.find("w:rPr", NAMESPACES)]  # type: ignore[union-attr]
    assert properties == ["sz", "szCs", "lang"]


def test_a_quotation_is_set_in_on_both_sides() -> None:
    quotations = [p for p in part(written()).iter(W + "p") if style_of(p).startswith("Quote")]
    assert [style_of(each) for each in quotations] == ["Quote", "QuoteEnglish", "QuoteColumn", "QuoteColumnEnglish"]
    size = MODERN.text(StyleName.QUOTATION, ZH).size
    for name, ems in (("Quote", 2), ("QuoteEnglish", 2), ("QuoteColumn", 1), ("QuoteColumnEnglish", 1)):
        indent = part(written(), "word/styles.xml").find(f"{W}style[@{W}styleId='{name}']/{W}pPr/{W}ind")
        assert indent is not None
        assert indent.get(W + "left") == indent.get(W + "right") == f"{ems * size * 20:.0f}"


def test_a_quotation_in_one_language_has_one_style() -> None:
    blocks = (Paragraph(text(EN, "Said."), ParagraphRole.QUOTATION),)
    document = replace(EDITIONS["en"], blocks=blocks)
    assert "Quote" in {style_of(p) for p in part(write(document, MODERN)).iter(W + "p")}


# --- the lint --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        (">Detail</w:t></w:r><w:r><w:tab/>", ">Details</w:t></w:r><w:r><w:tab/>", "stands for '细项\\nDetail'"),
        ("TOC \\o &quot;1-3&quot;", "TOC \\o &quot;1-2&quot;", "has 4 entries for 3 places"),
        ("TOC \\h \\z \\c &quot;Table&quot;", "TOC \\h \\z \\c &quot;Figure&quot;", "the entry '表1"),
        ("TOC \\h \\z \\c &quot;Table&quot;", "TOC \\h \\z", "lists nothing"),
        ("PAGEREF _Toc_detail", "PAGEREF _Toc_summary_1 _Toc_detail", "leads to"),
        ('w:anchor="_Toc_summary_1"', 'w:anchor="_Ref_summary_1"', "leads to"),
        (" PAGEREF _Toc_summary_1", " PAGEREF _Toc_nowhere", "no bookmark _Toc_nowhere for a field"),
        ('<w:pStyle w:val="Separator"/></w:pPr><w:r><w:fldChar w:fldCharType="end"/></w:r>',
         '<w:pStyle w:val="Separator"/></w:pPr><w:r><w:t>x</w:t></w:r>', "does not end"),
        ('<w:fldChar w:fldCharType="separate"/>', "", "a field is unbalanced"),
        ('<w:fldChar w:fldCharType="begin"/>', "", "a field is unbalanced"),
        (" TOC \\h \\z \\c &quot;Figure", " REF _Ref_summary_1 &quot;Figure", "ends in another paragraph"),
    ],
)  # fmt: skip
def test_the_lint_finds_faults_of_contents(old: str, new: str, finding: str) -> None:
    package = written()
    with zipfile.ZipFile(BytesIO(package)) as archive:
        if old not in archive.read("word/document.xml").decode("utf-8"):  # quotation marks may stand as they are
            old, new = (each.replace("&quot;", '"') for each in (old, new))
    found = lint(with_part(package, "word/document.xml", old, new))
    assert any(finding in line for line in found), found


def test_the_lint_lets_an_entry_begin_with_the_number_of_a_heading() -> None:
    first = ">本期要点</w:t></w:r><w:r><w:br/></w:r><w:r>"
    numbered = with_part(written(), "word/document.xml", first, first.replace(">", ">一、", 1))
    assert any("stands for" in line for line in lint(numbered))
    style = '<w:name w:val="heading 1"/>'
    styled = with_part(numbered, "word/styles.xml", style, f"{style}<w:pPr><w:numPr/></w:pPr>")
    assert lint(styled) == []


def test_a_title_in_one_language_stands_alone() -> None:
    document = replace(
        EDITIONS["zh"],
        blocks=(
            Contents(ContentsKind.HEADINGS, one("目录"), (ContentsEntry("h", 1, one("甲"), 3),)),
            Heading(1, "h", one("甲")),
        ),
    )
    package = write(document, MODERN)
    assert _lines(package) == [("TOCHeading", "目录"), ("Toc1", "甲\t3")]
    assert lint(package) == []


def test_no_page_ends_with_the_first_entry_alone_or_begins_with_the_last() -> None:
    lines = [p for p in part(written()).iter(W + "p") if re.match("Toc\\d", style_of(p))]
    kept = [line.find(f"{W}pPr/{W}keepNext") is not None for line in lines]
    assert kept == [True, *[False] * (len(lines) - 3), True, False]
