"""Words inside the Word file: languages and faces of runs, styles, numbering, references, tables."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from docx_helpers import EDITIONS, W, part, words_in, written
from ipreport.document import (
    BulletList,
    Callout,
    Caption,
    CaptionKind,
    Figure,
    Paragraph,
    Span,
    Text,
    Tone,
    text,
    texts_of,
)
from ipreport.language import EN, ZH, Language
from ipreport.style import MODERN, FontRole
from ipreport.writers.docx import write
from ipreport.writers.docx.flow import Break, Gap, Grid, Para, assemble
from ipreport.writers.docx.markup import escape
from ipreport.writers.docx.runs import run_properties, runs
from ipreport.writers.docx.segments import segments
from showcase import both, picture, showcase
from word_numbers import shown_numbers

NAMESPACES = {"w": W[1:-1]}


@pytest.mark.parametrize(
    ("text", "base", "expected"),
    [
        ("“高质量发展”成效——审查周期15.5个月……", ZH, [("zh", "“高质量发展”成效——审查周期15.5个月……")]),
        ("申请PCT（Patent Cooperation Treaty）356件", ZH, [("zh", "申请PCT（Patent Cooperation Treaty）356件")]),
        (
            "称为“unitary patent”制度，don’t混淆",
            ZH,
            [("zh", "称为"), ("en", "“unitary patent”"), ("zh", "制度，"), ("en", "don’t"), ("zh", "混淆")],
        ),
        ("2021—2035年", ZH, [("zh", "2021—2035年")]),
        ("It isn’t “quality” — see 5.", EN, [("en", "It isn’t “quality” — see 5.")]),
        ("See “专利法” and “Patent Law”", EN, [("en", "See "), ("zh", "“专利法” "), ("en", "and “Patent Law”")]),
        ("PCT“国际阶段”", ZH, [("zh", "PCT“国际阶段”")]),
        ("3×5", EN, [("en", "3×5")]),
        ("①", EN, [("zh", "①")]),
        ("", ZH, []),
    ],
)
def test_marks_go_with_their_language(text: str, base: Language, expected: list[tuple[str, str]]) -> None:
    assert [(language.code, part) for language, part in segments(text, base)] == expected


@given(st.text(alphabet="“”‘’—…·专利ab1 ，（）①×", max_size=30), st.sampled_from([ZH, EN]))
def test_segments_lose_nothing(text: str, base: Language) -> None:
    found = segments(text, base)
    assert "".join(part for _, part in found) == text
    assert all(first is not second for (first, _), (second, _) in pairwise(found))


def test_faces_of_shared_marks() -> None:
    assert 'w:hint="eastAsia"' in run_properties("“专利”", ZH, FontRole.SERIF)
    assert 'w:eastAsiaTheme="minorHAnsi"' in run_properties("don’t", EN, FontRole.SERIF)
    assert 'w:eastAsiaTheme="majorHAnsi"' in run_properties("don’t", EN, FontRole.SANS_BOLD)
    assert "rFonts" not in run_properties("plain", EN, FontRole.SERIF)


def test_circled_numbers_stand_in_runs_of_their_own() -> None:
    assert runs("见①PCT", ZH, FontRole.SERIF).count("<w:r>") == 3


def test_escaping() -> None:
    assert escape("a<b> & \"c\"\n'd'") == "a&lt;b&gt; &amp; &quot;c&quot;&#10;'d'"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")))
def test_escaped_text_comes_back(text: str) -> None:
    element = etree.fromstring(f'<a b="{escape(text)}">{escape(text)}</a>')
    assert (element.text or "", element.get("b")) == (text, text)


def test_every_run_of_text_says_its_language() -> None:
    for name in ("word/document.xml", "word/header1.xml", "word/header2.xml", "word/footer1.xml"):
        for run in part(written(), name).iter(W + "r"):
            if run.find(W + "t") is not None:
                language = run.find(f"{W}rPr/{W}lang")
                assert language is not None
                assert language.get(W + "val") == EN.tag  # Latin words are English everywhere
                assert language.get(W + "eastAsia") in {ZH.tag, EN.tag}


def test_words_are_proofed_in_their_language() -> None:
    languages = {
        words_in(run): run.find(f"{W}rPr/{W}lang").get(W + "eastAsia")  # type: ignore[union-attr]  # each has one
        for run in part(written()).iter(W + "r")
        if run.find(W + "t") is not None
    }
    for words, language in (("本期要点", ZH), ("Summary", EN), ("图", ZH), ("Figure ", EN), ("356 patents", EN)):
        assert languages[words] == language.tag
    assert {language for words, language in languages.items() if re.search(r"[\u4e00-\u9fff]", words)} == {ZH.tag}
    assert {language for words, language in languages.items() if re.match(r"[A-Za-z ]{12}", words)} == {EN.tag}


@pytest.mark.parametrize("edition", sorted(EDITIONS))
def test_every_text_stands_in_the_file(edition: str) -> None:
    body = part(written(edition)).find(W + "body")
    assert body is not None
    written_text = "".join(element.text or "" for element in body.iter(W + "t"))
    alternatives = {element.get("descr") for element in body.iter() if element.get("descr")}
    alternatives |= {str(element.get(W + "val")) for element in body.iter(W + "tblDescription")}
    for block in EDITIONS[edition].blocks:
        for wording in texts_of(block):
            plain = wording.plain().replace("\n", "")
            assert plain in written_text or any(plain in str(other) for other in alternatives)


def test_paragraphs_carry_named_styles() -> None:
    styles = {
        paragraph.text: paragraph.style.name
        for paragraph in docx.Document(BytesIO(written())).paragraphs
        if paragraph.style is not None
    }
    assert styles["知识产权工作简报"] == "Title"
    assert styles["Intellectual Property Work Briefing"] == "Title English"
    assert styles["本期要点\nSummary"] == "Heading 1"
    assert styles["第一项：继续推进。"] == "List Bullet"
    assert styles["First: go on."] == "List Continue English"
    assert styles["甲"] == "List Number"
    assert styles["图1　高价值专利占比\nFigure 1  Share of high-value patents"] == "Caption"
    assert styles["表1　专利授权量\nTable 1  Patents granted"] == "Table Caption"
    assert styles["表1　专利授权量\nTable 1  Patents granted\t4"] == "table of figures"
    assert styles["Protecting intellectual property is protecting innovation."] == "Quote English"
    assert styles["[1]\t公开报道，第1组。"] == "Note"
    assert styles["数据有疑点，见附件。"] == "Callout Warning"
    assert styles["Some data are doubtful; see the annex."] == "Callout Warning Continue English"
    assert styles["A remark."] == "Callout English"


def _instructions() -> list[str]:
    return [(element.text or "").strip() for element in part(written()).iter(W + "instrText")]


def test_captions_count_once_and_repeat_by_reference() -> None:
    found = [instruction.split()[:2] for instruction in _instructions() if "SEQ" in instruction]
    assert found == [["SEQ", "Figure"], ["SEQ", "Figure"], ["SEQ", "Table"], ["SEQ", "Table"]]
    assert sum(instruction.startswith("REF") and "_number" in instruction for instruction in _instructions()) == 4


def test_references_repeat_word_and_number_in_their_language() -> None:
    document = part(written())
    names = [instruction.split()[1] for instruction in _instructions() if instruction.startswith("REF")]
    kinds = Counter(name.rsplit("_", 1)[1] for name in names)
    assert kinds == {"zh": 2, "en": 2, "number": 4}  # two references in each language, the second line of each caption
    for name in names:
        start = document.find(f".//w:bookmarkStart[@w:name='{name}']", NAMESPACES)
        assert start is not None
        content, node = "", start.getnext()
        while node is not None and node.get(W + "id") != start.get(W + "id"):
            content += "".join(element.text or "" for element in node.iter(W + "t"))
            node = node.getnext()
        expected = {"zh": {"图1", "表1"}, "en": {"Figure 1", "Table 1"}, "number": {"1", "2"}}
        assert content in expected[name.rsplit("_", 1)[1]]


def test_a_number_out_of_turn_survives_an_update_of_fields() -> None:
    figures = [
        Figure(f"f{number}", Caption(CaptionKind.FIGURE, number, both("图", "a")), picture(), (), both("图", "a"))
        for number in (1, 3, 4)
    ]
    document = part(write(replace(showcase(), blocks=tuple(figures)), MODERN))
    sequences = [element.text or "" for element in document.iter(W + "instrText") if "SEQ" in (element.text or "")]
    assert ["\\r 3" in instruction for instruction in sequences] == [False, True, False]


def test_links_lead_inside_and_outside() -> None:
    package = docx.Document(BytesIO(written()))
    links = [link for paragraph in package.paragraphs for link in paragraph.hyperlinks if "\t" not in link.text]
    assert {link.address for link in links if link.address} == {"https://www.example.org/a?b=1&c=2"}
    assert {link.text for link in links if link.address} == {"来源页面", "Source page"}
    assert {link.text for link in links if link.fragment and not link.address} == {"[1]", "①"}


def test_each_ordered_list_starts_at_one() -> None:
    blocks = [block for block in showcase().blocks if isinstance(block, BulletList) and not block.side_by_side]
    package = write(replace(showcase(), blocks=(*blocks, *blocks)), MODERN)
    numbers = [element.get(W + "val") for element in part(package).iter(W + "numId")]
    assert numbers == ["3", "3", "4", "4"]
    overrides = part(package, "word/numbering.xml").findall(f"{W}num[@{W}numId='4']/{W}lvlOverride/{W}startOverride")
    assert [override.get(W + "val") for override in overrides] == ["1"]


def test_each_column_of_an_ordered_list_counts_by_itself() -> None:
    blocks = [block for block in showcase().blocks if isinstance(block, BulletList) and block.ordered]
    package = write(replace(showcase(), blocks=tuple(blocks)), MODERN)
    beside = [(f"{n}.\t", text.plain()) for n, item in enumerate(blocks[1].items, 1) for text in item]
    assert shown_numbers(package, "ListNumber(Column(English)?)?") == [("1.\t", "甲"), ("2.\t", "乙"), *beside]


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_warning_and_a_doubtful_card_have_one_sign_each(edition: str) -> None:
    """It comes with their style, as a bullet does, so that it is no part of their text."""
    shown = shown_numbers(written(edition), "(Callout|KPILabel).*")
    signed = [(sign, words) for sign, words in shown if sign]
    first = {"en": ["Contracts signed", "Some data are doubtful; see the annex."]}
    assert signed == [("⚠ ", words) for words in first.get(edition, ["签约金额", "数据有疑点，见附件。"])]
    assert "⚠" not in "".join(part(written(edition)).itertext())


def test_callouts_one_after_the_other_have_a_box_each() -> None:
    """Word and LibreOffice draw paragraphs whose borders and indents are alike as one box."""
    warnings = [Callout(both(f"警示{number}。", f"Warning {number}."), Tone.WARNING) for number in range(3)]
    remarks = [Callout(both(f"说明{number}。", f"Remark {number}.")) for number in range(2)]
    package = write(replace(showcase(), blocks=(*warnings, *remarks), imprint=None, comments=()), MODERN)
    sheet = {style.get(W + "styleId"): style for style in part(package, "word/styles.xml").iter(W + "style")}
    boxes = []
    for paragraph in part(package).iter(W + "p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        name = "" if style is None else str(style.get(W + "val"))
        if name.startswith("Callout"):
            of_style, own = sheet[name].find(f"{W}pPr/{W}ind"), paragraph.find(f"{W}pPr/{W}ind")
            assert of_style is not None
            sides = dict(of_style.attrib) | ({} if own is None else dict(own.attrib))
            boxes.append((name.startswith("CalloutWarning"), sides[W + "left"], sides[W + "right"]))
    assert len(boxes) == 10
    assert boxes[::2] == boxes[1::2]
    assert all(one != other for one, other in pairwise(boxes[::2]))


def test_a_span_may_hold_markup_characters() -> None:
    document = replace(showcase(), blocks=())
    name = (Text(EN, (Span('<w:t>&amp;</w:t> "it’s"', EN),)),)
    package = write(replace(document, masthead=replace(document.masthead, name=name)), MODERN)
    assert '<w:t>&amp;</w:t> "it’s"' in [paragraph.text for paragraph in docx.Document(BytesIO(package)).paragraphs]


def test_space_goes_to_neighbours() -> None:
    text = Para("Text", "<w:r/>", style_before=2, style_after=3)
    assert 'w:after="200"' in assemble([text, Gap(10), Grid("<w:tbl/>"), text])
    assert 'w:before="200"' in assemble([Grid("<w:tbl/>"), Gap(10), text])
    assert "spacing" not in assemble([text, Gap(1), text])
    assert "spacing" not in assemble([text, Gap(3), text])
    assert 'w:before="80"' in assemble([text, Gap(4), text])
    assert assemble([Grid("<w:tbl/>"), Grid("<w:tbl/>")]).count("Separator") == 2
    assert assemble([text, Break(), Gap(10), text]).count("pageBreakBefore") == 1
    assert 'w:before="0"' in assemble([text, Break(), Gap(10), text])
    assert "pageBreakBefore" not in assemble([text, Break()])
    assert assemble([text, Break("<w:sectPr/>"), Gap(10), text]).count('w:before="0"') == 1
    assert assemble([text, Break(), Break("<w:sectPr/>"), text]).count("pageBreakBefore") == 0
    assert assemble([]) == ""


def test_a_paragraph_that_introduces_keeps_with_what_it_introduces() -> None:
    blocks = (Paragraph(text(ZH, "下列数据有调整。"), introduces=True), Paragraph(text(ZH, "调整如下。")))
    paragraphs = part(write(replace(showcase(), blocks=blocks, imprint=None), MODERN)).findall(f".//{W}p")
    first, second = (p for p in paragraphs if "".join(p.itertext()) in {"下列数据有调整。", "调整如下。"})
    assert first.find(f"{W}pPr/{W}keepNext") is not None
    assert second.find(f"{W}pPr/{W}keepNext") is None
