"""A briefing in two issues: what was published and changed is marked and listed, or not printed at all."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

import docx
import pypdfium2
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn

import ipreport
from helpers import BRIEFING, METRICS, PREVIOUS, Copy, refusal, second_issue
from ipreport.compose import Content, compose, verify
from ipreport.compose.common import state_notes
from ipreport.compose.values import value_of
from ipreport.document import (
    Citation,
    Document,
    DrawnText,
    Figure,
    Footnote,
    Note,
    Span,
    Table,
    Text,
    document_texts,
    texts_of,
)
from ipreport.language import EN, ZH, Language
from ipreport.outline import Edition
from ipreport.pipeline.checked import checked
from ipreport.pipeline.story import WRITERS, _draw
from ipreport.problems import Level, ReportError

EDITIONS = {"bilingual": (ZH, EN), "zh": (ZH,), "en": (EN,)}


@dataclass(frozen=True)
class Issue:
    """The second issue, built and composed."""

    built: ipreport.Built
    content: Content
    documents: dict[str, Document]


@pytest.fixture(scope="module")
def issue(published: Path, tmp_path_factory: pytest.TempPathFactory, warm_cache: Path) -> Issue:
    copy = second_issue(tmp_path_factory.mktemp("second"), published)
    built = copy.build(cache=warm_cache)
    ready = checked(copy.folder, warm_cache, accept_warnings=False)
    documents = {
        edition.value: compose(
            ready.content, edition, _draw(ready.content, edition, ready.formats), ready.content.outline.date
        )
        for edition in Edition
    }
    return Issue(built, ready.content, documents)


def squeezed(words: str) -> str:
    return "".join(words.split())


def words_of(path: Path) -> str:
    """All words of a file without any space."""
    if path.suffix == ".docx":
        main = docx.Document(str(path)).part
        notes = [each.target_part for each in main.rels.values() if each.reltype == RELATIONSHIP_TYPE.FOOTNOTES]
        roots = [main.element, *(parse_xml(part.blob) for part in notes)]
        return squeezed("".join(text.text or "" for root in roots for text in root.iter(qn("w:t"))))
    return squeezed("".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(path)))


# --- what is printed ----------------------------------------------------------------

PRINTED = {
    "zh": [
        "400件初步数，2025年6月底为368件修订，罚没款42万元估计数。",
        "占26.6%。",
        "修订：较上一期公布数有调整。",
        "尚待最终核定。",
        "估计数：并非统计所得。",
        "自上一期（2025年第二季度，2025年7月15日）以来，下列已公布数据有调整。",
    ],
    "en": [
        "400 patentsp in force, 368 patentsr at the end of June 2025; fines came to 420,000 yuane.",
        "were 26.6%.",
        "r: revised since the last issue.",
        "Provisional, still to be settled.",
        "e: estimated, not counted.",
        "These published figures have changed since the last issue (Q2 2025, dated 15 July 2025).",
    ],
}
PER_10K = "Invention patents in force per 10,000 population"
ROWS = {
    "zh": [
        "有效发明专利量，2025年6月底 370件 368件 减少2件 剔除重复登记",
        "有效发明专利量（北县），2025年6月底 41件 44件 增加3件 补报",
        "调解成功率，2025年1—6月 90.9% 90.5% 下降0.4个百分点 一件重新立案",
        "每万人口发明专利拥有量，2025年6月底 7.52件 7.48件 减少0.04件 常住人口数据更新",
    ],
    "en": [
        "Invention patents in force, end of June 2025 370 patents 368 patents down 2 patents twice counted",
        "Invention patents in force (North County), end of June 2025 41 patents 44 patents up 3 patents late",
        "Mediation success rate, January–June 2025 90.9% 90.5% down 0.4 percentage points one case was reopened",
        f"{PER_10K}, end of June 2025 7.52 7.48 down 0.04 per 10,000 population new population",
    ],
}


@pytest.mark.parametrize("ending", sorted(WRITERS))
@pytest.mark.parametrize("edition", EDITIONS)
def test_every_file_holds_marks_notes_and_changes_in_its_languages(issue: Issue, edition: str, ending: str) -> None:
    (path,) = (path for path in issue.built.documents if path.name.endswith(f".{edition}.{ending}"))
    words = words_of(path)

    for language in EDITIONS[edition]:
        for printed in PRINTED[language.code]:
            assert squeezed(printed) in words
        if edition != "bilingual":  # there the languages alternate cell by cell
            for row in ROWS[language.code]:
                assert squeezed(row) in words


@pytest.mark.parametrize("edition", ["zh", "en"])
def test_the_table_of_changes_gives_each_figure_as_it_was_as_it_is_and_why(issue: Issue, edition: str) -> None:
    rows = changes_table(issue.documents[edition]).body

    said = [" ".join(text.plain() for cell in row.cells for text in cell.texts) for row in rows]
    assert said == ROWS[edition]


def changes_table(document: Document) -> Table:
    (table,) = (block for block in document.blocks if isinstance(block, Table) and block.label.startswith("changes"))
    return table


def test_every_number_of_the_table_of_changes_can_be_traced(issue: Issue) -> None:
    row = changes_table(issue.documents["en"]).body[0]

    keys = [
        inline.value_key
        for cell in row.cells
        for text in cell.texts
        for inline in text.inlines
        if isinstance(inline, Span)
    ]
    assert keys == [
        None, "patents_june/as_in/2025Q2", "patents_june", "patents_june/revised_since/2025Q2", None,
    ]  # fmt: skip
    places = ipreport.explain(issue_folder(issue), "patents_june").places
    assert {"370件", "368件", "减少2件", "370 patents", "368 patents", "down 2 patents"} <= {p.text for p in places}


def issue_folder(issue: Issue) -> Path:
    return Path(issue.content.outline.origin.file).parent


def marks_behind(text: Text) -> list[tuple[str, str]]:
    """The values of a text with the marks behind them."""
    found: list[tuple[str, str]] = []
    for inline in text.inlines:
        if isinstance(inline, Span) and inline.value_key is not None:
            found.append((inline.value_key, ""))
        elif (isinstance(inline, Footnote) or (isinstance(inline, Citation) and inline.raised)) and found:
            found[-1] = (found[-1][0], found[-1][1] + inline.text)
    return found


@pytest.mark.parametrize(("language", "revised"), [(ZH, "修订"), (EN, "r")])
def test_a_revised_figure_is_marked_in_text_card_and_table_and_what_rests_on_it_is_not(
    issue: Issue, language: Language, revised: str
) -> None:
    document = issue.documents[language.code]
    table = changes_table(document)
    texts = [text for block in document.blocks if block is not table for text in texts_of(block)]

    marks = [mark for text in texts for mark in marks_behind(text) if text.language is language]
    assert {mark for key, mark in marks if key == "hv_june/share_of/patents_june"} == {""}
    assert [mark for key, mark in marks if key == "north_patents"] == [revised]
    # text, card, table; the alternative text of the chart says it in words
    assert [mark for key, mark in marks if key == "patents_june"] == [revised, revised, revised, ""]
    assert {mark for key, mark in marks if key in {"dispute_closed", "gi_users"}} == {""}


@pytest.mark.parametrize(("edition", "lines"), [("bilingual", "修订 r"), ("zh", "修订"), ("en", "r")])
def test_a_revised_figure_is_marked_in_charts_and_their_descriptions(issue: Issue, edition: str, lines: str) -> None:
    share, rates = (block for block in issue.documents[edition].blocks if isinstance(block, Figure))

    drawn = drawn_in(share)
    for language in EDITIONS[edition]:
        value, mark = {"zh": ("368件", "修订"), "en": ("368 patents", "r")}[language.code]
        assert drawn[drawn.index(value) + 1] == mark
    drawn = drawn_in(rates)
    assert drawn[drawn.index("7.48") + 1] == lines  # one line for both languages has the marks of both
    told = " ".join(text.plain() for text in share.alt)
    assert ("368件（修订数）" in told, "368 patents (revised)" in told) == (edition != "en", edition != "zh")
    notes = [text.plain() for note in share.notes for text in note]
    assert ("修订：较上一期公布数有调整。" in notes, "r: revised since the last issue." in notes) == (
        edition != "en",
        edition != "zh",
    )


def drawn_in(figure: Figure) -> list[str]:
    return [item.text for item in figure.picture.drawing.items if isinstance(item, DrawnText)]


def test_every_mark_leads_to_its_row_or_its_meaning(issue: Issue) -> None:
    document = issue.documents["en"]
    labels = {row.label for row in changes_table(document).body}
    labels |= {block.label for block in document.blocks if isinstance(block, Note)}

    raised = {
        (inline.text, inline.target)
        for text in document_texts(document)
        for inline in text.inlines
        if isinstance(inline, Citation) and inline.raised
    }
    assert raised == {
        ("r", "change-patents_june"), ("r", "change-north_patents"), ("r", "change-mediation_success_rate"),
        ("r", "change-per10k_june"), ("e", "state-estimated"),
    }  # fmt: skip
    assert {target for _, target in raised} <= labels
    in_text = [inline for text in document_texts(document) for inline in text.inlines if isinstance(inline, Footnote)]
    assert [(mark.text, bool(mark.note)) for mark in in_text] == [("p", True), ("r", True), ("e", True)]


def test_a_note_says_where_values_only_rest_on_revised_ones(issue: Issue) -> None:
    (note,) = state_notes(issue.content, ["hv_june/share_of/patents_june"], (ZH, EN))

    assert [text.plain() for text in note] == [
        "含依据修订数计算的数值。",
        "Includes values worked out from revised figures.",
    ]
    assert state_notes(issue.content, ["hv_june"], (ZH, EN)) == ()


# --- the last look ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "printed", "other", "rules"),
    [
        ("patents_june/as_in/2025Q2", "370 patents", "368 patents", ["R24", "R26"]),
        ("patents_june/as_in/2025Q2", "370 patents", "370 cases", ["R24"]),
        ("patents_june/revised_since/2025Q2", "down 2 patents", "up 2 patents", ["R24", "R26"]),
    ],
)
def test_what_was_published_is_read_back_like_every_value(
    issue: Issue, key: str, printed: str, other: str, rules: list[str]
) -> None:
    value, document = value_of(key, issue.content), issue.documents["en"]

    assert value is not None
    assert value.says(printed, EN)
    assert not value.says(other, EN)
    assert verify(document, issue.content) == ()
    problems = verify(with_words(document, key, other), issue.content)
    assert [(problem.rule, problem.level) for problem in problems] == [(rule, Level.BLOCK) for rule in rules]
    assert f"'{other}' is printed for '{key}'" in problems[0].message


def with_words(document: Document, key: str, words: str) -> Document:
    def swapped(text: Text) -> Text:
        return replace(
            text,
            inlines=tuple(
                replace(inline, text=words) if isinstance(inline, Span) and inline.value_key == key else inline
                for inline in text.inlines
            ),
        )

    table = changes_table(document)
    rows = tuple(
        replace(row, cells=tuple(replace(cell, texts=tuple(map(swapped, cell.texts))) for cell in row.cells))
        for row in table.body
    )
    changed = replace(table, body=rows)
    return replace(document, blocks=tuple(changed if block is table else block for block in document.blocks))


@pytest.mark.parametrize("key", ["patents_june/as_in/2025Q1", "hv_june/as_in/2025Q2", "gi_users/revised_since/2025Q2"])
def test_no_value_is_made_up_for_another_issue_or_a_figure_that_did_not_change(issue: Issue, key: str) -> None:
    assert value_of(key, issue.content) is None


# --- what may not be published ---------------------------------------------------------------


def test_an_unmarked_change_cannot_be_published(second: Copy) -> None:
    place = second.change(METRICS, 'value: "24"', 'value: "25"')

    with pytest.raises(ReportError) as refused:
        second.build()
    assert refusal(refused.value) == (
        f"{place}:49: block: IP disputes resolved (2025-01/2025-06) is 25 cases, but was 24 cases in issue 2025Q2, "
        "and nothing says that it was revised (disputes_june)\n"
        "    hint: set 'status: revised' and say why in 'note:', or correct the value\n"
        "    hint: it was called 'dispute_closed' then; if the two are different figures, record both"
    )
    assert not (second.root / "output").exists()


def test_a_changed_target_is_marked_like_any_other_figure(second: Copy) -> None:
    second.change(METRICS, 'value: "150"', 'value: "160"')
    assert "High-value invention patents (2025) is 160 patents, but was 150 patents" in second.check()[0]

    second.change(METRICS, 'value: "160"', 'value: "160", status: revised, note: {zh: 上调, en: raised}')
    assert second.check() == []

    second.change(METRICS, 'value: "160", status: revised', 'value: "160", status: provisional')
    assert "expected 'ok' or 'revised', found 'provisional'" in second.check()[0]


def test_changes_must_be_listed(second: Copy) -> None:
    second.change(BRIEFING, "blocks: [changes: {}]", "blocks: []")

    (problem,) = second.check()
    assert problem == (
        "briefing.yaml:1:1: block: figures were revised since issue 2025Q2, but the briefing does not list them\n"
        "    hint: add a block 'changes: {}' to a section"
    )


def test_a_list_of_changes_needs_an_issue_to_compare_with(second: Copy) -> None:
    second.change(BRIEFING, f"previous: {PREVIOUS}\n", "")

    (problem,) = second.check()
    assert re.fullmatch(
        r"briefing\.yaml:\d+:\d+: block: nothing says what changed: the manifest of the previous issue is not given "
        r"\(sections\[1\]\.blocks\[0\]\.changes\)\n"
        r"    hint: name it: previous: previous/manifest\.json, a copy from the last issue's folder in output/\n"
        r"    hint: or delete the block in a first issue",
        problem,
    )


def test_changes_are_listed_once(second: Copy) -> None:
    second.change(BRIEFING, "blocks: [changes: {}]", "blocks: [{changes: {}}, {changes: {}}]")

    (problem,) = ipreport.check(second.folder)
    assert problem.message == "the list of changes stands twice"
    assert problem.origin is not None
    assert problem.origin.pointer == "sections[1].blocks[1].changes"


def as_published(second: Copy) -> None:
    """The second issue with the values of the first."""
    for value, was in (("368", "370"), ("44", "41"), ("90.5", "90.9"), ("7.48", "7.52")):
        second.change(METRICS, f'"{value}"', f'"{was}"')
        second.change(METRICS, "    status: revised\n", "")


def test_where_nothing_changed_a_sentence_says_so(second: Copy) -> None:
    as_published(second)
    ready = checked(second.folder, None, accept_warnings=False)

    assert ready.problems == ()
    for code, sentence in (
        ("zh", "与上一期相比，已公布数据没有调整。"),
        ("en", "No published figure has changed since the last issue."),
    ):
        edition = Edition(code)
        drawn = _draw(ready.content, edition, ready.formats)
        document = compose(ready.content, edition, drawn, ready.content.outline.date)
        assert sentence in [text.plain() for text in document_texts(document)]


def test_a_mark_without_a_change_is_reported_and_not_printed(second: Copy) -> None:
    second.change(METRICS, 'value: "44"', 'value: "41"')
    ready = checked(second.folder, None, accept_warnings=False)

    assert [problem.level for problem in ready.problems] == [Level.WARN]
    assert "nothing to revise: Invention patents in force (2025-06-30)" in ready.problems[0].message
    assert ready.content.raised_marks("north_patents", EN) == ()
    assert [mark.text for mark in ready.content.raised_marks("patents_june", EN)] == ["r"]


def test_without_an_issue_to_compare_with_the_mark_stands_and_its_meaning_with_the_sources(second: Copy) -> None:
    second.change(BRIEFING, f"previous: {PREVIOUS}\n", "")
    second.change(BRIEFING, "blocks: [changes: {}]", "blocks: []")
    ready = checked(second.folder, None, accept_warnings=False)
    edition = Edition.EN
    document = compose(ready.content, edition, _draw(ready.content, edition, ready.formats), ready.content.outline.date)

    assert ready.problems == ()
    assert [mark.target for mark in ready.content.raised_marks("patents_june", EN)] == ["state-revised"]
    notes = [(block.label, block.texts[0].plain()) for block in document.blocks if isinstance(block, Note)]
    assert notes == [
        ("source-office", "Statistical bulletin."),
        ("state-revised", "r: revised since the last issue."),
        ("state-estimated", "e: estimated, not counted."),
    ]


def test_a_value_that_is_gone_is_reported_and_stops_nothing(second: Copy) -> None:
    second.change(METRICS, 'id: disputes_june, value: "24", unit: case, period: 2025-01/2025-06', 'id: disputes_march, value: "9", unit: case, period: 2025-01/2025-03')  # fmt: skip # noqa: E501 - one line of the file

    (problem,) = ipreport.check(second.folder)
    assert problem.level is Level.WARN
    assert problem.message == "IP disputes resolved (2025-01/2025-06) was 24 cases in issue 2025Q2 and is gone"
