"""Tables of contents and lists of figures and tables: what they list, on which page, and what is refused."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from helpers import BRIEFING, Copy, composed
from ipreport.compose import paginated
from ipreport.compose.table_of_contents import with_contents
from ipreport.document import (
    Contents,
    ContentsKind,
    Document,
    Heading,
    NotData,
    Part,
    Standing,
    Table,
    Text,
    text,
)
from ipreport.language import EN, ZH, Localized
from ipreport.outline import ContentsBlock, Outline, Section
from ipreport.pipeline import story
from ipreport.pipeline.checked import Formats, checked
from ipreport.problems import Origin

FIRST = "sections:\n"
NOTES = "  - id: notes\n"
WITH_CONTENTS = FIRST + "  - {id: contents, title: {zh: 目录, en: Contents}, blocks: [contents: {}]}\n"


def above(small: Copy, blocks: str) -> None:
    """Put blocks into a section of their own, first in the briefing."""
    small.change(BRIEFING, FIRST, f"{FIRST}  - {{id: front, title: {{zh: 目次, en: Front}}, blocks: [{blocks}]}}\n")


def lists(document: Document) -> list[Contents]:
    return [block for block in document.blocks if isinstance(block, Contents)]


def listed(contents: Contents) -> list[tuple[int, list[str]]]:
    return [(entry.level, words(entry.texts)) for entry in contents.entries]


def words(texts: tuple[Text, ...]) -> list[str]:
    return [entry.plain() for entry in texts]


# --- what is listed ------------------------------------------------------------------


def test_headings_are_listed_in_both_languages_but_the_one_right_above(small: Copy) -> None:
    above(small, "contents: {}")

    (contents,) = lists(composed(small))
    assert (contents.kind, words(contents.title)) == (ContentsKind.HEADINGS, ["目录", "Contents"])
    assert listed(contents) == [(1, ["知识产权创造", "Creation"]), (1, ["数据来源", "Sources"])]
    assert [entry.target for entry in contents.entries] == ["section-creation", "section-notes"]
    assert {entry.page for entry in contents.entries} == {None}


@pytest.mark.parametrize(("edition", "title"), [("zh", ["目录"]), ("en", ["Contents"])])
def test_an_edition_has_its_own_language(small: Copy, edition: str, title: list[str]) -> None:
    above(small, "contents: {}")

    (contents,) = lists(composed(small, edition))
    assert words(contents.title) == title
    assert all(len(entry.texts) == 1 for entry in contents.entries)


def test_a_title_that_repeats_the_heading_above_is_left_out(small: Copy) -> None:
    small.change(BRIEFING, FIRST, WITH_CONTENTS)

    document = composed(small)
    (contents,) = lists(document)
    assert contents.title == ()
    assert words(document.blocks[0].texts) == ["目录", "Contents"]  # type: ignore[union-attr]  # a heading
    assert small.check() == []


def test_a_heading_further_up_is_listed(small: Copy) -> None:
    small.change(BRIEFING, NOTES, f"      - contents: {{title: {{zh: 本期目录, en: In this issue}}}}\n{NOTES}")

    (contents,) = lists(composed(small))
    assert words(contents.title) == ["本期目录", "In this issue"]
    assert [entry.target for entry in contents.entries] == ["section-creation", "section-notes"]


def test_levels_say_how_deep_it_goes(small: Copy) -> None:
    small.change(BRIEFING, NOTES, "  - {id: detail, title: {zh: 细项, en: Detail}, level: 2}\n" + NOTES)
    above(small, "{contents: {levels: 1}}, {contents: {title: {zh: 细目, en: In detail}}}")

    short, full = lists(composed(small))
    assert [entry.level for entry in short.entries] == [1, 1]
    assert listed(full)[1] == (2, ["细项", "Detail"])
    assert "section-front" not in {entry.target for entry in full.entries}  # it stands right above both


def test_figures_and_tables_are_listed_with_their_whole_captions(small: Copy) -> None:
    above(small, "{contents: {of: figures}}, {contents: {of: tables}}")

    figures, tables = lists(composed(small))
    assert (figures.kind, words(figures.title)) == (ContentsKind.FIGURES, ["图目录", "List of figures"])
    assert listed(figures) == [(1, ["图1\u3000高价值发明专利", "Figure 1  High-value patents"])]
    assert (tables.kind, words(tables.title)) == (ContentsKind.TABLES, ["表目录", "List of tables"])
    assert listed(tables) == [(1, ["表1\u3000主要指标", "Table 1  Indicators"])]
    assert [entry.target for entry in (*figures.entries, *tables.entries)] == ["figure-share", "table-all"]


def test_a_table_without_a_caption_is_not_listed(small: Copy) -> None:
    above(small, "{contents: {of: tables}}")
    part = "          part: patent_invention_hv\n"
    small.change(BRIEFING, part, f"{part}          with-table: true\n")

    document = composed(small)
    assert [block.label for block in document.blocks if isinstance(block, Table)] == ["figure-share-data", "table-all"]
    assert [entry.target for entry in lists(document)[0].entries] == ["table-all"]


def test_the_number_of_a_heading_stands_before_its_first_language() -> None:
    spec = ContentsBlock(ContentsKind.HEADINGS, Localized("目录", "Contents"), Origin("briefing.yaml"))
    heading = Heading(1, "section-one", (text(ZH, "总体情况"), text(EN, "Overview")), marker="一、")

    (contents, _) = with_contents((Contents(spec.kind, (), ()), heading), outline_with(spec), (ZH, EN))

    assert isinstance(contents, Contents)
    assert listed(contents) == [(1, ["一、总体情况", "Overview"])]


def outline_with(spec: ContentsBlock) -> Outline:
    """An outline of which only the place of a table of contents counts."""
    outline = object.__new__(Outline)
    section = Section("front", Localized("简报", "Briefing"), 1, (spec,))
    object.__setattr__(outline, "sections", (section,))
    return outline


# --- on which page -------------------------------------------------------------------


def test_pages_are_filled_in_and_recorded_as_no_data(small: Copy) -> None:
    above(small, "{contents: {}}, {contents: {of: figures}}")
    content = checked(small.folder, None, accept_warnings=False).content
    before = composed(small, "zh")

    after = paginated(before, {"section-creation": 1, "section-notes": 12, "figure-share": 3}, content)

    assert [[entry.page for entry in contents.entries] for contents in lists(after)] == [[1, 12], [3]]
    assert replace(after, blocks=before.blocks, record=before.record) == before
    listed = [stretch for stretch in after.record.printed if "› contents" in stretch.where]
    pages = [stretch.parts for stretch in listed if stretch.standing is Standing.MARKER]
    assert pages == [(Part(page, not_data=NotData.PAGE),) for page in ("1", "12", "3")]
    figure = next(stretch for stretch in listed if stretch.text.startswith("图1"))
    assert figure.parts[0] == Part("图1", not_data=NotData.LABEL)
    assert not any("目录" in stretch.text and stretch.standing is Standing.MARKER for stretch in listed)


def test_a_listed_label_without_a_page_is_a_fault_of_the_program(small: Copy) -> None:
    above(small, "contents: {}")
    content = checked(small.folder, None, accept_warnings=False).content

    with pytest.raises(ValueError, match="no page is known of section-notes"):
        paginated(composed(small), {"section-creation": 1}, content)


@pytest.mark.usefixtures("plain_only")
def test_all_formats_of_an_edition_get_the_pages_of_its_layout(small: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def page_numbers(document: Document, formats: Formats) -> dict[str, int]:
        assert formats.faces
        asked.append(document.meta.edition)
        return {"section-creation": 1, "section-notes": len(asked) + 6}

    monkeypatch.setattr(story, "_page_numbers", page_numbers)
    small.change(BRIEFING, FIRST, WITH_CONTENTS)

    written = [path.read_text(encoding="utf-8") for path in small.build().documents if path.suffix == ".txt"]

    assert asked == ["bilingual", "zh", "en"]
    assert "  数据来源 / Sources … 7\n" in written[0]
    assert ("  数据来源 … 8\n" in written[1], "  Sources … 9\n" in written[2]) == (True, True)


@pytest.mark.usefixtures("plain_only")
def test_nothing_is_laid_out_twice_where_there_is_no_table_of_contents(
    small: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    def page_numbers(*_: object) -> dict[str, int]:
        raise AssertionError("there is nothing that needs a page")

    monkeypatch.setattr(story, "_page_numbers", page_numbers)

    assert len(small.build().documents) == 6


# --- what is refused -----------------------------------------------------------------


def test_a_list_without_an_entry_is_refused_with_its_place(small: Copy) -> None:
    written = (small.folder / BRIEFING).read_text(encoding="utf-8")
    without = written[: written.index("    blocks:\n      - text:")] + written[written.index(NOTES) :]
    small.overwrite(BRIEFING, without.encode())
    above(small, "{contents: {of: figures}}, {contents: {of: tables}}, {contents: {}}")

    figures, tables = small.check()
    place = re.escape(small.line_of(BRIEFING, "of: figures"))
    for kind, number, problem in (("figure", 0, figures), ("table", 1, tables)):
        assert re.fullmatch(
            rf"{place}:\d+: block: the list of {kind}s would be empty: the briefing has none "
            rf"\(sections\[0\]\.blocks\[{number}\]\.contents\)\n    hint: delete the block, or add a block '{kind}:'",
            problem,
        )


def test_a_table_of_contents_of_its_own_heading_alone_is_refused(small: Copy) -> None:
    for name in ("creation", "notes"):
        small.change(BRIEFING, f"id: {name}\n", f"id: {name}\n    level: 2\n")
    above(small, "{contents: {levels: 1}}")

    (problem,) = small.check()
    assert "the table of contents would list no heading" in problem
    assert "hint: delete the block, or raise 'levels:'" in problem


def test_a_table_of_contents_in_the_only_section_is_refused(small: Copy) -> None:
    text = (small.folder / BRIEFING).read_text(encoding="utf-8")
    text = text.replace("  - id: notes\n    title: {zh: 数据来源, en: Sources}\n    blocks:\n", "")
    small.overwrite(BRIEFING, text.replace("    blocks:\n", "    blocks:\n      - contents: {}\n", 1).encode())

    (problem,) = small.check()
    assert problem.endswith("hint: delete the block, or add a section")


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("levels: 4", "expected"),
        ("levels: 0", "expected"),
        ("of: pictures", "expected 'headings', 'figures' or 'tables', found 'pictures'"),
        ("of: figures, levels: 2", "'levels' counts those of headings, and this lists figures"),
        ("title: {zh: 目录}", "en"),
        ("depth: 2", "unknown key 'depth'"),
    ],
)
def test_bad_settings_are_refused_with_their_place(small: Copy, written: str, message: str) -> None:
    above(small, f"{{contents: {{{written}}}}}")

    (problem,) = small.check()
    assert message in problem
    assert problem.startswith(small.line_of(BRIEFING, "contents: {"))
    assert "sections[0].blocks[0].contents" in problem
