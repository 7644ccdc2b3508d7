"""Footnotes and comments of the Word file: each where it belongs, with its own marks."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from lxml import etree

from docx_helpers import EDITIONS, W, in_language, lines_in, part, with_blocks, with_part, written
from ipreport.document import (
    BulletList,
    Callout,
    Cards,
    Comment,
    Figure,
    Footnote,
    Heading,
    Link,
    PageBreak,
    Paragraph,
    Span,
    Table,
    Text,
    text,
)
from ipreport.language import EN, ZH
from ipreport.style import MODERN
from ipreport.writers.docx import write
from ooxml_lint import lint
from showcase import both, draft, showcase

NAMESPACES = {"w": W[1:-1]}
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
LONG = both("来源" * 40 + "。", "Source " * 20)


def _marked(*inlines: object) -> Text:
    return Text(ZH, inlines)  # type: ignore[arg-type]  # each test passes inlines


def _note(label: str = "note", mark: str = "[1]", note: tuple[Text, ...] = both("注。", "A note.")) -> Footnote:
    return Footnote(label, mark, ZH, note)


def _notes(package: bytes) -> list[etree._Element]:
    return part(package, "word/footnotes.xml").findall("w:footnote", NAMESPACES)


# --- footnotes -------------------------------------------------------------------


def test_notes_have_the_marks_of_the_text() -> None:
    separators, notes = _notes(written())[:2], _notes(written())[2:]
    assert [each.get(W + "type") for each in separators] == ["separator", "continuationSeparator"]
    assert [lines_in(note) for note in notes] == [
        "[1]\t公开报道，第1组。\u3000Published account, group 1.",
        "①\t据来源原文，见“数据核验”。\u3000As stated by the source; see “Data checks”.",
        "*\t修订数，见公告。\u3000Revised; see the notice.",
        "[2]\t无日期。\u3000No date.",
    ]
    references = list(part(written()).iter(W + "footnoteReference"))
    assert [each.get(W + "id") for each in references] == [note.get(W + "id") for note in notes]
    assert {each.get(W + "customMarkFollows") for each in references} == {"1"}
    assert ["".join(t.text or "" for t in each.itersiblings()) for each in references] == ["[1]", "①", "*", "[2]"]


def test_a_mark_stands_in_the_text_a_character_an_element() -> None:
    """LibreOffice 7.4 prints a mark of several characters in one element twice."""
    reference = next(part(written()).iter(W + "footnoteReference"))
    assert [each.text for each in reference.itersiblings()] == ["[", "1", "]"]


def test_the_mark_before_a_note_is_hidden_where_pages_have_no_feet() -> None:
    """LibreOffice 7.4 hides it altogether, and sets one itself."""
    for note in _notes(written())[2:]:
        first = note.find(".//w:r", NAMESPACES)
        assert first is not None
        assert first.find("w:rPr/w:webHidden", NAMESPACES) is not None
        assert first.find("w:rPr/w:rStyle", NAMESPACES).get(W + "val") == "FootnoteCharacters"  # type: ignore[union-attr]


def test_a_repeated_mark_leads_to_the_first_one() -> None:
    document = part(written())
    first = document.find(".//w:footnoteReference", NAMESPACES)
    assert first is not None
    bookmark = first.getparent().getprevious()  # type: ignore[union-attr]
    name = str(bookmark.get(W + "name"))
    links = document.findall(f".//w:hyperlink[@w:anchor='{name}']", NAMESPACES)
    assert [lines_in(link) for link in links] == ["[1]"]
    assert name.startswith("_Ref_foot_source_1_")
    styles = [style.get(W + "val") for style in links[0].iter(W + "rStyle")]
    assert styles == ["CitationMarkRaised"]  # LibreOffice 7.4 confuses the style of the note's own mark with others
    fields = [each.text for each in document.iter(W + "instrText") if name in (each.text or "")]
    assert fields == []  # NOTEREF and REF would come out as something else on an update


def test_languages_of_a_long_note_stand_on_lines_of_their_own() -> None:
    package = write(with_blocks(Paragraph(_marked(Span("甲", ZH), _note(note=LONG)))), MODERN)
    note = _notes(package)[2]
    assert len(note.findall("w:p", NAMESPACES)) == 1
    assert lines_in(note) == "[1]\t" + "来源" * 40 + "。\n" + "Source " * 20
    styles = [style.get(W + "val") for style in note.iter(W + "rStyle")]
    assert styles == ["FootnoteCharacters", "FootnoteTextEnglish"]


def test_notes_of_lists_and_remarks() -> None:
    package = write(
        with_blocks(
            BulletList(((_marked(Span("甲", ZH), _note("a", "①")), text(EN, "alpha")),)),
            Callout((_marked(Span("乙", ZH), _note("b", "②")), Text(EN, (Span("b", EN), Footnote("b", "②", EN))))),
        ),
        MODERN,
    )
    assert lint(package) == []
    assert [lines_in(note)[0] for note in _notes(package)[2:]] == ["①", "②"]


def test_links_and_values_of_a_note_are_its_own() -> None:
    note = (
        Text(
            ZH,
            (
                Span("有效", ZH),
                Span("356件", ZH, (), "patent_invention_in_force"),
                Link("https://example.org/n", "页", ZH),
            ),
        ),
        Text(EN, (Link("https://example.org/n", "page", EN),)),
    )
    package = write(with_blocks(Paragraph(_marked(Span("甲", ZH), _note(note=note)))), MODERN)
    assert lint(package) == []
    relations = part(package, "word/_rels/footnotes.xml.rels")
    assert [(each.get("Target"), each.get("TargetMode")) for each in relations] == [
        ("https://example.org/n", "External")
    ]
    written_note = _notes(package)[2]
    links = [str(link.get(_R + "id")) for link in written_note.iter(W + "hyperlink")]
    assert links == [str(relations[0].get("Id"))] * 2
    names = [str(each.get(W + "name")) for each in written_note.iter(W + "bookmarkStart")]
    assert [name.rpartition("_")[0] for name in names] == ["_value_1"]


def test_an_editor_s_own_notes_are_numbered() -> None:
    settings = part(written(), "word/settings.xml").find("w:footnotePr", NAMESPACES)
    assert settings is not None
    assert settings.find("w:numFmt", NAMESPACES).get(W + "val") == "decimal"  # type: ignore[union-attr]
    assert [each.get(W + "id") for each in settings.iter(W + "footnote")] == ["-1", "0"]
    without = write(with_blocks(Paragraph(text(ZH, "甲"))), MODERN)
    assert len(_notes(without)) == 2  # the settings name them


@pytest.mark.parametrize(
    ("inlines", "complaint"),
    [
        ((_note(), _note(mark="[2]")), "two places are labelled 'note'"),
        ((Footnote("note", "[1]", ZH), _note()), "no note labelled 'note' stands before"),
        ((_note(note=(_marked(_note("inner")),)),), "'inner' stands inside a note"),
    ],
    ids=["label twice", "repeated before", "nested"],
)
def test_unsound_notes_are_refused(inlines: tuple[Footnote, ...], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        write(with_blocks(Paragraph(Text(ZH, inlines))), MODERN)


# --- comments --------------------------------------------------------------------


def _commented(package: bytes) -> list[str]:
    """The text in the range of each comment."""
    ranges: list[str] = []
    for start in part(package).iter(W + "commentRangeStart"):
        found, inside = "", False
        for element in part(package).iter(W + "commentRangeStart", W + "commentRangeEnd", W + "t"):
            if element.get(W + "id") == start.get(W + "id"):
                inside = element.tag == W + "commentRangeStart"
            elif inside and element.tag == W + "t":
                found += element.text or ""
        ranges.append(found)
    return ranges


def _remarked(block: object, key: str | None = None) -> bytes:
    comments = (Comment(1, both("请核对。", "Check."), key),)
    return write(replace(with_blocks(Heading(1, "h", both("甲", "A")), block), comments=comments), MODERN)


def _block(kind: type) -> object:
    return next(block for block in showcase().blocks if isinstance(block, kind))


def test_comments_say_who_and_when() -> None:
    package = write(draft(), MODERN)
    assert lint(package) == []
    comments = list(part(package, "word/comments.xml"))
    heads = {tuple(comment.get(W + name) for name in ("author", "initials", "date")) for comment in comments}
    assert heads == {("ipreport", "ip", "2025-10-15T00:00:00Z")}
    assert [[lines_in(p) for p in comment] for comment in comments] == [
        ["请核对356件。", "Check 356."],
        ["请核对本段。", "Check this paragraph."],
        ["来源相互矛盾。", "The sources contradict each other."],
    ]
    languages = [each.get(W + "eastAsia") for each in comments[0].iter(W + "lang")]
    assert languages == ["zh-CN", "en-US"]


def test_comments_stand_where_they_belong() -> None:
    cards, paragraph, cell = _commented(write(draft(), MODERN))
    assert cards == "有效发明专利"  # no card is known to show the value
    assert paragraph.startswith("详见图1和表1")
    assert paragraph.endswith("100%。")
    assert cell == "100件"  # the first cell that shows it


def test_a_value_is_marked_at_its_first_place_only() -> None:
    sentence = _marked(Span("有", ZH), Span("356件", ZH, (), "k"), Span("，又有", ZH), Span("356", ZH, (), "k"))
    assert _commented(_remarked(Paragraph(sentence), "k")) == ["356件"]
    assert _commented(_remarked(Paragraph(sentence), "other")) == ["有356件，又有356"]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (Figure, "图1\u3000高价值专利占比Figure 1  Share of high-value patents"),
        (Table, "表1\u3000专利授权量Table 1  Patents granted"),
        (BulletList, "第一项：继续推进。First: go on.第二项。Second."),
        (Callout, "数据有疑点，见附件。Some data are doubtful; see the annex."),
        (Cards, "有效发明专利"),
    ],
)
def test_a_comment_on_a_whole_block(kind: type, expected: str) -> None:
    block = _block(kind)
    if isinstance(block, Table):
        block = replace(block, body=block.body[:1])
    package = _remarked(block)
    assert lint(package) == []
    assert _commented(package) == [expected]


def test_a_table_without_caption_is_remarked_in_its_first_cell() -> None:
    table = _block(Table)
    assert isinstance(table, Table)
    assert _commented(_remarked(replace(table, caption=None, body=table.body[:1]))) == ["指标"]


def test_ids_of_comments_are_none_of_notes() -> None:
    """LibreOffice 7.4 takes them for those of notes as well."""
    package = write(draft(), MODERN)
    notes = {note.get(W + "id") for note in _notes(package)}
    assert notes.isdisjoint(each.get(W + "id") for each in part(package, "word/comments.xml"))


@pytest.mark.parametrize("edition", sorted(EDITIONS))
def test_a_document_without_comments_has_no_part_for_them(edition: str) -> None:
    with zipfile.ZipFile(BytesIO(written(edition))) as archive:
        assert "word/comments.xml" not in archive.namelist()
        assert b"comments" not in archive.read("[Content_Types].xml")


@pytest.mark.parametrize(
    "comment", [Comment(2, both("甲", "a")), Comment(1, both("甲", "a"))], ids=["missing", "empty"]
)
def test_comments_without_a_place_are_refused(comment: Comment) -> None:
    blocks = (Paragraph(text(ZH, "甲")), PageBreak())
    with pytest.raises(ValueError, match="remark"):
        write(replace(showcase(), blocks=blocks, comments=(comment,)), MODERN)


# --- the lint --------------------------------------------------------------------

_END = '<w:commentRangeEnd w:id="10000"/>'


@pytest.mark.parametrize(
    ("name", "old", "new", "finding"),
    [
        ("word/footnotes.xml", 'w:id="2"', 'w:id="7"', "footnote 2 is not defined"),
        ("word/footnotes.xml", 'w:id="2"', 'w:id="1"', "footnote 1 is defined 2 times"),
        (
            "word/document.xml",
            'w:customMarkFollows="1" w:id="2"',
            'w:customMarkFollows="1" w:id="1"',
            "is marked 2 times",
        ),
        ("word/footnotes.xml", ">①<", ">②<", "does not begin with its mark '①'"),
        ("word/footnotes.xml", 'w:type="separator"', 'w:type="normal"', "no two separators"),
        ("word/settings.xml", '<w:footnote w:id="0"/>', "", "do not list the separators"),
        ("word/_rels/footnotes.xml.rels", 'Id="rId1"', 'Id="rId8"', "no relationship"),
        ("word/document.xml", _END, "", "comment 10000 has RangeStart Reference"),
        ("word/document.xml", '<w:commentReference w:id="10000"/>', "", "comment 10000 has RangeStart RangeEnd"),
        ("word/document.xml", _END, '<w:commentRangeStart w:id="10009"/>', "comment 10009 is not defined"),
        ("word/comments.xml", 'w:id="10001"', 'w:id="10000"', "comment 10001 is not defined"),
        ("word/comments.xml", 'w:val="AnnotationText"', 'w:val="Nowhere"', "style Nowhere"),
    ],
)
def test_the_lint_finds_faults_of_notes_and_comments(name: str, old: str, new: str, finding: str) -> None:
    found = lint(with_part(write(draft(), MODERN), name, old, new))
    assert any(finding in line for line in found), found


def test_an_edition_keeps_the_notes_of_the_marks_it_has() -> None:
    english = in_language(draft(), EN)
    package = write(english, MODERN)
    assert lint(package) == []
    assert [lines_in(note) for note in _notes(package)[2:]] == [
        "[1]\tPublished account, group 1.",
        "[2]\tNo date.",
    ]
